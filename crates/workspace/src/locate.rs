//! Where the workspace of some papers is.

use std::fs;
use std::path::{Path, PathBuf};

use isocenter_model::Digest;

/// Name of the workspace folder beside the papers.
pub const FOLDER: &str = ".isocenter";

/// What of the surroundings decides where a workspace is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The workspace that the user named (`--workspace`, `ISOCENTER_WORKSPACE`).
    pub given: Option<PathBuf>,
    /// The folder for the user's own data of this program.
    pub data: Option<PathBuf>,
    /// The number of the user on a Unix system, where it can be told.
    pub user: Option<u32>,
}

impl Surroundings {
    /// Those of this process; `given` is what the user named, if anything.
    pub fn of_this_process(given: Option<&Path>) -> Self {
        Self {
            given: given.map(Path::to_owned),
            data: data_folder(),
            user: user(),
        }
    }
}

/// The workspace of `paths`: the one that the user named; else `.isocenter` in the first path; else,
/// where that is no folder, is read-only, belongs to somebody else or can be written by others, a
/// folder of its own in the user's data folder. Without paths it is that of the current folder.
///
/// A file shares the workspace of its folder only in the user's data folder: beside single files nothing is made.
pub fn workspace(surroundings: &Surroundings, paths: &[PathBuf]) -> PathBuf {
    if let Some(given) = &surroundings.given {
        return given.clone();
    }
    let first = paths.first().map_or(Path::new("."), PathBuf::as_path);
    let path = fs::canonicalize(first)
        .or_else(|_| std::path::absolute(first))
        .unwrap_or_else(|_| first.to_owned());
    let beside = path.join(FOLDER);
    if path.is_dir() && is_private(&path, surroundings.user) && can_hold(&beside) {
        return beside;
    }
    let folder = if path.is_dir() {
        path.as_path()
    } else {
        path.parent().unwrap_or(&path)
    };
    match &surroundings.data {
        Some(data) => {
            let name = Digest::of(folder.as_os_str().as_encoded_bytes()).short();
            data.join("workspaces").join(name)
        }
        None => folder.join(FOLDER),
    }
}

/// Whether a folder is the user's alone to write: it is theirs, they may write to it, and nobody else may.
#[cfg(unix)]
fn is_private(folder: &Path, user: Option<u32>) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(folder).is_ok_and(|metadata| {
        let theirs = user.is_none_or(|user| user == metadata.uid());
        theirs && metadata.mode() & 0o200 != 0 && metadata.mode() & 0o022 == 0
    })
}

/// Elsewhere than on Unix a folder counts as shared where it lies outside the user's own.
#[cfg(not(unix))]
fn is_private(folder: &Path, _user: Option<u32>) -> bool {
    let home = std::env::var_os("USERPROFILE").map(PathBuf::from);
    let home = home.and_then(|home| fs::canonicalize(home).ok());
    home.is_some_and(|home| folder.starts_with(home))
        && fs::metadata(folder).is_ok_and(|metadata| !metadata.permissions().readonly())
}

/// Whether `folder` is there or could be made: a file system can be read-only whatever its folders say.
fn can_hold(folder: &Path) -> bool {
    if folder.is_dir() {
        return true;
    }
    // Made and removed again: nothing is left where the command then fails for another reason.
    fs::create_dir(folder).is_ok_and(|()| fs::remove_dir(folder).is_ok())
}

/// The user's folder for data of this program, as the platform has it.
fn data_folder() -> Option<PathBuf> {
    let folder = |name: &str| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let data = folder("XDG_DATA_HOME").or_else(|| {
        if cfg!(windows) {
            folder("LOCALAPPDATA")
        } else if cfg!(target_os = "macos") {
            folder("HOME").map(|home| home.join("Library").join("Application Support"))
        } else {
            folder("HOME").map(|home| home.join(".local").join("share"))
        }
    });
    data.map(|data| data.join("isocenter"))
}

/// The number of the user: the owner of this process on Linux, of the home folder elsewhere.
#[cfg(unix)]
fn user() -> Option<u32> {
    use std::os::unix::fs::MetadataExt as _;
    let process = fs::metadata("/proc/self").ok();
    let home = || std::env::var_os("HOME").and_then(|home| fs::metadata(home).ok());
    process.or_else(home).map(|metadata| metadata.uid())
}

#[cfg(not(unix))]
fn user() -> Option<u32> {
    None
}
