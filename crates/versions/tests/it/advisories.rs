//! The product-version texts of real advisories, read as ranges.
//!
//! `version-texts.tsv` is the reviewed list of what each text means; `docs/reference/version-texts.md` shows its
//! medical part to people (`cargo xtask version-texts`).

use std::collections::BTreeMap;

use isocenter_versions::freetext;
use isocenter_versions::{Containment, Scheme};
use serde_json::Value;

const TABLE: &str = include_str!("version-texts.tsv");

/// Text and meaning, row by row.
fn table() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once('\t').unwrap())
}

fn reading(text: &str) -> String {
    match freetext::parse(text) {
        Ok(ranges) => ranges
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" || "),
        Err(why) => format!("! {why}"),
    }
}

#[test]
fn every_reviewed_text_is_read_as_the_review_says() {
    let wrong: Vec<String> = table()
        .map(|(text, expected)| (text, expected, reading(text)))
        .filter(|(_, expected, found)| expected != found)
        .map(|(text, expected, found)| format!("{text}\n    review {expected}\n    reader {found}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_text_stands_in_the_table_once() {
    let mut seen = BTreeMap::new();
    for (text, meaning) in table() {
        assert_eq!(seen.insert(text, meaning), None, "{text}");
    }
}

#[test]
fn the_answers_about_devices_are_those_of_a_careful_reader() {
    for (text, version, expected) in [
        ("B.02 | C.02 | C.03", "C.02", "in"),
        ("B.02 | C.02 | C.03", "B.02.19", "?"),
        ("B.02 | C.02 | C.03", "C.01", "out"),
        ("Rev B-M", "M.03", "in"),
        ("Rev B-M", "K", "in"),
        ("Rev B-M", "A.20", "out"),
        ("Rev B-M", "N.01", "out"),
        ("<= K", "K.00.02", "in"),
        ("<= K", "J", "in"),
        ("<= K", "L.00", "out"),
        ("A.01 <= C.0x | 4.0", "B.05", "in"),
        ("A.01 <= C.0x | 4.0", "C.00.04", "in"),
        ("A.01 <= C.0x | 4.0", "4.0", "in"),
        (">=BT02 | <= BT06", "BT05", "in"),
        (">=BT02 | <= BT06", "BT07", "out"),
        (">=BT02 | <= BT06", "R3.1", "?"),
        ("<= D25", "D24", "in"),
        ("<= D25", "D26", "out"),
        ("<= 3.0 D15", "3.0 D14", "in"),
        ("<= 3.0 D15", "3.0 D16", "out"),
        ("<= 3.0 D15", "3.0", "?"),
        ("< 1.8.4 Service Pack 01", "1.8.4", "in"),
        ("< 1.8.4 Service Pack 01", "1.8.4 SP1", "out"),
        ("<=2023.3_Build_9342", "2023.3 (Build 9342)", "in"),
        ("<=2023.3_Build_9342", "2023.3 (Build 9400)", "out"),
        ("<=2023.3_Build_9342", "2023.3", "?"),
        ("<=5.17.1-754993421", "5.17.0", "in"),
        ("<=5.17.1-754993421", "5.17.1", "?"),
        ("<=5.17.1-754993421", "5.18", "out"),
        ("6.3V1L10", "6.3V1L9", "out"),
        ("14.1.x", "14.1.5", "in"),
        ("14.1.x", "14.2", "out"),
        ("14.1.x", "14", "?"),
        ("<= 11.x", "11.5", "in"),
        ("<= 11.x", "12.0", "out"),
        ("4", "4.5.1", "?"),
        ("4", "5", "out"),
        ("MMT-1710", "MMT-1710", "in"),
        ("MMT-1710", "2.6", "?"),
        ("A51200", "1.0", "?"),
        ("620 | 650 | 650c", "01.03", "?"),
        ("2nd Edition", "2.0", "?"),
        ("HD 16 | HD23", "HD16", "in"),
        (
            "* running on old, unsupported operating systems such as Windows 2000",
            "5.0",
            "?",
        ),
        ("* (end-of-life 2011)", "1.0", "in"),
        (">= 1.3.4 | < 1.5.3", "1.5.3", "out"),
        ("< 1.99 | 2.20 | 2.40", "2.30", "?"),
        ("<V16_Update_7", "V16 Update 6", "in"),
        ("<V16_Update_7", "V16 Update 7", "out"),
        ("VB30A-VB50", "VB40A", "in"),
        ("VB30A-VB50", "VB50C", "in"),
        ("VB30A-VB50", "VB60A", "out"),
        ("software versions VB10 through VB40A", "VB10B", "in"),
        ("software versions VB10 through VB40A", "VB40", "?"),
        ("all versions below VF11_HF01", "VF11", "in"),
        ("all versions below VF11_HF01", "VF11_HF02", "out"),
    ] {
        let ranges = freetext::parse(text).unwrap();
        let answer = match freetext::contains(&ranges, Some(Scheme::Generic), version) {
            Containment::In => "in",
            Containment::Out => "out",
            Containment::Undetermined(_) => "?",
        };
        assert_eq!(answer, expected, "{version} in {text}");
    }
}

#[test]
fn every_text_of_the_medical_advisories_is_reviewed_and_nineteen_of_twenty_are_read() {
    let Some(texts) = texts_of("csaf/cisa-medical") else {
        return;
    };
    let reviewed: BTreeMap<&str, &str> = table().collect();
    let missing: Vec<&String> = texts
        .keys()
        .filter(|text| !reviewed.contains_key(text.as_str()))
        .collect();
    assert!(missing.is_empty(), "not in the table: {missing:?}");
    count("csaf/cisa-medical", &texts);
}

#[test]
fn nineteen_of_twenty_texts_of_the_industrial_advisories_are_read() {
    if let Some(texts) = texts_of("csaf/cisa-ics") {
        count("csaf/cisa-ics", &texts);
    }
}

/// Prints what is not read, and fails where that is more than one of twenty.
fn count(set: &str, texts: &BTreeMap<String, usize>) {
    let unread: Vec<(&String, usize, String)> = texts
        .iter()
        .map(|(text, times)| (text, *times, reading(text)))
        .filter(|(_, _, reading)| reading.starts_with('!'))
        .collect();
    let all: usize = texts.values().sum();
    let open: usize = unread.iter().map(|(_, times, _)| times).sum();
    let list: Vec<String> = unread
        .iter()
        .map(|(text, times, why)| format!("    {times} × {text} {why}"))
        .collect();
    let summary = format!(
        "{set}: {all} texts, {} distinct; not read {open}, {} distinct\n{}",
        texts.len(),
        unread.len(),
        list.join("\n"),
    );
    eprintln!("{summary}");
    assert!(all > 0 && open * 20 <= all, "{summary}");
}

/// Every version text of a folder of CSAF files, and how often it stands there.
fn texts_of(set: &str) -> Option<BTreeMap<String, usize>> {
    let mut texts = BTreeMap::new();
    for file in std::fs::read_dir(crate::real_data(set)?).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let Ok(advisory) = serde_json::from_slice::<Value>(&bytes) else {
            continue;
        };
        collect(&advisory["product_tree"]["branches"], &mut texts);
    }
    Some(texts)
}

fn collect(branches: &Value, texts: &mut BTreeMap<String, usize>) {
    for branch in branches.as_array().into_iter().flatten() {
        let category = branch["category"].as_str().unwrap_or_default();
        if matches!(category, "product_version" | "product_version_range") {
            let name = branch["name"].as_str().unwrap_or_default();
            *texts.entry(name.to_owned()).or_default() += 1;
        }
        collect(&branch["branches"], texts);
    }
}
