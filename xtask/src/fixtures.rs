//! Writes the binary papers of `examples/hospital` and the forms of `examples/forms` from their text sources.
//!
//! A worksheet is a zip of XML and an image a string of bytes; nobody can review them. So each has a source in
//! TOML that everybody can. `--check` compares instead of writing.

mod bills;
mod forms;
mod images;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use isocenter_documents::mds2::WriteError;
use serde::de::DeserializeOwned;

/// A folder of sources, and what is made of each.
struct Target {
    sources: &'static str,
    papers: &'static str,
    /// How the names of the papers end; what ends otherwise is none of ours.
    ending: &'static str,
    make: fn(&Path) -> Result<Vec<u8>, FixtureError>,
}

const TARGETS: [Target; 5] = [
    Target {
        sources: "examples/hospital-source/mds2",
        papers: "examples/hospital/mds2",
        ending: "xlsx",
        make: forms::worksheet,
    },
    // Beside the hospital, whose every number is known: the edition of 2013 in both its shapes.
    Target {
        sources: "examples/forms-source",
        papers: "examples/forms",
        ending: "xlsx",
        make: forms::worksheet,
    },
    Target {
        sources: "examples/forms-source",
        papers: "examples/forms",
        ending: "csv",
        make: forms::saved_text,
    },
    Target {
        sources: "examples/hospital-source/sbom",
        papers: "examples/hospital/sbom",
        ending: "xlsx",
        make: bills::workbook,
    },
    Target {
        sources: "examples/hospital-source/dicom",
        papers: "examples/hospital/dicom",
        ending: "dcm",
        make: images::header,
    },
];

/// Why a source gives no paper.
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
    #[error("{path} does not have the form of its kind")]
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
    #[error("{path} cannot be made a workbook")]
    Workbook {
        path: PathBuf,
        source: rust_xlsxwriter::XlsxError,
    },
    #[error("{path}: {tag} is no element with a value that can be written")]
    Element { path: PathBuf, tag: String },
}

/// Writes the papers, or with `--check` says whether they are what would be written.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<bool, Box<dyn Error>> {
    let check = match arguments {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => return Err("usage: cargo xtask fixtures [--check]".into()),
    };
    let (mut count, mut stale) = (0, Vec::new());
    for target in &TARGETS {
        let wanted = papers(root, target)?;
        count += wanted.len();
        let folder = root.join(target.papers);
        for name in present(&folder)? {
            if name.ends_with(&format!(".{}", target.ending)) && !wanted.contains_key(&name) {
                stale.push(format!("{}: {name} has no source", target.papers));
                if !check {
                    let path = folder.join(&name);
                    fs::remove_file(&path)
                        .map_err(|source| FixtureError::Write { path, source })?;
                }
            }
        }
        for (name, bytes) in &wanted {
            let path = folder.join(name);
            if fs::read(&path).is_ok_and(|present| present == *bytes) {
                continue;
            }
            stale.push(format!("{}: {name} differs from its source", target.papers));
            if !check {
                fs::write(&path, bytes).map_err(|source| FixtureError::Write { path, source })?;
            }
        }
    }
    if !check {
        println!("{count} papers, {} of them written", stale.len());
        return Ok(true);
    }
    for line in &stale {
        println!("{line}");
    }
    if !stale.is_empty() {
        println!("hint: cargo xtask fixtures");
    }
    Ok(stale.is_empty())
}

/// File name and bytes of every paper of a target, by the sources.
fn papers(root: &Path, target: &Target) -> Result<BTreeMap<String, Vec<u8>>, FixtureError> {
    let folder = root.join(target.sources);
    let mut papers = BTreeMap::new();
    for name in present(&folder)? {
        if let Some(stem) = name.strip_suffix(".toml") {
            let bytes = (target.make)(&folder.join(&name))?;
            papers.insert(format!("{stem}.{}", target.ending), bytes);
        }
    }
    Ok(papers)
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

/// A source file.
fn source<T: DeserializeOwned>(path: &Path) -> Result<T, FixtureError> {
    let text = fs::read_to_string(path).map_err(|source| FixtureError::Read {
        path: path.to_owned(),
        source,
    })?;
    toml::from_str(&text).map_err(|source| FixtureError::Syntax {
        path: path.to_owned(),
        source: Box::new(source),
    })
}

/// The source files of a folder.
#[cfg(test)]
fn sources_of(folder: &str) -> Vec<PathBuf> {
    let folder = crate::root().join(folder);
    let names = present(&folder).unwrap();
    names.iter().map(|name| folder.join(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_papers_are_what_their_sources_give() {
        assert!(run(crate::root(), &["--check".to_owned()]).unwrap());
    }
}
