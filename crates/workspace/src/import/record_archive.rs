//! An archive of vulnerability records, read as a stream: memory does not grow with the archive.

use std::collections::{BTreeMap, HashSet};
use std::io::{Read as _, Seek as _};
use std::panic::catch_unwind;
use std::sync::mpsc::{SyncSender, sync_channel};

use isocenter_documents::recognise;
use isocenter_exposure::keys::record_keys;
use isocenter_model::document::Summary;
use isocenter_model::problem::Problem;
use isocenter_model::text::printable;
use isocenter_model::{Digest, Document, Place};
use isocenter_store::{CHUNK, StoredRecord};
use jiff::Timestamp;

use super::reading::{Event, Gone, Sink, reader_failed};
use crate::walk::{RecordArchive, RecordFormat, Zip};

/// Records that are handed over together.
const BATCH: usize = 500;

/// The largest record that is read, in bytes; the largest real one has 0.4 MB.
const MOST_BYTES: u64 = 16 << 20;

/// Bytes that all records together may have: ten times the whole list of 2026.
const MOST_TOTAL: u64 = 32 << 30;

/// Problems of one id that are told one by one.
const MOST_PROBLEMS: usize = 100;

/// Part of an archive.
pub(crate) enum ArchiveEvent {
    /// It begins.
    Begun {
        path: String,
        name: String,
        digest: Digest,
        size: u64,
        format: RecordFormat,
        /// What its records have in common, where that is one thing: an ecosystem.
        collection: Option<String>,
        /// Where to say which records are stored already, by the digests of their bytes. Who says nothing knows none.
        known: SyncSender<HashSet<Digest>>,
    },
    /// Some records, and how far the reading has come.
    Records {
        records: Vec<StoredRecord>,
        done: u64,
        total: u64,
    },
    /// A piece of the archive itself, from ordinal 0.
    Chunk(u32, Vec<u8>),
    /// It ended.
    Ended(Box<ArchiveReading>),
}

/// What came of reading an archive.
pub(crate) struct ArchiveReading {
    /// Version of its records, of the last where they differ.
    pub(crate) version: Option<String>,
    /// The newest day on which one of its records changed.
    pub(crate) dated: Option<Timestamp>,
    /// Counts.
    pub(crate) summary: Summary,
    /// What is wrong in it.
    pub(crate) problems: Vec<Problem>,
    /// The digest and size of the pieces.
    pub(crate) content: Digest,
    pub(crate) size: u64,
}

/// Problems of many members: of each id only the first are kept, the rest are counted.
#[derive(Default)]
struct Problems {
    kept: Vec<Problem>,
    counts: BTreeMap<&'static str, (usize, Option<Problem>)>,
}

impl Problems {
    fn push(&mut self, problem: Problem) {
        let (count, last) = self.counts.entry(problem.id).or_default();
        *count += 1;
        if *count <= MOST_PROBLEMS {
            self.kept.push(problem);
        } else {
            *last = Some(problem);
        }
    }

    fn finish(mut self) -> Vec<Problem> {
        for (id, (count, last)) in self.counts {
            if let Some(last) = last {
                let more = count - MOST_PROBLEMS;
                self.kept.push(Problem::new(
                    id,
                    last.level,
                    Place::Document,
                    format!("{more} more of these, which are not listed"),
                ));
            }
        }
        self.kept
    }
}

/// Reads an archive. Records that the listener knows already are only counted. `storing` says whether keys and
/// original bytes are wanted.
pub(super) fn read(archive: RecordArchive, storing: bool, sink: &mut Sink<'_>) -> Result<(), Gone> {
    let RecordArchive {
        path,
        name,
        size,
        digest,
        format,
        collection,
        mut zip,
    } = archive;
    let (sender, receiver) = sync_channel(1);
    sink(Event::Archive(ArchiveEvent::Begun {
        path,
        name,
        digest,
        size,
        format,
        collection,
        known: sender,
    }))?;
    let mut reader = Reader {
        format,
        known: receiver.recv().unwrap_or_default(),
        storing,
        problems: Problems::default(),
        version: None,
        dated: None,
        counts: [0; 3],
        budget: MOST_TOTAL,
        bytes: Vec::new(),
    };
    let members: Vec<usize> = (0..zip.len())
        .filter(|index| {
            zip.by_index_data(*index)
                .is_ok_and(|member| member.is_file())
        })
        .collect();
    let total = members.len() as u64;
    let mut records = Vec::with_capacity(BATCH);
    for (done, index) in (1_u64..).zip(members) {
        records.extend(reader.read_member(&mut zip, index));
        if records.len() == BATCH || done % 2_000 == 0 || done == total {
            let records = std::mem::replace(&mut records, Vec::with_capacity(BATCH));
            sink(Event::Archive(ArchiveEvent::Records {
                records,
                done,
                total,
            }))?;
        }
    }
    let (content, size) = if storing {
        hand_over(zip, sink)?
    } else {
        (digest, size)
    };
    let [read, unchanged, other] = reader.counts;
    let mut summary = Summary::from([("records", read + unchanged)]);
    if unchanged > 0 {
        summary.insert("unchanged", unchanged);
    }
    if other > 0 {
        summary.insert("other files", other);
    }
    sink(Event::Archive(ArchiveEvent::Ended(Box::new(
        ArchiveReading {
            version: reader.version,
            dated: reader.dated,
            summary,
            problems: reader.problems.finish(),
            content,
            size,
        },
    ))))
}

struct Reader {
    format: RecordFormat,
    known: HashSet<Digest>,
    storing: bool,
    problems: Problems,
    version: Option<String>,
    dated: Option<Timestamp>,
    /// Records read, records unchanged, other members.
    counts: [u64; 3],
    budget: u64,
    bytes: Vec<u8>,
}

impl Reader {
    fn read_member(&mut self, zip: &mut Zip, index: usize) -> Option<StoredRecord> {
        let name = self.load(zip, index)?;
        let digest = Digest::of(&self.bytes);
        if self.known.contains(&digest) {
            self.counts[1] += 1;
            return None;
        }
        let (bytes, format) = (self.bytes.as_slice(), self.format);
        let Ok(reading) = catch_unwind(|| format.read(bytes)) else {
            self.problems.push(reader_failed().within(&name));
            return None;
        };
        let Some(Document::Vulnerability(record)) = reading.document else {
            if recognise(bytes) == format.record() {
                for problem in reading.problems {
                    self.problems.push(problem.within(&name));
                }
            } else {
                self.counts[2] += 1;
            }
            return None;
        };
        for problem in reading.problems {
            self.problems.push(problem.within(&name));
        }
        self.version = reading.version.or(self.version.take());
        self.dated = self.dated.max(record.modified);
        self.counts[0] += 1;
        Some(StoredRecord {
            keys: if self.storing {
                record_keys(&record)
            } else {
                Vec::new()
            },
            digest,
            record,
        })
    }

    /// Reads a member's bytes; answers its printable name.
    fn load(&mut self, zip: &mut Zip, index: usize) -> Option<String> {
        self.bytes.clear();
        let member = match zip.by_index(index) {
            Ok(member) => member,
            Err(error) => {
                let name = format!("member {}", index + 1);
                self.problems
                    .push(unreadable(&error.to_string()).within(&name));
                return None;
            }
        };
        let name = printable(&String::from_utf8_lossy(member.name_raw())).into_owned();
        let most = MOST_BYTES.min(self.budget);
        let read = member.take(most + 1).read_to_end(&mut self.bytes);
        let length = self.bytes.len() as u64;
        self.budget = self.budget.saturating_sub(length);
        match read {
            Ok(_) if length <= most => Some(name),
            Ok(_) => {
                self.problems.push(too_large().within(&name));
                None
            }
            Err(error) => {
                self.problems
                    .push(unreadable(&error.to_string()).within(&name));
                None
            }
        }
    }
}

/// Hands the archive's own bytes over in pieces; answers their digest and size.
fn hand_over(zip: Zip, sink: &mut Sink<'_>) -> Result<(Digest, u64), Gone> {
    let mut source = zip.into_inner();
    let mut digester = isocenter_model::digest::Digester::new();
    let mut size = 0;
    // A source that fails now gives another digest than before, and nothing is stored.
    let _ = source.rewind();
    for ordinal in 0_u32.. {
        let mut piece = Vec::with_capacity(CHUNK);
        let _ = source.by_ref().take(CHUNK as u64).read_to_end(&mut piece);
        if piece.is_empty() {
            break;
        }
        digester.update(&piece);
        size += piece.len() as u64;
        sink(Event::Archive(ArchiveEvent::Chunk(ordinal, piece)))?;
    }
    Ok((digester.finish(), size))
}

fn unreadable(reason: &str) -> Problem {
    Problem::error(
        "archive-member-damaged",
        Place::Document,
        format!(
            "this member cannot be read: {}",
            isocenter_model::text::shortened(reason, 200)
        ),
    )
}

fn too_large() -> Problem {
    Problem::error(
        "archive-member-too-large",
        Place::Document,
        format!(
            "this member has more than {} MiB and was set aside",
            MOST_BYTES >> 20
        ),
    )
}
