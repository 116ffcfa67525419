//! Configurations: trees of CPE names (NVD, CVE 5 `cpeApplicability`) held against one thing.
//!
//! A vulnerable product of a tree is judged by its versions, like any other; but what stands beside it
//! under an AND is a condition, which only the release as a whole can fulfil ([`crate::condition`]), and
//! what stands under a negation names what is not meant, from which nothing follows.

use std::borrow::Cow;

use isocenter_identity::cpe::{Attribute, Cpe, Value};
use isocenter_model::applicability::{Configuration, CpeMatch, Node, Operator};
use isocenter_model::finding::Verdict;
use isocenter_model::vulnerability::Bound;
use isocenter_versions::listing::{self, Entry, Side, Span};
use isocenter_versions::nvd::{self, Criteria, Release};
use isocenter_versions::{self as versions, Containment, Reason, Scheme};

use crate::judge::Judgement;
use crate::subject::Subject;

/// CPE attributes that do not tell products apart: the version is judged by the range, and records name one
/// processor where they mean all.
const OPEN: [Attribute; 3] = [
    Attribute::Version,
    Attribute::TargetHardware,
    Attribute::Update,
];

/// What a configuration says of a subject, as far as the subject alone can tell.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    pub(crate) configuration: &'a Configuration,
    /// Our name and the record's name of it.
    pub(crate) names: (String, String),
    pub(crate) judgement: Judgement,
    /// What must hold in the release, the product itself among it; `None` when it stands by itself.
    pub(crate) condition: Option<Node>,
}

/// A vulnerable product of a tree that is the subject.
struct Hit<'a> {
    product: &'a CpeMatch,
    criteria: Cpe,
    ours: &'a Cpe,
    /// The ANDs that it stands in, from the outside.
    joined: Vec<&'a Node>,
    is_negated: bool,
}

/// What the configurations of a record say of the subject; nothing when they do not speak of it.
pub(crate) fn read<'a>(
    subject: &'a Subject,
    configurations: &'a [Configuration],
) -> Vec<Reading<'a>> {
    configurations
        .iter()
        .flat_map(|configuration| {
            let mut hits = Vec::new();
            collect(
                subject,
                &configuration.tree,
                &mut Vec::new(),
                false,
                &mut hits,
            );
            readings(subject, configuration, hits)
        })
        .collect()
}

/// Walks down to the products that are the subject, keeping the ANDs that each stands in.
fn collect<'a>(
    subject: &'a Subject,
    node: &'a Node,
    joined: &mut Vec<&'a Node>,
    negated: bool,
    hits: &mut Vec<Hit<'a>>,
) {
    let negated = negated != node.negate;
    let depth = joined.len();
    if node.operator == Operator::And && node.matches.len() + node.nodes.len() > 1 {
        joined.push(node);
    }
    for product in node.matches.iter().filter(|product| product.vulnerable) {
        if let Some((criteria, ours)) = related(subject, product) {
            hits.push(Hit {
                product,
                criteria,
                ours,
                joined: joined.clone(),
                is_negated: negated,
            });
        }
    }
    for inner in &node.nodes {
        collect(subject, inner, joined, negated, hits);
    }
    joined.truncate(depth);
}

/// The CPE name of the product and ours, where they mean the same product.
pub(crate) fn related<'a>(subject: &'a Subject, product: &CpeMatch) -> Option<(Cpe, &'a Cpe)> {
    let criteria = Cpe::parse(&product.criteria).ok()?;
    // The update belongs to a version that is named alone and is judged with it; beside bounds it is
    // an attribute like the others.
    let is_single = product.from.is_none() && product.to.is_none();
    let ignored = if is_single { &OPEN[..] } else { &OPEN[..2] };
    let ours = subject
        .cpes
        .iter()
        .find(|ours| ours.intersects_ignoring(&criteria, ignored))?;
    Some((criteria, ours))
}

/// One reading for the hits of each condition: versions of one product are judged together.
fn readings<'a>(
    subject: &Subject,
    configuration: &'a Configuration,
    hits: Vec<Hit<'a>>,
) -> Vec<Reading<'a>> {
    let mut groups: Vec<Vec<Hit<'a>>> = Vec::new();
    for hit in hits {
        let known = groups.iter_mut().find(|group| {
            group.first().is_some_and(|first| {
                let same = |(one, other): (&&Node, &&Node)| std::ptr::eq(*one, *other);
                first.is_negated == hit.is_negated
                    && first.joined.len() == hit.joined.len()
                    && first.joined.iter().zip(&hit.joined).all(same)
            })
        });
        match known {
            Some(group) => group.push(hit),
            None => groups.push(vec![hit]),
        }
    }
    groups
        .into_iter()
        .filter_map(|group| {
            let mut judgement = judge(subject, &group);
            let first = group.first()?;
            if first.is_negated {
                judgement.verdict = Verdict::Undetermined;
                judgement.rule = "configuration-negated";
                judgement.reason = Some(
                    "the record names the product in a negation, as what is not meant".to_owned(),
                );
            }
            let named = deciding(&group, &judgement).unwrap_or(first);
            let condition = (!first.joined.is_empty()).then(|| Node {
                operator: Operator::And,
                negate: false,
                nodes: first.joined.iter().map(|node| (*node).clone()).collect(),
                matches: Vec::new(),
            });
            Some(Reading {
                configuration,
                names: (named.ours.to_string(), named.product.criteria.clone()),
                judgement,
                condition,
            })
        })
        .collect()
}

/// The hit whose range the judgement names.
fn deciding<'h, 'a>(group: &'h [Hit<'a>], judgement: &Judgement) -> Option<&'h Hit<'a>> {
    group
        .iter()
        .find(|hit| range_text(hit.product, &hit.criteria) == judgement.range)
}

/// Holds our version against the products of a group.
fn judge(subject: &Subject, group: &[Hit<'_>]) -> Judgement {
    let scheme = subject
        .scheme()
        .or_else(|| Scheme::from_ecosystem("generic"));
    let mut open = None;
    for hit in group {
        let range = || range_text(hit.product, &hit.criteria);
        match contains(
            hit.product,
            &hit.criteria,
            hit.ours,
            subject.version.as_deref(),
            scheme,
        ) {
            Containment::In => {
                return Judgement {
                    verdict: Verdict::Affected,
                    rule: rule_of(hit.product, &hit.criteria),
                    range: range(),
                    reason: None,
                };
            }
            Containment::Out => {}
            Containment::Undetermined(reason) => {
                open.get_or_insert_with(|| (range(), reason.to_string()));
            }
        }
    }
    let Some(version) = subject
        .version
        .as_deref()
        .filter(|text| !versions::is_unstated(text))
    else {
        return Judgement {
            verdict: Verdict::Undetermined,
            rule: "version-not-stated",
            range: list_text(group),
            reason: Some("no paper states the version".to_owned()),
        };
    };
    if let Some((range, reason)) = open {
        return Judgement {
            verdict: Verdict::Undetermined,
            rule: "version-not-comparable",
            range,
            reason: Some(reason),
        };
    }
    outside(group, version, scheme)
}

/// Whether a product of a tree holds our version, as our CPE name or our paper states it.
pub(crate) fn contains(
    product: &CpeMatch,
    criteria: &Cpe,
    ours: &Cpe,
    version: Option<&str>,
    scheme: Option<Scheme>,
) -> Containment {
    let (version_text, update_text) = (
        text_of(criteria, Attribute::Version),
        text_of(criteria, Attribute::Update),
    );
    let own_update = text_of(ours, Attribute::Update);
    let criteria = Criteria {
        version: nvd::Attribute::new(&version_text),
        update: nvd::Attribute::new(&update_text),
        start: product.from.as_ref().map(bound),
        end: product.to.as_ref().map(bound),
    };
    let release = Release {
        version: version.unwrap_or_default(),
        update: nvd::Attribute::new(&own_update),
    };
    let answer = criteria.contains(scheme, release);
    if answer != Containment::Undetermined(Reason::Inverted) {
        return answer;
    }
    // Bounds that were turned round by mistake: outside both ways is outside.
    let turned = Criteria {
        start: criteria.end,
        end: criteria.start,
        ..criteria
    };
    match turned.contains(scheme, release) {
        Containment::Out => Containment::Out,
        _ => answer,
    }
}

/// An attribute as the walker over criteria takes it.
fn text_of(name: &Cpe, attribute: Attribute) -> Cow<'_, str> {
    match name.value(attribute) {
        Value::Any => Cow::Borrowed("*"),
        Value::Na => Cow::Borrowed("-"),
        value @ Value::Text(_) => value.text().unwrap_or_default(),
    }
}

fn bound(bound: &Bound) -> versions::Bound<'_> {
    versions::Bound {
        version: &bound.version,
        inclusive: bound.inclusive,
    }
}

/// What follows for a version that no product of the group holds: the ranges say where the flaw begins and
/// ends. A version between single ones that are listed is left open.
fn outside(group: &[Hit<'_>], version: &str, scheme: Option<Scheme>) -> Judgement {
    let spans: Vec<(Cow<'_, str>, &Hit<'_>)> = group
        .iter()
        .map(|hit| (text_of(&hit.criteria, Attribute::Version), hit))
        .collect();
    let entries: Vec<Entry<'_, ()>> = spans
        .iter()
        .map(|(single, hit)| {
            let (from, to) = (
                hit.product.from.as_ref().map(bound),
                hit.product.to.as_ref().map(bound),
            );
            let one = versions::Bound::inclusive(single);
            Entry {
                span: if from.is_some() || to.is_some() {
                    Span::Between { from, to }
                } else {
                    Span::Between {
                        from: Some(one),
                        to: Some(one),
                    }
                },
                scheme,
                status: (),
                changes: Vec::new(),
            }
        })
        .collect();
    let has_single = group
        .iter()
        .any(|hit| hit.product.from.is_none() && hit.product.to.is_none());
    let side = if has_single {
        let sides: Option<Vec<Side>> = entries
            .iter()
            .map(|entry| listing::side(std::slice::from_ref(entry), (), version))
            .collect();
        sides.and_then(|sides| {
            let before = sides.iter().filter(|side| **side == Side::Before).count();
            match before {
                0 if sides.contains(&Side::Corrected) => Some(Side::Corrected),
                0 => Some(Side::AfterLast),
                all if all == sides.len() => Some(Side::Before),
                _ => None,
            }
        })
    } else {
        listing::side(&entries, (), version)
    };
    let (verdict, rule, reason) = match side {
        Some(Side::Before) => (Verdict::NotAffected, "before-first-affected", None),
        Some(Side::AfterLast) => (Verdict::NotAffected, "after-last-affected", None),
        Some(Side::Corrected) => (Verdict::Fixed, "at-or-after-first-fixed", None),
        None => (
            Verdict::Undetermined,
            "version-not-listed",
            Some(
                "the source lists single versions, this one lies between them, and it says nothing \
                 of it"
                    .to_owned(),
            ),
        ),
    };
    Judgement {
        verdict,
        rule,
        range: list_text(group),
        reason,
    }
}

fn rule_of(product: &CpeMatch, criteria: &Cpe) -> &'static str {
    if product.from.is_some() || product.to.is_some() {
        return "version-in-range";
    }
    match criteria.value(Attribute::Version) {
        Value::Any => "every-version",
        Value::Na | Value::Text(_) => "version-listed",
    }
}

/// The versions of a product as text: its bounds, else the version in its name.
pub(crate) fn range_text(product: &CpeMatch, criteria: &Cpe) -> String {
    let from = product.from.as_ref().map(|from| {
        format!(
            "{} {}",
            if from.inclusive { ">=" } else { ">" },
            from.version
        )
    });
    let to = product
        .to
        .as_ref()
        .map(|to| format!("{} {}", if to.inclusive { "<=" } else { "<" }, to.version));
    match (from, to) {
        (Some(from), Some(to)) => format!("{from}, {to}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => {
            let update = text_of(criteria, Attribute::Update);
            match text_of(criteria, Attribute::Version).as_ref() {
                "*" => "every version".to_owned(),
                "-" => "no version".to_owned(),
                version if matches!(&*update, "*" | "-") => version.to_owned(),
                version => format!("{version} {update}"),
            }
        }
    }
}

/// The ranges of a group, long lists cut with their number.
fn list_text(group: &[Hit<'_>]) -> String {
    crate::judge::joined(
        group
            .iter()
            .map(|hit| range_text(hit.product, &hit.criteria))
            .collect(),
    )
}
