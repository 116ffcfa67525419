//! Writing, all or nothing.

use sqlx::{Sqlite, SqliteConnection};

use crate::error::{Result, StoreError, is_busy};
use crate::failpoint;
use crate::sql::{self, Rows, Value};

/// Name of the counter of changes.
pub(crate) const CHANGES: &str = "changes";

/// One change of the workspace. Dropped without [`Self::commit`] it leaves nothing behind.
pub struct Transaction {
    inner: sqlx::Transaction<'static, Sqlite>,
    changed: bool,
    pub(crate) next_record: Option<i64>,
    pub(crate) next_statement: Option<i64>,
}

impl Transaction {
    pub(crate) fn new(inner: sqlx::Transaction<'static, Sqlite>) -> Self {
        Self {
            inner,
            changed: false,
            next_record: None,
            next_statement: None,
        }
    }

    /// Makes the change durable, as a whole. The change counter rises by one if papers, facts or
    /// decisions were written.
    pub async fn commit(mut self) -> Result<()> {
        if self.changed {
            let row: Option<(String,)> = sql::ask(sql::meta::GET, [Value::text(CHANGES)])
                .fetch_optional(self.connection())
                .await
                .map_err(StoreError::read("the change counter"))?;
            let counter: u64 = row.and_then(|(value,)| value.parse().ok()).unwrap_or(0);
            self.write(
                "the change counter",
                sql::meta::SET,
                [Value::text(CHANGES), (counter + 1).to_string().into()],
            )
            .await?;
        }
        failpoint::reach();
        self.inner.commit().await.map_err(|source| {
            if is_busy(&source) {
                StoreError::Busy
            } else {
                StoreError::Commit { source }
            }
        })?;
        failpoint::reach();
        Ok(())
    }

    /// Leaves nothing of the change, and waits until that is so.
    pub async fn roll_back(self) -> Result<()> {
        self.inner
            .rollback()
            .await
            .map_err(|source| StoreError::Commit { source })
    }

    /// Sets or replaces a value under a name of the program's own. The change counter does not rise.
    pub async fn set_meta(&mut self, key: &str, value: &str) -> Result<()> {
        self.write(
            "a setting",
            sql::meta::SET,
            [Value::text(key), Value::text(value)],
        )
        .await?;
        Ok(())
    }

    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.inner
    }

    /// Marks that papers, facts or decisions are being written.
    pub(crate) fn change(&mut self) {
        self.changed = true;
    }

    /// Executes a statement; answers how many rows it touched.
    pub(crate) async fn write(
        &mut self,
        what: &'static str,
        text: &'static str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<u64> {
        failpoint::reach();
        let done = sql::query(text, values)
            .execute(self.connection())
            .await
            .map_err(StoreError::write(what))?;
        Ok(done.rows_affected())
    }

    /// Executes an insert of many rows, given as one flat list of values.
    pub(crate) async fn write_rows(
        &mut self,
        what: &'static str,
        rows: &'static Rows,
        values: Vec<Value>,
    ) -> Result<()> {
        let mut remaining = values.len() / rows.columns();
        let mut values = values.into_iter();
        while remaining > 0 {
            failpoint::reach();
            let (count, text) = rows.text(remaining);
            sql::query_many(text, values.by_ref().take(count * rows.columns()))
                .execute(self.connection())
                .await
                .map_err(StoreError::write(what))?;
            remaining -= count;
        }
        Ok(())
    }
}
