//! Worklists that come back: a maintenance system's word on our work items.

use std::collections::BTreeMap;

use isocenter_model::document::Summary;
use isocenter_model::inventory::WorklistRow;
use isocenter_model::text::shortened;
use isocenter_model::{Document, DocumentKind, Place, Problem, Reading};

use crate::inventory::{without_text_mark, worklist_comment, worklist_status};
use crate::spreadsheet::{self, Extent, Table, Workbook, counted};

/// Reads a worklist from a worksheet file or delimited text: a column with our item ids (`W-` and ten
/// hexadecimal digits), a column with their status, and a column with remarks where there is one.
pub fn read(bytes: &[u8]) -> Reading {
    match spreadsheet::open(bytes, Extent::Whole) {
        Ok(workbook) => read_workbook(workbook),
        Err(problem) => Reading::unreadable(DocumentKind::Worklist, problem),
    }
}

/// Whether one of the tables has a column with our item ids.
pub(crate) fn is_worklist(tables: &[Table]) -> bool {
    tables.iter().any(|table| item_column(table).is_some())
}

/// Reads a worklist from tables that are open.
fn read_workbook(workbook: Workbook) -> Reading {
    let mut problems = workbook.problems;
    let mut rows: Vec<WorklistRow> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut without_status = 0u64;
    let mut found = false;
    for table in workbook.tables.iter().filter(|table| !table.hidden) {
        let Some(item_column) = item_column(table) else {
            continue;
        };
        found = true;
        let Some(columns) = columns(table, item_column) else {
            problems.push(
                Problem::error(
                    "worklist-status-missing",
                    table.cell(table.rows.first().map_or(1, |row| row.number), 0),
                    "no column beside the item ids is headed status or a word like it",
                )
                .hint("Head the column that holds the status with \u{201c}Status\u{201d}."),
            );
            continue;
        };
        if let Some((at, first, second)) = columns.second_status {
            problems.push(
                Problem::warning(
                    "worklist-header-ambiguous",
                    at,
                    format!(
                        "the columns \u{201c}{first}\u{201d} and \u{201c}{second}\u{201d} may both be the status of the item; the first was read"
                    ),
                )
                .hint("Leave the status of the device out of the export."),
            );
        }
        for row in &table.rows {
            let text = row.text(item_column);
            let Some(item) = item_id(&text) else {
                if text.to_ascii_uppercase().starts_with("W-") {
                    problems.push(Problem::warning(
                        "worklist-item-malformed",
                        table.cell(row.number, item_column),
                        format!(
                            "\u{201c}{}\u{201d} is no item id: W- and ten hexadecimal digits were expected",
                            shortened(&text, 40)
                        ),
                    ));
                }
                continue;
            };
            let status = without_text_mark(&row.text(columns.status)).to_owned();
            if status.is_empty() {
                without_status += 1;
                continue;
            }
            let comment = columns
                .comment
                .map(|column| without_text_mark(&row.text(column)).to_owned())
                .filter(|comment| !comment.is_empty());
            let entry = WorklistRow {
                item,
                status,
                comment,
                at: table.cell(row.number, columns.status),
            };
            match known.get(&entry.item).and_then(|index| rows.get(*index)) {
                Some(first) if first.status == entry.status && first.comment == entry.comment => {}
                Some(first) => problems.push(Problem::warning(
                    "worklist-item-twice",
                    entry.at.clone(),
                    format!(
                        "{} has the status \u{201c}{}\u{201d} at {} and \u{201c}{}\u{201d} here; the first was taken",
                        entry.item,
                        shortened(&first.status, 40),
                        first.at,
                        shortened(&entry.status, 40)
                    ),
                )),
                None => {
                    known.insert(entry.item.clone(), rows.len());
                    rows.push(entry);
                }
            }
        }
    }
    if without_status > 0 {
        problems.push(Problem::note(
            "worklist-status-blank",
            Place::Document,
            format!(
                "{} no status and {} as before",
                counted(without_status, "item has", "items have"),
                if without_status == 1 { "stays" } else { "stay" }
            ),
        ));
    }
    if !found {
        problems.push(Problem::error(
            "worklist-items-missing",
            Place::Document,
            "no visible sheet has a column with item ids (W- and ten hexadecimal digits)",
        ));
    }
    let summary = Summary::from([("items", rows.len() as u64)]);
    Reading {
        kind: DocumentKind::Worklist,
        version: None,
        document: (!rows.is_empty()).then_some(Document::Worklist(rows)),
        summary,
        problems: problems.finish(),
    }
}

/// The item id in a cell, in the spelling that we write.
fn item_id(text: &str) -> Option<String> {
    let digits = text
        .strip_prefix("W-")
        .or_else(|| text.strip_prefix("w-"))?;
    (digits.len() == 10 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
        .then(|| format!("W-{}", digits.to_ascii_lowercase()))
}

/// The column that holds the most item ids.
fn item_column(table: &Table) -> Option<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for row in &table.rows {
        for (column, cell) in &row.cells {
            if let spreadsheet::Cell::Text(text) = cell
                && item_id(text).is_some()
            {
                *counts.entry(*column).or_default() += 1;
            }
        }
    }
    counts
        .into_iter()
        .max_by_key(|(column, count)| (*count, u32::MAX - column))
        .map(|(column, _)| column)
}

/// The columns beside the item ids.
struct Columns {
    status: u32,
    comment: Option<u32>,
    /// A second column headed as a status: its place and the two headers.
    second_status: Option<(Place, String, String)>,
}

/// The status and comment columns by the headers above the first item.
fn columns(table: &Table, item_column: u32) -> Option<Columns> {
    table
        .rows
        .iter()
        .take_while(|row| item_id(&row.text(item_column)).is_none())
        .filter_map(|row| {
            let mut headed = row
                .cells
                .iter()
                .filter(|(_, cell)| worklist_status(&cell.text()));
            let (status, first) = headed.next()?;
            Some(Columns {
                status: *status,
                comment: row
                    .cells
                    .iter()
                    .find(|(_, cell)| worklist_comment(&cell.text()))
                    .map(|(column, _)| *column),
                second_status: headed.next().map(|(column, second)| {
                    (
                        table.cell(row.number, *column),
                        shortened(&first.text(), 40),
                        shortened(&second.text(), 40),
                    )
                }),
            })
        })
        .last()
}
