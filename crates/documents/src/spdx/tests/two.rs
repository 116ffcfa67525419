//! Documents of SPDX 2 in JSON and YAML.

use isocenter_model::component::ComponentKind;
use isocenter_model::product::VersionExpression;

use super::{errors, lines, sbom};

/// What a manufacturer's document should look like.
const SOUND: &str = r#"{
  "spdxVersion": "SPDX-2.3",
  "dataLicense": "CC0-1.0",
  "SPDXID": "SPDXRef-DOCUMENT",
  "name": "scanner-one",
  "documentNamespace": "https://example.org/scanner-one",
  "creationInfo": {"created": "2026-03-01T11:00:00Z", "creators": ["Organization: Example Medical ()", "Tool: lister-2"]},
  "packages": [
    {"SPDXID": "SPDXRef-scanner", "name": "Scanner One", "versionInfo": "4.2", "supplier": "Organization: Example Medical (psirt@example.org)",
     "downloadLocation": "NOASSERTION", "filesAnalyzed": false, "primaryPackagePurpose": "DEVICE"},
    {"SPDXID": "SPDXRef-os", "name": "Windows 10", "versionInfo": "10.0.19044", "supplier": "Organization: Microsoft",
     "downloadLocation": "NONE", "filesAnalyzed": false, "primaryPackagePurpose": "OPERATING_SYSTEM",
     "releaseDate": "2021-11-16T00:00:00Z", "validUntilDate": "2032-01-13T00:00:00Z",
     "externalRefs": [{"referenceCategory": "SECURITY", "referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:o:microsoft:windows_10:10.0.19044:*:*:*:*:*:*:*"},
                      {"referenceCategory": "SECURITY", "referenceType": "cpe22Type", "referenceLocator": "cpe:/o:microsoft:windows_10"},
                      {"referenceCategory": "SECURITY", "referenceType": "swid", "referenceLocator": "swid:2df9de35-0aff-4a86-ace6-f7dddd1ade4c"}]},
    {"SPDXID": "SPDXRef-log4j", "name": "log4j-core", "versionInfo": "2.14.1", "supplier": "NOASSERTION", "originator": "Organization: Apache",
     "downloadLocation": "https://example.org/log4j", "filesAnalyzed": false, "licenseDeclared": "Apache-2.0", "licenseConcluded": "Apache-2.0 OR MIT",
     "checksums": [{"algorithm": "SHA1", "checksumValue": "85ed0817af83a24ad8da68c2b5094de69833983c"}],
     "description": "Logs.", "summary": "Short.",
     "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"},
                      {"referenceCategory": "PACKAGE_MANAGER", "referenceType": "purl", "referenceLocator": "pkg:generic/log4j@2.14.1"},
                      {"referenceCategory": "PERSISTENT-ID", "referenceType": "swh", "referenceLocator": "swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2"},
                      {"referenceCategory": "PERSISTENT-ID", "referenceType": "gitoid", "referenceLocator": "gitoid:blob:sha1:261eeb9e9f8b2b4b0d119366dda99c6fd7d35c64"},
                      {"referenceCategory": "OTHER", "referenceType": "acme", "referenceLocator": "acme:1"}]}
  ],
  "relationships": [
    {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-scanner"},
    {"spdxElementId": "SPDXRef-os", "relationshipType": "CONTAINED_BY", "relatedSpdxElement": "SPDXRef-scanner"},
    {"spdxElementId": "SPDXRef-log4j", "relationshipType": "DEPENDENCY_OF", "relatedSpdxElement": "SPDXRef-scanner"},
    {"spdxElementId": "SPDXRef-os", "relationshipType": "CONTAINS", "relatedSpdxElement": "SPDXRef-log4j"},
    {"spdxElementId": "SPDXRef-log4j", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "NOASSERTION"}
  ]
}"#;

/// A sound document of one package with further members, and further members of its own.
fn document(of_package: &str, own: &str) -> String {
    format!(
        r#"{{"spdxVersion":"SPDX-2.3","dataLicense":"CC0-1.0","SPDXID":"SPDXRef-DOCUMENT","name":"x",
"documentNamespace":"https://example.org/x","creationInfo":{{"created":"2026-03-01T11:00:00Z","creators":["Tool: x"]}},
"packages":[{{"SPDXID":"SPDXRef-a","name":"a","versionInfo":"1","downloadLocation":"NONE","filesAnalyzed":false{of_package}}}]{own}}}"#
    )
}

#[test]
fn a_sound_document_is_read_whole_and_without_an_error() {
    let (sbom, reading) = sbom(SOUND);
    insta::assert_snapshot!(lines(&reading), @"");
    assert_eq!(reading.version.as_deref(), Some("2.3"));
    insta::assert_debug_snapshot!(reading.summary, @r#"
    {
        "annotations": 0,
        "components": 3,
        "cpes": 1,
        "dependencies": 1,
        "external-documents": 0,
        "files": 0,
        "purls": 1,
        "relationships": 5,
        "snippets": 0,
    }
    "#);
    assert_eq!(sbom.name.as_deref(), Some("scanner-one"));
    assert_eq!(
        sbom.serial_number.as_deref(),
        Some("https://example.org/scanner-one")
    );
    assert_eq!(sbom.made, "2026-03-01T11:00:00Z".parse().ok());
    let product = sbom.product().unwrap();
    assert_eq!(product.vendor.as_deref(), Some("Example Medical"));
    assert_eq!(product.name, "Scanner One");
    assert_eq!(product.version, VersionExpression::Exact("4.2".to_owned()));
    insta::assert_debug_snapshot!(sbom.components, @r#"
    [
        SbomComponent {
            reference: Some(
                "SPDXRef-os",
            ),
            parent: None,
            scope: None,
            component: Component {
                kind: OperatingSystem,
                group: None,
                name: "Windows 10",
                version: Some(
                    "10.0.19044",
                ),
                purl: None,
                cpes: [
                    "cpe:2.3:o:microsoft:windows_10:10.0.19044:*:*:*:*:*:*:*",
                    "cpe:/o:microsoft:windows_10",
                ],
                swid: Some(
                    "2df9de35-0aff-4a86-ace6-f7dddd1ade4c",
                ),
                supplier: Some(
                    "Microsoft",
                ),
                description: None,
                licenses: [],
                hashes: [],
                properties: [
                    Property {
                        name: "releaseDate",
                        value: "2021-11-16T00:00:00Z",
                    },
                    Property {
                        name: "validUntilDate",
                        value: "2032-01-13T00:00:00Z",
                    },
                ],
                support: None,
            },
        },
        SbomComponent {
            reference: Some(
                "SPDXRef-log4j",
            ),
            parent: Some(
                0,
            ),
            scope: None,
            component: Component {
                kind: Library,
                group: None,
                name: "log4j-core",
                version: Some(
                    "2.14.1",
                ),
                purl: Some(
                    "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
                ),
                cpes: [],
                swid: None,
                supplier: Some(
                    "Apache",
                ),
                description: Some(
                    "Logs.",
                ),
                licenses: [
                    "Apache-2.0",
                    "Apache-2.0 OR MIT",
                ],
                hashes: [
                    Hash {
                        algorithm: "SHA-1",
                        value: "85ed0817af83a24ad8da68c2b5094de69833983c",
                    },
                ],
                properties: [
                    Property {
                        name: "purl",
                        value: "pkg:generic/log4j@2.14.1",
                    },
                    Property {
                        name: "swh",
                        value: "swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2",
                    },
                    Property {
                        name: "gitoid",
                        value: "gitoid:blob:sha1:261eeb9e9f8b2b4b0d119366dda99c6fd7d35c64",
                    },
                ],
                support: None,
            },
        },
    ]
    "#);
    insta::assert_debug_snapshot!(sbom.dependencies, @r#"
    [
        (
            "SPDXRef-scanner",
            "SPDXRef-log4j",
        ),
    ]
    "#);
}

#[test]
fn the_same_document_in_yaml_gives_the_same() {
    // JSON is YAML in its flow style; a comment before it makes it YAML alone.
    let members = SOUND.trim_start_matches('{').trim_end_matches('}');
    let yaml: String = members
        .lines()
        .map(|line| line.strip_prefix("  ").unwrap_or(line))
        .fold("# a bill of materials\n".to_owned(), |text, line| {
            let is_member = line.starts_with('"');
            text + if is_member {
                line.trim_end_matches(',')
            } else {
                line
            } + "\n"
        })
        .replace("\n],\n", "\n ]\n")
        .replace("\n]\n", "\n ]\n");
    let (from_yaml, reading) = sbom(&yaml);
    insta::assert_snapshot!(lines(&reading), @"");
    assert_eq!(from_yaml, sbom(SOUND).0);
}

#[test]
fn a_bad_part_of_a_package_is_set_aside_and_the_rest_is_read() {
    let text = document(
        r#","primaryPackagePurpose":"GANTRY","checksums":[{"algorithm":"SHA1","checksumValue":"85ed"},{"algorithm":"MD5"},5,
{"algorithm":"CRC","checksumValue":"85ed0817"}],
"externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"nuget/a@1"},
{"referenceCategory":"SECURITY","referenceType":"cpe23Type","referenceLocator":"cpe:2.3:a:a:a:1"},
{"referenceCategory":"PERSISTENT-ID","referenceType":"swh","referenceLocator":"swh:2:x"},
{"referenceCategory":"PERSISTENT-ID","referenceType":"gitoid","referenceLocator":"gitoid:blob:sha1:261e"},
{"referenceCategory":"LIBRARY","referenceType":"purl","referenceLocator":"pkg:npm/a@1"},
{"referenceCategory":"SECURITY","referenceType":"purl","referenceLocator":"pkg:npm/b@1"},
{"referenceCategory":"OTHER","referenceType":"x","referenceLocator":"a b"},
{"referenceCategory":"OTHER"}],
"supplier":"A","validUntilDate":"next year","builtDate":"2026-03-01""#,
        "",
    );
    insta::assert_snapshot!(errors(&text), @"
    spdx-actor-malformed /packages/0/supplier: `A` does not say whether it is a person or an organisation; it was read all the same
    spdx-word-unknown /packages/0/primaryPackagePurpose: `GANTRY` is not a word that SPDX 2.3 knows here; it was not read
    spdx-purl-malformed /packages/0/externalRefs/0/referenceLocator: the package URL `nuget/a@1` was set aside: not a package URL: missing scheme
    spdx-cpe-malformed /packages/0/externalRefs/1/referenceLocator: the CPE `cpe:2.3:a:a:a:1` was set aside: a CPE 2.3 name has 11 attributes after `cpe:2.3:`, this one has 4
    spdx-reference-malformed /packages/0/externalRefs/2/referenceLocator: the identifier `swh:2:x` was set aside: it has not the form of its type
    spdx-reference-malformed /packages/0/externalRefs/3/referenceLocator: the identifier `gitoid:blob:sha1:261e` was set aside: it has not the form of its type
    spdx-word-unknown /packages/0/externalRefs/4/referenceCategory: `LIBRARY` is not a word that SPDX 2.3 knows here
    spdx-reference-category /packages/0/externalRefs/5/referenceCategory: the type `purl` belongs to the category PACKAGE-MANAGER, not to `SECURITY`; it was read all the same
    spdx-reference-malformed /packages/0/externalRefs/6/referenceLocator: the locator `a b` holds blanks, which SPDX forbids
    spdx-property-missing /packages/0/externalRefs/7: the property `referenceType` is missing or blank, which SPDX 2.3 demands here
    spdx-property-missing /packages/0/externalRefs/7: the property `referenceLocator` is missing or blank, which SPDX 2.3 demands here
    json-element-set-aside /packages/0/checksums/2: the element was set aside: invalid type: integer `5`, expected an object
    spdx-checksum-malformed /packages/0/checksums/0/checksumValue: the SHA1 `85ed` was set aside: 40 hexadecimal digits were expected, not 4
    spdx-property-missing /packages/0/checksums/1: the property `checksumValue` is missing or blank, which SPDX 2.3 demands here
    spdx-word-unknown /packages/0/checksums/3/algorithm: `CRC` is not a word that SPDX 2.3 knows here; it was not read
    spdx-timestamp-malformed /packages/0/builtDate: `2026-03-01` is no time as SPDX writes it; it was read all the same
    spdx-timestamp-malformed /packages/0/validUntilDate: `next year` is no time as SPDX writes it; it was set aside
    ");
    let (sbom, _) = sbom(&text);
    let product = sbom.subject.unwrap().component;
    assert_eq!(product.purl.as_deref(), Some("pkg:npm/a@1"));
    assert_eq!(product.supplier.as_deref(), Some("A"));
    assert_eq!(product.kind, ComponentKind::Library);
}

#[test]
fn what_an_edition_demands_is_demanded_of_that_edition_only() {
    insta::assert_snapshot!(errors(&document("", "").replace("SPDX-2.3", "SPDX-2.2")), @"
    spdx-property-missing /packages/0: the property `licenseDeclared` is missing or blank, which SPDX 2.2 demands here
    spdx-property-missing /packages/0: the property `licenseConcluded` is missing or blank, which SPDX 2.2 demands here
    spdx-property-missing /packages/0: the property `copyrightText` is missing or blank, which SPDX 2.2 demands here
    ");
    insta::assert_snapshot!(errors(&document("", "")), @"");
    insta::assert_snapshot!(
        errors(&document(r#","licenseDeclared":"MIT","licenseConcluded":"MIT","copyrightText":"NONE","primaryPackagePurpose":"SOURCE","checksums":[{"algorithm":"BLAKE3","checksumValue":"a5"}]"#, "").replace("SPDX-2.3", "SPDX-2.2")),
        @"
    spdx-property-of-later-edition /packages/0/primaryPackagePurpose: the property `primaryPackagePurpose` came with SPDX 2.3, and the file says it is SPDX 2.2; it was read all the same
    spdx-word-of-later-edition /packages/0/checksums/0/algorithm: the word `BLAKE3` came with SPDX 2.3, and the file says it is SPDX 2.2
    spdx-checksum-malformed /packages/0/checksums/0/checksumValue: the BLAKE3 `a5` was set aside: 64 to 1024 hexadecimal digits were expected, not 2
    "
    );
    insta::assert_snapshot!(
        errors(r#"{"spdxVersion":"SPDX-1.2","dataLicense":"CC0-1.0","creationInfo":{"created":"2026-03-01T11:00:00Z","creators":["Person: x"]},"packages":[{"name":"a","downloadLocation":"NONE","filesAnalyzed":false,"licenseDeclared":"MIT","licenseConcluded":"MIT","copyrightText":"NONE"}]}"#),
        @""
    );
    insta::assert_snapshot!(errors(r#"{"spdxVersion":"SPDX-2.3"}"#), @"
    spdx-id-malformed /SPDXID: the id of the document is missing, where `SPDXRef-DOCUMENT` is expected
    spdx-property-missing /: the property `dataLicense` is missing or blank, which SPDX 2.3 demands here
    spdx-property-missing /: the property `name` is missing or blank, which SPDX 2.3 demands here
    spdx-property-missing /: the property `documentNamespace` is missing or blank, which SPDX 2.3 demands here
    spdx-property-missing /: the property `creationInfo` is missing or blank, which SPDX 2.3 demands here
    spdx-describes-missing /relationships: the document does not say what it describes, which SPDX demands unless it holds one package alone
    ");
}

#[test]
fn ids_have_their_shape_are_unique_and_lead_somewhere() {
    let text = document(
        "",
        r#","files":[{"SPDXID":"SPDXRef-a","fileName":"/f","checksums":[{"algorithm":"MD5","checksumValue":"85ed0817af83a24ad8da68c2b5094de6"}],"fileTypes":["CODE"]},
{"SPDXID":"SPDXRef-f_1","fileName":"./f","checksums":[{"algorithm":"SHA1","checksumValue":"85ed0817af83a24ad8da68c2b5094de69833983c"}]}],
"snippets":[{"SPDXID":"SPDXRef-s","snippetFromFile":"SPDXRef-x"}],
"externalDocumentRefs":[{"externalDocumentId":"DocumentRef-ok","spdxDocument":"https://example.org/ok","checksum":{"algorithm":"SHA1","checksumValue":"85ed0817af83a24ad8da68c2b5094de69833983c"}},
{"externalDocumentId":"other","spdxDocument":"no uri"}],
"documentDescribes":["SPDXRef-a","SPDXRef-nothing"],
"relationships":[{"spdxElementId":"SPDXRef-a","relationshipType":"CONTAINS","relatedSpdxElement":"SPDXRef-f_1"},
{"spdxElementId":"SPDXRef-Document","relationshipType":"DESCRIBES","relatedSpdxElement":"DocumentRef-ok:SPDXRef-z"},
{"spdxElementId":"SPDXRef-a","relationshipType":"HOLDS","relatedSpdxElement":"DocumentRef-no:SPDXRef-z"},
{"spdxElementId":"NONE","relationshipType":"DEPENDS_ON"}],
"annotations":[{"annotator":"x","annotationDate":"2026-03-01T11:00:00Z","annotationType":"PRAISE"}],
"hasExtractedLicensingInfos":[{"licenseId":"MIT"}],"odd":1"#,
    );
    insta::assert_snapshot!(errors(&text), @"
    spdx-file-name-absolute /files/0/fileName: the name `/f` does not begin at the root of the package: `./` was expected
    spdx-word-unknown /files/0/fileTypes/0: `CODE` is not a word that SPDX 2.3 knows here
    spdx-file-sha1-missing /files/0/checksums: the file has no SHA-1, which SPDX demands of every file
    spdx-id-repeated /files/0/SPDXID: the id `SPDXRef-a` is used more than once; it is taken for the first of them
    spdx-id-malformed /files/1/SPDXID: the id `SPDXRef-f_1` is not `SPDXRef-` and letters, digits, points and hyphens
    spdx-property-missing /snippets/0: the property `ranges` is missing or blank, which SPDX 2.3 demands here
    spdx-reference-dangling /snippets/0/snippetFromFile: the id `SPDXRef-x` leads to nothing in this document
    spdx-id-malformed /externalDocumentRefs/1/externalDocumentId: the id `other` is not `DocumentRef-` and letters, digits, points, hyphens and plus signs
    spdx-namespace-malformed /externalDocumentRefs/1/spdxDocument: `no uri` is no absolute URI without a fragment (RFC 3986)
    spdx-property-missing /externalDocumentRefs/1: the property `checksum` is missing or blank, which SPDX 2.3 demands here
    spdx-id-malformed /hasExtractedLicensingInfos/0/licenseId: the id `MIT` is not `LicenseRef-` and letters, digits, points and hyphens
    spdx-property-missing /hasExtractedLicensingInfos/0: the property `extractedText` is missing or blank, which SPDX 2.3 demands here
    spdx-reference-dangling /documentDescribes/1: the id `SPDXRef-nothing` leads to nothing in this document
    spdx-not-analyzed /relationships/0: filesAnalyzed is false, so the package cannot hold files
    spdx-reference-dangling /relationships/1/spdxElementId: the id `SPDXRef-Document` leads to nothing in this document
    spdx-word-unknown /relationships/2/relationshipType: `HOLDS` is not a word that SPDX 2.3 knows here; it was not read
    spdx-reference-dangling /relationships/2/relatedSpdxElement: the id `DocumentRef-no:SPDXRef-z` leads to nothing in this document
    spdx-property-missing /relationships/3: the property `relatedSpdxElement` is missing or blank, which SPDX 2.3 demands here
    spdx-reference-dangling /relationships/3/spdxElementId: the id `NONE` leads to nothing in this document
    spdx-actor-malformed /annotations/0/annotator: `x` does not say whether it is a person, an organisation or a tool
    spdx-word-unknown /annotations/0/annotationType: `PRAISE` is not a word that SPDX 2.3 knows here
    spdx-property-missing /annotations/0: the property `comment` is missing or blank, which SPDX 2.3 demands here
    ");
}

#[test]
fn licences_are_held_against_the_list_and_what_the_document_defines() {
    let (sbom, reading) = sbom(&document(
        r#","supplier":"NOASSERTION","licenseDeclared":"(MIT AND LicenseRef-a) OR nothing-such","licenseConcluded":"MIT, BSD""#,
        "",
    ));
    insta::assert_snapshot!(lines(&reading), @"
    error spdx-license-undefined /packages/0/licenseDeclared: the document defines no licence `LicenseRef-a`
    warning spdx-license-unknown /packages/0/licenseDeclared: `nothing-such` is not an identifier of the SPDX License List 3.28
    error spdx-license-malformed /packages/0/licenseConcluded: `MIT, BSD` is no licence expression: an identifier has letters, digits, hyphens and points only
    warning spdx-manufacturer-missing /packages: nobody is named as the maker of the product
    warning spdx-components-missing /packages: the document lists no component
    ");
    assert_eq!(
        sbom.subject.unwrap().component.licenses,
        ["(MIT AND LicenseRef-a) OR nothing-such", "MIT, BSD"]
    );
}

#[test]
fn a_document_that_describes_several_packages_has_no_product() {
    let text = SOUND.replace(
        r#""relatedSpdxElement": "SPDXRef-scanner"},
    {"spdxElementId": "SPDXRef-os""#,
        r#""relatedSpdxElement": "SPDXRef-log4j"},
    {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-os"},
    {"spdxElementId": "SPDXRef-os""#,
    );
    let (read, _) = sbom(&text);
    assert_eq!(
        read.subject.unwrap().component.name,
        "Windows 10",
        "one of them holds the other"
    );
    let (read, reading) = sbom(&text.replace(r#""CONTAINS""#, r#""VARIANT_OF""#));
    assert_eq!((read.subject, read.components.len()), (None, 3));
    insta::assert_snapshot!(lines(&reading), @"
    warning spdx-subject-ambiguous /relationships: the document describes several packages, and none of them holds the others: which is the product is not said
    warning spdx-component-identifier-missing /packages/0: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    ");
}

#[test]
fn what_is_no_list_or_of_another_kind_costs_itself_only() {
    let text = SOUND
        .replace(
            r#""filesAnalyzed": false, "primary"#,
            r#""filesAnalyzed": "no", "primary"#,
        )
        .replace(r#""creators": ["#, r#""creators": [7, "#)
        .replace(r#""versionInfo": "4.2""#, r#""versionInfo": 4.2"#)
        .replace(r#""relationships": ["#, r#""relationships": [[], "#);
    let (sbom, _) = sbom(&text);
    assert_eq!(sbom.components.len(), 2);
    insta::assert_snapshot!(errors(&text), @r#"
    json-element-set-aside /creationInfo/creators/0: the element was set aside: invalid type: integer `7`, expected a string
    json-value-set-aside /packages/0/versionInfo: the value was set aside: invalid type: floating point `4.2`, expected a string
    json-value-set-aside /packages/0/filesAnalyzed: the value was set aside: invalid value: string "no", expected true or false
    json-value-set-aside /packages/1/filesAnalyzed: the value was set aside: invalid value: string "no", expected true or false
    json-element-set-aside /relationships/0: the element was set aside: invalid type: sequence, expected an object
    "#);
}
