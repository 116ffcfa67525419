//! Copies of a workspace: made, brought back, and made before an upgrade.

use std::path::{Path, PathBuf};

use isocenter_store::Store;
use jiff::Timestamp;

use crate::error::WorkspaceError;

/// Name of the folder, inside a workspace, of copies that were made before something replaced it.
const KEPT: &str = "kept";

/// Writes the whole workspace, as it is at this moment, to one new file.
pub async fn backup(store: &Store, file: &Path) -> Result<(), WorkspaceError> {
    Ok(store.copy(file).await?)
}

/// Brings the workspace at `at` back from a backup. The backup is copied, brought to this schema and
/// verified before it takes the place of what is there; that is kept, and its new path is the answer.
pub async fn restore(
    file: &Path,
    at: &Path,
    now: Timestamp,
) -> Result<Option<PathBuf>, WorkspaceError> {
    let stamp = now.strftime("%Y-%m-%d-%H%M%S").to_string();
    Ok(Store::restore(file, at, &at.join(KEPT).join(stamp)).await?)
}

/// Brings an older workspace to the schema of this version, after a copy. The answer is the
/// copy's path, or `None` where there was nothing to do.
pub async fn upgrade(at: &Path) -> Result<Option<PathBuf>, WorkspaceError> {
    Ok(Store::upgrade(at, &at.join(KEPT)).await?)
}
