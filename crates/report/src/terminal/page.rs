//! A page of `show`, line by line.

use std::fmt::Write as _;

use isocenter_model::assessment::{Counts, FindingView, ReleaseView};
use isocenter_model::finding::{ComponentRef, Evidence};
use isocenter_model::text::printable;
use unicode_width::UnicodeWidthStr;

use super::lists::{FINDING_HEADERS, finding_row};
use super::style::{Ink, Style, padded};
use super::table::painted;
use crate::index::Index;
use crate::words::{Standing, finding_label, length, number, points};

/// Findings on one page; the rest is counted, and the list command shows it.
const FINDINGS: usize = 30;

/// Asset ids on one line.
const DEVICES: usize = 12;

/// A page that grows line by line.
pub(super) struct Page<'a> {
    text: String,
    style: &'a Style,
}

/// Columns of the names of facts.
const NAMES: usize = 18;

impl<'a> Page<'a> {
    pub(super) fn new(style: &'a Style, title: &str) -> Self {
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

    pub(super) fn finished(mut self) -> String {
        self.text.push_str(&self.style.footer());
        self.text
    }

    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    pub(super) fn heading(&mut self, heading: &str) {
        self.blank();
        let heading = self.style.paint(Ink::Heading, heading);
        self.line(&heading);
    }

    pub(super) fn standing(&mut self, standing: Standing) {
        let state = self
            .style
            .paint(Ink::of_standing(standing), standing.as_str());
        self.line(&format!("{state}: {}", standing.meaning()));
        self.blank();
    }

    pub(super) fn fact(&mut self, name: &str, value: &str) {
        let name = printable(name);
        let label = self.style.paint(Ink::Quiet, &padded(&name, NAMES));
        let indent = name.width().max(NAMES) + 1;
        let value = self.style.wrapped(value, indent);
        self.line(&format!("{label} {value}"));
    }

    /// A fact whose absence is worth saying.
    pub(super) fn optional(&mut self, name: &str, value: Option<&str>) {
        self.fact(name, value.unwrap_or("unstated"));
    }

    /// A fact whose absence is not.
    pub(super) fn stated(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.fact(name, value);
        }
    }

    pub(super) fn counts(&mut self, counts: Counts) {
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

    pub(super) fn devices<'b>(&mut self, assets: impl Iterator<Item = &'b str>, total: u64) {
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

    pub(super) fn part(&mut self, part: &ComponentRef) {
        self.stated("purl", part.purl.as_deref());
        self.stated("CPE", part.cpe.as_deref());
        self.fact("component id", &part.id.short());
    }

    pub(super) fn exposure(&mut self, release: Option<&ReleaseView>) {
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

    pub(super) fn findings(&mut self, findings: &[&FindingView], index: &Index<'_>) {
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

    pub(super) fn urgency(&mut self, view: &FindingView) {
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

    pub(super) fn evidence(&mut self, evidence: &[Evidence]) {
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
