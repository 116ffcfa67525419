//! Small papers of every kind, written for these tests.

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A bill of materials of one product, with a part, an embedded flaw and a statement.
pub(crate) fn sbom(serial: &str, revision: u32, component_version: &str) -> String {
    format!(
        r#"{{"bomFormat":"CycloneDX","specVersion":"1.6","serialNumber":"urn:uuid:{serial}","version":{revision},
"metadata":{{"timestamp":"2026-03-0{revision}T00:00:00Z","component":{{"type":"device","bom-ref":"root","name":"Scanner One",
"version":"4.2","manufacturer":{{"name":"Example Medical"}}}},"manufacturer":{{"name":"Example Medical"}}}},
"components":[{{"type":"library","bom-ref":"log4j","group":"org.apache.logging.log4j","name":"log4j-core",
"version":"{component_version}","purl":"pkg:maven/org.apache.logging.log4j/log4j-core@{component_version}"}},
{{"type":"operating-system","bom-ref":"os","name":"Windows 10 IoT","version":"10.0.19044"}}],
"dependencies":[{{"ref":"root","dependsOn":["log4j","os"]}}],
"vulnerabilities":[{{"id":"CVE-2021-44228","source":{{"name":"Example Medical"}},
"analysis":{{"state":"not_affected","justification":"code_not_reachable"}},"affects":[{{"ref":"log4j"}}]}}]}}"#
    )
}

/// A record of a flaw.
pub(crate) fn cve(id: &str, updated: &str, product: &str) -> String {
    format!(
        r#"{{"dataType":"CVE_RECORD","dataVersion":"5.1","cveMetadata":{{"cveId":"{id}","assignerOrgId":"0",
"state":"PUBLISHED","datePublished":"2026-01-01T00:00:00Z","dateUpdated":"{updated}"}},
"containers":{{"cna":{{"providerMetadata":{{"orgId":"0","shortName":"example"}},
"descriptions":[{{"lang":"en","value":"A flaw in {product}."}}],
"affected":[{{"vendor":"Example","product":"{product}","defaultStatus":"unaffected",
"versions":[{{"version":"1.0","lessThan":"2.0","versionType":"semver","status":"affected"}}],
"cpes":["cpe:2.3:a:example:{product}:*:*:*:*:*:*:*:*"]}}]}}}}}}"#
    )
}

/// An advisory on a device.
pub(crate) fn advisory(revision: u32) -> String {
    format!(
        r#"{{"document":{{"category":"csaf_security_advisory","csaf_version":"2.0","title":"Example advisory",
"publisher":{{"category":"vendor","name":"Example Medical","namespace":"https://example.org"}},
"tracking":{{"id":"EX-1","status":"final","version":"{revision}","initial_release_date":"2026-01-01T00:00:00Z",
"current_release_date":"2026-01-0{revision}T00:00:00Z",
"revision_history":[{{"date":"2026-01-01T00:00:00Z","number":"1","summary":"first"}}]}},
"distribution":{{"tlp":{{"label":"AMBER"}}}}}},
"product_tree":{{"branches":[{{"category":"vendor","name":"Example Medical","branches":[{{"category":"product_name",
"name":"Scanner One","branches":[{{"category":"product_version","name":"4.2",
"product":{{"product_id":"P1","name":"Scanner One 4.2"}}}}]}}]}}]}},
"vulnerabilities":[{{"cve":"CVE-2026-000{revision}","product_status":{{"known_affected":["P1"]}},
"remediations":[{{"category":"vendor_fix","details":"Install 4.3","product_ids":["P1"]}}]}}]}}"#
    )
}

/// A catalog of known exploited vulnerabilities.
pub(crate) const KEV: &str = r#"{"title":"CISA Catalog of Known Exploited Vulnerabilities","catalogVersion":"2026.11.01",
"dateReleased":"2026-11-01T00:00:00.0000Z","count":1,"vulnerabilities":[{"cveID":"CVE-2021-44228","vendorProject":"Apache",
"product":"Log4j2","vulnerabilityName":"Apache Log4j2 Remote Code Execution Vulnerability","dateAdded":"2021-12-10",
"shortDescription":"d","requiredAction":"a","dueDate":"2021-12-24","knownRansomwareCampaignUse":"Known","notes":"n"}]}"#;

/// Exploit predictions.
pub(crate) const EPSS: &str = "#model_version:v2025.03.14,score_date:2026-11-01T00:00:00Z\n\
    cve,epss,percentile\nCVE-2021-44228,0.94358,0.99957\nCVE-2026-0001,0.00042,0.05\n";

/// An inventory of two devices; the last column is none of ours.
pub(crate) const INVENTORY: &str = "Asset No,Manufacturer,Model,Software Version,Serial Number,Last Patient\n\
    CT-1,Example Medical,Scanner One,4.2,S1,PLANTEDPATIENTDOE\n\
    CT-2,Example Medical,Scanner One,4.1,S2,PLANTEDPATIENTROE\n";

/// A worklist that comes back.
pub(crate) const WORKLIST: &str =
    "Work item,Status,Comment\nW-0123456789,done,replaced\nW-abcdef0123,open,\n";

/// Writes a file, with the folders above it.
pub(crate) fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, content).unwrap();
    path
}

/// A zip of members in the order given.
pub(crate) fn zip<N: AsRef<str>, C: AsRef<[u8]>>(members: &[(N, C)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in members {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name.as_ref(), options).unwrap();
        writer.write_all(content.as_ref()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An archive of so many CVE records, laid out as the CVE Program does.
pub(crate) fn cve_archive(count: usize, updated: &str) -> Vec<u8> {
    let members: Vec<(String, String)> = (1..=count)
        .map(|number| {
            let id = format!("CVE-2026-{number:04}");
            (
                format!("cves/2026/0xxx/{id}.json"),
                cve(&id, updated, &format!("product{}", number % 7)),
            )
        })
        .collect();
    zip(&members)
}

/// A folder with one paper of every kind.
pub(crate) fn write_all(folder: &Path) {
    write(
        folder,
        "feeds/cves.zip",
        cve_archive(40, "2026-02-01T00:00:00Z"),
    );
    write(folder, "feeds/epss.csv", EPSS);
    write(folder, "feeds/kev.json", KEV);
    write(folder, "inventory.csv", INVENTORY);
    write(folder, "papers/advisory.json", advisory(1));
    write(
        folder,
        "papers/cve.json",
        cve("CVE-2021-44228", "2026-01-02T00:00:00Z", "log4j"),
    );
    write(folder, "papers/scanner.cdx.json", sbom("0001", 2, "2.14.1"));
    write(folder, "worklist.csv", WORKLIST);
}
