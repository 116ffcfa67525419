//! OSV: vulnerability records of package ecosystems (OSV schema 1.7).
//!
//! Traps: the events of a range may stand in any order, and only the ecosystem's order of versions sorts
//! them (`isocenter_versions::osv`), so they are kept as written; a range of commits says nothing of versions
//! and must not hide the ranges that do; a severity is a vector without its score; `withdrawn` means that the
//! record no longer counts; `related` names other flaws and is no alias; what stands in
//! `database_specific` and `ecosystem_specific` means what its database says, and no more is concluded from it.

mod wire;

use isocenter_model::document::Summary;
use isocenter_model::statement::Status;
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{
    AffectedProduct, RangeEvent, RecordState, Reference, Score, VersionEntry, VersionSpan,
    VulnerabilityRecord,
};
use isocenter_model::{Document, DocumentKind, Place, Problem, Reading};

use crate::cvss;
use crate::json::{self, Field, Filled, List, Path, Problems, Spare, Text};

/// How many weaknesses and references of one flaw are kept.
const WEAKNESSES: usize = 100;
const REFERENCES: usize = 100;

/// Reads one record.
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
        summary.insert("affected", record.affected.len() as u64);
        summary.insert("scores", record.scores.len() as u64);
    }
    Reading {
        kind: DocumentKind::Osv,
        version,
        document: record.map(Document::Vulnerability),
        summary,
        problems: problems.finish(),
    }
}

/// The ecosystem that a record's first package belongs to, without a release: what the archive of an
/// ecosystem has in common.
pub fn ecosystem(record: &VulnerabilityRecord) -> Option<&str> {
    let ecosystem = record.affected.first()?.ecosystem.as_deref()?;
    Some(ecosystem.split(':').next().unwrap_or(ecosystem))
}

fn assemble(
    wire: wire::Record<'_>,
    version: &mut Option<String>,
    problems: &mut Problems,
) -> Option<VulnerabilityRecord> {
    let root = Path::Root;
    *version = wire
        .schema_version
        .take(&root.key("schema_version"), problems)
        .owned();
    match version.as_deref() {
        // The member came with 1.0.0, and older databases still leave it out.
        None => *version = Some("1.0.0".to_owned()),
        Some(version) if version.starts_with("1.") => {}
        Some(other) => problems.push(Problem::warning(
            "osv-version-unsupported",
            Place::pointer("/schema_version"),
            format!(
                "schema_version is '{}'; 1.0 to 1.7 is expected",
                shortened(other, 20)
            ),
        )),
    }
    let id_path = root.key("id");
    let Some(id) = wire.id.take(&id_path, problems).owned() else {
        problems.push(Problem::error(
            "osv-id-missing",
            id_path.place(),
            "the record has no id and cannot be used",
        ));
        return None;
    };
    let withdrawn_path = root.key("withdrawn");
    let withdrawn = match wire.withdrawn {
        // Somebody withdrew it, whatever became of the day.
        Field::Bad(_) => {
            wire.withdrawn.report(&withdrawn_path, problems);
            true
        }
        Field::Absent => false,
        Field::Value(day) => json::stated_time(
            "osv-date-malformed",
            Field::Value(day),
            &withdrawn_path,
            problems,
        )
        .is_some(),
    };
    let modified_path = root.key("modified");
    if matches!(wire.modified, Field::Absent) {
        problems.push(Problem::warning(
            "osv-modified-missing",
            modified_path.place(),
            "the record does not say when it was last changed",
        ));
    }
    let mut record = VulnerabilityRecord {
        id,
        source: "OSV".to_owned(),
        state: if withdrawn {
            RecordState::Rejected
        } else {
            RecordState::Published
        },
        aliases: ids(wire.aliases, &root.key("aliases"), problems),
        related: ids(wire.related, &root.key("related"), problems),
        title: wire.summary.take(&root.key("summary"), problems).owned(),
        description: wire.details.take(&root.key("details"), problems).owned(),
        published: json::stated_time(
            "osv-date-malformed",
            wire.published,
            &root.key("published"),
            problems,
        ),
        modified: json::stated_time(
            "osv-date-malformed",
            wire.modified,
            &modified_path,
            problems,
        ),
        ..VulnerabilityRecord::default()
    };
    let upstream = ids(wire.upstream, &root.key("upstream"), problems);
    match upstream.as_slice() {
        // A distribution's own record of one flaw is that flaw.
        [one] if !record.aliases.contains(one) => record.aliases.push(one.clone()),
        // One bulletin for several flaws is none of them.
        many => record.related.extend_from_slice(many),
    }
    add_severities(
        &mut record.scores,
        wire.severity,
        &root.key("severity"),
        problems,
    );
    let affected_path = root.key("affected");
    for (index, affected) in wire.affected.take(&affected_path, problems) {
        let path = affected_path.index(index);
        record
            .affected
            .extend(product(affected, &mut record.scores, &path, problems));
    }
    let references_path = root.key("references");
    wire.references.report(&references_path, problems);
    record.references = wire
        .references
        .items()
        .iter()
        .filter_map(|reference| {
            Some(Reference {
                url: reference.url.owned()?,
                tags: reference
                    .kind
                    .filled()
                    .map(str::to_owned)
                    .into_iter()
                    .collect(),
            })
        })
        .take(REFERENCES)
        .collect();
    let specific_path = root.key("database_specific");
    if let Some(specific) = wire.database_specific.take(&specific_path, problems) {
        for id in specific.cwe_ids.items().iter().filter_map(Text::filled) {
            if record.weaknesses.len() < WEAKNESSES && id.starts_with("CWE-") {
                record.weaknesses.push(id.to_owned());
            }
        }
        specific.note(&specific_path, problems);
    }
    Some(record)
}

fn ids(list: List<Text<'_>>, path: &Path<'_>, problems: &mut Problems) -> Vec<String> {
    list.take(path, problems)
        .filter_map(|(_, id)| id.filled().map(str::to_owned))
        .collect()
}

/// Adds the scores of vectors; a score that is there already is not repeated.
fn add_severities(
    scores: &mut Vec<Score>,
    severities: List<wire::Severity<'_>>,
    path: &Path<'_>,
    problems: &mut Problems,
) {
    for (index, severity) in severities.take(path, problems) {
        let kind = severity.kind.filled().unwrap_or_default();
        let text = severity.score.filled().unwrap_or_default();
        if !kind.starts_with("CVSS_") {
            problems.push(Problem::note(
                "osv-severity-not-read",
                path.index(index).place(),
                format!(
                    "the severity '{}' of type '{}' is no CVSS vector and was left out",
                    shortened(text, 40),
                    shortened(kind, 40)
                ),
            ));
            continue;
        }
        match cvss::from_vector(text, "OSV") {
            Some(score) if !scores.contains(&score) => scores.push(score),
            Some(_) => {}
            None => problems.push(Problem::warning(
                "osv-severity-malformed",
                path.index(index).place(),
                format!(
                    "'{}' is no whole CVSS vector, so it gives no score",
                    shortened(text, 80)
                ),
            )),
        }
    }
}

/// One affected package; `None` when it names none.
fn product(
    affected: wire::Affected<'_>,
    scores: &mut Vec<Score>,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<AffectedProduct> {
    let package_path = path.key("package");
    let package = affected
        .package
        .take(&package_path, problems)
        .unwrap_or_default();
    add_severities(scores, affected.severity, &path.key("severity"), problems);
    let mut versions = Vec::new();
    let ranges_path = path.key("ranges");
    for (index, range) in affected.ranges.take(&ranges_path, problems) {
        versions.extend(entry(range, &ranges_path.index(index), problems));
    }
    let listed = ids(affected.versions, &path.key("versions"), problems);
    if !listed.is_empty() {
        versions.push(VersionEntry {
            span: VersionSpan::OneOf(listed),
            status: Status::Affected,
            scheme: None,
            changes: Vec::new(),
        });
    }
    for (key, specific) in [
        ("ecosystem_specific", affected.ecosystem_specific),
        ("database_specific", affected.database_specific),
    ] {
        let specific_path = path.key(key);
        if let Some(specific) = specific.take(&specific_path, problems) {
            specific.note(&specific_path, problems);
        }
    }
    if package.name.filled().is_none() && package.purl.filled().is_none() {
        // A record of commits alone may have no package (`ranges` of type GIT).
        problems.push(Problem::note(
            "osv-package-missing",
            package_path.place(),
            "no package is named, so the entry can match nothing",
        ));
        return None;
    }
    if versions.is_empty() {
        problems.push(Problem::warning(
            "osv-versions-missing",
            path.place(),
            "the package has neither ranges nor versions; one of them is expected",
        ));
    }
    Some(AffectedProduct {
        asserted_by: "OSV".to_owned(),
        package_name: package.name.owned(),
        ecosystem: package.ecosystem.owned(),
        purl: package.purl.owned(),
        // The schema's evaluation: a version that nothing covers is not affected.
        default_status: if versions.is_empty() {
            Status::Unknown
        } else {
            Status::NotAffected
        },
        versions,
        ..AffectedProduct::default()
    })
}

/// A range with its events; `None` when it has none.
fn entry(range: wire::Range<'_>, path: &Path<'_>, problems: &mut Problems) -> Option<VersionEntry> {
    let kind = range.kind.filled().unwrap_or_default();
    if !matches!(kind, "SEMVER" | "ECOSYSTEM" | "GIT") {
        problems.push(Problem::warning(
            "osv-range-type-unknown",
            path.key("type").place(),
            format!(
                "the range is of type '{}'; SEMVER, ECOSYSTEM or GIT is expected",
                shortened(kind, 40)
            ),
        ));
    }
    let events_path = path.key("events");
    let mut events = Vec::with_capacity(range.events.items().len());
    for (index, event) in range.events.take(&events_path, problems) {
        let before = events.len();
        for (version, turn) in [
            (
                &event.introduced,
                RangeEvent::Introduced as fn(String) -> RangeEvent,
            ),
            (&event.fixed, RangeEvent::Fixed),
            (&event.last_affected, RangeEvent::LastAffected),
            (&event.limit, RangeEvent::Limit),
        ] {
            events.extend(version.owned().map(turn));
        }
        if events.len() != before + 1 {
            problems.push(Problem::warning(
                "osv-event-shape",
                events_path.index(index).place(),
                "an event is one of introduced, fixed, last_affected and limit, and this is none or several",
            ));
        }
    }
    if events.is_empty() {
        problems.push(Problem::warning(
            "osv-range-empty",
            path.place(),
            "the range has no event and says nothing",
        ));
        return None;
    }
    Some(VersionEntry {
        span: VersionSpan::Events(events),
        status: Status::Affected,
        scheme: Some(kind.to_owned()),
        changes: Vec::new(),
    })
}
