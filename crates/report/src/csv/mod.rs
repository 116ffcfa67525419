//! CSV (RFC 4180) for maintenance systems and spreadsheets: UTF-8 without a byte order mark,
//! commas, CRLF, one header line with snake_case names, and nothing that is not a row.
//!
//! Two rules apply to every table:
//!
//! - A text that a spreadsheet would run as a formula gets an apostrophe in front
//!   (see [`safe_cell`]).
//! - The last column, `decision_support_notice`, holds the disclaimer in the first row only.
//!   Comment lines and trailing text would stop the parsers of maintenance systems; a column that
//!   nobody maps does not.

mod rows;
mod site;
mod table;

use isocenter_model::assessment::{
    Assessment, ComponentView, DeviceView, FindingView, ReleaseView, SourceView, VulnerabilityView,
};
use jiff::Timestamp;

pub use site::{lifecycle, observations, updates};
pub use table::safe_cell;

use crate::ReportError;
use crate::index::Index;
use table::written;

/// The worklist: one row for each device and open finding, with a stable id. It is taken back
/// when `status` and `comment` have been filled in; the ids say which row is meant, so that the
/// other columns may be left out, moved or translated.
pub fn worklist(assessment: &Assessment) -> Result<Vec<u8>, ReportError> {
    let index = Index::of_releases(&assessment.releases);
    written(
        &rows::WORKLIST,
        assessment
            .worklist
            .iter()
            .map(|item| rows::work_item(item, assessment, &index)),
    )
}

/// Devices.
pub fn devices(devices: &[DeviceView]) -> Result<Vec<u8>, ReportError> {
    written(&rows::DEVICES, devices.iter().map(rows::device))
}

/// Releases.
pub fn releases(releases: &[ReleaseView]) -> Result<Vec<u8>, ReportError> {
    written(&rows::RELEASES, releases.iter().map(rows::release))
}

/// Components; `releases` gives the names of the releases that contain them.
pub fn components(
    components: &[ComponentView],
    releases: &[ReleaseView],
) -> Result<Vec<u8>, ReportError> {
    let index = Index::of_releases(releases);
    written(
        &rows::COMPONENTS,
        components.iter().map(|view| rows::component(view, &index)),
    )
}

/// Vulnerabilities; `releases` gives the names of the releases that have them.
pub fn vulnerabilities(
    vulnerabilities: &[VulnerabilityView],
    releases: &[ReleaseView],
) -> Result<Vec<u8>, ReportError> {
    let index = Index::of_releases(releases);
    written(
        &rows::VULNERABILITIES,
        vulnerabilities
            .iter()
            .map(|view| rows::vulnerability(view, &index)),
    )
}

/// Findings; `releases` gives the names of their releases.
pub fn findings(
    findings: &[FindingView],
    releases: &[ReleaseView],
) -> Result<Vec<u8>, ReportError> {
    let index = Index::of_releases(releases);
    written(
        &rows::FINDINGS,
        findings.iter().map(|view| rows::finding(view, &index)),
    )
}

/// Documents with their age at `now`.
pub fn documents(documents: &[SourceView], now: Timestamp) -> Result<Vec<u8>, ReportError> {
    written(
        &rows::DOCUMENTS,
        documents.iter().map(|view| rows::document(view, now)),
    )
}
