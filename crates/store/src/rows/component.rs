//! Twins of components and of the frame of a bill of materials.

use isocenter_model::component::{Component, ComponentKind, Hash, Property, SbomComponent};
use isocenter_model::lifecycle::Support;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{instant, twin, words};

words!(kind, ComponentKind, |kind| kind.as_word(), |word| Some(
    ComponentKind::from_word(word)
));

#[derive(Serialize, Deserialize)]
#[serde(remote = "Property")]
pub(crate) struct PropertyRow {
    name: String,
    value: String,
}
twin!(properties, Property, "PropertyRow");

#[derive(Serialize, Deserialize)]
#[serde(remote = "Hash")]
pub(crate) struct HashRow {
    algorithm: String,
    value: String,
}
twin!(hashes, Hash, "HashRow");

#[derive(Serialize, Deserialize)]
#[serde(remote = "Component")]
pub(crate) struct ComponentRow {
    #[serde(with = "kind")]
    kind: ComponentKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    purl: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cpes: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    swid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    supplier: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    licenses: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "hashes::list")]
    hashes: Vec<Hash>,
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "properties::list"
    )]
    properties: Vec<Property>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "super::lifecycle::boxed"
    )]
    support: Option<Box<Support>>,
}
twin!(component, Component, "ComponentRow");

#[derive(Serialize, Deserialize)]
#[serde(remote = "SbomComponent")]
pub(crate) struct SbomComponentRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(with = "ComponentRow")]
    component: Component,
}
twin!(placed, SbomComponent, "SbomComponentRow");

/// What a bill of materials says of itself: everything but its lists, which have tables.
#[derive(Serialize, Deserialize)]
pub(crate) struct SbomFrame {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) serial_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) revision: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "instant")]
    pub(crate) made: Option<Timestamp>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "placed::maybe"
    )]
    pub(crate) subject: Option<SbomComponent>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) manufacturer: Option<String>,
    pub(crate) services: usize,
}
