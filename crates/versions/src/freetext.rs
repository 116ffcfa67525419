//! Ranges as advisories write them in prose: "Version 1.1.0 and below", "All versions prior to 3.2 SP1".
//!
//! Source: the product-version texts of CISA's medical (ICSMA) and industrial (ICSA) advisories, of the CVE
//! records of makers of medical devices, and of field safety notices; CSAF 2.0, 3.1.2 asks for free text or
//! VERS there. Every text of the medical advisories stands with its reading in `tests/it/version-texts.tsv`.
//!
//! A text is read whole or not at all: a word that is not understood (a product's name, a date, a serial number)
//! leaves it [`Unread`] with the reason, because half a range is a wrong range. What stays open inside a text that
//! is read is open in the answer: a version is held to be outside only where every reading of the text says so.
//! Hence no wide or narrow reading is chosen; the same text may say "affected" in one paper and "fixed" in the
//! next.
//!
//! Traps:
//!
//! - A bar separates alternatives ("1.1 | 1.2") or the two ends of one range (">= 1.0 | <= 1.3").
//! - Several upper ends in a row ("< 19.0.1 | < 18.0.1", "prior to 1.99, 2.20 or 2.40") are the ends of release
//!   branches that the text does not name: only what lies below or above all of them is decided.
//! - A condition ("only when running on …") leaves what is inside open; what is outside stays outside. Words that
//!   could add versions ("7.50 may also be affected") leave the whole text unread.
//! - Authors write models, editions and part numbers in place of versions ("MMT-1710", "2nd Edition"): they say
//!   nothing of any version ([`Range::Named`]).
//! - "4.0" may mean 4.0 or all of 4.0.x; a listed version decides nothing about one that is stated more or less
//!   exactly.
//! - "V14 < V14 SP3" has its lower end in front; an underscore stands for a space ("V16_Update_7"); "< SP1 P01"
//!   counts within a version that stands elsewhere; in "< V3.X.14" the line is left out.
//! - "up to 3.2" and "between 1 and 2" include their ends.

mod listed;
mod names;
mod reader;
mod single;
mod stretches;
mod tokens;
mod version;
mod words;

use std::fmt;

use crate::Scheme;
use crate::range::{Bound, Containment, Reason, between, is_unstated};
use crate::vers::{Comparator, Vers};

use stretches::{Point, stretches};

pub use listed::listed;
pub use single::single;

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
    /// The upper ends of release branches that the text does not name; at least two.
    Branches(Vec<End>),
    /// A stretch whose versions are meant only under a condition, which no version tells.
    Conditional {
        /// The stretch.
        range: Box<Self>,
        /// The condition, in the words of the text.
        condition: String,
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
            Self::Exactly(point) => listed(scheme, version, point),
            Self::Except(point) => match listed(scheme, version, point) {
                Containment::In => Containment::Out,
                Containment::Out => Containment::In,
                undetermined @ Containment::Undetermined(_) => undetermined,
            },
            Self::Named(name) if names::is_same(name, version) => Containment::In,
            Self::Named(_) => Containment::Undetermined(Reason::Named),
            Self::Between { from, to } => between(
                scheme,
                version,
                from.as_ref().map(End::bound),
                to.as_ref().map(End::bound),
            ),
            Self::Branches(ends) => {
                let mut answers = ends
                    .iter()
                    .map(|end| between(scheme, version, None, Some(end.bound())));
                let first = answers.next().unwrap_or(Containment::Out);
                answers.fold(first, |before, next| match (before, next) {
                    (undetermined @ Containment::Undetermined(_), _)
                    | (_, undetermined @ Containment::Undetermined(_)) => undetermined,
                    (before, next) if before == next => before,
                    _ => Containment::Undetermined(Reason::Branches),
                })
            }
            Self::Conditional { range, condition } => match range.contains(scheme, version) {
                Containment::In => Containment::Undetermined(Reason::Condition(condition.clone())),
                other => other,
            },
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
                    let sign = if from.inclusive { ">=" } else { ">" };
                    write!(f, "{sign}{}", from.version)?;
                }
                if from.is_some() && to.is_some() {
                    f.write_str(" ")?;
                }
                to.as_ref().map_or(Ok(()), |to| upper(to, f))
            }
            Self::Branches(ends) => {
                for (index, end) in ends.iter().enumerate() {
                    if index > 0 {
                        f.write_str(" or ")?;
                    }
                    upper(end, f)?;
                }
                Ok(())
            }
            Self::Conditional { range, condition } => write!(f, "{range} if: {condition}"),
        }
    }
}

fn upper(end: &End, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let sign = if end.inclusive { "<=" } else { "<" };
    write!(f, "{sign}{}", end.version)
}

/// Whether any of the stretches holds a version; no stretch holds none.
pub fn contains(ranges: &[Range], scheme: Option<Scheme>, version: &str) -> Containment {
    ranges
        .iter()
        .map(|range| range.contains(scheme, version))
        .fold(Containment::Out, Containment::or)
}

/// Whether a text of any notation covers a version: VERS in the order it names, all else as prose.
///
/// `scheme` is the order to use where the text names none.
pub fn covers(text: &str, scheme: Option<Scheme>, version: &str) -> Result<Containment, Unread> {
    match vers(text.trim()) {
        Some(vers) => {
            let vers = vers?;
            Ok(vers.contains_under(vers.scheme().or(scheme), version))
        }
        None => Ok(contains(&parse(text)?, scheme, version)),
    }
}

/// The comparator that a text begins with, and what follows it; authors also type `=<`, `=>`, `==` and `≤`.
pub fn comparator(text: &str) -> Option<(Comparator, &str)> {
    words::SIGNS
        .iter()
        .find_map(|(sign, comparator)| Some((*comparator, text.strip_prefix(sign)?.trim_start())))
}

/// What a text is about, by its words alone; it need not be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// A word such as "version", "release" or "firmware" stands in it.
    pub versions: bool,
    /// A word such as "prior", "through" or "later" stands in it.
    pub range: bool,
}

impl Subject {
    /// Looks for the words.
    pub fn of(text: &str) -> Self {
        let has = |lists: &[&[&str]]| {
            text.split(|c: char| !c.is_alphanumeric() && c != '.')
                .filter(|word| word.len() > 2)
                .any(|word| lists.iter().any(|list| words::listed(word, list)))
        };
        Self {
            versions: has(&[words::ANNOUNCING, words::REVISION]),
            range: has(&[words::BELOW, words::ABOVE, words::THROUGH]),
        }
    }
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
    /// Serial numbers in place of versions.
    #[error("the range is given by serial number, not by version")]
    SerialNumber,
    /// A service pack, patch or build of a version that the text does not state.
    #[error("`{0}` counts within a version that the text does not state")]
    Level(String),
    /// A wildcard with further numbers behind it.
    #[error("`{0}` leaves out which line is meant")]
    Wildcard(String),
    /// Lower ends, or a version behind one, that do not say which upper end they belong to.
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
/// The answer is a union: a version is in the text's range if any stretch holds it. Time is linear in the
/// text, which is at most 1000 bytes long, and there are no more stretches than bytes.
pub fn parse(text: &str) -> Result<Vec<Range>, Unread> {
    if text.len() > MAX_LENGTH {
        return Err(Unread::TooLong);
    }
    let text = text.trim().trim_end_matches([',', ';', '.']).trim();
    if text == "*" {
        return Ok(vec![Range::All]);
    }
    if is_unstated(text) {
        return Err(Unread::Unstated);
    }
    if let Some(vers) = vers(text) {
        return from_vers(&vers?);
    }
    // `vers:all/<V3.19 P006`: no VERS, as only `*` may follow, and plain enough.
    let text = text.strip_prefix("vers:all/").unwrap_or(text);
    prose(text).map_err(|why| match why {
        Unread::Words(_) if text.to_ascii_lowercase().contains("serial") => Unread::SerialNumber,
        Unread::Words(_) if is_dated(text) => Unread::Date,
        why => why,
    })
}

/// The VERS that a text is, if it claims to be one.
fn vers(text: &str) -> Option<Result<Vers, crate::vers::NotVers>> {
    let prose = text
        .strip_prefix("vers:all/")
        .is_some_and(|constraints| constraints.trim() != "*");
    (text.starts_with("vers:") && !prose).then(|| Vers::parse_lenient(text))
}

fn prose(text: &str) -> Result<Vec<Range>, Unread> {
    let parts: Vec<&str> = text
        .split(['|', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let mut points = Vec::new();
    let mut conditions: Vec<String> = Vec::new();
    for part in &parts {
        let start = points.len();
        let read = tokens::part(part)
            .and_then(|read| Ok((reader::read(&read.words, &mut points)?, read.condition)));
        match read {
            // Which of several parts a condition belongs to stays open, unless the part is a name with a remark.
            Ok((Some(condition), _) | (None, Some(condition)))
                if parts.len() > 1 && !names::is_name(part) =>
            {
                return Err(Unread::Words(condition));
            }
            Ok((clause, note)) if parts.len() == 1 || (clause.is_none() && note.is_none()) => {
                conditions.extend(clause.into_iter().chain(note));
            }
            Ok(_) => {
                points.truncate(start);
                points.push(Point::Named((*part).to_owned()));
            }
            Err(Unread::Words(_) | Unread::Level(_)) if names::is_name(part) => {
                points.truncate(start);
                points.push(name(part));
            }
            Err(why) => return Err(why),
        }
    }
    let ranges = stretches(points)?;
    if conditions.is_empty() {
        return Ok(ranges);
    }
    let condition = conditions.join("; ");
    Ok(ranges
        .into_iter()
        .map(|range| Range::Conditional {
            range: Box::new(range),
            condition: condition.clone(),
        })
        .collect())
}

/// A text without any word of a range: a version of an odd shape, or a name.
fn name(text: &str) -> Point {
    match single(text) {
        Some(version) if !names::may_be_model(version) && !names::is_rank(version) => Point::At {
            comparator: Comparator::Equal,
            version: version.to_owned(),
            shared: false,
        },
        _ => Point::Named(text.to_owned()),
    }
}

/// "manufactured prior to August 28": what is before or after is a day.
fn is_dated(text: &str) -> bool {
    let mut words = text
        .split_whitespace()
        .map(|word| word.trim_end_matches(','))
        .skip_while(|word| !words::listed(word, words::DATED));
    words.next().is_some()
        && words.any(|word| {
            words::listed(word, words::BELOW)
                || words::listed(word, words::ABOVE)
                || words::is_month(word)
        })
}

fn from_vers(vers: &Vers) -> Result<Vec<Range>, Unread> {
    if vers.constraints.is_empty() {
        return Ok(vec![Range::All]);
    }
    stretches(
        vers.constraints
            .iter()
            .map(|point| Point::At {
                comparator: point.comparator,
                version: point.version.clone(),
                shared: false,
            })
            .collect(),
    )
}

#[cfg(test)]
mod tests;
