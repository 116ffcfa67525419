//! CPE names with version bounds, joined by AND, OR and negation: NVD's `configurations` and CVE 5's
//! `cpeApplicability` have one shape (NVD CVE API 2.0 schema, `config`, `node`, `cpe_match`).
//!
//! The whole tree is kept as it is written, conditions and negations too: what follows from it for a
//! device is decided where the device is known.

use isocenter_model::Problem;
use isocenter_model::applicability::{Configuration, CpeMatch, Node, Operator};
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::Bound;
use serde::Deserialize;

use crate::json::{Filled, List, Path, Problems, Text};

/// Trees nested deeper are set aside; the formats themselves nest two levels.
const MAX_DEPTH: usize = 16;

/// A tree as it travels: a configuration, or a node of one.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Tree<'a> {
    #[serde(borrow)]
    operator: Option<Text<'a>>,
    negate: Option<bool>,
    // Nodes of nodes were called children in NVD's older feeds.
    #[serde(borrow, alias = "children")]
    nodes: List<Self>,
    #[serde(borrow)]
    cpe_match: List<Match<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Match<'a> {
    vulnerable: Option<bool>,
    #[serde(borrow)]
    criteria: Option<Text<'a>>,
    #[serde(borrow)]
    version_start_including: Option<Text<'a>>,
    #[serde(borrow)]
    version_start_excluding: Option<Text<'a>>,
    #[serde(borrow)]
    version_end_including: Option<Text<'a>>,
    #[serde(borrow)]
    version_end_excluding: Option<Text<'a>>,
    #[serde(borrow, rename = "matchCriteriaId")]
    id: Option<Text<'a>>,
}

/// The ids of the problems that a format's trees may have.
pub(crate) struct ProblemIds {
    pub(crate) operator: &'static str,
    pub(crate) criteria: &'static str,
    pub(crate) depth: &'static str,
}

/// The trees of a list, without those that name no product.
pub(crate) fn configurations(
    trees: List<Tree<'_>>,
    asserted_by: &str,
    ids: &ProblemIds,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Vec<Configuration> {
    trees
        .take(path, problems)
        .map(|(index, tree)| Configuration {
            asserted_by: asserted_by.to_owned(),
            tree: node(tree, ids, MAX_DEPTH, &path.index(index), problems),
        })
        .filter(|configuration| !configuration.tree.all_matches().is_empty())
        .collect()
}

/// A tree. What cannot be read of it stays as a member without a name, which nothing is known to fulfil: left
/// out, it would make a condition weaker than its author wrote it.
fn node(
    tree: Tree<'_>,
    ids: &ProblemIds,
    depth: usize,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Node {
    let Some(depth) = depth.checked_sub(1) else {
        problems.push(Problem::error(
            ids.depth,
            path.place(),
            format!(
                "the configuration is nested deeper than {MAX_DEPTH} levels; this part was set aside"
            ),
        ));
        return Node::default();
    };
    let operator = match tree.operator.filled() {
        None => Operator::Or,
        Some(word) if word.eq_ignore_ascii_case("OR") => Operator::Or,
        Some(word) if word.eq_ignore_ascii_case("AND") => Operator::And,
        Some(other) => {
            problems.push(Problem::error(
                ids.operator,
                path.key("operator").place(),
                format!(
                    "the operator is '{}'; AND or OR is expected, and the stricter AND was read",
                    shortened(other, 20)
                ),
            ));
            Operator::And
        }
    };
    let unread = !tree.nodes.is_whole() || !tree.cpe_match.is_whole();
    let nodes_path = path.key("nodes");
    let mut nodes: Vec<Node> = tree
        .nodes
        .take(&nodes_path, problems)
        .map(|(index, inner)| node(inner, ids, depth, &nodes_path.index(index), problems))
        .collect();
    let matches_path = path.key("cpeMatch");
    let matches: Vec<CpeMatch> = tree
        .cpe_match
        .take(&matches_path, problems)
        .map(|(index, one)| cpe_match(&one, ids, &matches_path.index(index), problems))
        .collect();
    if unread {
        nodes.push(Node::default());
    }
    let negate = tree.negate == Some(true);
    // A level that only wraps another one says nothing of its own.
    if matches.is_empty()
        && nodes.len() == 1
        && let Some(only) = nodes.pop()
    {
        return Node {
            negate: negate != only.negate,
            ..only
        };
    }
    Node {
        operator,
        negate,
        nodes,
        matches,
    }
}

fn cpe_match(
    one: &Match<'_>,
    ids: &ProblemIds,
    path: &Path<'_>,
    problems: &mut Problems,
) -> CpeMatch {
    let Some(criteria) = one.criteria.owned() else {
        problems.push(Problem::error(
            ids.criteria,
            path.place(),
            "the match names no CPE (criteria), so nothing is known to fulfil it",
        ));
        return CpeMatch::default();
    };
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
    CpeMatch {
        // CVE 5 and NVD demand the member; a product whose flaw nobody denies is the flawed one.
        vulnerable: one.vulnerable != Some(false),
        criteria,
        from: bound(&one.version_start_including, &one.version_start_excluding),
        to: bound(&one.version_end_including, &one.version_end_excluding),
        id: one.id.owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    #[derive(Deserialize)]
    struct Wire<'a> {
        #[serde(borrow)]
        trees: List<Tree<'a>>,
    }

    fn in_words(node: &Node) -> String {
        let mut parts: Vec<String> = node.nodes.iter().map(in_words).collect();
        parts.extend(node.matches.iter().map(|one| {
            let mut text = one.criteria.clone();
            for (bound, open, closed) in [(&one.from, '>', ">="), (&one.to, '<', "<=")] {
                if let Some(bound) = bound {
                    let sign = if bound.inclusive {
                        closed.to_owned()
                    } else {
                        open.to_string()
                    };
                    write!(text, " {sign}{}", bound.version).unwrap();
                }
            }
            if one.vulnerable {
                text
            } else {
                format!("on {text}")
            }
        }));
        let joined = parts.join(if node.operator == Operator::And {
            " AND "
        } else {
            " OR "
        });
        format!("{}({joined})", if node.negate { "NOT " } else { "" })
    }

    #[track_caller]
    fn check(json: &str) -> String {
        let wire: Wire<'_> = serde_json::from_str(json).unwrap();
        let mut problems = Problems::default();
        let ids = ProblemIds {
            operator: "x-operator",
            criteria: "x-criteria",
            depth: "x-depth",
        };
        let found = configurations(
            wire.trees,
            "X",
            &ids,
            &Path::Root.key("trees"),
            &mut problems,
        );
        let mut lines: Vec<String> = found.iter().map(|one| in_words(&one.tree)).collect();
        lines.extend(
            problems
                .finish()
                .iter()
                .map(|problem| format!("{} {}: {}", problem.id, problem.at, problem.message)),
        );
        lines.join("\n")
    }

    #[test]
    fn trees_are_kept_with_their_operators_bounds_and_negations() {
        insta::assert_snapshot!(check(
            r#"{"trees": [
                {"nodes": [{"operator": "OR", "negate": false, "cpeMatch": [
                    {"vulnerable": true, "criteria": "a", "versionStartIncluding": "1", "versionEndExcluding": "2"},
                    {"vulnerable": true, "criteria": "b", "versionStartExcluding": "1", "versionEndIncluding": "2"}]}]},
                {"operator": "AND", "nodes": [
                    {"operator": "OR", "cpeMatch": [{"vulnerable": true, "criteria": "firmware"}]},
                    {"operator": "OR", "negate": true, "cpeMatch": [{"vulnerable": false, "criteria": "hardware"}]}]},
                {"negate": true, "nodes": [{"operator": "AND", "children": [
                    {"cpeMatch": [{"criteria": "c"}]}, {"cpeMatch": [{"criteria": "d"}]}]}]},
                {"nodes": []}]}"#
        ), @"
        (a >=1 <2 OR b >1 <=2)
        ((firmware) AND NOT (on hardware))
        NOT ((c) AND (d))
        ");
    }

    #[test]
    fn what_cannot_be_read_of_a_tree_is_told_and_never_widens_it() {
        let deep = format!(
            r#"{{"trees": [{}{{"cpeMatch": [{{"criteria": "x"}}]}}{}]}}"#,
            r#"{"cpeMatch": [{"criteria": "y"}], "nodes": ["#.repeat(17),
            "]}".repeat(17)
        );
        assert!(check(&deep).contains("x-depth"), "{}", check(&deep));
        insta::assert_snapshot!(check(
            r#"{"trees": [{"operator": "XOR", "cpeMatch": [{"criteria": "a"}, {"vulnerable": true}, 7, {"criteria": "b"}]}]}"#
        ), @"
        (() AND a AND on  AND b)
        x-operator /trees/0/operator: the operator is 'XOR'; AND or OR is expected, and the stricter AND was read
        json-element-set-aside /trees/0/cpeMatch/2: the element was set aside: invalid type: integer `7`, expected an object
        x-criteria /trees/0/cpeMatch/1: the match names no CPE (criteria), so nothing is known to fulfil it
        ");
    }
}
