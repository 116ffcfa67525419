//! Feeds from a server on this machine that serves the publishers' layouts and misbehaves as real ones do.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test that cannot unwrap has failed, and these tests are about a network and files"
)]

mod bundles;
mod layouts;
mod patience;
mod server;

use std::time::Duration;

use isocenter_feeds::{Catalog, Client, FeedError, Folder, Observer, Pulled, Settings, pull};
use jiff::Timestamp;
use tempfile::TempDir;

use crate::server::Server;

/// A machine with a folder of feeds and a server that stands for all publishers.
pub(crate) struct Machine {
    home: TempDir,
    pub(crate) server: Server,
    /// What was waited for, in seconds; nobody really waits.
    pub(crate) waits: Vec<Wait>,
    pub(crate) nvd_key: Option<String>,
}

pub(crate) type Wait = (Duration, String);

struct Watch<'w>(&'w mut Vec<Wait>);

impl Observer for Watch<'_> {
    fn bytes(&mut self, _address: &str, _done: u64, _total: Option<u64>) {}

    fn wait(&mut self, time: Duration, why: &str) {
        self.0.push((time, why.to_owned()));
    }
}

impl Machine {
    pub(crate) fn new() -> Self {
        Self {
            home: tempfile::tempdir().unwrap(),
            server: Server::start(),
            waits: Vec::new(),
            nvd_key: None,
        }
    }

    pub(crate) fn folder(&self) -> Folder {
        Folder::new(self.home.path().join("feeds"))
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.home.path().join(name)
    }

    pub(crate) fn pull(&mut self, feed: &str, day: &str) -> Result<Pulled, FeedError> {
        let selected = Catalog::built_in()
            .unwrap()
            .select(&[feed.to_owned()])
            .unwrap();
        let settings = Settings {
            mirror: Some(self.server.address()),
            proxy: None,
            nvd_key: self.nvd_key.clone(),
        };
        let folder = self.folder();
        let mut watch = Watch(&mut self.waits);
        let mut client = Client::new(&settings, &mut watch).unwrap();
        pull(&selected[0], &folder, &mut client, at(day))
    }
}

/// The files that a pull brought, by name and content.
pub(crate) fn contents(pulled: &Pulled) -> Vec<(String, Vec<u8>)> {
    pulled
        .files
        .iter()
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read(path).unwrap(),
            )
        })
        .collect()
}

pub(crate) fn at(day: &str) -> Timestamp {
    format!("{day}T12:00:00Z").parse().unwrap()
}

/// A zip with one member.
pub(crate) fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer
        .start_file(name, zip::write::SimpleFileOptions::default())
        .unwrap();
    std::io::Write::write_all(&mut writer, bytes).unwrap();
    writer.finish().unwrap().into_inner()
}
