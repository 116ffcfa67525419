//! CLE, ECMA-428: a list of events in the life of one component.

use std::collections::{BTreeMap, BTreeSet};

use isocenter_model::Problem;
use isocenter_model::lifecycle::{
    LifecycleEntry, LifecycleNotice, Milestone, MilestoneKind, Moment, ProductIdentifiers,
};
use isocenter_model::product::{ProductReference, VersionExpression};
use isocenter_model::text::shortened;
use serde::Deserialize;

use crate::json::{self, Field, Filled, List, Path, Problems, Spare, Text};

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Cle<'a> {
    #[serde(borrow)]
    identifier: Names<'a>,
    #[serde(borrow)]
    identifiers: List<Identifier<'a>>,
    #[serde(borrow)]
    name: Field<Text<'a>>,
    #[serde(borrow)]
    updated_at: Field<Text<'a>>,
    #[serde(borrow)]
    events: List<Event<'a>>,
    #[serde(borrow)]
    definitions: Field<Definitions<'a>>,
}

/// One identifier or a list of them.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Names<'a> {
    #[serde(borrow)]
    One(Text<'a>),
    #[serde(borrow)]
    Many(List<Text<'a>>),
}

impl Default for Names<'_> {
    fn default() -> Self {
        Self::Many(List::default())
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an identifier")]
struct Identifier<'a> {
    #[serde(borrow, alias = "idType", rename = "type")]
    kind: Field<Text<'a>>,
    #[serde(borrow, alias = "idValue")]
    value: Field<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "definitions")]
struct Definitions<'a> {
    #[serde(borrow)]
    support: List<Support<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "a support offer")]
struct Support<'a> {
    #[serde(borrow)]
    id: Field<Text<'a>>,
    #[serde(borrow)]
    description: Field<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an event")]
struct Event<'a> {
    id: Field<i64>,
    #[serde(borrow, rename = "type")]
    kind: Field<Text<'a>>,
    #[serde(borrow)]
    effective: Field<Text<'a>>,
    #[serde(borrow)]
    published: Field<Text<'a>>,
    #[serde(borrow)]
    version: Field<Text<'a>>,
    #[serde(borrow)]
    versions: List<Versions<'a>>,
    #[serde(borrow)]
    support_id: Field<Text<'a>>,
    #[serde(borrow)]
    superseded_by_version: Field<Text<'a>>,
    #[serde(rename = "eventId")]
    withdraws: Field<i64>,
    #[serde(borrow)]
    description: Field<Text<'a>>,
    #[serde(borrow)]
    reason: Field<Text<'a>>,
    #[serde(borrow)]
    identifiers: List<Identifier<'a>>,
}

/// An element of `versions`: an object, or the version alone as drafts wrote it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Versions<'a> {
    #[serde(borrow)]
    Alone(Text<'a>),
    #[serde(borrow)]
    Object(Range<'a>),
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "a version or range")]
struct Range<'a> {
    #[serde(borrow)]
    version: Field<Text<'a>>,
    #[serde(borrow)]
    range: Field<Text<'a>>,
}

pub(super) fn read(
    text: &str,
    problems: &mut Problems,
) -> (Option<String>, Option<LifecycleNotice>) {
    let mut spare = Spare::default();
    let Some(cle) = json::parse::<Cle<'_>>(text, &mut spare, problems) else {
        return (Some("CLE".to_owned()), None);
    };
    let root = Path::Root;
    let mut known = ProductIdentifiers::default();
    let mut told = |id: &str| {
        if id.starts_with("pkg:") {
            known.purls.push(id.to_owned());
        } else if id.starts_with("cpe:") {
            known.cpes.push(id.to_owned());
        }
    };
    match cle.identifier {
        Names::One(one) => one.filled().into_iter().for_each(&mut told),
        Names::Many(many) => {
            for (_, one) in many.take(&root.key("identifier"), problems) {
                one.filled().into_iter().for_each(&mut told);
            }
        }
    }
    let identifiers_path = root.key("identifiers");
    for (index, identifier) in cle.identifiers.take(&identifiers_path, problems) {
        let value = identifier
            .value
            .take(&identifiers_path.index(index).key("value"), problems);
        value.filled().into_iter().for_each(&mut told);
    }
    let name = cle
        .name
        .take(&root.key("name"), problems)
        .owned()
        .or_else(|| known.purls.first().cloned())
        .or_else(|| known.cpes.first().cloned());
    if name.is_none() {
        problems.push(
            Problem::warning(
                "lifecycle-product-missing",
                root.place(),
                "the document does not say which component it is about",
            )
            .hint("a CLE that was taken from an interface leaves that to its address; ask for one with an identifier"),
        );
    }
    known.product = name.unwrap_or_default();
    let offers = offers(cle.definitions, problems);
    let mut notice = LifecycleNotice {
        dated: cle
            .updated_at
            .take(&root.key("updatedAt"), problems)
            .filled()
            .and_then(json::timestamp),
        ..LifecycleNotice::default()
    };
    let events_path = root.key("events");
    let mut withdrawn = BTreeSet::new();
    let mut read: Vec<(Option<i64>, Vec<LifecycleEntry>)> = Vec::new();
    for (index, event) in cle.events.take(&events_path, problems) {
        let path = events_path.index(index);
        if event.kind.filled() == Some("withdrawn") {
            match event.withdraws.take(&path.key("eventId"), problems) {
                Some(id) => {
                    withdrawn.insert(id);
                }
                None => problems.push(Problem::warning(
                    "lifecycle-withdrawal-of-nothing",
                    path.place(),
                    "the event withdraws another and does not say which",
                )),
            }
            continue;
        }
        let id = event.id.value().copied();
        read.push((id, entries(event, &path, &known, &offers, problems)));
    }
    for (id, entries) in read {
        if id.is_none_or(|id| !withdrawn.contains(&id)) {
            notice.entries.extend(entries);
        }
    }
    if notice.dated.is_none() {
        notice.dated = notice.entries.iter().filter_map(|entry| entry.stated).max();
    }
    if !known.product.is_empty() {
        notice.identifiers.push(known);
    }
    (Some("CLE 1.0.0".to_owned()), Some(notice))
}

fn offers(
    definitions: Field<Definitions<'_>>,
    problems: &mut Problems,
) -> BTreeMap<String, String> {
    let path = Path::Root.key("definitions");
    let Some(definitions) = definitions.take(&path, problems) else {
        return BTreeMap::new();
    };
    let support = path.key("support");
    definitions
        .support
        .take(&support, problems)
        .filter_map(|(_, offer)| {
            let id = offer.id.owned()?;
            let description = offer.description.owned().unwrap_or_else(|| id.clone());
            Some((id, description))
        })
        .collect()
}

/// The milestone that a type of event means. The drafts called a release differently.
fn kind(word: &str) -> Option<MilestoneKind> {
    Some(match word {
        "released" | "generalAvailability" => MilestoneKind::GeneralAvailability,
        "endOfDevelopment" => MilestoneKind::EndOfDevelopment,
        "endOfSupport" => MilestoneKind::EndOfSecuritySupport,
        "endOfLife" => MilestoneKind::EndOfSupport,
        "endOfMarketing" | "endOfDistribution" => MilestoneKind::EndOfSales,
        "supersededBy" => MilestoneKind::Superseded,
        _ => return None,
    })
}

fn entries(
    event: Event<'_>,
    path: &Path<'_>,
    known: &ProductIdentifiers,
    offers: &BTreeMap<String, String>,
    problems: &mut Problems,
) -> Vec<LifecycleEntry> {
    let word = event.kind.take(&path.key("type"), problems);
    let word = word.filled().unwrap_or_default();
    if word == "componentRenamed" {
        event.identifiers.report(&path.key("identifiers"), problems);
        problems.push(Problem::note(
            "lifecycle-renamed",
            path.place(),
            "the component was renamed; the new name is kept in the paper and not followed",
        ));
        return Vec::new();
    }
    let Some(kind) = kind(word) else {
        problems.push(Problem::warning(
            "lifecycle-event-unknown",
            path.key("type").place(),
            format!(
                "'{}' is no event of CLE 1.0.0; the event was set aside",
                shortened(word, 40)
            ),
        ));
        return Vec::new();
    };
    let effective = event.effective.take(&path.key("effective"), problems);
    let Some(at) = effective.filled().and_then(json::date) else {
        problems.push(Problem::error(
            "lifecycle-date-malformed",
            path.key("effective").place(),
            format!(
                "'{}' is no time; the event was set aside",
                shortened(effective.filled().unwrap_or_default(), 40)
            ),
        ));
        return Vec::new();
    };
    let mut versions = Vec::new();
    if let Some(version) = event.version.take(&path.key("version"), problems).owned() {
        versions.push(VersionExpression::Exact(version));
    }
    let versions_path = path.key("versions");
    for (index, one) in event.versions.take(&versions_path, problems) {
        let at = versions_path.index(index);
        versions.extend(match one {
            Versions::Alone(text) => text
                .filled()
                .map(|text| VersionExpression::Exact(text.to_owned())),
            Versions::Object(object) => {
                let range = object.range.take(&at.key("range"), problems).owned();
                let version = object.version.take(&at.key("version"), problems).owned();
                range
                    .map(VersionExpression::Range)
                    .or(version.map(VersionExpression::Exact))
            }
        });
    }
    if versions.is_empty() {
        // An event without versions speaks of the component as a whole.
        versions.push(VersionExpression::All);
    }
    let offer = event
        .support_id
        .take(&path.key("supportId"), problems)
        .owned();
    if let Some(id) = offer.as_ref().filter(|id| !offers.contains_key(*id)) {
        problems.push(Problem::warning(
            "lifecycle-offer-undefined",
            path.key("supportId").place(),
            format!("the support offer '{}' is not defined", shortened(id, 40)),
        ));
    }
    let successor = event
        .superseded_by_version
        .take(&path.key("supersededByVersion"), problems)
        .owned();
    let remark = event
        .description
        .take(&path.key("description"), problems)
        .owned()
        .or(event.reason.take(&path.key("reason"), problems).owned());
    let stated = event
        .published
        .take(&path.key("published"), problems)
        .filled()
        .and_then(json::timestamp);
    versions
        .into_iter()
        .map(|version| LifecycleEntry {
            product: ProductReference {
                name: known.product.clone(),
                version,
                purl: known.purls.first().cloned(),
                cpe: known.cpes.first().cloned(),
                ..ProductReference::default()
            },
            milestones: vec![Milestone {
                kind,
                at: Moment::Day(at),
                offer: offer
                    .as_ref()
                    .map(|id| offers.get(id).unwrap_or(id).clone()),
            }],
            successor: successor.clone(),
            remark: remark.clone(),
            stated,
            ..LifecycleEntry::default()
        })
        .collect()
}
