//! Ranges as advisories write them in prose: "Version 1.1.0 and below", "All versions prior to 3.2 SP1".
//!
//! Source: the product-version texts of CISA's medical (ICSMA) and industrial (ICSA) advisories and of the
//! vendors they quote; CSAF 2.0, 3.1.2 asks for free text or VERS there.
//!
//! A text is read whole or not at all: a word that is not understood ("only when running on …", a model
//! name, a date, a serial number) leaves it [`Unread`] with the reason, because half a range is a wrong
//! range. Where the language is loose, the wider reading is taken: "up to 3.2" and "between 1 and 2"
//! include their ends.
//!
//! Traps: a bar separates alternatives ("1.1 | 1.2") or the two ends of one range (">= 1.0 | <= 1.3");
//! several upper ends in a row ("< 19.0.1 | < 18.0.1") mean release branches that the text does not name;
//! "V14 < V14 SP3" has its lower end in front; an underscore stands for a space ("V16_Update_7").

mod reader;

use std::cmp::Ordering;
use std::fmt;

use crate::Scheme;
use crate::order::compare;
use crate::range::{Bound, Containment, Reason, between, equal, is_unstated};
use crate::vers::{Comparator, Vers};

use reader::{ABOVE, BELOW, NARROWING, Point, Reader, is_lower, words};

/// The longest text that is read as a range.
const MAX_LENGTH: usize = 1000;

/// One stretch of versions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Range {
    /// Every version.
    All,
    /// One version, or one series (`5.x`).
    Exactly(String),
    /// Every version but one.
    Except(String),
    /// A name that stands where a version should: a model, an edition, a part number. The same text is the
    /// same thing; another text says nothing.
    Named(String),
    /// From one end to another; at least one of them is there.
    Between {
        /// The lower end.
        from: Option<End>,
        /// The upper end.
        to: Option<End>,
    },
}

/// An end of a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The version as the text has it.
    pub version: String,
    /// Whether it belongs to the stretch.
    pub inclusive: bool,
}

impl End {
    fn bound(&self) -> Bound<'_> {
        Bound {
            version: &self.version,
            inclusive: self.inclusive,
        }
    }
}

impl Range {
    /// Whether the stretch holds a version.
    pub fn contains(&self, scheme: Option<Scheme>, version: &str) -> Containment {
        match self {
            Self::All => Containment::In,
            Self::Exactly(point) => equal(scheme, version, point),
            Self::Except(point) => match equal(scheme, version, point) {
                Containment::In => Containment::Out,
                Containment::Out => Containment::In,
                undetermined @ Containment::Undetermined(_) => undetermined,
            },
            Self::Named(name) if name.eq_ignore_ascii_case(version.trim()) => Containment::In,
            Self::Named(_) => Containment::Undetermined(Reason::Named),
            Self::Between { from, to } => between(
                scheme,
                version,
                from.as_ref().map(End::bound),
                to.as_ref().map(End::bound),
            ),
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::Exactly(version) => f.write_str(version),
            Self::Named(name) => write!(f, "`{name}`"),
            Self::Except(version) => write!(f, "!={version}"),
            Self::Between { from, to } => {
                if let Some(from) = from {
                    write!(
                        f,
                        "{}{}",
                        if from.inclusive { ">=" } else { ">" },
                        from.version
                    )?;
                }
                if from.is_some() && to.is_some() {
                    f.write_str(" ")?;
                }
                if let Some(to) = to {
                    write!(f, "{}{}", if to.inclusive { "<=" } else { "<" }, to.version)?;
                }
                Ok(())
            }
        }
    }
}

/// Whether any of the stretches holds a version; no stretch holds none.
pub fn contains(ranges: &[Range], scheme: Option<Scheme>, version: &str) -> Containment {
    ranges
        .iter()
        .map(|range| range.contains(scheme, version))
        .fold(Containment::Out, Containment::or)
}

/// Why a text is not read as a range; the text itself stays with the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unread {
    /// Nothing, or a word for nothing.
    #[error("the text states no version")]
    Unstated,
    /// Longer than any real range.
    #[error("the text is longer than {MAX_LENGTH} bytes")]
    TooLong,
    /// Words beside the versions that narrow the range or name something else.
    #[error("the words `{0}` are not understood as part of a range")]
    Words(String),
    /// A place for a version without one.
    #[error("a version is missing where the text wants one")]
    NoVersion,
    /// A calendar date in place of a version.
    #[error("the range is given by date, not by version")]
    Date,
    /// Ends that belong to release branches which are not named.
    #[error("the text has several ends without saying which belong together")]
    Branches,
    /// A lower end above its upper end: a mistake of the writer, and no empty range.
    #[error("the lower end `{from}` is above the upper end `{to}`")]
    Inverted {
        /// The lower end.
        from: String,
        /// The upper end.
        to: String,
    },
    /// A VERS that is none.
    #[error("{0}")]
    Vers(#[from] crate::vers::NotVers),
}

/// Reads a range in prose, in operators or as VERS.
///
/// The answer is a union: a version is in the text's range if any stretch holds it.
pub fn parse(text: &str) -> Result<Vec<Range>, Unread> {
    if text.len() > MAX_LENGTH {
        return Err(Unread::TooLong);
    }
    let text = text.trim().trim_end_matches([',', ';', '.']).trim();
    let text = match text
        .strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'))
    {
        Some(inner) if !inner.contains(['(', ')']) => inner.trim(),
        _ => text,
    };
    if text == "*" {
        return Ok(vec![Range::All]);
    }
    if is_unstated(text) {
        return Err(Unread::Unstated);
    }
    if text.starts_with("vers:") {
        return from_vers(&Vers::parse_lenient(text)?);
    }
    let mut points = Vec::new();
    for part in text
        .split(['|', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let start = points.len();
        let read = without_note(part).and_then(|range| {
            let words = words(range);
            Reader {
                words: &words,
                at: 0,
                points: &mut points,
            }
            .read()
        });
        match read {
            Ok(()) => {}
            Err(Unread::Words(_)) if is_name(part) => {
                points.truncate(start);
                points.push(Point::Named(part.to_owned()));
            }
            Err(why) => return Err(why),
        }
    }
    assemble(points)
}

/// Words between two ends.
const BETWEEN: &[&str] = &[
    "to", "through", "thru", "until", "from", "since", "between", "all", "any",
];

/// Whether a text without any word of a range can be a model's or an edition's name.
fn is_name(text: &str) -> bool {
    let mut words = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ','));
    text.len() <= 80
        && !text.contains(['<', '>', '=', '≤', '≥', '*', '_'])
        && !words.any(|word| {
            [NARROWING, BELOW, ABOVE, BETWEEN]
                .iter()
                .any(|list| list.iter().any(|known| known.eq_ignore_ascii_case(word)))
        })
}

fn from_vers(vers: &Vers) -> Result<Vec<Range>, Unread> {
    if vers.constraints.is_empty() {
        return Ok(vec![Range::All]);
    }
    assemble(
        vers.constraints
            .iter()
            .map(|point| Point::At(point.comparator, point.version.clone()))
            .collect(),
    )
}

/// A trailing remark in parentheses that does not narrow the range.
fn without_note(text: &str) -> Result<&str, Unread> {
    let Some((range, note)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) else {
        return Ok(text);
    };
    if range.trim().is_empty() {
        return Ok(text);
    }
    let lower = note.to_ascii_lowercase();
    let narrows = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| NARROWING.contains(&word));
    // A remark about a place, an age or the product is none about versions.
    let names_versions = lower.split_whitespace().any(|word| {
        word.contains('.')
            && word
                .trim_end_matches('.')
                .contains(|c: char| c.is_ascii_digit())
    });
    if narrows || names_versions || note.contains(['(', ')']) {
        return Err(Unread::Words(format!("({note})")));
    }
    Ok(range.trim())
}

/// A bare number of three digits or more that is no year: as likely a model as a version.
fn may_be_model(version: &str) -> bool {
    let year = version.len() == 4 && (version.starts_with("19") || version.starts_with("20"));
    version.len() >= 3 && version.bytes().all(|byte| byte.is_ascii_digit()) && !year
}

/// Points in the order of the text become stretches: a lower end waits for the upper end behind it.
fn assemble(points: Vec<Point>) -> Result<Vec<Range>, Unread> {
    let mut ranges: Vec<Range> = Vec::new();
    let mut from: Option<End> = None;
    let mut open_below = 0;
    for point in points {
        let (comparator, version) = match point {
            Point::All => {
                ranges.push(Range::All);
                continue;
            }
            Point::Named(name) => {
                ranges.push(Range::Named(name));
                continue;
            }
            Point::At(comparator, version) => (comparator, version),
        };
        let inclusive = matches!(
            comparator,
            Comparator::LessOrEqual | Comparator::GreaterOrEqual
        );
        match comparator {
            Comparator::Equal | Comparator::NotEqual if from.is_some() => {
                return Err(Unread::Branches);
            }
            Comparator::Equal if may_be_model(&version) => ranges.push(Range::Named(version)),
            Comparator::Equal => ranges.push(Range::Exactly(version)),
            Comparator::NotEqual => ranges.push(Range::Except(version)),
            _ if is_lower(comparator) => {
                if from.replace(End { version, inclusive }).is_some() {
                    return Err(Unread::Branches);
                }
            }
            _ => {
                open_below += usize::from(from.is_none());
                if let Some(from) = &from
                    && compare(Scheme::Generic, &from.version, &version) == Ok(Ordering::Greater)
                {
                    return Err(Unread::Inverted {
                        from: from.version.clone(),
                        to: version,
                    });
                }
                ranges.push(Range::Between {
                    from: from.take(),
                    to: Some(End { version, inclusive }),
                });
            }
        }
    }
    if from.is_some() {
        ranges.push(Range::Between { from, to: None });
    }
    let excluding = ranges
        .iter()
        .filter(|range| matches!(range, Range::Except(_)))
        .count();
    if open_below > 1 || (excluding > 0 && ranges.len() > 1) {
        return Err(Unread::Branches);
    }
    if ranges.is_empty() {
        return Err(Unread::NoVersion);
    }
    Ok(ranges)
}

#[cfg(test)]
mod tests;
