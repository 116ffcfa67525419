//! Versions and ranges. An input is lines of text, so that a person can write and read it.

pub(crate) mod freetext;
pub(crate) mod native;
pub(crate) mod order;
pub(crate) mod range;
pub(crate) mod walkers;

use isocenter_versions::{Containment, Scheme};

/// Every order.
pub(crate) const SCHEMES: [Scheme; 23] = [
    Scheme::SemVer,
    Scheme::Go,
    Scheme::Pub,
    Scheme::Julia,
    Scheme::Bitnami,
    Scheme::Pep440,
    Scheme::Debian,
    Scheme::Rpm,
    Scheme::Alpine,
    Scheme::Arch,
    Scheme::Gentoo,
    Scheme::NuGet,
    Scheme::Maven,
    Scheme::RubyGems,
    Scheme::Packagist,
    Scheme::Cran,
    Scheme::Hackage,
    Scheme::Conan,
    Scheme::Jvm,
    Scheme::Windows,
    Scheme::IntDot,
    Scheme::DateTime,
    Scheme::Generic,
];

/// The lines of an input; bytes that are no UTF-8 become replacement characters.
pub(crate) fn lines(data: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(data)
        .split('\n')
        .map(str::to_owned)
        .collect()
}

/// `word rest` as its two parts.
pub(crate) fn word(line: &str) -> (&str, &str) {
    line.split_once(' ').unwrap_or((line, ""))
}

/// Yes, no, or nothing.
pub(crate) fn decided(answer: &Containment) -> Option<bool> {
    match answer {
        Containment::In => Some(true),
        Containment::Out => Some(false),
        Containment::Undetermined(_) => None,
    }
}
