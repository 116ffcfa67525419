//! Records as the databases of flaws give them: NVD, OSV, openFDA.

use std::fmt::Write;

const TEXT: &str = "A heap overflow in the parser of the service lets a remote attacker run code with the rights of the service. ";

/// Members of `text` for these numbers, with commas between them.
fn list(numbers: std::ops::Range<usize>, member: impl Fn(usize) -> String) -> String {
    let members: Vec<String> = numbers.map(member).collect();
    members.join(",\n")
}

/// A page of the NVD interface: records of about 3.5 kB with metrics and an application on an operating system.
pub(super) fn nvd() -> Vec<Vec<u8>> {
    let text = TEXT.repeat(2);
    let records = list(10_000..11_000, |number| {
        let mut matches = String::new();
        for minor in 0..5 {
            let comma = if minor == 0 { "" } else { "," };
            write!(
                matches,
                r#"{comma}
                  {{ "vulnerable": true, "criteria": "cpe:2.3:a:acme:service_{minor}:*:*:*:*:*:*:*:*",
                    "versionStartIncluding": "7.{minor}", "versionEndExcluding": "7.{minor}.{number}",
                    "matchCriteriaId": "{number:08X}-0000-4000-8000-00000000000{minor}" }}"#
            )
            .unwrap_or_default();
        }
        format!(
            r#"    {{ "cve": {{
        "id": "CVE-2024-{number}", "sourceIdentifier": "psirt@acme.example",
        "published": "2024-08-01T10:15:11.747", "lastModified": "2024-08-18T18:00:24.900", "vulnStatus": "Analyzed",
        "descriptions": [ {{ "lang": "en", "value": "{text}" }}, {{ "lang": "es", "value": "{text}" }} ],
        "metrics": {{ "cvssMetricV31": [ {{
            "source": "nvd@nist.gov", "type": "Primary",
            "cvssData": {{ "version": "3.1", "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
              "attackVector": "NETWORK", "attackComplexity": "LOW", "privilegesRequired": "NONE", "userInteraction": "NONE",
              "scope": "UNCHANGED", "confidentialityImpact": "NONE", "integrityImpact": "NONE", "availabilityImpact": "HIGH",
              "baseScore": 7.5, "baseSeverity": "HIGH" }},
            "exploitabilityScore": 3.9, "impactScore": 3.6 }} ] }},
        "weaknesses": [ {{ "source": "nvd@nist.gov", "type": "Primary", "description": [ {{ "lang": "en", "value": "CWE-787" }} ] }} ],
        "configurations": [ {{ "operator": "AND", "nodes": [
            {{ "operator": "OR", "negate": false, "cpeMatch": [{matches} ] }},
            {{ "operator": "OR", "negate": false, "cpeMatch": [
              {{ "vulnerable": false, "criteria": "cpe:2.3:o:acme:system:-:*:*:*:*:*:*:*",
                "matchCriteriaId": "{number:08X}-0000-4000-8000-000000000009" }} ] }} ] }} ],
        "references": [
          {{ "url": "https://acme.example/advisories/{number}", "source": "psirt@acme.example", "tags": [ "Vendor Advisory" ] }},
          {{ "url": "https://acme.example/releases/{number}", "source": "psirt@acme.example", "tags": [ "Patch" ] }} ]
      }} }}"#
        )
    });
    let text = format!(
        r#"{{ "resultsPerPage": 1000, "startIndex": 0, "totalResults": 1000, "format": "NVD_CVE", "version": "2.0",
  "timestamp": "2024-10-18T18:04:18.493", "vulnerabilities": [
{records} ] }}"#
    );
    vec![text.into_bytes()]
}

/// OSV records of about 2 kB, half of it text and references.
pub(super) fn osv() -> Vec<Vec<u8>> {
    let text = TEXT.repeat(6);
    let record = |number: usize| {
        let versions: Vec<String> = (0..12).map(|minor| format!("\"6.{minor}.0\"")).collect();
        format!(
            r#"{{"id": "GHSA-{number}-x", "summary": "Heap overflow in the parser", "details": "{text}", "aliases": ["CVE-2024-{number}"], "modified": "2024-08-02T23:32:08.989778Z", "published": "2024-08-01T22:15:00Z", "affected": [{{"package": {{"name": "service-{number}", "ecosystem": "PyPI", "purl": "pkg:pypi/service-{number}"}}, "ranges": [{{"type": "GIT", "repo": "https://acme.example/service", "events": [{{"introduced": "0"}}, {{"fixed": "{number:040x}"}}]}}, {{"type": "ECOSYSTEM", "events": [{{"introduced": "6.0"}}, {{"fixed": "6.12"}}, {{"introduced": "7.0"}}, {{"fixed": "7.2"}}]}}], "versions": [{}]}}], "severity": [{{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}}], "references": [{{"type": "WEB", "url": "https://acme.example/advisories/{number}"}}, {{"type": "FIX", "url": "https://acme.example/service/commit/{number:040x}"}}], "schema_version": "1.6.0"}}"#,
            versions.join(", ")
        )
        .into_bytes()
    };
    (10_000..11_000).map(record).collect()
}

/// An answer of openFDA on recalls of devices.
pub(super) fn openfda() -> Vec<Vec<u8>> {
    let recalls = list(1_000..2_000, |number| {
        format!(
            r#"  {{ "cfres_id": "{number}", "product_res_number": "Z-{number}-2024", "event_date_initiated": "2024-03-01", "event_date_posted": "2024-04-02",
    "recall_status": "Open, Classified", "res_event_number": "9{number}", "product_code": "JAK", "k_numbers": [ "K96{number}" ],
    "product_description": "Scanner {number}, computed tomography system, for images of the whole body; catalogue number 500-{number}",
    "code_info": "Software versions below 4.{number}; serial numbers {number}01, {number}02, {number}03", "recalling_firm": "Acme, Inc.",
    "address_1": "1 Example Road", "city": "Example", "state": "WI", "postal_code": "00000",
    "reason_for_recall": "The software may show the images of one series with the scale of another one, so that distances are wrong.",
    "root_cause_description": "Software design", "action": "The firm told its customers in writing and will install software 4.{number}.",
    "product_quantity": "{number} units", "distribution_pattern": "Worldwide" }}"#
        )
    });
    let text = format!(
        "{{ \"meta\": {{ \"last_updated\": \"2026-08-13\" }}, \"results\": [\n{recalls} ] }}"
    );
    vec![text.into_bytes()]
}
