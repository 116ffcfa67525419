//! One distinct thing held against one record.

use isocenter_identity::cpe::{Attribute, Cpe};
use isocenter_identity::name;
use isocenter_model::applicability::{Node, Operator};
use isocenter_model::digest::Digest;
use isocenter_model::finding::{Evidence, Match, MissingFact, PartyRole, Relation, Verdict};
use isocenter_model::recall::Recall;
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{AffectedProduct, RecordState, VulnerabilityRecord};

use crate::configuration;
use crate::distribution;
use crate::judge::{Judgement, judge};
use crate::keys::affected_purl_key;
use crate::recall;
use crate::subject::{Subject, SubjectKind};

/// Holds `subject` against `record`; `document` is the stored paper that the record came in.
/// `None` when the record does not speak of the subject at all, or is rejected.
///
/// Every product entry and every configuration of the record that names the subject is judged by itself and
/// becomes a piece of evidence. One that says "affected" decides; then one that rules the flaw out; only
/// when none decides is the match undetermined, with the fact that is missing. Where each piece that says
/// "affected" has a condition, the match has it too.
pub fn match_record(
    subject: &Subject,
    record: &VulnerabilityRecord,
    document: Option<Digest>,
) -> Option<Match> {
    if record.state == RecordState::Rejected {
        return None;
    }
    let mut pieces = match &record.recall {
        Some(recall) => recall_pieces(subject, record, recall, document),
        None => pieces(subject, record, document),
    };
    // Of equal verdicts one without a condition goes first.
    pieces.sort_by_key(|piece| (rank(piece.evidence.verdict), piece.condition.is_some()));
    let first = pieces.first()?;
    let verdict = first.evidence.verdict;
    let condition = if verdict == Verdict::Affected {
        any_of(
            pieces
                .iter()
                .filter(|piece| piece.evidence.verdict == Verdict::Affected)
                .map(|piece| piece.condition.as_ref()),
        )
    } else {
        None
    };
    Some(Match {
        vulnerability: record.id.clone(),
        aliases: record.aliases.clone(),
        verdict,
        missing: first.missing.clone(),
        platforms: first.platforms.to_vec(),
        condition,
        evidence: pieces.into_iter().map(|piece| piece.evidence).collect(),
    })
}

/// What one entry or configuration of a record says of the subject.
struct Piece<'a> {
    evidence: Evidence,
    missing: Option<MissingFact>,
    platforms: &'a [String],
    condition: Option<Node>,
}

/// Conditions of which any one is enough; `None` when one of them is none.
fn any_of<'a>(conditions: impl Iterator<Item = Option<&'a Node>>) -> Option<Node> {
    let mut nodes = conditions
        .map(Option::<&Node>::cloned)
        .collect::<Option<Vec<Node>>>()?;
    if nodes.len() == 1 {
        return nodes.pop();
    }
    Some(Node {
        operator: Operator::Or,
        negate: false,
        nodes,
        matches: Vec::new(),
    })
}

fn pieces<'a>(
    subject: &Subject,
    record: &'a VulnerabilityRecord,
    document: Option<Digest>,
) -> Vec<Piece<'a>> {
    let entries = record.affected.iter().filter_map(|affected| {
        let names = relate(subject, affected)?;
        let hint = subject.scheme();
        let judgement = by_distribution(subject, names.0)
            .unwrap_or_else(|| judge(affected, subject.version.as_deref(), hint));
        let missing = missing_fact(subject, &judgement);
        let voice = Voice {
            record,
            asserted_by: &affected.asserted_by,
            document,
        };
        Some(Piece {
            evidence: voice.evidence(subject, names, judgement),
            missing,
            platforms: &affected.platforms,
            condition: None,
        })
    });
    let mut pieces: Vec<Piece<'a>> = entries.collect();
    for reading in configuration::read(subject, &record.configurations) {
        let (ours, theirs) = reading.names;
        let judgement = by_distribution(subject, Relation::Cpe).unwrap_or(reading.judgement);
        let missing = missing_fact(subject, &judgement);
        let voice = Voice {
            record,
            asserted_by: &reading.configuration.asserted_by,
            document,
        };
        pieces.push(Piece {
            evidence: voice.evidence(subject, (Relation::Cpe, ours, theirs), judgement),
            missing,
            platforms: &[],
            condition: reading.condition,
        });
    }
    pieces
}

fn recall_pieces<'a>(
    subject: &Subject,
    record: &'a VulnerabilityRecord,
    recall: &Recall,
    document: Option<Digest>,
) -> Vec<Piece<'a>> {
    let entries = record.affected.iter().filter_map(|affected| {
        let (judgement, missing) = recall::read(subject, record, recall, affected)?;
        let firm = affected.vendor.as_deref().unwrap_or("?");
        let product = affected.product.as_deref().unwrap_or("?");
        let theirs = shortened(&format!("{firm} {product}"), 200);
        let voice = Voice {
            record,
            asserted_by: &affected.asserted_by,
            document,
        };
        let names = (Relation::ProductName, subject.name.clone(), theirs);
        Some(Piece {
            evidence: voice.evidence(subject, names, judgement),
            missing,
            platforms: &[],
            condition: None,
        })
    });
    entries.collect()
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

/// A distribution's package under an upstream name: neither yes nor no follows from an upstream range.
fn by_distribution(subject: &Subject, relation: Relation) -> Option<Judgement> {
    let by_upstream = relation != Relation::Purl && subject.is_distribution_package();
    by_upstream.then(|| Judgement {
        verdict: Verdict::Undetermined,
        rule: "distribution-package",
        range: String::new(),
        reason: Some(
            "a distribution corrects flaws without changing the upstream version".to_owned(),
        ),
    })
}

/// Who speaks in a piece of evidence.
struct Voice<'a> {
    record: &'a VulnerabilityRecord,
    asserted_by: &'a str,
    document: Option<Digest>,
}

impl Voice<'_> {
    fn evidence(
        &self,
        subject: &Subject,
        (relation, ours, theirs): (Relation, String, String),
        judgement: Judgement,
    ) -> Evidence {
        Evidence {
            record: self.record.id.clone(),
            source: self.record.source.clone(),
            asserted_by: self.asserted_by.to_owned(),
            document: self.document,
            relation,
            explanation: explain(subject, self.asserted_by, &judgement),
            subject: ours,
            object: theirs,
            range: judgement.range,
            rule: judgement.rule.to_owned(),
            verdict: judgement.verdict,
        }
    }
}

fn explain(subject: &Subject, asserted_by: &str, judgement: &Judgement) -> String {
    let who = if asserted_by.is_empty() {
        "the source"
    } else {
        asserted_by
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
        "configuration-negated" => (
            "configuration",
            format!("what the record means for {}", subject.label),
            PartyRole::Supplier,
        ),
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
