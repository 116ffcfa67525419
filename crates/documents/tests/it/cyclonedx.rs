//! The CycloneDX reader against real files: every count of their index, and their validity.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use isocenter_documents::cyclonedx;
use isocenter_model::document::Document;
use isocenter_model::{Level, Reading};

use crate::real_data;

/// Files whose counts differ from the index, and why.
const DIFFERENCES: [(&str, &str); 4] = [
    (
        "011_bom.1.3.json",
        "the index counts package URLs of components at the top only, and 278 are nested",
    ),
    (
        "020_valid-compositions-1.3.json",
        "the index counts package URLs of components at the top only, and 1 is nested",
    ),
    (
        "043_valid-compositions-1.5.json",
        "the index counts package URLs of components at the top only, and 1 is nested",
    ),
    (
        "060_cyclonedx-qwen-7b.json",
        "the index counts the list of components only, and 5 parts are nested in metadata.component",
    ),
];

/// Files that break the schema of their edition, and the first error that says so. Whatever is
/// not listed here has no error.
const INVALID: [(&str, &str); 10] = [
    ("005_cdx-old-version.json", "cyclonedx-tools-object"),
    (
        "007_skip_invalid-empty-component-1.2.json",
        "cyclonedx-property-missing",
    ),
    ("009_invalid-patch-type-1.2.json", "cyclonedx-word-unknown"),
    (
        "032_invalid-hash-sha256-1.4.json",
        "cyclonedx-hash-malformed",
    ),
    (
        "033_sample_cyclonedx.json",
        "cyclonedx-serial-number-malformed",
    ),
    ("034_simple-ext-a.json", "cyclonedx-serial-number-malformed"),
    (
        "051_invalid-service-data-1.6.json",
        "cyclonedx-word-unknown",
    ),
    (
        "054_invalid-hash-sha256-1.6.json",
        "cyclonedx-hash-malformed",
    ),
    ("058_doc.cyclonedx.json", "cyclonedx-word-unknown"),
    ("064_invalid-hash-md5-1.7.json", "cyclonedx-hash-malformed"),
];

fn read(path: &Path) -> Reading {
    cyclonedx::read(&std::fs::read(path).unwrap())
}

fn count(reading: &Reading, key: &str) -> u64 {
    reading.summary.get(key).copied().unwrap_or_default()
}

#[test]
fn every_count_of_the_index_is_met_or_explained() {
    let Some(folder) = real_data("sbom") else {
        return;
    };
    let index = std::fs::read_to_string(folder.join("INDEX.tsv")).unwrap();
    let mut differing = Vec::new();
    let mut rows = 0;
    for line in index.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, "CycloneDX JSON", version, counts @ ..] = cells.as_slice() else {
            continue;
        };
        rows += 1;
        let reading = read(&folder.join(name));
        assert_eq!(reading.version.as_deref(), Some(*version), "{name}");
        let found = ["components", "purls", "cpes", "vulnerabilities"]
            .map(|key| count(&reading, key).to_string());
        if counts.get(..4) != Some(&found.each_ref().map(String::as_str)[..]) {
            differing.push((*name, found));
        }
    }
    assert!(rows > 60, "{rows}");
    let names: Vec<&str> = differing.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, DIFFERENCES.map(|(name, _)| name), "{differing:?}");
}

/// Every other CycloneDX file, with the counts of a plain look at its text.
#[test]
fn further_real_files_are_read_whole() {
    let mut found = BTreeMap::new();
    for folder in ["bench", "sbom-medical", "sbom-imaging"] {
        let Some(folder) = real_data(folder) else {
            return;
        };
        for path in files(&folder, "cdx.json") {
            let reading = read(&path);
            let counts =
                ["components", "purls", "cpes", "dependencies"].map(|key| count(&reading, key));
            found.insert(path.file_name().unwrap().to_owned(), counts);
            let errors: Vec<_> = errors(&reading);
            assert!(errors.is_empty(), "{}: {errors:?}", path.display());
        }
    }
    let lines: Vec<String> = found
        .iter()
        .map(|(name, counts)| format!("{} {counts:?}", name.display()))
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    L.cdx.json [12000, 12000, 3387, 24182]
    M.cdx.json [1713, 1712, 1703, 1442]
    dcmtk-gdcm-debian12.cdx.json [92, 92, 0, 214]
    device_with_infrastructure.cdx.json [65, 65, 65, 0]
    ohif-viewer-4.12.51.cdx.json [460, 460, 0, 940]
    orthanc-debian12.cdx.json [120, 120, 0, 371]
    python-dicom-stack.cdx.json [30, 30, 0, 0]
    "#);
}

#[test]
fn every_vex_becomes_statements() {
    let Some(folder) = real_data("vex") else {
        return;
    };
    let mut lines = Vec::new();
    for path in files(&folder, ".json") {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.starts_with("cdx_") {
            continue;
        }
        let reading = read(&path);
        assert!(errors(&reading).is_empty(), "{name}");
        let Some(Document::Sbom(sbom)) = &reading.document else {
            panic!("{name} was not read");
        };
        assert_eq!(
            count(&reading, "vulnerabilities") == 0,
            sbom.statements.is_empty(),
            "{name}: each of these files states something on each flaw that it names"
        );
        let mut said: BTreeMap<&str, u64> = BTreeMap::new();
        for statement in &sbom.statements {
            let product = &statement.product;
            assert!(product.reference.is_some(), "{name}");
            let is_link = product
                .reference
                .as_deref()
                .is_some_and(|link| link.starts_with("urn:cdx:"));
            assert_eq!(
                product.name.is_empty(),
                is_link,
                "{name}: a product is named, or linked in another document"
            );
            *said.entry(statement.status.as_str()).or_default() += 1;
        }
        lines.push(format!("{} {said:?}", name.trim_end_matches(".json")));
    }
    insta::assert_snapshot!(lines.join("\n"), @r#"
    cdx_CISA-Use-Cases_Case-1_vex-affected {"affected": 1}
    cdx_CISA-Use-Cases_Case-1_vex-fixed {"fixed": 1}
    cdx_CISA-Use-Cases_Case-1_vex-not_affected {"not affected": 1}
    cdx_CISA-Use-Cases_Case-1_vex-under_investigation {"under investigation": 1}
    cdx_CISA-Use-Cases_Case-2_vex {"not affected": 19}
    cdx_CISA-Use-Cases_Case-3_vex {"affected": 5, "fixed": 3, "not affected": 6, "under investigation": 5}
    cdx_CISA-Use-Cases_Case-4_vex {"affected": 3}
    cdx_CISA-Use-Cases_Case-5_vex {"under investigation": 1}
    cdx_CISA-Use-Cases_Case-6_vex {"affected": 3, "not affected": 4}
    cdx_CISA-Use-Cases_Case-7_bom-1 {}
    cdx_CISA-Use-Cases_Case-7_bom-2 {}
    cdx_CISA-Use-Cases_Case-7_vex {"affected": 4, "fixed": 1, "not affected": 5}
    cdx_CISA-Use-Cases_Case-8_bom-1 {}
    cdx_CISA-Use-Cases_Case-8_bom-2 {}
    cdx_CISA-Use-Cases_Case-8_vex {"affected": 9, "fixed": 3, "not affected": 12}
    cdx_Use-Cases_Case-10_vex {"not affected": 13}
    cdx_Use-Cases_Case-11_vex {"not affected": 19}
    cdx_Use-Cases_Case-12_vex {"affected": 1, "not affected": 2}
    cdx_Use-Cases_Case-13_bom-1 {}
    cdx_Use-Cases_Case-13_bom-2 {}
    cdx_Use-Cases_Case-13_bom-3 {}
    cdx_Use-Cases_Case-13_vex {"affected": 1, "not affected": 2}
    cdx_Use-Cases_Case-1_vex {"not affected": 1}
    cdx_Use-Cases_Case-2_vex {"affected": 1}
    "#);
}

#[test]
fn what_breaks_the_schema_has_an_error_and_what_keeps_to_it_has_none() {
    let Some(folder) = real_data("sbom") else {
        return;
    };
    let index = std::fs::read_to_string(folder.join("INDEX.tsv")).unwrap();
    let mut invalid = Vec::new();
    for line in index
        .lines()
        .filter(|line| line.contains("\tCycloneDX JSON\t"))
    {
        let name = line.split('\t').next().unwrap();
        if let Some(first) = errors(&read(&folder.join(name))).first() {
            invalid.push((name.to_owned(), first.clone()));
        }
    }
    let expected: Vec<(String, String)> = INVALID
        .map(|(name, id)| (name.to_owned(), id.to_owned()))
        .to_vec();
    assert_eq!(invalid, expected);
}

fn errors(reading: &Reading) -> Vec<String> {
    reading
        .problems
        .iter()
        .filter(|problem| problem.level == Level::Error)
        .map(|problem| problem.id.to_owned())
        .collect()
}

fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_str().is_some_and(|path| path.ends_with(end)))
        .collect();
    files.sort();
    files
}
