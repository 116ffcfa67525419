//! NVD: pages and single records, their trees, and pages made to mislead.

use std::io::Read as _;

use isocenter_documents::{ReadOptions, nvd, read};
use isocenter_model::applicability::Operator;
use isocenter_model::vulnerability::{ListedRecord, RecordState, VulnerabilityRecord};
use isocenter_model::{Document, DocumentKind, Level, Reading};

use crate::flaw::{self, problems};
use crate::mutation::{is_safe, run_both};

/// A page with these records.
fn page(records: &str) -> String {
    format!(
        r#"{{"resultsPerPage": 2, "startIndex": 0, "totalResults": 2, "format": "NVD_CVE", "version": "2.0",
            "timestamp": "2024-05-02T10:00:00.000", "vulnerabilities": [{records}]}}"#
    )
}

const COMPLETE: &str = r#"{"cve": {
  "id": "CVE-2024-12345", "sourceIdentifier": "psirt@acme.example", "published": "2024-05-01T10:00:00.000",
  "lastModified": "2024-05-02T10:00:00.000", "vulnStatus": "Analyzed",
  "cisaExploitAdd": "2024-05-03", "cisaActionDue": "2024-05-24", "cisaRequiredAction": "Apply updates.",
  "cisaVulnerabilityName": "Acme Overflow", "evaluatorSolution": "Update to 2.0.",
  "cveTags": [{"sourceIdentifier": "psirt@acme.example", "tags": ["disputed", "unsupported-when-assigned"]}],
  "descriptions": [{"lang": "es", "value": "Un desbordamiento."}, {"lang": "en", "value": "An overflow."}],
  "metrics": {
    "cvssMetricV40": [{"source": "psirt@acme.example", "type": "Secondary", "cvssData": {"version": "4.0",
      "vectorString": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "baseScore": 9.3, "baseSeverity": "CRITICAL"}}],
    "cvssMetricV31": [{"source": "nvd@nist.gov", "type": "Primary", "cvssData": {"version": "3.1",
      "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "baseScore": 9.8, "baseSeverity": "CRITICAL"}}],
    "cvssMetricV30": [{"source": "nvd@nist.gov", "type": "Primary", "cvssData": {"version": "3.0", "baseScore": 98}}],
    "cvssMetricV2": [{"source": "nvd@nist.gov", "type": "Primary", "cvssData": {"version": "2.0",
      "vectorString": "AV:N/AC:L/Au:N/C:C/I:C/A:C", "baseScore": 10.0}, "baseSeverity": "HIGH"}]},
  "weaknesses": [{"source": "nvd@nist.gov", "type": "Primary", "description": [{"lang": "en", "value": "CWE-787"}]},
    {"source": "x", "type": "Secondary", "description": [{"lang": "en", "value": "NVD-CWE-noinfo"}, {"lang": "en", "value": "CWE-787"}]}],
  "configurations": [
    {"nodes": [{"operator": "OR", "negate": false, "cpeMatch": [
      {"vulnerable": true, "criteria": "cpe:2.3:a:acme:viewer:*:*:*:*:*:*:*:*", "versionStartIncluding": "1.0", "versionEndExcluding": "2.0",
       "matchCriteriaId": "D9342DC4-2928-49B6-AACA-95B3DE9C994A"},
      {"vulnerable": true, "criteria": "cpe:2.3:a:acme:viewer:3.0:beta1:*:*:*:*:*:*", "matchCriteriaId": "BE523D87-B51F-41F2-9B6F-A85AB28FF3DC"}]}]},
    {"operator": "AND", "nodes": [
      {"operator": "OR", "negate": false, "cpeMatch": [{"vulnerable": true, "criteria": "cpe:2.3:o:acme:ct_firmware:*:*:*:*:*:*:*:*", "versionEndIncluding": "4.1"}]},
      {"operator": "OR", "negate": false, "cpeMatch": [{"vulnerable": false, "criteria": "cpe:2.3:h:acme:ct:-:*:*:*:*:*:*:*"}]}]}],
  "references": [{"url": "https://acme.example/1", "source": "psirt@acme.example", "tags": ["Patch", "Vendor Advisory"]}]}}"#;

fn records(reading: &Reading) -> Vec<&VulnerabilityRecord> {
    list(reading).iter().map(|one| &one.record).collect()
}

fn list(reading: &Reading) -> &[ListedRecord] {
    match &reading.document {
        Some(Document::Vulnerabilities(list)) => &list.records,
        other => panic!("no list: {other:?}, {:?}", reading.problems),
    }
}

#[test]
fn a_record_is_read_with_its_trees_scores_tags_and_exploitation() {
    let reading = nvd::read(page(COMPLETE).as_bytes());
    assert_eq!(reading.version.as_deref(), Some("2.0"));
    insta::assert_snapshot!(flaw::record(records(&reading)[0]), @r#"
    CVE-2024-12345 of NVD, Published, aliases [], related [], tags ["disputed", "unsupported-when-assigned"], weaknesses ["CWE-787"]
    description: An overflow.
    published Some(2024-05-01T10:00:00Z), modified Some(2024-05-02T10:00:00Z), known exploited Some(2024-05-03)
    CVSS 4.0 9.3 CRITICAL CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N by psirt@acme.example (secondary)
    CVSS 3.1 9.8 CRITICAL CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H by nvd@nist.gov (primary)
    CVSS 2.0 10 HIGH AV:N/AC:L/Au:N/C:C/I:C/A:C by nvd@nist.gov (primary)
    NVD: (cpe:2.3:a:acme:viewer:*:*:*:*:*:*:*:* from 1.0 to before 2.0 OR cpe:2.3:a:acme:viewer:3.0:beta1:*:*:*:*:*:*)
    NVD: ((cpe:2.3:o:acme:ct_firmware:*:*:*:*:*:*:*:* … to through 4.1) AND (on cpe:2.3:h:acme:ct:-:*:*:*:*:*:*:*))
    see https://acme.example/1 ["Patch", "Vendor Advisory"]
    "#);
    insta::assert_snapshot!(problems(&reading), @"
    note nvd-page-of-many /totalResults: the page holds 1 of 2 records, from number 0 on
    warning nvd-score-invalid /vulnerabilities/0/cve/metrics/cvssMetricV30/0: the score has no base score from 0.0 to 10.0 and was set aside
    note nvd-evaluator-text /vulnerabilities/0/cve/evaluatorSolution: the record carries words of NVD's evaluator, from which nothing is concluded
    ");
    let tree = &records(&reading)[0].configurations[0].tree;
    assert_eq!(tree.operator, Operator::Or);
    assert_eq!(
        tree.matches[0].id.as_deref(),
        Some("D9342DC4-2928-49B6-AACA-95B3DE9C994A")
    );
}

#[test]
fn a_status_before_the_analysis_is_noted_and_a_rejected_record_no_longer_counts() {
    let record = |id: &str, status: &str| {
        format!(r#"{{"cve": {{"id": "{id}", "vulnStatus": "{status}", "descriptions": []}}}}"#)
    };
    let all = [
        record("CVE-2024-0001", "Rejected"),
        record("CVE-2024-0002", "Awaiting Analysis"),
        record("CVE-2024-0003", "Deferred"),
        record("CVE-2024-0004", "Modified"),
        record("CVE-2024-0005", "Pending"),
    ];
    let reading = nvd::read(page(&all.join(",")).as_bytes());
    let states: Vec<RecordState> = records(&reading).iter().map(|one| one.state).collect();
    assert_eq!(states[0], RecordState::Rejected);
    assert!(
        states[1..]
            .iter()
            .all(|state| *state == RecordState::Published)
    );
    insta::assert_snapshot!(problems(&reading), @"
    note nvd-not-analyzed /vulnerabilities/1/cve/vulnStatus: NVD's analysis of CVE-2024-0002 is not there (Awaiting Analysis): that no product is named means nothing
    note nvd-not-analyzed /vulnerabilities/2/cve/vulnStatus: NVD's analysis of CVE-2024-0003 is not there (Deferred): that no product is named means nothing
    warning nvd-status-unknown /vulnerabilities/4/cve/vulnStatus: vulnStatus is 'Pending', which NVD does not define
    ");
}

#[test]
fn an_element_and_a_bare_record_are_read_like_a_page_and_each_record_has_its_own_digest() {
    let bare = COMPLETE
        .strip_prefix(r#"{"cve": "#)
        .and_then(|rest| rest.strip_suffix('}'))
        .unwrap();
    for text in [COMPLETE, bare] {
        let reading = read(text.as_bytes(), &ReadOptions::default());
        assert_eq!(reading.kind, DocumentKind::Nvd);
        assert_eq!(records(&reading)[0].id, "CVE-2024-12345");
        assert_eq!(records(&reading)[0].scores.len(), 3);
    }
    let other = COMPLETE.replace("12345", "54321");
    let one = nvd::read(page(&format!("{COMPLETE}, {other}")).as_bytes());
    let two = nvd::read(page(&format!("{other},\n{COMPLETE}")).as_bytes());
    assert_eq!(list(&one)[0].digest, list(&two)[1].digest);
    assert_ne!(list(&one)[0].digest, list(&one)[1].digest);
}

#[test]
fn one_bad_record_costs_itself_and_is_told_where_it_stands() {
    let deep = format!("{{\"cve\": {}", "[".repeat(200)) + &"]".repeat(200) + "}";
    let all = [
        COMPLETE.to_owned(),
        r#"{"cve": {"id": 7}}"#.to_owned(),
        "7".to_owned(),
        r#"{"cve": {"vulnStatus": "Analyzed"}}"#.to_owned(),
        r#"{"cve": {"id": "CVE-24-1"}}"#.to_owned(),
        r#"{"cve": []}"#.to_owned(),
        deep,
        r#"{"cve": {"id": "CVE-2024-0002", "id": "CVE-2024-0003", "published": "soon", "metrics": 7}}"#.to_owned(),
    ];
    let reading = nvd::read(page(&all.join(",\n")).as_bytes());
    let ids: Vec<&str> = records(&reading)
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    assert_eq!(ids, ["CVE-2024-12345", "CVE-2024-0003"]);
    insta::assert_snapshot!(problems(&reading), @"
    warning nvd-score-invalid /vulnerabilities/0/cve/metrics/cvssMetricV30/0: the score has no base score from 0.0 to 10.0 and was set aside
    note nvd-evaluator-text /vulnerabilities/0/cve/evaluatorSolution: the record carries words of NVD's evaluator, from which nothing is concluded
    error json-value-set-aside /vulnerabilities/1/cve/id: the value was set aside: invalid type: integer `7`, expected a string
    error nvd-id-missing /vulnerabilities/1/cve/id: the record has no CVE id and cannot be used
    error json-wrong-shape /vulnerabilities/2: the document has another shape than expected: invalid type: integer `7`, expected an object
    error nvd-id-missing /vulnerabilities/3/cve/id: the record has no CVE id and cannot be used
    error nvd-id-malformed /vulnerabilities/4/cve/id: 'CVE-24-1' is no CVE id, so the record was set aside; CVE-YYYY-NNNN is expected
    error nvd-id-missing /vulnerabilities/5/cve/id: the record has no CVE id and cannot be used
    error json-too-deep line 33: lists and objects are nested deeper than 127 levels
    error json-duplicate-key /vulnerabilities/7/cve/id: the key occurs more than once in one object; the last one was read
    warning nvd-date-malformed /vulnerabilities/7/cve/published: 'soon' is no date and time
    error json-value-set-aside /vulnerabilities/7/cve/metrics: the value was set aside: invalid type: integer `7`, expected an object
    ");
}

#[test]
fn a_page_that_breaks_off_keeps_the_records_before_the_break() {
    let whole = page(&format!(
        "{COMPLETE}, {}",
        COMPLETE.replace("12345", "54321")
    ));
    let cut = whole.len() - 200;
    let reading = nvd::read(&whole.as_bytes()[..cut]);
    assert_eq!(records(&reading).len(), 1);
    assert!(
        problems(&reading).contains("json-truncated"),
        "{}",
        problems(&reading)
    );
    for end in 0..cut {
        is_safe(&nvd::read(&whole.as_bytes()[..end]));
    }
}

#[test]
fn what_the_page_says_of_itself_is_noted() {
    let reading = nvd::read(
        br#"{"resultsPerPage": 0, "startIndex": 2000, "totalResults": 9000, "version": "3.0", "vulnerabilities": []}"#,
    );
    assert_eq!(reading.document, None);
    insta::assert_snapshot!(problems(&reading), @"
    warning nvd-version-unsupported /version: the version is '3.0'; 2.0 is expected
    note nvd-empty /vulnerabilities: the page holds no record
    note nvd-page-of-many /totalResults: the page holds 0 of 9000 records, from number 2000 on
    ");
}

#[test]
fn mutated_pages_never_break_the_reader() {
    run_both(2_400, page(COMPLETE).as_bytes(), nvd::read);
    run_both(400, page(COMPLETE).as_bytes(), |bytes| {
        read(bytes, &ReadOptions::default())
    });
}

#[test]
fn a_million_records_of_nothing_are_told_in_few_problems() {
    let reading = nvd::read(page(&vec!["{}"; 200_000].join(",")).as_bytes());
    assert_eq!(reading.document, None);
    is_safe(&reading);
}

#[test]
fn every_record_of_the_real_pages_is_read() {
    let Some(folder) = crate::real_data("nvd") else {
        return;
    };
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(
        std::fs::read(folder.join("pages_configurations.zip")).unwrap(),
    ))
    .unwrap();
    let (mut count, mut configurations, mut joined, mut with_and, mut matches) = (0, 0, 0, 0, 0);
    let mut faults = std::collections::BTreeMap::<&str, usize>::new();
    for index in 0..archive.len() {
        let mut bytes = Vec::new();
        archive
            .by_index(index)
            .unwrap()
            .read_to_end(&mut bytes)
            .unwrap();
        let reading = nvd::read(&bytes);
        for problem in &reading.problems {
            assert!(problem.level < Level::Error, "{problem:?}");
            *faults.entry(problem.id).or_default() += 1;
        }
        for record in records(&reading) {
            count += 1;
            let trees: Vec<_> = record.configurations.iter().map(|one| &one.tree).collect();
            configurations += trees.len();
            let flat = trees.iter().filter(|tree| tree.is_flat()).count();
            joined += trees.len() - flat;
            with_and += usize::from(flat < trees.len());
            matches += trees
                .iter()
                .map(|tree| tree.all_matches().len())
                .sum::<usize>();
        }
    }
    assert_eq!((count, configurations, matches), (15_879, 18_523, 48_454));
    assert_eq!((joined, with_and), (537, 412));
    // Four days of the converted pages are cut in their middle; a page of 2,000 says that there are more.
    assert_eq!(
        faults.keys().copied().collect::<Vec<_>>(),
        ["nvd-date-malformed", "nvd-page-of-many"]
    );

    let (mut count, mut disputed) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "json") {
            let reading = nvd::read(&std::fs::read(&path).unwrap());
            assert!(
                reading.is_valid(),
                "{}: {}",
                path.display(),
                problems(&reading)
            );
            count += records(&reading).len();
            disputed += records(&reading)
                .iter()
                .filter(|one| !one.tags.is_empty())
                .count();
        }
    }
    assert_eq!((count, disputed), (61, 0));
}
