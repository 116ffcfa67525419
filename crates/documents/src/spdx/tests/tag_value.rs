//! Documents in tag-value.

use super::{errors, lines, sbom};

const SOUND: &str = "SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: scanner
DocumentNamespace: https://example.org/scanner
ExternalDocumentRef: DocumentRef-os https://example.org/os SHA1: 85ed0817af83a24ad8da68c2b5094de69833983c
Creator: Organization: Example Medical ()
Creator: Tool: lister-2
Created: 2026-03-01T11:00:00Z

# The product
PackageName: Scanner One
SPDXID: SPDXRef-scanner
PackageVersion: 4.2
PackageSupplier: Organization: Example Medical
PackageDownloadLocation: NOASSERTION
FilesAnalyzed: false
PrimaryPackagePurpose: DEVICE
PackageDescription: <text>A scanner
of two lines</text>
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-scanner

PackageName: zlib
SPDXID: SPDXRef-zlib
PackageVersion: 1.2.11
PackageSupplier: Organization: zlib.net
PackageDownloadLocation: https://zlib.net
PackageVerificationCode: 85ed0817af83a24ad8da68c2b5094de69833983c (excludes: ./a.spdx, ./b)
PackageChecksum: SHA1: 85ed0817af83a24ad8da68c2b5094de69833983c
PackageLicenseConcluded: Zlib
PackageLicenseInfoFromFiles: LicenseRef-1
ExternalRef: PACKAGE-MANAGER purl pkg:generic/zlib@1.2.11
ExternalRef: SECURITY cpe23Type cpe:2.3:a:zlib:zlib:1.2.11:*:*:*:*:*:*:*
ExternalRefComment: <text>a comment</text>
ValidUntilDate: 2030-01-01T00:00:00Z

FileName: ./zlib.c
SPDXID: SPDXRef-file
FileType: SOURCE
FileChecksum: SHA1: 85ed0817af83a24ad8da68c2b5094de69833983c
LicenseConcluded: Zlib
LicenseInfoInFile: NONE
FileCopyrightText: NOASSERTION

SnippetSPDXID: SPDXRef-snippet
SnippetFromFileSPDXID: SPDXRef-file
SnippetByteRange: 310:420

LicenseID: LicenseRef-1
ExtractedText: <text>Do
what you want</text>

Annotator: Person: Anna
AnnotationDate: 2026-03-01T11:00:00Z
AnnotationType: REVIEW
AnnotationComment: <text>Looked at</text>
SPDXREF: SPDXRef-zlib

Relationship: SPDXRef-scanner CONTAINS SPDXRef-zlib
Relationship: SPDXRef-scanner DEPENDS_ON DocumentRef-os:SPDXRef-kernel
";

#[test]
fn a_sound_document_is_read_whole_and_without_an_error() {
    let (sbom, reading) = sbom(SOUND);
    insta::assert_snapshot!(lines(&reading), @"note spdx-external-documents line 6: the document refers to other SPDX documents (DocumentRef-os), whose parts are not in it");
    insta::assert_debug_snapshot!(reading.summary, @r#"
    {
        "annotations": 1,
        "components": 2,
        "cpes": 1,
        "dependencies": 1,
        "external-documents": 1,
        "files": 1,
        "purls": 1,
        "relationships": 3,
        "snippets": 1,
    }
    "#);
    insta::assert_debug_snapshot!(sbom, @r#"
    Sbom {
        name: Some(
            "scanner",
        ),
        serial_number: Some(
            "https://example.org/scanner",
        ),
        revision: None,
        made: Some(
            2026-03-01T11:00:00Z,
        ),
        subject: Some(
            SbomComponent {
                reference: Some(
                    "SPDXRef-scanner",
                ),
                parent: None,
                scope: None,
                component: Component {
                    kind: Device,
                    group: None,
                    name: "Scanner One",
                    version: Some(
                        "4.2",
                    ),
                    purl: None,
                    cpes: [],
                    swid: None,
                    supplier: Some(
                        "Example Medical",
                    ),
                    description: Some(
                        "A scanner\nof two lines",
                    ),
                    licenses: [],
                    hashes: [],
                    properties: [],
                    support: None,
                },
            },
        ),
        manufacturer: Some(
            "Example Medical",
        ),
        components: [
            SbomComponent {
                reference: Some(
                    "SPDXRef-zlib",
                ),
                parent: None,
                scope: None,
                component: Component {
                    kind: Library,
                    group: None,
                    name: "zlib",
                    version: Some(
                        "1.2.11",
                    ),
                    purl: Some(
                        "pkg:generic/zlib@1.2.11",
                    ),
                    cpes: [
                        "cpe:2.3:a:zlib:zlib:1.2.11:*:*:*:*:*:*:*",
                    ],
                    swid: None,
                    supplier: Some(
                        "zlib.net",
                    ),
                    description: None,
                    licenses: [
                        "Zlib",
                    ],
                    hashes: [
                        Hash {
                            algorithm: "SHA-1",
                            value: "85ed0817af83a24ad8da68c2b5094de69833983c",
                        },
                    ],
                    properties: [
                        Property {
                            name: "validUntilDate",
                            value: "2030-01-01T00:00:00Z",
                        },
                    ],
                    support: None,
                },
            },
        ],
        services: 0,
        dependencies: [
            (
                "SPDXRef-scanner",
                "DocumentRef-os:SPDXRef-kernel",
            ),
        ],
        records: [],
        statements: [],
    }
    "#);
}

#[test]
fn what_is_wrong_is_told_by_its_line() {
    let text = SOUND
        .replace("Created: 2026-03-01T11:00:00Z", "Created: yesterday")
        .replace("PackageChecksum: SHA1: 85ed", "PackageChecksum: SHA1: xyz")
        .replace("FilesAnalyzed: false", "FilesAnalyzed: perhaps")
        .replace("DEPENDS_ON", "NEEDS")
        .replace("CONTAINS SPDXRef-zlib", "CONTAINS SPDXRef-zlib in part")
        .replace("ExternalRef: SECURITY cpe23Type", "ExternalRef: SECURITY")
        .replace("AnnotationType: REVIEW", "AnnotationType: PRAISE")
        .replace("Creator: Tool: lister-2", "Creator: lister-2")
        .replace("SPDXID: SPDXRef-file\n", "SPDXID: file\n")
        .replace("ExtractedText", "Text")
        .replace(
            "Relationship: SPDXRef-DOCUMENT",
            "PackageVersion: 5\nRelationship: SPDXRef-DOCUMENT",
        )
        .replace(
            "DataLicense: CC0-1.0",
            "PackageVersion: 1\nDataLicense: MIT\nno tag at all",
        );
    insta::assert_snapshot!(errors(&text), @"
    spdx-tag-misplaced line 2: `PackageVersion` was set aside: no `PackageName` stands before it
    spdx-line-malformed line 4: `no tag at all` is no tag with a value, and belongs to no text
    spdx-value-malformed line 19: `perhaps` was set aside: the value of `FilesAnalyzed` is written `true` or `false`
    spdx-tag-repeated line 23: the tag `PackageVersion` stands more than once in one section; the last one was read
    spdx-value-malformed line 36: `SECURITY cpe:2.3:a:zlib:zlib:1.2.11:*:*:*:*:*:*:*` was set aside: the value of `ExternalRef` is written `CATEGORY type locator`
    spdx-value-malformed line 62: `SPDXRef-scanner CONTAINS SPDXRef-zlib in part` was set aside: the value of `Relationship` is written `SPDXRef-A RELATIONSHIP SPDXRef-B`
    spdx-data-license line 3: dataLicense is `MIT`, where SPDX demands `CC0-1.0`
    spdx-timestamp-malformed line 11: `yesterday` is no time as SPDX writes it; it was set aside
    spdx-actor-malformed line 10: `lister-2` does not say whether it is a person, an organisation or a tool
    spdx-checksum-malformed line 32: the SHA1 `xyz0817af83a24ad8da68c2b5094de69833983c` was set aside: 40 hexadecimal digits were expected, not other characters
    spdx-id-malformed line 41: the id `file` is not `SPDXRef-` and letters, digits, points and hyphens
    spdx-property-missing line 52: the property `extractedText` is missing or blank, which SPDX 2.3 demands here
    spdx-word-unknown line 63: `NEEDS` is not a word that SPDX 2.3 knows here; it was not read
    spdx-word-unknown line 58: `PRAISE` is not a word that SPDX 2.3 knows here
    ");
}

#[test]
fn a_document_that_breaks_off_is_read_to_there() {
    let (whole, _) = sbom(SOUND);
    let at = SOUND.find("PackageLicenseConcluded").unwrap();
    let (part, _) = sbom(&SOUND[..at]);
    assert_eq!(part.components.len(), whole.components.len());
    for length in (30..SOUND.len()).filter(|length| SOUND.is_char_boundary(*length)) {
        sbom(&SOUND[..length]);
    }
}

#[test]
fn other_line_ends_marks_and_encodings_change_nothing() {
    let (whole, _) = sbom(SOUND);
    let marked = format!("\u{feff}{}", SOUND.replace('\n', "\r\n"));
    let (windows, reading) = sbom(&marked);
    insta::assert_snapshot!(lines(&reading), @"note spdx-external-documents line 6: the document refers to other SPDX documents (DocumentRef-os), whose parts are not in it");
    assert_eq!(windows.components, whole.components);
    let utf16: Vec<u8> = SOUND.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let reading = super::read(&utf16);
    assert!(
        lines(&reading).contains("spdx-encoding"),
        "{}",
        lines(&reading)
    );
    assert_eq!(reading.summary.get("components"), Some(&2));
}
