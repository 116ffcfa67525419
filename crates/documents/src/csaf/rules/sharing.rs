//! Tests of sharing groups: 6.1.38 to 6.1.41 (CSAF 2.1).

use isocenter_model::text::shortened;

use super::{Facts, Found};
use crate::json::{Node, Path};

/// Stands for everybody.
const MAX: &str = "ffffffff-ffff-ffff-ffff-ffffffffffff";
/// Stands for nobody.
const NIL: &str = "00000000-0000-0000-0000-000000000000";
/// The names that belong to these ids alone (3.2.2.5.1).
const RESERVED: [(&str, &str); 2] = [("Public", MAX), ("No sharing allowed", NIL)];

fn group<'c>(facts: &'c Facts<'c>) -> Option<&'c Node<'c>> {
    facts.part("distribution").get("sharing_group")
}

/// 6.1.38: what is shared with everybody is TLP:CLEAR.
pub(super) fn not_public<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    if group(facts).and_then(|group| group.text("id")) == Some(MAX) && facts.tlp() != Some("CLEAR")
    {
        found.at(
            &Path::Root
                .key("document")
                .key("distribution")
                .key("tlp")
                .key("label"),
            || {
                format!(
                    "the sharing group is everybody, and the label {}",
                    shortened(facts.tlp().unwrap_or("missing"), 20)
                )
            },
        );
    }
}

/// 6.1.39: what is TLP:CLEAR is shared with everybody.
pub(super) fn public<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let Some(id) = group(facts).and_then(|group| group.text("id")) else {
        return;
    };
    let is_allowed = id == MAX || (id == NIL && facts.status() == "draft");
    if facts.tlp() == Some("CLEAR") && !is_allowed {
        found.at(
            &Path::Root
                .key("document")
                .key("distribution")
                .key("sharing_group")
                .key("id"),
            "the document is TLP:CLEAR, and its sharing group is not everybody",
        );
    }
}

/// 6.1.40: a reserved name belongs to its id.
pub(super) fn reserved_name<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let Some(group) = group(facts) else { return };
    for (name, id) in RESERVED {
        if group.text("name") == Some(name) && group.text("id") != Some(id) {
            found.at(
                &Path::Root
                    .key("document")
                    .key("distribution")
                    .key("sharing_group")
                    .key("name"),
                || format!("the name `{name}` is reserved for the group {id}"),
            );
        }
    }
}

/// 6.1.41: a reserved id has its name.
pub(super) fn missing_name<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let Some(group) = group(facts) else { return };
    for (name, id) in RESERVED {
        if group.text("id") == Some(id) && group.text("name") != Some(name) {
            found.at(
                &Path::Root
                    .key("document")
                    .key("distribution")
                    .key("sharing_group")
                    .key("name"),
                || format!("the group {id} is called `{name}`"),
            );
        }
    }
}
