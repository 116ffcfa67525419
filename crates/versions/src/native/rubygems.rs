//! Ruby: RubyGems.
//!
//! Source: RubyGems 3.3, `Gem::Requirement`, `Gem::Version#bump`, `Gem::Dependency#match?`.
//!
//! Traps: `~> 1.2.3` ends at `1.3`, `~> 1.2` at `2`, `~> 1` at `2`; the end is compared with the release, so
//! no pre-release of it is in; constraints are joined by commas. Gem chooses a pre-release only where the
//! requirement names one. Lists without commas and `||` are not RubyGems' own but are found in advisories,
//! and read.

use super::Syntax;
use super::part::{Admits, Alternative, Part};
use super::text::{COMPARATORS, Cursor, NotRange, split_or};
use crate::Scheme;
use crate::order::key;
use crate::vers::Comparator;

pub(super) fn parse(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let whole = Cursor::new(syntax, text);
    let mut alternatives = Vec::new();
    let mut named = false;
    for part in split_or(text) {
        let mut cursor = whole;
        // As a lockfile writes it: ` (>= 1.0, ~> 1.2)`.
        cursor.enter(
            part.strip_prefix('(')
                .and_then(|part| part.strip_suffix(')'))
                .unwrap_or(part)
                .trim(),
        );
        let mut parts = Vec::new();
        while !cursor.is_end() {
            constraint(&mut cursor, &mut parts, &mut named)?;
            let apart = cursor.skip_space();
            let comma = cursor.eat(",");
            cursor.skip_space();
            if comma && cursor.is_end() {
                return Err(cursor.error("a constraint behind the comma"));
            }
            let operator = cursor.rest().starts_with(['<', '>', '=', '!', '~']);
            let goes_on = comma || (apart && operator);
            if !(cursor.is_end() || goes_on) {
                return Err(cursor.error("a comma or the end"));
            }
        }
        alternatives.push(Alternative::new(parts));
    }
    for alternative in &mut alternatives {
        alternative.admits = if named { Admits::All } else { Admits::None };
    }
    Ok(alternatives)
}

fn constraint(
    cursor: &mut Cursor<'_>,
    parts: &mut Vec<Part>,
    named: &mut bool,
) -> Result<(), NotRange> {
    let pessimistic = cursor.eat("~>");
    let comparator = if pessimistic {
        Comparator::GreaterOrEqual
    } else {
        cursor.sign(COMPARATORS).unwrap_or(Comparator::Equal)
    };
    cursor.skip_space();
    let start = *cursor;
    let version = cursor.take(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    if key(Scheme::RubyGems, version).is_err() {
        return Err(start.error("a version"));
    }
    *named |= version.contains(|c: char| c.is_ascii_alphabetic() || c == '-');
    parts.push(Part::bound(comparator, version));
    if pessimistic {
        parts.push(Part::below_pre_releases_of(
            Syntax::RubyGems,
            &bumped(version),
        ));
    }
    Ok(())
}

/// The release without its last number, if it has more than one, and the last that is left raised by one.
fn bumped(version: &str) -> String {
    let release = version
        .split(|c: char| c.is_ascii_alphabetic() || c == '-')
        .next()
        .unwrap_or(version)
        .trim_end_matches('.');
    let mut numbers: Vec<&str> = release.split('.').collect();
    if numbers.len() > 1 {
        numbers.pop();
    }
    let last = numbers.pop().map(super::increment).unwrap_or_default();
    let mut bumped = String::new();
    for number in numbers {
        let number = number.trim_start_matches('0');
        bumped.push_str(if number.is_empty() { "0" } else { number });
        bumped.push('.');
    }
    bumped + &last
}
