//! One door for every format.
use isocenter_model::{DocumentKind, Place, Problem, Reading};

use crate::inventory::InventoryMapping;

/// What a reader may be told beside the bytes.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions<'a> {
    /// Column mapping for inventories, over the built-in synonyms.
    pub mapping: Option<&'a InventoryMapping>,
}

/// Recognises `bytes` and reads them.
pub fn read(bytes: &[u8], _options: &ReadOptions<'_>) -> Reading {
    Reading::unreadable(
        DocumentKind::Unknown,
        Problem::error(
            "unknown-format",
            Place::Document,
            format!("{} bytes", bytes.len()),
        ),
    )
}
