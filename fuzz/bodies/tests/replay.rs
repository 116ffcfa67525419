//! Every file of the corpus through the body of its target, without a fuzzer.
#![allow(clippy::disallowed_methods, reason = "the corpus lies in files")]
#![allow(
    clippy::unwrap_used,
    reason = "a test may stop at what it did not expect"
)]

use std::collections::BTreeSet;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use isocenter_fuzz_bodies::TARGETS;

#[test]
fn every_file_of_the_corpus_passes_its_target() {
    let mut failed = Vec::new();
    for (target, body) in TARGETS {
        let files = files_in(&fuzz_folder().join("corpus").join(target));
        assert!(!files.is_empty(), "{target} has no corpus");
        for file in files {
            let data = fs::read(&file).unwrap();
            if panic::catch_unwind(AssertUnwindSafe(|| body(&data))).is_err() {
                failed.push(file);
            }
        }
    }
    assert!(failed.is_empty(), "these files fail: {failed:#?}");
}

#[test]
fn every_sample_of_a_format_passes_every_target() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/documents/samples");
    let mut failed = Vec::new();
    for folder in files_in(&samples) {
        for file in files_in(&folder) {
            let data = fs::read(&file).unwrap();
            for (target, body) in TARGETS {
                if panic::catch_unwind(AssertUnwindSafe(|| body(&data))).is_err() {
                    failed.push((target, file.clone()));
                }
            }
        }
    }
    assert!(failed.is_empty(), "these samples fail: {failed:#?}");
}

#[test]
fn every_target_has_its_file_and_its_corpus() {
    let expected: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let stems = |folder: &str| -> BTreeSet<String> {
        fs::read_dir(fuzz_folder().join(folder))
            .unwrap()
            .map(|entry| {
                entry
                    .unwrap()
                    .path()
                    .file_stem()
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect()
    };
    assert_eq!(stems("fuzz_targets"), expected);
    assert_eq!(stems("corpus"), expected);
    let manifest = fs::read_to_string(fuzz_folder().join("Cargo.toml")).unwrap();
    for name in &expected {
        assert!(
            manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")),
            "fuzz/Cargo.toml does not name {name}"
        );
    }
}

fn fuzz_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}
