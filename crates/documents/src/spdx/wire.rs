//! The shape of SPDX 2, one for all editions and syntaxes: JSON and YAML are read into it, and the
//! reader of tag-value builds it. Everything may be absent; what is missing or wrong is said when
//! it is converted.

use super::element::{Context, Element};
use super::flag::Flag;
use crate::json::{Field, List, Present, Text, objects};

objects! {
    /// The document. The graph is that of SPDX 3, which says so by its context.
    Document {
        spdx_version: Field<Text<'a>> = "spdxVersion" 0,
        id: Field<Text<'a>> = "SPDXID" 0,
        name: Field<Text<'a>> = "name" 0,
        namespace: Field<Text<'a>> = "documentNamespace" 0,
        data_license: Field<Text<'a>> = "dataLicense" 0,
        creation: Field<Creation<'a>> = "creationInfo" 0,
        external_documents: List<ExternalDocument<'a>> = "externalDocumentRefs" 0,
        describes: List<Text<'a>> = "documentDescribes" 0,
        packages: List<Package<'a>> = "packages" 0,
        files: List<File<'a>> = "files" 0,
        snippets: List<Snippet<'a>> = "snippets" 0,
        relationships: List<Relationship<'a>> = "relationships" 0,
        licenses: List<ExtractedLicense<'a>> = "hasExtractedLicensingInfos" 0,
        annotations: List<Annotation<'a>> = "annotations" 0,
        reviews: List<Review<'a>> = "revieweds" 0,
        context: Field<Context> = "@context" 0,
        graph: List<Element<'a>> = "@graph" 0,
    } skips { "comment" 0, "$schema" 0 }

    /// Who made the document, and when.
    Creation {
        created: Field<Text<'a>> = "created" 0,
        creators: List<Text<'a>> = "creators" 0,
    } skips { "comment" 0, "licenseListVersion" 0 }

    /// Another SPDX document that this one refers to.
    ExternalDocument {
        id: Field<Text<'a>> = "externalDocumentId" 0,
        document: Field<Text<'a>> = "spdxDocument" 0,
        checksum: Field<Checksum<'a>> = "checksum" 0,
    } skips {}

    /// A hash of a file, package or document.
    Checksum {
        algorithm: Field<Text<'a>> = "algorithm" 0,
        value: Field<Text<'a>> = "checksumValue" 0,
    } skips {}

    /// A unit of software.
    Package {
        id: Field<Text<'a>> = "SPDXID" 0,
        name: Field<Text<'a>> = "name" 0,
        version: Field<Text<'a>> = "versionInfo" 0,
        supplier: Field<Text<'a>> = "supplier" 0,
        originator: Field<Text<'a>> = "originator" 0,
        download_location: Field<Text<'a>> = "downloadLocation" 0,
        files_analyzed: Field<Flag> = "filesAnalyzed" 0,
        license_concluded: Field<Text<'a>> = "licenseConcluded" 0,
        license_declared: Field<Text<'a>> = "licenseDeclared" 0,
        copyright: Present = "copyrightText" 0,
        external_refs: List<ExternalRef<'a>> = "externalRefs" 0,
    } rare FurtherOfPackage {
        verification: Field<VerificationCode<'a>> = "packageVerificationCode" 0,
        checksums: List<Checksum<'a>> = "checksums" 0,
        licenses_from_files: List<Text<'a>> = "licenseInfoFromFiles" 0,
        files: List<Text<'a>> = "hasFiles" 0,
        summary: Field<Text<'a>> = "summary" 0,
        description: Field<Text<'a>> = "description" 0,
        annotations: List<Annotation<'a>> = "annotations" 0,
        purpose: Field<Text<'a>> = "primaryPackagePurpose" 3,
        built: Field<Text<'a>> = "builtDate" 3,
        released: Field<Text<'a>> = "releaseDate" 3,
        valid_until: Field<Text<'a>> = "validUntilDate" 3,
    } skips {
        "packageFileName" 0, "homepage" 0, "sourceInfo" 0, "licenseComments" 0, "comment" 0,
        "attributionTexts" 0,
    }

    /// A name of a package, or a place, outside the document.
    ExternalRef {
        category: Field<Text<'a>> = "referenceCategory" 0,
        kind: Field<Text<'a>> = "referenceType" 0,
        locator: Field<Text<'a>> = "referenceLocator" 0,
    } skips { "comment" 0 }

    /// One hash over all files of a package.
    VerificationCode {
        value: Field<Text<'a>> = "packageVerificationCodeValue" 0,
        excluded: List<Text<'a>> = "packageVerificationCodeExcludedFiles" 0,
    } skips {}

    /// A file.
    File {
        id: Field<Text<'a>> = "SPDXID" 0,
        name: Field<Text<'a>> = "fileName" 0,
        kinds: List<Text<'a>> = "fileTypes" 0,
        checksums: List<Checksum<'a>> = "checksums" 0,
        license_concluded: Field<Text<'a>> = "licenseConcluded" 0,
        licenses_in_file: List<Text<'a>> = "licenseInfoInFiles" 0,
        copyright: Present = "copyrightText" 0,
        annotations: List<Annotation<'a>> = "annotations" 0,
    } skips {
        "licenseComments" 0, "comment" 0, "noticeText" 0, "fileContributors" 0,
        "attributionTexts" 0, "fileDependencies" 0, "artifactOfs" 0,
    }

    /// A part of a file.
    Snippet {
        id: Field<Text<'a>> = "SPDXID" 0,
        from_file: Field<Text<'a>> = "snippetFromFile" 0,
        ranges: Present = "ranges" 0,
        license_concluded: Field<Text<'a>> = "licenseConcluded" 0,
        licenses_in_snippet: List<Text<'a>> = "licenseInfoInSnippets" 0,
        copyright: Present = "copyrightText" 0,
        annotations: List<Annotation<'a>> = "annotations" 0,
    } skips { "name" 0, "comment" 0, "licenseComments" 0, "attributionTexts" 0 }

    /// How two elements relate.
    Relationship {
        from: Field<Text<'a>> = "spdxElementId" 0,
        kind: Field<Text<'a>> = "relationshipType" 0,
        to: Field<Text<'a>> = "relatedSpdxElement" 0,
    } skips { "comment" 0 }

    /// A licence that the SPDX License List does not have.
    ExtractedLicense {
        id: Field<Text<'a>> = "licenseId" 0,
        text: Present = "extractedText" 0,
    } skips { "name" 0, "comment" 0, "seeAlsos" 0, "crossRefs" 0 }

    /// A remark on an element.
    Annotation {
        annotator: Field<Text<'a>> = "annotator" 0,
        date: Field<Text<'a>> = "annotationDate" 0,
        kind: Field<Text<'a>> = "annotationType" 0,
        comment: Present = "comment" 0,
        subject: Field<Text<'a>> = "SPDXREF" 0,
    } skips {}

    /// A review, until SPDX 2.0.
    Review {
        reviewer: Field<Text<'a>> = "reviewer" 0,
        date: Field<Text<'a>> = "reviewDate" 0,
    } skips { "comment" 0 }
}
