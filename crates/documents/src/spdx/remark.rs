//! Annotations and reviews: who said something about an element, and when.

use isocenter_model::Problem;
use isocenter_model::text::shortened;

use super::actor::Actor;
use super::check::Check;
use super::wire;
use crate::json::{Field, List, Path, Text};

/// Checks annotations; gives how many there are.
pub(super) fn annotations(
    list: &List<wire::Annotation<'_>>,
    path: &Path<'_>,
    check: &mut Check<'_, '_>,
) -> u64 {
    list.report(path, check.problems);
    for (index, annotation) in list.indexed() {
        let path = path.index(index);
        annotation
            .foreign
            .report(check.edition, &path, check.problems);
        actor(&annotation.annotator, "annotator", &path, check);
        if matches!(annotation.date, Field::Absent) {
            check.missing("annotationDate", &path);
        }
        check.time(&annotation.date, "annotationDate", &path);
        if let Some(kind) = check.needed(&annotation.kind, "annotationType", &path) {
            check.one_of(kind, &["OTHER", "REVIEW"], &path.key("annotationType"));
        }
        if !annotation.comment.0 {
            check.missing("comment", &path);
        }
    }
    list.len() as u64
}

/// Checks reviews, which annotations have replaced; gives how many there are.
pub(super) fn reviews(
    list: &List<wire::Review<'_>>,
    path: &Path<'_>,
    check: &mut Check<'_, '_>,
) -> u64 {
    list.report(path, check.problems);
    for (index, review) in list.indexed() {
        let path = path.index(index);
        review.foreign.report(check.edition, &path, check.problems);
        if !matches!(review.reviewer, Field::Absent) {
            actor(&review.reviewer, "reviewer", &path, check);
        }
        if matches!(review.date, Field::Absent) {
            check.missing("reviewDate", &path);
        }
        check.time(&review.date, "reviewDate", &path);
    }
    list.len() as u64
}

/// A person, organisation or tool that must be named.
pub(super) fn actor<'t>(
    field: &'t Field<Text<'_>>,
    key: &str,
    path: &Path<'_>,
    check: &mut Check<'_, '_>,
) -> Option<Actor<'t>> {
    let text = check.needed(field, key, path)?;
    let actor = Actor::read(text);
    if actor.is_none() {
        malformed(text, &path.key(key), check);
    }
    actor
}

/// Tells that a text does not say who or what it names.
pub(super) fn malformed(text: &str, path: &Path<'_>, check: &mut Check<'_, '_>) {
    check.problems.push(
        Problem::error(
            "spdx-actor-malformed",
            path.place(),
            format!(
                "`{}` does not say whether it is a person, an organisation or a tool",
                shortened(text, 60)
            ),
        )
        .hint("write `Organization: Name`, `Person: Name` or `Tool: Name-version`"),
    );
}
