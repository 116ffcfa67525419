//! Feeds whose records are renewed one by one: NVD pages, OSV archives, recalls, maps of names.

use std::path::Path;

use isocenter_model::DocumentKind;
use isocenter_workspace::import::{ImportReport, Outcome};

use crate::{ask, import_into, outcomes, papers};

/// A page of NVD's interface with these records.
fn page(start: usize, records: &[String]) -> String {
    format!(
        r#"{{"resultsPerPage": {count}, "startIndex": {start}, "totalResults": {count}, "format": "NVD_CVE", "version": "2.0",
            "timestamp": "2026-05-02T10:00:00.000", "vulnerabilities": [{}]}}"#,
        records.join(","),
        count = records.len()
    )
}

fn nvd(id: &str, modified: &str) -> String {
    format!(
        r#"{{"cve": {{"id": "{id}", "vulnStatus": "Analyzed", "published": "2026-01-01T00:00:00.000", "lastModified": "{modified}.000",
            "descriptions": [{{"lang": "en", "value": "A flaw."}}], "configurations": [{{"nodes": [{{"operator": "OR", "cpeMatch": [
            {{"vulnerable": true, "criteria": "cpe:2.3:a:example:viewer:*:*:*:*:*:*:*:*", "versionEndExcluding": "2.0"}}]}}]}}]}}}}"#
    )
}

fn osv(id: &str, modified: &str, ecosystem: &str) -> String {
    format!(
        r#"{{"schema_version": "1.7.0", "id": "{id}", "modified": "{modified}", "affected": [{{"package": {{"ecosystem": "{ecosystem}", "name": "viewer"}},
            "ranges": [{{"type": "ECOSYSTEM", "events": [{{"introduced": "0"}}, {{"fixed": "2.0"}}]}}]}}]}}"#
    )
}

fn osv_archive(count: usize, modified: &str, ecosystem: &str) -> Vec<u8> {
    let members: Vec<(String, String)> = (1..=count)
        .map(|number| {
            let id = format!("{}-2026-{number}", ecosystem.to_uppercase());
            let text = osv(&id, modified, ecosystem);
            (format!("{id}.json"), text)
        })
        .collect();
    papers::zip(&members)
}

fn only(report: &ImportReport) -> &isocenter_workspace::import::ImportedFile {
    assert_eq!(report.files.len(), 1);
    &report.files[0]
}

fn modified(at: &Path, id: &str) -> Vec<String> {
    let id = id.to_owned();
    ask(at, |store| async move {
        let found = store.records_by_alias(&[id]).await.unwrap();
        let times = found.into_iter().map(|(_, record, _)| record.modified);
        times.flatten().map(|time| time.to_string()).collect()
    })
}

#[test]
fn a_newer_page_renews_its_records_one_by_one_and_an_older_one_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join(".isocenter");
    let first = page(
        0,
        &[
            nvd("CVE-2026-0001", "2026-02-01T00:00:00"),
            nvd("CVE-2026-0002", "2026-02-01T00:00:00"),
        ],
    );
    let second = page(
        0,
        &[
            nvd("CVE-2026-0002", "2026-03-01T00:00:00"),
            nvd("CVE-2026-0003", "2026-03-01T00:00:00"),
        ],
    );
    let third = page(5, &[nvd("CVE-2026-0002", "2026-01-01T00:00:00")]);
    for (name, text) in [("1.json", first), ("2.json", second), ("3.json", third)] {
        let path = papers::write(folder.path(), name, text);
        assert_eq!(only(&import_into(&at, &[path])).outcome, Outcome::Stored);
    }
    assert_eq!(modified(&at, "CVE-2026-0002"), ["2026-03-01T00:00:00Z"]);
    ask(&at, |store| async move {
        assert_eq!(store.record_count().await.unwrap(), 3);
        let keys = ["cpe:a:example:viewer".to_owned()];
        assert_eq!(store.record_ids_by_keys(&keys).await.unwrap().len(), 3);
    });
}

#[test]
fn an_archive_of_an_ecosystem_is_one_paper_and_only_changed_records_are_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join(".isocenter");
    let pypi = papers::write(
        folder.path(),
        "PyPI/all.zip",
        osv_archive(40, "2026-01-01T00:00:00Z", "PyPI"),
    );
    let go = papers::write(
        folder.path(),
        "Go/all.zip",
        osv_archive(50, "2026-01-01T00:00:00Z", "Go"),
    );
    for (path, count) in [(&pypi, 40), (&go, 50)] {
        let report = import_into(&at, std::slice::from_ref(path));
        let file = only(&report);
        assert_eq!(
            (file.checked.kind, &file.outcome),
            (DocumentKind::OsvArchive, &Outcome::Stored)
        );
        assert_eq!(file.checked.summary.get("records"), Some(&count));
        assert_eq!(file.checked.summary.get("new"), Some(&count));
    }
    let mut members: Vec<(String, String)> = (1..=40)
        .map(|number| {
            let id = format!("PYPI-2026-{number}");
            let text = osv(&id, "2026-01-01T00:00:00Z", "PyPI");
            (format!("{id}.json"), text)
        })
        .collect();
    members[6].1 = osv("PYPI-2026-7", "2026-02-01T00:00:00Z", "PyPI");
    papers::write(folder.path(), "PyPI/all.zip", papers::zip(&members));
    let report = import_into(&at, &[pypi]);
    let summary = &only(&report).checked.summary;
    assert_eq!(
        [
            summary.get("records"),
            summary.get("unchanged"),
            summary.get("renewed")
        ],
        [Some(&40), Some(&39), Some(&1)]
    );
    assert_eq!(modified(&at, "PYPI-2026-7"), ["2026-02-01T00:00:00Z"]);
    // The archive of another ecosystem stays in force beside it.
    let active = ask(&at, |store| async move {
        let documents = store.documents().await.unwrap();
        documents.iter().filter(|row| row.active).count()
    });
    assert_eq!(active, 2);
}

#[test]
fn a_map_gives_the_names_of_a_package_from_a_table_or_from_the_two_files_of_each_folder() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join(".isocenter");
    let purls = "purls:\n- pkg:github/nodejs/node\n";
    let cpes = |vendor: &str, product: &str| {
        format!(
            "---\ncpes:\n- cpe:2.3:a:{vendor}:{product}:4.0:*:*:*:*:*:*:*\n- cpe:2.3:a:{vendor}:{product}:4.1:*:*:*:*:*:*:*\n"
        )
    };
    for (name, text) in [
        (
            "maps/pairs.tsv",
            "purl\tcpe_part_vendor_product\npkg:npm/axios\ta:axios:axios\n".to_owned(),
        ),
        ("maps/joyent/node.js/cpes.yml", cpes("joyent", "node.js")),
        ("maps/joyent/node.js/purls.yml", purls.to_owned()),
        ("maps/nodejs/node.js/cpes.yml", cpes("nodejs", "node.js")),
        // Byte for byte the file of the other folder.
        ("maps/nodejs/node.js/purls.yml", purls.to_owned()),
        (
            "maps/python/other/purls.yml",
            "purls:\n- pkg:pypi/other\n".to_owned(),
        ),
        ("maps/python/pillow/cpes.yml", cpes("python", "pillow")),
    ] {
        papers::write(folder.path(), name, &text);
    }
    let report = import_into(&at, &[folder.path().join("maps")]);
    insta::assert_snapshot!(outcomes(folder.path(), &report), @"
    maps/joyent/node.js identity-map stored
    maps/nodejs/node.js identity-map stored
    maps/pairs.tsv identity-map stored
    maps/python/other/purls.yml identity-map not stored: the file has package URLs only, and no other file of its folder has the CPE names that belong to them
    maps/python/pillow/cpes.yml identity-map not stored: the file has CPE names only, and no other file of its folder has the package URLs that belong to them
    ");
    let names = || {
        let packages = [
            "purl:github/nodejs/node",
            "purl:npm/axios",
            "purl:pypi/other",
        ]
        .map(str::to_owned);
        let found = ask(&at, |store| async move {
            store.cpes_of_packages(&packages).await.unwrap()
        });
        let lines: Vec<String> = found
            .iter()
            .map(|(package, cpe)| format!("{package} {cpe}"))
            .collect();
        lines.join("\n")
    };
    insta::assert_snapshot!(names(), @"
    purl:github/nodejs/node cpe:2.3:a:joyent:node.js:*:*:*:*:*:*:*:*
    purl:github/nodejs/node cpe:2.3:a:nodejs:node.js:*:*:*:*:*:*:*:*
    purl:npm/axios cpe:2.3:a:axios:axios:*:*:*:*:*:*:*:*
    ");

    // The next edition of one product replaces its names and no others, from wherever it comes.
    papers::write(
        folder.path(),
        "maps/joyent/node.js/purls.yml",
        "purls:\n- pkg:npm/node\n",
    );
    let report = import_into(&at, &[folder.path().join("maps/joyent/node.js")]);
    insta::assert_snapshot!(outcomes(folder.path(), &report), @"maps/joyent/node.js identity-map stored");
    insta::assert_snapshot!(names(), @"
    purl:github/nodejs/node cpe:2.3:a:nodejs:node.js:*:*:*:*:*:*:*:*
    purl:npm/axios cpe:2.3:a:axios:axios:*:*:*:*:*:*:*:*
    ");
    let report = import_into(&at, &[folder.path().join("maps")]);
    insta::assert_snapshot!(outcomes(folder.path(), &report), @"
    maps/joyent/node.js identity-map unchanged
    maps/nodejs/node.js identity-map unchanged
    maps/pairs.tsv identity-map unchanged
    maps/python/other/purls.yml identity-map not stored: the file has package URLs only, and no other file of its folder has the CPE names that belong to them
    maps/python/pillow/cpes.yml identity-map not stored: the file has CPE names only, and no other file of its folder has the package URLs that belong to them
    ");
}

#[test]
fn recalls_and_evaluations_are_kept_as_records_of_their_feeds() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join(".isocenter");
    papers::write(
        folder.path(),
        "in/enforcement.json",
        r#"{"meta": {"last_updated": "2026-06-24"}, "results": [{"recall_number": "Z-1-2026", "recalling_firm": "Example Medical",
            "product_description": "Scanner One, CT", "reason_for_recall": "x", "classification": "Class I", "product_type": "Devices"}]}"#,
    );
    papers::write(
        folder.path(),
        "in/notices.csv",
        "Manufacturer,Product,FSN reference,Date,Action\nExample Medical,Scanner One,FSN-1,2026-04-03,Update\n",
    );
    papers::write(
        folder.path(),
        "in/ssvc.json",
        r#"{"id": "CVE-2026-0001", "role": "Supplier", "schemaVersion": "1-0-1", "timestamp": "2026-05-02T10:00:00Z",
            "selections": [{"name": "Exploitation", "namespace": "ssvc", "values": ["Active"], "version": "1.1.0"}]}"#,
    );
    let report = import_into(&at, &[folder.path().join("in")]);
    insta::assert_snapshot!(outcomes(folder.path(), &report), @"
    in/enforcement.json openfda-recall stored
    in/notices.csv field-safety-notice stored
    in/ssvc.json ssvc stored
    ");
    ask(&at, |store| async move {
        let keys = ["recall:example".to_owned()];
        assert_eq!(store.record_ids_by_keys(&keys).await.unwrap().len(), 2);
        let ids = ["CVE-2026-0001".to_owned()];
        let found = store.records_by_alias(&ids).await.unwrap();
        let ssvc = found[0].1.ssvc.as_ref().unwrap();
        assert_eq!(ssvc.exploitation.as_deref(), Some("active"));
        let dated: Vec<_> = store
            .documents()
            .await
            .unwrap()
            .into_iter()
            .map(|row| (row.kind, row.dated.map(|time| time.to_string())))
            .collect();
        assert!(dated.contains(&(
            DocumentKind::OpenFdaRecall,
            Some("2026-06-24T00:00:00Z".to_owned())
        )));
    });
}
