//! PHP: Composer's version constraints.
//!
//! Source: getcomposer.org, "Versions and constraints"; composer/semver 3.3, `VersionParser`.
//!
//! Traps: `~1.2` ends at `2.0` and `~1.2.3` at `1.3`, as RubyGems' `~>`; `^0.3` ends at `0.4`; a hyphen needs
//! spaces, and its partial end is a series; a comma and a space mean "and", one bar or two mean "or". The tool
//! reads `>=1.0` from `1.0-dev` on and `<2.0` up to there, so that `2.0-beta1` is out and `1.0-beta1` in; that
//! is its setting of bounds among pre-releases, and [`super::Reading::Order`] compares instead. By default only
//! stable versions are chosen; `@beta` behind a constraint lowers that. A branch (`dev-main`) equals itself and
//! has no place in the order.

use super::part::{Admits, Alternative, Bound, Part, Rule};
use super::text::{Cursor, NotRange};
use super::{Syntax, increment};
use crate::packagist::normal::{Form, form};
use crate::vers::Comparator;

/// How finished a version is, by Composer's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stability {
    Dev,
    Alpha,
    Beta,
    Candidate,
    Stable,
}

impl Stability {
    /// The flag behind an at sign.
    fn of_flag(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "dev" => Self::Dev,
            "alpha" => Self::Alpha,
            "beta" => Self::Beta,
            "rc" => Self::Candidate,
            "stable" => Self::Stable,
            _ => return None,
        })
    }

    fn word(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Alpha => "alpha",
            Self::Beta => "beta",
            Self::Candidate => "RC",
            Self::Stable => "stable",
        }
    }
}

/// How stable a version is; a branch is a development version.
pub(super) fn stability(version: &str) -> Stability {
    match form(version.trim()) {
        Some(Form::Version(normal)) => stability_of_normal(&normal),
        _ => Stability::Dev,
    }
}

fn stability_of_normal(normal: &str) -> Stability {
    let suffix = normal.split_once('-').map_or("", |(_, suffix)| suffix);
    if suffix.ends_with("dev") {
        Stability::Dev
    } else if suffix.starts_with("alpha") {
        Stability::Alpha
    } else if suffix.starts_with("beta") {
        Stability::Beta
    } else if suffix.starts_with("RC") {
        Stability::Candidate
    } else {
        Stability::Stable
    }
}

const EXPECTED: &str = "a version that Composer reads";

pub(super) fn parse(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let whole = Cursor::new(syntax, text);
    let mut alternatives = Vec::new();
    let bars = text.split("||").flat_map(|part| part.split('|'));
    for part in bars.map(str::trim) {
        let mut parts = Vec::new();
        let mut least = Stability::Stable;
        let words = words(part);
        if words.is_empty() {
            return Err(whole.error_at_text(part, "a constraint"));
        }
        let mut index = 0;
        while let Some(word) = words.get(index) {
            if words.get(index + 1) == Some(&"-")
                && let Some(to) = words.get(index + 2)
            {
                hyphen(&whole, word, to, &mut parts, &mut least)?;
                index += 3;
                continue;
            }
            constraint(&whole, word, &mut parts, &mut least)?;
            index += 1;
        }
        alternatives.push(Alternative::admitting(parts, Admits::AtLeast(least)));
    }
    Ok(alternatives)
}

/// Constraints between commas and spaces, each with its operator.
fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c == ',' || c.is_whitespace());
        if rest.is_empty() {
            return words;
        }
        let operator = rest.starts_with(['<', '>', '=', '!']);
        let start = rest
            .find(|c: char| !(operator && matches!(c, '<' | '>' | '=' | '!' | ' ')))
            .unwrap_or(rest.len());
        let body = rest.get(start..).unwrap_or_default();
        let end = body
            .find(|c: char| c == ',' || c.is_whitespace())
            .unwrap_or(body.len());
        let (word, after) = rest.split_at_checked(start + end).unwrap_or((rest, ""));
        words.push(word);
        rest = after;
    }
}

fn dev_from(version: &str) -> Part {
    Part::from_pre_releases_of(Syntax::Composer, version)
}

fn dev_below(version: &str) -> Part {
    Part::below_pre_releases_of(Syntax::Composer, version)
}

/// The numbers that a version begins with, as written; what follows them.
fn numbers(written: &str) -> (Vec<&str>, &str) {
    let text = written.strip_prefix(['v', 'V']).unwrap_or(written);
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (head, _) = text.split_at_checked(end).unwrap_or((text, ""));
    let head = head.trim_end_matches('.');
    let tail = text.get(head.len()..).unwrap_or_default();
    (head.split('.').collect(), tail)
}

/// A version that shorthand begins or ends with.
struct Ending<'a> {
    written: &'a str,
    numbers: Vec<&'a str>,
    /// Whether a word or `dev` follows the numbers.
    suffix: bool,
}

impl<'a> Ending<'a> {
    fn new(whole: &Cursor<'_>, written: &'a str) -> Result<Self, NotRange> {
        let (numbers, tail) = numbers(written);
        let known = matches!(form(written), Some(Form::Version(_)));
        if !known || numbers.len() > 4 || numbers.iter().any(|number| number.is_empty()) {
            return Err(whole.error_at_text(written, EXPECTED));
        }
        let tail = tail.split('+').next().unwrap_or(tail);
        Ok(Self {
            written,
            numbers,
            suffix: tail.contains(|c: char| c.is_ascii_alphabetic()),
        })
    }

    /// From here on, from its first development version if it has no suffix.
    fn from(&self) -> Part {
        if self.suffix {
            Part::bound(Comparator::GreaterOrEqual, self.written)
        } else {
            dev_from(self.written)
        }
    }
}

/// A constraint without a hyphen.
fn constraint(
    whole: &Cursor<'_>,
    word: &str,
    parts: &mut Vec<Part>,
    least: &mut Stability,
) -> Result<(), NotRange> {
    let (body, flag) = match word.rsplit_once('@') {
        Some((body, flag)) => {
            let stability = Stability::of_flag(flag)
                .ok_or_else(|| whole.error_at_text(flag, "dev, alpha, beta, RC or stable"))?;
            (body, Some(stability))
        }
        None => (word, None),
    };
    if let Some(flag) = flag {
        *least = (*least).min(flag);
    }
    let body = if body.is_empty() { "*" } else { body };
    let stars = body.strip_prefix('v').unwrap_or(body);
    if stars.split('.').all(is_wild) {
        // A star alone forbids nothing; `v*` and `*.*` begin with the first development version.
        if body.len() > 1 {
            parts.push(dev_from("0.0.0.0"));
        }
        return Ok(());
    }
    let mut cursor = *whole;
    cursor.enter(body);
    let tilde = cursor.eat("~");
    if tilde && cursor.rest().starts_with('>') {
        return Err(cursor.error("`~` without `>`"));
    }
    if tilde || cursor.eat("^") {
        let version = Ending::new(whole, cursor.rest())?;
        *least = (*least).min(stability(version.written));
        parts.push(version.from());
        let count = version.numbers.len();
        // In `~2.x-dev` the x counts as a number.
        let branch = version.written.contains(['x', 'X', '*']);
        let place = if tilde {
            (count + usize::from(branch)).saturating_sub(2)
        } else {
            version
                .numbers
                .iter()
                .take(3)
                .position(|number| *number != "0")
                .unwrap_or(count.min(3).saturating_sub(1))
        };
        parts.push(dev_below(&raised(&version.numbers, place)));
        return Ok(());
    }
    if let Some(numbers) = series(body) {
        let places: Vec<&str> = numbers.split('.').collect();
        if places.iter().any(|number| *number != "0") {
            parts.push(dev_from(numbers));
        }
        parts.push(dev_below(&raised(&places, places.len() - 1)));
        return Ok(());
    }
    comparison(whole, cursor, parts, least, flag)
}

const COMPARATORS: &[(&str, Comparator)] = &[
    ("<>", Comparator::NotEqual),
    ("!=", Comparator::NotEqual),
    (">=", Comparator::GreaterOrEqual),
    ("<=", Comparator::LessOrEqual),
    ("==", Comparator::Equal),
    (">", Comparator::Greater),
    ("<", Comparator::Less),
    ("=", Comparator::Equal),
];

fn comparison(
    whole: &Cursor<'_>,
    mut cursor: Cursor<'_>,
    parts: &mut Vec<Part>,
    least: &mut Stability,
    flag: Option<Stability>,
) -> Result<(), NotRange> {
    let comparator = cursor.sign(COMPARATORS).unwrap_or(Comparator::Equal);
    cursor.skip_space();
    let written = cursor.rest();
    *least = (*least).min(stability(written));
    let part = Part::bound(comparator, written);
    let normal = match form(written) {
        Some(Form::Version(normal)) => normal,
        Some(Form::Branch) if matches!(comparator, Comparator::Equal | Comparator::NotEqual) => {
            parts.push(part);
            return Ok(());
        }
        _ => return Err(whole.error_at_text(written, EXPECTED)),
    };
    let stable = stability_of_normal(&normal) == Stability::Stable;
    let flag = flag.filter(|flag| *flag != Stability::Stable);
    let bound = match flag {
        Some(flag) if comparator != Comparator::Equal && stable => {
            Some(format!("{normal}-{}", flag.word()))
        }
        _ if matches!(comparator, Comparator::Less | Comparator::GreaterOrEqual)
            && !has_hyphenated_suffix(written) =>
        {
            Some(format!("{normal}-dev"))
        }
        _ => None,
    };
    parts.push(match bound {
        Some(bound) => part.admitting(Rule::Bound(Bound::new(comparator, bound))),
        None => part,
    });
    Ok(())
}

/// Whether the tool sees a suffix that keeps it from adding `-dev`: one behind a hyphen, and not `RC`, which
/// it looks for in upper case in a text that it made lower case.
fn has_hyphenated_suffix(written: &str) -> bool {
    let lower = written.to_ascii_lowercase();
    lower.match_indices('-').any(|(at, _)| {
        let tail = lower.get(at + 1..).unwrap_or_default();
        let modifier = matches!(form(&format!("1.0.0.0-{tail}")), Some(Form::Version(_)));
        modifier && !tail.contains("rc") && !tail.contains('+')
    })
}

/// `1.0 - 2.0`: the partial end is a series.
fn hyphen(
    whole: &Cursor<'_>,
    from: &str,
    to: &str,
    parts: &mut Vec<Part>,
    least: &mut Stability,
) -> Result<(), NotRange> {
    let (lower, upper) = (Ending::new(whole, from)?, Ending::new(whole, to)?);
    *least = (*least).min(stability(from)).min(stability(to));
    parts.push(lower.from());
    parts.push(if upper.numbers.len() > 2 || upper.suffix {
        Part::bound(Comparator::LessOrEqual, to)
    } else {
        dev_below(&raised(&upper.numbers, upper.numbers.len() - 1))
    });
    Ok(())
}

/// The numbers up to a place, that one raised.
fn raised(numbers: &[&str], place: usize) -> String {
    let mut kept: Vec<String> = numbers
        .iter()
        .take(place + 1)
        .map(|number| (*number).to_owned())
        .collect();
    // A place behind the numbers is a number that is not written.
    while kept.len() <= place {
        kept.push("0".to_owned());
    }
    if let Some(last) = kept.last_mut() {
        *last = increment(last);
    }
    kept.join(".")
}

fn is_wild(part: &str) -> bool {
    matches!(part, "x" | "X" | "*")
}

/// `1.2.*`: one to three numbers before the stars.
fn series(text: &str) -> Option<&str> {
    let mut numbers = text.strip_prefix('v').unwrap_or(text);
    let whole = numbers.len();
    while let Some((head, last)) = numbers.rsplit_once('.') {
        if !is_wild(last) {
            break;
        }
        numbers = head;
    }
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let plain = numbers.split('.').all(digits) && numbers.split('.').count() <= 3;
    (numbers.len() < whole && plain).then_some(numbers)
}
