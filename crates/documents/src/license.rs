//! Licence identifiers and expressions (SPDX 2.3, Annex D; SPDX 3.0.1, Annex B).

use std::sync::LazyLock;

use crate::lookup::{Lookup, LookupSet};

const CATALOG: &str = include_str!("../../../catalogs/licenses/spdx.txt");

static IDENTIFIERS: LazyLock<LookupSet<&'static str>> = LazyLock::new(|| listed().collect());

static BY_LOWER_CASE: LazyLock<Lookup<String, &'static str>> =
    LazyLock::new(|| listed().map(|id| (id.to_ascii_lowercase(), id)).collect());

fn listed() -> impl Iterator<Item = &'static str> {
    CATALOG
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The edition of the list, as messages name it.
pub(crate) const EDITION: &str = "SPDX License List 3.28";

/// Whether the list has exactly this identifier of a licence or exception.
pub(crate) fn is_listed(id: &str) -> bool {
    IDENTIFIERS.contains(id)
}

/// The identifier that the list has and that differs from `id` by case at most.
pub(crate) fn meant(id: &str) -> Option<&'static str> {
    IDENTIFIERS
        .get(id)
        .copied()
        .or_else(|| BY_LOWER_CASE.get(&id.to_ascii_lowercase()).copied())
}

/// What is wrong with an expression of licences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault<'e> {
    /// It is not built as the grammar says; what was expected where.
    Grammar(&'static str),
    /// It names a licence that the list does not have.
    Unlisted(&'e str),
    /// It refers to a licence that the document does not define.
    Undefined(&'e str),
}

/// Finds what is wrong with an expression; behind a fault of grammar nothing is looked for. `defined` says whether the document defines a
/// reference such as `LicenseRef-1` or `DocumentRef-a:LicenseRef-1`.
///
/// Identifiers are compared without regard to case, as the standard demands; operators may be in
/// lower case, as SPDX 3 allows and many write.
pub(crate) fn faults<'e>(
    expression: &'e str,
    defined: impl Fn(&str) -> bool,
    mut report: impl FnMut(Fault<'e>),
) {
    let mut open = 0_u32;
    let mut state = Expected::License;
    for token in tokens(expression) {
        state = match (state, token) {
            (Expected::License, "(") => {
                open += 1;
                Expected::License
            }
            (Expected::Operator | Expected::OperatorOrWith, ")") if open > 0 => {
                open -= 1;
                Expected::Operator
            }
            (Expected::Operator | Expected::OperatorOrWith, "AND" | "OR" | "and" | "or") => {
                Expected::License
            }
            (Expected::OperatorOrWith, "WITH" | "with") => Expected::Exception,
            (Expected::License, ")" | "AND" | "OR" | "WITH" | "and" | "or" | "with") => {
                return report(Fault::Grammar("a licence is missing beside an operator"));
            }
            (Expected::License, id) => {
                match identifier(id.strip_suffix('+').unwrap_or(id), &defined) {
                    Some(fault @ Fault::Grammar(_)) => return report(fault),
                    fault => fault.into_iter().for_each(&mut report),
                }
                Expected::OperatorOrWith
            }
            (Expected::Exception, "(" | ")") => {
                return report(Fault::Grammar("an exception must follow `WITH`"));
            }
            (Expected::Exception, id) => {
                match identifier(id, &defined) {
                    Some(fault @ Fault::Grammar(_)) => return report(fault),
                    fault => fault.into_iter().for_each(&mut report),
                }
                Expected::Operator
            }
            (Expected::Operator | Expected::OperatorOrWith, _) => {
                return report(Fault::Grammar(
                    "`AND`, `OR` or `WITH` must stand between two licences",
                ));
            }
        };
    }
    if open > 0 {
        report(Fault::Grammar("a bracket is not closed"));
    } else if matches!(state, Expected::License | Expected::Exception) {
        report(Fault::Grammar("it ends where a licence is expected"));
    }
}

/// What must come next in an expression.
#[derive(Clone, Copy)]
enum Expected {
    License,
    Exception,
    Operator,
    OperatorOrWith,
}

/// The words and brackets of an expression.
fn tokens(expression: &str) -> impl Iterator<Item = &str> {
    let mut rest = expression;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let length = match rest.chars().next()? {
            '(' | ')' => 1,
            _ => rest
                .find(|c: char| c.is_whitespace() || matches!(c, '(' | ')'))
                .unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        Some(token)
    })
}

fn identifier<'e>(id: &'e str, defined: &impl Fn(&str) -> bool) -> Option<Fault<'e>> {
    let is_word = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
    };
    if is_word(id) && meant(id).is_some() {
        return None;
    }
    let (document, own) = id.rsplit_once(':').unwrap_or(("", id));
    let is_reference = ["LicenseRef-", "AdditionRef-"]
        .iter()
        .any(|start| own.strip_prefix(start).is_some_and(is_word))
        && (document.is_empty() || document.starts_with("DocumentRef-"));
    if is_reference {
        (!defined(id)).then_some(Fault::Undefined(id))
    } else if is_word(id) {
        Some(Fault::Unlisted(id))
    } else {
        Some(Fault::Grammar(
            "an identifier has letters, digits, hyphens and points only",
        ))
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
            assert!(is_listed(id), "{id}");
        }
        assert!(!is_listed("Apache-2"));
        assert_eq!(meant("APACHE-2.0"), Some("Apache-2.0"));
        assert_eq!(meant("Apache"), None);
    }

    #[track_caller]
    fn check(expression: &str, expected: &[Fault<'_>]) {
        let mut found = Vec::new();
        faults(
            expression,
            |id| id == "LicenseRef-1",
            |fault| found.push(fault),
        );
        assert_eq!(found, expected, "{expression}");
    }

    #[test]
    fn a_sound_expression_has_no_fault() {
        for expression in [
            "MIT",
            "mit",
            "GPL-2.0+",
            "LicenseRef-1",
            "(MIT AND (Apache-2.0 OR GPL-2.0-only WITH Classpath-exception-2.0))",
            "MIT and BSD-3-Clause",
            "( MIT)",
        ] {
            check(expression, &[]);
        }
    }

    #[test]
    fn what_breaks_the_grammar_is_told_apart_from_what_is_not_known() {
        use Fault::{Grammar, Undefined, Unlisted};
        check("GENERIC-CLA", &[Unlisted("GENERIC-CLA")]);
        check(
            "LicenseRef-2 OR DocumentRef-a:LicenseRef-1",
            &[
                Undefined("LicenseRef-2"),
                Undefined("DocumentRef-a:LicenseRef-1"),
            ],
        );
        let word = "an identifier has letters, digits, hyphens and points only";
        check("AFLv2.1,BSD", &[Grammar(word)]);
        check("a:LicenseRef-1", &[Grammar(word)]);
        let between = "`AND`, `OR` or `WITH` must stand between two licences";
        check("MIT License", &[Grammar(between)]);
        check("MIT)", &[Grammar(between)]);
        check("(MIT", &[Grammar("a bracket is not closed")]);
        check("MIT AND", &[Grammar("it ends where a licence is expected")]);
        check("", &[Grammar("it ends where a licence is expected")]);
        check(
            "AND MIT",
            &[Grammar("a licence is missing beside an operator")],
        );
        check(
            "MIT WITH (x)",
            &[Grammar("an exception must follow `WITH`")],
        );
        check(&"(".repeat(100_000), &[Grammar("a bracket is not closed")]);
    }
}
