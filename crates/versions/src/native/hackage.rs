//! Haskell: Cabal's version ranges.
//!
//! Source: Cabal User Guide, `build-depends`; Haskell Package Versioning Policy.
//!
//! Traps: `^>= 1.2.3` ends at `1.3`, `^>= 1` at `1.1`; `== 1.2.*` does not hold a version below `1.2` nor
//! need three numbers; `&&` binds tighter than `||`; a set in braces is one constraint for each of its
//! versions. Parentheses are read around a whole alternative only.

use super::part::{Alternative, Part, combined};
use super::text::{Cursor, NotRange, split_or};
use super::{Syntax, increment};
use crate::vers::Comparator;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Compare(Comparator),
    Major,
}

const OPERATORS: &[(&str, Operator)] = &[
    ("^>=", Operator::Major),
    ("==", Operator::Compare(Comparator::Equal)),
    (">=", Operator::Compare(Comparator::GreaterOrEqual)),
    ("<=", Operator::Compare(Comparator::LessOrEqual)),
    (">", Operator::Compare(Comparator::Greater)),
    ("<", Operator::Compare(Comparator::Less)),
];

pub(super) fn parse(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let whole = Cursor::new(syntax, text);
    let mut alternatives = Vec::new();
    for part in split_or(text) {
        let part = part
            .strip_prefix('(')
            .and_then(|part| part.strip_suffix(')'))
            .unwrap_or(part);
        let mut cursor = whole;
        cursor.enter(part.trim());
        if cursor.rest() == "-any" {
            alternatives.push(Alternative::new(Vec::new()));
            continue;
        }
        if cursor.rest() == "-none" {
            continue;
        }
        let mut groups = Vec::new();
        for constraint in part.split("&&") {
            cursor.enter(constraint.trim());
            groups.push(sole(&mut cursor)?);
        }
        alternatives.extend(combined(&groups)?.into_iter().map(Alternative::new));
    }
    Ok(alternatives)
}

/// One constraint: as many alternatives as its set has versions, each of its parts.
fn sole(cursor: &mut Cursor<'_>) -> Result<Vec<Vec<Part>>, NotRange> {
    let Some(operator) = cursor.sign(OPERATORS) else {
        return Err(cursor.error("`^>=`, `==`, `>=`, `<=`, `>` or `<`"));
    };
    cursor.skip_space();
    let mut alternatives = Vec::new();
    let set = cursor.eat("{");
    loop {
        cursor.skip_space();
        alternatives.push(constraint(cursor, operator)?);
        cursor.skip_space();
        if !(set && cursor.eat(",")) {
            break;
        }
    }
    if set && !cursor.eat("}") {
        return Err(cursor.error("a comma or `}`"));
    }
    if !cursor.is_end() {
        return Err(cursor.error("`&&`, `||` or the end"));
    }
    Ok(alternatives)
}

fn constraint(cursor: &mut Cursor<'_>, operator: Operator) -> Result<Vec<Part>, NotRange> {
    let start = *cursor;
    let version = cursor.take(|c| c.is_ascii_digit() || c == '.');
    let series = version.strip_suffix('.').filter(|_| cursor.eat("*"));
    let numbers = series.unwrap_or(version);
    if numbers.is_empty() || numbers.split('.').any(str::is_empty) {
        return Err(start.error("numbers between dots"));
    }
    let raised = |count: usize| {
        let mut parts: Vec<String> = numbers.split('.').take(count).map(str::to_owned).collect();
        while parts.len() < count {
            parts.push("0".to_owned());
        }
        if let Some(last) = parts.last_mut() {
            *last = increment(last);
        }
        parts.join(".")
    };
    let from = Part::bound(Comparator::GreaterOrEqual, numbers);
    match (operator, series) {
        (Operator::Major, None) => Ok(vec![from, Part::bound(Comparator::Less, raised(2))]),
        (Operator::Compare(Comparator::Equal), Some(_)) => {
            let count = numbers.split('.').count();
            Ok(vec![from, Part::bound(Comparator::Less, raised(count))])
        }
        (Operator::Compare(comparator), None) => Ok(vec![Part::bound(comparator, numbers)]),
        _ => Err(start.error("a version without a star: only `==` takes one")),
    }
}
