//! The hosts of a scan.

use std::collections::{BTreeMap, BTreeSet};

use isocenter_model::network::{DicomService, HostScan, NetworkService, SystemGuess, Transport};
use isocenter_model::text::shortened;
use isocenter_model::{Level, Place, Problem};
use jiff::Timestamp;

use super::{is_dicom_port, time};
use crate::json::Problems;
use crate::spreadsheet::counted;
use crate::xml::Element;

/// Guesses of one host that are kept.
const MOST_GUESSES: usize = 5;
/// Names, addresses and CPE names of one host or service.
const MOST_NAMES: usize = 32;
/// Scripts that one message names.
const SCRIPTS_IN_A_MESSAGE: usize = 8;
/// The script that asks for a DICOM association.
const DICOM_PING: &str = "dicom-ping";

/// Reads hosts one after the other.
pub(super) struct Hosts<'p> {
    pub(super) problems: &'p mut Problems,
    seen: Vec<HostScan>,
    down: u64,
    unclear: u64,
    /// Scripts whose results are not read.
    scripts: BTreeMap<String, u64>,
}

impl<'p> Hosts<'p> {
    pub(super) fn new(problems: &'p mut Problems) -> Self {
        Self {
            problems,
            seen: Vec::new(),
            down: 0,
            unclear: 0,
            scripts: BTreeMap::new(),
        }
    }

    /// Reads a host.
    pub(super) fn read(&mut self, element: Element<'_, '_>) {
        let mut host = HostScan {
            seen: time(element, "endtime").or_else(|| time(element, "starttime")),
            ..HostScan::default()
        };
        for part in element.children() {
            match part.name() {
                "status" if part.attribute("state").is_some_and(|state| state != "up") => {
                    self.down += 1;
                    return;
                }
                "address" => address(part, &mut host),
                "hostnames" => {
                    let names = part.children().filter_map(|name| name.attribute("name"));
                    for name in names.filter(|name| !name.is_empty()) {
                        keep(&mut host.names, name.into_owned());
                    }
                }
                "ports" => {
                    for port in part.children().filter(|port| port.name() == "port") {
                        self.port(port, &mut host);
                    }
                }
                "os" => systems(part, &mut host.systems),
                "hostscript" => self.see_scripts(part),
                _ => {}
            }
        }
        if host.addresses.is_empty() && host.mac_address.is_none() {
            self.problems
                .push_shared("nmap-address-missing", Level::Warning, || {
                    Problem::warning(
                        "nmap-address-missing",
                        element.place(),
                        "the host has neither an IP address nor a MAC address and was set aside",
                    )
                });
            return;
        }
        host.services
            .sort_by_key(|service| (service.transport, service.port));
        host.services
            .dedup_by_key(|service| (service.transport, service.port));
        for service in host
            .services
            .iter()
            .filter(|service| service.dicom.is_some())
        {
            self.tell_dicom(&host, service, element);
        }
        self.seen.push(host);
    }

    /// Counts the scripts in an element, whose results are not read.
    pub(super) fn see_scripts(&mut self, element: Element<'_, '_>) {
        for script in element.children().filter(|part| part.name() == "script") {
            let id = script.attribute("id").unwrap_or_default();
            *self.scripts.entry(shortened(&id, 40)).or_default() += 1;
        }
    }

    fn port(&mut self, element: Element<'_, '_>, host: &mut HostScan) {
        let transport = element
            .attribute("protocol")
            .and_then(|word| Transport::from_word(&word));
        let number = element
            .attribute("portid")
            .and_then(|number| number.trim().parse::<u16>().ok());
        let (Some(transport), Some(port)) = (transport, number) else {
            self.problems.push_shared("nmap-port-malformed", Level::Warning, || {
                Problem::warning(
                    "nmap-port-malformed",
                    element.place(),
                    "protocol and number of the port are not tcp, udp or sctp and 0 to 65535; it was set aside",
                )
            });
            return;
        };
        let state = element
            .children()
            .find(|part| part.name() == "state")
            .and_then(|part| part.attribute("state"))
            .unwrap_or_default();
        match &*state {
            "open" => {}
            "open|filtered" => {
                self.unclear += 1;
                return;
            }
            _ => return,
        }
        let mut service = NetworkService {
            transport,
            port,
            name: None,
            is_probed: false,
            product: None,
            version: None,
            details: None,
            tls: false,
            cpes: Vec::new(),
            dicom: is_dicom_port(transport, port).then(DicomService::default),
            seen: host.seen,
        };
        for part in element.children() {
            match part.name() {
                "service" => answered(part, &mut service),
                "script" if part.attribute("id").is_some_and(|id| id == DICOM_PING) => {
                    service.dicom = Some(pinged(part));
                }
                _ => {}
            }
        }
        for script in element.children().filter(|part| part.name() == "script") {
            let id = script.attribute("id").unwrap_or_default();
            if id != DICOM_PING {
                *self.scripts.entry(shortened(&id, 40)).or_default() += 1;
            }
        }
        host.services.push(service);
    }

    fn tell_dicom(&mut self, host: &HostScan, service: &NetworkService, element: Element<'_, '_>) {
        let Some(dicom) = service.dicom else { return };
        let name = host.addresses.first().or(host.mac_address.as_ref());
        let name = shortened(name.map_or("", String::as_str), 40);
        let (level, what) = match (dicom.is_confirmed, dicom.accepts_any_title) {
            (_, Some(true)) => (
                Level::Warning,
                "answers DICOM and takes associations under any title",
            ),
            (true, _) => (Level::Note, "answers DICOM"),
            (false, _) => (Level::Note, "is open on a port of DICOM"),
        };
        self.problems.push_shared("nmap-dicom-service", level, || {
            Problem::new(
                "nmap-dicom-service",
                level,
                element.place(),
                format!("{name} {what}, {}", service.at()),
            )
        });
    }

    /// The hosts, seen when the scan was `made` where they do not say it themselves.
    pub(super) fn finish(mut self, made: Option<Timestamp>) -> Vec<HostScan> {
        for host in &mut self.seen {
            host.seen = host.seen.or(made);
            for service in &mut host.services {
                service.seen = host.seen;
            }
        }
        let mut known = BTreeSet::new();
        let doubled = self
            .seen
            .iter()
            .filter(|host| !known.insert((&host.addresses, &host.mac_address)))
            .count();
        let mut tell = |id, level, message: String| {
            self.problems
                .push(Problem::new(id, level, Place::Document, message));
        };
        if doubled > 0 {
            tell(
                "nmap-host-twice",
                Level::Note,
                format!(
                    "{} more than once in the scan; all that was seen counts",
                    counted(doubled as u64, "host stands", "hosts stand")
                ),
            );
        }
        if self.unclear > 0 {
            tell(
                "nmap-port-unclear",
                Level::Note,
                format!(
                    "{} not answer and may be open or filtered; nothing follows from that",
                    counted(self.unclear, "port did", "ports did")
                ),
            );
        }
        if !self.scripts.is_empty() {
            let names: Vec<&str> = self.scripts.keys().map(String::as_str).collect();
            let shown = names.iter().take(SCRIPTS_IN_A_MESSAGE).copied();
            let mut list = shown.collect::<Vec<_>>().join(", ");
            if let Some(more) = names.len().checked_sub(SCRIPTS_IN_A_MESSAGE + 1) {
                list = format!("{list} and {} more", more + 1);
            }
            tell(
                "nmap-scripts-not-read",
                Level::Note,
                format!("results of scripts are kept and were not read: {list}"),
            );
        }
        if self.seen.is_empty() {
            tell(
                "nmap-no-host",
                Level::Warning,
                format!(
                    "the scan lists no host that is up; {} down",
                    counted(self.down, "host is", "hosts are")
                ),
            );
        }
        self.seen
    }
}

fn keep(list: &mut Vec<String>, text: String) {
    if list.len() < MOST_NAMES && !list.contains(&text) {
        list.push(text);
    }
}

fn address(element: Element<'_, '_>, host: &mut HostScan) {
    let Some(address) = element.attribute("addr").filter(|text| !text.is_empty()) else {
        return;
    };
    if element.attribute("addrtype").as_deref() == Some("mac") {
        host.mac_address = Some(address.into_owned());
        host.interface_maker = filled(element, "vendor");
    } else {
        keep(&mut host.addresses, address.into_owned());
    }
}

fn filled(element: Element<'_, '_>, name: &str) -> Option<String> {
    let text = element.attribute(name)?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What a `service` element says of what answers on its port.
fn answered(element: Element<'_, '_>, service: &mut NetworkService) {
    service.name = filled(element, "name");
    service.is_probed = element.attribute("method").as_deref() == Some("probed");
    service.product = filled(element, "product");
    service.version = filled(element, "version");
    service.details = filled(element, "extrainfo");
    service.tls = element.attribute("tunnel").as_deref() == Some("ssl");
    for cpe in element.children().filter(|part| part.name() == "cpe") {
        if !cpe.text().is_empty() {
            keep(&mut service.cpes, cpe.text().to_owned());
        }
    }
    let is_dicom = matches!(
        service.name.as_deref(),
        Some("dicom" | "acr-nema" | "dicom-tls" | "dicom-iscl")
    );
    if is_dicom && service.is_probed {
        service.dicom = Some(DicomService {
            is_confirmed: true,
            ..DicomService::default()
        });
    }
}

/// What `dicom-ping` found: whether the service looks at the title that it is called by.
fn pinged(script: Element<'_, '_>) -> DicomService {
    let config = script
        .children()
        .find(|part| part.attribute("key").as_deref() == Some("config"))
        .map(Element::text);
    DicomService {
        is_confirmed: true,
        accepts_any_title: config.and_then(|config| {
            if config.starts_with("Any AET is accepted") {
                Some(true)
            } else if config.starts_with("Called AET check enabled") {
                Some(false)
            } else {
                None
            }
        }),
    }
}

fn systems(element: Element<'_, '_>, systems: &mut Vec<SystemGuess>) {
    for matched in element.children().filter(|part| part.name() == "osmatch") {
        let Some(name) = filled(matched, "name") else {
            continue;
        };
        let accuracy = matched
            .attribute("accuracy")
            .and_then(|percent| percent.trim().parse().ok())
            .unwrap_or(0);
        let mut cpes = Vec::new();
        for class in matched.children().filter(|part| part.name() == "osclass") {
            for cpe in class.children().filter(|part| part.name() == "cpe") {
                keep(&mut cpes, cpe.text().to_owned());
            }
        }
        systems.push(SystemGuess {
            name,
            accuracy,
            cpes,
        });
    }
    systems.sort_by_key(|guess| std::cmp::Reverse(guess.accuracy));
    systems.truncate(MOST_GUESSES);
}
