//! Weaknesses (CWE), against `catalogs/cwe.csv`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// How an id and a name of a weakness go together.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Known<'n> {
    /// The name is one of the id's, in the edition asked for.
    Named,
    /// No edition has a weakness of that id.
    NoSuchId,
    /// The id has another name; the one that it has in the edition asked for, or in the newest.
    OtherName(&'n str),
    /// The edition asked for does not have the id.
    NotInEdition,
    /// There is no such edition, as far as the catalog goes.
    NoSuchEdition,
}

/// The newest edition that the catalog knows.
pub(super) fn newest_edition() -> &'static str {
    CATALOG.editions.last().map_or("", String::as_str)
}

/// Whether `name` is the name of the weakness `id` in `edition`; in any, where none is given.
pub(super) fn known(id: &str, name: &str, edition: Option<&str>) -> Known<'static> {
    let catalog = &*CATALOG;
    let Some(names) = catalog.names.get(id) else {
        return Known::NoSuchId;
    };
    let Some(edition) = edition else {
        return if names.iter().any(|entry| entry.name == name) {
            Known::Named
        } else {
            names
                .last()
                .map_or(Known::NoSuchId, |entry| Known::OtherName(&entry.name))
        };
    };
    let Some(edition) = catalog.editions.iter().position(|known| *known == edition) else {
        return Known::NoSuchEdition;
    };
    match names
        .iter()
        .find(|entry| (entry.first..=entry.last).contains(&edition))
    {
        Some(entry) if entry.name == name => Known::Named,
        Some(entry) => Known::OtherName(&entry.name),
        None => Known::NotInEdition,
    }
}

/// A name, and the editions that use it, by their place.
struct Entry {
    name: String,
    first: usize,
    last: usize,
}

#[derive(Default)]
struct Catalog {
    /// In their order.
    editions: Vec<String>,
    names: HashMap<String, Vec<Entry>>,
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let mut catalog = Catalog {
        editions: rows(include_str!("../../../../catalogs/cwe_editions.csv"))
            .filter_map(|row| row.get(0).map(str::to_owned))
            .collect(),
        names: HashMap::new(),
    };
    for row in rows(include_str!("../../../../catalogs/cwe.csv")) {
        let place = |column| {
            let edition = row.get(column)?;
            catalog.editions.iter().position(|known| known == edition)
        };
        if let (Some(id), Some(name), Some(first), Some(last)) =
            (row.get(0), row.get(1), place(2), place(3))
        {
            let name = name.to_owned();
            catalog
                .names
                .entry(id.to_owned())
                .or_default()
                .push(Entry { name, first, last });
        }
    }
    catalog
});

/// The rows of a table, without its header and comments.
fn rows(table: &'static str) -> impl Iterator<Item = csv::StringRecord> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(table.as_bytes())
        .into_records()
        .filter_map(Result::ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    const XSS: &str =
        "Improper Neutralization of Input During Web Page Generation ('Cross-site Scripting')";

    #[test]
    fn a_name_is_right_in_any_edition_unless_one_is_named() {
        assert_eq!(newest_edition(), "4.20");
        assert_eq!(known("CWE-79", XSS, None), Known::Named);
        assert_eq!(
            known("CWE-79", "Improper Input Validation", None),
            Known::OtherName(XSS)
        );
        assert_eq!(
            known("CWE-79", "Improper Input Validation", Some("4.13")),
            Known::OtherName(XSS)
        );
        assert_eq!(known("CWE-99999", "x", None), Known::NoSuchId);
        assert_eq!(known("CWE-79", XSS, Some("99.1")), Known::NoSuchEdition);
        assert_eq!(
            known("CWE-1391", "Use of Weak Credentials", Some("1.0")),
            Known::NotInEdition
        );
        // A former name, and one with a comma.
        assert_eq!(
            known(
                "CWE-7",
                "J2EE Misconfiguration: Missing Error Handling",
                None
            ),
            Known::Named
        );
        assert_eq!(
            known(
                "CWE-7",
                "J2EE Misconfiguration: Missing Error Handling",
                Some("4.0")
            ),
            Known::OtherName("J2EE Misconfiguration: Missing Custom Error Page")
        );
        let names: usize = CATALOG.names.values().map(Vec::len).sum();
        assert_eq!(
            (CATALOG.editions.len(), CATALOG.names.len(), names),
            (57, 973, 1_472)
        );
    }
}
