//! Comparison operators, as advisories write them in every ecosystem.
//!
//! Source: GitHub's advisory database (`>= 1.0, < 2.0`), GitLab's (`>=1.0 <2.0||>=3.0`), apk, pacman and CRAN,
//! whose own constraints are operators.
//!
//! Traps: a comma, `&&`, `and` or white space between operators means "and", `||`, a single bar or `or`
//! means "or"; bare versions between commas are a list, any of which counts; `1.2.*` and `1.2.x` are a
//! series, `5.0 - 7.2` is closed; `<` means strictly less, whatever a package manager of old made of it. A
//! vendor's version may hold spaces (`8.2 SP1`) and ends at the next comma or operator. SemVer has no ranges
//! of its own: `^`, `~` and partial versions are read as node-semver reads them. Sets in brackets are read
//! as Maven writes them.

use super::part::{Alternative, Bound, Part, first_of};
use super::text::{Cursor, NotRange};
use super::{Syntax, increment, interval, npm};
use crate::Scheme;
use crate::order::compare;
use crate::vers::Comparator;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Compare(Comparator),
    Fuzzy,
}

const SIGNS: &[(&str, Sign)] = &[
    (">=", Sign::Compare(Comparator::GreaterOrEqual)),
    ("=>", Sign::Compare(Comparator::GreaterOrEqual)),
    ("≥", Sign::Compare(Comparator::GreaterOrEqual)),
    ("<=", Sign::Compare(Comparator::LessOrEqual)),
    ("=<", Sign::Compare(Comparator::LessOrEqual)),
    ("≤", Sign::Compare(Comparator::LessOrEqual)),
    ("!=", Sign::Compare(Comparator::NotEqual)),
    ("<>", Sign::Compare(Comparator::NotEqual)),
    ("<<", Sign::Compare(Comparator::Less)),
    (">>", Sign::Compare(Comparator::Greater)),
    ("==", Sign::Compare(Comparator::Equal)),
    ("=~", Sign::Fuzzy),
    ("~", Sign::Fuzzy),
    ("<", Sign::Compare(Comparator::Less)),
    (">", Sign::Compare(Comparator::Greater)),
    ("=", Sign::Compare(Comparator::Equal)),
];

pub(super) fn parse(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let why = match operators(syntax, text) {
        Ok(alternatives) => return Ok(alternatives),
        Err(why) => why,
    };
    let body = text.trim();
    if body.starts_with(['[', '(']) {
        let mut cursor = Cursor::new(syntax, text);
        cursor.enter(body);
        let sets = interval::sets(&mut cursor).map_err(|_| why.clone())?;
        for end in sets.iter().flat_map(|set| [set.from, set.to]) {
            if !end.is_empty() && !is_version(syntax, end) {
                return Err(cursor.error_at_text(end, "a version"));
            }
        }
        return Ok(sets.into_iter().map(interval::Set::alternative).collect());
    }
    if syntax.scheme() == Scheme::SemVer {
        return npm::parse(syntax, &text.replace(',', " ")).map_err(|_| why);
    }
    Err(why)
}

fn operators(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let mut cursor = Cursor::new(syntax, text);
    let body = text.trim();
    // CRAN writes a constraint in parentheses.
    let inner = body
        .strip_prefix('(')
        .and_then(|body| body.strip_suffix(')'))
        .map(str::trim)
        .filter(|inner| inner.starts_with(['<', '>', '=', '!']));
    cursor.enter(inner.unwrap_or(body));
    if cursor.is_end() {
        return Err(cursor.error("an operator or a version"));
    }
    let mut alternatives = Vec::new();
    let mut constraints = Vec::new();
    loop {
        constraints.push(constraint(&mut cursor, constraints.is_empty())?);
        let comma = separated(&mut cursor);
        let or = cursor.eat("||") || cursor.eat("|") || cursor.eat_word("or");
        if cursor.is_end() && (comma || or) {
            return Err(cursor.error("a constraint"));
        }
        if or || cursor.is_end() {
            alternatives.extend(joined(&cursor, std::mem::take(&mut constraints))?);
            if cursor.is_end() {
                return Ok(alternatives);
            }
            cursor.skip_space();
        } else if !comma && !begins_with_sign(cursor.rest()) {
            return Err(cursor.error("an operator, a comma, `||` or the end"));
        }
    }
}

/// Passes what says "and"; whether more than white space said so.
fn separated(cursor: &mut Cursor<'_>) -> bool {
    cursor.skip_space();
    let said = cursor.eat(",") || cursor.eat("&&") || cursor.eat("&") || cursor.eat_word("and");
    cursor.skip_space();
    said
}

fn begins_with_sign(text: &str) -> bool {
    SIGNS.iter().any(|(sign, _)| text.starts_with(sign))
}

struct Constraint {
    parts: Vec<Part>,
    bare: bool,
}

/// Bare versions are a list; everything else holds together.
fn joined(cursor: &Cursor<'_>, constraints: Vec<Constraint>) -> Result<Vec<Alternative>, NotRange> {
    let bare = constraints
        .iter()
        .filter(|constraint| constraint.bare)
        .count();
    if bare == constraints.len() {
        return Ok(constraints
            .into_iter()
            .map(|constraint| Alternative::new(constraint.parts))
            .collect());
    }
    if bare > 0 {
        return Err(cursor.error("either operators or a list of bare versions"));
    }
    let parts = constraints
        .into_iter()
        .flat_map(|constraint| constraint.parts)
        .collect();
    Ok(vec![Alternative::new(parts)])
}

fn constraint(cursor: &mut Cursor<'_>, first: bool) -> Result<Constraint, NotRange> {
    cursor.skip_space();
    if first && (cursor.eat_word("all") || cursor.eat_word("any") || cursor.rest() == "*") {
        cursor.eat("*");
        return Ok(Constraint {
            parts: Vec::new(),
            bare: true,
        });
    }
    let fuzzy = cursor.syntax.scheme() == Scheme::Alpine;
    let start = *cursor;
    let sign = cursor.sign(SIGNS);
    if sign == Some(Sign::Fuzzy) && !fuzzy {
        return Err(start.error("`>=`, `<=`, `!=`, `<`, `>`, `=` or a version"));
    }
    cursor.skip_space();
    let version = version(cursor)?;
    if sign.is_none() {
        let mut ahead = *cursor;
        if ahead.skip_space() && ahead.eat("-") && ahead.skip_space() {
            *cursor = ahead;
            let to = self::version(cursor)?;
            return Ok(Constraint {
                parts: vec![
                    Part::bound(Comparator::GreaterOrEqual, version),
                    Part::bound(Comparator::LessOrEqual, to),
                ],
                bare: true,
            });
        }
    }
    let comparator = match sign {
        Some(Sign::Compare(comparator)) => comparator,
        Some(Sign::Fuzzy) | None => Comparator::Equal,
    };
    let parts = match series(version) {
        Some(numbers) => of_series(cursor.syntax, comparator, numbers),
        None if sign == Some(Sign::Fuzzy) => of_series(cursor.syntax, comparator, version),
        None => vec![Part::bound(comparator, version)],
    };
    Ok(Constraint {
        parts,
        bare: sign.is_none(),
    })
}

fn version<'a>(cursor: &mut Cursor<'a>) -> Result<&'a str, NotRange> {
    let start = *cursor;
    let spaced = matches!(cursor.syntax.scheme(), Scheme::Generic | Scheme::Windows);
    let ends = |c: char| matches!(c, ',' | '|' | '&' | '<' | '>' | '=' | '!' | '≤' | '≥');
    let mut version = cursor.take(|c| !ends(c) && (spaced || !c.is_whitespace()));
    if spaced {
        for word in [" and ", " or ", " - "] {
            if let Some((head, _)) = version.split_once(word) {
                version = head;
            }
        }
        version = version.trim_end();
        *cursor = start;
        let length = version.len();
        cursor.enter(start.rest().get(length..).unwrap_or_default());
    }
    if series(version).is_some() || is_version(start.syntax, version) {
        return Ok(version);
    }
    Err(start.error("a version"))
}

/// Whether a text has a place in the order of the syntax' versions, and no sign of a range in it. A star
/// stands for every version, here and in VERS.
pub(super) fn is_version(syntax: Syntax, text: &str) -> bool {
    if text == "*" {
        return false;
    }
    let bracket = |c: char| matches!(c, '[' | ']' | '(' | ')' | '{' | '}');
    if syntax.scheme() != Scheme::Generic && text.contains(bracket) {
        return false;
    }
    compare(syntax.scheme(), text, text).is_ok()
        && crate::series::series(text).is_none()
        && !text
            .contains(|c: char| matches!(c, '*' | '^' | '~') && syntax.scheme() == Scheme::SemVer)
}

/// The numbers of a series: `1.2.*`, `5.x`.
fn series(version: &str) -> Option<&str> {
    let mut numbers = version;
    while let Some(shorter) = [".*", ".x", ".X"]
        .iter()
        .find_map(|wild| numbers.strip_suffix(wild))
    {
        numbers = shorter;
    }
    let plain = numbers.strip_prefix('v').unwrap_or(numbers);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (numbers.len() < version.len() && plain.split('.').all(digits)).then_some(plain)
}

fn of_series(syntax: Syntax, comparator: Comparator, numbers: &str) -> Vec<Part> {
    let next = match numbers.rsplit_once('.') {
        Some((head, last)) => format!("{head}.{}", increment(last)),
        None => increment(numbers),
    };
    let since = |version: &str| Part::from_pre_releases_of(syntax, version);
    let below = |version: &str| Part::below_pre_releases_of(syntax, version);
    match comparator {
        Comparator::Equal => vec![since(numbers), below(&next)],
        Comparator::NotEqual => {
            let end = |version: &str| Bound::new(Comparator::Less, first_of(syntax, version));
            vec![Part::Outside {
                from: end(numbers),
                below: end(&next),
                customary: (numbers.to_owned(), next),
            }]
        }
        Comparator::Less => vec![below(numbers)],
        Comparator::LessOrEqual => vec![below(&next)],
        Comparator::Greater => vec![since(&next)],
        Comparator::GreaterOrEqual => vec![since(numbers)],
    }
}
