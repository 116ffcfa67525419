//! NVD's API 2.0: all records in pages, later what changed since.
//!
//! Source: NVD developers' pages, "Vulnerabilities" and "Start here": at most 2,000 records a page, at most 120 days
//! between `lastModStartDate` and `lastModEndDate`, 5 requests in 30 seconds without a key and 50 with one, and
//! six seconds of rest between requests as good manners.
//!
//! A run that breaks off is taken up at the page that is missing. While pages are fetched records may change:
//! the next run asks for all that changed since this one began.

use std::time::Duration;

use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan as _};
use serde::Deserialize;

use super::Run;
use crate::catalog::Content;
use crate::error::{FeedError, Refusal};
use crate::folder::Pending;

const PER_PAGE: u64 = 2000;
const MOST_DAYS: i64 = 120;
/// More pages than this are no answer of NVD.
const MOST_PAGES: u64 = 5_000;
const REST: Duration = Duration::from_secs(6);
const REST_WITH_KEY: Duration = Duration::from_millis(600);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    total_results: u64,
}

pub(super) fn pull(run: &mut Run<'_, '_>) -> Result<(), FeedError> {
    if let Some(pending) = run.state.pending.clone() {
        pages(run, pending)?;
    }
    let since: Option<Timestamp> = run
        .state
        .cursor
        .as_deref()
        .and_then(|cursor| cursor.parse().ok());
    let Some(mut since) = since else {
        let until = run.now.to_string();
        return pages(
            run,
            Pending {
                run: "full".to_owned(),
                until,
                next: 0,
            },
        );
    };
    while since < run.now {
        let until = since
            .checked_add((MOST_DAYS * 24).hours())
            .map_or(run.now, |end| end.min(run.now));
        let pending = Pending {
            run: format!("{}_{}", moment(since), moment(until)),
            until: until.to_string(),
            next: 0,
        };
        pages(run, pending)?;
        since = until;
    }
    Ok(())
}

/// An instant as the API takes it: UTC, without offset.
fn moment(at: Timestamp) -> String {
    Offset::UTC
        .to_datetime(at)
        .strftime("%Y-%m-%dT%H:%M:%S.000")
        .to_string()
}

/// Fetches the pages of a run from the first that is missing.
fn pages(run: &mut Run<'_, '_>, mut pending: Pending) -> Result<(), FeedError> {
    let full = pending.run == "full";
    let span = match pending.run.split_once('_') {
        Some((from, until)) => format!("&lastModStartDate={from}&lastModEndDate={until}"),
        None => String::new(),
    };
    let key = run.client.nvd_key.clone();
    let headers: Vec<(&'static str, &str)> = key
        .as_deref()
        .map(|key| ("apiKey", key))
        .into_iter()
        .collect();
    let rest = if key.is_some() { REST_WITH_KEY } else { REST };
    for asked in 0..MOST_PAGES {
        if asked > 0 {
            run.client
                .observer
                .wait(rest, "NVD asks for a rest between requests");
        }
        let address = format!(
            "{}?resultsPerPage={PER_PAGE}&startIndex={}{span}",
            run.address(),
            pending.next
        );
        let name = format!(
            "{}-{:07}.json",
            pending.run.replace([':', '.'], ""),
            pending.next
        );
        run.state.pending = Some(pending.clone());
        // A page is not asked for by its edition: what it holds moves as records are added.
        run.state.files.remove(&name);
        run.file(&name, &address, Content::Json, &headers)?;
        let total = total(run, &name, &address)?;
        if full {
            // The pages of the run before are of no use beside the new one.
            run.client
                .observer
                .bytes(&address, pending.next.min(total), Some(total));
        }
        pending.next += PER_PAGE;
        if pending.next >= total {
            run.state.pending = None;
            run.state.cursor = Some(pending.until);
            return run.keep();
        }
    }
    let address = run.address().to_owned();
    Err(Run::unusable(
        &address,
        Refusal::Unsaid("where its pages end"),
    ))
}

/// How many records the whole answer has, as a page says.
fn total(run: &Run<'_, '_>, name: &str, address: &str) -> Result<u64, FeedError> {
    let path = run.path(name);
    let file = std::fs::File::open(&path).map_err(FeedError::file("read", &path))?;
    let page: Page = serde_json::from_reader(std::io::BufReader::new(file))
        .map_err(|_| Run::unusable(address, Refusal::Unsaid("how many records there are")))?;
    Ok(page.total_results)
}
