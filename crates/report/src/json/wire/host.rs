//! What scans of the network saw of a host.

use isocenter_model::network::{HostScan, NetworkService, SystemGuess};
use jiff::Timestamp;
use serde::Serialize;

use super::shown_option;

#[derive(Serialize)]
pub(super) struct HostWire<'a> {
    addresses: &'a [String],
    mac_address: Option<&'a str>,
    interface_maker: Option<&'a str>,
    names: &'a [String],
    #[serde(serialize_with = "shown_option")]
    seen: Option<Timestamp>,
    services: Vec<ServiceWire<'a>>,
    systems: Vec<SystemWire<'a>>,
}

#[derive(Serialize)]
struct ServiceWire<'a> {
    transport: &'static str,
    port: u16,
    name: Option<&'a str>,
    probed: bool,
    product: Option<&'a str>,
    version: Option<&'a str>,
    details: Option<&'a str>,
    tls: bool,
    cpes: &'a [String],
    dicom: Option<DicomWire>,
    #[serde(serialize_with = "shown_option")]
    seen: Option<Timestamp>,
}

#[derive(Serialize)]
struct DicomWire {
    confirmed: bool,
    accepts_any_title: Option<bool>,
}

#[derive(Serialize)]
struct SystemWire<'a> {
    name: &'a str,
    accuracy: u8,
    cpes: &'a [String],
}

impl<'a> HostWire<'a> {
    pub(super) fn new(host: &'a HostScan) -> Self {
        Self {
            addresses: &host.addresses,
            mac_address: host.mac_address.as_deref(),
            interface_maker: host.interface_maker.as_deref(),
            names: &host.names,
            seen: host.seen,
            services: host.services.iter().map(ServiceWire::new).collect(),
            systems: host.systems.iter().map(SystemWire::new).collect(),
        }
    }
}

impl<'a> ServiceWire<'a> {
    fn new(service: &'a NetworkService) -> Self {
        Self {
            transport: service.transport.as_str(),
            port: service.port,
            name: service.name.as_deref(),
            probed: service.is_probed,
            product: service.product.as_deref(),
            version: service.version.as_deref(),
            details: service.details.as_deref(),
            tls: service.tls,
            cpes: &service.cpes,
            dicom: service.dicom.map(|dicom| DicomWire {
                confirmed: dicom.is_confirmed,
                accepts_any_title: dicom.accepts_any_title,
            }),
            seen: service.seen,
        }
    }
}

impl<'a> SystemWire<'a> {
    fn new(guess: &'a SystemGuess) -> Self {
        Self {
            name: &guess.name,
            accuracy: guess.accuracy,
            cpes: &guess.cpes,
        }
    }
}
