//! What every XML reader shares: text from bytes, elements from text, and problems in between.
//!
//! A document is parsed into a [`Tree`] of elements that borrow from its text, and then read from
//! the tree. Nothing is fetched and nothing is expanded: a document type that could do either
//! (external entities, "billion laughs") makes the document unusable, and an entity that XML does not
//! predefine stands as U+FFFD. Depth and number of elements are bounded.
//!
//! Traps that are answered here (XML 1.0, fifth edition; Namespaces in XML 1.0): byte order marks, UTF-16,
//! declared and lying encodings (4.3.3); namespaces by name with any prefix; CDATA, comments and
//! references in the middle of a text; attributes that occur twice; a bare ampersand; characters that XML
//! forbids; more text behind the document.

mod encoding;
mod fault;
mod lines;
mod reader;
mod tree;

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesRef, BytesStart, Event};

pub(crate) use encoding::{decode, is_xml};
pub(crate) use fault::Fault;
pub(crate) use reader::root;
pub(crate) use tree::{Children, Element, MAX_DEPTH, MAX_ELEMENTS, MAX_SIZE, Tree};

/// Bounds the depth of elements and refuses document types; every reader of XML passes its events
/// through one.
pub(crate) struct Guard {
    depth: usize,
    most: usize,
}

impl Guard {
    /// A guard that lets `most` elements stand inside each other.
    pub(crate) fn new(most: usize) -> Self {
        Self { depth: 0, most }
    }

    /// Lets an event pass, or says why the document cannot be read on.
    pub(crate) fn admit(&mut self, event: &Event<'_>) -> Result<(), Fault> {
        match event {
            Event::Start(_) => {
                self.depth += 1;
                if self.depth > self.most {
                    return Err(Fault::Depth(self.most));
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(declaration) if !is_bare(declaration) => {
                return Err(Fault::DocumentType);
            }
            _ => {}
        }
        Ok(())
    }
}

/// Whether a document type only names its root element: it can declare and fetch nothing.
fn is_bare(declaration: &str) -> bool {
    let name = declaration.trim();
    !name.contains(|c: char| c.is_whitespace() || matches!(c, '[' | '"' | '\''))
}

/// The value of an attribute by its name without prefix.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| attribute_value(&attribute).0.into_owned())
}

/// The value of an attribute, and whether it is well formed; where it is not, it stands as written.
fn attribute_value<'t>(attribute: &Attribute<'t>) -> (Cow<'t, str>, bool) {
    let mut sound = true;
    let value = attribute.normalized_value_with(XmlVersion::Implicit1_0, 1, |name| {
        predefined(name).or_else(|| {
            sound = false;
            Some("\u{fffd}")
        })
    });
    match value {
        Ok(value) => (value, sound),
        Err(_) => (attribute.value.clone(), false),
    }
}

/// The character of a reference; one that XML does not know stands as U+FFFD.
pub(crate) fn referenced(reference: &BytesRef<'_>) -> char {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character;
    }
    predefined(&reference.xml10_content())
        .and_then(|text| text.chars().next())
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The entities that need no declaration (XML 1.0, 4.6).
fn predefined(name: &str) -> Option<&'static str> {
    Some(match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
