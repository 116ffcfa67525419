//! One sheet of rows under a header.

use isocenter_model::assessment::DISCLAIMER;
use isocenter_model::finding::{UrgencyClass, Verdict};
use isocenter_model::text::shortened;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use rust_xlsxwriter::{
    Color, Format, FormatAlign, FormatBorder, IgnoreError, Worksheet, XlsxError,
};

use super::ROWS;
use crate::ReportError;
use crate::words::Standing;

/// Characters of a cell: the format's limit is 32,767 UTF-16 units.
const CELL: usize = 16_000;

/// What stands in a cell.
pub(super) enum Value {
    Text(String),
    Count(u64),
    Decimal(f64),
    Probability(f64),
    Day(Date),
    Moment(Timestamp),
    /// A word with the colour of its standing.
    Band(Standing, &'static str),
    Empty,
}

impl Value {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn optional(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    pub(super) fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    pub(super) fn decimal(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Decimal)
    }

    pub(super) fn probability(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Probability)
    }

    pub(super) fn class(class: UrgencyClass) -> Self {
        Self::Band(Standing::Act(class), class.as_str())
    }

    pub(super) fn verdict(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Affected | Verdict::UnderInvestigation => Self::text(verdict.as_str()),
            Verdict::Undetermined => Self::Band(Standing::Undetermined, verdict.as_str()),
            Verdict::Fixed | Verdict::NotAffected => {
                Self::Band(Standing::NothingOpen, verdict.as_str())
            }
        }
    }
}

/// Looks of cells. The colours are those of the page, and text on them keeps a contrast of at
/// least 4.5 to 1 (WCAG 2.2, 1.4.3).
pub(super) struct Formats {
    pub(super) title: Format,
    pub(super) heading: Format,
    pub(super) header: Format,
    pub(super) text: Format,
    pub(super) prose: Format,
    count: Format,
    decimal: Format,
    probability: Format,
    day: Format,
    moment: Format,
    bands: [Format; 7],
}

/// Fill and text of each standing, in the order of [`Standing::ALL`].
const BANDS: [(u32, u32); 7] = [
    (0x00B3_2436, 0x00FF_FFFF),
    (0x00F6_C667, 0x0033_2200),
    (0x00CF_E2F3, 0x000B_2E4A),
    (0x00E4_E9EB, 0x0025_3338),
    (0x00E2_D9F0, 0x0034_1F57),
    (0x00F3_E3EE, 0x004A_1B3B),
    (0x00D5_EBDF, 0x0010_3B28),
];

/// Fill of headers: the page's deep blue-green.
const INK: u32 = 0x0012_3D47;

impl Formats {
    pub(super) fn new() -> Self {
        let cell = Format::new().set_align(FormatAlign::Top);
        let numeric = |code: &str| cell.clone().set_num_format(code);
        Self {
            title: Format::new()
                .set_bold()
                .set_font_size(18)
                .set_font_color(INK),
            heading: Format::new()
                .set_bold()
                .set_font_size(12)
                .set_font_color(INK)
                .set_border_bottom(FormatBorder::Thin),
            header: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_font_color(Color::White)
                .set_background_color(INK),
            prose: cell.clone().set_text_wrap(),
            count: numeric("#,##0"),
            decimal: numeric("0.0"),
            probability: numeric("0.0%"),
            day: numeric("yyyy-mm-dd"),
            moment: numeric("yyyy-mm-dd hh:mm"),
            bands: BANDS.map(|(fill, text)| {
                cell.clone()
                    .set_bold()
                    .set_background_color(fill)
                    .set_font_color(text)
            }),
            text: cell,
        }
    }

    /// The look of a standing.
    pub(super) fn band(&self, standing: Standing) -> &Format {
        self.bands.get(standing.rank()).unwrap_or(&self.text)
    }

    /// The fill of a standing.
    pub(super) fn fill(standing: Standing) -> u32 {
        BANDS.get(standing.rank()).map_or(INK, |(fill, _)| *fill)
    }
}

/// A column: its header and its width in characters. Columns wider than 40 wrap their text.
pub(super) struct Column(pub(super) &'static str, pub(super) f64);

/// Writes the header and the rows, and makes the sheet ready to filter and to print: the first
/// `printed` columns, which are those that a page can hold. Gives the number of rows written.
pub(super) fn write<const COLUMNS: usize>(
    sheet: &mut Worksheet,
    name: &'static str,
    columns: &[Column; COLUMNS],
    printed: u16,
    rows: impl Iterator<Item = [Value; COLUMNS]>,
    formats: &Formats,
) -> Result<u32, ReportError> {
    table(sheet, name, columns, printed, rows, formats).map_err(|source| ReportError::Sheet {
        sheet: name,
        source,
    })
}

fn table<const COLUMNS: usize>(
    sheet: &mut Worksheet,
    name: &str,
    columns: &[Column; COLUMNS],
    printed: u16,
    rows: impl Iterator<Item = [Value; COLUMNS]>,
    formats: &Formats,
) -> Result<u32, XlsxError> {
    prepared(sheet, name)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_row_height(0, 30)?;
    for (column, Column(header, width)) in (0_u16..).zip(columns) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, *header, &formats.header)?;
    }
    let mut last = 0;
    for (row, values) in (1_u32..).zip(rows.take(ROWS)) {
        for ((column, value), Column(_, width)) in (0_u16..).zip(values).zip(columns) {
            cell(sheet, row, column, value, *width > 40.0, formats)?;
        }
        last = row;
    }
    let right = u16::try_from(COLUMNS.saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.set_freeze_panes(1, 1)?;
    sheet.autofilter(0, 0, last, right)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_print_area(0, 0, last, printed.saturating_sub(1).min(right))?;
    if last > 0 {
        // Versions such as 8.0 are texts on purpose.
        sheet.ignore_error_range(1, 0, last, right, IgnoreError::NumberStoredAsText)?;
    }
    Ok(last)
}

/// Name and page set-up.
pub(super) fn prepared(sheet: &mut Worksheet, name: &str) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    sheet.set_paper_size(9); // ISO A4
    sheet.set_margins(0.4, 0.4, 0.6, 0.75, 0.3, 0.3);
    sheet.set_header("&L&\"Calibri,Bold\"Isocenter&R&A");
    sheet.set_footer(format!("&L&7{DISCLAIMER}&R&7&P / &N"));
    Ok(())
}

/// Writes one value.
pub(super) fn cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: Value,
    wrapped: bool,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match value {
        Value::Text(text) => {
            let format = if wrapped {
                &formats.prose
            } else {
                &formats.text
            };
            sheet.write_string_with_format(row, column, safe(&text), format)?;
        }
        #[allow(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        Value::Count(count) => {
            sheet.write_number_with_format(row, column, count as f64, &formats.count)?;
        }
        Value::Decimal(value) => {
            sheet.write_number_with_format(row, column, value, &formats.decimal)?;
        }
        Value::Probability(value) => {
            sheet.write_number_with_format(row, column, value, &formats.probability)?;
        }
        Value::Day(day) => match serial_day(day) {
            Some(serial) => {
                sheet.write_number_with_format(row, column, serial, &formats.day)?;
            }
            None => {
                sheet.write_string_with_format(row, column, day.to_string(), &formats.text)?;
            }
        },
        Value::Moment(at) => match serial_moment(at) {
            Some(serial) => {
                sheet.write_number_with_format(row, column, serial, &formats.moment)?;
            }
            None => {
                sheet.write_string_with_format(row, column, at.to_string(), &formats.text)?;
            }
        },
        Value::Band(standing, word) => {
            sheet.write_string_with_format(row, column, word, formats.band(standing))?;
        }
        Value::Empty => {}
    }
    Ok(())
}

/// A text that fits a cell and that XML 1.0 can hold.
pub(super) fn safe(text: &str) -> String {
    shortened(text, CELL).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// A day as spreadsheets count it: days since 1899-12-30. Days before 1900-03-01 have two
/// meanings there and stay text.
fn serial_day(day: Date) -> Option<f64> {
    let days = jiff::civil::date(1899, 12, 30)
        .until((jiff::Unit::Day, day))
        .ok()?
        .get_days();
    (61..=2_958_465).contains(&days).then(|| f64::from(days))
}

/// A moment in UTC as spreadsheets count it.
fn serial_moment(at: Timestamp) -> Option<f64> {
    let at = Offset::UTC.to_datetime(at);
    let seconds =
        (i32::from(at.hour()) * 60 + i32::from(at.minute())) * 60 + i32::from(at.second());
    serial_day(at.date()).map(|day| day + f64::from(seconds) / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_spreadsheets_count_them() {
        assert_eq!(serial_day(jiff::civil::date(1900, 3, 1)), Some(61.0));
        assert_eq!(serial_day(jiff::civil::date(2026, 11, 23)), Some(46_349.0));
        assert_eq!(serial_day(jiff::civil::date(1900, 2, 28)), None);
        assert_eq!(serial_day(jiff::civil::date(-44, 3, 15)), None);
        let noon = "2026-11-23T12:00:00Z".parse().unwrap();
        assert_eq!(serial_moment(noon), Some(46_349.5));
    }

    /// WCAG 2.2, 1.4.3: at least 4.5 to 1.
    #[test]
    fn words_on_bands_can_be_read() {
        let luminance = |color: u32| {
            let [_, red, green, blue] = color.to_be_bytes();
            let linear = |channel: u8| {
                let value = f64::from(channel) / 255.0;
                if value <= 0.04045 {
                    value / 12.92
                } else {
                    ((value + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
        };
        for (fill, text) in BANDS.into_iter().chain([(INK, 0x00FF_FFFF)]) {
            let (one, other) = (luminance(fill), luminance(text));
            let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
            assert!(contrast >= 4.5, "{text:06x} on {fill:06x}: {contrast:.2}");
        }
    }

    #[test]
    fn a_cell_holds_what_xml_can_hold() {
        assert_eq!(safe("a\u{ffff}b\u{0}c"), "a\u{fffd}b\u{fffd}c");
        assert_eq!(safe(&"x".repeat(20_000)).chars().count(), CELL);
    }
}
