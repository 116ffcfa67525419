//! A workbook for people who filter and plan.
//!
//! Every sheet has a frozen header, filters, widths, real dates and numbers, and prints in
//! landscape with its header on every page and the disclaimer at the foot. Urgency has a colour
//! and always its word. Vendor strings are written as strings, so that none is a formula.

mod sheet;
mod sheets;
mod summary;

use isocenter_model::assessment::{Assessment, DISCLAIMER};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::ReportError;
use crate::index::Index;
use sheet::Formats;

/// Rows of one sheet. Nobody reads more in a spreadsheet, and a workbook is made in memory; the
/// summary says how many are left out and that the CSV holds them all.
const ROWS: usize = 50_000;

/// The whole answer as sheets: Summary, Worklist, Devices, Releases, Findings, Missing facts,
/// Actions, Sources.
pub fn assessment(assessment: &Assessment) -> Result<Vec<u8>, ReportError> {
    let mut workbook = Workbook::new();
    let index = Index::new(assessment);
    let formats = Formats::new();
    workbook.set_properties(&properties(assessment));
    summary::write(workbook.add_worksheet(), assessment, &index, &formats)?;
    sheets::worklist(workbook.add_worksheet(), assessment, &index, &formats)?;
    sheets::devices(workbook.add_worksheet(), assessment, &index, &formats)?;
    sheets::releases(workbook.add_worksheet(), assessment, &formats)?;
    sheets::findings(workbook.add_worksheet(), assessment, &index, &formats)?;
    sheets::missing(workbook.add_worksheet(), assessment, &index, &formats)?;
    sheets::actions(workbook.add_worksheet(), assessment, &index, &formats)?;
    sheets::sources(workbook.add_worksheet(), assessment, &formats)?;
    workbook.save_to_buffer().map_err(ReportError::Workbook)
}

/// Properties with the moment of the answer: the writer would take the clock's.
fn properties(assessment: &Assessment) -> DocProperties {
    let properties = DocProperties::new()
        .set_title("Isocenter assessment")
        .set_author(format!("Isocenter {}", assessment.version))
        .set_comment(DISCLAIMER);
    match ExcelDateTime::from_timestamp(assessment.made.as_second()) {
        Ok(made) => properties.set_creation_datetime(&made),
        // A moment that spreadsheets cannot hold: their first one, rather than the clock's.
        Err(_) => properties.set_creation_datetime(&ExcelDateTime::default()),
    }
}
