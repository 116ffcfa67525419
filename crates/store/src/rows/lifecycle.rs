//! Twins of support life.

use isocenter_model::lifecycle::{LifecycleEntry, Milestone, MilestoneKind, Moment};
use isocenter_model::product::ProductReference;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{instant, twin, words};

words!(
    kind,
    MilestoneKind,
    |kind| kind.as_str(),
    MilestoneKind::from_word
);

#[derive(Serialize, Deserialize)]
#[serde(remote = "Moment", rename_all = "snake_case")]
pub(crate) enum MomentRow {
    Day(#[serde(with = "civil")] Date),
    Reached,
    NotReached,
    ToBeAnnounced,
    Words(String),
}

/// A day as `YYYY-MM-DD`.
mod civil {
    use jiff::civil::Date;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "the shape serde calls")]
    pub(super) fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Date, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Milestone")]
pub(crate) struct MilestoneRow {
    #[serde(with = "kind")]
    kind: MilestoneKind,
    #[serde(with = "MomentRow")]
    at: Moment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    offer: Option<String>,
}
twin!(milestones, Milestone, "MilestoneRow");

#[derive(Serialize, Deserialize)]
#[serde(remote = "LifecycleEntry")]
pub(crate) struct LifecycleEntryRow {
    #[serde(with = "super::product::ProductReferenceRow")]
    product: ProductReference,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "milestones::list"
    )]
    milestones: Vec<Milestone>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    latest: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    successor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "instant")]
    stated: Option<Timestamp>,
}
twin!(entry, LifecycleEntry, "LifecycleEntryRow");
