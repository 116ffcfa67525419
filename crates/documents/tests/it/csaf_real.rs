//! CSAF documents of CISA, OASIS and Red Hat.

use isocenter_documents::csaf;
use isocenter_model::Level;
use isocenter_model::statement::Status;

use crate::csaf::{advisory, is_safe, problems, product};

/// The JSON files of a folder of the real data and of its subfolders.
fn real_files(part: &str) -> Vec<(String, Vec<u8>)> {
    let Some(root) = crate::real_data(part) else {
        return Vec::new();
    };
    let mut folders = vec![root];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                files.push((name, std::fs::read(path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn every_real_advisory_of_cisa_is_read_without_error() {
    for (part, count) in [("csaf/cisa-medical", 80), ("csaf/cisa-ics", 224)] {
        let files = real_files(part);
        if files.is_empty() {
            return;
        }
        assert_eq!(files.len(), count);
        for (name, bytes) in files {
            let reading = csaf::read(&bytes);
            let worst = reading
                .problems
                .iter()
                .find(|problem| problem.level == Level::Error);
            assert_eq!(worst, None, "{name}");
            let advisory = advisory(&reading);
            assert!(!advisory.statements.is_empty(), "{name}");
            for statement in &advisory.statements {
                assert!(
                    statement.product.vendor.is_some() && !statement.product.name.is_empty(),
                    "{name}"
                );
                assert!(!statement.remediations.is_empty(), "{name}");
            }
            assert!(
                advisory
                    .records
                    .iter()
                    .all(|record| !record.scores.is_empty()),
                "{name}"
            );
        }
    }
}

#[test]
fn the_documents_of_the_oasis_validator_tests_are_answered() {
    let mut differing: Vec<String> = Vec::new();
    let mut found = false;
    for part in ["csaf/oasis-2.0", "csaf/oasis-2.1"] {
        let mut fired: std::collections::BTreeMap<String, Vec<&str>> =
            std::collections::BTreeMap::new();
        for (name, bytes) in real_files(part) {
            let reading = csaf::read(&bytes);
            is_safe(&reading);
            found = true;
            fired.insert(
                name,
                reading.problems.iter().map(|problem| problem.id).collect(),
            );
        }
        // A file `…-6-1-NN-MM` with MM below 11 fails that test, and passes it otherwise.
        for (test, id) in [
            ("6-1-01", "csaf-product-undefined"),
            ("6-1-02", "csaf-product-duplicate"),
            ("6-1-03", "csaf-product-circular"),
            ("6-1-04", "csaf-group-undefined"),
            ("6-1-05", "csaf-group-duplicate"),
            ("6-1-06", "csaf-status-contradiction"),
            ("6-1-08", "csaf-cvss-invalid"),
            ("6-1-27-09", "csaf-vex-justification-missing"),
            ("6-1-27-10", "csaf-vex-action-missing"),
            ("6-1-29", "csaf-remediation-without-product"),
            ("6-1-32", "csaf-flag-without-product"),
        ] {
            for (name, ids) in &fired {
                let Some((_, rest)) = name.split_once(test) else {
                    continue;
                };
                let Some(number) = rest
                    .strip_prefix('-')
                    .and_then(|rest| rest.strip_suffix(".json"))
                    .and_then(|number| number.parse::<u32>().ok())
                else {
                    continue;
                };
                if ids.contains(&id) != (number < 11) {
                    differing.push(name.clone());
                }
            }
        }
    }
    if found {
        // Its score has a property that its schema does not know; only a full schema test finds that.
        assert_eq!(differing, ["oasis_csaf_tc-csaf_2_1-2024-6-1-08-05.json"]);
    }
}

#[test]
fn a_real_vex_document_speaks_of_packages_in_systems() {
    let Some((_, bytes)) = real_files("vex")
        .into_iter()
        .find(|(name, _)| name == "csaf_cve-2023-20593.json")
    else {
        return;
    };
    let reading = csaf::read(&bytes);
    assert!(reading.is_valid(), "{}", problems(&reading));
    let advisory = advisory(&reading);
    let count = |status: Status| {
        advisory
            .statements
            .iter()
            .filter(|entry| entry.status == status)
            .count()
    };
    assert_eq!(
        (count(Status::Fixed), count(Status::NotAffected)),
        (2_571, 210)
    );
    assert!(advisory.statements.iter().all(|entry| {
        entry.component.is_some()
            && entry.product.cpe.is_some()
            && (entry.status != Status::NotAffected
                || entry.justification.as_deref() == Some("vulnerable_code_not_present"))
    }));
    let first = advisory
        .statements
        .iter()
        .find(|entry| entry.status == Status::Fixed)
        .unwrap();
    assert_eq!(
        product(&first.product),
        "Red Hat | Red Hat Enterprise Linux Client (v. 7) | unstated cpe=cpe:/o:redhat:enterprise_linux:7::client"
    );
    assert_eq!(
        product(first.component.as_ref().unwrap()),
        "Red Hat | bpftool | [3.10.0-1160.99.1.el7] purl=pkg:rpm/redhat/bpftool@3.10.0-1160.99.1.el7?arch=ppc64"
    );
}

/// Ten medical advisories, each read by a person: what they say of each product.
const CHECKED: &[(&str, &str)] = &[
    (
        "icsma-17-229-01",
        "
        CVE-2017-9656 | Philips | DoseWise Portal | (1.1.7.333 | 2.1.1.3069) | affected
        ",
    ),
    (
        "icsma-18-058-02",
        "
        CVE-2018-5474 | Phillips | IntelliSpace Portal | (8.0.x) | affected
        CVE-2018-5474 | Phillips | IntelliSpace Portal | (7.0.x) | affected
        ",
    ),
    (
        "icsma-18-128-01",
        "
        CVE-2018-6020 | Silex Technology and GE Healthcare | SX-500 | (* (end-of-life 2011)) | affected
        CVE-2018-6020 | Silex Technology and GE Healthcare | GEH-500 | (<= 1.54 (integrated into GE MobileLink)) | affected
        CVE-2018-6020 | Silex Technology and GE Healthcare | GEH-SD-320AN | (<= GEH-1.1 (integrated into GE MobileLink)) | affected
        CVE-2018-6020 | Silex Technology and GE Healthcare | SD-320AN | (<= 2.01 (end-of-life Nov 2017)) | affected
        ",
    ),
    (
        "icsma-19-241-01",
        "
        CVE-2018-18630 | Change Healthcare | Change Healthcare Cardiology | (14.1.x) | affected
        CVE-2018-18630 | Change Healthcare | Horizon Cardiology | (12.x) | affected
        CVE-2018-18630 | Change Healthcare | McKesson Cardiology | (14.x) | affected
        CVE-2018-18630 | Change Healthcare | McKesson Cardiology | (13.x) | affected
        CVE-2018-18630 | Change Healthcare | Horizon Cardiology | (<= 11.x) | affected
        ",
    ),
    (
        "icsma-20-049-02",
        "
        CVE-2020-6977 | GE Healthcare | Vivid products, not including EchoPAC | all | affected
        CVE-2020-6977 | GE Healthcare | LOGIQ, not including LOGIQ 100 Pro | all | affected
        CVE-2020-6977 | GE Healthcare | Voluson, not including ImageVault | all | affected
        CVE-2020-6977 | GE Healthcare | Versana Essential | all | affected
        CVE-2020-6977 | GE Healthcare | Invenia ABUS Scan station, not including VScan product line | all | affected
        CVE-2020-6977 | GE Healthcare | Venue, not including Venue 40 R1-3 and Venue 50 R4-5 | all | affected
        ",
    ),
    (
        "icsma-21-019-01",
        "
        CVE-2020-27298 | Philips | Interventional Workspot | ((Release 1.3.2 1.4.0 1.4.1 1.4.3 1.4.5)) | affected
        CVE-2020-27298 | Philips | ViewForum | [6.3V1L10] | affected
        CVE-2020-27298 | Philips | Coronary Tools/Dynamic Coronary Roadmap/Stentboost Live | [1.0] | affected
        ",
    ),
    (
        "icsma-21-175-01",
        "
        CVE-2021-32966 | Philips | Interoperability Solution XDS | (>= 2.5 | <= 3.11) | affected
        CVE-2021-32966 | Philips | Interoperability Solution XDS | (>= 2018-1 | <= 2021-1) | affected
        ",
    ),
    (
        "icsma-22-174-01",
        "
        CVE-2022-2119 | OFFIS | DCMTK | (< 3.6.7) | affected
        ",
    ),
    (
        "icsma-24-023-01",
        "
        CVE-2023-7238 | Orthanc | Osimis WebViewer | [1.4.2.0-9d9eff4] | affected
        ",
    ),
    (
        "icsma-24-200-01",
        "
        CVE-2020-36518 | Philips | Vue PACS | (<12.2.8.410) | affected
        ",
    ),
];

#[test]
fn ten_real_medical_advisories_say_what_a_person_reads_in_them() {
    let files = real_files("csaf/cisa-medical");
    if files.is_empty() {
        return;
    }
    for (name, expected) in CHECKED {
        let (_, bytes) = files
            .iter()
            .find(|(file, _)| file.strip_suffix(".json") == Some(name))
            .unwrap();
        let reading = csaf::read(bytes);
        let first = &advisory(&reading).records[0].id;
        let lines: Vec<String> = advisory(&reading)
            .statements
            .iter()
            .filter(|entry| entry.vulnerability == *first)
            .map(|entry| {
                format!(
                    "{first} | {} | {}",
                    product(&entry.product),
                    entry.status.as_str()
                )
            })
            .collect();
        let expected: Vec<&str> = expected.trim().lines().map(str::trim).collect();
        assert_eq!(lines, expected, "{name}");
    }
}
