//! One row, cell by cell.

use std::borrow::Cow;
use std::collections::BTreeMap;

use isocenter_model::Place;

use super::fields::{Field, absent};
use super::header::{Header, Use};
use super::write::without_text_mark;
use crate::spreadsheet::{
    Cell, DayOrder, Row, Table, WrittenDay, column_order, serial_day, written_day,
};

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
            // 1950 to 2099, as serial numbers whose format was lost on the way.
            Cell::Number(serial) if (18_264.0..73_051.0).contains(serial) => {
                serial_day(*serial, false).map_or(WrittenDay::No, WrittenDay::Day)
            }
            cell => {
                let text = cell.text();
                if absent(&text) {
                    return None;
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
