//! What DICOM files say of a device.

use isocenter_model::equipment::{CaptureDevice, EquipmentRecord, FileWriter, Seen};
use jiff::civil::Date;
use serde::Serialize;

use super::shown_option;

#[derive(Serialize)]
pub(super) struct EquipmentWire<'a> {
    stations: &'a [String],
    device_uids: &'a [String],
    udis: &'a [String],
    institutions: &'a [String],
    departments: &'a [String],
    software: Vec<SoftwareWire<'a>>,
    capture_devices: Vec<CaptureDeviceWire<'a>>,
    writers: Vec<FileWriterWire<'a>>,
    modalities: Vec<ModalityWire<'a>>,
    #[serde(flatten)]
    seen: SeenWire,
}

#[derive(Serialize)]
struct SeenWire {
    files: u64,
    #[serde(serialize_with = "shown_option")]
    first: Option<Date>,
    #[serde(serialize_with = "shown_option")]
    last: Option<Date>,
}

#[derive(Serialize)]
struct SoftwareWire<'a> {
    versions: &'a [String],
    #[serde(flatten)]
    seen: SeenWire,
}

#[derive(Serialize)]
struct ModalityWire<'a> {
    code: &'a str,
    files: u64,
}

#[derive(Serialize)]
struct CaptureDeviceWire<'a> {
    manufacturer: Option<&'a str>,
    model: Option<&'a str>,
    versions: &'a [String],
}

#[derive(Serialize)]
struct FileWriterWire<'a> {
    implementation: Option<&'a str>,
    version_name: Option<&'a str>,
    ae_title: Option<&'a str>,
}

impl<'a> EquipmentWire<'a> {
    pub(super) fn new(record: &'a EquipmentRecord) -> Self {
        Self {
            stations: &record.stations,
            device_uids: &record.device_uids,
            udis: &record.udis,
            institutions: &record.institutions,
            departments: &record.departments,
            software: record
                .software
                .iter()
                .map(|state| SoftwareWire {
                    versions: &state.versions,
                    seen: SeenWire::new(&state.seen),
                })
                .collect(),
            capture_devices: record
                .capture_devices
                .iter()
                .map(CaptureDeviceWire::new)
                .collect(),
            writers: record.writers.iter().map(FileWriterWire::new).collect(),
            modalities: record
                .modalities
                .iter()
                .map(|(code, files)| ModalityWire {
                    code,
                    files: *files,
                })
                .collect(),
            seen: SeenWire::new(&record.seen),
        }
    }
}

impl SeenWire {
    fn new(seen: &Seen) -> Self {
        Self {
            files: seen.files,
            first: seen.first,
            last: seen.last,
        }
    }
}

impl<'a> CaptureDeviceWire<'a> {
    fn new(device: &'a CaptureDevice) -> Self {
        Self {
            manufacturer: device.manufacturer.as_deref(),
            model: device.model.as_deref(),
            versions: &device.versions,
        }
    }
}

impl<'a> FileWriterWire<'a> {
    fn new(writer: &'a FileWriter) -> Self {
        Self {
            implementation: writer.implementation.as_deref(),
            version_name: writer.version_name.as_deref(),
            ae_title: writer.ae_title.as_deref(),
        }
    }
}
