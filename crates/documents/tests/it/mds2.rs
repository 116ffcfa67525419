//! The disclosure form: NEMA's own example, what our writer writes, and forms as they come.

use std::io::Read;

use isocenter_documents::mds2::{self, AnswerKind, WriteError};
use isocenter_model::form::{Answer, AnswerValue, DisclosureForm, FormEdition};
use isocenter_model::{Document, DocumentKind, Place, Reading};
use jiff::civil::date;
use proptest::prelude::*;

use crate::paper::{ids, problem, worksheet};

#[track_caller]
fn form(reading: &Reading) -> &DisclosureForm {
    match &reading.document {
        Some(Document::Form(form)) => form,
        other => panic!("no form: {other:?}, {:?}", reading.problems),
    }
}

fn questions() -> &'static [mds2::Question] {
    mds2::questions(FormEdition::Hn1_2019)
}

/// A form in which every question is answered, to be changed by a test.
fn complete() -> DisclosureForm {
    let answers = questions()
        .iter()
        .map(|question| Answer {
            question: question.id.to_owned(),
            printed: question.printed.to_owned(),
            value: match (question.id, question.kind) {
                ("DOC-3", _) => AnswerValue::Text("Aperture CT 500\nAperture CT 700".to_owned()),
                (id, AnswerKind::Text) => AnswerValue::Text(format!("words for {id}")),
                (_, AnswerKind::Date) => AnswerValue::Date(date(2025, 3, 14)),
                (_, AnswerKind::Choice) => match question.row % 4 {
                    0 => AnswerValue::Yes,
                    1 => AnswerValue::No,
                    2 => AnswerValue::NotApplicable,
                    _ => AnswerValue::SeeNote,
                },
            },
            remark: None,
            note: (question.row % 40 == 3).then(|| "Note 1".to_owned()),
            at: Place::cell("mds2-form", question.row - 1, 2),
        })
        .collect();
    DisclosureForm {
        edition: FormEdition::Hn1_2019,
        manufacturer: Some("words for DOC-1".to_owned()),
        description: Some("words for DOC-2".to_owned()),
        models: vec!["Aperture CT 500".to_owned(), "Aperture CT 700".to_owned()],
        document_id: Some("words for DOC-4".to_owned()),
        software_version: Some("5.10".to_owned()),
        released: Some(date(2025, 3, 14)),
        answers,
        notes: vec![
            ("OTHR".to_owned(), "The room is locked.".to_owned()),
            (
                "Note 1".to_owned(),
                "Only over the service laptop.".to_owned(),
            ),
            ("CONN-2".to_owned(), "104 DICOM\n443 HTTPS".to_owned()),
        ],
    }
}

fn answer<'f>(form: &'f mut DisclosureForm, id: &str) -> &'f mut Answer {
    form.answers
        .iter_mut()
        .find(|answer| answer.question == id)
        .unwrap()
}

/// The text of a part of a written workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn the_official_example_gives_every_answer() {
    let Some(folder) = crate::real_data("mds2") else {
        return;
    };
    let reading = mds2::read(&std::fs::read(folder.join("nema_example_hn1-2019.xlsx")).unwrap());
    assert_eq!(reading.kind, DocumentKind::Mds2);
    assert_eq!(reading.version.as_deref(), Some("HN 1-2019"));
    assert_eq!(reading.summary["answers"], 240);
    assert_eq!(reading.summary["answered"], 240);
    assert_eq!(reading.summary["notes"], 8);
    assert_eq!(reading.summary["models"], 1);
    assert_eq!(reading.problems, []);
    let form = form(&reading);
    assert_eq!(form.released, Some(date(2019, 10, 9)));
    let hardening = form.answer("SAHD-15").unwrap();
    assert_eq!(hardening.printed, "SHAD-15");
    assert_eq!(hardening.value, AnswerValue::Yes);
    assert_eq!(hardening.at.to_string(), "mds2-form!C285");
    let diagram = form.answer("DOC-10").unwrap();
    assert_eq!(diagram.value, AnswerValue::SeeNote);
    assert_eq!(diagram.note.as_deref(), Some("Note 1"));
    let again = mds2::read(&mds2::write(form).unwrap());
    assert_eq!(self::form(&again).answers, form.answers);
    assert_eq!(self::form(&again).notes, form.notes);
}

#[test]
fn a_real_form_in_running_text_gives_its_answers() {
    let Some(folder) = crate::real_data("mds2") else {
        return;
    };
    let reading = mds2::read(&std::fs::read(folder.join("medicapture_hn1-2019.txt")).unwrap());
    assert_eq!(reading.summary["answers"], 240);
    assert_eq!(reading.summary["answered"], 238);
    assert_eq!(
        reading
            .problems
            .iter()
            .map(|problem| format!("{} {}: {}", problem.at, problem.id, problem.message))
            .collect::<Vec<_>>(),
        [
            "line 1 mds2-line-unread: \u{201c}SOURCE: GitHub medicapture-europe/smartai-content commit ac…\u{201d} is no question, answer, heading or note of the form and was set aside",
            "line 4 mds2-line-unread: \u{201c}MediCapture Inc., Models: MVR435, MVR436, MVR450, MVR460, M…\u{201d} is no question, answer, heading or note of the form and was set aside",
            "line 1 mds2-unanswered: 2 questions without an answer: CONN-1, CONN-1.1",
        ]
    );
    let answers = &form(&reading).answers;
    // Counted in the file with another tool.
    let count =
        |value: fn(&AnswerValue) -> bool| answers.iter().filter(|a| value(&a.value)).count();
    assert_eq!(count(|value| *value == AnswerValue::Yes), 118);
    assert_eq!(count(|value| *value == AnswerValue::No), 89);
    assert_eq!(count(|value| *value == AnswerValue::NotApplicable), 24);
    assert_eq!(count(|value| matches!(value, AnswerValue::Text(_))), 6);
    assert_eq!(count(|value| matches!(value, AnswerValue::Date(_))), 1);
    assert_eq!(count(|value| *value == AnswerValue::Blank), 2);
    assert_eq!(answers.iter().filter(|a| a.remark.is_some()).count(), 31);
    assert_eq!(answers.iter().filter(|a| a.note.is_some()).count(), 0);
    let form = form(&reading);
    assert_eq!(form.manufacturer.as_deref(), Some("MediCapture Inc."));
    assert_eq!(form.models.len(), 7);
    assert_eq!(form.released, Some(date(2026, 3, 20)));
    assert_eq!(form.answer("CONN-1").unwrap().value, AnswerValue::Blank);
    let accounts = form.answer("PAUT-4").unwrap();
    assert_eq!(accounts.value, AnswerValue::NotApplicable);
    assert_eq!(accounts.remark.as_deref(), Some("No default accounts"));
}

#[test]
fn what_is_written_is_read_again() {
    let form = complete();
    let reading = mds2::read(&mds2::write(&form).unwrap());
    assert_eq!(reading.problems, []);
    assert_eq!(self::form(&reading), &form);
    assert_eq!(reading.summary["answers"], 240);
}

#[test]
fn the_same_form_gives_the_same_bytes() {
    assert_eq!(
        mds2::write(&complete()).unwrap(),
        mds2::write(&complete()).unwrap()
    );
}

#[test]
fn the_worksheet_keeps_the_official_layout() {
    let bytes = mds2::write(&complete()).unwrap();
    let book = part(&bytes, "xl/workbook.xml");
    assert!(book.contains(r#"<sheet name="mds2-form""#));
    assert!(book.contains("'mds2-form'!$A:$D</definedName>"));
    assert!(book.contains("'mds2-form'!$3:$4</definedName>"));
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<formula1>\"Yes,No,N/A,See Notes\"</formula1>"));
    // The runs of rows with a list, as the official worksheet has them (its blank rows apart).
    for run in [
        "C14",
        "C16:C20",
        "C24:C45",
        "C168:C182",
        "C265:C286",
        "C327:C332",
    ] {
        assert!(sheet.contains(&format!("sqref=\"{run}\"")), "{run}");
    }
    assert!(sheet.contains("<f>C6</f><v>words for DOC-1</v>"));
    assert!(part(&bytes, "docProps/core.xml").contains("2025-03-14T00:00:00Z"));
}

#[test]
fn words_that_begin_like_a_formula_stay_words() {
    let mut form = complete();
    for (id, text) in [
        ("DOC-2", "=HYPERLINK(\"http://example.org\")"),
        ("DOC-4", "+1"),
        ("DOC-5", "-2+3"),
        ("DOC-6", "@SUM(A1)"),
    ] {
        answer(&mut form, id).value = AnswerValue::Text(text.to_owned());
    }
    form.notes.push(("Note 2".to_owned(), "=1+1".to_owned()));
    let bytes = mds2::write(&form).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert_eq!(
        sheet.matches("<f>").count(),
        4,
        "only the names in row 3 are formulas"
    );
    let reading = mds2::read(&bytes);
    assert_eq!(self::form(&reading).answers, form.answers);
    assert_eq!(self::form(&reading).notes, form.notes);
}

#[test]
fn a_form_without_answers_is_written_with_every_question_and_its_head() {
    let form = DisclosureForm {
        answers: Vec::new(),
        notes: Vec::new(),
        software_version: None,
        ..complete()
    };
    let reading = mds2::read(&mds2::write(&form).unwrap());
    assert_eq!(reading.summary["answers"], 240);
    assert_eq!(reading.summary["answered"], 5);
    let read = self::form(&reading);
    assert_eq!(read.models, form.models);
    assert_eq!(read.released, form.released);
    assert_eq!(read.software_version, None);
    assert_eq!(ids(&reading), ["mds2-unanswered"]);
}

#[test]
fn a_form_that_cannot_be_written_says_why() {
    let mut unknown = complete();
    unknown.answers[0].question = "ABCD-1".to_owned();
    assert!(matches!(
        mds2::write(&unknown),
        Err(WriteError::UnknownQuestion { question, .. }) if question == "ABCD-1"
    ));
    let mut twice = complete();
    twice.answers[1].question = "DOC-1".to_owned();
    assert!(matches!(
        mds2::write(&twice),
        Err(WriteError::QuestionTwice(id)) if id == "DOC-1"
    ));
    let mut long = complete();
    answer(&mut long, "DOC-6").value = AnswerValue::Text("x".repeat(40_000));
    assert!(matches!(
        mds2::write(&long),
        Err(WriteError::TextTooLong(id)) if id == "DOC-6"
    ));
}

const HEAD: &[&[&str]] = &[
    &["Question ID", "Question", "", "See note"],
    &["DOC-1", "Manufacturer Name", "Northlight", "__"],
    &["DOC-2", "Device Description", "MR scanner", "__"],
    &["DOC-3", "Device Model", "Tesla 3", "__"],
    &["DOC-4", "Document ID", "D-1", "__"],
    &["DOC-5", "Contact", "security@example.org", "__"],
    &["DOC-6", "Intended use", "", "__"],
    &["DOC-7", "Release Date", "2025-03-14", "__"],
];

/// A short form: the head and these rows.
fn short(rows: &[&[&str]]) -> Reading {
    let all: Vec<&[&str]> = HEAD.iter().chain(rows).copied().collect();
    mds2::read(&worksheet("Sheet1", &all))
}

#[test]
fn questions_that_are_missing_blank_or_unknown_are_told_apart() {
    let reading = short(&[
        &["ALOF-1", "q", "Yes", "__"],
        &["ALOF-2", "q", "____", "__"],
        &["ALOF-7", "q", "Yes", "__"],
    ]);
    let missing = problem(&reading, "mds2-questions-missing");
    assert!(
        missing.message.starts_with("231 of the 240 questions"),
        "{}",
        missing.message
    );
    let blank = problem(&reading, "mds2-unanswered");
    assert!(
        blank.message.ends_with("DOC-6, ALOF-2"),
        "{}",
        blank.message
    );
    let unknown = problem(&reading, "mds2-question-unknown");
    assert_eq!(unknown.at.to_string(), "Sheet1!A11");
    assert_eq!(reading.summary["answers"], 9);
    assert_eq!(reading.summary["answered"], 7);
    assert!(
        reading.is_valid(),
        "gaps are the manufacturer's, the form is sound"
    );
}

#[test]
fn two_answers_to_one_question_are_a_contradiction_that_names_both() {
    let reading = short(&[
        &["CONN-7", "TLS", "Yes", "__"],
        &["CONN-8", "q", "", "__"],
        &["CONN-8", "q", "No", "__"],
        &["CONN-7", "TLS", "No", "__"],
    ]);
    let contradiction = problem(&reading, "mds2-answers-contradict");
    assert_eq!(
        contradiction.message,
        "CONN-7 is answered “Yes” at Sheet1!C9 and “No” here; the first was taken"
    );
    assert_eq!(contradiction.at.to_string(), "Sheet1!C12");
    assert_eq!(
        form(&reading).answer("CONN-7").unwrap().value,
        AnswerValue::Yes
    );
    assert_eq!(
        form(&reading).answer("CONN-8").unwrap().value,
        AnswerValue::No,
        "an answer goes before a blank"
    );
    problem(&reading, "mds2-question-twice");
}

#[test]
fn a_misprinted_id_and_oddly_typed_ones_mean_their_question() {
    let reading = short(&[
        &["SHAD-15", "q", "No", ""],
        &["sahd\u{2013}14.1", "q", "Yes", ""],
    ]);
    let form = form(&reading);
    assert_eq!(form.answer("SAHD-15").unwrap().printed, "SHAD-15");
    assert_eq!(form.answer("SAHD-14.1").unwrap().value, AnswerValue::Yes);
}

#[test]
fn the_form_is_found_in_any_sheet_and_any_columns() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook
        .add_worksheet()
        .write_string(0, 0, "White paper")
        .unwrap();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Annex").unwrap();
    for (column, heading) in (1..).zip(["Section", "ID", "Remark", "Response", "Question"]) {
        sheet.write_string(4, column, heading).unwrap();
    }
    for (row, question) in (5..).zip(questions()) {
        sheet.write_string(row, 1, question.section).unwrap();
        sheet.write_string(row, 2, question.printed).unwrap();
        sheet.write_string(row, 4, "Yes").unwrap();
        sheet.write_string(row, 5, question.text).unwrap();
    }
    sheet.write_string(5, 4, "Northlight").unwrap();
    sheet.write_string(80, 3, "over VPN only").unwrap();
    let reading = mds2::read(&workbook.save_to_buffer().unwrap());
    let form = form(&reading);
    assert_eq!(reading.summary["answers"], 240);
    assert_eq!(form.manufacturer.as_deref(), Some("Northlight"));
    assert_eq!(form.answer("RMOT-1").unwrap().value, AnswerValue::Yes);
    assert_eq!(form.answer("RMOT-1").unwrap().at.to_string(), "Annex!E240");
    let remarks: Vec<_> = form
        .answers
        .iter()
        .filter_map(|a| a.remark.as_deref())
        .collect();
    assert_eq!(remarks, ["over VPN only"]);
}

#[test]
fn notes_are_read_however_they_are_laid_out() {
    let reading = short(&[
        &["CONN-1", "q", "Yes", "See Note 1 "],
        &["CONN-2", "q", "Yes", "CONN-2"],
        &["CONN-3", "q", "See Note", "Note 2"],
        &["CONN-4", "q", "No", "See Note 9"],
        &["", "OTHER SECURITY CONSIDERATIONS (OTHR)"],
        &["", "The room is locked."],
        &["", "Notes:"],
        &["Note 1", "First."],
        &["", "Second line of it."],
        &["", "Note 2: In one cell."],
        &["CONN-2", "104, 443"],
    ]);
    assert_eq!(
        form(&reading).notes,
        [
            ("OTHR", "The room is locked."),
            ("Note 1", "First.\nSecond line of it."),
            ("Note 2", "In one cell."),
            ("CONN-2", "104, 443"),
        ]
        .map(|(label, text)| (label.to_owned(), text.to_owned()))
    );
    assert_eq!(
        problem(&reading, "mds2-note-missing").message,
        "CONN-4 refers to Note 9, which the form does not have"
    );
    assert!(!ids(&reading).contains(&"mds2-question-twice"));
}

#[test]
fn answers_after_a_stray_notes_line_are_still_answers() {
    let reading = short(&[
        &["CONN-1", "q", "Yes", ""],
        &["", "Notes:"],
        &["CONN-2", "q", "Yes", ""],
    ]);
    assert_eq!(
        form(&reading).answer("CONN-2").unwrap().value,
        AnswerValue::Yes
    );
}

#[test]
fn a_software_version_beside_the_questions_is_read() {
    let reading = short(&[
        &["", "Software Version", "VB30A", ""],
        &["ALOF-1", "q", "Yes", ""],
        &["", "Softwareversion", "VB40", ""],
    ]);
    assert_eq!(form(&reading).software_version.as_deref(), Some("VB30A"));
    problem(&reading, "mds2-software-version-twice");
}

#[test]
fn the_version_of_the_form_is_not_that_of_the_software() {
    let reading = short(&[
        &["", "Version", "HN 1-2019", ""],
        &["", "Firmware version: 2.4", "", ""],
        &["ALOF-1", "q", "Yes", ""],
    ]);
    assert_eq!(form(&reading).software_version.as_deref(), Some("2.4"));
}

#[test]
fn a_day_that_may_be_two_is_not_guessed() {
    let rows: Vec<&[&str]> = HEAD
        .iter()
        .map(|row| {
            if row[0] == "DOC-7" {
                &["DOC-7", "Date", "03/04/2025", ""][..]
            } else {
                row
            }
        })
        .chain([&["ALOF-1", "q", "maybe", ""][..]])
        .collect();
    let reading = mds2::read(&worksheet("S", &rows));
    assert_eq!(form(&reading).released, None);
    problem(&reading, "mds2-date-ambiguous");
    assert_eq!(
        problem(&reading, "mds2-answer-outside-list").message,
        "ALOF-1 is answered “maybe”; Yes, No, N/A or See Notes was expected"
    );
}

#[test]
fn a_form_that_does_not_name_its_product_says_so() {
    let rows: Vec<&[&str]> = HEAD
        .iter()
        .filter(|row| !["DOC-1", "DOC-3"].contains(&row[0]))
        .copied()
        .chain([
            &["ALOF-1", "q", "Yes", ""][..],
            &["ALOF-2", "q", "No", ""],
            &["EMRG-1", "q", "No", ""],
        ])
        .collect();
    let reading = mds2::read(&worksheet("S", &rows));
    assert_eq!(
        ids(&reading)
            .iter()
            .filter(|id| **id == "mds2-product-unstated")
            .count(),
        2
    );
}

#[test]
fn a_form_saved_as_text_is_a_form() {
    let text = HEAD
        .iter()
        .map(|row| row.join(";"))
        .chain(["ALOF-1;q;Yes;".to_owned()])
        .collect::<Vec<_>>()
        .join("\r\n");
    let reading = mds2::read(text.as_bytes());
    assert_eq!(form(&reading).models, ["Tesla 3"]);
    assert_eq!(form(&reading).answer("ALOF-1").unwrap().at, Place::line(9));
}

#[test]
fn other_editions_and_other_workbooks_are_named() {
    let old = worksheet(
        "MDS2",
        &[
            &["HIMSS/NEMA HN 1-2008"],
            &["A", "Can this device display data?", "Yes"],
        ],
    );
    assert_eq!(ids(&mds2::read(&old)), ["mds2-edition"]);
    let other = worksheet("S", &[&["a", "b"]]);
    assert_eq!(ids(&mds2::read(&other)), ["mds2-no-form"]);
}

fn any_text() -> impl Strategy<Value = String> {
    // Words with marks that mean something elsewhere: formulas, markup, separators, other scripts.
    "[A-Za-z=+@<&'\"ÄжÖ漢(][A-Za-z0-9 .,:;=<>&'\"/()Äж漢\u{7}\u{202e}-]{0,30}[A-Za-z0-9)]"
        .prop_map(|text| text.trim().to_owned())
}

/// An answer to a question, as the reader would have it.
fn any_answer(kind: AnswerKind) -> BoxedStrategy<(AnswerValue, Option<String>, Option<String>)> {
    let note = prop_oneof![
        Just(None),
        (1..9u8).prop_map(|n| Some(format!("Note {n}"))),
        Just(Some("CONN-2".to_owned()))
    ];
    let remark = prop_oneof![
        Just(None),
        "[A-Z][a-z]{3,9} [a-z0-9=<&]{2,9}".prop_map(Some)
    ];
    let value = match kind {
        AnswerKind::Text => any_text().prop_map(AnswerValue::Text).boxed(),
        AnswerKind::Date => (1900..2100i16, 1..=12i8, 1..=28i8)
            .prop_map(|(y, m, d)| AnswerValue::Date(date(y, m, d)))
            .boxed(),
        AnswerKind::Choice => prop_oneof![
            Just(AnswerValue::Yes),
            Just(AnswerValue::No),
            Just(AnswerValue::NotApplicable),
            Just(AnswerValue::SeeNote),
            Just(AnswerValue::Blank),
            Just(AnswerValue::Text("on request".to_owned())),
        ]
        .boxed(),
    };
    (value, remark, note)
        .prop_map(|(value, remark, note)| match (value, note) {
            // A blank with a note says that the answer stands there.
            (AnswerValue::Blank, Some(note)) => (AnswerValue::SeeNote, remark, Some(note)),
            (value, note) => (value, remark, note),
        })
        .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_form_is_read_as_it_was_written(
        answers in questions().iter().map(|question| any_answer(question.kind)).collect::<Vec<_>>(),
        notes in proptest::collection::vec(any_text(), 0..6),
    ) {
        let mut form = complete();
        for (answer, (value, remark, note)) in form.answers.iter_mut().zip(answers) {
            answer.value = value;
            answer.remark = remark;
            answer.note = note;
        }
        form.notes = (1..).zip(notes).map(|(n, text)| (format!("Note {n}"), text)).collect();
        let reading = mds2::read(&mds2::write(&form).unwrap());
        let read = self::form(&reading);
        for (found, expected) in read.answers.iter().zip(&form.answers) {
            prop_assert_eq!(found, expected);
        }
        prop_assert_eq!(&read.notes, &form.notes);
    }
}
