//! What `show` prints: one thing with everything that is known of it.

use std::fmt::Write as _;

use isocenter_model::assessment::{
    Assessment, ComponentView, DeviceView, FindingView, KnownFrom, ReleaseView, SourceView,
    VulnerabilityView,
};
use isocenter_model::equipment::{EquipmentRecord, Seen};
use isocenter_model::finding::Verdict;
use isocenter_model::lifecycle::SupportLevel;
use isocenter_model::network::{HostScan, NetworkService};
use isocenter_model::text::printable;
use jiff::Timestamp;

use super::lists::{component_label, problem_counts, severity};
use super::page::Page;
use super::style::{Ink, Style};
use crate::index::Index;
use crate::words::{
    Standing, age, class_meaning, counted, milestone_day, moment, number, percent, points,
    remediation,
};

/// The page of one device: what is known of it and its findings, from the whole answer.
pub fn device(view: &DeviceView, assessment: &Assessment, style: &Style) -> String {
    let index = Index::new(assessment);
    let device = &view.device;
    let release = index.release(view.release);
    let mut page = Page::new(style, &device.asset_id);
    page.standing(index.standing(view));
    page.fact("maker", &device.manufacturer);
    page.fact("model", &device.model);
    page.optional("software version", device.software_version.as_deref());
    page.fact(
        "release",
        &format!(
            "{} ({})",
            index.release_label(view.release),
            view.release.short()
        ),
    );
    page.stated("papers", view.note.as_deref());
    page.stated("serial number", device.serial_number.as_deref());
    page.stated("UDI", device.udi.as_deref());
    page.stated("system", device.system.as_deref());
    page.stated("site", device.site.as_deref());
    page.stated("department", device.department.as_deref());
    page.stated("segment", device.segment.as_deref());
    page.stated("IP address", device.ip_address.as_deref());
    page.stated("MAC address", device.mac_address.as_deref());
    page.stated("AE title", device.ae_title.as_deref());
    page.stated("modality", device.modality.as_deref());
    page.fact("clinical role", device.clinical_role.as_str());
    page.stated(
        "installed",
        device.installed.map(|day| day.to_string()).as_deref(),
    );
    page.stated(
        "retires",
        device
            .planned_retirement
            .map(|day| day.to_string())
            .as_deref(),
    );
    if view.known_from == KnownFrom::Images {
        page.fact("known from", "images only: no inventory lists it");
    }
    for record in &view.equipment {
        equipment(record, &mut page);
    }
    if let Some(seen) = &view.host {
        host(seen, &mut page);
    }
    page.counts(view.counts);
    page.exposure(release);
    page.findings(index.findings(view.release), &index);
    page.finished()
}

/// What DICOM files say of a device.
fn equipment(record: &EquipmentRecord, page: &mut Page<'_>) {
    let modalities: Vec<&str> = record.modalities.keys().map(String::as_str).collect();
    let kinds = if modalities.is_empty() {
        String::new()
    } else {
        format!(" ({})", modalities.join(", "))
    };
    page.fact("images", &format!("{}{kinds}", seen(&record.seen)));
    for (name, values) in [
        ("stations", &record.stations),
        ("institutions", &record.institutions),
        ("device UIDs", &record.device_uids),
        ("UDIs in images", &record.udis),
    ] {
        if !values.is_empty() {
            page.fact(name, &values.join(", "));
        }
    }
    for state in &record.software {
        page.fact("software in images", &state.versions.join("; "));
        if state.seen != record.seen {
            page.fact("", &seen(&state.seen));
        }
    }
    for device in &record.capture_devices {
        let mut parts: Vec<&str> = [&device.manufacturer, &device.model]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        parts.extend(device.versions.iter().map(String::as_str));
        page.fact("captured with", &parts.join(" "));
    }
    for writer in &record.writers {
        let parts: Vec<&str> = [
            &writer.version_name,
            &writer.implementation,
            &writer.ae_title,
        ]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
        page.fact("written with", &parts.join(" "));
    }
}

/// What scans of the network saw of a device.
fn host(host: &HostScan, page: &mut Page<'_>) {
    let mut at: Vec<&str> = host.addresses.iter().map(String::as_str).collect();
    at.extend(host.mac_address.as_deref());
    at.extend(host.names.iter().map(String::as_str));
    let when = host
        .seen
        .map_or_else(|| "on an unstated day".to_owned(), moment);
    page.fact("seen by scan", &format!("{when} at {}", at.join(", ")));
    if host.services.is_empty() {
        page.fact("open", "nothing that was looked for");
    }
    for service in &host.services {
        page.fact(&format!("open {}", service.at()), &service_line(service));
    }
    if let Some(guess) = host.systems.first() {
        page.fact(
            "behaves like",
            &format!("{} ({} %)", guess.name, guess.accuracy),
        );
    }
}

fn service_line(service: &NetworkService) -> String {
    let mut parts: Vec<&str> = [
        &service.name,
        &service.product,
        &service.version,
        &service.details,
    ]
    .into_iter()
    .flatten()
    .map(String::as_str)
    .collect();
    if parts.is_empty() {
        parts.push("unknown service");
    }
    if service.tls {
        parts.push("over TLS");
    }
    let mut line = parts.join(" ");
    match service.dicom {
        Some(dicom) if dicom.accepts_any_title == Some(true) => {
            line.push_str("; takes associations under any called title");
        }
        Some(dicom) if dicom.accepts_any_title == Some(false) => {
            line.push_str("; looks at the called title");
        }
        Some(dicom) if !dicom.is_confirmed => {
            line.push_str("; a port of DICOM, not asked whether it speaks it");
        }
        _ => {}
    }
    line
}

/// How often and when something was seen. Files of several imports are not added up, for some may be the same.
fn seen(seen: &Seen) -> String {
    let files = counted(seen.files, "file");
    match (seen.first, seen.last) {
        (Some(first), Some(last)) if first == last => format!("{files}, {first}"),
        (Some(first), Some(last)) => format!("{files}, {first} to {last}"),
        _ => format!("{files} of unstated days"),
    }
}

/// The page of one release.
pub fn release(view: &ReleaseView, assessment: &Assessment, style: &Style) -> String {
    let index = Index::new(assessment);
    let mut page = Page::new(style, &view.release.label());
    page.standing(Standing::of(view.counts, view.has_sbom));
    page.fact("id", &view.id.to_string());
    page.devices(
        index
            .devices(view.id)
            .iter()
            .map(|device| device.device.asset_id.as_str()),
        view.devices,
    );
    let parts = if view.has_sbom {
        counted(view.components, "component")
    } else {
        "none received: nothing inside was examined".to_owned()
    };
    page.fact("bill of materials", &parts);
    for digest in &view.documents {
        let paper = index.source(*digest).map_or_else(
            || digest.short(),
            |source| {
                format!(
                    "{} {} ({})",
                    source.kind.title(),
                    source.name,
                    digest.short()
                )
            },
        );
        page.fact("paper", &paper);
    }
    page.counts(view.counts);
    page.exposure(Some(view));
    page.findings(index.findings(view.id), &index);
    page.finished()
}

/// The page of one finding, with all its evidence and the sum of its urgency.
pub fn finding(view: &FindingView, assessment: &Assessment, style: &Style) -> String {
    let index = Index::new(assessment);
    let finding = &view.finding;
    let class = view.urgency.class;
    let title = match &view.title {
        Some(title) => format!("{} {}: {title}", finding.id, finding.vulnerability),
        None => format!("{} {}", finding.id, finding.vulnerability),
    };
    let mut page = Page::new(style, &title);
    let mut state = vec![style.paint(
        Ink::of_finding(finding.verdict, class),
        finding.verdict.as_str(),
    )];
    let points = points(view.urgency.points);
    match finding.verdict {
        Verdict::Affected | Verdict::UnderInvestigation => state.push(format!(
            "{} ({}), {points} points",
            class.as_str(),
            class_meaning(class)
        )),
        Verdict::Undetermined => state.push(format!(
            "if affected it would be {}, {points} points",
            class.as_str()
        )),
        Verdict::Fixed | Verdict::NotAffected => {}
    }
    if finding.verdict.is_open() {
        state.push(format!("{} must act", finding.owner.as_str()));
    }
    page.line(&style.joined(&state));
    page.blank();
    page.fact("action", &finding.action);
    if let Some(missing) = &finding.missing {
        let text = format!("{} (ask the {})", missing.fact, missing.ask.as_str());
        page.fact("missing fact", &text);
    }
    page.fact(
        "release",
        &format!(
            "{} ({})",
            index.release_label(finding.release),
            finding.release.short()
        ),
    );
    page.devices(
        index
            .devices(finding.release)
            .iter()
            .map(|device| device.device.asset_id.as_str()),
        view.devices,
    );
    page.fact("component", &component_label(view));
    if let Some(part) = &finding.component {
        page.part(part);
    }
    for part in &finding.other_components {
        let version = part.version.as_deref().unwrap_or("(no version)");
        page.fact("also in", &format!("{} {version}", part.name));
    }
    if !finding.aliases.is_empty() {
        page.fact("also known as", &finding.aliases.join(", "));
    }
    page.fact("severity", &severity(view.severity.as_deref(), view.score));
    page.stated("vector", view.vector.as_deref());
    page.fact(
        "known exploited",
        &view
            .known_exploited
            .map_or_else(|| "not listed".to_owned(), |day| format!("listed {day}")),
    );
    page.fact(
        "EPSS",
        &view.epss.map_or_else(|| "unknown".to_owned(), percent),
    );
    if let Some(matched) = finding.matched_verdict {
        page.fact(
            "without statement",
            &format!("the matches alone say {}", matched.as_str()),
        );
    }
    page.stated("description", view.description.as_deref());
    for offered in &finding.remediations {
        let mut text = format!("{}: {}", remediation(&offered.category), offered.details);
        if let Some(url) = &offered.url {
            let _ = write!(text, " {url}");
        }
        page.fact("offered", &text);
    }
    page.urgency(view);
    page.evidence(&finding.evidence);
    page.finished()
}

/// The page of one component with the findings that rest on it.
pub fn component(view: &ComponentView, assessment: &Assessment, style: &Style) -> String {
    let index = Index::new(assessment);
    let component = &view.component;
    let mut page = Page::new(style, &component.label());
    page.blank();
    page.fact("id", &view.id.to_string());
    page.fact("kind", component.kind.as_word());
    page.optional("version", component.version.as_deref());
    page.stated("purl", component.purl.as_deref());
    for cpe in &component.cpes {
        page.fact("CPE", cpe);
    }
    page.stated("SWID", component.swid.as_deref());
    page.stated("supplier", component.supplier.as_deref());
    page.stated("description", component.description.as_deref());
    if !component.licenses.is_empty() {
        page.fact("licences", &component.licenses.join(", "));
    }
    for hash in &component.hashes {
        page.fact("hash", &format!("{} {}", hash.algorithm, hash.value));
    }
    for property in &component.properties {
        page.fact(
            "property",
            &format!("{}: {}", property.name, property.value),
        );
    }
    if let Some(support) = &component.support {
        page.stated("support", support.level.map(SupportLevel::as_str));
        for milestone in &support.milestones {
            page.fact(milestone.kind.as_str(), &milestone_day(&milestone.at));
        }
    }
    for release in &view.releases {
        page.fact("in release", &index.release_label(*release));
    }
    let findings: Vec<&FindingView> = assessment
        .findings
        .iter()
        .filter(|finding| {
            finding
                .finding
                .component
                .iter()
                .chain(&finding.finding.other_components)
                .any(|part| part.id == view.id)
        })
        .collect();
    page.findings(&findings, &index);
    page.finished()
}

/// The page of one vulnerability with its findings.
pub fn vulnerability(view: &VulnerabilityView, assessment: &Assessment, style: &Style) -> String {
    let index = Index::new(assessment);
    let title = match &view.title {
        Some(title) => format!("{}: {title}", view.id),
        None => view.id.clone(),
    };
    let mut page = Page::new(style, &title);
    page.blank();
    if !view.aliases.is_empty() {
        page.fact("also known as", &view.aliases.join(", "));
    }
    page.fact("severity", &severity(view.severity.as_deref(), view.score));
    page.fact(
        "known exploited",
        &view
            .known_exploited
            .map_or_else(|| "not listed".to_owned(), |day| format!("listed {day}")),
    );
    page.fact(
        "EPSS",
        &view.epss.map_or_else(|| "unknown".to_owned(), percent),
    );
    page.fact("open on", &counted(view.devices, "device"));
    page.stated("description", view.description.as_deref());
    for release in &view.releases {
        page.fact("in release", &index.release_label(*release));
    }
    let findings: Vec<&FindingView> = assessment
        .findings
        .iter()
        .filter(|finding| finding.finding.vulnerability == view.id)
        .collect();
    page.findings(&findings, &index);
    page.finished()
}

/// The page of one document with its problems.
pub fn document(view: &SourceView, now: Timestamp, style: &Style) -> String {
    let mut page = Page::new(style, &view.name);
    page.blank();
    let version = view.version.as_deref().unwrap_or_default();
    page.fact(
        "kind",
        format!("{} {version}", view.kind.title()).trim_end(),
    );
    page.fact("digest", &view.digest.to_string());
    page.stated("from", view.origin.as_deref());
    let dated = view.dated.map_or_else(
        || "states no day".to_owned(),
        |at| {
            let old = view.age_days(now).map(age).unwrap_or_default();
            format!("{} (age: {old})", moment(at))
        },
    );
    page.fact("dated", &dated);
    page.fact(
        "imported",
        &format!("{} by {}", moment(view.imported), view.actor),
    );
    for (noun, count) in &view.summary {
        page.fact(noun, &number(*count));
    }
    page.fact("problems", &problem_counts(view));
    for problem in &view.problems {
        let place = printable(&problem.at.to_string()).into_owned();
        page.line("");
        page.line(&format!(
            "{}  {}  {}",
            style.paint(Ink::of_level(problem.level), problem.level.as_str()),
            problem.id,
            style.paint(Ink::Literal, &place),
        ));
        page.line(&format!("  {}", style.wrapped(&problem.message, 2)));
        if let Some(hint) = &problem.hint {
            page.line(&format!(
                "  {} {}",
                style.paint(Ink::Literal, "hint:"),
                style.wrapped(hint, 8)
            ));
        }
    }
    page.finished()
}
