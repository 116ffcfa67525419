//! What stands in each sheet.

use isocenter_model::assessment::{Assessment, Counts};
use isocenter_model::finding::Verdict;
use isocenter_model::{Digest, Level};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Worksheet, XlsxError};

use super::sheet::{Column, Formats, Value, write};
use crate::ReportError;
use crate::index::Index;
use crate::words::{Standing, length};

/// What the status column offers. A hospital's own words are accepted as well.
const STATUSES: [&str; 5] = [
    "open",
    "in progress",
    "done",
    "risk accepted",
    "not applicable",
];

/// The headers are those of the CSV worklist: either can be sent back.
pub(super) fn worklist(
    sheet: &mut Worksheet,
    assessment: &Assessment,
    index: &Index<'_>,
    formats: &Formats,
) -> Result<(), ReportError> {
    const NAME: &str = "Worklist";
    const STATUS: u16 = 2;
    let columns = [
        Column("id", 14.0),
        Column("asset_id", 12.0),
        Column("status", 13.0),
        Column("comment", 22.0),
        Column("urgency", 10.0),
        Column("points", 8.0),
        Column("verdict", 18.0),
        Column("vulnerability", 17.0),
        Column("title", 42.0),
        Column("component", 28.0),
        Column("version", 14.0),
        Column("owner", 13.0),
        Column("action", 48.0),
        Column("site", 16.0),
        Column("department", 16.0),
        Column("manufacturer", 18.0),
        Column("model", 20.0),
        Column("serial_number", 16.0),
        Column("known_exploited", 12.0),
        Column("epss", 8.0),
        Column("score", 7.0),
        Column("finding", 14.0),
    ];
    let rows = assessment.worklist.iter().map(|item| {
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
        let decision = item.decision.as_ref();
        [
            Value::text(&item.id),
            Value::text(&item.asset_id),
            Value::optional(decision.map(|decision| decision.status.as_str())),
            Value::optional(decision.and_then(|decision| decision.comment.as_deref())),
            Value::class(item.urgency.class),
            Value::Decimal(item.urgency.points),
            finding.map_or(Value::Empty, |finding| Value::verdict(finding.verdict)),
            Value::optional(finding.map(|finding| finding.vulnerability.as_str())),
            Value::optional(view.and_then(|view| view.title.as_deref())),
            Value::optional(component.map(|part| part.name.as_str())),
            Value::optional(component.and_then(|part| part.version.as_deref())),
            Value::optional(finding.map(|finding| finding.owner.as_str())),
            Value::optional(finding.map(|finding| finding.action.as_str())),
            Value::optional(device.and_then(|device| device.site.as_deref())),
            Value::optional(device.and_then(|device| device.department.as_deref())),
            Value::optional(
                device
                    .map(|device| device.manufacturer.as_str())
                    .or(release.map(|release| release.manufacturer.as_str())),
            ),
            Value::optional(
                device
                    .map(|device| device.model.as_str())
                    .or(release.map(|release| release.model.as_str())),
            ),
            Value::optional(device.and_then(|device| device.serial_number.as_deref())),
            Value::day(view.and_then(|view| view.known_exploited)),
            Value::probability(view.and_then(|view| view.epss)),
            Value::decimal(view.and_then(|view| view.score)),
            Value::optional(finding.map(|finding| finding.id.as_str())),
        ]
    });
    let last = write(sheet, NAME, &columns, 13, rows, formats)?;
    statuses(sheet, STATUS, last).map_err(|source| ReportError::Sheet {
        sheet: NAME,
        source,
    })
}

/// A list to choose a status from.
fn statuses(sheet: &mut Worksheet, column: u16, last: u32) -> Result<(), XlsxError> {
    let validation = DataValidation::new()
        .allow_list_strings(&STATUSES)?
        .set_error_style(DataValidationErrorStyle::Information)
        .set_error_title("Status")?
        .set_error_message("A word of your own is accepted as well.")?;
    sheet.add_data_validation(1, column, last.max(1), column, &validation)?;
    sheet.set_freeze_panes(1, 2)?;
    Ok(())
}

fn counts(counts: Counts) -> [Value; 7] {
    [
        counts.now,
        counts.soon,
        counts.planned,
        counts.watch,
        counts.undetermined,
        counts.fixed,
        counts.not_affected,
    ]
    .map(Value::Count)
}

fn band(standing: Standing) -> Value {
    Value::Band(standing, standing.as_str())
}

fn yes(value: bool) -> Value {
    Value::text(if value { "yes" } else { "no" })
}

fn names(releases: &[Digest], index: &Index<'_>) -> Value {
    let names: Vec<String> = releases.iter().map(|id| index.release_label(*id)).collect();
    Value::text(names.join("; "))
}

pub(super) fn devices(
    sheet: &mut Worksheet,
    assessment: &Assessment,
    index: &Index<'_>,
    formats: &Formats,
) -> Result<(), ReportError> {
    let columns = [
        Column("asset_id", 14.0),
        Column("standing", 14.0),
        Column("manufacturer", 18.0),
        Column("model", 20.0),
        Column("software_version", 12.0),
        Column("clinical_role", 14.0),
        Column("site", 16.0),
        Column("department", 14.0),
        Column("now", 7.0),
        Column("soon", 7.0),
        Column("planned", 9.0),
        Column("watch", 7.0),
        Column("undetermined", 14.0),
        Column("fixed", 7.0),
        Column("not_affected", 12.0),
        Column("note", 44.0),
        Column("modality", 10.0),
        Column("system", 16.0),
        Column("segment", 14.0),
        Column("ip_address", 16.0),
        Column("mac_address", 18.0),
        Column("ae_title", 16.0),
        Column("serial_number", 16.0),
        Column("udi", 34.0),
        Column("installed", 11.0),
        Column("planned_retirement", 12.0),
    ];
    let rows = assessment.devices.iter().map(|view| {
        let device = &view.device;
        let standing = index.standing(view);
        let [now, soon, planned, watch, undetermined, fixed, not_affected] = counts(view.counts);
        [
            Value::text(&device.asset_id),
            band(standing),
            Value::text(&device.manufacturer),
            Value::text(&device.model),
            Value::optional(device.software_version.as_deref()),
            Value::text(device.clinical_role.as_str()),
            Value::optional(device.site.as_deref()),
            Value::optional(device.department.as_deref()),
            now,
            soon,
            planned,
            watch,
            undetermined,
            fixed,
            not_affected,
            Value::optional(view.note.as_deref()),
            Value::optional(device.modality.as_deref()),
            Value::optional(device.system.as_deref()),
            Value::optional(device.segment.as_deref()),
            Value::optional(device.ip_address.as_deref()),
            Value::optional(device.mac_address.as_deref()),
            Value::optional(device.ae_title.as_deref()),
            Value::optional(device.serial_number.as_deref()),
            Value::optional(device.udi.as_deref()),
            Value::day(device.installed),
            Value::day(device.planned_retirement),
        ]
    });
    write(sheet, "Devices", &columns, 16, rows, formats).map(drop)
}

pub(super) fn releases(
    sheet: &mut Worksheet,
    assessment: &Assessment,
    formats: &Formats,
) -> Result<(), ReportError> {
    let columns = [
        Column("model", 24.0),
        Column("version", 14.0),
        Column("manufacturer", 20.0),
        Column("standing", 14.0),
        Column("devices", 9.0),
        Column("has_sbom", 10.0),
        Column("components", 12.0),
        Column("has_form", 10.0),
        Column("exposure_known", 12.0),
        Column("exposure_points", 12.0),
        Column("exposure_reasons", 46.0),
        Column("now", 7.0),
        Column("soon", 7.0),
        Column("planned", 9.0),
        Column("watch", 7.0),
        Column("undetermined", 14.0),
        Column("fixed", 7.0),
        Column("not_affected", 12.0),
        Column("id", 16.0),
    ];
    let rows = assessment.releases.iter().map(|view| {
        let [now, soon, planned, watch, undetermined, fixed, not_affected] = counts(view.counts);
        [
            Value::text(&view.release.model),
            Value::optional(view.release.version.as_deref()),
            Value::text(&view.release.manufacturer),
            band(Standing::of(view.counts, view.has_sbom)),
            Value::Count(view.devices),
            yes(view.has_sbom),
            Value::Count(view.components),
            yes(view.has_form),
            yes(view.exposure.known),
            Value::Decimal(view.exposure.points),
            Value::text(view.exposure.reasons.join("; ")),
            now,
            soon,
            planned,
            watch,
            undetermined,
            fixed,
            not_affected,
            Value::text(view.id.to_string()),
        ]
    });
    write(sheet, "Releases", &columns, 18, rows, formats).map(drop)
}

pub(super) fn findings(
    sheet: &mut Worksheet,
    assessment: &Assessment,
    index: &Index<'_>,
    formats: &Formats,
) -> Result<(), ReportError> {
    let columns = [
        Column("id", 14.0),
        Column("release", 28.0),
        Column("verdict", 18.0),
        Column("urgency", 10.0),
        Column("points", 8.0),
        Column("vulnerability", 17.0),
        Column("title", 42.0),
        Column("component", 28.0),
        Column("version", 14.0),
        Column("devices", 9.0),
        Column("owner", 13.0),
        Column("action", 48.0),
        Column("missing_fact", 32.0),
        Column("severity", 10.0),
        Column("score", 7.0),
        Column("vector", 30.0),
        Column("known_exploited", 12.0),
        Column("epss", 8.0),
        Column("without_statement", 16.0),
        Column("reason", 60.0),
        Column("sources", 30.0),
        Column("aliases", 24.0),
        Column("purl", 30.0),
        Column("cpe", 30.0),
    ];
    let rows = assessment.findings.iter().map(|view| {
        let finding = &view.finding;
        let component = finding.component.as_ref();
        let mut sources: Vec<&str> = finding
            .evidence
            .iter()
            .map(|evidence| evidence.source.as_str())
            .collect();
        sources.dedup();
        [
            Value::text(&finding.id),
            Value::text(index.release_label(finding.release)),
            Value::verdict(finding.verdict),
            if finding.verdict.is_open() {
                Value::class(view.urgency.class)
            } else {
                Value::Empty
            },
            Value::Decimal(view.urgency.points),
            Value::text(&finding.vulnerability),
            Value::optional(view.title.as_deref()),
            Value::optional(component.map(|part| part.name.as_str())),
            Value::optional(component.and_then(|part| part.version.as_deref())),
            Value::Count(view.devices),
            Value::text(finding.owner.as_str()),
            Value::text(&finding.action),
            Value::optional(
                finding
                    .missing
                    .as_ref()
                    .map(|missing| missing.fact.as_str()),
            ),
            Value::optional(view.severity.as_deref()),
            Value::decimal(view.score),
            Value::optional(view.vector.as_deref()),
            Value::day(view.known_exploited),
            Value::probability(view.epss),
            Value::optional(finding.matched_verdict.map(Verdict::as_str)),
            Value::optional(
                finding
                    .evidence
                    .first()
                    .map(|evidence| evidence.explanation.as_str()),
            ),
            Value::text(sources.join("; ")),
            Value::text(finding.aliases.join("; ")),
            Value::optional(component.and_then(|part| part.purl.as_deref())),
            Value::optional(component.and_then(|part| part.cpe.as_deref())),
        ]
    });
    write(sheet, "Findings", &columns, 12, rows, formats).map(drop)
}

pub(super) fn missing(
    sheet: &mut Worksheet,
    assessment: &Assessment,
    index: &Index<'_>,
    formats: &Formats,
) -> Result<(), ReportError> {
    let columns = [
        Column("fact", 48.0),
        Column("settles_findings", 12.0),
        Column("devices", 9.0),
        Column("ask", 14.0),
        Column("in_one_line", 60.0),
        Column("about", 28.0),
        Column("kind", 20.0),
        Column("releases", 48.0),
        Column("asset_ids", 48.0),
    ];
    let rows = assessment.missing.iter().map(|group| {
        [
            Value::text(&group.fact.fact),
            Value::Count(length(&group.findings)),
            Value::Count(length(&group.devices)),
            Value::text(group.fact.ask.as_str()),
            Value::text(&group.text),
            Value::text(&group.fact.about),
            Value::text(&group.fact.kind),
            names(&group.releases, index),
            Value::text(group.devices.join("; ")),
        ]
    });
    write(sheet, "Missing facts", &columns, 5, rows, formats).map(drop)
}

pub(super) fn actions(
    sheet: &mut Worksheet,
    assessment: &Assessment,
    index: &Index<'_>,
    formats: &Formats,
) -> Result<(), ReportError> {
    let columns = [
        Column("action", 64.0),
        Column("owner", 14.0),
        Column("urgency", 10.0),
        Column("points", 10.0),
        Column("devices", 9.0),
        Column("findings", 9.0),
        Column("releases", 56.0),
    ];
    let rows = assessment.actions.iter().map(|action| {
        [
            Value::text(&action.text),
            Value::text(action.owner.as_str()),
            Value::class(action.class),
            Value::Decimal(action.points),
            Value::Count(action.devices),
            Value::Count(length(&action.findings)),
            names(&action.releases, index),
        ]
    });
    write(sheet, "Actions", &columns, 7, rows, formats).map(drop)
}

pub(super) fn sources(
    sheet: &mut Worksheet,
    assessment: &Assessment,
    formats: &Formats,
) -> Result<(), ReportError> {
    let columns = [
        Column("name", 34.0),
        Column("kind", 30.0),
        Column("version", 12.0),
        Column("origin", 22.0),
        Column("dated", 16.0),
        Column("age_days", 9.0),
        Column("imported", 16.0),
        Column("actor", 14.0),
        Column("holds", 30.0),
        Column("errors", 8.0),
        Column("warnings", 9.0),
        Column("notes", 8.0),
        Column("first_problem", 56.0),
        Column("digest", 20.0),
    ];
    let rows = assessment.sources.iter().map(|source| {
        let problems = |level: Level| {
            Value::Count(
                source
                    .problems
                    .iter()
                    .filter(|problem| problem.level == level)
                    .count() as u64,
            )
        };
        let held: Vec<String> = source
            .summary
            .iter()
            .map(|(noun, count)| format!("{count} {noun}"))
            .collect();
        let worst = source
            .problems
            .iter()
            .rev()
            .max_by_key(|problem| problem.level)
            .map(|problem| format!("{}: {}", problem.at, problem.message));
        [
            Value::text(&source.name),
            Value::text(source.kind.title()),
            Value::optional(source.version.as_deref()),
            Value::optional(source.origin.as_deref()),
            source.dated.map_or(Value::Empty, Value::Moment),
            source
                .age_days(assessment.made)
                .and_then(|days| u64::try_from(days).ok())
                .map_or(Value::Empty, Value::Count),
            Value::Moment(source.imported),
            Value::text(&source.actor),
            Value::text(held.join("; ")),
            problems(Level::Error),
            problems(Level::Warning),
            problems(Level::Note),
            Value::optional(worst.as_deref()),
            Value::text(source.digest.to_string()),
        ]
    });
    write(sheet, "Sources", &columns, 13, rows, formats).map(drop)
}
