//! The reading half of an import and of a check: files become readings, in one thread, without a store.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use isocenter_documents::{ReadOptions, dicom, read};
use isocenter_model::document::{CheckedFile, DocumentKind, Summary};
use isocenter_model::{Digest, Place, Problem, Reading};

use super::record_archive::{self, ArchiveEvent};
use super::{equipment, names};
use crate::walk::{Found, Mapping, Paper, Walk};

/// What is stored already, so that it need not be read again.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Papers, each with its kind and what its reading depended on.
    pub(crate) documents: HashMap<Digest, (DocumentKind, String)>,
    /// Whether what is read will be stored, and so needs its keys and original bytes.
    pub(crate) storing: bool,
}

/// What the reading half tells.
pub(crate) enum Event {
    /// A file begins.
    Begun(String),
    /// A file was read.
    Read(Box<ReadFile>),
    /// A file is stored already.
    Known {
        path: String,
        digest: Digest,
        size: u64,
    },
    /// An archive was opened; its members follow.
    Opened(CheckedFile),
    /// A file could not be read.
    Refused(CheckedFile),
    /// Part of an archive of vulnerability records.
    Archive(ArchiveEvent),
}

/// A file that was read.
pub(crate) struct ReadFile {
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) digest: Digest,
    /// What the reading depended on beside the bytes: the digest of the column mapping.
    pub(crate) read_with: String,
    pub(crate) reading: Reading,
}

impl ReadFile {
    /// The file as it is reported.
    pub(crate) fn checked(&self) -> CheckedFile {
        CheckedFile {
            path: self.path.clone(),
            kind: self.reading.kind,
            version: self.reading.version.clone(),
            digest: Some(self.digest),
            size: self.bytes.len() as u64,
            summary: self.reading.summary.clone(),
            problems: self.reading.problems.clone(),
        }
    }
}

/// Whoever listens has gone; the reading half stops.
pub(crate) struct Gone;

/// Where events go.
pub(crate) type Sink<'a> = dyn FnMut(Event) -> Result<(), Gone> + 'a;

/// Reads every file of `paths` and tells `sink`, in order.
pub(crate) fn read_files(
    paths: &[PathBuf],
    known: &Known,
    sink: &mut Sink<'_>,
) -> Result<(), Gone> {
    let mut equipment = equipment::Gathering::default();
    let mut names = names::Gathering::default();
    let mut walk = Walk::new(paths);
    while let Some(found) = walk.next() {
        match found {
            Found::Paper(paper) => {
                let Some(file) = read_paper(paper, known, sink)? else {
                    continue;
                };
                match file.reading.kind {
                    DocumentKind::Dicom => equipment.take(walk.given(), file.reading),
                    _ => names.take(file, known, sink)?,
                }
            }
            Found::Dicom(bytes) => {
                sink(Event::Begun(walk.given().to_owned()))?;
                equipment.take(walk.given(), read_image(&bytes));
            }
            Found::RecordArchive(archive) => {
                sink(Event::Begun(archive.path.clone()))?;
                if known.documents.contains_key(&archive.digest) {
                    sink(Event::Known {
                        path: archive.path,
                        digest: archive.digest,
                        size: archive.size,
                    })?;
                } else {
                    record_archive::read(archive, known.storing, sink)?;
                }
            }
            Found::Opened(checked) => sink(Event::Opened(checked))?,
            Found::Refused(checked) => {
                sink(Event::Begun(checked.path.clone()))?;
                sink(Event::Refused(checked))?;
            }
        }
    }
    names.tell(sink)?;
    equipment.tell(known, sink)
}

/// Reads a file; one that is stored already is told of at once.
fn read_paper(paper: Paper, known: &Known, sink: &mut Sink<'_>) -> Result<Option<ReadFile>, Gone> {
    sink(Event::Begun(paper.path.clone()))?;
    let digest = Digest::of(&paper.bytes);
    let mapping = paper.mapping.as_deref();
    let mapped_with = mapping.map_or_else(String::new, |mapping| mapping.digest.to_string());
    let is_known = known
        .documents
        .get(&digest)
        .is_some_and(|(kind, read_with)| {
            *kind != DocumentKind::Inventory || *read_with == mapped_with
        });
    if is_known {
        sink(Event::Known {
            path: paper.path,
            digest,
            size: paper.bytes.len() as u64,
        })?;
        return Ok(None);
    }
    let reading = read_safely(&paper.bytes, mapping);
    let read_with = match reading.kind {
        DocumentKind::Inventory => mapped_with,
        _ => String::new(),
    };
    Ok(Some(ReadFile {
        path: paper.path,
        name: paper.name,
        place: paper.place,
        bytes: paper.bytes,
        digest,
        read_with,
        reading,
    }))
}

/// Reads the beginning of a DICOM file.
fn read_image(bytes: &[u8]) -> Reading {
    catch_unwind(AssertUnwindSafe(|| dicom::read(bytes)))
        .unwrap_or_else(|_| Reading::unreadable(DocumentKind::Dicom, reader_failed()))
}

/// Reads a file. Readers do not panic; should one still do, it costs that file and no more.
fn read_safely(bytes: &[u8], mapping: Option<&Mapping>) -> Reading {
    let options = ReadOptions {
        mapping: mapping.map(|mapping| &mapping.mapping),
    };
    catch_unwind(AssertUnwindSafe(|| read(bytes, &options))).unwrap_or_else(|_| Reading {
        kind: DocumentKind::Unknown,
        version: None,
        document: None,
        summary: Summary::new(),
        problems: vec![reader_failed()],
    })
}

/// The problem of a file that a reader could not cope with.
pub(super) fn reader_failed() -> Problem {
    Problem::error(
        "reader-failed",
        Place::Document,
        "the reader of this format failed on this file, which is an error of this program",
    )
    .hint("Please report it with the file, or with the lines above if the file is confidential.")
}
