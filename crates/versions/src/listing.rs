//! A list of versions with a status each, and what holds for the versions that no entry names.
//!
//! This is the shape that a CVE record's `versions[]` has (CVE Record Format 5.1, product object), and into
//! which OSV's events and NVD's match criteria fit as well. The caller brings its own words of status.
//!
//! Traps: entries may overlap, and the affected one counts; a status changes *inside* a range (`changes`);
//! an entry that cannot be compared must not hide one that can, and must not be taken for "does not cover".

use std::cmp::Ordering;

use crate::Scheme;
use crate::order::compare;
use crate::range::{Bound, Containment, Reason, between, equal, is_unstated};

/// Which versions an entry speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span<'a> {
    /// Every version.
    All,
    /// One version, or one series (`5.4.*`).
    Exactly(&'a str),
    /// From a bound to a bound; an absent bound is open.
    Between {
        /// Lower bound.
        from: Option<Bound<'a>>,
        /// Upper bound.
        to: Option<Bound<'a>>,
    },
    /// Words that are no version and no range by the format's own rules.
    Words(&'a str),
}

impl Span<'_> {
    /// Whether it holds a version.
    pub fn contains(&self, scheme: Option<Scheme>, version: &str) -> Containment {
        match *self {
            Self::All => Containment::In,
            Self::Exactly(text) | Self::Words(text) if is_every(text) => Containment::In,
            Self::Words(text) => Containment::Undetermined(Reason::Words(text.to_owned())),
            Self::Exactly(text) => equal(scheme, version, text),
            Self::Between { from, to } => {
                between(scheme, version, from.filter(is_bound), to.filter(is_bound))
            }
        }
    }
}

/// Whether a text in place of a version means every version.
pub fn is_every(text: &str) -> bool {
    [
        "*",
        "all",
        "all releases",
        "all version",
        "all versions",
        "all versions affected",
        "any",
        "any version",
        "vers:all/*",
    ]
    .iter()
    .any(|word| text.trim().eq_ignore_ascii_case(word))
}

/// A word that ends in a wildcard bounds nothing: the official record of CVE-2021-44228 ends its range at
/// `log4j-core*`.
fn is_bound(bound: &Bound<'_>) -> bool {
    !(bound.version.ends_with('*')
        && bound
            .version
            .chars()
            .take(2)
            .all(|first| first.is_ascii_alphabetic()))
}

/// One entry: these versions have this status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a, S> {
    /// Which versions.
    pub span: Span<'a>,
    /// The order that they follow; `None` where nobody says.
    pub scheme: Option<Scheme>,
    /// What is said of them.
    pub status: S,
    /// From this version on, that status, as long as the entry holds.
    pub changes: Vec<(&'a str, S)>,
}

impl<S: Copy> Entry<'_, S> {
    /// The status that the entry gives to a version it covers.
    pub fn status_of(&self, version: &str) -> Result<S, Reason> {
        let mut status = self.status;
        let mut since: Option<&str> = None;
        for (change, to) in &self.changes {
            let scheme = self.scheme.ok_or(Reason::NoScheme)?;
            if compare(scheme, version, change)?.is_lt() {
                continue;
            }
            let later =
                since.is_none_or(|since| compare(scheme, change, since).is_ok_and(Ordering::is_ge));
            if later {
                status = *to;
                since = Some(change);
            }
        }
        Ok(status)
    }
}

/// What a list says of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer<S> {
    /// An entry covers the version and gives it this status.
    Entry {
        /// Which entry.
        index: usize,
        /// Its status.
        status: S,
    },
    /// No entry is sure to cover the version, and one may.
    Open {
        /// Which entry.
        index: usize,
        /// Why it does not decide.
        reason: Reason,
    },
    /// No entry covers the version: the list's default holds.
    Default,
}

/// Holds a version against a list.
///
/// `affected` is the status that goes before any other where entries overlap. An entry that cannot be compared
/// leaves the answer open only where it says something that the default does not.
pub fn look_up<S: Copy + PartialEq>(
    entries: &[Entry<'_, S>],
    default: S,
    affected: S,
    version: &str,
) -> Answer<S> {
    let mut hit: Option<(usize, S)> = None;
    let mut open = None;
    for (index, entry) in entries.iter().enumerate() {
        match entry.span.contains(entry.scheme, version) {
            Containment::Out => {}
            Containment::In => match entry.status_of(version) {
                Ok(status) if status == affected => {
                    return Answer::Entry { index, status };
                }
                Ok(status) => hit = hit.or(Some((index, status))),
                Err(reason) => open = open.or(Some((index, reason))),
            },
            Containment::Undetermined(reason) => {
                if entry.status != default || entry.status == affected {
                    open = open.or(Some((index, reason)));
                }
            }
        }
    }
    match (hit, open) {
        (Some((index, status)), _) => Answer::Entry { index, status },
        (None, Some((index, reason))) => Answer::Open { index, reason },
        (None, None) => Answer::Default,
    }
}

/// On which side of the affected ranges a version lies that none of them covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Below the first affected version.
    Before,
    /// Above the last affected version.
    AfterLast,
    /// At or above the first corrected version.
    Corrected,
}

/// The side on which a version lies of every affected entry; `None` where one of them is no range, so that
/// nothing follows from being outside. Below one branch and corrected in another counts as corrected.
pub fn side<S: Copy + PartialEq>(
    entries: &[Entry<'_, S>],
    affected: S,
    version: &str,
) -> Option<Side> {
    let mut answer = None;
    for entry in entries.iter().filter(|entry| entry.status == affected) {
        let scheme = entry.scheme?;
        let Span::Between { from, to } = entry.span else {
            return None;
        };
        let after =
            to.and_then(
                |to| match (compare(scheme, version, to.version).ok()?, to.inclusive) {
                    (Ordering::Less, _) | (Ordering::Equal, true) => None,
                    (_, false) => Some(Side::Corrected),
                    (_, true) => Some(Side::AfterLast),
                },
            );
        let before = || {
            compare(scheme, version, from?.version)
                .is_ok_and(Ordering::is_lt)
                .then_some(Side::Before)
        };
        let side = after.or_else(before)?;
        if answer.is_none() || side == Side::Corrected {
            answer = Some(side);
        }
    }
    answer
}

/// Whether a version was stated, as the three-valued answer that the walkers begin with.
pub(crate) fn stated(version: &str) -> Result<(), Containment> {
    if is_unstated(version) {
        return Err(Containment::Undetermined(Reason::VersionUnstated));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry<'a>(from: &'a str, to: &'a str, status: char) -> Entry<'a, char> {
        Entry {
            span: Span::Between {
                from: Some(Bound::inclusive(from)),
                to: Some(Bound::exclusive(to)),
            },
            scheme: Some(Scheme::SemVer),
            status,
            changes: Vec::new(),
        }
    }

    #[test]
    fn of_two_entries_that_overlap_the_affected_one_counts() {
        let list = [entry("1.0", "3.0", 'u'), entry("2.0", "2.5", 'a')];
        assert_eq!(
            look_up(&list, '?', 'a', "2.1"),
            Answer::Entry {
                index: 1,
                status: 'a'
            }
        );
        assert_eq!(
            look_up(&list, '?', 'a', "2.7"),
            Answer::Entry {
                index: 0,
                status: 'u'
            }
        );
        assert_eq!(look_up(&list, '?', 'a', "3.0"), Answer::Default);
    }

    #[test]
    fn an_entry_that_cannot_be_compared_does_not_hide_one_that_can() {
        let list = [entry("1.0q", "3.0", 'a'), entry("2.0", "2.5", 'a')];
        assert_eq!(
            look_up(&list, '?', 'a', "2.1"),
            Answer::Entry {
                index: 1,
                status: 'a'
            }
        );
        assert!(matches!(
            look_up(&list, '?', 'a', "2.6"),
            Answer::Open { index: 0, .. }
        ));
    }

    #[test]
    fn a_change_holds_from_its_version_on_in_whatever_order_changes_are_written() {
        let changed = Entry {
            changes: vec![("2.5", 'a'), ("2.2", 'u')],
            ..entry("2.0", "3.0", 'a')
        };
        for (version, status) in [("2.1", 'a'), ("2.2", 'u'), ("2.4", 'u'), ("2.6", 'a')] {
            assert_eq!(changed.status_of(version), Ok(status), "{version}");
        }
    }

    #[test]
    fn a_side_is_named_only_where_every_affected_entry_is_a_range() {
        let branches = [entry("1.0", "1.5", 'a'), entry("2.0", "2.5", 'a')];
        assert_eq!(side(&branches, 'a', "1.7"), Some(Side::Corrected));
        assert_eq!(side(&branches, 'a', "0.9"), Some(Side::Before));
        let single = [
            entry("1.0", "1.5", 'a'),
            Entry {
                span: Span::Exactly("4.0"),
                ..entry("", "", 'a')
            },
        ];
        assert_eq!(side(&single, 'a', "1.7"), None);
    }

    #[test]
    fn words_are_never_taken_for_a_version_that_does_not_match() {
        let words = Span::Words("see the bulletin");
        assert!(matches!(
            words.contains(Some(Scheme::SemVer), "1.0"),
            Containment::Undetermined(Reason::Words(_))
        ));
        assert_eq!(
            Span::Words("all versions").contains(None, "1.0"),
            Containment::In
        );
    }

    #[test]
    fn a_bound_that_is_a_word_with_a_wildcard_is_open() {
        let span = Span::Between {
            from: Some(Bound::inclusive("2.0")),
            to: Some(Bound::exclusive("log4j-core*")),
        };
        assert_eq!(
            span.contains(Some(Scheme::SemVer), "2.14.1"),
            Containment::In
        );
        assert_eq!(span.contains(Some(Scheme::SemVer), "1.2"), Containment::Out);
    }
}
