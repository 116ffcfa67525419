//! Why a report could not be written.

/// A report that could not be made. None of these comes from what the papers say: a text that
/// cannot be shown is cut or replaced, never refused.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The JSON document.
    #[error("the JSON document could not be written")]
    Json(#[source] serde_json::Error),
    /// The CSV table.
    #[error("the CSV table could not be written")]
    Csv(#[source] ::csv::Error),
    /// One sheet of the workbook.
    #[error("sheet `{sheet}` of the workbook could not be written")]
    Sheet {
        /// Name of the sheet.
        sheet: &'static str,
        /// What the workbook writer says.
        #[source]
        source: rust_xlsxwriter::XlsxError,
    },
    /// The workbook as a whole.
    #[error("the workbook could not be written")]
    Workbook(#[source] rust_xlsxwriter::XlsxError),
    /// The HTML page.
    #[error("the HTML page could not be written")]
    Html(#[source] askama::Error),
}
