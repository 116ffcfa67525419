//! What belongs together in the views, found by id.

use std::collections::HashMap;

use isocenter_model::Digest;
use isocenter_model::assessment::{Assessment, DeviceView, FindingView, ReleaseView, SourceView};
use isocenter_model::product::Release;

use crate::words::Standing;

/// Releases, devices, findings and papers by the ids that other views name them with.
#[derive(Default)]
pub(crate) struct Index<'a> {
    releases: HashMap<Digest, &'a ReleaseView>,
    devices: HashMap<Digest, Vec<&'a DeviceView>>,
    findings: HashMap<Digest, Vec<&'a FindingView>>,
    by_id: HashMap<&'a str, &'a FindingView>,
    sources: HashMap<Digest, &'a SourceView>,
}

impl<'a> Index<'a> {
    /// Releases only: enough to name them.
    pub(crate) fn of_releases(releases: &'a [ReleaseView]) -> Self {
        Self {
            releases: releases.iter().map(|view| (view.id, view)).collect(),
            ..Self::default()
        }
    }

    /// Everything in an answer.
    pub(crate) fn new(assessment: &'a Assessment) -> Self {
        let mut index = Self::of_releases(&assessment.releases);
        index.sources = assessment
            .sources
            .iter()
            .map(|source| (source.digest, source))
            .collect();
        for device in &assessment.devices {
            index
                .devices
                .entry(device.release)
                .or_default()
                .push(device);
        }
        for finding in &assessment.findings {
            index
                .findings
                .entry(finding.finding.release)
                .or_default()
                .push(finding);
            index.by_id.insert(&finding.finding.id, finding);
        }
        index
    }

    /// A release by its id.
    pub(crate) fn release(&self, id: Digest) -> Option<&'a ReleaseView> {
        self.releases.get(&id).copied()
    }

    /// Maker, model and version of a release; the beginning of its id where it is not in the view.
    pub(crate) fn release_label(&self, id: Digest) -> String {
        self.release(id)
            .map_or_else(|| id.short(), |view| view.release.label())
    }

    /// Model and version only, for places where the maker is plain or space is short.
    pub(crate) fn release_name(&self, id: Digest) -> String {
        self.release(id)
            .map_or_else(|| id.short(), |view| release_name(&view.release))
    }

    /// The standing of a device.
    pub(crate) fn standing(&self, device: &DeviceView) -> Standing {
        let examined = self
            .release(device.release)
            .is_some_and(|release| release.has_sbom);
        Standing::of(device.counts, examined)
    }

    /// Numbers of devices, in the order of [`Standing::ALL`].
    pub(crate) fn standings(&self, devices: &[DeviceView]) -> [u64; Standing::ALL.len()] {
        let mut standings = [0; Standing::ALL.len()];
        for device in devices {
            if let Some(count) = standings.get_mut(self.standing(device).rank()) {
                *count += 1;
            }
        }
        standings
    }

    /// Devices of a release, by asset id.
    pub(crate) fn devices(&self, release: Digest) -> &[&'a DeviceView] {
        self.devices.get(&release).map_or(&[], Vec::as_slice)
    }

    /// Findings of a release, the most pressing first.
    pub(crate) fn findings(&self, release: Digest) -> &[&'a FindingView] {
        self.findings.get(&release).map_or(&[], Vec::as_slice)
    }

    /// A paper or feed by its digest.
    pub(crate) fn source(&self, digest: Digest) -> Option<&'a SourceView> {
        self.sources.get(&digest).copied()
    }

    /// A finding by its id.
    pub(crate) fn finding(&self, id: &str) -> Option<&'a FindingView> {
        self.by_id.get(id).copied()
    }
}

/// Model and version of a release.
pub(crate) fn release_name(release: &Release) -> String {
    match &release.version {
        Some(version) => format!("{} {version}", release.model),
        None => release.model.clone(),
    }
}
