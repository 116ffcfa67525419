//! SPDX (ISO/IEC 5962) bills of materials: editions 1.2 and 2.0 to 2.3 as JSON, YAML and
//! tag-value, and 3.0.1 as JSON-LD.
//!
//! JSON and YAML are two spellings of one shape (`wire`), which the reader of tag-value builds
//! too, so that all three are converted and checked by the same code. SPDX 3 is another model, a
//! graph of elements (`element`), and ends in the same parts (`parts`).
//!
//! Traps of the format: the product is not marked but described by a relationship, and many
//! documents describe several packages or none; most relationships can be written from either
//! side; `NOASSERTION` and `NONE` stand for a value; 2.3 made optional what 2.2 demands; a purl
//! stands among the external references, under the category `PACKAGE-MANAGER` or, in JSON before
//! 2.3, `PACKAGE_MANAGER`; a namespace is new for each edition of a document; generators of SPDX 3
//! write words as SPDX 2 spelt them and put identifiers into the graph as if they were elements.
//!
//! Files, snippets and annotations are checked and counted, and are no components.

mod actor;
mod check;
mod document;
mod edition;
mod element;
mod file;
mod flag;
mod graph;
mod head;
mod minimum;
mod package;
mod parts;
mod remark;
mod tag_value;
mod text;
mod wire;
mod words;

use isocenter_model::document::{Document, Summary};
use isocenter_model::{DocumentKind, Place, Problem, Reading};

use crate::json::{self, Path, Problems, Spare};
use crate::yaml;
use element::Context;
pub(crate) use text::is_text;
use text::{Syntax, decode, is_json, syntax};

/// Reads an SPDX document in any of its syntaxes.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let mut reading = Reading {
        kind: DocumentKind::Spdx,
        version: None,
        document: None,
        summary: Summary::new(),
        problems: Vec::new(),
    };
    let mut spare = Spare::default();
    if is_json(bytes) {
        let text = json::decode(bytes, &mut problems);
        if let Some(document) = json::parse(&text, &mut spare, &mut problems) {
            convert(&document, &mut reading, &mut problems);
        }
        reading.problems = problems.finish();
        return reading;
    }
    let text = decode(bytes, &mut problems);
    match syntax(&text) {
        Some(Syntax::TagValue) => {
            let (document, lines) = tag_value::read(&text, &mut problems);
            convert(&document, &mut reading, &mut problems);
            reading.problems = lines.place(problems.finish());
            return reading;
        }
        Some(Syntax::Yaml) => {
            if let Some(document) = yaml::tree(&text, &mut problems)
                .and_then(|tree| json::from_tree(tree, &mut spare, &mut problems))
            {
                convert(&document, &mut reading, &mut problems);
            }
        }
        None => problems.push(Problem::error(
            "spdx-version-missing",
            Place::Document,
            "no line states the edition of SPDX, so the text cannot be read",
        )),
    }
    reading.problems = problems.finish();
    reading
}

fn convert(document: &wire::Document<'_>, reading: &mut Reading, problems: &mut Problems) {
    document
        .context
        .report(&Path::Root.key("@context"), problems);
    let (sbom, version, summary) = match document.context.value() {
        Some(context) => graph::convert(document, context, problems),
        None if !document.graph.is_unused() => {
            problems.push(Problem::error(
                "spdx-context-missing",
                Path::Root.key("@context").place(),
                "the document has a graph and no `@context`, which says the edition of SPDX 3",
            ));
            graph::convert(document, &Context::default(), problems)
        }
        None => document::convert(document, problems),
    };
    reading.version = version;
    reading.summary = summary;
    reading.document = Some(Document::Sbom(sbom));
}

#[cfg(test)]
mod tests;
