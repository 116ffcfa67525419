//! The disclosure form of 2013: what our writer writes, and worksheets as manufacturers lay them out.

use isocenter_documents::mds2::{self, AnswerKind};
use isocenter_documents::{ReadOptions, read, recognise};
use isocenter_model::form::{Answer, AnswerValue, DisclosureForm, FormEdition};
use isocenter_model::{Document, DocumentKind, Place, Reading};
use jiff::civil::date;
use proptest::prelude::*;

use crate::paper::{ids, problem, worksheet};

const EDITION: FormEdition = FormEdition::Hn1_2013;

#[track_caller]
fn form(reading: &Reading) -> &DisclosureForm {
    match &reading.document {
        Some(Document::Form(form)) => form,
        other => panic!("no form: {other:?}, {:?}", reading.problems),
    }
}

/// A form in which every question is answered.
pub(crate) fn complete() -> DisclosureForm {
    let answers = mds2::questions(EDITION)
        .iter()
        .map(|question| Answer {
            question: question.id.to_owned(),
            printed: question.printed.to_owned(),
            value: match (question.id, question.kind) {
                ("Device Model", _) => AnswerValue::Text("Aperture CT 16\nAperture CT 32".into()),
                (id, AnswerKind::Text) => AnswerValue::Text(format!("words for {id}")),
                ("Software Release Date", _) => AnswerValue::Date(date(2012, 11, 2)),
                (_, AnswerKind::Date) => AnswerValue::Date(date(2014, 3, 14)),
                (_, AnswerKind::Choice) => match question.row % 4 {
                    0 => AnswerValue::Yes,
                    1 => AnswerValue::No,
                    2 => AnswerValue::NotApplicable,
                    _ => AnswerValue::SeeNote,
                },
            },
            remark: None,
            note: match question.id {
                "14-1" => Some("14-1".to_owned()),
                _ if question.section != "HEAD" && question.id.contains('-') => {
                    Some("Note 1".to_owned())
                }
                _ => None,
            },
            at: Place::cell("MDS2", question.row - 1, 2),
        })
        .collect();
    DisclosureForm {
        edition: EDITION,
        manufacturer: Some("words for Manufacturer".to_owned()),
        description: Some("words for Device Category".to_owned()),
        models: vec!["Aperture CT 16".to_owned(), "Aperture CT 32".to_owned()],
        document_id: Some("words for Document ID".to_owned()),
        software_version: Some("words for Software Revision".to_owned()),
        released: Some(date(2014, 3, 14)),
        answers,
        notes: vec![
            (
                "Note 1".to_owned(),
                "Only over the service laptop.".to_owned(),
            ),
            ("14-1".to_owned(), "Windows XP SP3".to_owned()),
            ("ALOF".to_owned(), "After ten minutes.".to_owned()),
        ],
    }
}

fn value<'f>(form: &'f DisclosureForm, id: &str) -> &'f AnswerValue {
    &form.answer(id).unwrap_or_else(|| panic!("no {id}")).value
}

#[test]
fn what_is_written_is_read_again() {
    let form = complete();
    let bytes = mds2::write(&form).unwrap();
    assert_eq!(bytes, mds2::write(&form).unwrap(), "the same bytes");
    assert_eq!(recognise(&bytes), DocumentKind::Mds2);
    let reading = mds2::read(&bytes);
    assert_eq!(reading.problems, []);
    assert_eq!(reading.version.as_deref(), Some("HN 1-2013"));
    assert_eq!(reading.summary["answers"], 92);
    assert_eq!(reading.summary["answered"], 92);
    let read = self::form(&reading);
    for (found, expected) in read.answers.iter().zip(&form.answers) {
        assert_eq!(found, expected);
    }
    assert!(read == &form);
}

#[test]
fn a_form_without_answers_is_written_with_every_question_and_its_head() {
    let form = DisclosureForm {
        answers: Vec::new(),
        notes: Vec::new(),
        ..complete()
    };
    let reading = mds2::read(&mds2::write(&form).unwrap());
    assert_eq!(reading.summary["answers"], 92);
    assert_eq!(reading.summary["answered"], 6);
    let read = self::form(&reading);
    assert_eq!(read.models, form.models);
    assert_eq!(read.released, form.released);
    assert_eq!(read.software_version, form.software_version);
    assert_eq!(
        ids(&reading),
        ["mds2-unanswered"],
        "and no question of 2019 is missed"
    );
}

/// The form as it came on paper: the head in rows of labels over rows of values, numbers before the names of
/// the sections, notes after each section.
pub(crate) const PRINTED: &[&[&str]] = &[
    &["Manufacturer Disclosure Statement for Medical Device Security \u{2013} MDS\u{b2}"],
    &["", "DEVICE DESCRIPTION"],
    &[
        "Device Category",
        "Manufacturer",
        "Document ID",
        "Document Release Date",
    ],
    &["CT scanner", "Northlight", "NL-MDS2-7", "2014-03-14"],
    &[
        "Device Model",
        "Software Revision",
        "",
        "Software Release Date",
    ],
    &["Beam 16, Beam 32", "VA48A", "", "2012-11-02"],
    &[
        "Manufacturer or Representative Contact Information:",
        "Company Name",
        "Manufacturer Contact Information",
    ],
    &["", "Northlight GmbH", "security@northlight.example"],
    &["", "Representative Name/Position"],
    &["Intended use of device in network-connected environment:"],
    &["Sends images to an archive."],
    &["", "MANAGEMENT OF PRIVATE DATA"],
    &[
        "",
        "Refer to the section of the standard.",
        "Yes, No, N/A, or See Note",
        "Note #",
    ],
    &["A", "Can this device \u{2026}?", "Yes", "__"],
    &["B", "Types of private data elements:"],
    &["B.1", "Demographic?", "Yes", ""],
    &["B.2", "Record?", "Yes", ""],
    &["B.3", "Images?", "See Note", "1"],
    &["C", "Maintaining private data:", "Yes", ""],
    &["C.1", "Memory?", "Yes", ""],
    &["D", "Mechanisms:"],
    &["D.5", "Wired?", "Yes", "1"],
    &["", "Management of Private Data notes:", "1. Only names."],
    &["", "SECURITY CAPABILITIES"],
    &["1", "AUTOMATIC LOGOFF (ALOF)"],
    &["", "The device locks itself."],
    &["1-1", "Reauthorization?", "No", "1"],
    &["1-1.1", "Configurable?", "N/A", ""],
    &["", "ALOF notes:"],
    &["", "1. Screen saver only."],
    &["", "It has no password."],
    &["2", "AUDIT CONTROLS (AUDT)"],
    &["2-1", "Audit trail?", "yes", ""],
    &["2-2", "Indicate which events:"],
    &["2-2.1", "Login", "Yes", ""],
    &["2-2.5.1", "Remote service", "No, local only", ""],
    &["", "AUDT notes:", "None"],
    &[
        "14",
        "ROADMAP FOR THIRD PARTY COMPONENTS IN DEVICE LIFE CYCLE (RDMP)",
    ],
    &["14-1", "List the operating systems", "See Note", "2"],
    &["", "RDMP notes: Note 2: Windows XP SP3"],
    &["20", "OTHER SECURITY CONSIDERATIONS (OTHR)"],
    &["20-1", "Serviced remotely?", "Yes", "2-3"],
    &["", "OTHR notes:", "3. By VPN."],
];

#[test]
fn a_form_laid_out_as_it_was_printed_is_read() {
    let reading = mds2::read(&worksheet("Sheet1", PRINTED));
    let form = form(&reading);
    assert_eq!(form.edition, EDITION);
    assert_eq!(form.manufacturer.as_deref(), Some("Northlight"));
    assert_eq!(form.description.as_deref(), Some("CT scanner"));
    assert_eq!(form.document_id.as_deref(), Some("NL-MDS2-7"));
    assert_eq!(form.software_version.as_deref(), Some("VA48A"));
    assert_eq!(form.released, Some(date(2014, 3, 14)));
    assert_eq!(
        *value(form, "Software Release Date"),
        AnswerValue::Date(date(2012, 11, 2))
    );
    assert_eq!(
        *value(form, "Company Name"),
        AnswerValue::Text("Northlight GmbH".into())
    );
    assert_eq!(
        *value(
            form,
            "Intended use of device in network-connected environment"
        ),
        AnswerValue::Text("Sends images to an archive.".into())
    );
    assert_eq!(*value(form, "D.5"), AnswerValue::Yes);
    assert_eq!(form.answer("D.5").unwrap().at.to_string(), "Sheet1!C22");
    assert_eq!(*value(form, "2-1"), AnswerValue::Yes);
    let remote = form.answer("2-2.5.1").unwrap();
    assert_eq!(
        (&remote.value, remote.remark.as_deref()),
        (&AnswerValue::No, Some("local only"))
    );
    assert_eq!(
        form.answer("20-1").unwrap().note.as_deref(),
        Some("Note 2, Note 3")
    );
    // Note 1 stands in two sections; the second is known by its own.
    assert_eq!(form.answer("D.5").unwrap().note.as_deref(), Some("Note 1"));
    assert_eq!(
        form.answer("1-1").unwrap().note.as_deref(),
        Some("ALOF Note 1")
    );
    assert_eq!(
        form.notes,
        [
            ("Note 1", "Only names."),
            ("ALOF Note 1", "Screen saver only.\nIt has no password."),
            ("Note 2", "Windows XP SP3"),
            ("Note 3", "By VPN."),
        ]
        .map(|(label, text)| (label.to_owned(), text.to_owned()))
    );
    let found: Vec<String> = reading
        .problems
        .iter()
        .map(|problem| format!("{} {}: {}", problem.at, problem.id, problem.message))
        .collect();
    insta::assert_snapshot!(found.join("\n"), @"
    Sheet1!C19 mds2-heading-answered: C is a heading, and “Yes” stands where an answer would; it was set aside
    Sheet1!A1 mds2-questions-missing: 68 of the 92 questions of HN 1-2013 are not in the form: B.4, B.5, B.6, C.2, C.3, C.4, D.1, D.2, D.3, D.4, D.6, D.7, D.8, 1-1.2, 2-2.2, 2-2.3, 2-2.4, 2-2.5, 2-2.6, 2-3.1, 2-3.2, 3-1, 3-2, 3-3 and 44 more
    Sheet1!C1 mds2-unanswered: 1 question without an answer: Representative Name/Position
    ");
}

#[test]
fn the_models_of_one_form_are_parted() {
    let reading = mds2::read(&worksheet(
        "S",
        &[
            &["HN 1-2013"][..],
            &["Device Model:", "BEAM16, BEAM32"],
            &["1-1", "q", "Yes"],
            &["1-1.1", "q", "Yes"],
            &["2-1", "q", "No"],
            &["3-1", "q", "No"],
            &["4-1", "q", "No"],
            &["5-1", "q", "No"],
            &["6-1", "q", "No"],
            &["7-1", "q", "No"],
        ],
    ));
    assert_eq!(form(&reading).models, ["BEAM16", "BEAM32"]);
}

/// The rows of the printed form as a spreadsheet program saves them.
pub(crate) fn saved(separator: &str) -> String {
    PRINTED
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| {
                    if cell.contains([',', ';', '\n']) {
                        format!("\"{cell}\"")
                    } else {
                        (*cell).to_owned()
                    }
                })
                .collect::<Vec<_>>()
                .join(separator)
        })
        .collect::<Vec<_>>()
        .join("\r\n")
}

#[test]
fn text_that_a_spreadsheet_program_saved_is_read_in_any_encoding_and_with_any_separator() {
    let expected = form(&mds2::read(&worksheet("Sheet1", PRINTED))).clone();
    for separator in [",", ";", "\t"] {
        let text = saved(separator);
        let utf_16: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let windows_1252: Vec<u8> = text
            .chars()
            .map(|c| match c {
                '\u{2013}' => 0x96,
                '\u{2026}' => 0x85,
                other => u8::try_from(u32::from(other)).unwrap(),
            })
            .collect();
        for bytes in [text.clone().into_bytes(), utf_16, windows_1252] {
            assert_eq!(recognise(&bytes), DocumentKind::Mds2);
            let reading = read(&bytes, &ReadOptions::default());
            let found = form(&reading);
            assert_eq!(found.models, expected.models);
            assert_eq!(found.notes, expected.notes);
            assert_eq!(found.software_version, expected.software_version);
            let values = |form: &DisclosureForm| -> Vec<(String, AnswerValue, Option<String>)> {
                form.answers
                    .iter()
                    .map(|a| (a.question.clone(), a.value.clone(), a.note.clone()))
                    .collect()
            };
            assert_eq!(values(found), values(&expected));
        }
    }
}

#[test]
fn a_form_in_running_text_is_read() {
    let text = "# Manufacturer Disclosure Statement for Medical Device Security\n\
        Manufacturer: Northlight\n\
        Device Model: BEAM16, BEAM32\n\
        Software Revision: VA48A\n\
        Sent by mail on Monday.\n\
        MANAGEMENT OF PRIVATE DATA\n\
        A,\"Can this device display, transmit, or maintain private data?\": Yes,\n\
        B.1 \u{2014} Demographic (e.g., name)? \u{2014} Yes\n\
        D.5: Wired?: Yes, \"100 Mbit/s, RJ45\"\n\
        D.6,Wireless?____\n\
        1 AUTOMATIC LOGOFF (ALOF) The device locks itself.\n\
        1-1 Can it lock itself (e.g., screen saver)? No\n\
        1-1.1,Configurable?: N/A\n\
        2-1;Audit trail?;See note 3;\n\
        14-1 List of operating systems: See note 14-1\n\
        15-7 Are ports closed? No: 104 and 445 stay open\n\
        15-10,Boot from media?,Yes\n\
        20-1 Serviced remotely? Yes (See Note 3)\n\
        Notes:\n\
        Note 3: By VPN,\n\
        only when asked for.\n\
        14-1: Windows XP SP3\n";
    let bytes = text.as_bytes();
    assert_eq!(recognise(bytes), DocumentKind::Mds2);
    let reading = read(bytes, &ReadOptions::default());
    let form = form(&reading);
    assert_eq!(form.edition, EDITION);
    assert_eq!(form.manufacturer.as_deref(), Some("Northlight"));
    assert_eq!(form.models, ["BEAM16", "BEAM32"]);
    assert_eq!(form.software_version.as_deref(), Some("VA48A"));
    let wired = form.answer("D.5").unwrap();
    assert_eq!(wired.remark.as_deref(), Some("100 Mbit/s, RJ45"));
    assert_eq!(wired.at, Place::line(9));
    assert_eq!(*value(form, "B.1"), AnswerValue::Yes);
    assert_eq!(*value(form, "D.6"), AnswerValue::Blank);
    assert_eq!(*value(form, "1-1"), AnswerValue::No);
    assert_eq!(*value(form, "1-1.1"), AnswerValue::NotApplicable);
    assert_eq!(form.answer("2-1").unwrap().note.as_deref(), Some("Note 3"));
    assert_eq!(form.answer("14-1").unwrap().note.as_deref(), Some("14-1"));
    assert_eq!(
        form.answer("15-7").unwrap().remark.as_deref(),
        Some("104 and 445 stay open")
    );
    assert_eq!(form.answer("20-1").unwrap().note.as_deref(), Some("Note 3"));
    assert_eq!(
        form.notes,
        [
            (
                "Note 3".to_owned(),
                "By VPN\nonly when asked for.".to_owned()
            ),
            ("14-1".to_owned(), "Windows XP SP3".to_owned()),
        ]
    );
    let unread = problem(&reading, "mds2-line-unread");
    assert_eq!(unread.at, Place::line(5));
    assert_eq!(
        unread.message,
        "\u{201c}Sent by mail on Monday.\u{201d} is no question, answer, heading or note of the form and was set aside"
    );
    assert_eq!(
        ids(&reading)
            .iter()
            .filter(|id| **id == "mds2-line-unread")
            .count(),
        1
    );
}

#[test]
fn ids_that_became_days_are_read_and_told() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = rust_xlsxwriter::Format::new().set_num_format("d-mmm");
    for (row, question) in (0..).zip(mds2::questions(EDITION)) {
        let parts: Vec<u8> = question
            .id
            .split('-')
            .filter_map(|part| part.parse().ok())
            .collect();
        match parts.as_slice() {
            // What an English spreadsheet program makes of `5-1`: the first of May; of `15-1` the fifteenth of January.
            [section, number] => {
                let (month, day_of) = if *section <= 12 {
                    (*section, *number)
                } else {
                    (*number, *section)
                };
                let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2016, month, day_of).unwrap();
                sheet
                    .write_datetime_with_format(row, 0, date, &day)
                    .unwrap();
            }
            _ => {
                sheet.write_string(row, 0, question.id).unwrap();
            }
        }
        sheet.write_string(row, 1, "q").unwrap();
        sheet.write_string(row, 2, "Yes").unwrap();
    }
    sheet.write_string(100, 1, "HN 1-2013").unwrap();
    let reading = mds2::read(&workbook.save_to_buffer().unwrap());
    let form = form(&reading);
    for question in mds2::questions(EDITION)
        .iter()
        .filter(|q| q.kind == AnswerKind::Choice)
    {
        assert_eq!(
            *value(form, question.id),
            AnswerValue::Yes,
            "{}",
            question.id
        );
    }
    let told = problem(&reading, "mds2-id-as-day");
    assert!(
        told.message
            .starts_with("45 question ids are stored as days"),
        "{}",
        told.message
    );
    let text = "MDS2\n01. Jan;q;Yes\n1-1.1;q;Yes\n02. Jan;q;No\nB.1;q;No\nB.2;q;No\nB.3;q;No\nC.1;q;No\nC.2;q;No\nC.3;q;No\nD.1;q;No\n";
    let reading = mds2::read(text.as_bytes());
    assert_eq!(*value(self::form(&reading), "2-1"), AnswerValue::No);
}

#[test]
fn numbers_that_are_no_ids_of_a_form_make_no_form() {
    let days: Vec<Vec<String>> = (1..=12)
        .flat_map(|month| (1..=28).map(move |day| (month, day)))
        .map(|(month, day)| {
            vec![
                format!("A{month}-{day}"),
                "Northlight".into(),
                format!("{month}-{day}"),
            ]
        })
        .collect();
    let mut text = "Asset,Manufacturer,Installed\n".to_owned();
    for row in days.iter().filter(|row| row[2].len() < 4) {
        text.push_str(&row.join(","));
        text.push('\n');
    }
    assert_eq!(recognise(text.as_bytes()), DocumentKind::Inventory);
    let chapters = "2-1,Introduction,Yes\n3-1,Scope,No\n3-2,x,No\n3-3,x,No\n4-1,x,No\n5-1,x,No\n6-1,x,No\n7-1,x,No\n8-1,x,No\n";
    assert_eq!(recognise(chapters.as_bytes()), DocumentKind::Unknown);
    let titled = format!("MDS2 HN 1-2013\n{chapters}");
    assert_eq!(recognise(titled.as_bytes()), DocumentKind::Mds2);
}

#[test]
fn the_catalog_and_the_crosswalk_carry_a_form_into_the_questions_of_2019() {
    let reading = mds2::read(&worksheet("Sheet1", PRINTED));
    let carried = mds2::in_terms_of_2019(form(&reading)).into_owned();
    let wired = carried.answer("CONN-1.2.1").unwrap();
    assert_eq!(
        (wired.printed.as_str(), &wired.value),
        ("D.5", &AnswerValue::Yes)
    );
    assert_eq!(carried.answer("RMOT-1").unwrap().value, AnswerValue::Yes);
    assert_eq!(carried.answer("CONN-1.1.1"), None);
    assert_eq!(
        carried.answer("DOC-1").unwrap().value,
        AnswerValue::Text("Northlight".to_owned())
    );
}

fn any_answer(kind: AnswerKind) -> BoxedStrategy<AnswerValue> {
    match kind {
        AnswerKind::Text => "[A-Z][a-z]{1,9} [a-z0-9=<&\u{e4}]{1,9}[a-z]"
            .prop_map(AnswerValue::Text)
            .boxed(),
        AnswerKind::Date => (2000..2100i16, 1..=12i8, 1..=28i8)
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
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_form_is_read_as_it_was_written(
        answers in mds2::questions(EDITION).iter().map(|question| any_answer(question.kind)).collect::<Vec<_>>(),
    ) {
        let mut form = complete();
        for (answer, value) in form.answers.iter_mut().zip(answers) {
            answer.note = None;
            answer.value = value;
        }
        let reading = mds2::read(&mds2::write(&form).unwrap());
        let read = self::form(&reading);
        for (found, expected) in read.answers.iter().zip(&form.answers) {
            prop_assert_eq!((&found.question, &found.value), (&expected.question, &expected.value));
        }
    }
}

/// The same form in running text, for mutations.
pub(crate) fn running_text() -> String {
    let mut text =
        "Manufacturer Disclosure Statement (MDS2)\nManufacturer: N\nDevice Model: M1, M2\n"
            .to_owned();
    for question in mds2::questions(EDITION)
        .iter()
        .filter(|q| q.kind == AnswerKind::Choice)
    {
        let line = match question.row % 5 {
            0 => format!("{},\"{}\": Yes, \"x, y\"\n", question.id, question.text),
            1 => format!("{} {} No\n", question.id, question.text),
            2 => format!(
                "{} \u{2014} {} \u{2014} N/A: x\n",
                question.id, question.text
            ),
            3 => format!("{};{};See note 3;\n", question.id, question.text),
            _ => format!(
                "| {} | {} | Yes | {} |\n",
                question.id, question.text, question.id
            ),
        };
        text.push_str(&line);
    }
    text + "ALOF notes: 1. First.\nNotes:\nNote 3: words\n14-1: Windows XP\n"
}

#[test]
fn every_mixture_of_marks_is_read() {
    let reading = mds2::read(running_text().as_bytes());
    let form = form(&reading);
    for question in mds2::questions(EDITION)
        .iter()
        .filter(|q| q.kind == AnswerKind::Choice)
    {
        let expected = match question.row % 5 {
            0 | 4 => AnswerValue::Yes,
            1 => AnswerValue::No,
            2 => AnswerValue::NotApplicable,
            _ => AnswerValue::SeeNote,
        };
        assert_eq!(*value(form, question.id), expected, "{}", question.id);
    }
    assert_eq!(form.notes.len(), 3);
}

#[test]
fn a_form_before_2013_and_a_title_without_a_form_say_why_they_are_not_read() {
    let reading = |text: &str| read(text.as_bytes(), &ReadOptions::default());
    let old = "Manufacturer Disclosure Statement for Medical Device Security\n\
        1.,Can this device transmit or maintain electronic Protected Health Information (ePHI)?,Yes\n\
        a.,Demographic?,Yes\n";
    assert_eq!(ids(&reading(old)), ["mds2-edition"]);
    assert_eq!(
        ids(&reading("HN 1-2013\nSee the attached file.\n")),
        ["mds2-no-form"]
    );
    assert_eq!(
        ids(&reading("The MDS2 form follows.\nRegards\n")),
        ["unknown-format"]
    );
}

#[test]
fn what_stands_far_behind_a_form_in_text_does_not_cost_the_form() {
    let line = "Words. ".repeat(600) + "\n";
    let text = running_text() + &line.repeat(1_100);
    let reading = mds2::read(text.as_bytes());
    assert_eq!(reading.summary["answered"], 83);
    problem(&reading, "mds2-text-too-long");
}

#[test]
fn a_page_that_was_copied_line_by_line_is_read() {
    let text = "HIMSS/NEMA Standard HN 1-2013\nManufacturer\nNorthlight\nDevice Model\nBeam 16\n\
        A\nCan this device display, transmit, or maintain private data\n(including ePHI)?\nYes\n__\n\
        B.1 Demographic (e.g., name, address)?\nYes\n1\n\
        B.2 Medical record (e.g., medical record #,\naccount #)? No\n\
        B.3 Diagnostic?\n\nSee Note 2\n\
        B.4 Open text?\nA stray line.\n\
        B.5 Biometric data?\n____\n\
        1 AUTOMATIC LOGOFF (ALOF)\nThe device locks itself.\n\
        1-1 Can it be configured to\nforce reauthorization (e.g., auto-logoff, session lock)?\nN/A\n\
        2-1 Trail?\nNo, only of the service programs that run on it\n3-1 Login?\nYes\n4-1 Settings?\nNo\n\
        Notes:\nNote 1: First.\nNote 2: Second.\n";
    let reading = read(text.as_bytes(), &ReadOptions::default());
    let form = form(&reading);
    assert_eq!(form.models, ["Beam 16"]);
    assert_eq!(form.manufacturer.as_deref(), Some("Northlight"));
    for (id, expected, note) in [
        ("A", AnswerValue::Yes, None),
        ("B.1", AnswerValue::Yes, Some("Note 1")),
        ("B.2", AnswerValue::No, None),
        ("B.3", AnswerValue::SeeNote, Some("Note 2")),
        ("B.4", AnswerValue::Blank, None),
        ("B.5", AnswerValue::Blank, None),
        ("1-1", AnswerValue::NotApplicable, None),
        ("2-1", AnswerValue::No, None),
        ("4-1", AnswerValue::No, None),
    ] {
        let answer = form.answer(id).unwrap();
        assert_eq!(
            (&answer.value, answer.note.as_deref()),
            (&expected, note),
            "{id}"
        );
    }
    assert_eq!(
        form.answer("2-1").unwrap().remark.as_deref(),
        Some("only of the service programs that run on it")
    );
    assert_eq!(form.notes.len(), 2);
    let unread = problem(&reading, "mds2-line-unread");
    assert!(
        unread.message.contains("A stray line."),
        "{}",
        unread.message
    );
    assert_eq!(
        ids(&reading)
            .iter()
            .filter(|id| **id == "mds2-line-unread")
            .count(),
        1
    );
}
