//! What is published where: `catalogs/feeds.toml`.

use serde::Deserialize;

use crate::error::FeedError;

/// The feeds that are known.
#[derive(Debug, Clone, Deserialize)]
pub struct Catalog {
    /// Each feed, in the order in which they are pulled.
    #[serde(rename = "feed")]
    pub feeds: Vec<Feed>,
}

/// One feed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Feed {
    /// Its name on the command line.
    pub name: String,
    /// What it is, for a person.
    pub title: String,
    /// Its address.
    pub address: String,
    /// How its publisher lays it out.
    #[serde(flatten)]
    pub layout: Layout,
    /// Age in days from which an answer that rests on it says so.
    pub stale_days: u16,
    /// How a report calls its newest paper, when it is stale; `None` where papers of its kinds also come one by
    /// one, so that their age says nothing of the feed.
    pub newest: Option<Newest>,
    /// The kinds of papers that it brings, by their words.
    pub kinds: Vec<String>,
}

/// The newest paper of a feed, in a report's words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Newest {
    /// What it is called.
    pub paper: String,
    /// What an answer lacks when it is stale.
    pub missing: String,
}

/// How a publisher lays a feed out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "layout", rename_all = "lowercase")]
pub enum Layout {
    /// One file.
    File {
        /// What its bytes are.
        content: Content,
    },
    /// A zip per ecosystem (OSV).
    Osv {
        /// The ecosystems that are fetched when none is named.
        ecosystems: Vec<String>,
    },
    /// The CVE Program's releases.
    CveList,
    /// Pages of the NVD API 2.0.
    Nvd,
    /// A CSAF provider.
    Csaf,
    /// Partitions of openFDA.
    OpenFda {
        /// Which, as `noun/endpoint`.
        partitions: Vec<String>,
    },
}

/// What the bytes of a file are, so that one that breaks off is told from a whole one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// JSON (RFC 8259).
    Json,
    /// gzip (RFC 1952).
    Gzip,
    /// A zip archive.
    Zip,
}

/// A feed, or a part of it, that somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// The feed.
    pub feed: Feed,
    /// Its parts (OSV ecosystems); all that the catalog names where empty.
    pub parts: Vec<String>,
}

impl Catalog {
    /// The catalog that this program carries.
    pub fn built_in() -> Result<Self, FeedError> {
        toml::from_str(include_str!("../../../catalogs/feeds.toml"))
            .map_err(|error| FeedError::Catalog(error.to_string()))
    }

    /// The feeds of some names (`kev`, `osv`, `osv:PyPI`); all of them for no name.
    pub fn select(&self, names: &[String]) -> Result<Vec<Selection>, FeedError> {
        let whole = |feed: &Feed| Selection {
            feed: feed.clone(),
            parts: Vec::new(),
        };
        if names.is_empty() {
            return Ok(self.feeds.iter().map(whole).collect());
        }
        let mut selected: Vec<Selection> = Vec::new();
        for name in names {
            let (feed, part) = match name.split_once(':') {
                Some((feed, part)) => (feed, Some(part)),
                None => (name.as_str(), None),
            };
            let feed = self
                .feeds
                .iter()
                .find(|known| known.name == feed)
                .filter(|known| part.is_none() || matches!(known.layout, Layout::Osv { .. }))
                .ok_or_else(|| FeedError::UnknownFeed(name.clone()))?;
            let known = selected.iter().position(|one| one.feed.name == feed.name);
            let at = known.unwrap_or_else(|| {
                selected.push(whole(feed));
                selected.len() - 1
            });
            if let (Some(part), Some(one)) = (part, selected.get_mut(at)) {
                one.parts.push(part.to_owned());
            }
        }
        Ok(selected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalog_is_sound_and_every_address_is_encrypted() {
        let catalog = Catalog::built_in().unwrap();
        assert!(catalog.feeds.len() >= 8);
        for feed in &catalog.feeds {
            assert!(feed.address.starts_with("https://"), "{}", feed.name);
            assert!(!feed.kinds.is_empty(), "{}", feed.name);
        }
    }

    #[test]
    fn parts_of_one_feed_are_asked_for_together_and_only_osv_has_parts() {
        let catalog = Catalog::built_in().unwrap();
        let selected = catalog
            .select(&["osv:PyPI".into(), "kev".into(), "osv:Go".into()])
            .unwrap();
        assert_eq!(selected.len(), 2);
        assert_eq!(selected[0].parts, ["PyPI", "Go"]);
        for wrong in ["keev", "kev:all"] {
            assert!(matches!(
                catalog.select(&[wrong.into()]),
                Err(FeedError::UnknownFeed(_))
            ));
        }
        assert_eq!(catalog.select(&[]).unwrap().len(), catalog.feeds.len());
    }
}
