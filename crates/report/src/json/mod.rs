//! JSON for programs. The shape is documented field by field in `docs/reference/json.md`.
use isocenter_model::assessment::{
    Assessment, ComponentView, DeviceView, FindingView, ReleaseView, SourceView, VulnerabilityView,
};
use isocenter_model::document::CheckedFile;

use crate::ReportError;

/// The whole answer.
pub fn assessment(_assessment: &Assessment) -> Result<Vec<u8>, ReportError> {
    Ok(Vec::new())
}

/// Files as `check` and `import` report them, under `files`.
pub fn checked(_files: &[CheckedFile]) -> Result<Vec<u8>, ReportError> {
    Ok(Vec::new())
}

/// Devices, under `devices`.
pub fn devices(_devices: &[DeviceView]) -> Result<Vec<u8>, ReportError> {
    Ok(Vec::new())
}

/// Releases, under `releases`.
pub fn releases(_releases: &[ReleaseView]) -> Result<Vec<u8>, ReportError> {
    Ok(Vec::new())
}

/// Components, under `components`.
pub fn components(_components: &[ComponentView]) -> Result<Vec<u8>, ReportError> {
    Ok(Vec::new())
}

/// Vulnerabilities, under `vulnerabilities`.
pub fn vulnerabilities(_vulnerabilities: &[VulnerabilityView]) -> Result<Vec<u8>, ReportError> {
    Ok(Vec::new())
}

/// Findings, under `findings`.
pub fn findings(_findings: &[FindingView]) -> Result<Vec<u8>, ReportError> {
    Ok(Vec::new())
}

/// Documents, under `documents`.
pub fn documents(_documents: &[SourceView]) -> Result<Vec<u8>, ReportError> {
    Ok(Vec::new())
}
