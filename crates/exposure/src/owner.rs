//! Who must act on a finding, and on what.
//!
//! The shares follow IMDRF N60 (2020): the manufacturer answers for what is inside the device
//! and validates every change of it; the hospital installs what the manufacturer has released,
//! protects the surroundings, and alone can look at its own device.

use isocenter_model::finding::{ComponentRef, MissingFact, PartyRole, Verdict};
use isocenter_model::product::Release;
use isocenter_model::statement::Remediation;
use isocenter_model::text::shortened;

/// Who, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Responsibility {
    pub(crate) owner: PartyRole,
    /// One sentence that names no single flaw, so that equal work on many flaws is one action.
    pub(crate) action: String,
}

/// What responsibility follows from.
pub(crate) struct Situation<'a> {
    pub(crate) release: &'a Release,
    pub(crate) component: Option<&'a ComponentRef>,
    pub(crate) verdict: Verdict,
    pub(crate) missing: Option<&'a MissingFact>,
    pub(crate) remediations: &'a [Remediation],
    pub(crate) manufacturer_spoke: bool,
}

/// Who owns the next step.
pub(crate) fn responsibility(situation: &Situation<'_>) -> Responsibility {
    use PartyRole::{HealthDeliveryOrganization, Manufacturer};
    let release = situation.release.label();
    let part = situation.component.map_or_else(
        || "the device itself".to_owned(),
        |component| match &component.version {
            Some(version) => format!("{} {version}", component.name),
            None => component.name.clone(),
        },
    );
    let maker = match situation.release.manufacturer.as_str() {
        "" => "the manufacturer",
        maker => maker,
    };
    let (owner, action) = match situation.verdict {
        Verdict::Undetermined => match situation.missing {
            Some(missing) => (missing.ask, find_out(missing)),
            None => (
                Manufacturer,
                format!("Ask {maker} about {part} in {release}"),
            ),
        },
        Verdict::UnderInvestigation => (
            Manufacturer,
            format!("Ask {maker} for the outcome of its investigation of {part} in {release}"),
        ),
        Verdict::Fixed | Verdict::NotAffected => (
            Manufacturer,
            format!("Nothing to do for {part} in {release}"),
        ),
        Verdict::Affected => {
            let offered = |category: &str| {
                situation
                    .remediations
                    .iter()
                    .find(|one| one.category == category)
            };
            let by_maker = situation.manufacturer_spoke || situation.component.is_none();
            if let Some(recall) = offered("recall") {
                (
                    HealthDeliveryOrganization,
                    format!(
                        "Do what the recall of {release} asks: {}",
                        shortened(&recall.details, 160)
                    ),
                )
            } else if let Some(fix) = offered("vendor_fix").filter(|_| by_maker) {
                (
                    HealthDeliveryOrganization,
                    format!(
                        "Install the update for {release}: {}",
                        shortened(&fix.details, 160)
                    ),
                )
            } else if let Some(step) = offered("mitigation")
                .or_else(|| offered("workaround"))
                .filter(|_| by_maker)
            {
                (
                    HealthDeliveryOrganization,
                    format!(
                        "Protect {release} as advised: {}",
                        shortened(&step.details, 160)
                    ),
                )
            } else if situation.manufacturer_spoke {
                (
                    Manufacturer,
                    format!(
                        "Ask {maker} for a correction of {part} in {release}; shield the device until then"
                    ),
                )
            } else {
                (
                    Manufacturer,
                    format!("Ask {maker} for an approved update of {part} in {release}"),
                )
            }
        }
    };
    Responsibility { owner, action }
}

/// The request for a fact: of a thing ("OS build of …") or of a question ("whether …").
fn find_out(missing: &MissingFact) -> String {
    let first = missing.fact.split_whitespace().next().unwrap_or_default();
    if matches!(first, "whether" | "which" | "what" | "how") {
        format!("Find out {}", missing.fact)
    } else {
        format!("Find out the {}", missing.fact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release() -> Release {
        Release {
            manufacturer: "Aurora".to_owned(),
            model: "CT 1".to_owned(),
            version: Some("4.2".to_owned()),
        }
    }

    fn situation<'a>(
        release: &'a Release,
        verdict: Verdict,
        remediations: &'a [Remediation],
    ) -> Situation<'a> {
        Situation {
            release,
            component: None,
            verdict,
            missing: None,
            remediations,
            manufacturer_spoke: false,
        }
    }

    #[test]
    fn an_update_that_the_maker_offers_is_the_hospitals_to_install() {
        let release = release();
        let fix = [Remediation {
            category: "vendor_fix".to_owned(),
            details: "Update to 4.3".to_owned(),
            url: None,
        }];
        let with = responsibility(&situation(&release, Verdict::Affected, &fix));
        assert_eq!(with.owner, PartyRole::HealthDeliveryOrganization);
        assert_eq!(
            with.action,
            "Install the update for Aurora CT 1 4.2: Update to 4.3"
        );
        let without = responsibility(&situation(&release, Verdict::Affected, &[]));
        assert_eq!(without.owner, PartyRole::Manufacturer);
    }

    #[test]
    fn a_suppliers_fix_for_a_part_is_nothing_a_hospital_may_install() {
        let release = release();
        let part = ComponentRef {
            id: isocenter_model::Digest::of(b""),
            name: "OpenSSL".to_owned(),
            version: Some("1.0.2k".to_owned()),
            purl: None,
            cpe: None,
            kind: "library".to_owned(),
        };
        let fix = [Remediation {
            category: "vendor_fix".to_owned(),
            details: "Update OpenSSL".to_owned(),
            url: None,
        }];
        let mut situation = situation(&release, Verdict::Affected, &fix);
        situation.component = Some(&part);
        let outcome = responsibility(&situation);
        assert_eq!(outcome.owner, PartyRole::Manufacturer);
        assert_eq!(
            outcome.action,
            "Ask Aurora for an approved update of OpenSSL 1.0.2k in Aurora CT 1 4.2"
        );
    }

    #[test]
    fn a_request_for_a_fact_reads_as_a_sentence() {
        let asked = |fact: &str| {
            let missing = MissingFact {
                kind: "configuration".to_owned(),
                about: "Aurora CT 1".to_owned(),
                fact: fact.to_owned(),
                ask: PartyRole::HealthDeliveryOrganization,
            };
            let release = release();
            let mut situation = situation(&release, Verdict::Undetermined, &[]);
            situation.missing = Some(&missing);
            responsibility(&situation).action
        };
        assert_eq!(
            asked("OS build of Windows 10"),
            "Find out the OS build of Windows 10"
        );
        assert_eq!(
            asked("whether Aurora CT 1 has linux"),
            "Find out whether Aurora CT 1 has linux"
        );
    }
}
