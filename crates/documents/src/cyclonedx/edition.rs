//! Editions of the format: 1.2 to 1.7.

use std::fmt;

use isocenter_model::text::shortened;
use isocenter_model::{Level, Place, Problem};

use super::schema;
use crate::json::{Editions, Field, Filled, Path, Problems, Text};

/// The newest edition that this reader knows, by the number after `1.`.
const NEWEST: u8 = 7;

/// The form in which a document comes. The schemas of one edition differ where it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// JSON.
    Json,
    /// XML.
    Xml,
}

/// An edition of CycloneDX in one of its forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edition {
    /// The number after `1.`.
    minor: u8,
    form: Form,
}

impl Edition {
    /// The edition that a document states; one that is absent or unknown is read as the newest.
    pub(super) fn read(text: Option<&str>, form: Form, problems: &mut Problems) -> Self {
        let newest = Self {
            minor: NEWEST,
            form,
        };
        let path = Path::Root;
        let stated_by = match form {
            Form::Json => "specVersion",
            Form::Xml => "the namespace of CycloneDX",
        };
        let at = || path.key("specVersion").place();
        let Some(text) = text else {
            problems.push(Problem::error(
                "cyclonedx-version-missing",
                at(),
                format!("{stated_by} is missing, which says the edition of the format"),
            ));
            return newest;
        };
        let minor = text
            .strip_prefix("1.")
            .and_then(|minor| minor.parse().ok())
            .filter(|minor| (2..=NEWEST).contains(minor));
        let Some(minor) = minor else {
            let shown = shortened(text, 20);
            problems.push(if is_edition(text) {
                Problem::warning(
                    "cyclonedx-version-unknown",
                    at(),
                    format!(
                        "the edition {shown} is not one of 1.2 to 1.7; the file was read as {newest}"
                    ),
                )
                .hint("what only that edition has was not read")
            } else {
                Problem::error(
                    "cyclonedx-version-malformed",
                    at(),
                    format!(
                        "{stated_by} says `{shown}`, where an edition such as 1.6 is expected"
                    ),
                )
            });
            return newest;
        };
        Self { minor, form }
    }

    /// Whether the document is in XML.
    pub(super) fn is_xml(self) -> bool {
        self.form == Form::Xml
    }

    /// Whether it is `1.{minor}`.
    pub(super) fn is(self, minor: u8) -> bool {
        self.minor == minor
    }

    /// Whether what came with `1.{since}` is part of it.
    pub(super) fn has(self, since: u8) -> bool {
        self.minor >= since
    }

    /// Whether its schema forbids properties that it does not define.
    pub(super) fn is_closed(self) -> bool {
        self.has(4) || self.is_xml()
    }
}

impl Editions for Edition {
    /// Until 1.3 the schema allows any member.
    fn unknown(self, key: &str, at: impl FnOnce() -> Place) -> Option<Problem> {
        let level = if self.is_closed() {
            Level::Error
        } else {
            Level::Warning
        };
        Some(Problem::new(
            "cyclonedx-property-unknown",
            level,
            at(),
            format!(
                "no edition of CycloneDX has the property `{}` here",
                shortened(key, 60)
            ),
        ))
    }

    fn later(self, key: &str, since: u8, at: impl FnOnce() -> Place) -> Option<Problem> {
        // The document itself may have properties since 1.3 in XML, since 1.5 in JSON.
        let since = match (key, since) {
            ("properties", 5) if self.is_xml() => 3,
            _ => since,
        };
        (self.is_closed() && !self.has(since)).then(|| {
            Problem::error(
                "cyclonedx-property-of-later-edition",
                at(),
                format!("the property `{key}` came with CycloneDX 1.{since}, and the file says it is {self}; it was read all the same"),
            )
            .hint(if self.is_xml() {
                "state the edition that the file keeps to in the namespace"
            } else {
                "state the edition that the file keeps to in specVersion"
            })
        })
    }

    fn unread(self, text: &str, path: &Path<'_>, problems: &mut Problems) {
        schema::check(self, text, path, problems);
    }
}

/// Whether `text` could be an edition: two numbers and a point.
fn is_edition(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.')
        .is_some_and(|(major, minor)| is_number(major) && is_number(minor))
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.minor)
    }
}

/// The problems of one file and the edition by which they are judged.
pub(super) struct Check<'p> {
    /// Which edition.
    pub(super) edition: Edition,
    /// What was found.
    pub(super) problems: &'p mut Problems,
}

impl Check<'_> {
    /// A member that is one of a few words; any other word is reported.
    pub(super) fn one_of<'t>(
        &mut self,
        field: &'t Field<Text<'_>>,
        key: &str,
        words: &[(&str, u8)],
        path: &Path<'_>,
    ) -> Option<&'t str> {
        let word = self.value(field, key, path)?;
        self.word(word, words, &path.key(key));
        word.filled()
    }

    /// Reports a value that is not among the words of its edition. `words` gives each word with
    /// the edition that brought it.
    pub(super) fn word(&mut self, word: &str, words: &[(&str, u8)], path: &Path<'_>) {
        let known = words.iter().find(|(known, _)| *known == word);
        match known {
            Some((_, since)) if self.edition.has(*since) => {}
            Some((_, since)) => self.problems.push(Problem::error(
                "cyclonedx-word-of-later-edition",
                path.place(),
                format!(
                    "the word `{word}` came with CycloneDX 1.{since}, and the file says it is {}",
                    self.edition
                ),
            )),
            None => {
                let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
                self.problems.push(
                    Problem::error(
                        "cyclonedx-word-unknown",
                        path.place(),
                        format!(
                            "`{}` is not a word that CycloneDX knows here",
                            shortened(word, 60)
                        ),
                    )
                    .hint(format!("the words are {}", known.join(", "))),
                );
            }
        }
    }

    /// The text of a member, without white space around it; `None` when absent, blank or of
    /// another shape, which is reported.
    pub(super) fn text<'t>(
        &mut self,
        field: &'t Field<Text<'_>>,
        key: &str,
        path: &Path<'_>,
    ) -> Option<&'t str> {
        field.report(&path.key(key), self.problems);
        field.filled()
    }

    /// The value of a member; `None` when absent or of another shape, which is reported.
    pub(super) fn value<'t, T>(
        &mut self,
        field: &'t Field<T>,
        key: &str,
        path: &Path<'_>,
    ) -> Option<&'t T> {
        field.report(&path.key(key), self.problems);
        field.value()
    }

    /// Reports a member that must be there.
    pub(super) fn missing(&mut self, key: &str, path: &Path<'_>) {
        self.problems.push(Problem::error(
            "cyclonedx-property-missing",
            path.place(),
            format!("the property `{key}` is missing or blank, which CycloneDX demands here"),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_that_is_absent_or_unknown_is_read_as_the_newest() {
        let mut problems = Problems::default();
        let read = |text, problems: &mut Problems| Edition::read(text, Form::Json, problems).minor;
        assert_eq!(read(Some("1.4"), &mut problems), 4);
        assert!(problems.finish().is_empty());
        for (text, level) in [
            (None, Level::Error),
            (Some(""), Level::Error),
            (Some("latest"), Level::Error),
            (Some("1.4.1"), Level::Error),
            (Some("2.0"), Level::Warning),
            (Some("1.1"), Level::Warning),
        ] {
            let mut problems = Problems::default();
            assert_eq!(read(text, &mut problems), NEWEST);
            let levels: Vec<Level> = problems
                .finish()
                .iter()
                .map(|problem| problem.level)
                .collect();
            assert_eq!(levels, [level], "{text:?}");
        }
    }
}
