//! The first page: where the hospital stands and what comes first.

use isocenter_model::Digest;
use isocenter_model::assessment::{ActionView, Assessment, Counts, MissingGroup};
use isocenter_model::finding::{PartyRole, UrgencyClass, Verdict};
use isocenter_model::text::shortened;

use super::finding::Budget;
use super::release::{Ids, heat, tone};
use super::{Link, Tag};
use crate::index::Index;
use crate::svg::{Beam, Segment, Tone, bar, isocenter, stacked_bar};
use crate::words::{Standing, capitalised, counted, length, number};

/// Actions and missing facts on the first page, and how many more unfold.
const FIRST: usize = 8;
const MORE: usize = 40;

/// Where the hospital stands.
pub(super) struct Overview {
    pub(super) lead: String,
    pub(super) notes: Vec<String>,
    pub(super) figures: Vec<(String, &'static str)>,
    pub(super) plot: String,
    pub(super) cautions: Vec<String>,
    pub(super) devices_bar: String,
    pub(super) standings: Vec<StandingLine>,
    pub(super) matrix: Vec<MatrixRow>,
    pub(super) settled: String,
    pub(super) parties: Vec<PartyLine>,
    pub(super) actions: Vec<ActionLine>,
    pub(super) more_actions: Vec<ActionLine>,
    pub(super) actions_left: Option<String>,
    pub(super) missing: Vec<MissingLine>,
    pub(super) more_missing: Vec<MissingLine>,
    pub(super) missing_left: Option<String>,
}

pub(super) struct StandingLine {
    pub(super) class: &'static str,
    pub(super) word: String,
    pub(super) count: String,
    pub(super) meaning: &'static str,
}

/// Findings of one verdict by urgency.
pub(super) struct MatrixRow {
    pub(super) verdict: String,
    pub(super) cells: Vec<MatrixCell>,
    pub(super) total: String,
}

pub(super) struct MatrixCell {
    pub(super) class: &'static str,
    pub(super) heat: &'static str,
    pub(super) count: String,
}

pub(super) struct PartyLine {
    pub(super) party: String,
    pub(super) bar: String,
    pub(super) text: String,
}

pub(super) struct ActionLine {
    pub(super) tag: Tag,
    pub(super) text: String,
    pub(super) owner: &'static str,
    pub(super) reach: String,
    pub(super) releases: Vec<Link>,
    pub(super) releases_left: Option<String>,
}

pub(super) struct MissingLine {
    pub(super) text: String,
    pub(super) ask: &'static str,
    pub(super) count: String,
    pub(super) bar: String,
    pub(super) releases: Vec<Link>,
    pub(super) releases_left: Option<String>,
    pub(super) devices: Ids,
    pub(super) findings: Ids,
}

impl Overview {
    pub(super) fn new(assessment: &Assessment, index: &Index<'_>, budget: &Budget<'_>) -> Self {
        let standings = index.standings(&assessment.devices);
        let largest = assessment
            .missing
            .iter()
            .map(|group| length(&group.findings))
            .max()
            .unwrap_or_default();
        let action = |view: &ActionView| ActionLine::new(view, index, budget);
        let missing = |group: &MissingGroup| MissingLine::new(group, index, budget, largest);
        Self {
            lead: lead(assessment, standings),
            notes: notes(assessment, index),
            figures: figures(assessment),
            plot: plot(assessment, index, budget),
            cautions: assessment
                .cautions
                .iter()
                .map(|caution| shortened(caution, 500))
                .collect(),
            devices_bar: devices_bar(standings),
            standings: Standing::ALL
                .into_iter()
                .zip(standings)
                .map(|(standing, count)| StandingLine {
                    class: tone(standing).class(),
                    word: capitalised(standing.as_str()),
                    count: number(count),
                    meaning: standing.meaning(),
                })
                .collect(),
            matrix: matrix(assessment),
            settled: format!(
                "{} fixed, {} not affected",
                number(assessment.counts.fixed),
                number(assessment.counts.not_affected)
            ),
            parties: parties(assessment),
            actions: assessment.actions.iter().take(FIRST).map(action).collect(),
            more_actions: assessment
                .actions
                .iter()
                .skip(FIRST)
                .take(MORE)
                .map(action)
                .collect(),
            actions_left: super::left(assessment.actions.len(), FIRST + MORE),
            missing: assessment.missing.iter().take(FIRST).map(missing).collect(),
            more_missing: assessment
                .missing
                .iter()
                .skip(FIRST)
                .take(MORE)
                .map(missing)
                .collect(),
            missing_left: super::left(assessment.missing.len(), FIRST + MORE),
        }
    }
}

/// The answer in one sentence.
fn lead(assessment: &Assessment, standings: [u64; 7]) -> String {
    let total = length(&assessment.devices);
    let [now, soon, planned, watch, undetermined, _, clear] = standings;
    let need = |count: u64| if count == 1 { "needs" } else { "need" };
    if total == 0 {
        let releases = counted(length(&assessment.releases), "release");
        return format!("{releases} looked at. No device is known yet.");
    }
    if now > 0 {
        return format!(
            "{} of {} {} action now.",
            number(now),
            counted(total, "device"),
            need(now)
        );
    }
    if soon > 0 {
        return format!(
            "No device needs action now. {} of {} {} it soon.",
            number(soon),
            number(total),
            need(soon)
        );
    }
    if planned + watch > 0 {
        return "No device needs action now or soon.".to_owned();
    }
    if undetermined > 0 {
        return "Nothing is known to be affected, and not everything is known.".to_owned();
    }
    if clear == 0 {
        return "No device could be examined.".to_owned();
    }
    "Nothing is open on the devices that were examined.".to_owned()
}

/// What the sentence leaves unsaid.
fn notes(assessment: &Assessment, index: &Index<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    match assessment.counts.undetermined {
        0 => {}
        1 => notes.push(
            "1 finding is undetermined: a fact is missing, and it does not count as clean."
                .to_owned(),
        ),
        count => notes.push(format!(
            "{} findings are undetermined: facts are missing, and none of them counts as clean.",
            number(count)
        )),
    }
    let bare = assessment
        .devices
        .iter()
        .filter(|device| {
            !index
                .release(device.release)
                .is_some_and(|release| release.has_sbom)
        })
        .count() as u64;
    if bare > 0 {
        let verb = if bare == 1 { "has" } else { "have" };
        notes.push(format!(
            "{} {verb} no bill of materials: nothing inside was examined.",
            counted(bare, "device"),
        ));
    }
    notes
}

fn figures(assessment: &Assessment) -> Vec<(String, &'static str)> {
    vec![
        (number(length(&assessment.devices)), "devices"),
        (number(length(&assessment.releases)), "releases"),
        (number(assessment.counts.affected()), "affected findings"),
        (number(assessment.counts.undetermined), "undetermined"),
        (number(length(&assessment.sources)), "sources"),
    ]
}

fn plot(assessment: &Assessment, index: &Index<'_>, budget: &Budget<'_>) -> String {
    let beams: Vec<Beam> = assessment
        .releases
        .iter()
        .map(|view| {
            let mut devices = [0; 7];
            for device in index.devices(view.id) {
                if let Some(count) = devices.get_mut(index.standing(device).rank()) {
                    *count += 1;
                }
            }
            let link = budget.release_link(view.id, index);
            Beam {
                label: link.text,
                href: link.anchor.map(|anchor| format!("#{anchor}")),
                devices,
            }
        })
        .collect();
    isocenter("Devices by urgency, one beam for each release", &beams)
}

fn devices_bar(standings: [u64; 7]) -> String {
    let segments: Vec<Segment> = Tone::ALL
        .into_iter()
        .zip(standings)
        .map(|(tone, value)| Segment {
            label: tone.as_str().to_owned(),
            value,
            tone,
        })
        .collect();
    stacked_bar("Devices by urgency", &segments, standings.iter().sum())
}

/// Open findings by verdict and urgency.
fn matrix(assessment: &Assessment) -> Vec<MatrixRow> {
    const ROWS: [Verdict; 3] = [
        Verdict::Affected,
        Verdict::UnderInvestigation,
        Verdict::Undetermined,
    ];
    let count = |verdict: Verdict, class: UrgencyClass| {
        assessment
            .findings
            .iter()
            .filter(|view| view.finding.verdict == verdict && view.urgency.class == class)
            .count() as u64
    };
    let counts = ROWS.map(|verdict| UrgencyClass::ALL.map(|class| count(verdict, class)));
    let largest = counts.iter().flatten().copied().max().unwrap_or_default();
    ROWS.into_iter()
        .zip(counts)
        .map(|(verdict, counts)| MatrixRow {
            verdict: capitalised(verdict.as_str()),
            cells: UrgencyClass::ALL
                .into_iter()
                .zip(counts)
                .map(|(class, count)| MatrixCell {
                    class: if verdict == Verdict::Undetermined {
                        "undetermined"
                    } else {
                        class.as_str()
                    },
                    heat: heat(count, largest),
                    count: number(count),
                })
                .collect(),
            total: number(counts.iter().sum()),
        })
        .collect()
}

/// Open findings by who must act.
fn parties(assessment: &Assessment) -> Vec<PartyLine> {
    let roles = [
        PartyRole::Manufacturer,
        PartyRole::HealthDeliveryOrganization,
        PartyRole::Supplier,
    ];
    let segments = roles.map(|role| {
        let mut counts = Counts::default();
        for view in assessment
            .findings
            .iter()
            .filter(|view| view.finding.owner == role && view.finding.verdict.is_open())
        {
            counts.add(view.finding.verdict, view.urgency.class);
        }
        [
            (Tone::Now, counts.now),
            (Tone::Soon, counts.soon),
            (Tone::Planned, counts.planned),
            (Tone::Watch, counts.watch),
            (Tone::Undetermined, counts.undetermined),
        ]
    });
    let sum = |segments: &[(Tone, u64); 5]| segments.iter().map(|(_, count)| count).sum::<u64>();
    let largest = segments.iter().map(sum).max().unwrap_or_default();
    roles
        .into_iter()
        .zip(segments)
        .filter(|(_, segments)| sum(segments) > 0)
        .map(|(role, segments)| {
            let actions = assessment
                .actions
                .iter()
                .filter(|action| action.owner == role)
                .count() as u64;
            let parts: Vec<Segment> = segments
                .iter()
                .map(|(tone, value)| Segment {
                    label: tone.as_str().to_owned(),
                    value: *value,
                    tone: *tone,
                })
                .collect();
            PartyLine {
                party: capitalised(role.as_str()),
                bar: stacked_bar(
                    &format!("Open findings of the {}", role.as_str()),
                    &parts,
                    largest,
                ),
                text: format!(
                    "{}, {}",
                    counted(sum(&segments), "finding"),
                    counted(actions, "action")
                ),
            }
        })
        .collect()
}

/// Releases that a line names.
const RELEASES: usize = 4;

fn releases(ids: &[Digest], index: &Index<'_>, budget: &Budget<'_>) -> (Vec<Link>, Option<String>) {
    let shown = ids
        .iter()
        .take(RELEASES)
        .map(|id| budget.release_link(*id, index))
        .collect();
    (shown, super::left(ids.len(), RELEASES))
}

impl ActionLine {
    fn new(view: &ActionView, index: &Index<'_>, budget: &Budget<'_>) -> Self {
        let class = view.class.as_str();
        let (releases, releases_left) = releases(&view.releases, index, budget);
        Self {
            tag: Tag { class, word: class },
            text: shortened(&view.text, 300),
            owner: view.owner.as_str(),
            reach: format!(
                "{}, {}",
                counted(view.devices, "device"),
                counted(length(&view.findings), "finding")
            ),
            releases,
            releases_left,
        }
    }
}

impl MissingLine {
    fn new(group: &MissingGroup, index: &Index<'_>, budget: &Budget<'_>, largest: u64) -> Self {
        let count = length(&group.findings);
        let (releases, releases_left) = releases(&group.releases, index, budget);
        let flaws: Vec<&str> = group
            .findings
            .iter()
            .map(|id| {
                index
                    .finding(id)
                    .map_or(id.as_str(), |view| view.finding.vulnerability.as_str())
            })
            .collect();
        Self {
            text: shortened(&group.text, 300),
            ask: group.fact.ask.as_str(),
            count: counted(count, "finding"),
            bar: bar(
                &format!("Settles {}", counted(count, "finding")),
                count,
                largest,
                Tone::Undetermined,
            ),
            releases,
            releases_left,
            devices: Ids::new(group.devices.iter().map(String::as_str)),
            findings: Ids::new(flaws.into_iter()),
        }
    }
}
