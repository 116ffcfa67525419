//! Lists of field safety notices (FSN), as European authorities and manufacturers publish them as CSV or
//! XLSX: a row for each notice and product, headers by synonym (`catalogs/recalls.toml`). Rows of one
//! manufacturer with one reference are one notice.
//!
//! Traps: the notice is about a device and seldom about software; lots and versions may share a column; a
//! list has the headers of an inventory too (manufacturer, product), and is told by its reference beside
//! an action or a reason.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use isocenter_model::document::Summary;
use isocenter_model::recall::{Recall, RecallClass};
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{ListedRecord, RecordList};
use isocenter_model::{Digest, Document, DocumentKind, Place, Problem, Reading};

use crate::recall::{self, Column, Told, column_of};
use crate::spreadsheet::{
    self, Cell, DayOrder, Extent, Problems, Row, Table, WrittenDay, column_order, written_day,
};

/// Rows in which the headers are looked for: lists begin with titles and dates.
const HEADER_WITHIN: usize = 40;

/// Reads a list of notices.
pub fn read(bytes: &[u8]) -> Reading {
    let workbook = match spreadsheet::open(bytes, Extent::Whole) {
        Ok(workbook) => workbook,
        Err(problem) => return Reading::unreadable(DocumentKind::FieldSafetyNotice, problem),
    };
    let mut problems = workbook.problems;
    let mut records: Vec<ListedRecord> = Vec::new();
    let mut known: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut found = false;
    for table in workbook.tables.iter().filter(|table| !table.hidden) {
        let Some(header) = header(table) else {
            continue;
        };
        found = true;
        for (column, at, text) in &header.second {
            problems.push(Problem::warning(
                "fsn-header-ambiguous",
                table.cell(header.number, *at),
                format!(
                    "the column \u{201c}{}\u{201d} is a second one for the {}; the first was read",
                    shortened(text, 40),
                    noun(*column)
                ),
            ));
        }
        let order = order(table, &header);
        for row in table.rows.iter().skip(header.index + 1) {
            let Some(notice) = notice(table, row, &header, order, &mut problems) else {
                continue;
            };
            let record = &notice.record;
            let name = (record.source.clone(), record.id.clone());
            if let Some(first) = known.get(&name).and_then(|at| records.get_mut(*at)) {
                let digests = [first.digest, notice.digest].map(|digest| digest.to_string());
                first.digest = Digest::of_parts(digests.iter().map(String::as_str));
                first.record.affected.extend(notice.record.affected);
            } else {
                known.insert(name, records.len());
                records.push(notice);
            }
        }
    }
    if !found {
        problems.push(Problem::error(
            "fsn-columns-missing",
            Place::Document,
            "no visible sheet has columns for manufacturer, product and reference beside an action or a reason",
        ));
    }
    let summary = Summary::from([("records", records.len() as u64)]);
    Reading {
        kind: DocumentKind::FieldSafetyNotice,
        version: None,
        document: (!records.is_empty()).then_some(Document::Vulnerabilities(RecordList {
            made: None,
            records,
        })),
        summary,
        problems: problems.finish(),
    }
}

/// Whether one of the tables is a list of notices.
pub(crate) fn is_list(tables: &[Table]) -> bool {
    tables
        .iter()
        .any(|table| !table.hidden && header(table).is_some())
}

/// The row of headers, understood.
struct Header {
    index: usize,
    number: u64,
    columns: BTreeMap<Column, u32>,
    /// Second columns of a meaning that has one already.
    second: Vec<(Column, u32, String)>,
}

fn header(table: &Table) -> Option<Header> {
    let mut rows = table.rows.iter().take(HEADER_WITHIN).enumerate();
    rows.find_map(|(index, row)| {
        let mut header = Header {
            index,
            number: row.number,
            columns: BTreeMap::new(),
            second: Vec::new(),
        };
        for (at, cell) in &row.cells {
            let Cell::Text(text) = cell else { continue };
            if let Some(column) = column_of(text) {
                match header.columns.entry(column) {
                    Entry::Occupied(_) => header.second.push((column, *at, text.clone())),
                    Entry::Vacant(first) => {
                        first.insert(*at);
                    }
                }
            }
        }
        let has = |column| header.columns.contains_key(&column);
        let tells = has(Column::Manufacturer)
            && has(Column::Product)
            && has(Column::Reference)
            && (has(Column::Action) || has(Column::Reason));
        tells.then_some(header)
    })
}

fn noun(column: Column) -> &'static str {
    match column {
        Column::Manufacturer => "manufacturer",
        Column::Product => "product",
        Column::Versions => "versions",
        Column::Units => "lots",
        Column::Reference => "reference",
        Column::Date => "date",
        Column::Action => "action",
        Column::Reason => "reason",
        Column::Class => "class",
        Column::Status => "status",
        Column::Link => "link",
    }
}

/// The order of day and month that the column of dates shows.
fn order(table: &Table, header: &Header) -> Option<DayOrder> {
    let column = *header.columns.get(&Column::Date)?;
    let texts: Vec<_> = table
        .rows
        .iter()
        .skip(header.index + 1)
        .map(|row| row.text(column))
        .collect();
    column_order(texts.iter().map(AsRef::as_ref))
}

fn notice(
    table: &Table,
    row: &Row,
    header: &Header,
    order: Option<DayOrder>,
    problems: &mut Problems,
) -> Option<ListedRecord> {
    let text = |column: Column| {
        let text = row.text(*header.columns.get(&column)?);
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let place = |column: Column| {
        let column = header.columns.get(&column).copied().unwrap_or_default();
        table.cell(row.number, column)
    };
    let Some(id) = text(Column::Reference) else {
        problems.push(Problem::warning(
            "fsn-reference-missing",
            place(Column::Reference),
            "the notice has no reference, by which it could be told from others, and was set aside",
        ));
        return None;
    };
    let (manufacturer, product) = (text(Column::Manufacturer), text(Column::Product));
    if manufacturer.is_none() || product.is_none() {
        problems.push(Problem::warning(
            "fsn-product-missing",
            place(Column::Product),
            format!(
                "the notice {} names no manufacturer or no product, so it can match nothing",
                shortened(&id, 40)
            ),
        ));
    }
    let initiated = text(Column::Date).and_then(|written| {
        if let Some(Cell::Date(day)) = header
            .columns
            .get(&Column::Date)
            .and_then(|at| row.get(*at))
        {
            return Some(*day);
        }
        if let WrittenDay::Day(day) = written_day(&written).resolve(order) {
            return Some(day);
        }
        problems.push(Problem::warning(
            "fsn-date-malformed",
            place(Column::Date),
            format!(
                "\u{201c}{}\u{201d} is no day that can be told; YYYY-MM-DD is never in doubt",
                shortened(&written, 40)
            ),
        ));
        None
    });
    let cells: Vec<String> = row
        .cells
        .iter()
        .map(|(at, cell)| format!("{at}={}", cell.text()))
        .collect();
    let record = recall::record(Told {
        source: match &manufacturer {
            Some(manufacturer) => format!("FSN {}", shortened(manufacturer, 80)),
            None => "FSN".to_owned(),
        },
        asserted_by: "field safety notice".to_owned(),
        versions: text(Column::Versions),
        action: text(Column::Action),
        link: text(Column::Link),
        recall: Recall {
            class: text(Column::Class).and_then(|word| RecallClass::from_word(&word)),
            reason: text(Column::Reason),
            status: text(Column::Status),
            initiated,
            terminated: None,
            units: text(Column::Units),
            event: None,
        },
        id,
        manufacturer,
        product,
    });
    Some(ListedRecord {
        digest: Digest::of_parts(cells.iter().map(String::as_str)),
        record,
    })
}
