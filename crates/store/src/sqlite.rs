//! What only SQLite understands: how a file is opened, copied and verified.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Row as _, SqliteConnection};

use crate::error::{Result, StoreError};

/// How long a writer waits for another process.
const PATIENCE: Duration = Duration::from_secs(10);

/// How the writer opens a file. Temporary tables stay in memory, so that no fact leaves the workspace.
pub(crate) fn writer(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(false)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(PATIENCE)
        .page_size(8192)
        .pragma("cache_size", "-32768")
        .pragma("temp_store", "memory")
        .pragma("journal_size_limit", "16777216")
        .statement_cache_capacity(200)
}

/// How a reader opens it.
pub(crate) fn reader(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(false)
        .read_only(true)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .pragma("cache_size", "-16384")
        .pragma("temp_store", "memory")
        .statement_cache_capacity(200)
}

/// Whether the database has a table of that name.
pub(crate) async fn has_table(
    connection: &mut SqliteConnection,
    name: &'static str,
) -> Result<bool> {
    let (count,): (i64,) =
        sqlx::query_as("select count(*) from sqlite_master where type = 'table' and name = $1")
            .bind(name)
            .fetch_one(connection)
            .await
            .map_err(StoreError::read("the schema"))?;
    Ok(count > 0)
}

/// The names of the tables.
pub(crate) async fn tables(connection: &mut SqliteConnection) -> Result<Vec<String>> {
    let names: Vec<(String,)> = sqlx::query_as(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name",
    )
    .fetch_all(connection)
    .await
    .map_err(StoreError::read("the schema"))?;
    Ok(names.into_iter().map(|(name,)| name).collect())
}

/// The columns of every table as `table.column`, each with its type and `YES` where it may be
/// absent, as PostgreSQL's information schema has it.
pub(crate) async fn columns(connection: &mut SqliteConnection) -> Result<Vec<(String, String)>> {
    let rows: Vec<(String, String, String, i64)> = sqlx::query_as(
        "select m.name, c.name, lower(c.type), c.\"notnull\" + c.pk from sqlite_master m, \
         pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite_%' order by 1, 2",
    )
    .fetch_all(connection)
    .await
    .map_err(StoreError::read("the schema"))?;
    let columns = rows.into_iter().map(|(table, column, kind, required)| {
        let nullable = if required > 0 { "NO" } else { "YES" };
        (format!("{table}.{column}"), format!("{kind} {nullable}"))
    });
    Ok(columns.collect())
}

/// Writes a whole, compact copy of the database to a file that does not exist or is empty.
pub(crate) async fn copy_into(
    connection: &mut SqliteConnection,
    file: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("vacuum into $1")
        .bind(file.to_owned())
        .execute(connection)
        .await?;
    Ok(())
}

/// The first thing that SQLite itself finds wrong with the database, or that refers to nothing.
pub(crate) async fn first_damage(connection: &mut SqliteConnection) -> Result<Option<String>> {
    let verdict: (String,) = sqlx::query_as("pragma integrity_check(1)")
        .fetch_one(&mut *connection)
        .await
        .map_err(StoreError::read("the integrity of the workspace"))?;
    if verdict.0 != "ok" {
        return Ok(Some(verdict.0));
    }
    let dangling = sqlx::query("pragma foreign_key_check")
        .fetch_optional(connection)
        .await
        .map_err(StoreError::read("the integrity of the workspace"))?;
    Ok(dangling.map(|row| {
        let table: String = row.try_get(0).unwrap_or_default();
        format!("a row of `{table}` refers to a row that does not exist")
    }))
}
