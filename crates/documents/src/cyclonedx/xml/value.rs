//! Elements as values from which the types of the JSON form are read.

use std::borrow::Cow;

use serde::de::value::Error;
use serde::de::{Deserializer, Error as _, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::findings::Findings;
use super::members::{Items, Members, Only, is_tool_object, report_strangers};
use super::shape::{BOM, Content, Shape, TOOL_OBJECT};
use crate::xml::Element;

/// The document.
pub(super) struct Document<'x, 't, 'f> {
    pub(super) root: Element<'x, 't>,
    /// The edition, as the namespace says it.
    pub(super) edition: Option<&'x str>,
    pub(super) findings: &'f Findings,
}

impl<'x, 't: 'x> Deserializer<'x> for Document<'x, 't, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'x>>(self, visitor: V) -> Result<V::Value, Error> {
        let edition = self.edition.map(|edition| ("specVersion", edition));
        let said = [("bomFormat", "CycloneDX")].into_iter().chain(edition);
        visitor.visit_map(Members::of(self.root, &BOM, said, self.findings))
    }

    forward_to_deserialize_any! {
        <W: Visitor<'x>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

/// An element with what it holds and what it stands in.
#[derive(Clone, Copy)]
pub(super) struct Value<'x, 't, 'f> {
    pub(super) element: Element<'x, 't>,
    pub(super) parent: Element<'x, 't>,
    pub(super) content: &'static Content,
    pub(super) findings: &'f Findings,
}

impl<'x, 't: 'x> Value<'x, 't, '_> {
    /// The text that stands for a text, number or truth value.
    fn scalar(&self) -> Result<Scalar<'x>, Error> {
        match self.content {
            Content::Text => {
                for child in self.element.children() {
                    self.findings.unexpected(child, self.element);
                }
                Ok(Scalar(Cow::Borrowed(self.element.text())))
            }
            Content::Reference => self
                .element
                .attribute("ref")
                .map(Scalar)
                .ok_or_else(|| Error::custom("the attribute `ref` is missing")),
            _ => Err(Error::invalid_type(
                Unexpected::Other("elements"),
                &"a text",
            )),
        }
    }

    fn object<V: Visitor<'x>>(self, shape: &'static Shape, visitor: V) -> Result<V::Value, Error> {
        let nothing = std::iter::empty();
        visitor.visit_map(Members::of(self.element, shape, nothing, self.findings))
    }

    fn list<V: Visitor<'x>>(self, visitor: V) -> Result<V::Value, Error> {
        report_strangers(self);
        visitor.visit_seq(Items::of(self))
    }
}

impl<'x, 't: 'x> Deserializer<'x> for Value<'x, 't, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'x>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.content {
            Content::Text | Content::Reference => self.scalar()?.deserialize_any(visitor),
            Content::Object(shape) | Content::Inline(shape) => self.object(shape, visitor),
            Content::Wrapped(key, content) => visitor.visit_map(Only {
                key,
                value: Some(Self { content, ..self }),
            }),
            Content::Tools if is_tool_object(self.element) => self.object(&TOOL_OBJECT, visitor),
            Content::List(_) | Content::Each(_) | Content::Dependencies | Content::Tools => {
                self.list(visitor)
            }
            Content::Skip | Content::SkipEach => visitor.visit_unit(),
        }
    }

    fn deserialize_option<V: Visitor<'x>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_bool<V: Visitor<'x>>(self, visitor: V) -> Result<V::Value, Error> {
        self.scalar()?.deserialize_bool(visitor)
    }

    fn deserialize_i64<V: Visitor<'x>>(self, visitor: V) -> Result<V::Value, Error> {
        self.scalar()?.deserialize_i64(visitor)
    }

    fn deserialize_f64<V: Visitor<'x>>(self, visitor: V) -> Result<V::Value, Error> {
        self.scalar()?.deserialize_f64(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'x>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <W: Visitor<'x>>
        i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier
    }
}

/// The value of an attribute or the text of an element, read as what is asked for.
pub(super) struct Scalar<'x>(pub(super) Cow<'x, str>);

impl<'x> Deserializer<'x> for Scalar<'x> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'x>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_option<V: Visitor<'x>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_bool<V: Visitor<'x>>(self, visitor: V) -> Result<V::Value, Error> {
        // XML Schema 1.0, part 2, 3.2.2.
        match self.0.trim() {
            "true" | "1" => visitor.visit_bool(true),
            "false" | "0" => visitor.visit_bool(false),
            other => Err(Error::invalid_value(
                Unexpected::Str(other),
                &"true or false",
            )),
        }
    }

    fn deserialize_i64<V: Visitor<'x>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.trim().parse() {
            Ok(number) => visitor.visit_i64(number),
            Err(_) => Err(Error::invalid_value(
                Unexpected::Str(&self.0),
                &"a whole number",
            )),
        }
    }

    fn deserialize_f64<V: Visitor<'x>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => visitor.visit_f64(number),
            _ => Err(Error::invalid_value(Unexpected::Str(&self.0), &"a number")),
        }
    }

    forward_to_deserialize_any! {
        <W: Visitor<'x>>
        i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
