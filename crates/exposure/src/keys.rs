//! Under which keys the store indexes what others wrote, so that a component finds it at once.

use isocenter_identity::bom_link::{self, BomLink};
use isocenter_identity::cpe::Cpe;
use isocenter_identity::name;
use isocenter_identity::purl::{self, Purl};
use isocenter_model::lifecycle::{LifecycleEntry, ProductIdentifiers};
use isocenter_model::statement::Statement;
use isocenter_model::vulnerability::{AffectedProduct, VulnerabilityRecord};

use crate::recall;
use crate::subject::reference_keys;

/// The keys of a record: one for each package URL, CPE name and product name it speaks of, and for a
/// recall that of its firm. A product that is only a condition has none.
pub fn record_keys(record: &VulnerabilityRecord) -> Vec<String> {
    if record.recall.is_some() {
        let firms = record
            .affected
            .iter()
            .filter_map(|affected| recall::firm_key(affected.vendor.as_deref()?));
        return sorted(firms.collect());
    }
    let mut keys: Vec<String> = record.affected.iter().flat_map(affected_keys).collect();
    for configuration in &record.configurations {
        let products = configuration.tree.all_matches();
        let flawed = products.iter().filter(|product| product.vulnerable);
        keys.extend(flawed.filter_map(|product| Cpe::parse(&product.criteria).ok()?.key()));
    }
    sorted(keys)
}

/// The keys of a statement: those of its product, and of the part it narrows down to.
pub fn statement_keys(statement: &Statement) -> Vec<String> {
    let mut keys = reference_keys(&statement.product);
    if let Some(component) = &statement.component {
        keys.extend(reference_keys(component));
        keys.extend(component.reference.as_deref().map(reference_key));
    }
    keys.extend(statement.product.reference.as_deref().map(reference_key));
    sorted(keys)
}

/// The keys of a line of support life: those of its product, and of the names that its paper gives it.
pub fn lifecycle_keys(entry: &LifecycleEntry, known: &[ProductIdentifiers]) -> Vec<String> {
    let mut keys = reference_keys(&entry.product);
    for names in known
        .iter()
        .filter(|names| names.product == entry.product.name)
    {
        keys.extend(
            names
                .purls
                .iter()
                .filter_map(|text| Purl::parse(text).ok())
                .map(|purl| purl.key()),
        );
        keys.extend(
            names
                .cpes
                .iter()
                .filter_map(|text| Cpe::parse(text).ok()?.key()),
        );
    }
    sorted(keys)
}

/// The key of a paper's own reference: of a BOM-Link the serial number, of any other reference the
/// reference itself.
pub fn reference_key(reference: &str) -> String {
    match BomLink::parse(reference) {
        Some(link) => format!("bom:{}", link.serial()),
        None => format!("ref:{reference}"),
    }
}

/// The key of a bill of materials, by its serial number with or without `urn:uuid:`.
pub fn serial_key(serial_number: &str) -> String {
    format!("bom:{}", bom_link::serial_key(serial_number))
}

/// The keys of one affected product.
pub(crate) fn affected_keys(affected: &AffectedProduct) -> Vec<String> {
    let mut keys = Vec::new();
    keys.extend(affected_purl_key(affected));
    keys.extend(
        affected
            .cpes
            .iter()
            .filter_map(|text| Cpe::parse(text).ok()?.key()),
    );
    if let Some(product) = &affected.product {
        keys.extend(name::product_keys(affected.vendor.as_deref(), product));
    }
    keys
}

/// The package that an affected product names, by package URL, or by ecosystem or collection and name.
pub(crate) fn affected_purl_key(affected: &AffectedProduct) -> Option<String> {
    if let Some(text) = &affected.purl {
        return Purl::parse(text).ok().map(|purl| purl.key());
    }
    let name = affected.package_name.as_deref()?;
    if let Some(ecosystem) = &affected.ecosystem {
        return purl::key_from_ecosystem(ecosystem, name);
    }
    purl::key_from_collection(affected.collection_url.as_deref()?, name)
}

fn sorted(mut keys: Vec<String>) -> Vec<String> {
    keys.sort_unstable();
    keys.dedup();
    keys
}
