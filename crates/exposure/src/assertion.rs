//! One voice in the choir: what a match or a statement says of a flaw in a release.

use isocenter_model::applicability::Node;
use isocenter_model::digest::Digest;
use isocenter_model::finding::{Evidence, Match, MissingFact, Verdict};
use isocenter_model::statement::Remediation;
use jiff::Timestamp;

/// How far a voice reaches. The manufacturer answers for its product, a supplier for its
/// component; feeds and third parties are weighed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// A vulnerability feed, or somebody who neither makes the device nor the component.
    Observer,
    /// The maker of the component.
    Supplier,
    /// The maker of the device.
    Manufacturer,
}

/// What one source says of one flaw, in a release as a whole or in one of its components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// The flaw's id in that source.
    pub vulnerability: String,
    /// Other ids of the same flaw.
    pub aliases: Vec<String>,
    /// The component spoken of; `None` for the release as a whole.
    pub component: Option<Digest>,
    /// Whose voice it is.
    pub standing: Standing,
    /// Whether it is somebody's statement on this product and no match of ours.
    pub is_statement: bool,
    /// What it says.
    pub verdict: Verdict,
    /// Why.
    pub evidence: Vec<Evidence>,
    /// What is missing, when undetermined.
    pub missing: Option<MissingFact>,
    /// What the source offers to do.
    pub remediations: Vec<Remediation>,
    /// When it was said.
    pub issued: Option<Timestamp>,
    /// Operating systems that it is limited to, as written.
    pub platforms: Vec<String>,
    /// What must hold in the release for the verdict to hold.
    pub condition: Option<Node>,
}

impl Assertion {
    /// The assertion that follows from a match with a record; `remediations` are the record's.
    pub fn from_match(
        matched: &Match,
        component: Option<Digest>,
        remediations: &[Remediation],
        issued: Option<Timestamp>,
    ) -> Self {
        Self {
            vulnerability: matched.vulnerability.clone(),
            aliases: matched.aliases.clone(),
            component,
            standing: Standing::Observer,
            is_statement: false,
            verdict: matched.verdict,
            evidence: matched.evidence.clone(),
            missing: matched.missing.clone(),
            remediations: remediations.to_vec(),
            issued,
            platforms: matched.platforms.clone(),
            condition: matched.condition.clone(),
        }
    }
}
