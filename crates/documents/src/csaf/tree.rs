//! The product tree: what each product id stands for.
//!
//! A product is a leaf of the branches, a full name by itself, or a combination: a part in or on a
//! whole (`relationships` in 2.0, `product_paths` in 2.1). Combinations can combine combinations; the part
//! is then the innermost product and the whole the outermost.

use std::collections::HashMap;

use isocenter_model::Problem;
use isocenter_model::product::ProductReference;
use isocenter_model::text::shortened;

use super::trail::{Trail, identified, named_in_full};
use super::wire;
use crate::json::{Field, Filled, List, Path, Problems, Text};

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
pub(super) struct Products {
    pub(super) list: Vec<Product>,
    by_id: HashMap<String, usize>,
    groups: HashMap<String, Vec<usize>>,
}

/// More makers than this are not looked for in full names.
const VENDORS: usize = 64;

impl Products {
    /// The products of `tree`. `publisher` is the maker itself, when a maker publishes.
    pub(super) fn read(
        tree: &wire::Tree<'_>,
        publisher: Option<&str>,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Self {
        let mut products = Self::default();
        let mut vendors: Vec<&str> = publisher.into_iter().collect();
        vendors.extend(
            tree.branches
                .items()
                .iter()
                .filter(|branch| branch.category.filled() == Some("vendor"))
                .filter_map(|branch| branch.name.filled())
                .take(VENDORS),
        );
        let branches_path = path.key("branches");
        tree.branches.report(&branches_path, problems);
        for (index, branch) in tree.branches.indexed() {
            products.add_branch(
                branch,
                &Trail::default(),
                &vendors,
                &branches_path.index(index),
                problems,
            );
        }
        let names_path = path.key("full_product_names");
        tree.full_product_names.report(&names_path, problems);
        for (index, product) in tree.full_product_names.indexed() {
            let path = names_path.index(index);
            let reference = named_in_full(product, None, &vendors, &path, problems);
            products.define(reference, &path, problems);
        }
        products.add_combinations(tree, path, problems);
        products.add_groups(tree, path, problems);
        products
    }

    /// The index of `id`; an unknown one is reported (mandatory test 6.1.1).
    pub(super) fn find(&self, id: &str, path: &Path<'_>, problems: &mut Problems) -> Option<usize> {
        let found = self.by_id.get(id).copied();
        if found.is_none() {
            problems.push(Problem::error(
                "csaf-product-undefined",
                path.place(),
                format!(
                    "the product id '{}' is not defined in the product tree (CSAF test 6.1.1)",
                    shortened(id, 60)
                ),
            ));
        }
        found
    }

    /// The products of the group `id`; an unknown one is reported (mandatory test 6.1.4).
    pub(super) fn group(&self, id: &str, path: &Path<'_>, problems: &mut Problems) -> &[usize] {
        self.groups.get(id).map_or_else(
            || {
                problems.push(Problem::error(
                    "csaf-group-undefined",
                    path.place(),
                    format!(
                        "the group id '{}' is not defined in the product tree (CSAF test 6.1.4)",
                        shortened(id, 60)
                    ),
                ));
                &[][..]
            },
            Vec::as_slice,
        )
    }

    /// Reports ids among `ids` and `groups` that the tree does not define.
    pub(super) fn check(
        &self,
        ids: &List<Text<'_>>,
        groups: &List<Text<'_>>,
        path: &Path<'_>,
        problems: &mut Problems,
    ) {
        let ids_path = path.key("product_ids");
        ids.report(&ids_path, problems);
        for (index, id) in ids.indexed() {
            self.find(id.trim(), &ids_path.index(index), problems);
        }
        let groups_path = path.key("group_ids");
        groups.report(&groups_path, problems);
        for (index, id) in groups.indexed() {
            self.group(id.trim(), &groups_path.index(index), problems);
        }
    }

    /// [`Self::check`] of each element of a list that is not kept.
    pub(super) fn check_mentions(
        &self,
        mentions: &List<wire::Mention<'_>>,
        path: &Path<'_>,
        problems: &mut Problems,
    ) {
        mentions.report(path, problems);
        for (index, mention) in mentions.indexed() {
            self.check(
                &mention.product_ids,
                &mention.group_ids,
                &path.index(index),
                problems,
            );
        }
    }

    fn add_branch<'t>(
        &mut self,
        branch: &'t wire::Branch<'_>,
        above: &Trail<'t>,
        vendors: &[&str],
        path: &Path<'_>,
        problems: &mut Problems,
    ) {
        let trail = above.with(
            branch.category.filled().unwrap_or_default(),
            branch.name.filled().unwrap_or_default(),
        );
        let product_path = path.key("product");
        branch.product.report(&product_path, problems);
        if let Some(product) = branch.product.value() {
            let reference = trail.reference(product, vendors, &product_path, problems);
            self.define(reference, &product_path, problems);
        }
        let branches_path = path.key("branches");
        branch.branches.report(&branches_path, problems);
        for (index, below) in branch.branches.indexed() {
            self.add_branch(
                below,
                &trail,
                vendors,
                &branches_path.index(index),
                problems,
            );
        }
    }

    /// Adds a product under its id and returns its index. An id that is taken keeps its first
    /// meaning (mandatory test 6.1.2).
    fn define(
        &mut self,
        reference: ProductReference,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> usize {
        let index = self.list.len();
        match &reference.reference {
            None => problems.push(Problem::error(
                "csaf-field-missing",
                path.key("product_id").place(),
                "the product has no id, so nothing can be said of it",
            )),
            Some(id) => match self.by_id.entry(id.clone()) {
                std::collections::hash_map::Entry::Occupied(_) => problems.push(Problem::error(
                    "csaf-product-duplicate",
                    path.key("product_id").place(),
                    format!(
                        "the product id '{}' is defined more than once (CSAF test 6.1.2); the first one holds",
                        shortened(id, 60)
                    ),
                )),
                std::collections::hash_map::Entry::Vacant(entry) => {
                    entry.insert(index);
                }
            },
        }
        self.list.push(Product {
            reference,
            whole_and_part: None,
        });
        index
    }

    fn add_combinations(
        &mut self,
        tree: &wire::Tree<'_>,
        path: &Path<'_>,
        problems: &mut Problems,
    ) {
        // Ids may be used before they are defined, so all are defined first.
        let mut combinations: Vec<Combination<'_>> = Vec::new();
        let list_path = path.key("relationships");
        tree.relationships.report(&list_path, problems);
        for (index, relationship) in tree.relationships.indexed() {
            combinations.push(Combination {
                list: "relationships",
                index,
                name: &relationship.full_product_name,
                chain: vec![
                    ("product_reference", relationship.product_reference.filled()),
                    (
                        "relates_to_product_reference",
                        relationship.relates_to_product_reference.filled(),
                    ),
                ],
            });
        }
        let list_path = path.key("product_paths");
        tree.product_paths.report(&list_path, problems);
        for (index, product_path) in tree.product_paths.indexed() {
            let subpaths_path = list_path.index(index);
            product_path
                .subpaths
                .report(&subpaths_path.key("subpaths"), problems);
            let mut chain = vec![(
                "beginning_product_reference",
                product_path.beginning_product_reference.filled(),
            )];
            chain.extend(
                product_path
                    .subpaths
                    .items()
                    .iter()
                    .map(|subpath| ("subpaths", subpath.next_product_reference.filled())),
            );
            combinations.push(Combination {
                list: "product_paths",
                index,
                name: &product_path.full_product_name,
                chain,
            });
        }
        let mut edges: Vec<Vec<usize>> = vec![Vec::new(); self.list.len()];
        for combination in &combinations {
            let list_path = path.key(combination.list);
            let path = list_path.index(combination.index);
            let name_path = path.key("full_product_name");
            combination.name.report(&name_path, problems);
            let reference = combination
                .name
                .value()
                .map_or_else(ProductReference::default, |name| {
                    identified(name, &name_path, problems)
                });
            self.define(reference, &name_path, problems);
        }
        for combination in &combinations {
            let list_path = path.key(combination.list);
            let path = list_path.index(combination.index);
            let chain = combination
                .chain
                .iter()
                .filter_map(|(key, id)| self.find(id.unwrap_or_default(), &path.key(key), problems))
                .collect();
            edges.push(chain);
        }
        self.resolve(&edges, problems);
    }

    /// Finds the whole and the part of each combination, whose members are `edges`. A combination
    /// that leads back to itself (mandatory test 6.1.3) stays a product by itself.
    fn resolve(&mut self, edges: &[Vec<usize>], problems: &mut Problems) {
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
                    match visits.get(*member) {
                        Some(Visit::Not) => stack.push((*member, 0)),
                        Some(Visit::Open) => problems.push(Problem::error(
                            "csaf-product-circular",
                            isocenter_model::Place::pointer("/product_tree"),
                            format!(
                                "the product id '{}' is defined by itself (CSAF test 6.1.3)",
                                shortened(self.id(*member), 60)
                            ),
                        )),
                        _ => {}
                    }
                    continue;
                }
                if let Some(visit) = visits.get_mut(node) {
                    *visit = Visit::Done;
                }
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

    fn id(&self, index: usize) -> &str {
        self.list
            .get(index)
            .and_then(|product| product.reference.reference.as_deref())
            .unwrap_or_default()
    }

    fn add_groups(&mut self, tree: &wire::Tree<'_>, path: &Path<'_>, problems: &mut Problems) {
        let list_path = path.key("product_groups");
        tree.product_groups.report(&list_path, problems);
        for (index, group) in tree.product_groups.indexed() {
            let path = list_path.index(index);
            let ids_path = path.key("product_ids");
            group.product_ids.report(&ids_path, problems);
            let members = group
                .product_ids
                .indexed()
                .filter_map(|(index, id)| self.find(id.trim(), &ids_path.index(index), problems))
                .collect();
            let id = group.group_id.filled().unwrap_or_default();
            if self.groups.contains_key(id) {
                problems.push(Problem::error(
                    "csaf-group-duplicate",
                    path.key("group_id").place(),
                    format!(
                        "the group id '{}' is defined more than once (CSAF test 6.1.5); the first one holds",
                        shortened(id, 60)
                    ),
                ));
            } else {
                self.groups.insert(id.to_owned(), members);
            }
        }
    }
}

/// A relationship or product path.
struct Combination<'t> {
    list: &'static str,
    index: usize,
    name: &'t Field<wire::FullProductName<'t>>,
    /// Members from the innermost to the outermost, each with the key that it stands under.
    chain: Vec<(&'static str, Option<&'t str>)>,
}
