//! A hospital's own list of devices, as its maintenance system exports it.

use crate::problem::Place;
use crate::product::Device;

/// How one column of the export was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMapping {
    /// The header as written.
    pub header: String,
    /// Its field in our words (`manufacturer`, `serial-number` …); `None` when the column was dropped.
    pub field: Option<String>,
}

/// One row of the export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InventoryRow {
    /// The device.
    pub device: Device,
    /// The device's own status as written (`In service`, `Retired`).
    pub status: Option<String>,
    /// Where the row stands.
    pub at: Place,
}

/// An inventory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inventory {
    /// How the columns were understood, in their order.
    pub mapping: Vec<ColumnMapping>,
    /// The devices.
    pub rows: Vec<InventoryRow>,
    /// Columns without a field of their own that the hospital asked to keep.
    pub kept: Vec<KeptColumn>,
}

/// A column of the export that no field holds and that is kept because a mapping asks for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptColumn {
    /// The header as written.
    pub header: String,
    /// Its value in each of [`Inventory::rows`], in their order; empty where the cell is.
    pub values: Vec<String>,
}

/// One row of a worklist that comes back: what the hospital's system says of a work item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorklistRow {
    /// The item's stable id (`W-…`).
    pub item: String,
    /// Status as written.
    pub status: String,
    /// Remark.
    pub comment: Option<String>,
    /// Where the row stands.
    pub at: Place,
}
