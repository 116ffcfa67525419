//! What `check` and `import` print of their files.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use isocenter_model::Level;
use isocenter_model::document::CheckedFile;
use isocenter_model::text::printable;

use super::style::{Ink, Style, padded};
use crate::words::{counted, length, number, size};

/// Problems of one id that are spelled out for a file; further ones are counted.
const SPELLED_OUT: usize = 3;

/// Files of one kind without problems that are listed one by one; a longer row is one line.
const LISTED: usize = 3;

/// What each file is, what it holds, and what is wrong in it; then the sum of all. Long rows of
/// equal things are counted: JSON and SARIF have every one.
pub fn checked(files: &[CheckedFile], style: &Style) -> String {
    let mut page = String::new();
    for row in files.chunk_by(|a, b| {
        a.kind == b.kind && a.problems.is_empty() && b.problems.is_empty() && folder(a) == folder(b)
    }) {
        match row {
            [first, .., last] if row.len() > LISTED => {
                many(&mut page, row.len(), first, last, style);
            }
            few => few.iter().for_each(|file| one(&mut page, file, style)),
        }
    }
    let _ = writeln!(page, "{}", total(files, style));
    page.push_str(&style.footer());
    page
}

fn folder(file: &CheckedFile) -> &str {
    file.path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A row of files of one kind in one folder, none with a problem.
fn many(page: &mut String, count: usize, first: &CheckedFile, last: &CheckedFile, style: &Style) {
    let name = |file: &CheckedFile| {
        file.path
            .rsplit('/')
            .next()
            .unwrap_or(&file.path)
            .to_owned()
    };
    let heading = format!("{} to {}", first.path, name(last));
    let _ = writeln!(
        page,
        "{}",
        style.paint(Ink::Heading, &style.wrapped(&heading, 0))
    );
    let what = format!(
        "{} files, each a {}",
        number(count as u64),
        first.kind.title()
    );
    let _ = writeln!(page, "  {}", style.wrapped(&what, 2));
    let _ = writeln!(page, "  {}", style.paint(Ink::Good, "no problems"));
    page.push('\n');
}

fn one(page: &mut String, file: &CheckedFile, style: &Style) {
    let _ = writeln!(
        page,
        "{}",
        style.paint(Ink::Heading, &style.wrapped(&file.path, 0))
    );
    let mut what = file.kind.title().to_owned();
    if let Some(version) = &file.version {
        let _ = write!(what, " {}", printable(version));
    }
    let mut facts = vec![what];
    let held: Vec<String> = file
        .summary
        .iter()
        .filter(|(_, count)| **count > 0)
        .map(|(noun, count)| format!("{} {noun}", number(*count)))
        .collect();
    if !held.is_empty() {
        facts.push(held.join(", "));
    }
    facts.push(size(file.size));
    if let Some(digest) = file.digest {
        facts.push(format!("sha256 {}", digest.short()));
    }
    let _ = writeln!(page, "  {}", style.wrapped(&style.joined(&facts), 2));
    if file.problems.is_empty() {
        let _ = writeln!(page, "  {}", style.paint(Ink::Good, "no problems"));
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in &file.problems {
        let before = seen.entry(problem.id).or_default();
        *before += 1;
        if *before > SPELLED_OUT {
            continue;
        }
        let _ = writeln!(
            page,
            "  {}  {}  {}",
            style.paint(
                Ink::of_level(problem.level),
                &padded(problem.level.as_str(), 7)
            ),
            problem.id,
            style.paint(Ink::Literal, &printable(&problem.at.to_string())),
        );
        let _ = writeln!(page, "           {}", style.wrapped(&problem.message, 11));
        if let Some(hint) = &problem.hint {
            let label = style.paint(Ink::Literal, "hint:");
            let _ = writeln!(page, "           {label} {}", style.wrapped(hint, 17));
        }
    }
    for (id, count) in seen.into_iter().filter(|(_, count)| *count > SPELLED_OUT) {
        let more = number((count - SPELLED_OUT) as u64);
        let _ = writeln!(page, "  and {more} more {}", style.paint(Ink::Literal, id));
    }
    page.push('\n');
}

fn total(files: &[CheckedFile], style: &Style) -> String {
    let of_level = |level: Level| {
        files
            .iter()
            .flat_map(|file| &file.problems)
            .filter(|problem| problem.level == level)
            .count() as u64
    };
    let mut facts = vec![counted(length(files), "file")];
    for level in [Level::Error, Level::Warning, Level::Note] {
        let count = of_level(level);
        if count > 0 {
            facts.push(style.paint(Ink::of_level(level), &counted(count, level.as_str())));
        }
    }
    if facts.len() == 1 {
        facts.push(style.paint(Ink::Good, "no problems"));
    }
    style.joined(&facts)
}
