//! DICOM files with a marker wherever something about a patient, a study or a single image can stand: in every element
//! of their groups that is none of the equipment, in private elements, in sequences, in preamble, meta information
//! and pixels, in file names and folders. No byte of it may reach a record, a store or an output.

use crate::dicom_file::{Layout, element};

/// Long enough not to occur by chance, and a valid value of most representations.
pub(crate) const MARKER: &str = "PLANTED^MARKER^OF^A^PATIENT";

/// The serial number of the device that all planted files name.
pub(crate) const SERIAL: &str = "HX2-0042";

/// Text representations of PS3.5 6.2, and those whose bytes may hold text all the same.
const REPRESENTATIONS: [&str; 20] = [
    "AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "OB", "PN", "SH", "SQ", "ST", "TM", "UC",
    "UI", "UN", "UR", "UT",
];

/// The attributes of the equipment, with values that may be kept.
const EQUIPMENT: [(u32, &str, &str); 9] = [
    (0x0008_0022, "DA", "20240229"),
    (0x0008_0060, "CS", "US"),
    (0x0008_0070, "LO", "Tarnfield Ultrasound Inc."),
    (0x0008_0080, "LO", "Example Clinic"),
    (0x0008_1010, "SH", "US-ROOM-3"),
    (0x0008_1040, "LO", "Radiology"),
    (0x0008_1090, "LO", "Heron X2"),
    (0x0018_1000, "LO", SERIAL),
    (0x0018_1020, "LO", "6.1\\OS 10"),
];

/// Attributes that are read as days or codes, where no text may pass, and those that are not planted because what they
/// hold is the equipment's.
const EQUIPMENTS_OWN: [u32; 6] = [
    0x0018_1002,
    0x0018_1009,
    0x0018_100A,
    0x0018_1016,
    0x0018_1018,
    0x0018_1019,
];

/// A planted file with its name, folders among it.
pub(crate) struct Planted {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// All planted files. Each names the device, but for those that are damaged.
pub(crate) fn planted() -> Vec<Planted> {
    let mut files = Vec::new();
    let mut add = |bytes: Vec<u8>| {
        let name = format!("{MARKER}/{MARKER}-{}.dcm", files.len());
        files.push(Planted { name, bytes });
    };
    for group in [0x0008, 0x0009, 0x0010, 0x0011, 0x0017, 0x0018] {
        add(file(Layout::Explicit, &every_element_of(group)));
    }
    for layout in [Layout::Implicit, Layout::BigEndian, Layout::Deflated] {
        add(file(layout, &every_element_of(0x0010)));
    }
    let later: Vec<u32> = [
        0x0020, 0x0028, 0x0032, 0x0038, 0x0040, 0x0054, 0x0088, 0x2030, 0x300A, 0x4008, 0x5200,
        0x7FE0, 0xFFFA,
    ]
    .iter()
    .flat_map(|group| (0x0010..0x0400).map(move |element| group << 16 | element))
    .collect();
    add(file(Layout::Explicit, &later));
    // Lengths that lie: the institution swallows what follows, up to the patient's name.
    for length in [20_u16, 60, 200, 400] {
        let mut bytes = file(Layout::Explicit, &[0x0010_0010]);
        let institution = b"\x08\0\x80\0LO";
        let at = find(&bytes, institution) + institution.len();
        bytes[at..at + 2].copy_from_slice(&length.to_le_bytes());
        add(bytes);
    }
    let whole = file(Layout::Explicit, &[0x0008_0090, 0x0010_0010]);
    add(whole[..find(&whole, b"\x18\0\x00\x10LO")].to_vec());
    add(whole[132..].to_vec());
    files
}

fn find(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
        .unwrap()
}

/// Every element of a group that is none of the equipment.
fn every_element_of(group: u32) -> Vec<u32> {
    (1..=0xFFFF)
        .map(|element| group << 16 | element)
        .filter(|tag| {
            !EQUIPMENTS_OWN.contains(tag) && EQUIPMENT.iter().all(|(known, ..)| known != tag)
        })
        .collect()
}

/// A file of the equipment with a marker in each of these elements, and in what stands before them.
fn file(layout: Layout, tags: &[u32]) -> Vec<u8> {
    let mut elements: Vec<(u32, Vec<u8>)> = EQUIPMENT
        .iter()
        .map(|(tag, representation, value)| {
            (
                *tag,
                element(layout, *tag, representation, value.as_bytes()),
            )
        })
        .collect();
    for (index, tag) in tags.iter().enumerate() {
        let representation = REPRESENTATIONS[index % REPRESENTATIONS.len()];
        let bytes = if representation == "SQ" {
            sequence(layout, *tag)
        } else {
            element(layout, *tag, representation, MARKER.as_bytes())
        };
        elements.push((*tag, bytes));
    }
    elements.sort_by_key(|(tag, _)| *tag);
    let data: Vec<u8> = elements.into_iter().flat_map(|(_, bytes)| bytes).collect();
    let mut bytes = crate::dicom_file::with_meta(layout, &data);
    bytes[..MARKER.len()].copy_from_slice(MARKER.as_bytes());
    let instance = element(Layout::Explicit, 0x0002_0003, "UI", MARKER.as_bytes());
    let syntax = find(&bytes, b"\x02\0\x10\0UI");
    bytes.splice(syntax..syntax, instance);
    bytes
}

/// A sequence with one item, which holds markers in elements that are wanted elsewhere.
fn sequence(layout: Layout, tag: u32) -> Vec<u8> {
    let inner: Vec<u8> = [
        (0x0008_0070, "LO"),
        (0x0008_1010, "SH"),
        (0x0010_0010, "PN"),
        (0x0018_1020, "LO"),
    ]
    .iter()
    .flat_map(|(tag, representation)| element(layout, *tag, representation, MARKER.as_bytes()))
    .collect();
    let length = u32::try_from(inner.len()).unwrap();
    let mark = match layout {
        Layout::BigEndian => [&[0xFF, 0xFE, 0xE0, 0x00][..], &length.to_be_bytes()].concat(),
        _ => [&[0xFE, 0xFF, 0x00, 0xE0][..], &length.to_le_bytes()].concat(),
    };
    element(layout, tag, "SQ", &[mark, inner].concat())
}
