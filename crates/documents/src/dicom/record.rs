//! The record as it may be stored: JSON with the equipment and nothing else of any file.

use std::collections::BTreeMap;

use isocenter_model::document::Summary;
use isocenter_model::equipment::{CaptureDevice, EquipmentRecord, FileWriter, Seen, SoftwareState};
use isocenter_model::{Document, DocumentKind, Place, Problem, Reading};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::json::{self, Problems};

/// The edition of the record: the value of `equipmentRecord`, a key that no other paper has.
const EDITION: u32 = 1;

/// Entries of one list of a record; a longer one is none of ours.
const MOST: usize = 1_000;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wire {
    equipment_record: u32,
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    software: Vec<SoftwareWire>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    capture_devices: Vec<CaptureWire>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    writers: Vec<WriterWire>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    modalities: BTreeMap<String, u64>,
    #[serde(flatten)]
    seen: SeenWire,
}

#[derive(Serialize, Deserialize)]
struct SeenWire {
    files: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct SoftwareWire {
    versions: Vec<String>,
    #[serde(flatten)]
    seen: SeenWire,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaptureWire {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    manufacturer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    versions: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct WriterWire {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    implementation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ae_title: Option<String>,
}

/// Writes a record as JSON (RFC 8259). Equal records give equal bytes, and [`super::super::read()`] reads
/// the same record from them.
pub fn write(record: &EquipmentRecord) -> Vec<u8> {
    let wire = Wire {
        equipment_record: EDITION,
        manufacturer: record.manufacturer.clone(),
        model: record.model.clone(),
        serial_number: record.serial_number.clone(),
        stations: record.stations.clone(),
        device_uids: record.device_uids.clone(),
        udis: record.udis.clone(),
        institutions: record.institutions.clone(),
        departments: record.departments.clone(),
        software: record
            .software
            .iter()
            .map(|state| SoftwareWire {
                versions: state.versions.clone(),
                seen: seen_out(&state.seen),
            })
            .collect(),
        capture_devices: record
            .capture_devices
            .iter()
            .map(|device| CaptureWire {
                manufacturer: device.manufacturer.clone(),
                model: device.model.clone(),
                versions: device.versions.clone(),
            })
            .collect(),
        writers: record
            .writers
            .iter()
            .map(|writer| WriterWire {
                implementation: writer.implementation.clone(),
                version_name: writer.version_name.clone(),
                ae_title: writer.ae_title.clone(),
            })
            .collect(),
        modalities: record.modalities.clone(),
        seen: seen_out(&record.seen),
    };
    // Texts, numbers and lists of them always have a JSON form.
    let mut bytes = serde_json::to_vec_pretty(&wire).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn seen_out(seen: &Seen) -> SeenWire {
    SeenWire {
        files: seen.files,
        first: seen.first.map(|day| day.to_string()),
        last: seen.last.map(|day| day.to_string()),
    }
}

/// Reads a record that [`write`] wrote.
pub(crate) fn read(bytes: &[u8]) -> Reading {
    let text = json::decode(bytes, &mut Problems::default());
    let record = serde_json::from_str::<Wire>(&text)
        .ok()
        .filter(|wire| wire.equipment_record == EDITION)
        .and_then(record);
    let Some(record) = record else {
        return Reading::unreadable(
            DocumentKind::Dicom,
            Problem::error(
                "dicom-record-damaged",
                Place::Document,
                format!(
                    "the record of equipment is not as Isocenter writes it in edition {EDITION}"
                ),
            )
            .hint("Give the DICOM files themselves."),
        );
    };
    Reading {
        kind: DocumentKind::Dicom,
        version: None,
        summary: Summary::from([("files", record.seen.files)]),
        document: Some(Document::Equipment(record)),
        problems: Vec::new(),
    }
}

fn record(wire: Wire) -> Option<EquipmentRecord> {
    let lists = [
        wire.stations.len(),
        wire.device_uids.len(),
        wire.udis.len(),
        wire.institutions.len(),
        wire.departments.len(),
        wire.software.len(),
        wire.capture_devices.len(),
        wire.writers.len(),
        wire.modalities.len(),
    ];
    if lists.into_iter().any(|length| length > MOST) {
        return None;
    }
    let mut software = Vec::with_capacity(wire.software.len());
    for state in wire.software {
        software.push(SoftwareState {
            versions: state.versions,
            seen: seen_in(&state.seen)?,
        });
    }
    let read = EquipmentRecord {
        manufacturer: wire.manufacturer,
        model: wire.model,
        serial_number: wire.serial_number,
        stations: wire.stations,
        device_uids: wire.device_uids,
        udis: wire.udis,
        institutions: wire.institutions,
        departments: wire.departments,
        software,
        capture_devices: wire
            .capture_devices
            .into_iter()
            .map(|device| CaptureDevice {
                manufacturer: device.manufacturer,
                model: device.model,
                versions: device.versions,
            })
            .collect(),
        writers: wire
            .writers
            .into_iter()
            .map(|writer| FileWriter {
                implementation: writer.implementation,
                version_name: writer.version_name,
                ae_title: writer.ae_title,
            })
            .collect(),
        modalities: wire.modalities,
        seen: seen_in(&wire.seen)?,
    };
    super::equipment::names_a_device(&read).then_some(read)
}

fn seen_in(wire: &SeenWire) -> Option<Seen> {
    let day = |text: &Option<String>| -> Option<Option<Date>> {
        match text {
            None => Some(None),
            Some(text) => text.parse().ok().map(Some),
        }
    };
    Some(Seen {
        files: wire.files,
        first: day(&wire.first)?,
        last: day(&wire.last)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_was_written_reads_back() {
        let seen = Seen {
            files: 12,
            first: Some("2010-01-02".parse().unwrap()),
            last: Some("2011-05-25".parse().unwrap()),
        };
        let full = EquipmentRecord {
            manufacturer: Some("Maker \"A\"".to_owned()),
            model: Some("M\u{fc}nchen\u{1b}".to_owned()),
            serial_number: Some("007".to_owned()),
            stations: vec!["S1".to_owned(), "S2".to_owned()],
            device_uids: vec!["1.2.3".to_owned()],
            udis: vec!["(01)00812345678901".to_owned()],
            institutions: vec!["Clinic".to_owned()],
            departments: vec!["Radiology".to_owned()],
            software: vec![
                SoftwareState {
                    versions: vec!["2.0".to_owned(), "OS 5".to_owned()],
                    seen,
                },
                SoftwareState::default(),
            ],
            capture_devices: vec![CaptureDevice {
                model: Some("Grabber".to_owned()),
                ..CaptureDevice::default()
            }],
            writers: vec![FileWriter {
                implementation: Some("1.2.3.4".to_owned()),
                version_name: Some("TOOLKIT_1".to_owned()),
                ae_title: Some("STORE".to_owned()),
            }],
            modalities: BTreeMap::from([("US".to_owned(), 12)]),
            seen,
        };
        let small = EquipmentRecord {
            model: Some("M".to_owned()),
            ..EquipmentRecord::default()
        };
        for record in [full, small] {
            let bytes = write(&record);
            let reading = crate::read(&bytes, &crate::ReadOptions::default());
            assert_eq!(reading.kind, DocumentKind::Dicom);
            assert_eq!(reading.document, Some(Document::Equipment(record)));
        }
    }
}
