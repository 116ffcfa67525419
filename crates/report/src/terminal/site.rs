//! Lists of support life, observations and validated updates.

use isocenter_model::lifecycle::{LifecycleEntry, Milestone};
use isocenter_model::observation::{Observation, ObservationResult};
use isocenter_model::update::{ValidatedUpdate, ValidationStatus};

use super::lists::{list, optional};
use super::style::{Ink, Style};
use super::table::Cell;
use crate::words::{milestone_day, version_expression};

/// A list of support life, one row a milestone.
pub fn lifecycle(entries: &[LifecycleEntry], style: &Style) -> String {
    let rows: Vec<Vec<Cell>> = entries
        .iter()
        .flat_map(|entry| {
            entry
                .milestones
                .iter()
                .map(move |milestone| milestone_row(entry, milestone))
        })
        .collect();
    let headers = ["product", "version", "milestone", "when", "then", "maker"];
    list(&headers, &rows, "milestone", style)
}

fn milestone_row(entry: &LifecycleEntry, milestone: &Milestone) -> Vec<Cell> {
    let version = version_expression(&entry.product.version);
    vec![
        Cell::plain(&entry.product.name),
        Cell::plain(entry.label.clone().unwrap_or(version)),
        Cell::plain(match &milestone.offer {
            Some(offer) => format!("{} ({offer})", milestone.kind.as_str()),
            None => milestone.kind.as_str().to_owned(),
        }),
        Cell::new(Ink::Literal, milestone_day(&milestone.at)),
        Cell::plain(entry.successor.as_deref().unwrap_or_default()),
        optional(entry.product.vendor.as_deref()),
    ]
}

/// A list of what was seen on site.
pub fn observations(observations: &[Observation], style: &Style) -> String {
    let rows: Vec<Vec<Cell>> = observations
        .iter()
        .map(|one| {
            let ink = match one.result {
                ObservationResult::Present => Ink::Good,
                ObservationResult::Absent => Ink::Bad,
                ObservationResult::NotApplicable => Ink::Quiet,
                ObservationResult::Words(_) => Ink::Open,
            };
            vec![
                Cell::new(Ink::Literal, &one.device),
                Cell::plain(&one.control),
                Cell::new(ink, one.result.as_str()),
                Cell::plain(one.method.as_deref().unwrap_or_default()),
                optional(one.by.as_deref()),
                Cell::plain(one.at.map(crate::words::day).unwrap_or_default()),
            ]
        })
        .collect();
    let headers = ["device", "control", "result", "method", "by", "at"];
    list(&headers, &rows, "observation", style)
}

/// A list of validated updates.
pub fn updates(updates: &[ValidatedUpdate], style: &Style) -> String {
    let rows: Vec<Vec<Cell>> = updates
        .iter()
        .map(|one| {
            let ink = match one.status {
                ValidationStatus::Approved => Ink::Good,
                ValidationStatus::Rejected => Ink::Bad,
                ValidationStatus::Pending => Ink::Open,
            };
            vec![
                Cell::new(Ink::Literal, &one.update),
                Cell::plain(&one.release.name),
                Cell::plain(version_expression(&one.release.version)),
                Cell::new(ink, one.status.as_str()),
                Cell::plain(one.date.map(|date| date.to_string()).unwrap_or_default()),
                Cell::plain(one.remark.as_deref().unwrap_or_default()),
            ]
        })
        .collect();
    let headers = ["update", "product", "version", "status", "date", "remark"];
    list(&headers, &rows, "update", style)
}
