//! How papers name products; releases, devices and systems.

use jiff::civil::Date;

use crate::component::Hash;
use crate::digest::Digest;

/// Which versions of a product a paper speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum VersionExpression {
    /// The paper names no version.
    #[default]
    Unstated,
    /// Every version, said expressly ("all versions", `vers:all/*`).
    All,
    /// Exactly this version.
    Exact(String),
    /// A range in some notation, kept as written: `vers:…`, `<=12.1.3`, free text.
    Range(String),
}

/// A product as a paper names it: the raw material of matching. Every field is a claim.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductReference {
    /// The paper's own id for it (CSAF `product_id`, CycloneDX `bom-ref`, BOM-Link).
    pub reference: Option<String>,
    /// Maker as written.
    pub vendor: Option<String>,
    /// Product name as written.
    pub name: String,
    /// Which versions.
    pub version: VersionExpression,
    /// Package URL.
    pub purl: Option<String>,
    /// CPE name.
    pub cpe: Option<String>,
    /// Model numbers.
    pub model_numbers: Vec<String>,
    /// Serial numbers.
    pub serial_numbers: Vec<String>,
    /// Stock keeping units, the maker's order numbers (CSAF `skus`).
    pub skus: Vec<String>,
    /// Hashes of its files.
    pub hashes: Vec<Hash>,
}

/// One released model and software version of a product; devices are instances of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release {
    /// Maker as the first paper wrote it.
    pub manufacturer: String,
    /// Model as the first paper wrote it.
    pub model: String,
    /// Software version; `None` when no paper states it.
    pub version: Option<String>,
}

impl Release {
    /// Maker, model and version in one line.
    pub fn label(&self) -> String {
        let mut label = String::new();
        for part in [
            self.manufacturer.as_str(),
            &self.model,
            self.version.as_deref().unwrap_or(""),
        ] {
            if !part.is_empty() {
                if !label.is_empty() {
                    label.push(' ');
                }
                label.push_str(part);
            }
        }
        label
    }

    /// The name of a release, from its normalised maker, model and version.
    pub fn id_of(maker_key: &str, model_key: &str, version: Option<&str>) -> Digest {
        Digest::of_parts([maker_key, model_key, version.unwrap_or("").trim()])
    }
}

/// How close a device stands to the patient when it fails; a hospital's own word on each device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClinicalRole {
    /// Nobody said.
    #[default]
    Unknown,
    /// Teaching, research, spare, test.
    NonClinical,
    /// Supports care indirectly: archive of reports, dose statistics, planning work.
    Support,
    /// Used for diagnosis.
    Diagnostic,
    /// Guides treatment while the patient is on the table, or the only one of its kind for emergencies.
    Interventional,
}

impl ClinicalRole {
    /// The word used in output and accepted in inventories.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::NonClinical => "non-clinical",
            Self::Support => "support",
            Self::Diagnostic => "diagnostic",
            Self::Interventional => "interventional",
        }
    }

    /// The role of that word, as [`Self::as_str`] spells it.
    pub fn from_word(word: &str) -> Option<Self> {
        [
            Self::Unknown,
            Self::NonClinical,
            Self::Support,
            Self::Diagnostic,
            Self::Interventional,
        ]
        .into_iter()
        .find(|role| role.as_str() == word)
    }
}

/// One device in one hospital.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Device {
    /// The hospital's own id (asset number); the name people use.
    pub asset_id: String,
    /// Maker as written.
    pub manufacturer: String,
    /// Model as written.
    pub model: String,
    /// Software version as written.
    pub software_version: Option<String>,
    /// Serial number.
    pub serial_number: Option<String>,
    /// Unique Device Identification as written.
    pub udi: Option<String>,
    /// The system it is a host of: a CT is a gantry, a reconstruction server and consoles.
    pub system: Option<String>,
    /// Site.
    pub site: Option<String>,
    /// Department or room.
    pub department: Option<String>,
    /// Network segment or VLAN.
    pub segment: Option<String>,
    /// IP address as written.
    pub ip_address: Option<String>,
    /// MAC address as written.
    pub mac_address: Option<String>,
    /// DICOM application entity title.
    pub ae_title: Option<String>,
    /// DICOM modality code (`CT`, `MR`, `US`, `MG`, `XA`, `CR` …) or what the inventory writes.
    pub modality: Option<String>,
    /// What it means for patients.
    pub clinical_role: ClinicalRole,
    /// Day it was installed.
    pub installed: Option<Date>,
    /// Day the hospital plans to retire it: the end of its clinical life.
    pub planned_retirement: Option<Date>,
}
