//! Device inventories: the export of a hospital's maintenance system (CMMS), as worksheet or
//! delimited text.
//!
//! Only columns that are understood (or asked for by name) are read. What stands in any other
//! column may be about patients, so it is in no model, no message and no digest: those columns are
//! named and dropped, and [`write_kept`] gives the file that may be stored instead of the original.

mod fields;
mod header;
mod mapping;
mod read;
mod row;
mod write;

pub use fields::{Field, is_retired};
pub use mapping::InventoryMapping;
pub use read::read;
pub use write::write_kept;

pub(crate) use fields::{field_of, worklist_comment, worklist_status};
pub(crate) use read::is_inventory;
pub(crate) use write::without_text_mark;
