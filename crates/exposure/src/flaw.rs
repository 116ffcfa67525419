//! One flaw, however many ids it has.

use std::collections::BTreeMap;

use crate::assertion::Assertion;

/// A flaw as one release meets it: its leading id, its other ids, and who speaks of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flaw<'a> {
    pub(crate) id: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) assertions: Vec<&'a Assertion>,
}

/// Groups assertions by flaw, following aliases through any number of steps.
///
/// Two CVE ids are never joined: an advisory that lists several CVEs under one id of its own
/// would make them one flaw, and a real one would vanish. The CVE id leads where there is one;
/// otherwise the id that sorts first, so that the outcome does not depend on the order of papers.
pub(crate) fn group(assertions: &[Assertion]) -> Vec<Flaw<'_>> {
    let mut parents: BTreeMap<&str, &str> = BTreeMap::new();
    let mut cve_of: BTreeMap<&str, &str> = BTreeMap::new();
    for assertion in assertions {
        for id in ids(assertion) {
            if parents.insert(id, id).is_none() && is_cve(id) {
                cve_of.insert(id, id);
            }
        }
    }
    let mut pairs: Vec<(&str, &str)> = assertions
        .iter()
        .flat_map(|one| {
            one.aliases
                .iter()
                .map(|alias| (one.vulnerability.as_str(), alias.as_str()))
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    for (one, other) in pairs {
        let (one, other) = (root(&parents, one), root(&parents, other));
        if one == other {
            continue;
        }
        match (cve_of.get(one).copied(), cve_of.get(other).copied()) {
            (Some(_), Some(_)) => {}
            (cve, None) | (None, cve) => {
                parents.insert(other, one);
                if let Some(cve) = cve {
                    cve_of.insert(one, cve);
                }
            }
        }
    }
    let mut groups: BTreeMap<&str, (Vec<&str>, Vec<&Assertion>)> = BTreeMap::new();
    for id in parents.keys() {
        groups.entry(root(&parents, id)).or_default().0.push(id);
    }
    for assertion in assertions {
        let at = root(&parents, &assertion.vulnerability);
        groups.entry(at).or_default().1.push(assertion);
    }
    let mut flaws: Vec<Flaw<'_>> = groups
        .into_iter()
        .filter(|(_, (_, assertions))| !assertions.is_empty())
        .map(|(at, (ids, assertions))| {
            let leading = cve_of
                .get(at)
                .copied()
                .or_else(|| ids.first().copied())
                .unwrap_or(at);
            Flaw {
                id: leading.to_owned(),
                aliases: ids
                    .iter()
                    .filter(|id| **id != leading)
                    .map(|id| (*id).to_owned())
                    .collect(),
                assertions,
            }
        })
        .collect();
    flaws.sort_by(|a, b| a.id.cmp(&b.id));
    flaws
}

fn ids(assertion: &Assertion) -> impl Iterator<Item = &str> {
    std::iter::once(assertion.vulnerability.as_str())
        .chain(assertion.aliases.iter().map(String::as_str))
}

fn is_cve(id: &str) -> bool {
    id.starts_with("CVE-")
}

fn root<'a>(parents: &BTreeMap<&'a str, &'a str>, id: &'a str) -> &'a str {
    let mut at = id;
    while let Some(parent) = parents.get(at).copied().filter(|parent| *parent != at) {
        at = parent;
    }
    at
}

#[cfg(test)]
mod tests {
    use isocenter_model::finding::Verdict;

    use super::*;
    use crate::assertion::Standing;

    fn assertion(id: &str, aliases: &[&str]) -> Assertion {
        Assertion {
            vulnerability: id.to_owned(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            component: None,
            standing: Standing::Observer,
            is_statement: false,
            verdict: Verdict::Affected,
            evidence: Vec::new(),
            missing: None,
            remediations: Vec::new(),
            issued: None,
            platforms: Vec::new(),
            condition: None,
        }
    }

    fn check(assertions: &[Assertion], expected: &[(&str, &[&str], usize)]) {
        let found = group(assertions);
        let found: Vec<(&str, Vec<&str>, usize)> = found
            .iter()
            .map(|flaw| {
                (
                    flaw.id.as_str(),
                    flaw.aliases.iter().map(String::as_str).collect(),
                    flaw.assertions.len(),
                )
            })
            .collect();
        let expected: Vec<(&str, Vec<&str>, usize)> = expected
            .iter()
            .map(|(id, aliases, count)| (*id, aliases.to_vec(), *count))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn aliases_join_through_several_steps_under_the_cve_id() {
        check(
            &[
                assertion("GHSA-1", &["PYSEC-1"]),
                assertion("PYSEC-1", &["CVE-2021-1"]),
                assertion("CVE-2021-1", &[]),
            ],
            &[("CVE-2021-1", &["GHSA-1", "PYSEC-1"], 3)],
        );
    }

    #[test]
    fn two_cve_ids_under_one_vendor_id_stay_two_flaws() {
        let assertions = [
            assertion("VENDOR-7", &["CVE-2021-1", "CVE-2021-2"]),
            assertion("CVE-2021-1", &[]),
            assertion("CVE-2021-2", &[]),
        ];
        let ids: Vec<String> = group(&assertions).into_iter().map(|flaw| flaw.id).collect();
        assert_eq!(ids, ["CVE-2021-1", "CVE-2021-2"]);
    }

    #[test]
    fn a_flaw_without_a_cve_id_is_led_by_the_id_that_sorts_first() {
        check(&[assertion("B-2", &["A-1"])], &[("A-1", &["B-2"], 1)]);
    }
}
