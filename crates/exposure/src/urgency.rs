//! How pressing an open finding is: a sum that a person can add up again.

use isocenter_model::assessment::Exposure;
use isocenter_model::finding::{Urgency, UrgencyClass, UrgencyTerm};
use isocenter_model::form::{AnswerValue, DisclosureForm, FormEdition};
use isocenter_model::product::ClinicalRole;
use jiff::civil::Date;

use crate::policy::Policy;

/// What is weighed.
#[derive(Debug, Clone, Copy)]
pub struct Weighed<'a> {
    /// Day of the listing as known exploited, and whether ransomware uses it.
    pub known_exploited: Option<(Option<Date>, bool)>,
    /// EPSS probability, 0 to 1.
    pub epss: Option<f64>,
    /// CVSS base score, 0 to 10, with its version.
    pub score: Option<(f64, &'a str)>,
    /// How reachable the release is.
    pub exposure: &'a Exposure,
    /// What the device means for patients.
    pub role: ClinicalRole,
}

/// Adds up the terms and finds the class.
pub fn weigh(policy: &Policy, weighed: &Weighed<'_>) -> Urgency {
    let terms = vec![
        known_exploited_term(policy, weighed.known_exploited),
        epss_term(policy, weighed.epss),
        cvss_term(policy, weighed.score),
        exposure_term(weighed.exposure),
        UrgencyTerm {
            name: "clinical role".to_owned(),
            value: weighed.role.as_str().to_owned(),
            points: policy.role_points(weighed.role),
        },
    ];
    let points = terms
        .iter()
        .map(|term| term.points)
        .sum::<f64>()
        .clamp(0.0, 100.0);
    let points = tenths(points);
    let class = if points >= policy.classes.now {
        UrgencyClass::Now
    } else if points >= policy.classes.soon {
        UrgencyClass::Soon
    } else if points >= policy.classes.planned {
        UrgencyClass::Planned
    } else {
        UrgencyClass::Watch
    };
    Urgency {
        class,
        points,
        terms,
    }
}

fn known_exploited_term(policy: &Policy, listed: Option<(Option<Date>, bool)>) -> UrgencyTerm {
    let (value, points) = match listed {
        None => ("not listed".to_owned(), 0.0),
        Some((day, ransomware)) => {
            let mut value = day.map_or_else(|| "listed".to_owned(), |day| format!("listed {day}"));
            let mut points = policy.known_exploited.listed;
            if ransomware {
                value.push_str(", used by ransomware");
                points += policy.known_exploited.ransomware;
            }
            (value, points)
        }
    };
    UrgencyTerm {
        name: "known exploited".to_owned(),
        value,
        points,
    }
}

fn epss_term(policy: &Policy, probability: Option<f64>) -> UrgencyTerm {
    let (value, points) = match probability {
        None => ("unknown".to_owned(), 0.0),
        Some(probability) => {
            let probability = probability.clamp(0.0, 1.0);
            (
                format!("{:.1} %", probability * 100.0),
                tenths(probability * policy.epss.points),
            )
        }
    };
    UrgencyTerm {
        name: "EPSS".to_owned(),
        value,
        points,
    }
}

fn cvss_term(policy: &Policy, score: Option<(f64, &str)>) -> UrgencyTerm {
    let (value, base) = match score {
        None => (
            format!("unscored, taken as {}", policy.cvss.unknown),
            policy.cvss.unknown,
        ),
        Some((base, version)) => (format!("{base:.1} (CVSS {version})"), base.clamp(0.0, 10.0)),
    };
    UrgencyTerm {
        name: "CVSS".to_owned(),
        value,
        points: tenths(base * policy.cvss.points_per_unit),
    }
}

fn exposure_term(exposure: &Exposure) -> UrgencyTerm {
    UrgencyTerm {
        name: "exposure".to_owned(),
        value: exposure.reasons.join("; "),
        points: exposure.points,
    }
}

/// Points are shown with one decimal, so they are kept with one: the sum on paper is the sum here.
fn tenths(points: f64) -> f64 {
    (points * 10.0).round() / 10.0
}

/// How reachable a release is, by the answers of its newest disclosure form.
///
/// The answers of a form of 2013 are given under the ids of HN 1-2019, with its own ids as the printed ones.
/// What that edition does not ask is unknown: the points are then no fewer than those of an unknown exposure, as
/// far as the questions that were not asked could give them.
pub fn exposure(policy: &Policy, form: Option<&DisclosureForm>) -> Exposure {
    let weights = &policy.exposure;
    let Some(form) = form else {
        return Exposure {
            points: weights.unknown,
            reasons: vec!["no MDS2 form: how reachable it is, is unknown".to_owned()],
            known: false,
        };
    };
    let mut points = 0.0;
    let mut reasons = Vec::new();
    let mut answered = false;
    let mut not_asked: Vec<&str> = Vec::new();
    let mut points_not_asked = 0.0;
    for weight in &weights.answers {
        let Some(answer) = form.answer(&weight.question) else {
            if form.edition == FormEdition::Hn1_2013 {
                not_asked.push(&weight.question);
                points_not_asked += weight.points;
            }
            continue;
        };
        if matches!(answer.value, AnswerValue::Blank | AnswerValue::SeeNote) {
            continue;
        }
        answered = true;
        if answer.value.as_text().eq_ignore_ascii_case(&weight.answer) {
            points += weight.points;
            let by = match form.edition {
                FormEdition::Hn1_2013 => {
                    format!(" (by {} of {})", answer.printed, form.edition.as_str())
                }
                FormEdition::Hn1_2019 => String::new(),
            };
            reasons.push(format!(
                "{} {}{by}: {}",
                weight.question, weight.answer, weight.reason
            ));
        }
    }
    if !answered {
        return Exposure {
            points: weights.unknown,
            reasons: vec!["the MDS2 form answers no question on its connections".to_owned()],
            known: false,
        };
    }
    if !not_asked.is_empty() {
        reasons.push(format!(
            "{} does not settle {}: unknown",
            form.edition.as_str(),
            not_asked.join(", ")
        ));
        points = f64::max(points, weights.unknown.min(points + points_not_asked));
    }
    if reasons.is_empty() {
        reasons.push("by its MDS2 answers not reachable over a network".to_owned());
    }
    Exposure {
        points: points.min(weights.maximum),
        reasons,
        known: true,
    }
}

#[cfg(test)]
mod tests {
    use isocenter_model::form::{Answer, FormEdition};
    use isocenter_model::problem::Place;

    use super::*;

    fn form(answers: &[(&str, AnswerValue)]) -> DisclosureForm {
        DisclosureForm {
            edition: FormEdition::Hn1_2019,
            manufacturer: None,
            description: None,
            models: Vec::new(),
            document_id: None,
            software_version: None,
            released: None,
            answers: answers
                .iter()
                .map(|(question, value)| Answer {
                    question: (*question).to_owned(),
                    printed: (*question).to_owned(),
                    value: value.clone(),
                    remark: None,
                    note: None,
                    at: Place::Document,
                })
                .collect(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn the_points_are_the_sum_of_the_terms_that_are_shown() {
        let policy = Policy::built_in().unwrap();
        let exposure = exposure(
            &policy,
            Some(&form(&[
                ("CONN-1.2.1", AnswerValue::Yes),
                ("RMOT-1", AnswerValue::Yes),
            ])),
        );
        let urgency = weigh(
            &policy,
            &Weighed {
                known_exploited: Some((None, true)),
                epss: Some(0.5),
                score: Some((9.8, "3.1")),
                exposure: &exposure,
                role: ClinicalRole::Interventional,
            },
        );
        let sum: f64 = urgency.terms.iter().map(|term| term.points).sum();
        assert!((sum - urgency.points).abs() < 1e-9);
        assert!((urgency.points - (35.0 + 7.5 + 19.6 + 7.0 + 15.0)).abs() < 1e-9);
        assert_eq!(urgency.class, UrgencyClass::Now);
    }

    #[test]
    fn what_nobody_stated_is_shown_as_unknown_and_weighed_by_the_policy() {
        let policy = Policy::built_in().unwrap();
        let unknown = exposure(&policy, None);
        assert!(!unknown.known);
        let urgency = weigh(
            &policy,
            &Weighed {
                known_exploited: None,
                epss: None,
                score: None,
                exposure: &unknown,
                role: ClinicalRole::Unknown,
            },
        );
        assert!(
            urgency
                .terms
                .iter()
                .any(|term| term.value.contains("unscored"))
        );
        assert!((urgency.points - (12.0 + 8.0 + 8.0)).abs() < 1e-9);
    }

    #[test]
    fn a_blank_form_says_nothing_about_exposure() {
        let policy = Policy::built_in().unwrap();
        let blank = form(&[("CONN-1.2.1", AnswerValue::Blank)]);
        assert!(!exposure(&policy, Some(&blank)).known);
        let closed = form(&[("CONN-1.2.1", AnswerValue::No)]);
        let exposure = exposure(&policy, Some(&closed));
        assert!(exposure.known && exposure.points == 0.0);
    }

    #[test]
    fn what_the_edition_of_2013_does_not_ask_is_unknown_and_named() {
        let policy = Policy::built_in().unwrap();
        let mut old = form(&[
            ("CONN-1.2.1", AnswerValue::Yes),
            ("SAHD-8", AnswerValue::Yes),
        ]);
        old.edition = FormEdition::Hn1_2013;
        "D.5".clone_into(&mut old.answers[0].printed);
        let found = exposure(&policy, Some(&old));
        assert!(found.known);
        assert_eq!(
            found.reasons,
            [
                "CONN-1.2.1 Yes (by D.5 of HN 1-2013): has a wired network connection",
                "HN 1-2013 does not settle CONN-1.1.1, CONN-4, CONN-6, RMOT-1, CONN-1.2.3, SAHD-9, NAUT-2: unknown",
            ]
        );
        // Four points are known, sixteen could come: as many as for a device of which nothing is known.
        assert!((found.points - 8.0).abs() < 1e-9);
        let all: Vec<(&str, AnswerValue)> = policy
            .exposure
            .answers
            .iter()
            .map(|weight| (weight.question.as_str(), AnswerValue::Text("-".to_owned())))
            .collect();
        let mut closed = form(&all[1..]);
        closed.edition = FormEdition::Hn1_2013;
        // Only the wired connection is open, which could give four.
        assert!((exposure(&policy, Some(&closed)).points - 4.0).abs() < 1e-9);
    }
}
