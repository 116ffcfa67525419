//! Maps between package URLs and CPE names.

use isocenter_documents::{ReadOptions, identity_map, read};
use isocenter_model::identity::IdentityMap;
use isocenter_model::{Document, DocumentKind, Level, Reading};

use crate::flaw::problems;
use crate::mutation::{is_safe, run};

const TABLE: &str = "purl\tcpe_part_vendor_product\n\
    pkg:npm/axios\ta:axios:axios\n\
    pkg:npm/axios\ta:axios:axios\n\
    pkg:pypi/pillow\tcpe:2.3:a:python:pillow:9.0.0:*:*:*:*:*:*:*\n\
    pkg:/sourceforge/openclassify\ta:openclassifieds:open_classifieds_2\n\
    pkg:npm/x\t*:*:x\n\
    pkg:npm/y\ta:y\n\
    pkg:npm/z\n";

fn map(reading: &Reading) -> &IdentityMap {
    match &reading.document {
        Some(Document::IdentityMap(map)) => map,
        other => panic!("no map: {other:?}, {:?}", reading.problems),
    }
}

#[test]
fn a_table_gives_pairs_and_a_bad_name_costs_its_row() {
    let reading = read(TABLE.as_bytes(), &ReadOptions::default());
    assert_eq!(reading.kind, DocumentKind::IdentityMap);
    let pairs: Vec<String> = map(&reading)
        .pairs
        .iter()
        .map(|pair| format!("{} = {}", pair.purl, pair.cpe))
        .collect();
    insta::assert_snapshot!(pairs.join("\n"), @"
    pkg:npm/axios = cpe:2.3:a:axios:axios:*:*:*:*:*:*:*:*
    pkg:pypi/pillow = cpe:2.3:a:python:pillow:9.0.0:*:*:*:*:*:*:*
    pkg:/sourceforge/openclassify = cpe:2.3:a:openclassifieds:open_classifieds_2:*:*:*:*:*:*:*:*
    ");
    insta::assert_snapshot!(problems(&reading), @"
    warning identity-cpe-malformed line 6: '*:*:x' is no CPE name and no part:vendor:product
    warning identity-cpe-malformed line 7: 'a:y' is no CPE name and no part:vendor:product
    warning identity-cpe-malformed line 8: '' is no CPE name and no part:vendor:product
    ");
}

#[test]
fn mutated_maps_never_break_the_reader() {
    run(2_000, TABLE.as_bytes(), |bytes| {
        Some(identity_map::read(bytes))
    });
}

#[test]
fn the_real_map_is_read_but_for_names_that_no_specification_knows() {
    let Some(path) = crate::real_data("identity/purl2cpe.tsv") else {
        return;
    };
    let reading = identity_map::read(&std::fs::read(path).unwrap());
    is_safe(&reading);
    assert_eq!(map(&reading).pairs.len(), 47_650);
    // Names that no rule of their type allows, and eleven CPE names without a part.
    let count = |id: &str| reading.problems.iter().filter(|one| one.id == id).count();
    assert_eq!(count("identity-purl-malformed"), 39);
    assert_eq!(count("identity-cpe-malformed"), 11);
    assert_eq!(reading.problems.len(), 50);
    assert!(reading.problems.iter().all(|one| one.level < Level::Error));
}
