//! Identity against real names: the public package URL suite, pairs of package URLs and CPEs, and
//! the vendors of real records.
#![allow(
    clippy::disallowed_methods,
    reason = "real data lie in files, and only tests read them"
)]
#![allow(
    clippy::unwrap_used,
    reason = "a test may stop at what it did not expect"
)]
#![allow(
    clippy::print_stderr,
    reason = "says when the real data were not there"
)]

use std::path::{Path, PathBuf};

use isocenter_identity::cpe::Cpe;
use isocenter_identity::purl::Purl;
use serde_json::Value;

/// The folder of real data, if this machine has it.
fn real_data(part: &str) -> Option<PathBuf> {
    let Some(root) = std::env::var_os("ISOCENTER_REAL_DATA") else {
        eprintln!("ISOCENTER_REAL_DATA is not set: real {part} not run");
        return None;
    };
    Some(Path::new(&root).join(part))
}

/// Cases of the suite that are answered otherwise, and why.
const KNOWN: [(&str, &str); 3] = [
    (
        "pkg:gem/jruby-launcher@1.1.2?Platform=java",
        "the suite refuses a capital in a key, which is folded here",
    ),
    (
        "pkg:git/codeberg.org/forgejo/forgejo@a72d2c07cfca03b55371089de6aa230d8c951fa0",
        GIT,
    ),
    (
        "pkg:git/codeberg.org/forgejo/forgejo@a72d2c07cfca03b55371089de6aa230d8c951fa0#options/locale_readme.md",
        GIT,
    ),
];

const GIT: &str = "the path behind the host is split, which gives the same key";

/// The `parse` cases of the package-url suite: type, namespace, name and version, and refusals.
#[test]
fn the_public_suite_of_package_urls_is_kept() {
    let Some(folder) = real_data("purl") else {
        return;
    };
    let mut cases = 0;
    let mut differing = Vec::new();
    for folder in [folder.join("spec"), folder.join("types")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let suite: Value = serde_json::from_str(&text).unwrap();
            for case in suite["tests"].as_array().unwrap() {
                let Some(input) = case["input"].as_str() else {
                    continue;
                };
                if case["test_type"] != "parse" {
                    continue;
                }
                cases += 1;
                let expected = &case["expected_output"];
                let is_as_expected = match Purl::parse(input) {
                    Err(_) => case["expected_failure"] == true,
                    Ok(purl) => {
                        case["expected_failure"] == false
                            && expected["type"] == purl.kind()
                            && expected["namespace"].as_str() == purl.namespace()
                            && expected["name"] == purl.name()
                            && expected["version"].as_str() == purl.version()
                    }
                };
                if !is_as_expected {
                    differing.push(input.to_owned());
                }
                assert_eq!(
                    Purl::check(input).is_ok(),
                    Purl::parse(input).is_ok(),
                    "{input}"
                );
            }
        }
    }
    assert!(cases > 80, "{cases}");
    differing.sort();
    assert_eq!(differing, KNOWN.map(|(input, _)| input));
}

#[test]
fn real_pairs_of_package_urls_and_cpes_have_keys() {
    let Some(path) = real_data("identity") else {
        return;
    };
    let text = std::fs::read_to_string(path.join("purl2cpe.tsv")).unwrap();
    let mut rows = 0;
    let mut refused = Vec::new();
    for line in text.lines().skip(1) {
        let (purl, product) = line.split_once('\t').unwrap();
        rows += 1;
        let cpe = Cpe::parse(&format!("cpe:2.3:{product}:*:*:*:*:*:*:*:*"));
        if cpe.ok().and_then(|cpe| cpe.key()).is_none() {
            refused.push(product.to_owned());
        }
        assert_eq!(
            Purl::check(purl).is_ok(),
            Purl::parse(purl).is_ok(),
            "{purl}"
        );
        if Purl::parse(purl).is_err() {
            refused.push(purl.to_owned());
        }
    }
    assert!(rows > 40_000, "{rows}");
    // What the pairs themselves have wrong: a type without a name, a namespace that is forbidden.
    assert!(
        refused.len() * 100 < rows,
        "{} of {rows}: {refused:?}",
        refused.len()
    );
}
