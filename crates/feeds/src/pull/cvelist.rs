//! The CVE Program's releases: all records at midnight, then what changed since, every hour.
//!
//! Source: README of CVEProject/cvelistV5. A release's assets are `DATE_all_CVEs_at_midnight.zip.zip` and
//! `DATE_delta_CVEs_at_HH00Z.zip`; the last delta of a day is `DATE_delta_CVEs_at_end_of_day.zip`. Each delta holds
//! all that changed since that day's midnight.
//!
//! After a full archive one delta a day brings everything up: the days that are over by their last delta, the
//! current day by its newest one. Where a day is missing, the full archive is fetched again.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde::Deserialize;

use super::Run;
use crate::catalog::Content;
use crate::error::{FeedError, Refusal};
use crate::folder::safe_name;

/// Releases come every hour; this is more than a week of them.
const PAGES: u32 = 3;
const PER_PAGE: u32 = 100;
/// After so many days the full archive is the smaller download.
const MOST_DAYS: i32 = 6;
const MOST_LIST: u64 = 64 << 20;
const JSON: [(&str, &str); 1] = [("accept", "application/vnd.github+json")];

#[derive(Debug, Deserialize)]
struct Release {
    #[serde(default)]
    assets: Vec<Asset>,
}

#[derive(Debug, Clone, Deserialize)]
struct Asset {
    name: String,
    browser_download_url: String,
}

/// The archives of one day.
#[derive(Debug, Default)]
struct Day {
    full: Option<Asset>,
    /// The newest delta, with the hour; the last one of the day counts as hour 24.
    delta: Option<(u8, Asset)>,
}

pub(super) fn pull(run: &mut Run<'_, '_>) -> Result<(), FeedError> {
    let days = days(run)?;
    let today = Offset::UTC.to_datetime(run.now).date();
    let newest = *days.keys().next_back().unwrap_or(&today);
    let since: Option<Date> = run
        .state
        .cursor
        .as_deref()
        .and_then(|cursor| cursor.parse().ok());
    match since.and_then(|since| deltas(&days, since, newest)) {
        Some(deltas) => {
            for (date, asset) in deltas {
                fetch_delta(run, date, &asset)?;
            }
        }
        None => fetch_full(run, &days, newest)?,
    }
    Ok(())
}

/// The archives of the last days, from the list of releases.
fn days(run: &mut Run<'_, '_>) -> Result<BTreeMap<Date, Day>, FeedError> {
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    for page in 1..=PAGES {
        let address = format!("{}?per_page={PER_PAGE}&page={page}", run.address());
        let releases: Vec<Release> = run.json(&address, &JSON, MOST_LIST)?;
        let count = releases.len();
        for asset in releases.into_iter().flat_map(|release| release.assets) {
            let Some((date, hour)) = told(&asset.name) else {
                continue;
            };
            let day = days.entry(date).or_default();
            match hour {
                None => day.full = Some(asset),
                Some(hour) if day.delta.as_ref().is_none_or(|(known, _)| *known < hour) => {
                    day.delta = Some((hour, asset));
                }
                Some(_) => {}
            }
        }
        if count < PER_PAGE as usize {
            break;
        }
    }
    if days.is_empty() {
        let address = run.address().to_owned();
        return Err(Run::unusable(
            &address,
            Refusal::Unsaid("where the archives of CVE records are"),
        ));
    }
    Ok(days)
}

/// The day of an archive, and of a delta its hour.
fn told(name: &str) -> Option<(Date, Option<u8>)> {
    let date = name.get(..10)?.parse().ok()?;
    let rest = name.get(10..)?;
    if rest.starts_with("_all_CVEs_at_midnight") {
        return Some((date, None));
    }
    let at = rest.strip_prefix("_delta_CVEs_at_")?;
    if at.starts_with("end_of_day") {
        return Some((date, Some(24)));
    }
    Some((date, Some(at.get(..2)?.parse().ok()?)))
}

/// One delta for each day from `since` to `newest`; `None` where one is missing or they are too many.
fn deltas(days: &BTreeMap<Date, Day>, since: Date, newest: Date) -> Option<Vec<(Date, Asset)>> {
    if since > newest || (newest - since).get_days() > MOST_DAYS {
        return None;
    }
    let mut found = Vec::new();
    let mut date = since;
    while date <= newest {
        match days.get(&date).and_then(|day| day.delta.as_ref()) {
            Some((hour, asset)) if *hour == 24 || date == newest => {
                found.push((date, asset.clone()));
            }
            // A day that has only begun has no delta yet.
            _ if date == newest && date > since => {}
            _ => return None,
        }
        date = date.checked_add(1.day()).ok()?;
    }
    Some(found)
}

fn fetch_delta(run: &mut Run<'_, '_>, date: Date, asset: &Asset) -> Result<(), FeedError> {
    let name = safe_name(&asset.name);
    run.file(&name, &asset.browser_download_url, Content::Zip, &[])?;
    let earlier: Vec<String> = run
        .state
        .files
        .keys()
        .filter(|known| {
            **known != name && told(known).is_some_and(|(day, hour)| day == date && hour.is_some())
        })
        .cloned()
        .collect();
    for earlier in earlier {
        run.drop_file(&earlier)?;
    }
    run.state.cursor = Some(date.to_string());
    run.keep()
}

fn fetch_full(
    run: &mut Run<'_, '_>,
    days: &BTreeMap<Date, Day>,
    newest: Date,
) -> Result<(), FeedError> {
    let full = days
        .iter()
        .rev()
        .find_map(|(date, day)| Some((*date, day.full.clone()?)));
    let Some((date, asset)) = full else {
        let address = run.address().to_owned();
        return Err(Run::unusable(
            &address,
            Refusal::Unsaid("where the full archive of CVE records is"),
        ));
    };
    let name = safe_name(&asset.name);
    run.file(&name, &asset.browser_download_url, Content::Zip, &[])?;
    let older: Vec<String> = run
        .state
        .files
        .keys()
        .filter(|known| **known != name)
        .cloned()
        .collect();
    for older in older {
        run.drop_file(&older)?;
    }
    run.state.cursor = Some(date.to_string());
    run.keep()?;
    for (date, asset) in deltas(days, date, newest).unwrap_or_default() {
        fetch_delta(run, date, &asset)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assets_name_tells_its_day_and_hour() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        for (name, expected) in [
            (
                "2026-11-27_all_CVEs_at_midnight.zip.zip",
                Some((day("2026-11-27"), None)),
            ),
            (
                "2026-11-27_delta_CVEs_at_1300Z.zip",
                Some((day("2026-11-27"), Some(13))),
            ),
            (
                "2026-11-27_delta_CVEs_at_end_of_day.zip",
                Some((day("2026-11-27"), Some(24))),
            ),
            ("source.zip", None),
            ("2026-13-27_all_CVEs_at_midnight.zip.zip", None),
        ] {
            assert_eq!(told(name), expected, "{name}");
        }
    }
}
