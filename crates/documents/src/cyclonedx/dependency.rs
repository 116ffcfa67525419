//! Which part depends on which.

use isocenter_model::Problem;
use isocenter_model::text::shortened;

use super::edition::Check;
use super::reference::{References, Resolved};
use super::wire;
use crate::json::{List, Path};

/// The edges `(from, to)`.
pub(super) fn dependencies(
    list: &List<wire::Dependency<'_>>,
    path: &Path<'_>,
    references: &References<'_>,
    check: &mut Check<'_>,
) -> Vec<(String, String)> {
    let mut edges = Vec::with_capacity(list.items().len());
    let dangling = |reference: &str, path: &Path<'_>, check: &mut Check<'_>| {
        if references.resolve(reference) == Resolved::Nowhere {
            check.problems.push(
                Problem::warning(
                    "cyclonedx-dependency-dangling",
                    path.place(),
                    format!(
                        "the reference `{}` leads to nothing in this document",
                        shortened(reference, 80)
                    ),
                )
                .hint("every dependency names the bom-ref of a component or service"),
            );
        }
    };
    list.report(path, check.problems);
    for (index, dependency) in list.indexed() {
        let path = path.index(index);
        dependency
            .foreign
            .report(check.edition, &path, check.problems);
        let Some(from) = check.text(&dependency.reference, "ref", &path) else {
            check.missing("ref", &path);
            continue;
        };
        dangling(from, &path.key("ref"), check);
        let path = path.key("dependsOn");
        dependency.depends_on.report(&path, check.problems);
        let first = edges.len();
        for (index, to) in dependency.depends_on.indexed() {
            let path = path.index(index);
            let Some(to) = to.filled() else {
                check.missing("ref", &path);
                continue;
            };
            dangling(to, &path, check);
            edges.push((from.to_owned(), to.to_owned()));
        }
        repeated(edges.get(first..).unwrap_or_default(), &path, check);
    }
    edges
}

/// Reports edges that one dependency lists twice.
fn repeated(edges: &[(String, String)], path: &Path<'_>, check: &mut Check<'_>) {
    if edges.len() < 2 {
        return;
    }
    let mut targets: Vec<&str> = edges.iter().map(|(_, to)| to.as_str()).collect();
    targets.sort_unstable();
    for pair in targets.windows(2) {
        if let [one, other] = pair
            && one == other
        {
            check.problems.push(Problem::warning(
                "cyclonedx-dependency-repeated",
                path.place(),
                format!(
                    "`{}` stands in this list more than once",
                    shortened(one, 80)
                ),
            ));
        }
    }
}
