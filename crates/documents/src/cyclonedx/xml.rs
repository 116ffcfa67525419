//! The XML form, read through the types of the JSON form: only what the forms do differently is
//! here, and every rule of the format is checked once, behind them.
//!
//! What the forms do differently: the edition is the namespace; lists have an element around them and
//! one for each entry; some members are attributes, some the text of an element; the schema has an
//! order, forbids what it does not know in every edition, and lets elements of other namespaces
//! and attributes of any kind stand almost everywhere.

mod findings;
mod members;
mod place;
mod shape;
mod value;

use isocenter_model::document::{Document, Summary};
use isocenter_model::{DocumentKind, Place, Problem, Reading};
use serde::Deserialize;

use super::edition::Form;
use super::{convert, wire};
use crate::json::Problems;
use crate::xml::{Tree, decode};
use findings::Findings;

/// What the names of the format's namespaces begin with; the edition follows.
pub(crate) const NAMESPACE: &str = "http://cyclonedx.org/schema/bom/";

/// Reads a document in XML.
pub(super) fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let mut reading = Reading {
        kind: DocumentKind::CycloneDx,
        version: None,
        document: None,
        summary: Summary::new(),
        problems: Vec::new(),
    };
    let text = decode(bytes, &mut problems);
    let Some(tree) = Tree::parse(&text, &mut problems) else {
        reading.problems = problems.finish();
        return reading;
    };
    let root = tree.root();
    let findings = Findings::new(problems);
    let document = value::Document {
        root,
        edition: root.namespace().strip_prefix(NAMESPACE),
        findings: &findings,
    };
    let bom = wire::Bom::deserialize(document);
    let mut problems = findings.finish();
    match bom {
        Ok(bom) => {
            let (sbom, version, summary) = convert(&bom, Form::Xml, text.len(), &mut problems);
            reading.version = version;
            reading.summary = summary;
            reading.document = Some(Document::Sbom(sbom));
        }
        // Every member holds its own fault, so this does not happen to a document.
        Err(error) => problems.push(Problem::error(
            "xml-wrong-shape",
            Place::Document,
            format!("the document has another shape than expected: {error}"),
        )),
    }
    reading.problems = problems
        .finish()
        .into_iter()
        .map(|problem| Problem {
            id: in_xml(problem.id),
            at: match &problem.at {
                Place::Pointer(pointer) => place::place(root, pointer),
                other => other.clone(),
            },
            ..problem
        })
        .collect();
    reading
}

/// The id of a problem of the shared types as it is called in XML.
fn in_xml(id: &'static str) -> &'static str {
    match id {
        "json-value-set-aside" => "xml-value-set-aside",
        "json-element-set-aside" => "xml-element-set-aside",
        other => other,
    }
}

#[cfg(test)]
mod tests;
