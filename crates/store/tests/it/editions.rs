//! Of several editions of one paper the newest is in force.

use isocenter_store::{DocumentRow, Store};

use crate::{at, paper, put, with_store};

async fn in_force(store: &Store) -> Vec<String> {
    let documents = store.documents().await.unwrap();
    let active = documents.into_iter().filter(|document| document.active);
    active.map(|document| document.name).collect()
}

fn edition(name: &str, revision: i64, dated: &str, imported: &str) -> DocumentRow {
    DocumentRow {
        revision,
        dated: Some(at(dated)),
        imported: at(imported),
        ..paper(name, Some("slot"))
    }
}

const JANUARY: &str = "2026-01-01T00:00:00Z";
const MAY: &str = "2026-05-01T00:00:00Z";

#[test]
fn a_newer_edition_replaces_the_older_and_both_stay() {
    with_store(|store| async move {
        put(&store, &paper("unrelated", None)).await;
        put(&store, &edition("old", 1, JANUARY, MAY)).await;
        put(&store, &edition("new", 2, JANUARY, MAY)).await;
        assert_eq!(in_force(&store).await, ["unrelated", "new"]);
        assert_eq!(store.documents().await.unwrap().len(), 3);
    });
}

#[test]
fn an_older_edition_that_comes_later_replaces_nothing() {
    with_store(|store| async move {
        put(&store, &edition("new", 0, MAY, JANUARY)).await;
        put(&store, &edition("old", 0, JANUARY, MAY)).await;
        assert_eq!(in_force(&store).await, ["new"]);
    });
}

#[test]
fn editions_that_say_nothing_of_their_age_are_as_new_as_their_import() {
    with_store(|store| async move {
        for name in ["first", "second", "a third"] {
            let row = DocumentRow {
                dated: None,
                ..edition(name, 0, JANUARY, MAY)
            };
            put(&store, &row).await;
        }
        assert_eq!(in_force(&store).await, ["a third"]);
    });
}

#[test]
fn superseding_names_the_papers_that_it_puts_out_of_force() {
    with_store(|store| async move {
        let old = edition("old", 1, JANUARY, MAY);
        put(&store, &old).await;
        let mut transaction = store.begin().await.unwrap();
        transaction
            .put_document(&edition("new", 2, MAY, MAY))
            .await
            .unwrap();
        assert_eq!(transaction.supersede("slot").await.unwrap(), [old.digest]);
        assert_eq!(transaction.supersede("slot").await.unwrap(), []);
        transaction.commit().await.unwrap();
    });
}
