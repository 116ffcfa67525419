//! Network scans.

use isocenter_documents::{ReadOptions, nmap, read, recognise};
use isocenter_model::network::{NetworkScan, Transport};
use isocenter_model::{Document, DocumentKind, Reading};

use crate::mutation::{is_safe, run};
use crate::paper::ids;

/// Two hosts of a hospital's imaging segment as nmap 7.93 writes them, and one that is down.
pub(crate) const SCAN: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<?xml-stylesheet href="file:///usr/bin/../share/nmap/nmap.xsl" type="text/xsl"?>
<!-- Nmap 7.93 scan initiated Sat Nov 28 17:29:36 2026 as: nmap -sV -O -oX scan.xml 10.31.0.0/24 -->
<nmaprun scanner="nmap" args="nmap -sV -O -oX scan.xml 10.31.0.0/24" start="1795886976" version="7.93" xmloutputversion="1.05">
<scaninfo type="syn" protocol="tcp" numservices="6" services="22,80,104,443,2761-2762,11112"/>
<verbose level="0"/><debugging level="0"/>
<host starttime="1795886977" endtime="1795886995"><status state="up" reason="arp-response" reason_ttl="0"/>
<address addr="10.31.0.11" addrtype="ipv4"/><address addr="02:00:5E:00:53:01" addrtype="mac" vendor="Example Networks"/>
<hostnames><hostname name="ct1.imaging.example" type="PTR"/></hostnames>
<ports><extraports state="filtered" count="2"/>
<port protocol="tcp" portid="22"><state state="closed" reason="reset" reason_ttl="64"/><service name="ssh" method="table" conf="3"/></port>
<port protocol="tcp" portid="443"><state state="open" reason="syn-ack" reason_ttl="64"/><service name="http" product="Apache httpd" version="2.4.6" extrainfo="(CentOS) OpenSSL/1.0.2k" tunnel="ssl" method="probed" conf="10"><cpe>cpe:/a:apache:http_server:2.4.6</cpe></service><script id="ssl-date" output="x"/></port>
<port protocol="tcp" portid="104"><state state="open" reason="syn-ack" reason_ttl="64"/><service name="dicom" method="probed" conf="10"/><script id="dicom-ping" output="&#xa;  dicom: DICOM Service Provider discovered!&#xa;  config: Any AET is accepted (Insecure)"><elem key="dicom">DICOM Service Provider discovered!</elem>
<elem key="config">Any AET is accepted (Insecure)</elem></script></port>
</ports>
<os><portused state="open" proto="tcp" portid="104"/>
<osmatch name="Linux 3.10" accuracy="93" line="1"><osclass type="general purpose" vendor="Linux" osfamily="Linux" osgen="3.X" accuracy="93"><cpe>cpe:/o:linux:linux_kernel:3.10</cpe></osclass></osmatch>
<osmatch name="Linux 3.10 - 4.11" accuracy="100" line="2"><osclass type="general purpose" vendor="Linux" osfamily="Linux" accuracy="100"><cpe>cpe:/o:linux:linux_kernel:3</cpe></osclass></osmatch></os>
<times srtt="65" rttvar="15" to="100000"/></host>
<host><status state="up" reason="echo-reply" reason_ttl="61"/><address addr="10.31.0.12" addrtype="ipv4"/><hostnames/>
<ports><port protocol="tcp" portid="11112"><state state="open" reason="syn-ack" reason_ttl="61"/><service name="dicom" method="table" conf="3"/></port>
<port protocol="udp" portid="161"><state state="open|filtered" reason="no-response" reason_ttl="0"/></port></ports></host>
<host><status state="down" reason="no-response" reason_ttl="0"/><address addr="10.31.0.13" addrtype="ipv4"/></host>
<runstats><finished time="1795886995" elapsed="18.99" exit="success"/><hosts up="2" down="254" total="256"/></runstats>
</nmaprun>
"#;

#[track_caller]
fn scan(reading: &Reading) -> &NetworkScan {
    match &reading.document {
        Some(Document::NetworkScan(scan)) => scan,
        other => panic!("{other:?} {:?}", reading.problems),
    }
}

#[test]
fn hosts_are_read_with_their_open_services() {
    assert_eq!(recognise(SCAN.as_bytes()), DocumentKind::Nmap);
    let reading = read(SCAN.as_bytes(), &ReadOptions::default());
    insta::assert_debug_snapshot!(scan(&reading), @r#"
    NetworkScan {
        scanner: Some(
            "nmap",
        ),
        arguments: Some(
            "nmap -sV -O -oX scan.xml 10.31.0.0/24",
        ),
        made: Some(
            2026-11-28T17:29:55Z,
        ),
        scope: [
            PortRange {
                transport: Tcp,
                first: 22,
                last: 22,
            },
            PortRange {
                transport: Tcp,
                first: 80,
                last: 80,
            },
            PortRange {
                transport: Tcp,
                first: 104,
                last: 104,
            },
            PortRange {
                transport: Tcp,
                first: 443,
                last: 443,
            },
            PortRange {
                transport: Tcp,
                first: 2761,
                last: 2762,
            },
            PortRange {
                transport: Tcp,
                first: 11112,
                last: 11112,
            },
        ],
        hosts: [
            HostScan {
                addresses: [
                    "10.31.0.11",
                ],
                mac_address: Some(
                    "02:00:5E:00:53:01",
                ),
                interface_maker: Some(
                    "Example Networks",
                ),
                names: [
                    "ct1.imaging.example",
                ],
                seen: Some(
                    2026-11-28T17:29:55Z,
                ),
                services: [
                    NetworkService {
                        transport: Tcp,
                        port: 104,
                        name: Some(
                            "dicom",
                        ),
                        is_probed: true,
                        product: None,
                        version: None,
                        details: None,
                        tls: false,
                        cpes: [],
                        dicom: Some(
                            DicomService {
                                is_confirmed: true,
                                accepts_any_title: Some(
                                    true,
                                ),
                            },
                        ),
                        seen: Some(
                            2026-11-28T17:29:55Z,
                        ),
                    },
                    NetworkService {
                        transport: Tcp,
                        port: 443,
                        name: Some(
                            "http",
                        ),
                        is_probed: true,
                        product: Some(
                            "Apache httpd",
                        ),
                        version: Some(
                            "2.4.6",
                        ),
                        details: Some(
                            "(CentOS) OpenSSL/1.0.2k",
                        ),
                        tls: true,
                        cpes: [
                            "cpe:/a:apache:http_server:2.4.6",
                        ],
                        dicom: None,
                        seen: Some(
                            2026-11-28T17:29:55Z,
                        ),
                    },
                ],
                systems: [
                    SystemGuess {
                        name: "Linux 3.10 - 4.11",
                        accuracy: 100,
                        cpes: [
                            "cpe:/o:linux:linux_kernel:3",
                        ],
                    },
                    SystemGuess {
                        name: "Linux 3.10",
                        accuracy: 93,
                        cpes: [
                            "cpe:/o:linux:linux_kernel:3.10",
                        ],
                    },
                ],
            },
            HostScan {
                addresses: [
                    "10.31.0.12",
                ],
                mac_address: None,
                interface_maker: None,
                names: [],
                seen: Some(
                    2026-11-28T17:29:55Z,
                ),
                services: [
                    NetworkService {
                        transport: Tcp,
                        port: 11112,
                        name: Some(
                            "dicom",
                        ),
                        is_probed: false,
                        product: None,
                        version: None,
                        details: None,
                        tls: false,
                        cpes: [],
                        dicom: Some(
                            DicomService {
                                is_confirmed: false,
                                accepts_any_title: None,
                            },
                        ),
                        seen: Some(
                            2026-11-28T17:29:55Z,
                        ),
                    },
                ],
                systems: [],
            },
        ],
    }
    "#);
    insta::assert_debug_snapshot!((&reading.version, &reading.summary), @r#"
    (
        Some(
            "1.05",
        ),
        {
            "dicom": 2,
            "hosts": 2,
            "services": 3,
        },
    )
    "#);
    assert!(scan(&reading).covers(Transport::Tcp, 2_762));
    assert!(!scan(&reading).covers(Transport::Udp, 22));
}

#[test]
fn what_a_person_should_know_is_told() {
    let reading = nmap::read(SCAN.as_bytes());
    let told: Vec<String> = reading
        .problems
        .iter()
        .map(|problem| {
            format!(
                "{} {} {}: {}",
                problem.level, problem.id, problem.at, problem.message
            )
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    warning nmap-dicom-service /nmaprun/host[1] (line 8): 10.31.0.11 answers DICOM and takes associations under any title, 104/tcp
    note nmap-dicom-service /nmaprun/host[2] (line 21): 10.31.0.12 is open on a port of DICOM, 11112/tcp
    note nmap-port-unclear document: 1 port did not answer and may be open or filtered; nothing follows from that
    note nmap-scripts-not-read document: results of scripts are kept and were not read: ssl-date
    ");
}

#[test]
fn a_scan_that_was_stopped_is_read_up_to_its_last_host() {
    let whole = nmap::read(SCAN.as_bytes());
    let second = SCAN.find("<host><status state=\"up\"").unwrap();
    for end in [second, second + 40] {
        let reading = nmap::read(&SCAN.as_bytes()[..end]);
        assert_eq!(ids(&reading)[0], "nmap-interrupted");
        assert_eq!(scan(&reading).hosts[..], scan(&whole).hosts[..1]);
    }
    let told = SCAN.replace("exit=\"success\"", "exit=\"error\"");
    assert!(ids(&nmap::read(told.as_bytes())).contains(&"nmap-interrupted"));
    let none = nmap::read(&SCAN.as_bytes()[..SCAN.find("<host ").unwrap()]);
    assert_eq!(none.document, None);
}

#[test]
fn one_bad_record_never_costs_the_scan() {
    let broken = SCAN
        .replace("portid=\"443\"", "portid=\"99443\"")
        .replace("<address addr=\"10.31.0.12\" addrtype=\"ipv4\"/>", "");
    let reading = nmap::read(broken.as_bytes());
    let ids = ids(&reading);
    assert!(ids.contains(&"nmap-port-malformed"), "{ids:?}");
    assert!(ids.contains(&"nmap-address-missing"), "{ids:?}");
    assert_eq!(scan(&reading).hosts.len(), 1);
    assert_eq!(scan(&reading).hosts[0].services.len(), 1);
}

#[test]
fn a_document_type_that_declares_or_fetches_is_refused() {
    let laughs = SCAN.replace(
        "<!DOCTYPE nmaprun>",
        "<!DOCTYPE nmaprun [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>",
    );
    let reading = nmap::read(laughs.as_bytes());
    assert_eq!(reading.document, None);
    assert_eq!(ids(&reading), ["xml-document-type"]);
}

#[test]
fn a_scan_of_a_whole_address_space_is_told_in_a_few_problems() {
    use std::fmt::Write as _;
    let mut hosts = String::new();
    for host in 0..20_000 {
        let address = format!("10.{}.{}.{}", host >> 16, (host >> 8) & 255, host & 255);
        write!(
            hosts,
            "<host><status state='up'/><address addr='{address}' addrtype='ipv4'/><ports><port protocol='tcp' portid='104'><state state='open'/></port></ports></host>"
        )
        .unwrap();
    }
    let text = format!("<nmaprun scanner='masscan'>{hosts}</nmaprun>");
    let reading = nmap::read(text.as_bytes());
    assert_eq!(scan(&reading).hosts.len(), 20_000);
    is_safe(&reading);
    let deep = format!("<nmaprun><host>{}", "<a>".repeat(10_000));
    assert_eq!(ids(&nmap::read(deep.as_bytes())), ["xml-too-deep"]);
}

#[test]
fn mutated_scans_never_break_the_reader() {
    run(2_000, SCAN.as_bytes(), |bytes| Some(nmap::read(bytes)));
    run(500, SCAN.as_bytes(), |bytes| {
        Some(read(bytes, &ReadOptions::default()))
    });
}
