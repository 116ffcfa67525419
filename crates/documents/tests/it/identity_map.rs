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
    pkg:pypi/pillow = cpe:2.3:a:python:pillow:*:*:*:*:*:*:*:*
    pkg:/sourceforge/openclassify = cpe:2.3:a:openclassifieds:open_classifieds_2:*:*:*:*:*:*:*:*
    ");
    insta::assert_snapshot!(problems(&reading), @"
    warning identity-cpe-malformed line 6: '*:*:x' is no CPE name and no part:vendor:product
    warning identity-cpe-malformed line 7: 'a:y' is no CPE name and no part:vendor:product
    warning identity-cpe-malformed line 8: '' is no CPE name and no part:vendor:product
    ");
}

const CPES: &str = "cpes:\n- cpe:2.3:a:axios:axios:*:*:*:*:*:node.js:*:*\n- cpe:2.3:a:axios:axios:0.1:*:*:*:*:*:*:*\n- cpe:2.3:a:axios:axios:0.1:*:*:*:*:*:*:*\n";
const PURLS: &str = "# collected by hand\n---\npurls: [\"pkg:npm/axios\", 'pkg:/axios', {x: y}]\n";
const PRODUCTS: &str = "- purl: pkg:npm/axios\n  cpes:\n    - a:axios:axios\n    - cpe:/a:axios:axios:0.2\n- name: pillow\n  purls:\n  - pkg:pypi/pillow\n  - pkg:deb/debian/pillow\n  cpe: cpe:2.3:a:python:pillow:*:*:*:*:*:*:*:*\n- pkg:pypi/x\n";

#[test]
fn a_yaml_file_gives_the_names_of_one_product_or_of_several() {
    let mut told = Vec::new();
    for text in [CPES, PURLS, PRODUCTS] {
        let reading = read(text.as_bytes(), &ReadOptions::default());
        assert_eq!(reading.kind, DocumentKind::IdentityMap, "{text}");
        let map = map(&reading);
        for pair in &map.pairs {
            told.push(format!("{} = {}", pair.purl, pair.cpe));
        }
        told.extend(map.purls.iter().chain(&map.cpes).cloned());
        told.push(problems(&reading));
    }
    insta::assert_snapshot!(told.join("\n"), @"
    cpe:2.3:a:axios:axios:*:*:*:*:*:*:*:*

    pkg:npm/axios
    warning identity-purl-malformed /purls/1: 'pkg:/axios' is no package URL: not a package URL: missing type
    warning identity-wrong-shape /purls/2: a name is expected here
    pkg:npm/axios = cpe:2.3:a:axios:axios:*:*:*:*:*:*:*:*
    pkg:pypi/pillow = cpe:2.3:a:python:pillow:*:*:*:*:*:*:*:*
    pkg:deb/debian/pillow = cpe:2.3:a:python:pillow:*:*:*:*:*:*:*:*
    note identity-key-unknown /1/name: `name` means nothing here and was not read
    error identity-wrong-shape /2: an object with package URLs (purls) and CPE names (cpes) is expected here
    ");
}

#[test]
fn a_yaml_file_without_names_is_no_map() {
    for text in [
        "cpes:\n",
        "cpes: none\n",
        "purl2cpe: true\n",
        "# Introduction\n\nThe names of a product:\n```yaml\ncpes:\n  - cpe:2.3:a:x:y:1:*:*:*:*:*:*:*\n```\n",
        "# Names\n```yaml\ncpes:\n  - cpe:2.3:a:x:y:1:*:*:*:*:*:*:*\n```\n",
        "name: x\nhomepage: pkg:npm/axios\n",
    ] {
        let reading = read(text.as_bytes(), &ReadOptions::default());
        assert_ne!(reading.kind, DocumentKind::IdentityMap, "{text}");
    }
}

#[test]
fn many_names_of_one_product_make_a_bounded_number_of_pairs() {
    let mut text = String::new();
    for (key, name) in [("purls", "pkg:npm/a"), ("cpes", "a:x:a")] {
        text.extend([key, ":\n"]);
        text.extend((0..2_000).map(|number| format!("- {name}{number}\n")));
    }
    let reading = identity_map::read(text.as_bytes());
    assert_eq!(map(&reading).pairs.len(), 1_000_000);
    insta::assert_snapshot!(problems(&reading), @"error identity-too-many document: the map holds more than 1000000 pairs; the rest was not read");
}

#[test]
fn mutated_maps_never_break_the_reader() {
    for text in [TABLE, CPES, PURLS, PRODUCTS] {
        run(2_000, text.as_bytes(), |bytes| {
            Some(identity_map::read(bytes))
        });
    }
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
