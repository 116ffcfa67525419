//! An import that is ended at any moment leaves a workspace that opens, holds what was there before, and
//! comes to the same end when the import is repeated.
//!
//! The process that is ended is this test program itself, started again for one test. The store, built with its feature
//! `failpoints`, aborts at the write that `ISOCENTER_FAILPOINT` numbers.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use isocenter_store::{Store, TableContent};

use crate::{ask, import_into, papers};

/// Names the folder of papers and workspace to the process that is to be ended.
const FOLDER: &str = "ISOCENTER_TEST_IMPORT_FOLDER";

/// In a process started by a test here: imports, and may not live to see the end. Otherwise a
/// plain import, which shows that the papers of these tests are stored.
#[test]
fn import_for_the_tests_of_sudden_ends() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        let folder = Path::new(&folder);
        import_into(&folder.join("workspace"), &[folder.join("papers")]);
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    papers::write_all(&folder.path().join("papers"));
    let content = finished(folder.path());
    assert!(
        content
            .iter()
            .any(|table| table.table == "record" && table.rows > 40),
        "{content:?}"
    );
}

/// Imports to the end, and answers what the workspace then holds.
fn finished(folder: &Path) -> Vec<TableContent> {
    import_into(&folder.join("workspace"), &[folder.join("papers")]);
    ask(&folder.join("workspace"), content)
}

async fn content(store: Store) -> Vec<TableContent> {
    store.verify().await.unwrap();
    store.content().await.unwrap()
}

/// Starts the import of `folder` in a process of its own.
fn import_process(folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "--exact",
            "crash::import_for_the_tests_of_sudden_ends",
            "--test-threads=1",
        ])
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// A folder with papers to import and a workspace that holds an older paper already.
struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    fn new(write: impl Fn(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("papers"));
        let case = Self { folder };
        let old = papers::write(
            case.folder.path(),
            "old.json",
            papers::sbom("0001", 1, "2.0"),
        );
        import_into(&case.workspace(), &[old]);
        case
    }

    fn workspace(&self) -> std::path::PathBuf {
        self.folder.path().join("workspace")
    }

    /// After a sudden end: sound, with the older paper, and each paper whole or absent.
    fn is_sound(&self) {
        ask(&self.workspace(), |store| async move {
            store.verify().await.unwrap();
            let documents = store.documents().await.unwrap();
            assert!(documents.iter().any(|row| row.name == "old.json"));
            for row in documents {
                // An original is the last that is written of a paper.
                store.original(&row.digest).await.unwrap();
            }
        });
    }
}

#[test]
fn a_process_that_ends_at_any_write_leaves_whole_papers_only_and_a_repetition_ends_the_same() {
    let expected = finished(Case::new(papers::write_all).folder.path());
    let mut ended = 0;
    for number in 1.. {
        let case = Case::new(papers::write_all);
        let mut process = import_process(case.folder.path());
        let status = process
            .env("ISOCENTER_FAILPOINT", number.to_string())
            .status()
            .unwrap();
        if status.success() {
            break;
        }
        ended += 1;
        case.is_sound();
        assert_eq!(
            finished(case.folder.path()),
            expected,
            "after an end at write {number}"
        );
    }
    assert!(ended > 40, "only {ended} write boundaries were met");
}

#[test]
fn a_process_that_is_killed_at_random_leaves_whole_papers_only_and_a_repetition_ends_the_same() {
    let write = |folder: &Path| {
        papers::write_all(folder);
        papers::write(
            folder,
            "feeds/cves.zip",
            papers::cve_archive(800, "2026-02-01T00:00:00Z"),
        );
    };
    let whole = Case::new(write);
    let started = std::time::Instant::now();
    assert!(
        import_process(whole.folder.path())
            .status()
            .unwrap()
            .success()
    );
    let span = started.elapsed();
    let expected = finished(whole.folder.path());
    // A fixed sequence (xorshift, Marsaglia 2003), so that a failure can be met again.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut killed = 0;
    for round in 0..20 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let moment =
            span.as_secs_f64() * f64::from(u32::try_from(state % 1_000).unwrap()) / 1_000.0;
        let case = Case::new(write);
        let mut process = import_process(case.folder.path()).spawn().unwrap();
        std::thread::sleep(Duration::from_secs_f64(moment));
        // On Unix this is SIGKILL; it may have ended already.
        let _ = process.kill();
        killed += u32::from(!process.wait().unwrap().success());
        case.is_sound();
        assert_eq!(
            finished(case.folder.path()),
            expected,
            "round {round}, after {moment:.3} s"
        );
    }
    assert!(killed > 0, "every process was quicker than its end");
}
