//! What is asked of every member of a document.

use isocenter_model::component::Hash;
use isocenter_model::text::shortened;
use isocenter_model::{Level, Problem};
use jiff::Timestamp;

use super::edition::Edition;
use super::words::{Entry, Words, algorithms};
use crate::json::{self, Field, Filled, List, Path, Problems, Text};
use crate::license::{EDITION, Fault, faults, meant};
use crate::lookup::LookupSet;

/// What a document defines that others of its members may refer to.
#[derive(Debug, Default)]
pub(super) struct Defined<'d> {
    /// Licences of its own: `LicenseRef-1`.
    pub(super) licenses: LookupSet<&'d str>,
    /// Other documents: `DocumentRef-a`.
    pub(super) documents: LookupSet<&'d str>,
    /// Whether references may also lead to what is defined elsewhere.
    is_open: bool,
}

impl<'d> Defined<'d> {
    /// What a document defines, and nothing beside it may be referred to.
    pub(super) fn closed(licenses: LookupSet<&'d str>, documents: LookupSet<&'d str>) -> Self {
        Self {
            licenses,
            documents,
            is_open: false,
        }
    }

    /// Whatever may be referred to, as in SPDX 3.
    pub(super) fn open() -> Self {
        Self {
            is_open: true,
            ..Self::default()
        }
    }

    /// Whether a reference to a licence leads somewhere.
    fn has_license(&self, reference: &str) -> bool {
        self.is_open
            || match reference.rsplit_once(':') {
                Some((document, _)) => self.documents.contains(document),
                None => self.licenses.contains(reference),
            }
    }
}

/// The problems of one file, and what it is judged by.
pub(super) struct Check<'p, 'd> {
    /// Which edition.
    pub(super) edition: Edition,
    /// What the document defines.
    pub(super) defined: &'d Defined<'d>,
    /// What was found.
    pub(super) problems: &'p mut Problems,
}

impl Check<'_, '_> {
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

    /// The text of a member that must be there.
    pub(super) fn needed<'t>(
        &mut self,
        field: &'t Field<Text<'_>>,
        key: &str,
        path: &Path<'_>,
    ) -> Option<&'t str> {
        let text = self.text(field, key, path);
        if text.is_none() && !matches!(field, Field::Bad(_)) {
            self.missing(key, path);
        }
        text
    }

    /// Reports a member that must be there.
    pub(super) fn missing(&mut self, key: &str, path: &Path<'_>) {
        let edition = self.edition;
        self.problems
            .push_shared("spdx-property-missing", Level::Error, || {
                Problem::error(
                    "spdx-property-missing",
                    path.place(),
                    format!(
                        "the property `{key}` is missing or blank, which {edition} demands here"
                    ),
                )
            });
    }

    /// Reports a member that must be there unless it is.
    pub(super) fn demand(&mut self, key: &str, is_there: bool, path: &Path<'_>) {
        if !is_there {
            self.missing(key, path);
        }
    }

    /// What a word means; one that the standard does not have is reported. A word in another
    /// spelling is understood and reported.
    pub(super) fn word<T>(
        &mut self,
        words: &'static Words<T>,
        word: &str,
        path: &Path<'_>,
    ) -> Option<&'static Entry<T>> {
        let edition = self.edition;
        if let Some(entry) = words.get(word) {
            if !edition.has(entry.since) {
                self.problems.push(Problem::error(
                    "spdx-word-of-later-edition",
                    path.place(),
                    format!(
                        "the word `{word}` came with SPDX 2.{}, and the file says it is {edition}",
                        entry.since
                    ),
                ));
            }
            return Some(entry);
        }
        let meant = words.meant(word);
        match meant {
            Some(entry) => self.misspelt(word, entry.word, path),
            None => self
                .problems
                .push_shared("spdx-word-unknown", Level::Error, || {
                    Problem::error(
                        "spdx-word-unknown",
                        path.place(),
                        format!(
                            "`{}` is not a word that {edition} knows here; it was not read",
                            shortened(word, 60)
                        ),
                    )
                }),
        }
        meant
    }

    /// Reports a word that is written in another way.
    pub(super) fn misspelt(&mut self, word: &str, meant: &str, path: &Path<'_>) {
        let edition = self.edition;
        self.problems
            .push_shared("spdx-word-misspelt", Level::Error, || {
                Problem::error(
                    "spdx-word-misspelt",
                    path.place(),
                    format!(
                        "`{}` is not a word that {edition} knows here; it was read as `{meant}`",
                        shortened(word, 60)
                    ),
                )
            });
    }

    /// Reports a member that is not one of a few words.
    pub(super) fn one_of(&mut self, word: &str, words: &[&str], path: &Path<'_>) {
        if !words.contains(&word) {
            let edition = self.edition;
            self.problems.push(
                Problem::error(
                    "spdx-word-unknown",
                    path.place(),
                    format!(
                        "`{}` is not a word that {edition} knows here",
                        shortened(word, 60)
                    ),
                )
                .hint(format!("the words are {}", words.join(", "))),
            );
        }
    }

    /// A time. The standard allows no other form than `2026-03-01T12:00:00Z`; others that say a
    /// time are read and reported.
    pub(super) fn time(
        &mut self,
        field: &Field<Text<'_>>,
        key: &str,
        path: &Path<'_>,
    ) -> Option<Timestamp> {
        let written = self.text(field, key, path)?;
        let time = json::timestamp(written);
        let shape = written.bytes().map(|byte| match byte {
            b'0'..=b'9' => b'0',
            other => other,
        });
        if time.is_none() || !shape.eq(*b"0000-00-00T00:00:00Z") {
            let effect = match time {
                Some(_) => "it was read all the same",
                None => "it was set aside",
            };
            self.problems.push(
                Problem::error(
                    "spdx-timestamp-malformed",
                    path.key(key).place(),
                    format!(
                        "`{}` is no time as SPDX writes it; {effect}",
                        shortened(written, 40)
                    ),
                )
                .hint("write times as 2026-03-01T12:00:00Z"),
            );
        }
        time
    }

    /// A hash, when algorithm and value are sound.
    pub(super) fn hash(
        &mut self,
        algorithm: &str,
        value: &str,
        keys: (&str, &str),
        path: &Path<'_>,
    ) -> Option<Hash> {
        let algorithm = self.word(
            algorithms(self.edition.model()),
            algorithm,
            &path.key(keys.0),
        )?;
        let digits = &algorithm.means.digits;
        // Without a way out in the middle the compiler can look at many bytes at once.
        let is_hexadecimal = value
            .bytes()
            .fold(true, |all, byte| all & byte.is_ascii_hexdigit());
        if is_hexadecimal && digits.contains(&value.len()) {
            return Some(Hash {
                algorithm: algorithm.means.name.to_owned(),
                value: value.to_owned(),
            });
        }
        let expected = if digits.start() == digits.end() {
            digits.start().to_string()
        } else {
            format!("{} to {}", digits.start(), digits.end())
        };
        let found = if is_hexadecimal {
            format!("not {}", value.len())
        } else {
            "not other characters".to_owned()
        };
        self.problems.push(Problem::error(
            "spdx-checksum-malformed",
            path.key(keys.1).place(),
            format!(
                "the {} `{}` was set aside: {expected} hexadecimal digits were expected, {found}",
                algorithm.word,
                shortened(value, 40),
            ),
        ));
        None
    }

    /// A licence expression as written; `None` when it says nothing.
    pub(super) fn license<'t>(
        &mut self,
        field: &'t Field<Text<'_>>,
        key: &str,
        path: &Path<'_>,
    ) -> Option<&'t str> {
        let expression = self.text(field, key, path)?;
        self.expression(expression, &path.key(key))
    }

    /// Checks every expression of a list.
    pub(super) fn licenses(&mut self, list: &List<Text<'_>>, path: &Path<'_>) {
        list.report(path, self.problems);
        for (index, expression) in list.indexed() {
            if let Some(expression) = expression.filled() {
                self.expression(expression, &path.index(index));
            }
        }
    }

    /// Checks a licence expression; `None` when it says nothing.
    pub(super) fn expression<'t>(
        &mut self,
        expression: &'t str,
        path: &Path<'_>,
    ) -> Option<&'t str> {
        if says_nothing(expression) {
            return None;
        }
        let (defined, problems) = (self.defined, &mut *self.problems);
        let has = |reference: &str| defined.has_license(reference);
        faults(expression, has, |fault| match fault {
            Fault::Grammar(what) => {
                problems.push_shared("spdx-license-malformed", Level::Error, || {
                    Problem::error(
                        "spdx-license-malformed",
                        path.place(),
                        format!(
                            "`{}` is no licence expression: {what}",
                            shortened(expression, 80)
                        ),
                    )
                });
            }
            Fault::Undefined(reference) => {
                problems.push_shared("spdx-license-undefined", Level::Error, || {
                    Problem::error(
                        "spdx-license-undefined",
                        path.place(),
                        format!(
                            "the document defines no licence `{}`",
                            shortened(reference, 80)
                        ),
                    )
                });
            }
            Fault::Unlisted(id) => {
                problems.push_shared("spdx-license-unknown", Level::Warning, || {
                    let problem = Problem::warning(
                        "spdx-license-unknown",
                        path.place(),
                        format!(
                            "`{}` is not an identifier of the {EDITION}",
                            shortened(id, 60)
                        ),
                    );
                    match meant(&id.replace(['_', ' '], "-")) {
                        Some(meant) => problem.hint(format!("write `{meant}`")),
                        None => problem
                            .hint("a licence that the list does not have is defined in the document as `LicenseRef-…`"),
                    }
                });
            }
        });
        Some(expression)
    }
}

/// Whether a value is one of the two that stand for no value (SPDX 2.3, 7.5 and others).
pub(super) fn says_nothing(value: &str) -> bool {
    matches!(value, "NOASSERTION" | "NONE")
}

/// The value of a member unless it says nothing.
pub(super) fn said(value: Option<&str>) -> Option<&str> {
    value.filter(|value| !says_nothing(value))
}
