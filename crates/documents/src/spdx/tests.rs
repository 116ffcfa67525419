//! Tests of the reader as a whole: what becomes of a document, and what is said of it.

mod graph;
mod security;
mod tag_value;
mod two;

use isocenter_model::component::Sbom;
use isocenter_model::document::Document;
use isocenter_model::{Level, Reading};
use proptest::prelude::*;

use super::read;

#[track_caller]
fn sbom(text: &str) -> (Sbom, Reading) {
    let reading = read(text.as_bytes());
    match reading.document.clone() {
        Some(Document::Sbom(sbom)) => (sbom, reading),
        other => panic!("not read: {other:?} {:?}", reading.problems),
    }
}

/// Each problem in one line.
fn lines(reading: &Reading) -> String {
    let lines: Vec<String> = reading
        .problems
        .iter()
        .map(|problem| {
            format!(
                "{} {} {}: {}",
                problem.level, problem.id, problem.at, problem.message
            )
        })
        .collect();
    lines.join("\n")
}

/// Errors only, each in one line without its level.
fn errors(text: &str) -> String {
    let reading = read(text.as_bytes());
    let lines: Vec<String> = reading
        .problems
        .iter()
        .filter(|problem| problem.level == Level::Error)
        .map(|problem| format!("{} {}: {}", problem.id, problem.at, problem.message))
        .collect();
    lines.join("\n")
}

proptest! {
    #[test]
    fn any_bytes_give_a_reading_and_no_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read(&bytes);
    }

    #[test]
    fn any_lines_of_tags_give_a_reading_and_no_panic(
        lines in proptest::collection::vec(
            ("(SPDXID|PackageName|PackageChecksum|FileName|ExternalRef|Relationship|Creator|Annotator|LicenseID|SnippetSPDXID)", ".{0,40}"),
            0..40,
        )
    ) {
        let mut text = "SPDXVersion: SPDX-2.3\n".to_owned();
        for (tag, value) in lines {
            text.extend([tag.as_str(), ": ", &value, "\n"]);
        }
        let reading = read(text.as_bytes());
        prop_assert!(reading.document.is_some());
    }

    #[test]
    fn any_yaml_gives_a_reading_and_no_panic(text in "[-:{}\\[\\]&*!|>'\"#%@,? a-c0\n]{0,200}") {
        read(format!("spdxVersion: SPDX-2.3\n{text}").as_bytes());
    }
}
