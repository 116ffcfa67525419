//! NVD match criteria: a CPE's version and update, and `versionStart…`/`versionEnd…`.
//!
//! Source: NVD API 2.0, "CPE Match Criteria" (`versionStartIncluding`, `versionStartExcluding`,
//! `versionEndIncluding`, `versionEndExcluding`); NISTIR 7695, 5.3.3 (version, update); NISTIR 7696, 6.
//!
//! Traps: the bounds limit the *version* attribute, so `3.2` with any update is inside `versionEndIncluding:
//! 3.2`, service packs included; an update beside an inclusive end is the end's own ("up to 3.2 SP1", as the older
//! feed's "and previous" wrote it); `-` says that no version applies and decides nothing about a device that has
//! one; `*` without bounds is every version; Oracle's Java stands both as `1.8.0:update_151` and as
//! `1.8.0_151`.

use std::borrow::Cow;

use crate::Scheme;
use crate::generic;
use crate::listing::stated;
use crate::range::{Bound, Containment, Reason, between, equal};

/// A logical or literal value of a CPE attribute (NISTIR 7695, 5.3.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Attribute<'a> {
    /// Any value; of a device's own name: nothing is said.
    #[default]
    Any,
    /// No value applies.
    NotApplicable,
    /// This value, unescaped.
    Value(&'a str),
}

impl<'a> Attribute<'a> {
    /// The attribute that an unescaped text stands for: `*` and nothing are any, `-` is not applicable.
    pub fn new(text: &'a str) -> Self {
        match text {
            "" | "*" => Self::Any,
            "-" => Self::NotApplicable,
            value => Self::Value(value),
        }
    }
}

/// A match criteria, as far as versions go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Criteria<'a> {
    /// The version attribute of its CPE name.
    pub version: Attribute<'a>,
    /// The update attribute of its CPE name.
    pub update: Attribute<'a>,
    /// `versionStartIncluding` or `versionStartExcluding`.
    pub start: Option<Bound<'a>>,
    /// `versionEndIncluding` or `versionEndExcluding`.
    pub end: Option<Bound<'a>>,
}

/// The version under question, with its update where that is known apart from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Release<'a> {
    /// Version as written; may carry its update (`3.2 SP1`).
    pub version: &'a str,
    /// Update: service pack, patch, release candidate.
    pub update: Attribute<'a>,
}

impl<'a> From<&'a str> for Release<'a> {
    fn from(version: &'a str) -> Self {
        Self {
            version,
            update: Attribute::Any,
        }
    }
}

impl Criteria<'_> {
    /// Whether the criteria hold a version.
    pub fn contains(&self, scheme: Option<Scheme>, release: Release<'_>) -> Containment {
        let open = self.start.is_none() && self.end.is_none();
        if open && self.version == Attribute::Any && self.update == Attribute::Any {
            return Containment::In;
        }
        if let Err(unstated) = stated(release.version) {
            return unstated;
        }
        let whole = match release.update {
            Attribute::Value(update) => joined(scheme, release.version, update),
            Attribute::Any | Attribute::NotApplicable => Cow::Borrowed(release.version),
        };
        let base = generic::base(release.version);
        match (self.version, self.update) {
            _ if !open => self.bounded(scheme, base, &whole),
            (Attribute::NotApplicable, _) => Containment::Undetermined(Reason::NotApplicable),
            (Attribute::Any, update) => any_version(update, release, base),
            (Attribute::Value(version), Attribute::Any) => {
                equal(scheme, base, version).or(equal(scheme, &whole, version))
            }
            (Attribute::Value(version), Attribute::NotApplicable) => equal(scheme, &whole, version),
            (Attribute::Value(version), Attribute::Value(update)) => {
                let unstated = release.update == Attribute::Any && base == release.version.trim();
                if unstated && equal(scheme, base, version) == Containment::In {
                    return Containment::Undetermined(Reason::UpdateUnstated);
                }
                equal(
                    order_of_updates(scheme),
                    &whole,
                    &joined(scheme, version, update),
                )
            }
        }
    }

    /// By the bounds: inside if the version is, read with or without its update.
    fn bounded(&self, scheme: Option<Scheme>, base: &str, whole: &str) -> Containment {
        if let (Attribute::Value(update), Some(end)) = (self.update, self.end)
            && end.inclusive
        {
            let end = joined(scheme, end.version, update);
            return between(
                order_of_updates(scheme),
                whole,
                self.start,
                Some(Bound::inclusive(&end)),
            );
        }
        let by_version = between(scheme, base, self.start, self.end);
        if whole == base {
            return by_version;
        }
        let order = if scheme == Some(Scheme::Jvm) {
            scheme
        } else {
            order_of_updates(scheme)
        };
        by_version.or(between(order, whole, self.start, self.end))
    }
}

/// Any version, with a certain update or with none.
fn any_version(update: Attribute<'_>, release: Release<'_>, base: &str) -> Containment {
    let plain = |text: &str| {
        text.chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase()
    };
    let own = match release.update {
        Attribute::Value(own) => plain(own),
        Attribute::NotApplicable => String::new(),
        Attribute::Any if base == release.version.trim() => {
            return Containment::Undetermined(Reason::UpdateUnstated);
        }
        Attribute::Any => plain(release.version.trim().get(base.len()..).unwrap_or_default()),
    };
    let wanted = match update {
        Attribute::Value(wanted) => plain(wanted),
        Attribute::NotApplicable | Attribute::Any => String::new(),
    };
    if own == wanted {
        Containment::In
    } else {
        Containment::Out
    }
}

/// A version with its update, as the order that compares them reads it.
fn joined<'a>(scheme: Option<Scheme>, version: &'a str, update: &str) -> Cow<'a, str> {
    let mark = if scheme == Some(Scheme::Jvm) {
        '_'
    } else {
        ' '
    };
    Cow::Owned(format!("{version}{mark}{update}"))
}

/// Updates are a vendor's own levels, which no ecosystem's order knows; Java's are.
fn order_of_updates(scheme: Option<Scheme>) -> Option<Scheme> {
    match scheme {
        Some(Scheme::Jvm) => scheme,
        _ => Some(Scheme::Generic),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Containment::{In, Out};

    const GENERIC: Option<Scheme> = Some(Scheme::Generic);

    fn exact<'a>(version: &'a str, update: &'a str) -> Criteria<'a> {
        Criteria {
            version: Attribute::new(version),
            update: Attribute::new(update),
            ..Criteria::default()
        }
    }

    fn up_to<'a>(end: Bound<'a>, update: &'a str) -> Criteria<'a> {
        Criteria {
            update: Attribute::new(update),
            end: Some(end),
            ..Criteria::default()
        }
    }

    fn ask(criteria: Criteria<'_>, version: &str) -> Containment {
        criteria.contains(GENERIC, version.into())
    }

    #[test]
    fn bounds_limit_the_version_whatever_its_update() {
        let including = up_to(Bound::inclusive("3.2"), "*");
        assert_eq!(ask(including, "3.2"), In);
        assert_eq!(ask(including, "3.2 SP1"), In);
        assert_eq!(ask(including, "3.3"), Out);
        let excluding = up_to(Bound::exclusive("3.2"), "*");
        assert_eq!(ask(excluding, "3.2"), Out);
        assert_eq!(ask(excluding, "3.2 SP1"), Out);
        assert_eq!(ask(excluding, "3.2 rc1"), In);
        assert_eq!(ask(excluding, "3.1.9"), In);
    }

    #[test]
    fn an_update_beside_an_inclusive_end_is_the_ends_own() {
        let criteria = up_to(Bound::inclusive("3.2"), "sp1");
        assert_eq!(ask(criteria, "3.2"), In);
        assert_eq!(ask(criteria, "3.2 SP1"), In);
        assert_eq!(ask(criteria, "3.2 SP2"), Out);
        assert_eq!(
            criteria.contains(
                GENERIC,
                Release {
                    version: "3.2",
                    update: Attribute::Value("sp2")
                }
            ),
            Out
        );
    }

    #[test]
    fn an_exact_update_is_not_decided_by_a_version_that_states_none() {
        let criteria = exact("3.2", "sp1");
        assert_eq!(ask(criteria, "3.2 SP1"), In);
        assert_eq!(ask(criteria, "3.2 SP2"), Out);
        assert_eq!(
            ask(criteria, "3.2"),
            Containment::Undetermined(Reason::UpdateUnstated)
        );
        assert_eq!(ask(criteria, "3.3"), Out);
        assert_eq!(ask(exact("3.2", "*"), "3.2 SP1"), In);
        assert_eq!(ask(exact("3.2", "-"), "3.2 SP1"), Out);
        assert_eq!(ask(exact("3.2", "-"), "3.2"), In);
    }

    #[test]
    fn any_version_without_bounds_is_every_version_and_no_version_decides_nothing() {
        assert_eq!(ask(exact("*", "*"), "unknown"), In);
        assert_eq!(
            ask(exact("-", "*"), "1.0"),
            Containment::Undetermined(Reason::NotApplicable)
        );
        assert_eq!(ask(exact("*", "sp1"), "7 SP1"), In);
        assert_eq!(
            ask(exact("*", "sp1"), "7"),
            Containment::Undetermined(Reason::UpdateUnstated)
        );
    }

    #[test]
    fn java_updates_are_one_version_in_both_spellings() {
        let criteria = exact("1.8.0", "update_151");
        let ask = |criteria: Criteria<'_>, version: &str| {
            criteria.contains(Some(Scheme::Jvm), version.into())
        };
        assert_eq!(ask(criteria, "1.8.0_151"), In);
        assert_eq!(ask(criteria, "8u161"), Out);
        assert_eq!(ask(up_to(Bound::exclusive("1.8.0_161"), "*"), "8u151"), In);
    }
}
