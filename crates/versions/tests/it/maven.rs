//! Maven's order against the algorithm that its POM reference describes.
//!
//! Source: Maven POM reference, "Version Order Specification". It is written a second time here, in the words
//! of the page: a flat row of tokens with their separators, where `ComparableVersion` nests lists. The page
//! simplifies: where the version or a sub-list begins with a null value (`0-alpha`, `1-0.alpha`), the class and not the page decides what Maven does, and `cargo xtask differential maven` asks the class.

use std::cmp::Ordering;

use isocenter_versions::{Bound, Containment, Scheme, between, compare};
use proptest::prelude::*;

/// A token with the separator before it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    hyphen: bool,
    value: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Number(u64),
    Qualifier(String),
}

/// Whether `.qualifier` comes before `-qualifier` (the page until Maven 3.8.6) or equals it (since then).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Before,
    Since,
}

impl Value {
    fn is_null(&self) -> bool {
        match self {
            Self::Number(number) => *number == 0,
            Self::Qualifier(word) => matches!(word.as_str(), "" | "final" | "ga" | "release"),
        }
    }

    fn rank(word: &str) -> (usize, &str) {
        match word {
            "alpha" => (0, ""),
            "beta" => (1, ""),
            "milestone" => (2, ""),
            "rc" | "cr" => (3, ""),
            "snapshot" => (4, ""),
            "" | "final" | "ga" | "release" => (5, ""),
            "sp" => (6, ""),
            other => (7, other),
        }
    }
}

/// "Split in tokens between dots, hyphens and transitions between digits and characters. A transition is
/// equivalent to a hyphen. Empty tokens are replaced with 0."
fn tokens(text: &str) -> Vec<Token> {
    let lower = text.to_lowercase();
    let mut tokens = Vec::new();
    let mut hyphen = true;
    let mut current = String::new();
    let push = |tokens: &mut Vec<Token>, hyphen: bool, current: &mut String, before_digit: bool| {
        let word = std::mem::take(current);
        let value = match word.as_str() {
            "" => Value::Number(0),
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                Value::Number(digits.parse().unwrap())
            }
            "a" if before_digit => Value::Qualifier("alpha".to_owned()),
            "b" if before_digit => Value::Qualifier("beta".to_owned()),
            "m" if before_digit => Value::Qualifier("milestone".to_owned()),
            _ => Value::Qualifier(word),
        };
        tokens.push(Token { hyphen, value });
    };
    for c in lower.chars() {
        if matches!(c, '.' | '-') {
            push(&mut tokens, hyphen, &mut current, false);
            hyphen = c == '-';
            continue;
        }
        let turns = current
            .chars()
            .next_back()
            .is_some_and(|last| last.is_ascii_digit() != c.is_ascii_digit());
        if turns {
            push(&mut tokens, hyphen, &mut current, c.is_ascii_digit());
            hyphen = true;
        }
        current.push(c);
    }
    push(&mut tokens, hyphen, &mut current, false);
    trim(tokens)
}

/// "Starting from the end, the trailing null values are trimmed. This is repeated at each remaining hyphen
/// from end to start."
fn trim(mut tokens: Vec<Token>) -> Vec<Token> {
    let mut end = tokens.len();
    loop {
        let mut start = end;
        while start > 1 && tokens[start - 1].value.is_null() {
            start -= 1;
        }
        // A hyphen that is left at the trimmed place keeps its token.
        tokens.drain(start..end);
        match tokens[..start].iter().rposition(|token| token.hyphen) {
            Some(hyphen) if hyphen > 0 => end = hyphen,
            _ => return tokens,
        }
    }
}

/// "The lexicographical order on this sequence of prefixed tokens, the shorter one padded with null values
/// with matching prefix."
fn reference(page: Page, a: &str, b: &str) -> Ordering {
    let (a, b) = (tokens(a), tokens(b));
    let padding = |other: &Token| Token {
        hyphen: other.hyphen,
        // The page pads by the separator alone, which would put `1.sp` below `1`; the class does not.
        value: match other.value {
            Value::Number(_) if !other.hyphen => Value::Number(0),
            _ => Value::Qualifier(String::new()),
        },
    };
    for index in 0..a.len().max(b.len()) {
        let (left, right) = match (a.get(index), b.get(index)) {
            (Some(left), Some(right)) => (left.clone(), right.clone()),
            (Some(left), None) => (left.clone(), padding(left)),
            (None, Some(right)) => (padding(right), right.clone()),
            (None, None) => break,
        };
        let order = token_order(page, &left, &right);
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}

/// "If the prefix is the same, compare the token; else .qualifier < -qualifier < -number < .number."
fn token_order(page: Page, a: &Token, b: &Token) -> Ordering {
    let kind = |token: &Token| match (&token.value, token.hyphen) {
        (Value::Qualifier(_), false) if page == Page::Before => 0,
        (Value::Qualifier(_), _) => 1,
        (Value::Number(_), true) => 2,
        (Value::Number(_), false) => 3,
    };
    kind(a)
        .cmp(&kind(b))
        .then_with(|| match (&a.value, &b.value) {
            (Value::Number(x), Value::Number(y)) => x.cmp(y),
            (Value::Qualifier(x), Value::Qualifier(y)) => Value::rank(x).cmp(&Value::rank(y)),
            _ => Ordering::Equal,
        })
}

/// Versions as the page expects them: numbers, then qualifiers that may have a number, set apart or not. A word
/// for nothing stands at the end only.
fn version(qualifiers: usize, apart: bool) -> impl Strategy<Value = String> {
    let numbers = (
        1_u64..30,
        prop::collection::vec(prop_oneof![Just(0_u64), 1_u64..30, 1_u64..100_000], 0..4),
    )
        .prop_map(|(first, rest)| {
            let numbers: Vec<String> = [first].iter().chain(&rest).map(u64::to_string).collect();
            numbers.join(".")
        });
    let words = [
        "alpha",
        "beta",
        "milestone",
        "rc",
        "cr",
        "snapshot",
        "sp",
        "foo",
        "bar",
        "jre",
        "a",
        "b",
        "m",
        "RC",
        "SNAPSHOT",
    ];
    let qualifier = (
        prop::sample::select(vec!["-", "."]),
        prop::sample::select(words.to_vec()),
        prop::option::of(1_u64..30),
        prop::bool::weighted(if apart { 0.5 } else { 0.0 }),
    )
        .prop_map(|(separator, word, number, apart)| match number {
            Some(number) if apart => format!("{separator}{word}-{number}"),
            Some(number) => format!("{separator}{word}{number}"),
            None => format!("{separator}{word}"),
        });
    let nothing = prop::sample::select(vec![
        "", "", "", "-final", ".Final", "-ga", ".GA", ".RELEASE",
    ]);
    (
        numbers,
        prop::collection::vec(qualifier, 0..=qualifiers),
        nothing,
    )
        .prop_map(move |(numbers, qualifiers, nothing)| {
            let nothing = if apart || qualifiers.is_empty() {
                nothing
            } else {
                ""
            };
            format!("{numbers}{}{nothing}", qualifiers.concat())
        })
}

#[test]
fn the_examples_of_the_page_hold_in_both_editions() {
    let rows = [
        ("1", '<', "1.1"),
        ("1-snapshot", '<', "1"),
        ("1", '<', "1-sp"),
        ("1-foo2", '<', "1-foo10"),
        ("1-foo", '<', "1-1"),
        ("1-1", '<', "1.1"),
        ("1.ga", '=', "1-ga"),
        ("1-ga", '=', "1-0"),
        ("1-0", '=', "1.0"),
        ("1-sp", '>', "1-ga"),
        ("1-sp.1", '>', "1-ga.1"),
        ("1-a1", '=', "1-alpha-1"),
    ];
    for (a, sign, b) in rows {
        let expected = match sign {
            '<' => Ordering::Less,
            '>' => Ordering::Greater,
            _ => Ordering::Equal,
        };
        assert_eq!(compare(Scheme::Maven, a, b), Ok(expected), "{a} {sign} {b}");
        for page in [Page::Before, Page::Since] {
            assert_eq!(reference(page, a, b), expected, "{page:?}: {a} {sign} {b}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn versions_are_ordered_as_the_page_says(a in version(2, true), b in version(2, true)) {
        prop_assert_eq!(compare(Scheme::Maven, &a, &b), Ok(reference(Page::Before, &a, &b)), "{} {}", a, b);
    }

    // Since 3.8.7 the class opens a list for a word behind a dot only before a digit and at the end, and the
    // page does not say so.
    #[test]
    fn a_range_answers_only_what_both_editions_of_the_page_say(a in version(1, false), b in version(1, false)) {
        let (before, since) = (reference(Page::Before, &a, &b), reference(Page::Since, &a, &b));
        match between(Some(Scheme::Maven), &a, None, Some(Bound::exclusive(&b))) {
            Containment::In => prop_assert_eq!((before, since), (Ordering::Less, Ordering::Less), "{} {}", a, b),
            Containment::Out => {
                prop_assert_ne!(before, Ordering::Less, "{} {}", a, b);
                prop_assert_ne!(since, Ordering::Less, "{} {}", a, b);
            }
            // Where they may differ: at a word behind a dot.
            Containment::Undetermined(_) => prop_assert!(
                [&a, &b].iter().any(|text| text.split('.').any(|part| part.starts_with(char::is_alphabetic))),
                "{} {}", a, b
            ),
        }
    }
}
