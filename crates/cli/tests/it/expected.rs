//! What a careful person concludes from the sample, and what the program says.

use serde::Deserialize;
use serde_json::Value;

use crate::session::{Session, sample};

#[derive(Deserialize)]
struct Expected {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    release: Vec<String>,
    component: Option<String>,
    vulnerability: String,
    verdict: String,
    matched: Option<String>,
    accept: Option<String>,
    why: String,
}

/// A verdict that only a feed gives and that closes the matter makes no finding.
fn says(finding: Option<&Value>, verdict: &str, stated: bool) -> bool {
    match finding {
        None => verdict == "none" || (!stated && ["fixed", "not affected"].contains(&verdict)),
        Some(finding) => finding["verdict"] == verdict,
    }
}

#[test]
fn the_program_concludes_what_a_careful_person_does() {
    let session = Session::with_hospital();
    let answer = session
        .run(&["assess", "hospital", "--format", "json"])
        .ends(0)
        .json();
    let text = std::fs::read_to_string(sample().join("../hospital-source/expected.toml")).unwrap();
    let expected: Expected = toml::from_str(&text).unwrap();
    assert!(expected.case.len() >= 25);
    let mut wrong = Vec::new();
    for case in &expected.case {
        let [maker, model, version] = case.release.as_slice() else {
            panic!("{:?}", case.release)
        };
        let release = answer["releases"]
            .as_array()
            .unwrap()
            .iter()
            .find(|release| {
                release["manufacturer"] == maker.as_str()
                    && release["model"] == model.as_str()
                    && release["version"].as_str().unwrap_or("") == version
            });
        let Some(release) = release else {
            wrong.push(format!("no release {:?}", case.release));
            continue;
        };
        let finding = answer["findings"]
            .as_array()
            .unwrap()
            .iter()
            .find(|finding| {
                let names = |id: &Value| id == case.vulnerability.as_str();
                finding["release"] == release["id"]
                    && (names(&finding["vulnerability"])
                        || finding["aliases"].as_array().unwrap().iter().any(names))
            });
        // A finding on another part of the release is none on this one.
        let finding = finding.filter(|finding| match &case.component {
            None => true,
            Some(component) => {
                std::iter::once(&finding["component"])
                    .chain(finding["other_components"].as_array().unwrap())
                    .any(|part| {
                        let label = format!(
                            "{} {}",
                            part["name"].as_str().unwrap_or(""),
                            part["version"].as_str().unwrap_or("")
                        );
                        label.trim() == component || part["name"] == component.as_str()
                    })
                    || case.verdict != "none"
            }
        });
        let stated = case.matched.is_some();
        let right = says(finding, &case.verdict, stated)
            || case
                .accept
                .as_deref()
                .is_some_and(|verdict| says(finding, verdict, stated));
        let matched_right = case.matched.as_deref().is_none_or(|matched| {
            finding.is_some_and(|finding| {
                finding["matched_verdict"] == matched || finding["verdict"] == matched
            })
        });
        if !right || !matched_right {
            wrong.push(format!(
                "{:?} {:?} {}: expected {} (matched {:?}), found {} (matched {})\n    {}",
                case.release,
                case.component,
                case.vulnerability,
                case.verdict,
                case.matched,
                finding.map_or(&Value::Null, |finding| &finding["verdict"]),
                finding.map_or(&Value::Null, |finding| &finding["matched_verdict"]),
                case.why,
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} wrong:\n{}",
        wrong.len(),
        expected.case.len(),
        wrong.join("\n")
    );
}
