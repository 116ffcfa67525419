//! Ids of questions as cells spell them.

use isocenter_model::form::FormEdition;

use super::catalog::{heading, meant_by};
use crate::spreadsheet::{Cell, WrittenDay, written_day};

/// The id that a text holds, in capitals with plain hyphens: `None` when it is no id of the shape
/// of the edition, `AUDT-2.8.1` or `2-2.5.1`, `B.1` and `A`. Whether the form has such a question is
/// another matter.
pub(super) fn written_id(edition: FormEdition, text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(['.', ':', ')']);
    if text.is_empty() || text.len() > 24 {
        return None;
    }
    let id: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '_' => '-',
            other => other.to_ascii_uppercase(),
        })
        .collect();
    let is_id = match edition {
        FormEdition::Hn1_2019 => id.split_once('-').is_some_and(|(section, number)| {
            (3..=4).contains(&section.len())
                && section.bytes().all(|b| b.is_ascii_uppercase())
                && are_numbers(number, 3)
        }),
        FormEdition::Hn1_2013 => {
            if let Some((section, number)) = id.split_once('-') {
                !section.contains('.') && are_numbers(section, 2) && are_numbers(number, 2)
            } else {
                let (letter, number) = id.split_once('.').unwrap_or((&id, "1"));
                matches!(letter, "A" | "B" | "C" | "D") && are_numbers(number, 2)
            }
        }
    };
    is_id.then_some(id)
}

/// The id that a cell holds. A spreadsheet program takes an id like `5-1` for the fifth of January; that
/// is understood, because no two questions of HN 1-2013 have the same two numbers.
pub(super) fn id_of_cell(edition: FormEdition, cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => written_id(edition, text).or_else(|| {
            (edition == FormEdition::Hn1_2013)
                .then(|| id_of_day_text(text))
                .flatten()
        }),
        Cell::Date(day) if edition == FormEdition::Hn1_2013 => id_of_day(*day),
        _ => None,
    }
}

/// Whether a cell holds an id that a spreadsheet program made a day.
pub(super) fn is_day(cell: &Cell) -> bool {
    match cell {
        Cell::Date(_) => true,
        Cell::Text(text) => {
            written_id(FormEdition::Hn1_2013, text).is_none() && id_of_day_text(text).is_some()
        }
        _ => false,
    }
}

/// `01. Jan`, `1-Jan`, `Jan-01`: a day without its year, as it is saved in delimited text.
fn id_of_day_text(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > 12
        || !text.contains(|c: char| c.is_ascii_digit())
        || !text.contains(char::is_alphabetic)
    {
        return None;
    }
    // Any year will do; a leap year has all days.
    match written_day(&format!("{} 2000", text.replace('-', " "))) {
        WrittenDay::Day(day) => id_of_day(day),
        _ => None,
    }
}

fn id_of_day(day: jiff::civil::Date) -> Option<String> {
    let edition = FormEdition::Hn1_2013;
    let ids = [
        format!("{}-{}", day.day(), day.month()),
        format!("{}-{}", day.month(), day.day()),
    ];
    let found = ids
        .iter()
        .find(|id| meant_by(edition, id).is_some())
        .or_else(|| ids.iter().find(|id| heading(edition, id).is_some()));
    found.cloned()
}

/// One or more numbers between full stops, none longer than `digits`.
fn are_numbers(text: &str, digits: usize) -> bool {
    text.split('.')
        .all(|part| (1..=digits).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use FormEdition::{Hn1_2013, Hn1_2019};
    use jiff::civil::date;

    use super::*;
    use crate::mds2::catalog::questions;

    #[test]
    fn an_id_is_read_however_it_is_typed() {
        for text in [
            "AUDT-2.8.1",
            " audt-2.8.1 ",
            "AUDT\u{2013}2.8.1",
            "AUDT - 2.8.1:",
        ] {
            assert_eq!(
                written_id(Hn1_2019, text).as_deref(),
                Some("AUDT-2.8.1"),
                "{text}"
            );
        }
        for text in [
            "",
            "Note 1",
            "Question ID",
            "A-1",
            "AUDT",
            "AUDT-x",
            "ISO-27002:2013",
            "2024-01-02",
        ] {
            assert_eq!(written_id(Hn1_2019, text), None, "{text}");
        }
        for (text, id) in [
            ("2-2.5.1", "2-2.5.1"),
            (" 2\u{2013}2.5.1. ", "2-2.5.1"),
            ("b.1", "B.1"),
            ("A", "A"),
            ("A.", "A"),
            ("10-1)", "10-1"),
        ] {
            assert_eq!(written_id(Hn1_2013, text).as_deref(), Some(id), "{text}");
        }
        for text in [
            "",
            "1",
            "1.1",
            "E.1",
            "AUDT-2",
            "2024-01-02",
            "100-1",
            "B.x",
            "1.1-1",
            "Yes",
        ] {
            assert_eq!(written_id(Hn1_2013, text), None, "{text}");
        }
    }

    #[test]
    fn an_id_that_became_a_day_is_still_the_id() {
        for question in questions(Hn1_2013) {
            let Some((section, number)) = question.id.split_once('-') else {
                continue;
            };
            let (Ok(section), Ok(number)) = (section.parse::<i8>(), number.parse::<i8>()) else {
                continue;
            };
            // Whichever of the two the program took for the month.
            for (month, day) in [(section, number), (number, section)] {
                if let Ok(day) = jiff::civil::Date::new(2021, month, day) {
                    let cell = Cell::Date(day);
                    assert_eq!(
                        id_of_cell(Hn1_2013, &cell).as_deref(),
                        Some(question.id),
                        "{day}"
                    );
                    assert!(is_day(&cell));
                }
            }
        }
        for text in ["05. Jan", "5-Jan", "Jan-05", "5. Jan"] {
            let cell = Cell::Text(text.to_owned());
            assert_eq!(
                id_of_cell(Hn1_2013, &cell).as_deref(),
                Some("5-1"),
                "{text}"
            );
            assert!(is_day(&cell));
        }
        assert_eq!(
            id_of_cell(Hn1_2013, &Cell::Date(date(2021, 9, 9))),
            None,
            "9-9 is no question"
        );
        assert!(!is_day(&Cell::Text("5-1".to_owned())));
        assert_eq!(
            id_of_cell(Hn1_2019, &Cell::Date(date(2021, 1, 5))),
            None,
            "only in a form of 2013"
        );
    }
}
