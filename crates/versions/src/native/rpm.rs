//! RPM distributions: dependencies of packages.
//!
//! Source: rpm documentation, "Dependencies" and "Boolean dependencies"; rpm 4.20, lib/rpmds.c.
//!
//! Traps: a bound without a release means every release of its version; an epoch that is left out is 0;
//! without an operator any version satisfies. A range is about one package: dependencies on several are
//! refused. Boolean dependencies are read where they are flat: `(a >= 1 with a < 2)`, `(a < 1 or a > 2)`.

use super::Syntax;
use super::part::{Alternative, Part};
use super::text::{COMPARATORS, Cursor, NotRange};

pub(super) fn parse(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let mut cursor = Cursor::new(syntax, text.trim());
    let body = cursor.rest();
    if let Some(body) = body
        .strip_prefix('(')
        .and_then(|body| body.strip_suffix(')'))
    {
        cursor.enter(body);
    }
    let mut name = None;
    let mut alternatives = Vec::new();
    let mut parts = Vec::new();
    loop {
        parts.extend(dependency(&mut cursor, &mut name)?);
        cursor.skip_space();
        if cursor.is_end() {
            alternatives.push(Alternative::new(parts));
            return Ok(alternatives);
        }
        if cursor.eat_word("or") {
            alternatives.push(Alternative::new(std::mem::take(&mut parts)));
        } else if !(cursor.eat(",") || cursor.eat_word("and") || cursor.eat_word("with")) {
            // White space alone also separates.
            cursor.skip_space();
        }
    }
}

fn dependency<'a>(
    cursor: &mut Cursor<'a>,
    name: &mut Option<&'a str>,
) -> Result<Option<Part>, NotRange> {
    cursor.skip_space();
    let start = *cursor;
    let package = cursor.take(|c| {
        c.is_ascii_alphanumeric()
            || matches!(c, '+' | '-' | '.' | '_' | ':' | '/' | '(' | ')' | '%')
    });
    if !package.is_empty() {
        if package.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(start.error("an operator or a package name"));
        }
        if name.is_some_and(|name| name != package) {
            return Err(start.error("dependencies on one package"));
        }
        *name = Some(package);
    }
    cursor.skip_space();
    let Some(comparator) = cursor.sign(COMPARATORS) else {
        if package.is_empty() {
            return Err(cursor.error("an operator or a package name"));
        }
        return Ok(None);
    };
    cursor.skip_space();
    let start = *cursor;
    let version = cursor.take(|c| {
        c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-' | '_' | '~' | '^' | ':')
    });
    let names_nothing = !version.contains(|c: char| c.is_ascii_alphanumeric());
    if names_nothing {
        return Err(start.error("a version"));
    }
    Ok(Some(Part::bound(comparator, version)))
}
