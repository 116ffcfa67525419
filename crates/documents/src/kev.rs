//! CISA's catalog of known exploited vulnerabilities (KEV), JSON.

use isocenter_model::document::Summary;
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{KnownExploited, KnownExploitedCatalog};
use isocenter_model::{Document, DocumentKind, Place, Problem, Reading};
use jiff::civil::Date;
use serde::Deserialize;

use crate::cve::is_cve_id;
use crate::json::{self, Field, Filled, List, Path, Problems, Spare, Text};

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Catalog<'a> {
    #[serde(borrow, rename = "catalogVersion")]
    edition: Field<Text<'a>>,
    #[serde(borrow)]
    date_released: Field<Text<'a>>,
    count: Field<u64>,
    #[serde(borrow)]
    vulnerabilities: List<Entry<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Entry<'a> {
    #[serde(borrow, rename = "cveID")]
    cve_id: Option<Text<'a>>,
    #[serde(borrow)]
    vendor_project: Option<Text<'a>>,
    #[serde(borrow)]
    product: Option<Text<'a>>,
    #[serde(borrow)]
    vulnerability_name: Option<Text<'a>>,
    #[serde(borrow)]
    date_added: Option<Text<'a>>,
    #[serde(borrow)]
    due_date: Option<Text<'a>>,
    #[serde(borrow)]
    required_action: Option<Text<'a>>,
    #[serde(borrow)]
    known_ransomware_campaign_use: Option<Text<'a>>,
}

/// Reads a catalog of known exploited vulnerabilities.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let mut spare = Spare::default();
    let text = json::decode(bytes, &mut problems);
    let catalog = json::parse::<Catalog<'_>>(&text, &mut spare, &mut problems)
        .map(|catalog| assemble(catalog, &mut problems));
    let mut summary = Summary::new();
    if let Some(catalog) = &catalog {
        summary.insert("records", catalog.entries.len() as u64);
    }
    Reading {
        kind: DocumentKind::Kev,
        version: catalog
            .as_ref()
            .and_then(|catalog| catalog.catalog_version.clone()),
        document: catalog.map(Document::KnownExploited),
        summary,
        problems: problems.finish(),
    }
}

fn assemble(wire: Catalog<'_>, problems: &mut Problems) -> KnownExploitedCatalog {
    let root = Path::Root;
    let released_path = root.key("dateReleased");
    let released = wire.date_released.take(&released_path, problems);
    let released = released.filled().and_then(|text| {
        let time = json::timestamp(text);
        if time.is_none() {
            problems.push(malformed_date(text, &released_path));
        }
        time
    });
    let list_path = root.key("vulnerabilities");
    let listed = wire.vulnerabilities.len();
    if let Some(count) = wire.count.take(&root.key("count"), problems)
        && count != listed as u64
    {
        problems.push(
            Problem::warning(
                "kev-count-differs",
                Place::pointer("/count"),
                format!("the catalog says that it has {count} entries and has {listed}"),
            )
            .hint("fetch it again: it may have been cut or joined from two"),
        );
    }
    if listed == 0 {
        problems.push(Problem::warning(
            "kev-empty",
            list_path.place(),
            "the catalog lists no vulnerability",
        ));
    }
    let mut entries = Vec::with_capacity(wire.vulnerabilities.items().len());
    for (index, entry) in wire.vulnerabilities.take(&list_path, problems) {
        entries.extend(known_exploited(&entry, &list_path.index(index), problems));
    }
    KnownExploitedCatalog {
        catalog_version: wire
            .edition
            .take(&root.key("catalogVersion"), problems)
            .owned(),
        released,
        entries,
    }
}

fn known_exploited(
    entry: &Entry<'_>,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<KnownExploited> {
    let cve = entry.cve_id.filled().unwrap_or_default();
    if !is_cve_id(cve) {
        problems.push(Problem::error(
            "kev-id-malformed",
            path.key("cveID").place(),
            format!(
                "'{}' is no CVE id, so the entry was set aside; CVE-YYYY-NNNN is expected",
                shortened(cve, 40)
            ),
        ));
        return None;
    }
    let text = |field: &Option<Text<'_>>| field.owned().unwrap_or_default();
    let mut day = |field: &Option<Text<'_>>, key: &str| -> Option<Date> {
        let text = field.filled()?;
        let day = json::date(text);
        if day.is_none() {
            problems.push(malformed_date(text, &path.key(key)));
        }
        day
    };
    Some(KnownExploited {
        cve: cve.to_owned(),
        vendor: text(&entry.vendor_project),
        product: text(&entry.product),
        name: text(&entry.vulnerability_name),
        date_added: day(&entry.date_added, "dateAdded"),
        due_date: day(&entry.due_date, "dueDate"),
        required_action: text(&entry.required_action),
        ransomware: entry.known_ransomware_campaign_use.filled() == Some("Known"),
    })
}

fn malformed_date(text: &str, path: &Path<'_>) -> Problem {
    Problem::warning(
        "kev-date-malformed",
        path.place(),
        format!(
            "'{}' is no date; YYYY-MM-DD is expected",
            shortened(text, 40)
        ),
    )
}
