//! Semantic Versioning 2.0.0 and its looser relatives.
//!
//! Source: semver.org 2.0.0, items 9–11; leniency as node-semver's loose mode has it.
//!
//! Traps: build metadata has no place in the order (item 10), so two different texts are equal; a numeric
//! identifier is below any word (item 11.4.3), so `1.0.0-9 < 1.0.0-a`; identifiers compare as ASCII, so
//! `RC1 < beta`. Outside the standard but in every feed: a leading `v`, `=` or both, fewer or more than three numbers
//! (missing ones are zero), a pre-release without its hyphen (`1.0.0rc1`). A letter that is *not* a
//! pre-release word, as in OpenSSL's `1.1.1k`, has no place here: reading it as a pre-release would call
//! the patched version older than the flaw.

use crate::Scheme;
use crate::key::{END, Key, Unparsed, Writer, take_digits, take_while};

const PRE_RELEASE: u8 = 0x02;
const RELEASE: u8 = 0x03;

/// What takes part in the order after the pre-release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    Ignored,
    Compared,
}

pub(crate) fn key(scheme: Scheme, text: &str, build: Build) -> Result<Key, Unparsed> {
    let syntax =
        |rest: &[u8], expected| Unparsed::syntax(scheme, text, text.len() - rest.len(), expected);
    let mut writer = Writer::new(text);
    let mut rest = text.as_bytes();
    while let [b'v' | b'V' | b'=' | b' ', tail @ ..] = rest {
        rest = tail;
    }
    rest = numbers(rest, &mut writer).map_err(|rest| syntax(rest, "a digit"))?;

    let (core, metadata) = match rest.iter().position(|byte| *byte == b'+') {
        Some(plus) => (
            rest.get(..plus).unwrap_or_default(),
            rest.get(plus + 1..).unwrap_or_default(),
        ),
        None => (rest, &[][..]),
    };
    match core {
        [] => writer.mark(RELEASE),
        [b'-', identifiers @ ..] => {
            writer.mark(PRE_RELEASE);
            list(identifiers, &mut writer)
                .map_err(|()| syntax(rest, "dot-separated pre-release identifiers"))?;
        }
        _ if is_pre_release_word(core) => {
            writer.mark(PRE_RELEASE);
            list(core, &mut writer)
                .map_err(|()| syntax(rest, "dot-separated pre-release identifiers"))?;
        }
        _ => return Err(syntax(rest, "`-`, `+` or the end")),
    }
    if build == Build::Compared && !metadata.is_empty() {
        list(metadata, &mut writer).map_err(|()| syntax(metadata, "build identifiers"))?;
    }
    Ok(writer.finish())
}

/// Writes dotted numbers without their trailing zeros; the rest starts after the last number.
pub(crate) fn numbers<'a>(text: &'a [u8], writer: &mut Writer) -> Result<&'a [u8], &'a [u8]> {
    let mut rest = text;
    let mut zeros = 0;
    loop {
        let (digits, after) = take_digits(rest);
        if digits.is_empty() {
            return Err(rest);
        }
        if digits.iter().all(|digit| *digit == b'0') {
            zeros += 1;
        } else {
            for _ in 0..std::mem::take(&mut zeros) {
                writer.integer(0);
            }
            writer.digits(digits);
        }
        match after {
            [b'.', tail @ ..] if tail.first().is_some_and(u8::is_ascii_digit) => rest = tail,
            _ => return Ok(after),
        }
    }
}

/// Identifiers between dots: the end below numbers, numbers below words (item 11.4).
fn list(text: &[u8], writer: &mut Writer) -> Result<(), ()> {
    for identifier in text.split(|byte| *byte == b'.') {
        if identifier.is_empty()
            || identifier
                .iter()
                .any(|b| b.is_ascii_whitespace() || b.is_ascii_control())
        {
            return Err(());
        }
        if identifier.iter().all(u8::is_ascii_digit) {
            writer.digits(identifier);
        } else {
            writer.word(identifier);
        }
    }
    writer.mark(END);
    Ok(())
}

/// Whether a suffix without its hyphen is beyond doubt a pre-release.
fn is_pre_release_word(suffix: &[u8]) -> bool {
    let suffix = suffix.strip_prefix(b".").unwrap_or(suffix);
    let (word, rest) = take_while(suffix, u8::is_ascii_alphabetic);
    let word = word.to_ascii_lowercase();
    match word.as_slice() {
        b"alpha" | b"beta" | b"rc" | b"pre" | b"preview" | b"dev" | b"nightly" | b"snapshot" => {
            true
        }
        b"a" | b"b" => rest.first().is_some_and(u8::is_ascii_digit),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn npm(text: &str) -> Result<Key, Unparsed> {
        key(Scheme::SemVer, text, Build::Ignored)
    }

    #[test]
    fn what_only_says_version_is_not_part_of_it() {
        for same in ["v1.2.3", "=1.2.3", "=v1.2.3", "= v1.2.3"] {
            assert_eq!(npm(same).unwrap(), npm("1.2.3").unwrap(), "{same}");
        }
        assert!(npm("v").is_err());
    }
}
