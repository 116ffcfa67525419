//! Values that hold their own fault instead of failing the document.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use isocenter_model::Problem;
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};

use super::path::Path;
use super::problems::Problems;
use super::reason;

/// How many reasons a list keeps: no more are shown.
const REASONS: usize = 100;

/// Text, borrowed from the document unless it holds an escape. A number is no text: `1.10` would
/// come out as `1.1`.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Text<'_> {
    /// The text without white space around it; `None` when nothing remains.
    pub(crate) fn filled(&self) -> Option<&str> {
        let text = self.0.trim();
        (!text.is_empty()).then_some(text)
    }
}

/// The text of an optional member without white space around it; `None` when absent or blank.
pub(crate) trait Filled {
    /// See the trait.
    fn filled(&self) -> Option<&str>;

    /// The same, owned.
    fn owned(&self) -> Option<String> {
        self.filled().map(str::to_owned)
    }
}

impl Filled for Option<Text<'_>> {
    fn filled(&self) -> Option<&str> {
        self.as_ref().and_then(Text::filled)
    }
}

/// A member that may be absent or `null`, and does not fail the object that it stands in.
#[derive(Debug)]
pub(crate) enum Field<T> {
    /// Not there, or `null`.
    Absent,
    /// There.
    Value(T),
    /// There, but of another shape; why.
    Bad(String),
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        Self::Absent
    }
}

impl<T> Field<T> {
    /// The value; a bad one is reported to stand at `path` and is gone.
    pub(crate) fn take(self, path: &Path<'_>, problems: &mut Problems) -> Option<T> {
        match self {
            Self::Absent => None,
            Self::Value(value) => Some(value),
            Self::Bad(why) => {
                problems.push(Problem::error(
                    "json-value-set-aside",
                    path.place(),
                    format!("the value was set aside: {why}"),
                ));
                None
            }
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::<T>::deserialize(deserializer) {
            Ok(Some(value)) => Self::Value(value),
            Ok(None) => Self::Absent,
            Err(error) => Self::Bad(reason(&error)),
        })
    }
}

/// A list whose bad elements are set aside.
#[derive(Debug)]
pub(crate) struct List<T> {
    items: Vec<T>,
    /// Index of each element that is not among the items.
    bad: Vec<usize>,
    /// Why the first of them are not.
    reasons: Vec<String>,
    /// Why the whole is no list.
    unfit: Option<String>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            bad: Vec::new(),
            reasons: Vec::new(),
            unfit: None,
        }
    }
}

impl<T> List<T> {
    /// The good elements, whatever else there was.
    pub(crate) fn items(&self) -> &[T] {
        &self.items
    }

    /// Whether there is no good element.
    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Reports what was set aside of the list at `path`.
    pub(crate) fn report(&self, path: &Path<'_>, problems: &mut Problems) {
        if let Some(why) = &self.unfit {
            problems.push(Problem::error(
                "json-value-set-aside",
                path.place(),
                format!("the value was set aside: {why}"),
            ));
        }
        for (position, index) in self.bad.iter().enumerate() {
            let why = self
                .reasons
                .get(position)
                .map_or("as those before it", String::as_str);
            problems.push(Problem::error(
                "json-element-set-aside",
                path.index(*index).place(),
                format!("the element was set aside: {why}"),
            ));
        }
    }

    /// The good elements, each with its index in the document; the bad ones are reported.
    pub(crate) fn take(
        self,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> impl Iterator<Item = (usize, T)> {
        self.report(path, problems);
        let mut bad = self.bad.into_iter().peekable();
        let mut index = 0;
        self.items.into_iter().map(move |item| {
            while bad.next_if_eq(&index).is_some() {
                index += 1;
            }
            let at = index;
            index += 1;
            (at, item)
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Elements<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Elements<T> {
            type Value = List<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_unit<E>(self) -> Result<List<T>, E> {
                Ok(List::default())
            }

            fn visit_none<E>(self) -> Result<List<T>, E> {
                Ok(List::default())
            }

            fn visit_some<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<List<T>, D::Error> {
                deserializer.deserialize_seq(self)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<List<T>, A::Error> {
                let mut list = List::default();
                while let Some(element) = elements.next_element::<Caught<T>>()? {
                    match element {
                        Caught::Value(value) => list.items.push(value),
                        Caught::Bad(why) => {
                            list.bad.push(list.items.len() + list.bad.len());
                            if list.reasons.len() < REASONS {
                                list.reasons.push(why);
                            }
                        }
                    }
                }
                Ok(list)
            }
        }

        Ok(deserializer
            .deserialize_option(Elements(PhantomData))
            .unwrap_or_else(|error| List {
                unfit: Some(reason(&error)),
                ..List::default()
            }))
    }
}

/// One element: its value, or why it has none.
enum Caught<T> {
    Value(T),
    Bad(String),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Caught<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match T::deserialize(deserializer) {
            Ok(value) => Self::Value(value),
            Err(error) => Self::Bad(reason(&error)),
        })
    }
}
