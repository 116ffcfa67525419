//! The answer, built from its material: pure, so that the same papers give the same answer.

use std::collections::{BTreeMap, HashMap};

use isocenter_exposure::{Policy, Weighed, exposure, weigh};
use isocenter_model::assessment::{
    Assessment, Counts, DeviceView, FindingView, ReleaseView, WorkItem,
};
use isocenter_model::digest::Digest;
use isocenter_model::finding::{Decision, Finding, Urgency, UrgencyClass, worklist_id};
use isocenter_model::product::ClinicalRole;
use jiff::Timestamp;

use super::cautions::cautions;
use super::groups::{actions, missing};
use super::material::{DeviceMaterial, FlawMaterial, Material};

/// Builds the answer as of `now` under `policy`.
pub(crate) fn build(material: Material, policy: &Policy, now: Timestamp) -> Assessment {
    let Material {
        releases,
        mut devices,
        unlisted_hosts,
        findings,
        flaws,
        decisions,
        sources,
    } = material;
    devices.sort_by(|a, b| a.device.asset_id.cmp(&b.device.asset_id));
    let mut by_release: BTreeMap<Digest, Vec<usize>> = BTreeMap::new();
    for (index, material) in devices.iter().enumerate() {
        by_release.entry(material.release).or_default().push(index);
    }
    let mut release_views: Vec<ReleaseView> = releases
        .iter()
        .map(|material| ReleaseView {
            id: material.id,
            release: material.release.clone(),
            documents: material.documents.clone(),
            has_sbom: material.has_sbom,
            has_form: material.form.is_some(),
            components: material.components,
            devices: by_release
                .get(&material.id)
                .map_or(0, |list| list.len() as u64),
            exposure: exposure(policy, material.form.as_ref()),
            counts: Counts::default(),
        })
        .collect();
    let notes: HashMap<Digest, &str> = releases
        .iter()
        .filter_map(|material| Some((material.id, material.note.as_deref()?)))
        .collect();
    let mut device_views: Vec<DeviceView> = devices
        .iter()
        .map(|material| DeviceView {
            device: material.device.clone(),
            known_from: material.known_from,
            equipment: material.equipment.clone(),
            host: material.host.clone(),
            release: material.release,
            note: notes.get(&material.release).map(|note| (*note).to_owned()),
            counts: Counts::default(),
        })
        .collect();
    let position: HashMap<Digest, usize> = release_views
        .iter()
        .enumerate()
        .map(|(index, view)| (view.id, index))
        .collect();

    let mut counts = Counts::default();
    let mut finding_views = Vec::with_capacity(findings.len());
    let mut device_urgencies: Vec<Vec<(usize, Urgency)>> = Vec::with_capacity(findings.len());
    let nothing = FlawMaterial::default();
    for finding in findings {
        let Some(&at) = position.get(&finding.release) else {
            continue;
        };
        let flaw = flaws.get(&finding.vulnerability).unwrap_or(&nothing);
        let on_devices = by_release
            .get(&finding.release)
            .map_or(&[][..], Vec::as_slice);
        let weigh_for = |role| weigh_flaw(policy, flaw, &release_views[at], role);
        let each: Vec<(usize, Urgency)> = on_devices
            .iter()
            .map(|&index| (index, weigh_for(devices[index].device.clinical_role)))
            .collect();
        let urgency = each
            .iter()
            .map(|(_, urgency)| urgency)
            .max_by(|a, b| a.points.total_cmp(&b.points))
            .cloned()
            .unwrap_or_else(|| weigh_for(ClinicalRole::Unknown));
        counts.add(finding.verdict, urgency.class);
        release_views[at].counts.add(finding.verdict, urgency.class);
        for (index, urgency) in &each {
            device_views[*index]
                .counts
                .add(finding.verdict, urgency.class);
        }
        finding_views.push(view(finding, flaw, urgency, each.len() as u64));
        device_urgencies.push(each);
    }

    let mut order: Vec<usize> = (0..finding_views.len()).collect();
    order.sort_by(|&a, &b| pressing(&finding_views[a], &finding_views[b]));
    let mut slots: Vec<Option<FindingView>> = finding_views.into_iter().map(Some).collect();
    let finding_views: Vec<FindingView> = order
        .iter()
        .filter_map(|&index| slots[index].take())
        .collect();
    let device_urgencies: Vec<Vec<(usize, Urgency)>> = order
        .iter()
        .map(|&index| std::mem::take(&mut device_urgencies[index]))
        .collect();
    let worklist = worklist(&finding_views, device_urgencies, &devices, decisions);

    release_views.sort_by(|a, b| {
        weight(&b.counts)
            .cmp(&weight(&a.counts))
            .then_with(|| a.release.cmp(&b.release))
    });
    let mut assessment = Assessment {
        made: now,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        formula: policy.formula(),
        counts,
        devices: device_views,
        unlisted_hosts,
        releases: release_views,
        findings: finding_views,
        missing: Vec::new(),
        actions: Vec::new(),
        worklist,
        sources,
        cautions: Vec::new(),
    };
    assessment.missing = missing(&assessment);
    assessment.actions = actions(&assessment);
    assessment.cautions = cautions(&assessment);
    assessment
}

fn weigh_flaw(
    policy: &Policy,
    flaw: &FlawMaterial,
    release: &ReleaseView,
    role: ClinicalRole,
) -> Urgency {
    weigh(
        policy,
        &Weighed {
            known_exploited: flaw.known_exploited,
            epss: flaw.epss,
            score: flaw
                .score
                .as_ref()
                .map(|(base, version, ..)| (*base, version.as_str())),
            exposure: &release.exposure,
            role,
        },
    )
}

fn view(finding: Finding, flaw: &FlawMaterial, urgency: Urgency, devices: u64) -> FindingView {
    let score = flaw.score.as_ref();
    FindingView {
        finding,
        title: flaw.title.clone(),
        description: flaw.description.clone(),
        score: score.map(|(base, ..)| *base),
        vector: score
            .map(|(_, _, vector, _)| vector.clone())
            .filter(|vector| !vector.is_empty()),
        severity: score.map(|(base, _, _, severity)| severity_word(*base, severity)),
        known_exploited: flaw.known_exploited.and_then(|(day, _)| day),
        epss: flaw.epss,
        urgency,
        devices,
    }
}

/// The source's own rating, or the one that FIRST's table gives the base score (CVSS 3.1, 5).
fn severity_word(base: f64, stated: &str) -> String {
    if !stated.is_empty() {
        return stated.to_lowercase();
    }
    match base {
        base if base >= 9.0 => "critical",
        base if base >= 7.0 => "high",
        base if base >= 4.0 => "medium",
        base if base > 0.0 => "low",
        _ => "none",
    }
    .to_owned()
}

/// Open findings first, then by points, then by id, so that the order never wavers.
fn pressing(a: &FindingView, b: &FindingView) -> std::cmp::Ordering {
    a.finding
        .verdict
        .cmp(&b.finding.verdict)
        .then_with(|| b.urgency.points.total_cmp(&a.urgency.points))
        .then_with(|| a.finding.vulnerability.cmp(&b.finding.vulnerability))
        .then_with(|| a.finding.id.cmp(&b.finding.id))
}

/// Releases are ordered by their most pressing findings.
fn weight(counts: &Counts) -> (u64, u64, u64, u64, u64) {
    (
        counts.now,
        counts.soon,
        counts.planned,
        counts.watch,
        counts.undetermined,
    )
}

fn worklist(
    findings: &[FindingView],
    urgencies: Vec<Vec<(usize, Urgency)>>,
    devices: &[DeviceMaterial],
    decisions: Vec<Decision>,
) -> Vec<WorkItem> {
    let mut newest: HashMap<String, Decision> = HashMap::new();
    for decision in decisions {
        let newer = newest
            .get(&decision.item)
            .is_none_or(|known| known.at <= decision.at);
        if newer {
            newest.insert(decision.item.clone(), decision);
        }
    }
    let mut items = Vec::new();
    for (index, (view, each)) in findings.iter().zip(urgencies).enumerate() {
        if !view.finding.verdict.is_open() {
            continue;
        }
        if each.is_empty() {
            items.push(WorkItem {
                id: worklist_id("", &view.finding.id),
                asset_id: String::new(),
                finding: index,
                device: None,
                urgency: view.urgency.clone(),
                decision: None,
            });
        }
        for (device, urgency) in each {
            let asset_id = devices[device].device.asset_id.clone();
            items.push(WorkItem {
                id: worklist_id(&asset_id, &view.finding.id),
                asset_id,
                finding: index,
                device: Some(device),
                urgency,
                decision: None,
            });
        }
    }
    for item in &mut items {
        item.decision = newest.remove(&item.id);
    }
    let undetermined = |item: &WorkItem| {
        findings[item.finding].finding.verdict == isocenter_model::finding::Verdict::Undetermined
    };
    items.sort_by(|a, b| {
        undetermined(a)
            .cmp(&undetermined(b))
            .then_with(|| b.urgency.points.total_cmp(&a.urgency.points))
            .then_with(|| a.asset_id.cmp(&b.asset_id))
            .then_with(|| a.finding.cmp(&b.finding))
    });
    items
}

/// The most pressing class of some findings; `Watch` when there are none.
pub(crate) fn most_pressing<'a>(views: impl Iterator<Item = &'a FindingView>) -> UrgencyClass {
    views
        .map(|view| view.urgency.class)
        .min()
        .unwrap_or(UrgencyClass::Watch)
}
