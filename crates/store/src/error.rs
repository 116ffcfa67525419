//! What can fail in the store.

use std::path::PathBuf;

use isocenter_model::Digest;

/// What the store's functions answer.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// An operation of the store that failed, with what it was about.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// A folder or file could not be made, read or protected.
    #[error("cannot {action} {}", path.display())]
    Path {
        /// What was tried: `create`, `protect`, `copy` …
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The database file could not be opened.
    #[error("cannot open the workspace {}", path.display())]
    Open {
        /// The database file.
        path: PathBuf,
        /// Why not.
        source: sqlx::Error,
    },
    /// The database was written by a newer Isocenter.
    #[error(
        "the workspace {} has schema {found}, newer than {expected}, the newest that this version knows",
        path.display()
    )]
    NewerSchema {
        /// The database file.
        path: PathBuf,
        /// Its schema version.
        found: i64,
        /// The newest known schema version.
        expected: i64,
    },
    /// The database was written by an older Isocenter.
    #[error("the workspace {} has schema {found} and needs an upgrade to {expected}", path.display())]
    NeedsUpgrade {
        /// The database file.
        path: PathBuf,
        /// Its schema version.
        found: i64,
        /// The schema version of this Isocenter.
        expected: i64,
    },
    /// A step of the schema could not be applied; nothing of that step remains.
    #[error("cannot bring the schema to version {version}")]
    Migrate {
        /// The step.
        version: i64,
        /// Why not.
        source: sqlx::Error,
    },
    /// Another process holds the workspace for writing.
    #[error("the workspace is being written by another process")]
    Busy,
    /// A transaction could not begin.
    #[error("cannot begin to write to the workspace")]
    Begin {
        /// Why not.
        source: sqlx::Error,
    },
    /// A transaction could not be made durable; nothing of it remains.
    #[error("cannot commit to the workspace")]
    Commit {
        /// Why not.
        source: sqlx::Error,
    },
    /// Rows could not be written.
    #[error("cannot write {what}")]
    Write {
        /// The noun.
        what: &'static str,
        /// Why not.
        source: sqlx::Error,
    },
    /// Rows could not be read.
    #[error("cannot read {what}")]
    Read {
        /// The noun.
        what: &'static str,
        /// Why not.
        source: sqlx::Error,
    },
    /// A noun could not be put into its stored form.
    #[error("cannot store {what}")]
    Encode {
        /// The noun.
        what: &'static str,
        /// Why not.
        source: serde_json::Error,
    },
    /// A stored row is not in the form of its noun.
    #[error("a stored {what} cannot be understood")]
    Decode {
        /// The noun.
        what: &'static str,
        /// Why not.
        source: serde_json::Error,
    },
    /// The original of a paper could not be packed or unpacked.
    #[error("the stored original of {digest} cannot be unpacked")]
    Original {
        /// The paper.
        digest: Digest,
        /// Why not.
        source: std::io::Error,
    },
    /// The bytes given as the original of a paper are not those of its digest.
    #[error("the bytes given for {digest} have digest {found}: the file changed while it was read")]
    OtherContent {
        /// The paper.
        digest: Digest,
        /// The digest of what was given.
        found: Digest,
    },
    /// Nothing is stored under that digest.
    #[error("no document {digest} is stored")]
    NoDocument {
        /// The digest asked for.
        digest: Digest,
    },
    /// The database is damaged.
    #[error("the workspace {} is damaged: {finding}", path.display())]
    Damaged {
        /// The database file.
        path: PathBuf,
        /// The first thing that is wrong.
        finding: String,
    },
}

impl StoreError {
    /// For `map_err` after a write.
    pub(crate) fn write(what: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| {
            if is_busy(&source) {
                Self::Busy
            } else {
                Self::Write { what, source }
            }
        }
    }

    /// For `map_err` after a read.
    pub(crate) fn read(what: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| Self::Read { what, source }
    }
}

/// Whether SQLite gave up waiting for another process (SQLITE_BUSY, 5, and its extended codes).
pub(crate) fn is_busy(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .and_then(|code| code.parse::<i64>().ok())
        .is_some_and(|code| code & 0xff == 5)
}
