//! Twins of products as papers name them, and of devices.

use isocenter_model::component::Hash;
use isocenter_model::product::{ClinicalRole, Device, ProductReference, VersionExpression};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{day, twin, words};

#[derive(Serialize, Deserialize)]
#[serde(remote = "VersionExpression", rename_all = "snake_case")]
pub(crate) enum VersionExpressionRow {
    Unstated,
    All,
    Exact(String),
    Range(String),
}

fn is_unstated(version: &VersionExpression) -> bool {
    *version == VersionExpression::Unstated
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "ProductReference")]
pub(crate) struct ProductReferenceRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vendor: Option<String>,
    name: String,
    #[serde(
        default,
        skip_serializing_if = "is_unstated",
        with = "VersionExpressionRow"
    )]
    version: VersionExpression,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    purl: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cpe: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    model_numbers: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    serial_numbers: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    skus: Vec<String>,
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "super::component::hashes::list"
    )]
    hashes: Vec<Hash>,
}
twin!(reference, ProductReference, "ProductReferenceRow");

words!(
    role,
    ClinicalRole,
    |role| role.as_str(),
    ClinicalRole::from_word
);

#[derive(Serialize, Deserialize)]
#[serde(remote = "Device")]
pub(crate) struct DeviceRow {
    asset_id: String,
    manufacturer: String,
    model: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    software_version: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    serial_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    udi: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    system: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    site: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    department: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    segment: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ip_address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mac_address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ae_title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modality: Option<String>,
    #[serde(with = "role")]
    clinical_role: ClinicalRole,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "day")]
    installed: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "day")]
    planned_retirement: Option<Date>,
}
twin!(device, Device, "DeviceRow");
