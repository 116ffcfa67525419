//! The workbook as a spreadsheet program opens it.

use std::io::{Cursor, Read};

use calamine::{Data, Range, Reader, Xlsx};
use isocenter_model::assessment::{Assessment, DISCLAIMER};
use isocenter_report::xlsx;

use crate::sample;

fn open(assessment: &Assessment) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(xlsx::assessment(assessment).unwrap())).unwrap()
}

fn sheet(assessment: &Assessment, name: &str) -> Range<Data> {
    open(assessment).worksheet_range(name).unwrap()
}

/// The value in the row (from 0, below the header) and the column of that header.
fn at<'a>(range: &'a Range<Data>, row: u32, header: &str) -> &'a Data {
    let width = u32::try_from(range.width()).unwrap();
    let column = (0..width)
        .find(|column| range.get_value((0, *column)) == Some(&Data::String(header.to_owned())))
        .unwrap_or_else(|| panic!("no column {header}"));
    range.get_value((row + 1, column)).unwrap_or(&Data::Empty)
}

fn text(text: &str) -> Data {
    Data::String(text.to_owned())
}

/// A part of the package as text.
fn part(bytes: &[u8], path: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut content = String::new();
    archive
        .by_name(path)
        .unwrap()
        .read_to_string(&mut content)
        .unwrap();
    content
}

#[test]
fn the_sheets_stand_in_reading_order() {
    assert_eq!(
        open(&sample::assessment()).sheet_names(),
        [
            "Summary",
            "Worklist",
            "Devices",
            "Releases",
            "Findings",
            "Missing facts",
            "Actions",
            "Sources"
        ]
    );
}

#[test]
fn every_sheet_has_a_row_for_each_thing() {
    let assessment = sample::assessment();
    for (name, rows) in [
        ("Worklist", assessment.worklist.len()),
        ("Devices", assessment.devices.len()),
        ("Releases", assessment.releases.len()),
        ("Findings", assessment.findings.len()),
        ("Missing facts", assessment.missing.len()),
        ("Actions", assessment.actions.len()),
        ("Sources", assessment.sources.len()),
    ] {
        assert_eq!(sheet(&assessment, name).height(), rows + 1, "{name}");
    }
}

#[test]
fn the_worklist_can_be_sent_back() {
    let assessment = sample::assessment();
    let worklist = sheet(&assessment, "Worklist");
    assert_eq!(at(&worklist, 0, "id"), &text(&assessment.worklist[0].id),);
    assert_eq!(at(&worklist, 0, "status"), &text("in progress"));
    assert_eq!(at(&worklist, 1, "status"), &Data::Empty);
    assert_eq!(at(&worklist, 0, "urgency"), &text("now"));
    assert_eq!(at(&worklist, 0, "verdict"), &text("affected"));
    assert_eq!(at(&worklist, 0, "points"), &Data::Float(86.2));
}

#[test]
fn days_are_days_and_versions_are_texts() {
    let assessment = sample::assessment();
    let worklist = sheet(&assessment, "Worklist");
    let Data::DateTime(listed) = at(&worklist, 0, "known_exploited") else {
        panic!("no date");
    };
    assert_eq!(listed.to_string(), "44540"); // 2021-12-10
    let devices = sheet(&assessment, "Devices");
    assert_eq!(at(&devices, 0, "software_version"), &text("8.0"));
    assert_eq!(at(&devices, 4, "standing"), &text("not examined"));
    let Data::DateTime(installed) = at(&devices, 1, "installed") else {
        panic!("no date");
    };
    assert_eq!(installed.to_string(), "44270"); // 2021-03-15
}

#[test]
fn a_vendor_string_is_never_a_formula() {
    let mut assessment = sample::assessment();
    let hostile = "=HYPERLINK(\"http://x\")\u{0}\u{ffff}";
    for view in &mut assessment.devices {
        view.device.model = hostile.to_owned();
    }
    assessment.worklist[0].decision.as_mut().unwrap().comment = Some("=1+1".to_owned());
    let bytes = xlsx::assessment(&assessment).unwrap();
    for number in 1..=8 {
        let xml = part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
        assert!(!xml.contains("<f>"), "a formula in sheet {number}");
    }
    let worklist = sheet(&assessment, "Worklist");
    assert_eq!(at(&worklist, 0, "comment"), &text("=1+1"));
    assert_eq!(
        at(&worklist, 0, "model"),
        &text("=HYPERLINK(\"http://x\")\u{fffd}\u{fffd}")
    );
}

#[test]
fn every_sheet_prints_with_its_header_and_the_disclaimer() {
    let bytes = xlsx::assessment(&sample::assessment()).unwrap();
    for number in 1..=8 {
        let xml = part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
        assert_eq!(
            xml.contains(r#"orientation="landscape""#),
            number > 1,
            "{number}"
        );
        assert!(xml.contains(DISCLAIMER), "{number}");
        if number > 1 {
            assert!(xml.contains("<autoFilter "), "{number}");
            assert!(xml.contains(r#"state="frozen""#), "{number}");
        }
    }
    let workbook = part(&bytes, "xl/workbook.xml");
    assert_eq!(workbook.matches("_xlnm.Print_Titles").count(), 7);
    assert_eq!(workbook.matches("_xlnm.Print_Area").count(), 7);
    let worklist = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(worklist.contains(r#"<dataValidation type="list" errorStyle="information""#));
    assert!(worklist.contains("open,in progress,done,risk accepted,not applicable"));
}

#[test]
fn the_same_answer_makes_the_same_bytes() {
    let assessment = sample::assessment();
    assert_eq!(
        xlsx::assessment(&assessment).unwrap(),
        xlsx::assessment(&assessment).unwrap()
    );
    let bytes = xlsx::assessment(&assessment).unwrap();
    assert!(part(&bytes, "docProps/core.xml").contains("2026-11-23T08:30:00Z"));
}

#[test]
fn an_empty_answer_is_a_workbook_too() {
    let mut assessment = sample::assessment();
    assessment.devices.clear();
    assessment.releases.clear();
    assessment.findings.clear();
    assessment.missing.clear();
    assessment.actions.clear();
    assessment.worklist.clear();
    assessment.sources.clear();
    assessment.cautions.clear();
    assert_eq!(sheet(&assessment, "Worklist").height(), 1);
}
