//! Scans of the network.

use isocenter_model::network::{
    DicomService, HostScan, NetworkScan, NetworkService, PortRange, SystemGuess, Transport,
};

use crate::{at, paper, put, with_store, words};

#[test]
fn a_scan_keeps_every_field_of_its_hosts_in_order() {
    with_store(|store| async move {
        let text = |text: &str| Some(text.to_owned());
        let seen = Some(at("2026-11-28T17:29:55Z"));
        let service = |port| NetworkService {
            transport: Transport::Tcp,
            port,
            name: text("dicom"),
            is_probed: true,
            product: text("p"),
            version: text("v"),
            details: text("d"),
            tls: true,
            cpes: words(&["cpe:/a:v:p"]),
            dicom: Some(DicomService {
                is_confirmed: true,
                accepts_any_title: Some(false),
            }),
            seen,
        };
        let bare = NetworkService {
            transport: Transport::Sctp,
            port: 1,
            name: None,
            is_probed: false,
            product: None,
            version: None,
            details: None,
            tls: false,
            cpes: Vec::new(),
            dicom: Some(DicomService::default()),
            seen: None,
        };
        let host = HostScan {
            addresses: words(&["10.0.0.1", "::1"]),
            mac_address: text("02:00:5E:00:53:01"),
            interface_maker: text("m"),
            names: words(&["ct1"]),
            seen,
            services: vec![service(104), bare],
            systems: vec![SystemGuess {
                name: "Linux".to_owned(),
                accuracy: 93,
                cpes: words(&["cpe:/o:l:l"]),
            }],
        };
        let scan = NetworkScan {
            scanner: text("nmap"),
            arguments: text("nmap 10.0.0.1"),
            made: seen,
            scope: vec![PortRange {
                transport: Transport::Udp,
                first: 1,
                last: 1_024,
            }],
            hosts: vec![host, HostScan::default()],
        };
        let row = paper("scan", None);
        put(&store, &row).await;
        let mut transaction = store.begin().await.unwrap();
        transaction
            .put_network_scan(&row.digest, &scan)
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(store.network_scans().await.unwrap(), [(row.digest, scan)]);
    });
}
