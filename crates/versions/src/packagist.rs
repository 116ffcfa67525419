//! PHP packages (Composer).
//!
//! Source: PHP manual, `version_compare`, and ext/standard/versioning.c; composer/semver,
//! `VersionParser::normalize`.
//!
//! Traps: words are weighed by their beginning: any other word < `dev` < `a…` < `b…` < `RC`/`rc` < the
//! version itself < a number < `p…`, so `1.0-patch1 > 1.0.5`; two unknown words are equal; letters have
//! case, except `RC` and `rc`; every run of other characters is one separator. `version_compare` holds
//! `1.0 < 1.0.0` and `1.0 < 1.0+build`; Composer first brings both to its normal form, of four numbers, one
//! modifier in its own spelling and no metadata: the key is `version_compare`'s, [`crate::between`] and
//! [`crate::equal`] compare as Composer does. A branch (`dev-main`) has no place among the numbers, a branch
//! of numbers (`2.1.x-dev`) is above all its releases.

pub(crate) mod normal;

use crate::Scheme;
use crate::key::{Key, Unparsed, Writer, take_digits, take_while};

const UNKNOWN: u8 = 0x01;
const VERSION_END: u8 = 0x06;
const PATCH: u8 = 0xE0;

/// The key in the order of `version_compare`.
pub(crate) fn key(text: &str) -> Result<Key, Unparsed> {
    write(text, 0)
}

/// The key of a version as Composer compares it: of its normal form. What Composer takes for no version is
/// padded to four numbers, as the normal form is.
pub(crate) fn composer_key(text: &str) -> Result<Key, Unparsed> {
    match normal::form(text) {
        Some(normal::Form::Version(normal)) => write(&normal, 0),
        Some(normal::Form::Branch) => Err(Unparsed::Doubtful {
            why: "a development branch has no place among the numbers",
        }),
        None => write(text, 4),
    }
}

fn write(text: &str, least: usize) -> Result<Key, Unparsed> {
    let mut writer = Writer(Vec::with_capacity(text.len() + 6));
    let mut rest = text.as_bytes();
    if let [b'v' | b'V', tail @ ..] = rest {
        rest = tail;
    }
    if !rest.first().is_some_and(u8::is_ascii_alphanumeric) {
        return Err(Unparsed::syntax(
            Scheme::Packagist,
            text,
            text.len() - rest.len(),
            "a digit or letter",
        ));
    }
    let mut numbers = 0;
    let mut leading = true;
    let mut behind_number = false;
    while let Some(first) = rest.first() {
        if first.is_ascii_digit() {
            let (digits, after) = take_digits(rest);
            writer.digits(digits);
            numbers += 1;
            behind_number = true;
            rest = after;
            continue;
        }
        // Any other character directly behind a number begins a word: `1#`, `1~beta`.
        let sign = usize::from(behind_number && !matches!(first, b'.' | b'-' | b'_' | b'+'));
        behind_number = false;
        let (separators, after) = take_while(rest, |byte| !byte.is_ascii_alphanumeric());
        if !separators.is_empty() && sign == 0 {
            if after.is_empty() {
                return Err(Unparsed::syntax(
                    Scheme::Packagist,
                    text,
                    text.len(),
                    "a digit or letter",
                ));
            }
            rest = after;
            continue;
        }
        if rest.starts_with(b"#") {
            return Err(Unparsed::Doubtful {
                why: "PHP takes a number sign behind a number for equal to every number",
            });
        }
        if std::mem::take(&mut leading) {
            for _ in numbers..least {
                writer.integer(0);
            }
        }
        let (letters, after) = take_while(
            rest.get(sign..).unwrap_or_default(),
            u8::is_ascii_alphabetic,
        );
        let word = rest.get(..sign + letters.len()).unwrap_or(letters);
        writer.raw(weight(word));
        rest = after;
    }
    if leading {
        for _ in numbers..least {
            writer.integer(0);
        }
    }
    writer.mark(VERSION_END);
    Ok(writer.finish())
}

fn weight(word: &[u8]) -> u8 {
    const FORMS: [(&[u8], u8); 6] = [
        (b"dev", 0x02),
        (b"a", 0x03),
        (b"b", 0x04),
        (b"RC", 0x05),
        (b"rc", 0x05),
        (b"p", PATCH),
    ];
    FORMS
        .iter()
        .find(|(form, _)| word.starts_with(form))
        .map_or(UNKNOWN, |(_, weight)| *weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_weighed_by_their_beginning() {
        let order = [
            "1.0-dev",
            "1.0-alpha1",
            "1.0b2",
            "1.0RC1",
            "1.0",
            "1.0.1",
            "1.0-p1",
        ];
        for pair in order.windows(2) {
            assert!(key(pair[0]).unwrap() < key(pair[1]).unwrap(), "{pair:?}");
        }
        assert_eq!(key("1.0-foo").unwrap(), key("1.0.xyz").unwrap());
        assert_eq!(key("V1.0").unwrap(), key("1.0").unwrap());
    }

    #[test]
    fn the_key_keeps_the_length_and_composers_key_does_not() {
        assert!(key("1.0").unwrap() < key("1.0.0").unwrap());
        assert_eq!(composer_key("1.0").unwrap(), composer_key("1.0.0").unwrap());
        assert!(composer_key("1.0-RC1").unwrap() < composer_key("1.0.0").unwrap());
        assert!(key("1.0#2").is_err());
        assert!(key("1.0.").is_err());
    }

    #[test]
    fn composer_knows_no_metadata_no_stability_flag_and_no_case() {
        let same = |a, b| {
            assert_eq!(
                composer_key(a).unwrap(),
                composer_key(b).unwrap(),
                "{a} {b}"
            );
        };
        same("1.0+2", "1.0");
        same("1.0@RC", "1.0");
        same("1.0-stable", "1.0");
        same("1.0PL2", "1.0-patch2");
        same("1.0-BETA1", "1.0b1");
        assert!(composer_key("1.0-Patch").unwrap() > composer_key("1.0").unwrap());
    }

    #[test]
    fn a_branch_of_numbers_is_above_its_releases_and_a_named_one_has_no_place() {
        assert!(composer_key("2.1.x-dev").unwrap() > composer_key("2.1.99").unwrap());
        assert!(composer_key("2.1.x-dev").unwrap() < composer_key("2.2-dev").unwrap());
        assert!(composer_key("dev-main").is_err());
        assert!(composer_key("master").is_err());
    }
}
