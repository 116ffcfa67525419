//! Findings grouped into what a person can do: missing facts to settle, and actions.

use std::collections::{BTreeMap, BTreeSet};

use isocenter_model::assessment::{ActionView, Assessment, FindingView, MissingGroup};
use isocenter_model::digest::Digest;
use isocenter_model::finding::{MissingFact, PartyRole, Verdict};

use super::build::most_pressing;

/// Asset ids that are spelled out in one line; more are counted.
const NAMED: usize = 3;

/// Undetermined findings by the one fact that would settle them, the fact that settles most first.
pub(crate) fn missing(assessment: &Assessment) -> Vec<MissingGroup> {
    let mut by_fact: BTreeMap<&MissingFact, Vec<&FindingView>> = BTreeMap::new();
    for view in &assessment.findings {
        if let (Verdict::Undetermined, Some(fact)) = (view.finding.verdict, &view.finding.missing) {
            by_fact.entry(fact).or_default().push(view);
        }
    }
    let mut groups: Vec<MissingGroup> = by_fact
        .into_iter()
        .map(|(fact, views)| {
            let releases = releases_of(&views);
            let devices = devices_of(assessment, &releases);
            let text = fact_text(fact, &devices, views.len());
            MissingGroup {
                fact: fact.clone(),
                releases: releases.into_iter().collect(),
                findings: views.iter().map(|view| view.finding.id.clone()).collect(),
                devices,
                text,
            }
        })
        .collect();
    groups.sort_by(|a, b| {
        let reach = |group: &MissingGroup| group.findings.len() * group.devices.len().max(1);
        reach(b).cmp(&reach(a)).then_with(|| a.text.cmp(&b.text))
    });
    groups
}

fn fact_text(fact: &MissingFact, devices: &[String], findings: usize) -> String {
    let of = match devices {
        [] => String::new(),
        few if few.len() <= NAMED => format!(" on {}", few.join(", ")),
        many => format!(
            " on {} and {} more",
            many[..NAMED].join(", "),
            many.len() - NAMED
        ),
    };
    let devices = match devices.len() {
        0 => String::new(),
        1 => " on 1 device".to_owned(),
        count => format!(" on {count} devices"),
    };
    let noun = if findings == 1 { "finding" } else { "findings" };
    format!(
        "{}{of}: settles {findings} {noun}{devices}",
        capitalised(&fact.fact)
    )
}

/// What to do, summed over the findings that it settles, the most pressing first.
pub(crate) fn actions(assessment: &Assessment) -> Vec<ActionView> {
    let mut by_action: BTreeMap<(PartyRole, &str), Vec<&FindingView>> = BTreeMap::new();
    for view in &assessment.findings {
        if view.finding.verdict.is_open() {
            let key = (view.finding.owner, view.finding.action.as_str());
            by_action.entry(key).or_default().push(view);
        }
    }
    let mut actions: Vec<(bool, ActionView)> = by_action
        .into_iter()
        .map(|((owner, text), views)| {
            let releases = releases_of(&views);
            let devices = devices_of(assessment, &releases).len() as u64;
            let certain = views
                .iter()
                .any(|view| view.finding.verdict != Verdict::Undetermined);
            let action = ActionView {
                text: text.to_owned(),
                owner,
                class: most_pressing(views.iter().copied()),
                points: views.iter().map(|view| view.urgency.points).sum(),
                releases: releases.into_iter().collect(),
                findings: views.iter().map(|view| view.finding.id.clone()).collect(),
                devices,
            };
            (certain, action)
        })
        .collect();
    actions.sort_by(|(a_certain, a), (b_certain, b)| {
        // What no device runs can wait, however grave.
        b_certain
            .cmp(a_certain)
            .then_with(|| (b.devices > 0).cmp(&(a.devices > 0)))
            .then_with(|| a.class.cmp(&b.class))
            .then_with(|| b.points.total_cmp(&a.points))
            .then_with(|| a.text.cmp(&b.text))
    });
    actions.into_iter().map(|(_, action)| action).collect()
}

fn releases_of(views: &[&FindingView]) -> BTreeSet<Digest> {
    views.iter().map(|view| view.finding.release).collect()
}

fn devices_of(assessment: &Assessment, releases: &BTreeSet<Digest>) -> Vec<String> {
    assessment
        .devices
        .iter()
        .filter(|view| releases.contains(&view.release))
        .map(|view| view.device.asset_id.clone())
        .collect()
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}
