//! References inside a document (`bom-ref`) and between documents (BOM-Link).

use std::borrow::Cow;
use std::collections::HashMap;

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
    targets: HashMap<Cow<'a, str>, Target>,
    /// The serial number's UUID, lower case.
    serial: Option<String>,
}

impl<'a> References<'a> {
    /// References of the document with that serial number.
    pub(super) fn new(serial_number: Option<&str>, capacity: usize) -> Self {
        Self {
            targets: HashMap::with_capacity(capacity),
            serial: serial_number
                .and_then(|serial| serial.rsplit(':').next())
                .map(str::to_ascii_lowercase),
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
        let Some((serial, element)) = bom_link(reference) else {
            return Resolved::Nowhere;
        };
        if self.serial.as_deref() != Some(serial.to_ascii_lowercase().as_str()) {
            return Resolved::Elsewhere;
        }
        let target = self
            .targets
            .get(element)
            .or_else(|| self.targets.get(percent_decoded(element).as_str()));
        target.map_or(Resolved::Nowhere, |target| Resolved::Here(*target))
    }
}

/// Serial number and element of a BOM-Link: `urn:cdx:{uuid}/{revision}#{bom-ref}`. Some tools
/// write `urn:uuid:` instead. The element is empty where the link means the whole document.
fn bom_link(reference: &str) -> Option<(&str, &str)> {
    let rest = reference
        .strip_prefix("urn:cdx:")
        .or_else(|| reference.strip_prefix("urn:uuid:"))?;
    let (document, element) = rest.split_once('#').unwrap_or((rest, ""));
    let (serial, _revision) = document.split_once('/')?;
    Some((serial, element))
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .filter(|_| *byte == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(code) = code {
            bytes.push(code);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(*byte);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
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
