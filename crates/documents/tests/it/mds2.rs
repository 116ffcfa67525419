//! The disclosure form: NEMA's own example, what our writer writes, and forms as they come.

use isocenter_documents::mds2;
use isocenter_model::form::{AnswerValue, DisclosureForm};
use isocenter_model::{Document, DocumentKind, Reading};

fn form(reading: &Reading) -> &DisclosureForm {
    match &reading.document {
        Some(Document::Form(form)) => form,
        other => panic!("no form: {other:?}, {:?}", reading.problems),
    }
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
    assert_eq!(reading.summary["notes"], 8);
    let form = form(&reading);
    assert_eq!(form.released, Some(jiff::civil::date(2019, 10, 9)));
    let hardening = form.answer("SAHD-15").unwrap();
    assert_eq!(hardening.printed, "SHAD-15");
    assert_eq!(hardening.value, AnswerValue::Yes);
    assert_eq!(form.answer("DOC-10").unwrap().note.as_deref(), Some("Note 1"));
    assert_eq!(reading.problems, []);
}
