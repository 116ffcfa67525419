//! Configurations: products that are meant only together with others.

use isocenter_exposure::Closed;
use isocenter_model::applicability::{Configuration, CpeMatch, Node, Operator};
use isocenter_model::component::{Component, ComponentKind};
use isocenter_model::finding::{Finding, Verdict};
use isocenter_model::vulnerability::{Bound, VulnerabilityRecord};

use crate::scene::{Scene, library, record, with_cpe};

const VIEWER: &str = "cpe:2.3:a:acme:viewer:*:*:*:*:*:*:*:*";

fn product(criteria: &str, end: Option<&str>) -> CpeMatch {
    CpeMatch {
        vulnerable: true,
        criteria: criteria.to_owned(),
        to: end.map(|version| Bound {
            version: version.to_owned(),
            inclusive: false,
        }),
        ..CpeMatch::default()
    }
}

fn condition(criteria: &str) -> CpeMatch {
    CpeMatch {
        vulnerable: false,
        ..product(criteria, None)
    }
}

fn any(matches: Vec<CpeMatch>) -> Node {
    Node {
        matches,
        ..Node::default()
    }
}

fn all(nodes: Vec<Node>) -> Node {
    Node {
        operator: Operator::And,
        nodes,
        ..Node::default()
    }
}

fn not(node: Node) -> Node {
    Node {
        negate: true,
        ..node
    }
}

fn of(trees: Vec<Node>) -> VulnerabilityRecord {
    VulnerabilityRecord {
        source: "NVD".to_owned(),
        configurations: trees
            .into_iter()
            .map(|tree| Configuration {
                asserted_by: "NVD".to_owned(),
                tree,
            })
            .collect(),
        ..record("CVE-2026-0001", Vec::new())
    }
}

fn viewer(version: &str) -> Component {
    with_cpe(library("viewer", version, ""), VIEWER)
}

fn system(name: &str, version: &str, cpe: &str) -> Component {
    let named = Component {
        kind: ComponentKind::OperatingSystem,
        ..library(name, version, "")
    };
    if cpe.is_empty() {
        named
    } else {
        with_cpe(named, cpe)
    }
}

fn rulings(components: Vec<Component>, record: &VulnerabilityRecord) -> Vec<Finding> {
    let mut scene = Scene::new(Some("4.2"));
    scene.components = components
        .into_iter()
        .map(|component| (component, ""))
        .collect();
    scene.records = vec![record.clone()];
    scene.rulings(Closed::Kept)
}

#[track_caller]
fn check(
    components: Vec<Component>,
    record: &VulnerabilityRecord,
    verdict: Verdict,
    rule: &str,
) -> Finding {
    let mut found = rulings(components, record);
    assert_eq!(found.len(), 1, "{found:#?}");
    let finding = found.remove(0);
    let decided = &finding.evidence[0];
    assert_eq!(
        (finding.verdict, decided.verdict, decided.rule.as_str()),
        (verdict, verdict, rule),
        "{finding:#?}"
    );
    finding
}

#[test]
fn a_flat_list_is_judged_by_its_ranges() {
    let flat = of(vec![any(vec![
        product(VIEWER, Some("2.0")),
        CpeMatch {
            from: Some(Bound {
                version: "3.0".to_owned(),
                inclusive: true,
            }),
            ..product(VIEWER, Some("3.4"))
        },
    ])]);
    for (version, verdict, rule) in [
        ("1.9", Verdict::Affected, "version-in-range"),
        ("2.0", Verdict::Fixed, "at-or-after-first-fixed"),
        ("3.1", Verdict::Affected, "version-in-range"),
        ("3.4", Verdict::Fixed, "at-or-after-first-fixed"),
        ("", Verdict::Undetermined, "version-not-stated"),
    ] {
        check(vec![viewer(version)], &flat, verdict, rule);
    }
}

#[test]
fn single_versions_decide_outside_of_all_of_them_and_leave_open_what_lies_between() {
    let at = |version: &str| {
        product(
            &format!("cpe:2.3:a:acme:viewer:{version}:*:*:*:*:*:*:*"),
            None,
        )
    };
    let list = of(vec![any(vec![at("1.0"), at("1.2"), at("1.4")])]);
    for (version, verdict, rule) in [
        ("1.2", Verdict::Affected, "version-listed"),
        ("1.3", Verdict::Undetermined, "version-not-listed"),
        ("0.9", Verdict::NotAffected, "before-first-affected"),
        ("2.0", Verdict::NotAffected, "after-last-affected"),
    ] {
        check(vec![viewer(version)], &list, verdict, rule);
    }
}

#[test]
fn an_application_on_an_operating_system_is_open_until_the_system_is_known() {
    let on_windows = of(vec![all(vec![
        any(vec![product(VIEWER, Some("2.0"))]),
        any(vec![condition(
            "cpe:2.3:o:microsoft:windows:-:*:*:*:*:*:*:*",
        )]),
    ])]);
    let open = check(
        vec![viewer("1.0")],
        &on_windows,
        Verdict::Undetermined,
        "configuration-open",
    );
    let missing = open.missing.unwrap();
    assert_eq!(
        (missing.kind.as_str(), missing.fact.as_str()),
        (
            "configuration",
            "whether Aurora Imaging GmbH Helix CT 4.2 has microsoft windows"
        )
    );
    check(
        vec![viewer("1.0"), system("Windows 10 IoT", "10.0.17763", "")],
        &on_windows,
        Verdict::Affected,
        "version-in-range",
    );
    check(
        vec![viewer("1.0"), system("Debian GNU/Linux", "12", "")],
        &on_windows,
        Verdict::NotAffected,
        "configuration-not-met",
    );
    // A corrected version is corrected on every system.
    check(
        vec![viewer("2.1")],
        &on_windows,
        Verdict::Fixed,
        "at-or-after-first-fixed",
    );
}

#[test]
fn an_edition_of_the_system_must_be_that_very_edition() {
    let on_edition = of(vec![all(vec![
        any(vec![product(VIEWER, Some("2.0"))]),
        any(vec![condition(
            "cpe:2.3:o:microsoft:windows_10_1809:*:*:*:*:*:*:*:*",
        )]),
    ])]);
    check(
        vec![viewer("1.0"), system("Windows 11", "10.0.22631", "")],
        &on_edition,
        Verdict::Undetermined,
        "configuration-open",
    );
    check(
        vec![
            viewer("1.0"),
            system(
                "Windows 10",
                "10.0.17763",
                "cpe:2.3:o:microsoft:windows_10_1809:10.0.17763:*:*:*:*:*:*:*",
            ),
        ],
        &on_edition,
        Verdict::Affected,
        "version-in-range",
    );
}

#[test]
fn firmware_is_meant_on_its_hardware_and_the_device_is_known_by_its_name() {
    let firmware = "cpe:2.3:o:aurora_imaging:gantry_firmware:*:*:*:*:*:*:*:*";
    let on = |hardware: &str| {
        of(vec![all(vec![
            any(vec![product(firmware, Some("2.0"))]),
            any(vec![condition(hardware)]),
        ])])
    };
    let part = with_cpe(library("gantry firmware", "1.5", ""), firmware);
    check(
        vec![part.clone()],
        &on("cpe:2.3:h:aurora_imaging:helix_ct:-:*:*:*:*:*:*:*"),
        Verdict::Affected,
        "version-in-range",
    );
    check(
        vec![part],
        &on("cpe:2.3:h:aurora_imaging:helix_ct_pro:-:*:*:*:*:*:*:*"),
        Verdict::Undetermined,
        "configuration-open",
    );
}

#[test]
fn a_part_of_a_negation_is_no_yes_and_no_no() {
    let negated = of(vec![not(any(vec![product(VIEWER, Some("2.0"))]))]);
    for version in ["1.0", "3.0"] {
        check(
            vec![viewer(version)],
            &negated,
            Verdict::Undetermined,
            "configuration-negated",
        );
    }
    let beside = of(vec![all(vec![
        any(vec![product(VIEWER, Some("2.0"))]),
        not(any(vec![condition(
            "cpe:2.3:o:linux:linux_kernel:-:*:*:*:*:*:*:*",
        )])),
    ])]);
    check(
        vec![viewer("1.0"), system("Yocto Linux", "4.0", "")],
        &beside,
        Verdict::NotAffected,
        "configuration-not-met",
    );
    check(
        vec![viewer("1.0"), system("Windows 10", "10.0.17763", "")],
        &beside,
        Verdict::Affected,
        "version-in-range",
    );
    check(
        vec![viewer("1.0")],
        &beside,
        Verdict::Undetermined,
        "configuration-open",
    );
}

#[test]
fn one_of_several_configurations_is_enough_and_an_unconditional_one_decides() {
    let hardware = |name: &str| condition(&format!("cpe:2.3:h:acme:{name}:-:*:*:*:*:*:*:*"));
    let twice = of(vec![
        all(vec![
            any(vec![product(VIEWER, Some("2.0"))]),
            any(vec![hardware("box_one")]),
        ]),
        all(vec![
            any(vec![product(VIEWER, Some("2.0"))]),
            any(vec![hardware("box_two")]),
        ]),
    ]);
    let open = check(
        vec![viewer("1.0")],
        &twice,
        Verdict::Undetermined,
        "configuration-open",
    );
    assert!(
        open.evidence
            .iter()
            .all(|piece| piece.verdict == Verdict::Undetermined)
    );
    let fact = open.missing.unwrap().fact;
    assert!(fact.contains("acme box one or acme box two"), "{fact}");
    let mut with_flat = twice;
    with_flat.configurations.push(Configuration {
        asserted_by: "NVD".to_owned(),
        tree: any(vec![product(VIEWER, Some("1.5"))]),
    });
    check(
        vec![viewer("1.0")],
        &with_flat,
        Verdict::Affected,
        "version-in-range",
    );
}

#[test]
fn two_flawed_products_that_are_needed_together_are_no_yes_alone() {
    let library_cpe = "cpe:2.3:a:acme:codec:*:*:*:*:*:*:*:*";
    let both = of(vec![Node {
        operator: Operator::And,
        matches: vec![
            product(VIEWER, Some("2.0")),
            product(library_cpe, Some("5.0")),
        ],
        ..Node::default()
    }]);
    check(
        vec![viewer("1.0")],
        &both,
        Verdict::Undetermined,
        "configuration-open",
    );
    let with = vec![
        viewer("1.0"),
        with_cpe(library("codec", "4.9", ""), library_cpe),
    ];
    check(with, &both, Verdict::Affected, "version-in-range");
}

#[test]
fn a_condition_that_nobody_could_read_is_never_met() {
    let unread = of(vec![all(vec![
        any(vec![product(VIEWER, Some("2.0"))]),
        Node::default(),
        any(vec![condition("")]),
    ])]);
    check(
        vec![viewer("1.0"), system("Windows 10", "10.0.17763", "")],
        &unread,
        Verdict::Undetermined,
        "configuration-open",
    );
}

#[test]
fn a_condition_alone_is_no_flaw_of_its_product() {
    let on_windows = of(vec![all(vec![
        any(vec![product(VIEWER, Some("2.0"))]),
        any(vec![condition(
            "cpe:2.3:o:microsoft:windows_10:*:*:*:*:*:*:*:*",
        )]),
    ])]);
    let windows = system(
        "Windows 10",
        "10.0.17763",
        "cpe:2.3:o:microsoft:windows_10:10.0.17763:*:*:*:*:*:*:*",
    );
    assert_eq!(rulings(vec![windows], &on_windows), []);
}
