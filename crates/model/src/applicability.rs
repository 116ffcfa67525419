//! Which configurations a flaw applies to: CPE names with version bounds, joined by AND, OR and negation.
//!
//! The shape is that of NVD's `configurations` (CVE API 2.0) and of CVE 5's `cpeApplicability`: a flaw in
//! an application on one operating system, in a firmware on one device. A match inside such a tree says
//! nothing by itself: what stands beside it under an AND must hold too, and under a negation it names
//! what is *not* meant.

use crate::vulnerability::Bound;

/// How the members of a node are joined.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Any one member is enough.
    #[default]
    Or,
    /// Every member must hold.
    And,
}

/// A part of a tree: members that are joined, some of them trees themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// How the members are joined.
    pub operator: Operator,
    /// Whether the node holds where its members do not.
    pub negate: bool,
    /// Members that are trees.
    pub nodes: Vec<Self>,
    /// Members that are products.
    pub matches: Vec<CpeMatch>,
}

/// A product with the versions that are meant (NVD's `cpeMatch`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CpeMatch {
    /// Whether the flaw is in this product; otherwise the product is only a condition, such as the
    /// hardware that a firmware runs on.
    pub vulnerable: bool,
    /// The CPE name as written, with a version of its own where there are no bounds.
    pub criteria: String,
    /// Lower bound (`versionStartIncluding`, `versionStartExcluding`).
    pub from: Option<Bound>,
    /// Upper bound (`versionEndIncluding`, `versionEndExcluding`).
    pub to: Option<Bound>,
    /// NVD's id of this match (`matchCriteriaId`), which its dictionary lists single versions under.
    pub id: Option<String>,
}

/// A tree, and who asserts it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Configuration {
    /// Which part of the source says so: `NVD`, `CNA microsoft`.
    pub asserted_by: String,
    /// The tree.
    pub tree: Node,
}

impl Node {
    /// Every product of the tree, in the order written.
    pub fn all_matches(&self) -> Vec<&CpeMatch> {
        let mut found: Vec<&CpeMatch> = self.matches.iter().collect();
        found.extend(self.nodes.iter().flat_map(Self::all_matches));
        found
    }

    /// Whether each vulnerable product of the tree is meant by itself: nothing is negated, and
    /// nothing else must hold beside it.
    pub fn is_flat(&self) -> bool {
        let joined = self.operator == Operator::And && self.nodes.len() + self.matches.len() > 1;
        !self.negate && !joined && self.nodes.iter().all(Self::is_flat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(criteria: &str) -> CpeMatch {
        CpeMatch {
            vulnerable: true,
            criteria: criteria.to_owned(),
            ..CpeMatch::default()
        }
    }

    fn node(operator: Operator, matches: &[&str], nodes: Vec<Node>) -> Node {
        Node {
            operator,
            negate: false,
            nodes,
            matches: matches.iter().map(|name| product(name)).collect(),
        }
    }

    #[test]
    fn only_a_tree_without_conditions_is_flat() {
        let flat = node(
            Operator::And,
            &[],
            vec![node(Operator::Or, &["a", "b"], Vec::new())],
        );
        assert!(flat.is_flat(), "an AND of one member joins nothing");
        assert!(!node(Operator::And, &["a", "b"], Vec::new()).is_flat());
        let negated = Node {
            negate: true,
            ..node(Operator::Or, &["a"], Vec::new())
        };
        assert!(!node(Operator::Or, &["b"], vec![negated]).is_flat());
    }

    #[test]
    fn the_products_of_a_tree_come_in_the_order_written() {
        let tree = node(
            Operator::And,
            &["a"],
            vec![
                node(
                    Operator::Or,
                    &["b"],
                    vec![node(Operator::Or, &["c"], Vec::new())],
                ),
                node(Operator::Or, &["d"], Vec::new()),
            ],
        );
        let names: Vec<&str> = tree
            .all_matches()
            .into_iter()
            .map(|one| one.criteria.as_str())
            .collect();
        assert_eq!(names, ["a", "b", "c", "d"]);
    }
}
