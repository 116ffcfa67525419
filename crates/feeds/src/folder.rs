//! The folder of feeds: files as they came, and a note of where, when and what each is.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::error::FeedError;

const STATE: &str = "state.json";

/// The folder in which feeds lie, one folder a feed.
#[derive(Debug, Clone)]
pub struct Folder {
    at: PathBuf,
}

/// What is known of one feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// When its publisher was last asked.
    pub asked: Option<Timestamp>,
    /// Up to where a feed that is fetched by date of change was fetched.
    pub cursor: Option<String>,
    /// How far a run that did not end had come.
    pub pending: Option<Pending>,
    /// Its files by name.
    pub files: BTreeMap<String, FeedFile>,
}

/// A run of pages that did not end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// What was asked for: `full`, or the span of days.
    pub run: String,
    /// The cursor to keep when it ends.
    pub until: String,
    /// The first record that is missing.
    pub next: u64,
}

/// One file of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedFile {
    /// Where it came from.
    pub address: String,
    /// Its entity tag (RFC 9110, 8.8.3), as written.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub etag: Option<String>,
    /// When its publisher changed it, as written.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_modified: Option<String>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was fetched.
    pub fetched: Timestamp,
}

impl Folder {
    /// The folder at a path; it is made when something is written.
    pub fn new(at: impl Into<PathBuf>) -> Self {
        Self { at: at.into() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.at
    }

    /// Where a feed's files lie.
    pub fn feed(&self, name: &str) -> PathBuf {
        self.at.join(name)
    }

    /// What is known of a feed; nothing where it was never fetched.
    pub fn state(&self, name: &str) -> Result<State, FeedError> {
        let path = self.feed(name).join(STATE);
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| FeedError::File {
                action: "read",
                path,
                source: io::Error::new(io::ErrorKind::InvalidData, error),
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(State::default()),
            Err(error) => Err(FeedError::file("read", &path)(error)),
        }
    }

    /// Writes what is known of a feed, in one step.
    pub fn keep(&self, name: &str, state: &State) -> Result<(), FeedError> {
        let path = self.feed(name).join(STATE);
        let text = serde_json::to_vec_pretty(state).map_err(|error| FeedError::File {
            action: "write",
            path: path.clone(),
            source: io::Error::other(error),
        })?;
        write_whole(&path, &text)
    }
}

/// Writes a file in one step: beside it, then in its place.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), FeedError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    make_folder(folder)?;
    let failed = || FeedError::file("write", path);
    let mut beside = tempfile::NamedTempFile::new_in(folder).map_err(failed())?;
    io::Write::write_all(&mut beside, bytes).map_err(failed())?;
    beside.as_file().sync_all().map_err(failed())?;
    beside
        .persist(path)
        .map_err(|error| failed()(error.error))?;
    Ok(())
}

/// Makes a folder that only its owner enters.
pub(crate) fn make_folder(folder: &Path) -> Result<(), FeedError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(FeedError::file("make", folder))
}

/// SHA-256 and size of a file.
pub(crate) fn digest(path: &Path) -> Result<(String, u64), FeedError> {
    let mut file = fs::File::open(path).map_err(FeedError::file("read", path))?;
    digest_of(&mut file).map_err(FeedError::file("read", path))
}

/// SHA-256 in hexadecimal, and size, of what can be read.
pub(crate) fn digest_of(reader: &mut impl Read) -> io::Result<(String, u64)> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 128 << 10];
    let mut size = 0;
    loop {
        let count = reader.read(&mut buffer)?;
        if count == 0 {
            return Ok((hexadecimal(&hash.finalize()), size));
        }
        hash.update(buffer.get(..count).unwrap_or_default());
        size += count as u64;
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

/// A name that is safe on every disk, made from what a publisher wrote: no folder, no hidden file, no
/// device.
pub(crate) fn safe_name(written: &str) -> String {
    let last = written
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .split(['?', '#'])
        .next()
        .unwrap_or_default();
    let name: String = last
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '+') {
                c
            } else {
                '_'
            }
        })
        .take(120)
        .collect();
    let name = name.trim_matches('.');
    if name.is_empty() {
        "file".to_owned()
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publishers_name_never_leaves_the_folder() {
        for (written, name) in [
            (
                "https://a.example/x/2024/icsma-24-001-01.json?x=1",
                "icsma-24-001-01.json",
            ),
            ("../../etc/passwd", "passwd"),
            ("..", "file"),
            (".hidden", "hidden"),
            ("C:\\windows\\a b.json", "a_b.json"),
            ("", "file"),
        ] {
            assert_eq!(safe_name(written), name, "{written}");
        }
        assert_eq!(safe_name(&"x".repeat(500)).len(), 120);
    }

    #[test]
    fn what_is_known_of_a_feed_is_kept_and_found_again() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::new(home.path().join("feeds"));
        assert_eq!(folder.state("kev").unwrap(), State::default());
        let state = State {
            cursor: Some("2026-01-01".into()),
            ..State::default()
        };
        folder.keep("kev", &state).unwrap();
        assert_eq!(folder.state("kev").unwrap(), state);
        std::fs::write(folder.feed("kev").join("state.json"), "{").unwrap();
        assert!(folder.state("kev").is_err());
    }
}
