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
use crate::reference::Named;
use crate::subject::{Subject, expression_text};

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
    /// Its revision.
    pub revision: Option<u64>,
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
    let closes = !verdict.is_open();
    let inner = statement
        .component
        .as_ref()
        .map(|component| Named::new(component, document, closes));
    let voice = Voice {
        statement,
        document,
        context,
        verdict,
        inner,
    };
    let product = Named::new(&statement.product, document, closes);
    if let Some(relation) = product.is_release(context) {
        return voice.on_release(relation);
    }
    context
        .parts
        .iter()
        .filter_map(|part| Some((part, product.is_part(part, context)?)))
        .flat_map(|(part, relation)| voice.on_part(part, relation))
        .collect()
}

struct Voice<'a> {
    statement: &'a Statement,
    document: Digest,
    context: &'a ReleaseContext<'a>,
    verdict: Verdict,
    /// The part inside the product that the statement narrows down to.
    inner: Option<Named<'a>>,
}

/// What the part inside a product is among ours.
enum Inner<'a> {
    /// These are meant.
    Meant(Vec<(&'a Part<'a>, Relation)>),
    /// It is listed, but in other versions than are spoken of.
    Others,
    /// None is named, or it is not listed.
    Unlisted,
}

impl Voice<'_> {
    fn on_release(&self, relation: Relation) -> Vec<Assertion> {
        let product = &self.statement.product;
        let subject = self.context.subject;
        let version = self.context.release.version.as_deref();
        let covered = within(relation, &product.version, version, subject);
        let Some((verdict, missing)) = self.outcome(&covered, subject) else {
            return Vec::new();
        };
        match self.inner_parts() {
            Inner::Meant(parts) => self.on_inner(&parts, verdict, missing.as_ref()),
            Inner::Others if !self.verdict.is_open() => Vec::new(),
            Inner::Others | Inner::Unlisted => {
                vec![self.assertion(None, relation, product, subject, verdict, missing)]
            }
        }
    }

    /// What is said of a part, or of something inside it. That the part is affected by what is inside means
    /// that this is affected where we have it; that the part is not leaves open what else contains it.
    fn on_part(&self, part: &Part<'_>, relation: Relation) -> Vec<Assertion> {
        let product = &self.statement.product;
        let subject = part.subject;
        let covered = within(
            relation,
            &product.version,
            subject.version.as_deref(),
            subject,
        );
        let Some((verdict, missing)) = self.outcome(&covered, subject) else {
            return Vec::new();
        };
        match self.inner_parts() {
            Inner::Meant(parts) if self.verdict.is_open() => {
                self.on_inner(&parts, verdict, missing.as_ref())
            }
            Inner::Others => Vec::new(),
            Inner::Meant(_) | Inner::Unlisted => {
                vec![self.assertion(Some(part), relation, product, subject, verdict, missing)]
            }
        }
    }

    fn on_inner(
        &self,
        parts: &[(&Part<'_>, Relation)],
        verdict: Verdict,
        missing: Option<&MissingFact>,
    ) -> Vec<Assertion> {
        let named = self.statement.component.as_ref();
        let named = named.unwrap_or(&self.statement.product);
        let on = |&(part, relation): &(&Part<'_>, Relation)| {
            let missing = missing.cloned();
            self.assertion(Some(part), relation, named, part.subject, verdict, missing)
        };
        parts.iter().map(on).collect()
    }

    /// The parts of ours that the statement narrows down to.
    fn inner_parts(&self) -> Inner<'_> {
        let Some(inner) = &self.inner else {
            return Inner::Unlisted;
        };
        let mut is_listed = false;
        let mut meant = Vec::new();
        for part in &self.context.parts {
            let Some(relation) = inner.is_part(part, self.context) else {
                continue;
            };
            is_listed = true;
            let version = part.subject.version.as_deref();
            match within(relation, inner.version(), version, part.subject) {
                Covered::In => meant.push((part, relation)),
                // What would end the matter has to be surely of our version.
                Covered::Open { .. } if self.verdict.is_open() => meant.push((part, relation)),
                Covered::Open { .. } | Covered::Out => {}
            }
        }
        if !meant.is_empty() {
            Inner::Meant(meant)
        } else if is_listed {
            Inner::Others
        } else {
            Inner::Unlisted
        }
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
        let author = statement.author.as_deref();
        let theirs = theirs_text(product);
        let spoken_of = if relation == Relation::Reference {
            &subject.label
        } else {
            &theirs
        };
        let mut explanation = format!(
            "{} says of {}{} that it is {}",
            author.map_or_else(
                || "A paper without an author".to_owned(),
                |name| shortened(name, 80)
            ),
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
        let standing = self.standing(part);
        explanation.push_str(remark(author, standing, verdict));
        Assertion {
            vulnerability: statement.vulnerability.clone(),
            aliases: statement.aliases.clone(),
            component: part.map(|part| part.component.id),
            standing,
            is_statement: true,
            verdict,
            evidence: vec![Evidence {
                record: statement.vulnerability.clone(),
                source: "statement".to_owned(),
                asserted_by: author.unwrap_or("a paper without an author").to_owned(),
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
            condition: None,
        }
    }

    /// Whose voice the author's is: the maker's of the device, the supplier's of a part under the name
    /// that the bill of materials gives it, or somebody else's.
    ///
    /// That a paper describes the device says nothing of who wrote it: a hospital's analysis of the
    /// maker's bill of materials, or a laboratory's, has the same subject.
    fn standing(&self, part: Option<&Part<'_>>) -> Standing {
        let maker = &self.context.release.manufacturer;
        let Some(author) = self.statement.author.as_deref().map(name::maker_key) else {
            return if self.is_in_bill_of_parts() && !maker.is_empty() {
                Standing::Manufacturer
            } else {
                Standing::Observer
            };
        };
        let is = |other: &str| !author.is_empty() && name::maker_key(other) == author;
        if is(maker) {
            Standing::Manufacturer
        } else if part.and_then(|part| part.supplier).is_some_and(is) {
            Standing::Supplier
        } else {
            Standing::Observer
        }
    }

    /// Whether it stands in a bill of materials that lists the parts of the device. Who knows the parts
    /// made them or was told; a paper of statements alone anybody can write.
    fn is_in_bill_of_parts(&self) -> bool {
        let of_paper = |part: &Part<'_>| {
            part.references
                .iter()
                .any(|(document, _)| *document == self.document)
        };
        let mut bills = self.context.bills.iter();
        bills.any(|bill| bill.document == self.document) && self.context.parts.iter().any(of_paper)
    }
}

/// What an evidence adds where the standing of its author is not plain.
fn remark(author: Option<&str>, standing: Standing, verdict: Verdict) -> &'static str {
    match (standing, author) {
        (Standing::Manufacturer, None) => {
            " The bill of materials names no author; it is taken for the manufacturer's own."
        }
        (Standing::Observer, Some(_)) if !verdict.is_open() => {
            " That is neither the maker of the device nor the supplier of the part, so it does not end the matter."
        }
        (Standing::Observer, None) if !verdict.is_open() => {
            " Whose word it is cannot be told, so it does not end the matter."
        }
        _ => "",
    }
}

/// Whether what is said of `expression` covers our `version`.
fn within(
    relation: Relation,
    expression: &VersionExpression,
    version: Option<&str>,
    subject: &Subject,
) -> Covered {
    // Of the very part that is pointed at, the paper repeats the version, whatever that says.
    match expression {
        VersionExpression::Exact(theirs)
            if relation == Relation::Reference && version == Some(theirs) =>
        {
            Covered::In
        }
        _ => covers(expression, version, subject.scheme()),
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
