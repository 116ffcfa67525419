//! A JSON document as a tree that borrows its strings, for readers that also check what they do not keep.
//!
//! A typed reading sees only what it has a place for. Whoever has to say that every property is of its kind
//! and stands where it may, or reads on behind a value of the wrong kind, needs the whole.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use isocenter_model::{Place, Problem};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::problems::Problems;
use super::{TREE_LIMIT, duplicate, mending, syntax_problem};

/// A value. Objects have their members in the order of the text; of members with one key the last holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
    List(Vec<Self>),
    Object(Vec<(Cow<'a, str>, Self)>),
}

/// What [`Node::parse`] had to change in the text, while the tree borrows from it.
#[derive(Default)]
pub(crate) struct Mended(Option<String>);

impl<'a> Node<'a> {
    /// Reads `text`, whose encoding is settled. `None` when it is no JSON; the reason is then among
    /// the problems.
    pub(crate) fn parse(
        text: &'a str,
        mended: &'a mut Mended,
        problems: &mut Problems,
    ) -> Option<Self> {
        if text.len() > TREE_LIMIT {
            problems.push(
                Problem::error(
                    "json-too-large",
                    Place::Document,
                    format!(
                        "the document is larger than {} MiB and was not read",
                        TREE_LIMIT >> 20
                    ),
                )
                .hint("ask its author for a document in several parts"),
            );
            return None;
        }
        let (text, root) = match parsed(text) {
            Ok(root) => (text, root),
            Err(error) => {
                let Some(changed) = mending::mend(text, problems) else {
                    problems.push(syntax_problem(text, &error));
                    return None;
                };
                let changed = mended.0.insert(changed).as_str();
                match parsed(changed) {
                    Ok(root) => (changed, root),
                    Err(error) => {
                        problems.push(syntax_problem(changed, &error));
                        return None;
                    }
                }
            }
        };
        let (root, has_duplicates) = root;
        if has_duplicates {
            duplicate::report(text, problems);
        }
        Some(root)
    }

    /// The member `key`; `None` when there is none, or this is no object.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// The members, when this is an object.
    pub(crate) fn members(&self) -> &[(Cow<'a, str>, Self)] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// The elements, when this is a list.
    pub(crate) fn elements(&self) -> &[Self] {
        match self {
            Self::List(elements) => elements,
            _ => &[],
        }
    }

    /// The elements of the list that stands under `key`.
    pub(crate) fn list(&self, key: &str) -> &[Self] {
        self.get(key).map_or(&[], Self::elements)
    }

    /// This text, as it is.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text that stands under `key`, as it is.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_text()
    }

    /// The text that stands under `key`, without white space around it; `None` when nothing remains.
    pub(crate) fn filled(&self, key: &str) -> Option<&str> {
        let text = self.text(key)?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// The same, owned.
    pub(crate) fn owned(&self, key: &str) -> Option<String> {
        self.filled(key).map(str::to_owned)
    }

    /// The number that stands under `key`.
    pub(crate) fn number(&self, key: &str) -> Option<f64> {
        match self.get(key)? {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// What kind of value it is, in words.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }
}

/// The tree, and whether a key occurred twice in an object.
fn parsed(text: &str) -> Result<(Node<'_>, bool), serde_json::Error> {
    let mut open = Open::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let root = Seed(&mut open).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok((root, open.has_duplicates))
}

/// What stands in the lists and objects that have not ended. Each takes what it holds from here at its end,
/// so that no list grows piece by piece and none has room to spare.
#[derive(Default)]
struct Open<'a> {
    elements: Vec<Node<'a>>,
    members: Vec<(Cow<'a, str>, Node<'a>)>,
    /// Whether a key occurred twice in an object.
    has_duplicates: bool,
}

struct Seed<'s, 'a>(&'s mut Open<'a>);

impl<'de> DeserializeSeed<'de> for Seed<'_, 'de> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, 'de> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "no number of an exchange format is counted beyond 2^53"
    )]
    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value as f64))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "no number of an exchange format is counted beyond 2^53"
    )]
    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node<'de>, A::Error> {
        let open = self.0;
        let first = open.elements.len();
        while let Some(element) = list.next_element_seed(Seed(open))? {
            open.elements.push(element);
        }
        Ok(Node::List(open.elements.drain(first..).collect()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node<'de>, A::Error> {
        let open = self.0;
        let first = open.members.len();
        while let Some(Key(key)) = map.next_key()? {
            let value = map.next_value_seed(Seed(open))?;
            open.members.push((key, value));
        }
        let members: Vec<_> = open.members.drain(first..).collect();
        if !has_duplicates(&members) {
            return Ok(Node::Object(members));
        }
        open.has_duplicates = true;
        without_duplicates(members)
            .map(Node::Object)
            .ok_or_else(|| A::Error::custom("duplicates"))
    }
}

struct Key<'a>(Cow<'a, str>);

impl<'de> serde::Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::Text::deserialize(deserializer).map(|text| Self(text.0))
    }
}

/// Objects of up to this many members are compared pair by pair.
const PAIRS: usize = 12;

fn has_duplicates(members: &[(Cow<'_, str>, Node<'_>)]) -> bool {
    if members.len() <= PAIRS {
        return members.iter().enumerate().any(|(index, (key, _))| {
            members
                .iter()
                .take(index)
                .any(|(earlier, _)| earlier == key)
        });
    }
    // Many an object has its keys in order.
    if members
        .array_windows()
        .all(|[(first, _), (second, _)]| first < second)
    {
        return false;
    }
    let mut keys: Vec<&str> = members.iter().map(|(key, _)| &**key).collect();
    keys.sort_unstable();
    keys.array_windows().any(|[a, b]| a == b)
}

/// The members with each key once, where it stood first, and the value that it had last.
fn without_duplicates<'a>(
    members: Vec<(Cow<'a, str>, Node<'a>)>,
) -> Option<Vec<(Cow<'a, str>, Node<'a>)>> {
    let mut places: HashMap<Cow<'a, str>, usize> = HashMap::with_capacity(members.len());
    let mut kept: Vec<(Cow<'a, str>, Node<'a>)> = Vec::with_capacity(members.len());
    for (key, value) in members {
        if let Some(place) = places.get(&key) {
            kept.get_mut(*place)?.1 = value;
        } else {
            places.insert(key.clone(), kept.len());
            kept.push((key, value));
        }
    }
    Some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) -> Vec<&'static str> {
        let mut problems = Problems::default();
        let mut mended = Mended::default();
        let root = Node::parse(text, &mut mended, &mut problems);
        assert_eq!(root.map(|root| format!("{root:?}")).as_deref(), expected);
        problems.finish().iter().map(|problem| problem.id).collect()
    }

    #[test]
    fn every_kind_of_value_has_its_node() {
        assert!(
            check(
                r#"{"a":[1,-2.5,"x\n",true,null,{}]}"#,
                Some(
                    r#"Object([("a", List([Number(1.0), Number(-2.5), Text("x\n"), Bool(true), Null, Object([])]))])"#
                )
            )
            .is_empty()
        );
    }

    #[test]
    fn of_a_key_that_occurs_twice_the_last_value_holds() {
        assert_eq!(
            check(
                r#"{"b":1,"a":2,"b":3}"#,
                Some(r#"Object([("b", Number(3.0)), ("a", Number(2.0))])"#)
            ),
            ["json-duplicate-key"]
        );
        let many: Vec<String> = (0..40)
            .map(|key| format!("\"{}\":{key}", key % 39))
            .collect();
        let mut problems = Problems::default();
        let mut mended = Mended::default();
        let text = format!("{{{}}}", many.join(","));
        let root = Node::parse(&text, &mut mended, &mut problems).unwrap();
        assert_eq!(root.members().len(), 39);
        assert_eq!(root.number("0"), Some(39.0));
    }

    #[test]
    fn what_is_no_json_is_answered_with_the_reason() {
        assert_eq!(check(r#"{"a":["#, None), ["json-truncated"]);
        assert_eq!(check("", None), ["json-empty"]);
        assert_eq!(check("{} {}", None), ["json-trailing-data"]);
        assert_eq!(check(&"[".repeat(100_000), None), ["json-too-deep"]);
        assert_eq!(
            check(r#"{"a":1e999}"#, Some(r#"Object([("a", Null)])"#)),
            ["json-number-too-large"]
        );
    }
}
