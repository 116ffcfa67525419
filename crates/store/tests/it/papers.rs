//! Papers and their original bytes.

use isocenter_model::Digest;
use isocenter_store::{CHUNK, Encoding, StoreError};

use crate::{paper, put, run, with_store};

#[test]
fn a_paper_reads_back_as_it_was_put() {
    with_store(|store| async move {
        let row = paper("bom.json", Some("sbom:1"));
        put(&store, &row).await;
        assert_eq!(
            store.document(&row.digest).await.unwrap(),
            Some(row.clone())
        );
        assert_eq!(store.documents().await.unwrap(), vec![row.clone()]);
        assert!(store.has_document(&row.digest).await.unwrap());
        assert!(!store.has_document(&Digest::of(b"other")).await.unwrap());
        let digests = store.document_digests().await.unwrap();
        assert_eq!(digests, vec![(row.digest, row.kind, String::new())]);
    });
}

#[test]
fn a_paper_that_is_put_twice_is_refused_and_nothing_changes() {
    with_store(|store| async move {
        let row = paper("bom.json", None);
        put(&store, &row).await;
        let before = store.content().await.unwrap();
        let mut transaction = store.begin().await.unwrap();
        let error = transaction.put_document(&row).await.unwrap_err();
        assert!(
            matches!(
                error,
                StoreError::Write {
                    what: "a document",
                    ..
                }
            ),
            "{error}"
        );
        drop(transaction);
        assert_eq!(store.content().await.unwrap(), before);
    });
}

#[test]
fn an_original_of_several_pieces_comes_back_whole_and_compressed_content_is_not_compressed_again() {
    with_store(|store| async move {
        let text: Vec<u8> = b"{\"a\": 1}\n".repeat(300_000);
        let mut zip = b"PK\x03\x04".to_vec();
        zip.extend((0..CHUNK + 7).map(|number| u8::try_from(number * 31 % 251).unwrap()));
        for (name, bytes) in [("a.json", &text), ("b.zip", &zip), ("empty", &Vec::new())] {
            let mut row = paper(name, None);
            row.digest = Digest::of(bytes);
            let mut transaction = store.begin().await.unwrap();
            transaction.put_document(&row).await.unwrap();
            transaction.put_original(&row.digest, bytes).await.unwrap();
            transaction.commit().await.unwrap();
            assert!(
                store.original(&row.digest).await.unwrap() == *bytes,
                "{name}"
            );
        }
        let first = store
            .original_chunk(&Digest::of(&text), 0)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(first.len(), CHUNK);
        assert_eq!(
            store.original_chunk(&Digest::of(&text), 3).await.unwrap(),
            None
        );
        store.verify().await.unwrap();
        assert!(matches!(
            store.original(&Digest::of(b"none")).await.unwrap_err(),
            StoreError::NoDocument { .. }
        ));
    });
}

#[test]
fn the_change_counter_counts_commits_of_facts_and_not_those_of_what_follows_from_them() {
    with_store(|store| async move {
        assert_eq!(store.change_counter().await.unwrap(), 0);
        put(&store, &paper("a", None)).await;
        put(&store, &paper("b", None)).await;
        assert_eq!(store.change_counter().await.unwrap(), 2);
        let mut transaction = store.begin().await.unwrap();
        transaction.replace_findings(&[]).await.unwrap();
        transaction.set_meta("findings-of", "2").await.unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(store.change_counter().await.unwrap(), 2);
        assert_eq!(
            store.meta("findings-of").await.unwrap().as_deref(),
            Some("2")
        );
        assert_eq!(store.meta("other").await.unwrap(), None);
    });
}

#[test]
fn a_transaction_that_is_not_committed_leaves_nothing() {
    with_store(|store| async move {
        let before = store.content().await.unwrap();
        let mut transaction = store.begin().await.unwrap();
        transaction.put_document(&paper("a", None)).await.unwrap();
        drop(transaction);
        let mut transaction = store.begin().await.unwrap();
        transaction.put_document(&paper("a", None)).await.unwrap();
        transaction.roll_back().await.unwrap();
        assert_eq!(store.content().await.unwrap(), before);
    });
}

#[test]
fn readers_see_the_last_commit_while_a_writer_is_at_work() {
    with_store(|store| async move {
        let row = paper("a", None);
        let mut transaction = store.begin().await.unwrap();
        transaction.put_document(&row).await.unwrap();
        assert!(!store.has_document(&row.digest).await.unwrap());
        transaction.commit().await.unwrap();
        assert!(store.has_document(&row.digest).await.unwrap());
    });
}

#[test]
fn text_with_nul_is_kept_without_it_because_postgresql_cannot_hold_it() {
    with_store(|store| async move {
        let mut row = paper("a", None);
        row.name = "a\0b".to_owned();
        put(&store, &row).await;
        let stored = store.document(&row.digest).await.unwrap().unwrap();
        assert_eq!(stored.name, "a\u{fffd}b");
    });
}

#[test]
fn an_original_whose_bytes_were_altered_is_found() {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        let store = isocenter_store::Store::open(folder.path()).await.unwrap();
        let row = paper("a", None);
        let mut transaction = store.begin().await.unwrap();
        transaction.put_document(&row).await.unwrap();
        transaction
            .put_original_chunk(&row.digest, 0, b"altered", Encoding::Plain)
            .await
            .unwrap();
        transaction
            .finish_original(&row.digest, &Digest::of(b"genuine"), 7, Encoding::Plain)
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        let error = store.verify().await.unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
        store.close().await;
    });
}
