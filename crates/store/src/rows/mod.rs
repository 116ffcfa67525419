//! The stored shape of each noun: a private twin that the types of the model are written and read through.
//!
//! The model derives nothing of a database. A twin repeats the fields of one model type
//! (`serde(remote)`, so a field that the model gains and a twin lacks does not compile) and says how
//! each is spelled as JSON: absent where it is empty, instants as milliseconds, days and closed
//! lists as their words.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::{Result, StoreError};

pub(crate) mod component;
pub(crate) mod equipment;
pub(crate) mod finding;
pub(crate) mod form;
pub(crate) mod lifecycle;
pub(crate) mod network;
pub(crate) mod problem;
pub(crate) mod product;
pub(crate) mod site;
pub(crate) mod statement;
pub(crate) mod vulnerability;

/// Makes `serde(with)` modules `one`, `list` and `maybe` for a twin, since a remote twin alone serves
/// plain fields only.
macro_rules! twin {
    ($name:ident, $model:ty, $row:literal) => {
        pub(crate) mod $name {
            #[allow(unused_imports, reason = "the row's name is used by the derive")]
            use super::*;

            #[derive(serde::Serialize)]
            #[serde(transparent)]
            pub(crate) struct Out<'a>(#[serde(with = $row)] pub(crate) &'a $model);

            #[derive(serde::Deserialize)]
            #[serde(transparent)]
            pub(crate) struct In(#[serde(with = $row)] pub(crate) $model);

            #[allow(dead_code, reason = "not every twin stands in a list")]
            pub(crate) mod list {
                #[allow(unused_imports, reason = "the model's name comes from there")]
                use super::*;
                use serde::{Deserialize, Deserializer, Serializer};

                pub(crate) fn serialize<S: Serializer>(
                    items: &[$model],
                    serializer: S,
                ) -> Result<S::Ok, S::Error> {
                    serializer.collect_seq(items.iter().map(Out))
                }

                pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
                    deserializer: D,
                ) -> Result<Vec<$model>, D::Error> {
                    let items = Vec::<In>::deserialize(deserializer)?;
                    Ok(items.into_iter().map(|item| item.0).collect())
                }
            }

            #[allow(dead_code, reason = "not every twin is optional somewhere")]
            pub(crate) mod maybe {
                #[allow(unused_imports, reason = "the model's name comes from there")]
                use super::*;
                use serde::{Deserialize, Deserializer, Serialize, Serializer};

                #[allow(clippy::ref_option, reason = "serde passes the field by reference")]
                pub(crate) fn serialize<S: Serializer>(
                    item: &Option<$model>,
                    serializer: S,
                ) -> Result<S::Ok, S::Error> {
                    item.as_ref().map(Out).serialize(serializer)
                }

                pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
                    deserializer: D,
                ) -> Result<Option<$model>, D::Error> {
                    Ok(Option::<In>::deserialize(deserializer)?.map(|item| item.0))
                }
            }
        }
    };
}

/// Makes a `serde(with)` module for a closed list that the model spells as words.
macro_rules! words {
    ($name:ident, $model:ty, $as_word:expr, $from_word:expr) => {
        pub(crate) mod $name {
            #[allow(unused_imports, reason = "the closures name the model")]
            use super::*;
            use serde::de::Error;
            use serde::{Deserialize, Deserializer, Serializer};

            #[allow(clippy::trivially_copy_pass_by_ref, reason = "the shape serde calls")]
            pub(crate) fn serialize<S: Serializer>(
                value: &$model,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                let as_word: fn(&$model) -> &str = $as_word;
                serializer.serialize_str(as_word(value))
            }

            pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<$model, D::Error> {
                let word = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                let from_word: fn(&str) -> Option<$model> = $from_word;
                from_word(&word).ok_or_else(|| {
                    D::Error::custom(format_args!("`{word}` is no {}", stringify!($model)))
                })
            }
        }
    };
}

pub(crate) use {twin, words};

/// An instant as milliseconds since 1970-01-01 UTC.
pub(crate) mod instant {
    use jiff::Timestamp;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[allow(clippy::ref_option, reason = "serde passes the field by reference")]
    pub(crate) fn serialize<S: Serializer>(
        instant: &Option<Timestamp>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        instant.map(Timestamp::as_millisecond).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Timestamp>, D::Error> {
        Option::<i64>::deserialize(deserializer)?
            .map(|milliseconds| Timestamp::from_millisecond(milliseconds).map_err(D::Error::custom))
            .transpose()
    }
}

/// A day as `YYYY-MM-DD`.
pub(crate) mod day {
    use jiff::civil::Date;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[allow(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "the shape serde calls"
    )]
    pub(crate) fn serialize<S: Serializer>(
        day: &Option<Date>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        day.map(|day| day.to_string()).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Date>, D::Error> {
        Option::<String>::deserialize(deserializer)?
            .map(|text| text.parse().map_err(D::Error::custom))
            .transpose()
    }
}

/// A digest as its 64 hexadecimal digits.
pub(crate) mod digest {
    use isocenter_model::Digest;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(
        digest: &Digest,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_str(digest)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Digest, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }

    /// The same for an optional digest.
    pub(crate) mod maybe {
        use isocenter_model::Digest;
        use serde::de::Error;
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        #[allow(clippy::ref_option, reason = "serde passes the field by reference")]
        pub(crate) fn serialize<S: Serializer>(
            digest: &Option<Digest>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            digest
                .map(|digest| digest.to_string())
                .serialize(serializer)
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<Digest>, D::Error> {
            Option::<String>::deserialize(deserializer)?
                .map(|text| text.parse().map_err(D::Error::custom))
                .transpose()
        }
    }
}

/// Whether a flag is off, and so need not be written.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "the shape serde calls")]
pub(crate) fn off(flag: &bool) -> bool {
    !flag
}

/// `row` as JSON text.
pub(crate) fn write(what: &'static str, row: &impl Serialize) -> Result<String> {
    serde_json::to_string(row).map_err(|source| StoreError::Encode { what, source })
}

/// A row from its JSON text.
pub(crate) fn read<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|source| StoreError::Decode { what, source })
}

/// A short list of words, as JSON.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Words(pub(crate) Vec<String>);
