//! A file onto the disk: asked for only when it changed, taken up where it broke off, looked at before it
//! replaces what is there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use ureq::Body;
use ureq::http::{Response, StatusCode};

use crate::catalog::Content;
use crate::client::{ATTEMPTS, Client, Header, announced, status, text, unreachable};
use crate::error::{FeedError, Refusal};
use crate::folder::{FeedFile, digest, make_folder, write_whole};

/// The largest file of a feed: the CVE Program's full archive is below a tenth of it.
pub(crate) const MOST: u64 = 8 << 30;

/// What a file should be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// Where it is published.
    pub(crate) address: &'a str,
    /// Where it is put.
    pub(crate) to: &'a Path,
    /// What its bytes are.
    pub(crate) content: Content,
    /// What is known of the file that is there.
    pub(crate) known: Option<&'a FeedFile>,
    /// Headers beside those of the transport.
    pub(crate) headers: &'a [Header<'a>],
}

/// How a part of a file that broke off is told from a part of another edition.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    address: String,
    validator: String,
}

/// Fetches a file; `None` when the publisher says that it has not changed.
pub(crate) fn download(
    client: &mut Client<'_>,
    wanted: &Wanted<'_>,
    now: Timestamp,
) -> Result<Option<FeedFile>, FeedError> {
    let folder = wanted.to.parent().unwrap_or(Path::new("."));
    make_folder(folder)?;
    let part = beside(wanted.to, "part");
    let mut last = Refusal::Connection("no attempt was made".to_owned());
    for attempt in 0..ATTEMPTS {
        let (refusal, patience) = match attempt_once(client, wanted, &part)? {
            Attempt::Unchanged => return Ok(None),
            Attempt::Whole(headers) => match whole(&part, wanted.content) {
                Ok(()) => return keep(wanted, &part, headers, now).map(Some),
                Err(refusal) => {
                    forget(&part)?;
                    (refusal, None)
                }
            },
            Attempt::Broken(refusal, patience) => (refusal, patience),
            Attempt::Refused(refusal) => {
                forget(&part)?;
                return Err(FeedError::Unusable {
                    address: wanted.address.to_owned(),
                    source: refusal,
                });
            }
        };
        if client.patience(attempt, &refusal, patience).is_none() {
            return Err(unreachable(wanted.address, attempt + 1, refusal));
        }
        last = refusal;
    }
    Err(unreachable(wanted.address, ATTEMPTS, last))
}

/// What the publisher says of a file's edition.
struct Edition {
    etag: Option<String>,
    last_modified: Option<String>,
}

enum Attempt {
    /// The file is as it was.
    Unchanged,
    /// All bytes came.
    Whole(Edition),
    /// Some bytes came; another attempt goes on from there.
    Broken(Refusal, Option<std::time::Duration>),
    /// No attempt will help.
    Refused(Refusal),
}

fn attempt_once(
    client: &mut Client<'_>,
    wanted: &Wanted<'_>,
    part: &Path,
) -> Result<Attempt, FeedError> {
    let notes = beside(part, "json");
    let begun = fs::metadata(part).map_or(0, |metadata| metadata.len());
    let resumed: Option<Part> = fs::read(&notes)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .filter(|note: &Part| note.address == wanted.address && begun > 0);
    let range = format!("bytes={begun}-");
    let mut headers: Vec<Header<'_>> = wanted.headers.to_vec();
    // Bytes are counted and taken up again, so they come as they lie there.
    headers.push(("accept-encoding", "identity"));
    if let Some(note) = &resumed {
        headers.push(("range", &range));
        headers.push(("if-range", &note.validator));
    } else if let Some(known) = wanted.known.filter(|_| wanted.to.is_file()) {
        if let Some(etag) = &known.etag {
            headers.push(("if-none-match", etag));
        }
        if let Some(modified) = &known.last_modified {
            headers.push(("if-modified-since", modified));
        }
    }
    let response = match client.ask(wanted.address, &headers)? {
        Ok(response) => response,
        Err((refusal, patience)) => return Ok(Attempt::Broken(refusal, patience)),
    };
    let offset = match response.status() {
        StatusCode::NOT_MODIFIED => return Ok(Attempt::Unchanged),
        StatusCode::PARTIAL_CONTENT if resumed.is_some() && begins_at(&response, begun) => begun,
        StatusCode::OK => 0,
        StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE => {
            forget(part)?;
            return Ok(Attempt::Broken(
                Refusal::Connection("the server did not go on where it broke off".to_owned()),
                None,
            ));
        }
        _ => return Err(status(wanted.address, &response)),
    };
    let edition = Edition {
        etag: text(&response, "etag").map(str::to_owned),
        last_modified: text(&response, "last-modified").map(str::to_owned),
    };
    note_edition(&notes, wanted.address, &edition)?;
    receive(client, wanted, part, offset, response, edition)
}

/// Remembers what edition a part is of, where the server says it: a weak tag (RFC 9110, 8.8.1) does not tell bytes.
fn note_edition(notes: &Path, address: &str, edition: &Edition) -> Result<(), FeedError> {
    let strong = edition.etag.as_ref().filter(|etag| !etag.starts_with("W/"));
    let Some(validator) = strong.or(edition.last_modified.as_ref()) else {
        return remove(notes);
    };
    let note = Part {
        address: address.to_owned(),
        validator: validator.clone(),
    };
    let bytes = serde_json::to_vec(&note).unwrap_or_default();
    write_whole(notes, &bytes)
}

fn receive(
    client: &mut Client<'_>,
    wanted: &Wanted<'_>,
    part: &Path,
    offset: u64,
    response: Response<Body>,
    edition: Edition,
) -> Result<Attempt, FeedError> {
    let total = announced(&response).map(|length| length + offset);
    let mut file = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(offset == 0)
        .append(offset > 0)
        .open(part)
        .map_err(FeedError::file("write", part))?;
    let mut reader = response
        .into_body()
        .into_with_config()
        .limit(u64::MAX)
        .reader();
    let mut buffer = vec![0; 128 << 10];
    let mut received = offset;
    loop {
        let count = match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) => {
                return Ok(Attempt::Broken(
                    Refusal::Connection(error.to_string()),
                    None,
                ));
            }
        };
        received += count as u64;
        if received > MOST {
            return Ok(Attempt::Refused(Refusal::TooLarge { most: MOST }));
        }
        file.write_all(buffer.get(..count).unwrap_or_default())
            .map_err(FeedError::file("write", part))?;
        client.observer.bytes(wanted.address, received, total);
    }
    file.sync_all().map_err(FeedError::file("write", part))?;
    match total {
        Some(announced) if announced > received => Ok(Attempt::Broken(
            Refusal::Length {
                announced,
                received,
            },
            None,
        )),
        Some(announced) if announced < received => {
            forget(part)?;
            Ok(Attempt::Broken(
                Refusal::Length {
                    announced,
                    received,
                },
                None,
            ))
        }
        _ => Ok(Attempt::Whole(edition)),
    }
}

/// Whether a partial answer begins where the part ends (RFC 9110, 14.4).
fn begins_at(response: &Response<Body>, offset: u64) -> bool {
    text(response, "content-range")
        .and_then(|range| range.trim().strip_prefix("bytes "))
        .and_then(|range| range.split_once('-'))
        .is_some_and(|(start, _)| start.trim().parse() == Ok(offset))
}

/// Whether a file is whole, whatever length was announced.
pub(crate) fn whole(path: &Path, content: Content) -> Result<(), Refusal> {
    let open = || File::open(path).map_err(|error| Refusal::Connection(error.to_string()));
    let damaged = |kind, why: String| Refusal::Damaged { kind, why };
    match content {
        Content::Json => {
            serde_json::from_reader::<_, IgnoredAny>(BufReader::with_capacity(1 << 20, open()?))
                .map(drop)
                .map_err(|error| damaged("JSON", error.to_string()))
        }
        Content::Gzip => {
            let mut decoder = flate2::read::MultiGzDecoder::new(BufReader::new(open()?));
            let read = io::copy(&mut Read::take(&mut decoder, MOST), &mut io::sink());
            match read {
                Ok(0) => Err(damaged("gzip", "it is empty".to_owned())),
                Ok(size) if size >= MOST => Err(Refusal::TooLarge { most: MOST }),
                Ok(_) => Ok(()),
                Err(error) => Err(damaged("gzip", error.to_string())),
            }
        }
        Content::Zip => zip::ZipArchive::new(open()?)
            .map(drop)
            .map_err(|error| damaged("zip", error.to_string())),
    }
}

/// Puts a whole file in its place.
fn keep(
    wanted: &Wanted<'_>,
    part: &Path,
    edition: Edition,
    now: Timestamp,
) -> Result<FeedFile, FeedError> {
    let (sha256, size) = digest(part)?;
    fs::rename(part, wanted.to).map_err(FeedError::file("write", wanted.to))?;
    remove(&beside(part, "json"))?;
    Ok(FeedFile {
        address: wanted.address.to_owned(),
        etag: edition.etag,
        last_modified: edition.last_modified,
        sha256,
        size,
        fetched: now,
    })
}

/// Drops a part with what is noted of it.
fn forget(part: &Path) -> Result<(), FeedError> {
    remove(&beside(part, "json"))?;
    remove(part)
}

fn remove(path: &Path) -> Result<(), FeedError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(FeedError::file("remove", path)(error))
        }
        _ => Ok(()),
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}
