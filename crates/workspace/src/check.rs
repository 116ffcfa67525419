//! What each file is, valid or not, and what is missing, without a workspace.

use std::path::PathBuf;

use isocenter_model::document::{CheckedFile, Summary};

use crate::error::WorkspaceError;
use crate::import::Progress;
use crate::import::reading::{Event, Known, read_files};
use crate::import::record_archive::ArchiveEvent;

/// Reads every file of `paths` and says what it found. A file that cannot be read is one of the answers, so nothing
/// stops a check.
pub fn check(
    paths: &[PathBuf],
    progress: &mut dyn Progress,
) -> Result<Vec<CheckedFile>, WorkspaceError> {
    let mut files: Vec<CheckedFile> = Vec::new();
    // Nobody can leave here, so the answer of `read_files` says nothing.
    let _ = read_files(paths, &Known::default(), &mut |event| {
        match event {
            Event::Begun(path) => progress.file(&path),
            Event::Read(file) => files.push(file.checked()),
            Event::Opened(checked) | Event::Refused(checked) => files.push(checked),
            Event::Archive(ArchiveEvent::Begun {
                path,
                digest,
                size,
                format,
                ..
            }) => files.push(CheckedFile {
                path,
                kind: format.archive(),
                version: None,
                digest: Some(digest),
                size,
                summary: Summary::new(),
                problems: Vec::new(),
            }),
            Event::Archive(ArchiveEvent::Records { done, total, .. }) => {
                progress.records(done, total);
            }
            Event::Archive(ArchiveEvent::Ended(reading)) => {
                if let Some(archive) = files.last_mut() {
                    archive.version = reading.version;
                    archive.summary = reading.summary;
                    archive.problems = reading.problems;
                }
            }
            Event::Archive(ArchiveEvent::Chunk(..)) | Event::Known { .. } => {}
        }
        Ok(())
    });
    Ok(files)
}
