//! All voices on a release become one finding per flaw.

use std::collections::{BTreeMap, BTreeSet};

use isocenter_model::digest::Digest;
use isocenter_model::finding::{ComponentRef, Evidence, Finding, MissingFact, PartyRole, Verdict};
use isocenter_model::statement::Remediation;

use crate::assertion::{Assertion, Standing};
use crate::condition;
use crate::flaw::{self, Flaw};
use crate::matching::rank;
use crate::owner::{self, Responsibility};
use crate::platform;
use crate::statement::ReleaseContext;
use crate::subject::SubjectKind;

/// Pieces of evidence that a finding keeps; further ones repeat the same sources.
const EVIDENCE_KEPT: usize = 12;

/// What becomes of a flaw that a feed alone rules out. A well-kept Windows host has thousands of
/// them; they are the answer to a question about one flaw and noise in every other answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// It is a finding.
    Kept,
    /// It is none.
    Left,
}

/// The findings of a release: one for each flaw that some source places in it.
///
/// For each component the manufacturer's newest word decides, then the supplier's, then the
/// matches: surely affected before surely not, and undetermined only when nothing decides. What
/// was overridden stays in the evidence. Across the components of a release the most pressing
/// verdict holds. What only a feed rules out is no finding unless `closed` is
/// [`Closed::Kept`]; what somebody stated always is.
pub fn findings(
    context: &ReleaseContext<'_>,
    assertions: &[Assertion],
    closed: Closed,
) -> Vec<Finding> {
    let systems = context
        .parts
        .iter()
        .filter(|part| part.subject.kind == SubjectKind::OperatingSystem)
        .map(|part| part.subject.name.as_str());
    let families = platform::families_of(systems);
    let conditioned: Vec<Assertion> = assertions
        .iter()
        .map(|assertion| {
            let assertion = on_platform(assertion, &families, context);
            in_configuration(assertion, &families, context)
        })
        .collect();
    let parts: BTreeMap<Digest, &ComponentRef> = context
        .parts
        .iter()
        .map(|part| (part.component.id, &part.component))
        .collect();
    flaw::group(&conditioned)
        .iter()
        .filter_map(|flaw| finding(context, &parts, flaw, closed))
        .collect()
}

/// What holds for one component of a release, or for the release itself.
struct Standpoint<'a> {
    component: Option<&'a ComponentRef>,
    verdict: Verdict,
    matched: Option<Verdict>,
    deciding: &'a Assertion,
    voices: Vec<&'a Assertion>,
}

fn finding(
    context: &ReleaseContext<'_>,
    parts: &BTreeMap<Digest, &ComponentRef>,
    flaw: &Flaw<'_>,
    closed: Closed,
) -> Option<Finding> {
    let components: BTreeSet<Option<Digest>> = flaw
        .assertions
        .iter()
        .map(|assertion| assertion.component)
        .collect();
    let only_release = components.iter().all(Option::is_none);
    let mut standpoints: Vec<Standpoint<'_>> = components
        .into_iter()
        .filter(|component| only_release || component.is_some())
        .filter_map(|component| {
            let reference = component.and_then(|id| parts.get(&id).copied());
            standpoint(flaw, component, reference)
        })
        .collect();
    standpoints.sort_by(|a, b| {
        a.verdict
            .cmp(&b.verdict)
            .then_with(|| a.component.cmp(&b.component))
    });
    let first = standpoints.first()?;
    let stated = flaw
        .assertions
        .iter()
        .any(|assertion| assertion.is_statement);
    if !first.verdict.is_open() && !stated && closed == Closed::Left {
        return None;
    }
    let missing = (first.verdict == Verdict::Undetermined).then(|| {
        let fact = first.deciding.missing.clone();
        in_release(fact.unwrap_or_else(|| unknown_word(context, flaw)), context)
    });
    let remediations = remediations(flaw);
    let Responsibility { owner, action } = owner::responsibility(&owner::Situation {
        release: context.release,
        component: first.component,
        verdict: first.verdict,
        missing: missing.as_ref(),
        remediations: &remediations,
        manufacturer_spoke: first
            .voices
            .iter()
            .any(|voice| voice.is_statement && voice.standing == Standing::Manufacturer),
    });
    Some(Finding {
        id: Finding::id_of(&context.id, &flaw.id),
        release: context.id,
        vulnerability: flaw.id.clone(),
        aliases: flaw.aliases.clone(),
        component: first.component.cloned(),
        other_components: standpoints
            .iter()
            .skip(1)
            .filter(|standpoint| standpoint.verdict.is_open())
            .filter_map(|standpoint| standpoint.component.cloned())
            .collect(),
        verdict: first.verdict,
        matched_verdict: first.matched.filter(|matched| *matched != first.verdict),
        evidence: evidence(&standpoints),
        missing,
        remediations,
        owner,
        action,
    })
}

fn standpoint<'a>(
    flaw: &Flaw<'a>,
    component: Option<Digest>,
    reference: Option<&'a ComponentRef>,
) -> Option<Standpoint<'a>> {
    let mut voices: Vec<&Assertion> = flaw
        .assertions
        .iter()
        .copied()
        .filter(|voice| voice.component == component || voice.component.is_none())
        .collect();
    voices.sort_by(|a, b| {
        b.standing
            .cmp(&a.standing)
            .then_with(|| b.component.is_some().cmp(&a.component.is_some()))
            .then_with(|| decided(a).cmp(&decided(b)))
            .then_with(|| b.issued.cmp(&a.issued))
    });
    let word = voices
        .iter()
        .copied()
        .find(|voice| voice.standing > Standing::Observer);
    let matched = voices
        .iter()
        .copied()
        .filter(|voice| voice.standing == Standing::Observer)
        .min_by_key(|voice| rank(voice.verdict));
    let deciding = word
        .filter(|word| decided(word) == 0 || matched.is_none())
        .or(matched)?;
    if let Some(at) = voices
        .iter()
        .position(|voice| std::ptr::eq(*voice, deciding))
    {
        voices[..=at].rotate_right(1);
    }
    Some(Standpoint {
        component: reference,
        verdict: deciding.verdict,
        matched: matched.map(|voice| voice.verdict),
        deciding,
        voices,
    })
}

/// 0 for a voice that decides, 1 for one that leaves it open.
fn decided(voice: &Assertion) -> u8 {
    u8::from(voice.verdict == Verdict::Undetermined)
}

/// The assertion, after its operating-system condition was held against the release.
fn on_platform(
    assertion: &Assertion,
    families: &[&'static str],
    context: &ReleaseContext<'_>,
) -> Assertion {
    let mut outcome = assertion.clone();
    let limited = platform::limited_to(&assertion.platforms);
    if assertion.verdict != Verdict::Affected
        || limited.is_empty()
        || limited.iter().any(|family| families.contains(family))
    {
        return outcome;
    }
    let wanted = limited.join(" or ");
    let (verdict, rule, explanation) = if families.is_empty() {
        (
            Verdict::Undetermined,
            "platform-unknown",
            format!("The source limits it to {wanted}, and no paper names the operating system."),
        )
    } else {
        (
            Verdict::NotAffected,
            "platform-differs",
            format!(
                "The source limits it to {wanted}; this release runs {}.",
                families.join(", ")
            ),
        )
    };
    outcome.verdict = verdict;
    if let Some(first) = outcome.evidence.first_mut() {
        first.verdict = verdict;
        rule.clone_into(&mut first.rule);
        first.explanation = format!("{} {explanation}", first.explanation);
    }
    outcome.missing = (verdict == Verdict::Undetermined).then(|| MissingFact {
        kind: "platform".to_owned(),
        about: context.subject.label.clone(),
        fact: format!("operating system of {}", context.subject.name),
        ask: PartyRole::HealthDeliveryOrganization,
    });
    outcome
}

/// The assertion, after what else its configuration asks for was held against the release.
fn in_configuration(
    mut assertion: Assertion,
    families: &[&'static str],
    context: &ReleaseContext<'_>,
) -> Assertion {
    let Some(condition) = assertion
        .condition
        .as_ref()
        .filter(|_| assertion.verdict == Verdict::Affected)
    else {
        return assertion;
    };
    let wanted = condition::in_words(condition, context, families);
    let (verdict, rule, explanation) = match condition::holds(condition, context, families) {
        Some(true) => (
            Verdict::Affected,
            None,
            "The rest of the configuration that the record asks for is there.".to_owned(),
        ),
        Some(false) => (
            Verdict::NotAffected,
            Some("configuration-not-met"),
            "The record asks for a configuration that this release does not have.".to_owned(),
        ),
        None => (
            Verdict::Undetermined,
            Some("configuration-open"),
            format!(
                "The record means it only together with {wanted}, and no paper says whether that is there."
            ),
        ),
    };
    assertion.verdict = verdict;
    // Where one piece stood without a condition, the match would have none.
    for piece in assertion
        .evidence
        .iter_mut()
        .filter(|piece| piece.verdict == Verdict::Affected)
    {
        piece.verdict = verdict;
        if let Some(rule) = rule {
            rule.clone_into(&mut piece.rule);
        }
        piece.explanation = format!("{} {explanation}", piece.explanation);
    }
    assertion.missing = (verdict == Verdict::Undetermined).then(|| MissingFact {
        kind: "configuration".to_owned(),
        about: context.subject.label.clone(),
        fact: format!("whether {} has {wanted}", context.subject.label),
        ask: PartyRole::HealthDeliveryOrganization,
    });
    assertion
}

/// The version of a part is a fact of the release that contains it.
fn in_release(mut fact: MissingFact, context: &ReleaseContext<'_>) -> MissingFact {
    if fact.kind == "component-version" {
        fact.fact = format!("{} in {}", fact.fact, context.subject.label);
    }
    fact
}

fn unknown_word(context: &ReleaseContext<'_>, flaw: &Flaw<'_>) -> MissingFact {
    MissingFact {
        kind: "record-range".to_owned(),
        about: flaw.id.clone(),
        fact: format!("what {} means for {}", flaw.id, context.subject.label),
        ask: PartyRole::Manufacturer,
    }
}

/// Pieces of evidence, the deciding one first. A statement that another of the same standing
/// contradicts is marked, so that both makers' words can be shown to them.
fn evidence(standpoints: &[Standpoint<'_>]) -> Vec<Evidence> {
    let mut kept: Vec<Evidence> = Vec::new();
    for standpoint in standpoints {
        let deciding = standpoint.deciding;
        for voice in &standpoint.voices {
            let contradicts = voice.is_statement
                && deciding.is_statement
                && voice.standing == deciding.standing
                && voice.verdict != deciding.verdict;
            for piece in &voice.evidence {
                let mut piece = piece.clone();
                if contradicts {
                    "statement-contradicts".clone_into(&mut piece.rule);
                }
                if kept.len() < EVIDENCE_KEPT && !kept.contains(&piece) {
                    kept.push(piece);
                }
            }
        }
    }
    kept
}

fn remediations(flaw: &Flaw<'_>) -> Vec<Remediation> {
    let mut all: Vec<Remediation> = Vec::new();
    let mut voices = flaw.assertions.clone();
    voices.sort_by_key(|voice| std::cmp::Reverse(voice.standing));
    for remediation in voices.iter().flat_map(|voice| &voice.remediations) {
        if !all.contains(remediation) {
            all.push(remediation.clone());
        }
    }
    all
}
