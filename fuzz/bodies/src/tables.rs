//! Papers in rows and columns: text with separators, and workbooks.

use std::io::{Cursor, Write as _};

use isocenter_documents::inventory::InventoryMapping;
use isocenter_documents::{
    ReadOptions, field_safety_notice, identity_map, inventory, lifecycle, mds2, observations, read,
    recognise, sbom_table, updates, worklist,
};
use isocenter_model::{Document, DocumentKind, Reading};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::laws;

type Read = fn(&[u8]) -> Reading;

/// Readers of tables that are told by their headers, with the kind that each reads.
const READERS: [(DocumentKind, Read); 8] = [
    (DocumentKind::FieldSafetyNotice, field_safety_notice::read),
    (DocumentKind::IdentityMap, identity_map::read),
    (DocumentKind::Inventory, read_inventory),
    (DocumentKind::Lifecycle, lifecycle::read),
    (DocumentKind::Observations, observations::read),
    (DocumentKind::SbomTable, sbom_table::read),
    (DocumentKind::Updates, updates::read),
    (DocumentKind::Worklist, worklist::read),
];

fn read_inventory(bytes: &[u8]) -> Reading {
    inventory::read(bytes, None)
}

/// A table goes to the reader of its kind; what is no known table goes to any of them.
pub(crate) fn tables(data: &[u8]) {
    let kind = recognise(data);
    if kind == DocumentKind::InventoryMapping {
        mapping(data);
        return;
    }
    let (_, any) = READERS[data.len() % READERS.len()];
    let read = READERS
        .iter()
        .find_map(|(of, read)| (*of == kind).then_some(*read));
    let read = read.unwrap_or(any);
    let reading = laws::reading(data, read);
    if data.first().is_none_or(|byte| !b"{[".contains(byte)) {
        laws::encoding_means_nothing(data, read);
    }
    kept_is_read_again(&reading);
}

/// A mapping that is sound reads any inventory.
fn mapping(data: &[u8]) {
    let reading = laws::reading(data, |bytes| read(bytes, &ReadOptions::default()));
    let text = String::from_utf8_lossy(data);
    if let Ok(mapping) = InventoryMapping::from_toml(&text) {
        assert!(reading.is_valid(), "{:?}", reading.problems);
        let list = "Asset;Marke;Modell;Raum\nA1;N;CT;1\n".as_bytes();
        let reading = laws::reading(list, |bytes| inventory::read(bytes, Some(&mapping)));
        kept_is_read_again(&reading);
    }
}

/// What is stored of an inventory gives the same devices again, and is stored the same way.
fn kept_is_read_again(reading: &Reading) {
    let Some(Document::Inventory(inventory)) = &reading.document else {
        return;
    };
    let kept = inventory::write_kept(inventory);
    let again = inventory::read(&kept, None);
    let Some(Document::Inventory(again)) = &again.document else {
        panic!(
            "what was kept is no inventory: {:?}\n{}",
            again.problems,
            String::from_utf8_lossy(&kept)
        );
    };
    let devices = |inventory: &isocenter_model::inventory::Inventory| -> Vec<_> {
        inventory
            .rows
            .iter()
            .map(|row| row.device.clone())
            .collect()
    };
    assert_eq!(devices(again), devices(inventory), "what was kept differs");
}

/// Disclosure forms, in lines with separators or as running text.
pub(crate) fn mds2(data: &[u8]) {
    let reading = laws::reading(data, mds2::read);
    laws::encoding_means_nothing(data, mds2::read);
    let Some(Document::Form(form)) = &reading.document else {
        return;
    };
    // A form of another edition has questions that the worksheet has no row for.
    let Ok(written) = mds2::write(form) else {
        return;
    };
    let again = laws::reading(&written, mds2::read);
    let Some(Document::Form(again)) = &again.document else {
        panic!("what was written is no form: {:?}", again.problems);
    };
    for answer in &form.answers {
        let found = again
            .answers
            .iter()
            .find(|one| one.question == answer.question);
        assert_eq!(
            found.map(|one| &one.value),
            Some(&answer.value),
            "{} is written otherwise than it was read",
            answer.question
        );
    }
}

/// A workbook from a text that holds its parts: a line `=== xl/styles.xml` begins the part of that name. What
/// stands before the first such line is the sheet.
pub(crate) fn workbook(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let bytes = packed(text);
    laws::reading(&bytes, |bytes| read(bytes, &ReadOptions::default()));
    let reading = laws::reading(&bytes, read_inventory);
    kept_is_read_again(&reading);
    laws::reading(&bytes, mds2::read);
}

const SHEET: &str = "xl/worksheets/sheet1.xml";
const PARTS: [(&str, &str); 2] = [
    (
        "xl/workbook.xml",
        r#"<workbook><sheets><sheet name="S" sheetId="1" id="r1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
];

fn packed(text: &str) -> Vec<u8> {
    let mut parts: Vec<(&str, String)> = vec![(SHEET, String::new())];
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("=== ") {
            Some(name) => parts.push((name.trim(), String::new())),
            None => {
                if let Some((_, content)) = parts.last_mut() {
                    content.push_str(line);
                }
            }
        }
    }
    let absent = PARTS
        .iter()
        .filter(|(name, _)| !parts.iter().any(|(there, _)| there == name))
        .map(|(name, content)| (*name, (*content).to_owned()))
        .collect::<Vec<_>>();
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in absent.iter().chain(&parts) {
        // A name that was written already is left out.
        if writer.start_file(*name, options).is_ok() {
            writer
                .write_all(content.as_bytes())
                .expect("memory takes what it is given");
        }
    }
    writer
        .finish()
        .expect("memory takes what it is given")
        .into_inner()
}
