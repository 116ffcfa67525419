//! OpenVEX documents: real ones, and ones made for each rule of the specification.

use isocenter_documents::openvex;
use isocenter_model::product::VersionExpression;
use isocenter_model::statement::Status;
use isocenter_model::{Document, DocumentKind, Reading};

use crate::csaf::{advisory, problems, statements};
use crate::paper::ids;
use crate::real_data;

/// A sound document of 0.2.0 with these statements.
fn document(statements: &str) -> Reading {
    openvex::read(
        format!(
            r#"{{"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://northlight.example/vex/1","author":"Northlight",
                "timestamp":"2026-01-01T00:00:00Z","version":1,"statements":[{statements}]}}"#
        )
        .as_bytes(),
    )
}

#[test]
fn a_statement_becomes_one_for_each_product_and_part() {
    let reading = openvex::read(
        br#"{
  "@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://northlight.example/vex/7", "author": "Northlight PSIRT <psirt@northlight.example>",
  "role": "Vendor", "timestamp": "2026-01-01T00:00:00+01:00", "last_updated": "2026-02-01T00:00:00Z", "version": 3, "tooling": "by hand",
  "statements": [
    {"@id": "https://northlight.example/vex/7#1", "version": 2,
     "vulnerability": {"@id": "https://nvd.nist.gov/vuln/detail/CVE-2021-44228", "name": "CVE-2021-44228", "description": "Log4Shell.",
        "aliases": ["GHSA-jfh8-c2jp-5v3q", "CVE-2021-44228"]},
     "supplier": "Northlight",
     "products": [
        {"@id": "pkg:generic/northlight/ct-500@5.1?arch=x86_64", "subcomponents": [
            {"@id": "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"},
            {"identifiers": {"cpe23": "cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:*", "cpe22": "cpe:/a:apache:log4j:2.14.1"}}]},
        {"identifiers": {"purl": "pkg:generic/northlight/mr-3?vers=vers:semver/%3C3.0"},
         "hashes": {"sha-256": "402fa523b96591d4450ace90e32d9f779fcfd938903e1c5bf9d3701860b8f856"}}],
     "status": "not_affected", "justification": "vulnerable_code_not_in_execute_path", "impact_statement": "JNDI is off.",
     "status_notes": "Tested.", "timestamp": "2026-01-15T00:00:00Z", "last_updated": "2026-01-20T00:00:00Z"},
    {"vulnerability": {"name": "CVE-2021-44228"}, "products": [{"@id": "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#console"}],
     "status": "affected", "action_statement": "Install 5.2.", "action_statement_timestamp": "2026-01-02T00:00:00Z"},
    {"vulnerability": {"name": "NL-2026-1"}, "products": [{"@id": "cpe:/a:northlight:ct_500:5.1"}], "status": "fixed"},
    {"vulnerability": {"name": "NL-2026-2"}, "products": [{"@id": "pkg:generic/northlight/ct-500"}], "status": "under_investigation"}
  ]
}"#,
    );
    assert_eq!(reading.kind, DocumentKind::OpenVex);
    assert_eq!(reading.version.as_deref(), Some("0.2.0"));
    insta::assert_snapshot!(statements(&reading), @r#"
    CVE-2021-44228 not affected: Northlight | ct-500 | [5.1] purl=pkg:generic/northlight/ct-500@5.1?arch=x86_64 <- ? |  | [2.14.1] purl=pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 because=vulnerable_code_not_in_execute_path detail="JNDI is off.\nTested."
    CVE-2021-44228 not affected: Northlight | ct-500 | [5.1] purl=pkg:generic/northlight/ct-500@5.1?arch=x86_64 <- ? |  | [2.14.1] cpe=cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:* because=vulnerable_code_not_in_execute_path detail="JNDI is off.\nTested."
    CVE-2021-44228 not affected: Northlight | mr-3 | (vers:semver/<3.0) purl=pkg:generic/northlight/mr-3?vers=vers:semver/%3C3.0 SHA-256=402fa523b96591d4450ace90e32d9f779fcfd938903e1c5bf9d3701860b8f856 because=vulnerable_code_not_in_execute_path detail="JNDI is off.\nTested."
    CVE-2021-44228 affected: ? |  | unstated mitigation="Install 5.2."
    NL-2026-1 fixed: ? |  | [5.1] cpe=cpe:/a:northlight:ct_500:5.1
    NL-2026-2 under investigation: ? |  | unstated purl=pkg:generic/northlight/ct-500
    "#);
    insta::assert_snapshot!(problems(&reading), @"");
    insta::assert_debug_snapshot!(reading.summary, @r#"
    {
        "products": 5,
        "statements": 6,
        "vulnerabilities": 3,
    }
    "#);
    let advisory = advisory(&reading);
    let issued: Vec<String> = advisory
        .statements
        .iter()
        .map(|statement| statement.issued.unwrap().to_string())
        .collect();
    insta::assert_snapshot!(issued.join(" "), @"2026-01-20T00:00:00Z 2026-01-20T00:00:00Z 2026-01-20T00:00:00Z 2025-12-31T23:00:00Z 2025-12-31T23:00:00Z 2025-12-31T23:00:00Z");
    assert_eq!(advisory.publisher, "Northlight PSIRT");
    assert_eq!(advisory.id, "https://northlight.example/vex/7");
    assert_eq!(advisory.revision.as_deref(), Some("3"));
    assert_eq!(
        advisory.statements[0].author.as_deref(),
        Some("Northlight PSIRT")
    );
    assert_eq!(advisory.records[0].aliases, ["GHSA-jfh8-c2jp-5v3q"]);
    assert_eq!(
        advisory.records[0].description.as_deref(),
        Some("Log4Shell.")
    );
    assert_eq!(
        advisory.records[0].source,
        "VEX https://northlight.example/vex/7"
    );
}

#[test]
fn drafts_have_texts_where_later_objects_stand() {
    let draft = r#"{
  "@context": "https://openvex.dev/ns", "@id": "https://northlight.example/vex/1", "author": "Northlight", "role": "Vendor",
  "timestamp": "2023-01-08T18:02:03.647787998-06:00", "version": "1", "supplier": "Northlight",
  "statements": [{"vulnerability": "CVE-2023-12345", "vuln_description": "A flaw.",
    "products": ["pkg:apk/wolfi/git@2.39.0-r1?arch=armv7", "pkg:apk/wolfi/git@2.39.0-r1?arch=x86_64"],
    "subcomponents": ["pkg:apk/wolfi/zlib@1.2", {"@id": "pkg:apk/wolfi/pcre2"}], "status": "fixed", "extra": 1}]}"#;
    let reading = openvex::read(draft.as_bytes());
    insta::assert_snapshot!(statements(&reading), @r"
    CVE-2023-12345 fixed: ? |  | [2.39.0-r1] purl=pkg:apk/wolfi/git@2.39.0-r1?arch=armv7 <- ? |  | [1.2] purl=pkg:apk/wolfi/zlib@1.2
    CVE-2023-12345 fixed: ? |  | [2.39.0-r1] purl=pkg:apk/wolfi/git@2.39.0-r1?arch=armv7 <- ? |  | unstated purl=pkg:apk/wolfi/pcre2
    CVE-2023-12345 fixed: ? |  | [2.39.0-r1] purl=pkg:apk/wolfi/git@2.39.0-r1?arch=x86_64 <- ? |  | [1.2] purl=pkg:apk/wolfi/zlib@1.2
    CVE-2023-12345 fixed: ? |  | [2.39.0-r1] purl=pkg:apk/wolfi/git@2.39.0-r1?arch=x86_64 <- ? |  | unstated purl=pkg:apk/wolfi/pcre2
    ");
    insta::assert_snapshot!(problems(&reading), @"note openvex-field-unknown /statements/0/extra: OpenVEX has no field `extra` here, so it was not read");
    assert_eq!(reading.version, None);
    assert_eq!(
        advisory(&reading).records[0].description.as_deref(),
        Some("A flaw.")
    );
    // Under the name of 0.2.0 the same shapes are wrong, and read all the same.
    let later = draft.replace("openvex.dev/ns", "openvex.dev/ns/v0.2.0");
    let later = openvex::read(later.as_bytes());
    assert_eq!(statements(&later), statements(&reading));
    insta::assert_snapshot!(problems(&later), @r"
    error openvex-field-unknown /supplier: OpenVEX has no field `supplier` here, so it was not read
    error openvex-draft-shape /version: the value is a text, as in the drafts before 0.2.0; it was read
    error openvex-field-unknown /statements/0/vuln_description: OpenVEX has no field `vuln_description` here, so it was not read
    error openvex-field-unknown /statements/0/subcomponents: OpenVEX has no field `subcomponents` here, so it was not read
    error openvex-field-unknown /statements/0/extra: OpenVEX has no field `extra` here, so it was not read
    error openvex-draft-shape /statements/0/vulnerability: the value is a text, as in the drafts before 0.2.0; it was read
    error openvex-draft-shape /statements/0/subcomponents/0: the product is a text, as in the drafts before 0.2.0; it was read
    error openvex-draft-shape /statements/0/products/0: the product is a text, as in the drafts before 0.2.0; it was read
    error openvex-draft-shape /statements/0/products/1: the product is a text, as in the drafts before 0.2.0; it was read
    ");
}

#[track_caller]
fn check(statement: &str, expected: &[&str]) {
    let reading = document(statement);
    assert_eq!(
        ids(&reading),
        expected,
        "{}\n{}",
        statement,
        problems(&reading)
    );
}

#[test]
fn a_statement_names_flaw_product_status_and_why() {
    const PRODUCT: &str = r#""products":[{"@id":"pkg:npm/a@1"}]"#;
    const FLAW: &str = r#""vulnerability":{"name":"CVE-2026-1"}"#;
    let with = |rest: &str| format!("{{{FLAW},{PRODUCT}{rest}}}");
    let said = |rest: &str, expected: &[&str]| check(&with(rest), expected);
    said(r#","status":"fixed""#, &[]);
    said(r#","status":"under_investigation""#, &[]);
    said("", &["openvex-field-missing"]);
    said(r#","status":"Fixed""#, &["openvex-status-unknown"]);
    said(r#","status":"not_affected""#, &["openvex-reason-missing"]);
    said(
        r#","status":"not_affected","justification":" ""#,
        &["openvex-reason-missing"],
    );
    said(
        r#","status":"not_affected","justification":"component_not_present""#,
        &[],
    );
    said(
        r#","status":"not_affected","impact_statement":"It is not there.""#,
        &[],
    );
    said(
        r#","status":"not_affected","justification":"inline_mitigations_already_exist","impact_statement":"So.""#,
        &[],
    );
    said(
        r#","status":"not_affected","justification":"code_not_present""#,
        &["openvex-justification-unknown"],
    );
    said(r#","status":"affected""#, &["openvex-action-missing"]);
    said(r#","status":"affected","action_statement":"Update.""#, &[]);
    said(
        r#","status":"fixed","justification":"component_not_present""#,
        &["openvex-reason-misplaced"],
    );
    said(r#","status":"fixed","note":1"#, &["openvex-field-unknown"]);
    said(
        r#","status":"fixed","timestamp":"2026-01-01""#,
        &["openvex-date-malformed"],
    );
    said(
        r#","status":"fixed","version":0"#,
        &["json-value-set-aside"],
    );
    said(
        r#","status":"fixed","version":1.5"#,
        &["json-value-set-aside"],
    );
    said(r#","status":"fixed","version":4"#, &[]);
    said(r#","status":["fixed"]"#, &["json-value-set-aside"]);
    let fixed = r#""status":"fixed""#;
    check(&format!("{{{FLAW},{fixed}}}"), &["openvex-product-missing"]);
    check(
        &format!(r#"{{{FLAW},{fixed},"products":[]}}"#),
        &["openvex-product-missing"],
    );
    check(
        &format!("{{{PRODUCT},{fixed}}}"),
        &["openvex-field-missing"],
    );
    check(
        &format!(r#"{{"vulnerability":{{"aliases":[]}},{PRODUCT},{fixed}}}"#),
        &["openvex-field-missing"],
    );
    check(
        &format!(
            r#"{{"vulnerability":{{"name":"A","aliases":["B","B",7],"@id":"a b"}},{PRODUCT},{fixed}}}"#
        ),
        &[
            "openvex-iri-malformed",
            "openvex-list-repeats",
            "json-element-set-aside",
        ],
    );
    check("7", &["json-element-set-aside"]);
}

#[test]
fn a_product_is_named_by_something_that_can_be_found() {
    let said = |product: &str, expected: &[&str]| {
        check(
            &format!(
                r#"{{"vulnerability":{{"name":"CVE-2026-1"}},"status":"fixed","products":[{product}]}}"#
            ),
            expected,
        );
    };
    said(r#"{"identifiers":{"purl":"pkg:npm/a@1"}}"#, &[]);
    said(
        r#"{"identifiers":{"@cpe23":"cpe:2.3:a:b:c:1:*:*:*:*:*:*:*","@cpe22":"cpe:/a:b:c:1"}}"#,
        &[],
    );
    said(
        r#"{"@id":"urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79/1#a"}"#,
        &[],
    );
    said(
        r#"{"@id":"https://northlight.example/ct"}"#,
        &["openvex-product-not-findable"],
    );
    said(
        r#"{"hashes":{"sha1":"e6b1000b94e835ffd37f4c6dcbdad43f4b48a02a"}}"#,
        &["openvex-product-not-findable"],
    );
    said("{}", &["openvex-product-unidentified"]);
    said(
        r#"{"subcomponents":[{"@id":"pkg:npm/b"}]}"#,
        &["openvex-product-unidentified"],
    );
    said(
        r#"{"identifiers":{"purl":"npm/a"}}"#,
        &["openvex-purl-malformed", "openvex-product-unidentified"],
    );
    said(
        r#"{"@id":"pkg:npm/a","identifiers":{"cpe23":"cpe:2.3:x","swid":"1"}}"#,
        &["openvex-field-unknown", "openvex-cpe-malformed"],
    );
    said(
        r#"{"@id":"pkg:npm/a","hashes":{"sha-256":"00","sha256":"00"}}"#,
        &["openvex-field-unknown", "openvex-hash-malformed"],
    );
    said(
        r#"{"@id":"northlight ct"}"#,
        &["openvex-iri-malformed", "openvex-product-not-findable"],
    );
    said(
        r#"{"@id":"pkg:npm/a","subcomponents":[{"@id":"pkg:npm/b","subcomponents":[]},{}, 1]}"#,
        &[
            "openvex-field-unknown",
            "openvex-product-unidentified",
            "json-element-set-aside",
        ],
    );
    said(
        r#"{"@id":"pkg:npm/a"},{"@id":"pkg:npm/a"}"#,
        &["openvex-list-repeats"],
    );
}

#[test]
fn a_document_says_who_when_and_which() {
    let told = |text: &str| ids(&openvex::read(text.as_bytes())).join(" ");
    insta::assert_snapshot!(told("{}"), @"openvex-field-missing openvex-field-missing openvex-field-missing openvex-field-missing openvex-field-missing openvex-field-missing");
    insta::assert_snapshot!(told("[]"), @"json-wrong-shape");
    insta::assert_snapshot!(told(r#"{"@context":"https://openvex.dev/ns/v0.2.0","statements":[]}"#), @"openvex-field-missing openvex-field-missing openvex-field-missing openvex-field-missing openvex-list-empty");
    insta::assert_snapshot!(told(
        r#"{"@context":"https://openvex.dev/ns/v0.9.0","@id":"x y","author":"","timestamp":"today","version":"1","statements":{},"title":"t"}"#
    ), @"openvex-version-unsupported openvex-field-unknown openvex-iri-malformed openvex-field-missing openvex-date-malformed openvex-draft-shape json-value-set-aside");
    insta::assert_snapshot!(told(r#"{"@context":["https://openvex.dev/ns"],"@id":1,"author":null,"timestamp":1,"version":0}"#), @"json-value-set-aside json-value-set-aside json-value-set-aside json-value-set-aside json-value-set-aside openvex-field-missing");
}

#[test]
fn of_statements_on_one_thing_the_latest_holds() {
    let said = |status: &str, rest: &str, time: &str| {
        format!(
            r#"{{"vulnerability":{{"name":"CVE-2026-1"}},"products":[{{"@id":"pkg:npm/a@1"}}],"status":"{status}"{rest}{time}}}"#
        )
    };
    let at = |day: &str| format!(r#","timestamp":"2026-01-{day}T00:00:00Z""#);
    // The document is of the first of January.
    for list in [
        [
            said("under_investigation", "", ""),
            said("fixed", "", &at("05")),
        ],
        [
            said("fixed", "", &at("05")),
            said("under_investigation", "", ""),
        ],
    ] {
        let reading = document(&list.join(","));
        assert_eq!(problems(&reading), "");
        assert_eq!(
            statements(&reading),
            "CVE-2026-1 fixed: ? |  | [1] purl=pkg:npm/a@1"
        );
        assert_eq!(reading.summary["superseded"], 1);
    }
    let both = [said("under_investigation", "", ""), said("fixed", "", "")];
    let reading = document(&both.join(","));
    assert_eq!(ids(&reading), ["openvex-statement-contradicts"]);
    assert_eq!(advisory(&reading).statements.len(), 2);
    let twice = said("fixed", "", "");
    let reading = document(&format!("{twice},{twice}"));
    assert_eq!(ids(&reading), ["openvex-list-repeats"]);
    assert_eq!(advisory(&reading).statements.len(), 1);
}

#[test]
fn the_name_of_an_advisory_does_not_make_two_flaws_one() {
    let said = |name: &str, aliases: &str| {
        format!(
            r#"{{"vulnerability":{{"name":"{name}","aliases":[{aliases}]}},"products":[{{"@id":"pkg:npm/a@1"}}],"status":"fixed"}}"#
        )
    };
    let reading = document(
        &[
            said("CVE-2026-1", r#""USN-1","GHSA-1""#),
            said("CVE-2026-2", r#""USN-1","GHSA-2""#),
            said("GHSA-2", r#""CVE-2026-2""#),
        ]
        .join(","),
    );
    let aliases: Vec<&[String]> = advisory(&reading)
        .statements
        .iter()
        .map(|statement| statement.aliases.as_slice())
        .collect();
    assert_eq!(
        aliases,
        [vec!["GHSA-1"], vec!["GHSA-2"], vec!["CVE-2026-2"]]
    );
}

#[test]
fn the_statements_of_every_real_document_are_read() {
    let Some(folder) = real_data("vex") else {
        return;
    };
    let mut counts = (0, 0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.starts_with("openvex_") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let reading = openvex::read(&bytes);
        // Trivy's document is named by a text that is no IRI.
        let expected: &[&str] = if name.contains("trivy") {
            &["openvex-iri-malformed"]
        } else {
            &[]
        };
        assert_eq!(ids(&reading), expected, "{name}: {}", problems(&reading));
        let advisory = advisory(&reading);
        let text: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(
            advisory.statements.len(),
            text["statements"].as_array().unwrap().len()
        );
        for statement in &advisory.statements {
            assert_eq!(statement.status, Status::NotAffected);
            assert!(statement.justification.is_some() && statement.issued.is_some());
            assert!(statement.product.purl.is_some() && statement.component.is_some());
            counts.2 += usize::from(statement.product.version == VersionExpression::Unstated);
        }
        counts.0 += 1;
        counts.1 += advisory.statements.len();
        assert!(matches!(reading.document, Some(Document::Advisory(_))));
    }
    // Documents, statements, and those on every version of a product.
    insta::assert_debug_snapshot!(counts, @r"
    (
        12,
        3314,
        665,
    )
    ");
}
