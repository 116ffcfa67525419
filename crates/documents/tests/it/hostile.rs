//! Files made to break a reader: answered with problems, in bounded time and memory.

use std::io::Write;

use isocenter_documents::inventory::InventoryMapping;
use isocenter_documents::{ReadOptions, inventory, mds2, read, recognise, worklist};
use isocenter_model::{Document, DocumentKind, Level, Reading};

use crate::mds2_2013;
use crate::mutation::{Random, is_safe, run};
use crate::paper::{RELATIONS, WORKBOOK, ids, problem, sheet_xml, workbook_of, worksheet, zip};

const LIST: &[&[&str]] = &[
    &["Asset", "Manufacturer", "Model", "Installed", "Criticality"],
    &["A1", "Northlight", "CT 500", "2019-04-01", "imaging"],
    &["A2", "Northlight", "MR 3", "43556", "Kat. A"],
];

const FORM: &[&[&str]] = &[
    &["Question ID", "Question", "", "See note"],
    &["DOC-1", "Manufacturer Name", "Northlight", "__"],
    &["DOC-3", "Device Model", "MR 3", "__"],
    &["DOC-7", "Release Date", "43747", "__"],
    &["ALOF-1", "q", "Yes, optional", "See Note 1"],
    &["ALOF-2", "q", "No", "__"],
    &["EMRG-1", "q", "N/A", "__"],
    &["CONN-1", "q", "See Notes", "CONN-1"],
    &["CONN-2", "q", "Yes", "2"],
    &["SHAD-15", "q", "Yes", ""],
    &["", "Software Version", "5.1"],
    &["", "OTHER SECURITY CONSIDERATIONS (OTHR)"],
    &["", "NONE"],
    &["", "Notes:"],
    &["Note 1", "Words."],
    &["CONN-1", "More words."],
];

fn devices(reading: &Reading) -> usize {
    match &reading.document {
        Some(Document::Inventory(inventory)) => inventory.rows.len(),
        _ => 0,
    }
}

#[test]
fn a_workbook_cut_anywhere_is_damaged() {
    let whole = worksheet("S", LIST);
    for length in (0..whole.len()).step_by(61) {
        for reading in [
            read(&whole[..length], &ReadOptions::default()),
            inventory::read(&whole[..length], None),
            mds2::read(&whole[..length]),
        ] {
            assert!(
                reading.document.is_none()
                    && reading.problems.iter().any(|p| p.level == Level::Error),
                "{length}: {:?}",
                reading.problems
            );
            is_safe(&reading);
        }
    }
}

#[test]
fn a_sheet_that_inflates_without_end_is_stopped() {
    let mut sheet = b"<worksheet><sheetData>".to_vec();
    sheet.resize(48 << 20, b' ');
    let bytes = zip(&[
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", &sheet),
    ]);
    assert!(bytes.len() < 100_000);
    let reading = inventory::read(&bytes, None);
    let told = problem(&reading, "spreadsheet-sheet-damaged");
    assert!(
        told.message.contains("more than 200 times its stored size"),
        "{}",
        told.message
    );
}

#[test]
fn a_compressed_file_that_inflates_without_end_is_stopped() {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(&vec![b' '; 48 << 20]).unwrap();
    let bytes = writer.finish().unwrap();
    let reading = read(&bytes, &ReadOptions::default());
    assert_eq!(ids(&reading), ["gzip-too-large"]);
    let reading = read(&bytes[..bytes.len() / 3], &ReadOptions::default());
    assert!(["gzip-damaged", "gzip-too-large"].contains(&ids(&reading)[0]));
    let mut nested = b"{}".to_vec();
    for _ in 0..5 {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        writer.write_all(&nested).unwrap();
        nested = writer.finish().unwrap();
    }
    assert_eq!(
        ids(&read(&nested, &ReadOptions::default())),
        ["gzip-nested"]
    );
}

#[test]
fn a_declared_size_that_lies_is_not_believed() {
    let honest = workbook_of(&sheet_xml(LIST));
    let size = u32::try_from(sheet_xml(LIST).len()).unwrap().to_le_bytes();
    for lie in [0u32, 1, 40, 4_000_000_000] {
        let mut bytes = honest.clone();
        for at in 0..bytes.len() - 4 {
            if bytes[at..at + 4] == size {
                bytes[at..at + 4].copy_from_slice(&lie.to_le_bytes());
            }
        }
        assert_ne!(bytes, honest);
        let reading = inventory::read(&bytes, None);
        // Either everything was read, or it is said that something was not.
        assert!(
            devices(&reading) == 2 || reading.problems.iter().any(|p| p.level == Level::Error),
            "{lie}: {:?}",
            reading.problems
        );
        is_safe(&reading);
    }
}

#[test]
fn a_workbook_with_names_that_leave_the_archive_is_refused() {
    for name in [
        "../../etc/cron.d/x",
        "/etc/passwd",
        "xl/../../x",
        "c:\\x",
        "xl\\..\\..\\x",
    ] {
        let bytes = zip(&[
            (name, b"x"),
            ("xl/workbook.xml", WORKBOOK.as_bytes()),
            ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet_xml(LIST).as_bytes()),
        ]);
        let reading = inventory::read(&bytes, None);
        assert_eq!(ids(&reading), ["spreadsheet-unsafe-name"], "{name}");
    }
}

#[test]
fn cells_astray_cost_themselves_and_no_memory() {
    let list = sheet_xml(LIST);
    let stray = "<row r=\"2\"><c r=\"XFD2\"><v>1</v></c><c r=\"ZZZZZZZZ1\"><v>1</v></c><c r=\"A99999999999\"><v>1</v></c></row>\
                 <row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row></sheetData>";
    let reading = inventory::read(&workbook_of(&list.replace("</sheetData>", stray)), None);
    assert_eq!(devices(&reading), 2);
    assert!(ids(&reading).contains(&"spreadsheet-cell-astray"));
    assert!(ids(&reading).contains(&"spreadsheet-cell-reference"));
    is_safe(&reading);
}

#[test]
fn a_sheet_with_a_hostile_name_has_safe_places() {
    let name = format!("\u{202e}&#27;[2J{}", "x".repeat(5_000));
    let bytes = zip(&[
        (
            "xl/workbook.xml",
            WORKBOOK
                .replace("name=\"S\"", &format!("name=\"{name}\""))
                .as_bytes(),
        ),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet_xml(LIST).as_bytes()),
    ]);
    let reading = inventory::read(&bytes, None);
    assert_eq!(devices(&reading), 2);
    problem(&reading, "inventory-role-unknown");
    is_safe(&reading);
}

#[test]
fn rows_and_sheets_beyond_all_measure_are_told() {
    let beyond = "<row r=\"4000000000\"><c><v>1</v></c></row></sheetData>";
    let reading = inventory::read(
        &workbook_of(&sheet_xml(LIST).replace("</sheetData>", beyond)),
        None,
    );
    assert_eq!(devices(&reading), 2);
    problem(&reading, "spreadsheet-too-large");

    let sheets = "<sheet name=\"S\" id=\"r1\"/>".repeat(500);
    let bytes = zip(&[
        (
            "xl/workbook.xml",
            format!("<workbook><sheets>{sheets}</sheets></workbook>").as_bytes(),
        ),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet_xml(LIST).as_bytes()),
    ]);
    let reading = inventory::read(&bytes, None);
    problem(&reading, "spreadsheet-too-many-sheets");
    is_safe(&reading);
}

#[test]
fn a_million_blank_rows_hide_nothing() {
    let mut sheet = "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>".to_owned();
    for row in 1..=1_000_000 {
        sheet.push_str("<row r=\"");
        sheet.push_str(&row.to_string());
        sheet.push_str("\"/>");
    }
    sheet.push_str(&sheet_xml(LIST).replace("<worksheet><sheetData>", ""));
    let reading = inventory::read(&workbook_of(&sheet), None);
    assert_eq!(devices(&reading), 2);
    assert_eq!(
        problem(&reading, "inventory-role-unknown").at.to_string(),
        "S!E1000003"
    );
}

#[test]
fn deep_nesting_is_told_not_followed() {
    let deep = format!("<worksheet>{}", "<a>".repeat(500_000));
    let reading = inventory::read(&workbook_of(&deep), None);
    let told = problem(&reading, "spreadsheet-sheet-damaged");
    assert!(
        told.message.contains("nested more than 64 deep"),
        "{}",
        told.message
    );
    let json = format!("{{\"bomFormat\":{}", "[".repeat(500_000));
    assert_eq!(recognise(json.as_bytes()), DocumentKind::CycloneDx);
    let lists = "[".repeat(500_000);
    assert_eq!(recognise(lists.as_bytes()), DocumentKind::Unknown);
}

#[test]
fn entities_are_neither_fetched_nor_multiplied() {
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>";
    let body = sheet_xml(&[&["Asset", "Manufacturer", "Model"], &["A1", "N", "M"]]);
    let reading = inventory::read(&workbook_of(&format!("{laughs}{body}")), None);
    let told = problem(&reading, "spreadsheet-sheet-damaged");
    assert!(told.message.contains("document type"), "{}", told.message);
    let reading = inventory::read(
        &workbook_of(&body.replace("<t>N</t>", "<t>Nor&c;&b;&#65;&amp;&#x110000;</t>")),
        None,
    );
    match &reading.document {
        Some(Document::Inventory(inventory)) => assert_eq!(
            inventory.rows[0].device.manufacturer,
            "Nor\u{fffd}\u{fffd}A&\u{fffd}"
        ),
        other => panic!("{other:?}"),
    }
}

#[test]
fn characters_that_act_are_told_and_never_printed() {
    let nasty = "Acme\u{1b}[2J\u{202e}\u{0}gnp";
    let text = format!(
        "Asset,Manufacturer,Model,{nasty}\nA1,{nasty},M,x\n\u{7},{nasty},,\nA1,{nasty},N,x\n"
    );
    let reading = inventory::read(text.as_bytes(), None);
    problem(&reading, "spreadsheet-control-characters");
    is_safe(&reading);
    match &reading.document {
        // The store keeps what was written; whoever prints it makes it safe.
        Some(Document::Inventory(inventory)) => {
            assert_eq!(inventory.rows[0].device.manufacturer, nasty);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn formulas_in_an_export_are_marked_as_text_where_it_is_kept() {
    let reading = inventory::read(
        b"Asset,Manufacturer,Model\n=cmd|' /C calc'!A0,@SUM(A1),+1\n-2,\"=HYPERLINK(\"\"x\"\")\",M\n",
        None,
    );
    let Some(Document::Inventory(inventory)) = &reading.document else {
        panic!("{:?}", reading.problems);
    };
    let kept = String::from_utf8(inventory::write_kept(inventory)).unwrap();
    insta::assert_snapshot!(kept, @r#"
    asset-id,manufacturer,model
    '=cmd|' /C calc'!A0,'@SUM(A1),'+1
    '-2,"'=HYPERLINK(""x"")",M
    "#);
}

#[test]
fn thousands_of_equal_headers_are_told_a_hundred_times() {
    let header = vec!["Model"; 3_000].join(",");
    let reading = inventory::read(
        format!("Asset,Manufacturer,{header}\nA1,N,M\n").as_bytes(),
        None,
    );
    assert_eq!(devices(&reading), 1);
    is_safe(&reading);
    assert!(
        reading
            .problems
            .iter()
            .any(|p| p.message.contains("more problems of this kind"))
    );
}

#[test]
fn a_quotation_mark_that_never_ends_swallows_one_cell() {
    let mut text = "Asset,Manufacturer,Model\nA1,N,M\nA2,\"N,M\n".to_owned();
    for row in 3..20_000 {
        text.extend(["A", &row.to_string(), ",N,M\n"]);
    }
    let reading = inventory::read(text.as_bytes(), None);
    problem(&reading, "spreadsheet-text-too-long");
    is_safe(&reading);
}

#[test]
fn one_endless_line_is_bounded() {
    let commas = format!("Asset,Manufacturer,Model{}", ",x".repeat(2_000_000));
    is_safe(&inventory::read(commas.as_bytes(), None));
    let word = "x".repeat(4_000_000);
    is_safe(&inventory::read(word.as_bytes(), None));
    assert_eq!(recognise(word.as_bytes()), DocumentKind::Unknown);
}

#[test]
fn one_long_string_shared_by_many_cells_is_bounded() {
    let long = "x".repeat(60_000);
    let mut sheet = "<worksheet><sheetData>".to_owned();
    for _ in 0..20_000 {
        sheet.push_str("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>-1</v></c><c t=\"s\"><v>99999999999999999999</v></c></row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    let bytes = zip(&[
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        (
            "xl/sharedStrings.xml",
            format!("<sst><si><t>{long}</t></si></sst>").as_bytes(),
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    let reading = inventory::read(&bytes, None);
    problem(&reading, "spreadsheet-too-large");
    problem(&reading, "spreadsheet-string-missing");
    is_safe(&reading);
}

#[test]
fn big_files_of_nothing_are_answered_at_once() {
    let zeros = vec![0u8; 100 << 20];
    let reading = read(&zeros, &ReadOptions::default());
    assert_eq!(reading.kind, DocumentKind::Unknown);
    assert!(reading.problems[0].message.contains("zero bytes"));
    for (length, seed) in [(1usize, 1u64), (4, 2), (100, 3), (1 << 20, 4)] {
        let mut random = Random(seed);
        let noise: Vec<u8> = (0..length).map(|_| random.byte()).collect();
        let reading = read(&noise, &ReadOptions::default());
        assert_eq!(reading.kind, DocumentKind::Unknown, "{length}");
        is_safe(&reading);
    }
}

#[test]
fn mutated_forms_never_break_the_reader() {
    let xml = sheet_xml(FORM);
    run(500, xml.as_bytes(), |bytes| {
        Some(mds2::read(&workbook_of(&String::from_utf8_lossy(bytes))))
    });
    let text: Vec<String> = FORM.iter().map(|row| row.join(";")).collect();
    run(500, text.join("\n").as_bytes(), |bytes| {
        Some(mds2::read(bytes))
    });
    let lines = "DOC-1:Maker:N\nDOC-3:Model:\"A1, A2\"\nALOF-1,q?: Yes,x\nALOF-2,q?: No\nCONN-1,q?: No\nCONN-2,q?: No\nCONN-3,q?: N/A: x\nCONN-4,q?: Yes\nCONN-5,q?: Yes\nCONN-6,q?: Yes\nCONN-7,q?: Yes\n";
    run(500, lines.as_bytes(), |bytes| Some(mds2::read(bytes)));
}

#[test]
fn mutated_forms_of_2013_never_break_the_reader() {
    let xml = sheet_xml(mds2_2013::PRINTED);
    run(700, xml.as_bytes(), |bytes| {
        Some(mds2::read(&workbook_of(&String::from_utf8_lossy(bytes))))
    });
    for separator in [";", ","] {
        let saved = mds2_2013::saved(separator);
        run(700, saved.as_bytes(), |bytes| Some(mds2::read(bytes)));
        run(300, saved.as_bytes(), |bytes| {
            Some(read(bytes, &ReadOptions::default()))
        });
    }
    let lines = mds2_2013::running_text();
    run(700, lines.as_bytes(), |bytes| Some(mds2::read(bytes)));
    run(300, lines.as_bytes(), |bytes| {
        Some(read(bytes, &ReadOptions::default()))
    });
}

#[test]
fn a_written_form_of_2013_cut_anywhere_is_damaged_or_a_shorter_form() {
    let lines = mds2_2013::running_text();
    for length in (0..lines.len()).step_by(97) {
        let cut = &lines.as_bytes()[..length];
        is_safe(&mds2::read(cut));
    }
    let whole = mds2::write(&mds2_2013::complete()).unwrap();
    for length in (0..whole.len()).step_by(211) {
        let reading = mds2::read(&whole[..length]);
        assert!(reading.document.is_none(), "{length}");
        is_safe(&reading);
    }
}

#[test]
fn a_form_with_much_that_is_none_gives_few_problems() {
    let words = "Words that belong to nothing.\n".repeat(30_000);
    let text = mds2_2013::running_text() + &words;
    let reading = mds2::read(text.as_bytes());
    assert!(reading.document.is_some());
    is_safe(&reading);
    let long = text + &"1-1,again?,No\n".repeat(60_000);
    is_safe(&mds2::read(long.as_bytes()));
    for mark in ["?", ":", "|", ",", "(", "\u{2014}", "see note "] {
        let marks = format!("1-1 {}\n", mark.repeat(100_000));
        is_safe(&mds2::read((mds2_2013::running_text() + &marks).as_bytes()));
    }
    let notes = mds2_2013::running_text()
        + "ALOF notes:\n"
        + &"1. x\n".repeat(60_000)
        + &"2. x\n".repeat(60_000);
    is_safe(&mds2::read(notes.as_bytes()));
    let wide = format!("MDS2\n1-1,{}\n", "(ALOF) ".repeat(200_000));
    is_safe(&mds2::read(wide.as_bytes()));
    is_safe(&read(wide.as_bytes(), &ReadOptions::default()));
}

#[test]
fn mutated_workbooks_never_break_the_reader() {
    let whole = worksheet("S", LIST);
    run(500, &whole, |bytes| Some(inventory::read(bytes, None)));
    run(500, &whole, |bytes| {
        Some(read(bytes, &ReadOptions::default()))
    });
    for (part, content) in [
        (0, WORKBOOK),
        (1, RELATIONS),
        (
            2,
            "<sst><si><t>a</t></si><si><r><t>b</t></r><rPh><t>c</t></rPh></si></sst>",
        ),
        (
            3,
            "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/></numFmts><cellXfs><xf numFmtId=\"164\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
        ),
    ] {
        let sheet = sheet_xml(LIST).replace(
            "t=\"inlineStr\"><is><t>A1</t></is>",
            "t=\"s\" s=\"1\"><v>0</v>",
        );
        run(300, content.as_bytes(), |bytes| {
            let mut parts: Vec<(&str, &[u8])> = vec![
                ("xl/workbook.xml", WORKBOOK.as_bytes()),
                ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
                ("xl/sharedStrings.xml", b"<sst/>"),
                ("xl/styles.xml", b"<styleSheet/>"),
                ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
            ];
            parts[part].1 = bytes;
            Some(inventory::read(&zip(&parts), None))
        });
    }
}

#[test]
fn mutated_inventories_never_break_the_reader() {
    let text = "Asset;Hersteller;Modell;Seriennummer;Inbetriebnahme;Kritikalität;Patient\nA1;N;CT;1;03/04/2019;OP;x\nA1;N;CT;1;25/12/2019;OP;x\n;\"N;\"\"\";MR;;1.4.19;Befundung;x\n";
    let mapping =
        InventoryMapping::from_toml("keep = [\"Patient\"]\n[columns]\n\"Modell\" = \"model\"\n")
            .unwrap();
    run(500, text.as_bytes(), |bytes| {
        let reading = inventory::read(bytes, Some(&mapping));
        if let Some(Document::Inventory(inventory)) = &reading.document {
            inventory::write_kept(inventory);
        }
        Some(reading)
    });
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    run(500, &utf16, |bytes| Some(inventory::read(bytes, None)));
    let xml = sheet_xml(LIST);
    run(500, xml.as_bytes(), |bytes| {
        Some(inventory::read(
            &workbook_of(&String::from_utf8_lossy(bytes)),
            None,
        ))
    });
    run(500, b"ignore = [\"a\"]\nkeep = [\"b\"]\n[columns]\n\"c\" = \"model\"\n[clinical-role]\n\"d\" = \"support\"\n", |bytes| {
        Some(read(bytes, &ReadOptions::default()))
    });
}

#[test]
fn mutated_worklists_never_break_the_reader() {
    let text = "Item,Asset,Status,Comment\nW-0123456789,A1,done,\"x, y\"\nW-0123456789,A1,open,\nW-abcdefabcd,A2,,\nW-12,A3,x,\n";
    run(500, text.as_bytes(), |bytes| Some(worklist::read(bytes)));
}

#[test]
fn mutated_papers_are_recognised_as_something() {
    for paper in [
        r#"{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"name":"a","version":"1"}]}"#,
        r#"{"document":{"csaf_version":"2.0","title":"t"},"product_tree":{},"vulnerabilities":[{"cve":"CVE-1"}]}"#,
        r#"{"title":"t","catalogVersion":"1","vulnerabilities":[{"cveID":"CVE-2020-1"}]}"#,
        "#model_version:v2025.03.14,score_date:2025-08-25T00:00:00+0000\ncve,epss,percentile\nCVE-1999-0001,0.01,0.5\n",
    ] {
        run(500, paper.as_bytes(), |bytes| {
            recognise(bytes);
            None
        });
    }
    let archive = zip(&[
        ("cves/CVE-2021-0001.json", br#"{"cveMetadata":{}}"#),
        ("a.txt", b"x"),
    ]);
    run(500, &archive, |bytes| {
        recognise(bytes);
        None
    });
}
