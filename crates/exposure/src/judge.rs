//! Is this version among those that a record speaks of?
//!
//! The reading follows the CVE record format 5.x (`versions[]`, `defaultStatus`, `changes[]`):
//! an entry decides for the versions it covers, the default status for all others. Where the
//! default is unknown, three things still decide: a version at or after the exclusive end of an
//! affected range (the first corrected version), a version after the last affected one, and a
//! version before the first affected one.

use std::cmp::Ordering;

use isocenter_model::finding::Verdict;
use isocenter_model::statement::Status;
use isocenter_model::vulnerability::{AffectedProduct, Bound, VersionEntry, VersionSpan};
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

/// Texts that stand for every version.
const EVERY: [&str; 4] = ["*", "all", "all versions", "any"];

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
    let mut affected_hit = None;
    let mut other_hit = None;
    let mut open = None;
    for entry in &affected.versions {
        let scheme = scheme_of(entry, hint);
        match covers(entry, version, scheme) {
            Coverage::In => {
                let (status, unsure) = status_at(entry, version, scheme);
                if let Some(reason) = unsure {
                    open.get_or_insert((entry, reason));
                } else if status == Status::Affected {
                    affected_hit.get_or_insert((entry, status));
                } else {
                    other_hit.get_or_insert((entry, status));
                }
            }
            Coverage::Open(reason) => {
                if entry.status != affected.default_status || entry.status == Status::Affected {
                    open.get_or_insert((entry, reason));
                }
            }
            Coverage::Out => {}
        }
    }
    if let Some((entry, status)) = affected_hit.or(other_hit) {
        return Judgement {
            verdict: verdict_of(status, affected, version, hint),
            rule: if is_exact(entry) {
                "version-listed"
            } else {
                "version-in-range"
            },
            range: span_text(entry),
            reason: (status == Status::Unknown)
                .then(|| "the source says that it does not know for this version".to_owned()),
        };
    }
    if let Some((entry, reason)) = open {
        return Judgement {
            verdict: Verdict::Undetermined,
            rule: "version-not-comparable",
            range: span_text(entry),
            reason: Some(reason),
        };
    }
    by_default(affected, version, hint)
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

fn by_default(affected: &AffectedProduct, version: &str, hint: Option<Scheme>) -> Judgement {
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
            let past = beyond(affected, version, hint);
            Judgement {
                verdict: past.map_or(Verdict::NotAffected, |(verdict, _)| verdict),
                rule: past.map_or("default-status", |(_, rule)| rule),
                range,
                reason: None,
            }
        }
        Status::Unknown | Status::UnderInvestigation => match beyond(affected, version, hint) {
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

/// Whether `version` lies outside every affected entry on a side that says why: `None` when
/// an affected entry is no range, so that nothing follows from being outside.
fn beyond(
    affected: &AffectedProduct,
    version: &str,
    hint: Option<Scheme>,
) -> Option<(Verdict, &'static str)> {
    let mut answer = None;
    for entry in affected
        .versions
        .iter()
        .filter(|entry| entry.status == Status::Affected)
    {
        let scheme = scheme_of(entry, hint)?;
        let VersionSpan::Between { from, to } = &entry.span else {
            return None;
        };
        let after = to.as_ref().and_then(|to| {
            let order = versions::compare(scheme, version, &to.version).ok()?;
            match (order, to.inclusive) {
                (Ordering::Less, _) | (Ordering::Equal, true) => None,
                (_, false) => Some((Verdict::Fixed, "at-or-after-first-fixed")),
                (_, true) => Some((Verdict::NotAffected, "after-last-affected")),
            }
        });
        let before = || {
            let from = from.as_ref()?;
            let order = versions::compare(scheme, version, &from.version).ok()?;
            (order == Ordering::Less).then_some((Verdict::NotAffected, "before-first-affected"))
        };
        // A version below one branch and at the correction of another counts as corrected.
        let side = after.or_else(before)?;
        if answer.is_none() || side.0 == Verdict::Fixed {
            answer = Some(side);
        }
    }
    answer
}

fn verdict_of(
    status: Status,
    affected: &AffectedProduct,
    version: &str,
    hint: Option<Scheme>,
) -> Verdict {
    match status {
        Status::Affected => Verdict::Affected,
        Status::Fixed => Verdict::Fixed,
        Status::NotAffected => {
            beyond(affected, version, hint).map_or(Verdict::NotAffected, |(verdict, _)| verdict)
        }
        Status::UnderInvestigation => Verdict::UnderInvestigation,
        Status::Unknown => Verdict::Undetermined,
    }
}

/// The status that `entry` gives a version it covers, after its changes; with a reason when a
/// change cannot be compared.
fn status_at(
    entry: &VersionEntry,
    version: &str,
    scheme: Option<Scheme>,
) -> (Status, Option<String>) {
    let mut status = entry.status;
    let mut at: Option<&str> = None;
    for (change, to) in &entry.changes {
        let Some(scheme) = scheme else {
            return (
                status,
                Some("the source names changes without an order of versions".to_owned()),
            );
        };
        match versions::compare(scheme, version, change) {
            Ok(Ordering::Less) => {}
            Ok(_) => {
                let later = at.is_none_or(|at| {
                    versions::compare(scheme, change, at).is_ok_and(Ordering::is_ge)
                });
                if later {
                    status = *to;
                    at = Some(change);
                }
            }
            Err(reason) => return (status, Some(reason.to_string())),
        }
    }
    (status, None)
}

/// Whether an entry covers a version; open with the reason.
enum Coverage {
    In,
    Out,
    Open(String),
}

fn covers(entry: &VersionEntry, version: &str, scheme: Option<Scheme>) -> Coverage {
    let containment = match &entry.span {
        VersionSpan::All => return Coverage::In,
        VersionSpan::Exact(text) | VersionSpan::Text(text) if is_every(text) => {
            return Coverage::In;
        }
        VersionSpan::Exact(text) if versions::is_unstated(text) => {
            return Coverage::Open("the source names no version".to_owned());
        }
        VersionSpan::Text(text) => {
            return Coverage::Open(format!(
                "the source describes the versions in words: {text}"
            ));
        }
        VersionSpan::Exact(text) => versions::equal(scheme, version, text),
        VersionSpan::Between { from, to } => {
            versions::between(scheme, version, bound(from.as_ref()), bound(to.as_ref()))
        }
    };
    match containment {
        Containment::In => Coverage::In,
        Containment::Out => Coverage::Out,
        Containment::Undetermined(reason) => Coverage::Open(reason.to_string()),
    }
}

/// A bound as `versions` takes it. One that is a word with a wildcard is open: the
/// official record of CVE-2021-44228 ends its range at `log4j-core*`.
fn bound(bound: Option<&Bound>) -> Option<versions::Bound<'_>> {
    let open = |text: &str| {
        text.ends_with('*')
            && text
                .chars()
                .take(2)
                .all(|first| first.is_ascii_alphabetic())
    };
    bound
        .filter(|bound| !open(&bound.version))
        .map(|bound| versions::Bound {
            version: &bound.version,
            inclusive: bound.inclusive,
        })
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
        VersionSpan::Exact(text) | VersionSpan::Text(text) => is_every(text),
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

fn is_every(text: &str) -> bool {
    EVERY
        .iter()
        .any(|word| text.trim().eq_ignore_ascii_case(word))
}

/// One entry as text: `>= 1.0, < 2.3`.
fn span_text(entry: &VersionEntry) -> String {
    match &entry.span {
        VersionSpan::All => "every version".to_owned(),
        VersionSpan::Exact(text) | VersionSpan::Text(text) => text.clone(),
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

/// The affected entries as text, long lists cut with their number.
fn list_text(affected: &AffectedProduct) -> String {
    const SHOWN: usize = 5;
    let entries: Vec<String> = affected
        .versions
        .iter()
        .filter(|entry| entry.status == Status::Affected)
        .map(span_text)
        .collect();
    let mut text = entries
        .iter()
        .take(SHOWN)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" | ");
    if entries.len() > SHOWN {
        text = format!("{text} | and {} more", entries.len() - SHOWN);
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
