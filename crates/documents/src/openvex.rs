//! OpenVEX documents: 0.2.0, and the shapes of the drafts before it (OpenVEX Specification, openvex.dev).
//!
//! Held against the text of the specification and its JSON schema. Where the two part, the text holds: the
//! schema allows a justification or an impact statement, the text recommends the first with the second;
//! the schema spells `@cpe22` and `@cpe23`, the text `cpe22` and `cpe23`. Both are right here.
//!
//! Traps: a statement takes its time from the document; of several on the same flaw in the same product the
//! latest holds; products that are named by an address or a hash alone, which nothing finds; names
//! of advisories among the aliases of several flaws; a small document whose statements would fill any memory.

mod flaw;
mod object;
mod product;
mod statement;

use isocenter_model::document::Summary;
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::Advisory;
use isocenter_model::{Document, DocumentKind, Problem, Reading};
use jiff::Timestamp;

use crate::budget::Budget;
use crate::json::{self, Mended, Node, Path, Problems};
use object::Object;

/// Reads an OpenVEX document.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let mut mended = Mended::default();
    let text = json::decode(bytes, &mut problems);
    let mut reading = Reading {
        kind: DocumentKind::OpenVex,
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

/// The edition of the specification that a document keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edition {
    /// Before 0.2.0: texts where later objects stand, and no schema.
    Draft,
    V0_2,
}

/// What the statements take from the document.
struct Header {
    edition: Edition,
    author: Option<String>,
    /// How records name this document as their source.
    source: String,
    issued: Option<Timestamp>,
}

fn advisory(
    root: &Node<'_>,
    length: usize,
    reading: &mut Reading,
    problems: &mut Problems,
) -> Option<Advisory> {
    let Node::Object(_) = root else {
        problems.push(Problem::error(
            "json-wrong-shape",
            Path::Root.place(),
            format!(
                "the document is {}, where an object is expected",
                root.kind()
            ),
        ));
        return None;
    };
    let path = Path::Root;
    let edition = edition(root, &path, reading, problems);
    let document = Object::new(root, &path, edition);
    document.close(
        &[
            "@context",
            "@id",
            "author",
            "role",
            "timestamp",
            "last_updated",
            "version",
            "tooling",
            "statements",
        ],
        &["supplier"],
        problems,
    );
    let id = document.demanded("@id", problems).unwrap_or_default();
    document.is_iri("@id", id, problems);
    let author = document.demanded("author", problems).map(without_address);
    let issued = document
        .demanded("timestamp", problems)
        .and_then(|text| document.as_time("timestamp", text, problems));
    let updated = document.time("last_updated", problems);
    for key in ["role", "tooling", "supplier"] {
        document.text(key, problems);
    }
    let revision = document.version(problems);
    if root.get("version").is_none() {
        document.missing("version", problems);
    }
    let header = Header {
        edition,
        author: author.map(str::to_owned),
        source: format!("VEX {id}"),
        issued: issued.or(updated),
    };
    let advisory = Advisory {
        id: id.to_owned(),
        category: "vex".to_owned(),
        publisher: header.author.clone().unwrap_or_default(),
        released: issued,
        current: updated.or(issued),
        revision,
        ..Advisory::default()
    };
    if root.get("statements").is_none() {
        document.missing("statements", problems);
    }
    let list = document.list("statements", 1, problems);
    let mut said = statement::Said::new(&header, advisory, Budget::for_document(length), list);
    for (index, node) in list.iter().enumerate() {
        let list_path = path.key("statements");
        if !said.take(node, &list_path.index(index), problems) {
            break;
        }
    }
    let superseded = said.superseded;
    let advisory = said.finish();
    reading.summary = Summary::from([
        ("vulnerabilities", advisory.records.len() as u64),
        ("products", advisory.products.len() as u64),
        ("statements", advisory.statements.len() as u64),
    ]);
    if superseded > 0 {
        reading.summary.insert("superseded", superseded);
    }
    Some(advisory)
}

/// The edition, by the address of the context.
fn edition(
    root: &Node<'_>,
    path: &Path<'_>,
    reading: &mut Reading,
    problems: &mut Problems,
) -> Edition {
    let document = Object::new(root, path, Edition::Draft);
    let Some(context) = document.demanded("@context", problems) else {
        return Edition::Draft;
    };
    let version = context
        .split_once("openvex.dev/ns")
        .map(|(_, rest)| rest.trim_matches('/').trim_start_matches('v'));
    let edition = match version {
        Some("0.2.0") => Edition::V0_2,
        Some("" | "0.0.1" | "0.0.2") => Edition::Draft,
        _ => {
            problems.push(Problem::warning(
                "openvex-version-unsupported",
                path.key("@context").place(),
                format!(
                    "the context is '{}'; https://openvex.dev/ns/v0.2.0 is expected, and the document is held against that",
                    shortened(context, 80)
                ),
            ));
            Edition::V0_2
        }
    };
    reading.version = version
        .filter(|version| version.starts_with(|first: char| first.is_ascii_digit()))
        .map(|version| shortened(version, 20));
    edition
}

/// A name without the mail address behind it: `Spring Builds <builds@example.org>`.
fn without_address(author: &str) -> &str {
    match author.split_once('<') {
        Some((name, address)) if address.ends_with('>') && !name.trim().is_empty() => name.trim(),
        _ => author,
    }
}
