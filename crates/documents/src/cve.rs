//! CVE records: JSON 5.0, 5.1 and 5.2, of the CVE Program.
//!
//! A record has one container of its numbering authority (CNA) and any number of others that
//! enrich it (ADP; CISA's "Vulnrichment" adds CPE names, scores and SSVC). All of them are read, and each product
//! names who asserts it. Traps: versions that are no versions (`version_text`), ranges that are empty by the
//! letter (`affected`), AND trees (`applicability`), `n/a` as the name of a product.

mod affected;
pub(crate) mod version_text;
mod wire;

use isocenter_model::document::Summary;
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{RecordState, Score, Ssvc, VulnerabilityRecord};
use isocenter_model::{Document, DocumentKind, Place, Problem, Reading};

use crate::applicability::{ProblemIds, configurations};
use crate::json::{self, Filled, List, Path, Problems, Spare};

const APPLICABILITY: ProblemIds = ProblemIds {
    operator: "cve-applicability-operator",
    criteria: "cve-applicability-criteria",
    depth: "cve-applicability-too-deep",
};

/// How many weaknesses of one flaw are kept; real records have a handful.
const WEAKNESSES: usize = 100;

/// Reads one CVE record.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let mut spare = Spare::default();
    let text = json::decode(bytes, &mut problems);
    let mut version = None;
    let record = json::parse::<wire::Record<'_>>(&text, &mut spare, &mut problems)
        .and_then(|record| assemble(record, &mut version, &mut problems));
    let mut summary = Summary::new();
    if let Some(record) = &record {
        summary.insert("records", 1);
        let named = record.affected.len() + record.configurations.len();
        summary.insert("affected", named as u64);
        summary.insert("scores", record.scores.len() as u64);
    }
    Reading {
        kind: DocumentKind::Cve,
        version,
        document: record.map(Document::Vulnerability),
        summary,
        problems: problems.finish(),
    }
}

fn assemble(
    wire: wire::Record<'_>,
    version: &mut Option<String>,
    problems: &mut Problems,
) -> Option<VulnerabilityRecord> {
    let root = Path::Root;
    *version = wire
        .data_version
        .take(&root.key("dataVersion"), problems)
        .owned();
    match version.as_deref() {
        Some(version) if version.starts_with("5.") => {}
        other => problems.push(
            Problem::warning(
                "cve-version-unsupported",
                Place::pointer("/dataVersion"),
                format!(
                    "dataVersion is {}; 5.0, 5.1 or 5.2 is expected",
                    other.map_or("missing".to_owned(), |other| format!(
                        "'{}'",
                        shortened(other, 20)
                    ))
                ),
            )
            .hint("the CVE Program publishes every record in JSON 5"),
        ),
    }
    if let Some(kind) = wire.data_type.take(&root.key("dataType"), problems)
        && &*kind != "CVE_RECORD"
    {
        problems.push(Problem::warning(
            "cve-type-unknown",
            Place::pointer("/dataType"),
            format!(
                "dataType is '{}'; CVE_RECORD is expected",
                shortened(&kind, 40)
            ),
        ));
    }
    let metadata_path = root.key("cveMetadata");
    let metadata = wire
        .cve_metadata
        .take(&metadata_path, problems)
        .unwrap_or_default();
    let id_path = metadata_path.key("cveId");
    let Some(id) = metadata.cve_id.take(&id_path, problems).owned() else {
        problems.push(Problem::error(
            "cve-id-missing",
            id_path.place(),
            "the record has no CVE id and cannot be used",
        ));
        return None;
    };
    if !is_cve_id(&id) {
        problems.push(Problem::error(
            "cve-id-malformed",
            id_path.place(),
            format!(
                "'{}' is no CVE id; CVE-YYYY-NNNN is expected",
                shortened(&id, 40)
            ),
        ));
    }
    let state_path = metadata_path.key("state");
    let state = metadata.state.take(&state_path, problems);
    let state = match state.filled() {
        Some("PUBLISHED") => RecordState::Published,
        Some("REJECTED") => RecordState::Rejected,
        other => {
            problems.push(Problem::warning(
                "cve-state-unknown",
                state_path.place(),
                format!(
                    "state is '{}'; PUBLISHED or REJECTED is expected",
                    shortened(other.unwrap_or_default(), 40)
                ),
            ));
            RecordState::Published
        }
    };
    let mut record = VulnerabilityRecord {
        id,
        source: "CVE".to_owned(),
        state,
        published: json::stated_time(
            "cve-date-malformed",
            metadata.date_published,
            &metadata_path.key("datePublished"),
            problems,
        ),
        modified: json::stated_time(
            "cve-date-malformed",
            metadata.date_updated,
            &metadata_path.key("dateUpdated"),
            problems,
        ),
        ..VulnerabilityRecord::default()
    };
    let containers_path = root.key("containers");
    let containers = wire
        .containers
        .take(&containers_path, problems)
        .unwrap_or_default();
    let cna_path = containers_path.key("cna");
    match containers.cna.take(&cna_path, problems) {
        Some(container) => add_container(&mut record, container, "CNA", &cna_path, problems),
        None => problems.push(Problem::error(
            "cve-cna-missing",
            cna_path.place(),
            "the record has no container of its numbering authority, so what it affects is not stated",
        )),
    }
    let adp_path = containers_path.key("adp");
    for (index, container) in containers.adp.take(&adp_path, problems) {
        add_container(
            &mut record,
            container,
            "ADP",
            &adp_path.index(index),
            problems,
        );
    }
    Some(record)
}

/// Whether `id` has the form `CVE-YYYY-NNNN…` (CVE Record Format, definition `cveId`).
pub(crate) fn is_cve_id(id: &str) -> bool {
    id.strip_prefix("CVE-")
        .and_then(|rest| rest.split_once('-'))
        .is_some_and(|(year, number)| {
            year.len() == 4
                && (4..=19).contains(&number.len())
                && year
                    .bytes()
                    .chain(number.bytes())
                    .all(|byte| byte.is_ascii_digit())
        })
}

/// Adds what one container says to `record`; what an earlier one said comes first.
fn add_container(
    record: &mut VulnerabilityRecord,
    container: wire::Container<'_>,
    role: &str,
    path: &Path<'_>,
    problems: &mut Problems,
) {
    let provider = container
        .provider_metadata
        .take(&path.key("providerMetadata"), problems)
        .unwrap_or_default();
    let asserted_by = match provider.short_name.filled().or(provider.org_id.filled()) {
        // The schema allows 32 characters, and the name is copied to each product.
        Some(name) => format!("{role} {}", shortened(name, 64)),
        None => role.to_owned(),
    };
    if role == "CNA" {
        record.title = container.title.take(&path.key("title"), problems).owned();
        if record.published.is_none() {
            record.published = json::stated_time(
                "cve-date-malformed",
                container.date_public,
                &path.key("datePublic"),
                problems,
            );
        }
        let advisory = container
            .source
            .take(&path.key("source"), problems)
            .and_then(|source| source.advisory.take(&path.key("source"), problems));
        // Other advisory ids may stand for several flaws; GitHub gives one id to one flaw.
        if let Some(advisory) = advisory.filled().filter(|id| id.starts_with("GHSA-")) {
            record.aliases.push(advisory.to_owned());
        }
    }
    for (key, list) in [
        ("descriptions", container.descriptions),
        ("rejectedReasons", container.rejected_reasons),
    ] {
        list.report(&path.key(key), problems);
        if record.description.is_none() {
            record.description = english(&list);
        }
    }
    let affected_path = path.key("affected");
    record.affected.reserve(container.affected.items().len());
    for (index, entry) in container.affected.take(&affected_path, problems) {
        record.affected.extend(affected::product(
            entry,
            &asserted_by,
            &affected_path.index(index),
            problems,
        ));
    }
    if !container.cpe_applicability.is_unused() {
        record.configurations.extend(configurations(
            container.cpe_applicability,
            &asserted_by,
            &APPLICABILITY,
            &path.key("cpeApplicability"),
            problems,
        ));
    }
    let metrics_path = path.key("metrics");
    for (index, metric) in container.metrics.take(&metrics_path, problems) {
        add_metric(
            record,
            metric,
            &asserted_by,
            &metrics_path.index(index),
            problems,
        );
    }
    let types_path = path.key("problemTypes");
    for (index, problem_type) in container.problem_types.take(&types_path, problems) {
        problem_type
            .descriptions
            .report(&types_path.index(index).key("descriptions"), problems);
        for description in problem_type.descriptions.items() {
            let id = description
                .cwe_id
                .filled()
                .or_else(|| leading_cwe(description.description.filled()?));
            if let Some(id) = id
                && record.weaknesses.len() < WEAKNESSES
                && !record.weaknesses.iter().any(|known| known == id)
            {
                record.weaknesses.push(id.to_owned());
            }
        }
    }
}

/// The first English text, else the first.
fn english(list: &List<wire::Description<'_>>) -> Option<String> {
    let items = list.items();
    items
        .iter()
        .find(|text| {
            text.lang.filled().is_some_and(|lang| {
                lang.get(..2)
                    .is_some_and(|lang| lang.eq_ignore_ascii_case("en"))
            })
        })
        .or(items.first())
        .and_then(|text| text.value.owned())
}

/// The CWE id that a description begins with: `CWE-79 Improper …`.
fn leading_cwe(description: &str) -> Option<&str> {
    let number = description.strip_prefix("CWE-")?;
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return None;
    }
    description.get(.."CWE-".len() + digits)
}

fn add_metric(
    record: &mut VulnerabilityRecord,
    metric: wire::Metric<'_>,
    asserted_by: &str,
    path: &Path<'_>,
    problems: &mut Problems,
) {
    for (version, key, cvss) in [
        ("2.0", "cvssV2_0", metric.cvss_2),
        ("3.0", "cvssV3_0", metric.cvss_3_0),
        ("3.1", "cvssV3_1", metric.cvss_3_1),
        ("4.0", "cvssV4_0", metric.cvss_4),
    ] {
        let Some(cvss) = cvss else { continue };
        match cvss.base_score {
            Some(base) if (0.0..=10.0).contains(&base) => record.scores.push(Score {
                version: version.to_owned(),
                vector: cvss.vector_string.filled().unwrap_or_default().to_owned(),
                base,
                severity: cvss.base_severity.filled().unwrap_or_default().to_ascii_uppercase(),
                source: asserted_by.to_owned(),
            }),
            other => problems.push(Problem::warning(
                "cve-score-invalid",
                path.key(key).place(),
                format!(
                    "the base score is {}; a number from 0.0 to 10.0 is expected, so the score was set aside",
                    other.map_or("missing".to_owned(), |other| other.to_string())
                ),
            )),
        }
    }
    let Some(other) = metric.other else { return };
    let content_path = path.key("other");
    let content = other.content.take(&content_path.key("content"), problems);
    match (other.kind.filled(), content) {
        (Some("ssvc" | "SSVCv2.0"), Some(content)) => {
            let found = decision_points(&content);
            // CISA's own container decides over what a CNA copied from it.
            if found != Ssvc::default() && (record.ssvc.is_none() || asserted_by.starts_with("ADP"))
            {
                record.ssvc = Some(found);
            }
        }
        (Some("kev"), Some(content)) => {
            let added_path = content_path.key("content");
            let added = content
                .date_added
                .take(&added_path.key("dateAdded"), problems);
            record.known_exploited = added.filled().and_then(json::date);
            if record.known_exploited.is_none() {
                problems.push(Problem::warning(
                    "cve-date-malformed",
                    added_path.place(),
                    "the mark of known exploitation has no day on which it was added",
                ));
            }
        }
        _ => {}
    }
}

/// The decision points in either form of SSVC.
fn decision_points(content: &wire::Content<'_>) -> Ssvc {
    let mut found = Ssvc::default();
    for options in content.options.items() {
        options.keep(&mut found);
    }
    for selection in content.selections.items() {
        selection.keep(&mut found);
    }
    found
}
