//! Support life: the days on which support of a product begins and ends, as somebody states them.
//!
//! The same letters mean different things in different papers: "EOL" is the end of sales in the imaging industry's
//! notices (NEMA/MITA), the end of security fixes at endoflife.date, and the end of everything in CLE and
//! OpenEoX. So a milestone is kept as what it means, never as an acronym.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::product::ProductReference;

/// What begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MilestoneKind {
    /// It can be had (CLE `released`, OpenEoX general availability, endoflife.date `releaseDate`).
    GeneralAvailability,
    /// It can no longer be ordered (OpenEoX end of sales, CLE `endOfMarketing` and `endOfDistribution`,
    /// endoflife.date `discontinued`; "EOL" in many imaging notices).
    EndOfSales,
    /// No more features (CLE `endOfDevelopment`, endoflife.date `eoas`).
    EndOfDevelopment,
    /// No more security fixes (CLE `endOfSupport`, OpenEoX end of security support, endoflife.date `eol`).
    EndOfSecuritySupport,
    /// All support ends (CLE `endOfLife`, OpenEoX end of life, endoflife.date `eoes`; "EOS", "end of service" in
    /// imaging notices).
    EndOfSupport,
    /// Another version takes its place (CLE `supersededBy`).
    Superseded,
    /// An earlier statement no longer holds (CLE `withdrawn`).
    Withdrawn,
}

impl MilestoneKind {
    /// Every kind, in the order of a life.
    pub const ALL: [Self; 7] = [
        Self::GeneralAvailability,
        Self::EndOfSales,
        Self::EndOfDevelopment,
        Self::EndOfSecuritySupport,
        Self::EndOfSupport,
        Self::Superseded,
        Self::Withdrawn,
    ];

    /// The word used in output and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GeneralAvailability => "general availability",
            Self::EndOfSales => "end of sales",
            Self::EndOfDevelopment => "end of development",
            Self::EndOfSecuritySupport => "end of security support",
            Self::EndOfSupport => "end of support",
            Self::Superseded => "superseded",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The kind of that word, as [`Self::as_str`] spells it.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// When a milestone is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// On that day.
    Day(Date),
    /// It has been reached; nobody says when.
    Reached,
    /// It has not been reached; nobody says when it will be.
    NotReached,
    /// It is to be announced (OpenEoX `tba`).
    ToBeAnnounced,
    /// On some day from the first to the last: a month, a quarter, a year, or a day that can be read
    /// in two ways.
    Within {
        /// The earliest day that it can be.
        first: Date,
        /// The latest day that it can be.
        last: Date,
    },
    /// The source was asked and does not know.
    Unknown,
    /// In words: "until hardware support ends".
    Words(String),
}

/// One milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// What begins or ends.
    pub kind: MilestoneKind,
    /// When.
    pub at: Moment,
    /// The support offer that it speaks of, where a maker has several.
    pub offer: Option<String>,
}

/// One line of a product's life: a version or a range of versions with its milestones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LifecycleEntry {
    /// The product, with the version or range that the milestones are for.
    pub product: ProductReference,
    /// How its author calls this line: `22H2`, `24.04 LTS`.
    pub label: Option<String>,
    /// Its milestones.
    pub milestones: Vec<Milestone>,
    /// The newest version of this line, as the author knows it.
    pub latest: Option<String>,
    /// What takes its place.
    pub successor: Option<String>,
    /// What the author adds: reason, offer, remark.
    pub remark: Option<String>,
    /// When it was said.
    pub stated: Option<Timestamp>,
}

/// A paper on support life.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LifecycleNotice {
    /// Who says so.
    pub author: Option<String>,
    /// When it was made or last changed.
    pub dated: Option<Timestamp>,
    /// Package URLs and CPE names under which all entries of one product are known, by the product's name.
    pub identifiers: Vec<ProductIdentifiers>,
    /// Its lines.
    pub entries: Vec<LifecycleEntry>,
}

/// The names under which one product is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductIdentifiers {
    /// The product's name, as in [`ProductReference::name`] of the entries.
    pub product: String,
    /// Package URLs without version.
    pub purls: Vec<String>,
    /// CPE names.
    pub cpes: Vec<String>,
}

/// How well a part is looked after by its maker (FDA, "Cybersecurity in Medical Devices", V.A.4(b)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SupportLevel {
    /// Flaws are corrected.
    ActivelyMaintained,
    /// Its maker has ended maintenance.
    NoLongerMaintained,
    /// Nobody looks after it.
    Abandoned,
    /// The source was asked and does not know.
    Unknown,
}

impl SupportLevel {
    /// Every level.
    pub const ALL: [Self; 4] = [
        Self::ActivelyMaintained,
        Self::NoLongerMaintained,
        Self::Abandoned,
        Self::Unknown,
    ];

    /// The words used in output and in the store: the guidance's own.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ActivelyMaintained => "actively maintained",
            Self::NoLongerMaintained => "no longer maintained",
            Self::Abandoned => "abandoned",
            Self::Unknown => "unknown",
        }
    }

    /// The level of these words, as [`Self::as_str`] spells them.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == word)
    }
}

/// What a bill of materials says of the support of one part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Support {
    /// How well it is looked after; `None` when the paper does not say, or not in words that are
    /// known.
    pub level: Option<SupportLevel>,
    /// What the paper wrote of that.
    pub level_written: Option<String>,
    /// When what begins or ends, in reading order.
    pub milestones: Vec<Milestone>,
}

impl Support {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.level_written.is_none() && self.milestones.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_names_its_kind_and_level() {
        for kind in MilestoneKind::ALL {
            assert_eq!(MilestoneKind::from_word(kind.as_str()), Some(kind));
        }
        for level in SupportLevel::ALL {
            assert_eq!(SupportLevel::from_word(level.as_str()), Some(level));
        }
    }
}
