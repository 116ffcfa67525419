//! What the reader should know before relying on the answer.

use std::collections::BTreeSet;

use isocenter_feeds::Catalog;
use isocenter_model::assessment::Assessment;
use isocenter_model::document::DocumentKind;
use isocenter_model::problem::Level;

/// The cautions, the gravest first.
pub(crate) fn cautions(assessment: &Assessment) -> Vec<String> {
    let mut cautions = Vec::new();
    feeds(assessment, &mut cautions);
    papers(assessment, &mut cautions);
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
    if !has(&[DocumentKind::Cve, DocumentKind::CveArchive]) {
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
