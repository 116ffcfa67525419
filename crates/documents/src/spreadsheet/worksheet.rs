//! Worksheet files (.xlsx): the few parts that hold values.
//!
//! Read here and not with a spreadsheet library, because a library stops at the first bad cell
//! reference (calamine 0.38 even aborts: its arithmetic on references is unchecked), sizes arrays by
//! stray cells, and keeps every style. Here a bad cell costs that cell.

mod book;
mod sheet;
mod strings;
mod styles;
mod xml;

use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};

use self::book::{part_name, read_book, read_targets};
use self::sheet::{SheetReading, put_in_order};
use self::strings::{SharedStrings, read_strings};
use self::styles::read_date_styles;
use self::xml::PartError;
use super::package::{Package, PackageError};
use super::{ControlCharacters, Extent, Problems, Room, Table, Workbook};

/// Sheets that are read. Forms and exports have one or a few.
pub(crate) const MAX_SHEETS: usize = 64;

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
                format!(
                    "cell formats cannot be read, so days may be shown as numbers: {}",
                    shortened(&error.to_string(), 200)
                ),
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
                // The name stands in the place of every problem.
                sheet: Some(shortened(&sheet.name, 60)),
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
                format!(
                    "the sheet cannot be read beyond this row: {}",
                    shortened(&error.to_string(), 200)
                ),
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
        format!(
            "{part} of the workbook cannot be read: {}",
            shortened(&error.to_string(), 200)
        ),
    )
}
