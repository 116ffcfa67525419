//! Tests of the revision history: 6.1.14, 6.1.16 to 6.1.22, 6.1.30 and 6.2.4 to 6.2.6.

use isocenter_model::text::shortened;
use jiff::Timestamp;

use super::version::{Version, by_value, successor};
use super::{Facts, Found, Message};
use crate::json::{self, Node, Path};
use crate::lookup::LookupSet;

/// The revision history, as far as it can be compared.
pub(super) struct History<'c> {
    /// In the order of the document.
    numbers: Vec<&'c str>,
    /// By date, and by number where dates are equal.
    sorted: Vec<Revision<'c>>,
}

/// A revision: when, and which version it made.
struct Revision<'c> {
    /// Its place in the document.
    index: usize,
    date: Timestamp,
    number: &'c str,
    version: Version<'c>,
}

impl<'c> History<'c> {
    pub(super) fn read(document: &'c Node<'c>) -> Self {
        let items = document
            .get("tracking")
            .map_or(&[][..], |tracking| tracking.list("revision_history"));
        let mut sorted: Vec<Revision<'c>> = items
            .iter()
            .enumerate()
            .filter_map(|(index, item)| {
                let number = item.text("number")?;
                Some(Revision {
                    index,
                    date: json::timestamp(item.text("date")?)?,
                    number,
                    version: Version::read(number)?,
                })
            })
            .collect();
        sorted.sort_by(|a, b| {
            a.date
                .cmp(&b.date)
                .then_with(|| a.version.compare(&b.version))
        });
        Self {
            numbers: items
                .iter()
                .filter_map(|item| item.text("number"))
                .collect(),
            sorted,
        }
    }

    /// When the newest revision was made.
    pub(super) fn newest(&self) -> Option<Timestamp> {
        self.sorted.last().map(|revision| revision.date)
    }

    fn oldest(&self) -> Option<Timestamp> {
        self.sorted.first().map(|revision| revision.date)
    }
}

/// 6.1.14: later revisions have higher numbers.
pub(super) fn order<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    for [earlier, later] in facts.revisions.sorted.array_windows() {
        if earlier.version.compare(&later.version).is_gt() {
            at_revision(later.index, "number", found, || {
                format!(
                    "the revision {} is newer than {} and has the lower number",
                    shortened(later.number, 40),
                    shortened(earlier.number, 40)
                )
            });
        }
    }
}

/// 6.1.16: the document's version is that of its newest revision.
pub(super) fn latest<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let Some(text) = facts.tracking().text("version") else {
        return;
    };
    let (Some(version), Some(newest)) = (Version::read(text), facts.revisions.sorted.last()) else {
        return;
    };
    let is_draft = facts.status() == "draft";
    let is_same = version.numbers() == newest.version.numbers()
        && matches!(version, Version::Integer(_)) == matches!(newest.version, Version::Integer(_))
        && (is_draft || version.pre_release() == newest.version.pre_release());
    if !is_same {
        found.at(
            &Path::Root.key("document").key("tracking").key("version"),
            || {
                format!(
                    "the document is version {} and its newest revision {}",
                    shortened(text, 40),
                    shortened(newest.number, 40)
                )
            },
        );
    }
}

/// 6.1.17: what is not released yet is a draft.
pub(super) fn draft<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let Some(text) = facts.tracking().text("version") else {
        return;
    };
    let Some(version) = Version::read(text) else {
        return;
    };
    let is_unreleased = version.major() == "0" || version.pre_release().is_some();
    if is_unreleased && facts.status() != "draft" {
        found.at(
            &Path::Root.key("document").key("tracking").key("status"),
            || {
                format!(
                    "the version {} is one of a draft, and the status is '{}'",
                    shortened(text, 40),
                    shortened(facts.status(), 20)
                )
            },
        );
    }
}

/// 6.1.18: the history of a released document has no version 0.
pub(super) fn released<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    if !facts.is_released() {
        return;
    }
    each_number(facts, |index, text, version| {
        if version.major() == "0" {
            at_revision(index, "number", found, || {
                format!(
                    "the document is released, and its history holds the version {}",
                    shortened(text, 40)
                )
            });
        }
    });
}

/// 6.1.19: the history has no pre-release.
pub(super) fn pre_releases<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    each_number(facts, |index, text, version| {
        if version.pre_release().is_some() {
            at_revision(index, "number", found, || {
                format!("the history holds the pre-release {}", shortened(text, 40))
            });
        }
    });
}

/// 6.1.20: a released document is no pre-release.
pub(super) fn non_draft<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    if let Some(text) = facts.tracking().text("version")
        && facts.is_released()
        && Version::read(text).is_some_and(|version| version.pre_release().is_some())
    {
        found.at(
            &Path::Root.key("document").key("tracking").key("version"),
            || {
                format!(
                    "the status is '{}', and the version {} a pre-release",
                    facts.status(),
                    shortened(text, 40)
                )
            },
        );
    }
}

/// 6.1.21: the history leaves no version out and begins at 0 or 1.
pub(super) fn gaps<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let sorted = &facts.revisions.sorted;
    if let Some(first) = sorted.first()
        && !matches!(first.version.major(), "0" | "1")
    {
        at_revision(first.index, "number", found, || {
            format!(
                "the history begins with the version {}, where 0 or 1 is expected",
                shortened(first.number, 40)
            )
        });
    }
    for [earlier, later] in sorted.array_windows() {
        let next = successor(earlier.version.major());
        if by_value(later.version.major(), &next).is_le() {
            continue;
        }
        let is_elsewhere = facts
            .revisions
            .numbers
            .iter()
            .any(|number| Version::read(number).is_some_and(|version| version.major() == next));
        let missing = if is_elsewhere {
            format!("the version {} has another date", shortened(&next, 40))
        } else {
            format!("the version {} is missing", shortened(&next, 40))
        };
        at_revision(later.index, "number", found, || {
            format!(
                "the revision {} follows {}: {missing}",
                shortened(later.number, 40),
                shortened(earlier.number, 40)
            )
        });
    }
}

/// 6.1.22: the history has no version twice.
pub(super) fn repeated<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let mut seen: LookupSet<&str> = LookupSet::default();
    let items = facts.tracking().list("revision_history");
    for (index, item) in items.iter().enumerate() {
        if let Some(number) = item.text("number")
            && !seen.insert(number)
        {
            at_revision(index, "number", found, || {
                format!(
                    "the history holds the version {} more than once",
                    shortened(number, 40)
                )
            });
        }
    }
}

/// 6.1.30: all versions are integers, or all are semantic.
pub(super) fn mixed<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let is_integer =
        |text: &str| Version::read(text).map(|version| matches!(version, Version::Integer(_)));
    let own = facts.tracking().text("version").and_then(is_integer);
    let mut first = own;
    each_number(facts, |index, text, version| {
        let this = matches!(version, Version::Integer(_));
        if *first.get_or_insert(this) != this {
            at_revision(index, "number", found, || {
                format!(
                    "the version {} is {}, others of the document are not",
                    shortened(text, 40),
                    if this {
                        "an integer"
                    } else {
                        "a semantic version"
                    }
                )
            });
        }
    });
}

/// 6.2.4: the history has no build metadata.
pub(super) fn build_metadata<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    each_number(facts, |index, text, version| {
        if version.build().is_some() {
            at_revision(index, "number", found, || {
                format!("the version {} carries build metadata", shortened(text, 40))
            });
        }
    });
}

/// 6.2.5: the first release is not older than the oldest revision.
pub(super) fn initial_date<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let history = &facts.revisions;
    older(
        "initial_release_date",
        history.oldest(),
        "oldest",
        facts,
        found,
    );
}

/// 6.2.6: the current release is not older than the newest revision.
pub(super) fn current_date<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let history = &facts.revisions;
    older(
        "current_release_date",
        history.newest(),
        "newest",
        facts,
        found,
    );
}

fn older(
    key: &str,
    revision: Option<Timestamp>,
    which: &str,
    facts: &Facts<'_>,
    found: &mut Found<'_>,
) {
    if let Some(text) = facts.tracking().text(key)
        && let Some(date) = json::timestamp(text)
        && revision.is_some_and(|revision| date < revision)
    {
        found.at(&Path::Root.key("document").key("tracking").key(key), || {
            format!(
                "the {key} {} is older than the {which} revision",
                shortened(text, 40)
            )
        });
    }
}

fn each_number<'c>(facts: &'c Facts<'c>, mut see: impl FnMut(usize, &'c str, Version<'c>)) {
    let items = facts.tracking().list("revision_history");
    for (index, item) in items.iter().enumerate() {
        if let Some(text) = item.text("number")
            && let Some(version) = Version::read(text)
        {
            see(index, text, version);
        }
    }
}

fn at_revision(index: usize, key: &str, found: &mut Found<'_>, message: impl Message) {
    let root = Path::Root;
    let document = root.key("document");
    let tracking = document.key("tracking");
    let list = tracking.key("revision_history");
    found.at(&list.index(index).key(key), message);
}
