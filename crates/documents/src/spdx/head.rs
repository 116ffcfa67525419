//! What a document of SPDX 1 or 2 says of itself, and what it defines or refers to beside its
//! elements.

use isocenter_model::Problem;
use isocenter_model::text::shortened;
use jiff::Timestamp;

use super::actor::{Actor, ActorKind};
use super::check::Check;
use super::{package, remark, wire};
use crate::json::{Field, List, Path, Problems};

/// What a document says of itself.
pub(super) struct Head<'d> {
    /// Its id.
    pub(super) id: &'d str,
    /// Its name.
    pub(super) name: Option<&'d str>,
    /// Its namespace.
    pub(super) namespace: Option<&'d str>,
    /// When it was made.
    pub(super) made: Option<Timestamp>,
    /// Whether it says who or what made it.
    pub(super) has_author: bool,
}

/// Reads and checks what a document says of itself.
pub(super) fn head<'d>(document: &'d wire::Document<'_>, check: &mut Check<'_, '_>) -> Head<'d> {
    let root = Path::Root;
    let has_ids = check.edition.has_ids();
    let id = check.text(&document.id, "SPDXID", &root);
    if id != Some("SPDXRef-DOCUMENT") && has_ids {
        let found = id.map_or_else(
            || "missing".to_owned(),
            |id| format!("`{}`", shortened(id, 60)),
        );
        check.problems.push(Problem::error(
            "spdx-id-malformed",
            root.key("SPDXID").place(),
            format!("the id of the document is {found}, where `SPDXRef-DOCUMENT` is expected"),
        ));
    }
    let data_license = check.needed(&document.data_license, "dataLicense", &root);
    if let Some(license) = data_license
        && license != "CC0-1.0"
    {
        check.problems.push(Problem::error(
            "spdx-data-license",
            root.key("dataLicense").place(),
            format!(
                "dataLicense is `{}`, where SPDX demands `CC0-1.0`",
                shortened(license, 60)
            ),
        ));
    }
    let mut named = |field, key| {
        if has_ids {
            check.needed(field, key, &root)
        } else {
            check.text(field, key, &root)
        }
    };
    let name = named(&document.name, "name");
    let namespace = named(&document.namespace, "documentNamespace");
    if let Some(namespace) = namespace {
        check_uri(namespace, &root.key("documentNamespace"), check);
    }
    let (made, has_author) = creation(&document.creation, &root, check);
    Head {
        id: id.unwrap_or("SPDXRef-DOCUMENT"),
        name,
        namespace,
        made,
        has_author,
    }
}

/// Checks references to other documents, and tells that there are some.
pub(super) fn external_documents(
    list: &List<wire::ExternalDocument<'_>>,
    check: &mut Check<'_, '_>,
) {
    let root = Path::Root;
    let path = root.key("externalDocumentRefs");
    list.report(&path, check.problems);
    let mut names = Vec::new();
    for (index, wire) in list.indexed() {
        let path = path.index(index);
        wire.foreign.report(check.edition, &path, check.problems);
        if let Some(id) = check.needed(&wire.id, "externalDocumentId", &path) {
            names.push(id);
            if !is_id(id, "DocumentRef-") {
                check.problems.push(Problem::error(
                        "spdx-id-malformed",
                        path.key("externalDocumentId").place(),
                        format!(
                            "the id `{}` is not `DocumentRef-` and letters, digits, points, hyphens and plus signs",
                            shortened(id, 80)
                        ),
                    ));
            }
        }
        if let Some(uri) = check.needed(&wire.document, "spdxDocument", &path) {
            check_uri(uri, &path.key("spdxDocument"), check);
        }
        match check.value(&wire.checksum, "checksum", &path) {
            Some(checksum) => {
                package::checksum(checksum, &path.key("checksum"), check);
            }
            None if matches!(wire.checksum, Field::Absent) => check.missing("checksum", &path),
            None => {}
        }
    }
    if !names.is_empty() {
        external_note(&names, &path, check.problems);
    }
}

/// Checks licences that the document defines. Tools add members of the licence list to them, which
/// say nothing of the product.
pub(super) fn extracted_licenses(
    list: &List<wire::ExtractedLicense<'_>>,
    check: &mut Check<'_, '_>,
) {
    let root = Path::Root;
    let path = root.key("hasExtractedLicensingInfos");
    list.report(&path, check.problems);
    for (index, wire) in list.indexed() {
        let path = path.index(index);
        if let Some(id) = check.needed(&wire.id, "licenseId", &path)
            && !is_id(id, "LicenseRef-")
        {
            check.problems.push(Problem::error(
                "spdx-id-malformed",
                path.key("licenseId").place(),
                format!(
                    "the id `{}` is not `LicenseRef-` and letters, digits, points and hyphens",
                    shortened(id, 80)
                ),
            ));
        }
        if !wire.text.0 {
            check.missing("extractedText", &path);
        }
    }
}

/// When the document was made, and whether it names who or what made it.
fn creation(
    field: &Field<wire::Creation<'_>>,
    path: &Path<'_>,
    check: &mut Check<'_, '_>,
) -> (Option<jiff::Timestamp>, bool) {
    let Some(creation) = check.value(field, "creationInfo", path) else {
        if matches!(field, Field::Absent) {
            check.missing("creationInfo", path);
        }
        return (None, false);
    };
    let path = path.key("creationInfo");
    creation
        .foreign
        .report(check.edition, &path, check.problems);
    if matches!(creation.created, Field::Absent) {
        check.missing("created", &path);
    }
    let made = check.time(&creation.created, "created", &path);
    let list = path.key("creators");
    creation.creators.report(&list, check.problems);
    if creation.creators.len() == 0 {
        check.missing("creators", &path);
    }
    let mut has_author = false;
    for (index, creator) in creation.creators.indexed() {
        let Some(text) = creator.filled() else {
            continue;
        };
        match Actor::read(text) {
            Some(Actor { kind, name }) => {
                has_author |= !name.is_empty() || kind == ActorKind::Tool;
            }
            None => remark::malformed(text, &list.index(index), check),
        }
    }
    (made, has_author)
}

/// Tells that other documents belong to this one.
pub(super) fn external_note(names: &[&str], path: &Path<'_>, problems: &mut Problems) {
    const TOLD: usize = 5;
    let mut told: Vec<String> = names
        .iter()
        .take(TOLD)
        .map(|name| shortened(name, 60))
        .collect();
    if let Some(more) = names.len().checked_sub(TOLD).filter(|more| *more > 0) {
        told.push(format!("and {more} more"));
    }
    problems.push(
        Problem::note(
            "spdx-external-documents",
            path.place(),
            format!(
                "the document refers to other SPDX documents ({}), whose parts are not in it",
                told.join(", ")
            ),
        )
        .hint("import these documents too"),
    );
}

/// Whether an id has its prefix and behind it letters, digits, points and hyphens; that of another
/// document also plus signs.
pub(super) fn is_id(id: &str, prefix: &str) -> bool {
    id.strip_prefix(prefix).is_some_and(|rest| {
        !rest.is_empty()
            && rest.bytes().all(|byte| {
                byte.is_ascii_alphanumeric()
                    || matches!(byte, b'.' | b'-')
                    || (byte == b'+' && prefix == "DocumentRef-")
            })
    })
}

/// Tells when an address of a document is no absolute URI without a fragment (SPDX 2.3, 6.5).
fn check_uri(uri: &str, path: &Path<'_>, check: &mut Check<'_, '_>) {
    let has_scheme = uri.split_once(':').is_some_and(|(scheme, rest)| {
        !rest.is_empty()
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    });
    if !has_scheme || uri.contains(|c: char| c == '#' || c.is_whitespace() || c.is_control()) {
        check.problems.push(Problem::error(
            "spdx-namespace-malformed",
            path.place(),
            format!(
                "`{}` is no absolute URI without a fragment (RFC 3986)",
                shortened(uri, 80)
            ),
        ));
    }
}
