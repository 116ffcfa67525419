//! A statement held against a release and its parts.

use isocenter_identity::name;
use isocenter_model::component::Component;
use isocenter_model::digest::Digest;
use isocenter_model::finding::{ComponentRef, Evidence, MissingFact, PartyRole, Relation, Verdict};
use isocenter_model::product::{ProductReference, Release, VersionExpression};
use isocenter_model::statement::{Statement, Status};
use isocenter_model::text::shortened;

use crate::assertion::{Assertion, Standing};
use crate::expression::{Covered, covers};
use crate::subject::{Subject, expression_text, reference_keys};

/// A part of a release, with the references under which its papers list it.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// The distinct component, for output.
    pub component: ComponentRef,
    /// The same in matching form.
    pub subject: &'a Subject,
    /// Who supplies it, as written.
    pub supplier: Option<&'a str>,
    /// The papers and references under which it is listed: (bill of materials, `bom-ref`).
    pub references: Vec<(Digest, &'a str)>,
}

/// A bill of materials of a release.
#[derive(Debug, Clone, Copy)]
pub struct Bill<'a> {
    /// The stored paper.
    pub document: Digest,
    /// Its serial number (`urn:uuid:…`).
    pub serial_number: Option<&'a str>,
    /// The reference under which it lists its own subject.
    pub subject_reference: Option<&'a str>,
}

/// A release with its parts and papers.
#[derive(Debug, Clone)]
pub struct ReleaseContext<'a> {
    /// The release's id.
    pub id: Digest,
    /// Maker, model, version.
    pub release: &'a Release,
    /// The same in matching form.
    pub subject: &'a Subject,
    /// Its parts.
    pub parts: Vec<Part<'a>>,
    /// Its bills of materials.
    pub bills: Vec<Bill<'a>>,
}

/// What a component is called in a finding.
pub fn component_ref(component: &Component) -> ComponentRef {
    ComponentRef {
        id: component.id(),
        name: Component {
            version: None,
            ..component.clone()
        }
        .label(),
        version: component.version.clone(),
        purl: component.purl.clone(),
        cpe: component.cpes.first().cloned(),
        kind: component.kind.as_word().to_owned(),
    }
}

/// What `statement`, which came in `document`, says of the release and its parts. Empty when
/// it does not speak of them, or says nothing.
///
/// A product is found by the paper's own reference (a `bom-ref`, a BOM-Link), then by package
/// URL, CPE, and maker and product name. A statement whose versions cannot be compared with
/// ours is undetermined and names the fact that is missing.
pub fn heed(
    statement: &Statement,
    document: Digest,
    context: &ReleaseContext<'_>,
) -> Vec<Assertion> {
    let Some(verdict) = verdict_of(statement.status) else {
        return Vec::new();
    };
    let voice = Voice {
        statement,
        document,
        context,
        verdict,
    };
    if let Some(relation) = relate_release(&statement.product, document, context) {
        return voice.on_release(relation);
    }
    if statement.component.is_some() {
        return Vec::new();
    }
    context
        .parts
        .iter()
        .filter_map(|part| {
            let relation = relate_part(&statement.product, document, context, part)?;
            voice.on_part(part, relation, &statement.product)
        })
        .collect()
}

struct Voice<'a> {
    statement: &'a Statement,
    document: Digest,
    context: &'a ReleaseContext<'a>,
    verdict: Verdict,
}

impl Voice<'_> {
    fn on_release(&self, relation: Relation) -> Vec<Assertion> {
        let product = &self.statement.product;
        let covered = if relation == Relation::Reference {
            Covered::In
        } else {
            covers(
                &product.version,
                self.context.release.version.as_deref(),
                None,
            )
        };
        let Some((verdict, missing)) = self.outcome(&covered, self.context.subject) else {
            return Vec::new();
        };
        let Some(component) = &self.statement.component else {
            return vec![self.assertion(
                None,
                relation,
                product,
                self.context.subject,
                verdict,
                missing,
            )];
        };
        let parts: Vec<Assertion> = self
            .context
            .parts
            .iter()
            .filter_map(|part| {
                let relation = relate_part(component, self.document, self.context, part)?;
                let within = covers(
                    &component.version,
                    part.subject.version.as_deref(),
                    part.subject.scheme(),
                );
                if matches!(within, Covered::Out) && relation != Relation::Reference {
                    return None;
                }
                Some(self.assertion(
                    Some(part),
                    relation,
                    component,
                    part.subject,
                    verdict,
                    missing.clone(),
                ))
            })
            .collect();
        if parts.is_empty() {
            return vec![self.assertion(
                None,
                relation,
                product,
                self.context.subject,
                verdict,
                missing,
            )];
        }
        parts
    }

    fn on_part(
        &self,
        part: &Part<'_>,
        relation: Relation,
        product: &ProductReference,
    ) -> Option<Assertion> {
        let covered = if relation == Relation::Reference {
            Covered::In
        } else {
            covers(
                &product.version,
                part.subject.version.as_deref(),
                part.subject.scheme(),
            )
        };
        let (verdict, missing) = self.outcome(&covered, part.subject)?;
        Some(self.assertion(
            Some(part),
            relation,
            product,
            part.subject,
            verdict,
            missing,
        ))
    }

    /// What follows from whether the statement covers our version; `None` when it does not.
    fn outcome(
        &self,
        covered: &Covered,
        subject: &Subject,
    ) -> Option<(Verdict, Option<MissingFact>)> {
        match covered {
            Covered::In => Some((self.verdict, None)),
            Covered::Out => None,
            // "Fixed in versions that we cannot compare" or "not affected in …" leaves open
            // what our version is; only a word that could concern us becomes a question.
            Covered::Open { .. }
                if matches!(self.verdict, Verdict::Fixed | Verdict::NotAffected) =>
            {
                None
            }
            Covered::Open {
                no_version_of_ours,
                reason: _,
            } => {
                let (kind, fact) = if *no_version_of_ours {
                    (
                        "device-version",
                        format!("software version of {}", subject.name),
                    )
                } else {
                    (
                        "comparable-version",
                        format!(
                            "whether version {} of {} is meant by \"{}\"",
                            subject.version.as_deref().unwrap_or("?"),
                            subject.name,
                            shortened(&expression_text(&self.statement.product.version), 80)
                        ),
                    )
                };
                let ask = if *no_version_of_ours {
                    subject.knows_its_version()
                } else {
                    PartyRole::Manufacturer
                };
                Some((
                    Verdict::Undetermined,
                    Some(MissingFact {
                        kind: kind.to_owned(),
                        about: subject.label.clone(),
                        fact,
                        ask,
                    }),
                ))
            }
        }
    }

    fn assertion(
        &self,
        part: Option<&Part<'_>>,
        relation: Relation,
        product: &ProductReference,
        subject: &Subject,
        verdict: Verdict,
        missing: Option<MissingFact>,
    ) -> Assertion {
        let statement = self.statement;
        let author = statement.author.as_deref().unwrap_or("the paper's author");
        let theirs = theirs_text(product);
        let spoken_of = if relation == Relation::Reference {
            &subject.label
        } else {
            &theirs
        };
        let mut explanation = format!(
            "{} says of {}{} that it is {}",
            shortened(author, 80),
            shortened(spoken_of, 120),
            match &product.version {
                VersionExpression::Unstated => String::new(),
                version => format!(" ({})", shortened(&expression_text(version), 80)),
            },
            self.verdict.as_str(),
        );
        if let Some(reason) = &statement.justification {
            explanation.push_str(": ");
            explanation.push_str(&shortened(&reason.replace('_', " "), 120));
        }
        if verdict == Verdict::Undetermined {
            explanation.push_str("; whether that covers ours cannot be decided");
        }
        explanation.push('.');
        Assertion {
            vulnerability: statement.vulnerability.clone(),
            aliases: statement.aliases.clone(),
            component: part.map(|part| part.component.id),
            standing: self.standing(part),
            is_statement: true,
            verdict,
            evidence: vec![Evidence {
                record: statement.vulnerability.clone(),
                source: "statement".to_owned(),
                asserted_by: author.to_owned(),
                document: Some(self.document),
                relation,
                subject: subject.label.clone(),
                object: theirs,
                range: expression_text(&product.version),
                rule: "statement".to_owned(),
                verdict,
                explanation,
            }],
            missing,
            remediations: statement.remediations.clone(),
            issued: statement.issued,
            platforms: Vec::new(),
        }
    }

    /// The maker of the device speaks through its own bill of materials or under its own name;
    /// the supplier of a part under the name that the bill of materials gives it.
    fn standing(&self, part: Option<&Part<'_>>) -> Standing {
        let own_bill = self
            .context
            .bills
            .iter()
            .any(|bill| bill.document == self.document);
        if own_bill {
            return Standing::Manufacturer;
        }
        let Some(author) = self.statement.author.as_deref().map(name::maker_key) else {
            return Standing::Observer;
        };
        if author == name::maker_key(&self.context.release.manufacturer) {
            return Standing::Manufacturer;
        }
        let supplied = part.is_some_and(|part| {
            part.supplier
                .is_some_and(|supplier| name::maker_key(supplier) == author)
        });
        if supplied {
            Standing::Supplier
        } else {
            Standing::Observer
        }
    }
}

fn verdict_of(status: Status) -> Option<Verdict> {
    match status {
        Status::Affected => Some(Verdict::Affected),
        Status::NotAffected => Some(Verdict::NotAffected),
        Status::Fixed => Some(Verdict::Fixed),
        Status::UnderInvestigation => Some(Verdict::UnderInvestigation),
        Status::Unknown => None,
    }
}

fn theirs_text(product: &ProductReference) -> String {
    let mut text = String::new();
    if let Some(vendor) = &product.vendor {
        text.push_str(vendor);
        text.push(' ');
    }
    text.push_str(&product.name);
    if text.trim().is_empty() {
        text = product
            .purl
            .clone()
            .or_else(|| product.cpe.clone())
            .or_else(|| product.reference.clone())
            .unwrap_or_default();
    }
    text.trim().to_owned()
}

fn relate_release(
    product: &ProductReference,
    document: Digest,
    context: &ReleaseContext<'_>,
) -> Option<Relation> {
    if let Some((bill, reference)) = referred(product, document, context)
        && reference.is_none_or(|reference| bill.subject_reference == Some(reference))
    {
        return Some(Relation::Reference);
    }
    let keys = reference_keys(product);
    let named = context
        .subject
        .names
        .iter()
        .any(|(key, _)| keys.contains(key))
        || product.model_numbers.iter().any(|model| {
            name::product_keys(product.vendor.as_deref(), model)
                .iter()
                .any(|key| context.subject.names.iter().any(|(known, _)| known == key))
        });
    named.then_some(Relation::ProductName)
}

fn relate_part(
    product: &ProductReference,
    document: Digest,
    context: &ReleaseContext<'_>,
    part: &Part<'_>,
) -> Option<Relation> {
    if let Some((bill, Some(reference))) = referred(product, document, context)
        && part.references.contains(&(bill.document, reference))
    {
        return Some(Relation::Reference);
    }
    let keys = reference_keys(product);
    let subject = part.subject;
    if subject
        .purl
        .as_ref()
        .is_some_and(|purl| keys.contains(&purl.key()))
    {
        return Some(Relation::Purl);
    }
    if subject
        .cpes
        .iter()
        .any(|cpe| cpe.key().is_some_and(|key| keys.contains(&key)))
    {
        return Some(Relation::Cpe);
    }
    subject
        .names
        .iter()
        .any(|(key, _)| keys.contains(key))
        .then_some(Relation::ProductName)
}

/// The bill of materials of this release that a reference points into, and the reference there.
///
/// A plain reference points into its own paper; a BOM-Link (`urn:cdx:serial/version#ref`)
/// names the other paper by its serial number.
fn referred<'a>(
    product: &'a ProductReference,
    document: Digest,
    context: &'a ReleaseContext<'_>,
) -> Option<(&'a Bill<'a>, Option<&'a str>)> {
    let reference = product.reference.as_deref()?;
    let Some(link) = reference.strip_prefix("urn:cdx:") else {
        let bill = context
            .bills
            .iter()
            .find(|bill| bill.document == document)?;
        return Some((bill, Some(reference)));
    };
    let (serial, rest) = link.split_once('/')?;
    let bill = context.bills.iter().find(|bill| {
        bill.serial_number.is_some_and(|known| {
            known
                .trim_start_matches("urn:uuid:")
                .eq_ignore_ascii_case(serial)
        })
    })?;
    Some((bill, rest.split_once('#').map(|(_, reference)| reference)))
}
