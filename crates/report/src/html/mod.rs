//! One self-contained page for people who read, print and hang up.
//!
//! It loads nothing: style, script, icon and charts stand in it, and its content security policy
//! lets nothing else in. It reads without the script, which only adds filters. A page stays below
//! a few megabytes whatever the hospital: evidence stands once, under its finding, and lists that
//! grow long say how many more there are and where to get them. Network addresses of devices are
//! left out, because pages are printed and passed on; the tables have them.

mod device;
mod finding;
mod overview;
mod policy;
mod release;
mod source;

use std::collections::HashSet;

use askama::Template;
use isocenter_model::assessment::{Assessment, DISCLAIMER};

use crate::ReportError;
use crate::index::Index;
use crate::svg;
use crate::words::{class_meaning, long_day, moment};
use device::DeviceCard;
use finding::Budget;
use isocenter_model::finding::UrgencyClass;
use isocenter_model::text::printable;
use overview::Overview;
use release::ReleaseSection;
use source::SourceRow;

const STYLE: &str = include_str!("../../templates/page.css");
const SCRIPT: &str = include_str!("../../templates/page.js");

/// The mark: beams that cross in one point.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='5' fill='none' stroke='%230b5563' stroke-width='1.5'/%3E%3Cpath d='M8 0v16M0 8h16' stroke='%230b5563' stroke-width='1.5'/%3E%3C/svg%3E";

/// Releases with a section of their own.
const RELEASES: usize = 400;

/// Devices with a section of their own.
const DEVICES: usize = 1_500;

/// The whole answer as one HTML document that loads nothing.
pub fn assessment(assessment: &Assessment) -> Result<String, ReportError> {
    let index = Index::new(assessment);
    let style = format!("{}{STYLE}", svg::STYLE);
    let budget = Budget::new(assessment);
    let page = Page {
        policy: policy::content_security_policy(&style, SCRIPT),
        style,
        script: SCRIPT,
        icon: ICON,
        definitions: svg::DEFINITIONS,
        version: printable(&assessment.version).into_owned(),
        made: long_day(assessment.made),
        moment: moment(assessment.made),
        datetime: assessment.made.to_string(),
        disclaimer: DISCLAIMER,
        overview: Overview::new(assessment, &index, &budget),
        releases: assessment
            .releases
            .iter()
            .take(RELEASES)
            .map(|view| ReleaseSection::new(view, assessment.made, &index, &budget))
            .collect(),
        releases_left: left(assessment.releases.len(), RELEASES),
        devices: devices(assessment, &index, &budget),
        devices_left: left(assessment.devices.len(), DEVICES),
        sources: source::rows(&assessment.sources, assessment.made),
        formula: printable(&assessment.formula).into_owned(),
        classes: UrgencyClass::ALL.map(|class| (class.as_str(), class_meaning(class))),
    };
    page.render().map_err(ReportError::Html)
}

/// Sections of devices. An anchor stands once, even where an inventory uses an asset id twice.
fn devices(assessment: &Assessment, index: &Index<'_>, budget: &Budget<'_>) -> Vec<DeviceCard> {
    let mut anchors = HashSet::new();
    assessment
        .devices
        .iter()
        .take(DEVICES)
        .map(|view| {
            let anchor = device::anchor(&view.device.asset_id);
            let anchor = anchors.insert(anchor.clone()).then_some(anchor);
            DeviceCard::new(view, anchor, index, budget)
        })
        .collect()
}

#[derive(Template)]
#[template(path = "page.html", whitespace = "minimize")]
struct Page {
    policy: String,
    style: String,
    script: &'static str,
    icon: &'static str,
    definitions: &'static str,
    version: String,
    made: String,
    moment: String,
    datetime: String,
    disclaimer: &'static str,
    overview: Overview,
    releases: Vec<ReleaseSection>,
    releases_left: Option<String>,
    devices: Vec<DeviceCard>,
    devices_left: Option<String>,
    sources: Vec<SourceRow>,
    formula: String,
    classes: [(&'static str, &'static str); 4],
}

/// How many of `total` are left out when `shown` are shown; `None` when none are.
fn left(total: usize, shown: usize) -> Option<String> {
    let rest = total.saturating_sub(shown);
    (rest > 0).then(|| crate::words::number(rest as u64))
}

/// A text that leads to an anchor of the page, where there is one.
struct Link {
    text: String,
    anchor: Option<String>,
}

/// A tag: the class of its look and its word.
#[derive(Clone, Copy)]
struct Tag {
    class: &'static str,
    word: &'static str,
}
