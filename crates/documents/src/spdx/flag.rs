//! Yes or no.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// A truth value. YAML and tag-value have no other form for it than a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flag(pub(super) bool);

impl Flag {
    /// The truth value that `word` says.
    pub(super) fn of(word: &str) -> Option<Self> {
        match word.trim() {
            "true" | "True" | "TRUE" => Some(Self(true)),
            "false" | "False" | "FALSE" => Some(Self(false)),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Word;

        impl Visitor<'_> for Word {
            type Value = Flag;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true or false")
            }

            fn visit_bool<E>(self, value: bool) -> Result<Flag, E> {
                Ok(Flag(value))
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<Flag, E> {
                Flag::of(word).ok_or_else(|| E::invalid_value(Unexpected::Str(word), &self))
            }
        }

        deserializer.deserialize_any(Word)
    }
}
