//! CVSS: a score from its vector alone (FIRST, CVSS v2.0 guide, v3.1 and v4.0 specification).

use cvss::Cvss;
use isocenter_model::vulnerability::Score;

/// Longer texts are no vector: one of version 4.0 with every metric has about 200 characters.
const LONGEST: usize = 400;

/// The score that `vector` gives, by whoever `source` is; `None` where the vector cannot be read.
pub(crate) fn from_vector(vector: &str, source: &str) -> Option<Score> {
    let vector = vector.trim();
    if vector.len() > LONGEST {
        return None;
    }
    let parsed = vector.parse::<Cvss>().ok()?;
    // A metric that is left out would count as no impact; of version 4.0 the parser asks for all itself.
    let is_whole = match &parsed {
        Cvss::CvssV20(v) => {
            v.av.is_some()
                && v.ac.is_some()
                && v.au.is_some()
                && v.c.is_some()
                && v.i.is_some()
                && v.a.is_some()
        }
        Cvss::CvssV30(v) | Cvss::CvssV31(v) => {
            v.av.is_some()
                && v.ac.is_some()
                && v.pr.is_some()
                && v.ui.is_some()
                && v.s.is_some()
                && v.c.is_some()
                && v.i.is_some()
                && v.a.is_some()
        }
        _ => true,
    };
    if !is_whole {
        return None;
    }
    let (version, base, severity) = match parsed {
        Cvss::CvssV20(metrics) => ("2.0", metrics.score().value(), None),
        Cvss::CvssV30(metrics) => base_of("3.0", &metrics),
        Cvss::CvssV31(metrics) => base_of("3.1", &metrics),
        Cvss::CvssV40(metrics) => {
            let score = metrics.score();
            let severity = score.clone().severity();
            ("4.0", score.value(), Some(severity))
        }
        _ => return None,
    };
    (0.0..=10.0).contains(&base).then(|| Score {
        version: version.to_owned(),
        vector: vector.to_owned(),
        base,
        severity: severity
            .map(|severity| severity.to_string().to_ascii_uppercase())
            .unwrap_or_default(),
        source: source.to_owned(),
    })
}

/// Temporal and environmental metrics in a record are somebody else's: only the base score is taken.
fn base_of(
    version: &'static str,
    metrics: &cvss::v3::Vector,
) -> (&'static str, f64, Option<cvss::Severity>) {
    let score = metrics.base_score();
    (version, score.value(), Some(score.severity()))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[track_caller]
    fn check(vector: &str, version: &str, base: f64, severity: &str) {
        let score = from_vector(vector, "x").unwrap();
        assert_eq!(
            (score.version.as_str(), score.base, score.severity.as_str()),
            (version, base, severity)
        );
    }

    #[test]
    fn every_version_of_a_vector_gives_its_published_score() {
        check("AV:N/AC:L/Au:N/C:C/I:C/A:C", "2.0", 10.0, "");
        check(
            "CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N",
            "3.0",
            3.7,
            "LOW",
        );
        check(
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
            "3.1",
            9.8,
            "CRITICAL",
        );
        check(
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O",
            "3.1",
            9.8,
            "CRITICAL",
        );
        check(
            "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
            "4.0",
            9.3,
            "CRITICAL",
        );
    }

    #[test]
    fn what_is_no_whole_vector_gives_none() {
        for text in [
            "",
            "medium",
            "CVSS:3.1/AV:N",
            "CVSS:9.9/AV:N/AC:L",
            "CVSS:3.1",
            &"A:B/".repeat(1_000),
        ] {
            assert_eq!(from_vector(text, "x"), None, "{text}");
        }
    }

    #[test]
    fn every_base_parsed_version_4_has_a_score() {
        let metrics: [(&str, &[&str]); 11] = [
            ("AV", &["N", "A", "L", "P"]),
            ("AC", &["L", "H"]),
            ("AT", &["N", "P"]),
            ("PR", &["N", "L", "H"]),
            ("UI", &["N", "P", "A"]),
            ("VC", &["H", "L", "N"]),
            ("VI", &["H", "L", "N"]),
            ("VA", &["H", "L", "N"]),
            ("SC", &["H", "L", "N"]),
            ("SI", &["H", "L", "N"]),
            ("SA", &["H", "L", "N"]),
        ];
        // A step that shares no factor with the number of values visits all of them in turn.
        for number in (0..104_976_usize).step_by(7) {
            let mut rest = number;
            let mut vector = "CVSS:4.0".to_owned();
            for (name, values) in metrics {
                write!(vector, "/{name}:{}", values[rest % values.len()]).unwrap();
                rest /= values.len();
            }
            assert!(from_vector(&vector, "x").is_some(), "{vector}");
        }
    }
}
