//! One product of the tree: what its branches, its name and its identifiers say.

use isocenter_model::Problem;
use isocenter_model::component::Hash;
use isocenter_model::product::{ProductReference, VersionExpression};
use isocenter_model::text::shortened;

use super::naming;
use crate::json::{Node, Path, Problems};

/// What the branches above a product say of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Trail<'t> {
    vendor: Option<&'t str>,
    family: Option<&'t str>,
    name: Option<&'t str>,
    version: Option<&'t str>,
    range: Option<&'t str>,
    /// Service packs and patch levels, which narrow the version.
    levels: Vec<&'t str>,
}

impl<'t> Trail<'t> {
    /// This trail, one branch longer.
    pub(super) fn with(&self, category: &str, name: &'t str) -> Self {
        let mut trail = self.clone();
        if name.is_empty() {
            return trail;
        }
        match category {
            "vendor" => trail.vendor = Some(name),
            "product_family" => trail.family = Some(name),
            "product_name" => trail.name = Some(name),
            "product_version" => trail.version = Some(name),
            "product_version_range" => trail.range = Some(name),
            "service_pack" | "patch_level" => trail.levels.push(name),
            // Architecture, host name, language, legacy and specification have no place in a reference.
            _ => {}
        }
        trail
    }

    /// The product at the end of this trail.
    pub(super) fn reference(
        &self,
        product: &Node<'_>,
        vendors: &[&str],
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> ProductReference {
        let full = product.filled("name").unwrap_or_default();
        let Some(name) = self.name.or(self.family) else {
            let mut reference = named_in_full(product, self.vendor, vendors, path, problems);
            self.add_versions(&mut reference, full, path, problems);
            return reference;
        };
        let mut reference = ProductReference {
            vendor: self.vendor.map(str::to_owned),
            name: name.to_owned(),
            ..identified(product, path, problems)
        };
        self.add_versions(&mut reference, full, path, problems);
        match &reference.version {
            VersionExpression::Unstated => {
                // `XDS` with the full name `Philips XDS: Versions 2.5 through 3.11`.
                let in_full = self
                    .vendor
                    .and_then(|vendor| naming::without_vendor(full, vendor))
                    .unwrap_or(full)
                    .strip_prefix(name)
                    .map(|rest| rest.trim_start_matches([':', ',', '-', ' ']))
                    .and_then(naming::versions);
                if let Some((name, versions)) = naming::split(name) {
                    note_split(full, path, problems);
                    name.clone_into(&mut reference.name);
                    reference.version = versions;
                } else if let Some(versions) = in_full {
                    note_split(full, path, problems);
                    reference.version = versions;
                }
            }
            VersionExpression::All => {
                if let Some((name, line)) = naming::split_line(name) {
                    note_split(self.name.unwrap_or_default(), path, problems);
                    name.clone_into(&mut reference.name);
                    reference.version = VersionExpression::Range(line.to_owned());
                }
            }
            VersionExpression::Exact(_) | VersionExpression::Range(_) => {}
        }
        if is_generic(&reference.name) {
            problems.push(
                Problem::warning(
                    "csaf-product-unnamed",
                    path.place(),
                    format!(
                        "the product is only called '{}', which no device can be found by",
                        shortened(&reference.name, 40)
                    ),
                )
                .hint("read the advisory's title and text to see which product is meant"),
            );
        }
        reference
    }

    /// Sets the versions that the branches state.
    fn add_versions(
        &self,
        reference: &mut ProductReference,
        full: &str,
        path: &Path<'_>,
        problems: &mut Problems,
    ) {
        // A tree that has no place for a product's name writes it where the version belongs.
        let version = self.version.filter(|version| {
            Some(*version) != self.name && (self.name.is_some() || *version != full)
        });
        let mut versions = match (version, self.range) {
            (Some(version), _) => {
                let versions = naming::of_version(version);
                if matches!(versions, VersionExpression::Range(_)) && !version.starts_with("vers:")
                {
                    problems.push(Problem::note(
                        "csaf-version-unclear",
                        path.place(),
                        format!(
                            "the product_version '{}' is not surely one version and is kept as text",
                            shortened(version, 80)
                        ),
                    ));
                }
                versions
            }
            (None, Some(range)) => naming::of_range(range),
            (None, None) if self.levels.is_empty() => return,
            (None, None) => VersionExpression::Unstated,
        };
        for level in &self.levels {
            versions = match versions {
                VersionExpression::Exact(version) => {
                    VersionExpression::Exact(format!("{version} {level}"))
                }
                VersionExpression::Range(range) => {
                    VersionExpression::Range(format!("{range} {level}"))
                }
                VersionExpression::All | VersionExpression::Unstated => {
                    VersionExpression::Range((*level).to_owned())
                }
            };
        }
        reference.version = versions;
    }
}

/// Whether a name is only the word for what it should name.
fn is_generic(name: &str) -> bool {
    [
        "version", "versions", "product", "products", "software", "firmware", "hardware", "device",
        "devices",
    ]
    .iter()
    .any(|word| word.eq_ignore_ascii_case(name))
}

/// A product of which only the full name is given.
pub(super) fn named_in_full(
    product: &Node<'_>,
    vendor: Option<&str>,
    vendors: &[&str],
    path: &Path<'_>,
    problems: &mut Problems,
) -> ProductReference {
    let full = product.filled("name").unwrap_or_default();
    let mut reference = identified(product, path, problems);
    let packaged = reference
        .purl
        .as_deref()
        .and_then(name_and_version_of_purl)
        .filter(|(name, _)| full.starts_with(name));
    let (mut name, versions) = if let Some((name, version)) = packaged {
        (name, VersionExpression::Exact(version.to_owned()))
    } else if let Some((name, versions)) = naming::split_full(full) {
        note_split(full, path, problems);
        (name, versions)
    } else {
        (full, VersionExpression::Unstated)
    };
    let mut maker = vendor;
    for candidate in vendor.iter().chain(vendors) {
        if let Some(rest) = naming::without_vendor(name, candidate) {
            maker = Some(candidate);
            name = rest;
            break;
        }
    }
    let name = name.to_owned();
    reference.vendor = maker.map(str::to_owned);
    reference.name = name;
    reference.version = versions;
    reference
}

fn note_split(full: &str, path: &Path<'_>, problems: &mut Problems) {
    problems.push(Problem::note(
        "csaf-name-split",
        path.place(),
        format!(
            "name and versions were told apart in '{}'",
            shortened(full, 120)
        ),
    ));
}

/// A product's id, name and identifiers, without what the branches say.
pub(super) fn identified(
    product: &Node<'_>,
    path: &Path<'_>,
    problems: &mut Problems,
) -> ProductReference {
    let mut reference = ProductReference {
        reference: product
            .text("product_id")
            .filter(|id| !id.is_empty())
            .map(str::to_owned),
        name: product.owned("name").unwrap_or_default(),
        ..ProductReference::default()
    };
    let Some(helper) = product.get("product_identification_helper") else {
        return reference;
    };
    let texts = |key| -> Vec<String> {
        helper
            .list(key)
            .iter()
            .filter_map(Node::as_text)
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
            .collect()
    };
    reference.cpe = helper.owned("cpe");
    // CSAF 2.0 has one, 2.1 a list.
    let mut purls = texts("purls");
    reference.purl = match helper.owned("purl") {
        Some(purl) => Some(purl),
        None if purls.is_empty() => None,
        None => {
            if purls.len() > 1 {
                problems.push(Problem::note(
                    "csaf-purls-many",
                    path.key("product_identification_helper")
                        .key("purls")
                        .place(),
                    format!(
                        "the product has {} package URLs; the first one was read",
                        purls.len()
                    ),
                ));
            }
            Some(purls.swap_remove(0))
        }
    };
    reference.model_numbers = texts("model_numbers");
    reference.serial_numbers = texts("serial_numbers");
    reference.skus = texts("skus");
    for file in helper.list("hashes") {
        for hash in file.list("file_hashes") {
            if let (Some(algorithm), Some(value)) = (hash.text("algorithm"), hash.text("value")) {
                reference.hashes.push(Hash {
                    algorithm: hash_algorithm(algorithm),
                    value: value.to_owned(),
                });
            }
        }
    }
    reference
}

/// CSAF writes `sha256` and CycloneDX `SHA-256`.
fn hash_algorithm(name: &str) -> String {
    let upper = name.trim().to_ascii_uppercase();
    match upper.strip_prefix("SHA") {
        Some(bits) if bits.starts_with(|first: char| first.is_ascii_digit()) => {
            format!("SHA-{bits}")
        }
        _ => upper,
    }
}

/// Name and version of a package URL: `pkg:rpm/redhat/kernel@4.18.0-193?arch=x86_64`.
fn name_and_version_of_purl(purl: &str) -> Option<(&str, &str)> {
    let path = purl.split(['?', '#']).next()?;
    let (path, version) = path.rsplit_once('@')?;
    let name = path.rsplit('/').next()?;
    (!version.is_empty() && !version.contains('%') && !name.is_empty() && !name.contains('%'))
        .then_some((name, version))
}
