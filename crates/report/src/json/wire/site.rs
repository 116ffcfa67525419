//! Support life, observations, validated updates.

use isocenter_model::lifecycle::{LifecycleEntry, Milestone};
use isocenter_model::observation::Observation;
use isocenter_model::update::ValidatedUpdate;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::shown_option;
use crate::words::{milestone_day, version_expression};

#[derive(Serialize)]
pub(in crate::json) struct LifecycleWire<'a> {
    manufacturer: Option<&'a str>,
    product: &'a str,
    version: String,
    label: Option<&'a str>,
    milestones: Vec<MilestoneWire<'a>>,
    latest: Option<&'a str>,
    successor: Option<&'a str>,
    remark: Option<&'a str>,
    #[serde(serialize_with = "shown_option")]
    stated: Option<Timestamp>,
}

#[derive(Serialize)]
pub(in crate::json) struct MilestoneWire<'a> {
    kind: &'static str,
    at: String,
    offer: Option<&'a str>,
}

impl<'a> LifecycleWire<'a> {
    pub(in crate::json) fn new(entry: &'a LifecycleEntry) -> Self {
        Self {
            manufacturer: entry.product.vendor.as_deref(),
            product: &entry.product.name,
            version: version_expression(&entry.product.version),
            label: entry.label.as_deref(),
            milestones: entry.milestones.iter().map(MilestoneWire::new).collect(),
            latest: entry.latest.as_deref(),
            successor: entry.successor.as_deref(),
            remark: entry.remark.as_deref(),
            stated: entry.stated,
        }
    }
}

impl<'a> MilestoneWire<'a> {
    pub(in crate::json) fn new(milestone: &'a Milestone) -> Self {
        Self {
            kind: milestone.kind.as_str(),
            at: milestone_day(&milestone.at),
            offer: milestone.offer.as_deref(),
        }
    }
}

#[derive(Serialize)]
pub(in crate::json) struct ObservationWire<'a> {
    device: &'a str,
    control: &'a str,
    result: &'a str,
    method: Option<&'a str>,
    by: Option<&'a str>,
    #[serde(serialize_with = "shown_option")]
    at: Option<Timestamp>,
    remark: Option<&'a str>,
}

impl<'a> ObservationWire<'a> {
    pub(in crate::json) fn new(one: &'a Observation) -> Self {
        Self {
            device: &one.device,
            control: &one.control,
            result: one.result.as_str(),
            method: one.method.as_deref(),
            by: one.by.as_deref(),
            at: one.at,
            remark: one.remark.as_deref(),
        }
    }
}

#[derive(Serialize)]
pub(in crate::json) struct UpdateWire<'a> {
    update: &'a str,
    manufacturer: Option<&'a str>,
    product: &'a str,
    version: String,
    status: &'static str,
    #[serde(serialize_with = "shown_option")]
    date: Option<Date>,
    remark: Option<&'a str>,
}

impl<'a> UpdateWire<'a> {
    pub(in crate::json) fn new(one: &'a ValidatedUpdate) -> Self {
        Self {
            update: &one.update,
            manufacturer: one.release.vendor.as_deref(),
            product: &one.release.name,
            version: version_expression(&one.release.version),
            status: one.status.as_str(),
            date: one.date,
            remark: one.remark.as_deref(),
        }
    }
}
