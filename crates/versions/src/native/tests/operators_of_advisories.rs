//! Operators where there is no syntax, or not this one.

use super::*;

const ALPINE: Syntax = Syntax::Operators(Scheme::Alpine);
const GENERIC: Syntax = Syntax::Operators(Scheme::Generic);
const SEMVER: Syntax = Syntax::Operators(Scheme::SemVer);

#[test]
fn commas_words_and_spaces_join_and_bars_part() {
    for text in [
        ">= 1.0, < 2.0",
        ">=1.0 <2.0",
        ">=1.0 && <2.0",
        ">= 1.0 and < 2.0",
        "=>1.0,<2.0",
    ] {
        customary(ALPINE, text, "vers:apk/>=1.0|<2.0");
    }
    for text in ["<1.0 || >2.0", "< 1.0 or > 2.0", "<1.0|>2.0"] {
        customary(ALPINE, text, "vers:apk/<1.0|>2.0");
    }
    customary(ALPINE, "1.0, 1.1", "vers:apk/1.0|1.1");
    customary(ALPINE, "*", "vers:apk/*");
    customary(SEMVER, "!=1.5.*", "vers:semver/<1.5|>=1.6");
    exact(SEMVER, "1.2.x", "vers:semver/>=1.2.0-0|<1.3.0-0");
    customary(SEMVER, "^1.2.3, <1.5", "vers:semver/>=1.2.3|<1.5.0");
    customary(
        Syntax::Operators(Scheme::Cran),
        "(>= 1.2)",
        "vers:cran/>=1.2",
    );
}

#[test]
fn a_vendors_version_may_hold_spaces() {
    held(
        GENERIC,
        ">= 8.2 SP1, < 8.3",
        Reading::Order,
        &["8.2 SP2"],
        &["8.2", "8.3"],
    );
}

#[test]
fn prose_is_read_where_nothing_else_is_and_first_for_vendors() {
    let answer = |syntax, text, version| contains(syntax, text, version);
    assert_eq!(answer(GENERIC, "All versions prior to 3.2 SP1", "3.2"), In);
    // A bar parts the two ends of one range.
    assert_eq!(answer(GENERIC, ">= 1.0 | <= 1.3", "1.5"), Out);
    assert_eq!(answer(GENERIC, "[1.0,2.0)", "1.5"), In);
    assert_eq!(answer(Syntax::Npm, "versions before 1.2.3", "1.2.2"), In);
    assert!(matches!(
        answer(Syntax::Npm, "next", "1.2.2"),
        Containment::Undetermined(Reason::Range(_))
    ));
}

#[test]
fn they_are_read_where_a_text_is_not_of_its_own_syntax() {
    let range = parse(Syntax::Npm, ">= 1.0.0, < 2.0.0").unwrap();
    assert!(!range.is_native());
    assert_eq!(range.contains("2.0.0-rc.1", Reading::Order), In);
    assert!(parse(Syntax::Npm, ">=1.0.0 <2.0.0").unwrap().is_native());
    customary(Syntax::Pep440, "= 9.0", "vers:pypi/9.0");
}

#[test]
fn a_list_beside_operators_says_two_things_at_once() {
    refused(
        ALPINE,
        ">=1.0, 2.0",
        "no range of Alpine: expected either operators or a list of bare versions at character 11",
    );
}
