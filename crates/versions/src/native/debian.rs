//! Debian and Ubuntu: package relationships.
//!
//! Source: Debian Policy 7.1, "Syntax of relationship fields"; deb-control(5); dpkg, `deb-version`.
//!
//! Traps: strictly earlier is `<<` and strictly later `>>`; the obsolete `<` and `>` mean `<=` and `>=` to
//! dpkg, and are read so in a relation with parentheses, while bare operators without parentheses are
//! advisories' own and mean what they say; `|` is "or" and binds tighter than the comma, which is "and". A
//! range is about one package: relations on several are refused.

use super::Syntax;
use super::part::{Alternative, Part, combined};
use super::text::{Cursor, NotRange};
use crate::Scheme;
use crate::order::key;
use crate::vers::Comparator;

const COMPARATORS: &[(&str, Comparator)] = &[
    ("<<", Comparator::Less),
    (">>", Comparator::Greater),
    ("<=", Comparator::LessOrEqual),
    (">=", Comparator::GreaterOrEqual),
    ("=", Comparator::Equal),
    ("<", Comparator::LessOrEqual),
    (">", Comparator::GreaterOrEqual),
];

pub(super) fn parse(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let mut cursor = Cursor::new(syntax, text.trim());
    let mut name = None;
    let mut groups = Vec::new();
    let mut group: Vec<Vec<Part>> = Vec::new();
    loop {
        group.push(relation(&mut cursor, &mut name)?.into_iter().collect());
        cursor.skip_space();
        if cursor.eat("|") {
            continue;
        }
        let more = cursor.eat(",");
        if !more && !cursor.is_end() {
            return Err(cursor.error("a comma, `|` or the end"));
        }
        groups.push(std::mem::take(&mut group));
        if !more {
            break;
        }
    }
    Ok(combined(&groups)?
        .into_iter()
        .map(Alternative::new)
        .collect())
}

/// `libc6:any (>= 2.36) [amd64] <!nocheck>`, `(>= 2.36)`, `>> 2.36`; without a version nothing is asked.
fn relation<'a>(
    cursor: &mut Cursor<'a>,
    name: &mut Option<&'a str>,
) -> Result<Option<Part>, NotRange> {
    cursor.skip_space();
    let start = *cursor;
    let package = if cursor
        .peek()
        .is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    {
        cursor
            .take(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
    } else {
        ""
    };
    if !package.is_empty() {
        if package.len() < 2 || !package.contains(|c: char| c.is_ascii_lowercase()) {
            return Err(start.error("a package name, parentheses or an operator"));
        }
        if name.is_some_and(|name| name != package) {
            return Err(start.error("relations on one package"));
        }
        *name = Some(package);
        if cursor.eat(":") {
            cursor.take(|c| c.is_ascii_alphanumeric() || c == '-');
        }
    }
    cursor.skip_space();
    let mut part = None;
    if cursor.eat("(") {
        cursor.skip_space();
        part = Some(versioned(cursor)?);
        cursor.skip_space();
        if !cursor.eat(")") {
            return Err(cursor.error("`)`"));
        }
    } else if package.is_empty() {
        if !(cursor.rest().starts_with("<<") || cursor.rest().starts_with(">>")) {
            return Err(cursor.error("a package name, parentheses, `<<` or `>>`"));
        }
        part = Some(versioned(cursor)?);
    }
    cursor.skip_space();
    if cursor.eat("[") {
        cursor.take(|c| c != ']');
        if !cursor.eat("]") {
            return Err(cursor.error("`]`"));
        }
        cursor.skip_space();
    }
    while cursor.eat("<") {
        cursor.take(|c| c != '>');
        if !cursor.eat(">") {
            return Err(cursor.error("`>`"));
        }
        cursor.skip_space();
    }
    Ok(part)
}

fn versioned(cursor: &mut Cursor<'_>) -> Result<Part, NotRange> {
    let Some(comparator) = cursor.sign(COMPARATORS) else {
        return Err(cursor.error("`<<`, `<=`, `=`, `>=` or `>>`"));
    };
    cursor.skip_space();
    let start = *cursor;
    let version =
        cursor.take(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-' | '~' | ':'));
    match key(Scheme::Debian, version) {
        Ok(_) => Ok(Part::bound(comparator, version)),
        Err(_) => Err(start.error("a version")),
    }
}
