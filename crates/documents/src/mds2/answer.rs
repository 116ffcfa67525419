//! What one answer cell says.

use isocenter_model::form::{AnswerValue, FormEdition};

use super::catalog::{AnswerKind, meant_by};
use super::ids::written_id;
use crate::spreadsheet::{Cell, WrittenDay, serial_day, written_day};

/// An answer cell and its note cell, understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Understood {
    pub(super) value: AnswerValue,
    pub(super) remark: Option<String>,
    pub(super) note: Option<String>,
    /// What is odd about the answer, if anything.
    pub(super) oddity: Option<Oddity>,
}

/// Why an answer is not what the question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Oddity {
    /// A choice was asked for and other words were given.
    OutsideTheList,
    /// A day was asked for and the text is none.
    NoDay,
    /// A day was asked for and the text may mean two.
    AmbiguousDay,
}

/// Understands the answer to a question of that kind with its note cell.
pub(super) fn understand(
    edition: FormEdition,
    kind: AnswerKind,
    answer: Option<&Cell>,
    note: Option<&Cell>,
) -> Understood {
    let mut understood = match (kind, answer) {
        (_, None) => Understood::default(),
        (_, Some(Cell::Text(text))) if is_dashes(text) => Understood::default(),
        (AnswerKind::Text, Some(cell)) => Understood {
            value: AnswerValue::Text(cell.text().into_owned()),
            ..Understood::default()
        },
        (AnswerKind::Date, Some(cell)) => day(cell),
        (AnswerKind::Choice, Some(cell)) => choice(edition, cell),
    };
    let note_text = note.map(Cell::text).unwrap_or_default();
    if !is_dashes(&note_text) {
        let (label, words) = note_and_words(edition, &note_text);
        if label.is_some() && understood.value == AnswerValue::Blank {
            // The worksheet's own example answers DOC-10 with its note column alone.
            understood.value = AnswerValue::SeeNote;
        }
        understood.note = joined(understood.note, label, ", ");
        understood.remark = joined(understood.remark, words, "; ");
    }
    understood
}

fn joined(first: Option<String>, second: Option<String>, between: &str) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) if first != second => Some(first + between + &second),
        (first, second) => first.or(second),
    }
}

/// Whether the text is only a line to write on: `__`, `-`.
fn is_dashes(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || matches!(c, '_' | '-' | '\u{2013}' | '\u{2014}'))
}

fn day(cell: &Cell) -> Understood {
    let text = cell.text().into_owned();
    let (value, oddity) = match cell {
        Cell::Date(day) => (AnswerValue::Date(*day), None),
        Cell::Number(serial) => match serial_day(*serial, false) {
            // A bare year is a number too; the worksheet came out in 2019, serial 43,466.
            Some(day) if *serial >= 36_526.0 => (AnswerValue::Date(day), None),
            _ => (AnswerValue::Text(text), Some(Oddity::NoDay)),
        },
        _ => match written_day(&text) {
            WrittenDay::Day(day) => (AnswerValue::Date(day), None),
            WrittenDay::Ambiguous { .. } => (AnswerValue::Text(text), Some(Oddity::AmbiguousDay)),
            WrittenDay::No => (AnswerValue::Text(text), Some(Oddity::NoDay)),
        },
    };
    Understood {
        value,
        oddity,
        ..Understood::default()
    }
}

fn choice(edition: FormEdition, cell: &Cell) -> Understood {
    let text = match cell {
        Cell::Bool(true) => "Yes".into(),
        Cell::Bool(false) => "No".into(),
        other => other.text(),
    };
    if let Some(label) = note_label(edition, &text) {
        return Understood {
            value: AnswerValue::SeeNote,
            note: Some(label),
            ..Understood::default()
        };
    }
    let Some((value, rest)) = leading_choice(&text) else {
        return Understood {
            value: AnswerValue::Text(text.into_owned()),
            oddity: Some(Oddity::OutsideTheList),
            ..Understood::default()
        };
    };
    let (note, remark) = note_and_words(edition, rest);
    Understood {
        value,
        remark,
        note,
        oddity: None,
    }
}

/// The choice at the beginning of `text` and the words after it.
pub(super) fn leading_choice(text: &str) -> Option<(AnswerValue, &str)> {
    const CHOICES: [(&str, AnswerValue); 12] = [
        ("yes", AnswerValue::Yes),
        ("no", AnswerValue::No),
        ("n/a", AnswerValue::NotApplicable),
        ("n.a.", AnswerValue::NotApplicable),
        ("n. a.", AnswerValue::NotApplicable),
        ("na", AnswerValue::NotApplicable),
        ("not applicable", AnswerValue::NotApplicable),
        ("see notes", AnswerValue::SeeNote),
        ("see note", AnswerValue::SeeNote),
        ("see comment", AnswerValue::SeeNote),
        ("y", AnswerValue::Yes),
        ("n", AnswerValue::No),
    ];
    let text = text.trim();
    for (word, value) in CHOICES {
        let (Some(head), Some(rest)) = (text.get(..word.len()), text.get(word.len()..)) else {
            continue;
        };
        if !head.eq_ignore_ascii_case(word) {
            continue;
        }
        if rest.trim().is_empty() {
            return Some((value, ""));
        }
        // A letter alone is an answer, a letter before words is an abbreviation of something else.
        if word.len() == 1 {
            continue;
        }
        let words = rest.trim_start();
        let separator =
            words.starts_with([',', ':', ';', '.', '(', '-', '\u{2013}', '\u{2014}', '*']);
        // "No information available" is no No. After other choices a blank is enough, unless
        // the words take the choice back ("Yes or No").
        let blank = rest.starts_with(char::is_whitespace)
            && value != AnswerValue::No
            && !words.starts_with(['/', '|'])
            && !words.to_ascii_lowercase().starts_with("or ");
        if separator || blank {
            return Some((value, words));
        }
    }
    None
}

/// The notes referred to in `text`, and the words that are no reference.
fn note_and_words(edition: FormEdition, text: &str) -> (Option<String>, Option<String>) {
    let text = without_frame(text);
    if text.is_empty() {
        return (None, None);
    }
    if let Some(label) = note_label(edition, text) {
        return (Some(label), None);
    }
    if let Some((reference, words)) = text.split_once(':')
        && let Some(label) = note_label(edition, reference)
    {
        let words = words.trim();
        return (Some(label), (!words.is_empty()).then(|| words.to_owned()));
    }
    (None, Some(text.to_owned()))
}

/// `text` without separators before it, full stops after it and brackets around it.
fn without_frame(text: &str) -> &str {
    let text = text
        .trim()
        .trim_start_matches([',', ':', ';', '.', '-', '\u{2013}', '\u{2014}', '*', ' ']);
    text.strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'))
        .filter(|inner| !inner.contains(['(', ')']))
        .unwrap_or(text)
        .trim()
}

/// The label of the notes that a text refers to and says nothing else: `See Note 3` is `Note 3`,
/// `Notes 3 and 4` is `Note 3, Note 4`, `Notes 2-4` is three of them, a question id is itself.
pub(super) fn note_label(edition: FormEdition, text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(['.', ':', ')']);
    if text.len() > 80 {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let numbers = lower.trim_start_matches(['(', '*', '#', '[']);
    let numbers = numbers
        .strip_prefix("see")
        .map_or(numbers, |rest| rest.trim_start_matches([' ', ':', ',']));
    let numbers = ["notes", "note", "remarks", "remark", "comments", "comment"]
        .into_iter()
        .find_map(|word| numbers.strip_prefix(word))
        .unwrap_or(numbers);
    if let Some(id) = question_id(edition, numbers) {
        return Some(id);
    }
    let mut labels: Vec<String> = Vec::new();
    for part in
        numbers.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '&' | '+' | '#' | ']'))
    {
        match part {
            "" | "and" | "note" | "no" | "no." | "nr." => {}
            number if note_number(number).is_some() => {
                labels.push(format!("Note {}", note_number(number)?));
            }
            range => {
                let (first, last) = range.split_once(['-', '\u{2013}'])?;
                let (first, last) = (note_number(first)?, note_number(last)?);
                if first >= last || last - first > MOST_NOTES_IN_A_RANGE {
                    return None;
                }
                labels.extend((first..=last).map(|number| format!("Note {number}")));
            }
        }
    }
    (!labels.is_empty()).then(|| labels.join(", "))
}

fn note_number(text: &str) -> Option<u16> {
    (text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// The id of a question under which a note may stand. In a form of 2013 only that of a question which is
/// there: `3-4` are two notes. The letter A alone is a word.
fn question_id(edition: FormEdition, text: &str) -> Option<String> {
    let id = written_id(edition, text)?;
    match edition {
        FormEdition::Hn1_2019 => Some(id),
        FormEdition::Hn1_2013 => (id.len() > 1 && meant_by(edition, &id).is_some()).then_some(id),
    }
}

/// Notes that one reference may run through.
const MOST_NOTES_IN_A_RANGE: u16 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(
        answer: &str,
        note: &str,
        (value, remark, reference): (AnswerValue, Option<&str>, Option<&str>),
    ) {
        let cell = |text: &str| (!text.is_empty()).then(|| Cell::Text(text.to_owned()));
        let found = understand(
            FormEdition::Hn1_2019,
            AnswerKind::Choice,
            cell(answer).as_ref(),
            cell(note).as_ref(),
        );
        assert_eq!(found.value, value, "{answer:?} {note:?}");
        assert_eq!(found.remark.as_deref(), remark, "{answer:?} {note:?}");
        assert_eq!(found.note.as_deref(), reference, "{answer:?} {note:?}");
    }

    #[test]
    fn choices_are_read_with_what_stands_beside_them() {
        use AnswerValue::{Blank, No, NotApplicable, SeeNote, Yes};
        check("Yes", "__", (Yes, None, None));
        check("no", "", (No, None, None));
        check("Yes, Optional", "", (Yes, Some("Optional"), None));
        check("Yes,optional", "", (Yes, Some("optional"), None));
        check(
            "N/A: No default accounts",
            "",
            (NotApplicable, Some("No default accounts"), None),
        );
        check(
            "No,Option to disable all removable media",
            "",
            (No, Some("Option to disable all removable media"), None),
        );
        check("Yes (See Note 2)", "", (Yes, None, Some("Note 2")));
        check("See Notes", "See Note 6 ", (SeeNote, None, Some("Note 6")));
        check("See Note", "", (SeeNote, None, None));
        check("See Note 4", "__", (SeeNote, None, Some("Note 4")));
        check("Yes", "3", (Yes, None, Some("Note 3")));
        check("Yes", "Notes 3 and 4", (Yes, None, Some("Note 3, Note 4")));
        check(
            "Yes",
            "Notes 2-4",
            (Yes, None, Some("Note 2, Note 3, Note 4")),
        );
        check("Yes", "[3]", (Yes, None, Some("Note 3")));
        check("Yes", "MPII-1", (Yes, None, Some("MPII-1")));
        check("Yes", "See note MPII-1", (Yes, None, Some("MPII-1")));
        check("Yes", "Send to PACS", (Yes, Some("Send to PACS"), None));
        check(
            "Yes",
            "See Note 1: only over VPN",
            (Yes, Some("only over VPN"), Some("Note 1")),
        );
        check("", "See Note 1 ", (SeeNote, None, Some("Note 1")));
        check("____", "__", (Blank, None, None));
    }

    #[test]
    fn a_note_of_a_form_of_2013_may_stand_under_an_id_or_a_number() {
        for (text, label) in [
            ("10-1", Some("10-1")),
            ("See note 10-1", Some("10-1")),
            ("B.1", Some("B.1")),
            ("3-4", Some("Note 3, Note 4")),
            ("A", None),
            ("9-3", None),
            ("1-900", None),
            ("see note", None),
        ] {
            assert_eq!(
                note_label(FormEdition::Hn1_2013, text).as_deref(),
                label,
                "{text}"
            );
        }
    }

    #[test]
    fn an_answer_that_is_no_choice_is_kept_as_words() {
        for text in [
            "Not supported",
            "Yes/No",
            "Yes or No",
            "Yes / No",
            "No information available",
            "TBD",
            "Nope",
            "None",
        ] {
            check(text, "", (AnswerValue::Text(text.to_owned()), None, None));
        }
    }

    #[test]
    fn a_day_may_be_a_serial_number_or_text() {
        let day = AnswerValue::Date(jiff::civil::date(2019, 10, 9));
        for cell in [
            Cell::Number(43747.0),
            Cell::Text("2019-10-09".into()),
            Cell::Text("9 Oct 2019".into()),
        ] {
            assert_eq!(
                understand(FormEdition::Hn1_2019, AnswerKind::Date, Some(&cell), None).value,
                day,
                "{cell:?}"
            );
        }
        let open = understand(
            FormEdition::Hn1_2019,
            AnswerKind::Date,
            Some(&Cell::Text("09/10/2019".into())),
            None,
        );
        assert_eq!(open.oddity, Some(Oddity::AmbiguousDay));
        assert_eq!(open.value, AnswerValue::Text("09/10/2019".into()));
        let year = understand(
            FormEdition::Hn1_2019,
            AnswerKind::Date,
            Some(&Cell::Number(2019.0)),
            None,
        );
        assert_eq!(year.oddity, Some(Oddity::NoDay));
    }
}
