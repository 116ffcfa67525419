//! Components, and what the document says of each.

use isocenter_identity::cpe::Cpe;
use isocenter_identity::purl::Purl;
use isocenter_model::Problem;
use isocenter_model::component::{Component, ComponentKind, Hash, Property, SbomComponent};
use isocenter_model::text::shortened;

use super::completeness;
use super::edition::Check;
use super::license::licenses;
use super::reference::{References, Target};
use super::wire;
use crate::json::{Field, List, Path, Text};

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
        list: List<wire::Component<'a>>,
        parent: Option<usize>,
        path: &Path<'_>,
        check: &mut Check<'_>,
    ) {
        for (index, mut component) in list.take(path, check.problems) {
            let path = path.index(index);
            let at = self.components.len();
            let nested = std::mem::take(&mut component.components);
            let reference = component
                .reference
                .take(&path.key("bom-ref"), check.problems);
            component.reference = Field::Absent;
            let (mut part, _) = convert(component, &path, check);
            completeness::component(&part.component, &path, check);
            part.parent = parent;
            if let Some(reference) = reference {
                part.reference = Some(reference.to_string());
                self.refer(reference, at, &part, &path, check);
            }
            self.components.push(part);
            self.add(nested, Some(at), &path.key("components"), check);
        }
    }

    fn refer(
        &mut self,
        reference: Text<'a>,
        at: usize,
        part: &SbomComponent,
        path: &Path<'_>,
        check: &mut Check<'_>,
    ) {
        let path = path.key("bom-ref");
        if reference.is_empty() {
            check.missing("bom-ref", &path);
            return;
        }
        let shown = shortened(&reference, 80);
        match self.references.add(reference.0, Target::Component(at)) {
            None => {}
            Some(Target::Component(earlier))
                if self
                    .components
                    .get(earlier)
                    .is_some_and(|known| known.component == part.component) =>
            {
                check.problems.push(
                    Problem::error(
                        "cyclonedx-component-repeated",
                        path.place(),
                        format!("the component `{shown}` stands in the document more than once"),
                    )
                    .hint("list each component once"),
                );
            }
            Some(_) => check.problems.push(
                Problem::warning(
                    "cyclonedx-reference-repeated",
                    path.place(),
                    format!("the bom-ref `{shown}` is used more than once; it is taken for the first of them"),
                )
                .hint("give each component its own bom-ref"),
            ),
        }
    }
}

/// Converts one component without what is nested in it and without its reference's meaning.
/// Beside it stands its manufacturer, which for a product matters more than its supplier.
pub(super) fn convert(
    wire: wire::Component<'_>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> (SbomComponent, Option<String>) {
    wire.foreign.report(check.edition, path, check.problems);
    let mut text = |field: Field<Text<'_>>, key: &str| {
        let value = field.take(&path.key(key), check.problems)?;
        value.filled().map(str::to_owned)
    };
    let name = text(wire.name, "name").unwrap_or_default();
    let version = text(wire.version, "version");
    let version_range = text(wire.version_range, "versionRange");
    let group = text(wire.group, "group");
    let purl = text(wire.purl, "purl");
    let cpe = text(wire.cpe, "cpe");
    let publisher = text(wire.publisher, "publisher");
    let author = text(wire.author, "author");
    let description = text(wire.description, "description");
    let scope = text(wire.scope, "scope");
    let kind = wire.kind.take(&path.key("type"), check.problems);
    if name.is_empty() {
        check.missing("name", path);
    }
    let kind = if let Some(word) = kind {
        check.word(&word, &TYPES, &path.key("type"));
        ComponentKind::from_word(&word)
    } else {
        check.missing("type", path);
        ComponentKind::default()
    };
    if let Some(scope) = &scope {
        check.word(
            scope,
            &[("required", 2), ("optional", 2), ("excluded", 2)],
            &path.key("scope"),
        );
    }
    versions(
        version.as_deref(),
        version_range.as_deref(),
        wire.is_external
            .take(&path.key("isExternal"), check.problems),
        path,
        check,
    );
    let supplier = organization(wire.supplier, &path.key("supplier"), check);
    let manufacturer = organization(wire.manufacturer, &path.key("manufacturer"), check);
    let authors = contacts(wire.authors, &path.key("authors"), check);
    let part = Component {
        kind,
        group,
        name,
        version,
        purl: purl.filter(|purl| is_purl(purl, &path.key("purl"), check)),
        cpes: cpe
            .filter(|cpe| is_cpe(cpe, &path.key("cpe"), check))
            .into_iter()
            .collect(),
        swid: swid(wire.swid, &path.key("swid"), check),
        supplier: supplier
            .or_else(|| manufacturer.clone())
            .or(publisher)
            .or(author)
            .or(authors),
        description,
        licenses: licenses(wire.licenses, &path.key("licenses"), check),
        hashes: hashes(wire.hashes, &path.key("hashes"), check),
        properties: properties(wire.properties, &path.key("properties"), check),
    };
    external_references(
        wire.external_references,
        &path.key("externalReferences"),
        check,
    );
    if let Some(pedigree) = wire.pedigree.take(&path.key("pedigree"), check.problems) {
        check_pedigree(*pedigree, &path.key("pedigree"), check);
    }
    if let Some(notes) = wire
        .release_notes
        .take(&path.key("releaseNotes"), check.problems)
    {
        let path = path.key("releaseNotes");
        notes.foreign.report(check.edition, &path, check.problems);
        if notes.kind.take(&path.key("type"), check.problems).is_none() {
            check.missing("type", &path);
        }
        issues(notes.resolves, &path.key("resolves"), check);
    }
    let part = SbomComponent {
        reference: None,
        parent: None,
        scope,
        component: part,
    };
    (part, manufacturer)
}

/// CycloneDX 1.7: a version or a range of versions, and a range only for what is not delivered.
fn versions(
    version: Option<&str>,
    range: Option<&str>,
    is_external: Option<bool>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) {
    if range.is_none() {
        return;
    }
    if version.is_some() {
        check.problems.push(Problem::error(
            "cyclonedx-version-and-range",
            path.key("versionRange").place(),
            "a component has either a `version` or a `versionRange`",
        ));
    } else if is_external != Some(true) {
        check.problems.push(Problem::error(
            "cyclonedx-range-not-external",
            path.key("versionRange").place(),
            "only a component that is external (`isExternal`) can have a `versionRange`",
        ));
    }
}

fn is_purl(text: &str, path: &Path<'_>, check: &mut Check<'_>) -> bool {
    match Purl::check(text) {
        Ok(()) => true,
        Err(error) => {
            check.problems.push(
                Problem::error(
                    "cyclonedx-purl-malformed",
                    path.place(),
                    format!(
                        "the package URL `{}` was set aside: {}",
                        shortened(text, 80),
                        shortened(&error.to_string(), 120)
                    ),
                )
                .hint("without a sound identifier the component cannot be matched by it"),
            );
            false
        }
    }
}

fn is_cpe(text: &str, path: &Path<'_>, check: &mut Check<'_>) -> bool {
    match Cpe::parse(text) {
        Ok(_) => true,
        Err(error) => {
            check.problems.push(
                Problem::error(
                    "cyclonedx-cpe-malformed",
                    path.place(),
                    format!(
                        "the CPE `{}` was set aside: {}",
                        shortened(text, 80),
                        shortened(&error.to_string(), 120)
                    ),
                )
                .hint("without a sound identifier the component cannot be matched by it"),
            );
            false
        }
    }
}

/// The name of an organisation.
pub(super) fn organization(
    field: Field<Box<wire::Organization<'_>>>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> Option<String> {
    let organization = field.take(path, check.problems)?;
    organization
        .foreign
        .report(check.edition, path, check.problems);
    let name = organization.name.take(&path.key("name"), check.problems)?;
    name.filled().map(str::to_owned)
}

/// The first name of a list of persons.
pub(super) fn contacts(
    list: List<wire::Contact<'_>>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> Option<String> {
    let mut first = None;
    for (index, contact) in list.take(path, check.problems) {
        let path = path.index(index);
        contact.foreign.report(check.edition, &path, check.problems);
        let name = contact.name.take(&path.key("name"), check.problems);
        first = first.or_else(|| name.and_then(|name| name.filled().map(str::to_owned)));
    }
    first
}

fn swid(
    field: Field<Box<wire::Swid<'_>>>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> Option<String> {
    let swid = field.take(path, check.problems)?;
    swid.foreign.report(check.edition, path, check.problems);
    if swid.name.take(&path.key("name"), check.problems).is_none() {
        check.missing("name", path);
    }
    let tag = swid.tag_id.take(&path.key("tagId"), check.problems);
    if tag.is_none() {
        check.missing("tagId", path);
    }
    tag?.filled().map(str::to_owned)
}

fn hashes(list: List<wire::Hash<'_>>, path: &Path<'_>, check: &mut Check<'_>) -> Vec<Hash> {
    let mut hashes = Vec::with_capacity(list.items().len());
    for (index, hash) in list.take(path, check.problems) {
        let path = path.index(index);
        hash.foreign.report(check.edition, &path, check.problems);
        let algorithm = hash.algorithm.take(&path.key("alg"), check.problems);
        let content = hash.content.take(&path.key("content"), check.problems);
        let Some(algorithm) = algorithm else {
            check.missing("alg", &path);
            continue;
        };
        check.word(&algorithm, &HASHES, &path.key("alg"));
        let Some(content) = content else {
            check.missing("content", &path);
            continue;
        };
        let is_hash = matches!(content.len(), 32 | 40 | 64 | 96 | 128)
            && content.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_hash {
            hashes.push(Hash {
                algorithm: algorithm.0.into_owned(),
                value: content.0.into_owned(),
            });
        } else {
            check.problems.push(Problem::error(
                "cyclonedx-hash-malformed",
                path.key("content").place(),
                format!(
                    "the hash `{}` was set aside: 32, 40, 64, 96 or 128 hexadecimal digits were expected",
                    shortened(&content, 40)
                ),
            ));
        }
    }
    hashes
}

/// Named values; one without a name is set aside.
pub(super) fn properties(
    list: List<wire::Property<'_>>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> Vec<Property> {
    let mut properties = Vec::with_capacity(list.items().len());
    for (index, property) in list.take(path, check.problems) {
        let path = path.index(index);
        // Closed since 1.6 only, other than the objects around it.
        if check.edition.has(6) {
            property
                .foreign
                .report(check.edition, &path, check.problems);
        }
        let name = property.name.take(&path.key("name"), check.problems);
        let value = property.value.take(&path.key("value"), check.problems);
        if let Some(name) = name {
            properties.push(Property {
                name: name.0.into_owned(),
                value: value.map(|value| value.0.into_owned()).unwrap_or_default(),
            });
        } else if check.edition.has(6) {
            check.missing("name", &path);
        }
    }
    properties
}

/// Checks places outside the document; they are not kept.
pub(super) fn external_references(
    list: List<wire::ExternalReference<'_>>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) {
    for (index, reference) in list.take(path, check.problems) {
        let path = path.index(index);
        reference
            .foreign
            .report(check.edition, &path, check.problems);
        if reference
            .url
            .take(&path.key("url"), check.problems)
            .is_none()
        {
            check.missing("url", &path);
        }
        if reference
            .kind
            .take(&path.key("type"), check.problems)
            .is_none()
        {
            check.missing("type", &path);
        }
        hashes(reference.hashes, &path.key("hashes"), check);
    }
}

/// Checks where a part comes from; its relatives are no parts of the product.
fn check_pedigree(pedigree: wire::Pedigree<'_>, path: &Path<'_>, check: &mut Check<'_>) {
    pedigree.foreign.report(check.edition, path, check.problems);
    for (list, key) in [
        (pedigree.ancestors, "ancestors"),
        (pedigree.descendants, "descendants"),
        (pedigree.variants, "variants"),
    ] {
        let path = path.key(key);
        for (index, relative) in list.take(&path, check.problems) {
            convert(relative, &path.index(index), check);
        }
    }
    let patches = path.key("patches");
    for (index, patch) in pedigree.patches.take(&patches, check.problems) {
        let path = patches.index(index);
        patch.foreign.report(check.edition, &path, check.problems);
        match patch.kind.take(&path.key("type"), check.problems) {
            Some(kind) => check.word(
                &kind,
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
        issues(patch.resolves, &path.key("resolves"), check);
    }
}

fn issues(list: List<wire::Issue<'_>>, path: &Path<'_>, check: &mut Check<'_>) {
    for (index, issue) in list.take(path, check.problems) {
        let path = path.index(index);
        issue.foreign.report(check.edition, &path, check.problems);
        match issue.kind.take(&path.key("type"), check.problems) {
            Some(kind) => check.word(&kind, &ISSUES, &path.key("type")),
            None => check.missing("type", &path),
        }
    }
}
