//! Tests of the reader as a whole: what becomes of a document, and what is said of it.

use isocenter_model::component::{ComponentKind, Sbom};
use isocenter_model::document::Document;
use isocenter_model::product::VersionExpression;
use isocenter_model::statement::Status;
use isocenter_model::vulnerability::{RecordState, VersionSpan};
use isocenter_model::{Level, Reading};
use proptest::prelude::*;

use super::read;

/// A document of edition 1.6 with that text among its members.
fn document(members: &str) -> String {
    format!(r#"{{"bomFormat":"CycloneDX","specVersion":"1.6","version":1{members}}}"#)
}

#[track_caller]
fn sbom(text: &str) -> (Sbom, Reading) {
    let reading = read(text.as_bytes());
    match reading.document.clone() {
        Some(Document::Sbom(sbom)) => (sbom, reading),
        other => panic!("not read: {other:?} {:?}", reading.problems),
    }
}

fn lines(reading: &Reading) -> String {
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

fn errors(text: &str) -> Vec<&'static str> {
    read(text.as_bytes())
        .problems
        .iter()
        .filter(|problem| problem.level == Level::Error)
        .map(|problem| problem.id)
        .collect()
}

/// What a manufacturer's document should look like.
const SOUND: &str = r#"{
    "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
    "version": 3,
    "metadata": {
        "timestamp": "2026-03-01T12:00:00+01:00",
        "tools": {"components": [{"type": "application", "name": "lister", "version": "2"}]},
        "component": {
            "bom-ref": "scanner",
            "type": "device",
            "name": "Scanner 3000",
            "version": "VB20A",
            "supplier": {"name": "Acme Sales"},
            "manufacturer": {"name": "Acme Imaging"}
        }
    },
    "components": [
        {
            "bom-ref": "console",
            "type": "application",
            "group": "com.acme",
            "name": "console",
            "version": "5.1",
            "supplier": {"name": "Acme Imaging"},
            "purl": "pkg:generic/console@5.1",
            "components": [
                {
                    "bom-ref": "openssl",
                    "type": "library",
                    "name": "openssl",
                    "version": "1.1.1k",
                    "scope": "required",
                    "publisher": "OpenSSL",
                    "cpe": "cpe:2.3:a:openssl:openssl:1.1.1k:*:*:*:*:*:*:*",
                    "swid": {"tagId": "openssl-1.1.1k", "name": "openssl"},
                    "licenses": [{"license": {"id": "OpenSSL"}}, {"license": {"name": "SSLeay"}}],
                    "hashes": [{"alg": "SHA-1", "content": "e6b1000b94e835ffd37f4c6dcbdad43f4b48a02a"}],
                    "properties": [{"name": "End-of-Support", "value": "2023-09-11"}]
                }
            ]
        }
    ],
    "services": [{"bom-ref": "ntp", "name": "time", "services": [{"name": "leap"}]}],
    "dependencies": [
        {"ref": "scanner", "dependsOn": ["console", "ntp"]},
        {"ref": "console", "dependsOn": ["openssl"]}
    ]
}"#;

#[test]
fn a_sound_document_is_read_whole_and_has_no_problem() {
    let (sbom, reading) = sbom(SOUND);
    assert_eq!(lines(&reading), "");
    assert_eq!(reading.version.as_deref(), Some("1.6"));
    assert_eq!(sbom.revision, Some(3));
    assert_eq!(sbom.made.unwrap().to_string(), "2026-03-01T11:00:00Z");
    assert_eq!(sbom.manufacturer.as_deref(), Some("Acme Imaging"));
    let product = sbom.product().unwrap();
    assert_eq!(product.name, "Scanner 3000");
    assert_eq!(product.vendor.as_deref(), Some("Acme Imaging"));
    assert_eq!(sbom.services, 2);
    assert_eq!(sbom.components.len(), 2);
    let openssl = &sbom.components[1];
    assert_eq!(openssl.parent, Some(0));
    assert_eq!(openssl.reference.as_deref(), Some("openssl"));
    assert_eq!(openssl.scope.as_deref(), Some("required"));
    insta::assert_debug_snapshot!(openssl.component, @r#"
    Component {
        kind: Library,
        group: None,
        name: "openssl",
        version: Some(
            "1.1.1k",
        ),
        purl: None,
        cpes: [
            "cpe:2.3:a:openssl:openssl:1.1.1k:*:*:*:*:*:*:*",
        ],
        swid: Some(
            "openssl-1.1.1k",
        ),
        supplier: Some(
            "OpenSSL",
        ),
        description: None,
        licenses: [
            "OpenSSL",
            "SSLeay",
        ],
        hashes: [
            Hash {
                algorithm: "SHA-1",
                value: "e6b1000b94e835ffd37f4c6dcbdad43f4b48a02a",
            },
        ],
        properties: [
            Property {
                name: "End-of-Support",
                value: "2023-09-11",
            },
        ],
        support: Some(
            Support {
                level: None,
                level_written: None,
                milestones: [
                    Milestone {
                        kind: EndOfSupport,
                        at: Day(
                            2023-09-11,
                        ),
                        offer: None,
                    },
                ],
            },
        ),
    }
    "#);
    insta::assert_debug_snapshot!(reading.summary, @r#"
    {
        "components": 2,
        "cpes": 1,
        "dependencies": 3,
        "purls": 1,
        "services": 2,
        "statements": 0,
        "vulnerabilities": 0,
    }
    "#);
}

#[test]
fn a_bad_part_is_set_aside_and_its_component_is_kept() {
    let (sbom, reading) = sbom(&document(
        r#","components":[
            {"type":"gantry","name":"","version":"1","purl":"npm/a","cpe":"cpe:2.3:a:b"},
            {"type":"library","name":"a","version":7,"supplier":"Acme","licenses":{"id":"MIT"},
             "hashes":[{"alg":"MD5","content":"xyz"},{"alg":"CRC","content":"3942447fac867ae5cdb3229b658f4d48"}]},
            "b",
            {"type":"library","name":"c","version":" ","bom-ref":"","licenses":[{"license":{"id":"apache-2.0"}}],
             "properties":[{"value":"nameless"},{"name":"x"}],"colour":"red"}
        ]"#,
    ));
    assert_eq!(sbom.components.len(), 3);
    let gantry = &sbom.components[0].component;
    assert_eq!(gantry.kind, ComponentKind::Other("gantry".into()));
    assert_eq!((&gantry.purl, gantry.cpes.len()), (&None, 0));
    assert_eq!(sbom.components[1].component.hashes.len(), 1);
    assert_eq!(sbom.components[2].component.version, None);
    assert_eq!(sbom.components[2].component.licenses, ["apache-2.0"]);
    assert_eq!(sbom.components[2].component.properties.len(), 1);
    insta::assert_snapshot!(lines(&reading), @r#"
    error json-element-set-aside /components/2: the element was set aside: invalid type: string "b", expected an object
    warning cyclonedx-component-name-blank /components/0/name: the component has a blank name
    error cyclonedx-word-unknown /components/0/type: `gantry` is not a word that CycloneDX knows here
    error cyclonedx-purl-malformed /components/0/purl: the package URL `npm/a` was set aside: not a package URL: missing scheme
    error cyclonedx-cpe-malformed /components/0/cpe: the CPE `cpe:2.3:a:b` was set aside: a CPE 2.3 name has 11 attributes after `cpe:2.3:`, this one has 2
    warning cyclonedx-component-identifier-missing /components/0: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning cyclonedx-component-supplier-missing /components/0: nobody is named as the supplier of the component
    error json-value-set-aside /components/1/version: the value was set aside: invalid type: integer `7`, expected a string
    error json-value-set-aside /components/1/supplier: the value was set aside: invalid type: string "Acme", expected an object
    error json-value-set-aside /components/1/licenses: the value was set aside: invalid type: map, expected a list
    error cyclonedx-hash-malformed /components/1/hashes/0/content: the hash `xyz` was set aside: 32, 40, 64, 96 or 128 hexadecimal digits were expected
    error cyclonedx-word-unknown /components/1/hashes/1/alg: `CRC` is not a word that CycloneDX knows here
    warning cyclonedx-component-version-missing /components/1: the component has no version, so it cannot be told which flaws it has
    warning cyclonedx-component-identifier-missing /components/1: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning cyclonedx-component-supplier-missing /components/1: nobody is named as the supplier of the component
    error cyclonedx-property-unknown /components/3/colour: no edition of CycloneDX has the property `colour` here
    error cyclonedx-license-id-unknown /components/3/licenses/0/license/id: `apache-2.0` is not an identifier of the SPDX License List 3.28
    error cyclonedx-property-missing /components/3/properties/0: the property `name` is missing or blank, which CycloneDX demands here
    warning cyclonedx-component-version-missing /components/3: the component has no version, so it cannot be told which flaws it has
    warning cyclonedx-component-identifier-missing /components/3: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning cyclonedx-component-supplier-missing /components/3: nobody is named as the supplier of the component
    error cyclonedx-property-missing /components/3/bom-ref: the property `bom-ref` is missing or blank, which CycloneDX demands here
    warning cyclonedx-timestamp-missing /metadata/timestamp: the document does not say when it was made
    warning cyclonedx-subject-missing /metadata/component: the document does not say which product it describes
    warning cyclonedx-author-missing /metadata/authors: neither a person nor a tool is named as the author of the document
    warning cyclonedx-dependencies-missing /dependencies: the document does not say which component is part of which
    "#);
}

#[test]
fn minimum_elements_that_lack_are_warned_of() {
    let (_, reading) = sbom(&document(
        r#","components":[{"type":"library","name":"a"}],"dependencies":[{"ref":"a","dependsOn":["b"]}]"#,
    ));
    insta::assert_snapshot!(lines(&reading), @"
    warning cyclonedx-component-version-missing /components/0: the component has no version, so it cannot be told which flaws it has
    warning cyclonedx-component-identifier-missing /components/0: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning cyclonedx-component-supplier-missing /components/0: nobody is named as the supplier of the component
    warning cyclonedx-dependency-dangling /dependencies/0/ref: the reference `a` leads to nothing in this document
    warning cyclonedx-dependency-dangling /dependencies/0/dependsOn/0: the reference `b` leads to nothing in this document
    warning cyclonedx-timestamp-missing /metadata/timestamp: the document does not say when it was made
    warning cyclonedx-subject-missing /metadata/component: the document does not say which product it describes
    warning cyclonedx-author-missing /metadata/authors: neither a person nor a tool is named as the author of the document
    ");
    let (_, reading) = sbom(&document(""));
    insta::assert_snapshot!(lines(&reading), @"
    warning cyclonedx-timestamp-missing /metadata/timestamp: the document does not say when it was made
    warning cyclonedx-subject-missing /metadata/component: the document does not say which product it describes
    warning cyclonedx-author-missing /metadata/authors: neither a person nor a tool is named as the author of the document
    warning cyclonedx-components-missing /components: the document lists no component
    ");
}

#[test]
fn ten_thousand_faults_are_told_in_a_hundred() {
    let component = r#"{"type":"library","name":"a","version":"1"}"#;
    let list = vec![component; 10_000].join(",");
    let (sbom, reading) = sbom(&document(&format!(r#","components":[{list}]"#)));
    assert_eq!(sbom.components.len(), 10_000);
    assert!(reading.problems.len() < 250, "{}", reading.problems.len());
    assert!(lines(&reading).contains("and 9900 more"));
}

#[test]
fn a_reference_that_is_used_twice_belongs_to_the_first() {
    let (_, reading) = sbom(&document(
        r#","components":[
            {"type":"library","name":"a","version":"1","bom-ref":"x"},
            {"type":"library","name":"a","version":"2","bom-ref":"x"},
            {"type":"library","name":"a","version":"1","bom-ref":"x"}
        ],"dependencies":[{"ref":"x","dependsOn":["x","x"]}]"#,
    ));
    let text = lines(&reading);
    assert!(text.contains("warning cyclonedx-reference-repeated /components/1/bom-ref"));
    assert!(text.contains("error cyclonedx-component-repeated /components/2/bom-ref"));
    assert!(text.contains("warning cyclonedx-dependency-repeated /dependencies/0/dependsOn"));
}

const FLAWS: &str = r#","serialNumber":"urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
    "metadata":{"timestamp":"2026-03-01T12:00:00Z","supplier":{"name":"Acme"},
        "component":{"type":"device","bom-ref":"dev","name":"Scanner","version":"2"}},
    "components":[{"type":"library","bom-ref":"z","name":"zlib","version":"1.2.11","publisher":"zlib",
        "purl":"pkg:generic/zlib@1.2.11"}],"vulnerabilities":"#;

#[test]
fn a_flaw_without_analysis_becomes_a_record_of_its_parts() {
    let (sbom, reading) = sbom(&document(&format!(
        r#"{FLAWS}[
        {{"id":"CVE-2018-25032","source":{{"name":"NVD"}},"references":[{{"id":"GHSA-jc36-42cf-vqwj","source":{{}}}},{{"id":"CVE-2018-25032","source":{{}}}}],
         "ratings":[{{"score":7.5,"severity":"high","method":"CVSSv31","vector":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}},
                    {{"score":0.03,"method":"other"}},{{"score":11,"method":"CVSSv2"}}],
         "cwes":[787],"description":"memory corruption","recommendation":"Update zlib.","published":"2022-03-25T00:00:00Z",
         "affects":[{{"ref":"z","versions":[{{"range":"vers:generic/<1.2.12","status":"affected"}},{{"version":"1.2.12","status":"unaffected"}}]}}]}},
        {{"id":"CVE-2018-25032","source":{{"name":"OSV"}},"affects":[{{"ref":"dev"}}]}},
        {{"id":"CVE-2020-1","rejected":"2021-01-01T00:00:00Z","affects":[{{"ref":"nothing"}}]}},
        {{"id":"CVE-2020-2"}},
        {{"detail":"no id at all"}}]"#
    )));
    assert_eq!(reading.summary["vulnerabilities"], 5);
    assert_eq!(sbom.statements.len(), 0);
    assert_eq!(sbom.records.len(), 3);
    let record = &sbom.records[0];
    assert_eq!(record.source, "SBOM Scanner 2");
    assert_eq!(record.aliases, ["GHSA-jc36-42cf-vqwj"]);
    assert_eq!(record.weaknesses, ["CWE-787"]);
    assert_eq!(record.scores.len(), 1);
    assert_eq!(
        (
            record.scores[0].version.as_str(),
            record.scores[0].severity.as_str()
        ),
        ("3.1", "HIGH")
    );
    assert_eq!(record.remediations[0].details, "Update zlib.");
    let [zlib, device] = record.affected.as_slice() else {
        panic!("{:?}", record.affected);
    };
    assert_eq!(zlib.asserted_by, "NVD");
    assert_eq!(zlib.purl.as_deref(), Some("pkg:generic/zlib@1.2.11"));
    assert_eq!(
        zlib.versions[0].span,
        VersionSpan::Text("vers:generic/<1.2.12".into())
    );
    assert_eq!(zlib.versions[1].status, Status::NotAffected);
    assert_eq!(device.vendor.as_deref(), Some("Acme"));
    assert_eq!(device.versions[0].span, VersionSpan::Exact("2".into()));
    assert_eq!(sbom.records[1].state, RecordState::Rejected);
    insta::assert_snapshot!(lines(&reading), @"
    error cyclonedx-score-out-of-range /vulnerabilities/0/ratings/2/score: the score 11 was set aside: a CVSS score lies between 0 and 10
    warning cyclonedx-affects-dangling /vulnerabilities/2/affects/0/ref: the reference `nothing` leads to nothing in this document
    warning cyclonedx-vulnerability-without-affects /vulnerabilities/3/affects: the vulnerability CVE-2020-2 does not say which part it is in
    error cyclonedx-vulnerability-id-missing /vulnerabilities/4: the vulnerability has no id, reference or bom-ref and was set aside
    warning cyclonedx-author-missing /metadata/authors: neither a person nor a tool is named as the author of the document
    warning cyclonedx-dependencies-missing /dependencies: the document does not say which component is part of which
    ");
}

#[test]
fn a_flaw_with_analysis_becomes_a_statement_for_each_part_and_version() {
    let (sbom, _) = sbom(&document(&format!(
        r#"{FLAWS}[
        {{"id":"CVE-1","recommendation":"Install VB20B.","workaround":"Close port 80.",
         "analysis":{{"state":"exploitable","response":["update","will_not_fix"],"detail":"reachable","lastUpdated":"2026-04-01T00:00:00Z"}},
         "affects":[{{"ref":"z"}}]}},
        {{"id":"CVE-2","analysis":{{"state":"not_affected","justification":"code_not_reachable"}},"affects":[{{"ref":"dev"}}]}},
        {{"id":"CVE-3","analysis":{{"state":"resolved"}},"affects":[{{"ref":"dev","versions":[
            {{"version":"3"}},{{"range":"vers:generic/<3","status":"unknown"}},{{"range":"vers:all/*","status":"unaffected"}}]}}]}},
        {{"id":"CVE-4","analysis":{{"state":"in_triage"}},"affects":[
            {{"ref":"urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#z"}},
            {{"ref":"urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1#other"}}]}},
        {{"id":"CVE-5","analysis":{{"state":"resolved_with_pedigree"}},"affects":[{{"ref":"dev"}}]}},
        {{"id":"CVE-6","analysis":{{"state":"false_positive"}},"affects":[{{"ref":"dev"}}]}},
        {{"id":"CVE-7","affects":[{{"ref":"urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1#other"}}]}}]"#
    )));
    let said: Vec<String> = sbom
        .statements
        .iter()
        .map(|statement| {
            let component = statement.component.as_ref();
            format!(
                "{} {} of `{}` {:?} in part {:?}",
                statement.vulnerability,
                statement.status.as_str(),
                statement.product.name,
                statement.product.version,
                component.map(|part| (part.name.as_str(), &part.version)),
            )
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    CVE-1 affected of `Scanner` Exact("2") in part Some(("zlib", Exact("1.2.11")))
    CVE-2 not affected of `Scanner` Exact("2") in part None
    CVE-3 fixed of `Scanner` Exact("3") in part None
    CVE-3 unknown of `Scanner` Range("vers:generic/<3") in part None
    CVE-3 fixed of `Scanner` All in part None
    CVE-4 under investigation of `Scanner` Exact("2") in part Some(("zlib", Exact("1.2.11")))
    CVE-4 under investigation of `` Unstated in part None
    CVE-5 fixed of `Scanner` Exact("2") in part None
    CVE-6 not affected of `Scanner` Exact("2") in part None
    CVE-7 affected of `` Unstated in part None
    "#);
    let first = &sbom.statements[0];
    assert_eq!(first.product.reference.as_deref(), Some("z"));
    assert_eq!(first.product.vendor.as_deref(), Some("Acme"));
    assert_eq!(first.author.as_deref(), Some("Acme"));
    assert_eq!(first.detail.as_deref(), Some("reachable"));
    assert_eq!(first.issued.unwrap().to_string(), "2026-04-01T00:00:00Z");
    insta::assert_debug_snapshot!(first.remediations, @r#"
    [
        Remediation {
            category: "vendor_fix",
            details: "Install VB20B.",
            url: None,
        },
        Remediation {
            category: "workaround",
            details: "Close port 80.",
            url: None,
        },
        Remediation {
            category: "no_fix_planned",
            details: "No fix is planned.",
            url: None,
        },
    ]
    "#);
    let linked = &sbom.statements[6];
    assert_eq!(linked.product.name, "");
    assert_eq!(linked.product.version, VersionExpression::Unstated);
    assert_eq!(
        linked.product.reference.as_deref(),
        Some("urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1#other")
    );
    assert!(sbom.records.iter().all(|record| record.affected.is_empty()));
}

#[test]
fn the_maker_is_found_wherever_an_edition_puts_him() {
    for (members, maker) in [
        (
            r#""manufacture":{"name":"A"},"component":{"type":"device","name":"x"}"#,
            Some("A"),
        ),
        (
            r#""supplier":{"name":"B"},"component":{"type":"device","name":"x"}"#,
            Some("B"),
        ),
        (
            r#""manufacturer":{"name":"C"},"component":{"type":"device","name":"x"}"#,
            Some("C"),
        ),
        (
            r#""manufacturer":{"name":"C"},"component":{"type":"device","name":"x","manufacturer":{"name":"D"},"supplier":{"name":"E"}}"#,
            Some("D"),
        ),
        (
            r#""component":{"type":"device","name":"x","publisher":"F"}"#,
            Some("F"),
        ),
        (r#""component":{"type":"device","name":"x"}"#, None),
    ] {
        let (sbom, _) = sbom(&document(&format!(r#","metadata":{{{members}}}"#)));
        assert_eq!(sbom.manufacturer.as_deref(), maker, "{members}");
    }
}

/// Faults of the kinds that the specification's own invalid examples have.
#[test]
fn what_the_schema_forbids_is_an_error() {
    let component = |members: &str| {
        document(&format!(
            r#","components":[{{"type":"library","name":"a","version":"1"{members}}}]"#
        ))
    };
    for (text, error) in [
        (
            r#"{"specVersion":"1.6"}"#.to_owned(),
            "cyclonedx-format-name",
        ),
        (
            r#"{"bomFormat":"AcmeBOM","specVersion":"1.6"}"#.to_owned(),
            "cyclonedx-format-name",
        ),
        (
            r#"{"bomFormat":"CycloneDX"}"#.to_owned(),
            "cyclonedx-version-missing",
        ),
        (
            document(r#","serialNumber":"urn:uuid:3e671687-395b""#),
            "cyclonedx-serial-number-malformed",
        ),
        (
            r#"{"bomFormat":"CycloneDX","specVersion":"1.6","version":0}"#.to_owned(),
            "cyclonedx-revision-below-one",
        ),
        (
            document(r#","metadata":{"timestamp":"2020-04-13"}"#),
            "cyclonedx-timestamp-malformed",
        ),
        (
            document(r#","metadata":{"licenses":[{"license":{"id":"Apache-2"}}]}"#),
            "cyclonedx-license-id-unknown",
        ),
        (
            document(
                r#","metadata":{"component":{"type":"library","name":"a","isExtraneous":true}}"#,
            ),
            "cyclonedx-property-unknown",
        ),
        (
            document(r#","metadata":{"properties":[{"value":"x"}]}"#),
            "cyclonedx-property-missing",
        ),
        (
            document(r#","components":[{"name":"a"}]"#),
            "cyclonedx-property-missing",
        ),
        (
            document(r#","components":[{"type":"library"}]"#),
            "cyclonedx-property-missing",
        ),
        (component(r#","scope":"foo""#), "cyclonedx-word-unknown"),
        (
            component(r#","swid":{"name":"a"}"#),
            "cyclonedx-property-missing",
        ),
        (
            component(r#","hashes":[{"alg":"FOO","content":"3942447fac867ae5cdb3229b658f4d48"}]"#),
            "cyclonedx-word-unknown",
        ),
        (
            component(r#","hashes":[{"alg":"MD5","content":"foo"}]"#),
            "cyclonedx-hash-malformed",
        ),
        (
            component(r#","licenses":[{"license":{}}]"#),
            "cyclonedx-license-name",
        ),
        (
            component(r#","licenses":[{"license":{"id":"MIT","name":"MIT"}}]"#),
            "cyclonedx-license-name",
        ),
        (
            component(r#","licenses":[{"license":{"name":"a"},"expression":"MIT"}]"#),
            "cyclonedx-license-choice",
        ),
        (
            component(r#","licenses":[{"license":{"name":"a"}},{"expression":"MIT"}]"#),
            "cyclonedx-license-mixture",
        ),
        (
            component(
                r#","licenses":[{"license":{"id":"MIT","text":{"encoding":"base85","content":"x"}}}]"#,
            ),
            "cyclonedx-word-unknown",
        ),
        (
            component(r#","pedigree":{"patches":[{"type":"foo"}]}"#),
            "cyclonedx-word-unknown",
        ),
        (
            component(r#","pedigree":{"patches":[{"type":"monkey","resolves":[{"type":"foo"}]}]}"#),
            "cyclonedx-word-unknown",
        ),
        (
            component(r#","versionRange":"vers:npm/1""#),
            "cyclonedx-property-of-later-edition",
        ),
        (
            document(r#","dependencies":[{"dependsOn":[]}]"#),
            "cyclonedx-property-missing",
        ),
        (
            document(r#","dependencies":[{"ref":"","dependsOn":[]}]"#),
            "cyclonedx-property-missing",
        ),
        (
            document(r#","services":[{"name":"a","data":[{"classification":"c","flow":"bar"}]}]"#),
            "cyclonedx-word-unknown",
        ),
        (
            document(r#","services":[{}]"#),
            "cyclonedx-property-missing",
        ),
        (
            document(r#","vulnerabilities":[{"id":"a","affects":[{}]}]"#),
            "cyclonedx-property-missing",
        ),
        (
            document(r#","vulnerabilities":[{"id":"a","affects":[{"ref":"b","versions":[{}]}]}]"#),
            "cyclonedx-version-choice",
        ),
        (
            document(r#","vulnerabilities":[{"id":"a","analysis":{"state":"fine"}}]"#),
            "cyclonedx-word-unknown",
        ),
        (
            document(r#","citations":[]"#),
            "cyclonedx-property-of-later-edition",
        ),
    ] {
        assert_eq!(errors(&text).first(), Some(&error), "{text}");
    }
    let newest =
        |members: &str| format!(r#"{{"bomFormat":"CycloneDX","specVersion":"1.7"{members}}}"#);
    for (text, error) in [
        (
            newest(
                r#","components":[{"type":"library","name":"a","version":"1","versionRange":"vers:npm/1"}]"#,
            ),
            "cyclonedx-version-and-range",
        ),
        (
            newest(r#","components":[{"type":"library","name":"a","versionRange":"vers:npm/1"}]"#),
            "cyclonedx-range-not-external",
        ),
        (
            newest(r#","metadata":{"distribution":"all"}"#),
            "cyclonedx-property-unknown",
        ),
        (
            newest(r#","metadata":{"distributionConstraints":{"tlp":"WHITE"}}"#),
            "cyclonedx-word-unknown",
        ),
        (
            newest(r#","citations":[{"timestamp":"2026-01-01T00:00:00Z","pointers":["/a"]}]"#),
            "cyclonedx-citation-origin",
        ),
        (
            newest(r#","citations":[{"timestamp":"2026-01-01T00:00:00Z","process":"p"}]"#),
            "cyclonedx-citation-target",
        ),
    ] {
        assert_eq!(errors(&text).first(), Some(&error), "{text}");
    }
}

#[test]
fn what_an_edition_allows_is_no_error() {
    for text in [
        // Any mixture of licences until 1.4 and since 1.7.
        r#"{"bomFormat":"CycloneDX","specVersion":"1.4","components":[{"type":"library","name":"a","licenses":[{"license":{"name":"x"}},{"expression":"MIT"}]}]}"#,
        r#"{"bomFormat":"CycloneDX","specVersion":"1.7","components":[{"type":"library","name":"a","licenses":[{"license":{"name":"x"}},{"expression":"MIT","expressionDetails":[]}]}]}"#,
        r#"{"bomFormat":"CycloneDX","specVersion":"1.7","components":[{"type":"library","name":"a","isExternal":true,"versionRange":"vers:npm/1"}]}"#,
        // Tools as a list and as an object.
        r#"{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"tools":[{"vendor":"v","name":"n","version":"1"}]}}"#,
        r#"{"bomFormat":"CycloneDX","specVersion":"1.5","metadata":{"tools":{"services":[{"name":"n"}]}}}"#,
        // Properties that are known and not read; null for absent.
        r#"{"bomFormat":"CycloneDX","specVersion":"1.6","declarations":{},"definitions":{},"formulation":[],"annotations":[]}"#,
        r#"{"bomFormat":"CycloneDX","specVersion":"1.6","components":null,"metadata":null}"#,
        // Until 1.3 any property may stand anywhere.
        r#"{"bomFormat":"CycloneDX","specVersion":"1.3","vulnerabilities":[],"colour":"red"}"#,
    ] {
        assert_eq!(errors(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn a_newer_edition_is_read_with_a_warning() {
    let (sbom, reading) = sbom(
        r#"{"bomFormat":"CycloneDX","specVersion":"1.8","components":[{"type":"library","name":"a","version":"1"}]}"#,
    );
    assert_eq!(sbom.components.len(), 1);
    assert!(lines(&reading).contains("warning cyclonedx-version-unknown /specVersion"));
}

#[test]
fn hostile_documents_are_answered_with_problems() {
    let deep = format!("{}{}", r#"{"components":[{"name":"#.repeat(5_000), "x");
    let nested = r#","components":[{"type":"library","name":"a","version":"1""#.repeat(200);
    let nested = document(&format!("{nested}{}", "}]".repeat(200)));
    let truncated = &SOUND[..SOUND.len() / 2];
    let mut found = Vec::new();
    for text in [
        "",
        "null",
        "[]",
        "\"x\"",
        "{}",
        truncated,
        &deep,
        &nested,
        r#"{"bomFormat":"CycloneDX","specVersion":"1.6","version":1e999}"#,
        r#"{"bomFormat":"CycloneDX","bomFormat":"CycloneDX","specVersion":"1.6"}"#,
        r#"{"bomFormat":["CycloneDX"],"specVersion":{"a":1},"components":{"name":"a"},"dependencies":"x"}"#,
    ] {
        let reading = read(text.as_bytes());
        let first = reading
            .problems
            .iter()
            .find(|problem| problem.level == Level::Error)
            .unwrap_or_else(|| panic!("no error: {}", lines(&reading)));
        found.push(format!("{} read={}", first.id, reading.document.is_some()));
    }
    insta::assert_snapshot!(found.join("\n"), @"
    json-empty read=false
    json-wrong-shape read=false
    json-wrong-shape read=false
    json-wrong-shape read=false
    cyclonedx-version-missing read=true
    json-truncated read=false
    json-too-deep read=false
    json-too-deep read=false
    json-value-set-aside read=true
    json-duplicate-key read=true
    json-value-set-aside read=true
    ");
}

#[test]
fn other_encodings_are_read_and_named() {
    let utf16: Vec<u8> = SOUND.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xef\xbb\xbf", SOUND.as_bytes()].concat();
    let latin: Vec<u8> = SOUND
        .replace("Acme Imaging", "Acm\u{e9}")
        .chars()
        .map(|letter| u8::try_from(letter).unwrap())
        .collect();
    for (bytes, id) in [
        (utf16, "json-utf-16"),
        (marked, "json-byte-order-mark"),
        (latin, "json-not-utf-8"),
    ] {
        let reading = read(&bytes);
        assert_eq!(reading.problems.first().map(|problem| problem.id), Some(id));
        assert_eq!(reading.summary["components"], 2);
    }
}

#[test]
fn text_that_acts_is_kept_and_never_shown_raw() {
    let (sbom, reading) = sbom(&document(
        r#","components":[{"type":"gan\u001b[31mtry","name":"=HYPERLINK(\"x\")","version":"1\u0000","purl":"pkg:\u202enpm/x"}]"#,
    ));
    assert_eq!(sbom.components[0].component.name, "=HYPERLINK(\"x\")");
    let shown = lines(&reading);
    assert!(!shown.contains(['\u{1b}', '\0', '\u{202e}']), "{shown:?}");
}

proptest! {
    #[test]
    fn no_damage_to_a_document_breaks_the_reader(at in 0..SOUND.len(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = SOUND.as_bytes().to_vec();
        bytes[at] = byte;
        if cut {
            bytes.truncate(at + 1);
        }
        let reading = read(&bytes);
        prop_assert!(reading.document.is_some() || !reading.problems.is_empty());
    }

    #[test]
    fn any_shape_anywhere_is_survived(value in "(null|true|7|-1e300|\"x\"|\\[\\]|\\[7\\]|\\[null\\]|\\{\\}|\\[\\{\\}\\])", key in 0..KEYS.len()) {
        let member = KEYS[key];
        let text = document(&format!(
            r#","{member}":{value},"metadata":{{"{member}":{value},"component":{{"{member}":{value}}}}},
            "components":[{{"{member}":{value},"pedigree":{{"{member}":{value}}}}}],
            "vulnerabilities":[{{"{member}":{value},"analysis":{{"{member}":{value}}},"affects":[{{"{member}":{value}}}],"ratings":[{{"{member}":{value}}}]}}]"#
        ));
        let reading = read(text.as_bytes());
        prop_assert!(!reading.problems.is_empty());
    }
}

const KEYS: [&str; 30] = [
    "bomFormat",
    "version",
    "type",
    "name",
    "bom-ref",
    "purl",
    "cpe",
    "swid",
    "hashes",
    "licenses",
    "properties",
    "supplier",
    "externalReferences",
    "pedigree",
    "patches",
    "tools",
    "timestamp",
    "services",
    "dependencies",
    "id",
    "source",
    "references",
    "ratings",
    "score",
    "method",
    "cwes",
    "state",
    "response",
    "ref",
    "versions",
];
