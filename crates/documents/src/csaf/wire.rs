//! CSAF 2.0 and 2.1 as they travel, as far as they are kept (CSAF JSON schema).

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::json::{Field, List, Text};

/// A security advisory or VEX document.
#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Csaf<'a> {
    #[serde(borrow)]
    pub(super) document: Field<Meta<'a>>,
    #[serde(borrow)]
    pub(super) product_tree: Field<Tree<'a>>,
    #[serde(borrow)]
    pub(super) vulnerabilities: List<Vulnerability<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Meta<'a> {
    #[serde(borrow)]
    pub(super) category: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) csaf_version: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) title: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) publisher: Field<Publisher<'a>>,
    #[serde(borrow)]
    pub(super) tracking: Field<Tracking<'a>>,
    #[serde(borrow)]
    pub(super) distribution: Field<Distribution<'a>>,
    #[serde(borrow)]
    pub(super) notes: List<Mention<'a>>,
}

/// Something that is not kept, and only has to name products that exist.
#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Mention<'a> {
    #[serde(borrow)]
    pub(super) product_ids: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) group_ids: List<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Publisher<'a> {
    #[serde(borrow)]
    pub(super) category: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) name: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) namespace: Field<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Tracking<'a> {
    #[serde(borrow)]
    pub(super) id: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) version: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) status: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) initial_release_date: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) current_release_date: Field<Text<'a>>,
    pub(super) revision_history: List<IgnoredAny>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Distribution<'a> {
    #[serde(borrow)]
    pub(super) tlp: Field<Tlp<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Tlp<'a> {
    #[serde(borrow)]
    pub(super) label: Field<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Tree<'a> {
    #[serde(borrow)]
    pub(super) branches: List<Branch<'a>>,
    #[serde(borrow)]
    pub(super) full_product_names: List<FullProductName<'a>>,
    /// CSAF 2.0.
    #[serde(borrow)]
    pub(super) relationships: List<Relationship<'a>>,
    /// CSAF 2.1, in the place of relationships.
    #[serde(borrow)]
    pub(super) product_paths: List<ProductPath<'a>>,
    #[serde(borrow)]
    pub(super) product_groups: List<ProductGroup<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Branch<'a> {
    #[serde(borrow)]
    pub(super) category: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) name: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) product: Field<FullProductName<'a>>,
    #[serde(borrow)]
    pub(super) branches: List<Self>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct FullProductName<'a> {
    #[serde(borrow)]
    pub(super) name: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) product_id: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) product_identification_helper: Field<Helper<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Helper<'a> {
    #[serde(borrow)]
    pub(super) cpe: Field<Text<'a>>,
    /// CSAF 2.0.
    #[serde(borrow)]
    pub(super) purl: Field<Text<'a>>,
    /// CSAF 2.1.
    #[serde(borrow)]
    pub(super) purls: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) model_numbers: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) serial_numbers: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) skus: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) hashes: List<FileHashes<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct FileHashes<'a> {
    #[serde(borrow)]
    pub(super) file_hashes: List<FileHash<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct FileHash<'a> {
    #[serde(borrow)]
    pub(super) algorithm: Text<'a>,
    #[serde(borrow)]
    pub(super) value: Text<'a>,
}

/// CSAF 2.0: a part, and the whole that it is in or on.
#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Relationship<'a> {
    #[serde(borrow)]
    pub(super) full_product_name: Field<FullProductName<'a>>,
    #[serde(borrow)]
    pub(super) product_reference: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) relates_to_product_reference: Option<Text<'a>>,
}

/// CSAF 2.1: a part, and each thing that it is in or on, from the inside to the outside.
#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct ProductPath<'a> {
    #[serde(borrow)]
    pub(super) full_product_name: Field<FullProductName<'a>>,
    #[serde(borrow)]
    pub(super) beginning_product_reference: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) subpaths: List<Subpath<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Subpath<'a> {
    #[serde(borrow)]
    pub(super) next_product_reference: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct ProductGroup<'a> {
    #[serde(borrow)]
    pub(super) group_id: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) product_ids: List<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Vulnerability<'a> {
    #[serde(borrow)]
    pub(super) cve: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) ids: List<Id<'a>>,
    #[serde(borrow)]
    pub(super) title: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) notes: List<Note<'a>>,
    /// CSAF 2.0.
    #[serde(borrow)]
    pub(super) cwe: Field<Cwe<'a>>,
    /// CSAF 2.1.
    #[serde(borrow)]
    pub(super) cwes: List<Cwe<'a>>,
    /// CSAF 2.0.
    #[serde(borrow)]
    pub(super) scores: List<Metrics<'a>>,
    /// CSAF 2.1.
    #[serde(borrow)]
    pub(super) metrics: List<Metric<'a>>,
    /// CSAF 2.0.
    #[serde(borrow)]
    pub(super) release_date: Field<Text<'a>>,
    /// CSAF 2.1.
    #[serde(borrow)]
    pub(super) disclosure_date: Field<Text<'a>>,
    #[serde(borrow)]
    pub(super) product_status: Field<ProductStatus<'a>>,
    #[serde(borrow)]
    pub(super) remediations: List<Remediation<'a>>,
    #[serde(borrow)]
    pub(super) flags: List<Flag<'a>>,
    #[serde(borrow)]
    pub(super) threats: List<Threat<'a>>,
    #[serde(borrow)]
    pub(super) involvements: List<Mention<'a>>,
    /// CSAF 2.1.
    #[serde(borrow)]
    pub(super) first_known_exploitation_dates: List<Mention<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Id<'a> {
    #[serde(borrow)]
    pub(super) system_name: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) text: Option<Text<'a>>,
    /// CSAF 2.1.
    #[serde(borrow)]
    pub(super) product_ids: List<Text<'a>>,
    /// CSAF 2.1.
    #[serde(borrow)]
    pub(super) group_ids: List<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Note<'a> {
    #[serde(borrow)]
    pub(super) category: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) text: Option<Text<'a>>,
    /// CSAF 2.1.
    #[serde(borrow)]
    pub(super) product_ids: List<Text<'a>>,
    /// CSAF 2.1.
    #[serde(borrow)]
    pub(super) group_ids: List<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Cwe<'a> {
    #[serde(borrow)]
    pub(super) id: Option<Text<'a>>,
}

/// The scores themselves: an element of `scores` in 2.0, a metric's content in 2.1.
#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Metrics<'a> {
    #[serde(borrow)]
    pub(super) cvss_v2: Field<Cvss<'a>>,
    #[serde(borrow)]
    pub(super) cvss_v3: Field<Cvss<'a>>,
    #[serde(borrow)]
    pub(super) cvss_v4: Field<Cvss<'a>>,
    #[serde(borrow)]
    pub(super) ssvc_v2: Field<Ssvc<'a>>,
    /// CSAF 2.0: the products that the scores are of.
    #[serde(borrow)]
    pub(super) products: List<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Metric<'a> {
    #[serde(borrow)]
    pub(super) content: Field<Metrics<'a>>,
    #[serde(borrow)]
    pub(super) products: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) source: Field<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
pub(super) struct Cvss<'a> {
    #[serde(borrow)]
    pub(super) version: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) vector_string: Option<Text<'a>>,
    pub(super) base_score: Option<f64>,
    #[serde(borrow)]
    pub(super) base_severity: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Ssvc<'a> {
    #[serde(borrow)]
    pub(super) selections: List<SsvcSelection<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct SsvcSelection<'a> {
    #[serde(borrow)]
    pub(super) namespace: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) key: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) values: List<SsvcValue<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct SsvcValue<'a> {
    #[serde(borrow)]
    pub(super) key: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct ProductStatus<'a> {
    #[serde(borrow)]
    pub(super) first_affected: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) known_affected: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) last_affected: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) known_not_affected: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) first_fixed: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) fixed: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) under_investigation: List<Text<'a>>,
    /// CSAF 2.1.
    #[serde(borrow)]
    pub(super) unknown: List<Text<'a>>,
    /// No status: a recommendation may itself be affected.
    #[serde(borrow)]
    pub(super) recommended: List<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Remediation<'a> {
    #[serde(borrow)]
    pub(super) category: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) details: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) url: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) product_ids: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) group_ids: List<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Flag<'a> {
    #[serde(borrow)]
    pub(super) label: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) product_ids: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) group_ids: List<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Threat<'a> {
    #[serde(borrow)]
    pub(super) category: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) details: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) product_ids: List<Text<'a>>,
    #[serde(borrow)]
    pub(super) group_ids: List<Text<'a>>,
}
