//! Ranges in the syntax of each ecosystem: `^1.2.3`, `~> 2.1`, `[1.0,2.0)`, `>=1.0,!=1.5.*`, `libc6 (<< 2.36)`.
//!
//! A text becomes a [`Range`]: alternatives of constraints, printed as VERS and asked for containment.
//! [`Syntax`] names the way of writing; it is finer than [`Scheme`], because npm, Cargo and Hex share an order
//! and nothing else: `1.2.3` is one version to npm, everything up to `2.0.0` to Cargo.
//!
//! # Three questions
//!
//! "Does the range hold this version?" and "would the tool choose it?" are two questions, and what they differ
//! in – pre-releases – differs in every ecosystem. [`Reading`] names which one is asked:
//!
//! | ecosystem | [`Reading::Order`] | [`Reading::PreReleasesAdmitted`] | [`Reading::ToolDefault`] | source |
//! |---|---|---|---|---|
//! | npm | `includePrerelease` | the same | a pre-release only of the three numbers that a bound's pre-release has | node-semver, "Prerelease Tags" |
//! | Cargo | as npm's | the same | as npm's, and none where a partial `=`, `~`, `>=`, `<=` means its series | semver, `VersionReq::matches` |
//! | Hex | `Version.match?` | the same | only if the alternative names one | Elixir, `Version`, `:allow_pre` |
//! | Pub | the bounds as written | `<2.0.0` ends below the pre-releases of `2.0.0` | only if a bound names one, or nothing else fits | pub_semver, README "Semantics" |
//! | RubyGems | `Gem::Requirement` | the same | only if the requirement names one | `Gem::Dependency#match?` |
//! | PyPI | the bounds as written | PEP 440 with `prereleases=True`: `<2.0` without `2.0rc1`, `>1.7` without `1.7.post1` | only if a specifier names one, or nothing else fits | PEP 440, "Exclusive ordered comparison", "Handling of pre-releases" |
//! | NuGet | `VersionRange.Satisfies`; a floating version is its series | the same | a floating version without `-*` takes none | NuGet, "Floating versions" |
//! | Maven | `VersionRange`; a soft requirement is undetermined | a soft requirement takes all | the same | Maven POM reference |
//! | Composer | the bounds as written | `>=1.0` from `1.0-dev` on, `<2.0` up to `2.0-dev` | at least as stable as `minimum-stability`, `stable` | Composer, "Stability constraints" |
//! | Conan | the bounds as written | `>=1.0` from `1.0-` on, `<2.0` up to `2.0-` | only with `include_prerelease` | Conan 2, "Version ranges" |
//! | Debian, RPM, Go, Hackage, nginx, OpenSSL | the order | the same | the same | |
//!
//! "The bounds as written" is the question about being affected: an advisory's `<2.0` means what lies below
//! `2.0`, release candidates too. Shorthand (`^`, `~`, `~>`, `1.2.*`) has no such bound and stands for what its
//! ecosystem says, an upper end below every pre-release of it.
//!
//! # Traps
//!
//! Each syntax' own stand in its module. Those between them:
//!
//! - a bare version is exact (npm, RubyGems, Composer, Conan, Hex, Pub), a caret (Cargo), a minimum (NuGet, Go), a
//!   preference (Maven), no range at all (PyPI, read as operators);
//! - a comma is "and" (Cargo, RubyGems, PyPI, Composer, Debian), "or" (Maven between sets, nginx, OpenSSL), an
//!   option's beginning (Conan), an error (npm, Hex, Pub, read as operators);
//! - white space is "and" (npm, Pub, Composer, Conan), or nothing;
//! - `~1.2` ends at `1.3` (npm, Cargo, Conan) or at `2.0` (Composer, and `~>` of RubyGems and Hex);
//! - `^0.0.3` ends at `0.0.4` (npm, Cargo, Composer, Conan) or at `0.1.0` (Pub);
//! - `=1.2` is one version (RubyGems, Composer, Conan) or a series (npm, Cargo);
//! - constraints that contradict each other (`1.1.2 1.2.2` in npm) hold nothing to a tool, and are the writer's
//!   mistake to us: [`Reading::Order`] answers undetermined, as for ranges whose ends are turned round.
//!
//! # Held against the tools
//!
//! `cargo xtask differential` asks the tools themselves. What differs and is not ours, besides what the
//! schemes' own modules list: Conan 2.34 writes its lowest pre-release behind the build metadata of a tilde's
//! version, so that `~1.0+a` does not hold `1.0+a`, and fails on `^0.0`; composer/semver 3.3 loses an alternative
//! before one that is upside down (`~1.0 || 2 - 0.2`), because it joins the two; NuGet 5.8 takes `(1.0)` for a range that
//! holds nothing, where its documentation calls it invalid; versions on which Maven's two orders disagree are
//! undetermined here. The public VERS suites of native ranges take a partial version for a whole one, read
//! "and" as "or", and repeat versions, which VERS forbids: `tests/it/native.rs` lists each such row.

mod cargo;
mod composer;
mod conan;
mod dart;
mod debian;
mod go;
mod hackage;
mod hex;
mod interval;
mod lists;
mod maven;
mod npm;
mod nuget;
mod operators;
mod part;
mod pep440;

mod range;
mod rpm;
mod rubygems;
mod syntax;
mod text;
mod union;

#[cfg(test)]
mod tests;

pub use range::{Range, Reading};
pub use syntax::Syntax;
pub use text::{MAX_CONSTRAINTS, MAX_LENGTH, NotRange};
pub use union::NoVers;

use crate::Scheme;
use crate::freetext;
use crate::range::{Containment, Reason, is_unstated};
use crate::vers::Vers;

use crate::series::series;

use part::{Alternative, Part};

/// Reads a range in an ecosystem's own syntax.
///
/// A text that is not of that syntax is read as the operators that advisories use in every ecosystem
/// (`>= 1.0, < 2.0`); [`Range::is_native`] tells. The error is the one of the syntax that was asked for.
/// Never panics; a text is at most [`MAX_LENGTH`] bytes long and has at most [`MAX_CONSTRAINTS`] constraints.
pub fn parse(syntax: Syntax, text: &str) -> Result<Range, NotRange> {
    if text.len() > MAX_LENGTH {
        return Err(NotRange::TooLong { length: text.len() });
    }
    let (native, alternatives) = match own(syntax, text).and_then(|own| without_series(syntax, own))
    {
        Ok(alternatives) => (syntax.is_native(), alternatives),
        Err(why) => (false, operators::parse(syntax, text).map_err(|_| why)?),
    };
    let constraints: usize = alternatives
        .iter()
        .map(|alternative| alternative.parts.len().max(1))
        .sum();
    if constraints > MAX_CONSTRAINTS {
        return Err(NotRange::TooMany);
    }
    Ok(Range::new(syntax, native, text, alternatives))
}

/// Whether a range holds a version, by the order of versions ([`Reading::Order`]).
///
/// The range is in the ecosystem's own syntax, in operators, in prose that [`freetext`] reads ("prior to 3.2"),
/// which comes first for vendors' own versions, or a VERS (`vers:npm/>=1.0.0|<2.0.0`), whose scheme must then
/// follow the same order. What cannot be read is undetermined with the reason, and so is a range
/// that is not stated at all (blank, `n/a`, `unknown`), which [`parse`] reads as the tool would.
///
/// ```
/// use isocenter_versions::Containment::{In, Out, Undetermined};
/// use isocenter_versions::native::{Syntax, contains};
///
/// assert_eq!(contains(Syntax::Npm, "^1.2.3 || 3.x", "1.9.0"), In);
/// assert_eq!(contains(Syntax::Pep440, "~=2.2, !=2.5.*", "2.5.1"), Out);
/// assert_eq!(contains(Syntax::Maven, "[1.0,2.0)", "2.0-rc1"), In);
/// assert_eq!(contains(Syntax::Npm, "vers:npm/>=1.0.0|<2.0.0", "1.5.0"), In);
/// assert!(matches!(contains(Syntax::Npm, "latest", "1.0.0"), Undetermined(_)));
/// ```
pub fn contains(syntax: Syntax, text: &str, version: &str) -> Containment {
    if text.trim_start().starts_with("vers:") {
        return contains_vers(syntax, text, version);
    }
    // To a tool an empty requirement is every version; in a paper it is a fact that is missing.
    if is_unstated(text) {
        return Containment::Undetermined(Reason::BoundUnstated);
    }
    let prose = || freetext::covers(text, Some(syntax.scheme()), version);
    // Vendors write prose, and where it looks like operators, it means other things by a bar (">= 1.0 | <= 1.3").
    if syntax == Syntax::Operators(Scheme::Generic)
        && let Ok(answer) = prose()
        && !matches!(
            answer,
            Containment::Undetermined(Reason::Named | Reason::Bound(_))
        )
    {
        return answer;
    }
    match parse(syntax, text) {
        Ok(range) => range.contains(version, Reading::Order),
        Err(why) => match prose() {
            Ok(answer @ (Containment::In | Containment::Out)) => answer,
            _ => Containment::Undetermined(Reason::Range(why.to_string())),
        },
    }
}

fn contains_vers(syntax: Syntax, text: &str, version: &str) -> Containment {
    if text.len() > MAX_LENGTH {
        let why = NotRange::TooLong { length: text.len() };
        return Containment::Undetermined(Reason::Range(why.to_string()));
    }
    let vers = match Vers::parse_lenient(text) {
        Ok(vers) => vers,
        Err(why) => return Containment::Undetermined(why.into()),
    };
    let generic = matches!(vers.name.as_str(), "all" | "none");
    if !generic && vers.scheme() != Some(syntax.scheme()) {
        let why = format!("a VERS of {} for versions of {syntax}", vers.name);
        return Containment::Undetermined(Reason::Range(why));
    }
    vers.contains(version)
}

/// By the syntax alone, without falling back to operators.
fn own(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    match syntax {
        Syntax::Npm => npm::parse(syntax, text),
        Syntax::Cargo => cargo::parse(syntax, text),
        Syntax::Hex => hex::parse(syntax, text),
        Syntax::Pub => dart::parse(syntax, text),
        Syntax::RubyGems => rubygems::parse(syntax, text),
        Syntax::Pep440 => pep440::parse(syntax, text),
        Syntax::Maven => maven::parse(syntax, text),
        Syntax::NuGet => nuget::parse(syntax, text),
        Syntax::Composer => composer::parse(syntax, text),
        Syntax::Conan => conan::parse(syntax, text),
        Syntax::Debian => debian::parse(syntax, text),
        Syntax::Rpm => rpm::parse(syntax, text),
        Syntax::Go => go::parse(syntax, text),
        Syntax::Hackage => hackage::parse(syntax, text),
        Syntax::Nginx => lists::nginx(syntax, text),
        Syntax::OpenSsl => lists::openssl(syntax, text),
        Syntax::Operators(_) => operators::parse(syntax, text),
    }
}

/// Refuses a bound that VERS and advisories read as a series, where the syntax took it for a version:
/// `3.0.x` is a version to RPM and Conan, and nobody means it so.
fn without_series(
    syntax: Syntax,
    alternatives: Vec<Alternative>,
) -> Result<Vec<Alternative>, NotRange> {
    let named =
        |part: &Part| matches!(part, Part::Bound { order, .. } if series(&order.version).is_some());
    if alternatives
        .iter()
        .any(|alternative| alternative.parts.iter().any(named))
    {
        return Err(NotRange::Syntax {
            syntax,
            at: 1,
            expected: "versions and not a series",
        });
    }
    Ok(alternatives)
}

/// Whether a version is a pre-release in the eyes of the ecosystem's tool.
fn is_pre_release(syntax: Syntax, version: &str) -> bool {
    let version = version.trim();
    match syntax.scheme() {
        Scheme::RubyGems => version.contains(|c: char| c.is_ascii_alphabetic() || c == '-'),
        Scheme::Pep440 => {
            crate::pep440::anatomy(version).is_some_and(crate::pep440::Anatomy::is_pre_release)
        }
        Scheme::Packagist => composer::stability(version) < composer::Stability::Stable,
        _ => {
            let core = version.split('+').next().unwrap_or(version);
            core.contains('-')
        }
    }
}

/// A version without its pre-release and build metadata, as SemVer writes them.
fn release(version: &str) -> &str {
    let core = version.split('+').next().unwrap_or(version);
    core.split('-').next().unwrap_or(core)
}

/// A run of digits raised by one, whatever its length; other characters stay as they are.
fn increment(digits: &str) -> String {
    let mut carried = true;
    let mut raised: Vec<char> = Vec::with_capacity(digits.len() + 1);
    for digit in digits.chars().rev() {
        raised.push(match (carried, digit) {
            (true, '9') => '0',
            (true, _) => {
                carried = false;
                char::from_u32(u32::from(digit) + 1).unwrap_or(digit)
            }
            (false, _) => digit,
        });
    }
    if carried {
        raised.push('1');
    }
    let raised: String = raised.into_iter().rev().collect();
    let significant = raised.trim_start_matches('0');
    if significant.is_empty() {
        raised
    } else {
        significant.to_owned()
    }
}
