//! The US National Vulnerability Database: records of its CVE API 2.0, and of its feeds, which have the same shape.
//!
//! A file is a page of an answer (`resultsPerPage`, `vulnerabilities`), one element of it (`cve`), or a bare
//! record. Traps: products stand in trees with AND and negation, not in a list (`applicability`); a record
//! that nobody at NVD has looked at names no product, which is no "not affected"; times have no offset and
//! are UTC; a severity of CVSS 2 stands beside the score and not in it; a product that is marked as not
//! vulnerable is a condition.

mod wire;

use isocenter_model::document::Summary;
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{
    ListedRecord, RecordList, RecordState, Reference, Score, VulnerabilityRecord,
};
use isocenter_model::{Digest, Document, DocumentKind, Place, Problem, Reading};

use crate::applicability::{ProblemIds, configurations};
use crate::cve::is_cve_id;
use crate::json::{self, Field, Filled, List, Path, Problems, Spare, Text};

const CONFIGURATIONS: ProblemIds = ProblemIds {
    operator: "nvd-configuration-operator",
    criteria: "nvd-configuration-criteria",
    depth: "nvd-configuration-too-deep",
};

/// How many weaknesses and references of one flaw are kept; real records have a handful and some dozens.
const WEAKNESSES: usize = 100;
const REFERENCES: usize = 100;

/// Reads a page of records, or one record.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let text = json::decode(bytes, &mut problems);
    let mut spare = None;
    let page = json::elements(&text, "vulnerabilities", &mut spare, &mut problems);
    let mut records = Vec::with_capacity(page.items.len());
    if page.has_list {
        page_format(&page, &mut problems);
        let mut placing = json::Placing::new(&text, "/vulnerabilities");
        for (index, element) in page.items.iter().enumerate() {
            let mut inner = Problems::default();
            let found = record(element, &mut inner);
            placing.tell(inner, index, element, &mut problems);
            records.extend(found.map(|record| ListedRecord {
                digest: Digest::of(element.as_bytes()),
                record,
            }));
        }
    } else {
        records.extend(record(&text, &mut problems).map(|record| ListedRecord {
            digest: Digest::of(text.trim().as_bytes()),
            record,
        }));
    }
    let mut summary = Summary::new();
    summary.insert("records", records.len() as u64);
    let configurations = records.iter().map(|one| one.record.configurations.len());
    summary.insert("configurations", configurations.sum::<usize>() as u64);
    Reading {
        kind: DocumentKind::Nvd,
        version: page.text("version"),
        document: (!records.is_empty()).then(|| {
            Document::Vulnerabilities(RecordList {
                made: page.text("timestamp").as_deref().and_then(json::timestamp),
                records,
            })
        }),
        summary,
        problems: problems.finish(),
    }
}

/// What the page says of itself.
fn page_format(page: &json::Elements<'_>, problems: &mut Problems) {
    match page.text("version").as_deref() {
        Some("2.0") => {}
        other => problems.push(Problem::warning(
            "nvd-version-unsupported",
            Place::pointer("/version"),
            format!(
                "the version is '{}'; 2.0 is expected",
                shortened(other.unwrap_or_default(), 20)
            ),
        )),
    }
    if page.items.is_empty() {
        problems.push(Problem::note(
            "nvd-empty",
            Place::pointer("/vulnerabilities"),
            "the page holds no record",
        ));
    }
    let (start, total) = (page.count("startIndex"), page.count("totalResults"));
    let here = page.items.len() as u64;
    if let (Some(start), Some(total)) = (start, total)
        && start.saturating_add(here) < total
    {
        problems.push(Problem::note(
            "nvd-page-of-many",
            Place::pointer("/totalResults"),
            format!("the page holds {here} of {total} records, from number {start} on"),
        ));
    }
}

/// One record, inside a `cve` or bare; `None` when it cannot be used.
fn record(text: &str, problems: &mut Problems) -> Option<VulnerabilityRecord> {
    let mut spare = Spare::default();
    let item = json::parse::<wire::Item<'_>>(text, &mut spare, problems)?;
    let root = Path::Root;
    let cve_path = root.key("cve");
    item.cve.report(&cve_path, problems);
    match item.cve {
        Field::Value(cve) => assemble(cve, &cve_path, problems),
        Field::Bad(_) => None,
        Field::Absent => {
            let mut spare = Spare::default();
            // What is wrong with the text itself was told by the pass before.
            let bare = json::parse::<wire::Cve<'_>>(text, &mut spare, &mut Problems::default())?;
            assemble(bare, &root, problems)
        }
    }
}

fn assemble(
    cve: wire::Cve<'_>,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<VulnerabilityRecord> {
    let id_path = path.key("id");
    let Some(id) = cve.id.take(&id_path, problems).owned() else {
        problems.push(Problem::error(
            "nvd-id-missing",
            id_path.place(),
            "the record has no CVE id and cannot be used",
        ));
        return None;
    };
    if !is_cve_id(&id) {
        problems.push(Problem::error(
            "nvd-id-malformed",
            id_path.place(),
            format!(
                "'{}' is no CVE id, so the record was set aside; CVE-YYYY-NNNN is expected",
                shortened(&id, 40)
            ),
        ));
        return None;
    }
    let descriptions_path = path.key("descriptions");
    cve.descriptions.report(&descriptions_path, problems);
    let mut record = VulnerabilityRecord {
        source: "NVD".to_owned(),
        state: state(cve.vuln_status, &id, &path.key("vulnStatus"), problems),
        description: english(&cve.descriptions),
        published: time(cve.published, &path.key("published"), problems),
        modified: time(cve.last_modified, &path.key("lastModified"), problems),
        id,
        ..VulnerabilityRecord::default()
    };
    record.configurations = configurations(
        cve.configurations,
        "NVD",
        &CONFIGURATIONS,
        &path.key("configurations"),
        problems,
    );
    let metrics_path = path.key("metrics");
    if let Some(metrics) = cve.metrics.take(&metrics_path, problems) {
        add_scores(&mut record, metrics, &metrics_path, problems);
    }
    let exploited_path = path.key("cisaExploitAdd");
    let exploited = cve.cisa_exploit_add.take(&exploited_path, problems);
    if let Some(day) = exploited.filled() {
        record.known_exploited = json::date(day);
        if record.known_exploited.is_none() {
            problems.push(malformed_date(day, &exploited_path));
        }
    }
    cve.weaknesses.report(&path.key("weaknesses"), problems);
    for text in cve
        .weaknesses
        .items()
        .iter()
        .flat_map(|weakness| weakness.description.items())
    {
        // NVD also writes NVD-CWE-noinfo and NVD-CWE-Other, which name no weakness.
        if let Some(id) = text.value.filled().filter(|id| id.starts_with("CWE-"))
            && record.weaknesses.len() < WEAKNESSES
            && !record.weaknesses.iter().any(|known| known == id)
        {
            record.weaknesses.push(id.to_owned());
        }
    }
    cve.tags.report(&path.key("cveTags"), problems);
    for tag in cve.tags.items().iter().flat_map(|tags| tags.tags.items()) {
        if let Some(tag) = tag.filled()
            && record.tags.len() < WEAKNESSES
            && !record.tags.iter().any(|known| known == tag)
        {
            record.tags.push(tag.to_owned());
        }
    }
    cve.references.report(&path.key("references"), problems);
    record.references = cve
        .references
        .items()
        .iter()
        .filter_map(|reference| {
            Some(Reference {
                url: reference.url.owned()?,
                tags: reference
                    .tags
                    .items()
                    .iter()
                    .filter_map(|tag| tag.filled().map(str::to_owned))
                    .collect(),
            })
        })
        .take(REFERENCES)
        .collect();
    let texts = [
        ("evaluatorComment", cve.evaluator_comment),
        ("evaluatorImpact", cve.evaluator_impact),
        ("evaluatorSolution", cve.evaluator_solution),
    ];
    for (key, text) in texts {
        let text_path = path.key(key);
        if text.take(&text_path, problems).filled().is_some() {
            problems.push(Problem::note(
                "nvd-evaluator-text",
                text_path.place(),
                "the record carries words of NVD's evaluator, from which nothing is concluded",
            ));
        }
    }
    Some(record)
}

/// Where the record stands. A status before the analysis means that products are not named yet.
fn state(
    status: Field<Text<'_>>,
    id: &str,
    path: &Path<'_>,
    problems: &mut Problems,
) -> RecordState {
    let status = status.take(path, problems);
    match status.filled() {
        Some("Rejected") => RecordState::Rejected,
        Some("Analyzed" | "Modified") | None => RecordState::Published,
        Some(waiting @ ("Received" | "Awaiting Analysis" | "Undergoing Analysis" | "Deferred")) => {
            problems.push(Problem::note(
                "nvd-not-analyzed",
                path.place(),
                format!("NVD's analysis of {id} is not there ({waiting}): that no product is named means nothing"),
            ));
            RecordState::Published
        }
        Some(other) => {
            problems.push(Problem::warning(
                "nvd-status-unknown",
                path.place(),
                format!(
                    "vulnStatus is '{}', which NVD does not define",
                    shortened(other, 40)
                ),
            ));
            RecordState::Published
        }
    }
}

/// A time; NVD writes UTC without saying so.
fn time(
    field: Field<Text<'_>>,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<jiff::Timestamp> {
    let text = field.take(path, problems);
    let text = text.filled()?;
    let time = json::timestamp(text);
    if time.is_none() {
        problems.push(malformed_date(text, path));
    }
    time
}

fn malformed_date(text: &str, path: &Path<'_>) -> Problem {
    Problem::warning(
        "nvd-date-malformed",
        path.place(),
        format!("'{}' is no date and time", shortened(text, 40)),
    )
}

/// The first English text, else the first.
fn english(list: &List<wire::LangString<'_>>) -> Option<String> {
    let items = list.items();
    items
        .iter()
        .find(|text| text.lang.filled() == Some("en"))
        .or(items.first())
        .and_then(|text| text.value.owned())
}

fn add_scores(
    record: &mut VulnerabilityRecord,
    metrics: wire::Metrics<'_>,
    path: &Path<'_>,
    problems: &mut Problems,
) {
    for (key, version, list) in [
        ("cvssMetricV40", "4.0", metrics.v40),
        ("cvssMetricV31", "3.1", metrics.v31),
        ("cvssMetricV30", "3.0", metrics.v30),
        ("cvssMetricV2", "2.0", metrics.v2),
    ] {
        let list_path = path.key(key);
        for (index, metric) in list.take(&list_path, problems) {
            let Some(data) = metric.cvss_data else {
                continue;
            };
            let Some(base) = data.base_score.filter(|base| (0.0..=10.0).contains(base)) else {
                problems.push(Problem::warning(
                    "nvd-score-invalid",
                    list_path.index(index).place(),
                    "the score has no base score from 0.0 to 10.0 and was set aside",
                ));
                continue;
            };
            let source = metric.source.filled().unwrap_or("unknown");
            record.scores.push(Score {
                version: version.to_owned(),
                vector: data.vector_string.filled().unwrap_or_default().to_owned(),
                base,
                severity: data
                    .base_severity
                    .filled()
                    .or(metric.base_severity.filled())
                    .unwrap_or_default()
                    .to_ascii_uppercase(),
                source: match metric.kind.filled() {
                    Some(kind) => format!("{source} ({})", kind.to_lowercase()),
                    None => source.to_owned(),
                },
            });
        }
    }
}
