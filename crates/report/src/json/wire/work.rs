//! What is to be done: missing facts, actions, the worklist.

use isocenter_model::Digest;
use isocenter_model::assessment::{ActionView, FindingView, MissingGroup, WorkItem};
use isocenter_model::finding::Decision;
use jiff::Timestamp;
use serde::Serialize;

use super::{hundredths, shown, shown_all};

#[derive(Serialize)]
pub(in crate::json) struct MissingWire<'a> {
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
    pub(in crate::json) fn new(group: &'a MissingGroup) -> Self {
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
pub(in crate::json) struct ActionWire<'a> {
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
    pub(in crate::json) fn new(action: &'a ActionView) -> Self {
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
pub(in crate::json) struct WorkItemWire<'a> {
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
pub(in crate::json) struct DecisionWire<'a> {
    status: &'a str,
    comment: Option<&'a str>,
    actor: &'a str,
    #[serde(serialize_with = "shown")]
    at: Timestamp,
}

impl<'a> DecisionWire<'a> {
    pub(in crate::json) fn new(decision: &'a Decision) -> Self {
        Self {
            status: &decision.status,
            comment: decision.comment.as_deref(),
            actor: &decision.actor,
            at: decision.at,
        }
    }
}

impl<'a> WorkItemWire<'a> {
    pub(in crate::json) fn new(item: &'a WorkItem, findings: &'a [FindingView]) -> Self {
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
