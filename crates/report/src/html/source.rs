//! What the answer rests on.

use isocenter_model::Level;
use isocenter_model::assessment::SourceView;
use isocenter_model::text::shortened;
use jiff::Timestamp;

use crate::words::{age, counted, day, number};

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
    pub(super) digest: String,
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

impl SourceRow {
    pub(super) fn new(view: &SourceView, now: Timestamp) -> Self {
        let held: Vec<String> = view
            .summary
            .iter()
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
            digest: view.digest.short(),
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
