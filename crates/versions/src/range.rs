//! Is a version in a range? In, out, or undetermined with the reason; never a quiet no.

use std::cmp::Ordering;

use crate::key::{Key, Unparsed};
use crate::order::{Undetermined, compare, key};
use crate::series::series;
use crate::vers::Comparator;
use crate::{Scheme, generic, maven, packagist, windows};

/// The three answers to "is it in this range?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Containment {
    /// The version is in the range.
    In,
    /// The version is outside the range.
    Out,
    /// The data do not decide, and this is why.
    Undetermined(Reason),
}

impl Containment {
    /// Both must hold: one `Out` settles it, whatever the other could not say.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Out, _) | (_, Self::Out) => Self::Out,
            (Self::In, other) => other,
            (undetermined, _) => undetermined,
        }
    }

    /// One of both must hold: one `In` settles it, whatever the other could not say.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::In, _) | (_, Self::In) => Self::In,
            (Self::Out, other) => other,
            (undetermined, _) => undetermined,
        }
    }
}

/// Why a range could not be decided: one sentence by `Display`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The version under question is not stated.
    #[error("The version is not stated.")]
    VersionUnstated,
    /// The range names a bound and leaves it open: `unspecified`, `n/a`, `-`.
    #[error("The range does not state its bound.")]
    BoundUnstated,
    /// The range itself cannot be read.
    #[error("The range cannot be read: {0}.")]
    Range(String),
    /// The lower bound is above the upper one: the writer's mistake, and no reason to call anything outside.
    #[error("The lower bound of the range is above its upper bound.")]
    Inverted,
    /// The bounds contradict each other: the writer's mistake, and no reason to call anything outside.
    #[error("The bounds of the range contradict each other, so that it holds no version.")]
    Contradiction,
    /// A preference that excludes nothing, such as Maven's soft requirement.
    #[error("The range prefers {0} and excludes no other version.")]
    Preference(String),
    /// The source names a model or an edition where a version should stand.
    #[error("The range names a model or an edition, not a version.")]
    Named,
    /// The source ends the range in several release branches, and the version lies between their ends.
    #[error("The range ends in several release branches that it does not name.")]
    Branches,
    /// The version is in the range, which the source ties to a condition.
    #[error("The range holds only under a condition: {0}.")]
    Condition(String),
    /// One of the two goes on where the other ends: `4.0` and `4.0.5`.
    #[error("The version and the one in the source are not stated to the same precision.")]
    Precision,
    /// The source describes the versions in words.
    #[error("The source describes the versions in words: {0}.")]
    Words(String),
    /// The source names no versions at all.
    #[error("The source names no versions.")]
    NoVersions,
    /// The source speaks of certain versions and does not know about the others.
    #[error("The source does not know about this version.")]
    DefaultUnknown,
    /// The source names commits, which no version can be held against.
    #[error("The source names commits and no versions.")]
    CommitsOnly,
    /// The range is of a type that is not known here.
    #[error("The range is of a type that is not known here.")]
    RangeTypeUnknown,
    /// A CPE name says that its product has no versions (`-`).
    #[error("The source says that the product has no versions.")]
    NotApplicable,
    /// The source speaks of an update or service pack, and the version does not state its own.
    #[error("The version does not state its update or service pack, and the source speaks of one.")]
    UpdateUnstated,
    /// Nothing says which order the versions follow.
    #[error("The versions differ and no ecosystem says how they are ordered.")]
    NoScheme,
    /// Version and bound are equal as far as the version goes, and it leaves out its last level: an RPM's
    /// package release or a Windows build's update revision.
    #[error(
        "The version does not state its package release or update revision, and the range ends between two of them."
    )]
    LevelUnstated,
    /// The version under question has no place in the scheme's order.
    #[error("The version cannot be ordered: {0}.")]
    Version(#[source] Unparsed),
    /// The version and a bound are each well formed, but which comes first is a matter of opinion.
    #[error("The version and a bound of the range cannot be compared: {0}.")]
    Pair(#[source] Unparsed),
    /// A bound has no place in the scheme's order.
    #[error("A bound of the range cannot be ordered: {0}.")]
    Bound(#[source] Unparsed),
}

/// One end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound<'a> {
    /// The version as the source writes it; may be `*`, `0` or a series such as `5.4.*`.
    pub version: &'a str,
    /// Whether the bound itself is inside.
    pub inclusive: bool,
}

impl<'a> Bound<'a> {
    /// A bound that is itself inside: `>=`, `<=`.
    pub fn inclusive(version: &'a str) -> Self {
        Self {
            version,
            inclusive: true,
        }
    }

    /// A bound that is itself outside: `>`, `<`.
    pub fn exclusive(version: &'a str) -> Self {
        Self {
            version,
            inclusive: false,
        }
    }
}

/// Whether a text stands for "no version stated": `unspecified`, `n/a`, `-`, `unknown`, nothing.
pub fn is_unstated(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || text.chars().all(|c| matches!(c, '-' | '–' | '—' | '?'))
        || [
            "unspecified",
            "n/a",
            "na",
            "unknown",
            "none",
            "null",
            "not applicable",
            "not specified",
            "undefined",
            "unstated",
            "tbd",
            "various",
            "see references",
        ]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether `version` lies between two bounds; an absent bound is open.
///
/// The conventions of CVE 5 and OSV hold: `*` is open at either end, an inclusive lower `0` is below every
/// version, `5.4.*` and `5.4.x` are a whole series. Without a scheme only literal equality with a bound
/// decides. An end that says `Out` settles the answer even when the other end is not stated.
///
/// An RPM bound without a release means every release of that version, as rpm reads a dependency, and a
/// Windows build without its update revision every revision of it. Composer's versions are brought to
/// its normal form first.
pub fn between(
    scheme: Option<Scheme>,
    version: &str,
    from: Option<Bound<'_>>,
    to: Option<Bound<'_>>,
) -> Containment {
    let lower = from.filter(|from| {
        let text = from.version.trim();
        !(text == "*" || (text == "0" && from.inclusive))
    });
    let upper = to.filter(|to| to.version.trim() != "*");
    if lower.is_none() && upper.is_none() {
        return Containment::In;
    }
    if is_unstated(version) {
        return Containment::Undetermined(Reason::VersionUnstated);
    }
    let above = lower.map_or(Containment::In, |bound| {
        side(scheme, version, bound, Ordering::Greater)
    });
    let below = upper.map_or(Containment::In, |bound| {
        side(scheme, version, bound, Ordering::Less)
    });
    let answer = above.and(below);
    if answer == Containment::Out
        && let (Some(scheme), Some(from), Some(to)) = (scheme, lower, upper)
        && series(from.version).is_none()
        && series(to.version).is_none()
        && range_order(scheme, from.version, to.version) == Ok(Ordering::Greater)
    {
        return Containment::Undetermined(Reason::Inverted);
    }
    answer
}

/// Whether two texts name the same version.
///
/// The same text is the same version even without a scheme. Different texts are different versions only
/// where a scheme's order says so (`1.0` and `1.0.0` are one version in PyPI).
pub fn equal(scheme: Option<Scheme>, version: &str, other: &str) -> Containment {
    if is_unstated(version) {
        return Containment::Undetermined(Reason::VersionUnstated);
    }
    if is_unstated(other) {
        return Containment::Undetermined(Reason::BoundUnstated);
    }
    if version.trim() == other.trim() || other.trim() == "*" {
        return Containment::In;
    }
    let Some(scheme) = scheme else {
        return Containment::Undetermined(Reason::NoScheme);
    };
    if let Some(series) = series(other) {
        return match series.holds(version) {
            Some(true) => Containment::In,
            Some(false) => Containment::Out,
            None => match compare(scheme, version, version) {
                Err(why) => Containment::Undetermined(why.into()),
                Ok(_) => Containment::Out,
            },
        };
    }
    stands(scheme, version, Comparator::Equal, other)
}

impl From<Undetermined> for Reason {
    fn from(why: Undetermined) -> Self {
        match why {
            Undetermined::First(Unparsed::Unstated) => Self::VersionUnstated,
            Undetermined::Second(Unparsed::Unstated) => Self::BoundUnstated,
            Undetermined::First(why) => Self::Version(why),
            Undetermined::Second(why) => Self::Bound(why),
            Undetermined::Pair(why) => Self::Pair(why),
        }
    }
}

/// Whether the version is on the wanted side of one bound.
fn side(scheme: Option<Scheme>, version: &str, bound: Bound<'_>, wanted: Ordering) -> Containment {
    let (text, limit) = (version.trim(), bound.version.trim());
    if is_unstated(limit) {
        return Containment::Undetermined(Reason::BoundUnstated);
    }
    let decided = |inside| {
        if inside {
            Containment::In
        } else {
            Containment::Out
        }
    };
    if text == limit {
        return decided(bound.inclusive);
    }
    let Some(scheme) = scheme else {
        return Containment::Undetermined(Reason::NoScheme);
    };
    if let Some(series) = series(limit) {
        if series.holds(text) == Some(true) {
            return decided(bound.inclusive);
        }
        return match range_order(scheme, text, &series.lowest()) {
            Ok(order) => decided(order == wanted),
            Err(why) => Containment::Undetermined(why.into()),
        };
    }
    match position(scheme, text, limit) {
        Ok(Ordering::Equal) => decided(bound.inclusive),
        Ok(order) => decided(order == wanted),
        Err(why) => Containment::Undetermined(why),
    }
}

/// Which side leaves a last level out that the other states, where they are equal up to it.
///
/// RPM reads a dependency without a release as every release; a Windows build without its update revision
/// is every revision of it; `VB40` is every version of a vendor's family that begins so; a Python bound without
/// a local label means every local build (PEP 440, "Version matching"), while a version without one is the
/// public build and nothing else.
pub(crate) fn coarser(scheme: Scheme, version: &str, bound: &str) -> Option<Coarser> {
    let coarser = match scheme {
        Scheme::Pep440 => {
            let (public, _) = version.split_once('+')?;
            let same =
                !bound.contains('+') && compare(scheme, public, bound) == Ok(Ordering::Equal);
            return same.then_some(Coarser::Bound);
        }
        Scheme::Rpm => match (version.contains('-'), bound.contains('-')) {
            (true, false) => Coarser::Bound,
            (false, true) => Coarser::Version,
            _ => return None,
        },
        Scheme::Windows => match (
            windows::lacks_revision(version),
            windows::lacks_revision(bound),
        ) {
            (false, true) => Coarser::Bound,
            (true, false) => Coarser::Version,
            _ => return None,
        },
        Scheme::Generic if generic::is_front(bound, version) => return Some(Coarser::Bound),
        Scheme::Generic if generic::is_front(version, bound) => return Some(Coarser::Version),
        _ => return None,
    };
    let (coarse, fine) = match coarser {
        Coarser::Bound => (bound, version),
        Coarser::Version => (version, bound),
    };
    let same = if scheme == Scheme::Windows {
        windows::same_build(coarse, fine)
    } else {
        let (fine, _) = fine.rsplit_once('-')?;
        compare(scheme, coarse, fine) == Ok(Ordering::Equal)
    };
    same.then_some(coarser)
}

/// The side that leaves a last level out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coarser {
    Bound,
    Version,
}

/// How a version stands to a bound that is a version and nothing else: no star, no series.
pub(crate) fn stands(
    scheme: Scheme,
    version: &str,
    comparator: Comparator,
    bound: &str,
) -> Containment {
    let (version, bound) = (version.trim(), bound.trim());
    let equality = matches!(comparator, Comparator::Equal | Comparator::NotEqual);
    // A vendor's `4.0` may be 4.0 itself or all of its builds.
    if equality
        && scheme == Scheme::Generic
        && range_order(scheme, version, bound) != Ok(Ordering::Equal)
        && coarser(scheme, version, bound).is_some()
    {
        return Containment::Undetermined(Reason::Precision);
    }
    match position(scheme, version, bound) {
        Ok(order) if comparator.holds(order) => Containment::In,
        Ok(_) => Containment::Out,
        Err(why) => Containment::Undetermined(why),
    }
}

/// Where a version lies beside a bound; a bound that leaves a last level out is equal to all of that level.
fn position(scheme: Scheme, version: &str, bound: &str) -> Result<Ordering, Reason> {
    if version == bound {
        return Ok(Ordering::Equal);
    }
    match range_order(scheme, version, bound)? {
        Ordering::Equal => Ok(Ordering::Equal),
        order => match coarser(scheme, version, bound) {
            Some(Coarser::Bound) => Ok(Ordering::Equal),
            Some(Coarser::Version) if scheme == Scheme::Generic => Err(Reason::Precision),
            Some(Coarser::Version) => Err(Reason::LevelUnstated),
            None => Ok(order),
        },
    }
}

/// The key of a version inside a range: Composer brings both ends to its normal form.
pub(crate) fn range_key(scheme: Scheme, version: &str) -> Result<Key, Unparsed> {
    match scheme {
        Scheme::Packagist => packagist::composer_key(version),
        _ => key(scheme, version),
    }
}

/// The order inside a range, where it is not the order of a list: Composer's normal form decides, and Maven's
/// two editions must agree.
pub(crate) fn range_order(
    scheme: Scheme,
    version: &str,
    bound: &str,
) -> Result<Ordering, Undetermined> {
    match scheme {
        Scheme::Packagist => {
            let version = range_key(scheme, version).map_err(Undetermined::First)?;
            let bound = range_key(scheme, bound).map_err(Undetermined::Second)?;
            Ok(version.cmp(&bound))
        }
        Scheme::Maven => maven::agreed(version, bound).map_err(Undetermined::Pair),
        _ => compare(scheme, version, bound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Containment::{In, Out};

    fn semver(version: &str, from: Option<Bound<'_>>, to: Option<Bound<'_>>) -> Containment {
        between(Some(Scheme::SemVer), version, from, to)
    }

    #[test]
    fn bounds_hold_as_stated() {
        let from = Some(Bound::inclusive("1.2.0"));
        assert_eq!(semver("1.2", from, Some(Bound::exclusive("2.0.0"))), In);
        assert_eq!(semver("2.0.0", from, Some(Bound::exclusive("2.0.0"))), Out);
        assert_eq!(semver("2.0.0", from, Some(Bound::inclusive("2"))), In);
        assert_eq!(
            semver("2.0.0-rc.1", from, Some(Bound::exclusive("2.0.0"))),
            In
        );
        assert_eq!(semver("1.1.9", from, None), Out);
    }

    #[test]
    fn a_star_is_open_and_a_lower_zero_is_below_everything() {
        assert_eq!(
            semver(
                "anything at all",
                Some(Bound::inclusive("0")),
                Some(Bound::exclusive("*"))
            ),
            In
        );
        assert_eq!(
            between(
                Some(Scheme::Debian),
                "0~beta",
                Some(Bound::inclusive("0")),
                Some(Bound::exclusive("1"))
            ),
            In
        );
        assert_eq!(between(None, "unspecified", None, None), In);
    }

    #[test]
    fn a_series_holds_all_its_versions_and_no_other() {
        let upto = Some(Bound::inclusive("5.4.*"));
        for (version, expected) in [
            ("5.4.200", In),
            ("5.4", In),
            ("5.4-rc1", In),
            ("5.3.18", In),
            ("5.5-rc1", Out),
            ("5.40", Out),
        ] {
            assert_eq!(semver(version, None, upto), expected, "{version}");
        }
        assert_eq!(equal(Some(Scheme::SemVer), "5.4.7", "5.x"), In);
        assert_eq!(equal(Some(Scheme::SemVer), "6.4.7", "5.x"), Out);
        assert_eq!(semver("5.4.9", None, Some(Bound::exclusive("5.4.*"))), Out);
    }

    #[test]
    fn a_range_that_is_upside_down_calls_nothing_outside() {
        assert_eq!(
            semver(
                "2.0.0",
                Some(Bound::inclusive("4.5.0")),
                Some(Bound::exclusive("3.5.0"))
            ),
            Containment::Undetermined(Reason::Inverted)
        );
    }

    #[test]
    fn an_unstated_end_leaves_the_answer_open_unless_the_other_end_settles_it() {
        let unstated = Some(Bound::inclusive("unspecified"));
        assert_eq!(
            semver("4.0.0", unstated, Some(Bound::exclusive("3.0"))),
            Out
        );
        assert_eq!(
            semver("2.0.0", unstated, Some(Bound::exclusive("3.0"))),
            Containment::Undetermined(Reason::BoundUnstated)
        );
        assert_eq!(
            semver("n/a", None, Some(Bound::exclusive("3.0"))),
            Containment::Undetermined(Reason::VersionUnstated)
        );
    }

    #[test]
    fn without_a_scheme_only_the_same_text_decides() {
        assert_eq!(between(None, "R5", None, Some(Bound::inclusive("R5"))), In);
        assert_eq!(between(None, "R5", None, Some(Bound::exclusive("R5"))), Out);
        assert_eq!(
            between(None, "R4", None, Some(Bound::exclusive("R5"))),
            Containment::Undetermined(Reason::NoScheme)
        );
        assert_eq!(equal(None, "R5", "R5"), In);
        assert_eq!(
            equal(None, "R5", "R4"),
            Containment::Undetermined(Reason::NoScheme)
        );
    }

    #[test]
    fn equality_follows_the_order_not_the_text() {
        assert_eq!(equal(Some(Scheme::Pep440), "1.0", "1.0.0"), In);
        assert_eq!(equal(Some(Scheme::Rpm), "1.0", "1.0.0"), Out);
        assert_eq!(equal(Some(Scheme::SemVer), "1.0.0+a", "1.0.0+b"), In);
    }

    #[test]
    fn a_package_bound_without_a_release_means_all_its_releases() {
        let rpm = |version, from, to| between(Some(Scheme::Rpm), version, from, to);
        assert_eq!(rpm("1.2-3.el8", None, Some(Bound::inclusive("1.2"))), In);
        assert_eq!(rpm("1.2-3.el8", Some(Bound::exclusive("1.2")), None), Out);
        assert_eq!(
            rpm("1.2-3.el8", None, Some(Bound::exclusive("1.2-4.el8"))),
            In
        );
        assert_eq!(
            rpm("1.2", None, Some(Bound::exclusive("1.2-4.el8"))),
            Containment::Undetermined(Reason::LevelUnstated)
        );
        assert_eq!(rpm("1.2.1-3.el8", None, Some(Bound::inclusive("1.2"))), Out);
    }

    #[test]
    fn a_windows_build_without_its_revision_is_not_called_patched_or_not() {
        let fixed = Some(Bound::exclusive("10.0.17763.5329"));
        let windows = |version| {
            between(
                Some(Scheme::Windows),
                version,
                Some(Bound::inclusive("10.0.17763.0")),
                fixed,
            )
        };
        assert_eq!(windows("10.0.17763.973"), In);
        assert_eq!(windows("10.0.17763.5329"), Out);
        assert_eq!(windows("10.0.19045.1"), Out);
        assert_eq!(
            windows("10.0.17763"),
            Containment::Undetermined(Reason::LevelUnstated)
        );
    }

    #[test]
    fn composer_pads_versions_before_it_compares_them() {
        let from = Some(Bound::inclusive("1.0.0"));
        assert_eq!(between(Some(Scheme::Packagist), "v1.0", from, None), In);
        assert_eq!(equal(Some(Scheme::Packagist), "1.0", "1.0.0"), In);
        assert_eq!(
            between(Some(Scheme::Packagist), "1.0-beta1", from, None),
            Out
        );
    }

    #[test]
    fn a_patched_letter_release_is_not_taken_for_a_pre_release() {
        let answer = semver(
            "1.1.1k",
            Some(Bound::inclusive("1.1.1")),
            Some(Bound::exclusive("1.1.1l")),
        );
        assert!(matches!(
            answer,
            Containment::Undetermined(Reason::Version(_))
        ));
        let Containment::Undetermined(reason) = answer else {
            return;
        };
        assert_eq!(
            reason.to_string(),
            "The version cannot be ordered: not a SemVer version: expected `-`, `+` or the end at character 6."
        );
    }
}
