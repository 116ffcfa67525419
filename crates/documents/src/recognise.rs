//! What a file is, told from its content and never from its name.
//!
//! The beginning of the bytes tells binary formats; the keys of the top level tell JSON papers, in whatever
//! order and layout they stand; the cells tell spreadsheets. What is not read here is at least
//! named, so that a person knows why.

mod json;
mod xml;
mod zip;

use std::borrow::Cow;
use std::io::Read;

use isocenter_model::{DocumentKind, Place, Problem};

use crate::inventory::{self, InventoryMapping};
use crate::spreadsheet::{self, Extent, Workbook, decode_text};
use crate::{
    dicom, field_safety_notice, identity_map, lifecycle, mds2, observations, sbom_table, spdx,
    updates, worklist,
};

/// Bytes that may come out of a compressed file.
pub(crate) const MAX_UNPACKED: u64 = 512 << 20;
/// From this size on, the ratio of unpacked to packed bytes is watched.
const RATIO_FROM: u64 = 16 << 20;
/// JSON and CSV of repetitive records reach about 40; deflate itself cannot exceed 1,032.
pub(crate) const MAX_RATIO: u64 = 200;
/// Compressed files inside compressed files.
pub(crate) const MAX_LAYERS: u32 = 3;
/// A mapping file is short.
pub(crate) const MAX_MAPPING: usize = 1 << 20;

/// What `bytes` are.
pub fn recognise(bytes: &[u8]) -> DocumentKind {
    look(bytes, None).kind
}

/// What a file looks like.
pub(crate) struct Look<'b> {
    pub(crate) kind: DocumentKind,
    /// The bytes to read: unpacked, when the file is compressed.
    pub(crate) bytes: Cow<'b, [u8]>,
    /// Why it is not read, when its kind is unknown.
    pub(crate) problem: Option<Problem>,
}

impl<'b> Look<'b> {
    fn of(kind: DocumentKind, bytes: &'b [u8]) -> Self {
        Self {
            kind,
            bytes: Cow::Borrowed(bytes),
            problem: None,
        }
    }

    fn unknown(problem: Problem) -> Self {
        Self {
            kind: DocumentKind::Unknown,
            bytes: Cow::Borrowed(&[]),
            problem: Some(problem),
        }
    }
}

/// Looks at a file; `mapping` may make an inventory of headers that mean nothing otherwise.
pub(crate) fn look<'b>(bytes: &'b [u8], mapping: Option<&InventoryMapping>) -> Look<'b> {
    look_through(bytes, mapping, MAX_LAYERS)
}

fn look_through<'b>(bytes: &'b [u8], mapping: Option<&InventoryMapping>, layers: u32) -> Look<'b> {
    if bytes.is_empty() {
        return Look::unknown(Problem::error(
            "file-empty",
            Place::Document,
            "the file is empty",
        ));
    }
    // Before all others: whatever else it may be, it may hold what is about a patient.
    if dicom::begins(bytes) {
        return Look::of(DocumentKind::Dicom, bytes);
    }
    if bytes.starts_with(b"\x1f\x8b") {
        return unpacked(bytes, mapping, layers);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return look_into_zip(bytes, mapping);
    }
    if let Some(what) = binary_format(bytes) {
        return Look::unknown(not_read(what));
    }
    let text = bytes.trim_ascii_start();
    if text.is_empty() {
        return Look::unknown(Problem::error(
            "file-empty",
            Place::Document,
            "the file holds nothing but blanks",
        ));
    }
    let head = decode_text(text.get(..text.len().min(4_096)).unwrap_or(text));
    if is_binary(&head.text) {
        return Look::unknown(Problem::error(
            "unknown-format",
            Place::Document,
            "the file is neither text nor a format that is known here",
        ));
    }
    match head.text.trim_start().chars().next() {
        Some('{' | '[') if !is_toml_table(&head.text) => match json::look(bytes) {
            Ok(kind) => Look::of(kind, bytes),
            Err(what) => Look::unknown(not_read(what)),
        },
        Some('<') => match xml::look(bytes) {
            Ok(kind) => Look::of(kind, bytes),
            Err(what) => Look::unknown(not_read(what)),
        },
        _ => look_at_text(bytes, &head.text, mapping),
    }
}

/// Unpacks a gzip file and looks at what comes out.
fn unpacked<'b>(bytes: &'b [u8], mapping: Option<&InventoryMapping>, layers: u32) -> Look<'b> {
    if layers == 0 {
        return Look::unknown(Problem::error(
            "gzip-nested",
            Place::Document,
            format!("the file is compressed more than {MAX_LAYERS} times over"),
        ));
    }
    let inner = match unpack(bytes) {
        Ok(inner) => inner,
        Err(problem) => return Look::unknown(problem),
    };
    let look = look_through(&inner, mapping, layers - 1);
    Look {
        kind: look.kind,
        problem: look.problem,
        bytes: match look.bytes {
            Cow::Borrowed(_) if look.kind == DocumentKind::Unknown => Cow::Borrowed(&[]),
            // Unpacked once more inside.
            Cow::Owned(innermost) => Cow::Owned(innermost),
            Cow::Borrowed(_) => Cow::Owned(inner),
        },
    }
}

/// What comes out of a gzip file (RFC 1952), as long as it is not absurd.
fn unpack(bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut decoder = flate2::read::MultiGzDecoder::new(bytes);
    let mut inner = Vec::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        let count = match decoder.read(&mut buffer) {
            Ok(0) => return Ok(inner),
            Ok(count) => count,
            Err(_) => {
                return Err(Problem::error(
                    "gzip-damaged",
                    Place::Document,
                    "the compressed file is damaged or cut off",
                )
                .hint("Fetch the file again."));
            }
        };
        inner.extend_from_slice(buffer.get(..count).unwrap_or_default());
        let size = inner.len() as u64;
        if size > MAX_UNPACKED || (size > RATIO_FROM && size / MAX_RATIO > bytes.len() as u64) {
            return Err(Problem::error(
                "gzip-too-large",
                Place::Document,
                format!(
                    "more than {} MiB or {MAX_RATIO} times its size come out of the compressed file; it was not read",
                    MAX_UNPACKED >> 20
                ),
            ));
        }
    }
}

fn look_into_zip<'b>(bytes: &'b [u8], mapping: Option<&InventoryMapping>) -> Look<'b> {
    match zip::look(bytes) {
        zip::Contents::Workbook => match spreadsheet::open(bytes, Extent::Peek) {
            Ok(workbook) => look_at_tables(bytes, &workbook, mapping).unwrap_or_else(|| {
                unknown_tables(
                    &workbook,
                    "the workbook is no disclosure form (MDS2), no device inventory and no worklist",
                )
            }),
            Err(problem) => Look::unknown(problem),
        },
        zip::Contents::CveRecords => Look::of(DocumentKind::CveArchive, bytes),
        zip::Contents::OsvRecords => Look::of(DocumentKind::OsvArchive, bytes),
        zip::Contents::Files => Look::of(DocumentKind::Archive, bytes),
        zip::Contents::Format(what) => Look::unknown(not_read(what)),
        zip::Contents::Damaged => Look::unknown(
            Problem::error(
                "zip-damaged",
                Place::Document,
                "the zip file has no directory at its end: it is damaged or cut off",
            )
            .hint("Fetch the file again."),
        ),
    }
}

const TABLE_HINT: &str = "An inventory needs a row of headers with manufacturer, model or serial number; a mapping file says what other headers mean.";

/// Tables of no known kind. A form that cannot be read says why.
fn unknown_tables<'b>(workbook: &Workbook, message: &str) -> Look<'b> {
    Look::unknown(mds2::why_no_form(&workbook.tables).unwrap_or_else(|| {
        Problem::error("unknown-format", Place::Document, message).hint(TABLE_HINT)
    }))
}

fn look_at_tables<'b>(
    bytes: &'b [u8],
    workbook: &Workbook,
    mapping: Option<&InventoryMapping>,
) -> Option<Look<'b>> {
    let tables = workbook.tables.as_slice();
    // A worklist has headers of an inventory too, and an item id is unmistakable.
    if mds2::is_form(tables) {
        Some(Look::of(DocumentKind::Mds2, bytes))
    } else if worklist::is_worklist(tables) {
        Some(Look::of(DocumentKind::Worklist, bytes))
    } else if observations::is_list(tables) {
        Some(Look::of(DocumentKind::Observations, bytes))
    } else if updates::is_list(tables) {
        Some(Look::of(DocumentKind::Updates, bytes))
    } else if identity_map::is_map(tables) {
        Some(Look::of(DocumentKind::IdentityMap, bytes))
    } else if sbom_table::is_bill(tables) {
        // Before all tables of products, whose headers a table of parts has as well.
        Some(Look::of(DocumentKind::SbomTable, bytes))
    } else if field_safety_notice::is_list(tables) {
        // Before support life and inventories, whose headers such a list has as well.
        Some(Look::of(DocumentKind::FieldSafetyNotice, bytes))
    } else if lifecycle::is_notice(tables) {
        Some(Look::of(DocumentKind::Lifecycle, bytes))
    } else if inventory::is_inventory(tables, mapping) {
        Some(Look::of(DocumentKind::Inventory, bytes))
    } else {
        None
    }
}

fn look_at_text<'b>(bytes: &'b [u8], head: &str, mapping: Option<&InventoryMapping>) -> Look<'b> {
    if is_epss(head) {
        return Look::of(DocumentKind::Epss, bytes);
    }
    if is_mapping(bytes, head) {
        return Look::of(DocumentKind::InventoryMapping, bytes);
    }
    if spdx::is_text(bytes) {
        return Look::of(DocumentKind::Spdx, bytes);
    }
    if mds2::is_form_in_text(bytes) {
        return Look::of(DocumentKind::Mds2, bytes);
    }
    if identity_map::is_yaml(head) {
        return Look::of(DocumentKind::IdentityMap, bytes);
    }
    match spreadsheet::open(bytes, Extent::Peek) {
        Ok(workbook) => look_at_tables(bytes, &workbook, mapping).unwrap_or_else(|| {
            unknown_tables(&workbook, "the text is no paper that is known here")
        }),
        Err(problem) => Look::unknown(problem),
    }
}

/// FIRST's scores begin with their model or with their three columns.
fn is_epss(head: &str) -> bool {
    let head = head.trim_start_matches('\u{feff}');
    let first = head.lines().next().unwrap_or("").trim();
    first.starts_with("#model_version:")
        || first.eq_ignore_ascii_case("cve,epss,percentile")
        || first.eq_ignore_ascii_case("cve,epss")
}

/// A mapping parses as one; a broken one is known by its tables, so that its fault can be told.
fn is_mapping(bytes: &[u8], head: &str) -> bool {
    if bytes.len() > MAX_MAPPING {
        return false;
    }
    if is_toml_table(head) {
        return true;
    }
    head.lines().any(|line| {
        line.split_once('=').is_some_and(|(key, value)| {
            matches!(key.trim(), "ignore" | "keep") && value.trim_start().starts_with('[')
        })
    }) && InventoryMapping::from_toml(&decode_text(bytes).text).is_ok()
}

/// Whether a line opens one of the tables of a mapping; TOML tables look like JSON arrays.
fn is_toml_table(head: &str) -> bool {
    const TABLES: [&str; 2] = ["[columns]", "[clinical-role]"];
    // Nearly no text holds these words at all.
    let holds = |table: &&str| memchr::memmem::find(head.as_bytes(), table.as_bytes()).is_some();
    if !TABLES.iter().any(holds) {
        return false;
    }
    head.lines()
        .any(|line| TABLES.contains(&line.split('#').next().unwrap_or("").trim()))
}

/// Whether decoded text holds what no text holds.
fn is_binary(text: &str) -> bool {
    // Without a way out in the middle the compiler can look at many bytes at once.
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t');
    if text.bytes().fold(true, |all, byte| all & is_plain(byte)) {
        return false;
    }
    let (mut odd, mut all) = (0u32, 0u32);
    for character in text.chars() {
        all += 1;
        odd += u32::from(
            character == char::REPLACEMENT_CHARACTER
                || (character.is_control()
                    && !matches!(character, '\n' | '\r' | '\t' | '\u{c}' | '\u{1a}')),
        );
    }
    odd * 10 > all
}

/// What a file of a known binary format is, and why it is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotRead {
    /// What it is: a noun with its article.
    what: &'static str,
    /// What to do instead.
    hint: &'static str,
}

const SAVE_AS_XLSX: &str = "Open it in a spreadsheet program and save it as .xlsx.";
const ASK_FOR_WORKSHEET: &str = "Ask for the worksheet (.xlsx) of a disclosure form, SBOMs in CycloneDX and advisories as CSAF.";
const UNPACK_FIRST: &str = "Unpack it and import the files in it.";

fn not_read(format: NotRead) -> Problem {
    Problem::error(
        "unknown-format",
        Place::Document,
        format!("the file is {}, which is not read", format.what),
    )
    .hint(format.hint)
}

fn binary_format(bytes: &[u8]) -> Option<NotRead> {
    const STARTS: [(&[u8], &str, &str); 16] = [
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "an old binary Office file (.xls, .doc) or one protected by a password",
            "Open it, remove the password and save it as .xlsx.",
        ),
        (b"\x89PNG\r\n\x1a\n", "a picture (PNG)", ASK_FOR_WORKSHEET),
        (b"\xFF\xD8\xFF", "a picture (JPEG)", ASK_FOR_WORKSHEET),
        (b"GIF8", "a picture (GIF)", ASK_FOR_WORKSHEET),
        (b"II*\0", "a picture (TIFF)", ASK_FOR_WORKSHEET),
        (b"MM\0*", "a picture (TIFF)", ASK_FOR_WORKSHEET),
        (b"{\\rtf", "a text document (RTF)", ASK_FOR_WORKSHEET),
        (
            b"\x28\xB5\x2F\xFD",
            "a file compressed with Zstandard",
            UNPACK_FIRST,
        ),
        (b"BZh", "a file compressed with bzip2", UNPACK_FIRST),
        (b"\xFD7zXZ\0", "a file compressed with xz", UNPACK_FIRST),
        (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive", UNPACK_FIRST),
        (b"Rar!\x1a\x07", "a RAR archive", UNPACK_FIRST),
        (
            b"SQLite format 3\0",
            "an SQLite database",
            "Import the papers themselves.",
        ),
        (b"\x7FELF", "a program", "Import the papers themselves."),
        (b"MZ\x90\0", "a program", "Import the papers themselves."),
        (b"\0asm", "a program", "Import the papers themselves."),
    ];
    let head = bytes.get(..bytes.len().min(1_024)).unwrap_or(bytes);
    if memchr::memmem::find(head, b"%PDF-").is_some() {
        return Some(NotRead {
            what: "a PDF",
            hint: ASK_FOR_WORKSHEET,
        });
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Some(NotRead {
            what: "a tar archive",
            hint: UNPACK_FIRST,
        });
    }
    if !bytes.is_empty() && head.iter().all(|byte| *byte == 0) {
        return Some(NotRead {
            what: "a run of zero bytes, as a failed copy leaves it",
            hint: "Copy the file again.",
        });
    }
    STARTS
        .iter()
        .find(|(start, ..)| bytes.starts_with(start))
        .map(|(_, what, hint)| NotRead { what, hint })
}
