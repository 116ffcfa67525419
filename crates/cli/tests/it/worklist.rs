//! The worklist goes out to a maintenance system and comes back.

use crate::session::Session;

#[test]
fn a_worklist_comes_back_with_status_and_the_actor_is_kept() {
    let session = Session::with_hospital();
    let csv = session
        .run(&["assess", "hospital", "--format", "csv"])
        .ends(0)
        .text();
    let mut lines = csv.lines();
    let header: Vec<&str> = lines
        .next()
        .unwrap()
        .trim_start_matches('\u{feff}')
        .split(',')
        .collect();
    let id = header.iter().position(|name| *name == "id").unwrap();
    let item = lines.next().unwrap().split(',').nth(id).unwrap().to_owned();
    assert!(item.starts_with("W-"), "{item}");
    session.write(
        "back.csv",
        format!("id,status,comment\n{item},in progress,ticket 4711\n"),
    );
    session
        .run(&[
            "--workspace",
            "hospital/.isocenter",
            "--as",
            "Clinical engineering",
            "import",
            "back.csv",
        ])
        .ends(0);
    let answer = session
        .run(&[
            "--workspace",
            "hospital/.isocenter",
            "assess",
            "--format",
            "json",
        ])
        .ends(0)
        .json();
    let row = answer["worklist"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["id"] == item.as_str())
        .unwrap()
        .clone();
    assert_eq!(row["decision"]["status"], "in progress");
    assert_eq!(row["decision"]["comment"], "ticket 4711");
    assert_eq!(row["decision"]["actor"], "Clinical engineering");
    let again = session
        .run(&[
            "--workspace",
            "hospital/.isocenter",
            "assess",
            "--format",
            "csv",
        ])
        .ends(0)
        .text();
    let line = again.lines().find(|line| line.contains(&item)).unwrap();
    assert!(line.contains("in progress"), "{line}");
}

#[test]
fn worklist_ids_are_the_same_in_every_workspace() {
    let ids = || -> Vec<String> {
        let session = Session::with_hospital();
        let answer = session
            .run(&["assess", "hospital", "--format", "json"])
            .ends(0)
            .json();
        let rows = answer["worklist"].as_array().unwrap().clone();
        rows.iter()
            .map(|row| row["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(), ids());
}
