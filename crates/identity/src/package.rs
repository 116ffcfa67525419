//! Under which CPE name the flaws of a package are recorded.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::cpe::Cpe;
use crate::name::product_keys;
use crate::purl::Purl;

#[derive(Deserialize)]
struct Catalog {
    packages: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    purl: String,
    cpe: String,
    vendor: Option<String>,
    product: Option<String>,
}

/// The names under which the flaws of a package are recorded.
#[derive(Debug, Default)]
pub struct KnownAs {
    /// CPE names without a version.
    pub cpes: Vec<Cpe>,
    /// Keys of vendor and product, as [`crate::name::product_keys`] makes them, each with the
    /// names it was made from.
    pub products: Vec<(String, String)>,
}

/// Empty only if the shipped catalog were broken, which a test rules out.
static PACKAGES: LazyLock<HashMap<String, KnownAs>> = LazyLock::new(|| {
    let text = include_str!("../../../catalogs/aliases/packages.toml");
    let rows =
        toml::from_str(text).map_or_else(|_| Vec::new(), |catalog: Catalog| catalog.packages);
    let mut packages: HashMap<String, KnownAs> = HashMap::new();
    for row in rows {
        if let (Ok(purl), Ok(cpe)) = (Purl::parse(&row.purl), Cpe::parse(&row.cpe)) {
            let known: &mut KnownAs = packages.entry(purl.key()).or_default();
            known.cpes.push(cpe);
            if let Some(product) = &row.product {
                let keys = product_keys(row.vendor.as_deref(), product);
                let name = format!("{} {product}", row.vendor.as_deref().unwrap_or("?"));
                known
                    .products
                    .extend(keys.into_iter().map(|key| (key, name.clone())));
            }
        }
    }
    packages
});

/// Under which other names the flaws of a package are recorded, by
/// `catalogs/aliases/packages.toml`; most packages have none.
pub fn known_as(package: &Purl) -> Option<&'static KnownAs> {
    PACKAGES.get(&package.key())
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
        assert_eq!(
            PACKAGES
                .values()
                .map(|known| known.cpes.len())
                .sum::<usize>(),
            rows
        );
        assert!(rows > 10);
    }

    #[test]
    fn log4j_core_is_apache_log4j() {
        let purl = Purl::parse("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1").unwrap();
        let known = known_as(&purl).unwrap();
        assert_eq!(
            known.cpes.iter().filter_map(Cpe::key).collect::<Vec<_>>(),
            ["cpe:a:apache:log4j"]
        );
        let keys = product_keys(Some("Apache Software Foundation"), "Apache Log4j2");
        assert!(known.products.iter().any(|(key, _)| keys.contains(key)));
        assert!(known_as(&Purl::parse("pkg:npm/mysql@2.18.1").unwrap()).is_none());
    }
}
