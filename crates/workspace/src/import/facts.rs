//! What a paper says, into the store.

use isocenter_documents::inventory::{is_retired, write_kept};
use isocenter_exposure::keys::{lifecycle_keys, record_keys, statement_keys};
use isocenter_identity::purl::Purl;
use isocenter_model::component::Sbom;
use isocenter_model::finding::Decision;
use isocenter_model::identity::IdentityMap;
use isocenter_model::inventory::{Inventory, WorklistRow};
use isocenter_model::product::Device;
use isocenter_model::statement::Statement;
use isocenter_model::vulnerability::{RecordList, VulnerabilityRecord};
use isocenter_model::{Digest, Document};
use isocenter_store::{
    RecordScope, Result, StoredLifecycle, StoredPair, StoredRecord, StoredStatement, Transaction,
};
use jiff::Timestamp;

use super::reading::ReadFile;
use super::releases;

/// Writes the facts of a paper whose row was put.
pub(super) async fn put(
    transaction: &mut Transaction,
    file: &ReadFile,
    actor: &str,
    now: Timestamp,
) -> Result<()> {
    let document = &file.digest;
    match &file.reading.document {
        Some(Document::Sbom(sbom)) => put_sbom(transaction, document, sbom, &file.name).await?,
        Some(Document::Form(form)) => {
            let releases = releases::of_form(form);
            transaction.put_releases(&releases).await?;
            let ids: Vec<Digest> = releases.iter().map(|stored| stored.id).collect();
            transaction.put_form(document, &ids, form).await?;
        }
        Some(Document::Inventory(inventory)) => {
            put_devices(transaction, document, inventory).await?;
        }
        Some(Document::Vulnerability(record)) => {
            let record = stored(record, *document);
            transaction
                .put_records(document, RecordScope::Feed, &[record])
                .await?;
        }
        Some(Document::Vulnerabilities(list)) => {
            put_list(transaction, document, list).await?;
        }
        Some(Document::IdentityMap(map)) => {
            transaction
                .put_identity_pairs(document, &pairs(map))
                .await?;
        }
        Some(Document::Advisory(advisory)) => {
            put_records(transaction, document, &advisory.records).await?;
            put_statements(transaction, document, &advisory.statements).await?;
            transaction.put_updates(document, &advisory.updates).await?;
        }
        Some(Document::KnownExploited(catalog)) => {
            transaction
                .put_known_exploited(document, &catalog.entries)
                .await?;
        }
        Some(Document::ExploitPredictions(predictions)) => {
            transaction
                .put_exploit_predictions(document, &predictions.entries)
                .await?;
        }
        Some(Document::Equipment(record)) => {
            let release = releases::of_equipment(record);
            transaction
                .put_releases(std::slice::from_ref(&release))
                .await?;
            transaction
                .put_equipment(document, &release.id, record)
                .await?;
        }
        Some(Document::NetworkScan(scan)) => {
            transaction.put_network_scan(document, scan).await?;
        }
        Some(Document::Worklist(rows)) => put_decisions(transaction, rows, actor, now).await?,
        Some(Document::Lifecycle(notice)) => {
            let entries: Vec<StoredLifecycle> = notice
                .entries
                .iter()
                .map(|entry| StoredLifecycle {
                    keys: lifecycle_keys(entry, &notice.identifiers),
                    entry: entry.clone(),
                })
                .collect();
            transaction.put_lifecycle(document, &entries).await?;
        }
        Some(Document::Observations(observations)) => {
            let observations: Vec<_> = observations
                .iter()
                .map(|one| (one.device.trim().to_lowercase(), one.clone()))
                .collect();
            transaction
                .put_observations(document, &observations)
                .await?;
        }
        Some(Document::Updates(list)) => {
            transaction.put_updates(document, &list.updates).await?;
        }
        None => {}
    }
    Ok(())
}

/// The bytes to be kept of a paper: those of the file, but for papers that may hold what is
/// about patients. Of an inventory the mapped columns are kept; of a worklist what was read of it. What was read of
/// DICOM files came here as a file of its own.
pub(super) fn original(file: &ReadFile) -> std::borrow::Cow<'_, [u8]> {
    match &file.reading.document {
        Some(Document::Inventory(inventory)) => write_kept(inventory).into(),
        Some(Document::Worklist(rows)) => write_worklist(rows).into(),
        _ => file.bytes.as_slice().into(),
    }
}

/// A worklist as CSV (RFC 4180): item, status and remark.
fn write_worklist(rows: &[WorklistRow]) -> Vec<u8> {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut lines = vec!["item,status,comment".to_owned()];
    lines.extend(rows.iter().map(|row| {
        let comment = row.comment.as_deref().unwrap_or("");
        [row.item.as_str(), &row.status, comment]
            .map(quoted)
            .join(",")
    }));
    lines.join("\r\n").into_bytes()
}

async fn put_sbom(
    transaction: &mut Transaction,
    document: &Digest,
    sbom: &Sbom,
    file: &str,
) -> Result<()> {
    let release = releases::of_sbom(sbom, file);
    if let Some(release) = &release {
        transaction
            .put_releases(std::slice::from_ref(release))
            .await?;
        transaction
            .put_release_documents(document, &[release.id])
            .await?;
    }
    let id = release.map(|release| release.id);
    transaction.put_sbom(document, id.as_ref(), sbom).await?;
    put_records(transaction, document, &sbom.records).await?;
    put_statements(transaction, document, &sbom.statements).await
}

async fn put_devices(
    transaction: &mut Transaction,
    document: &Digest,
    inventory: &Inventory,
) -> Result<()> {
    let in_use = || {
        inventory
            .rows
            .iter()
            .filter(|row| !row.status.as_deref().is_some_and(is_retired))
    };
    let releases: Vec<_> = in_use()
        .map(|row| releases::of_device(&row.device))
        .collect();
    transaction.put_releases(&releases).await?;
    let devices: Vec<(Device, Digest)> = in_use()
        .zip(&releases)
        .map(|(row, release)| (row.device.clone(), release.id))
        .collect();
    transaction.put_devices(document, &devices).await
}

async fn put_records(
    transaction: &mut Transaction,
    document: &Digest,
    records: &[VulnerabilityRecord],
) -> Result<()> {
    let records: Vec<StoredRecord> = records
        .iter()
        .map(|record| stored(record, *document))
        .collect();
    transaction
        .put_records(document, RecordScope::Paper, &records)
        .await?;
    Ok(())
}

/// Records that are put together.
const BATCH: usize = 500;

/// Keeps records that their feed renews one by one. One whose bytes are the same as before costs no write.
async fn put_list(
    transaction: &mut Transaction,
    document: &Digest,
    list: &RecordList,
) -> Result<()> {
    for some in list.records.chunks(BATCH) {
        let records: Vec<StoredRecord> = some
            .iter()
            .map(|one| stored(&one.record, one.digest))
            .collect();
        transaction
            .put_records(document, RecordScope::Feed, &records)
            .await?;
    }
    Ok(())
}

/// The pairs of a map as they are looked up.
fn pairs(map: &IdentityMap) -> Vec<StoredPair> {
    let pairs = map.pairs.iter().filter_map(|pair| {
        Some(StoredPair {
            purl: Purl::parse(&pair.purl).ok()?.key(),
            cpe: pair.cpe.clone(),
        })
    });
    pairs.collect()
}

fn stored(record: &VulnerabilityRecord, digest: Digest) -> StoredRecord {
    StoredRecord {
        keys: record_keys(record),
        digest,
        record: record.clone(),
    }
}

async fn put_statements(
    transaction: &mut Transaction,
    document: &Digest,
    statements: &[Statement],
) -> Result<()> {
    let statements: Vec<StoredStatement> = statements
        .iter()
        .map(|statement| StoredStatement {
            keys: statement_keys(statement),
            statement: statement.clone(),
        })
        .collect();
    transaction.put_statements(document, &statements).await
}

async fn put_decisions(
    transaction: &mut Transaction,
    rows: &[WorklistRow],
    actor: &str,
    now: Timestamp,
) -> Result<()> {
    for row in rows {
        transaction
            .put_decision(&Decision {
                item: row.item.clone(),
                status: row.status.clone(),
                comment: row.comment.clone(),
                actor: actor.to_owned(),
                at: now,
            })
            .await?;
    }
    Ok(())
}
