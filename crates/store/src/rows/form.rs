//! Twins of disclosure forms.

use isocenter_model::form::{Answer, AnswerValue, DisclosureForm, FormEdition};
use isocenter_model::problem::Place;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{day, twin, words};

words!(edition, FormEdition, |edition| edition.as_str(), |word| [
    FormEdition::Hn1_2013,
    FormEdition::Hn1_2019
]
.into_iter()
.find(|edition| edition.as_str() == word));

/// A place through its own twin.
mod place {
    use super::super::problem::PlaceRow;
    use isocenter_model::problem::Place;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

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

/// A day that is there.
mod date {
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
#[serde(remote = "AnswerValue", rename_all = "snake_case")]
pub(crate) enum AnswerValueRow {
    Yes,
    No,
    NotApplicable,
    SeeNote,
    Text(String),
    Date(#[serde(with = "date")] Date),
    Blank,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Answer")]
pub(crate) struct AnswerRow {
    question: String,
    printed: String,
    #[serde(with = "AnswerValueRow")]
    value: AnswerValue,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(with = "place")]
    at: Place,
}
twin!(answers, Answer, "AnswerRow");

#[derive(Serialize, Deserialize)]
#[serde(remote = "DisclosureForm")]
pub(crate) struct DisclosureFormRow {
    #[serde(with = "edition")]
    edition: FormEdition,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    manufacturer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    models: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    software_version: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "day")]
    released: Option<Date>,
    #[serde(with = "answers::list")]
    answers: Vec<Answer>,
    notes: Vec<(String, String)>,
}
twin!(form, DisclosureForm, "DisclosureFormRow");
