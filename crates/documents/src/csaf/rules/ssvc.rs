//! Tests of SSVC decisions: 6.1.47 and 6.1.48 (CSAF 2.1), against `catalogs/ssvc.csv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use isocenter_model::text::shortened;

use super::{Facts, Found};
use crate::json::{Node, Path};

/// 6.1.47: what SSVC is about is this flaw.
pub(super) fn targets<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let has_others = facts.case.root.list("vulnerabilities").len() > 1;
    let id_of_document = facts.tracking().text("id");
    each(flaw, path, |ssvc, path| {
        let path = path.key("target_ids");
        for (index, target) in ssvc.list("target_ids").iter().enumerate() {
            let Some(target) = target.as_text() else {
                continue;
            };
            let is_own = flaw.text("cve") == Some(target)
                || flaw
                    .list("ids")
                    .iter()
                    .any(|id| id.text("text") == Some(target));
            let is_document = has_others && id_of_document == Some(target);
            if !is_own || is_document {
                found.at(&path.index(index), || {
                    format!(
                        "'{}' is not an id of this vulnerability",
                        shortened(target, 60)
                    )
                });
            }
        }
    });
}

/// 6.1.48: a decision point of a registered namespace exists, and its values stand in their order.
pub(super) fn decision_points<'c>(
    _: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    each(flaw, path, |ssvc, path| {
        let path = path.key("selections");
        for (index, selection) in ssvc.list("selections").iter().enumerate() {
            if let Some(fault) = fault(selection) {
                found.at(&path.index(index), || fault);
            }
        }
    });
}

fn fault(selection: &Node<'_>) -> Option<String> {
    // An extension behind a slash may leave values out, and adds none.
    let base = selection.text("namespace")?.split('/').next()?;
    let key = selection.text("key")?;
    let edition = selection.text("version")?;
    let points = CATALOG.get(base)?;
    let point = format!(
        "the decision point {} {} of the namespace {base}",
        shortened(key, 20),
        shortened(edition, 20)
    );
    let Some(known) = points.get(&(key, edition)) else {
        return Some(format!("{point} does not exist"));
    };
    let mut place = 0;
    for value in selection
        .list("values")
        .iter()
        .filter_map(|value| value.text("key"))
    {
        match known.iter().position(|word| *word == value) {
            None => {
                return Some(format!(
                    "{point} has no value {}; it has {}",
                    shortened(value, 20),
                    known.join(", ")
                ));
            }
            Some(found) if found < place => {
                return Some(format!(
                    "{point} has its values in the order {}",
                    known.join(", ")
                ));
            }
            Some(found) => place = found,
        }
    }
    None
}

/// Calls `see` for each set of SSVC decisions of a flaw.
fn each(flaw: &Node<'_>, path: &Path<'_>, mut see: impl FnMut(&Node<'_>, &Path<'_>)) {
    let list = path.key("metrics");
    for (index, metric) in flaw.list("metrics").iter().enumerate() {
        if let Some(ssvc) = metric
            .get("content")
            .and_then(|content| content.get("ssvc_v2"))
        {
            let path = list.index(index);
            see(ssvc, &path.key("content").key("ssvc_v2"));
        }
    }
}

/// By namespace, then by key and edition: the values.
type Catalog = HashMap<&'static str, HashMap<(&'static str, &'static str), Vec<&'static str>>>;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let mut catalog = Catalog::new();
    let lines = include_str!("../../../../../catalogs/ssvc.csv").lines();
    for line in lines.filter(|line| !line.starts_with('#')).skip(1) {
        let mut cells = line.split(',');
        if let (Some(namespace), Some(key), Some(edition), Some(values)) =
            (cells.next(), cells.next(), cells.next(), cells.next())
        {
            catalog
                .entry(namespace)
                .or_default()
                .insert((key, edition), values.split(' ').collect());
        }
    }
    catalog
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Mended, Problems};

    #[test]
    fn values_of_a_registered_decision_point_keep_their_order() {
        for (selection, expected) in [
            (
                r#"{"namespace":"ssvc","key":"E","version":"1.1.0","values":[{"key":"N"},{"key":"A"}]}"#,
                None,
            ),
            (
                r#"{"namespace":"ssvc//.a.test#b","key":"E","version":"1.1.0","values":[{"key":"P"}]}"#,
                None,
            ),
            (
                r#"{"namespace":"x_com.example#a","key":"E","version":"9.9.9","values":[{"key":"Q"}]}"#,
                None,
            ),
            (
                r#"{"namespace":"ssvc","key":"E","version":"9.9.9","values":[{"key":"N"}]}"#,
                Some("does not exist"),
            ),
            (
                r#"{"namespace":"ssvc","key":"E","version":"1.1.0","values":[{"key":"Q"}]}"#,
                Some("has no value Q; it has N, P, A"),
            ),
            (
                r#"{"namespace":"ssvc","key":"E","version":"1.1.0","values":[{"key":"A"},{"key":"N"}]}"#,
                Some("in the order N, P, A"),
            ),
        ] {
            let mut mended = Mended::default();
            let node = Node::parse(selection, &mut mended, &mut Problems::default()).unwrap();
            let found = fault(&node);
            assert_eq!(found.is_some(), expected.is_some(), "{selection}");
            assert!(
                found
                    .unwrap_or_default()
                    .ends_with(expected.unwrap_or_default()),
                "{selection}"
            );
        }
    }
}
