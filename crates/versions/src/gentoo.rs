//! Gentoo ebuilds.
//!
//! Source: Package Manager Specification 8, section 3.2 (syntax) and 3.3 (algorithms 3.1–3.7).
//!
//! Traps: more numbers are greater, zero or not (`1.0 < 1.0.0`), and numbers weigh more than the letter
//! (`1.0b < 1.0.0`); a number after the first that starts with zero compares as text without its trailing
//! zeros (`1.01 < 1.1`); a missing suffix number and a missing revision are zero; `_p` is above no suffix.

use crate::Scheme;
use crate::key::{Key, Unparsed, Writer, take_digits, take_while};

const NUMBERS_END: u8 = 0x01;
const ZERO_NUMBER: u8 = 0x02;
const SUFFIXES_END: u8 = 0x05;

pub(crate) fn key(text: &str) -> Result<Key, Unparsed> {
    let syntax = |rest: &[u8], expected| {
        Err(Unparsed::syntax(
            Scheme::Gentoo,
            text,
            text.len() - rest.len(),
            expected,
        ))
    };
    let mut writer = Writer::new(text);
    let (first, mut rest) = take_digits(text.as_bytes());
    if first.is_empty() {
        return syntax(rest, "a digit");
    }
    writer.digits(first);
    while let Some(tail) = rest.strip_prefix(b".") {
        let (digits, after) = take_digits(tail);
        match digits {
            [] => return syntax(tail, "a digit"),
            [b'0', ..] => {
                let zeros = digits
                    .iter()
                    .rev()
                    .take_while(|digit| **digit == b'0')
                    .count();
                writer.mark(ZERO_NUMBER);
                writer.text(digits.get(..digits.len() - zeros).unwrap_or_default());
            }
            _ => writer.digits(digits),
        }
        rest = after;
    }
    writer.mark(NUMBERS_END);
    if let [letter @ b'a'..=b'z', tail @ ..] = rest {
        writer.raw(*letter);
        rest = tail;
    } else {
        writer.mark(0);
    }
    while let Some(tail) = rest.strip_prefix(b"_") {
        let (word, after) = take_while(tail, u8::is_ascii_lowercase);
        writer.mark(match word {
            b"alpha" => 0x01,
            b"beta" => 0x02,
            b"pre" => 0x03,
            b"rc" => 0x04,
            b"p" => 0x06,
            _ => return syntax(tail, "alpha, beta, pre, rc or p"),
        });
        let (digits, after) = take_digits(after);
        writer.digits(digits);
        rest = after;
    }
    writer.mark(SUFFIXES_END);
    if let Some(tail) = rest.strip_prefix(b"-r") {
        let (digits, after) = take_digits(tail);
        if digits.is_empty() {
            return syntax(tail, "a revision number");
        }
        writer.digits(digits);
        rest = after;
    } else {
        writer.integer(0);
    }
    if rest.is_empty() {
        Ok(writer.finish())
    } else {
        syntax(rest, "a letter, a suffix, `-r` or the end")
    }
}
