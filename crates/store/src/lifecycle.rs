//! Support life of products.

use isocenter_model::Digest;
use isocenter_model::lifecycle::LifecycleEntry;

use crate::document::digest_in;
use crate::error::{Result, StoreError};
use crate::rows;
use crate::rows::lifecycle::entry;
use crate::sql::{self, Value};
use crate::store::Store;
use crate::transaction::Transaction;
use crate::vulnerability::pairs;

/// A line of a product's life to be put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLifecycle {
    /// The line.
    pub entry: LifecycleEntry,
    /// The keys that components and releases are looked up by.
    pub keys: Vec<String>,
}

impl Transaction {
    /// Keeps what a paper says of support life.
    pub async fn put_lifecycle(
        &mut self,
        document: &Digest,
        entries: &[StoredLifecycle],
    ) -> Result<()> {
        self.change();
        let (last,): (Option<i64>,) = sql::ask(sql::lifecycle::LAST_ID, [])
            .fetch_one(self.connection())
            .await
            .map_err(StoreError::read("support life"))?;
        let mut values = Vec::with_capacity(entries.len() * sql::lifecycle::INSERT.columns());
        let mut keys = Vec::new();
        for (id, stored) in (last.unwrap_or(0) + 1..).zip(entries) {
            values.extend([
                id.into(),
                Value::from(document),
                rows::write("support life", &entry::Out(&stored.entry))?.into(),
            ]);
            keys.extend(stored.keys.iter().map(|key| (key.as_str(), id)));
        }
        self.write_rows("support life", &sql::lifecycle::INSERT, values)
            .await?;
        self.write_rows("support life", &sql::lifecycle::INSERT_KEYS, pairs(keys))
            .await
    }
}

impl Store {
    /// Every line in force with its paper.
    pub async fn lifecycle(&self) -> Result<Vec<(LifecycleEntry, Digest)>> {
        let rows: Vec<(String, Vec<u8>)> = sql::ask(sql::lifecycle::ALL, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("support life"))?;
        rows.into_iter()
            .map(|(data, document)| line((data, document)))
            .collect()
    }

    /// The lines in force that have one of these keys: `(key, line, paper)`.
    pub async fn lifecycle_by_keys(
        &self,
        keys: &[String],
    ) -> Result<Vec<(String, LifecycleEntry, Digest)>> {
        let keys = keys.iter().map(|key| Value::text(key));
        let rows: Vec<(String, String, Vec<u8>)> = self
            .look_up("support life", &sql::lifecycle::BY_KEY, keys)
            .await?;
        rows.into_iter()
            .map(|(key, data, document)| {
                let (entry, document) = line((data, document))?;
                Ok((key, entry, document))
            })
            .collect()
    }
}

fn line((data, document): (String, Vec<u8>)) -> Result<(LifecycleEntry, Digest)> {
    let stored: entry::In = rows::read("support life", &data)?;
    Ok((stored.0, digest_in(&document)?))
}
