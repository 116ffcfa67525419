//! Tests of what can be done: 6.1.29, 6.1.35, 6.1.36 and 6.2.2.

use std::sync::LazyLock;

use isocenter_model::text::shortened;
use serde::Deserialize;

use super::status::GROUPS;
use super::{Facts, Found};
use crate::json::{Node, Path};
use crate::lookup::{Lookup, LookupSet};

/// 6.1.29: a remediation names products.
pub(super) fn without_product<'c>(
    _: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let path = path.key("remediations");
    for (index, remediation) in flaw.list("remediations").iter().enumerate() {
        if remediation.get("product_ids").is_none() && remediation.get("group_ids").is_none() {
            found.at(
                &path.index(index),
                "the remediation names no product or group, so it belongs to no statement",
            );
        }
    }
}

/// 6.1.35: the remediations of a product do not exclude each other.
pub(super) fn contradictions<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let remediations = flaw.list("remediations");
    let mut categories: LookupSet<&str> = remediations
        .iter()
        .filter_map(|remediation| remediation.text("category"))
        .collect();
    categories.retain(|category| CATALOG.excludes.contains_key(*category));
    if categories.len() < 2 {
        return;
    }
    let path = path.key("remediations");
    // Each category that a product had so far; there are seven.
    let mut offered: Lookup<&str, Vec<&str>> = Lookup::default();
    for (index, remediation) in remediations.iter().enumerate() {
        let Some((category, excluded)) = remediation
            .text("category")
            .and_then(|category| CATALOG.excludes.get_key_value(category))
        else {
            continue;
        };
        for id in facts.products_of(remediation) {
            let earlier = offered.entry(id).or_default();
            if earlier.contains(&category.as_str()) {
                continue;
            }
            if let Some(other) = earlier
                .iter()
                .find(|other| excluded.iter().any(|word| word == *other))
            {
                found.at(
                    &path.index(index),
                    || format!(
                        "the product id '{}' is offered {category} and {other}, which exclude each other",
                        shortened(id, 60)
                    ),
                );
            }
            earlier.push(category);
        }
    }
}

/// 6.1.36: a remediation goes with the status of its products.
pub(super) fn against_status<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let Some(status) = flaw.get("product_status") else {
        return;
    };
    let mut stated: Lookup<&str, Vec<&str>> = Lookup::default();
    for (group, lists) in GROUPS {
        for id in lists
            .iter()
            .flat_map(|list| status.list(list))
            .filter_map(Node::as_text)
        {
            let groups = stated.entry(id).or_default();
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
    }
    let path = path.key("remediations");
    for (index, remediation) in flaw.list("remediations").iter().enumerate() {
        let Some(category) = remediation.text("category") else {
            continue;
        };
        let Some(prohibited) = CATALOG.prohibited.get(category) else {
            continue;
        };
        for id in facts.products_of(remediation) {
            let against = stated
                .get(id)
                .into_iter()
                .flatten()
                .find(|group| prohibited.iter().any(|word| word == *group));
            if let Some(group) = against {
                found.at(&path.index(index), || {
                    format!(
                        "the product id '{}' is {group} and offered {category}",
                        shortened(id, 60)
                    )
                });
            }
        }
    }
}

/// 6.2.2: of a product that is or may be affected it is said what to do.
pub(super) fn missing<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let Some(status) = flaw.get("product_status") else {
        return;
    };
    let mut offered: LookupSet<&str> = LookupSet::default();
    let mut groups: LookupSet<&str> = LookupSet::default();
    for remediation in flaw.list("remediations") {
        offered.extend(
            remediation
                .list("product_ids")
                .iter()
                .filter_map(Node::as_text),
        );
        groups.extend(
            remediation
                .list("group_ids")
                .iter()
                .filter_map(Node::as_text),
        );
    }
    for group in groups.iter().filter_map(|id| facts.groups.get(id)) {
        offered.extend(group.list("product_ids").iter().filter_map(Node::as_text));
    }
    let path = path.key("product_status");
    for list in [
        "first_affected",
        "known_affected",
        "last_affected",
        "under_investigation",
    ] {
        let path = path.key(list);
        for (index, id) in status.list(list).iter().enumerate() {
            if let Some(id) = id.as_text()
                && !offered.contains(id)
            {
                found.at(&path.index(index), || {
                    format!("the product id '{}' has no remediation", shortened(id, 60))
                });
            }
        }
    }
}

/// `catalogs/csaf/remediations.toml`.
#[derive(Default, Deserialize)]
struct Catalog {
    /// Of each category, those that it excludes.
    excludes: Lookup<String, Vec<String>>,
    /// Of each category, the status groups in which it must not be.
    prohibited: Lookup<String, Vec<String>>,
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    toml::from_str(include_str!(
        "../../../../../catalogs/csaf/remediations.toml"
    ))
    .unwrap_or_default()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exclusion_is_mutual() {
        assert_eq!(CATALOG.excludes.len(), 7);
        assert_eq!(CATALOG.prohibited.len(), 7);
        for (category, excluded) in &CATALOG.excludes {
            for other in excluded {
                assert!(
                    CATALOG.excludes[other].contains(category),
                    "{category} {other}"
                );
            }
        }
        let words: Vec<&str> = GROUPS.iter().map(|(word, _)| *word).collect();
        for group in CATALOG.prohibited.values().flatten() {
            assert!(words.contains(&group.as_str()), "{group}");
        }
    }
}
