//! What documents of SPDX 3 say of flaws.

use super::graph::document;
use super::{errors, lines, sbom};

const FLAW: &str = r#",
{"type":"security_Vulnerability","spdxId":"https://x.example/v","name":"Log4Shell","creationInfo":"_:c","description":"Remote code.",
"security_publishedTime":"2021-12-10T00:00:00Z","security_modifiedTime":"2022-01-10T00:00:00Z",
"externalIdentifier":[{"type":"ExternalIdentifier","externalIdentifierType":"securityOther","identifier":"GHSA-jfh8-c2jp-5v3q"},
{"type":"ExternalIdentifier","externalIdentifierType":"cve","identifier":"CVE-2021-44228"}]}"#;

fn with(elements: &str) -> String {
    document(&format!("{FLAW}{elements}"))
}

#[test]
fn statements_speak_of_the_product_and_its_part() {
    let (sbom, reading) = sbom(&with(
        r#",
{"type":"security_VexAffectedVulnAssessmentRelationship","spdxId":"https://x.example/1","creationInfo":"_:c","from":"https://x.example/v","relationshipType":"affects","to":["https://x.example/scanner"],"security_assessedElement":"https://x.example/log4j","security_actionStatement":"Install 4.3.","suppliedBy":"https://x.example/apache","security_publishedTime":"2022-01-01T00:00:00Z"},
{"type":"security_VexNotAffectedVulnAssessmentRelationship","spdxId":"https://x.example/2","creationInfo":"_:c","from":"https://x.example/v","relationshipType":"doesNotAffect","to":["https://x.example/log4j"],"security_justificationType":"vulnerableCodeNotPresent","security_impactStatement":"Class removed."},
{"type":"security_VexFixedVulnAssessmentRelationship","spdxId":"https://x.example/3","creationInfo":"_:c","from":"https://x.example/v","relationshipType":"fixedIn","to":["https://x.example/scanner"]},
{"type":"security_VexUnderInvestigationVulnAssessmentRelationship","spdxId":"https://x.example/4","creationInfo":"_:c","from":"https://x.example/v","relationshipType":"underInvestigationFor","to":["https://x.example/scanner"]}"#,
    ));
    insta::assert_snapshot!(lines(&reading), @"note spdx-relationships-incomplete /@graph: relationships between parts that the document itself calls incomplete: 1");
    let said: Vec<String> = sbom
        .statements
        .iter()
        .map(|one| {
            format!(
                "{} {:?} {} of {}{}: {:?} {:?} {:?} {:?} {:?}",
                one.vulnerability,
                one.aliases,
                one.status.as_str(),
                one.product.name,
                one.component
                    .as_ref()
                    .map(|part| format!(" with {}", part.name))
                    .unwrap_or_default(),
                one.justification,
                one.detail,
                one.remediations.first().map(|remedy| &remedy.details),
                one.author,
                one.issued.map(|time| time.to_string()),
            )
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    CVE-2021-44228 ["GHSA-jfh8-c2jp-5v3q"] affected of Scanner One with log4j-core: None None Some("Install 4.3.") Some("Apache") Some("2022-01-01T00:00:00Z")
    CVE-2021-44228 ["GHSA-jfh8-c2jp-5v3q"] not affected of Scanner One with log4j-core: Some("vulnerableCodeNotPresent") Some("Class removed.") None Some("Example Medical") Some("2026-03-01T11:00:00Z")
    CVE-2021-44228 ["GHSA-jfh8-c2jp-5v3q"] fixed of Scanner One: None None None Some("Example Medical") Some("2026-03-01T11:00:00Z")
    CVE-2021-44228 ["GHSA-jfh8-c2jp-5v3q"] under investigation of Scanner One: None None None Some("Example Medical") Some("2026-03-01T11:00:00Z")
    "#);
    insta::assert_debug_snapshot!(sbom.records, @r#"
    [
        VulnerabilityRecord {
            id: "CVE-2021-44228",
            source: "SBOM Scanner One 4.2",
            aliases: [
                "GHSA-jfh8-c2jp-5v3q",
            ],
            related: [],
            state: Published,
            title: Some(
                "Log4Shell",
            ),
            description: Some(
                "Remote code.",
            ),
            published: Some(
                2021-12-10T00:00:00Z,
            ),
            modified: Some(
                2022-01-10T00:00:00Z,
            ),
            affected: [],
            configurations: [],
            scores: [],
            ssvc: None,
            known_exploited: None,
            weaknesses: [],
            tags: [],
            references: [],
            recall: None,
            remediations: [],
        },
    ]
    "#);
}

#[test]
fn scores_and_catalogs_belong_to_the_record() {
    let (sbom, reading) = sbom(&with(
        r#",
{"type":"security_CvssV3VulnAssessmentRelationship","spdxId":"https://x.example/1","creationInfo":"_:c","from":"https://x.example/v","relationshipType":"hasAssessmentFor","to":["https://x.example/log4j"],"security_score":"10.0","security_severity":"critical","security_vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H","suppliedBy":"https://x.example/apache"},
{"type":"security_CvssV2VulnAssessmentRelationship","spdxId":"https://x.example/2","creationInfo":"_:c","from":"https://x.example/v","relationshipType":"hasAssessmentFor","to":["https://x.example/log4j"],"security_score":9.3,"security_vectorString":"AV:N/AC:M/Au:N/C:C/I:C/A:C"},
{"type":"security_CvssV4VulnAssessmentRelationship","spdxId":"https://x.example/3","creationInfo":"_:c","from":"https://x.example/v","relationshipType":"hasAssessmentFor","to":["https://x.example/log4j"],"security_score":11},
{"type":"security_ExploitCatalogVulnAssessmentRelationship","spdxId":"https://x.example/4","creationInfo":"_:c","from":"https://x.example/v","relationshipType":"hasAssessmentFor","to":["https://x.example/log4j"],"security_catalogType":"kev","security_exploited":true,"security_locator":"https://cisa.example","security_publishedTime":"2021-12-10T00:00:00Z"},
{"type":"security_SsvcVulnAssessmentRelationship","spdxId":"https://x.example/5","creationInfo":"_:c","from":"https://x.example/v","relationshipType":"hasAssessmentFor","to":["https://x.example/log4j"],"security_decisionType":"act"},
{"type":"security_EpssVulnAssessmentRelationship","spdxId":"https://x.example/6","creationInfo":"_:c","from":"https://x.example/v","relationshipType":"hasAssessmentFor","to":["https://x.example/log4j"],"security_probability":"0.9","security_percentile":"0.99"}"#,
    ));
    insta::assert_snapshot!(lines(&reading), @"
    note spdx-relationships-incomplete /@graph: relationships between parts that the document itself calls incomplete: 1
    error spdx-score-out-of-range /@graph/11/security_score: the score 11 was set aside: a CVSS score lies between 0 and 10
    note spdx-assessment-not-kept /@graph: 2 assessments of flaws (EPSS, SSVC, catalogs) were not kept: newer ones come with the feeds
    ");
    let record = &sbom.records[0];
    assert_eq!(record.known_exploited, "2021-12-10".parse().ok());
    insta::assert_debug_snapshot!(record.scores, @r#"
    [
        Score {
            version: "3.1",
            vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H",
            base: 10.0,
            severity: "CRITICAL",
            source: "Apache",
        },
        Score {
            version: "2.0",
            vector: "AV:N/AC:M/Au:N/C:C/I:C/A:C",
            base: 9.3,
            severity: "",
            source: "",
        },
    ]
    "#);
}

#[test]
fn an_association_alone_decides_nothing_and_a_statement_stands_over_it() {
    let associated = r#",
{"type":"Relationship","spdxId":"https://x.example/1","creationInfo":"_:c","from":"https://x.example/log4j","relationshipType":"hasAssociatedVulnerability","to":["https://x.example/v"]}"#;
    let (read, _) = sbom(&with(associated));
    insta::assert_debug_snapshot!(read.records[0].affected, @r#"
    [
        AffectedProduct {
            asserted_by: "Example Medical",
            vendor: Some(
                "Apache",
            ),
            product: Some(
                "log4j-core",
            ),
            package_name: None,
            collection_url: None,
            ecosystem: None,
            purl: Some(
                "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
            ),
            cpes: [
                "cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:*",
            ],
            platforms: [],
            default_status: Unknown,
            versions: [
                VersionEntry {
                    span: Exact(
                        "2.14.1",
                    ),
                    status: Unknown,
                    scheme: None,
                    changes: [],
                },
            ],
        },
    ]
    "#);
    let (read, _) = sbom(&with(&format!(
        r#"{associated},
{{"type":"security_VexFixedVulnAssessmentRelationship","spdxId":"https://x.example/2","creationInfo":"_:c","from":"https://x.example/v","relationshipType":"fixedIn","to":["https://x.example/log4j"]}}"#
    )));
    assert!(read.records[0].affected.is_empty());
    assert_eq!(read.statements.len(), 1);
}

#[test]
fn statements_without_what_they_need_are_told() {
    insta::assert_snapshot!(
        errors(&with(
            r#",
{"type":"security_VexAffectedVulnAssessmentRelationship","spdxId":"https://x.example/1","creationInfo":"_:c","from":"https://x.example/v","relationshipType":"affects","to":["https://x.example/scanner"]},
{"type":"security_VexFixedVulnAssessmentRelationship","spdxId":"https://x.example/2","creationInfo":"_:c","from":"https://x.example/v","relationshipType":"affects","to":["https://x.example/scanner"]},
{"type":"security_VexNotAffectedVulnAssessmentRelationship","spdxId":"https://x.example/3","creationInfo":"_:c","from":"https://x.example/v","relationshipType":"doesNotAffect","to":["https://x.example/scanner"],"security_justificationType":"we_are_sure"},
{"type":"security_CvssV3VulnAssessmentRelationship","spdxId":"https://x.example/4","creationInfo":"_:c","from":"https://x.example/v","relationshipType":"hasAssessmentFor","to":["https://x.example/log4j"]}"#
        )),
        @"
    spdx-property-missing /@graph/9: the property `security_actionStatement` is missing or blank, which SPDX 3.0 demands here
    spdx-word-unknown /@graph/11/security_justificationType: `we_are_sure` is not a word that SPDX 3.0 knows here
    spdx-property-missing /@graph/12: the property `security_score` is missing or blank, which SPDX 3.0 demands here
    "
    );
}

#[test]
fn a_document_of_flaws_alone_needs_no_product() {
    let text = r#"{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[
{"type":"CreationInfo","@id":"_:c","specVersion":"3.0.1","created":"2026-03-01T11:00:00Z","createdBy":["https://x.example/maker"]},
{"type":"Organization","spdxId":"https://x.example/maker","name":"Example Medical","creationInfo":"_:c"},
{"type":"SpdxDocument","spdxId":"https://x.example/doc","creationInfo":"_:c","rootElement":["https://x.example/1"],"import":[{"type":"ExternalMap","externalSpdxId":"https://y.example/scanner"}]},
{"type":"security_Vulnerability","spdxId":"https://x.example/v","name":"CVE-2021-44228","creationInfo":"_:c"},
{"type":"security_VexFixedVulnAssessmentRelationship","spdxId":"https://x.example/1","creationInfo":"_:c","from":"https://x.example/v","relationshipType":"fixedIn","to":["https://y.example/scanner"]}]}"#;
    let (sbom, reading) = sbom(text);
    insta::assert_snapshot!(lines(&reading), @"note spdx-external-documents /@graph/2/import: the document refers to other SPDX documents (https://y.example/scanner), whose parts are not in it");
    let [statement] = sbom.statements.as_slice() else {
        panic!("{:?}", sbom.statements);
    };
    assert_eq!(statement.vulnerability, "CVE-2021-44228");
    assert_eq!(
        statement.product.reference.as_deref(),
        Some("https://y.example/scanner")
    );
}
