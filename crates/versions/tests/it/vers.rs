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
