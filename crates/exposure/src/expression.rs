//! Does a paper's version expression cover our version?

use isocenter_model::product::VersionExpression;
use isocenter_versions::{self as versions, Containment, Scheme, freetext};

/// Whether it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Covered {
    In,
    Out,
    Open {
        /// No paper states our version: that is the fact to find.
        no_version_of_ours: bool,
        /// Why it cannot be decided.
        reason: String,
    },
}

/// Whether `expression` covers `version`, in the order of `hint` or else of vendors' own
/// dotted versions.
pub(crate) fn covers(
    expression: &VersionExpression,
    version: Option<&str>,
    hint: Option<Scheme>,
) -> Covered {
    match expression {
        VersionExpression::Unstated | VersionExpression::All => return Covered::In,
        VersionExpression::Exact(_) | VersionExpression::Range(_) => {}
    }
    let Some(version) = version.filter(|version| !versions::is_unstated(version)) else {
        return Covered::Open {
            no_version_of_ours: true,
            reason: "no paper states our version".to_owned(),
        };
    };
    let scheme = hint.or_else(|| Scheme::from_ecosystem("generic"));
    let containment = match expression {
        VersionExpression::Unstated | VersionExpression::All => Containment::In,
        VersionExpression::Exact(text) => freetext::listed(scheme, version, text),
        VersionExpression::Range(text) => match freetext::covers(text, scheme, version) {
            Ok(containment) => containment,
            Err(reason) => {
                return Covered::Open {
                    no_version_of_ours: false,
                    reason: reason.to_string(),
                };
            }
        },
    };
    match containment {
        Containment::In => Covered::In,
        Containment::Out => Covered::Out,
        Containment::Undetermined(reason) => Covered::Open {
            no_version_of_ours: false,
            reason: reason.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expression: &str, version: &str, covered: &Covered) {
        let expression = VersionExpression::Range(expression.to_owned());
        let scheme = Scheme::from_ecosystem("SemVer");
        assert_eq!(covers(&expression, Some(version), scheme), *covered);
    }

    #[test]
    fn comparators_and_prose_decide_and_other_words_stay_open() {
        check("<=4.4.553", "4.4.553", &Covered::In);
        check("<4.4.553", "4.4.553", &Covered::Out);
        check(">=2.0.0, <2.4.0", "2.3.0", &Covered::In);
        check("4.4.553 and prior", "4.4.0", &Covered::In);
        check("4.4.553 and prior", "4.5.0", &Covered::Out);
        let open = covers(
            &VersionExpression::Range("see the table in section 3".into()),
            Some("4.1.0"),
            None,
        );
        assert!(matches!(
            open,
            Covered::Open {
                no_version_of_ours: false,
                ..
            }
        ));
    }

    #[test]
    fn a_makers_own_version_names_are_told_apart_without_an_order() {
        let exact = VersionExpression::Exact("VB40A".into());
        assert_eq!(covers(&exact, Some("vb40a"), None), Covered::In);
        assert_eq!(covers(&exact, Some("VB30C"), None), Covered::Out);
        let longer = covers(&exact, Some("VB40A SP1"), None);
        assert!(
            matches!(longer, Covered::Open { .. }),
            "a service pack may or may not be meant"
        );
    }

    #[test]
    fn a_vers_keeps_its_own_order_and_a_part_number_excludes_no_version() {
        check("vers:deb/<1.0", "1.0~rc1", &Covered::In);
        for text in ["A51200", "4.0"] {
            let covered = covers(&VersionExpression::Exact(text.into()), Some("4.0.5"), None);
            assert!(matches!(covered, Covered::Open { .. }), "{text}");
        }
    }

    #[test]
    fn our_own_missing_version_is_the_fact_to_find() {
        let open = covers(&VersionExpression::Exact("1.0".into()), None, None);
        assert!(matches!(
            open,
            Covered::Open {
                no_version_of_ours: true,
                ..
            }
        ));
        assert_eq!(covers(&VersionExpression::All, None, None), Covered::In);
    }
}
