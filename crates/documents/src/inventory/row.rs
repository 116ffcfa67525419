//! One row, cell by cell.

use std::borrow::Cow;
use std::collections::BTreeMap;

use isocenter_model::Place;
use jiff::civil::Date;

use super::fields::Field;
use super::header::{Header, Use};
use super::write::without_text_mark;
use crate::spreadsheet::{
    Cell, DayOrder, Row, Table, WrittenDay, column_order, serial_day, written_day,
};
use crate::wording::absent;

/// The order of day and month that each day column shows.
pub(super) fn day_orders(table: &Table, header: &Header) -> BTreeMap<Field, DayOrder> {
    [Field::Installed, Field::PlannedRetirement]
        .into_iter()
        .filter_map(|field| {
            let column = header.column(field)?;
            let texts =
                table
                    .rows
                    .iter()
                    .skip(header.index + 1)
                    .filter_map(|row| match row.get(column) {
                        Some(Cell::Text(text)) => Some(text.as_str()),
                        _ => None,
                    });
            Some((field, column_order(texts)?))
        })
        .collect()
}

/// One row with what its columns mean.
pub(super) struct RowReading<'r> {
    pub(super) table: &'r Table,
    pub(super) header: &'r Header,
    pub(super) row: &'r Row,
    pub(super) orders: &'r BTreeMap<Field, DayOrder>,
    /// The column of each kept column of the inventory, where this table has it.
    pub(super) kept: &'r [Option<u32>],
}

impl RowReading<'_> {
    pub(super) fn cell(&self, field: Field) -> Option<&Cell> {
        self.row.get(self.header.column(field)?)
    }

    /// The text of a field; `None` where the cell is empty or says that nothing is known.
    pub(super) fn text(&self, field: Field) -> Option<String> {
        let text = self.cell(field)?.text();
        let text = without_text_mark(&text).trim();
        (!absent(text)).then(|| text.to_owned())
    }

    pub(super) fn day(&self, field: Field) -> Option<WrittenDay> {
        Some(match self.cell(field)? {
            Cell::Date(day) => WrittenDay::Day(*day),
            Cell::Number(serial) => plausible_day(*serial).map_or(WrittenDay::No, WrittenDay::Day),
            cell => {
                let text = cell.text();
                if absent(&text) {
                    return None;
                }
                // Five digits are no way to write a day but the spreadsheet program's own.
                if let Some(day) = serial_in_text(&text) {
                    return Some(WrittenDay::Day(day));
                }
                written_day(&text).resolve(self.orders.get(&field).copied())
            }
        })
    }

    pub(super) fn place(&self, field: Field) -> Place {
        self.table
            .cell(self.row.number, self.header.column(field).unwrap_or(0))
    }

    /// Reports repeat their headers on every page.
    pub(super) fn repeats_the_header(&self) -> bool {
        let mut columns = self
            .header
            .columns
            .iter()
            .filter(|column| column.purpose != Use::Drop)
            .peekable();
        columns.peek().is_some()
            && columns.all(|column| match self.row.text(column.at) {
                Cow::Borrowed(text) => text == column.header,
                Cow::Owned(text) => text == column.header,
            })
    }
}

/// The day of a serial number whose format was lost on the way: 1950 to 2099. Other numbers are
/// years, or no days at all.
fn plausible_day(serial: f64) -> Option<Date> {
    (18_264.0..73_051.0)
        .contains(&serial)
        .then(|| serial_day(serial, false))
        .flatten()
}

fn serial_in_text(text: &str) -> Option<Date> {
    (text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok().and_then(plausible_day))
        .flatten()
}
