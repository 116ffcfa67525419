//! Real papers, where there are some: `ISOCENTER_REAL_DATA` names the folder that holds them.

use std::path::PathBuf;

use isocenter_model::DocumentKind;
use isocenter_workspace::import::Outcome;

use crate::{ask, import_into};

/// A part of the real data; `None`, said aloud, where it is not there.
fn real(part: &str) -> Option<PathBuf> {
    let Some(root) = std::env::var_os("ISOCENTER_REAL_DATA") else {
        eprintln!("ISOCENTER_REAL_DATA is not set: real {part} not run");
        return None;
    };
    let path = PathBuf::from(root).join(part);
    assert!(path.exists(), "ISOCENTER_REAL_DATA holds no {part}");
    Some(path)
}

#[test]
fn real_papers_are_stored_whole_and_a_second_time_changes_nothing() {
    let parts = [
        "sbom-medical",
        "csaf/cisa-medical",
        "vex",
        "kev",
        "epss",
        "mds2",
    ];
    let paths: Vec<PathBuf> = parts.into_iter().filter_map(real).collect();
    if paths.is_empty() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let first = import_into(folder.path(), &paths);
    let count = |kind| {
        first
            .files
            .iter()
            .filter(|file| file.checked.kind == kind)
            .count()
    };
    assert!(
        count(DocumentKind::Csaf) >= 80,
        "{}",
        count(DocumentKind::Csaf)
    );
    let before = ask(folder.path(), |store| async move {
        store.verify().await.unwrap();
        for row in store.documents().await.unwrap() {
            let original = store.original(&row.digest).await.unwrap();
            assert_eq!(
                isocenter_model::Digest::of(&original),
                row.digest,
                "{}",
                row.name
            );
        }
        store.content().await.unwrap()
    });
    let second = import_into(folder.path(), &paths);
    for (first, second) in first.files.iter().zip(&second.files) {
        assert_eq!(first.checked, second.checked);
        assert_ne!(second.outcome, Outcome::Stored, "{}", second.checked.path);
    }
    let after = ask(folder.path(), |store| async move {
        store.content().await.unwrap()
    });
    assert_eq!(before, after);
}

#[test]
fn the_real_archive_of_cve_records_is_read_to_its_last_record() {
    let Some(archive) = real("cve/cves.zip") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let report = import_into(folder.path(), std::slice::from_ref(&archive));
    let file = report.files.first().unwrap();
    assert_eq!(
        (file.checked.kind, &file.outcome),
        (DocumentKind::CveArchive, &Outcome::Stored)
    );
    assert_eq!(file.checked.summary.get("records"), Some(&61_712));
    ask(folder.path(), |store| async move {
        assert_eq!(store.record_count().await.unwrap(), 61_712);
        let ids = ["CVE-2024-4493".to_owned()];
        let found = store.records_by_alias(&ids).await.unwrap();
        assert!(
            found
                .iter()
                .any(|(_, record, _)| !record.affected.is_empty()),
            "{found:?}"
        );
    });
}

#[test]
fn the_real_feeds_of_osv_and_nvd_are_read_to_their_last_record_and_a_second_time_cost_nothing() {
    let (Some(osv), Some(nvd), Some(identity)) = (
        real("osv"),
        real("nvd/pages_configurations.zip"),
        real("identity"),
    ) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let paths = [osv, nvd, identity];
    let first = import_into(folder.path(), &paths);
    let sum = |kind| -> u64 {
        let files = first.files.iter().filter(|file| file.checked.kind == kind);
        files
            .filter_map(|file| file.checked.summary.get("records"))
            .sum()
    };
    assert_eq!(sum(DocumentKind::OsvArchive), 4_291 + 2_661 + 7_444);
    assert_eq!(sum(DocumentKind::Nvd), 15_879);
    ask(folder.path(), |store| async move {
        let all = 4_291 + 2_661 + 7_444 + 15_879;
        assert_eq!(store.record_count().await.unwrap(), all);
        assert_eq!(store.identity_pair_count().await.unwrap(), 47_650);
    });
    for file in import_into(folder.path(), &paths).files {
        let untouched = matches!(file.outcome, Outcome::Unchanged | Outcome::Opened);
        assert!(untouched, "{}: {:?}", file.checked.path, file.outcome);
    }
}
