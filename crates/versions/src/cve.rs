//! CVE records: `affected[].versions[]`, `defaultStatus`, `changes[]`.
//!
//! Source: CVE Record Format 5.1, product object and "version" object; its page "Version Ranges".
//!
//! Traps: `0`, `*`, `n/a` and `unspecified` begin a range at the beginning; `lessThan: "*"` has no end;
//! `lessThanOrEqual: "6.6.*"` is the whole 6.6 series; `versionType: "custom"` names no order; a `version` without
//! an end is one version, and authors still write `14.1.x`, `< 2.0`, `all versions` or a model's name into it,
//! of which only what has one meaning is read; a missing `defaultStatus` is "unknown", which is no "no"; where `version`
//! equals `lessThan` the range is empty by the letter, which no author means.

use crate::Scheme;
use crate::freetext;
use crate::listing::{Answer, Entry, Side, Span, look_up, side, stated};
use crate::range::{Bound, Containment, Reason, is_unstated};

/// What a record says of a version.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Status {
    /// The flaw is there.
    Affected,
    /// The flaw is not there.
    Unaffected,
    /// The record does not know.
    #[default]
    Unknown,
}

impl Status {
    /// The status of that word of the format.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "affected" => Self::Affected,
            "unaffected" => Self::Unaffected,
            "unknown" => Self::Unknown,
            _ => return None,
        })
    }
}

/// One element of `versions[]`, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Version<'a> {
    /// `version`: one version, or the beginning of a range.
    pub version: Option<&'a str>,
    /// `versionType`: which order.
    pub version_type: Option<&'a str>,
    /// `lessThan`: the end, itself outside.
    pub less_than: Option<&'a str>,
    /// `lessThanOrEqual`: the end, itself inside.
    pub less_than_or_equal: Option<&'a str>,
    /// `status`.
    pub status: Status,
    /// `changes[]`: from this version on, that status.
    pub changes: Vec<(&'a str, Status)>,
}

impl<'a> Version<'a> {
    /// Which versions it speaks of.
    pub fn span(&self) -> Span<'a> {
        let end = match (self.less_than, self.less_than_or_equal) {
            (Some(end), _) => Bound::exclusive(end),
            (None, Some(end)) => Bound::inclusive(end),
            (None, None) => {
                return match self.version.map(str::trim) {
                    None | Some("") => Span::Words(""),
                    Some(text) => alone(text, self.version_type),
                };
            }
        };
        let begin = self.version.unwrap_or("0");
        let is_empty = begin.trim() == end.version.trim() && !end.inclusive;
        let meant_as_all_before = is_empty && self.status == Status::Affected;
        let from = (!begins_all(begin) && !meant_as_all_before).then_some(Bound::inclusive(begin));
        let to = (!crate::listing::is_every(end.version)).then_some(end);
        match (from, to) {
            (None, None) => Span::All,
            (from, to) => Span::Between { from, to },
        }
    }

    fn entry(&self, hint: Option<Scheme>) -> Entry<'a, Status> {
        Entry {
            span: self.span(),
            scheme: self
                .version_type
                .and_then(Scheme::from_cve_version_type)
                .or(hint),
            status: self.status,
            changes: self.changes.clone(),
        }
    }
}

/// Whether a text stands for the beginning of all versions where a range begins: `0`, `*`, `n/a`, `earlier`.
pub fn begins_all(text: &str) -> bool {
    let text = text.trim();
    let words = [
        "0",
        "earlier",
        "earlier versions",
        "first",
        "previous",
        "previous versions",
        "prior",
        "prior versions",
    ];
    is_unstated(text)
        || crate::listing::is_every(text)
        || words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// What a version without an end means.
fn alone<'a>(text: &'a str, version_type: Option<&str>) -> Span<'a> {
    let ordered = version_type
        .is_some_and(|word| word == "git" || Scheme::from_cve_version_type(word).is_some());
    if crate::listing::is_every(text) {
        return Span::All;
    }
    if is_unstated(text) {
        return Span::Words(text);
    }
    if ordered && !text.contains(char::is_whitespace) && !text.contains(['<', '>', '=', '|', ',']) {
        return Span::Exactly(text);
    }
    match freetext::parse(text).as_deref() {
        Ok([freetext::Range::All]) => Span::All,
        Ok([freetext::Range::Exactly(version)]) => {
            // The reader may have left a leading "version" out: what it kept is a part of the text.
            match text.find(version.as_str()) {
                Some(at) => Span::Exactly(text.get(at..at + version.len()).unwrap_or(text)),
                None => Span::Exactly(text),
            }
        }
        _ => Span::Words(text),
    }
}

/// Whether a product's version list calls a version affected.
///
/// `hint` is the order that the product's ecosystem follows, used where an entry names none. With an
/// unknown default, a version at or after the exclusive end of an affected range, after the last affected
/// version, or before the first one is outside: the record has said where the flaw begins and ends.
pub fn affects(
    default: Status,
    versions: &[Version<'_>],
    hint: Option<Scheme>,
    version: &str,
) -> Containment {
    if let Err(unstated) = stated(version) {
        let every = versions.iter().any(|entry| {
            entry.status == Status::Affected
                && entry.span() == Span::All
                && entry.changes.is_empty()
        });
        return if every { Containment::In } else { unstated };
    }
    let mut decided = Containment::Out;
    let mut entries = Vec::with_capacity(versions.len());
    for entry in versions {
        // Words that are a union of ranges are held against the version by themselves.
        if let Span::Words(text) = entry.span()
            && let Ok(ranges) = freetext::parse(text)
        {
            let scheme = entry.entry(hint).scheme.or(Some(Scheme::Generic));
            let inside = freetext::contains(&ranges, scheme, version);
            if entry.status == Status::Affected {
                decided = decided.or(inside);
            }
            continue;
        }
        entries.push(entry.entry(hint));
    }
    let listed = match look_up(&entries, default, Status::Affected, version) {
        Answer::Entry { status, .. } => of(status),
        Answer::Open { reason, .. } => Containment::Undetermined(reason),
        Answer::Default if default == Status::Unknown => {
            match side(&entries, Status::Affected, version) {
                Some(Side::Before | Side::AfterLast | Side::Corrected) => Containment::Out,
                None if versions.is_empty() => Containment::Undetermined(Reason::NoVersions),
                None => Containment::Undetermined(Reason::DefaultUnknown),
            }
        }
        Answer::Default => of(default),
    };
    decided.or(listed)
}

fn of(status: Status) -> Containment {
    match status {
        Status::Affected => Containment::In,
        Status::Unaffected => Containment::Out,
        Status::Unknown => Containment::Undetermined(Reason::DefaultUnknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Containment::{In, Out};

    fn range<'a>(from: &'a str, end: &'a str) -> Version<'a> {
        Version {
            version: Some(from),
            version_type: Some("semver"),
            less_than: Some(end),
            status: Status::Affected,
            ..Version::default()
        }
    }

    fn one(text: &str) -> Version<'_> {
        Version {
            version: Some(text),
            status: Status::Affected,
            ..Version::default()
        }
    }

    #[test]
    fn the_words_for_the_beginning_begin_a_range_there_and_a_star_ends_none() {
        for begin in ["0", "*", "n/a", "unspecified", ""] {
            assert_eq!(
                affects(
                    Status::Unaffected,
                    &[range(begin, "2.0.0")],
                    None,
                    "0.0.1-alpha"
                ),
                In,
                "{begin}"
            );
        }
        assert_eq!(
            affects(Status::Unknown, &[range("2.0.0", "*")], None, "99.0.0"),
            In
        );
        assert_eq!(
            affects(Status::Unknown, &[range("0", "*")], None, "any text"),
            In
        );
    }

    #[test]
    fn the_default_holds_where_no_entry_covers_the_version() {
        let list = [range("1.0.0", "2.0.0")];
        assert_eq!(affects(Status::Unaffected, &list, None, "2.0.0"), Out);
        assert_eq!(affects(Status::Affected, &list, None, "2.0.0"), In);
        assert_eq!(affects(Status::Unknown, &list, None, "2.0.0"), Out);
        assert_eq!(affects(Status::Unknown, &list, None, "0.9.0"), Out);
        let single = [Version {
            version_type: Some("semver"),
            ..one("1.0.0")
        }];
        assert_eq!(
            affects(Status::Unknown, &single, None, "2.0.0"),
            Containment::Undetermined(Reason::DefaultUnknown)
        );
        assert_eq!(affects(Status::Unaffected, &single, None, "2.0.0"), Out);
    }

    #[test]
    fn a_series_is_an_inclusive_end() {
        let list = [Version {
            version: Some("6.6"),
            version_type: Some("semver"),
            less_than_or_equal: Some("6.6.*"),
            status: Status::Unaffected,
            ..Version::default()
        }];
        assert_eq!(affects(Status::Affected, &list, None, "6.6.63"), Out);
        assert_eq!(affects(Status::Affected, &list, None, "6.7.0"), In);
    }

    #[test]
    fn changes_count_inside_their_range() {
        let list = [Version {
            changes: vec![("3.2.4", Status::Unaffected)],
            ..range("3.2.0", "3.3.0")
        }];
        assert_eq!(affects(Status::Unknown, &list, None, "3.2.3"), In);
        assert_eq!(affects(Status::Unknown, &list, None, "3.2.4"), Out);
    }

    #[test]
    fn a_custom_order_decides_by_the_hint_or_not_at_all() {
        let list = [Version {
            version_type: Some("custom"),
            ..range("1.0", "2.0")
        }];
        assert!(matches!(
            affects(Status::Unaffected, &list, None, "1.5"),
            Containment::Undetermined(Reason::NoScheme)
        ));
        assert_eq!(
            affects(Status::Unaffected, &list, Some(Scheme::Generic), "1.5"),
            In
        );
        assert_eq!(affects(Status::Unaffected, &list, None, "2.0"), Out);
    }

    #[test]
    fn what_authors_write_in_place_of_a_version_is_read_or_left_open() {
        for (text, version, expected) in [
            ("All versions", "7", In),
            ("< 2.0", "1.9", In),
            ("< 2.0", "2.0", Out),
            ("2.0.3 and lower", "2.0.3", In),
            ("14.1.x", "14.1.7", In),
            ("14.1.x", "14.2", Out),
        ] {
            assert_eq!(
                affects(
                    Status::Unaffected,
                    &[one(text)],
                    Some(Scheme::Generic),
                    version
                ),
                expected,
                "{text}"
            );
        }
        assert!(matches!(
            affects(
                Status::Unaffected,
                &[one("only when running on a shared host")],
                Some(Scheme::Generic),
                "1.0"
            ),
            Containment::Undetermined(Reason::Words(_))
        ));
    }

    #[test]
    fn a_range_that_ends_where_it_begins_means_all_before() {
        assert_eq!(
            affects(
                Status::Unaffected,
                &[range("2.0.0", "2.0.0")],
                None,
                "1.0.0"
            ),
            In
        );
    }

    #[test]
    fn without_a_version_only_a_list_of_every_version_decides() {
        assert_eq!(
            affects(Status::Unaffected, &[one("*")], None, "unknown"),
            In
        );
        assert_eq!(
            affects(Status::Affected, &[range("1.0.0", "2.0.0")], None, ""),
            Containment::Undetermined(Reason::VersionUnstated)
        );
    }
}
