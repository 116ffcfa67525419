//! The schema's steps and their application.
//!
//! A step is one file per database, with the same number and the same logical result on both.

use sqlx::{Connection as _, SqliteConnection};

use crate::error::{Result, StoreError};
use crate::sql;

/// The steps for SQLite, in order; the first is version 1.
pub(crate) const SQLITE: &[&str] = &[
    include_str!("../migrations/sqlite/0001_papers_and_facts.sql"),
    include_str!("../migrations/sqlite/0002_equipment.sql"),
    include_str!("../migrations/sqlite/0003_life_cycle_and_site.sql"),
    include_str!("../migrations/sqlite/0004_identity_names.sql"),
    include_str!("../migrations/sqlite/0005_network_scans.sql"),
];

/// The same steps for PostgreSQL.
pub(crate) const POSTGRES: &[&str] = &[
    include_str!("../migrations/postgres/0001_papers_and_facts.sql"),
    include_str!("../migrations/postgres/0002_equipment.sql"),
    include_str!("../migrations/postgres/0003_life_cycle_and_site.sql"),
    include_str!("../migrations/postgres/0004_identity_names.sql"),
    include_str!("../migrations/postgres/0005_network_scans.sql"),
];

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    const OLD: &[&str] = &[SQLITE[0]];
    const NEW: &[&str] = &[SQLITE[0], "create table extra (a text) strict;"];
    const BROKEN: &[&str] = &[
        SQLITE[0],
        "create table extra (a text) strict; create table extra (b text) strict;",
    ];

    fn run<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
            .block_on(future)
    }

    #[test]
    fn both_databases_take_the_same_number_of_steps() {
        assert_eq!(SQLITE.len(), POSTGRES.len());
    }

    #[test]
    fn an_older_workspace_is_refused_until_it_is_upgraded_and_a_copy_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let backups = folder.path().join("kept");
        run(async {
            let store = Store::open_with(folder.path(), OLD).await.unwrap();
            let mut transaction = store.begin().await.unwrap();
            transaction.set_meta("a", "b").await.unwrap();
            transaction.commit().await.unwrap();
            store.close().await;

            let error = Store::open_with(folder.path(), NEW).await.unwrap_err();
            assert!(
                matches!(
                    error,
                    StoreError::NeedsUpgrade {
                        found: 1,
                        expected: 2,
                        ..
                    }
                ),
                "{error}"
            );
            let copy = Store::upgrade_with(folder.path(), &backups, NEW)
                .await
                .unwrap()
                .unwrap();
            for (path, steps) in [(folder.path(), NEW), (&copy, OLD)] {
                let store = Store::open_with(path, steps).await.unwrap();
                assert_eq!(store.meta("a").await.unwrap().as_deref(), Some("b"));
                store.close().await;
            }
            assert_eq!(
                Store::upgrade_with(folder.path(), &backups, NEW)
                    .await
                    .unwrap(),
                None
            );
        });
    }

    #[test]
    fn a_newer_workspace_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        run(async {
            Store::open_with(folder.path(), NEW)
                .await
                .unwrap()
                .close()
                .await;
            for error in [
                Store::open_with(folder.path(), OLD)
                    .await
                    .map(drop)
                    .unwrap_err(),
                Store::upgrade_with(folder.path(), folder.path(), OLD)
                    .await
                    .map(drop)
                    .unwrap_err(),
            ] {
                assert!(
                    matches!(
                        error,
                        StoreError::NewerSchema {
                            found: 2,
                            expected: 1,
                            ..
                        }
                    ),
                    "{error}"
                );
            }
            Store::open_with(folder.path(), NEW)
                .await
                .unwrap()
                .close()
                .await;
        });
    }

    #[test]
    fn a_step_that_fails_leaves_the_workspace_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        run(async {
            Store::open_with(folder.path(), OLD)
                .await
                .unwrap()
                .close()
                .await;
            let error = Store::upgrade_with(folder.path(), folder.path(), BROKEN)
                .await
                .unwrap_err();
            assert!(
                matches!(error, StoreError::Migrate { version: 2, .. }),
                "{error}"
            );
            let store = Store::open_with(folder.path(), OLD).await.unwrap();
            let tables = store.content().await.unwrap();
            assert!(
                tables.iter().all(|content| content.table != "extra"),
                "{tables:?}"
            );
            store.close().await;
        });
    }
}
