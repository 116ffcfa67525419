//! Bundles: feeds in one signed file, for a machine without a network.
//!
//! A zip with `manifest.json` (what was made when, and the SHA-256 of every file), its signature
//! `manifest.json.minisig`, and the files. The signature covers the manifest and the manifest covers the files, so that
//! nothing in a bundle can be changed, left out or added. Whoever opens one also holds its age and the newest bundle
//! taken before against it: an old bundle is genuine, and would still hide newer flaws.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::error::{FeedError, Refusal};
use crate::folder::{FeedFile, Folder, State, digest_of, hexadecimal, make_folder, safe_name};
use crate::key::{Signer, Trusted, verify};

const FORMAT: &str = "isocenter-feed-bundle";
const VERSION: u32 = 1;
const MANIFEST: &str = "manifest.json";
const SIGNATURE: &str = "manifest.json.minisig";
const MOST_MANIFEST: u64 = 256 << 20;

/// What a bundle holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: String,
    version: u32,
    /// When it was made.
    pub created: Timestamp,
    /// What is known of each feed, by name.
    pub feeds: BTreeMap<String, State>,
}

/// What a bundle must keep to.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Today.
    pub now: Timestamp,
    /// The oldest that is taken, in days.
    pub max_age_days: u32,
    /// When the newest bundle that was taken before was made.
    pub taken: Option<Timestamp>,
    /// Whether one that is older than that is taken all the same.
    pub accept_older: bool,
}

/// A bundle whose signature, age and order hold.
pub struct Bundle<R> {
    archive: ZipArchive<R>,
    /// What it holds.
    pub manifest: Manifest,
    /// Who signed it.
    pub signer: String,
}

impl<R> std::fmt::Debug for Bundle<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bundle")
            .field("manifest", &self.manifest)
            .field("signer", &self.signer)
            .finish_non_exhaustive()
    }
}

fn refused(refusal: Refusal) -> FeedError {
    FeedError::Bundle(refusal)
}

fn no_bundle(why: impl std::fmt::Display) -> FeedError {
    refused(Refusal::NoBundle(why.to_string()))
}

/// The place of a file inside a bundle.
fn member(feed: &str, name: &str) -> String {
    format!("feeds/{feed}/{name}")
}

/// Whether a file may be a bundle: a zip that begins with a manifest.
pub fn is_bundle(path: &Path) -> bool {
    File::open(path)
        .ok()
        .and_then(|file| ZipArchive::new(file).ok())
        .is_some_and(|archive| {
            archive.index_for_name(MANIFEST).is_some()
                && archive.index_for_name(SIGNATURE).is_some()
        })
}

/// Writes the feeds of a folder into a new signed file.
pub fn create(
    folder: &Folder,
    feeds: &[String],
    signer: &Signer,
    out: &Path,
    now: Timestamp,
) -> Result<Manifest, FeedError> {
    let mut manifest = Manifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        created: now,
        feeds: BTreeMap::new(),
    };
    for feed in feeds {
        let state = folder.state(feed)?;
        if !state.files.is_empty() {
            manifest.feeds.insert(feed.clone(), state);
        }
    }
    if manifest.feeds.is_empty() {
        return Err(no_bundle(
            "no feed was fetched yet; `feed pull` comes first",
        ));
    }
    let text = serde_json::to_vec_pretty(&manifest).map_err(no_bundle)?;
    let signature = signer.sign(&text, &format!("made {now}"))?;
    let place = out.parent().filter(|place| !place.as_os_str().is_empty());
    let failed = || FeedError::file("write", out);
    let beside =
        tempfile::NamedTempFile::new_in(place.unwrap_or(Path::new("."))).map_err(failed())?;
    let mut writer = ZipWriter::new(beside);
    let broken = |error: zip::result::ZipError| failed()(io::Error::other(error));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in [
        (MANIFEST, text.as_slice()),
        (SIGNATURE, signature.as_bytes()),
    ] {
        writer.start_file(name, packed).map_err(broken)?;
        writer.write_all(bytes).map_err(failed())?;
    }
    for (feed, state) in &manifest.feeds {
        for (name, known) in &state.files {
            let path = folder.feed(feed).join(name);
            let file = File::open(&path).map_err(FeedError::file("read", &path))?;
            // What is compressed already only costs time.
            let method = match path.extension().and_then(|ending| ending.to_str()) {
                Some("zip" | "gz") => CompressionMethod::Stored,
                _ => CompressionMethod::Deflated,
            };
            let options = SimpleFileOptions::default()
                .compression_method(method)
                .large_file(known.size >= u64::from(u32::MAX));
            writer
                .start_file(member(feed, name), options)
                .map_err(broken)?;
            let mut copied = Copied {
                from: file,
                to: &mut writer,
            };
            let (found, _) = digest_of(&mut copied).map_err(failed())?;
            if found != known.sha256 {
                return Err(FeedError::Unusable {
                    address: path.display().to_string(),
                    source: Refusal::Checksum {
                        expected: known.sha256.clone(),
                        found,
                    },
                });
            }
        }
    }
    let beside = writer.finish().map_err(broken)?;
    beside.as_file().sync_all().map_err(failed())?;
    beside.persist(out).map_err(|error| failed()(error.error))?;
    Ok(manifest)
}

/// A reader whose bytes are written elsewhere as they pass.
struct Copied<'w, W> {
    from: File,
    to: &'w mut W,
}

impl<W: Write> Read for Copied<'_, W> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        self.to.write_all(buffer.get(..count).unwrap_or_default())?;
        Ok(count)
    }
}

/// Opens a bundle that is signed by a trusted key and keeps to the rules. Nothing is unpacked yet.
pub fn open(path: &Path, trusted: &[Trusted], rules: &Rules) -> Result<Bundle<File>, FeedError> {
    let file = File::open(path).map_err(FeedError::file("read", path))?;
    open_from(file, trusted, rules)
}

/// The same, from wherever its bytes come.
pub fn open_from<R: Read + Seek>(
    source: R,
    trusted: &[Trusted],
    rules: &Rules,
) -> Result<Bundle<R>, FeedError> {
    let mut archive = ZipArchive::new(source).map_err(no_bundle)?;
    let text = read_member(&mut archive, MANIFEST)?;
    let signature = read_member(&mut archive, SIGNATURE)?;
    let signature = String::from_utf8(signature).map_err(no_bundle)?;
    // Not a byte of the manifest is believed before its signature holds.
    let signer = verify(trusted, &signature, &text)
        .map_err(refused)?
        .id
        .clone();
    let manifest: Manifest = serde_json::from_slice(&text).map_err(no_bundle)?;
    if manifest.format != FORMAT || manifest.version != VERSION {
        return Err(no_bundle(format!(
            "its format is {} {}, and {FORMAT} {VERSION} is known",
            manifest.format, manifest.version
        )));
    }
    rules.check(&manifest).map_err(refused)?;
    Ok(Bundle {
        archive,
        manifest,
        signer,
    })
}

impl Rules {
    fn check(&self, manifest: &Manifest) -> Result<(), Refusal> {
        let made = manifest.created;
        // Clocks of two machines may differ by some hours.
        if self
            .now
            .checked_add(24.hours())
            .is_ok_and(|tomorrow| made > tomorrow)
        {
            return Err(Refusal::FromTheFuture(made));
        }
        let days = self.now.duration_since(made).as_hours() / 24;
        if days > i64::from(self.max_age_days) {
            return Err(Refusal::TooOld {
                days,
                most: self.max_age_days,
            });
        }
        match self.taken {
            Some(before) if made < before && !self.accept_older => {
                Err(Refusal::Rollback { made, before })
            }
            _ => Ok(()),
        }
    }
}

fn read_member<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    name: &str,
) -> Result<Vec<u8>, FeedError> {
    let member = archive
        .by_name(name)
        .map_err(|_| no_bundle(format!("it has no {name}")))?;
    let mut bytes = Vec::new();
    member
        .take(MOST_MANIFEST + 1)
        .read_to_end(&mut bytes)
        .map_err(no_bundle)?;
    if bytes.len() as u64 > MOST_MANIFEST {
        return Err(refused(Refusal::TooLarge {
            most: MOST_MANIFEST,
        }));
    }
    Ok(bytes)
}

impl<R: Read + Seek> Bundle<R> {
    /// Unpacks the files into a folder of feeds, all or none, and tells where those lie that are new or changed.
    pub fn unpack(mut self, folder: &Folder) -> Result<Vec<PathBuf>, FeedError> {
        make_folder(folder.path())?;
        let failed = || FeedError::file("write", folder.path());
        let aside = tempfile::TempDir::new_in(folder.path()).map_err(failed())?;
        let feeds = std::mem::take(&mut self.manifest.feeds);
        for (feed, state) in &feeds {
            if safe_name(feed) != *feed {
                return Err(no_bundle(format!("`{feed}` is no name of a feed")));
            }
            make_folder(&aside.path().join(feed))?;
            for (name, file) in &state.files {
                if safe_name(name) != *name {
                    return Err(no_bundle(format!("`{name}` is no name of a file")));
                }
                self.unpack_one(
                    &member(feed, name),
                    file,
                    &aside.path().join(feed).join(name),
                )?;
            }
        }
        let mut changed = Vec::new();
        for (feed, state) in &feeds {
            let before = folder.state(feed)?;
            make_folder(&folder.feed(feed))?;
            for (name, file) in &state.files {
                let to = folder.feed(feed).join(name);
                fs::rename(aside.path().join(feed).join(name), &to)
                    .map_err(FeedError::file("write", &to))?;
                if before
                    .files
                    .get(name)
                    .is_none_or(|known| known.sha256 != file.sha256)
                {
                    changed.push(to);
                }
            }
            let kept: BTreeSet<&String> = state.files.keys().collect();
            for gone in before.files.keys().filter(|name| !kept.contains(name)) {
                drop(fs::remove_file(folder.feed(feed).join(gone)));
            }
            folder.keep(feed, state)?;
        }
        Ok(changed)
    }

    fn unpack_one(&mut self, member: &str, known: &FeedFile, to: &Path) -> Result<(), FeedError> {
        let from = self
            .archive
            .by_name(member)
            .map_err(|_| no_bundle(format!("it has no {member}")))?;
        let file = File::create(to).map_err(FeedError::file("write", to))?;
        let mut hash = sha2::Sha256::default();
        let mut writer = io::BufWriter::new(file);
        // Not a byte more than the signed size is written, whatever comes out.
        let mut from = from.take(known.size + 1);
        let mut buffer = vec![0; 128 << 10];
        let mut size = 0;
        loop {
            let count = from.read(&mut buffer).map_err(no_bundle)?;
            if count == 0 {
                break;
            }
            let bytes = buffer.get(..count).unwrap_or_default();
            sha2::Digest::update(&mut hash, bytes);
            writer
                .write_all(bytes)
                .map_err(FeedError::file("write", to))?;
            size += count as u64;
        }
        writer.flush().map_err(FeedError::file("write", to))?;
        let found = hexadecimal(&sha2::Digest::finalize(hash));
        if size != known.size || found != known.sha256 {
            return Err(refused(Refusal::Checksum {
                expected: known.sha256.clone(),
                found,
            }));
        }
        Ok(())
    }
}
