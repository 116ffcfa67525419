//! Devices that images name.

use crate::dicom_file::{Layout, ULTRASOUND, file};
use crate::session::Session;

#[test]
fn an_image_says_which_device_made_it() {
    let session = Session::new();
    session.write("images/1", file(Layout::Explicit, ULTRASOUND));
    session.write("images/2", file(Layout::Deflated, ULTRASOUND));
    let checked = session.run(&["check", "images"]).ends(0);
    insta::assert_snapshot!(checked.text(), @r"
    images
      equipment of DICOM files · 2 files · 762 B · sha256 12135ee88808
      note     dicom-equipment-read  document
               the files are of Tarnfield Ultrasound Inc. Heron X2, station US-ROOM-3, serial number
               HX2-0042, software 6.1; HX_OS.09.460 Windows 10 IoT; DRIVERS.29, last seen 2011-05-25

    1 file · 1 note

    Decision support for security work. Not a medical device: it does not diagnose, treat or control,
    and every clinical decision stays with the people responsible.
    ");
    session.run(&["import", "images"]).ends(0);
    let shown = session
        .run(&["--workspace", "images/.isocenter", "show", "us-room-3"])
        .ends(0);
    insta::assert_snapshot!(shown.text(), @r"
    dicom-US-ROOM-3
    not examined: no bill of materials; silence is not safety

    maker              Tarnfield Ultrasound Inc.
    model              Heron X2
    software version   6.1
    release            Tarnfield Ultrasound Inc. Heron X2 6.1 (f8e9601f4567)
    serial number      HX2-0042
    site               Universität Example
    department         Radiology
    modality           US
    clinical role      unknown
    known from         images only: no inventory lists it
    images             2 files, 2011-05-25 (US)
    stations           US-ROOM-3
    institutions       Universität Example
    device UIDs        1.2.826.0.1.99
    software in images 6.1; HX_OS.09.460 Windows 10 IoT; DRIVERS.29
    written with       OFFIS_DCMTK_362 1.2.276.0.7230010.3.0.3.6.2 STORE1
    findings           0 now · 0 soon · 0 planned · 0 watch · 0 undetermined · 0 fixed · 0 not affected
    exposure           unknown, taken as 8.0 points
                       no MDS2 form: how reachable it is, is unknown

    No findings

    Decision support for security work. Not a medical device: it does not diagnose, treat or control,
    and every clinical decision stays with the people responsible.
    ");
}
