//! The section of one device.

use isocenter_model::Digest;
use isocenter_model::assessment::{DeviceView, KnownFrom};
use isocenter_model::network::NetworkService;
use isocenter_model::product::ClinicalRole;
use isocenter_model::text::shortened;

use super::finding::{Budget, component};
use super::release::{bar, tag};
use super::{Link, Tag};
use crate::index::Index;
use crate::words::{Standing, number};

/// A device, short: what it is, where it stands, what comes first. All else is its release's.
pub(super) struct DeviceCard {
    pub(super) anchor: Option<String>,
    pub(super) asset: String,
    pub(super) tag: Tag,
    pub(super) release: Link,
    pub(super) place: String,
    pub(super) facts: String,
    pub(super) bar: Option<String>,
    pub(super) counts: String,
    pub(super) first: Option<First>,
    pub(super) note: Option<String>,
}

/// Open ports on a card.
const PORTS: usize = 12;

/// The most pressing finding.
pub(super) struct First {
    pub(super) flaw: Link,
    pub(super) component: String,
}

/// The anchor of a device: asset ids may hold anything, digests may stand anywhere.
pub(super) fn anchor(asset_id: &str) -> String {
    format!("d-{}", Digest::of(asset_id.as_bytes()).short())
}

impl DeviceCard {
    pub(super) fn new(
        view: &DeviceView,
        anchor: Option<String>,
        index: &Index<'_>,
        budget: &Budget<'_>,
    ) -> Self {
        let device = &view.device;
        let standing = index.standing(view);
        let place: Vec<String> = [&device.site, &device.department, &device.system]
            .into_iter()
            .flatten()
            .map(|place| shortened(place, 60))
            .collect();
        let mut facts = Vec::new();
        if device.clinical_role != ClinicalRole::Unknown {
            facts.push(device.clinical_role.as_str().to_owned());
        }
        facts.extend(device.modality.as_deref().map(|word| shortened(word, 20)));
        if let Some(serial) = &device.serial_number {
            facts.push(format!("serial {}", shortened(serial, 40)));
        }
        if let Some(day) = device.planned_retirement {
            facts.push(format!("retires {day}"));
        }
        if view.known_from == KnownFrom::Images {
            facts.push("known from images only".to_owned());
        }
        let seen = view.equipment.iter().filter_map(|record| record.seen.last);
        if let Some(day) = seen.max() {
            facts.push(format!("last seen {day}"));
        }
        let services = view.host.iter().flat_map(|host| &host.services);
        let ports: Vec<String> = services.map(NetworkService::at).take(PORTS).collect();
        if !ports.is_empty() {
            facts.push(format!("open {}", ports.join(" ")));
        }
        let open = view.counts.affected() + view.counts.undetermined;
        let first = index
            .findings(view.release)
            .first()
            .filter(|finding| finding.finding.verdict.is_open())
            .map(|finding| First {
                flaw: Link {
                    anchor: budget.has_row(finding).then(|| finding.finding.id.clone()),
                    text: shortened(&finding.finding.vulnerability, 40),
                },
                component: finding
                    .finding
                    .component
                    .as_ref()
                    .map_or_else(|| "the device itself".to_owned(), component),
            });
        Self {
            anchor,
            asset: shortened(&device.asset_id, 60),
            tag: tag(standing),
            release: budget.release_link(view.release, index),
            place: place.join(", "),
            facts: facts.join(", "),
            bar: (open > 0).then(|| bar("Open findings", view.counts)),
            counts: counts(view, standing),
            first,
            note: view.note.as_deref().map(|note| shortened(note, 300)),
        }
    }
}

fn counts(view: &DeviceView, standing: Standing) -> String {
    let counts = view.counts;
    let parts: Vec<String> = [
        (counts.now, "now"),
        (counts.soon, "soon"),
        (counts.planned, "planned"),
        (counts.watch, "watch"),
        (counts.undetermined, "undetermined"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| format!("{} {word}", number(count)))
    .collect();
    if parts.is_empty() {
        standing.meaning().to_owned()
    } else {
        parts.join(", ")
    }
}
