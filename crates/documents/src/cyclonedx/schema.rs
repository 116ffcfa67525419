//! Values that are not read, held against the JSON schema of their edition.
//!
//! A typed reading sees what it has a place for. The rest of a document – release notes, evidence, model cards,
//! formulas of a build … – is kept in the original alone; it is still right or wrong, and a document with
//! such a fault is refused elsewhere. The schemas are `catalogs/cyclonedx/schema_*.json`, structure alone.

mod rule;
mod table;

use isocenter_model::Problem;
use isocenter_model::text::shortened;

use super::edition::Edition;
use crate::json::{self, Mended, Node, Path, Problems};
use rule::{Kinds, Rule};
use table::Table;

/// Reports what the schema of `edition` does not allow in the value with the text `raw` at `path`.
///
/// A value that the edition does not have is reported by whoever read the object that it stands in.
pub(super) fn check(edition: Edition, raw: &str, path: &Path<'_>, problems: &mut Problems) {
    let Some(table) = Table::of(edition) else {
        return;
    };
    let Some(rule) = table.at(path) else { return };
    // The document was parsed before, so that nothing new is found in the text of a part of it.
    let mut known = Problems::default();
    let mut mended = Mended::default();
    let Some(node) = Node::parse(raw, &mut mended, &mut known) else {
        return;
    };
    let mut walk = Walk {
        table,
        edition,
        problems: Some(problems),
        faults: 0,
        most: usize::MAX,
    };
    walk.value(&node, rule, path);
}

/// Up to how many faults two forms of a value are compared.
const COMPARED: usize = 32;

/// A walk through a value beside its rules, which tells its faults or only counts them.
struct Walk<'w> {
    table: &'static Table,
    edition: Edition,
    problems: Option<&'w mut Problems>,
    faults: usize,
    /// How many of them end it.
    most: usize,
}

impl Walk<'_> {
    fn value(&mut self, node: &Node<'_>, rule: &Rule, path: &Path<'_>) {
        if self.is_over() {
            return;
        }
        if let Some(other) = rule.reference {
            if let Some(rule) = self.table.rule(other) {
                self.value(node, rule, path);
            }
            return;
        }
        if rule.is_nothing {
            self.malformed(path, "nothing is allowed here");
            return;
        }
        if !rule.kinds.admits(node) {
            let expected = rule.kinds.in_words();
            self.malformed(
                path,
                &format!("{} stands where {expected} is expected", node.kind()),
            );
            return;
        }
        match node {
            Node::Text(text) => self.text(text, rule, path),
            Node::Number(number) => {
                if rule.least_number.is_some_and(|least| *number < least)
                    || rule.most_number.is_some_and(|most| *number > most)
                {
                    self.malformed(path, &format!("the number {number} is out of range"));
                }
            }
            Node::Object(members) => {
                for (key, value) in members {
                    let path = path.key(key);
                    match rule.property(key) {
                        Some(other) => self.rule(value, other, &path),
                        None if rule.is_closed => self.unknown(key, &path),
                        None => {}
                    }
                }
                for key in &rule.required {
                    if !members.iter().any(|(name, _)| **name == **key) {
                        self.missing(key, path);
                    }
                }
            }
            Node::List(elements) => self.list(elements, rule, path),
            Node::Null | Node::Bool(_) => {}
        }
        if rule
            .constant
            .as_ref()
            .is_some_and(|constant| !constant.is(node))
        {
            self.malformed(path, "another value is expected");
        }
        self.combined(node, rule, path);
    }

    fn rule(&mut self, node: &Node<'_>, index: usize, path: &Path<'_>) {
        if let Some(rule) = self.table.rule(index) {
            self.value(node, rule, path);
        }
    }

    fn list(&mut self, elements: &[Node<'_>], rule: &Rule, path: &Path<'_>) {
        if let Some(of) = rule.items {
            for (index, element) in elements.iter().enumerate() {
                self.rule(element, of, &path.index(index));
            }
        }
        if elements.len() < rule.least_items {
            let least = rule.least_items;
            self.malformed(path, &format!("the list has fewer than {least} elements"));
        }
        if elements.len() > rule.most_items {
            let most = rule.most_items;
            self.malformed(path, &format!("the list has more than {most} elements"));
        }
        if rule.is_set
            && let Some(index) = json::repeated(elements)
        {
            self.malformed(&path.index(index), "the element stands in the list twice");
        }
    }

    fn text(&mut self, text: &str, rule: &Rule, path: &Path<'_>) {
        if let Some(words) = &rule.words
            && !words.iter().any(|word| **word == *text)
        {
            self.tell(|edition| {
                Problem::error(
                    "cyclonedx-word-unknown",
                    path.place(),
                    format!(
                        "`{}` is not a word that CycloneDX {edition} knows here",
                        shortened(text, 60)
                    ),
                )
                .hint(format!(
                    "the words are {}",
                    shortened(&words.join(", "), 400)
                ))
            });
        }
        let length = || text.chars().count();
        let is_short = rule.least_length > 0 && length() < rule.least_length;
        let is_long = text.len() > rule.most_length && length() > rule.most_length;
        if is_short || is_long {
            let fault = if is_short { "short" } else { "long" };
            self.malformed(path, &format!("the text is too {fault}"));
        }
        for form in &rule.forms {
            if !form.admits(text) {
                let shown = shortened(text, 60);
                self.malformed(path, &format!("`{shown}` is not {}", form.in_words()));
            }
        }
    }

    fn combined(&mut self, node: &Node<'_>, rule: &Rule, path: &Path<'_>) {
        for other in &rule.all {
            self.rule(node, *other, path);
        }
        for (choices, is_exclusive) in [(&rule.any, false), (&rule.one, true)] {
            if choices.is_empty() {
                continue;
            }
            let fitting = choices.iter().filter(|one| self.fits(node, **one)).count();
            match fitting {
                0 => self.none_fits(node, choices, path),
                1 => {}
                _ if is_exclusive => {
                    self.malformed(
                        path,
                        "it has more than one of the forms of which it may have one",
                    );
                }
                _ => {}
            }
        }
        if rule.not.is_some_and(|not| self.fits(node, not)) {
            self.malformed(path, "what it holds must not stand together");
        }
        if let Some(condition) = &rule.condition {
            let next = if self.fits(node, condition.when) {
                condition.then
            } else {
                condition.otherwise
            };
            if let Some(next) = next {
                self.rule(node, next, path);
            }
        }
    }

    /// Of several forms, the one with the fewest faults is what was meant.
    fn none_fits(&mut self, node: &Node<'_>, choices: &[usize], path: &Path<'_>) {
        let mut of_kind: Vec<(usize, usize)> = choices
            .iter()
            .filter(|one| self.table.is_of_kind(**one, node))
            .map(|one| (self.faults(node, *one, COMPARED), *one))
            .collect();
        of_kind.sort_unstable();
        match of_kind.as_slice() {
            [(_, meant)] => self.rule(node, *meant, path),
            [(fewest, meant), (next, _), ..] if fewest < next => self.rule(node, *meant, path),
            _ => self.malformed(path, "it has none of the forms that it may have"),
        }
    }

    fn fits(&self, node: &Node<'_>, index: usize) -> bool {
        self.faults(node, index, 1) == 0
    }

    /// The number of faults that a value has by a rule, up to `most`.
    fn faults(&self, node: &Node<'_>, index: usize, most: usize) -> usize {
        let mut walk = Walk {
            table: self.table,
            edition: self.edition,
            problems: None,
            faults: 0,
            most,
        };
        walk.rule(node, index, &Path::Root);
        walk.faults
    }

    fn is_over(&self) -> bool {
        self.faults >= self.most
    }

    fn tell(&mut self, problem: impl FnOnce(Edition) -> Problem) {
        self.faults += 1;
        let edition = self.edition;
        if let Some(problems) = &mut self.problems {
            problems.push(problem(edition));
        }
    }

    fn malformed(&mut self, path: &Path<'_>, fault: &str) {
        self.tell(|edition| {
            Problem::error(
                "cyclonedx-value-malformed",
                path.place(),
                format!("{fault}; the schema of CycloneDX {edition} does not allow it"),
            )
        });
    }

    fn unknown(&mut self, key: &str, path: &Path<'_>) {
        self.tell(|edition| {
            Problem::error(
                "cyclonedx-property-unknown",
                path.place(),
                format!(
                    "CycloneDX {edition} has no property `{}` here",
                    shortened(key, 60)
                ),
            )
        });
    }

    fn missing(&mut self, key: &str, path: &Path<'_>) {
        self.tell(|edition| {
            Problem::error(
                "cyclonedx-property-missing",
                path.key(key).place(),
                format!("the property `{key}` is missing, which CycloneDX {edition} demands here"),
            )
        });
    }
}

impl Kinds {
    fn admits(self, node: &Node<'_>) -> bool {
        if self == Self::ANY {
            return true;
        }
        self.has(match node {
            Node::Null => Self::NULL,
            Node::Bool(_) => Self::BOOLEAN,
            // JSON Schema, draft 6 and later: a number without a fraction is an integer.
            Node::Number(number) if number.fract() == 0.0 => Self::INTEGER,
            Node::Number(_) => Self::NUMBER,
            Node::Text(_) => Self::TEXT,
            Node::List(_) => Self::LIST,
            Node::Object(_) => Self::OBJECT,
        })
    }
}

#[cfg(test)]
mod tests;
