//! Device inventories.

/// A column mapping that overrides the built-in synonyms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InventoryMapping;
