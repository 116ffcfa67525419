//! Zip archives: what they are, and their members one at a time.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::sync::Arc;

use isocenter_documents::{osv, recognise};
use isocenter_model::digest::Digester;
use isocenter_model::text::printable;
use isocenter_model::{Digest, Document, Place, Problem};
use zip::ZipArchive;

use super::mapping::{self, Mapping};
use super::{MOST_BYTES, RecordFormat, dicom, is_hidden, too_large};

/// Something that an archive can be read from.
pub(crate) trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send> Source for T {}

/// An open archive.
pub(crate) type Zip = ZipArchive<Box<dyn Source>>;

/// How many times its own size an archive may hold; real papers stay below 40.
const MOST_RATIO: u64 = 200;

/// What even a small archive may hold, in bytes.
const LEAST_BUDGET: u64 = 64 << 20;

/// What no archive may hold beyond, in bytes.
const MOST_BUDGET: u64 = 16 << 30;

/// Members of an archive beyond which it is not opened.
const MOST_MEMBERS: usize = 2_000_000;

/// An archive inside an archive larger than this is laid into a nameless temporary file instead of memory.
const SPILL_BYTES: u64 = 64 << 20;

/// So many members and more may be an archive of vulnerability records; fewer are read as papers one by one.
const RECORD_MEMBERS: usize = 32;

/// How many members are looked at to tell what an archive is.
const SAMPLES: usize = 16;

/// How many bytes an archive and everything inside it may still give.
#[derive(Debug, Default)]
pub(super) struct Budget(u64);

impl Budget {
    /// The budget of an archive of that size.
    pub(super) fn for_archive(size: u64) -> Self {
        Self(
            size.saturating_mul(MOST_RATIO)
                .clamp(LEAST_BUDGET, MOST_BUDGET),
        )
    }

    fn spend(&mut self, bytes: u64) {
        self.0 = self.0.saturating_sub(bytes);
    }
}

/// What an archive is.
pub(super) enum Content {
    /// A document of an office program, which only looks like an archive.
    Office(Box<dyn Source>),
    /// Vulnerability records.
    Records(Records, Digest, Zip),
    /// Papers.
    Papers(Digest, Zip),
}

/// What the records of an archive are.
pub(super) struct Records {
    pub(super) format: RecordFormat,
    /// The ecosystem that all records looked at belong to.
    pub(super) collection: Option<String>,
}

/// Whether a file that begins with `start` is a zip (APPNOTE 4.3.6; an empty one begins with its end record).
pub(super) fn begins_a_zip(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06")
}

/// Opens an archive and tells what it is.
pub(super) fn open(mut source: Box<dyn Source>, budget: &mut Budget) -> Result<Content, Problem> {
    let unreadable = |error: io::Error| damaged(&error.to_string());
    let mut zip = ZipArchive::new(source).map_err(|error| damaged(&error.to_string()))?;
    if zip.len() > MOST_MEMBERS {
        return Err(bomb("has too many members"));
    }
    let office = ["[Content_Types].xml", "mimetype"];
    if office.iter().any(|name| zip.index_for_name(name).is_some()) {
        source = zip.into_inner();
        source.rewind().map_err(unreadable)?;
        return Ok(Content::Office(source));
    }
    let records = records(&mut zip, budget);
    // Opening again costs one more look at the directory of members; digesting moves the source.
    let mut source = zip.into_inner();
    let digest = digest_of(&mut source).map_err(unreadable)?;
    source.rewind().map_err(unreadable)?;
    let zip = ZipArchive::new(source).map_err(|error| damaged(&error.to_string()))?;
    Ok(match records {
        Some(records) => Content::Records(records, digest, zip),
        None => Content::Papers(digest, zip),
    })
}

/// The digest of everything in `source`.
fn digest_of(source: &mut Box<dyn Source>) -> io::Result<Digest> {
    source.rewind()?;
    let mut digester = Digester::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        let length = source.read(&mut buffer)?;
        if length == 0 {
            return Ok(digester.finish());
        }
        digester.update(&buffer[..length]);
    }
}

/// What records an archive holds, if it holds hardly anything else, by a look at members spread over it.
fn records(zip: &mut Zip, budget: &mut Budget) -> Option<Records> {
    let members: Vec<usize> = (0..zip.len())
        .filter(|index| {
            zip.by_index_data(*index)
                .is_ok_and(|member| member.is_file() && member.size() <= 4 << 20)
        })
        .collect();
    if members.len() < RECORD_MEMBERS || members.len() * 10 < zip.len() * 5 {
        return None;
    }
    let step = members.len() / SAMPLES;
    let mut found: Vec<(RecordFormat, Option<String>)> = Vec::new();
    for index in members.iter().step_by(step).take(SAMPLES) {
        if let Ok(bytes) = read_member(zip, *index, 4 << 20, budget)
            && let Some(format) = RecordFormat::of(recognise(&bytes))
        {
            found.push((format, collection(format, &bytes)));
        }
    }
    let (format, collection) = found.first()?;
    let same = found.iter().filter(|(other, _)| other == format).count();
    if same * 4 < SAMPLES * 3 {
        return None;
    }
    let is_one = found.iter().all(|(_, other)| other == collection);
    Some(Records {
        format: *format,
        collection: collection.clone().filter(|_| is_one),
    })
}

/// The ecosystem of a record; `None` where its format has none.
fn collection(format: RecordFormat, bytes: &[u8]) -> Option<String> {
    if format != RecordFormat::Osv {
        return None;
    }
    match osv::read(bytes).document? {
        Document::Vulnerability(record) => osv::ecosystem(&record).map(str::to_owned),
        _ => None,
    }
}

/// The bytes of a member, of at most `most`. What the directory says of its size is not relied upon.
fn read_member(
    zip: &mut Zip,
    index: usize,
    most: u64,
    budget: &mut Budget,
) -> Result<Vec<u8>, Problem> {
    let member = zip
        .by_index(index)
        .map_err(|error| damaged(&error.to_string()))?;
    let size = member.size();
    let most = most.min(budget.0);
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(1 << 20)).unwrap_or(0));
    let read = member.take(most + 1).read_to_end(&mut bytes);
    let length = bytes.len() as u64;
    budget.spend(length);
    match read {
        Ok(_) if length <= most => Ok(bytes),
        Ok(_) if budget.0 == 0 => Err(bomb("holds far more than its size allows")),
        Ok(_) => Err(too_large(size.max(length))),
        Err(error) => Err(damaged(&error.to_string())),
    }
}

/// One member of an archive.
pub(super) struct Member {
    pub(super) path: String,
    pub(super) name: String,
    pub(super) place: String,
    pub(super) mapping: Option<Arc<Mapping>>,
    /// Its size as the directory of the archive states it.
    pub(super) size: u64,
    /// Its content, or what is wrong with it.
    pub(super) content: Result<MemberContent, Problem>,
}

/// The content of a member.
pub(super) enum MemberContent {
    /// In memory.
    Bytes(Vec<u8>),
    /// The beginning of a DICOM file.
    Dicom(Vec<u8>),
    /// A large archive, in a temporary file without a name, with its size.
    Spilled(File, u64),
}

/// An archive whose members are being read.
pub(super) struct OpenArchive {
    zip: Zip,
    path: String,
    place: String,
    depth: usize,
    members: std::vec::IntoIter<(String, usize)>,
    mappings: HashMap<String, Arc<Mapping>>,
}

impl OpenArchive {
    /// An archive shown as `path`, `depth` archives deep. Its members come in order of name.
    pub(super) fn new(zip: Zip, path: String, place: String, depth: usize) -> Self {
        let mut members: Vec<(String, usize)> = (0..zip.len())
            .filter_map(|index| {
                let member = zip.by_index_data(index).ok()?;
                let name =
                    printable(&String::from_utf8_lossy(member.name_raw())).replace('\\', "/");
                let hidden = name
                    .split('/')
                    .any(|part| part != "." && part != ".." && is_hidden(part));
                (member.is_file() && !hidden).then_some((name, index))
            })
            .collect();
        members.sort();
        Self {
            zip,
            path,
            place,
            depth,
            members: members.into_iter(),
            mappings: HashMap::new(),
        }
    }

    /// Reads the column mappings among the members.
    pub(super) fn find_mappings(&mut self, budget: &mut Budget) {
        for (name, index) in self.members.clone() {
            if !mapping::may_be(&name) {
                continue;
            }
            let bytes = read_member(&mut self.zip, index, mapping::MOST_BYTES, budget);
            if let Some(mapping) = bytes.ok().and_then(|bytes| mapping::from_bytes(&bytes)) {
                self.mappings
                    .entry(folder(&name).to_owned())
                    .or_insert(mapping);
            }
        }
    }

    /// How many members are still to come.
    pub(super) fn remaining(&self) -> usize {
        self.members.len()
    }

    /// How many archives deep this one lies.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The next member.
    pub(super) fn next(&mut self, budget: &mut Budget) -> Option<Member> {
        let (name, index) = self.members.next()?;
        let size = self
            .zip
            .by_index_data(index)
            .map_or(0, |member| member.size());
        let content = self.content(index, size, budget);
        Some(Member {
            path: format!("{}!/{name}", self.path),
            place: format!("{}/{name}", self.place),
            mapping: self.mappings.get(folder(&name)).cloned(),
            name: name.rsplit('/').next().unwrap_or(&name).to_owned(),
            size,
            content,
        })
    }

    fn content(
        &mut self,
        index: usize,
        size: u64,
        budget: &mut Budget,
    ) -> Result<MemberContent, Problem> {
        let encrypted = self
            .zip
            .by_index_data(index)
            .is_ok_and(|member| member.encrypted());
        if encrypted {
            return Err(encrypted_member());
        }
        if budget.0 == 0 {
            return Err(bomb("holds far more than its size allows"));
        }
        if let Some(bytes) = self.dicom(index, budget)? {
            return Ok(MemberContent::Dicom(bytes));
        }
        if size > SPILL_BYTES
            && let Some(spilled) = self.spill(index, budget)?
        {
            return Ok(spilled);
        }
        if size > MOST_BYTES {
            return Err(too_large(size));
        }
        read_member(&mut self.zip, index, MOST_BYTES, budget).map(MemberContent::Bytes)
    }

    /// The beginning of a member, when it is a DICOM file.
    fn dicom(&mut self, index: usize, budget: &mut Budget) -> Result<Option<Vec<u8>>, Problem> {
        let failed = |error: &dyn std::fmt::Display| damaged(&error.to_string());
        let mut member = self.zip.by_index(index).map_err(|error| failed(&error))?;
        let start = dicom::telling(&mut member).map_err(|error| failed(&error))?;
        let bytes = dicom::beginning(&start, &mut member).map_err(|error| failed(&error))?;
        budget.spend(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64));
        Ok(bytes)
    }

    /// A large member in a temporary file, when it is itself an archive.
    fn spill(
        &mut self,
        index: usize,
        budget: &mut Budget,
    ) -> Result<Option<MemberContent>, Problem> {
        let failed = |error: &dyn std::fmt::Display| damaged(&error.to_string());
        let mut member = self.zip.by_index(index).map_err(|error| failed(&error))?;
        let mut start = [0; 4];
        if member.read_exact(&mut start).is_err() || !begins_a_zip(&start) {
            return Ok(None);
        }
        let mut file = tempfile::tempfile().map_err(|error| failed(&error))?;
        let most = budget.0;
        let mut content = start.chain(member).take(most.saturating_add(1));
        let size = io::copy(&mut content, &mut file).map_err(|error| failed(&error))?;
        budget.spend(size);
        if size > most {
            return Err(bomb("holds far more than its size allows"));
        }
        file.rewind().map_err(|error| failed(&error))?;
        Ok(Some(MemberContent::Spilled(file, size)))
    }
}

/// The folder part of a member's name.
fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn damaged(reason: &str) -> Problem {
    Problem::error(
        "archive-damaged",
        Place::Document,
        format!(
            "the archive cannot be read: {}",
            isocenter_model::text::shortened(reason, 200)
        ),
    )
    .hint("Fetch or pack it again: it may have been cut off on its way.")
}

fn encrypted_member() -> Problem {
    Problem::error(
        "archive-encrypted",
        Place::Document,
        "this member is encrypted, and its password is not known here",
    )
    .hint("Unpack the archive and give its folder.")
}

fn bomb(what: &str) -> Problem {
    Problem::error(
        "archive-bomb",
        Place::Document,
        format!("the archive {what}; the rest of it was not read"),
    )
    .hint("If you trust it, unpack it and give its folder.")
}
