//! The CycloneDX reader against real files: every count of their index, and their validity.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use isocenter_documents::cyclonedx;
use isocenter_model::document::Document;
use isocenter_model::lifecycle::SupportLevel;
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

/// Files in XML whose counts differ from the index once its elements elsewhere are counted too,
/// and why.
const XML_DIFFERENCES: [(&str, &str); 3] = [
    (
        "087_bad-purls.cdx.xml",
        "six of its package URLs are malformed and were set aside",
    ),
    (
        "118_TestCycloneDxImageEncoder.golden",
        "one of its package URLs is malformed and was set aside",
    ),
    (
        "119_TestCycloneDxDirectoryEncoder.golden",
        "one of its package URLs is malformed and was set aside",
    ),
];

/// Files in XML that break the schema of their edition or hold an unusable identifier, and the
/// first error that says so. The schema itself lets any text be a package URL.
const XML_INVALID: [(&str, &str); 16] = [
    (
        "066_CycloneDX-sfractal-quadblockquiz-0.5.1-20210401.xml",
        "cyclonedx-element-order",
    ),
    (
        "074_invalid-license-id-count-1.2.xml",
        "cyclonedx-element-repeated",
    ),
    (
        "076_invalid-hash-sha512-1.2.xml",
        "cyclonedx-hash-malformed",
    ),
    ("077_laravel-cyclonedx.xml", "cyclonedx-property-unknown"),
    (
        "083_invalid-license-id-count-1.3.xml",
        "cyclonedx-element-repeated",
    ),
    (
        "084_invalid-license-choice-1.3.xml",
        "cyclonedx-license-mixture",
    ),
    ("087_bad-purls.cdx.xml", "cyclonedx-purl-malformed"),
    (
        "090_with-duplicates.cdx.xml",
        "cyclonedx-component-repeated",
    ),
    (
        "093_invalid-license-id-count-1.4.xml",
        "cyclonedx-element-repeated",
    ),
    (
        "095_invalid-license-id-count-1.4.xml",
        "cyclonedx-element-repeated",
    ),
    (
        "102_invalid-license-id-count-1.5.xml",
        "cyclonedx-element-repeated",
    ),
    ("116_doc.cyclonedx.xml", "cyclonedx-word-unknown"),
    (
        "118_TestCycloneDxImageEncoder.golden",
        "cyclonedx-serial-number-malformed",
    ),
    (
        "119_TestCycloneDxDirectoryEncoder.golden",
        "cyclonedx-serial-number-malformed",
    ),
    (
        "120_invalid-license-id-count-1.7.xml",
        "cyclonedx-element-repeated",
    ),
    (
        "123_invalid-component-ref-1.7.xml",
        "cyclonedx-component-repeated",
    ),
];

/// Documents that were published in both forms.
const PAIRS: [(&str, &str); 6] = [
    ("008_valid-service-1.2.json", "073_valid-service-1.2.xml"),
    ("011_bom.1.3.json", "081_bom.1.3.xml"),
    ("014_bom.1.3.json", "080_bom.1.3.xml"),
    ("019_valid-service-1.3.json", "082_valid-service-1.3.xml"),
    (
        "030_valid-metadata-timestamp-1.4.json",
        "096_valid-metadata-timestamp-1.4.xml",
    ),
    (
        "041_valid-machine-learning-1.5.json",
        "101_valid-machine-learning-1.5.xml",
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

/// The index counts elements by their name wherever they stand: those of the product, of tools,
/// ancestors and workflows too, which are no parts of it.
#[test]
fn every_count_of_the_index_is_met_in_xml_once_elements_elsewhere_are_counted_too() {
    let Some(folder) = real_data("sbom") else {
        return;
    };
    let index = std::fs::read_to_string(folder.join("INDEX.tsv")).unwrap();
    let mut differing = Vec::new();
    let mut rows = 0;
    for line in index.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, "CycloneDX XML", version, counts @ ..] = cells.as_slice() else {
            continue;
        };
        rows += 1;
        let path = folder.join(name);
        let reading = read(&path);
        assert_eq!(reading.version.as_deref(), Some(*version), "{name}");
        let elsewhere = elements_elsewhere(&std::fs::read_to_string(&path).unwrap());
        let found = [
            ("components", elsewhere[0]),
            ("purls", elsewhere[1]),
            ("cpes", elsewhere[2]),
            ("vulnerabilities", 0),
        ]
        .map(|(key, elsewhere)| (count(&reading, key) + elsewhere).to_string());
        if counts.get(..4) != Some(&found.each_ref().map(String::as_str)[..]) {
            differing.push((*name, found));
        }
    }
    assert_eq!(rows, 58);
    let names: Vec<&str> = differing.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        names,
        XML_DIFFERENCES.map(|(name, _)| name),
        "{differing:?}"
    );
}

/// The numbers of components, package URLs and CPEs that do not belong to the list of parts.
fn elements_elsewhere(text: &str) -> [u64; 3] {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut open: Vec<String> = Vec::new();
    let mut counts = [0; 3];
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(start) => {
                open.push(start.local_name().as_ref().to_owned());
                let is_part = open
                    .get(..2)
                    .is_some_and(|top| top == ["bom", "components"])
                    && open.iter().skip(1).all(|name| {
                        ["components", "component", "purl", "cpe"].contains(&name.as_str())
                    });
                let at = ["component", "purl", "cpe"]
                    .iter()
                    .position(|name| open.last().is_some_and(|last| last == name));
                if let Some(at) = at.filter(|_| !is_part) {
                    counts[at] += 1;
                }
            }
            quick_xml::events::Event::End(_) => {
                open.pop();
            }
            quick_xml::events::Event::Eof => return counts,
            _ => {}
        }
    }
}

/// The one real bill of a medical device answers the question for the end of support in words.
#[test]
fn what_a_device_says_of_the_support_of_its_parts_is_kept_and_decides_nothing() {
    let Some(folder) = real_data("sbom-medical") else {
        return;
    };
    let reading = read(&folder.join("device_with_infrastructure.cdx.json"));
    let Some(Document::Sbom(sbom)) = &reading.document else {
        panic!("{:?}", reading.problems);
    };
    let mut said: BTreeMap<String, u64> = BTreeMap::new();
    for support in sbom
        .components
        .iter()
        .filter_map(|part| part.component.support.as_deref())
    {
        let level = support.level.map_or("not understood", SupportLevel::as_str);
        let written = support.level_written.as_deref().unwrap_or_default();
        *said
            .entry(format!("level “{written}”: {level}"))
            .or_default() += 1;
        for milestone in &support.milestones {
            let kind = milestone.kind.as_str();
            let line = format!("{kind}: {:?}", milestone.at);
            *said.entry(line).or_default() += 1;
        }
    }
    let lines: Vec<String> = said
        .iter()
        .map(|(line, count)| format!("{count} × {line}"))
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    1 × end of support: Reached
    7 × end of support: Unknown
    48 × end of support: Words("Open source")
    9 × end of support: Words("Until hardware support ends")
    55 × level “Actively maintained”: actively maintained
    2 × level “Deprecated”: no longer maintained
    7 × level “Inactive”: no longer maintained
    1 × level “Unknown”: unknown
    "#);
    let notes: Vec<&str> = reading
        .problems
        .iter()
        .filter(|problem| problem.id.starts_with("cyclonedx-support"))
        .map(|problem| problem.message.as_str())
        .collect();
    insta::assert_snapshot!(notes.join("\n"), @"57 statements on the life cycle of parts name no day, among them “Until hardware support ends”, “Open source”");
}

/// Where the files of a pair differ their authors wrote something else: another reference, time
/// or no publisher.
#[test]
fn both_forms_of_one_published_document_say_the_same() {
    let Some(folder) = real_data("sbom") else {
        return;
    };
    let mut differing = String::new();
    for (json, xml) in PAIRS {
        let [json, xml_reading] = [json, xml].map(|name| read(&folder.join(name)));
        assert_eq!(xml_reading.summary, json.summary, "{xml}");
        let [json, xml_reading] =
            [json, xml_reading].map(|reading| format!("{:#?}", reading.document));
        differing.push_str(xml);
        for (mark, one, other) in [("json", &json, &xml_reading), ("xml", &xml_reading, &json)] {
            let other: HashSet<&str> = other.lines().collect();
            for line in one.lines().filter(|line| !other.contains(line)) {
                differing.extend([" | ", mark, ": ", line.trim()]);
            }
        }
        differing.push('\n');
    }
    insta::assert_snapshot!(differing, @r#"
    073_valid-service-1.2.xml | json: "pkg:npm/acme/component@1.0.0", | json: supplier: Some( | json: "Acme Inc", | xml: "pkg:maven/com.acme/stock-java-client@1.0.12", | xml: supplier: None,
    081_bom.1.3.xml
    080_bom.1.3.xml
    082_valid-service-1.3.xml | json: supplier: Some( | json: "Acme Inc", | xml: supplier: None,
    096_valid-metadata-timestamp-1.4.xml | json: 2020-04-13T20:20:39Z, | xml: 2020-04-07T07:01:00Z,
    101_valid-machine-learning-1.5.xml | json: supplier: None, | xml: supplier: Some( | xml: "Acme Inc",
    "#);
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
    for (form, expected) in [
        ("\tCycloneDX JSON\t", &INVALID[..]),
        ("\tCycloneDX XML\t", &XML_INVALID[..]),
    ] {
        let mut invalid = Vec::new();
        for line in index.lines().filter(|line| line.contains(form)) {
            let name = line.split('\t').next().unwrap();
            if let Some(first) = errors(&read(&folder.join(name))).first() {
                invalid.push((name.to_owned(), first.clone()));
            }
        }
        let expected: Vec<(String, String)> = expected
            .iter()
            .map(|(name, id)| ((*name).to_owned(), (*id).to_owned()))
            .collect();
        assert_eq!(invalid, expected);
    }
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
