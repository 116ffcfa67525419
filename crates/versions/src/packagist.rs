//! PHP packages (Composer).
//!
//! Source: PHP manual, `version_compare`, and ext/standard/versioning.c; composer/semver,
//! `VersionParser::normalize`.
//!
//! Traps: words are weighed by their beginning: any other word < `dev` < `a…` < `b…` < `RC`/`rc` < the
//! version itself < a number < `p…`, so `1.0-patch1 > 1.0.5`; two unknown words are equal; letters have
//! case, except `RC` and `rc`; `version_compare` holds `1.0 < 1.0.0`, while Composer pads both to four
//! numbers before it compares: the key is `version_compare`'s, [`crate::between`] and [`crate::equal`]
//! compare as Composer does.

use crate::key::{Key, Unparsed, Writer, take_digits, take_while};

const UNKNOWN: u8 = 0x01;
const VERSION_END: u8 = 0x06;
const NUMBER_SIGN: u8 = 0x07;
const PATCH: u8 = 0xE0;

/// The key in the order of `version_compare`.
pub(crate) fn key(text: &str) -> Result<Key, Unparsed> {
    write(text, 0)
}

/// The key of a version as Composer pads it: at least four numbers.
pub(crate) fn padded_key(text: &str) -> Result<Key, Unparsed> {
    write(text, 4)
}

fn write(text: &str, least: usize) -> Result<Key, Unparsed> {
    let mut writer = Writer(Vec::with_capacity(text.len() + 6));
    let mut rest = text.as_bytes();
    if let [b'v' | b'V', tail @ ..] = rest {
        rest = tail;
    }
    if rest.is_empty() {
        return Err(Unparsed::Unstated);
    }
    let mut numbers = 0;
    let mut leading = true;
    while let Some(first) = rest.first() {
        if first.is_ascii_digit() {
            let (digits, after) = take_digits(rest);
            writer.digits(digits);
            numbers += 1;
            rest = after;
            continue;
        }
        let (separators, after) =
            take_while(rest, |byte| matches!(byte, b'.' | b'-' | b'_' | b'+'));
        if !separators.is_empty() {
            rest = after;
            continue;
        }
        if std::mem::take(&mut leading) {
            for _ in numbers..least {
                writer.integer(0);
            }
        }
        let (word, after) = take_while(rest, |byte| {
            !byte.is_ascii_digit() && !matches!(byte, b'.' | b'-' | b'_' | b'+')
        });
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
    const FORMS: [(&[u8], u8); 7] = [
        (b"dev", 0x02),
        (b"a", 0x03),
        (b"b", 0x04),
        (b"RC", 0x05),
        (b"rc", 0x05),
        (b"#", NUMBER_SIGN),
        (b"p", PATCH),
    ];
    FORMS
        .iter()
        .find(|(form, _)| word.starts_with(form))
        .map_or(UNKNOWN, |(_, weight)| *weight)
}
