//! What is remembered: the only SQL of Isocenter.
//!
//! A workspace is one SQLite file (later: one PostgreSQL database, so the SQL is valid on both). It holds the papers
//! with their original bytes by SHA-256, the facts read from them, what was computed from the facts, and
//! what people decided. Papers are never deleted and decisions never overwritten; a paper that a newer one of
//! its slot replaces is only put out of force.
//!
//! | to | use |
//! |---|---|
//! | open, create, upgrade, copy, verify | [`Store`] |
//! | write, all or nothing | [`Store::begin`], [`Transaction`] |
//! | read | the other methods of [`Store`] |
//!
//! There is one writer; readers beside it see the last committed state. All functions need a Tokio runtime
//! with time enabled.
#![warn(missing_docs)]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the store makes, protects and copies its own database file"
)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")
)]

mod decision;
mod document;
mod equipment;
mod error;
mod failpoint;
mod finding;
mod identity;
mod lifecycle;
mod network;
mod original;
mod product;
mod rows;
mod sbom;
mod schema;
mod site;
mod sql;
mod sqlite;
mod statement;
mod store;
mod transaction;
mod vulnerability;

pub use document::DocumentRow;
pub use equipment::StoredEquipment;
pub use error::{Result, StoreError};
pub use identity::StoredPair;
pub use lifecycle::StoredLifecycle;
pub use original::{CHUNK, Encoding};
pub use product::{StoredDevice, StoredForm, StoredRelease};
pub use sbom::{ComponentPlace, StoredSbom};
pub use statement::StoredStatement;
pub use store::{DATABASE, Store, TableContent};
pub use transaction::Transaction;
pub use vulnerability::{RecordScope, RecordsWritten, StoredRecord};

/// Every statement that the store sends, by name, for the test that prepares each on PostgreSQL.
pub fn statements() -> Vec<(String, String)> {
    sql::texts()
}

/// The schema's steps for PostgreSQL, in order, for the same test.
pub fn postgres_migrations() -> &'static [&'static str] {
    schema::POSTGRES
}
