//! Ranges in the syntax of each ecosystem.

use isocenter_versions::native::{self, Reading, Syntax};
use isocenter_versions::{Containment, Scheme, is_unstated};

use super::{decided, lines};

const SYNTAXES: [Syntax; 18] = [
    Syntax::Npm,
    Syntax::Cargo,
    Syntax::Hex,
    Syntax::Pub,
    Syntax::RubyGems,
    Syntax::Pep440,
    Syntax::Maven,
    Syntax::NuGet,
    Syntax::Composer,
    Syntax::Conan,
    Syntax::Debian,
    Syntax::Rpm,
    Syntax::Go,
    Syntax::Hackage,
    Syntax::Nginx,
    Syntax::OpenSsl,
    Syntax::Operators(Scheme::Generic),
    Syntax::Operators(Scheme::Alpine),
];

/// Vendors' own versions, whose ranges are read as prose before they are read as operators.
const PROSE_FIRST: Syntax = Syntax::Operators(Scheme::Generic);

/// The first line is a range, the others are versions: in every syntax, both doors answer alike, and what the
/// range's VERS decides is what the range decides.
pub(crate) fn ranges(data: &[u8]) {
    let texts = lines(data);
    let Some((text, versions)) = texts.split_first() else {
        return;
    };
    for syntax in SYNTAXES {
        let range = match native::parse(syntax, text) {
            Ok(range) => range,
            Err(why) => {
                assert!(
                    !why.to_string().is_empty(),
                    "{syntax}: {text:?} has no reason"
                );
                continue;
            }
        };
        assert_eq!(range.text(), text, "{syntax}: the text is kept");
        let vers = range.vers();
        let _ = range.customary_vers();
        for version in versions.iter().take(4) {
            let own = range.contains(version, Reading::Order);
            let _ = range.contains(version, Reading::PreReleasesAdmitted);
            let _ = range.contains(version, Reading::ToolDefault);
            let door = native::contains(syntax, text, version);
            if is_unstated(text) {
                assert!(
                    matches!(door, Containment::Undetermined(_)),
                    "{syntax}: a range that is not stated decides on {version:?}"
                );
            } else if !(text.trim_start().starts_with("vers:") || syntax == PROSE_FIRST) {
                assert_eq!(
                    door, own,
                    "{syntax}: {text:?} and {version:?} through both doors"
                );
            }
            let Ok(vers) = &vers else { continue };
            let spelled = vers.contains_under(Some(syntax.scheme()), version);
            if let (Some(own), Some(spelled)) = (decided(&own), decided(&spelled)) {
                assert_eq!(
                    own, spelled,
                    "{syntax}: {text:?} holds {version:?}, and {vers} does"
                );
            }
            if let Containment::Undetermined(why) = own {
                assert!(
                    !why.to_string().is_empty(),
                    "{syntax}: {text:?} has no reason"
                );
            }
        }
    }
}
