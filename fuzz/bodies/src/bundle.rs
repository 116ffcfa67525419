//! Bundles of feeds: what is not as it was signed is not taken.
#![allow(
    clippy::disallowed_methods,
    reason = "a bundle is unpacked into a folder"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::sync::LazyLock;

use isocenter_feeds::Folder;
use isocenter_feeds::bundle::{Manifest, Rules, open_from};
use isocenter_feeds::key::Trusted;

/// The one bundle that the holder of the trusted key ever signed.
const GENUINE: &[u8] = include_bytes!("../genuine/feeds.bundle");
const KEY: &str = include_str!("../genuine/sender.pub");

static TRUSTED: LazyLock<Vec<Trusted>> =
    LazyLock::new(|| vec![Trusted::from_text(KEY).expect("the key is one")]);
static KNOWN: LazyLock<(Manifest, Files)> =
    LazyLock::new(|| taken(GENUINE).expect("the genuine bundle is taken"));

/// What a folder of feeds holds, by path.
type Files = BTreeMap<String, Vec<u8>>;

/// The bytes as a bundle, and the genuine one with the bytes written over it: three say where and what.
pub(crate) fn open(data: &[u8]) {
    holds(data);
    let mut edited = GENUINE.to_vec();
    for edit in data.chunks_exact(3) {
        let at = usize::from(edit[0]) << 8 | usize::from(edit[1]);
        let length = edited.len();
        edited[at % length] = edit[2];
    }
    holds(&edited);
}

/// Whatever is taken is what was signed.
fn holds(bytes: &[u8]) {
    if let Some(found) = taken(bytes) {
        assert!(found == *KNOWN, "a bundle was taken that nobody signed");
    }
}

/// What comes of a bundle that is taken.
fn taken(bytes: &[u8]) -> Option<(Manifest, Files)> {
    let rules = Rules {
        now: "2026-11-02T00:00:00Z".parse().expect("a day"),
        max_age_days: 30,
        taken: None,
        accept_older: false,
    };
    let bundle = open_from(Cursor::new(bytes), &TRUSTED, &rules).ok()?;
    let manifest = bundle.manifest.clone();
    let home = tempfile::tempdir().expect("a folder for what is unpacked");
    let unpacked = bundle.unpack(&Folder::new(home.path().join("feeds")));
    // Nothing lies beside the folder, whether it was taken or not.
    let beside = fs::read_dir(home.path()).expect("the folder is there");
    assert!(beside.count() <= 1, "something was written elsewhere");
    let files = unpacked.ok()?.into_iter().map(|path| {
        let name = path.strip_prefix(home.path()).unwrap_or(&path);
        let content = fs::read(&path).expect("what was unpacked is there");
        (name.display().to_string(), content)
    });
    Some((manifest, files.collect()))
}
