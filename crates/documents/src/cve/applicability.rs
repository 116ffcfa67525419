//! `cpeApplicability[]`: CPE names with version bounds, combined by AND and OR.
//!
//! An OR node lists products that are affected by themselves. An AND tree says "this application
//! on that operating system": its product is kept with the other side as a platform, so that it never
//! matches alone. A negated part cannot be said in the model and is set aside.

use isocenter_model::Problem;
use isocenter_model::statement::Status;
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{AffectedProduct, Bound, VersionEntry, VersionSpan};

use super::wire;
use crate::json::{Filled, List, Path, Problems, Text};

/// An AND tree of more sides or products than this is set aside: its conditions are copied to each product.
const SIDES: usize = 16;
const JOINED_PRODUCTS: usize = 10_000;
/// A condition of many names is told by its first ones.
const NAMES_TOLD: usize = 20;

/// The products of all trees.
pub(super) fn products(
    trees: List<wire::Applicability<'_>>,
    asserted_by: &str,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Vec<AffectedProduct> {
    let mut products = Vec::new();
    for (index, tree) in trees.take(path, problems) {
        let tree_path = path.index(index);
        let nodes_path = tree_path.key("nodes");
        let nodes: Vec<_> = tree
            .nodes
            .take(&nodes_path, problems)
            .map(|(index, node)| {
                (
                    index,
                    is_and(node.operator.filled()),
                    node.negate == Some(true),
                    node.cpe_match,
                )
            })
            .collect();
        if tree.negate == Some(true) || nodes.iter().any(|(_, _, negated, _)| *negated) {
            problems.push(Problem::warning(
                "cve-applicability-negated",
                tree_path.place(),
                "the CPE applicability is negated and was set aside: it names what is not meant",
            ));
            continue;
        }
        let joined = is_and(tree.operator.filled()) && nodes.len() > 1;
        let mut sides: Vec<Side<'_>> = Vec::new();
        for (index, and, _, matches) in nodes {
            let node_path = nodes_path.index(index);
            let matches: Vec<_> = matches
                .take(&node_path.key("cpeMatch"), problems)
                .map(|(_, cpe_match)| cpe_match)
                .collect();
            if and && matches.len() > 1 {
                // Each name of an AND node is a side of its own.
                sides.extend(matches.into_iter().map(|one| Side {
                    matches: vec![one],
                    joined: true,
                }));
            } else {
                sides.push(Side { matches, joined });
            }
        }
        if sides.iter().any(|side| side.joined)
            && (sides.len() > SIDES
                || sides.iter().map(|side| side.matches.len()).sum::<usize>() > JOINED_PRODUCTS)
        {
            problems.push(Problem::warning(
                "cve-applicability-too-large",
                tree_path.place(),
                "the CPE applicability joins more names by AND than any real product and was set aside",
            ));
            continue;
        }
        for (position, side) in sides.iter().enumerate() {
            let platforms: Vec<String> = if side.joined {
                sides
                    .iter()
                    .enumerate()
                    .filter(|(other, _)| *other != position)
                    .map(|(_, other)| other.in_words())
                    .collect()
            } else {
                Vec::new()
            };
            side.products(asserted_by, &platforms, &mut products);
        }
    }
    products
}

fn is_and(operator: Option<&str>) -> bool {
    operator.is_some_and(|operator| operator.eq_ignore_ascii_case("AND"))
}

/// Names of which any one is enough.
struct Side<'a> {
    matches: Vec<wire::CpeMatch<'a>>,
    /// Whether other sides must hold too.
    joined: bool,
}

impl Side<'_> {
    /// The CPE names of this side, as a condition on another.
    fn in_words(&self) -> String {
        let names: Vec<&str> = self
            .matches
            .iter()
            .filter_map(|cpe_match| cpe_match.criteria.filled())
            .take(NAMES_TOLD)
            .collect();
        shortened(&names.join(" or "), 500)
    }

    /// Adds a product for each CPE name of this side that is marked vulnerable.
    fn products(
        &self,
        asserted_by: &str,
        platforms: &[String],
        products: &mut Vec<AffectedProduct>,
    ) {
        let first = products.len();
        for cpe_match in &self.matches {
            let Some(criteria) = cpe_match.criteria.filled() else {
                continue;
            };
            if cpe_match.vulnerable == Some(false) {
                continue;
            }
            let entry = VersionEntry {
                span: span(cpe_match, criteria),
                status: Status::Affected,
                scheme: None,
                changes: Vec::new(),
            };
            // Ranges of one name stand in a row in real records.
            match products.get_mut(first..).and_then(<[_]>::last_mut) {
                Some(product) if product.cpes.iter().any(|cpe| cpe == criteria) => {
                    product.versions.push(entry);
                }
                _ => products.push(AffectedProduct {
                    asserted_by: asserted_by.to_owned(),
                    cpes: vec![criteria.to_owned()],
                    platforms: platforms.to_vec(),
                    versions: vec![entry],
                    ..AffectedProduct::default()
                }),
            }
        }
    }
}

/// The versions that a match speaks of: its bounds, else the version in the name itself.
fn span(cpe_match: &wire::CpeMatch<'_>, criteria: &str) -> VersionSpan {
    let bound = |including: &Option<Text<'_>>, excluding: &Option<Text<'_>>| {
        including
            .filled()
            .map(|version| (version, true))
            .or_else(|| excluding.filled().map(|version| (version, false)))
            .map(|(version, inclusive)| Bound {
                version: version.to_owned(),
                inclusive,
            })
    };
    let from = bound(
        &cpe_match.version_start_including,
        &cpe_match.version_start_excluding,
    );
    let to = bound(
        &cpe_match.version_end_including,
        &cpe_match.version_end_excluding,
    );
    if from.is_some() || to.is_some() {
        return VersionSpan::Between { from, to };
    }
    let (version, update) = version_and_update(criteria);
    match (version.as_str(), update.as_str()) {
        ("" | "*", _) => VersionSpan::All,
        ("-", _) => VersionSpan::Text("-".to_owned()),
        (_, "" | "*" | "-") => VersionSpan::Exact(version),
        _ => VersionSpan::Exact(format!("{version} {update}")),
    }
}

/// The version and update of a CPE name (NISTIR 7695: 2.3 formatted string or 2.2 URI), unescaped.
fn version_and_update(cpe: &str) -> (String, String) {
    let skip = if cpe.starts_with("cpe:2.3:") { 5 } else { 4 };
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for character in cpe.chars().take(1_000) {
        match character {
            '\\' if !escaped => escaped = true,
            ':' if !escaped => parts.push(String::new()),
            other => {
                escaped = false;
                if let Some(part) = parts.last_mut() {
                    part.push(other);
                }
            }
        }
    }
    let mut rest = parts.into_iter().skip(skip);
    (
        rest.next().unwrap_or_default(),
        rest.next().unwrap_or_default(),
    )
}
