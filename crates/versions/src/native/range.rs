//! A range that was read, and what can be asked of it.

use super::part::{Admits, Alternative};
use super::union::{self, NoVers, Spelling};
use super::{Syntax, composer, is_pre_release};
use crate::key::stated;
use crate::order::compare;
use crate::range::{Containment, Reason, is_unstated};
use crate::vers::Vers;

/// What is asked of a range. The questions differ over pre-releases only – and, in Python, over
/// post-releases – but there they differ in every ecosystem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reading {
    /// Does the range hold this version, by the order of versions? The question about being affected.
    ///
    /// A written bound is compared and nothing else: `<2.0.0` holds `2.0.0-rc.1`. Shorthand stands for what
    /// its ecosystem says it does, so `^1.2.3` ends below every pre-release of `2.0.0`.
    Order,
    /// Would the ecosystem's tool match this version once pre-releases are admitted? npm's
    /// `includePrerelease`, `prereleases=True` of Python's packaging, Composer's `minimum-stability: dev`,
    /// Conan's `include_prerelease`; the other tools have no such switch and compare.
    PreReleasesAdmitted,
    /// Would the ecosystem's tool choose this version as it is set up by default, with other versions to
    /// choose from?
    ToolDefault,
}

/// A range of versions in an ecosystem's own syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    syntax: Syntax,
    native: bool,
    text: String,
    alternatives: Vec<Alternative>,
    /// For each alternative, whether its constraints leave nothing.
    contradictions: Vec<bool>,
}

impl Range {
    pub(super) fn new(
        syntax: Syntax,
        native: bool,
        text: &str,
        alternatives: Vec<Alternative>,
    ) -> Self {
        let contradictions = alternatives
            .iter()
            .map(|alternative| union::contradicts(syntax, alternative))
            .collect();
        Self {
            syntax,
            native,
            text: text.to_owned(),
            alternatives,
            contradictions,
        }
    }

    /// The syntax of its ecosystem.
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// Whether it was read by the ecosystem's own syntax, and not as the operators of advisories.
    pub fn is_native(&self) -> bool {
        self.native
    }

    /// The text as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the range holds a version.
    ///
    /// Bounds that contradict each other (`>=2 <1`) are the writer's mistake and call nothing outside under
    /// [`Reading::Order`]; the tools' readings answer as the tools do.
    pub fn contains(&self, version: &str, reading: Reading) -> Containment {
        if is_unstated(version) {
            return Containment::Undetermined(Reason::VersionUnstated);
        }
        if let Err(why) = stated(version) {
            return Containment::Undetermined(Reason::Version(why));
        }
        self.alternatives
            .iter()
            .zip(&self.contradictions)
            .map(|(alternative, contradiction)| {
                if *contradiction && reading == Reading::Order {
                    return Containment::Undetermined(Reason::Contradiction);
                }
                self.alternative(alternative, version, reading)
            })
            .fold(Containment::Out, Containment::or)
    }

    fn alternative(
        &self,
        alternative: &Alternative,
        version: &str,
        reading: Reading,
    ) -> Containment {
        let holds = alternative
            .parts
            .iter()
            .map(|part| part.contains(self.syntax, version, reading))
            .fold(Containment::In, Containment::and);
        if reading != Reading::ToolDefault || holds == Containment::Out {
            return holds;
        }
        let chosen = match &alternative.admits {
            Admits::All => true,
            Admits::AtLeast(least) => composer::stability(version) >= *least,
            Admits::None => !is_pre_release(self.syntax, version),
            Admits::Of(releases) => {
                !is_pre_release(self.syntax, version)
                    || releases.iter().any(|release| {
                        compare(self.syntax.scheme(), super::release(version), release)
                            == Ok(std::cmp::Ordering::Equal)
                    })
            }
        };
        if chosen { holds } else { Containment::Out }
    }

    /// The range as VERS that holds the same versions as [`Reading::Order`].
    ///
    /// Ends of shorthand are exact: `^1.2.3` is `>=1.2.3|<2.0.0-0`. A range that holds no version is
    /// `vers:none/*`.
    pub fn vers(&self) -> Result<Vers, NoVers> {
        union::vers(self.syntax, &self.alternatives, Spelling::Exact)
    }

    /// The range as VERS texts customarily have it: `^1.2.3` is `>=1.2.3|<2.0.0`, as the VERS type
    /// definitions write it. It also holds the pre-releases of an end that shorthand leaves out, and lacks
    /// those of a beginning that it takes in.
    pub fn customary_vers(&self) -> Result<Vers, NoVers> {
        union::vers(self.syntax, &self.alternatives, Spelling::Customary)
    }
}
