//! The tests of the standard's section 6, each a small function.
//!
//! A test that fails is a problem whose id ends in the test's number (`csaf-6-1-07`); those that were
//! known here before have words (`csaf-status-contradiction`). Mandatory tests (6.1) are errors, optional
//! or recommended ones (6.2) warnings, informative ones (6.3) notes; the latter two are told once for a
//! document, with the number of places. Schema, CVSS (6.1.8 to 6.1.10) and the order of keys are
//! checked on the way through the schema.

mod branches;
mod dates;
mod document;
mod hashes;
mod identifiers;
mod licence;
mod metrics;
mod profile;
mod references;
mod remediations;
mod revisions;
mod sharing;
mod ssvc;
mod status;
mod table;
mod version;
mod vulnerabilities;

use std::borrow::Cow;

use isocenter_model::{Level, Problem};

use super::schema::Edition;
use super::tree::Products;
use crate::json::{Node, Path, Problems};
use crate::lookup::Lookup;
use table::RULES;

/// A document under test.
pub(super) struct Case<'c> {
    pub(super) root: &'c Node<'c>,
    pub(super) document: &'c Node<'c>,
    pub(super) edition: Edition,
    pub(super) products: &'c Products<'c>,
}

/// Puts a document through every test of its edition.
pub(super) fn run(case: &Case<'_>, problems: &mut Problems) {
    let facts = Facts::gather(case);
    let mut tallies: Vec<Option<Tally>> = Vec::new();
    tallies.resize_with(RULES.len(), || None);
    let mut found = Found {
        rule: &NO_RULE,
        index: 0,
        problems,
        tallies: &mut tallies,
    };
    let rules = |wanted: fn(&Check) -> bool| {
        RULES
            .iter()
            .enumerate()
            .filter(move |(_, rule)| rule.editions.has(case.edition) && wanted(&rule.check))
    };
    let root = Path::Root;
    for (index, rule) in rules(|check| matches!(check, Check::Document(_))) {
        if let Check::Document(check) = rule.check {
            check(&facts, found.of(index, rule));
        }
    }
    let of_products: Vec<(usize, &Rule)> =
        rules(|check| matches!(check, Check::Product(_))).collect();
    let of_branches: Vec<(usize, &Rule)> =
        rules(|check| matches!(check, Check::Branch(_))).collect();
    if let Some(tree) = case.root.get("product_tree") {
        let path = root.key("product_tree");
        let mut product = |node: &Node<'_>, path: &Path<'_>, found: &mut Found<'_>| {
            for (index, rule) in &of_products {
                if let Check::Product(check) = rule.check {
                    check(&facts, node, path, found.of(*index, rule));
                }
            }
        };
        let mut branch = |trail: &Trail<'_>, found: &mut Found<'_>| {
            for (index, rule) in &of_branches {
                if let Check::Branch(check) = rule.check {
                    check(trail, found.of(*index, rule));
                }
            }
        };
        each_branch(tree, None, &path, &mut branch, &mut product, &mut found);
        each_other_product(tree, &path, |node, path| product(node, path, &mut found));
    }
    let of_flaws: Vec<(usize, &Rule)> = rules(|check| matches!(check, Check::Flaw(_))).collect();
    let list = root.key("vulnerabilities");
    for (place, node) in case.root.list("vulnerabilities").iter().enumerate() {
        let path = list.index(place);
        for (index, rule) in &of_flaws {
            if let Check::Flaw(check) = rule.check {
                check(&facts, node, &path, found.of(*index, rule));
            }
        }
    }
    for tally in tallies.into_iter().flatten() {
        problems.push(tally.told());
    }
}

/// A branch with those above it.
struct Trail<'t> {
    node: &'t Node<'t>,
    category: Option<&'t str>,
    above: Option<&'t Self>,
    path: &'t Path<'t>,
}

impl<'t> Trail<'t> {
    /// This branch and those above it, from the inside to the outside.
    fn upwards(&'t self) -> impl Iterator<Item = &'t Self> {
        std::iter::successors(Some(self), |trail| trail.above)
    }

    fn is(&self, category: &str) -> bool {
        self.category == Some(category)
    }

    fn name(&self) -> &str {
        self.node.text("name").unwrap_or_default()
    }
}

/// Calls `branch` for each branch below `parent` and `product` for each product on them.
fn each_branch(
    parent: &Node<'_>,
    above: Option<&Trail<'_>>,
    path: &Path<'_>,
    branch: &mut dyn FnMut(&Trail<'_>, &mut Found<'_>),
    product: &mut dyn FnMut(&Node<'_>, &Path<'_>, &mut Found<'_>),
    found: &mut Found<'_>,
) {
    let list = path.key("branches");
    for (index, node) in parent.list("branches").iter().enumerate() {
        let path = list.index(index);
        let trail = Trail {
            node,
            category: node.text("category"),
            above,
            path: &path,
        };
        branch(&trail, found);
        if let Some(full_name @ Node::Object(_)) = node.get("product") {
            product(full_name, &path.key("product"), found);
        }
        each_branch(node, Some(&trail), &path, branch, product, found);
    }
}

/// Calls `product` for each product that is on no branch.
fn each_other_product(
    tree: &Node<'_>,
    path: &Path<'_>,
    mut product: impl FnMut(&Node<'_>, &Path<'_>),
) {
    let list = path.key("full_product_names");
    for (index, node) in tree.list("full_product_names").iter().enumerate() {
        product(node, &list.index(index));
    }
    for key in ["relationships", "product_paths"] {
        let list = path.key(key);
        for (index, combination) in tree.list(key).iter().enumerate() {
            if let Some(node) = combination.get("full_product_name") {
                let path = list.index(index);
                product(node, &path.key("full_product_name"));
            }
        }
    }
}

/// What several tests look at, gathered once.
struct Facts<'c> {
    case: &'c Case<'c>,
    /// `/document/category`.
    category: &'c str,
    groups: Lookup<&'c str, &'c Node<'c>>,
    revisions: revisions::History<'c>,
}

impl<'c> Facts<'c> {
    fn gather(case: &'c Case<'c>) -> Self {
        let mut groups = Lookup::default();
        if let Some(tree) = case.root.get("product_tree") {
            for group in tree.list("product_groups") {
                if let Some(id) = group.text("group_id") {
                    groups.entry(id).or_insert(group);
                }
            }
        }
        Self {
            case,
            category: case.document.text("category").unwrap_or_default(),
            groups,
            revisions: revisions::History::read(case.document),
        }
    }

    /// What stands under `/document/key`.
    fn part(&self, key: &str) -> &'c Node<'c> {
        self.case.document.get(key).unwrap_or(&Node::Null)
    }

    fn tracking(&self) -> &'c Node<'c> {
        self.part("tracking")
    }

    /// `/document/tracking/status`.
    fn status(&self) -> &'c str {
        self.tracking().text("status").unwrap_or_default()
    }

    /// Whether the document is out: `final` or `interim`.
    fn is_released(&self) -> bool {
        matches!(self.status(), "final" | "interim")
    }

    /// `/document/distribution/tlp/label`.
    fn tlp(&self) -> Option<&'c str> {
        self.part("distribution").get("tlp")?.text("label")
    }

    /// Whether the document is of one of these profiles.
    fn is_one_of(&self, profiles: &[&str]) -> bool {
        profiles.contains(&self.category)
    }

    /// The ids of the products that `element` names, directly and by group.
    fn products_of(&self, element: &'c Node<'c>) -> impl Iterator<Item = &'c str> {
        let directly = element.list("product_ids").iter().filter_map(Node::as_text);
        let by_group = element
            .list("group_ids")
            .iter()
            .filter_map(Node::as_text)
            .filter_map(|id| self.groups.get(id))
            .flat_map(|group| group.list("product_ids").iter().filter_map(Node::as_text));
        directly.chain(by_group)
    }
}

/// A test.
struct Rule {
    /// Its number in the standard.
    test: &'static str,
    id: &'static str,
    level: Level,
    editions: Editions,
    check: Check,
}

#[derive(Clone, Copy)]
enum Editions {
    Both,
    Only2_0,
    Since2_1,
}

impl Editions {
    fn has(self, edition: Edition) -> bool {
        match self {
            Self::Both => true,
            Self::Only2_0 => edition == Edition::V2_0,
            Self::Since2_1 => edition >= Edition::V2_1,
        }
    }
}

/// What a test looks at.
#[derive(Clone, Copy)]
enum Check {
    Document(for<'c> fn(&'c Facts<'c>, &mut Found<'_>)),
    /// Each full product name.
    Product(for<'c> fn(&'c Facts<'c>, &Node<'_>, &Path<'_>, &mut Found<'_>)),
    Branch(fn(&Trail<'_>, &mut Found<'_>)),
    /// Each vulnerability.
    Flaw(for<'c> fn(&'c Facts<'c>, &'c Node<'c>, &Path<'_>, &mut Found<'_>)),
}

/// Where the problems of a test go.
struct Found<'f> {
    rule: &'f Rule,
    index: usize,
    problems: &'f mut Problems,
    tallies: &'f mut Vec<Option<Tally>>,
}

impl<'f> Found<'f> {
    fn of(&mut self, index: usize, rule: &'f Rule) -> &mut Self {
        self.index = index;
        self.rule = rule;
        self
    }

    /// The test fails at `path`, because of what `message` says.
    fn at(&mut self, path: &Path<'_>, message: impl Message) {
        if self.rule.level < Level::Error
            && let Some(Some(tally)) = self.tallies.get_mut(self.index)
        {
            tally.more += 1;
            return;
        }
        let problem = Problem::new(
            self.rule.id,
            self.rule.level,
            path.place(),
            format!("{} (CSAF test {})", message.words(), self.rule.test),
        );
        match self.tallies.get_mut(self.index) {
            Some(tally) if self.rule.level < Level::Error => {
                *tally = Some(Tally { problem, more: 0 });
            }
            _ => self.problems.push(problem),
        }
    }
}

/// What a failure means, in words that are made only where they are told.
trait Message {
    fn words(self) -> Cow<'static, str>;
}

impl Message for &'static str {
    fn words(self) -> Cow<'static, str> {
        Cow::Borrowed(self)
    }
}

impl<F: FnOnce() -> String> Message for F {
    fn words(self) -> Cow<'static, str> {
        Cow::Owned(self())
    }
}

/// A warning or note, and how often besides it holds.
struct Tally {
    problem: Problem,
    more: u64,
}

impl Tally {
    fn told(mut self) -> Problem {
        let places = match self.more {
            0 => return self.problem,
            1 => "place",
            _ => "places",
        };
        let message = &self.problem.message;
        self.problem.message = format!("{message}, and in {} more {places}", self.more);
        self.problem
    }
}

const NO_RULE: Rule = Rule {
    test: "",
    id: "csaf",
    level: Level::Note,
    editions: Editions::Both,
    check: Check::Document(|_, _| {}),
};
