//! From a scheme and a text to a key, and from two texts to an order.

use std::cmp::Ordering;

use crate::key::{Key, Unparsed, stated};
use crate::semver::Build;
use crate::{Scheme, debian, pep440, rpm, semver};

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
}

/// The sort key of a version under a scheme.
///
/// Never panics; time and memory grow linearly with the text. Surrounding white space is not part of the
/// version.
pub fn key(scheme: Scheme, text: &str) -> Result<Key, Unparsed> {
    let text = stated(text)?;
    match scheme {
        Scheme::SemVer => semver::key(scheme, text, Build::Ignored),
        Scheme::Pep440 => Ok(pep440::key(text)),
        Scheme::Debian => debian::key(text),
        Scheme::Rpm => Ok(rpm::key(text)),
        Scheme::Maven => Err(Unparsed::Pairwise(scheme)),
        other => Err(Unparsed::NoOrder(other)),
    }
}

/// Compares two versions under a scheme.
pub fn compare(scheme: Scheme, a: &str, b: &str) -> Result<Ordering, Undetermined> {
    let a = key(scheme, a).map_err(Undetermined::First)?;
    let b = key(scheme, b).map_err(Undetermined::Second)?;
    Ok(a.cmp(&b))
}
