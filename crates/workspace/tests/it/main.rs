//! The use cases from outside, on files in temporary folders.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stderr,
    reason = "a test that cannot unwrap has failed, and these tests write the files that are read"
)]

mod archives;
mod backups;
mod crash;
#[path = "../../../documents/tests/it/dicom_file.rs"]
#[allow(dead_code, reason = "other tests of DICOM files need more of it")]
mod dicom_file;
#[path = "../../../documents/tests/it/dicom_planted.rs"]
mod dicom_planted;
mod equipment;
mod feeds;
mod forms;
mod imports;
mod locations;
mod papers;
mod privacy;
mod real;
mod walks;

use std::future::Future;
use std::path::{Path, PathBuf};

use isocenter_model::Level;
use isocenter_model::document::CheckedFile;
use isocenter_store::Store;
use isocenter_workspace::import::{ImportReport, Outcome, import};
use jiff::Timestamp;

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

fn now() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

/// Imports paths into the workspace at `at`.
fn import_into(at: &Path, paths: &[PathBuf]) -> ImportReport {
    run(async {
        let store = Store::open(at).await.unwrap();
        let report = import(&store, paths, "anna", now(), &mut ()).await.unwrap();
        store.close().await;
        report
    })
}

/// Asks the workspace at `at`.
fn ask<T, F: Future<Output = T>>(at: &Path, question: impl FnOnce(Store) -> F) -> T {
    run(async {
        let store = Store::open(at).await.unwrap();
        let answer = question(store.clone()).await;
        store.close().await;
        answer
    })
}

/// Checks paths without a workspace, on a thread that runs a runtime, as the command does.
fn check(paths: &[PathBuf]) -> Vec<CheckedFile> {
    run(async { isocenter_workspace::check::check(paths, &mut ()).unwrap() })
}

/// What came of each file, one line each: its path below `folder`, its kind, its outcome.
fn outcomes(folder: &Path, report: &ImportReport) -> String {
    let lines = report.files.iter().map(|file| {
        let outcome = match &file.outcome {
            Outcome::NotStored(reason) => format!("not stored: {reason}"),
            other => format!("{other:?}").to_lowercase(),
        };
        format!(
            "{} {} {outcome}\n",
            below(folder, &file.checked.path),
            file.checked.kind
        )
    });
    lines.collect()
}

/// What a check says of each file: its path below `folder`, its kind, its errors
/// and what befell the file itself.
fn said(folder: &Path, files: &[CheckedFile]) -> String {
    let lines = files.iter().map(|file| {
        let mut line = format!("{} {}", below(folder, &file.path), file.kind);
        for problem in &file.problems {
            if problem.level == Level::Error || problem.id.starts_with("file-") {
                line.push(' ');
                line.push_str(problem.id);
            }
        }
        line + "\n"
    });
    lines.collect()
}

fn below<'a>(folder: &Path, path: &'a str) -> &'a str {
    let folder = folder.to_str().unwrap();
    path.strip_prefix(folder)
        .map_or(path, |path| path.trim_start_matches('/'))
}
