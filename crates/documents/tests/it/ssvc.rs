//! SSVC evaluations that stand alone, in every edition.

use isocenter_documents::{ReadOptions, read, ssvc};
use isocenter_model::{Document, DocumentKind, Reading};

use crate::flaw::problems;
use crate::mutation::run_both;

const SELECTION_1: &str = r#"{"id": "CVE-2024-12345", "role": "Supplier", "schemaVersion": "1-0-1", "timestamp": "2024-05-02T10:00:00Z",
  "selections": [{"name": "Exploitation", "namespace": "ssvc", "values": ["Public PoC"], "version": "1.1.0"},
    {"name": "Automatable", "namespace": "ssvc", "values": ["No", "Yes"], "version": "2.0.0"},
    {"name": "Technical Impact", "namespace": "ssvc", "values": ["Total"], "version": "1.0.0"},
    {"name": "Mission Impact", "namespace": "ssvc", "values": ["Degraded"], "version": "1.0.0"}]}"#;

const SELECTION_2: &str = r#"{"target_ids": ["CVE-2024-12345", "VU#11111"], "schemaVersion": "2.0.0", "timestamp": "2024-05-02T10:00:00Z",
  "selections": [{"namespace": "ssvc", "key": "E", "version": "1.1.0", "values": [{"key": "A"}]},
    {"namespace": "x_example.test#t", "key": "A", "version": "1.0.0", "values": [{"key": "Y"}]},
    {"namespace": "ssvc", "key": "TI", "version": "1.0.0", "values": [{"key": "P", "name": "Partial"}]}]}"#;

const COMPUTED: &str = r#"{"id": "CVE-2024-12345", "role": "CISA Coordinator", "version": "2.0.3", "timestamp": "2024-05-02T10:00:00Z",
  "options": [{"Exploitation": "active"}, {"Automatable": ["yes"]}, {"Technical Impact": "partial"}, {"Decision": 7}], "computed": "SSVCv2/E:A"}"#;

/// The evaluations, each in one line, and the problems.
fn check(text: &str) -> String {
    let reading = read(text.as_bytes(), &ReadOptions::default());
    assert_eq!(reading.kind, DocumentKind::Ssvc);
    format!("{}\n{}", evaluations(&reading), problems(&reading))
}

fn evaluations(reading: &Reading) -> String {
    let Some(Document::Vulnerabilities(list)) = &reading.document else {
        return String::new();
    };
    let lines = list.records.iter().map(|one| {
        let record = &one.record;
        format!("{} by {}: {:?}", record.id, record.source, record.ssvc)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_edition_of_an_evaluation_gives_the_same_decision_points() {
    insta::assert_snapshot!([SELECTION_1, SELECTION_2, COMPUTED].map(check).join("\n\n"), @r#"
    CVE-2024-12345 by SSVC Supplier: Some(Ssvc { exploitation: Some("poc"), automatable: None, technical_impact: Some("total") })
    note ssvc-point-not-kept /selections/3: the decision point 'Mission Impact' is not among those that are kept

    CVE-2024-12345 by SSVC: Some(Ssvc { exploitation: Some("active"), automatable: None, technical_impact: Some("partial") })
    VU#11111 by SSVC: Some(Ssvc { exploitation: Some("active"), automatable: None, technical_impact: Some("partial") })
    note ssvc-point-not-kept /selections/1: the decision point 'A' is not among those that are kept

    CVE-2024-12345 by SSVC CISA Coordinator: Some(Ssvc { exploitation: Some("active"), automatable: Some("yes"), technical_impact: Some("partial") })
    note ssvc-point-not-kept /options/3: the decision point 'Decision' is not among those that are kept
    "#);
}

#[test]
fn an_evaluation_of_nothing_or_without_a_choice_is_none() {
    let of_nothing = SELECTION_1.replace(r#""id": "CVE-2024-12345","#, "");
    insta::assert_snapshot!(check(&of_nothing), @"error ssvc-target-missing document: the evaluation does not say of which flaw it is (id, target_ids) and cannot be used");
    let undecided =
        r#"{"id": "CVE-2024-1", "schemaVersion": "1-0-1", "timestamp": "soon", "selections": []}"#;
    insta::assert_snapshot!(check(undecided), @"error ssvc-nothing-chosen document: none of the decision points Exploitation, Automatable and Technical Impact has one value");
}

#[test]
fn mutated_evaluations_never_break_the_reader() {
    for paper in [SELECTION_1, SELECTION_2, COMPUTED] {
        run_both(2_000, paper.as_bytes(), ssvc::read);
    }
}
