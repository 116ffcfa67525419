//! Every format through its samples: that it is read in each version, and what it does with samples that were mutated.
//!
//! The list is the program's own: a format without samples fails here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use isocenter_documents::formats::{Format, Syntax, Versioning, format};
use isocenter_documents::{ReadOptions, read, recognise};
use isocenter_model::{DocumentKind, Level, Reading};

/// A sound paper.
pub(crate) struct Sample {
    pub(crate) kind: DocumentKind,
    pub(crate) syntax: Syntax,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Every sample, by format.
pub(crate) fn samples() -> Vec<Sample> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut samples = Vec::new();
    for kind in DocumentKind::ALL {
        let folder = root.join(kind.as_str());
        let entries = std::fs::read_dir(&folder)
            .unwrap_or_else(|_| panic!("{kind} has no samples in {}", folder.display()));
        let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files {
            let ending = file.extension().unwrap().to_str().unwrap();
            samples.push(Sample {
                kind: *kind,
                syntax: Syntax::of_ending(ending).unwrap_or_else(|| panic!("{}", file.display())),
                name: format!("{kind}/{}", file.file_name().unwrap().to_string_lossy()),
                bytes: std::fs::read(&file).unwrap(),
            });
        }
    }
    samples
}

fn read_sample(sample: &Sample) -> Reading {
    read(&sample.bytes, &ReadOptions::default())
}

#[test]
fn every_format_has_samples_and_each_is_recognised_and_sound() {
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for sample in samples() {
        seen.insert(sample.kind);
        assert_eq!(recognise(&sample.bytes), sample.kind, "{}", sample.name);
        let reading = read_sample(&sample);
        if sample.kind == DocumentKind::Unknown {
            assert!(!reading.is_valid());
            continue;
        }
        for problem in reading.problems {
            // A version that is not known is a warning.
            if problem.level == Level::Error || problem.id.contains("-version-") {
                wrong.push(format!(
                    "{} {} {}: {}",
                    sample.name, problem.id, problem.at, problem.message
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let all: BTreeSet<DocumentKind> = DocumentKind::ALL.iter().copied().collect();
    assert_eq!(seen, all);
}

#[test]
fn no_sample_lies_in_a_folder_of_no_format() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for entry in std::fs::read_dir(root).unwrap() {
        let name = entry.unwrap().file_name();
        let word = name.to_str().unwrap();
        assert!(DocumentKind::from_word(word).is_some(), "{word}");
    }
}

#[test]
fn a_sample_that_is_named_for_a_version_states_it() {
    let mut stated: BTreeMap<DocumentKind, usize> = BTreeMap::new();
    for sample in samples() {
        let Format { versioning, .. } = format(sample.kind);
        let version = read_sample(&sample).version;
        if versioning == Versioning::Unversioned {
            assert_eq!(version, None, "{}", sample.name);
        }
        if let Some(version) = version {
            *stated.entry(sample.kind).or_default() += 1;
            let (_, file) = sample.name.split_once('/').unwrap();
            // `1.6.json`, `endoflife-1.2.0.json`: the number stands in the name.
            let number = file.trim_start_matches(|letter: char| !letter.is_ascii_digit());
            if number.starts_with(|letter: char| letter.is_ascii_digit()) {
                let (number, _) = number.rsplit_once('.').unwrap();
                assert!(version.contains(number), "{}: {version}", sample.name);
            }
        }
    }
    for kind in DocumentKind::ALL {
        let versioning = format(*kind).versioning;
        assert_eq!(
            stated.contains_key(kind),
            versioning != Versioning::Unversioned,
            "{kind}"
        );
    }
}
