//! Recalls: openFDA's two endpoints, and lists of field safety notices.

use isocenter_documents::{ReadOptions, field_safety_notice, openfda, read};
use isocenter_model::{Document, DocumentKind, Reading};

use crate::flaw::{self, problems};
use crate::mutation::{run, run_both};
use crate::paper::worksheet;

const ENFORCEMENT: &str = r#"{"meta": {"disclaimer": "Unvalidated.", "last_updated": "2026-06-24", "results": {"skip": 0, "limit": 3, "total": 3}},
 "results": [
  {"status": "Ongoing", "classification": "Class II", "openfda": {}, "product_type": "Devices", "event_id": "98773",
   "recalling_firm": "Northlight Imaging, Inc.", "recall_number": "Z-2308-2026", "product_description": "CT 500, computed tomography system",
   "reason_for_recall": "A password is shown on the service screen.", "recall_initiation_date": "20260403", "center_classification_date": "20260604",
   "report_date": "20260610", "code_info": "All units", "more_code_info": "", "distribution_pattern": "Worldwide"},
  {"status": "Terminated", "classification": "Not Yet Classified", "product_type": "Devices", "recalling_firm": "Northlight Imaging, Inc.",
   "recall_number": "Z-0198-2018", "product_description": "MR 3", "reason_for_recall": "Unexpected movement of the table.",
   "recall_initiation_date": "2017", "termination_date": "20180509", "code_info": "Serial Numbers: AP0447, AP0448."},
  {"product_type": "Food", "recall_number": "F-0276-2017", "recalling_firm": "Somebody"}]}"#;

const RECALL: &str = r#"{"meta": {"last_updated": "2026-08-13"}, "results": [
  {"cfres_id": "49568", "product_res_number": "Z-0313-2007", "event_date_initiated": "2006-12-01", "event_date_posted": "2006-12-27",
   "recall_status": "Open, Classified", "res_event_number": "36920", "product_code": "EFA", "k_numbers": ["K960507"],
   "product_description": "CT 500 gantry", "code_info": "Software versions below 4.2", "recalling_firm": "Northlight Imaging, Inc.",
   "reason_for_recall": "The gantry may stop.", "root_cause_description": "Software design", "action": "Install software 4.2."},
  {"cfres_id": "7"}, 7]}"#;

fn records(reading: &Reading) -> String {
    let Some(Document::Vulnerabilities(list)) = &reading.document else {
        return String::new();
    };
    let records: Vec<String> = list
        .records
        .iter()
        .map(|one| flaw::record(&one.record))
        .collect();
    records.join("\n\n")
}

#[test]
fn both_endpoints_of_openfda_give_recalls_with_class_reason_and_units() {
    for text in [ENFORCEMENT, RECALL] {
        let reading = read(text.as_bytes(), &ReadOptions::default());
        assert_eq!(reading.kind, DocumentKind::OpenFdaRecall);
    }
    let reading = openfda::read(ENFORCEMENT.as_bytes());
    insta::assert_snapshot!(records(&reading), @r#"
    Z-2308-2026 of openFDA, Published, aliases [], related [], tags [], weaknesses []
    title: Recall of class II: A password is shown on the service screen.
    description: A password is shown on the service screen.
    published Some(2026-04-03T00:00:00Z), modified Some(2026-04-03T00:00:00Z), known exploited None
    FDA: Northlight Imaging, Inc. / CT 500, computed tomography system default=unknown
      affected: all
    Recall { class: Some(Two), reason: Some("A password is shown on the service screen."), status: Some("Ongoing"), initiated: Some(2026-04-03), terminated: None, units: Some("All units"), event: Some("98773") }

    Z-0198-2018 of openFDA, Published, aliases [], related [], tags [], weaknesses []
    title: Recall: Unexpected movement of the table.
    description: Unexpected movement of the table.
    published None, modified Some(2018-05-09T00:00:00Z), known exploited None
    FDA: Northlight Imaging, Inc. / MR 3 default=unknown
      affected: text 'Serial Numbers: AP0447, AP0448.'
    Recall { class: None, reason: Some("Unexpected movement of the table."), status: Some("Terminated"), initiated: None, terminated: Some(2018-05-09), units: Some("Serial Numbers: AP0447, AP0448."), event: None }
    "#);
    insta::assert_snapshot!(problems(&reading), @"
    note openfda-class-open /results/1/classification: the recall Z-0198-2018 has no class yet: 'Not Yet Classified'
    warning openfda-date-malformed /results/1/recall_initiation_date: '2017' is no day
    warning openfda-not-a-device /results/2/product_type: the recall is of 'Food' and not of devices, and was set aside
    ");
    let reading = openfda::read(RECALL.as_bytes());
    insta::assert_snapshot!(records(&reading), @r#"
    Z-0313-2007 of openFDA, Published, aliases [], related [], tags [], weaknesses []
    title: Recall: The gantry may stop.
    description: The gantry may stop.
    published Some(2006-12-01T00:00:00Z), modified Some(2006-12-01T00:00:00Z), known exploited None
    FDA: Northlight Imaging, Inc. / CT 500 gantry default=unknown
      affected: text 'Software versions below 4.2'
    recall: Install software 4.2.
    Recall { class: None, reason: Some("The gantry may stop."), status: Some("Open, Classified"), initiated: Some(2006-12-01), terminated: None, units: Some("Software versions below 4.2"), event: Some("36920") }
    "#);
    insta::assert_snapshot!(problems(&reading), @"
    error openfda-number-missing /results/1/recall_number: the recall has no number (recall_number, product_res_number) and was set aside
    error json-wrong-shape /results/2: the document has another shape than expected: invalid type: integer `7`, expected an object
    ");
}

const NOTICES: &str = "Field safety notices of 2026;;;;;;;\n\
    Hersteller;Produkt;Softwareversion;Chargen;Referenz;Datum;Maßnahme;Grund;Interne Notiz\n\
    Northlight Imaging GmbH;CT 500;< 4.2;;FSCA-2026-1;03.04.2026;Update auf 4.2;Standardpasswort im Dienstmenü;x\n\
    Northlight Imaging GmbH;CT 700;alle Versionen;;FSCA-2026-1;03.04.2026;Update auf 4.2;Standardpasswort im Dienstmenü;x\n\
    Northlight Imaging GmbH;MR 3;;SN 100-200;FSCA-2026-2;13/13/2026;Tisch prüfen;Tisch bewegt sich;x\n\
    Northlight Imaging GmbH;MR 3;;;;03.04.2026;Tisch prüfen;Tisch bewegt sich;x\n\
    ;Quillon Vault;;;FSCA-2026-3;03.04.2026;;Bild verwechselt;x\n";

#[test]
fn a_list_of_notices_is_read_by_its_headers_and_rows_of_one_reference_are_one_notice() {
    let reading = read(NOTICES.as_bytes(), &ReadOptions::default());
    assert_eq!(reading.kind, DocumentKind::FieldSafetyNotice);
    insta::assert_snapshot!(records(&reading), @r#"
    FSCA-2026-1 of FSN Northlight Imaging GmbH, Published, aliases [], related [], tags [], weaknesses []
    title: Recall: Standardpasswort im Dienstmenü
    description: Standardpasswort im Dienstmenü
    published Some(2026-04-03T00:00:00Z), modified Some(2026-04-03T00:00:00Z), known exploited None
    field safety notice: Northlight Imaging GmbH / CT 500 default=unknown
      affected: … to before 4.2
    field safety notice: Northlight Imaging GmbH / CT 700 default=unknown
      affected: all
    recall: Update auf 4.2
    Recall { class: None, reason: Some("Standardpasswort im Dienstmenü"), status: None, initiated: Some(2026-04-03), terminated: None, units: None, event: None }

    FSCA-2026-2 of FSN Northlight Imaging GmbH, Published, aliases [], related [], tags [], weaknesses []
    title: Recall: Tisch bewegt sich
    description: Tisch bewegt sich
    published None, modified None, known exploited None
    field safety notice: Northlight Imaging GmbH / MR 3 default=unknown
      affected: text 'SN 100-200'
    recall: Tisch prüfen
    Recall { class: None, reason: Some("Tisch bewegt sich"), status: None, initiated: None, terminated: None, units: Some("SN 100-200"), event: None }

    FSCA-2026-3 of FSN, Published, aliases [], related [], tags [], weaknesses []
    title: Recall: Bild verwechselt
    description: Bild verwechselt
    published Some(2026-04-03T00:00:00Z), modified Some(2026-04-03T00:00:00Z), known exploited None
    field safety notice: ? / Quillon Vault default=unknown
    Recall { class: None, reason: Some("Bild verwechselt"), status: None, initiated: Some(2026-04-03), terminated: None, units: None, event: None }
    "#);
    insta::assert_snapshot!(problems(&reading), @"
    note fsn-columns-unknown line 2: 1 column is not read: “Interne Notiz”
    warning fsn-date-malformed line 5: “13/13/2026” is no day that can be told; YYYY-MM-DD is never in doubt
    warning fsn-reference-missing line 6: the notice has no reference, by which it could be told from others, and was set aside
    warning fsn-product-missing line 7: the notice FSCA-2026-3 names no manufacturer or no product, so it can match nothing
    ");
}

#[test]
fn a_list_that_ends_support_is_no_list_of_notices_and_a_day_of_publication_no_support_life() {
    let headers = "Hersteller;Produkt;Referenz;Veröffentlichungsdatum;Beschreibung";
    let row = "Northlight;CT 500;FSCA-1;03.04.2026;Falsche Dosis";
    for (text, kind) in [
        (
            format!("{headers}\n{row}\n"),
            DocumentKind::FieldSafetyNotice,
        ),
        (
            format!("{headers};Supportende\n{row};2027-01-01\n"),
            DocumentKind::Lifecycle,
        ),
    ] {
        let reading = read(text.as_bytes(), &ReadOptions::default());
        assert_eq!(reading.kind, kind, "{text}");
    }
}

#[test]
fn a_worksheet_is_read_like_delimited_text() {
    let bytes = worksheet(
        "FSN",
        &[
            &[
                "Manufacturer",
                "Device name",
                "FSN ref",
                "Date",
                "Description of problem",
                "Class",
            ],
            &[
                "Northlight",
                "CT 500",
                "FSN-7",
                "2026-04-03",
                "Wrong dose shown",
                "II",
            ],
        ],
    );
    let reading = field_safety_notice::read(&bytes);
    assert_eq!(reading.summary["records"], 1);
    assert!(records(&reading).contains("title: Recall of class II: Wrong dose shown"));
}

#[test]
fn mutated_recalls_never_break_the_readers() {
    run_both(2_000, ENFORCEMENT.as_bytes(), openfda::read);
    run_both(400, RECALL.as_bytes(), openfda::read);
    run(2_000, NOTICES.as_bytes(), |bytes| {
        Some(field_safety_notice::read(bytes))
    });
}
