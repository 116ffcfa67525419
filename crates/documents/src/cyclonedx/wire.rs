//! The shape of the format: one for all editions. Everything may be absent; what is missing or
//! wrong is said when it is converted.

use serde::{Deserialize, Deserializer};

use crate::json::{Field, List, Present, Text, objects};

objects! {
    /// The document.
    Bom {
        bom_format: Field<Text<'a>> = "bomFormat" 2,
        spec_version: Field<Text<'a>> = "specVersion" 2,
        serial_number: Field<Text<'a>> = "serialNumber" 2,
        version: Field<i64> = "version" 2,
        metadata: Field<Metadata<'a>> = "metadata" 2,
        components: List<Component<'a>> = "components" 2,
        services: List<Service<'a>> = "services" 2,
        external_references: List<ExternalReference<'a>> = "externalReferences" 2,
        dependencies: List<Dependency<'a>> = "dependencies" 2,
        vulnerabilities: List<Vulnerability<'a>> = "vulnerabilities" 4,
        properties: List<Property<'a>> = "properties" 5,
        citations: List<Citation<'a>> = "citations" 7,
    } skips {
        "$schema" 2 text, "compositions" 3 checked, "signature" 4 checked,
        "annotations" 5 checked, "formulation" 5 checked, "declarations" 6 checked,
        "definitions" 6 checked,
    }

    /// Who made the document, of what, when.
    Metadata {
        timestamp: Field<Text<'a>> = "timestamp" 2,
        tools: Field<Tools<'a>> = "tools" 2,
        authors: List<Contact<'a>> = "authors" 2,
        component: Field<Box<Component<'a>>> = "component" 2,
        manufacture: Field<Box<Organization<'a>>> = "manufacture" 2,
        supplier: Field<Box<Organization<'a>>> = "supplier" 2,
        licenses: List<LicenseChoice<'a>> = "licenses" 3,
        properties: List<Property<'a>> = "properties" 3,
        manufacturer: Field<Box<Organization<'a>>> = "manufacturer" 6,
        distribution: Field<Distribution<'a>> = "distributionConstraints" 7,
    } skips { "lifecycles" 5 checked }

    /// To whom the document may be given.
    Distribution {
        tlp: Field<Text<'a>> = "tlp" 7,
    } skips {}

    /// A company.
    Organization {
        name: Field<Text<'a>> = "name" 2,
    } skips {
        "url" 2 checked, "contact" 2 checked, "bom-ref" 5 checked, "address" 6 checked,
    }

    /// A person.
    Contact {
        name: Field<Text<'a>> = "name" 2,
    } skips { "phone" 2 text, "email" 2 checked, "bom-ref" 5 checked }

    /// A part.
    Component {
        kind: Field<Text<'a>> = "type" 2,
        name: Field<Text<'a>> = "name" 2,
        version: Field<Text<'a>> = "version" 2,
        purl: Field<Text<'a>> = "purl" 2,
        reference: Field<Text<'a>> = "bom-ref" 2,
        group: Field<Text<'a>> = "group" 2,
        cpe: Field<Text<'a>> = "cpe" 2,
        hashes: List<Hash<'a>> = "hashes" 2,
        licenses: List<LicenseChoice<'a>> = "licenses" 2,
        components: List<Component<'a>> = "components" 2,
    } rare FurtherOfComponent {
        version_range: Field<Text<'a>> = "versionRange" 7,
        is_external: Field<bool> = "isExternal" 7,
        swid: Field<Box<Swid<'a>>> = "swid" 2,
        supplier: Field<Box<Organization<'a>>> = "supplier" 2,
        manufacturer: Field<Box<Organization<'a>>> = "manufacturer" 6,
        publisher: Field<Text<'a>> = "publisher" 2,
        author: Field<Text<'a>> = "author" 2,
        authors: List<Contact<'a>> = "authors" 6,
        description: Field<Text<'a>> = "description" 2,
        scope: Field<Text<'a>> = "scope" 2,
        properties: List<Property<'a>> = "properties" 3,
        external_references: List<ExternalReference<'a>> = "externalReferences" 2,
        pedigree: Field<Box<Pedigree<'a>>> = "pedigree" 2,
        release_notes: Field<Box<ReleaseNotes<'a>>> = "releaseNotes" 4,
    } skips {
        "copyright" 2 text, "$comment" 2 text, "mime-type" 2 checked, "modified" 2 checked,
        "evidence" 3 checked, "signature" 4 checked, "modelCard" 5 checked, "data" 5 checked,
        "omniborId" 6 checked, "swhid" 6 checked, "cryptoProperties" 6 checked,
        "tags" 6 checked, "patentAssertions" 7 checked,
    }

    /// A software identification tag (ISO/IEC 19770-2).
    Swid {
        tag_id: Field<Text<'a>> = "tagId" 2,
        name: Field<Text<'a>> = "name" 2,
    } skips {
        "version" 2 text, "url" 2 text, "tagVersion" 2 checked, "patch" 2 checked,
        "text" 2 checked,
    }

    /// A hash of a file.
    Hash {
        algorithm: Field<Text<'a>> = "alg" 2,
        content: Field<Text<'a>> = "content" 2,
    } skips {}

    /// A licence, or an expression of licences.
    LicenseChoice {
        license: Field<Box<License<'a>>> = "license" 2,
        expression: Field<Text<'a>> = "expression" 2,
        acknowledgement: Field<Text<'a>> = "acknowledgement" 6,
    } skips {
        "bom-ref" 5 checked, "expressionDetails" 7 checked, "licensing" 7 checked,
        "properties" 7 checked,
    }

    /// One licence.
    License {
        id: Field<Text<'a>> = "id" 2,
        name: Field<Text<'a>> = "name" 2,
        text: Field<Attachment<'a>> = "text" 2,
        acknowledgement: Field<Text<'a>> = "acknowledgement" 6,
        properties: List<Property<'a>> = "properties" 5,
    } skips { "url" 2 text, "bom-ref" 5 checked, "licensing" 5 checked }

    /// A text with its encoding.
    Attachment {
        encoding: Field<Text<'a>> = "encoding" 2,
    } skips { "contentType" 2 text, "content" 2 text }

    /// A named value.
    Property {
        name: Field<Text<'a>> = "name" 3,
        value: Field<Text<'a>> = "value" 3,
    } skips {}

    /// A place outside the document.
    ExternalReference {
        url: Field<Text<'a>> = "url" 2,
        kind: Field<Text<'a>> = "type" 2,
        hashes: List<Hash<'a>> = "hashes" 3,
    } skips { "comment" 2 text, "properties" 7 checked }

    /// Where a part comes from.
    Pedigree {
        ancestors: List<Component<'a>> = "ancestors" 2,
        descendants: List<Component<'a>> = "descendants" 2,
        variants: List<Component<'a>> = "variants" 2,
        patches: List<Patch<'a>> = "patches" 2,
    } skips { "notes" 2 text, "commits" 2 checked }

    /// A change of a part.
    Patch {
        kind: Field<Text<'a>> = "type" 2,
        resolves: List<Issue<'a>> = "resolves" 2,
    } skips { "diff" 2 checked }

    /// A defect, enhancement or security issue that a change resolves.
    Issue {
        kind: Field<Text<'a>> = "type" 2,
    } skips {
        "id" 2 text, "name" 2 text, "description" 2 text, "source" 2 checked,
        "references" 2 checked,
    }

    /// What a release changes.
    ReleaseNotes {
        kind: Field<Text<'a>> = "type" 4,
        resolves: List<Issue<'a>> = "resolves" 4,
    } skips {
        "title" 4 text, "featuredImage" 4 text, "socialImage" 4 text, "description" 4 text,
        "timestamp" 4 checked, "aliases" 4 checked, "tags" 4 checked, "notes" 4 checked,
        "properties" 4 checked,
    }

    /// A service that the product uses.
    Service {
        reference: Field<Text<'a>> = "bom-ref" 2,
        name: Field<Text<'a>> = "name" 2,
        data: List<ServiceData<'a>> = "data" 2,
        licenses: List<LicenseChoice<'a>> = "licenses" 2,
        properties: List<Property<'a>> = "properties" 3,
        version: Field<Text<'a>> = "version" 2,
        external_references: List<ExternalReference<'a>> = "externalReferences" 2,
        services: List<Service<'a>> = "services" 2,
    } skips {
        "group" 2 text, "description" 2 text, "trustZone" 5 text, "provider" 2 checked,
        "endpoints" 2 checked, "authenticated" 2 checked, "x-trust-boundary" 2 checked,
        "releaseNotes" 4 checked, "signature" 4 checked, "tags" 6 checked,
        "patentAssertions" 7 checked,
    }

    /// Data that flows through a service.
    ServiceData {
        flow: Field<Text<'a>> = "flow" 2,
        classification: Field<Text<'a>> = "classification" 2,
    } skips {
        "name" 5 text, "description" 5 text, "governance" 5 checked, "source" 5 checked,
        "destination" 5 checked,
    }

    /// What a part depends on.
    Dependency {
        reference: Field<Text<'a>> = "ref" 2,
        depends_on: List<Text<'a>> = "dependsOn" 2,
    } skips { "provides" 6 checked }

    /// Who said what in the document.
    Citation {
        pointers: Present = "pointers" 7,
        expressions: Present = "expressions" 7,
        attributed_to: Present = "attributedTo" 7,
        process: Present = "process" 7,
        timestamp: Present = "timestamp" 7,
    } skips { "note" 7 text, "bom-ref" 7 checked, "signature" 7 checked }

    /// A flaw.
    Vulnerability {
        reference: Field<Text<'a>> = "bom-ref" 4,
        id: Field<Text<'a>> = "id" 4,
        source: Field<Source<'a>> = "source" 4,
        references: List<Reference<'a>> = "references" 4,
        ratings: List<Rating<'a>> = "ratings" 4,
        weaknesses: List<i64> = "cwes" 4,
        description: Field<Text<'a>> = "description" 4,
        detail: Field<Text<'a>> = "detail" 4,
        recommendation: Field<Text<'a>> = "recommendation" 4,
        workaround: Field<Text<'a>> = "workaround" 5,
        advisories: List<Advisory<'a>> = "advisories" 4,
        created: Field<Text<'a>> = "created" 4,
        published: Field<Text<'a>> = "published" 4,
        updated: Field<Text<'a>> = "updated" 4,
        rejected: Field<Text<'a>> = "rejected" 5,
        analysis: Field<Analysis<'a>> = "analysis" 4,
        affects: List<Affects<'a>> = "affects" 4,
        properties: List<Property<'a>> = "properties" 4,
    } skips { "credits" 4 checked, "tools" 4 checked, "proofOfConcept" 5 checked }

    /// Who publishes a flaw or a rating.
    Source {
        name: Field<Text<'a>> = "name" 4,
    } skips { "url" 4 text }

    /// Another id of a flaw.
    Reference {
        id: Field<Text<'a>> = "id" 4,
    } skips { "source" 4 checked }

    /// How severe a flaw is.
    Rating {
        source: Field<Source<'a>> = "source" 4,
        score: Field<f64> = "score" 4,
        severity: Field<Text<'a>> = "severity" 4,
        method: Field<Text<'a>> = "method" 4,
        vector: Field<Text<'a>> = "vector" 4,
    } skips { "justification" 4 text }

    /// Where more is written of a flaw.
    Advisory {
        url: Field<Text<'a>> = "url" 4,
    } skips { "title" 4 text }

    /// What the author found about a flaw in his product.
    Analysis {
        state: Field<Text<'a>> = "state" 4,
        justification: Field<Text<'a>> = "justification" 4,
        response: List<Text<'a>> = "response" 4,
        detail: Field<Text<'a>> = "detail" 4,
        first_issued: Field<Text<'a>> = "firstIssued" 5,
        last_updated: Field<Text<'a>> = "lastUpdated" 5,
    } skips {}

    /// A part with a flaw.
    Affects {
        reference: Field<Text<'a>> = "ref" 4,
        versions: List<AffectedVersion<'a>> = "versions" 4,
    } skips {}

    /// Which versions of it.
    AffectedVersion {
        version: Field<Text<'a>> = "version" 4,
        range: Field<Text<'a>> = "range" 4,
        status: Field<Text<'a>> = "status" 4,
    } skips {}

    /// Tools as an object: since 1.5.
    ToolObject {
        components: List<Component<'a>> = "components" 5,
        services: List<Service<'a>> = "services" 5,
    } skips {}

    /// A tool as it was written until 1.4.
    Tool {
        vendor: Field<Text<'a>> = "vendor" 2,
        name: Field<Text<'a>> = "name" 2,
        version: Field<Text<'a>> = "version" 2,
        hashes: List<Hash<'a>> = "hashes" 2,
        external_references: List<ExternalReference<'a>> = "externalReferences" 4,
    } skips {}
}

/// Tools: a list until 1.4, and a list or an object since.
#[derive(Debug)]
pub(super) enum Tools<'a> {
    /// A list of tools.
    List(List<Tool<'a>>),
    /// An object that lists components and services.
    Object(Box<ToolObject<'a>>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Tools<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<'a>(std::marker::PhantomData<Tools<'a>>);

        impl<'de: 'a, 'a> serde::de::Visitor<'de> for Either<'a> {
            type Value = Tools<'a>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list or an object")
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                list: A,
            ) -> Result<Tools<'a>, A::Error> {
                List::deserialize(serde::de::value::SeqAccessDeserializer::new(list))
                    .map(Tools::List)
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                object: A,
            ) -> Result<Tools<'a>, A::Error> {
                Box::deserialize(serde::de::value::MapAccessDeserializer::new(object))
                    .map(Tools::Object)
            }
        }

        deserializer.deserialize_any(Either(std::marker::PhantomData))
    }
}
