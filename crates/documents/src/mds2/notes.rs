//! The notes at the end of a form, and the section for other considerations before them.

use super::answer::note_label;
use super::catalog::written_id;
use crate::spreadsheet::Row;

/// The label under which the text of section OTHR, which has no questions, is kept.
pub(super) const OTHER_CONSIDERATIONS: &str = "OTHR";

/// Where in the form the reading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Questions,
    OtherConsiderations,
    Notes,
}

/// Collects notes from the rows that are no questions.
#[derive(Debug)]
pub(super) struct NoteReader {
    part: Part,
    id: u32,
    pub(super) notes: Vec<(String, String)>,
}

impl NoteReader {
    pub(super) fn new(id: u32) -> Self {
        Self {
            part: Part::Questions,
            id,
            notes: Vec::new(),
        }
    }

    /// Whether the rows are notes by now.
    pub(super) fn in_notes(&self) -> bool {
        self.part == Part::Notes
    }

    /// Looks at a row. True when it belongs to the notes and not to the questions.
    pub(super) fn take(&mut self, row: &Row, after_questions: bool) -> bool {
        let first = row.text(self.id);
        let texts: Vec<String> = row
            .cells
            .iter()
            .filter(|(column, _)| *column > self.id)
            .map(|(_, cell)| cell.text().into_owned())
            .collect();
        let lead = if first.is_empty() {
            texts.first().map_or("", String::as_str)
        } else {
            first.as_ref()
        };
        if after_questions && is_notes_heading(lead) {
            self.part = Part::Notes;
            return true;
        }
        if first.is_empty() && lead.to_ascii_uppercase().contains("(OTHR)") {
            self.part = Part::OtherConsiderations;
            return true;
        }
        // `Note 3` in the id column is a note wherever it stands.
        let label = note_label(&first).filter(|label| !label.contains(','));
        let is_note_row = after_questions
            && label
                .as_deref()
                .is_some_and(|label| self.in_notes() || written_id(label).is_none());
        if let Some(label) = label.filter(|_| is_note_row) {
            let text = texts.join(" ");
            if !text.is_empty() {
                self.add(label, text);
                return true;
            }
        }
        match self.part {
            Part::Questions => false,
            Part::OtherConsiderations => {
                if written_id(&first).is_some() {
                    return false;
                }
                let text = [first.as_ref()]
                    .into_iter()
                    .chain(texts.iter().map(String::as_str))
                    .filter(|text| !text.is_empty())
                    .collect::<Vec<_>>()
                    .join(" ");
                if !says_nothing(&text) {
                    self.add_to(OTHER_CONSIDERATIONS, &text);
                }
                true
            }
            Part::Notes => {
                self.take_note(&first, &texts);
                true
            }
        }
    }

    /// A row of the notes whose label does not stand alone in the id column.
    fn take_note(&mut self, first: &str, texts: &[String]) {
        let text = texts.join(" ");
        let whole = match (first.is_empty(), text.is_empty()) {
            (false, false) => {
                self.add(first.to_owned(), text);
                return;
            }
            (false, true) => first,
            (true, _) => text.as_str(),
        };
        if let Some((label, words)) = label_before_words(whole) {
            self.add(label, words.to_owned());
        } else if let Some((_, last)) = self.notes.last_mut() {
            last.push('\n');
            last.push_str(whole);
        } else if !says_nothing(whole) {
            self.add("Note".to_owned(), whole.to_owned());
        }
    }

    fn add(&mut self, label: String, text: String) {
        self.notes.push((label, text));
    }

    fn add_to(&mut self, label: &str, text: &str) {
        match self.notes.iter_mut().find(|(known, _)| known == label) {
            Some((_, known)) => {
                known.push('\n');
                known.push_str(text);
            }
            None => self.add(label.to_owned(), text.to_owned()),
        }
    }
}

fn is_notes_heading(text: &str) -> bool {
    let text = text
        .trim()
        .trim_end_matches([':', '.'])
        .trim()
        .to_ascii_lowercase();
    matches!(
        text.as_str(),
        "notes" | "note" | "explanatory notes" | "notes and comments"
    )
}

fn says_nothing(text: &str) -> bool {
    matches!(
        text.trim()
            .trim_end_matches('.')
            .to_ascii_lowercase()
            .as_str(),
        "" | "none" | "n/a" | "na" | "not applicable" | "-" | "__"
    )
}

/// `Note 3: words` or `3. words`, with the label as `Note 3`.
fn label_before_words(text: &str) -> Option<(String, &str)> {
    let at = text.find([':', '.', ')', '\u{2013}'])?;
    let (label, words) = text.split_at(at);
    let words = words.trim_start_matches([':', '.', ')', '\u{2013}', ' ']);
    let label = note_label(label).filter(|label| !label.contains(','))?;
    (!words.is_empty()).then_some((label, words))
}
