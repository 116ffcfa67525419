//! Keys that occur twice in one object: RFC 8259 leaves open which one holds, so two programs can
//! read two different documents. Looked for only after the strict pass has failed.

use std::collections::HashSet;
use std::fmt;

use isocenter_model::Problem;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::path::Path;
use super::problems::Problems;

/// Reports every key of `text` that occurs twice in one object.
pub(super) fn report(text: &str, problems: &mut Problems) {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    // The text has been parsed before: an error cannot come, and would say nothing new.
    let _ = Walk {
        path: &Path::Root,
        problems,
    }
    .deserialize(&mut deserializer);
}

struct Walk<'w> {
    path: &'w Path<'w>,
    problems: &'w mut Problems,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        let mut index = 0;
        while elements
            .next_element_seed(Walk {
                path: &self.path.index(index),
                problems: self.problems,
            })?
            .is_some()
        {
            index += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut seen = HashSet::new();
        while let Some(key) = members.next_key::<String>()? {
            let path = self.path.key(&key);
            if seen.contains(&key) {
                self.problems.push(Problem::error(
                    "json-duplicate-key",
                    path.place(),
                    "the key occurs more than once in one object; the last one was read",
                ));
            }
            members.next_value_seed(Walk {
                path: &path,
                problems: self.problems,
            })?;
            seen.insert(key);
        }
        Ok(())
    }
}
