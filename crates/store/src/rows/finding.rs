//! Twins of findings and their evidence.

use isocenter_model::Digest;
use isocenter_model::finding::{
    ComponentRef, Evidence, Finding, MissingFact, PartyRole, Relation, Verdict,
};
use isocenter_model::statement::Remediation;
use serde::{Deserialize, Serialize};

use super::statement::remediations;
use super::{digest, twin, words};

words!(
    verdict,
    Verdict,
    |verdict| verdict.as_str(),
    Verdict::from_word
);
words!(
    relation,
    Relation,
    |relation| relation.as_str(),
    Relation::from_word
);
words!(party, PartyRole, |role| role.as_str(), PartyRole::from_word);

/// A verdict that may be absent.
mod matched {
    use isocenter_model::finding::Verdict;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    struct Row(#[serde(with = "super::verdict")] Verdict);

    #[allow(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "the shape serde calls"
    )]
    pub(super) fn serialize<S: Serializer>(
        verdict: &Option<Verdict>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        verdict.map(Row).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Verdict>, D::Error> {
        Ok(Option::<Row>::deserialize(deserializer)?.map(|row| row.0))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Evidence")]
pub(crate) struct EvidenceRow {
    record: String,
    source: String,
    asserted_by: String,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "digest::maybe"
    )]
    document: Option<Digest>,
    #[serde(with = "relation")]
    relation: Relation,
    subject: String,
    object: String,
    range: String,
    rule: String,
    #[serde(with = "verdict")]
    verdict: Verdict,
    explanation: String,
}
twin!(evidence, Evidence, "EvidenceRow");

#[derive(Serialize, Deserialize)]
#[serde(remote = "ComponentRef")]
pub(crate) struct ComponentRefRow {
    #[serde(with = "digest")]
    id: Digest,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    purl: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cpe: Option<String>,
    kind: String,
}
twin!(component_ref, ComponentRef, "ComponentRefRow");

#[derive(Serialize, Deserialize)]
#[serde(remote = "MissingFact")]
pub(crate) struct MissingFactRow {
    kind: String,
    about: String,
    fact: String,
    #[serde(with = "party")]
    ask: PartyRole,
}
twin!(missing, MissingFact, "MissingFactRow");

#[derive(Serialize, Deserialize)]
#[serde(remote = "Finding")]
pub(crate) struct FindingRow {
    id: String,
    #[serde(with = "digest")]
    release: Digest,
    vulnerability: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "component_ref::maybe"
    )]
    component: Option<ComponentRef>,
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "component_ref::list"
    )]
    other_components: Vec<ComponentRef>,
    #[serde(with = "verdict")]
    verdict: Verdict,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "matched")]
    matched_verdict: Option<Verdict>,
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "evidence::list"
    )]
    evidence: Vec<Evidence>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "missing::maybe"
    )]
    missing: Option<MissingFact>,
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "remediations::list"
    )]
    remediations: Vec<Remediation>,
    #[serde(with = "party")]
    owner: PartyRole,
    action: String,
}
twin!(finding, Finding, "FindingRow");
