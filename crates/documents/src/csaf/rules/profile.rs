//! Tests of what a document of a profile must have: 6.1.27.1 to 6.1.27.19.
//!
//! Of these, 6.1.27.13 (CSAF 2.1: for each corrected version an affected one of the same product) is not run: which
//! products correspond is left open by the draft.

use isocenter_model::text::shortened;

use super::{Facts, Found};
use crate::csaf::language;
use crate::csaf::schema::Edition;
use crate::json::{Node, Path};
use crate::lookup::LookupSet;

const ADVISORY: &str = "csaf_security_advisory";
const VEX: &str = "csaf_vex";
const INFORMATIONAL: &str = "csaf_informational_advisory";
const INCIDENT: &str = "csaf_security_incident_response";
const WITHDRAWN: &str = "csaf_withdrawn";
const SUPERSEDED: &str = "csaf_superseded";

impl Facts<'_> {
    /// Whether the document is one of `profiles`, or, since CSAF 2.1, of `later` ones.
    fn is_profile(&self, profiles: &[&str], later: &[&str]) -> bool {
        self.is_one_of(profiles) || (self.case.edition >= Edition::V2_1 && self.is_one_of(later))
    }

    fn is_advisory_or_vex(&self) -> bool {
        self.is_profile(&[ADVISORY, VEX], &["csaf_deprecated_security_advisory"])
    }

    fn is_set_aside(&self) -> bool {
        self.is_profile(&[], &[WITHDRAWN, SUPERSEDED])
    }
}

/// 6.1.27.1: there is a note that says what it is about.
pub(super) fn notes<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let telling = ["description", "details", "general", "summary"];
    let notes = facts.case.document.list("notes");
    let has_one = notes.iter().any(|note| {
        note.text("category")
            .is_some_and(|category| telling.contains(&category))
    });
    if facts.is_one_of(&[INFORMATIONAL, INCIDENT]) && !has_one {
        found.at(
            &Path::Root.key("document").key("notes"),
            "the document has no note of the category description, details, general or summary",
        );
    }
}

/// 6.1.27.2: there is a reference to another document.
pub(super) fn references<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let references = facts.case.document.list("references");
    // What has no category is external (3.1.10).
    let has_one = references
        .iter()
        .any(|reference| reference.text("category").unwrap_or("external") == "external");
    if facts.is_one_of(&[INFORMATIONAL, INCIDENT]) && !has_one {
        found.at(
            &Path::Root.key("document").key("references"),
            "the document has no reference of the category external",
        );
    }
}

/// 6.1.27.3: there are no vulnerabilities.
pub(super) fn no_vulnerabilities<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    if facts.is_profile(&[INFORMATIONAL], &[WITHDRAWN, SUPERSEDED])
        && facts.case.root.get("vulnerabilities").is_some()
    {
        found.at(&Path::Root.key("vulnerabilities"), || {
            format!(
                "a document of the category {} has no vulnerabilities",
                facts.category
            )
        });
    }
}

/// 6.1.27.4: there is a product tree.
pub(super) fn product_tree<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    if facts.is_advisory_or_vex() && facts.case.root.get("product_tree").is_none() {
        found.at(&Path::Root.key("product_tree"), || {
            format!(
                "a document of the category {} needs a product_tree",
                facts.category
            )
        });
    }
}

/// 6.1.27.5: a vulnerability has notes.
pub(super) fn vulnerability_notes<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    if facts.is_advisory_or_vex() && flaw.get("notes").is_none() {
        found.at(path, "the vulnerability has no notes");
    }
}

/// 6.1.27.6: a vulnerability of an advisory has a product status.
pub(super) fn product_status<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    if facts.is_profile(&[ADVISORY], &["csaf_deprecated_security_advisory"])
        && flaw.get("product_status").is_none()
    {
        found.at(path, "the vulnerability has no product_status");
    }
}

/// 6.1.27.7: a vulnerability of a VEX document has a status that VEX knows.
pub(super) fn vex_status<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let lists = [
        "fixed",
        "known_affected",
        "known_not_affected",
        "under_investigation",
    ];
    let has_one = flaw
        .get("product_status")
        .is_some_and(|status| lists.iter().any(|list| status.get(list).is_some()));
    if facts.is_one_of(&[VEX]) && !has_one {
        found.at(
            path,
            "the vulnerability has no product that is fixed, affected, not affected or under investigation",
        );
    }
}

/// 6.1.27.8: a vulnerability of a VEX document has an id; in CSAF 2.1, where ids may be those of some products
/// only, each of its products has one.
pub(super) fn vex_id<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    if !facts.is_one_of(&[VEX]) || flaw.get("cve").is_some() {
        return;
    }
    let ids = flaw.list("ids");
    if flaw.get("ids").is_none() {
        found.at(path, "the vulnerability has neither cve nor ids");
        return;
    }
    let is_for_all =
        |id: &Node<'_>| id.get("product_ids").is_none() && id.get("group_ids").is_none();
    if ids.iter().any(is_for_all) {
        return;
    }
    let named: LookupSet<&str> = ids.iter().flat_map(|id| facts.products_of(id)).collect();
    let stated = flaw.get("product_status").map_or(&[][..], Node::members);
    let unnamed = stated
        .iter()
        .flat_map(|(_, list)| list.elements())
        .filter_map(Node::as_text)
        .find(|id| !named.contains(id));
    if let Some(id) = unnamed {
        found.at(path, || {
            format!(
                "the vulnerability has no cve, and none of its ids is for the product id '{}'",
                shortened(id, 60)
            )
        });
    }
}

/// 6.1.27.9: a product that is not affected has a reason.
pub(super) fn vex_impact<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let reasons = flaw
        .list("threats")
        .iter()
        .filter(|threat| threat.text("category") == Some("impact"));
    let reasons = flaw.list("flags").iter().chain(reasons);
    unanswered(
        "known_not_affected",
        reasons,
        "is not affected, with no flag or impact that says why",
        (facts, flaw),
        path,
        found,
    );
}

/// 6.1.27.10: of an affected product it is said what to do.
pub(super) fn vex_action<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    unanswered(
        "known_affected",
        flaw.list("remediations").iter(),
        "is affected, with no remediation",
        (facts, flaw),
        path,
        found,
    );
}

/// Reports the products of a status list that none of `answers` names.
fn unanswered<'c>(
    list: &str,
    answers: impl Iterator<Item = &'c Node<'c>>,
    words: &str,
    (facts, flaw): (&'c Facts<'c>, &'c Node<'c>),
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let products = flaw
        .get("product_status")
        .map_or(&[][..], |status| status.list(list));
    if !facts.is_one_of(&[VEX]) || products.is_empty() {
        return;
    }
    // A group may be named by many answers: it is gone through once.
    let mut answered: LookupSet<&str> = LookupSet::default();
    let mut groups: LookupSet<&str> = LookupSet::default();
    for answer in answers {
        answered.extend(answer.list("product_ids").iter().filter_map(Node::as_text));
        groups.extend(answer.list("group_ids").iter().filter_map(Node::as_text));
    }
    for group in groups.iter().filter_map(|id| facts.groups.get(id)) {
        answered.extend(group.list("product_ids").iter().filter_map(Node::as_text));
    }
    let path = path.key("product_status");
    let path = path.key(list);
    for (index, id) in products.iter().enumerate() {
        if let Some(id) = id.as_text()
            && !answered.contains(id)
        {
            found.at(&path.index(index), || {
                format!("the product id '{}' {words}", shortened(id, 60))
            });
        }
    }
}

/// 6.1.27.11: there are vulnerabilities.
pub(super) fn vulnerabilities<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    if facts.is_advisory_or_vex() && facts.case.root.get("vulnerabilities").is_none() {
        found.at(&Path::Root.key("vulnerabilities"), || {
            format!(
                "a document of the category {} needs vulnerabilities",
                facts.category
            )
        });
    }
}

/// 6.1.27.12: a vulnerability of an advisory has affected products.
pub(super) fn affected<'c>(
    facts: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let has_one = flaw
        .get("product_status")
        .is_some_and(|status| status.get("known_affected").is_some());
    if facts.is_one_of(&[ADVISORY]) && !has_one {
        found.at(
            path,
            "the vulnerability has no products that are known_affected",
        );
    }
}

/// 6.1.27.14: there is a description.
pub(super) fn description<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let notes = facts.case.document.list("notes");
    let has_one = notes
        .iter()
        .any(|note| note.text("category") == Some("description"));
    if facts.is_set_aside() && !has_one {
        found.at(
            &Path::Root.key("document").key("notes"),
            "the document has no note of the category description",
        );
    }
}

/// 6.1.27.15: there is no product tree.
pub(super) fn no_product_tree<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    if facts.is_set_aside() && facts.case.root.get("product_tree").is_some() {
        found.at(&Path::Root.key("product_tree"), || {
            format!(
                "a document of the category {} has no product_tree",
                facts.category
            )
        });
    }
}

/// 6.1.27.16: the history has an entry before the last.
pub(super) fn history<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    if facts.is_set_aside() && facts.tracking().list("revision_history").len() < 2 {
        found.at(
            &Path::Root
                .key("document")
                .key("tracking")
                .key("revision_history"),
            "the revision history has fewer than two entries",
        );
    }
}

/// 6.1.27.17: one note says why the document was withdrawn.
pub(super) fn withdrawal<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    reasoning(WITHDRAWN, "Reasoning for Withdrawal", facts, found);
}

/// 6.1.27.18: one note says why the document was superseded.
pub(super) fn supersession<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    reasoning(SUPERSEDED, "Reasoning for Supersession", facts, found);
}

fn reasoning(profile: &str, title: &str, facts: &Facts<'_>, found: &mut Found<'_>) {
    if !facts.is_one_of(&[profile]) || !is_english(facts) {
        return;
    }
    let titled: Vec<&Node<'_>> = facts
        .case
        .document
        .list("notes")
        .iter()
        .filter(|note| note.text("title") == Some(title))
        .collect();
    let is_right =
        matches!(titled.as_slice(), [note] if note.text("category") == Some("description"));
    if !is_right {
        found.at(
            &Path::Root.key("document").key("notes"),
            || format!("the document needs exactly one note with the title `{title}`, of the category description"),
        );
    }
}

/// 6.1.27.19: a reference leads to the superseding document.
pub(super) fn superseding<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    if !facts.is_one_of(&[SUPERSEDED]) || !is_english(facts) {
        return;
    }
    let has_one = facts
        .case
        .document
        .list("references")
        .iter()
        .any(|reference| {
            reference
                .text("summary")
                .is_some_and(|summary| summary.starts_with("Superseding Document"))
                && reference.text("category") == Some("external")
        });
    if !has_one {
        found.at(
            &Path::Root.key("document").key("references"),
            "the document needs an external reference whose summary begins with `Superseding Document`",
        );
    }
}

/// Whether the document is in English, or does not say its language.
pub(super) fn is_english(facts: &Facts<'_>) -> bool {
    language::is_english(facts.case.document.text("lang"))
}
