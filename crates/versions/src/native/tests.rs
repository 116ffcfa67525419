//! The rules of every syntax by name.

mod brackets_and_lists;
mod laws;
mod one_language;
mod operators_of_advisories;

use super::*;
use Containment::{In, Out};

#[track_caller]
fn customary(syntax: Syntax, text: &str, expected: &str) {
    let range = parse(syntax, text).unwrap();
    assert_eq!(
        range.customary_vers().unwrap().to_string(),
        expected,
        "{text}"
    );
}

#[track_caller]
fn exact(syntax: Syntax, text: &str, expected: &str) {
    let range = parse(syntax, text).unwrap();
    assert_eq!(range.vers().unwrap().to_string(), expected, "{text}");
}

#[track_caller]
fn held(syntax: Syntax, text: &str, reading: Reading, inside: &[&str], outside: &[&str]) {
    let range = parse(syntax, text).unwrap();
    for version in inside {
        assert_eq!(
            range.contains(version, reading),
            In,
            "{version} in {text}, {reading:?}"
        );
    }
    for version in outside {
        assert_eq!(
            range.contains(version, reading),
            Out,
            "{version} in {text}, {reading:?}"
        );
    }
}

#[track_caller]
fn refused(syntax: Syntax, text: &str, expected: &str) {
    assert_eq!(parse(syntax, text).unwrap_err().to_string(), expected);
}

#[test]
fn a_hole_between_two_intervals_is_one_constraint() {
    customary(Syntax::Npm, "<2.0.0 || >2.0.0", "vers:npm/!=2.0.0");
    customary(
        Syntax::Npm,
        "<2.0.0 || >2.0.0 <3.0.0",
        "vers:npm/!=2.0.0|<3.0.0",
    );
    customary(Syntax::Npm, "<2.0.0 || 2.0.0", "vers:npm/<=2.0.0");
}

#[test]
fn an_order_that_is_not_transitive_stops_no_union() {
    // `1 < 1-sp < 1-0.alpha < 1` to Maven.
    let points = ["1", "1-sp", "1-0.alpha", "1.1", "1-alpha", "1-rc", "1-1"];
    let sets: Vec<String> = points
        .iter()
        .cycle()
        .take(70)
        .map(|point| format!("[{point}]"))
        .collect();
    let range = parse(Syntax::Maven, &sets.join(",")).unwrap();
    let _ = range.vers();
    assert_eq!(range.contains("1-sp", Reading::Order), In);
}

#[test]
fn constraints_that_contradict_each_other_call_nothing_outside() {
    let range = parse(Syntax::Npm, "1.1.2 1.2.2").unwrap();
    assert_eq!(range.vers().unwrap().to_string(), "vers:none/*");
    assert_eq!(
        range.contains("1.1.2", Reading::Order),
        Containment::Undetermined(Reason::Contradiction)
    );
    assert_eq!(range.contains("1.1.2", Reading::ToolDefault), Out);
    assert_eq!(contains(Syntax::Npm, "vers:none/*", "1.0.0"), Out);
}

#[test]
fn a_range_that_is_not_stated_is_not_every_version() {
    for text in ["", " ", "n/a", "-", "unknown"] {
        assert_eq!(
            contains(Syntax::Npm, text, "1.0.0"),
            Containment::Undetermined(Reason::BoundUnstated)
        );
    }
    assert_eq!(contains(Syntax::Npm, "*", "1.0.0"), In);
}

#[test]
fn what_cannot_be_read_says_where_and_what_was_expected() {
    refused(
        Syntax::Npm,
        ">=1.2.3 latest",
        "no range of npm: expected numbers between dots, an x or a star at character 9",
    );
    refused(
        Syntax::Pep440,
        ">=1.0, ~=2",
        "no range of PyPI: expected at least two numbers at character 10",
    );
    assert!(matches!(
        contains(Syntax::Npm, "latest", "1.0.0"),
        Containment::Undetermined(Reason::Range(_))
    ));
    assert!(matches!(
        contains(Syntax::Npm, "vers:deb/>=1.0", "1.0.0"),
        Containment::Undetermined(Reason::Range(_))
    ));
}

#[test]
fn length_and_count_are_bounded() {
    let long = "1".repeat(MAX_LENGTH + 1);
    assert_eq!(
        parse(Syntax::Npm, &long),
        Err(NotRange::TooLong { length: long.len() })
    );
    let many = vec!["1.0.0"; MAX_CONSTRAINTS + 1].join("||");
    assert_eq!(parse(Syntax::Npm, &many), Err(NotRange::TooMany));
    let product = vec!["aa (= 1) | aa (= 2)"; 40].join(",");
    assert_eq!(parse(Syntax::Debian, &product), Err(NotRange::TooMany));
}
