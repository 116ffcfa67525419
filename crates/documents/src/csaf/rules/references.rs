//! Tests of what ids refer to: 6.1.1 to 6.1.5 and 6.2.1.

use isocenter_model::text::shortened;

use super::{Facts, Found};
use crate::csaf::tree::{Combination, Member, combinations};
use crate::json::{Node, Path};
use crate::lookup::{Lookup, LookupSet};

/// 6.1.1: an id of a product is defined, in the product tree or by an extension (CSAF 2.1).
pub(super) fn products<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let mut extended = LookupSet::default();
    for part in [facts.case.root, facts.case.document] {
        for extension in part.list("x_extensions") {
            product_ids_in(extension, &mut extended);
        }
    }
    each_reference(facts, &mut |kind, id, path| {
        if kind == Kind::Product && facts.case.products.find(id).is_none() && !extended.contains(id)
        {
            found.at(path, || {
                format!(
                    "the product id '{}' is not defined in the product tree",
                    shortened(id, 60)
                )
            });
        }
    });
}

/// Every `product_id` in the content of an extension, whose own schema is not at hand.
fn product_ids_in<'c>(node: &'c Node<'c>, ids: &mut LookupSet<&'c str>) {
    ids.extend(node.text("product_id"));
    for (_, value) in node.members() {
        product_ids_in(value, ids);
    }
    for element in node.elements() {
        product_ids_in(element, ids);
    }
}

/// 6.1.2: no product is defined twice.
pub(super) fn repeated_products<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let mut seen: LookupSet<&str> = LookupSet::default();
    each_definition(facts, found, &mut |id, path, found| {
        if !seen.insert(id) {
            found.at(&path.key("product_id"), || {
                format!(
                    "the product id '{}' is defined more than once; the first one holds",
                    shortened(id, 60)
                )
            });
        }
    });
}

/// 6.1.3: no combination of products is a member of itself.
pub(super) fn circles<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let Some(tree) = facts.case.root.get("product_tree") else {
        return;
    };
    let combinations = combinations(tree);
    let mut members: Lookup<&str, Vec<usize>> = Lookup::default();
    let id_of = |combination: &Combination<'c, 'c>| {
        combination.name.and_then(|name| name.text("product_id"))
    };
    for (index, combination) in combinations.iter().enumerate() {
        if let Some(id) = id_of(combination) {
            members.entry(id).or_default().push(index);
        }
    }
    // A combination is in a circle when nothing is left to take away: take away, again and again,
    // those none of whose members is a combination that is left.
    let mut waiting: Vec<usize> = vec![0; combinations.len()];
    let mut needed_by: Lookup<usize, Vec<usize>> = Lookup::default();
    for (index, combination) in combinations.iter().enumerate() {
        for (_, id) in &combination.members {
            for member in members.get(id).into_iter().flatten() {
                if let Some(count) = waiting.get_mut(index) {
                    *count += 1;
                }
                needed_by.entry(*member).or_default().push(index);
            }
        }
    }
    let mut free: Vec<usize> = (0..combinations.len())
        .filter(|index| waiting.get(*index) == Some(&0))
        .collect();
    while let Some(index) = free.pop() {
        for other in needed_by.remove(&index).unwrap_or_default() {
            if let Some(count) = waiting.get_mut(other) {
                *count -= 1;
                if *count == 0 {
                    free.push(other);
                }
            }
        }
    }
    for (index, combination) in combinations.iter().enumerate() {
        if waiting.get(index).is_some_and(|count| *count > 0) {
            let id = id_of(combination).unwrap_or_default();
            let tree_path = Path::Root;
            let tree_path = tree_path.key("product_tree");
            let list_path = tree_path.key(combination.list);
            let path = list_path.index(combination.index);
            found.at(&path.key("full_product_name").key("product_id"), || {
                format!(
                    "the product id '{}' is defined by itself",
                    shortened(id, 60)
                )
            });
        }
    }
}

/// 6.1.4: an id of a group is defined.
pub(super) fn groups<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    each_reference(facts, &mut |kind, id, path| {
        if kind == Kind::Group && !facts.groups.contains_key(id) {
            found.at(path, || {
                format!(
                    "the group id '{}' is not defined in the product tree",
                    shortened(id, 60)
                )
            });
        }
    });
}

/// 6.1.5: no group is defined twice.
pub(super) fn repeated_groups<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let Some(tree) = facts.case.root.get("product_tree") else {
        return;
    };
    let tree_path = Path::Root;
    let tree_path = tree_path.key("product_tree");
    let list_path = tree_path.key("product_groups");
    let mut seen: LookupSet<&str> = LookupSet::default();
    for (index, group) in tree.list("product_groups").iter().enumerate() {
        if let Some(id) = group.text("group_id")
            && !seen.insert(id)
        {
            found.at(&list_path.index(index).key("group_id"), || {
                format!(
                    "the group id '{}' is defined more than once; the first one holds",
                    shortened(id, 60)
                )
            });
        }
    }
}

/// 6.2.1: each product is spoken of.
pub(super) fn unused_products<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    if facts.category == "csaf_informational_advisory" {
        return;
    }
    let products = facts.case.products;
    let mut is_used = vec![false; products.list.len()];
    // A blank id stands for no product.
    let mut is_blank_used = false;
    each_reference(facts, &mut |kind, id, _| {
        if kind == Kind::Product {
            is_blank_used |= id.is_empty();
            if let Some(is_used) = products.find(id).and_then(|at| is_used.get_mut(at)) {
                *is_used = true;
            }
        }
    });
    each_definition(facts, found, &mut |id, path, found| {
        let is_used = match products.find(id) {
            Some(at) => is_used.get(at) == Some(&true),
            None => is_blank_used,
        };
        if !is_used {
            found.at(&path.key("product_id"), || {
                format!(
                    "the product id '{}' is defined and never used",
                    shortened(id, 60)
                )
            });
        }
    });
}

/// What an id stands for.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Product,
    Group,
}

/// Calls `see` for each full product name that has an id, with its path.
fn each_definition<'c>(
    facts: &'c Facts<'c>,
    found: &mut Found<'_>,
    see: &mut dyn FnMut(&'c str, &Path<'_>, &mut Found<'_>),
) {
    let Some(tree) = facts.case.root.get("product_tree") else {
        return;
    };
    let root = Path::Root;
    let path = root.key("product_tree");
    walk(tree, &path, found, see);
    each_other_product_of(tree, &path, found, see);
}

fn walk<'c>(
    parent: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
    see: &mut dyn FnMut(&'c str, &Path<'_>, &mut Found<'_>),
) {
    let list = path.key("branches");
    for (index, branch) in parent.list("branches").iter().enumerate() {
        let path = list.index(index);
        if let Some(id) = branch
            .get("product")
            .and_then(|product| product.text("product_id"))
        {
            see(id, &path.key("product"), found);
        }
        walk(branch, &path, found, see);
    }
}

fn each_other_product_of<'c>(
    tree: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
    see: &mut dyn FnMut(&'c str, &Path<'_>, &mut Found<'_>),
) {
    let list = path.key("full_product_names");
    for (index, name) in tree.list("full_product_names").iter().enumerate() {
        if let Some(id) = name.text("product_id") {
            see(id, &list.index(index), found);
        }
    }
    for key in ["relationships", "product_paths"] {
        let list = path.key(key);
        for (index, combination) in tree.list(key).iter().enumerate() {
            let name = combination.get("full_product_name");
            if let Some(id) = name.and_then(|name| name.text("product_id")) {
                see(id, &list.index(index).key("full_product_name"), found);
            }
        }
    }
}

/// Calls `see` for each id by which a product or a group is spoken of.
fn each_reference<'c>(facts: &'c Facts<'c>, see: &mut dyn FnMut(Kind, &'c str, &Path<'_>)) {
    let root = Path::Root;
    if let Some(tree) = facts.case.root.get("product_tree") {
        let path = root.key("product_tree");
        let list = path.key("product_groups");
        for (index, group) in tree.list("product_groups").iter().enumerate() {
            ids(group, "product_ids", Kind::Product, &list.index(index), see);
        }
        for combination in combinations(tree) {
            let list = path.key(combination.list);
            let path = list.index(combination.index);
            for (member, id) in combination.members {
                match member {
                    Member::Key(key) => see(Kind::Product, id, &path.key(key)),
                    Member::Subpath(place) => see(
                        Kind::Product,
                        id,
                        &path
                            .key("subpaths")
                            .index(place)
                            .key("next_product_reference"),
                    ),
                }
            }
        }
    }
    mentions(facts.part("notes"), &root.key("document").key("notes"), see);
    let list = root.key("vulnerabilities");
    for (index, flaw) in facts.case.root.list("vulnerabilities").iter().enumerate() {
        let path = list.index(index);
        if let Some(Node::Object(members)) = flaw.get("product_status") {
            let path = path.key("product_status");
            for (key, value) in members {
                texts(value, Kind::Product, &path.key(key), see);
            }
        }
        for key in MENTIONING {
            if let Some(elements) = flaw.get(key) {
                mentions(elements, &path.key(key), see);
            }
        }
        for key in ["scores", "metrics"] {
            let list = path.key(key);
            for (index, score) in flaw.list(key).iter().enumerate() {
                ids(score, "products", Kind::Product, &list.index(index), see);
            }
        }
    }
}

/// Lists of a vulnerability whose elements name products and groups.
const MENTIONING: [&str; 7] = [
    "first_known_exploitation_dates",
    "flags",
    "ids",
    "involvements",
    "notes",
    "remediations",
    "threats",
];

fn mentions<'c>(
    elements: &'c Node<'c>,
    path: &Path<'_>,
    see: &mut dyn FnMut(Kind, &'c str, &Path<'_>),
) {
    for (index, element) in elements.elements().iter().enumerate() {
        let path = path.index(index);
        ids(element, "product_ids", Kind::Product, &path, see);
        ids(element, "group_ids", Kind::Group, &path, see);
    }
}

fn ids<'c>(
    element: &'c Node<'c>,
    key: &str,
    kind: Kind,
    path: &Path<'_>,
    see: &mut dyn FnMut(Kind, &'c str, &Path<'_>),
) {
    if let Some(list) = element.get(key) {
        texts(list, kind, &path.key(key), see);
    }
}

fn texts<'c>(
    list: &'c Node<'c>,
    kind: Kind,
    path: &Path<'_>,
    see: &mut dyn FnMut(Kind, &'c str, &Path<'_>),
) {
    for (index, id) in list.elements().iter().enumerate() {
        if let Some(id) = id.as_text() {
            see(kind, id, &path.index(index));
        }
    }
}
