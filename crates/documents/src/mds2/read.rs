//! Reads a filled form.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use isocenter_model::document::Summary;
use isocenter_model::form::{Answer, AnswerValue, DisclosureForm, FormEdition};
use isocenter_model::text::shortened;
use isocenter_model::{Document, DocumentKind, Place, Problem, Reading};

use super::answer::{Oddity, understand};
use super::catalog::{Question, meant_by, questions};
use super::columns::{Columns, columns, id_column, question_of};
use super::lines::table_of;
use super::models::{Models, models};
use super::notes::NoteReader;
use crate::inventory::Field;
use crate::spreadsheet::{self, Extent, Problems, Row, Table, counted, decode_text};

/// Bytes of a form in running text; a real one has 30 thousand.
const LONGEST_TEXT: usize = 4 << 20;
/// Ids named in one message before the rest is only counted.
const IDS_IN_A_MESSAGE: usize = 24;

/// Reads a form from a worksheet file, from its one sheet saved as delimited text, or from running
/// text with a question a line.
///
/// The form is found by its question ids in any sheet; rows, columns and labels may have moved.
/// Missing, doubled, unknown and contradicting answers are problems, never a reason to give up.
pub fn read(bytes: &[u8]) -> Reading {
    match spreadsheet::open(bytes, Extent::Whole) {
        Ok(mut workbook) => {
            // Text lines hold commas as prose does, so their cells mean nothing.
            let is_text = workbook.tables.iter().all(|table| table.sheet.is_none());
            if is_text
                && bytes.len() <= LONGEST_TEXT
                && let Some(table) = table_of(&decode_text(bytes).text)
            {
                workbook.tables = vec![table];
            }
            read_workbook(workbook)
        }
        Err(problem) => Reading::unreadable(DocumentKind::Mds2, problem),
    }
}

/// Whether one of the tables is a form.
pub(crate) fn is_form(tables: &[Table]) -> bool {
    tables.iter().any(|table| id_column(table).is_some())
}

/// Reads a form from tables that are open.
fn read_workbook(workbook: spreadsheet::Workbook) -> Reading {
    let mut problems = workbook.problems;
    let mut forms: Vec<(&Table, u32, usize)> = workbook
        .tables
        .iter()
        .filter_map(|table| id_column(table).map(|(column, count)| (table, column, count)))
        .collect();
    // The fullest form first; of equal ones the first that a person sees.
    forms.sort_by_key(|(table, _, count)| (usize::MAX - count, table.hidden));
    let Some((table, id, _)) = forms.first().copied() else {
        problems.push(no_form(&workbook.tables));
        return Reading {
            kind: DocumentKind::Mds2,
            version: None,
            document: None,
            summary: Summary::new(),
            problems: problems.finish(),
        };
    };
    for (other, _, count) in forms.iter().skip(1) {
        problems.push(
            Problem::warning(
                "mds2-second-form",
                other.cell(1, 0),
                format!(
                    "this sheet holds a form with {} too; the sheet \u{201c}{}\u{201d} was read",
                    counted(*count as u64, "question", "questions"),
                    shortened(table.sheet.as_deref().unwrap_or(""), 40)
                ),
            )
            .hint("Save each form as a file of its own."),
        );
    }
    let form = FormReader::new(table, columns(table, id), &mut problems).read();
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
        version: Some(FormEdition::Hn1_2019.as_str().to_owned()),
        document: Some(Document::Form(form)),
        summary,
        problems: problems.finish(),
    }
}

fn no_form(tables: &[Table]) -> Problem {
    let is_2013 = tables.iter().flat_map(|table| &table.rows).any(|row| {
        row.cells.iter().any(|(_, cell)| {
            let text = cell.text();
            text.contains("HN 1-2013") || text.contains("HN 1-2008")
        })
    });
    if is_2013 {
        Problem::error(
            "mds2-edition",
            Place::Document,
            "the form is of an edition before 2019, whose questions differ; HN 1-2019 is read",
        )
        .hint("Ask the manufacturer for the form of the edition ANSI/NEMA HN 1-2019.")
    } else {
        Problem::error(
            "mds2-no-form",
            Place::Document,
            "no sheet holds the question ids of HN 1-2019 (DOC-1, MPII-1 \u{2026})",
        )
    }
}

struct FormReader<'t> {
    table: &'t Table,
    columns: Columns,
    problems: &'t mut Problems,
    /// Answers with their question; in the order of the sheet.
    answers: Vec<(&'static Question, Answer)>,
    notes: NoteReader,
    software_version: Option<String>,
}

impl<'t> FormReader<'t> {
    fn new(table: &'t Table, columns: Columns, problems: &'t mut Problems) -> Self {
        Self {
            table,
            columns,
            problems,
            answers: Vec::new(),
            notes: NoteReader::new(columns.id),
            software_version: None,
        }
    }

    fn read(mut self) -> DisclosureForm {
        let table = self.table;
        if let Some(column) = self.columns.second_answer {
            self.problems.push(
                Problem::warning(
                    "mds2-several-answer-columns",
                    table.cell(table.rows.first().map_or(1, |row| row.number), column),
                    "the sheet answers the questions in more than one column; the first was read",
                )
                .hint("Save the answers for each device as a form of its own."),
            );
        }
        for row in &table.rows {
            let id = question_of(row, self.columns.id);
            let question = id.as_deref().and_then(meant_by);
            match (question, id) {
                (Some(question), Some(id)) if self.is_answer(row, question) => {
                    self.take_answer(row, question, id);
                }
                (_, id) => {
                    let is_note = self.notes.take(row, !self.answers.is_empty());
                    if is_note {
                        continue;
                    }
                    match id {
                        Some(id) => self.unknown(row, &id),
                        None => self.take_software_version(row),
                    }
                }
            }
        }
        self.report_gaps();
        self.report_lost_notes();
        self.finish()
    }

    /// Whether a row with an id is the question and not a note kept under its id.
    fn is_answer(&self, row: &Row, question: &Question) -> bool {
        !self.notes.in_notes()
            || (row.get(self.columns.answer).is_some()
                && !self
                    .answers
                    .iter()
                    .any(|(known, _)| known.id == question.id))
    }

    fn take_answer(&mut self, row: &Row, question: &'static Question, printed: String) {
        let at = self.table.cell(row.number, self.columns.answer);
        let answer_cell = row.get(self.columns.answer);
        let understood = understand(question.kind, answer_cell, row.get(self.columns.note));
        let written = || shortened(&row.text(self.columns.answer), 60);
        match understood.oddity {
            None => {}
            Some(Oddity::OutsideTheList) => self.problems.push(Problem::warning(
                "mds2-answer-outside-list",
                at.clone(),
                format!(
                    "{} is answered \u{201c}{}\u{201d}; Yes, No, N/A or See Notes was expected",
                    question.id,
                    written()
                ),
            )),
            Some(Oddity::NoDay) => self.problems.push(Problem::warning(
                "mds2-date-malformed",
                at.clone(),
                format!(
                    "{} is \u{201c}{}\u{201d}; a day was expected",
                    question.id,
                    written()
                ),
            )),
            Some(Oddity::AmbiguousDay) => self.problems.push(
                Problem::warning(
                    "mds2-date-ambiguous",
                    at.clone(),
                    format!(
                        "{} is \u{201c}{}\u{201d}, which may put the day or the month first",
                        question.id,
                        written()
                    ),
                )
                .hint("Write the day as YYYY-MM-DD."),
            ),
        }
        let answer = Answer {
            question: question.id.to_owned(),
            printed,
            value: understood.value,
            remark: understood.remark,
            note: understood.note,
            at,
        };
        let known = self
            .answers
            .iter()
            .position(|(known, _)| known.id == question.id);
        match known {
            None => self.answers.push((question, answer)),
            Some(index) => self.take_second_answer(row, index, answer),
        }
    }

    /// An id that stood before: a note kept under the id, the same answer again, or another one.
    fn take_second_answer(&mut self, row: &Row, index: usize, second: Answer) {
        let Some((question, first)) = self.answers.get_mut(index) else {
            return;
        };
        let question = *question;
        if second.value == AnswerValue::Blank {
            let words = row.text(self.columns.id + 1);
            let is_note = first.note.as_deref() == Some(question.id)
                || first.note.as_deref() == Some(question.printed);
            if is_note && !words.is_empty() {
                self.notes.notes.push((second.printed, words.into_owned()));
                return;
            }
        }
        let (first_text, second_text) = (first.value.as_text(), second.value.as_text());
        if first.value == AnswerValue::Blank && second.value != AnswerValue::Blank {
            *first = second;
        } else if second.value != AnswerValue::Blank && first_text != second_text {
            let message = format!(
                "{} is answered \u{201c}{}\u{201d} at {} and \u{201c}{}\u{201d} here; the first was taken",
                question.id,
                shortened(&first_text, 60),
                first.at,
                shortened(&second_text, 60)
            );
            self.problems.push(
                Problem::error("mds2-answers-contradict", second.at, message)
                    .hint("Ask the manufacturer which answer holds."),
            );
            return;
        }
        let at = self.table.cell(row.number, self.columns.id);
        self.problems.push(Problem::warning(
            "mds2-question-twice",
            at,
            format!("{} stands in the form more than once", question.id),
        ));
    }

    fn unknown(&mut self, row: &Row, id: &str) {
        self.problems.push(Problem::note(
            "mds2-question-unknown",
            self.table.cell(row.number, self.columns.id),
            format!(
                "{} is no question of HN 1-2019; its answer was set aside",
                shortened(id, 24)
            ),
        ));
    }

    /// A row such as `Software Version | 5.2`, which the standard does not have and forms do.
    fn take_software_version(&mut self, row: &Row) {
        let mut cells = row.cells.iter().map(|(_, cell)| cell.text());
        let Some(beside) = cells.find_map(|text| version_label(&text)) else {
            return;
        };
        let version = Some(beside).filter(|text| !text.is_empty()).or_else(|| {
            cells
                .map(Cow::into_owned)
                .find(|text| !text.trim_matches(['_', '-', ' ']).is_empty())
        });
        let Some(version) = version else { return };
        let place = self.table.cell(row.number, self.columns.answer);
        match &self.software_version {
            None => self.software_version = Some(version),
            Some(known) if *known == version => {}
            Some(known) => self.problems.push(Problem::warning(
                "mds2-software-version-twice",
                place,
                format!(
                    "the form states software version \u{201c}{}\u{201d} and \u{201c}{}\u{201d}; the first was taken",
                    shortened(known, 40),
                    shortened(&version, 40)
                ),
            )),
        }
    }

    fn report_gaps(&mut self) {
        let present: BTreeSet<&str> = self
            .answers
            .iter()
            .map(|(question, _)| question.id)
            .collect();
        let missing: Vec<&str> = questions()
            .iter()
            .map(|question| question.id)
            .filter(|id| !present.contains(id))
            .collect();
        if !missing.is_empty() {
            self.problems.push(
                Problem::warning(
                    "mds2-questions-missing",
                    self.table.cell(1, self.columns.id),
                    format!(
                        "{} of the {} questions of HN 1-2019 are not in the form: {}",
                        missing.len(),
                        questions().len(),
                        listed(&missing)
                    ),
                )
                .hint("Ask the manufacturer for the complete form."),
            );
        }
        let blank: Vec<&str> = self
            .answers
            .iter()
            .filter(|(_, answer)| answer.value == AnswerValue::Blank)
            .map(|(question, _)| question.id)
            .collect();
        if !blank.is_empty() {
            self.problems.push(
                Problem::warning(
                    "mds2-unanswered",
                    self.table.cell(1, self.columns.answer),
                    format!(
                        "{} without an answer: {}",
                        counted(blank.len() as u64, "question", "questions"),
                        listed(&blank)
                    ),
                )
                .hint("A blank is no No: ask the manufacturer."),
            );
        }
    }

    /// Notes that answers refer to and the form does not have.
    fn report_lost_notes(&mut self) {
        let known: BTreeSet<&str> = self
            .notes
            .notes
            .iter()
            .map(|(label, _)| label.as_str())
            .collect();
        let mut lost: BTreeMap<&str, (&'static str, &Place)> = BTreeMap::new();
        for (question, answer) in &self.answers {
            for label in answer.note.iter().flat_map(|note| note.split(", ")) {
                if !known.contains(label) {
                    lost.entry(label).or_insert((question.id, &answer.at));
                }
            }
        }
        for (label, (question, at)) in lost {
            self.problems.push(Problem::warning(
                "mds2-note-missing",
                at.clone(),
                format!("{question} refers to {label}, which the form does not have"),
            ));
        }
    }

    fn finish(self) -> DisclosureForm {
        let words = |id: &str| {
            self.answers
                .iter()
                .find(|(question, _)| question.id == id)
                .map(|(_, answer)| &answer.value)
        };
        let text = |id: &str| match words(id) {
            Some(AnswerValue::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let manufacturer = text("DOC-1");
        let model = text("DOC-3");
        for (id, found, what) in [
            ("DOC-1", &manufacturer, "the manufacturer"),
            ("DOC-3", &model, "the model"),
        ] {
            if found.is_none() {
                self.problems.push(
                    Problem::warning(
                        "mds2-product-unstated",
                        Place::Document,
                        format!("the form does not name {what} ({id})"),
                    )
                    .hint("Without it the form cannot be joined with a device."),
                );
            }
        }
        let Models {
            names: models,
            unclear,
        } = model.as_deref().map(models).unwrap_or_default();
        if let Some(line) = unclear {
            self.problems.push(
                Problem::note(
                    "mds2-models-unclear",
                    Place::Document,
                    format!(
                        "DOC-3 may name several models in \u{201c}{}\u{201d}; it was taken as one",
                        shortened(&line, 80)
                    ),
                )
                .hint("Write each model on a line of its own."),
            );
        }
        let description = text("DOC-2");
        let document_id = text("DOC-4");
        let released = match words("DOC-7") {
            Some(AnswerValue::Date(day)) => Some(*day),
            _ => None,
        };
        DisclosureForm {
            edition: FormEdition::Hn1_2019,
            manufacturer,
            description,
            models,
            document_id,
            software_version: self.software_version,
            released,
            answers: self.answers.into_iter().map(|(_, answer)| answer).collect(),
            notes: self.notes.notes,
        }
    }
}

/// What stands beside the label of a software version in its own cell (`Software Version: 5.2`);
/// empty when the cell holds the label alone, `None` when it is no such label.
fn version_label(text: &str) -> Option<String> {
    let names_it = |label: &str| {
        // "Version" alone may be that of the form.
        label.len() < 60
            && !matches!(
                label.trim().to_lowercase().as_str(),
                "version" | "versie" | "versi\u{f3}n"
            )
            && crate::inventory::field_of(label) == Some(Field::SoftwareVersion)
    };
    if names_it(text) {
        return Some(String::new());
    }
    let (label, version) = text.split_once(':')?;
    names_it(label).then(|| version.trim().to_owned())
}

fn listed(ids: &[&str]) -> String {
    let shown = ids
        .iter()
        .take(IDS_IN_A_MESSAGE)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    match ids.len().saturating_sub(IDS_IN_A_MESSAGE) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
