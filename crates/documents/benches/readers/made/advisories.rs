//! Advisories and statements: CSAF, OpenVEX.

use std::fmt::Write;

/// CSAF advisories of the average size and shape of CISA's: 8 products, 3 flaws, 2 kB of notes and as much on
/// what to do.
pub(super) fn csaf() -> Vec<Vec<u8>> {
    let text = "The information in this advisory is given as it is, without a warranty of any kind; it was made for those who keep devices safe, and it may be passed on. ";
    let advisory = |number: usize| {
        let mut products = String::new();
        let mut ids = String::new();
        for product in 0..8 {
            let comma = if product == 0 { "" } else { "," };
            write!(
                products,
                r#"{comma}
          {{ "category": "product_name", "name": "Scanner {product}", "branches": [
            {{ "category": "product_version_range", "name": "<= 3.{number}", "product": {{
              "name": "Acme Scanner {product}: Versions 3.{number} and prior", "product_id": "CSAFPID-000{product}" }} }} ] }}"#
            )
            .unwrap_or_default();
            write!(ids, r#"{comma} "CSAFPID-000{product}""#).unwrap_or_default();
        }
        let mut flaws = String::new();
        for flaw in 0..3 {
            let comma = if flaw == 0 { "" } else { "," };
            write!(
                flaws,
                r#"{comma}
    {{ "cve": "CVE-2024-{id}", "cwe": {{ "id": "CWE-319", "name": "Cleartext Transmission of Sensitive Information" }},
      "notes": [ {{ "category": "summary", "title": "Vulnerability Summary",
        "text": "The product sends credentials in clear text, which lets somebody on the network between a scanner and its archive read them and use them for a log-in of their own." }} ],
      "product_status": {{ "known_affected": [{ids} ] }},
      "references": [
        {{ "category": "external", "summary": "cve.example", "url": "https://cve.example/record?id=CVE-2024-{id}" }},
        {{ "category": "external", "summary": "CVSS of the flaw", "url": "https://score.example/calculator/3.1#CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N" }} ],
      "remediations": [
        {{ "category": "vendor_fix", "details": "Acme recommends to install the newest version, and to ask the regional service support how, where the device stands in a clinic that cannot go without it.", "product_ids": [{ids} ], "url": "https://acme.example/support/{number}" }},
        {{ "category": "mitigation", "details": "Keep the devices behind a firewall and off the network that others use. {text}", "product_ids": [{ids} ] }},
        {{ "category": "mitigation", "details": "Where access from afar is needed, use ways that are secured, and keep them up to date. {text}", "product_ids": [{ids} ] }} ],
      "scores": [ {{ "cvss_v3": {{ "attackComplexity": "HIGH", "attackVector": "NETWORK", "availabilityImpact": "NONE", "baseScore": 3.7, "baseSeverity": "LOW", "confidentialityImpact": "LOW", "integrityImpact": "NONE", "privilegesRequired": "NONE", "scope": "UNCHANGED", "userInteraction": "NONE", "vectorString": "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N", "version": "3.1" }}, "products": [{ids} ] }} ] }}"#,
                id = 10_000 + number * 3 + flaw,
            )
            .unwrap_or_default();
        }
        let mut notes = String::new();
        for note in 0..4 {
            let comma = if note == 0 { "" } else { "," };
            write!(
                notes,
                r#"{comma}
      {{ "category": "general", "text": "{}", "title": "Note {note}" }}"#,
                text.repeat(3)
            )
            .unwrap_or_default();
        }
        let mut references = String::new();
        for reference in 0..10 {
            let comma = if reference == 0 { "" } else { "," };
            write!(
                references,
                r#"{comma}
      {{ "category": "external", "summary": "Recommended Practice {reference}", "url": "https://coordinator.example/practice/{reference}/defence-in-depth.pdf" }}"#
            )
            .unwrap_or_default();
        }
        format!(
            r#"{{
  "document": {{
    "acknowledgments": [ {{ "names": [ "A researcher" ], "organization": "A university", "summary": "reporting the flaws to Acme" }} ],
    "category": "csaf_security_advisory",
    "csaf_version": "2.0",
    "distribution": {{ "text": "Disclosure is not limited", "tlp": {{ "label": "WHITE", "url": "https://coordinator.example/tlp/" }} }},
    "lang": "en-US",
    "notes": [{notes} ],
    "publisher": {{ "category": "coordinator", "contact_details": "central@coordinator.example", "name": "Coordinator", "namespace": "https://coordinator.example/" }},
    "references": [{references} ],
    "title": "Acme Scanner",
    "tracking": {{
      "current_release_date": "2024-08-01T06:00:00.000000Z",
      "generator": {{ "engine": {{ "name": "Writer", "version": "1" }} }},
      "id": "ICSMA-24-{number}",
      "initial_release_date": "2024-08-01T06:00:00.000000Z",
      "revision_history": [ {{ "date": "2024-08-01T06:00:00.000000Z", "legacy_version": "Initial", "number": "1", "summary": "Initial Publication" }} ],
      "status": "final",
      "version": "1"
    }}
  }},
  "product_tree": {{ "branches": [ {{ "category": "vendor", "name": "Acme", "branches": [{products} ] }} ] }},
  "vulnerabilities": [{flaws} ]
}}"#
        )
        .into_bytes()
    };
    (100..200).map(advisory).collect()
}

/// A CSAF VEX on one flaw in every package of a distribution, each by package URL and in the whole.
pub(super) fn csaf_vex() -> Vec<Vec<u8>> {
    let mut packages = String::new();
    let mut relationships = String::new();
    let mut ids = String::new();
    for number in 0..1_000 {
        let comma = if number == 0 { "" } else { "," };
        let part = format!("kernel-part-{number}-0:4.18.0-193.{number}.el8.x86_64");
        write!(
            packages,
            r#"{comma}
        {{ "category": "product_version", "name": "{part}", "product": {{ "name": "{part}", "product_id": "{part}",
          "product_identification_helper": {{ "purl": "pkg:rpm/acme/kernel-part-{number}@4.18.0-193.{number}.el8?arch=x86_64" }} }} }}"#
        )
        .unwrap_or_default();
        write!(
            relationships,
            r#"{comma}
      {{ "category": "default_component_of", "full_product_name": {{
        "name": "{part} as a component of Acme Linux BaseOS (v. 8)", "product_id": "BaseOS-8:{part}" }},
        "product_reference": "{part}", "relates_to_product_reference": "BaseOS-8" }}"#
        )
        .unwrap_or_default();
        write!(ids, r#"{comma} "BaseOS-8:{part}""#).unwrap_or_default();
    }
    let text = format!(
        r#"{{
  "document": {{ "category": "csaf_vex", "csaf_version": "2.0", "lang": "en", "title": "kernel: overflow",
    "publisher": {{ "category": "vendor", "name": "Acme", "namespace": "https://acme.example" }},
    "tracking": {{ "current_release_date": "2024-08-01T06:00:00Z", "id": "CVE-2024-10000", "initial_release_date": "2024-08-01T06:00:00Z",
      "revision_history": [ {{ "date": "2024-08-01T06:00:00Z", "number": "1", "summary": "Initial" }} ], "status": "final", "version": "1" }} }},
  "product_tree": {{ "branches": [ {{ "category": "vendor", "name": "Acme", "branches": [
      {{ "category": "product_family", "name": "Acme Linux", "branches": [ {{ "category": "product_name", "name": "Acme Linux BaseOS (v. 8)",
        "product": {{ "name": "Acme Linux BaseOS (v. 8)", "product_id": "BaseOS-8", "product_identification_helper": {{ "cpe": "cpe:/o:acme:linux:8::baseos" }} }} }} ] }},
      {{ "category": "architecture", "name": "x86_64", "branches": [{packages} ] }} ] }} ],
    "relationships": [{relationships} ] }},
  "vulnerabilities": [ {{ "cve": "CVE-2024-10000", "title": "kernel: overflow",
    "notes": [ {{ "category": "description", "text": "An overflow in the kernel lets a local user crash it.", "title": "Vulnerability description" }} ],
    "product_status": {{ "fixed": [{ids} ] }},
    "remediations": [ {{ "category": "vendor_fix", "details": "Before applying this update, make sure that all others were applied.", "product_ids": [{ids} ], "url": "https://acme.example/errata/1" }} ],
    "scores": [ {{ "cvss_v3": {{ "baseScore": 5.5, "baseSeverity": "MEDIUM", "vectorString": "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H", "version": "3.1" }}, "products": [{ids} ] }} ] }} ]
}}"#
    );
    vec![text.into_bytes()]
}

/// A CSAF advisory of which every flaw is in every product: 400 statements from 13 kB.
pub(super) fn csaf_dense() -> Vec<Vec<u8>> {
    let mut products = String::new();
    let mut ids = String::new();
    for number in 0..40 {
        write!(
            products,
            r#"{{"category":"product_name","name":"Scanner {number}","branches":[{{"category":"product_version_range","name":"<= 3.{number}","product":{{"name":"Scanner {number}: Versions 3.{number} and prior","product_id":"CSAFPID-{number}"}}}}]}},"#
        )
        .unwrap_or_default();
        write!(ids, r#""CSAFPID-{number}","#).unwrap_or_default();
    }
    let products = products.trim_end_matches(',');
    let ids = ids.trim_end_matches(',');
    let mut flaws = String::new();
    for number in 10_000..10_010 {
        write!(
            flaws,
            r#"{{"cve":"CVE-2024-{number}","cwe":{{"id":"CWE-319","name":"Cleartext Transmission of Sensitive Information"}},"notes":[{{"category":"summary","text":"The product sends credentials in clear text, which lets somebody on the network read them.","title":"Summary"}}],"product_status":{{"known_affected":[{ids}]}},"scores":[{{"cvss_v3":{{"baseScore":3.7,"baseSeverity":"LOW","vectorString":"CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N","version":"3.0"}},"products":[{ids}]}}],"remediations":[{{"category":"vendor_fix","details":"Install the newest version, or ask regional service support.","product_ids":[{ids}],"url":"https://vendor.example"}},{{"category":"mitigation","details":"Keep the devices off the network that others use.","product_ids":[{ids}]}}]}},"#
        )
        .unwrap_or_default();
    }
    let advisory = format!(
        r#"{{"document":{{"category":"csaf_security_advisory","csaf_version":"2.0","title":"Scanner","publisher":{{"category":"coordinator","name":"Coordinator","namespace":"https://coordinator.example"}},"tracking":{{"id":"X-1","version":"1","status":"final","initial_release_date":"2024-08-01T00:00:00Z","current_release_date":"2024-08-01T00:00:00Z","revision_history":[{{"number":"1"}}]}}}},"product_tree":{{"branches":[{{"category":"vendor","name":"Northlight","branches":[{products}]}}]}},"vulnerabilities":[{}]}}"#,
        flaws.trim_end_matches(',')
    );
    vec![advisory.into_bytes()]
}

/// An OpenVEX document as a scan of one product in several versions gives it.
pub(super) fn openvex() -> Vec<Vec<u8>> {
    let mut statements = String::new();
    for number in 0..2_000 {
        let comma = if number == 0 { "" } else { "," };
        write!(
            statements,
            r#"{comma}
    {{
      "vulnerability": {{
        "name": "CVE-2024-{flaw}",
        "aliases": ["GHSA-xhg2-rvm8-{flaw}", "GO-2024-{flaw}"]
      }},
      "products": [
        {{
          "@id": "pkg:golang/acme.example/scanner/controller@v0.{minor}.2",
          "subcomponents": [
            {{ "@id": "pkg:golang/library.example/wire/part-{part}@v0.0.0-20230124173128-2207cfed1803" }}
          ]
        }}
      ],
      "status": "not_affected",
      "justification": "vulnerable_code_not_present",
      "impact_statement": "The function that holds the flaw is never called"
    }}"#,
            flaw = 10_000 + number / 10,
            minor = number % 10,
            part = number % 40,
        )
        .unwrap_or_default();
    }
    let text = format!(
        r#"{{
  "@context": "https://openvex.dev/ns/v0.2.0",
  "@id": "https://acme.example/vex/scanner-1",
  "author": "Acme",
  "timestamp": "2026-03-01T12:00:00Z",
  "version": 1,
  "statements": [{statements}
  ]
}}"#
    );
    vec![text.into_bytes()]
}
