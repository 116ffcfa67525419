//! What a form that was read lacks, and what it is of.

use std::collections::{BTreeMap, BTreeSet};

use isocenter_model::form::{AnswerValue, DisclosureForm, FormEdition};
use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};

use super::catalog::questions;
use super::form::FormReader;
use super::models::{Models, models};
use crate::spreadsheet::counted;

/// Ids named in one message before the rest is only counted.
const IDS_IN_A_MESSAGE: usize = 24;

impl FormReader<'_> {
    pub(super) fn report_days(&mut self) {
        if let (count, Some(first)) = (self.days.0, self.days.1.take()) {
            self.problems.push(
                Problem::note(
                    "mds2-id-as-day",
                    first,
                    format!(
                        "{} stored as days, as spreadsheet programs do with an id like 5-1; they were read as the ids",
                        counted(count, "question id is", "question ids are")
                    ),
                )
                .hint("Format the column of the ids as text."),
            );
        }
    }

    /// Notes that a section numbers from 1 again are known by the section; so are the references to them.
    pub(super) fn relabel_notes(&mut self) {
        for (label, _) in &self.notes.notes {
            let Some((code, plain)) = label.split_once(' ').filter(|(code, _)| *code != "Note")
            else {
                continue;
            };
            for (question, answer) in &mut self.answers {
                if question.section == code
                    && let Some(note) = &mut answer.note
                {
                    let labels: Vec<&str> = note
                        .split(", ")
                        .map(|one| if one == plain { label.as_str() } else { one })
                        .collect();
                    *note = labels.join(", ");
                }
            }
        }
    }

    pub(super) fn report_gaps(&mut self) {
        let present: BTreeSet<&str> = self
            .answers
            .iter()
            .map(|(question, _)| question.id)
            .collect();
        let all = questions(self.found.edition);
        let missing: Vec<&str> = all
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
                        "{} of the {} questions of {} are not in the form: {}",
                        missing.len(),
                        all.len(),
                        self.found.edition.as_str(),
                        listed(&missing)
                    ),
                )
                .hint(match self.found.edition {
                    FormEdition::Hn1_2013 => {
                        "Ask the manufacturer for the complete form; not every id of this edition is confirmed here."
                    }
                    FormEdition::Hn1_2019 => "Ask the manufacturer for the complete form.",
                }),
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
    pub(super) fn report_lost_notes(&mut self) {
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

    pub(super) fn finish(self) -> DisclosureForm {
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
        let ids = HeadIds::of(self.found.edition);
        let manufacturer = text(ids.manufacturer);
        let model = text(ids.model);
        for (id, found, what) in [
            (ids.manufacturer, &manufacturer, "the manufacturer"),
            (ids.model, &model, "the model"),
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
                        "{} may name several models in \u{201c}{}\u{201d}; it was taken as one",
                        ids.model,
                        shortened(&line, 80)
                    ),
                )
                .hint("Write each model on a line of its own."),
            );
        }
        let description = text(ids.description);
        let document_id = text(ids.document_id);
        let released = match words(ids.released) {
            Some(AnswerValue::Date(day)) => Some(*day),
            _ => None,
        };
        let software_version = ids
            .software_version
            .and_then(text)
            .or(self.software_version);
        DisclosureForm {
            edition: self.found.edition,
            manufacturer,
            description,
            models,
            document_id,
            software_version,
            released,
            answers: self.answers.into_iter().map(|(_, answer)| answer).collect(),
            notes: self.notes.notes,
        }
    }
}

/// The questions of the head that name what the form is of.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeadIds {
    pub(super) manufacturer: &'static str,
    pub(super) description: &'static str,
    pub(super) model: &'static str,
    pub(super) document_id: &'static str,
    pub(super) released: &'static str,
    /// HN 1-2019 does not ask for it.
    pub(super) software_version: Option<&'static str>,
}

impl HeadIds {
    pub(super) fn of(edition: FormEdition) -> Self {
        match edition {
            FormEdition::Hn1_2013 => Self {
                manufacturer: "Manufacturer",
                description: "Device Category",
                model: "Device Model",
                document_id: "Document ID",
                released: "Document Release Date",
                software_version: Some("Software Revision"),
            },
            FormEdition::Hn1_2019 => Self {
                manufacturer: "DOC-1",
                description: "DOC-2",
                model: "DOC-3",
                document_id: "DOC-4",
                released: "DOC-7",
                software_version: None,
            },
        }
    }
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
