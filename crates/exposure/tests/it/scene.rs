//! The stage: one release with components, records and statements, and the findings that follow.

use isocenter_exposure::{
    Assertion, Bill, Closed, Part, ReleaseContext, Subject, component_ref, findings, heed,
    match_record,
};
use isocenter_model::component::{Component, ComponentKind};
use isocenter_model::digest::Digest;
use isocenter_model::finding::Finding;
use isocenter_model::product::{ProductReference, Release, VersionExpression};
use isocenter_model::statement::{Statement, Status};
use isocenter_model::vulnerability::{
    AffectedProduct, Bound, VersionEntry, VersionSpan, VulnerabilityRecord,
};

pub(crate) const SERIAL: &str = "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79";

pub(crate) struct Scene {
    pub(crate) release: Release,
    /// The release as its bill of materials describes it.
    pub(crate) described: Option<Component>,
    pub(crate) components: Vec<(Component, &'static str)>,
    pub(crate) records: Vec<VulnerabilityRecord>,
    /// Each with whether it stands in the release's own bill of materials.
    pub(crate) statements: Vec<(Statement, bool)>,
}

impl Scene {
    pub(crate) fn new(version: Option<&str>) -> Self {
        Self {
            release: Release {
                manufacturer: "Aurora Imaging GmbH".to_owned(),
                model: "Helix CT".to_owned(),
                version: version.map(str::to_owned),
            },
            described: None,
            components: Vec::new(),
            records: Vec::new(),
            statements: Vec::new(),
        }
    }

    pub(crate) fn findings(&self) -> Vec<Finding> {
        self.rulings(Closed::Left)
    }

    pub(crate) fn rulings(&self, closed: Closed) -> Vec<Finding> {
        let id = Digest::of(b"release");
        let own = Digest::of(b"own bill of materials");
        let other = Digest::of(b"another paper");
        let subject = Subject::release(&self.release, self.described.as_ref());
        let subjects: Vec<Subject> = self
            .components
            .iter()
            .map(|(component, _)| Subject::component(component))
            .collect();
        let parts = self
            .components
            .iter()
            .zip(&subjects)
            .map(|((component, reference), subject)| Part {
                component: component_ref(component),
                subject,
                supplier: component.supplier.as_deref(),
                references: vec![(own, *reference)],
            })
            .collect();
        let context = ReleaseContext {
            id,
            release: &self.release,
            subject: &subject,
            parts,
            bills: vec![Bill {
                document: own,
                serial_number: Some(SERIAL),
                revision: None,
                subject_reference: Some("root"),
            }],
        };
        let mut assertions = Vec::new();
        for record in &self.records {
            for part in &context.parts {
                if let Some(matched) = match_record(part.subject, record, None) {
                    let at = Some(part.component.id);
                    assertions.push(Assertion::from_match(&matched, at, &[], None));
                }
            }
            if let Some(matched) = match_record(&subject, record, None) {
                assertions.push(Assertion::from_match(&matched, None, &[], None));
            }
        }
        for (statement, is_own) in &self.statements {
            assertions.extend(heed(statement, if *is_own { own } else { other }, &context));
        }
        findings(&context, &assertions, closed)
    }

    /// The only finding of the scene.
    #[track_caller]
    pub(crate) fn finding(&self) -> Finding {
        let mut found = self.findings();
        assert_eq!(found.len(), 1, "{found:#?}");
        found.remove(0)
    }
}

pub(crate) fn library(name: &str, version: &str, purl: &str) -> Component {
    Component {
        kind: ComponentKind::Library,
        name: name.to_owned(),
        version: (!version.is_empty()).then(|| version.to_owned()),
        purl: (!purl.is_empty()).then(|| purl.to_owned()),
        ..Component::default()
    }
}

pub(crate) fn with_cpe(mut component: Component, cpe: &str) -> Component {
    component.cpes.push(cpe.to_owned());
    component
}

pub(crate) fn record(id: &str, affected: Vec<AffectedProduct>) -> VulnerabilityRecord {
    VulnerabilityRecord {
        id: id.to_owned(),
        source: "CVE".to_owned(),
        affected,
        ..VulnerabilityRecord::default()
    }
}

pub(crate) fn affected(vendor: &str, product: &str, range: VersionEntry) -> AffectedProduct {
    AffectedProduct {
        asserted_by: "CNA test".to_owned(),
        vendor: Some(vendor.to_owned()),
        product: Some(product.to_owned()),
        versions: vec![range],
        ..AffectedProduct::default()
    }
}

pub(crate) fn npm_package(name: &str, range: VersionEntry) -> AffectedProduct {
    AffectedProduct {
        asserted_by: "CNA test".to_owned(),
        package_name: Some(name.to_owned()),
        collection_url: Some("https://registry.npmjs.org".to_owned()),
        versions: vec![range],
        ..AffectedProduct::default()
    }
}

/// Affected from the beginning up to, and without, `end`.
pub(crate) fn before(end: &str) -> VersionEntry {
    VersionEntry {
        span: VersionSpan::Between {
            from: None,
            to: Some(Bound {
                version: end.to_owned(),
                inclusive: false,
            }),
        },
        status: Status::Affected,
        scheme: Some("semver".to_owned()),
        changes: Vec::new(),
    }
}

pub(crate) fn statement(vulnerability: &str, status: Status) -> Statement {
    Statement {
        vulnerability: vulnerability.to_owned(),
        status,
        ..Statement::default()
    }
}

pub(crate) fn product(vendor: &str, name: &str, version: VersionExpression) -> ProductReference {
    ProductReference {
        vendor: Some(vendor.to_owned()),
        name: name.to_owned(),
        version,
        ..ProductReference::default()
    }
}

pub(crate) fn reference(reference: &str) -> ProductReference {
    ProductReference {
        reference: Some(reference.to_owned()),
        ..ProductReference::default()
    }
}
