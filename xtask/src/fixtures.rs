//! Writes the worksheets of `examples/hospital/mds2` and the forms of `examples/forms` from their text sources.
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

/// Forms of one folder.
struct Folder {
    sources: &'static str,
    forms: &'static str,
    /// Whether each form is also written as text that a spreadsheet program saved.
    with_text: bool,
}

const FOLDERS: [Folder; 2] = [
    Folder {
        sources: "examples/hospital-source/mds2",
        forms: "examples/hospital/mds2",
        with_text: false,
    },
    // Beside the hospital, whose every number is known: the edition of 2013 in both its shapes.
    Folder {
        sources: "examples/forms-source",
        forms: "examples/forms",
        with_text: true,
    },
];

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
    #[error("{path}: {edition} is no edition of the form")]
    Edition { path: PathBuf, edition: String },
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
    /// The edition as the standard names it; that of 2019 when it is not stated.
    edition: Option<String>,
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
    let mut fresh = true;
    for folder in &FOLDERS {
        fresh &= keep(root, folder, check)?;
    }
    if !fresh {
        println!("hint: cargo xtask fixtures");
    }
    Ok(fresh)
}

/// Writes the forms of one folder, or says whether they are what would be written.
fn keep(root: &Path, folder: &Folder, check: bool) -> Result<bool, FixtureError> {
    let wanted = worksheets(root, folder)?;
    let forms = root.join(folder.forms);
    let mut stale = Vec::new();
    for name in present(&forms)? {
        if !wanted.contains_key(&name) {
            stale.push(format!("{name} has no source"));
            if !check {
                let path = forms.join(&name);
                fs::remove_file(&path).map_err(|source| FixtureError::Write { path, source })?;
            }
        }
    }
    for (name, bytes) in &wanted {
        let path = forms.join(name);
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
            "{}: {} forms, {} of them written",
            folder.forms,
            wanted.len(),
            stale.len()
        );
        return Ok(true);
    }
    for line in &stale {
        println!("{}: {line}", folder.forms);
    }
    Ok(stale.is_empty())
}

/// File name and bytes of every form, by the sources.
fn worksheets(root: &Path, of: &Folder) -> Result<BTreeMap<String, Vec<u8>>, FixtureError> {
    let folder = root.join(of.sources);
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
        if of.with_text {
            worksheets.insert(format!("{stem}.csv"), saved_text(&form).into_bytes());
        }
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
    let edition = match source.edition.as_deref() {
        None => FormEdition::Hn1_2019,
        Some(word) => [FormEdition::Hn1_2013, FormEdition::Hn1_2019]
            .into_iter()
            .find(|edition| edition.as_str() == word)
            .ok_or_else(|| FixtureError::Edition {
                path: path.to_owned(),
                edition: word.to_owned(),
            })?,
    };
    let answers = answers(path, &source, edition)?;
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
        edition,
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
fn answers(
    path: &Path,
    source: &Source,
    edition: FormEdition,
) -> Result<Vec<Answer>, FixtureError> {
    const HEAD: [&str; 11] = [
        "DOC-1",
        "DOC-2",
        "DOC-3",
        "DOC-4",
        "DOC-7",
        "Manufacturer",
        "Device Category",
        "Device Model",
        "Document ID",
        "Document Release Date",
        "Software Revision",
    ];
    let mut given: BTreeMap<String, &Given> = BTreeMap::new();
    for (section, table) in &source.sections {
        for (number, answer) in table {
            let id = match edition {
                FormEdition::Hn1_2013 => number.clone(),
                FormEdition::Hn1_2019 => format!("{section}-{number}"),
            };
            given.insert(id, answer);
        }
    }
    let mut answers = Vec::new();
    let mut unanswered = Vec::new();
    for question in mds2::questions(edition) {
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
            text => match text.parse() {
                Ok(day) => AnswerValue::Date(day),
                Err(_) => AnswerValue::Text(text.to_owned()),
            },
        },
        remark,
        note: note.map(|note| format!("Note {note}")),
        at: Place::Document,
    })
}

/// A form of 2013 as a spreadsheet program in Germany saves one that was laid out as on paper: labels over
/// what they label, notes after their section.
fn saved_text(form: &DisclosureForm) -> String {
    let value = |id: &str| {
        let stated = form.answer(id).map(|answer| answer.value.as_text());
        stated.unwrap_or_else(|| match id {
            "Manufacturer" => form.manufacturer.clone().unwrap_or_default(),
            "Device Category" => form.description.clone().unwrap_or_default(),
            "Device Model" => form.models.join("\n"),
            "Document ID" => form.document_id.clone().unwrap_or_default(),
            "Document Release Date" => form
                .released
                .map(|day| german(&day.to_string()))
                .unwrap_or_default(),
            "Software Revision" => form.software_version.clone().unwrap_or_default(),
            _ => String::new(),
        })
    };
    let mut rows: Vec<Vec<String>> = vec![
        vec![
            "Manufacturer Disclosure Statement for Medical Device Security \u{2013} MDS\u{b2}"
                .to_owned(),
        ],
        vec![String::new(), "DEVICE DESCRIPTION".to_owned()],
    ];
    let questions = mds2::questions(form.edition);
    let labels: Vec<&str> = questions
        .iter()
        .filter(|question| question.section == "HEAD")
        .map(|question| question.id)
        .collect();
    for labels in labels.chunks(4) {
        rows.push(labels.iter().map(|label| (*label).to_owned()).collect());
        rows.push(labels.iter().map(|label| value(label)).collect());
    }
    let headings = mds2::headings(form.edition);
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (number, section) in mds2::sections(form.edition).iter().enumerate() {
        rows.push(vec![
            if number == 0 {
                String::new()
            } else {
                number.to_string()
            },
            format!("{} ({})", section.name.to_uppercase(), section.code),
            "Yes, No, N/A, or See Note".to_owned(),
            "Note #".to_owned(),
        ]);
        let mut notes: Vec<&str> = Vec::new();
        for question in questions.iter().filter(|q| q.section == section.code) {
            for heading in headings.iter().filter(|h| h.row + 1 == question.row) {
                rows.push(vec![heading.id.to_owned(), heading.text.to_owned()]);
            }
            let Some(answer) = form.answer(question.id) else {
                continue;
            };
            let remark = answer.remark.as_ref().map(|remark| format!(", {remark}"));
            rows.push(vec![
                question.id.to_owned(),
                question.text.to_owned(),
                answer.value.as_text() + &remark.unwrap_or_default(),
                answer.note.clone().unwrap_or_default().replace("Note ", ""),
            ]);
            notes.extend(answer.note.as_deref());
        }
        for label in notes.into_iter().filter(|label| told.insert(label)) {
            let text = form.notes.iter().find(|(known, _)| known == label);
            let text = text.map_or("", |(_, text)| text.as_str());
            let label = label.replace("Note ", "");
            rows.push(vec![
                String::new(),
                format!("{} notes: {label}. {text}", section.code),
            ]);
        }
    }
    let cell = |text: &String| {
        if text.contains([';', '"', '\n']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.clone()
        }
    };
    let lines: Vec<String> = rows
        .iter()
        .map(|row| row.iter().map(cell).collect::<Vec<_>>().join(";"))
        .collect();
    // The mark by which such a program says that the text is UTF-8.
    format!("\u{feff}{}\r\n", lines.join("\r\n"))
}

/// `14.03.2014` of `2014-03-14`.
fn german(day: &str) -> String {
    day.rsplit('-').collect::<Vec<_>>().join(".")
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
        for folder in &FOLDERS {
            for name in present(&crate::root().join(folder.sources)).unwrap() {
                let form = read_source(&crate::root().join(folder.sources).join(&name)).unwrap();
                reads_back(&name, &form, &mds2::write(&form).unwrap());
                if folder.with_text {
                    reads_back(&name, &form, saved_text(&form).as_bytes());
                }
            }
        }
    }

    #[track_caller]
    fn reads_back(name: &str, form: &DisclosureForm, bytes: &[u8]) {
        let reading = mds2::read(bytes);
        let Some(Document::Form(read)) = reading.document else {
            panic!("{name} is not read: {:?}", reading.problems);
        };
        assert_eq!(read.edition, form.edition, "{name}");
        assert_eq!(read.models, form.models, "{name}");
        assert_eq!(read.released, form.released, "{name}");
        assert_eq!(read.software_version, form.software_version, "{name}");
        assert_eq!(read.notes, form.notes, "{name}");
        for answer in &form.answers {
            let back = read.answer(&answer.question).unwrap();
            assert_eq!(back.value, answer.value, "{name} {}", answer.question);
            assert_eq!(back.note, answer.note, "{name} {}", answer.question);
            assert_eq!(back.remark, answer.remark, "{name} {}", answer.question);
        }
        if form.edition == FormEdition::Hn1_2013 {
            assert_eq!(reading.problems, [], "{name}");
        }
    }
}
