//! What a range is made of: bounds, and what a tool makes of them.

use super::{MAX_CONSTRAINTS, NotRange, Reading, Syntax, composer, is_pre_release};
use crate::Scheme;
use crate::pep440;
use crate::range::{Containment, Reason, equal, stands};
use crate::vers::Comparator;

/// A comparator and the version that it compares with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) comparator: Comparator,
    pub(super) version: String,
}

impl Bound {
    pub(super) fn new(comparator: Comparator, version: impl Into<String>) -> Self {
        Self {
            comparator,
            version: version.into(),
        }
    }

    fn contains(&self, syntax: Syntax, version: &str) -> Containment {
        stands(syntax.scheme(), version, self.comparator, &self.version)
    }
}

/// What a tool asks where its rule is not a comparison with one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Rule {
    /// The same text, letter case aside (PEP 440, `===`).
    SameText(String),
    /// A text that begins so (Conan, `1.2.*`).
    Prefix(String),
    /// Above a version and no post-release of it (PEP 440, `>`).
    AbovePosts(String),
    /// A bound that pre-releases of one series do not pass (Cargo, `=1.2`).
    NoPreReleaseWithin {
        bound: Bound,
        from: String,
        below: String,
    },
    /// Another bound than the order's.
    Bound(Bound),
    /// Every version.
    Any,
}

/// One constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A bound.
    Bound {
        /// By the order of versions alone.
        order: Bound,
        /// As VERS texts customarily write it, if different.
        customary: Option<Bound>,
        /// As the tool reads it with pre-releases admitted, if different.
        admitted: Option<Rule>,
        /// As the tool reads it by default, if different again.
        default: Option<Rule>,
    },
    /// Everything but one series: `!=1.2.*`.
    Outside {
        /// The first version of the series.
        from: Bound,
        /// The first version after the series.
        below: Bound,
        /// The series' numbers, as VERS texts would write both ends.
        customary: (String, String),
    },
    /// A version that is preferred, excluding none (Maven's soft requirement).
    Preferred(String),
}

impl Part {
    pub(super) fn bound(comparator: Comparator, version: impl Into<String>) -> Self {
        Self::Bound {
            order: Bound::new(comparator, version),
            customary: None,
            admitted: None,
            default: None,
        }
    }

    /// A lower bound at the first pre-release of a version, written without it.
    pub(super) fn from_pre_releases_of(syntax: Syntax, version: &str) -> Self {
        Self::bound(Comparator::GreaterOrEqual, first_of(syntax, version))
            .written(Comparator::GreaterOrEqual, version)
    }

    /// An upper bound below every pre-release of a version, written without it.
    pub(super) fn below_pre_releases_of(syntax: Syntax, version: &str) -> Self {
        Self::bound(Comparator::Less, first_of(syntax, version)).written(Comparator::Less, version)
    }

    /// The same part with the text that VERS customarily has.
    #[must_use]
    pub(super) fn written(mut self, comparator: Comparator, version: impl Into<String>) -> Self {
        if let Self::Bound {
            order, customary, ..
        } = &mut self
        {
            let text = Bound::new(comparator, version);
            *customary = (text != *order).then_some(text);
        }
        self
    }

    /// The same part with the rule that the tool follows once pre-releases are admitted.
    #[must_use]
    pub(super) fn admitting(mut self, rule: Rule) -> Self {
        if let Self::Bound { admitted, .. } = &mut self {
            *admitted = Some(rule);
        }
        self
    }

    /// The same part with the rule that the tool follows by default.
    #[must_use]
    pub(super) fn by_default(mut self, rule: Rule) -> Self {
        if let Self::Bound { default, .. } = &mut self {
            *default = Some(rule);
        }
        self
    }

    pub(super) fn contains(&self, syntax: Syntax, version: &str, reading: Reading) -> Containment {
        match self {
            Self::Bound {
                order,
                admitted,
                default,
                ..
            } => {
                let rule = match reading {
                    Reading::Order => None,
                    Reading::PreReleasesAdmitted => admitted.as_ref(),
                    Reading::ToolDefault => default.as_ref().or(admitted.as_ref()),
                };
                match rule {
                    Some(rule) => rule.contains(syntax, version),
                    None => order.contains(syntax, version),
                }
            }
            Self::Outside { from, below, .. } => {
                let before = Bound::new(Comparator::Less, &*from.version);
                let after = Bound::new(Comparator::GreaterOrEqual, &*below.version);
                before
                    .contains(syntax, version)
                    .or(after.contains(syntax, version))
            }
            Self::Preferred(preferred) => {
                if reading != Reading::Order {
                    return Containment::In;
                }
                match equal(Some(syntax.scheme()), version, preferred) {
                    Containment::In => Containment::In,
                    _ => Containment::Undetermined(Reason::Preference(preferred.clone())),
                }
            }
        }
    }
}

impl Rule {
    fn contains(&self, syntax: Syntax, version: &str) -> Containment {
        let decided = |inside| {
            if inside {
                Containment::In
            } else {
                Containment::Out
            }
        };
        match self {
            Self::Any => Containment::In,
            Self::Bound(bound) => bound.contains(syntax, version),
            Self::SameText(text) => decided(version.trim().eq_ignore_ascii_case(text)),
            Self::Prefix(text) => decided(version.trim().starts_with(text.as_str())),
            Self::AbovePosts(bound) => {
                match stands(Scheme::Pep440, version, Comparator::Greater, bound) {
                    Containment::In => decided(!pep440::is_post_release_of(version, bound)),
                    other => other,
                }
            }
            Self::NoPreReleaseWithin { bound, from, below } => {
                let inside = Bound::new(Comparator::GreaterOrEqual, &**from)
                    .contains(syntax, version)
                    .and(Bound::new(Comparator::Less, &**below).contains(syntax, version));
                if inside == Containment::In && is_pre_release(syntax, version) {
                    return Containment::Out;
                }
                bound.contains(syntax, version)
            }
        }
    }
}

/// Which pre-releases a tool chooses by default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Admits {
    /// All that lie in the range.
    All,
    /// None.
    None,
    /// Those of these releases (`1.2.3`).
    Of(Vec<String>),
    /// Those that are at least this stable (Composer).
    AtLeast(composer::Stability),
}

/// Constraints that hold together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alternative {
    pub(super) parts: Vec<Part>,
    pub(super) admits: Admits,
}

impl Alternative {
    pub(super) fn new(parts: Vec<Part>) -> Self {
        Self {
            parts,
            admits: Admits::All,
        }
    }

    pub(super) fn admitting(parts: Vec<Part>, admits: Admits) -> Self {
        Self { parts, admits }
    }
}

/// The first version of all that belong to a release: its lowest pre-release where the scheme has one.
///
/// Source: SemVer 2.0.0, item 11.4; PEP 440, "Developmental releases"; Gem::Version (capitals sort first);
/// composer/semver (`-dev`); Conan 2 (an empty pre-release).
pub(super) fn first_of(syntax: Syntax, version: &str) -> String {
    let suffix = match syntax.scheme() {
        Scheme::SemVer | Scheme::NuGet | Scheme::Go | Scheme::Pub | Scheme::Julia => "-0",
        Scheme::Pep440 => ".dev0",
        Scheme::RubyGems => ".A",
        Scheme::Packagist => "-dev",
        Scheme::Conan => "-",
        _ => "",
    };
    let semver = suffix == "-0";
    let missing = if semver {
        2_usize.saturating_sub(version.matches('.').count())
    } else {
        0
    };
    format!("{version}{}{suffix}", ".0".repeat(missing))
}

/// Every way to take one member of each group, all its constraints together.
pub(super) fn combined(groups: &[Vec<Vec<Part>>]) -> Result<Vec<Vec<Part>>, NotRange> {
    let mut ways: Vec<Vec<Part>> = vec![Vec::new()];
    for group in groups {
        if ways.len().saturating_mul(group.len()) > MAX_CONSTRAINTS {
            return Err(NotRange::TooMany);
        }
        ways = ways
            .iter()
            .flat_map(|way| group.iter().map(|member| [way.as_slice(), member].concat()))
            .collect();
    }
    Ok(ways)
}
