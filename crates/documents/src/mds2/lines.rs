//! Forms as running text: one question a line, `ALOF-1,Question?: Yes,remark`, as manufacturers
//! put them on web pages. The lines are laid out as the columns of a worksheet.

use super::answer::leading_choice;
use super::catalog::{AnswerKind, meant_by, written_id};
use super::columns::FEWEST_IDS;
use crate::spreadsheet::{Cell, Row, Table};

/// The form in a text, when enough of its lines are questions with their answer at the end.
pub(super) fn table_of(text: &str) -> Option<Table> {
    let mut table = Table::default();
    let mut answers = 0;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        let mut row = Row {
            number,
            cells: Vec::new(),
        };
        if let Some((id, rest, kind)) = question_line(line) {
            row.cells.push((0, Cell::Text(id)));
            if let Some(answer) = answer_in(rest, kind) {
                answers += usize::from(kind == AnswerKind::Choice);
                row.cells.push((2, Cell::Text(answer)));
            }
        } else if !line.is_empty() {
            row.cells.push((1, Cell::Text(line.to_owned())));
        }
        if !row.cells.is_empty() {
            table.rows.push(row);
        }
    }
    (answers >= FEWEST_IDS).then_some(table)
}

/// The id that a line begins with, what follows it, and what its question asks for.
fn question_line(line: &str) -> Option<(String, &str, AnswerKind)> {
    let (head, rest) = line.split_once([',', ':', ';', '\t'])?;
    let id = written_id(head)?;
    let kind = meant_by(&id)?.kind;
    Some((id, rest, kind))
}

/// The answer after the question: what follows the first colon behind which a choice begins, or,
/// where words are asked for, the first colon.
fn answer_in(rest: &str, kind: AnswerKind) -> Option<String> {
    let answer = if kind == AnswerKind::Choice {
        rest.match_indices(':')
            .filter_map(|(at, _)| rest.get(at + 1..))
            .find(|answer| leading_choice(answer).is_some())?
    } else {
        rest.split_once(':')?.1
    };
    let answer = answer.replace('"', "");
    let answer = answer.trim().trim_end_matches(',').trim();
    (!answer.is_empty()).then(|| answer.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_what_stands_behind_the_question() {
        for (line, expected) in [
            ("ALOF-1,\"Can it (e.g., lock)?\": Yes", Some("Yes")),
            (
                "MPII-1,\"Can this device? \": Yes,optional",
                Some("Yes,optional"),
            ),
            (
                "MPII-3,Does it?: Yes,\"DICOM WL, HL7\"",
                Some("Yes,DICOM WL, HL7"),
            ),
            (
                "PAUT-4,\"Are all (e.g., a)?\": N/A: No default accounts",
                Some("N/A: No default accounts"),
            ),
            (
                "DOC-8:Disclosure: Does the maker have one?:Yes, it does",
                Some("Yes, it does"),
            ),
            ("DOC-3:Device Model:\"A1, A2\", ", Some("A1, A2")),
            ("CONN-1,Does it?____", None),
            ("MPII-2,Does it? : No,", Some("No")),
        ] {
            let (_, rest, kind) = question_line(line).unwrap();
            assert_eq!(answer_in(rest, kind).as_deref(), expected, "{line}");
        }
        assert_eq!(question_line("AUTHORIZATION (AUTH) The ability"), None);
    }
}
