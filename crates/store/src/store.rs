//! One workspace's memory.

use std::fs;
use std::path::{Path, PathBuf};

use isocenter_model::Digest;
use isocenter_model::digest::Digester;
use sqlx::sqlite::{SqlitePool, SqlitePoolOptions};
use sqlx::{ConnectOptions as _, Connection as _, Row as _, SqliteConnection, ValueRef as _};

use crate::error::{Result, StoreError, is_busy};
use crate::transaction::Transaction;
use crate::{schema, sql, sqlite};

/// Name of the database file inside a workspace folder.
pub const DATABASE: &str = "isocenter.sqlite";

/// How many questions can be answered at the same time.
const READERS: u32 = 4;

/// One workspace: papers, facts, findings, decisions. Clones share the same connections.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) readers: SqlitePool,
    writer: SqlitePool,
    file: PathBuf,
}

/// One table's content, for comparing two workspaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableContent {
    /// Its name.
    pub table: String,
    /// Number of rows.
    pub rows: u64,
    /// Digest of all rows, in whatever order they lie.
    pub digest: Digest,
}

impl Store {
    /// Opens the workspace in `path`, a folder or a database file, and makes it where there is
    /// none: the folder readable by its owner alone (0700), the file too (0600).
    ///
    /// A workspace of an older Isocenter is refused with [`StoreError::NeedsUpgrade`] and left as it is; one of
    /// a newer with [`StoreError::NewerSchema`].
    pub async fn open(path: &Path) -> Result<Self> {
        Self::open_with(path, schema::SQLITE).await
    }

    pub(crate) async fn open_with(path: &Path, steps: &'static [&'static str]) -> Result<Self> {
        let file = database_file(path)?;
        make_private(&file)?;
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(sqlite::writer(&file))
            .await
            .map_err(|source| StoreError::Open {
                path: file.clone(),
                source,
            })?;
        if let Err(error) = prepare(&writer, &file, steps).await {
            writer.close().await;
            return Err(error);
        }
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .min_connections(0)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_lazy_with(sqlite::reader(&file));
        Ok(Self {
            readers,
            writer,
            file,
        })
    }

    /// Brings the workspace in `path` to the schema of this Isocenter, after writing a copy of it
    /// into the folder `backups`. Answers the copy's path, or `None` where there was nothing to do.
    pub async fn upgrade(path: &Path, backups: &Path) -> Result<Option<PathBuf>> {
        Self::upgrade_with(path, backups, schema::SQLITE).await
    }

    pub(crate) async fn upgrade_with(
        path: &Path,
        backups: &Path,
        steps: &'static [&'static str],
    ) -> Result<Option<PathBuf>> {
        let file = database_file(path)?;
        let mut connection = connect(&file).await?;
        let found = schema::version(&mut connection).await?;
        let expected = schema::newest(steps);
        if found > expected {
            return Err(StoreError::NewerSchema {
                path: file,
                found,
                expected,
            });
        }
        let copy = if (1..expected).contains(&found) {
            create_private_folder(backups)?;
            let copy = free_name(backups, found);
            copy_to(&mut connection, &copy).await?;
            schema::apply(&mut connection, steps).await?;
            Some(copy)
        } else {
            None
        };
        close(connection, &file).await?;
        Ok(copy)
    }

    /// Brings the workspace in the folder `at` back from the copy `file`. The copy is copied
    /// again, brought to this schema and verified there; only then does it take the place of the workspace,
    /// which is kept in the folder `kept`, the answer. `None` where there was none. A workspace that is open
    /// elsewhere is not replaced: [`StoreError::Busy`].
    pub async fn restore(file: &Path, at: &Path, kept: &Path) -> Result<Option<PathBuf>> {
        let target = database_file(at)?;
        let incoming = target.with_extension("incoming");
        for leftover in with_companions(&incoming) {
            remove_if_there(&leftover)?;
        }
        if let Some(folder) = target.parent() {
            create_private_folder(folder)?;
        }
        create_private_file(&incoming)?;
        // Its bytes, for opening the copy that was given could already change it.
        fs::copy(file, &incoming).map_err(|source| StoreError::Path {
            action: "copy",
            path: file.to_owned(),
            source,
        })?;
        let mut copied = connect(&incoming).await?;
        let damage = sqlite::first_damage(&mut copied).await;
        close(copied, &incoming).await?;
        let damage = damage?;
        if let Some(finding) = damage {
            return Err(StoreError::Damaged {
                path: file.to_owned(),
                finding,
            });
        }
        let folder = incoming.parent().unwrap_or(at).to_owned();
        if let Some(copy) = Self::upgrade(&incoming, &folder).await? {
            // A copy of a copy: the file that was given is the one to keep.
            remove_if_there(&copy)?;
        }
        let restored = Self::open(&incoming).await?;
        let sound = restored.verify().await;
        restored.close().await;
        sound?;
        let replaced = if target.exists() {
            create_private_folder(kept)?;
            keep(&target, kept).await?;
            Some(kept.to_owned())
        } else {
            None
        };
        rename(&incoming, &target)?;
        Ok(replaced)
    }

    /// The database file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Begins to write. There is one writer at a time, over all processes: a second waits ten seconds and
    /// then gets [`StoreError::Busy`]. A transaction that is dropped without [`Transaction::commit`] leaves nothing.
    pub async fn begin(&self) -> Result<Transaction> {
        let inner = self
            .writer
            .begin_with("begin immediate")
            .await
            .map_err(|source| {
                if is_busy(&source) {
                    StoreError::Busy
                } else {
                    StoreError::Begin { source }
                }
            })?;
        Ok(Transaction::new(inner))
    }

    /// Folds the write-ahead log into the database file and closes every connection. A process that
    /// ends without it loses nothing; the next one folds the log.
    pub async fn close(self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Writes a whole, compact copy of the workspace to `file` (0600), which must not exist.
    pub async fn copy(&self, file: &Path) -> Result<()> {
        let mut connection = connect(&self.file).await?;
        let copied = copy_to(&mut connection, file).await;
        close(connection, &self.file).await?;
        copied
    }

    /// Whether the workspace is sound: the database's own structure, every reference, every
    /// original against its digest. The first thing that is wrong is [`StoreError::Damaged`].
    pub async fn verify(&self) -> Result<()> {
        let mut connection = self
            .readers
            .acquire()
            .await
            .map_err(StoreError::read("the workspace"))?;
        if let Some(finding) = sqlite::first_damage(&mut connection).await? {
            return Err(StoreError::Damaged {
                path: self.file.clone(),
                finding,
            });
        }
        drop(connection);
        for digest in self.originals().await? {
            if !self.original_is_sound(&digest).await? {
                return Err(StoreError::Damaged {
                    path: self.file.clone(),
                    finding: format!("the original of {digest} is not what was stored"),
                });
            }
        }
        Ok(())
    }

    /// A value under a name of the program's own, `None` when it was never set.
    pub async fn meta(&self, key: &str) -> Result<Option<String>> {
        let row: Option<(String,)> = sql::ask(sql::meta::GET, [sql::Value::text(key)])
            .fetch_optional(&self.readers)
            .await
            .map_err(StoreError::read("a setting"))?;
        Ok(row.map(|(value,)| value))
    }

    /// How many commits have changed papers, facts or decisions. What was computed from the facts is as
    /// fresh as the counter it was computed at.
    pub async fn change_counter(&self) -> Result<u64> {
        let value = self.meta(crate::transaction::CHANGES).await?;
        Ok(value.and_then(|value| value.parse().ok()).unwrap_or(0))
    }

    /// The columns of every table as `table.column`, each with its type and `YES` where it may be absent: what
    /// the schemas of both databases must have in common.
    pub async fn columns(&self) -> Result<Vec<(String, String)>> {
        let mut connection = self
            .readers
            .acquire()
            .await
            .map_err(StoreError::read("the schema"))?;
        sqlite::columns(&mut connection).await
    }

    /// The content of every table. Two workspaces that hold the same answer the same. It takes the memory of
    /// the largest table.
    pub async fn content(&self) -> Result<Vec<TableContent>> {
        let mut connection = self
            .readers
            .acquire()
            .await
            .map_err(StoreError::read("the workspace"))?;
        let mut contents = Vec::new();
        for table in sqlite::tables(&mut connection).await? {
            contents.push(table_content(&mut connection, table).await?);
        }
        Ok(contents)
    }
}

/// Brings an empty database to the schema; one of another schema is refused.
async fn prepare(writer: &SqlitePool, file: &Path, steps: &'static [&'static str]) -> Result<()> {
    let mut connection = writer.acquire().await.map_err(|source| StoreError::Open {
        path: file.to_owned(),
        source,
    })?;
    let expected = schema::newest(steps);
    match schema::version(&mut connection).await? {
        0 => schema::apply(&mut connection, steps).await,
        found if found > expected => Err(StoreError::NewerSchema {
            path: file.to_owned(),
            found,
            expected,
        }),
        found if found < expected => Err(StoreError::NeedsUpgrade {
            path: file.to_owned(),
            found,
            expected,
        }),
        _ => Ok(()),
    }
}

async fn table_content(connection: &mut SqliteConnection, table: String) -> Result<TableContent> {
    // The name comes from the database's own list and holds letters and underscores only.
    let text = format!("select * from \"{table}\"");
    let rows = sqlx::query(sqlx::AssertSqlSafe(text))
        .fetch_all(connection)
        .await
        .map_err(StoreError::read("the workspace"))?;
    let mut digests = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut digester = Digester::new();
        for column in 0..row.len() {
            let value = row
                .try_get_raw(column)
                .map_err(StoreError::read("the workspace"))?;
            let bytes: Vec<u8> = if value.is_null() {
                vec![0]
            } else if let Ok(number) = row.try_get::<i64, _>(column) {
                number.to_le_bytes().to_vec()
            } else if let Ok(number) = row.try_get::<f64, _>(column) {
                number.to_le_bytes().to_vec()
            } else {
                row.try_get::<Vec<u8>, _>(column)
                    .or_else(|_| row.try_get::<String, _>(column).map(String::into_bytes))
                    .map_err(StoreError::read("the workspace"))?
            };
            digester.update(&(bytes.len() as u64).to_le_bytes());
            digester.update(&bytes);
        }
        digests.push(digester.finish());
    }
    digests.sort_unstable();
    let mut digester = Digester::new();
    for digest in digests {
        digester.update(digest.as_bytes());
    }
    Ok(TableContent {
        table,
        rows: rows.len() as u64,
        digest: digester.finish(),
    })
}

async fn connect(file: &Path) -> Result<SqliteConnection> {
    sqlite::writer(file)
        .connect()
        .await
        .map_err(|source| StoreError::Open {
            path: file.to_owned(),
            source,
        })
}

/// Closes a connection and waits for it, so that no log stays beside the file.
async fn close(connection: SqliteConnection, file: &Path) -> Result<()> {
    connection.close().await.map_err(|source| StoreError::Open {
        path: file.to_owned(),
        source,
    })
}

async fn copy_to(connection: &mut SqliteConnection, file: &Path) -> Result<()> {
    create_private_file(file)?;
    let name = file.to_str().ok_or_else(|| StoreError::Path {
        action: "name",
        path: file.to_owned(),
        source: std::io::Error::new(std::io::ErrorKind::InvalidInput, "the path is not Unicode"),
    })?;
    sqlite::copy_into(connection, name)
        .await
        .map_err(|source| StoreError::Open {
            path: file.to_owned(),
            source,
        })
}

/// A database file with the files that SQLite keeps beside it.
fn with_companions(file: &Path) -> [PathBuf; 3] {
    let beside = |suffix: &str| {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    [file.to_owned(), beside("-wal"), beside("-shm")]
}

fn remove_if_there(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(StoreError::Path {
            action: "remove",
            path: file.to_owned(),
            source,
        }),
        _ => Ok(()),
    }
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(|source| StoreError::Path {
        action: "move",
        path: from.to_owned(),
        source,
    })
}

/// Keeps a database in the folder `kept`. A sound one also stays where it is, complete in its own
/// file, so that another can take its place in one step; a damaged one is moved with all that lies beside it.
async fn keep(database: &Path, kept: &Path) -> Result<()> {
    let files = with_companions(database);
    let [_, log, _] = &files;
    let folded = match connect(database).await {
        Ok(connection) => close(connection, database).await.is_ok(),
        Err(_) => false,
    };
    if folded && log.exists() {
        // The last to close folds the log: somebody else has not.
        return Err(StoreError::Busy);
    }
    for file in files.iter().filter(|file| file.exists()) {
        let Some(name) = file.file_name() else {
            continue;
        };
        if folded {
            link_or_copy(file, &kept.join(name))?;
        } else {
            rename(file, &kept.join(name))?;
        }
    }
    Ok(())
}

fn link_or_copy(from: &Path, to: &Path) -> Result<()> {
    fs::hard_link(from, to)
        .or_else(|_| fs::copy(from, to).map(drop))
        .map_err(|source| StoreError::Path {
            action: "copy",
            path: from.to_owned(),
            source,
        })
}

/// The first free name for a copy of a workspace of that schema.
fn free_name(backups: &Path, found: i64) -> PathBuf {
    let mut number = 1_u32;
    loop {
        let path = backups.join(format!("isocenter-schema-{found}-copy-{number}.sqlite"));
        if !path.exists() {
            return path;
        }
        number += 1;
    }
}

/// The absolute database file that `path` names.
fn database_file(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path).map_err(|source| StoreError::Path {
        action: "find",
        path: path.to_owned(),
        source,
    })?;
    Ok(if path.is_file() {
        path
    } else {
        path.join(DATABASE)
    })
}

fn make_private(file: &Path) -> Result<()> {
    if file.exists() {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        create_private_folder(folder)?;
    }
    create_private_file(file)
}

/// Makes a folder that its owner alone can enter. One that exists stays as it is.
fn create_private_folder(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder).map_err(|source| StoreError::Path {
        action: "create",
        path: folder.to_owned(),
        source,
    })
}

/// Makes an empty file that its owner alone can read; an empty one that exists is taken.
fn create_private_file(file: &Path) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
        .open(file)
        .map(drop)
        .map_err(|source| StoreError::Path {
            action: "create",
            path: file.to_owned(),
            source,
        })
}
