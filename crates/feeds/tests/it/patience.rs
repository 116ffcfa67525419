//! Conditional requests, broken connections, busy servers, lengths that lie.

use std::time::Duration;

use isocenter_feeds::{FeedError, Refusal};

use crate::Machine;
use crate::server::Reply;

const KEV: &str = "www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json";

fn catalog(entries: usize) -> Vec<u8> {
    let rows: Vec<String> = (0..entries)
        .map(|row| format!("{{\"cveID\":\"CVE-2026-{row:05}\"}}"))
        .collect();
    format!("{{\"vulnerabilities\":[{}]}}", rows.join(",")).into_bytes()
}

#[test]
fn a_file_that_has_not_changed_is_not_sent_again() {
    let mut machine = Machine::new();
    machine.server.on(KEV, [Reply::File(catalog(3), "\"one\"")]);
    let first = machine.pull("kev", "2026-11-01").unwrap();
    assert_eq!(crate::contents(&first)[0].1, catalog(3));
    machine.server.requests();
    let second = machine.pull("kev", "2026-11-02").unwrap();
    assert!(second.files.is_empty());
    assert_eq!(second.unchanged, 1);
    assert_eq!(
        machine.server.requests()[0].headers["if-none-match"],
        "\"one\""
    );
    let state = machine.folder().state("kev").unwrap();
    assert_eq!(state.asked, Some(crate::at("2026-11-02")));
    assert_eq!(
        state.files.values().next().unwrap().fetched,
        crate::at("2026-11-01")
    );
}

#[test]
fn a_server_without_conditional_requests_costs_a_transfer_and_no_import() {
    let mut machine = Machine::new();
    machine.server.on(KEV, [Reply::Plain(catalog(3))]);
    assert_eq!(machine.pull("kev", "2026-11-01").unwrap().files.len(), 1);
    assert!(machine.pull("kev", "2026-11-02").unwrap().files.is_empty());
}

#[test]
fn a_file_that_was_lost_is_fetched_whatever_is_known_of_it() {
    let mut machine = Machine::new();
    machine.server.on(KEV, [Reply::File(catalog(3), "\"one\"")]);
    let first = machine.pull("kev", "2026-11-01").unwrap();
    std::fs::remove_file(&first.files[0]).unwrap();
    machine.pull("kev", "2026-11-02").unwrap();
    assert!(first.files[0].is_file());
}

#[test]
fn a_download_goes_on_where_it_broke_off() {
    let mut machine = Machine::new();
    let whole = catalog(5_000);
    machine.server.on(
        KEV,
        [
            Reply::Drop(whole.clone(), "\"one\"", 40_000),
            Reply::Drop(whole.clone(), "\"one\"", 30_000),
            Reply::File(whole.clone(), "\"one\""),
        ],
    );
    let pulled = machine.pull("kev", "2026-11-01").unwrap();
    assert_eq!(crate::contents(&pulled)[0].1, whole);
    let ranges: Vec<Option<String>> = machine
        .server
        .requests()
        .into_iter()
        .map(|request| request.headers.get("range").cloned())
        .collect();
    assert_eq!(
        ranges,
        [
            None,
            Some("bytes=40000-".into()),
            Some("bytes=70000-".into())
        ]
    );
}

#[test]
fn a_part_of_an_older_edition_is_not_joined_to_a_newer_one() {
    let mut machine = Machine::new();
    machine.server.on(
        KEV,
        [
            Reply::Drop(catalog(5_000), "\"one\"", 40_000),
            Reply::File(catalog(6_000), "\"two\""),
        ],
    );
    let pulled = machine.pull("kev", "2026-11-01").unwrap();
    assert_eq!(crate::contents(&pulled)[0].1, catalog(6_000));
}

#[test]
fn what_broke_off_for_good_is_taken_up_by_the_next_call() {
    let mut machine = Machine::new();
    let whole = catalog(5_000);
    machine.server.on(
        KEV,
        [Reply::Drop(whole.clone(), "\"one\"", 20_000), Reply::Hang],
    );
    let error = machine.pull("kev", "2026-11-01").unwrap_err();
    assert!(
        matches!(error, FeedError::Unreachable { attempts: 5, .. }),
        "{error}"
    );
    machine
        .server
        .on(KEV, [Reply::File(whole.clone(), "\"one\"")]);
    machine.server.requests();
    let pulled = machine.pull("kev", "2026-11-02").unwrap();
    assert_eq!(crate::contents(&pulled)[0].1, whole);
    assert_eq!(
        machine.server.requests()[0].headers["range"],
        "bytes=20000-"
    );
}

#[test]
fn a_busy_server_says_how_long_to_wait() {
    let mut machine = Machine::new();
    machine.server.on(
        KEV,
        [
            Reply::Status(429, Some(17)),
            Reply::Status(503, None),
            Reply::Status(500, None),
            Reply::File(catalog(1), "\"one\""),
        ],
    );
    machine.pull("kev", "2026-11-01").unwrap();
    let seconds: Vec<u64> = machine
        .waits
        .iter()
        .map(|(time, _)| time.as_secs())
        .collect();
    assert_eq!(seconds, [17, 2, 4]);
}

#[test]
fn a_server_that_wants_too_much_patience_is_left_for_another_day() {
    let mut machine = Machine::new();
    machine.server.on(KEV, [Reply::Status(429, Some(86_400))]);
    let error = machine.pull("kev", "2026-11-01").unwrap_err();
    assert!(
        matches!(error, FeedError::Unreachable { attempts: 1, .. }),
        "{error}"
    );
    assert!(machine.waits.is_empty());
}

#[test]
fn a_length_that_lies_never_replaces_what_is_there() {
    let mut machine = Machine::new();
    machine.server.on(KEV, [Reply::File(catalog(3), "\"one\"")]);
    let first = machine.pull("kev", "2026-11-01").unwrap();
    for lie in [
        Reply::Lie(catalog(9), catalog(9).len() + 500),
        Reply::Lie(catalog(9), catalog(9).len() - 20),
        Reply::Lie(catalog(9), 0),
    ] {
        machine.server.on(KEV, [lie.clone()]);
        let error = machine.pull("kev", "2026-11-02").unwrap_err();
        assert!(
            matches!(error, FeedError::Unreachable { .. }),
            "{lie:?}: {error}"
        );
        assert_eq!(std::fs::read(&first.files[0]).unwrap(), catalog(3));
    }
    let state = machine.folder().state("kev").unwrap();
    assert_eq!(state.asked, Some(crate::at("2026-11-01")));
}

#[test]
fn what_is_no_whole_file_of_its_kind_is_said_so() {
    let mut machine = Machine::new();
    machine
        .server
        .on(KEV, [Reply::Plain(b"<html>please log in</html>".to_vec())]);
    let error = machine.pull("kev", "2026-11-01").unwrap_err();
    let FeedError::Unreachable { source, .. } = error else {
        panic!("{error}");
    };
    assert!(
        matches!(*source, Refusal::Damaged { kind: "JSON", .. }),
        "{source}"
    );
}

#[test]
fn a_file_that_is_not_there_is_not_asked_for_again_and_again() {
    let mut machine = Machine::new();
    let error = machine.pull("kev", "2026-11-01").unwrap_err();
    assert!(
        matches!(error, FeedError::Status { status: 404, .. }),
        "{error}"
    );
    assert_eq!(machine.server.requests().len(), 1);
    assert_eq!(machine.waits, Vec::<(Duration, String)>::new());
}
