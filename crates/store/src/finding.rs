//! Findings and the counts of releases: what was computed, and can be computed again.

use isocenter_model::Digest;
use isocenter_model::assessment::Counts;
use isocenter_model::finding::Finding;

use crate::document::digest_in;
use crate::error::{Result, StoreError};
use crate::rows;
use crate::rows::finding::finding;
use crate::sql::{self, Value};
use crate::store::Store;
use crate::transaction::Transaction;

impl Transaction {
    /// Puts these findings in the place of all others. The change counter does not rise, for they follow
    /// from the facts.
    pub async fn replace_findings(&mut self, findings: &[Finding]) -> Result<()> {
        self.write("findings", sql::finding::DELETE, []).await?;
        for some in findings.chunks(2_000) {
            let mut values = Vec::with_capacity(some.len() * sql::finding::INSERT.columns());
            for finding in some {
                values.extend([
                    Value::text(&finding.id),
                    Value::from(&finding.release),
                    Value::text(&finding.vulnerability),
                    Value::text(finding.verdict.as_str()),
                    rows::write("a finding", &finding::Out(finding))?.into(),
                ]);
            }
            self.write_rows("findings", &sql::finding::INSERT, values)
                .await?;
        }
        Ok(())
    }

    /// Puts these counts in the place of those of all releases.
    pub async fn replace_release_counts(&mut self, counts: &[(Digest, Counts)]) -> Result<()> {
        self.write("counts", sql::finding::DELETE_COUNTS, [])
            .await?;
        let values = counts
            .iter()
            .flat_map(|(release, counts)| {
                let count = |count: u64| Value::from(i64::try_from(count).unwrap_or(i64::MAX));
                [
                    Value::from(release),
                    count(counts.now),
                    count(counts.soon),
                    count(counts.planned),
                    count(counts.watch),
                    count(counts.undetermined),
                    count(counts.fixed),
                    count(counts.not_affected),
                ]
            })
            .collect();
        self.write_rows("counts", &sql::finding::INSERT_COUNTS, values)
            .await
    }
}

impl Store {
    /// The findings that were put last, by id.
    pub async fn findings(&self) -> Result<Vec<Finding>> {
        let rows: Vec<(String,)> = sql::ask(sql::finding::ALL, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("findings"))?;
        rows.iter()
            .map(|(data,)| {
                let finding: finding::In = rows::read("finding", data)?;
                Ok(finding.0)
            })
            .collect()
    }

    /// The counts that were put last, by release.
    pub async fn release_counts(&self) -> Result<Vec<(Digest, Counts)>> {
        type Columns = (Vec<u8>, i64, i64, i64, i64, i64, i64, i64);
        let rows: Vec<Columns> = sql::ask(sql::finding::COUNTS, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("counts"))?;
        let count = |count: i64| u64::try_from(count).unwrap_or(0);
        rows.into_iter()
            .map(
                |(release, now, soon, planned, watch, undetermined, fixed, not_affected)| {
                    let counts = Counts {
                        now: count(now),
                        soon: count(soon),
                        planned: count(planned),
                        watch: count(watch),
                        undetermined: count(undetermined),
                        fixed: count(fixed),
                        not_affected: count(not_affected),
                    };
                    Ok((digest_in(&release)?, counts))
                },
            )
            .collect()
    }
}
