//! The notes at the end of a form or of its sections, and the section for other considerations before them.

use std::collections::HashMap;

use isocenter_model::form::FormEdition;

use super::answer::note_label;
use super::catalog::{Section, sections};
use super::columns::Found;
use super::ids::written_id;
use crate::spreadsheet::Row;

/// The label under which the text of section OTHR, which has no questions in HN 1-2019, is kept.
pub(super) const OTHER_CONSIDERATIONS: &str = "OTHR";

/// Where in the form the reading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Questions,
    OtherConsiderations,
    /// The notes of one section, as HN 1-2013 has them, by its code.
    Section(&'static str),
    Notes,
}

/// Collects notes from the rows that are no questions.
#[derive(Debug)]
pub(super) struct NoteReader {
    part: Part,
    edition: FormEdition,
    id: u32,
    pub(super) notes: Vec<(String, String)>,
    /// Where each label stands first, so that a file of nothing but notes is not searched for each of them.
    first: HashMap<String, usize>,
}

impl NoteReader {
    pub(super) fn new(found: Found) -> Self {
        Self {
            part: Part::Questions,
            edition: found.edition,
            id: found.id,
            notes: Vec::new(),
            first: HashMap::new(),
        }
    }

    /// Whether the rows are notes by now.
    pub(super) fn in_notes(&self) -> bool {
        self.part == Part::Notes
    }

    /// A section begins: the notes of the one before are over.
    pub(super) fn begin_section(&mut self) {
        if matches!(self.part, Part::Section(_)) {
            self.part = Part::Questions;
        }
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
        if let Some((code, words)) = section_notes(self.edition, lead) {
            self.part = Part::Section(code);
            let beside = texts.iter().skip(usize::from(first.is_empty()));
            for text in std::iter::once(words).chain(beside.map(String::as_str)) {
                for line in text.lines() {
                    self.take_section_note(code, line.trim());
                }
            }
            return true;
        }
        if self.edition == FormEdition::Hn1_2019
            && first.is_empty()
            && lead.to_ascii_uppercase().contains("(OTHR)")
        {
            self.part = Part::OtherConsiderations;
            return true;
        }
        // `Note 3` in the id column is a note wherever it stands.
        let label = note_label(self.edition, &first).filter(|label| !label.contains(','));
        let is_note_row = after_questions
            && label
                .as_deref()
                .is_some_and(|label| self.in_notes() || written_id(self.edition, label).is_none());
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
                if written_id(self.edition, &first).is_some() {
                    return false;
                }
                let text = joined(&first, &texts);
                if !says_nothing(&text) {
                    self.add_to(OTHER_CONSIDERATIONS, &text);
                }
                true
            }
            Part::Section(code) => {
                if written_id(self.edition, &first).is_some() {
                    return false;
                }
                self.take_section_note(code, &joined(&first, &texts));
                true
            }
            Part::Notes => {
                self.take_note(&first, &texts);
                true
            }
        }
    }

    /// A line of the notes of one section: a numbered note, or words on the section.
    fn take_section_note(&mut self, code: &str, text: &str) {
        if says_nothing(text) {
            return;
        }
        let Some((label, words)) = label_before_words(self.edition, text) else {
            // The second line of a note belongs to it.
            let last = self.notes.last_mut().filter(|(label, _)| {
                label == code || label.starts_with("Note ") || label.starts_with(code)
            });
            match last {
                Some((_, known)) => {
                    known.push('\n');
                    known.push_str(text);
                }
                None => self.add(code.to_owned(), text.to_owned()),
            }
            return;
        };
        // Some forms number the notes of each section from 1 again.
        let label = if self.first.contains_key(&label) {
            format!("{code} {label}")
        } else {
            label
        };
        self.add(label, words.to_owned());
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
        if let Some((label, words)) = label_before_words(self.edition, whole) {
            self.add(label, words.to_owned());
        } else if let Some((_, last)) = self.notes.last_mut() {
            last.push('\n');
            last.push_str(whole);
        } else if !says_nothing(whole) {
            self.add("Note".to_owned(), whole.to_owned());
        }
    }

    pub(super) fn add(&mut self, label: String, text: String) {
        if !self.first.contains_key(&label) {
            self.first.insert(label.clone(), self.notes.len());
        }
        self.notes.push((label, text));
    }

    fn add_to(&mut self, label: &str, text: &str) {
        let known = self.first.get(label).copied();
        match known.and_then(|at| self.notes.get_mut(at)) {
            Some((_, known)) => {
                known.push('\n');
                known.push_str(text);
            }
            None => self.add(label.to_owned(), text.to_owned()),
        }
    }
}

fn joined(first: &str, texts: &[String]) -> String {
    [first]
        .into_iter()
        .chain(texts.iter().map(String::as_str))
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_notes_heading(text: &str) -> bool {
    let text = text
        .trim()
        .trim_matches(['*', '#', ' '])
        .trim_end_matches([':', '.'])
        .trim()
        .to_ascii_lowercase();
    matches!(
        text.as_str(),
        "notes" | "note" | "explanatory notes" | "notes and comments"
    )
}

/// The section whose notes begin in a cell (`ALOF notes:`, `Management of Private Data notes: words`), with
/// the words behind it. HN 1-2019 keeps its notes together at the end.
fn section_notes(edition: FormEdition, text: &str) -> Option<(&'static str, &str)> {
    if edition == FormEdition::Hn1_2019 {
        return None;
    }
    let is_section = |name: &str, section: &Section| {
        name.eq_ignore_ascii_case(section.code) || name.eq_ignore_ascii_case(section.name)
    };
    sections(edition).iter().find_map(|section| {
        [section.code.len(), section.name.len()]
            .into_iter()
            .find_map(|length| {
                let name = text
                    .get(..length)
                    .filter(|name| is_section(name, section))?;
                let rest = text.get(name.len()..)?.trim_start();
                let rest = rest
                    .get(..4)
                    .filter(|word| word.eq_ignore_ascii_case("note"))
                    .and_then(|word| rest.get(word.len()..))?;
                let rest = rest.strip_prefix(['s', 'S']).unwrap_or(rest);
                let words = rest
                    .trim_start()
                    .strip_prefix(':')
                    .or_else(|| rest.trim().is_empty().then_some(""))?;
                Some((section.code, words.trim()))
            })
    })
}

fn says_nothing(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.').to_ascii_lowercase();
    matches!(text.as_str(), "none" | "n/a" | "na" | "not applicable")
        || text.chars().all(|c| matches!(c, '-' | '_' | ' '))
}

/// `Note 3: words` or `3. words`, with the label as `Note 3`.
fn label_before_words(edition: FormEdition, text: &str) -> Option<(String, &str)> {
    let at = text.find([':', '.', ')', '\u{2013}'])?;
    let (label, words) = text.split_at(at);
    let words = words.trim_start_matches([':', '.', ')', '\u{2013}', ' ']);
    let label = note_label(edition, label).filter(|label| !label.contains(','))?;
    (!words.is_empty()).then_some((label, words))
}
