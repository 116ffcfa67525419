//! The answer: what a person or a program is shown. `workspace` builds it, `report` renders it.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::component::Component;
use crate::digest::Digest;
use crate::document::DocumentKind;
use crate::equipment::EquipmentRecord;
use crate::finding::{Decision, Finding, MissingFact, PartyRole, Urgency, UrgencyClass, Verdict};
use crate::network::HostScan;
use crate::problem::Problem;
use crate::product::{Device, Release};

/// Printed on every output.
pub const DISCLAIMER: &str = "Decision support for security work. Not a medical device: it does \
    not diagnose, treat or control, and every clinical decision stays with the people responsible.";

/// Counts of open findings by urgency, and of all findings by verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Affected or under investigation, urgency `now`.
    pub now: u64,
    /// … `soon`.
    pub soon: u64,
    /// … `planned`.
    pub planned: u64,
    /// … `watch`.
    pub watch: u64,
    /// Undetermined: never counted as clean.
    pub undetermined: u64,
    /// Fixed.
    pub fixed: u64,
    /// Not affected.
    pub not_affected: u64,
}

impl Counts {
    /// Counts one finding.
    pub fn add(&mut self, verdict: Verdict, class: UrgencyClass) {
        match verdict {
            Verdict::Undetermined => self.undetermined += 1,
            Verdict::Fixed => self.fixed += 1,
            Verdict::NotAffected => self.not_affected += 1,
            Verdict::Affected | Verdict::UnderInvestigation => match class {
                UrgencyClass::Now => self.now += 1,
                UrgencyClass::Soon => self.soon += 1,
                UrgencyClass::Planned => self.planned += 1,
                UrgencyClass::Watch => self.watch += 1,
            },
        }
    }

    /// Affected or under investigation, whatever the urgency.
    pub fn affected(&self) -> u64 {
        self.now + self.soon + self.planned + self.watch
    }
}

/// How reachable a release is, by its manufacturer's own disclosure form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Exposure {
    /// Points that the urgency formula takes, 0 to the policy's maximum.
    pub points: f64,
    /// The answers that gave them, such as `CONN-1.1.1 Yes: wireless`; or why it is unknown.
    pub reasons: Vec<String>,
    /// Whether there is a form at all.
    pub known: bool,
}

/// A release with what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReleaseView {
    /// Its id.
    pub id: Digest,
    /// Maker, model, version.
    pub release: Release,
    /// Papers that speak of it.
    pub documents: Vec<Digest>,
    /// Whether a bill of materials is among them.
    pub has_sbom: bool,
    /// Whether a disclosure form is among them.
    pub has_form: bool,
    /// Number of components in its bills of materials.
    pub components: u64,
    /// Number of devices.
    pub devices: u64,
    /// How reachable it is.
    pub exposure: Exposure,
    /// Its findings.
    pub counts: Counts,
}

/// Where a device is known from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KnownFrom {
    /// An inventory of the hospital.
    #[default]
    Inventory,
    /// Only the DICOM files that it made: no inventory lists it.
    Images,
}

impl KnownFrom {
    /// The word used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inventory => "inventory",
            Self::Images => "images",
        }
    }
}

/// A device with what follows for it.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviceView {
    /// The device.
    pub device: Device,
    /// Where it is known from.
    pub known_from: KnownFrom,
    /// What DICOM files of its maker and serial number say of it.
    pub equipment: Vec<EquipmentRecord>,
    /// What scans of the network saw at its addresses.
    pub host: Option<HostScan>,
    /// Its release.
    pub release: Digest,
    /// Why the papers of another version were or were not taken for it, where that is not plain.
    pub note: Option<String>,
    /// Its findings, with urgency by its own clinical role.
    pub counts: Counts,
}

/// A finding with everything that a reader needs beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingView {
    /// The finding.
    pub finding: Finding,
    /// Short title of the flaw.
    pub title: Option<String>,
    /// Description of the flaw.
    pub description: Option<String>,
    /// Base score, 0.0 to 10.0.
    pub score: Option<f64>,
    /// CVSS version and vector of that score.
    pub vector: Option<String>,
    /// Qualitative severity, lower case.
    pub severity: Option<String>,
    /// Day it was listed as known exploited.
    pub known_exploited: Option<Date>,
    /// EPSS probability, 0 to 1.
    pub epss: Option<f64>,
    /// How pressing it is on the device with the weightiest clinical role.
    pub urgency: Urgency,
    /// Number of devices of the release.
    pub devices: u64,
}

/// One missing fact and what it would settle.
#[derive(Debug, Clone, PartialEq)]
pub struct MissingGroup {
    /// The fact.
    pub fact: MissingFact,
    /// The releases where it is missing.
    pub releases: Vec<Digest>,
    /// Asset ids of the devices concerned.
    pub devices: Vec<String>,
    /// Ids of the findings that it would settle.
    pub findings: Vec<String>,
    /// In one line for a person: `OS build of CT-3: settles 412 findings on 9 devices`.
    pub text: String,
}

/// One thing to do, summed over the findings that it settles.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionView {
    /// What to do.
    pub text: String,
    /// Who does it.
    pub owner: PartyRole,
    /// The most pressing of its findings.
    pub class: UrgencyClass,
    /// Sum of urgency points, by which actions are ordered inside a class.
    pub points: f64,
    /// The releases concerned.
    pub releases: Vec<Digest>,
    /// Ids of its findings.
    pub findings: Vec<String>,
    /// Number of devices concerned.
    pub devices: u64,
}

/// One row of the worklist: one device and one open finding.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkItem {
    /// Stable id: see [`crate::finding::worklist_id`].
    pub id: String,
    /// Asset id of the device; empty when no device of the release is known.
    pub asset_id: String,
    /// Index of the finding in [`Assessment::findings`].
    pub finding: usize,
    /// Index of the device in [`Assessment::devices`].
    pub device: Option<usize>,
    /// Urgency on this device.
    pub urgency: Urgency,
    /// The hospital's newest decision on it.
    pub decision: Option<Decision>,
}

/// A paper or feed that the answer rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceView {
    /// Digest of the stored original.
    pub digest: Digest,
    /// What it is.
    pub kind: DocumentKind,
    /// Version of its format.
    pub version: Option<String>,
    /// File name it came under, without folders.
    pub name: String,
    /// Who made it, where it says so.
    pub origin: Option<String>,
    /// The day that its content speaks for, where it says so.
    pub dated: Option<Timestamp>,
    /// When it was imported.
    pub imported: Timestamp,
    /// Who imported it.
    pub actor: String,
    /// Counts.
    pub summary: Vec<(String, u64)>,
    /// What is wrong in it.
    pub problems: Vec<Problem>,
}

impl SourceView {
    /// Age of its content at `now` in whole days; `None` when it states no day.
    pub fn age_days(&self, now: Timestamp) -> Option<i64> {
        self.dated.map(|dated| {
            (now.as_second() - dated.as_second())
                .div_euclid(86_400)
                .max(0)
        })
    }
}

/// A published feed as this workspace holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedView {
    /// Its name on the command line.
    pub name: String,
    /// What it is, for a person.
    pub title: String,
    /// When its publisher was last asked from here, or from where the last bundle was made.
    pub asked: Option<Timestamp>,
    /// The newest day that its papers speak for.
    pub dated: Option<Timestamp>,
    /// Papers in force of the kinds that it brings, however they came.
    pub papers: u64,
    /// Records in them.
    pub records: u64,
    /// Files in the folder of feeds.
    pub files: u64,
    /// Bytes in the folder of feeds.
    pub bytes: u64,
    /// Age in days from which it counts as stale.
    pub stale_days: u16,
}

impl FeedView {
    /// Age of the newest content at `now` in whole days; `None` when nothing states a day.
    pub fn age_days(&self, now: Timestamp) -> Option<i64> {
        self.dated.map(|dated| {
            (now.as_second() - dated.as_second())
                .div_euclid(86_400)
                .max(0)
        })
    }

    /// Whether an answer that rests on it should say how old it is.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        self.papers > 0
            && self
                .age_days(now)
                .is_none_or(|days| days > i64::from(self.stale_days))
    }
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The day it speaks for.
    pub made: Timestamp,
    /// Version of Isocenter.
    pub version: String,
    /// The urgency formula in one paragraph, with the weights in force.
    pub formula: String,
    /// Findings of all releases.
    pub counts: Counts,
    /// Devices, by asset id.
    pub devices: Vec<DeviceView>,
    /// Hosts that answer DICOM on the network and are none of the devices.
    pub unlisted_hosts: Vec<HostScan>,
    /// Releases, the most pressing first.
    pub releases: Vec<ReleaseView>,
    /// Findings, the most pressing first.
    pub findings: Vec<FindingView>,
    /// Missing facts, the one that settles most first.
    pub missing: Vec<MissingGroup>,
    /// Actions, the most pressing first.
    pub actions: Vec<ActionView>,
    /// Worklist, the most pressing first.
    pub worklist: Vec<WorkItem>,
    /// What it rests on.
    pub sources: Vec<SourceView>,
    /// What the reader should know before relying on it: stale or absent feeds, devices
    /// without papers, contradictions.
    pub cautions: Vec<String>,
}

/// A component with where it is used, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentView {
    /// Its id.
    pub id: Digest,
    /// The part.
    pub component: Component,
    /// The releases that contain it.
    pub releases: Vec<Digest>,
}

/// A flaw with what it touches, for lists.
#[derive(Debug, Clone, PartialEq)]
pub struct VulnerabilityView {
    /// Leading id.
    pub id: String,
    /// Other ids.
    pub aliases: Vec<String>,
    /// Short title.
    pub title: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Base score.
    pub score: Option<f64>,
    /// Qualitative severity, lower case.
    pub severity: Option<String>,
    /// Day it was listed as known exploited.
    pub known_exploited: Option<Date>,
    /// EPSS probability.
    pub epss: Option<f64>,
    /// Releases with a finding of it.
    pub releases: Vec<Digest>,
    /// Number of devices with an open finding of it.
    pub devices: u64,
}
