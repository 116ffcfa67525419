//! Native ranges against the public VERS suites.

use isocenter_versions::native::{Reading, Syntax, parse};
use isocenter_versions::{Containment, NotVers, Vers};

use crate::vers::cases;

/// A row whose expected text holds other versions than the native tool, with a version that shows it.
struct WrongSet {
    range: &'static str,
    version: &'static str,
    /// What `semver.satisfies(version, range)` of node-semver 7.8.6 answers; the suite says the contrary.
    satisfies: bool,
}

/// The suite takes a partial version for a whole one, a series behind an operator for that series alone, and
/// "and" for "or". Source: node-semver, README, "Advanced Range Syntax".
const WRONG_SETS: &[WrongSet] = &[
    // `<=1.0` is `<1.1.0-0`: any 1.0.x will do.
    WrongSet {
        range: "<= 1.0",
        version: "1.0.5",
        satisfies: true,
    },
    WrongSet {
        range: "<=2.1 >=1.1",
        version: "2.1.5",
        satisfies: true,
    },
    // `>=2.2.x` has no upper end.
    WrongSet {
        range: ">= 2.2.x",
        version: "2.3.0",
        satisfies: true,
    },
    WrongSet {
        range: ">= 1.x",
        version: "2.0.0",
        satisfies: true,
    },
    // `2.1` is `2.1.x`.
    WrongSet {
        range: "2.1 || 2.6",
        version: "2.1.5",
        satisfies: true,
    },
    // White space is "and": both bounds hold, and no version is two versions.
    WrongSet {
        range: ">=5.0.3 >=4.2.1",
        version: "4.2.1",
        satisfies: false,
    },
    WrongSet {
        range: "1.1.2 1.2.2",
        version: "1.1.2",
        satisfies: false,
    },
];

/// Rows whose expected text is no canonical VERS by the specification and the suite's own required rows
/// ("Versions are unique", "alternation"), with the fault; the same versions in canonical form are ours.
const NOT_CANONICAL: &[(&str, NotVers)] = &[
    (">= 0.2.0 <= 0.9.6 || ~0.8.0-pre", NotVers::Duplicate),
    ("2.0.x || 2.1.x", NotVers::Duplicate),
    (
        "^2.0.18 || ^3.0.16 || ^3.1.6 || ^4.0.8 || ^5.0.0-beta.5",
        NotVers::Duplicate,
    ),
    (
        "<2.0.18 || <3.0.16 || <3.1.6 || <4.0.8 || <5.0.0-beta.5",
        NotVers::Redundant,
    ),
    ("<2.0.1 || <1.1.7", NotVers::Redundant),
    (">= 5.2.1 <= 6.0.0 || >=6.0.0 <= 6.0.2", NotVers::Duplicate),
    ("<0.33.1||>0.33.1 <0.34.1", NotVers::Duplicate),
    // Conan 2.34 refuses an empty range and reads an empty alternative as `>=0.0.0`.
    ("", NotVers::NoVersion),
];

const SUITES: &[(&str, usize)] = &[
    ("conan_range_from_native_basic", 20),
    ("conan_range_from_native", 209),
    ("npm_range_from_native", 491),
    ("nuget_range_from_native", 1),
    ("pypi_range_from_native", 3),
];

#[test]
fn every_row_of_the_suites_gives_the_expected_vers_or_has_a_proven_error() {
    let mut excused = 0;
    for (file, count) in SUITES {
        let cases = cases(&format!("{file}_test.json"));
        if cases.is_empty() {
            return;
        }
        assert_eq!(cases.len(), *count, "{file}");
        for case in &cases {
            let scheme = case["input"]["scheme"].as_str().unwrap();
            let native = case["input"]["native_range"].as_str().unwrap();
            let expected = case["expected_output"].as_str().unwrap();
            let range = parse(Syntax::from_vers(scheme).unwrap(), native).unwrap();
            let ours = range.customary_vers().unwrap().to_string();
            if ours == expected {
                continue;
            }
            excused += 1;
            if let Some((_, fault)) = NOT_CANONICAL.iter().find(|(range, _)| *range == native) {
                assert_eq!(Vers::parse(expected), Err(*fault), "{native}: {expected}");
                assert_eq!(
                    Vers::parse(&ours).map(|vers| vers.to_string()),
                    Ok(ours.clone())
                );
                continue;
            }
            let proof = WRONG_SETS
                .iter()
                .find(|wrong| wrong.range == native)
                .unwrap_or_else(|| panic!("{native}: {ours}, expected {expected}"));
            let answer = |inside| {
                if inside {
                    Containment::In
                } else {
                    Containment::Out
                }
            };
            assert_eq!(
                range.contains(proof.version, Reading::ToolDefault),
                answer(proof.satisfies),
                "{native}"
            );
            assert_eq!(
                Vers::parse_lenient(expected)
                    .unwrap()
                    .contains(proof.version),
                answer(!proof.satisfies),
                "{native}: {expected}"
            );
        }
    }
    assert_eq!(excused, WRONG_SETS.len() + NOT_CANONICAL.len());
}

#[test]
fn a_canonical_form_of_ours_holds_what_the_suites_text_holds() {
    for (native, fault) in NOT_CANONICAL {
        if *fault == NotVers::NoVersion {
            continue;
        }
        let range = parse(Syntax::Npm, native).unwrap();
        let ours = Vers::parse(&range.customary_vers().unwrap().to_string()).unwrap();
        for major in 0..7 {
            for minor in [0, 1, 2, 7, 8, 9, 33, 34] {
                for patch in [0, 1, 5, 6, 8, 16, 18] {
                    let version = format!("{major}.{minor}.{patch}");
                    let by_tool = range.contains(&version, Reading::ToolDefault);
                    assert_eq!(ours.contains(&version), by_tool, "{version} in {native}");
                }
            }
        }
    }
}

#[test]
fn every_containment_row_of_the_suites_holds() {
    for case in cases("pypi_range_containment_test.json") {
        let (vers, version) = (
            case["input"]["vers"].as_str().unwrap(),
            case["input"]["version"].as_str().unwrap(),
        );
        let expected = if case["expected_output"].as_bool().unwrap() {
            Containment::In
        } else {
            Containment::Out
        };
        let ours = isocenter_versions::native::contains(Syntax::Pep440, vers, version);
        assert_eq!(ours, expected, "{version} in {vers}");
    }
}
