//! A workbook for people who filter and plan.
use isocenter_model::assessment::Assessment;

use crate::ReportError;

/// The whole answer as sheets: Summary, Worklist, Devices, Releases, Findings, Missing facts,
/// Actions, Sources.
pub fn assessment(_assessment: &Assessment) -> Result<Vec<u8>, ReportError> {
    Ok(Vec::new())
}
