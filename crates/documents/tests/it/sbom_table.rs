//! Bills of materials as spreadsheets: worksheets, what is told from what, hostile files, mutations.

use std::fmt::Write as _;

use isocenter_documents::{ReadOptions, read, sbom_table};
use isocenter_model::component::Sbom;
use isocenter_model::{Document, DocumentKind, Level, Reading};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use crate::flaw::problems;
use crate::mutation::{is_safe, run};
use crate::paper::{sheet_xml, workbook_of, worksheet};

const MINIMUM: &str = "Device: Orrin 3.0T;Version: VD12;Manufacturer: Northlight Imaging\n\
    Component Name;Version;Supplier Name;License;PURL;CPE;Hash;Parent;Level of Support;End of Support;Type\n\
    openssl;3.0.7;OpenSSL;Apache-2.0;pkg:generic/openssl@3.0.7;cpe:2.3:a:openssl:openssl:3.0.7:*:*:*:*:*:*:*;d41d8cd98f00b204e9800998ecf8427e;viewer;active;2026-09-07;library\n\
    viewer;2;Northlight;;;;;;;;application\n\
    Windows 10;1809;Microsoft;;;a:b;x;nobody;gold;03/04/2027;OS\n";

fn sbom(reading: &Reading) -> &Sbom {
    match &reading.document {
        Some(Document::Sbom(sbom)) => sbom,
        other => panic!("no bill: {other:?}, {:?}", reading.problems),
    }
}

fn labels(reading: &Reading) -> Vec<String> {
    let parts = sbom(reading).components.iter();
    parts.map(|part| part.component.label()).collect()
}

/// A supplier's workbook: a cover sheet, two sheets of parts below merged titles, a sheet of something else.
fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let title = Format::new().set_bold();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let cover = workbook.add_worksheet();
    cover.set_name("Cover").unwrap();
    for (row, (label, answer)) in (0..).zip([
        ("Product name", "Orrin 3.0T"),
        ("Software version", "VD12"),
        ("Manufacturer", "Northlight Imaging"),
        ("Author", "A. Person"),
    ]) {
        cover.write_string(row, 1, label).unwrap();
        cover.write_string(row, 2, answer).unwrap();
    }
    cover.write_string(4, 1, "Date").unwrap();
    let made = ExcelDateTime::from_ymd(2026, 10, 2).unwrap();
    cover.write_datetime_with_format(4, 2, &made, &day).unwrap();

    let third = workbook.add_worksheet();
    third.set_name("Third-party software").unwrap();
    third
        .merge_range(0, 0, 0, 5, "Third-party software of the console", &title)
        .unwrap();
    for (column, text) in (0..).zip([
        "Component",
        "Version",
        "Supplier",
        "PURL",
        "End of Support",
        "SHA1",
        "SHA256",
    ]) {
        third.write_string(2, column, text).unwrap();
    }
    for (row, (name, purl)) in (3..).zip([
        ("openssl", "pkg:generic/openssl@3.0.7"),
        ("qt", "pkg:Generic"),
        ("zlib", ""),
    ]) {
        third.write_string(row, 0, name).unwrap();
        third.write_string(row, 2, "somebody").unwrap();
        third.write_string(row, 3, purl).unwrap();
    }
    third.write_string(3, 1, "3.0.7").unwrap();
    third.write_string(3, 5, "a".repeat(40)).unwrap();
    third.write_string(3, 6, "b".repeat(64)).unwrap();
    third.write_number(4, 1, 5.1).unwrap();
    let lost = ExcelDateTime::from_ymd(2003, 2, 1).unwrap();
    third.write_datetime_with_format(5, 1, &lost, &day).unwrap();
    let ends = ExcelDateTime::from_ymd(2026, 9, 7).unwrap();
    third.write_datetime_with_format(3, 4, &ends, &day).unwrap();

    let ots = workbook.add_worksheet();
    ots.set_name("OTS software").unwrap();
    ots.write_string(0, 0, "Software").unwrap();
    ots.write_string(0, 1, "Software level of support").unwrap();
    ots.write_string(1, 0, "Windows 10 IoT").unwrap();
    ots.write_formula(
        1,
        1,
        Formula::new("=CONCAT(\"actively \",\"maintained\")").set_result("actively maintained"),
    )
    .unwrap();

    let other = workbook.add_worksheet();
    other.set_name("Change history").unwrap();
    for (row, cells) in (0..).zip([
        ["Version", "Date", "Author", "Change"],
        ["1.0", "2020-01-01", "B. Person", "first"],
    ]) {
        for (column, text) in (0..).zip(cells) {
            other.write_string(row, column, text).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_of_several_sheets_is_one_bill_and_each_fault_names_its_cell() {
    let reading = read(&workbook(), &ReadOptions::default());
    assert_eq!(reading.kind, DocumentKind::SbomTable);
    let bill = sbom(&reading);
    let subject = &bill.subject.as_ref().unwrap().component;
    assert_eq!(subject.label(), "Orrin 3.0T VD12");
    assert_eq!(bill.manufacturer.as_deref(), Some("Northlight Imaging"));
    assert_eq!(bill.made.unwrap().to_string(), "2026-10-02T00:00:00Z");
    assert_eq!(
        labels(&reading),
        ["openssl 3.0.7", "qt 5.1", "zlib", "Windows 10 IoT"]
    );
    let hashes = &bill.components[0].component.hashes;
    let algorithms: Vec<&str> = hashes.iter().map(|hash| hash.algorithm.as_str()).collect();
    assert_eq!(algorithms, ["SHA-1", "SHA-256"]);
    let support = bill.components[3].component.support.as_ref().unwrap();
    assert_eq!(
        support.level_written.as_deref(),
        Some("actively maintained")
    );
    insta::assert_snapshot!(problems(&reading), @"
    error sbom-table-purl-malformed Third-party software!D5: the package URL `pkg:Generic` was set aside: not a package URL: missing type
    warning sbom-table-version-day Third-party software!B6: the version is the day 2003-02-01, so a spreadsheet program has changed it; what was written is not known
    note sbom-table-version-number document: 1 version stands as a number, which has lost a zero at its end if it had one (1.10 becomes 1.1)
    warning sbom-table-component-identifier-missing Third-party software!A5: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-version-missing Third-party software!A6: the component has no version, so it cannot be told which flaws it has
    warning sbom-table-component-identifier-missing Third-party software!A6: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-version-missing OTS software!A2: the component has no version, so it cannot be told which flaws it has
    warning sbom-table-component-identifier-missing OTS software!A2: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-supplier-missing OTS software!A2: nobody is named as the supplier of the component
    warning sbom-table-dependencies-missing document: the document does not say which component is part of which
    ");
}

#[test]
fn tables_of_other_things_are_no_bill_and_a_bill_is_nothing_else() {
    use DocumentKind::{
        FieldSafetyNotice, IdentityMap, Inventory, Lifecycle, Observations, SbomTable, Unknown,
        Updates, Worklist,
    };
    let mut wrong = Vec::new();
    for (headers, kind) in [
        // Bills.
        ("Component;Version", SbomTable),
        ("Component name;Supplier;Level of support", SbomTable),
        ("Name;Version;PURL", SbomTable),
        ("name;purl;cpe", SbomTable),
        ("Software;Version;Vendor;License", SbomTable),
        (
            "Product;Version;Manufacturer;Level of support;End of support",
            Lifecycle,
        ),
        (
            "Manufacturer;Product;Version;Reference;Description;License",
            SbomTable,
        ),
        ("SOUP;Hersteller;Version;Verwendungszweck", SbomTable),
        (
            "Software bill of materials;;;\nName;Version;Vendor;Purpose",
            SbomTable,
        ),
        (
            "OTS software;;;\nSoftware;Level of support;End of support",
            SbomTable,
        ),
        (
            "Software;Version;Level of support;End of support",
            SbomTable,
        ),
        // A component has a device that it is for.
        ("Device;Component;Version;Supplier", SbomTable),
        // Everything else.
        (
            "Manufacturer;Product;Version;End of sale;End of support",
            Lifecycle,
        ),
        ("Manufacturer;Product;Serial number;License", Inventory),
        (
            "Manufacturer;Model;Software version;IP address;Component",
            Inventory,
        ),
        ("Asset ID;Manufacturer;Model;Component;Version", Inventory),
        (
            "Product;Version;KB;Approved\nCT 500;VB40A;KB5034127;yes",
            Updates,
        ),
        (
            "Product;Component;Version;KB;Approval status\nCT 500;Windows;1809;KB5034127;approved",
            Updates,
        ),
        ("Device;Control;Result;By;At", Observations),
        (
            "Manufacturer;Product;Version;FSN reference;Action",
            FieldSafetyNotice,
        ),
        ("purl;cpe", IdentityMap),
        ("Item;Status\nW-00aaff1234;open", Worklist),
        ("Name;Born", Unknown),
        // These may be people.
        ("Name;Gruppe", Unknown),
        ("Name;Relationship;Phone", Unknown),
        ("Name;License;Born", Unknown),
        ("Name;Type;Level", Unknown),
        ("Name;ID;Description", Unknown),
        ("Package;Description", Unknown),
        ("Name;Dependencies", Unknown),
        ("Name;Version", Unknown),
        ("Component", Unknown),
    ] {
        let text = format!("{headers}\na;b;c;d;e\n");
        let read_as = read(text.as_bytes(), &ReadOptions::default()).kind;
        if read_as != kind {
            wrong.push(format!("{headers}: {read_as}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    // The name of a sheet tells as well.
    let rows: [&[&str]; 2] = [&["Name", "Version"], &["zlib", "1.2"]];
    for (name, kind) in [("SBOM", SbomTable), ("Sheet1", Unknown)] {
        let reading = read(&worksheet(name, &rows), &ReadOptions::default());
        assert_eq!(reading.kind, kind, "{name}");
    }
}

#[test]
fn a_formula_is_text_and_its_value_counts() {
    let cells: [&[&str]; 2] = [
        &["Component", "Version", "Supplier"],
        &["=cmd|' /C calc'!A0", "+1.0", "@SUM(1)"],
    ];
    for bytes in [
        worksheet("S", &cells),
        b"Component;Version;Supplier\n=cmd|' /C calc'!A0;+1.0;@SUM(1)\n".to_vec(),
        b"Component;Version;Supplier\n'=cmd|' /C calc'!A0;'+1.0;'@SUM(1)\n".to_vec(),
    ] {
        let reading = sbom_table::read(&bytes);
        assert_eq!(labels(&reading), ["=cmd|' /C calc'!A0 +1.0"]);
    }
    let sheet = r#"<worksheet><sheetData>
        <row r="1"><c r="A1" t="inlineStr"><is><t>Component</t></is></c><c r="B1" t="inlineStr"><is><t>Version</t></is></c></row>
        <row r="2"><c r="A2" t="str"><f>WEBSERVICE("http://x.example")</f><v>zlib</v></c><c r="B2"><f>1+1</f></c></row>
        </sheetData></worksheet>"#;
    let reading = sbom_table::read(&workbook_of(sheet));
    assert_eq!(labels(&reading), ["zlib"]);
}

#[test]
fn a_million_rows_are_bounded_and_told() {
    let mut text = String::from("Component;Version;Parent\n");
    for row in 0..1_000_000 {
        let _ = writeln!(text, "c{row};1;c{}", row + 1);
    }
    let reading = sbom_table::read(text.as_bytes());
    assert_eq!(sbom(&reading).components.len(), 200_000);
    is_safe(&reading);
    let told = reading
        .problems
        .iter()
        .find(|problem| problem.id == "sbom-table-too-many");
    assert_eq!(told.unwrap().at.to_string(), "line 200002");
}

#[test]
fn cells_that_list_without_end_are_bounded() {
    let purls = "pkg:npm/a ".repeat(5_000);
    let names = "c;".repeat(30_000);
    let hashes = "d41d8cd98f00b204e9800998ecf8427e ".repeat(1_900);
    let text = format!(
        "Component,Version,PURL,CPE,License,Hash,Depends on\nc,1,{purls},{purls},{names},{hashes},{names}\n"
    );
    let reading = sbom_table::read(text.as_bytes());
    is_safe(&reading);
    let component = &sbom(&reading).components[0].component;
    assert!(component.hashes.len() <= 200);
    assert!(component.licenses.len() <= 200);
}

#[test]
fn a_bomb_and_a_broken_file_are_told() {
    let blank = " ".repeat(1 << 20);
    let row = format!("<row><c t=\"inlineStr\"><is><t>{blank}</t></is></c></row>");
    let sheet = format!(
        "<worksheet><sheetData>{}</sheetData></worksheet>",
        row.repeat(40)
    );
    for bytes in [
        workbook_of(&sheet),
        b"PK\x03\x04 broken".to_vec(),
        Vec::new(),
    ] {
        let reading = sbom_table::read(&bytes);
        assert_eq!(reading.document, None);
        is_safe(&reading);
        assert!(!reading.problems.is_empty());
    }
    let reading = sbom_table::read(&workbook_of(&sheet_xml(&[&["Component", "Version"]])));
    assert_eq!(reading.document, None);
    let missing = "sbom-table-components-missing";
    assert!(reading.problems.iter().any(|problem| problem.id == missing));
}

#[test]
fn text_in_other_encodings_is_read() {
    let text = "Komponente;Version;Lieferant;Prüfsumme\nMüller;1;Größe;\n";
    let utf16: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    for bytes in [utf16, latin, format!("\u{feff}{text}").into_bytes()] {
        let reading = read(&bytes, &ReadOptions::default());
        assert_eq!(reading.kind, DocumentKind::SbomTable);
        assert_eq!(labels(&reading), ["Müller 1"]);
    }
}

#[test]
fn mutated_bills_never_break_the_reader() {
    run(2_000, MINIMUM.as_bytes(), |bytes| {
        Some(sbom_table::read(bytes))
    });
    run(2_000, &workbook(), |bytes| Some(sbom_table::read(bytes)));
    // Most mutations of a zip are no zip; those of its sheet reach the reader.
    let rows: Vec<Vec<&str>> = MINIMUM
        .lines()
        .map(|line| line.split(';').collect())
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    run(2_000, sheet_xml(&rows).as_bytes(), |bytes| {
        let sheet = String::from_utf8_lossy(bytes);
        Some(sbom_table::read(&workbook_of(&sheet)))
    });
    let reading = sbom_table::read(MINIMUM.as_bytes());
    assert_eq!(sbom(&reading).components.len(), 3);
    let errors = reading
        .problems
        .iter()
        .filter(|one| one.level == Level::Error);
    assert_eq!(errors.count(), 1);
}
