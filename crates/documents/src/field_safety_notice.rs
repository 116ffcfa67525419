//! Lists of field safety notices (FSN), as European authorities and manufacturers publish them as CSV or
//! XLSX: a row for each notice and product, columns as `catalogs/tables.toml` names them. Rows of one
//! manufacturer with one reference are one notice.
//!
//! Traps: the notice is about a device and seldom about software; lots and versions may share a column; a
//! list has the headers of an inventory and of a notice of support life too (manufacturer, product, date of
//! publication), and is told by its reference beside an action or a reason.

use std::collections::BTreeMap;

use isocenter_model::document::Summary;
use isocenter_model::recall::{Recall, RecallClass};
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{ListedRecord, RecordList};
use isocenter_model::{Digest, Document, DocumentKind, Place, Problem, Reading};

use crate::headed::{self, Headed, Line, Vocabulary};
use crate::recall::{self, Told};
use crate::spreadsheet::{self, Extent, Problems, Table};

const VOCABULARY: &str = "field-safety-notices";
/// Fields of which a notice consists: a change in one of them is a new edition of it.
const FIELDS: [&str; 11] = [
    "manufacturer",
    "product",
    "versions",
    "units",
    "reference",
    "date",
    "action",
    "reason",
    "class",
    "status",
    "link",
];

/// Whether one of the tables is a list of notices.
pub(crate) fn is_list(tables: &[Table]) -> bool {
    tables.iter().any(|table| find(table).is_some())
}

fn find(table: &Table) -> Option<Headed<'_>> {
    let support_life = Vocabulary::of("lifecycle")?;
    headed::find(table, Vocabulary::of(VOCABULARY)?)
        .filter(|headed| !headed.has_of(support_life, |field| field.starts_with("end-of-")))
}

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
    for table in workbook.tables.iter().filter_map(find) {
        found = true;
        table.report_unknown("fsn-columns-unknown", &mut problems);
        for line in table.lines().filter(|line| !line.is_section()) {
            let Some(notice) = notice(&line, &mut problems) else {
                continue;
            };
            let name = (notice.record.source.clone(), notice.record.id.clone());
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

fn notice(line: &Line<'_, '_>, problems: &mut Problems) -> Option<ListedRecord> {
    let Some(id) = line.text("reference") else {
        problems.push(Problem::warning(
            "fsn-reference-missing",
            line.place("reference"),
            "the notice has no reference, by which it could be told from others, and was set aside",
        ));
        return None;
    };
    let (manufacturer, product) = (line.text("manufacturer"), line.text("product"));
    if manufacturer.is_none() || product.is_none() {
        problems.push(Problem::warning(
            "fsn-product-missing",
            line.place("product"),
            format!(
                "the notice {} names no manufacturer or no product, so it can match nothing",
                shortened(&id, 40)
            ),
        ));
    }
    let initiated = match line.day("date") {
        Some(Ok(day)) => Some(day),
        Some(Err(written)) => {
            problems.push(Problem::warning(
                "fsn-date-malformed",
                line.place("date"),
                format!(
                    "\u{201c}{}\u{201d} is no day that can be told; YYYY-MM-DD is never in doubt",
                    shortened(&written, 40)
                ),
            ));
            None
        }
        None => None,
    };
    let cells: Vec<String> = FIELDS
        .iter()
        .filter_map(|field| line.raw(field).map(|text| format!("{field}={text}")))
        .collect();
    let record = recall::record(Told {
        source: match &manufacturer {
            Some(manufacturer) => format!("FSN {}", shortened(manufacturer, 80)),
            None => "FSN".to_owned(),
        },
        asserted_by: "field safety notice".to_owned(),
        versions: line.text("versions"),
        action: line.text("action"),
        link: line.text("link"),
        recall: Recall {
            class: line
                .text("class")
                .and_then(|word| RecallClass::from_word(&word)),
            reason: line.text("reason"),
            status: line.text("status"),
            initiated,
            terminated: None,
            units: line.text("units"),
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
