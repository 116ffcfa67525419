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

const SCAN: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<nmaprun scanner="nmap" args="nmap -sV -oX scan.xml 10.31.0.0/24" start="1795886976" version="7.93" xmloutputversion="1.05">
<scaninfo type="syn" protocol="tcp" numservices="2" services="104,443"/>
<host starttime="1795886977" endtime="1795886995"><status state="up" reason="arp-response" reason_ttl="0"/>
<address addr="10.31.0.77" addrtype="ipv4"/><address addr="02:00:5E:00:53:01" addrtype="mac"/>
<ports><port protocol="tcp" portid="104"><state state="open" reason="syn-ack" reason_ttl="64"/><service name="dicom" method="probed" conf="10"/>
<script id="dicom-ping" output="x"><elem key="config">Any AET is accepted (Insecure)</elem></script></port></ports></host>
<host><status state="up" reason="echo-reply" reason_ttl="61"/><address addr="10.31.0.12" addrtype="ipv4"/>
<ports><port protocol="tcp" portid="104"><state state="open" reason="syn-ack" reason_ttl="61"/><service name="acr-nema" method="table" conf="3"/></port></ports></host>
<runstats><finished time="1795886995" exit="success"/></runstats></nmaprun>"#;

#[test]
fn a_scan_says_what_a_device_has_open_and_which_hosts_nobody_listed() {
    let session = Session::new();
    session.write("papers/scan.xml", SCAN);
    session.write(
        "papers/inventory.csv",
        "Asset,Manufacturer,Model,IP,MAC\nUS-1,Tarnfield Ultrasound,Heron X2,10.31.0.11,02-00-5e-00-53-01\n",
    );
    session.run(&["check", "papers/inventory.csv"]).ends(0);
    let checked = session.run(&["check", "papers/scan.xml"]).ends(1);
    insta::assert_snapshot!(checked.text(), @r"
    papers/scan.xml
      network scan 1.05 · 2 dicom, 2 hosts, 2 services · 1.1 kB · sha256 3e2bb84f4bf9
      warning  nmap-dicom-service  /nmaprun/host[1] (line 5)
               10.31.0.77 answers DICOM and takes associations under any title, 104/tcp
      note     nmap-dicom-service  /nmaprun/host[2] (line 9)
               10.31.0.12 is open on a port of DICOM, 104/tcp

    1 file · 1 warning · 1 note

    Decision support for security work. Not a medical device: it does not diagnose, treat or control,
    and every clinical decision stays with the people responsible.
    ");
    let answer = session.run(&["assess", "papers"]).ends(0).text();
    let said: Vec<&str> = answer
        .lines()
        .filter(|line| line.contains("DICOM"))
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    ! 1 host answers on a DICOM port of the network and no device has the address: 10.31.0.12.
    ! 1 device takes DICOM associations under any called title: US-1.
    ");
    let shown = session
        .run(&["--workspace", "papers/.isocenter", "show", "10.31.0.77"])
        .ends(0)
        .text();
    let seen: Vec<&str> = shown
        .lines()
        .filter(|line| line.contains("seen") || line.contains("open "))
        .collect();
    insta::assert_snapshot!(seen.join("\n"), @r"
    seen by scan       2026-11-28 17:29 UTC at 10.31.0.77, 02:00:5E:00:53:01
    open 104/tcp       dicom; takes associations under any called title
    ");
}
