//! Components and vulnerabilities, for lists.

use isocenter_model::Digest;
use isocenter_model::assessment::{ComponentView, VulnerabilityView};
use isocenter_model::component::{Hash, Property};
use isocenter_model::lifecycle::{Support, SupportLevel};
use serde::Serialize;

use super::site::MilestoneWire;
use super::{shown, shown_all, shown_option};
use crate::index::Index;

#[derive(Serialize)]
pub(in crate::json) struct ComponentWire<'a> {
    #[serde(serialize_with = "shown")]
    id: Digest,
    kind: &'a str,
    group: Option<&'a str>,
    name: &'a str,
    version: Option<&'a str>,
    purl: Option<&'a str>,
    cpes: &'a [String],
    swid: Option<&'a str>,
    supplier: Option<&'a str>,
    description: Option<&'a str>,
    licenses: &'a [String],
    hashes: Vec<HashWire<'a>>,
    properties: Vec<PropertyWire<'a>>,
    support: Option<SupportWire<'a>>,
    #[serde(serialize_with = "shown_all")]
    releases: &'a [Digest],
    release_labels: Vec<String>,
}

#[derive(Serialize)]
pub(in crate::json) struct HashWire<'a> {
    algorithm: &'a str,
    value: &'a str,
}

impl<'a> HashWire<'a> {
    pub(in crate::json) fn new(hash: &'a Hash) -> Self {
        Self {
            algorithm: &hash.algorithm,
            value: &hash.value,
        }
    }
}

#[derive(Serialize)]
pub(in crate::json) struct PropertyWire<'a> {
    name: &'a str,
    value: &'a str,
}

impl<'a> PropertyWire<'a> {
    pub(in crate::json) fn new(property: &'a Property) -> Self {
        Self {
            name: &property.name,
            value: &property.value,
        }
    }
}

#[derive(Serialize)]
pub(in crate::json) struct SupportWire<'a> {
    level: Option<&'static str>,
    level_written: Option<&'a str>,
    milestones: Vec<MilestoneWire<'a>>,
}

impl<'a> SupportWire<'a> {
    pub(in crate::json) fn new(support: &'a Support) -> Self {
        Self {
            level: support.level.map(SupportLevel::as_str),
            level_written: support.level_written.as_deref(),
            milestones: support.milestones.iter().map(MilestoneWire::new).collect(),
        }
    }
}

impl<'a> ComponentWire<'a> {
    pub(in crate::json) fn new(view: &'a ComponentView, index: &Index<'_>) -> Self {
        let component = &view.component;
        Self {
            id: view.id,
            kind: component.kind.as_word(),
            group: component.group.as_deref(),
            name: &component.name,
            version: component.version.as_deref(),
            purl: component.purl.as_deref(),
            cpes: &component.cpes,
            swid: component.swid.as_deref(),
            supplier: component.supplier.as_deref(),
            description: component.description.as_deref(),
            licenses: &component.licenses,
            hashes: component.hashes.iter().map(HashWire::new).collect(),
            properties: component.properties.iter().map(PropertyWire::new).collect(),
            support: component.support.as_deref().map(SupportWire::new),
            releases: &view.releases,
            release_labels: labels(&view.releases, index),
        }
    }
}

#[derive(Serialize)]
pub(in crate::json) struct VulnerabilityWire<'a> {
    id: &'a str,
    aliases: &'a [String],
    title: Option<&'a str>,
    description: Option<&'a str>,
    severity: Option<&'a str>,
    score: Option<f64>,
    #[serde(serialize_with = "shown_option")]
    kev: Option<jiff::civil::Date>,
    epss: Option<f64>,
    devices: u64,
    #[serde(serialize_with = "shown_all")]
    releases: &'a [Digest],
    release_labels: Vec<String>,
}

impl<'a> VulnerabilityWire<'a> {
    pub(in crate::json) fn new(view: &'a VulnerabilityView, index: &Index<'_>) -> Self {
        Self {
            id: &view.id,
            aliases: &view.aliases,
            title: view.title.as_deref(),
            description: view.description.as_deref(),
            severity: view.severity.as_deref(),
            score: view.score,
            kev: view.known_exploited,
            epss: view.epss,
            devices: view.devices,
            releases: &view.releases,
            release_labels: labels(&view.releases, index),
        }
    }
}

fn labels(releases: &[Digest], index: &Index<'_>) -> Vec<String> {
    releases.iter().map(|id| index.release_label(*id)).collect()
}
