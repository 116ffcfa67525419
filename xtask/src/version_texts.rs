//! What the reader of free text makes of version texts: of the reviewed table on its page, and of CSAF files.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use isocenter_versions::freetext;
use serde_json::Value;

const TABLE: &str = "crates/versions/tests/it/version-texts.tsv";
/// The section of the table that the page shows.
const SECTION: &str = "## medical";

/// The page that holds the list, between these two lines.
const PAGE: &str = "docs/reference/version-texts.md";
const BEGIN: &str = "<!-- cargo xtask version-texts --write: begin -->\n";
const END: &str = "<!-- cargo xtask version-texts --write: end -->";

/// Compares or writes the page, or lists the texts of the folders that are named.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<bool, Box<dyn Error>> {
    match arguments {
        [] => Ok(fs::read_to_string(root.join(PAGE))? == page(root)?),
        [write] if write == "--write" => {
            fs::write(root.join(PAGE), page(root)?)?;
            Ok(true)
        }
        folders => list(folders),
    }
}

/// The page with the list as it should be.
fn page(root: &Path) -> Result<String, Box<dyn Error>> {
    let page = fs::read_to_string(root.join(PAGE))?;
    let table = fs::read_to_string(root.join(TABLE))?;
    let (before, rest) = page.split_once(BEGIN).ok_or("the page has no beginning")?;
    let (_, after) = rest.split_once(END).ok_or("the page has no end")?;
    let texts: Vec<&str> = table
        .lines()
        .skip_while(|line| !line.starts_with(SECTION))
        .skip(1)
        .take_while(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .collect();
    let (mut ranges, mut names, mut unread) = (String::new(), String::new(), String::new());
    for text in &texts {
        let (list, meaning) = match freetext::parse(text) {
            Ok(read) if read.iter().all(is_name) => (&mut names, None),
            Ok(read) => (&mut ranges, Some(format!("`{}`", cell(&joined(&read))))),
            Err(why) => (&mut unread, Some(cell(&why.to_string()).replace('`', ""))),
        };
        match meaning {
            Some(meaning) => writeln!(list, "| `{}` | {meaning} |", cell(text))?,
            None => writeln!(list, "- `{}`", text.replace('`', "'"))?,
        }
    }
    let counts = [&ranges, &names, &unread].map(|list| list.lines().count());
    Ok(format!(
        "{before}{BEGIN}\
         {} texts: {} with versions, {} of names only, {} not read.\n\n\
         ### Texts with versions\n\n| text | range |\n|---|---|\n{ranges}\n\
         ### Names only\n\n{names}\n\
         ### Not read\n\n| text | because |\n|---|---|\n{unread}\n{END}{after}",
        texts.len(),
        counts[0],
        counts[1],
        counts[2],
    ))
}

fn is_name(range: &freetext::Range) -> bool {
    matches!(range, freetext::Range::Named(_))
}

fn joined(ranges: &[freetext::Range]) -> String {
    let texts: Vec<String> = ranges.iter().map(ToString::to_string).collect();
    texts.join(" || ")
}

/// A text inside back-ticks inside a table.
fn cell(text: &str) -> String {
    text.replace('`', "'").replace('|', "\\|")
}

/// Prints every version text of CSAF files, how often it stands there, and what it is read as.
fn list(folders: &[String]) -> Result<bool, Box<dyn Error>> {
    let mut texts: BTreeMap<String, usize> = BTreeMap::new();
    let mut open: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                open.push(entry?.path());
            }
        } else if path.extension().is_some_and(|end| end == "json")
            && let Ok(advisory) = serde_json::from_slice::<Value>(&fs::read(&path)?)
            && let Some(branches) = advisory.pointer("/product_tree/branches")
        {
            collect(branches, &mut texts);
        }
    }
    let mut unread = 0;
    let mut out = std::io::stdout().lock();
    for (text, times) in &texts {
        let reading = match freetext::parse(text) {
            Ok(ranges) => joined(&ranges),
            Err(why) => {
                unread += times;
                format!("! {why}")
            }
        };
        writeln!(out, "{times}\t{text}\t{reading}")?;
    }
    eprintln!(
        "{} texts, {} distinct, {unread} not read",
        texts.values().sum::<usize>(),
        texts.len()
    );
    Ok(true)
}

fn collect(branches: &Value, texts: &mut BTreeMap<String, usize>) {
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    for branch in branches.as_array().into_iter().flatten() {
        let category = text(branch, "category").unwrap_or_default();
        if matches!(
            category.as_str(),
            "product_version" | "product_version_range"
        ) && let Some(name) = text(branch, "name")
        {
            *texts.entry(name).or_default() += 1;
        }
        if let Some(branches) = branch.get("branches") {
            collect(branches, texts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_shows_what_the_reader_reads() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let written = fs::read_to_string(root.join(PAGE)).unwrap();
        assert!(
            written == page(root).unwrap(),
            "run `cargo xtask version-texts --write`"
        );
    }
}
