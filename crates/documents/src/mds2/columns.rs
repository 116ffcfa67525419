//! Where in a worksheet the form stands: its id, answer and note columns.

use std::collections::BTreeMap;

use super::answer::{leading_choice, note_label};
use super::catalog::{meant_by, written_id};
use crate::spreadsheet::{Row, Table};

/// Ids that make a sheet a form. Other papers quote an id or two.
pub(super) const FEWEST_IDS: usize = 8;

/// The columns of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) id: u32,
    pub(super) answer: u32,
    pub(super) note: u32,
    /// A second column that holds as many answers: a form for several devices side by side.
    pub(super) second_answer: Option<u32>,
}

/// How many questions of the form each column of a table names; the best column of the table.
pub(super) fn id_column(table: &Table) -> Option<(u32, usize)> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for row in &table.rows {
        for (column, cell) in &row.cells {
            if let crate::spreadsheet::Cell::Text(text) = cell
                && written_id(text).is_some_and(|id| meant_by(&id).is_some())
            {
                *counts.entry(*column).or_default() += 1;
            }
        }
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count >= FEWEST_IDS)
        .max_by_key(|(column, count)| (*count, u32::MAX - column))
}

/// The columns of a form whose ids stand in `id`.
pub(super) fn columns(table: &Table, id: u32) -> Columns {
    let named = named_columns(table, id);
    let closed = closed_answers(table, id);
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
        .or_else(|| referring_column(table, id, answer))
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
fn named_columns(table: &Table, id: u32) -> Named {
    let mut named = Named::default();
    for row in table.rows.iter().take(40) {
        if question_of(row, id).is_some() {
            continue;
        }
        for (column, cell) in &row.cells {
            let heading = cell.text().to_lowercase();
            let words: Vec<&str> = heading
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect();
            match words.as_slice() {
                ["yes", "no", ..] | ["answer" | "answers" | "response" | "responses"] => {
                    named.answer = named.answer.or(Some(*column));
                }
                ["see", "note" | "notes"] | ["note" | "notes" | "remark" | "remarks" | "comment" | "comments"]
                    // `Notes:` in a text column is the heading of the notes themselves.
                    if !heading.contains(':') && *column != id =>
                {
                    named.note = named.note.or(Some(*column));
                }
                _ => {}
            }
        }
    }
    named
}

/// Per column, how many questions it answers with Yes, No, N/A or See Note.
fn closed_answers(table: &Table, id: u32) -> BTreeMap<u32, usize> {
    let mut counts = BTreeMap::new();
    for row in table
        .rows
        .iter()
        .filter(|row| question_of(row, id).is_some())
    {
        for (column, cell) in &row.cells {
            let text = cell.text();
            // The wording of a question may begin with "No", but not be so short.
            if *column != id
                && text.len() < 20
                && leading_choice(&text).is_some()
                && note_label(&text).is_none()
            {
                *counts.entry(*column).or_default() += 1;
            }
        }
    }
    counts
}

/// A column after the answers that refers to notes.
fn referring_column(table: &Table, id: u32, answer: u32) -> Option<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for row in table
        .rows
        .iter()
        .filter(|row| question_of(row, id).is_some())
    {
        for (column, cell) in &row.cells {
            if *column > answer && note_label(&cell.text()).is_some() {
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
pub(super) fn question_of(row: &Row, id: u32) -> Option<String> {
    match row.get(id) {
        Some(crate::spreadsheet::Cell::Text(text)) => written_id(text),
        _ => None,
    }
}
