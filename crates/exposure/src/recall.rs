//! Recalls and field safety notices held against a release.
//!
//! A recall names a firm and describes a product in prose. Only a device can be meant, never a component;
//! the firm must be the device's maker; and a description that holds the model's name among other words may
//! mean a sibling, so it is a question and no yes.

use isocenter_identity::name::{self, Mention};
use isocenter_model::finding::{MissingFact, PartyRole, Verdict};
use isocenter_model::recall::Recall;
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{AffectedProduct, VulnerabilityRecord};

use crate::judge::{Judgement, judge};
use crate::subject::Subject;

/// The key under which the recalls of a firm are found; `None` when it is not named.
pub(crate) fn firm_key(firm: &str) -> Option<String> {
    let maker = name::maker_key(firm);
    (!maker.is_empty()).then(|| format!("recall:{maker}"))
}

/// What a recall says of a release, with the fact that would settle it; `None` when it is of something else.
pub(crate) fn read(
    subject: &Subject,
    record: &VulnerabilityRecord,
    recall: &Recall,
    affected: &AffectedProduct,
) -> Option<(Judgement, Option<MissingFact>)> {
    let release = subject.release.as_ref()?;
    let (firm, product) = (affected.vendor.as_deref()?, affected.product.as_deref()?);
    if name::maker_key(firm) != name::maker_key(&release.manufacturer) {
        return None;
    }
    let fact = |kind: &str, fact: String, ask| {
        Some(MissingFact {
            kind: kind.to_owned(),
            about: subject.label.clone(),
            fact,
            ask,
        })
    };
    match name::mention(&release.manufacturer, &release.model, product) {
        Mention::None => None,
        Mention::Within => Some((
            Judgement {
                verdict: Verdict::Undetermined,
                rule: "recall-product-unclear",
                range: shortened(product, 200),
                reason: Some(
                    "the recall describes a product with this model's name among other words"
                        .to_owned(),
                ),
            },
            fact(
                "recall-product",
                format!(
                    "whether recall {} (\"{}\") means {}",
                    record.id,
                    shortened(product, 80),
                    subject.name
                ),
                PartyRole::Manufacturer,
            ),
        )),
        Mention::Exact => {
            let mut judgement = judge(affected, subject.version.as_deref(), None);
            if judgement.verdict != Verdict::Undetermined {
                return Some((judgement, None));
            }
            let units = recall
                .units
                .as_deref()
                .or(affected.versions.first().map(|_| judgement.range.as_str()));
            let (words, ask) = match units {
                Some(units) => (
                    format!(
                        "whether recall {} means your {} (\"{}\")",
                        record.id,
                        subject.name,
                        shortened(units, 80)
                    ),
                    PartyRole::HealthDeliveryOrganization,
                ),
                None => (
                    format!("which units of {} recall {} means", subject.name, record.id),
                    PartyRole::Manufacturer,
                ),
            };
            judgement.rule = "recall-units";
            judgement.reason = Some("the recall is of certain units of this model".to_owned());
            Some((judgement, fact("recall-units", words, ask)))
        }
    }
}
