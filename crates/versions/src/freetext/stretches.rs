//! From the points of a text, in its order, to stretches.

use std::cmp::Ordering;

use super::names::may_be_model;
use super::{End, Range, Unread};
use crate::Scheme;
use crate::order::compare;
use crate::vers::Comparator;

/// What a text says, in its order.
#[derive(Debug, Clone)]
pub(super) enum Point {
    All,
    Named(String),
    At {
        comparator: Comparator,
        version: String,
        /// Whether it stands behind its comparator, so that a version after it may share it.
        shared: bool,
    },
}

/// Points become stretches: a lower end waits for the upper end behind it.
pub(super) fn stretches(points: Vec<Point>) -> Result<Vec<Range>, Unread> {
    let mut ranges: Vec<Range> = Vec::new();
    let mut from: Option<End> = None;
    // Upper ends without a lower one: more than one are the ends of branches.
    let mut ends: Vec<End> = Vec::new();
    let mut shared_end = false;
    for point in points {
        let (comparator, version, shared) = match point {
            Point::All => {
                ranges.push(Range::All);
                continue;
            }
            Point::Named(name) => {
                ranges.push(Range::Named(name));
                continue;
            }
            Point::At {
                comparator,
                version,
                shared,
            } => (comparator, version, shared),
        };
        match comparator {
            Comparator::Equal | Comparator::NotEqual if from.is_some() => {
                return Err(Unread::Branches);
            }
            // "prior to 1.99, 2.20 or 2.40": the ends of three branches, or the last two themselves.
            Comparator::Equal if shared_end => ends.push(End {
                version,
                inclusive: true,
            }),
            Comparator::Equal if may_be_model(&version) => ranges.push(Range::Named(version)),
            Comparator::Equal => ranges.push(Range::Exactly(version)),
            Comparator::NotEqual => ranges.push(Range::Except(version)),
            Comparator::Greater | Comparator::GreaterOrEqual => {
                let inclusive = comparator == Comparator::GreaterOrEqual;
                if from.replace(End { version, inclusive }).is_some() {
                    return Err(Unread::Branches);
                }
            }
            Comparator::Less | Comparator::LessOrEqual => {
                let to = End {
                    version,
                    inclusive: comparator == Comparator::LessOrEqual,
                };
                match from.take() {
                    None => {
                        shared_end |= shared;
                        ends.push(to);
                    }
                    Some(from) => ranges.push(between(from, to)?),
                }
            }
        }
    }
    if from.is_some() {
        ranges.push(Range::Between { from, to: None });
    }
    if ends.len() > 1 {
        ranges.push(Range::Branches(ends));
    } else if let Some(to) = ends.pop() {
        ranges.push(Range::Between {
            from: None,
            to: Some(to),
        });
    }
    let excludes = ranges.iter().any(|range| matches!(range, Range::Except(_)));
    if excludes && ranges.len() > 1 {
        return Err(Unread::Branches);
    }
    if ranges.is_empty() {
        return Err(Unread::NoVersion);
    }
    Ok(ranges)
}

fn between(from: End, to: End) -> Result<Range, Unread> {
    if compare(Scheme::Generic, &from.version, &to.version) == Ok(Ordering::Greater) {
        return Err(Unread::Inverted {
            from: from.version,
            to: to.version,
        });
    }
    Ok(Range::Between {
        from: Some(from),
        to: Some(to),
    })
}

/// Whether two texts can be the two ends of one stretch: what stands before their numbers is alike.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let prefix = |text: &str| {
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        text.find(|c: char| c.is_ascii_digit())
            .unwrap_or(text.len())
    };
    prefix(a) == prefix(b)
}

pub(super) fn is_lower(comparator: Comparator) -> bool {
    matches!(comparator, Comparator::Greater | Comparator::GreaterOrEqual)
}

pub(super) fn is_upper(comparator: Comparator) -> bool {
    matches!(comparator, Comparator::Less | Comparator::LessOrEqual)
}
