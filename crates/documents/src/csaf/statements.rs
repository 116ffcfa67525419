//! What is said of each product of a flaw: status, reason, remediation.

use isocenter_model::statement::{Remediation, Statement, Status};
use isocenter_model::vulnerability::{Advisory, VulnerabilityRecord};

use super::flaws::Flaw;
use crate::budget::Budget;
use crate::json::Node;
use crate::lookup::LookupSet;

/// Bytes that one product named by a group takes in the tables of a flaw, about.
const NAMED_COST: usize = 64;

/// The status that each list of `product_status` gives. `recommended` gives none: what is recommended may
/// itself be affected.
const STATUS_LISTS: [(&str, Status); 8] = [
    ("known_affected", Status::Affected),
    ("first_affected", Status::Affected),
    ("last_affected", Status::Affected),
    ("known_not_affected", Status::NotAffected),
    ("fixed", Status::Fixed),
    ("first_fixed", Status::Fixed),
    ("under_investigation", Status::UnderInvestigation),
    ("unknown", Status::Unknown),
];

impl<'t> Flaw<'t, '_> {
    /// One statement for each product that has a status; `None` when the budget is spent.
    pub(super) fn statements(
        &self,
        record: &VulnerabilityRecord,
        advisory: &Advisory,
        budget: &mut Budget,
    ) -> Option<Vec<Statement>> {
        let stated = self.stated();
        let remediations = self.remediations(budget)?;
        let justifications = self.justifications(budget)?;
        let impacts = self.impacts(budget)?;
        let mut statements = Vec::with_capacity(stated.len());
        for (product, status) in stated {
            let Some(entry) = self.products.list.get(product) else {
                continue;
            };
            let (subject, component) = match entry.whole_and_part.and_then(|(whole, part)| {
                Some((
                    self.products.list.get(whole)?,
                    self.products.list.get(part)?,
                ))
            }) {
                Some((whole, part)) => (&whole.reference, Some(&part.reference)),
                None => (&entry.reference, None),
            };
            let statement = Statement {
                vulnerability: record.id.clone(),
                aliases: record.aliases.clone(),
                product: subject.clone(),
                component: component.cloned(),
                status,
                justification: justifications
                    .for_product
                    .of(product)
                    .next()
                    .and_then(|at| justifications.labels.get(at))
                    .map(|label| (*label).to_owned()),
                detail: impacts.of(product),
                remediations: remediations
                    .for_product
                    .of(product)
                    .filter_map(|at| remediations.list.get(at).cloned())
                    .collect(),
                author: Some(advisory.publisher.clone()).filter(|name| !name.is_empty()),
                issued: advisory.current,
            };
            if !budget.admits(&statement) {
                return None;
            }
            statements.push(statement);
        }
        Some(statements)
    }

    /// Each product with its status, in the order of the document.
    fn stated(&self) -> Vec<(usize, Status)> {
        let Some(lists) = self.node.get("product_status") else {
            return Vec::new();
        };
        let mut stated = Vec::new();
        let mut pairs: LookupSet<(usize, Status)> = LookupSet::default();
        for (key, status) in STATUS_LISTS {
            let ids = lists.list(key);
            pairs.reserve(ids.len());
            for id in ids {
                if let Some(product) = id.as_text().and_then(|id| self.products.find(id))
                    && pairs.insert((product, status))
                {
                    stated.push((product, status));
                }
            }
        }
        stated
    }

    /// The products that an element names; `None` when the budget is spent.
    fn named(
        &self,
        element: &'t Node<'_>,
        budget: &mut Budget,
    ) -> Option<impl Iterator<Item = usize>> {
        budget
            .spend(self.products.count_in_groups(element) * NAMED_COST)
            .then(|| self.products.named(element))
    }

    fn remediations(&self, budget: &mut Budget) -> Option<Remediations> {
        let mut remediations = Remediations::default();
        for element in self.node.list("remediations") {
            let at = remediations.list.len();
            remediations.list.push(Remediation {
                category: element.owned("category").unwrap_or_default(),
                details: element.owned("details").unwrap_or_default(),
                url: element.owned("url"),
            });
            let products = self.named(element, budget)?;
            remediations.for_product.add(products, at);
        }
        remediations.for_product.sort();
        // A remediation that names a product twice is offered for it once.
        remediations.for_product.pairs.dedup();
        Some(remediations)
    }

    fn justifications(&self, budget: &mut Budget) -> Option<Justifications<'t>> {
        let mut justifications = Justifications::default();
        for flag in self.node.list("flags") {
            let Some(label) = flag.filled("label") else {
                continue;
            };
            let at = justifications.labels.len();
            justifications.labels.push(label);
            let products = self.named(flag, budget)?;
            justifications.for_product.add(products, at);
        }
        justifications.for_product.sort();
        Some(justifications)
    }

    fn impacts(&self, budget: &mut Budget) -> Option<Impacts<'t>> {
        let mut impacts = Impacts::default();
        for threat in self.node.list("threats") {
            let (Some(details), Some(category)) =
                (threat.filled("details"), threat.filled("category"))
            else {
                continue;
            };
            let is_impact = match category {
                "impact" => true,
                "exploit_status" => false,
                _ => continue,
            };
            let at = impacts.list.len();
            impacts.list.push((is_impact, details));
            if threat.get("product_ids").is_none() && threat.get("group_ids").is_none() {
                impacts.for_all.push(at);
            }
            let products = self.named(threat, budget)?;
            impacts.for_product.add(products, at);
        }
        impacts.for_product.sort();
        Some(impacts)
    }
}

/// What is said of which product: pairs of a product and the place of what is said.
#[derive(Default)]
struct ForProduct {
    pairs: Vec<(usize, usize)>,
}

impl ForProduct {
    /// Adds that `at` is said of each of these products.
    fn add(&mut self, products: impl Iterator<Item = usize>, at: usize) {
        self.pairs.extend(products.map(|product| (product, at)));
    }

    /// Puts what is said of one product beside each other, in the order of the document. To be called before
    /// anything is asked.
    #[expect(
        clippy::stable_sort_primitive,
        reason = "lists name products in the order of the tree: runs that this sort finds and joins"
    )]
    fn sort(&mut self) {
        self.pairs.sort();
    }

    /// The places of what is said of `product`.
    fn of(&self, product: usize) -> impl Iterator<Item = usize> + '_ {
        let first = self.pairs.partition_point(|(other, _)| *other < product);
        self.pairs
            .iter()
            .skip(first)
            .take_while(move |(other, _)| *other == product)
            .map(|(_, at)| *at)
    }
}

/// What can be done, and for which products.
#[derive(Default)]
struct Remediations {
    list: Vec<Remediation>,
    for_product: ForProduct,
}

/// Why products are not affected; of several labels of a product the first holds.
#[derive(Default)]
struct Justifications<'t> {
    labels: Vec<&'t str>,
    for_product: ForProduct,
}

/// What the flaw does in a product, and whether it is exploited there.
#[derive(Default)]
struct Impacts<'t> {
    /// Whether it is an impact, and the author's words.
    list: Vec<(bool, &'t str)>,
    for_product: ForProduct,
    for_all: Vec<usize>,
}

impl Impacts<'_> {
    fn each(&self, product: usize) -> impl Iterator<Item = &(bool, &str)> {
        self.for_product
            .of(product)
            .chain(self.for_all.iter().copied())
            .filter_map(|at| self.list.get(at))
    }

    /// All words on `product` in one text.
    fn of(&self, product: usize) -> Option<String> {
        let mut text = String::new();
        // Nobody reads more, and a hostile document could add up any amount.
        for (is_impact, details) in self.each(product).take(20) {
            if !text.is_empty() {
                text.push('\n');
            }
            if !is_impact {
                text.push_str("Exploit status: ");
            }
            text.push_str(details);
            if text.len() > 100_000 {
                break;
            }
        }
        (!text.is_empty()).then_some(text)
    }
}
