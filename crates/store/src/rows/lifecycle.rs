//! Twins of support life.

use isocenter_model::lifecycle::{
    LifecycleEntry, Milestone, MilestoneKind, Moment, Support, SupportLevel,
};
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
    Within {
        #[serde(with = "civil")]
        first: Date,
        #[serde(with = "civil")]
        last: Date,
    },
    Unknown,
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

#[derive(Serialize, Deserialize)]
#[serde(remote = "Support")]
pub(crate) struct SupportRow {
    #[serde(default, skip_serializing_if = "Option::is_none", with = "level")]
    level: Option<SupportLevel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level_written: Option<String>,
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "milestones::list"
    )]
    milestones: Vec<Milestone>,
}
twin!(support, Support, "SupportRow");

/// What is said of the support of a part, where anything is.
pub(crate) mod boxed {
    use isocenter_model::lifecycle::Support;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::support::{In, Out};

    #[allow(clippy::ref_option, reason = "serde passes the field by reference")]
    pub(crate) fn serialize<S: Serializer>(
        item: &Option<Box<Support>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        item.as_deref().map(Out).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Box<Support>>, D::Error> {
        Ok(Option::<In>::deserialize(deserializer)?.map(|item| Box::new(item.0)))
    }
}

/// A level by its words, where one is stated.
mod level {
    use isocenter_model::lifecycle::SupportLevel;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[allow(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "the shape serde calls"
    )]
    pub(super) fn serialize<S: Serializer>(
        level: &Option<SupportLevel>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        level.map(SupportLevel::as_str).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<SupportLevel>, D::Error> {
        Option::<String>::deserialize(deserializer)?
            .map(|word| {
                SupportLevel::from_word(&word)
                    .ok_or_else(|| D::Error::custom(format_args!("`{word}` is no support level")))
            })
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_support_comes_back_as_it_was_stored() {
        let day = |text: &str| text.parse().unwrap();
        let moments = [
            Moment::Day(day("2027-10-12")),
            Moment::Within {
                first: day("2027-10-01"),
                last: day("2027-12-31"),
            },
            Moment::Reached,
            Moment::NotReached,
            Moment::ToBeAnnounced,
            Moment::Unknown,
            Moment::Words("when hardware support ends".to_owned()),
        ];
        let said = Support {
            level: Some(SupportLevel::Abandoned),
            level_written: Some("dead".to_owned()),
            milestones: MilestoneKind::ALL
                .into_iter()
                .zip(moments)
                .map(|(kind, at)| Milestone {
                    kind,
                    at,
                    offer: None,
                })
                .collect(),
        };
        assert_eq!(said.milestones.len(), 7);
        let written = serde_json::to_string(&support::Out(&said)).unwrap();
        let read: support::In = serde_json::from_str(&written).unwrap();
        assert_eq!(read.0, said, "{written}");
    }
}
