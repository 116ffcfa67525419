//! What the reader should know before relying on the answer.

use std::collections::BTreeSet;

use isocenter_feeds::Catalog;
use isocenter_model::assessment::{Assessment, KnownFrom};
use isocenter_model::document::DocumentKind;
use isocenter_model::equipment::EquipmentRecord;
use isocenter_model::problem::Level;

/// Devices that one caution names before the rest is counted.
const NAMED: usize = 5;

/// The cautions, the gravest first.
pub(crate) fn cautions(assessment: &Assessment) -> Vec<String> {
    let mut cautions = Vec::new();
    feeds(assessment, &mut cautions);
    papers(assessment, &mut cautions);
    fleet(assessment, &mut cautions);
    network(assessment, &mut cautions);
    contradictions(assessment, &mut cautions);
    problems(assessment, &mut cautions);
    cautions
}

fn feeds(assessment: &Assessment, cautions: &mut Vec<String>) {
    let has = |kinds: &[DocumentKind]| {
        assessment
            .sources
            .iter()
            .any(|source| kinds.contains(&source.kind))
    };
    if !has(&[
        DocumentKind::Cve,
        DocumentKind::CveArchive,
        DocumentKind::Nvd,
        DocumentKind::Osv,
        DocumentKind::OsvArchive,
    ]) {
        cautions.push(
            "No vulnerability records are loaded: a component without a finding is unchecked, not clean."
                .to_owned(),
        );
    }
    if !has(&[DocumentKind::Kev]) {
        cautions
            .push("CISA's catalog of known exploited vulnerabilities is not loaded.".to_owned());
    }
    if !has(&[DocumentKind::Epss]) {
        cautions.push(
            "EPSS scores are not loaded: the probability of exploitation counts as unknown."
                .to_owned(),
        );
    }
    // The catalog is part of the program and a test reads it; without it there is nothing to be stale.
    let known = Catalog::built_in().map(|catalog| catalog.feeds);
    for feed in known.into_iter().flatten() {
        let Some(newest_paper) = &feed.newest else {
            continue;
        };
        let name = &newest_paper.paper;
        let mut papers = assessment
            .sources
            .iter()
            .filter(|source| feed.kinds.iter().any(|kind| kind == source.kind.as_str()))
            .peekable();
        if papers.peek().is_none() {
            continue;
        }
        let newest = papers
            .filter_map(|source| source.age_days(assessment.made))
            .min();
        if newest.is_none() {
            cautions.push(format!("{name} states no day: how old it is, is unknown."));
        }
        if let Some(days) = newest.filter(|days| *days > i64::from(feed.stale_days)) {
            cautions.push(format!(
                "{name} is {days} days old: {} are missing.",
                newest_paper.missing
            ));
        }
    }
}

fn papers(assessment: &Assessment, cautions: &mut Vec<String>) {
    let without: Vec<&str> = assessment
        .releases
        .iter()
        .filter(|release| release.devices > 0 && !release.has_sbom)
        .map(|release| release.release.model.as_str())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let devices: u64 = assessment
        .releases
        .iter()
        .filter(|release| !release.has_sbom)
        .map(|release| release.devices)
        .sum();
    if devices > 0 {
        cautions.push(format!(
            "{devices} of {} devices have no bill of materials for their release ({}): what is inside them is unknown.",
            assessment.devices.len(),
            without.join(", "),
        ));
    }
    for note in assessment
        .devices
        .iter()
        .filter_map(|device| device.note.as_deref())
        .collect::<BTreeSet<_>>()
    {
        cautions.push(note.to_owned());
    }
}

/// What images say of the devices and the inventory does not.
fn fleet(assessment: &Assessment, cautions: &mut Vec<String>) {
    let mut unlisted = Vec::new();
    let mut unstated = Vec::new();
    let mut other = Vec::new();
    for view in &assessment.devices {
        let asset = view.device.asset_id.as_str();
        let newest = view.equipment.iter().max_by_key(|record| record.seen.last);
        let seen = newest.and_then(EquipmentRecord::software_version);
        match (view.known_from, &view.device.software_version, seen) {
            (KnownFrom::Images, ..) => unlisted.push(asset.to_owned()),
            (KnownFrom::Inventory, None, Some(seen)) => unstated.push(format!("{asset} {seen}")),
            (KnownFrom::Inventory, Some(stated), Some(seen)) if !agree(stated, seen) => {
                other.push(format!("{asset} {seen} instead of {stated}"));
            }
            _ => {}
        }
    }
    for (which, message) in [
        (unlisted, "known from images only and on no inventory"),
        (
            unstated,
            "without a software version in the inventory, while their images name one",
        ),
        (
            other,
            "with another software version in their images than in the inventory",
        ),
    ] {
        if !which.is_empty() {
            let noun = if which.len() == 1 {
                "device is"
            } else {
                "devices are"
            };
            cautions.push(format!(
                "{} {noun} {message}: {}.",
                which.len(),
                some_of(&which)
            ));
        }
    }
}

/// Hosts that speak DICOM and are on no inventory.
fn network(assessment: &Assessment, cautions: &mut Vec<String>) {
    let hosts: Vec<String> = assessment
        .unlisted_hosts
        .iter()
        .filter_map(|host| {
            host.addresses
                .first()
                .or(host.mac_address.as_ref())
                .cloned()
        })
        .collect();
    if !hosts.is_empty() {
        let noun = if hosts.len() == 1 {
            "host answers"
        } else {
            "hosts answer"
        };
        cautions.push(format!(
            "{} {noun} on a DICOM port of the network and no device has the address: {}.",
            hosts.len(),
            some_of(&hosts)
        ));
    }
    let open: Vec<String> = assessment
        .devices
        .iter()
        .filter(|view| {
            let services = view.host.iter().flat_map(|host| &host.services);
            services
                .filter_map(|service| service.dicom)
                .any(|dicom| dicom.accepts_any_title == Some(true))
        })
        .map(|view| view.device.asset_id.clone())
        .collect();
    if !open.is_empty() {
        let noun = if open.len() == 1 {
            "device takes"
        } else {
            "devices take"
        };
        cautions.push(format!(
            "{} {noun} DICOM associations under any called title: {}.",
            open.len(),
            some_of(&open)
        ));
    }
}

/// Whether two spellings of a software version may mean the same: one holds the other.
fn agree(stated: &str, seen: &str) -> bool {
    let (stated, seen) = (stated.trim().to_lowercase(), seen.trim().to_lowercase());
    stated.contains(&seen) || seen.contains(&stated)
}

/// The first few names of a list.
fn some_of(names: &[String]) -> String {
    let shown = names.iter().take(NAMED).map(String::as_str);
    let list = shown.collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => list,
        more => format!("{list} and {more} more"),
    }
}

fn contradictions(assessment: &Assessment, cautions: &mut Vec<String>) {
    for view in &assessment.findings {
        let contradicted = view
            .finding
            .evidence
            .iter()
            .any(|piece| piece.rule == "statement-contradicts");
        if contradicted {
            cautions.push(format!(
                "Papers of the same author contradict each other on {}: the newest counts ({}).",
                view.finding.vulnerability, view.finding.id
            ));
        }
    }
}

fn problems(assessment: &Assessment, cautions: &mut Vec<String>) {
    let flawed = assessment
        .sources
        .iter()
        .filter(|source| {
            source
                .problems
                .iter()
                .any(|problem| problem.level == Level::Error)
        })
        .count();
    if flawed > 0 {
        let noun = if flawed == 1 {
            "paper has"
        } else {
            "papers have"
        };
        cautions.push(format!(
            "{flawed} {noun} errors: what could be read was used; see the sources for the rest."
        ));
    }
}
