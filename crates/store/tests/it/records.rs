//! Records of flaws: renewed by their feed, found by their keys.

use isocenter_model::vulnerability::{ExploitPrediction, KnownExploited};
use isocenter_store::{RecordScope, RecordsWritten, Store, StoredRecord};

use crate::{at, paper, put, record, with_store, words};

const JANUARY: &str = "2026-01-01T00:00:00Z";
const MAY: &str = "2026-05-01T00:00:00Z";

async fn put_records(
    store: &Store,
    paper_name: &str,
    scope: RecordScope,
    records: &[StoredRecord],
) -> RecordsWritten {
    let row = paper(paper_name, None);
    if !store.has_document(&row.digest).await.unwrap() {
        put(store, &row).await;
    }
    let mut transaction = store.begin().await.unwrap();
    let written = transaction
        .put_records(&row.digest, scope, records)
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    written
}

async fn titles(store: &Store, key: &str) -> Vec<String> {
    let found = store.record_ids_by_keys(&words(&[key])).await.unwrap();
    let ids: Vec<i64> = found.into_iter().map(|(_, id)| id).collect();
    let records = store.records(&ids).await.unwrap();
    records
        .into_iter()
        .filter_map(|(_, record, _)| record.title)
        .collect()
}

#[test]
fn a_newer_edition_renews_a_record_with_its_keys_and_an_older_one_does_not() {
    with_store(|store| async move {
        let feed = RecordScope::Feed;
        let first = record(
            "CVE-2026-0001",
            JANUARY,
            "first",
            &["cpe:a:x:y", "purl:npm/y"],
        );
        let second = record("CVE-2026-0001", MAY, "second", &["cpe:a:x:z", "purl:npm/y"]);
        let written = put_records(&store, "jan", feed, std::slice::from_ref(&first)).await;
        assert_eq!(
            written,
            RecordsWritten {
                added: 1,
                ..RecordsWritten::default()
            }
        );
        let written = put_records(&store, "may", feed, &[second]).await;
        assert_eq!(
            written,
            RecordsWritten {
                renewed: 1,
                ..RecordsWritten::default()
            }
        );
        let written = put_records(&store, "jan", feed, &[first]).await;
        assert_eq!(
            written,
            RecordsWritten {
                kept: 1,
                ..RecordsWritten::default()
            }
        );
        assert_eq!(titles(&store, "purl:npm/y").await, ["second"]);
        assert_eq!(titles(&store, "cpe:a:x:z").await, ["second"]);
        assert_eq!(titles(&store, "cpe:a:x:y").await, [""; 0]);
        assert_eq!(store.record_count().await.unwrap(), 1);
    });
}

#[test]
fn the_same_bytes_are_not_written_again() {
    with_store(|store| async move {
        let same = [record("CVE-2026-0001", JANUARY, "same", &["k"])];
        put_records(&store, "a", RecordScope::Feed, &same).await;
        let records = |contents: Vec<isocenter_store::TableContent>| {
            contents
                .into_iter()
                .find(|content| content.table == "record")
        };
        let before = records(store.content().await.unwrap());
        let written = put_records(&store, "b", RecordScope::Feed, &same).await;
        assert_eq!(written.kept, 1);
        assert_eq!(records(store.content().await.unwrap()), before);
    });
}

#[test]
fn of_two_editions_in_one_delivery_the_newer_counts() {
    with_store(|store| async move {
        let both = [
            record("CVE-2026-0001", MAY, "newer", &["k"]),
            record("CVE-2026-0001", JANUARY, "older", &["k"]),
        ];
        let written = put_records(&store, "a", RecordScope::Feed, &both).await;
        assert_eq!((written.added, written.kept), (1, 1));
        assert_eq!(titles(&store, "k").await, ["newer"]);
    });
}

#[test]
fn records_of_a_paper_end_with_it_and_those_of_a_feed_do_not() {
    with_store(|store| async move {
        let mut old = paper("advisory 1", Some("csaf:1"));
        old.revision = 1;
        put(&store, &old).await;
        let records = [record("CVE-2026-0001", JANUARY, "from advisory", &["k"])];
        put_records(
            &store,
            "feed",
            RecordScope::Feed,
            &[record("CVE-2026-0001", JANUARY, "from feed", &["k"])],
        )
        .await;
        let mut transaction = store.begin().await.unwrap();
        transaction
            .put_records(&old.digest, RecordScope::Paper, &records)
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        let mut both = titles(&store, "k").await;
        both.sort();
        assert_eq!(both, ["from advisory", "from feed"]);
        assert_eq!(
            store
                .records_by_alias(&words(&["CVE-2026-0001"]))
                .await
                .unwrap()
                .len(),
            2
        );

        let mut new = paper("advisory 2", Some("csaf:1"));
        new.revision = 2;
        put(&store, &new).await;
        assert_eq!(titles(&store, "k").await, ["from feed"]);
        assert_eq!(
            store
                .records_by_alias(&words(&["CVE-2026-0001"]))
                .await
                .unwrap()
                .len(),
            1
        );
        assert_eq!(store.record_count().await.unwrap(), 1);
    });
}

#[test]
fn a_record_is_found_by_every_name_it_has() {
    with_store(|store| async move {
        let mut stored = record("CVE-2026-0001", JANUARY, "t", &[]);
        stored.record.aliases = words(&["GHSA-aaaa-bbbb-cccc"]);
        put_records(&store, "a", RecordScope::Feed, &[stored]).await;
        for name in ["CVE-2026-0001", "GHSA-aaaa-bbbb-cccc"] {
            assert_eq!(
                store.records_by_alias(&words(&[name])).await.unwrap().len(),
                1,
                "{name}"
            );
        }
        let both = words(&["CVE-2026-0001", "GHSA-aaaa-bbbb-cccc", "CVE-2026-9999"]);
        assert_eq!(store.records_by_alias(&both).await.unwrap().len(), 1);
        assert_eq!(store.record_ids_by_names(&both).await.unwrap().len(), 2);
    });
}

#[test]
fn thousands_of_records_and_keys_go_in_and_come_out() {
    with_store(|store| async move {
        let records: Vec<StoredRecord> = (0..2_500)
            .map(|number| {
                let id = format!("CVE-2026-{number:04}");
                let key = format!("cpe:a:v:{}", number % 1_250);
                record(&id, JANUARY, "t", &[key.as_str(), "everywhere"])
            })
            .collect();
        let written = put_records(&store, "a", RecordScope::Feed, &records).await;
        assert_eq!(written.added, 2_500);
        let keys: Vec<String> = (0..1_250)
            .map(|number| format!("cpe:a:v:{number}"))
            .collect();
        let found = store.record_ids_by_keys(&keys).await.unwrap();
        assert_eq!(found.len(), 2_500);
        let everywhere = store
            .record_ids_by_keys(&words(&["everywhere"]))
            .await
            .unwrap();
        assert_eq!(everywhere.len(), 2_500);
        let ids: Vec<i64> = everywhere.into_iter().map(|(_, id)| id).collect();
        assert_eq!(store.records(&ids).await.unwrap().len(), 2_500);
        let mut digests = store.record_digests().await.unwrap();
        let mut expected: Vec<_> = records.iter().map(|stored| stored.digest).collect();
        digests.sort_unstable();
        expected.sort_unstable();
        assert_eq!(digests, expected);
        let some = store
            .record_digests_of(&words(&["CVE-2026-0007"]))
            .await
            .unwrap();
        assert_eq!(
            some,
            [("CVE-2026-0007".to_owned(), records.get(7).unwrap().digest)]
        );
    });
}

#[test]
fn a_newer_catalog_takes_the_place_of_the_older_and_an_older_one_does_nothing() {
    with_store(|store| async move {
        let listed = |cve: &str| KnownExploited {
            cve: cve.to_owned(),
            date_added: Some("2026-03-04".parse().unwrap()),
            ransomware: true,
            ..KnownExploited::default()
        };
        for (name, dated, cves) in [
            ("may", MAY, ["CVE-2026-0001", "CVE-2026-0002"]),
            ("january", JANUARY, ["CVE-2026-0003", "CVE-2026-0004"]),
        ] {
            let mut row = paper(name, Some("kev"));
            row.dated = Some(at(dated));
            let mut transaction = store.begin().await.unwrap();
            transaction.put_document(&row).await.unwrap();
            transaction.supersede("kev").await.unwrap();
            transaction
                .put_known_exploited(&row.digest, &cves.map(listed))
                .await
                .unwrap();
            transaction.commit().await.unwrap();
        }
        let expected = [listed("CVE-2026-0001"), listed("CVE-2026-0002")];
        assert_eq!(store.all_known_exploited().await.unwrap(), expected);
        let asked = words(&["CVE-2026-0002", "CVE-2026-0003"]);
        assert_eq!(
            store.known_exploited(&asked).await.unwrap(),
            [listed("CVE-2026-0002")]
        );
    });
}

#[test]
fn exploit_predictions_are_found_by_cve() {
    with_store(|store| async move {
        let prediction = |number: u32| ExploitPrediction {
            cve: format!("CVE-2026-{number}"),
            probability: f64::from(number) / 100_000.0,
            percentile: 0.5,
        };
        let entries: Vec<_> = (1_000..24_000).map(prediction).collect();
        let row = paper("epss", Some("epss"));
        let mut transaction = store.begin().await.unwrap();
        transaction.put_document(&row).await.unwrap();
        transaction
            .put_exploit_predictions(&row.digest, &entries)
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        let found = store
            .exploit_predictions(&words(&["CVE-2026-4711", "CVE-1"]))
            .await
            .unwrap();
        assert_eq!(found, [prediction(4_711)]);
    });
}
