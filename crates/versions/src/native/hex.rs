//! Elixir and Erlang: Hex.
//!
//! Source: Elixir, module `Version`, "Requirements".
//!
//! Traps: versions must have three numbers, only `~>` takes two; `~> 2.1` ends at `3.0.0`, `~> 2.1.0` at
//! `2.2.0`, both below its pre-releases; constraints are joined by the words `and` and `or`, and `and` binds
//! tighter; `!` alone means `!=`. Pre-releases match by their order; Mix chooses them only where the
//! requirement names one.

use super::Syntax;
use super::npm::is_pre_release_list;
use super::part::{Admits, Alternative, Part};
use super::text::{COMPARATORS, Cursor, NotRange};
use crate::vers::Comparator;

pub(super) fn parse(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let mut cursor = Cursor::new(syntax, text.trim());
    let mut alternatives = Vec::new();
    let mut parts = Vec::new();
    let mut named = false;
    loop {
        constraint(&mut cursor, &mut parts, &mut named)?;
        let apart = cursor.skip_space();
        if cursor.is_end() || (apart && cursor.eat_word("or")) {
            let admits = if std::mem::take(&mut named) {
                Admits::All
            } else {
                Admits::None
            };
            alternatives.push(Alternative::admitting(std::mem::take(&mut parts), admits));
            if cursor.is_end() {
                return Ok(alternatives);
            }
        } else if !(apart && cursor.eat_word("and")) {
            return Err(cursor.error("`and`, `or` or the end"));
        }
    }
}

fn constraint(
    cursor: &mut Cursor<'_>,
    parts: &mut Vec<Part>,
    named: &mut bool,
) -> Result<(), NotRange> {
    cursor.skip_space();
    let approximate = cursor.eat("~>");
    let comparator = if approximate {
        Comparator::GreaterOrEqual
    } else if cursor.rest().starts_with('=') && !cursor.rest().starts_with("==") {
        return Err(cursor.error("`==`"));
    } else {
        match cursor.sign(COMPARATORS) {
            Some(comparator) => comparator,
            None if cursor.eat("!") => Comparator::NotEqual,
            None => Comparator::Equal,
        }
    };
    cursor.skip_space();
    let start = *cursor;
    let mut numbers = Vec::new();
    loop {
        let place = *cursor;
        let digits = cursor.take(|c| c.is_ascii_digit());
        if digits.is_empty() || (digits.len() > 1 && digits.starts_with('0')) {
            return Err(place.error("a number without leading zeros"));
        }
        numbers.push(digits);
        if numbers.len() == 3 || !cursor.eat(".") {
            break;
        }
    }
    if numbers.len() < 2 || (numbers.len() == 2 && !approximate) {
        return Err(cursor.error("three numbers between dots"));
    }
    let mut version = numbers.join(".");
    if numbers.len() == 2 {
        version.push_str(".0");
    }
    if cursor.eat("-") {
        let pre = cursor.take(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
        if !is_pre_release_list(pre) {
            return Err(start.error("pre-release identifiers between dots"));
        }
        version = format!("{version}-{pre}");
        *named = true;
    }
    if cursor.eat("+") {
        cursor.take(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    }
    parts.push(Part::bound(comparator, version));
    if approximate {
        let raised = numbers.get(numbers.len() - 2).copied().unwrap_or("0");
        let raised = super::increment(raised);
        let end = match numbers.as_slice() {
            [major, _, _] => format!("{major}.{raised}.0"),
            _ => format!("{raised}.0.0"),
        };
        parts.push(Part::below_pre_releases_of(Syntax::Hex, &end));
    }
    Ok(())
}
