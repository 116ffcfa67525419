//! Statements: this flaw, in this product, has this status.

use isocenter_model::Problem;
use isocenter_model::product::ProductReference;
use isocenter_model::statement::{Remediation, Statement, Status};
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::Advisory;
use jiff::Timestamp;

use super::flaw::{Flaws, Named};
use super::object::Object;
use super::product::{Purls, Role};
use super::{Header, product};
use crate::budget::Budget;
use crate::json::{Node, Path, Problems};
use crate::lookup::{Lookup, LookupSet};

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
    places: Lookup<Subject<'d>, usize>,
    purls: Purls,
    subjects: Subjects,
    /// The numbers of those that are listed among the products.
    listed: LookupSet<usize>,
    /// How many statements gave way to a later one of the same document.
    pub(super) superseded: u64,
}

/// What a statement is about: flaw, product, part.
type Subject<'d> = (&'d str, usize, Option<usize>);

/// The products and parts of a document, numbered by their identifiers.
#[derive(Default)]
struct Subjects {
    numbers: Lookup<String, usize>,
    /// The identifiers of the last that was asked for.
    names: String,
}

impl Subjects {
    /// The number of `product`.
    fn number(&mut self, product: &ProductReference) -> usize {
        self.names.clear();
        for name in [
            product.purl.as_deref(),
            product.cpe.as_deref(),
            product.reference.as_deref(),
            product.hashes.first().map(|hash| hash.value.as_str()),
        ] {
            match name {
                // With its length before it, no name can be taken for two.
                Some(name) => self.names.extend([&name.len().to_string(), ":", name]),
                None => self.names.push('-'),
            }
        }
        if let Some(number) = self.numbers.get(&self.names) {
            return *number;
        }
        let number = self.numbers.len();
        self.numbers.insert(self.names.clone(), number);
        number
    }
}

/// A product or part with its number.
type Numbered = (ProductReference, usize);

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
            places: Lookup::default(),
            purls: Purls::default(),
            subjects: Subjects::default(),
            listed: LookupSet::default(),
            superseded: 0,
        }
    }

    /// The document, complete.
    pub(super) fn finish(self) -> Advisory {
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
        let common = self.parts(&statement, problems);
        let products = self.products(&statement, problems);
        let Some(Named { id, aliases }) = flaw else {
            return true;
        };
        let mut said = Statement {
            vulnerability: id.to_owned(),
            aliases: aliases.into_iter().map(str::to_owned).collect(),
            ..said
        };
        let mut left = products.len();
        for ((product, number), own) in products {
            left -= 1;
            let parts = if own.is_empty() { &common } else { &own };
            let Some(((last, number_of_last), others)) = parts.split_last() else {
                let statement = Statement {
                    product,
                    ..taken(&mut said, left == 0)
                };
                if !self.add(statement, (id, number, None), path, problems) {
                    return false;
                }
                continue;
            };
            for (part, number_of_part) in others {
                let statement = Statement {
                    product: product.clone(),
                    component: Some(part.clone()),
                    ..said.clone()
                };
                let subject = (id, number, Some(*number_of_part));
                if !self.add(statement, subject, path, problems) {
                    return false;
                }
            }
            let statement = Statement {
                product,
                component: Some(last.clone()),
                ..taken(&mut said, left == 0)
            };
            let subject = (id, number, Some(*number_of_last));
            if !self.add(statement, subject, path, problems) {
                return false;
            }
        }
        true
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
    ) -> Vec<(Numbered, Vec<Numbered>)> {
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
                Node::Object(_) => self.parts(&Object::new(node, &path, edition), problems),
                _ => Vec::new(),
            };
            let purls = &mut self.purls;
            if let Some(product) = product::read(node, &path, edition, role, purls, problems) {
                let number = self.subjects.number(&product);
                if self.listed.insert(number) {
                    self.advisory.products.push(product.clone());
                }
                products.push(((product, number), own));
            }
        }
        products
    }

    /// The parts that `object` names.
    fn parts(&mut self, object: &Object<'_, '_>, problems: &mut Problems) -> Vec<Numbered> {
        let path = object.path.key("subcomponents");
        let mut parts = Vec::new();
        for (index, node) in object.list("subcomponents", 0, problems).iter().enumerate() {
            let path = path.index(index);
            let purls = &mut self.purls;
            let part = product::read(node, &path, object.edition, Role::Part, purls, problems);
            if let Some(part) = part {
                let number = self.subjects.number(&part);
                parts.push((part, number));
            }
        }
        parts
    }

    /// Adds a statement, unless a later one of the document is on the same; `false` when it can no longer
    /// be held.
    fn add(
        &mut self,
        statement: Statement,
        subject: Subject<'d>,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> bool {
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

/// What is said, taken where it is said for the last time.
fn taken(said: &mut Statement, is_last: bool) -> Statement {
    if is_last {
        std::mem::take(said)
    } else {
        said.clone()
    }
}

fn is_later(one: Option<Timestamp>, other: Option<Timestamp>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one > other)
}
