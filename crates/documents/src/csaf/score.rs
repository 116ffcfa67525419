//! Scores of a flaw: CVSS of every version, and SSVC.

use isocenter_model::Problem;
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{Score, Ssvc};

use super::wire;
use crate::json::{Field, Filled, Path, Problems};

/// Mandatory base metrics and their values, by CVSS version (FIRST, CVSS v2.0 guide, v3.1 and v4.0 specification).
const BASE_2: &[(&str, &str)] = &[
    ("AV", "LAN"),
    ("AC", "HML"),
    ("Au", "MSN"),
    ("C", "NPC"),
    ("I", "NPC"),
    ("A", "NPC"),
];
const BASE_3: &[(&str, &str)] = &[
    ("AV", "NALP"),
    ("AC", "LH"),
    ("PR", "NLH"),
    ("UI", "NR"),
    ("S", "UC"),
    ("C", "NLH"),
    ("I", "NLH"),
    ("A", "NLH"),
];
const BASE_4: &[(&str, &str)] = &[
    ("AV", "NALP"),
    ("AC", "LH"),
    ("AT", "NP"),
    ("PR", "NLH"),
    ("UI", "NPA"),
    ("VC", "HLN"),
    ("VI", "HLN"),
    ("VA", "HLN"),
    ("SC", "HLN"),
    ("SI", "HLN"),
    ("SA", "HLN"),
];

/// Adds the scores in `metrics`, which `source` made, to those of a flaw.
pub(super) fn add(
    metrics: &wire::Metrics<'_>,
    source: &str,
    scores: &mut Vec<Score>,
    ssvc: &mut Option<Ssvc>,
    path: &Path<'_>,
    problems: &mut Problems,
) {
    for (key, default_version, cvss) in [
        ("cvss_v2", "2.0", &metrics.cvss_v2),
        ("cvss_v3", "3.1", &metrics.cvss_v3),
        ("cvss_v4", "4.0", &metrics.cvss_v4),
    ] {
        let path = path.key(key);
        cvss.report(&path, problems);
        let Some(score) = score(cvss, default_version, source, &path, problems) else {
            continue;
        };
        // One score is often repeated for each product.
        if scores.len() < 1_000 && !scores.contains(&score) {
            scores.push(score);
        }
    }
    metrics.ssvc_v2.report(&path.key("ssvc_v2"), problems);
    if let Some(found) = metrics.ssvc_v2.value().map(decision_points)
        && found != Ssvc::default()
    {
        *ssvc = Some(found);
    }
}

fn score(
    cvss: &Field<wire::Cvss<'_>>,
    default_version: &str,
    source: &str,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<Score> {
    let cvss = cvss.value()?;
    let version = cvss.version.filled().unwrap_or(default_version);
    let vector = cvss.vector_string.filled().unwrap_or_default();
    if let Some(fault) = fault(cvss, version, vector, default_version) {
        problems.push(Problem::error(
            "csaf-cvss-invalid",
            path.place(),
            format!("{fault} (CSAF test 6.1.8)"),
        ));
    }
    Some(Score {
        version: shortened(version, 10),
        vector: vector.to_owned(),
        base: cvss.base_score.filter(|base| (0.0..=10.0).contains(base))?,
        severity: cvss
            .base_severity
            .filled()
            .unwrap_or_default()
            .to_ascii_uppercase(),
        source: source.to_owned(),
    })
}

/// What is wrong in the shape of a score; `None` when nothing is.
fn fault(
    cvss: &wire::Cvss<'_>,
    version: &str,
    vector: &str,
    default_version: &str,
) -> Option<String> {
    let (prefix, base) = match (version, default_version) {
        ("2.0", "2.0") => ("", BASE_2),
        ("3.0", "3.1") => ("CVSS:3.0/", BASE_3),
        ("3.1", "3.1") => ("CVSS:3.1/", BASE_3),
        ("4.0", "4.0") => ("CVSS:4.0/", BASE_4),
        _ => {
            return Some(format!(
                "the score has the version '{}', which does not fit its key",
                shortened(version, 20)
            ));
        }
    };
    if cvss.version.filled().is_none() {
        return Some("the score has no version".to_owned());
    }
    match cvss.base_score {
        None => return Some("the score has no baseScore".to_owned()),
        Some(base) if !(0.0..=10.0).contains(&base) => {
            return Some(format!("the baseScore is {base}, outside of 0.0 to 10.0"));
        }
        Some(_) => {}
    }
    let Some(metrics) = vector.strip_prefix(prefix) else {
        return Some(format!(
            "the vectorString '{}' does not begin with {prefix}",
            shortened(vector, 40)
        ));
    };
    let mut seen: Vec<&str> = Vec::new();
    for metric in metrics.split('/').take(64) {
        let Some((name, value)) = metric.split_once(':') else {
            return Some(format!(
                "the vectorString holds '{}', which is no metric",
                shortened(metric, 20)
            ));
        };
        if seen.contains(&name) {
            return Some(format!(
                "the vectorString states {} twice",
                shortened(name, 20)
            ));
        }
        if let Some((_, values)) = base.iter().find(|(known, _)| *known == name)
            && !(value.len() == 1 && values.contains(value))
        {
            return Some(format!(
                "the vectorString states {}, which is none of {values}",
                shortened(metric, 20)
            ));
        }
        seen.push(name);
    }
    if let Some((missing, _)) = base.iter().find(|(name, _)| !seen.contains(name)) {
        return Some(format!("the vectorString does not state {missing}"));
    }
    if cvss.base_severity.filled().is_none() && default_version != "2.0" {
        return Some("the score has no baseSeverity".to_owned());
    }
    None
}

/// The decision points of CISA's SSVC (namespace `ssvc`), by their keys.
fn decision_points(ssvc: &wire::Ssvc<'_>) -> Ssvc {
    let mut found = Ssvc::default();
    for selection in ssvc.selections.items() {
        if selection.namespace.filled() != Some("ssvc") {
            continue;
        }
        // Several values mean that the author could not decide.
        let [value] = selection.values.items() else {
            continue;
        };
        let word = |words: &[(&str, &str)]| {
            words
                .iter()
                .find(|(key, _)| value.key.filled() == Some(key))
                .map(|(_, word)| (*word).to_owned())
        };
        match selection.key.filled() {
            Some("E") => {
                found.exploitation = word(&[("N", "none"), ("P", "poc"), ("A", "active")]);
            }
            Some("A") => found.automatable = word(&[("N", "no"), ("Y", "yes")]),
            Some("TI") => found.technical_impact = word(&[("P", "partial"), ("T", "total")]),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: &str, json: &str) -> Option<String> {
        let cvss: wire::Cvss<'_> = serde_json::from_str(json).unwrap();
        let version = cvss.version.filled().unwrap_or(key);
        fault(
            &cvss,
            version,
            cvss.vector_string.filled().unwrap_or_default(),
            key,
        )
    }

    #[test]
    fn sound_scores_of_every_version_have_no_fault() {
        for (key, json) in [
            (
                "2.0",
                r#"{"version":"2.0","vectorString":"AV:N/AC:L/Au:N/C:C/I:C/A:C","baseScore":10.0}"#,
            ),
            (
                "3.1",
                r#"{"version":"3.0","vectorString":"CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N","baseScore":3.7,"baseSeverity":"LOW"}"#,
            ),
            (
                "3.1",
                r#"{"version":"3.1","vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P","baseScore":9.8,"baseSeverity":"CRITICAL"}"#,
            ),
            (
                "4.0",
                r#"{"version":"4.0","vectorString":"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N","baseScore":9.3,"baseSeverity":"CRITICAL"}"#,
            ),
        ] {
            assert_eq!(check(key, json), None, "{json}");
        }
    }

    #[test]
    fn each_fault_of_a_score_is_named() {
        let mut faults = Vec::new();
        for (key, json) in [
            (
                "3.1",
                r#"{"version":"2.0","vectorString":"AV:N/AC:L/Au:N/C:C/I:C/A:C","baseScore":10.0}"#,
            ),
            (
                "3.1",
                r#"{"version":"3.1","vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseSeverity":"CRITICAL"}"#,
            ),
            (
                "3.1",
                r#"{"version":"3.1","vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":98,"baseSeverity":"CRITICAL"}"#,
            ),
            (
                "3.1",
                r#"{"version":"3.1","vectorString":"AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":9.8,"baseSeverity":"CRITICAL"}"#,
            ),
            (
                "3.1",
                r#"{"version":"3.1","vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H","baseScore":9.8,"baseSeverity":"CRITICAL"}"#,
            ),
            (
                "3.1",
                r#"{"version":"3.1","vectorString":"CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":9.8,"baseSeverity":"CRITICAL"}"#,
            ),
            (
                "3.1",
                r#"{"version":"3.1","vectorString":"CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":9.8,"baseSeverity":"CRITICAL"}"#,
            ),
            (
                "3.1",
                r#"{"version":"3.1","vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":9.8}"#,
            ),
        ] {
            faults.push(check(key, json).unwrap());
        }
        insta::assert_snapshot!(faults.join("\n"), @"
        the score has the version '2.0', which does not fit its key
        the score has no baseScore
        the baseScore is 98, outside of 0.0 to 10.0
        the vectorString 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' does not begin with CVSS:3.1/
        the vectorString does not state A
        the vectorString states AV twice
        the vectorString states AV:X, which is none of NALP
        the score has no baseSeverity
        ");
    }
}
