//! The product-version texts of real advisories, read as ranges.

use isocenter_versions::freetext;
use serde_json::Value;

fn texts(branches: &Value, found: &mut Vec<String>) {
    for branch in branches.as_array().into_iter().flatten() {
        let category = branch["category"].as_str().unwrap_or_default();
        if matches!(category, "product_version" | "product_version_range") {
            found.push(branch["name"].as_str().unwrap_or_default().to_owned());
        }
        texts(&branch["branches"], found);
    }
}

#[test]
fn nineteen_of_twenty_texts_are_read_and_the_others_say_why() {
    for set in ["csaf/cisa-medical", "csaf/cisa-ics"] {
        let Some(folder) = crate::real_data(set) else {
            return;
        };
        let mut found = Vec::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            let Ok(advisory) = serde_json::from_slice::<Value>(&bytes) else {
                continue;
            };
            texts(&advisory["product_tree"]["branches"], &mut found);
        }
        let mut unread: Vec<String> = Vec::new();
        for text in &found {
            if let Err(why) = freetext::parse(text) {
                unread.push(format!("{text}: {why}"));
            }
        }
        eprintln!("{set}: {} texts, {} unread", found.len(), unread.len());
        assert!(
            unread.len() * 20 <= found.len(),
            "{set}: {} of {}\n{}",
            unread.len(),
            found.len(),
            unread.join("\n")
        );
    }
}
