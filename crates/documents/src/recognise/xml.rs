//! XML papers, told by the namespace and name of their root element.

use isocenter_model::DocumentKind;

use super::{ASK_FOR_WORKSHEET, NotRead, SAVE_AS_XLSX};
use crate::spreadsheet::decode_text;
use crate::{cyclonedx, nmap, swid, xml};

/// Bytes that are looked at: comments may stand before the root element.
const HEAD: usize = 64 << 10;

/// What an XML text is; one that breaks off behind its root element is still known.
pub(super) fn look(bytes: &[u8]) -> Result<DocumentKind, NotRead> {
    let head = decode_text(bytes.get(..bytes.len().min(HEAD)).unwrap_or(bytes)).text;
    if let Some((namespace, name)) = xml::root(&head)
        && let Some(kind) = kind(&namespace, &name, &head)
    {
        return Ok(kind);
    }
    Err(not_read(&head))
}

fn kind(namespace: &str, name: &str, head: &str) -> Option<DocumentKind> {
    let is_cyclonedx = name == "bom"
        && (namespace.starts_with(cyclonedx::NAMESPACE)
            // Some tools forget the namespace; what stands in it is unmistakable enough.
            || (namespace.is_empty() && head.contains("<component")));
    if is_cyclonedx {
        Some(DocumentKind::CycloneDx)
    } else if swid::is_tag(namespace, name) {
        Some(DocumentKind::Swid)
    } else if nmap::is_scan(namespace, name) {
        Some(DocumentKind::Nmap)
    } else {
        None
    }
}

fn not_read(head: &str) -> NotRead {
    let has = |text: &str| head.contains(text);
    if has("spdx.org/rdf") {
        NotRead {
            what: "an SPDX document in RDF",
            hint: "Ask for the bill of materials as SPDX in JSON or tag-value.",
        }
    } else if has("urn:schemas-microsoft-com:office:spreadsheet") {
        NotRead {
            what: "an XML spreadsheet of 2003",
            hint: SAVE_AS_XLSX,
        }
    } else if has("iso/19770/-2/2009") {
        NotRead {
            what: "a software identification tag of 2009",
            hint: "Ask for a tag in the edition of 2015 or for a bill of materials.",
        }
    } else if has("icasi.org/CVRF") {
        NotRead {
            what: "a CVRF advisory",
            hint: "Ask for the advisory as CSAF.",
        }
    } else if head.to_ascii_lowercase().contains("<html") {
        NotRead {
            what: "a web page",
            hint: "A download may have ended at a log-in page; fetch the file again.",
        }
    } else {
        NotRead {
            what: "an XML document of a kind that is not known here",
            hint: ASK_FOR_WORKSHEET,
        }
    }
}
