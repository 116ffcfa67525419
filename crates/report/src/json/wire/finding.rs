//! Findings with their evidence and urgency.

use isocenter_model::Digest;
use isocenter_model::assessment::FindingView;
use isocenter_model::finding::{ComponentRef, Evidence, Urgency, Verdict};
use isocenter_model::statement::Remediation;
use serde::Serialize;

use super::{hundredths, shown, shown_option};
use crate::index::Index;

#[derive(Serialize)]
pub(in crate::json) struct ComponentRefWire<'a> {
    #[serde(serialize_with = "shown")]
    id: Digest,
    name: &'a str,
    version: Option<&'a str>,
    purl: Option<&'a str>,
    cpe: Option<&'a str>,
    kind: &'a str,
}

impl<'a> ComponentRefWire<'a> {
    pub(in crate::json) fn new(part: &'a ComponentRef) -> Self {
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
pub(in crate::json) struct EvidenceWire<'a> {
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
    pub(in crate::json) fn new(evidence: &'a Evidence) -> Self {
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
pub(in crate::json) struct UrgencyWire<'a> {
    class: &'static str,
    #[serde(serialize_with = "hundredths")]
    points: f64,
    terms: Vec<TermWire<'a>>,
}

#[derive(Serialize)]
pub(in crate::json) struct TermWire<'a> {
    name: &'a str,
    value: &'a str,
    #[serde(serialize_with = "hundredths")]
    points: f64,
}

impl<'a> UrgencyWire<'a> {
    pub(in crate::json) fn new(urgency: &'a Urgency) -> Self {
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
pub(in crate::json) struct MissingFactWire<'a> {
    kind: &'a str,
    about: &'a str,
    fact: &'a str,
    ask: &'static str,
}

#[derive(Serialize)]
pub(in crate::json) struct RemediationWire<'a> {
    category: &'a str,
    details: &'a str,
    url: Option<&'a str>,
}

impl<'a> RemediationWire<'a> {
    pub(in crate::json) fn new(remediation: &'a Remediation) -> Self {
        Self {
            category: &remediation.category,
            details: &remediation.details,
            url: remediation.url.as_deref(),
        }
    }
}

#[derive(Serialize)]
pub(in crate::json) struct FindingWire<'a> {
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
    pub(in crate::json) fn new(view: &'a FindingView, index: &Index<'_>) -> Self {
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
