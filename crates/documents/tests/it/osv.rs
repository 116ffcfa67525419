//! OSV: records of every ecosystem, and records made to mislead.

use std::io::Read as _;

use isocenter_documents::{ReadOptions, osv, read};
use isocenter_model::vulnerability::{RecordState, VulnerabilityRecord};
use isocenter_model::{Document, DocumentKind, Level, Reading};
use proptest::prelude::*;

use crate::flaw::{self, problems};
use crate::mutation::{is_safe, run_both};

const COMPLETE: &str = r#"{"schema_version": "1.7.0", "id": "GHSA-aaaa-bbbb-cccc", "modified": "2024-05-02T10:00:00Z",
  "published": "2024-05-01T10:00:00Z", "aliases": ["CVE-2024-12345", "PYSEC-2024-1"], "related": ["CVE-2023-1111"],
  "upstream": ["CVE-2024-1", "CVE-2024-2"], "summary": "Overflow in the parser", "details": "A long story.",
  "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"},
    {"type": "CVSS_V4", "score": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"},
    {"type": "Ubuntu", "score": "medium"}, {"type": "CVSS_V3", "score": "CVSS:3.1/AV:N"}],
  "affected": [
    {"package": {"ecosystem": "PyPI", "name": "viewer", "purl": "pkg:pypi/viewer"},
     "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
     "ranges": [{"type": "GIT", "repo": "https://git.example/viewer", "events": [{"introduced": "0"}, {"fixed": "b42dd4b"}]},
       {"type": "ECOSYSTEM", "events": [{"fixed": "1.2"}, {"introduced": "0"}, {"introduced": "2.0"}, {"last_affected": "2.3"}]}],
     "versions": ["1.0", "1.1"], "ecosystem_specific": {"imports": [], "custom_ranges": []}},
    {"package": {"ecosystem": "Debian:12", "name": "viewer"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"limit": "2.0-1"}]}]}],
  "references": [{"type": "FIX", "url": "https://git.example/viewer/commit/b42dd4b"}],
  "credits": [{"name": "A finder"}], "database_specific": {"cwe_ids": ["CWE-787"], "severity": "HIGH", "cpes": []}}"#;

fn record(reading: &Reading) -> &VulnerabilityRecord {
    match &reading.document {
        Some(Document::Vulnerability(record)) => record,
        other => panic!("no record: {other:?}, {:?}", reading.problems),
    }
}

#[test]
fn a_record_is_read_with_events_as_written_scores_and_other_ids() {
    let reading = read(COMPLETE.as_bytes(), &ReadOptions::default());
    assert_eq!(reading.kind, DocumentKind::Osv);
    assert_eq!(reading.version.as_deref(), Some("1.7.0"));
    insta::assert_snapshot!(flaw::record(record(&reading)), @r#"
    GHSA-aaaa-bbbb-cccc of OSV, Published, aliases ["CVE-2024-12345", "PYSEC-2024-1"], related ["CVE-2023-1111", "CVE-2024-1", "CVE-2024-2"], tags [], weaknesses ["CWE-787"]
    title: Overflow in the parser
    description: A long story.
    published Some(2024-05-01T10:00:00Z), modified Some(2024-05-02T10:00:00Z), known exploited None
    CVSS 3.1 9.8 CRITICAL CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H by OSV
    CVSS 4.0 9.3 CRITICAL CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N by OSV
    OSV: ? / ? package=viewer ecosystem=PyPI purl=pkg:pypi/viewer default=not affected
      affected: introduced 0, fixed b42dd4b (GIT)
      affected: fixed 1.2, introduced 0, introduced 2.0, last affected 2.3 (ECOSYSTEM)
      affected: one of 1.0, 1.1
    OSV: ? / ? package=viewer ecosystem=Debian:12 default=not affected
      affected: introduced 0, limit 2.0-1 (ECOSYSTEM)
    see https://git.example/viewer/commit/b42dd4b ["FIX"]
    "#);
    insta::assert_snapshot!(problems(&reading), @"
    note osv-severity-not-read /severity/2: the severity 'medium' of type 'Ubuntu' is no CVSS vector and was left out
    warning osv-severity-malformed /severity/3: 'CVSS:3.1/AV:N' is no whole CVSS vector, so it gives no score
    note osv-specific-not-read /affected/0/ecosystem_specific: nothing is concluded from what this database alone defines: custom_ranges
    note osv-specific-not-read /database_specific: nothing is concluded from what this database alone defines: cpes
    ");
    assert_eq!(osv::ecosystem(record(&reading)), Some("PyPI"));
}

#[test]
fn one_upstream_flaw_is_the_same_flaw_and_several_are_not() {
    let with = |upstream: &str| {
        let text = format!(
            r#"{{"id": "UBUNTU-1", "modified": "2024-05-02T10:00:00Z", "upstream": {upstream}, "affected": []}}"#
        );
        let reading = osv::read(text.as_bytes());
        (
            record(&reading).aliases.clone(),
            record(&reading).related.clone(),
        )
    };
    assert_eq!(with(r#"["CVE-1"]"#), (vec!["CVE-1".to_owned()], vec![]));
    assert_eq!(
        with(r#"["CVE-1", "CVE-2"]"#),
        (vec![], vec!["CVE-1".to_owned(), "CVE-2".to_owned()])
    );
}

#[test]
fn a_withdrawn_record_no_longer_counts_whatever_its_day() {
    for (day, state) in [
        (r#""2024-05-02T10:00:00Z""#, RecordState::Rejected),
        ("7", RecordState::Rejected),
        ("null", RecordState::Published),
    ] {
        let text = format!(
            r#"{{"id": "X-1", "modified": "2024-05-02T10:00:00Z", "withdrawn": {day}, "affected": []}}"#
        );
        assert_eq!(record(&osv::read(text.as_bytes())).state, state, "{day}");
    }
}

#[test]
fn what_is_wrong_is_named_and_the_rest_is_read() {
    let reading = osv::read(
        br#"{"schema_version": "2.0.0", "id": "X-1", "published": "soon", "aliases": [7, "CVE-2024-1"], "severity": [{"type": 3, "score": "x"}],
         "affected": [7, {"package": {"name": "a", "ecosystem": "npm"}},
           {"package": {"name": "b", "ecosystem": "npm"}, "ranges": [{"type": "TIMESTAMP", "events": [{"introduced": "0", "fixed": "1"}, {}]},
             {"type": "SEMVER", "events": []}, {"type": "SEMVER", "events": [{"introduced": "1.0.0"}]}]},
           {"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}]}"#,
    );
    insta::assert_snapshot!(flaw::record(record(&reading)), @r#"
    X-1 of OSV, Published, aliases ["CVE-2024-1"], related [], tags [], weaknesses []
    published None, modified None, known exploited None
    OSV: ? / ? package=a ecosystem=npm default=unknown
    OSV: ? / ? package=b ecosystem=npm default=not affected
      affected: introduced 0, fixed 1 (TIMESTAMP)
      affected: introduced 1.0.0 (SEMVER)
    "#);
    insta::assert_snapshot!(problems(&reading), @"
    warning osv-version-unsupported /schema_version: schema_version is '2.0.0'; 1.0 to 1.7 is expected
    warning osv-modified-missing /modified: the record does not say when it was last changed
    error json-element-set-aside /aliases/0: the element was set aside: invalid type: integer `7`, expected a string
    warning osv-date-malformed /published: 'soon' is no date and time in RFC 3339
    error json-element-set-aside /severity/0: the element was set aside: invalid type: integer `3`, expected a string
    error json-element-set-aside /affected/0: the element was set aside: invalid type: integer `7`, expected an object
    warning osv-versions-missing /affected/1: the package has neither ranges nor versions; one of them is expected
    warning osv-range-type-unknown /affected/2/ranges/0/type: the range is of type 'TIMESTAMP'; SEMVER, ECOSYSTEM or GIT is expected
    warning osv-event-shape /affected/2/ranges/0/events/0: an event is one of introduced, fixed, last_affected and limit, and this is none or several
    warning osv-event-shape /affected/2/ranges/0/events/1: an event is one of introduced, fixed, last_affected and limit, and this is none or several
    warning osv-range-empty /affected/2/ranges/1: the range has no event and says nothing
    note osv-package-missing /affected/3/package: no package is named, so the entry can match nothing
    ");
}

#[test]
fn a_record_without_an_id_is_none() {
    let reading = osv::read(br#"{"modified": "2024-05-02T10:00:00Z", "affected": []}"#);
    assert_eq!(reading.document, None);
    assert!(problems(&reading).contains("osv-id-missing"));
}

#[test]
fn mutated_records_never_break_the_reader() {
    run_both(2_400, COMPLETE.as_bytes(), osv::read);
}

#[test]
fn a_record_cut_anywhere_is_answered_with_problems() {
    for end in 0..COMPLETE.len() {
        let reading = osv::read(&COMPLETE.as_bytes()[..end]);
        assert!(!reading.is_valid(), "cut at {end}");
        is_safe(&reading);
    }
}

proptest! {
    #[test]
    fn any_text_gives_a_reading(text in "\\PC{0,200}") {
        is_safe(&osv::read(text.as_bytes()));
    }
}

#[test]
fn every_record_of_the_real_ecosystems_is_read_without_error() {
    let Some(folder) = crate::real_data("osv") else {
        return;
    };
    for (ecosystem, count, withdrawn, affected, scored) in [
        ("Go", 4_291, 17, 6_125, 0),
        ("PyPI", 2_661, 10, 2_661, 202),
        ("Bitnami", 7_444, 0, 7_444, 7_433),
    ] {
        let path = folder.join(ecosystem).join("all.zip");
        let mut archive =
            zip::ZipArchive::new(std::io::Cursor::new(std::fs::read(path).unwrap())).unwrap();
        let mut found = (0, 0, 0, 0);
        let mut notes = std::collections::BTreeMap::<&str, usize>::new();
        for index in 0..archive.len() {
            let mut bytes = Vec::new();
            let mut member = archive.by_index(index).unwrap();
            let name = member.name().unwrap().into_owned();
            member.read_to_end(&mut bytes).unwrap();
            let reading = read(&bytes, &ReadOptions::default());
            assert_eq!(reading.kind, DocumentKind::Osv, "{name}");
            assert!(reading.is_valid(), "{name}: {}", problems(&reading));
            for problem in &reading.problems {
                if problem.level > Level::Note {
                    *notes.entry(problem.id).or_default() += 1;
                }
            }
            let record = record(&reading);
            assert_eq!(name, format!("{}.json", record.id));
            assert_eq!(osv::ecosystem(record), Some(ecosystem), "{name}");
            found.0 += 1;
            found.1 += usize::from(record.state == RecordState::Rejected);
            found.2 += record.affected.len();
            found.3 += usize::from(!record.scores.is_empty());
        }
        assert_eq!(found, (count, withdrawn, affected, scored), "{ecosystem}");
        let expected: &[(&str, usize)] = match ecosystem {
            "PyPI" => &[("osv-versions-missing", 1)],
            _ => &[],
        };
        assert_eq!(
            notes.into_iter().collect::<Vec<_>>(),
            expected,
            "{ecosystem}"
        );
    }
}
