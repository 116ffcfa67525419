//! Worksheet files (.xlsx): the few parts that hold values.
//!
//! Read here and not with a spreadsheet library, because a library stops at the first bad cell
//! reference (or aborts: its arithmetic on references is unchecked), sizes arrays by stray cells,
//! and keeps every style. Here a bad cell costs that cell.

use std::borrow::Cow;
use std::io::BufReader;

use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::package::{Package, PackageError};
use super::{
    Cell, ControlCharacters, Extent, MAX_CELL_TEXT, MAX_COLUMNS, MAX_ROWS, Problems, Room, Row,
    Table, Workbook, serial_day, too_much,
};

/// Sheets that are read. Forms and exports have one or a few.
const MAX_SHEETS: usize = 64;
/// Elements inside each other; a worksheet needs about eight.
const MAX_DEPTH: usize = 64;

/// Why a part of a workbook was not read to its end.
#[derive(Debug, thiserror::Error)]
enum PartError {
    #[error(transparent)]
    Package(#[from] PackageError),
    #[error("{0}")]
    Xml(#[from] quick_xml::Error),
    #[error(
        "it declares a document type, which can pull in other files and which no spreadsheet program writes"
    )]
    DocumentType,
    #[error("its elements are nested more than {MAX_DEPTH} deep")]
    Depth,
    #[error("it ends in the middle")]
    End,
}

/// Reads all sheets of a workbook.
pub(super) fn open(bytes: &[u8], extent: Extent) -> Result<Workbook, Problem> {
    let mut package = Package::open(bytes).map_err(PackageError::into_problem)?;
    let mut problems = Problems::default();
    let book = read_book(&mut package).map_err(|error| unusable("xl/workbook.xml", &error))?;
    let targets =
        read_targets(&mut package).map_err(|error| unusable("the list of sheets", &error))?;
    let strings = if package.has("xl/sharedStrings.xml") {
        read_strings(&mut package).map_err(|error| unusable("xl/sharedStrings.xml", &error))?
    } else {
        SharedStrings::default()
    };
    let date_styles = if package.has("xl/styles.xml") {
        read_date_styles(&mut package).unwrap_or_else(|error| {
            problems.push(Problem::warning(
                "spreadsheet-styles-damaged",
                Place::Document,
                format!("cell formats cannot be read, so days may be shown as numbers: {error}"),
            ));
            Vec::new()
        })
    } else {
        Vec::new()
    };

    let mut room = Room::new();
    let mut acting = ControlCharacters::default();
    let mut tables = Vec::new();
    if book.sheets.len() > MAX_SHEETS {
        problems.push(Problem::warning(
            "spreadsheet-too-many-sheets",
            Place::Document,
            format!(
                "the workbook has {} sheets; the first {MAX_SHEETS} were read",
                book.sheets.len()
            ),
        ));
    }
    for sheet in book.sheets.iter().take(MAX_SHEETS) {
        let Some(target) = targets
            .iter()
            .find(|(id, _)| *id == sheet.relation)
            .map(|(_, target)| part_name(target))
        else {
            problems.push(Problem::error(
                "spreadsheet-damaged",
                Place::Document,
                format!(
                    "the sheet \u{201c}{}\u{201d} is listed but not in the file",
                    shortened(&sheet.name, 40)
                ),
            ));
            continue;
        };
        let mut reading = SheetReading {
            table: Table {
                sheet: Some(sheet.name.clone()),
                hidden: sheet.hidden,
                rows: Vec::new(),
            },
            strings: &strings,
            date_styles: &date_styles,
            from_1904: book.from_1904,
            rows: extent.rows(),
            room: &mut room,
            acting: &mut acting,
            problems: &mut problems,
        };
        if let Err(error) = reading.read(&mut package, &target) {
            let last = reading.table.rows.last().map_or(1, |row| row.number);
            let at = reading.table.cell(last, 0);
            reading.problems.push(Problem::error(
                "spreadsheet-sheet-damaged",
                at,
                format!("the sheet cannot be read beyond this row: {error}"),
            ));
        }
        let mut table = reading.table;
        put_in_order(&mut table, &mut problems);
        tables.push(table);
    }
    acting.report(&mut problems);
    Ok(Workbook { tables, problems })
}

fn unusable(part: &str, error: &PartError) -> Problem {
    Problem::error(
        "spreadsheet-damaged",
        Place::Document,
        format!("{part} of the workbook cannot be read: {error}"),
    )
}

/// A part's XML events, with a limit on depth and without document types.
struct Xml<R> {
    reader: Reader<BufReader<R>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<R: std::io::Read> Xml<R> {
    fn new(part: R) -> Self {
        let mut reader = Reader::from_reader(BufReader::new(part));
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            buffer: Vec::new(),
            depth: 0,
        }
    }

    fn next(&mut self) -> Result<Event<'_>, PartError> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer)?;
        match &event {
            Event::Start(_) => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(PartError::Depth);
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(_) => return Err(PartError::DocumentType),
            _ => {}
        }
        Ok(event)
    }
}

/// The value of an attribute by its name without prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .and_then(|attribute| {
            attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .ok()
                .map(Cow::into_owned)
        })
}

/// The character of a reference; an entity that XML does not predefine stands as U+FFFD.
fn referenced(reference: &BytesRef<'_>) -> char {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character;
    }
    match reference.xml10_content().as_ref() {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// One sheet as the workbook lists it.
struct SheetEntry {
    name: String,
    relation: String,
    hidden: bool,
}

#[derive(Default)]
struct Book {
    sheets: Vec<SheetEntry>,
    from_1904: bool,
}

fn read_book(package: &mut Package<'_>) -> Result<Book, PartError> {
    let mut xml = Xml::new(package.part("xl/workbook.xml")?);
    let mut book = Book::default();
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "workbookPr" => {
                    book.from_1904 = matches!(
                        attribute(&element, "date1904").as_deref(),
                        Some("1" | "true" | "on")
                    );
                }
                "sheet" => book.sheets.push(SheetEntry {
                    name: attribute(&element, "name").unwrap_or_default(),
                    relation: attribute(&element, "id").unwrap_or_default(),
                    hidden: matches!(
                        attribute(&element, "state").as_deref(),
                        Some("hidden" | "veryHidden")
                    ),
                }),
                _ => {}
            },
            Event::Eof => return Ok(book),
            _ => {}
        }
    }
}

/// Relation ids with their targets.
fn read_targets(package: &mut Package<'_>) -> Result<Vec<(String, String)>, PartError> {
    let mut xml = Xml::new(package.part("xl/_rels/workbook.xml.rels")?);
    let mut targets = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                if let (Some(id), Some(target)) =
                    (attribute(&element, "Id"), attribute(&element, "Target"))
                {
                    targets.push((id, target));
                }
            }
            Event::Eof => return Ok(targets),
            _ => {}
        }
    }
}

/// The entry name of a relation's target, which is relative to `xl/` or begins at the root.
fn part_name(target: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("xl/{}", target.trim_start_matches("./")),
    }
}

/// The shared strings in one piece: a file may hold millions of empty ones.
#[derive(Default)]
struct SharedStrings {
    text: String,
    ends: Vec<u32>,
}

impl SharedStrings {
    fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize,
            None => 0,
        };
        self.text.get(start..end)
    }
}

fn read_strings(package: &mut Package<'_>) -> Result<SharedStrings, PartError> {
    let mut xml = Xml::new(package.part("xl/sharedStrings.xml")?);
    let mut strings = SharedStrings::default();
    let mut text = RichText::default();
    loop {
        match xml.next()? {
            Event::Start(element) => text.start(element.local_name().as_ref()),
            Event::End(element) => {
                let name = element.local_name();
                text.end(name.as_ref());
                if name.as_ref() == "si" {
                    text.drain_into(&mut strings.text);
                    // All parts together are below 4 GiB.
                    strings
                        .ends
                        .push(u32::try_from(strings.text.len()).unwrap_or(u32::MAX));
                }
            }
            Event::Text(part) => text.push(&part.xml10_content()),
            Event::CData(part) => text.push(&part.xml10_content()),
            Event::GeneralRef(reference) => text.push_char(referenced(&reference)),
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// Collects the `t` elements of a string, without phonetic hints (`rPh`).
#[derive(Default)]
struct RichText {
    text: String,
    in_text: bool,
    in_phonetic: bool,
}

impl RichText {
    fn start(&mut self, name: &str) {
        match name {
            "t" => self.in_text = true,
            "rPh" => self.in_phonetic = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "rPh" => self.in_phonetic = false,
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if self.in_text && !self.in_phonetic {
            self.text.push_str(text);
        }
    }

    fn push_char(&mut self, character: char) {
        if self.in_text && !self.in_phonetic {
            self.text.push(character);
        }
    }

    fn drain_into(&mut self, to: &mut String) {
        push_unescaped(&self.text, to);
        self.text.clear();
    }
}

/// Appends `text` with `_xHHHH_` escapes resolved (ISO/IEC 29500-1, 22.9.2.19).
fn push_unescaped(text: &str, to: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        to.push_str(before);
        let code = escape
            .get(2..6)
            .filter(|_| escape.get(6..7) == Some("_"))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .and_then(char::from_u32);
        match (code, escape.get(7..)) {
            (Some(character), Some(after)) => {
                to.push(character);
                rest = after;
            }
            _ => {
                to.push_str("_x");
                rest = escape.get(2..).unwrap_or("");
            }
        }
    }
    to.push_str(rest);
}

/// For each cell style: whether it shows a number as a day.
fn read_date_styles(package: &mut Package<'_>) -> Result<Vec<bool>, PartError> {
    let mut xml = Xml::new(package.part("xl/styles.xml")?);
    let mut own_formats: Vec<(u32, bool)> = Vec::new();
    let mut styles = Vec::new();
    let mut in_cell_formats = false;
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (
                        attribute(&element, "numFmtId").and_then(|id| id.parse().ok()),
                        attribute(&element, "formatCode"),
                    ) {
                        own_formats.push((id, shows_a_day(&code)));
                    }
                }
                "cellXfs" => in_cell_formats = true,
                "xf" if in_cell_formats => {
                    let id: u32 = attribute(&element, "numFmtId")
                        .and_then(|id| id.parse().ok())
                        .unwrap_or(0);
                    styles.push((id, false));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => {
                in_cell_formats = false;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    own_formats.sort_unstable();
    Ok(styles
        .into_iter()
        .map(|(id, _)| {
            match own_formats.binary_search_by_key(&id, |(own, _)| *own) {
                Ok(found) => own_formats.get(found).is_some_and(|(_, day)| *day),
                // Built-in formats with a day (ISO/IEC 29500-1, 18.8.30), those of East Asia among them.
                Err(_) => matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58),
            }
        })
        .collect())
}

/// Whether a number format shows a year or a day: `y` or `d` outside quotes, brackets and escapes.
fn shows_a_day(code: &str) -> bool {
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                characters.find(|c| *c == '"');
            }
            '[' => {
                characters.find(|c| *c == ']');
            }
            '\\' | '_' | '*' => {
                characters.next();
            }
            'y' | 'Y' | 'd' | 'D' => return true,
            _ => {}
        }
    }
    false
}

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
struct SheetReading<'r> {
    table: Table,
    strings: &'r SharedStrings,
    date_styles: &'r [bool],
    from_1904: bool,
    rows: usize,
    room: &'r mut Room,
    acting: &'r mut ControlCharacters,
    problems: &'r mut Problems,
}

impl SheetReading<'_> {
    fn read(&mut self, package: &mut Package<'_>, part: &str) -> Result<(), PartError> {
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
                            && !self.close_cell(cell)
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
                Event::Eof => return Err(PartError::End),
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
    fn close_cell(&mut self, open: OpenCell) -> bool {
        let Some(mut value) = self.value(&open) else {
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
        let mut size = 0;
        if let Cell::Text(text) = &mut value {
            self.acting.look_at(text, place);
            if text.len() > MAX_CELL_TEXT {
                self.problems.push(Problem::warning(
                    "spreadsheet-text-too-long",
                    place(),
                    format!(
                        "the cell holds {} bytes of text; the first {MAX_CELL_TEXT} were read",
                        text.len()
                    ),
                ));
                text.truncate(text.floor_char_boundary(MAX_CELL_TEXT));
            }
            size = text.len();
        }
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
                let text = written
                    .parse()
                    .ok()
                    .and_then(|index| self.strings.get(index));
                if text.is_none() {
                    self.problems.push(Problem::warning(
                        "spreadsheet-string-missing",
                        self.table.cell(open.row, open.column),
                        format!(
                            "the cell points at shared string \u{201c}{}\u{201d}, which the file does not have",
                            shortened(written, 20)
                        ),
                    ));
                }
                Cell::from_text(text?)
            }
            "inlineStr" => {
                let mut text = String::new();
                push_unescaped(&open.inline.text, &mut text);
                Cell::from_text(&text)
            }
            "str" => {
                let mut text = String::new();
                push_unescaped(&open.value, &mut text);
                Cell::from_text(&text)
            }
            "b" => match written {
                "1" | "true" => Some(Cell::Bool(true)),
                "0" | "false" => Some(Cell::Bool(false)),
                _ => None,
            },
            "d" => match super::written_day(written) {
                super::WrittenDay::Day(day) => Some(Cell::Date(day)),
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
fn put_in_order(table: &mut Table, problems: &mut Problems) {
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

    #[test]
    fn formats_that_show_a_day_are_told_from_those_that_do_not() {
        for code in [
            "yyyy-mm-dd",
            "dd.mm.yy",
            "[$-407]d. mmmm yyyy",
            "m/d/yy h:mm",
        ] {
            assert!(shows_a_day(code), "{code}");
        }
        for code in [
            "General",
            "0.00",
            "0\" days\"",
            "[Red]0.00",
            "h:mm:ss",
            "0\\d",
        ] {
            assert!(!shows_a_day(code), "{code}");
        }
    }

    #[test]
    fn escaped_characters_in_strings_are_resolved() {
        let mut text = String::new();
        push_unescaped("a_x000D_b_x_c_x00_", &mut text);
        assert_eq!(text, "a\rb_x_c_x00_");
    }
}
