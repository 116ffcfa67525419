//! The workspace as files: who may read them, copies, what is brought back.

use std::path::Path;

use isocenter_store::{DATABASE, Store, StoreError};

use crate::{paper, put, run};

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
#[test]
fn a_new_workspace_is_readable_by_its_owner_alone_with_every_file_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("below").join("workspace");
    run(async {
        let store = Store::open(&at).await.unwrap();
        put(&store, &paper("a", None)).await;
        store.documents().await.unwrap();
        assert_eq!(mode(&at), 0o700);
        let files: Vec<_> = std::fs::read_dir(&at)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        assert_eq!(files.len(), 3, "{files:?}");
        for file in files {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
        let copy = folder.path().join("copy.sqlite");
        store.copy(&copy).await.unwrap();
        assert_eq!(mode(&copy), 0o600);
        store.close().await;
        assert!(!at.join(format!("{DATABASE}-wal")).exists());
    });
}

#[test]
fn a_copy_holds_the_same_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        let store = Store::open(&folder.path().join("a")).await.unwrap();
        put(&store, &paper("a", None)).await;
        let copy = folder.path().join("copy.sqlite");
        store.copy(&copy).await.unwrap();
        let error = store.copy(&copy).await.unwrap_err();
        assert!(
            matches!(
                error,
                StoreError::Path {
                    action: "create",
                    ..
                }
            ),
            "{error}"
        );
        let opened = Store::open(&copy).await.unwrap();
        assert_eq!(
            opened.content().await.unwrap(),
            store.content().await.unwrap()
        );
        opened.close().await;
        store.close().await;
    });
}

#[test]
fn a_copy_is_brought_back_and_what_it_replaces_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("workspace");
    let kept = at.join("kept");
    let copy = folder.path().join("copy.sqlite");
    run(async {
        let store = Store::open(&at).await.unwrap();
        put(&store, &paper("before", None)).await;
        store.copy(&copy).await.unwrap();
        let expected = store.content().await.unwrap();
        put(&store, &paper("after", None)).await;
        let replaced = store.content().await.unwrap();
        store.close().await;

        assert_eq!(
            Store::restore(&copy, &at, &kept).await.unwrap(),
            Some(kept.clone())
        );
        for (path, content) in [(&at, expected), (&kept, replaced)] {
            let store = Store::open(path).await.unwrap();
            assert_eq!(store.content().await.unwrap(), content);
            store.close().await;
        }
        let elsewhere = folder.path().join("elsewhere");
        assert_eq!(
            Store::restore(&copy, &elsewhere, &kept).await.unwrap(),
            None
        );
    });
}

#[test]
fn a_file_that_is_no_sound_copy_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("workspace");
    run(async {
        let store = Store::open(&at).await.unwrap();
        put(&store, &paper("mine", None)).await;
        let expected = store.content().await.unwrap();
        let copy = folder.path().join("copy.sqlite");
        store.copy(&copy).await.unwrap();
        store.close().await;

        let mut damaged = std::fs::read(&copy).unwrap();
        let end = damaged.len() - 20_000;
        damaged.truncate(end);
        for (name, bytes) in [
            ("text", b"not a database at all".to_vec()),
            ("cut", damaged),
        ] {
            let file = folder.path().join(name);
            std::fs::write(&file, bytes).unwrap();
            Store::restore(&file, &at, &at.join("kept"))
                .await
                .unwrap_err();
            let store = Store::open(&at).await.unwrap();
            assert_eq!(store.content().await.unwrap(), expected, "{name}");
            store.close().await;
        }
        let missing = folder.path().join("missing");
        let error = Store::restore(&missing, &at, &at.join("kept"))
            .await
            .unwrap_err();
        assert!(
            matches!(error, StoreError::Path { action: "copy", .. }),
            "{error}"
        );
    });
}

#[test]
fn a_workspace_that_is_open_is_not_replaced_and_a_damaged_one_is() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("workspace");
    let kept = at.join("kept");
    let copy = folder.path().join("copy.sqlite");
    run(async {
        let store = Store::open(&at).await.unwrap();
        put(&store, &paper("mine", None)).await;
        store.copy(&copy).await.unwrap();
        let error = Store::restore(&copy, &at, &kept).await.unwrap_err();
        assert!(matches!(error, StoreError::Busy), "{error}");
        store.close().await;

        std::fs::write(at.join(DATABASE), "damaged beyond recognition").unwrap();
        Store::restore(&copy, &at, &kept).await.unwrap();
        let store = Store::open(&at).await.unwrap();
        assert_eq!(store.documents().await.unwrap().len(), 1);
        store.close().await;
        let damaged = std::fs::read(kept.join(DATABASE)).unwrap();
        assert_eq!(damaged, b"damaged beyond recognition");
    });
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(DATABASE);
    std::fs::write(&file, "hello, this is text and no database").unwrap();
    let error = run(Store::open(folder.path())).unwrap_err();
    assert!(matches!(error, StoreError::Open { .. }), "{error}");
    assert_eq!(
        std::fs::read(&file).unwrap(),
        b"hello, this is text and no database"
    );
}

#[test]
fn two_open_stores_see_each_others_commits() {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        let one = Store::open(folder.path()).await.unwrap();
        let two = Store::open(folder.path()).await.unwrap();
        put(&one, &paper("a", None)).await;
        put(&two, &paper("b", None)).await;
        assert_eq!(one.documents().await.unwrap().len(), 2);
        assert_eq!(two.change_counter().await.unwrap(), 2);
        one.close().await;
        two.close().await;
    });
}
