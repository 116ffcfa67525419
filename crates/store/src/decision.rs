//! What people decided: appended, never overwritten.

use isocenter_model::finding::Decision;
use jiff::Timestamp;

use crate::document::instant_in;
use crate::error::{Result, StoreError};
use crate::sql::{self, Value};
use crate::store::Store;
use crate::transaction::Transaction;

impl Transaction {
    /// Appends a decision, unless the newest one on the same item says the same. Answers whether it did.
    pub async fn put_decision(&mut self, decision: &Decision) -> Result<bool> {
        let newest: Option<(String, Option<String>)> =
            sql::ask(sql::finding::NEWEST_DECISION, [Value::text(&decision.item)])
                .fetch_optional(self.connection())
                .await
                .map_err(StoreError::read("decisions"))?;
        if newest.is_some_and(|(status, comment)| {
            status == decision.status && comment == decision.comment
        }) {
            return Ok(false);
        }
        self.change();
        let (last,): (Option<i64>,) = sql::ask(sql::finding::LAST_DECISION, [])
            .fetch_one(self.connection())
            .await
            .map_err(StoreError::read("decisions"))?;
        self.write_rows(
            "a decision",
            &sql::finding::INSERT_DECISIONS,
            vec![
                (last.unwrap_or(0) + 1).into(),
                Value::text(&decision.item),
                Value::text(&decision.status),
                Value::maybe_text(decision.comment.as_deref()),
                Value::text(&decision.actor),
                decision.at.as_millisecond().into(),
            ],
        )
        .await?;
        Ok(true)
    }
}

impl Store {
    /// Every decision, the oldest first.
    pub async fn decisions(&self) -> Result<Vec<Decision>> {
        type Columns = (String, String, Option<String>, String, i64);
        let rows: Vec<Columns> = sql::ask(sql::finding::DECISIONS, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("decisions"))?;
        rows.into_iter()
            .map(|(item, status, comment, actor, decided)| {
                let at: Timestamp = instant_in(decided)?;
                Ok(Decision {
                    item,
                    status,
                    comment,
                    actor,
                    at,
                })
            })
            .collect()
    }
}
