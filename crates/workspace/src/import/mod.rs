//! Papers into the store.

mod describe;
mod equipment;
mod facts;
mod names;
pub(crate) mod reading;
pub(crate) mod record_archive;
mod releases;
mod writing;

use std::path::PathBuf;
use std::thread;

use isocenter_model::document::CheckedFile;
use isocenter_store::Store;
use jiff::Timestamp;
use tokio::sync::mpsc;

use crate::error::WorkspaceError;
use reading::{Gone, Known, read_files};
use writing::Writer;

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

/// Events that the reading half may be ahead of the writing half. Each may carry a whole file or a batch of records.
const AHEAD: usize = 2;

/// Reads every file of `paths` and stores what is a paper. One paper is one transaction: an import
/// that is interrupted has stored whole papers only, and a repetition stores the rest. What is stored
/// already is not touched. A file of no known format is reported and never stored: it may be about patients.
pub async fn import(
    store: &Store,
    paths: &[PathBuf],
    actor: &str,
    now: Timestamp,
    progress: &mut dyn Progress,
) -> Result<ImportReport, WorkspaceError> {
    let known = known(store).await?;
    let paths = paths.to_vec();
    let (sender, mut events) = mpsc::channel(AHEAD);
    let reader = thread::spawn(move || {
        // The only way to stop is that the writing half has gone; it knows why.
        let _ = read_files(&paths, &known, &mut |event| {
            sender.blocking_send(event).map_err(|_| Gone)
        });
    });
    let mut writer = Writer::new(store, actor, now);
    let mut written = Ok(());
    while let Some(event) = events.recv().await {
        written = writer.take(event, progress).await;
        if written.is_err() {
            break;
        }
    }
    drop(events);
    if let Err(panic) = reader.join() {
        std::panic::resume_unwind(panic);
    }
    written?;
    Ok(writer.report())
}

async fn known(store: &Store) -> Result<Known, WorkspaceError> {
    let documents = store.document_digests().await?;
    Ok(Known {
        documents: documents
            .into_iter()
            .map(|(digest, kind, read_with)| (digest, (kind, read_with)))
            .collect(),
        storing: true,
    })
}
