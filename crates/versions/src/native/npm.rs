//! npm: node-semver's ranges.
//!
//! Source: node-semver 7.8, README "Ranges" and classes/range.js.
//!
//! Traps: a partial version is a series (`1.2` is `1.2.x`), also behind an operator: `<=1.2` ends below
//! `1.3.0-0`, `>1.2` begins at `1.3.0`; `^0.2.3` ends at `0.3.0` and `^0.0.3` at `0.0.4`; a space means "and",
//! so `1.1.2 1.2.2` holds nothing; a hyphen needs spaces around it, and its partial end is a series; `>*`
//! and `<*` hold nothing; build metadata is dropped. An upper end that shorthand makes is below every
//! pre-release of it. By default a pre-release is chosen only where a bound of the same alternative is a
//! pre-release of the same three numbers.

use super::Syntax;
use super::part::{Admits, Alternative, Bound, Part, Rule};
use super::text::{Cursor, NotRange, split_or};
use crate::vers::Comparator;

/// node-semver refuses numbers that JavaScript cannot hold exactly.
const MAX_NUMBER: u64 = (1 << 53) - 1;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Compare(Comparator),
    Tilde,
    Caret,
    None,
}

const OPERATORS: &[(&str, Operator)] = &[
    (">=", Operator::Compare(Comparator::GreaterOrEqual)),
    ("<=", Operator::Compare(Comparator::LessOrEqual)),
    (">", Operator::Compare(Comparator::Greater)),
    ("<", Operator::Compare(Comparator::Less)),
    ("=", Operator::None),
    ("~>", Operator::Tilde),
    ("~", Operator::Tilde),
    ("^", Operator::Caret),
];

/// A version of which the last numbers may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Partial<'a> {
    /// At most three.
    pub(super) numbers: Vec<u64>,
    /// Only behind three numbers.
    pub(super) pre: Option<&'a str>,
}

impl Partial<'_> {
    pub(super) fn text(&self) -> String {
        let release = release(&self.numbers);
        match self.pre {
            Some(pre) => format!("{release}-{pre}"),
            None => release,
        }
    }

    pub(super) fn is_series(&self) -> bool {
        self.numbers.len() < 3
    }

    /// The first release whose number at this place is one higher.
    pub(super) fn next(&self, place: usize) -> String {
        let mut numbers: Vec<u64> = self.numbers.iter().copied().take(place + 1).collect();
        if let Some(last) = numbers.last_mut() {
            *last += 1;
        }
        release(&numbers)
    }

    /// The first release after the series, or after the version.
    fn after(&self) -> String {
        self.next(self.numbers.len().saturating_sub(1))
    }

    /// The place of the left-most number that is not zero; the last one stated if all are.
    pub(super) fn significant(&self) -> usize {
        self.numbers
            .iter()
            .position(|number| *number != 0)
            .unwrap_or(self.numbers.len().saturating_sub(1))
    }
}

fn release(numbers: &[u64]) -> String {
    let at = |place: usize| numbers.get(place).copied().unwrap_or(0);
    format!("{}.{}.{}", at(0), at(1), at(2))
}

pub(super) fn parse(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let whole = Cursor::new(syntax, text);
    let mut alternatives = Vec::new();
    let mut any = Vec::new();
    for part in split_or(text) {
        let (alternative, is_any) = alternative(&whole, part)?;
        alternatives.push(alternative);
        any.push(is_any);
    }
    // Beside an alternative that forbids nothing node-semver forgets the others, and with them the
    // pre-releases that they name.
    if any.contains(&true) {
        for alternative in &mut alternatives {
            alternative.admits = Admits::None;
        }
    }
    Ok(alternatives)
}

/// One alternative, and whether node-semver by default takes it for `*`.
fn alternative(whole: &Cursor<'_>, text: &str) -> Result<(Alternative, bool), NotRange> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if let [from, "-", to] = words.as_slice() {
        let (from, to) = (partial(whole, from, false)?, partial(whole, to, false)?);
        return Ok(finish([from_end(&from), to_end(&to)].concat()));
    }
    let mut parts = Vec::new();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let mut cursor = *whole;
        cursor.enter(word);
        let mut operator = cursor.sign(OPERATORS).unwrap_or(Operator::None);
        let stated = cursor.rest().len() < word.len();
        if cursor.is_end() && stated {
            let next = words.next();
            cursor.enter(next.ok_or_else(|| whole.error_at_end(word, "a version"))?);
            // White space may stand inside the operator too: `> =1.2`.
            if let Operator::Compare(strict) = operator
                && matches!(strict, Comparator::Greater | Comparator::Less)
                && cursor.eat("=")
            {
                operator = Operator::Compare(match strict {
                    Comparator::Greater => Comparator::GreaterOrEqual,
                    _ => Comparator::LessOrEqual,
                });
            }
        }
        let in_order = !matches!(operator, Operator::Tilde | Operator::Caret);
        let version = partial(whole, cursor.rest(), in_order)?;
        parts.extend(constraint(operator, &version));
    }
    Ok(finish(parts))
}

fn finish(parts: Vec<Part>) -> (Alternative, bool) {
    let mut releases = Vec::new();
    let mut any = true;
    for part in &parts {
        let Part::Bound { order, default, .. } = part else {
            continue;
        };
        any &= matches!(default, Some(Rule::Any));
        let bound = match default {
            Some(Rule::Bound(bound)) => bound,
            Some(_) => continue,
            None => order,
        };
        if let Some((release, _)) = bound.version.split_once('-') {
            releases.push(release.to_owned());
        }
    }
    (Alternative::admitting(parts, Admits::Of(releases)), any)
}

/// `>=0.0.0` is every version for node-semver, unless pre-releases are admitted.
fn default_from(version: String) -> Rule {
    if version == "0.0.0" {
        return Rule::Any;
    }
    Rule::Bound(Bound::new(Comparator::GreaterOrEqual, version))
}

/// The beginning of a series, pre-releases among it.
fn since(version: &str) -> Part {
    Part::from_pre_releases_of(Syntax::Npm, version).by_default(default_from(version.to_owned()))
}

fn below(version: &str) -> Part {
    Part::below_pre_releases_of(Syntax::Npm, version)
}

fn from_end(from: &Partial<'_>) -> Vec<Part> {
    if from.numbers.is_empty() {
        return Vec::new();
    }
    if from.pre.is_some() {
        return vec![Part::bound(Comparator::GreaterOrEqual, from.text())];
    }
    vec![since(&from.text())]
}

fn to_end(to: &Partial<'_>) -> Vec<Part> {
    if to.numbers.is_empty() {
        return Vec::new();
    }
    if to.is_series() {
        return vec![below(&to.after())];
    }
    if to.pre.is_some() {
        return vec![Part::bound(Comparator::LessOrEqual, to.text())];
    }
    vec![
        below(&to.after())
            .written(Comparator::LessOrEqual, to.text())
            .by_default(Rule::Bound(Bound::new(Comparator::LessOrEqual, to.text()))),
    ]
}

fn constraint(operator: Operator, version: &Partial<'_>) -> Vec<Part> {
    let text = version.text();
    if version.numbers.is_empty() {
        return match operator {
            // Nothing is above or below everything.
            Operator::Compare(Comparator::Greater | Comparator::Less) => {
                vec![Part::bound(Comparator::Less, "0.0.0-0")]
            }
            _ => Vec::new(),
        };
    }
    match operator {
        Operator::None if version.is_series() => vec![since(&text), below(&version.after())],
        Operator::None => vec![Part::bound(Comparator::Equal, text)],
        Operator::Tilde | Operator::Caret => {
            let place = if operator == Operator::Caret {
                version.significant()
            } else {
                version.numbers.len().saturating_sub(1).min(1)
            };
            let from = if version.is_series() {
                since(&text)
            } else if version.pre.is_none() {
                Part::bound(Comparator::GreaterOrEqual, text.clone()).by_default(default_from(text))
            } else {
                Part::bound(Comparator::GreaterOrEqual, text)
            };
            vec![from, below(&version.next(place))]
        }
        Operator::Compare(comparator) if version.is_series() => match comparator {
            Comparator::Greater => vec![since(&version.after())],
            Comparator::LessOrEqual => vec![below(&version.after())],
            Comparator::Less => vec![below(&text)],
            _ => vec![since(&text)],
        },
        Operator::Compare(Comparator::GreaterOrEqual) => {
            let part = Part::bound(Comparator::GreaterOrEqual, text.clone());
            vec![match text.as_str() {
                "0.0.0" => part.by_default(Rule::Any),
                _ => part,
            }]
        }
        Operator::Compare(comparator) => vec![Part::bound(comparator, text)],
    }
}

/// `1`, `1.2`, `1.2.x`, `1.2.3-rc.1+build`, `*`; a letter `v` in front is passed over. `in_order` refuses
/// a number behind an x; node-semver passes over it behind a tilde, a caret and beside a hyphen.
pub(super) fn partial<'a>(
    whole: &Cursor<'_>,
    text: &'a str,
    in_order: bool,
) -> Result<Partial<'a>, NotRange> {
    let expected = "numbers between dots, an x or a star";
    let error = |place: &str, expected| Err(whole.error_at_text(place, expected));
    let core = text.split('+').next().unwrap_or(text);
    let core = core.strip_prefix('v').unwrap_or(core);
    if core.is_empty() {
        return error(text, expected);
    }
    let (numbers_text, pre) = match core.split_once('-') {
        Some((numbers, pre)) => (numbers, Some(pre)),
        None => (core, None),
    };
    let mut numbers = Vec::new();
    let mut wild = false;
    let mut count = 0;
    for part in numbers_text.split('.') {
        count += 1;
        if count > 3 {
            return error(part, "at most three numbers");
        }
        if matches!(part, "x" | "X" | "*") {
            wild = true;
            continue;
        }
        let number = number(part).ok_or_else(|| whole.error_at_text(part, expected))?;
        if wild && in_order {
            return error(part, "nothing but x or star behind an x or star");
        }
        if !wild {
            numbers.push(number);
        }
    }
    if let Some(pre) = pre
        && (count < 3 || !is_pre_release_list(pre))
    {
        return error(pre, "a pre-release only behind three numbers");
    }
    // Behind an x a pre-release says nothing.
    let pre = pre.filter(|_| !wild);
    Ok(Partial { numbers, pre })
}

/// A number without leading zeros that JavaScript can hold.
pub(super) fn number(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit())
        && !text.is_empty()
        && (text == "0" || !text.starts_with('0'));
    plain
        .then(|| text.parse().ok())
        .flatten()
        .filter(|number| *number < MAX_NUMBER)
}

/// SemVer 2.0.0, item 9: identifiers between dots, numeric ones without leading zeros.
pub(super) fn is_pre_release_list(text: &str) -> bool {
    text.split('.').all(|identifier| {
        let numeric = identifier.bytes().all(|byte| byte.is_ascii_digit());
        !identifier.is_empty()
            && identifier
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !(numeric && identifier.len() > 1 && identifier.starts_with('0'))
    })
}
