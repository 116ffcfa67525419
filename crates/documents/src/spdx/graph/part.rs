//! Packages of SPDX 3, and what the document says of each.

use isocenter_model::component::{Component, ComponentKind, SbomComponent};
use isocenter_model::text::shortened;
use isocenter_model::{Level, Problem};

use super::index::{Graph, Placed, id_of};
use crate::json::{Filled, Path};
use crate::spdx::actor::{Actor, without_address};
use crate::spdx::check::{Check, said};
use crate::spdx::element::{Element, Many, Node};
use crate::spdx::package::{kind, property, take};
use crate::spdx::words::{Names, Role, purposes, references};

/// A package as a part.
pub(super) fn convert<'d>(
    placed: &Placed<'d>,
    graph: &Graph<'d>,
    check: &mut Check<'_, '_>,
) -> SbomComponent {
    let element = placed.element;
    let root = Path::Root;
    let list = root.key("@graph");
    let path = &list.index(placed.origin);
    let further = element.further();
    let name = check.text(&element.name, "name", path);
    check.demand("name", name.is_some(), path);
    let description = check.text(&further.description, "description", path);
    let summary = check.text(&further.summary, "summary", path);
    let mut component = Component {
        name: name.unwrap_or_default().to_owned(),
        version: said(check.text(&element.package_version, "software_packageVersion", path))
            .map(str::to_owned),
        supplier: supplier(element, graph).map(str::to_owned),
        description: said(description.or(summary)).map(str::to_owned),
        kind: purpose(placed, path, check),
        ..Component::default()
    };
    if let Some(purl) = said(check.text(&element.package_url, "software_packageUrl", path)) {
        let path = path.key("software_packageUrl");
        take(Names::Purl, purl, &path, &mut component, check);
    }
    identifiers(
        &element.identifiers,
        "externalIdentifier",
        path,
        graph,
        &mut component,
        check,
    );
    if !further.identifiers_misspelt.0.is_unused() {
        let key = "externalIdentifiers";
        misspelt(key, "externalIdentifier", path, check);
        identifiers(
            &further.identifiers_misspelt,
            key,
            path,
            graph,
            &mut component,
            check,
        );
    }
    for node in further.content_identifiers.0.items() {
        if let Some(content) = graph.resolve(node).and_then(|one| one.rare.as_deref())
            && let (Some(word), Some(value)) = (
                content.content_kind.filled(),
                content.content_value.filled(),
            )
        {
            let path = path.key("software_contentIdentifier");
            let names = check.word(references(check.edition.model()), word, &path);
            if let Some(names) = names {
                take(names.means.names, value, &path, &mut component, check);
            }
        }
    }
    hashes(&element.verified_using, path, graph, &mut component, check);
    for (field, key) in [
        (&further.built, "builtTime"),
        (&further.released, "releaseTime"),
        (&further.valid_until, "validUntilTime"),
    ] {
        if check.time(field, key, path).is_some()
            && let Some(value) = field.filled()
        {
            component.properties.push(property(key, value));
        }
    }
    for level in further.support_levels.0.items() {
        if let Some(level) = level.filled() {
            component.properties.push(property("supportLevel", level));
        }
    }
    SbomComponent {
        reference: id_of(element).map(str::to_owned),
        parent: None,
        scope: None,
        component,
    }
}

/// Checks an element that is no package.
pub(super) fn check_other<'d>(placed: &Placed<'d>, graph: &Graph<'d>, check: &mut Check<'_, '_>) {
    let element = placed.element;
    let root = Path::Root;
    let list = root.key("@graph");
    let path = &list.index(placed.origin);
    let further = element.further();
    match placed.role {
        Role::File => {
            let name = check.text(&element.name, "name", path);
            check.demand("name", name.is_some(), path);
            let mut scrap = Component::default();
            hashes(&element.verified_using, path, graph, &mut scrap, check);
        }
        Role::Document | Role::Collection => {
            let path = path.key("profileConformance");
            further.profiles.0.report(&path, check.problems);
            for (index, profile) in further.profiles.0.indexed() {
                check.one_of(profile, &PROFILES, &path.index(index));
            }
        }
        Role::Annotation => {
            if let Some(kind) = check.needed(&further.annotation_kind, "annotationType", path) {
                check.one_of(kind, &["other", "review"], &path.key("annotationType"));
            }
            let subject = check.value(&further.subject, "subject", path).is_some();
            check.demand("subject", subject, path);
        }
        Role::License => {
            if let Some(license) = license(element, path, check) {
                let path = path.key("simplelicensing_licenseExpression");
                check.expression(license, &path);
            }
        }
        Role::Snippet => {
            let file = check.value(&further.snippet_from_file, "software_snippetFromFile", path);
            let is_there = file.is_some();
            check.demand("software_snippetFromFile", is_there, path);
        }
        _ => {}
    }
}

const PROFILES: [&str; 10] = [
    "core",
    "software",
    "security",
    "simpleLicensing",
    "expandedLicensing",
    "build",
    "ai",
    "dataset",
    "lite",
    "extension",
];

/// The expression of a licence element.
fn license<'d>(
    element: &'d Element<'_>,
    path: &Path<'_>,
    check: &mut Check<'_, '_>,
) -> Option<&'d str> {
    let further = element.rare.as_deref()?;
    let license = check.text(&further.license, "simplelicensing_licenseExpression", path);
    let other = check.text(&further.license_misspelt, "licenseExpression", path);
    if other.is_some() {
        misspelt(
            "licenseExpression",
            "simplelicensing_licenseExpression",
            path,
            check,
        );
    }
    license.or(other)
}

/// Tells of a member whose name is written in another way.
fn misspelt(found: &'static str, meant: &'static str, path: &Path<'_>, check: &mut Check<'_, '_>) {
    check
        .problems
        .push_shared("spdx-property-misspelt", Level::Error, || {
            Problem::error(
                "spdx-property-misspelt",
                path.key(found).place(),
                format!("SPDX 3.0 has no property `{found}` here; it was read as `{meant}`"),
            )
        });
}

/// The name of an agent or tool. Some generators put what SPDX 2 writes there: `Organization: Acme`.
pub(super) fn agent_name<'d>(graph: &Graph<'d>, node: &'d Node<'d>) -> Option<&'d str> {
    let name = graph.resolve(node)?.name.filled()?;
    let name = Actor::read(name).map_or_else(|| without_address(name), |actor| actor.name);
    said(Some(name)).filter(|name| !name.is_empty())
}

fn supplier<'d>(element: &'d Element<'d>, graph: &Graph<'d>) -> Option<&'d str> {
    element
        .supplied_by
        .value()
        .into_iter()
        .chain(element.originated_by.0.items())
        .find_map(|node| agent_name(graph, node))
}

fn purpose(placed: &Placed<'_>, path: &Path<'_>, check: &mut Check<'_, '_>) -> ComponentKind {
    let key = "software_primaryPurpose";
    if let Some(word) = check.text(&placed.element.purpose, key, path) {
        let words = purposes(check.edition.model());
        let entry = check.word(words, word, &path.key(key));
        return kind(entry.map(|entry| (entry.word, entry.means)));
    }
    match placed.role {
        Role::Model => ComponentKind::MachineLearningModel,
        Role::Data => ComponentKind::Data,
        _ => ComponentKind::default(),
    }
}

fn identifiers<'d>(
    many: &'d Many<Node<'d>>,
    key: &str,
    path: &Path<'_>,
    graph: &Graph<'d>,
    component: &mut Component,
    check: &mut Check<'_, '_>,
) {
    let path = path.key(key);
    many.0.report(&path, check.problems);
    for (index, node) in many.0.indexed() {
        let path = path.index(index);
        if let Some((names, identifier)) = identifier(node, &path, graph, check) {
            take(names, identifier, &path.key("identifier"), component, check);
        }
    }
}

/// What an external identifier names, and how.
pub(super) fn identifier<'d>(
    node: &'d Node<'d>,
    path: &Path<'_>,
    graph: &Graph<'d>,
    check: &mut Check<'_, '_>,
) -> Option<(Names, &'d str)> {
    let Some(element) = graph.resolve(node) else {
        dangling(node, path, check);
        return None;
    };
    if matches!(node, Node::Inline(_)) {
        element.foreign.report(check.edition, path, check.problems);
    }
    let further = element.further();
    let identifier = further.identifier.filled();
    check.demand("identifier", identifier.is_some(), path);
    let Some(word) = further.identifier_kind.filled() else {
        check.missing("externalIdentifierType", path);
        return None;
    };
    let path = path.key("externalIdentifierType");
    let words = references(check.edition.model());
    // Some generators write the words of SPDX 2.
    let names = match (word, words.get(word)) {
        (_, Some(entry)) => entry.means.names,
        ("purl", _) => {
            check.misspelt(word, "packageUrl", &path);
            Names::Purl
        }
        ("cpe22Type" | "cpe23Type", _) => {
            check.misspelt(word, word.trim_end_matches("Type"), &path);
            Names::Cpe
        }
        _ => check.word(words, word, &path)?.means.names,
    };
    Some((names, identifier?))
}

/// Tells of a reference that leads to nothing.
pub(super) fn dangling(node: &Node<'_>, path: &Path<'_>, check: &mut Check<'_, '_>) {
    let Node::Reference(id) = node else { return };
    check
        .problems
        .push_shared("spdx-reference-dangling", Level::Warning, || {
            Problem::warning(
                "spdx-reference-dangling",
                path.place(),
                format!(
                    "the id `{}` leads to nothing in this document, and is not imported",
                    shortened(id, 80)
                ),
            )
        });
}

fn hashes<'d>(
    many: &'d Many<Node<'d>>,
    path: &Path<'_>,
    graph: &Graph<'d>,
    component: &mut Component,
    check: &mut Check<'_, '_>,
) {
    let path = path.key("verifiedUsing");
    many.0.report(&path, check.problems);
    for (index, node) in many.0.indexed() {
        let path = path.index(index);
        let Some(element) = graph.resolve(node) else {
            dangling(node, &path, check);
            continue;
        };
        // A hash over all files of a package is none of the package.
        let is_verification = super::index::class_of(element)
            .is_some_and(|class| class.ends_with("PackageVerificationCode"));
        let further = element.further();
        if further.content_value.filled().is_some() || is_verification {
            continue;
        }
        let algorithm = check.needed(&further.algorithm, "algorithm", &path);
        let value = check.needed(&further.hash, "hashValue", &path);
        let (Some(algorithm), Some(value)) = (algorithm, value) else {
            continue;
        };
        let keys = ("algorithm", "hashValue");
        component
            .hashes
            .extend(check.hash(algorithm, value, keys, &path));
    }
}
