//! Papers with their problems.

use std::collections::BTreeMap;

use isocenter_model::Digest;
use isocenter_model::assessment::{FeedView, SourceView};
use isocenter_model::document::CheckedFile;
use isocenter_model::problem::Problem;
use jiff::Timestamp;
use serde::Serialize;

use super::{shown, shown_option};

#[derive(Serialize)]
pub(in crate::json) struct ProblemWire<'a> {
    id: &'static str,
    level: &'static str,
    at: String,
    message: &'a str,
    hint: Option<&'a str>,
}

impl<'a> ProblemWire<'a> {
    pub(in crate::json) fn new(problem: &'a Problem) -> Self {
        Self {
            id: problem.id,
            level: problem.level.as_str(),
            at: problem.at.to_string(),
            message: &problem.message,
            hint: problem.hint.as_deref(),
        }
    }
}

#[derive(Serialize)]
pub(in crate::json) struct SourceWire<'a> {
    #[serde(serialize_with = "shown")]
    digest: Digest,
    kind: &'static str,
    version: Option<&'a str>,
    name: &'a str,
    origin: Option<&'a str>,
    #[serde(serialize_with = "shown_option")]
    dated: Option<Timestamp>,
    age_days: Option<i64>,
    #[serde(serialize_with = "shown")]
    imported: Timestamp,
    actor: &'a str,
    summary: BTreeMap<&'a str, u64>,
    problems: Vec<ProblemWire<'a>>,
}

impl<'a> SourceWire<'a> {
    pub(in crate::json) fn new(view: &'a SourceView, now: Timestamp) -> Self {
        Self {
            digest: view.digest,
            kind: view.kind.as_str(),
            version: view.version.as_deref(),
            name: &view.name,
            origin: view.origin.as_deref(),
            dated: view.dated,
            age_days: view.age_days(now),
            imported: view.imported,
            actor: &view.actor,
            summary: view
                .summary
                .iter()
                .map(|(name, count)| (name.as_str(), *count))
                .collect(),
            problems: view.problems.iter().map(ProblemWire::new).collect(),
        }
    }
}

#[derive(Serialize)]
pub(in crate::json) struct CheckedFileWire<'a> {
    path: &'a str,
    kind: &'static str,
    version: Option<&'a str>,
    #[serde(serialize_with = "shown_option")]
    digest: Option<Digest>,
    summary: &'a BTreeMap<&'static str, u64>,
    problems: Vec<ProblemWire<'a>>,
}

impl<'a> CheckedFileWire<'a> {
    pub(in crate::json) fn new(file: &'a CheckedFile) -> Self {
        Self {
            path: &file.path,
            kind: file.kind.as_str(),
            version: file.version.as_deref(),
            digest: file.digest,
            summary: &file.summary,
            problems: file.problems.iter().map(ProblemWire::new).collect(),
        }
    }
}

#[derive(Serialize)]
pub(in crate::json) struct FeedWire<'a> {
    name: &'a str,
    title: &'a str,
    #[serde(serialize_with = "shown_option")]
    asked: Option<Timestamp>,
    #[serde(serialize_with = "shown_option")]
    dated: Option<Timestamp>,
    age_days: Option<i64>,
    stale: bool,
    stale_days: u16,
    papers: u64,
    records: u64,
    files: u64,
    bytes: u64,
}

impl<'a> FeedWire<'a> {
    pub(in crate::json) fn new(view: &'a FeedView, now: Timestamp) -> Self {
        Self {
            name: &view.name,
            title: &view.title,
            asked: view.asked,
            dated: view.dated,
            age_days: view.age_days(now),
            stale: view.is_stale(now),
            stale_days: view.stale_days,
            papers: view.papers,
            records: view.records,
            files: view.files,
            bytes: view.bytes,
        }
    }
}
