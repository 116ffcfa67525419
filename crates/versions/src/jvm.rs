//! Java runtimes and their update levels.
//!
//! Source: JEP 223 and JEP 322 (version strings), "Java SE Naming and Versions" for the older form.
//!
//! Traps: `1.8.0_292`, `8u292` and `8.0.292` are one version, and so `1.8` is not below `2`; `-ea` comes
//! before the release; the build (`+9`, `-b10`) is left out of the order, because advisories and vendors'
//! rebuilds name the update level; a bare number behind a hyphen is a pre-release to JEP 322 and a revision
//! to those who package Java, and so has no place here.

use crate::Scheme;
use crate::key::{Key, Unparsed, Writer, take_digits, take_while};

const EARLY_ACCESS: u8 = 0x02;
const RELEASE: u8 = 0x03;

/// Beginnings of the words that builds before a release carry.
const PRE_RELEASES: [&[u8]; 6] = [b"ea", b"internal", b"rc", b"beta", b"alpha", b"snapshot"];

pub(crate) fn key(text: &str) -> Result<Key, Unparsed> {
    let lower = text.to_ascii_lowercase();
    let syntax = |rest: &[u8], expected| {
        Err(Unparsed::syntax(
            Scheme::Jvm,
            text,
            text.len() - rest.len(),
            expected,
        ))
    };
    let mut numbers: Vec<&[u8]> = Vec::new();
    let mut rest = lower.as_bytes();
    for prefix in ["openjdk", "java", "jdk", "jre"] {
        rest = rest.strip_prefix(prefix.as_bytes()).unwrap_or(rest);
        let (_, after) = take_while(rest, |byte| matches!(byte, b' ' | b'-' | b'_'));
        rest = after;
    }
    loop {
        let (digits, after) = take_digits(rest);
        if digits.is_empty() {
            return syntax(rest, "a digit");
        }
        numbers.push(digits);
        match after {
            [b'.', tail @ ..] if tail.first().is_some_and(u8::is_ascii_digit) => rest = tail,
            _ => {
                rest = after;
                break;
            }
        }
    }
    // Before Java 9 the feature number came second: 1.8 is 8.
    if let [b"1", feature, ..] = numbers.as_slice()
        && matches!(*feature, [b'0'..=b'8'])
    {
        numbers.remove(0);
    }
    for mark in ["_update_", "_update", "_u", "update", "u", "_"] {
        let Some(after) = rest.strip_prefix(mark.as_bytes()) else {
            continue;
        };
        let (digits, after) = take_digits(after);
        if !digits.is_empty() && numbers.len() <= 3 {
            while numbers.len() < 2 {
                numbers.push(b"0");
            }
            numbers.truncate(2);
            numbers.push(digits);
            rest = after;
        }
        break;
    }
    let early = match rest {
        [] | [b'+', b'0'..=b'9' | b'-', ..] | [b'-' | b'.', b'b', b'0'..=b'9', ..] => None,
        [b'-', b'0'..=b'9', ..] => {
            return Err(Unparsed::Doubtful {
                why: "a number behind the hyphen of a Java version is a pre-release to some and a revision to others",
            });
        }
        [b'-', tail @ ..] => {
            let (word, after) = take_while(tail, u8::is_ascii_alphanumeric);
            let known = PRE_RELEASES.iter().any(|known| word.starts_with(known));
            match after.first() {
                None | Some(b'+' | b'-') if known => Some(word),
                None | Some(b'+' | b'-') if word == b"lts" => None,
                _ => return syntax(rest, "an update, `-ea`, a build or the end"),
            }
        }
        _ => return syntax(rest, "an update, `-ea`, a build or the end"),
    };
    let mut writer = Writer::new(text);
    let end = numbers
        .iter()
        .rposition(|number| number.iter().any(|digit| *digit != b'0'));
    for number in numbers.iter().take(end.map_or(0, |end| end + 1)) {
        writer.digits(number);
    }
    match early {
        Some(word) => {
            writer.mark(EARLY_ACCESS);
            writer.word(word);
        }
        None => writer.mark(RELEASE),
    }
    Ok(writer.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_new_spellings_are_one_version() {
        for same in [
            "1.8.0_292",
            "8u292",
            "8.0.292",
            "1.8.0_292-b10",
            "8u292-b10",
            "1.8.0_update292",
            "8.0.292+10",
        ] {
            assert_eq!(key(same).unwrap(), key("1.8.0_292").unwrap(), "{same}");
        }
        assert_eq!(key("11.0.11+9").unwrap(), key("11.0.11").unwrap());
        assert_eq!(key("1.8.0").unwrap(), key("8").unwrap());
    }

    #[test]
    fn update_levels_are_ordered_across_the_change_of_spelling() {
        let order = [
            "1.4.2_19", "7u80", "8u5", "8u292", "8.0.302", "9.0.4", "11-ea", "11", "11.0.11",
            "17.0.1",
        ];
        for pair in order.windows(2) {
            assert!(key(pair[0]).unwrap() < key(pair[1]).unwrap(), "{pair:?}");
        }
        assert!(key("8u292-foo").is_err());
    }

    #[test]
    fn pre_releases_are_ordered_by_their_words_as_the_runtime_does() {
        let order = ["17-ea", "17-ea2", "17-internal", "17", "17.0.1-ea"];
        for pair in order.windows(2) {
            assert!(key(pair[0]).unwrap() < key(pair[1]).unwrap(), "{pair:?}");
        }
        assert_eq!(key("17-EA+5").unwrap(), key("17-ea+6").unwrap());
        assert!(key("17-2").is_err());
    }
}
