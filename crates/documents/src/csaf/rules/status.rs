//! Tests of what is said of products: 6.1.6, 6.1.32 and 6.1.33.

use isocenter_model::text::shortened;

use super::{Facts, Found};
use crate::json::{Node, Path};
use crate::lookup::Lookup;

/// The groups of status lists that exclude each other, in words.
pub(super) const GROUPS: [(&str, &[&str]); 5] = [
    (
        "affected",
        &["known_affected", "first_affected", "last_affected"],
    ),
    ("not affected", &["known_not_affected"]),
    ("fixed", &["fixed", "first_fixed"]),
    ("under investigation", &["under_investigation"]),
    ("unknown", &["unknown"]),
];

/// 6.1.6: no product is in two groups at once.
pub(super) fn contradictions<'c>(
    _: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let Some(status) = flaw.get("product_status") else {
        return;
    };
    let is_used =
        |(_, lists): &&(&str, &[&str])| lists.iter().any(|list| !status.list(list).is_empty());
    if GROUPS.iter().filter(is_used).count() < 2 {
        return;
    }
    let path = path.key("product_status");
    let mut seen: Lookup<&str, &str> = Lookup::default();
    for (group, lists) in GROUPS {
        for list in lists {
            let path = path.key(list);
            for (index, id) in status.list(list).iter().enumerate() {
                let Some(id) = id.as_text() else { continue };
                let first = *seen.entry(id).or_insert(group);
                if first != group {
                    found.at(&path.index(index), || {
                        format!(
                            "the product id '{}' is {first} and {group} at once",
                            shortened(id, 60)
                        )
                    });
                }
            }
        }
    }
}

/// 6.1.32: a flag names products.
pub(super) fn flags_without_product<'c>(
    _: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let path = path.key("flags");
    for (index, flag) in flaw.list("flags").iter().enumerate() {
        if flag.get("product_ids").is_none() && flag.get("group_ids").is_none() {
            found.at(
                &path.index(index),
                "the flag names no product or group, so it belongs to no statement",
            );
        }
    }
}

/// 6.1.33: a product has one flag that says why it is not affected.
pub(super) fn repeated_flags<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let flags = flaw.list("flags");
    if flags.len() < 2 {
        return;
    }
    let path = path.key("flags");
    let mut seen: Lookup<&str, usize> = Lookup::default();
    for (index, flag) in flags.iter().enumerate() {
        if !flag
            .text("label")
            .is_some_and(|label| JUSTIFICATIONS.contains(&label))
        {
            continue;
        }
        for id in facts.products_of(flag) {
            if *seen.entry(id).or_insert(index) != index {
                found.at(
                    &path.index(index),
                    || format!(
                        "the product id '{}' has more than one flag that says why it is not affected",
                        shortened(id, 60)
                    ),
                );
            }
        }
    }
}

/// The labels that are justifications of VEX (3.2.3.5).
const JUSTIFICATIONS: [&str; 5] = [
    "component_not_present",
    "inline_mitigations_already_exist",
    "vulnerable_code_cannot_be_controlled_by_adversary",
    "vulnerable_code_not_in_execute_path",
    "vulnerable_code_not_present",
];
