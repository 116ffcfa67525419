//! A CSAF provider: `provider-metadata.json`, ROLIE feeds or folders, checksums.
//!
//! Source: CSAF 2.0, sections 7.1 (requirements 7, 11 to 15, 18) and 7.3 (retrieving): ROLIE before folders, and a
//! document whose checksum does not hold is not used.
//!
//! A document is fetched when it is new or its entry says that it was updated. A checksum that the feed names must
//! hold; a document without one is taken with a note, as the standard asks checksums of trusted providers only.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest as _, Sha512};

use super::Run;
use crate::catalog::Content;
use crate::error::{FeedError, Refusal};
use crate::folder::{digest, hexadecimal, safe_name};

const MOST_LIST: u64 = 256 << 20;
const MOST_DOCUMENTS: usize = 500_000;

#[derive(Debug, Deserialize)]
struct Metadata {
    #[serde(default)]
    distributions: Vec<Distribution>,
}

#[derive(Debug, Deserialize)]
struct Distribution {
    rolie: Option<Rolie>,
    directory_url: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Rolie {
    #[serde(default)]
    feeds: Vec<FeedReference>,
}

#[derive(Debug, Deserialize)]
struct FeedReference {
    url: String,
    tlp_label: Option<String>,
}

#[derive(Debug, Deserialize)]
struct RolieDocument {
    feed: RolieFeed,
}

#[derive(Debug, Deserialize)]
struct RolieFeed {
    #[serde(default)]
    entry: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    updated: Option<String>,
    #[serde(default)]
    link: Vec<Link>,
    content: Option<Source>,
}

#[derive(Debug, Deserialize)]
struct Link {
    rel: String,
    href: String,
}

#[derive(Debug, Deserialize)]
struct Source {
    src: String,
}

/// One document that a provider lists.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Listed {
    address: String,
    updated: Option<String>,
    /// Addresses of its checksums, the stronger first.
    checksums: Vec<String>,
}

pub(super) fn pull(run: &mut Run<'_, '_>) -> Result<(), FeedError> {
    let address = run.address().to_owned();
    let metadata: Metadata = run.json(&address, &[], MOST_LIST)?;
    let mut listed: BTreeMap<String, Listed> = BTreeMap::new();
    for distribution in &metadata.distributions {
        // Feeds of a marking that is not public need a login that nobody gave.
        let open = |feed: &&FeedReference| {
            feed.tlp_label
                .as_deref()
                .is_none_or(|label| matches!(label, "WHITE" | "CLEAR" | "UNLABELED"))
        };
        let feeds: Vec<&FeedReference> = distribution
            .rolie
            .iter()
            .flat_map(|rolie| &rolie.feeds)
            .filter(open)
            .collect();
        for feed in &feeds {
            for document in of_rolie(run, &feed.url)? {
                listed.insert(document.address.clone(), document);
            }
        }
        if feeds.is_empty()
            && let Some(folder) = &distribution.directory_url
        {
            for document in of_folder(run, folder)? {
                listed.insert(document.address.clone(), document);
            }
        }
    }
    if listed.is_empty() {
        return Err(Run::unusable(
            &address,
            Refusal::Unsaid("where its public advisories are"),
        ));
    }
    if listed.len() > MOST_DOCUMENTS {
        return Err(Run::unusable(
            &address,
            Refusal::Unsaid("a believable number of advisories"),
        ));
    }
    let mut set_aside = 0_u64;
    let mut first = None;
    for document in listed.into_values() {
        match fetch(run, &document) {
            Ok(()) => {}
            // One document that cannot be had does not keep the others away.
            Err(error @ (FeedError::Status { .. } | FeedError::Unusable { .. })) => {
                set_aside += 1;
                first.get_or_insert(told(&error));
            }
            Err(error) => return Err(error),
        }
    }
    if let Some(first) = first {
        run.note(format!(
            "{set_aside} advisories were set aside, the first because {first}"
        ));
    }
    Ok(())
}

fn told(error: &FeedError) -> String {
    match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

fn of_rolie(run: &mut Run<'_, '_>, address: &str) -> Result<Vec<Listed>, FeedError> {
    let document: RolieDocument = run.json(address, &[], MOST_LIST)?;
    Ok(document
        .feed
        .entry
        .into_iter()
        .filter_map(|entry| {
            let linked = |rel: &str| {
                entry
                    .link
                    .iter()
                    .filter(|link| link.rel == rel)
                    .map(|link| link.href.clone())
                    .collect::<Vec<_>>()
            };
            let address = entry
                .content
                .as_ref()
                .map(|content| content.src.clone())
                .or_else(|| linked("self").into_iter().next())?;
            let mut checksums = linked("hash");
            checksums.sort_by_key(|checksum| !checksum.ends_with(".sha512"));
            Some(Listed {
                address,
                updated: entry.updated.clone(),
                checksums,
            })
        })
        .collect())
}

/// `changes.csv`: a file and the day of its change per line, quoted or not.
fn of_folder(run: &mut Run<'_, '_>, folder: &str) -> Result<Vec<Listed>, FeedError> {
    let folder = folder.trim_end_matches('/');
    let address = format!("{folder}/changes.csv");
    let bytes = run.client.fetch(&address, &[], MOST_LIST)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text
        .lines()
        .filter_map(|line| {
            let (file, updated) = line.trim().split_once(',')?;
            let file = file.trim().trim_matches('"');
            let updated = updated.trim().trim_matches('"');
            let below = !file.is_empty()
                && !file.contains("..")
                && !file.contains("://")
                && std::path::Path::new(file)
                    .extension()
                    .is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
            below.then(|| {
                let address = format!("{folder}/{}", file.trim_start_matches('/'));
                Listed {
                    checksums: vec![format!("{address}.sha512"), format!("{address}.sha256")],
                    updated: Some(updated.to_owned()),
                    address,
                }
            })
        })
        .collect())
}

/// Fetches a document that is new or was updated, and holds it against its checksum.
fn fetch(run: &mut Run<'_, '_>, document: &Listed) -> Result<(), FeedError> {
    let name = name_of(&document.address);
    if let Some(known) = run.state.files.get(&name)
        && known.address == document.address
        && known.last_modified.is_some()
        && known.last_modified == document.updated
        && run.path(&name).is_file()
    {
        run.pulled.unchanged += 1;
        return Ok(());
    }
    // The entry's own word on its date stands in for the server's, which may differ from host to host.
    let before = run.state.files.remove(&name);
    let announced = run.pulled.files.len();
    let Some(mut file) = run.file(&name, &document.address, Content::Json, &[])? else {
        return Ok(());
    };
    let path = run.path(&name);
    if let Err(refusal) = check(run, document, &path)? {
        run.pulled.files.truncate(announced);
        run.drop_file(&name)?;
        return Err(Run::unusable(&document.address, refusal));
    }
    if before.is_some_and(|before| before.sha256 == file.sha256) {
        run.pulled.files.truncate(announced);
        run.pulled.unchanged += 1;
    }
    file.last_modified.clone_from(&document.updated);
    file.etag = None;
    run.state.files.insert(name, file);
    Ok(())
}

/// A name of its own for each document: the year's folder is part of it.
fn name_of(address: &str) -> String {
    let mut parts = address.rsplit('/');
    let file = safe_name(parts.next().unwrap_or_default());
    match parts.next() {
        Some(year) if year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{year}-{file}")
        }
        _ => file,
    }
}

/// Whether a published checksum holds: `hex  name`, as `sha256sum` writes it.
fn check(
    run: &mut Run<'_, '_>,
    document: &Listed,
    path: &std::path::Path,
) -> Result<Result<(), Refusal>, FeedError> {
    for address in &document.checksums {
        let published = match run.client.fetch(address, &[], 1 << 16) {
            Ok(bytes) => bytes,
            Err(FeedError::Status { status: 404, .. }) => continue,
            Err(error) => return Err(error),
        };
        let text = String::from_utf8_lossy(&published);
        let expected = text
            .split_ascii_whitespace()
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let found = match expected.len() {
            64 => digest(path)?.0,
            128 => {
                let bytes = std::fs::read(path).map_err(FeedError::file("read", path))?;
                hexadecimal(&Sha512::digest(&bytes))
            }
            _ => return Ok(Err(Refusal::Unsaid("a checksum of SHA-256 or SHA-512"))),
        };
        return Ok(if found == expected {
            Ok(())
        } else {
            Err(Refusal::Checksum { expected, found })
        });
    }
    Ok(Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_two_years_have_two_names() {
        assert_eq!(
            name_of("https://a.example/csaf/white/2024/icsma-24-001-01.json"),
            "2024-icsma-24-001-01.json"
        );
        assert_eq!(name_of("https://a.example/x.json"), "x.json");
    }
}
