//! Twins of problems and counts.

use std::collections::HashSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use isocenter_model::document::Summary;
use isocenter_model::problem::{Level, Place, Problem};
use serde::{Deserialize, Serialize};

/// `code` as a name that lives as long as the program: problem ids and the names of counts are
/// constants of the readers, and one that is read back from the store is leaked once.
pub(crate) fn constant(code: &str) -> &'static str {
    static SEEN: LazyLock<Mutex<HashSet<&'static str>>> = LazyLock::new(Mutex::default);
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = seen.get(code) {
        return known;
    }
    let leaked: &'static str = Box::leak(code.to_owned().into_boxed_str());
    seen.insert(leaked);
    leaked
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PlaceRow {
    Document,
    Line(u64, Option<u64>),
    Cell(String, String),
    Pointer(String),
    Element(String, u64),
    Member(String, Box<Self>),
}

impl From<&Place> for PlaceRow {
    fn from(place: &Place) -> Self {
        match place {
            Place::Document => Self::Document,
            Place::Line { line, column } => Self::Line(*line, *column),
            Place::Cell { sheet, cell } => Self::Cell(sheet.clone(), cell.clone()),
            Place::Pointer(pointer) => Self::Pointer(pointer.clone()),
            Place::Element { path, line } => Self::Element(path.clone(), *line),
            Place::Member { path, place } => {
                Self::Member(path.clone(), Box::new(place.as_ref().into()))
            }
        }
    }
}

impl From<PlaceRow> for Place {
    fn from(row: PlaceRow) -> Self {
        match row {
            PlaceRow::Document => Self::Document,
            PlaceRow::Line(line, column) => Self::Line { line, column },
            PlaceRow::Cell(sheet, cell) => Self::Cell { sheet, cell },
            PlaceRow::Pointer(pointer) => Self::Pointer(pointer),
            PlaceRow::Element(path, line) => Self::Element { path, line },
            PlaceRow::Member(path, place) => Self::Member {
                path,
                place: Box::new((*place).into()),
            },
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) struct ProblemRow {
    id: String,
    level: String,
    at: PlaceRow,
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

impl From<&Problem> for ProblemRow {
    fn from(problem: &Problem) -> Self {
        Self {
            id: problem.id.to_owned(),
            level: problem.level.as_str().to_owned(),
            at: (&problem.at).into(),
            message: problem.message.clone(),
            hint: problem.hint.clone(),
        }
    }
}

impl From<ProblemRow> for Problem {
    fn from(row: ProblemRow) -> Self {
        let level = match row.level.as_str() {
            "note" => Level::Note,
            "warning" => Level::Warning,
            _ => Level::Error,
        };
        Self {
            id: constant(&row.id),
            level,
            at: row.at.into(),
            message: row.message,
            hint: row.hint,
        }
    }
}

/// Problems as they are stored.
pub(crate) fn problems_out(problems: &[Problem]) -> Vec<ProblemRow> {
    problems.iter().map(ProblemRow::from).collect()
}

/// Problems as they were stored.
pub(crate) fn problems_in(rows: Vec<ProblemRow>) -> Vec<Problem> {
    rows.into_iter().map(Problem::from).collect()
}

/// Counts as they were stored.
pub(crate) fn summary_in(counts: Vec<(String, u64)>) -> Summary {
    counts
        .into_iter()
        .map(|(name, count)| (constant(&name), count))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_of_place_comes_back_as_it_was_stored() {
        for place in [
            Place::Document,
            Place::line(3),
            Place::cell("S", 1, 2),
            Place::pointer("/components/0"),
            Place::Element {
                path: "/bom/components".to_owned(),
                line: 4,
            },
            Place::Member {
                path: "a.zip".to_owned(),
                place: Box::new(Place::line(1)),
            },
        ] {
            let written = serde_json::to_string(&PlaceRow::from(&place)).unwrap();
            let read: PlaceRow = serde_json::from_str(&written).unwrap();
            assert_eq!(Place::from(read), place, "{written}");
        }
    }
}
