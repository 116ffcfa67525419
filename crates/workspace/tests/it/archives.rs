//! Archives, honest and hostile.

use std::io::Write as _;

use isocenter_model::DocumentKind;

use crate::{ask, check, import_into, outcomes, papers, said};

#[test]
fn an_archive_of_papers_is_opened_and_each_paper_stored_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let inner = papers::zip(&[("kev.json", papers::KEV)]);
    let outer = papers::zip(&[
        ("inner.zip", inner),
        ("a/bom.json", papers::sbom("0001", 1, "1").into_bytes()),
        ("a/.hidden", b"x".to_vec()),
        ("__MACOSX/a/._bom.json", b"x".to_vec()),
        ("letter.txt", b"Dear colleague".to_vec()),
    ]);
    let path = papers::write(folder.path(), "papers.zip", outer);
    let at = folder.path().join(".isocenter");
    let report = import_into(&at, &[path]);
    insta::assert_snapshot!(outcomes(folder.path(), &report), @r"
    papers.zip archive opened
    papers.zip!/a/bom.json cyclonedx stored
    papers.zip!/inner.zip archive opened
    papers.zip!/inner.zip!/kev.json kev stored
    papers.zip!/letter.txt unknown not stored: the text is no paper that is known here
    ");
    let names = ask(&at, |store| async move {
        let documents = store.documents().await.unwrap();
        documents
            .into_iter()
            .map(|row| row.name)
            .collect::<Vec<_>>()
    });
    assert_eq!(names, ["bom.json", "kev.json"]);
}

#[test]
fn a_mapping_in_an_archive_serves_the_inventories_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let inventory = "Foo,Manufacturer,Model\nCT-1,Example Medical,Scanner One\n";
    let archive = papers::zip(&[
        ("a/inventory.csv", inventory),
        ("a/z.toml", "[columns]\n\"Foo\" = \"asset-id\"\n"),
    ]);
    let path = papers::write(folder.path(), "a.zip", archive);
    let at = folder.path().join(".isocenter");
    import_into(&at, &[path]);
    let devices = ask(&at, |store| async move { store.devices().await.unwrap() });
    assert_eq!(devices.first().unwrap().device.asset_id, "CT-1");
}

#[test]
fn an_archive_of_cve_records_is_one_paper_and_its_bytes_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = papers::cve_archive(50, "2026-01-01T00:00:00Z");
    let inside = papers::zip(&[("cves.zip", bytes.clone())]);
    let path = papers::write(folder.path(), "release.zip", inside);
    let at = folder.path().join(".isocenter");
    let report = import_into(&at, &[path]);
    insta::assert_snapshot!(outcomes(folder.path(), &report), @r"
    release.zip archive opened
    release.zip!/cves.zip cve-archive stored
    ");
    ask(&at, |store| async move {
        assert_eq!(store.record_count().await.unwrap(), 50);
        let row = store.documents().await.unwrap().swap_remove(0);
        assert_eq!(row.dated.unwrap().to_string(), "2026-01-01T00:00:00Z");
        assert_eq!(row.summary.get("records"), Some(&50));
        assert!(store.original(&row.digest).await.unwrap() == bytes);
    });
}

#[test]
fn bad_members_of_an_archive_of_cve_records_cost_only_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let mut members: Vec<(String, Vec<u8>)> = (1..=60)
        .map(|number| {
            let id = format!("CVE-2026-{number:04}");
            (
                format!("{id}.json"),
                papers::cve(&id, "2026-01-01T00:00:00Z", "p").into_bytes(),
            )
        })
        .collect();
    members.push((
        "CVE-2026-9999.json".to_owned(),
        b"{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{".to_vec(),
    ));
    members.push(("README.md".to_owned(), b"# Records".to_vec()));
    let path = papers::write(folder.path(), "cves.zip", papers::zip(&members));
    let file = check(&[path]).swap_remove(0);
    assert_eq!(file.kind, DocumentKind::CveArchive);
    assert_eq!(file.summary.get("records"), Some(&60));
    assert_eq!(file.summary.get("other files"), Some(&1));
    let places: Vec<String> = file
        .problems
        .iter()
        .map(|problem| problem.at.to_string())
        .collect();
    assert!(
        places
            .iter()
            .all(|place| place.starts_with("CVE-2026-9999.json")),
        "{places:?}"
    );
    assert!(!places.is_empty());
}

#[test]
fn a_few_records_beside_other_papers_are_an_archive_of_papers() {
    let folder = tempfile::tempdir().unwrap();
    let archive = papers::zip(&[
        (
            "CVE-2026-0001.json",
            papers::cve("CVE-2026-0001", "2026-01-01T00:00:00Z", "p"),
        ),
        ("bom.json", papers::sbom("0001", 1, "1")),
    ]);
    let path = papers::write(folder.path(), "a.zip", archive);
    insta::assert_snapshot!(said(folder.path(), &check(&[path])), @r"
    a.zip archive
    a.zip!/CVE-2026-0001.json cve
    a.zip!/bom.json cyclonedx cyclonedx-serial-number-malformed
    ");
}

#[test]
fn names_that_climb_out_of_an_archive_are_only_names() {
    let folder = tempfile::tempdir().unwrap();
    let archive = papers::zip(&[
        ("../../../climbed.json", papers::KEV),
        ("/absolute.json", papers::EPSS),
        ("C:\\windows\\x.json", "{}"),
    ]);
    let inside = folder.path().join("a").join("b");
    let path = papers::write(&inside, "slip.zip", archive);
    let at = folder.path().join("a/b/.isocenter");
    let report = import_into(&at, &[path]);
    let files: Vec<_> = walk(folder.path());
    assert_eq!(files.len(), 2, "{files:?}");
    insta::assert_snapshot!(outcomes(&inside, &report), @r"
    slip.zip archive opened
    slip.zip!/../../../climbed.json kev stored
    slip.zip!//absolute.json epss stored
    slip.zip!/C:/windows/x.json unknown not stored: the file is a JSON document of a kind that is not known here, which is not read
    ");
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                walk(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// So many bytes of the same value, packed.
fn zeros(megabytes: usize) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer
        .start_file("zeros.json", zip::write::SimpleFileOptions::default())
        .unwrap();
    let megabyte = vec![b' '; 1 << 20];
    for _ in 0..megabytes {
        writer.write_all(&megabyte).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_bomb_is_refused_and_what_stands_beside_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    papers::write(folder.path(), "bomb.zip", zeros(80));
    papers::write(folder.path(), "kev.json", papers::KEV);
    insta::assert_snapshot!(said(folder.path(), &check(&[folder.path().to_owned()])), @r"
    bomb.zip archive
    bomb.zip!/zeros.json unknown archive-bomb
    kev.json kev
    ");
}

#[test]
fn archives_inside_archives_end_at_a_depth_and_share_one_limit() {
    let folder = tempfile::tempdir().unwrap();
    let mut deep = papers::zip(&[("kev.json", papers::KEV)]);
    for level in 0..4 {
        deep = papers::zip(&[(format!("level{level}.zip"), deep)]);
    }
    papers::write(folder.path(), "deep.zip", deep);
    let bomb = zeros(40);
    let many: Vec<(String, Vec<u8>)> = (0..4)
        .map(|number| (format!("{number}.zip"), bomb.clone()))
        .collect();
    papers::write(folder.path(), "many.zip", papers::zip(&many));
    insta::assert_snapshot!(said(folder.path(), &check(&[folder.path().to_owned()])), @r"
    deep.zip archive
    deep.zip!/level3.zip archive
    deep.zip!/level3.zip!/level2.zip archive
    deep.zip!/level3.zip!/level2.zip!/level1.zip unknown archive-too-deep
    many.zip archive
    many.zip!/0.zip archive
    many.zip!/0.zip!/zeros.json unknown file-empty
    many.zip!/1.zip archive
    many.zip!/1.zip!/zeros.json unknown archive-bomb
    many.zip!/2.zip unknown archive-bomb
    many.zip!/3.zip unknown archive-bomb
    ");
}

#[test]
fn a_damaged_archive_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let whole = papers::zip(&[("kev.json", papers::KEV)]);
    papers::write(folder.path(), "cut.zip", &whole[..whole.len() / 2]);
    let mut altered = whole.clone();
    altered[60] ^= 0xff;
    papers::write(folder.path(), "altered.zip", altered);
    papers::write(folder.path(), "start.zip", b"PK\x03\x04");
    papers::write(folder.path(), "empty.zip", papers::zip::<&str, &str>(&[]));
    insta::assert_snapshot!(said(folder.path(), &check(&[folder.path().to_owned()])), @r"
    altered.zip archive
    altered.zip!/kev.json unknown archive-damaged
    cut.zip unknown archive-damaged
    empty.zip archive
    start.zip unknown archive-damaged
    ");
}
