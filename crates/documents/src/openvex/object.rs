//! An object of the document, whose members are taken one by one and held against the schema.

use isocenter_model::text::shortened;
use isocenter_model::{Level, Problem};
use jiff::Timestamp;

use super::Edition;
use crate::json::{self, Node, Path, Problems};

/// An object and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Object<'n, 'p> {
    pub(super) node: &'n Node<'n>,
    pub(super) path: &'p Path<'p>,
    pub(super) edition: Edition,
}

impl<'n, 'p> Object<'n, 'p> {
    pub(super) fn new(node: &'n Node<'n>, path: &'p Path<'p>, edition: Edition) -> Self {
        Self {
            node,
            path,
            edition,
        }
    }

    /// Reports members that are none of `known`, and of `draft` in a draft. The schema allows no other.
    pub(super) fn close(&self, known: &[&str], draft: &[&str], problems: &mut Problems) {
        let is_draft = self.edition == Edition::Draft;
        for (key, _) in self.node.members() {
            let key = &**key;
            if known.contains(&key) || (is_draft && draft.contains(&key)) {
                continue;
            }
            let level = if is_draft { Level::Note } else { Level::Error };
            problems.push(Problem::new(
                "openvex-field-unknown",
                level,
                self.path.key(key).place(),
                format!(
                    "OpenVEX has no field `{}` here, so it was not read",
                    shortened(key, 60)
                ),
            ));
        }
    }

    /// Reports that the field `key` is not there.
    pub(super) fn missing(&self, key: &str, problems: &mut Problems) {
        problems.push(Problem::error(
            "openvex-field-missing",
            self.path.key(key).place(),
            "the field is missing; OpenVEX demands it",
        ));
    }

    /// Reports that the value of `key` is no `expected`.
    fn wrong_kind(&self, key: &str, found: &Node<'_>, expected: &str, problems: &mut Problems) {
        problems.push(Problem::error(
            "json-value-set-aside",
            self.path.key(key).place(),
            format!(
                "the value is {}, where {expected} is expected; it was set aside",
                found.kind()
            ),
        ));
    }

    /// The text of `key`; `None` when it is absent or blank.
    pub(super) fn text(&self, key: &str, problems: &mut Problems) -> Option<&'n str> {
        match self.node.get(key)? {
            Node::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            other => {
                self.wrong_kind(key, other, "a text", problems);
                None
            }
        }
    }

    /// The text of `key`, which has to be there.
    pub(super) fn demanded(&self, key: &str, problems: &mut Problems) -> Option<&'n str> {
        let text = self.text(key, problems);
        if matches!(self.node.get(key), None | Some(Node::Text(_))) && text.is_none() {
            self.missing(key, problems);
        }
        text
    }

    /// The time of `key`.
    pub(super) fn time(&self, key: &str, problems: &mut Problems) -> Option<Timestamp> {
        let text = self.text(key, problems)?;
        self.as_time(key, text, problems)
    }

    /// The time that `text`, which stands under `key`, is.
    pub(super) fn as_time(
        &self,
        key: &str,
        text: &str,
        problems: &mut Problems,
    ) -> Option<Timestamp> {
        if !json::is_time(text) {
            problems.push(Problem::error(
                "openvex-date-malformed",
                self.path.key(key).place(),
                format!(
                    "'{}' is not a date and time with offset (RFC 3339)",
                    shortened(text, 60)
                ),
            ));
        }
        json::timestamp(text)
    }

    /// The version number: an integer from 1 on, in drafts also as a text.
    pub(super) fn version(&self, problems: &mut Problems) -> Option<String> {
        match self.node.get("version")? {
            Node::Number(number) if *number >= 1.0 && number.fract() == 0.0 => {
                Some(format!("{number:.0}"))
            }
            Node::Text(text) => {
                if self.edition == Edition::V0_2 {
                    self.of_draft("version", "text", problems);
                }
                Some(text.trim().to_owned()).filter(|text| !text.is_empty())
            }
            other => {
                self.wrong_kind("version", other, "an integer from 1 on", problems);
                None
            }
        }
    }

    /// The elements of the list `key`, which are to be `least` at least and no two the same.
    pub(super) fn list(&self, key: &str, least: usize, problems: &mut Problems) -> &'n [Node<'n>] {
        let elements = match self.node.get(key) {
            None => return &[],
            Some(Node::List(elements)) => elements.as_slice(),
            Some(other) => {
                self.wrong_kind(key, other, "a list", problems);
                return &[];
            }
        };
        let path = self.path.key(key);
        if elements.len() < least {
            problems.push(Problem::error(
                "openvex-list-empty",
                path.place(),
                "the list is empty; OpenVEX demands an element or more",
            ));
        }
        if let Some(index) = json::repeated(elements) {
            problems.push(Problem::error(
                "openvex-list-repeats",
                path.index(index).place(),
                "the element stands in the list twice; OpenVEX demands each once",
            ));
        }
        elements
    }

    /// Reports a value that has the shape of the drafts before 0.2.0, and is read all the same.
    pub(super) fn of_draft(&self, key: &str, shape: &str, problems: &mut Problems) {
        problems.push(
            Problem::error(
                "openvex-draft-shape",
                self.path.key(key).place(),
                format!("the value is a {shape}, as in the drafts before 0.2.0; it was read"),
            )
            .hint("write it as OpenVEX 0.2.0 has it, or name the draft in @context"),
        );
    }

    /// Reports that `id`, which stands under `key`, is no IRI.
    pub(super) fn is_iri(&self, key: &str, id: &str, problems: &mut Problems) {
        if !id.is_empty() && !json::is_iri(id) {
            problems.push(Problem::warning(
                "openvex-iri-malformed",
                self.path.key(key).place(),
                format!(
                    "'{}' is not an absolute IRI (RFC 3987), which would be one thing everywhere",
                    shortened(id, 80)
                ),
            ));
        }
    }
}
