//! Small papers made for a test.

use std::io::Write;

use isocenter_model::{Problem, Reading};
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;

/// A workbook with one sheet of texts.
pub(crate) fn worksheet(name: &str, rows: &[&[&str]]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(name).unwrap();
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A zip file of these parts.
pub(crate) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(crate) const WORKBOOK: &str =
    r#"<workbook><sheets><sheet name="S" sheetId="1" id="r1"/></sheets></workbook>"#;
pub(crate) const RELATIONS: &str =
    r#"<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// A workbook whose one sheet is this XML.
pub(crate) fn workbook_of(sheet: &str) -> Vec<u8> {
    zip(&[
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// The XML of a sheet with inline strings.
pub(crate) fn sheet_xml(rows: &[&[&str]]) -> String {
    let mut xml = "<worksheet><sheetData>".to_owned();
    for row in rows {
        xml.push_str("<row>");
        for text in *row {
            xml.push_str("<c t=\"inlineStr\"><is><t>");
            xml.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
            xml.push_str("</t></is></c>");
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData></worksheet>");
    xml
}

/// The ids of a reading's problems.
pub(crate) fn ids(reading: &Reading) -> Vec<&'static str> {
    reading.problems.iter().map(|problem| problem.id).collect()
}

/// The first problem of an id.
#[track_caller]
pub(crate) fn problem<'r>(reading: &'r Reading, id: &str) -> &'r Problem {
    reading
        .problems
        .iter()
        .find(|problem| problem.id == id)
        .unwrap_or_else(|| panic!("no {id} among {:#?}", reading.problems))
}
