//! Text for people at a prompt. Fully readable without colour; every page ends in a line break.
use isocenter_model::assessment::{
    Assessment, ComponentView, DeviceView, FindingView, ReleaseView, SourceView, VulnerabilityView,
};
use isocenter_model::document::CheckedFile;
use jiff::Timestamp;

/// How text may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI colours are written. Nothing is told by colour alone.
    pub color: bool,
    /// Columns of the terminal; 0 means unlimited, for output that is no terminal.
    pub width: usize,
    /// Whether characters beyond ASCII (`█`, `·`, `…`) may be used for drawing.
    pub unicode: bool,
}

impl Default for Style {
    /// No colour, 100 columns, Unicode.
    fn default() -> Self {
        Self {
            color: false,
            width: 100,
            unicode: true,
        }
    }
}

/// What `assess` prints.
pub fn summary(_assessment: &Assessment, _style: &Style) -> String {
    String::new()
}

/// What `check` and `import` print of their files.
pub fn checked(_files: &[CheckedFile], _style: &Style) -> String {
    String::new()
}

/// Columns under headers, cut to fit `width` columns (0: uncut).
pub fn table(_headers: &[&str], _rows: &[Vec<String>], _width: usize) -> String {
    String::new()
}

/// A list of devices.
pub fn devices(_devices: &[DeviceView], _style: &Style) -> String {
    String::new()
}

/// A list of releases.
pub fn releases(_releases: &[ReleaseView], _style: &Style) -> String {
    String::new()
}

/// A list of components; `releases` gives the names of the releases that contain them.
pub fn components(
    _components: &[ComponentView],
    _releases: &[ReleaseView],
    _style: &Style,
) -> String {
    String::new()
}

/// A list of vulnerabilities; `releases` gives the names of the releases that have them.
pub fn vulnerabilities(
    _vulnerabilities: &[VulnerabilityView],
    _releases: &[ReleaseView],
    _style: &Style,
) -> String {
    String::new()
}

/// A list of findings; `releases` gives the names of their releases.
pub fn findings(_findings: &[FindingView], _releases: &[ReleaseView], _style: &Style) -> String {
    String::new()
}

/// A list of documents with their age at `now`.
pub fn documents(_documents: &[SourceView], _now: Timestamp, _style: &Style) -> String {
    String::new()
}

/// The page of one device: what is known of it and its findings, from the whole answer.
pub fn device(_view: &DeviceView, _assessment: &Assessment, _style: &Style) -> String {
    String::new()
}

/// The page of one release.
pub fn release(_view: &ReleaseView, _assessment: &Assessment, _style: &Style) -> String {
    String::new()
}

/// The page of one finding, with all its evidence and the sum of its urgency.
pub fn finding(_view: &FindingView, _assessment: &Assessment, _style: &Style) -> String {
    String::new()
}

/// The page of one component with the findings that rest on it.
pub fn component(_view: &ComponentView, _assessment: &Assessment, _style: &Style) -> String {
    String::new()
}

/// The page of one vulnerability with its findings.
pub fn vulnerability(
    _view: &VulnerabilityView,
    _assessment: &Assessment,
    _style: &Style,
) -> String {
    String::new()
}

/// The page of one document with its problems.
pub fn document(_view: &SourceView, _now: Timestamp, _style: &Style) -> String {
    String::new()
}
