//! What the store remembers of a paper beside its facts: who made it, for which day, and of what it is an edition.

use std::collections::BTreeSet;

use isocenter_identity::cpe::Cpe;
use isocenter_identity::name::{maker_key, model_key};
use isocenter_identity::purl::Purl;
use isocenter_model::component::Sbom;
use isocenter_model::equipment::EquipmentRecord;
use isocenter_model::form::DisclosureForm;
use isocenter_model::network::NetworkScan;
use isocenter_model::product::ProductReference;
use isocenter_model::vulnerability::{Advisory, RecordList};
use isocenter_model::{Digest, Document, DocumentKind, Problem};
use isocenter_store::DocumentRow;
use jiff::Timestamp;
use jiff::civil::Date;

use super::equipment::identity;
use super::reading::ReadFile;
use super::releases;
use crate::walk::RecordFormat;

/// The row of a paper that was read.
pub(super) fn document_row(file: &ReadFile, actor: &str, now: Timestamp) -> DocumentRow {
    let mut row = DocumentRow {
        digest: file.digest,
        kind: file.reading.kind,
        version: file.reading.version.clone(),
        name: file.name.clone(),
        size: file.bytes.len() as u64,
        origin: None,
        tlp: None,
        dated: None,
        slot: None,
        revision: 0,
        read_with: file.read_with.clone(),
        summary: file.reading.summary.clone(),
        problems: file.reading.problems.clone(),
        actor: actor.to_owned(),
        imported: now,
        active: true,
    };
    match &file.reading.document {
        Some(Document::Sbom(sbom)) => describe_sbom(sbom, file, &mut row),
        Some(Document::Form(form)) => describe_form(form, &mut row),
        Some(Document::Advisory(advisory)) => describe_advisory(advisory, &mut row),
        Some(Document::Vulnerability(record)) => {
            row.dated = record.modified.or(record.published);
            row.slot = Some(slot(row.kind.as_str(), &[&record.id]));
        }
        Some(Document::Vulnerabilities(list)) => describe_records(list, file, &mut row),
        // The next edition of the same place replaces it.
        Some(Document::IdentityMap(_)) => row.slot = Some(slot("identity-map", &[&file.place])),
        Some(Document::KnownExploited(catalog)) => {
            row.origin = Some("CISA".to_owned());
            row.dated = catalog.released;
            row.slot = Some("kev".to_owned());
        }
        Some(Document::ExploitPredictions(predictions)) => {
            row.origin = Some("FIRST".to_owned());
            row.dated = predictions.scored;
            row.slot = Some("epss".to_owned());
        }
        // An export has no name of its own: the next one of the same place replaces it.
        Some(Document::Inventory(_)) => row.slot = Some(slot("inventory", &[&file.place])),
        Some(Document::Equipment(record)) => {
            row.origin.clone_from(&record.manufacturer);
            row.dated = record.seen.last.and_then(midnight);
            row.slot = Some(equipment_slot(record));
        }
        Some(Document::NetworkScan(scan)) => {
            row.origin.clone_from(&scan.scanner);
            row.dated = scan.made;
            row.slot = scan_slot(scan, &row.problems);
        }
        Some(Document::Worklist(_)) => {}
        Some(Document::Lifecycle(notice)) => {
            row.origin.clone_from(&notice.author);
            row.dated = notice.dated;
            // A community's dates have one edition; a notice of a manufacturer is one of many.
            row.slot = match row.version.as_deref() {
                Some(version) if version.starts_with("endoflife.date") => {
                    let products: Vec<&str> = match notice.entries.as_slice() {
                        [first, rest @ ..]
                            if rest
                                .iter()
                                .all(|entry| entry.product.name == first.product.name) =>
                        {
                            vec![&first.product.name]
                        }
                        _ => Vec::new(),
                    };
                    Some(slot("endoflife", &products))
                }
                _ => Some(slot("lifecycle", &[&file.place])),
            };
        }
        Some(Document::Observations(observations)) => {
            row.dated = observations.iter().filter_map(|one| one.at).max();
        }
        Some(Document::Updates(list)) => {
            row.origin.clone_from(&list.manufacturer);
            row.dated = list
                .updates
                .iter()
                .filter_map(|update| update.date)
                .max()
                .and_then(midnight);
            row.slot = Some(slot("updates", &[&file.place]));
        }
        None => {
            if row.kind == DocumentKind::InventoryMapping {
                row.slot = Some(slot("inventory-mapping", &[&file.place]));
            }
        }
    }
    row
}

/// The slot of archives of records of a format; those of each ecosystem have their own.
pub(super) fn archive_slot(format: RecordFormat, collection: Option<&str>) -> String {
    let kind = format.archive().as_str();
    match collection {
        Some(collection) => slot(kind, &[collection]),
        None => kind.to_owned(),
    }
}

/// A list of records. Its records are renewed one by one, so only a list of one record, or one that
/// is published again as a whole, is an edition of an older one.
fn describe_records(list: &RecordList, file: &ReadFile, row: &mut DocumentRow) {
    row.dated = match row.kind {
        DocumentKind::OpenFdaRecall => list.made.or_else(|| list.newest()),
        _ => list.newest().or(list.made),
    };
    let origin = match row.kind {
        DocumentKind::Nvd => Some("NIST"),
        DocumentKind::OpenFdaRecall => Some("FDA"),
        _ => None,
    };
    row.origin = origin.map(str::to_owned);
    row.slot = match (row.kind, list.records.as_slice()) {
        (DocumentKind::Nvd | DocumentKind::Ssvc, [only]) => Some(slot(
            row.kind.as_str(),
            &[&only.record.source, &only.record.id],
        )),
        (DocumentKind::FieldSafetyNotice, _) => Some(slot(row.kind.as_str(), &[&file.place])),
        _ => None,
    };
}

/// The slot of a device as DICOM files name it.
pub(super) fn equipment_slot(record: &EquipmentRecord) -> String {
    let identity = identity(record);
    let parts: Vec<&str> = identity.iter().map(String::as_str).collect();
    slot("equipment", &parts)
}

/// The slot of a scan: the same was asked of the scanner, wherever it wrote to. One that was stopped replaces none.
fn scan_slot(scan: &NetworkScan, problems: &[Problem]) -> Option<String> {
    if problems
        .iter()
        .any(|problem| problem.id == "nmap-interrupted")
    {
        return None;
    }
    let mut asked = Vec::new();
    let mut words = scan.arguments.as_deref()?.split_whitespace();
    while let Some(word) = words.next() {
        match word {
            "-oX" | "-oN" | "-oG" | "-oA" | "-oS" | "--resume" => {
                words.next();
            }
            other if other.starts_with("-o") => {}
            other => asked.push(other),
        }
    }
    Some(slot("nmap", &asked))
}

/// The name of a slot: the kind of paper, and a digest of what its editions have in common, which need
/// not be readable and may come from a file name.
fn slot(kind: &str, parts: &[&str]) -> String {
    format!("{kind}:{}", Digest::of_parts(parts.iter().copied()))
}

fn describe_sbom(sbom: &Sbom, file: &ReadFile, row: &mut DocumentRow) {
    row.origin.clone_from(&sbom.manufacturer);
    row.dated = sbom.made;
    row.revision = sbom
        .revision
        .and_then(|revision| i64::try_from(revision).ok())
        .unwrap_or(0);
    if row.kind == DocumentKind::SbomTable {
        // A table has no name of its own, and a supplier may spread the parts of one product over several.
        let subject = releases::of_sbom(sbom, &row.name).map(|stored| stored.id.to_string());
        let subject = subject.unwrap_or_default();
        row.slot = Some(slot("sbom-table", &[&file.place, &subject]));
        return;
    }
    // Serial numbers are copied from examples along with the rest, so another product is another slot.
    row.slot = sbom.serial_number.as_ref().map(|serial| {
        let subject = releases::of_sbom(sbom, &row.name)
            .map_or_else(String::new, |stored| stored.id.to_string());
        if row.kind == DocumentKind::Spdx {
            let name = sbom.name.as_deref().unwrap_or("");
            return slot("spdx", &[&without_uuid(serial), name, &subject]);
        }
        // Statements on a product are no edition of the bill whose serial number they repeat.
        let kind = if sbom.components.is_empty() && !sbom.records.is_empty() {
            "vex"
        } else {
            "sbom"
        };
        slot(kind, &[serial, &subject])
    });
}

/// A namespace of SPDX without the UUID in it, which is new for each edition of a document while the
/// rest says who made it (SPDX 2.3, 6.5).
fn without_uuid(namespace: &str) -> String {
    const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];
    const LENGTH: usize = 36;
    let is_uuid = |text: &str| {
        text.split('-').map(str::len).eq(GROUPS)
            && text
                .bytes()
                .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
    };
    let ends = namespace.len().saturating_sub(LENGTH);
    let found = (0..=ends).find(|at| namespace.get(*at..*at + LENGTH).is_some_and(is_uuid));
    match found {
        Some(at) => {
            let (before, rest) = namespace.split_at(at);
            format!("{before}{}", rest.get(LENGTH..).unwrap_or(""))
        }
        None => namespace.to_owned(),
    }
}

fn describe_form(form: &DisclosureForm, row: &mut DocumentRow) {
    row.origin.clone_from(&form.manufacturer);
    row.dated = form.released.and_then(midnight);
    let maker = form.manufacturer.as_deref().unwrap_or("");
    let mut models: Vec<String> = form
        .models
        .iter()
        .map(|model| model_key(maker, model))
        .collect();
    models.sort_unstable();
    models.dedup();
    if !models.is_empty() && !maker.is_empty() {
        let maker = maker_key(maker);
        let version = form.software_version.as_deref().unwrap_or("").trim();
        let mut parts = vec![maker.as_str(), version];
        parts.extend(models.iter().map(String::as_str));
        row.slot = Some(slot("mds2", &parts));
    }
}

fn describe_advisory(advisory: &Advisory, row: &mut DocumentRow) {
    row.origin = Some(advisory.publisher.clone()).filter(|publisher| !publisher.is_empty());
    row.tlp.clone_from(&advisory.tlp);
    row.dated = advisory.current.or(advisory.released);
    row.revision = revision(advisory.revision.as_deref().unwrap_or(""));
    if advisory.id.is_empty() {
        return;
    }
    let name = [advisory.publisher.as_str(), &advisory.id];
    row.slot = Some(if row.kind == DocumentKind::OpenVex {
        // Tools give one id to the documents of many products, so other products are another slot.
        let packages: BTreeSet<String> = advisory.products.iter().map(package).collect();
        let parts: Vec<&str> = name
            .into_iter()
            .chain(packages.iter().map(String::as_str))
            .collect();
        slot("openvex", &parts)
    } else {
        slot("csaf", &name)
    });
}

/// A product by its identifiers without version.
fn package(product: &ProductReference) -> String {
    let purl = product.purl.as_deref();
    let cpe = product.cpe.as_deref();
    purl.and_then(|purl| Some(Purl::parse(purl).ok()?.key()))
        .or_else(|| Cpe::parse(cpe?).ok()?.key())
        .or_else(|| product.reference.clone())
        .unwrap_or_default()
}

/// A CSAF revision (3.1.11: an integer or three numbers of Semantic Versioning) as a number that
/// grows with it; 0 when it is neither.
fn revision(text: &str) -> i64 {
    const PART: i64 = 1_000_000;
    let plain = text.split(['-', '+']).next().unwrap_or("");
    let mut parts = plain.split('.').map(|part| {
        part.parse::<i64>()
            .ok()
            .filter(|part| (0..PART).contains(part))
    });
    let Some(Some(major)) = parts.next() else {
        return 0;
    };
    let [minor, patch] = [parts.next(), parts.next()].map(|part| part.flatten().unwrap_or(0));
    (major * PART + minor) * PART + patch
}

/// The beginning of a day. The papers give no time zone, so it is that of Greenwich.
fn midnight(day: Date) -> Option<Timestamp> {
    format!("{day}T00:00:00Z").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_grows_with_its_numbers_whatever_their_length() {
        assert!(revision("2") > revision("1"));
        assert!(revision("1.10.0") > revision("1.9.9"));
        assert!(revision("2.0.0-1.3") > revision("1.9.9"));
        assert_eq!(revision("draft"), 0);
        assert_eq!(revision("99999999999999999999"), 0);
    }

    #[test]
    fn a_namespace_loses_its_uuid_and_nothing_else() {
        for (namespace, rest) in [
            (
                "https://x.example/scanner-b9fc484b-41c4-4589-b3ef-c57bba20078c",
                "https://x.example/scanner-",
            ),
            (
                "https://x.example/B9FC484B-41C4-4589-B3EF-C57BBA20078C/scanner",
                "https://x.example//scanner",
            ),
            ("https://x.example/scanner/3", "https://x.example/scanner/3"),
            (
                "müüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü",
                "müüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü",
            ),
            ("", ""),
        ] {
            assert_eq!(without_uuid(namespace), rest);
        }
    }

    #[test]
    fn a_scan_renews_the_one_that_asked_the_same() {
        let slot = |arguments: &str| {
            let scan = NetworkScan {
                arguments: Some(arguments.to_owned()),
                ..NetworkScan::default()
            };
            scan_slot(&scan, &[])
        };
        let november = slot("nmap -sV -oX november.xml 10.31.0.0/24");
        assert_eq!(november, slot("nmap -sV -oA december 10.31.0.0/24"));
        assert_eq!(november, slot("nmap -oXdecember.xml -sV 10.31.0.0/24"));
        assert_ne!(november, slot("nmap -sV -oX december.xml 10.32.0.0/24"));
        assert_eq!(scan_slot(&NetworkScan::default(), &[]), None);
    }

    #[test]
    fn a_slot_keeps_its_parts_apart() {
        assert_ne!(slot("x", &["ab", "c"]), slot("x", &["a", "bc"]));
    }
}
