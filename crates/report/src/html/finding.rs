//! Findings with their evidence.

use std::collections::HashSet;

use isocenter_model::Digest;
use isocenter_model::assessment::{Assessment, FindingView};
use isocenter_model::finding::{ComponentRef, Evidence, Verdict};
use isocenter_model::statement::Remediation;
use isocenter_model::text::shortened;

use super::{Link, Tag, device, release};
use crate::index::Index;
use crate::words::{counted, percent, points, remediation};

/// Characters of the evidence that a page carries. JSON has all of it.
const EVIDENCE: usize = 1_500_000;

/// Characters of the rows of findings that a page carries.
const ROWS: usize = 1_400_000;

/// Rows of one release.
const ROWS_OF_RELEASE: usize = 60;

/// Pieces of evidence of one finding.
const PIECES: usize = 6;

/// What stands in the page: which findings, and which of them with their evidence, the most
/// pressing first until the page is full; which releases and devices have sections.
pub(super) struct Budget<'a> {
    rows: HashSet<&'a str>,
    evidence: HashSet<&'a str>,
    releases: HashSet<Digest>,
    devices: HashSet<&'a str>,
}

impl<'a> Budget<'a> {
    pub(super) fn new(assessment: &'a Assessment) -> Self {
        let mut rows = HashSet::new();
        let mut evidence = HashSet::new();
        let mut of_release: std::collections::HashMap<Digest, usize> =
            std::collections::HashMap::new();
        let (mut row_size, mut evidence_size) = (0, 0);
        for view in &assessment.findings {
            let finding = &view.finding;
            if !stands_in_a_row(finding.verdict) {
                continue;
            }
            let count = of_release.entry(finding.release).or_default();
            let size = 700 + finding.action.len().min(LONG) + finding.vulnerability.len().min(LONG);
            if *count >= ROWS_OF_RELEASE || row_size + size > ROWS {
                continue;
            }
            *count += 1;
            row_size += size;
            rows.insert(finding.id.as_str());
            let size = 400 + finding.evidence.len().min(PIECES) * 900;
            if evidence_size + size <= EVIDENCE {
                evidence_size += size;
                evidence.insert(finding.id.as_str());
            }
        }
        Self {
            rows,
            evidence,
            releases: assessment
                .releases
                .iter()
                .take(super::RELEASES)
                .map(|view| view.id)
                .collect(),
            devices: assessment
                .devices
                .iter()
                .take(super::DEVICES)
                .map(|view| view.device.asset_id.as_str())
                .collect(),
        }
    }

    /// A link to the section of a release, or only its name where it has none.
    pub(super) fn release_link(&self, id: Digest, index: &Index<'_>) -> Link {
        Link {
            text: shortened(&index.release_name(id), 80),
            anchor: self.releases.contains(&id).then(|| release::anchor(id)),
        }
    }

    /// A link to the section of a device, or only its asset id where it has none.
    pub(super) fn device_link(&self, asset_id: &str) -> Link {
        Link {
            text: shortened(asset_id, 40),
            anchor: self
                .devices
                .contains(asset_id)
                .then(|| device::anchor(asset_id)),
        }
    }

    /// Whether the finding has a row, and so an anchor.
    pub(super) fn has_row(&self, view: &FindingView) -> bool {
        self.rows.contains(view.finding.id.as_str())
    }
}

/// Undetermined findings are grouped by the fact that is missing, settled ones are listed.
pub(super) fn stands_in_a_row(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Affected | Verdict::UnderInvestigation)
}

/// Characters of a name or a sentence.
const LONG: usize = 260;

/// Characters of a description.
const PROSE: usize = 600;

/// A finding in the table of its release.
pub(super) struct FindingRow {
    pub(super) id: String,
    pub(super) tag: Tag,
    pub(super) points: String,
    pub(super) vulnerability: String,
    /// Its title; the beginning of its description where it has none.
    pub(super) title: Option<String>,
    /// Verdict where it is not plainly affected, known exploitation, scores.
    pub(super) signs: Vec<String>,
    pub(super) component: String,
    pub(super) others: Option<String>,
    pub(super) owner: &'static str,
    pub(super) action: String,
    pub(super) detail: Option<Detail>,
}

/// What stands behind it.
pub(super) struct Detail {
    pub(super) terms: Vec<[String; 3]>,
    pub(super) description: Option<String>,
    pub(super) aliases: Option<String>,
    pub(super) vector: Option<String>,
    pub(super) matched: Option<&'static str>,
    pub(super) offered: Vec<Offer>,
    pub(super) evidence: Vec<Piece>,
    pub(super) left: Option<String>,
}

pub(super) struct Offer {
    pub(super) category: String,
    pub(super) details: String,
    /// Only an address that a browser opens as a page.
    pub(super) link: Option<String>,
}

pub(super) struct Piece {
    pub(super) source: String,
    pub(super) verdict: &'static str,
    pub(super) explanation: String,
    pub(super) names: String,
    pub(super) range: String,
    pub(super) rule: String,
    pub(super) document: Option<String>,
}

impl FindingRow {
    pub(super) fn new(view: &FindingView, budget: &Budget<'_>) -> Self {
        let finding = &view.finding;
        let class = view.urgency.class.as_str();
        let mut signs = Vec::new();
        if finding.verdict == Verdict::UnderInvestigation {
            signs.push(finding.verdict.as_str().to_owned());
        }
        if let Some(day) = view.known_exploited {
            signs.push(format!("known exploited since {day}"));
        }
        if let Some(score) = view.score {
            let severity = shortened(view.severity.as_deref().unwrap_or_default(), 20);
            signs.push(format!("CVSS {score:.1} {severity}").trim_end().to_owned());
        }
        if let Some(probability) = view.epss {
            signs.push(format!("EPSS {}", percent(probability)));
        }
        let others = finding.other_components.len() as u64;
        Self {
            id: finding.id.clone(),
            tag: Tag { class, word: class },
            points: points(view.urgency.points),
            vulnerability: shortened(&finding.vulnerability, 60),
            title: view
                .title
                .as_deref()
                .or(view.description.as_deref())
                .map(|title| shortened(title, 140)),
            signs,
            component: finding
                .component
                .as_ref()
                .map_or_else(|| "the device itself".to_owned(), component),
            others: (others > 0).then(|| format!("and {}", counted(others, "further part"))),
            owner: finding.owner.as_str(),
            action: shortened(&finding.action, LONG),
            detail: budget
                .evidence
                .contains(finding.id.as_str())
                .then(|| Detail::new(view)),
        }
    }
}

/// Name and version of a part.
pub(super) fn component(part: &ComponentRef) -> String {
    match &part.version {
        Some(version) => format!("{} {}", shortened(&part.name, 80), shortened(version, 40)),
        None => format!("{} (no version)", shortened(&part.name, 80)),
    }
}

impl Detail {
    fn new(view: &FindingView) -> Self {
        let finding = &view.finding;
        let terms = view
            .urgency
            .terms
            .iter()
            .map(|term| {
                [
                    shortened(&term.name, 40),
                    shortened(&term.value, 160),
                    points(term.points),
                ]
            })
            .collect();
        Self {
            terms,
            description: view
                .description
                .as_deref()
                .map(|description| shortened(description, PROSE)),
            aliases: (!finding.aliases.is_empty())
                .then(|| shortened(&finding.aliases.join(", "), LONG)),
            vector: view.vector.as_deref().map(|vector| shortened(vector, 140)),
            matched: finding.matched_verdict.map(Verdict::as_str),
            offered: finding.remediations.iter().take(4).map(offer).collect(),
            evidence: finding.evidence.iter().take(PIECES).map(piece).collect(),
            left: super::left(finding.evidence.len(), PIECES),
        }
    }
}

fn offer(offered: &Remediation) -> Offer {
    Offer {
        category: remediation(&offered.category),
        details: shortened(&offered.details, 400),
        link: offered
            .url
            .as_deref()
            .filter(|url| url.starts_with("https://") || url.starts_with("http://"))
            .map(|url| shortened(url, 300)),
    }
}

fn piece(evidence: &Evidence) -> Piece {
    Piece {
        source: format!(
            "{} ({})",
            shortened(&evidence.source, 80),
            shortened(&evidence.asserted_by, 80)
        ),
        verdict: evidence.verdict.as_str(),
        explanation: shortened(&evidence.explanation, 320),
        names: format!(
            "{} = {}",
            shortened(&evidence.subject, 110),
            shortened(&evidence.object, 110)
        ),
        range: shortened(&evidence.range, 140),
        rule: format!(
            "{}, {}",
            evidence.relation.as_str(),
            shortened(&evidence.rule, 60)
        ),
        document: evidence.document.map(|document| document.short()),
    }
}
