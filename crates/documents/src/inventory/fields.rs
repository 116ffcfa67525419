//! The fields of an inventory and the words for them, from `catalogs/inventory.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use isocenter_model::product::ClinicalRole;
use serde::Deserialize;

use crate::wording::folded;

/// What a column of an inventory can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The hospital's own id of the device.
    AssetId,
    /// Maker.
    Manufacturer,
    /// Model.
    Model,
    /// Software version.
    SoftwareVersion,
    /// Serial number.
    SerialNumber,
    /// Unique Device Identification.
    Udi,
    /// The system that the device is a host of.
    System,
    /// Site.
    Site,
    /// Department or room.
    Department,
    /// Network segment or VLAN.
    Segment,
    /// IP address.
    IpAddress,
    /// MAC address.
    MacAddress,
    /// DICOM application entity title.
    AeTitle,
    /// DICOM modality, or what the inventory writes.
    Modality,
    /// What the device means for patients.
    ClinicalRole,
    /// Day it was installed.
    Installed,
    /// Day the hospital plans to retire it.
    PlannedRetirement,
    /// The device's own status.
    Status,
}

impl Field {
    /// Every field, in the order in which columns are written.
    pub const ALL: [Self; 18] = [
        Self::AssetId,
        Self::Manufacturer,
        Self::Model,
        Self::SoftwareVersion,
        Self::SerialNumber,
        Self::Udi,
        Self::System,
        Self::Site,
        Self::Department,
        Self::Segment,
        Self::IpAddress,
        Self::MacAddress,
        Self::AeTitle,
        Self::Modality,
        Self::ClinicalRole,
        Self::Installed,
        Self::PlannedRetirement,
        Self::Status,
    ];

    /// The word used in mappings and in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AssetId => "asset-id",
            Self::Manufacturer => "manufacturer",
            Self::Model => "model",
            Self::SoftwareVersion => "software-version",
            Self::SerialNumber => "serial-number",
            Self::Udi => "udi",
            Self::System => "system",
            Self::Site => "site",
            Self::Department => "department",
            Self::Segment => "segment",
            Self::IpAddress => "ip-address",
            Self::MacAddress => "mac-address",
            Self::AeTitle => "ae-title",
            Self::Modality => "modality",
            Self::ClinicalRole => "clinical-role",
            Self::Installed => "installed",
            Self::PlannedRetirement => "planned-retirement",
            Self::Status => "status",
        }
    }

    /// The field of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == word)
    }

    /// Whether a column of this field makes a table a list of devices.
    pub(super) fn names_a_device(self) -> bool {
        matches!(self, Self::Manufacturer | Self::Model | Self::SerialNumber)
    }
}

/// The catalog as it is written.
#[derive(Deserialize)]
struct CatalogFile {
    field: Vec<FieldEntry>,
    #[serde(rename = "clinical-role")]
    clinical_role: BTreeMap<String, Vec<String>>,
    retired: Words,
    worklist: WorklistHeaders,
}

#[derive(Deserialize)]
struct FieldEntry {
    name: String,
    headers: Vec<String>,
}

#[derive(Deserialize)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct WorklistHeaders {
    status: Vec<String>,
    comment: Vec<String>,
}

#[derive(Default)]
struct Catalog {
    fields: BTreeMap<String, Field>,
    roles: BTreeMap<String, ClinicalRole>,
    retired: BTreeSet<String>,
    worklist_status: BTreeSet<String>,
    worklist_comment: BTreeSet<String>,
}

const CATALOG_TEXT: &str = include_str!("../../../../catalogs/inventory.toml");

// The tests hold that the catalog parses; were it broken, nothing would be recognised.
static CATALOG: LazyLock<Catalog> = LazyLock::new(|| load().unwrap_or_default());

fn load() -> Result<Catalog, toml::de::Error> {
    let file: CatalogFile = toml::from_str(CATALOG_TEXT)?;
    let mut catalog = Catalog::default();
    for entry in file.field {
        let Some(field) = Field::from_word(&entry.name) else {
            continue;
        };
        // Our own words always name their field, so what `write_kept` wrote is read again.
        catalog.fields.insert(folded(&entry.name), field);
        for header in entry.headers {
            catalog.fields.insert(folded(&header), field);
        }
    }
    for (role, words) in file.clinical_role {
        let Some(role) = ClinicalRole::from_word(&role) else {
            continue;
        };
        for word in words {
            catalog.roles.insert(folded(&word), role);
        }
    }
    let all = |words: Vec<String>| words.iter().map(|word| folded(word)).collect();
    catalog.retired = all(file.retired.words);
    catalog.worklist_status = all(file.worklist.status);
    catalog.worklist_comment = all(file.worklist.comment);
    Ok(catalog)
}

/// The field that a header names, by synonym; words in brackets after it do not count.
pub(crate) fn field_of(header: &str) -> Option<Field> {
    let fields = &CATALOG.fields;
    fields.get(&folded(header)).copied().or_else(|| {
        let (before, _) = header.split_once(['(', '['])?;
        fields.get(&folded(before)).copied()
    })
}

/// The role that a word of the hospital means.
pub(super) fn role_of(word: &str) -> Option<ClinicalRole> {
    CATALOG.roles.get(&folded(word)).copied()
}

/// Whether a header is the status of a worklist's items.
pub(crate) fn worklist_status(header: &str) -> bool {
    CATALOG.worklist_status.contains(&folded(header))
}

/// Whether a device's status says that it is no longer in use, by the words of
/// `catalogs/inventory.toml`.
pub fn is_retired(status: &str) -> bool {
    CATALOG.retired.contains(&folded(status))
}

/// Whether a header is the remark on a worklist's items.
pub(crate) fn worklist_comment(header: &str) -> bool {
    CATALOG.worklist_comment.contains(&folded(header))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalog_parses_and_each_header_names_one_field() {
        let file: CatalogFile = toml::from_str(CATALOG_TEXT).unwrap();
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for entry in &file.field {
            assert!(Field::from_word(&entry.name).is_some(), "{}", entry.name);
            for header in &entry.headers {
                let other = seen.insert(folded(header), entry.name.clone());
                assert!(
                    other.is_none_or(|other| other == entry.name),
                    "{header} stands under two fields"
                );
            }
        }
        assert_eq!(file.field.len(), Field::ALL.len());
        let mut roles: BTreeMap<String, &str> = BTreeMap::new();
        for (role, words) in &file.clinical_role {
            assert!(ClinicalRole::from_word(role).is_some(), "{role}");
            for word in words {
                let other = roles.insert(folded(word), role);
                assert!(
                    other.is_none_or(|other| other == role),
                    "{word} stands under two roles"
                );
            }
        }
    }

    #[test]
    fn a_retired_device_is_known_by_its_status_in_five_languages() {
        for status in [
            "Retired",
            "ausser Betrieb",
            "Réformé",
            "dado de baja",
            "buiten gebruik",
        ] {
            assert!(is_retired(status), "{status}");
        }
        assert!(!is_retired("In service") && !is_retired(""));
    }

    #[test]
    fn headers_are_known_in_five_languages_however_they_are_typed() {
        for (header, field) in [
            ("Asset #", Some(Field::AssetId)),
            ("ASSET_TAG", Some(Field::AssetId)),
            ("Serial No.", Some(Field::SerialNumber)),
            ("Geräte-Nr.", Some(Field::AssetId)),
            ("N° de série", Some(Field::SerialNumber)),
            ("Nº de serie", Some(Field::SerialNumber)),
            ("Fabricante", Some(Field::Manufacturer)),
            ("Softwareversie", Some(Field::SoftwareVersion)),
            ("Modell (Typ)", Some(Field::Model)),
            ("Außerbetriebnahme", Some(Field::PlannedRetirement)),
            ("Patientenname", None),
            ("", None),
        ] {
            assert_eq!(field_of(header), field, "{header}");
        }
    }

    #[test]
    fn every_field_has_a_word_of_its_own() {
        for field in Field::ALL {
            assert_eq!(Field::from_word(field.as_str()), Some(field));
            assert_eq!(field_of(field.as_str()), Some(field));
        }
    }
}
