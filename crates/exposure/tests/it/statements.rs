//! What makers and suppliers say against what the records say.

use isocenter_model::finding::{PartyRole, Verdict};
use isocenter_model::product::{ProductReference, VersionExpression};
use isocenter_model::statement::{Remediation, Statement, Status};

use crate::scene::{
    SERIAL, Scene, before, library, npm_package, product, record, reference, statement, with_cpe,
};

fn affected_scene() -> Scene {
    let mut scene = Scene::new(Some("4.2.0"));
    scene.components = vec![(library("lodash", "1.0.0", "pkg:npm/lodash@1.0.0"), "lodash")];
    scene.records = vec![record(
        "CVE-2021-1",
        vec![npm_package("lodash", before("2.0.0"))],
    )];
    scene
}

fn by(author: &str, statement: Statement) -> Statement {
    Statement {
        author: Some(author.to_owned()),
        ..statement
    }
}

#[test]
fn the_manufacturers_word_overrides_the_match_and_both_are_kept() {
    let mut scene = affected_scene();
    let word = Statement {
        product: product(
            "Aurora Imaging GmbH",
            "Helix CT",
            VersionExpression::Exact("4.2.0".into()),
        ),
        component: Some(reference("pkg")),
        justification: Some("vulnerable_code_not_in_execute_path".to_owned()),
        ..statement("CVE-2021-1", Status::NotAffected)
    };
    scene.statements = vec![(by("Aurora Imaging", word), false)];
    let finding = scene.finding();
    assert_eq!(finding.verdict, Verdict::NotAffected);
    assert_eq!(finding.matched_verdict, Some(Verdict::Affected));
    assert_eq!(finding.evidence.len(), 2);
    assert!(
        finding.evidence[0]
            .explanation
            .contains("vulnerable code not in execute path")
    );
}

#[test]
fn a_coordinators_word_does_not_override_the_match() {
    let mut scene = affected_scene();
    let word = Statement {
        product: product("Aurora Imaging GmbH", "Helix CT", VersionExpression::All),
        ..statement("CVE-2021-1", Status::NotAffected)
    };
    scene.statements = vec![(by("CISA", word), false)];
    assert_eq!(scene.finding().verdict, Verdict::Affected);
}

#[test]
fn a_bom_link_points_into_the_releases_own_bill() {
    let mut scene = affected_scene();
    let link = format!(
        "urn:cdx:{}/1#lodash",
        SERIAL.trim_start_matches("urn:uuid:")
    );
    let word = Statement {
        product: reference(&link),
        ..statement("CVE-2021-1", Status::Fixed)
    };
    scene.statements = vec![(by("Aurora Imaging", word.clone()), false)];
    assert_eq!(scene.finding().verdict, Verdict::Fixed);
    let elsewhere = Statement {
        product: reference("urn:cdx:00000000-0000-0000-0000-000000000000/1#lodash"),
        ..word
    };
    scene.statements = vec![(by("Aurora Imaging", elsewhere), false)];
    assert_eq!(scene.finding().verdict, Verdict::Affected);
}

/// What becomes of the affected part when the maker of the device says `status` of `product`.
#[track_caller]
fn check_said(product: &ProductReference, status: Status, expected: Verdict) {
    let mut scene = affected_scene();
    let word = Statement {
        product: product.clone(),
        ..statement("CVE-2021-1", status)
    };
    scene.statements = vec![(by("Aurora Imaging", word), false)];
    assert_eq!(
        scene.finding().verdict,
        expected,
        "{status:?} of {product:?}"
    );
}

#[test]
fn a_bom_link_means_one_revision_when_it_ends_the_matter() {
    let serial = SERIAL.trim_start_matches("urn:uuid:");
    let upper = serial.to_ascii_uppercase();
    for link in [
        format!("urn:cdx:{serial}/1#lodash"),
        format!("urn:uuid:{serial}/1#lodash"),
        format!("urn:cdx:{upper}/1#%6Codash"),
    ] {
        check_said(&reference(&link), Status::NotAffected, Verdict::NotAffected);
    }
    let older = reference(&format!("urn:cdx:{serial}/2#lodash"));
    check_said(&older, Status::NotAffected, Verdict::Affected);
    check_said(
        &older,
        Status::UnderInvestigation,
        Verdict::UnderInvestigation,
    );
    let other = reference(&format!("urn:cdx:{serial}/1#underscore"));
    check_said(&other, Status::NotAffected, Verdict::Affected);
}

#[test]
fn a_reference_with_versions_means_those_versions() {
    let link = format!(
        "urn:cdx:{}/1#lodash",
        SERIAL.trim_start_matches("urn:uuid:")
    );
    for (version, verdict) in [
        (
            VersionExpression::Exact("1.0.0".into()),
            Verdict::NotAffected,
        ),
        (VersionExpression::Exact("1.0.1".into()), Verdict::Affected),
        (
            VersionExpression::Range("vers:npm/<1.0.0".into()),
            Verdict::Affected,
        ),
        (
            VersionExpression::Range("vers:npm/<2.0.0".into()),
            Verdict::NotAffected,
        ),
        (VersionExpression::All, Verdict::NotAffected),
    ] {
        let product = ProductReference {
            version,
            ..reference(&link)
        };
        check_said(&product, Status::NotAffected, verdict);
    }
}

fn package(purl: &str) -> ProductReference {
    ProductReference {
        purl: Some(purl.to_owned()),
        ..ProductReference::default()
    }
}

#[test]
fn a_package_is_another_where_its_qualifiers_differ() {
    let mut scene = affected_scene();
    scene.components[0].0.purl = Some("pkg:npm/lodash@1.0.0?os=linux".to_owned());
    let mut said = |purl: &str, status| {
        let word = Statement {
            product: package(purl),
            ..statement("CVE-2021-1", status)
        };
        scene.statements = vec![(by("Aurora Imaging", word), false)];
        scene.finding().verdict
    };
    for (qualifiers, status, expected) in [
        ("", Status::NotAffected, Verdict::NotAffected),
        ("?os=linux", Status::NotAffected, Verdict::NotAffected),
        ("?os=windows", Status::NotAffected, Verdict::Affected),
        ("?os=windows", Status::UnderInvestigation, Verdict::Affected),
        ("?arch=arm64", Status::NotAffected, Verdict::Affected),
        (
            "?arch=arm64",
            Status::UnderInvestigation,
            Verdict::UnderInvestigation,
        ),
        (
            "?checksum=sha1:00",
            Status::NotAffected,
            Verdict::NotAffected,
        ),
    ] {
        assert_eq!(
            said(&format!("pkg:npm/lodash{qualifiers}"), status),
            expected,
            "{qualifiers}"
        );
    }
}

#[test]
fn a_release_is_found_by_the_identifiers_of_its_bill() {
    let mut scene = affected_scene();
    scene.described = Some(with_cpe(
        library("Helix CT", "4.2.0", "pkg:generic/aurora/helix-ct@4.2.0"),
        "cpe:2.3:a:aurora:helix_ct:4.2.0:*:*:*:*:*:*:*",
    ));
    let cpe = ProductReference {
        cpe: Some("cpe:2.3:a:aurora:helix_ct:*:*:*:*:*:*:*:*".to_owned()),
        ..ProductReference::default()
    };
    let mut said = |product, version: &str| {
        let word = Statement {
            product: ProductReference {
                version: VersionExpression::Exact(version.to_owned()),
                ..product
            },
            component: Some(package("pkg:npm/lodash")),
            ..statement("CVE-2021-1", Status::NotAffected)
        };
        scene.statements = vec![(by("Aurora Imaging", word), false)];
        scene.finding().verdict
    };
    let purl = package("pkg:generic/aurora/helix-ct");
    assert_eq!(said(purl.clone(), "4.2.0"), Verdict::NotAffected);
    assert_eq!(said(purl, "4.3.0"), Verdict::Affected);
    assert_eq!(said(cpe.clone(), "4.2.0"), Verdict::NotAffected);
    assert_eq!(said(cpe, "4.3.0"), Verdict::Affected);
    assert_eq!(
        said(package("pkg:generic/aurora/other"), "4.2.0"),
        Verdict::Affected
    );
}

#[test]
fn a_word_on_another_version_of_a_part_ends_nothing() {
    let mut scene = affected_scene();
    let mut said = |version: &str, status| {
        let word = Statement {
            product: product("Aurora Imaging", "Helix CT", VersionExpression::All),
            component: Some(ProductReference {
                version: VersionExpression::Exact(version.to_owned()),
                ..package("pkg:npm/lodash")
            }),
            ..statement("CVE-2021-1", status)
        };
        scene.statements = vec![(by("Aurora Imaging", word), false)];
        scene.finding().verdict
    };
    assert_eq!(said("1.0.0", Status::NotAffected), Verdict::NotAffected);
    assert_eq!(said("1.1.0", Status::NotAffected), Verdict::Affected);
}

#[test]
fn a_word_on_something_inside_a_part_does_not_clear_it_elsewhere() {
    let mut scene = affected_scene();
    scene
        .components
        .push((library("frame", "3.0.0", "pkg:npm/frame@3.0.0"), "frame"));
    let word = |status, version: &str| Statement {
        product: package("pkg:npm/frame"),
        component: Some(ProductReference {
            version: VersionExpression::Exact(version.to_owned()),
            ..package("pkg:npm/lodash")
        }),
        ..statement("CVE-2021-1", status)
    };
    scene.statements = vec![(by("Frame", word(Status::NotAffected, "1.0.0")), false)];
    let finding = scene.finding();
    assert_eq!(finding.verdict, Verdict::Affected);
    assert!(
        finding
            .evidence
            .iter()
            .any(|piece| piece.rule == "statement")
    );

    scene.records.clear();
    scene.statements = vec![(by("Frame", word(Status::Affected, "1.0.0")), false)];
    let finding = scene.finding();
    assert_eq!(finding.verdict, Verdict::Affected);
    assert_eq!(finding.component.unwrap().name, "lodash");

    scene.statements = vec![(by("Frame", word(Status::Affected, "1.1.0")), false)];
    assert!(scene.findings().is_empty());
}

#[test]
fn a_statement_inside_the_bill_is_the_word_of_who_wrote_the_bill() {
    let mut scene = affected_scene();
    let word = |status| Statement {
        product: reference("lodash"),
        ..statement("CVE-2021-1", status)
    };
    let maker = by("Aurora Imaging GmbH", word(Status::UnderInvestigation));
    scene.statements = vec![(maker, true)];
    let finding = scene.finding();
    assert_eq!(finding.verdict, Verdict::UnderInvestigation);
    assert_eq!(finding.owner, PartyRole::Manufacturer);

    let maker = by("Aurora Imaging GmbH", word(Status::NotAffected));
    scene.statements = vec![(maker, true)];
    assert_eq!(scene.finding().verdict, Verdict::NotAffected);

    for stranger in ["County Hospital", "GmbH"] {
        scene.statements = vec![(by(stranger, word(Status::NotAffected)), true)];
        let finding = scene.finding();
        assert_eq!(finding.verdict, Verdict::Affected, "{stranger}");
        let piece = finding.evidence.last().unwrap();
        assert_eq!(piece.rule, "statement");
        assert!(piece.explanation.ends_with("it does not end the matter."));
    }
}

#[test]
fn a_bill_without_an_author_is_taken_for_the_makers_and_a_paper_of_statements_alone_is_not() {
    let mut scene = affected_scene();
    let word = Statement {
        product: reference("lodash"),
        ..statement("CVE-2021-1", Status::NotAffected)
    };
    scene.statements = vec![(word, true)];
    let finding = scene.finding();
    assert_eq!(finding.verdict, Verdict::NotAffected);
    assert_eq!(
        finding.evidence[0].explanation,
        "A paper without an author says of lodash 1.0.0 that it is not affected. \
         The bill of materials names no author; it is taken for the manufacturer's own."
    );

    let word = Statement {
        product: product("Aurora Imaging GmbH", "Helix CT", VersionExpression::All),
        ..statement("CVE-2021-1", Status::NotAffected)
    };
    scene.statements = vec![(word, false)];
    let finding = scene.finding();
    assert_eq!(finding.verdict, Verdict::Affected);
    let piece = finding.evidence.last().unwrap();
    assert!(
        piece
            .explanation
            .ends_with(" Whose word it is cannot be told, so it does not end the matter."),
        "{}",
        piece.explanation
    );
    assert_eq!(piece.asserted_by, "a paper without an author");
}

#[test]
fn the_newer_word_of_the_same_maker_counts_and_the_older_is_marked() {
    let mut scene = affected_scene();
    let word = |status, day: &str| Statement {
        product: product("Aurora Imaging", "Helix CT", VersionExpression::All),
        issued: Some(format!("{day}T00:00:00Z").parse().unwrap()),
        ..statement("CVE-2021-1", status)
    };
    scene.statements = vec![
        (
            by("Aurora Imaging", word(Status::NotAffected, "2024-01-01")),
            false,
        ),
        (
            by("Aurora Imaging", word(Status::Affected, "2024-06-01")),
            false,
        ),
    ];
    let finding = scene.finding();
    assert_eq!(finding.verdict, Verdict::Affected);
    assert!(
        finding
            .evidence
            .iter()
            .any(|piece| piece.rule == "statement-contradicts")
    );
}

#[test]
fn a_statement_on_another_version_is_not_heard() {
    let mut scene = affected_scene();
    let word = Statement {
        product: product(
            "Aurora Imaging",
            "Helix CT",
            VersionExpression::Exact("3.0.0".into()),
        ),
        ..statement("CVE-2021-1", Status::NotAffected)
    };
    scene.statements = vec![(by("Aurora Imaging", word), false)];
    assert_eq!(scene.finding().verdict, Verdict::Affected);
}

#[test]
fn a_suppliers_word_counts_for_its_component() {
    let mut scene = affected_scene();
    scene.components[0].0.supplier = Some("Lodash Foundation".to_owned());
    let mut subject = product("Lodash Foundation", "lodash", VersionExpression::All);
    subject.purl = Some("pkg:npm/lodash".to_owned());
    let word = Statement {
        product: subject,
        ..statement("CVE-2021-1", Status::NotAffected)
    };
    scene.statements = vec![(by("Lodash Foundation", word), false)];
    let finding = scene.finding();
    assert_eq!(finding.verdict, Verdict::NotAffected);
    assert_eq!(finding.matched_verdict, Some(Verdict::Affected));
}

#[test]
fn an_advisory_on_the_device_with_an_update_is_the_hospitals_to_carry_out() {
    let mut scene = Scene::new(Some("4.2.0"));
    let word = Statement {
        product: product(
            "Aurora Imaging",
            "Helix CT",
            VersionExpression::Range("<=4.2.0".into()),
        ),
        remediations: vec![Remediation {
            category: "vendor_fix".to_owned(),
            details: "Update to 4.3.0".to_owned(),
            url: None,
        }],
        ..statement("AUR-2026-001", Status::Affected)
    };
    scene.statements = vec![(by("Aurora Imaging", word), false)];
    let finding = scene.finding();
    assert_eq!(finding.verdict, Verdict::Affected);
    assert_eq!(finding.owner, PartyRole::HealthDeliveryOrganization);
    assert_eq!(finding.component, None);
}

#[test]
fn an_advisory_is_an_open_question_for_a_device_whose_version_nobody_states() {
    let mut scene = Scene::new(None);
    let word = Statement {
        product: product(
            "Aurora Imaging",
            "Helix CT",
            VersionExpression::Range("<=4.2.0".into()),
        ),
        ..statement("AUR-2026-001", Status::Affected)
    };
    scene.statements = vec![(by("CISA", word), false)];
    let finding = scene.finding();
    assert_eq!(finding.verdict, Verdict::Undetermined);
    assert_eq!(finding.missing.unwrap().kind, "device-version");
}
