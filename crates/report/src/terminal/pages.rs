//! What `show` prints: one thing with everything that is known of it.

use std::fmt::Write as _;

use isocenter_model::assessment::{
    Assessment, ComponentView, Counts, DeviceView, FindingView, ReleaseView, SourceView,
    VulnerabilityView,
};
use isocenter_model::finding::{ComponentRef, Evidence, Verdict};
use isocenter_model::text::printable;
use jiff::Timestamp;
use unicode_width::UnicodeWidthStr;

use super::lists::{FINDING_HEADERS, component_label, finding_row, problem_counts, severity};
use super::style::{Ink, Style, padded};
use super::table::painted;
use crate::index::Index;
use crate::words::{
    Standing, age, class_meaning, counted, finding_label, length, moment, number, percent, points,
    remediation,
};

/// Findings on one page; the rest is counted, and the list command shows it.
const FINDINGS: usize = 30;

/// Asset ids on one line.
const DEVICES: usize = 12;

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
    page.counts(view.counts);
    page.exposure(release);
    page.findings(index.findings(view.release), &index);
    page.finished()
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
        let paper = assessment
            .sources
            .iter()
            .find(|source| source.digest == *digest)
            .map_or_else(
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

/// A page that grows line by line.
struct Page<'a> {
    text: String,
    style: &'a Style,
}

/// Columns of the names of facts.
const NAMES: usize = 18;

impl<'a> Page<'a> {
    fn new(style: &'a Style, title: &str) -> Self {
        let title = style.wrapped(title, 0);
        let mut page = Self {
            text: String::new(),
            style,
        };
        for line in title.lines() {
            page.line(&style.paint(Ink::Heading, line));
        }
        page
    }

    fn finished(mut self) -> String {
        self.text.push_str(&self.style.footer());
        self.text
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn blank(&mut self) {
        self.text.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        self.blank();
        let heading = self.style.paint(Ink::Heading, heading);
        self.line(&heading);
    }

    fn standing(&mut self, standing: Standing) {
        let state = self
            .style
            .paint(Ink::of_standing(standing), standing.as_str());
        self.line(&format!("{state}: {}", standing.meaning()));
        self.blank();
    }

    fn fact(&mut self, name: &str, value: &str) {
        let name = printable(name);
        let label = self.style.paint(Ink::Quiet, &padded(&name, NAMES));
        let indent = name.width().max(NAMES) + 1;
        let value = self.style.wrapped(value, indent);
        self.line(&format!("{label} {value}"));
    }

    /// A fact whose absence is worth saying.
    fn optional(&mut self, name: &str, value: Option<&str>) {
        self.fact(name, value.unwrap_or("unstated"));
    }

    /// A fact whose absence is not.
    fn stated(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.fact(name, value);
        }
    }

    fn counts(&mut self, counts: Counts) {
        let text = self.style.joined(&[
            format!("{} now", number(counts.now)),
            format!("{} soon", number(counts.soon)),
            format!("{} planned", number(counts.planned)),
            format!("{} watch", number(counts.watch)),
            format!("{} undetermined", number(counts.undetermined)),
            format!("{} fixed", number(counts.fixed)),
            format!("{} not affected", number(counts.not_affected)),
        ]);
        self.fact("findings", &text);
    }

    fn devices<'b>(&mut self, assets: impl Iterator<Item = &'b str>, total: u64) {
        let shown: Vec<&str> = assets.take(DEVICES).collect();
        if shown.is_empty() {
            self.fact("devices", &number(total));
            return;
        }
        let mut text = shown.join(", ");
        let rest = total.saturating_sub(length(&shown));
        if rest > 0 {
            let _ = write!(text, " and {} more", number(rest));
        }
        self.fact("devices", &text);
    }

    fn part(&mut self, part: &ComponentRef) {
        self.stated("purl", part.purl.as_deref());
        self.stated("CPE", part.cpe.as_deref());
        self.fact("component id", &part.id.short());
    }

    fn exposure(&mut self, release: Option<&ReleaseView>) {
        let Some(release) = release else { return };
        let exposure = &release.exposure;
        let known = if exposure.known {
            format!("{} points by its MDS2 form", points(exposure.points))
        } else {
            format!("unknown, taken as {} points", points(exposure.points))
        };
        self.fact("exposure", &known);
        for reason in &exposure.reasons {
            self.fact("", reason);
        }
    }

    fn findings(&mut self, findings: &[&FindingView], index: &Index<'_>) {
        let heading = match findings.len() {
            0 => "No findings".to_owned(),
            _ => "Findings".to_owned(),
        };
        self.heading(&heading);
        if findings.is_empty() {
            return;
        }
        let rows: Vec<_> = findings
            .iter()
            .take(FINDINGS)
            .map(|view| finding_row(view, &index.release_name(view.finding.release)))
            .collect();
        self.text
            .push_str(&painted(&FINDING_HEADERS, &rows, self.style));
        let rest = findings.len().saturating_sub(FINDINGS) as u64;
        if rest > 0 {
            let text = format!("and {} more: isocenter findings", number(rest));
            let text = self.style.paint(Ink::Quiet, &text);
            self.line(&text);
        }
    }

    fn urgency(&mut self, view: &FindingView) {
        self.heading("Urgency, term by term");
        let terms = &view.urgency.terms;
        for term in terms {
            let label = padded(&printable(&term.name), NAMES);
            let label = self.style.paint(Ink::Quiet, &label);
            let value = self.style.wrapped(&term.value, NAMES + 9);
            self.line(&format!("{label} {:>6}  {value}", points(term.points)));
        }
        let class = finding_label(view.finding.verdict, view.urgency.class);
        let sum = padded("sum", NAMES);
        self.line(&format!(
            "{sum} {:>6}  {class}",
            points(view.urgency.points)
        ));
    }

    fn evidence(&mut self, evidence: &[Evidence]) {
        self.heading("Evidence, the deciding piece first");
        for (number, piece) in (1..).zip(evidence) {
            let lead = format!("{number}. ");
            let indent = lead.width();
            let blanks = " ".repeat(indent);
            let source = self.style.wrapped(
                &format!(
                    "{} ({}) says {} of {}",
                    piece.source,
                    piece.asserted_by,
                    piece.verdict.as_str(),
                    piece.record
                ),
                indent,
            );
            self.line(&format!("{lead}{source}"));
            let explanation = self.style.wrapped(&piece.explanation, indent);
            self.line(&format!("{blanks}{explanation}"));
            let mut names = format!(
                "same by {}: {} = {}",
                piece.relation.as_str(),
                piece.subject,
                piece.object
            );
            if !piece.range.is_empty() {
                let _ = write!(names, "; versions {}", piece.range);
            }
            let _ = write!(names, "; rule {}", piece.rule);
            if let Some(document) = piece.document {
                let _ = write!(names, "; document {}", document.short());
            }
            let names = self.style.wrapped(&names, indent);
            let names: Vec<String> = names
                .lines()
                .map(|line| self.style.paint(Ink::Quiet, line))
                .collect();
            self.line(&format!("{blanks}{}", names.join("\n")));
        }
    }
}
