//! CSAF security advisories and VEX documents, 2.0 and 2.1 (OASIS Common Security Advisory Framework).
//!
//! What correlation needs is read: document data, the product tree with relationships and groups, and of each
//! vulnerability its ids, scores, status of each product, remediations, flags and threats. Of the mandatory
//! tests (6.1) those run that reading answers by itself. Traps: versions and products written into
//! one name (`naming`), products made of products (`tree`), `recommended` that is no status, ids of flaws that are
//! only numbers, and small documents whose statements would fill any memory (`statements::Budget`).

mod flaws;
mod naming;
mod score;
mod statements;
mod trail;
mod tree;
mod wire;

use isocenter_model::document::Summary;
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{Advisory, RecordState};
use isocenter_model::{Document, DocumentKind, Place, Problem, Reading};
use jiff::Timestamp;

use crate::json::{self, Field, Filled, Path, Problems, Spare, Text};

/// Reads a CSAF document.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let mut spare = Spare::default();
    let text = json::decode(bytes, &mut problems);
    let mut summary = Summary::new();
    let mut version = None;
    let advisory = json::parse::<wire::Csaf<'_>>(&text, &mut spare, &mut problems)
        .and_then(|csaf| assemble(&csaf, text.len(), &mut version, &mut summary, &mut problems));
    Reading {
        kind: DocumentKind::Csaf,
        version,
        document: advisory.map(Document::Advisory),
        summary,
        problems: problems.finish(),
    }
}

fn assemble(
    csaf: &wire::Csaf<'_>,
    length: usize,
    version: &mut Option<String>,
    summary: &mut Summary,
    problems: &mut Problems,
) -> Option<Advisory> {
    let root = Path::Root;
    let document_path = root.key("document");
    csaf.document.report(&document_path, problems);
    let Some(meta) = csaf.document.value() else {
        problems.push(Problem::error(
            "csaf-document-missing",
            document_path.place(),
            "the file has no document object and is no CSAF document",
        ));
        return None;
    };
    *version = meta.csaf_version.filled().map(str::to_owned);
    let mut advisory = read_meta(meta, &document_path, problems);
    let tree_path = root.key("product_tree");
    csaf.product_tree.report(&tree_path, problems);
    let publisher = (advisory.publisher_category == "vendor").then(|| advisory.publisher.clone());
    let products = csaf
        .product_tree
        .value()
        .map_or_else(tree::Products::default, |tree| {
            tree::Products::read(tree, publisher.as_deref(), &tree_path, problems)
        });
    products.check_mentions(&meta.notes, &document_path.key("notes"), problems);
    if advisory.category == "csaf_vex" {
        check_vex_parts(csaf, problems);
    }
    let mut budget = statements::Budget::for_document(length);
    let remediations = flaws::read(
        &csaf.vulnerabilities,
        &products,
        &mut budget,
        &mut advisory,
        problems,
    );
    if advisory.category == "csaf_withdrawn" {
        for record in &mut advisory.records {
            record.state = RecordState::Rejected;
        }
    }
    advisory.products = products
        .list
        .into_iter()
        .map(|product| product.reference)
        .collect();
    summary.insert("vulnerabilities", advisory.records.len() as u64);
    summary.insert("products", advisory.products.len() as u64);
    summary.insert("statements", advisory.statements.len() as u64);
    summary.insert("remediations", remediations);
    Some(advisory)
}

/// The VEX profile cannot say anything without products and vulnerabilities.
fn check_vex_parts(csaf: &wire::Csaf<'_>, problems: &mut Problems) {
    if matches!(csaf.product_tree, Field::Absent) {
        problems.push(Problem::error(
            "csaf-field-missing",
            Place::pointer("/product_tree"),
            "a VEX document has no product_tree (CSAF test 6.1.27.4)",
        ));
    }
    if csaf.vulnerabilities.is_unused() {
        problems.push(Problem::error(
            "csaf-field-missing",
            Place::pointer("/vulnerabilities"),
            "a VEX document has no vulnerabilities (CSAF test 6.1.27.11)",
        ));
    }
}

fn read_meta(meta: &wire::Meta<'_>, path: &Path<'_>, problems: &mut Problems) -> Advisory {
    let version_path = path.key("csaf_version");
    let version = required(&meta.csaf_version, &version_path, problems);
    if !matches!(version.as_str(), "" | "2.0" | "2.1") {
        problems.push(Problem::warning(
            "csaf-version-unsupported",
            version_path.place(),
            format!(
                "csaf_version is '{}'; 2.0 or 2.1 is expected",
                shortened(&version, 20)
            ),
        ));
    }
    let mut advisory = Advisory {
        title: required(&meta.title, &path.key("title"), problems),
        category: required(&meta.category, &path.key("category"), problems),
        ..Advisory::default()
    };
    let publisher_path = path.key("publisher");
    if let Some(publisher) = part(&meta.publisher, &publisher_path, problems) {
        advisory.publisher = required(&publisher.name, &publisher_path.key("name"), problems);
        advisory.publisher_category = required(
            &publisher.category,
            &publisher_path.key("category"),
            problems,
        );
        required(
            &publisher.namespace,
            &publisher_path.key("namespace"),
            problems,
        );
    }
    let tracking_path = path.key("tracking");
    if let Some(tracking) = part(&meta.tracking, &tracking_path, problems) {
        advisory.id = required(&tracking.id, &tracking_path.key("id"), problems);
        let revision = required(&tracking.version, &tracking_path.key("version"), problems);
        advisory.revision = (!revision.is_empty()).then_some(revision);
        required(&tracking.status, &tracking_path.key("status"), problems);
        let history_path = tracking_path.key("revision_history");
        tracking.revision_history.report(&history_path, problems);
        if tracking.revision_history.is_unused() {
            problems.push(missing(&history_path));
        }
        let day = |field: &Field<Text<'_>>, key: &str, problems: &mut Problems| {
            let path = tracking_path.key(key);
            let text = required(field, &path, problems);
            (!text.is_empty()).then(|| time(&text, &path, problems))?
        };
        advisory.released = day(
            &tracking.initial_release_date,
            "initial_release_date",
            problems,
        );
        advisory.current = day(
            &tracking.current_release_date,
            "current_release_date",
            problems,
        );
    }
    let distribution_path = path.key("distribution");
    let tlp_path = distribution_path.key("tlp");
    meta.distribution.report(&distribution_path, problems);
    let tlp = meta.distribution.value().and_then(|distribution| {
        distribution.tlp.report(&tlp_path, problems);
        distribution.tlp.value()
    });
    match tlp {
        Some(tlp) => {
            advisory.tlp = Some(required(&tlp.label, &tlp_path.key("label"), problems))
                .filter(|label| !label.is_empty());
        }
        None if version == "2.1" => problems.push(missing(&tlp_path)),
        None => {}
    }
    advisory
}

/// An object that the schema demands.
fn part<'t, T>(field: &'t Field<T>, path: &Path<'_>, problems: &mut Problems) -> Option<&'t T> {
    field.report(path, problems);
    if matches!(field, Field::Absent) {
        problems.push(missing(path));
    }
    field.value()
}

/// A text that the schema demands; empty when it is not there.
fn required(field: &Field<Text<'_>>, path: &Path<'_>, problems: &mut Problems) -> String {
    field.report(path, problems);
    if let Some(text) = field.filled() {
        return text.to_owned();
    }
    if !matches!(field, Field::Bad(_)) {
        problems.push(missing(path));
    }
    String::new()
}

fn missing(path: &Path<'_>) -> Problem {
    Problem::error(
        "csaf-field-missing",
        path.place(),
        "the field is missing or blank; the CSAF schema demands it",
    )
}

fn time(text: &str, path: &Path<'_>, problems: &mut Problems) -> Option<Timestamp> {
    let time = json::timestamp(text);
    if time.is_none() {
        problems.push(Problem::error(
            "csaf-date-malformed",
            path.place(),
            format!("'{}' is no date and time in RFC 3339", shortened(text, 40)),
        ));
    }
    time
}
