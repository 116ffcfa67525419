//! The VEX documents of the real data, each form counted by a reader that does nothing else.

use isocenter_documents::{ReadOptions, read};
use isocenter_model::Level;
use serde_json::Value;

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// One statement for each flaw with an analysis, product and version.
fn cyclonedx(document: &Value) -> usize {
    list(document, "vulnerabilities")
        .iter()
        .filter(|flaw| flaw["analysis"]["state"].is_string())
        .flat_map(|flaw| list(flaw, "affects"))
        .map(|product| list(product, "versions").len().max(1))
        .sum()
}

/// One for each product, or part of it that is named.
fn openvex(document: &Value) -> usize {
    list(document, "statements")
        .iter()
        .flat_map(|statement| list(statement, "products"))
        .map(|product| list(product, "subcomponents").len().max(1))
        .sum()
}

/// One for each product in each status.
fn csaf(document: &Value) -> usize {
    list(document, "vulnerabilities")
        .iter()
        .filter_map(|flaw| flaw["product_status"].as_object())
        .flat_map(|statuses| statuses.values())
        .filter_map(|products| products.as_array().map(Vec::len))
        .sum()
}

#[test]
fn every_statement_of_the_real_vex_documents_is_read() {
    let Some(folder) = crate::real_data("vex") else {
        return;
    };
    let mut forms = [0; 3];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let document: Value = serde_json::from_slice(&bytes).unwrap();
        let (form, kind, expected) = if document["bomFormat"].is_string() {
            (0, "cyclonedx", cyclonedx(&document))
        } else if document["@context"].is_string() {
            (1, "openvex", openvex(&document))
        } else {
            (2, "csaf", csaf(&document))
        };
        forms[form] += 1;
        let reading = read(&bytes, &ReadOptions::default());
        assert_eq!(reading.kind.as_str(), kind, "{name}");
        let counted = reading.summary.get("statements").copied();
        assert_eq!(counted, Some(expected as u64), "{name}");
        let is_valid = reading
            .problems
            .iter()
            .all(|problem| problem.level != Level::Error);
        // Its profile alone: nothing of a document around it.
        assert_eq!(is_valid, name != "csaf_minimal-vex.json", "{name}");
    }
    assert_eq!(forms, [24, 12, 3]);
}
