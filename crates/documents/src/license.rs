//! Licence identifiers and expressions (SPDX 2.3, Annex D; SPDX 3.0.1, Annex B).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const CATALOG: &str = include_str!("../../../catalogs/licenses/spdx.txt");

static IDENTIFIERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| listed().collect());

static BY_LOWER_CASE: LazyLock<HashMap<String, &'static str>> =
    LazyLock::new(|| listed().map(|id| (id.to_ascii_lowercase(), id)).collect());

fn listed() -> impl Iterator<Item = &'static str> {
    CATALOG
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The edition of the list, as messages name it.
pub(crate) const EDITION: &str = "SPDX License List 3.28";

/// Whether the list has exactly this identifier of a licence or exception.
pub(crate) fn is_listed(id: &str) -> bool {
    IDENTIFIERS.contains(id)
}

/// The identifier that the list has and that differs from `id` by case at most.
pub(crate) fn meant(id: &str) -> Option<&'static str> {
    IDENTIFIERS
        .get(id)
        .copied()
        .or_else(|| BY_LOWER_CASE.get(&id.to_ascii_lowercase()).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalog_of_identifiers_is_sorted_and_holds_the_common_ones() {
        let lines: Vec<&str> = CATALOG
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(lines.is_sorted(), "sorted by byte, without repetition");
        for id in [
            "MIT",
            "Apache-2.0",
            "GPL-2.0-only",
            "Classpath-exception-2.0",
        ] {
            assert!(is_listed(id), "{id}");
        }
        assert!(!is_listed("Apache-2"));
        assert_eq!(meant("APACHE-2.0"), Some("Apache-2.0"));
        assert_eq!(meant("Apache"), None);
    }
}
