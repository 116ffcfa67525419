//! The XML of one part, read event by event.

use std::borrow::Cow;
use std::io::{BufReader, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use crate::spreadsheet::package::PackageError;

/// Elements inside each other; a worksheet needs about eight.
const MAX_DEPTH: usize = 64;

/// Why a part of a workbook was not read to its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum PartError {
    #[error(transparent)]
    Package(#[from] PackageError),
    #[error("{0}")]
    Xml(#[from] quick_xml::Error),
    #[error(
        "it declares a document type, which can pull in other files and which no spreadsheet program writes"
    )]
    DocumentType,
    #[error("its elements are nested more than {MAX_DEPTH} deep")]
    Depth,
    #[error("it ends in the middle")]
    End,
}

/// A part's XML events, with a limit on depth and without document types.
pub(super) struct Xml<R> {
    reader: Reader<BufReader<R>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<R: Read> Xml<R> {
    pub(super) fn new(part: R) -> Self {
        let mut reader = Reader::from_reader(BufReader::new(part));
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            buffer: Vec::new(),
            depth: 0,
        }
    }

    pub(super) fn next(&mut self) -> Result<Event<'_>, PartError> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer)?;
        match &event {
            Event::Start(_) => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(PartError::Depth);
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(_) => return Err(PartError::DocumentType),
            _ => {}
        }
        Ok(event)
    }
}

/// The value of an attribute by its name without prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .and_then(|attribute| {
            attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .ok()
                .map(Cow::into_owned)
        })
}

/// The character of a reference; an entity that XML does not predefine stands as U+FFFD.
pub(super) fn referenced(reference: &BytesRef<'_>) -> char {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character;
    }
    match reference.xml10_content().as_ref() {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => char::REPLACEMENT_CHARACTER,
    }
}
