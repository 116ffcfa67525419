//! `affected[]`: products and their versions.
//!
//! The version list has traps of its own (CVE Record Format, product object): `0`, `*`, `n/a` and
//! `unspecified` begin a range at the beginning; `lessThan: "*"` has no end; `lessThanOrEqual: "6.6.*"` means the
//! whole 6.6 line and is kept as written; and where `version` equals `lessThan` the range is empty by the
//! letter, which no author means.

use isocenter_model::Problem;
use isocenter_model::statement::Status;
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{AffectedProduct, Bound, VersionEntry, VersionSpan};
use isocenter_versions::freetext::comparator;
use isocenter_versions::listing::is_every;
use isocenter_versions::{Comparator, cve};

use super::version_text::{VersionText, version_text};
use super::wire;
use crate::json::{Filled, List, Path, Problems, Text};

/// The product of one entry; `None` when it names none.
pub(super) fn product(
    affected: wire::Affected<'_>,
    asserted_by: &str,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<AffectedProduct> {
    let product = AffectedProduct {
        asserted_by: asserted_by.to_owned(),
        vendor: named(affected.vendor.filled()),
        product: named(affected.product.filled()),
        package_name: affected.package_name.owned(),
        collection_url: affected.collection_url.owned(),
        ecosystem: None,
        purl: affected.package_url.owned(),
        cpes: texts(affected.cpes, &path.key("cpes"), problems),
        platforms: texts(affected.platforms, &path.key("platforms"), problems),
        default_status: affected
            .default_status
            .filled()
            .map_or(Status::Unknown, |word| {
                status(word, &path.key("defaultStatus"), problems)
            }),
        versions: Vec::new(),
    };
    let is_named = product.product.is_some()
        || product.package_name.is_some()
        || product.purl.is_some()
        || !product.cpes.is_empty();
    if !is_named {
        affected.versions.report(&path.key("versions"), problems);
        return None;
    }
    let versions_path = path.key("versions");
    let mut versions = Vec::with_capacity(affected.versions.items().len());
    for (index, version) in affected.versions.take(&versions_path, problems) {
        versions.extend(entry(version, &versions_path.index(index), problems));
    }
    Some(AffectedProduct {
        versions,
        ..product
    })
}

/// A name, unless it only says that there is none.
fn named(text: Option<&str>) -> Option<String> {
    text.filter(|name| !name.eq_ignore_ascii_case("n/a") && *name != "-" && *name != "[UNKNOWN]")
        .map(str::to_owned)
}

fn texts(list: List<Text<'_>>, path: &Path<'_>, problems: &mut Problems) -> Vec<String> {
    list.take(path, problems)
        .filter_map(|(_, text)| text.filled().map(str::to_owned))
        .collect()
}

fn status(word: &str, path: &Path<'_>, problems: &mut Problems) -> Status {
    match word {
        "affected" => Status::Affected,
        "unaffected" => Status::NotAffected,
        "unknown" => Status::Unknown,
        other => {
            problems.push(Problem::warning(
                "cve-status-unknown",
                path.place(),
                format!(
                    "'{}' is no status; affected, unaffected or unknown is expected",
                    shortened(other, 40)
                ),
            ));
            Status::Unknown
        }
    }
}

/// One line of the version list; `None` when it says nothing.
fn entry(
    version: wire::VersionLine<'_>,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<VersionEntry> {
    let stated = version
        .status
        .filled()
        .map(|word| status(word, &path.key("status"), problems));
    if stated.is_none() {
        problems.push(Problem::warning(
            "cve-status-missing",
            path.place(),
            "the version has no status; affected, unaffected or unknown is expected",
        ));
    }
    let text = version.version.filled();
    let end = match (
        version.less_than.filled(),
        version.less_than_or_equal.filled(),
    ) {
        (None, None) => None,
        (Some(end), None) => Some((end, false)),
        (None, Some(end)) => Some((end, true)),
        (Some(end), Some(_)) => {
            problems.push(Problem::warning(
                "cve-range-two-ends",
                path.place(),
                "the version has both lessThan and lessThanOrEqual; lessThan was read",
            ));
            Some((end, false))
        }
    };
    let span = match (text, end) {
        (None, None) => {
            problems.push(Problem::warning(
                "cve-version-missing",
                path.place(),
                "the entry has neither a version nor a range and was set aside",
            ));
            return None;
        }
        (Some(text), None) => alone(text, version.version_type.filled()),
        (text, Some((end, inclusive))) => {
            let span = range(text.unwrap_or("0"), end, inclusive);
            if stated == Some(Status::Affected) {
                not_empty(span, path, problems)
            } else {
                span
            }
        }
    };
    let changes_path = path.key("changes");
    let changes = version
        .changes
        .take(&changes_path, problems)
        .filter_map(|(index, change)| {
            let at = change.at.filled()?.to_owned();
            let change_path = changes_path.index(index);
            Some((
                at,
                status(&change.status, &change_path.key("status"), problems),
            ))
        })
        .collect();
    Some(VersionEntry {
        span,
        status: stated.unwrap_or_default(),
        scheme: version.version_type.owned(),
        changes,
    })
}

/// What a version without an end means.
fn alone(text: &str, scheme: Option<&str>) -> VersionSpan {
    if scheme == Some("git") {
        return VersionSpan::Exact(text.to_owned());
    }
    match version_text(text) {
        VersionText::All => VersionSpan::All,
        VersionText::Single(version) => VersionSpan::Exact(version.to_owned()),
        VersionText::Between(from, to) => VersionSpan::Between { from, to },
        VersionText::Nothing | VersionText::Other => VersionSpan::Text(text.to_owned()),
    }
}

/// What a version with an end means.
fn range(text: &str, end: &str, inclusive: bool) -> VersionSpan {
    let to = if is_every(end) {
        None
    } else {
        Some(match comparator(end) {
            Some((Comparator::Less, rest)) if !rest.is_empty() => Bound {
                version: rest.to_owned(),
                inclusive: false,
            },
            Some((Comparator::LessOrEqual, rest)) if !rest.is_empty() => Bound {
                version: rest.to_owned(),
                inclusive: true,
            },
            _ => Bound {
                version: end.to_owned(),
                inclusive,
            },
        })
    };
    let from = if cve::begins_all(text) {
        None
    } else {
        Some(match comparator(text) {
            Some((sign @ (Comparator::Greater | Comparator::GreaterOrEqual), rest))
                if !rest.is_empty() =>
            {
                Bound {
                    version: rest.to_owned(),
                    inclusive: sign == Comparator::GreaterOrEqual,
                }
            }
            _ => Bound {
                version: text.to_owned(),
                inclusive: true,
            },
        })
    };
    match (from, to) {
        (None, None) => VersionSpan::All,
        (from, to) => VersionSpan::Between { from, to },
    }
}

/// An affected range that ends before the version it begins with holds nothing; its author means
/// everything before that version.
fn not_empty(span: VersionSpan, path: &Path<'_>, problems: &mut Problems) -> VersionSpan {
    match span {
        VersionSpan::Between {
            from: Some(from),
            to: Some(to),
        } if from.version == to.version && !to.inclusive => {
            problems.push(Problem::note(
                "cve-range-empty",
                path.place(),
                format!(
                    "the range ends where it begins, before {}; it was read as all versions before that",
                    shortened(&to.version, 40)
                ),
            ));
            VersionSpan::Between {
                from: None,
                to: Some(to),
            }
        }
        span => span,
    }
}
