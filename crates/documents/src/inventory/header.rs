//! The row of headers: which column is which field.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::{Field, field_of};
use super::mapping::{InventoryMapping, Order};
use super::write::KEPT_PREFIX;
use crate::spreadsheet::{Cell, Row, Table};

/// Rows in which the headers are looked for: reports begin with titles, dates and filters.
pub(super) const HEADER_WITHIN: usize = 40;
/// Columns that are kept because a mapping asks for them.
pub(super) const MAX_KEPT: usize = 64;

/// What is done with a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Field(Field),
    Keep,
    Drop,
}

/// One column.
pub(super) struct Column {
    pub(super) at: u32,
    pub(super) header: String,
    pub(super) purpose: Use,
}

/// The row of headers, understood.
pub(super) struct Header {
    /// Index of the header's row in the table.
    pub(super) index: usize,
    /// Number of that row.
    pub(super) number: u64,
    pub(super) columns: Vec<Column>,
    /// Each field that was found, with its column and header.
    fields: BTreeMap<Field, (u32, String)>,
    /// Second columns of a field that has one already: the first header, the second.
    pub(super) ambiguous: Vec<(u32, String, String)>,
}

impl Header {
    /// The zero-based column of a field.
    pub(super) fn column(&self, field: Field) -> Option<u32> {
        self.fields.get(&field).map(|(at, _)| *at)
    }

    /// The zero-based column that is kept under a name.
    pub(super) fn kept_column(&self, name: &str) -> Option<u32> {
        self.columns
            .iter()
            .find(|column| column.purpose == Use::Keep && kept_name(&column.header) == name)
            .map(|column| column.at)
    }
}

/// The row that names the most columns, if it names enough of them.
pub(super) fn find_header(table: &Table, mapping: &InventoryMapping) -> Option<Header> {
    let mut best: Option<(usize, Header)> = None;
    for (index, row) in table.rows.iter().take(HEADER_WITHIN).enumerate() {
        let header = understand_header(index, row, mapping);
        let fields = &header.fields;
        let enough = fields.len() >= 2 && fields.keys().any(|field| field.names_a_device());
        let count = fields.len();
        if enough && best.as_ref().is_none_or(|(most, _)| count > *most) {
            best = Some((count, header));
        }
    }
    best.map(|(_, header)| header)
}

fn understand_header(index: usize, row: &Row, mapping: &InventoryMapping) -> Header {
    let mut header = Header {
        index,
        number: row.number,
        columns: Vec::new(),
        fields: BTreeMap::new(),
        ambiguous: Vec::new(),
    };
    // What the mapping says goes first, so that a synonym does not take its field away.
    let by_order: BTreeMap<u32, Order> = row
        .cells
        .iter()
        .filter_map(|(at, cell)| Some((*at, mapping.order(&cell.text())?)))
        .collect();
    let ordered: BTreeSet<Field> = by_order
        .values()
        .filter_map(|order| match order {
            Order::Field(field) => Some(*field),
            _ => None,
        })
        .collect();
    for (at, cell) in &row.cells {
        let Cell::Text(text) = cell else { continue };
        let wanted = match by_order.get(at) {
            Some(Order::Ignore) => Use::Drop,
            Some(Order::Keep) => Use::Keep,
            Some(Order::Field(field)) => Use::Field(*field),
            None if text.starts_with(KEPT_PREFIX) => Use::Keep,
            None => match field_of(text) {
                Some(field) if !ordered.contains(&field) => Use::Field(field),
                _ => Use::Drop,
            },
        };
        let purpose = match wanted {
            Use::Field(field) => {
                if let Some((_, first)) = header.fields.get(&field) {
                    header.ambiguous.push((*at, first.clone(), text.clone()));
                    Use::Drop
                } else {
                    header.fields.insert(field, (*at, text.clone()));
                    wanted
                }
            }
            Use::Keep | Use::Drop => wanted,
        };
        header.columns.push(Column {
            at: *at,
            header: text.clone(),
            purpose,
        });
    }
    header
}

/// The header of a kept column without the mark that [`super::write_kept`] sets before it.
pub(super) fn kept_name(header: &str) -> &str {
    header.strip_prefix(KEPT_PREFIX).unwrap_or(header)
}
