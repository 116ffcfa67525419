//! Devices as DICOM files name them.

use std::collections::BTreeMap;

use isocenter_model::Digest;
use isocenter_model::equipment::{CaptureDevice, EquipmentRecord, FileWriter, Seen, SoftwareState};
use isocenter_model::product::Release;
use isocenter_store::{StoredEquipment, StoredRelease};

use crate::{paper, with_store, words};

#[test]
fn a_record_keeps_every_field_and_is_found_by_its_slot() {
    with_store(|store| async move {
        let text = |text: &str| Some(text.to_owned());
        let seen = Seen {
            files: 3,
            first: Some("2010-01-02".parse().unwrap()),
            last: Some("2011-05-25".parse().unwrap()),
        };
        let full = EquipmentRecord {
            manufacturer: text("Example Medical"),
            model: text("M"),
            serial_number: text("S"),
            stations: words(&["A", "B"]),
            device_uids: words(&["1.2"]),
            udis: words(&["(01)1"]),
            institutions: words(&["Clinic"]),
            departments: words(&["Radiology"]),
            software: vec![SoftwareState {
                versions: words(&["1", "OS 2"]),
                seen,
            }],
            capture_devices: vec![CaptureDevice {
                manufacturer: text("c"),
                model: text("d"),
                versions: words(&["e"]),
            }],
            writers: vec![FileWriter {
                implementation: text("1.2.3"),
                version_name: text("T"),
                ae_title: text("AE"),
            }],
            modalities: BTreeMap::from([("US".to_owned(), 3)]),
            seen,
        };
        let release = StoredRelease {
            id: Digest::of(b"release"),
            release: Release::default(),
            maker_key: String::new(),
            model_key: String::new(),
        };
        let newer = EquipmentRecord {
            manufacturer: text("Example Medical"),
            ..EquipmentRecord::default()
        };
        for (name, record, slot) in [
            ("older", &full, "equipment:1"),
            ("other", &full, "equipment:2"),
            ("newer", &newer, "equipment:1"),
        ] {
            let row = paper(name, Some(slot));
            let mut transaction = store.begin().await.unwrap();
            transaction.put_document(&row).await.unwrap();
            transaction.supersede(slot).await.unwrap();
            transaction
                .put_releases(std::slice::from_ref(&release))
                .await
                .unwrap();
            transaction
                .put_equipment(&row.digest, &release.id, record)
                .await
                .unwrap();
            transaction.commit().await.unwrap();
        }
        let stored = |name: &str, record: &EquipmentRecord| StoredEquipment {
            document: Digest::of(name.as_bytes()),
            release: release.id,
            record: record.clone(),
        };
        assert_eq!(
            store.equipment().await.unwrap(),
            [stored("other", &full), stored("newer", &newer)]
        );
        assert_eq!(
            store.equipment_of_slot("equipment:1").await.unwrap(),
            Some(stored("newer", &newer))
        );
        assert_eq!(store.equipment_of_slot("none").await.unwrap(), None);
        assert_eq!(store.release_documents().await.unwrap().len(), 2);
    });
}
