//! SSVC: which value of each decision point somebody chose for a flaw (CERT/CC).
//!
//! An evaluation travels inside a CVE record, inside a CSAF 2.1 advisory, or alone: as a selection (schema 1-0-1,
//! 2.0.0) or as the older computed form (2.0). Points and values are written by name or by key
//! (`catalogs/ssvc.toml`). Traps: several values of one point mean that its author could not decide; a
//! point of another namespace may bear the same key; a definition of a decision point is no evaluation.

use std::fmt;
use std::sync::LazyLock;

use isocenter_model::document::Summary;
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{ListedRecord, RecordList, Ssvc, VulnerabilityRecord};
use isocenter_model::{Digest, Document, DocumentKind, Place, Problem, Reading};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use crate::json::{self, Field, Filled, List, Path, Problems, Spare, Text};

/// Flaws that one evaluation may be of.
const TARGETS: usize = 1_000;

#[derive(Deserialize)]
struct Catalog {
    point: Vec<Point>,
}

#[derive(Deserialize)]
struct Point {
    field: Kept,
    name: String,
    key: String,
    values: Vec<Value>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kept {
    Exploitation,
    Automatable,
    TechnicalImpact,
}

#[derive(Deserialize)]
struct Value {
    word: String,
    names: Vec<String>,
    key: String,
}

/// `None` only if the shipped catalog were broken, which a test rules out.
static CATALOG: LazyLock<Option<Catalog>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../catalogs/ssvc.toml")).ok());

/// Keeps what was chosen for a decision point, both by name or by key. Answers whether the point is one that is
/// kept; an unknown value of it, or several, leave it open.
pub(crate) fn choose(ssvc: &mut Ssvc, point: &str, values: &[&str]) -> bool {
    let points = CATALOG.as_ref().map_or(&[][..], |catalog| &catalog.point);
    let known = points
        .iter()
        .find(|known| known.key == point || known.name.eq_ignore_ascii_case(point));
    let Some(known) = known else { return false };
    let [value] = values else { return true };
    let word = known
        .values
        .iter()
        .find(|known| {
            known.key == *value
                || known
                    .names
                    .iter()
                    .any(|name| name.eq_ignore_ascii_case(value))
        })
        .map(|known| known.word.clone());
    if word.is_some() {
        *match known.field {
            Kept::Exploitation => &mut ssvc.exploitation,
            Kept::Automatable => &mut ssvc.automatable,
            Kept::TechnicalImpact => &mut ssvc.technical_impact,
        } = word;
    }
    true
}

/// A choice as it travels: the point by name or key, and its values.
#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(crate) struct Selection<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    key: Option<Text<'a>>,
    #[serde(borrow)]
    namespace: Option<Text<'a>>,
    #[serde(borrow)]
    values: List<Chosen<'a>>,
}

impl Selection<'_> {
    /// Keeps it; answers whether it is of a point that is kept.
    pub(crate) fn keep(&self, ssvc: &mut Ssvc) -> bool {
        if self.namespace.filled().is_some_and(|space| space != "ssvc") {
            return false;
        }
        let point = self.key.filled().or(self.name.filled());
        let values: Vec<&str> = self.values.items().iter().map(Chosen::text).collect();
        point.is_some_and(|point| choose(ssvc, point, &values))
    }

    /// How the point is called, for a message.
    fn label(&self) -> &str {
        self.name.filled().or(self.key.filled()).unwrap_or("?")
    }
}

/// A value: a name, or an object with a key.
#[derive(Debug)]
struct Chosen<'a>(Text<'a>);

impl Chosen<'_> {
    fn text(&self) -> &str {
        self.0.filled().unwrap_or_default()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Chosen<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a value or its key")]
        enum Shape<'a> {
            Name(#[serde(borrow)] Text<'a>),
            Keyed {
                #[serde(borrow)]
                key: Text<'a>,
            },
        }
        let shape = Shape::deserialize(deserializer)?;
        Ok(Self(match shape {
            Shape::Name(text) | Shape::Keyed { key: text } => text,
        }))
    }
}

/// The older form of choices: an object with a point's name and its value, or its values.
#[derive(Debug, Default)]
pub(crate) struct Options<'a>(Vec<(Text<'a>, Vec<Text<'a>>)>);

impl Options<'_> {
    /// Keeps them; answers the names of points that are not kept.
    pub(crate) fn keep(&self, ssvc: &mut Ssvc) -> Vec<&str> {
        let mut others = Vec::new();
        for (point, values) in &self.0 {
            let values: Vec<&str> = values.iter().filter_map(Text::filled).collect();
            if !choose(ssvc, point, &values) {
                others.push(&**point);
            }
        }
        others
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Options<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Options<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with a decision point")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Options<'de>, A::Error> {
                let mut options = Vec::new();
                while let Some(point) = map.next_key::<Text<'de>>()? {
                    options.push((point, map.next_value::<Values<'de>>()?.0));
                }
                Ok(Options(options))
            }
        }

        deserializer.deserialize_map(Members)
    }
}

/// A text or a list of texts.
struct Values<'a>(Vec<Text<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for Values<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;

        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Values<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or a list of values")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Values<'de>, E> {
                Ok(Values(vec![Text(text.into())]))
            }

            fn visit_str<E>(self, text: &str) -> Result<Values<'de>, E> {
                Ok(Values(vec![Text(text.to_owned().into())]))
            }

            fn visit_unit<E>(self) -> Result<Values<'de>, E> {
                Ok(Values(Vec::new()))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Values<'de>, E> {
                Ok(Values(Vec::new()))
            }

            fn visit_u64<E>(self, _: u64) -> Result<Values<'de>, E> {
                Ok(Values(Vec::new()))
            }

            fn visit_i64<E>(self, _: i64) -> Result<Values<'de>, E> {
                Ok(Values(Vec::new()))
            }

            fn visit_f64<E>(self, _: f64) -> Result<Values<'de>, E> {
                Ok(Values(Vec::new()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Values<'de>, A::Error> {
                let mut values = Vec::new();
                while let Some(text) = list.next_element()? {
                    values.push(text);
                }
                Ok(Values(values))
            }
        }

        deserializer.deserialize_any(OneOrMany)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
struct Evaluation<'a> {
    #[serde(borrow)]
    id: Field<Text<'a>>,
    #[serde(borrow)]
    target_ids: List<Text<'a>>,
    #[serde(borrow)]
    role: Field<Text<'a>>,
    #[serde(borrow)]
    timestamp: Field<Text<'a>>,
    #[serde(borrow, rename = "schemaVersion")]
    schema_version: Field<Text<'a>>,
    #[serde(borrow)]
    version: Field<Text<'a>>,
    #[serde(borrow)]
    selections: List<Selection<'a>>,
    #[serde(borrow)]
    options: List<Options<'a>>,
}

/// Reads an evaluation that stands alone: one record for each flaw that it is of.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let mut spare = Spare::default();
    let text = json::decode(bytes, &mut problems);
    let mut version = None;
    let list = json::parse::<Evaluation<'_>>(&text, &mut spare, &mut problems)
        .map(|evaluation| assemble(evaluation, &text, &mut version, &mut problems))
        .unwrap_or_default();
    let summary = Summary::from([("records", list.records.len() as u64)]);
    Reading {
        kind: DocumentKind::Ssvc,
        version,
        document: (!list.records.is_empty()).then_some(Document::Vulnerabilities(list)),
        summary,
        problems: problems.finish(),
    }
}

fn assemble(
    wire: Evaluation<'_>,
    text: &str,
    version: &mut Option<String>,
    problems: &mut Problems,
) -> RecordList {
    let root = Path::Root;
    let schema = wire
        .schema_version
        .take(&root.key("schemaVersion"), problems)
        .owned();
    *version = schema.or(wire.version.take(&root.key("version"), problems).owned());
    let mut ids: Vec<String> = wire
        .id
        .take(&root.key("id"), problems)
        .owned()
        .into_iter()
        .collect();
    ids.extend(
        wire.target_ids
            .take(&root.key("target_ids"), problems)
            .filter_map(|(_, id)| id.filled().map(str::to_owned)),
    );
    ids.truncate(TARGETS);
    if ids.is_empty() {
        problems.push(Problem::error(
            "ssvc-target-missing",
            Place::Document,
            "the evaluation does not say of which flaw it is (id, target_ids) and cannot be used",
        ));
        return RecordList::default();
    }
    let mut ssvc = Ssvc::default();
    let selections_path = root.key("selections");
    for (index, selection) in wire.selections.take(&selections_path, problems) {
        if !selection.keep(&mut ssvc) {
            problems.push(not_kept(selection.label(), &selections_path.index(index)));
        }
    }
    let options_path = root.key("options");
    for (index, options) in wire.options.take(&options_path, problems) {
        for other in options.keep(&mut ssvc) {
            problems.push(not_kept(other, &options_path.index(index)));
        }
    }
    if ssvc == Ssvc::default() {
        problems.push(Problem::error(
            "ssvc-nothing-chosen",
            Place::Document,
            "none of the decision points Exploitation, Automatable and Technical Impact has one value",
        ));
        return RecordList::default();
    }
    let time_path = root.key("timestamp");
    let stated = wire.timestamp.take(&time_path, problems);
    let modified = stated.filled().and_then(json::timestamp);
    if modified.is_none() {
        problems.push(Problem::warning(
            "ssvc-date-malformed",
            time_path.place(),
            "the evaluation does not say when it was made, or not in RFC 3339",
        ));
    }
    let role = wire.role.take(&root.key("role"), problems);
    let source = match role.filled() {
        Some(role) => format!("SSVC {}", shortened(role, 64)),
        None => "SSVC".to_owned(),
    };
    let records = ids
        .into_iter()
        .map(|id| ListedRecord {
            digest: Digest::of(text.as_bytes()),
            record: VulnerabilityRecord {
                id,
                source: source.clone(),
                modified,
                ssvc: Some(ssvc.clone()),
                ..VulnerabilityRecord::default()
            },
        })
        .collect();
    RecordList {
        made: modified,
        records,
    }
}

fn not_kept(point: &str, path: &Path<'_>) -> Problem {
    Problem::note(
        "ssvc-point-not-kept",
        path.place(),
        format!(
            "the decision point '{}' is not among those that are kept",
            shortened(point, 60)
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_catalog_reads() {
        assert_eq!(CATALOG.as_ref().unwrap().point.len(), 3);
    }

    #[test]
    fn a_point_is_known_by_name_and_key_and_several_values_decide_nothing() {
        let mut ssvc = Ssvc::default();
        assert!(choose(&mut ssvc, "Exploitation", &["Public PoC"]));
        assert!(choose(&mut ssvc, "TI", &["T"]));
        assert!(choose(&mut ssvc, "automatable", &["no", "yes"]));
        assert!(!choose(&mut ssvc, "Mission Impact", &["degraded"]));
        assert_eq!(ssvc.exploitation.as_deref(), Some("poc"));
        assert_eq!(ssvc.technical_impact.as_deref(), Some("total"));
        assert_eq!(ssvc.automatable, None);
    }
}
