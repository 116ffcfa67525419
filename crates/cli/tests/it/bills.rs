//! Bills of materials in their formats, from a folder of papers to the answer.

use serde_json::Value;

use crate::session::Session;

const DEVICES: &str =
    "Asset,Manufacturer,Model,Software Version\nMR1,Vesperion Medical Systems,Orrin 3.0T,5.2\n";

const RECORD: &str = r#"{
  "dataType": "CVE_RECORD", "dataVersion": "5.1",
  "cveMetadata": {"cveId": "CVE-2026-1001", "state": "PUBLISHED", "assignerOrgId": "00000000-0000-4000-9000-000000000000"},
  "containers": {"cna": {
    "providerMetadata": {"orgId": "00000000-0000-4000-9000-000000000000"},
    "descriptions": [{"lang": "en", "value": "A flaw."}],
    "affected": [{"vendor": "Cobalt", "product": "Cobalt Parser", "versions": [{"version": "0", "lessThan": "2.4", "status": "affected", "versionType": "semver"}],
      "defaultStatus": "unaffected"}]
  }}
}"#;

/// Flaw, component and verdict of every finding of a folder.
fn findings(session: &Session, folder: &str) -> Vec<(String, String, String)> {
    let answer = session
        .run(&["assess", folder, "--format", "json"])
        .ends(0)
        .json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            (
                text(&finding["vulnerability"]),
                text(&finding["component"]["name"]),
                text(&finding["verdict"]),
            )
        })
        .collect()
}

fn folder(session: &Session, name: &str, file: &str, bill: &str) {
    session.write(&format!("{name}/devices.csv"), DEVICES);
    session.write(&format!("{name}/CVE-2026-1001.json"), RECORD);
    session.write(&format!("{name}/{file}"), bill);
}

#[test]
fn a_bill_in_xml_answers_as_the_same_bill_in_json() {
    let session = Session::new();
    folder(
        &session,
        "json",
        "bill.json",
        r#"{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
            "metadata": {"component": {"type": "device", "name": "Orrin 3.0T", "version": "5.2", "supplier": {"name": "Vesperion Medical Systems"}}},
            "components": [{"type": "library", "name": "Cobalt Parser", "version": "2.3.1", "supplier": {"name": "Cobalt"}}]}"#,
    );
    folder(
        &session,
        "xml",
        "bill.xml",
        r#"<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1">
            <metadata><component type="device"><supplier><name>Vesperion Medical Systems</name></supplier><name>Orrin 3.0T</name><version>5.2</version></component></metadata>
            <components><component type="library"><supplier><name>Cobalt</name></supplier><name>Cobalt Parser</name><version>2.3.1</version></component></components></bom>"#,
    );
    let of_json = findings(&session, "json");
    assert_eq!(
        of_json,
        [(
            "CVE-2026-1001".to_owned(),
            "Cobalt Parser".to_owned(),
            "affected".to_owned()
        )]
    );
    assert_eq!(findings(&session, "xml"), of_json);
}

#[test]
fn a_bill_as_a_spreadsheet_answers_as_the_same_bill_in_json() {
    let session = Session::new();
    let bill = "Software bill of materials for Orrin 3.0T version 5.2;;\n\
        Manufacturer: Vesperion Medical Systems;;\n\
        Component;Version;Supplier\nCobalt Parser;2.3.1;Cobalt\nLost;;\n";
    folder(&session, "table", "bill.csv", bill);
    let checked = session
        .run(&["check", "table/bill.csv", "--format", "json"])
        .ends(1)
        .json();
    assert_eq!(checked[0]["kind"], "sbom-table");
    assert_eq!(checked[0]["summary"]["components"], 2);
    let affected =
        |id: &str, component: &str| (id.to_owned(), component.to_owned(), "affected".to_owned());
    assert_eq!(
        findings(&session, "table"),
        [affected("CVE-2026-1001", "Cobalt Parser")]
    );

    // The next edition of the same file replaces it; the corrected part is affected no more.
    session.write("table/bill.csv", bill.replace("2.3.1", "2.4"));
    assert_eq!(findings(&session, "table"), []);
    let workspace = ["--workspace", "table/.isocenter", "--format", "json"];
    let arguments = [&["components"], &workspace[..]].concat();
    let components = session.run(&arguments).ends(0).text();
    assert!(
        components.contains("2.4") && !components.contains("2.3.1"),
        "{components}"
    );
}

#[test]
fn tags_of_one_folder_are_papers_of_their_own() {
    let session = Session::new();
    let tag = |name: &str, maker: &str, version: &str| {
        format!(
            "<SoftwareIdentity xmlns='http://standards.iso.org/iso/19770/-2/2015/schema.xsd' name='{name}' tagId='{name}-{version}' version='{version}'><Entity name='{maker}' role='tagCreator softwareCreator'/></SoftwareIdentity>"
        )
    };
    folder(
        &session,
        "tags",
        "a.swidtag",
        &tag("Cobalt Parser", "Cobalt", "2.3.1"),
    );
    session.write(
        "tags/b.swidtag",
        tag("Orrin 3.0T", "Vesperion Medical Systems", "5.2"),
    );
    let checked = session
        .run(&["check", "tags", "--format", "json"])
        .ends(0)
        .json();
    let kinds: Vec<&str> = checked
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|file| file["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["cve", "swid", "swid", "inventory"]);
    // The product of a tag is a release of its own, and one flaw in it is one finding.
    assert_eq!(
        findings(&session, "tags"),
        [(
            "CVE-2026-1001".to_owned(),
            String::new(),
            "affected".to_owned()
        )]
    );
    let list = |what: &str| {
        let workspace = ["--workspace", "tags/.isocenter", "--format", "json"];
        let arguments = [&[what], &workspace[..]].concat();
        session.run(&arguments).ends(0).text()
    };
    let releases = list("releases");
    assert!(
        releases.contains("Cobalt Parser") && releases.contains("Orrin 3.0T"),
        "{releases}"
    );
    assert!(list("components").contains("Cobalt Parser"));
}
