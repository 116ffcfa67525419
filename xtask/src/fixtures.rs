//! Writes the worksheets of `examples/hospital/mds2` from their text sources.
//!
//! A worksheet is a zip of XML that nobody can review, so its source is a TOML file that
//! everybody can: the head of the form, a table per section of the standard with one answer per
//! question, and the notes. `--check` compares instead of writing.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use isocenter_documents::mds2::{self, WriteError};
use isocenter_model::Place;
use isocenter_model::form::{Answer, AnswerValue, DisclosureForm, FormEdition};
use serde::Deserialize;

const SOURCES: &str = "examples/hospital-source/mds2";
const WORKSHEETS: &str = "examples/hospital/mds2";

/// Why a source gives no worksheet.
#[derive(Debug, thiserror::Error)]
enum FixtureError {
    #[error("{path} cannot be read")]
    Read {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{path} cannot be written")]
    Write {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{path} is no form")]
    Syntax {
        path: PathBuf,
        source: Box<toml::de::Error>,
    },
    #[error("{path}: {day} is no day of the calendar")]
    Day { path: PathBuf, day: String },
    #[error("{path} answers nothing on {}", questions.join(", "))]
    Unanswered {
        path: PathBuf,
        questions: Vec<&'static str>,
    },
    #[error("{path}: {question} refers to a note {note} that is not there")]
    NoteMissing {
        path: PathBuf,
        question: String,
        note: u32,
    },
    #[error("{path} cannot be made a worksheet")]
    Worksheet { path: PathBuf, source: WriteError },
}

/// A form as its source states it.
#[derive(Deserialize)]
struct Source {
    manufacturer: String,
    description: String,
    models: Vec<String>,
    document_id: String,
    software_version: Option<String>,
    released: toml::value::Datetime,
    /// Text by number, and `other` for the section that has no question.
    #[serde(default)]
    notes: BTreeMap<String, String>,
    /// Answers by section code and number.
    #[serde(flatten)]
    sections: BTreeMap<String, BTreeMap<String, Given>>,
}

/// One answer: the word alone, or with a note or a remark.
#[derive(Deserialize)]
#[serde(untagged)]
enum Given {
    Word(String),
    Full {
        answer: String,
        note: Option<u32>,
        remark: Option<String>,
    },
}

/// Writes the worksheets, or with `--check` says whether they are what would be written.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<bool, Box<dyn Error>> {
    let check = match arguments {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => return Err("usage: cargo xtask fixtures [--check]".into()),
    };
    let wanted = worksheets(root)?;
    let folder = root.join(WORKSHEETS);
    let mut stale = Vec::new();
    for name in present(&folder)? {
        if !wanted.contains_key(&name) {
            stale.push(format!("{name} has no source"));
            if !check {
                let path = folder.join(&name);
                fs::remove_file(&path).map_err(|source| FixtureError::Write { path, source })?;
            }
        }
    }
    for (name, bytes) in &wanted {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|present| present == *bytes) {
            continue;
        }
        stale.push(format!("{name} differs from its source"));
        if !check {
            fs::write(&path, bytes).map_err(|source| FixtureError::Write { path, source })?;
        }
    }
    if !check {
        println!(
            "{} worksheets, {} of them written",
            wanted.len(),
            stale.len()
        );
        return Ok(true);
    }
    for line in &stale {
        println!("{WORKSHEETS}: {line}");
    }
    if !stale.is_empty() {
        println!("hint: cargo xtask fixtures");
    }
    Ok(stale.is_empty())
}

/// File name and bytes of every worksheet, by the sources.
fn worksheets(root: &Path) -> Result<BTreeMap<String, Vec<u8>>, FixtureError> {
    let folder = root.join(SOURCES);
    let mut worksheets = BTreeMap::new();
    for name in present(&folder)? {
        let Some(stem) = name.strip_suffix(".toml") else {
            continue;
        };
        let form = read_source(&folder.join(&name))?;
        let bytes = mds2::write(&form).map_err(|source| FixtureError::Worksheet {
            path: folder.join(&name),
            source,
        })?;
        worksheets.insert(format!("{stem}.xlsx"), bytes);
    }
    Ok(worksheets)
}

/// Names of the files in `folder`.
fn present(folder: &Path) -> Result<BTreeSet<String>, FixtureError> {
    let failed = |source| FixtureError::Read {
        path: folder.to_owned(),
        source,
    };
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        names.insert(
            entry
                .map_err(failed)?
                .file_name()
                .to_string_lossy()
                .into_owned(),
        );
    }
    Ok(names)
}

fn read_source(path: &Path) -> Result<DisclosureForm, FixtureError> {
    let text = fs::read_to_string(path).map_err(|source| FixtureError::Read {
        path: path.to_owned(),
        source,
    })?;
    let source: Source = toml::from_str(&text).map_err(|source| FixtureError::Syntax {
        path: path.to_owned(),
        source: Box::new(source),
    })?;
    let day = source.released.to_string();
    let released = day.parse().map_err(|_| FixtureError::Day {
        path: path.to_owned(),
        day,
    })?;
    let answers = answers(path, &source)?;
    let mut notes: Vec<(String, String)> = Vec::new();
    for (label, text) in source.notes {
        if label == "other" {
            // Other considerations stand before the notes.
            notes.insert(0, ("OTHR".to_owned(), text));
        } else {
            notes.push((format!("Note {label}"), text));
        }
    }
    Ok(DisclosureForm {
        edition: FormEdition::Hn1_2019,
        manufacturer: Some(source.manufacturer),
        description: Some(source.description),
        models: source.models,
        document_id: Some(source.document_id),
        software_version: source.software_version,
        released: Some(released),
        answers,
        notes,
    })
}

/// The answers in the order of the standard; what the head states is left to the writer. An
/// answer to a question that the standard does not have is left for the writer to refuse.
fn answers(path: &Path, source: &Source) -> Result<Vec<Answer>, FixtureError> {
    const HEAD: [&str; 5] = ["DOC-1", "DOC-2", "DOC-3", "DOC-4", "DOC-7"];
    let mut given: BTreeMap<String, &Given> = BTreeMap::new();
    for (section, table) in &source.sections {
        for (number, answer) in table {
            given.insert(format!("{section}-{number}"), answer);
        }
    }
    let mut answers = Vec::new();
    let mut unanswered = Vec::new();
    for question in mds2::questions(FormEdition::Hn1_2019) {
        match given.remove(question.id) {
            Some(answer) => {
                answers.push(build(path, source, question.id, question.printed, answer)?);
            }
            None if HEAD.contains(&question.id) => {}
            None => unanswered.push(question.id),
        }
    }
    if !unanswered.is_empty() {
        return Err(FixtureError::Unanswered {
            path: path.to_owned(),
            questions: unanswered,
        });
    }
    for (id, answer) in given {
        answers.push(build(path, source, &id, &id, answer)?);
    }
    Ok(answers)
}

fn build(
    path: &Path,
    source: &Source,
    id: &str,
    printed: &str,
    given: &Given,
) -> Result<Answer, FixtureError> {
    let (word, note, remark) = match given {
        Given::Word(word) => (word, None, None),
        Given::Full {
            answer,
            note,
            remark,
        } => (answer, *note, remark.clone()),
    };
    if let Some(note) = note.filter(|note| !source.notes.contains_key(&note.to_string())) {
        return Err(FixtureError::NoteMissing {
            path: path.to_owned(),
            question: id.to_owned(),
            note,
        });
    }
    Ok(Answer {
        question: id.to_owned(),
        printed: printed.to_owned(),
        value: match word.as_str() {
            "Yes" => AnswerValue::Yes,
            "No" => AnswerValue::No,
            "N/A" => AnswerValue::NotApplicable,
            "See Notes" => AnswerValue::SeeNote,
            "" => AnswerValue::Blank,
            text => AnswerValue::Text(text.to_owned()),
        },
        remark,
        note: note.map(|note| format!("Note {note}")),
        at: Place::Document,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use isocenter_model::Document;

    #[test]
    fn the_committed_worksheets_are_what_their_sources_give() {
        assert!(run(crate::root(), &["--check".to_owned()]).unwrap());
    }

    #[test]
    fn a_worksheet_of_the_sample_reads_back_as_its_source_says() {
        for name in present(&crate::root().join(SOURCES)).unwrap() {
            let form = read_source(&crate::root().join(SOURCES).join(&name)).unwrap();
            let reading = mds2::read(&mds2::write(&form).unwrap());
            let Some(Document::Form(read)) = reading.document else {
                panic!("{name} is not read: {:?}", reading.problems);
            };
            assert_eq!(read.models, form.models, "{name}");
            assert_eq!(read.software_version, form.software_version, "{name}");
            assert_eq!(read.notes, form.notes, "{name}");
            for answer in &form.answers {
                let back = read.answer(&answer.question).unwrap();
                assert_eq!(back.value, answer.value, "{name} {}", answer.question);
                assert_eq!(back.note, answer.note, "{name} {}", answer.question);
                assert_eq!(back.remark, answer.remark, "{name} {}", answer.question);
            }
        }
    }
}
