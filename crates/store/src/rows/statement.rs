//! Twins of statements.

use isocenter_model::product::ProductReference;
use isocenter_model::statement::{Remediation, Statement, Status};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::product::reference;
use super::{instant, twin, words};

words!(status, Status, |status| status.as_str(), Status::from_word);

#[derive(Serialize, Deserialize)]
#[serde(remote = "Remediation")]
pub(crate) struct RemediationRow {
    category: String,
    details: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}
twin!(remediations, Remediation, "RemediationRow");

#[derive(Serialize, Deserialize)]
#[serde(remote = "Statement")]
pub(crate) struct StatementRow {
    vulnerability: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    #[serde(with = "super::product::ProductReferenceRow")]
    product: ProductReference,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "reference::maybe"
    )]
    component: Option<ProductReference>,
    #[serde(with = "status")]
    status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    justification: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "remediations::list"
    )]
    remediations: Vec<Remediation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "instant")]
    issued: Option<Timestamp>,
}
twin!(statement, Statement, "StatementRow");
