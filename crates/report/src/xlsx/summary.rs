//! The first sheet: the answer on one printed page.

use isocenter_model::assessment::{Assessment, DISCLAIMER};
use isocenter_model::finding::UrgencyClass;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFormat, ChartPoint, ChartSolidFill, ChartType, Format, Worksheet,
    XlsxError,
};

use super::ROWS;
use super::sheet::{Formats, Value, cell, prepared, safe};
use crate::ReportError;
use crate::index::Index;
use crate::words::{Standing, length, moment, number};

const NAME: &str = "Summary";

/// Entries of a list; the other sheets hold all.
const SHOWN: usize = 10;

/// Last column of the page.
const RIGHT: u16 = 6;

pub(super) fn write(
    sheet: &mut Worksheet,
    assessment: &Assessment,
    index: &Index<'_>,
    formats: &Formats,
) -> Result<(), ReportError> {
    page(sheet, assessment, index, formats).map_err(|source| ReportError::Sheet {
        sheet: NAME,
        source,
    })
}

fn page(
    sheet: &mut Worksheet,
    assessment: &Assessment,
    index: &Index<'_>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    prepared(sheet, NAME)?;
    sheet.set_portrait();
    sheet.set_print_fit_to_pages(1, 1);
    sheet.set_screen_gridlines(false);
    for (column, width) in (0_u16..).zip([22.0, 11.0, 4.0, 22.0, 11.0, 30.0, 30.0]) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_row_height(0, 28)?;
    sheet.write_string_with_format(0, 0, "Security of imaging devices", &formats.title)?;
    let made = format!(
        "Assessment of {} by Isocenter {}",
        moment(assessment.made),
        assessment.version
    );
    sheet.write_string_with_format(1, 0, safe(&made), &formats.text)?;
    prose(sheet, 2, DISCLAIMER, formats)?;

    let findings = findings(sheet, 4, assessment, formats)?;
    let devices = devices(sheet, 4, assessment, index, formats)?;
    chart(sheet, 4)?;
    let mut row = findings.max(devices).max(13) + 1;
    row = actions(sheet, row, assessment, formats)?;
    row = missing(sheet, row, assessment, formats)?;
    let mut cautions = assessment.cautions.clone();
    cautions.extend(left_out(assessment));
    if !cautions.is_empty() {
        row = heading(sheet, row, "Before you rely on it", formats)?;
        for caution in &cautions {
            prose(sheet, row, caution, formats)?;
            row += 1;
        }
        row += 1;
    }
    row = heading(sheet, row, "How urgency is counted", formats)?;
    prose(sheet, row, &assessment.formula, formats)?;
    Ok(())
}

fn heading(
    sheet: &mut Worksheet,
    row: u32,
    text: &str,
    formats: &Formats,
) -> Result<u32, XlsxError> {
    sheet.merge_range(row, 0, row, RIGHT, text, &formats.heading)?;
    Ok(row + 1)
}

/// A paragraph over the width of the page, as high as it needs.
fn prose(sheet: &mut Worksheet, row: u32, text: &str, formats: &Formats) -> Result<(), XlsxError> {
    let text = safe(text);
    let lines = u32::try_from(text.chars().count().div_ceil(115))
        .unwrap_or(u32::MAX)
        .clamp(1, 12);
    sheet.set_row_height(row, 15 * lines)?;
    sheet.merge_range(row, 0, row, RIGHT, &text, &formats.prose)?;
    Ok(())
}

fn findings(
    sheet: &mut Worksheet,
    row: u32,
    assessment: &Assessment,
    formats: &Formats,
) -> Result<u32, XlsxError> {
    let counts = assessment.counts;
    let [now, soon, planned, watch] = UrgencyClass::ALL.map(Standing::Act);
    let rows = [
        (now, now.as_str(), counts.now),
        (soon, soon.as_str(), counts.soon),
        (planned, planned.as_str(), counts.planned),
        (watch, watch.as_str(), counts.watch),
        (Standing::Undetermined, "undetermined", counts.undetermined),
        (Standing::NothingOpen, "fixed", counts.fixed),
        (Standing::NothingOpen, "not affected", counts.not_affected),
    ];
    pair(sheet, row, 0, ["findings", "number"], rows, formats)
}

fn devices(
    sheet: &mut Worksheet,
    row: u32,
    assessment: &Assessment,
    index: &Index<'_>,
    formats: &Formats,
) -> Result<u32, XlsxError> {
    let standings = index.standings(&assessment.devices);
    let rows = Standing::ALL
        .into_iter()
        .zip(standings)
        .map(|(standing, count)| (standing, standing.as_str(), count));
    pair(sheet, row, 3, ["devices", "number"], rows, formats)
}

/// Two columns: a coloured word and its number.
fn pair(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    headers: [&str; 2],
    rows: impl IntoIterator<Item = (Standing, &'static str, u64)>,
    formats: &Formats,
) -> Result<u32, XlsxError> {
    for (offset, header) in (0..).zip(headers) {
        sheet.write_string_with_format(row, column + offset, header, &formats.header)?;
    }
    let mut next = row + 1;
    for (standing, word, count) in rows {
        cell(
            sheet,
            next,
            column,
            Value::Band(standing, word),
            false,
            formats,
        )?;
        cell(sheet, next, column + 1, Value::Count(count), false, formats)?;
        next += 1;
    }
    Ok(next)
}

/// Open findings by urgency, from the cells beside it.
fn chart(sheet: &mut Worksheet, row: u32) -> Result<(), XlsxError> {
    let standings = &Standing::ALL[..5];
    let points: Vec<ChartPoint> = standings
        .iter()
        .map(|standing| {
            let fill = ChartSolidFill::new()
                .set_color(Formats::fill(*standing))
                .clone();
            ChartPoint::new().set_format(ChartFormat::new().set_solid_fill(&fill))
        })
        .collect();
    let mut chart = Chart::new(ChartType::Bar);
    chart
        .add_series()
        .set_categories((NAME, row + 1, 0, row + 5, 0))
        .set_values((NAME, row + 1, 1, row + 5, 1))
        .set_points(&points)
        .set_gap(40)
        .set_data_label(ChartDataLabel::new().show_value());
    chart.title().set_name("Open findings by urgency");
    chart.legend().set_hidden();
    chart.x_axis().set_major_gridlines(false);
    chart.x_axis().set_label_interval(1);
    chart.y_axis().set_reverse();
    chart.set_alt_text("Open findings by urgency; the numbers stand in the table beside it.");
    chart.set_width(430).set_height(210);
    sheet.insert_chart(row, 5, &chart)?;
    Ok(())
}

fn actions(
    sheet: &mut Worksheet,
    row: u32,
    assessment: &Assessment,
    formats: &Formats,
) -> Result<u32, XlsxError> {
    if assessment.actions.is_empty() {
        return Ok(row);
    }
    let mut row = heading(sheet, row, "Do first", formats)?;
    for action in assessment.actions.iter().take(SHOWN) {
        cell(sheet, row, 0, Value::class(action.class), false, formats)?;
        let owner = Value::text(action.owner.as_str());
        cell(sheet, row, 1, owner, false, formats)?;
        line(
            sheet,
            row,
            &format!(
                "{} ({} devices, {} findings)",
                action.text,
                number(action.devices),
                number(length(&action.findings))
            ),
            &formats.prose,
        )?;
        row += 1;
    }
    more(sheet, row, assessment.actions.len(), "Actions", formats)
}

fn missing(
    sheet: &mut Worksheet,
    row: u32,
    assessment: &Assessment,
    formats: &Formats,
) -> Result<u32, XlsxError> {
    if assessment.missing.is_empty() {
        return Ok(row);
    }
    let mut row = heading(sheet, row, "Find out", formats)?;
    for group in assessment.missing.iter().take(SHOWN) {
        let asked = format!("ask the {}", group.fact.ask.as_str());
        cell(sheet, row, 0, Value::text(asked), false, formats)?;
        let count = Value::Count(length(&group.findings));
        cell(sheet, row, 1, count, false, formats)?;
        line(sheet, row, &group.text, &formats.prose)?;
        row += 1;
    }
    more(
        sheet,
        row,
        assessment.missing.len(),
        "Missing facts",
        formats,
    )
}

/// A text from the third column to the right edge, as high as it needs.
fn line(sheet: &mut Worksheet, row: u32, text: &str, format: &Format) -> Result<(), XlsxError> {
    let text = safe(text);
    let lines = u32::try_from(text.chars().count().div_ceil(85))
        .unwrap_or(u32::MAX)
        .clamp(1, 6);
    sheet.set_row_height(row, 15 * lines)?;
    sheet.merge_range(row, 2, row, RIGHT, &text, format)?;
    Ok(())
}

fn more(
    sheet: &mut Worksheet,
    row: u32,
    total: usize,
    other: &str,
    formats: &Formats,
) -> Result<u32, XlsxError> {
    let rest = total.saturating_sub(SHOWN) as u64;
    if rest == 0 {
        return Ok(row + 1);
    }
    let text = format!("and {} more in the sheet {other}", number(rest));
    sheet.write_string_with_format(row, 2, text, &formats.text)?;
    Ok(row + 2)
}

/// Sheets that do not hold everything.
fn left_out(assessment: &Assessment) -> Vec<String> {
    [
        ("Worklist", assessment.worklist.len()),
        ("Findings", assessment.findings.len()),
        ("Devices", assessment.devices.len()),
    ]
    .into_iter()
    .filter(|(_, rows)| *rows > ROWS)
    .map(|(sheet, rows)| {
        format!(
            "The sheet {sheet} holds the first {} of {} rows; the CSV and JSON outputs hold all.",
            number(ROWS as u64),
            number(rows as u64)
        )
    })
    .collect()
}
