//! Licences of a part.

use std::collections::HashSet;
use std::sync::LazyLock;

use isocenter_model::Problem;
use isocenter_model::text::shortened;

use super::edition::Check;
use super::wire;
use crate::json::{List, Path};

const CATALOG: &str = include_str!("../../../../catalogs/licenses/spdx.txt");

static IDENTIFIERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    CATALOG
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// The ids, names and expressions of a list of licences, as written.
pub(super) fn licenses(
    list: List<wire::LicenseChoice<'_>>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut expressions = 0_usize;
    let mut count = 0_usize;
    for (index, choice) in list.take(path, check.problems) {
        let path = path.index(index);
        choice.foreign.report(check.edition, &path, check.problems);
        count += 1;
        acknowledgement(
            choice
                .acknowledgement
                .take(&path.key("acknowledgement"), check.problems),
            &path,
            check,
        );
        let license = choice.license.take(&path.key("license"), check.problems);
        let expression = choice
            .expression
            .take(&path.key("expression"), check.problems);
        expressions += usize::from(expression.is_some());
        if license.is_some() == expression.is_some() {
            check.problems.push(Problem::error(
                "cyclonedx-license-choice",
                path.place(),
                "a licence is given either by `license` or by `expression`",
            ));
        }
        if let Some(license) = license {
            found.extend(one(license, &path.key("license"), check));
        }
        found.extend(
            expression
                .as_ref()
                .and_then(|expression| expression.filled())
                .map(str::to_owned),
        );
    }
    // 1.5 and 1.6 allow licences, or one expression; other editions any mixture.
    if expressions > 0 && count > 1 && check.edition.has(5) && !check.edition.has(7) {
        check.problems.push(Problem::error(
            "cyclonedx-license-mixture",
            path.place(),
            format!(
                "CycloneDX {} allows one expression or a list of licences, not both",
                check.edition
            ),
        ));
    }
    found
}

fn one(license: wire::License<'_>, path: &Path<'_>, check: &mut Check<'_>) -> Option<String> {
    license.foreign.report(check.edition, path, check.problems);
    acknowledgement(
        license
            .acknowledgement
            .take(&path.key("acknowledgement"), check.problems),
        path,
        check,
    );
    super::component::properties(license.properties, &path.key("properties"), check);
    if let Some(text) = license.text.take(&path.key("text"), check.problems) {
        let path = path.key("text");
        text.foreign.report(check.edition, &path, check.problems);
        let path = path.key("encoding");
        if let Some(encoding) = text.encoding.take(&path, check.problems) {
            check.word(&encoding, &[("base64", 2)], &path);
        }
    }
    let id = license.id.take(&path.key("id"), check.problems);
    let name = license.name.take(&path.key("name"), check.problems);
    if id.is_some() == name.is_some() {
        check.problems.push(Problem::error(
            "cyclonedx-license-name",
            path.place(),
            "a licence has either an `id` or a `name`",
        ));
    }
    if let Some(id) = &id
        && !IDENTIFIERS.contains(&**id)
    {
        let problem = Problem::error(
            "cyclonedx-license-id-unknown",
            path.key("id").place(),
            format!(
                "`{}` is not an identifier of the SPDX License List 3.28",
                shortened(id, 60)
            ),
        );
        let meant = IDENTIFIERS
            .iter()
            .find(|known| known.eq_ignore_ascii_case(id));
        check.problems.push(match meant {
            Some(meant) => problem.hint(format!("write `{meant}`")),
            None => problem.hint("a licence that the list does not have is given by `name`"),
        });
    }
    let text = id.or(name)?;
    text.filled().map(str::to_owned)
}

fn acknowledgement(word: Option<crate::json::Text<'_>>, path: &Path<'_>, check: &mut Check<'_>) {
    if let Some(word) = word {
        check.word(
            &word,
            &[("declared", 6), ("concluded", 6)],
            &path.key("acknowledgement"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalog_of_identifiers_is_sorted_and_holds_the_common_ones() {
        let lines: Vec<&str> = CATALOG
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(lines.is_sorted(), "sorted by byte, without repetition");
        for id in [
            "MIT",
            "Apache-2.0",
            "GPL-2.0-only",
            "Classpath-exception-2.0",
        ] {
            assert!(IDENTIFIERS.contains(id), "{id}");
        }
        assert!(!IDENTIFIERS.contains("Apache-2"));
    }
}
