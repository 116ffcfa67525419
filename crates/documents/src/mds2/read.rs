//! Finds the form in a file and reads it.

use isocenter_model::document::Summary;
use isocenter_model::form::AnswerValue;
use isocenter_model::text::shortened;
use isocenter_model::{Document, DocumentKind, Place, Problem, Reading};

use super::answer::leading_choice;
use super::columns::{Found, columns, form_in, is_title, question_of};
use super::form::FormReader;
use super::lines::{self, form_in_text};
use crate::spreadsheet::{self, Extent, Table, counted, decode_text};

/// Bytes in which a form in running text is looked for; a real one has 30 thousand.
const LONGEST_TEXT: usize = 4 << 20;
/// Rows in which the title of a form stands.
const TITLE_ROWS: usize = 20;
/// Bytes at the beginning of a text that are looked at to tell whether it is a form.
const LOOKED_AT: usize = 256 << 10;

/// Reads a form of HN 1-2013 or HN 1-2019 from a worksheet file, from its one sheet saved as delimited text,
/// or from running text with a question a line.
///
/// The form is found by its question ids in any sheet; rows, columns and labels may have moved.
/// Missing, doubled, unknown and contradicting answers are problems, never a reason to give up.
pub fn read(bytes: &[u8]) -> Reading {
    match spreadsheet::open(bytes, Extent::Whole) {
        Ok(mut workbook) => {
            let mut found = None;
            let is_text = workbook.tables.iter().all(|table| table.sheet.is_none());
            let beginning = bytes.get(..bytes.len().min(LONGEST_TEXT)).unwrap_or(bytes);
            if is_text && let Some(lines) = form_in_text(&decode_text(beginning).text) {
                // Lines hold commas as prose does, and then their cells mean nothing. Where cells mean something
                // they are the better ground: a few answers in words may be missed in them.
                let in_cells = workbook.tables.iter().map(answers_in_cells).max();
                if lines.answers * 3 > in_cells.unwrap_or(0) * 4 {
                    found = Some(Found {
                        edition: lines.edition,
                        id: lines::ID,
                        count: lines.answers,
                    });
                    workbook.tables = vec![lines.table];
                    if beginning.len() < bytes.len() {
                        workbook.problems.push(
                            Problem::warning(
                                "mds2-text-too-long",
                                Place::Document,
                                format!(
                                    "the text is longer than the {} MiB in which a form is looked for; the rest was set aside",
                                    LONGEST_TEXT >> 20
                                ),
                            )
                            .hint("Save the form as a file of its own."),
                        );
                    }
                }
            }
            read_workbook(workbook, found)
        }
        Err(problem) => Reading::unreadable(DocumentKind::Mds2, problem),
    }
}

/// How many questions a cell of their own answers.
fn answers_in_cells(table: &Table) -> usize {
    let Some(found) = form_in(table) else {
        return 0;
    };
    let answer = columns(table, found).answer;
    table
        .rows
        .iter()
        .filter(|row| question_of(row, found).is_some())
        .filter(|row| leading_choice(&row.text(answer)).is_some())
        .count()
}

/// Whether one of the tables is a form.
pub(crate) fn is_form(tables: &[Table]) -> bool {
    tables.iter().any(|table| form_in(table).is_some())
}

/// Whether a text is a form with a question a line.
pub(crate) fn is_form_in_text(bytes: &[u8]) -> bool {
    let looked_at = bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or(bytes);
    let text = decode_text(looked_at).text;
    // What does not even speak of a form need not be taken apart.
    (is_title(&text) || text.contains("DOC-1") || text.contains("(ALOF)"))
        && form_in_text(&text).is_some()
}

/// Reads a form from tables that are open; `known` is the form in the only one, when it was found before.
fn read_workbook(workbook: spreadsheet::Workbook, known: Option<Found>) -> Reading {
    let mut problems = workbook.problems;
    let mut forms: Vec<(&Table, Found)> = workbook
        .tables
        .iter()
        .filter_map(|table| known.or_else(|| form_in(table)).map(|found| (table, found)))
        .collect();
    // The fullest form first; of equal ones the first that a person sees.
    forms.sort_by_key(|(table, found)| (usize::MAX - found.count, table.hidden));
    let Some((table, found)) = forms.first().copied() else {
        problems.push(no_form(&workbook.tables));
        return Reading {
            kind: DocumentKind::Mds2,
            version: None,
            document: None,
            summary: Summary::new(),
            problems: problems.finish(),
        };
    };
    for (other, found) in forms.iter().skip(1) {
        problems.push(
            Problem::warning(
                "mds2-second-form",
                other.cell(1, 0),
                format!(
                    "this sheet holds a form with {} too; the sheet \u{201c}{}\u{201d} was read",
                    counted(found.count as u64, "question", "questions"),
                    shortened(table.sheet.as_deref().unwrap_or(""), 40)
                ),
            )
            .hint("Save each form as a file of its own."),
        );
    }
    let form = FormReader::new(table, found, &mut problems).read();
    let answered = form
        .answers
        .iter()
        .filter(|answer| answer.value != AnswerValue::Blank)
        .count();
    let summary = Summary::from([
        ("answers", form.answers.len() as u64),
        ("answered", answered as u64),
        ("notes", form.notes.len() as u64),
        ("models", form.models.len() as u64),
    ]);
    Reading {
        kind: DocumentKind::Mds2,
        version: Some(form.edition.as_str().to_owned()),
        document: Some(Document::Form(form)),
        summary,
        problems: problems.finish(),
    }
}

/// Why tables that call themselves a form are none; `None` when they do not.
pub(crate) fn why_no_form(tables: &[Table]) -> Option<Problem> {
    let mut cells = tables
        .iter()
        .flat_map(|table| table.rows.iter().take(TITLE_ROWS))
        .flat_map(|row| &row.cells);
    cells
        .any(|(_, cell)| {
            let text = cell.text().to_lowercase();
            text.contains("manufacturer disclosure statement") || text.contains("hn 1-20")
        })
        .then(|| no_form(tables))
}

fn no_form(tables: &[Table]) -> Problem {
    let is_older = tables.iter().flat_map(|table| &table.rows).any(|row| {
        row.cells.iter().any(|(_, cell)| {
            let text = cell.text();
            // The forms of 2004 and 2008 ask for ePHI, that of 2013 for private data.
            text.contains("HN 1-2008") || text.contains("v 1.0") || text.contains("(ePHI)?")
        })
    });
    if is_older {
        Problem::error(
            "mds2-edition",
            Place::Document,
            "the form is of an edition before 2013, whose questions differ; HN 1-2013 and HN 1-2019 are read",
        )
        .hint("Ask the manufacturer for the form of the edition ANSI/NEMA HN 1-2019.")
    } else {
        Problem::error(
            "mds2-no-form",
            Place::Document,
            "no sheet holds the question ids of HN 1-2019 (DOC-1, MPII-1 \u{2026}) or of HN 1-2013 (B.1, 1-1 \u{2026})",
        )
    }
}
