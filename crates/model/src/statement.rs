//! Somebody's word on a flaw in a product: VEX in the words of CSAF 2.0 and CycloneDX.

use jiff::Timestamp;

use crate::product::ProductReference;

/// What a statement or a version range says of a product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// The flaw is present and can matter.
    Affected,
    /// The flaw is absent or cannot matter here.
    NotAffected,
    /// The flaw was present and has been removed in this version.
    Fixed,
    /// It is being looked into.
    UnderInvestigation,
    /// The source says that it does not know, or says nothing.
    #[default]
    Unknown,
}

impl Status {
    /// The word used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Affected => "affected",
            Self::NotAffected => "not affected",
            Self::Fixed => "fixed",
            Self::UnderInvestigation => "under investigation",
            Self::Unknown => "unknown",
        }
    }

    /// The status of that word, as [`Self::as_str`] spells it.
    pub fn from_word(word: &str) -> Option<Self> {
        [
            Self::Affected,
            Self::NotAffected,
            Self::Fixed,
            Self::UnderInvestigation,
            Self::Unknown,
        ]
        .into_iter()
        .find(|status| status.as_str() == word)
    }
}

/// What can be done, as the author of an advisory offers it (CSAF 2.0, 3.2.3.12).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remediation {
    /// CSAF category: `vendor_fix`, `mitigation`, `workaround`, `no_fix_planned`, `none_available` …
    pub category: String,
    /// In the author's words.
    pub details: String,
    /// Where to get it.
    pub url: Option<String>,
}

/// One statement: this flaw, in this product (or in this component of it), has this status.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statement {
    /// The flaw: a CVE id, or the author's own id.
    pub vulnerability: String,
    /// Other ids of the same flaw.
    pub aliases: Vec<String>,
    /// The product spoken of.
    pub product: ProductReference,
    /// The part inside that product, when the statement narrows it down.
    pub component: Option<ProductReference>,
    /// What is said.
    pub status: Status,
    /// Why it is not affected: a CSAF flag label, a CycloneDX or OpenVEX justification, as written.
    pub justification: Option<String>,
    /// Impact or action text in the author's words.
    pub detail: Option<String>,
    /// What can be done.
    pub remediations: Vec<Remediation>,
    /// Who says so.
    pub author: Option<String>,
    /// When it was said.
    pub issued: Option<Timestamp>,
}
