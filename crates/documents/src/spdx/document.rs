//! Documents of SPDX 1 and 2 as a whole.

use isocenter_model::component::{Sbom, SbomComponent};
use isocenter_model::document::Summary;
use isocenter_model::text::shortened;
use isocenter_model::{Level, Problem};

use super::check::{Check, Defined, says_nothing};
use super::edition::Edition;
use super::head::{external_documents, extracted_licenses, head, is_id};
use super::minimum::FORMAT_2;
use super::parts::{Parts, Subject, Target, ambiguous};
use super::words::{Verb, relationships};
use super::{file, package, remark, wire};
use crate::completeness::{self, Elements};
use crate::json::{Filled, List, Path, Problems, Text};
use crate::lookup::{Hashing, Lookup};

/// What came of a document: its bill of materials, edition and counts.
pub(super) fn convert(
    document: &wire::Document<'_>,
    problems: &mut Problems,
) -> (Sbom, Option<String>, Summary) {
    let root = Path::Root;
    document
        .spdx_version
        .report(&root.key("spdxVersion"), problems);
    let (edition, version) = Edition::read_2(document.spdx_version.filled(), problems);
    let defined = defined(document);
    let mut reading = Reading {
        check: Check {
            edition,
            defined: &defined,
            problems,
        },
        ids: Lookup::with_capacity_and_hasher(
            1 + document.packages.items().len() + document.files.items().len(),
            Hashing::default(),
        ),
        parts: Parts::default(),
        origins: Vec::new(),
        analyzed: Vec::new(),
        annotations: 0,
    };
    document
        .foreign
        .report(edition, &root, reading.check.problems);
    let head = head(document, &mut reading.check);
    reading.ids.insert(head.id, Target::Document);
    reading.packages(&document.packages);
    let files = reading.files(document);
    external_documents(&document.external_documents, &mut reading.check);
    extracted_licenses(&document.licenses, &mut reading.check);
    reading.described(&document.describes);
    reading.contained(&document.packages);
    reading.relationships(&document.relationships);
    reading.remarks(document);
    let mut sbom = Sbom {
        name: head.name.map(str::to_owned),
        serial_number: head.namespace.map(str::to_owned),
        made: head.made,
        ..Sbom::default()
    };
    let subject = reading.subject(&files);
    reading.complete(subject, head.has_author, sbom.made.is_some());
    let identifiers = identifiers(&reading.parts.components);
    let summary = Summary::from([
        ("components", reading.parts.components.len() as u64),
        ("purls", identifiers.0),
        ("cpes", identifiers.1),
        ("files", files.files),
        ("snippets", files.snippets),
        ("relationships", reading.parts.relationships),
        ("annotations", reading.annotations),
        (
            "external-documents",
            document.external_documents.items().len() as u64,
        ),
    ]);
    reading.parts.finish(subject, &mut sbom);
    let summary = with_dependencies(summary, &sbom);
    (sbom, version, summary)
}

/// How many parts have a package URL, and how many a CPE.
pub(super) fn identifiers(components: &[SbomComponent]) -> (u64, u64) {
    let count =
        |has: fn(&SbomComponent) -> bool| components.iter().filter(|part| has(part)).count() as u64;
    (
        count(|part| part.component.purl.is_some()),
        count(|part| !part.component.cpes.is_empty()),
    )
}

/// The counts with that of the dependencies, which are known last.
pub(super) fn with_dependencies(mut summary: Summary, sbom: &Sbom) -> Summary {
    summary.insert("dependencies", sbom.dependencies.len() as u64);
    summary
}

/// What the document defines for others of its members to refer to.
fn defined<'d>(document: &'d wire::Document<'_>) -> Defined<'d> {
    let licenses = document.licenses.items().iter();
    let documents = document.external_documents.items().iter();
    Defined::closed(
        licenses.filter_map(|license| license.id.filled()).collect(),
        documents
            .filter_map(|external| external.id.filled())
            .collect(),
    )
}

/// How many elements there are that are no packages.
struct Files {
    files: u64,
    snippets: u64,
}

/// A document that is being read.
struct Reading<'p, 'd> {
    check: Check<'p, 'd>,
    ids: Lookup<&'d str, Target>,
    parts: Parts,
    /// Index in the document of each part.
    origins: Vec<usize>,
    /// Whether the files of each part were analysed.
    analyzed: Vec<bool>,
    annotations: u64,
}

impl<'d> Reading<'_, 'd> {
    /// Takes note of an id, and tells when it is of the wrong shape or used before.
    fn register(&mut self, id: Option<&'d str>, target: Target, path: &Path<'_>) {
        let Some(id) = id else { return };
        if !is_id(id, "SPDXRef-") {
            self.check
                .problems
                .push_shared("spdx-id-malformed", Level::Error, || {
                    Problem::error(
                        "spdx-id-malformed",
                        path.key("SPDXID").place(),
                        format!(
                            "the id `{}` is not `SPDXRef-` and letters, digits, points and hyphens",
                            shortened(id, 80)
                        ),
                    )
                });
        }
        if self.ids.contains_key(id) {
            self.check
                .problems
                .push_shared("spdx-id-repeated", Level::Error, || {
                    Problem::error(
                        "spdx-id-repeated",
                        path.key("SPDXID").place(),
                        format!(
                            "the id `{}` is used more than once; it is taken for the first of them",
                            shortened(id, 80)
                        ),
                    )
                });
        } else {
            self.ids.insert(id, target);
        }
    }

    fn packages(&mut self, list: &'d List<wire::Package<'_>>) {
        let root = Path::Root;
        let path = root.key("packages");
        list.report(&path, self.check.problems);
        self.parts.components.reserve(list.items().len());
        for (index, wire) in list.indexed() {
            let path = path.index(index);
            let (part, annotations) = package::convert(wire, &path, &mut self.check);
            self.annotations += annotations;
            let at = self.parts.components.len();
            self.register(wire.id.filled(), Target::Package(at), &path);
            self.parts.components.push(part);
            self.origins.push(index);
            self.analyzed
                .push(wire.files_analyzed.value().is_none_or(|flag| flag.0));
        }
    }

    fn files(&mut self, document: &'d wire::Document<'_>) -> Files {
        let root = Path::Root;
        let path = root.key("files");
        document.files.report(&path, self.check.problems);
        for (index, wire) in document.files.indexed() {
            let path = path.index(index);
            self.annotations += file::file(wire, &path, &mut self.check);
            self.register(wire.id.filled(), Target::File, &path);
        }
        let path = root.key("snippets");
        document.snippets.report(&path, self.check.problems);
        for (index, wire) in document.snippets.indexed() {
            let path = path.index(index);
            self.annotations += file::snippet(wire, &path, &mut self.check);
            self.register(wire.id.filled(), Target::Other, &path);
            if let Some(of) = wire.from_file.filled() {
                self.resolve(of, &path.key("snippetFromFile"));
            }
        }
        Files {
            files: document.files.items().len() as u64,
            snippets: document.snippets.items().len() as u64,
        }
    }

    /// The list of what the document describes, which relationships have replaced.
    fn described(&mut self, list: &List<Text<'_>>) {
        let root = Path::Root;
        let path = root.key("documentDescribes");
        list.report(&path, self.check.problems);
        for (index, id) in list.indexed() {
            if let Some(id) = id.filled()
                && let Some(target) = self.resolve(id, &path.index(index))
            {
                let document = (Target::Document, "");
                self.parts.relate(Verb::Describes, document, (target, id));
            }
        }
    }

    /// The lists of the files of each package, which relationships have replaced.
    fn contained(&mut self, list: &List<wire::Package<'_>>) {
        let root = Path::Root;
        let path = root.key("packages");
        for (at, (index, wire)) in list.indexed().enumerate() {
            let Some(rare) = &wire.rare else { continue };
            let path = path.index(index);
            let path = path.key("hasFiles");
            for (index, id) in rare.files.indexed() {
                if let Some(id) = id.filled() {
                    let path = path.index(index);
                    self.resolve(id, &path);
                    self.holds_file(at, &path);
                }
            }
        }
    }

    /// Tells that a package holds a file although its files were not analysed.
    fn holds_file(&mut self, at: usize, path: &Path<'_>) {
        if self.analyzed.get(at) == Some(&false) {
            self.check
                .problems
                .push_shared("spdx-not-analyzed", Level::Error, || {
                    Problem::error(
                        "spdx-not-analyzed",
                        path.place(),
                        "filesAnalyzed is false, so the package cannot hold files",
                    )
                });
        }
    }

    fn relationships(&mut self, list: &List<wire::Relationship<'_>>) {
        let root = Path::Root;
        let path = root.key("relationships");
        list.report(&path, self.check.problems);
        for (index, wire) in list.indexed() {
            let path = path.index(index);
            self.parts.relationships += 1;
            self.relationship(wire, &path);
        }
    }

    fn relationship(&mut self, wire: &wire::Relationship<'_>, path: &Path<'_>) {
        let check = &mut self.check;
        wire.foreign.report(check.edition, path, check.problems);
        let from = check.needed(&wire.from, "spdxElementId", path);
        let to = check.needed(&wire.to, "relatedSpdxElement", path);
        let word = check.needed(&wire.kind, "relationshipType", path);
        let meaning = word.and_then(|word| {
            let words = relationships(check.edition.model());
            check.word(words, word, &path.key("relationshipType"))
        });
        let from = from.map(|id| (self.resolve(id, &path.key("spdxElementId")), id));
        // The right side may say that there is nothing, or that nobody knows.
        let to = to
            .filter(|id| !says_nothing(id))
            .map(|id| (self.resolve(id, &path.key("relatedSpdxElement")), id));
        let (Some(meaning), Some((Some(from), one)), Some((Some(to), other))) = (meaning, from, to)
        else {
            return;
        };
        let (left, right) = if meaning.means.is_inverse {
            ((to, other), (from, one))
        } else {
            ((from, one), (to, other))
        };
        if let (Verb::Contains, Target::Package(at), Target::File) =
            (meaning.means.verb, left.0, right.0)
        {
            self.holds_file(at, path);
        }
        self.parts.relate(meaning.means.verb, left, right);
    }

    /// What an id leads to; one that leads to nothing is reported.
    fn resolve(&mut self, id: &str, path: &Path<'_>) -> Option<Target> {
        if let Some(target) = self.ids.get(id) {
            return Some(*target);
        }
        if let Some((document, _)) = id.split_once(':')
            && self.check.defined.documents.contains(document)
        {
            return Some(Target::Elsewhere);
        }
        let is_document = id.eq_ignore_ascii_case("SPDXRef-DOCUMENT");
        self.check
            .problems
            .push_shared("spdx-reference-dangling", Level::Error, || {
                let problem = Problem::error(
                    "spdx-reference-dangling",
                    path.place(),
                    format!(
                        "the id `{}` leads to nothing in this document",
                        shortened(id, 80)
                    ),
                );
                if is_document {
                    problem.hint("it was taken for the document, whose id is `SPDXRef-DOCUMENT`")
                } else {
                    problem
                }
            });
        is_document.then_some(Target::Document)
    }

    fn remarks(&mut self, document: &wire::Document<'_>) {
        let root = Path::Root;
        let path = root.key("annotations");
        self.annotations += remark::annotations(&document.annotations, &path, &mut self.check);
        for (index, annotation) in document.annotations.indexed() {
            if let Some(id) = annotation.subject.filled() {
                self.resolve(id, &path.index(index).key("SPDXREF"));
            }
        }
        let path = root.key("revieweds");
        self.annotations += remark::reviews(&document.reviews, &path, &mut self.check);
    }

    /// Which package is the product, told when it is not clear.
    fn subject(&mut self, files: &Files) -> Subject {
        let root = Path::Root;
        let path = root.key("relationships");
        let subject = self.parts.subject();
        let is_single = self.parts.components.len() == 1 && files.files == 0 && files.snippets == 0;
        if !self.parts.describes && !is_single && self.check.edition.has_ids() {
            self.check.problems.push(
                Problem::error(
                    "spdx-describes-missing",
                    path.place(),
                    "the document does not say what it describes, which SPDX demands unless it holds one package alone",
                )
                .hint("say that SPDXRef-DOCUMENT DESCRIBES the package of the product"),
            );
        }
        if subject == Subject::Ambiguous {
            ambiguous(path.place(), self.check.problems);
        }
        subject
    }

    /// Tells which of the minimum elements are missing.
    fn complete(&mut self, subject: Subject, author: bool, timestamp: bool) {
        let root = Path::Root;
        let path = root.key("packages");
        for (at, (part, origin)) in self.parts.components.iter().zip(&self.origins).enumerate() {
            if subject != Subject::Package(at) {
                completeness::component(
                    &part.component,
                    || path.index(*origin).place(),
                    &FORMAT_2,
                    self.check.problems,
                );
            }
        }
        let elements = elements(&self.parts, subject, author, timestamp);
        completeness::document(elements, &FORMAT_2, self.check.problems);
    }
}

/// Which of the minimum elements are there.
pub(super) fn elements(parts: &Parts, subject: Subject, author: bool, timestamp: bool) -> Elements {
    let product = match subject {
        Subject::Package(at) => parts.components.get(at).map(|part| &part.component),
        _ => None,
    };
    // Where several packages could be the product, that is told by itself.
    let is_ambiguous = subject == Subject::Ambiguous;
    let others = parts.components.len() - usize::from(product.is_some());
    Elements {
        is_vex: false,
        subject: is_ambiguous || product.is_some(),
        version: is_ambiguous || product.is_some_and(|product| product.version.is_some()),
        manufacturer: is_ambiguous || product.is_some_and(|product| product.supplier.is_some()),
        timestamp,
        author,
        components: others > 0,
        dependencies: parts.are_related(),
    }
}
