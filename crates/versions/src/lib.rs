//! Order and ranges of versions of every ecosystem, as sort keys.
//!
//! A version becomes bytes whose order is the version's order ([`key`]), so that "is it in this range?" is a
//! plain comparison, in memory or in a database. What cannot be ordered says why and is never guessed: every
//! answer about a range is [`Containment::In`], [`Containment::Out`] or [`Containment::Undetermined`] with
//! its [`Reason`].
//!
//! # Traps
//!
//! Every scheme has its own; the module of each names its source and all of them. The costly ones:
//!
//! | scheme | trap |
//! |---|---|
//! | SemVer | `1.1.1k` is no pre-release of `1.1.1`: it has no place here; build metadata is equal to none |
//! | Go | pseudo-versions are pre-releases; `+incompatible` has no place in the order |
//! | Pub, Julia | build metadata does take part |
//! | Bitnami | looks like SemVer, but `6.2.0 < 6.2.0-4` |
//! | PyPI | `1.0.dev1 < 1.0a1 < 1.0 < 1.0.post1`; `1.0-1` is a post-release; older versions sort below all |
//! | Debian | letters before all else except `~` and the end; `10a = 10a0`; missing epoch and revision are 0 |
//! | RPM | separators mean nothing; `~` before the end, `^` after it; no release is below every release |
//! | Alpine, Gentoo | a number that starts with 0 compares as text: `1.01 < 1.1` |
//! | Arch | `1.0rc < 1.0 < 1.0.rc`; no release equals every release, so it has no key |
//! | NuGet | four numbers, words without case |
//! | Maven | not transitive, so no key; two editions that disagree |
//! | RubyGems | any letter makes a pre-release; a hyphen means `.pre.`; `-java` is a platform |
//! | Packagist | `1.0 < 1.0.0` and `1.0-patch1 > 1.0.5` for PHP; Composer brings both to four numbers first |
//! | CRAN, Hackage | a missing number is less than zero; R's `<` on `package_version` takes it for zero |
//! | Conan | a number beside a word compares as text |
//! | JVM | `1.8.0_292`, `8u292` and `8.0.292` are one version; `-2` is a pre-release to some, a revision to others |
//! | Windows | an update revision says nothing about another build; a build without it is undetermined |
//! | dates | one instant has many spellings |
//! | generic | our reading of a vendor's habit; what is doubtful is undetermined |
//!
//! # Policies
//!
//! Where a standard leaves a choice, the choice is named: a missing epoch is 0 (Debian, RPM, Arch); an RPM
//! bound without a release means every release, and a version without one is undetermined where the range
//! ends between two releases; pre-releases lie in a range by their order alone (no ecosystem's rule for
//! *choosing* versions applies to being affected, unless [`native::Reading`] asks for it); Java builds and NuGet metadata are left out; a range
//! whose ends are turned round calls nothing outside; a version that prose lists says nothing of one that is
//! stated more or less exactly (`4.0` and `4.0.5`); within a vendor's family the shorter bound stands for all that
//! begin with it (`VB40` and `VB40A`).
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
pub mod cve;
mod datetime;
mod debian;
mod dotted;
pub mod freetext;
mod generic;
mod gentoo;
mod go;
mod jvm;
mod key;
pub mod listing;
mod maven;
pub mod native;
pub mod nvd;
mod order;
pub mod osv;
mod packagist;
mod pep440;
mod range;
mod rpm;
mod rubygems;
mod scheme;
mod semver;
mod series;
mod vers;
mod windows;

pub use key::{Key, MAX_LENGTH, Unparsed};
pub use order::{Undetermined, compare, key};
pub use range::{Bound, Containment, Reason, between, equal, is_unstated};
pub use scheme::Scheme;
pub use vers::{Comparator, Constraint, NotVers, Vers};
