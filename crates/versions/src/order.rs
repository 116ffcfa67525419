//! From a scheme and a text to a key, and from two texts to an order.

use std::cmp::Ordering;

use crate::key::{Key, Unparsed, stated};
use crate::maven::Edition;
use crate::semver::Build;
use crate::{
    Scheme, alpine, arch, bitnami, conan, datetime, debian, dotted, generic, gentoo, go, jvm,
    maven, packagist, pep440, rpm, rubygems, semver, windows,
};

/// Why two versions have no order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Undetermined {
    /// The first text has no place in the order.
    #[error("the first version is not comparable: {0}")]
    First(#[source] Unparsed),
    /// The second text has no place in the order.
    #[error("the second version is not comparable: {0}")]
    Second(#[source] Unparsed),
    /// Each has a place, but which comes first is a matter of opinion.
    #[error("{0}")]
    Pair(#[source] Unparsed),
}

/// The sort key of a version under a scheme.
///
/// Never panics; time and memory grow linearly with the text. Surrounding white space is not part of the
/// version.
pub fn key(scheme: Scheme, text: &str) -> Result<Key, Unparsed> {
    let text = stated(text)?;
    match scheme {
        Scheme::SemVer => semver::key(scheme, text, Build::Ignored),
        Scheme::Go => go::key(text),
        Scheme::Pub | Scheme::Julia => semver::key(scheme, text, Build::Compared),
        Scheme::NuGet => semver::key(scheme, &text.to_ascii_lowercase(), Build::Ignored),
        Scheme::Bitnami => bitnami::key(text),
        Scheme::Pep440 => Ok(pep440::key(text)),
        Scheme::Debian => debian::key(text),
        Scheme::Rpm => Ok(rpm::key(text)),
        Scheme::Alpine => alpine::key(text),
        Scheme::Arch => arch::key(text),
        Scheme::Gentoo => gentoo::key(text),
        Scheme::Maven => Err(Unparsed::Pairwise(scheme)),
        Scheme::RubyGems => rubygems::key(text),
        Scheme::Packagist => packagist::key(text),
        Scheme::Cran => dotted::list(scheme, text, b".-"),
        Scheme::Hackage => dotted::list(scheme, text, b"."),
        Scheme::Conan => conan::key(text),
        Scheme::Jvm => jvm::key(text),
        Scheme::Windows => windows::key(text),
        Scheme::IntDot => dotted::intdot(text),
        Scheme::DateTime => datetime::key(text),
        Scheme::Generic => generic::key(text),
    }
}

/// Compares two versions under a scheme: by key, or pair by pair where a scheme's order has no keys.
pub fn compare(scheme: Scheme, a: &str, b: &str) -> Result<Ordering, Undetermined> {
    use Undetermined::{First, Second};
    let (a, b) = (stated(a).map_err(First)?, stated(b).map_err(Second)?);
    match scheme {
        Scheme::Maven => Ok(maven::compare(Edition::First, a, b)),
        Scheme::Conan => Ok(conan::compare(a, b)),
        Scheme::Arch => arch::compare(a, b),
        Scheme::Generic => generic::compare(a, b),
        Scheme::Windows => windows::compare(a, b),
        _ => Ok(key(scheme, a)
            .map_err(First)?
            .cmp(&key(scheme, b).map_err(Second)?)),
    }
}

/// Where a scheme has no keys, at most so many items are held against each other.
const MAX_PAIRWISE: usize = 64;

/// Sorts items, by key where all of them have one, else pair by pair where each pair has an order.
///
/// Equal items stay as they stand, and so does everything where an order is missing.
pub(crate) fn sort<T, K: Ord>(
    items: &mut Vec<T>,
    key: impl Fn(&T) -> Result<K, Unparsed>,
    order: impl Fn(&T, &T) -> Result<Ordering, Undetermined>,
) {
    let keys: Result<Vec<K>, Unparsed> = items.iter().map(key).collect();
    if let Ok(keys) = keys {
        let mut keyed: Vec<(K, T)> = keys.into_iter().zip(items.drain(..)).collect();
        keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
        items.extend(keyed.into_iter().map(|(_, item)| item));
        return;
    }
    let sortable = items.len() <= MAX_PAIRWISE
        && items
            .iter()
            .enumerate()
            .all(|(index, a)| items.iter().skip(index + 1).all(|b| order(a, b).is_ok()));
    if sortable {
        // The order may not be transitive (Maven), which the standard library's sort does not forgive.
        for end in 1..items.len() {
            let mut at = end;
            while at > 0
                && matches!((items.get(at - 1), items.get(at)), (Some(a), Some(b)) if order(a, b) == Ok(Ordering::Greater))
            {
                items.swap(at - 1, at);
                at -= 1;
            }
        }
    }
}
