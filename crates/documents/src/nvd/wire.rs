//! NVD's CVE API 2.0 as it travels, as far as it is kept (`cve_api_json_2.0.schema`).

use serde::Deserialize;

use crate::applicability::Tree;
use crate::json::{Field, List, Text};

/// An element of a page.
#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Item<'a> {
    #[serde(borrow)]
    pub(super) cve: Field<Cve<'a>>,
}

/// A record.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
pub(super) struct Cve<'a> {
    #[serde(borrow)]
    pub(super) id: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) published: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) last_modified: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) vuln_status: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) evaluator_comment: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) evaluator_impact: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) evaluator_solution: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) cisa_exploit_add: Field<Text<'a>>,
    #[serde(borrow, rename = "cveTags")]
    pub(super) tags: List<Tags<'a>>,
    #[serde(borrow)]
    pub(super) descriptions: List<LangString<'a>>,
    #[serde(borrow)]
    pub(super) metrics: Field<Metrics<'a>>,
    #[serde(borrow)]
    pub(super) weaknesses: List<Weakness<'a>>,
    #[serde(borrow)]
    pub(super) configurations: List<Tree<'a>>,
    #[serde(borrow)]
    pub(super) references: List<Reference<'a>>,
}

/// What one numbering authority marks the record with.
#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Tags<'a> {
    #[serde(borrow)]
    pub(super) tags: List<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct LangString<'a> {
    #[serde(borrow)]
    pub(super) lang: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) value: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Metrics<'a> {
    #[serde(borrow, rename = "cvssMetricV2")]
    pub(super) v2: List<Metric<'a>>,
    #[serde(borrow, rename = "cvssMetricV30")]
    pub(super) v30: List<Metric<'a>>,
    #[serde(borrow, rename = "cvssMetricV31")]
    pub(super) v31: List<Metric<'a>>,
    #[serde(borrow, rename = "cvssMetricV40")]
    pub(super) v40: List<Metric<'a>>,
}

/// A score with its author.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
pub(super) struct Metric<'a> {
    #[serde(borrow)]
    pub(super) source: Option<Text<'a>>,
    /// `Primary` or `Secondary`.
    #[serde(borrow, rename = "type")]
    pub(super) kind: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) cvss_data: Option<Cvss<'a>>,
    /// Stands here with version 2 only.
    #[serde(borrow)]
    pub(super) base_severity: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
pub(super) struct Cvss<'a> {
    #[serde(borrow)]
    pub(super) vector_string: Option<Text<'a>>,
    pub(super) base_score: Option<f64>,
    #[serde(borrow)]
    pub(super) base_severity: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Weakness<'a> {
    #[serde(borrow)]
    pub(super) description: List<LangString<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Reference<'a> {
    #[serde(borrow)]
    pub(super) url: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) tags: List<Text<'a>>,
}
