//! The writing half of an import: what was read goes into the store, one paper at a time.

use isocenter_model::document::{CheckedFile, DocumentKind, Summary};
use isocenter_model::{Digest, Document, Place, Problem};
use isocenter_store::{DocumentRow, Encoding, RecordScope, RecordsWritten, Store, Transaction};
use jiff::Timestamp;

use super::describe::{archive_slot, document_row, equipment_slot};
use super::equipment::joined;
use super::reading::{Event, ReadFile};
use super::record_archive::{ArchiveEvent, ArchiveReading};
use super::{ImportReport, ImportedFile, Outcome, Progress, facts};
use crate::error::WorkspaceError;

/// Takes events and writes.
pub(super) struct Writer<'a> {
    store: &'a Store,
    actor: &'a str,
    now: Timestamp,
    archive: Option<Archive>,
    report: ImportReport,
}

/// An archive of vulnerability records that is being written.
struct Archive {
    transaction: Transaction,
    path: String,
    row: DocumentRow,
    written: RecordsWritten,
}

impl<'a> Writer<'a> {
    pub(super) fn new(store: &'a Store, actor: &'a str, now: Timestamp) -> Self {
        Self {
            store,
            actor,
            now,
            archive: None,
            report: ImportReport::default(),
        }
    }

    pub(super) fn report(self) -> ImportReport {
        self.report
    }

    /// Writes what an event says. An error leaves the papers before it stored and nothing of its own.
    pub(super) async fn take(
        &mut self,
        event: Event,
        progress: &mut dyn Progress,
    ) -> Result<(), WorkspaceError> {
        match event {
            Event::Begun(path) => progress.file(&path),
            Event::Read(file) => self.put_file(&file).await?,
            Event::Known { path, digest, size } => self.report_known(path, &digest, size).await?,
            Event::Opened(checked) => self.add(checked, Outcome::Opened),
            Event::Refused(checked) => {
                let reason = reason(&checked, "it cannot be read");
                self.add(checked, Outcome::NotStored(reason));
            }
            Event::Archive(event) => self.take_archive(event, progress).await?,
        }
        Ok(())
    }

    async fn put_file(&mut self, file: &ReadFile) -> Result<(), WorkspaceError> {
        let mut checked = file.checked();
        if checked.kind == DocumentKind::Unknown {
            let reason = reason(&checked, "it is in no format that is known");
            self.add(checked, Outcome::NotStored(reason));
            return Ok(());
        }
        let is_mapping = checked.kind == DocumentKind::InventoryMapping && file.reading.is_valid();
        if file.reading.document.is_none() && !is_mapping {
            let reason = reason(&checked, "nothing in it can be used");
            self.add(checked, Outcome::NotStored(reason));
            return Ok(());
        }
        let mut transaction = self.store.begin().await?;
        let joined = self.with_what_is_stored(file).await?;
        let file = joined.as_ref().unwrap_or(file);
        checked.digest = Some(file.digest);
        let row = document_row(file, self.actor, self.now);
        // Asked now that nobody else can write: the same paper may have come under another name, or from
        // another process.
        match self.store.document(&file.digest).await? {
            Some(stored) if stored.read_with == file.read_with => {
                transaction.roll_back().await?;
                self.add(checked, Outcome::Unchanged);
                return Ok(());
            }
            Some(_) => transaction.reread_document(&row).await?,
            None => transaction.put_document(&row).await?,
        }
        if let Some(slot) = &row.slot {
            transaction.supersede(slot).await?;
        }
        facts::put(&mut transaction, file, self.actor, self.now).await?;
        transaction
            .put_original(&file.digest, &facts::original(file))
            .await?;
        transaction.commit().await?;
        self.add(checked, Outcome::Stored);
        Ok(())
    }

    /// The record of a device together with the one that is in force: images come in portions, and none says what
    /// the earlier ones said. `None` for all other papers, and for a device that is new.
    async fn with_what_is_stored(
        &self,
        file: &ReadFile,
    ) -> Result<Option<ReadFile>, WorkspaceError> {
        let Some(Document::Equipment(record)) = &file.reading.document else {
            return Ok(None);
        };
        let slot = equipment_slot(record);
        let stored = self.store.equipment_of_slot(&slot).await?;
        Ok(stored.and_then(|stored| joined(file, &stored.record)))
    }

    /// A file that is stored already is reported as its first reading found it.
    async fn report_known(
        &mut self,
        path: String,
        digest: &Digest,
        size: u64,
    ) -> Result<(), WorkspaceError> {
        let row = self.store.document(digest).await?;
        let checked = CheckedFile {
            path,
            kind: row.as_ref().map_or(DocumentKind::Unknown, |row| row.kind),
            version: row.as_ref().and_then(|row| row.version.clone()),
            digest: Some(*digest),
            size,
            summary: row
                .as_ref()
                .map_or_else(Summary::new, |row| row.summary.clone()),
            problems: row.map_or_else(Vec::new, |row| row.problems),
        };
        self.add(checked, Outcome::Unchanged);
        Ok(())
    }

    async fn take_archive(
        &mut self,
        event: ArchiveEvent,
        progress: &mut dyn Progress,
    ) -> Result<(), WorkspaceError> {
        match event {
            ArchiveEvent::Begun {
                path,
                name,
                digest,
                size,
                format,
                collection,
                known,
            } => {
                let mut transaction = self.store.begin().await?;
                if self.store.has_document(&digest).await? {
                    transaction.roll_back().await?;
                    self.archive = None;
                    return self.report_known(path, &digest, size).await;
                }
                let row = DocumentRow {
                    digest,
                    kind: format.archive(),
                    version: None,
                    name,
                    size,
                    origin: Some(format.origin().to_owned()),
                    tlp: None,
                    dated: None,
                    slot: Some(archive_slot(format, collection.as_deref())),
                    revision: 0,
                    read_with: String::new(),
                    summary: Summary::new(),
                    problems: Vec::new(),
                    actor: self.actor.to_owned(),
                    imported: self.now,
                    active: true,
                };
                let records = self.store.record_digests().await?;
                // The reading half waits for this, so it is there to take it.
                let _ = known.send(records.into_iter().collect());
                transaction.put_document(&row).await?;
                self.archive = Some(Archive {
                    transaction,
                    path,
                    row,
                    written: RecordsWritten::default(),
                });
            }
            ArchiveEvent::Records {
                records,
                done,
                total,
            } => {
                progress.records(done, total);
                if let Some(archive) = &mut self.archive {
                    archive.written += archive
                        .transaction
                        .put_records(&archive.row.digest, RecordScope::Feed, &records)
                        .await?;
                }
            }
            ArchiveEvent::Chunk(ordinal, piece) => {
                if let Some(archive) = &mut self.archive {
                    archive
                        .transaction
                        .put_original_chunk(&archive.row.digest, ordinal, &piece, Encoding::Plain)
                        .await?;
                }
            }
            ArchiveEvent::Ended(reading) => {
                if let Some(archive) = self.archive.take() {
                    self.end_archive(archive, *reading).await?;
                }
            }
        }
        Ok(())
    }

    async fn end_archive(
        &mut self,
        archive: Archive,
        reading: ArchiveReading,
    ) -> Result<(), WorkspaceError> {
        let Archive {
            mut transaction,
            path,
            mut row,
            written,
        } = archive;
        row.version = reading.version;
        row.dated = reading.dated;
        row.summary = reading.summary;
        row.problems = reading.problems;
        row.summary.insert("new", written.added);
        row.summary.insert("renewed", written.renewed);
        let mut checked = CheckedFile {
            path,
            kind: row.kind,
            version: row.version.clone(),
            digest: Some(row.digest),
            size: row.size,
            summary: row.summary.clone(),
            problems: row.problems.clone(),
        };
        if reading.content != row.digest {
            transaction.roll_back().await?;
            checked.problems.push(changed());
            let reason = changed().message;
            self.add(checked, Outcome::NotStored(reason));
            return Ok(());
        }
        transaction
            .finish_original(&row.digest, &reading.content, reading.size, Encoding::Plain)
            .await?;
        transaction.summarise_document(&row).await?;
        if let Some(slot) = &row.slot {
            transaction.supersede(slot).await?;
        }
        transaction.commit().await?;
        self.add(checked, Outcome::Stored);
        Ok(())
    }

    fn add(&mut self, checked: CheckedFile, outcome: Outcome) {
        self.report.files.push(ImportedFile { checked, outcome });
    }
}

/// Why a file is not stored: what is most wrong with it, or `otherwise`.
fn reason(checked: &CheckedFile, otherwise: &str) -> String {
    checked
        .problems
        .iter()
        .max_by_key(|problem| problem.level)
        .map_or_else(|| otherwise.to_owned(), |problem| problem.message.clone())
}

fn changed() -> Problem {
    Problem::error(
        "file-changed",
        Place::Document,
        "the file changed while it was read, so nothing of it was stored",
    )
    .hint("Import it again when nothing writes to it.")
}
