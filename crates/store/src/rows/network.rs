//! Twins of network scans.

use isocenter_model::network::{
    DicomService, HostScan, NetworkScan, NetworkService, PortRange, SystemGuess, Transport,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{instant, off, twin, words};

words!(
    transport,
    Transport,
    |transport| transport.as_str(),
    Transport::from_word
);

#[derive(Serialize, Deserialize)]
#[serde(remote = "PortRange")]
pub(crate) struct PortRangeRow {
    #[serde(with = "transport")]
    transport: Transport,
    first: u16,
    last: u16,
}
twin!(range, PortRange, "PortRangeRow");

/// Hosts have rows of their own.
#[derive(Serialize, Deserialize)]
#[serde(remote = "NetworkScan")]
pub(crate) struct NetworkScanRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scanner: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    arguments: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "instant")]
    made: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "range::list")]
    scope: Vec<PortRange>,
    #[serde(skip)]
    hosts: Vec<HostScan>,
}
twin!(scan, NetworkScan, "NetworkScanRow");

#[derive(Serialize, Deserialize)]
#[serde(remote = "DicomService")]
pub(crate) struct DicomServiceRow {
    is_confirmed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    accepts_any_title: Option<bool>,
}
twin!(dicom, DicomService, "DicomServiceRow");

#[derive(Serialize, Deserialize)]
#[serde(remote = "NetworkService")]
pub(crate) struct NetworkServiceRow {
    #[serde(with = "transport")]
    transport: Transport,
    port: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "off")]
    is_probed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    product: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    details: Option<String>,
    #[serde(default, skip_serializing_if = "off")]
    tls: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cpes: Vec<String>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "dicom::maybe"
    )]
    dicom: Option<DicomService>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "instant")]
    seen: Option<Timestamp>,
}
twin!(service, NetworkService, "NetworkServiceRow");

#[derive(Serialize, Deserialize)]
#[serde(remote = "SystemGuess")]
pub(crate) struct SystemGuessRow {
    name: String,
    accuracy: u8,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cpes: Vec<String>,
}
twin!(system, SystemGuess, "SystemGuessRow");

#[derive(Serialize, Deserialize)]
#[serde(remote = "HostScan")]
pub(crate) struct HostScanRow {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    addresses: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mac_address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    interface_maker: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    names: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "instant")]
    seen: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "service::list")]
    services: Vec<NetworkService>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "system::list")]
    systems: Vec<SystemGuess>,
}
twin!(host, HostScan, "HostScanRow");
