//! What the answer rests on.

use std::collections::BTreeMap;

use isocenter_model::Level;
use isocenter_model::assessment::SourceView;
use isocenter_model::text::shortened;
use jiff::Timestamp;

use crate::words::{age, counted, day, length, number};

/// Problems that a source lists; `isocenter check` shows all.
const PROBLEMS: usize = 20;

/// A paper or feed with its age and problems.
pub(super) struct SourceRow {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) origin: Option<String>,
    pub(super) dated: Option<String>,
    pub(super) age: String,
    pub(super) imported: String,
    pub(super) held: String,
    pub(super) digest: Option<String>,
    pub(super) problem_count: Option<String>,
    pub(super) problems: Vec<ProblemLine>,
    pub(super) problems_left: Option<String>,
}

pub(super) struct ProblemLine {
    pub(super) level: &'static str,
    pub(super) at: String,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

/// Papers of one kind without problems that have rows of their own; more share one.
const ALIKE: usize = 12;

/// Rows in all; what is left out is counted in the last one.
const ROWS: usize = 400;

/// A row for each source. Where many of one kind have no problems they share a row: nobody reads
/// seventy rows of single CVE records.
pub(super) fn rows(sources: &[SourceView], now: Timestamp) -> Vec<SourceRow> {
    let mut rows = Vec::new();
    let mut gathered = Vec::new();
    for source in sources {
        if !source.problems.is_empty() {
            rows.push(SourceRow::new(source, now));
            continue;
        }
        if gathered.contains(&source.kind) {
            continue;
        }
        let alike: Vec<&SourceView> = sources
            .iter()
            .filter(|other| other.kind == source.kind && other.problems.is_empty())
            .collect();
        if alike.len() > ALIKE {
            gathered.push(source.kind);
            rows.push(SourceRow::gathered(&alike, now));
        } else {
            rows.push(SourceRow::new(source, now));
        }
    }
    let left = super::left(rows.len(), ROWS);
    rows.truncate(ROWS);
    if let (Some(left), Some(last)) = (left, rows.last_mut()) {
        last.held = format!("{}; and {left} more sources", last.held);
    }
    rows
}

impl SourceRow {
    /// One row for many papers of a kind.
    fn gathered(alike: &[&SourceView], now: Timestamp) -> Self {
        let ages = || alike.iter().filter_map(|source| source.age_days(now));
        let age = match (ages().min(), ages().max()) {
            (Some(newest), Some(oldest)) if newest < oldest => {
                format!("{} to {}", age(newest), age(oldest))
            }
            (Some(one), _) => age(one),
            _ => "states no day".to_owned(),
        };
        let mut held: BTreeMap<&str, u64> = BTreeMap::new();
        for (noun, count) in alike.iter().flat_map(|source| &source.summary) {
            *held.entry(noun).or_default() += count;
        }
        let held: Vec<String> = held
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .take(8)
            .map(|(noun, count)| format!("{} {}", number(count), shortened(noun, 30)))
            .collect();
        let imported = alike.iter().map(|source| source.imported).max();
        Self {
            kind: alike
                .first()
                .map(|source| source.kind.title().to_owned())
                .unwrap_or_default(),
            name: counted(length(alike), "file"),
            origin: None,
            dated: None,
            age,
            imported: imported.map(day).unwrap_or_default(),
            held: held.join(", "),
            digest: None,
            problem_count: None,
            problems: Vec::new(),
            problems_left: None,
        }
    }

    pub(super) fn new(view: &SourceView, now: Timestamp) -> Self {
        let held: Vec<String> = view
            .summary
            .iter()
            .filter(|(_, count)| *count > 0)
            .take(8)
            .map(|(noun, count)| format!("{} {}", number(*count), shortened(noun, 30)))
            .collect();
        let version = view.version.as_deref().unwrap_or_default();
        Self {
            kind: format!("{} {}", view.kind.title(), shortened(version, 20))
                .trim_end()
                .to_owned(),
            name: shortened(&view.name, 100),
            origin: view.origin.as_deref().map(|origin| shortened(origin, 80)),
            dated: view.dated.map(day),
            age: view
                .age_days(now)
                .map_or_else(|| "states no day".to_owned(), age),
            imported: format!("{} by {}", day(view.imported), shortened(&view.actor, 40)),
            held: held.join(", "),
            digest: Some(view.digest.short()),
            problem_count: problem_count(view),
            problems: view
                .problems
                .iter()
                .take(PROBLEMS)
                .map(|problem| ProblemLine {
                    level: problem.level.as_str(),
                    at: shortened(&problem.at.to_string(), 80),
                    message: shortened(&problem.message, 300),
                    hint: problem.hint.as_deref().map(|hint| shortened(hint, 200)),
                })
                .collect(),
            problems_left: super::left(view.problems.len(), PROBLEMS),
        }
    }
}

fn problem_count(view: &SourceView) -> Option<String> {
    let counts: Vec<String> = [Level::Error, Level::Warning, Level::Note]
        .into_iter()
        .filter_map(|level| {
            let count = view
                .problems
                .iter()
                .filter(|problem| problem.level == level)
                .count() as u64;
            (count > 0).then(|| counted(count, level.as_str()))
        })
        .collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}
