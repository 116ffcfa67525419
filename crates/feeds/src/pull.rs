//! What is new of a feed, by the layout of its publisher.

mod csaf;
mod cvelist;
mod file;
mod nvd;
mod openfda;

use std::path::PathBuf;

use jiff::Timestamp;

use crate::catalog::{Content, Layout, Selection};
use crate::client::{Client, Header};
use crate::download::{Wanted, download};
use crate::error::FeedError;
use crate::folder::{FeedFile, Folder, State};

/// What came of pulling a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pulled {
    /// Files that are new or changed, in the order in which they are to be read.
    pub files: Vec<PathBuf>,
    /// How many files were asked for and have not changed.
    pub unchanged: u64,
    /// What a person should know: parts that were set aside, each with the reason.
    pub notes: Vec<String>,
}

/// Fetches what is new of a feed into its folder. What was fetched before an error stays, and the next call goes on
/// from there.
pub fn pull(
    selection: &Selection,
    folder: &Folder,
    client: &mut Client<'_>,
    now: Timestamp,
) -> Result<Pulled, FeedError> {
    let mut run = Run {
        selection,
        state: folder.state(&selection.feed.name)?,
        folder,
        client,
        now,
        pulled: Pulled::default(),
    };
    let result = match &selection.feed.layout {
        Layout::File { content } => file::pull(&mut run, *content),
        Layout::Osv { ecosystems } => file::pull_ecosystems(&mut run, ecosystems),
        Layout::CveList => cvelist::pull(&mut run),
        Layout::Nvd => nvd::pull(&mut run),
        Layout::Csaf => csaf::pull(&mut run),
        Layout::OpenFda { partitions } => openfda::pull(&mut run, partitions),
    };
    if result.is_ok() {
        run.state.asked = Some(now);
    }
    run.keep()?;
    result.map(|()| run.pulled)
}

/// One pull of one feed.
struct Run<'r, 'o> {
    selection: &'r Selection,
    folder: &'r Folder,
    client: &'r mut Client<'o>,
    now: Timestamp,
    state: State,
    pulled: Pulled,
}

impl Run<'_, '_> {
    fn address(&self) -> &str {
        &self.selection.feed.address
    }

    /// Writes down what is known by now.
    fn keep(&self) -> Result<(), FeedError> {
        self.folder.keep(&self.selection.feed.name, &self.state)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.feed(&self.selection.feed.name).join(name)
    }

    /// Fetches one file under a name, if it changed.
    fn file(
        &mut self,
        name: &str,
        address: &str,
        content: Content,
        headers: &[Header<'_>],
    ) -> Result<Option<FeedFile>, FeedError> {
        let to = self.path(name);
        let known = self
            .state
            .files
            .get(name)
            .filter(|known| known.address == address)
            .cloned();
        let fetched = download(
            self.client,
            &Wanted {
                address,
                to: &to,
                content,
                known: known.as_ref(),
                headers,
            },
            self.now,
        )?;
        let Some(file) = fetched else {
            self.pulled.unchanged += 1;
            return Ok(None);
        };
        // A publisher that answers no conditional request sends the same bytes again.
        if known.is_some_and(|known| known.sha256 == file.sha256) {
            self.pulled.unchanged += 1;
        } else {
            self.pulled.files.push(to);
        }
        self.state.files.insert(name.to_owned(), file.clone());
        self.keep()?;
        Ok(Some(file))
    }

    /// Drops a file that a newer one replaces.
    fn drop_file(&mut self, name: &str) -> Result<(), FeedError> {
        self.state.files.remove(name);
        let path = self.path(name);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(FeedError::file("remove", &path)(error))
            }
            _ => Ok(()),
        }
    }

    fn note(&mut self, note: String) {
        self.pulled.notes.push(note);
    }

    fn unusable(address: &str, refusal: crate::Refusal) -> FeedError {
        FeedError::Unusable {
            address: address.to_owned(),
            source: refusal,
        }
    }

    /// A short JSON file of a publisher.
    fn json<T: serde::de::DeserializeOwned>(
        &mut self,
        address: &str,
        headers: &[Header<'_>],
        most: u64,
    ) -> Result<T, FeedError> {
        let bytes = self.client.fetch(address, headers, most)?;
        serde_json::from_slice(&bytes).map_err(|error| {
            Self::unusable(
                address,
                crate::Refusal::Damaged {
                    kind: "JSON",
                    why: error.to_string(),
                },
            )
        })
    }
}
