//! Flaws of SPDX 3, and what the document says of each: statements (VEX), scores, catalogs.
//!
//! Traps: the class of a statement decides what it says, not its relationship type, which even
//! examples of the standard get wrong; a product that is only associated with a flaw is not said
//! to be affected.

use isocenter_model::Problem;
use isocenter_model::component::SbomComponent;
use isocenter_model::product::{ProductReference, VersionExpression};
use isocenter_model::statement::{Remediation, Statement, Status};
use isocenter_model::vulnerability::{
    AffectedProduct, RecordState, Score, VersionEntry, VersionSpan, VulnerabilityRecord,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::index::{Found, Graph, Placed, id_of};
use super::part::{agent_name, identifier};
use super::relation::{Claim, ClaimKind, check_kind};
use crate::json::Path;
use crate::lookup::{Lookup, LookupSet};
use crate::spdx::check::Check;
use crate::spdx::element::{FurtherOfElement, Node, Number};
use crate::spdx::flag::Flag;
use crate::spdx::parts::Subject;
use crate::spdx::words::{Names, Role, Vex};

/// What statements and records are made of.
pub(super) struct Scene<'s, 'd> {
    /// The elements.
    pub(super) graph: &'s Graph<'d>,
    /// For each element the package that it is.
    pub(super) places: &'s [Option<usize>],
    /// The packages.
    pub(super) components: &'s [SbomComponent],
    /// Which of them is the product.
    pub(super) subject: Subject,
    /// Who made the document.
    pub(super) author: Option<&'s str>,
    /// When it was made.
    pub(super) made: Option<Timestamp>,
}

/// What a document says of flaws.
#[derive(Default)]
pub(super) struct Flaws {
    /// One record for each flaw.
    pub(super) records: Vec<VulnerabilityRecord>,
    /// Statements.
    pub(super) statements: Vec<Statement>,
    /// For each element of a flaw its record.
    of_element: Lookup<usize, usize>,
    by_id: Lookup<String, usize>,
    /// Number of assessments that have no place in a record.
    unkept: u64,
}

const JUSTIFICATIONS: [&str; 5] = [
    "componentNotPresent",
    "vulnerableCodeNotPresent",
    "vulnerableCodeNotInExecutePath",
    "vulnerableCodeCannotBeControlledByAdversary",
    "inlineMitigationsAlreadyExist",
];

const SEVERITIES: [&str; 5] = ["none", "low", "medium", "high", "critical"];

impl Flaws {
    /// Reads every flaw, and every claim on one.
    pub(super) fn read<'d>(
        scene: &Scene<'_, 'd>,
        claims: &[Claim<'d>],
        check: &mut Check<'_, '_>,
    ) -> Self {
        let mut flaws = Self::default();
        for (at, placed) in scene.graph.nodes().iter().enumerate() {
            if placed.role == Role::Vulnerability {
                flaws.record(at, placed, scene, check);
            }
        }
        // Flaws and packages of which something is stated.
        let mut stated = LookupSet::default();
        for claim in claims {
            match claim.kind {
                ClaimKind::Vex(vex) => flaws.state(claim, vex, scene, &mut stated, check),
                ClaimKind::Assessment(role) => flaws.assess(claim, role, scene, check),
                ClaimKind::Associated => {}
            }
        }
        for claim in claims {
            if claim.kind == ClaimKind::Associated {
                flaws.associate(claim, scene, &stated);
            }
        }
        if flaws.unkept > 0 {
            let root = Path::Root;
            check.problems.push(Problem::note(
                "spdx-assessment-not-kept",
                root.key("@graph").place(),
                format!(
                    "{} assessments of flaws (EPSS, SSVC, catalogs) were not kept: newer ones come with the feeds",
                    flaws.unkept
                ),
            ));
        }
        flaws
    }

    fn record<'d>(
        &mut self,
        at: usize,
        placed: &Placed<'d>,
        scene: &Scene<'_, 'd>,
        check: &mut Check<'_, '_>,
    ) {
        let element = placed.element;
        let root = Path::Root;
        let list = root.key("@graph");
        let path = &list.index(placed.origin);
        let further = element.further();
        let name = check.text(&element.name, "name", path);
        let mut ids = ids(placed, path, scene.graph, check);
        if ids.is_empty() {
            ids.extend(name.or_else(|| id_of(element)).map(str::to_owned));
        }
        if ids.is_empty() {
            return;
        }
        let id = ids.remove(0);
        let withdrawn = check.time(&further.withdrawn, "security_withdrawnTime", path);
        let description = check.text(&further.description, "description", path);
        let summary = check.text(&further.summary, "summary", path);
        let record = VulnerabilityRecord {
            source: source(scene),
            state: if withdrawn.is_some() {
                RecordState::Rejected
            } else {
                RecordState::Published
            },
            title: name
                .filter(|name| *name != id && !ids.iter().any(|alias| alias == name))
                .map(str::to_owned),
            description: description.or(summary).map(str::to_owned),
            published: check.time(&further.published, "security_publishedTime", path),
            modified: check.time(&further.modified, "security_modifiedTime", path),
            aliases: ids,
            id: id.clone(),
            ..VulnerabilityRecord::default()
        };
        let known = *self.by_id.entry(id).or_insert(self.records.len());
        if known == self.records.len() {
            self.records.push(record);
        } else if let Some(first) = self.records.get_mut(known) {
            for alias in record.aliases {
                if !first.aliases.contains(&alias) {
                    first.aliases.push(alias);
                }
            }
            first.description = first.description.take().or(record.description);
        }
        self.of_element.insert(at, known);
    }

    fn state<'d>(
        &mut self,
        claim: &Claim<'d>,
        vex: Vex,
        scene: &Scene<'_, 'd>,
        stated: &mut LookupSet<(usize, usize)>,
        check: &mut Check<'_, '_>,
    ) {
        let element = claim.placed.element;
        let root = Path::Root;
        let list = root.key("@graph");
        let path = &list.index(claim.placed.origin);
        if matches!(claim.placed.role, Role::Vex(_)) {
            check_kind(element, vex, path, check);
        }
        let further = element.further();
        let Some(record) = self
            .of_element
            .get(&claim.flaw)
            .and_then(|at| self.records.get(*at))
        else {
            return;
        };
        let notes = check.text(&further.status_notes, "security_statusNotes", path);
        let impact = check.text(&further.impact, "security_impactStatement", path);
        let action = check.text(&further.action, "security_actionStatement", path);
        let justification = check.text(&further.justification, "security_justificationType", path);
        if let Some(word) = justification {
            let path = path.key("security_justificationType");
            check.one_of(word, &JUSTIFICATIONS, &path);
        }
        let modified = check.time(&further.modified, "security_modifiedTime", path);
        let published = check.time(&further.published, "security_publishedTime", path);
        let is_vex = matches!(claim.placed.role, Role::Vex(_));
        if is_vex && vex == Vex::Affected && action.is_none() {
            check.missing("security_actionStatement", path);
        }
        if is_vex && vex == Vex::NotAffected && justification.is_none() && impact.is_none() {
            check.problems.push(
                Problem::warning(
                    "spdx-statement-unjustified",
                    path.place(),
                    "the statement that a product is not affected gives no reason",
                )
                .hint("ask its author for a justification or an impact statement"),
            );
        }
        let base = Statement {
            vulnerability: record.id.clone(),
            aliases: record.aliases.clone(),
            status: match vex {
                Vex::Affected => Status::Affected,
                Vex::Fixed => Status::Fixed,
                Vex::NotAffected => Status::NotAffected,
                Vex::UnderInvestigation => Status::UnderInvestigation,
            },
            justification: justification.map(str::to_owned),
            detail: impact.or(notes).map(str::to_owned),
            remediations: action
                .map(|action| Remediation {
                    category: "mitigation".to_owned(),
                    details: action.to_owned(),
                    url: None,
                })
                .into_iter()
                .collect(),
            author: supplied_by(claim, scene)
                .or(scene.author)
                .map(str::to_owned),
            issued: modified.or(published).or(scene.made),
            ..Statement::default()
        };
        let assessed = assessed(further, scene);
        for (package, id) in &claim.products {
            stated.extend(package.map(|package| (claim.flaw, package)));
            stated.extend(assessed.map(|package| (claim.flaw, package)));
            let (product, component) = scene.named(*package, id, assessed);
            self.statements.push(Statement {
                product,
                component,
                ..base.clone()
            });
        }
    }

    /// Takes a score or the entry of a catalog into the record of its flaw.
    fn assess<'d>(
        &mut self,
        claim: &Claim<'d>,
        role: Role,
        scene: &Scene<'_, 'd>,
        check: &mut Check<'_, '_>,
    ) {
        let root = Path::Root;
        let list = root.key("@graph");
        let path = &list.index(claim.placed.origin);
        let further = claim.placed.element.further();
        let Some(record) = self
            .of_element
            .get(&claim.flaw)
            .and_then(|at| self.records.get_mut(*at))
        else {
            return;
        };
        match role {
            Role::Cvss(version) => {
                let source = supplied_by(claim, scene).unwrap_or_default();
                record
                    .scores
                    .extend(score(version, source, further, path, check));
            }
            Role::ExploitCatalog => {
                let is_exploited = check
                    .value(&further.exploited, "security_exploited", path)
                    .is_some_and(|Flag(is_exploited)| *is_exploited);
                let catalog = check.needed(&further.catalog, "security_catalogType", path);
                let day = check
                    .time(&further.published, "security_publishedTime", path)
                    .map(|time| TimeZone::UTC.to_datetime(time).date());
                match day.filter(|_| is_exploited && catalog == Some("kev")) {
                    Some(day) => record.known_exploited = record.known_exploited.or(Some(day)),
                    None => self.unkept += 1,
                }
            }
            _ => self.unkept += 1,
        }
    }

    /// Names a product in the record of a flaw that it is associated with, unless something is
    /// stated of the two.
    fn associate(
        &mut self,
        claim: &Claim<'_>,
        scene: &Scene<'_, '_>,
        stated: &LookupSet<(usize, usize)>,
    ) {
        let Some(record) = self
            .of_element
            .get(&claim.flaw)
            .and_then(|at| self.records.get_mut(*at))
        else {
            return;
        };
        for package in claim.products.iter().filter_map(|(package, _)| *package) {
            if stated.contains(&(claim.flaw, package)) {
                continue;
            }
            let Some(part) = scene.components.get(package) else {
                continue;
            };
            let component = &part.component;
            record.affected.push(AffectedProduct {
                asserted_by: scene
                    .author
                    .map_or_else(|| record.source.clone(), str::to_owned),
                vendor: component.supplier.clone(),
                product: Some(component.name.clone()),
                purl: component.purl.clone(),
                cpes: component.cpes.clone(),
                versions: vec![VersionEntry {
                    span: component
                        .version
                        .clone()
                        .map_or(VersionSpan::All, VersionSpan::Exact),
                    status: Status::Unknown,
                    scheme: None,
                    changes: Vec::new(),
                }],
                ..AffectedProduct::default()
            });
        }
    }
}

impl Scene<'_, '_> {
    fn product(&self) -> Option<(usize, &SbomComponent)> {
        match self.subject {
            Subject::Package(at) => Some((at, self.components.get(at)?)),
            Subject::Ambiguous | Subject::Unstated => None,
        }
    }

    /// The product and the part of it that a statement speaks of. Without a product to be part of,
    /// the part is the product.
    fn named(
        &self,
        package: Option<usize>,
        id: &str,
        assessed: Option<usize>,
    ) -> (ProductReference, Option<ProductReference>) {
        let reference = |at: usize| self.components.get(at).map(named);
        let Some(package) = package else {
            let elsewhere = ProductReference {
                reference: Some(id.to_owned()),
                ..ProductReference::default()
            };
            return (elsewhere, assessed.and_then(reference));
        };
        let part = assessed.filter(|part| *part != package);
        match self.product() {
            Some((subject, product)) if subject == package => {
                (named(product), part.and_then(reference))
            }
            Some((subject, product)) => {
                let part = part.filter(|part| *part != subject).unwrap_or(package);
                (named(product), reference(part))
            }
            None => (
                reference(package).unwrap_or_default(),
                part.and_then(reference),
            ),
        }
    }
}

fn named(part: &SbomComponent) -> ProductReference {
    let component = &part.component;
    ProductReference {
        reference: part.reference.clone(),
        vendor: component.supplier.clone(),
        name: component.name.clone(),
        version: component
            .version
            .clone()
            .map_or(VersionExpression::Unstated, VersionExpression::Exact),
        purl: component.purl.clone(),
        cpe: component.cpes.first().cloned(),
        ..ProductReference::default()
    }
}

/// How records name this document as their source.
fn source(scene: &Scene<'_, '_>) -> String {
    scene.product().map_or_else(
        || "SBOM".to_owned(),
        |(_, product)| format!("SBOM {}", product.component.label()),
    )
}

/// The ids of a flaw, a CVE id before others.
fn ids<'d>(
    placed: &Placed<'d>,
    path: &Path<'_>,
    graph: &Graph<'d>,
    check: &mut Check<'_, '_>,
) -> Vec<String> {
    let further = placed.element.further();
    let mut cves = Vec::new();
    let mut others = Vec::new();
    let lists = [
        (&placed.element.identifiers, "externalIdentifier"),
        (&further.identifiers_misspelt, "externalIdentifiers"),
    ];
    for (many, key) in lists {
        let path = path.key(key);
        many.0.report(&path, check.problems);
        for (index, node) in many.0.indexed() {
            match identifier(node, &path.index(index), graph, check) {
                Some((Names::Cve, id)) => cves.push(id.to_owned()),
                Some((Names::Flaw, id)) => others.push(id.to_owned()),
                _ => {}
            }
        }
    }
    cves.append(&mut others);
    let mut seen = LookupSet::default();
    cves.retain(|id| seen.insert(id.clone()));
    cves
}

fn supplied_by<'s>(claim: &Claim<'s>, scene: &Scene<'_, 's>) -> Option<&'s str> {
    agent_name(scene.graph, claim.placed.element.supplied_by.value()?)
}

/// The package in which a flaw was looked for.
fn assessed(further: &FurtherOfElement<'_>, scene: &Scene<'_, '_>) -> Option<usize> {
    let at = match further.assessed.value()? {
        Node::Reference(id) => match scene.graph.find(id) {
            Found::Here(at) => at,
            _ => return None,
        },
        Node::Inline(element) => scene.graph.index_of(element)?,
    };
    scene.places.get(at).copied().flatten()
}

/// A score by CVSS; one out of range is set aside.
fn score(
    version: &str,
    source: &str,
    further: &FurtherOfElement<'_>,
    path: &Path<'_>,
    check: &mut Check<'_, '_>,
) -> Option<Score> {
    let vector = check.text(&further.vector, "security_vectorString", path);
    let severity = check.text(&further.severity, "security_severity", path);
    if let Some(word) = severity {
        check.one_of(word, &SEVERITIES, &path.key("security_severity"));
    }
    let Some(Number(base)) = check.value(&further.score, "security_score", path).copied() else {
        check.missing("security_score", path);
        return None;
    };
    if !(0.0..=10.0).contains(&base) {
        check.problems.push(Problem::error(
            "spdx-score-out-of-range",
            path.key("security_score").place(),
            format!("the score {base} was set aside: a CVSS score lies between 0 and 10"),
        ));
        return None;
    }
    let vector = vector.unwrap_or_default();
    // The class of CVSS 3 stands for 3.0 and 3.1, which the vector tells apart.
    let by_vector = ["4.0", "3.1", "3.0"].into_iter().find(|version| {
        vector
            .strip_prefix("CVSS:")
            .is_some_and(|rest| rest.starts_with(version))
    });
    Some(Score {
        version: by_vector.unwrap_or(version).to_owned(),
        vector: vector.to_owned(),
        base,
        severity: severity.map(str::to_uppercase).unwrap_or_default(),
        source: source.to_owned(),
    })
}
