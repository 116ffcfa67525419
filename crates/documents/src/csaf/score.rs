//! Scores of a flaw: CVSS of every version, and SSVC.

use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{Score, Ssvc};

use crate::json::Node;
use crate::ssvc::choose;

/// Adds the scores in `metrics` (an element of `scores` in 2.0, the content of a metric in 2.1), which
/// `source` made, to those of a flaw.
pub(super) fn add(
    metrics: &Node<'_>,
    source: &str,
    scores: &mut Vec<Score>,
    ssvc: &mut Option<Ssvc>,
) {
    for (key, default_version) in [("cvss_v2", "2.0"), ("cvss_v3", "3.1"), ("cvss_v4", "4.0")] {
        let Some(score) = metrics
            .get(key)
            .and_then(|cvss| score(cvss, default_version, source))
        else {
            continue;
        };
        // One score is often repeated for each product.
        if scores.len() < 1_000 && !scores.contains(&score) {
            scores.push(score);
        }
    }
    if let Some(found) = metrics.get("ssvc_v2").map(decision_points)
        && found != Ssvc::default()
    {
        *ssvc = Some(found);
    }
}

fn score(cvss: &Node<'_>, default_version: &str, source: &str) -> Option<Score> {
    Some(Score {
        version: shortened(cvss.filled("version").unwrap_or(default_version), 10),
        vector: cvss.owned("vectorString").unwrap_or_default(),
        base: cvss
            .number("baseScore")
            .filter(|base| (0.0..=10.0).contains(base))?,
        severity: cvss
            .filled("baseSeverity")
            .unwrap_or_default()
            .to_ascii_uppercase(),
        source: source.to_owned(),
    })
}

/// The decision points of CISA's SSVC (namespace `ssvc`), by their keys.
fn decision_points(ssvc: &Node<'_>) -> Ssvc {
    let mut found = Ssvc::default();
    for selection in ssvc.list("selections") {
        if selection.filled("namespace") != Some("ssvc") {
            continue;
        }
        let values = selection.list("values").iter();
        let values: Vec<&str> = values.filter_map(|value| value.filled("key")).collect();
        if let Some(point) = selection.filled("key") {
            choose(&mut found, point, &values);
        }
    }
    found
}
