//! What an import stores, and that a second one changes nothing.

use isocenter_model::DocumentKind;
use isocenter_store::TableContent;
use isocenter_workspace::import::Outcome;

use crate::{ask, import_into, outcomes, papers};

#[test]
fn every_kind_of_paper_is_stored_under_its_kind() {
    let folder = tempfile::tempdir().unwrap();
    papers::write_all(folder.path());
    let at = folder.path().join(".isocenter");
    let report = import_into(&at, &[folder.path().to_owned()]);
    insta::assert_snapshot!(outcomes(folder.path(), &report), @r"
    feeds/cves.zip cve-archive stored
    feeds/epss.csv epss stored
    feeds/kev.json kev stored
    inventory.csv inventory stored
    papers/advisory.json csaf stored
    papers/cve.json cve stored
    papers/scanner.cdx.json cyclonedx stored
    worklist.csv worklist stored
    ");
    ask(&at, |store| async move {
        store.verify().await.unwrap();
        assert_eq!(
            store.record_count().await.unwrap(),
            40 + 1 + 1 + 1,
            "archive, record, advisory, embedded"
        );
        assert_eq!(store.statement_count().await.unwrap(), 2);
        assert_eq!(store.components().await.unwrap().len(), 2);
        assert_eq!(store.devices().await.unwrap().len(), 2);
        assert_eq!(store.decisions().await.unwrap().len(), 2);
        assert_eq!(store.all_known_exploited().await.unwrap().len(), 1);
        let cves = ["CVE-2021-44228".to_owned()];
        assert_eq!(store.exploit_predictions(&cves).await.unwrap().len(), 1);
        let keys = ["cpe:a:example:product1".to_owned()];
        assert_eq!(store.record_ids_by_keys(&keys).await.unwrap().len(), 6);
    });
}

#[test]
fn the_papers_of_one_release_meet_in_it() {
    let folder = tempfile::tempdir().unwrap();
    papers::write_all(folder.path());
    let at = folder.path().join(".isocenter");
    import_into(&at, &[folder.path().to_owned()]);
    ask(&at, |store| async move {
        let releases = store.releases().await.unwrap();
        let versions: Vec<_> = releases
            .iter()
            .map(|stored| stored.release.version.as_deref())
            .collect();
        assert_eq!(versions, [Some("4.1"), Some("4.2")]);
        let sbom = store.sboms().await.unwrap().pop().unwrap();
        let device = store.devices().await.unwrap().swap_remove(0);
        assert_eq!(sbom.release, Some(device.release));
    });
}

#[test]
fn importing_twice_changes_no_row_and_no_time() {
    let folder = tempfile::tempdir().unwrap();
    papers::write_all(folder.path());
    let at = folder.path().join(".isocenter");
    let paths = [folder.path().to_owned()];
    import_into(&at, &paths);
    let before = ask(&at, |store| async move { store.content().await.unwrap() });
    let again = import_into(&at, &paths);
    assert!(
        again
            .files
            .iter()
            .all(|file| file.outcome == Outcome::Unchanged),
        "{again:?}"
    );
    let after = ask(&at, |store| async move { store.content().await.unwrap() });
    assert_eq!(before, after);
}

#[test]
fn a_file_that_is_unchanged_is_reported_as_its_first_reading_found_it() {
    let folder = tempfile::tempdir().unwrap();
    papers::write_all(folder.path());
    let at = folder.path().join(".isocenter");
    let paths = [folder.path().to_owned()];
    let first = import_into(&at, &paths);
    let second = import_into(&at, &paths);
    for (first, second) in first.files.iter().zip(&second.files) {
        assert_eq!(first.checked, second.checked);
    }
}

#[test]
fn the_same_paper_under_two_names_is_one_paper() {
    let folder = tempfile::tempdir().unwrap();
    papers::write(folder.path(), "a.json", papers::KEV);
    papers::write(folder.path(), "b/a.json", papers::KEV);
    let at = folder.path().join(".isocenter");
    let report = import_into(&at, &[folder.path().to_owned()]);
    insta::assert_snapshot!(outcomes(folder.path(), &report), @r"
    a.json kev stored
    b/a.json kev unchanged
    ");
}

#[test]
fn a_newer_archive_renews_what_changed_and_the_rest_costs_a_digest() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join(".isocenter");
    let old = papers::write(
        folder.path(),
        "old.zip",
        papers::cve_archive(40, "2026-02-01T00:00:00Z"),
    );
    import_into(&at, &[old]);
    let records = |contents: Vec<TableContent>| {
        contents
            .into_iter()
            .find(|content| content.table == "record")
            .unwrap()
            .rows
    };
    let mut members: Vec<(String, String)> = (1..=40)
        .map(|number| {
            let id = format!("CVE-2026-{number:04}");
            let updated = if number == 7 {
                "2026-03-01T00:00:00Z"
            } else {
                "2026-02-01T00:00:00Z"
            };
            (
                id.clone(),
                papers::cve(&id, updated, &format!("product{}", number % 7)),
            )
        })
        .collect();
    members.push((
        "new".to_owned(),
        papers::cve("CVE-2026-0041", "2026-03-01T00:00:00Z", "product1"),
    ));
    let new = papers::write(folder.path(), "new.zip", papers::zip(&members));
    let report = import_into(&at, &[new]);
    let summary = &report.files.first().unwrap().checked.summary;
    let counts: Vec<(&str, u64)> = summary
        .iter()
        .map(|(name, count)| (*name, *count))
        .collect();
    assert_eq!(
        counts,
        [
            ("new", 1),
            ("records", 41),
            ("renewed", 1),
            ("unchanged", 39)
        ]
    );
    ask(&at, |store| async move {
        assert_eq!(records(store.content().await.unwrap()), 41);
        let found = store
            .records_by_alias(&["CVE-2026-0007".to_owned()])
            .await
            .unwrap();
        let modified = found.first().unwrap().1.modified.unwrap();
        assert_eq!(modified.to_string(), "2026-03-01T00:00:00Z");
        let documents = store.documents().await.unwrap();
        let active: Vec<&str> = documents
            .iter()
            .filter(|row| row.active)
            .map(|row| row.name.as_str())
            .collect();
        assert_eq!(active, ["new.zip"]);
    });
}

#[test]
fn a_newer_revision_of_a_paper_replaces_the_older_whatever_comes_first() {
    for order in [[1, 2], [2, 1]] {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join(".isocenter");
        for revision in order {
            let version = if revision == 1 { "2.14.1" } else { "2.17.1" };
            let sbom = papers::sbom("0001", revision, version);
            let sbom = papers::write(folder.path(), "bom.json", sbom);
            let advisory =
                papers::write(folder.path(), "advisory.json", papers::advisory(revision));
            import_into(&at, &[sbom, advisory]);
        }
        ask(&at, |store| async move {
            let components = store.components().await.unwrap();
            let versions: Vec<_> = components
                .iter()
                .filter(|(_, part)| part.name == "log4j-core")
                .map(|(_, part)| part.version.as_deref())
                .collect();
            assert_eq!(versions, [Some("2.17.1")], "{order:?}");
            let ids = ["CVE-2026-0001".to_owned(), "CVE-2026-0002".to_owned()];
            let records = store.records_by_alias(&ids).await.unwrap();
            let ids: Vec<&str> = records
                .iter()
                .map(|(_, record, _)| record.id.as_str())
                .collect();
            assert_eq!(ids, ["CVE-2026-0002"], "{order:?}");
            assert_eq!(store.documents().await.unwrap().len(), 4);
        });
    }
}

#[test]
fn an_inventory_is_read_again_when_the_mapping_beside_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join(".isocenter");
    let inventory = "Asset No,Manufacturer,Model,Ecke\nCT-1,Example Medical,Scanner One,Haus 3\n";
    papers::write(folder.path(), "inventory.csv", inventory);
    let paths = [folder.path().to_owned()];
    let site = |at: &std::path::Path| {
        ask(at, |store| async move {
            store
                .devices()
                .await
                .unwrap()
                .pop()
                .unwrap()
                .device
                .department
        })
    };
    import_into(&at, &paths);
    let before = site(&at);
    papers::write(
        folder.path(),
        "columns.toml",
        "[columns]\n\"Ecke\" = \"department\"\n",
    );
    let report = import_into(&at, &paths);
    insta::assert_snapshot!(outcomes(folder.path(), &report), @r"
    columns.toml inventory-mapping stored
    inventory.csv inventory stored
    ");
    assert_ne!(before.as_deref(), Some("Haus 3"));
    assert_eq!(site(&at).as_deref(), Some("Haus 3"));
    let again = import_into(&at, &paths);
    assert!(
        again
            .files
            .iter()
            .all(|file| file.outcome == Outcome::Unchanged),
        "{again:?}"
    );
}

#[test]
fn an_export_of_the_same_place_replaces_the_one_before_and_another_place_stands_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join(".isocenter");
    let row =
        |asset: &str| format!("Asset No,Manufacturer,Model\n{asset},Example Medical,Scanner One\n");
    for (name, asset) in [
        ("a/devices.csv", "A-1"),
        ("b/devices.csv", "B-1"),
        ("a/devices.csv", "A-2"),
    ] {
        papers::write(folder.path(), name, row(asset));
        import_into(&at, &[folder.path().to_owned()]);
    }
    ask(&at, |store| async move {
        let devices = store.devices().await.unwrap();
        let assets: Vec<&str> = devices
            .iter()
            .map(|stored| stored.device.asset_id.as_str())
            .collect();
        assert_eq!(assets, ["A-2", "B-1"]);
        let inventories = store.documents().await.unwrap();
        assert!(
            inventories
                .iter()
                .all(|row| row.kind == DocumentKind::Inventory)
        );
        assert_eq!(inventories.len(), 3);
    });
}

#[test]
fn what_cannot_be_used_is_reported_and_not_stored() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join(".isocenter");
    papers::write(folder.path(), "empty", "");
    papers::write(
        folder.path(),
        "letter.txt",
        "Dear colleague,\nplease find attached.\n",
    );
    papers::write(folder.path(), "cut.json", &papers::sbom("1", 1, "1")[..300]);
    let report = import_into(
        &at,
        &[folder.path().to_owned(), folder.path().join("missing")],
    );
    assert!(
        report
            .files
            .iter()
            .all(|file| matches!(file.outcome, Outcome::NotStored(_))),
        "{}",
        outcomes(folder.path(), &report)
    );
    assert_eq!(report.files.len(), 4);
    ask(&at, |store| async move {
        assert_eq!(store.documents().await.unwrap(), []);
    });
}

#[test]
fn two_imports_at_the_same_time_store_every_paper_once() {
    let folder = tempfile::tempdir().unwrap();
    papers::write_all(folder.path());
    let at = folder.path().join(".isocenter");
    ask(&at, |_| async {});
    let reports: Vec<_> = std::thread::scope(|scope| {
        let imports =
            [(); 2].map(|()| scope.spawn(|| import_into(&at, &[folder.path().to_owned()])));
        imports
            .into_iter()
            .map(|import| import.join().unwrap())
            .collect()
    });
    let stored = |outcome: &Outcome| {
        reports
            .iter()
            .flat_map(|report| &report.files)
            .filter(|file| file.outcome == *outcome)
            .count()
    };
    assert_eq!(
        (stored(&Outcome::Stored), stored(&Outcome::Unchanged)),
        (8, 8)
    );
    ask(&at, |store| async move {
        store.verify().await.unwrap();
        assert_eq!(store.documents().await.unwrap().len(), 8);
        assert_eq!(store.record_count().await.unwrap(), 43);
    });
}
