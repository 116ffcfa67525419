//! The shapes that are written. They borrow from the views and hold no meaning of their own.

mod device;
mod equipment;
mod finding;
mod host;
mod paper;
mod site;
mod thing;
mod work;

use isocenter_model::assessment::{Assessment, DISCLAIMER};
use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::index::Index;
pub(super) use device::{CountsWire, DeviceWire, ReleaseWire};
pub(super) use finding::FindingWire;
use host::HostWire;
pub(super) use paper::{CheckedFileWire, FeedWire, SourceWire};
pub(super) use site::{LifecycleWire, ObservationWire, UpdateWire};
pub(super) use thing::{ComponentWire, VulnerabilityWire};
use work::{ActionWire, MissingWire, WorkItemWire};

fn shown<T: std::fmt::Display, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

#[allow(clippy::ref_option, reason = "serde passes fields by reference")]
fn shown_option<T: std::fmt::Display, S: Serializer>(
    value: &Option<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

fn shown_all<T: std::fmt::Display, S: Serializer>(
    values: &[T],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().map(ToString::to_string))
}

/// Two decimals: sums of weights carry no more, and a binary remainder would only confuse.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
fn hundredths<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((value * 100.0).round() / 100.0)
}

#[derive(Serialize)]
pub(super) struct AssessmentWire<'a> {
    schema_version: &'static str,
    #[serde(serialize_with = "shown")]
    made: Timestamp,
    version: &'a str,
    disclaimer: &'static str,
    formula: &'a str,
    cautions: &'a [String],
    counts: CountsWire,
    devices: Vec<DeviceWire<'a>>,
    unlisted_hosts: Vec<HostWire<'a>>,
    releases: Vec<ReleaseWire<'a>>,
    findings: Vec<FindingWire<'a>>,
    missing_facts: Vec<MissingWire<'a>>,
    actions: Vec<ActionWire<'a>>,
    worklist: Vec<WorkItemWire<'a>>,
    sources: Vec<SourceWire<'a>>,
}

impl<'a> AssessmentWire<'a> {
    pub(super) fn new(view: &'a Assessment) -> Self {
        let index = Index::of_releases(&view.releases);
        Self {
            schema_version: super::SCHEMA_VERSION,
            made: view.made,
            version: &view.version,
            disclaimer: DISCLAIMER,
            formula: &view.formula,
            cautions: &view.cautions,
            counts: CountsWire::new(view.counts),
            devices: view.devices.iter().map(DeviceWire::new).collect(),
            unlisted_hosts: view.unlisted_hosts.iter().map(HostWire::new).collect(),
            releases: view.releases.iter().map(ReleaseWire::new).collect(),
            findings: view
                .findings
                .iter()
                .map(|finding| FindingWire::new(finding, &index))
                .collect(),
            missing_facts: view.missing.iter().map(MissingWire::new).collect(),
            actions: view.actions.iter().map(ActionWire::new).collect(),
            worklist: view
                .worklist
                .iter()
                .map(|item| WorkItemWire::new(item, &view.findings))
                .collect(),
            sources: view
                .sources
                .iter()
                .map(|source| SourceWire::new(source, view.made))
                .collect(),
        }
    }
}
