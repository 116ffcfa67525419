//! What stands in a hospital: DICOM files of its scanners, scans of its network.

use std::fmt::Write;

/// Images of half a megabyte in explicit little endian; the reader stops before their pixels.
pub(super) fn dicom() -> Vec<Vec<u8>> {
    (0..20).map(image).collect()
}

fn image(number: usize) -> Vec<u8> {
    let meta = [
        element(0x0002_0002, *b"UI", b"1.2.840.10008.5.1.4.1.1.2\0"),
        element(0x0002_0010, *b"UI", b"1.2.840.10008.1.2.1\0"),
        element(0x0002_0012, *b"UI", b"1.2.276.0.7230010.3.0.3.6.2\0"),
        element(0x0002_0013, *b"SH", b"OFFIS_DCMTK_362 "),
    ]
    .concat();
    let serial = format!("SC-{number:05}");
    let data = [
        element(0x0008_0005, *b"CS", b"ISO_IR 100"),
        element(0x0008_0016, *b"UI", b"1.2.840.10008.5.1.4.1.1.2\0"),
        element(0x0008_0020, *b"DA", b"20260301"),
        element(0x0008_0060, *b"CS", b"CT"),
        element(0x0008_0070, *b"LO", b"Acme"),
        element(0x0008_0080, *b"LO", b"Example Hospital"),
        element(0x0008_1010, *b"SH", b"CT-ROOM-3 "),
        element(0x0008_1090, *b"LO", b"Scanner 5 "),
        element(0x0010_0010, *b"PN", b"Doe^Jane"),
        element(0x0018_1000, *b"LO", serial.as_bytes()),
        element(0x0018_1020, *b"LO", b"5.2.1\\System 10 "),
        element(0x7FE0_0010, *b"OW", &vec![0; 512 << 10]),
    ]
    .concat();
    let length = u32::try_from(meta.len()).unwrap_or_default().to_le_bytes();
    [
        vec![0; 128],
        b"DICM".to_vec(),
        element(0x0002_0000, *b"UL", &length),
        meta,
        data,
    ]
    .concat()
}

/// An element; `value` has an even number of bytes.
fn element(tag: u32, representation: [u8; 2], value: &[u8]) -> Vec<u8> {
    let [high, low] = [tag >> 16, tag & 0xFFFF];
    let mut bytes = Vec::new();
    for part in [high, low] {
        bytes.extend(u16::try_from(part).unwrap_or_default().to_le_bytes());
    }
    bytes.extend(representation);
    if &representation == b"OW" {
        bytes.extend([0, 0]);
        bytes.extend(u32::try_from(value.len()).unwrap_or_default().to_le_bytes());
    } else {
        bytes.extend(u16::try_from(value.len()).unwrap_or_default().to_le_bytes());
    }
    bytes.extend(value);
    bytes
}

/// A scan by nmap of a network with many hosts.
pub(super) fn nmap() -> Vec<Vec<u8>> {
    let mut hosts = String::new();
    for number in 0..1_000 {
        write!(
            hosts,
            r#"<host starttime="1795886977" endtime="1795886995"><status state="up" reason="arp-response" reason_ttl="0"/>
<address addr="10.31.{high}.{low}" addrtype="ipv4"/><address addr="02:00:5E:00:{high:02X}:{low:02X}" addrtype="mac" vendor="Example Networks"/>
<hostnames><hostname name="host-{number}.imaging.example" type="PTR"/></hostnames>
<ports><extraports state="filtered" count="997"/>
<port protocol="tcp" portid="22"><state state="open" reason="syn-ack" reason_ttl="64"/><service name="ssh" product="OpenSSH" version="7.4" method="probed" conf="10"><cpe>cpe:/a:openbsd:openssh:7.4</cpe></service></port>
<port protocol="tcp" portid="443"><state state="open" reason="syn-ack" reason_ttl="64"/><service name="http" product="Apache httpd" version="2.4.6" tunnel="ssl" method="probed" conf="10"><cpe>cpe:/a:apache:http_server:2.4.6</cpe></service><script id="ssl-date" output="x"/></port>
<port protocol="tcp" portid="104"><state state="open" reason="syn-ack" reason_ttl="64"/><service name="dicom" method="probed" conf="10"/><script id="dicom-ping" output="&#xa;  dicom: DICOM Service Provider discovered!&#xa;  config: Any AET is accepted (Insecure)"><elem key="dicom">DICOM Service Provider discovered!</elem>
<elem key="config">Any AET is accepted (Insecure)</elem></script></port>
</ports><times srtt="65" rttvar="15" to="100000"/></host>
"#,
            high = number / 250,
            low = number % 250,
        )
        .unwrap_or_default();
    }
    let text = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<nmaprun scanner="nmap" args="nmap -sV -oX scan.xml 10.31.0.0/22" start="1795886976" version="7.93" xmloutputversion="1.05">
<scaninfo type="syn" protocol="tcp" numservices="1000" services="1-1000"/>
{hosts}<runstats><finished time="1795886995" elapsed="18.99" exit="success"/><hosts up="1000" down="24" total="1024"/></runstats>
</nmaprun>
"#
    );
    vec![text.into_bytes()]
}
