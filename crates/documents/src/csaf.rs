//! CSAF security advisories and VEX documents, 2.0 and 2.1 (OASIS Common Security Advisory Framework).
//!
//! A document becomes a tree once. The tree is held against the JSON schema of its edition (`schema`), read
//! into products, flaws and statements, and put through the tests of the standard's section 6 (`rules`).
//! Tests 6.3.6 and 6.3.7 (do addresses resolve), 6.3.8 (spelling) and 6.3.16 (grammar) are not run: the
//! first need a network, the others say nothing that an answer here rests on.
//!
//! Traps: versions and products written into one name (`naming`), products made of products (`tree`),
//! `recommended` that is no status, ids of flaws that are only numbers, and small documents whose statements
//! would fill any memory (`Budget`). For the tests: a document that breaks its schema is still
//! put through them; a metric that only a CVSS vector states contradicts nothing; CSAF 2.0 names no
//! edition of CWE, so a name that any edition had is right.

mod cvss;
mod flaws;
mod language;
mod naming;
mod rules;
mod schema;
mod score;
mod statements;
mod trail;
mod tree;
mod updates;
mod weakness;

use isocenter_model::document::Summary;
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{Advisory, RecordState};
use isocenter_model::{Document, DocumentKind, Problem, Reading};
use jiff::Timestamp;

use crate::budget::Budget;
use crate::json::{self, Mended, Node, Path, Problems};
use schema::Edition;

/// Reads a CSAF document.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let mut mended = Mended::default();
    let text = json::decode(bytes, &mut problems);
    let mut reading = Reading {
        kind: DocumentKind::Csaf,
        version: None,
        document: None,
        summary: Summary::new(),
        problems: Vec::new(),
    };
    if let Some(root) = Node::parse(&text, &mut mended, &mut problems) {
        reading.document =
            advisory(&root, text.len(), &mut reading, &mut problems).map(Document::Advisory);
    }
    reading.problems = problems.finish();
    reading
}

fn advisory(
    root: &Node<'_>,
    length: usize,
    reading: &mut Reading,
    problems: &mut Problems,
) -> Option<Advisory> {
    let document_path = Path::Root.key("document");
    let Some(document @ Node::Object(_)) = root.get("document") else {
        problems.push(Problem::error(
            "csaf-document-missing",
            document_path.place(),
            "the file has no document object and is no CSAF document",
        ));
        return None;
    };
    reading.version = document.owned("csaf_version");
    let edition = edition(document, &document_path, problems);
    schema::check(root, edition, problems);
    let mut advisory = meta(document);
    let publisher = (advisory.publisher_category == "vendor").then(|| advisory.publisher.clone());
    let products = tree::Products::read(root, publisher.as_deref(), problems);
    let mut budget = Budget::for_document(length);
    let remediations = flaws::read(root, &products, &mut budget, &mut advisory, problems);
    advisory.updates = updates::read(root, &products, length, &advisory, problems);
    if advisory.category == "csaf_withdrawn" {
        for record in &mut advisory.records {
            record.state = RecordState::Rejected;
        }
    }
    rules::run(
        &rules::Case {
            root,
            document,
            edition,
            products: &products,
        },
        problems,
    );
    advisory.products = products
        .list
        .into_iter()
        .map(|product| product.reference)
        .collect();
    reading.summary = Summary::from([
        ("vulnerabilities", advisory.records.len() as u64),
        ("products", advisory.products.len() as u64),
        ("statements", advisory.statements.len() as u64),
        ("remediations", remediations),
    ]);
    if !advisory.updates.is_empty() {
        let updates = advisory.updates.len() as u64;
        reading.summary.insert("updates", updates);
    }
    Some(advisory)
}

fn edition(document: &Node<'_>, path: &Path<'_>, problems: &mut Problems) -> Edition {
    let version = document.text("csaf_version");
    if let Some(version) = version.filter(|version| !matches!(*version, "2.0" | "2.1")) {
        problems.push(Problem::warning(
            "csaf-version-unsupported",
            path.key("csaf_version").place(),
            format!(
                "csaf_version is '{}'; 2.0 or 2.1 is expected, and the document is held against 2.0",
                shortened(version, 20)
            ),
        ));
    }
    Edition::of(version)
}

/// What the document says of itself.
fn meta(document: &Node<'_>) -> Advisory {
    let nothing = Node::Null;
    let part = |key| document.get(key).unwrap_or(&nothing);
    let text = |part: &Node<'_>, key| part.owned(key).unwrap_or_default();
    let publisher = part("publisher");
    let tracking = part("tracking");
    let day = |key| tracking.filled(key).and_then(json::timestamp);
    Advisory {
        title: text(document, "title"),
        category: text(document, "category"),
        publisher: text(publisher, "name"),
        publisher_category: text(publisher, "category"),
        id: text(tracking, "id"),
        revision: tracking.owned("version"),
        released: day("initial_release_date"),
        current: day("current_release_date"),
        tlp: part("distribution")
            .get("tlp")
            .and_then(|tlp| tlp.owned("label")),
        ..Advisory::default()
    }
}

/// The time that stands under `key`.
fn time(node: &Node<'_>, key: &str) -> Option<Timestamp> {
    json::timestamp(node.filled(key)?)
}
