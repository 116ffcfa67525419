//! The tables of the page on formats: what the program says of each format, and what it makes of the samples.
//!
//! No version is typed: each is what the reader states of a sample that it finds sound.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use isocenter_documents::formats::{Format, Syntax, Versioning, format};
use isocenter_documents::{ReadOptions, read};
use isocenter_model::{DocumentKind, Reading};

const SAMPLES: &str = "crates/documents/samples";

/// The page that holds the tables, between these two lines.
const PAGE: &str = "docs/reference/formats.md";
const BEGIN: &str = "<!-- cargo xtask formats --write: begin -->\n";
const END: &str = "<!-- cargo xtask formats --write: end -->";

/// Compares or writes the page.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<bool, Box<dyn Error>> {
    let before = fs::read_to_string(root.join(PAGE))?;
    let page = page(root, &before)?;
    match arguments {
        [] if page == before => Ok(true),
        [] => {
            println!("{PAGE} is not what it should be; `cargo xtask formats --write` writes it");
            Ok(false)
        }
        [write] if write == "--write" => {
            fs::write(root.join(PAGE), page)?;
            Ok(true)
        }
        _ => Err("usage: cargo xtask formats [--write]".into()),
    }
}

/// The page with its tables as they should be.
fn page(root: &Path, page: &str) -> Result<String, Box<dyn Error>> {
    let (before, rest) = page.split_once(BEGIN).ok_or("the page has no beginning")?;
    let (_, after) = rest.split_once(END).ok_or("the page has no end")?;
    let mut formats = String::new();
    let mut media = String::new();
    for kind in DocumentKind::ALL {
        let format = format(*kind);
        let read = versions(root, &format)?;
        let word = kind.as_str();
        let title = kind.title();
        writeln!(
            formats,
            "| {title} | `{word}` | {read} | {} | {} | {} |",
            format.checked,
            format.written.unwrap_or("no"),
            format.limits.as_deref().unwrap_or("")
        )?;
        if !format.media.is_empty() {
            writeln!(media, "| `{word}` | {} |", code(format.media))?;
        }
    }
    let mut syntaxes = String::new();
    for syntax in Syntax::ALL {
        writeln!(
            syntaxes,
            "| {} | {} | {} |",
            syntax.as_str(),
            code(syntax.endings()),
            syntax.limits()
        )?;
    }
    Ok(format!(
        "{before}{BEGIN}\n\
         | paper | word | read: syntax and versions | checked against | written | own limits |\n\
         |---|---|---|---|---|---|\n{formats}\n\
         ### Syntaxes\n\n| syntax | usual endings | limits |\n|---|---|---|\n{syntaxes}\n\
         ### Media types\n\n| word | media types |\n|---|---|\n{media}\n{END}{after}"
    ))
}

fn code(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// What the samples of a format prove: each syntax with the versions that are read in it.
fn versions(root: &Path, format: &Format) -> Result<String, Box<dyn Error>> {
    let folder = root.join(SAMPLES).join(format.kind.as_str());
    let mut found: BTreeMap<Syntax, BTreeSet<String>> = BTreeMap::new();
    for file in files(&folder)? {
        let bytes = fs::read(&file)?;
        let reading = read(&bytes, &ReadOptions::default());
        let ending = file.extension().and_then(|ending| ending.to_str());
        let syntax = ending
            .and_then(Syntax::of_ending)
            .ok_or_else(|| format!("{} has no ending that is known", file.display()))?;
        if let Some(why) = unproven(format, &reading) {
            return Err(format!("{} proves nothing: {why}", file.display()).into());
        }
        let versions = found.entry(syntax).or_default();
        if format.versioning == Versioning::Format {
            versions.extend(reading.version);
        }
    }
    if found.is_empty() {
        return Err(format!("{} holds no sample", folder.display()).into());
    }
    let cells: Vec<String> = found
        .into_iter()
        .map(|(syntax, versions)| {
            let versions: Vec<String> = versions.into_iter().collect();
            match versions.as_slice() {
                [] => syntax.as_str().to_owned(),
                versions => format!("{}: {}", syntax.as_str(), versions.join(", ")),
            }
        })
        .collect();
    Ok(cells.join("; "))
}

/// Why a sample says nothing about what is read.
fn unproven(format: &Format, reading: &Reading) -> Option<String> {
    if reading.kind != format.kind {
        return Some(format!("it is taken for `{}`", reading.kind));
    }
    if format.kind == DocumentKind::Unknown {
        return None;
    }
    let told = reading.problems.iter().find(|problem| {
        problem.level == isocenter_model::Level::Error || problem.id.contains("-version-")
    });
    told.map(|problem| format!("{}: {}", problem.id, problem.message))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let entries = fs::read_dir(folder).map_err(|_| format!("{} is missing", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        files.push(entry?.path());
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_what_the_program_does() {
        let root = crate::root();
        let before = fs::read_to_string(root.join(PAGE)).unwrap();
        assert!(
            page(root, &before).unwrap() == before,
            "`cargo xtask formats --write` writes {PAGE} as it should be"
        );
    }

    #[test]
    fn a_sample_that_is_broken_or_of_an_unknown_version_proves_nothing() {
        let of = |text: &str| {
            let reading = read(text.as_bytes(), &ReadOptions::default());
            unproven(&format(DocumentKind::CycloneDx), &reading)
        };
        let bom = |version: &str| {
            format!(
                r#"{{"bomFormat":"CycloneDX","specVersion":"{version}","version":1,"components":[]}}"#
            )
        };
        assert_eq!(of(&bom("1.6")), None);
        assert!(of(&bom("9.9")).unwrap().starts_with("cyclonedx-version-"));
        assert!(of("{}").unwrap().starts_with("it is taken for"));
        assert!(of(&bom("1.6").replace("[]", "7")).is_some());
    }
}
