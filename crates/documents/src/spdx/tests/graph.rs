//! Documents of SPDX 3.

use isocenter_model::component::ComponentKind;

use super::{errors, lines, sbom};

/// A document with these elements beside who made it and a product.
pub(super) fn document(elements: &str) -> String {
    format!(
        r#"{{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[
{{"type":"CreationInfo","@id":"_:c","specVersion":"3.0.1","created":"2026-03-01T11:00:00Z","createdBy":["https://x.example/maker"],"createdUsing":["https://x.example/tool"]}},
{{"type":"Organization","spdxId":"https://x.example/maker","name":"Example Medical","creationInfo":"_:c"}},
{{"type":"Tool","spdxId":"https://x.example/tool","name":"lister","creationInfo":"_:c"}},
{{"type":"SpdxDocument","spdxId":"https://x.example/doc","name":"scanner","creationInfo":"_:c","rootElement":["https://x.example/bom"],"element":["https://x.example/bom"],"profileConformance":["core","software"]}},
{{"type":"software_Sbom","spdxId":"https://x.example/bom","creationInfo":"_:c","rootElement":["https://x.example/scanner"],"software_sbomType":["build"]}},
{{"type":"software_Package","spdxId":"https://x.example/scanner","name":"Scanner One","software_packageVersion":"4.2","creationInfo":"_:c","suppliedBy":"https://x.example/maker","software_primaryPurpose":"device"}},
{{"type":"software_Package","spdxId":"https://x.example/log4j","name":"log4j-core","software_packageVersion":"2.14.1","creationInfo":"_:c",
"originatedBy":[{{"type":"Organization","spdxId":"https://x.example/apache","name":"Apache","creationInfo":"_:c"}}],
"software_packageUrl":"pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1","software_primaryPurpose":"library",
"externalIdentifier":[{{"type":"ExternalIdentifier","externalIdentifierType":"cpe23","identifier":"cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:*"}},
{{"type":"ExternalIdentifier","externalIdentifierType":"swhid","identifier":"swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2"}}],
"software_contentIdentifier":[{{"type":"software_ContentIdentifier","software_contentIdentifierType":"gitoid","software_contentIdentifierValue":"gitoid:blob:sha1:261eeb9e9f8b2b4b0d119366dda99c6fd7d35c64"}}],
"verifiedUsing":[{{"type":"Hash","algorithm":"sha1","hashValue":"85ed0817af83a24ad8da68c2b5094de69833983c"}}],
"releaseTime":"2021-03-12T00:00:00Z","validUntilTime":"2030-01-01T00:00:00Z","supportLevel":["endOfSupport"],"summary":"Logs."}},
{{"type":"Relationship","spdxId":"https://x.example/r1","creationInfo":"_:c","from":"https://x.example/scanner","relationshipType":"contains","to":["https://x.example/log4j"],"completeness":"incomplete"}}{elements}]}}"#
    )
}

#[test]
fn a_sound_document_is_read_whole_and_without_an_error() {
    let (sbom, reading) = sbom(&document(
        r#",
{"type":"LifecycleScopedRelationship","spdxId":"https://x.example/r2","creationInfo":"_:c","from":"https://x.example/scanner","relationshipType":"dependsOn","to":"https://x.example/log4j","scope":"runtime"},
{"type":"simplelicensing_LicenseExpression","spdxId":"https://x.example/l","simplelicensing_licenseExpression":"Apache-2.0 OR LicenseRef-x","creationInfo":"_:c"},
{"type":"Relationship","spdxId":"https://x.example/r3","creationInfo":"_:c","from":"https://x.example/log4j","relationshipType":"hasDeclaredLicense","to":["https://x.example/l"]},
{"type":"Relationship","spdxId":"https://x.example/r4","creationInfo":"_:c","from":"https://x.example/log4j","relationshipType":"hasConcludedLicense","to":["https://spdx.org/licenses/MIT","NoAssertionElement"]},
{"type":"software_File","spdxId":"https://x.example/f","name":"a.jar","creationInfo":"_:c"},
{"type":"Annotation","spdxId":"https://x.example/a","annotationType":"review","subject":"https://x.example/f","statement":"x","creationInfo":"_:c"},
{"type":"ai_AIPackage","spdxId":"https://x.example/m","name":"model","creationInfo":"_:c","ai_domain":["x"]}"#,
    ));
    insta::assert_snapshot!(lines(&reading), @"
    note spdx-relationships-incomplete /@graph: relationships between parts that the document itself calls incomplete: 1
    warning spdx-component-version-missing /@graph/14: the component has no version, so it cannot be told which flaws it has
    warning spdx-component-identifier-missing /@graph/14: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning spdx-component-supplier-missing /@graph/14: nobody is named as the supplier of the component
    ");
    assert_eq!(reading.version.as_deref(), Some("3.0.1"));
    insta::assert_debug_snapshot!(reading.summary, @r#"
    {
        "annotations": 1,
        "components": 3,
        "cpes": 1,
        "dependencies": 1,
        "external-documents": 0,
        "files": 1,
        "purls": 1,
        "relationships": 4,
        "snippets": 0,
        "statements": 0,
        "vulnerabilities": 0,
    }
    "#);
    assert_eq!(sbom.name.as_deref(), Some("scanner"));
    assert_eq!(sbom.serial_number.as_deref(), Some("https://x.example/doc"));
    assert_eq!(sbom.manufacturer.as_deref(), Some("Example Medical"));
    let product = sbom.subject.unwrap().component;
    assert_eq!(product.label(), "Scanner One 4.2");
    assert_eq!(product.kind, ComponentKind::Device);
    insta::assert_debug_snapshot!(sbom.components, @r#"
    [
        SbomComponent {
            reference: Some(
                "https://x.example/log4j",
            ),
            parent: None,
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
                cpes: [
                    "cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:*",
                ],
                swid: None,
                supplier: Some(
                    "Apache",
                ),
                description: Some(
                    "Logs.",
                ),
                licenses: [
                    "Apache-2.0 OR LicenseRef-x",
                    "MIT",
                ],
                hashes: [
                    Hash {
                        algorithm: "SHA-1",
                        value: "85ed0817af83a24ad8da68c2b5094de69833983c",
                    },
                ],
                properties: [
                    Property {
                        name: "swh",
                        value: "swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2",
                    },
                    Property {
                        name: "gitoid",
                        value: "gitoid:blob:sha1:261eeb9e9f8b2b4b0d119366dda99c6fd7d35c64",
                    },
                    Property {
                        name: "releaseTime",
                        value: "2021-03-12T00:00:00Z",
                    },
                    Property {
                        name: "validUntilTime",
                        value: "2030-01-01T00:00:00Z",
                    },
                    Property {
                        name: "supportLevel",
                        value: "endOfSupport",
                    },
                ],
                support: None,
            },
        },
        SbomComponent {
            reference: Some(
                "https://x.example/m",
            ),
            parent: None,
            scope: None,
            component: Component {
                kind: MachineLearningModel,
                group: None,
                name: "model",
                version: None,
                purl: None,
                cpes: [],
                swid: None,
                supplier: None,
                description: None,
                licenses: [],
                hashes: [],
                properties: [],
                support: None,
            },
        },
    ]
    "#);
    insta::assert_debug_snapshot!(sbom.dependencies, @r#"
    [
        (
            "https://x.example/scanner",
            "https://x.example/log4j",
        ),
    ]
    "#);
}

#[test]
fn dialects_of_generators_are_read_and_told() {
    let text = document(
        r#",
{"type":"https://spdx.org/rdf/3.0.1/terms/Software/Package","spdxId":"https://x.example/p","name":"p","creationInfo":"_:c","externalIdentifier":["https://x.example/e"]},
{"@type":"ExternalIdentifier","@id":"https://x.example/e","externalIdentifierType":"purl","identifier":"pkg:npm/p@1"},
{"type":"software_Package","spdxId":"SPDXRef-q","name":"q","creationInfo":"_:c","externalIdentifiers":[{"type":"ExternalIdentifier","externalIdentifierType":"cpe22Type","identifier":"cpe:/a:q:q"}]},
{"type":"Relationship","spdxId":"https://x.example/r2","creationInfo":"_:c","from":"https://x.example/p","relationshipType":"DEPENDS_ON","to":["SPDXRef-q"]}"#,
    );
    let (sbom, _) = sbom(&text);
    insta::assert_snapshot!(errors(&text), @"
    spdx-id-malformed /@graph/10/spdxId: the id `SPDXRef-q` is no IRI (RFC 3987)
    spdx-word-misspelt /@graph/8/externalIdentifier/0/externalIdentifierType: `purl` is not a word that SPDX 3.0 knows here; it was read as `packageUrl`
    spdx-property-misspelt /@graph/10/externalIdentifiers: SPDX 3.0 has no property `externalIdentifiers` here; it was read as `externalIdentifier`
    spdx-word-misspelt /@graph/10/externalIdentifiers/0/externalIdentifierType: `cpe22Type` is not a word that SPDX 3.0 knows here; it was read as `cpe22`
    spdx-word-misspelt /@graph/11/relationshipType: `DEPENDS_ON` is not a word that SPDX 3.0 knows here; it was read as `dependsOn`
    ");
    let found: Vec<_> = sbom
        .components
        .iter()
        .map(|part| (part.component.purl.as_deref(), part.component.cpes.len()))
        .collect();
    assert_eq!(found.last(), Some(&(None, 1)));
    assert!(found.contains(&(Some("pkg:npm/p@1"), 0)));
    assert_eq!(sbom.dependencies.len(), 1);
}

#[test]
fn what_the_model_demands_is_demanded() {
    insta::assert_snapshot!(
        errors(&document(
            r#",
{"spdxId":"https://x.example/1"},
{"type":"Nonsense","spdxId":"https://x.example/2"},
{"type":"Element","spdxId":"https://x.example/3","creationInfo":"_:c"},
{"type":"software_Package","creationInfo":"_:c"},
{"type":"software_Package","spdxId":"https://x.example/log4j","name":"again","creationInfo":"_:c","verifiedUsing":{"type":"Hash","algorithm":"sha1","hashValue":"85"},"software_primaryPurpose":"gantry"},
{"type":"Relationship","spdxId":"https://x.example/r2","creationInfo":"_:c","from":"https://x.example/log4j","relationshipType":"contains","to":[],"completeness":"perhaps"},
{"type":"SpdxDocument","spdxId":"https://x.example/doc2","creationInfo":"_:c","profileConformance":["licensing"]},
{"type":"CreationInfo","@id":"_:d","specVersion":"3.0"}"#
        )),
        @"
    spdx-property-missing /@graph/8: the property `type` is missing or blank, which SPDX 3.0 demands here
    spdx-word-unknown /@graph/9/type: `Nonsense` is not a word that SPDX 3.0 knows here; it was not read
    spdx-class-abstract /@graph/10/type: no element may be of the class `Element`, which is abstract: one of its kinds was expected
    spdx-property-missing /@graph/11: the property `spdxId` is missing or blank, which SPDX 3.0 demands here
    spdx-id-repeated /@graph/12: the id `https://x.example/log4j` is used more than once; it is taken for the first of them
    spdx-document-repeated /@graph/14: a second SpdxDocument stands in the file, where SPDX allows one
    spdx-property-missing /@graph/15: the property `created` is missing or blank, which SPDX 3.0 demands here
    spdx-property-missing /@graph/15: the property `createdBy` is missing or blank, which SPDX 3.0 demands here
    spdx-version-malformed /@graph/15/specVersion: specVersion is `3.0`, where an edition such as 3.0.1 is expected
    spdx-property-missing /@graph/11: the property `name` is missing or blank, which SPDX 3.0 demands here
    spdx-word-unknown /@graph/12/software_primaryPurpose: `gantry` is not a word that SPDX 3.0 knows here; it was not read
    spdx-checksum-malformed /@graph/12/verifiedUsing/0/hashValue: the sha1 `85` was set aside: 40 hexadecimal digits were expected, not 2
    spdx-word-unknown /@graph/14/profileConformance/0: `licensing` is not a word that SPDX 3.0 knows here
    spdx-property-missing /@graph/13: the property `to` is missing or blank, which SPDX 3.0 demands here
    spdx-word-unknown /@graph/13/completeness: `perhaps` is not a word that SPDX 3.0 knows here
    "
    );
    insta::assert_snapshot!(errors(r#"{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld"}"#), @"spdx-graph-missing /@graph: the document has no elements: the list `@graph` is missing or empty");
    insta::assert_snapshot!(errors(r#"{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[{"type":"software_Sbom"}]}"#), @"
    spdx-property-missing /@graph/0: the property `creationInfo` is missing or blank, which SPDX 3.0 demands here
    spdx-property-missing /@graph/0: the property `spdxId` is missing or blank, which SPDX 3.0 demands here
    spdx-document-missing /@graph: no element of the class SpdxDocument says what the document is
    ");
    insta::assert_snapshot!(errors(r#"{"@graph":[{"type":"Tool"}]}"#), @"
    spdx-context-missing /@context: the document has a graph and no `@context`, which says the edition of SPDX 3
    spdx-property-missing /@graph/0: the property `creationInfo` is missing or blank, which SPDX 3.0 demands here
    spdx-property-missing /@graph/0: the property `spdxId` is missing or blank, which SPDX 3.0 demands here
    spdx-document-missing /@graph: no element of the class SpdxDocument says what the document is
    ");
}

#[test]
fn circles_end() {
    let (sbom, reading) = sbom(&document(
        r#",
{"type":"software_Package","spdxId":"https://x.example/a","name":"a","creationInfo":"https://x.example/a"},
{"type":"software_Package","spdxId":"https://x.example/b","name":"b","creationInfo":"_:c","suppliedBy":"https://x.example/b","externalIdentifier":["https://x.example/b"],"verifiedUsing":["https://x.example/b"]},
{"type":"Bom","spdxId":"https://x.example/m","creationInfo":"_:c","rootElement":["https://x.example/n","https://x.example/m"],"element":["https://x.example/m"]},
{"type":"Bom","spdxId":"https://x.example/n","creationInfo":"_:c","rootElement":["https://x.example/m"]},
{"type":"Relationship","spdxId":"https://x.example/r2","creationInfo":"_:c","from":"https://x.example/a","relationshipType":"contains","to":["https://x.example/b","https://x.example/a"]},
{"type":"Relationship","spdxId":"https://x.example/r3","creationInfo":"_:c","from":"https://x.example/b","relationshipType":"contains","to":["https://x.example/a","https://x.example/r3"]}"#,
    ));
    assert_eq!(sbom.components.len(), 3);
    assert!(reading.problems.len() < 30, "{}", lines(&reading));
}

#[test]
fn prefixes_of_namespaces_lead_to_the_same_element() {
    let text = document(
        r#",{"type":"Relationship","spdxId":"https://x.example/r2","creationInfo":"_:c","from":"x:scanner","relationshipType":"dependsOn","to":["x:log4j","y:part"]}"#,
    )
    .replace(
        r#""profileConformance":["core","software"]"#,
        r#""namespaceMap":[{"type":"NamespaceMap","prefix":"x","namespace":"https://x.example/"},{"type":"NamespaceMap","prefix":"y","namespace":"https://y.example/"}],
"import":[{"type":"ExternalMap","externalSpdxId":"https://y.example/part"}]"#,
    );
    let (sbom, reading) = sbom(&text);
    assert_eq!(sbom.dependencies.len(), 2, "{}", lines(&reading));
    insta::assert_snapshot!(lines(&reading), @"
    note spdx-external-documents /@graph/3/import: the document refers to other SPDX documents (https://y.example/part), whose parts are not in it
    note spdx-relationships-incomplete /@graph: relationships between parts that the document itself calls incomplete: 1
    ");
}
