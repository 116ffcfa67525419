//! What holds for every text of every syntax.

use proptest::prelude::*;

use super::*;

/// Every syntax, and some that read operators.
fn syntaxes() -> impl Strategy<Value = Syntax> {
    prop_oneof![
        Just(Syntax::Npm),
        Just(Syntax::Cargo),
        Just(Syntax::Hex),
        Just(Syntax::Pub),
        Just(Syntax::RubyGems),
        Just(Syntax::Pep440),
        Just(Syntax::Maven),
        Just(Syntax::NuGet),
        Just(Syntax::Composer),
        Just(Syntax::Conan),
        Just(Syntax::Debian),
        Just(Syntax::Rpm),
        Just(Syntax::Go),
        Just(Syntax::Hackage),
        Just(Syntax::Nginx),
        Just(Syntax::OpenSsl),
        Just(Syntax::Operators(Scheme::SemVer)),
        Just(Syntax::Operators(Scheme::Alpine)),
        Just(Syntax::Operators(Scheme::Generic)),
        Just(Syntax::Operators(Scheme::Arch)),
    ]
}

fn range_texts() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        Just(">="),
        Just("<="),
        Just(">"),
        Just("<"),
        Just("="),
        Just("!="),
        Just("^"),
        Just("~"),
        Just("~>"),
        Just("=="),
        Just("<<"),
        Just(">>"),
        Just("~="),
        Just("^>="),
        Just("["),
        Just("("),
        Just(""),
    ];
    let version = prop_oneof![
        3 => "[0-3]\\.[0-3]\\.[0-3]",
        2 => "[0-3]\\.[0-3]",
        1 => "[0-3]",
        1 => "[0-3]\\.[0-3]\\.[0-3]-(rc|beta)\\.?[0-3]?",
        1 => "[0-3]\\.[0-3](a1|\\.dev0|\\.\\*|\\.x|\\+b|-1)",
    ];
    let join = prop_oneof![
        Just(", "),
        Just(" "),
        Just(" || "),
        Just("||"),
        Just(","),
        Just(" - "),
        Just(" and "),
        Just(" or "),
        Just("]"),
        Just(")"),
        Just(" && "),
        Just("|"),
    ];
    prop::collection::vec((sign, version, join), 1..5).prop_map(|pieces| {
        let mut text = String::new();
        for (sign, version, join) in pieces {
            text.extend([sign, version.as_str(), join]);
        }
        while text.ends_with([' ', ',', '|', '&', '-']) {
            text.pop();
        }
        text
    })
}

proptest! {
    #[test]
    fn no_text_panics(syntax in syntaxes(), text in "\\PC{0,40}", version in "\\PC{0,12}") {
        let _ = contains(syntax, &text, &version);
    }

    #[test]
    fn no_range_like_text_panics(syntax in syntaxes(), text in range_texts(), version in "[0-3.a-z+-]{0,8}") {
        if let Ok(range) = parse(syntax, &text) {
            prop_assert_eq!(range.text(), text.as_str());
            for reading in [Reading::Order, Reading::PreReleasesAdmitted, Reading::ToolDefault] {
                let _ = range.contains(&version, reading);
            }
            let _ = range.customary_vers();
        }
    }

    #[test]
    fn a_range_printed_as_vers_and_read_back_holds_the_same_versions(
        syntax in syntaxes(),
        text in range_texts(),
        version in "[0-3]\\.[0-3](\\.[0-3])?(-rc\\.1|-1)?",
    ) {
        let Ok(range) = parse(syntax, &text) else { return Ok(()) };
        let Ok(vers) = range.vers() else { return Ok(()) };
        let printed = vers.to_string();
        let read = Vers::parse(&printed).map_err(|why| TestCaseError::fail(format!("{printed}: {why}")))?;
        let (native, through) = (range.contains(&version, Reading::Order), read.contains(&version));
        // What is undetermined may be put differently, and a lower `0` of VERS is below everything.
        let settled = |answer: &Containment| matches!(answer, In | Out);
        if settled(&native) && settled(&through) && !printed.contains("/>=0|") && !printed.ends_with("/>=0") {
            prop_assert_eq!(native, through, "{} as {} for {}", text, printed, version);
        }
    }

    #[test]
    fn what_lies_between_two_versions_inside_an_interval_is_inside(
        syntax in prop_oneof![Just(Syntax::Npm), Just(Syntax::RubyGems), Just(Syntax::Pep440), Just(Syntax::Composer)],
        sign in prop_oneof![Just("^"), Just("~"), Just("~>"), Just("~="), Just(">="), Just("<")],
        bound in "[0-3]\\.[0-3]\\.[0-3]",
        mut versions in prop::collection::vec("[0-3]\\.[0-3]\\.[0-3]", 3),
    ) {
        let Ok(range) = parse(syntax, &format!("{sign}{bound}")) else { return Ok(()) };
        versions.sort_by(|a, b| crate::compare(syntax.scheme(), a, b).unwrap());
        let inside: Vec<bool> = versions
            .iter()
            .map(|version| range.contains(version, Reading::Order) == In)
            .collect();
        if let [true, middle, true] = inside.as_slice() {
            prop_assert!(middle, "{:?} in {}{}", versions, sign, bound);
        }
    }
}
