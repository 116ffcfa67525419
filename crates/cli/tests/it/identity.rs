//! Questions about versions, one a line.

use std::io::Write as _;
use std::process::Stdio;

use crate::session::{Answer, Session};

fn ask(arguments: &[&str], lines: impl AsRef<[u8]>) -> Answer {
    let mut child = Session::new()
        .command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(lines.as_ref())
        .unwrap();
    Answer::from(child.wait_with_output().unwrap())
}

#[test]
fn two_versions_are_ordered_as_their_ecosystem_orders_them() {
    let lines = "\
Debian\t1.0~rc1-1\t1.0-1
Debian:12\t1:1.0\t2.0
PyPI\t1.0\t1.0.0
Maven\t1.0-SNAPSHOT\t1.0
npm\t1.0.0-rc.1\t1.0.0
RubyGems\t1.0.a\t1.0
Packagist\t1.0-patch1\t1.0.5
NuGet\t1.0.0-BETA\t1.0.0-beta
Pub\t1.2.3+a1\t1.2.3+a2
Hackage\t1.8\t1.8.0
CRAN\t1.8-1\t1.8.1
Alpine\t1.01\t1.1
Red Hat:enterprise_linux:9::baseos\t1.0^git1\t1.0
crates.io\t1.10.0\t1.9.0
Go\tv1.2.0\tv1.2.0+incompatible
SemVer\t1.1.1k\t1.1.1l
generic\t1.1.1k\t1.1.1l
";
    let answer = ask(&["identity", "compare"], lines).ends(0);
    assert_eq!(
        answer.text().split_whitespace().collect::<String>(),
        "<>=<<<>=<<=<>>=?<"
    );
    assert_eq!(answer.stderr, "");
}

#[test]
fn a_range_holds_a_version_or_not_or_nobody_can_say() {
    let lines = "\
npm\t^1.2.0 || >=3.0.0\t1.9.4
npm\t^1.2.0 || >=3.0.0\t2.0.0
PyPI\t~=1.4.2\t1.4.9
Maven\t[1.0,2.0)\t2.0
Debian\t<< 2:1.0-1\t1:9.9-1
RubyGems\t~> 2.2\t2.9
SemVer\tvers:semver/>=1.0.0|<2.0.0\t1.5.0
generic\t<=12.1.3\t12.1.3
SemVer\t<1.1.1l\t1.1.1k
";
    let answer = ask(&["identity", "range"], lines).ends(0);
    insta::assert_snapshot!(answer.text(), @r"
    yes
    no
    yes
    no
    yes
    yes
    yes
    yes
    ?
    ");
}

#[test]
fn what_is_no_question_is_answered_in_its_line_and_counted_with_exit_1() {
    let lines = b"Debian\t1.0\t2.0\n\nDebian 1.0 2.0\nFoo\t1\t2\nDebian\t\xff\t1\r\nDebian\t1\t2\t3\nDebian\t1.0\t1.0\r\n";
    let answer = ask(&["identity", "compare", "--explain"], lines).ends(1);
    insta::assert_snapshot!(answer.text(), @r"
    <
    ?	three fields between tabs were expected, 1 found
    ?	three fields between tabs were expected, 1 found
    ?	the order of `Foo` is not known
    ?	the line is not UTF-8
    ?	three fields between tabs were expected, 4 found
    =
    ");
    insta::assert_snapshot!(answer.stderr, @"5 lines are not three fields between tabs with a known ecosystem first, and were answered with `?`; the first is -:2");
}

#[test]
fn a_line_without_end_costs_no_memory_and_no_other_line() {
    let mut lines = b"Debian\t1.0\t1.1\nDebian\t".to_vec();
    lines.resize(8 << 20, b'1');
    lines.extend(b"\nDebian\t2\t1");
    let answer = ask(&["identity", "compare"], lines).ends(1);
    assert_eq!(answer.text(), "<\n?\n>\n");
}

#[test]
fn a_file_that_is_missing_is_named_before_anything_is_answered() {
    let answer = Session::new().run(&["identity", "range", "no.tsv"]).ends(2);
    assert!(answer.stderr.contains("no.tsv"), "{}", answer.stderr);
    assert!(answer.text().is_empty());
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let session = Session::new();
    session.write("pairs.tsv", "Debian\t1.0\t1.1\n".repeat(100_000));
    let mut child = session
        .command(&["identity", "compare", "pairs.tsv"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let answer = Answer::from(child.wait_with_output().unwrap()).ends(0);
    assert_eq!(answer.stderr, "");
}
