use proptest::prelude::*;

use super::*;

/// A tag as a maker should write it.
const SOUND: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<SoftwareIdentity xmlns="http://standards.iso.org/iso/19770/-2/2015/schema.xsd" xmlns:SHA256="http://www.w3.org/2001/04/xmlenc#sha256"
  xml:lang="en-US" name="Orrin Console" tagId="vesperion.example/orrin-console-5.2.1" tagVersion="3" version="5.2.1" versionScheme="multipartnumeric">
  <Entity name="Vesperion Medical Systems" regid="vesperion.example" role="tagCreator softwareCreator"/>
  <Meta persistentId="orrin-console"/>
  <Meta product="Orrin" colloquialVersion="5" edition="3.0T" revision="b" description="Console of the scanner" generator="x"/>
  <Link rel="parent" href="swid:vesperion.example/orrin-5.2"/>
  <Link rel="requires" href="swid:microsoft.example/windows-10"/>
  <Link rel="supersedes" href="swid:vesperion.example/orrin-console-5.2.0"/>
  <Link rel="license" href="https://vesperion.example/eula"/>
  <Payload>
    <Directory root="%programdata%" name="orrin"><File name="console.exe" size="532712" SHA256:hash="a314"/><Directory name="lib"><File name="a.dll"/></Directory></Directory>
    <Resource type="service"/>
  </Payload>
  <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>
</SoftwareIdentity>"#;

fn lines(reading: &Reading) -> String {
    let lines: Vec<String> = reading
        .problems
        .iter()
        .map(|problem| {
            format!(
                "{} {} {}: {}",
                problem.level, problem.id, problem.at, problem.message
            )
        })
        .collect();
    lines.join("\n")
}

#[track_caller]
fn sbom(text: &str) -> (Sbom, Reading) {
    let reading = read(text.as_bytes());
    match reading.document.clone() {
        Some(Document::Sbom(sbom)) => (sbom, reading),
        other => panic!("not read: {other:?} {:?}", reading.problems),
    }
}

/// A tag with these attributes of the root and elements in it.
fn tag(attributes: &str, elements: &str) -> String {
    format!(
        "<SoftwareIdentity xmlns='http://standards.iso.org/iso/19770/-2/2015/schema.xsd' {attributes}>{elements}</SoftwareIdentity>"
    )
}

#[test]
fn a_sound_tag_is_one_component_with_what_it_is_part_of() {
    let (sbom, reading) = sbom(SOUND);
    assert_eq!(lines(&reading), "");
    assert_eq!(reading.version.as_deref(), Some("2015"));
    assert_eq!(sbom.revision, Some(3));
    assert_eq!(
        sbom.manufacturer.as_deref(),
        Some("Vesperion Medical Systems")
    );
    assert_eq!(sbom.subject.as_ref(), sbom.components.first());
    let product = sbom.product().unwrap();
    assert_eq!(product.name, "Orrin Console");
    insta::assert_debug_snapshot!(sbom.components, @r#"
    [
        SbomComponent {
            reference: Some(
                "vesperion.example/orrin-console-5.2.1",
            ),
            parent: None,
            scope: None,
            component: Component {
                kind: Application,
                group: None,
                name: "Orrin Console",
                version: Some(
                    "5.2.1",
                ),
                purl: None,
                cpes: [],
                swid: Some(
                    "vesperion.example/orrin-console-5.2.1",
                ),
                supplier: Some(
                    "Vesperion Medical Systems",
                ),
                description: Some(
                    "Console of the scanner",
                ),
                licenses: [],
                hashes: [],
                properties: [
                    Property {
                        name: "swid:versionScheme",
                        value: "multipartnumeric",
                    },
                    Property {
                        name: "swid:colloquialVersion",
                        value: "5",
                    },
                    Property {
                        name: "swid:edition",
                        value: "3.0T",
                    },
                    Property {
                        name: "swid:persistentId",
                        value: "orrin-console",
                    },
                    Property {
                        name: "swid:product",
                        value: "Orrin",
                    },
                    Property {
                        name: "swid:revision",
                        value: "b",
                    },
                    Property {
                        name: "swid:supersedes",
                        value: "vesperion.example/orrin-console-5.2.0",
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
            "vesperion.example/orrin-5.2",
            "vesperion.example/orrin-console-5.2.1",
        ),
        (
            "vesperion.example/orrin-console-5.2.1",
            "microsoft.example/windows-10",
        ),
    ]
    "#);
    insta::assert_debug_snapshot!(reading.summary, @r#"
    {
        "components": 1,
        "dependencies": 2,
        "files": 2,
        "links": 4,
    }
    "#);
}

#[test]
fn what_the_standard_demands_is_an_error_when_it_is_not_there() {
    let (_, reading) = sbom(&tag(
        "tagId='a' version='0.0' tagVersion='x' patch='maybe' versionScheme='date'",
        "<Entity role='tagCreator'/><Entity name='b' role='boss'/><Link href='c'/><Part/><Evidence date='now'/>",
    ));
    insta::assert_snapshot!(lines(&reading), @"
    error swid-attribute-missing /SoftwareIdentity (line 1): the attribute `name` is missing or blank, which ISO/IEC 19770-2 demands here
    error swid-element-unknown /SoftwareIdentity/Part (line 1): ISO/IEC 19770-2:2015 has no element `Part` here
    error swid-entity-incomplete /SoftwareIdentity/Entity[1] (line 1): an entity has a `name` and a `role`; this one lacks one of them
    note swid-role-unknown /SoftwareIdentity/Entity[2]/@role (line 1): the role `boss` is not known
    error swid-tag-creator-missing /SoftwareIdentity (line 1): nobody is named as the creator of the tag, which ISO/IEC 19770-2 demands
    error swid-link-incomplete /SoftwareIdentity/Link (line 1): a link has a `rel` and a `href`; this one lacks one of them
    error swid-flag-malformed /SoftwareIdentity/@patch (line 1): `patch` is `maybe`, where true or false is expected
    warning swid-version-scheme-unknown /SoftwareIdentity/@versionScheme (line 1): `date` is not a known version scheme
    warning swid-version-missing /SoftwareIdentity (line 1): the tag states no version, so it cannot be told which flaws the software has
    warning swid-software-creator-missing /SoftwareIdentity (line 1): nobody is named as the creator of the software
    error swid-tag-version-malformed /SoftwareIdentity/@tagVersion (line 1): the tag version is `x`, where a whole number is expected
    error swid-date-malformed /SoftwareIdentity/Evidence/@date (line 1): `now` is no date and time; it was set aside
    ");
    let reading = read(tag("version='1'", "").as_bytes());
    assert_eq!(reading.document, None);
    assert_eq!(
        reading.problems.last().map(|problem| problem.id),
        Some("swid-identity-missing")
    );
}

#[test]
fn a_tag_of_a_patch_a_medium_or_a_supplement_says_so() {
    let (sbom, reading) = sbom(&tag(
        "name='Fix 7' tagId='fix7' version='7' patch='true' corpus='1' supplemental='false'",
        "<Entity name='A' role='tagCreator softwareCreator'/><Link rel='patches' href='swid:orrin'/><Evidence date='2026-03-01T12:00:00Z' deviceId='x'><File name='a'/></Evidence>",
    ));
    insta::assert_snapshot!(lines(&reading), @"
    note swid-tag-of-medium /SoftwareIdentity/@corpus (line 1): the tag describes an installation medium; it is no evidence that the software is installed
    note swid-tag-of-patch /SoftwareIdentity/@patch (line 1): the tag describes a patch and not the product that it changes
    ");
    assert_eq!(sbom.made.unwrap().to_string(), "2026-03-01T12:00:00Z");
    assert_eq!(reading.summary["files"], 1);
    let properties: Vec<String> = sbom.components[0]
        .component
        .properties
        .iter()
        .map(|property| format!("{}={}", property.name, property.value))
        .collect();
    assert_eq!(
        properties,
        ["swid:corpus=true", "swid:patch=true", "swid:patches=orrin"]
    );
}

#[test]
fn a_tag_without_namespace_is_read_and_reported() {
    let (sbom, reading) = sbom(
        "<SoftwareIdentity name='a' tagId='b' version='1'><Entity name='A' role='tagCreator licensor'/></SoftwareIdentity>",
    );
    assert_eq!(sbom.manufacturer.as_deref(), Some("A"));
    assert_eq!(
        lines(&reading),
        "error swid-namespace-missing /SoftwareIdentity (line 1): the root element is not in the namespace of ISO/IEC 19770-2:2015"
    );
}

proptest! {
    #[test]
    fn any_elements_give_a_reading(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "<Entity name='a' role='tagCreator'/>", "<Meta edition='x'/>", "<Link rel='parent' href='b'/>",
            "<Payload>", "</Payload>", "<Directory>", "</Directory>", "<File/>", "text", "<x:y xmlns:x='u'/>", "<Evidence date='2026'/>",
        ]),
        0..20,
    )) {
        let reading = read(tag("name='a' tagId='b'", &pieces.concat()).as_bytes());
        prop_assert!(reading.document.is_some() || !reading.problems.is_empty());
    }
}
