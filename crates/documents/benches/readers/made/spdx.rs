//! Bills of materials in each syntax of SPDX: packages with package URL, checksum and licences, and their
//! relationships.

use std::fmt::Write;

/// How many packages one has.
const PACKAGES: usize = 8_000;

pub(super) fn json() -> Vec<Vec<u8>> {
    vec![format!("{{\n{}\n}}", members("  ", ",\n")).into_bytes()]
}

/// Values in the flow style of YAML are those of JSON.
pub(super) fn yaml() -> Vec<Vec<u8>> {
    vec![format!("---\n{}\n", members("", "\n")).into_bytes()]
}

/// The members of the document in JSON; `indent` stands before each.
fn members(indent: &str, separator: &str) -> String {
    let mut packages = String::new();
    let mut relationships = String::new();
    for number in 0..PACKAGES {
        let comma = if number == 0 { "" } else { "," };
        write!(
            packages,
            r#"{comma}
    {{
      "SPDXID": "SPDXRef-Package-{number:08x}",
      "name": "part-{number}",
      "versionInfo": "1.{minor}.0",
      "supplier": "Organization: Acme",
      "downloadLocation": "https://acme.example/part-{number}-1.0.tgz",
      "filesAnalyzed": false,
      "licenseConcluded": "NOASSERTION",
      "licenseDeclared": "MIT OR Apache-2.0",
      "copyrightText": "Copyright (c) Acme and the contributors of part-{number}",
      "homepage": "https://acme.example/part-{number}",
      "checksums": [{{ "algorithm": "SHA256", "checksumValue": "{number:064x}" }}],
      "externalRefs": [
        {{
          "referenceCategory": "PACKAGE-MANAGER",
          "referenceType": "purl",
          "referenceLocator": "pkg:npm/%40acme/part-{number}@1.{minor}.0"
        }}
      ]
    }}"#,
            minor = number % 40,
        )
        .unwrap_or_default();
        for (kind, other) in [("CONTAINS", number / 2), ("DEPENDS_ON", number / 3)] {
            let comma = if relationships.is_empty() { "" } else { "," };
            write!(
                relationships,
                r#"{comma}
    {{
      "spdxElementId": "SPDXRef-Package-{other:08x}",
      "relationshipType": "{kind}",
      "relatedSpdxElement": "SPDXRef-Package-{number:08x}"
    }}"#
            )
            .unwrap_or_default();
        }
    }
    [
        r#""spdxVersion": "SPDX-2.3""#.to_owned(),
        r#""dataLicense": "CC0-1.0""#.to_owned(),
        r#""SPDXID": "SPDXRef-DOCUMENT""#.to_owned(),
        r#""name": "scanner""#.to_owned(),
        r#""documentNamespace": "https://acme.example/scanner""#.to_owned(),
        r#""creationInfo": {"created": "2026-03-01T12:00:00Z", "creators": ["Tool: lister-1"]}"#
            .to_owned(),
        r#""documentDescribes": ["SPDXRef-Package-00000000"]"#.to_owned(),
        format!("\"packages\": [{packages}\n  ]"),
        format!("\"relationships\": [{relationships}\n  ]"),
    ]
    .map(|member| format!("{indent}{member}"))
    .join(separator)
}

pub(super) fn tag_value() -> Vec<Vec<u8>> {
    let mut text = "SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: scanner
DocumentNamespace: https://acme.example/scanner
Creator: Tool: lister-1
Created: 2026-03-01T12:00:00Z
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-Package-00000000
"
    .to_owned();
    for number in 0..PACKAGES {
        write!(
            text,
            "
##### Package: part-{number}

PackageName: part-{number}
SPDXID: SPDXRef-Package-{number:08x}
PackageVersion: 1.{minor}.0
PackageSupplier: Organization: Acme
PackageDownloadLocation: https://acme.example/part-{number}-1.0.tgz
FilesAnalyzed: false
PackageLicenseConcluded: NOASSERTION
PackageLicenseDeclared: MIT OR Apache-2.0
PackageCopyrightText: <text>Copyright (c) Acme and the
contributors of part-{number}</text>
PackageHomePage: https://acme.example/part-{number}
PackageChecksum: SHA256: {number:064x}
ExternalRef: PACKAGE-MANAGER purl pkg:npm/%40acme/part-{number}@1.{minor}.0

Relationship: SPDXRef-Package-{half:08x} CONTAINS SPDXRef-Package-{number:08x}
Relationship: SPDXRef-Package-{third:08x} DEPENDS_ON SPDXRef-Package-{number:08x}
",
            minor = number % 40,
            half = number / 2,
            third = number / 3,
        )
        .unwrap_or_default();
    }
    vec![text.into_bytes()]
}

/// SPDX 3 in JSON-LD.
pub(super) fn graph() -> Vec<Vec<u8>> {
    let mut elements = String::new();
    for number in 0..PACKAGES {
        write!(
            elements,
            r#",
    {{
      "type": "software_Package",
      "spdxId": "https://acme.example/scanner#part-{number}",
      "creationInfo": "_:creation",
      "name": "part-{number}",
      "software_packageVersion": "1.{minor}.0",
      "software_packageUrl": "pkg:npm/%40acme/part-{number}@1.{minor}.0",
      "software_downloadLocation": "https://acme.example/part-{number}-1.0.tgz",
      "suppliedBy": "https://acme.example/scanner#acme",
      "verifiedUsing": [{{ "type": "Hash", "algorithm": "sha256", "hashValue": "{number:064x}" }}]
    }},
    {{
      "type": "Relationship",
      "spdxId": "https://acme.example/scanner#relationship-{number}",
      "creationInfo": "_:creation",
      "from": "https://acme.example/scanner#part-{half}",
      "relationshipType": "contains",
      "to": ["https://acme.example/scanner#part-{number}"],
      "completeness": "complete"
    }}"#,
            minor = number % 40,
            half = number / 2,
        )
        .unwrap_or_default();
    }
    let text = format!(
        r#"{{
  "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
  "@graph": [
    {{ "type": "CreationInfo", "@id": "_:creation", "specVersion": "3.0.1", "created": "2026-03-01T12:00:00Z", "createdBy": ["https://acme.example/scanner#acme"] }},
    {{ "type": "Organization", "spdxId": "https://acme.example/scanner#acme", "name": "Acme", "creationInfo": "_:creation" }},
    {{ "type": "SpdxDocument", "spdxId": "https://acme.example/scanner", "creationInfo": "_:creation", "rootElement": ["https://acme.example/scanner#part-0"] }}{elements}
  ]
}}"#
    );
    vec![text.into_bytes()]
}
