//! Versions of documents (3.1.11).

use std::cmp::Ordering;

use crate::csaf::schema::format::{is_integer, is_semantic_version};

/// A version of a document: an integer or a semantic version (3.1.11).
#[derive(Debug, PartialEq)]
pub(super) enum Version<'v> {
    Integer(&'v str),
    Semantic {
        numbers: [&'v str; 3],
        pre_release: Option<&'v str>,
        build: Option<&'v str>,
    },
}

impl<'v> Version<'v> {
    pub(super) fn read(text: &'v str) -> Option<Self> {
        if is_integer(text) {
            return Some(Self::Integer(text));
        }
        if !is_semantic_version(text) {
            return None;
        }
        let (rest, build) = match text.split_once('+') {
            Some((rest, build)) => (rest, Some(build)),
            None => (text, None),
        };
        let (core, pre_release) = match rest.split_once('-') {
            Some((core, pre_release)) => (core, Some(pre_release)),
            None => (rest, None),
        };
        let mut numbers = core.split('.');
        Some(Self::Semantic {
            numbers: [numbers.next()?, numbers.next()?, numbers.next()?],
            pre_release,
            build,
        })
    }

    pub(super) fn major(&self) -> &'v str {
        match self {
            Self::Integer(number)
            | Self::Semantic {
                numbers: [number, ..],
                ..
            } => number,
        }
    }

    pub(super) fn pre_release(&self) -> Option<&'v str> {
        match self {
            Self::Semantic { pre_release, .. } => *pre_release,
            Self::Integer(_) => None,
        }
    }

    pub(super) fn build(&self) -> Option<&'v str> {
        match self {
            Self::Semantic { build, .. } => *build,
            Self::Integer(_) => None,
        }
    }

    pub(super) fn numbers(&self) -> [&'v str; 3] {
        match self {
            Self::Integer(number) => [number, "0", "0"],
            Self::Semantic { numbers, .. } => *numbers,
        }
    }

    /// The order of semantic versions (semver.org 2.0.0, item 11). Build metadata has no place in it.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        self.numbers()
            .into_iter()
            .zip(other.numbers())
            .map(|(a, b)| by_value(a, b))
            .find(|order| order.is_ne())
            .unwrap_or_else(|| match (self.pre_release(), other.pre_release()) {
                (None, None) => Ordering::Equal,
                (None, Some(_)) => Ordering::Greater,
                (Some(_), None) => Ordering::Less,
                (Some(a), Some(b)) => by_identifiers(a, b),
            })
    }
}

/// The order of numbers without leading zeros, however long.
pub(super) fn by_value(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

fn by_identifiers(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        let order = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) => match (is_integer(a), is_integer(b)) {
                (true, true) => by_value(a, b),
                (true, false) => Ordering::Less,
                (false, true) => Ordering::Greater,
                (false, false) => a.cmp(b),
            },
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// The number behind `number`, however long.
pub(super) fn successor(number: &str) -> String {
    let mut digits = number.as_bytes().to_vec();
    for digit in digits.iter_mut().rev() {
        if *digit == b'9' {
            *digit = b'0';
        } else {
            *digit += 1;
            return String::from_utf8_lossy(&digits).into_owned();
        }
    }
    format!("1{}", String::from_utf8_lossy(&digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_as_semantic_versioning_orders_them() {
        let sorted = [
            "0",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.9.0",
            "1.10.0",
            "2",
            "10.0.0",
            "99999999999999999999999.0.0",
        ];
        for [a, b] in sorted.array_windows() {
            let (a, b) = (Version::read(a).unwrap(), Version::read(b).unwrap());
            assert_eq!(a.compare(&b), Ordering::Less, "{a:?} {b:?}");
        }
        let [one, other] = ["1.0.0+a", "1.0.0+b"].map(|text| Version::read(text).unwrap());
        assert_eq!(one.compare(&other), Ordering::Equal);
        assert_eq!(
            (successor("0").as_str(), successor("99").as_str()),
            ("1", "100")
        );
    }
}
