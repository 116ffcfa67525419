//! What is about patients never reaches the workspace, in no byte of any of its files.

use std::path::Path;

use isocenter_store::Store;
use isocenter_workspace::import::{Outcome, import};

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
    for entry in std::fs::read_dir(workspace).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for marker in MARKERS {
            if bytes
                .windows(marker.len())
                .any(|window| window == marker.as_bytes())
            {
                leaked.push((path.display().to_string(), marker));
            }
        }
    }
    leaked
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
        assert_eq!(refused.len(), 5, "{refused:?}");
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
