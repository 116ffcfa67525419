//! What a scan of the network saw of its hosts.
//!
//! A scan sees what answers from where it stood, on the day it ran. An open port is an observation; that
//! nothing else is open follows only for the ports that it looked at.

use jiff::Timestamp;

/// A scan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NetworkScan {
    /// The program that scanned (`nmap`), in lower case.
    pub scanner: Option<String>,
    /// What was asked of it, as typed; who asks the same again renews the scan.
    pub arguments: Option<String>,
    /// When it ended, else when it began.
    pub made: Option<Timestamp>,
    /// The ports that it looked at.
    pub scope: Vec<PortRange>,
    /// The hosts that answered.
    pub hosts: Vec<HostScan>,
}

/// A protocol of transport.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
}

impl Transport {
    /// The word used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
        }
    }

    /// The protocol of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Tcp, Self::Udp, Self::Sctp]
            .into_iter()
            .find(|transport| transport.as_str() == word)
    }
}

/// Some ports of one protocol, both ends among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortRange {
    /// Protocol.
    pub transport: Transport,
    /// First port.
    pub first: u16,
    /// Last port.
    pub last: u16,
}

/// One host as a scan saw it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostScan {
    /// IP addresses as written.
    pub addresses: Vec<String>,
    /// MAC address as written; a scan sees it within its own segment only.
    pub mac_address: Option<String>,
    /// The maker of the network interface, by its MAC address: seldom the maker of the device.
    pub interface_maker: Option<String>,
    /// Names by DNS.
    pub names: Vec<String>,
    /// When it was seen.
    pub seen: Option<Timestamp>,
    /// Open ports with what answers there, in order.
    pub services: Vec<NetworkService>,
    /// Operating systems that it behaves like, the likeliest first.
    pub systems: Vec<SystemGuess>,
}

/// What answers on an open port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkService {
    /// Protocol.
    pub transport: Transport,
    /// Port.
    pub port: u16,
    /// Name of the service (`http`, `dicom`).
    pub name: Option<String>,
    /// Whether the name was found by asking the service, and not only taken from a table of ports.
    pub is_probed: bool,
    /// Product that answers.
    pub product: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// More words of the scanner.
    pub details: Option<String>,
    /// Whether it answers over TLS.
    pub tls: bool,
    /// CPE names, in the scanner's spelling.
    pub cpes: Vec<String>,
    /// What is known of it as a DICOM service; `None` when it is none.
    pub dicom: Option<DicomService>,
    /// When it was seen.
    pub seen: Option<Timestamp>,
}

/// A DICOM service on the network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DicomService {
    /// Whether it answered as one, and does not only stand on a port of DICOM.
    pub is_confirmed: bool,
    /// Whether it takes associations under any called application entity title; `None` when nobody tried.
    pub accepts_any_title: Option<bool>,
}

/// An operating system that a host behaves like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SystemGuess {
    /// Its name.
    pub name: String,
    /// How well it fits, in percent.
    pub accuracy: u8,
    /// CPE names.
    pub cpes: Vec<String>,
}

impl NetworkScan {
    /// Whether the scan looked at a port.
    pub fn covers(&self, transport: Transport, port: u16) -> bool {
        self.scope
            .iter()
            .any(|range| range.transport == transport && (range.first..=range.last).contains(&port))
    }
}

impl NetworkService {
    /// Protocol and port in the usual order: `104/tcp`.
    pub fn at(&self) -> String {
        format!("{}/{}", self.port, self.transport.as_str())
    }
}
