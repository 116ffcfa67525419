//! One distinct thing held against one record.

use isocenter_identity::cpe::{Attribute, Cpe};
use isocenter_identity::name;
use isocenter_model::digest::Digest;
use isocenter_model::finding::{Evidence, Match, MissingFact, PartyRole, Relation, Verdict};
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{AffectedProduct, RecordState, VulnerabilityRecord};

use crate::distribution;
use crate::judge::{Judgement, judge};
use crate::keys::affected_purl_key;
use crate::subject::{Subject, SubjectKind};

/// Holds `subject` against `record`; `document` is the stored paper that the record came in.
/// `None` when the record does not speak of the subject at all, or is rejected.
///
/// Every product entry of the record that names the subject is judged by itself and becomes a
/// piece of evidence. One that says "affected" decides; then one that rules the flaw out; only
/// when none decides is the match undetermined, with the fact that is missing.
pub fn match_record(
    subject: &Subject,
    record: &VulnerabilityRecord,
    document: Option<Digest>,
) -> Option<Match> {
    if record.state == RecordState::Rejected {
        return None;
    }
    let mut pieces: Vec<(Evidence, Option<MissingFact>, &[String])> = record
        .affected
        .iter()
        .filter_map(|affected| {
            let (relation, ours, theirs) = relate(subject, affected)?;
            Some(weigh_entry(
                subject,
                record,
                affected,
                document,
                (relation, ours, theirs),
            ))
        })
        .collect();
    pieces.sort_by_key(|(evidence, ..)| rank(evidence.verdict));
    let (first, missing, platforms) = pieces.first()?;
    Some(Match {
        vulnerability: record.id.clone(),
        aliases: record.aliases.clone(),
        verdict: first.verdict,
        missing: missing.clone(),
        platforms: platforms.to_vec(),
        evidence: pieces.into_iter().map(|(evidence, ..)| evidence).collect(),
    })
}

/// Which of several readings of the same thing decides: what is surely there, then what is
/// surely not there, then what is open.
pub(crate) fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Affected => 0,
        Verdict::Fixed => 1,
        Verdict::NotAffected => 2,
        Verdict::UnderInvestigation => 3,
        Verdict::Undetermined => 4,
    }
}

/// CPE attributes that do not tell products apart: the version is judged by the range, and
/// records name one processor where they mean all (Microsoft writes `x86` for every edition).
const OPEN: [Attribute; 2] = [Attribute::Version, Attribute::TargetHardware];

/// How the subject and a product entry name the same thing: the relation, our name, theirs.
fn relate(subject: &Subject, affected: &AffectedProduct) -> Option<(Relation, String, String)> {
    if let (Some(purl), Some(key)) = (&subject.purl, affected_purl_key(affected))
        && purl.key() == key
        && distribution::may_agree(subject, affected)
    {
        let theirs = affected.purl.clone().unwrap_or_else(|| key.clone());
        let ours = subject.purl_text.clone().unwrap_or_else(|| key.clone());
        return Some((Relation::Purl, ours, theirs));
    }
    for text in &affected.cpes {
        let Ok(theirs) = Cpe::parse(text) else {
            continue;
        };
        if let Some(ours) = subject
            .cpes
            .iter()
            .find(|ours| ours.intersects_ignoring(&theirs, &OPEN))
        {
            return Some((Relation::Cpe, ours.to_string(), text.clone()));
        }
    }
    let product = affected.product.as_deref()?;
    let keys = name::product_keys(affected.vendor.as_deref(), product);
    let (_, ours) = subject.names.iter().find(|(key, _)| keys.contains(key))?;
    let theirs = format!("{} {product}", affected.vendor.as_deref().unwrap_or("?"));
    Some((Relation::ProductName, ours.clone(), theirs))
}

fn weigh_entry<'a>(
    subject: &Subject,
    record: &VulnerabilityRecord,
    affected: &'a AffectedProduct,
    document: Option<Digest>,
    (relation, ours, theirs): (Relation, String, String),
) -> (Evidence, Option<MissingFact>, &'a [String]) {
    let by_upstream = relation != Relation::Purl && subject.is_distribution_package();
    let judgement = if by_upstream {
        Judgement {
            verdict: Verdict::Undetermined,
            rule: "distribution-package",
            range: String::new(),
            reason: Some(
                "a distribution corrects flaws without changing the upstream version".to_owned(),
            ),
        }
    } else {
        let hint = subject.scheme();
        judge(affected, subject.version.as_deref(), hint)
    };
    let missing = missing_fact(subject, &judgement);
    let evidence = Evidence {
        record: record.id.clone(),
        source: record.source.clone(),
        asserted_by: affected.asserted_by.clone(),
        document,
        relation,
        explanation: explain(subject, affected, &judgement),
        subject: ours,
        object: theirs,
        range: judgement.range,
        rule: judgement.rule.to_owned(),
        verdict: judgement.verdict,
    };
    (evidence, missing, &affected.platforms)
}

fn explain(subject: &Subject, affected: &AffectedProduct, judgement: &Judgement) -> String {
    let who = if affected.asserted_by.is_empty() {
        "the source"
    } else {
        &affected.asserted_by
    };
    let what = shortened(&subject.label, 80);
    let range = shortened(&judgement.range, 120);
    match judgement.rule {
        "version-in-range" | "version-listed" => format!(
            "{what} is among the versions that {who} calls {}: {range}.",
            judgement.verdict.as_str()
        ),
        "at-or-after-first-fixed" => {
            format!("{what} is at or after the first corrected version that {who} names: {range}.")
        }
        "after-last-affected" => {
            format!("{what} is later than the last affected version that {who} names: {range}.")
        }
        "before-first-affected" => {
            format!("{what} is older than the first affected version that {who} names: {range}.")
        }
        "default-status" => {
            format!(
                "{who} says \"{}\" of every version that it does not list.",
                judgement.verdict.as_str()
            )
        }
        "every-version" => format!("{who} speaks of every version: {range}."),
        _ => format!(
            "{what} cannot be decided: {}{}.",
            judgement
                .reason
                .as_deref()
                .unwrap_or("the data do not say")
                .trim_end_matches('.'),
            if range.is_empty() {
                String::new()
            } else {
                format!(" ({who}: {range})")
            }
        ),
    }
}

/// The fact that would settle an undetermined judgement.
fn missing_fact(subject: &Subject, judgement: &Judgement) -> Option<MissingFact> {
    if judgement.verdict != Verdict::Undetermined {
        return None;
    }
    let (kind, fact, ask) = match judgement.rule {
        "version-not-stated" => match subject.kind {
            SubjectKind::OperatingSystem => (
                "component-version",
                format!("OS build of {}", subject.name),
                subject.knows_its_version(),
            ),
            SubjectKind::Release => (
                "device-version",
                format!("software version of {}", subject.name),
                subject.knows_its_version(),
            ),
            SubjectKind::Component => (
                "component-version",
                format!("version of {}", subject.name),
                subject.knows_its_version(),
            ),
        },
        "distribution-package" => (
            "distribution-statement",
            format!("the distribution's own word on {}", subject.label),
            PartyRole::Manufacturer,
        ),
        "version-not-comparable"
            if judgement.range.is_empty() || isocenter_versions::is_unstated(&judgement.range) =>
        {
            (
                "record-range",
                format!("which versions of {} the sources mean", subject.name),
                PartyRole::Supplier,
            )
        }
        "version-not-comparable" => (
            "comparable-version",
            format!(
                "how version {} of {} is ordered",
                subject.version.as_deref().unwrap_or("?"),
                subject.name
            ),
            PartyRole::Manufacturer,
        ),
        _ => (
            "record-range",
            format!("which versions of {} the sources mean", subject.name),
            PartyRole::Supplier,
        ),
    };
    // The same question about several versions of a part is one question.
    let about = if kind == "record-range" {
        &subject.name
    } else {
        &subject.label
    };
    Some(MissingFact {
        kind: kind.to_owned(),
        about: about.clone(),
        fact,
        ask,
    })
}
