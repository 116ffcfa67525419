//! Software and hardware parts, and the bill of materials that lists them.

use jiff::Timestamp;

use crate::digest::Digest;
use crate::lifecycle::Support;
use crate::product::ProductReference;
use crate::statement::Statement;
use crate::vulnerability::VulnerabilityRecord;

/// What sort of part a component is. The words are those of CycloneDX 1.7 `component.type`;
/// none of them is beneath us: firmware and devices are matched like libraries.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ComponentKind {
    /// A software application.
    Application,
    /// A software framework.
    Framework,
    /// A software library; the most common kind and CycloneDX's own default.
    #[default]
    Library,
    /// A packaging or runtime container.
    Container,
    /// A runtime or interpreter.
    Platform,
    /// An operating system.
    OperatingSystem,
    /// A hardware device.
    Device,
    /// A driver of a device.
    DeviceDriver,
    /// Software embedded in a device.
    Firmware,
    /// A file.
    File,
    /// A machine-learning model.
    MachineLearningModel,
    /// A collection of data.
    Data,
    /// A cryptographic asset.
    CryptographicAsset,
    /// A word that no edition of the standard knows, kept as written.
    Other(String),
}

impl ComponentKind {
    /// The kind that CycloneDX spells `word`.
    pub fn from_word(word: &str) -> Self {
        match word {
            "application" => Self::Application,
            "framework" => Self::Framework,
            "library" => Self::Library,
            "container" => Self::Container,
            "platform" => Self::Platform,
            "operating-system" => Self::OperatingSystem,
            "device" => Self::Device,
            "device-driver" => Self::DeviceDriver,
            "firmware" => Self::Firmware,
            "file" => Self::File,
            "machine-learning-model" => Self::MachineLearningModel,
            "data" => Self::Data,
            "cryptographic-asset" => Self::CryptographicAsset,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The word CycloneDX spells this kind with.
    pub fn as_word(&self) -> &str {
        match self {
            Self::Application => "application",
            Self::Framework => "framework",
            Self::Library => "library",
            Self::Container => "container",
            Self::Platform => "platform",
            Self::OperatingSystem => "operating-system",
            Self::Device => "device",
            Self::DeviceDriver => "device-driver",
            Self::Firmware => "firmware",
            Self::File => "file",
            Self::MachineLearningModel => "machine-learning-model",
            Self::Data => "data",
            Self::CryptographicAsset => "cryptographic-asset",
            Self::Other(word) => word,
        }
    }
}

/// A named value that a supplier attached, such as `End-of-Support: 2027-10-12`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Property {
    /// The name as written.
    pub name: String,
    /// The value as written.
    pub value: String,
}

/// A hash of a component's file, as the supplier states it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash {
    /// Algorithm, spelled as CycloneDX does: `SHA-256`.
    pub algorithm: String,
    /// Hexadecimal value as written.
    pub value: String,
}

/// One distinct part: an identity and a version. All names are the supplier's claims.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Component {
    /// What sort of part it is.
    pub kind: ComponentKind,
    /// Group or namespace (`org.apache.logging.log4j`, `@angular`).
    pub group: Option<String>,
    /// Name; may be empty in a bad paper.
    pub name: String,
    /// Version as written; `None` when absent or blank.
    pub version: Option<String>,
    /// Package URL as written, when it is well formed.
    pub purl: Option<String>,
    /// CPE names (2.3 or 2.2 form) as written, when well formed.
    pub cpes: Vec<String>,
    /// SWID tag id.
    pub swid: Option<String>,
    /// Who supplies it: `supplier`, `manufacturer`, `publisher` or `author`, the first present.
    pub supplier: Option<String>,
    /// What it is, in the supplier's words.
    pub description: Option<String>,
    /// Licence ids, names or expressions as written.
    pub licenses: Vec<String>,
    /// Hashes of its file.
    pub hashes: Vec<Hash>,
    /// Named values, as written.
    pub properties: Vec<Property>,
    /// What is said of its support. Few components have it.
    pub support: Option<Box<Support>>,
}

impl Component {
    /// The name of this distinct component: equal for every paper that claims the same kind,
    /// names, version and identifiers. Licences, hashes and prose do not take part: they
    /// never change which flaws apply.
    pub fn id(&self) -> Digest {
        let mut cpes: Vec<&str> = self.cpes.iter().map(String::as_str).collect();
        cpes.sort_unstable();
        cpes.dedup();
        let mut parts = vec![
            self.kind.as_word(),
            self.group.as_deref().unwrap_or(""),
            &self.name,
            self.version.as_deref().unwrap_or(""),
            self.purl.as_deref().unwrap_or(""),
            self.supplier.as_deref().unwrap_or(""),
        ];
        parts.extend(cpes);
        Digest::of_parts(parts)
    }

    /// The value of the first property whose name matches one of `names`, ignoring case,
    /// blanks, hyphens and underscores.
    pub fn property(&self, names: &[&str]) -> Option<&str> {
        let plain = |name: &str| -> String {
            name.chars()
                .filter(char::is_ascii_alphanumeric)
                .flat_map(char::to_lowercase)
                .collect()
        };
        let wanted: Vec<String> = names.iter().map(|name| plain(name)).collect();
        self.properties
            .iter()
            .find(|property| wanted.contains(&plain(&property.name)))
            .map(|property| property.value.as_str())
    }

    /// Name with group and version, for people: `org.apache/log4j 1.2.17`.
    pub fn label(&self) -> String {
        let mut label = String::new();
        if let Some(group) = &self.group {
            label.push_str(group);
            label.push('/');
        }
        label.push_str(&self.name);
        if let Some(version) = &self.version {
            label.push(' ');
            label.push_str(version);
        }
        label
    }
}

/// A component in its place in a bill of materials.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SbomComponent {
    /// The paper's own reference (`bom-ref`, SPDX id).
    pub reference: Option<String>,
    /// Index of the component it is nested in.
    pub parent: Option<usize>,
    /// Whether it is `required`, `optional` or `excluded`, as written.
    pub scope: Option<String>,
    /// The part itself.
    pub component: Component,
}

/// A software bill of materials.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sbom {
    /// The paper's own name, where its format has one (SPDX).
    pub name: Option<String>,
    /// The paper's serial number (`urn:uuid:…`) or namespace.
    pub serial_number: Option<String>,
    /// The paper's own revision number.
    pub revision: Option<u64>,
    /// When it was made.
    pub made: Option<Timestamp>,
    /// The product it describes (CycloneDX `metadata.component`) with its own reference.
    pub subject: Option<SbomComponent>,
    /// Maker of the product, from the paper's metadata or the subject.
    pub manufacturer: Option<String>,
    /// The parts, nested ones flattened; the subject is not among them.
    pub components: Vec<SbomComponent>,
    /// Number of services listed.
    pub services: usize,
    /// `depends on` edges between references: `(from, to)`.
    pub dependencies: Vec<(String, String)>,
    /// Flaws that the paper itself describes.
    pub records: Vec<VulnerabilityRecord>,
    /// Statements (VEX) that the paper carries.
    pub statements: Vec<Statement>,
}

impl Sbom {
    /// The product that the paper describes, as a reference that can be matched to releases.
    pub fn product(&self) -> Option<ProductReference> {
        let subject = &self.subject.as_ref()?.component;
        Some(ProductReference {
            vendor: self
                .manufacturer
                .clone()
                .or_else(|| subject.supplier.clone()),
            name: subject.name.clone(),
            version: subject.version.clone().map_or(
                crate::product::VersionExpression::Unstated,
                crate::product::VersionExpression::Exact,
            ),
            purl: subject.purl.clone(),
            cpe: subject.cpes.first().cloned(),
            ..ProductReference::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_standard_survives_and_so_does_an_unknown_one() {
        for word in [
            "application",
            "device-driver",
            "firmware",
            "operating-system",
            "gantry",
        ] {
            assert_eq!(ComponentKind::from_word(word).as_word(), word);
        }
    }

    #[test]
    fn identity_ignores_prose_and_the_order_of_cpes() {
        let one = Component {
            name: "openssl".into(),
            cpes: vec!["b".into(), "a".into()],
            description: Some("x".into()),
            ..Component::default()
        };
        let other = Component {
            cpes: vec!["a".into(), "b".into()],
            description: None,
            ..one.clone()
        };
        assert_eq!(one.id(), other.id());
        assert_ne!(
            one.id(),
            Component {
                version: Some("3".into()),
                ..one.clone()
            }
            .id()
        );
    }

    #[test]
    fn properties_are_found_however_their_name_is_written() {
        let component = Component {
            properties: vec![Property {
                name: "End-of-Support".into(),
                value: "2027".into(),
            }],
            ..Component::default()
        };
        assert_eq!(component.property(&["end of support", "eos"]), Some("2027"));
    }
}
