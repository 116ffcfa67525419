//! Everything an answer is built from, taken out of the store in one go.

use std::collections::BTreeMap;

use isocenter_model::assessment::{KnownFrom, SourceView};
use isocenter_model::digest::Digest;
use isocenter_model::equipment::EquipmentRecord;
use isocenter_model::finding::{Decision, Finding};
use isocenter_model::form::DisclosureForm;
use isocenter_model::network::HostScan;
use isocenter_model::product::{Device, Release};
use jiff::civil::Date;

/// A release with the papers that speak of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ReleaseMaterial {
    pub(crate) id: Digest,
    pub(crate) release: Release,
    pub(crate) documents: Vec<Digest>,
    pub(crate) components: u64,
    pub(crate) has_sbom: bool,
    /// The newest form that is for this release, or for its model whatever the version; with the answers of a
    /// form of 2013 under the ids of 2019.
    pub(crate) form: Option<DisclosureForm>,
    /// What the reader should know of the papers taken for this release.
    pub(crate) note: Option<String>,
}

/// A device with what is known of it beside its release.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DeviceMaterial {
    pub(crate) device: Device,
    pub(crate) release: Digest,
    pub(crate) known_from: KnownFrom,
    pub(crate) equipment: Vec<EquipmentRecord>,
    pub(crate) host: Option<HostScan>,
}

/// What the sources say of a flaw, whatever it is found in.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct FlawMaterial {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    /// Base score, CVSS version, vector, severity.
    pub(crate) score: Option<(f64, String, String, String)>,
    /// Day of the listing, and whether ransomware uses it.
    pub(crate) known_exploited: Option<(Option<Date>, bool)>,
    pub(crate) epss: Option<f64>,
}

/// Everything.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Material {
    pub(crate) releases: Vec<ReleaseMaterial>,
    pub(crate) devices: Vec<DeviceMaterial>,
    /// Hosts that answer DICOM and are none of the devices.
    pub(crate) unlisted_hosts: Vec<HostScan>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) flaws: BTreeMap<String, FlawMaterial>,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) sources: Vec<SourceView>,
}
