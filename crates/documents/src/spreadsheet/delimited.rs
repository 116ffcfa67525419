//! Delimited text: comma, semicolon, tab or bar between the cells.

use csv::{ReaderBuilder, StringRecord};
use isocenter_model::{Place, Problem};

use super::{
    Cell, ControlCharacters, Extent, MAX_CELL_TEXT, MAX_COLUMNS, MAX_ROWS, Room, Row, Table,
    Workbook, decode_text, has_acting, too_much,
};

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Records that are looked at to find the delimiter.
const SAMPLE_RECORDS: usize = 60;
/// Characters that are looked at to find the delimiter.
const SAMPLE_TEXT: usize = 64 << 10;

/// Reads delimited text.
pub(super) fn open(bytes: &[u8], extent: Extent) -> Result<Workbook, Problem> {
    // A peek needs the beginning only; a character cut at its end is no damage.
    let looked_at = match extent {
        Extent::Peek => bytes.get(..bytes.len().min(256 << 10)).unwrap_or(bytes),
        Extent::Whole => bytes,
    };
    if looked_at.iter().all(|byte| *byte == 0) {
        return Err(Problem::error(
            "spreadsheet-empty",
            Place::Document,
            if bytes.is_empty() {
                "the file is empty"
            } else {
                "the file holds nothing but zero bytes"
            },
        ));
    }
    let decoded = decode_text(looked_at);
    let mut workbook = Workbook::default();
    if let Some(encoding) = decoded.encoding {
        workbook.problems.push(
            Problem::note(
                "spreadsheet-encoding",
                Place::Document,
                format!("the text is not UTF-8 and was read as {encoding}"),
            )
            .hint("Check names with accents; export as UTF-8 if they are wrong."),
        );
    }
    if decoded.damaged > 0 && extent == Extent::Whole {
        workbook.problems.push(Problem::warning(
            "spreadsheet-encoding-damaged",
            Place::Document,
            format!(
                "{} cannot be decoded and stand as \u{fffd}",
                super::counted(decoded.damaged as u64, "place", "places")
            ),
        ));
    }

    let (text, told) = without_separator_line(&decoded.text);
    let skipped_lines = u64::from(told.is_some());
    let delimiter = told.unwrap_or_else(|| delimiter_of(text));
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut table = Table::default();
    let mut room = Room::new();
    let mut acting = ControlCharacters::default();
    let mut record = StringRecord::new();
    let mut lines = Lines::new(text);
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            // Text that was decoded is UTF-8 and records may differ in length: nothing is left to fail.
            Err(error) => {
                workbook.problems.push(Problem::error(
                    "spreadsheet-damaged",
                    Place::Document,
                    format!("the text cannot be read on: {error}"),
                ));
                break;
            }
        }
        if table.rows.len() >= extent.rows() {
            break;
        }
        let number =
            lines.number_at(record.position().map_or(0, csv::Position::byte)) + skipped_lines;
        let mut row = Row {
            number,
            cells: Vec::new(),
        };
        for (column, field) in (0u32..).zip(record.iter()) {
            let Some(Cell::Text(mut value)) = Cell::from_text(field) else {
                continue;
            };
            if column >= MAX_COLUMNS {
                workbook.problems.push(Problem::warning(
                    "spreadsheet-cell-astray",
                    Place::line(number),
                    format!("the line has more than {MAX_COLUMNS} cells; the rest was set aside"),
                ));
                break;
            }
            if has_acting(&value) {
                acting.note(|| Place::line(number));
            }
            if value.len() > MAX_CELL_TEXT {
                workbook.problems.push(
                    Problem::warning(
                        "spreadsheet-text-too-long",
                        Place::line(number),
                        format!(
                            "a cell that begins here holds {} bytes of text; the first {MAX_CELL_TEXT} were read",
                            value.len()
                        ),
                    )
                    .hint("A quotation mark that is never closed swallows the lines after it."),
                );
                value.truncate(value.floor_char_boundary(MAX_CELL_TEXT));
            }
            if table.rows.len() as u64 >= MAX_ROWS || !room.take(value.len()) {
                workbook.problems.push(too_much(Place::line(number)));
                acting.report(&mut workbook.problems);
                workbook.tables.push(table);
                return Ok(workbook);
            }
            row.cells.push((column, Cell::Text(value)));
        }
        if !row.cells.is_empty() {
            table.rows.push(row);
        }
    }
    acting.report(&mut workbook.problems);
    workbook.tables.push(table);
    Ok(workbook)
}

/// Line numbers of rising places in a text. The reader of records has its own, which are one too
/// low where lines end with CR LF.
struct Lines<'t> {
    text: &'t [u8],
    line_end: u8,
    at: usize,
    number: u64,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let text = text.as_bytes();
        let line_end = match memchr::memchr(b'\n', text) {
            Some(_) => b'\n',
            None => b'\r',
        };
        Self {
            text,
            line_end,
            at: 0,
            number: 1,
        }
    }

    /// The line of the first character at or after `byte` that ends no line.
    fn number_at(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        let blank = self.text.get(byte..).unwrap_or_default();
        let blank = blank
            .iter()
            .take_while(|b| matches!(b, b'\n' | b'\r'))
            .count();
        let here = byte.saturating_add(blank);
        let passed = self.text.get(self.at..here).unwrap_or_default();
        self.number += memchr::memchr_iter(self.line_end, passed).count() as u64;
        self.at = self.at.max(here);
        self.number
    }
}

/// The text after a first line `sep=;`, with which Excel is told the delimiter.
fn without_separator_line(text: &str) -> (&str, Option<u8>) {
    let Some((first, rest)) = text.split_once('\n') else {
        return (text, None);
    };
    let told = first
        .trim_end_matches('\r')
        .trim_matches('"')
        .strip_prefix("sep=")
        .and_then(|told| told.as_bytes().first().copied())
        .filter(u8::is_ascii);
    match told {
        Some(delimiter) => (rest, Some(delimiter)),
        None => (text, None),
    }
}

/// The delimiter that cuts most lines into the same number of cells, and into more than one.
fn delimiter_of(text: &str) -> u8 {
    let sample = text
        .get(..text.floor_char_boundary(SAMPLE_TEXT))
        .unwrap_or(text);
    let mut best = (0.0, b',');
    for delimiter in DELIMITERS {
        let score = agreement(sample, delimiter);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

/// How well a delimiter fits: the share of records with the most frequent number of cells, which
/// must be two or more; more cells decide between equal shares.
fn agreement(sample: &str, delimiter: u8) -> f64 {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(sample.as_bytes());
    let mut counts = std::collections::BTreeMap::new();
    let mut records = 0u32;
    for record in reader.records().take(SAMPLE_RECORDS).flatten() {
        records += 1;
        if record.len() > 1 {
            *counts.entry(record.len()).or_insert(0u32) += 1;
        }
    }
    counts
        .into_iter()
        .map(|(cells, count)| {
            let cells = f64::from(u32::try_from(cells).unwrap_or(u32::MAX));
            f64::from(count) / f64::from(records.max(1)) + (1.0 - 1.0 / cells) / 4.0
        })
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, rows: &[&[&str]]) {
        let workbook = open(text.as_bytes(), Extent::Whole).unwrap();
        let found: Vec<Vec<String>> = workbook.tables[0]
            .rows
            .iter()
            .map(|row| {
                row.cells
                    .iter()
                    .map(|(_, c)| c.text().into_owned())
                    .collect()
            })
            .collect();
        assert_eq!(found, rows);
    }

    #[test]
    fn the_delimiter_is_found_whatever_stands_in_the_cells() {
        check("a,b\n1,2\n", &[&["a", "b"], &["1", "2"]]);
        check("a;b\n1,5;2,5\n", &[&["a", "b"], &["1,5", "2,5"]]);
        check("a\tb, c\n1\t2\n", &[&["a", "b, c"], &["1", "2"]]);
        check("a|b\n1|2\n", &[&["a", "b"], &["1", "2"]]);
        check("sep=;\r\na;b\r\n", &[&["a", "b"]]);
        check(
            "Export of 2026\n\na;b;c\n\"x;y\";2;\"3\"\"\"\n",
            &[&["Export of 2026"], &["a", "b", "c"], &["x;y", "2", "3\""]],
        );
    }

    #[test]
    fn rows_keep_the_number_of_the_line_they_begin_on() {
        for end in ["\n", "\r\n"] {
            let text = "a;b|\"1|2\";x|3;y||4;z|".replace('|', end);
            let workbook = open(text.as_bytes(), Extent::Whole).unwrap();
            let numbers: Vec<u64> = workbook.tables[0]
                .rows
                .iter()
                .map(|row| row.number)
                .collect();
            assert_eq!(numbers, [1, 2, 4, 6], "{end:?}");
        }
    }
}
