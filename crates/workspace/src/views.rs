//! Lists that follow from the store or from an answer.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use isocenter_model::assessment::{Assessment, ComponentView, VulnerabilityView};
use isocenter_model::digest::Digest;
use isocenter_store::Store;

use crate::error::WorkspaceError;

/// The distinct components with the releases that contain them, by name and version.
pub(crate) async fn components(store: &Store) -> Result<Vec<ComponentView>, WorkspaceError> {
    let release_of: HashMap<Digest, Digest> = store
        .sboms()
        .await?
        .into_iter()
        .filter_map(|bill| Some((bill.document, bill.release?)))
        .collect();
    let mut releases: HashMap<Digest, BTreeSet<Digest>> = HashMap::new();
    for place in store.component_places().await? {
        let of = releases.entry(place.component).or_default();
        of.extend(release_of.get(&place.document));
    }
    let mut views: Vec<ComponentView> = store
        .components()
        .await?
        .into_iter()
        .map(|(id, component)| ComponentView {
            id,
            component,
            releases: releases
                .remove(&id)
                .unwrap_or_default()
                .into_iter()
                .collect(),
        })
        .collect();
    views.sort_by_cached_key(|view| (view.component.label().to_lowercase(), view.id));
    Ok(views)
}

/// The flaws that some finding of an answer is about, the most pressing first.
pub fn vulnerabilities(assessment: &Assessment) -> Vec<VulnerabilityView> {
    let mut order: Vec<&str> = Vec::new();
    let mut views: BTreeMap<&str, VulnerabilityView> = BTreeMap::new();
    for view in &assessment.findings {
        let finding = &view.finding;
        let entry = views.entry(&finding.vulnerability).or_insert_with(|| {
            order.push(&finding.vulnerability);
            VulnerabilityView {
                id: finding.vulnerability.clone(),
                aliases: finding.aliases.clone(),
                title: view.title.clone(),
                description: view.description.clone(),
                score: view.score,
                severity: view.severity.clone(),
                known_exploited: view.known_exploited,
                epss: view.epss,
                releases: Vec::new(),
                devices: 0,
            }
        });
        entry.releases.push(finding.release);
        if finding.verdict.is_open() {
            entry.devices += view.devices;
        }
    }
    order
        .into_iter()
        .filter_map(|id| views.remove(id))
        .collect()
}
