//! A thing of ours that records and statements are held against.

use std::borrow::Cow;

use isocenter_identity::cpe::{Attribute, Cpe};
use isocenter_identity::purl::Purl;
use isocenter_identity::{name, package};
use isocenter_model::component::Component;
use isocenter_model::finding::PartyRole;
use isocenter_model::product::ProductReference;
use isocenter_model::product::{Release, VersionExpression};
use isocenter_versions::Scheme;

use crate::recall;

/// Package URL types whose packages carry corrections under an old upstream version, so that
/// an upstream range says nothing about them.
const DISTRIBUTIONS: [&str; 4] = ["deb", "rpm", "apk", "alpm"];

/// Package URL types that name no package registry: other names of the part count as well.
const NO_REGISTRY: [&str; 4] = ["generic", "github", "bitbucket", "gitlab"];

/// What sort of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectKind {
    /// A part named in a bill of materials.
    Component,
    /// An operating system named in a bill of materials.
    OperatingSystem,
    /// A device's release itself.
    Release,
}

/// One distinct component or release, with its names brought into the form that indexes use.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Name and version for people.
    pub label: String,
    /// Name without version, for people.
    pub name: String,
    /// Version as written.
    pub version: Option<String>,
    /// What it is.
    pub kind: SubjectKind,
    pub(crate) purl: Option<Purl>,
    /// The package URL as written.
    pub(crate) purl_text: Option<String>,
    pub(crate) cpes: Vec<Cpe>,
    /// Keys of maker and product names, each with the text it was made from.
    pub(crate) names: Vec<(String, String)>,
    /// The release itself, which recalls are held against.
    pub(crate) release: Option<Release>,
}

impl Subject {
    /// A component of a bill of materials.
    pub fn component(component: &Component) -> Self {
        Self::component_mapped(component, &[])
    }

    /// A component with the CPE names that a map gives to its package. They stand in place of those
    /// that the shipped catalog gives.
    pub fn component_mapped(component: &Component, mapped: &[String]) -> Self {
        let purl = component
            .purl
            .as_deref()
            .and_then(|text| Purl::parse(text).ok());
        let mut cpes: Vec<Cpe> = component
            .cpes
            .iter()
            .filter_map(|text| Cpe::parse(text).ok())
            .collect();
        let known = purl.as_ref().and_then(package::known_as);
        if mapped.is_empty() {
            cpes.extend(
                known
                    .into_iter()
                    .flat_map(|known| known.cpes.iter().cloned()),
            );
        } else {
            // A map lists versions that exist; which one is ours stands in the paper.
            let names = mapped.iter().filter_map(|text| Cpe::parse(text).ok());
            for name in names.filter_map(|name| without_version(&name)) {
                if !cpes.contains(&name) {
                    cpes.push(name);
                }
            }
        }
        let edition = cpes.iter().find_map(with_year);
        cpes.extend(edition.clone());
        let mut names: Vec<(String, String)> = known
            .map(|known| known.products.clone())
            .unwrap_or_default();
        for cpe in &cpes {
            if let (Some(vendor), Some(product)) = (cpe.vendor(), cpe.product()) {
                let (vendor, product) = (vendor.replace('_', " "), product.replace('_', " "));
                add_names(&mut names, Some(&vendor), &product);
            }
        }
        let in_registry = purl
            .as_ref()
            .is_some_and(|purl| !NO_REGISTRY.contains(&purl.kind()));
        if !in_registry && let Some(supplier) = &component.supplier {
            add_names(&mut names, Some(supplier), &component.name);
        }
        let version = component
            .version
            .clone()
            .or_else(|| {
                purl.as_ref()
                    .and_then(|purl| purl.version().map(str::to_owned))
            })
            .or_else(|| {
                let stated = cpes
                    .iter()
                    .find_map(|cpe| cpe.version().map(Cow::into_owned));
                stated.filter(|_| edition.is_none())
            });
        let kind = match component.kind {
            isocenter_model::component::ComponentKind::OperatingSystem => {
                SubjectKind::OperatingSystem
            }
            _ => SubjectKind::Component,
        };
        let mut unversioned = component.clone();
        unversioned.version = None;
        let name = unversioned.label();
        let label = version
            .as_ref()
            .map_or_else(|| name.clone(), |version| format!("{name} {version}"));
        let purl_text = component.purl.clone();
        Self {
            label,
            name,
            version,
            kind,
            purl,
            purl_text,
            cpes,
            names,
            release: None,
        }
    }

    /// A release: what an advisory or a record on the device itself is held against.
    /// `described` is the subject of its bill of materials, whose identifiers count as well.
    pub fn release(release: &Release, described: Option<&Component>) -> Self {
        let mut subject = described.map_or_else(Self::nameless, Self::component);
        add_names(
            &mut subject.names,
            Some(&release.manufacturer),
            &release.model,
        );
        subject.label = release.label();
        subject.name = Release {
            version: None,
            ..release.clone()
        }
        .label();
        subject.version.clone_from(&release.version);
        subject.kind = SubjectKind::Release;
        subject.release = Some(release.clone());
        subject
    }

    fn nameless() -> Self {
        Self {
            label: String::new(),
            name: String::new(),
            version: None,
            kind: SubjectKind::Release,
            purl: None,
            purl_text: None,
            cpes: Vec::new(),
            names: Vec::new(),
            release: None,
        }
    }

    /// The keys under which an index finds the records and statements that may speak of it.
    pub fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = self.names.iter().map(|(key, _)| key.clone()).collect();
        keys.extend(self.purl.as_ref().map(Purl::key));
        keys.extend(self.cpes.iter().filter_map(Cpe::key));
        let maker = self.release.as_ref().map(|release| &release.manufacturer);
        keys.extend(maker.and_then(|maker| recall::firm_key(maker)));
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The order that its versions follow by its package URL, if that names one.
    pub(crate) fn scheme(&self) -> Option<Scheme> {
        self.purl
            .as_ref()
            .and_then(|purl| Scheme::from_purl_type(purl.kind()))
    }

    /// Whether it is a distribution's package, with corrections of its own.
    pub(crate) fn is_distribution_package(&self) -> bool {
        self.purl
            .as_ref()
            .is_some_and(|purl| DISTRIBUTIONS.contains(&purl.kind()))
    }

    /// Who can say more about it.
    pub(crate) fn knows_its_version(&self) -> PartyRole {
        match self.kind {
            SubjectKind::Component => PartyRole::Manufacturer,
            SubjectKind::OperatingSystem | SubjectKind::Release => {
                PartyRole::HealthDeliveryOrganization
            }
        }
    }
}

/// The product of a CPE name, whatever its version.
fn without_version(name: &Cpe) -> Option<Cpe> {
    let (part, vendor, product) = (
        name.value(Attribute::Part),
        name.value(Attribute::Vendor),
        name.value(Attribute::Product),
    );
    Cpe::parse(&format!(
        "cpe:2.3:{part}:{vendor}:{product}:*:*:*:*:*:*:*:*"
    ))
    .ok()
}

/// The name of an edition called by its year: `sql_server:2019` is the product that records
/// call `sql_server_2019`, and 2019 is no version of it.
fn with_year(cpe: &Cpe) -> Option<Cpe> {
    let year = cpe.version()?;
    if year.len() != 4 || !(year.starts_with("19") || year.starts_with("20")) {
        return None;
    }
    if !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (part, vendor, product) = (cpe.part()?, cpe.vendor()?, cpe.product()?);
    Cpe::parse(&format!(
        "cpe:2.3:{part}:{vendor}:{product}_{year}:*:*:*:*:*:*:*:*"
    ))
    .ok()
}

/// The keys of a product that a paper names.
pub(crate) fn reference_keys(reference: &ProductReference) -> Vec<String> {
    let mut keys = Vec::new();
    if let Some(purl) = reference
        .purl
        .as_deref()
        .and_then(|text| Purl::parse(text).ok())
    {
        keys.push(purl.key());
    }
    if let Some(cpe) = reference
        .cpe
        .as_deref()
        .and_then(|text| Cpe::parse(text).ok())
    {
        keys.extend(cpe.key());
        if let (Some(vendor), Some(product)) = (cpe.vendor(), cpe.product()) {
            let (vendor, product) = (vendor.replace('_', " "), product.replace('_', " "));
            keys.extend(name::product_keys(Some(&vendor), &product));
        }
    }
    keys.extend(name::product_keys(
        reference.vendor.as_deref(),
        &reference.name,
    ));
    keys
}

/// What a version expression says in words.
pub(crate) fn expression_text(expression: &VersionExpression) -> String {
    match expression {
        VersionExpression::Unstated => "no version named".to_owned(),
        VersionExpression::All => "all versions".to_owned(),
        VersionExpression::Exact(version) => format!("version {version}"),
        VersionExpression::Range(text) => text.clone(),
    }
}

fn add_names(names: &mut Vec<(String, String)>, vendor: Option<&str>, product: &str) {
    for key in name::product_keys(vendor, product) {
        if !names.iter().any(|(known, _)| *known == key) {
            names.push((key, format!("{} {product}", vendor.unwrap_or("?"))));
        }
    }
}
