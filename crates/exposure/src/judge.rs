//! Is this version among those that a record speaks of?
//!
//! The reading follows the CVE record format 5.x (`versions[]`, `defaultStatus`, `changes[]`):
//! an entry decides for the versions it covers, the default status for all others. Where the
//! default is unknown, three things still decide: a version at or after the exclusive end of an
//! affected range (the first corrected version), a version after the last affected one, and a
//! version before the first affected one. OSV's events and lists are walked by
//! [`isocenter_versions::osv`].

use isocenter_model::finding::Verdict;
use isocenter_model::statement::Status;
use isocenter_model::vulnerability::{
    AffectedProduct, Bound, RangeEvent, VersionEntry, VersionSpan,
};
use isocenter_versions::listing::{self, Answer, Entry, Side, Span};
use isocenter_versions::osv::{self, Event, RangeType};
use isocenter_versions::{self as versions, Containment, Scheme};

/// What a version list says of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) verdict: Verdict,
    /// Code of the rule that decided.
    pub(crate) rule: &'static str,
    /// The entry that decided, or the list, as text.
    pub(crate) range: String,
    /// Why it is undetermined, in one sentence.
    pub(crate) reason: Option<String>,
}

/// Holds `version` against the list of `affected`. `hint` is the order that the subject's own
/// ecosystem follows, used where the record names none.
pub(crate) fn judge(
    affected: &AffectedProduct,
    version: Option<&str>,
    hint: Option<Scheme>,
) -> Judgement {
    let Some(version) = version.filter(|version| !versions::is_unstated(version)) else {
        return without_version(affected);
    };
    if affected.versions.iter().any(is_of_osv) {
        return by_events(affected, version, hint);
    }
    let list: Vec<Entry<'_, Status>> = affected
        .versions
        .iter()
        .map(|entry| listed(entry, hint))
        .collect();
    let answer = listing::look_up(&list, affected.default_status, Status::Affected, version);
    let at = |index: usize| affected.versions.get(index);
    match answer {
        Answer::Entry { index, status } => Judgement {
            verdict: verdict_of(status, &list, version),
            rule: if at(index).is_some_and(is_exact) {
                "version-listed"
            } else {
                "version-in-range"
            },
            range: at(index).map(span_text).unwrap_or_default(),
            reason: (status == Status::Unknown)
                .then(|| "the source says that it does not know for this version".to_owned()),
        },
        Answer::Open { index, reason } => Judgement {
            verdict: Verdict::Undetermined,
            rule: "version-not-comparable",
            range: at(index).map(span_text).unwrap_or_default(),
            reason: Some(reason.to_string()),
        },
        Answer::Default => by_default(affected, &list, version),
    }
}

/// An entry as the walk over lists takes it.
fn listed(entry: &VersionEntry, hint: Option<Scheme>) -> Entry<'_, Status> {
    Entry {
        span: match &entry.span {
            VersionSpan::All => Span::All,
            VersionSpan::Exact(text) if versions::is_unstated(text) => Span::Words(text),
            VersionSpan::Exact(text) => Span::Exactly(text),
            VersionSpan::Text(text) => Span::Words(text),
            // Where these stand, the list is OSV's and was walked before.
            VersionSpan::OneOf(_) | VersionSpan::Events(_) => Span::Words("events"),
            VersionSpan::Between { from, to } => Span::Between {
                from: from.as_ref().map(bound),
                to: to.as_ref().map(bound),
            },
        },
        scheme: scheme_of(entry, hint),
        status: entry.status,
        changes: entry
            .changes
            .iter()
            .map(|(at, status)| (at.as_str(), *status))
            .collect(),
    }
}

/// Whether an entry is one that OSV's evaluation is for.
fn is_of_osv(entry: &VersionEntry) -> bool {
    matches!(entry.span, VersionSpan::OneOf(_) | VersionSpan::Events(_))
}

/// The reading of an OSV entry (OSV schema, "Evaluation"): affected is what is listed, or lies between
/// events; every other version is not.
fn by_events(affected: &AffectedProduct, version: &str, hint: Option<Scheme>) -> Judgement {
    let ecosystem = affected
        .ecosystem
        .as_deref()
        .and_then(Scheme::from_ecosystem)
        .or(hint);
    let mut ranges = Vec::new();
    let mut single: Vec<&str> = Vec::new();
    for entry in &affected.versions {
        match &entry.span {
            VersionSpan::Events(events) => ranges.push((entry, range(entry, events))),
            VersionSpan::OneOf(versions) => single.extend(versions.iter().map(String::as_str)),
            _ => {}
        }
    }
    let all: Vec<osv::Range<'_>> = ranges.iter().map(|(_, range)| range.clone()).collect();
    let is_listed = |version: &str| {
        single
            .iter()
            .any(|one| versions::equal(ecosystem, version, one) == Containment::In)
    };
    match osv::affects(ecosystem, &single, &all, version) {
        Containment::In => {
            let holding = ranges
                .iter()
                .find(|(_, range)| range.contains(ecosystem, version) == Containment::In);
            let (rule, range) = match holding {
                Some((entry, _)) => ("version-in-range", span_text(entry)),
                None if is_listed(version) => ("version-listed", version.to_owned()),
                None => ("version-listed", list_text(affected)),
            };
            Judgement {
                verdict: Verdict::Affected,
                rule,
                range,
                reason: None,
            }
        }
        Containment::Undetermined(reason) => Judgement {
            verdict: Verdict::Undetermined,
            rule: "version-not-comparable",
            range: list_text(affected),
            reason: Some(reason.to_string()),
        },
        Containment::Out => {
            let stretches = stretches(&all, ecosystem);
            let (verdict, rule) =
                beyond(&stretches, version).unwrap_or((Verdict::NotAffected, "default-status"));
            Judgement {
                verdict,
                rule,
                range: list_text(affected),
                reason: None,
            }
        }
    }
}

/// A range of events as the walker takes it.
fn range<'a>(entry: &'a VersionEntry, events: &'a [RangeEvent]) -> osv::Range<'a> {
    osv::Range {
        range_type: RangeType::from_word(entry.scheme.as_deref().unwrap_or_default()),
        events: events
            .iter()
            .map(|event| match event {
                RangeEvent::Introduced(version) => Event::Introduced(version),
                RangeEvent::Fixed(version) => Event::Fixed(version),
                RangeEvent::LastAffected(version) => Event::LastAffected(version),
                RangeEvent::Limit(version) => Event::Limit(version),
            })
            .collect(),
    }
}

/// The stretches of every range that has an order, as entries of a list.
fn stretches<'a>(ranges: &[osv::Range<'a>], ecosystem: Option<Scheme>) -> Vec<Entry<'a, Status>> {
    let ordered = ranges
        .iter()
        .filter_map(|range| Some((range.range_type.scheme(ecosystem)?, range)));
    ordered
        .flat_map(|(scheme, range)| {
            osv::stretches(Some(scheme), &range.events)
                .into_iter()
                .map(move |(from, to)| Entry {
                    span: Span::Between { from, to },
                    scheme: Some(scheme),
                    status: Status::Affected,
                    changes: Vec::new(),
                })
        })
        .collect()
}

/// What a record says of a product whose version nobody names.
fn without_version(affected: &AffectedProduct) -> Judgement {
    let every = affected.versions.iter().find(|entry| covers_every(entry));
    if let Some(entry) = every {
        return Judgement {
            verdict: match entry.status {
                Status::Affected => Verdict::Affected,
                Status::NotAffected => Verdict::NotAffected,
                Status::Fixed => Verdict::Fixed,
                Status::UnderInvestigation => Verdict::UnderInvestigation,
                Status::Unknown => Verdict::Undetermined,
            },
            rule: "every-version",
            range: span_text(entry),
            reason: (entry.status == Status::Unknown)
                .then(|| "the source says that it does not know".to_owned()),
        };
    }
    if affected.versions.is_empty() && affected.default_status == Status::Affected {
        return Judgement {
            verdict: Verdict::Affected,
            rule: "default-status",
            range: "every version (default status)".to_owned(),
            reason: None,
        };
    }
    Judgement {
        verdict: Verdict::Undetermined,
        rule: "version-not-stated",
        range: list_text(affected),
        reason: Some("no paper states the version".to_owned()),
    }
}

fn by_default(affected: &AffectedProduct, list: &[Entry<'_, Status>], version: &str) -> Judgement {
    let range = list_text(affected);
    match affected.default_status {
        Status::Affected => Judgement {
            verdict: Verdict::Affected,
            rule: "default-status",
            range: if range.is_empty() {
                "every version (default status)".to_owned()
            } else {
                range
            },
            reason: None,
        },
        Status::NotAffected | Status::Fixed => {
            let past = beyond(list, version);
            Judgement {
                verdict: past.map_or(Verdict::NotAffected, |(verdict, _)| verdict),
                rule: past.map_or("default-status", |(_, rule)| rule),
                range,
                reason: None,
            }
        }
        Status::Unknown | Status::UnderInvestigation => match beyond(list, version) {
            Some((verdict, rule)) => Judgement {
                verdict,
                rule,
                range,
                reason: None,
            },
            None if affected.versions.is_empty() => Judgement {
                verdict: Verdict::Undetermined,
                rule: "no-versions-named",
                range,
                reason: Some("the source names no versions".to_owned()),
            },
            None => Judgement {
                verdict: Verdict::Undetermined,
                rule: "version-not-listed",
                range,
                reason: Some(
                    "the source lists single versions, this one is not among them, and it says \
                     nothing of the others"
                        .to_owned(),
                ),
            },
        },
    }
}

/// What follows from lying outside every affected entry, where each says where it begins and ends.
fn beyond(list: &[Entry<'_, Status>], version: &str) -> Option<(Verdict, &'static str)> {
    Some(match listing::side(list, Status::Affected, version)? {
        Side::Before => (Verdict::NotAffected, "before-first-affected"),
        Side::AfterLast => (Verdict::NotAffected, "after-last-affected"),
        Side::Corrected => (Verdict::Fixed, "at-or-after-first-fixed"),
    })
}

fn verdict_of(status: Status, list: &[Entry<'_, Status>], version: &str) -> Verdict {
    match status {
        Status::Affected => Verdict::Affected,
        Status::Fixed => Verdict::Fixed,
        Status::NotAffected => {
            beyond(list, version).map_or(Verdict::NotAffected, |(verdict, _)| verdict)
        }
        Status::UnderInvestigation => Verdict::UnderInvestigation,
        Status::Unknown => Verdict::Undetermined,
    }
}

fn bound(bound: &Bound) -> versions::Bound<'_> {
    versions::Bound {
        version: &bound.version,
        inclusive: bound.inclusive,
    }
}

fn scheme_of(entry: &VersionEntry, hint: Option<Scheme>) -> Option<Scheme> {
    entry
        .scheme
        .as_deref()
        .and_then(Scheme::from_cve_version_type)
        .or(hint)
        .or_else(|| Scheme::from_ecosystem("generic"))
}

fn covers_every(entry: &VersionEntry) -> bool {
    match &entry.span {
        VersionSpan::All => true,
        VersionSpan::Exact(text) | VersionSpan::Text(text) => listing::is_every(text),
        VersionSpan::OneOf(_) => false,
        VersionSpan::Events(events) => {
            matches!(events.as_slice(), [RangeEvent::Introduced(from)] if from == "0")
                && entry.scheme.as_deref() != Some("GIT")
        }
        VersionSpan::Between { from, to } => {
            to.is_none()
                && from
                    .as_ref()
                    .is_none_or(|from| matches!(from.version.as_str(), "0" | "*"))
        }
    }
}

fn is_exact(entry: &VersionEntry) -> bool {
    matches!(entry.span, VersionSpan::Exact(_))
}

/// One entry as text: `>= 1.0, < 2.3`.
fn span_text(entry: &VersionEntry) -> String {
    match &entry.span {
        VersionSpan::All => "every version".to_owned(),
        VersionSpan::Exact(text) | VersionSpan::Text(text) => text.clone(),
        VersionSpan::OneOf(versions) => joined(versions.clone()),
        VersionSpan::Events(events) => joined(events.iter().map(event_text).collect()),
        VersionSpan::Between { from, to } => {
            let from = from.as_ref().map(|from| {
                format!(
                    "{} {}",
                    if from.inclusive { ">=" } else { ">" },
                    from.version
                )
            });
            let to = to
                .as_ref()
                .map(|to| format!("{} {}", if to.inclusive { "<=" } else { "<" }, to.version));
            match (from, to) {
                (Some(from), Some(to)) => format!("{from}, {to}"),
                (Some(one), None) | (None, Some(one)) => one,
                (None, None) => "every version".to_owned(),
            }
        }
    }
}

/// One event as text.
fn event_text(event: &RangeEvent) -> String {
    match event {
        RangeEvent::Introduced(version) => format!("introduced {version}"),
        RangeEvent::Fixed(version) => format!("fixed {version}"),
        RangeEvent::LastAffected(version) => format!("last affected {version}"),
        RangeEvent::Limit(version) => format!("limit {version}"),
    }
}

/// The affected entries as text, long lists cut with their number.
fn list_text(affected: &AffectedProduct) -> String {
    joined(
        affected
            .versions
            .iter()
            .filter(|entry| entry.status == Status::Affected)
            .map(span_text)
            .collect(),
    )
}

/// Entries in one line; of a long list the first, and how many more there are.
pub(crate) fn joined(mut entries: Vec<String>) -> String {
    const SHOWN: usize = 5;
    let more = entries.len().saturating_sub(SHOWN);
    entries.truncate(SHOWN);
    let mut text = entries.join(" | ");
    if more > 0 {
        text = format!("{text} | and {more} more");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(span: VersionSpan, status: Status) -> VersionEntry {
        VersionEntry {
            span,
            status,
            scheme: Some("semver".to_owned()),
            changes: Vec::new(),
        }
    }

    fn between(from: &str, to: &str, inclusive: bool) -> VersionSpan {
        VersionSpan::Between {
            from: Some(Bound {
                version: from.to_owned(),
                inclusive: true,
            }),
            to: Some(Bound {
                version: to.to_owned(),
                inclusive,
            }),
        }
    }

    fn product(default_status: Status, versions: Vec<VersionEntry>) -> AffectedProduct {
        AffectedProduct {
            default_status,
            versions,
            ..AffectedProduct::default()
        }
    }

    #[track_caller]
    fn check(affected: &AffectedProduct, version: &str, verdict: Verdict, rule: &str) {
        let judgement = judge(affected, Some(version), None);
        assert_eq!(
            (judgement.verdict, judgement.rule),
            (verdict, rule),
            "{version}"
        );
        assert_eq!(
            judgement.reason.is_some(),
            verdict == Verdict::Undetermined,
            "{version}"
        );
    }

    #[test]
    fn a_range_decides_inside_and_on_both_sides_even_when_the_default_is_unknown() {
        let range = product(
            Status::Unknown,
            vec![entry(between("2.0.0", "2.4.0", false), Status::Affected)],
        );
        check(&range, "2.3.9", Verdict::Affected, "version-in-range");
        check(&range, "2.4.0", Verdict::Fixed, "at-or-after-first-fixed");
        check(
            &range,
            "1.9.0",
            Verdict::NotAffected,
            "before-first-affected",
        );
        let inclusive = product(
            Status::Unknown,
            vec![entry(between("2.0.0", "2.4.0", true), Status::Affected)],
        );
        check(&inclusive, "2.4.0", Verdict::Affected, "version-in-range");
        check(
            &inclusive,
            "2.4.1",
            Verdict::NotAffected,
            "after-last-affected",
        );
    }

    #[test]
    fn two_branches_leave_the_version_between_them_corrected() {
        let branches = product(
            Status::Unknown,
            vec![
                entry(between("1.0.0", "1.5.0", false), Status::Affected),
                entry(between("2.0.0", "2.5.0", false), Status::Affected),
            ],
        );
        check(
            &branches,
            "1.5.0",
            Verdict::Fixed,
            "at-or-after-first-fixed",
        );
        check(&branches, "2.1.0", Verdict::Affected, "version-in-range");
        check(
            &branches,
            "0.9.0",
            Verdict::NotAffected,
            "before-first-affected",
        );
    }

    #[test]
    fn a_list_of_single_versions_says_nothing_of_the_others_unless_the_default_does() {
        let single = entry(VersionSpan::Exact("1.2.3".to_owned()), Status::Affected);
        let list = product(Status::Unknown, vec![single.clone()]);
        check(&list, "1.2.3", Verdict::Affected, "version-listed");
        check(&list, "1.2.4", Verdict::Undetermined, "version-not-listed");
        let closed = product(Status::NotAffected, vec![single]);
        check(&closed, "1.2.4", Verdict::NotAffected, "default-status");
    }

    #[test]
    fn a_record_that_names_no_version_never_decides() {
        let none = product(
            Status::Unknown,
            vec![entry(
                VersionSpan::Exact("n/a".to_owned()),
                Status::Affected,
            )],
        );
        check(
            &none,
            "1.0.0",
            Verdict::Undetermined,
            "version-not-comparable",
        );
        let empty = product(Status::Unknown, Vec::new());
        check(&empty, "1.0.0", Verdict::Undetermined, "no-versions-named");
    }

    #[test]
    fn without_our_version_only_a_record_on_every_version_decides() {
        let every = product(
            Status::Unknown,
            vec![entry(VersionSpan::All, Status::Affected)],
        );
        assert_eq!(judge(&every, None, None).verdict, Verdict::Affected);
        let range = product(
            Status::NotAffected,
            vec![entry(between("1.0.0", "2.0.0", false), Status::Affected)],
        );
        assert_eq!(judge(&range, None, None).rule, "version-not-stated");
        assert_eq!(
            judge(&range, Some("unknown"), None).rule,
            "version-not-stated"
        );
    }

    #[test]
    fn a_change_inside_a_range_takes_effect_from_its_version_on() {
        let mut changed = entry(between("3.0.0", "4.0.0", false), Status::Affected);
        changed.changes = vec![("3.2.5".to_owned(), Status::NotAffected)];
        let changed = product(Status::NotAffected, vec![changed]);
        check(&changed, "3.2.4", Verdict::Affected, "version-in-range");
        let judgement = judge(&changed, Some("3.2.5"), None);
        assert_eq!(judgement.verdict, Verdict::NotAffected);
    }
}
