//! SARIF 2.1.0 (OASIS) for tools that collect problems of files.
//!
//! One run; a rule for every problem id that occurs; a result for every problem. Lines become
//! regions. Cells and JSON pointers, which SARIF has no region for, become logical locations.
//! The disclaimer is the driver's full description.

use std::collections::BTreeMap;

use isocenter_model::assessment::DISCLAIMER;
use isocenter_model::document::CheckedFile;
use isocenter_model::{Level, Place, Problem};
use serde::Serialize;

use crate::ReportError;
use crate::json::written;
use crate::words::capitalised;

/// The problems of files as one SARIF 2.1.0 run.
pub fn checked(files: &[CheckedFile]) -> Result<Vec<u8>, ReportError> {
    let mut levels: BTreeMap<&str, Level> = BTreeMap::new();
    for problem in files.iter().flat_map(|file| &file.problems) {
        let level = levels.entry(problem.id).or_insert(problem.level);
        *level = problem.level.max(*level);
    }
    let index: BTreeMap<&str, usize> = levels
        .keys()
        .enumerate()
        .map(|(index, id)| (*id, index))
        .collect();
    let rules = levels
        .iter()
        .map(|(id, level)| Rule {
            id,
            short_description: Message {
                text: capitalised(&id.replace('-', " ")),
            },
            default_configuration: Configuration {
                level: level.as_str(),
            },
        })
        .collect();
    let results = files
        .iter()
        .enumerate()
        .flat_map(|(artifact, file)| {
            file.problems
                .iter()
                .map(move |problem| (artifact, file, problem))
        })
        .map(|(artifact, file, problem)| {
            result(
                artifact,
                file,
                problem,
                index.get(problem.id).copied().unwrap_or_default(),
            )
        })
        .collect();
    written(&Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "Isocenter",
                    version: env!("CARGO_PKG_VERSION"),
                    full_description: Message {
                        text: DISCLAIMER.to_owned(),
                    },
                    rules,
                },
            },
            column_kind: "unicodeCodePoints",
            artifacts: files.iter().map(artifact).collect(),
            results,
        }],
    })
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    artifacts: Vec<Artifact>,
    results: Vec<RunResult<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    full_description: Message,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Message,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Artifact {
    location: ArtifactLocation,
    length: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    hashes: Option<Hashes>,
    description: Message,
}

#[derive(Serialize)]
struct Hashes {
    #[serde(rename = "sha-256")]
    sha_256: String,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RunResult<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
}

fn artifact(file: &CheckedFile) -> Artifact {
    let mut kind = file.kind.title().to_owned();
    if let Some(version) = &file.version {
        kind.push(' ');
        kind.push_str(version);
    }
    Artifact {
        location: ArtifactLocation {
            uri: uri(&file.path),
            index: None,
        },
        length: file.size,
        hashes: file.digest.map(|digest| Hashes {
            sha_256: digest.to_string(),
        }),
        description: Message { text: kind },
    }
}

fn result<'a>(
    artifact: usize,
    file: &CheckedFile,
    problem: &'a Problem,
    rule_index: usize,
) -> RunResult<'a> {
    let mut text = problem.message.clone();
    if let Some(hint) = &problem.hint {
        text.push_str(" Hint: ");
        text.push_str(hint);
    }
    RunResult {
        rule_id: problem.id,
        rule_index,
        level: problem.level.as_str(),
        message: Message { text },
        locations: [location(artifact, &file.path, &problem.at)],
    }
}

fn location(artifact: usize, path: &str, place: &Place) -> Location {
    let mut artifact_location = ArtifactLocation {
        uri: uri(path),
        index: Some(artifact),
    };
    let mut inner = place;
    let mut path = path.to_owned();
    while let Place::Member {
        path: member,
        place,
    } = inner
    {
        path.push_str("!/");
        path.push_str(member);
        inner = place;
        artifact_location = ArtifactLocation {
            uri: uri(&path),
            index: None,
        };
    }
    let region = match inner {
        Place::Line { line, column } if *line > 0 => Some(Region {
            start_line: *line,
            start_column: column.filter(|column| *column > 0),
        }),
        Place::Element { line, .. } if *line > 0 => Some(Region {
            start_line: *line,
            start_column: None,
        }),
        _ => None,
    };
    let logical_locations = match inner {
        Place::Cell { .. } | Place::Pointer(_) => vec![LogicalLocation {
            fully_qualified_name: inner.to_string(),
        }],
        Place::Element { path, .. } => vec![LogicalLocation {
            fully_qualified_name: path.clone(),
        }],
        _ => Vec::new(),
    };
    Location {
        physical_location: PhysicalLocation {
            artifact_location,
            region,
        },
        logical_locations,
    }
}

/// A path as a URI reference (RFC 3986): relative stays relative, absolute becomes `file:`.
fn uri(path: &str) -> String {
    let drive = path.chars().nth(1) == Some(':')
        && path
            .chars()
            .next()
            .is_some_and(|letter| letter.is_ascii_alphabetic());
    let slashes = if drive {
        path.replace('\\', "/")
    } else {
        path.to_owned()
    };
    let mut uri = match (drive, path.starts_with('/')) {
        (true, _) => "file:///".to_owned(),
        (_, true) => "file://".to_owned(),
        _ => String::new(),
    };
    for byte in slashes.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~/!()+,@=".contains(&byte);
        if plain || (drive && byte == b':') {
            uri.push(char::from(byte));
        } else {
            uri.push('%');
            for digit in [byte >> 4, byte & 15] {
                uri.extend(
                    char::from_digit(u32::from(digit), 16).map(|digit| digit.to_ascii_uppercase()),
                );
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri_that_names_the_same_file() {
        assert_eq!(uri("papers/a b#1.json"), "papers/a%20b%231.json");
        assert_eq!(uri("/srv/ü.csv"), "file:///srv/%C3%BC.csv");
        assert_eq!(uri(r"C:\papers\x.json"), "file:///C:/papers/x.json");
        assert_eq!(uri("a.zip!/b/c.json"), "a.zip!/b/c.json");
        assert_eq!(uri("odd:name.json"), "odd%3Aname.json");
    }

    #[test]
    fn a_place_in_an_archive_names_the_member() {
        let place = Problem::error("x", Place::line(3), "m").within("b.csv").at;
        let location = location(0, "a.zip", &place);
        let physical = location.physical_location;
        assert_eq!(physical.artifact_location.uri, "a.zip!/b.csv");
        assert_eq!(physical.artifact_location.index, None);
        assert_eq!(physical.region.unwrap().start_line, 3);
    }

    #[test]
    fn an_element_has_its_line_and_its_path() {
        let place = Place::Element {
            path: "/bom/components/component[2]/purl".to_owned(),
            line: 7,
        };
        let location = location(0, "a.xml", &place);
        assert_eq!(location.physical_location.region.unwrap().start_line, 7);
        assert_eq!(
            location.logical_locations[0].fully_qualified_name,
            "/bom/components/component[2]/purl"
        );
    }
}
