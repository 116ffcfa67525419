//! Text from bytes. RFC 8259, 8.1 asks for UTF-8 without a byte order mark; files come otherwise.

use std::borrow::Cow;

use isocenter_model::{Place, Problem};

use super::problems::Problems;
use crate::spreadsheet::windows_1252;

const RESAVE: &str = "save it as UTF-8";

/// The text of `bytes`, whatever the encoding; anything but plain UTF-8 is reported.
pub(crate) fn decode<'b>(bytes: &'b [u8], problems: &mut Problems) -> Cow<'b, str> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => {
            problems.push(Problem::note(
                "json-byte-order-mark",
                Place::line(1),
                "the file begins with a byte order mark, which JSON forbids",
            ));
            eight_bit(rest, problems)
        }
        [0xFF, 0xFE, rest @ ..] => sixteen_bit(rest, u16::from_le_bytes, problems),
        [0xFE, 0xFF, rest @ ..] => sixteen_bit(rest, u16::from_be_bytes, problems),
        // JSON begins with two ASCII characters, so a zero among the first two bytes tells the order.
        [first, 0, ..] if *first != 0 => sixteen_bit(bytes, u16::from_le_bytes, problems),
        [0, second, ..] if *second != 0 => sixteen_bit(bytes, u16::from_be_bytes, problems),
        _ => eight_bit(bytes, problems),
    }
}

fn sixteen_bit<'b>(
    bytes: &[u8],
    order: fn([u8; 2]) -> u16,
    problems: &mut Problems,
) -> Cow<'b, str> {
    problems.push(
        Problem::error(
            "json-utf-16",
            Place::Document,
            "the file is in UTF-16, where JSON demands UTF-8",
        )
        .hint(RESAVE),
    );
    let units = bytes.chunks_exact(2).map(|pair| {
        order([
            pair.first().copied().unwrap_or(0),
            pair.last().copied().unwrap_or(0),
        ])
    });
    Cow::Owned(
        char::decode_utf16(units)
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
    )
}

fn eight_bit<'b>(bytes: &'b [u8], problems: &mut Problems) -> Cow<'b, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = 1 + memchr::memchr_iter(b'\n', good).count() as u64;
            problems.push(
                Problem::error(
                    "json-not-utf-8",
                    Place::line(line),
                    "the file is not UTF-8 and was read as Windows-1252, so letters beyond ASCII may be wrong",
                )
                .hint(RESAVE),
            );
            Cow::Owned(windows_1252(bytes))
        }
    }
}
