//! Vulnerabilities: a record of each flaw.

use isocenter_model::Problem;
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{Advisory, VulnerabilityRecord};

use super::tree::Products;
use super::{score, time};
use crate::budget::Budget;
use crate::json::{Node, Path, Problems};
use crate::lookup::{Lookup, LookupSet};

/// Reads the vulnerabilities into `advisory`, whose document data are complete; gives the number of
/// remediations.
pub(super) fn read(
    root: &Node<'_>,
    products: &Products<'_>,
    budget: &mut Budget,
    advisory: &mut Advisory,
    problems: &mut Problems,
) -> u64 {
    let root_path = Path::Root;
    let list_path = root_path.key("vulnerabilities");
    let vulnerabilities = root.list("vulnerabilities");
    let shared = shared_ids(vulnerabilities);
    let mut remediations = 0;
    for (index, node) in vulnerabilities.iter().enumerate() {
        if !matches!(node, Node::Object(_)) {
            continue;
        }
        remediations += node.list("remediations").len() as u64;
        let flaw = Flaw {
            node,
            products,
            shared: &shared,
        };
        let record = flaw.record(index, advisory);
        let statements = flaw.statements(&record, advisory, budget);
        advisory.records.push(record);
        let Some(statements) = statements else {
            problems.push(
                Problem::error(
                    "csaf-too-large",
                    list_path.index(index).place(),
                    "the statements of the document take more memory than any real document; from here on they were set aside",
                )
                .hint("ask its author for a document in several parts"),
            );
            break;
        };
        advisory.statements.extend(statements);
    }
    remediations
}

/// Ids that more than one vulnerability has: those of an advisory or a correction, which as another
/// name of each flaw would make them one.
fn shared_ids<'t>(vulnerabilities: &'t [Node<'_>]) -> LookupSet<&'t str> {
    let mut owners: Lookup<&str, usize> = Lookup::default();
    let mut shared = LookupSet::default();
    for (index, node) in vulnerabilities.iter().enumerate() {
        for text in node.list("ids").iter().filter_map(|id| id.filled("text")) {
            if *owners.entry(text).or_insert(index) != index {
                shared.insert(text);
            }
        }
    }
    shared
}

/// One vulnerability as it is read.
pub(super) struct Flaw<'t, 'a> {
    pub(super) node: &'t Node<'a>,
    pub(super) products: &'t Products<'t>,
    /// Ids that several flaws of the document have.
    shared: &'t LookupSet<&'t str>,
}

impl Flaw<'_, '_> {
    fn record(&self, index: usize, advisory: &Advisory) -> VulnerabilityRecord {
        let cve = self.node.filled("cve");
        let mut aliases = Vec::new();
        for id in self.node.list("ids") {
            let Some(text) = id.filled("text") else {
                continue;
            };
            if cve.is_some() && self.shared.contains(text) {
                continue;
            }
            // A flaw without a CVE id is called by the first of its others.
            let is_name = cve.is_none() && aliases.is_empty() && names_its_maker(text);
            aliases.push(if is_name || is_flaw_id(text) {
                text.to_owned()
            } else {
                // A bug number is an id only inside its own system.
                format!("{}:{text}", id.filled("system_name").unwrap_or("id"))
            });
        }
        aliases.dedup();
        let id = match cve {
            Some(cve) => cve.to_owned(),
            None if aliases.is_empty() => format!("{}#{}", advisory.id, index + 1),
            None => aliases.remove(0),
        };
        aliases.retain(|alias| *alias != id);
        let mut record = VulnerabilityRecord {
            id,
            source: format!("CSAF {}", advisory.id),
            aliases,
            title: self.node.owned("title"),
            description: self.description(),
            published: time(self.node, "disclosure_date")
                .or_else(|| time(self.node, "release_date"))
                .or(advisory.released),
            modified: advisory.current,
            ..VulnerabilityRecord::default()
        };
        // CSAF 2.0 has one, 2.1 a list.
        record.weaknesses = self
            .node
            .get("cwe")
            .into_iter()
            .chain(self.node.list("cwes"))
            .filter_map(|cwe| cwe.owned("id"))
            .collect();
        record.weaknesses.dedup();
        self.add_scores(&mut record, &advisory.publisher);
        record
    }

    fn description(&self) -> Option<String> {
        let notes = self.node.list("notes");
        ["description", "summary", "details", "general"]
            .iter()
            .find_map(|category| {
                notes
                    .iter()
                    .find(|note| note.filled("category") == Some(category))
            })
            .and_then(|note| note.owned("text"))
    }

    fn add_scores(&self, record: &mut VulnerabilityRecord, publisher: &str) {
        for metrics in self.node.list("scores") {
            score::add(metrics, publisher, &mut record.scores, &mut record.ssvc);
        }
        for metric in self.node.list("metrics") {
            if let Some(content) = metric.get("content") {
                let source = shortened(metric.filled("source").unwrap_or(publisher), 200);
                score::add(content, &source, &mut record.scores, &mut record.ssvc);
            }
        }
    }
}

/// Whether an id is that of one flaw everywhere, and not only in the system that gave it. Ids of advisories
/// (`RHSA-…`, `SSA-…`) are not: one advisory speaks of several flaws, which must not become one.
fn is_flaw_id(text: &str) -> bool {
    const PREFIXES: [&str; 6] = ["CVE-", "GHSA-", "EUVD-", "RUSTSEC-", "PYSEC-", "VU#"];
    PREFIXES.iter().any(|prefix| text.starts_with(prefix))
}

/// Whether an id names who gave it, as `ABC-SA-2026-002` does: capitals, then two parts or more.
fn names_its_maker(text: &str) -> bool {
    let mut parts = text.split('-');
    let maker = parts.next().unwrap_or_default();
    maker.len() >= 2
        && maker.bytes().all(|byte| byte.is_ascii_uppercase())
        && parts.count() >= 2
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
