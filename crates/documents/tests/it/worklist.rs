//! Worklists that come back from a maintenance system.

use isocenter_documents::worklist;
use isocenter_model::inventory::WorklistRow;
use isocenter_model::{Document, Reading};

use crate::paper::{ids, problem, worksheet};

fn rows(reading: &Reading) -> Vec<(&str, &str, Option<&str>)> {
    match &reading.document {
        Some(Document::Worklist(rows)) => rows
            .iter()
            .map(
                |WorklistRow {
                     item,
                     status,
                     comment,
                     ..
                 }| { (item.as_str(), status.as_str(), comment.as_deref()) },
            )
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn items_come_back_with_status_and_remark() {
    let reading = worklist::read(
        b"id,asset_id,title,Status,Comment\nW-0123456789,CT-3,x,done,\"patched, tested\"\nW-00000000AA,CT-4,y,in progress,\nW-00000000bb,CT-5,z,,\n",
    );
    assert_eq!(
        rows(&reading),
        [
            ("W-0123456789", "done", Some("patched, tested")),
            ("W-00000000aa", "in progress", None),
        ]
    );
    assert_eq!(reading.summary["items"], 2);
    assert_eq!(ids(&reading), ["worklist-status-blank"]);
    assert_eq!(
        problem(&reading, "worklist-status-blank").message,
        "1 item has no status and stays as before"
    );
}

#[test]
fn a_workbook_with_titles_and_german_headers_is_a_worklist() {
    let reading = worklist::read(&worksheet(
        "Aufträge",
        &[
            &["Rückmeldung 11/2026"],
            &["Auftrag", "Kennung", "Bearbeitungsstatus", "Bemerkung"],
            &["4711", "W-0123456789", "erledigt", "'=Wartung"],
        ],
    ));
    assert_eq!(
        rows(&reading),
        [("W-0123456789", "erledigt", Some("=Wartung"))]
    );
    assert_eq!(reading.problems, []);
}

#[test]
fn contradictions_and_cut_ids_are_told() {
    let reading = worklist::read(
        b"item,status\nW-0123456789,done\nW-0123456789,open\nW-0123456789,done\nW-012345678,done\n",
    );
    assert_eq!(rows(&reading), [("W-0123456789", "done", None)]);
    assert_eq!(
        problem(&reading, "worklist-item-twice").message,
        "W-0123456789 has the status “done” at line 2 and “open” here; the first was taken"
    );
    assert_eq!(
        problem(&reading, "worklist-item-malformed").at.to_string(),
        "line 5"
    );
    let two = worklist::read(b"item,Status,Work Order Status\nW-0123456789,In service,done\n");
    problem(&two, "worklist-header-ambiguous");
}

#[test]
fn a_worklist_without_status_or_items_says_what_is_missing() {
    let reading = worklist::read(b"item,owner\nW-0123456789,us\n");
    assert_eq!(reading.document, None);
    assert_eq!(ids(&reading), ["worklist-status-missing"]);
    assert_eq!(
        ids(&worklist::read(b"item,status\nx,done\n")),
        ["worklist-items-missing"]
    );
}
