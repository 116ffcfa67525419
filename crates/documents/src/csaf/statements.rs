//! What is said of each product of a flaw: status, reason, remediation.

use std::collections::{HashMap, HashSet};

use isocenter_model::statement::{Remediation, Statement, Status};
use isocenter_model::vulnerability::{Advisory, VulnerabilityRecord};

use super::flaws::Flaw;
use crate::budget::Budget;
use crate::json::Node;

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
            let offered: Vec<&Remediation> = remediations
                .for_product
                .get(&product)
                .into_iter()
                .flatten()
                .filter_map(|index| remediations.list.get(*index))
                .collect();
            let statement = Statement {
                vulnerability: record.id.clone(),
                aliases: record.aliases.clone(),
                product: subject.clone(),
                component: component.cloned(),
                status,
                justification: justifications
                    .get(&product)
                    .map(|label| (*label).to_owned()),
                detail: impacts.of(product),
                remediations: offered.into_iter().cloned().collect(),
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
        let mut pairs: HashSet<(usize, Status)> = HashSet::new();
        for (key, status) in STATUS_LISTS {
            for id in lists.list(key) {
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
            for product in self.named(element, budget)? {
                let offered = remediations.for_product.entry(product).or_default();
                if offered.last() != Some(&at) {
                    offered.push(at);
                }
            }
        }
        Some(remediations)
    }

    /// The label of the first flag of each product.
    fn justifications(&self, budget: &mut Budget) -> Option<HashMap<usize, &'t str>> {
        let mut labels: HashMap<usize, &str> = HashMap::new();
        for flag in self.node.list("flags") {
            let Some(label) = flag.filled("label") else {
                continue;
            };
            for product in self.named(flag, budget)? {
                labels.entry(product).or_insert(label);
            }
        }
        Some(labels)
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
            for product in self.named(threat, budget)? {
                impacts.for_product.entry(product).or_default().push(at);
            }
        }
        Some(impacts)
    }
}

/// What can be done, and for which products.
#[derive(Default)]
struct Remediations {
    list: Vec<Remediation>,
    for_product: HashMap<usize, Vec<usize>>,
}

/// What the flaw does in a product, and whether it is exploited there.
#[derive(Default)]
struct Impacts<'t> {
    /// Whether it is an impact, and the author's words.
    list: Vec<(bool, &'t str)>,
    for_product: HashMap<usize, Vec<usize>>,
    for_all: Vec<usize>,
}

impl Impacts<'_> {
    fn each(&self, product: usize) -> impl Iterator<Item = &(bool, &str)> {
        self.for_product
            .get(&product)
            .into_iter()
            .flatten()
            .chain(&self.for_all)
            .filter_map(|at| self.list.get(*at))
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
