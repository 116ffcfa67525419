//! What somebody saw on site: evidence that a control is in place on one device, or that it is not.

use jiff::Timestamp;

use crate::problem::Place;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObservationResult {
    /// The control is in place.
    Present,
    /// The control is not in place.
    Absent,
    /// It does not apply to this device.
    NotApplicable,
    /// In words or as a value: `TLS 1.2`, `port 104 open`.
    Words(String),
}

impl ObservationResult {
    /// The word used in output, or what was written.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Present => "present",
            Self::Absent => "absent",
            Self::NotApplicable => "not applicable",
            Self::Words(words) => words,
        }
    }
}

/// One observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The device, by the hospital's own id or what else it is called by.
    pub device: String,
    /// What was looked at, in the observer's words: `default account removed`, `AC-2`, `TLS on port 2762`.
    pub control: String,
    /// What was found.
    pub result: ObservationResult,
    /// How: by hand, scan, interview, document.
    pub method: Option<String>,
    /// Who saw it.
    pub by: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
    /// A remark.
    pub remark: Option<String>,
    /// Where it stands in the paper.
    pub place: Place,
}
