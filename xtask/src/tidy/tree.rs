//! The tracked files of a checkout.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

use thiserror::Error;

/// The tracked files could not be read.
#[derive(Debug, Error)]
pub(crate) enum TreeError {
    /// `git` could not be started.
    #[error("cannot start git, which names the tracked files")]
    Git(#[source] io::Error),
    /// The folder is no git checkout.
    #[error("git names no tracked files: {0}")]
    NoCheckout(String),
    /// A tracked file could not be read.
    #[error("cannot read `{path}`")]
    File {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// The tracked files of a checkout, by path from its root with `/` between folders.
pub(crate) struct Tree {
    files: BTreeMap<String, Vec<u8>>,
}

impl Tree {
    /// The files that git tracks under `root`, as they stand on the disk.
    pub(crate) fn tracked(root: &Path) -> Result<Self, TreeError> {
        let listing = Command::new("git")
            .args(["ls-files", "-z"])
            .current_dir(root)
            .output()
            .map_err(TreeError::Git)?;
        if !listing.status.success() {
            let message = String::from_utf8_lossy(&listing.stderr).trim().to_owned();
            return Err(TreeError::NoCheckout(message));
        }
        let mut files = BTreeMap::new();
        for path in String::from_utf8_lossy(&listing.stdout).split_terminator('\0') {
            match fs::read(root.join(path)) {
                Ok(bytes) => {
                    files.insert(path.to_owned(), bytes);
                }
                // Deleted, but not yet committed.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(source) => {
                    let path = path.to_owned();
                    return Err(TreeError::File { path, source });
                }
            }
        }
        Ok(Self { files })
    }

    /// A made-up checkout.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        Self {
            files: files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
                .collect(),
        }
    }

    /// Number of files.
    pub(crate) fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether `path` is a tracked file, or a folder that holds one.
    pub(crate) fn has(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        path.is_empty()
            || self.files.contains_key(path)
            || self
                .files
                .range(folder.clone()..)
                .next()
                .is_some_and(|(next, _)| next.starts_with(&folder))
    }

    /// The text of a file; `None` when it is absent or no UTF-8.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        str::from_utf8(self.files.get(path)?).ok()
    }

    /// Every file that is UTF-8 text, by path.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .filter_map(|(path, bytes)| Some((path.as_str(), str::from_utf8(bytes).ok()?)))
    }

    /// The text files whose path begins with `prefix` and ends with `suffix`.
    pub(crate) fn texts_in<'a>(
        &'a self,
        prefix: &'a str,
        suffix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.texts()
            .filter(move |(path, _)| path.starts_with(prefix) && path.ends_with(suffix))
    }
}

/// What stands after the last dot of a file's name.
pub(crate) fn extension(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?;
    name.rsplit_once('.').map(|(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_there_when_a_file_in_it_is() {
        let tree = Tree::of(&[("docs/a.md", ""), ("docs-old.md", "")]);
        assert!(tree.has("docs"));
        assert!(tree.has("docs/"));
        assert!(tree.has("docs/a.md"));
        assert!(!tree.has("docs-old"));
        assert!(!tree.has("doc"));
    }
}
