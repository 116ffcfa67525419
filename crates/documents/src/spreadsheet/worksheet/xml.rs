//! The XML of one part, read event by event.

use std::io::{BufReader, Read};

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::spreadsheet::package::PackageError;
use crate::xml::{Fault, Guard};

pub(super) use crate::xml::{attribute, referenced};

/// Elements inside each other; a worksheet needs about eight.
const MAX_DEPTH: usize = 64;

/// Why a part of a workbook was not read to its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum PartError {
    #[error(transparent)]
    Package(#[from] PackageError),
    #[error(transparent)]
    Xml(#[from] Fault),
}

/// A part's XML events, bounded as those of any XML document.
pub(super) struct Xml<R> {
    reader: Reader<BufReader<R>>,
    buffer: Vec<u8>,
    guard: Guard,
}

impl<R: Read> Xml<R> {
    pub(super) fn new(part: R) -> Self {
        let mut reader = Reader::from_reader(BufReader::new(part));
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            buffer: Vec::new(),
            guard: Guard::new(MAX_DEPTH),
        }
    }

    pub(super) fn next(&mut self) -> Result<Event<'_>, PartError> {
        self.buffer.clear();
        let event = self
            .reader
            .read_event_into(&mut self.buffer)
            .map_err(Fault::from)?;
        self.guard.admit(&event)?;
        Ok(event)
    }
}
