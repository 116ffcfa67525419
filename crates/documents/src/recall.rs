//! What lists of recalls share: their words, and how one becomes a record.

use std::collections::{BTreeMap, BTreeSet};
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

/// What a column of a list of notices can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Column {
    Manufacturer,
    Product,
    Versions,
    Units,
    Reference,
    Date,
    Action,
    Reason,
    Class,
    Status,
    Link,
}

#[derive(Deserialize)]
struct CatalogFile {
    field: Vec<Headers>,
    #[serde(rename = "every-unit")]
    every_unit: Words,
}

#[derive(Deserialize)]
struct Headers {
    name: Column,
    headers: Vec<String>,
}

#[derive(Deserialize)]
struct Words {
    words: Vec<String>,
}

#[derive(Default)]
struct Catalog {
    columns: BTreeMap<String, Column>,
    every_unit: BTreeSet<String>,
}

const CATALOG_TEXT: &str = include_str!("../../../catalogs/recalls.toml");

// A test holds that the catalog parses; were it broken, no list would be recognised.
static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let Ok(file) = toml::from_str::<CatalogFile>(CATALOG_TEXT) else {
        return Catalog::default();
    };
    Catalog {
        columns: file
            .field
            .iter()
            .flat_map(|entry| {
                let headers = entry.headers.iter();
                headers.map(|header| (folded(header), entry.name))
            })
            .collect(),
        every_unit: file
            .every_unit
            .words
            .iter()
            .map(|word| folded(word))
            .collect(),
    }
});

/// The column that a header names; words in brackets after it do not count.
pub(crate) fn column_of(header: &str) -> Option<Column> {
    let columns = &CATALOG.columns;
    columns.get(&folded(header)).copied().or_else(|| {
        let (before, _) = header.split_once(['(', '['])?;
        columns.get(&folded(before)).copied()
    })
}

/// Whether a text means every unit of a product.
fn means_every_unit(text: &str) -> bool {
    text.len() < 200 && CATALOG.every_unit.contains(&folded(text))
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
    fn the_catalog_parses_and_each_header_names_one_column() {
        let file: CatalogFile = toml::from_str(CATALOG_TEXT).unwrap();
        let mut seen: BTreeMap<String, Column> = BTreeMap::new();
        for entry in &file.field {
            for header in &entry.headers {
                let other = seen.insert(folded(header), entry.name);
                assert!(
                    other.is_none_or(|other| other == entry.name),
                    "{header} stands under two columns"
                );
            }
        }
        assert_eq!(column_of("FSCA Ref."), Some(Column::Reference));
        assert_eq!(column_of("Maßnahme (kurz)"), Some(Column::Action));
        assert_eq!(column_of("Patient"), None);
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
