//! Papers.

use isocenter_model::Digest;
use isocenter_model::document::{DocumentKind, Summary};
use isocenter_model::problem::Problem;
use jiff::Timestamp;

use crate::error::{Result, StoreError};
use crate::rows;
use crate::rows::problem::{ProblemRow, problems_in, problems_out, summary_in};
use crate::sql::{self, Value};
use crate::store::Store;
use crate::transaction::Transaction;

/// A paper as it is remembered.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentRow {
    /// SHA-256 of the file.
    pub digest: Digest,
    /// What it is.
    pub kind: DocumentKind,
    /// Version of its format.
    pub version: Option<String>,
    /// File name it came under, without folders.
    pub name: String,
    /// Size of the file in bytes.
    pub size: u64,
    /// Who made it, where it says so.
    pub origin: Option<String>,
    /// Traffic-light marking as written.
    pub tlp: Option<String>,
    /// The day that its content speaks for, where it says so.
    pub dated: Option<Timestamp>,
    /// What it is an edition of: of the papers of one slot only the newest is in force. `None` stands alone.
    pub slot: Option<String>,
    /// The paper's own revision as a number that grows; 0 where it has none. Compared before `dated`.
    pub revision: i64,
    /// What its reading depended on beside its bytes, such as the digest of a column mapping; empty for nothing.
    pub read_with: String,
    /// Counts.
    pub summary: Summary,
    /// What is wrong in it.
    pub problems: Vec<Problem>,
    /// Who imported it.
    pub actor: String,
    /// When it was imported.
    pub imported: Timestamp,
    /// Whether it is in force: no newer paper of its slot is stored. Every paper is when it is put.
    pub active: bool,
}

type Columns = (
    Vec<u8>,
    String,
    Option<String>,
    String,
    i64,
    Option<String>,
    Option<String>,
    Option<i64>,
    Option<String>,
    i64,
    String,
    String,
    String,
    String,
    i64,
    i64,
);

impl DocumentRow {
    fn from_columns(columns: Columns) -> Result<Self> {
        let (
            digest,
            kind,
            version,
            name,
            size,
            origin,
            tlp,
            dated,
            slot,
            revision,
            read_with,
            summary,
            problems,
            actor,
            imported,
            active,
        ) = columns;
        let summary: Vec<(String, u64)> = rows::read("document", &summary)?;
        let problems: Vec<ProblemRow> = rows::read("document", &problems)?;
        Ok(Self {
            digest: digest_in(&digest)?,
            kind: DocumentKind::from_word(&kind).unwrap_or(DocumentKind::Unknown),
            version,
            name,
            size: u64::try_from(size).unwrap_or(0),
            origin,
            tlp,
            dated: dated.map(instant_in).transpose()?,
            slot,
            revision,
            read_with,
            summary: summary_in(summary),
            problems: problems_in(problems),
            actor,
            imported: instant_in(imported)?,
            active: active != 0,
        })
    }

    fn summary_out(&self) -> Result<String> {
        rows::write("a document", &self.summary.iter().collect::<Vec<_>>())
    }

    fn problems_out(&self) -> Result<String> {
        rows::write("a document", &problems_out(&self.problems))
    }
}

/// A digest from its column.
pub(crate) fn digest_in(bytes: &[u8]) -> Result<Digest> {
    Digest::from_slice(bytes).ok_or_else(|| StoreError::Read {
        what: "a digest",
        source: sqlx::Error::Decode("a digest has 32 bytes".into()),
    })
}

/// An instant from its column.
pub(crate) fn instant_in(milliseconds: i64) -> Result<Timestamp> {
    Timestamp::from_millisecond(milliseconds).map_err(|source| StoreError::Read {
        what: "an instant",
        source: sqlx::Error::Decode(source.into()),
    })
}

impl Transaction {
    /// Adds a paper. It comes into force; [`Self::supersede`] decides between it and others of its slot.
    pub async fn put_document(&mut self, row: &DocumentRow) -> Result<()> {
        self.change();
        self.write(
            "a document",
            sql::document::INSERT,
            [
                Value::from(&row.digest),
                Value::text(row.kind.as_str()),
                Value::maybe_text(row.version.as_deref()),
                Value::text(&row.name),
                i64::try_from(row.size).unwrap_or(i64::MAX).into(),
                Value::maybe_text(row.origin.as_deref()),
                Value::maybe_text(row.tlp.as_deref()),
                row.dated.map(Timestamp::as_millisecond).into(),
                Value::maybe_text(row.slot.as_deref()),
                row.revision.into(),
                Value::text(&row.read_with),
                row.summary_out()?.into(),
                row.problems_out()?.into(),
                Value::text(&row.actor),
                row.imported.as_millisecond().into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// Replaces what the reading of a stored paper found, because it was read again in another
    /// way. Its name, actor and import time stay; its old devices and releases are forgotten, to be put again.
    pub async fn reread_document(&mut self, row: &DocumentRow) -> Result<()> {
        self.change();
        self.write(
            "a document",
            sql::document::REREAD,
            [
                Value::from(&row.digest),
                Value::text(row.kind.as_str()),
                Value::maybe_text(row.version.as_deref()),
                Value::maybe_text(row.origin.as_deref()),
                Value::maybe_text(row.tlp.as_deref()),
                row.dated.map(Timestamp::as_millisecond).into(),
                Value::maybe_text(row.slot.as_deref()),
                row.revision.into(),
                Value::text(&row.read_with),
                row.summary_out()?.into(),
                row.problems_out()?.into(),
            ],
        )
        .await?;
        for text in [
            sql::product::DELETE_DEVICES,
            sql::product::DELETE_RELEASE_DOCUMENTS,
            sql::document::DELETE_CHUNKS,
            sql::document::DELETE_ORIGINAL,
        ] {
            self.write("a document", text, [Value::from(&row.digest)])
                .await?;
        }
        Ok(())
    }

    /// Replaces version, day, counts and problems of a paper that was put before all of it was read.
    pub async fn summarise_document(&mut self, row: &DocumentRow) -> Result<()> {
        self.change();
        self.write(
            "a document",
            sql::document::SUMMARISE,
            [
                Value::from(&row.digest),
                Value::maybe_text(row.version.as_deref()),
                row.dated.map(Timestamp::as_millisecond).into(),
                row.summary_out()?.into(),
                row.problems_out()?.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// Puts the newest paper of `slot` in force and the others out of it: the highest revision, of equal
    /// ones the latest day, of equal ones the one imported last. Answers the papers that it put out of force.
    pub async fn supersede(&mut self, slot: &str) -> Result<Vec<Digest>> {
        self.change();
        let papers: Vec<(Vec<u8>,)> = sql::ask(sql::document::OF_SLOT, [Value::text(slot)])
            .fetch_all(self.connection())
            .await
            .map_err(StoreError::read("documents"))?;
        let mut replaced = Vec::new();
        for (place, (digest,)) in papers.into_iter().enumerate() {
            let active = i64::from(place == 0);
            let changed = self
                .write(
                    "a document",
                    sql::document::SET_ACTIVE,
                    [digest.clone().into(), active.into()],
                )
                .await?;
            if changed > 0 && active == 0 {
                replaced.push(digest_in(&digest)?);
            }
        }
        Ok(replaced)
    }

    /// Whether a paper is in force; `false` when it is not stored.
    pub(crate) async fn is_active(&mut self, digest: &Digest) -> Result<bool> {
        let row: Option<(i64,)> = sql::ask(sql::document::IS_ACTIVE, [Value::from(digest)])
            .fetch_optional(self.connection())
            .await
            .map_err(StoreError::read("a document"))?;
        Ok(row.is_some_and(|(active,)| active != 0))
    }
}

impl Store {
    /// Every paper, in force or not, in the order of import.
    pub async fn documents(&self) -> Result<Vec<DocumentRow>> {
        let rows: Vec<Columns> = sql::ask(sql::document::ALL, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("documents"))?;
        rows.into_iter().map(DocumentRow::from_columns).collect()
    }

    /// One paper, `None` when it is not stored.
    pub async fn document(&self, digest: &Digest) -> Result<Option<DocumentRow>> {
        let row: Option<Columns> = sql::ask(sql::document::ONE, [Value::from(digest)])
            .fetch_optional(&self.readers)
            .await
            .map_err(StoreError::read("a document"))?;
        row.map(DocumentRow::from_columns).transpose()
    }

    /// Whether a paper is stored.
    pub async fn has_document(&self, digest: &Digest) -> Result<bool> {
        let row: Option<(i64,)> = sql::ask(sql::document::IS_ACTIVE, [Value::from(digest)])
            .fetch_optional(&self.readers)
            .await
            .map_err(StoreError::read("a document"))?;
        Ok(row.is_some())
    }

    /// The digests of all papers, each with its kind and what its reading depended on
    /// ([`DocumentRow::read_with`]).
    pub async fn document_digests(&self) -> Result<Vec<(Digest, DocumentKind, String)>> {
        let rows: Vec<(Vec<u8>, String, String)> = sql::ask(sql::document::DIGESTS, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("documents"))?;
        rows.into_iter()
            .map(|(digest, kind, read_with)| {
                let kind = DocumentKind::from_word(&kind).unwrap_or(DocumentKind::Unknown);
                Ok((digest_in(&digest)?, kind, read_with))
            })
            .collect()
    }
}
