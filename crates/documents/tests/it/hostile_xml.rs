//! XML made to break a reader.

use isocenter_documents::{ReadOptions, cyclonedx, read, swid};

use crate::mutation::run;
use crate::paper::ids;

const BILL: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<c:bom xmlns:c="http://cyclonedx.org/schema/bom/1.6" version="2">
<c:metadata><c:timestamp>2026-03-01T12:00:00Z</c:timestamp><c:tools><c:tool><c:name>t</c:name></c:tool></c:tools>
<c:component type="device" bom-ref="d"><c:name>Scanner</c:name><c:version>1</c:version></c:component></c:metadata>
<c:components><c:component type="library" bom-ref="a"><c:name><![CDATA[a & b]]></c:name><c:version>1.1.1k</c:version>
<c:hashes><c:hash alg="MD5">3942447fac867ae5cdb3229b658f4d48</c:hash></c:hashes>
<c:licenses><c:license><c:id>MIT</c:id></c:license></c:licenses><c:purl>pkg:generic/a@1</c:purl>
<c:properties><c:property name="x">&lt;y&gt;</c:property></c:properties></c:component></c:components>
<c:dependencies><c:dependency ref="d"><c:dependency ref="a"/></c:dependency></c:dependencies>
<c:vulnerabilities><c:vulnerability><c:id>CVE-2022-0778</c:id><c:cwes><c:cwe>835</c:cwe></c:cwes>
<c:analysis><c:state>not_affected</c:state></c:analysis><c:affects><c:target><c:ref>a</c:ref></c:target></c:affects>
</c:vulnerability></c:vulnerabilities></c:bom>"#;

#[test]
fn mutated_bills_in_xml_never_break_the_reader() {
    run(2_000, BILL.as_bytes(), |bytes| Some(cyclonedx::read(bytes)));
    let utf16: Vec<u8> = BILL.encode_utf16().flat_map(u16::to_le_bytes).collect();
    run(500, &utf16, |bytes| {
        Some(read(bytes, &ReadOptions::default()))
    });
}

const TAG: &str = r#"<SoftwareIdentity xmlns="http://standards.iso.org/iso/19770/-2/2015/schema.xsd" name="Console" tagId="c" version="5" patch="true">
<Entity name="V" role="tagCreator softwareCreator"/><Meta edition="3" product="&lt;x&gt;"/><Link rel="parent" href="swid:p"/>
<Payload><Directory name="d"><File name="f"/></Directory></Payload><Evidence date="2026-03-01T12:00:00Z"/></SoftwareIdentity>"#;

#[test]
fn mutated_tags_never_break_the_reader() {
    run(2_000, TAG.as_bytes(), |bytes| Some(swid::read(bytes)));
    run(500, TAG.as_bytes(), |bytes| {
        Some(read(bytes, &ReadOptions::default()))
    });
}

#[test]
fn folders_in_folders_are_counted_up_to_the_bound() {
    let tag = |depth: usize| {
        format!(
            "<SoftwareIdentity name='a' tagId='b'><Payload>{}<File name='f'/>{}</Payload></SoftwareIdentity>",
            "<Directory>".repeat(depth),
            "</Directory>".repeat(depth)
        )
    };
    assert_eq!(swid::read(tag(120).as_bytes()).summary["files"], 1);
    let reading = swid::read(tag(200).as_bytes());
    assert_eq!(reading.document, None);
    assert_eq!(ids(&reading), ["xml-too-deep"]);
}

#[test]
fn a_document_cut_anywhere_says_so() {
    for length in 80..BILL.len() {
        let reading = cyclonedx::read(&BILL.as_bytes()[..length]);
        assert_eq!(reading.document, None, "{length}");
        assert_eq!(ids(&reading).last(), Some(&"xml-truncated"), "{length}");
    }
}

#[test]
fn a_hundred_thousand_elements_of_nothing_are_told_in_a_hundred() {
    let text = format!(
        "<bom xmlns='http://cyclonedx.org/schema/bom/1.6'>{}</bom>",
        "<x/>".repeat(100_000)
    );
    let reading = cyclonedx::read(text.as_bytes());
    assert!(reading.document.is_some());
    assert!(reading.problems.len() < 300);
}

#[test]
fn names_texts_and_namespaces_without_end_are_bounded_where_they_are_shown() {
    let long = "x".repeat(100_000);
    let many = |number: usize, item: fn(usize) -> String| -> String {
        (0..number).map(item).collect::<Vec<String>>().concat()
    };
    let namespaces = many(1_000, |number| format!("<y xmlns='urn:{number}'/>"));
    for inner in [
        format!("<{long}/>"),
        format!(
            "<components><{long}>t</{long}><component type='{long}' {long}='1'><name>{long}</name><purl>{long}</purl></component></components>"
        ),
        format!("<y xmlns='{long}'/>"),
        format!(
            "<y {}/>",
            many(20_000, |number| format!("a{number}='{number}' "))
        ),
        format!("{long}{namespaces}"),
    ] {
        let text = format!("<bom xmlns='http://cyclonedx.org/schema/bom/1.6'>{inner}</bom>");
        let reading = cyclonedx::read(text.as_bytes());
        assert!(reading.document.is_some());
        crate::mutation::is_safe(&reading);
    }
}
