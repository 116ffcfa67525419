//! Rust: Cargo's version requirements.
//!
//! Source: The Cargo Book, "Specifying Dependencies"; the crate semver 1.0, `VersionReq`.
//!
//! Traps: no operator means caret, so `1.2.3` holds `1.9.0`; `=1.2` is a series and not one version;
//! constraints are joined by commas, there is no "or"; `^0.0` ends at `0.1.0`. By default a pre-release is
//! chosen only where a bound is a pre-release of the same three numbers, and never where a partial `=`,
//! `~`, `<=`, `>=` or a star means its series.

use super::Syntax;
use super::npm::{Partial, is_pre_release_list};
use super::part::{Admits, Alternative, Part, Rule};
use super::text::{Cursor, NotRange};
use crate::vers::Comparator;

/// `VersionReq` reads no more.
const MAX_COMPARATORS: usize = 32;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Compare(Comparator),
    Tilde,
    Caret,
}

const OPERATORS: &[(&str, Operator)] = &[
    (">=", Operator::Compare(Comparator::GreaterOrEqual)),
    ("<=", Operator::Compare(Comparator::LessOrEqual)),
    (">", Operator::Compare(Comparator::Greater)),
    ("<", Operator::Compare(Comparator::Less)),
    ("=", Operator::Compare(Comparator::Equal)),
    ("~", Operator::Tilde),
    ("^", Operator::Caret),
];

const WILD: [char; 3] = ['*', 'x', 'X'];

pub(super) fn parse(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let mut cursor = Cursor::new(syntax, text.trim());
    if cursor.eat("*") || cursor.eat("x") || cursor.eat("X") {
        if !cursor.is_end() {
            return Err(cursor.error("the end: a star stands alone"));
        }
        return Ok(vec![Alternative::admitting(Vec::new(), Admits::None)]);
    }
    let mut parts = Vec::new();
    let mut releases = Vec::new();
    for count in 1.. {
        if count > MAX_COMPARATORS {
            return Err(cursor.error("at most 32 comparators"));
        }
        comparator(&mut cursor, &mut parts, &mut releases)?;
        cursor.skip_space();
        if cursor.is_end() {
            break;
        }
        if !cursor.eat(",") {
            return Err(cursor.error("a comma or the end"));
        }
        cursor.skip_space();
    }
    Ok(vec![Alternative::admitting(parts, Admits::Of(releases))])
}

fn comparator(
    cursor: &mut Cursor<'_>,
    parts: &mut Vec<Part>,
    releases: &mut Vec<String>,
) -> Result<(), NotRange> {
    let operator = cursor.sign(OPERATORS);
    cursor.skip_space();
    let start = *cursor;
    let mut numbers = vec![number(cursor)?];
    let mut wild = false;
    while numbers.len() < 3 && cursor.eat(".") {
        if cursor.peek().is_some_and(|c| WILD.contains(&c)) {
            cursor.take_one();
            wild = true;
            if numbers.len() == 1 && cursor.rest().starts_with('.') {
                cursor.eat(".");
                if !cursor.peek().is_some_and(|c| WILD.contains(&c)) {
                    return Err(cursor.error("a star behind a star"));
                }
                cursor.take_one();
            }
            break;
        }
        numbers.push(number(cursor)?);
    }
    let mut version = Partial { numbers, pre: None };
    if !version.is_series() {
        if cursor.eat("-") {
            let pre = cursor.take(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
            if !is_pre_release_list(pre) {
                return Err(start.error("pre-release identifiers between dots"));
            }
            version.pre = Some(pre);
        }
        if cursor.eat("+") {
            let build = cursor.take(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
            if build.is_empty() {
                return Err(cursor.error("build metadata"));
            }
        }
    }
    if version.pre.is_some() {
        let numbers = version.numbers.clone();
        releases.push(Partial { numbers, pre: None }.text());
    }
    let operator = match operator {
        Some(operator) => operator,
        None if wild => Operator::Compare(Comparator::Equal),
        None => Operator::Caret,
    };
    parts.extend(constraint(operator, &version));
    Ok(())
}

fn number(cursor: &mut Cursor<'_>) -> Result<u64, NotRange> {
    let start = *cursor;
    let digits = cursor.take(|c| c.is_ascii_digit());
    let padded = digits.len() > 1 && digits.starts_with('0');
    digits
        .parse()
        .ok()
        .filter(|number| *number < u64::MAX && !padded)
        .ok_or_else(|| start.error("a number without leading zeros"))
}

fn constraint(operator: Operator, version: &Partial<'_>) -> Vec<Part> {
    let text = version.text();
    let after = version.next(version.numbers.len().saturating_sub(1));
    let since = |version: &str| Part::from_pre_releases_of(Syntax::Cargo, version);
    let below = |version: &str| Part::below_pre_releases_of(Syntax::Cargo, version);
    let first = |version: &str| format!("{version}-0");
    // The series itself holds no pre-releases; what lies beyond it does.
    let released = |part: Part| {
        let Part::Bound { order, .. } = &part else {
            return part;
        };
        let rule = Rule::NoPreReleaseWithin {
            bound: order.clone(),
            from: first(&text),
            below: first(&after),
        };
        part.by_default(rule)
    };
    match operator {
        Operator::Caret => {
            let from = if version.is_series() {
                since(&text)
            } else {
                Part::bound(Comparator::GreaterOrEqual, text.clone())
            };
            vec![from, below(&version.next(version.significant()))]
        }
        Operator::Tilde if version.is_series() => vec![released(since(&text)), below(&after)],
        Operator::Tilde => vec![
            Part::bound(Comparator::GreaterOrEqual, text.clone()),
            below(&version.next(1)),
        ],
        Operator::Compare(comparator) if version.is_series() => match comparator {
            Comparator::Greater => vec![since(&after)],
            Comparator::GreaterOrEqual => vec![released(since(&text))],
            Comparator::Less => vec![below(&text)],
            Comparator::LessOrEqual => vec![released(below(&after))],
            _ => vec![released(since(&text)), below(&after)],
        },
        Operator::Compare(comparator) => vec![Part::bound(comparator, text.clone())],
    }
}
