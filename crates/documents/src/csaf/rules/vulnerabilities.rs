//! Tests of what a flaw is called: 6.1.11, 6.1.23, 6.1.24, 6.2.7, 6.2.17, 6.3.3 and 6.3.4.

use isocenter_model::text::shortened;

use super::{Facts, Found};
use crate::csaf::schema::{Edition, format::is_cve};
use crate::csaf::weakness::{self, Known};
use crate::json::{self, Node, Path};
use crate::lookup::{Lookup, LookupSet};

/// 6.1.11: a weakness is in the list of CWE, and called as it is there. CSAF 2.0 does not say which edition
/// is meant, so a name of any edition is right.
pub(super) fn weaknesses<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    if let Some(cwe) = flaw.get("cwe") {
        weakness_of(cwe, facts.case.edition, &path.key("cwe"), found);
    }
    let path = path.key("cwes");
    for (index, cwe) in flaw.list("cwes").iter().enumerate() {
        weakness_of(cwe, facts.case.edition, &path.index(index), found);
    }
}

fn weakness_of(cwe: &Node<'_>, edition: Edition, path: &Path<'_>, found: &mut Found<'_>) {
    let (Some(id), Some(name)) = (cwe.text("id"), cwe.text("name")) else {
        return;
    };
    let version = match edition {
        Edition::V2_0 => None,
        Edition::V2_1 => cwe.text("version"),
    };
    let shown = shortened(id, 20);
    let called = shortened(name, 120);
    match weakness::known(id, name, version) {
        Known::Named => {}
        Known::NoSuchId => found.at(&path.key("id"), || {
            format!(
                "no edition of CWE up to {} has a weakness {shown}",
                weakness::newest_edition()
            )
        }),
        Known::OtherName(right) => found.at(&path.key("name"), || {
            format!("{shown} is called '{called}'; CWE calls it '{right}'")
        }),
        Known::NotInEdition => found.at(&path.key("id"), || {
            format!(
                "CWE {} does not have {shown}",
                shortened(version.unwrap_or_default(), 20)
            )
        }),
        Known::NoSuchEdition => found.at(&path.key("version"), || {
            format!(
                "there is no CWE {} among the editions up to {}",
                shortened(version.unwrap_or_default(), 20),
                weakness::newest_edition()
            )
        }),
    }
}

/// 6.1.23: a CVE id belongs to one vulnerability.
pub(super) fn repeated_cves<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let root = Path::Root;
    let list = root.key("vulnerabilities");
    let mut seen: LookupSet<&str> = LookupSet::default();
    for (index, flaw) in facts.case.root.list("vulnerabilities").iter().enumerate() {
        if let Some(cve) = flaw.text("cve")
            && !seen.insert(cve)
        {
            found.at(&list.index(index).key("cve"), || {
                format!(
                    "{} is the id of an earlier vulnerability too",
                    shortened(cve, 40)
                )
            });
        }
    }
}

/// 6.1.24: a party is involved once at any time.
pub(super) fn involvements<'c>(
    _: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let path = path.key("involvements");
    let mut seen: Lookup<(&str, jiff::Timestamp), usize> = Lookup::default();
    for (index, involvement) in flaw.list("involvements").iter().enumerate() {
        let (Some(party), Some(date)) = (
            involvement.text("party"),
            involvement.text("date").and_then(json::timestamp),
        ) else {
            continue;
        };
        if *seen.entry((party, date)).or_insert(index) != index {
            found.at(&path.index(index), || {
                format!(
                    "the {} is involved more than once at {date}",
                    shortened(party, 20)
                )
            });
        }
    }
}

/// 6.2.7: an involvement has a date.
pub(super) fn involvement_dates<'c>(
    _: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let path = path.key("involvements");
    for (index, involvement) in flaw.list("involvements").iter().enumerate() {
        if involvement.get("date").is_none() {
            found.at(&path.index(index), "the involvement has no date");
        }
    }
}

/// 6.2.17: a CVE id stands where CVE ids stand.
pub(super) fn cve_among_ids<'c>(
    _: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let path = path.key("ids");
    for (index, id) in flaw.list("ids").iter().enumerate() {
        if let Some(text) = id.text("text").filter(|text| is_cve(text)) {
            found.at(&path.index(index), || {
                format!("{} stands among the other ids", shortened(text, 40))
            });
        }
    }
}

/// 6.3.3: a vulnerability has a CVE id.
pub(super) fn no_cve<'c>(
    _: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    if flaw.get("cve").is_none() {
        found.at(path, "the vulnerability has no CVE id");
    }
}

/// 6.3.4: a vulnerability has a weakness.
pub(super) fn no_weakness<'c>(
    _: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    if flaw.get("cwe").is_none() && flaw.get("cwes").is_none() {
        found.at(path, "the vulnerability has no CWE");
    }
}
