//! Each publisher's layout, from a server that serves the same.

use isocenter_feeds::{FeedError, Refusal};
use sha2::Digest as _;

use crate::server::Reply;
use crate::{Machine, zipped};

const CVE: &str = "api.github.com/repos/CVEProject/cvelistV5/releases?per_page=100&page=1";
const GITHUB: &str = "github.com/CVEProject/cvelistV5/releases/download";

fn release(assets: &[&str]) -> String {
    let assets: Vec<String> = assets
        .iter()
        .map(|name| {
            format!("{{\"name\":\"{name}\",\"browser_download_url\":\"https://{GITHUB}/{name}\"}}")
        })
        .collect();
    format!("{{\"assets\":[{}]}}", assets.join(","))
}

impl Machine {
    fn releases(&self, assets: &[&str]) {
        let list = format!("[{}]", release(assets));
        self.server.on(CVE, [Reply::Plain(list.into_bytes())]);
        for name in assets {
            self.server.on(
                &format!("{GITHUB}/{name}"),
                [Reply::Plain(zipped("a.json", name.as_bytes()))],
            );
        }
    }

    fn names(&mut self, feed: &str, day: &str) -> Vec<String> {
        let pulled = self.pull(feed, day).unwrap();
        crate::contents(&pulled)
            .into_iter()
            .map(|(name, _)| name)
            .collect()
    }
}

#[test]
fn cve_records_come_whole_once_and_then_by_the_day() {
    let mut machine = Machine::new();
    machine.releases(&[
        "2026-11-20_all_CVEs_at_midnight.zip.zip",
        "2026-11-20_delta_CVEs_at_0900Z.zip",
        "2026-11-20_delta_CVEs_at_1000Z.zip",
    ]);
    assert_eq!(
        machine.names("cvelist", "2026-11-20"),
        [
            "2026-11-20_all_CVEs_at_midnight.zip.zip",
            "2026-11-20_delta_CVEs_at_1000Z.zip"
        ]
    );
    machine.releases(&[
        "2026-11-22_all_CVEs_at_midnight.zip.zip",
        "2026-11-20_delta_CVEs_at_end_of_day.zip",
        "2026-11-21_delta_CVEs_at_end_of_day.zip",
        "2026-11-22_delta_CVEs_at_0300Z.zip",
    ]);
    assert_eq!(
        machine.names("cvelist", "2026-11-22"),
        [
            "2026-11-20_delta_CVEs_at_end_of_day.zip",
            "2026-11-21_delta_CVEs_at_end_of_day.zip",
            "2026-11-22_delta_CVEs_at_0300Z.zip",
        ]
    );
    let kept: Vec<String> = machine
        .folder()
        .state("cvelist")
        .unwrap()
        .files
        .into_keys()
        .collect();
    assert!(!kept.contains(&"2026-11-20_delta_CVEs_at_1000Z.zip".to_owned()));
}

#[test]
fn a_missing_day_of_cve_records_brings_the_whole_archive_again() {
    let mut machine = Machine::new();
    machine.releases(&["2026-11-20_all_CVEs_at_midnight.zip.zip"]);
    machine.pull("cvelist", "2026-11-20").unwrap();
    machine.releases(&[
        "2026-11-22_all_CVEs_at_midnight.zip.zip",
        "2026-11-22_delta_CVEs_at_0300Z.zip",
    ]);
    assert_eq!(
        machine.names("cvelist", "2026-11-22"),
        [
            "2026-11-22_all_CVEs_at_midnight.zip.zip",
            "2026-11-22_delta_CVEs_at_0300Z.zip"
        ]
    );
    assert_eq!(machine.folder().state("cvelist").unwrap().files.len(), 2);
}

const NVD: &str = "services.nvd.nist.gov/rest/json/cves/2.0?resultsPerPage=2000&startIndex";

fn page(total: u64) -> Reply {
    Reply::Plain(format!("{{\"totalResults\":{total},\"vulnerabilities\":[]}}").into_bytes())
}

/// What changed between the middle of two days.
fn since(from: &str, to: &str) -> String {
    format!("{NVD}=0&lastModStartDate={from}T12:00:00.000&lastModEndDate={to}T12:00:00.000")
}

#[test]
fn nvd_comes_in_pages_with_rests_between_and_is_taken_up_at_the_missing_page() {
    let mut machine = Machine::new();
    machine.server.on(&format!("{NVD}=0"), [page(4_500)]);
    machine.server.on(&format!("{NVD}=2000"), [page(4_500)]);
    assert!(machine.pull("nvd", "2026-11-01").is_err());
    assert!(machine.waits.iter().all(|(time, _)| time.as_secs() == 6));
    machine.server.on(&format!("{NVD}=4000"), [page(4_500)]);
    machine
        .server
        .on(&since("2026-11-01", "2026-11-02"), [page(0)]);
    machine.server.requests();
    machine.nvd_key = Some("secret".to_owned());
    assert_eq!(
        machine.names("nvd", "2026-11-02").first().unwrap(),
        "full-0004000.json"
    );
    let requests = machine.server.requests();
    assert!(requests[0].path.ends_with("startIndex=4000"));
    assert_eq!(requests[0].headers["apikey"], "secret");
}

#[test]
fn nvd_is_asked_for_what_changed_in_spans_that_it_allows() {
    let mut machine = Machine::new();
    machine.server.on(&format!("{NVD}=0"), [page(1)]);
    machine.pull("nvd", "2026-01-01").unwrap();
    machine.server.requests();
    machine
        .server
        .on(&since("2026-01-01", "2026-05-01"), [page(2)]);
    machine
        .server
        .on(&since("2026-05-01", "2026-06-01"), [page(0)]);
    let names = machine.names("nvd", "2026-06-01");
    assert_eq!(names.len(), 2, "{names:?}");
    assert_eq!(machine.server.requests().len(), 2);
    assert!(
        !machine
            .server
            .requests()
            .iter()
            .any(|request| request.path.contains("secret"))
    );
}

#[test]
fn osv_comes_by_ecosystem() {
    let mut machine = Machine::new();
    let zip = zipped("PYSEC-1.json", b"{}");
    machine.server.on(
        "osv-vulnerabilities.storage.googleapis.com/crates.io/all.zip",
        [Reply::File(zip.clone(), "\"a\"")],
    );
    let pulled = machine.pull("osv:crates.io", "2026-11-01").unwrap();
    assert_eq!(
        crate::contents(&pulled),
        [("crates.io.zip".to_owned(), zip)]
    );
}

#[test]
fn exploit_predictions_and_life_cycles_are_single_files() {
    let mut machine = Machine::new();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, b"#model_version:v1\ncve,epss,percentile\n").unwrap();
    let packed = encoder.finish().unwrap();
    machine.server.on(
        "epss.empiricalsecurity.com/epss_scores-current.csv.gz",
        [
            Reply::Plain(packed[..packed.len() - 5].to_vec()),
            Reply::Plain(packed.clone()),
        ],
    );
    let pulled = machine.pull("epss", "2026-11-01").unwrap();
    assert_eq!(
        crate::contents(&pulled)[0].1,
        packed,
        "the first came cut off"
    );
    machine.server.on(
        "endoflife.date/api/v1/products/full",
        [Reply::Plain(b"{\"result\":[]}".to_vec())],
    );
    assert_eq!(machine.names("endoflife", "2026-11-01"), ["full.json"]);
}

#[test]
fn recalls_come_in_the_partitions_that_their_list_names() {
    let mut machine = Machine::new();
    let list = r#"{"results":{"device":{
        "recall":{"partitions":[{"file":"https://download.open.fda.gov/device/recall/device-recall-0001-of-0001.json.zip"}]},
        "enforcement":{"partitions":[{"file":"https://download.open.fda.gov/device/enforcement/x.json.zip"}]}}}}"#;
    machine
        .server
        .on("api.fda.gov/download.json", [Reply::Plain(list.into())]);
    for path in [
        "recall/device-recall-0001-of-0001.json.zip",
        "enforcement/x.json.zip",
    ] {
        machine.server.on(
            &format!("download.open.fda.gov/device/{path}"),
            [Reply::Plain(zipped("a.json", b"{}"))],
        );
    }
    assert_eq!(
        machine.names("openfda", "2026-11-01"),
        [
            "device-recall-device-recall-0001-of-0001.json.zip",
            "device-enforcement-x.json.zip"
        ]
    );
    machine.server.on(
        "api.fda.gov/download.json",
        [Reply::Plain(b"{\"results\":{}}".to_vec())],
    );
    assert!(matches!(
        machine.pull("openfda", "2026-11-02"),
        Err(FeedError::Unusable {
            source: Refusal::Unsaid(_),
            ..
        })
    ));
}

const CISA: &str = "www.cisa.gov/sites/default/files/csaf";

fn sha512(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for byte in sha2::Sha512::digest(bytes) {
        write!(text, "{byte:02x}").unwrap();
    }
    text
}

fn advisory(machine: &Machine, name: &str, body: &str, checksum: &str) {
    machine
        .server
        .on(&format!("{CISA}/{name}"), [Reply::Plain(body.into())]);
    machine.server.on(
        &format!("{CISA}/{name}.sha512"),
        [Reply::Plain(format!("{checksum}  {name}\n").into_bytes())],
    );
}

fn entry(name: &str, updated: &str) -> String {
    format!(
        r#"{{"id":"{name}","updated":"{updated}","content":{{"src":"https://{CISA}/{name}"}},
           "link":[{{"rel":"self","href":"https://{CISA}/{name}"}},{{"rel":"hash","href":"https://{CISA}/{name}.sha512"}},
                   {{"rel":"signature","href":"https://{CISA}/{name}.asc"}}]}}"#
    )
}

fn rolie(machine: &Machine, entries: &[String]) {
    let metadata = format!(
        r#"{{"distributions":[{{"rolie":{{"feeds":[{{"url":"https://{CISA}/white.json","tlp_label":"WHITE"}},
            {{"url":"https://{CISA}/red.json","tlp_label":"RED"}}]}}}}]}}"#
    );
    machine.server.on(
        &format!("{CISA}/provider-metadata.json"),
        [Reply::Plain(metadata.into_bytes())],
    );
    machine.server.on(
        &format!("{CISA}/white.json"),
        [Reply::Plain(
            format!(r#"{{"feed":{{"entry":[{}]}}}}"#, entries.join(",")).into_bytes(),
        )],
    );
}

#[test]
fn advisories_are_fetched_when_they_are_new_or_updated_and_their_checksum_holds() {
    let mut machine = Machine::new();
    advisory(&machine, "2024/a.json", "{\"a\":1}", &sha512(b"{\"a\":1}"));
    advisory(
        &machine,
        "2024/b.json",
        "{\"b\":1}",
        &sha512(b"something else"),
    );
    rolie(
        &machine,
        &[
            entry("2024/a.json", "2024-01-01"),
            entry("2024/b.json", "2024-01-01"),
        ],
    );
    let pulled = machine.pull("csaf-cisa", "2026-11-01").unwrap();
    assert_eq!(
        crate::contents(&pulled),
        [("2024-a.json".to_owned(), b"{\"a\":1}".to_vec())]
    );
    assert!(
        pulled.notes[0].starts_with("1 advisories were set aside"),
        "{:?}",
        pulled.notes
    );
    assert!(
        !machine
            .server
            .requests()
            .iter()
            .any(|request| request.path.ends_with("red.json")),
        "a feed that is not public needs a login"
    );

    advisory(&machine, "2024/b.json", "{\"b\":2}", &sha512(b"{\"b\":2}"));
    rolie(
        &machine,
        &[
            entry("2024/a.json", "2024-01-01"),
            entry("2024/b.json", "2024-02-01"),
        ],
    );
    let pulled = machine.pull("csaf-cisa", "2026-11-02").unwrap();
    assert_eq!(
        crate::contents(&pulled),
        [("2024-b.json".to_owned(), b"{\"b\":2}".to_vec())]
    );
    assert_eq!(pulled.unchanged, 1);
    assert!(
        !machine
            .server
            .requests()
            .iter()
            .any(|request| request.path.ends_with("/a.json")),
        "what was not updated is not asked for"
    );
}

#[test]
fn a_provider_without_rolie_is_read_by_its_list_of_changes() {
    let mut machine = Machine::new();
    let metadata = format!(r#"{{"distributions":[{{"directory_url":"https://{CISA}/white/"}}]}}"#);
    machine.server.on(
        &format!("{CISA}/provider-metadata.json"),
        [Reply::Plain(metadata.into_bytes())],
    );
    machine.server.on(
        &format!("{CISA}/white/changes.csv"),
        [Reply::Plain(
            b"\"2024/c.json\",\"2024-03-01T00:00:00Z\"\n2025/d.json,2025-03-01T00:00:00Z\n../../x.json,2025-03-01T00:00:00Z\n".to_vec(),
        )],
    );
    advisory(&machine, "white/2024/c.json", "{}", &sha512(b"{}"));
    machine.server.on(
        &format!("{CISA}/white/2025/d.json"),
        [Reply::Plain(b"{}".to_vec())],
    );
    assert_eq!(
        machine.names("csaf-cisa", "2026-11-01"),
        ["2024-c.json", "2025-d.json"]
    );
}
