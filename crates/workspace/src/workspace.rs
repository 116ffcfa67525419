//! One workspace: what a person opens, fills and asks.

use std::path::{Path, PathBuf};

use isocenter_exposure::Policy;
use isocenter_model::assessment::{Assessment, ComponentView, SourceView};
use isocenter_model::lifecycle::LifecycleEntry;
use isocenter_model::observation::Observation;
use isocenter_model::update::ValidatedUpdate;
use isocenter_store::Store;
use jiff::Timestamp;

use crate::error::WorkspaceError;
use crate::import::{ImportReport, Progress};
use crate::{assess, backup, import, views};

/// An open workspace with the person who acts in it.
#[derive(Debug)]
pub struct Workspace {
    pub(crate) at: PathBuf,
    pub(crate) store: Store,
    actor: String,
    policy: Policy,
}

impl Workspace {
    /// Whether there is a workspace at `at`.
    pub fn exists(at: &Path) -> bool {
        at.join(isocenter_store::DATABASE).is_file()
    }

    /// Opens the workspace at `at`, and makes it where there is none. `actor` is recorded with
    /// everything that is imported or decided.
    pub async fn open(at: &Path, actor: &str) -> Result<Self, WorkspaceError> {
        Ok(Self {
            at: at.to_owned(),
            store: Store::open(at).await?,
            actor: actor.to_owned(),
            policy: Policy::built_in()?,
        })
    }

    /// Reads papers into the workspace.
    pub async fn import(
        &self,
        paths: &[PathBuf],
        now: Timestamp,
        progress: &mut dyn Progress,
    ) -> Result<ImportReport, WorkspaceError> {
        import::import(&self.store, paths, &self.actor, now, progress).await
    }

    /// The answer to everything that is stored, as of `now`.
    pub async fn assess(&self, now: Timestamp) -> Result<Assessment, WorkspaceError> {
        assess::correlate(&self.store).await?;
        Ok(assess::build(
            assess::load(&self.store).await?,
            &self.policy,
            now,
        ))
    }

    /// The answer to one flaw alone: every release that some source speaks of, with what the
    /// feeds rule out as well.
    pub async fn assess_flaw(
        &self,
        flaw: &str,
        now: Timestamp,
    ) -> Result<Assessment, WorkspaceError> {
        let findings = assess::rulings(&self.store, flaw).await?;
        Ok(assess::build(
            assess::load_findings(&self.store, findings).await?,
            &self.policy,
            now,
        ))
    }

    /// The distinct components with the releases that contain them.
    pub async fn components(&self) -> Result<Vec<ComponentView>, WorkspaceError> {
        views::components(&self.store).await
    }

    /// The stored papers in force.
    pub async fn documents(&self) -> Result<Vec<SourceView>, WorkspaceError> {
        assess::documents(&self.store).await
    }

    /// What papers in force say of support life.
    pub async fn lifecycle(&self) -> Result<Vec<LifecycleEntry>, WorkspaceError> {
        let lines = self.store.lifecycle().await?;
        Ok(lines.into_iter().map(|(entry, _)| entry).collect())
    }

    /// What was seen on site.
    pub async fn observations(&self) -> Result<Vec<Observation>, WorkspaceError> {
        let rows = self.store.observations().await?;
        Ok(rows.into_iter().map(|(_, one, _)| one).collect())
    }

    /// The updates that manufacturers have validated, rejected or not looked at yet.
    pub async fn validated_updates(&self) -> Result<Vec<ValidatedUpdate>, WorkspaceError> {
        let rows = self.store.validated_updates().await?;
        Ok(rows.into_iter().map(|(update, _)| update).collect())
    }

    /// Copies the whole workspace into one new file.
    pub async fn backup(&self, file: &Path) -> Result<(), WorkspaceError> {
        backup::backup(&self.store, file).await
    }

    /// Closes the workspace, so that all of it stands in its file.
    pub async fn close(self) {
        self.store.close().await;
    }
}
