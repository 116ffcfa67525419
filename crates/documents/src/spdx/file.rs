//! Files and snippets of SPDX 2. They are no components: they are checked and counted.

use isocenter_model::text::shortened;
use isocenter_model::{Level, Problem};

use super::check::Check;
use super::package::checksums;
use super::remark::annotations;
use super::wire;
use crate::json::{Field, Path, Present, Text};

const KINDS: [&str; 11] = [
    "SOURCE",
    "BINARY",
    "ARCHIVE",
    "APPLICATION",
    "AUDIO",
    "IMAGE",
    "TEXT",
    "VIDEO",
    "DOCUMENTATION",
    "SPDX",
    "OTHER",
];

/// Checks a file; gives how many annotations it bears.
pub(super) fn file(wire: &wire::File<'_>, path: &Path<'_>, check: &mut Check<'_, '_>) -> u64 {
    wire.foreign.report(check.edition, path, check.problems);
    if check.edition.has_ids() {
        check.needed(&wire.id, "SPDXID", path);
    }
    if let Some(name) = check.needed(&wire.name, "fileName", path)
        && name.starts_with('/')
    {
        check
            .problems
            .push_shared("spdx-file-name-absolute", Level::Error, || {
                Problem::error(
                    "spdx-file-name-absolute",
                    path.key("fileName").place(),
                    format!(
                        "the name `{}` does not begin at the root of the package: `./` was expected",
                        shortened(name, 80)
                    ),
                )
            });
    }
    wire.kinds.report(&path.key("fileTypes"), check.problems);
    for (index, kind) in wire.kinds.indexed() {
        if let Some(kind) = kind.filled() {
            check.one_of(kind, &KINDS, &path.key("fileTypes").index(index));
        }
    }
    let hashes = checksums(&wire.checksums, &path.key("checksums"), check);
    if !hashes.iter().any(|hash| hash.algorithm == "SHA-1") {
        check
            .problems
            .push_shared("spdx-file-sha1-missing", Level::Error, || {
                Problem::error(
                    "spdx-file-sha1-missing",
                    path.key("checksums").place(),
                    "the file has no SHA-1, which SPDX demands of every file",
                )
            });
    }
    let found = path.key("licenseInfoInFiles");
    check.licenses(&wire.licenses_in_file, &found);
    if wire.licenses_in_file.len() == 0 && !check.edition.has(3) {
        check.missing("licenseInfoInFiles", path);
    }
    licensing(&wire.license_concluded, &wire.copyright, path, check);
    annotations(&wire.annotations, &path.key("annotations"), check)
}

/// Checks a snippet; gives how many annotations it bears.
pub(super) fn snippet(wire: &wire::Snippet<'_>, path: &Path<'_>, check: &mut Check<'_, '_>) -> u64 {
    wire.foreign.report(check.edition, path, check.problems);
    check.needed(&wire.id, "SPDXID", path);
    check.needed(&wire.from_file, "snippetFromFile", path);
    if !wire.ranges.0 {
        check.missing("ranges", path);
    }
    let found = path.key("licenseInfoInSnippets");
    check.licenses(&wire.licenses_in_snippet, &found);
    licensing(&wire.license_concluded, &wire.copyright, path, check);
    annotations(&wire.annotations, &path.key("annotations"), check)
}

/// Checks the concluded licence and the copyright, which every edition before 2.3 demands.
fn licensing(
    concluded: &Field<Text<'_>>,
    copyright: &Present,
    path: &Path<'_>,
    check: &mut Check<'_, '_>,
) {
    let key = "licenseConcluded";
    check.license(concluded, key, path);
    if check.edition.has(3) {
        return;
    }
    check.demand(key, !matches!(concluded, Field::Absent), path);
    check.demand("copyrightText", copyright.0, path);
}
