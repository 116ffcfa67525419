//! Takes the material of an answer out of the store.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use isocenter_documents::mds2;
use isocenter_model::assessment::SourceView;
use isocenter_model::digest::Digest;
use isocenter_model::finding::Finding;
use isocenter_model::form::DisclosureForm;
use isocenter_model::vulnerability::VulnerabilityRecord;
use isocenter_store::{DocumentRow, Store, StoredForm, StoredRelease};

use super::material::{FlawMaterial, Material, ReleaseMaterial};
use super::{fleet, naming, network};
use crate::error::WorkspaceError;

/// Everything an answer is built from.
pub(crate) async fn load(store: &Store) -> Result<Material, WorkspaceError> {
    load_findings(store, store.findings().await?).await
}

/// Everything that an answer with these findings is built from.
pub(crate) async fn load_findings(
    store: &Store,
    findings: Vec<Finding>,
) -> Result<Material, WorkspaceError> {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for finding in &findings {
        ids.insert(finding.vulnerability.clone());
        ids.extend(finding.aliases.iter().cloned());
    }
    let ids: Vec<String> = ids.into_iter().collect();
    let mut flaws = flaw_material(store, &ids).await?;
    for finding in &findings {
        merge_aliases(&mut flaws, &finding.vulnerability, &finding.aliases);
    }
    let mut devices = fleet::devices(store).await?;
    let scans = store.network_scans().await?;
    let unlisted_hosts = network::locate(
        &mut devices,
        scans.into_iter().map(|(_, scan)| scan).collect(),
    );
    Ok(Material {
        releases: releases(store).await?,
        devices,
        unlisted_hosts,
        findings,
        flaws,
        decisions: store.decisions().await?,
        sources: documents(store).await?,
    })
}

/// The stored papers in force, by kind and name.
pub(crate) async fn documents(store: &Store) -> Result<Vec<SourceView>, WorkspaceError> {
    let mut rows: Vec<DocumentRow> = store
        .documents()
        .await?
        .into_iter()
        .filter(|row| row.active)
        .collect();
    rows.sort_by(|a, b| (a.kind, &a.name, a.digest).cmp(&(b.kind, &b.name, b.digest)));
    Ok(rows
        .into_iter()
        .map(|row| SourceView {
            digest: row.digest,
            kind: row.kind,
            version: row.version,
            name: row.name,
            origin: row.origin,
            dated: row.dated,
            imported: row.imported,
            actor: row.actor,
            summary: row
                .summary
                .into_iter()
                .map(|(name, count)| (name.to_owned(), count))
                .collect(),
            problems: row.problems,
        })
        .collect())
}

async fn releases(store: &Store) -> Result<Vec<ReleaseMaterial>, WorkspaceError> {
    let stored = naming::releases(store).await?;
    let forms: HashMap<Digest, DisclosureForm> = store
        .forms()
        .await?
        .into_iter()
        .map(|StoredForm { document, form }| {
            // Rules ask by the ids of 2019, whichever edition the manufacturer filled in.
            (document, mds2::in_terms_of_2019(&form).into_owned())
        })
        .collect();
    let mut papers: BTreeMap<Digest, Vec<Digest>> = BTreeMap::new();
    for (release, document) in store.release_documents().await? {
        papers.entry(release).or_default().push(document);
    }
    let mut components: HashMap<Digest, BTreeSet<Digest>> = HashMap::new();
    for place in store.component_places().await? {
        components
            .entry(place.document)
            .or_default()
            .insert(place.component);
    }
    let bills: HashMap<Digest, Digest> = store
        .sboms()
        .await?
        .into_iter()
        .filter_map(|bill| Some((bill.document, bill.release?)))
        .collect();
    // A document that lists no part (VEX on a product) is no bill of its parts.
    let with_bill: BTreeSet<Digest> = bills
        .iter()
        .filter(|(document, _)| components.contains_key(*document))
        .map(|(_, release)| *release)
        .collect();

    Ok(stored
        .iter()
        .map(|one| {
            let own: Vec<Digest> = papers.get(&one.id).cloned().unwrap_or_default();
            let mut distinct: BTreeSet<Digest> = BTreeSet::new();
            for (document, release) in &bills {
                if *release == one.id {
                    distinct.extend(components.get(document).into_iter().flatten());
                }
            }
            let (form, form_paper) = form_of(one, &stored, &papers, &forms);
            let mut documents = own;
            documents.extend(form_paper);
            documents.sort_unstable();
            documents.dedup();
            ReleaseMaterial {
                id: one.id,
                release: one.release.clone(),
                has_sbom: with_bill.contains(&one.id),
                components: distinct.len() as u64,
                form: form.cloned(),
                note: note(one, &stored, &with_bill),
                documents,
            }
        })
        .collect())
}

/// The newest form for this release, else for its model without a version, else for its model
/// in another version: a form is written per model, and an older one is better than none.
fn form_of<'a>(
    one: &StoredRelease,
    stored: &[StoredRelease],
    papers: &BTreeMap<Digest, Vec<Digest>>,
    forms: &'a HashMap<Digest, DisclosureForm>,
) -> (Option<&'a DisclosureForm>, Option<Digest>) {
    let same_model = stored
        .iter()
        .filter(|other| other.maker_key == one.maker_key && other.model_key == one.model_key);
    let mut candidates: Vec<(u8, Option<jiff::civil::Date>, Digest, &DisclosureForm)> = Vec::new();
    for other in same_model {
        let nearness = match () {
            () if other.id == one.id => 2,
            () if other.release.version.is_none() => 1,
            () => 0,
        };
        for document in papers.get(&other.id).into_iter().flatten() {
            if let Some(form) = forms.get(document) {
                candidates.push((nearness, form.released, *document, form));
            }
        }
    }
    candidates.sort_by_key(|one| std::cmp::Reverse((one.0, one.1, one.2)));
    candidates
        .first()
        .map_or((None, None), |(_, _, document, form)| {
            (Some(*form), Some(*document))
        })
}

/// What to know when a release has no bill of materials but another version of its model has.
fn note(
    one: &StoredRelease,
    stored: &[StoredRelease],
    with_bill: &BTreeSet<Digest>,
) -> Option<String> {
    if with_bill.contains(&one.id) {
        return None;
    }
    let mut others: Vec<&str> = stored
        .iter()
        .filter(|other| {
            other.maker_key == one.maker_key
                && other.model_key == one.model_key
                && with_bill.contains(&other.id)
        })
        .map(|other| {
            other
                .release
                .version
                .as_deref()
                .unwrap_or("no stated version")
        })
        .collect();
    if others.is_empty() {
        return None;
    }
    others.sort_unstable();
    let others = others.join(", ");
    let model = isocenter_model::product::Release {
        version: None,
        ..one.release.clone()
    }
    .label();
    Some(match &one.release.version {
        Some(version) => format!(
            "{model}: the bill of materials is for {others}, the device runs {version}; it was not used."
        ),
        None => format!(
            "{model}: no paper states the software version; the bill of materials for {others} may or may not apply."
        ),
    })
}

async fn flaw_material(
    store: &Store,
    ids: &[String],
) -> Result<BTreeMap<String, FlawMaterial>, WorkspaceError> {
    let mut flaws: BTreeMap<String, FlawMaterial> = BTreeMap::new();
    for some in ids.chunks(1_000) {
        for (_, record, _) in store.records_by_alias(some).await? {
            let names = std::iter::once(&record.id).chain(&record.aliases);
            for name in names.filter(|name| some.contains(*name)) {
                describe(
                    flaws.entry(name.clone()).or_default(),
                    &record,
                    *name == record.id,
                );
            }
        }
        for row in store.known_exploited(some).await? {
            flaws.entry(row.cve).or_default().known_exploited =
                Some((row.date_added, row.ransomware));
        }
        for row in store.exploit_predictions(some).await? {
            flaws.entry(row.cve).or_default().epss = Some(row.probability);
        }
    }
    Ok(flaws)
}

/// Adds what a record says; the record that bears the flaw's own id comes before one that only
/// names it as another id.
fn describe(flaw: &mut FlawMaterial, record: &VulnerabilityRecord, own: bool) {
    let take = |mine: &mut Option<String>, theirs: &Option<String>| {
        if theirs.is_some() && (own || mine.is_none()) {
            mine.clone_from(theirs);
        }
    };
    take(&mut flaw.title, &record.title);
    take(&mut flaw.description, &record.description);
    if let Some(score) = record.leading_score()
        && (own || flaw.score.is_none())
    {
        flaw.score = Some((
            score.base,
            score.version.clone(),
            score.vector.clone(),
            score.severity.clone(),
        ));
    }
}

/// What is known under another id of the flaw is known of the flaw.
fn merge_aliases(flaws: &mut BTreeMap<String, FlawMaterial>, id: &str, aliases: &[String]) {
    let mut merged = flaws.get(id).cloned().unwrap_or_default();
    for alias in aliases {
        let Some(other) = flaws.get(alias) else {
            continue;
        };
        merged.title = merged.title.or_else(|| other.title.clone());
        merged.description = merged.description.or_else(|| other.description.clone());
        merged.score = merged.score.or_else(|| other.score.clone());
        merged.known_exploited = merged.known_exploited.or(other.known_exploited);
        merged.epss = merged.epss.or(other.epss);
    }
    flaws.insert(id.to_owned(), merged);
}
