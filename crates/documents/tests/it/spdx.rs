//! The SPDX reader against real files: every count of their index, and their validity.

use std::collections::BTreeMap;
use std::path::Path;

use isocenter_documents::{recognise, spdx};
use isocenter_model::document::Document;
use isocenter_model::{DocumentKind, Level, Reading};

use crate::real_data;

const YAML: &str =
    "of YAML the index counts the packages that state a version, and no package URL or CPE";

/// Files whose counts differ from the index, and why.
const DIFFERENCES: [(&str, &str); 17] = [
    (
        "146_manifest.spdx.json",
        "the index looks for package URLs in place, and these stand as elements of their own",
    ),
    (
        "147_v2.1.0-doc-missing-spec-version.json",
        "of the graph the index counts package URLs only, and 2 packages have a CPE each",
    ),
    (
        "148_spdx3-with-effective-license.json",
        "of the graph the index counts package URLs only, and 2 packages have a CPE each",
    ),
    ("151_time-1.9.spdx.yaml", YAML),
    ("152_SPDXYAMLExample-v2.2.spdx.yaml", YAML),
    ("153_node-express-spdx-manual-corrections.spdx.yml", YAML),
    ("154_node-express-spdx.spdx.yml", YAML),
    ("156_spdx_test.spdx.yaml", YAML),
    ("158_sbom.spdx.yml", YAML),
    ("159_SPDXYAMLExample-v2.3.spdx.yaml", YAML),
    ("160_SPDXYAMLExample-v2.3.spdx.yaml", YAML),
    ("161_SPDXYAMLExample-v2.3.spdx.yaml", YAML),
    ("162_SPDXYAMLExample-v2.3.spdx.yaml", YAML),
    ("163_SPDXYAMLExample-v2.3.spdx.yaml", YAML),
    ("164_SPDXYAMLExample-v2.3.spdx.yaml", YAML),
    (
        "177_sbom.alpine.2-3.nometadata.spdx",
        "of tag-value the index counts the 70 CPE references of the 16 packages",
    ),
    (
        "179_sbom.alpine.2-3.spdx",
        "of tag-value the index counts the 70 CPE references of the 16 packages",
    ),
];

/// Files that break the specification, and the first error that says so. Whatever is not listed
/// here has no error. Of SPDX 2.2 and 2.3 these are the files that the validator of the SPDX project
/// for Python (spdx-tools 0.8.5) refuses, and no others; of SPDX 3 those that its model for Python
/// (spdx-python-model 0.0.6) cannot hold.
const INVALID: [(&str, &str); 31] = [
    ("125_appbomination_container.spdx.json", "spdx-id-malformed"),
    ("129_spdx_sample_13.json", "spdx-file-sha1-missing"),
    (
        "134_example_container_index.json",
        "spdx-timestamp-malformed",
    ),
    ("137_rhel-9.2-eus.spdx.json", "spdx-checksum-malformed"),
    ("138_sbom.spdx.json", "spdx-property-missing"),
    (
        "140_document-with-hyphens-in-external-reference-category.json",
        "spdx-word-unknown",
    ),
    ("141_document.json", "spdx-word-unknown"),
    ("142_invalidPrimaryPackagePurpose.json", "spdx-word-unknown"),
    ("143_document.json", "spdx-word-unknown"),
    ("145_spdx-context.jsonld", "spdx-graph-missing"),
    ("146_manifest.spdx.json", "spdx-id-malformed"),
    (
        "147_v2.1.0-doc-missing-spec-version.json",
        "spdx-property-missing",
    ),
    ("148_spdx3-with-effective-license.json", "spdx-id-malformed"),
    ("150_spdx3-minimal.json", "spdx-id-malformed"),
    ("151_time-1.9.spdx.yaml", "spdx-property-missing"),
    (
        "153_node-express-spdx-manual-corrections.spdx.yml",
        "spdx-timestamp-malformed",
    ),
    ("154_node-express-spdx.spdx.yml", "spdx-timestamp-malformed"),
    (
        "155_node-express-realworld-example-app.spdx.yaml",
        "spdx-word-unknown",
    ),
    (
        "157_SPDXSBOMExampleMissingComponentName.spdx.yml",
        "spdx-license-undefined",
    ),
    ("158_sbom.spdx.yml", "spdx-cpe-malformed"),
    (
        "162_SPDXYAMLExample-v2.3.spdx.yaml",
        "spdx-property-missing",
    ),
    (
        "163_SPDXYAMLExample-v2.3.spdx.yaml",
        "spdx-property-missing",
    ),
    (
        "164_SPDXYAMLExample-v2.3.spdx.yaml",
        "spdx-describes-missing",
    ),
    ("165_SPDXSimpleTag.tag", "spdx-license-undefined"),
    ("167_zephyr-hello-world-src.spdx", "spdx-file-name-absolute"),
    (
        "168_libre-solar-bin-rebuild.spdx",
        "spdx-file-name-absolute",
    ),
    ("170_zephyr-hello-world-bin.spdx", "spdx-file-name-absolute"),
    ("174_spdx_tagvalue.spdx", "spdx-property-missing"),
    (
        "177_sbom.alpine.2-3.nometadata.spdx",
        "spdx-property-missing",
    ),
    ("178_sbom.hashTestTwo.spdx", "spdx-license-malformed"),
    ("179_sbom.alpine.2-3.spdx", "spdx-file-name-absolute"),
];

fn read(path: &Path) -> Reading {
    spdx::read(&std::fs::read(path).unwrap())
}

fn count(reading: &Reading, key: &str) -> u64 {
    reading.summary.get(key).copied().unwrap_or_default()
}

/// Name, version and counts of each SPDX file of the index.
fn index(folder: &Path) -> Vec<(String, String, Vec<String>)> {
    let index = std::fs::read_to_string(folder.join("INDEX.tsv")).unwrap();
    let mut rows = Vec::new();
    for line in index.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        if let [name, format, version, counts @ ..] = cells.as_slice()
            && format.starts_with("SPDX ")
        {
            let counts = counts.iter().take(4).map(|count| (*count).to_owned());
            rows.push(((*name).to_owned(), (*version).to_owned(), counts.collect()));
        }
    }
    rows
}

#[test]
fn every_count_of_the_index_is_met_or_explained() {
    let Some(folder) = real_data("sbom") else {
        return;
    };
    let rows = index(&folder);
    assert!(rows.len() > 50, "{}", rows.len());
    let mut differing = Vec::new();
    for (name, version, counts) in &rows {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        assert_eq!(recognise(&bytes), DocumentKind::Spdx, "{name}");
        let reading = spdx::read(&bytes);
        assert_eq!(reading.version.as_ref(), Some(version), "{name}");
        let found = ["components", "purls", "cpes", "vulnerabilities"]
            .map(|key| count(&reading, key).to_string());
        if *counts != found {
            differing.push((name.as_str(), found));
        }
    }
    let names: Vec<&str> = differing.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, DIFFERENCES.map(|(name, _)| name), "{differing:#?}");
}

#[test]
fn what_breaks_the_specification_has_an_error_and_what_keeps_to_it_has_none() {
    let Some(folder) = real_data("sbom") else {
        return;
    };
    let mut invalid = Vec::new();
    for (name, ..) in index(&folder) {
        let reading = read(&folder.join(&name));
        let first = reading
            .problems
            .iter()
            .find(|problem| problem.level == Level::Error);
        if let Some(first) = first {
            invalid.push((name, first.id.to_owned()));
        }
    }
    let expected: Vec<(String, String)> = INVALID
        .map(|(name, id)| (name.to_owned(), id.to_owned()))
        .to_vec();
    assert_eq!(invalid, expected);
}

/// What is said of files that were made to be invalid: the right thing, in the right place.
#[test]
fn a_deliberate_fault_is_told_where_it_stands() {
    let Some(folder) = real_data("sbom") else {
        return;
    };
    let mut lines = Vec::new();
    for (name, id, words) in [
        ("137_rhel-9.2-eus.spdx.json", "spdx-checksum-malformed", ""),
        (
            "142_invalidPrimaryPackagePurpose.json",
            "spdx-word-unknown",
            "SOMETHING",
        ),
        (
            "147_v2.1.0-doc-missing-spec-version.json",
            "spdx-property-missing",
            "specVersion",
        ),
        ("158_sbom.spdx.yml", "spdx-reference-category", ""),
        (
            "161_SPDXYAMLExample-v2.3.spdx.yaml",
            "spdx-component-supplier-missing",
            "",
        ),
        (
            "162_SPDXYAMLExample-v2.3.spdx.yaml",
            "spdx-property-missing",
            "",
        ),
        (
            "163_SPDXYAMLExample-v2.3.spdx.yaml",
            "spdx-property-missing",
            "",
        ),
        (
            "164_SPDXYAMLExample-v2.3.spdx.yaml",
            "spdx-describes-missing",
            "",
        ),
        (
            "177_sbom.alpine.2-3.nometadata.spdx",
            "spdx-property-missing",
            "creationInfo",
        ),
        (
            "177_sbom.alpine.2-3.nometadata.spdx",
            "spdx-not-analyzed",
            "",
        ),
        (
            "178_sbom.hashTestTwo.spdx",
            "spdx-property-missing",
            "downloadLocation",
        ),
        ("178_sbom.hashTestTwo.spdx", "spdx-reference-dangling", ""),
        ("178_sbom.hashTestTwo.spdx", "spdx-tag-unknown", ""),
    ] {
        let reading = read(&folder.join(name));
        let told = reading
            .problems
            .iter()
            .find(|problem| problem.id == id && problem.message.contains(words))
            .unwrap_or_else(|| panic!("{name}: no {id}"));
        lines.push(format!(
            "{} {} {}: {}",
            name.split('_').next().unwrap(),
            told.id,
            told.at,
            told.message
        ));
    }
    insta::assert_snapshot!(lines.join("\n"), @"
    137 spdx-checksum-malformed /packages/1/checksums/0/checksumValue: the SHA256 `31b5079268339cff7ba65a0aee77930560c5ade…` was set aside: 64 hexadecimal digits were expected, not other characters
    142 spdx-word-unknown /packages/2/primaryPackagePurpose: `SOMETHING` is not a word that SPDX 2.3 knows here; it was not read
    147 spdx-property-missing /@graph/1: the property `specVersion` is missing or blank, which SPDX 3.0 demands here
    158 spdx-reference-category /packages/1/externalRefs/0/referenceCategory: the type `purl` belongs to the category PACKAGE-MANAGER, not to `SECURITY`; it was read all the same
    161 spdx-component-supplier-missing /packages/1: nobody is named as the supplier of the component
    162 spdx-property-missing /creationInfo: the property `creators` is missing or blank, which SPDX 2.3 demands here
    163 spdx-property-missing /packages/0: the property `SPDXID` is missing or blank, which SPDX 2.3 demands here
    164 spdx-describes-missing /relationships: the document does not say what it describes, which SPDX demands unless it holds one package alone
    177 spdx-property-missing document: the property `creationInfo` is missing or blank, which SPDX 2.3 demands here
    177 spdx-not-analyzed line 779: filesAnalyzed is false, so the package cannot hold files
    178 spdx-property-missing line 12: the property `downloadLocation` is missing or blank, which SPDX 2.3 demands here
    178 spdx-reference-dangling line 26: the id `SPDXRef-Document` leads to nothing in this document
    178 spdx-tag-unknown line 28: SPDX has no tag `NOTE`; the line was not read
    ");
}

/// Larger files, with the counts of a plain look at their text.
#[test]
fn further_real_files_are_read_whole() {
    let mut lines = Vec::new();
    for name in [
        "bench/R8k.spdx.json",
        "sbom-imaging/ohif-viewer-4.12.51.spdx.json",
    ] {
        let Some(path) = real_data(name) else {
            return;
        };
        let reading = read(&path);
        let Some(Document::Sbom(sbom)) = &reading.document else {
            panic!("{name} was not read");
        };
        let mut levels: BTreeMap<(Level, &str), u64> = BTreeMap::new();
        for problem in &reading.problems {
            *levels.entry((problem.level, problem.id)).or_default() += 1;
        }
        lines.push(format!(
            "{name} {:?} {:?} {:?}",
            sbom.subject
                .as_ref()
                .map(|subject| subject.component.label()),
            reading.summary,
            levels
        ));
    }
    insta::assert_snapshot!(lines.join("\n"), @r#"
    bench/R8k.spdx.json Some("RHEL-8-RHOCS-4.8 4.8.z") {"annotations": 0, "components": 7994, "cpes": 1, "dependencies": 8951, "external-documents": 0, "files": 0, "purls": 7993, "relationships": 16093, "snippets": 0} {(Warning, "spdx-component-supplier-missing"): 3, (Warning, "spdx-component-version-missing"): 3, (Warning, "spdx-license-unknown"): 101, (Error, "spdx-license-malformed"): 3, (Error, "spdx-reference-dangling"): 12}
    sbom-imaging/ohif-viewer-4.12.51.spdx.json Some("ohif 1.0.0") {"annotations": 0, "components": 461, "cpes": 0, "dependencies": 955, "external-documents": 0, "files": 0, "purls": 461, "relationships": 956, "snippets": 0} {(Warning, "spdx-component-supplier-missing"): 101, (Warning, "spdx-license-unknown"): 1, (Warning, "spdx-manufacturer-missing"): 1, (Error, "spdx-id-malformed"): 1, (Error, "spdx-timestamp-malformed"): 1}
    "#);
}

/// Equal papers in the three syntaxes give equal parts.
#[test]
fn the_example_of_the_standard_reads_alike_in_json_and_yaml() {
    let Some(folder) = real_data("sbom") else {
        return;
    };
    let sbom = |name: &str| match read(&folder.join(name)).document {
        Some(Document::Sbom(sbom)) => sbom,
        _ => panic!("{name} was not read"),
    };
    let json = sbom("133_SPDXJSONExample-v2.3.spdx.json");
    let yaml = sbom("159_SPDXYAMLExample-v2.3.spdx.yaml");
    assert_eq!(json.components, yaml.components);
    assert_eq!(json.subject, yaml.subject);
}
