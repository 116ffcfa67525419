//! DICOM files (PS3.10): which equipment made them, and nothing else.
//!
//! A DICOM file is about a patient. Of all that it holds this module reads the attributes of the equipment,
//! the modality, the days of acquisition and what programs wrote the file. It passes over every other
//! attribute unread and stops behind the last that it wants, in group 0018: pixels are never reached, and the
//! beginning of a file is enough ([`is_enough`]). No message quotes a file.
//!
//! What a reader of such files must live with: files without preamble or file meta information; data sets that are not
//! written as their transfer syntax says; elements without value representation among those with one;
//! sequences whose lengths or marks are wrong; character sets that are not named; serial numbers that are fillers. The source
//! application entity and the implementation often name the archive or toolkit that wrote the file last.

mod dataset;
mod element;
mod equipment;
mod record;
mod syntax;
mod text;

pub use record::write;

pub(crate) use record::read as read_record;

use std::borrow::Cow;

use isocenter_model::document::Summary;
use isocenter_model::equipment::EquipmentRecord;
use isocenter_model::{Document, DocumentKind, Place, Problem, Reading};

use dataset::{End, read_data_set, read_meta, tags};
pub(crate) use dataset::{LONGEST_VALUE, MOST_DEPTH};
use element::{Cursor, Layout, Length, Tag};
use equipment::Texts;
pub(crate) use syntax::MOST_INFLATED;
use syntax::Syntax;

/// Where the prefix `DICM` stands, behind the preamble (PS3.10 7.1).
const PREFIX: std::ops::Range<usize> = 128..132;
/// Media Storage Directory Storage (PS3.4 table B.5-1): a DICOMDIR.
const DIRECTORY_CLASS: &str = "1.2.840.10008.1.3.10";

/// How many bytes of the beginning of a file tell whether it is a DICOM file.
pub const TELLING_BYTES: usize = 512;

/// Whether a file that begins with `bytes` is a DICOM file: by its prefix, or by a plausible beginning of a
/// data set where there is none.
pub fn begins(bytes: &[u8]) -> bool {
    bytes.get(PREFIX) == Some(b"DICM") || begins_a_data_set(bytes)
}

/// Whether more bytes of the same file would tell nothing more.
pub fn is_enough(bytes: &[u8]) -> bool {
    bytes.len() >= PREFIX.end && !matches!(examine(bytes).end, End::CutOff | End::Exhausted)
}

/// Reads a DICOM file, of which the beginning is enough.
pub fn read(bytes: &[u8]) -> Reading {
    let examined = examine(bytes);
    let mut problems = examined.problems;
    let document = if examined.is_directory {
        None
    } else if equipment::names_a_device(&examined.record) {
        Some(Document::Equipment(examined.record))
    } else {
        problems.push(no_device());
        None
    };
    Reading {
        kind: DocumentKind::Dicom,
        version: None,
        summary: Summary::from([("files", 1)]),
        document,
        problems,
    }
}

/// Two elements of the groups that a data set begins with, in order, with lengths that such values have.
fn begins_a_data_set(bytes: &[u8]) -> bool {
    let bytes = bytes.get(..TELLING_BYTES).unwrap_or(bytes);
    let Some(layout) = syntax::layout_of(bytes) else {
        return false;
    };
    let mut cursor = Cursor::new(bytes);
    let mut last: Option<Tag> = None;
    for _ in 0..2 {
        let Ok(head) = cursor.head(layout) else {
            return false;
        };
        let Length::Bytes(length) = head.length else {
            return false;
        };
        let is_group_length = head.tag.element() == 0;
        let is_plausible = matches!(head.tag.group(), 0x0002 | 0x0008)
            && last.is_none_or(|last| head.tag > last)
            && length.is_multiple_of(2)
            && (!is_group_length || length == 4)
            && (!layout.explicit || head.representation.is_some());
        if !is_plausible || cursor.take(length).is_err() {
            return false;
        }
        last = Some(head.tag);
    }
    true
}

/// What a look at a file gives.
struct Examined {
    record: EquipmentRecord,
    end: End,
    /// Whether it lists other files and is none of equipment itself.
    is_directory: bool,
    /// What is wrong with the file, in words that hold nothing of it.
    problems: Vec<Problem>,
}

fn examine(bytes: &[u8]) -> Examined {
    let has_prefix = bytes.get(PREFIX) == Some(b"DICM");
    let mut cursor = Cursor::new(if has_prefix {
        bytes.get(PREFIX.end..).unwrap_or_default()
    } else {
        bytes
    });
    let meta = read_meta(&mut cursor);
    let syntax = equipment::uid(meta.get(tags::TRANSFER_SYNTAX)).map(|uid| Syntax::of(&uid));
    let rest = cursor.rest();
    let data_set = match syntax {
        Some(syntax) if syntax.is_deflated => syntax::inflated(rest),
        _ => Cow::Borrowed(rest),
    };
    let mut problems = Vec::new();
    // The bytes are believed before the file's words about them.
    let shown = syntax::layout_of(&data_set);
    let told = syntax.map(|syntax| syntax.layout);
    if told.is_none() {
        problems.push(note(
            "dicom-meta-missing",
            "the file has no file meta information; how its data set is written was told from its bytes",
        ));
    } else if shown.is_some() && shown != told {
        problems.push(note(
            "dicom-syntax-differs",
            "the data set is not written as its transfer syntax says; it was read as its bytes show",
        ));
    }
    let layout = shown.or(told).unwrap_or(Layout::EXPLICIT_LITTLE);
    let data = read_data_set(&mut Cursor::new(&data_set), layout);
    let end = if meta.end == End::Passed {
        data.end
    } else {
        meta.end
    };
    problems.extend(unread(end));
    if meta.has_too_long || data.has_too_long {
        problems.push(warning(
            "dicom-value-too-long",
            "an attribute of the equipment is longer than 4 KiB or has too many values and was passed over",
        ));
    }
    let mut texts = Texts::of(&data);
    let record = equipment::record(&meta, &data, &mut texts);
    problems.extend(texts.problems());
    let class = equipment::uid(meta.get(tags::MEDIA_STORAGE_CLASS));
    let is_directory = class.as_deref() == Some(DIRECTORY_CLASS);
    if is_directory {
        problems = vec![
            note(
                "dicom-directory",
                "the file lists the images of a medium (DICOMDIR) and names no equipment; nothing of it is kept",
            )
            .hint("Give the folder of the images."),
        ];
    }
    Examined {
        record,
        end,
        is_directory,
        problems,
    }
}

/// What to know of a reading that ended early.
fn unread(end: End) -> Option<Problem> {
    let (id, message) = match end {
        End::Passed | End::Exhausted => return None,
        End::CutOff => (
            "dicom-cut-off",
            "the file ends inside an element before its equipment is complete",
        ),
        End::Damaged => (
            "dicom-sequence-damaged",
            "a sequence holds something else than items; what follows it was not read",
        ),
        End::TooDeep => (
            "dicom-too-deep",
            "sequences lie more than 32 deep in each other; what follows them was not read",
        ),
        End::Disordered => (
            "dicom-tags-disordered",
            "the tags of the elements do not ascend; what follows was not read",
        ),
    };
    Some(warning(id, message))
}

fn no_device() -> Problem {
    warning(
        "dicom-no-equipment",
        "the file names neither maker nor model nor station nor serial number of its equipment; nothing of it is kept",
    )
}

/// A note on a file as a whole: a place inside would say no more.
fn note(id: &'static str, message: &str) -> Problem {
    Problem::note(id, Place::Document, message)
}

/// A warning on a file as a whole.
fn warning(id: &'static str, message: &str) -> Problem {
    Problem::warning(id, Place::Document, message)
}
