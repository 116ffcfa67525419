//! Whether a document keeps to the JSON schema of its edition.
//!
//! The schema is a table (`catalogs/csaf/schema_*.toml`), and this walks a document beside it once. JSON
//! Schema's rules on objects, lists and words are kept to the letter: what a valid document may
//! hold, it may hold here.

mod cpe;
pub(super) mod format;
pub(super) mod table;

use std::borrow::Cow;

use isocenter_model::text::shortened;
use isocenter_model::{Level, Problem};

use super::cvss;
use crate::json::{self, Node, Path, Problems};
use format::Format;
pub(super) use table::Edition;
use table::{Kind, Shape, Table};

/// Reports what in the document `root` its edition's schema does not allow.
pub(super) fn check(root: &Node<'_>, edition: Edition, problems: &mut Problems) {
    let table = edition.table();
    let Some(shape) = table.root() else { return };
    let mut walk = Walk {
        edition,
        table,
        problems,
        test: "",
        has_unsorted: false,
    };
    if let Node::Object(members) = root {
        walk.object(members, shape, &Path::Root);
    }
}

/// Says in a problem's message that the CSAF schema is meant.
const DEMANDED: &str = "the CSAF schema demands it";

struct Walk<'w> {
    edition: Edition,
    table: &'static Table,
    problems: &'w mut Problems,
    /// The test that covers what is being walked through, as the end of a message.
    test: &'static str,
    has_unsorted: bool,
}

impl Walk<'_> {
    fn value(&mut self, node: &Node<'_>, kind: &Kind, path: &Path<'_>) {
        match (kind, node) {
            (Kind::Anything, Node::Text(_)) | (Kind::Boolean, Node::Bool(_)) => {}
            (Kind::Object, Node::Object(members)) => {
                if members.is_empty() {
                    self.too_few(0, 1, path);
                }
            }
            (Kind::Text(format), Node::Text(text)) => self.text(text, *format, path),
            (Kind::Word(words), Node::Text(text)) => self.word(text, *words, path),
            (Kind::Shape(shape), Node::Object(members)) => {
                if let Some(shape) = self.table.shape(*shape) {
                    let outer = self.test;
                    if let Some(test) = shape.test {
                        self.test = test;
                    }
                    self.object(members, shape, path);
                    self.test = outer;
                }
            }
            (Kind::List { of, least, is_set }, Node::List(elements)) => {
                self.list(elements, of, *least, *is_set, path);
            }
            (Kind::Cvss(major), Node::Object(members)) => {
                self.are_sorted(members, path);
                cvss::check(node, *major, path, self.problems);
            }
            _ => self.wrong_kind(node, kind, path),
        }
    }

    fn object(&mut self, members: &[(Cow<'_, str>, Node<'_>)], shape: &Shape, path: &Path<'_>) {
        let mut seen = 0_u64;
        let mut is_sorted = true;
        let mut next = 0;
        for (key, value) in members {
            let path = path.key(key);
            if let Some((index, property)) = shape.property(key) {
                seen |= 1 << index;
                // The properties of a shape are sorted.
                is_sorted &= index >= next;
                next = index + 1;
                self.value(value, &property.kind, &path);
            } else {
                is_sorted = false;
                self.unknown(key, shape, &path);
            }
        }
        let missing = shape.required & !seen;
        if missing != 0 {
            for (index, property) in shape.properties.iter().enumerate() {
                if missing >> index & 1 == 1 {
                    self.problems.push(Problem::error(
                        "csaf-field-missing",
                        path.key(&property.key).place(),
                        format!("the field is missing; {DEMANDED}{}", self.test),
                    ));
                }
            }
        }
        if members.len() < shape.least {
            self.too_few(members.len(), shape.least, path);
        } else if members.len() > shape.most {
            self.problems.push(Problem::error(
                "csaf-object-size",
                path.place(),
                format!(
                    "the object has {} properties; the CSAF schema allows {}{}",
                    members.len(),
                    shape.most,
                    self.test
                ),
            ));
        }
        if !is_sorted {
            self.are_sorted(members, path);
        }
    }

    fn too_few(&mut self, found: usize, least: usize, path: &Path<'_>) {
        self.problems.push(Problem::error(
            "csaf-object-size",
            path.place(),
            format!(
                "the object has {found} properties; the CSAF schema demands {least} or more{}",
                self.test
            ),
        ));
    }

    fn unknown(&mut self, key: &str, shape: &Shape, path: &Path<'_>) {
        let level = if shape.is_closed {
            Level::Error
        } else {
            Level::Warning
        };
        self.problems.push(Problem::new(
            "csaf-6-2-20",
            level,
            path.place(),
            format!(
                "the CSAF schema has no property `{}` here, so it was not read (CSAF test 6.2.20)",
                shortened(key, 60)
            ),
        ));
    }

    fn list(
        &mut self,
        elements: &[Node<'_>],
        of: &Kind,
        least: usize,
        is_set: bool,
        path: &Path<'_>,
    ) {
        for (index, element) in elements.iter().enumerate() {
            self.value(element, of, &path.index(index));
        }
        if elements.len() < least {
            self.problems.push(Problem::error(
                "csaf-list-too-short",
                path.place(),
                format!(
                    "the list has {} elements; the CSAF schema demands {least} or more{}",
                    elements.len(),
                    self.test
                ),
            ));
        }
        if is_set && let Some(index) = json::repeated(elements) {
            self.problems.push(Problem::error(
                "csaf-list-repeats",
                path.index(index).place(),
                format!(
                    "the element stands in the list twice; the CSAF schema demands each once{}",
                    self.test
                ),
            ));
        }
    }

    fn text(&mut self, text: &str, format: Format, path: &Path<'_>) {
        if text.is_empty() {
            self.problems.push(Problem::error(
                "csaf-field-missing",
                path.place(),
                format!(
                    "the text is empty; the CSAF schema demands {}{}",
                    format.words(),
                    self.test
                ),
            ));
            return;
        }
        // A leap second is one of RFC 3339, and CSAF 2.1 has none.
        let is_leap = |text: &str| text.get(17..19) == Some("60");
        if format.admits(text)
            && !(format == Format::Time && self.edition >= Edition::V2_1 && is_leap(text))
        {
            return;
        }
        let (id, of_time) = match (format, self.edition) {
            (Format::Time, Edition::V2_1) => ("csaf-date-malformed", " (CSAF test 6.1.37)"),
            (Format::Time, Edition::V2_0) => ("csaf-date-malformed", ""),
            (Format::Cve, _) => ("csaf-cve-malformed", ""),
            _ => ("csaf-value-malformed", ""),
        };
        self.problems.push(Problem::error(
            id,
            path.place(),
            format!(
                "'{}' is not {}{of_time}{}",
                shortened(text, 80),
                format.words(),
                self.test
            ),
        ));
    }

    fn word(&mut self, text: &str, words: usize, path: &Path<'_>) {
        let words = self.table.words(words);
        if words.iter().any(|word| word == text) {
            return;
        }
        self.problems.push(
            Problem::error(
                "csaf-word-unknown",
                path.place(),
                format!(
                    "'{}' is none of the words that the CSAF schema has here{}",
                    shortened(text, 60),
                    self.test
                ),
            )
            .hint(format!("write {}", words.join(", "))),
        );
    }

    fn wrong_kind(&mut self, node: &Node<'_>, kind: &Kind, path: &Path<'_>) {
        let (id, what) = match path {
            Path::Index(..) => ("json-element-set-aside", "element"),
            _ => ("json-value-set-aside", "value"),
        };
        let expected = match kind {
            Kind::Boolean => "a boolean",
            Kind::Shape(_) | Kind::Cvss(_) | Kind::Object => "an object",
            Kind::List { .. } => "a list",
            Kind::Text(_) | Kind::Word(_) | Kind::Anything => "a text",
        };
        self.problems.push(Problem::error(
            id,
            path.place(),
            format!(
                "the {what} is {}, where {expected} is expected; it was set aside{}",
                node.kind(),
                self.test
            ),
        ));
    }

    /// Test 6.2.13: told once for a document.
    fn are_sorted(&mut self, members: &[(Cow<'_, str>, Node<'_>)], path: &Path<'_>) {
        if self.has_unsorted {
            return;
        }
        let out_of_order = members
            .array_windows()
            .find(|[(first, _), (second, _)]| first > second);
        if let Some([_, (key, _)]) = out_of_order {
            self.has_unsorted = true;
            self.problems.push(Problem::warning(
                "csaf-6-2-13",
                path.key(key).place(),
                format!(
                    "the key `{}` is the first that is not in alphabetical order (CSAF test 6.2.13)",
                    shortened(key, 60)
                ),
            ));
        }
    }
}
