//! NVD, OSV, SSVC, recalls and maps of names, from the file to the answer.

use serde_json::Value;

use crate::session::Session;

const INVENTORY: &str = "Asset,Manufacturer,Model,Software version\n\
    MED-1,Northlight Imaging GmbH,CT 500,4.1\n\
    MED-2,Northlight Imaging GmbH,CT 500 Pro,4.1\n";

const BILL: &str = r#"{"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79", "version": 1,
  "metadata": {"timestamp": "2026-11-01T00:00:00Z", "component": {"type": "device", "bom-ref": "root", "name": "CT 500", "version": "4.1",
    "manufacturer": {"name": "Northlight Imaging GmbH"}}},
  "components": [
    {"type": "application", "name": "viewer", "version": "1.4", "cpe": "cpe:2.3:a:acme:viewer:1.4:*:*:*:*:*:*:*"},
    {"type": "library", "name": "pillow", "version": "9.0.0", "purl": "pkg:pypi/pillow@9.0.0"},
    {"type": "library", "name": "codec", "version": "3.1", "purl": "pkg:npm/codec@3.1.0"}]}"#;

/// One page: a flaw of the viewer, one of it on Windows only, and one under the name that a map gives `codec`.
const NVD: &str = r#"{"resultsPerPage": 4, "startIndex": 0, "totalResults": 4, "format": "NVD_CVE", "version": "2.0", "timestamp": "2026-11-20T00:00:00.000",
  "vulnerabilities": [
  {"cve": {"id": "CVE-2026-0001", "vulnStatus": "Analyzed", "published": "2026-11-01T00:00:00.000", "lastModified": "2026-11-19T00:00:00.000",
    "cisaExploitAdd": "2026-11-10", "descriptions": [{"lang": "en", "value": "An overflow in the viewer."}],
    "metrics": {"cvssMetricV31": [{"source": "nvd@nist.gov", "type": "Primary", "cvssData": {"version": "3.1",
      "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "baseScore": 9.8, "baseSeverity": "CRITICAL"}}]},
    "configurations": [{"nodes": [{"operator": "OR", "negate": false, "cpeMatch": [
      {"vulnerable": true, "criteria": "cpe:2.3:a:acme:viewer:*:*:*:*:*:*:*:*", "versionEndExcluding": "2.0"}]}]}]}},
  {"cve": {"id": "CVE-2026-0002", "vulnStatus": "Analyzed", "published": "2026-11-01T00:00:00.000", "lastModified": "2026-11-19T00:00:00.000",
    "descriptions": [{"lang": "en", "value": "A flaw of the viewer on Windows."}],
    "configurations": [{"operator": "AND", "nodes": [
      {"operator": "OR", "negate": false, "cpeMatch": [{"vulnerable": true, "criteria": "cpe:2.3:a:acme:viewer:*:*:*:*:*:*:*:*", "versionEndExcluding": "2.0"}]},
      {"operator": "OR", "negate": false, "cpeMatch": [{"vulnerable": false, "criteria": "cpe:2.3:o:microsoft:windows:-:*:*:*:*:*:*:*"}]}]}]}},
  {"cve": {"id": "CVE-2026-0003", "vulnStatus": "Rejected", "lastModified": "2026-11-19T00:00:00.000", "descriptions": [],
    "configurations": [{"nodes": [{"operator": "OR", "negate": false, "cpeMatch": [
      {"vulnerable": true, "criteria": "cpe:2.3:a:acme:viewer:*:*:*:*:*:*:*:*"}]}]}]}},
  {"cve": {"id": "CVE-2026-0004", "vulnStatus": "Analyzed", "lastModified": "2026-11-19T00:00:00.000", "descriptions": [],
    "configurations": [{"nodes": [{"operator": "OR", "negate": false, "cpeMatch": [
      {"vulnerable": true, "criteria": "cpe:2.3:a:medlib:codec_kit:*:*:*:*:*:*:*:*", "versionEndExcluding": "3.2"}]}]}]}}]}"#;

const OSV: &str = r#"{"schema_version": "1.7.0", "id": "PYSEC-2026-1", "modified": "2026-11-18T00:00:00Z", "aliases": ["CVE-2026-0005"],
  "summary": "Overflow in Pillow", "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}],
  "affected": [{"package": {"ecosystem": "PyPI", "name": "Pillow", "purl": "pkg:pypi/pillow"},
    "ranges": [{"type": "GIT", "repo": "https://git.example/pillow", "events": [{"introduced": "0"}, {"fixed": "b42dd4b"}]},
      {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9.0.1"}]}]}]}"#;

const MAP: &str = "purl\tcpe_part_vendor_product\npkg:npm/codec\ta:medlib:codec_kit\n";

const NOTICES: &str = "Manufacturer,Product,Versions,FSN reference,Date,Action,Reason,Class\n\
    Northlight Imaging GmbH,CT 500,< 4.2,FSCA-2026-1,2026-11-02,Install 4.2,A service password is shown,II\n";

const SSVC: &str = r#"{"id": "CVE-2026-0001", "role": "Supplier", "schemaVersion": "1-0-1", "timestamp": "2026-11-11T00:00:00Z",
  "selections": [{"name": "Exploitation", "namespace": "ssvc", "values": ["Active"], "version": "1.1.0"}]}"#;

fn session() -> Session {
    let session = Session::new();
    for (name, text) in [
        ("papers/inventory.csv", INVENTORY),
        ("papers/ct500.cdx.json", BILL),
        ("papers/feeds/nvd.json", NVD),
        ("papers/feeds/pysec.json", OSV),
        ("papers/feeds/purl2cpe.tsv", MAP),
        ("papers/feeds/notices.csv", NOTICES),
        ("papers/feeds/ssvc.json", SSVC),
    ] {
        session.write(name, text);
    }
    session
}

#[test]
fn each_paper_is_known_and_valid() {
    let checked = session()
        .run(&["check", "papers/feeds", "--format", "json"])
        .ends(0)
        .json();
    let kinds: Vec<String> = checked
        .as_array()
        .unwrap()
        .iter()
        .map(|file| {
            let records = file["summary"]["records"].as_u64();
            let counted = records.map_or(String::new(), |count| format!(" {count}"));
            format!("{}{counted}", file["kind"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        kinds,
        [
            "field-safety-notice 1",
            "nvd 4",
            "identity-map",
            "osv 1",
            "ssvc 1"
        ]
    );
}

/// Each finding of a device in one line.
fn lines(answer: &Value) -> Vec<String> {
    let mut lines: Vec<String> = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            format!(
                "{} in {} of {}: {} by {} ({})",
                finding["vulnerability"].as_str().unwrap(),
                finding["component"]["name"]
                    .as_str()
                    .unwrap_or("the device"),
                finding["release_label"].as_str().unwrap(),
                finding["verdict"].as_str().unwrap(),
                finding["evidence"][0]["rule"].as_str().unwrap(),
                finding["title"].as_str().unwrap_or("no title"),
            )
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn flaws_recalls_and_mapped_names_become_findings_and_conditions_stay_open() {
    let session = session();
    let answer = session
        .run(&["assess", "papers", "--format", "json"])
        .ends(0)
        .json();
    insta::assert_snapshot!(lines(&answer).join("\n"), @"
    CVE-2026-0001 in viewer of Northlight Imaging GmbH CT 500 4.1: affected by version-in-range (no title)
    CVE-2026-0002 in viewer of Northlight Imaging GmbH CT 500 4.1: undetermined by configuration-open (no title)
    CVE-2026-0004 in codec of Northlight Imaging GmbH CT 500 4.1: affected by version-in-range (no title)
    CVE-2026-0005 in pillow of Northlight Imaging GmbH CT 500 4.1: affected by version-in-range (Overflow in Pillow)
    FSCA-2026-1 in the device of Northlight Imaging GmbH CT 500 4.1: affected by version-in-range (Recall of class II: A service password is shown)
    ");
    let facts: Vec<&str> = answer["missing_facts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fact| fact["fact"].as_str().unwrap())
        .collect();
    insta::assert_snapshot!(facts.join("\n"), @"whether Northlight Imaging GmbH CT 500 4.1 has microsoft windows");
    // Papers that are stored already change nothing.
    let again = session
        .run(&["assess", "papers", "--format", "json"])
        .ends(0)
        .json();
    assert_eq!(lines(&answer), lines(&again));
}

#[test]
fn the_age_of_each_feed_is_named_once_it_is_stale() {
    let session = session();
    let old = NVD.replace("2026-11-19", "2020-01-01");
    session.write("papers/feeds/nvd.json", old);
    session.write(
        "papers/feeds/pysec.json",
        OSV.replace("2026-11-18", "2020-01-01"),
    );
    let text = session.run(&["assess", "papers"]).ends(0).text();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in ["The newest NVD record is", "The newest OSV record is"] {
        assert!(text.contains(said), "{text}");
    }
}

#[test]
fn a_system_that_is_known_settles_what_was_open() {
    let session = session();
    let with_windows = BILL.replace(
        r#"{"type": "library", "name": "pillow""#,
        r#"{"type": "operating-system", "name": "Windows 10 IoT", "version": "10.0.17763"}, {"type": "library", "name": "pillow""#,
    );
    session.write("papers/ct500.cdx.json", with_windows);
    let answer = session
        .run(&["assess", "papers", "--format", "json"])
        .ends(0)
        .json();
    let settled = lines(&answer);
    assert!(
        settled
            .iter()
            .any(|line| line.starts_with("CVE-2026-0002 in viewer")
                && line.contains(": affected by")),
        "{settled:#?}"
    );
}

#[test]
fn one_flaw_is_shown_with_what_every_feed_says_of_it() {
    let session = session();
    session.run(&["import", "papers"]).ends(0);
    let shown = session
        .run(&["--workspace", "papers/.isocenter", "show", "CVE-2026-0005"])
        .ends(0)
        .text();
    assert!(
        shown.contains("PYSEC-2026-1") && shown.contains("Overflow in Pillow"),
        "{shown}"
    );
    let shown = session
        .run(&["--workspace", "papers/.isocenter", "show", "FSCA-2026-1"])
        .ends(0)
        .text();
    assert!(
        shown.contains("Recall of class II: A service password is shown"),
        "{shown}"
    );
}
