//! The cells of one sheet.

use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};
use quick_xml::events::{BytesStart, Event};

use super::strings::{RichText, SharedStrings, push_unescaped};
use super::xml::{PartError, Xml, attribute, referenced};
use crate::spreadsheet::package::Package;
use crate::spreadsheet::{
    Cell, ControlCharacters, MAX_CELL_TEXT, MAX_COLUMNS, MAX_ROWS, Problems, Room, Row, Table,
    WrittenDay, has_acting, serial_day, too_much, written_day,
};
use crate::xml::Fault;

/// One cell while its elements are read.
#[derive(Default)]
struct OpenCell {
    row: u64,
    column: u32,
    kind: String,
    style: usize,
    value: String,
    in_value: bool,
    inline: RichText,
}

/// A sheet while it is read.
pub(super) struct SheetReading<'r> {
    pub(super) table: Table,
    pub(super) strings: &'r SharedStrings,
    pub(super) date_styles: &'r [bool],
    pub(super) from_1904: bool,
    pub(super) rows: usize,
    pub(super) room: &'r mut Room,
    pub(super) acting: &'r mut ControlCharacters,
    pub(super) problems: &'r mut Problems,
}

impl SheetReading<'_> {
    pub(super) fn read(&mut self, package: &mut Package<'_>, part: &str) -> Result<(), PartError> {
        let mut xml = Xml::new(package.part(part)?);
        let mut in_data = false;
        // Rows and cells may leave out their reference; then they follow the one before.
        let mut row: u64 = 0;
        let mut next_column: u32 = 0;
        let mut cell: Option<OpenCell> = None;
        loop {
            match xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "sheetData" => in_data = true,
                    "row" if in_data => {
                        row = attribute(&element, "r")
                            .and_then(|number| number.parse().ok())
                            .unwrap_or(row.saturating_add(1));
                        next_column = 0;
                    }
                    "c" if in_data => {
                        let open = self.open_cell(&element, row, next_column);
                        next_column = open.column.saturating_add(1);
                        cell = Some(open);
                    }
                    "v" => {
                        if let Some(cell) = &mut cell {
                            cell.in_value = true;
                        }
                    }
                    name => {
                        if let Some(cell) = &mut cell {
                            cell.inline.start(name);
                        }
                    }
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "c" => {
                        if let Some(cell) = cell.take()
                            && !self.close_cell(&cell)
                        {
                            return Ok(());
                        }
                    }
                    "v" => {
                        if let Some(cell) = &mut cell {
                            cell.in_value = false;
                        }
                    }
                    "sheetData" => return Ok(()),
                    name => {
                        if let Some(cell) = &mut cell {
                            cell.inline.end(name);
                        }
                    }
                },
                Event::Text(text) => {
                    if let Some(cell) = &mut cell {
                        cell.push(&text.xml10_content());
                    }
                }
                Event::CData(text) => {
                    if let Some(cell) = &mut cell {
                        cell.push(&text.xml10_content());
                    }
                }
                Event::GeneralRef(reference) => {
                    if let Some(cell) = &mut cell {
                        let mut buffer = [0; 4];
                        cell.push(referenced(&reference).encode_utf8(&mut buffer));
                    }
                }
                // A chart sheet ends here without any data.
                Event::Eof if !in_data => return Ok(()),
                Event::Eof => return Err(Fault::End.into()),
                _ => {}
            }
        }
    }

    fn open_cell(&mut self, element: &BytesStart<'_>, row: u64, column: u32) -> OpenCell {
        let mut cell = OpenCell {
            row: row.max(1),
            column,
            ..OpenCell::default()
        };
        for attribute in element.attributes().with_checks(false).flatten() {
            let value = attribute.value.as_ref();
            match attribute.key.as_ref() {
                "r" => {
                    if let Some((row, column)) = position(value) {
                        cell.row = row;
                        cell.column = column;
                    } else {
                        self.problems.push(Problem::warning(
                            "spreadsheet-cell-reference",
                            self.table.cell(cell.row, cell.column),
                            format!(
                                "the cell calls itself \u{201c}{}\u{201d}, which is no cell of a sheet; it was taken for the next one of its row",
                                shortened(value, 20)
                            ),
                        ));
                    }
                }
                "t" => value.clone_into(&mut cell.kind),
                "s" => cell.style = value.parse().unwrap_or(0),
                _ => {}
            }
        }
        cell
    }

    /// Keeps the cell if it holds something. False when no more is to be read.
    fn close_cell(&mut self, open: &OpenCell) -> bool {
        let Some(value) = self.value(open) else {
            return true;
        };
        let begins_row = self
            .table
            .rows
            .last()
            .is_none_or(|row| row.number != open.row);
        if begins_row && self.table.rows.len() >= self.rows {
            return false;
        }
        let place = || self.table.cell(open.row, open.column);
        if open.column >= MAX_COLUMNS {
            self.problems.push(Problem::warning(
                "spreadsheet-cell-astray",
                place(),
                format!("a cell stands beyond column {MAX_COLUMNS}; it was set aside"),
            ));
            return true;
        }
        let size = match &value {
            Cell::Text(text) => text.len(),
            _ => 0,
        };
        if open.row > MAX_ROWS || !self.room.take(size) {
            self.problems.push(too_much(place()));
            return false;
        }
        if begins_row {
            self.table.rows.push(Row {
                number: open.row,
                cells: Vec::new(),
            });
        }
        if let Some(row) = self.table.rows.last_mut() {
            row.cells.push((open.column, value));
        }
        true
    }

    /// The value of a cell by its type (ISO/IEC 29500-1, 18.18.11); `None` for an empty one.
    fn value(&mut self, open: &OpenCell) -> Option<Cell> {
        let written = open.value.trim();
        match open.kind.as_str() {
            "s" => {
                if written.is_empty() {
                    return None;
                }
                let strings = self.strings;
                let shared = written
                    .parse()
                    .ok()
                    .and_then(|index| Some((strings.get(index)?, strings.acts(index))));
                if let Some((text, acts)) = shared {
                    return self.text(open, text, acts);
                }
                self.problems.push(Problem::warning(
                    "spreadsheet-string-missing",
                    self.table.cell(open.row, open.column),
                    format!(
                        "the cell points at shared string \u{201c}{}\u{201d}, which the file does not have",
                        shortened(written, 20)
                    ),
                ));
                None
            }
            "inlineStr" | "str" => {
                let mut text = String::new();
                let raw = if open.kind == "str" {
                    &open.value
                } else {
                    &open.inline.text
                };
                push_unescaped(raw, &mut text);
                self.text(open, &text, has_acting(&text))
            }
            "b" => match written {
                "1" | "true" => Some(Cell::Bool(true)),
                "0" | "false" => Some(Cell::Bool(false)),
                _ => None,
            },
            "d" => match written_day(written) {
                WrittenDay::Day(day) => Some(Cell::Date(day)),
                _ => Cell::from_text(written),
            },
            "e" => {
                self.problems.push(Problem::warning(
                    "spreadsheet-cell-error",
                    self.table.cell(open.row, open.column),
                    format!(
                        "the cell shows the error {} instead of a value; it was taken as empty",
                        shortened(written, 20)
                    ),
                ));
                None
            }
            _ => {
                if written.is_empty() {
                    return None;
                }
                let Some(number) = written.parse::<f64>().ok().filter(|n| n.is_finite()) else {
                    return Cell::from_text(written);
                };
                let is_day = self.date_styles.get(open.style).copied().unwrap_or(false);
                let day = is_day.then(|| serial_day(number, self.from_1904)).flatten();
                Some(day.map_or(Cell::Number(number), Cell::Date))
            }
        }
    }
}

impl SheetReading<'_> {
    /// A cell of text, cut where it is longer than any program writes; `acts` says whether it holds
    /// characters that act.
    fn text(&mut self, open: &OpenCell, text: &str, acts: bool) -> Option<Cell> {
        let place = || self.table.cell(open.row, open.column);
        if acts {
            self.acting.note(place);
        }
        let cut = text
            .get(..text.floor_char_boundary(MAX_CELL_TEXT))
            .unwrap_or("");
        if cut.len() < text.len() {
            self.problems.push(Problem::warning(
                "spreadsheet-text-too-long",
                place(),
                format!(
                    "the cell holds {} bytes of text; the first {MAX_CELL_TEXT} were read",
                    text.len()
                ),
            ));
        }
        Cell::from_text(cut)
    }
}

impl OpenCell {
    fn push(&mut self, text: &str) {
        // What Excel cannot have written is not collected: the value is cut with a problem later.
        let room = (4 * MAX_CELL_TEXT).saturating_sub(self.value.len() + self.inline.text.len());
        let text = text.get(..text.floor_char_boundary(room)).unwrap_or("");
        if self.in_value {
            self.value.push_str(text);
        } else {
            self.inline.push(text);
        }
    }
}

/// Row from 1 and column from 0 of a cell reference such as `AB12`, within the limits of a sheet.
fn position(reference: &str) -> Option<(u64, u32)> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = reference.split_at(digits);
    if letters.is_empty() || letters.len() > 3 || number.len() > 7 {
        return None;
    }
    let mut column = 0u32;
    for letter in letters.bytes() {
        let letter = letter.to_ascii_uppercase();
        if !letter.is_ascii_uppercase() {
            return None;
        }
        column = column * 26 + u32::from(letter - b'A') + 1;
    }
    let row: u64 = number.parse().ok().filter(|row| *row > 0)?;
    Some((row, column - 1))
}

/// Brings rows and cells into order when the file has them out of order or twice.
pub(super) fn put_in_order(table: &mut Table, problems: &mut Problems) {
    if !table.rows.is_sorted_by(|a, b| a.number < b.number) {
        table.rows.sort_by_key(|row| row.number);
        table.rows.dedup_by(|later, earlier| {
            let same = later.number == earlier.number;
            if same {
                earlier.cells.append(&mut later.cells);
            }
            same
        });
    }
    for row in &mut table.rows {
        if row.cells.is_sorted_by(|a, b| a.0 < b.0) {
            continue;
        }
        row.cells.sort_by_key(|(column, _)| *column);
        let before = row.cells.len();
        row.cells.dedup_by(|later, earlier| later.0 == earlier.0);
        if row.cells.len() < before {
            let at = match &table.sheet {
                Some(sheet) => Place::cell(
                    sheet,
                    u32::try_from(row.number.saturating_sub(1)).unwrap_or(0),
                    0,
                ),
                None => Place::line(row.number),
            };
            problems.push(Problem::warning(
                "spreadsheet-cell-twice",
                at,
                "the row holds the same cell more than once; the first was taken",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cell_references_outside_a_sheet_are_none() {
        assert_eq!(position("A1"), Some((1, 0)));
        assert_eq!(position("AMH349"), Some((349, 1021)));
        for reference in ["", "A", "1", "A0", "AAAA1", "A12345678", "Ä1", "A1B"] {
            assert_eq!(position(reference), None, "{reference}");
        }
    }
}
