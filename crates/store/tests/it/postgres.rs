//! Every statement of the store is understood by a real PostgreSQL, so that sharing one
//! database later finds no surprise.
//!
//! The test needs PostgreSQL's own programs (Debian and Ubuntu: package `postgresql`) and fails without
//! them: a rule that is sometimes checked is no rule.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use isocenter_store::{postgres_migrations, statements};

use crate::run;

/// A server of its own, on a socket in a temporary folder, without a network port.
struct Server {
    programs: PathBuf,
    folder: tempfile::TempDir,
}

impl Server {
    fn start() -> Self {
        let programs = programs();
        let folder = tempfile::Builder::new().prefix("pg").tempdir().unwrap();
        let server = Self { programs, folder };
        if is_root() {
            let changed = Command::new("chown")
                .arg("postgres")
                .arg(server.folder.path())
                .status();
            assert!(
                changed.unwrap().success(),
                "cannot give the folder to the user `postgres`"
            );
        }
        let data = server.data();
        server.must(
            "initdb",
            [
                "--auth=trust".as_ref(),
                "--username=postgres".as_ref(),
                "--encoding=UTF8".as_ref(),
                "--locale=C".as_ref(),
                "--no-sync".as_ref(),
                "--pgdata".as_ref(),
                data.as_os_str(),
            ],
        );
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c fsync=off",
            server.folder.path().display()
        );
        let log = server.folder.path().join("log");
        server.must(
            "pg_ctl",
            [
                "start".as_ref(),
                "--wait".as_ref(),
                "--pgdata".as_ref(),
                data.as_os_str(),
                "--log".as_ref(),
                log.as_os_str(),
                "--options".as_ref(),
                OsStr::new(&options),
            ],
        );
        server
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Runs one of PostgreSQL's programs, as the user `postgres` where this test runs as root: the
    /// server refuses root.
    fn command<'a>(
        &self,
        program: &str,
        arguments: impl IntoIterator<Item = &'a OsStr>,
    ) -> Command {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command
            .args(arguments)
            .current_dir("/")
            .stdin(Stdio::null());
        command
    }

    fn must<'a>(&self, program: &str, arguments: impl IntoIterator<Item = &'a OsStr>) {
        // The server inherits what it is given: a pipe would keep this test waiting for it.
        let out = self.folder.path().with_extension("out");
        let file = std::fs::File::create(&out).unwrap();
        let status = self
            .command(program, arguments)
            .stdout(file.try_clone().unwrap())
            .stderr(file)
            .status()
            .unwrap();
        let said = std::fs::read_to_string(&out).unwrap();
        let _ = std::fs::remove_file(&out);
        assert!(status.success(), "{program} failed: {said}");
    }

    /// Sends text to the server; an error in it is an error of the test.
    fn psql(&self, text: &str) -> Output {
        let file = self.folder.path().join("text.sql");
        std::fs::write(&file, text).unwrap();
        self.command(
            "psql",
            [
                "--no-psqlrc".as_ref(),
                "--quiet".as_ref(),
                "--no-align".as_ref(),
                "--tuples-only".as_ref(),
                "--set=ON_ERROR_STOP=1".as_ref(),
                "--username=postgres".as_ref(),
                "--dbname=postgres".as_ref(),
                "--host".as_ref(),
                self.folder.path().as_os_str(),
                "--file".as_ref(),
                file.as_os_str(),
            ],
        )
        .output()
        .unwrap()
    }

    fn accepts(&self, text: &str) -> String {
        let output = self.psql(text);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "PostgreSQL refused: {error}\n{text}"
        );
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.data();
        let _ = self
            .command(
                "pg_ctl",
                [
                    "stop".as_ref(),
                    "--mode=immediate".as_ref(),
                    "--pgdata".as_ref(),
                    data.as_os_str(),
                ],
            )
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.trim_ascii() == b"0"
}

/// The folder of PostgreSQL's programs, of the newest edition that is installed.
fn programs() -> PathBuf {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let edition = path.file_name()?.to_str()?.parse().ok()?;
            Some((edition, path.join("bin")))
        })
        .collect();
    found.extend(
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).map(|path| (0, path)),
    );
    found.retain(|(_, path)| path.join("initdb").is_file() && path.join("postgres").is_file());
    found.sort();
    found
        .pop()
        .expect("PostgreSQL is not installed: `apt-get install postgresql`, or put `initdb` on the PATH")
        .1
}

#[test]
fn every_statement_is_understood_by_postgresql_and_both_schemas_have_the_same_columns() {
    let server = Server::start();
    for step in postgres_migrations() {
        server.accepts(step);
    }

    let mut text = String::new();
    for (number, (name, statement)) in statements().iter().enumerate() {
        writeln!(text, "\\echo {name}\nprepare s{number} as {statement};").unwrap();
    }
    let said = server.accepts(&text);
    assert_eq!(said.lines().count(), statements().len());

    let columns = server.accepts(
        "select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable \
         from information_schema.columns where table_schema = 'public' order by 1;",
    );
    let postgres: BTreeMap<&str, String> = columns
        .lines()
        .filter_map(|line| {
            let (column, rest) = line.split_once(' ')?;
            let (kind, nullable) = rest.rsplit_once(' ')?;
            let kind = match kind {
                "bytea" => "blob",
                "bigint" => "integer",
                "double precision" => "real",
                other => other,
            };
            Some((column, format!("{kind} {nullable}")))
        })
        .collect();
    let sqlite = sqlite_columns();
    let sqlite: BTreeMap<&str, String> = sqlite
        .iter()
        .map(|(name, kind)| (name.as_str(), kind.clone()))
        .collect();
    assert_eq!(postgres, sqlite);
}

#[test]
fn a_statement_that_postgresql_does_not_know_would_be_found() {
    let server = Server::start();
    let output = server
        .psql("create table t (a text); prepare s as insert or ignore into t (a) values ($1);");
    assert!(!output.status.success());
}

/// The columns of a new SQLite workspace.
fn sqlite_columns() -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        let store = isocenter_store::Store::open(folder.path()).await.unwrap();
        let columns = store.columns().await.unwrap();
        store.close().await;
        columns
    })
}
