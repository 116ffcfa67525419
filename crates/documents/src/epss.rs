//! FIRST's exploit prediction scores (EPSS), CSV.
//!
//! The file begins with a comment, `#model_version:v2025.03.14,score_date:2025-08-25T00:00:00+0000`, then a header
//! and a row for each CVE. Files before April 2021 have no comment.

use isocenter_model::document::Summary;
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{ExploitPrediction, ExploitPredictions};
use isocenter_model::{Document, DocumentKind, Place, Problem, Reading};

use crate::cve::is_cve_id;
use crate::json::{self, Problems};
use crate::spreadsheet::decode_text;

/// Reads exploit prediction scores; the caller has unpacked the file.
pub fn read(bytes: &[u8]) -> Reading {
    let decoded;
    let bytes = if is_utf16(bytes) {
        decoded = decode_text(bytes).text;
        decoded.as_bytes()
    } else {
        bytes
    };
    let mut problems = Problems::default();
    let mut predictions = ExploitPredictions::default();
    let body = comment(bytes, &mut predictions, &mut problems);
    let usable = rows(bytes, body, &mut predictions, &mut problems);
    let mut summary = Summary::new();
    if usable {
        summary.insert("records", predictions.entries.len() as u64);
    }
    Reading {
        kind: DocumentKind::Epss,
        version: predictions.model.clone(),
        document: usable.then_some(Document::ExploitPredictions(predictions)),
        summary,
        problems: problems.finish(),
    }
}

/// Spreadsheet programs save as UTF-16, in which every other byte of this table is zero.
fn is_utf16(bytes: &[u8]) -> bool {
    bytes.iter().take(64).any(|byte| *byte == 0)
}

/// Reads the comment lines and returns where the table begins.
fn comment(bytes: &[u8], predictions: &mut ExploitPredictions, problems: &mut Problems) -> usize {
    let mut start = if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        3
    } else {
        0
    };
    while let Some(rest) = bytes
        .get(start..)
        .filter(|rest| rest.first() == Some(&b'#'))
    {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let line = String::from_utf8_lossy(rest.get(1..end).unwrap_or_default());
        for pair in line.trim().split(',') {
            match pair.split_once(':') {
                Some(("model_version", model)) if stated(model) => {
                    predictions.model = Some(model.trim().to_owned());
                }
                Some(("score_date", date)) if stated(date) => {
                    predictions.scored = json::timestamp(date);
                    if predictions.scored.is_none() {
                        problems.push(Problem::warning(
                            "epss-date-malformed",
                            Place::line(1),
                            format!("'{}' is no date and time", shortened(date, 40)),
                        ));
                    }
                }
                _ => {}
            }
        }
        start += end;
    }
    if predictions.scored.is_none() {
        problems.push(Problem::note(
            "epss-date-missing",
            Place::line(1),
            "the file does not say of which day its scores are",
        ));
    }
    start
}

fn stated(text: &str) -> bool {
    !matches!(text.trim(), "" | "unstated")
}

/// Reads the table from `start` on; `false` when it is none.
fn rows(
    bytes: &[u8],
    start: usize,
    predictions: &mut ExploitPredictions,
    problems: &mut Problems,
) -> bool {
    let first_line =
        1 + memchr::memchr_iter(b'\n', bytes.get(..start).unwrap_or_default()).count() as u64;
    let mut table = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(bytes.get(start..).unwrap_or_default());
    let mut row = csv::ByteRecord::new();
    let Ok(true) = table.read_byte_record(&mut row) else {
        problems.push(Problem::error(
            "epss-empty",
            Place::line(first_line),
            "the file has no table",
        ));
        return false;
    };
    let column = |name: &str| {
        row.iter()
            .position(|cell| cell.trim_ascii().eq_ignore_ascii_case(name.as_bytes()))
    };
    let (Some(cve), Some(probability)) = (column("cve"), column("epss")) else {
        problems.push(Problem::error(
            "epss-header-missing",
            Place::line(first_line),
            "the table has no columns cve and epss",
        ));
        return false;
    };
    let percentile = column("percentile");
    predictions.entries.reserve(bytes.len() / 32);
    let mut without_percentile = 0_u64;
    while let Ok(true) = table.read_byte_record(&mut row) {
        let line = row
            .position()
            .map_or(0, csv::Position::line)
            .saturating_sub(1)
            .saturating_add(first_line);
        let cell = |column: usize| {
            row.get(column)
                .and_then(|cell| std::str::from_utf8(cell).ok())
                .unwrap_or_default()
                .trim()
        };
        let id = cell(cve);
        if !is_cve_id(id) {
            problems.push(Problem::error(
                "epss-id-malformed",
                Place::line(line),
                format!(
                    "'{}' is no CVE id, so the row was set aside; CVE-YYYY-NNNN is expected",
                    shortened(id, 40)
                ),
            ));
            continue;
        }
        let Some(value) = share(cell(probability)) else {
            problems.push(Problem::error(
                "epss-score-invalid",
                Place::line(line),
                format!(
                    "'{}' is no probability, so the row was set aside; a number from 0 to 1 is expected",
                    shortened(cell(probability), 40)
                ),
            ));
            continue;
        };
        let rank = percentile.map(cell).filter(|text| !text.is_empty());
        let rank_value = rank.and_then(share);
        match (rank, rank_value) {
            (_, Some(_)) => {}
            (None, None) => without_percentile += 1,
            (Some(text), None) => problems.push(Problem::warning(
                "epss-percentile-invalid",
                Place::line(line),
                format!(
                    "'{}' is no percentile; a number from 0 to 1 is expected",
                    shortened(text, 40)
                ),
            )),
        }
        predictions.entries.push(ExploitPrediction {
            cve: id.to_owned(),
            probability: value,
            percentile: rank_value.unwrap_or_default(),
        });
    }
    if without_percentile > 0 {
        problems.push(Problem::note(
            "epss-percentile-missing",
            Place::Document,
            format!("rows without a percentile, which was read as 0: {without_percentile}"),
        ));
    }
    if predictions.entries.is_empty() {
        problems.push(Problem::warning(
            "epss-empty",
            Place::Document,
            "the table has no row that could be used",
        ));
    }
    true
}

/// A number from 0 to 1.
fn share(text: &str) -> Option<f64> {
    text.parse()
        .ok()
        .filter(|share| (0.0..=1.0).contains(share))
}
