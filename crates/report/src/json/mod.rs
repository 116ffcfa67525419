//! JSON for programs. The shape is documented field by field in `docs/reference/json.md`, and a
//! test holds the two together.
//!
//! Every key is always present: what is not known is `null`, never left out. Times are RFC 3339
//! in UTC, days are `YYYY-MM-DD`, and the order of every list is that of the view.

mod format;
mod wire;

use isocenter_model::assessment::{
    Assessment, ComponentView, DISCLAIMER, DeviceView, FeedView, FindingView, ReleaseView,
    SourceView, VulnerabilityView,
};
use isocenter_model::document::CheckedFile;
use isocenter_model::lifecycle::LifecycleEntry;
use isocenter_model::observation::Observation;
use isocenter_model::update::ValidatedUpdate;
use jiff::Timestamp;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::ReportError;
use crate::index::Index;

/// Version of the shape. The number before the dot grows when a field is removed or changes its
/// meaning, the number after it when one is added.
pub const SCHEMA_VERSION: &str = "1.0";

/// The whole answer.
pub fn assessment(assessment: &Assessment) -> Result<Vec<u8>, ReportError> {
    written(&wire::AssessmentWire::new(assessment))
}

/// Files as `check` and `import` report them: a list, one object for each file. It says nothing
/// about a device, so it carries no more than that.
pub fn checked(files: &[CheckedFile]) -> Result<Vec<u8>, ReportError> {
    let files: Vec<_> = files.iter().map(wire::CheckedFileWire::new).collect();
    written(&files)
}

/// Devices, under `devices`.
pub fn devices(devices: &[DeviceView]) -> Result<Vec<u8>, ReportError> {
    list("devices", devices.iter().map(wire::DeviceWire::new))
}

/// Releases, under `releases`.
pub fn releases(releases: &[ReleaseView]) -> Result<Vec<u8>, ReportError> {
    list("releases", releases.iter().map(wire::ReleaseWire::new))
}

/// Components, under `components`; `releases` gives the names of the releases that contain them.
pub fn components(
    components: &[ComponentView],
    releases: &[ReleaseView],
) -> Result<Vec<u8>, ReportError> {
    let index = Index::of_releases(releases);
    list(
        "components",
        components
            .iter()
            .map(|view| wire::ComponentWire::new(view, &index)),
    )
}

/// Vulnerabilities, under `vulnerabilities`; `releases` gives the names of the releases that have
/// them.
pub fn vulnerabilities(
    vulnerabilities: &[VulnerabilityView],
    releases: &[ReleaseView],
) -> Result<Vec<u8>, ReportError> {
    let index = Index::of_releases(releases);
    list(
        "vulnerabilities",
        vulnerabilities
            .iter()
            .map(|view| wire::VulnerabilityWire::new(view, &index)),
    )
}

/// Findings, under `findings`; `releases` gives the names of their releases.
pub fn findings(
    findings: &[FindingView],
    releases: &[ReleaseView],
) -> Result<Vec<u8>, ReportError> {
    let index = Index::of_releases(releases);
    list(
        "findings",
        findings
            .iter()
            .map(|view| wire::FindingWire::new(view, &index)),
    )
}

/// Documents with their age at `now`, under `documents`.
pub fn documents(documents: &[SourceView], now: Timestamp) -> Result<Vec<u8>, ReportError> {
    list(
        "documents",
        documents
            .iter()
            .map(|view| wire::SourceWire::new(view, now)),
    )
}

/// Support life, under `lifecycle`.
pub fn lifecycle(entries: &[LifecycleEntry]) -> Result<Vec<u8>, ReportError> {
    list("lifecycle", entries.iter().map(wire::LifecycleWire::new))
}

/// What was seen on site, under `observations`.
pub fn observations(observations: &[Observation]) -> Result<Vec<u8>, ReportError> {
    list(
        "observations",
        observations.iter().map(wire::ObservationWire::new),
    )
}

/// Validated updates, under `updates`.
pub fn updates(updates: &[ValidatedUpdate]) -> Result<Vec<u8>, ReportError> {
    list("updates", updates.iter().map(wire::UpdateWire::new))
}

/// Feeds with their age at `now`, under `feeds`.
pub fn feeds(feeds: &[FeedView], now: Timestamp) -> Result<Vec<u8>, ReportError> {
    list(
        "feeds",
        feeds.iter().map(|view| wire::FeedWire::new(view, now)),
    )
}

fn list<T: Serialize>(
    key: &'static str,
    items: impl Iterator<Item = T>,
) -> Result<Vec<u8>, ReportError> {
    written(&List {
        key,
        items: items.collect(),
    })
}

/// A list under its own name, with what every output states.
struct List<T> {
    key: &'static str,
    items: Vec<T>,
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("schema_version", SCHEMA_VERSION)?;
        map.serialize_entry("disclaimer", DISCLAIMER)?;
        map.serialize_entry(self.key, &self.items)?;
        map.end()
    }
}

/// Also used by [`crate::sarif`].
pub(crate) fn written(value: &impl Serialize) -> Result<Vec<u8>, ReportError> {
    let mut bytes = Vec::new();
    let mut serializer =
        serde_json::Serializer::with_formatter(&mut bytes, format::Readable::new());
    value
        .serialize(&mut serializer)
        .map_err(ReportError::Json)?;
    bytes.push(b'\n');
    Ok(bytes)
}
