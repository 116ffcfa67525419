//! SARIF as collecting tools read it.

use isocenter_report::sarif;
use serde_json::Value;

use crate::sample;

fn log() -> Value {
    serde_json::from_slice(&sarif::checked(&sample::checked()).unwrap()).unwrap()
}

#[test]
fn problems_become_results_under_rules() {
    insta::assert_snapshot!(
        String::from_utf8(sarif::checked(&sample::checked()).unwrap()).unwrap()
    );
}

/// The parts of the schema that consumers rely on (SARIF 2.1.0, 3.13 to 3.49).
#[test]
fn the_log_keeps_to_the_schema() {
    let log = log();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert!(driver["name"].is_string());
    let rules = driver["rules"].as_array().unwrap();
    let artifacts = run["artifacts"].as_array().unwrap();
    assert_eq!(artifacts.len(), sample::checked().len());
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 4);
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        let level = result["level"].as_str().unwrap();
        assert!(["note", "warning", "error"].contains(&level));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let location = &result["locations"][0]["physicalLocation"];
        let artifact = &location["artifactLocation"];
        let named = &artifacts[usize::try_from(artifact["index"].as_u64().unwrap()).unwrap()];
        assert_eq!(named["location"]["uri"], artifact["uri"]);
        if let Some(region) = location.get("region") {
            assert!(region["startLine"].as_u64().unwrap() >= 1);
        }
    }
}

#[test]
fn a_run_without_problems_still_says_which_files_it_saw() {
    let files = &sample::checked()[1..2];
    let log: Value = serde_json::from_slice(&sarif::checked(files).unwrap()).unwrap();
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 0);
    assert_eq!(
        run["artifacts"][0]["location"]["uri"],
        "papers/forms.zip!/polaris.xlsx"
    );
}
