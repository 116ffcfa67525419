//! Names of makers and models.
//!
//! Papers and inventories write one thing in many ways: `GE Healthcare`, `GE MEDICAL SYSTEMS`,
//! `Vivid E95`, `GE Vivid™ E 95`. A key is equal for all of them and different for a sibling:
//! `Vivid E9` is another device. Equality after normalisation only, nothing fuzzy: names that
//! differ in a letter have different keys unless `catalogs/aliases/makers.toml` says otherwise.

mod makers;
mod words;

use makers::MAKERS;
use words::{squeezed, words};

/// The key of a maker: lower case, without accents, legal form, region and words of the sector;
/// names that the catalog gives as one company share its key.
pub fn maker_key(maker: &str) -> String {
    MAKERS.key(&words(maker))
}

/// The key of a model of `maker`: without the maker's name in front, marks, punctuation and
/// spacing. A point stays between two groups of digits, so that `1.5` is not `15`. The word
/// "version" says nothing: `Windows 10 Version 1809` is `windows_10_1809`.
pub fn model_key(maker: &str, model: &str) -> String {
    let maker = words(maker);
    let model = words(model);
    let key = MAKERS.key(&maker);
    let spellings = [
        squeezed(&maker),
        squeezed(MAKERS.without_legal_form(&maker)),
        key.clone(),
    ];
    let longest = model.len().saturating_sub(1).min(LONGEST_MAKER);
    let prefix = (1..=longest).rev().find(|length| {
        model.get(..*length).is_some_and(|start| {
            let start = squeezed(start);
            spellings.contains(&start) || MAKERS.alias(&start) == Some(key.as_str())
        })
    });
    product_name(model.get(prefix.unwrap_or(0)..).unwrap_or(&model))
}

/// A product's words without those that say nothing.
fn product_name(words: &[String]) -> String {
    let telling: Vec<String> = words
        .iter()
        .filter(|word| *word != "version")
        .cloned()
        .collect();
    squeezed(if telling.is_empty() { words } else { &telling })
}

/// The keys under which a product may be known: `name:<maker>/<model>`. The first is that of
/// the vendor as given; where the product's name begins with a maker of the catalog, a second
/// one stands for that maker. Empty when nothing tells the maker.
pub fn product_keys(vendor: Option<&str>, product: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let vendor = vendor.filter(|vendor| !is_unstated(vendor));
    if let Some(vendor) = vendor {
        push(&mut keys, &maker_key(vendor), &model_key(vendor, product));
    }
    let product = words(product);
    let longest = product.len().saturating_sub(1).min(LONGEST_MAKER);
    let found = (1..=longest).rev().find_map(|length| {
        let (start, rest) = product.split_at_checked(length)?;
        Some((MAKERS.alias(&squeezed(start))?, product_name(rest)))
    });
    if let Some((maker, model)) = found {
        push(&mut keys, maker, &model);
    }
    keys
}

/// How a text names a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mention {
    /// It does not.
    None,
    /// The model's words stand in it among others, which may make them a sibling's name
    /// (`Ingenia` in `Ingenia Elition`).
    Within,
    /// A part of it, between punctuation, is the model's name and nothing else.
    Exact,
}

/// How `text`, which describes a product of `maker`, names its `model`: the words of a recall are no
/// product name but a description with part numbers and intended use in it.
pub fn mention(maker: &str, model: &str, text: &str) -> Mention {
    let wanted = model_key(maker, model);
    // One or two letters stand in every text.
    if wanted.chars().count() < SHORTEST_MENTION {
        return Mention::None;
    }
    let parts = text.split([',', ';', ':', '(', ')', '[', ']', '\n', '\r', '"']);
    let mut dashed = parts.flat_map(|part| part.split(" - "));
    if dashed.any(|part| model_key(maker, part) == wanted) {
        return Mention::Exact;
    }
    let spoken = words(text);
    let stands_there = squeezed(&spoken).contains(&wanted)
        && (0..spoken.len()).any(|start| {
            let rest = spoken.get(start..).unwrap_or_default();
            // A run of words that spells the key; the key has at least a letter of each.
            let longest = rest.len().min(LONGEST_MODEL);
            (1..=longest).any(|length| {
                rest.get(..length)
                    .is_some_and(|run| squeezed(run) == wanted)
            })
        });
    if stands_there {
        Mention::Within
    } else {
        Mention::None
    }
}

/// Letters that a model's key must have to be looked for in a text.
const SHORTEST_MENTION: usize = 3;

/// The most words that a model's name can have.
const LONGEST_MODEL: usize = 12;

/// The most words that a maker's name in front of a model can have.
const LONGEST_MAKER: usize = 8;

fn push(keys: &mut Vec<String>, maker: &str, model: &str) {
    if maker.is_empty() || model.is_empty() {
        return;
    }
    let key = format!("name:{maker}/{model}");
    if !keys.contains(&key) {
        keys.push(key);
    }
}

/// Whether a vendor field says that nobody filled it (`n/a` in CVE records).
fn is_unstated(vendor: &str) -> bool {
    matches!(
        squeezed(&words(vendor)).as_str(),
        "" | "na" | "none" | "null" | "unknown" | "unspecified" | "various" | "multiple"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_word_version_says_nothing() {
        let written = product_keys(Some("Microsoft"), "Windows 10 Version 1809");
        assert_eq!(written, product_keys(Some("microsoft"), "windows_10_1809"));
        assert_eq!(model_key("x", "Version"), "version");
    }

    #[test]
    fn one_maker_has_one_key() {
        for (key, spellings) in [
            (
                "siemenshealthineers",
                &[
                    "Siemens Healthineers AG",
                    "SIEMENS",
                    "Siemens\u{a0}",
                    "Siemens Healthcare GmbH",
                    "Siemens Medical Solutions USA, Inc.",
                    "siemens_healthineers",
                ][..],
            ),
            (
                "gehealthcare",
                &[
                    "GE HealthCare",
                    "gehealthcare",
                    "ge_healthcare",
                    "GE MEDICAL SYSTEMS",
                    "General Electric (GE)",
                    "GE Medical Systems, LLC",
                    "GE Healthcare Austria GmbH & Co OG",
                ],
            ),
            (
                "philips",
                &[
                    "Philips",
                    "Philips Medical Systems Nederland B.V.",
                    "Koninklijke Philips N.V.",
                    "Phillips",
                    "Philips Healthcare",
                ],
            ),
            (
                "canonmedical",
                &[
                    "Canon Medical Systems Corporation",
                    "TOSHIBA_MEC",
                    "Toshiba Medical Systems Co., Ltd.",
                    "キヤノンメディカルシステムズ株式会社",
                ],
            ),
            (
                "bectondickinson",
                &[
                    "Becton, Dickinson and Company (BD)",
                    "Becton Dickinson & Co ",
                    "BD",
                ],
            ),
            ("drager", &["Dräger", "Draeger", "Drägerwerk AG & Co. KGaA"]),
            ("hologic", &["Hologic, Inc.", "HOLOGIC"]),
            ("offis", &["OFFIS e.V.", "offis"]),
            (
                "bbraun",
                &["B. Braun Melsungen AG", "BBraun", "B Braun Medical"],
            ),
            ("agfa", &["Agfa-Gevaert N.V.", "Agfa HealthCare"]),
        ] {
            for spelling in spellings {
                assert_eq!(maker_key(spelling), key, "{spelling}");
            }
        }
    }

    #[test]
    fn other_companies_of_a_brand_keep_their_own_key() {
        for (one, other) in [
            ("Toshiba Tec Corporation", "Toshiba Medical Systems"),
            ("Fuji Electric", "Fujifilm"),
            ("FUJIFILM Business Innovation Corp.", "FUJIFILM Healthcare"),
            ("Hitachi Energy", "Hitachi Medical"),
            ("Canonical Ltd.", "Canon Inc."),
            ("Samsung Mobile", "Samsung Medison"),
            ("GE Digital", "GE HealthCare"),
        ] {
            assert_ne!(maker_key(one), maker_key(other), "{one} {other}");
        }
    }

    #[test]
    fn a_name_of_sector_words_only_keeps_one() {
        assert_eq!(maker_key("Medical Imaging Systems Ltd."), "medical");
        assert_eq!(maker_key("GmbH"), "gmbh");
        assert_eq!(maker_key(""), "");
    }

    #[test]
    fn one_model_has_one_key() {
        for (maker, key, spellings) in [
            (
                "GE HealthCare",
                "vivide95",
                &[
                    "Vivid E95",
                    "GE Vivid™ E 95",
                    "VIVID-E95",
                    "GE Healthcare Vivid_E95(TM)",
                ][..],
            ),
            (
                "Siemens Healthineers",
                "magnetomvida",
                &[
                    "MAGNETOM Vida",
                    "Siemens MAGNETOM Vida®",
                    "Siemens Healthineers Magnetom-Vida",
                ],
            ),
            (
                "Philips",
                "ingeniaelition3.0t",
                &["Ingenia Elition 3.0T", "Philips Ingenia Elition 3,0 T"],
            ),
            (
                "Siemens",
                "syngovia",
                &["syngo.via", "Syngo Via", "syngo_via"],
            ),
            (
                "Acme Medical Ltd",
                "scan3",
                &["Acme Scan 3", "ACME Medical Scan-3", "scan3"],
            ),
        ] {
            for spelling in spellings {
                assert_eq!(model_key(maker, spelling), key, "{spelling}");
            }
        }
    }

    #[test]
    fn siblings_keep_their_own_key() {
        for (one, other) in [
            ("Ingenia", "Ingenia Elition"),
            ("Vivid E9", "Vivid E95"),
            ("Vivid E9", "Vivid E 95"),
            ("SIGNA 1.5T", "SIGNA 15T"),
            ("Sonata", "Sonata+"),
            ("CT 5000 1", "CT 50001"),
            ("Imaging Station", "Station"),
            ("Logiq E10", "Logiq E10s"),
        ] {
            assert_ne!(
                model_key("Philips", one),
                model_key("Philips", other),
                "{one} {other}"
            );
        }
    }

    #[test]
    fn a_model_that_is_only_the_makers_name_stays() {
        assert_eq!(model_key("Orthanc", "Orthanc"), "orthanc");
        assert_eq!(model_key("Philips", ""), "");
    }

    #[test]
    fn product_keys_name_the_vendor_and_a_maker_in_front_of_the_product() {
        assert_eq!(
            product_keys(Some("Philips"), "IntelliSpace Portal"),
            ["name:philips/intellispaceportal"]
        );
        assert_eq!(
            product_keys(Some("Silex Technology"), "GE Healthcare MAC 3500"),
            [
                "name:silex/gehealthcaremac3500",
                "name:gehealthcare/mac3500"
            ]
        );
        assert_eq!(
            product_keys(Some("n/a"), "Philips Ingenia"),
            ["name:philips/ingenia"]
        );
        assert_eq!(product_keys(None, "Ingenia"), Vec::<String>::new());
    }

    #[test]
    fn a_description_names_a_model_exactly_within_or_not_at_all() {
        for (model, text, expected) in [
            (
                "Vivid E95",
                "GE Vivid E95, Ultrasound System, Model H45581GA",
                Mention::Exact,
            ),
            (
                "Azurion 7 M20",
                "Product Name: Azurion 7 M20; Model Number: 722079",
                Mention::Exact,
            ),
            ("Vivid E95", "Vivid E95 Ultrasound System", Mention::Within),
            ("Ingenia", "Ingenia Elition 3.0T X", Mention::Within),
            ("Vivid E9", "Vivid E95, Ultrasound System", Mention::None),
            ("Vivid E95", "Vivid E9 and Vivid S70", Mention::None),
            ("S8", "ACUSON S8, Ultrasound", Mention::None),
            ("", "anything", Mention::None),
        ] {
            assert_eq!(
                mention("GE HealthCare", model, text),
                expected,
                "{model}: {text}"
            );
        }
    }

    proptest! {
        #[test]
        fn keys_are_stable_under_case_and_hold_no_separator(maker in "\\PC{0,24}", model in "[A-Za-z0-9 .,+_®-]{0,24}") {
            let key = maker_key(&maker);
            let separates = |letter: char| letter.is_whitespace() || (letter.is_ascii_punctuation() && letter != '.');
            prop_assert!(!key.contains(separates), "{}", key);
            prop_assert_eq!(
                model_key("Philips", &model),
                model_key("PHILIPS N.V.", &model.to_uppercase())
            );
        }
    }
}
