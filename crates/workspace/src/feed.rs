//! Published feeds: from the folder in which they lie into the store, and what of them is there.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use isocenter_feeds::bundle::{self, Manifest, Rules};
use isocenter_feeds::key::Trusted;
use isocenter_feeds::{Catalog, Folder};
use isocenter_model::assessment::{FeedView, SourceView};
use isocenter_model::text::printable;
use jiff::Timestamp;

use crate::error::WorkspaceError;
use crate::import::{ImportReport, Outcome, Progress};
use crate::workspace::Workspace;

/// Name of the folder of feeds inside a workspace.
const FOLDER: &str = "feeds";

/// What a person allows a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BundleRules {
    /// The oldest that is taken, in days.
    pub max_age_days: u32,
    /// Whether one that is older than the last one is taken all the same.
    pub accept_older: bool,
}

/// What came of a bundle.
#[derive(Debug)]
pub struct Taken {
    /// What it held.
    pub manifest: Manifest,
    /// Who signed it: the number of the key.
    pub signer: String,
    /// What came of its files.
    pub report: ImportReport,
}

impl Workspace {
    /// The folder in which feeds lie.
    pub fn feeds(&self) -> Folder {
        Folder::new(self.at.join(FOLDER))
    }

    /// Reads the files of a feed that were not read before, the oldest first: what was fetched and not read
    /// because something broke off is read by the next call.
    pub async fn take_feed(
        &self,
        name: &str,
        now: Timestamp,
        progress: &mut dyn Progress,
    ) -> Result<ImportReport, WorkspaceError> {
        let folder = self.feeds();
        let state = folder.state(name)?;
        let key = format!("feed:{name}");
        let mut read: BTreeMap<String, String> = self
            .store
            .meta(&key)
            .await?
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        let mut files: Vec<_> = state
            .files
            .iter()
            .filter(|(file, known)| read.get(*file) != Some(&known.sha256))
            .collect();
        files.sort_by_key(|(file, known)| (known.fetched, (*file).clone()));
        let paths: Vec<PathBuf> = files
            .iter()
            .map(|(file, _)| folder.feed(name).join(file))
            .collect();
        let report = self.import(&paths, now, progress).await?;
        let refused: HashSet<&str> = report
            .files
            .iter()
            .filter(|one| matches!(one.outcome, Outcome::NotStored(_)))
            .map(|one| one.checked.path.as_str())
            .collect();
        for ((file, known), path) in files.iter().zip(&paths) {
            // What cannot be read today may be read by a later version of this program.
            if !refused.contains(printable(&path.display().to_string()).as_ref()) {
                read.insert((*file).clone(), known.sha256.clone());
            }
        }
        read.retain(|file, _| state.files.contains_key(file));
        let text = serde_json::to_string(&read).unwrap_or_default();
        let mut transaction = self.store.begin().await?;
        transaction.set_meta(&key, &text).await?;
        transaction.commit().await?;
        Ok(report)
    }

    /// Takes a bundle whose signature, age and order hold, and reads what it brings.
    pub async fn take_bundle(
        &self,
        path: &Path,
        rules: BundleRules,
        now: Timestamp,
        progress: &mut dyn Progress,
    ) -> Result<Taken, WorkspaceError> {
        let folder = self.feeds();
        let trusted = Trusted::all(&folder)?;
        // The newest bundle of any key: whoever signs, older means that newer flaws are missing.
        let taken = self
            .store
            .meta(TAKEN)
            .await?
            .and_then(|text| text.parse().ok());
        let opened = bundle::open(
            path,
            &trusted,
            &Rules {
                now,
                max_age_days: rules.max_age_days,
                taken,
                accept_older: rules.accept_older,
            },
        )?;
        let (manifest, signer) = (opened.manifest.clone(), opened.signer.clone());
        opened.unpack(&folder)?;
        let mut transaction = self.store.begin().await?;
        transaction
            .set_meta(TAKEN, &manifest.created.to_string())
            .await?;
        transaction.commit().await?;
        let mut report = ImportReport::default();
        for name in manifest.feeds.keys() {
            report
                .files
                .extend(self.take_feed(name, now, progress).await?.files);
        }
        Ok(Taken {
            manifest,
            signer,
            report,
        })
    }

    /// Every feed, as a machine without a workspace has it.
    pub fn known_feeds() -> Result<Vec<FeedView>, WorkspaceError> {
        Ok(Catalog::built_in()?
            .feeds
            .into_iter()
            .map(|feed| FeedView {
                name: feed.name,
                title: feed.title,
                stale_days: feed.stale_days,
                ..FeedView::default()
            })
            .collect())
    }

    /// Every feed with what of it is here.
    pub async fn feed_status(&self) -> Result<Vec<FeedView>, WorkspaceError> {
        let documents = self.documents().await?;
        let folder = self.feeds();
        let catalog = Catalog::built_in()?;
        catalog
            .feeds
            .into_iter()
            .map(|feed| {
                let state = folder.state(&feed.name)?;
                let papers: Vec<&SourceView> = documents
                    .iter()
                    .filter(|paper| feed.kinds.iter().any(|kind| kind == paper.kind.as_str()))
                    .collect();
                Ok(FeedView {
                    asked: state.asked,
                    dated: papers.iter().filter_map(|paper| paper.dated).max(),
                    papers: papers.len() as u64,
                    records: papers.iter().map(|paper| records(paper)).sum(),
                    files: state.files.len() as u64,
                    bytes: state.files.values().map(|file| file.size).sum(),
                    stale_days: feed.stale_days,
                    name: feed.name,
                    title: feed.title,
                })
            })
            .collect()
    }
}

/// The name under which the day of the newest bundle is kept.
const TAKEN: &str = "feed_bundle_taken";

/// How many records a paper holds: what it counts as such, else the paper itself.
fn records(paper: &SourceView) -> u64 {
    paper
        .summary
        .iter()
        .find(|(name, _)| name == "records" || name == "vulnerabilities" || name == "products")
        .map_or(1, |(_, count)| *count)
}
