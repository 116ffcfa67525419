//! The beginning of a text, when only that counts.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Bytes that are kept.
const KEPT: usize = 200;

/// The beginning of a text; of a list or an object that of its first element; of anything else
/// nothing.
#[derive(Debug, Default)]
pub(crate) struct Short(pub(crate) String);

impl<'de> Deserialize<'de> for Short {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Beginning;

        impl<'de> Visitor<'de> for Beginning {
            type Value = Short;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Short, E> {
                let end = text.floor_char_boundary(KEPT);
                Ok(Short(text.get(..end).unwrap_or("").to_owned()))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Short, E> {
                Ok(Short::default())
            }

            fn visit_i64<E>(self, _: i64) -> Result<Short, E> {
                Ok(Short::default())
            }

            fn visit_u64<E>(self, _: u64) -> Result<Short, E> {
                Ok(Short::default())
            }

            fn visit_f64<E>(self, _: f64) -> Result<Short, E> {
                Ok(Short::default())
            }

            fn visit_unit<E>(self) -> Result<Short, E> {
                Ok(Short::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Short, A::Error> {
                let first = list.next_element::<Short>()?;
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(first.unwrap_or_default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Short, A::Error> {
                let first = map.next_entry::<IgnoredAny, Short>()?;
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(first.map(|(_, first)| first).unwrap_or_default())
            }
        }

        deserializer.deserialize_any(Beginning)
    }
}
