//! The urgency policy: weights and thresholds that an organisation may replace.

use std::collections::BTreeMap;

use isocenter_model::product::ClinicalRole;
use serde::Deserialize;

/// Weights and thresholds of the urgency formula.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Where the policy comes from.
    pub source: String,
    /// Which edition of it.
    pub edition: String,
    pub(crate) known_exploited: KnownExploitedWeights,
    pub(crate) epss: EpssWeight,
    pub(crate) cvss: CvssWeight,
    pub(crate) exposure: ExposureWeights,
    pub(crate) clinical_role: BTreeMap<String, f64>,
    pub(crate) classes: Thresholds,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KnownExploitedWeights {
    pub(crate) listed: f64,
    pub(crate) ransomware: f64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EpssWeight {
    pub(crate) points: f64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CvssWeight {
    pub(crate) points_per_unit: f64,
    pub(crate) unknown: f64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExposureWeights {
    pub(crate) maximum: f64,
    pub(crate) unknown: f64,
    pub(crate) answers: Vec<AnswerWeight>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerWeight {
    pub(crate) question: String,
    pub(crate) answer: String,
    pub(crate) points: f64,
    pub(crate) reason: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Thresholds {
    pub(crate) now: f64,
    pub(crate) soon: f64,
    pub(crate) planned: f64,
}

/// A policy that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// It is not TOML of the expected shape.
    #[error("the urgency policy does not have the expected shape")]
    Shape(#[source] toml::de::Error),
    /// A clinical role has no weight.
    #[error("the urgency policy gives no points for the clinical role `{0}`")]
    RoleMissing(&'static str),
    /// The thresholds do not descend.
    #[error("the thresholds of an urgency policy must descend: now > soon > planned > 0")]
    Thresholds,
    /// A weight is negative or no number.
    #[error("every weight of an urgency policy must be a number from 0 to 100")]
    Weight,
}

impl Policy {
    /// The policy that Isocenter ships: `catalogs/urgency.toml`.
    pub fn built_in() -> Result<Self, PolicyError> {
        Self::from_toml(include_str!("../../../catalogs/urgency.toml"))
    }

    /// A policy from its TOML text.
    pub fn from_toml(text: &str) -> Result<Self, PolicyError> {
        let policy: Self = toml::from_str(text).map_err(PolicyError::Shape)?;
        for role in ROLES {
            if !policy.clinical_role.contains_key(role.as_str()) {
                return Err(PolicyError::RoleMissing(role.as_str()));
            }
        }
        let classes = &policy.classes;
        if !(classes.now > classes.soon && classes.soon > classes.planned && classes.planned > 0.0)
        {
            return Err(PolicyError::Thresholds);
        }
        let single = [
            policy.known_exploited.listed,
            policy.known_exploited.ransomware,
            policy.epss.points,
            policy.cvss.points_per_unit,
            policy.cvss.unknown,
            policy.exposure.maximum,
            policy.exposure.unknown,
            classes.now,
        ];
        let answers = policy.exposure.answers.iter().map(|answer| answer.points);
        let all = single
            .into_iter()
            .chain(answers)
            .chain(policy.clinical_role.values().copied());
        if all
            .into_iter()
            .any(|weight| !(0.0..=100.0).contains(&weight))
        {
            return Err(PolicyError::Weight);
        }
        Ok(policy)
    }

    /// Points of a clinical role.
    pub(crate) fn role_points(&self, role: ClinicalRole) -> f64 {
        self.clinical_role
            .get(role.as_str())
            .copied()
            .unwrap_or_default()
    }

    /// The formula in one paragraph, with the weights in force.
    pub fn formula(&self) -> String {
        let roles: Vec<String> = ROLES
            .iter()
            .rev()
            .map(|role| format!("{} {}", role.as_str(), self.role_points(*role)))
            .collect();
        format!(
            "Points = {} when known exploited (CISA KEV; {} more when ransomware uses it) \
             + {} × EPSS probability + {} × CVSS base score (unscored counts as {}) \
             + exposure by the manufacturer's MDS2 answers, 0 to {} (no form: {}) \
             + clinical role ({}). \
             Class: now from {}, soon from {}, planned from {}, otherwise watch. \
             Policy: {} ({}).",
            self.known_exploited.listed,
            self.known_exploited.ransomware,
            self.epss.points,
            self.cvss.points_per_unit,
            self.cvss.unknown,
            self.exposure.maximum,
            self.exposure.unknown,
            roles.join(", "),
            self.classes.now,
            self.classes.soon,
            self.classes.planned,
            self.source,
            self.edition,
        )
    }
}

const ROLES: [ClinicalRole; 5] = [
    ClinicalRole::Unknown,
    ClinicalRole::NonClinical,
    ClinicalRole::Support,
    ClinicalRole::Diagnostic,
    ClinicalRole::Interventional,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_policy_reads_and_states_its_own_numbers() {
        let policy = Policy::built_in().unwrap();
        assert!(policy.formula().contains("now from 60"));
        assert!(policy.formula().contains("interventional 15"));
    }

    #[test]
    fn a_policy_that_would_order_wrongly_is_refused() {
        let shipped = include_str!("../../../catalogs/urgency.toml");
        let swapped = shipped.replace("now = 60.0", "now = 1.0");
        assert!(matches!(
            Policy::from_toml(&swapped),
            Err(PolicyError::Thresholds)
        ));
        let negative = shipped.replace("listed = 30.0", "listed = -1.0");
        assert!(matches!(
            Policy::from_toml(&negative),
            Err(PolicyError::Weight)
        ));
        let nan = shipped.replace("listed = 30.0", "listed = nan");
        assert!(matches!(Policy::from_toml(&nan), Err(PolicyError::Weight)));
        let short = shipped.replace("support = 5.0\n", "");
        assert!(matches!(
            Policy::from_toml(&short),
            Err(PolicyError::RoleMissing("support"))
        ));
    }
}
