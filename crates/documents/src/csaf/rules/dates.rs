//! Tests of dates against the newest revision and against each other: 6.1.45, 6.1.49, 6.1.51 to 6.1.53 and 6.1.62
//! (CSAF 2.1). Times of different offsets are compared as moments.

use isocenter_model::text::shortened;
use jiff::Timestamp;

use super::{Facts, Found};
use crate::json::{self, Node, Path};

/// 6.1.45: what is public was disclosed by the newest revision.
pub(super) fn disclosure<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    if facts.tlp() == Some("CLEAR") {
        newer_than_history(flaw, "disclosure_date", facts, path, found);
    }
}

/// 6.1.49: an SSVC decision was made by the newest revision.
pub(super) fn ssvc<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    of_metrics(flaw, "ssvc_v2", facts, path, found);
}

/// 6.1.51: an EPSS score was made by the newest revision.
pub(super) fn epss<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    of_metrics(flaw, "epss", facts, path, found);
}

fn of_metrics(
    flaw: &Node<'_>,
    key: &str,
    facts: &Facts<'_>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let list = path.key("metrics");
    for (index, metric) in flaw.list("metrics").iter().enumerate() {
        if let Some(content) = metric.get("content").and_then(|content| content.get(key)) {
            let path = list.index(index);
            newer_than_history(
                content,
                "timestamp",
                facts,
                &path.key("content").key(key),
                found,
            );
        }
    }
}

/// 6.1.52: what is known of exploitation was known by the newest revision.
pub(super) fn exploitation_records<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let list = path.key("first_known_exploitation_dates");
    for (index, item) in flaw
        .list("first_known_exploitation_dates")
        .iter()
        .enumerate()
    {
        let path = list.index(index);
        for key in ["date", "exploitation_date"] {
            newer_than_history(item, key, facts, &path, found);
        }
    }
}

/// 6.1.53: a flaw was exploited before somebody could know.
pub(super) fn exploitation<'c>(
    _: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let list = path.key("first_known_exploitation_dates");
    for (index, item) in flaw
        .list("first_known_exploitation_dates")
        .iter()
        .enumerate()
    {
        if let (Some(exploited), Some(known)) =
            (time(item, "exploitation_date"), time(item, "date"))
            && exploited > known
        {
            found.at(
                &list.index(index).key("exploitation_date"),
                "the exploitation_date is newer than the date on which it was known",
            );
        }
    }
}

/// 6.1.62: a flaw was discovered by the newest revision, and before it was disclosed.
pub(super) fn discovery<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    newer_than_history(flaw, "discovery_date", facts, path, found);
    if let (Some(discovered), Some(disclosed)) =
        (time(flaw, "discovery_date"), time(flaw, "disclosure_date"))
        && discovered > disclosed
    {
        found.at(
            &path.key("discovery_date"),
            "the discovery_date is newer than the disclosure_date",
        );
    }
}

fn newer_than_history(
    node: &Node<'_>,
    key: &str,
    facts: &Facts<'_>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    if let Some(date) = time(node, key)
        && facts.is_released()
        && facts.revisions.newest().is_some_and(|newest| date > newest)
    {
        found.at(&path.key(key), || {
            format!(
                "the {key} {} is newer than the newest revision of the document",
                shortened(node.text(key).unwrap_or_default(), 40)
            )
        });
    }
}

fn time(node: &Node<'_>, key: &str) -> Option<Timestamp> {
    json::timestamp(node.text(key)?)
}
