//! Network scans in the XML of nmap (`nmap -oX`), which other scanners write as well.
//!
//! Traps of the format: it is written while the scan goes on, so the file of a scan that was stopped has no
//! end; a service that was looked up in a table of ports looks like one that answered; a port that is
//! `open|filtered` may as well be closed; hosts that are down are listed too; the ports that were looked at
//! stand in `scaninfo` and closed ones often nowhere; MAC addresses are those of the scanner's own segment;
//! what scripts found stands in words of their own, of which those of `dicom-ping` are read.

mod host;

use std::borrow::Cow;
use std::sync::LazyLock;

use isocenter_model::document::Summary;
use isocenter_model::network::{NetworkScan, PortRange, Transport};
use isocenter_model::{Document, DocumentKind, Place, Problem, Reading};
use jiff::Timestamp;

use crate::json::Problems;
use crate::xml::{Element, Tree, decode};

/// The root element.
const ROOT: &str = "nmaprun";
/// Ranges of ports that a scan names; nmap's own thousand are about four hundred.
pub(crate) const MOST_RANGES: usize = 10_000;
/// Characters of the arguments that are kept.
const LONGEST_ARGUMENTS: usize = 2_000;

/// Whether a root element is that of a scan.
pub(crate) fn is_scan(namespace: &str, name: &str) -> bool {
    namespace.is_empty() && name == ROOT
}

/// Reads a scan.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let mut reading = Reading {
        kind: DocumentKind::Nmap,
        version: None,
        document: None,
        summary: Summary::new(),
        problems: Vec::new(),
    };
    let text = decode(bytes, &mut problems);
    let text = ended(&text, &mut problems);
    if let Some(tree) = Tree::parse(&text, &mut problems) {
        let root = tree.root();
        reading.version = root
            .attribute("xmloutputversion")
            .map(Cow::into_owned)
            .filter(|version| !version.is_empty());
        let scan = scan(root, &mut problems);
        reading.summary = summary(&scan);
        reading.document = (!scan.hosts.is_empty()).then_some(Document::NetworkScan(scan));
    }
    reading.problems = problems.finish();
    reading
}

fn summary(scan: &NetworkScan) -> Summary {
    let services = || scan.hosts.iter().flat_map(|host| &host.services);
    Summary::from([
        ("hosts", scan.hosts.len() as u64),
        ("services", services().count() as u64),
        (
            "dicom",
            services().filter(|service| service.dicom.is_some()).count() as u64,
        ),
    ])
}

/// The text with an end, where the scan was stopped before it wrote one: up to the last host that is whole.
fn ended<'t>(text: &'t str, problems: &mut Problems) -> Cow<'t, str> {
    const HOST_END: &str = "</host>";
    let tail = text.get(text.floor_char_boundary(text.len().saturating_sub(1_024))..);
    if tail.is_some_and(|tail| tail.contains("</nmaprun>")) {
        return Cow::Borrowed(text);
    }
    let Some(end) = text.rfind(HOST_END) else {
        return Cow::Borrowed(text);
    };
    problems.push(interrupted());
    let whole = text.get(..end + HOST_END.len()).unwrap_or(text);
    Cow::Owned(format!("{whole}</nmaprun>"))
}

fn interrupted() -> Problem {
    Problem::warning(
        "nmap-interrupted",
        Place::Document,
        "the scan did not come to its end; the hosts that it saw until then were read",
    )
    .hint("Scan again, or go on with `nmap --resume`.")
}

fn scan(root: Element<'_, '_>, problems: &mut Problems) -> NetworkScan {
    let mut scan = NetworkScan {
        scanner: root
            .attribute("scanner")
            .map(|scanner| scanner.trim().to_lowercase())
            .filter(|scanner| !scanner.is_empty()),
        arguments: root
            .attribute("args")
            .filter(|arguments| !arguments.trim().is_empty())
            .map(|arguments| arguments.chars().take(LONGEST_ARGUMENTS).collect()),
        made: time(root, "start"),
        scope: Vec::new(),
        hosts: Vec::new(),
    };
    let mut hosts = host::Hosts::new(problems);
    for child in root.children() {
        match child.name() {
            "scaninfo" => scope(child, &mut scan.scope),
            "host" => hosts.read(child),
            "runstats" => {
                for finished in child.children().filter(|part| part.name() == "finished") {
                    scan.made = time(finished, "time").or(scan.made);
                    if finished
                        .attribute("exit")
                        .is_some_and(|exit| exit != "success")
                    {
                        hosts.problems.push(interrupted());
                    }
                }
            }
            "prescript" | "postscript" => hosts.see_scripts(child),
            _ => {}
        }
    }
    scan.hosts = hosts.finish(scan.made);
    scan
}

/// The ports of a `scaninfo`: `1-1024,2761-2762,11112`.
fn scope(info: Element<'_, '_>, scope: &mut Vec<PortRange>) {
    let transport = info
        .attribute("protocol")
        .and_then(|word| Transport::from_word(&word));
    let (Some(transport), Some(services)) = (transport, info.attribute("services")) else {
        return;
    };
    for range in services.split(',') {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        if let (Ok(first), Ok(last)) = (first.trim().parse(), last.trim().parse())
            && scope.len() < MOST_RANGES
        {
            scope.push(PortRange {
                transport,
                first,
                last,
            });
        }
    }
}

/// An instant in seconds since 1970.
fn time(element: Element<'_, '_>, name: &str) -> Option<Timestamp> {
    let seconds = element.attribute(name)?.trim().parse().ok()?;
    Timestamp::from_second(seconds).ok()
}

/// Whether DICOM services listen on a port by registration.
pub(crate) fn is_dicom_port(transport: Transport, port: u16) -> bool {
    transport == Transport::Tcp && DICOM_PORTS.contains(&port)
}

/// The ports of `catalogs/dicom_ports.csv`.
static DICOM_PORTS: LazyLock<Vec<u16>> = LazyLock::new(|| {
    include_str!("../../../catalogs/dicom_ports.csv")
        .lines()
        .filter_map(|line| line.split_once(',')?.0.parse().ok())
        .collect()
});
