//! Errors, exit codes, help.

use std::io::Read as _;
use std::process::Stdio;

use crate::session::Session;

#[test]
fn a_path_that_is_not_there_is_named_with_advice_and_exit_2() {
    let answer = Session::new().run(&["check", "no/such/file.json"]).ends(2);
    insta::assert_snapshot!(answer.stderr, @r"
    error: there is nothing at no/such/file.json

    hint: check the spelling; paths are taken from the current folder
    ");
}

#[test]
fn a_misspelled_option_is_explained_with_exit_2() {
    let answer = Session::new().run(&["assess", "--fromat", "json"]).ends(2);
    assert!(answer.stderr.contains("--format"), "{}", answer.stderr);
}

#[test]
fn lists_without_a_workspace_say_how_to_make_one() {
    for command in [
        "devices",
        "releases",
        "components",
        "vulnerabilities",
        "findings",
        "documents",
    ] {
        let answer = Session::new().run(&[command]).ends(2);
        assert!(
            answer.stderr.contains("isocenter assess DIR"),
            "{}",
            answer.stderr
        );
    }
    assert!(!Session::new().path("home").exists());
}

#[test]
fn an_empty_folder_is_answered_and_nothing_is_called_clean() {
    let session = Session::new();
    std::fs::create_dir(session.path("papers")).unwrap();
    let answer = session.run(&["assess", "papers"]).ends(0);
    assert!(
        answer.text().contains("unchecked, not clean"),
        "{}",
        answer.text()
    );
}

#[test]
fn an_unknown_file_is_reported_and_not_stored() {
    let session = Session::new();
    session.write("papers/letter.txt", "Dear Mrs Doe");
    let answer = session.run(&["check", "papers"]).ends(1);
    assert!(answer.text().contains("letter.txt"), "{}", answer.text());
    session.run(&["assess", "papers"]).ends(0);
    let documents = session.run(&[
        "--workspace",
        "papers/.isocenter",
        "documents",
        "--format",
        "json",
    ]);
    assert!(!documents.ends(0).text().contains("letter"));
}

#[test]
fn help_shows_examples_and_exit_codes() {
    let session = Session::new();
    let help = session.run(&["--help"]).ends(0).text();
    assert!(help.contains("Examples:") && help.contains("Exit codes:"));
    for command in ["assess", "check", "findings", "show"] {
        let help = session.run(&[command, "--help"]).ends(0).text();
        assert!(help.contains("Examples:"), "{command}");
    }
}

#[test]
fn completions_and_manual_are_printed() {
    let session = Session::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            session
                .run(&["completions", shell])
                .ends(0)
                .text()
                .contains("isocenter")
        );
    }
    assert!(
        session
            .run(&["manual"])
            .ends(0)
            .text()
            .contains(".TH isocenter")
    );
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let session = Session::new();
    let mut child = session
        .command(&["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    assert_eq!(
        (child.wait().unwrap().code(), stderr.as_str()),
        (Some(0), "")
    );
}

#[test]
fn colours_are_only_for_those_who_ask() {
    let session = Session::with_hospital();
    let plain = session.run(&["check", "hospital/inventory.csv"]).text();
    assert!(!plain.contains('\u{1b}'));
    let coloured = session
        .run(&["check", "hospital/inventory.csv", "--color", "always"])
        .text();
    assert!(coloured.contains('\u{1b}'));
}

#[test]
fn a_workspace_variable_that_is_set_to_nothing_names_nothing() {
    let session = Session::with_hospital();
    let output = session
        .command(&["assess", "hospital"])
        .env("ISOCENTER_WORKSPACE", "")
        .output()
        .unwrap();
    assert!(output.status.success());
    assert!(session.path("hospital/.isocenter").is_dir());
}
