//! Lists.

use isocenter_model::assessment::{
    ComponentView, Counts, DeviceView, FeedView, FindingView, ReleaseView, SourceView,
    VulnerabilityView,
};
use isocenter_model::{Digest, Level};
use jiff::Timestamp;

use super::style::{Ink, Style};
use super::table::{Cell, painted};
use crate::index::Index;
use crate::index::release_name as name;
use crate::words::{age, counted, day, finding_label, length, number, percent, points};

/// A list of devices.
pub fn devices(devices: &[DeviceView], style: &Style) -> String {
    let rows = devices.iter().map(|view| {
        let device = &view.device;
        let mut row = vec![
            Cell::new(Ink::Literal, &device.asset_id),
            Cell::plain(&device.model),
            optional(device.software_version.as_deref()),
            optional(device.site.as_deref()),
            Cell::plain(device.clinical_role.as_str()),
        ];
        row.extend(counts(view.counts));
        if roomy(style) {
            row.push(Cell::new(Ink::Quiet, &device.manufacturer));
        }
        row
    });
    let headers = with_counts(&["device", "model", "version", "site", "role"], style);
    list(&headers, &rows.collect::<Vec<_>>(), "device", style)
}

/// A list of releases.
pub fn releases(releases: &[ReleaseView], style: &Style) -> String {
    let rows = releases.iter().map(|view| {
        let papers = match (view.has_sbom, view.has_form) {
            (true, true) => "SBOM, MDS2",
            (true, false) => "SBOM",
            (false, true) => "MDS2",
            (false, false) => "none",
        };
        let exposure = if view.exposure.known {
            points(view.exposure.points)
        } else {
            "unknown".to_owned()
        };
        let mut row = vec![
            Cell::new(Ink::Literal, view.id.short()),
            Cell::plain(name(&view.release)),
            Cell::plain(number(view.devices)),
            Cell::plain(papers),
            Cell::plain(number(view.components)),
            Cell::plain(exposure),
        ];
        row.extend(counts(view.counts));
        if roomy(style) {
            row.push(Cell::new(Ink::Quiet, &view.release.manufacturer));
        }
        row
    });
    let headers = with_counts(
        &["id", "release", "devices", "papers", "parts", "exposure"],
        style,
    );
    list(&headers, &rows.collect::<Vec<_>>(), "release", style)
}

/// A list of components; `releases` gives the names of the releases that contain them.
pub fn components(components: &[ComponentView], releases: &[ReleaseView], style: &Style) -> String {
    let index = Index::of_releases(releases);
    let rows = components.iter().map(|view| {
        let component = &view.component;
        let identity = component
            .purl
            .as_deref()
            .or(component.cpes.first().map(String::as_str));
        vec![
            Cell::new(Ink::Literal, view.id.short()),
            Cell::plain(match &component.group {
                Some(group) => format!("{group}/{}", component.name),
                None if component.name.trim().is_empty() => "(no name)".to_owned(),
                None => component.name.clone(),
            }),
            optional(component.version.as_deref()),
            Cell::plain(component.kind.as_word()),
            Cell::new(Ink::Quiet, identity.unwrap_or_default()),
            Cell::plain(named(&view.releases, &index)),
        ]
    });
    let headers = ["id", "component", "version", "kind", "identity", "in"];
    list(&headers, &rows.collect::<Vec<_>>(), "component", style)
}

/// A list of vulnerabilities; `releases` gives the names of the releases that have them.
pub fn vulnerabilities(
    vulnerabilities: &[VulnerabilityView],
    releases: &[ReleaseView],
    style: &Style,
) -> String {
    let index = Index::of_releases(releases);
    let rows = vulnerabilities.iter().map(|view| {
        vec![
            Cell::new(Ink::Literal, &view.id),
            Cell::plain(severity(view.severity.as_deref(), view.score)),
            Cell::new(
                Ink::Bad,
                view.known_exploited
                    .map(|day| day.to_string())
                    .unwrap_or_default(),
            ),
            Cell::plain(view.epss.map(percent).unwrap_or_default()),
            Cell::plain(number(view.devices)),
            Cell::plain(view.title.as_deref().unwrap_or_default()),
            Cell::new(Ink::Quiet, named(&view.releases, &index)),
        ]
    });
    let headers = [
        "id",
        "severity",
        "exploited since",
        "EPSS",
        "devices",
        "title",
        "in",
    ];
    list(&headers, &rows.collect::<Vec<_>>(), "vulnerability", style)
}

/// A list of findings; `releases` gives the names of their releases.
pub fn findings(findings: &[FindingView], releases: &[ReleaseView], style: &Style) -> String {
    let index = Index::of_releases(releases);
    let rows: Vec<_> = findings
        .iter()
        .map(|view| finding_row(view, &index.release_name(view.finding.release)))
        .collect();
    list(&FINDING_HEADERS, &rows, "finding", style)
}

pub(super) const FINDING_HEADERS: [&str; 8] = [
    "id",
    "urgency",
    "points",
    "vulnerability",
    "component",
    "who acts",
    "devices",
    "release",
];

pub(super) fn finding_row(view: &FindingView, release: &str) -> Vec<Cell> {
    let finding = &view.finding;
    let class = view.urgency.class;
    vec![
        Cell::new(Ink::Literal, &finding.id),
        Cell::new(
            Ink::of_finding(finding.verdict, class),
            finding_label(finding.verdict, class),
        ),
        Cell::plain(if finding.verdict.is_open() {
            points(view.urgency.points)
        } else {
            String::new()
        }),
        Cell::plain(&finding.vulnerability),
        Cell::plain(component_name(view)),
        Cell::plain(finding.owner.as_str()),
        Cell::plain(number(view.devices)),
        Cell::plain(release),
    ]
}

/// The part that decides, or that it is the device itself.
pub(super) fn component_label(view: &FindingView) -> String {
    match &view.finding.component {
        None => "the device itself".to_owned(),
        Some(part) => match &part.version {
            Some(version) => format!("{} {version}", part.name),
            None => format!("{} (no version)", part.name),
        },
    }
}

/// The same without its group, for columns.
fn component_name(view: &FindingView) -> String {
    let label = component_label(view);
    let version = label.find(' ').unwrap_or(label.len());
    let start = label
        .get(..version)
        .and_then(|name| name.rfind('/'))
        .map_or(0, |slash| slash + 1);
    label.get(start..).unwrap_or_default().to_owned()
}

/// A list of documents with their age at `now`.
pub fn documents(documents: &[SourceView], now: Timestamp, style: &Style) -> String {
    let rows = documents.iter().map(|view| {
        let version = view.version.as_deref().unwrap_or_default();
        let worst = view.problems.iter().map(|problem| problem.level).max();
        let problems = worst.map_or_else(
            || Cell::new(Ink::Good, "none"),
            |level| {
                let count = view
                    .problems
                    .iter()
                    .filter(|problem| problem.level == level)
                    .count() as u64;
                Cell::new(Ink::of_level(level), counted(count, level.as_str()))
            },
        );
        vec![
            Cell::new(Ink::Literal, view.digest.short()),
            Cell::plain(format!("{} {version}", view.kind.title())),
            Cell::plain(&view.name),
            optional(view.origin.as_deref()),
            Cell::plain(view.age_days(now).map_or_else(|| "undated".to_owned(), age)),
            problems,
        ]
    });
    let headers = ["digest", "kind", "name", "from", "age", "problems"];
    list(&headers, &rows.collect::<Vec<_>>(), "document", style)
}

/// A list of feeds with their age at `now`.
pub fn feeds(feeds: &[FeedView], now: Timestamp, style: &Style) -> String {
    let rows = feeds.iter().map(|view| {
        let state = match (view.papers, view.is_stale(now)) {
            (0, _) => Cell::new(Ink::Quiet, "not loaded"),
            (_, true) => Cell::new(Ink::of_level(Level::Warning), "stale"),
            (_, false) => Cell::new(Ink::Good, "current"),
        };
        let content = match view.age_days(now) {
            Some(days) => age(days),
            None if view.papers > 0 => "undated".to_owned(),
            None => String::new(),
        };
        let asked = view.asked.map_or_else(|| "never".to_owned(), day);
        vec![
            Cell::new(Ink::Literal, &view.name),
            state,
            Cell::plain(content),
            Cell::plain(asked),
            Cell::plain(number(view.records)),
            Cell::new(Ink::Quiet, &view.title),
        ]
    });
    let headers = ["feed", "state", "age", "asked", "rows", "source"];
    list(&headers, &rows.collect::<Vec<_>>(), "feed", style)
}

pub(super) fn list(headers: &[&str], rows: &[Vec<Cell>], noun: &str, style: &Style) -> String {
    let total = style.paint(Ink::Quiet, &counted(length(rows), noun));
    let body = if rows.is_empty() {
        String::new()
    } else {
        painted(headers, rows, style) + "\n"
    };
    format!("{body}{total}\n{}", style.footer())
}

/// Headers followed by those of the counts, and by the maker where there is room for it.
fn with_counts(own: &[&'static str], style: &Style) -> Vec<&'static str> {
    let mut headers = own.to_vec();
    headers.extend(["now", "soon", "plan", "watch", "undet"]);
    if roomy(style) {
        headers.push("maker");
    }
    headers
}

/// Whether the maker has room beside everything else.
fn roomy(style: &Style) -> bool {
    style.width == 0 || style.width >= 120
}

/// Numbers of open findings. Dashes where there is no finding of any verdict: a row of zeros would
/// look as if something had been examined and found clean.
fn counts(counts: Counts) -> [Cell; 5] {
    let silent = counts == Counts::default();
    let cell = |ink: Ink, count: u64| match count {
        _ if silent => Cell::new(Ink::Quiet, "-"),
        0 => Cell::new(Ink::Quiet, "0"),
        count => Cell::new(ink, number(count)),
    };
    [
        cell(Ink::Bad, counts.now),
        cell(Ink::Caution, counts.soon),
        cell(Ink::Calm, counts.planned),
        cell(Ink::Plain, counts.watch),
        cell(Ink::Open, counts.undetermined),
    ]
}

pub(super) fn optional(text: Option<&str>) -> Cell {
    text.map_or_else(|| Cell::new(Ink::Quiet, "unstated"), Cell::plain)
}

/// Severity in words with its score: `critical 10.0`.
pub(super) fn severity(severity: Option<&str>, score: Option<f64>) -> String {
    match (severity, score) {
        (Some(severity), Some(score)) => format!("{severity} {score:.1}"),
        (Some(severity), None) => severity.to_owned(),
        (None, Some(score)) => format!("{score:.1}"),
        (None, None) => "unscored".to_owned(),
    }
}

/// The first release by name and how many more.
fn named(releases: &[Digest], index: &Index<'_>) -> String {
    match releases {
        [] => String::new(),
        [one] => index.release_name(*one),
        [first, rest @ ..] => format!("{} and {} more", index.release_name(*first), rest.len()),
    }
}

/// How many problems of each level: `2 errors, 1 warning`.
pub(super) fn problem_counts(view: &SourceView) -> String {
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
    if counts.is_empty() {
        "none".to_owned()
    } else {
        counts.join(", ")
    }
}
