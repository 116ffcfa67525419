//! Forms as running text: one question a line, `ALOF-1,Question?: Yes,remark`, as manufacturers
//! put them on web pages. The lines are laid out as the columns of a worksheet.

use std::collections::BTreeSet;

use isocenter_model::form::{AnswerValue, FormEdition};

use super::answer::{leading_choice, note_label};
use super::catalog::{AnswerKind, heading, meant_by, sections};
use super::columns::{FEWEST_IDS, is_section_heading, speaks_of_a_form};
use super::ids::written_id;
use crate::spreadsheet::{Cell, Row, Table};

/// Column of the id.
pub(super) const ID: u32 = 0;
/// Column of the question, and of words that belong to none.
const QUESTION: u32 = 1;
/// Column of the answer with what stands beside it.
const ANSWER: u32 = 2;
/// Column of a reference to a note on a line of its own.
const NOTE: u32 = 3;
/// Lines on which a question may go on.
const MOST_LINES: usize = 8;
/// Characters of an answer that stands alone on its line.
const LONGEST_ANSWER: usize = 200;
/// Marks in one line behind which an answer is looked for, of each kind; a question has a few.
const MOST_MARKS: usize = 100;
/// Between an id, a question and an answer.
const SEPARATORS: [char; 9] = [',', ':', ';', '\t', '|', '-', '\u{2013}', '\u{2014}', ' '];

/// A form in running text.
pub(super) struct Lines {
    pub(super) edition: FormEdition,
    pub(super) table: Table,
    /// How many questions have a choice as their answer.
    pub(super) answers: usize,
}

/// The form in a text, when enough of its lines are questions with their answer at the end.
pub(super) fn form_in_text(text: &str) -> Option<Lines> {
    [FormEdition::Hn1_2019, FormEdition::Hn1_2013]
        .into_iter()
        .map(|edition| lines_of(edition, text))
        .filter(|lines| lines.answers >= FEWEST_IDS)
        .filter(|lines| lines.edition == FormEdition::Hn1_2019 || speaks_of_a_form(&lines.table))
        .max_by_key(|lines| lines.answers)
}

fn lines_of(edition: FormEdition, text: &str) -> Lines {
    let mut table = Table::default();
    let mut answered: BTreeSet<&'static str> = BTreeSet::new();
    let mut open: Option<Open> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let mut row = Row {
            number,
            cells: Vec::new(),
        };
        if let Some(question) = question_line(edition, line) {
            let (words, answer) = match question.kind {
                Some(kind) => parted(edition, question.rest, kind),
                None => (question.rest, None),
            };
            row.cells.extend(cell(QUESTION, words));
            let is_choice = question.kind == Some(AnswerKind::Choice);
            open = Open::after(&question, answer.is_none(), table.rows.len());
            if let Some(answer) = answer.as_deref().and_then(|answer| cell(ANSWER, answer)) {
                if is_choice {
                    answered.extend(question.known);
                }
                row.cells.push(answer);
            }
            row.cells.insert(0, (ID, Cell::Text(question.id)));
        } else if let Some(continued) = open.as_mut().and_then(|open| open.take(edition, line)) {
            // The rest of a question, or its answer on a line of its own, as a page is copied.
            if let Some(open) = &open
                && let Some(question) = table.rows.get_mut(open.row)
            {
                question.cells.extend(match continued {
                    Continued::Words => None,
                    Continued::Answer(text) => {
                        answered.insert(open.id);
                        cell(ANSWER, &text)
                    }
                    Continued::Note(text) => cell(NOTE, &text),
                });
            }
        } else if let Some((label, words)) = note_line(edition, line) {
            open = None;
            row.cells.push((ID, Cell::Text(label)));
            row.cells.extend(cell(QUESTION, words));
        } else if !line.is_empty() {
            open = None;
            row.cells.push((QUESTION, Cell::Text(line.to_owned())));
        }
        if !row.cells.is_empty() {
            table.rows.push(row);
        }
    }
    Lines {
        edition,
        table,
        answers: answered.len(),
    }
}

fn cell(column: u32, text: &str) -> Option<(u32, Cell)> {
    let text = text.replace('"', "");
    let text = text
        .trim_start_matches(SEPARATORS)
        .trim_end_matches([',', ':', ';', '|', ' ', '\t']);
    (!text.is_empty()).then(|| (column, Cell::Text(text.to_owned())))
}

/// A question whose line ended before its answer.
struct Open {
    id: &'static str,
    /// Its row in the table.
    row: usize,
    /// The question as far as it was read.
    text: String,
    lines: usize,
    is_answered: bool,
}

/// What a line adds to an open question.
enum Continued {
    Words,
    Answer(String),
    Note(String),
}

impl Open {
    fn after(question: &QuestionLine<'_>, is_open: bool, row: usize) -> Option<Self> {
        // A line to write on was left blank.
        let is_left_blank = question.rest.contains("__");
        (is_open && !is_left_blank && question.kind == Some(AnswerKind::Choice))
            .then_some(question.known)?
            .map(|id| Self {
                id,
                row,
                text: question.rest.to_owned(),
                lines: 0,
                is_answered: false,
            })
    }

    /// Takes the next line: `None` when it does not belong to the question.
    fn take(&mut self, edition: FormEdition, line: &str) -> Option<Continued> {
        self.lines += 1;
        if self.lines > MOST_LINES || is_section_heading(edition, line) {
            return None;
        }
        if line.is_empty() {
            return Some(Continued::Words);
        }
        let is_dashes = line.chars().all(|c| matches!(c, '_' | '-' | ' '));
        if self.is_answered {
            return match note_label(edition, line) {
                Some(_) if line.len() <= LONGEST_ANSWER => {
                    // Nothing comes behind the note.
                    self.lines = MOST_LINES;
                    Some(Continued::Note(line.to_owned()))
                }
                _ => is_dashes.then_some(Continued::Words),
            };
        }
        let is_alone = line.len() <= LONGEST_ANSWER
            && (leading_choice(line).is_some() || begins_with_note(edition, line));
        if is_alone {
            self.is_answered = true;
            return Some(Continued::Answer(line.to_owned()));
        }
        if is_dashes {
            return None;
        }
        let is_whole = self.text.trim_end_matches(['"', ' ']).ends_with(['?', ':']);
        if is_whole && !self.text.trim().is_empty() {
            return None;
        }
        self.text.push(' ');
        self.text.push_str(line);
        let answer = parted(edition, &self.text, AnswerKind::Choice).1;
        self.is_answered = answer.is_some();
        Some(answer.map_or(Continued::Words, Continued::Answer))
    }
}

/// A line that begins with an id.
struct QuestionLine<'l> {
    id: String,
    /// Its corrected id, when the form has such a question.
    known: Option<&'static str>,
    /// What it asks for; `None` for a line that asks nothing, or that nobody knows.
    kind: Option<AnswerKind>,
    rest: &'l str,
}

fn question_line(edition: FormEdition, line: &str) -> Option<QuestionLine<'_>> {
    // Lists, tables and emphasis of Markdown.
    let line = line.trim_start_matches(['|', '*', '-', '#', '>', '"', '\u{2022}', ' ', '\t']);
    // A blank may stand inside an id (`AUDT - 2.8.1:`), so the separators that cannot go first.
    let by_mark = line
        .find([',', ':', ';', '\t', '|', '"'])
        .and_then(|at| Some((written_id(edition, line.get(..at)?)?, line.get(at..)?)));
    let by_blank = || {
        let at = line.find(char::is_whitespace)?;
        let token = line.get(..at)?.trim_end_matches(['*', ')']);
        Some((written_id(edition, token)?, line.get(at..)?))
    };
    let alone = || Some((written_id(edition, line)?, ""));
    let (id, rest) = by_mark.or_else(by_blank).or_else(alone)?;
    let question = meant_by(edition, &id);
    if question.is_none() && heading(edition, &id).is_none() {
        // `3-4 hours` and `FIPS-140` begin sentences; `ALOF-9` is a question that nobody knows.
        let section = id.split_once('-')?.0;
        if !sections(edition).iter().any(|known| known.code == section) {
            return None;
        }
    }
    // `A device that …` is no question, `A Can this device …` and `A: …` are.
    if id == "A"
        && !rest.is_empty()
        && !rest.starts_with([',', ':', ';', '\t', '|', '"'])
        && !rest.contains('?')
    {
        return None;
    }
    Some(QuestionLine {
        id,
        known: question.map(|question| question.id),
        kind: question.map(|question| question.kind),
        rest,
    })
}

/// `Note 3: words` at the beginning of a line.
fn note_line(edition: FormEdition, line: &str) -> Option<(String, &str)> {
    let line = line.trim_start_matches(['|', '*', '-', '#', '>', '"', ' ', '\t']);
    if !line
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("note"))
    {
        return None;
    }
    let at = line.find([':', ',', ';', '|', '\t', '\u{2013}', '\u{2014}'])?;
    let label = note_label(edition, line.get(..at)?)?;
    (!label.contains(',')).then_some((label, line.get(at..)?))
}

/// The question and the answer behind it: what follows the first mark behind which a choice begins, or, where words are asked for, the first colon.
fn parted(edition: FormEdition, rest: &str, kind: AnswerKind) -> (&str, Option<String>) {
    if kind != AnswerKind::Choice {
        // `DOC-1:Manufacturer Name:Northlight`, whose first colon stands behind the id.
        let words = rest.trim_start_matches(SEPARATORS);
        return match words.split_once([':', '|', '\t']) {
            Some((question, answer)) => (question, cleaned(answer)),
            None => (words, None),
        };
    }
    let behind = |marks: &'static [char]| {
        rest.match_indices(marks)
            .map(|(at, mark)| at + mark.len())
            .take(MOST_MARKS)
    };
    // A line may give the answer at once: `CONN-7: Yes`. Questions are full of commas, so these come last.
    let ends = behind(&[':', '?', '|', '\t', ';', '\u{2013}', '\u{2014}']);
    for at in std::iter::once(0).chain(ends).chain(behind(&[','])) {
        let (question, answer) = rest.split_at(at);
        let answer = answer
            .trim_start_matches(SEPARATORS)
            .trim_start_matches(['"', ',', ':', ' ']);
        let mut cells = answer.splitn(3, '|').map(str::trim);
        let first = cells.next().unwrap_or("");
        let begins = leading_choice(first).is_some();
        if begins
            && cells
                .next()
                .and_then(leading_choice)
                .is_some_and(|(value, _)| value != AnswerValue::SeeNote)
        {
            // `Yes | No`: the choices are printed and none is marked.
            return (question, None);
        }
        if begins || begins_with_note(edition, answer) {
            let cells: Vec<&str> = answer.split('|').map(str::trim).collect();
            return (question, cleaned(&cells.join(", ")));
        }
    }
    (rest, None)
}

/// Whether an answer is a reference to a note: `See note 3`, `Note 3, only over VPN`.
fn begins_with_note(edition: FormEdition, answer: &str) -> bool {
    answer
        .get(..4)
        .is_some_and(|word| word.eq_ignore_ascii_case("see ") || word.eq_ignore_ascii_case("note"))
        && (note_label(edition, answer.trim_end_matches([',', '"', '|', ' '])).is_some()
            || answer
                .split_once([':', ',', ';', '|'])
                .is_some_and(|(label, _)| note_label(edition, label).is_some()))
}

fn cleaned(answer: &str) -> Option<String> {
    let answer = answer.replace('"', "");
    let answer = answer
        .trim_matches(|c: char| c.is_whitespace() || c == '*')
        .trim_end_matches([',', ';', ' ']);
    (!answer.is_empty()).then(|| answer.to_owned())
}

#[cfg(test)]
mod tests {
    use FormEdition::{Hn1_2013, Hn1_2019};

    use super::*;

    #[track_caller]
    fn check(edition: FormEdition, line: &str, id: &str, question: &str, answer: Option<&str>) {
        let found = question_line(edition, line).unwrap();
        let (words, given) = parted(edition, found.rest, found.kind.unwrap());
        assert_eq!(found.id, id, "{line}");
        let words = cell(QUESTION, words).map(|(_, cell)| cell.text().into_owned());
        assert_eq!(words.unwrap_or_default(), question, "{line}");
        assert_eq!(given.as_deref(), answer, "{line}");
    }

    #[test]
    fn the_answer_is_what_stands_behind_the_question() {
        for (line, id, question, expected) in [
            (
                "ALOF-1,\"Can it (e.g., lock)?\": Yes",
                "ALOF-1",
                "Can it (e.g., lock)?",
                Some("Yes"),
            ),
            (
                "MPII-1,\"Can this device? \": Yes,optional",
                "MPII-1",
                "Can this device?",
                Some("Yes,optional"),
            ),
            (
                "MPII-3,Does it?: Yes,\"DICOM WL, HL7\"",
                "MPII-3",
                "Does it?",
                Some("Yes,DICOM WL, HL7"),
            ),
            (
                "PAUT-4,\"Are all (e.g., a)?\": N/A: No default accounts",
                "PAUT-4",
                "Are all (e.g., a)?",
                Some("N/A: No default accounts"),
            ),
            (
                "DOC-8:Disclosure: Does the maker have one?:Yes, it does",
                "DOC-8",
                "Disclosure: Does the maker have one?",
                Some("Yes, it does"),
            ),
            (
                "DOC-3:Device Model:\"A1, A2\", ",
                "DOC-3",
                "Device Model",
                Some("A1, A2"),
            ),
            ("CONN-1,Does it?____", "CONN-1", "Does it?____", None),
            ("MPII-2,Does it? : No,", "MPII-2", "Does it?", Some("No")),
            ("CONN-7: Yes", "CONN-7", "", Some("Yes")),
            (
                "CONN-7 \u{2014} Does it? \u{2014} Yes (See Note 2)",
                "CONN-7",
                "Does it?",
                Some("Yes (See Note 2)"),
            ),
            (
                "CONN-2: Is there a list?: See note 3",
                "CONN-2",
                "Is there a list?",
                Some("See note 3"),
            ),
            (
                "| CONN-2 | Is there a list? | Yes | See Note 1 |",
                "CONN-2",
                "Is there a list?",
                Some("Yes, See Note 1"),
            ),
            (
                "| CONN-2 | Is there a list? | Yes | No |",
                "CONN-2",
                "Is there a list?",
                None,
            ),
            (
                "- **CONN-2** Is there a list? No",
                "CONN-2",
                "Is there a list?",
                Some("No"),
            ),
            (
                "CSUP-1,\"Does it? If no, answer \u{201c}N/A\u{201d} to all. \": Yes",
                "CSUP-1",
                "Does it? If no, answer \u{201c}N/A\u{201d} to all.",
                Some("Yes"),
            ),
        ] {
            check(Hn1_2019, line, id, question, expected);
        }
        assert!(question_line(Hn1_2019, "AUTHORIZATION (AUTH) The ability").is_none());
    }

    #[test]
    fn a_line_of_a_form_of_2013_begins_with_numbers() {
        for (line, id, question, expected) in [
            (
                "1-1 Can it (e.g., lock)? Yes",
                "1-1",
                "Can it (e.g., lock)?",
                Some("Yes"),
            ),
            (
                "1-1.1: Can it?: No, 5 minutes",
                "1-1.1",
                "Can it?",
                Some("No, 5 minutes"),
            ),
            ("B.1,Names?,Yes", "B.1", "Names?", Some("Yes")),
            (
                "A Can this device hold data? Yes",
                "A",
                "Can this device hold data?",
                Some("Yes"),
            ),
            (
                "14-1: Systems: See note 14-1",
                "14-1",
                "Systems",
                Some("See note 14-1"),
            ),
            (
                "2-2.1,Login and logout,Yes",
                "2-2.1",
                "Login and logout",
                Some("Yes"),
            ),
            ("20-2.1;Can it?;N/A;", "20-2.1", "Can it?", Some("N/A")),
        ] {
            check(Hn1_2013, line, id, question, expected);
        }
        for line in [
            "A device that is left idle",
            "3-4 hours",
            "1. First",
            "2019-01-02 x",
        ] {
            assert!(question_line(Hn1_2013, line).is_none(), "{line}");
        }
    }
}
