//! .NET: NuGet's version ranges and floating versions.
//!
//! Source: Microsoft Learn, "NuGet package versioning", sections "Version ranges" and "Floating versions";
//! NuGet.Versioning, `VersionRange.Parse`, `FloatRange`.
//!
//! Traps: a version without brackets is a minimum, `1.0` means `>=1.0`; `[1.0]` is exact and `(1.0)` is no
//! range; a floating version is the series that it floats in (`1.*`, `1.2.*`), of which only `-*` admits
//! pre-releases; `1.2.3-beta*` floats from that pre-release to the release. NuGet itself falls back to the
//! lowest later version where the series has none: that is a choice of last resort and not read as part of
//! the range.

use super::part::{Admits, Alternative, Part};
use super::text::{Cursor, NotRange};
use super::{Syntax, increment, interval};
use crate::Scheme;
use crate::order::key;
use crate::vers::Comparator;

pub(super) fn parse(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let mut cursor = Cursor::new(syntax, text.trim());
    if !cursor.rest().starts_with(['[', '(']) {
        let version = cursor.rest();
        if version.contains('*') {
            return Ok(vec![floating(&cursor, version)?]);
        }
        check(&cursor, version)?;
        return Ok(vec![Alternative::new(vec![Part::bound(
            Comparator::GreaterOrEqual,
            version,
        )])]);
    }
    let whole = cursor;
    let mut alternatives = Vec::new();
    for set in interval::sets(&mut cursor)? {
        if set.from.contains('*') {
            // `[1.*, 2.0)`: floats from the beginning of the series up to the end.
            let mut alternative = floating(&whole, set.from)?;
            alternative.parts.retain(
                |part| matches!(part, Part::Bound { order, .. } if order.comparator.is_lower()),
            );
            if !set.to.is_empty() {
                check(&whole, set.to)?;
                alternative.parts.push(Part::bound(
                    if set.to_inside {
                        Comparator::LessOrEqual
                    } else {
                        Comparator::Less
                    },
                    set.to,
                ));
            }
            alternatives.push(alternative);
            continue;
        }
        for end in [set.from, set.to] {
            if !end.is_empty() {
                check(&whole, end)?;
            }
        }
        alternatives.push(set.alternative());
    }
    Ok(alternatives)
}

fn check(whole: &Cursor<'_>, version: &str) -> Result<(), NotRange> {
    match key(Scheme::NuGet, version) {
        Ok(_) => Ok(()),
        Err(_) => Err(whole.error_at_text(version, "a version")),
    }
}

/// `*`, `1.*`, `1.2.*-*`, `1.2.3-*`, `1.2.3-beta*`.
fn floating(whole: &Cursor<'_>, text: &str) -> Result<Alternative, NotRange> {
    let error = || whole.error_at_text(text, "numbers, a star, and `-*` for pre-releases");
    if let Some((release, label)) = text.split_once('-')
        && !release.contains('*')
    {
        let prefix = label.strip_suffix('*').ok_or_else(error)?;
        let prefix = prefix.trim_end_matches('.');
        let first = format!("{release}-{}", if prefix.is_empty() { "0" } else { prefix });
        check(whole, release)?;
        key(Scheme::NuGet, &first).map_err(|_| error())?;
        return Ok(Alternative::new(vec![
            Part::bound(Comparator::GreaterOrEqual, first),
            Part::bound(Comparator::LessOrEqual, release),
        ]));
    }
    let (series, admits) = match text.strip_suffix("-*") {
        Some(series) => (series, Admits::All),
        None => (text, Admits::None),
    };
    if series == "*" {
        return Ok(Alternative::admitting(Vec::new(), admits));
    }
    let numbers = series.strip_suffix(".*").ok_or_else(error)?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !numbers.split('.').all(digits) || numbers.split('.').count() > 3 {
        return Err(error());
    }
    let next = match numbers.rsplit_once('.') {
        Some((head, last)) => format!("{head}.{}", increment(last)),
        None => increment(numbers),
    };
    Ok(Alternative::admitting(
        vec![
            Part::from_pre_releases_of(Syntax::NuGet, numbers),
            Part::below_pre_releases_of(Syntax::NuGet, &next),
        ],
        admits,
    ))
}
