//! Hospitals of any size, the same on every run: for limits on the size of pages, and to look at.

use isocenter_model::assessment::{
    ActionView, Assessment, Counts, DeviceView, Exposure, FindingView, KnownFrom, MissingGroup,
    ReleaseView, WorkItem,
};
use isocenter_model::finding::{
    ComponentRef, MissingFact, PartyRole, UrgencyClass, Verdict, worklist_id,
};
use isocenter_model::product::{ClinicalRole, Device, Release};
use isocenter_model::{Digest, DocumentKind};

use crate::sample;

/// How large a hospital is.
pub(crate) struct Size {
    pub(crate) releases: usize,
    pub(crate) devices: usize,
    /// Findings of each release that has a bill of materials.
    pub(crate) findings: usize,
}

const MODELS: [(&str, &str, &str, ClinicalRole); 12] = [
    ("Polaris CT 5200", "CT", "CT", ClinicalRole::Diagnostic),
    ("Boreal Archive", "PACS", "ARC", ClinicalRole::Support),
    ("Corona XA Duo", "XA", "XA", ClinicalRole::Interventional),
    ("Helios MR 3T", "MR", "MR", ClinicalRole::Diagnostic),
    ("Fjord US 7", "US", "US", ClinicalRole::Diagnostic),
    ("Lumen Mammo 2", "MG", "MG", ClinicalRole::Diagnostic),
    ("Aster Workstation", "WS", "WS", ClinicalRole::Diagnostic),
    ("Nimbus CR", "CR", "CR", ClinicalRole::Diagnostic),
    ("Tally Dose Server", "OT", "DOS", ClinicalRole::Support),
    ("Vista Viewer", "WS", "VIEW", ClinicalRole::Support),
    ("Polaris Recon", "CT", "REC", ClinicalRole::Diagnostic),
    ("Glimmer DR", "DX", "DX", ClinicalRole::Diagnostic),
];

/// Real flaws of parts that imaging devices are built from.
const FLAWS: [(&str, &str, &str, f64, f64, bool); 12] = [
    (
        "CVE-2021-44228",
        "org.apache.logging.log4j/log4j-core",
        "Apache Log4j2 JNDI features do not protect against attacker controlled LDAP",
        10.0,
        0.944,
        true,
    ),
    (
        "CVE-2017-0144",
        "Windows 7 Embedded",
        "Windows SMB Remote Code Execution Vulnerability",
        8.8,
        0.943,
        true,
    ),
    (
        "CVE-2022-0778",
        "openssl",
        "Infinite loop in BN_mod_sqrt() reachable when parsing certificates",
        7.5,
        0.061,
        false,
    ),
    (
        "CVE-2019-0708",
        "Windows 7 Embedded",
        "Remote Desktop Services Remote Code Execution Vulnerability",
        9.8,
        0.945,
        true,
    ),
    (
        "CVE-2022-2119",
        "DCMTK",
        "OFFIS DCMTK path traversal in the storage provider",
        7.5,
        0.004,
        false,
    ),
    (
        "CVE-2023-34478",
        "shiro-core",
        "Apache Shiro path traversal that may bypass authentication",
        9.8,
        0.012,
        false,
    ),
    (
        "CVE-2018-25032",
        "zlib",
        "zlib memory corruption when deflating",
        7.5,
        0.002,
        false,
    ),
    (
        "CVE-2020-0601",
        "Windows 10 IoT Enterprise",
        "Windows CryptoAPI Spoofing Vulnerability",
        8.1,
        0.941,
        true,
    ),
    (
        "CVE-2021-36159",
        "libfetch",
        "libfetch out-of-bounds read in FTP and HTTP",
        9.1,
        0.003,
        false,
    ),
    (
        "CVE-2023-4863",
        "libwebp",
        "Heap buffer overflow in libwebp",
        8.8,
        0.941,
        true,
    ),
    (
        "CVE-2019-1068",
        "SQL Server 2016",
        "Microsoft SQL Server Remote Code Execution Vulnerability",
        8.8,
        0.33,
        false,
    ),
    (
        "CVE-2022-25255",
        "Qt",
        "Qt runs an executable of the working directory",
        7.8,
        0.001,
        false,
    ),
];

/// The answer for a hospital of that size.
pub(crate) fn assessment(size: &Size) -> Assessment {
    let base = sample::assessment();
    let mut answer = Assessment {
        devices: Vec::new(),
        unlisted_hosts: Vec::new(),
        releases: Vec::new(),
        findings: Vec::new(),
        missing: Vec::new(),
        actions: Vec::new(),
        worklist: Vec::new(),
        counts: Counts::default(),
        ..base
    };
    for number in 0..size.releases {
        release(&mut answer, number, size);
    }
    for number in 0..size.devices {
        device(&mut answer, number, size.releases);
    }
    answer
        .devices
        .sort_by(|a, b| a.device.asset_id.cmp(&b.device.asset_id));
    answer.releases.sort_by_key(|view| {
        let counts = view.counts;
        std::cmp::Reverse((counts.now, counts.soon, counts.planned, counts.undetermined))
    });
    answer.findings.sort_by(|a, b| {
        (a.finding.verdict, a.urgency.class)
            .cmp(&(b.finding.verdict, b.urgency.class))
            .then(b.urgency.points.total_cmp(&a.urgency.points))
    });
    for view in &answer.findings {
        answer.counts.add(view.finding.verdict, view.urgency.class);
    }
    actions(&mut answer);
    missing(&mut answer);
    worklist(&mut answer);
    answer
}

fn release(answer: &mut Assessment, number: usize, size: &Size) {
    let (model, ..) = MODELS[number % MODELS.len()];
    let version = format!("{}.{}", 2 + number % 7, number / MODELS.len());
    let id = Release::id_of(sample::MAKER, model, Some(&version));
    let has_sbom = number % 5 != 4;
    let known = number % 3 != 2;
    let documents = if has_sbom {
        vec![Digest::of(b"polaris.cdx.json"), Digest::of(b"polaris.xlsx")]
    } else {
        Vec::new()
    };
    let mut counts = Counts::default();
    if has_sbom {
        for flaw in 0..size.findings {
            let view = finding(id, number, flaw);
            counts.add(view.finding.verdict, view.urgency.class);
            answer.findings.push(view);
        }
    }
    answer.releases.push(ReleaseView {
        id,
        release: Release {
            manufacturer: sample::MAKER.to_owned(),
            model: model.to_owned(),
            version: Some(version),
        },
        documents,
        has_sbom,
        has_form: known,
        components: if has_sbom {
            40 + 37 * number as u64 % 400
        } else {
            0
        },
        devices: (size.devices / size.releases) as u64,
        exposure: if known {
            Exposure {
                points: 9.0,
                reasons: vec![
                    "CONN-1.2.1 Yes: wired network".to_owned(),
                    "CONN-7.2 Yes: reachable from outside the hospital".to_owned(),
                    "RMOT-1 Yes: remote service access".to_owned(),
                ],
                known: true,
            }
        } else {
            Exposure {
                points: 8.0,
                reasons: vec!["no MDS2 form: how reachable it is, is unknown".to_owned()],
                known: false,
            }
        },
        counts,
    });
}

fn finding(release: Digest, number: usize, flaw: usize) -> FindingView {
    let (cve, component, title, score, epss, exploited) = FLAWS[(number + flaw) % FLAWS.len()];
    let mixed = number * 7 + flaw * 5;
    let verdict = match mixed % 11 {
        0..4 => Verdict::Affected,
        4 => Verdict::UnderInvestigation,
        5..8 => Verdict::Undetermined,
        8 => Verdict::Fixed,
        _ => Verdict::NotAffected,
    };
    let id = if flaw < FLAWS.len() {
        cve.to_owned()
    } else {
        format!("CVE-{}-{}", 2015 + mixed % 11, 10_000 + number * 31 + flaw)
    };
    let version = (verdict != Verdict::Undetermined).then_some("2.14.1");
    let part = ComponentRef {
        purl: Some(format!("pkg:generic/{component}@2.14.1")),
        ..sample::part(component, version, None)
    };
    let mut view = sample::finding(release, &id, Some(part), verdict);
    view.title = Some(title.to_owned());
    view.description = Some(format!(
        "{title}. {}",
        "What an attacker can do is told here. ".repeat(8)
    ));
    view.score = Some(score);
    view.vector = Some("3.1 CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H".to_owned());
    view.severity = Some(if score >= 9.0 { "critical" } else { "high" }.to_owned());
    view.epss = Some(epss);
    let exploited = exploited && number.is_multiple_of(3);
    if exploited {
        view.known_exploited = Some(sample::date("2022-02-10"));
    }
    view.urgency = sample::urgency(&[
        (
            "known exploited",
            if exploited {
                "listed 2022-02-10"
            } else {
                "not listed"
            },
            if exploited { 30.0 } else { 0.0 },
        ),
        (
            "EPSS",
            &format!("{:.1} %", epss * 100.0),
            (epss * 150.0).round() / 10.0,
        ),
        ("CVSS", &format!("{score:.1} (CVSS 3.1)"), score * 2.0),
        (
            "exposure",
            "CONN-1.2.1 Yes: wired network; CONN-7.2 Yes: reachable from outside the hospital",
            9.0,
        ),
        (
            "clinical role",
            "diagnostic",
            if number.is_multiple_of(2) { 10.0 } else { 0.0 },
        ),
    ]);
    view.devices = 3;
    for piece in &mut view.finding.evidence {
        piece.explanation = format!(
            "The record says that {component} before 2.15.0 is affected, and 2.14.1 comes before 2.15.0 in the order of its ecosystem."
        );
        ">= 2.0.0, < 2.15.0".clone_into(&mut piece.range);
    }
    let first = view.finding.evidence[0].clone();
    view.finding.evidence.push(first);
    if mixed % 4 == 1 {
        view.finding.owner = PartyRole::HealthDeliveryOrganization;
        "Close the port towards the clinical network until the corrected release is there."
            .clone_into(&mut view.finding.action);
    }
    if verdict == Verdict::Undetermined {
        let fact = format!("version of {component}");
        view.finding.action = format!("Ask the manufacturer for the {fact}.");
        view.finding.missing = Some(MissingFact {
            kind: "component-version".to_owned(),
            about: component.to_owned(),
            fact,
            ask: PartyRole::Manufacturer,
        });
    }
    view
}

fn device(answer: &mut Assessment, number: usize, releases: usize) {
    let view = &answer.releases[number % releases];
    let (_, modality, prefix, role) = MODELS
        .into_iter()
        .find(|(model, ..)| *model == view.release.model)
        .unwrap();
    let sites = ["North Campus", "South Campus", "Harbour Clinic"];
    answer.devices.push(DeviceView {
        device: Device {
            asset_id: format!("{prefix}-{:03}", number + 1),
            manufacturer: view.release.manufacturer.clone(),
            model: view.release.model.clone(),
            software_version: view.release.version.clone(),
            serial_number: Some(format!("AU-{:05}", 10_000 + number * 17)),
            site: Some(sites[number % 3].to_owned()),
            department: Some("Radiology".to_owned()),
            modality: Some(modality.to_owned()),
            clinical_role: role,
            planned_retirement: number.is_multiple_of(4).then(|| sample::date("2031-03-31")),
            ..Device::default()
        },
        known_from: KnownFrom::Inventory,
        equipment: Vec::new(),
        host: None,
        release: view.id,
        note: (number % 13 == 7).then(|| {
            "The inventory states 3.2, the papers speak of 3.2.1: taken for the same.".to_owned()
        }),
        counts: view.counts,
    });
}

fn actions(answer: &mut Assessment) {
    for view in &answer.releases {
        let findings: Vec<String> = answer
            .findings
            .iter()
            .filter(|finding| {
                finding.finding.release == view.id && finding.finding.verdict == Verdict::Affected
            })
            .map(|finding| finding.finding.id.clone())
            .collect();
        if findings.is_empty() {
            continue;
        }
        let class = if view.counts.now > 0 {
            UrgencyClass::Now
        } else if view.counts.soon > 0 {
            UrgencyClass::Soon
        } else {
            UrgencyClass::Planned
        };
        let hospital = answer.actions.len() % 3 == 1;
        answer.actions.push(ActionView {
            text: if hospital {
                format!("Close the remote service port of {} until the corrected release is installed.", view.release.label())
            } else {
                format!("Ask for the release after {} that replaces log4j-core and OpenSSL, and install it.", view.release.label())
            },
            owner: if hospital {
                PartyRole::HealthDeliveryOrganization
            } else {
                PartyRole::Manufacturer
            },
            class,
            points: 250.0,
            releases: vec![view.id],
            findings,
            devices: view.devices,
        });
    }
    answer.actions.sort_by_key(|action| action.class);
}

fn missing(answer: &mut Assessment) {
    let mut groups: Vec<MissingGroup> = Vec::new();
    for view in &answer.findings {
        let Some(fact) = &view.finding.missing else {
            continue;
        };
        let position = groups.iter().position(|group| group.fact == *fact);
        let position = position.unwrap_or_else(|| {
            groups.push(MissingGroup {
                fact: fact.clone(),
                releases: Vec::new(),
                devices: Vec::new(),
                findings: Vec::new(),
                text: String::new(),
            });
            groups.len() - 1
        });
        let group = &mut groups[position];
        group.findings.push(view.finding.id.clone());
        if !group.releases.contains(&view.finding.release) {
            group.releases.push(view.finding.release);
            group.devices.extend(
                answer
                    .devices
                    .iter()
                    .filter(|device| device.release == view.finding.release)
                    .map(|device| device.device.asset_id.clone()),
            );
        }
    }
    for group in &mut groups {
        group.text = format!(
            "{}: settles {} findings on {} devices",
            group.fact.fact,
            group.findings.len(),
            group.devices.len()
        );
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.findings.len()));
    answer.missing = groups;
}

fn worklist(answer: &mut Assessment) {
    let mut devices: std::collections::HashMap<Digest, Vec<usize>> =
        std::collections::HashMap::new();
    for (position, device) in answer.devices.iter().enumerate() {
        devices.entry(device.release).or_default().push(position);
    }
    for (index, view) in answer.findings.iter().enumerate() {
        if !view.finding.verdict.is_open() {
            continue;
        }
        for position in devices.get(&view.finding.release).into_iter().flatten() {
            let asset = &answer.devices[*position].device.asset_id;
            answer.worklist.push(WorkItem {
                id: worklist_id(asset, &view.finding.id),
                asset_id: asset.clone(),
                finding: index,
                device: Some(*position),
                urgency: view.urgency.clone(),
                decision: None,
            });
        }
    }
    assert!(
        answer
            .sources
            .iter()
            .any(|source| source.kind == DocumentKind::CycloneDx)
    );
}
