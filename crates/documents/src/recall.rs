//! What lists of recalls share: their words, and how one becomes a record.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use isocenter_model::recall::Recall;
use isocenter_model::statement::{Remediation, Status};
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{
    AffectedProduct, VersionEntry, VersionSpan, VulnerabilityRecord,
};
use serde::Deserialize;

use crate::cve::version_text::{VersionText, version_text};
use crate::json;
use crate::wording::folded;

/// Characters of a reason that stand in the title.
const TITLE: usize = 160;

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Catalog {
    every_unit: Words,
}

#[derive(Default, Deserialize)]
struct Words {
    words: Vec<String>,
}

const CATALOG: &str = include_str!("../../../catalogs/recalls.toml");

// A test holds that the catalog parses.
static EVERY_UNIT: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let catalog: Catalog = toml::from_str(CATALOG).unwrap_or_default();
    let words = catalog.every_unit.words.iter();
    words.map(|word| folded(word)).collect()
});

/// Whether a text means every unit of a product.
fn means_every_unit(text: &str) -> bool {
    text.len() < 200 && EVERY_UNIT.contains(&folded(text))
}

/// A recall as its source tells it.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) asserted_by: String,
    pub(crate) manufacturer: Option<String>,
    pub(crate) product: Option<String>,
    /// Versions alone, where the source keeps them apart from lots and serial numbers.
    pub(crate) versions: Option<String>,
    pub(crate) action: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) recall: Recall,
}

/// The record of a recall. Its title says that it is one: most recalls are about no flaw of software.
pub(crate) fn record(told: Told) -> VulnerabilityRecord {
    let recall = &told.recall;
    let mut title = "Recall".to_owned();
    if let Some(class) = recall.class {
        title.push_str(" of class ");
        title.push_str(class.as_str());
    }
    if let Some(reason) = &recall.reason {
        title.push_str(": ");
        title.push_str(&shortened(reason, TITLE));
    }
    // Sources give no time zone, so a day begins in that of Greenwich.
    let midnight = |day: jiff::civil::Date| json::timestamp(&day.to_string());
    let begun = recall.initiated.and_then(midnight);
    let ended = recall.terminated.and_then(midnight);
    let units = recall
        .units
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    VulnerabilityRecord {
        id: told.id,
        source: told.source,
        title: Some(title),
        description: recall.reason.clone(),
        published: begun,
        modified: ended.or(begun),
        affected: vec![AffectedProduct {
            asserted_by: told.asserted_by,
            vendor: told.manufacturer,
            product: told.product,
            versions: versions(told.versions.as_deref(), units)
                .into_iter()
                .map(|span| VersionEntry {
                    span,
                    status: Status::Affected,
                    scheme: None,
                    changes: Vec::new(),
                })
                .collect(),
            ..AffectedProduct::default()
        }],
        remediations: told
            .action
            .into_iter()
            .map(|details| Remediation {
                category: "recall".to_owned(),
                details,
                url: told.link.clone(),
            })
            .collect(),
        recall: Some(told.recall),
        ..VulnerabilityRecord::default()
    }
}

/// Which versions are meant. Lots and serial numbers are no versions: they stay words, from which no verdict
/// follows, and they narrow down what the versions beside them say.
fn versions(versions: Option<&str>, units: Option<&str>) -> Option<VersionSpan> {
    let every_unit = units.is_some_and(means_every_unit);
    let units = units.filter(|_| !every_unit);
    let span = match versions.map(str::trim).filter(|text| !text.is_empty()) {
        None => every_unit.then_some(VersionSpan::All),
        Some(text) if means_every_unit(text) => Some(VersionSpan::All),
        Some(text) => Some(match version_text(text) {
            VersionText::All => VersionSpan::All,
            VersionText::Single(version) => VersionSpan::Exact(version.to_owned()),
            VersionText::Between(from, to) => VersionSpan::Between { from, to },
            VersionText::Nothing | VersionText::Other => VersionSpan::Text(text.to_owned()),
        }),
    };
    match (span, units) {
        (span, None) => span,
        (None | Some(VersionSpan::All), Some(units)) => Some(VersionSpan::Text(units.to_owned())),
        (Some(_), Some(units)) => Some(VersionSpan::Text(format!(
            "{}, {units}",
            versions.unwrap_or_default()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalog_parses_and_its_words_mean_every_unit() {
        let catalog: Catalog = toml::from_str(CATALOG).unwrap();
        assert!(!catalog.every_unit.words.is_empty());
        assert!(means_every_unit("All Lots."));
        assert!(!means_every_unit("All lots but one"));
    }

    #[test]
    fn lots_are_no_versions_and_narrow_what_versions_say() {
        let check = |stated: Option<&str>, units: Option<&str>| versions(stated, units);
        assert_eq!(check(None, None), None);
        assert_eq!(
            check(None, Some("All serial numbers")),
            Some(VersionSpan::All)
        );
        assert_eq!(check(Some("all versions"), None), Some(VersionSpan::All));
        assert_eq!(
            check(Some("4.2"), Some("All units")),
            Some(VersionSpan::Exact("4.2".to_owned()))
        );
        assert_eq!(
            check(None, Some("SN 100-200")),
            Some(VersionSpan::Text("SN 100-200".to_owned()))
        );
        assert_eq!(
            check(Some("4.2"), Some("SN 100-200")),
            Some(VersionSpan::Text("4.2, SN 100-200".to_owned()))
        );
    }
}
