//! Python: version specifiers.
//!
//! Source: PyPA specifications, "Version specifiers" (PEP 440); the package packaging 26, `SpecifierSet`.
//!
//! Traps: `~=2.2` ends below `3`, `~=2.2.0` below `2.3`, and `~=1` is no specifier; `==1.1.*` holds
//! `1.1.dev0`; `==1.0` holds `1.0+local`, `==1.0+local` nothing else; `===` compares the text. The tools'
//! `<2.0` leaves the pre-releases of `2.0` out and their `>1.7` the post-releases of `1.7`
//! ("Exclusive ordered comparison"): these are rules of choosing, and [`super::Reading::Order`] compares
//! instead. By default a pre-release is chosen only where a specifier other than `!=` names one, or where
//! nothing else fits. `||` between alternatives is not Python's own but is found in advisories, and read.

use super::Syntax;
use super::part::{Admits, Alternative, Bound, Part, Rule, first_of};
use super::text::{Cursor, NotRange, split_or};
use crate::pep440::{Anatomy, anatomy};
use crate::vers::Comparator;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Compare(Comparator),
    Compatible,
    Identical,
}

const OPERATORS: &[(&str, Operator)] = &[
    ("===", Operator::Identical),
    ("~=", Operator::Compatible),
    ("==", Operator::Compare(Comparator::Equal)),
    ("!=", Operator::Compare(Comparator::NotEqual)),
    ("<=", Operator::Compare(Comparator::LessOrEqual)),
    (">=", Operator::Compare(Comparator::GreaterOrEqual)),
    ("<", Operator::Compare(Comparator::Less)),
    (">", Operator::Compare(Comparator::Greater)),
];

pub(super) fn parse(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let whole = Cursor::new(syntax, text);
    let mut alternatives = Vec::new();
    for part in split_or(text) {
        let mut cursor = whole;
        cursor.enter(
            part.strip_prefix('(')
                .and_then(|part| part.strip_suffix(')'))
                .unwrap_or(part),
        );
        let mut parts = Vec::new();
        let mut named = false;
        loop {
            cursor.skip_space();
            // Empty specifiers between commas say nothing.
            if !cursor.is_end() && !cursor.rest().starts_with(',') {
                specifier(&mut cursor, &mut parts, &mut named)?;
                cursor.skip_space();
            }
            if cursor.is_end() {
                break;
            }
            if !cursor.eat(",") {
                return Err(cursor.error("a comma or the end"));
            }
        }
        let admits = if named { Admits::All } else { Admits::None };
        alternatives.push(Alternative::admitting(parts, admits));
    }
    Ok(alternatives)
}

fn specifier(
    cursor: &mut Cursor<'_>,
    parts: &mut Vec<Part>,
    named: &mut bool,
) -> Result<(), NotRange> {
    let Some(operator) = cursor.sign(OPERATORS) else {
        return Err(cursor.error("`~=`, `==`, `!=`, `<=`, `>=`, `<`, `>` or `===`"));
    };
    cursor.skip_space();
    let start = *cursor;
    let version = cursor.take(|c| !c.is_whitespace() && !matches!(c, ',' | ';' | ')'));
    if version.is_empty() {
        return Err(start.error("a version"));
    }
    if operator == Operator::Identical {
        *named |= anatomy(version).is_some_and(Anatomy::is_pre_release);
        let rule = Rule::SameText(version.to_owned());
        parts.push(Part::bound(Comparator::Equal, version).admitting(rule));
        return Ok(());
    }
    if let Some(prefix) = version.strip_suffix(".*") {
        let Operator::Compare(comparator @ (Comparator::Equal | Comparator::NotEqual)) = operator
        else {
            return Err(start.error("a version without a star: only `==` and `!=` take one"));
        };
        let next = release(prefix)
            .filter(|_| anatomy(prefix).is_some_and(Anatomy::is_final))
            .map(|release| raised(prefix, release))
            .ok_or_else(|| start.error("a release before the star"))?;
        if comparator == Comparator::Equal {
            parts.push(Part::from_pre_releases_of(Syntax::Pep440, prefix));
            parts.push(Part::below_pre_releases_of(Syntax::Pep440, &next));
        } else {
            let end =
                |version: &str| Bound::new(Comparator::Less, first_of(Syntax::Pep440, version));
            parts.push(Part::Outside {
                from: end(prefix),
                below: end(&next),
                customary: (prefix.to_owned(), next),
            });
        }
        return Ok(());
    }
    let Some(anatomy) = anatomy(version) else {
        return Err(start.error("a version of PEP 440"));
    };
    let equality = matches!(
        operator,
        Operator::Compare(Comparator::Equal | Comparator::NotEqual)
    );
    if anatomy.local && !equality {
        return Err(start.error("a version without a local label"));
    }
    if operator != Operator::Compare(Comparator::NotEqual) {
        *named |= anatomy.is_pre_release();
    }
    match operator {
        Operator::Compatible => {
            let end = release(version)
                .filter(|release| release.contains('.'))
                .and_then(|release| {
                    let (shorter, _) = release.rsplit_once('.')?;
                    Some(raised(version, shorter))
                })
                .ok_or_else(|| start.error("at least two numbers"))?;
            parts.push(Part::bound(Comparator::GreaterOrEqual, version));
            parts.push(Part::below_pre_releases_of(Syntax::Pep440, &end));
        }
        Operator::Compare(Comparator::Less) if !anatomy.is_pre_release() => {
            let first = Bound::new(Comparator::Less, first_of(Syntax::Pep440, version));
            parts.push(Part::bound(Comparator::Less, version).admitting(Rule::Bound(first)));
        }
        Operator::Compare(Comparator::Greater) if !anatomy.dev && !anatomy.post => {
            let rule = Rule::AbovePosts(version.to_owned());
            parts.push(Part::bound(Comparator::Greater, version).admitting(rule));
        }
        Operator::Compare(comparator) => parts.push(Part::bound(comparator, version)),
        Operator::Identical => {}
    }
    Ok(())
}

/// The numbers of a version, without its epoch and what follows them.
fn release(version: &str) -> Option<&str> {
    let numbers = version.split_once('!').map_or(version, |(_, rest)| rest);
    let numbers = numbers.trim_start_matches(['v', 'V']);
    let end = numbers
        .char_indices()
        .find(|(at, c)| {
            let after = numbers.get(at + 1..).unwrap_or_default();
            !(c.is_ascii_digit() || (*c == '.' && after.starts_with(|c: char| c.is_ascii_digit())))
        })
        .map_or(numbers.len(), |(at, _)| at);
    numbers.get(..end).filter(|release| !release.is_empty())
}

/// The same epoch with the last number of a release raised by one.
fn raised(version: &str, release: &str) -> String {
    let epoch = version
        .split_once('!')
        .map(|(epoch, _)| format!("{epoch}!"))
        .unwrap_or_default();
    match release.rsplit_once('.') {
        Some((head, last)) => format!("{epoch}{head}.{}", super::increment(last)),
        None => format!("{epoch}{}", super::increment(release)),
    }
}
