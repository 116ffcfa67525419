//! Values that hold their own fault instead of failing the document.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use isocenter_model::{Level, Problem};
use serde::de::{Deserialize, Deserializer, IgnoredAny, SeqAccess, Visitor};

use super::path::Path;
use super::problems::Problems;
use super::reason;

/// How many reasons a list keeps: no more are shown.
const REASONS: usize = 100;

/// Memory that the elements of one list may take, in bytes: a few characters of a hostile document
/// may stand for an element of hundreds.
const LIST_BYTES: usize = if cfg!(test) { 16 << 20 } else { 256 << 20 };

const SET_ASIDE: &str = "json-element-set-aside";

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
        // Nearly every text begins and ends with a letter or digit, and trimming decodes both ends.
        match self.0.as_bytes() {
            [] => None,
            [b'!'..=b'~', .., b'!'..=b'~'] => Some(&self.0),
            _ => {
                let text = self.0.trim();
                (!text.is_empty()).then_some(text)
            }
        }
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

impl Filled for Field<Text<'_>> {
    fn filled(&self) -> Option<&str> {
        self.value().and_then(Text::filled)
    }
}

/// A member that may be absent or `null`, and does not fail the object that it stands in.
#[derive(Debug, Default)]
pub(crate) enum Field<T> {
    /// Not there, or `null`.
    #[default]
    Absent,
    /// There.
    Value(T),
    /// There, but of another shape; why. Without room to grow it makes no field larger than its value.
    Bad(Box<str>),
}

impl<T> Field<T> {
    /// The value by reference, whatever else there was.
    pub(crate) fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Bad(_) => None,
        }
    }

    /// Reports a bad value at `path`.
    #[inline]
    pub(crate) fn report(&self, path: &Path<'_>, problems: &mut Problems) {
        if let Self::Bad(why) = self {
            problems.push(value_set_aside(why, path));
        }
    }

    /// The value; a bad one is reported to stand at `path` and is gone.
    pub(crate) fn take(self, path: &Path<'_>, problems: &mut Problems) -> Option<T> {
        self.report(path, problems);
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Bad(_) => None,
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::<T>::deserialize(deserializer) {
            Ok(Some(value)) => Self::Value(value),
            Ok(None) => Self::Absent,
            Err(error) => Self::Bad(reason(&error).into()),
        })
    }
}

/// Whether a member is there at all, whatever its value.
#[derive(Debug, Default)]
pub(crate) struct Present(pub(crate) bool);

impl<'de> Deserialize<'de> for Present {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self(true))
    }
}

/// A list whose bad elements are set aside.
#[derive(Debug)]
pub(crate) struct List<T> {
    items: Vec<T>,
    // Behind a pointer: lists are moved often, and few have a fault.
    faults: Option<Box<Faults>>,
}

/// What is wrong with a list.
#[derive(Debug, Default)]
struct Faults {
    /// Why the whole is no list.
    unfit: Option<String>,
    /// Index of each element that was set aside.
    bad: Vec<usize>,
    /// Why the first of them were.
    reasons: Vec<String>,
    /// Number of elements behind the last that was kept.
    beyond: usize,
}

impl Faults {
    #[cold]
    fn report(&self, path: &Path<'_>, problems: &mut Problems) {
        if let Some(why) = &self.unfit {
            problems.push(value_set_aside(why, path));
        }
        for (index, why) in self.bad.iter().zip(&self.reasons) {
            problems.push(Problem::error(
                SET_ASIDE,
                path.index(*index).place(),
                format!("the element was set aside: {why}"),
            ));
        }
        let untold = self.bad.len().saturating_sub(self.reasons.len());
        if untold > 0 {
            problems.count(SET_ASIDE, Level::Error, untold as u64);
        }
        if self.beyond > 0 {
            problems.push(Problem::error(
                "json-list-too-long",
                path.place(),
                format!(
                    "{} more elements stand in the list than are kept in memory; they were not read",
                    self.beyond
                ),
            ));
        }
    }
}

#[cold]
fn value_set_aside(why: &str, path: &Path<'_>) -> Problem {
    Problem::error(
        "json-value-set-aside",
        path.place(),
        format!("the value was set aside: {why}"),
    )
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            faults: None,
        }
    }
}

impl<T> List<T> {
    /// The good elements, whatever else there was.
    pub(crate) fn items(&self) -> &[T] {
        &self.items
    }

    /// The number of elements, good or bad.
    pub(crate) fn len(&self) -> usize {
        let lost = |faults: &Faults| faults.bad.len() + faults.beyond;
        self.items.len() + self.faults.as_deref().map_or(0, lost)
    }

    /// Whether there was no element at all, and nothing to report.
    pub(crate) fn is_unused(&self) -> bool {
        self.items.is_empty() && self.faults.is_none()
    }

    /// Whether nothing of it was set aside.
    pub(crate) fn is_whole(&self) -> bool {
        self.faults.is_none()
    }

    /// Reports what was set aside of the list at `path`.
    #[inline]
    pub(crate) fn report(&self, path: &Path<'_>, problems: &mut Problems) {
        if let Some(faults) = &self.faults {
            faults.report(path, problems);
        }
    }

    /// The good elements, each with its index in the document; the bad ones are reported.
    pub(crate) fn take(
        self,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> impl Iterator<Item = (usize, T)> + use<T> {
        self.report(path, problems);
        let mut bad = self
            .faults
            .map(|faults| faults.bad)
            .unwrap_or_default()
            .into_iter()
            .peekable();
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

    /// The good elements by reference, each with its index in the document.
    pub(crate) fn indexed(&self) -> impl Iterator<Item = (usize, &T)> {
        let mut bad = self
            .faults
            .as_deref()
            .map_or(&[][..], |faults| &faults.bad)
            .iter()
            .copied()
            .peekable();
        let mut index = 0;
        self.items.iter().map(move |item| {
            while bad.next_if_eq(&index).is_some() {
                index += 1;
            }
            let at = index;
            index += 1;
            (at, item)
        })
    }

    /// Adds a good element, unless there are more than memory is given for.
    pub(crate) fn push(&mut self, item: T) {
        if self.is_full() {
            self.faults.get_or_insert_default().beyond += 1;
        } else {
            self.items.push(item);
        }
    }

    /// Adds good elements.
    pub(crate) fn extend(&mut self, items: impl IntoIterator<Item = T>) {
        items.into_iter().for_each(|item| self.push(item));
    }

    fn is_full(&self) -> bool {
        self.items.len() >= LIST_BYTES / size_of::<T>().max(1)
    }

    fn set_aside(&mut self, why: String) {
        let index = self.len();
        let faults = self.faults.get_or_insert_default();
        faults.bad.push(index);
        if faults.reasons.len() < REASONS {
            faults.reasons.push(why);
        }
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
                        Caught::Bad(why) => list.set_aside(why),
                    }
                    if list.is_full() {
                        break;
                    }
                }
                while elements.next_element::<IgnoredAny>()?.is_some() {
                    list.faults.get_or_insert_default().beyond += 1;
                }
                Ok(list)
            }
        }

        Ok(deserializer
            .deserialize_option(Elements(PhantomData))
            .unwrap_or_else(|error| Self {
                items: Vec::new(),
                faults: Some(Box::new(Faults {
                    unfit: Some(reason(&error)),
                    ..Faults::default()
                })),
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
