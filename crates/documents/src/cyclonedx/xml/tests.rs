//! What the XML form does differently; everything else is tested on the JSON form.

use isocenter_model::component::Sbom;
use isocenter_model::document::Document;
use isocenter_model::{Level, Reading};
use proptest::prelude::*;

use crate::cyclonedx::read;

/// A document of edition 1.6 with those elements.
fn document(elements: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\" version=\"1\">{elements}</bom>"
    )
}

#[track_caller]
fn sbom(text: &str) -> (Sbom, Reading) {
    let reading = read(text.as_bytes());
    match reading.document.clone() {
        Some(Document::Sbom(sbom)) => (sbom, reading),
        other => panic!("not read: {other:?} {:?}", reading.problems),
    }
}

/// Problems but those about minimum elements.
fn lines(reading: &Reading) -> String {
    let lines: Vec<String> = reading
        .problems
        .iter()
        .filter(|problem| !(problem.level == Level::Warning && problem.id.ends_with("-missing")))
        .map(|problem| {
            format!(
                "{} {} {}: {}",
                problem.level, problem.id, problem.at, problem.message
            )
        })
        .collect();
    lines.join("\n")
}

const BOTH: [&str; 2] = [
    r#"{
    "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 2,
    "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
    "metadata": {
        "timestamp": "2026-03-01T12:00:00Z",
        "tools": {
            "components": [{"type": "application", "name": "lister", "version": "2"}],
            "services": [{"name": "s"}]
        },
        "authors": [{"bom-ref": "a", "name": "A. Author", "email": "a@example.com"}],
        "component": {
            "bom-ref": "scanner", "type": "device", "name": "Scanner 3000", "version": "VB20A",
            "manufacturer": {"name": "Acme Imaging", "url": ["https://acme.example"]},
            "components": [{"bom-ref": "gantry", "type": "firmware", "name": "gantry", "version": "3"}]
        },
        "supplier": {"name": "Acme Sales"},
        "licenses": [{"license": {"id": "MIT"}}],
        "properties": [{"name": "p", "value": "v"}]
    },
    "components": [
        {
            "bom-ref": "console", "type": "application", "mime-type": "a/b",
            "supplier": {"name": "Acme Imaging"}, "author": "X", "publisher": "Y", "group": "com.acme",
            "name": "console", "version": "5.1", "description": "the console", "scope": "required",
            "hashes": [
                {"alg": "MD5", "content": "3942447fac867ae5cdb3229b658f4d48"},
                {"alg": "SHA-1", "content": "e6b1000b94e835ffd37f4c6dcbdad43f4b48a02a"}
            ],
            "licenses": [
                {"license": {"id": "MIT", "acknowledgement": "declared", "text": {"content": "bGlj", "encoding": "base64"}}},
                {"license": {"name": "Acme & Sons", "properties": [{"name": "n", "value": "w"}]}}
            ],
            "cpe": "cpe:2.3:a:acme:console:5.1:*:*:*:*:*:*:*", "purl": "pkg:generic/console@5.1",
            "swid": {"tagId": "acme-console", "name": "console", "version": "5.1"},
            "pedigree": {
                "ancestors": [{"type": "library", "name": "old", "version": "1"}],
                "patches": [{"type": "backport", "resolves": [{"type": "security", "id": "CVE-1"}]}]
            },
            "externalReferences": [
                {"type": "website", "url": "https://acme.example", "hashes": [{"alg": "MD5", "content": "3942447fac867ae5cdb3229b658f4d48"}]}
            ],
            "properties": [{"name": "End-of-Support", "value": "2027"}, {"name": "b", "value": "c"}],
            "components": [
                {"bom-ref": "openssl", "type": "library", "name": "openssl", "version": "1.1.1k", "licenses": [{"expression": "MIT OR Apache-2.0"}]}
            ],
            "releaseNotes": {"type": "major", "resolves": [{"type": "defect"}]}
        }
    ],
    "services": [
        {"bom-ref": "ntp", "name": "time", "version": "1", "data": [{"flow": "inbound", "classification": "time"}],
         "services": [{"name": "leap", "data": [{"name": "d", "flow": "unknown", "classification": "x"}]}]}
    ],
    "externalReferences": [{"type": "bom", "url": "https://acme.example/bom"}],
    "dependencies": [
        {"ref": "scanner", "dependsOn": ["console", "ntp"]},
        {"ref": "console", "dependsOn": ["openssl"], "provides": ["x"]},
        {"ref": "openssl"}
    ],
    "vulnerabilities": [
        {
            "bom-ref": "v1", "id": "CVE-2022-0778",
            "source": {"name": "NVD", "url": "https://nvd.nist.gov"},
            "references": [{"id": "GHSA-x", "source": {"name": "GitHub"}}],
            "ratings": [
                {"source": {"name": "NVD"}, "score": 7.5, "severity": "high", "method": "CVSSv31",
                 "vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", "justification": "j"}
            ],
            "cwes": [835, 20], "description": "loops", "detail": "for ever", "recommendation": "update",
            "workaround": "wait", "advisories": [{"title": "t", "url": "https://x.example"}],
            "created": "2022-03-01T00:00:00Z", "published": "2022-03-15T17:15:00Z", "updated": "2022-03-16T00:00:00Z",
            "analysis": {
                "state": "not_affected", "justification": "code_not_reachable", "response": ["will_not_fix", "update"],
                "detail": "not called", "firstIssued": "2022-04-01T00:00:00Z", "lastUpdated": "2022-04-02T00:00:00Z"
            },
            "affects": [{"ref": "openssl", "versions": [{"version": "1.1.1k", "status": "affected"}, {"range": "vers:generic/<2", "status": "unaffected"}]}],
            "properties": [{"name": "q", "value": "r"}]
        },
        {"id": "CVE-2023-0001", "affects": [{"ref": "console"}]}
    ],
    "properties": [{"name": "z", "value": "y"}]
}"#,
    r#"<?xml version="1.0" encoding="UTF-8"?>
<c:bom xmlns:c="http://cyclonedx.org/schema/bom/1.6" version="2"
    serialNumber="urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79">
  <c:metadata>
    <c:timestamp>2026-03-01T12:00:00Z</c:timestamp>
    <c:tools>
      <c:components><c:component type="application"><c:name>lister</c:name><c:version>2</c:version></c:component></c:components>
      <c:services><c:service><c:name>s</c:name></c:service></c:services>
    </c:tools>
    <c:authors><c:author bom-ref="a"><c:name>A. Author</c:name><c:email>a@example.com</c:email></c:author></c:authors>
    <c:component type="device" bom-ref="scanner">
      <c:manufacturer><c:name>Acme Imaging</c:name><c:url>https://acme.example</c:url></c:manufacturer>
      <c:name>Scanner 3000</c:name><c:version>VB20A</c:version>
      <c:components>
        <c:component type="firmware" bom-ref="gantry"><c:name>gantry</c:name><c:version>3</c:version></c:component>
      </c:components>
    </c:component>
    <c:supplier><c:name>Acme Sales</c:name></c:supplier>
    <c:licenses><c:license><c:id>MIT</c:id></c:license></c:licenses>
    <c:properties><c:property name="p">v</c:property></c:properties>
  </c:metadata>
  <!-- the parts -->
  <c:components>
    <c:component type="application" mime-type="a/b" bom-ref="console">
      <c:supplier><c:name>Acme Imaging</c:name></c:supplier>
      <c:author>X</c:author><c:publisher>Y</c:publisher><c:group>com.acme</c:group>
      <c:name><![CDATA[console]]></c:name><c:version>5.<!-- one -->1</c:version>
      <c:description>the console</c:description><c:scope>required</c:scope>
      <c:hashes>
        <c:hash alg="MD5">3942447fac867ae5cdb3229b658f4d48</c:hash>
        <c:hash alg="SHA-1">
          e6b1000b94e835ffd37f4c6dcbdad43f4b48a02a
        </c:hash>
      </c:hashes>
      <c:licenses>
        <c:license acknowledgement="declared"><c:id>MIT</c:id><c:text encoding="base64">bGlj</c:text></c:license>
        <c:license><c:name>Acme &amp; Sons</c:name><c:properties><c:property name="n">w</c:property></c:properties></c:license>
      </c:licenses>
      <c:cpe>cpe:2.3:a:acme:console:5.1:*:*:*:*:*:*:*</c:cpe><c:purl>pkg:generic/console@5.1</c:purl>
      <c:swid tagId="acme-console" name="console" version="5.1"/>
      <c:pedigree>
        <c:ancestors><c:component type="library"><c:name>old</c:name><c:version>1</c:version></c:component></c:ancestors>
        <c:patches><c:patch type="backport"><c:resolves><c:issue type="security"><c:id>CVE-1</c:id></c:issue></c:resolves></c:patch></c:patches>
      </c:pedigree>
      <c:externalReferences>
        <c:reference type="website"><c:url>https://acme.example</c:url><c:hashes><c:hash alg="MD5">3942447fac867ae5cdb3229b658f4d48</c:hash></c:hashes></c:reference>
      </c:externalReferences>
      <c:properties><c:property name="End-of-Support">2027</c:property><c:property name="b">c</c:property></c:properties>
      <c:components>
        <c:component type="library" bom-ref="openssl">
          <c:name>openssl</c:name><c:version>1.1.1k</c:version>
          <c:licenses><c:expression>MIT OR Apache-2.0</c:expression></c:licenses>
        </c:component>
      </c:components>
      <c:releaseNotes><c:type>major</c:type><c:resolves><c:issue type="defect"/></c:resolves></c:releaseNotes>
    </c:component>
  </c:components>
  <c:services>
    <c:service bom-ref="ntp">
      <c:name>time</c:name><c:version>1</c:version>
      <c:data><c:classification flow="inbound">time</c:classification></c:data>
      <c:services><c:service><c:name>leap</c:name><c:data><c:dataflow name="d"><c:classification flow="unknown">x</c:classification></c:dataflow></c:data></c:service></c:services>
    </c:service>
  </c:services>
  <c:externalReferences><c:reference type="bom"><c:url>https://acme.example/bom</c:url></c:reference></c:externalReferences>
  <c:dependencies>
    <c:dependency ref="scanner"><c:dependency ref="console"/><c:dependency ref="ntp"/></c:dependency>
    <c:dependency ref="console"><c:provides ref="x"/><c:dependency ref="openssl"/></c:dependency>
    <c:dependency ref="openssl"/>
  </c:dependencies>
  <c:properties><c:property name="z">y</c:property></c:properties>
  <c:vulnerabilities>
    <c:vulnerability bom-ref="v1">
      <c:id>CVE-2022-0778</c:id>
      <c:source><c:name>NVD</c:name><c:url>https://nvd.nist.gov</c:url></c:source>
      <c:references><c:reference><c:id>GHSA-x</c:id><c:source><c:name>GitHub</c:name></c:source></c:reference></c:references>
      <c:ratings><c:rating>
        <c:source><c:name>NVD</c:name></c:source><c:score>7.5</c:score><c:severity>high</c:severity><c:method>CVSSv31</c:method>
        <c:vector>CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H</c:vector><c:justification>j</c:justification>
      </c:rating></c:ratings>
      <c:cwes><c:cwe>835</c:cwe><c:cwe>20</c:cwe></c:cwes>
      <c:description>loops</c:description><c:detail>for ever</c:detail><c:recommendation>update</c:recommendation><c:workaround>wait</c:workaround>
      <c:advisories><c:advisory><c:title>t</c:title><c:url>https://x.example</c:url></c:advisory></c:advisories>
      <c:created>2022-03-01T00:00:00Z</c:created><c:published>2022-03-15T17:15:00Z</c:published><c:updated>2022-03-16T00:00:00Z</c:updated>
      <c:analysis>
        <c:state>not_affected</c:state><c:justification>code_not_reachable</c:justification>
        <c:responses><c:response>will_not_fix</c:response><c:response>update</c:response></c:responses>
        <c:detail>not called</c:detail><c:firstIssued>2022-04-01T00:00:00Z</c:firstIssued><c:lastUpdated>2022-04-02T00:00:00Z</c:lastUpdated>
      </c:analysis>
      <c:affects><c:target><c:ref>openssl</c:ref><c:versions>
        <c:version><c:version>1.1.1k</c:version><c:status>affected</c:status></c:version>
        <c:version><c:range>vers:generic/&lt;2</c:range><c:status>unaffected</c:status></c:version>
      </c:versions></c:target></c:affects>
      <c:properties><c:property name="q">r</c:property></c:properties>
    </c:vulnerability>
    <c:vulnerability><c:id>CVE-2023-0001</c:id><c:affects><c:target><c:ref>console</c:ref></c:target></c:affects></c:vulnerability>
  </c:vulnerabilities>
</c:bom>"#,
];

#[test]
fn both_forms_of_one_document_say_the_same() {
    let [json, xml] = BOTH.map(sbom);
    assert_eq!(xml.0, json.0);
    assert_eq!(xml.1.summary, json.1.summary);
    assert_eq!(xml.1.version, json.1.version);
    assert_eq!(lines(&xml.1), "");
    let ids = |reading: &Reading| -> Vec<&str> {
        let mut ids: Vec<&str> = reading.problems.iter().map(|problem| problem.id).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(ids(&xml.1), ids(&json.1));
    assert_eq!(xml.0.components.len(), 3);
    assert_eq!(xml.0.statements.len(), 2);
}

#[test]
fn the_schema_of_the_xml_form_has_an_order_and_forbids_what_it_does_not_know() {
    let (bill, reading) = sbom(
        r#"<bom xmlns="http://cyclonedx.org/schema/bom/1.3" xmlns:x="urn:x" x:note="n" size="3">stray
<components><component type="library" name="a"><version>1</version><name>a</name><name>b</name><weight/><x:size/><x:size/></component>
  <part/>text<x:part/>
  <component type="library"><name>c<b>old</b></name><version>2</version><licenses><license><text>own</text></license><license><id>MIT</id><name>MIT</name></license></licenses></component>
</components>
<components><component type="file"><name>d</name><version>3</version></component></components>
<properties><property>nameless</property></properties>
<vulnerabilities/>
</bom>"#,
    );
    let names: Vec<&str> = bill
        .components
        .iter()
        .map(|part| part.component.name.as_str())
        .collect();
    assert_eq!(names, ["a", "c", "d"]);
    insta::assert_snapshot!(lines(&reading), @"
    note cyclonedx-attribute-unknown /bom/@size (line 1): no edition of CycloneDX has the attribute `size` here; it was not read
    error cyclonedx-text-astray /bom (line 1): the text `stray` stands between elements and was set aside
    error cyclonedx-text-astray /bom/components[1] (line 2): the text `text` stands between elements and was set aside
    error cyclonedx-element-unexpected /bom/components[1]/part (line 3): an element `part` has no place in `components` and was set aside
    note cyclonedx-attribute-unknown /bom/components[1]/component[1]/@name (line 2): no edition of CycloneDX has the attribute `name` here; it was not read
    error cyclonedx-element-order /bom/components[1]/component[1]/name[1] (line 2): the element `name` stands behind `version`, where the schema has it before
    error cyclonedx-element-repeated /bom/components[1]/component[1]/name[2] (line 2): the element `name` may stand here once only; the first was read
    error cyclonedx-element-unexpected /bom/components[1]/component[2]/name/b (line 4): an element `b` has no place in `name` and was set aside
    error cyclonedx-element-repeated /bom/components[2] (line 6): the element `components` may stand here once only; all of them were read
    note cyclonedx-extension-not-read /bom/components[1]/x:part (line 3): 3 elements were not read that belong to the namespace `urn:x`
    error cyclonedx-property-unknown /bom/components[1]/component[1]/weight (line 2): no edition of CycloneDX has the property `weight` here
    error cyclonedx-license-name /bom/components[1]/component[2]/licenses/license[2] (line 4): a licence has either an `id` or a `name`
    error cyclonedx-property-missing /bom/properties/property (line 7): the property `name` is missing or blank, which CycloneDX demands here
    ");
}

#[test]
fn a_value_of_the_wrong_sort_is_set_aside_where_it_stands() {
    let (_, reading) = sbom(
        r#"<bom xmlns="http://cyclonedx.org/schema/bom/1.7" version="first">
<metadata><timestamp>2026-03-01T12:00:00</timestamp><tools><tool><name>t</name><hashes><hash alg="MD5">x</hash></hashes></tool></tools></metadata>
<components>
  <component type="gantry" isExternal="maybe"><name/><purl>x</purl></component>
  <component type="library" isExternal="1"><name>a</name><versionRange>vers:npm/&lt;2</versionRange></component>
</components>
<dependencies><dependency ref="a"><dependency/><dependency ref="b"><dependency ref="c"/></dependency></dependency></dependencies>
<vulnerabilities><vulnerability><id>CVE-1</id><ratings><rating><score>high</score></rating></ratings><cwes><cwe>x</cwe><cwe>79</cwe></cwes></vulnerability></vulnerabilities>
</bom>"#,
    );
    insta::assert_snapshot!(lines(&reading), @r#"
    error xml-value-set-aside /bom/@version (line 1): the value was set aside: invalid value: string "first", expected a whole number
    error cyclonedx-hash-malformed /bom/metadata/tools/tool/hashes/hash (line 2): the hash `x` was set aside: 32, 40, 64, 96 or 128 hexadecimal digits were expected
    warning cyclonedx-component-name-blank /bom/components/component[1]/name (line 4): the component has a blank name
    error cyclonedx-word-unknown /bom/components/component[1]/@type (line 4): `gantry` is not a word that CycloneDX knows here
    error xml-value-set-aside /bom/components/component[1]/@isExternal (line 4): the value was set aside: invalid value: string "maybe", expected true or false
    error cyclonedx-purl-malformed /bom/components/component[1]/purl (line 4): the package URL `x` was set aside: not a package URL: missing scheme
    warning cyclonedx-dependency-dangling /bom/dependencies/dependency/@ref (line 7): the reference `a` leads to nothing in this document
    error xml-element-set-aside /bom/dependencies/dependency/dependency[1] (line 7): the element was set aside: the attribute `ref` is missing
    warning cyclonedx-dependency-dangling /bom/dependencies/dependency/dependency[2] (line 7): the reference `b` leads to nothing in this document
    warning cyclonedx-dependency-dangling /bom/dependencies/dependency/dependency[2]/@ref (line 7): the reference `b` leads to nothing in this document
    warning cyclonedx-dependency-dangling /bom/dependencies/dependency/dependency[2]/dependency (line 7): the reference `c` leads to nothing in this document
    warning cyclonedx-vulnerability-without-affects /bom/vulnerabilities/vulnerability (line 8): the vulnerability CVE-1 does not say which part it is in
    error xml-value-set-aside /bom/vulnerabilities/vulnerability/ratings/rating/score (line 8): the value was set aside: invalid value: string "high", expected a number
    error xml-element-set-aside /bom/vulnerabilities/vulnerability/cwes/cwe[1] (line 8): the element was set aside: invalid value: string "x", expected a whole number
    "#);
}

#[test]
fn a_dependency_in_a_dependency_is_an_edge_too() {
    let (bill, _) = sbom(&document(
        "<dependencies><dependency ref='a'><dependency ref='b'><dependency ref='c'/></dependency><dependency ref='d'/></dependency></dependencies>",
    ));
    let edges: Vec<String> = bill
        .dependencies
        .iter()
        .map(|(from, to)| format!("{from}>{to}"))
        .collect();
    assert_eq!(edges, ["a>b", "a>d", "b>c"]);
}

#[test]
fn the_edition_is_that_of_the_namespace() {
    for (namespace, version, said) in [
        ("http://cyclonedx.org/schema/bom/1.4", Some("1.4"), ""),
        (
            "http://cyclonedx.org/schema/bom/1.1",
            Some("1.1"),
            "warning cyclonedx-version-unknown /bom (line 1): the edition 1.1 is not one of 1.2 to 1.7; the file was read as 1.7",
        ),
        (
            "",
            None,
            "error cyclonedx-version-missing /bom (line 1): the namespace of CycloneDX is missing, which says the edition of the format",
        ),
        (
            "http://cyclonedx.org/schema/bom/x",
            Some("x"),
            "error cyclonedx-version-malformed /bom (line 1): the namespace of CycloneDX says `x`, where an edition such as 1.6 is expected",
        ),
    ] {
        let (bill, reading) = sbom(&format!(
            "<bom xmlns='{namespace}' serialNumber='{{3e671687-395b-41f5-a30f-a58921a69b79}}'><components><component type='file'><name>a</name><version>1</version></component></components></bom>"
        ));
        assert_eq!(bill.components.len(), 1);
        assert_eq!(reading.version.as_deref(), version);
        assert_eq!(lines(&reading), said);
    }
}

#[test]
fn tools_are_a_list_or_an_object_whatever_the_edition() {
    let tools = |tools: &str| {
        let (_, reading) = sbom(&document(&format!(
            "<metadata><tools>{tools}</tools></metadata>"
        )));
        (
            reading
                .problems
                .iter()
                .any(|problem| problem.id == "cyclonedx-author-missing"),
            lines(&reading),
        )
    };
    assert_eq!(tools("<tool><name>a</name></tool>"), (false, String::new()));
    assert_eq!(
        tools("<components><component type='file'><name>a</name></component></components>"),
        (false, String::new())
    );
    assert_eq!(tools(""), (true, String::new()));
}

#[test]
fn what_could_fetch_or_multiply_makes_a_document_unusable() {
    let body = document("");
    let body = body.trim_start_matches("<?xml version=\"1.0\"?>");
    for doctype in [
        "<!DOCTYPE bom [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>",
        "<!DOCTYPE bom [<!ENTITY c SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE bom SYSTEM \"http://x.example/bom.dtd\">",
    ] {
        let reading = read(format!("{doctype}{body}").as_bytes());
        assert_eq!(reading.document, None);
        let ids: Vec<&str> = reading.problems.iter().map(|problem| problem.id).collect();
        assert_eq!(ids, ["xml-document-type"]);
    }
    let nested = "<components><component type='file'><name>a</name>".repeat(70);
    let reading = read(document(&nested).as_bytes());
    assert_eq!(reading.problems[0].id, "xml-too-deep");
}

#[test]
fn nesting_up_to_the_bound_is_read() {
    let open = "<components><component type='file'><name>a</name>".repeat(60);
    let close = "</component></components>".repeat(60);
    let (bill, _) = sbom(&document(&format!("{open}{close}")));
    assert_eq!(bill.components.len(), 60);
}

proptest! {
    #[test]
    fn any_elements_give_a_reading(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "<components>", "</components>", "<component type='x' bom-ref='r'>", "</component>", "<name>n</name>",
            "<version>", "</version>", "<licenses>", "</licenses>", "<license>", "</license>", "<expression/>",
            "<dependencies>", "</dependencies>", "<dependency ref='r'>", "</dependency>", "<tools>", "</tools>",
            "<metadata>", "</metadata>", "<vulnerabilities><vulnerability>", "</vulnerability></vulnerabilities>",
            "<affects><target><ref>r</ref></target></affects>", "text", "<x:y xmlns:x='u'/>", "<data>", "</data>",
            "<cwes><cwe>x</cwe></cwes>", "<services><service>", "</service></services>",
        ]),
        0..30,
    )) {
        let reading = read(document(&pieces.concat()).as_bytes());
        prop_assert!(reading.document.is_some() || reading.problems.iter().any(|problem| problem.level == Level::Error));
    }
}
