//! Matches, findings, verdicts and their evidence.
//!
//! A [`Match`] is one distinct component (or one release) held against one record, computed
//! once. A [`Finding`] is one release and one flaw, after all matches and statements. What a
//! device has follows from its release and is stored only where a site decides otherwise.

use jiff::Timestamp;

use crate::applicability::Node;
use crate::digest::Digest;
use crate::statement::Remediation;

/// What is known of a flaw in a product. Where the data do not decide it is `Undetermined`,
/// never a quiet yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The flaw is there.
    Affected,
    /// Somebody responsible is looking into it.
    UnderInvestigation,
    /// The data do not decide; the missing fact is named.
    Undetermined,
    /// It was there and this version has the correction.
    Fixed,
    /// The flaw is not there or cannot matter.
    NotAffected,
}

impl Verdict {
    /// Every verdict, the most pressing first.
    pub const ALL: [Self; 5] = [
        Self::Affected,
        Self::UnderInvestigation,
        Self::Undetermined,
        Self::Fixed,
        Self::NotAffected,
    ];

    /// The words used in output and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Affected => "affected",
            Self::UnderInvestigation => "under investigation",
            Self::Undetermined => "undetermined",
            Self::Fixed => "fixed",
            Self::NotAffected => "not affected",
        }
    }

    /// The verdict of those words; hyphens and underscores count as blanks.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.replace(['-', '_'], " ").to_lowercase();
        Self::ALL
            .into_iter()
            .find(|verdict| verdict.as_str() == word)
    }

    /// Whether work may remain: the flaw is there, or it is not known that it is not.
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::Affected | Self::UnderInvestigation | Self::Undetermined
        )
    }
}

/// How our name of a thing and a source's name of it were found to mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Equal package URL: type, namespace and name.
    Purl,
    /// CPE names that intersect, attribute by attribute.
    Cpe,
    /// Maker and product name of a device, equal after normalisation.
    ProductName,
    /// The paper points at its own part (a bom-ref, an embedded record).
    Reference,
}

impl Relation {
    /// The word used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Purl => "purl",
            Self::Cpe => "cpe",
            Self::ProductName => "product name",
            Self::Reference => "reference",
        }
    }

    /// The relation of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Purl, Self::Cpe, Self::ProductName, Self::Reference]
            .into_iter()
            .find(|relation| relation.as_str() == word)
    }
}

/// What one source says of one flaw in one thing, and why that is our reading of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Id of the flaw in that source.
    pub record: String,
    /// The source: `CVE`, `CSAF ICSMA-21-175-01`, `VEX …`.
    pub source: String,
    /// Who says it inside that source: `CNA microsoft`, a statement's author.
    pub asserted_by: String,
    /// The stored document it rests on.
    pub document: Option<Digest>,
    /// How the names relate.
    pub relation: Relation,
    /// Our name of the thing.
    pub subject: String,
    /// The source's name of it.
    pub object: String,
    /// The versions the source speaks of, as it writes them.
    pub range: String,
    /// Code of the rule that decided: `version-in-range`, `statement-overrides` …
    pub rule: String,
    /// What follows from this source alone.
    pub verdict: Verdict,
    /// The reading in one sentence for a person.
    pub explanation: String,
}

/// Who acts (IMDRF N60, chapter 4: shared responsibility).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartyRole {
    /// Makes the device and is responsible for what is inside it.
    Manufacturer,
    /// Runs the device and the network around it.
    HealthDeliveryOrganization,
    /// Makes a component that the manufacturer built in.
    Supplier,
}

impl PartyRole {
    /// The word used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Manufacturer => "manufacturer",
            Self::HealthDeliveryOrganization => "hospital",
            Self::Supplier => "supplier",
        }
    }

    /// The role of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        [
            Self::Manufacturer,
            Self::HealthDeliveryOrganization,
            Self::Supplier,
        ]
        .into_iter()
        .find(|role| role.as_str() == word)
    }
}

/// The one fact without which a verdict cannot be reached.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MissingFact {
    /// Code of the kind of fact: `component-version`, `comparable-version`, `record-range`,
    /// `device-version`, `platform`, `configuration`, `recall-product`, `recall-units`.
    pub kind: String,
    /// What the fact is about: a component's or a record's name.
    pub about: String,
    /// The fact to find, as a noun phrase: `version of Windows 10 IoT`.
    pub fact: String,
    /// Who can supply it.
    pub ask: PartyRole,
}

/// One distinct thing held against one record. Computed once, whatever releases contain it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The flaw's id in the record.
    pub vulnerability: String,
    /// Other ids of the same flaw.
    pub aliases: Vec<String>,
    /// What follows.
    pub verdict: Verdict,
    /// Why.
    pub evidence: Vec<Evidence>,
    /// What is missing, when undetermined.
    pub missing: Option<MissingFact>,
    /// Operating systems that the record limits itself to, as written; empty when it does not.
    pub platforms: Vec<String>,
    /// What must hold in the release for the verdict to hold: a configuration, the matched product among it.
    pub condition: Option<Node>,
}

/// How pressing an open finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UrgencyClass {
    /// Act now: today or at the next safe moment.
    Now,
    /// Act soon: in the running maintenance period.
    Soon,
    /// Put it into the plan.
    Planned,
    /// Watch; nothing to do until something changes.
    Watch,
}

impl UrgencyClass {
    /// Every class, the most pressing first.
    pub const ALL: [Self; 4] = [Self::Now, Self::Soon, Self::Planned, Self::Watch];

    /// The word used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Soon => "soon",
            Self::Planned => "planned",
            Self::Watch => "watch",
        }
    }

    /// The class of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == word)
    }
}

/// One term of the urgency formula, so that a person can add it up again.
#[derive(Debug, Clone, PartialEq)]
pub struct UrgencyTerm {
    /// What is weighed: `known exploited`, `EPSS`, `CVSS`, `exposure`, `clinical role`.
    pub name: String,
    /// Its value in words: `9.8 (3.1)`, `listed 2021-12-10`, `unknown`.
    pub value: String,
    /// The points it gives.
    pub points: f64,
}

/// How pressing, with the sum that says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Urgency {
    /// The class that the points fall into.
    pub class: UrgencyClass,
    /// Sum of the terms, 0 to 100.
    pub points: f64,
    /// The terms.
    pub terms: Vec<UrgencyTerm>,
}

/// A part named in a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ComponentRef {
    /// The distinct component.
    pub id: Digest,
    /// Name with group, for people.
    pub name: String,
    /// Version as written.
    pub version: Option<String>,
    /// Package URL.
    pub purl: Option<String>,
    /// First CPE name.
    pub cpe: Option<String>,
    /// Kind, in CycloneDX's word.
    pub kind: String,
}

/// One release and one flaw.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Stable id, the same in every run on the same papers: `F-` and ten hexadecimal digits.
    pub id: String,
    /// The release.
    pub release: Digest,
    /// The flaw's leading id: the CVE id where there is one.
    pub vulnerability: String,
    /// All its other ids.
    pub aliases: Vec<String>,
    /// The part that decides; `None` when a source names the device itself.
    pub component: Option<ComponentRef>,
    /// Further parts of the release with the same flaw.
    pub other_components: Vec<ComponentRef>,
    /// What holds, after all sources and statements.
    pub verdict: Verdict,
    /// What the matches alone say, when a statement overrides them.
    pub matched_verdict: Option<Verdict>,
    /// Everything it rests on, the deciding piece first.
    pub evidence: Vec<Evidence>,
    /// What is missing, when undetermined.
    pub missing: Option<MissingFact>,
    /// What the sources offer to do.
    pub remediations: Vec<Remediation>,
    /// Who must act.
    pub owner: PartyRole,
    /// What they must do, in one sentence.
    pub action: String,
}

impl Finding {
    /// The stable id of the finding of `vulnerability` in `release`.
    pub fn id_of(release: &Digest, vulnerability: &str) -> String {
        let digest = Digest::of_parts([release.to_string().as_str(), vulnerability]);
        format!("F-{}", &digest.to_string()[..10])
    }
}

/// What a hospital decided on a worklist row. Appended, never overwritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The worklist row (`W-…`) it is about.
    pub item: String,
    /// Status as the hospital's system writes it: `open`, `in progress`, `done` …
    pub status: String,
    /// A remark.
    pub comment: Option<String>,
    /// Who decided.
    pub actor: String,
    /// When it was recorded.
    pub at: Timestamp,
}

/// The stable id of one device's row for one finding in a worklist: `W-` and ten hexadecimal digits.
pub fn worklist_id(asset_id: &str, finding: &str) -> String {
    let digest = Digest::of_parts([asset_id, finding]);
    format!("W-{}", &digest.to_string()[..10])
}
