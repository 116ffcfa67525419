//! Dart: pub.
//!
//! Source: dart.dev, "Package dependencies", section "Version constraints"; the package pub_semver,
//! `VersionConstraint.parse`, `Version.nextBreaking`, `VersionRange`.
//!
//! Traps: `^0.0.3` ends at `0.1.0`, not at `0.0.4`; a space means "and", there is no "or"; build metadata
//! takes part in the order; `<2.0.0` leaves the pre-releases of `2.0.0` out unless the lower bound is one of
//! them. Pub chooses a pre-release only where no release fits or a bound is a pre-release.

use super::Syntax;
use super::npm::is_pre_release_list;
use super::part::{Admits, Alternative, Bound, Part, Rule};
use super::text::{Cursor, NotRange};
use crate::vers::Comparator;

const COMPARATORS: &[(&str, Comparator)] = &[
    (">=", Comparator::GreaterOrEqual),
    ("<=", Comparator::LessOrEqual),
    (">", Comparator::Greater),
    ("<", Comparator::Less),
];

struct Version {
    numbers: [String; 3],
    suffix: String,
}

pub(super) fn parse(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let mut cursor = Cursor::new(syntax, text.trim());
    if cursor.eat("any") {
        if !cursor.is_end() {
            return Err(cursor.error("the end: `any` stands alone"));
        }
        return Ok(vec![Alternative::admitting(Vec::new(), Admits::None)]);
    }
    let mut bounds: Vec<(Comparator, Version)> = Vec::new();
    if cursor.eat("^") {
        cursor.skip_space();
        let version = version(&mut cursor)?;
        let [major, minor, _] = &version.numbers;
        let end = if major == "0" {
            format!("0.{}.0", super::increment(minor))
        } else {
            format!("{}.0.0", super::increment(major))
        };
        cursor.skip_space();
        if !cursor.is_end() {
            return Err(cursor.error("the end: a caret stands alone"));
        }
        let admits = admits(version.is_pre_release());
        let parts = vec![
            Part::bound(Comparator::GreaterOrEqual, version.text()),
            Part::below_pre_releases_of(syntax, &end),
        ];
        return Ok(vec![Alternative::admitting(parts, admits)]);
    }
    while !cursor.is_end() {
        let comparator = cursor.sign(COMPARATORS).unwrap_or(Comparator::Equal);
        cursor.skip_space();
        bounds.push((comparator, version(&mut cursor)?));
        cursor.skip_space();
    }
    if bounds.is_empty() {
        return Err(cursor.error("`any`, a caret, an operator or a version"));
    }
    let lower_pre_releases: Vec<String> = bounds
        .iter()
        .filter(|(comparator, version)| comparator.is_lower() && version.is_pre_release())
        .map(|(_, version)| version.release())
        .collect();
    let named = bounds.iter().any(|(_, version)| version.is_pre_release());
    let parts = bounds.iter().map(|(comparator, version)| {
        let part = Part::bound(*comparator, version.text());
        let release = version.release();
        let whole = version.suffix.is_empty() && !lower_pre_releases.contains(&release);
        if *comparator == Comparator::Less && whole {
            let first = Bound::new(Comparator::Less, format!("{release}-0"));
            return part.admitting(Rule::Bound(first));
        }
        part
    });
    Ok(vec![Alternative::admitting(parts.collect(), admits(named))])
}

fn admits(named: bool) -> Admits {
    if named { Admits::All } else { Admits::None }
}

fn version(cursor: &mut Cursor<'_>) -> Result<Version, NotRange> {
    let mut numbers = [String::new(), String::new(), String::new()];
    for (index, number) in numbers.iter_mut().enumerate() {
        if index > 0 && !cursor.eat(".") {
            return Err(cursor.error("three numbers between dots"));
        }
        let digits = cursor.take(|c| c.is_ascii_digit());
        if digits.is_empty() {
            return Err(cursor.error("a digit"));
        }
        digits.clone_into(number);
    }
    let start = *cursor;
    let suffix = cursor.take(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '+'));
    let lists = suffix.trim_start_matches(['-', '+']);
    if !suffix.is_empty()
        && (!suffix.starts_with(['-', '+'])
            || !lists.split('+').all(|list| {
                is_pre_release_list(list) || list.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            }))
    {
        return Err(start.error("`-` and a pre-release, `+` and build metadata, or the end"));
    }
    Ok(Version {
        numbers,
        suffix: suffix.to_owned(),
    })
}

impl Version {
    fn release(&self) -> String {
        self.numbers.join(".")
    }

    fn text(&self) -> String {
        self.release() + &self.suffix
    }

    fn is_pre_release(&self) -> bool {
        self.suffix.starts_with('-')
    }
}
