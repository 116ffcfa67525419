//! A small hospital and its answer. Makers, models and people are fictional; the components and
//! the flaws are real, with what public records said of them.

use isocenter_model::assessment::{
    ActionView, Assessment, ComponentView, Counts, DeviceView, Exposure, FindingView, KnownFrom,
    MissingGroup, ReleaseView, SourceView, VulnerabilityView, WorkItem,
};
use isocenter_model::component::{Component, ComponentKind, Hash, Property};
use isocenter_model::document::{CheckedFile, DocumentKind, Summary};
use isocenter_model::equipment::{CaptureDevice, EquipmentRecord, FileWriter, Seen, SoftwareState};
use isocenter_model::finding::{
    ComponentRef, Decision, Evidence, Finding, MissingFact, PartyRole, Relation, Urgency,
    UrgencyClass, UrgencyTerm, Verdict, worklist_id,
};
use isocenter_model::lifecycle::{
    LifecycleEntry, Milestone, MilestoneKind, Moment, Support, SupportLevel,
};
use isocenter_model::network::{DicomService, HostScan, NetworkService, SystemGuess, Transport};
use isocenter_model::observation::{Observation, ObservationResult};
use isocenter_model::product::{
    ClinicalRole, Device, ProductReference, Release, VersionExpression,
};
use isocenter_model::statement::Remediation;
use isocenter_model::update::{ValidatedUpdate, ValidationStatus};
use isocenter_model::{Digest, Place, Problem};
use jiff::Timestamp;
use jiff::civil::Date;

pub(crate) const MAKER: &str = "Aurora Imaging";

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn release_id(model: &str, version: &str) -> Digest {
    Release::id_of(MAKER, model, Some(version))
}

pub(crate) fn part(name: &str, version: Option<&str>, purl: Option<&str>) -> ComponentRef {
    ComponentRef {
        id: Digest::of_parts([name, version.unwrap_or("")]),
        name: name.to_owned(),
        version: version.map(str::to_owned),
        purl: purl.map(str::to_owned),
        cpe: None,
        kind: "library".to_owned(),
    }
}

fn operating_system(name: &str, version: Option<&str>, cpe: &str) -> ComponentRef {
    ComponentRef {
        cpe: Some(cpe.to_owned()),
        kind: "operating-system".to_owned(),
        ..part(name, version, None)
    }
}

pub(crate) fn urgency(terms: &[(&str, &str, f64)]) -> Urgency {
    let points: f64 = terms.iter().map(|(_, _, points)| points).sum();
    let class = match points {
        60.0.. => UrgencyClass::Now,
        40.0.. => UrgencyClass::Soon,
        20.0.. => UrgencyClass::Planned,
        _ => UrgencyClass::Watch,
    };
    Urgency {
        class,
        points,
        terms: terms
            .iter()
            .map(|(name, value, points)| UrgencyTerm {
                name: (*name).to_owned(),
                value: (*value).to_owned(),
                points: *points,
            })
            .collect(),
    }
}

/// The finding of one CVE in one release, with a single piece of evidence; callers change what
/// is special.
pub(crate) fn finding(
    release: Digest,
    cve: &str,
    component: Option<ComponentRef>,
    verdict: Verdict,
) -> FindingView {
    let subject = component.as_ref().map_or_else(
        || "Aurora Imaging Polaris CT".to_owned(),
        |part| part.purl.clone().unwrap_or_else(|| part.name.clone()),
    );
    FindingView {
        finding: Finding {
            id: Finding::id_of(&release, cve),
            release,
            vulnerability: cve.to_owned(),
            aliases: Vec::new(),
            component,
            other_components: Vec::new(),
            verdict,
            matched_verdict: None,
            evidence: vec![Evidence {
                record: cve.to_owned(),
                source: "CVE".to_owned(),
                asserted_by: "CNA".to_owned(),
                document: Some(Digest::of(b"cves.zip")),
                relation: Relation::Purl,
                object: subject.clone(),
                subject,
                range: "before the corrected version".to_owned(),
                rule: "version-in-range".to_owned(),
                verdict,
                explanation: format!("{cve} speaks of this version."),
            }],
            missing: None,
            remediations: Vec::new(),
            owner: PartyRole::Manufacturer,
            action: "Ask the manufacturer for a release with the correction.".to_owned(),
        },
        title: None,
        description: None,
        score: None,
        vector: None,
        severity: None,
        known_exploited: None,
        epss: None,
        urgency: urgency(&[("CVSS", "unscored, taken as 6", 12.0)]),
        devices: 0,
    }
}

/// Three releases and five devices: everything a report can meet, once.
pub(crate) fn assessment() -> Assessment {
    let ct = release_id("Polaris CT 5200", "3.2.1");
    let pacs = release_id("Boreal Archive", "8.0");
    let ultrasound = release_id("Fjord US 7", "1.4");
    let findings = findings(ct, pacs);
    let devices = devices(ct, pacs, ultrasound);
    let mut counts = Counts::default();
    for view in &findings {
        counts.add(view.finding.verdict, view.urgency.class);
    }
    let of = |id: Digest| {
        let mut counts = Counts::default();
        for view in findings.iter().filter(|view| view.finding.release == id) {
            counts.add(view.finding.verdict, view.urgency.class);
        }
        counts
    };
    let devices: Vec<DeviceView> = devices
        .into_iter()
        .map(|(device, release, note)| DeviceView {
            known_from: KnownFrom::Inventory,
            equipment: (device.asset_id == "CT-1")
                .then(equipment)
                .into_iter()
                .collect(),
            host: (device.asset_id == "CT-1").then(host),
            device,
            release,
            note,
            counts: of(release),
        })
        .collect();
    let release = |id: Digest, model: &str, version: &str| ReleaseView {
        id,
        release: Release {
            manufacturer: MAKER.to_owned(),
            model: model.to_owned(),
            version: Some(version.to_owned()),
        },
        documents: Vec::new(),
        has_sbom: false,
        has_form: false,
        components: 0,
        devices: devices.iter().filter(|view| view.release == id).count() as u64,
        exposure: Exposure {
            points: 8.0,
            reasons: vec!["no MDS2 form: how reachable it is, is unknown".to_owned()],
            known: false,
        },
        counts: of(id),
    };
    let releases = vec![
        ReleaseView {
            documents: vec![Digest::of(b"polaris.cdx.json"), Digest::of(b"polaris.xlsx")],
            has_sbom: true,
            has_form: true,
            components: 214,
            exposure: Exposure {
                points: 7.0,
                reasons: vec![
                    "CONN-1.2.1 Yes: wired network".to_owned(),
                    "RMOT-1 Yes: remote service access".to_owned(),
                ],
                known: true,
            },
            ..release(ct, "Polaris CT 5200", "3.2.1")
        },
        ReleaseView {
            documents: vec![Digest::of(b"archive.cdx.json")],
            has_sbom: true,
            components: 38,
            ..release(pacs, "Boreal Archive", "8.0")
        },
        release(ultrasound, "Fjord US 7", "1.4"),
    ];
    let mut worklist = Vec::new();
    for (index, view) in findings.iter().enumerate() {
        if !view.finding.verdict.is_open() {
            continue;
        }
        for (position, device) in devices.iter().enumerate() {
            if device.release != view.finding.release {
                continue;
            }
            let asset = device.device.asset_id.as_str();
            worklist.push(WorkItem {
                id: worklist_id(asset, &view.finding.id),
                asset_id: asset.to_owned(),
                finding: index,
                device: Some(position),
                urgency: view.urgency.clone(),
                decision: None,
            });
        }
    }
    if let Some(first) = worklist.first_mut() {
        first.decision = Some(Decision {
            item: first.id.clone(),
            status: "in progress".to_owned(),
            comment: Some("=HYPERLINK(\"x\") asked on the phone".to_owned()),
            actor: "biomed".to_owned(),
            at: at("2026-11-20T09:00:00Z"),
        });
    }
    let missing = missing(&findings, pacs, &devices);
    let actions = actions(&findings, ct, pacs);
    Assessment {
        made: at("2026-11-23T08:30:00Z"),
        version: "0.1.0".to_owned(),
        formula: "Points = 30 when known exploited + 15 × EPSS probability + 2 × CVSS base score \
                  + exposure by the manufacturer's MDS2 answers, 0 to 20 + clinical role. Class: \
                  now from 60, soon from 40, planned from 20, otherwise watch."
            .to_owned(),
        counts,
        devices,
        unlisted_hosts: Vec::new(),
        releases,
        findings,
        missing,
        actions,
        worklist,
        sources: sources(),
        cautions: vec![
            "EPSS scores are 40 days old: fetch newer ones before you plan by them.".to_owned(),
            "Fjord US 7 1.4 has no bill of materials: nothing inside was examined.".to_owned(),
        ],
    }
}

fn findings(ct: Digest, pacs: Digest) -> Vec<FindingView> {
    let log4j = part(
        "org.apache.logging.log4j/log4j-core",
        Some("2.14.1"),
        Some("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"),
    );
    let windows = operating_system(
        "Windows 10 IoT Enterprise",
        None,
        "cpe:2.3:o:microsoft:windows_10:-:*:*:*:*:*:*:*",
    );
    let mut log4shell = finding(ct, "CVE-2021-44228", Some(log4j), Verdict::Affected);
    log4shell.finding.aliases = vec!["GHSA-jfh8-c2jp-5v3q".to_owned()];
    log4shell.finding.other_components = vec![part(
        "org.apache.logging.log4j/log4j-core",
        Some("2.13.3"),
        None,
    )];
    log4shell.finding.remediations = vec![Remediation {
        category: "vendor_fix".to_owned(),
        details: "Polaris CT 5200 3.2.2 replaces the library.".to_owned(),
        url: Some("https://example.org/polaris-3.2.2".to_owned()),
    }];
    "Install Polaris CT 5200 3.2.2 with the manufacturer."
        .clone_into(&mut log4shell.finding.action);
    log4shell.title = Some("Apache Log4j2 JNDI features do not protect".to_owned());
    log4shell.description = Some("An attacker who controls log messages can run code.".to_owned());
    log4shell.score = Some(10.0);
    log4shell.vector = Some("3.1 CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H".to_owned());
    log4shell.severity = Some("critical".to_owned());
    log4shell.known_exploited = Some(date("2021-12-10"));
    log4shell.epss = Some(0.94358);
    log4shell.urgency = urgency(&[
        (
            "known exploited",
            "listed 2021-12-10, used by ransomware",
            35.0,
        ),
        ("EPSS", "94.4 %", 14.2),
        ("CVSS", "10.0 (CVSS 3.1)", 20.0),
        ("exposure", "CONN-1.2.1 Yes: wired network", 7.0),
        ("clinical role", "diagnostic", 10.0),
    ]);
    log4shell.devices = 3;

    let mut openssl = finding(
        ct,
        "CVE-2022-0778",
        Some(part(
            "openssl",
            Some("1.1.1k"),
            Some("pkg:generic/openssl@1.1.1k"),
        )),
        Verdict::UnderInvestigation,
    );
    openssl.finding.matched_verdict = Some(Verdict::Affected);
    openssl.finding.evidence.insert(
        0,
        Evidence {
            record: "CVE-2022-0778".to_owned(),
            source: "VEX AUR-2026-004".to_owned(),
            asserted_by: MAKER.to_owned(),
            document: Some(Digest::of(b"vex.json")),
            relation: Relation::ProductName,
            subject: "Aurora Imaging Polaris CT 5200 3.2.1".to_owned(),
            object: "Aurora Imaging Polaris CT 5200".to_owned(),
            range: "3.2.1".to_owned(),
            rule: "statement-overrides".to_owned(),
            verdict: Verdict::UnderInvestigation,
            explanation: "The manufacturer says that it is looking into it.".to_owned(),
        },
    );
    openssl.title = Some("Infinite loop in BN_mod_sqrt()".to_owned());
    openssl.score = Some(7.5);
    openssl.severity = Some("high".to_owned());
    openssl.epss = Some(0.0613);
    openssl.urgency = urgency(&[
        ("EPSS", "6.1 %", 0.9),
        ("CVSS", "7.5 (CVSS 3.1)", 15.0),
        ("exposure", "CONN-1.2.1 Yes: wired network", 7.0),
    ]);
    openssl.devices = 3;

    let mut zerologon = finding(pacs, "CVE-2020-1472", Some(windows), Verdict::Undetermined);
    zerologon.finding.missing = Some(os_build());
    "Ask the manufacturer for the build of Windows 10 IoT Enterprise."
        .clone_into(&mut zerologon.finding.action);
    zerologon.title = Some("Netlogon Elevation of Privilege Vulnerability".to_owned());
    zerologon.score = Some(10.0);
    zerologon.severity = Some("critical".to_owned());
    zerologon.known_exploited = Some(date("2021-11-03"));
    zerologon.devices = 1;

    let mut fixed = finding(
        pacs,
        "CVE-2018-25032",
        Some(part(
            "zlib",
            Some("1.2.12"),
            Some("pkg:generic/zlib@1.2.12"),
        )),
        Verdict::Fixed,
    );
    fixed.severity = Some("high".to_owned());
    fixed.score = Some(7.5);
    fixed.devices = 1;
    let mut absent = finding(ct, "CVE-2021-23841", None, Verdict::NotAffected);
    absent.finding.owner = PartyRole::HealthDeliveryOrganization;
    absent.devices = 3;
    vec![log4shell, zerologon, openssl, fixed, absent]
}

pub(crate) fn os_build() -> MissingFact {
    MissingFact {
        kind: "component-version".to_owned(),
        about: "Windows 10 IoT Enterprise".to_owned(),
        fact: "build of Windows 10 IoT Enterprise".to_owned(),
        ask: PartyRole::Manufacturer,
    }
}

fn devices(ct: Digest, pacs: Digest, ultrasound: Digest) -> Vec<(Device, Digest, Option<String>)> {
    let device = |asset: &str, model: &str, version: &str, role: ClinicalRole| Device {
        asset_id: asset.to_owned(),
        manufacturer: MAKER.to_owned(),
        model: model.to_owned(),
        software_version: Some(version.to_owned()),
        clinical_role: role,
        ..Device::default()
    };
    let scanner = Device {
        serial_number: Some("PC-10077".to_owned()),
        udi: Some("(01)09506000117843(21)PC-10077".to_owned()),
        system: Some("CT room 1".to_owned()),
        site: Some("North Campus".to_owned()),
        department: Some("Radiology".to_owned()),
        segment: Some("VLAN 310".to_owned()),
        ip_address: Some("10.31.0.11".to_owned()),
        mac_address: Some("02:00:5e:00:53:01".to_owned()),
        ae_title: Some("CT1".to_owned()),
        modality: Some("CT".to_owned()),
        installed: Some(date("2021-03-15")),
        planned_retirement: Some(date("2031-03-31")),
        ..device("CT-1", "Polaris CT 5200", "3.2.1", ClinicalRole::Diagnostic)
    };
    vec![
        (
            device("ARC-1", "Boreal Archive", "8.0", ClinicalRole::Support),
            pacs,
            None,
        ),
        (scanner, ct, None),
        (
            device(
                "CT-2",
                "Polaris CT 5200",
                "3.2.1",
                ClinicalRole::Interventional,
            ),
            ct,
            None,
        ),
        (
            device("CT-3", "POLARIS CT5200", "3.2.1", ClinicalRole::Unknown),
            ct,
            Some("Model written differently; taken for the same by maker and number.".to_owned()),
        ),
        (
            device("US-1", "Fjord US 7", "1.4", ClinicalRole::Diagnostic),
            ultrasound,
            None,
        ),
    ]
}

fn missing(findings: &[FindingView], pacs: Digest, devices: &[DeviceView]) -> Vec<MissingGroup> {
    vec![MissingGroup {
        fact: os_build(),
        releases: vec![pacs],
        devices: devices
            .iter()
            .filter(|view| view.release == pacs)
            .map(|view| view.device.asset_id.clone())
            .collect(),
        findings: findings
            .iter()
            .filter(|view| view.finding.verdict == Verdict::Undetermined)
            .map(|view| view.finding.id.clone())
            .collect(),
        text: "build of Windows 10 IoT Enterprise: settles 1 finding on 1 device".to_owned(),
    }]
}

fn actions(findings: &[FindingView], ct: Digest, pacs: Digest) -> Vec<ActionView> {
    let ids = |verdict: Verdict| -> Vec<String> {
        findings
            .iter()
            .filter(|view| view.finding.verdict == verdict)
            .map(|view| view.finding.id.clone())
            .collect()
    };
    vec![
        ActionView {
            text: "Install Polaris CT 5200 3.2.2 with the manufacturer.".to_owned(),
            owner: PartyRole::Manufacturer,
            class: UrgencyClass::Now,
            points: 86.2,
            releases: vec![ct],
            findings: ids(Verdict::Affected),
            devices: 3,
        },
        ActionView {
            text: "Ask the manufacturer for the build of Windows 10 IoT Enterprise.".to_owned(),
            owner: PartyRole::HealthDeliveryOrganization,
            class: UrgencyClass::Soon,
            points: 12.0,
            releases: vec![pacs],
            findings: ids(Verdict::Undetermined),
            devices: 1,
        },
    ]
}

fn source(kind: DocumentKind, name: &str, version: Option<&str>) -> SourceView {
    SourceView {
        digest: Digest::of(name.as_bytes()),
        kind,
        version: version.map(str::to_owned),
        name: name.to_owned(),
        origin: None,
        dated: None,
        imported: at("2026-11-23T08:00:00Z"),
        actor: "biomed".to_owned(),
        summary: Vec::new(),
        problems: Vec::new(),
    }
}

fn sources() -> Vec<SourceView> {
    vec![
        SourceView {
            origin: Some(MAKER.to_owned()),
            dated: Some(at("2026-09-01T00:00:00Z")),
            summary: vec![("components".to_owned(), 214)],
            problems: vec![
                Problem::warning(
                    "cyclonedx-version-missing",
                    Place::pointer("/components/12"),
                    "The component `Windows 10 IoT Enterprise` has no version.",
                )
                .hint("Ask the manufacturer for the build."),
            ],
            ..source(DocumentKind::CycloneDx, "polaris.cdx.json", Some("1.6"))
        },
        SourceView {
            origin: Some(MAKER.to_owned()),
            dated: Some(at("2025-02-01T00:00:00Z")),
            summary: vec![("answers".to_owned(), 240)],
            ..source(DocumentKind::Mds2, "polaris.xlsx", Some("HN 1-2019"))
        },
        SourceView {
            summary: vec![("components".to_owned(), 38)],
            ..source(DocumentKind::CycloneDx, "archive.cdx.json", Some("1.4"))
        },
        SourceView {
            origin: Some("FIRST".to_owned()),
            dated: Some(at("2026-10-14T00:00:00Z")),
            summary: vec![("rows".to_owned(), 297_117)],
            ..source(DocumentKind::Epss, "epss.csv.gz", None)
        },
    ]
}

/// Three checked files: clean, with problems of each level, and unreadable.
pub(crate) fn checked() -> Vec<CheckedFile> {
    let summary = |counts: &[(&'static str, u64)]| counts.iter().copied().collect::<Summary>();
    vec![
        CheckedFile {
            path: "papers/polaris.cdx.json".to_owned(),
            kind: DocumentKind::CycloneDx,
            version: Some("1.6".to_owned()),
            digest: Some(Digest::of(b"polaris.cdx.json")),
            size: 1_234_567,
            summary: summary(&[("components", 214), ("vulnerabilities", 0)]),
            problems: vec![
                Problem::error(
                    "cyclonedx-purl-malformed",
                    Place::pointer("/components/3/purl"),
                    "`pkg:` names no type; expected `pkg:type/name@version`.",
                ),
                Problem::warning(
                    "cyclonedx-version-missing",
                    Place::pointer("/components/12"),
                    "The component `Windows 10 IoT Enterprise` has no version.",
                )
                .hint("Ask the manufacturer for the build."),
            ],
        },
        CheckedFile {
            path: "papers/forms.zip!/polaris.xlsx".to_owned(),
            kind: DocumentKind::Mds2,
            version: Some("HN 1-2019".to_owned()),
            digest: Some(Digest::of(b"polaris.xlsx")),
            size: 81_920,
            summary: summary(&[("answers", 240)]),
            problems: Vec::new(),
        },
        CheckedFile {
            path: "papers/inventory.csv".to_owned(),
            kind: DocumentKind::Inventory,
            version: None,
            digest: None,
            size: 0,
            summary: summary(&[("devices", 5)]),
            problems: vec![
                Problem::note(
                    "inventory-column-dropped",
                    Place::Line {
                        line: 1,
                        column: Some(9),
                    },
                    "The column `Cost centre` has no meaning here and was dropped.",
                ),
                Problem::warning(
                    "inventory-date-unreadable",
                    Place::Cell {
                        sheet: "Devices".to_owned(),
                        cell: "F7".to_owned(),
                    },
                    "`31.02.2020` is no day.",
                ),
            ],
        },
    ]
}

/// One component with everything.
pub(crate) fn components() -> Vec<ComponentView> {
    let component = Component {
        kind: ComponentKind::Library,
        group: Some("org.apache.logging.log4j".to_owned()),
        name: "log4j-core".to_owned(),
        version: Some("2.14.1".to_owned()),
        purl: Some("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1".to_owned()),
        cpes: vec!["cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:*".to_owned()],
        swid: None,
        supplier: Some("The Apache Software Foundation".to_owned()),
        description: Some("The Apache Log4j implementation".to_owned()),
        licenses: vec!["Apache-2.0".to_owned()],
        hashes: vec![Hash {
            algorithm: "SHA-256".to_owned(),
            value: "ade7402a70667a727635d5c4c29495f4ff96f061f12539763f6f123973b465b0".to_owned(),
        }],
        properties: vec![Property {
            name: "End-of-Support".to_owned(),
            value: "2024-01-01".to_owned(),
        }],
        support: Some(Box::new(Support {
            level: Some(SupportLevel::NoLongerMaintained),
            level_written: Some("inactive".to_owned()),
            milestones: vec![Milestone {
                kind: MilestoneKind::EndOfSupport,
                at: Moment::Day("2024-01-01".parse().unwrap()),
                offer: None,
            }],
        })),
    };
    vec![ComponentView {
        id: component.id(),
        component,
        releases: vec![release_id("Polaris CT 5200", "3.2.1")],
    }]
}

/// One flaw with everything.
pub(crate) fn vulnerabilities() -> Vec<VulnerabilityView> {
    vec![VulnerabilityView {
        id: "CVE-2021-44228".to_owned(),
        aliases: vec!["GHSA-jfh8-c2jp-5v3q".to_owned()],
        title: Some("Apache Log4j2 JNDI features do not protect".to_owned()),
        description: Some("An attacker who controls log messages can run code.".to_owned()),
        score: Some(10.0),
        severity: Some("critical".to_owned()),
        known_exploited: Some(date("2021-12-10")),
        epss: Some(0.94358),
        releases: vec![release_id("Polaris CT 5200", "3.2.1")],
        devices: 3,
    }]
}

/// What images say of the first device.
fn equipment() -> EquipmentRecord {
    let seen = Seen {
        files: 1_204,
        first: Some(date("2026-01-07")),
        last: Some(date("2026-10-30")),
    };
    EquipmentRecord {
        manufacturer: Some(MAKER.to_owned()),
        model: Some("Polaris CT 5200".to_owned()),
        serial_number: Some("PC-10077".to_owned()),
        stations: vec!["CTROOM1".to_owned()],
        device_uids: vec!["1.2.826.0.1.99".to_owned()],
        udis: vec!["(01)09506000117843(21)PC-10077".to_owned()],
        institutions: vec!["North Campus".to_owned()],
        departments: vec!["Radiology".to_owned()],
        software: vec![SoftwareState {
            versions: vec!["3.2.1".to_owned(), "OS 10.0.19044".to_owned()],
            seen,
        }],
        capture_devices: vec![CaptureDevice {
            manufacturer: Some("Example Capture".to_owned()),
            model: Some("Grabber 2".to_owned()),
            versions: vec!["1.4".to_owned()],
        }],
        writers: vec![FileWriter {
            implementation: Some("1.2.276.0.7230010.3.0.3.6.2".to_owned()),
            version_name: Some("OFFIS_DCMTK_362".to_owned()),
            ae_title: Some("CT1".to_owned()),
        }],
        modalities: [("CT".to_owned(), 1_200), ("SR".to_owned(), 4)].into(),
        seen,
    }
}

/// A line of support life.
pub(crate) fn lifecycle() -> LifecycleEntry {
    LifecycleEntry {
        product: ProductReference {
            vendor: Some("Northlight".to_owned()),
            name: "CT 500".to_owned(),
            version: VersionExpression::Exact("VB40A".to_owned()),
            ..ProductReference::default()
        },
        milestones: vec![Milestone {
            kind: MilestoneKind::EndOfSecuritySupport,
            at: Moment::Words("until hardware support ends".to_owned()),
            offer: None,
        }],
        ..LifecycleEntry::default()
    }
}

/// Something seen on site.
pub(crate) fn observation() -> Observation {
    Observation {
        device: "CT-1".to_owned(),
        control: "=TLS on".to_owned(),
        result: ObservationResult::Absent,
        method: Some("scan".to_owned()),
        by: None,
        at: None,
        remark: None,
        place: Place::line(2),
    }
}

/// A validated update.
pub(crate) fn update() -> ValidatedUpdate {
    ValidatedUpdate {
        update: "KB5034127".to_owned(),
        release: lifecycle().product,
        status: ValidationStatus::Approved,
        date: None,
        remark: None,
        place: Place::line(2),
    }
}

/// What scans saw of the first device.
fn host() -> HostScan {
    let seen = Some("2026-11-20T09:00:00Z".parse().unwrap());
    let service = |port, name: &str| NetworkService {
        transport: Transport::Tcp,
        port,
        name: Some(name.to_owned()),
        is_probed: true,
        product: None,
        version: None,
        details: None,
        tls: false,
        cpes: Vec::new(),
        dicom: None,
        seen,
    };
    HostScan {
        addresses: vec!["10.31.0.11".to_owned()],
        mac_address: Some("02:00:5E:00:53:01".to_owned()),
        interface_maker: Some("Example Networks".to_owned()),
        names: vec!["ct1.imaging.example".to_owned()],
        seen,
        services: vec![
            NetworkService {
                dicom: Some(DicomService {
                    is_confirmed: true,
                    accepts_any_title: Some(true),
                }),
                ..service(104, "dicom")
            },
            NetworkService {
                product: Some("Apache httpd".to_owned()),
                version: Some("2.4.6".to_owned()),
                details: Some("(CentOS)".to_owned()),
                tls: true,
                cpes: vec!["cpe:/a:apache:http_server:2.4.6".to_owned()],
                ..service(443, "http")
            },
        ],
        systems: vec![SystemGuess {
            name: "Linux 3.10 - 4.11".to_owned(),
            accuracy: 100,
            cpes: vec!["cpe:/o:linux:linux_kernel:3".to_owned()],
        }],
    }
}
