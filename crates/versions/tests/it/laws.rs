//! The laws of order, for every scheme that has keys; and that no text makes a parser panic.

use std::cmp::Ordering;

use isocenter_versions::{Containment, Scheme, Vers, compare, freetext, key};
use proptest::prelude::*;

const ALL: &[Scheme] = &[
    Scheme::SemVer,
    Scheme::Go,
    Scheme::Pub,
    Scheme::Julia,
    Scheme::Bitnami,
    Scheme::Pep440,
    Scheme::Debian,
    Scheme::Rpm,
    Scheme::Alpine,
    Scheme::Arch,
    Scheme::Gentoo,
    Scheme::NuGet,
    Scheme::Maven,
    Scheme::RubyGems,
    Scheme::Packagist,
    Scheme::Cran,
    Scheme::Hackage,
    Scheme::Conan,
    Scheme::Jvm,
    Scheme::Windows,
    Scheme::IntDot,
    Scheme::DateTime,
    Scheme::Generic,
];

/// Texts that look like versions in some ecosystem, so that most of them parse in several.
fn version() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        Just("0".to_owned()),
        Just("00".to_owned()),
        "[0-9]{1,3}",
        "[0-9]{19,22}"
    ];
    let word = prop_oneof![
        Just("a"),
        Just("alpha"),
        Just("b"),
        Just("beta"),
        Just("rc"),
        Just("RC"),
        Just("dev"),
        Just("post"),
        Just("p"),
        Just("r"),
        Just("_p"),
        Just("_rc"),
        Just("final"),
        Just("sp"),
        Just("snapshot"),
        Just("x"),
    ];
    let mark = prop_oneof![
        Just("."),
        Just("."),
        Just("."),
        Just("-"),
        Just("-"),
        Just("+"),
        Just("~"),
        Just("^"),
        Just("_"),
        Just(":"),
    ];
    let part = prop_oneof![
        4 => number.prop_map(|n| n),
        2 => mark.prop_map(str::to_owned),
        1 => word.prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 1..8).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_text_makes_a_parser_panic(text in any::<String>(), other in version()) {
        for scheme in ALL {
            let _ = key(*scheme, &text);
            let _ = compare(*scheme, &text, &other);
        }
        let _ = freetext::parse(&text);
        let _ = freetext::covers(&text, Some(Scheme::Generic), &other);
        let _ = freetext::listed(None, &text, &other);
        let _ = Vers::parse_lenient(&format!("vers:npm/{text}")).map(|vers| vers.contains(&other));
    }

    #[test]
    fn comparing_is_reflexive_and_antisymmetric(a in version(), b in version()) {
        for scheme in ALL {
            if let Ok(order) = compare(*scheme, &a, &a) {
                prop_assert_eq!(order, Ordering::Equal, "{} {}", scheme, a);
            }
            prop_assert_eq!(
                compare(*scheme, &a, &b).ok().map(Ordering::reverse),
                compare(*scheme, &b, &a).ok(),
                "{} {} {}", scheme, a, b
            );
        }
    }

    #[test]
    fn pairs_of_keyed_versions_are_transitive(a in version(), b in version(), c in version()) {
        for scheme in ALL {
            // Keys are bytes and so transitive; where pairs decide, keyed versions must not break the law.
            if [&a, &b, &c].iter().any(|text| key(*scheme, text).is_err()) {
                continue;
            }
            if let (Ok(x), Ok(y), Ok(z)) = (compare(*scheme, &a, &b), compare(*scheme, &b, &c), compare(*scheme, &a, &c))
                && x == y
            {
                prop_assert_eq!(x, z, "{} {} {} {}", scheme, a, b, c);
            }
        }
    }

    #[test]
    fn a_key_decides_as_the_pair_does(a in version(), b in version()) {
        for scheme in ALL {
            if let (Ok(x), Ok(y)) = (key(*scheme, &a), key(*scheme, &b)) {
                let pair = compare(*scheme, &a, &b);
                // A vendor's numbers may be doubtful as a pair, never the other way round.
                if *scheme == Scheme::Generic && pair.is_err() {
                    continue;
                }
                prop_assert_eq!(pair.unwrap(), x.cmp(&y), "{} {} {}", scheme, a, b);
            }
        }
    }

    #[test]
    fn a_text_of_range_words_never_panics(
        words in prop::collection::vec(
            prop_oneof![
                Just("<"), Just(">="), Just("|"), Just("and"), Just("prior"), Just("to"), Just("1.0"), Just("V2 SP1"),
                Just("all"), Just("versions"), Just("below"), Just("("), Just(")"), Just("x"), Just(","), Just("rev"),
                Just("B-M"), Just("between"), Just("up"), Just("5.x"), Just("*"), Just("≤"), Just("é"),
                Just("only"), Just("with"), Just("(beta)"), Just("(and"), Just(":"), Just("1.0:"), Just("VB30A-VB50"),
                Just("C.0x"), Just("F.0.G.0"), Just("series"), Just("SP1"), Just("14."), Just("vers:all/"), Just("K"),
            ],
            0..9,
        ),
        version in version(),
    ) {
        let text = words.join(" ");
        if let Ok(ranges) = freetext::parse(&text) {
            prop_assert!(!ranges.is_empty());
            prop_assert!(ranges.len() <= text.len());
            let _ = freetext::contains(&ranges, Some(Scheme::Generic), &version);
        }
        let _ = freetext::covers(&text, None, &version);
        prop_assert!(freetext::single(&text).is_none_or(|single| text.contains(single)));
    }

    #[test]
    fn a_text_longer_than_any_range_is_refused_and_shorter_ones_give_no_more_than_they_hold(
        unit in prop_oneof![Just("1|"), Just("< 1 |"), Just("1.0, "), Just("(1) "), Just("K and "), Just("<"), Just("1:")],
        times in 1_usize..2000,
    ) {
        let text = unit.repeat(times);
        match freetext::parse(&text) {
            Ok(ranges) => prop_assert!(text.len() <= 1000 && ranges.len() <= text.len()),
            Err(why) => prop_assert!(why.to_string().len() <= text.len().min(1000) * 2 + 100),
        }
    }

    #[test]
    fn a_listed_version_is_symmetric(a in version(), b in version()) {
        prop_assert_eq!(
            freetext::listed(Some(Scheme::Generic), &a, &b) == Containment::In,
            freetext::listed(Some(Scheme::Generic), &b, &a) == Containment::In
        );
    }

    #[test]
    fn surrounding_white_space_is_not_part_of_a_version(a in version()) {
        for scheme in ALL {
            prop_assert_eq!(key(*scheme, &a).ok(), key(*scheme, &format!(" {a}\n")).ok(), "{} {}", scheme, a);
        }
    }

    #[test]
    fn hostile_length_is_refused_or_linear(unit in version(), times in 1_usize..4000) {
        let text = unit.repeat(times);
        for scheme in ALL {
            if let Ok(key) = key(*scheme, &text) {
                prop_assert!(key.as_bytes().len() <= 9 * text.len() + 32, "{}", scheme);
            }
        }
    }
}
