//! SPDX made to break a reader, in each of its syntaxes.

use isocenter_documents::{ReadOptions, read, recognise, spdx};
use isocenter_model::{DocumentKind, Reading};

use crate::mutation::{is_safe, run};
use crate::paper::{ids, problem};

const JSON: &str = r#"{"spdxVersion":"SPDX-2.3","dataLicense":"CC0-1.0","SPDXID":"SPDXRef-DOCUMENT","name":"x",
"documentNamespace":"https://x.example/1","creationInfo":{"created":"2026-03-01T11:00:00Z","creators":["Tool: x"]},
"externalDocumentRefs":[{"externalDocumentId":"DocumentRef-a","spdxDocument":"https://x.example/2","checksum":{"algorithm":"SHA1","checksumValue":"85ed0817af83a24ad8da68c2b5094de69833983c"}}],
"packages":[{"SPDXID":"SPDXRef-a","name":"a","versionInfo":"1","downloadLocation":"NONE","supplier":"Organization: A","filesAnalyzed":true,
"licenseDeclared":"(MIT OR LicenseRef-1)","packageVerificationCode":{"packageVerificationCodeValue":"85ed0817af83a24ad8da68c2b5094de69833983c"},
"externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:npm/a@1"}],"hasFiles":["SPDXRef-f"]}],
"files":[{"SPDXID":"SPDXRef-f","fileName":"./f","checksums":[{"algorithm":"MD5","checksumValue":"85"}]}],
"hasExtractedLicensingInfos":[{"licenseId":"LicenseRef-1","extractedText":"x"}],
"relationships":[{"spdxElementId":"SPDXRef-DOCUMENT","relationshipType":"DESCRIBES","relatedSpdxElement":"SPDXRef-a"}]}"#;

const YAML: &str = "%YAML 1.2
---
spdxVersion: \"SPDX-2.3\" # the edition
SPDXID: 'SPDXRef-DOCUMENT'
name: x
documentNamespace: https://x.example/1
creationInfo: {created: 2026-03-01T11:00:00Z, creators: [\"Tool: x\"]}
packages:
- &p
  SPDXID: SPDXRef-a
  name: a
  versionInfo: 1.10
  description: >-
    folded
    text
  comment: |
    kept
  filesAnalyzed: false
  downloadLocation: ~
- *p
relationships:
- {spdxElementId: SPDXRef-DOCUMENT, relationshipType: DESCRIBES, relatedSpdxElement: SPDXRef-a}
";

const TAGS: &str = "# x
SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: x
DocumentNamespace: https://x.example/1
ExternalDocumentRef: DocumentRef-a https://x.example/2 SHA1: 85ed0817af83a24ad8da68c2b5094de69833983c
Creator: Tool: x
Created: 2026-03-01T11:00:00Z
PackageName: a
SPDXID: SPDXRef-a
PackageDescription: <text>one
two</text>
PackageChecksum: SHA1: 85ed0817af83a24ad8da68c2b5094de69833983c
PackageVerificationCode: 85ed (excludes: ./a, ./b)
ExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1
FileName: ./f
SPDXID: SPDXRef-f
FileChecksum: MD5: 85
SnippetSPDXID: SPDXRef-s
SnippetFromFileSPDXID: SPDXRef-f
LicenseID: LicenseRef-1
ExtractedText: <text>x</text>
Annotator: Person: A
SPDXREF: SPDXRef-a
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-a
";

const GRAPH: &str = r#"{"@context":["https://spdx.org/rdf/3.0.1/spdx-context.jsonld"],"@graph":[
{"type":"CreationInfo","@id":"_:c","specVersion":"3.0.1","created":"2026-03-01T11:00:00Z","createdBy":["https://x.example/m"]},
{"type":"Organization","spdxId":"https://x.example/m","name":"A","creationInfo":"_:c"},
{"type":"SpdxDocument","spdxId":"https://x.example/d","creationInfo":"_:c","rootElement":["https://x.example/a"],"namespaceMap":[{"type":"NamespaceMap","prefix":"x","namespace":"https://x.example/"}]},
{"type":"software_Package","spdxId":"https://x.example/a","name":"a","software_packageVersion":"1","creationInfo":"_:c","suppliedBy":{"type":"Person","spdxId":"x:p","name":"P","creationInfo":"_:c"},
"externalIdentifier":[{"type":"ExternalIdentifier","externalIdentifierType":"packageUrl","identifier":"pkg:npm/a@1"}],"verifiedUsing":{"type":"Hash","algorithm":"md5","hashValue":"85"}},
{"type":"Relationship","spdxId":"https://x.example/r","creationInfo":"_:c","from":"x:a","relationshipType":"contains","to":["x:a"],"completeness":"incomplete"},
{"type":"security_Vulnerability","spdxId":"x:v","name":"CVE-2021-44228","creationInfo":"_:c"},
{"type":"security_VexFixedVulnAssessmentRelationship","spdxId":"x:s","creationInfo":"_:c","from":"x:v","relationshipType":"fixedIn","to":["x:a"]},
{"type":"security_CvssV3VulnAssessmentRelationship","spdxId":"x:t","creationInfo":"_:c","from":"x:v","relationshipType":"hasAssessmentFor","to":["x:a"],"security_score":"9.8"}]}"#;

const ALL: [&str; 4] = [JSON, YAML, TAGS, GRAPH];

fn components(reading: &Reading) -> u64 {
    reading.summary.get("components").copied().unwrap_or(0)
}

#[test]
fn mutated_documents_in_json_never_break_the_reader() {
    run(2_000, JSON.as_bytes(), |bytes| Some(spdx::read(bytes)));
}

#[test]
fn mutated_documents_in_yaml_never_break_the_reader() {
    run(2_000, YAML.as_bytes(), |bytes| Some(spdx::read(bytes)));
}

#[test]
fn mutated_documents_in_tag_value_never_break_the_reader() {
    run(2_000, TAGS.as_bytes(), |bytes| Some(spdx::read(bytes)));
}

#[test]
fn mutated_graphs_never_break_the_reader() {
    run(2_000, GRAPH.as_bytes(), |bytes| Some(spdx::read(bytes)));
}

#[test]
fn mutated_documents_are_recognised_as_something() {
    for text in ALL {
        run(500, text.as_bytes(), |bytes| {
            Some(read(bytes, &ReadOptions::default()))
        });
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        run(200, &utf16, |bytes| Some(spdx::read(bytes)));
    }
}

#[test]
fn a_document_in_json_that_is_cut_anywhere_says_so() {
    for text in [JSON, GRAPH] {
        for length in 0..text.len() {
            let reading = spdx::read(&text.as_bytes()[..length]);
            is_safe(&reading);
            assert!(!reading.is_valid(), "{length}");
            assert_eq!(reading.document, None, "{length}");
        }
    }
}

#[test]
fn a_document_of_lines_that_is_cut_anywhere_is_read_to_there() {
    for text in [YAML, TAGS] {
        let whole = components(&spdx::read(text.as_bytes()));
        let mut before = 0;
        for length in 0..=text.len() {
            let reading = spdx::read(&text.as_bytes()[..length]);
            is_safe(&reading);
            let found = components(&reading);
            assert!(
                found >= before,
                "{length}: nothing is lost by one more byte"
            );
            before = found;
        }
        assert_eq!(before, whole);
    }
}

#[test]
fn marks_and_encodings_cost_nothing() {
    for text in ALL {
        let whole = components(&spdx::read(text.as_bytes()));
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        assert_eq!(components(&spdx::read(&marked)), whole, "{text}");
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            for mark in ["", "\u{feff}"] {
                let utf16: Vec<u8> = mark
                    .encode_utf16()
                    .chain(text.encode_utf16())
                    .flat_map(order)
                    .collect();
                assert_eq!(recognise(&utf16), DocumentKind::Spdx, "{text}");
                let reading = spdx::read(&utf16);
                assert_eq!(components(&reading), whole, "{text}");
                assert!(!reading.is_valid());
            }
        }
        let mut latin = text.replace("\"x\"", "\"M\u{fc}ller\"").into_bytes();
        latin.extend(b"\n");
        let latin: Vec<u8> = String::from_utf8(latin)
            .unwrap()
            .chars()
            .map(|character| u8::try_from(u32::from(character)).unwrap())
            .collect();
        assert_eq!(components(&spdx::read(&latin)), whole, "{text}");
    }
}

#[test]
fn nesting_without_end_is_told() {
    for text in [
        format!(
            r#"{{"spdxVersion":"SPDX-2.3","packages":{}"#,
            "[".repeat(300_000)
        ),
        format!(
            r#"{{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[{}"#,
            r#"{"type":"software_Package","suppliedBy":"#.repeat(300_000)
        ),
        format!("spdxVersion: SPDX-2.3\npackages: {}", "[".repeat(300_000)),
        format!("spdxVersion: SPDX-2.3\npackages: {}", "- ".repeat(300_000)),
    ] {
        let reading = spdx::read(text.as_bytes());
        is_safe(&reading);
        assert!(!reading.is_valid());
        assert_eq!(components(&reading), 0);
    }
}

#[test]
fn elements_that_stand_in_each_other_are_all_read() {
    let depth = 50;
    let inner = r#"{"type":"Person","spdxId":"https://x.example/p","name":"P","creationInfo":"#
        .repeat(depth)
        + "null"
        + &"}".repeat(depth);
    let text = GRAPH.replace(
        r#""creationInfo":"_:c","suppliedBy""#,
        &format!(r#""creationInfo":{inner},"suppliedBy""#),
    );
    let reading = spdx::read(text.as_bytes());
    is_safe(&reading);
    assert_eq!(components(&reading), 1);
    problem(&reading, "spdx-id-repeated");
}

#[test]
fn keys_that_occur_twice_are_told_and_the_last_one_holds() {
    let json = JSON.replace(
        r#""versionInfo":"1""#,
        r#""versionInfo":"0","versionInfo":"1""#,
    );
    problem(&spdx::read(json.as_bytes()), "json-duplicate-key");
    let yaml = YAML.replace("  name: a\n", "  name: b\n  name: a\n");
    problem(&spdx::read(yaml.as_bytes()), "yaml-duplicate-key");
    let tags = TAGS.replace(
        "PackageName: a\n",
        "PackageName: a\nPackageVersion: 0\nPackageVersion: 1\n",
    );
    problem(&spdx::read(tags.as_bytes()), "spdx-tag-repeated");
    let graph = GRAPH.replace(r#""name":"a""#, r#""name":"b","name":"a""#);
    problem(&spdx::read(graph.as_bytes()), "json-duplicate-key");
}

#[test]
fn aliases_of_aliases_do_not_explode() {
    let mut yaml = YAML.replace("packages:\n- &p", "packages:\n- &l0");
    yaml = yaml.replace("- *p\n", "- *l0\n");
    yaml.push_str("b0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        yaml.extend([format!("b{level}: &a{level} [{before}]\n")]);
    }
    let reading = spdx::read(yaml.as_bytes());
    problem(&reading, "yaml-aliases-too-large");
    assert_eq!(components(&reading), 2);
}

#[test]
fn one_gigantic_line_is_one_fault() {
    let long = "x".repeat(4 << 20);
    for text in [
        format!("{TAGS}{long}\n"),
        format!("{TAGS}PackageComment: {long}\n"),
        format!("{TAGS}{long}: x\n"),
        format!("{TAGS}PackageName: {long}\nSPDXID: {long}\nRelationship: {long} {long} {long}\n"),
        format!("{YAML}comment: {long}\n"),
        format!("{YAML}{long}: x\n"),
        JSON.replace(r#""name":"a""#, &format!(r#""name":"{long}""#)),
        GRAPH.replace(r#""x:s""#, &format!(r#""{long}""#)),
    ] {
        let reading = spdx::read(text.as_bytes());
        is_safe(&reading);
        assert!(components(&reading) > 0);
    }
}

#[test]
fn many_faults_are_told_a_hundred_times() {
    let faults = 50_000;
    for text in [
        format!("{TAGS}{}", "no tag\n".repeat(faults)),
        format!("{TAGS}{}", "Odd: tag\n".repeat(faults)),
        format!("{TAGS}{}", "Relationship: a HOLDS b\n".repeat(faults)),
        format!("{TAGS}{}", "PackageName: <text>\n".repeat(faults)),
        JSON.replace(
            r#""relationships":["#,
            &format!(r#""relationships":[{}"#, "{},5,".repeat(faults)),
        ),
        GRAPH.replace(
            r#""@graph":["#,
            &format!(
                r#""@graph":[{}"#,
                r#"{"type":"Element","to":"a"},"#.repeat(faults)
            ),
        ),
    ] {
        let reading = spdx::read(text.as_bytes());
        is_safe(&reading);
        assert!(
            reading
                .problems
                .iter()
                .any(|problem| problem.message.contains("more problems of this kind")),
            "{:?}",
            ids(&reading)
        );
        assert!(components(&reading) > 0);
    }
}

#[test]
fn circles_of_containers_and_roots_end() {
    let packages: String = (0..2_000)
        .map(|at| {
            format!(
                "PackageName: p{at}\nSPDXID: SPDXRef-p{at}\nPackageDownloadLocation: NONE\nFilesAnalyzed: false\nRelationship: SPDXRef-p{at} CONTAINS SPDXRef-p{}\nRelationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-p{at}\n",
                (at + 1) % 2_000
            )
        })
        .fold(TAGS.to_owned(), |text, package| text + &package);
    let reading = spdx::read(packages.as_bytes());
    is_safe(&reading);
    assert_eq!(components(&reading), 2_001);
    problem(&reading, "spdx-subject-ambiguous");
}

#[test]
fn circles_of_a_graph_end() {
    let rest: String = (0..2_000)
        .map(|at| {
            let next = (at + 1) % 2_000;
            format!(
                r#",{{"type":"software_Package","spdxId":"x:p{at}","name":"p{at}","creationInfo":"_:c","suppliedBy":"x:o{at}"}},
                {{"type":"Organization","spdxId":"x:o{at}","name":"o","creationInfo":"x:p{next}"}},
                {{"type":"Relationship","spdxId":"x:c{at}","creationInfo":"_:c","from":"x:p{at}","relationshipType":"contains","to":["x:p{next}","x:c{at}"]}},
                {{"type":"Relationship","spdxId":"x:d{at}","creationInfo":"x:d{at}","from":"x:d{next}","relationshipType":"describes","to":["x:d{at}"]}}"#
            )
        })
        .collect::<Vec<_>>()
        .concat();
    let text = GRAPH.replace("\n]}", "]}").replace("]}", "]} ");
    let end = text.rfind(']').unwrap();
    let text = format!("{}{rest}{}", &text[..end], &text[end..])
        .replace(
            r#""rootElement":["https://x.example/a"]"#,
            r#""rootElement":["https://x.example/d","x:p0"]"#,
        )
        .replace(
            r#""createdBy":["https://x.example/m"]"#,
            r#""createdBy":["_:c"]"#,
        );
    let reading = spdx::read(text.as_bytes());
    is_safe(&reading);
    assert_eq!(components(&reading), 2_001);
}
