//! Many DICOM files become one device.

use std::path::Path;

use isocenter_model::equipment::EquipmentRecord;
use isocenter_workspace::Workspace;

use crate::dicom_file::{Layout, ULTRASOUND, file};
use crate::{ask, check, import_into, now, outcomes, papers, run, said};

/// An image of that serial number, software and day.
fn image(serial: &str, version: &str, day: &str) -> Vec<u8> {
    let elements: Vec<(u32, &str, &[u8])> = ULTRASOUND
        .iter()
        .map(|(tag, representation, value)| {
            let value = match tag {
                0x0008_0022 => day.as_bytes(),
                0x0018_1000 => serial.as_bytes(),
                0x0018_1020 => version.as_bytes(),
                _ => value,
            };
            (*tag, *representation, value)
        })
        .collect();
    file(Layout::Explicit, &elements)
}

fn records(at: &Path) -> Vec<EquipmentRecord> {
    ask(at, |store| async move {
        let stored = store.equipment().await.unwrap();
        stored.into_iter().map(|stored| stored.record).collect()
    })
}

fn seen(record: &EquipmentRecord) -> String {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    format!(
        "{} {} {} {}",
        record.seen.files,
        day(record.seen.first),
        day(record.seen.last),
        record.software_version().unwrap_or_default()
    )
}

#[test]
fn a_folder_of_images_is_one_paper_for_each_device() {
    let folder = tempfile::tempdir().unwrap();
    let images = folder.path().join("images");
    for number in 0..300 {
        let serial = ["A-1", "A-2"][number % 2];
        let version = if number < 150 {
            "6.0\\OS 7"
        } else {
            "6.1\\OS 10"
        };
        let day = format!("2024{:02}{:02}", number / 28 + 1, number % 28 + 1);
        papers::write(
            &images,
            &format!("d{}/im{number}", number % 7),
            image(serial, version, &day),
        );
    }
    let at = folder.path().join(".isocenter");
    let report = import_into(&at, std::slice::from_ref(&images));
    assert_eq!(
        outcomes(folder.path(), &report),
        "images dicom stored\nimages dicom stored\n"
    );
    let all: Vec<String> = records(&at).iter().map(seen).collect();
    assert_eq!(
        all,
        [
            "150 2024-01-01 2024-11-19 6.1",
            "150 2024-01-02 2024-11-20 6.1"
        ]
    );
    assert_eq!(records(&at)[0].software.len(), 2);
    let checked = check(std::slice::from_ref(&images));
    assert_eq!(
        said(folder.path(), &checked),
        "images dicom\nimages dicom\n"
    );
    assert_eq!(checked[0].summary["files"], 150);
}

#[test]
fn images_that_come_in_portions_widen_the_record_and_none_counts_twice() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join(".isocenter");
    papers::write(folder.path(), "may/1", image("A-1", "6.1", "20240501"));
    papers::write(folder.path(), "may/2", image("A-1", "6.1", "20240520"));
    papers::write(folder.path(), "march/1", image("A-1", "6.0", "20240301"));
    let mut told = Vec::new();
    for part in ["may", "may", "march", "may", "march", ""] {
        let report = import_into(&at, &[folder.path().join(part)]);
        told.push(
            outcomes(folder.path(), &report)
                .lines()
                .last()
                .unwrap()
                .to_owned(),
        );
        let all = records(&at);
        assert_eq!(all.len(), 1);
        told.push(seen(&all[0]));
    }
    insta::assert_snapshot!(told.join("\n"), @r"
    may dicom stored
    2 2024-05-01 2024-05-20 6.1
    may dicom unchanged
    2 2024-05-01 2024-05-20 6.1
    march dicom stored
    2 2024-03-01 2024-05-20 6.1
    may dicom unchanged
    2 2024-03-01 2024-05-20 6.1
    march dicom unchanged
    2 2024-03-01 2024-05-20 6.1
     dicom stored
    3 2024-03-01 2024-05-20 6.1
    ");
}

#[test]
fn a_large_image_is_read_by_its_beginning_and_in_an_archive_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut large = image("A-1", "6.1", "20240501");
    let head = large.len();
    large.resize(head + (100 << 20), 0x5A);
    papers::write(folder.path(), "large/1", &large);
    papers::write(
        folder.path(),
        "archive/images.zip",
        papers::zip(&[("1", large)]),
    );
    for part in ["large", "archive"] {
        let checked = check(&[folder.path().join(part)]);
        let device = checked.last().unwrap();
        assert_eq!(device.summary["files"], 1);
        let ids: Vec<_> = device.problems.iter().map(|problem| problem.id).collect();
        assert_eq!(ids, ["dicom-equipment-read"]);
        // What is digested and would be kept is the record.
        assert!(device.size < 2_000);
    }
}

#[test]
fn a_device_of_the_inventory_is_not_counted_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join(".isocenter");
    papers::write(
        folder.path(),
        "inventory.csv",
        "Asset No,Manufacturer,Model,Serial\nUS-1,TARNFIELD ULTRASOUND,Heron X2,a-1\nUS-2,Tarnfield Ultrasound,Heron X2,0000\n",
    );
    papers::write(folder.path(), "1", image("A-1", "6.1", "20240501"));
    papers::write(folder.path(), "2", image("0000", "5.0", "20200101"));
    papers::write(folder.path(), "3", image("B-7", "6.1", "20240502"));
    let assessment = run(async {
        let workspace = Workspace::open(&at, "anna").await.unwrap();
        workspace
            .import(&[folder.path().to_owned()], now(), &mut ())
            .await
            .unwrap();
        let assessment = workspace.assess(now()).await.unwrap();
        workspace.close().await;
        assessment
    });
    let devices: Vec<String> = assessment
        .devices
        .iter()
        .map(|view| {
            let seen: Vec<String> = view.equipment.iter().map(seen).collect();
            format!(
                "{} from {}: {} [{}]",
                view.device.asset_id,
                view.known_from.as_str(),
                view.device.software_version.as_deref().unwrap_or("-"),
                seen.join(", ")
            )
        })
        .collect();
    insta::assert_snapshot!(devices.join("\n"), @r"
    US-1 from inventory: - [1 2024-05-01 2024-05-01 6.1]
    US-2 from inventory: - []
    dicom-US-ROOM-3-8275ca0b2efb from images: 6.1 [1 2024-05-02 2024-05-02 6.1]
    dicom-US-ROOM-3-8e0cda27b176 from images: 5.0 [1 2020-01-01 2020-01-01 5.0]
    ");
    let releases: Vec<String> = assessment
        .releases
        .iter()
        .map(|view| format!("{}: {}", view.release.label(), view.devices))
        .collect();
    insta::assert_snapshot!(releases.join("\n"), @r"
    Tarnfield Ultrasound Inc. Heron X2: 2
    Tarnfield Ultrasound Inc. Heron X2 5.0: 1
    Tarnfield Ultrasound Inc. Heron X2 6.1: 1
    ");
}
