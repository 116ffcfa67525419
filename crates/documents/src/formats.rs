//! What every format is read for, checked for and bounded by. `docs/reference/formats.md` shows it, together with the
//! versions that the samples of `crates/documents/samples` prove.

use isocenter_model::DocumentKind;

use crate::{
    budget, dicom, headed, identity_map, nmap, recognise, sbom_table, spreadsheet, xml, yaml,
};

/// How the bytes of a paper are written down. Samples have the ending of their syntax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Syntax {
    /// JSON (RFC 8259).
    Json,
    /// JSON-LD as SPDX 3 serialises it.
    JsonLd,
    /// XML 1.0.
    Xml,
    /// YAML 1.2, and 1.1 as far as files need it.
    Yaml,
    /// Tags and values, a line each (SPDX 2).
    TagValue,
    /// Text in columns: comma, semicolon, tab or bar.
    Delimited,
    /// A workbook (ISO/IEC 29500-1).
    Workbook,
    /// TOML 1.0.
    Toml,
    /// DICOM Part 10, in each of its transfer syntaxes.
    Dicom,
    /// A zip archive.
    Zip,
    /// Running text.
    Text,
}

impl Syntax {
    /// Every syntax, in the order in which the page shows them.
    pub const ALL: [Self; 11] = [
        Self::Json,
        Self::JsonLd,
        Self::Xml,
        Self::Yaml,
        Self::TagValue,
        Self::Delimited,
        Self::Workbook,
        Self::Toml,
        Self::Dicom,
        Self::Zip,
        Self::Text,
    ];

    /// Its name for a person.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::JsonLd => "JSON-LD",
            Self::Xml => "XML",
            Self::Yaml => "YAML",
            Self::TagValue => "tag-value",
            Self::Delimited => "delimited text",
            Self::Workbook => "XLSX",
            Self::Toml => "TOML",
            Self::Dicom => "DICOM",
            Self::Zip => "zip",
            Self::Text => "text",
        }
    }

    /// Endings that such files have. Nothing is told from them: content decides.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Json => &["json"],
            Self::JsonLd => &["jsonld"],
            Self::Xml => &["xml", "swidtag"],
            Self::Yaml => &["yaml", "yml"],
            Self::TagValue => &["spdx", "tag"],
            Self::Delimited => &["csv", "tsv"],
            Self::Workbook => &["xlsx"],
            Self::Toml => &["toml"],
            Self::Dicom => &["dcm"],
            Self::Zip => &["zip"],
            Self::Text => &["txt"],
        }
    }

    /// The syntax of a sample with this ending.
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|syntax| syntax.endings().contains(&ending))
    }

    /// What bounds every paper in this syntax, from the constants of its parser.
    pub fn limits(self) -> String {
        match self {
            Self::Json | Self::JsonLd => format!(
                "{JSON_LEVELS} levels of nesting; a file with faults is mended up to {}",
                mebibytes(crate::json::TREE_LIMIT)
            ),
            Self::Xml => format!(
                "{}, {} levels, {} elements; a document type that declares something or names a file is refused",
                mebibytes(xml::MAX_SIZE),
                xml::MAX_DEPTH,
                grouped(xml::MAX_ELEMENTS as u64)
            ),
            Self::Yaml => format!(
                "{}, {} levels, {} values; aliases may repeat {}",
                mebibytes(yaml::MAX_TEXT),
                yaml::MAX_DEPTH,
                grouped(yaml::MAX_NODES as u64),
                mebibytes(yaml::MAX_REPEATED)
            ),
            Self::TagValue | Self::Text => "that of the file".to_owned(),
            Self::Delimited | Self::Workbook => {
                let cells = format!(
                    "{} rows, {} columns, {} cells, {} of text in a cell and {} in all",
                    grouped(spreadsheet::MAX_ROWS),
                    grouped(u64::from(spreadsheet::MAX_COLUMNS)),
                    grouped(spreadsheet::MAX_CELLS as u64),
                    kibibytes(spreadsheet::MAX_CELL_TEXT),
                    mebibytes(spreadsheet::MAX_TEXT)
                );
                if self == Self::Delimited {
                    return cells;
                }
                format!(
                    "{cells}; {} sheets; the parts may inflate to {} and to {} times their size; formulas are not computed",
                    spreadsheet::MAX_SHEETS,
                    mebibytes(usize::try_from(spreadsheet::MAX_INFLATED).unwrap_or(usize::MAX)),
                    spreadsheet::MAX_RATIO
                )
            }
            Self::Toml => format!("{} to be recognised", mebibytes(recognise::MAX_MAPPING)),
            Self::Dicom => format!(
                "{} levels of sequences, {} a value; reading ends before pixel data; a deflated data set is inflated up to {}",
                dicom::MOST_DEPTH,
                kibibytes(dicom::LONGEST_VALUE),
                mebibytes(usize::try_from(dicom::MOST_INFLATED).unwrap_or(usize::MAX))
            ),
            Self::Zip => "members are read one by one, each within the limits of its format; nothing is written under the name of a member".to_owned(),
        }
    }
}

/// What the version is that a reading of a format states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Versioning {
    /// The version of the format.
    Format,
    /// The edition of what the file holds: a day or a model.
    Content,
    /// Files of this format state none.
    Unversioned,
}

/// What is known of a format beside how it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    /// The format.
    pub kind: DocumentKind,
    /// Registered or usual media types.
    pub media: &'static [&'static str],
    /// What a stated version is a version of.
    pub versioning: Versioning,
    /// What `isocenter check` holds a file against.
    pub checked: &'static str,
    /// What writes the format; `None` when nothing does.
    pub written: Option<&'static str>,
    /// Bounds beside those of the syntax.
    pub limits: Option<String>,
}

/// What is known of a format. A new format does not compile without its line here.
pub fn format(kind: DocumentKind) -> Format {
    const TABLE: &str = "columns, words and days of each row";
    const RECORD: &str = "identity, types, days and ranges of each record";
    let tables: &[&str] = &[
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ];
    let (media, versioning, checked): (&[&str], Versioning, &str) = match kind {
        DocumentKind::Csaf => (
            &["application/json"],
            Versioning::Format,
            "the schema and the tests of the standard ([which](csaf.md))",
        ),
        DocumentKind::Cve | DocumentKind::Nvd | DocumentKind::Osv => {
            (&["application/json"], Versioning::Format, RECORD)
        }
        DocumentKind::CveArchive | DocumentKind::OsvArchive => (
            &["application/zip"],
            Versioning::Unversioned,
            "each record as if it stood alone",
        ),
        DocumentKind::CycloneDx => (
            &[
                "application/vnd.cyclonedx+json",
                "application/vnd.cyclonedx+xml",
            ],
            Versioning::Format,
            "in JSON the schema of the edition, in XML members, types and words; references; names of components; what NTIA's minimum asks for",
        ),
        DocumentKind::Dicom => (
            &["application/dicom"],
            Versioning::Unversioned,
            "whether it names a device; order and lengths of elements",
        ),
        DocumentKind::Epss => (
            &["text/csv"],
            Versioning::Content,
            "columns; CVE id and numbers of each row",
        ),
        DocumentKind::FieldSafetyNotice
        | DocumentKind::Inventory
        | DocumentKind::Updates
        | DocumentKind::Worklist => (tables, Versioning::Unversioned, TABLE),
        DocumentKind::IdentityMap => (
            &[
                "text/csv",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "application/yaml",
            ],
            Versioning::Unversioned,
            "both names of each pair",
        ),
        DocumentKind::SbomTable => (
            tables,
            Versioning::Unversioned,
            "identifiers and days of each row; parts inside parts; what NTIA's minimum asks for",
        ),
        DocumentKind::InventoryMapping => (
            &["application/toml"],
            Versioning::Unversioned,
            "names of fields and roles",
        ),
        DocumentKind::Kev => (
            &["application/json"],
            Versioning::Content,
            "CVE id and days of each row; the count",
        ),
        DocumentKind::Lifecycle => (
            &[
                "application/json",
                "text/csv",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ],
            Versioning::Format,
            "types, days and references of each event",
        ),
        DocumentKind::Mds2 => (
            tables,
            Versioning::Format,
            "questions of the edition, answers of each list, notes, contradictions",
        ),
        DocumentKind::OpenVex => (
            &["application/json"],
            Versioning::Format,
            "members, types and words; what each status demands",
        ),
        DocumentKind::OpenFdaRecall => (&["application/json"], Versioning::Unversioned, RECORD),
        DocumentKind::Spdx => (
            &[
                "application/spdx+json",
                "application/spdx+yaml",
                "text/spdx",
                "application/ld+json",
            ],
            Versioning::Format,
            "members, types and words of the edition; references; license expressions; what NTIA's minimum asks for",
        ),
        DocumentKind::Ssvc => (
            &["application/json"],
            Versioning::Format,
            "decision points and their values",
        ),
        DocumentKind::Swid => (
            &["application/swid+xml"],
            Versioning::Format,
            "attributes and roles that the standard demands",
        ),
        DocumentKind::Observations => (
            &[
                "text/csv",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "application/json",
            ],
            Versioning::Unversioned,
            TABLE,
        ),
        DocumentKind::Nmap => (
            &["text/xml"],
            Versioning::Format,
            "addresses, ports and services; whether the scan ended",
        ),
        DocumentKind::Archive => (
            &["application/zip", "application/gzip"],
            Versioning::Unversioned,
            "each member as if it stood alone",
        ),
        DocumentKind::Unknown => (
            &[],
            Versioning::Unversioned,
            "it is told what the file is, where that is known, and never stored",
        ),
    };
    Format {
        kind,
        media,
        versioning,
        checked,
        written: written(kind),
        limits: limits(kind),
    }
}

fn written(kind: DocumentKind) -> Option<&'static str> {
    match kind {
        DocumentKind::Mds2 => Some("HN 1-2019 worksheet, by the program's library"),
        DocumentKind::Inventory => Some("what is kept of it, as CSV"),
        DocumentKind::Dicom => Some("one record for each device, as JSON"),
        DocumentKind::Worklist => Some("`isocenter assess --format csv` and `xlsx`"),
        _ => None,
    }
}

fn limits(kind: DocumentKind) -> Option<String> {
    match kind {
        DocumentKind::IdentityMap => {
            Some(format!("{} pairs", grouped(identity_map::MAX_PAIRS as u64)))
        }
        DocumentKind::SbomTable => Some(format!("{} parts", grouped(sbom_table::MAX_PARTS as u64))),
        DocumentKind::Nmap => Some(format!(
            "{} ranges of ports",
            grouped(nmap::MOST_RANGES as u64)
        )),
        DocumentKind::Archive => Some(format!(
            "gzip inside gzip {} times, {} and {} times its size",
            recognise::MAX_LAYERS,
            mebibytes(usize::try_from(recognise::MAX_UNPACKED).unwrap_or(usize::MAX)),
            recognise::MAX_RATIO
        )),
        DocumentKind::Updates
        | DocumentKind::Observations
        | DocumentKind::Lifecycle
        | DocumentKind::FieldSafetyNotice => Some(format!(
            "headers within the first {} rows",
            headed::HEADER_WITHIN
        )),
        DocumentKind::Csaf | DocumentKind::CycloneDx | DocumentKind::OpenVex => Some(format!(
            "statements of one file: {} and {} times its size, up to {}",
            mebibytes(budget::LEAST),
            budget::TIMES,
            mebibytes(budget::MOST)
        )),
        _ => None,
    }
}

/// How deep lists and objects may be nested: the bound of serde_json.
const JSON_LEVELS: usize = 127;

fn mebibytes(bytes: usize) -> String {
    format!("{} MiB", grouped((bytes >> 20) as u64))
}

fn kibibytes(bytes: usize) -> String {
    format!("{} KiB", grouped((bytes >> 10) as u64))
}

/// A number with a comma between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_its_own_and_every_ending_of_one_syntax() {
        for kind in DocumentKind::ALL {
            assert_eq!(format(*kind).kind, *kind);
        }
        for syntax in Syntax::ALL {
            for ending in syntax.endings() {
                assert_eq!(Syntax::of_ending(ending), Some(syntax));
            }
            assert!(!syntax.limits().is_empty());
        }
        assert_eq!(Syntax::of_ending("pdf"), None);
    }

    #[test]
    fn json_is_followed_as_deep_as_is_said() {
        let nested = |levels| {
            let text = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
            serde_json::from_str::<serde_json::Value>(&text).is_ok()
        };
        assert!(nested(JSON_LEVELS));
        assert!(!nested(JSON_LEVELS + 1));
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_024, "1,024"),
            (1_048_576, "1,048,576"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }
}
