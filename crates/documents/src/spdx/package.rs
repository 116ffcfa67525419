//! Packages of SPDX 2, and what the document says of each.

use isocenter_model::Problem;
use isocenter_model::component::{Component, ComponentKind, Hash, Property, SbomComponent};
use isocenter_model::text::shortened;

use super::actor::{Actor, ActorKind};
use super::check::{Check, said};
use super::flag::Flag;
use super::remark::annotations;
use super::wire;
use super::words::{Names, purposes, references};
use crate::identifier::{is_cpe, is_purl};
use crate::json::{Field, List, Path, Text};

/// A package as a part, with how many annotations it bears.
pub(super) fn convert(
    wire: &wire::Package<'_>,
    path: &Path<'_>,
    check: &mut Check<'_, '_>,
) -> (SbomComponent, u64) {
    wire.foreign.report(check.edition, path, check.problems);
    let none = wire::FurtherOfPackage::default();
    let further = wire.rare.as_deref().unwrap_or(&none);
    let id = if check.edition.has_ids() {
        check.needed(&wire.id, "SPDXID", path)
    } else {
        check.text(&wire.id, "SPDXID", path)
    };
    let mut component = Component {
        name: check
            .needed(&wire.name, "name", path)
            .unwrap_or_default()
            .to_owned(),
        version: said(check.text(&wire.version, "versionInfo", path)).map(str::to_owned),
        supplier: supplier(wire, path, check),
        kind: purpose(&further.purpose, path, check),
        licenses: licenses(wire, path, check),
        ..Component::default()
    };
    check.needed(&wire.download_location, "downloadLocation", path);
    if !wire.copyright.0 && !check.edition.has(3) {
        check.missing("copyrightText", path);
    }
    external_refs(
        &wire.external_refs,
        &path.key("externalRefs"),
        &mut component,
        check,
    );
    if wire.rare.is_some() {
        let description = check.text(&further.description, "description", path);
        let summary = check.text(&further.summary, "summary", path);
        component.description = said(description.or(summary)).map(str::to_owned);
        component.hashes = checksums(&further.checksums, &path.key("checksums"), check);
        for (field, key) in [
            (&further.built, "builtDate"),
            (&further.released, "releaseDate"),
            (&further.valid_until, "validUntilDate"),
        ] {
            if check.time(field, key, path).is_some()
                && let Some(value) = check.text(field, key, path)
            {
                component.properties.push(property(key, value));
            }
        }
    }
    analysis(wire, further, path, check);
    let annotations = annotations(&further.annotations, &path.key("annotations"), check);
    let part = SbomComponent {
        reference: id.map(str::to_owned),
        parent: None,
        scope: None,
        component,
    };
    (part, annotations)
}

/// A named value of a package that has no place of its own in a component.
pub(super) fn property(name: &str, value: &str) -> Property {
    Property {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

fn supplier(
    wire: &wire::Package<'_>,
    path: &Path<'_>,
    check: &mut Check<'_, '_>,
) -> Option<String> {
    let supplier = maker(&wire.supplier, "supplier", path, check);
    let originator = maker(&wire.originator, "originator", path, check);
    supplier.or(originator).map(str::to_owned)
}

/// The name of a person or organisation.
fn maker<'t>(
    field: &'t Field<Text<'_>>,
    key: &str,
    path: &Path<'_>,
    check: &mut Check<'_, '_>,
) -> Option<&'t str> {
    let text = said(check.text(field, key, path))?;
    if let Some(Actor {
        kind: ActorKind::Person | ActorKind::Organization,
        name,
    }) = Actor::read(text)
    {
        return said(Some(name)).filter(|name| !name.is_empty());
    }
    check.problems.push(
        Problem::error(
            "spdx-actor-malformed",
            path.key(key).place(),
            format!(
                "`{}` does not say whether it is a person or an organisation; it was read all the same",
                shortened(text, 60)
            ),
        )
        .hint("write `Organization: Name` or `Person: Name`"),
    );
    Some(text)
}

fn purpose(field: &Field<Text<'_>>, path: &Path<'_>, check: &mut Check<'_, '_>) -> ComponentKind {
    let Some(word) = check.text(field, "primaryPackagePurpose", path) else {
        return ComponentKind::default();
    };
    let words = purposes(check.edition.model());
    let entry = check.word(words, word, &path.key("primaryPackagePurpose"));
    kind(entry.map(|entry| (entry.word, entry.means)))
}

/// The kind of component of a purpose, which is given with CycloneDX's word of the same meaning.
pub(super) fn kind(purpose: Option<(&str, &str)>) -> ComponentKind {
    match purpose {
        None => ComponentKind::default(),
        Some((word, "")) => ComponentKind::Other(word.to_ascii_lowercase()),
        Some((_, kind)) => ComponentKind::from_word(kind),
    }
}

/// The declared and the concluded licence, each once.
fn licenses(wire: &wire::Package<'_>, path: &Path<'_>, check: &mut Check<'_, '_>) -> Vec<String> {
    let mut licenses = Vec::new();
    for (field, key) in [
        (&wire.license_declared, "licenseDeclared"),
        (&wire.license_concluded, "licenseConcluded"),
    ] {
        if matches!(field, Field::Absent) && !check.edition.has(3) {
            check.missing(key, path);
        }
        if let Some(license) = check.license(field, key, path)
            && !licenses.iter().any(|known| known == license)
        {
            licenses.push(license.to_owned());
        }
    }
    licenses
}

/// The sound hashes of a list.
pub(super) fn checksums(
    list: &List<wire::Checksum<'_>>,
    path: &Path<'_>,
    check: &mut Check<'_, '_>,
) -> Vec<Hash> {
    list.report(path, check.problems);
    let mut hashes = Vec::with_capacity(list.items().len());
    for (index, wire) in list.indexed() {
        hashes.extend(checksum(wire, &path.index(index), check));
    }
    hashes
}

/// A hash, when it is sound.
pub(super) fn checksum(
    wire: &wire::Checksum<'_>,
    path: &Path<'_>,
    check: &mut Check<'_, '_>,
) -> Option<Hash> {
    wire.foreign.report(check.edition, path, check.problems);
    let algorithm = check.needed(&wire.algorithm, "algorithm", path);
    let value = check.needed(&wire.value, "checksumValue", path);
    // RDF spells the algorithm with a prefix, and some tools carry it over.
    let algorithm = algorithm?
        .strip_prefix("checksumAlgorithm_")
        .unwrap_or(algorithm?);
    check.hash(algorithm, value?, ("algorithm", "checksumValue"), path)
}

fn external_refs(
    list: &List<wire::ExternalRef<'_>>,
    path: &Path<'_>,
    component: &mut Component,
    check: &mut Check<'_, '_>,
) {
    list.report(path, check.problems);
    for (index, wire) in list.indexed() {
        let path = path.index(index);
        wire.foreign.report(check.edition, &path, check.problems);
        let category = check.needed(&wire.category, "referenceCategory", &path);
        let kind = check.needed(&wire.kind, "referenceType", &path);
        let locator = check.needed(&wire.locator, "referenceLocator", &path);
        let (Some(category), Some(kind), Some(locator)) = (category, kind, locator) else {
            continue;
        };
        let names = reference_kind(category, kind, &path, check);
        take(
            names,
            locator,
            &path.key("referenceLocator"),
            component,
            check,
        );
    }
}

const CATEGORIES: [&str; 4] = ["SECURITY", "PACKAGE-MANAGER", "PERSISTENT-ID", "OTHER"];

/// What a reference names, from its category and type. Editions before 2.3 write the category
/// with an underscore in JSON.
fn reference_kind(category: &str, kind: &str, path: &Path<'_>, check: &mut Check<'_, '_>) -> Names {
    let category = match category {
        "PACKAGE_MANAGER" => "PACKAGE-MANAGER",
        "PERSISTENT_ID" => "PERSISTENT-ID",
        other => other,
    };
    check.one_of(category, &CATEGORIES, &path.key("referenceCategory"));
    let kind = kind
        .strip_prefix("http://spdx.org/rdf/references/")
        .unwrap_or(kind);
    let words = references(check.edition.model());
    if category == "OTHER" && words.get(kind).is_none() {
        return Names::Other;
    }
    let Some(entry) = check.word(words, kind, &path.key("referenceType")) else {
        return Names::Other;
    };
    let is_known = CATEGORIES.contains(&category) && category != "OTHER";
    if is_known && category != entry.means.category {
        check.problems.push(Problem::error(
            "spdx-reference-category",
            path.key("referenceCategory").place(),
            format!(
                "the type `{}` belongs to the category {}, not to `{}`; it was read all the same",
                entry.word,
                entry.means.category,
                shortened(category, 40)
            ),
        ));
    }
    entry.means.names
}

/// Puts what a reference names into a component.
pub(super) fn take(
    names: Names,
    locator: &str,
    path: &Path<'_>,
    component: &mut Component,
    check: &mut Check<'_, '_>,
) {
    match names {
        Names::Purl => {
            if !is_purl(
                locator,
                "spdx-purl-malformed",
                || path.place(),
                check.problems,
            ) {
                return;
            }
            if component.purl.is_none() {
                component.purl = Some(locator.to_owned());
            } else {
                component.properties.push(property("purl", locator));
            }
        }
        Names::Cpe => {
            if is_cpe(
                locator,
                "spdx-cpe-malformed",
                || path.place(),
                check.problems,
            ) {
                component.cpes.push(locator.to_owned());
            }
        }
        Names::Swid => {
            let tag = locator.strip_prefix("swid:").unwrap_or(locator);
            component.swid.get_or_insert_with(|| tag.to_owned());
        }
        Names::SoftwareHeritage if is_software_heritage(locator) => {
            component.properties.push(property("swh", locator));
        }
        Names::Gitoid if is_gitoid(locator) => {
            component.properties.push(property("gitoid", locator));
        }
        Names::SoftwareHeritage | Names::Gitoid => {
            check.problems.push(Problem::error(
                "spdx-reference-malformed",
                path.place(),
                format!(
                    "the identifier `{}` was set aside: it has not the form of its type",
                    shortened(locator, 80)
                ),
            ));
        }
        Names::Cve | Names::Flaw | Names::Other => {
            if locator.contains(char::is_whitespace) {
                check.problems.push(Problem::error(
                    "spdx-reference-malformed",
                    path.place(),
                    format!(
                        "the locator `{}` holds blanks, which SPDX forbids",
                        shortened(locator, 80)
                    ),
                ));
            }
        }
    }
}

/// `swh:1:cnt:` and a SHA-1 (SWHID 1.1), with or without qualifiers.
fn is_software_heritage(locator: &str) -> bool {
    let Some((kind, rest)) = locator
        .strip_prefix("swh:1:")
        .and_then(|rest| rest.split_once(':'))
    else {
        return false;
    };
    let object = rest.split(';').next().unwrap_or(rest);
    matches!(kind, "cnt" | "dir" | "rev" | "rel" | "snp") && is_hexadecimal(object, 40)
}

/// `gitoid:blob:sha256:` and a hash.
fn is_gitoid(locator: &str) -> bool {
    let parts: Vec<&str> = locator.splitn(4, ':').collect();
    match parts.as_slice() {
        ["gitoid", "blob" | "tree" | "commit" | "tag", "sha1", hash] => is_hexadecimal(hash, 40),
        ["gitoid", "blob" | "tree" | "commit" | "tag", "sha256", hash] => is_hexadecimal(hash, 64),
        _ => false,
    }
}

pub(super) fn is_hexadecimal(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What a package may have when its files were analysed, and what it must not have otherwise
/// (SPDX 2.3, 7.8).
fn analysis(
    wire: &wire::Package<'_>,
    further: &wire::FurtherOfPackage<'_>,
    path: &Path<'_>,
    check: &mut Check<'_, '_>,
) {
    let is_analyzed = check
        .value(&wire.files_analyzed, "filesAnalyzed", path)
        .is_none_or(|Flag(is_analyzed)| *is_analyzed);
    let forbidden = |key: &str, check: &mut Check<'_, '_>| {
        check.problems.push(Problem::error(
            "spdx-not-analyzed",
            path.key(key).place(),
            format!("filesAnalyzed is false, so the package cannot have `{key}`"),
        ));
    };
    if let Some(code) = check.value(&further.verification, "packageVerificationCode", path) {
        let code_path = path.key("packageVerificationCode");
        code.foreign
            .report(check.edition, &code_path, check.problems);
        code.excluded.report(
            &code_path.key("packageVerificationCodeExcludedFiles"),
            check.problems,
        );
        let key = "packageVerificationCodeValue";
        if !is_analyzed {
            forbidden("packageVerificationCode", check);
        } else if let Some(value) = check.needed(&code.value, key, &code_path)
            && !is_hexadecimal(value, 40)
        {
            check.problems.push(Problem::error(
                "spdx-checksum-malformed",
                code_path.key(key).place(),
                format!(
                    "the verification code `{}` has not the form of a SHA-1: 40 hexadecimal digits",
                    shortened(value, 50)
                ),
            ));
        }
    }
    check.licenses(
        &further.licenses_from_files,
        &path.key("licenseInfoFromFiles"),
    );
    let says_nothing = further
        .licenses_from_files
        .items()
        .iter()
        .all(|license| said(license.filled()).is_none());
    if !is_analyzed && !says_nothing {
        forbidden("licenseInfoFromFiles", check);
    }
    further.files.report(&path.key("hasFiles"), check.problems);
}
