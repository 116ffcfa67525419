//! The tag-value syntax: lines of `Tag: value`, read in one pass into the same shape as JSON.
//!
//! Traps: what a line belongs to is told by the lines before it, so a package begins at its name
//! and a file that follows it is in it; a text of several lines stands between `<text>` and
//! `</text>`, and one that is never closed must not swallow the rest; `SPDXID` is written alike for
//! documents, packages and files.

mod line;
mod place;
mod value;

use isocenter_model::text::shortened;
use isocenter_model::{Level, Place, Problem};

use super::flag::Flag;
use super::wire::{
    Annotation, Creation, Document, ExternalDocument, ExtractedLicense, File, FurtherOfPackage,
    Package, Relationship, Review, Snippet,
};
use crate::json::{Field, Problems};
use line::{Line, lines};
pub(super) use place::Lines;
use value::{Notes, checksum, external_ref, text, verification};

/// Reads the lines of a text. With the document come the lines of its members, so that what is
/// wrong with one can be told by its line.
pub(super) fn read<'a>(text: &'a str, problems: &mut Problems) -> (Document<'a>, Lines) {
    let mut builder = Builder {
        document: Document::default(),
        creation: None,
        section: Section::Document,
        package: None,
        file: None,
        snippet: None,
        license: None,
        annotation: None,
        review: None,
        notes: Notes {
            lines: Lines::default(),
            problems,
        },
    };
    for line in lines(text) {
        builder.take(&line);
    }
    builder.finish()
}

/// What an `SPDXID` belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Document,
    Package,
    File,
}

struct Builder<'a, 'p> {
    document: Document<'a>,
    creation: Option<Creation<'a>>,
    section: Section,
    /// The package that began last. Files that follow it are in it.
    package: Option<Package<'a>>,
    file: Option<File<'a>>,
    snippet: Option<Snippet<'a>>,
    license: Option<ExtractedLicense<'a>>,
    annotation: Option<Annotation<'a>>,
    review: Option<Review<'a>>,
    notes: Notes<'p>,
}

impl<'a> Builder<'a, '_> {
    fn take(&mut self, line: &Line<'a>) {
        if line.is_unclosed {
            self.notes.tell("spdx-text-unclosed", line, || {
                "the text begins with `<text>` and is never closed; its first line was read"
                    .to_owned()
            });
        }
        let Some(tag) = line.tag else {
            self.notes.tell("spdx-line-malformed", line, || {
                format!(
                    "`{}` is no tag with a value, and belongs to no text",
                    shortened(line.value, 60)
                )
            });
            return;
        };
        let is_known = match tag.as_bytes() {
            [b'P', ..] | b"ExternalRef" | b"FilesAnalyzed" => self.of_package(tag, line),
            [b'F' | b'L', ..] => self.of_file(tag, line),
            _ => self.of_any(tag, line),
        };
        if !is_known
            && !self.of_package(tag, line)
            && !self.of_file(tag, line)
            && !self.of_others(tag, line)
            && !SKIPPED.contains(&tag)
        {
            let at = Place::line(line.number.into());
            self.notes
                .problems
                .push_shared("spdx-tag-unknown", Level::Warning, || {
                    Problem::warning(
                        "spdx-tag-unknown",
                        at,
                        format!(
                            "SPDX has no tag `{}`; the line was not read",
                            shortened(tag, 60)
                        ),
                    )
                });
        }
    }

    /// Takes a line of the document or one that may stand anywhere.
    fn of_any(&mut self, tag: &str, line: &Line<'a>) -> bool {
        let (document, notes) = (&mut self.document, &mut self.notes);
        match tag {
            "Relationship" => self.relationship(line),
            "SPDXID" => self.id(line),
            "SPDXVersion" => notes.set(&mut document.spdx_version, "spdxVersion", line),
            "DataLicense" => notes.set(&mut document.data_license, "dataLicense", line),
            "DocumentName" => notes.set(&mut document.name, "name", line),
            "DocumentNamespace" => notes.set(&mut document.namespace, "documentNamespace", line),
            "ExternalDocumentRef" => self.external_document(line),
            "Created" => {
                let creation = self.creation.get_or_insert_default();
                notes.set(&mut creation.created, "created", line);
            }
            "Creator" => {
                notes.lines.mark("creators", line.number);
                let creation = self.creation.get_or_insert_default();
                creation.creators.push(text(line.value));
            }
            _ => return false,
        }
        true
    }

    fn id(&mut self, line: &Line<'a>) {
        let notes = &mut self.notes;
        match (self.section, &mut self.package, &mut self.file) {
            (Section::Package, Some(package), _) => notes.set(&mut package.id, "SPDXID", line),
            (Section::File, package, Some(file)) => {
                notes.set(&mut file.id, "SPDXID", line);
                if let Some(package) = package {
                    further(package).files.push(text(line.value));
                }
            }
            _ => notes.set(&mut self.document.id, "SPDXID", line),
        }
    }

    fn relationship(&mut self, line: &Line<'a>) {
        self.notes.lines.single("relationships", line.number);
        let mut words = line.value.split_whitespace();
        let mut next = || {
            words
                .next()
                .map_or(Field::Absent, |word| Field::Value(text(word)))
        };
        let relationship = Relationship {
            from: next(),
            kind: next(),
            to: next(),
            ..Relationship::default()
        };
        if words.next().is_some() {
            self.notes
                .malformed(line, "SPDXRef-A RELATIONSHIP SPDXRef-B");
        }
        self.document.relationships.push(relationship);
    }

    fn external_document(&mut self, line: &Line<'a>) {
        let mut words = line.value.splitn(3, char::is_whitespace);
        let (Some(id), Some(document), Some(hash)) = (words.next(), words.next(), words.next())
        else {
            self.notes
                .malformed(line, "DocumentRef-A URI ALGORITHM: hash");
            return;
        };
        self.notes.lines.single("externalDocumentRefs", line.number);
        self.document.external_documents.push(ExternalDocument {
            id: Field::Value(text(id)),
            document: Field::Value(text(document)),
            checksum: checksum(hash).map_or(Field::Absent, Field::Value),
            ..ExternalDocument::default()
        });
    }

    /// Takes a line of a package.
    fn of_package(&mut self, tag: &str, line: &Line<'a>) -> bool {
        if tag == "PackageName" {
            self.end_package();
            self.section = Section::Package;
            self.notes.lines.begin("packages", line.number);
            let package = self.package.insert(Package::default());
            self.notes.set(&mut package.name, "name", line);
            return true;
        }
        let mut outside = None;
        let package = match &mut self.package {
            Some(package) => package,
            None => outside.insert(Package::default()),
        };
        let notes = &mut self.notes;
        match tag {
            "PackageChecksum" => {
                notes.lines.mark("checksums", line.number);
                match checksum(line.value) {
                    Some(checksum) => further(package).checksums.push(checksum),
                    None => notes.malformed(line, "ALGORITHM: hash"),
                }
            }
            "ExternalRef" => external_ref(package, line, notes),
            "PackageLicenseConcluded" => {
                notes.set(&mut package.license_concluded, "licenseConcluded", line);
            }
            "PackageLicenseDeclared" => {
                notes.set(&mut package.license_declared, "licenseDeclared", line);
            }
            "PackageDownloadLocation" => {
                notes.set(&mut package.download_location, "downloadLocation", line);
            }
            "PackageCopyrightText" => {
                notes.present(&mut package.copyright, "copyrightText", line);
            }
            "FilesAnalyzed" => {
                notes.lines.mark("filesAnalyzed", line.number);
                match Flag::of(line.value) {
                    Some(flag) => package.files_analyzed = Field::Value(flag),
                    None => notes.malformed(line, "true` or `false"),
                }
            }
            "PackageVersion" => notes.set(&mut package.version, "versionInfo", line),
            "PackageSupplier" => notes.set(&mut package.supplier, "supplier", line),
            "PackageOriginator" => notes.set(&mut package.originator, "originator", line),
            "PackageVerificationCode" => {
                notes.lines.mark("packageVerificationCode", line.number);
                further(package).verification = Field::Value(verification(line.value));
            }
            "PackageLicenseInfoFromFiles" => {
                notes.lines.mark("licenseInfoFromFiles", line.number);
                further(package).licenses_from_files.push(text(line.value));
            }
            "PackageSummary" => notes.set(&mut further(package).summary, "summary", line),
            "PackageDescription" => {
                notes.set(&mut further(package).description, "description", line);
            }
            "PrimaryPackagePurpose" => {
                package.foreign.known(&(3, "primaryPackagePurpose"));
                notes.set(&mut further(package).purpose, "primaryPackagePurpose", line);
            }
            "BuiltDate" => {
                package.foreign.known(&(3, "builtDate"));
                notes.set(&mut further(package).built, "builtDate", line);
            }
            "ReleaseDate" => {
                package.foreign.known(&(3, "releaseDate"));
                notes.set(&mut further(package).released, "releaseDate", line);
            }
            "ValidUntilDate" => {
                package.foreign.known(&(3, "validUntilDate"));
                notes.set(&mut further(package).valid_until, "validUntilDate", line);
            }
            _ => return false,
        }
        self.misplaced(outside.is_some(), line, "PackageName");
        true
    }

    /// Tells of a line that belongs to something that has not begun.
    fn misplaced(&mut self, is_misplaced: bool, line: &Line<'_>, first: &str) {
        if is_misplaced {
            self.notes.tell("spdx-tag-misplaced", line, || {
                format!(
                    "`{}` was set aside: no `{first}` stands before it",
                    line.tag.unwrap_or_default()
                )
            });
        }
    }

    /// Takes a line of a file.
    fn of_file(&mut self, tag: &str, line: &Line<'a>) -> bool {
        if tag == "FileName" {
            self.end_file();
            self.section = Section::File;
            self.notes.lines.begin("files", line.number);
            let file = self.file.insert(File::default());
            self.notes.set(&mut file.name, "fileName", line);
            return true;
        }
        let mut outside = None;
        let file = match &mut self.file {
            Some(file) => file,
            None => outside.insert(File::default()),
        };
        let notes = &mut self.notes;
        match tag {
            "FileChecksum" => {
                notes.lines.mark("checksums", line.number);
                match checksum(line.value) {
                    Some(checksum) => file.checksums.push(checksum),
                    None => notes.malformed(line, "ALGORITHM: hash"),
                }
            }
            "LicenseConcluded" => {
                notes.set(&mut file.license_concluded, "licenseConcluded", line);
            }
            "LicenseInfoInFile" => {
                notes.lines.mark("licenseInfoInFiles", line.number);
                file.licenses_in_file.push(text(line.value));
            }
            "FileCopyrightText" => notes.present(&mut file.copyright, "copyrightText", line),
            "FileType" => {
                notes.lines.mark("fileTypes", line.number);
                file.kinds.push(text(line.value));
            }
            _ => return false,
        }
        self.misplaced(outside.is_some(), line, "FileName");
        true
    }

    /// Takes a line of a snippet, a licence, an annotation or a review.
    fn of_others(&mut self, tag: &str, line: &Line<'a>) -> bool {
        match tag {
            "SnippetSPDXID" | "SnippetSPDXIdentifier" => {
                self.document.snippets.extend(self.snippet.take());
                self.notes.lines.begin("snippets", line.number);
                let snippet = self.snippet.insert(Snippet::default());
                self.notes.set(&mut snippet.id, "SPDXID", line);
            }
            "LicenseID" => {
                self.document.licenses.extend(self.license.take());
                self.notes
                    .lines
                    .begin("hasExtractedLicensingInfos", line.number);
                let license = self.license.insert(ExtractedLicense::default());
                self.notes.set(&mut license.id, "licenseId", line);
            }
            "Annotator" => {
                self.document.annotations.extend(self.annotation.take());
                self.notes.lines.begin("annotations", line.number);
                let annotation = self.annotation.insert(Annotation::default());
                self.notes.set(&mut annotation.annotator, "annotator", line);
            }
            "Reviewer" => {
                self.document.reviews.extend(self.review.take());
                self.notes.lines.begin("revieweds", line.number);
                let review = self.review.insert(Review::default());
                self.notes.set(&mut review.reviewer, "reviewer", line);
            }
            _ => return self.within_others(tag, line),
        }
        true
    }

    fn within_others(&mut self, tag: &str, line: &Line<'a>) -> bool {
        let (first, is_begun) = match tag {
            "AnnotationDate" | "AnnotationComment" | "AnnotationType" | "SPDXREF" => {
                ("Annotator", self.annotation.is_some())
            }
            "ReviewDate" => ("Reviewer", self.review.is_some()),
            "ExtractedText" => ("LicenseID", self.license.is_some()),
            "SnippetFromFileSPDXID"
            | "SnippetByteRange"
            | "SnippetLineRange"
            | "SnippetLicenseConcluded"
            | "LicenseInfoInSnippet"
            | "SnippetCopyrightText" => ("SnippetSPDXID", self.snippet.is_some()),
            _ => return false,
        };
        self.misplaced(!is_begun, line, first);
        let notes = &mut self.notes;
        if let Some(annotation) = &mut self.annotation {
            match tag {
                "AnnotationDate" => notes.set(&mut annotation.date, "annotationDate", line),
                "AnnotationType" => notes.set(&mut annotation.kind, "annotationType", line),
                "AnnotationComment" => notes.present(&mut annotation.comment, "comment", line),
                "SPDXREF" => notes.set(&mut annotation.subject, "SPDXREF", line),
                _ => {}
            }
        }
        if let (Some(review), "ReviewDate") = (&mut self.review, tag) {
            notes.set(&mut review.date, "reviewDate", line);
        }
        if let (Some(license), "ExtractedText") = (&mut self.license, tag) {
            notes.present(&mut license.text, "extractedText", line);
        }
        if let Some(snippet) = &mut self.snippet {
            match tag {
                "SnippetFromFileSPDXID" => {
                    notes.set(&mut snippet.from_file, "snippetFromFile", line);
                }
                "SnippetByteRange" => notes.present(&mut snippet.ranges, "ranges", line),
                "SnippetLicenseConcluded" => {
                    notes.set(&mut snippet.license_concluded, "licenseConcluded", line);
                }
                "LicenseInfoInSnippet" => {
                    notes.lines.mark("licenseInfoInSnippets", line.number);
                    snippet.licenses_in_snippet.push(text(line.value));
                }
                "SnippetCopyrightText" => {
                    notes.present(&mut snippet.copyright, "copyrightText", line);
                }
                _ => {}
            }
        }
        true
    }

    fn end_file(&mut self) {
        self.document.files.extend(self.file.take());
    }

    fn end_package(&mut self) {
        self.end_file();
        self.document.packages.extend(self.package.take());
    }

    fn finish(mut self) -> (Document<'a>, Lines) {
        self.end_package();
        let document = &mut self.document;
        document.snippets.extend(self.snippet);
        document.licenses.extend(self.license);
        document.annotations.extend(self.annotation);
        document.reviews.extend(self.review);
        document.creation = self.creation.map_or(Field::Absent, Field::Value);
        (self.document, self.notes.lines)
    }
}

/// What few packages have.
fn further<'p, 'a>(package: &'p mut Package<'a>) -> &'p mut FurtherOfPackage<'a> {
    package.rare.get_or_insert_default()
}

/// Tags that say nothing of what a product is made of.
const SKIPPED: [&str; 28] = [
    "ArtifactOfProjectHomePage",
    "ArtifactOfProjectName",
    "ArtifactOfProjectURI",
    "CreatorComment",
    "DocumentComment",
    "ExternalRefComment",
    "FileAttributionText",
    "FileComment",
    "FileContributor",
    "FileDependency",
    "FileNotice",
    "LicenseComment",
    "LicenseComments",
    "LicenseCrossReference",
    "LicenseListVersion",
    "LicenseName",
    "PackageAttributionText",
    "PackageComment",
    "PackageFileName",
    "PackageHomePage",
    "PackageLicenseComments",
    "PackageSourceInfo",
    "RelationshipComment",
    "ReviewComment",
    "SnippetAttributionText",
    "SnippetComment",
    "SnippetLicenseComments",
    "SnippetName",
];
