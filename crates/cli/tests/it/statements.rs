//! What makers say of flaws (VEX), from a folder of papers to the answer.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::session::Session;

const SERIAL: &str = "3e671687-395b-41f5-a30f-a58921a69b79";
const MAKER: &str = "Vesperion Medical Systems";

/// A folder with a device, its bill of materials and the record of a flaw in a part of it.
struct Folder {
    session: Session,
}

impl Folder {
    fn new() -> Self {
        let folder = Self {
            session: Session::new(),
        };
        folder.write("bill.json", &bill(SERIAL, 1, &json!([])));
        folder.write(
            "CVE-2026-1001.json",
            &json!({
                "dataType": "CVE_RECORD", "dataVersion": "5.1",
                "cveMetadata": {"cveId": "CVE-2026-1001", "state": "PUBLISHED", "assignerOrgId": "00000000-0000-4000-9000-000000000000"},
                "containers": {"cna": {
                    "providerMetadata": {"orgId": "00000000-0000-4000-9000-000000000000"},
                    "descriptions": [{"lang": "en", "value": "A flaw."}],
                    "affected": [{"collectionURL": "https://registry.npmjs.org", "packageName": "parser", "defaultStatus": "unaffected",
                        "versions": [{"version": "0", "lessThan": "2.4.0", "status": "affected", "versionType": "semver"}]}]
                }}
            }),
        );
        folder
    }

    fn write(&self, name: &str, paper: &Value) {
        self.session
            .write(&format!("papers/{name}"), paper.to_string());
    }

    /// Flaw, component, verdict, owner and evidence of the only finding.
    #[track_caller]
    fn finding(&self) -> Value {
        let mut findings = self.findings();
        assert_eq!(findings.len(), 1, "{findings:#?}");
        findings.remove(0)
    }

    fn findings(&self) -> Vec<Value> {
        let answer = self.session.run(&["assess", "papers", "--format", "json"]);
        answer.ends(0).json()["findings"]
            .as_array()
            .unwrap()
            .clone()
    }
}

/// The bill of a device with a parser inside.
fn bill(serial: &str, revision: u64, flaws: &Value) -> Value {
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": format!("urn:uuid:{serial}"), "version": revision,
        "metadata": {"component": {"type": "device", "bom-ref": "device", "name": "Orrin 3.0T", "version": "5.2",
            "purl": "pkg:generic/vesperion/orrin@5.2", "supplier": {"name": MAKER}}},
        "components": [{"type": "library", "bom-ref": "lib/parser", "name": "parser", "version": "2.3.1", "purl": "pkg:npm/parser@2.3.1"}],
        "vulnerabilities": flaws
    })
}

fn not_affected(reference: &str) -> Value {
    json!({
        "id": "CVE-2026-1001",
        "analysis": {"state": "not_affected", "justification": "code_not_reachable"},
        "affects": [{"ref": reference}]
    })
}

/// A document of statements alone, by `supplier`.
fn vex(supplier: &str, flaw: &Value) -> Value {
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"timestamp": "2026-02-01T00:00:00Z", "supplier": {"name": supplier}},
        "vulnerabilities": [flaw]
    })
}

#[test]
fn a_vex_in_a_document_of_its_own_finds_the_part_by_bom_link() {
    for (link, supplier, verdict) in [
        (
            format!("urn:cdx:{SERIAL}/1#lib/parser"),
            MAKER,
            "not affected",
        ),
        (
            format!("urn:cdx:{SERIAL}/1#lib%2Fparser"),
            MAKER,
            "not affected",
        ),
        (
            format!("urn:uuid:{SERIAL}/1#lib/parser"),
            MAKER,
            "not affected",
        ),
        // Of the whole device.
        (format!("urn:cdx:{SERIAL}/1#device"), MAKER, "not affected"),
        (format!("urn:cdx:{SERIAL}/1"), MAKER, "not affected"),
        // Another revision, another part, another bill.
        (format!("urn:cdx:{SERIAL}/2#lib/parser"), MAKER, "affected"),
        (format!("urn:cdx:{SERIAL}/1#lib/other"), MAKER, "affected"),
        (
            "urn:cdx:00000000-0000-4000-8000-000000000000/1#lib/parser".to_owned(),
            MAKER,
            "affected",
        ),
        // Somebody else's word does not clear the maker's device.
        (
            format!("urn:cdx:{SERIAL}/1#lib/parser"),
            "A Scanner",
            "affected",
        ),
    ] {
        let folder = Folder::new();
        assert_eq!(folder.finding()["verdict"], "affected");
        folder.write("vex.json", &vex(supplier, &not_affected(&link)));
        let finding = folder.finding();
        assert_eq!(finding["verdict"], *verdict, "{link} {supplier}");
        assert_eq!(finding["component"]["name"], "parser", "{link} {supplier}");
    }
}

#[test]
fn a_vex_inside_the_bill_is_the_makers_unless_somebody_else_wrote_the_bill() {
    for (author, verdict) in [
        (json!(null), "not affected"),
        (json!(MAKER), "not affected"),
        (json!("County Hospital"), "affected"),
    ] {
        let folder = Folder::new();
        let mut paper = bill(SERIAL, 2, &json!([not_affected("lib/parser")]));
        // Who made the document goes before who supplies what it describes.
        if !author.is_null() {
            paper["metadata"]["supplier"] = json!({"name": MAKER});
            paper["metadata"]["manufacturer"] = json!({"name": author});
        }
        folder.write("bill.json", &paper);
        let finding = folder.finding();
        assert_eq!(finding["verdict"], *verdict, "{author}");
        if verdict == "not affected" {
            assert_eq!(finding["matched_verdict"], "affected");
        }
    }
}

#[test]
fn a_vex_that_repeats_the_serial_number_of_the_bill_does_not_take_its_place() {
    for (author, verdict) in [
        (json!(null), "affected"),
        (json!({"name": MAKER}), "not affected"),
    ] {
        let folder = Folder::new();
        let mut statements = bill(SERIAL, 7, &json!([not_affected("device")]));
        statements["components"] = json!([]);
        if !author.is_null() {
            statements["metadata"]["supplier"] = author;
        }
        folder.write("vex.json", &statements);
        let finding = folder.finding();
        assert_eq!(finding["component"]["name"], "parser");
        assert_eq!(finding["verdict"], *verdict);
    }
}

#[test]
fn versions_beside_a_bom_link_say_which_ones_are_meant() {
    for (versions, verdict) in [
        (
            json!([{"version": "2.3.1", "status": "affected"}]),
            "not affected",
        ),
        (
            json!([{"range": "vers:npm/>=2.0.0|<2.3.0", "status": "affected"}]),
            "affected",
        ),
        (
            json!([{"range": "vers:npm/>=2.0.0|<2.4.0", "status": "affected"}]),
            "not affected",
        ),
    ] {
        let folder = Folder::new();
        let mut flaw = not_affected(&format!("urn:cdx:{SERIAL}/1#lib/parser"));
        flaw["affects"][0]["versions"] = versions.clone();
        folder.write("vex.json", &vex(MAKER, &flaw));
        assert_eq!(folder.finding()["verdict"], *verdict, "{versions}");
    }
}

fn openvex(author: &str, statements: &Value) -> Value {
    json!({
        "@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://vesperion.example/vex/1", "author": author,
        "timestamp": "2026-02-01T00:00:00Z", "version": 1, "statements": statements
    })
}

#[test]
fn openvex_on_the_device_and_the_part_inside_it_counts() {
    let statement = |product: &str, part: &str| {
        json!({
            "vulnerability": {"name": "CVE-2026-1001"},
            "products": [{"@id": product, "subcomponents": [{"@id": part}]}],
            "status": "not_affected", "justification": "vulnerable_code_not_in_execute_path"
        })
    };
    for (product, part, author, verdict) in [
        (
            "pkg:generic/vesperion/orrin@5.2",
            "pkg:npm/parser@2.3.1",
            MAKER,
            "not affected",
        ),
        (
            "pkg:generic/vesperion/orrin",
            "pkg:npm/parser",
            MAKER,
            "not affected",
        ),
        (
            "pkg:generic/vesperion/orrin@5.2",
            "pkg:npm/parser@2.3.1",
            "Vesperion Medical Systems <psirt@vesperion.example>",
            "not affected",
        ),
        (
            "pkg:generic/vesperion/orrin@5.1",
            "pkg:npm/parser@2.3.1",
            MAKER,
            "affected",
        ),
        (
            "pkg:generic/vesperion/orrin@5.2",
            "pkg:npm/parser@2.3.0",
            MAKER,
            "affected",
        ),
        (
            "pkg:generic/vesperion/orrin@5.2",
            "pkg:npm/parser@2.3.1",
            "A Scanner",
            "affected",
        ),
    ] {
        let folder = Folder::new();
        folder.write(
            "vex.json",
            &openvex(author, &json!([statement(product, part)])),
        );
        let finding = folder.finding();
        assert_eq!(finding["verdict"], *verdict, "{product} {part} {author}");
        assert_eq!(finding["component"]["name"], "parser");
    }
}

#[test]
fn what_openvex_advises_is_the_hospitals_to_do() {
    let folder = Folder::new();
    folder.write(
        "vex.json",
        &openvex(
            MAKER,
            &json!([{
                "vulnerability": {"name": "CVE-2026-1001"},
                "products": [{"@id": "pkg:generic/vesperion/orrin@5.2"}],
                "status": "affected", "action_statement": "Close port 104 to other networks."
            }]),
        ),
    );
    let finding = folder.finding();
    assert_eq!(finding["verdict"], "affected");
    assert_eq!(finding["owner"], "hospital");
    let action = finding["action"].as_str().unwrap();
    assert!(action.contains("Close port 104"), "{action}");
}

#[test]
fn openvex_documents_with_one_id_on_different_products_all_count() {
    let folder = Folder::new();
    let on = |product: &str| {
        openvex(
            MAKER,
            &json!([{
                "vulnerability": {"name": "CVE-2026-1001"}, "products": [{"@id": product}],
                "status": "not_affected", "justification": "component_not_present"
            }]),
        )
    };
    folder.write("1.json", &on("pkg:generic/vesperion/orrin@5.2"));
    folder.write("2.json", &on("pkg:generic/vesperion/tavik@1.0"));
    assert_eq!(folder.finding()["verdict"], "not affected");
}

#[test]
fn csaf_on_a_part_inside_the_device_counts() {
    let advisory = |part: &str| {
        json!({
            "document": {
                "category": "csaf_vex", "csaf_version": "2.0", "title": "A VEX",
                "publisher": {"category": "vendor", "name": MAKER, "namespace": "https://vesperion.example"},
                "notes": [{"category": "summary", "text": "A VEX."}],
                "tracking": {
                    "id": "VES-2026-1", "status": "final", "version": "1",
                    "initial_release_date": "2026-02-01T00:00:00Z", "current_release_date": "2026-02-01T00:00:00Z",
                    "revision_history": [{"date": "2026-02-01T00:00:00Z", "number": "1", "summary": "First."}]
                }
            },
            "product_tree": {
                "branches": [{"category": "vendor", "name": MAKER, "branches": [
                    {"category": "product_name", "name": "Orrin 3.0T", "branches": [
                        {"category": "product_version", "name": "5.2", "product": {"product_id": "device", "name": "Orrin 3.0T 5.2"}}
                    ]}
                ]}],
                "full_product_names": [
                    {"product_id": "parser", "name": "parser", "product_identification_helper": {"purl": part}}
                ],
                "relationships": [{
                    "category": "default_component_of", "product_reference": "parser", "relates_to_product_reference": "device",
                    "full_product_name": {"product_id": "inside", "name": "parser in Orrin 3.0T 5.2"}
                }]
            },
            "vulnerabilities": [{
                "cve": "CVE-2026-1001",
                "notes": [{"category": "description", "text": "A flaw."}],
                "product_status": {"known_not_affected": ["inside"]},
                "flags": [{"label": "vulnerable_code_not_in_execute_path", "product_ids": ["inside"]}]
            }]
        })
    };
    for (part, verdict) in [
        ("pkg:npm/parser@2.3.1", "not affected"),
        ("pkg:npm/parser@2.3.0", "affected"),
    ] {
        let folder = Folder::new();
        folder.write("advisory.json", &advisory(part));
        let checked = folder.session.run(&["check", "papers", "--format", "json"]);
        assert!(!checked.text().contains("\"level\": \"error\""));
        let finding = folder.finding();
        assert_eq!(finding["verdict"], *verdict, "{part}");
        assert_eq!(finding["component"]["name"], "parser");
    }
}

#[test]
fn broken_rules_of_an_advisory_have_their_ids_in_json_and_sarif() {
    let session = Session::new();
    session.write(
        "advisory.json",
        r#"{"document": {"category": "csaf_vex", "csaf_version": "2.0", "title": "A VEX",
            "publisher": {"category": "vendor", "name": "V", "namespace": "https://vesperion.example"},
            "tracking": {"id": "V-1", "status": "final", "version": "2",
                "initial_release_date": "2026-02-01T00:00:00Z", "current_release_date": "2026-02-01T00:00:00Z",
                "revision_history": [{"date": "2026-02-01T00:00:00Z", "number": "1", "summary": "First."}]}},
            "product_tree": {"full_product_names": [{"product_id": "a", "name": "A"}]},
            "vulnerabilities": [{"cve": "CVE-2026-1001", "notes": [{"category": "description", "text": "A flaw."}],
                "product_status": {"known_not_affected": ["a", "b"]}}]}"#,
    );
    let expected = [
        "csaf-6-1-16",
        "csaf-product-undefined",
        "csaf-vex-justification-missing",
    ];
    let checked = session.run(&["check", "advisory.json", "--format", "json"]);
    let files = checked.ends(1).json();
    let found: Vec<(&str, &str)> = files[0]["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|problem| problem["level"] == "error")
        .map(|problem| {
            (
                problem["id"].as_str().unwrap(),
                problem["at"].as_str().unwrap(),
            )
        })
        .collect();
    for id in expected {
        assert!(
            found
                .iter()
                .any(|(known, at)| *known == id && at.starts_with('/')),
            "{id}: {found:?}"
        );
    }
    let sarif = session
        .run(&["check", "advisory.json", "--format", "sarif"])
        .json();
    let run = &sarif["runs"][0];
    for id in expected {
        let has =
            |list: &Value, key: &str| list.as_array().unwrap().iter().any(|one| one[key] == id);
        assert!(has(&run["tool"]["driver"]["rules"], "id"), "{id}");
        assert!(has(&run["results"], "ruleId"), "{id}");
    }
}

/// Release, flaw and verdict of every finding.
fn verdicts(session: &Session) -> Vec<(String, String, String)> {
    let answer = session.run(&["assess", "papers", "--format", "json"]);
    let answer = answer.ends(0).json();
    let list = |key: &str| answer[key].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let model = |id: &Value| {
        let release = list("releases").iter().find(|release| release["id"] == *id);
        text(&release.unwrap()["model"])
    };
    let mut found: Vec<_> = list("findings")
        .iter()
        .map(|finding| {
            (
                model(&finding["release"]),
                text(&finding["vulnerability"]),
                text(&finding["verdict"]),
            )
        })
        .collect();
    found.sort();
    found
}

/// Puts the real bills and the real statements of a `case` into one folder, the products in `versions`.
#[track_caller]
fn check_real(case: &str, versions: &[&str], expected: &[(&str, &str, &str)]) {
    let Some(root) = std::env::var_os("ISOCENTER_REAL_DATA") else {
        eprintln!("ISOCENTER_REAL_DATA is not set: real {case} not run");
        return;
    };
    let session = Session::new();
    let real = |part: &str| -> Value {
        let path = PathBuf::from(&root).join(format!("vex/cdx_{case}_{part}.json"));
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    };
    for (index, version) in versions.iter().enumerate() {
        let mut bill = real(&format!("bom-{}", index + 1));
        if !version.is_empty() {
            bill["metadata"]["component"]["version"] = json!(version);
        }
        session.write(&format!("papers/bom-{index}.json"), bill.to_string());
    }
    session.write("papers/vex.json", real("vex").to_string());
    let found = verdicts(&session);
    let found: Vec<(&str, &str, &str)> = found
        .iter()
        .map(|(model, flaw, verdict)| (model.as_str(), flaw.as_str(), verdict.as_str()))
        .collect();
    assert_eq!(found, expected, "{case} {versions:?}");
}

#[test]
fn real_statements_find_the_products_of_real_bills_by_bom_link() {
    check_real(
        "Use-Cases_Case-13",
        &["", "", ""],
        &[
            ("Acme Product 1", "CVE-2020-25649", "not affected"),
            ("Acme Product 2", "CVE-2020-25649", "not affected"),
            ("Acme Product 3", "CVE-2020-25649", "affected"),
        ],
    );
    // The statements are on versions, and the bills state none.
    check_real(
        "CISA-Use-Cases_Case-7",
        &["", ""],
        &[
            ("ABC", "CVE-2021-44228", "undetermined"),
            ("JKL", "CVE-2021-44228", "undetermined"),
        ],
    );
    for (abc, abc_is, jkl, jkl_is) in [
        ("2.4", "affected", "5.1", "fixed"),
        ("2.5", "not affected", "4.4", "not affected"),
        ("4.1", "affected", "5.0", "affected"),
        ("4.2", "not affected", "1.0", "not affected"),
        ("2.2", "not affected", "4.5", "affected"),
    ] {
        check_real(
            "CISA-Use-Cases_Case-7",
            &[abc, jkl],
            &[
                ("ABC", "CVE-2021-44228", abc_is),
                ("JKL", "CVE-2021-44228", jkl_is),
            ],
        );
    }
    // One version of a product is fixed for one flaw and affected by the next.
    check_real(
        "CISA-Use-Cases_Case-8",
        &["2.7", "5.1"],
        &[
            ("ABC", "CVE-2021-44228", "not affected"),
            ("ABC", "CVE-2021-45105", "not affected"),
            ("JKL", "CVE-2021-44228", "fixed"),
            ("JKL", "CVE-2021-45105", "affected"),
        ],
    );
}
