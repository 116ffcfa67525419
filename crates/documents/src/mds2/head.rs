//! The head of a form of 2013: labels without ids, with what they label beside, below or behind them.

use std::collections::BTreeSet;

use isocenter_model::form::FormEdition;

use super::catalog::{Question, questions};
use super::columns::{Found, is_column_heading, is_section_heading, question_of};
use crate::spreadsheet::{Cell, Row, Table};

/// Rows that a head may take.
const MOST_ROWS: usize = 60;
/// Rows between a label and what stands below it: an empty one is left where cells are merged.
const MOST_ROWS_BELOW: u64 = 2;
/// Labels over other labels.
const GROUPS: [&str; 4] = [
    "device description",
    "manufacturer or representative contact information",
    "representative contact information",
    "manufacturer contact",
];

/// A label of the head with what it labels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Labelled {
    pub(super) question: &'static Question,
    /// What it labels; `None` when nothing stands there.
    pub(super) cell: Option<Cell>,
    /// Row and column of that, or of the label.
    pub(super) row: u64,
    pub(super) column: u32,
}

/// The labels of the head, and the numbers of the rows that they and their values take.
pub(super) fn head(table: &Table, found: Found) -> (Vec<Labelled>, BTreeSet<u64>) {
    let mut labelled: Vec<Labelled> = Vec::new();
    let mut taken = BTreeSet::new();
    if found.edition != FormEdition::Hn1_2013 {
        return (labelled, taken);
    }
    let end = table
        .rows
        .iter()
        .take(MOST_ROWS)
        .position(|row| question_of(row, found).is_some())
        .unwrap_or(MOST_ROWS);
    let rows = table
        .rows
        .get(..end.min(table.rows.len()))
        .unwrap_or_default();
    for (index, row) in rows.iter().enumerate() {
        for (at, (column, cell)) in row.cells.iter().enumerate() {
            let Cell::Text(text) = cell else { continue };
            let Some((label, behind)) = label_in(text) else {
                continue;
            };
            taken.insert(row.number);
            let Label::Of(question) = label else { continue };
            let value = match behind {
                Some(words) => Some((row.number, *column, Cell::Text(words.to_owned()))),
                None => beside(row, at).or_else(|| below(rows, index, *column)),
            };
            if let Some((number, ..)) = value {
                taken.insert(number);
            }
            let (row, column, cell) = match value {
                Some((row, column, cell)) => (row, column, Some(cell)),
                None => (row.number, *column, None),
            };
            let new = Labelled {
                question,
                cell,
                row,
                column,
            };
            // A label may stand twice, once in the running head of the page.
            match labelled
                .iter_mut()
                .find(|known| known.question.id == question.id)
            {
                None => labelled.push(new),
                Some(known) if known.cell.is_none() => *known = new,
                Some(_) => {}
            }
        }
    }
    labelled.sort_by_key(|one| one.question.row);
    (labelled, taken)
}

fn beside(row: &Row, at: usize) -> Option<(u64, u32, Cell)> {
    row.cells
        .get(at + 1)
        .filter(|(_, cell)| is_value(cell))
        .map(|(column, cell)| (row.number, *column, cell.clone()))
}

fn below(rows: &[Row], index: usize, column: u32) -> Option<(u64, u32, Cell)> {
    let label = rows.get(index)?;
    let row = rows.get(index + 1)?;
    let cell = row.get(column).filter(|cell| is_value(cell))?;
    (row.number - label.number <= MOST_ROWS_BELOW).then(|| (row.number, column, cell.clone()))
}

/// Whether a cell is neither a label itself nor a heading of what follows.
fn is_value(cell: &Cell) -> bool {
    match cell {
        Cell::Text(text) => {
            label_in(text).is_none()
                && !is_column_heading(text)
                && !is_section_heading(FormEdition::Hn1_2013, text)
        }
        _ => true,
    }
}

enum Label {
    Of(&'static Question),
    Group,
}

/// The label that a cell is, or begins with (`Device Model: Tesla 3`), and the words behind it.
fn label_in(text: &str) -> Option<(Label, Option<&str>)> {
    if let Some(label) = label(text) {
        return Some((label, None));
    }
    text.match_indices([':', '\n', '|', ';', ','])
        .take(4)
        .find_map(|(at, _)| {
            let label = label(text.get(..at)?)?;
            let words = text.get(at + 1..)?.trim().trim_matches(['"', ',', ' ']);
            Some((label, (!words.is_empty()).then_some(words)))
        })
}

fn label(text: &str) -> Option<Label> {
    const LONGEST: usize = 80;
    if text.len() > LONGEST {
        return None;
    }
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let text = words.join(" ").to_lowercase();
    if GROUPS.contains(&text.as_str()) {
        return Some(Label::Group);
    }
    let is = |other: &str| {
        other
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .eq(text.split(' ').map(str::to_owned))
    };
    questions(FormEdition::Hn1_2013)
        .iter()
        .take_while(|question| question.is_head())
        .find(|question| is(question.id) || question.labels.split('|').any(is))
        .map(Label::Of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rows: &[&[&str]], expected: &[(&str, &str)]) {
        let table = Table {
            rows: (1..)
                .zip(rows)
                .map(|(number, cells)| Row {
                    number,
                    cells: (0..)
                        .zip(*cells)
                        .filter(|(_, text)| !text.is_empty())
                        .map(|(column, text)| (column, Cell::Text((*text).to_owned())))
                        .collect(),
                })
                .collect(),
            ..Table::default()
        };
        let found = Found {
            edition: FormEdition::Hn1_2013,
            id: 0,
            count: 0,
        };
        let (labelled, _) = head(&table, found);
        let read: Vec<(&str, String)> = labelled
            .iter()
            .map(|one| {
                let text = one.cell.as_ref().map(|cell| cell.text().into_owned());
                (one.question.id, text.unwrap_or_default())
            })
            .collect();
        let read: Vec<(&str, &str)> = read.iter().map(|(id, text)| (*id, text.as_str())).collect();
        assert_eq!(read, expected);
    }

    #[test]
    fn what_a_label_labels_stands_beside_below_or_behind_it() {
        check(
            &[
                &["DEVICE DESCRIPTION"],
                &["Device Category", "Manufacturer", "", "Document ID"],
                &["CT scanner", "Northlight", "", "D-1"],
                &["Device Model:", "CT 500", "Software Revision: 3.2"],
                &["Intended use of device in network-connected environment:"],
                &["Sends images."],
                &["A", "Can it?", "Yes"],
                &["Device Category", "not this one"],
            ],
            &[
                ("Device Category", "CT scanner"),
                ("Manufacturer", "Northlight"),
                ("Document ID", "D-1"),
                ("Device Model", "CT 500"),
                ("Software Revision", "3.2"),
                (
                    "Intended use of device in network-connected environment",
                    "Sends images.",
                ),
            ],
        );
    }

    #[test]
    fn a_label_with_nothing_beside_it_is_blank_and_not_its_neighbour() {
        check(
            &[
                &["Manufacturer", "Device Model"],
                &["Document ID", "Software Revision"],
                &["", "4.1"],
            ],
            &[
                ("Manufacturer", ""),
                ("Document ID", ""),
                ("Device Model", ""),
                ("Software Revision", "4.1"),
            ],
        );
    }
}
