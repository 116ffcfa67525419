//! Records of flaws in words, for the tests of every feed.

use std::fmt::Write as _;

use isocenter_model::Reading;
use isocenter_model::applicability::{Node, Operator};
use isocenter_model::vulnerability::{
    AffectedProduct, Bound, RangeEvent, VersionSpan, VulnerabilityRecord,
};

pub(crate) fn span(span: &VersionSpan) -> String {
    let bound = |bound: &Option<Bound>, inclusive: &str, exclusive: &str| {
        bound.as_ref().map_or("…".to_owned(), |bound| {
            format!(
                "{} {}",
                if bound.inclusive {
                    inclusive
                } else {
                    exclusive
                },
                bound.version
            )
        })
    };
    match span {
        VersionSpan::All => "all".to_owned(),
        VersionSpan::Exact(version) => format!("[{version}]"),
        VersionSpan::OneOf(versions) => format!("one of {}", versions.join(", ")),
        VersionSpan::Events(events) => {
            let events = events.iter().map(|event| match event {
                RangeEvent::Introduced(version) => format!("introduced {version}"),
                RangeEvent::Fixed(version) => format!("fixed {version}"),
                RangeEvent::LastAffected(version) => format!("last affected {version}"),
                RangeEvent::Limit(version) => format!("limit {version}"),
            });
            events.collect::<Vec<_>>().join(", ")
        }
        VersionSpan::Between { from, to } => {
            format!(
                "{} to {}",
                bound(from, "from", "after"),
                bound(to, "through", "before")
            )
        }
        VersionSpan::Text(text) => format!("text '{text}'"),
    }
}

pub(crate) fn product(product: &AffectedProduct) -> String {
    let mut line = format!(
        "{}: {} / {}",
        product.asserted_by,
        product.vendor.as_deref().unwrap_or("?"),
        product.product.as_deref().unwrap_or("?")
    );
    for (name, value) in [
        ("package", &product.package_name),
        ("collection", &product.collection_url),
        ("ecosystem", &product.ecosystem),
        ("purl", &product.purl),
    ] {
        if let Some(value) = value {
            write!(line, " {name}={value}").unwrap();
        }
    }
    if !product.cpes.is_empty() {
        write!(line, " cpe={}", product.cpes.join(" ")).unwrap();
    }
    if !product.platforms.is_empty() {
        write!(line, " on={}", product.platforms.join(" + ")).unwrap();
    }
    write!(line, " default={}", product.default_status.as_str()).unwrap();
    for version in &product.versions {
        write!(
            line,
            "\n  {}: {}",
            version.status.as_str(),
            span(&version.span)
        )
        .unwrap();
        if let Some(scheme) = &version.scheme {
            write!(line, " ({scheme})").unwrap();
        }
        for (at, status) in &version.changes {
            write!(line, ", from {at} {}", status.as_str()).unwrap();
        }
    }
    line
}

/// A tree of CPE names in one line.
pub(crate) fn tree(node: &Node) -> String {
    let mut parts: Vec<String> = node.nodes.iter().map(tree).collect();
    parts.extend(node.matches.iter().map(|one| {
        let mut text = String::new();
        if !one.vulnerable {
            text.push_str("on ");
        }
        text.push_str(&one.criteria);
        if one.from.is_some() || one.to.is_some() {
            let between = VersionSpan::Between {
                from: one.from.clone(),
                to: one.to.clone(),
            };
            write!(text, " {}", span(&between)).unwrap();
        }
        text
    }));
    let joined = parts.join(match node.operator {
        Operator::And => " AND ",
        Operator::Or => " OR ",
    });
    format!("{}({joined})", if node.negate { "NOT " } else { "" })
}

/// Everything that a record holds, in lines.
pub(crate) fn record(record: &VulnerabilityRecord) -> String {
    let mut lines = vec![format!(
        "{} of {}, {:?}, aliases {:?}, related {:?}, tags {:?}, weaknesses {:?}",
        record.id,
        record.source,
        record.state,
        record.aliases,
        record.related,
        record.tags,
        record.weaknesses
    )];
    for (name, text) in [
        ("title", &record.title),
        ("description", &record.description),
    ] {
        lines.extend(text.as_ref().map(|text| format!("{name}: {text}")));
    }
    lines.push(format!(
        "published {:?}, modified {:?}, known exploited {:?}",
        record.published, record.modified, record.known_exploited
    ));
    lines.extend(record.scores.iter().map(|score| {
        format!(
            "CVSS {} {} {} {} by {}",
            score.version, score.base, score.severity, score.vector, score.source
        )
    }));
    lines.extend(record.ssvc.as_ref().map(|ssvc| format!("{ssvc:?}")));
    lines.extend(record.affected.iter().map(product));
    lines.extend(
        record
            .configurations
            .iter()
            .map(|one| format!("{}: {}", one.asserted_by, tree(&one.tree))),
    );
    lines.extend(
        record
            .references
            .iter()
            .map(|one| format!("see {} {:?}", one.url, one.tags)),
    );
    lines.extend(
        record
            .remediations
            .iter()
            .map(|one| format!("{}: {}", one.category, one.details)),
    );
    lines.extend(record.recall.as_ref().map(|recall| format!("{recall:?}")));
    lines.join("\n")
}

pub(crate) fn problems(reading: &Reading) -> String {
    let lines: Vec<String> = reading
        .problems
        .iter()
        .map(|problem| {
            format!(
                "{} {} {}: {}",
                problem.level, problem.id, problem.at, problem.message
            )
        })
        .collect();
    lines.join("\n")
}
