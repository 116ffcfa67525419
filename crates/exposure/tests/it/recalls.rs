//! Recalls: held against devices by maker and model, and never a quiet yes.

use isocenter_exposure::Closed;
use isocenter_model::finding::{Finding, PartyRole, Verdict};
use isocenter_model::recall::{Recall, RecallClass};
use isocenter_model::statement::Status;
use isocenter_model::vulnerability::{
    AffectedProduct, Bound, VersionEntry, VersionSpan, VulnerabilityRecord,
};

use crate::scene::{Scene, library, record};

fn of(
    firm: &str,
    product: &str,
    span: Option<VersionSpan>,
    units: Option<&str>,
) -> VulnerabilityRecord {
    VulnerabilityRecord {
        source: "openFDA".to_owned(),
        recall: Some(Recall {
            class: Some(RecallClass::Two),
            units: units.map(str::to_owned),
            ..Recall::default()
        }),
        ..record(
            "Z-2308-2026",
            vec![AffectedProduct {
                asserted_by: "FDA".to_owned(),
                vendor: Some(firm.to_owned()),
                product: Some(product.to_owned()),
                versions: span
                    .into_iter()
                    .map(|span| VersionEntry {
                        span,
                        status: Status::Affected,
                        scheme: None,
                        changes: Vec::new(),
                    })
                    .collect(),
                ..AffectedProduct::default()
            }],
        )
    }
}

fn rulings(record: VulnerabilityRecord) -> Vec<Finding> {
    let mut scene = Scene::new(Some("4.1"));
    scene.components = vec![(library("Helix CT", "4.1", ""), "")];
    scene.records = vec![record];
    scene.rulings(Closed::Kept)
}

#[track_caller]
fn check(record: VulnerabilityRecord, verdict: Verdict, rule: &str) -> Finding {
    let mut found = rulings(record);
    assert_eq!(found.len(), 1, "{found:#?}");
    let finding = found.remove(0);
    assert_eq!(
        (finding.verdict, finding.evidence[0].rule.as_str()),
        (verdict, rule),
        "{finding:#?}"
    );
    assert_eq!(finding.component, None, "a recall is of the device");
    finding
}

#[test]
fn a_recall_of_every_unit_of_the_very_model_is_a_yes() {
    let all = of(
        "AURORA IMAGING",
        "Helix CT, computed tomography system",
        Some(VersionSpan::All),
        Some("All units"),
    );
    check(all, Verdict::Affected, "version-in-range");
}

#[test]
fn versions_decide_where_the_notice_keeps_them_apart() {
    let before = |end: &str| VersionSpan::Between {
        from: None,
        to: Some(Bound {
            version: end.to_owned(),
            inclusive: false,
        }),
    };
    let check_end = |end, verdict, rule| {
        check(
            of("Aurora Imaging GmbH", "Helix CT", Some(before(end)), None),
            verdict,
            rule,
        )
    };
    check_end("4.2", Verdict::Affected, "version-in-range");
    check_end("4.0", Verdict::Fixed, "at-or-after-first-fixed");
}

#[test]
fn certain_units_are_a_question_to_the_hospital() {
    let some = of(
        "Aurora Imaging GmbH",
        "Helix CT",
        Some(VersionSpan::Text("SN 100-200".to_owned())),
        Some("SN 100-200"),
    );
    let finding = check(some, Verdict::Undetermined, "recall-units");
    let missing = finding.missing.unwrap();
    assert_eq!(missing.ask, PartyRole::HealthDeliveryOrganization);
    assert_eq!(
        missing.fact,
        "whether recall Z-2308-2026 means your Aurora Imaging GmbH Helix CT (\"SN 100-200\")"
    );
    check(
        of("Aurora Imaging GmbH", "Helix CT", None, None),
        Verdict::Undetermined,
        "recall-units",
    );
}

#[test]
fn a_text_that_holds_the_models_name_among_others_may_mean_a_sibling() {
    let sibling = of(
        "Aurora Imaging GmbH",
        "Helix CT Pro",
        Some(VersionSpan::All),
        None,
    );
    let finding = check(sibling, Verdict::Undetermined, "recall-product-unclear");
    assert_eq!(finding.missing.unwrap().ask, PartyRole::Manufacturer);
}

#[test]
fn another_firm_and_another_product_are_no_match() {
    for (firm, product) in [
        ("Borealis Imaging GmbH", "Helix CT"),
        ("Aurora Imaging GmbH", "Helixes CT"),
        ("Aurora Imaging GmbH", "Iris MR, Helix coil"),
        ("", "Helix CT"),
    ] {
        let found = rulings(of(firm, product, Some(VersionSpan::All), None));
        assert_eq!(found, [], "{firm} {product}");
    }
}
