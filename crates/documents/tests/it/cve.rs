//! CVE records: what each container says, what a version line means, and records made to mislead.

use std::io::Read;

use isocenter_documents::cve;
use isocenter_model::text::printable;
use isocenter_model::vulnerability::{RecordState, VulnerabilityRecord};
use isocenter_model::{Document, Level, Reading};
use proptest::prelude::*;

use crate::flaw::{problems, product, span, tree};

/// A record with the containers that a test gives.
fn record(containers: &str) -> String {
    format!(
        r#"{{"dataType":"CVE_RECORD","dataVersion":"5.1",
            "cveMetadata":{{"cveId":"CVE-2024-12345","state":"PUBLISHED","datePublished":"2024-05-01T10:00:00Z"}},
            "containers":{containers}}}"#
    )
}

/// A record whose CNA names these products.
fn affecting(affected: &str) -> Reading {
    cve::read(
        record(&format!(
            r#"{{"cna":{{"providerMetadata":{{"shortName":"acme"}},"affected":[{affected}]}}}}"#
        ))
        .as_bytes(),
    )
}

#[track_caller]
fn flaw(reading: &Reading) -> &VulnerabilityRecord {
    match &reading.document {
        Some(Document::Vulnerability(record)) => record,
        other => panic!("no record: {other:?}, {:?}", reading.problems),
    }
}

fn products(reading: &Reading) -> String {
    let lines: Vec<String> = flaw(reading).affected.iter().map(product).collect();
    lines.join("\n")
}

const COMPLETE: &str = r#"{
  "cna": {
    "providerMetadata": {"orgId": "f1", "shortName": "acme", "dateUpdated": "2024-05-02T00:00:00"},
    "title": "Overflow in the DICOM parser",
    "datePublic": "2024-04-30T00:00:00.000Z",
    "descriptions": [{"lang": "de", "value": "Überlauf"}, {"lang": "en-US", "value": "An overflow."}],
    "affected": [{
      "vendor": "Acme", "product": "Viewer", "defaultStatus": "unaffected",
      "collectionURL": "https://registry.npmjs.org", "packageName": "@acme/viewer",
      "packageURL": "pkg:npm/%40acme/viewer",
      "cpes": ["cpe:2.3:a:acme:viewer:*:*:*:*:*:*:*:*"], "platforms": ["Windows", "x86"],
      "modules": ["parser"],
      "versions": [
        {"version": "2.0", "status": "affected", "lessThan": "2.4.1", "versionType": "semver",
         "changes": [{"at": "2.3.9", "status": "unaffected"}]},
        {"version": "1.9", "status": "unknown"}]
    }],
    "metrics": [
      {"format": "CVSS", "cvssV4_0": {"version": "4.0", "baseScore": 9.3, "baseSeverity": "CRITICAL",
        "vectorString": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"}},
      {"cvssV2_0": {"version": "2.0", "baseScore": 10, "vectorString": "AV:N/AC:L/Au:N/C:C/I:C/A:C"}}],
    "problemTypes": [{"descriptions": [{"lang": "en", "type": "CWE", "cweId": "CWE-787", "description": "CWE-787 Out-of-bounds Write"},
                                       {"lang": "en", "description": "CWE-120 Classic Buffer Overflow"}]}],
    "source": {"advisory": "GHSA-aaaa-bbbb-cccc", "discovery": "EXTERNAL"},
    "references": [{"url": "https://example.org"}],
    "x_generator": {"engine": "x"}
  },
  "adp": [
    {"title": "CVE Program Container", "providerMetadata": {"shortName": "CVE"}, "references": []},
    {"title": "CISA ADP Vulnrichment", "providerMetadata": {"shortName": "CISA-ADP"},
     "affected": [{"vendor": "acme", "product": "viewer", "cpes": ["cpe:2.3:a:acme:viewer:1.0:*:*:*:*:*:*:*"],
                   "defaultStatus": "unknown", "versions": [{"version": "0", "status": "affected", "lessThanOrEqual": "2.4.0", "versionType": "custom"}]}],
     "metrics": [
       {"cvssV3_1": {"version": "3.1", "baseScore": 9.8, "baseSeverity": "critical", "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}},
       {"other": {"type": "ssvc", "content": {"id": "CVE-2024-12345", "role": "CISA Coordinator", "version": "2.0.3",
          "options": [{"Exploitation": "active"}, {"Automatable": "yes"}, {"Technical Impact": "total"}]}}},
       {"other": {"type": "kev", "content": {"dateAdded": "2024-05-20", "reference": "https://example.org"}}},
       {"other": {"type": "Red Hat severity rating", "content": {"value": "Important", "options": "none"}}}],
     "problemTypes": [{"descriptions": [{"lang": "en", "cweId": "CWE-787"}]}]}
  ]
}"#;

#[test]
fn every_container_is_read_and_names_who_says_it() {
    let reading = cve::read(record(COMPLETE).as_bytes());
    assert_eq!(reading.version.as_deref(), Some("5.1"));
    insta::assert_snapshot!(problems(&reading), @"");
    insta::assert_snapshot!(products(&reading), @"
    CNA acme: Acme / Viewer package=@acme/viewer collection=https://registry.npmjs.org purl=pkg:npm/%40acme/viewer cpe=cpe:2.3:a:acme:viewer:*:*:*:*:*:*:*:* on=Windows + x86 default=not affected
      affected: from 2.0 to before 2.4.1 (semver), from 2.3.9 not affected
      unknown: [1.9]
    ADP CISA-ADP: acme / viewer cpe=cpe:2.3:a:acme:viewer:1.0:*:*:*:*:*:*:* default=unknown
      affected: … to through 2.4.0 (custom)
    ");
    let flaw = flaw(&reading);
    assert_eq!(flaw.title.as_deref(), Some("Overflow in the DICOM parser"));
    assert_eq!(flaw.description.as_deref(), Some("An overflow."));
    assert_eq!(flaw.aliases, ["GHSA-aaaa-bbbb-cccc"]);
    assert_eq!(flaw.weaknesses, ["CWE-787", "CWE-120"]);
    assert_eq!(flaw.known_exploited, Some(jiff::civil::date(2024, 5, 20)));
    let scores: Vec<String> = flaw
        .scores
        .iter()
        .map(|score| {
            format!(
                "{} {} {} {}",
                score.source, score.version, score.base, score.severity
            )
        })
        .collect();
    assert_eq!(
        scores,
        [
            "CNA acme 4.0 9.3 CRITICAL",
            "CNA acme 2.0 10 ",
            "ADP CISA-ADP 3.1 9.8 CRITICAL"
        ]
    );
    let ssvc = flaw.ssvc.as_ref().unwrap();
    assert_eq!(ssvc.exploitation.as_deref(), Some("active"));
    assert_eq!(ssvc.automatable.as_deref(), Some("yes"));
    assert_eq!(ssvc.technical_impact.as_deref(), Some("total"));
    assert_eq!(reading.summary.get("affected"), Some(&2));
}

#[test]
fn a_rejected_record_is_read_with_its_reason() {
    let reading = cve::read(
        br#"{"dataType":"CVE_RECORD","dataVersion":"5.0",
            "cveMetadata":{"cveId":"CVE-2019-25161","state":"REJECTED"},
            "containers":{"cna":{"providerMetadata":{"shortName":"Linux"},
            "rejectedReasons":[{"lang":"en","value":"Withdrawn."}]}}}"#,
    );
    assert_eq!(problems(&reading), "");
    assert_eq!(flaw(&reading).state, RecordState::Rejected);
    assert_eq!(flaw(&reading).description.as_deref(), Some("Withdrawn."));
}

#[test]
fn a_version_line_means_what_its_author_means() {
    let lines = [
        r#"{"version":"1.2.3","status":"affected"}"#,
        r#"{"version":"*","status":"affected"}"#,
        r#"{"version":"All versions","status":"affected"}"#,
        r#"{"version":"n/a","status":"affected"}"#,
        r#"{"version":"0","status":"affected"}"#,
        r#"{"version":"14.1.x","status":"affected"}"#,
        r#"{"version":">= 8.0.0, < 8.6.1","status":"affected"}"#,
        r#"{"version":"All versions < V4.8 HF4","status":"affected"}"#,
        r#"{"version":"= 4.2","status":"affected"}"#,
        r#"{"version":"FastConnect 6900","status":"affected"}"#,
        r#"{"version":"0","lessThan":"2.0","status":"affected","versionType":"semver"}"#,
        r#"{"version":"*","lessThan":"2.0","status":"affected"}"#,
        r#"{"version":"unspecified","lessThanOrEqual":"2.0","status":"affected"}"#,
        r#"{"version":"1.0","lessThan":"*","status":"affected"}"#,
        r#"{"version":"0","lessThan":"*","status":"affected"}"#,
        r#"{"version":"6.6.7","lessThanOrEqual":"6.6.*","status":"unaffected"}"#,
        r#"{"version":"0","lessThanOrEqual":"<= 1.6.3","status":"affected"}"#,
        r#"{"version":"> 5.0.0","lessThan":"6.0","status":"affected"}"#,
        r#"{"version":"73.0.3683.75","lessThan":"73.0.3683.75","status":"affected"}"#,
        r#"{"version":"73.0.3683.75","lessThan":"73.0.3683.75","status":"unaffected"}"#,
        r#"{"version":"1.0","lessThan":"publication","status":"affected"}"#,
        r#"{"version":"SaaS platform","status":"affected","versionType":"git"}"#,
        r#"{"lessThan":"3.0","status":"affected"}"#,
    ];
    let reading = affecting(&format!(
        r#"{{"vendor":"Acme","product":"X","versions":[{}]}}"#,
        lines.join(",")
    ));
    let told: Vec<String> = lines
        .iter()
        .zip(&flaw(&reading).affected[0].versions)
        .map(|(line, version)| {
            format!(
                "{line} => {} {}",
                version.status.as_str(),
                span(&version.span)
            )
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    {"version":"1.2.3","status":"affected"} => affected [1.2.3]
    {"version":"*","status":"affected"} => affected all
    {"version":"All versions","status":"affected"} => affected all
    {"version":"n/a","status":"affected"} => affected text 'n/a'
    {"version":"0","status":"affected"} => affected text '0'
    {"version":"14.1.x","status":"affected"} => affected text '14.1.x'
    {"version":">= 8.0.0, < 8.6.1","status":"affected"} => affected from 8.0.0 to before 8.6.1
    {"version":"All versions < V4.8 HF4","status":"affected"} => affected … to before V4.8 HF4
    {"version":"= 4.2","status":"affected"} => affected [4.2]
    {"version":"FastConnect 6900","status":"affected"} => affected text 'FastConnect 6900'
    {"version":"0","lessThan":"2.0","status":"affected","versionType":"semver"} => affected … to before 2.0
    {"version":"*","lessThan":"2.0","status":"affected"} => affected … to before 2.0
    {"version":"unspecified","lessThanOrEqual":"2.0","status":"affected"} => affected … to through 2.0
    {"version":"1.0","lessThan":"*","status":"affected"} => affected from 1.0 to …
    {"version":"0","lessThan":"*","status":"affected"} => affected all
    {"version":"6.6.7","lessThanOrEqual":"6.6.*","status":"unaffected"} => not affected from 6.6.7 to through 6.6.*
    {"version":"0","lessThanOrEqual":"<= 1.6.3","status":"affected"} => affected … to through 1.6.3
    {"version":"> 5.0.0","lessThan":"6.0","status":"affected"} => affected after 5.0.0 to before 6.0
    {"version":"73.0.3683.75","lessThan":"73.0.3683.75","status":"affected"} => affected … to before 73.0.3683.75
    {"version":"73.0.3683.75","lessThan":"73.0.3683.75","status":"unaffected"} => not affected from 73.0.3683.75 to before 73.0.3683.75
    {"version":"1.0","lessThan":"publication","status":"affected"} => affected from 1.0 to before publication
    {"version":"SaaS platform","status":"affected","versionType":"git"} => affected [SaaS platform]
    {"lessThan":"3.0","status":"affected"} => affected … to before 3.0
    "#);
    insta::assert_snapshot!(problems(&reading), @"note cve-range-empty /containers/cna/affected/0/versions/18: the range ends where it begins, before 73.0.3683.75; it was read as all versions before that");
}

#[test]
fn a_product_without_any_name_is_left_out() {
    let reading = affecting(
        r#"{"vendor":"n/a","product":"n/a","versions":[{"version":"n/a","status":"affected"}]},
           {"vendor":"n/a","product":"n/a","cpes":["cpe:2.3:a:acme:x:*:*:*:*:*:*:*:*"]},
           {"vendor":"n/a","product":"X"}"#,
    );
    assert_eq!(problems(&reading), "");
    insta::assert_snapshot!(products(&reading), @"
    CNA acme: ? / ? cpe=cpe:2.3:a:acme:x:*:*:*:*:*:*:*:* default=unknown
    CNA acme: ? / X default=unknown
    ");
}

#[test]
fn cpe_applicability_is_kept_as_trees_with_conditions_and_negations() {
    let reading = cve::read(record(r#"{"cna":{"providerMetadata":{"shortName":"acme"},"cpeApplicability":[
      {"nodes":[{"operator":"OR","negate":false,"cpeMatch":[
        {"vulnerable":true,"criteria":"cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:*","versionStartIncluding":"5.1","versionEndExcluding":"5.4.2"},
        {"vulnerable":true,"criteria":"cpe:2.3:a:acme:tool\\:kit:1.2:update1:*:*:*:*:*:*"}]}]},
      {"operator":"AND","nodes":[
        {"operator":"OR","cpeMatch":[{"vulnerable":true,"criteria":"cpe:2.3:o:acme:firmware:*:*:*:*:*:*:*:*","versionEndExcluding":"2.0"}]},
        {"operator":"OR","cpeMatch":[{"vulnerable":false,"criteria":"cpe:2.3:h:acme:ct500:-:*:*:*:*:*:*:*"},{"vulnerable":false,"criteria":"cpe:2.3:h:acme:ct700:-:*:*:*:*:*:*:*"}]}]},
      {"negate":true,"nodes":[{"operator":"OR","cpeMatch":[{"vulnerable":true,"criteria":"cpe:2.3:a:acme:not:*:*:*:*:*:*:*:*"}]}]}
    ]}}"#).as_bytes());
    let trees = &flaw(&reading).configurations;
    let lines: Vec<String> = trees
        .iter()
        .map(|one| format!("{}: {}", one.asserted_by, tree(&one.tree)))
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    CNA acme: (cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:* from 5.1 to before 5.4.2 OR cpe:2.3:a:acme:tool\:kit:1.2:update1:*:*:*:*:*:*)
    CNA acme: ((cpe:2.3:o:acme:firmware:*:*:*:*:*:*:*:* … to before 2.0) AND (on cpe:2.3:h:acme:ct500:-:*:*:*:*:*:*:* OR on cpe:2.3:h:acme:ct700:-:*:*:*:*:*:*:*))
    CNA acme: NOT (cpe:2.3:a:acme:not:*:*:*:*:*:*:*:*)
    ");
    assert!(flaw(&reading).affected.is_empty());
    assert_eq!(problems(&reading), "");
}

#[test]
fn what_is_wrong_is_named_and_the_rest_is_read() {
    let reading = cve::read(
        br#"{"dataType":"OTHER","dataVersion":"4.0",
            "cveMetadata":{"cveId":"CVE-24-1","state":"DRAFT","datePublished":"yesterday","dateUpdated":7},
            "containers":{"cna":{"affected":[
              {"product":"X","defaultStatus":"maybe","versions":[
                 {"version":"1.0","status":"broken"},{"version":"1.1"},{"status":"affected"},{"version":1.10,"status":"affected"},
                 {"version":"1.2","status":"affected","lessThan":"2","lessThanOrEqual":"3"}]},
              "Y",
              {"product":{"name":"Z"}}],
              "metrics":[{"cvssV3_1":{"baseScore":98,"vectorString":"x"}},{"cvssV3_1":"high"},
                         {"other":{"type":"kev","content":{"dateAdded":"soon"}}}],
              "descriptions":"text"},
              "adp":{"a":1}}}"#,
    );
    insta::assert_snapshot!(problems(&reading), @r#"
    warning cve-version-unsupported /dataVersion: dataVersion is '4.0'; 5.0, 5.1 or 5.2 is expected
    warning cve-type-unknown /dataType: dataType is 'OTHER'; CVE_RECORD is expected
    error cve-id-malformed /cveMetadata/cveId: 'CVE-24-1' is no CVE id; CVE-YYYY-NNNN is expected
    warning cve-state-unknown /cveMetadata/state: state is 'DRAFT'; PUBLISHED or REJECTED is expected
    warning cve-date-malformed /cveMetadata/datePublished: 'yesterday' is no date and time in RFC 3339
    error json-value-set-aside /cveMetadata/dateUpdated: the value was set aside: invalid type: integer `7`, expected a string
    error json-value-set-aside /containers/cna/descriptions: the value was set aside: invalid type: string "text", expected a list
    error json-element-set-aside /containers/cna/affected/1: the element was set aside: invalid type: string "Y", expected an object
    error json-element-set-aside /containers/cna/affected/2: the element was set aside: invalid type: map, expected a string
    warning cve-status-unknown /containers/cna/affected/0/defaultStatus: 'maybe' is no status; affected, unaffected or unknown is expected
    error json-element-set-aside /containers/cna/affected/0/versions/3: the element was set aside: invalid type: floating point `1.1`, expected a string
    warning cve-status-unknown /containers/cna/affected/0/versions/0/status: 'broken' is no status; affected, unaffected or unknown is expected
    warning cve-status-missing /containers/cna/affected/0/versions/1: the version has no status; affected, unaffected or unknown is expected
    warning cve-version-missing /containers/cna/affected/0/versions/2: the entry has neither a version nor a range and was set aside
    warning cve-range-two-ends /containers/cna/affected/0/versions/4: the version has both lessThan and lessThanOrEqual; lessThan was read
    error json-element-set-aside /containers/cna/metrics/1: the element was set aside: invalid type: string "high", expected an object
    warning cve-score-invalid /containers/cna/metrics/0/cvssV3_1: the base score is 98; a number from 0.0 to 10.0 is expected, so the score was set aside
    warning cve-date-malformed /containers/cna/metrics/2/other/content: the mark of known exploitation has no day on which it was added
    error json-value-set-aside /containers/adp: the value was set aside: invalid type: map, expected a list
    "#);
    insta::assert_snapshot!(products(&reading), @"
    CNA: ? / X default=unknown
      unknown: [1.0]
      unknown: [1.1]
      affected: from 1.2 to before 2
    ");
}

#[test]
fn a_file_that_is_no_record_gives_no_document() {
    for (text, id) in [
        ("{}", "cve-id-missing"),
        ("[]", "json-wrong-shape"),
        ("", "json-empty"),
        ("null", "json-wrong-shape"),
        (r#"{"cveMetadata":{"cveId":""}}"#, "cve-id-missing"),
        (
            r#"{"cveMetadata":{"cveId":"CVE-2024-1234""#,
            "json-truncated",
        ),
        ("not json", "json-syntax"),
    ] {
        let reading = cve::read(text.as_bytes());
        assert!(reading.document.is_none(), "{text}");
        assert!(
            reading.problems.iter().any(|problem| problem.id == id),
            "{text}: {}",
            problems(&reading)
        );
    }
}

/// What holds of every reading of a hostile record.
#[track_caller]
fn is_safe(reading: &Reading) {
    assert!(reading.problems.len() < 1_000, "{}", reading.problems.len());
    for problem in &reading.problems {
        assert_eq!(printable(&problem.message), problem.message.as_str());
        assert!(problem.message.len() < 1_000, "{}", problem.message.len());
        assert!(problem.at.to_string().len() < 2_000);
    }
}

#[test]
fn a_record_cut_anywhere_is_answered_with_problems() {
    let whole = record(COMPLETE);
    for end in 0..whole.len() {
        let reading = cve::read(&whole.as_bytes()[..end]);
        assert!(!reading.is_valid(), "cut at {end}");
        is_safe(&reading);
    }
}

#[test]
fn hostile_records_are_answered_in_bounded_time_and_memory() {
    let deep = format!(
        r#"{{"cveMetadata":{{"cveId":"CVE-2024-12345","state":"PUBLISHED"}},"containers":{{"cna":{{"affected":{}"#,
        "[{\"versions\":".repeat(100_000)
    );
    let controls = record(
        "{\"cna\":{\"title\":\"a\u{1b}[31m\u{202e}b\0\",\"affected\":[{\"product\":\"x\",\"defaultStatus\":\"\u{202e}\u{1b}[2Jevil\"}]}}",
    );
    let numbers = record(
        r#"{"cna":{"metrics":[{"cvssV3_1":{"baseScore":1e999}},{"cvssV3_1":{"baseScore":-1e-999}}]}}"#,
    );
    let doubled =
        record(r#"{"cna":{"title":"A","title":"B","affected":[{"product":"x","product":"y"}]}}"#);
    let many = record(&format!(
        r#"{{"cna":{{"affected":[{}0]}}}}"#,
        "1,".repeat(200_000)
    ));
    let utf_16: Vec<u8> = record(COMPLETE)
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut latin = record(r#"{"cna":{"title":"M?ller"}}"#).into_bytes();
    let mark = latin.iter().position(|byte| *byte == b'?').unwrap();
    latin[mark] = 0xFC;
    for (bytes, is_read) in [
        (deep.into_bytes(), false),
        (controls.into_bytes(), true),
        (numbers.into_bytes(), true),
        (doubled.into_bytes(), true),
        (many.into_bytes(), true),
        (utf_16, true),
        (latin, true),
        (vec![0; 10_000], false),
        (vec![0xFF; 10_000], false),
        (b"\xEF\xBB\xBF".to_vec(), false),
    ] {
        let reading = cve::read(&bytes);
        assert_eq!(
            reading.document.is_some(),
            is_read,
            "{}",
            problems(&reading)
        );
        assert!(!reading.is_valid() || !reading.problems.is_empty());
        is_safe(&reading);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Any value in the place of any other is set aside or read, and never takes the reader down.
    #[test]
    fn a_record_with_one_value_replaced_is_still_answered(
        place in 0_usize..400,
        value in prop::sample::select(vec!["null", "7", "-1e5", "true", "[]", "{}", "\"x\"", "[[[]]]", "{\"a\":{\"b\":1}}", "1e999", "\"\\ud800\""]),
    ) {
        let text = record(COMPLETE);
        // Replaces the value that begins at the place-th colon.
        if let Some((colon, _)) = text.match_indices(": ").nth(place) {
            let start = colon + 2;
            let mut depth = 0_i32;
            let mut in_string = false;
            let mut end = start;
            for (at, byte) in text.bytes().enumerate().skip(start) {
                end = at;
                match byte {
                    b'"' => in_string = !in_string,
                    b'[' | b'{' if !in_string => depth += 1,
                    b']' | b'}' if !in_string => {
                        if depth == 0 { break; }
                        depth -= 1;
                    }
                    b',' if !in_string && depth == 0 => break,
                    _ => {}
                }
            }
            let changed = format!("{}{value}{}", &text[..start], &text[end..]);
            let reading = cve::read(changed.as_bytes());
            is_safe(&reading);
            prop_assert!(reading.document.is_some(), "{}", problems(&reading));
        }
    }
}

#[test]
fn every_record_of_the_real_list_is_read_without_error() {
    let Some(path) = crate::real_data("cve/cves.zip") else {
        return;
    };
    let mut archive =
        zip::ZipArchive::new(std::io::Cursor::new(std::fs::read(path).unwrap())).unwrap();
    let mut bytes = Vec::new();
    let (mut records, mut rejected, mut with_ssvc, mut exploited, mut scores) = (0, 0, 0, 0, 0);
    let mut from_applicability = 0;
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).unwrap();
        let name = member.name().unwrap().into_owned();
        bytes.clear();
        member.read_to_end(&mut bytes).unwrap();
        let reading = cve::read(&bytes);
        let worst = reading
            .problems
            .iter()
            .find(|problem| problem.level == Level::Error);
        assert_eq!(worst, None, "{name}");
        let flaw = flaw(&reading);
        assert!(
            name.ends_with(&format!("{}.json", flaw.id)),
            "{name} holds {}",
            flaw.id
        );
        records += 1;
        rejected += usize::from(flaw.state == RecordState::Rejected);
        with_ssvc += usize::from(flaw.ssvc.is_some());
        exploited += usize::from(flaw.known_exploited.is_some());
        scores += flaw.scores.len();
        from_applicability += usize::from(!flaw.configurations.is_empty());
    }
    assert_eq!(records, 61_712);
    assert_eq!(rejected, 140);
    // 61,568 in CISA's container as options; one more by its CNA as selections only.
    assert!((61_568..=61_572).contains(&with_ssvc), "{with_ssvc}");
    assert_eq!(exploited, 332);
    assert_eq!(scores, 59_178);
    assert_eq!(from_applicability, 1_851);
}
