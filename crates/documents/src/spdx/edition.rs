//! Editions of SPDX.

use std::fmt;

use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};

use super::words::Model;
use crate::json::{Editions, Path, Problems};

/// An edition of SPDX.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edition {
    major: u8,
    minor: u8,
}

impl Edition {
    /// The newest edition of SPDX 2 that this reader knows.
    pub(super) const NEWEST_2: Self = Self { major: 2, minor: 3 };
    /// The edition of SPDX 3 that this reader knows: 3.0 and 3.0.1 have the same model.
    pub(super) const NEWEST_3: Self = Self { major: 3, minor: 0 };

    /// The edition that `spdxVersion` states, such as `SPDX-2.3`, and the same without its prefix.
    pub(super) fn read_2(text: Option<&str>, problems: &mut Problems) -> (Self, Option<String>) {
        let root = Path::Root;
        let at = || root.key("spdxVersion").place();
        let Some(text) = text else {
            problems.push(Problem::error(
                "spdx-version-missing",
                at(),
                "spdxVersion is missing, which says the edition of the format",
            ));
            return (Self::NEWEST_2, None);
        };
        let number = text.strip_prefix("SPDX-");
        let Some((major, minor)) = number.and_then(numbers) else {
            problems.push(Problem::error(
                "spdx-version-malformed",
                at(),
                format!(
                    "spdxVersion is `{}`, where an edition such as SPDX-2.3 is expected",
                    shortened(text, 20)
                ),
            ));
            return (Self::NEWEST_2, Some(text.to_owned()));
        };
        let edition = match (major, minor) {
            (1, 0..=2) | (2, 0..=3) => Self { major, minor },
            _ => {
                problems.push(
                    Problem::warning(
                        "spdx-version-unknown",
                        at(),
                        format!(
                            "the edition {} is not one of 1.0 to 1.2 and 2.0 to 2.3; the file was read as {}",
                            shortened(text, 20),
                            Self::NEWEST_2
                        ),
                    )
                    .hint("what only that edition has was not read"),
                );
                Self::NEWEST_2
            }
        };
        (edition, number.map(str::to_owned))
    }

    /// Which model it follows.
    pub(super) fn model(self) -> Model {
        if self.major < 3 {
            Model::Two
        } else {
            Model::Three
        }
    }

    /// Whether what came with `2.{since}` is part of it. What is as old as SPDX 2 (0) counts as
    /// part of SPDX 1 too.
    pub(super) fn has(self, since: u8) -> bool {
        since == 0 || (self.major, self.minor) >= (2, since)
    }

    /// Whether documents, packages and files must have ids, which came with SPDX 2.0.
    pub(super) fn has_ids(self) -> bool {
        self.major > 1
    }
}

/// The two first numbers of an edition.
pub(super) fn numbers(text: &str) -> Option<(u8, u8)> {
    let (major, rest) = text.split_once('.')?;
    let minor = rest.split('.').next()?;
    let number = |part: &str| {
        (part.len() < 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse().ok())
            .flatten()
    };
    Some((number(major)?, number(minor)?))
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SPDX {}.{}", self.major, self.minor)
    }
}

/// Members of profiles of SPDX 3 that say nothing of what a product is made of, and of extensions.
const OTHER_PROFILES: [&str; 6] = [
    "ai_",
    "build_",
    "dataset_",
    "expandedlicensing_",
    "extension_",
    "http",
];

impl Editions for Edition {
    fn unknown(self, key: &str, at: impl FnOnce() -> Place) -> Option<Problem> {
        let is_read_elsewhere = self.model() == Model::Three
            && OTHER_PROFILES
                .iter()
                .any(|profile| key.starts_with(profile));
        (!is_read_elsewhere).then(|| {
            Problem::warning(
                "spdx-property-unknown",
                at(),
                format!(
                    "{self} has no property `{}` here; it was not read",
                    shortened(key, 60)
                ),
            )
        })
    }

    fn later(self, key: &str, since: u8, at: impl FnOnce() -> Place) -> Option<Problem> {
        (!self.has(since)).then(|| {
            Problem::error(
                "spdx-property-of-later-edition",
                at(),
                format!("the property `{key}` came with SPDX 2.{since}, and the file says it is {self}; it was read all the same"),
            )
            .hint("state the edition that the file keeps to in spdxVersion")
        })
    }
}

#[cfg(test)]
mod tests {
    use isocenter_model::Level;

    use super::*;

    #[test]
    fn an_edition_that_is_absent_or_unknown_is_read_as_the_newest() {
        for (text, edition, level) in [
            (Some("SPDX-2.3"), (2, 3), None),
            (Some("SPDX-2.2"), (2, 2), None),
            (Some("SPDX-1.2"), (1, 2), None),
            (None, (2, 3), Some(Level::Error)),
            (Some("2.3"), (2, 3), Some(Level::Error)),
            (Some("SPDX-2"), (2, 3), Some(Level::Error)),
            (Some("SPDX-2.4"), (2, 3), Some(Level::Warning)),
            (Some("SPDX-4.0"), (2, 3), Some(Level::Warning)),
            (Some("SPDX-999999.0"), (2, 3), Some(Level::Error)),
        ] {
            let mut problems = Problems::default();
            let (read, _) = Edition::read_2(text, &mut problems);
            assert_eq!((read.major, read.minor), edition, "{text:?}");
            let found = problems.finish();
            assert_eq!(found.first().map(|one| one.level), level, "{text:?}");
        }
    }
}
