//! Vulnerabilities: a record of each flaw.

use std::collections::{HashMap, HashSet};

use isocenter_model::Problem;
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{Advisory, VulnerabilityRecord};

use super::score;
use super::statements::Budget;
use super::tree::Products;
use super::wire;
use crate::cve::is_cve_id;
use crate::json::{Filled, List, Path, Problems, Text};

/// Reads the vulnerabilities into `advisory`, whose document data are complete.
pub(super) fn read(
    vulnerabilities: &List<wire::Vulnerability<'_>>,
    products: &Products,
    budget: &mut Budget,
    advisory: &mut Advisory,
    problems: &mut Problems,
) -> u64 {
    let root = Path::Root;
    let list_path = root.key("vulnerabilities");
    vulnerabilities.report(&list_path, problems);
    let shared = shared_ids(vulnerabilities);
    let mut remediations = 0;
    for (index, wire) in vulnerabilities.indexed() {
        remediations += wire.remediations.len() as u64;
        let mut flaw = Flaw {
            wire,
            products,
            shared: &shared,
            is_vex: advisory.category == "csaf_vex",
            path: list_path.index(index),
        };
        let record = flaw.record(index, advisory, problems);
        let statements = flaw.statements(&record, advisory, budget, problems);
        advisory.records.push(record);
        let Some(statements) = statements else {
            problems.push(
                Problem::error(
                    "csaf-too-large",
                    flaw.path.place(),
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
fn shared_ids<'t>(vulnerabilities: &'t List<wire::Vulnerability<'_>>) -> HashSet<&'t str> {
    let mut owners: HashMap<&str, usize> = HashMap::new();
    let mut shared = HashSet::new();
    for (index, wire) in vulnerabilities.indexed() {
        for text in wire.ids.items().iter().filter_map(|id| id.text.filled()) {
            if *owners.entry(text).or_insert(index) != index {
                shared.insert(text);
            }
        }
    }
    shared
}

/// One vulnerability as it is read.
pub(super) struct Flaw<'t> {
    pub(super) wire: &'t wire::Vulnerability<'t>,
    pub(super) products: &'t Products,
    /// Ids that several flaws of the document have.
    shared: &'t HashSet<&'t str>,
    pub(super) is_vex: bool,
    pub(super) path: Path<'t>,
}

impl Flaw<'_> {
    fn record(
        &mut self,
        index: usize,
        advisory: &Advisory,
        problems: &mut Problems,
    ) -> VulnerabilityRecord {
        let wire = self.wire;
        wire.cve.report(&self.path.key("cve"), problems);
        let ids_path = self.path.key("ids");
        wire.ids.report(&ids_path, problems);
        for (index, id) in wire.ids.indexed() {
            self.products.check(
                &id.product_ids,
                &id.group_ids,
                &ids_path.index(index),
                problems,
            );
        }
        let cve = wire.cve.filled();
        let mut aliases = Vec::new();
        for id in wire.ids.items() {
            let Some(text) = id.text.filled() else {
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
                format!("{}:{text}", id.system_name.filled().unwrap_or("id"))
            });
        }
        aliases.dedup();
        let id = match cve {
            Some(cve) => {
                if !is_cve_id(cve) {
                    problems.push(Problem::error(
                        "csaf-cve-malformed",
                        self.path.key("cve").place(),
                        format!(
                            "'{}' is no CVE id; CVE-YYYY-NNNN is expected",
                            shortened(cve, 40)
                        ),
                    ));
                }
                cve.to_owned()
            }
            None if aliases.is_empty() => {
                if self.is_vex {
                    problems.push(Problem::error(
                        "csaf-vex-id-missing",
                        self.path.place(),
                        "the vulnerability has neither cve nor ids (CSAF test 6.1.27.8)",
                    ));
                }
                format!("{}#{}", advisory.id, index + 1)
            }
            None => aliases.remove(0),
        };
        aliases.retain(|alias| *alias != id);
        let mut record = VulnerabilityRecord {
            id,
            source: format!("CSAF {}", advisory.id),
            aliases,
            title: wire.title.filled().map(str::to_owned),
            description: self.description(problems),
            published: self.published(problems).or(advisory.released),
            modified: advisory.current,
            ..VulnerabilityRecord::default()
        };
        wire.title.report(&self.path.key("title"), problems);
        wire.cwe.report(&self.path.key("cwe"), problems);
        wire.cwes.report(&self.path.key("cwes"), problems);
        let mut weaknesses: Vec<String> = wire
            .cwe
            .value()
            .into_iter()
            .chain(wire.cwes.items())
            .filter_map(|cwe| cwe.id.owned())
            .collect();
        weaknesses.dedup();
        record.weaknesses = weaknesses;
        self.add_scores(&mut record, &advisory.publisher, problems);
        self.products
            .check_mentions(&wire.involvements, &self.path.key("involvements"), problems);
        self.products.check_mentions(
            &wire.first_known_exploitation_dates,
            &self.path.key("first_known_exploitation_dates"),
            problems,
        );
        record
    }

    fn description(&self, problems: &mut Problems) -> Option<String> {
        let notes = &self.wire.notes;
        let notes_path = self.path.key("notes");
        notes.report(&notes_path, problems);
        for (index, note) in notes.indexed() {
            self.products.check(
                &note.product_ids,
                &note.group_ids,
                &notes_path.index(index),
                problems,
            );
        }
        ["description", "summary", "details", "general"]
            .iter()
            .find_map(|category| {
                notes
                    .items()
                    .iter()
                    .find(|note| note.category.filled() == Some(category))
            })
            .and_then(|note| note.text.owned())
    }

    fn published(&self, problems: &mut Problems) -> Option<jiff::Timestamp> {
        let (key, date) = match self.wire.disclosure_date.filled() {
            Some(date) => ("disclosure_date", Some(date)),
            None => ("release_date", self.wire.release_date.filled()),
        };
        super::time(date?, &self.path.key(key), problems)
    }

    fn add_scores(
        &self,
        record: &mut VulnerabilityRecord,
        publisher: &str,
        problems: &mut Problems,
    ) {
        let scores_path = self.path.key("scores");
        self.wire.scores.report(&scores_path, problems);
        for (index, metrics) in self.wire.scores.indexed() {
            let path = scores_path.index(index);
            self.check_references(&metrics.products, &path.key("products"), problems);
            score::add(
                metrics,
                publisher,
                &mut record.scores,
                &mut record.ssvc,
                &path,
                problems,
            );
        }
        let metrics_path = self.path.key("metrics");
        self.wire.metrics.report(&metrics_path, problems);
        for (index, metric) in self.wire.metrics.indexed() {
            let path = metrics_path.index(index);
            self.check_references(&metric.products, &path.key("products"), problems);
            metric.source.report(&path.key("source"), problems);
            metric.content.report(&path.key("content"), problems);
            if let Some(content) = metric.content.value() {
                let source = shortened(metric.source.filled().unwrap_or(publisher), 200);
                score::add(
                    content,
                    &source,
                    &mut record.scores,
                    &mut record.ssvc,
                    &path.key("content"),
                    problems,
                );
            }
        }
    }

    /// Reports ids that the tree does not define.
    pub(super) fn check_references(
        &self,
        ids: &List<Text<'_>>,
        path: &Path<'_>,
        problems: &mut Problems,
    ) {
        ids.report(path, problems);
        for (index, id) in ids.indexed() {
            self.products.find(id.trim(), &path.index(index), problems);
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
