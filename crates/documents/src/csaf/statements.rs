//! What is said of each product of a flaw: status, reason, remediation.

use std::collections::{HashMap, HashSet};

use isocenter_model::Problem;
use isocenter_model::product::{ProductReference, VersionExpression};
use isocenter_model::statement::{Remediation, Statement, Status};
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{Advisory, VulnerabilityRecord};

use super::flaws::Flaw;
use super::tree::Product;
use crate::json::{Filled, List, Path, Problems, Text};

/// Bytes that the statements of one document may take. Each statement repeats its product and
/// remediations, so a small hostile document could ask for any amount.
pub(super) struct Budget {
    left: usize,
}

/// Bytes that one product named by a group takes in the tables of a flaw, about.
const NAMED_COST: usize = 64;

impl Budget {
    /// The budget of a document of `length` bytes: many times what the largest real one takes.
    pub(super) fn for_document(length: usize) -> Self {
        Self {
            left: (32 << 20) + length.saturating_mul(16).min(480 << 20),
        }
    }

    fn spend(&mut self, bytes: usize) -> bool {
        match self.left.checked_sub(bytes) {
            Some(left) => {
                self.left = left;
                true
            }
            None => false,
        }
    }
}

/// What a status list means, and the group in which it must be alone (mandatory test 6.1.6).
type StatusList<'t> = (&'static str, &'t List<Text<'t>>, Status);

impl Flaw<'_> {
    /// The products that `ids` and `groups` name; `None` when the budget is spent.
    fn named(
        &self,
        ids: &List<Text<'_>>,
        groups: &List<Text<'_>>,
        path: &Path<'_>,
        budget: &mut Budget,
        problems: &mut Problems,
    ) -> Option<Vec<usize>> {
        let ids_path = path.key("product_ids");
        let groups_path = path.key("group_ids");
        ids.report(&ids_path, problems);
        groups.report(&groups_path, problems);
        let mut named: Vec<usize> = ids
            .indexed()
            .filter_map(|(index, id)| {
                self.products
                    .find(id.trim(), &ids_path.index(index), problems)
            })
            .collect();
        for (index, group) in groups.indexed() {
            let members = self
                .products
                .group(group.trim(), &groups_path.index(index), problems);
            if !budget.spend(members.len() * NAMED_COST) {
                return None;
            }
            named.extend_from_slice(members);
        }
        Some(named)
    }

    /// One statement for each product that has a status; `None` when the budget is spent.
    pub(super) fn statements(
        &self,
        record: &VulnerabilityRecord,
        advisory: &Advisory,
        budget: &mut Budget,
        problems: &mut Problems,
    ) -> Option<Vec<Statement>> {
        let stated = self.stated(problems);
        let remediations = self.remediations(budget, problems)?;
        let justifications = self.justifications(budget, problems)?;
        let impacts = self.impacts(budget, problems)?;
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
            let detail = impacts.of(product);
            let cost = size(subject)
                + component.map_or(0, size)
                + record.id.len()
                + record
                    .aliases
                    .iter()
                    .map(|alias| alias.len() + 24)
                    .sum::<usize>()
                + offered
                    .iter()
                    .map(|offer| {
                        offer.details.len()
                            + offer.category.len()
                            + offer.url.as_ref().map_or(0, String::len)
                            + 72
                    })
                    .sum::<usize>()
                + detail.as_ref().map_or(0, String::len)
                + advisory.publisher.len();
            if !budget.spend(cost) {
                return None;
            }
            let justification = justifications.get(&product).cloned();
            self.check_vex(
                entry,
                status,
                justification.is_some() || impacts.has(product),
                !offered.is_empty(),
                problems,
            );
            statements.push(Statement {
                vulnerability: record.id.clone(),
                aliases: record.aliases.clone(),
                product: subject.clone(),
                component: component.cloned(),
                status,
                justification,
                detail,
                remediations: offered.into_iter().cloned().collect(),
                author: Some(advisory.publisher.clone()).filter(|name| !name.is_empty()),
                issued: advisory.current,
            });
        }
        Some(statements)
    }

    /// Each product with its status, in the order of the document.
    fn stated(&self, problems: &mut Problems) -> Vec<(usize, Status)> {
        let path = self.path.key("product_status");
        self.wire.product_status.report(&path, problems);
        let Some(lists) = self.wire.product_status.value() else {
            if self.is_vex {
                problems.push(Problem::error(
                    "csaf-vex-status-missing",
                    self.path.place(),
                    "the vulnerability has no product status (CSAF test 6.1.27.7)",
                ));
            }
            return Vec::new();
        };
        let lists: [StatusList<'_>; 8] = [
            ("known_affected", &lists.known_affected, Status::Affected),
            ("first_affected", &lists.first_affected, Status::Affected),
            ("last_affected", &lists.last_affected, Status::Affected),
            (
                "known_not_affected",
                &lists.known_not_affected,
                Status::NotAffected,
            ),
            ("fixed", &lists.fixed, Status::Fixed),
            ("first_fixed", &lists.first_fixed, Status::Fixed),
            (
                "under_investigation",
                &lists.under_investigation,
                Status::UnderInvestigation,
            ),
            ("unknown", &lists.unknown, Status::Unknown),
        ];
        let mut stated = Vec::new();
        let mut seen: HashMap<usize, Status> = HashMap::new();
        let mut pairs: HashSet<(usize, Status)> = HashSet::new();
        for (key, list, status) in lists {
            let list_path = path.key(key);
            list.report(&list_path, problems);
            for (index, id) in list.indexed() {
                let id_path = list_path.index(index);
                let Some(product) = self.products.find(id.trim(), &id_path, problems) else {
                    continue;
                };
                let first = *seen.entry(product).or_insert(status);
                if first != status {
                    problems.push(Problem::error(
                        "csaf-status-contradiction",
                        id_path.place(),
                        format!(
                            "the product id '{}' is {} and {} at once (CSAF test 6.1.6)",
                            shortened(id, 60),
                            first.as_str(),
                            status.as_str()
                        ),
                    ));
                }
                if pairs.insert((product, status)) {
                    stated.push((product, status));
                }
            }
        }
        let recommended_path = path.key("recommended");
        if let Some(lists) = self.wire.product_status.value() {
            self.check_references(&lists.recommended, &recommended_path, problems);
        }
        stated
    }

    fn remediations(&self, budget: &mut Budget, problems: &mut Problems) -> Option<Remediations> {
        let list_path = self.path.key("remediations");
        self.wire.remediations.report(&list_path, problems);
        let mut remediations = Remediations::default();
        for (index, wire) in self.wire.remediations.indexed() {
            let path = list_path.index(index);
            let named = self.named(&wire.product_ids, &wire.group_ids, &path, budget, problems)?;
            if wire.product_ids.is_unused() && wire.group_ids.is_unused() {
                problems.push(Problem::error(
                    "csaf-remediation-without-product",
                    path.place(),
                    "the remediation names no product or group (CSAF test 6.1.29), so it belongs to no statement",
                ));
            }
            let at = remediations.list.len();
            remediations.list.push(Remediation {
                category: wire.category.owned().unwrap_or_default(),
                details: wire.details.owned().unwrap_or_default(),
                url: wire.url.owned(),
            });
            for product in named {
                let offered = remediations.for_product.entry(product).or_default();
                if offered.last() != Some(&at) {
                    offered.push(at);
                }
            }
        }
        Some(remediations)
    }

    /// The label of the first flag of each product.
    fn justifications(
        &self,
        budget: &mut Budget,
        problems: &mut Problems,
    ) -> Option<HashMap<usize, String>> {
        let list_path = self.path.key("flags");
        self.wire.flags.report(&list_path, problems);
        let mut labels: HashMap<usize, String> = HashMap::new();
        for (index, flag) in self.wire.flags.indexed() {
            let path = list_path.index(index);
            let label = flag.label.filled().unwrap_or_default();
            if flag.product_ids.is_unused() && flag.group_ids.is_unused() {
                problems.push(Problem::error(
                    "csaf-flag-without-product",
                    path.place(),
                    "the flag names no product or group (CSAF test 6.1.32), so it belongs to no statement",
                ));
            }
            for product in
                self.named(&flag.product_ids, &flag.group_ids, &path, budget, problems)?
            {
                if !label.is_empty() && !labels.contains_key(&product) {
                    if !budget.spend(label.len()) {
                        return None;
                    }
                    labels.insert(product, label.to_owned());
                }
            }
        }
        Some(labels)
    }

    fn impacts(&self, budget: &mut Budget, problems: &mut Problems) -> Option<Impacts<'_>> {
        let list_path = self.path.key("threats");
        self.wire.threats.report(&list_path, problems);
        let mut impacts = Impacts::default();
        for (index, threat) in self.wire.threats.indexed() {
            let path = list_path.index(index);
            let named = self.named(
                &threat.product_ids,
                &threat.group_ids,
                &path,
                budget,
                problems,
            )?;
            let (Some(details), Some(category)) =
                (threat.details.filled(), threat.category.filled())
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
            if threat.product_ids.is_unused() && threat.group_ids.is_unused() {
                impacts.for_all.push(at);
            }
            for product in named {
                impacts.for_product.entry(product).or_default().push(at);
            }
        }
        Some(impacts)
    }

    /// The VEX profile asks for a reason why not, and for something to do (tests 6.1.27.9 and 6.1.27.10).
    fn check_vex(
        &self,
        product: &Product,
        status: Status,
        has_reason: bool,
        has_action: bool,
        problems: &mut Problems,
    ) {
        let id = || {
            shortened(
                product.reference.reference.as_deref().unwrap_or_default(),
                60,
            )
        };
        if self.is_vex && status == Status::NotAffected && !has_reason {
            problems.push(
                Problem::error(
                    "csaf-vex-justification-missing",
                    self.path.place(),
                    format!(
                        "the product id '{}' is not affected, with no flag or impact that says why (CSAF test 6.1.27.9)",
                        id()
                    ),
                )
                .hint("ask the publisher for the justification before relying on it"),
            );
        }
        if self.is_vex && status == Status::Affected && !has_action {
            problems.push(Problem::error(
                "csaf-vex-action-missing",
                self.path.place(),
                format!(
                    "the product id '{}' is affected, with no remediation (CSAF test 6.1.27.10)",
                    id()
                ),
            ));
        }
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

    fn has(&self, product: usize) -> bool {
        self.each(product).any(|(is_impact, _)| *is_impact)
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

/// Bytes that a copy of `reference` takes, about.
fn size(reference: &ProductReference) -> usize {
    let texts = |list: &[String]| list.iter().map(|text| text.len() + 24).sum::<usize>();
    let version = match &reference.version {
        VersionExpression::Exact(text) | VersionExpression::Range(text) => text.len(),
        _ => 0,
    };
    let optional = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    size_of::<ProductReference>()
        + optional(&reference.reference)
        + optional(&reference.vendor)
        + reference.name.len()
        + version
        + optional(&reference.purl)
        + optional(&reference.cpe)
        + texts(&reference.model_numbers)
        + texts(&reference.serial_numbers)
        + texts(&reference.skus)
        + reference
            .hashes
            .iter()
            .map(|hash| hash.algorithm.len() + hash.value.len() + 48)
            .sum::<usize>()
}
