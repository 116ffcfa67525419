//! Devices and releases with their counts.

use isocenter_model::Digest;
use isocenter_model::assessment::{Counts, DeviceView, ReleaseView};
use serde::Serialize;

use super::equipment::EquipmentWire;
use super::host::HostWire;
use super::{hundredths, shown, shown_all, shown_option};

#[derive(Serialize)]
pub(in crate::json) struct CountsWire {
    now: u64,
    soon: u64,
    planned: u64,
    watch: u64,
    affected: u64,
    undetermined: u64,
    fixed: u64,
    not_affected: u64,
}

impl CountsWire {
    pub(in crate::json) fn new(counts: Counts) -> Self {
        Self {
            now: counts.now,
            soon: counts.soon,
            planned: counts.planned,
            watch: counts.watch,
            affected: counts.affected(),
            undetermined: counts.undetermined,
            fixed: counts.fixed,
            not_affected: counts.not_affected,
        }
    }
}

#[derive(Serialize)]
pub(in crate::json) struct DeviceWire<'a> {
    asset_id: &'a str,
    #[serde(serialize_with = "shown")]
    release: Digest,
    manufacturer: &'a str,
    model: &'a str,
    software_version: Option<&'a str>,
    serial_number: Option<&'a str>,
    udi: Option<&'a str>,
    system: Option<&'a str>,
    site: Option<&'a str>,
    department: Option<&'a str>,
    segment: Option<&'a str>,
    ip_address: Option<&'a str>,
    mac_address: Option<&'a str>,
    ae_title: Option<&'a str>,
    modality: Option<&'a str>,
    clinical_role: &'static str,
    #[serde(serialize_with = "shown_option")]
    installed: Option<jiff::civil::Date>,
    #[serde(serialize_with = "shown_option")]
    planned_retirement: Option<jiff::civil::Date>,
    known_from: &'static str,
    equipment: Vec<EquipmentWire<'a>>,
    host: Option<HostWire<'a>>,
    note: Option<&'a str>,
    counts: CountsWire,
}

impl<'a> DeviceWire<'a> {
    pub(in crate::json) fn new(view: &'a DeviceView) -> Self {
        let device = &view.device;
        Self {
            asset_id: &device.asset_id,
            release: view.release,
            manufacturer: &device.manufacturer,
            model: &device.model,
            software_version: device.software_version.as_deref(),
            serial_number: device.serial_number.as_deref(),
            udi: device.udi.as_deref(),
            system: device.system.as_deref(),
            site: device.site.as_deref(),
            department: device.department.as_deref(),
            segment: device.segment.as_deref(),
            ip_address: device.ip_address.as_deref(),
            mac_address: device.mac_address.as_deref(),
            ae_title: device.ae_title.as_deref(),
            modality: device.modality.as_deref(),
            clinical_role: device.clinical_role.as_str(),
            installed: device.installed,
            planned_retirement: device.planned_retirement,
            known_from: view.known_from.as_str(),
            equipment: view.equipment.iter().map(EquipmentWire::new).collect(),
            host: view.host.as_ref().map(HostWire::new),
            note: view.note.as_deref(),
            counts: CountsWire::new(view.counts),
        }
    }
}

#[derive(Serialize)]
pub(in crate::json) struct ReleaseWire<'a> {
    #[serde(serialize_with = "shown")]
    id: Digest,
    label: String,
    manufacturer: &'a str,
    model: &'a str,
    version: Option<&'a str>,
    #[serde(serialize_with = "shown_all")]
    documents: &'a [Digest],
    has_sbom: bool,
    has_form: bool,
    components: u64,
    devices: u64,
    exposure: ExposureWire<'a>,
    counts: CountsWire,
}

#[derive(Serialize)]
pub(in crate::json) struct ExposureWire<'a> {
    known: bool,
    #[serde(serialize_with = "hundredths")]
    points: f64,
    reasons: &'a [String],
}

impl<'a> ReleaseWire<'a> {
    pub(in crate::json) fn new(view: &'a ReleaseView) -> Self {
        Self {
            id: view.id,
            label: view.release.label(),
            manufacturer: &view.release.manufacturer,
            model: &view.release.model,
            version: view.release.version.as_deref(),
            documents: &view.documents,
            has_sbom: view.has_sbom,
            has_form: view.has_form,
            components: view.components,
            devices: view.devices,
            exposure: ExposureWire {
                known: view.exposure.known,
                points: view.exposure.points,
                reasons: &view.exposure.reasons,
            },
            counts: CountsWire::new(view.counts),
        }
    }
}
