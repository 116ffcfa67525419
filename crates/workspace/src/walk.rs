//! The files below some paths, one at a time: folders and archives are opened, nothing is unpacked to disk.
//!
//! Everything here may be hostile. A member of an archive is only ever read into memory, never
//! written under its own name; what an archive holds is read up to limits that its own words do not move.

mod archive;
mod dicom;
mod mapping;

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{Read as _, Seek as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use isocenter_documents::{cve, osv};
use isocenter_model::document::{CheckedFile, DocumentKind, Summary};
use isocenter_model::text::printable;
use isocenter_model::{Digest, Place, Problem, Reading};

pub(crate) use archive::Zip;
use archive::{Budget, Content, OpenArchive, Source};
pub(crate) use mapping::Mapping;

/// The largest file that is read into memory, in bytes: far above any paper, below what could
/// stop the machine.
const MOST_BYTES: u64 = 256 << 20;

/// How deep archives may lie inside archives.
const MOST_DEPTH: usize = 3;

/// What a walk finds.
pub(crate) enum Found {
    /// A file in memory, which may be a paper.
    Paper(Paper),
    /// The beginning of a DICOM file, without its name and its place: they may name a patient.
    Dicom(Vec<u8>),
    /// An archive of vulnerability records, still to be read.
    RecordArchive(RecordArchive),
    /// An archive whose members follow.
    Opened(CheckedFile),
    /// Something that could not be read.
    Refused(CheckedFile),
}

/// A file in memory.
pub(crate) struct Paper {
    /// Its path as it is shown: printable, with `!/` between an archive and its member.
    pub(crate) path: String,
    /// Its name without folders, printable.
    pub(crate) name: String,
    /// Where it lies below the path that was given: the same for the next edition of the same file.
    pub(crate) place: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// The column mapping that lies beside it.
    pub(crate) mapping: Option<Arc<Mapping>>,
}

/// An archive of vulnerability records, as their feed publishes them.
pub(crate) struct RecordArchive {
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) digest: Digest,
    pub(crate) format: RecordFormat,
    /// What its records have in common, where that is one thing: an ecosystem.
    pub(crate) collection: Option<String>,
    pub(crate) zip: Zip,
}

/// A format whose feed publishes an archive of one file for each record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecordFormat {
    /// CVE JSON 5, as the CVE Program publishes the whole list.
    Cve,
    /// OSV, as osv.dev publishes each ecosystem.
    Osv,
}

impl RecordFormat {
    /// The format of a record of that kind.
    fn of(kind: DocumentKind) -> Option<Self> {
        match kind {
            DocumentKind::Cve => Some(Self::Cve),
            DocumentKind::Osv => Some(Self::Osv),
            _ => None,
        }
    }

    /// The kind of a record.
    pub(crate) fn record(self) -> DocumentKind {
        match self {
            Self::Cve => DocumentKind::Cve,
            Self::Osv => DocumentKind::Osv,
        }
    }

    /// The kind of the archive.
    pub(crate) fn archive(self) -> DocumentKind {
        match self {
            Self::Cve => DocumentKind::CveArchive,
            Self::Osv => DocumentKind::OsvArchive,
        }
    }

    /// Who publishes it.
    pub(crate) fn origin(self) -> &'static str {
        match self {
            Self::Cve => "CVE Program",
            Self::Osv => "OSV",
        }
    }

    /// Reads a record.
    pub(crate) fn read(self, bytes: &[u8]) -> Reading {
        match self {
            Self::Cve => cve::read(bytes),
            Self::Osv => osv::read(bytes),
        }
    }
}

/// The files below some paths, in order of name.
pub(crate) struct Walk {
    /// The path that was given and is being walked, as it is shown.
    given: String,
    frames: Vec<Frame>,
    budget: Budget,
}

enum Frame {
    /// Paths that were given.
    Given {
        paths: std::vec::IntoIter<PathBuf>,
        mappings: HashMap<PathBuf, Arc<Mapping>>,
    },
    /// The entries of a folder.
    Folder {
        root: PathBuf,
        place: String,
        entries: std::vec::IntoIter<PathBuf>,
        mapping: Option<Arc<Mapping>>,
    },
    /// The members of an archive.
    Archive(OpenArchive),
}

/// What is known of a file before it is read.
struct Entry {
    path: String,
    name: String,
    place: String,
    mapping: Option<Arc<Mapping>>,
}

impl Walk {
    /// A walk over `paths`, in the order given.
    pub(crate) fn new(paths: &[PathBuf]) -> Self {
        Self {
            given: String::new(),
            frames: vec![Frame::Given {
                mappings: mapping::beside_each_other(paths),
                paths: Vec::from(paths).into_iter(),
            }],
            budget: Budget::default(),
        }
    }

    /// The path that was given and below which the last find lies, as it is shown.
    pub(crate) fn given(&self) -> &str {
        &self.given
    }

    /// A path that was given: it may be hidden or a symbolic link, for somebody asked for it.
    fn enter_given(&mut self, path: &Path, mapping: Option<Arc<Mapping>>) -> Option<Found> {
        let entry = Entry {
            path: shown(path),
            name: name_of(path),
            place: name_of(path),
            mapping,
        };
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                let root = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
                self.enter_folder(path, root, String::new())
            }
            Ok(metadata) if metadata.is_file() => {
                Some(self.enter_file(path, metadata.len(), entry))
            }
            Ok(_) => Some(refused(&entry.path, 0, not_a_file())),
            Err(error) => Some(refused(&entry.path, 0, unreadable(&error))),
        }
    }

    /// An entry of a folder. A symbolic link is not followed: what it names inside the tree is met there, and
    /// what lies outside was not given.
    fn enter_below(
        &mut self,
        path: &Path,
        root: PathBuf,
        place: &str,
        mapping: Option<Arc<Mapping>>,
    ) -> Option<Found> {
        let name = name_of(path);
        let entry = Entry {
            path: shown(path),
            place: if place.is_empty() {
                name.clone()
            } else {
                format!("{place}/{name}")
            },
            name,
            mapping,
        };
        match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_symlink() => {
                let inside = fs::canonicalize(path).is_ok_and(|target| target.starts_with(&root));
                (!inside).then(|| refused(&entry.path, 0, link_outside()))
            }
            Ok(metadata) if metadata.is_dir() => self.enter_folder(path, root, entry.place),
            Ok(metadata) if metadata.is_file() => {
                Some(self.enter_file(path, metadata.len(), entry))
            }
            Ok(_) => Some(refused(&entry.path, 0, not_a_file())),
            Err(error) => Some(refused(&entry.path, 0, unreadable(&error))),
        }
    }

    fn enter_folder(&mut self, path: &Path, root: PathBuf, place: String) -> Option<Found> {
        let listed: Result<Vec<PathBuf>, _> = fs::read_dir(path).and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect()
        });
        match listed {
            Ok(mut entries) => {
                entries.retain(|path| !is_hidden(&name_of(path)));
                entries.sort();
                self.frames.push(Frame::Folder {
                    root,
                    place,
                    mapping: mapping::among(&entries),
                    entries: entries.into_iter(),
                });
                None
            }
            Err(error) => Some(refused(&shown(path), 0, unreadable(&error))),
        }
    }

    fn enter_file(&mut self, path: &Path, size: u64, entry: Entry) -> Found {
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) => return refused(&entry.path, size, unreadable(&error)),
        };
        let start = match dicom::telling(&mut file) {
            Ok(start) => start,
            Err(error) => return refused(&entry.path, size, unreadable(&error)),
        };
        match dicom::beginning(&start, &mut file) {
            Ok(Some(bytes)) => return Found::Dicom(bytes),
            Ok(None) => {}
            Err(error) => return refused(&self.given, size, unreadable(&error)),
        }
        if let Err(error) = file.rewind() {
            return refused(&entry.path, size, unreadable(&error));
        }
        if archive::begins_a_zip(&start) {
            self.budget = Budget::for_archive(size);
            return self.enter_zip(Box::new(file), size, entry, 1);
        }
        match read_all(file, size) {
            Ok(bytes) => paper(entry, bytes),
            Err(problem) => refused(&entry.path, size, problem),
        }
    }

    /// A file that begins like a zip: an office document is a paper, an archive of vulnerability records
    /// is one too, any other is opened.
    fn enter_zip(
        &mut self,
        source: Box<dyn Source>,
        size: u64,
        entry: Entry,
        depth: usize,
    ) -> Found {
        match archive::open(source, &mut self.budget) {
            Ok(Content::Office(source)) => match read_all(source, size) {
                Ok(bytes) => paper(entry, bytes),
                Err(problem) => refused(&entry.path, size, problem),
            },
            Ok(Content::Records(records, digest, zip)) => Found::RecordArchive(RecordArchive {
                path: entry.path,
                name: entry.name,
                size,
                digest,
                format: records.format,
                collection: records.collection,
                zip,
            }),
            Ok(Content::Papers(digest, zip)) => {
                if depth > MOST_DEPTH {
                    return refused(&entry.path, size, too_deep());
                }
                let mut archive = OpenArchive::new(zip, entry.path.clone(), entry.place, depth);
                archive.find_mappings(&mut self.budget);
                let opened = CheckedFile {
                    path: entry.path,
                    kind: DocumentKind::Archive,
                    version: None,
                    digest: Some(digest),
                    size,
                    summary: Summary::from([("members", archive.remaining() as u64)]),
                    problems: Vec::new(),
                };
                self.frames.push(Frame::Archive(archive));
                Found::Opened(opened)
            }
            // A zip that cannot be opened may still be a paper in a reader's eyes; it says what is wrong.
            Err(problem) => refused(&entry.path, size, problem),
        }
    }

    fn enter_member(&mut self, member: archive::Member, depth: usize) -> Found {
        let archive::Member {
            path,
            name,
            place,
            mapping,
            size,
            content,
        } = member;
        let entry = Entry {
            path,
            name,
            place,
            mapping,
        };
        match content {
            Err(problem) => refused(&entry.path, size, problem),
            Ok(archive::MemberContent::Dicom(bytes)) => Found::Dicom(bytes),
            Ok(archive::MemberContent::Bytes(bytes)) => {
                if archive::begins_a_zip(&bytes) {
                    let size = bytes.len() as u64;
                    self.enter_zip(
                        Box::new(std::io::Cursor::new(bytes)),
                        size,
                        entry,
                        depth + 1,
                    )
                } else {
                    paper(entry, bytes)
                }
            }
            Ok(archive::MemberContent::Spilled(file, size)) => {
                self.enter_zip(Box::new(file), size, entry, depth + 1)
            }
        }
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            let found = match self.frames.last_mut()? {
                Frame::Given { paths, mappings } => {
                    let Some(path) = paths.next() else {
                        self.frames.pop();
                        continue;
                    };
                    let mapping = path
                        .parent()
                        .and_then(|parent| mappings.get(parent))
                        .cloned();
                    self.given = shown(&path);
                    self.enter_given(&path, mapping)
                }
                Frame::Folder {
                    root,
                    place,
                    entries,
                    mapping,
                } => {
                    let Some(path) = entries.next() else {
                        self.frames.pop();
                        continue;
                    };
                    let (root, place, mapping) = (root.clone(), place.clone(), mapping.clone());
                    self.enter_below(&path, root, &place, mapping)
                }
                Frame::Archive(archive) => {
                    let depth = archive.depth();
                    let Some(member) = archive.next(&mut self.budget) else {
                        self.frames.pop();
                        continue;
                    };
                    Some(self.enter_member(member, depth))
                }
            };
            if found.is_some() {
                return found;
            }
        }
    }
}

fn paper(entry: Entry, bytes: Vec<u8>) -> Found {
    Found::Paper(Paper {
        path: entry.path,
        name: entry.name,
        place: entry.place,
        bytes,
        mapping: entry.mapping,
    })
}

fn refused(path: &str, size: u64, problem: Problem) -> Found {
    Found::Refused(CheckedFile {
        path: path.to_owned(),
        kind: DocumentKind::Unknown,
        version: None,
        digest: None,
        size,
        summary: Summary::new(),
        problems: vec![problem],
    })
}

/// The bytes of a file, unless there are too many; it may grow while it is read.
fn read_all(source: impl std::io::Read, size: u64) -> Result<Vec<u8>, Problem> {
    if size > MOST_BYTES {
        return Err(too_large(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    let read = source.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    match read {
        Ok(_) if bytes.len() as u64 > MOST_BYTES => Err(too_large(bytes.len() as u64)),
        Ok(_) => Ok(bytes),
        Err(error) => Err(unreadable(&error)),
    }
}

/// A path as it is shown.
fn shown(path: &Path) -> String {
    printable(&path.to_string_lossy()).into_owned()
}

/// The last part of a path, as it is shown; the whole path where it has none, such as `..`.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    printable(&name.to_string_lossy()).into_owned()
}

/// Whether a name says that the entry is not meant for people.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name == "__MACOSX"
}

fn unreadable(error: &std::io::Error) -> Problem {
    Problem::error(
        "file-unreadable",
        Place::Document,
        format!("the file cannot be read: {}", error.kind()),
    )
}

fn not_a_file() -> Problem {
    Problem::warning(
        "file-not-regular",
        Place::Document,
        "this is no file and no folder (a device, pipe or socket) and was passed over",
    )
}

fn link_outside() -> Problem {
    Problem::warning(
        "file-link-outside",
        Place::Document,
        "this symbolic link leads out of the folder that was given and was not followed",
    )
    .hint("Give the path it leads to as well, if those papers are meant.")
}

fn too_large(size: u64) -> Problem {
    Problem::error(
        "file-too-large",
        Place::Document,
        format!(
            "the file has {} MiB; a paper of at most {} MiB is read",
            size >> 20,
            MOST_BYTES >> 20
        ),
    )
}

fn too_deep() -> Problem {
    Problem::error(
        "archive-too-deep",
        Place::Document,
        format!(
            "archives lie more than {MOST_DEPTH} deep inside each other; this one was not opened"
        ),
    )
    .hint("Unpack the outer archive and give its folder.")
}
