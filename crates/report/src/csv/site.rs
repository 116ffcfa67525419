//! Tables of support life, observations and validated updates.

use isocenter_model::lifecycle::LifecycleEntry;
use isocenter_model::observation::Observation;
use isocenter_model::update::ValidatedUpdate;

use super::table::written;
use crate::ReportError;
use crate::words::{milestone_day, version_expression};

fn text(text: Option<&str>) -> String {
    text.unwrap_or_default().to_owned()
}

/// Support life, one row a milestone.
pub fn lifecycle(entries: &[LifecycleEntry]) -> Result<Vec<u8>, ReportError> {
    let rows = entries.iter().flat_map(|entry| {
        entry.milestones.iter().map(move |milestone| {
            [
                text(entry.product.vendor.as_deref()),
                entry.product.name.clone(),
                version_expression(&entry.product.version),
                text(entry.label.as_deref()),
                milestone.kind.as_str().to_owned(),
                milestone_day(&milestone.at),
                text(milestone.offer.as_deref()),
                text(entry.successor.as_deref()),
            ]
        })
    });
    written(
        &[
            "manufacturer",
            "product",
            "version",
            "label",
            "milestone",
            "at",
            "offer",
            "successor",
        ],
        rows,
    )
}

/// Observations.
pub fn observations(observations: &[Observation]) -> Result<Vec<u8>, ReportError> {
    let rows = observations.iter().map(|one| {
        [
            one.device.clone(),
            one.control.clone(),
            one.result.as_str().to_owned(),
            text(one.method.as_deref()),
            text(one.by.as_deref()),
            one.at.map(|at| at.to_string()).unwrap_or_default(),
            text(one.remark.as_deref()),
        ]
    });
    written(
        &[
            "device", "control", "result", "method", "by", "at", "remark",
        ],
        rows,
    )
}

/// Validated updates.
pub fn updates(updates: &[ValidatedUpdate]) -> Result<Vec<u8>, ReportError> {
    let rows = updates.iter().map(|one| {
        [
            one.update.clone(),
            text(one.release.vendor.as_deref()),
            one.release.name.clone(),
            version_expression(&one.release.version),
            one.status.as_str().to_owned(),
            one.date.map(|date| date.to_string()).unwrap_or_default(),
            text(one.remark.as_deref()),
        ]
    });
    written(
        &[
            "update",
            "manufacturer",
            "product",
            "version",
            "status",
            "date",
            "remark",
        ],
        rows,
    )
}
