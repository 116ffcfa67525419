//! OSV as it travels, as far as it is kept (OSV schema 1.7).

use std::fmt;

use isocenter_model::Problem;
use isocenter_model::text::shortened;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::json::{Field, List, Path, Problems, Text};

/// A record.
#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Record<'a> {
    #[serde(borrow)]
    pub(super) schema_version: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) id: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) modified: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) published: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) withdrawn: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) aliases: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) related: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) upstream: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) summary: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) details: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) severity: List<Severity<'a>>,
    #[serde(borrow)]
    pub(super) affected: List<Affected<'a>>,
    #[serde(borrow)]
    pub(super) references: List<Reference<'a>>,
    #[serde(borrow)]
    pub(super) database_specific: Field<Specific<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Severity<'a> {
    #[serde(borrow, rename = "type")]
    pub(super) kind: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) score: Option<Text<'a>>,
}

/// A package with the versions that are affected.
#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Affected<'a> {
    #[serde(borrow)]
    pub(super) package: Field<Package<'a>>,
    #[serde(borrow)]
    pub(super) severity: List<Severity<'a>>,
    #[serde(borrow)]
    pub(super) ranges: List<Range<'a>>,
    #[serde(borrow)]
    pub(super) versions: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) ecosystem_specific: Field<Specific<'a>>,
    #[serde(borrow)]
    pub(super) database_specific: Field<Specific<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Package<'a> {
    #[serde(borrow)]
    pub(super) ecosystem: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) name: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) purl: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Range<'a> {
    #[serde(borrow, rename = "type")]
    pub(super) kind: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) events: List<Event<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Event<'a> {
    #[serde(borrow)]
    pub(super) introduced: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) fixed: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) last_affected: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) limit: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Reference<'a> {
    #[serde(borrow, rename = "type")]
    pub(super) kind: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) url: Option<Text<'a>>,
}

/// What one database or ecosystem defines for itself.
#[derive(Debug, Default)]
pub(super) struct Specific<'a> {
    /// Weaknesses, as GitHub's database writes them.
    pub(super) cwe_ids: List<Text<'a>>,
    /// Names of the other members.
    others: Vec<String>,
    /// How many more there are.
    more: usize,
}

/// Names that are told of one object.
const TOLD: usize = 8;

/// Members that say where a record comes from, or how far it is reviewed, and nothing of what is affected.
const BESIDE_THE_POINT: [&str; 8] = [
    "source",
    "url",
    "review_status",
    "github_reviewed",
    "github_reviewed_at",
    "nvd_published_at",
    "severity",
    "imports",
];

impl Specific<'_> {
    /// Notes what was not read.
    pub(super) fn note(&self, path: &Path<'_>, problems: &mut Problems) {
        if self.others.is_empty() {
            return;
        }
        let more = match self.more {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        problems.push(Problem::note(
            "osv-specific-not-read",
            path.place(),
            format!(
                "nothing is concluded from what this database alone defines: {}{more}",
                self.others.join(", ")
            ),
        ));
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Specific<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<'a>(Specific<'a>);

        impl<'de: 'a, 'a> Visitor<'de> for Members<'a> {
            type Value = Specific<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(
                mut self,
                mut map: A,
            ) -> Result<Specific<'a>, A::Error> {
                while let Some(key) = map.next_key::<Text<'de>>()? {
                    if &*key == "cwe_ids" {
                        self.0.cwe_ids = map.next_value()?;
                        continue;
                    }
                    map.next_value::<IgnoredAny>()?;
                    let tells = !BESIDE_THE_POINT.contains(&&*key);
                    if tells && self.0.others.len() < TOLD {
                        self.0.others.push(shortened(&key, 40));
                    } else {
                        self.0.more += usize::from(tells);
                    }
                }
                Ok(self.0)
            }
        }

        deserializer.deserialize_map(Members(Specific::default()))
    }
}
