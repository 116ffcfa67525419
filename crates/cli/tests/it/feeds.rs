//! Feeds over a network, and in a bundle to a machine that has none.

use crate::server::{Reply, Server};
use crate::session::{Answer, Session};

const KEV: &str = "www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json";

fn kev(day: &str, cves: &[&str]) -> Vec<u8> {
    let rows: Vec<String> = cves
        .iter()
        .map(|cve| {
            format!(
                r#"{{"cveID":"{cve}","vendorProject":"A","product":"B","vulnerabilityName":"C","dateAdded":"{day}",
                "shortDescription":"D","requiredAction":"E","dueDate":"{day}","knownRansomwareCampaignUse":"Unknown","notes":""}}"#
            )
        })
        .collect();
    format!(
        r#"{{"title":"CISA Catalog of Known Exploited Vulnerabilities","catalogVersion":"{day}","dateReleased":"{day}T00:00:00Z",
        "count":{},"vulnerabilities":[{}]}}"#,
        rows.len(),
        rows.join(",")
    )
    .into_bytes()
}

impl Session {
    fn feed(&self, arguments: &[&str]) -> Answer {
        self.run(&[&["--workspace", "space", "feed"], arguments].concat())
    }

    fn pull(&self, server: &Server, names: &[&str]) -> Answer {
        let mirror = server.address();
        self.feed(&[&["pull", "--mirror", &mirror], names].concat())
    }
}

#[test]
fn a_feed_is_fetched_read_and_shown_and_asked_for_once() {
    let server = Server::start();
    let session = Session::new();
    server.on(
        KEV,
        [Reply::File(
            kev("2026-01-02", &["CVE-2026-0001", "CVE-2026-0002"]),
            "\"1\"",
        )],
    );
    let pulled = session.pull(&server, &["kev"]).ends(0);
    assert!(
        pulled.stderr.contains("kev: 1 file new or changed"),
        "{}",
        pulled.stderr
    );
    let status = session.feed(&["status", "--format", "json"]);
    let json = status.json();
    let feed = json["feeds"]
        .as_array()
        .unwrap()
        .iter()
        .find(|feed| feed["name"] == "kev")
        .unwrap();
    assert_eq!(feed["records"], 2);
    assert_eq!(feed["papers"], 1);
    assert_eq!(feed["stale"], true, "the sample is of a day long ago");
    assert_eq!(status.code, 1);
    let again = session.pull(&server, &["kev"]).ends(0);
    assert!(
        again
            .stderr
            .contains("kev: 0 files new or changed, 1 unchanged"),
        "{}",
        again.stderr
    );
    let text = session.feed(&["status"]).text();
    assert!(
        text.contains("stale") && text.contains("not loaded"),
        "{text}"
    );
}

#[test]
fn a_publisher_out_of_reach_keeps_no_other_away() {
    let server = Server::start();
    let session = Session::new();
    server.on(KEV, [Reply::Plain(kev("2026-01-02", &["CVE-2026-0001"]))]);
    let pulled = session.pull(&server, &["epss", "kev"]).ends(1);
    assert!(pulled.stderr.contains("status 404"), "{}", pulled.stderr);
    assert!(
        pulled.stderr.contains("kev: 1 file new"),
        "{}",
        pulled.stderr
    );
}

#[test]
fn what_was_only_downloaded_is_read_by_the_next_call() {
    let server = Server::start();
    let session = Session::new();
    server.on(
        KEV,
        [Reply::File(kev("2026-01-02", &["CVE-2026-0001"]), "\"1\"")],
    );
    session.pull(&server, &["--download-only", "kev"]).ends(0);
    let pulled = session.pull(&server, &["kev"]).ends(0);
    assert!(
        pulled.stderr.contains("read 1 files: 1 new"),
        "{}",
        pulled.stderr
    );
}

#[test]
fn a_bundle_carries_feeds_to_a_machine_without_a_network() {
    let server = Server::start();
    let connected = Session::new();
    let isolated = Session::new();
    let hand_over = |name: &str| {
        std::fs::copy(connected.path(name), isolated.path(name)).unwrap();
    };
    connected.feed(&["key", "hospital"]).ends(0);
    server.on(KEV, [Reply::Plain(kev("2026-01-02", &["CVE-2026-0001"]))]);
    connected.pull(&server, &["kev"]).ends(0);
    connected
        .feed(&[
            "bundle",
            "create",
            "--key",
            "hospital.key",
            "--out",
            "one.zip",
        ])
        .ends(0);
    server.on(
        KEV,
        [Reply::Plain(kev(
            "2026-01-03",
            &["CVE-2026-0001", "CVE-2026-0002"],
        ))],
    );
    connected.pull(&server, &["kev"]).ends(0);
    connected
        .feed(&[
            "bundle",
            "create",
            "--key",
            "hospital.key",
            "--out",
            "two.zip",
        ])
        .ends(0);
    for name in ["one.zip", "two.zip", "hospital.pub"] {
        hand_over(name);
    }

    let untrusted = isolated.feed(&["import", "two.zip"]).ends(2);
    assert!(
        untrusted.stderr.contains("not trusted here"),
        "{}",
        untrusted.stderr
    );
    assert!(
        untrusted.stderr.contains("feed trust"),
        "{}",
        untrusted.stderr
    );
    isolated.feed(&["trust", "hospital.pub"]).ends(0);
    isolated.feed(&["import", "two.zip"]).ends(0);
    let rolled_back = isolated.feed(&["import", "one.zip"]).ends(2);
    assert!(
        rolled_back.stderr.contains("would hide newer flaws"),
        "{}",
        rolled_back.stderr
    );
    let status = isolated.feed(&["status", "--format", "json"]).json();
    assert_eq!(status["feeds"][2]["name"], "kev");
    assert_eq!(status["feeds"][2]["records"], 2);
    isolated
        .feed(&["import", "--accept-older", "one.zip"])
        .ends(0);
}

#[test]
fn files_as_publishers_lay_them_out_are_read_without_a_bundle() {
    let session = Session::new();
    session.write("stick/kev.json", kev("2026-01-02", &["CVE-2026-0001"]));
    session.feed(&["import", "stick"]).ends(0);
    let status = session.feed(&["status", "--format", "json"]).json();
    assert_eq!(status["feeds"][2]["records"], 1);
}

#[test]
fn a_misspelled_feed_is_named_before_anything_is_fetched() {
    let answer = Session::new().feed(&["pull", "kevv"]).ends(2);
    insta::assert_snapshot!(answer.stderr, @r"
    error: there is no feed `kevv`

    hint: `isocenter feed status` lists the feeds
    ");
}
