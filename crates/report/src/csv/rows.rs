//! The columns of each table and what stands in them.

use isocenter_model::assessment::{
    Assessment, ComponentView, Counts, DeviceView, FindingView, ReleaseView, SourceView,
    VulnerabilityView, WorkItem,
};
use isocenter_model::finding::Verdict;
use isocenter_model::text::shortened;
use isocenter_model::{Digest, Level};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::index::Index;
use crate::words::{day, points};

/// Characters of a title or a description in a cell.
const PROSE: usize = 300;

pub(super) const WORKLIST: [&str; 22] = [
    "id",
    "asset_id",
    "urgency",
    "points",
    "vulnerability",
    "title",
    "component",
    "version",
    "verdict",
    "owner",
    "action",
    "site",
    "department",
    "manufacturer",
    "model",
    "serial_number",
    "known_exploited",
    "epss",
    "score",
    "finding",
    "status",
    "comment",
];

pub(super) fn work_item(
    item: &WorkItem,
    assessment: &Assessment,
    index: &Index<'_>,
) -> [String; 22] {
    let view = assessment.findings.get(item.finding);
    let finding = view.map(|view| &view.finding);
    let component = finding.and_then(|finding| finding.component.as_ref());
    let device = item
        .device
        .and_then(|device| assessment.devices.get(device))
        .map(|view| &view.device);
    let release = finding
        .and_then(|finding| index.release(finding.release))
        .map(|view| &view.release);
    let maker = device
        .map(|device| device.manufacturer.as_str())
        .or(release.map(|release| release.manufacturer.as_str()));
    let model = device
        .map(|device| device.model.as_str())
        .or(release.map(|release| release.model.as_str()));
    [
        item.id.clone(),
        item.asset_id.clone(),
        item.urgency.class.as_str().to_owned(),
        points(item.urgency.points),
        text(finding.map(|finding| finding.vulnerability.as_str())),
        prose(view.and_then(|view| view.title.as_deref())),
        text(component.map(|part| part.name.as_str())),
        text(component.and_then(|part| part.version.as_deref())),
        text(finding.map(|finding| finding.verdict.as_str())),
        text(finding.map(|finding| finding.owner.as_str())),
        text(finding.map(|finding| finding.action.as_str())),
        text(device.and_then(|device| device.site.as_deref())),
        text(device.and_then(|device| device.department.as_deref())),
        text(maker),
        text(model),
        text(device.and_then(|device| device.serial_number.as_deref())),
        date(view.and_then(|view| view.known_exploited)),
        probability(view.and_then(|view| view.epss)),
        score(view.and_then(|view| view.score)),
        text(finding.map(|finding| finding.id.as_str())),
        text(
            item.decision
                .as_ref()
                .map(|decision| decision.status.as_str()),
        ),
        text(
            item.decision
                .as_ref()
                .and_then(|decision| decision.comment.as_deref()),
        ),
    ]
}

const COUNTS: [&str; 7] = [
    "now",
    "soon",
    "planned",
    "watch",
    "undetermined",
    "fixed",
    "not_affected",
];

fn counts(counts: Counts) -> [String; 7] {
    [
        counts.now,
        counts.soon,
        counts.planned,
        counts.watch,
        counts.undetermined,
        counts.fixed,
        counts.not_affected,
    ]
    .map(|count| count.to_string())
}

pub(super) const DEVICES: [&str; 27] = with_counts([
    "asset_id",
    "manufacturer",
    "model",
    "software_version",
    "serial_number",
    "udi",
    "system",
    "site",
    "department",
    "segment",
    "ip_address",
    "mac_address",
    "ae_title",
    "modality",
    "clinical_role",
    "installed",
    "planned_retirement",
    "known_from",
    "open_services",
    "note",
]);

pub(super) fn device(view: &DeviceView) -> [String; 27] {
    let device = &view.device;
    joined(
        [
            device.asset_id.clone(),
            device.manufacturer.clone(),
            device.model.clone(),
            text(device.software_version.as_deref()),
            text(device.serial_number.as_deref()),
            text(device.udi.as_deref()),
            text(device.system.as_deref()),
            text(device.site.as_deref()),
            text(device.department.as_deref()),
            text(device.segment.as_deref()),
            text(device.ip_address.as_deref()),
            text(device.mac_address.as_deref()),
            text(device.ae_title.as_deref()),
            text(device.modality.as_deref()),
            device.clinical_role.as_str().to_owned(),
            date(device.installed),
            date(device.planned_retirement),
            view.known_from.as_str().to_owned(),
            services(view),
            text(view.note.as_deref()),
        ],
        counts(view.counts),
    )
}

/// The open services of a device by protocol and port, as scans saw them.
fn services(view: &DeviceView) -> String {
    let services = view.host.iter().flat_map(|host| &host.services);
    let parts: Vec<String> = services
        .map(|service| match &service.name {
            Some(name) => format!("{} {name}", service.at()),
            None => service.at(),
        })
        .collect();
    parts.join("; ")
}

pub(super) const RELEASES: [&str; 18] = with_counts([
    "id",
    "manufacturer",
    "model",
    "version",
    "devices",
    "has_sbom",
    "has_form",
    "components",
    "exposure_known",
    "exposure_points",
    "exposure_reasons",
]);

pub(super) fn release(view: &ReleaseView) -> [String; 18] {
    joined(
        [
            view.id.to_string(),
            view.release.manufacturer.clone(),
            view.release.model.clone(),
            text(view.release.version.as_deref()),
            view.devices.to_string(),
            yes(view.has_sbom),
            yes(view.has_form),
            view.components.to_string(),
            yes(view.exposure.known),
            points(view.exposure.points),
            view.exposure.reasons.join("; "),
        ],
        counts(view.counts),
    )
}

pub(super) const COMPONENTS: [&str; 11] = [
    "id",
    "kind",
    "group",
    "name",
    "version",
    "purl",
    "cpes",
    "supplier",
    "licenses",
    "releases",
    "release_count",
];

pub(super) fn component(view: &ComponentView, index: &Index<'_>) -> [String; 11] {
    let component = &view.component;
    [
        view.id.to_string(),
        component.kind.as_word().to_owned(),
        text(component.group.as_deref()),
        component.name.clone(),
        text(component.version.as_deref()),
        text(component.purl.as_deref()),
        component.cpes.join("; "),
        text(component.supplier.as_deref()),
        component.licenses.join("; "),
        labels(&view.releases, index),
        view.releases.len().to_string(),
    ]
}

pub(super) const VULNERABILITIES: [&str; 11] = [
    "id",
    "aliases",
    "title",
    "description",
    "severity",
    "score",
    "known_exploited",
    "epss",
    "devices",
    "releases",
    "release_count",
];

pub(super) fn vulnerability(view: &VulnerabilityView, index: &Index<'_>) -> [String; 11] {
    [
        view.id.clone(),
        view.aliases.join("; "),
        prose(view.title.as_deref()),
        prose(view.description.as_deref()),
        text(view.severity.as_deref()),
        score(view.score),
        date(view.known_exploited),
        probability(view.epss),
        view.devices.to_string(),
        labels(&view.releases, index),
        view.releases.len().to_string(),
    ]
}

pub(super) const FINDINGS: [&str; 24] = [
    "id",
    "release",
    "vulnerability",
    "aliases",
    "title",
    "component",
    "version",
    "purl",
    "cpe",
    "other_components",
    "verdict",
    "matched_verdict",
    "urgency",
    "points",
    "severity",
    "score",
    "vector",
    "known_exploited",
    "epss",
    "devices",
    "owner",
    "action",
    "missing_fact",
    "reason",
];

pub(super) fn finding(view: &FindingView, index: &Index<'_>) -> [String; 24] {
    let finding = &view.finding;
    let component = finding.component.as_ref();
    [
        finding.id.clone(),
        index.release_label(finding.release),
        finding.vulnerability.clone(),
        finding.aliases.join("; "),
        prose(view.title.as_deref()),
        text(component.map(|part| part.name.as_str())),
        text(component.and_then(|part| part.version.as_deref())),
        text(component.and_then(|part| part.purl.as_deref())),
        text(component.and_then(|part| part.cpe.as_deref())),
        finding
            .other_components
            .iter()
            .map(|part| match &part.version {
                Some(version) => format!("{} {version}", part.name),
                None => part.name.clone(),
            })
            .collect::<Vec<_>>()
            .join("; "),
        finding.verdict.as_str().to_owned(),
        text(finding.matched_verdict.map(Verdict::as_str)),
        view.urgency.class.as_str().to_owned(),
        points(view.urgency.points),
        text(view.severity.as_deref()),
        score(view.score),
        text(view.vector.as_deref()),
        date(view.known_exploited),
        probability(view.epss),
        view.devices.to_string(),
        finding.owner.as_str().to_owned(),
        finding.action.clone(),
        text(
            finding
                .missing
                .as_ref()
                .map(|missing| missing.fact.as_str()),
        ),
        text(
            finding
                .evidence
                .first()
                .map(|evidence| evidence.explanation.as_str()),
        ),
    ]
}

pub(super) const DOCUMENTS: [&str; 13] = [
    "digest", "kind", "version", "name", "origin", "dated", "age_days", "imported", "actor",
    "holds", "errors", "warnings", "notes",
];

pub(super) fn document(view: &SourceView, now: Timestamp) -> [String; 13] {
    let problems = |level: Level| {
        view.problems
            .iter()
            .filter(|problem| problem.level == level)
            .count()
            .to_string()
    };
    [
        view.digest.to_string(),
        view.kind.as_str().to_owned(),
        text(view.version.as_deref()),
        view.name.clone(),
        text(view.origin.as_deref()),
        view.dated.map(day).unwrap_or_default(),
        view.age_days(now)
            .map(|days| days.to_string())
            .unwrap_or_default(),
        day(view.imported),
        view.actor.clone(),
        view.summary
            .iter()
            .map(|(noun, count)| format!("{count} {noun}"))
            .collect::<Vec<_>>()
            .join("; "),
        problems(Level::Error),
        problems(Level::Warning),
        problems(Level::Note),
    ]
}

/// Column names followed by those of the counts.
const fn with_counts<const OWN: usize, const ALL: usize>(
    own: [&'static str; OWN],
) -> [&'static str; ALL] {
    assert!(OWN + COUNTS.len() == ALL, "the counts follow the columns");
    let mut all = [""; ALL];
    let mut column = 0;
    while column < ALL {
        all[column] = if column < OWN {
            own[column]
        } else {
            COUNTS[column - OWN]
        };
        column += 1;
    }
    all
}

/// Cells followed by those of the counts.
fn joined<const OWN: usize, const ALL: usize>(
    own: [String; OWN],
    counts: [String; 7],
) -> [String; ALL] {
    let mut cells = own.into_iter().chain(counts);
    std::array::from_fn(|_| cells.next().unwrap_or_default())
}

fn text(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}

fn prose(value: Option<&str>) -> String {
    value.map_or_else(String::new, |value| shortened(value, PROSE))
}

fn date(value: Option<Date>) -> String {
    value.map(|day| day.to_string()).unwrap_or_default()
}

fn probability(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn score(value: Option<f64>) -> String {
    value.map(|value| format!("{value:.1}")).unwrap_or_default()
}

fn yes(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}

fn labels(releases: &[Digest], index: &Index<'_>) -> String {
    releases
        .iter()
        .map(|id| index.release_label(*id))
        .collect::<Vec<_>>()
        .join("; ")
}
