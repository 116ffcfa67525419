//! Components, and what the document says of each.

use std::sync::LazyLock;

use isocenter_model::component::{Component, ComponentKind, Hash, Property, SbomComponent};
use isocenter_model::text::shortened;
use isocenter_model::{Level, Problem};

use super::edition::Check;
use super::license::licenses;
use super::minimum::FORMAT;
use super::reference::{References, Target};
use super::wire;
use crate::completeness;
use crate::identifier::{is_cpe, is_purl};
use crate::json::{Field, Filled, List, Path, Text};
use crate::support;

const PURL: &str = "cyclonedx-purl-malformed";
const CPE: &str = "cyclonedx-cpe-malformed";

/// The words of `component.type`, with the edition that brought each.
const TYPES: [(&str, u8); 13] = [
    ("library", 2),
    ("application", 2),
    ("framework", 2),
    ("container", 2),
    ("operating-system", 2),
    ("device", 2),
    ("firmware", 2),
    ("file", 2),
    ("platform", 5),
    ("device-driver", 5),
    ("machine-learning-model", 5),
    ("data", 5),
    ("cryptographic-asset", 6),
];

const HASHES: [(&str, u8); 14] = [
    ("SHA-1", 2),
    ("SHA-256", 2),
    ("SHA-512", 2),
    ("MD5", 2),
    ("SHA-384", 2),
    ("SHA3-256", 2),
    ("SHA3-384", 2),
    ("SHA3-512", 2),
    ("BLAKE2b-256", 2),
    ("BLAKE2b-384", 2),
    ("BLAKE2b-512", 2),
    ("BLAKE3", 2),
    ("Streebog-256", 7),
    ("Streebog-512", 7),
];

const SCOPES: [(&str, u8); 3] = [("required", 2), ("optional", 2), ("excluded", 2)];

/// The words of `externalReferences[].type`, the common ones first.
const REFERENCES: [(&str, u8); 47] = [
    ("website", 2),
    ("vcs", 2),
    ("distribution", 2),
    ("issue-tracker", 2),
    ("advisories", 2),
    ("bom", 2),
    ("mailing-list", 2),
    ("social", 2),
    ("chat", 2),
    ("documentation", 2),
    ("support", 2),
    ("license", 2),
    ("build-meta", 2),
    ("build-system", 2),
    ("other", 2),
    ("release-notes", 4),
    ("distribution-intake", 5),
    ("security-contact", 5),
    ("model-card", 5),
    ("log", 5),
    ("configuration", 5),
    ("evidence", 5),
    ("formulation", 5),
    ("attestation", 5),
    ("threat-model", 5),
    ("adversary-model", 5),
    ("risk-assessment", 5),
    ("vulnerability-assertion", 5),
    ("exploitability-statement", 5),
    ("pentest-report", 5),
    ("static-analysis-report", 5),
    ("dynamic-analysis-report", 5),
    ("runtime-analysis-report", 5),
    ("component-analysis-report", 5),
    ("maturity-report", 5),
    ("certification-report", 5),
    ("codified-infrastructure", 5),
    ("quality-metrics", 5),
    ("poam", 5),
    ("source-distribution", 6),
    ("electronic-signature", 6),
    ("digital-signature", 6),
    ("rfc-9116", 6),
    ("patent", 7),
    ("patent-family", 7),
    ("patent-assertion", 7),
    ("citation", 7),
];

/// What most components have beside the common members.
static NOTHING_FURTHER: LazyLock<wire::FurtherOfComponent<'static>> =
    LazyLock::new(wire::FurtherOfComponent::default);

const ISSUES: [(&str, u8); 3] = [("defect", 2), ("enhancement", 2), ("security", 2)];

/// The parts of a document, nested ones flattened, each before what it holds.
pub(super) struct Parts<'a> {
    /// The parts.
    pub(super) components: Vec<SbomComponent>,
    /// Who is referred to by which reference.
    pub(super) references: References<'a>,
}

impl<'a> Parts<'a> {
    /// Converts a list of components and all that is nested in them.
    pub(super) fn add(
        &mut self,
        list: &List<wire::Component<'a>>,
        parent: Option<usize>,
        path: &Path<'_>,
        check: &mut Check<'_>,
    ) {
        list.report(path, check.problems);
        for (index, component) in list.indexed() {
            let path = path.index(index);
            let at = self.components.len();
            let (mut part, _) = convert(component, &path, check);
            completeness::component(&part.component, || path.place(), &FORMAT, check.problems);
            part.parent = parent;
            if let Some(reference) = check.value(&component.reference, "bom-ref", &path) {
                self.refer(reference, at, &part, &path, check);
            }
            self.components.push(part);
            if !component.components.is_unused() {
                self.add(
                    &component.components,
                    Some(at),
                    &path.key("components"),
                    check,
                );
            }
        }
    }

    fn refer(
        &mut self,
        reference: &Text<'a>,
        at: usize,
        part: &SbomComponent,
        path: &Path<'_>,
        check: &mut Check<'_>,
    ) {
        let path = path.key("bom-ref");
        if reference.is_empty() {
            if check.edition.has(5) {
                check.missing("bom-ref", &path);
            }
            return;
        }
        let Some(known) = self
            .references
            .add(reference.0.clone(), Target::Component(at))
        else {
            return;
        };
        let shown = shortened(reference, 80);
        let is_same = match known {
            Target::Component(earlier) => self
                .components
                .get(earlier)
                .is_some_and(|known| known.component == part.component),
            Target::Subject | Target::Service => false,
        };
        check.problems.push(if is_same {
            Problem::error(
                "cyclonedx-component-repeated",
                path.place(),
                format!("the component `{shown}` stands in the document more than once"),
            )
            .hint("list each component once")
        } else {
            // Only the schema of the XML form can demand this.
            let level = if check.edition.is_xml() {
                Level::Error
            } else {
                Level::Warning
            };
            Problem::new(
                "cyclonedx-reference-repeated",
                level,
                path.place(),
                format!("the bom-ref `{shown}` is used more than once; it is taken for the first of them"),
            )
            .hint("give each component its own bom-ref")
        });
    }
}

/// Converts one component without what is nested in it and without its reference's meaning.
/// Beside it stands its manufacturer, which for a product matters more than its supplier.
pub(super) fn convert(
    wire: &wire::Component<'_>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> (SbomComponent, Option<String>) {
    wire.foreign.report(check.edition, path, check.problems);
    let further = wire.rare.as_deref().unwrap_or(&NOTHING_FURTHER);
    let name = check.text(&wire.name, "name", path);
    if matches!(wire.name, Field::Absent) {
        check.missing("name", path);
    } else if name.is_none() {
        check.problems.push(Problem::warning(
            "cyclonedx-component-name-blank",
            path.key("name").place(),
            "the component has a blank name",
        ));
    }
    let kind = if let Some(word) = check.value(&wire.kind, "type", path) {
        check.word(word, &TYPES, &path.key("type"));
        ComponentKind::from_word(word)
    } else {
        check.missing("type", path);
        ComponentKind::default()
    };
    let scope = check.one_of(&further.scope, "scope", &SCOPES, path);
    let version = check.text(&wire.version, "version", path);
    if matches!(wire.version, Field::Absent) && !check.edition.has(4) {
        check.missing("version", path);
    }
    versions(further, version, path, check);
    let supplier = organization(&further.supplier, "supplier", path, check);
    let manufacturer = organization(&further.manufacturer, "manufacturer", path, check);
    let publisher = check.text(&further.publisher, "publisher", path);
    let author = check.text(&further.author, "author", path);
    let authors = contacts(&further.authors, &path.key("authors"), check);
    let mut part = Component {
        kind,
        group: check.text(&wire.group, "group", path).map(str::to_owned),
        name: name.unwrap_or_default().to_owned(),
        version: version.map(str::to_owned),
        purl: check
            .text(&wire.purl, "purl", path)
            .filter(|purl| is_purl(purl, PURL, || path.key("purl").place(), check.problems))
            .map(str::to_owned),
        cpes: check
            .text(&wire.cpe, "cpe", path)
            .filter(|cpe| is_cpe(cpe, CPE, || path.key("cpe").place(), check.problems))
            .map(str::to_owned)
            .into_iter()
            .collect(),
        swid: swid(&further.swid, path, check),
        supplier: supplier
            .or(manufacturer)
            .or(publisher)
            .or(author)
            .or(authors)
            .map(str::to_owned),
        description: check
            .text(&further.description, "description", path)
            .map(str::to_owned),
        licenses: licenses(&wire.licenses, &path.key("licenses"), check),
        hashes: hashes(&wire.hashes, &path.key("hashes"), check),
        properties: properties(&further.properties, &path.key("properties"), check),
        support: None,
    };
    part.support = support::of_properties(&part.properties);
    external_references(
        &further.external_references,
        &path.key("externalReferences"),
        check,
    );
    if let Some(pedigree) = check.value(&further.pedigree, "pedigree", path) {
        check_pedigree(pedigree, &path.key("pedigree"), check);
    }
    if let Some(notes) = check.value(&further.release_notes, "releaseNotes", path) {
        let path = path.key("releaseNotes");
        notes.foreign.report(check.edition, &path, check.problems);
        if check.value(&notes.kind, "type", &path).is_none() {
            check.missing("type", &path);
        }
        issues(&notes.resolves, &path.key("resolves"), check);
    }
    let part = SbomComponent {
        reference: wire
            .reference
            .value()
            .map(|reference| reference.to_string()),
        parent: None,
        scope: scope.map(str::to_owned),
        component: part,
    };
    (part, manufacturer.map(str::to_owned))
}

/// CycloneDX 1.7: a version or a range of versions, and a range only for what is not delivered.
fn versions(
    wire: &wire::FurtherOfComponent<'_>,
    version: Option<&str>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) {
    let range = check.text(&wire.version_range, "versionRange", path);
    let is_external = check.value(&wire.is_external, "isExternal", path);
    if range.is_none() {
        return;
    }
    let at = path.key("versionRange").place();
    if version.is_some() {
        check.problems.push(Problem::error(
            "cyclonedx-version-and-range",
            at,
            "a component has either a `version` or a `versionRange`",
        ));
    } else if is_external != Some(&true) {
        check.problems.push(Problem::error(
            "cyclonedx-range-not-external",
            at,
            "only a component that is external (`isExternal`) can have a `versionRange`",
        ));
    }
}

/// The name of an organisation.
pub(super) fn organization<'t>(
    field: &'t Field<Box<wire::Organization<'_>>>,
    key: &str,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> Option<&'t str> {
    let organization = check.value(field, key, path)?;
    let path = path.key(key);
    organization
        .foreign
        .report(check.edition, &path, check.problems);
    check.text(&organization.name, "name", &path)
}

/// The first name of a list of persons.
pub(super) fn contacts<'t>(
    list: &'t List<wire::Contact<'_>>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> Option<&'t str> {
    let mut first = None;
    list.report(path, check.problems);
    for (index, contact) in list.indexed() {
        let path = path.index(index);
        contact.foreign.report(check.edition, &path, check.problems);
        first = first.or(check.text(&contact.name, "name", &path));
    }
    first
}

fn swid(
    field: &Field<Box<wire::Swid<'_>>>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> Option<String> {
    let swid = check.value(field, "swid", path)?;
    let path = path.key("swid");
    swid.foreign.report(check.edition, &path, check.problems);
    if check.value(&swid.name, "name", &path).is_none() {
        check.missing("name", &path);
    }
    if check.value(&swid.tag_id, "tagId", &path).is_none() {
        check.missing("tagId", &path);
    }
    swid.tag_id.owned()
}

/// The sound hashes of a list.
pub(super) fn hashes(
    list: &List<wire::Hash<'_>>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> Vec<Hash> {
    let mut hashes = Vec::with_capacity(list.items().len());
    list.report(path, check.problems);
    for (index, hash) in list.indexed() {
        let path = path.index(index);
        hash.foreign.report(check.edition, &path, check.problems);
        let algorithm = check.value(&hash.algorithm, "alg", &path);
        let content = check.value(&hash.content, "content", &path);
        let Some(algorithm) = algorithm else {
            check.missing("alg", &path);
            continue;
        };
        check.word(algorithm, &HASHES, &path.key("alg"));
        let Some(content) = content else {
            check.missing("content", &path);
            continue;
        };
        let is_hash = matches!(content.len(), 32 | 40 | 64 | 96 | 128)
            // Without a way out in the middle the compiler can look at many bytes at once.
            && content
                .bytes()
                .fold(true, |all, byte| all & byte.is_ascii_hexdigit());
        if is_hash {
            hashes.push(Hash {
                algorithm: algorithm.to_string(),
                value: content.to_string(),
            });
        } else {
            check.problems.push(Problem::error(
                "cyclonedx-hash-malformed",
                path.key("content").place(),
                format!(
                    "the hash `{}` was set aside: 32, 40, 64, 96 or 128 hexadecimal digits were expected",
                    shortened(content, 40)
                ),
            ));
        }
    }
    hashes
}

/// Named values; one without a name is set aside.
pub(super) fn properties(
    list: &List<wire::Property<'_>>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> Vec<Property> {
    let mut properties = Vec::with_capacity(list.items().len());
    list.report(path, check.problems);
    for (index, property) in list.indexed() {
        let path = path.index(index);
        // Closed since 1.6 only, other than the objects around it.
        if check.edition.has(6) {
            property
                .foreign
                .report(check.edition, &path, check.problems);
        }
        let name = check.value(&property.name, "name", &path);
        let value = check.value(&property.value, "value", &path);
        if let Some(name) = name {
            properties.push(Property {
                name: name.to_string(),
                value: value.map(|value| value.to_string()).unwrap_or_default(),
            });
        } else if check.edition.has(6) || check.edition.is_xml() {
            check.missing("name", &path);
        }
    }
    properties
}

/// Checks places outside the document; they are not kept.
pub(super) fn external_references(
    list: &List<wire::ExternalReference<'_>>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) {
    list.report(path, check.problems);
    for (index, reference) in list.indexed() {
        let path = path.index(index);
        reference
            .foreign
            .report(check.edition, &path, check.problems);
        if check.value(&reference.url, "url", &path).is_none() {
            check.missing("url", &path);
        }
        match check.value(&reference.kind, "type", &path) {
            Some(kind) => check.word(kind, &REFERENCES, &path.key("type")),
            None => check.missing("type", &path),
        }
        hashes(&reference.hashes, &path.key("hashes"), check);
    }
}

/// Checks where a part comes from; its relatives are no parts of the product.
fn check_pedigree(pedigree: &wire::Pedigree<'_>, path: &Path<'_>, check: &mut Check<'_>) {
    pedigree.foreign.report(check.edition, path, check.problems);
    for (list, key) in [
        (&pedigree.ancestors, "ancestors"),
        (&pedigree.descendants, "descendants"),
        (&pedigree.variants, "variants"),
    ] {
        let path = path.key(key);
        list.report(&path, check.problems);
        for (index, relative) in list.indexed() {
            convert(relative, &path.index(index), check);
        }
    }
    let patches = path.key("patches");
    pedigree.patches.report(&patches, check.problems);
    for (index, patch) in pedigree.patches.indexed() {
        let path = patches.index(index);
        patch.foreign.report(check.edition, &path, check.problems);
        match check.value(&patch.kind, "type", &path) {
            Some(kind) => check.word(
                kind,
                &[
                    ("unofficial", 2),
                    ("monkey", 2),
                    ("backport", 2),
                    ("cherry-pick", 2),
                ],
                &path.key("type"),
            ),
            None => check.missing("type", &path),
        }
        issues(&patch.resolves, &path.key("resolves"), check);
    }
}

fn issues(list: &List<wire::Issue<'_>>, path: &Path<'_>, check: &mut Check<'_>) {
    list.report(path, check.problems);
    for (index, issue) in list.indexed() {
        let path = path.index(index);
        issue.foreign.report(check.edition, &path, check.problems);
        match check.value(&issue.kind, "type", &path) {
            Some(kind) => check.word(kind, &ISSUES, &path.key("type")),
            None => check.missing("type", &path),
        }
    }
}
