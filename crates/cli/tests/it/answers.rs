//! The main job on the sample hospital.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::session::Session;

fn assessed() -> (Session, Value) {
    let session = Session::with_hospital();
    let answer = session
        .run(&["assess", "hospital", "--format", "json"])
        .ends(0)
        .json();
    (session, answer)
}

#[test]
fn every_finding_has_a_verdict_evidence_an_owner_and_an_action() {
    let (_, answer) = assessed();
    let findings = answer["findings"].as_array().unwrap();
    assert!(findings.len() > 50, "{}", findings.len());
    for finding in findings {
        let id = finding["id"].as_str().unwrap();
        assert!(
            finding["evidence"]
                .as_array()
                .is_some_and(|all| !all.is_empty()),
            "{id}"
        );
        assert!(
            ["manufacturer", "hospital", "supplier"].contains(&finding["owner"].as_str().unwrap()),
            "{id}"
        );
        assert!(!finding["action"].as_str().unwrap().is_empty(), "{id}");
        if finding["verdict"] == "undetermined" {
            assert!(finding["missing"]["fact"].is_string(), "{id}");
        }
    }
}

#[test]
fn all_five_verdicts_occur_and_one_flaw_is_one_finding_per_release() {
    let (_, answer) = assessed();
    let findings = answer["findings"].as_array().unwrap();
    let verdicts: BTreeSet<&str> = findings
        .iter()
        .map(|finding| finding["verdict"].as_str().unwrap())
        .collect();
    assert_eq!(
        verdicts.into_iter().collect::<Vec<_>>(),
        [
            "affected",
            "fixed",
            "not affected",
            "under investigation",
            "undetermined"
        ]
    );
    let mut seen = BTreeSet::new();
    for finding in findings {
        let key = (
            finding["release"].to_string(),
            finding["vulnerability"].to_string(),
        );
        assert!(seen.insert(key.clone()), "{key:?} twice");
    }
}

#[test]
fn every_undetermined_finding_stands_under_one_missing_fact() {
    let (_, answer) = assessed();
    let undetermined: BTreeSet<&str> = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["verdict"] == "undetermined")
        .map(|finding| finding["id"].as_str().unwrap())
        .collect();
    let mut grouped = BTreeSet::new();
    for group in answer["missing_facts"].as_array().unwrap() {
        for finding in group["findings"].as_array().unwrap() {
            assert!(
                grouped.insert(finding.as_str().unwrap()),
                "{finding} in two groups"
            );
        }
    }
    assert_eq!(grouped, undetermined);
}

#[test]
fn every_output_says_that_it_is_no_medical_device() {
    let (session, _) = assessed();
    for format in ["text", "json", "csv", "html"] {
        let text = session
            .run(&["assess", "hospital", "--format", format])
            .ends(0)
            .text();
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains("Not a medical device"), "{format}");
    }
}

#[test]
fn a_second_run_reads_nothing_new_and_answers_the_same() {
    let (session, first) = assessed();
    let again = session
        .run(&["assess", "hospital", "--format", "json"])
        .ends(0);
    assert!(again.stderr.contains(": 0 new,"), "{}", again.stderr);
    let mut second = again.json();
    let mut first = first;
    for answer in [&mut first, &mut second] {
        answer.as_object_mut().unwrap().remove("made");
        for source in answer["sources"].as_array_mut().unwrap() {
            source.as_object_mut().unwrap().remove("age_days");
        }
    }
    assert_eq!(first, second);
}

#[test]
fn a_retired_device_is_not_counted_with_those_in_use() {
    let (session, answer) = assessed();
    let devices = answer["devices"].as_array().unwrap();
    assert!(
        devices
            .iter()
            .all(|device| device["asset_id"] != "MED-0907")
    );
    let check = session.run(&["check", "hospital/inventory.csv"]).text();
    assert!(check.contains("inventory-device-retired"), "{check}");
}

#[test]
fn the_workspace_lies_in_the_folder_and_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let (session, _) = assessed();
    let folder = session.path("hospital/.isocenter");
    assert_eq!(
        std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777,
        0o700
    );
    for entry in std::fs::read_dir(&folder).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o077;
        assert_eq!(mode, 0, "{}", entry.path().display());
    }
}

#[test]
fn fail_on_turns_urgent_findings_into_exit_1() {
    let (session, answer) = assessed();
    assert!(answer["counts"]["now"].as_u64().unwrap() > 0);
    session
        .run(&["assess", "hospital", "--fail-on", "now"])
        .ends(1);
    let empty = Session::new();
    std::fs::create_dir(empty.path("papers")).unwrap();
    empty
        .run(&["assess", "papers", "--fail-on", "watch"])
        .ends(0);
}

#[test]
fn lists_filter_and_show_finds_things_by_any_of_their_names() {
    let (session, answer) = assessed();
    let at = ["--workspace", "hospital/.isocenter"];
    let run = |arguments: &[&str]| session.run(&[&at[..], arguments].concat());
    let affected = run(&["findings", "--verdict", "affected", "--format", "json"])
        .ends(0)
        .json();
    let affected = affected["findings"].as_array().unwrap().clone();
    assert!(
        affected
            .iter()
            .all(|finding| finding["verdict"] == "affected")
    );
    let expected = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["verdict"] == "affected")
        .count();
    assert_eq!(affected.len(), expected);
    let one = &affected[0];
    for name in [
        one["id"].as_str().unwrap(),
        one["vulnerability"].as_str().unwrap(),
        answer["devices"][0]["asset_id"].as_str().unwrap(),
    ] {
        let page = run(&["show", name]).ends(0).text();
        assert!(page.contains(name), "{name}\n{page}");
    }
    run(&["show", "no-such-thing"]).ends(2);
    for list in [
        "devices",
        "releases",
        "components",
        "vulnerabilities",
        "documents",
    ] {
        for format in ["text", "json", "csv"] {
            assert!(!run(&[list, "--format", format]).ends(0).stdout.is_empty());
        }
    }
}

#[test]
fn a_backup_comes_back_as_it_was() {
    let (session, first) = assessed();
    session
        .run(&[
            "--workspace",
            "hospital/.isocenter",
            "backup",
            "copy.isocenter",
        ])
        .ends(0);
    session
        .run(&["--workspace", "elsewhere", "restore", "copy.isocenter"])
        .ends(0);
    let second = session
        .run(&["--workspace", "elsewhere", "assess", "--format", "json"])
        .ends(0)
        .json();
    assert_eq!(first["findings"], second["findings"]);
    session.write("broken.isocenter", b"SQLite format 3\0 and then nothing");
    session
        .run(&["--workspace", "elsewhere", "restore", "broken.isocenter"])
        .ends(2);
    let third = session
        .run(&["--workspace", "elsewhere", "assess", "--format", "json"])
        .ends(0)
        .json();
    assert_eq!(first["findings"], third["findings"]);
}
