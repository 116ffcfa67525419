//! BOM-Link: a bill of materials, or a part of one, named from outside (CycloneDX; RFC 8141).

use std::borrow::Cow;

/// A link: `urn:cdx:{serial number}/{revision}#{bom-ref}`. Some tools write `urn:uuid:` in front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BomLink<'a> {
    /// The UUID of the bill's serial number, as written.
    serial: &'a str,
    /// The revision of the bill; `None` when it is no number.
    revision: Option<u64>,
    /// The part, decoded; `None` when the whole bill is meant.
    part: Option<Cow<'a, str>>,
}

impl<'a> BomLink<'a> {
    /// Reads a link; `None` when `text` is none.
    pub fn parse(text: &'a str) -> Option<Self> {
        let rest = ["urn:cdx:", "urn:uuid:"]
            .iter()
            .find_map(|prefix| strip_prefix(text, prefix))?;
        let (bill, part) = match rest.split_once('#') {
            Some((bill, part)) => (bill, Some(part)),
            None => (rest, None),
        };
        let (serial, revision) = bill.split_once('/')?;
        Some(Self {
            serial,
            revision: revision.parse().ok(),
            part: part.filter(|part| !part.is_empty()).map(percent_decoded),
        })
    }

    /// The UUID of the bill's serial number in lower case, as [`serial_key`] gives it.
    pub fn serial(&self) -> String {
        self.serial.to_ascii_lowercase()
    }

    /// The revision of the bill.
    pub fn revision(&self) -> Option<u64> {
        self.revision
    }

    /// The reference of the part inside the bill; `None` when the whole bill is meant.
    pub fn part(&self) -> Option<&str> {
        self.part.as_deref()
    }
}

/// A serial number without what may stand before its UUID, in lower case.
pub fn serial_key(serial_number: &str) -> String {
    let uuid = strip_prefix(serial_number, "urn:uuid:").unwrap_or(serial_number);
    uuid.to_ascii_lowercase()
}

/// Names of URN namespaces are the same in either case.
fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .filter(|digits| *byte == b'%' && digits.iter().all(u8::is_ascii_hexdigit))
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
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, Option<u64>, Option<&str>)>) {
        let link = BomLink::parse(text);
        let serial = link.as_ref().map(BomLink::serial).unwrap_or_default();
        let found = link
            .as_ref()
            .map(|link| (serial.as_str(), link.revision(), link.part()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_link_names_a_bill_its_revision_and_a_part() {
        const UUID: &str = "3e671687-395b-41f5-a30f-a58921a69b79";
        check(&format!("urn:cdx:{UUID}/1"), Some((UUID, Some(1), None)));
        check(
            &format!("urn:cdx:{UUID}/12#pkg:npm/a@1"),
            Some((UUID, Some(12), Some("pkg:npm/a@1"))),
        );
        check(
            &format!("urn:uuid:{UUID}/1#a%2fb%zz%4"),
            Some((UUID, Some(1), Some("a/b%zz%4"))),
        );
        check(
            &format!("URN:CDX:{}/1#", UUID.to_ascii_uppercase()),
            Some((UUID, Some(1), None)),
        );
        check(
            &format!("urn:cdx:{UUID}/x#a"),
            Some((UUID, None, Some("a"))),
        );
        check(&format!("urn:uuid:{UUID}"), None);
        check("pkg:npm/a@1", None);
        check("", None);
    }

    #[test]
    fn a_serial_number_is_the_same_with_and_without_its_namespace() {
        assert_eq!(serial_key("urn:uuid:3E67"), "3e67");
        assert_eq!(serial_key("3e67"), "3e67");
    }

    proptest! {
        #[test]
        fn any_text_is_a_link_or_none(text in "(urn:cdx:|urn:uuid:)?\\PC{0,40}") {
            if let Some(link) = BomLink::parse(&text) {
                prop_assert!(link.part().is_none_or(|part| !part.is_empty()));
            }
        }
    }
}
