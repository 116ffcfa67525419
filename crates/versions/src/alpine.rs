//! Alpine packages (apk), Wolfi and Chainguard.
//!
//! Source: apk-package(5) and `apk_version_compare` of apk-tools 3 (src/version.c).
//!
//! Traps: a number after the first that starts with zero compares as text (`1.01 < 1.1`); suffixes before
//! the release are `_alpha _beta _pre _rc`, after it `_cvs _svn _git _hg _p`; where one version goes on and
//! the other ends, the longer is greater unless it goes on with a suffix before the release; a version
//! that breaks the syntax sorts by its valid beginning, below that beginning alone.

use crate::Scheme;
use crate::key::{Key, Unparsed, Writer, take_digits, take_while};

const PRE_SUFFIX: u8 = 0x01;
const INVALID: u8 = 0x02;
const VERSION_END: u8 = 0x03;
const REVISION: u8 = 0x04;
const HASH: u8 = 0x05;
const SUFFIX_NUMBER: u8 = 0x06;
const POST_SUFFIX: u8 = 0x07;
const LETTER: u8 = 0x08;
const ZERO_NUMBER: u8 = 0x09;

const PRE: [&[u8]; 4] = [b"alpha", b"beta", b"pre", b"rc"];
const POST: [&[u8]; 5] = [b"cvs", b"svn", b"git", b"hg", b"p"];

pub(crate) fn key(text: &str) -> Result<Key, Unparsed> {
    let mut writer = Writer::new(text);
    let (first, mut rest) = take_digits(text.as_bytes());
    if first.is_empty() {
        return Err(Unparsed::syntax(Scheme::Alpine, text, 0, "a digit"));
    }
    writer.digits(first);
    while let Some(tail) = rest.strip_prefix(b".") {
        let (digits, after) = take_digits(tail);
        match digits {
            [] => break,
            [b'0', ..] => {
                writer.mark(ZERO_NUMBER);
                writer.text(digits);
            }
            _ => writer.digits(digits),
        }
        rest = after;
    }
    if let [letter @ b'a'..=b'z', tail @ ..] = rest {
        writer.mark(LETTER);
        writer.raw(*letter);
        rest = tail;
    }
    while let Some(tail) = rest.strip_prefix(b"_") {
        let (word, after) = take_while(tail, u8::is_ascii_lowercase);
        let rank = |words: &[&[u8]]| {
            words
                .iter()
                .position(|known| *known == word)
                .and_then(|rank| u8::try_from(rank).ok())
        };
        if let Some(rank) = rank(&PRE) {
            writer.mark(PRE_SUFFIX);
            writer.mark(rank);
        } else if let Some(rank) = rank(&POST) {
            writer.mark(POST_SUFFIX);
            writer.mark(rank);
        } else {
            break;
        }
        let (digits, after) = take_digits(after);
        if !digits.is_empty() {
            writer.mark(SUFFIX_NUMBER);
            writer.digits(digits);
        }
        rest = after;
    }
    if let Some(tail) = rest.strip_prefix(b"~") {
        let (hash, after) = take_while(tail, |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !hash.is_empty() {
            writer.mark(HASH);
            writer.text(hash);
            rest = after;
        }
    }
    if let Some(tail) = rest.strip_prefix(b"-r") {
        let (digits, after) = take_digits(tail);
        if !digits.is_empty() {
            writer.mark(REVISION);
            writer.digits(digits);
            rest = after;
        }
    }
    if rest.is_empty() {
        writer.mark(VERSION_END);
    } else {
        writer.mark(INVALID);
        writer.text(rest);
    }
    Ok(writer.finish())
}
