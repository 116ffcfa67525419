//! Go: requirements, exclusions and retractions of `go.mod`.
//!
//! Source: Go Modules Reference, "go.mod files", sections `require`, `exclude`, `retract`, and "Minimal
//! version selection".
//!
//! Traps: a requirement is a minimum, so `v1.2.3` means `>=v1.2.3` – of the same module, and a new major
//! version is another module; a retraction is one version or a closed interval `[v1.0.0, v1.9.9]`; a comment
//! behind `//` says nothing.

use super::part::{Alternative, Part};
use super::text::{Cursor, NotRange};
use super::{Syntax, interval};
use crate::Scheme;
use crate::order::key;
use crate::vers::Comparator;

pub(super) fn parse(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let line = text.split("//").next().unwrap_or(text).trim();
    let mut cursor = Cursor::new(syntax, text);
    cursor.enter(line);
    let comparator = if cursor.eat_word("retract") {
        Comparator::Equal
    } else if cursor.eat_word("exclude") {
        Comparator::NotEqual
    } else {
        cursor.eat_word("require");
        Comparator::GreaterOrEqual
    };
    cursor.skip_space();
    if cursor.rest().starts_with('[') && comparator != Comparator::NotEqual {
        let sets = interval::sets(&mut cursor)?;
        for set in &sets {
            for end in [set.from, set.to] {
                if !end.is_empty() {
                    check(&cursor, end)?;
                }
            }
        }
        return Ok(sets.into_iter().map(interval::Set::alternative).collect());
    }
    let mut words = cursor.rest().split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next());
    // The module's path may stand before the version.
    let version = match second {
        Some(version) if first.contains('/') || first.contains('.') => version,
        Some(_) => return Err(cursor.error("a module path and a version")),
        None => first,
    };
    if words.next().is_some() {
        return Err(cursor.error("the end behind the version"));
    }
    check(&cursor, version)?;
    Ok(vec![Alternative::new(vec![Part::bound(
        comparator, version,
    )])])
}

fn check(cursor: &Cursor<'_>, version: &str) -> Result<(), NotRange> {
    match key(Scheme::Go, version) {
        Ok(_) => Ok(()),
        Err(_) => Err(cursor.error_at_text(version, "a version")),
    }
}
