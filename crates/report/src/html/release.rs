//! The section of one release.

use isocenter_model::Digest;
use isocenter_model::assessment::{Counts, FindingView, ReleaseView};
use isocenter_model::finding::Verdict;
use isocenter_model::text::{printable, shortened};
use jiff::Timestamp;

use super::finding::{Budget, FindingRow, stands_in_a_row};
use super::{Link, Tag};
use crate::index::{Index, release_name};
use crate::svg::{Segment, Tone, stacked_bar};
use crate::words::{Standing, age, counted, length, number, points};

/// Devices that a release names; the devices have sections of their own.
const DEVICES: usize = 24;

/// Ids of findings on one line.
const IDS: usize = 24;

/// A release with its papers, exposure, findings and devices.
pub(super) struct ReleaseSection {
    pub(super) anchor: String,
    pub(super) name: String,
    pub(super) maker: String,
    pub(super) tag: Tag,
    pub(super) devices: String,
    pub(super) devices_count: String,
    pub(super) device_links: Vec<Link>,
    pub(super) devices_left: Option<String>,
    pub(super) sbom: String,
    pub(super) has_sbom: bool,
    pub(super) has_form: bool,
    pub(super) exposure: String,
    pub(super) exposure_known: bool,
    pub(super) reasons: Vec<String>,
    pub(super) papers: Vec<String>,
    pub(super) cells: Vec<CountCell>,
    pub(super) bar: Option<String>,
    pub(super) findings: Vec<FindingRow>,
    pub(super) findings_left: Option<String>,
    pub(super) undetermined: Vec<UndeterminedGroup>,
    pub(super) settled: Vec<Settled>,
}

/// One number of the counts with its look.
pub(super) struct CountCell {
    pub(super) class: &'static str,
    pub(super) heat: &'static str,
    pub(super) word: &'static str,
    pub(super) count: String,
    pub(super) some: bool,
}

/// Undetermined findings that wait for the same fact.
pub(super) struct UndeterminedGroup {
    pub(super) fact: String,
    pub(super) ask: String,
    pub(super) count: String,
    pub(super) vulnerabilities: Ids,
}

/// Findings that are fixed or not affected.
pub(super) struct Settled {
    pub(super) verdict: &'static str,
    pub(super) count: String,
    pub(super) vulnerabilities: Ids,
}

/// Some ids, and how many more.
pub(super) struct Ids {
    pub(super) shown: String,
    pub(super) left: Option<String>,
}

impl Ids {
    pub(super) fn new<'a>(ids: impl ExactSizeIterator<Item = &'a str>) -> Self {
        let total = ids.len();
        let shown: Vec<String> = ids.take(IDS).map(|id| shortened(id, 40)).collect();
        Self {
            shown: shown.join(", "),
            left: super::left(total, IDS),
        }
    }
}

/// The anchor of a release.
pub(super) fn anchor(id: Digest) -> String {
    format!("r-{}", id.short())
}

/// The tag of a standing.
pub(super) fn tag(standing: Standing) -> Tag {
    Tag {
        class: tone(standing).class(),
        word: standing.as_str(),
    }
}

/// The tone of a standing.
pub(super) fn tone(standing: Standing) -> Tone {
    Tone::ALL
        .get(standing.rank())
        .copied()
        .unwrap_or(Tone::Clear)
}

/// The counts of open findings as cells; a dash where nothing was examined, because a zero would
/// look like an answer.
fn cells(counts: Counts, standing: Standing) -> Vec<CountCell> {
    let values = open(counts);
    let largest = values.iter().map(|(_, count)| *count).max().unwrap_or(0);
    values
        .into_iter()
        .map(|(tone, count)| CountCell {
            class: tone.class(),
            heat: heat(count, largest),
            word: tone.as_str(),
            count: match standing {
                Standing::NotExamined => "–".to_owned(),
                _ => number(count),
            },
            some: count > 0,
        })
        .collect()
}

/// How strongly a cell is tinted, by its share of the largest.
pub(super) fn heat(count: u64, largest: u64) -> &'static str {
    if count == 0 {
        return "h0";
    }
    match count.saturating_mul(4).div_ceil(largest.max(1)) {
        0 | 1 => "h1",
        2 => "h2",
        3 => "h3",
        _ => "h4",
    }
}

/// The counts of open findings as one bar.
pub(super) fn bar(title: &str, counts: Counts) -> String {
    let segments: Vec<Segment> = open(counts)
        .into_iter()
        .map(|(tone, value)| Segment {
            label: tone.as_str().to_owned(),
            value,
            tone,
        })
        .collect();
    let whole = segments.iter().map(|segment| segment.value).sum();
    stacked_bar(title, &segments, whole)
}

fn open(counts: Counts) -> [(Tone, u64); 5] {
    [
        (Tone::Now, counts.now),
        (Tone::Soon, counts.soon),
        (Tone::Planned, counts.planned),
        (Tone::Watch, counts.watch),
        (Tone::Undetermined, counts.undetermined),
    ]
}

impl ReleaseSection {
    pub(super) fn new(
        view: &ReleaseView,
        now: Timestamp,
        index: &Index<'_>,
        budget: &Budget<'_>,
    ) -> Self {
        let findings = index.findings(view.id);
        let rows: Vec<&FindingView> = findings
            .iter()
            .copied()
            .filter(|finding| stands_in_a_row(finding.finding.verdict))
            .collect();
        let shown: Vec<FindingRow> = rows
            .iter()
            .filter(|finding| budget.has_row(finding))
            .map(|finding| FindingRow::new(finding, budget))
            .collect();
        let devices = index.devices(view.id);
        let standing = Standing::of(view.counts, view.has_sbom);
        Self {
            anchor: anchor(view.id),
            name: shortened(&release_name(&view.release), 80),
            maker: shortened(&view.release.manufacturer, 60),
            tag: tag(standing),
            devices: counted(view.devices, "device"),
            devices_count: number(view.devices),
            device_links: devices
                .iter()
                .take(DEVICES)
                .map(|device| budget.device_link(&device.device.asset_id))
                .collect(),
            devices_left: super::left(devices.len(), DEVICES),
            sbom: if view.has_sbom {
                counted(view.components, "component")
            } else {
                "none: nothing inside was examined".to_owned()
            },
            has_sbom: view.has_sbom,
            has_form: view.has_form,
            exposure: points(view.exposure.points),
            exposure_known: view.exposure.known,
            reasons: view
                .exposure
                .reasons
                .iter()
                .take(12)
                .map(|reason| shortened(reason, 200))
                .collect(),
            papers: papers(view, now, index),
            cells: cells(view.counts, standing),
            bar: (view.counts.affected() + view.counts.undetermined > 0).then(|| {
                bar(
                    &format!("Open findings of {}", view.release.label()),
                    view.counts,
                )
            }),
            findings_left: super::left(rows.len(), shown.len()),
            findings: shown,
            undetermined: undetermined(findings),
            settled: [Verdict::Fixed, Verdict::NotAffected]
                .into_iter()
                .filter_map(|verdict| settled(findings, verdict))
                .collect(),
        }
    }
}

fn papers(view: &ReleaseView, now: Timestamp, index: &Index<'_>) -> Vec<String> {
    view.documents
        .iter()
        .take(12)
        .map(|digest| {
            index.source(*digest).map_or_else(
                || format!("document {}", digest.short()),
                |source| {
                    let aged = source.age_days(now).map_or_else(
                        || "undated".to_owned(),
                        |days| match days {
                            0 => "from today".to_owned(),
                            days => format!("{} old", age(days)),
                        },
                    );
                    format!(
                        "{} {}, {aged}",
                        source.kind.title(),
                        shortened(&source.name, 80)
                    )
                },
            )
        })
        .collect()
}

/// Undetermined findings by the fact that is missing, the one that settles most first.
fn undetermined(findings: &[&FindingView]) -> Vec<UndeterminedGroup> {
    let mut groups: Vec<(String, String, Vec<&str>)> = Vec::new();
    let open = findings
        .iter()
        .map(|view| &view.finding)
        .filter(|finding| finding.verdict == Verdict::Undetermined);
    for finding in open {
        let (fact, ask) = finding.missing.as_ref().map_or_else(
            || ("a fact that no source names".to_owned(), "manufacturer"),
            |missing| (printable(&missing.fact).into_owned(), missing.ask.as_str()),
        );
        match groups.iter_mut().find(|(known, _, _)| *known == fact) {
            Some((_, _, ids)) => ids.push(&finding.vulnerability),
            None => groups.push((fact, ask.to_owned(), vec![&finding.vulnerability])),
        }
    }
    groups.sort_by_key(|(_, _, ids)| std::cmp::Reverse(ids.len()));
    groups
        .into_iter()
        .map(|(fact, ask, ids)| UndeterminedGroup {
            fact: shortened(&fact, 200),
            ask,
            count: counted(length(&ids), "finding"),
            vulnerabilities: Ids::new(ids.into_iter()),
        })
        .collect()
}

fn settled(findings: &[&FindingView], verdict: Verdict) -> Option<Settled> {
    let ids: Vec<&str> = findings
        .iter()
        .map(|view| &view.finding)
        .filter(|finding| finding.verdict == verdict)
        .map(|finding| finding.vulnerability.as_str())
        .collect();
    (!ids.is_empty()).then(|| Settled {
        verdict: verdict.as_str(),
        count: number(length(&ids)),
        vulnerabilities: Ids::new(ids.into_iter()),
    })
}
