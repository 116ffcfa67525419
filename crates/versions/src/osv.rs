//! OSV: `affected[].ranges[].events` and `affected[].versions`.
//!
//! Source: OSV schema 1.7, "Evaluation" and the fields `ranges[].type`, `ranges[].events[]`, `versions[]`.
//!
//! Traps: events are a set, their order in the file means nothing, but of two at the same version the first
//! written comes first; `introduced: "0"` is below every version; `last_affected` is itself affected, `fixed` is
//! not; several `limit`s widen one another, and none of them means no limit; a range of commits (`GIT`) says
//! nothing of versions and must not hide the ranges that do; a type that a later schema adds is not known
//! to exclude anything.

use crate::Scheme;
use crate::listing::stated;
use crate::order::{compare, key, sort};
use crate::range::{Bound, Containment, Reason, between, equal};

/// A turn in the history of a flaw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// From this version on it is there.
    Introduced(&'a str),
    /// From this version on it is corrected.
    Fixed(&'a str),
    /// Up to and with this version it is there.
    LastAffected(&'a str),
    /// From this version on the range says nothing, where no other limit is above.
    Limit(&'a str),
}

impl<'a> Event<'a> {
    fn version(self) -> &'a str {
        match self {
            Self::Introduced(version)
            | Self::Fixed(version)
            | Self::LastAffected(version)
            | Self::Limit(version) => version,
        }
    }
}

/// What the versions of a range are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RangeType {
    /// Semantic versions, whatever the ecosystem.
    SemVer,
    /// Versions in the order of the package's ecosystem.
    Ecosystem,
    /// Commits: no versions.
    Git,
    /// A type that this edition of the schema does not define.
    Unknown,
}

impl RangeType {
    /// The type of that word.
    pub fn from_word(word: &str) -> Self {
        match word {
            "SEMVER" => Self::SemVer,
            "ECOSYSTEM" => Self::Ecosystem,
            "GIT" => Self::Git,
            _ => Self::Unknown,
        }
    }

    /// The order that its versions follow, where the package's ecosystem has that order.
    pub fn scheme(self, ecosystem: Option<Scheme>) -> Option<Scheme> {
        match self {
            // A range of this type is read by the ecosystem's order where that is a dialect of SemVer.
            Self::SemVer => Some(match ecosystem {
                Some(dialect @ (Scheme::Go | Scheme::Bitnami)) => dialect,
                _ => Scheme::SemVer,
            }),
            Self::Ecosystem => ecosystem,
            Self::Git | Self::Unknown => None,
        }
    }
}

/// A range: its type and its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range<'a> {
    /// What its versions are.
    pub range_type: RangeType,
    /// Its events, as written.
    pub events: Vec<Event<'a>>,
}

/// A stretch of versions in which the flaw is there.
pub type Stretch<'a> = (Option<Bound<'a>>, Option<Bound<'a>>);

/// The stretches that the events of one range make.
///
/// Where two events have no order, they are taken in the order in which they are written, as publishers
/// write them.
pub fn stretches<'a>(scheme: Option<Scheme>, events: &[Event<'a>]) -> Vec<Stretch<'a>> {
    let mut turns: Vec<Event<'a>> = events
        .iter()
        .copied()
        .filter(|event| !matches!(event, Event::Limit(_)))
        .collect();
    if let Some(scheme) = scheme {
        // `0` is below every version, also where an order knows versions below its zero.
        let version = |event: &Event<'a>| Some(event.version()).filter(|version| *version != "0");
        sort(
            &mut turns,
            |event| version(event).map(|text| key(scheme, text)).transpose(),
            |a, b| match (version(a), version(b)) {
                (Some(a), Some(b)) => compare(scheme, a, b),
                (a, b) => Ok(a.is_some().cmp(&b.is_some())),
            },
        );
    }
    let mut stretches = Vec::new();
    let mut from: Option<Bound<'a>> = None;
    for turn in turns {
        match turn {
            Event::Introduced(version) => {
                from.get_or_insert(Bound::inclusive(version));
            }
            Event::Fixed(version) => {
                if let Some(from) = from.take() {
                    stretches.push((Some(from), Some(Bound::exclusive(version))));
                }
            }
            Event::LastAffected(version) => {
                if let Some(from) = from.take() {
                    stretches.push((Some(from), Some(Bound::inclusive(version))));
                }
            }
            Event::Limit(_) => {}
        }
    }
    if from.is_some() {
        stretches.push((from, None));
    }
    // The schema asks for an `introduced`; without one the flaw is there from the beginning.
    if !events
        .iter()
        .any(|event| matches!(event, Event::Introduced(_)))
    {
        let end = events.iter().find_map(|event| match event {
            Event::Fixed(version) => Some(Bound::exclusive(version)),
            Event::LastAffected(version) => Some(Bound::inclusive(version)),
            _ => None,
        });
        stretches.extend(end.map(|end| (None, Some(end))));
    }
    stretches
}

impl Range<'_> {
    /// Whether the range holds a version.
    pub fn contains(&self, ecosystem: Option<Scheme>, version: &str) -> Containment {
        let scheme = match self.range_type {
            RangeType::Git => return Containment::Undetermined(Reason::CommitsOnly),
            RangeType::Unknown => return Containment::Undetermined(Reason::RangeTypeUnknown),
            known => known.scheme(ecosystem),
        };
        let inside = stretches(scheme, &self.events)
            .into_iter()
            .map(|(from, to)| between(scheme, version, from, to))
            .fold(Containment::Out, Containment::or);
        let limit = self
            .events
            .iter()
            .filter_map(|event| match event {
                Event::Limit(limit) => Some(Bound::exclusive(limit)),
                _ => None,
            })
            .map(|limit| between(scheme, version, None, Some(limit)))
            .reduce(Containment::or);
        match limit {
            Some(within) => inside.and(within),
            None => inside,
        }
    }
}

/// Whether an `affected` entry speaks of a version: one that it lists, or one inside any of its ranges.
///
/// Ranges of commits are left out as long as anything else decides. A range of an unknown type never
/// hides that another one holds the version, but leaves "no" undetermined.
pub fn affects(
    ecosystem: Option<Scheme>,
    versions: &[&str],
    ranges: &[Range<'_>],
    version: &str,
) -> Containment {
    if let Err(unstated) = stated(version) {
        return unstated;
    }
    let readable = ranges
        .iter()
        .filter(|range| range.range_type != RangeType::Git);
    let by_list = versions
        .iter()
        .map(|listed| equal(ecosystem, version, listed));
    let by_range = readable.map(|range| range.contains(ecosystem, version));
    match by_list.chain(by_range).reduce(Containment::or) {
        Some(answer) => answer,
        None if ranges.is_empty() => Containment::Undetermined(Reason::NoVersions),
        None => Containment::Undetermined(Reason::CommitsOnly),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Containment::{In, Out};
    use Event::{Fixed, Introduced, LastAffected, Limit};

    fn npm(events: &[Event<'_>], version: &str) -> Containment {
        let range = Range {
            range_type: RangeType::SemVer,
            events: events.to_vec(),
        };
        affects(Some(Scheme::SemVer), &[], &[range], version)
    }

    #[test]
    fn events_count_by_their_versions_whatever_order_they_are_written_in() {
        let events = [
            Fixed("2.5.0"),
            Introduced("2.0.0"),
            Fixed("1.5.0"),
            Introduced("0"),
        ];
        for (version, expected) in [
            ("0.1.0", In),
            ("1.4.9", In),
            ("1.5.0", Out),
            ("1.9.0", Out),
            ("2.0.0", In),
            ("2.5.0-rc.1", In),
            ("2.5.0", Out),
        ] {
            assert_eq!(npm(&events, version), expected, "{version}");
        }
    }

    #[test]
    fn the_last_affected_version_is_affected_and_the_fixed_one_is_not() {
        assert_eq!(
            npm(&[Introduced("1.0.0"), LastAffected("1.2.0")], "1.2.0"),
            In
        );
        assert_eq!(
            npm(&[Introduced("1.0.0"), LastAffected("1.2.0")], "1.2.1"),
            Out
        );
        assert_eq!(npm(&[Introduced("1.0.0"), Fixed("1.2.0")], "1.2.0"), Out);
    }

    #[test]
    fn a_second_fix_of_a_closed_stretch_closes_nothing() {
        let events = [Introduced("0"), Fixed("1.0.0"), Fixed("2.0.0")];
        assert_eq!(npm(&events, "1.5.0"), Out);
        let joined = [
            Introduced("0"),
            Fixed("1.0.0"),
            Introduced("1.0.0"),
            Fixed("2.0.0"),
        ];
        assert_eq!(npm(&joined, "1.5.0"), In);
    }

    #[test]
    fn the_widest_limit_counts() {
        let events = [Introduced("1.0.0"), Limit("2.0.0"), Limit("3.0.0")];
        assert_eq!(npm(&events, "2.5.0"), In);
        assert_eq!(npm(&events, "3.0.0"), Out);
        assert_eq!(npm(&[Introduced("1.0.0"), Limit("*")], "9.0.0"), In);
    }

    #[test]
    fn without_an_introduction_the_flaw_is_there_from_the_beginning() {
        assert_eq!(npm(&[Fixed("1.2.0")], "0.1.0"), In);
        assert_eq!(npm(&[Fixed("1.2.0")], "1.2.0"), Out);
    }

    #[test]
    fn commits_and_unknown_types_do_not_hide_the_other_ranges() {
        let range = |range_type, events: &[Event<'static>]| Range {
            range_type,
            events: events.to_vec(),
        };
        let commits = range(RangeType::Git, &[Introduced("0"), Fixed("6b2c9f1")]);
        let future = range(RangeType::from_word("TIMESTAMP"), &[Introduced("0")]);
        let known = range(RangeType::Ecosystem, &[Introduced("0"), Fixed("2.0")]);
        let ask =
            |ranges: &[Range<'_>], version| affects(Some(Scheme::Pep440), &[], ranges, version);
        assert_eq!(ask(&[commits.clone(), known.clone()], "1.0"), In);
        assert_eq!(ask(&[commits.clone(), known.clone()], "2.0"), Out);
        assert_eq!(ask(&[future.clone(), known.clone()], "1.0"), In);
        assert_eq!(
            ask(&[future, known], "2.0"),
            Containment::Undetermined(Reason::RangeTypeUnknown)
        );
        assert_eq!(
            ask(&[commits], "2.0"),
            Containment::Undetermined(Reason::CommitsOnly)
        );
    }

    #[test]
    fn a_listed_version_is_affected_beside_every_range() {
        let range = Range {
            range_type: RangeType::Ecosystem,
            events: vec![Introduced("3.0"), Fixed("3.1")],
        };
        let ask = |version| {
            affects(
                Some(Scheme::Pep440),
                &["1.0", "1.1"],
                std::slice::from_ref(&range),
                version,
            )
        };
        assert_eq!(ask("1.0.0"), In);
        assert_eq!(ask("3.0.5"), In);
        assert_eq!(ask("2.0"), Out);
        assert_eq!(
            affects(None, &[], &[], "1.0"),
            Containment::Undetermined(Reason::NoVersions)
        );
    }

    #[test]
    fn an_ecosystem_without_a_known_order_is_undetermined_and_not_outside() {
        let range = Range {
            range_type: RangeType::Ecosystem,
            events: vec![Introduced("1.0"), Fixed("2.0")],
        };
        assert_eq!(
            affects(None, &["1.5"], std::slice::from_ref(&range), "1.5"),
            In,
            "a listed text is equal without an order"
        );
        assert_eq!(
            affects(None, &[], &[range], "1.5"),
            Containment::Undetermined(Reason::NoScheme)
        );
    }
}
