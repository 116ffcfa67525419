//! Statements: this flaw, in this product, has this status.

use std::collections::{HashMap, HashSet};

use isocenter_model::Problem;
use isocenter_model::product::ProductReference;
use isocenter_model::statement::{Remediation, Statement, Status};
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::Advisory;
use jiff::Timestamp;

use super::flaw::{self, Flaws, Named};
use super::object::Object;
use super::product::Role;
use super::{Header, product};
use crate::budget::Budget;
use crate::json::{Node, Path, Problems};

const STATUSES: [(&str, Status); 4] = [
    ("not_affected", Status::NotAffected),
    ("affected", Status::Affected),
    ("fixed", Status::Fixed),
    ("under_investigation", Status::UnderInvestigation),
];

const JUSTIFICATIONS: [&str; 5] = [
    "component_not_present",
    "vulnerable_code_not_present",
    "vulnerable_code_not_in_execute_path",
    "vulnerable_code_cannot_be_controlled_by_adversary",
    "inline_mitigations_already_exist",
];

/// What a document says, as it is read.
pub(super) struct Said<'d> {
    header: &'d Header,
    advisory: Advisory,
    budget: Budget,
    flaws: Flaws<'d>,
    /// Where the statement on a flaw in a part of a product is.
    places: HashMap<Subject, usize>,
    products: HashSet<Names>,
    /// How many statements gave way to a later one of the same document.
    pub(super) superseded: u64,
}

/// What a statement is about: flaw, product, part.
type Subject = (String, Names, Option<Names>);

/// The identifiers of a product.
type Names = (
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
);

impl<'d> Said<'d> {
    pub(super) fn new(
        header: &'d Header,
        advisory: Advisory,
        budget: Budget,
        statements: &'d [Node<'d>],
    ) -> Self {
        Self {
            header,
            advisory,
            budget,
            flaws: Flaws::new(statements),
            places: HashMap::new(),
            products: HashSet::new(),
            superseded: 0,
        }
    }

    /// The document, complete.
    pub(super) fn finish(mut self) -> Advisory {
        flaw::tidy(&mut self.advisory.records);
        self.advisory
    }

    /// Reads one statement; `false` when no more can be held.
    pub(super) fn take(
        &mut self,
        node: &'d Node<'d>,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> bool {
        let Node::Object(_) = node else {
            problems.push(product::set_aside(node, "an object", path));
            return true;
        };
        let statement = Object::new(node, path, self.header.edition);
        statement.close(
            &[
                "@id",
                "version",
                "vulnerability",
                "timestamp",
                "last_updated",
                "products",
                "status",
                "supplier",
                "status_notes",
                "justification",
                "impact_statement",
                "action_statement",
                "action_statement_timestamp",
            ],
            &["vuln_description", "subcomponents"],
            problems,
        );
        if let Some(iri) = statement.text("@id", problems) {
            statement.is_iri("@id", iri, problems);
        }
        statement.version(problems);
        let flaw = self
            .flaws
            .take(&statement, self.header, &mut self.advisory, problems);
        let word = word(&statement, problems);
        let said = self.wording(&statement, word, problems);
        // Drafts have the parts beside the products.
        let common = parts(&statement, problems);
        let products = self.products(&statement, problems);
        let Some(Named { id, aliases }) = flaw else {
            return true;
        };
        let said = Statement {
            vulnerability: id.to_owned(),
            aliases,
            ..said
        };
        let of = |product: &ProductReference, part: Option<&ProductReference>| Statement {
            product: product.clone(),
            component: part.cloned(),
            ..said.clone()
        };
        products.iter().all(|(product, own)| {
            let parts = if own.is_empty() { &common } else { own };
            if parts.is_empty() {
                return self.add(of(product, None), path, problems);
            }
            parts
                .iter()
                .all(|part| self.add(of(product, Some(part)), path, problems))
        })
    }

    /// What is said, of whatever product.
    fn wording(
        &self,
        statement: &Object<'_, '_>,
        status: Status,
        problems: &mut Problems,
    ) -> Statement {
        let justification = statement.text("justification", problems);
        let impact = statement.text("impact_statement", problems);
        let action = statement.text("action_statement", problems);
        let notes = statement.text("status_notes", problems);
        let said = statement.time("timestamp", problems);
        let updated = statement.time("last_updated", problems);
        statement.time("action_statement_timestamp", problems);
        if let Some(label) = justification.filter(|label| !JUSTIFICATIONS.contains(label)) {
            problems.push(
                Problem::error(
                    "openvex-justification-unknown",
                    statement.path.key("justification").place(),
                    format!("'{}' is no justification of OpenVEX", shortened(label, 60)),
                )
                .hint(format!("write {}", JUSTIFICATIONS.join(", "))),
            );
        }
        match status {
            Status::NotAffected if justification.is_none() && impact.is_none() => {
                problems.push(
                    Problem::error(
                        "openvex-reason-missing",
                        statement.path.place(),
                        "the statement says `not_affected` and not why",
                    )
                    .hint(
                        "add a `justification`, and an `impact_statement` in words where it helps",
                    ),
                );
            }
            Status::Affected if action.is_none() => {
                problems.push(
                    Problem::error(
                        "openvex-action-missing",
                        statement.path.place(),
                        "the statement says `affected` and not what to do",
                    )
                    .hint("add an `action_statement`"),
                );
            }
            Status::Affected | Status::Fixed | Status::UnderInvestigation => {
                for (key, text) in [
                    ("justification", justification),
                    ("impact_statement", impact),
                ] {
                    if text.is_some() {
                        problems.push(Problem::warning(
                            "openvex-reason-misplaced",
                            statement.path.key(key).place(),
                            "the field says why a product is not affected, and the statement does not say that it is not",
                        ));
                    }
                }
            }
            _ => {}
        }
        let detail: Vec<&str> = impact.into_iter().chain(notes).collect();
        Statement {
            status,
            justification: justification.map(str::to_owned),
            detail: (!detail.is_empty()).then(|| detail.join("\n")),
            remediations: action
                .map(|details| Remediation {
                    category: "mitigation".to_owned(),
                    details: details.to_owned(),
                    url: None,
                })
                .into_iter()
                .collect(),
            author: self.header.author.clone(),
            issued: updated.or(said).or(self.header.issued),
            ..Statement::default()
        }
    }

    /// Each product with the parts of it that it names itself.
    fn products(
        &mut self,
        statement: &Object<'_, '_>,
        problems: &mut Problems,
    ) -> Vec<(ProductReference, Vec<ProductReference>)> {
        let edition = self.header.edition;
        // Every product of the statement repeats it.
        let supplier = statement
            .text("supplier", problems)
            .map(|supplier| shortened(supplier, 200));
        let role = Role::Product(supplier.as_deref());
        let list = statement.list("products", 0, problems);
        if list.is_empty() && matches!(statement.node.get("products"), None | Some(Node::List(_))) {
            problems.push(
                Problem::error(
                    "openvex-product-missing",
                    statement.path.key("products").place(),
                    "the statement names no product, and there is no other document to take it from",
                )
                .hint("a statement without a product is complete only inside another format"),
            );
        }
        let path = statement.path.key("products");
        let mut products = Vec::with_capacity(list.len());
        for (index, node) in list.iter().enumerate() {
            let path = path.index(index);
            let own = match node {
                Node::Object(_) => parts(&Object::new(node, &path, edition), problems),
                _ => Vec::new(),
            };
            if let Some(product) = product::read(node, &path, edition, role, problems) {
                if self.products.insert(names(&product)) {
                    self.advisory.products.push(product.clone());
                }
                products.push((product, own));
            }
        }
        products
    }

    /// Adds a statement, unless a later one of the document is on the same; `false` when it can no longer
    /// be held.
    fn add(&mut self, statement: Statement, path: &Path<'_>, problems: &mut Problems) -> bool {
        // Also those that give way cost their making.
        if !self.budget.admits(&statement) {
            problems.push(
                Problem::error(
                    "openvex-too-large",
                    path.place(),
                    "the statements of the document take more memory than any real document; from here on they were set aside",
                )
                .hint("ask its author for a document in several parts"),
            );
            return false;
        }
        let subject = (
            statement.vulnerability.clone(),
            names(&statement.product),
            statement.component.as_ref().map(names),
        );
        let earlier = self
            .places
            .get(&subject)
            .and_then(|at| self.advisory.statements.get_mut(*at));
        if let Some(earlier) = earlier {
            if *earlier == statement {
                return true;
            }
            if is_later(earlier.issued, statement.issued) {
                self.superseded += 1;
                return true;
            }
            if is_later(statement.issued, earlier.issued) {
                self.superseded += 1;
                *earlier = statement;
                return true;
            }
            if earlier.status != statement.status {
                problems.push(
                    Problem::warning(
                        "openvex-statement-contradicts",
                        path.place(),
                        format!(
                            "the statement says `{}` of what another statement of the same time calls `{}`",
                            statement.status.as_str(),
                            earlier.status.as_str()
                        ),
                    )
                    .hint("give each statement its own `timestamp`: the later one holds"),
                );
            }
        }
        self.places.insert(subject, self.advisory.statements.len());
        self.advisory.statements.push(statement);
        true
    }
}

fn word(statement: &Object<'_, '_>, problems: &mut Problems) -> Status {
    let Some(word) = statement.demanded("status", problems) else {
        return Status::Unknown;
    };
    if let Some((_, status)) = STATUSES.into_iter().find(|(known, _)| *known == word) {
        return status;
    }
    problems.push(
        Problem::error(
            "openvex-status-unknown",
            statement.path.key("status").place(),
            format!("'{}' is no status of OpenVEX", shortened(word, 60)),
        )
        .hint(format!(
            "write {}",
            STATUSES.map(|(word, _)| word).join(", ")
        )),
    );
    Status::Unknown
}

/// The parts that `object` names.
fn parts(object: &Object<'_, '_>, problems: &mut Problems) -> Vec<ProductReference> {
    let path = object.path.key("subcomponents");
    object
        .list("subcomponents", 0, problems)
        .iter()
        .enumerate()
        .filter_map(|(index, node)| {
            let path = path.index(index);
            product::read(node, &path, object.edition, Role::Part, problems)
        })
        .collect()
}

fn names(product: &ProductReference) -> Names {
    (
        product.purl.clone(),
        product.cpe.clone(),
        product.reference.clone(),
        product.hashes.first().map(|hash| hash.value.clone()),
    )
}

fn is_later(one: Option<Timestamp>, other: Option<Timestamp>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one > other)
}
