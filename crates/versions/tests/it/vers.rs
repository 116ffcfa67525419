//! The public VERS suites.

use std::cmp::Ordering;

use isocenter_versions::{Scheme, compare};
use serde_json::Value;

/// Every test of a file, as (test type, scheme or input, input, expected).
pub(crate) fn cases(name: &str) -> Vec<Value> {
    let Some(path) = crate::real_data("vers") else {
        return Vec::new();
    };
    let Ok(bytes) = std::fs::read(path.join(name)) else {
        return Vec::new();
    };
    let suite: Value = serde_json::from_slice(&bytes).unwrap();
    suite["tests"].as_array().unwrap().clone()
}

#[test]
fn every_required_comparison_of_the_suites_holds() {
    for file in ["alpm", "conan", "datetime", "gentoo"] {
        for case in cases(&format!("{file}_version_cmp_test.json")) {
            let scheme = case["input"]["input_scheme"].as_str().unwrap();
            let scheme = Scheme::from_vers(scheme).unwrap();
            let versions: Vec<&str> = case["input"]["versions"]
                .as_array()
                .unwrap()
                .iter()
                .map(|v| v.as_str().unwrap())
                .collect();
            if case["test_type"] == "equality" {
                let equal = compare(scheme, versions[0], versions[1]) == Ok(Ordering::Equal);
                assert_eq!(
                    Some(equal),
                    case["expected_output"].as_bool(),
                    "{file}: {versions:?}"
                );
                continue;
            }
            let mut sorted = versions.clone();
            sorted.sort_by(|a, b| compare(scheme, a, b).unwrap());
            let expected: Vec<&str> = case["expected_output"]
                .as_array()
                .unwrap()
                .iter()
                .map(|v| v.as_str().unwrap())
                .collect();
            assert_eq!(sorted, expected, "{file}");
        }
    }
}

#[test]
fn every_canonical_text_of_the_suite_is_read_or_refused_as_it_says() {
    for case in cases("vers_canonical_parse_test.json") {
        let input = case["input"].as_str().unwrap();
        match (
            isocenter_versions::Vers::parse(input),
            case["expected_message"].as_str(),
        ) {
            (Err(why), Some(message)) => assert_eq!(why.to_string(), message, "{input}"),
            (Ok(vers), None) => {
                assert_eq!(
                    vers.name,
                    case["expected_output"]["scheme"].as_str().unwrap()
                );
                let expected = case["expected_output"]["version_constraints"]
                    .as_array()
                    .unwrap();
                let found: Vec<(String, String)> = vers
                    .constraints
                    .iter()
                    .map(|point| {
                        let sign = point.comparator.as_str();
                        (
                            (if sign.is_empty() { "=" } else { sign }).to_owned(),
                            point.version.clone(),
                        )
                    })
                    .collect();
                let expected: Vec<(String, String)> = expected
                    .iter()
                    .map(|pair| {
                        (
                            pair[0].as_str().unwrap().to_owned(),
                            pair[1].as_str().unwrap().to_owned(),
                        )
                    })
                    .collect();
                assert_eq!(found, expected, "{input}");
                assert_eq!(vers.to_string(), input);
            }
            (result, message) => panic!("{input}: {result:?} instead of {message:?}"),
        }
    }
}

#[test]
fn containment_holds_as_the_suite_says() {
    use isocenter_versions::{Containment, Vers};
    for case in cases("pypi_range_containment_test.json") {
        let range = case["input"]["vers"].as_str().unwrap();
        let version = case["input"]["version"].as_str().unwrap();
        let expected = if case["expected_output"] == true {
            Containment::In
        } else {
            Containment::Out
        };
        assert_eq!(
            Vers::parse_lenient(range).unwrap().contains(version),
            expected,
            "{range} {version}"
        );
    }
}
