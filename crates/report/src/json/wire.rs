//! The shapes that are written. They borrow from the views and hold no meaning of their own.

use std::collections::BTreeMap;

use isocenter_model::Digest;
use isocenter_model::assessment::{
    ActionView, Assessment, ComponentView, Counts, DISCLAIMER, DeviceView, FindingView,
    MissingGroup, ReleaseView, SourceView, VulnerabilityView, WorkItem,
};
use isocenter_model::component::{Hash, Property};
use isocenter_model::document::CheckedFile;
use isocenter_model::finding::{ComponentRef, Decision, Evidence, Urgency, Verdict};
use isocenter_model::problem::Problem;
use isocenter_model::statement::Remediation;
use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::index::Index;

fn shown<T: std::fmt::Display, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

#[allow(clippy::ref_option, reason = "serde passes fields by reference")]
fn shown_option<T: std::fmt::Display, S: Serializer>(
    value: &Option<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

fn shown_all<T: std::fmt::Display, S: Serializer>(
    values: &[T],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().map(ToString::to_string))
}

/// Two decimals: sums of weights carry no more, and a binary remainder would only confuse.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
fn hundredths<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((value * 100.0).round() / 100.0)
}

#[derive(Serialize)]
pub(super) struct AssessmentWire<'a> {
    schema_version: &'static str,
    #[serde(serialize_with = "shown")]
    made: Timestamp,
    version: &'a str,
    disclaimer: &'static str,
    formula: &'a str,
    cautions: &'a [String],
    counts: CountsWire,
    devices: Vec<DeviceWire<'a>>,
    releases: Vec<ReleaseWire<'a>>,
    findings: Vec<FindingWire<'a>>,
    missing_facts: Vec<MissingWire<'a>>,
    actions: Vec<ActionWire<'a>>,
    worklist: Vec<WorkItemWire<'a>>,
    sources: Vec<SourceWire<'a>>,
}

impl<'a> AssessmentWire<'a> {
    pub(super) fn new(view: &'a Assessment) -> Self {
        let index = Index::of_releases(&view.releases);
        Self {
            schema_version: super::SCHEMA_VERSION,
            made: view.made,
            version: &view.version,
            disclaimer: DISCLAIMER,
            formula: &view.formula,
            cautions: &view.cautions,
            counts: CountsWire::new(view.counts),
            devices: view.devices.iter().map(DeviceWire::new).collect(),
            releases: view.releases.iter().map(ReleaseWire::new).collect(),
            findings: view
                .findings
                .iter()
                .map(|finding| FindingWire::new(finding, &index))
                .collect(),
            missing_facts: view.missing.iter().map(MissingWire::new).collect(),
            actions: view.actions.iter().map(ActionWire::new).collect(),
            worklist: view
                .worklist
                .iter()
                .map(|item| WorkItemWire::new(item, &view.findings))
                .collect(),
            sources: view
                .sources
                .iter()
                .map(|source| SourceWire::new(source, view.made))
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct CountsWire {
    now: u64,
    soon: u64,
    planned: u64,
    watch: u64,
    affected: u64,
    undetermined: u64,
    fixed: u64,
    not_affected: u64,
}

impl CountsWire {
    fn new(counts: Counts) -> Self {
        Self {
            now: counts.now,
            soon: counts.soon,
            planned: counts.planned,
            watch: counts.watch,
            affected: counts.affected(),
            undetermined: counts.undetermined,
            fixed: counts.fixed,
            not_affected: counts.not_affected,
        }
    }
}

#[derive(Serialize)]
pub(super) struct DeviceWire<'a> {
    asset_id: &'a str,
    #[serde(serialize_with = "shown")]
    release: Digest,
    manufacturer: &'a str,
    model: &'a str,
    software_version: Option<&'a str>,
    serial_number: Option<&'a str>,
    udi: Option<&'a str>,
    system: Option<&'a str>,
    site: Option<&'a str>,
    department: Option<&'a str>,
    segment: Option<&'a str>,
    ip_address: Option<&'a str>,
    mac_address: Option<&'a str>,
    ae_title: Option<&'a str>,
    modality: Option<&'a str>,
    clinical_role: &'static str,
    #[serde(serialize_with = "shown_option")]
    installed: Option<jiff::civil::Date>,
    #[serde(serialize_with = "shown_option")]
    planned_retirement: Option<jiff::civil::Date>,
    note: Option<&'a str>,
    counts: CountsWire,
}

impl<'a> DeviceWire<'a> {
    pub(super) fn new(view: &'a DeviceView) -> Self {
        let device = &view.device;
        Self {
            asset_id: &device.asset_id,
            release: view.release,
            manufacturer: &device.manufacturer,
            model: &device.model,
            software_version: device.software_version.as_deref(),
            serial_number: device.serial_number.as_deref(),
            udi: device.udi.as_deref(),
            system: device.system.as_deref(),
            site: device.site.as_deref(),
            department: device.department.as_deref(),
            segment: device.segment.as_deref(),
            ip_address: device.ip_address.as_deref(),
            mac_address: device.mac_address.as_deref(),
            ae_title: device.ae_title.as_deref(),
            modality: device.modality.as_deref(),
            clinical_role: device.clinical_role.as_str(),
            installed: device.installed,
            planned_retirement: device.planned_retirement,
            note: view.note.as_deref(),
            counts: CountsWire::new(view.counts),
        }
    }
}

#[derive(Serialize)]
pub(super) struct ReleaseWire<'a> {
    #[serde(serialize_with = "shown")]
    id: Digest,
    label: String,
    manufacturer: &'a str,
    model: &'a str,
    version: Option<&'a str>,
    #[serde(serialize_with = "shown_all")]
    documents: &'a [Digest],
    has_sbom: bool,
    has_form: bool,
    components: u64,
    devices: u64,
    exposure: ExposureWire<'a>,
    counts: CountsWire,
}

#[derive(Serialize)]
struct ExposureWire<'a> {
    known: bool,
    #[serde(serialize_with = "hundredths")]
    points: f64,
    reasons: &'a [String],
}

impl<'a> ReleaseWire<'a> {
    pub(super) fn new(view: &'a ReleaseView) -> Self {
        Self {
            id: view.id,
            label: view.release.label(),
            manufacturer: &view.release.manufacturer,
            model: &view.release.model,
            version: view.release.version.as_deref(),
            documents: &view.documents,
            has_sbom: view.has_sbom,
            has_form: view.has_form,
            components: view.components,
            devices: view.devices,
            exposure: ExposureWire {
                known: view.exposure.known,
                points: view.exposure.points,
                reasons: &view.exposure.reasons,
            },
            counts: CountsWire::new(view.counts),
        }
    }
}

#[derive(Serialize)]
struct ComponentRefWire<'a> {
    #[serde(serialize_with = "shown")]
    id: Digest,
    name: &'a str,
    version: Option<&'a str>,
    purl: Option<&'a str>,
    cpe: Option<&'a str>,
    kind: &'a str,
}

impl<'a> ComponentRefWire<'a> {
    fn new(part: &'a ComponentRef) -> Self {
        Self {
            id: part.id,
            name: &part.name,
            version: part.version.as_deref(),
            purl: part.purl.as_deref(),
            cpe: part.cpe.as_deref(),
            kind: &part.kind,
        }
    }
}

#[derive(Serialize)]
struct EvidenceWire<'a> {
    record: &'a str,
    source: &'a str,
    asserted_by: &'a str,
    #[serde(serialize_with = "shown_option")]
    document: Option<Digest>,
    relation: &'static str,
    subject: &'a str,
    object: &'a str,
    range: &'a str,
    rule: &'a str,
    verdict: &'static str,
    explanation: &'a str,
}

impl<'a> EvidenceWire<'a> {
    fn new(evidence: &'a Evidence) -> Self {
        Self {
            record: &evidence.record,
            source: &evidence.source,
            asserted_by: &evidence.asserted_by,
            document: evidence.document,
            relation: evidence.relation.as_str(),
            subject: &evidence.subject,
            object: &evidence.object,
            range: &evidence.range,
            rule: &evidence.rule,
            verdict: evidence.verdict.as_str(),
            explanation: &evidence.explanation,
        }
    }
}

#[derive(Serialize)]
struct UrgencyWire<'a> {
    class: &'static str,
    #[serde(serialize_with = "hundredths")]
    points: f64,
    terms: Vec<TermWire<'a>>,
}

#[derive(Serialize)]
struct TermWire<'a> {
    name: &'a str,
    value: &'a str,
    #[serde(serialize_with = "hundredths")]
    points: f64,
}

impl<'a> UrgencyWire<'a> {
    fn new(urgency: &'a Urgency) -> Self {
        Self {
            class: urgency.class.as_str(),
            points: urgency.points,
            terms: urgency
                .terms
                .iter()
                .map(|term| TermWire {
                    name: &term.name,
                    value: &term.value,
                    points: term.points,
                })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct MissingFactWire<'a> {
    kind: &'a str,
    about: &'a str,
    fact: &'a str,
    ask: &'static str,
}

#[derive(Serialize)]
struct RemediationWire<'a> {
    category: &'a str,
    details: &'a str,
    url: Option<&'a str>,
}

impl<'a> RemediationWire<'a> {
    fn new(remediation: &'a Remediation) -> Self {
        Self {
            category: &remediation.category,
            details: &remediation.details,
            url: remediation.url.as_deref(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct FindingWire<'a> {
    id: &'a str,
    #[serde(serialize_with = "shown")]
    release: Digest,
    release_label: String,
    devices: u64,
    component: Option<ComponentRefWire<'a>>,
    other_components: Vec<ComponentRefWire<'a>>,
    vulnerability: &'a str,
    aliases: &'a [String],
    title: Option<&'a str>,
    description: Option<&'a str>,
    verdict: &'static str,
    matched_verdict: Option<&'static str>,
    evidence: Vec<EvidenceWire<'a>>,
    severity: Option<&'a str>,
    score: Option<f64>,
    vector: Option<&'a str>,
    #[serde(serialize_with = "shown_option")]
    kev: Option<jiff::civil::Date>,
    epss: Option<f64>,
    owner: &'static str,
    action: &'a str,
    urgency: UrgencyWire<'a>,
    missing: Option<MissingFactWire<'a>>,
    remediations: Vec<RemediationWire<'a>>,
}

impl<'a> FindingWire<'a> {
    pub(super) fn new(view: &'a FindingView, index: &Index<'_>) -> Self {
        let finding = &view.finding;
        Self {
            id: &finding.id,
            release: finding.release,
            release_label: index.release_label(finding.release),
            devices: view.devices,
            component: finding.component.as_ref().map(ComponentRefWire::new),
            other_components: finding
                .other_components
                .iter()
                .map(ComponentRefWire::new)
                .collect(),
            vulnerability: &finding.vulnerability,
            aliases: &finding.aliases,
            title: view.title.as_deref(),
            description: view.description.as_deref(),
            verdict: finding.verdict.as_str(),
            matched_verdict: finding.matched_verdict.map(Verdict::as_str),
            evidence: finding.evidence.iter().map(EvidenceWire::new).collect(),
            severity: view.severity.as_deref(),
            score: view.score,
            vector: view.vector.as_deref(),
            kev: view.known_exploited,
            epss: view.epss,
            owner: finding.owner.as_str(),
            action: &finding.action,
            urgency: UrgencyWire::new(&view.urgency),
            missing: finding.missing.as_ref().map(|missing| MissingFactWire {
                kind: &missing.kind,
                about: &missing.about,
                fact: &missing.fact,
                ask: missing.ask.as_str(),
            }),
            remediations: finding
                .remediations
                .iter()
                .map(RemediationWire::new)
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct MissingWire<'a> {
    kind: &'a str,
    about: &'a str,
    fact: &'a str,
    ask: &'static str,
    text: &'a str,
    #[serde(serialize_with = "shown_all")]
    releases: &'a [Digest],
    devices: &'a [String],
    findings: &'a [String],
}

impl<'a> MissingWire<'a> {
    fn new(group: &'a MissingGroup) -> Self {
        Self {
            kind: &group.fact.kind,
            about: &group.fact.about,
            fact: &group.fact.fact,
            ask: group.fact.ask.as_str(),
            text: &group.text,
            releases: &group.releases,
            devices: &group.devices,
            findings: &group.findings,
        }
    }
}

#[derive(Serialize)]
struct ActionWire<'a> {
    text: &'a str,
    owner: &'static str,
    urgency: &'static str,
    #[serde(serialize_with = "hundredths")]
    points: f64,
    devices: u64,
    #[serde(serialize_with = "shown_all")]
    releases: &'a [Digest],
    findings: &'a [String],
}

impl<'a> ActionWire<'a> {
    fn new(action: &'a ActionView) -> Self {
        Self {
            text: &action.text,
            owner: action.owner.as_str(),
            urgency: action.class.as_str(),
            points: action.points,
            devices: action.devices,
            releases: &action.releases,
            findings: &action.findings,
        }
    }
}

#[derive(Serialize)]
struct WorkItemWire<'a> {
    id: &'a str,
    asset_id: &'a str,
    finding: Option<&'a str>,
    vulnerability: Option<&'a str>,
    urgency: &'static str,
    #[serde(serialize_with = "hundredths")]
    points: f64,
    decision: Option<DecisionWire<'a>>,
}

#[derive(Serialize)]
struct DecisionWire<'a> {
    status: &'a str,
    comment: Option<&'a str>,
    actor: &'a str,
    #[serde(serialize_with = "shown")]
    at: Timestamp,
}

impl<'a> DecisionWire<'a> {
    fn new(decision: &'a Decision) -> Self {
        Self {
            status: &decision.status,
            comment: decision.comment.as_deref(),
            actor: &decision.actor,
            at: decision.at,
        }
    }
}

impl<'a> WorkItemWire<'a> {
    fn new(item: &'a WorkItem, findings: &'a [FindingView]) -> Self {
        let finding = findings.get(item.finding).map(|view| &view.finding);
        Self {
            id: &item.id,
            asset_id: &item.asset_id,
            finding: finding.map(|finding| finding.id.as_str()),
            vulnerability: finding.map(|finding| finding.vulnerability.as_str()),
            urgency: item.urgency.class.as_str(),
            points: item.urgency.points,
            decision: item.decision.as_ref().map(DecisionWire::new),
        }
    }
}

#[derive(Serialize)]
struct ProblemWire<'a> {
    id: &'static str,
    level: &'static str,
    at: String,
    message: &'a str,
    hint: Option<&'a str>,
}

impl<'a> ProblemWire<'a> {
    fn new(problem: &'a Problem) -> Self {
        Self {
            id: problem.id,
            level: problem.level.as_str(),
            at: problem.at.to_string(),
            message: &problem.message,
            hint: problem.hint.as_deref(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct SourceWire<'a> {
    #[serde(serialize_with = "shown")]
    digest: Digest,
    kind: &'static str,
    version: Option<&'a str>,
    name: &'a str,
    origin: Option<&'a str>,
    #[serde(serialize_with = "shown_option")]
    dated: Option<Timestamp>,
    age_days: Option<i64>,
    #[serde(serialize_with = "shown")]
    imported: Timestamp,
    actor: &'a str,
    summary: BTreeMap<&'a str, u64>,
    problems: Vec<ProblemWire<'a>>,
}

impl<'a> SourceWire<'a> {
    pub(super) fn new(view: &'a SourceView, now: Timestamp) -> Self {
        Self {
            digest: view.digest,
            kind: view.kind.as_str(),
            version: view.version.as_deref(),
            name: &view.name,
            origin: view.origin.as_deref(),
            dated: view.dated,
            age_days: view.age_days(now),
            imported: view.imported,
            actor: &view.actor,
            summary: view
                .summary
                .iter()
                .map(|(name, count)| (name.as_str(), *count))
                .collect(),
            problems: view.problems.iter().map(ProblemWire::new).collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct CheckedFileWire<'a> {
    path: &'a str,
    kind: &'static str,
    version: Option<&'a str>,
    #[serde(serialize_with = "shown_option")]
    digest: Option<Digest>,
    summary: &'a BTreeMap<&'static str, u64>,
    problems: Vec<ProblemWire<'a>>,
}

impl<'a> CheckedFileWire<'a> {
    pub(super) fn new(file: &'a CheckedFile) -> Self {
        Self {
            path: &file.path,
            kind: file.kind.as_str(),
            version: file.version.as_deref(),
            digest: file.digest,
            summary: &file.summary,
            problems: file.problems.iter().map(ProblemWire::new).collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct ComponentWire<'a> {
    #[serde(serialize_with = "shown")]
    id: Digest,
    kind: &'a str,
    group: Option<&'a str>,
    name: &'a str,
    version: Option<&'a str>,
    purl: Option<&'a str>,
    cpes: &'a [String],
    swid: Option<&'a str>,
    supplier: Option<&'a str>,
    description: Option<&'a str>,
    licenses: &'a [String],
    hashes: Vec<HashWire<'a>>,
    properties: Vec<PropertyWire<'a>>,
    #[serde(serialize_with = "shown_all")]
    releases: &'a [Digest],
    release_labels: Vec<String>,
}

#[derive(Serialize)]
struct HashWire<'a> {
    algorithm: &'a str,
    value: &'a str,
}

impl<'a> HashWire<'a> {
    fn new(hash: &'a Hash) -> Self {
        Self {
            algorithm: &hash.algorithm,
            value: &hash.value,
        }
    }
}

#[derive(Serialize)]
struct PropertyWire<'a> {
    name: &'a str,
    value: &'a str,
}

impl<'a> PropertyWire<'a> {
    fn new(property: &'a Property) -> Self {
        Self {
            name: &property.name,
            value: &property.value,
        }
    }
}

impl<'a> ComponentWire<'a> {
    pub(super) fn new(view: &'a ComponentView, index: &Index<'_>) -> Self {
        let component = &view.component;
        Self {
            id: view.id,
            kind: component.kind.as_word(),
            group: component.group.as_deref(),
            name: &component.name,
            version: component.version.as_deref(),
            purl: component.purl.as_deref(),
            cpes: &component.cpes,
            swid: component.swid.as_deref(),
            supplier: component.supplier.as_deref(),
            description: component.description.as_deref(),
            licenses: &component.licenses,
            hashes: component.hashes.iter().map(HashWire::new).collect(),
            properties: component.properties.iter().map(PropertyWire::new).collect(),
            releases: &view.releases,
            release_labels: labels(&view.releases, index),
        }
    }
}

#[derive(Serialize)]
pub(super) struct VulnerabilityWire<'a> {
    id: &'a str,
    aliases: &'a [String],
    title: Option<&'a str>,
    description: Option<&'a str>,
    severity: Option<&'a str>,
    score: Option<f64>,
    #[serde(serialize_with = "shown_option")]
    kev: Option<jiff::civil::Date>,
    epss: Option<f64>,
    devices: u64,
    #[serde(serialize_with = "shown_all")]
    releases: &'a [Digest],
    release_labels: Vec<String>,
}

impl<'a> VulnerabilityWire<'a> {
    pub(super) fn new(view: &'a VulnerabilityView, index: &Index<'_>) -> Self {
        Self {
            id: &view.id,
            aliases: &view.aliases,
            title: view.title.as_deref(),
            description: view.description.as_deref(),
            severity: view.severity.as_deref(),
            score: view.score,
            kev: view.known_exploited,
            epss: view.epss,
            devices: view.devices,
            releases: &view.releases,
            release_labels: labels(&view.releases, index),
        }
    }
}

fn labels(releases: &[Digest], index: &Index<'_>) -> Vec<String> {
    releases.iter().map(|id| index.release_label(*id)).collect()
}
