//! CSAF advisories and VEX documents: real ones checked by hand, and ones made to mislead.

use std::fmt::Write as _;

use isocenter_documents::csaf;
use isocenter_model::product::{ProductReference, VersionExpression};
use isocenter_model::statement::Statement;
use isocenter_model::text::printable;
use isocenter_model::vulnerability::{Advisory, RecordState};
use isocenter_model::{Document, Level, Problem, Reading};
use proptest::prelude::*;

#[track_caller]
pub(crate) fn advisory(reading: &Reading) -> &Advisory {
    match &reading.document {
        Some(Document::Advisory(advisory)) => advisory,
        other => panic!("no advisory: {other:?}, {}", problems(reading)),
    }
}

pub(crate) fn problems(reading: &Reading) -> String {
    lines(reading, |_| true)
}

fn lines(reading: &Reading, wanted: fn(&Problem) -> bool) -> String {
    let lines: Vec<String> = reading
        .problems
        .iter()
        .filter(|problem| wanted(problem))
        .map(|problem| {
            format!(
                "{} {} {}: {}",
                problem.level, problem.id, problem.at, problem.message
            )
        })
        .collect();
    lines.join("\n")
}

fn versions(versions: &VersionExpression) -> String {
    match versions {
        VersionExpression::Unstated => "unstated".to_owned(),
        VersionExpression::All => "all".to_owned(),
        VersionExpression::Exact(version) => format!("[{version}]"),
        VersionExpression::Range(range) => format!("({range})"),
    }
}

pub(crate) fn product(product: &ProductReference) -> String {
    let mut line = format!(
        "{} | {} | {}",
        product.vendor.as_deref().unwrap_or("?"),
        product.name,
        versions(&product.version)
    );
    for (name, value) in [("purl", &product.purl), ("cpe", &product.cpe)] {
        if let Some(value) = value {
            write!(line, " {name}={value}").unwrap();
        }
    }
    for (name, values) in [
        ("models", &product.model_numbers),
        ("serials", &product.serial_numbers),
        ("skus", &product.skus),
    ] {
        if !values.is_empty() {
            write!(line, " {name}={}", values.join(",")).unwrap();
        }
    }
    for hash in &product.hashes {
        write!(line, " {}={}", hash.algorithm, hash.value).unwrap();
    }
    line
}

fn statement(statement: &Statement) -> String {
    let mut line = format!(
        "{} {}: {}",
        statement.vulnerability,
        statement.status.as_str(),
        product(&statement.product)
    );
    if let Some(component) = &statement.component {
        write!(line, " <- {}", product(component)).unwrap();
    }
    if let Some(justification) = &statement.justification {
        write!(line, " because={justification}").unwrap();
    }
    if let Some(detail) = &statement.detail {
        write!(line, " detail={detail:?}").unwrap();
    }
    for remediation in &statement.remediations {
        write!(line, " {}={:?}", remediation.category, remediation.details).unwrap();
    }
    line
}

pub(crate) fn statements(reading: &Reading) -> String {
    let lines: Vec<String> = advisory(reading).statements.iter().map(statement).collect();
    lines.join("\n")
}

/// The errors of a reading, one a line.
pub(crate) fn errors(reading: &Reading) -> String {
    lines(reading, |problem| problem.level == Level::Error)
}

/// What reading itself has to say, without the tests of the standard.
fn notes(reading: &Reading) -> String {
    lines(reading, |problem| !problem.message.contains("(CSAF test "))
}

/// A sound document of `version` and `category` with this product tree and these vulnerabilities.
pub(crate) fn document(version: &str, category: &str, tree: &str, vulnerabilities: &str) -> String {
    let (schema, label) = if version == "2.1" {
        (
            r#""$schema":"https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json","#,
            "CLEAR",
        )
    } else {
        ("", "WHITE")
    };
    format!(
        r#"{{{schema}"document":{{"category":"{category}","csaf_version":"{version}",
            "distribution":{{"tlp":{{"label":"{label}"}}}},"lang":"en",
            "publisher":{{"category":"vendor","name":"Northlight","namespace":"https://northlight.example"}},
            "references":[{{"category":"self","summary":"This document","url":"https://northlight.example/nl-1.json"}}],
            "title":"T",
            "tracking":{{"current_release_date":"2024-02-01T00:00:00Z","id":"NL-1","initial_release_date":"2024-01-01T00:00:00Z",
              "revision_history":[{{"date":"2024-01-01T00:00:00Z","number":"1","summary":"First."}},
                {{"date":"2024-02-01T00:00:00Z","number":"2","summary":"Second."}}],
              "status":"final","version":"2"}}}},
            "product_tree":{tree},"vulnerabilities":{vulnerabilities}}}"#
    )
}

const TREE: &str = r#"{
  "branches": [{"category": "vendor", "name": "Northlight", "branches": [
    {"category": "product_family", "name": "CT", "branches": [
      {"category": "product_name", "name": "CT 500", "branches": [
        {"category": "product_version", "name": "5.1", "product": {"name": "Northlight CT 500 5.1", "product_id": "P1",
          "product_identification_helper": {"cpe": "cpe:2.3:h:northlight:ct500:5.1:*:*:*:*:*:*:*",
            "model_numbers": ["CT500-A", "CT500-B"], "serial_numbers": ["S?"], "skus": ["10-500"],
            "hashes": [{"file_hashes": [{"algorithm": "sha256", "value": "4775203615d9534a8bfca96a93dc8b461a489f69124a130d786b42204f3341cc"}], "filename": "f"}]}}},
        {"category": "product_version_range", "name": "vers:generic/<5.1", "product": {"name": "CT 500 before 5.1", "product_id": "P2"}},
        {"category": "product_version", "name": "5.2", "branches": [
          {"category": "service_pack", "name": "SP2", "product": {"name": "CT 500 5.2 SP2", "product_id": "P3"}}]}]}]}]},
    {"category": "vendor", "name": "Apache", "branches": [
      {"category": "product_name", "name": "log4j-core", "branches": [
        {"category": "product_version", "name": "2.14.1", "product": {"name": "log4j-core 2.14.1", "product_id": "L1",
          "product_identification_helper": {"purl": "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"}}}]}]}],
  "full_product_names": [
    {"name": "Northlight Viewer: <= 4.4.553", "product_id": "F1"},
    {"name": "Apache Tool 1.2.3", "product_id": "F2"},
    {"name": "Something", "product_id": "F3"}],
  "relationships": [
    {"category": "default_component_of", "product_reference": "L1", "relates_to_product_reference": "P1",
     "full_product_name": {"name": "log4j in CT 500 5.1", "product_id": "R1"}},
    {"category": "installed_on", "product_reference": "R1", "relates_to_product_reference": "F3",
     "full_product_name": {"name": "log4j in CT 500 5.1 on Something", "product_id": "R2"}}],
  "product_groups": [{"group_id": "G1", "product_ids": ["P2", "F1"]}]
}"#;

const VULNERABILITIES: &str = r#"[{
  "cve": "CVE-2021-44228", "title": "Log4Shell", "cwe": {"id": "CWE-502", "name": "Deserialization of Untrusted Data"},
  "ids": [{"system_name": "Northlight bugs", "text": "4711"}, {"system_name": "GitHub", "text": "GHSA-jfh8-c2jp-5v3q"}],
  "notes": [{"category": "other", "text": "no"}, {"category": "summary", "text": "short"}, {"category": "description", "text": "long"}],
  "release_date": "2021-12-10T00:00:00Z",
  "scores": [{"products": ["P1"], "cvss_v3": {"version": "3.1", "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", "baseScore": 10.0, "baseSeverity": "CRITICAL"}},
             {"products": ["P2"], "cvss_v3": {"version": "3.1", "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", "baseScore": 10.0, "baseSeverity": "CRITICAL"}}],
  "product_status": {"known_affected": ["P2", "R1", "R2", "F1"], "first_affected": ["P2"], "fixed": ["P3"],
    "known_not_affected": ["P1"], "under_investigation": ["F2"], "recommended": ["P3"]},
  "remediations": [{"category": "vendor_fix", "details": "Install 5.2.", "url": "https://northlight.example/52", "group_ids": ["G1"]},
                   {"category": "mitigation", "details": "Block LDAP.", "product_ids": ["R1", "R2", "P2"]}],
  "flags": [{"label": "component_not_present", "product_ids": ["P1"]}],
  "threats": [{"category": "impact", "details": "Code execution.", "product_ids": ["P2"]},
              {"category": "exploit_status", "details": "Exploited.", "group_ids": ["G1"]},
              {"category": "target_set", "details": "All.", "product_ids": ["P2"]}],
  "involvements": [{"party": "vendor", "status": "completed"}]
}]"#;

#[test]
fn products_statements_and_remediations_are_joined() {
    let reading = csaf::read(document("2.0", "csaf_vex", TREE, VULNERABILITIES).as_bytes());
    assert_eq!(reading.version.as_deref(), Some("2.0"));
    let advisory = advisory(&reading);
    let products: Vec<String> = advisory
        .products
        .iter()
        .map(|entry| {
            format!(
                "{}: {}",
                entry.reference.as_deref().unwrap_or("?"),
                product(entry)
            )
        })
        .collect();
    insta::assert_snapshot!(products.join("\n"), @"
    P1: Northlight | CT 500 | [5.1] cpe=cpe:2.3:h:northlight:ct500:5.1:*:*:*:*:*:*:* models=CT500-A,CT500-B serials=S? skus=10-500 SHA-256=4775203615d9534a8bfca96a93dc8b461a489f69124a130d786b42204f3341cc
    P2: Northlight | CT 500 | (vers:generic/<5.1)
    P3: Northlight | CT 500 | [5.2 SP2]
    L1: Apache | log4j-core | [2.14.1] purl=pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1
    F1: Northlight | Viewer | (<= 4.4.553)
    F2: Apache | Tool | [1.2.3]
    F3: ? | Something | unstated
    R1: ? | log4j in CT 500 5.1 | unstated
    R2: ? | log4j in CT 500 5.1 on Something | unstated
    ");
    insta::assert_snapshot!(statements(&reading), @r#"
    CVE-2021-44228 affected: Northlight | CT 500 | (vers:generic/<5.1) detail="Code execution.\nExploit status: Exploited." vendor_fix="Install 5.2." mitigation="Block LDAP."
    CVE-2021-44228 affected: Northlight | CT 500 | [5.1] cpe=cpe:2.3:h:northlight:ct500:5.1:*:*:*:*:*:*:* models=CT500-A,CT500-B serials=S? skus=10-500 SHA-256=4775203615d9534a8bfca96a93dc8b461a489f69124a130d786b42204f3341cc <- Apache | log4j-core | [2.14.1] purl=pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 mitigation="Block LDAP."
    CVE-2021-44228 affected: ? | Something | unstated <- Apache | log4j-core | [2.14.1] purl=pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 mitigation="Block LDAP."
    CVE-2021-44228 affected: Northlight | Viewer | (<= 4.4.553) detail="Exploit status: Exploited." vendor_fix="Install 5.2."
    CVE-2021-44228 not affected: Northlight | CT 500 | [5.1] cpe=cpe:2.3:h:northlight:ct500:5.1:*:*:*:*:*:*:* models=CT500-A,CT500-B serials=S? skus=10-500 SHA-256=4775203615d9534a8bfca96a93dc8b461a489f69124a130d786b42204f3341cc because=component_not_present
    CVE-2021-44228 fixed: Northlight | CT 500 | [5.2 SP2]
    CVE-2021-44228 under investigation: Apache | Tool | [1.2.3]
    "#);
    assert_eq!(errors(&reading), "");
    insta::assert_snapshot!(notes(&reading), @"
    note csaf-name-split /product_tree/full_product_names/0: name and versions were told apart in 'Northlight Viewer: <= 4.4.553'
    note csaf-name-split /product_tree/full_product_names/1: name and versions were told apart in 'Apache Tool 1.2.3'
    ");
    assert_eq!(advisory.id, "NL-1");
    assert_eq!(advisory.revision.as_deref(), Some("2"));
    assert_eq!(advisory.publisher, "Northlight");
    assert_eq!(advisory.tlp.as_deref(), Some("WHITE"));
    let record = &advisory.records[0];
    assert_eq!(record.source, "CSAF NL-1");
    assert_eq!(
        record.aliases,
        ["Northlight bugs:4711", "GHSA-jfh8-c2jp-5v3q"]
    );
    assert_eq!(record.description.as_deref(), Some("long"));
    assert_eq!(record.weaknesses, ["CWE-502"]);
    assert_eq!(record.published, "2021-12-10T00:00:00Z".parse().ok());
    assert_eq!(
        record.scores.len(),
        1,
        "the same score of two products is one score"
    );
    let counts: Vec<(&str, u64)> = reading
        .summary
        .iter()
        .map(|(name, count)| (*name, *count))
        .collect();
    assert_eq!(
        counts,
        [
            ("products", 9),
            ("remediations", 2),
            ("statements", 7),
            ("updates", 2),
            ("vulnerabilities", 1)
        ]
    );
}

/// Remediations of each kind on products of the publisher, of others, and on combinations.
const FIXES: &str = r#"[{"cve": "CVE-2021-44228", "remediations": [
    {"category": "vendor_fix", "details": "Install 5.2.\nThen restart.", "date": "2024-01-15T10:00:00Z", "url": "https://northlight.example/52",
     "restart_required": {"category": "machine"}, "entitlements": ["Service contract"], "product_ids": ["P2", "R1", "F2", "missing"]},
    {"category": "vendor_fix", "details": "Install 6.0.", "date": "2024-06-01T00:00:00Z", "product_ids": ["P1"]},
    {"category": "optional_patch", "details": "Install KB5034127.", "restart_required": {"category": "none"}, "group_ids": ["G1"]},
    {"category": "fix_planned", "details": "Wait for 7.", "product_ids": ["P3"]},
    {"category": "mitigation", "details": "Block LDAP.", "product_ids": ["P2"]},
    {"category": "workaround", "details": "Switch it off.", "product_ids": ["P2"]},
    {"category": "no_fix_planned", "details": "Nothing.", "product_ids": ["P2"]},
    {"category": "none_available", "details": "Not yet.", "product_ids": ["P2"]},
    {"category": "vendor_fix", "product_ids": ["P2"]}, 7]},
  {"cve": "CVE-2021-45046", "remediations": [
    {"category": "vendor_fix", "details": "Install 5.2.\nThen restart.", "date": "2024-01-15T10:00:00Z", "url": "https://northlight.example/52", "product_ids": ["F1"]}]}]"#;

fn updates(reading: &Reading) -> String {
    let lines: Vec<String> = advisory(reading)
        .updates
        .iter()
        .map(|one| {
            format!(
                "{} | {} | {} | {} | {} | {}",
                one.update,
                product(&one.release).split(" cpe=").next().unwrap(),
                one.status.as_str(),
                one.date.map_or("-".to_owned(), |date| date.to_string()),
                one.remark.as_deref().unwrap_or("-"),
                one.place
            )
        })
        .collect();
    lines.join("\n")
}

#[test]
fn what_a_manufacturer_offers_for_its_own_products_is_a_validated_update() {
    let text = document("2.1", "csaf_security_advisory", TREE, FIXES);
    insta::assert_snapshot!(updates(&csaf::read(text.as_bytes())), @"
    Install 5.2. | Northlight | CT 500 | (vers:generic/<5.1) | approved | 2024-01-15 | restart: machine; entitlement: Service contract; mends CVE-2021-44228, CVE-2021-45046; https://northlight.example/52 | /vulnerabilities/0/remediations/0
    Install 5.2. | Northlight | Viewer | (<= 4.4.553) | approved | 2024-01-15 | restart: machine; entitlement: Service contract; mends CVE-2021-44228, CVE-2021-45046; https://northlight.example/52 | /vulnerabilities/0/remediations/0
    Install 5.2. | Northlight | CT 500 | [5.1] | approved | 2024-01-15 | for its part log4j-core; restart: machine; entitlement: Service contract; mends CVE-2021-44228, CVE-2021-45046; https://northlight.example/52 | /vulnerabilities/0/remediations/0
    Install 6.0. | Northlight | CT 500 | [5.1] | pending | 2024-06-01 | mends CVE-2021-44228 | /vulnerabilities/0/remediations/1
    Install KB5034127. | Northlight | CT 500 | (vers:generic/<5.1) | approved | - | mends CVE-2021-44228 | /vulnerabilities/0/remediations/2
    Install KB5034127. | Northlight | Viewer | (<= 4.4.553) | approved | - | mends CVE-2021-44228 | /vulnerabilities/0/remediations/2
    Wait for 7. | Northlight | CT 500 | [5.2 SP2] | pending | - | mends CVE-2021-44228 | /vulnerabilities/0/remediations/3
    ");
    // Others pass on what a manufacturer said; that is no word of its own.
    for (from, to) in [
        (
            "\"vendor\",\"name\":\"Northlight\"",
            "\"coordinator\",\"name\":\"CISA\"",
        ),
        ("\"csaf_security_advisory\"", "\"csaf_withdrawn\""),
    ] {
        let other = text.replacen(from, to, 1);
        assert_ne!(other, text);
        assert_eq!(updates(&csaf::read(other.as_bytes())), "");
    }
}

#[test]
fn updates_for_products_without_end_are_bounded_and_told() {
    let names: Vec<String> = (0..3_000)
        .map(|number| format!(r#"{{"name":"N{number}","product_id":"P{number}"}}"#))
        .collect();
    let ids: Vec<String> = (0..3_000).map(|number| format!("\"P{number}\"")).collect();
    let tree = format!(r#"{{"full_product_names":[{}]}}"#, names.join(","));
    let fix = |number: usize| {
        format!(
            r#"{{"category":"vendor_fix","details":"Install {number}.","product_ids":[{}]}}"#,
            ids.join(",")
        )
    };
    let flaws = format!(
        r#"[{{"cve":"CVE-2021-44228","remediations":[{},{}]}}]"#,
        fix(1),
        fix(2)
    );
    let reading = csaf::read(document("2.0", "csaf_base", &tree, &flaws).as_bytes());
    assert_eq!(advisory(&reading).updates.len(), 5_000);
    let told = reading.problems.iter();
    assert_eq!(told.filter(|one| one.id == "csaf-updates-many").count(), 1);
}

#[test]
fn csaf_2_1_says_the_same_in_other_words() {
    let reading = csaf::read(document("2.1", "csaf_security_advisory", r#"{
        "branches": [{"category": "vendor", "name": "Northlight", "branches": [{"category": "product_name", "name": "CT 500", "branches": [
          {"category": "product_version", "name": "5.1", "product": {"name": "CT 500 5.1", "product_id": "P1"}}]}]}],
        "full_product_names": [
          {"name": "openssl 3.0.1", "product_id": "O", "product_identification_helper": {"purls": ["pkg:generic/openssl@3.0.1", "pkg:generic/openssl@3.0.1?arch=arm64"]}},
          {"name": "Host 7", "product_id": "H"}],
        "product_paths": [{"beginning_product_reference": "O", "full_product_name": {"name": "openssl in CT 500 on Host 7", "product_id": "X"},
          "subpaths": [{"category": "default_component_of", "next_product_reference": "P1"}, {"category": "installed_on", "next_product_reference": "H"}]}]}"#,
      r#"[{"cve": "CVE-2022-0778", "cwes": [{"id": "CWE-835", "name": "Loop with Unreachable Exit Condition ('Infinite Loop')", "version": "4.12"}], "notes": [{"category": "summary", "text": "short"}], "disclosure_date": "2022-03-15T00:00:00Z",
         "metrics": [{"products": ["X"], "source": "https://nvd.example",
            "content": {"cvss_v4": {"version": "4.0", "vectorString": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N", "baseScore": 8.7, "baseSeverity": "HIGH"},
              "ssvc_v2": {"schemaVersion": "2.0.0", "timestamp": "2024-01-01T00:00:00Z", "selections": [
                {"namespace": "ssvc", "key": "E", "version": "1.1.0", "values": [{"key": "A"}]},
                {"namespace": "ssvc", "key": "TI", "version": "1.0.0", "values": [{"key": "T"}]},
                {"namespace": "ssvc", "key": "A", "version": "2.0.0", "values": [{"key": "N"}, {"key": "Y"}]}]},
              "epss": {"probability": "0.1", "percentile": "0.2", "timestamp": "2024-01-01T00:00:00Z"}}}],
         "product_status": {"known_affected": ["X"], "unknown": ["P1"]},
         "remediations": [{"category": "fix_planned", "details": "Soon.", "product_ids": ["X"]}]}]"#).as_bytes());
    insta::assert_snapshot!(statements(&reading), @r#"
    CVE-2022-0778 affected: ? | Host 7 | unstated <- ? | openssl | [3.0.1] purl=pkg:generic/openssl@3.0.1 fix_planned="Soon."
    CVE-2022-0778 unknown: Northlight | CT 500 | [5.1]
    "#);
    assert_eq!(errors(&reading), "");
    insta::assert_snapshot!(notes(&reading), @"note csaf-purls-many /product_tree/full_product_names/0/product_identification_helper/purls: the product has 2 package URLs; the first one was read");
    let record = &advisory(&reading).records[0];
    assert_eq!(record.published, "2022-03-15T00:00:00Z".parse().ok());
    assert_eq!(record.weaknesses, ["CWE-835"]);
    assert_eq!(record.scores[0].version, "4.0");
    assert_eq!(record.scores[0].source, "https://nvd.example");
    let ssvc = record.ssvc.as_ref().unwrap();
    assert_eq!(ssvc.exploitation.as_deref(), Some("active"));
    assert_eq!(ssvc.technical_impact.as_deref(), Some("total"));
    assert_eq!(ssvc.automatable, None, "two values are no answer");
}

#[test]
fn a_missing_field_of_the_document_is_named() {
    let reading = csaf::read(br#"{"document":{"category":"csaf_base","csaf_version":"2.1","title":" ","tracking":{"id":5,"initial_release_date":"soon"}}}"#);
    insta::assert_snapshot!(problems(&reading), @"
    error json-value-set-aside /document/tracking/id: the value is a number, where a text is expected; it was set aside
    error csaf-date-malformed /document/tracking/initial_release_date: 'soon' is not a date and time with offset (RFC 3339) (CSAF test 6.1.37)
    error csaf-field-missing /document/tracking/current_release_date: the field is missing; the CSAF schema demands it
    error csaf-field-missing /document/tracking/revision_history: the field is missing; the CSAF schema demands it
    error csaf-field-missing /document/tracking/status: the field is missing; the CSAF schema demands it
    error csaf-field-missing /document/tracking/version: the field is missing; the CSAF schema demands it
    error csaf-field-missing /document/distribution: the field is missing; the CSAF schema demands it
    error csaf-field-missing /document/publisher: the field is missing; the CSAF schema demands it
    error csaf-field-missing /$schema: the field is missing; the CSAF schema demands it
    warning csaf-6-2-12 /document/lang: the document does not say its language (CSAF test 6.2.12)
    ");
    for text in ["{}", "[]", "", r#"{"document":7}"#, "null"] {
        let reading = csaf::read(text.as_bytes());
        assert!(reading.document.is_none(), "{text}");
        assert!(!reading.is_valid(), "{text}");
    }
}

#[test]
fn ids_that_do_not_hold_are_named_with_their_test() {
    let reading = csaf::read(document("2.0", "csaf_vex", r#"{
        "full_product_names": [{"name": "A", "product_id": "A"}, {"name": "B", "product_id": "A"}, {"name": "C"}, {"product_id": "D"}],
        "relationships": [
          {"category": "installed_on", "product_reference": "A", "relates_to_product_reference": "Q", "full_product_name": {"name": "A on Q", "product_id": "AQ"}},
          {"category": "installed_on", "product_reference": "A", "relates_to_product_reference": "Y", "full_product_name": {"name": "X", "product_id": "X"}},
          {"category": "installed_on", "product_reference": "X", "relates_to_product_reference": "A", "full_product_name": {"name": "Y", "product_id": "Y"}},
          {"category": "installed_on", "product_reference": "Z", "relates_to_product_reference": "Z", "full_product_name": {"name": "Z", "product_id": "Z"}}],
        "product_groups": [{"group_id": "G", "product_ids": ["A", "N"]}, {"group_id": "G", "product_ids": ["D", "A"]}]}"#,
      r#"[{"product_status": {"known_affected": ["A", "M"], "fixed": ["A"], "known_not_affected": ["D"]},
           "remediations": [{"category": "none_available", "details": "x"}, {"category": "mitigation", "details": "y", "group_ids": ["G", "H"]}],
           "flags": [{"label": "component_not_present"}]},
          {"ids": [{"system_name": "bugs", "text": "7"}], "cve": "CVE-1", "product_status": {"known_affected": ["X", "AQ"]}},
          {"cve": "CVE-2024-12345"}]"#).as_bytes());
    insta::assert_snapshot!(errors(&reading), @"
    error csaf-field-missing /product_tree/full_product_names/2/product_id: the field is missing; the CSAF schema demands it
    error csaf-field-missing /product_tree/full_product_names/3/name: the field is missing; the CSAF schema demands it
    error csaf-cve-malformed /vulnerabilities/1/cve: 'CVE-1' is not a CVE id (CVE-YYYY-NNNN)
    error csaf-product-undefined /product_tree/product_groups/0/product_ids/1: the product id 'N' is not defined in the product tree (CSAF test 6.1.1)
    error csaf-product-undefined /product_tree/relationships/0/relates_to_product_reference: the product id 'Q' is not defined in the product tree (CSAF test 6.1.1)
    error csaf-product-undefined /vulnerabilities/0/product_status/known_affected/1: the product id 'M' is not defined in the product tree (CSAF test 6.1.1)
    error csaf-product-duplicate /product_tree/full_product_names/1/product_id: the product id 'A' is defined more than once; the first one holds (CSAF test 6.1.2)
    error csaf-product-circular /product_tree/relationships/1/full_product_name/product_id: the product id 'X' is defined by itself (CSAF test 6.1.3)
    error csaf-product-circular /product_tree/relationships/2/full_product_name/product_id: the product id 'Y' is defined by itself (CSAF test 6.1.3)
    error csaf-product-circular /product_tree/relationships/3/full_product_name/product_id: the product id 'Z' is defined by itself (CSAF test 6.1.3)
    error csaf-group-undefined /vulnerabilities/0/remediations/1/group_ids/1: the group id 'H' is not defined in the product tree (CSAF test 6.1.4)
    error csaf-group-duplicate /product_tree/product_groups/1/group_id: the group id 'G' is defined more than once; the first one holds (CSAF test 6.1.5)
    error csaf-status-contradiction /vulnerabilities/0/product_status/fixed/0: the product id 'A' is affected and fixed at once (CSAF test 6.1.6)
    error csaf-6-1-27-05 /vulnerabilities/0: the vulnerability has no notes (CSAF test 6.1.27.5)
    error csaf-vex-id-missing /vulnerabilities/0: the vulnerability has neither cve nor ids (CSAF test 6.1.27.8)
    error csaf-vex-justification-missing /vulnerabilities/0/product_status/known_not_affected/0: the product id 'D' is not affected, with no flag or impact that says why (CSAF test 6.1.27.9)
    error csaf-vex-action-missing /vulnerabilities/0/product_status/known_affected/1: the product id 'M' is affected, with no remediation (CSAF test 6.1.27.10)
    error csaf-remediation-without-product /vulnerabilities/0/remediations/0: the remediation names no product or group, so it belongs to no statement (CSAF test 6.1.29)
    error csaf-flag-without-product /vulnerabilities/0/flags/0: the flag names no product or group, so it belongs to no statement (CSAF test 6.1.32)
    error csaf-6-1-27-05 /vulnerabilities/1: the vulnerability has no notes (CSAF test 6.1.27.5)
    error csaf-vex-action-missing /vulnerabilities/1/product_status/known_affected/0: the product id 'X' is affected, with no remediation (CSAF test 6.1.27.10)
    error csaf-vex-action-missing /vulnerabilities/1/product_status/known_affected/1: the product id 'AQ' is affected, with no remediation (CSAF test 6.1.27.10)
    error csaf-6-1-27-05 /vulnerabilities/2: the vulnerability has no notes (CSAF test 6.1.27.5)
    error csaf-vex-status-missing /vulnerabilities/2: the vulnerability has no product that is fixed, affected, not affected or under investigation (CSAF test 6.1.27.7)
    ");
    insta::assert_snapshot!(statements(&reading), @r#"
    NL-1#1 affected: ? | A | unstated mitigation="y"
    NL-1#1 not affected: ? |  | unstated
    NL-1#1 fixed: ? | A | unstated mitigation="y"
    CVE-1 affected: ? | Y | unstated <- ? | A | unstated
    CVE-1 affected: ? | A on Q | unstated
    "#);
}

#[test]
fn a_flaw_without_any_id_is_named_after_the_document() {
    let reading = csaf::read(
        document(
            "2.0",
            "csaf_security_advisory",
            r#"{"full_product_names":[{"name":"A","product_id":"A"}]}"#,
            r#"[{"title":"x","product_status":{"known_affected":["A"]}},{"ids":[{"system_name":"bugs","text":"7"},{"system_name":"EU","text":"EUVD-2024-1"}]},
                {"ids":[{"system_name":"advisories","text":"NL-SA-2026-002"},{"system_name":"advisories","text":"NL-SA-2026-003"}]},
                {"cve":"CVE-2024-12345","ids":[{"system_name":"advisories","text":"NL-SA-2026-002"}]}]"#,
        )
        .as_bytes(),
    );
    let ids: Vec<&str> = advisory(&reading)
        .records
        .iter()
        .map(|record| record.id.as_str())
        .collect();
    assert_eq!(
        ids,
        ["NL-1#1", "bugs:7", "NL-SA-2026-002", "CVE-2024-12345"]
    );
    let aliases: Vec<&[String]> = advisory(&reading)
        .records
        .iter()
        .map(|record| record.aliases.as_slice())
        .collect();
    // The id of an advisory is no other name of each flaw in it.
    assert_eq!(aliases[1], ["EUVD-2024-1"]);
    assert_eq!(aliases[2], ["advisories:NL-SA-2026-003"]);
    assert!(aliases[3].is_empty());
}

#[test]
fn a_withdrawn_document_keeps_its_flaws_out_of_the_count() {
    let reading = csaf::read(
        document(
            "2.1",
            "csaf_withdrawn",
            "{}",
            r#"[{"cve":"CVE-2024-12345"}]"#,
        )
        .as_bytes(),
    );
    assert_eq!(advisory(&reading).records[0].state, RecordState::Rejected);
}

/// What holds of every reading of a hostile document.
#[track_caller]
pub(crate) fn is_safe(reading: &Reading) {
    assert!(reading.problems.len() < 2_000, "{}", reading.problems.len());
    for problem in &reading.problems {
        assert_eq!(printable(&problem.message), problem.message.as_str());
        assert!(problem.message.len() < 1_000, "{}", problem.message.len());
        assert!(problem.at.to_string().len() < 2_000);
    }
}

#[test]
fn a_document_cut_anywhere_is_answered_with_an_error() {
    let whole = document("2.0", "csaf_vex", TREE, VULNERABILITIES);
    for end in (0..whole.len()).step_by(3) {
        let reading = csaf::read(&whole.as_bytes()[..end]);
        assert!(!reading.is_valid(), "cut at {end}");
        is_safe(&reading);
    }
}

#[test]
fn a_small_document_cannot_fill_the_memory() {
    // One name of a megabyte, spoken of a hundred thousand times: 100 GB of statements.
    let name = "N".repeat(1 << 20);
    let tree = format!(
        r#"{{"branches":[{{"category":"vendor","name":"V","branches":[{{"category":"product_name","name":"{name}","product":{{"name":"x","product_id":"A"}}}}]}}]}}"#
    );
    let flaws =
        vec![r#"{"cve":"CVE-2024-12345","product_status":{"known_affected":["A"]}}"#; 100_000]
            .join(",");
    let reading = csaf::read(
        document(
            "2.0",
            "csaf_security_advisory",
            &tree,
            &format!("[{flaws}]"),
        )
        .as_bytes(),
    );
    assert!(problems(&reading).contains("csaf-too-large"));
    is_safe(&reading);
    // A group of ten thousand products that ten thousand remediations name.
    let names: Vec<String> = (0..10_000)
        .map(|id| format!(r#"{{"name":"p","product_id":"{id}"}}"#))
        .collect();
    let ids: Vec<String> = (0..10_000).map(|id| format!(r#""{id}""#)).collect();
    let tree = format!(
        r#"{{"full_product_names":[{}],"product_groups":[{{"group_id":"G","product_ids":[{}]}}]}}"#,
        names.join(","),
        ids.join(",")
    );
    let remediations =
        vec![r#"{"category":"mitigation","details":"d","group_ids":["G"]}"#; 10_000].join(",");
    let flaw = format!(
        r#"[{{"cve":"CVE-2024-12345","product_status":{{"known_affected":["1"]}},"remediations":[{remediations}]}}]"#
    );
    let reading = csaf::read(document("2.0", "csaf_security_advisory", &tree, &flaw).as_bytes());
    assert!(problems(&reading).contains("csaf-too-large"));
}

#[test]
fn branches_and_relationships_without_end_are_answered() {
    let mut tree =
        r#"{"category":"product_name","name":"P","product":{"name":"P","product_id":"P"}}"#
            .to_owned();
    for _ in 0..55 {
        tree = format!(r#"{{"category":"product_family","name":"F","branches":[{tree}]}}"#);
    }
    let reading = csaf::read(
        document(
            "2.0",
            "csaf_security_advisory",
            &format!(r#"{{"branches":[{tree}]}}"#),
            "[]",
        )
        .as_bytes(),
    );
    assert_eq!(
        advisory(&reading).products.len(),
        1,
        "{}",
        problems(&reading)
    );
    for _ in 0..100_000 {
        tree = format!("{{\"branches\":[{tree}");
        if tree.len() > 2_000_000 {
            break;
        }
        tree.push_str("]}");
        if tree.len() > 20_000 {
            break;
        }
    }
    let reading = csaf::read(
        document(
            "2.0",
            "csaf_security_advisory",
            &format!(r#"{{"branches":[{tree}]}}"#),
            "[]",
        )
        .as_bytes(),
    );
    assert!(
        problems(&reading).contains("json-too-deep"),
        "{}",
        problems(&reading)
    );
    // A chain of relationships, each on the one before: the outermost is found in one pass.
    let mut relationships = String::new();
    for id in 1..50_000 {
        write!(relationships, r#"{{"product_reference":"P{}","relates_to_product_reference":"W","full_product_name":{{"name":"n","product_id":"P{id}"}}}},"#,
            id - 1).unwrap();
    }
    let tree = format!(
        r#"{{"full_product_names":[{{"name":"Part","product_id":"P0"}},{{"name":"Whole","product_id":"W"}}],"relationships":[{}]}}"#,
        relationships.trim_end_matches(',')
    );
    let reading = csaf::read(
        document(
            "2.0",
            "csaf_security_advisory",
            &tree,
            r#"[{"cve":"CVE-2024-12345","product_status":{"known_affected":["P49999"]}}]"#,
        )
        .as_bytes(),
    );
    assert_eq!(
        statements(&reading),
        "CVE-2024-12345 affected: ? | Whole | unstated <- ? | Part | unstated"
    );
}

#[test]
fn control_characters_and_wrong_encodings_are_answered() {
    let text = document("2.0", "csaf_vex", TREE, VULNERABILITIES);
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let reading = csaf::read(&utf_16);
    assert_eq!(advisory(&reading).statements.len(), 7);
    assert!(problems(&reading).contains("json-utf-16"));
    let hostile = document(
        "2.0",
        "csaf_vex",
        "{\"full_product_names\":[{\"name\":\"a\u{1b}[2J\u{202e}\",\"product_id\":\"\u{202e}x\0\"},{\"name\":\"=1+1\",\"product_id\":\"\u{202e}x\0\"}]}",
        "[{\"cve\":\"\u{202e}\u{1b}\",\"product_status\":{\"known_affected\":[\"\u{7}\"]}}]",
    );
    let reading = csaf::read(hostile.as_bytes());
    assert!(!reading.is_valid());
    is_safe(&reading);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Any value in the place of any other is set aside or read, and never takes the reader down.
    #[test]
    fn a_document_with_one_value_replaced_is_still_answered(
        place in 0_usize..250,
        value in prop::sample::select(vec!["null", "7", "-1e5", "true", "[]", "{}", "\"P1\"", "[[[]]]", "{\"a\":{\"b\":1}}", "1e999", "\"\\ud800\""]),
    ) {
        let text = document("2.0", "csaf_vex", TREE, VULNERABILITIES);
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
            let reading = csaf::read(changed.as_bytes());
            is_safe(&reading);
            // A place inside a text breaks the text; every other one leaves JSON.
            let is_json = serde_json::from_str::<serde::de::IgnoredAny>(&changed).is_ok();
            prop_assert_eq!(reading.document.is_some(), is_json, "{}", problems(&reading));
        }
    }
}
