//! What every spreadsheet reader shares: worksheets (.xlsx) and delimited text (.csv) in one shape.
//!
//! A hospital's export and a manufacturer's form come from strangers. So a file is measured while
//! it is inflated, declared sizes and dimensions are never believed, only cells that hold
//! something are kept, and every limit that was reached is told as a [`Problem`].
//!
//! Worksheets follow ISO/IEC 29500-1 (`SpreadsheetML`), delimited text RFC 4180 as far as real
//! exports do.

mod dates;
mod delimited;
mod encoding;
mod package;
mod worksheet;

use std::borrow::Cow;

use isocenter_model::{Place, Problem};
use jiff::civil::Date;

pub(crate) use crate::json::Problems;
pub(crate) use dates::{DayOrder, WrittenDay, column_order, serial_day, written_day};
pub(crate) use encoding::{decode_text, windows_1252};
pub(crate) use package::{MAX_INFLATED, MAX_RATIO};
pub(crate) use worksheet::MAX_SHEETS;

/// Cells with content in one file: a quarter of a million devices with twenty columns.
pub(crate) const MAX_CELLS: usize = 5_000_000;
/// Columns: an inventory has tens, a form has seven; a cell beyond stands astray.
pub(crate) const MAX_COLUMNS: u32 = 1_024;
/// Rows of a worksheet (ISO/IEC 29500-1, 18.3.1.73 as Excel limits it); text files are held to it too.
pub(crate) const MAX_ROWS: u64 = 1_048_576;
/// Bytes of text in one cell: twice what Excel allows in characters.
pub(crate) const MAX_CELL_TEXT: usize = 65_536;
/// Bytes of text in all cells of one file. A short shared string may be used by many cells.
pub(crate) const MAX_TEXT: usize = 128 << 20;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Text as written, without blanks around it; never empty.
    Text(String),
    /// A number.
    Number(f64),
    /// A number that its format shows as a day.
    Date(Date),
    /// True or false.
    Bool(bool),
}

impl Cell {
    /// The text of a cell that has any.
    fn from_text(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        (!text.is_empty()).then(|| Self::Text(text.to_owned()))
    }

    /// What a person sees in the cell, or nearly so: whole numbers without a decimal point.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number_text(*number)),
            Self::Date(date) => Cow::Owned(date.to_string()),
            Self::Bool(true) => Cow::Borrowed("TRUE"),
            Self::Bool(false) => Cow::Borrowed("FALSE"),
        }
    }
}

/// A number as a spreadsheet shows it in a cell of the general format.
fn number_text(number: f64) -> String {
    // From 1e15 on a double no longer tells neighbouring whole numbers apart.
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.0}")
    } else {
        number.to_string()
    }
}

/// One row that holds something.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Row {
    /// Its number from 1: the row of a sheet, the line of a text file where it begins.
    pub(crate) number: u64,
    /// Its cells with their zero-based columns, in ascending order.
    pub(crate) cells: Vec<(u32, Cell)>,
}

impl Row {
    /// The cell in a zero-based column.
    pub(crate) fn get(&self, column: u32) -> Option<&Cell> {
        self.cells
            .binary_search_by_key(&column, |(at, _)| *at)
            .ok()
            .and_then(|found| self.cells.get(found))
            .map(|(_, cell)| cell)
    }

    /// The text in a zero-based column; empty where there is none.
    pub(crate) fn text(&self, column: u32) -> Cow<'_, str> {
        self.get(column).map_or(Cow::Borrowed(""), Cell::text)
    }
}

/// A worksheet or a delimited text file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Table {
    /// Name of the sheet; `None` for a text file.
    pub(crate) sheet: Option<String>,
    /// Whether a person who opens the file does not see the sheet.
    pub(crate) hidden: bool,
    /// The rows that hold something, in ascending order.
    pub(crate) rows: Vec<Row>,
}

impl Table {
    /// Where a cell stands.
    pub(crate) fn cell(&self, row: u64, column: u32) -> Place {
        match &self.sheet {
            Some(sheet) => Place::cell(
                sheet,
                u32::try_from(row.saturating_sub(1)).unwrap_or(0),
                column,
            ),
            None => Place::line(row),
        }
    }
}

/// What a spreadsheet file holds.
#[derive(Debug, Default)]
pub(crate) struct Workbook {
    /// Its sheets, or the one table of a text file.
    pub(crate) tables: Vec<Table>,
    /// What was wrong with the file itself.
    pub(crate) problems: Problems,
}

/// How much of a file is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// The first rows of each sheet: enough to tell what it is.
    Peek,
    /// All of it.
    Whole,
}

impl Extent {
    /// Rows to read of each table.
    fn rows(self) -> usize {
        match self {
            // A filled disclosure form has its ids in the first rows; title rows before an
            // inventory's headers are few.
            Self::Peek => 400,
            Self::Whole => usize::MAX,
        }
    }
}

/// Reads a worksheet file or delimited text.
///
/// # Errors
///
/// The problem that makes the whole file unusable.
pub(crate) fn open(bytes: &[u8], extent: Extent) -> Result<Workbook, Problem> {
    if package::is_zip(bytes) {
        worksheet::open(bytes, extent)
    } else {
        delimited::open(bytes, extent)
    }
}

/// What is left of the room for cells and text of one file, shared by all its sheets.
struct Room {
    cells: usize,
    text: usize,
}

impl Room {
    fn new() -> Self {
        Self {
            cells: MAX_CELLS,
            text: MAX_TEXT,
        }
    }

    /// Whether one more cell with that much text still fits.
    fn take(&mut self, text: usize) -> bool {
        match (self.cells.checked_sub(1), self.text.checked_sub(text)) {
            (Some(cells), Some(text)) => {
                self.cells = cells;
                self.text = text;
                true
            }
            _ => false,
        }
    }
}

/// The problem of a file with more in it than is read.
fn too_much(at: Place) -> Problem {
    Problem::error(
        "spreadsheet-too-large",
        at,
        format!(
            "the file holds more than {MAX_CELLS} cells, {MAX_ROWS} rows or {} MiB of text; what stands after this place was not read",
            MAX_TEXT >> 20
        ),
    )
    .hint("Split the export and import the parts.")
}

/// Notes characters that act instead of being read: once per file, with their number.
#[derive(Default)]
struct ControlCharacters {
    cells: u64,
    first: Option<Place>,
}

impl ControlCharacters {
    fn note(&mut self, at: impl FnOnce() -> Place) {
        self.cells += 1;
        if self.first.is_none() {
            self.first = Some(at());
        }
    }

    fn report(self, problems: &mut Problems) {
        if let Some(first) = self.first {
            problems.push(Problem::warning(
                "spreadsheet-control-characters",
                first,
                format!(
                    "{} with control or text-direction characters, which no name or answer needs; they are shown as \u{fffd}",
                    counted(self.cells, "cell", "cells")
                ),
            ));
        }
    }
}

/// Whether a text holds characters that act instead of being read. Line breaks and tabs are plain layout.
fn has_acting(text: &str) -> bool {
    text.chars().any(acts)
}

fn acts(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_control() && !matches!(character, '\n' | '\r' | '\t');
    }
    let mut buffer = [0; 4];
    // The model decides what acts; whatever it would replace does.
    matches!(
        isocenter_model::text::printable(character.encode_utf8(&mut buffer)),
        Cow::Owned(_)
    )
}

/// A number with its noun: `1 cell`, `3 cells`.
pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_shown_without_a_decimal_point() {
        assert_eq!(Cell::Number(4711.0).text(), "4711");
        assert_eq!(Cell::Number(12_345_678_901.0).text(), "12345678901");
        assert_eq!(Cell::Number(4.1).text(), "4.1");
        assert_eq!(Cell::Number(1e300).text().len(), 301);
    }

    #[test]
    fn a_cell_of_blanks_is_no_cell() {
        assert_eq!(Cell::from_text(" \u{a0}\t"), None);
        assert_eq!(Cell::from_text(" a "), Some(Cell::Text("a".to_owned())));
    }

    #[test]
    fn a_cell_is_found_by_its_column_in_a_sparse_row() {
        let row = Row {
            number: 1,
            cells: vec![(1, Cell::Number(1.0)), (900, Cell::Bool(true))],
        };
        assert_eq!(row.text(900), "TRUE");
        assert_eq!(row.text(0), "");
    }

    /// What a widely used spreadsheet library finds in the same bytes.
    fn by_calamine(bytes: &[u8]) -> Vec<(u64, u32, Cell)> {
        use calamine::{DataRef, Reader, Xlsx};
        let mut workbook: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        let mut cells = Vec::new();
        for name in workbook.sheet_names() {
            let mut reader = workbook.worksheet_cells_reader(&name).unwrap();
            while let Some(cell) = reader.next_cell().unwrap() {
                let (row, column) = cell.get_position();
                let value = match cell.get_value() {
                    DataRef::String(text) => Cell::from_text(text),
                    DataRef::SharedString(text) => Cell::from_text(text),
                    DataRef::Int(number) => {
                        Some(Cell::Number(f64::from(i32::try_from(*number).unwrap())))
                    }
                    DataRef::Float(number) => Some(Cell::Number(*number)),
                    DataRef::Bool(truth) => Some(Cell::Bool(*truth)),
                    DataRef::DateTime(day) => serial_day(day.as_f64(), false).map(Cell::Date),
                    _ => None,
                };
                cells.extend(value.map(|value| (u64::from(row) + 1, column, value)));
            }
        }
        cells
    }

    #[test]
    fn another_reader_finds_the_same_cells() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let day = rust_xlsxwriter::Format::new().set_num_format("dd.mm.yyyy");
        let money = rust_xlsxwriter::Format::new().set_num_format("#,##0.00 \"days\"");
        for name in ["One", "Zwei & drei"] {
            let sheet = workbook.add_worksheet();
            sheet.set_name(name).unwrap();
            sheet.write_string(0, 0, " a < b & \"c\" ä 漢 ").unwrap();
            sheet.write_string(0, 900, "far").unwrap();
            sheet.write_number(3, 1, 4.25).unwrap();
            sheet
                .write_number_with_format(3, 2, 43_747.0, &day)
                .unwrap();
            sheet
                .write_number_with_format(3, 3, 43_747.0, &money)
                .unwrap();
            sheet.write_boolean(4, 0, true).unwrap();
            sheet.write_string(4, 1, "line\nbreak").unwrap();
            sheet
                .write_formula(5, 0, rust_xlsxwriter::Formula::new("=1+1").set_result("2"))
                .unwrap();
            sheet.write_blank(6, 0, &day).unwrap();
        }
        let bytes = workbook.save_to_buffer().unwrap();
        let opened = open(&bytes, Extent::Whole).unwrap();
        let ours: Vec<(u64, u32, Cell)> = opened
            .tables
            .iter()
            .flat_map(|table| &table.rows)
            .flat_map(|row| {
                row.cells
                    .iter()
                    .map(|(column, cell)| (row.number, *column, cell.clone()))
            })
            .collect();
        assert_eq!(ours.len(), 16);
        assert_eq!(ours, by_calamine(&bytes));
        assert_eq!(opened.problems.finish(), []);
        assert_eq!(
            opened
                .tables
                .iter()
                .map(|table| table.sheet.as_deref())
                .collect::<Vec<_>>(),
            [Some("One"), Some("Zwei & drei")]
        );
    }
}
