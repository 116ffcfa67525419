//! A large document that is one list of records with a little around it: each record is read by itself.
//!
//! The elements of the list are found without being built, so a fault in one of them costs that one and
//! neither memory nor a second pass for the others; and each has bytes of its own, by which an
//! unchanged one is told in the next delivery. A document that breaks off keeps what stands before
//! the break.

use std::borrow::Cow;
use std::fmt;

use isocenter_model::Place;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::problems::Problems;
use super::{mending, syntax_problem};

/// Members beside the list that are kept; real documents have less than ten.
const MEMBERS: usize = 64;

/// Bytes of such a member; a longer one is no label of the list.
const MEMBER_BYTES: usize = 64 << 10;

/// What was found in a document.
#[derive(Default)]
pub(crate) struct Elements<'t> {
    /// The elements of the list, in order, as text.
    pub(crate) items: Vec<&'t str>,
    /// Whether there was such a list.
    pub(crate) has_list: bool,
    /// The other members of the top level: name and value as text.
    members: Vec<(Cow<'t, str>, &'t str)>,
}

impl<'t> Elements<'t> {
    /// The value of a member beside the list, as text of JSON.
    pub(crate) fn member(&self, name: &str) -> Option<&'t str> {
        self.members
            .iter()
            .rfind(|(known, _)| known == name)
            .map(|(_, value)| *value)
    }

    /// The value of a member that is a string and holds something.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let text: String = serde_json::from_str(self.member(name)?).ok()?;
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The value of a member that is a number that counts something.
    pub(crate) fn count(&self, name: &str) -> Option<u64> {
        serde_json::from_str(self.member(name)?).ok()
    }
}

/// Finds the elements of the list `name` in `text`. What stops the search is among the problems; the elements
/// before it are there all the same. `spare` holds a mended text, which the elements then borrow from.
pub(crate) fn elements<'t>(
    text: &'t str,
    name: &str,
    spare: &'t mut Option<String>,
    problems: &mut Problems,
) -> Elements<'t> {
    let mut found = Elements::default();
    let Err(error) = find(text, name, &mut found) else {
        return found;
    };
    let Some(mended) = mending::mend(text, problems) else {
        problems.push(syntax_problem(text, &error));
        return found;
    };
    let mended = spare.insert(mended).as_str();
    let mut found = Elements::default();
    if let Err(error) = find(mended, name, &mut found) {
        problems.push(syntax_problem(mended, &error));
    }
    found
}

fn find<'t>(text: &'t str, name: &str, found: &mut Elements<'t>) -> Result<(), serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    TopLevel { name, found }.deserialize(&mut deserializer)?;
    deserializer.end()
}

struct TopLevel<'f, 't> {
    name: &'f str,
    found: &'f mut Elements<'t>,
}

impl<'t> DeserializeSeed<'t> for TopLevel<'_, 't> {
    type Value = ();

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'t> Visitor<'t> for TopLevel<'_, 't> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Key<'t>>()? {
            if key.0 == self.name {
                map.next_value_seed(Items(self.found))?;
            } else if self.found.members.len() < MEMBERS {
                let value: &'t RawValue = map.next_value()?;
                let value = value.get();
                let value = if value.len() > MEMBER_BYTES {
                    ""
                } else {
                    value
                };
                self.found.members.push((key.0, value));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Key<'t>(#[serde(borrow)] Cow<'t, str>);

/// The list, whatever stands in its place.
struct Items<'f, 't>(&'f mut Elements<'t>);

impl<'t> DeserializeSeed<'t> for Items<'_, 't> {
    type Value = ();

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'t> Visitor<'t> for Items<'_, 't> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.has_list = true;
        while let Some(element) = list.next_element::<&'t RawValue>()? {
            self.0.items.push(element.get());
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// Tells the problems of elements as problems of their document, element by element in its order.
pub(crate) struct Placing<'t> {
    text: &'t str,
    /// The pointer of the list.
    list: &'static str,
    /// Up to where lines were counted, and how many there are.
    counted: (usize, u64),
}

impl<'t> Placing<'t> {
    /// For elements of the list at the pointer `list` in `text`.
    pub(crate) fn new(text: &'t str, list: &'static str) -> Self {
        Self {
            text,
            list,
            counted: (0, 0),
        }
    }

    /// Adds what was `found` in an element: its own places begin where it stands in the list, and its lines count
    /// from where it stands in the text.
    pub(crate) fn tell(
        &mut self,
        found: Problems,
        index: usize,
        element: &str,
        problems: &mut Problems,
    ) {
        for mut problem in found.finish() {
            let pointer = || format!("{}/{index}", self.list);
            problem.at = match problem.at {
                Place::Document => Place::pointer(pointer()),
                Place::Pointer(inner) => Place::Pointer(format!("{}{inner}", pointer())),
                Place::Line { line, column } => Place::Line {
                    line: line + self.lines_before(element),
                    // On the first line the column counts from the element, not from the line.
                    column: column.filter(|_| line > 1),
                },
                other => other,
            };
            problems.push(problem);
        }
    }

    /// Counts on from the last element, or a document of many faulty ones would take the square of its size.
    fn lines_before(&mut self, element: &str) -> u64 {
        let offset = (element.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let (from, lines) = self.counted;
        if let Some(between) = self.text.as_bytes().get(from..offset) {
            let more = memchr::memchr_iter(b'\n', between).count() as u64;
            self.counted = (offset, lines + more);
        }
        self.counted.1
    }
}

#[cfg(test)]
mod tests {
    use isocenter_model::Problem;

    use super::*;

    /// The elements and members that were found, and each problem in one line.
    fn check(text: &str) -> String {
        let mut problems = Problems::default();
        let mut spare = None;
        let found = elements(text, "rows", &mut spare, &mut problems);
        let mut lines = vec![format!("{:?} of {:?}", found.items, found.text("maker"))];
        lines.extend(
            problems
                .finish()
                .iter()
                .map(|problem| format!("{} {}: {}", problem.id, problem.at, problem.message)),
        );
        lines.join("\n")
    }

    #[test]
    fn elements_are_found_as_text_with_what_stands_around_them() {
        let text = r#"{"maker": " A ", "rows": [{"a": [1, 2]}, 7, "x"], "count": 3}"#;
        insta::assert_snapshot!(check(text), @r#"["{\"a\": [1, 2]}", "7", "\"x\""] of Some("A")"#);
        let mut spare = None;
        let found = elements(text, "rows", &mut spare, &mut Problems::default());
        assert_eq!(found.count("count"), Some(3));
        assert_eq!(found.count("maker"), None);
    }

    #[test]
    fn a_document_that_breaks_off_keeps_what_stands_before() {
        insta::assert_snapshot!(check("{\"rows\":[{\"a\":1},\n{\"a\":"), @r#"
        ["{\"a\":1}"] of None
        json-truncated line 2, column 5: the file ends in the middle of the document
        "#);
    }

    #[test]
    fn what_is_no_such_list_is_told_and_holds_nothing() {
        for text in ["[]", "{\"rows\":{}}", "7", ""] {
            assert!(
                check(text).starts_with("[] of None\njson-"),
                "{text}: {}",
                check(text)
            );
        }
        assert_eq!(check("{\"rows\":null}"), "[] of None");
    }

    #[test]
    fn a_raw_control_character_costs_no_element() {
        insta::assert_snapshot!(check("{\"rows\":[{\"a\":\"x\ty\"},{}]}"), @r#"
        ["{\"a\":\"x y\"}", "{}"] of None
        json-control-character line 1: a string holds the raw control character U+0009, which JSON demands to be escaped
        "#);
    }

    #[test]
    fn depth_without_end_is_passed_over_without_following_it() {
        let deep = format!(
            "{{\"rows\":[{}1{},2]}}",
            "[".repeat(100_000),
            "]".repeat(100_000)
        );
        let mut spare = None;
        let found = elements(&deep, "rows", &mut spare, &mut Problems::default());
        assert_eq!(found.items.len(), 2);
    }

    #[test]
    fn problems_of_an_element_are_placed_in_the_document() {
        let text = "{\"rows\":[\n{},\n{\"a\":\n1}]}";
        let mut spare = None;
        let found = elements(text, "rows", &mut spare, &mut Problems::default());
        let element = found.items[1];
        let mut found_in_it = Problems::default();
        for place in [
            Place::pointer("/a"),
            Place::Line {
                line: 2,
                column: Some(1),
            },
            Place::Document,
        ] {
            found_in_it.push(Problem::note("x-a", place, "m"));
        }
        let mut problems = Problems::default();
        Placing::new(text, "/rows").tell(found_in_it, 1, element, &mut problems);
        let places: Vec<String> = problems
            .finish()
            .iter()
            .map(|problem| problem.at.to_string())
            .collect();
        assert_eq!(places, ["/rows/1/a", "line 4, column 1", "/rows/1"]);
    }
}
