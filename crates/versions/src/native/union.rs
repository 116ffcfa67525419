//! A range as a union of intervals, and as VERS.
//!
//! Source: VERS specification, "Version range specifier" and "VERS validation rules": versions are sorted
//! and unique, a version that stands between two intervals is `!=`.

use std::cmp::Ordering;

use super::Syntax;
use super::part::{Alternative, Bound, Part};
use crate::order::Undetermined;
use crate::range::{Coarser, coarser, range_order};
use crate::vers::{Comparator, Constraint, Vers};

/// Why a range has no VERS.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoVers {
    /// Two bounds have no order, and VERS is sorted.
    #[error("{a} and {b} have no order, and the constraints of a VERS are sorted: {why}")]
    Unordered {
        /// A bound.
        a: String,
        /// Another bound.
        b: String,
        /// Why they have no order.
        #[source]
        why: Undetermined,
    },
    /// The range prefers a version without excluding others.
    #[error("the range prefers {0} and excludes nothing, which VERS cannot say")]
    Preference(String),
}

/// Which text of a bound is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// The exact bound, `<2.0.0-0`.
    Exact,
    /// As VERS texts customarily write it, `<2.0.0`.
    Customary,
}

/// A place between versions: just below a version, or just above it.
#[derive(Debug, Clone, Copy)]
struct Cut<'a> {
    version: &'a str,
    above: bool,
}

/// Versions between two cuts; an absent cut is open.
#[derive(Debug, Clone, Copy)]
struct Interval<'a> {
    from: Option<Cut<'a>>,
    to: Option<Cut<'a>>,
}

const EVERYTHING: Interval<'static> = Interval {
    from: None,
    to: None,
};

/// Whether the constraints of an alternative leave no version; `false` where their order is unknown.
pub(super) fn contradicts(syntax: Syntax, alternative: &Alternative) -> bool {
    alternative.parts.len() > 1
        && intervals(syntax, alternative, Spelling::Exact).is_ok_and(|left| left.is_empty())
}

/// The union of all alternatives.
pub(super) fn vers(
    syntax: Syntax,
    alternatives: &[Alternative],
    spelling: Spelling,
) -> Result<Vers, NoVers> {
    let mut all = Vec::new();
    for alternative in alternatives {
        all.extend(intervals(syntax, alternative, spelling)?);
    }
    let united = unite(syntax, all)?;
    if united.is_empty() {
        return Ok(Vers {
            name: "none".to_owned(),
            constraints: Vec::new(),
        });
    }
    let mut constraints = Vec::new();
    let mut push = |comparator, version: &str| {
        constraints.push(Constraint {
            comparator,
            version: version.to_owned(),
        });
    };
    let mut open_hole = false;
    for (index, interval) in united.iter().enumerate() {
        let next = united.get(index + 1);
        // Below and above the same version, and not the version itself.
        let hole = match (interval.to, next.and_then(|next| next.from)) {
            (Some(to), Some(from)) if !to.above && from.above => {
                order(syntax, to.version, from.version)? == Ordering::Equal
            }
            _ => false,
        };
        if let (Some(from), Some(to)) = (interval.from, interval.to)
            && !open_hole
            && !from.above
            && to.above
            && order(syntax, from.version, to.version)? == Ordering::Equal
        {
            push(Comparator::Equal, from.version);
            continue;
        }
        if let Some(from) = interval.from
            && !open_hole
        {
            let comparator = if from.above {
                Comparator::Greater
            } else {
                Comparator::GreaterOrEqual
            };
            push(comparator, from.version);
        }
        if let Some(to) = interval.to {
            let comparator = match (hole, to.above) {
                (true, _) => Comparator::NotEqual,
                (false, true) => Comparator::LessOrEqual,
                (false, false) => Comparator::Less,
            };
            push(comparator, to.version);
        }
        open_hole = hole;
    }
    Ok(Vers {
        name: syntax.vers_name().to_owned(),
        constraints,
    })
}

/// What the constraints of one alternative leave, in order.
fn intervals(
    syntax: Syntax,
    alternative: &Alternative,
    spelling: Spelling,
) -> Result<Vec<Interval<'_>>, NoVers> {
    let mut left = vec![EVERYTHING];
    for part in &alternative.parts {
        match part {
            Part::Bound {
                order, customary, ..
            } => {
                let bound = match (spelling, customary) {
                    (Spelling::Customary, Some(customary)) => customary,
                    _ => order,
                };
                left = narrowed(syntax, &left, &shape(bound))?;
            }
            Part::Outside {
                from,
                below,
                customary,
            } => {
                let (from, below) = match spelling {
                    Spelling::Exact => (from.version.as_str(), below.version.as_str()),
                    Spelling::Customary => (customary.0.as_str(), customary.1.as_str()),
                };
                left = narrowed(syntax, &left, &[up_to(from, false), since(below, false)])?;
            }
            Part::Preferred(version) => return Err(NoVers::Preference(version.clone())),
        }
    }
    Ok(left)
}

fn up_to(version: &str, above: bool) -> Interval<'_> {
    Interval {
        from: None,
        to: Some(Cut { version, above }),
    }
}

fn since(version: &str, above: bool) -> Interval<'_> {
    Interval {
        from: Some(Cut { version, above }),
        to: None,
    }
}

/// One bound as intervals.
fn shape(bound: &Bound) -> Vec<Interval<'_>> {
    let version = bound.version.as_str();
    match bound.comparator {
        Comparator::Less => vec![up_to(version, false)],
        Comparator::LessOrEqual => vec![up_to(version, true)],
        Comparator::Greater => vec![since(version, true)],
        Comparator::GreaterOrEqual => vec![since(version, false)],
        Comparator::NotEqual => vec![up_to(version, false), since(version, true)],
        Comparator::Equal => vec![Interval {
            from: Some(Cut {
                version,
                above: false,
            }),
            to: Some(Cut {
                version,
                above: true,
            }),
        }],
    }
}

fn narrowed<'a>(
    syntax: Syntax,
    left: &[Interval<'a>],
    shape: &[Interval<'a>],
) -> Result<Vec<Interval<'a>>, NoVers> {
    let mut kept = Vec::with_capacity(left.len() + 1);
    for interval in left {
        for piece in shape {
            let from = match (interval.from, piece.from) {
                (Some(a), Some(b)) if order_of_cuts(syntax, a, b)? == Ordering::Less => Some(b),
                (Some(a), _) => Some(a),
                (None, b) => b,
            };
            let to = match (interval.to, piece.to) {
                (Some(a), Some(b)) if order_of_cuts(syntax, a, b)? == Ordering::Greater => Some(b),
                (Some(a), _) => Some(a),
                (None, b) => b,
            };
            let empty = match (from, to) {
                (Some(from), Some(to)) => order_of_cuts(syntax, from, to)? != Ordering::Less,
                _ => false,
            };
            if !empty {
                kept.push(Interval { from, to });
            }
        }
    }
    Ok(kept)
}

/// Intervals by their beginnings. By insertion, because an order may be missing for a pair, and need not be
/// transitive (Maven), which the standard library's sort does not forgive.
fn sorted<'a>(syntax: Syntax, all: Vec<Interval<'a>>) -> Result<Vec<Interval<'a>>, NoVers> {
    let mut sorted: Vec<Interval<'a>> = Vec::with_capacity(all.len());
    for next in all {
        let mut at = sorted.len();
        while let Some(before) = at.checked_sub(1).and_then(|index| sorted.get(index)) {
            let order = match (before.from, next.from) {
                (None, None) => Ordering::Equal,
                (None, Some(_)) => Ordering::Less,
                (Some(_), None) => Ordering::Greater,
                (Some(a), Some(b)) => order_of_cuts(syntax, a, b)?,
            };
            if order != Ordering::Greater {
                break;
            }
            at -= 1;
        }
        sorted.insert(at, next);
    }
    Ok(sorted)
}

/// Intervals sorted, those that touch or overlap joined.
fn unite<'a>(syntax: Syntax, all: Vec<Interval<'a>>) -> Result<Vec<Interval<'a>>, NoVers> {
    let mut united: Vec<Interval<'a>> = Vec::new();
    for next in sorted(syntax, all)? {
        let Some(last) = united.last_mut() else {
            united.push(next);
            continue;
        };
        let apart = match (last.to, next.from) {
            (Some(to), Some(from)) => order_of_cuts(syntax, to, from)? == Ordering::Less,
            _ => false,
        };
        if apart {
            united.push(next);
            continue;
        }
        last.to = match (last.to, next.to) {
            (Some(a), Some(b)) if order_of_cuts(syntax, a, b)? == Ordering::Less => Some(b),
            (Some(a), Some(_)) => Some(a),
            _ => None,
        };
    }
    Ok(united)
}

fn order(syntax: Syntax, a: &str, b: &str) -> Result<Ordering, NoVers> {
    if a == b {
        return Ok(Ordering::Equal);
    }
    range_order(syntax.scheme(), a, b).map_err(|why| NoVers::Unordered {
        a: a.to_owned(),
        b: b.to_owned(),
        why,
    })
}

/// The order of two cuts; above a version that leaves its last level out means above all of that level.
fn order_of_cuts(syntax: Syntax, a: Cut<'_>, b: Cut<'_>) -> Result<Ordering, NoVers> {
    let order = order(syntax, a.version, b.version)?;
    if order == Ordering::Equal {
        return Ok(a.above.cmp(&b.above));
    }
    let covers = |coarse: Cut<'_>, fine: Cut<'_>| {
        coarser(syntax.scheme(), fine.version, coarse.version) == Some(Coarser::Bound)
    };
    let side = |cut: Cut<'_>| {
        if cut.above {
            Ordering::Greater
        } else {
            Ordering::Less
        }
    };
    if covers(a, b) {
        return Ok(side(a));
    }
    if covers(b, a) {
        return Ok(side(b).reverse());
    }
    Ok(order)
}
