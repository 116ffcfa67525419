//! The zip file around a worksheet, opened with distrust.

use std::cell::Cell;
use std::io::{Cursor, Read};
use std::rc::Rc;

use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};
use zip::ZipArchive;

/// Parts of a workbook: sheets, styles, drawings. Real ones have tens.
const MAX_ENTRIES: usize = 4_096;
/// Bytes that may come out of one file, all parts together, as measured while inflating.
pub(crate) const MAX_INFLATED: u64 = 256 << 20;
/// From this size on, the ratio of inflated to stored bytes is watched.
const RATIO_FROM: u64 = 16 << 20;
/// Sheets full of styled blank cells reach about 60; deflate itself cannot exceed 1,032.
pub(crate) const MAX_RATIO: u64 = 200;

/// Whether `bytes` begin as a zip file with at least one entry does.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Why a zip file was not opened or not read on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PackageError {
    /// The directory at its end is missing or damaged.
    #[error("the zip directory is missing or damaged: the file is truncated or is no zip file")]
    Directory(#[source] zip::result::ZipError),
    /// It has more entries than any spreadsheet.
    #[error("the zip file has {0} entries; a spreadsheet has at most {MAX_ENTRIES}")]
    Entries(usize),
    /// A name points outside the archive.
    #[error(
        "the zip entry \u{201c}{0}\u{201d} points outside the archive; no spreadsheet program writes such a name"
    )]
    Name(String),
    /// A part that is needed is not there.
    #[error("the part {0} is missing")]
    Missing(String),
    /// A part cannot be inflated.
    #[error("the part {0} is damaged")]
    Part(String, #[source] zip::result::ZipError),
}

impl PackageError {
    /// The same as a problem of the whole file.
    pub(crate) fn into_problem(self) -> Problem {
        let id = match &self {
            Self::Directory(_) | Self::Missing(_) | Self::Part(..) => "spreadsheet-damaged",
            Self::Entries(_) => "spreadsheet-too-large",
            Self::Name(_) => "spreadsheet-unsafe-name",
        };
        Problem::error(id, Place::Document, self.to_string())
    }
}

/// An opened zip file. Everything that is inflated out of it counts against one budget.
#[derive(Debug)]
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Entry names with `/` between folders, in lower case: some writers use `\` or other case.
    names: Vec<String>,
    left: Rc<Cell<u64>>,
}

impl<'a> Package<'a> {
    /// Opens `bytes` without inflating anything.
    ///
    /// # Errors
    ///
    /// [`PackageError::Directory`], [`PackageError::Entries`], [`PackageError::Name`].
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, PackageError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(PackageError::Directory)?;
        if archive.len() > MAX_ENTRIES {
            return Err(PackageError::Entries(archive.len()));
        }
        let mut names = Vec::with_capacity(archive.len());
        for index in 0..archive.len() {
            let name = match archive.name_for_index(index) {
                Some(Ok(name)) => name.replace('\\', "/").to_ascii_lowercase(),
                _ => String::new(),
            };
            if leaves_the_archive(&name) {
                return Err(PackageError::Name(shortened(&name, 80)));
            }
            names.push(name);
        }
        Ok(Self {
            archive,
            names,
            left: Rc::new(Cell::new(MAX_INFLATED)),
        })
    }

    /// Whether there is a part of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.names
            .iter()
            .position(|entry| entry.eq_ignore_ascii_case(name))
    }

    /// A part as a stream that ends with an error when too much comes out of it.
    ///
    /// # Errors
    ///
    /// [`PackageError::Missing`], [`PackageError::Part`].
    pub(crate) fn part(&mut self, name: &str) -> Result<impl Read + use<'_, 'a>, PackageError> {
        let index = self
            .index(name)
            .ok_or_else(|| PackageError::Missing(shortened(name, 80)))?;
        let left = Rc::clone(&self.left);
        let entry = self
            .archive
            .by_index(index)
            .map_err(|source| PackageError::Part(shortened(name, 80), source))?;
        Ok(Measured {
            stored: entry.compressed_size(),
            inner: entry,
            inflated: 0,
            left,
        })
    }
}

/// Whether an entry name would leave the folder it is unpacked to.
fn leaves_the_archive(name: &str) -> bool {
    name.starts_with('/')
        || name.contains('\0')
        || name.split('/').any(|step| step == "..")
        || name.as_bytes().get(1) == Some(&b':')
}

/// Counts what really comes out, whatever the directory claims.
struct Measured<R> {
    inner: R,
    stored: u64,
    inflated: u64,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Measured<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let read = count as u64;
        self.inflated = self.inflated.saturating_add(read);
        let Some(left) = self.left.get().checked_sub(read) else {
            return Err(std::io::Error::other(format!(
                "more than {} MiB come out of the zip file",
                MAX_INFLATED >> 20
            )));
        };
        self.left.set(left);
        if self.inflated > RATIO_FROM && self.inflated / MAX_RATIO > self.stored {
            return Err(std::io::Error::other(format!(
                "a part inflates to more than {MAX_RATIO} times its stored size"
            )));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_leave_the_archive_are_told_from_odd_ones() {
        for name in ["../a", "/a", "a/../b", "c:/a", "a\0b"] {
            assert!(leaves_the_archive(name), "{name:?}");
        }
        for name in ["[trash]/0000.dat", "a..b/c", "xl/workbook.xml"] {
            assert!(!leaves_the_archive(name), "{name:?}");
        }
    }

    #[test]
    fn all_parts_together_share_one_budget() {
        use std::io::Write;
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored);
        writer.start_file("a", stored).unwrap();
        writer.write_all(&vec![b'a'; 16 << 20]).unwrap();
        let bytes = writer.finish().unwrap().into_inner();
        let mut package = Package::open(&bytes).unwrap();
        let mut read = || std::io::copy(&mut package.part("a").unwrap(), &mut std::io::sink());
        for _ in 0..MAX_INFLATED / (16 << 20) {
            assert_eq!(read().unwrap(), 16 << 20);
        }
        assert_eq!(
            read().unwrap_err().to_string(),
            "more than 256 MiB come out of the zip file"
        );
    }
}
