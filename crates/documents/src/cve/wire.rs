//! CVE JSON 5.0, 5.1 and 5.2 as it travels, as far as it is kept (CVE Record Format schema).

use serde::Deserialize;

use crate::applicability::Tree;
use crate::json::{Field, List, Text};
use crate::ssvc::{Options, Selection};

/// A record.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
pub(super) struct Record<'a> {
    #[serde(borrow)]
    pub(super) data_type: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) data_version: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) cve_metadata: Field<Metadata<'a>>,
    #[serde(borrow)]
    pub(super) containers: Field<Containers<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
pub(super) struct Metadata<'a> {
    #[serde(borrow)]
    pub(super) cve_id: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) state: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) date_published: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) date_updated: Field<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Containers<'a> {
    #[serde(borrow)]
    pub(super) cna: Field<Container<'a>>,
    #[serde(borrow)]
    pub(super) adp: List<Container<'a>>,
}

/// What one organisation says: the numbering authority (CNA) or an enricher (ADP).
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
pub(super) struct Container<'a> {
    #[serde(borrow)]
    pub(super) provider_metadata: Field<Provider<'a>>,
    #[serde(borrow)]
    pub(super) title: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) date_public: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) descriptions: List<Description<'a>>,
    #[serde(borrow)]
    pub(super) rejected_reasons: List<Description<'a>>,
    #[serde(borrow)]
    pub(super) affected: List<Affected<'a>>,
    #[serde(borrow)]
    pub(super) cpe_applicability: List<Tree<'a>>,
    #[serde(borrow)]
    pub(super) metrics: List<Metric<'a>>,
    #[serde(borrow)]
    pub(super) problem_types: List<ProblemType<'a>>,
    #[serde(borrow)]
    pub(super) source: Field<Source<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
pub(super) struct Provider<'a> {
    #[serde(borrow)]
    pub(super) short_name: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) org_id: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Description<'a> {
    #[serde(borrow)]
    pub(super) lang: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) value: Option<Text<'a>>,
}

/// Free-form by the schema; GitHub names its advisory here.
#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Source<'a> {
    #[serde(borrow)]
    pub(super) advisory: Field<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
pub(super) struct Affected<'a> {
    #[serde(borrow)]
    pub(super) vendor: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) product: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) package_name: Option<Text<'a>>,
    #[serde(borrow, rename = "collectionURL")]
    pub(super) collection_url: Option<Text<'a>>,
    #[serde(borrow, rename = "packageURL")]
    pub(super) package_url: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) cpes: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) platforms: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) default_status: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) versions: List<VersionLine<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
pub(super) struct VersionLine<'a> {
    #[serde(borrow)]
    pub(super) version: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) status: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) version_type: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) less_than: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) less_than_or_equal: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) changes: List<Change<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Change<'a> {
    #[serde(borrow)]
    pub(super) at: Text<'a>,
    #[serde(borrow)]
    pub(super) status: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Metric<'a> {
    #[serde(borrow, rename = "cvssV2_0")]
    pub(super) cvss_2: Option<Cvss<'a>>,
    #[serde(borrow, rename = "cvssV3_0")]
    pub(super) cvss_3_0: Option<Cvss<'a>>,
    #[serde(borrow, rename = "cvssV3_1")]
    pub(super) cvss_3_1: Option<Cvss<'a>>,
    #[serde(borrow, rename = "cvssV4_0")]
    pub(super) cvss_4: Option<Cvss<'a>>,
    #[serde(borrow)]
    pub(super) other: Option<Other<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
pub(super) struct Cvss<'a> {
    pub(super) base_score: Option<f64>,
    #[serde(borrow)]
    pub(super) vector_string: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) base_severity: Option<Text<'a>>,
}

/// A metric that is no CVSS: its content is whatever its type says.
#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Other<'a> {
    #[serde(borrow, rename = "type")]
    pub(super) kind: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) content: Field<Content<'a>>,
}

/// SSVC in its two spellings, and CISA's mark of known exploitation.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
pub(super) struct Content<'a> {
    #[serde(borrow)]
    pub(super) options: List<Options<'a>>,
    #[serde(borrow)]
    pub(super) selections: List<Selection<'a>>,
    #[serde(borrow)]
    pub(super) date_added: Field<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct ProblemType<'a> {
    #[serde(borrow)]
    pub(super) descriptions: List<ProblemDescription<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
pub(super) struct ProblemDescription<'a> {
    #[serde(borrow)]
    pub(super) cwe_id: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) description: Option<Text<'a>>,
}
