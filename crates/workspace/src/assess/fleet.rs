//! Which devices there are: those of inventories, and those that images name and no inventory lists.

use std::collections::{BTreeSet, HashMap, HashSet};

use isocenter_identity::name::maker_key;
use isocenter_identity::serial::serial_key;
use isocenter_model::Digest;
use isocenter_model::assessment::KnownFrom;
use isocenter_model::equipment::EquipmentRecord;
use isocenter_model::product::Device;
use isocenter_store::{Store, StoredDevice, StoredEquipment};

use super::material::DeviceMaterial;
use crate::error::WorkspaceError;

/// The devices, each with what images say of it.
pub(crate) async fn devices(store: &Store) -> Result<Vec<DeviceMaterial>, WorkspaceError> {
    Ok(join(store.devices().await?, store.equipment().await?).devices)
}

/// Releases of which only the records of images speak whose devices are on an inventory: the
/// inventory says which release those are instances of, and none is counted twice.
pub(crate) async fn doubled_releases(store: &Store) -> Result<BTreeSet<Digest>, WorkspaceError> {
    let equipment = store.equipment().await?;
    if equipment.is_empty() {
        return Ok(BTreeSet::new());
    }
    let joined = join(store.devices().await?, equipment).joined;
    let mut doubled = BTreeSet::new();
    let mut others = BTreeSet::new();
    for (release, document) in store.release_documents().await? {
        if joined.contains(&document) {
            doubled.insert(release);
        } else {
            others.insert(release);
        }
    }
    Ok(&doubled - &others)
}

struct Fleet {
    devices: Vec<DeviceMaterial>,
    /// Records whose device is on an inventory.
    joined: HashSet<Digest>,
}

/// A device of an inventory and one of images are the same when maker and serial number are equal. All other devices
/// of images stand by themselves.
fn join(inventory: Vec<StoredDevice>, equipment: Vec<StoredEquipment>) -> Fleet {
    let mut devices: Vec<DeviceMaterial> = inventory
        .into_iter()
        .map(|stored| DeviceMaterial {
            device: stored.device,
            release: stored.release,
            known_from: KnownFrom::Inventory,
            equipment: Vec::new(),
            host: None,
        })
        .collect();
    let mut by_serial: HashMap<(String, String), Vec<usize>> = HashMap::new();
    let mut names: HashSet<String> = HashSet::new();
    for (index, material) in devices.iter().enumerate() {
        let device = &material.device;
        names.insert(device.asset_id.clone());
        if let Some(serial) = device.serial_number.as_deref().and_then(serial_key) {
            let key = (maker_key(&device.manufacturer), serial);
            by_serial.entry(key).or_default().push(index);
        }
    }
    let mut joined = HashSet::new();
    let mut alone = Vec::new();
    for stored in equipment {
        let maker = maker_key(stored.record.manufacturer.as_deref().unwrap_or(""));
        let serial = stored.record.serial_number.as_deref().and_then(serial_key);
        match serial.and_then(|serial| by_serial.get(&(maker, serial))) {
            Some(same) => {
                joined.insert(stored.document);
                for index in same {
                    if let Some(material) = devices.get_mut(*index) {
                        material.equipment.push(stored.record.clone());
                    }
                }
            }
            None => alone.push((name(&stored.record), stored)),
        }
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (name, _) in &alone {
        *counts.entry(name.clone()).or_default() += 1;
    }
    for (name, stored) in alone {
        let is_taken = names.contains(&name) || counts.get(&name).is_some_and(|count| *count > 1);
        let name = if is_taken {
            fuller_name(&name, &stored.record)
        } else {
            name
        };
        devices.push(DeviceMaterial {
            device: device(&stored.record, name),
            release: stored.release,
            known_from: KnownFrom::Images,
            equipment: vec![stored.record],
            host: None,
        });
    }
    Fleet { devices, joined }
}

/// A name for a device that no inventory names, from its station or serial number. Work items are known by it, so it
/// does not depend on what else is read.
fn name(record: &EquipmentRecord) -> String {
    let own = record
        .stations
        .first()
        .or(record.serial_number.as_ref())
        .or(record.udis.first())
        .or(record.device_uids.first())
        .or(record.model.as_ref())
        .or(record.manufacturer.as_ref());
    format!("dicom-{}", own.map_or("", String::as_str))
}

/// The name where another device has it too.
fn fuller_name(name: &str, record: &EquipmentRecord) -> String {
    let own = [
        record.manufacturer.as_ref(),
        record.model.as_ref(),
        record.serial_number.as_ref(),
        record.udis.first(),
        record.device_uids.first(),
    ];
    let parts = own.map(|part| part.map_or("", String::as_str));
    format!("{name}-{}", Digest::of_parts(parts).short())
}

/// A device as its images name it.
fn device(record: &EquipmentRecord, asset_id: String) -> Device {
    let modality = record.modalities.iter().max_by_key(|(_, files)| **files);
    Device {
        asset_id,
        manufacturer: record.manufacturer.clone().unwrap_or_default(),
        model: record.model.clone().unwrap_or_default(),
        software_version: record.software_version().map(str::to_owned),
        serial_number: record.serial_number.clone(),
        udi: record.udis.first().cloned(),
        site: record.institutions.first().cloned(),
        department: record.departments.first().cloned(),
        modality: modality.map(|(modality, _)| modality.clone()),
        ..Device::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(asset_id: &str, maker: &str, serial: Option<&str>) -> StoredDevice {
        StoredDevice {
            device: Device {
                asset_id: asset_id.to_owned(),
                manufacturer: maker.to_owned(),
                serial_number: serial.map(str::to_owned),
                ..Device::default()
            },
            release: Digest::of(b"listed"),
            document: Digest::of(b"inventory"),
        }
    }

    fn seen(maker: &str, serial: &str, station: &str) -> StoredEquipment {
        StoredEquipment {
            document: Digest::of_parts([maker, serial, station]),
            release: Digest::of(b"seen"),
            record: EquipmentRecord {
                manufacturer: Some(maker.to_owned()),
                serial_number: Some(serial.to_owned()),
                stations: vec![station.to_owned()],
                ..EquipmentRecord::default()
            },
        }
    }

    #[test]
    fn a_device_is_counted_once_when_maker_and_serial_are_equal() {
        let fleet = join(
            vec![
                listed("MR-1", "Siemens Healthineers AG", Some("25641 ")),
                listed("MR-2", "Siemens", Some("00000")),
                listed("dicom-B", "Philips", None),
            ],
            vec![
                seen("SIEMENS", "25641", "A"),
                seen("SIEMENS", "00000", "B"),
                seen("Philips", "25641", "A"),
                seen("Philips", "7", "A"),
            ],
        );
        let names: Vec<(&str, KnownFrom, usize)> = fleet
            .devices
            .iter()
            .map(|one| {
                (
                    one.device.asset_id.get(..7).unwrap_or(&one.device.asset_id),
                    one.known_from,
                    one.equipment.len(),
                )
            })
            .collect();
        assert_eq!(
            names,
            [
                ("MR-1", KnownFrom::Inventory, 1),
                ("MR-2", KnownFrom::Inventory, 0),
                ("dicom-B", KnownFrom::Inventory, 0),
                ("dicom-B", KnownFrom::Images, 1),
                ("dicom-A", KnownFrom::Images, 1),
                ("dicom-A", KnownFrom::Images, 1),
            ]
        );
        let ids: HashSet<&str> = fleet
            .devices
            .iter()
            .map(|one| one.device.asset_id.as_str())
            .collect();
        assert_eq!(ids.len(), 6);
        assert_eq!(fleet.joined.len(), 1);
    }
}
