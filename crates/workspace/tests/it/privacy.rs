//! What is about patients never reaches the workspace, in no byte of any of its files.

use std::io::Write as _;
use std::path::Path;

use isocenter_store::Store;
use isocenter_workspace::import::{Outcome, import};

use crate::dicom_planted::{Planted, SERIAL, planted};
use crate::{now, papers, run};

/// Planted in places that must not be stored. They are long enough not to occur by chance, and
/// they would survive compression in no stored form other than their own.
const MARKERS: [&str; 7] = [
    "PLANTEDPATIENTDOE",
    "PLANTEDPATIENTROE",
    "PLANTEDFILENAME",
    "PLANTEDLETTER",
    "PLANTEDDICOM",
    "PLANTEDREMARK",
    "PLANTEDMEMBER",
];

/// A file as DICOM lays it out (PS3.10): preamble, prefix, then a patient's name as an explicit element.
fn dicom() -> Vec<u8> {
    let mut bytes = vec![0; 128];
    bytes.extend(b"DICM\x10\x00\x10\x00PN\x10\x00PLANTEDDICOM^ANN");
    bytes.extend(vec![0; 512]);
    bytes
}

fn plant(folder: &Path) {
    papers::write_all(folder);
    papers::write(folder, "PLANTEDFILENAME.txt", "PLANTEDLETTER: Dear Mrs Doe");
    papers::write(folder, "PLANTEDFILENAME/IM0001", dicom());
    papers::write(folder, "image.json", dicom());
    papers::write(
        folder,
        "worklist.csv",
        "Work item,Status,Comment,Last patient\nW-0123456789,done,replaced,PLANTEDREMARK\n",
    );
    let archive = papers::zip(&[
        ("PLANTEDMEMBER.txt", b"PLANTEDMEMBER".to_vec()),
        ("IM0001", dicom()),
        ("kev.json", papers::KEV.as_bytes().to_vec()),
    ]);
    papers::write(folder, "PLANTEDFILENAME.zip", archive);
}

/// The markers that occur in any file of the workspace.
fn leaked(workspace: &Path) -> Vec<(String, &'static str)> {
    let mut leaked = Vec::new();
    for (path, bytes) in files(workspace) {
        for marker in MARKERS {
            if holds(&bytes, marker.as_bytes()) {
                leaked.push((path.clone(), marker));
            }
        }
    }
    leaked
}

/// Every file of the workspace with its bytes.
fn files(workspace: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(workspace).unwrap();
    entries
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.display().to_string(), std::fs::read(&path).unwrap())
        })
        .collect()
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[test]
fn no_planted_marker_reaches_a_byte_of_the_workspace() {
    let folder = tempfile::tempdir().unwrap();
    plant(folder.path());
    let at = folder.path().join(".isocenter");
    run(async {
        let store = Store::open(&at).await.unwrap();
        let report = import(&store, &[folder.path().to_owned()], "anna", now(), &mut ())
            .await
            .unwrap();
        let refused: Vec<&str> = report
            .files
            .iter()
            .filter(|file| matches!(file.outcome, Outcome::NotStored(_)))
            .map(|file| file.checked.path.as_str())
            .collect();
        // Two letters, and the images as one: none of them names a device.
        assert_eq!(refused.len(), 3, "{refused:?}");
        // With the log as it is while the workspace is open, and folded into the database.
        assert_eq!(leaked(&at), []);

        // Compression must not be what hides them: every original is looked at unpacked.
        for row in store.documents().await.unwrap() {
            let original = store.original(&row.digest).await.unwrap();
            let text = String::from_utf8_lossy(&original);
            let found: Vec<&str> = MARKERS
                .into_iter()
                .filter(|marker| text.contains(marker))
                .collect();
            assert_eq!(found, [""; 0], "{}", row.name);
        }
        store.close().await;
        assert_eq!(leaked(&at), []);
    });
}

/// Images with markers in every element that is none of the equipment, in folders, in a zip and compressed.
fn plant_images(folder: &Path) -> Vec<Planted> {
    let all = planted();
    let mut members: Vec<(&str, Vec<u8>)> = Vec::new();
    for (index, image) in all.iter().enumerate() {
        if index % 3 == 0 {
            members.push((&image.name, image.bytes.clone()));
        } else {
            papers::write(folder, &image.name, &image.bytes);
        }
    }
    papers::write(folder, "images.zip", papers::zip(&members));
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(&all[0].bytes).unwrap();
    papers::write(
        folder,
        &format!("{}.gz", all[0].name),
        writer.finish().unwrap(),
    );
    all
}

#[test]
fn of_images_only_the_equipment_reaches_the_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let images = plant_images(folder.path());
    let at = folder.path().join(".isocenter");
    run(async {
        let store = Store::open(&at).await.unwrap();
        let report = import(&store, &[folder.path().to_owned()], "anna", now(), &mut ())
            .await
            .unwrap();
        let told = format!("{report:?}");
        assert!(!told.contains("PLANTED"), "{told}");
        let equipment = store.equipment().await.unwrap();
        let device = equipment
            .iter()
            .find(|stored| stored.record.serial_number.as_deref() == Some(SERIAL))
            .unwrap();
        // Eleven images that are sound, and one of them compressed beside itself.
        assert_eq!(device.record.seen.files, 12);

        let mut originals = Vec::new();
        for row in store.documents().await.unwrap() {
            originals.push((row.name, store.original(&row.digest).await.unwrap()));
        }
        let open = files(&at);
        store.close().await;
        // The log as it is while the workspace is open, the originals unpacked, and the database alone.
        for (path, bytes) in open.into_iter().chain(originals).chain(files(&at)) {
            assert!(!holds(&bytes, b"PLANTED"), "{path}");
            // A digest of an image, or of its name, would be a pseudonym of the patient.
            for image in &images {
                let own = [image.bytes.as_slice(), image.name.as_bytes()];
                for digest in own.map(isocenter_model::Digest::of) {
                    assert!(!holds(&bytes, digest.as_bytes()), "{path}");
                    assert!(!holds(&bytes, digest.to_string().as_bytes()), "{path}");
                }
            }
        }
    });
}

#[test]
fn a_marker_that_was_stored_would_be_found() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join(".isocenter");
    papers::write(
        folder.path(),
        "inventory.csv",
        "Asset No,Manufacturer,Model\nPLANTEDPATIENTDOE,Example Medical,Scanner One\n",
    );
    crate::import_into(&at, &[folder.path().join("inventory.csv")]);
    assert_ne!(leaked(&at), []);
}
