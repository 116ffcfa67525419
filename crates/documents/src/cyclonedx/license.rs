//! Licences of a part.

use isocenter_model::Problem;
use isocenter_model::text::shortened;

use super::component::properties;
use super::edition::Check;
use super::wire;
use crate::json::{Field, Filled, List, Path, Text};
use crate::license::{EDITION, is_listed, meant};

/// The ids, names and expressions of a list of licences, as written.
pub(super) fn licenses(
    list: &List<wire::LicenseChoice<'_>>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> Vec<String> {
    let mut found = Vec::with_capacity(list.items().len());
    let mut expressions = 0_usize;
    list.report(path, check.problems);
    for (index, choice) in list.indexed() {
        let path = path.index(index);
        choice.foreign.report(check.edition, &path, check.problems);
        acknowledgement(&choice.acknowledgement, &path, check);
        let license = check.value(&choice.license, "license", &path);
        let expression = check.value(&choice.expression, "expression", &path);
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
        found.extend(choice.expression.owned());
    }
    // Until 1.6 licences, or one expression; in JSON before 1.5 and since 1.7 any mixture.
    let is_choice = (check.edition.has(5) || check.edition.is_xml()) && !check.edition.has(7);
    if expressions > 0 && list.len() > 1 && is_choice {
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

fn one(license: &wire::License<'_>, path: &Path<'_>, check: &mut Check<'_>) -> Option<String> {
    license.foreign.report(check.edition, path, check.problems);
    acknowledgement(&license.acknowledgement, path, check);
    properties(&license.properties, &path.key("properties"), check);
    if let Some(text) = check.value(&license.text, "text", path) {
        let path = path.key("text");
        text.foreign.report(check.edition, &path, check.problems);
        if let Some(encoding) = check.value(&text.encoding, "encoding", &path) {
            check.word(encoding, &[("base64", 2)], &path.key("encoding"));
        }
    }
    let id = check.value(&license.id, "id", path);
    let name = check.value(&license.name, "name", path);
    // Until 1.5 the XML form allows neither of them.
    let may_lack = check.edition.is_xml() && !check.edition.has(6) && id.is_none();
    if id.is_some() == name.is_some() && !may_lack {
        check.problems.push(Problem::error(
            "cyclonedx-license-name",
            path.place(),
            "a licence has either an `id` or a `name`",
        ));
    }
    if let Some(id) = id
        && !is_listed(id)
    {
        let problem = Problem::error(
            "cyclonedx-license-id-unknown",
            path.key("id").place(),
            format!(
                "`{}` is not an identifier of the {EDITION}",
                shortened(id, 60)
            ),
        );
        check.problems.push(match meant(id) {
            Some(meant) => problem.hint(format!("write `{meant}`")),
            None => problem.hint("a licence that the list does not have is given by `name`"),
        });
    }
    id.or(name)?.filled().map(str::to_owned)
}

fn acknowledgement(word: &Field<Text<'_>>, path: &Path<'_>, check: &mut Check<'_>) {
    if let Some(word) = check.value(word, "acknowledgement", path) {
        check.word(
            word,
            &[("declared", 6), ("concluded", 6)],
            &path.key("acknowledgement"),
        );
    }
}
