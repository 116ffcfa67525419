//! Updates that a manufacturer has validated for its devices, rejected, or not looked at yet.

use jiff::civil::Date;

use crate::problem::Place;
use crate::product::ProductReference;

/// Where a manufacturer's validation of an update stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValidationStatus {
    /// It may be installed.
    Approved,
    /// It must not be installed.
    Rejected,
    /// The manufacturer is still looking at it.
    Pending,
}

impl ValidationStatus {
    /// The word used in output and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Pending => "pending",
        }
    }

    /// The status of that word, as [`Self::as_str`] spells it.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Approved, Self::Rejected, Self::Pending]
            .into_iter()
            .find(|status| status.as_str() == word)
    }
}

/// One update in one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidatedUpdate {
    /// The update, as its author calls it: `KB5034127`, `openssl 3.0.13`.
    pub update: String,
    /// The device's release that it is for.
    pub release: ProductReference,
    /// Where its validation stands.
    pub status: ValidationStatus,
    /// Since when.
    pub date: Option<Date>,
    /// What the manufacturer adds: an order of installation, an own number.
    pub remark: Option<String>,
    /// Where it stands in the paper.
    pub place: Place,
}

/// A manufacturer's list of validated updates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdateList {
    /// The manufacturer, where one is named for all rows.
    pub manufacturer: Option<String>,
    /// Its rows.
    pub updates: Vec<ValidatedUpdate>,
}
