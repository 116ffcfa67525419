//! C and C++: Conan's version ranges.
//!
//! Source: Conan 2 documentation, "Version ranges"; Conan 2.34, `VersionRange`.
//!
//! Traps: a space means "and"; `~1.2.3` and `~1.2` end at `1.3-`, `~1` at `2-`, `^0.1.2` at `0.2-`, where the
//! hyphen is Conan's lowest pre-release; the tool's `>=1.0` begins at `1.0-` and its `<2.0` ends there, which
//! [`super::Reading::Order`] does not read into a written bound; `1.2.*` is a beginning of text for the tool;
//! build metadata takes part in the order. By default pre-releases match only with the option
//! `include_prerelease`. A bound that ends in a hyphen (`>1-`) is that lowest pre-release; VERS writes a
//! lower one without the hyphen.

use super::Syntax;
use super::increment;
use super::part::{Admits, Alternative, Bound, Part, Rule};
use super::text::{Cursor, NotRange, split_or};
use crate::vers::Comparator;

const COMPARATORS: &[(&str, Comparator)] = &[
    (">=", Comparator::GreaterOrEqual),
    ("<=", Comparator::LessOrEqual),
    (">", Comparator::Greater),
    ("<", Comparator::Less),
    ("=", Comparator::Equal),
];

pub(super) fn parse(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let whole = Cursor::new(syntax, text);
    let body = text.trim();
    let body = body
        .strip_prefix('[')
        .and_then(|body| body.strip_suffix(']'))
        .unwrap_or(body);
    let (expression, options) = body.split_once(',').unwrap_or((body, ""));
    let mut include = false;
    for option in options.split(',').map(str::trim) {
        if option.starts_with("include_prerelease") {
            include = true;
        } else if !option.is_empty() && !option.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Err(whole.error_at_text(option, "the option `include_prerelease`"));
        }
    }
    let mut alternatives = Vec::new();
    for part in split_or(expression) {
        let mut parts = Vec::new();
        let mut words = part.split_whitespace().peekable();
        if words.peek().is_none() {
            parts.push(everything());
        }
        for word in words {
            let mut cursor = whole;
            cursor.enter(word);
            constraint(&mut cursor, &mut parts)?;
        }
        let admits = if include { Admits::All } else { Admits::None };
        alternatives.push(Alternative::admitting(parts, admits));
    }
    Ok(alternatives)
}

/// Conan's star begins at `0.0.0`.
fn everything() -> Part {
    from("0.0.0")
}

/// `>=1.0` as the tool reads it: from its lowest pre-release on.
fn from(version: &str) -> Part {
    let part = Part::bound(Comparator::GreaterOrEqual, version);
    part.admitting(Rule::Bound(Bound::new(
        Comparator::GreaterOrEqual,
        lowest(version),
    )))
}

/// The lowest pre-release of a version that names neither a pre-release nor a build.
fn lowest(version: &str) -> String {
    if version.contains('-') || version.contains('+') {
        version.to_owned()
    } else {
        format!("{version}-")
    }
}

fn constraint(cursor: &mut Cursor<'_>, parts: &mut Vec<Part>) -> Result<(), NotRange> {
    if matches!(cursor.rest(), "*" | "*-") {
        parts.push(everything());
        return Ok(());
    }
    let tilde = cursor.eat("~");
    let caret = !tilde && cursor.eat("^");
    if (tilde || caret) && cursor.rest().starts_with('=') {
        return Err(cursor.error("a version: the sign before it takes no `=`"));
    }
    let comparator = if tilde || caret {
        None
    } else {
        cursor.sign(COMPARATORS)
    };
    let written = cursor.rest();
    if written.is_empty() || written.starts_with(['<', '>', '=', '~', '^', '!']) {
        return Err(cursor.error("a version"));
    }
    let version = written.strip_suffix('-').unwrap_or(written);
    if tilde || caret {
        let main = main_items(version);
        let place = if tilde {
            Some(main.len().saturating_sub(1).min(1))
        } else {
            main.iter().position(|item| !is_zero(item))
        };
        let end = place
            .and_then(|place| upper_bound(&main, place))
            .ok_or_else(|| cursor.error("a number above zero that can be raised"))?;
        parts.push(from(version));
        parts.push(Part::bound(Comparator::Less, end));
        return Ok(());
    }
    if comparator.is_none()
        && let Some(prefix) = version.strip_suffix('*')
    {
        let numbers = prefix.strip_suffix('.').unwrap_or(prefix);
        let main = main_items(numbers);
        if prefix.len() == numbers.len() || numbers.is_empty() {
            return Err(cursor.error("numbers, a dot and a star"));
        }
        parts.push(
            Part::bound(Comparator::GreaterOrEqual, lowest(numbers))
                .written(Comparator::GreaterOrEqual, numbers)
                .admitting(Rule::Prefix(prefix.to_owned())),
        );
        let end = upper_bound(&main, main.len().saturating_sub(1))
            .ok_or_else(|| cursor.error("a number before the star"))?;
        parts.push(Part::bound(Comparator::Less, end).admitting(Rule::Any));
        return Ok(());
    }
    parts.push(match comparator {
        Some(Comparator::GreaterOrEqual) => from(version),
        Some(Comparator::Less) => {
            let tool = Bound::new(Comparator::Less, lowest(written));
            Part::bound(Comparator::Less, written).admitting(Rule::Bound(tool))
        }
        Some(comparator) => Part::bound(comparator, written).written(comparator, version),
        None => Part::bound(Comparator::Equal, written),
    });
    Ok(())
}

/// The items before pre-release and build.
fn main_items(version: &str) -> Vec<&str> {
    let main = version.split('+').next().unwrap_or(version);
    let main = main.split('-').next().unwrap_or(main);
    main.split('.').collect()
}

fn is_number(item: &str) -> bool {
    !item.is_empty() && item.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_zero(item: &str) -> bool {
    is_number(item) && item.bytes().all(|byte| byte == b'0')
}

/// The lowest pre-release of the version whose item at this place is one higher; words cannot be raised.
fn upper_bound(main: &[&str], place: usize) -> Option<String> {
    let mut items: Vec<&str> = main.iter().copied().take(place).collect();
    let raised = main.get(place).copied().filter(|item| is_number(item))?;
    let raised = increment(raised);
    items.push(&raised);
    Some(items.join(".") + "-")
}
