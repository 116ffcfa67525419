//! endoflife.date, API v1: one product, or all of them.

use std::fmt;
use std::marker::PhantomData;

use isocenter_model::Problem;
use isocenter_model::lifecycle::{
    LifecycleEntry, LifecycleNotice, Milestone, MilestoneKind, Moment, ProductIdentifiers,
};
use isocenter_model::product::{ProductReference, VersionExpression};
use isocenter_model::text::shortened;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::json::{self, Field, Filled, List, Path, Problems, Spare, Text};

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, expecting = "an object")]
struct Answer<'a> {
    #[serde(borrow)]
    schema_version: Field<Text<'a>>,
    #[serde(borrow)]
    generated_at: Field<Text<'a>>,
    #[serde(borrow)]
    last_modified: Field<Text<'a>>,
    total: Field<u64>,
    #[serde(borrow)]
    result: OneOrMany<'a>,
}

/// `result`: a list of products, or one.
#[derive(Debug)]
enum OneOrMany<'a> {
    One(Box<Product<'a>>),
    Many(List<Product<'a>>),
}

impl<'de: 'a, 'a> Deserialize<'de> for OneOrMany<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<'a>(PhantomData<&'a ()>);

        // A derived enum would take a list for a product, member by member.
        impl<'de: 'a, 'a> Visitor<'de> for Either<'a> {
            type Value = OneOrMany<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a product or a list of them")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                Product::deserialize(MapAccessDeserializer::new(map))
                    .map(|product| OneOrMany::One(Box::new(product)))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
                List::deserialize(Listed(SeqAccessDeserializer::new(list))).map(OneOrMany::Many)
            }
        }

        deserializer.deserialize_any(Either(PhantomData))
    }
}

/// A list that is there, for a reader that would also take an absent one.
struct Listed<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Listed<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        visitor.visit_some(self.0)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl Default for OneOrMany<'_> {
    fn default() -> Self {
        Self::Many(List::default())
    }
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, expecting = "a product")]
struct Product<'a> {
    #[serde(borrow)]
    name: Field<Text<'a>>,
    #[serde(borrow)]
    label: Field<Text<'a>>,
    #[serde(borrow)]
    identifiers: List<Identifier<'a>>,
    #[serde(borrow)]
    releases: List<Cycle<'a>>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, expecting = "an identifier")]
struct Identifier<'a> {
    #[serde(borrow, rename = "type")]
    kind: Field<Text<'a>>,
    #[serde(borrow)]
    id: Field<Text<'a>>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "a release")]
struct Cycle<'a> {
    #[serde(borrow)]
    name: Field<Text<'a>>,
    #[serde(borrow)]
    label: Field<Text<'a>>,
    #[serde(borrow)]
    release_date: Field<Text<'a>>,
    is_eoas: Field<bool>,
    #[serde(borrow)]
    eoas_from: Field<Text<'a>>,
    is_eol: Field<bool>,
    #[serde(borrow)]
    eol_from: Field<Text<'a>>,
    is_eoes: Field<bool>,
    #[serde(borrow)]
    eoes_from: Field<Text<'a>>,
    is_discontinued: Field<bool>,
    #[serde(borrow)]
    discontinued_from: Field<Text<'a>>,
    #[serde(borrow)]
    latest: Field<Latest<'a>>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, expecting = "a version")]
struct Latest<'a> {
    #[serde(borrow)]
    name: Field<Text<'a>>,
}

pub(super) fn read(
    text: &str,
    problems: &mut Problems,
) -> (Option<String>, Option<LifecycleNotice>) {
    let mut spare = Spare::default();
    let Some(answer) = json::parse::<Answer<'_>>(text, &mut spare, problems) else {
        return (None, None);
    };
    let root = Path::Root;
    let version = answer
        .schema_version
        .take(&root.key("schema_version"), problems)
        .owned();
    let dated = [
        answer
            .last_modified
            .take(&root.key("last_modified"), problems),
        answer
            .generated_at
            .take(&root.key("generated_at"), problems),
    ]
    .iter()
    .find_map(|text| json::timestamp(text.filled()?));
    let mut notice = LifecycleNotice {
        author: Some("endoflife.date".to_owned()),
        dated,
        ..LifecycleNotice::default()
    };
    let path = root.key("result");
    match answer.result {
        OneOrMany::One(product) => take(*product, &path, problems, &mut notice),
        OneOrMany::Many(products) => {
            let listed = products.len() as u64;
            if let Some(total) = answer.total.take(&root.key("total"), problems)
                && total != listed
            {
                problems.push(
                    Problem::warning(
                        "lifecycle-count-differs",
                        root.key("total").place(),
                        format!("the answer says that it has {total} products and has {listed}"),
                    )
                    .hint("fetch it again: it may have been cut"),
                );
            }
            for (index, product) in products.take(&path, problems) {
                take(product, &path.index(index), problems, &mut notice);
            }
        }
    }
    let version = version.map(|version| format!("endoflife.date {version}"));
    (version.or(Some("endoflife.date".to_owned())), Some(notice))
}

fn take(
    product: Product<'_>,
    path: &Path<'_>,
    problems: &mut Problems,
    notice: &mut LifecycleNotice,
) {
    let Some(name) = product.name.take(&path.key("name"), problems).owned() else {
        problems.push(Problem::error(
            "lifecycle-product-missing",
            path.place(),
            "the product has no name and was set aside",
        ));
        product.releases.report(&path.key("releases"), problems);
        return;
    };
    let label = product
        .label
        .take(&path.key("label"), problems)
        .owned()
        .unwrap_or_else(|| name.clone());
    let mut known = ProductIdentifiers {
        product: label.clone(),
        ..ProductIdentifiers::default()
    };
    let identifiers_path = path.key("identifiers");
    for (index, identifier) in product.identifiers.take(&identifiers_path, problems) {
        let at = identifiers_path.index(index);
        let kind = identifier.kind.take(&at.key("type"), problems);
        let Some(id) = identifier.id.take(&at.key("id"), problems).owned() else {
            continue;
        };
        match kind.filled() {
            Some("purl") => known.purls.push(id),
            Some("cpe") => known.cpes.push(id),
            // Names in Repology's collections lead to no other paper.
            _ => {}
        }
    }
    if !known.purls.is_empty() || !known.cpes.is_empty() {
        notice.identifiers.push(known);
    }
    let releases_path = path.key("releases");
    for (index, cycle) in product.releases.take(&releases_path, problems) {
        notice
            .entries
            .extend(entry(cycle, &label, &releases_path.index(index), problems));
    }
}

fn entry(
    cycle: Cycle<'_>,
    product: &str,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<LifecycleEntry> {
    let Some(name) = cycle.name.take(&path.key("name"), problems).owned() else {
        problems.push(Problem::error(
            "lifecycle-release-missing",
            path.place(),
            "the release has no name and was set aside",
        ));
        return None;
    };
    let mut milestones = Vec::new();
    let mut add = |kind, key: &str, day: Field<Text<'_>>, reached: Field<bool>| {
        let at = path.key(key);
        let day = day.take(&at, problems);
        let moment = match day.filled() {
            Some(text) => {
                let day = json::date(text);
                if day.is_none() {
                    problems.push(Problem::warning(
                        "lifecycle-date-malformed",
                        at.place(),
                        format!(
                            "'{}' is no day; YYYY-MM-DD is expected",
                            shortened(text, 40)
                        ),
                    ));
                }
                day.map(Moment::Day)
            }
            None => match reached.take(&at, problems) {
                Some(true) => Some(Moment::Reached),
                Some(false) => Some(Moment::NotReached),
                None => None,
            },
        };
        milestones.extend(moment.map(|at| Milestone {
            kind,
            at,
            offer: None,
        }));
    };
    add(
        MilestoneKind::GeneralAvailability,
        "releaseDate",
        cycle.release_date,
        Field::Absent,
    );
    add(
        MilestoneKind::EndOfSales,
        "discontinuedFrom",
        cycle.discontinued_from,
        cycle.is_discontinued,
    );
    add(
        MilestoneKind::EndOfDevelopment,
        "eoasFrom",
        cycle.eoas_from,
        cycle.is_eoas,
    );
    add(
        MilestoneKind::EndOfSecuritySupport,
        "eolFrom",
        cycle.eol_from,
        cycle.is_eol,
    );
    add(
        MilestoneKind::EndOfSupport,
        "eoesFrom",
        cycle.eoes_from,
        cycle.is_eoes,
    );
    let label = cycle.label.take(&path.key("label"), problems).owned();
    let latest_path = path.key("latest");
    let latest = cycle
        .latest
        .take(&latest_path, problems)
        .and_then(|latest| latest.name.take(&latest_path.key("name"), problems).owned());
    // A cycle of numbers is a series; any other name (`2019`, `22h2-w`) says nothing about the version's shape.
    let is_series = name.contains('.')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    Some(LifecycleEntry {
        product: ProductReference {
            name: product.to_owned(),
            version: if is_series {
                VersionExpression::Range(format!("{name}.*"))
            } else {
                VersionExpression::Range(name.clone())
            },
            ..ProductReference::default()
        },
        label: label.or(Some(name)),
        milestones,
        latest,
        ..LifecycleEntry::default()
    })
}
