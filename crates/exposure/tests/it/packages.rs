//! OSV: events, lists and ecosystems.

use isocenter_exposure::{Closed, Subject, match_record};
use isocenter_model::finding::Verdict;
use isocenter_model::statement::Status;
use isocenter_model::vulnerability::{
    AffectedProduct, RangeEvent, VersionEntry, VersionSpan, VulnerabilityRecord,
};

use crate::scene::{Scene, library, record};

fn events(kind: &str, events: &[(&str, &str)]) -> VersionEntry {
    let events = events
        .iter()
        .map(|(turn, version)| {
            let version = (*version).to_owned();
            match *turn {
                "introduced" => RangeEvent::Introduced(version),
                "fixed" => RangeEvent::Fixed(version),
                "last" => RangeEvent::LastAffected(version),
                _ => RangeEvent::Limit(version),
            }
        })
        .collect();
    entry(VersionSpan::Events(events), Some(kind))
}

fn entry(span: VersionSpan, scheme: Option<&str>) -> VersionEntry {
    VersionEntry {
        span,
        status: Status::Affected,
        scheme: scheme.map(str::to_owned),
        changes: Vec::new(),
    }
}

fn of(ecosystem: &str, name: &str, versions: Vec<VersionEntry>) -> VulnerabilityRecord {
    VulnerabilityRecord {
        source: "OSV".to_owned(),
        ..record(
            "GHSA-1",
            vec![AffectedProduct {
                asserted_by: "OSV".to_owned(),
                ecosystem: Some(ecosystem.to_owned()),
                package_name: Some(name.to_owned()),
                default_status: Status::NotAffected,
                versions,
                ..AffectedProduct::default()
            }],
        )
    }
}

#[track_caller]
fn check(record: &VulnerabilityRecord, purl: &str, version: &str, verdict: Verdict, rule: &str) {
    let mut scene = Scene::new(Some("4.2"));
    scene.components = vec![(library("part", version, purl), "")];
    scene.records = vec![record.clone()];
    let found = scene.rulings(Closed::Kept);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        (found[0].verdict, found[0].evidence[0].rule.as_str()),
        (verdict, rule),
        "{version}: {:#?}",
        found[0].evidence
    );
}

#[test]
fn events_are_judged_in_the_order_of_the_ecosystem_however_they_are_written() {
    let branches = of(
        "PyPI",
        "Viewer_Kit",
        vec![events(
            "ECOSYSTEM",
            &[
                ("fixed", "2.5"),
                ("introduced", "2.0"),
                ("fixed", "1.5"),
                ("introduced", "0"),
            ],
        )],
    );
    let purl = "pkg:pypi/viewer-kit";
    for (version, verdict, rule) in [
        ("1.4", Verdict::Affected, "version-in-range"),
        ("1.5", Verdict::Fixed, "at-or-after-first-fixed"),
        ("2.0rc1", Verdict::Fixed, "at-or-after-first-fixed"),
        ("2.4.post1", Verdict::Affected, "version-in-range"),
        ("2.5", Verdict::Fixed, "at-or-after-first-fixed"),
        ("", Verdict::Undetermined, "version-not-stated"),
    ] {
        check(&branches, purl, version, verdict, rule);
    }
}

#[test]
fn a_last_affected_version_is_affected_and_what_follows_is_not() {
    let last = of(
        "npm",
        "braces",
        vec![events(
            "SEMVER",
            &[("introduced", "1.0.0"), ("last", "1.2.0")],
        )],
    );
    check(
        &last,
        "pkg:npm/braces",
        "1.2.0",
        Verdict::Affected,
        "version-in-range",
    );
    check(
        &last,
        "pkg:npm/braces",
        "1.2.1",
        Verdict::NotAffected,
        "after-last-affected",
    );
    check(
        &last,
        "pkg:npm/braces",
        "0.9.0",
        Verdict::NotAffected,
        "before-first-affected",
    );
}

#[test]
fn commits_and_unknown_types_do_not_hide_what_can_be_compared() {
    let commits = events("GIT", &[("introduced", "0"), ("fixed", "b42dd4b")]);
    let known = events("ECOSYSTEM", &[("introduced", "0"), ("fixed", "2.0")]);
    let with_commits = of("PyPI", "viewer", vec![commits.clone(), known.clone()]);
    let purl = "pkg:pypi/viewer";
    check(
        &with_commits,
        purl,
        "1.0",
        Verdict::Affected,
        "version-in-range",
    );
    check(
        &with_commits,
        purl,
        "2.0",
        Verdict::Fixed,
        "at-or-after-first-fixed",
    );
    let only = of("PyPI", "viewer", vec![commits]);
    check(
        &only,
        purl,
        "1.0",
        Verdict::Undetermined,
        "version-not-comparable",
    );
    let future = events("TIMESTAMP", &[("introduced", "0")]);
    let with_future = of("PyPI", "viewer", vec![future, known]);
    check(
        &with_future,
        purl,
        "1.0",
        Verdict::Affected,
        "version-in-range",
    );
    check(
        &with_future,
        purl,
        "2.0",
        Verdict::Undetermined,
        "version-not-comparable",
    );
}

#[test]
fn a_listed_version_is_affected_beside_every_range() {
    let list = of(
        "PyPI",
        "viewer",
        vec![
            events("ECOSYSTEM", &[("introduced", "3.0"), ("fixed", "3.1")]),
            entry(
                VersionSpan::OneOf(vec!["1.0".to_owned(), "1.1".to_owned()]),
                None,
            ),
        ],
    );
    let purl = "pkg:pypi/viewer";
    check(&list, purl, "1.0.0", Verdict::Affected, "version-listed");
    check(&list, purl, "3.0.2", Verdict::Affected, "version-in-range");
    check(
        &list,
        purl,
        "2.0",
        Verdict::NotAffected,
        "before-first-affected",
    );
}

#[test]
fn a_distributions_package_is_held_against_its_own_release_only() {
    let twelve = of(
        "Debian:12",
        "openssl",
        vec![events(
            "ECOSYSTEM",
            &[("introduced", "0"), ("fixed", "3.0.11-1~deb12u2")],
        )],
    );
    let matched = |distro: &str| {
        let part = library(
            "openssl",
            "3.0.9-1",
            &format!("pkg:deb/debian/openssl@3.0.9-1{distro}"),
        );
        match_record(&Subject::component(&part), &twelve, None).map(|matched| matched.verdict)
    };
    assert_eq!(matched("?distro=debian-12"), Some(Verdict::Affected));
    assert_eq!(matched("?distro=debian-12.5"), Some(Verdict::Affected));
    assert_eq!(matched("?distro=debian-11"), None);
    assert_eq!(matched(""), Some(Verdict::Affected));
}
