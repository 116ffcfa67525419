//! Components, releases and statements are held against each other; findings are stored.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use isocenter_exposure::keys::{reference_key, serial_key};
use isocenter_exposure::{
    Assertion, Bill, Closed, Part, ReleaseContext, Subject, component_ref, findings, heed,
    match_record,
};
use isocenter_identity::purl::Purl;
use isocenter_model::component::{Component, Sbom};
use isocenter_model::digest::Digest;
use isocenter_model::finding::{Finding, MissingFact, PartyRole, Verdict};
use isocenter_model::statement::Statement;
use isocenter_model::vulnerability::VulnerabilityRecord;
use isocenter_store::{ComponentPlace, Store, StoredRelease};

use super::naming;
use crate::error::WorkspaceError;

/// The store's name for the state of facts that the stored findings were computed from.
const CORRELATED_AT: &str = "correlated_at";

/// Computes the findings anew when facts have changed since the last time, and stores them.
///
/// Each distinct component is held against the records that share a key with it once, however
/// many releases contain it.
pub(crate) async fn correlate(store: &Store) -> Result<(), WorkspaceError> {
    let state = format!(
        "{}/{}",
        env!("CARGO_PKG_VERSION"),
        store.change_counter().await?
    );
    if store.meta(CORRELATED_AT).await?.as_deref() == Some(&state) {
        return Ok(());
    }
    let found = compute(store, None).await?;
    let mut transaction = store.begin().await?;
    transaction.replace_findings(&found).await?;
    transaction.set_meta(CORRELATED_AT, &state).await?;
    transaction.commit().await?;
    Ok(())
}

/// What the correlation starts from.
struct Facts {
    components: Vec<(Digest, Component)>,
    releases: Vec<StoredRelease>,
    places: HashMap<Digest, Vec<ComponentPlace>>,
    bills: Vec<(Digest, Digest, Sbom)>,
}

/// What the papers say of one flaw in every release, with what the feeds alone rule out.
pub(crate) async fn rulings(store: &Store, flaw: &str) -> Result<Vec<Finding>, WorkspaceError> {
    compute(store, Some(flaw)).await
}

/// All findings, or with a flaw's id all that is known of that flaw.
async fn compute(store: &Store, flaw: Option<&str>) -> Result<Vec<Finding>, WorkspaceError> {
    let only: Option<BTreeSet<i64>> = match flaw {
        Some(flaw) => {
            let named = store.record_ids_by_names(&[flaw.to_owned()]).await?;
            Some(named.into_iter().map(|(_, record)| record).collect())
        }
        None => None,
    };
    let facts = gather(store).await?;
    let mapped = mapped_names(store, &facts.components).await?;
    let subjects: HashMap<Digest, Subject> = facts
        .components
        .iter()
        .map(|(id, component)| {
            let names = mapped.get(id).map_or(&[][..], Vec::as_slice);
            (*id, Subject::component_mapped(component, names))
        })
        .collect();
    let release_subjects: HashMap<Digest, Subject> = facts
        .releases
        .iter()
        .map(|stored| {
            let described = facts
                .bills
                .iter()
                .find(|(_, release, _)| *release == stored.id)
                .and_then(|(_, _, sbom)| sbom.subject.as_ref())
                .map(|subject| &subject.component);
            (stored.id, Subject::release(&stored.release, described))
        })
        .collect();

    let by_thing = matches(
        store,
        subjects.iter().chain(&release_subjects),
        only.as_ref(),
    )
    .await?;
    let spoken = Spoken::load(
        store,
        &facts,
        subjects.values().chain(release_subjects.values()),
    )
    .await?;

    let mut all = Vec::new();
    for stored in &facts.releases {
        let Some(subject) = release_subjects.get(&stored.id) else {
            continue;
        };
        let context = context(stored, subject, &facts, &subjects);
        let mut assertions: Vec<Assertion> = by_thing
            .get(&stored.id)
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        for part in &context.parts {
            let known = by_thing.get(&part.component.id).into_iter().flatten();
            assertions.extend(known.cloned().map(|mut assertion| {
                assertion.component = Some(part.component.id);
                assertion
            }));
        }
        for (statement, document) in spoken.that_may_concern(&context) {
            let meant = |flaw| {
                statement.vulnerability == flaw || statement.aliases.iter().any(|id| id == flaw)
            };
            if flaw.is_some_and(|flaw| !meant(flaw)) {
                continue;
            }
            assertions.extend(heed(statement, *document, &context));
        }
        let closed = if flaw.is_some() {
            Closed::Kept
        } else {
            Closed::Left
        };
        all.extend(findings(&context, &assertions, closed));
    }
    all.extend(for_unknown_versions(&facts.releases, &all));
    Ok(all)
}

/// The CPE names that imported maps give to the packages of components.
async fn mapped_names(
    store: &Store,
    components: &[(Digest, Component)],
) -> Result<HashMap<Digest, Vec<String>>, WorkspaceError> {
    let mut by_package: HashMap<String, Vec<Digest>> = HashMap::new();
    for (id, component) in components {
        let purl = component.purl.as_deref().map(Purl::parse);
        if let Some(Ok(purl)) = purl {
            by_package.entry(purl.key()).or_default().push(*id);
        }
    }
    let packages: Vec<String> = by_package.keys().cloned().collect();
    let mut names: HashMap<Digest, Vec<String>> = HashMap::new();
    for (package, cpe) in store.cpes_of_packages(&packages).await? {
        for id in by_package.get(&package).into_iter().flatten() {
            let known = names.entry(*id).or_default();
            if !known.contains(&cpe) {
                known.push(cpe.clone());
            }
        }
    }
    for known in names.values_mut() {
        known.sort_unstable();
    }
    Ok(names)
}

async fn gather(store: &Store) -> Result<Facts, WorkspaceError> {
    let mut places: HashMap<Digest, Vec<ComponentPlace>> = HashMap::new();
    for place in store.component_places().await? {
        places.entry(place.document).or_default().push(place);
    }
    let mut bills = Vec::new();
    for stored in store.sboms().await? {
        if let (Some(release), Some(sbom)) = (stored.release, store.sbom(&stored.document).await?) {
            bills.push((stored.document, release, sbom));
        }
    }
    Ok(Facts {
        components: store.components().await?,
        releases: naming::releases(store).await?,
        places,
        bills,
    })
}

/// The matches of every subject with the records that share a key with it, as assertions.
async fn matches<'a>(
    store: &Store,
    subjects: impl Iterator<Item = (&'a Digest, &'a Subject)>,
    only: Option<&BTreeSet<i64>>,
) -> Result<HashMap<Digest, Vec<Assertion>>, WorkspaceError> {
    let subjects: Vec<(&'a Digest, &'a Subject)> = subjects.collect();
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, (_, subject)) in subjects.iter().enumerate() {
        for key in subject.keys() {
            by_key.entry(key).or_default().push(index);
        }
    }
    let keys: Vec<String> = by_key.keys().cloned().collect();
    let mut wanted: BTreeMap<i64, BTreeSet<usize>> = BTreeMap::new();
    for (key, record) in store.record_ids_by_keys(&keys).await? {
        if only.is_some_and(|only| !only.contains(&record)) {
            continue;
        }
        let at = by_key.get(&key).into_iter().flatten();
        wanted.entry(record).or_default().extend(at);
    }
    let ids: Vec<i64> = wanted.keys().copied().collect();
    let mut found: HashMap<Digest, Vec<Assertion>> = HashMap::new();
    for some in ids.chunks(RECORDS_AT_ONCE) {
        let records: Vec<(i64, VulnerabilityRecord, Digest)> = store.records(some).await?;
        for (id, record, document) in &records {
            for &index in wanted.get(id).into_iter().flatten() {
                let (thing, subject) = subjects[index];
                if let Some(matched) = match_record(subject, record, Some(*document)) {
                    found.entry(*thing).or_default().push(Assertion::from_match(
                        &matched,
                        None,
                        &record.remediations,
                        record.modified.or(record.published),
                    ));
                }
            }
        }
    }
    Ok(found)
}

/// The statements that share a key with something we have.
struct Spoken {
    by_key: HashMap<String, Vec<i64>>,
    statements: HashMap<i64, (Statement, Digest)>,
}

impl Spoken {
    async fn load(
        store: &Store,
        facts: &Facts,
        subjects: impl Iterator<Item = &'_ Subject>,
    ) -> Result<Self, WorkspaceError> {
        let mut keys: BTreeSet<String> = subjects.flat_map(Subject::keys).collect();
        for (document, _, sbom) in &facts.bills {
            keys.extend(sbom.serial_number.as_deref().map(serial_key));
            keys.extend(subject_reference(sbom).map(reference_key));
            let places = facts.places.get(document).into_iter().flatten();
            keys.extend(
                places.filter_map(|place| Some(reference_key(place.reference.as_deref()?))),
            );
        }
        let keys: Vec<String> = keys.into_iter().collect();
        let mut by_key: HashMap<String, Vec<i64>> = HashMap::new();
        let mut ids = BTreeSet::new();
        for (key, id) in store.statement_ids_by_keys(&keys).await? {
            ids.insert(id);
            by_key.entry(key).or_default().push(id);
        }
        let ids: Vec<i64> = ids.into_iter().collect();
        let statements = store
            .statements(&ids)
            .await?
            .into_iter()
            .map(|(id, statement, document)| (id, (statement, document)))
            .collect();
        Ok(Self { by_key, statements })
    }

    /// The statements that share a key with the release, its parts or its papers, in the order
    /// in which they were stored.
    fn that_may_concern(&self, context: &ReleaseContext<'_>) -> Vec<&(Statement, Digest)> {
        let mut ids = BTreeSet::new();
        let mut add = |key: &str| ids.extend(self.by_key.get(key).into_iter().flatten().copied());
        for key in context.subject.keys() {
            add(&key);
        }
        for part in &context.parts {
            for key in part.subject.keys() {
                add(&key);
            }
            for (_, reference) in &part.references {
                add(&reference_key(reference));
            }
        }
        for bill in &context.bills {
            if let Some(serial_number) = bill.serial_number {
                add(&serial_key(serial_number));
            }
            if let Some(reference) = bill.subject_reference {
                add(&reference_key(reference));
            }
        }
        ids.iter()
            .filter_map(|id| self.statements.get(id))
            .collect()
    }
}

fn subject_reference(sbom: &Sbom) -> Option<&str> {
    sbom.subject
        .as_ref()
        .and_then(|one| one.reference.as_deref())
}

/// Records held in memory at once.
const RECORDS_AT_ONCE: usize = 2_000;

fn context<'a>(
    stored: &'a StoredRelease,
    subject: &'a Subject,
    facts: &'a Facts,
    subjects: &'a HashMap<Digest, Subject>,
) -> ReleaseContext<'a> {
    let own: Vec<&(Digest, Digest, Sbom)> = facts
        .bills
        .iter()
        .filter(|(_, release, _)| *release == stored.id)
        .collect();
    let mut references: BTreeMap<Digest, Vec<(Digest, &str)>> = BTreeMap::new();
    for (document, _, sbom) in &own {
        // A bill that lists its own product among the parts names it once too often.
        let product = sbom.subject.as_ref().map(|subject| subject.component.id());
        for place in facts.places.get(document).into_iter().flatten() {
            if Some(place.component) == product {
                continue;
            }
            let known = references.entry(place.component).or_default();
            if let Some(reference) = place.reference.as_deref() {
                known.push((*document, reference));
            }
        }
    }
    let components: HashMap<Digest, &Component> = if references.is_empty() {
        HashMap::new()
    } else {
        facts
            .components
            .iter()
            .filter(|(id, _)| references.contains_key(id))
            .map(|(id, component)| (*id, component))
            .collect()
    };
    let parts = references
        .into_iter()
        .filter_map(|(id, references)| {
            let component = components.get(&id)?;
            Some(Part {
                component: component_ref(component),
                subject: subjects.get(&id)?,
                supplier: component.supplier.as_deref(),
                references,
            })
        })
        .collect();
    let bills = own
        .iter()
        .map(|(document, _, sbom)| Bill {
            document: *document,
            serial_number: sbom.serial_number.as_deref(),
            revision: sbom.revision,
            subject_reference: subject_reference(sbom),
        })
        .collect();
    ReleaseContext {
        id: stored.id,
        release: &stored.release,
        subject,
        parts,
        bills,
    }
}

/// Findings of devices whose software version nobody states, from the papers of the versions
/// that are known: each open flaw of a known version may be theirs, and only their version
/// decides.
fn for_unknown_versions(releases: &[StoredRelease], known: &[Finding]) -> Vec<Finding> {
    let mut derived = Vec::new();
    for unknown in releases
        .iter()
        .filter(|stored| stored.release.version.is_none())
    {
        let has_own = |finding: &&Finding| finding.release == unknown.id;
        let own: BTreeSet<&str> = known
            .iter()
            .filter(has_own)
            .map(|finding| finding.vulnerability.as_str())
            .collect();
        let siblings: Vec<&StoredRelease> = releases
            .iter()
            .filter(|stored| {
                stored.id != unknown.id
                    && stored.maker_key == unknown.maker_key
                    && stored.model_key == unknown.model_key
            })
            .collect();
        let mut seen = BTreeSet::new();
        for finding in known {
            let from_sibling = siblings.iter().any(|sibling| sibling.id == finding.release);
            if !from_sibling
                || !finding.verdict.is_open()
                || own.contains(finding.vulnerability.as_str())
                || !seen.insert(finding.vulnerability.as_str())
            {
                continue;
            }
            let fact = format!("software version of {}", unknown.release.label());
            derived.push(Finding {
                id: Finding::id_of(&unknown.id, &finding.vulnerability),
                release: unknown.id,
                verdict: Verdict::Undetermined,
                matched_verdict: None,
                action: format!("Find out the {fact}"),
                owner: PartyRole::HealthDeliveryOrganization,
                missing: Some(MissingFact {
                    kind: "device-version".to_owned(),
                    about: unknown.release.label(),
                    fact,
                    ask: PartyRole::HealthDeliveryOrganization,
                }),
                ..finding.clone()
            });
        }
    }
    derived
}
