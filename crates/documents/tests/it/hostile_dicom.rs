//! DICOM files made to break the reader, or to make it tell what it must not.

use isocenter_documents::{ReadOptions, dicom, read};
use isocenter_model::{Document, Reading};

use crate::dicom_file::{Layout, ULTRASOUND, element, file, with_meta};
use crate::mutation::{is_safe, run};
use crate::paper::ids;

const LAYOUTS: [Layout; 4] = [
    Layout::Explicit,
    Layout::Implicit,
    Layout::BigEndian,
    Layout::Deflated,
];

/// What no reading of [`ULTRASOUND`] may hold: the patient, the referrer, the study, the instance.
const SECRETS: [&str; 6] = [
    "Doe",
    "Jane",
    "P-12345",
    "Referrer",
    "ACC123",
    "1.2.3.4.5.6.7.8.9",
];

#[track_caller]
fn is_discreet(reading: &Reading) {
    is_safe(reading);
    let words = format!("{reading:?}");
    for secret in SECRETS {
        assert!(!words.contains(secret), "{secret} in {words}");
    }
}

#[test]
fn a_file_cut_anywhere_is_read_as_far_as_it_goes() {
    for layout in LAYOUTS {
        let whole = file(layout, ULTRASOUND);
        for length in 0..whole.len() {
            let cut = &whole[..length];
            is_discreet(&dicom::read(cut));
            is_discreet(&read(cut, &ReadOptions::default()));
        }
    }
}

#[test]
fn a_length_that_lies_never_carries_a_neighbour_into_the_record() {
    for layout in [Layout::Explicit, Layout::Implicit, Layout::BigEndian] {
        for (index, (tag, representation, value)) in ULTRASOUND.iter().enumerate() {
            let before = file(layout, &ULTRASOUND[..index]);
            let after: Vec<u8> = ULTRASOUND[index + 1..]
                .iter()
                .flat_map(|(tag, representation, value)| {
                    element(layout, *tag, representation, value)
                })
                .collect();
            let own = element(layout, *tag, representation, value);
            let at = own.len() - value.len().next_multiple_of(2) - 2;
            for lie in (0..400).chain([0x7FFF, 0xFFFF]) {
                let mut own = own.clone();
                let lie: u16 = lie;
                match layout {
                    Layout::BigEndian => own[at..at + 2].copy_from_slice(&lie.to_be_bytes()),
                    Layout::Implicit => own[at - 2..at].copy_from_slice(&lie.to_le_bytes()),
                    _ => own[at..at + 2].copy_from_slice(&lie.to_le_bytes()),
                }
                is_discreet(&dicom::read(&[&before[..], &own, &after].concat()));
            }
        }
    }
}

/// A sequence of undefined length that begins so many others inside it and ends none.
fn nested(layout: Layout, depth: usize) -> Vec<u8> {
    let mut head = element(layout, 0x0008_1140, "SQ", b"");
    let end = head.len() - 4;
    head[end..].fill(0xFF);
    let mut level = head;
    level.extend(if layout == Layout::BigEndian {
        *b"\xFF\xFE\xE0\x00\xFF\xFF\xFF\xFF"
    } else {
        *b"\xFE\xFF\x00\xE0\xFF\xFF\xFF\xFF"
    });
    level.repeat(depth)
}

#[test]
fn sequences_ten_thousand_deep_are_told_not_followed() {
    for layout in LAYOUTS {
        let mut data = element(layout, 0x0008_0070, "LO", b"Maker");
        data.extend(nested(layout, 10_000));
        let reading = dicom::read(&with_meta(layout, &data));
        assert_eq!(ids(&reading), ["dicom-too-deep"]);
        assert!(matches!(reading.document, Some(Document::Equipment(_))));
    }
    // With lengths instead of marks nothing has to be followed.
    let mut inner = Vec::new();
    for _ in 0..10_000 {
        let length = u32::try_from(inner.len()).unwrap().to_le_bytes();
        inner = [&b"\xFE\xFF\x00\xE0"[..], &length, &inner].concat();
        inner = element(Layout::Implicit, 0x0008_1140, "SQ", &inner);
    }
    let data = [
        inner,
        element(Layout::Implicit, 0x0018_1000, "LO", b"SERIAL"),
    ]
    .concat();
    assert_eq!(
        ids(&dicom::read(&with_meta(Layout::Implicit, &data))),
        [""; 0]
    );
}

#[test]
fn a_data_set_that_inflates_without_end_is_stopped() {
    let mut data = element(Layout::Explicit, 0x0008_0070, "LO", b"Maker");
    let mut head = element(Layout::Explicit, 0x0009_1001, "OB", b"");
    let end = head.len() - 4;
    head[end..].copy_from_slice(&(300_u32 << 20).to_le_bytes());
    data.extend(head);
    data.resize(300 << 20, 0);
    let bytes = with_meta(Layout::Deflated, &data);
    assert!(bytes.len() < 4 << 20);
    let reading = dicom::read(&bytes);
    assert_eq!(ids(&reading), ["dicom-cut-off"]);
    assert!(reading.document.is_some());
}

#[test]
fn tags_that_do_not_ascend_end_the_reading() {
    for (first, second) in [(0x0010_0010, 0x0008_0070), (0x0008_0070, 0x0008_0070)] {
        let data = [
            element(Layout::Explicit, 0x0008_0060, "CS", b"US"),
            element(Layout::Explicit, 0x0008_0068, "LO", b"x"),
            element(Layout::Explicit, first, "LO", b"First"),
            element(Layout::Explicit, second, "LO", b"Doe"),
        ]
        .concat();
        let reading = dicom::read(&with_meta(Layout::Explicit, &data));
        assert!(ids(&reading).contains(&"dicom-tags-disordered"));
        is_discreet(&reading);
    }
}

#[test]
fn thousands_of_values_and_identifications_are_bounded() {
    let versions = "1\\".repeat(2_000);
    let udi = element(Layout::Explicit, 0x0018_1009, "UT", b"(01)00812345678901");
    let length = u32::try_from(udi.len()).unwrap().to_le_bytes();
    let item = [&b"\xFE\xFF\x00\xE0"[..], &length, &udi].concat();
    let items = item.repeat(10_000);
    let elements: &[(u32, &str, &[u8])] = &[
        (0x0008_0070, "LO", b"Maker"),
        (0x0018_100A, "SQ", &items),
        (0x0018_1020, "LO", versions.as_bytes()),
    ];
    let reading = dicom::read(&file(Layout::Explicit, elements));
    assert_eq!(ids(&reading), ["dicom-value-too-long"]);
    let Some(Document::Equipment(record)) = &reading.document else {
        panic!("{:?}", reading.problems);
    };
    assert_eq!(record.software[0].versions.len(), 32);
    assert_eq!(record.udis.len(), 1);
}

#[test]
fn mutated_files_never_break_the_reader() {
    for layout in LAYOUTS {
        let mut data: Vec<u8> = ULTRASOUND
            .iter()
            .flat_map(|(tag, representation, value)| element(layout, *tag, representation, value))
            .collect();
        data.extend(nested(layout, 3));
        for whole in [file(layout, ULTRASOUND), with_meta(layout, &data), data] {
            run(1_000, &whole, |bytes| {
                let enough = dicom::is_enough(bytes);
                let reading = dicom::read(bytes);
                // More bytes change nothing once there are enough.
                if enough {
                    let longer = [bytes, b"\x18\0\x20\x10LO\x02\0XX"].concat();
                    assert_eq!(dicom::read(&longer).document, reading.document);
                }
                Some(reading)
            });
        }
    }
    let record = match dicom::read(&file(Layout::Explicit, ULTRASOUND)).document {
        Some(Document::Equipment(record)) => dicom::write(&record),
        other => panic!("{other:?}"),
    };
    run(1_000, &record, |bytes| {
        Some(read(bytes, &ReadOptions::default()))
    });
}
