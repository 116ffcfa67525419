//! References inside a document (`bom-ref`) and between documents (BOM-Link).

use std::borrow::Cow;

use isocenter_identity::bom_link::{BomLink, serial_key};

use crate::lookup::{Hashing, Lookup};

/// What a reference points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// The product that the document describes.
    Subject,
    /// The component of that index.
    Component(usize),
    /// A service.
    Service,
}

/// Where a reference leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Resolved {
    /// Inside this document.
    Here(Target),
    /// Into another document, by BOM-Link.
    Elsewhere,
    /// To nothing.
    Nowhere,
}

/// The references of one document.
#[derive(Debug, Default)]
pub(super) struct References<'a> {
    targets: Lookup<Cow<'a, str>, Target>,
    /// The serial number's key.
    serial: Option<String>,
}

impl<'a> References<'a> {
    /// References of the document with that serial number.
    pub(super) fn new(serial_number: Option<&str>, capacity: usize) -> Self {
        Self {
            targets: Lookup::with_capacity_and_hasher(capacity, Hashing::default()),
            serial: serial_number.map(serial_key),
        }
    }

    /// Adds a reference; gives the target that already bears it.
    pub(super) fn add(&mut self, reference: Cow<'a, str>, target: Target) -> Option<Target> {
        if let Some(known) = self.targets.get(&reference) {
            return Some(*known);
        }
        self.targets.insert(reference, target);
        None
    }

    /// Where `reference` leads.
    pub(super) fn resolve(&self, reference: &str) -> Resolved {
        if let Some(target) = self.targets.get(reference) {
            return Resolved::Here(*target);
        }
        let Some(link) = BomLink::parse(reference) else {
            return Resolved::Nowhere;
        };
        if self.serial.as_deref() != Some(link.serial().as_str()) {
            return Resolved::Elsewhere;
        }
        let target = link.part().and_then(|part| {
            // Few encode what a fragment may not hold, so what was written comes first.
            let written = reference.split_once('#').map(|(_, part)| part);
            let targets = &self.targets;
            targets.get(written?).or_else(|| targets.get(part))
        });
        target.map_or(Resolved::Nowhere, |target| Resolved::Here(*target))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERIAL: &str = "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79";

    #[test]
    fn a_link_with_the_documents_own_serial_number_leads_inside() {
        let mut references = References::new(Some(SERIAL), 2);
        assert_eq!(references.add("a@1".into(), Target::Component(0)), None);
        assert_eq!(
            references.add("a@1".into(), Target::Subject),
            Some(Target::Component(0))
        );
        for (reference, resolved) in [
            ("a@1", Resolved::Here(Target::Component(0))),
            (
                "urn:cdx:3E671687-395b-41f5-a30f-a58921a69b79/1#a@1",
                Resolved::Here(Target::Component(0)),
            ),
            (
                "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#a%401",
                Resolved::Here(Target::Component(0)),
            ),
            (
                "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79/1#b",
                Resolved::Nowhere,
            ),
            (
                "urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1#a@1",
                Resolved::Elsewhere,
            ),
            ("b", Resolved::Nowhere),
            ("", Resolved::Nowhere),
        ] {
            assert_eq!(references.resolve(reference), resolved, "{reference}");
        }
    }
}
