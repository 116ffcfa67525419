//! Every test, with its number, its id, the editions that have it, and what it looks at.

use isocenter_model::Level;

use super::Check::{self, Branch, Document, Flaw, Product};
use super::Editions::{self, Both, Only2_0, Since2_1};
use super::{
    Rule, branches, dates, document, hashes, identifiers, licence, metrics, profile, references,
    remediations, revisions, sharing, ssvc, status, vulnerabilities,
};

pub(super) static RULES: &[Rule] = &[
    rule(
        "6.1.1",
        "csaf-product-undefined",
        Both,
        Document(references::products),
    ),
    rule(
        "6.1.2",
        "csaf-product-duplicate",
        Both,
        Document(references::repeated_products),
    ),
    rule(
        "6.1.3",
        "csaf-product-circular",
        Both,
        Document(references::circles),
    ),
    rule(
        "6.1.4",
        "csaf-group-undefined",
        Both,
        Document(references::groups),
    ),
    rule(
        "6.1.5",
        "csaf-group-duplicate",
        Both,
        Document(references::repeated_groups),
    ),
    rule(
        "6.1.6",
        "csaf-status-contradiction",
        Both,
        Flaw(status::contradictions),
    ),
    rule("6.1.7", "csaf-6-1-07", Both, Flaw(metrics::repeated)),
    rule(
        "6.1.11",
        "csaf-6-1-11",
        Both,
        Flaw(vulnerabilities::weaknesses),
    ),
    rule("6.1.12", "csaf-6-1-12", Both, Document(document::languages)),
    rule("6.1.13", "csaf-6-1-13", Both, Product(identifiers::purls)),
    rule("6.1.14", "csaf-6-1-14", Both, Document(revisions::order)),
    rule(
        "6.1.15",
        "csaf-6-1-15",
        Both,
        Document(document::translator),
    ),
    rule("6.1.16", "csaf-6-1-16", Both, Document(revisions::latest)),
    rule("6.1.17", "csaf-6-1-17", Both, Document(revisions::draft)),
    rule("6.1.18", "csaf-6-1-18", Both, Document(revisions::released)),
    rule(
        "6.1.19",
        "csaf-6-1-19",
        Both,
        Document(revisions::pre_releases),
    ),
    rule(
        "6.1.20",
        "csaf-6-1-20",
        Both,
        Document(revisions::non_draft),
    ),
    rule("6.1.21", "csaf-6-1-21", Both, Document(revisions::gaps)),
    rule("6.1.22", "csaf-6-1-22", Both, Document(revisions::repeated)),
    rule(
        "6.1.23",
        "csaf-6-1-23",
        Both,
        Document(vulnerabilities::repeated_cves),
    ),
    rule(
        "6.1.24",
        "csaf-6-1-24",
        Both,
        Flaw(vulnerabilities::involvements),
    ),
    rule("6.1.25", "csaf-6-1-25", Both, Product(hashes::repeated)),
    rule("6.1.26", "csaf-6-1-26", Both, Document(document::category)),
    rule("6.1.27.1", "csaf-6-1-27-01", Both, Document(profile::notes)),
    rule(
        "6.1.27.2",
        "csaf-6-1-27-02",
        Both,
        Document(profile::references),
    ),
    rule(
        "6.1.27.3",
        "csaf-6-1-27-03",
        Both,
        Document(profile::no_vulnerabilities),
    ),
    rule(
        "6.1.27.4",
        "csaf-6-1-27-04",
        Both,
        Document(profile::product_tree),
    ),
    rule(
        "6.1.27.5",
        "csaf-6-1-27-05",
        Both,
        Flaw(profile::vulnerability_notes),
    ),
    rule(
        "6.1.27.6",
        "csaf-6-1-27-06",
        Both,
        Flaw(profile::product_status),
    ),
    rule(
        "6.1.27.7",
        "csaf-vex-status-missing",
        Both,
        Flaw(profile::vex_status),
    ),
    rule(
        "6.1.27.8",
        "csaf-vex-id-missing",
        Both,
        Flaw(profile::vex_id),
    ),
    rule(
        "6.1.27.9",
        "csaf-vex-justification-missing",
        Both,
        Flaw(profile::vex_impact),
    ),
    rule(
        "6.1.27.10",
        "csaf-vex-action-missing",
        Both,
        Flaw(profile::vex_action),
    ),
    rule(
        "6.1.27.11",
        "csaf-6-1-27-11",
        Both,
        Document(profile::vulnerabilities),
    ),
    rule(
        "6.1.27.12",
        "csaf-6-1-27-12",
        Since2_1,
        Flaw(profile::affected),
    ),
    rule(
        "6.1.27.14",
        "csaf-6-1-27-14",
        Since2_1,
        Document(profile::description),
    ),
    rule(
        "6.1.27.15",
        "csaf-6-1-27-15",
        Since2_1,
        Document(profile::no_product_tree),
    ),
    rule(
        "6.1.27.16",
        "csaf-6-1-27-16",
        Since2_1,
        Document(profile::history),
    ),
    rule(
        "6.1.27.17",
        "csaf-6-1-27-17",
        Since2_1,
        Document(profile::withdrawal),
    ),
    rule(
        "6.1.27.18",
        "csaf-6-1-27-18",
        Since2_1,
        Document(profile::supersession),
    ),
    rule(
        "6.1.27.19",
        "csaf-6-1-27-19",
        Since2_1,
        Document(profile::superseding),
    ),
    rule(
        "6.1.28",
        "csaf-6-1-28",
        Both,
        Document(document::translation),
    ),
    rule(
        "6.1.29",
        "csaf-remediation-without-product",
        Both,
        Flaw(remediations::without_product),
    ),
    rule("6.1.30", "csaf-6-1-30", Both, Document(revisions::mixed)),
    rule(
        "6.1.31",
        "csaf-6-1-31",
        Both,
        Branch(branches::range_in_version),
    ),
    rule(
        "6.1.32",
        "csaf-flag-without-product",
        Both,
        Flaw(status::flags_without_product),
    ),
    rule("6.1.33", "csaf-6-1-33", Both, Flaw(status::repeated_flags)),
    rule("6.1.34", "csaf-6-1-34", Since2_1, Branch(branches::depth)),
    rule(
        "6.1.35",
        "csaf-6-1-35",
        Since2_1,
        Flaw(remediations::contradictions),
    ),
    rule(
        "6.1.36",
        "csaf-6-1-36",
        Since2_1,
        Flaw(remediations::against_status),
    ),
    rule(
        "6.1.38",
        "csaf-6-1-38",
        Since2_1,
        Document(sharing::not_public),
    ),
    rule("6.1.39", "csaf-6-1-39", Since2_1, Document(sharing::public)),
    rule(
        "6.1.40",
        "csaf-6-1-40",
        Since2_1,
        Document(sharing::reserved_name),
    ),
    rule(
        "6.1.41",
        "csaf-6-1-41",
        Since2_1,
        Document(sharing::missing_name),
    ),
    rule(
        "6.1.42",
        "csaf-6-1-42",
        Since2_1,
        Product(identifiers::purls_apart),
    ),
    rule(
        "6.1.43",
        "csaf-6-1-43",
        Since2_1,
        Product(identifiers::model_numbers),
    ),
    rule(
        "6.1.44",
        "csaf-6-1-44",
        Since2_1,
        Product(identifiers::serial_numbers),
    ),
    rule("6.1.45", "csaf-6-1-45", Since2_1, Flaw(dates::disclosure)),
    rule("6.1.47", "csaf-6-1-47", Since2_1, Flaw(ssvc::targets)),
    rule(
        "6.1.48",
        "csaf-6-1-48",
        Since2_1,
        Flaw(ssvc::decision_points),
    ),
    rule("6.1.49", "csaf-6-1-49", Since2_1, Flaw(dates::ssvc)),
    rule("6.1.50", "csaf-6-1-50", Since2_1, Branch(branches::range)),
    rule("6.1.51", "csaf-6-1-51", Since2_1, Flaw(dates::epss)),
    rule(
        "6.1.52",
        "csaf-6-1-52",
        Since2_1,
        Flaw(dates::exploitation_records),
    ),
    rule("6.1.53", "csaf-6-1-53", Since2_1, Flaw(dates::exploitation)),
    rule(
        "6.1.54",
        "csaf-6-1-54",
        Since2_1,
        Document(licence::expression),
    ),
    rule("6.1.55", "csaf-6-1-55", Since2_1, Document(licence::text)),
    rule(
        "6.1.56",
        "csaf-6-1-56",
        Since2_1,
        Flaw(metrics::rating_beside_cvss),
    ),
    rule("6.1.57", "csaf-6-1-57", Since2_1, Branch(branches::stacked)),
    rule(
        "6.1.58",
        "csaf-6-1-58",
        Since2_1,
        Branch(branches::version_and_range),
    ),
    rule(
        "6.1.59",
        "csaf-6-1-59",
        Since2_1,
        Branch(branches::single_version),
    ),
    rule(
        "6.1.61",
        "csaf-6-1-61",
        Since2_1,
        Product(identifiers::skus),
    ),
    rule("6.1.62", "csaf-6-1-62", Since2_1, Flaw(dates::discovery)),
    rule(
        "6.2.1",
        "csaf-6-2-01",
        Both,
        Document(references::unused_products),
    ),
    rule("6.2.2", "csaf-6-2-02", Both, Flaw(remediations::missing)),
    rule("6.2.3", "csaf-6-2-03", Both, Flaw(metrics::missing)),
    rule(
        "6.2.4",
        "csaf-6-2-04",
        Both,
        Document(revisions::build_metadata),
    ),
    rule(
        "6.2.5",
        "csaf-6-2-05",
        Both,
        Document(revisions::initial_date),
    ),
    rule(
        "6.2.6",
        "csaf-6-2-06",
        Both,
        Document(revisions::current_date),
    ),
    rule(
        "6.2.7",
        "csaf-6-2-07",
        Both,
        Flaw(vulnerabilities::involvement_dates),
    ),
    rule("6.2.8", "csaf-6-2-08", Both, Product(hashes::only_md5)),
    rule("6.2.9", "csaf-6-2-09", Both, Product(hashes::only_sha1)),
    rule("6.2.10", "csaf-6-2-10", Only2_0, Document(document::tlp)),
    rule(
        "6.2.11",
        "csaf-6-2-11",
        Both,
        Document(document::canonical_url),
    ),
    rule(
        "6.2.12",
        "csaf-6-2-12",
        Both,
        Document(document::no_language),
    ),
    rule(
        "6.2.14",
        "csaf-6-2-14",
        Both,
        Document(document::private_language),
    ),
    rule(
        "6.2.15",
        "csaf-6-2-15",
        Both,
        Document(document::default_language),
    ),
    rule("6.2.16", "csaf-6-2-16", Both, Product(identifiers::missing)),
    rule(
        "6.2.17",
        "csaf-6-2-17",
        Both,
        Flaw(vulnerabilities::cve_among_ids),
    ),
    rule(
        "6.2.18",
        "csaf-6-2-18",
        Both,
        Branch(branches::range_without_vers),
    ),
    rule("6.2.19", "csaf-6-2-19", Both, Flaw(metrics::of_fixed)),
    rule("6.3.1", "csaf-6-3-01", Both, Flaw(metrics::only_cvss_2)),
    rule("6.3.2", "csaf-6-3-02", Both, Flaw(metrics::cvss_3_0)),
    rule("6.3.3", "csaf-6-3-03", Both, Flaw(vulnerabilities::no_cve)),
    rule(
        "6.3.4",
        "csaf-6-3-04",
        Both,
        Flaw(vulnerabilities::no_weakness),
    ),
    rule("6.3.5", "csaf-6-3-05", Both, Product(hashes::short)),
    rule("6.3.9", "csaf-6-3-09", Both, Branch(branches::categories)),
    rule("6.3.10", "csaf-6-3-10", Both, Branch(branches::is_range)),
    rule("6.3.11", "csaf-6-3-11", Both, Branch(branches::leading_v)),
];

/// A test; its level is that of its section (6.1, 6.2 or 6.3).
const fn rule(test: &'static str, id: &'static str, editions: Editions, check: Check) -> Rule {
    let level = match test.as_bytes() {
        [_, _, b'1', ..] => Level::Error,
        [_, _, b'2', ..] => Level::Warning,
        _ => Level::Note,
    };
    Rule {
        test,
        id,
        level,
        editions,
        check,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csaf::schema::Edition;

    #[test]
    fn a_test_has_one_id_in_each_edition_and_ids_with_a_number_are_those_of_their_test() {
        for edition in [Edition::V2_0, Edition::V2_1] {
            let mut ids: Vec<&str> = RULES
                .iter()
                .filter(|rule| rule.editions.has(edition))
                .map(|rule| rule.id)
                .collect();
            let count = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), count);
        }
        for rule in RULES {
            if let Some(number) = rule.id.strip_prefix("csaf-6-") {
                let numbers: Vec<u32> = number
                    .split('-')
                    .map(|part| part.parse().unwrap())
                    .collect();
                let test: Vec<u32> = rule
                    .test
                    .split('.')
                    .skip(1)
                    .map(|part| part.parse().unwrap())
                    .collect();
                assert_eq!(numbers, test, "{}", rule.id);
            }
        }
    }

    #[test]
    fn every_test_is_documented_with_its_id_and_editions() {
        let page = include_str!("../../../../../docs/reference/csaf.md");
        for rule in RULES {
            let editions = match rule.editions {
                Both => "2.0, 2.1",
                Only2_0 => "2.0",
                Since2_1 => "2.1",
            };
            let row = format!("| {} | `{}` | {editions} |", rule.test, rule.id);
            assert!(page.lines().any(|line| line == row), "{row}");
        }
    }
}
