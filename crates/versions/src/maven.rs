//! Java artifacts (Maven), pair by pair.
//!
//! Source: `ComparableVersion` of maven-artifact; Maven POM reference, "Version Order Specification".
//!
//! There are two editions. Up to 3.8.6 a word behind a dot stays in its list (`1.0.0.RC1 > 1.0.0-RC2`); from
//! 3.8.7 on it opens a sub-list as behind a hyphen (MNG-7644). The public tables and OSV follow the first,
//! and so does [`crate::compare`]; a range over which the two disagree is undetermined.
//!
//! Traps: the order is *not transitive* (`1 < 1-sp < 1-0.alpha < 1`), so there is no key; a hyphen and
//! every change between digits and letters open a sub-list, which a dot does not; trailing zeros, `final`,
//! `ga` and `release` mean nothing, at the end and before every sub-list; `a`, `b`, `m` are alpha, beta,
//! milestone only directly before a digit; `cr` is `rc`; unknown words come after `sp`, by alphabet; any
//! word is below any number; words have no case.

use std::cmp::Ordering;

use crate::key::Unparsed;

/// A version as a chain of lists: each group's sub-list is the next group.
///
/// `ComparableVersion` nests lists only at the end of a list, so a chain holds them all.
#[derive(Debug)]
struct Version<'a>(Vec<Vec<Item<'a>>>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item<'a> {
    /// Significant digits; empty is zero.
    Number(&'a [u8]),
    Word(&'a str),
}

/// The edition of `ComparableVersion`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edition {
    /// Up to 3.8.6: a word behind a dot is an item like any other.
    First,
    /// From 3.8.7 on: a word opens a list of its own, behind a dot as behind a hyphen (MNG-7644).
    Second,
}

pub(crate) fn compare(edition: Edition, a: &str, b: &str) -> Ordering {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    if a == b {
        return Ordering::Equal;
    }
    order(&parse(edition, &a), &parse(edition, &b))
}

/// The order that every edition agrees on.
pub(crate) fn agreed(a: &str, b: &str) -> Result<Ordering, Unparsed> {
    let (first, second) = (
        compare(Edition::First, a, b),
        compare(Edition::Second, a, b),
    );
    if first == second {
        return Ok(first);
    }
    Err(Unparsed::Doubtful {
        why: "Maven up to 3.8.6 and later Maven order these two differently (MNG-7644)",
    })
}

fn order(a: &Version<'_>, b: &Version<'_>) -> Ordering {
    let (mut group, mut index) = (0, 0);
    loop {
        let result = match (a.at(group, index), b.at(group, index)) {
            (Place::End, Place::End) => return Ordering::Equal,
            (Place::List, Place::List) => {
                group += 1;
                index = 0;
                continue;
            }
            (Place::List, Place::End) => return a.beside_nothing(group + 1),
            (Place::End, Place::List) => return b.beside_nothing(group + 1).reverse(),
            (Place::List, Place::Item(Item::Number(_)))
            | (Place::Item(Item::Word(_)), Place::List) => Ordering::Less,
            (Place::List, Place::Item(Item::Word(_)))
            | (Place::Item(Item::Number(_)), Place::List) => Ordering::Greater,
            (Place::Item(item), Place::End) => item.beside_nothing(),
            (Place::End, Place::Item(item)) => item.beside_nothing().reverse(),
            (Place::Item(a), Place::Item(b)) => a.order(b),
        };
        if result != Ordering::Equal {
            return result;
        }
        index += 1;
    }
}

enum Place<'a> {
    Item(Item<'a>),
    List,
    End,
}

impl<'a> Version<'a> {
    fn at(&self, group: usize, index: usize) -> Place<'a> {
        let Some(items) = self.0.get(group) else {
            return Place::End;
        };
        match items.get(index) {
            Some(item) => Place::Item(*item),
            None if index == items.len() && group + 1 < self.0.len() => Place::List,
            None => Place::End,
        }
    }

    /// All that follows from a group on, against nothing (MNG-6964).
    fn beside_nothing(&self, group: usize) -> Ordering {
        self.0
            .iter()
            .skip(group)
            .flatten()
            .map(|item| item.beside_nothing())
            .find(|order| *order != Ordering::Equal)
            .unwrap_or(Ordering::Equal)
    }
}

impl<'a> Item<'a> {
    fn number(digits: &'a str) -> Self {
        Self::Number(digits.trim_start_matches('0').as_bytes())
    }

    fn word(word: &'a str, before_digit: bool) -> Self {
        Self::Word(match word {
            "a" if before_digit => "alpha",
            "b" if before_digit => "beta",
            "m" if before_digit => "milestone",
            "ga" | "final" | "release" => "",
            "cr" => "rc",
            other => other,
        })
    }

    fn is_null(self) -> bool {
        matches!(self, Self::Number([]) | Self::Word(""))
    }

    fn beside_nothing(self) -> Ordering {
        match self {
            Self::Number([]) => Ordering::Equal,
            Self::Number(_) => Ordering::Greater,
            Self::Word(word) => rank(word).cmp(&rank("")),
        }
    }

    fn order(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.len().cmp(&b.len()).then_with(|| a.cmp(b)),
            (Self::Number(_), Self::Word(_)) => Ordering::Greater,
            (Self::Word(_), Self::Number(_)) => Ordering::Less,
            (Self::Word(a), Self::Word(b)) => rank(a).cmp(&rank(b)),
        }
    }
}

/// Known qualifiers in their order, unknown ones behind them by text.
fn rank(word: &str) -> (usize, &str) {
    const QUALIFIERS: [&str; 7] = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"];
    match QUALIFIERS.iter().position(|known| *known == word) {
        Some(rank) => (rank, ""),
        None => (QUALIFIERS.len(), word),
    }
}

fn parse(edition: Edition, text: &str) -> Version<'_> {
    let mut groups: Vec<Vec<Item<'_>>> = vec![Vec::new()];
    let (mut start, mut digits) = (0, false);
    let slice = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'.' | b'-' => {
                let item = if at == start {
                    Item::Number(&[])
                } else if digits {
                    Item::number(slice(start, at))
                } else {
                    Item::word(slice(start, at), false)
                };
                push(&mut groups, item);
                start = at + 1;
                if byte == b'-' {
                    groups.push(Vec::new());
                }
            }
            b'0'..=b'9' => {
                if !digits && at > start {
                    if opens_list(edition, &groups) {
                        groups.push(Vec::new());
                    }
                    push(&mut groups, Item::word(slice(start, at), true));
                    start = at;
                    groups.push(Vec::new());
                }
                digits = true;
            }
            _ => {
                if digits && at > start {
                    push(&mut groups, Item::number(slice(start, at)));
                    start = at;
                    groups.push(Vec::new());
                }
                digits = false;
            }
        }
    }
    if start < text.len() {
        if !digits && opens_list(edition, &groups) {
            groups.push(Vec::new());
        }
        let last = slice(start, text.len());
        push(
            &mut groups,
            if digits {
                Item::number(last)
            } else {
                Item::word(last, false)
            },
        );
    }
    normalize(&mut groups);
    Version(groups)
}

/// Whether a word that comes next starts a list of its own.
fn opens_list(edition: Edition, groups: &[Vec<Item<'_>>]) -> bool {
    edition == Edition::Second && groups.last().is_some_and(|group| !group.is_empty())
}

fn push<'a>(groups: &mut [Vec<Item<'a>>], item: Item<'a>) {
    if let Some(group) = groups.last_mut() {
        group.push(item);
    }
}

/// Null items go at the end of every list, and empty lists at the end of the chain.
fn normalize(groups: &mut Vec<Vec<Item<'_>>>) {
    for group in groups.iter_mut() {
        while group.last().is_some_and(|item| item.is_null()) {
            group.pop();
        }
    }
    while groups.last().is_some_and(Vec::is_empty) && groups.len() > 1 {
        groups.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_editions_are_both_known() {
        assert_eq!(
            compare(Edition::First, "1.0.0.RC1", "1.0.0-RC2"),
            Ordering::Greater
        );
        assert_eq!(
            compare(Edition::Second, "1.0.0.RC1", "1.0.0-RC2"),
            Ordering::Less
        );
        assert!(agreed("1.0.0.RC1", "1.0.0-RC2").is_err());
        assert_eq!(agreed("1.0-alpha-1", "1.0"), Ok(Ordering::Less));
    }

    #[test]
    fn the_order_of_the_reference_holds() {
        for (a, b) in [
            ("1", "1.1"),
            ("1-snapshot", "1"),
            ("1", "1-sp"),
            ("1-foo2", "1-foo10"),
            ("1-foo", "1-1"),
            ("1-1", "1.1"),
            ("1.0-alpha", "1.0-beta"),
            ("1-m1", "1-rc"),
            ("1-rc", "1-snapshot"),
            ("1-sp", "1-abc"),
        ] {
            assert_eq!(agreed(a, b), Ok(Ordering::Less), "{a} {b}");
            assert_eq!(agreed(b, a), Ok(Ordering::Greater), "{b} {a}");
        }
        for (a, b) in [
            ("1.ga", "1-ga"),
            ("1-0.ga", "1.0"),
            ("1.0.0", "1"),
            ("1-a1", "1-alpha-1"),
            ("1.0-CR1", "1.0-rc1"),
        ] {
            assert_eq!(agreed(a, b), Ok(Ordering::Equal), "{a} {b}");
        }
    }

    #[test]
    fn the_order_is_not_transitive_which_is_why_there_is_no_key() {
        assert_eq!(agreed("1", "1-sp"), Ok(Ordering::Less));
        assert_eq!(agreed("1-sp", "1-0.alpha"), Ok(Ordering::Less));
        assert_eq!(agreed("1-0.alpha", "1"), Ok(Ordering::Less));
    }
}
