//! Twins of the records of equipment.

use std::collections::BTreeMap;

use isocenter_model::equipment::{CaptureDevice, EquipmentRecord, FileWriter, Seen, SoftwareState};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{day, twin};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Seen")]
pub(crate) struct SeenRow {
    files: u64,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "day")]
    first: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "day")]
    last: Option<Date>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "SoftwareState")]
pub(crate) struct SoftwareStateRow {
    versions: Vec<String>,
    #[serde(with = "SeenRow")]
    seen: Seen,
}
twin!(state, SoftwareState, "SoftwareStateRow");

#[derive(Serialize, Deserialize)]
#[serde(remote = "CaptureDevice")]
pub(crate) struct CaptureDeviceRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    manufacturer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    versions: Vec<String>,
}
twin!(capture, CaptureDevice, "CaptureDeviceRow");

#[derive(Serialize, Deserialize)]
#[serde(remote = "FileWriter")]
pub(crate) struct FileWriterRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    implementation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ae_title: Option<String>,
}
twin!(writer, FileWriter, "FileWriterRow");

#[derive(Serialize, Deserialize)]
#[serde(remote = "EquipmentRecord")]
pub(crate) struct EquipmentRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    manufacturer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    serial_number: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stations: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    device_uids: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    udis: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    institutions: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    departments: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "state::list")]
    software: Vec<SoftwareState>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "capture::list")]
    capture_devices: Vec<CaptureDevice>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "writer::list")]
    writers: Vec<FileWriter>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    modalities: BTreeMap<String, u64>,
    #[serde(with = "SeenRow")]
    seen: Seen,
}
twin!(equipment, EquipmentRecord, "EquipmentRow");
