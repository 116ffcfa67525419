//! CSV (RFC 4180) for maintenance systems and spreadsheets.
use isocenter_model::assessment::{
    Assessment, ComponentView, DeviceView, FindingView, ReleaseView, SourceView, VulnerabilityView,
};

use jiff::Timestamp;

use crate::ReportError;

/// The worklist: one row for each device and open finding, with a stable id.
pub fn worklist(_assessment: &Assessment) -> Result<Vec<u8>, ReportError> {
    Ok(Vec::new())
}

/// Devices.
pub fn devices(_devices: &[DeviceView]) -> Result<Vec<u8>, ReportError> {
    Ok(Vec::new())
}

/// Releases.
pub fn releases(_releases: &[ReleaseView]) -> Result<Vec<u8>, ReportError> {
    Ok(Vec::new())
}

/// Components; `releases` gives the names of the releases that contain them.
pub fn components(
    _components: &[ComponentView],
    _releases: &[ReleaseView],
) -> Result<Vec<u8>, ReportError> {
    Ok(Vec::new())
}

/// Vulnerabilities; `releases` gives the names of the releases that have them.
pub fn vulnerabilities(
    _vulnerabilities: &[VulnerabilityView],
    _releases: &[ReleaseView],
) -> Result<Vec<u8>, ReportError> {
    Ok(Vec::new())
}

/// Findings; `releases` gives the names of their releases.
pub fn findings(
    _findings: &[FindingView],
    _releases: &[ReleaseView],
) -> Result<Vec<u8>, ReportError> {
    Ok(Vec::new())
}

/// Documents with their age at `now`.
pub fn documents(_documents: &[SourceView], _now: Timestamp) -> Result<Vec<u8>, ReportError> {
    Ok(Vec::new())
}
