//! The schema's steps and their application.
//!
//! A step is one file per database, with the same number and the same logical result on both.

use sqlx::{Connection as _, SqliteConnection};

use crate::error::{Result, StoreError};
use crate::sql;

/// The steps for SQLite, in order; the first is version 1.
pub(crate) const SQLITE: &[&str] = &[include_str!(
    "../migrations/sqlite/0001_papers_and_facts.sql"
)];

/// The same steps for PostgreSQL.
pub(crate) const POSTGRES: &[&str] = &[include_str!(
    "../migrations/postgres/0001_papers_and_facts.sql"
)];

/// The version that so many steps lead to.
pub(crate) fn newest(steps: &[&str]) -> i64 {
    i64::try_from(steps.len()).unwrap_or(i64::MAX)
}

/// The version that the database is at; 0 for an empty one.
pub(crate) async fn version(connection: &mut SqliteConnection) -> Result<i64> {
    if !crate::sqlite::has_table(connection, "schema_version").await? {
        return Ok(0);
    }
    let (version,): (Option<i64>,) = sql::ask(sql::meta::SCHEMA_VERSION, [])
        .fetch_one(connection)
        .await
        .map_err(StoreError::read("the schema version"))?;
    Ok(version.unwrap_or(0))
}

/// Applies the steps that the database lacks, each whole or not at all.
pub(crate) async fn apply(
    connection: &mut SqliteConnection,
    steps: &'static [&'static str],
) -> Result<()> {
    for (number, step) in (1_i64..).zip(steps) {
        let migrate = |source| StoreError::Migrate {
            version: number,
            source,
        };
        let mut transaction = connection
            .begin_with("begin immediate")
            .await
            .map_err(migrate)?;
        // Asked again inside: another process may have been quicker.
        if version(&mut transaction).await? >= number {
            continue;
        }
        sqlx::raw_sql(*step)
            .execute(&mut *transaction)
            .await
            .map_err(migrate)?;
        sql::query(sql::meta::SCHEMA_APPLIED, [number.into()])
            .execute(&mut *transaction)
            .await
            .map_err(migrate)?;
        transaction.commit().await.map_err(migrate)?;
    }
    Ok(())
}
