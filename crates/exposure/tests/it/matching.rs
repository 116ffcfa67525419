//! Components and releases against records.

use isocenter_exposure::Closed;
use isocenter_model::component::{Component, ComponentKind};
use isocenter_model::finding::{PartyRole, Relation, Verdict};
use isocenter_model::vulnerability::{AffectedProduct, RecordState};

use crate::scene::{Scene, affected, before, library, npm_package, record, with_cpe};

#[test]
fn a_package_in_an_affected_range_is_affected_and_says_why() {
    let mut scene = Scene::new(Some("4.2"));
    scene.components = vec![(
        library("lodash", "4.17.20", "pkg:npm/lodash@4.17.20"),
        "lodash",
    )];
    scene.records = vec![record(
        "CVE-2021-23337",
        vec![npm_package("lodash", before("4.17.21"))],
    )];
    let finding = scene.finding();
    assert_eq!(finding.verdict, Verdict::Affected);
    assert_eq!(finding.owner, PartyRole::Manufacturer);
    assert_eq!(finding.evidence[0].relation, Relation::Purl);
    assert_eq!(finding.evidence[0].rule, "version-in-range");
    assert_eq!(
        finding.evidence[0].explanation,
        "lodash 4.17.20 is among the versions that CNA test calls affected: < 4.17.21."
    );
}

#[test]
fn what_only_a_feed_rules_out_is_no_finding() {
    let mut scene = Scene::new(Some("4.2"));
    scene.components = vec![(
        library("lodash", "4.17.21", "pkg:npm/lodash@4.17.21"),
        "lodash",
    )];
    scene.records = vec![record(
        "CVE-2021-23337",
        vec![npm_package("lodash", before("4.17.21"))],
    )];
    assert!(scene.findings().is_empty());
    let asked = scene.rulings(Closed::Kept).remove(0);
    assert_eq!(asked.verdict, Verdict::Fixed);
    assert_eq!(asked.evidence[0].rule, "at-or-after-first-fixed");
}

#[test]
fn the_npm_driver_mysql_gets_none_of_the_servers_flaws() {
    let mut scene = Scene::new(Some("4.2"));
    let mut driver = library("mysql", "2.18.1", "pkg:npm/mysql@2.18.1");
    driver.supplier = Some("Oracle".to_owned());
    scene.components = vec![(driver, "mysql")];
    let mut server = affected("Oracle Corporation", "MySQL", before("8.0.30"));
    server.cpes = vec!["cpe:2.3:a:oracle:mysql:*:*:*:*:*:*:*:*".to_owned()];
    scene.records = vec![record("CVE-2022-21509", vec![server])];
    assert!(scene.findings().is_empty());
}

#[test]
fn firmware_is_matched_by_its_cpe_like_anything_else() {
    let mut scene = Scene::new(Some("4.2"));
    let firmware = Component {
        kind: ComponentKind::Firmware,
        ..library("WolfSSL", "4.8.1", "")
    };
    scene.components = vec![(
        with_cpe(firmware, "cpe:2.3:a:wolfssl:wolfssl:4.8.1:*:*:*:*:*:*:*"),
        "wolfssl",
    )];
    let mut entry = affected("wolfSSL", "wolfSSL", before("5.5.0"));
    entry.cpes = vec!["cpe:2.3:a:wolfssl:wolfssl:*:*:*:*:*:*:*:*".to_owned()];
    scene.records = vec![record("CVE-2022-38152", vec![entry])];
    let finding = scene.finding();
    assert_eq!(
        (finding.verdict, finding.evidence[0].relation),
        (Verdict::Affected, Relation::Cpe)
    );
}

#[test]
fn a_component_without_a_version_leaves_the_version_as_the_missing_fact() {
    let mut scene = Scene::new(Some("4.2"));
    let system = Component {
        kind: ComponentKind::OperatingSystem,
        ..library("Windows 10 IoT Enterprise", "", "")
    };
    let cpe = "cpe:2.3:o:microsoft:windows_10_1809:*:*:*:*:*:*:*:*";
    scene.components = vec![(with_cpe(system, cpe), "os")];
    let mut entry = affected(
        "Microsoft",
        "Windows 10 Version 1809",
        before("10.0.17763.5329"),
    );
    entry.cpes = vec![cpe.to_owned()];
    scene.records = vec![record("CVE-2024-20674", vec![entry])];
    let finding = scene.finding();
    assert_eq!(finding.verdict, Verdict::Undetermined);
    assert_eq!(finding.owner, PartyRole::HealthDeliveryOrganization);
    assert_eq!(
        finding.missing.unwrap().fact,
        "OS build of Windows 10 IoT Enterprise in Aurora Imaging GmbH Helix CT 4.2"
    );
}

#[test]
fn an_upstream_range_says_nothing_of_a_distributions_package() {
    let mut scene = Scene::new(Some("4.2"));
    let package = library(
        "openssl",
        "1.1.1n-0+deb11u3",
        "pkg:deb/debian/openssl@1.1.1n-0%2Bdeb11u3?distro=debian-11",
    );
    scene.components = vec![(
        with_cpe(package, "cpe:2.3:a:openssl:openssl:1.1.1n:*:*:*:*:*:*:*"),
        "ssl",
    )];
    let mut entry = affected("OpenSSL", "OpenSSL", before("1.1.1t"));
    entry.cpes = vec!["cpe:2.3:a:openssl:openssl:*:*:*:*:*:*:*:*".to_owned()];
    scene.records = vec![record("CVE-2023-0286", vec![entry])];
    let finding = scene.finding();
    assert_eq!(finding.verdict, Verdict::Undetermined);
    assert_eq!(finding.missing.unwrap().kind, "distribution-statement");
}

#[test]
fn a_flaw_on_another_operating_system_is_none_here() {
    let mut scene = Scene::new(Some("4.2"));
    let system = Component {
        kind: ComponentKind::OperatingSystem,
        ..library("Debian GNU/Linux", "12", "")
    };
    scene.components = vec![
        (
            library("lodash", "4.17.20", "pkg:npm/lodash@4.17.20"),
            "lodash",
        ),
        (system, "os"),
    ];
    let on_windows = AffectedProduct {
        platforms: vec!["Windows".to_owned()],
        ..npm_package("lodash", before("4.17.21"))
    };
    scene.records = vec![record("CVE-2021-1", vec![on_windows])];
    assert!(scene.findings().is_empty());
    scene.components.pop();
    let finding = scene.finding();
    assert_eq!(finding.verdict, Verdict::Undetermined);
    assert_eq!(finding.missing.unwrap().kind, "platform");
}

#[test]
fn a_record_can_name_the_device_itself_and_its_sibling_is_left_alone() {
    let mut scene = Scene::new(Some("4.2.0"));
    scene.records = vec![
        record(
            "CVE-2024-1",
            vec![affected("Aurora Imaging", "Helix CT", before("4.3.0"))],
        ),
        record(
            "CVE-2024-2",
            vec![affected(
                "Aurora Imaging",
                "Helix CT Elition",
                before("4.3.0"),
            )],
        ),
    ];
    let finding = scene.finding();
    assert_eq!(finding.vulnerability, "CVE-2024-1");
    assert_eq!(finding.component, None);
    assert_eq!(finding.evidence[0].relation, Relation::ProductName);
}

#[test]
fn a_rejected_record_counts_for_nothing() {
    let mut scene = Scene::new(Some("4.2"));
    scene.components = vec![(library("lodash", "1.0.0", "pkg:npm/lodash@1.0.0"), "lodash")];
    let mut rejected = record("CVE-2021-1", vec![npm_package("lodash", before("2.0.0"))]);
    rejected.state = RecordState::Rejected;
    scene.records = vec![rejected];
    assert!(scene.findings().is_empty());
}

#[test]
fn one_flaw_under_three_ids_is_one_finding() {
    let mut scene = Scene::new(Some("4.2"));
    scene.components = vec![(library("lodash", "1.0.0", "pkg:npm/lodash@1.0.0"), "lodash")];
    let entry = || vec![npm_package("lodash", before("2.0.0"))];
    let mut advisory = record("GHSA-aaaa-bbbb-cccc", entry());
    advisory.aliases = vec!["CVE-2021-1".to_owned(), "SNYK-7".to_owned()];
    scene.records = vec![record("CVE-2021-1", entry()), advisory];
    let finding = scene.finding();
    assert_eq!(finding.vulnerability, "CVE-2021-1");
    assert_eq!(finding.aliases, ["GHSA-aaaa-bbbb-cccc", "SNYK-7"]);
    assert_eq!(finding.evidence.len(), 2);
}
