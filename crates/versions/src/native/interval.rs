//! Intervals in brackets, as Maven, NuGet and Go's retractions write them: `[1.0,2.0)`, `(,1.0]`, `[1.0]`.

use super::part::{Alternative, Part};
use super::text::{Cursor, NotRange};
use crate::vers::Comparator;

/// One set in brackets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Set<'a> {
    /// Empty if open.
    pub(super) from: &'a str,
    pub(super) from_inside: bool,
    /// Empty if open.
    pub(super) to: &'a str,
    pub(super) to_inside: bool,
}

/// Sets between commas, up to the end of the text.
pub(super) fn sets<'a>(cursor: &mut Cursor<'a>) -> Result<Vec<Set<'a>>, NotRange> {
    let mut sets = Vec::new();
    loop {
        cursor.skip_space();
        sets.push(set(cursor)?);
        cursor.skip_space();
        if cursor.is_end() {
            return Ok(sets);
        }
        if !cursor.eat(",") {
            return Err(cursor.error("a comma or the end"));
        }
    }
}

fn set<'a>(cursor: &mut Cursor<'a>) -> Result<Set<'a>, NotRange> {
    let from_inside = cursor.eat("[");
    if !from_inside && !cursor.eat("(") {
        return Err(cursor.error("`[` or `(`"));
    }
    let version = |cursor: &mut Cursor<'a>| {
        cursor
            .take(|c| !matches!(c, ',' | '[' | ']' | '(' | ')'))
            .trim()
    };
    let from = version(cursor);
    let pair = cursor.eat(",");
    let to = if pair { version(cursor) } else { from };
    let end = *cursor;
    let to_inside = cursor.eat("]");
    if !to_inside && !cursor.eat(")") {
        return Err(cursor.error("`]` or `)`"));
    }
    let single = from_inside && to_inside && !from.is_empty();
    if !(pair || single) {
        return Err(end.error("a comma, or a single version between `[` and `]`"));
    }
    Ok(Set {
        from,
        from_inside,
        to,
        to_inside,
    })
}

impl Set<'_> {
    pub(super) fn alternative(self) -> Alternative {
        if self.from == self.to && self.from_inside && self.to_inside && !self.from.is_empty() {
            return Alternative::new(vec![Part::bound(Comparator::Equal, self.from)]);
        }
        let mut parts = Vec::new();
        if !self.from.is_empty() {
            let comparator = if self.from_inside {
                Comparator::GreaterOrEqual
            } else {
                Comparator::Greater
            };
            parts.push(Part::bound(comparator, self.from));
        }
        if !self.to.is_empty() {
            let comparator = if self.to_inside {
                Comparator::LessOrEqual
            } else {
                Comparator::Less
            };
            parts.push(Part::bound(comparator, self.to));
        }
        Alternative::new(parts)
    }
}
