//! A paper that was read, whatever its format.

use std::collections::BTreeMap;
use std::fmt;

use crate::component::Sbom;
use crate::equipment::EquipmentRecord;
use crate::form::DisclosureForm;
use crate::identity::IdentityMap;
use crate::inventory::{Inventory, WorklistRow};
use crate::lifecycle::LifecycleNotice;
use crate::network::NetworkScan;
use crate::observation::Observation;
use crate::problem::{Level, Problem};
use crate::update::UpdateList;
use crate::vulnerability::{
    Advisory, ExploitPredictions, KnownExploitedCatalog, RecordList, VulnerabilityRecord,
};

/// What a file is, told from its content and never from its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// CSAF advisory or VEX.
    Csaf,
    /// CVE JSON 5 record.
    Cve,
    /// A zip of many CVE JSON 5 records, as the CVE Program publishes them.
    CveArchive,
    /// CycloneDX bill of materials or VEX.
    CycloneDx,
    /// DICOM files, of which the equipment that made them is read and nothing else.
    Dicom,
    /// FIRST EPSS scores.
    Epss,
    /// A list of field safety notices.
    FieldSafetyNotice,
    /// A map between package URLs and CPE names.
    IdentityMap,
    /// A hospital's device inventory.
    Inventory,
    /// A column mapping for inventories.
    InventoryMapping,
    /// CISA catalog of known exploited vulnerabilities.
    Kev,
    /// Support life of products.
    Lifecycle,
    /// Manufacturer disclosure form, MDS2.
    Mds2,
    /// OpenVEX document.
    OpenVex,
    /// Records of the US National Vulnerability Database, as its interface answers.
    Nvd,
    /// An openFDA answer or download on recalls of devices.
    OpenFdaRecall,
    /// OSV record.
    Osv,
    /// A zip of many OSV records, as osv.dev publishes them for each ecosystem.
    OsvArchive,
    /// Bill of materials as a spreadsheet.
    SbomTable,
    /// SPDX bill of materials.
    Spdx,
    /// SSVC decision points chosen for a flaw.
    Ssvc,
    /// Software identification tag.
    Swid,
    /// What was seen on site.
    Observations,
    /// Updates that a manufacturer has validated.
    Updates,
    /// Network scan in the XML of nmap.
    Nmap,
    /// A zip that holds papers.
    Archive,
    /// A worklist that comes back from a maintenance system with status.
    Worklist,
    /// None of the above.
    Unknown,
}

impl DocumentKind {
    /// Every kind, in the order of their words.
    pub const ALL: &[Self] = &[
        Self::Archive,
        Self::Csaf,
        Self::Cve,
        Self::CveArchive,
        Self::CycloneDx,
        Self::Dicom,
        Self::Epss,
        Self::FieldSafetyNotice,
        Self::IdentityMap,
        Self::Inventory,
        Self::InventoryMapping,
        Self::Kev,
        Self::Lifecycle,
        Self::Mds2,
        Self::Nvd,
        Self::Observations,
        Self::OpenVex,
        Self::OpenFdaRecall,
        Self::Osv,
        Self::OsvArchive,
        Self::SbomTable,
        Self::Spdx,
        Self::Ssvc,
        Self::Nmap,
        Self::Swid,
        Self::Unknown,
        Self::Updates,
        Self::Worklist,
    ];

    /// The word used in output and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Archive => "archive",
            Self::Csaf => "csaf",
            Self::Cve => "cve",
            Self::CveArchive => "cve-archive",
            Self::CycloneDx => "cyclonedx",
            Self::Dicom => "dicom",
            Self::Epss => "epss",
            Self::FieldSafetyNotice => "field-safety-notice",
            Self::IdentityMap => "identity-map",
            Self::Inventory => "inventory",
            Self::InventoryMapping => "inventory-mapping",
            Self::Kev => "kev",
            Self::Lifecycle => "lifecycle",
            Self::Mds2 => "mds2",
            Self::OpenVex => "openvex",
            Self::Nvd => "nvd",
            Self::OpenFdaRecall => "openfda-recall",
            Self::Osv => "osv",
            Self::OsvArchive => "osv-archive",
            Self::SbomTable => "sbom-table",
            Self::Spdx => "spdx",
            Self::Ssvc => "ssvc",
            Self::Nmap => "nmap",
            Self::Swid => "swid",
            Self::Observations => "observations",
            Self::Updates => "updates",
            Self::Unknown => "unknown",
            Self::Worklist => "worklist",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }

    /// What it is, for a person.
    pub fn title(self) -> &'static str {
        match self {
            Self::Archive => "archive of papers",
            Self::Csaf => "CSAF advisory",
            Self::Cve => "CVE record",
            Self::CveArchive => "CVE records",
            Self::CycloneDx => "CycloneDX SBOM",
            Self::Dicom => "equipment of DICOM files",
            Self::Epss => "EPSS scores",
            Self::FieldSafetyNotice => "field safety notices",
            Self::IdentityMap => "map of package URLs and CPE names",
            Self::Inventory => "device inventory",
            Self::InventoryMapping => "inventory column mapping",
            Self::Kev => "CISA known exploited vulnerabilities",
            Self::Lifecycle => "life-cycle dates",
            Self::Mds2 => "MDS2 disclosure form",
            Self::OpenVex => "OpenVEX statements",
            Self::Nvd => "NVD records",
            Self::OpenFdaRecall => "openFDA device recalls",
            Self::Osv => "OSV record",
            Self::OsvArchive => "OSV records",
            Self::SbomTable => "SBOM as a spreadsheet",
            Self::Spdx => "SPDX SBOM",
            Self::Ssvc => "SSVC evaluation",
            Self::Nmap => "network scan",
            Self::Swid => "software identification tag",
            Self::Observations => "observations on site",
            Self::Updates => "validated updates",
            Self::Unknown => "unknown file",
            Self::Worklist => "worklist with status",
        }
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The content of a paper.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant)]
pub enum Document {
    /// Bill of materials, with the flaws and statements it carries.
    Sbom(Sbom),
    /// Disclosure form.
    Form(DisclosureForm),
    /// Inventory of devices.
    Inventory(Inventory),
    /// One record of a flaw.
    Vulnerability(VulnerabilityRecord),
    /// Many records, each of which its feed publishes and renews by itself.
    Vulnerabilities(RecordList),
    /// Map between names of software.
    IdentityMap(IdentityMap),
    /// Advisory.
    Advisory(Advisory),
    /// Catalog of known exploited vulnerabilities.
    KnownExploited(KnownExploitedCatalog),
    /// Exploit predictions.
    ExploitPredictions(ExploitPredictions),
    /// A device as DICOM files name it.
    Equipment(EquipmentRecord),
    /// Network scan.
    NetworkScan(NetworkScan),
    /// Worklist with status.
    Worklist(Vec<WorklistRow>),
    /// Support life.
    Lifecycle(LifecycleNotice),
    /// What was seen on site.
    Observations(Vec<Observation>),
    /// Validated updates.
    Updates(UpdateList),
}

/// Counts of what a document holds: `components`, `answers`, `devices`, `records` …
pub type Summary = BTreeMap<&'static str, u64>;

/// What came of reading one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What it is.
    pub kind: DocumentKind,
    /// Version of the format, as the file states it (`1.6`, `HN 1-2019`, `5.1`).
    pub version: Option<String>,
    /// Its content; `None` when nothing of it could be used.
    pub document: Option<Document>,
    /// Counts.
    pub summary: Summary,
    /// What is wrong or missing, in reading order.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// A reading that found nothing it could use.
    pub fn unreadable(kind: DocumentKind, problem: Problem) -> Self {
        Self {
            kind,
            version: None,
            document: None,
            summary: Summary::new(),
            problems: vec![problem],
        }
    }

    /// Whether the document keeps to its format: no problem of level error.
    pub fn is_valid(&self) -> bool {
        self.problems
            .iter()
            .all(|problem| problem.level < Level::Error)
    }
}

/// One file as `check` and `import` report it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedFile {
    /// Path as given, or `archive.zip!/member` for a member of an archive.
    pub path: String,
    /// What it is.
    pub kind: DocumentKind,
    /// Version of the format.
    pub version: Option<String>,
    /// SHA-256 of its bytes; `None` when it could not be read at all.
    pub digest: Option<crate::digest::Digest>,
    /// Size in bytes.
    pub size: u64,
    /// Counts.
    pub summary: Summary,
    /// What is wrong or missing.
    pub problems: Vec<Problem>,
}
