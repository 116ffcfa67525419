//! Twins of observations and validated updates.

use isocenter_model::observation::{Observation, ObservationResult};
use isocenter_model::problem::Place;
use isocenter_model::product::ProductReference;
use isocenter_model::update::{ValidatedUpdate, ValidationStatus};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{day, instant, twin, words};

/// A place, through its row.
mod place {
    use isocenter_model::problem::Place;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::rows::problem::PlaceRow;

    pub(super) fn serialize<S: Serializer>(
        place: &Place,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        PlaceRow::from(place).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Place, D::Error> {
        PlaceRow::deserialize(deserializer).map(Place::from)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "ObservationResult", rename_all = "snake_case")]
pub(crate) enum ObservationResultRow {
    Present,
    Absent,
    NotApplicable,
    Words(String),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Observation")]
pub(crate) struct ObservationRow {
    device: String,
    control: String,
    #[serde(with = "ObservationResultRow")]
    result: ObservationResult,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "instant")]
    at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    #[serde(with = "place")]
    place: Place,
}
twin!(observation, Observation, "ObservationRow");

words!(
    validation,
    ValidationStatus,
    |status| status.as_str(),
    ValidationStatus::from_word
);

#[derive(Serialize, Deserialize)]
#[serde(remote = "ValidatedUpdate")]
pub(crate) struct ValidatedUpdateRow {
    update: String,
    #[serde(with = "super::product::ProductReferenceRow")]
    release: ProductReference,
    #[serde(with = "validation")]
    status: ValidationStatus,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "day")]
    date: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    #[serde(with = "place")]
    place: Place,
}
twin!(update, ValidatedUpdate, "ValidatedUpdateRow");
