//! A bill of materials counts the same whatever its format: three of the sample hospital, written
//! anew in the three syntaxes of SPDX, give the same answer.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::session::Session;

const BILLS: [&str; 3] = [
    "aldermoor-corvane-128-vb40a",
    "tarnfield-heron-x2-6.1",
    "tarnfield-lark-p5-4.1.0",
];

#[test]
fn the_sample_in_spdx_gives_the_findings_of_the_sample_in_cyclonedx() {
    let before = answer(&Session::with_hospital());

    let session = Session::with_hospital();
    let folder = session.path("hospital/sbom");
    for (name, write) in BILLS
        .into_iter()
        .zip([as_json as fn(&Value) -> String, as_yaml, as_tags])
    {
        let path = folder.join(format!("{name}.cdx.json"));
        let bill = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        std::fs::remove_file(&path).unwrap();
        session.write(
            &format!("hospital/sbom/{name}.spdx"),
            write(&translated(&bill)),
        );
    }
    let checked = session
        .run(&["check", "hospital/sbom", "--format", "json"])
        .json();
    let files = checked.as_array().unwrap();
    let spdx = files.iter().filter(|file| file["kind"] == "spdx");
    assert_eq!(spdx.count(), 3);

    let after = answer(&session);
    assert!(before.len() > 50, "{}", before.len());
    assert_eq!(before, after);
}

/// What a finding says, without the papers that it rests on.
fn answer(session: &Session) -> Vec<[String; 5]> {
    let answer = session
        .run(&["assess", "hospital", "--format", "json"])
        .ends(0)
        .json();
    let mut findings: Vec<[String; 5]> = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            ["id", "release", "vulnerability", "verdict", "component"]
                .map(|member| finding[member].to_string())
        })
        .collect();
    findings.sort();
    findings
}

/// A CycloneDX document as the shape of SPDX 2.3.
fn translated(bill: &Value) -> Value {
    let subject = &bill["metadata"]["component"];
    let mut packages = vec![package(subject)];
    let mut relationships = vec![relationship("SPDXRef-DOCUMENT", "DESCRIBES", &id(subject))];
    translate(subject, bill, &mut packages, &mut relationships);
    json!({
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": subject["name"],
        "documentNamespace": format!("https://example.org/{}", id(subject)),
        "creationInfo": {
            "created": bill["metadata"]["timestamp"],
            "creators": ["Tool: sample-1.0"],
        },
        "packages": packages,
        "relationships": relationships,
    })
}

fn translate(
    container: &Value,
    holder: &Value,
    packages: &mut Vec<Value>,
    relationships: &mut Vec<Value>,
) {
    for part in holder["components"].as_array().into_iter().flatten() {
        packages.push(package(part));
        relationships.push(relationship(&id(container), "CONTAINS", &id(part)));
        translate(part, part, packages, relationships);
    }
}

fn package(part: &Value) -> Value {
    let mut references = Vec::new();
    for (member, category, kind) in [
        ("purl", "PACKAGE-MANAGER", "purl"),
        ("cpe", "SECURITY", "cpe23Type"),
    ] {
        if let Some(locator) = part[member].as_str() {
            references.push(json!({
                "referenceCategory": category,
                "referenceType": kind,
                "referenceLocator": locator,
            }));
        }
    }
    let mut package = json!({
        "name": part["name"],
        "SPDXID": id(part),
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": false,
        "primaryPackagePurpose": part["type"].as_str().unwrap().to_uppercase(),
        "externalRefs": references,
    });
    if let Some(version) = part["version"].as_str() {
        package["versionInfo"] = version.into();
    }
    if let Some(supplier) = part["supplier"]["name"].as_str() {
        package["supplier"] = format!("Organization: {supplier}").into();
    }
    package
}

fn id(part: &Value) -> String {
    let reference = part["bom-ref"].as_str().unwrap();
    format!("SPDXRef-{}", reference.replace(['@', '/', '_', ':'], "-"))
}

fn relationship(from: &str, kind: &str, to: &str) -> Value {
    json!({"spdxElementId": from, "relationshipType": kind, "relatedSpdxElement": to})
}

fn as_json(document: &Value) -> String {
    document.to_string()
}

fn as_yaml(document: &Value) -> String {
    // Strings and lists in the flow style of YAML are those of JSON.
    document
        .as_object()
        .unwrap()
        .iter()
        .fold("---\n".to_owned(), |text, (key, value)| {
            text + &format!("{key}: {value}\n")
        })
}

fn as_tags(document: &Value) -> String {
    let mut text = String::new();
    let mut line = |tag: &str, value: &Value| {
        if let Some(value) = value.as_str() {
            writeln!(text, "{tag}: {value}").unwrap();
        }
    };
    for (tag, pointer) in [
        ("SPDXVersion", "/spdxVersion"),
        ("DataLicense", "/dataLicense"),
        ("SPDXID", "/SPDXID"),
        ("DocumentName", "/name"),
        ("DocumentNamespace", "/documentNamespace"),
        ("Creator", "/creationInfo/creators/0"),
        ("Created", "/creationInfo/created"),
    ] {
        line(tag, document.pointer(pointer).unwrap());
    }
    for package in document["packages"].as_array().unwrap() {
        for (tag, member) in [
            ("PackageName", "name"),
            ("SPDXID", "SPDXID"),
            ("PackageVersion", "versionInfo"),
            ("PackageSupplier", "supplier"),
            ("PackageDownloadLocation", "downloadLocation"),
            ("PrimaryPackagePurpose", "primaryPackagePurpose"),
        ] {
            line(tag, &package[member]);
        }
        line("FilesAnalyzed", &"false".into());
        for reference in package["externalRefs"].as_array().unwrap() {
            let words = ["referenceCategory", "referenceType", "referenceLocator"]
                .map(|member| reference[member].as_str().unwrap());
            line("ExternalRef", &words.join(" ").into());
        }
    }
    for relationship in document["relationships"].as_array().unwrap() {
        let words = ["spdxElementId", "relationshipType", "relatedSpdxElement"]
            .map(|member| relationship[member].as_str().unwrap());
        line("Relationship", &words.join(" ").into());
    }
    text
}
