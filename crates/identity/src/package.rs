//! Under which CPE name the flaws of a package are recorded.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::cpe::Cpe;
use crate::purl::Purl;

#[derive(Deserialize)]
struct Catalog {
    packages: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    purl: String,
    cpe: String,
}

/// Empty only if the shipped catalog were broken, which a test rules out.
static PACKAGES: LazyLock<HashMap<String, Vec<Cpe>>> = LazyLock::new(|| {
    let text = include_str!("../../../catalogs/aliases/packages.toml");
    let rows =
        toml::from_str(text).map_or_else(|_| Vec::new(), |catalog: Catalog| catalog.packages);
    let mut packages: HashMap<String, Vec<Cpe>> = HashMap::new();
    for row in rows {
        if let (Ok(purl), Ok(cpe)) = (Purl::parse(&row.purl), Cpe::parse(&row.cpe)) {
            packages.entry(purl.key()).or_default().push(cpe);
        }
    }
    packages
});

/// The CPE names, without a version, under which the flaws of a package are recorded, by
/// `catalogs/aliases/packages.toml`; most packages have none.
pub fn cpe_names(package: &Purl) -> &'static [Cpe] {
    PACKAGES.get(&package.key()).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_catalog_is_read() {
        let text = include_str!("../../../catalogs/aliases/packages.toml");
        let rows = text
            .lines()
            .filter(|line| line.trim_start().starts_with("{ purl"))
            .count();
        assert_eq!(PACKAGES.values().map(Vec::len).sum::<usize>(), rows);
        assert!(rows > 10);
    }

    #[test]
    fn log4j_core_is_apache_log4j() {
        let purl = Purl::parse("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1").unwrap();
        let keys: Vec<_> = cpe_names(&purl).iter().filter_map(Cpe::key).collect();
        assert_eq!(keys, ["cpe:a:apache:log4j"]);
        assert!(cpe_names(&Purl::parse("pkg:npm/mysql@2.18.1").unwrap()).is_empty());
    }
}
