//! Zip files, told by their directory (APPNOTE 4.3.12, 4.3.16), of which only the beginning is
//! looked at: a feed has hundreds of thousands of entries.

use std::io::Read;

use isocenter_model::DocumentKind;

use super::{ASK_FOR_WORKSHEET, NotRead, SAVE_AS_XLSX};

/// Entries that are looked at.
const ENTRIES: usize = 4_096;
/// The end record is 22 bytes long and followed by a comment of at most 65,535.
const END_WITHIN: usize = 22 + 65_535;
/// Records that make an archive one of records.
const RECORDS: usize = 32;
/// Bytes of a record that are unpacked to see what it is.
const RECORD_HEAD: u64 = 256 << 10;

/// What a zip file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contents {
    /// An Excel workbook.
    Workbook,
    /// CVE JSON 5 records, as the CVE Program packs them.
    CveRecords,
    /// OSV records, as osv.dev packs an ecosystem.
    OsvRecords,
    /// Files.
    Files,
    /// A document in a format that is not read.
    Format(NotRead),
    /// The directory is missing.
    Damaged,
}

/// Tells what a zip file holds.
pub(super) fn look(bytes: &[u8]) -> Contents {
    let Some(start) = directory_start(bytes) else {
        return Contents::Damaged;
    };
    let mut record = None;
    let mut json = None;
    let (mut all, mut documents) = (0_usize, 0_usize);
    for entry in entries(bytes, start).take(ENTRIES) {
        let name = entry.name.replace('\\', "/").to_ascii_lowercase();
        match name.as_str() {
            "xl/workbook.xml" => return Contents::Workbook,
            "xl/workbook.bin" => {
                return format("a binary workbook (.xlsb)", SAVE_AS_XLSX);
            }
            "word/document.xml" => return format("a Word document", ASK_FOR_WORKSHEET),
            "ppt/presentation.xml" => return format("a presentation", ASK_FOR_WORKSHEET),
            "mimetype" => {
                let mime = head(bytes, &entry);
                if mime.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
                    return format("an OpenDocument spreadsheet (.ods)", SAVE_AS_XLSX);
                }
                if mime.starts_with(b"application/vnd.oasis.opendocument") {
                    return format("an OpenDocument text or drawing", ASK_FOR_WORKSHEET);
                }
            }
            _ => {}
        }
        all += 1;
        if has_json_ending(&name) {
            documents += 1;
            if record.is_none() && is_record_name(&name) {
                record = Some(entry);
            } else if json.is_none() {
                json = Some(entry);
            }
        }
    }
    // Records of other feeds bear no telling name, so hardly anything else may be there.
    let json = json.filter(|_| documents >= RECORDS && documents * 10 >= all * 9);
    let look = |entry: Option<Entry<'_>>| super::json::look(&head(bytes, &entry?)).ok();
    match (look(record), look(json)) {
        (Some(DocumentKind::Cve), _) => Contents::CveRecords,
        (_, Some(DocumentKind::Osv)) => Contents::OsvRecords,
        _ => Contents::Files,
    }
}

fn has_json_ending(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| ending == "json")
}

fn format(what: &'static str, hint: &'static str) -> Contents {
    Contents::Format(NotRead { what, hint })
}

/// Whether a name is worth looking into: `…/cve-2021-44228.json`.
fn is_record_name(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.strip_prefix("cve-")
        .and_then(|rest| rest.strip_suffix(".json"))
        .is_some_and(|id| id.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
}

/// Where the central directory begins.
fn directory_start(bytes: &[u8]) -> Option<usize> {
    let tail_start = bytes.len().saturating_sub(END_WITHIN);
    let tail = bytes.get(tail_start..)?;
    let end = tail_start + memchr::memmem::rfind(tail, b"PK\x05\x06")?;
    let offset = number(bytes, end + 16, 4)?;
    if offset != u64::from(u32::MAX) {
        return usize::try_from(offset).ok();
    }
    // ZIP64: the locator stands before the end record and names the large end record.
    let locator = end.checked_sub(20)?;
    if bytes.get(locator..locator + 4) != Some(b"PK\x06\x07") {
        return None;
    }
    let large_end = usize::try_from(number(bytes, locator + 8, 8)?).ok()?;
    usize::try_from(number(bytes, large_end.checked_add(48)?, 8)?).ok()
}

struct Entry<'b> {
    name: std::borrow::Cow<'b, str>,
    method: u64,
    packed: usize,
    header: usize,
}

fn entries(bytes: &[u8], start: usize) -> impl Iterator<Item = Entry<'_>> {
    let mut at = start;
    std::iter::from_fn(move || {
        if bytes.get(at..at.checked_add(4)?) != Some(b"PK\x01\x02") {
            return None;
        }
        let size = |offset| number(bytes, at.checked_add(offset)?, 2);
        let (name, extra, comment) = (size(28)?, size(30)?, size(32)?);
        let name_end = at.checked_add(46 + usize::try_from(name).ok()?)?;
        let entry = Entry {
            name: String::from_utf8_lossy(bytes.get(at + 46..name_end)?),
            method: size(10)?,
            packed: usize::try_from(number(bytes, at + 20, 4)?).ok()?,
            header: usize::try_from(number(bytes, at + 42, 4)?).ok()?,
        };
        at = name_end.checked_add(usize::try_from(extra + comment).ok()?)?;
        Some(entry)
    })
}

/// The first bytes of an entry, unpacked; empty where that is not possible.
fn head(bytes: &[u8], entry: &Entry<'_>) -> Vec<u8> {
    let data = || {
        let size = |offset| number(bytes, entry.header.checked_add(offset)?, 2);
        let names = usize::try_from(size(26)? + size(28)?).ok()?;
        let start = entry.header.checked_add(30)?.checked_add(names)?;
        let end = start.checked_add(entry.packed)?.min(bytes.len());
        bytes.get(start..end)
    };
    let data = data().unwrap_or_default();
    let mut head = Vec::new();
    // Whatever came out before an error is the head all the same.
    let _ = match entry.method {
        0 => data.take(RECORD_HEAD).read_to_end(&mut head),
        8 => flate2::read::DeflateDecoder::new(data)
            .take(RECORD_HEAD)
            .read_to_end(&mut head),
        _ => Ok(0),
    };
    head
}

/// A little-endian number of `width` bytes.
fn number(bytes: &[u8], at: usize, width: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(width)?)?;
    Some(
        bytes
            .iter()
            .rev()
            .fold(0, |number, byte| (number << 8) | u64::from(*byte)),
    )
}
