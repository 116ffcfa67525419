//! What `assess` prints.

use std::fmt::Write as _;

use isocenter_model::assessment::{ActionView, Assessment, MissingGroup};
use isocenter_model::finding::UrgencyClass;
use unicode_width::UnicodeWidthStr;

use super::style::{Ink, Style, padded};
use crate::index::Index;
use crate::words::{Standing, counted, length, moment, number, points};

/// Entries of a list on the summary; the rest is counted and stands in the other forms.
const SHOWN: usize = 5;

/// What `assess` prints: devices, findings by urgency, what to do first and who, which facts are
/// missing, what to know before relying on it, and where to go on.
pub fn summary(assessment: &Assessment, style: &Style) -> String {
    let mut page = String::new();
    let title = style.joined(&[
        format!("Isocenter {}", assessment.version),
        format!("assessment of {}", moment(assessment.made)),
    ]);
    let _ = writeln!(page, "{}\n", style.paint(Ink::Heading, &title));
    devices(&mut page, assessment, style);
    findings(&mut page, assessment, style);
    actions(&mut page, &assessment.actions, style);
    missing(&mut page, &assessment.missing, style);
    cautions(&mut page, &assessment.cautions, style);
    next(&mut page, assessment, style);
    page.push_str(&style.footer());
    page
}

fn devices(page: &mut String, assessment: &Assessment, style: &Style) {
    let index = Index::of_releases(&assessment.releases);
    let standings = index.standings(&assessment.devices);
    let facts = [
        counted(length(&assessment.devices), "device"),
        counted(length(&assessment.releases), "release"),
        counted(length(&assessment.findings), "finding"),
        counted(length(&assessment.sources), "paper"),
    ];
    let _ = writeln!(page, "{}", style.joined(&facts));
    let by_standing: Vec<String> = Standing::ALL
        .into_iter()
        .zip(standings)
        .filter(|(_, count)| *count > 0)
        .map(|(standing, count)| {
            style.paint(
                Ink::of_standing(standing),
                &format!("{} {}", number(count), standing.as_str()),
            )
        })
        .collect();
    if !by_standing.is_empty() {
        let _ = writeln!(
            page,
            "Devices by their most pressing finding:\n  {}",
            style.joined(&by_standing)
        );
    }
    page.push('\n');
}

fn findings(page: &mut String, assessment: &Assessment, style: &Style) {
    let counts = assessment.counts;
    let rows = [
        (Standing::Act(UrgencyClass::Now), counts.now),
        (Standing::Act(UrgencyClass::Soon), counts.soon),
        (Standing::Act(UrgencyClass::Planned), counts.planned),
        (Standing::Act(UrgencyClass::Watch), counts.watch),
        (Standing::Undetermined, counts.undetermined),
    ];
    let maximum = rows.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let digits = number(maximum).width();
    let bars = style.columns().saturating_sub(18 + digits).min(40);
    let _ = writeln!(page, "{}", style.paint(Ink::Heading, "Findings"));
    for (standing, count) in rows {
        let ink = Ink::of_standing(standing);
        let line = format!(
            "  {}  {:>digits$}  {}",
            style.paint(ink, &padded(standing.as_str(), 12)),
            number(count),
            style.paint(ink, &style.bar(count, maximum, bars)),
        );
        let _ = writeln!(page, "{}", line.trim_end());
    }
    let settled = [
        format!("{} fixed", number(counts.fixed)),
        format!("{} not affected", number(counts.not_affected)),
    ];
    let _ = writeln!(page, "  {}\n", style.joined(&settled));
}

fn actions(page: &mut String, actions: &[ActionView], style: &Style) {
    if actions.is_empty() {
        return;
    }
    let _ = writeln!(page, "{}", style.paint(Ink::Heading, "Do first"));
    for (number, action) in (1..).zip(actions.iter().take(SHOWN)) {
        let lead = format!("  {number}. ");
        let indent = lead.width();
        let facts = [
            style.paint(Ink::of_class(action.class), action.class.as_str()),
            format!("{} must act", action.owner.as_str()),
            counted(action.devices, "device"),
            counted(length(&action.findings), "finding"),
            format!("{} points", points(action.points)),
        ];
        let _ = writeln!(page, "{lead}{}", style.wrapped(&action.text, indent));
        let _ = writeln!(page, "{}{}", " ".repeat(indent), style.joined(&facts));
    }
    more(page, actions.len(), "action", style);
}

fn missing(page: &mut String, groups: &[MissingGroup], style: &Style) {
    if groups.is_empty() {
        return;
    }
    let heading = "Find out: each fact settles findings that nobody can decide without it";
    let _ = writeln!(page, "{}", style.paint(Ink::Heading, heading));
    for (number, group) in (1..).zip(groups.iter().take(SHOWN)) {
        let lead = format!("  {number}. ");
        let asked = format!("{} (ask the {})", group.text, group.fact.ask.as_str());
        let _ = writeln!(page, "{lead}{}", style.wrapped(&asked, lead.width()));
    }
    more(page, groups.len(), "fact", style);
}

fn more(page: &mut String, total: usize, noun: &str, style: &Style) {
    let rest = total.saturating_sub(SHOWN) as u64;
    if rest > 0 {
        let text = {
            let plural = counted(rest, noun);
            match plural.split_once(' ') {
                Some((number, noun)) => format!("     and {number} more {noun}"),
                None => plural,
            }
        };
        let _ = writeln!(page, "{}", style.paint(Ink::Quiet, &text));
    }
    page.push('\n');
}

fn cautions(page: &mut String, cautions: &[String], style: &Style) {
    if cautions.is_empty() {
        return;
    }
    let heading = "Before you rely on it";
    let _ = writeln!(page, "{}", style.paint(Ink::Heading, heading));
    for caution in cautions {
        let _ = writeln!(
            page,
            "  {} {}",
            style.paint(Ink::Caution, "!"),
            style.wrapped(caution, 4)
        );
    }
    page.push('\n');
}

fn next(page: &mut String, assessment: &Assessment, style: &Style) {
    let mut steps = Vec::new();
    if let Some(first) = assessment.findings.first() {
        steps.push((
            format!("isocenter show {}", first.finding.id),
            "the evidence for the most pressing finding",
        ));
    }
    if let Some(first) = assessment.worklist.first() {
        let asset = style.cut(&first.asset_id, 24);
        // What a shell would take apart is not put into a command to copy.
        let quoted = if asset.is_empty()
            || !asset
                .chars()
                .all(|c| c.is_alphanumeric() || "-_./:".contains(c))
        {
            "DEVICE".to_owned()
        } else {
            asset
        };
        steps.push((
            format!("isocenter show {quoted}"),
            "the device that it is on",
        ));
    }
    steps.push((
        "isocenter assess --format html --out report.html".to_owned(),
        "everything, to read and print",
    ));
    steps.push((
        "isocenter assess --format csv --out worklist.csv".to_owned(),
        "a worklist for your maintenance system",
    ));
    let columns = steps
        .iter()
        .map(|(command, _)| command.width())
        .max()
        .unwrap_or_default();
    let _ = writeln!(page, "{}", style.paint(Ink::Heading, "Next"));
    for (command, what) in steps {
        let fits = style.width == 0 || 4 + columns + what.width() <= style.width;
        let shown = style.paint(Ink::Literal, &command);
        if fits {
            let blanks = " ".repeat(columns - command.width());
            let _ = writeln!(page, "  {shown}{blanks}  {what}");
        } else {
            let _ = writeln!(page, "  {shown}\n      {what}");
        }
    }
}
