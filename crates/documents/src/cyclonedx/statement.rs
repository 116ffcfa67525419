//! What a document says of a flaw in a part: the word on it, and the versions it is about.

use isocenter_model::Problem;
use isocenter_model::component::SbomComponent;
use isocenter_model::product::{ProductReference, VersionExpression};
use isocenter_model::statement::{Remediation, Statement, Status};
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{AffectedProduct, VersionEntry, VersionSpan};

use super::edition::Check;
use super::reference::{Resolved, Target};
use super::vulnerability::Context;
use super::{time, wire};
use crate::budget::Budget;
use crate::json::{List, Path};

const STATES: [(&str, u8); 6] = [
    ("resolved", 4),
    ("resolved_with_pedigree", 4),
    ("exploitable", 4),
    ("in_triage", 4),
    ("false_positive", 4),
    ("not_affected", 4),
];

const JUSTIFICATIONS: [(&str, u8); 9] = [
    ("code_not_present", 4),
    ("code_not_reachable", 4),
    ("requires_configuration", 4),
    ("requires_dependency", 4),
    ("requires_environment", 4),
    ("protected_by_compiler", 4),
    ("protected_at_runtime", 4),
    ("protected_at_perimeter", 4),
    ("protected_by_mitigating_control", 4),
];

/// Each response with the category of CSAF 2.0 (3.2.3.12) that means the same, and in words.
const RESPONSES: [(&str, &str, &str); 5] = [
    ("can_not_fix", "none_available", "It cannot be fixed."),
    ("will_not_fix", "no_fix_planned", "No fix is planned."),
    (
        "update",
        "vendor_fix",
        "Update to a version that has the correction.",
    ),
    ("rollback", "mitigation", "Go back to an earlier version."),
    (
        "workaround_available",
        "workaround",
        "There is a workaround.",
    ),
];

/// A statement without the product that it is about.
pub(super) fn said(
    analysis: &wire::Analysis<'_>,
    mut remediations: Vec<Remediation>,
    base: Statement,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> Statement {
    analysis.foreign.report(check.edition, path, check.problems);
    let status = match check.one_of(&analysis.state, "state", &STATES, path) {
        Some("exploitable") => Status::Affected,
        Some("resolved" | "resolved_with_pedigree") => Status::Fixed,
        Some("in_triage") => Status::UnderInvestigation,
        Some("false_positive" | "not_affected") => Status::NotAffected,
        _ => Status::Unknown,
    };
    let justification = check.one_of(
        &analysis.justification,
        "justification",
        &JUSTIFICATIONS,
        path,
    );
    let responses = path.key("response");
    analysis.response.report(&responses, check.problems);
    for (index, response) in analysis.response.indexed() {
        let Some((_, category, details)) = RESPONSES
            .into_iter()
            .find(|(word, _, _)| *word == &**response)
        else {
            let words = RESPONSES.map(|(word, _, _)| (word, 4));
            check.word(response, &words, &responses.index(index));
            continue;
        };
        // The author's own words say it better where there are some.
        if let Some(own) = remediations.iter_mut().find(|known| {
            known.category == category
                || (category == "vendor_fix" && known.category == "mitigation")
        }) {
            category.clone_into(&mut own.category);
        } else {
            remediations.push(Remediation {
                category: category.to_owned(),
                details: details.to_owned(),
                url: None,
            });
        }
    }
    let detail = check.text(&analysis.detail, "detail", path);
    let updated = time(&analysis.last_updated, "lastUpdated", path, check);
    let issued = time(&analysis.first_issued, "firstIssued", path, check);
    Statement {
        status,
        justification: justification.map(str::to_owned),
        detail: detail.map(str::to_owned),
        remediations,
        issued: updated.or(issued).or(base.issued),
        ..base
    }
}

/// One part that an entry names, and which versions of it.
pub(super) struct Affected {
    reference: String,
    pub(super) target: Resolved,
    versions: Vec<(VersionExpression, Status)>,
}

/// The parts that an entry names.
pub(super) fn affects(
    list: &List<wire::Affects<'_>>,
    path: &Path<'_>,
    context: &Context<'_, '_>,
    check: &mut Check<'_>,
) -> Vec<Affected> {
    let mut affected = Vec::with_capacity(list.items().len());
    list.report(path, check.problems);
    for (index, affects) in list.indexed() {
        let path = path.index(index);
        affects.foreign.report(check.edition, &path, check.problems);
        let Some(reference) = check.text(&affects.reference, "ref", &path) else {
            check.missing("ref", &path);
            continue;
        };
        let target = context.references.resolve(reference);
        if target == Resolved::Nowhere {
            check.problems.push(
                Problem::warning(
                    "cyclonedx-affects-dangling",
                    path.key("ref").place(),
                    format!("the reference `{}` leads to nothing in this document", shortened(reference, 80)),
                )
                .hint("a part of another document is named by a BOM-Link: urn:cdx:serial/version#bom-ref"),
            );
        }
        affected.push(Affected {
            reference: reference.to_owned(),
            target,
            versions: versions(&affects.versions, &path.key("versions"), check),
        });
    }
    affected
}

fn versions(
    list: &List<wire::AffectedVersion<'_>>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> Vec<(VersionExpression, Status)> {
    let mut versions = Vec::with_capacity(list.items().len());
    list.report(path, check.problems);
    for (index, entry) in list.indexed() {
        let path = path.index(index);
        entry.foreign.report(check.edition, &path, check.problems);
        let version = check.text(&entry.version, "version", &path);
        let range = check.text(&entry.range, "range", &path);
        let words = [("affected", 4), ("unaffected", 4), ("unknown", 4)];
        let status = match check.one_of(&entry.status, "status", &words, &path) {
            None | Some("affected") => Status::Affected,
            Some("unaffected") => Status::NotAffected,
            Some(_) => Status::Unknown,
        };
        if version.is_some() == range.is_some() {
            check.problems.push(Problem::error(
                "cyclonedx-version-choice",
                path.place(),
                "affected versions are given either by `version` or by `range`",
            ));
        }
        let expression = match (version, range) {
            (Some(version), _) => VersionExpression::Exact(version.to_owned()),
            (None, Some(range)) if range.starts_with("vers:") && range.ends_with("/*") => {
                VersionExpression::All
            }
            (None, Some(range)) => VersionExpression::Range(range.to_owned()),
            (None, None) => continue,
        };
        versions.push((expression, status));
    }
    versions
}

impl Affected {
    /// Makes a statement of `said` for each version expression; `false` when no more can be held.
    pub(super) fn state(
        self,
        said: &Statement,
        context: &Context<'_, '_>,
        statements: &mut Vec<Statement>,
        budget: &mut Budget,
    ) -> bool {
        let mut add = |statement: Statement| {
            let is_held = budget.admits(&statement);
            if is_held {
                statements.push(statement);
            }
            is_held
        };
        let named = |part: &SbomComponent| ProductReference {
            reference: Some(self.reference.clone()),
            vendor: part.component.supplier.clone(),
            name: part.component.name.clone(),
            version: exact(part),
            purl: part.component.purl.clone(),
            cpe: part.component.cpes.first().cloned(),
            ..ProductReference::default()
        };
        let part = match self.target {
            Resolved::Here(Target::Component(at)) => context.components.get(at).map(named),
            _ => None,
        };
        let is_here = matches!(self.target, Resolved::Here(_));
        let product = context.product.clone().filter(|_| is_here);
        // Without a product to be part of, the part is the product.
        let (mut product, mut component) = match (product, part) {
            (Some(product), part) => (product, part),
            (None, Some(part)) => (part, None),
            (None, None) => (ProductReference::default(), None),
        };
        product.reference = Some(self.reference.clone());
        if self.versions.is_empty() {
            return add(Statement {
                product,
                component,
                ..said.clone()
            });
        }
        self.versions.into_iter().all(|(expression, status)| {
            match &mut component {
                Some(component) => component.version = expression,
                None => product.version = expression,
            }
            let status = match (status, said.status) {
                (Status::Affected, state) | (Status::NotAffected, state @ Status::Fixed) => state,
                (Status::NotAffected, _) => Status::NotAffected,
                _ => Status::Unknown,
            };
            add(Statement {
                product: product.clone(),
                component: component.clone(),
                status,
                ..said.clone()
            })
        })
    }

    /// The part as a product that a record names.
    pub(super) fn affected(
        self,
        target: Target,
        asserted_by: &str,
        context: &Context<'_, '_>,
    ) -> Option<AffectedProduct> {
        let part = match target {
            Target::Component(at) => context.components.get(at),
            Target::Subject => context.subject,
            Target::Service => None,
        }?;
        let vendor = match target {
            Target::Subject => context
                .product
                .as_ref()
                .and_then(|product| product.vendor.clone()),
            _ => part.component.supplier.clone(),
        };
        let mut versions: Vec<VersionEntry> = self
            .versions
            .into_iter()
            .map(|(expression, status)| VersionEntry {
                span: span(expression),
                status,
                scheme: None,
                changes: Vec::new(),
            })
            .collect();
        if versions.is_empty() {
            versions.extend(part.component.version.clone().map(|version| VersionEntry {
                span: VersionSpan::Exact(version),
                status: Status::Affected,
                scheme: None,
                changes: Vec::new(),
            }));
        }
        Some(AffectedProduct {
            asserted_by: asserted_by.to_owned(),
            vendor,
            product: Some(part.component.name.clone()),
            purl: part.component.purl.clone(),
            cpes: part.component.cpes.clone(),
            versions,
            ..AffectedProduct::default()
        })
    }
}

fn exact(part: &SbomComponent) -> VersionExpression {
    part.component
        .version
        .clone()
        .map_or(VersionExpression::Unstated, VersionExpression::Exact)
}

fn span(expression: VersionExpression) -> VersionSpan {
    match expression {
        VersionExpression::Exact(version) => VersionSpan::Exact(version),
        VersionExpression::All | VersionExpression::Unstated => VersionSpan::All,
        VersionExpression::Range(range) => VersionSpan::Text(range),
    }
}
