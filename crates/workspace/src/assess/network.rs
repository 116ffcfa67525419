//! What scans of the network saw of the devices.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use isocenter_identity::address::{ip_key, mac_key};
use isocenter_model::network::{HostScan, NetworkScan};

use super::material::DeviceMaterial;

/// Gives each device what scans saw at its addresses, and answers the hosts that answer DICOM and are none of the
/// devices.
pub(crate) fn locate(devices: &mut [DeviceMaterial], mut scans: Vec<NetworkScan>) -> Vec<HostScan> {
    // The newest first; of equal ones the one that was imported last.
    scans.reverse();
    scans.sort_by_key(|scan| std::cmp::Reverse(scan.made));
    let addresses = Addresses::of(devices);
    let mut seen_in: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut unlisted: BTreeMap<Vec<String>, (HostScan, Vec<usize>)> = BTreeMap::new();
    for (number, scan) in scans.iter().enumerate() {
        for host in &scan.hosts {
            let found = addresses.find(host);
            for index in &found {
                if let Some(device) = devices.get_mut(*index) {
                    let newer = seen_in.entry(*index).or_default();
                    let known = device.host.get_or_insert_with(HostScan::default);
                    take_up(known, host, newer, &scans);
                    newer.push(number);
                }
            }
            if found.is_empty() {
                let (known, newer) = unlisted.entry(names(host)).or_default();
                take_up(known, host, newer, &scans);
                newer.push(number);
            }
        }
    }
    unlisted
        .into_values()
        .map(|(host, _)| host)
        .filter(|host| host.services.iter().any(|service| service.dicom.is_some()))
        .collect()
}

/// Adds what a scan saw of a host to what newer ones did. A service that a newer scan looked for and did not
/// see is gone.
fn take_up(known: &mut HostScan, host: &HostScan, newer: &[usize], scans: &[NetworkScan]) {
    let add = |mine: &mut Vec<String>, theirs: &[String]| {
        for text in theirs {
            if !mine.contains(text) {
                mine.push(text.clone());
            }
        }
    };
    add(&mut known.addresses, &host.addresses);
    add(&mut known.names, &host.names);
    if known.mac_address.is_none() {
        known.mac_address.clone_from(&host.mac_address);
        known.interface_maker.clone_from(&host.interface_maker);
    }
    if known.systems.is_empty() {
        known.systems.clone_from(&host.systems);
    }
    known.seen = known.seen.max(host.seen);
    for service in &host.services {
        let is_superseded = newer.iter().any(|number| {
            scans
                .get(*number)
                .is_some_and(|scan| scan.covers(service.transport, service.port))
        });
        let is_known = known
            .services
            .iter()
            .any(|other| (other.transport, other.port) == (service.transport, service.port));
        if !is_superseded && !is_known {
            known.services.push(service.clone());
        }
    }
    known
        .services
        .sort_by_key(|service| (service.transport, service.port));
}

/// The addresses of a host, which name it where nothing else does.
fn names(host: &HostScan) -> Vec<String> {
    let mut names: Vec<String> = host
        .addresses
        .iter()
        .filter_map(|text| ip_key(text))
        .collect();
    if names.is_empty() {
        names.extend(host.mac_address.as_deref().and_then(mac_key));
    }
    names.sort_unstable();
    names
}

/// The devices by their addresses.
#[derive(Default)]
struct Addresses {
    by_mac: HashMap<String, BTreeSet<usize>>,
    by_ip: HashMap<String, BTreeSet<usize>>,
    /// Devices whose MAC address is known: at their IP address another one is another host.
    with_mac: BTreeSet<usize>,
}

impl Addresses {
    fn of(devices: &[DeviceMaterial]) -> Self {
        let mut addresses = Self::default();
        for (index, material) in devices.iter().enumerate() {
            let device = &material.device;
            if let Some(mac) = device.mac_address.as_deref().and_then(mac_key) {
                addresses.by_mac.entry(mac).or_default().insert(index);
                addresses.with_mac.insert(index);
            }
            if let Some(ip) = device.ip_address.as_deref().and_then(ip_key) {
                addresses.by_ip.entry(ip).or_default().insert(index);
            }
        }
        addresses
    }

    /// The devices that a host is: by its MAC address, else by an IP address at which no other MAC address is expected.
    fn find(&self, host: &HostScan) -> BTreeSet<usize> {
        let mac = host.mac_address.as_deref().and_then(mac_key);
        if let Some(found) = mac.as_ref().and_then(|mac| self.by_mac.get(mac)) {
            return found.clone();
        }
        let at = host.addresses.iter().filter_map(|text| ip_key(text));
        let mut found: BTreeSet<usize> = BTreeSet::new();
        for ip in at {
            found.extend(self.by_ip.get(&ip).into_iter().flatten());
        }
        if mac.is_some() {
            found.retain(|index| !self.with_mac.contains(index));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use isocenter_model::Digest;
    use isocenter_model::assessment::KnownFrom;
    use isocenter_model::network::{DicomService, NetworkService, PortRange, Transport};
    use isocenter_model::product::Device;

    use super::*;

    fn device(asset: &str, ip: &str, mac: &str) -> DeviceMaterial {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        DeviceMaterial {
            device: Device {
                asset_id: asset.to_owned(),
                ip_address: text(ip),
                mac_address: text(mac),
                ..Device::default()
            },
            release: Digest::of(b"release"),
            known_from: KnownFrom::Inventory,
            equipment: Vec::new(),
            host: None,
        }
    }

    fn host(ip: &str, mac: &str, ports: &[u16]) -> HostScan {
        HostScan {
            addresses: vec![ip.to_owned()],
            mac_address: Some(mac.to_owned()).filter(|mac| !mac.is_empty()),
            services: ports
                .iter()
                .map(|port| NetworkService {
                    transport: Transport::Tcp,
                    port: *port,
                    name: None,
                    is_probed: false,
                    product: None,
                    version: None,
                    details: None,
                    tls: false,
                    cpes: Vec::new(),
                    dicom: (*port == 104).then(DicomService::default),
                    seen: None,
                })
                .collect(),
            ..HostScan::default()
        }
    }

    fn scan(day: u8, last: u16, hosts: Vec<HostScan>) -> NetworkScan {
        NetworkScan {
            made: format!("2026-11-{day:02}T00:00:00Z").parse().ok(),
            scope: vec![PortRange {
                transport: Transport::Tcp,
                first: 1,
                last,
            }],
            hosts,
            ..NetworkScan::default()
        }
    }

    fn ports(device: &DeviceMaterial) -> Vec<u16> {
        let services = device.host.iter().flat_map(|host| &host.services);
        services.map(|service| service.port).collect()
    }

    #[test]
    fn a_host_is_a_device_by_its_mac_address_before_its_ip_address() {
        let mut devices = [
            device("moved", "10.0.0.1", "02-00-5E-00-53-01"),
            device("plain", "010.0.0.2", ""),
            device("other", "10.0.0.3", "02:00:5e:00:53:03"),
        ];
        let unlisted = locate(
            &mut devices,
            vec![scan(
                1,
                1_000,
                vec![
                    host("10.0.0.9", "02:00:5e:00:53:01", &[104]),
                    host("10.0.0.2", "02:00:5e:00:53:02", &[80]),
                    host("10.0.0.3", "02:00:5e:00:53:99", &[104]),
                    host("10.0.0.3", "", &[443]),
                    host("10.0.0.8", "", &[80]),
                ],
            )],
        );
        assert_eq!(ports(&devices[0]), [104]);
        assert_eq!(ports(&devices[1]), [80]);
        assert_eq!(ports(&devices[2]), [443]);
        let names: Vec<&str> = unlisted
            .iter()
            .map(|host| host.addresses[0].as_str())
            .collect();
        assert_eq!(names, ["10.0.0.3"]);
    }

    #[test]
    fn a_port_that_a_newer_scan_looked_at_and_did_not_see_is_closed() {
        let mut devices = [device("a", "10.0.0.1", "")];
        locate(
            &mut devices,
            vec![
                scan(9, 1_000, vec![host("10.0.0.1", "", &[80])]),
                scan(1, 65_535, vec![host("10.0.0.1", "", &[23, 80, 8_080])]),
                scan(2, 10, vec![]),
            ],
        );
        assert_eq!(ports(&devices[0]), [80, 8_080]);
    }
}
