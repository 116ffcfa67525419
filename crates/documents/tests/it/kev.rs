//! CISA's catalog of known exploited vulnerabilities.

use isocenter_documents::kev;
use isocenter_model::vulnerability::KnownExploitedCatalog;
use isocenter_model::{Document, Reading};

#[track_caller]
fn catalog(reading: &Reading) -> &KnownExploitedCatalog {
    match &reading.document {
        Some(Document::KnownExploited(catalog)) => catalog,
        other => panic!("no catalog: {other:?}, {:?}", reading.problems),
    }
}

fn problems(reading: &Reading) -> String {
    let lines: Vec<String> = reading
        .problems
        .iter()
        .map(|problem| {
            format!(
                "{} {} {}: {}",
                problem.level, problem.id, problem.at, problem.message
            )
        })
        .collect();
    lines.join("\n")
}

const CATALOG: &str = r#"{"title":"CISA Catalog","catalogVersion":"2025.08.25","dateReleased":"2025-08-25T17:04:19.9796Z","count":2,
 "vulnerabilities":[
  {"cveID":"CVE-2021-44228","vendorProject":"Apache","product":"Log4j2","vulnerabilityName":"Log4Shell","dateAdded":"2021-12-10",
   "shortDescription":"x","requiredAction":"Apply updates.","dueDate":"2021-12-24","knownRansomwareCampaignUse":"Known","notes":"","cwes":["CWE-20"]},
  {"cveID":"CVE-2025-48384","vendorProject":"Git","product":"Git","vulnerabilityName":"Link Following","dateAdded":"2025-08-25",
   "requiredAction":"Apply mitigations.","dueDate":"2025-09-15","knownRansomwareCampaignUse":"Unknown"}]}"#;

#[test]
fn each_row_is_read_with_its_days() {
    let reading = kev::read(CATALOG.as_bytes());
    assert_eq!(problems(&reading), "");
    assert_eq!(reading.version.as_deref(), Some("2025.08.25"));
    let catalog = catalog(&reading);
    assert_eq!(catalog.released, "2025-08-25T17:04:19.9796Z".parse().ok());
    let rows: Vec<String> = catalog
        .entries
        .iter()
        .map(|row| {
            format!(
                "{} {} {} {:?} {:?} {} {}",
                row.cve,
                row.vendor,
                row.product,
                row.date_added,
                row.due_date,
                row.required_action,
                row.ransomware
            )
        })
        .collect();
    insta::assert_snapshot!(rows.join("\n"), @"
    CVE-2021-44228 Apache Log4j2 Some(2021-12-10) Some(2021-12-24) Apply updates. true
    CVE-2025-48384 Git Git Some(2025-08-25) Some(2025-09-15) Apply mitigations. false
    ");
}

#[test]
fn a_bad_row_is_set_aside_and_the_rest_is_read() {
    let reading = kev::read(
        br#"{"catalogVersion":3,"dateReleased":"yesterday","count":9,"vulnerabilities":[
          {"cveID":"CVE-2021-44228","dateAdded":"10.12.2021"},
          {"cveID":"2021-44228"},{"product":"x"},7,null,{"cveID":["CVE-2021-44228"]},
          {"cveID":"CVE-2021-1\u202e","vendorProject":"=cmd|' /C calc'!A0"},
          {"cveID":"CVE-2021-45046","vendorProject":"=1+1"}]}"#,
    );
    insta::assert_snapshot!(problems(&reading), @"
    warning kev-date-malformed /dateReleased: 'yesterday' is no date; YYYY-MM-DD is expected
    warning kev-count-differs /count: the catalog says that it has 9 entries and has 8
    error json-element-set-aside /vulnerabilities/3: the element was set aside: invalid type: integer `7`, expected an object
    error json-element-set-aside /vulnerabilities/4: the element was set aside: invalid type: null, expected an object
    error json-element-set-aside /vulnerabilities/5: the element was set aside: invalid type: sequence, expected a string
    warning kev-date-malformed /vulnerabilities/0/dateAdded: '10.12.2021' is no date; YYYY-MM-DD is expected
    error kev-id-malformed /vulnerabilities/1/cveID: '2021-44228' is no CVE id, so the entry was set aside; CVE-YYYY-NNNN is expected
    error kev-id-malformed /vulnerabilities/2/cveID: '' is no CVE id, so the entry was set aside; CVE-YYYY-NNNN is expected
    error kev-id-malformed /vulnerabilities/6/cveID: 'CVE-2021-1�' is no CVE id, so the entry was set aside; CVE-YYYY-NNNN is expected
    error json-value-set-aside /catalogVersion: the value was set aside: invalid type: integer `3`, expected a string
    ");
    let ids: Vec<&str> = catalog(&reading)
        .entries
        .iter()
        .map(|row| row.cve.as_str())
        .collect();
    assert_eq!(ids, ["CVE-2021-44228", "CVE-2021-45046"]);
}

#[test]
fn a_catalog_cut_anywhere_is_answered_with_an_error() {
    for end in 0..CATALOG.len() {
        let reading = kev::read(&CATALOG.as_bytes()[..end]);
        assert!(!reading.is_valid(), "cut at {end}");
        assert!(reading.document.is_none(), "cut at {end}");
    }
}

#[test]
fn an_empty_catalog_is_a_warning_and_no_catalog_is_an_error() {
    assert!(problems(&kev::read(b"{}")).contains("kev-empty"));
    assert!(!kev::read(b"[]").is_valid());
    assert!(!kev::read(&[0; 100]).is_valid());
    assert!(!kev::read("[".repeat(1_000_000).as_bytes()).is_valid());
}

#[test]
fn the_real_catalog_is_read_completely() {
    let Some(path) = crate::real_data("kev/known_exploited_vulnerabilities.json") else {
        return;
    };
    let reading = kev::read(&std::fs::read(path).unwrap());
    assert_eq!(problems(&reading), "");
    let catalog = catalog(&reading);
    assert_eq!(reading.summary.get("records"), Some(&1_404));
    assert!(catalog.entries.iter().all(|row| {
        row.date_added.is_some()
            && row.due_date.is_some()
            && !row.vendor.is_empty()
            && !row.product.is_empty()
    }));
    assert!(catalog.entries.iter().any(|row| row.ransomware));
}
