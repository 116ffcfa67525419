//! Column mappings that lie beside inventories.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use isocenter_documents::inventory::InventoryMapping;
use isocenter_documents::recognise;
use isocenter_model::{Digest, DocumentKind};

/// The largest mapping that is read, in bytes.
pub(super) const MOST_BYTES: u64 = 64 << 10;

/// A column mapping with the digest of its file.
#[derive(Debug)]
pub(crate) struct Mapping {
    pub(crate) mapping: InventoryMapping,
    pub(crate) digest: Digest,
}

/// Whether a file of that name may hold a mapping. This looks ahead only; what the file is, its
/// content says.
pub(super) fn may_be(name: &str) -> bool {
    let extension = Path::new(name).extension();
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

/// The mapping that `bytes` hold; one with an error holds none and says so where it is read as a paper.
pub(super) fn from_bytes(bytes: &[u8]) -> Option<Arc<Mapping>> {
    if recognise(bytes) != DocumentKind::InventoryMapping {
        return None;
    }
    let mapping = InventoryMapping::from_toml(std::str::from_utf8(bytes).ok()?).ok()?;
    Some(Arc::new(Mapping {
        mapping,
        digest: Digest::of(bytes),
    }))
}

/// The first mapping among the entries of one folder.
pub(super) fn among(entries: &[PathBuf]) -> Option<Arc<Mapping>> {
    entries.iter().find_map(|path| from_file(path))
}

/// The mappings among paths that were given one by one, by their folders.
pub(super) fn beside_each_other(paths: &[PathBuf]) -> HashMap<PathBuf, Arc<Mapping>> {
    let mut mappings = HashMap::new();
    for path in paths {
        if let (Some(parent), Some(mapping)) = (path.parent(), from_file(path)) {
            mappings.entry(parent.to_owned()).or_insert(mapping);
        }
    }
    mappings
}

fn from_file(path: &Path) -> Option<Arc<Mapping>> {
    if !may_be(&path.to_string_lossy()) {
        return None;
    }
    let metadata = fs::symlink_metadata(path).ok()?;
    if !metadata.is_file() || metadata.len() > MOST_BYTES {
        return None;
    }
    from_bytes(&fs::read(path).ok()?)
}
