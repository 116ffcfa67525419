//! Java artifacts (Maven), pair by pair.
//!
//! Source: `ComparableVersion` of maven-artifact 3.8–3.9; Maven POM reference, "Version Order
//! Specification".
//!
//! Traps: the order is *not transitive* (`1 < 1-sp < 1-0.alpha < 1`), so there is no key; a hyphen and
//! every change between digits and letters open a sub-list, which a dot does not; trailing zeros, `final`,
//! `ga` and `release` mean nothing, at the end and before every sub-list; `a`, `b`, `m` are alpha, beta,
//! milestone only directly before a digit; `cr` is `rc`; unknown words come after `sp`, by alphabet; any
//! word is below any number; words have no case.

use std::cmp::Ordering;

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

pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    if a == b {
        return Ordering::Equal;
    }
    order(&parse(&a), &parse(&b))
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

fn parse(text: &str) -> Version<'_> {
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
                    // `1.0.0.X1 < 1.0.0-X2`: letters before digits open a list of their own.
                    if groups.last().is_some_and(|group| !group.is_empty()) {
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
        if !digits && groups.last().is_some_and(|group| !group.is_empty()) {
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
