//! Papers are told by their content: whatever their order, layout, encoding or compression.

use std::io::Write;

use isocenter_documents::{ReadOptions, inventory::InventoryMapping, mds2, read, recognise};
use isocenter_model::DocumentKind::{
    self, Archive, Csaf, Cve, CveArchive, CycloneDx, Epss, FieldSafetyNotice, IdentityMap,
    Inventory, Kev, Mds2, Nvd, OpenFdaRecall, OpenVex, Osv, OsvArchive, SbomTable, Spdx, Ssvc,
    Swid, Unknown, Worklist,
};

use crate::paper::{WORKBOOK, worksheet, zip};

#[track_caller]
fn check(bytes: impl AsRef<[u8]>, kind: DocumentKind) {
    assert_eq!(recognise(bytes.as_ref()), kind);
}

/// What is said of a file that is not read.
#[track_caller]
fn refusal(bytes: impl AsRef<[u8]>) -> String {
    let reading = read(bytes.as_ref(), &ReadOptions::default());
    assert_eq!(reading.kind, Unknown);
    assert_eq!(reading.document, None);
    assert_eq!(reading.problems.len(), 1);
    reading.problems[0].message.clone()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

#[test]
fn json_papers_are_told_by_keys_in_any_order_and_layout() {
    check(
        r#"{"bomFormat":"CycloneDX","specVersion":"1.6"}"#,
        CycloneDx,
    );
    check(
        "\u{feff}  {\n  \"components\": [{\"name\": \"bomFormat\"}],\n  \"specVersion\": \"1.4\",\n  \"bomFormat\": \"CycloneDX\"\n}",
        CycloneDx,
    );
    check(
        r#"{"$schema":"http://cyclonedx.org/schema/bom-1.4.schema.json","version":1}"#,
        CycloneDx,
    );
    check(r#"{"specVersion":"1.5","components":[]}"#, CycloneDx);
    check(
        r#"{"statements":[],"@context":"https://openvex.dev/ns/v0.2.0"}"#,
        OpenVex,
    );
    check(r#"{"@context":["https://openvex.dev/ns"]}"#, OpenVex);
    check(r#"{"containers":{"cna":{}},"dataType":"CVE_RECORD"}"#, Cve);
    check(
        r#"{"containers":{},"cveMetadata":{"cveId":"CVE-2021-44228"}}"#,
        Cve,
    );
    check(
        r#"{"vulnerabilities":[],"document":{"title":"t","csaf_version":"2.0"}}"#,
        Csaf,
    );
    check(
        r#"{"document":{"category":"csaf_base"},"product_tree":{}}"#,
        Csaf,
    );
    check(
        r#"{"title":"t","vulnerabilities":[{"vendorProject":"x","cveID":"CVE-2020-1"}],"catalogVersion":"1"}"#,
        Kev,
    );
    check(r#"{"catalogVersion":"2026.1","vulnerabilities":[]}"#, Kev);
    check(
        r#"{"schema_version":"1.4.0","id":"GHSA-x","affected":[]}"#,
        Osv,
    );
    check(
        r#"{"affected":[],"modified":"2024-01-01T00:00:00Z","id":"X-1"}"#,
        Osv,
    );
    check(
        r#"{"resultsPerPage":1,"startIndex":0,"format":"NVD_CVE","vulnerabilities":[{"#,
        Nvd,
    );
    check(r#"{"resultsPerPage":1,"vulnerabilities":[]}"#, Nvd);
    check(
        r#"{"cve":{"id":"CVE-2020-1","vulnStatus":"Analyzed"}}"#,
        Nvd,
    );
    check(r#"{"id":"CVE-2020-1","sourceIdentifier":"a@b"}"#, Nvd);
    check(
        r#"{"meta":{},"results":[{"recall_number":"Z-0001-2020"}]}"#,
        OpenFdaRecall,
    );
    check(
        r#"{"meta":{},"results":[{"cfres_id":"1","product_res_number":"Z-1"}]}"#,
        OpenFdaRecall,
    );
    check(
        r#"{"id":"CVE-2020-1","timestamp":"2024-01-01T00:00:00Z","schemaVersion":"1-0-1","selections":[]}"#,
        Ssvc,
    );
    check(
        r#"{"options":[{"Automatable":"no"}],"role":"Supplier","timestamp":"t","id":"CVE-2020-1"}"#,
        Ssvc,
    );
    check(
        r#"{"bomFormat":"CycloneDX","vulnerabilities":[{"id":"CVE-1"}]}"#,
        CycloneDx,
    );
    let utf16: Vec<u8> = "\u{feff}{\"bomFormat\":\"CycloneDX\"}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    check(utf16, CycloneDx);
}

#[test]
fn spdx_is_told_in_every_syntax() {
    check(r#"{"packages":[],"spdxVersion":"SPDX-2.3"}"#, Spdx);
    check(r#"{"documentNamespace":"https://x.example","pack"#, Spdx);
    for context in [
        r#""https://spdx.org/rdf/3.0.1/spdx-context.jsonld""#,
        r#"["https://spdx.org/rdf/3.0.1/spdx-context.jsonld"]"#,
        r#"{"Agent":"https://spdx.org/rdf/3.0.1/terms/Core/Agent"}"#,
    ] {
        check(format!(r#"{{"@graph":[{{}}],"@context":{context}}}"#), Spdx);
    }
    check("\u{feff}# x\r\nSPDXVersion: SPDX-2.2\r\n", Spdx);
    check(
        "%YAML 1.2\n---\npackages: []\nspdxVersion: \"SPDX-2.3\"\n",
        Spdx,
    );
    check(gzip(b"SPDXVersion: SPDX-2.3\n"), Spdx);
    let utf16: Vec<u8> = "\u{feff}SPDXVersion: SPDX-2.3\n"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    check(utf16, Spdx);
    check("Asset,Manufacturer,Model\n1,SPDXVersion: 2,M\n", Inventory);
    assert_eq!(
        refusal("<rdf:RDF xmlns:spdx=\"http://spdx.org/rdf/terms#\"/>"),
        "the file is an SPDX document in RDF, which is not read"
    );
}

#[test]
fn a_json_paper_that_breaks_off_is_still_known() {
    check(r#"{"bomFormat":"CycloneDX","components":[{"na"#, CycloneDx);
    check(
        r#"{"components":[],"specVersion":"1.5","metadata":{"#,
        CycloneDx,
    );
    check(r#"{"document":{"csaf_version":"2.0","tit"#, Csaf);
    check(r#"{"vulnerabilities":[{"cveID":"CVE-2020-1"},{"#, Kev);
    assert_eq!(
        refusal("{\"title\": \"x"),
        "the file is a JSON text that breaks off or is damaged before it says what it is, which is not read"
    );
    let deep = format!("{{\"x\":{}", "[".repeat(200_000));
    check(deep, Unknown);
}

#[test]
fn json_of_other_kinds_is_named() {
    for (text, what) in [
        (
            r#"{"resultsPerPage":1,"startIndex":0,"format":"NVD_CPE","products":[]}"#,
            "an answer of the NVD interface on something else than vulnerabilities",
        ),
        (
            r#"{"meta":{"license":"x"},"results":[{"safetyreportid":"1"}]}"#,
            "an answer of openFDA on something else than recalls of devices",
        ),
        (
            r#"{"namespace":"ssvc","key":"E","schemaVersion":"2.0.0","values":[{"key":"N"}]}"#,
            "a definition of an SSVC decision point, which says nothing of any flaw",
        ),
        (
            r#"{"_type":"https://in-toto.io/Statement/v1","predicateType":"https://spdx.dev/Document","predicate":{"spdxVersion":"SPDX-2.3"}}"#,
            "an attestation (in-toto, DSSE), inside which a paper may lie",
        ),
        (
            r#"{"payload":"eyJ9","payloadType":"application/vnd.in-toto+json","signatures":[]}"#,
            "an attestation (in-toto, DSSE), inside which a paper may lie",
        ),
        (
            r#"{"sbom":{"SPDXID":"SPDXRef-DOCUMENT","spdxVersion":"SPDX-2.3"}}"#,
            "an answer of an interface with an SBOM inside",
        ),
        (
            r#"{"vulns":[{"id":"GHSA-x","modified":"2024-01-01T00:00:00Z"}]}"#,
            "an answer of the OSV interface, with records inside",
        ),
        (
            r#"[{"cveMetadata":{}}]"#,
            "a JSON list of a kind that is not known here",
        ),
        ("{}", "a JSON document of a kind that is not known here"),
    ] {
        assert_eq!(
            refusal(text),
            format!("the file is {what}, which is not read"),
            "{text}"
        );
    }
}

#[test]
fn tables_are_told_by_their_cells() {
    let form = mds2::write(&isocenter_model::form::DisclosureForm {
        edition: isocenter_model::form::FormEdition::Hn1_2019,
        manufacturer: None,
        description: None,
        models: Vec::new(),
        document_id: None,
        software_version: None,
        released: None,
        answers: Vec::new(),
        notes: Vec::new(),
    })
    .unwrap();
    check(form, Mds2);
    check("Asset;Hersteller;Modell\n1;N;M\n", Inventory);
    check(worksheet("S", &[&["Serial No", "Asset"]]), Inventory);
    check(
        "Item,Asset,Manufacturer,Model,Status\nW-0123456789,A1,N,M,done\n",
        Worklist,
    );
    check(
        worksheet("S", &[&["Item", "Status"], &["W-00aaff1234", "open"]]),
        Worklist,
    );
    check(
        "#model_version:v2025.03.14,score_date:2025-08-25T00:00:00+0000\ncve,epss,percentile\n",
        Epss,
    );
    check("cve,epss,percentile\nCVE-1999-0001,0.01,0.5\n", Epss);
    check("Name,Born\nSomeone,1950\n", Unknown);
    check(
        "purl\tcpe_part_vendor_product\npkg:npm/axios\ta:axios:axios\n",
        IdentityMap,
    );
    check(
        "cpe,purl\ncpe:2.3:a:x:y:*:*:*:*:*:*:*:*,pkg:npm/y\n",
        IdentityMap,
    );
    check("pkg:npm/axios,cpe:/a:axios:axios\n", IdentityMap);
    // A list of parts has these columns too, among others.
    check("name,purl,cpe\nx,pkg:npm/x,a:x:x\n", SbomTable);
    check(
        "Manufacturer;Product;FSN reference;Date;Action\nNorthlight;CT 500;FSN-1;2024-01-02;Update\n",
        FieldSafetyNotice,
    );
    check(
        worksheet("S", &[&["Hersteller", "Produkt", "Referenz", "Problem"]]),
        FieldSafetyNotice,
    );
    check("Manufacturer;Product;Serial number\nN;M;1\n", Inventory);
    check(worksheet("S", &[&["Name", "Born"]]), Unknown);
    check("just words", Unknown);
}

#[test]
fn a_mapping_makes_an_inventory_of_headers_that_mean_nothing() {
    let text = b"Kennung;Macher\nK1;Northlight\n";
    check(text, Unknown);
    let mapping = InventoryMapping::from_toml(
        "[columns]\n\"Kennung\" = \"asset-id\"\n\"Macher\" = \"manufacturer\"\n",
    )
    .unwrap();
    let reading = read(
        text,
        &ReadOptions {
            mapping: Some(&mapping),
        },
    );
    assert_eq!(reading.kind, Inventory);
    assert_eq!(reading.summary["devices"], 1);
}

#[test]
fn a_mapping_file_is_told_whether_sound_or_not() {
    let sound = "# our columns\nkeep = [\"Raum\"]\n\n[columns]\n\"Nr\" = \"asset-id\"\n";
    check(sound, DocumentKind::InventoryMapping);
    assert_eq!(
        read(sound.as_bytes(), &ReadOptions::default()).summary["columns"],
        2
    );
    check(
        "[columns]\n\"Nr\" = \"asset-id\"\n",
        DocumentKind::InventoryMapping,
    );
    check("ignore = [\"Patient\"]\n", DocumentKind::InventoryMapping);
    let broken = read(b"[columns]\n\"Nr\" = \"asset\"\n", &ReadOptions::default());
    assert_eq!(broken.kind, DocumentKind::InventoryMapping);
    assert_eq!(broken.problems[0].id, "inventory-mapping-field-unknown");
    check("[package]\nname = \"x\"\n", Unknown);
}

#[test]
fn xml_papers_are_told_by_their_root_element() {
    check(
        "<bom xmlns='http://cyclonedx.org/schema/bom/1.4'/>",
        CycloneDx,
    );
    check(
        "\u{feff}<?xml version='1.0'?>\n<!-- <html> -->\n<c:bom xmlns:c=\"http://cyclonedx.org/schema/bom/1.6\"><c:comp",
        CycloneDx,
    );
    let utf16: Vec<u8> = "<bom xmlns='http://cyclonedx.org/schema/bom/1.2'>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    check(utf16, CycloneDx);
    // A refused document type is the reader's to tell.
    check(
        "<!DOCTYPE bom [<!ENTITY x 'y'>]><bom xmlns='http://cyclonedx.org/schema/bom/1.4'/>",
        CycloneDx,
    );
    check(
        "<bom><components><component/></components></bom>",
        CycloneDx,
    );
    check("<bom><item/></bom>", Unknown);
    check(
        "<t:SoftwareIdentity xmlns:t='http://standards.iso.org/iso/19770/-2/2015/schema.xsd' name='a'/>",
        Swid,
    );
    check("<SoftwareIdentity name='a' tagId='b'/>", Swid);
    check("<SoftwareIdentity xmlns='urn:x'/>", Unknown);
    assert!(
        refusal("<software_identification_tag xmlns='http://standards.iso.org/iso/19770/-2/2009/schema.xsd'/>")
            .contains("a software identification tag of 2009")
    );
    check(
        "<metadata xmlns='http://cyclonedx.org/schema/bom/1.4'/>",
        Unknown,
    );
}

#[test]
fn compressed_files_are_unpacked_and_told_by_what_comes_out() {
    let scores = b"cve,epss,percentile\nCVE-1999-0001,0.01,0.5\n";
    check(gzip(scores), Epss);
    check(gzip(&gzip(b"{\"bomFormat\":\"CycloneDX\"}")), CycloneDx);
    let inventory = read(
        &gzip(b"Asset;Hersteller;Modell\n1;N;M\n"),
        &ReadOptions::default(),
    );
    assert_eq!(inventory.summary["devices"], 1);
    let reading = read(&gzip(scores), &ReadOptions::default());
    assert_eq!(reading.summary["records"], 1);
}

#[test]
fn archives_are_told_from_workbooks_and_feeds() {
    let record = br#"{"dataType":"CVE_RECORD","cveMetadata":{"cveId":"CVE-2021-0001"}}"#;
    check(
        zip(&[
            ("cves/delta.json", b"{}"),
            ("cves/2021/0xxx/CVE-2021-0001.json", record),
        ]),
        CveArchive,
    );
    let osv = br#"{"id":"GO-2024-1","modified":"2024-01-01T00:00:00Z","affected":[]}"#;
    let many: Vec<String> = (0..40)
        .map(|number| format!("GO-2024-{number}.json"))
        .collect();
    let members: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &osv[..])).collect();
    check(zip(&members), OsvArchive);
    check(zip(members.get(..3).unwrap()), Archive);
    check(zip(&[("CVE-2021-0001.json", b"{}")]), Archive);
    check(zip(&[("a/sbom.json", b"{}"), ("b.xlsx", b"")]), Archive);
    check(zip(&[]), Archive);
    check(zip(&[("xl/workbook.xml", WORKBOOK.as_bytes())]), Unknown);
    assert!(refusal(zip(&[("word/document.xml", b"<w/>")])).contains("a Word document"));
    assert!(
        refusal(zip(&[(
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet"
        )]))
        .contains(".ods")
    );
    assert!(refusal(b"PK\x03\x04rest is gone").contains("damaged or cut off"));
}

#[test]
fn what_is_not_read_is_named_in_a_plain_sentence() {
    for (bytes, what) in [
        (&b"%PDF-1.7\n%\xE2\xE3"[..], "a PDF"),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "an old binary Office file",
        ),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture (PNG)"),
        (
            b"<rdf:RDF xmlns:spdx=\"http://spdx.org/rdf/terms#\"/>",
            "an SPDX document",
        ),
        (b"\n <!DOCTYPE html><html>", "a web page"),
        (b"<a/>", "an XML document of a kind that is not known here"),
        (b"", "empty"),
        (b" \r\n\t ", "nothing but blanks"),
        (b"\x01\x02\x03\x04\x05\x06\x07", "neither text nor a format"),
    ] {
        let message = refusal(bytes);
        assert!(message.contains(what), "{message}");
    }
}

#[test]
fn real_papers_are_recognised() {
    let Some(folder) = crate::real_data("") else {
        return;
    };
    let kinds = |part: &str| {
        let mut kinds = std::collections::BTreeMap::<&str, usize>::new();
        let mut folders = vec![folder.join(part)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    *kinds
                        .entry(recognise(&std::fs::read(path).unwrap()).as_str())
                        .or_default() += 1;
                }
            }
        }
        kinds
    };
    let only = |part: &str, kind: &str, count: usize| {
        assert_eq!(kinds(part), [(kind, count)].into(), "{part}");
    };
    only("csaf/cisa-medical", "csaf", 80);
    only("csaf/cisa-ics", "csaf", 224);
    only("kev", "kev", 1);
    only("epss", "epss", 1);
    only("cve", "cve-archive", 1);
    only("osv", "osv-archive", 3);
    only("identity", "identity-map", 1);
    assert_eq!(kinds("nvd"), [("archive", 1), ("nvd", 24)].into());
    only("mds2", "mds2", 2);
    only("dicom", "dicom", 19);
    // CycloneDX: 66 files in JSON and 58 in XML; the rest is SPDX.
    let bills = kinds("sbom");
    assert_eq!(bills["cyclonedx"], 124);
    assert_eq!(bills["spdx"], 56);
    assert_eq!(kinds("vex")["csaf"], 3);
    assert_eq!(kinds("vex")["cyclonedx"], 24);
}
