//! Documents of SPDX 3: a graph of elements that refer to each other by id.
//!
//! Nothing here follows references from element to element but one step at a time, or with a list
//! of those it has seen, so a graph that runs in circles is read like any other.

mod flaw;
mod index;
mod part;
mod relation;

use isocenter_model::Problem;
use isocenter_model::component::Sbom;
use isocenter_model::document::Summary;
use isocenter_model::text::shortened;

use super::check::{Check, Defined};
use super::document::{elements, identifiers, with_dependencies};
use super::edition::{Edition, numbers};
use super::element::{Context, FurtherOfElement};
use super::head::external_note;
use super::minimum::FORMAT_3;
use super::parts::{Parts, Subject, ambiguous};
use super::wire::Document;
use super::words::Role;
use crate::completeness;
use crate::json::{Field, Filled, Path, Problems};
use flaw::Flaws;
use index::{Graph, Placed};
use relation::Relations;

/// What came of a document: its bill of materials, edition and counts.
pub(super) fn convert(
    document: &Document<'_>,
    context: &Context,
    problems: &mut Problems,
) -> (Sbom, Option<String>, Summary) {
    let root = Path::Root;
    let defined = Defined::open();
    let mut check = Check {
        edition: Edition::NEWEST_3,
        defined: &defined,
        problems,
    };
    let check = &mut check;
    if document.graph.is_unused() {
        no_graph(context, check);
        return (Sbom::default(), context.edition.clone(), Summary::new());
    }
    document
        .foreign
        .report(check.edition, &root, check.problems);
    let path = root.key("@graph");
    document.graph.report(&path, check.problems);
    let graph = Graph::read(&document.graph, check);
    let head = head(&graph, context, check);

    let mut parts = Parts::default();
    let mut origins = Vec::new();
    let mut places = vec![None; graph.nodes().len()];
    let mut counts = Counts::default();
    for (at, placed) in graph.nodes().iter().enumerate() {
        counts.see(placed.role);
        if matches!(placed.role, Role::Package | Role::Model | Role::Data) {
            let part = part::convert(placed, &graph, check);
            if let Some(place) = places.get_mut(at) {
                *place = Some(parts.components.len());
            }
            parts.components.push(part);
            origins.push(placed.origin);
        } else {
            part::check_other(placed, &graph, check);
        }
    }
    let mut relations = Relations {
        graph: &graph,
        places: &places,
        parts: &mut parts,
        licenses: Vec::new(),
        incomplete: 0,
        claims: Vec::new(),
    };
    relations.read(check);
    let claims = relations.finish(check);
    let subject = parts.subject();
    if subject == Subject::Ambiguous {
        ambiguous(path.place(), check.problems);
    }
    for (at, (part, origin)) in parts.components.iter().zip(&origins).enumerate() {
        if subject != Subject::Package(at) {
            completeness::component(
                &part.component,
                || path.index(*origin).place(),
                &FORMAT_3,
                check.problems,
            );
        }
    }
    let mut of_document = elements(&parts, subject, head.author.is_some(), head.made.is_some());
    of_document.is_vex = parts.components.is_empty() && !claims.is_empty();
    completeness::document(of_document, &FORMAT_3, check.problems);
    let flaws = Flaws::read(
        &flaw::Scene {
            graph: &graph,
            places: &places,
            components: &parts.components,
            subject,
            author: head.author.as_deref(),
            made: head.made,
        },
        &claims,
        check,
    );
    let (purls, cpes) = identifiers(&parts.components);
    let summary = Summary::from([
        ("components", parts.components.len() as u64),
        ("purls", purls),
        ("cpes", cpes),
        ("files", counts.files),
        ("snippets", counts.snippets),
        ("relationships", parts.relationships),
        ("annotations", counts.annotations),
        ("external-documents", head.imports),
        ("vulnerabilities", counts.vulnerabilities),
        ("statements", flaws.statements.len() as u64),
    ]);
    let mut sbom = Sbom {
        name: head.name,
        serial_number: head.id,
        made: head.made,
        records: flaws.records,
        statements: flaws.statements,
        ..Sbom::default()
    };
    parts.finish(subject, &mut sbom);
    let summary = with_dependencies(summary, &sbom);
    (sbom, head.version, summary)
}

/// Tells that a file is about SPDX and holds no document.
fn no_graph(context: &Context, check: &mut Check<'_, '_>) {
    let root = Path::Root;
    check.problems.push(if context.defines {
        Problem::error(
            "spdx-graph-missing",
            root.key("@context").place(),
            "the file defines the words of SPDX (a JSON-LD context) and holds no document",
        )
        .hint("ask for the document itself; it has a list `@graph`")
    } else {
        Problem::error(
            "spdx-graph-missing",
            root.key("@graph").place(),
            "the document has no elements: the list `@graph` is missing or empty",
        )
    });
}

/// How many elements there are that are no packages.
#[derive(Default)]
struct Counts {
    files: u64,
    snippets: u64,
    annotations: u64,
    vulnerabilities: u64,
}

impl Counts {
    fn see(&mut self, role: Role) {
        match role {
            Role::File => self.files += 1,
            Role::Snippet => self.snippets += 1,
            Role::Annotation => self.annotations += 1,
            Role::Vulnerability => self.vulnerabilities += 1,
            _ => {}
        }
    }
}

/// What the document says of itself.
struct Head {
    id: Option<String>,
    name: Option<String>,
    version: Option<String>,
    made: Option<jiff::Timestamp>,
    author: Option<String>,
    imports: u64,
}

fn head(graph: &Graph<'_>, context: &Context, check: &mut Check<'_, '_>) -> Head {
    let root = Path::Root;
    let list = root.key("@graph");
    let mut documents = graph.with_role(Role::Document);
    let document = documents.next();
    match (document, documents.next()) {
        (None, _) => check.problems.push(Problem::error(
            "spdx-document-missing",
            list.place(),
            "no element of the class SpdxDocument says what the document is",
        )),
        (_, Some(second)) => check.problems.push(Problem::error(
            "spdx-document-repeated",
            list.index(second.origin).place(),
            "a second SpdxDocument stands in the file, where SPDX allows one",
        )),
        _ => {}
    }
    let creation = document
        .and_then(|placed| graph.resolve(placed.element.creation.value()?))
        .or_else(|| {
            graph
                .with_role(Role::Creation)
                .next()
                .map(|placed| placed.element)
        });
    for placed in graph.with_role(Role::Creation) {
        check_creation(placed, check);
    }
    let further = creation.and_then(|creation| creation.rare.as_deref());
    let stated = further.and_then(|further| further.spec_version.owned());
    let version = context.edition.clone().or(stated);
    if let Some((major, minor)) = version.as_deref().and_then(numbers)
        && (major, minor) != (3, 0)
    {
        check.problems.push(
            Problem::warning(
                "spdx-version-unknown",
                root.key("@context").place(),
                format!(
                    "the edition {major}.{minor} is not 3.0; the file was read as {}",
                    check.edition
                ),
            )
            .hint("what only that edition has was not read"),
        );
    }
    let imports = imports(graph, document, check);
    Head {
        id: document.and_then(|placed| index::id_of(placed.element).map(str::to_owned)),
        name: document.and_then(|placed| placed.element.name.owned()),
        version,
        made: further
            .and_then(|further| further.created.filled())
            .and_then(crate::json::timestamp),
        author: further.and_then(|further| author(graph, further)),
        imports,
    }
}

/// Who made the document, a person or organisation before a tool.
fn author(graph: &Graph<'_>, creation: &FurtherOfElement<'_>) -> Option<String> {
    let by = creation.created_by.0.items().iter();
    let using = creation.created_using.0.items().iter();
    by.chain(using)
        .find_map(|node| part::agent_name(graph, node))
        .map(str::to_owned)
}

/// Checks who made elements, and when.
fn check_creation(placed: &Placed<'_>, check: &mut Check<'_, '_>) {
    let root = Path::Root;
    let list = root.key("@graph");
    let path = list.index(placed.origin);
    let further = placed.element.further();
    if matches!(further.created, Field::Absent) {
        check.missing("created", &path);
    }
    check.time(&further.created, "created", &path);
    further
        .created_by
        .0
        .report(&path.key("createdBy"), check.problems);
    if further.created_by.0.len() == 0 {
        check.missing("createdBy", &path);
    }
    if let Some(version) = check.needed(&further.spec_version, "specVersion", &path)
        && (numbers(version).is_none() || version.split('.').count() < 3)
    {
        check.problems.push(Problem::error(
            "spdx-version-malformed",
            path.key("specVersion").place(),
            format!(
                "specVersion is `{}`, where an edition such as 3.0.1 is expected",
                shortened(version, 20)
            ),
        ));
    }
}

/// Counts and tells the elements of other documents that the document refers to.
fn imports(graph: &Graph<'_>, document: Option<&Placed<'_>>, check: &mut Check<'_, '_>) -> u64 {
    let Some(placed) = document else { return 0 };
    let Some(further) = placed.element.rare.as_deref() else {
        return 0;
    };
    let root = Path::Root;
    let list = root.key("@graph");
    let path = list.index(placed.origin);
    let path = path.key("import");
    further.imports.0.report(&path, check.problems);
    let mut names = Vec::new();
    for (index, node) in further.imports.0.indexed() {
        let path = path.index(index);
        let Some(map) = graph.resolve(node) else {
            continue;
        };
        let map = map.further();
        if let Some(id) = check.needed(&map.external_id, "externalSpdxId", &path)
            // Licences of the list are no parts of anything.
            && !id.contains("spdx.org/licenses/")
        {
            names.push(id);
        }
    }
    if !names.is_empty() {
        external_note(&names, &path, check.problems);
    }
    names.len() as u64
}
