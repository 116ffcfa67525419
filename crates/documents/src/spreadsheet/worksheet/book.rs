//! The sheets that a workbook lists.

use quick_xml::events::Event;

use super::xml::{PartError, Xml, attribute};
use crate::spreadsheet::package::Package;

/// Sheets and relations that are kept; a file may list millions.
const MAX_LISTED: usize = 4_096;

/// One sheet as the workbook lists it.
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) relation: String,
    pub(super) hidden: bool,
}

/// What the workbook part says.
#[derive(Default)]
pub(super) struct Book {
    pub(super) sheets: Vec<SheetEntry>,
    pub(super) from_1904: bool,
}

/// Reads the list of sheets.
pub(super) fn read_book(package: &mut Package<'_>) -> Result<Book, PartError> {
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
                "sheet" if book.sheets.len() < MAX_LISTED => book.sheets.push(SheetEntry {
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
pub(super) fn read_targets(package: &mut Package<'_>) -> Result<Vec<(String, String)>, PartError> {
    let mut xml = Xml::new(package.part("xl/_rels/workbook.xml.rels")?);
    let mut targets = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                if let (Some(id), Some(target)) =
                    (attribute(&element, "Id"), attribute(&element, "Target"))
                    && targets.len() < MAX_LISTED
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
pub(super) fn part_name(target: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("xl/{}", target.trim_start_matches("./")),
    }
}
