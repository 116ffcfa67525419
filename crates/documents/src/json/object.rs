//! JSON objects whose members are told apart from those that no edition of their format knows.

use std::fmt;

use isocenter_model::{Place, Problem};
use serde::de::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::path::Path;
use super::problems::Problems;
use super::tolerant::Text;

/// How many unknown members of one object are kept.
const UNKNOWN: usize = 4;

/// How many unread members of one object are kept: more than any object of a format has.
const UNREAD: usize = 32;

/// Says which members an edition of a format allows.
pub(crate) trait Editions: Copy {
    /// What is wrong with a member that no edition knows.
    fn unknown(self, key: &str, at: impl FnOnce() -> Place) -> Option<Problem>;

    /// What is wrong with a member that came with the edition `since`.
    fn later(self, key: &str, since: u8, at: impl FnOnce() -> Place) -> Option<Problem>;

    /// Reports what is wrong with a member that is known and not read; `text` is its value.
    fn unread(self, _text: &str, _path: &Path<'_>, _problems: &mut Problems) {}
}

/// The text of a value that is not read, where the document is a text of JSON.
#[derive(Debug, Default)]
pub(crate) struct Unread<'a>(Option<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Unread<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A value that no text stands behind – of a tree, or of XML – has been passed by.
        Ok(Self(<&RawValue>::deserialize(deserializer).ok()))
    }
}

/// Members of an object that its edition may not know. It stands in every object of the format,
/// so it is small.
#[derive(Debug, Default)]
pub(crate) struct Foreign<'a> {
    /// Keys that no edition knows; nearly every object has none.
    #[allow(clippy::box_collection)]
    unknown: Option<Box<Vec<Text<'a>>>>,
    /// Members that are known and not read.
    #[allow(clippy::box_collection)]
    unread: Option<Box<Vec<(&'static str, &'a RawValue)>>>,
    /// The known key of the latest edition, with that edition.
    latest: Option<&'static (u8, &'static str)>,
}

impl<'a> Foreign<'a> {
    pub(crate) fn known(&mut self, member: &'static (u8, &'static str)) {
        if self.latest.is_none_or(|latest| member.0 > latest.0) {
            self.latest = Some(member);
        }
    }

    pub(crate) fn unknown(&mut self, key: Text<'a>) {
        let keys = self.unknown.get_or_insert_default();
        if keys.len() < UNKNOWN {
            keys.push(key);
        }
    }

    pub(crate) fn unread(&mut self, key: &'static str, value: &Unread<'a>) {
        if let Some(value) = value.0 {
            let members = self.unread.get_or_insert_default();
            if members.len() < UNREAD {
                members.push((key, value));
            }
        }
    }

    /// The same of a member that may be any text.
    pub(crate) fn unread_text(&mut self, key: &'static str, value: &Unread<'a>) {
        if value.0.is_some_and(|value| !value.get().starts_with('"')) {
            self.unread(key, value);
        }
    }

    /// Reports members that `edition` does not have, and what is wrong with those that are not read.
    #[inline]
    pub(crate) fn report(&self, edition: impl Editions, path: &Path<'_>, problems: &mut Problems) {
        for key in self.unknown.iter().flat_map(|keys| keys.iter()) {
            if let Some(problem) = edition.unknown(key, || path.key(key).place()) {
                problems.push(problem);
            }
        }
        if let Some((since, key)) = self.latest
            && *since > 0
            && let Some(problem) = edition.later(key, *since, || path.key(key).place())
        {
            problems.push(problem);
        }
        for (key, value) in self.unread.iter().flat_map(|members| members.iter()) {
            edition.unread(value.get(), &path.key(key), problems);
        }
    }
}

/// A key that occurs twice fails the strict pass, so that the tolerant one reports it.
pub(crate) fn twice<E: serde::de::Error>(key: &'static str) -> E {
    E::duplicate_field(key)
}

/// What a visitor of an object expects.
pub(crate) fn expecting(f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("an object")
}

/// Declares objects of a format: each member with its type, its key and the number of the edition
/// that brought it; after `rare`, members that few objects have, behind a pointer of their own;
/// after `skips`, members that are known and not read. [`Editions::unread`] is asked about those with
/// the word `checked`, and about those with the word `text` where they are none.
macro_rules! objects {
    ($(
        $(#[$meta:meta])*
        $name:ident {
            $($field:ident: $type:ty = $key:literal $since:literal,)*
        } $(rare $rare_name:ident {
            $($rare_field:ident: $rare_type:ty = $rare_key:literal $rare_since:literal,)*
        })? skips { $($skip:literal $skip_since:literal $($how:ident)?),* $(,)? }
    )*) => {$(
        $(#[$meta])*
        #[derive(Debug, Default)]
        #[allow(clippy::struct_field_names)] // the names are the format's
        pub(super) struct $name<'a> {
            $(pub(super) $field: $type,)*
            $(pub(super) rare: Option<Box<$rare_name<'a>>>,)?
            pub(super) foreign: $crate::json::Foreign<'a>,
        }

        $(
            /// What few of them have.
            #[derive(Debug, Default)]
            pub(super) struct $rare_name<'a> {
                $(pub(super) $rare_field: $rare_type,)*
            }
        )?

        impl<'de: 'a, 'a> serde::Deserialize<'de> for $name<'a> {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Members<'a>(std::marker::PhantomData<$name<'a>>);

                #[allow(non_camel_case_types)]
                enum Member {
                    $($field,)*
                    $($($rare_field,)*)?
                }

                impl<'de: 'a, 'a> serde::de::Visitor<'de> for Members<'a> {
                    type Value = $name<'a>;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        $crate::json::object::expecting(f)
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(
                        self,
                        mut members: A,
                    ) -> Result<$name<'a>, A::Error> {
                        let mut object = $name::default();
                        let mut seen = 0_u128;
                        let mut see = |member: Member, key: &'static str| {
                            let bit = 1 << (member as u32);
                            let is_new = seen & bit == 0;
                            seen |= bit;
                            if is_new {
                                Ok(())
                            } else {
                                Err($crate::json::object::twice(key))
                            }
                        };
                        while let Some(key) = members.next_key::<$crate::json::Text<'a>>()? {
                            match &*key {
                                $($key => {
                                    see(Member::$field, $key)?;
                                    object.foreign.known(&($since, $key));
                                    object.$field = members.next_value()?;
                                })*
                                $($($rare_key => {
                                    see(Member::$rare_field, $rare_key)?;
                                    object.foreign.known(&($rare_since, $rare_key));
                                    let rare = object.rare.get_or_insert_default();
                                    rare.$rare_field = members.next_value()?;
                                })*)?
                                $($skip => {
                                    object.foreign.known(&($skip_since, $skip));
                                    $crate::json::passed!(members, object.foreign, $skip $(, $how)?);
                                })*
                                _ => {
                                    members.next_value::<serde::de::IgnoredAny>()?;
                                    object.foreign.unknown(key);
                                }
                            }
                        }
                        Ok(object)
                    }
                }

                deserializer.deserialize_map(Members(std::marker::PhantomData))
            }
        }
    )*};
}
pub(crate) use objects;

/// Passes by the value of a member that is not read.
macro_rules! passed {
    ($members:expr, $foreign:expr, $key:literal) => {
        $members.next_value::<serde::de::IgnoredAny>()?
    };
    ($members:expr, $foreign:expr, $key:literal, text) => {
        $foreign.unread_text($key, &$members.next_value()?)
    };
    ($members:expr, $foreign:expr, $key:literal, checked) => {
        $foreign.unread($key, &$members.next_value()?)
    };
}
pub(crate) use passed;
