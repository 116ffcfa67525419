//! Reads the rows of a form whose columns are known.

use std::borrow::Cow;

use isocenter_model::form::{Answer, AnswerValue, DisclosureForm};
use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};

use super::answer::{Oddity, Understood, understand};
use super::catalog::{Question, heading, meant_by};
use super::columns::{
    Columns, Found, columns, is_column_heading, is_section_heading, is_title, question_of,
};
use super::head::{Labelled, head};
use super::ids::is_day;
use super::notes::NoteReader;
use crate::inventory::Field;
use crate::spreadsheet::{Cell, Problems, Row, Table};

/// Characters of a title of the form. A sentence on it is longer.
const LONGEST_TITLE: usize = 80;

/// Reads one form.
pub(super) struct FormReader<'t> {
    pub(super) table: &'t Table,
    pub(super) found: Found,
    pub(super) columns: Columns,
    pub(super) problems: &'t mut Problems,
    /// Answers with their question; in the order of the sheet.
    pub(super) answers: Vec<(&'static Question, Answer)>,
    pub(super) notes: NoteReader,
    pub(super) software_version: Option<String>,
    /// Whether the row before was the heading of a section, whose definition comes next.
    after_heading: bool,
    /// Ids that a spreadsheet program made days, and the first of them.
    pub(super) days: (u64, Option<Place>),
}

impl<'t> FormReader<'t> {
    pub(super) fn new(table: &'t Table, found: Found, problems: &'t mut Problems) -> Self {
        Self {
            table,
            found,
            columns: columns(table, found),
            problems,
            answers: Vec::new(),
            notes: NoteReader::new(found),
            software_version: None,
            after_heading: false,
            days: (0, None),
        }
    }

    pub(super) fn read(mut self) -> DisclosureForm {
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
        let (labelled, head_rows) = head(table, self.found);
        for one in &labelled {
            self.take_head(one);
        }
        for row in table
            .rows
            .iter()
            .filter(|row| !head_rows.contains(&row.number))
        {
            self.take_row(row);
        }
        self.report_days();
        self.report_gaps();
        self.relabel_notes();
        self.report_lost_notes();
        self.finish()
    }

    fn take_row(&mut self, row: &Row) {
        let after_heading = std::mem::take(&mut self.after_heading);
        let id = question_of(row, self.found);
        let question = id
            .as_deref()
            .and_then(|id| meant_by(self.found.edition, id));
        if let (Some(question), Some(id)) = (question, &id)
            && self.is_answer(row, question)
        {
            self.take_answer(row, question, id.clone());
            return;
        }
        if self.is_section(row) {
            self.notes.begin_section();
            self.after_heading = true;
            return;
        }
        if self.notes.take(row, !self.answers.is_empty()) {
            return;
        }
        match id {
            Some(id) if heading(self.found.edition, &id).is_some() => {
                self.take_heading(row, &id);
            }
            Some(id) => self.unknown(row, &id),
            None if self.take_software_version(row) => {}
            None if after_heading => {}
            None => self.take_unread(row),
        }
    }

    /// Whether a row is the heading of a section: `AUTOMATIC LOGOFF (ALOF)`, with or without its definition.
    fn is_section(&self, row: &Row) -> bool {
        row.cells
            .iter()
            .any(|(_, cell)| is_section_heading(self.found.edition, &cell.text()))
    }

    /// A line with an id that asks nothing itself.
    fn take_heading(&mut self, row: &Row, id: &str) {
        let answer = row.text(self.columns.answer);
        if answer.trim_matches(['_', '-', ' ']).is_empty() || self.columns.answer == self.found.id {
            return;
        }
        self.problems.push(Problem::note(
            "mds2-heading-answered",
            self.table.cell(row.number, self.columns.answer),
            format!(
                "{id} is a heading, and \u{201c}{}\u{201d} stands where an answer would; it was set aside",
                shortened(&answer, 60)
            ),
        ));
    }

    /// A row that is nothing of the form. What stands before the questions of a worksheet is its letterhead.
    fn take_unread(&mut self, row: &Row) {
        if self.table.sheet.is_some() && self.answers.is_empty() {
            return;
        }
        let texts: Vec<Cow<'_, str>> = row.cells.iter().map(|(_, cell)| cell.text()).collect();
        let says_something = texts
            .iter()
            .any(|text| text.contains(char::is_alphanumeric));
        let is_frame = texts
            .iter()
            .any(|text| is_column_heading(text) || (text.len() <= LONGEST_TITLE && is_title(text)));
        if !says_something || is_frame {
            return;
        }
        self.problems.push(Problem::note(
            "mds2-line-unread",
            self.table.cell(row.number, row.cells.first().map_or(0, |(column, _)| *column)),
            format!(
                "\u{201c}{}\u{201d} is no question, answer, heading or note of the form and was set aside",
                shortened(&texts.join(" "), 60)
            ),
        ));
    }

    /// What a label of the head labels.
    fn take_head(&mut self, labelled: &Labelled) {
        let at = self.table.cell(labelled.row, labelled.column);
        let understood = understand(
            self.found.edition,
            labelled.question.kind,
            labelled.cell.as_ref(),
            None,
        );
        let written = labelled.cell.as_ref().map(Cell::text).unwrap_or_default();
        self.report_oddity(labelled.question, &understood, &written, &at);
        self.answers.push((
            labelled.question,
            Answer {
                question: labelled.question.id.to_owned(),
                printed: labelled.question.printed.to_owned(),
                value: understood.value,
                remark: understood.remark,
                note: understood.note,
                at,
            },
        ));
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
        if row.get(self.found.id).is_some_and(is_day) {
            let first = self.table.cell(row.number, self.found.id);
            self.days.0 += 1;
            self.days.1.get_or_insert(first);
        }
        let understood = understand(
            self.found.edition,
            question.kind,
            row.get(self.columns.answer),
            row.get(self.columns.note),
        );
        self.report_oddity(question, &understood, &row.text(self.columns.answer), &at);
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

    fn report_oddity(
        &mut self,
        question: &Question,
        understood: &Understood,
        written: &str,
        at: &Place,
    ) {
        let written = shortened(written, 60);
        let (id, at) = (question.id, at.clone());
        match understood.oddity {
            None => {}
            Some(Oddity::OutsideTheList) => self.problems.push(Problem::warning(
                "mds2-answer-outside-list",
                at,
                format!(
                    "{id} is answered \u{201c}{written}\u{201d}; Yes, No, N/A or See Notes was expected"
                ),
            )),
            Some(Oddity::NoDay) => self.problems.push(Problem::warning(
                "mds2-date-malformed",
                at,
                format!("{id} is \u{201c}{written}\u{201d}; a day was expected"),
            )),
            Some(Oddity::AmbiguousDay) => self.problems.push(
                Problem::warning(
                    "mds2-date-ambiguous",
                    at,
                    format!(
                        "{id} is \u{201c}{written}\u{201d}, which may put the day or the month first"
                    ),
                )
                .hint("Write the day as YYYY-MM-DD."),
            ),
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
                self.notes.add(second.printed, words.into_owned());
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
                "{} is no question of {}; its answer was set aside",
                shortened(id, 24),
                self.found.edition.as_str()
            ),
        ));
    }

    /// A row such as `Software Version | 5.2`, which the standard does not have and forms do.
    /// True when it is such a row.
    fn take_software_version(&mut self, row: &Row) -> bool {
        let mut cells = row.cells.iter().map(|(_, cell)| cell.text());
        let Some(beside) = cells.find_map(|text| version_label(&text)) else {
            return false;
        };
        let version = Some(beside).filter(|text| !text.is_empty()).or_else(|| {
            cells
                .map(Cow::into_owned)
                .find(|text| !text.trim_matches(['_', '-', ' ']).is_empty())
        });
        let Some(version) = version else { return true };
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
        true
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
