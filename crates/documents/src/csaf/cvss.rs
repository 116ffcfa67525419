//! CVSS objects: their form (test 6.1.8), their sums (6.1.9), and whether they agree with their vector (6.1.10).
//!
//! The metrics of each version are data: `catalogs/cvss.toml`. The sums are those of the crate `cvss`. A metric
//! that only the vector states, or only a property, contradicts nothing.

mod catalog;

use std::str::FromStr;

use isocenter_model::Problem;
use isocenter_model::text::shortened;

use crate::json::{Node, Path, Problems};
use catalog::{Metric, VERSIONS, Version};

/// Checks a CVSS object that stands under the key of major version `major`.
pub(super) fn check(score: &Node<'_>, major: u8, path: &Path<'_>, problems: &mut Problems) {
    let stated = score.text("version");
    let version = match (major, stated) {
        (3, Some("3.0")) => "3.0",
        (2, _) => "2.0",
        (3, _) => "3.1",
        _ => "4.0",
    };
    let Some(version) = VERSIONS.iter().find(|entry| entry.name == version) else {
        return;
    };
    let mut faults = Faults {
        path,
        count: 0,
        problems,
    };
    let vector = version.form(score, &mut faults);
    if faults.count == 0 {
        version.sums(score, path, problems);
        version.agreement(score, &vector, path, problems);
    }
    version.others(score, path, problems);
}

/// Whether the environmental score of a CVSS object is zero, as that of a corrected product is (test 6.2.19).
pub(super) fn is_without_impact(score: &Node<'_>) -> bool {
    let modified: [&[(&str, &str)]; 2] = [
        &[
            ("MC", "modifiedConfidentialityImpact"),
            ("MI", "modifiedIntegrityImpact"),
            ("MA", "modifiedAvailabilityImpact"),
        ],
        &[
            ("MVC", "modifiedVulnConfidentialityImpact"),
            ("MVI", "modifiedVulnIntegrityImpact"),
            ("MVA", "modifiedVulnAvailabilityImpact"),
            ("MSC", "modifiedSubConfidentialityImpact"),
            ("MSI", "modifiedSubIntegrityImpact"),
            ("MSA", "modifiedSubAvailabilityImpact"),
        ],
    ];
    let vector = score.text("vectorString").unwrap_or_default();
    let is_none = |(sign, property): &(&str, &str)| {
        vector.split('/').any(|metric| {
            metric
                .split_once(':')
                .is_some_and(|(found, value)| found == *sign && value == "N")
        }) || matches!(score.text(property), Some("NONE" | "NEGLIGIBLE"))
    };
    score.number("environmentalScore") == Some(0.0)
        || vector.split('/').any(|metric| metric == "TD:N")
        || score.text("targetDistribution") == Some("NONE")
        || modified.iter().any(|group| group.iter().all(is_none))
}

/// A metric of a vector, as it stands there.
type Stated<'v> = Vec<(&'static Metric, &'v str)>;

impl Version {
    /// Test 6.1.8; what the vector states is given back as far as it was understood.
    fn form<'v>(&'static self, score: &'v Node<'_>, faults: &mut Faults<'_>) -> Stated<'v> {
        match score.get("version") {
            None => faults.push("the score has no version"),
            Some(Node::Text(text)) if *text == self.name => {}
            Some(other) => faults.push(format!(
                "the score has the version {}, which does not fit its key",
                shown(other)
            )),
        }
        let mut stated = Stated::new();
        match score.get("vectorString") {
            None => faults.push("the score has no vectorString"),
            Some(Node::Text(vector)) => match self.vector(vector) {
                Ok(metrics) => stated = metrics,
                Err(fault) => faults.push(fault),
            },
            Some(other) => faults.push(format!("the vectorString is {}", shown(other))),
        }
        for name in &self.scores {
            match score.get(name) {
                Some(Node::Number(number)) => {
                    if !(0.0..=10.0).contains(number) {
                        faults.push(format!("the {name} is {number}, outside of 0.0 to 10.0"));
                    }
                }
                None if !self.required.contains(name) => {}
                None => faults.push(format!("the score has no {name}")),
                Some(other) => faults.push(format!("the {name} is {}", shown(other))),
            }
        }
        for name in &self.severities {
            match score.get(name) {
                Some(Node::Text(word)) if SEVERITIES.contains(&&**word) => {}
                None if !self.required.contains(name) => {}
                None => faults.push(format!("the score has no {name}")),
                Some(other) => faults.push(format!(
                    "the {name} is {}; {} is expected",
                    shown(other),
                    SEVERITIES.join(", ")
                )),
            }
        }
        for metric in self.metrics() {
            match score.get(&metric.property) {
                None => {}
                Some(Node::Text(word)) if metric.values.iter().any(|(_, known)| known == word) => {}
                Some(other) => faults.push(format!(
                    "the {} is {}, which is none of its words",
                    metric.property,
                    shown(other)
                )),
            }
        }
        if self.closed {
            for (key, _) in score.members() {
                if !self.has_property(key) {
                    faults.push(format!(
                        "the score has the property `{}`, which its schema does not have",
                        shortened(key, 40)
                    ));
                }
            }
            if let (Some(base), Some(severity)) =
                (score.number("baseScore"), score.text("baseSeverity"))
                && severity_of(base) != severity
                && SEVERITIES.contains(&severity)
            {
                faults.push(format!("the baseScore {base} is not {severity}"));
            }
        }
        stated
    }

    /// The metrics that `vector` states, or what is wrong with it.
    fn vector<'v>(&'static self, vector: &'v str) -> Result<Stated<'v>, String> {
        let Some(metrics) = vector.strip_prefix(self.prefix.as_str()) else {
            return Err(format!(
                "the vectorString '{}' does not begin with {}",
                shortened(vector, 40),
                self.prefix
            ));
        };
        let mut stated = Stated::new();
        let mut place = 0;
        for metric in metrics.split('/').take(64) {
            let Some((sign, value)) = metric.split_once(':') else {
                return Err(format!(
                    "the vectorString holds '{}', which is no metric",
                    shortened(metric, 20)
                ));
            };
            let Some((index, known)) = self
                .metrics()
                .enumerate()
                .find(|(_, known)| known.sign == sign)
            else {
                return Err(format!(
                    "the vectorString states '{}', which CVSS {} does not have",
                    shortened(metric, 20),
                    self.name
                ));
            };
            if stated.iter().any(|(earlier, _)| earlier.sign == sign) {
                return Err(format!("the vectorString states {sign} twice"));
            }
            if !known.values.iter().any(|(known, _)| known == value) {
                let values: Vec<&str> = known
                    .values
                    .iter()
                    .map(|(value, _)| value.as_str())
                    .collect();
                return Err(format!(
                    "the vectorString states {}; {sign} is one of {}",
                    shortened(metric, 20),
                    values.join(", ")
                ));
            }
            if self.ordered && index < place {
                return Err(format!("the vectorString states {sign} out of order"));
            }
            place = index;
            stated.push((known, value));
        }
        match self
            .base
            .iter()
            .find(|metric| !stated.iter().any(|(found, _)| found.sign == metric.sign))
        {
            Some(missing) => Err(format!("the vectorString does not state {}", missing.sign)),
            None => Ok(stated),
        }
    }

    /// Test 6.1.9.
    fn sums(&self, score: &Node<'_>, path: &Path<'_>, problems: &mut Problems) {
        let Some(sums) = score
            .text("vectorString")
            .and_then(|vector| self.reckon(vector))
        else {
            return;
        };
        for (index, sum) in sums.into_iter().enumerate() {
            if let Some(name) = self.scores.get(index)
                && let Some(stated) = score.number(name)
                && (stated - sum).abs() > 1e-9
            {
                problems.push(Problem::error(
                    "csaf-6-1-09",
                    path.key(name).place(),
                    format!(
                        "the {name} is {stated}, where the vector gives {sum:.1} (CSAF test 6.1.9)"
                    ),
                ));
            }
            if let Some(name) = self.severities.get(index)
                && let Some(stated) = score.text(name)
                && stated != severity_of(sum)
            {
                problems.push(Problem::error(
                    "csaf-6-1-09",
                    path.key(name).place(),
                    format!(
                        "the {name} is {stated}, where the vector gives {} (CSAF test 6.1.9)",
                        severity_of(sum)
                    ),
                ));
            }
        }
    }

    /// Base, temporal and environmental score of `vector`.
    fn reckon(&self, vector: &str) -> Option<[f64; 3]> {
        Some(match self.name.as_str() {
            "2.0" => {
                let vector = cvss::v2::Vector::from_str(vector).ok()?;
                [
                    vector.score().value(),
                    vector.temporal_score().value(),
                    vector.environmental_score().value(),
                ]
            }
            "4.0" => {
                let score = cvss::v4::Vector::from_str(vector).ok()?.score().value();
                [score; 3]
            }
            _ => {
                let parsed = cvss::v3::Vector::from_str(vector).ok()?;
                let base = parsed.base_score().value();
                [
                    base,
                    temporal(vector, base, parsed.minor_version),
                    parsed.environmental_score().value(),
                ]
            }
        })
    }

    /// Test 6.1.10.
    fn agreement(
        &self,
        score: &Node<'_>,
        stated: &Stated<'_>,
        path: &Path<'_>,
        problems: &mut Problems,
    ) {
        // Nearly every score has no property but those that it must have.
        if score.members().len() <= self.required.len() {
            return;
        }
        for (metric, value) in stated {
            if let Some(word) = score.text(&metric.property)
                && let Some((_, expected)) = metric.values.iter().find(|(known, _)| known == value)
                && expected != word
            {
                problems.push(Problem::error(
                    "csaf-6-1-10",
                    path.key(&metric.property).place(),
                    format!(
                        "the {} is {word}, where the vector says {expected} (CSAF test 6.1.10)",
                        metric.property
                    ),
                ));
            }
        }
    }

    /// Properties that the schema does not name but lets pass (test 6.2.20).
    fn others(&self, score: &Node<'_>, path: &Path<'_>, problems: &mut Problems) {
        let is_plain = score.members().len() == self.required.len();
        if self.closed || (is_plain && self.required.iter().all(|name| score.get(name).is_some())) {
            return;
        }
        for (key, _) in score.members() {
            if !self.has_property(key) {
                problems.push(Problem::warning(
                    "csaf-6-2-20",
                    path.key(key).place(),
                    format!(
                        "the schema of CVSS {} has no property `{}`, so it was not read (CSAF test 6.2.20)",
                        self.name,
                        shortened(key, 60)
                    ),
                ));
            }
        }
    }

    fn metrics(&self) -> impl Iterator<Item = &Metric> {
        self.base.iter().chain(&self.further)
    }

    fn has_property(&self, key: &str) -> bool {
        [&self.required, &self.scores, &self.severities]
            .iter()
            .any(|names| names.iter().any(|name| name == key))
            || self.metrics().any(|metric| metric.property == key)
    }
}

/// Temporal score of a CVSS 3 vector (specification 3.1, 7.2), which the crate does not reckon by itself.
fn temporal(vector: &str, base: f64, minor: usize) -> f64 {
    // Its metrics stand in any order behind the eight of the base, which are all that most vectors have.
    let is_stated = vector.bytes().filter(|byte| *byte == b'/').count() > 8;
    let weight = |sign: &str, weights: &[(&str, f64)]| {
        vector
            .split('/')
            .filter(|_| is_stated)
            .filter_map(|metric| metric.split_once(':'))
            .find(|(found, _)| *found == sign)
            .and_then(|(_, value)| weights.iter().find(|(known, _)| *known == value))
            .map_or(1.0, |(_, weight)| *weight)
    };
    let maturity = weight("E", &[("U", 0.91), ("P", 0.94), ("F", 0.97)]);
    let level = weight("RL", &[("O", 0.95), ("T", 0.96), ("W", 0.97)]);
    let confidence = weight("RC", &[("U", 0.92), ("R", 0.96)]);
    cvss::v3::Score::new(base * maturity * level * confidence)
        .roundup_for_version(minor)
        .value()
}

const SEVERITIES: [&str; 5] = ["NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL"];

/// The word for a score since CVSS 3.0 (specification 3.1, 5).
fn severity_of(score: f64) -> &'static str {
    if score < 0.1 {
        "NONE"
    } else if score < 4.0 {
        "LOW"
    } else if score < 7.0 {
        "MEDIUM"
    } else if score < 9.0 {
        "HIGH"
    } else {
        "CRITICAL"
    }
}

/// A value in a message.
fn shown(value: &Node<'_>) -> String {
    match value {
        Node::Text(text) => format!("'{}'", shortened(text, 40)),
        other => other.kind().to_owned(),
    }
}

/// Faults of form, all at the score.
struct Faults<'f> {
    path: &'f Path<'f>,
    count: usize,
    problems: &'f mut Problems,
}

impl Faults<'_> {
    fn push(&mut self, fault: impl std::fmt::Display) {
        self.count += 1;
        self.problems.push(Problem::error(
            "csaf-cvss-invalid",
            self.path.place(),
            format!("{fault} (CSAF test 6.1.8)"),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Mended;

    #[track_caller]
    fn problems(major: u8, json: &str) -> String {
        let mut mended = Mended::default();
        let mut problems = Problems::default();
        let score = Node::parse(json, &mut mended, &mut problems).unwrap();
        check(&score, major, &Path::Root.key("s"), &mut problems);
        let lines: Vec<String> = problems
            .finish()
            .iter()
            .map(|problem| format!("{} {}: {}", problem.id, problem.at, problem.message))
            .collect();
        lines.join("\n")
    }

    #[test]
    fn the_shipped_table_holds_every_version() {
        let counts: Vec<(&str, usize)> = VERSIONS
            .iter()
            .map(|version| (version.name.as_str(), version.metrics().count()))
            .collect();
        assert_eq!(counts, [("2.0", 14), ("3.0", 22), ("3.1", 22), ("4.0", 32)]);
    }

    #[test]
    fn sound_scores_of_every_version_have_no_fault() {
        for (major, json) in [
            (
                2,
                r#"{"version":"2.0","vectorString":"AV:N/AC:L/Au:N/C:C/I:C/A:C","baseScore":10.0}"#,
            ),
            (
                2,
                r#"{"version":"2.0","vectorString":"AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H","baseScore":7.8,"temporalScore":6.4,"environmentalScore":9.2}"#,
            ),
            (
                3,
                r#"{"version":"3.0","vectorString":"CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N","baseScore":3.7,"baseSeverity":"LOW"}"#,
            ),
            (
                3,
                r#"{"version":"3.1","vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P","baseScore":9.8,"baseSeverity":"CRITICAL","temporalScore":9.3,"temporalSeverity":"CRITICAL","exploitCodeMaturity":"PROOF_OF_CONCEPT","attackVector":"NETWORK","modifiedScope":"UNCHANGED"}"#,
            ),
            (
                4,
                r#"{"version":"4.0","vectorString":"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N","baseScore":9.3,"baseSeverity":"CRITICAL"}"#,
            ),
            (
                4,
                r#"{"version":"4.0","vectorString":"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:P","baseScore":9.3,"baseSeverity":"CRITICAL"}"#,
            ),
        ] {
            assert_eq!(problems(major, json), "", "{json}");
        }
    }

    #[test]
    fn each_fault_of_form_is_named() {
        let vector = r#""vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H""#;
        let mut faults = Vec::new();
        for (major, json) in [
            (3, r#"{"version":"2.0","vectorString":"AV:N/AC:L/Au:N/C:C/I:C/A:C","baseScore":10.0}"#.to_owned()),
            (3, format!(r#"{{"version":"3.1",{vector},"baseSeverity":"CRITICAL"}}"#)),
            (3, format!(r#"{{"version":"3.1",{vector},"baseScore":98,"baseSeverity":"SEVERE"}}"#)),
            (3, format!(r#"{{"version":3.1,{vector},"baseScore":"9.8","baseSeverity":"CRITICAL","scope":"SAME"}}"#)),
            (3, r#"{"version":"3.1","vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H","baseScore":9.8,"baseSeverity":"CRITICAL"}"#.to_owned()),
            (3, r#"{"version":"3.1","vectorString":"CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":9.8,"baseSeverity":"CRITICAL"}"#.to_owned()),
            (3, r#"{"version":"3.1","vectorString":"CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":9.8,"baseSeverity":"CRITICAL"}"#.to_owned()),
            (3, r#"{"version":"3.1","vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/Q:X","baseScore":9.8,"baseSeverity":"CRITICAL"}"#.to_owned()),
            (3, r#"{"version":"3.1","vectorString":"CVSS:3.1/","baseScore":9.8}"#.to_owned()),
            (4, r#"{"version":"4.0","vectorString":"CVSS:4.0/AC:L/AV:N/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N","baseScore":9.3,"baseSeverity":"HIGH","threatScore":9.3}"#.to_owned()),
        ] {
            faults.push(problems(major, &json));
        }
        insta::assert_snapshot!(faults.join("\n"), @"
        csaf-cvss-invalid /s: the score has the version '2.0', which does not fit its key (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the vectorString 'AV:N/AC:L/Au:N/C:C/I:C/A:C' does not begin with CVSS:3.1/ (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the score has no baseSeverity (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the score has no baseScore (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the baseScore is 98, outside of 0.0 to 10.0 (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the baseSeverity is 'SEVERE'; NONE, LOW, MEDIUM, HIGH, CRITICAL is expected (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the score has the version a number, which does not fit its key (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the baseScore is '9.8' (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the scope is 'SAME', which is none of its words (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the vectorString does not state A (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the vectorString states AV twice (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the vectorString states AV:X; AV is one of N, A, L, P (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the vectorString states 'Q:X', which CVSS 3.1 does not have (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the vectorString holds '', which is no metric (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the score has no baseSeverity (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the vectorString states AV out of order (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the score has the property `threatScore`, which its schema does not have (CSAF test 6.1.8)
        csaf-cvss-invalid /s: the baseScore 9.3 is not HIGH (CSAF test 6.1.8)
        ");
    }

    #[test]
    fn sums_and_words_are_held_against_the_vector() {
        let mut faults = Vec::new();
        for (major, json) in [
            (
                3,
                r#"{"version":"3.1","vectorString":"CVSS:3.1/AV:L/AC:L/PR:H/UI:R/S:U/C:H/I:H/A:H","baseScore":10.0,"baseSeverity":"LOW"}"#,
            ),
            (
                2,
                r#"{"version":"2.0","vectorString":"AV:N/AC:L/Au:N/C:C/I:C/A:C","baseScore":6.5,"temporalScore":9,"other":1}"#,
            ),
            (
                3,
                r#"{"version":"3.1","vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":9.8,"baseSeverity":"CRITICAL","attackVector":"LOCAL","scope":"CHANGED","environmentalScore":9.8,"environmentalSeverity":"HIGH"}"#,
            ),
            (
                4,
                r#"{"version":"4.0","vectorString":"CVSS:4.0/AV:L/AC:L/AT:P/PR:H/UI:A/VC:H/VI:H/VA:H/SC:L/SI:L/SA:L","baseScore":9.4,"baseSeverity":"CRITICAL","subIntegrityImpact":"NONE"}"#,
            ),
        ] {
            faults.push(problems(major, json));
        }
        insta::assert_snapshot!(faults.join("\n"), @"
        csaf-6-1-09 /s/baseScore: the baseScore is 10, where the vector gives 6.5 (CSAF test 6.1.9)
        csaf-6-1-09 /s/baseSeverity: the baseSeverity is LOW, where the vector gives MEDIUM (CSAF test 6.1.9)
        csaf-6-1-09 /s/baseScore: the baseScore is 6.5, where the vector gives 10.0 (CSAF test 6.1.9)
        csaf-6-1-09 /s/temporalScore: the temporalScore is 9, where the vector gives 10.0 (CSAF test 6.1.9)
        csaf-6-2-20 /s/other: the schema of CVSS 2.0 has no property `other`, so it was not read (CSAF test 6.2.20)
        csaf-6-1-09 /s/environmentalSeverity: the environmentalSeverity is HIGH, where the vector gives CRITICAL (CSAF test 6.1.9)
        csaf-6-1-10 /s/attackVector: the attackVector is LOCAL, where the vector says NETWORK (CSAF test 6.1.10)
        csaf-6-1-10 /s/scope: the scope is CHANGED, where the vector says UNCHANGED (CSAF test 6.1.10)
        csaf-6-1-09 /s/baseScore: the baseScore is 9.4, where the vector gives 5.4 (CSAF test 6.1.9)
        csaf-6-1-09 /s/baseSeverity: the baseSeverity is CRITICAL, where the vector gives MEDIUM (CSAF test 6.1.9)
        csaf-6-1-10 /s/subIntegrityImpact: the subIntegrityImpact is NONE, where the vector says LOW (CSAF test 6.1.10)
        ");
    }

    #[test]
    fn a_score_without_modified_impact_is_that_of_a_corrected_product() {
        let mut mended = Mended::default();
        let mut problems = Problems::default();
        let text = r#"[{"environmentalScore":0},{"vectorString":"CVSS:3.1/AV:L/MC:N/MI:N/MA:N"},
            {"modifiedConfidentialityImpact":"NONE","modifiedIntegrityImpact":"NONE","modifiedAvailabilityImpact":"NONE"},
            {"vectorString":"AV:L/TD:N"},
            {"vectorString":"CVSS:4.0/MVC:N/MVI:N/MVA:N/MSC:N/MSI:N/MSA:N"},
            {"vectorString":"CVSS:3.1/AV:L/MC:N/MI:N"},{"environmentalScore":1}]"#;
        let list = Node::parse(text, &mut mended, &mut problems).unwrap();
        let found: Vec<bool> = list.elements().iter().map(is_without_impact).collect();
        assert_eq!(found, [true, true, true, true, true, false, false]);
    }
}
