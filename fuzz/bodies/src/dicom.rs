//! DICOM files: the equipment is read, and the patient never is.

use isocenter_documents::{ReadOptions, dicom, read};
use isocenter_model::{Document, Reading};

use crate::laws;

/// What stands in every element about the patient and the study.
const MARKER: &str = "ZQMARKERQZ";

/// The file as it is, and a file in which the bytes stand between its head and the patient.
pub(crate) fn file(data: &[u8]) {
    let reading = laws::reading(data, dicom::read);
    is_read_again(&reading);
    if dicom::is_enough(data) {
        let longer = [data, b"\x18\0\x20\x10LO\x02\0XX"].concat();
        laws::same_content(
            &reading,
            &dicom::read(&longer),
            "a longer beginning of the file",
        );
    }
    // The bytes themselves must not hold what is looked for.
    if data
        .windows(MARKER.len())
        .any(|window| window == MARKER.as_bytes())
    {
        return;
    }
    for explicit in [true, false] {
        let reading = dicom::read(&before_the_patient(data, explicit));
        laws::problems_are_sound(&reading);
        assert!(
            !format!("{reading:?}").contains(MARKER),
            "the reading tells of the patient: {reading:?}"
        );
    }
}

/// A record is written and read again.
fn is_read_again(reading: &Reading) {
    let Some(Document::Equipment(record)) = &reading.document else {
        return;
    };
    let again = read(&dicom::write(record), &ReadOptions::default());
    assert_eq!(
        again.document, reading.document,
        "a record is written otherwise than it was read: {:?}",
        again.problems
    );
}

fn before_the_patient(data: &[u8], explicit: bool) -> Vec<u8> {
    let syntax: &[u8] = if explicit {
        b"1.2.840.10008.1.2.1\0"
    } else {
        b"1.2.840.10008.1.2\0"
    };
    let meta = element(0x0002_0010, *b"UI", syntax, true);
    let length = u32::try_from(meta.len()).unwrap_or(0).to_le_bytes();
    let of_patient = [
        (0x0008_0050, *b"SH"),
        (0x0008_0090, *b"PN"),
        (0x0010_0010, *b"PN"),
        (0x0010_0020, *b"LO"),
        (0x0010_1030, *b"LO"),
        (0x0019_1001, *b"LO"),
        (0x0020_0010, *b"SH"),
    ]
    .map(|(tag, representation)| element(tag, representation, MARKER.as_bytes(), explicit))
    .concat();
    [
        &[0; 128][..],
        b"DICM",
        &element(0x0002_0000, *b"UL", &length, true),
        &meta,
        &element(0x0008_0070, *b"LO", b"Northlight", explicit),
        data,
        &of_patient,
        &element(0x0020_1200, *b"IS", b"1 ", explicit),
    ]
    .concat()
}

/// An element in little endian, whose value has an even length.
fn element(tag: u32, representation: [u8; 2], value: &[u8], explicit: bool) -> Vec<u8> {
    let [a, b, c, d] = tag.to_le_bytes();
    let length = u16::try_from(value.len()).unwrap_or(0).to_le_bytes();
    let mut bytes = vec![c, d, a, b];
    if explicit {
        bytes.extend(representation);
        bytes.extend(length);
    } else {
        bytes.extend(length);
        bytes.extend([0, 0]);
    }
    bytes.extend(value);
    bytes
}
