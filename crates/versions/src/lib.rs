//! Order and ranges of versions of every ecosystem, as sort keys.
//!
//! A version becomes bytes whose order is the version's order ([`key`]), so that "is it in this range?" is a
//! plain comparison, in memory or in a database. What cannot be ordered says why and is never guessed: every
//! answer about a range is [`Containment::In`], [`Containment::Out`] or [`Containment::Undetermined`] with
//! its [`Reason`].
//!
//! ```
//! use isocenter_versions::{Bound, Containment, Scheme, between, compare};
//! use std::cmp::Ordering;
//!
//! assert_eq!(compare(Scheme::Debian, "1.0~rc1-1", "1.0-1"), Ok(Ordering::Less));
//! assert_eq!(
//!     between(Some(Scheme::SemVer), "5.4.200", None, Some(Bound::inclusive("5.4.*"))),
//!     Containment::In,
//! );
//! assert!(matches!(compare(Scheme::SemVer, "1.1.1k", "1.1.1l"), Err(_)));
//! ```
#![warn(missing_docs)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "a test may stop at what it did not expect"
    )
)]

mod alpine;
mod arch;
mod bitnami;
mod conan;
mod datetime;
mod debian;
mod dotted;
pub mod freetext;
mod generic;
mod gentoo;
mod go;
mod jvm;
mod key;
mod maven;
mod order;
mod packagist;
mod pep440;
mod range;
mod rpm;
mod rubygems;
mod scheme;
mod semver;
mod vers;
mod windows;

pub use key::{Key, MAX_LENGTH, Unparsed};
pub use order::{Undetermined, compare, key};
pub use range::{Bound, Containment, Reason, between, equal, is_unstated};
pub use scheme::Scheme;
pub use vers::{Comparator, Constraint, NotVers, Vers};
