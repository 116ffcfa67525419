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
fn every_real_advisory_of_cisa_is_valid() {
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
fn real_fixes_are_updates_where_the_manufacturer_itself_publishes() {
    let files = real_files("csaf/cisa-medical");
    let (mut advisories, mut updates) = (0, 0);
    for (name, bytes) in &files {
        let reading = csaf::read(bytes);
        // CISA passes on what manufacturers say.
        assert_eq!(advisory(&reading).updates, [], "{name}");
        let mut paper: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        let maker = paper["product_tree"]["branches"][0]["name"].clone();
        paper["document"]["publisher"]["category"] = "vendor".into();
        paper["document"]["publisher"]["name"] = maker;
        let reading = csaf::read(paper.to_string().as_bytes());
        let offered = &advisory(&reading).updates;
        for update in offered {
            assert!(update.release.vendor.is_some(), "{name}");
            assert!(!update.release.name.is_empty(), "{name}");
            assert!(!update.update.is_empty(), "{name}");
        }
        advisories += usize::from(!offered.is_empty());
        updates += offered.len();
    }
    if !files.is_empty() {
        // What a count over the JSON itself gives: each remediation once for each product, repetitions left out.
        assert_eq!((advisories, updates), (64, 876));
    }
}

/// The test that a file of the OASIS test set is about (`6.1.27.9`), and the number of its case.
fn test_of(name: &str) -> Option<(String, u32)> {
    let (_, rest) = name.split_once("-202")?;
    let numbers: Vec<u32> = rest
        .strip_suffix(".json")?
        .split('-')
        .skip(1)
        .map(|number| number.parse().ok())
        .collect::<Option<_>>()?;
    let (case, test) = numbers.split_last()?;
    let test: Vec<String> = test.iter().map(u32::to_string).collect();
    Some((test.join("."), *case))
}

/// How the files of an OASIS test set are not answered as their names ask. `unrun`: tests that are not run here.
fn differences(part: &str, unrun: &[&str]) -> Vec<String> {
    let mut differing = Vec::new();
    for (name, bytes) in real_files(part) {
        let Some((test, case)) = test_of(&name) else {
            continue;
        };
        let reading = csaf::read(&bytes);
        is_safe(&reading);
        // From 11 on a file passes its test; from 31 on it may fail others.
        let fails = case < 11;
        let is_unrun = unrun.contains(&test.as_str());
        let told = format!("(CSAF test {test})");
        let has_fired = reading
            .problems
            .iter()
            .any(|problem| problem.message.contains(&told));
        if has_fired != fails && !is_unrun {
            let what = if fails { "silent" } else { "fired" };
            differing.push(format!("{test} case {case}: {what}"));
        }
        let errors: Vec<&str> = reading
            .problems
            .iter()
            .filter(|problem| problem.level == Level::Error)
            .map(|problem| problem.id)
            .collect();
        // Only a mandatory test makes a document invalid.
        let is_invalid = fails && test.starts_with("6.1.");
        if is_invalid && errors.is_empty() && !is_unrun {
            differing.push(format!("{test} case {case}: called valid"));
        } else if !is_invalid && case < 31 && !errors.is_empty() {
            differing.push(format!(
                "{test} case {case}: called invalid by {}",
                errors.join(", ")
            ));
        }
    }
    differing
}

#[test]
fn every_file_of_the_oasis_tests_of_2_0_is_answered_right() {
    if real_files("csaf/oasis-2.0").is_empty() {
        return;
    }
    // Addresses are not resolved, and spelling is not checked.
    let unrun = ["6.3.6", "6.3.7", "6.3.8"];
    assert_eq!(
        differences("csaf/oasis-2.0", &unrun),
        // Holds the same algorithm twice for one file, which test 6.1.25 forbids.
        ["6.2.9 case 2: called invalid by csaf-6-1-25"]
    );
}

#[test]
fn the_files_of_the_oasis_tests_of_the_draft_2_1_are_answered_right_but_for_its_own_contradictions()
{
    if real_files("csaf/oasis-2.1").is_empty() {
        return;
    }
    assert_eq!(
        differences("csaf/oasis-2.1", UNRUN_2_1),
        [
            // The same algorithm twice for one file.
            "6.2.8 case 2: called invalid by csaf-6-1-25",
            "6.2.9 case 2: called invalid by csaf-6-1-25",
            // Withdrawn, with a note of the category summary where 6.1.27.14 demands a description.
            "6.2.39.2 case 1: called invalid by csaf-6-1-27-14",
            // Package URLs of one product that differ in name and version.
            "6.2.42 case 2: called invalid by csaf-6-1-42, csaf-6-1-42",
        ]
    );
}

/// Tests of the draft that are not run.
const UNRUN_2_1: &[&str] = &[
    "6.1.27.13",
    "6.1.60.2",
    "6.1.60.3",
    "6.2.21",
    "6.2.22",
    "6.2.23",
    "6.2.24",
    "6.2.25",
    "6.2.26",
    "6.2.27",
    "6.2.28",
    "6.2.29",
    "6.2.30",
    "6.2.31",
    "6.2.32",
    "6.2.33",
    "6.2.34",
    "6.2.35",
    "6.2.36",
    "6.2.37",
    "6.2.38",
    "6.2.39.1",
    "6.2.39.2",
    "6.2.39.3",
    "6.2.39.4",
    "6.2.39.5",
    "6.2.40",
    "6.2.41",
    "6.2.42",
    "6.2.43",
    "6.2.44",
    "6.2.45",
    "6.2.46",
    "6.2.47",
    "6.2.48",
    "6.2.49",
    "6.2.50.1",
    "6.2.50.2",
    "6.2.50.3",
    "6.2.51",
    "6.2.52",
    "6.2.53",
    "6.2.54.1",
    "6.2.54.2",
    "6.2.54.3",
    "6.2.54.4",
    "6.2.55",
    "6.3.6",
    "6.3.7",
    "6.3.8",
    "6.3.12",
    "6.3.13",
    "6.3.14",
    "6.3.15",
    "6.3.16",
    "6.3.17",
    "6.3.18",
    "6.3.19.1",
    "6.3.19.2",
    "6.3.19.3",
    "6.3.19.4",
    "6.3.19.5",
    "6.3.20",
    "6.3.21.1",
    "6.3.21.2",
    "6.3.21.3",
    "6.3.21.4",
    "6.3.21.5",
    "6.3.21.6",
    "6.3.21.7",
    "6.3.21.8",
    "6.3.21.9",
    "6.3.22",
];

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
