//! The product tree: what each product id stands for.
//!
//! A product is a leaf of the branches, a full name by itself, or a combination: a part in or on a
//! whole (`relationships` in 2.0, `product_paths` in 2.1). Combinations can combine combinations; the part
//! is then the innermost product and the whole the outermost. An id that is defined twice keeps its first
//! meaning; one that is defined by itself stays a product by itself.

use isocenter_model::product::ProductReference;

use super::trail::{Trail, identified, named_in_full};
use crate::json::{Node, Path, Problems};
use crate::lookup::Lookup;

/// One product id and what it stands for.
#[derive(Debug)]
pub(super) struct Product {
    /// The product by itself; of a combination, its name as a whole.
    pub(super) reference: ProductReference,
    /// Of a combination: index of the whole and index of the part.
    pub(super) whole_and_part: Option<(usize, usize)>,
}

/// All products and groups of a document.
#[derive(Debug, Default)]
pub(super) struct Products<'t> {
    pub(super) list: Vec<Product>,
    by_id: Lookup<&'t str, usize>,
    groups: Lookup<&'t str, Vec<usize>>,
}

/// More makers than this are not looked for in full names.
const VENDORS: usize = 64;

impl<'t> Products<'t> {
    /// The products of a document. `publisher` is the maker itself, when a maker publishes.
    pub(super) fn read(
        root: &'t Node<'_>,
        publisher: Option<&str>,
        problems: &mut Problems,
    ) -> Self {
        let mut products = Self::default();
        let Some(tree) = root.get("product_tree") else {
            return products;
        };
        let root_path = Path::Root;
        let path = root_path.key("product_tree");
        let mut vendors: Vec<&str> = publisher.into_iter().collect();
        vendors.extend(
            tree.list("branches")
                .iter()
                .filter(|branch| branch.filled("category") == Some("vendor"))
                .filter_map(|branch| branch.filled("name"))
                .take(VENDORS),
        );
        let branches_path = path.key("branches");
        for (index, branch) in tree.list("branches").iter().enumerate() {
            let path = branches_path.index(index);
            products.add_branch(branch, &Trail::default(), &vendors, &path, problems);
        }
        let names_path = path.key("full_product_names");
        for (index, product) in tree.list("full_product_names").iter().enumerate() {
            let path = names_path.index(index);
            let reference = named_in_full(product, None, &vendors, &path, problems);
            products.define(product, reference);
        }
        products.add_combinations(tree, &path, problems);
        products.add_groups(tree);
        products
    }

    /// The index of `id`.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The products of the group `id`; `None` when the tree does not define it.
    pub(super) fn group(&self, id: &str) -> Option<&[usize]> {
        self.groups.get(id).map(Vec::as_slice)
    }

    /// The products that `element` names under `product_ids`, and by group under `group_ids`.
    pub(super) fn named<'n>(&'n self, element: &'n Node<'_>) -> impl Iterator<Item = usize> + 'n {
        let ids = element
            .list("product_ids")
            .iter()
            .filter_map(|id| self.find(id.as_text()?));
        let groups = element
            .list("group_ids")
            .iter()
            .filter_map(|group| self.group(group.as_text()?))
            .flatten()
            .copied();
        ids.chain(groups)
    }

    /// How many products [`Self::named`] gives for `element` by its groups.
    pub(super) fn count_in_groups(&self, element: &Node<'_>) -> usize {
        element
            .list("group_ids")
            .iter()
            .filter_map(|group| self.group(group.as_text()?))
            .map(<[usize]>::len)
            .sum()
    }

    fn add_branch<'n>(
        &mut self,
        branch: &'t Node<'_>,
        above: &Trail<'n>,
        vendors: &[&str],
        path: &Path<'_>,
        problems: &mut Problems,
    ) where
        't: 'n,
    {
        let trail = above.with(
            branch.filled("category").unwrap_or_default(),
            branch.filled("name").unwrap_or_default(),
        );
        if let Some(product @ Node::Object(_)) = branch.get("product") {
            let reference = trail.reference(product, vendors, &path.key("product"), problems);
            self.define(product, reference);
        }
        let branches_path = path.key("branches");
        for (index, below) in branch.list("branches").iter().enumerate() {
            let path = branches_path.index(index);
            self.add_branch(below, &trail, vendors, &path, problems);
        }
    }

    /// Adds a product under its id and returns its index.
    fn define(&mut self, product: &'t Node<'_>, reference: ProductReference) {
        let index = self.list.len();
        if let Some(id) = product.text("product_id").filter(|id| !id.is_empty()) {
            self.by_id.entry(id).or_insert(index);
        }
        self.list.push(Product {
            reference,
            whole_and_part: None,
        });
    }

    fn add_combinations(&mut self, tree: &'t Node<'_>, path: &Path<'_>, problems: &mut Problems) {
        // Ids may be used before they are defined, so all are defined first.
        let mut edges: Vec<Vec<usize>> = vec![Vec::new(); self.list.len()];
        let combinations = combinations(tree);
        for combination in &combinations {
            let list_path = path.key(combination.list);
            let path = list_path.index(combination.index);
            let nothing = &Node::Null;
            let name = combination.name.unwrap_or(nothing);
            let reference = identified(name, &path.key("full_product_name"), problems);
            self.define(combination.name.unwrap_or(&Node::Null), reference);
        }
        for combination in &combinations {
            let members = combination.members.iter();
            edges.push(members.filter_map(|(_, id)| self.find(id)).collect());
        }
        self.resolve(&edges);
    }

    /// Finds the whole and the part of each combination, whose members are `edges`.
    fn resolve(&mut self, edges: &[Vec<usize>]) {
        #[derive(Clone, Copy, PartialEq)]
        enum Visit {
            Not,
            Open,
            Done,
        }
        let mut visits = vec![Visit::Not; edges.len()];
        // Outermost and innermost product of each product; itself, unless it is a combination.
        let mut ends: Vec<(usize, usize)> = (0..edges.len()).map(|index| (index, index)).collect();
        for start in 0..edges.len() {
            let mut stack = vec![(start, 0)];
            while let Some((node, next)) = stack.pop() {
                let (Some(visit), Some(members)) = (visits.get_mut(node), edges.get(node)) else {
                    continue;
                };
                if next == 0 {
                    if *visit != Visit::Not {
                        continue;
                    }
                    *visit = Visit::Open;
                }
                if let Some(member) = members.get(next) {
                    stack.push((node, next + 1));
                    if visits.get(*member) == Some(&Visit::Not) {
                        stack.push((*member, 0));
                    }
                    continue;
                }
                if let Some(visit) = visits.get_mut(node) {
                    *visit = Visit::Done;
                }
                // A member that is still open leads back here.
                let closed = |index: &usize| visits.get(*index) == Some(&Visit::Done);
                if let (Some(inner), Some(outer), true) = (
                    members.first(),
                    members.last(),
                    members.len() > 1 && members.iter().all(closed),
                ) {
                    let whole = ends.get(*outer).map_or(*outer, |(whole, _)| *whole);
                    let part = ends.get(*inner).map_or(*inner, |(_, part)| *part);
                    if let (Some(ends), Some(product)) =
                        (ends.get_mut(node), self.list.get_mut(node))
                    {
                        *ends = (whole, part);
                        product.whole_and_part = Some((whole, part));
                    }
                }
            }
        }
    }

    fn add_groups(&mut self, tree: &'t Node<'_>) {
        for group in tree.list("product_groups") {
            let Some(id) = group.text("group_id") else {
                continue;
            };
            let members = group
                .list("product_ids")
                .iter()
                .filter_map(|id| self.find(id.as_text()?))
                .collect();
            self.groups.entry(id).or_insert(members);
        }
    }
}

/// A relationship or product path.
pub(super) struct Combination<'t, 'a> {
    /// The list that it stands in, and where.
    pub(super) list: &'static str,
    pub(super) index: usize,
    pub(super) name: Option<&'t Node<'a>>,
    /// Members from the innermost to the outermost, each with the path below the combination.
    pub(super) members: Vec<(Member, &'t str)>,
}

/// Where a combination names a member.
#[derive(Debug, Clone, Copy)]
pub(super) enum Member {
    Key(&'static str),
    /// The subpath of that index.
    Subpath(usize),
}

/// The combinations of a product tree.
pub(super) fn combinations<'t, 'a>(tree: &'t Node<'a>) -> Vec<Combination<'t, 'a>> {
    let mut combinations = Vec::new();
    for (index, relationship) in tree.list("relationships").iter().enumerate() {
        let keys = ["product_reference", "relates_to_product_reference"];
        combinations.push(Combination {
            list: "relationships",
            index,
            name: relationship.get("full_product_name"),
            members: keys
                .into_iter()
                .filter_map(|key| Some((Member::Key(key), relationship.text(key)?)))
                .collect(),
        });
    }
    for (index, path) in tree.list("product_paths").iter().enumerate() {
        let beginning = "beginning_product_reference";
        let mut members = Vec::new();
        members.extend(path.text(beginning).map(|id| (Member::Key(beginning), id)));
        for (place, subpath) in path.list("subpaths").iter().enumerate() {
            let next = subpath.text("next_product_reference");
            members.extend(next.map(|id| (Member::Subpath(place), id)));
        }
        combinations.push(Combination {
            list: "product_paths",
            index,
            name: path.get("full_product_name"),
            members,
        });
    }
    combinations
}
