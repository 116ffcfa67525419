//! One door for every format.

use isocenter_model::document::Summary;
use isocenter_model::{DocumentKind, Level, Place, Problem, Reading};

use crate::inventory::InventoryMapping;
use crate::recognise::look;
use crate::spreadsheet::decode_text;
use crate::{
    csaf, cve, cyclonedx, dicom, epss, field_safety_notice, identity_map, inventory, kev,
    lifecycle, mds2, nmap, nvd, observations, openfda, openvex, osv, sbom_table, spdx, ssvc, swid,
    updates, worklist,
};

/// What a reader may be told beside the bytes.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions<'a> {
    /// Column mapping for inventories, over the built-in synonyms.
    pub mapping: Option<&'a InventoryMapping>,
}

/// Recognises `bytes` and reads them. A gzip file is unpacked first. An archive is not walked
/// here: its members are papers of their own.
pub fn read(bytes: &[u8], options: &ReadOptions<'_>) -> Reading {
    let look = look(bytes, options.mapping);
    let mut reading = match look.problem {
        Some(problem) => Reading::unreadable(look.kind, problem),
        None => read_as(look.kind, look.bytes.as_ref(), options),
    };
    if is_silent(&reading) {
        reading.problems.push(Problem::warning(
            "paper-without-content",
            Place::Document,
            format!(
                "the file was recognised ({}) and holds nothing that could be read",
                reading.kind.title()
            ),
        ));
    }
    reading
}

/// Whether a paper gave nothing and nothing says why, as a list with headers and no rows does.
fn is_silent(reading: &Reading) -> bool {
    reading.document.is_none()
        && !matches!(
            reading.kind,
            DocumentKind::Archive
                | DocumentKind::CveArchive
                | DocumentKind::OsvArchive
                | DocumentKind::InventoryMapping
        )
        && reading
            .problems
            .iter()
            .all(|problem| problem.level < Level::Warning)
}

/// Reads `bytes` as a paper of this format, whatever they look like.
pub fn read_as(kind: DocumentKind, bytes: &[u8], options: &ReadOptions<'_>) -> Reading {
    match kind {
        DocumentKind::Csaf => csaf::read(bytes),
        DocumentKind::Cve => cve::read(bytes),
        DocumentKind::Dicom if dicom::begins(bytes) => dicom::read(bytes),
        DocumentKind::Dicom => dicom::read_record(bytes),
        DocumentKind::Epss => epss::read(bytes),
        DocumentKind::FieldSafetyNotice => field_safety_notice::read(bytes),
        DocumentKind::IdentityMap => identity_map::read(bytes),
        DocumentKind::Inventory => inventory::read(bytes, options.mapping),
        DocumentKind::InventoryMapping => read_mapping(bytes),
        DocumentKind::Kev => kev::read(bytes),
        DocumentKind::Lifecycle => lifecycle::read(bytes),
        DocumentKind::Nmap => nmap::read(bytes),
        DocumentKind::Mds2 => mds2::read(bytes),
        DocumentKind::OpenVex => openvex::read(bytes),
        DocumentKind::Observations => observations::read(bytes),
        DocumentKind::SbomTable => sbom_table::read(bytes),
        DocumentKind::Spdx => spdx::read(bytes),
        DocumentKind::Updates => updates::read(bytes),
        DocumentKind::Nvd => nvd::read(bytes),
        DocumentKind::OpenFdaRecall => openfda::read(bytes),
        DocumentKind::Osv => osv::read(bytes),
        DocumentKind::Ssvc => ssvc::read(bytes),
        DocumentKind::Worklist => worklist::read(bytes),
        DocumentKind::CycloneDx => cyclonedx::read(bytes),
        DocumentKind::Swid => swid::read(bytes),
        kind @ (DocumentKind::Archive | DocumentKind::CveArchive | DocumentKind::OsvArchive) => {
            Reading::unreadable(
                kind,
                Problem::note(
                    "archive-not-unpacked",
                    Place::Document,
                    "the file holds other files, which are read one by one",
                ),
            )
        }
        DocumentKind::Unknown => Reading::unreadable(
            DocumentKind::Unknown,
            Problem::error(
                "unknown-format",
                Place::Document,
                "the file is in no format that is known here",
            ),
        ),
    }
}

/// A mapping is no paper: what is read of it is whether it is sound.
fn read_mapping(bytes: &[u8]) -> Reading {
    match InventoryMapping::from_toml(&decode_text(bytes).text) {
        Ok(mapping) => Reading {
            kind: DocumentKind::InventoryMapping,
            version: None,
            document: None,
            summary: Summary::from([
                (
                    "columns",
                    (mapping.columns.len() + mapping.keep.len()) as u64,
                ),
                ("ignored", mapping.ignore.len() as u64),
                ("roles", mapping.clinical_roles.len() as u64),
            ]),
            problems: Vec::new(),
        },
        Err(problem) => Reading::unreadable(DocumentKind::InventoryMapping, problem),
    }
}
