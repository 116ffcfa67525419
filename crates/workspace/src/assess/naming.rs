//! One spelling for one thing: papers write a maker in five ways, an answer in one.

use std::collections::BTreeMap;

use isocenter_store::{Store, StoredRelease};

use super::fleet;
use crate::error::WorkspaceError;

/// The releases that count, each maker and each model in the spelling that most of its releases have.
pub(crate) async fn releases(store: &Store) -> Result<Vec<StoredRelease>, WorkspaceError> {
    let mut releases = store.releases().await?;
    let doubled = fleet::doubled_releases(store).await?;
    releases.retain(|one| !doubled.contains(&one.id));
    let makers = usual(&releases, |one| {
        (one.maker_key.clone(), one.release.manufacturer.clone())
    });
    let models = usual(&releases, |one| {
        (
            format!("{}/{}", one.maker_key, one.model_key),
            one.release.model.clone(),
        )
    });
    for one in &mut releases {
        if let Some(maker) = makers.get(&one.maker_key) {
            one.release.manufacturer.clone_from(maker);
        }
        if let Some(model) = models.get(&format!("{}/{}", one.maker_key, one.model_key)) {
            one.release.model.clone_from(model);
        }
    }
    Ok(releases)
}

/// For each key the text that occurs most often under it; of equally frequent ones the longest.
fn usual(
    releases: &[StoredRelease],
    named: impl Fn(&StoredRelease) -> (String, String),
) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for one in releases {
        let (key, text) = named(one);
        *counts.entry(key).or_default().entry(text).or_default() += 1;
    }
    counts
        .into_iter()
        .filter_map(|(key, texts)| {
            let (text, _) = texts
                .into_iter()
                .max_by_key(|(text, count)| (*count, text.chars().count()))?;
            Some((key, text))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use isocenter_model::Digest;
    use isocenter_model::product::Release;

    use super::*;

    #[test]
    fn the_usual_spelling_wins_and_of_equals_the_fuller_one() {
        let release = |manufacturer: &str| StoredRelease {
            id: Digest::of(manufacturer.as_bytes()),
            release: Release {
                manufacturer: manufacturer.to_owned(),
                ..Release::default()
            },
            maker_key: "aurora".to_owned(),
            model_key: "ct".to_owned(),
        };
        let spelling = |names: &[&str]| {
            let releases: Vec<StoredRelease> = names.iter().map(|name| release(name)).collect();
            let named =
                |one: &StoredRelease| (one.maker_key.clone(), one.release.manufacturer.clone());
            usual(&releases, named).remove("aurora").unwrap()
        };
        assert_eq!(
            spelling(&["AURORA", "Aurora GmbH", "Aurora GmbH"]),
            "Aurora GmbH"
        );
        assert_eq!(spelling(&["AURORA", "Aurora GmbH"]), "Aurora GmbH");
    }
}
