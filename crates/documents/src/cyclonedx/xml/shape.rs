//! How the elements and attributes of the XML form stand for the members of the JSON form
//! (bom-1.2.xsd to bom-1.7.xsd). The order of the elements is the schema's, which is the same in
//! all editions.

/// What an element holds.
pub(super) enum Content {
    /// A text, number or truth value.
    Text,
    /// A text that stands in its attribute `ref`.
    Reference,
    /// Members of an object.
    Object(&'static Shape),
    /// The only member of an object, under this key.
    Wrapped(&'static str, &'static Self),
    /// Members of the object that the element stands in.
    Inline(&'static Shape),
    /// A list, of the elements in it that have these names.
    List(&'static [(&'static str, Self)]),
    /// A list, of all elements of this name that stand beside each other.
    Each(&'static Self),
    /// Dependencies; one may stand in another and have its own.
    Dependencies,
    /// Tools: a list of `tool`, or components and services.
    Tools,
    /// What is known and not read.
    Skip,
    /// The same; it may occur more than once.
    SkipEach,
}

/// An object of the format.
pub(super) struct Shape {
    /// Attributes: XML name, JSON key.
    pub(super) attributes: &'static [(&'static str, &'static str)],
    /// JSON key of the element's own text.
    pub(super) text: Option<&'static str>,
    /// Elements: XML name, JSON key, content.
    pub(super) elements: &'static [Member],
    /// Whether elements may stand in any order and more than once.
    pub(super) is_free: bool,
}

/// An element of an object.
pub(super) struct Member {
    /// XML name.
    pub(super) name: &'static str,
    /// JSON key.
    pub(super) key: &'static str,
    /// What it holds.
    pub(super) content: Content,
}

const fn shape(
    attributes: &'static [(&'static str, &'static str)],
    elements: &'static [Member],
) -> Shape {
    Shape {
        attributes,
        text: None,
        elements,
        is_free: false,
    }
}

const fn text(key: &'static str, attributes: &'static [(&'static str, &'static str)]) -> Shape {
    Shape {
        attributes,
        text: Some(key),
        elements: &[],
        is_free: false,
    }
}

/// An element that is called as its key.
const fn same(name: &'static str, content: Content) -> Member {
    Member {
        name,
        key: name,
        content,
    }
}

const fn member(name: &'static str, key: &'static str, content: Content) -> Member {
    Member { name, key, content }
}

use Content::{
    Dependencies, Each, Inline, List, Object, Reference, Skip, SkipEach, Text, Tools, Wrapped,
};

const BOM_REF: (&str, &str) = ("bom-ref", "bom-ref");
const TYPE: (&str, &str) = ("type", "type");

pub(super) static BOM: Shape = shape(
    &[("serialNumber", "serialNumber"), ("version", "version")],
    &[
        same("metadata", Object(&METADATA)),
        same("components", List(&COMPONENTS)),
        same("services", List(&SERVICES)),
        same("externalReferences", EXTERNAL_REFERENCES),
        same("dependencies", Dependencies),
        same("compositions", Skip),
        same("properties", PROPERTIES),
        same(
            "vulnerabilities",
            List(&[("vulnerability", Object(&VULNERABILITY))]),
        ),
        same("annotations", Skip),
        same("formulation", Skip),
        same("declarations", Skip),
        same("definitions", Skip),
        same("citations", List(&[("citation", Object(&CITATION))])),
    ],
);

static METADATA: Shape = shape(
    &[],
    &[
        same("timestamp", Text),
        same("lifecycles", Skip),
        same("tools", Tools),
        same("authors", AUTHORS),
        same("component", Object(&COMPONENT)),
        same("manufacturer", Object(&ORGANIZATION)),
        same("manufacture", Object(&ORGANIZATION)),
        same("supplier", Object(&ORGANIZATION)),
        same("licenses", LICENSES),
        same("properties", PROPERTIES),
        same("distributionConstraints", Object(&DISTRIBUTION)),
    ],
);

static DISTRIBUTION: Shape = shape(&[], &[same("tlp", Text)]);

static ORGANIZATION: Shape = shape(
    &[BOM_REF],
    &[
        same("name", Text),
        same("address", Skip),
        same("url", SkipEach),
        same("contact", SkipEach),
    ],
);

static CONTACT: Shape = shape(
    &[BOM_REF],
    &[same("name", Text), same("email", Skip), same("phone", Skip)],
);

const AUTHORS: Content = List(&[("author", Object(&CONTACT))]);
static COMPONENTS: [(&str, Content); 1] = [("component", Object(&COMPONENT))];

static COMPONENT: Shape = shape(
    &[
        TYPE,
        ("mime-type", "mime-type"),
        BOM_REF,
        ("isExternal", "isExternal"),
    ],
    &[
        same("supplier", Object(&ORGANIZATION)),
        same("manufacturer", Object(&ORGANIZATION)),
        same("authors", AUTHORS),
        same("author", Text),
        same("publisher", Text),
        same("group", Text),
        same("name", Text),
        same("version", Text),
        same("versionRange", Text),
        same("description", Text),
        same("scope", Text),
        same("hashes", HASHES),
        same("licenses", LICENSES),
        same("copyright", Skip),
        same("patentAssertions", Skip),
        same("cpe", Text),
        same("purl", Text),
        same("omniborId", SkipEach),
        same("swhid", SkipEach),
        same("swid", Object(&SWID)),
        same("modified", Skip),
        same("pedigree", Object(&PEDIGREE)),
        same("externalReferences", EXTERNAL_REFERENCES),
        same("properties", PROPERTIES),
        same("components", List(&COMPONENTS)),
        same("evidence", Skip),
        same("releaseNotes", Object(&RELEASE_NOTES)),
        same("modelCard", Skip),
        same("data", SkipEach),
        same("cryptoProperties", Skip),
        same("tags", Skip),
    ],
);

static SWID: Shape = shape(
    &[
        ("tagId", "tagId"),
        ("name", "name"),
        ("version", "version"),
        ("tagVersion", "tagVersion"),
        ("patch", "patch"),
    ],
    &[same("text", Skip), same("url", Skip)],
);

const HASHES: Content = List(&[("hash", Object(&HASH))]);

static HASH: Shape = text("content", &[("alg", "alg")]);

const LICENSES: Content = List(&[
    ("license", Wrapped("license", &Object(&LICENSE))),
    ("expression", Object(&EXPRESSION)),
    ("expression-detailed", Object(&DETAILED_EXPRESSION)),
]);

static LICENSE: Shape = shape(
    &[BOM_REF, ACKNOWLEDGEMENT],
    &[
        same("id", Text),
        same("name", Text),
        same("text", Object(&ATTACHMENT)),
        same("url", Skip),
        same("licensing", Skip),
        same("properties", PROPERTIES),
    ],
);

const ACKNOWLEDGEMENT: (&str, &str) = ("acknowledgement", "acknowledgement");

static EXPRESSION: Shape = text("expression", &[BOM_REF, ACKNOWLEDGEMENT]);

static DETAILED_EXPRESSION: Shape = shape(
    &[BOM_REF, ACKNOWLEDGEMENT, ("expression", "expression")],
    &[
        member("details", "expressionDetails", SkipEach),
        same("licensing", Skip),
        same("properties", Skip),
    ],
);

static ATTACHMENT: Shape = text(
    "content",
    &[("content-type", "contentType"), ("encoding", "encoding")],
);

const PROPERTIES: Content = List(&[("property", Object(&PROPERTY))]);

static PROPERTY: Shape = text("value", &[("name", "name")]);

const EXTERNAL_REFERENCES: Content = List(&[("reference", Object(&EXTERNAL_REFERENCE))]);

static EXTERNAL_REFERENCE: Shape = shape(
    &[TYPE],
    &[
        same("url", Text),
        same("comment", Skip),
        same("hashes", HASHES),
        same("properties", Skip),
    ],
);

static PEDIGREE: Shape = shape(
    &[],
    &[
        same("ancestors", List(&COMPONENTS)),
        same("descendants", List(&COMPONENTS)),
        same("variants", List(&COMPONENTS)),
        same("commits", Skip),
        same("patches", List(&[("patch", Object(&PATCH))])),
        same("notes", Skip),
    ],
);

static PATCH: Shape = shape(&[TYPE], &[same("diff", Skip), same("resolves", ISSUES)]);

const ISSUES: Content = List(&[("issue", Object(&ISSUE))]);

static ISSUE: Shape = shape(
    &[TYPE],
    &[
        same("id", Skip),
        same("name", Skip),
        same("description", Skip),
        same("source", Skip),
        same("references", Skip),
    ],
);

static RELEASE_NOTES: Shape = Shape {
    is_free: true,
    ..shape(
        &[],
        &[
            same("type", Text),
            same("title", Skip),
            same("featuredImage", Skip),
            same("socialImage", Skip),
            same("description", Skip),
            same("timestamp", Skip),
            same("aliases", Skip),
            same("tags", Skip),
            same("resolves", ISSUES),
            same("notes", Skip),
            same("properties", Skip),
        ],
    )
};

static SERVICES: [(&str, Content); 1] = [("service", Object(&SERVICE))];

static SERVICE: Shape = shape(
    &[BOM_REF],
    &[
        same("provider", Skip),
        same("group", Skip),
        same("name", Text),
        same("version", Text),
        same("description", Skip),
        same("endpoints", Skip),
        same("authenticated", Skip),
        same("x-trust-boundary", Skip),
        same("trustZone", Skip),
        same(
            "data",
            List(&[
                ("classification", Object(&CLASSIFICATION)),
                ("dataflow", Object(&DATA_FLOW)),
            ]),
        ),
        same("licenses", LICENSES),
        same("patentAssertions", Skip),
        same("externalReferences", EXTERNAL_REFERENCES),
        same("properties", PROPERTIES),
        same("services", List(&SERVICES)),
        same("releaseNotes", Skip),
        same("tags", Skip),
    ],
);

static CLASSIFICATION: Shape = text("classification", &[("flow", "flow")]);

static DATA_FLOW: Shape = shape(
    &[("name", "name"), ("description", "description")],
    &[
        same("classification", Inline(&CLASSIFICATION)),
        same("governance", Skip),
        same("source", Skip),
        same("destination", Skip),
    ],
);

pub(super) static DEPENDENCY: Shape = Shape {
    is_free: true,
    ..shape(
        &[("ref", "ref")],
        &[
            member("dependency", "dependsOn", Each(&Reference)),
            same("provides", SkipEach),
        ],
    )
};

static CITATION: Shape = shape(
    &[BOM_REF],
    &[
        same("pointers", Skip),
        same("expressions", Skip),
        same("timestamp", Skip),
        same("attributedTo", Skip),
        same("process", Skip),
        same("note", Skip),
    ],
);

static VULNERABILITY: Shape = shape(
    &[BOM_REF],
    &[
        same("id", Text),
        same("source", Object(&SOURCE)),
        same(
            "references",
            List(&[("reference", Object(&VULNERABILITY_REFERENCE))]),
        ),
        same("ratings", List(&[("rating", Object(&RATING))])),
        same("cwes", List(&[("cwe", Text)])),
        same("description", Text),
        same("detail", Text),
        same("recommendation", Text),
        same("workaround", Text),
        same("proofOfConcept", Skip),
        same("advisories", List(&[("advisory", Object(&ADVISORY))])),
        same("created", Text),
        same("published", Text),
        same("updated", Text),
        same("rejected", Text),
        same("credits", Skip),
        same("tools", Skip),
        same("analysis", Object(&ANALYSIS)),
        same("affects", List(&[("target", Object(&TARGET))])),
        same("properties", PROPERTIES),
    ],
);

static SOURCE: Shape = Shape {
    is_free: true,
    ..shape(&[], &[same("name", Text), same("url", Skip)])
};

static VULNERABILITY_REFERENCE: Shape = shape(&[], &[same("id", Text), same("source", Skip)]);

static RATING: Shape = shape(
    &[],
    &[
        same("source", Object(&SOURCE)),
        same("score", Text),
        same("severity", Text),
        same("method", Text),
        same("vector", Text),
        same("justification", Skip),
    ],
);

static ADVISORY: Shape = shape(&[], &[same("title", Skip), same("url", Text)]);

static ANALYSIS: Shape = shape(
    &[],
    &[
        same("state", Text),
        same("justification", Text),
        member("responses", "response", List(&[("response", Text)])),
        same("detail", Text),
        same("firstIssued", Text),
        same("lastUpdated", Text),
    ],
);

static TARGET: Shape = shape(
    &[],
    &[
        same("ref", Text),
        same("versions", List(&[("version", Object(&AFFECTED_VERSION))])),
    ],
);

static AFFECTED_VERSION: Shape = shape(
    &[],
    &[
        same("version", Text),
        same("range", Text),
        same("status", Text),
    ],
);

pub(super) static TOOL: Shape = shape(
    &[],
    &[
        same("vendor", Text),
        same("name", Text),
        same("version", Text),
        same("hashes", HASHES),
        same("externalReferences", EXTERNAL_REFERENCES),
    ],
);

pub(super) static TOOL_OBJECT: Shape = shape(
    &[],
    &[
        same("components", List(&COMPONENTS)),
        same("services", List(&SERVICES)),
    ],
);
