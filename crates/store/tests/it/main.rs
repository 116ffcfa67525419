//! The store from outside: what is put is what is read, on SQLite; and its SQL is understood by PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test that cannot unwrap has failed, and these tests look at files and start a server"
)]

mod editions;
mod equipment;
mod facts;
mod files;
mod network;
mod papers;
mod postgres;
mod records;

use std::future::Future;

use isocenter_model::Digest;
use isocenter_model::document::{DocumentKind, Summary};
use isocenter_model::problem::{Place, Problem};
use isocenter_model::vulnerability::VulnerabilityRecord;
use isocenter_store::{DocumentRow, Store, StoredRecord};
use jiff::Timestamp;

/// Runs a test that needs a store in a folder of its own.
fn with_store<F: Future<Output = ()>>(test: impl FnOnce(Store) -> F) {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        let store = Store::open(folder.path()).await.unwrap();
        test(store.clone()).await;
        store.close().await;
    });
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A paper whose bytes are its name.
fn paper(name: &str, slot: Option<&str>) -> DocumentRow {
    DocumentRow {
        digest: Digest::of(name.as_bytes()),
        kind: DocumentKind::CycloneDx,
        version: Some("1.6".to_owned()),
        name: name.to_owned(),
        size: name.len() as u64,
        origin: Some("Example Medical".to_owned()),
        tlp: None,
        dated: Some(at("2026-01-01T00:00:00Z")),
        slot: slot.map(str::to_owned),
        revision: 0,
        read_with: String::new(),
        summary: Summary::from([("components", 3)]),
        problems: vec![
            Problem::warning(
                "cyclonedx-purl-malformed",
                Place::pointer("/components/0/purl"),
                "no",
            )
            .hint("write it so")
            .within("a.zip"),
        ],
        actor: "anna".to_owned(),
        imported: at("2026-11-23T10:00:00Z"),
        active: true,
    }
}

async fn put(store: &Store, row: &DocumentRow) {
    let mut transaction = store.begin().await.unwrap();
    transaction.put_document(row).await.unwrap();
    if let Some(slot) = &row.slot {
        transaction.supersede(slot).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

fn record(id: &str, modified: &str, title: &str, keys: &[&str]) -> StoredRecord {
    StoredRecord {
        record: VulnerabilityRecord {
            id: id.to_owned(),
            source: "CVE".to_owned(),
            title: Some(title.to_owned()),
            modified: Some(at(modified)),
            ..VulnerabilityRecord::default()
        },
        digest: Digest::of_parts([id, modified, title]),
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
