//! Where in a worksheet the form stands: its id, answer and note columns.

use std::collections::{BTreeMap, BTreeSet};

use isocenter_model::form::FormEdition;

use super::answer::{leading_choice, note_label};
use super::catalog::{meant_by, sections};
use super::ids::{id_of_cell, written_id};
use crate::spreadsheet::{Cell, Row, Table};

/// Ids that make a sheet a form. Other papers quote an id or two.
pub(super) const FEWEST_IDS: usize = 8;

/// Ids of HN 1-2013 that make a sheet a form where nothing else in it says so: numbers like `2-1` number
/// many things, but not so many and not these.
const FEWEST_BARE_IDS: usize = 40;
/// Codes of sections, as `(ALOF)`, that show what the numbers are ids of.
const FEWEST_CODES: usize = 3;
/// Characters before the code of a section in its heading.
const LONGEST_HEADING: usize = 90;
/// Characters in which a cell says that it begins a form. A white paper speaks of forms at length.
const LONGEST_TITLE: usize = 200;

/// A form in a table: of which edition, with its ids in which column, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) edition: FormEdition,
    pub(super) id: u32,
    pub(super) count: usize,
}

/// The columns of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) id: u32,
    pub(super) answer: u32,
    pub(super) note: u32,
    /// A second column that holds as many answers: a form for several devices side by side.
    pub(super) second_answer: Option<u32>,
}

/// The form in a table: the column that names most questions of an edition.
pub(super) fn form_in(table: &Table) -> Option<Found> {
    let mut counts: BTreeMap<(u32, FormEdition), usize> = BTreeMap::new();
    // Each id counts once in its column, so a table that repeats a few is none.
    let mut known: BTreeSet<(u32, &'static str)> = BTreeSet::new();
    for row in &table.rows {
        for (column, cell) in &row.cells {
            // Days do not count here, though ids become days: a list of devices is full of days.
            let Cell::Text(text) = cell else { continue };
            for edition in [FormEdition::Hn1_2019, FormEdition::Hn1_2013] {
                if let Some(id) = written_id(edition, text)
                    && let Some(question) = meant_by(edition, &id)
                    && known.insert((*column, question.id))
                {
                    *counts.entry((*column, edition)).or_default() += 1;
                }
            }
        }
    }
    counts
        .into_iter()
        .filter(|((_, edition), count)| {
            *count >= FEWEST_IDS
                && (*edition == FormEdition::Hn1_2019
                    || *count >= FEWEST_BARE_IDS
                    || speaks_of_a_form(table))
        })
        .max_by_key(|((column, _), count)| (*count, u32::MAX - column))
        .map(|((id, edition), count)| Found { edition, id, count })
}

/// Whether the cells of a table say that it is a form, by its title or by codes of its sections.
pub(super) fn speaks_of_a_form(table: &Table) -> bool {
    let mut codes: BTreeSet<&str> = BTreeSet::new();
    for (_, cell) in table.rows.iter().flat_map(|row| &row.cells) {
        let text = cell.text();
        if text.len() <= LONGEST_TITLE && is_title(&text) {
            return true;
        }
        codes.extend(
            sections(FormEdition::Hn1_2013)
                .iter()
                .map(|section| section.code)
                .filter(|code| in_brackets(&text, code)),
        );
    }
    codes.len() >= FEWEST_CODES
}

/// Whether a text is, or holds, the title of the form.
pub(super) fn is_title(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.contains("manufacturer disclosure statement")
        || ["hn 1-2013", "hn 1-2019", "mds2", "mds\u{b2}", "mds 2"]
            .iter()
            .any(|word| lower.contains(word))
}

/// Whether a text is the heading of a section: `AUTOMATIC LOGOFF (ALOF)`, with or without its number before
/// and its definition behind it, or its name alone.
pub(super) fn is_section_heading(edition: FormEdition, text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let name = text.trim_end_matches([':', '*', ' ']);
    // Over all sections but the first.
    if edition == FormEdition::Hn1_2013 && name.eq_ignore_ascii_case("security capabilities") {
        return true;
    }
    let before = text
        .find('(')
        .and_then(|at| text.get(..at))
        .filter(|before| before.len() <= LONGEST_HEADING);
    sections(edition)
        .iter()
        // The one section of HN 1-2019 without questions is read by the notes.
        .filter(|section| edition == FormEdition::Hn1_2013 || section.code != "OTHR")
        .any(|section| {
            name.eq_ignore_ascii_case(section.name)
                || before.is_some_and(|before| {
                    in_brackets(text, section.code)
                        && (!before.contains(char::is_lowercase)
                            || before.trim().eq_ignore_ascii_case(section.name))
                })
        })
}

/// Whether a text holds `(ALOF)`.
fn in_brackets(text: &str, code: &str) -> bool {
    text.match_indices('(').any(|(at, _)| {
        text.get(at + 1..at + 1 + code.len())
            .is_some_and(|inner| inner.eq_ignore_ascii_case(code))
            && text.get(at + 1 + code.len()..at + 2 + code.len()) == Some(")")
    })
}

/// The columns of a form.
pub(super) fn columns(table: &Table, found: Found) -> Columns {
    let Found { id, .. } = found;
    let named = named_columns(table, found);
    let closed = closed_answers(table, found);
    // What stands in the cells outweighs a heading: an empty form has headings only.
    let fullest = closed
        .iter()
        .max_by_key(|(column, count)| (**count, u32::MAX - **column));
    let answer = match (named.answer, fullest) {
        (Some(column), _) if closed.get(&column).copied().unwrap_or(0) > 0 => column,
        (_, Some((column, count))) if *count >= 3 => *column,
        (Some(column), _) => column,
        _ => id + 2,
    };
    let most = closed.get(&answer).copied().unwrap_or(0);
    let second_answer = closed
        .iter()
        .find(|(column, count)| **column != answer && **count >= 20 && **count * 2 > most)
        .map(|(column, _)| *column);
    let note = named
        .note
        .filter(|column| *column != answer)
        .or_else(|| referring_column(table, found, answer))
        .unwrap_or(answer + 1);
    Columns {
        id,
        answer,
        note,
        second_answer,
    }
}

#[derive(Default)]
struct Named {
    answer: Option<u32>,
    note: Option<u32>,
}

/// Columns by the headings above the questions.
fn named_columns(table: &Table, found: Found) -> Named {
    let mut named = Named::default();
    for row in table.rows.iter().take(40) {
        if question_of(row, found).is_some() {
            continue;
        }
        for (column, cell) in &row.cells {
            match heading_of(&cell.text()) {
                Some(Heading::Answer) => named.answer = named.answer.or(Some(*column)),
                Some(Heading::Note) if *column != found.id => {
                    named.note = named.note.or(Some(*column));
                }
                _ => {}
            }
        }
    }
    named
}

enum Heading {
    Id,
    Answer,
    Note,
}

/// What a cell is the heading of, if it is one.
fn heading_of(text: &str) -> Option<Heading> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(8)
        .collect();
    match words.as_slice() {
        ["yes", "no", ..] | ["answer" | "answers" | "response" | "responses"] => {
            Some(Heading::Answer)
        }
        ["see", "note" | "notes"]
        | ["note" | "notes" | "remark" | "remarks" | "comment" | "comments"]
            // `Notes:` in a text column is the heading of the notes themselves.
            if !text.contains(':') =>
        {
            Some(Heading::Note)
        }
        ["question"] | ["question" | "item", "id" | "no"] => Some(Heading::Id),
        _ => None,
    }
}

/// Whether a cell is the heading of a column of the form.
pub(super) fn is_column_heading(text: &str) -> bool {
    heading_of(text).is_some()
}

/// Per column, how many questions it answers with Yes, No, N/A or See Note.
fn closed_answers(table: &Table, found: Found) -> BTreeMap<u32, usize> {
    let mut counts = BTreeMap::new();
    for row in table
        .rows
        .iter()
        .filter(|row| question_of(row, found).is_some())
    {
        for (column, cell) in &row.cells {
            let text = cell.text();
            // The wording of a question may begin with "No", but not be so short.
            if *column != found.id
                && text.len() < 20
                && leading_choice(&text).is_some()
                && note_label(found.edition, &text).is_none()
            {
                *counts.entry(*column).or_default() += 1;
            }
        }
    }
    counts
}

/// A column after the answers that refers to notes.
fn referring_column(table: &Table, found: Found, answer: u32) -> Option<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for row in table
        .rows
        .iter()
        .filter(|row| question_of(row, found).is_some())
    {
        for (column, cell) in &row.cells {
            if *column > answer && note_label(found.edition, &cell.text()).is_some() {
                *counts.entry(*column).or_default() += 1;
            }
        }
    }
    counts
        .into_iter()
        .max_by_key(|(column, count)| (*count, u32::MAX - column))
        .map(|(column, _)| column)
}

/// The id in the id column of a row, if it is of the shape of one.
pub(super) fn question_of(row: &Row, found: Found) -> Option<String> {
    row.get(found.id)
        .and_then(|cell| id_of_cell(found.edition, cell))
}
