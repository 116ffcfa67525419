//! DICOM files made for a test.

/// How the data set is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Implicit,
    Explicit,
    BigEndian,
    Deflated,
}

impl Layout {
    fn uid(self) -> &'static str {
        match self {
            Self::Implicit => "1.2.840.10008.1.2",
            Self::Explicit => "1.2.840.10008.1.2.1",
            Self::BigEndian => "1.2.840.10008.1.2.2",
            Self::Deflated => "1.2.840.10008.1.2.1.99",
        }
    }
}

/// One element: tag, value representation, value.
pub(crate) fn element(layout: Layout, tag: u32, representation: &str, value: &[u8]) -> Vec<u8> {
    let short = |number: usize| {
        let number = u16::try_from(number).unwrap();
        match layout {
            Layout::BigEndian => number.to_be_bytes(),
            _ => number.to_le_bytes(),
        }
    };
    let long = |number: usize| {
        let number = u32::try_from(number).unwrap();
        match layout {
            Layout::BigEndian => number.to_be_bytes(),
            _ => number.to_le_bytes(),
        }
    };
    let mut padded = value.to_vec();
    if padded.len() % 2 == 1 {
        padded.push(if representation == "UI" { 0 } else { b' ' });
    }
    let mut bytes = short((tag >> 16) as usize).to_vec();
    bytes.extend(short((tag & 0xFFFF) as usize));
    if layout == Layout::Implicit {
        bytes.extend(long(padded.len()));
    } else {
        bytes.extend(representation.bytes());
        if ["OB", "OW", "SQ", "UC", "UN", "UR", "UT"].contains(&representation) {
            bytes.extend([0, 0]);
            bytes.extend(long(padded.len()));
        } else {
            bytes.extend(short(padded.len()));
        }
    }
    bytes.extend(padded);
    bytes
}

/// A file of these elements, behind preamble, prefix and file meta information.
pub(crate) fn file(layout: Layout, elements: &[(u32, &str, &[u8])]) -> Vec<u8> {
    let data: Vec<u8> = elements
        .iter()
        .flat_map(|(tag, representation, value)| element(layout, *tag, representation, value))
        .collect();
    with_meta(layout, &data)
}

/// A file of this data set.
pub(crate) fn with_meta(layout: Layout, data: &[u8]) -> Vec<u8> {
    let meta: Vec<u8> = [
        (0x0002_0002, "UI", "1.2.840.10008.5.1.4.1.1.6.1"),
        (0x0002_0010, "UI", layout.uid()),
        (0x0002_0012, "UI", "1.2.276.0.7230010.3.0.3.6.2"),
        (0x0002_0013, "SH", "OFFIS_DCMTK_362"),
        (0x0002_0016, "AE", "STORE1"),
    ]
    .iter()
    .flat_map(|(tag, representation, value)| {
        element(Layout::Explicit, *tag, representation, value.as_bytes())
    })
    .collect();
    let mut bytes = vec![0; 128];
    bytes.extend(b"DICM");
    let length = u32::try_from(meta.len()).unwrap().to_le_bytes();
    bytes.extend(element(Layout::Explicit, 0x0002_0000, "UL", &length));
    bytes.extend(meta);
    if layout == Layout::Deflated {
        use std::io::Write as _;
        let mut writer =
            flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        writer.write_all(data).unwrap();
        bytes.extend(writer.finish().unwrap());
    } else {
        bytes.extend(data);
    }
    bytes
}

/// An ultrasound image of a device that lists its parts under software versions.
pub(crate) const ULTRASOUND: &[(u32, &str, &[u8])] = &[
    (0x0008_0005, "CS", b"ISO_IR 100"),
    (0x0008_0012, "DA", b"20200101"),
    (0x0008_0016, "UI", b"1.2.840.10008.5.1.4.1.1.6.1"),
    (0x0008_0018, "UI", b"1.2.3.4.5.6.7.8.9"),
    (0x0008_0020, "DA", b"20110520"),
    (0x0008_0022, "DA", b"20110525"),
    (0x0008_0050, "SH", b"ACC123"),
    (0x0008_0060, "CS", b"US"),
    (0x0008_0070, "LO", b"Tarnfield Ultrasound Inc."),
    (0x0008_0080, "LO", b"Universit\xe4t Example"),
    (0x0008_0090, "PN", b"Referrer^Anna"),
    (0x0008_1010, "SH", b"US-ROOM-3"),
    (0x0008_1040, "LO", b"Radiology"),
    (0x0008_1090, "LO", b"Heron X2"),
    (0x0010_0010, "PN", b"Doe^Jane"),
    (0x0010_0020, "LO", b"P-12345"),
    (0x0018_1000, "LO", b"HX2-0042"),
    (0x0018_1002, "UI", b"1.2.826.0.1.99"),
    (
        0x0018_1020,
        "LO",
        b"6.1\\HX_OS.09.460 Windows 10 IoT\\DRIVERS.29",
    ),
    (0x0020_000D, "UI", b"1.2.3.4"),
    (0x7FE0_0010, "OW", b"\x01\x02\x03\x04"),
];
