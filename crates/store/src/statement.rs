//! Statements.

use isocenter_model::Digest;
use isocenter_model::statement::Statement;

use crate::document::digest_in;
use crate::error::{Result, StoreError};
use crate::rows;
use crate::rows::statement::statement;
use crate::sql::{self, Value};
use crate::store::Store;
use crate::transaction::Transaction;
use crate::vulnerability::{ids, pairs};

/// A statement to be put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredStatement {
    /// The statement.
    pub statement: Statement,
    /// The keys that components and products are looked up by.
    pub keys: Vec<String>,
}

impl Transaction {
    /// Keeps the statements of a paper.
    pub async fn put_statements(
        &mut self,
        document: &Digest,
        statements: &[StoredStatement],
    ) -> Result<()> {
        self.change();
        let mut next = self.next_statement().await?;
        let mut values = Vec::with_capacity(statements.len() * sql::statement::INSERT.columns());
        let mut keys = Vec::new();
        for stored in statements {
            values.extend([
                next.into(),
                Value::from(document),
                Value::text(&stored.statement.vulnerability),
                rows::write("a statement", &statement::Out(&stored.statement))?.into(),
            ]);
            keys.extend(stored.keys.iter().map(|key| (key.as_str(), next)));
            next += 1;
        }
        self.next_statement = Some(next);
        self.write_rows("statements", &sql::statement::INSERT, values)
            .await?;
        self.write_rows("statements", &sql::statement::INSERT_KEYS, pairs(keys))
            .await
    }

    async fn next_statement(&mut self) -> Result<i64> {
        if let Some(next) = self.next_statement {
            return Ok(next);
        }
        let (last,): (Option<i64>,) = sql::ask(sql::statement::LAST_ID, [])
            .fetch_one(self.connection())
            .await
            .map_err(StoreError::read("statements"))?;
        Ok(last.unwrap_or(0) + 1)
    }
}

impl Store {
    /// Number of statements in force.
    pub async fn statement_count(&self) -> Result<u64> {
        let (count,): (i64,) = sql::ask(sql::statement::COUNT, [])
            .fetch_one(&self.readers)
            .await
            .map_err(StoreError::read("statements"))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// The statements in force that have one of these keys: `(key, statement)`, in no order.
    pub async fn statement_ids_by_keys(&self, keys: &[String]) -> Result<Vec<(String, i64)>> {
        let keys = keys.iter().map(|key| Value::text(key));
        self.look_up("statements", &sql::statement::IDS_BY_KEY, keys)
            .await
    }

    /// Statements with their papers, by the store's own ids, in no order.
    pub async fn statements(&self, ids: &[i64]) -> Result<Vec<(i64, Statement, Digest)>> {
        let rows: Vec<(i64, String, Vec<u8>)> = self
            .look_up("statements", &sql::statement::BY_ID, self::ids(ids))
            .await?;
        rows.into_iter().map(statement_in).collect()
    }

    /// Every statement in force with its paper.
    pub async fn all_statements(&self) -> Result<Vec<(i64, Statement, Digest)>> {
        let rows: Vec<(i64, String, Vec<u8>)> = sql::ask(sql::statement::ALL, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("statements"))?;
        rows.into_iter().map(statement_in).collect()
    }
}

fn statement_in((id, data, document): (i64, String, Vec<u8>)) -> Result<(i64, Statement, Digest)> {
    let stored: statement::In = rows::read("statement", &data)?;
    Ok((id, stored.0, digest_in(&document)?))
}
