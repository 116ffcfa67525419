//! Text from bytes (XML 1.0, 4.3.3 and appendix F).

use std::borrow::Cow;

use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};

use crate::json::Problems;
use crate::spreadsheet::{counted, decode_text, windows_1252};

/// An XML declaration is among the first bytes of a file or nowhere.
const DECLARATION_WITHIN: usize = 256;

/// Names that mean Latin-1, or Windows-1252, which holds it (IANA character sets).
const LATIN: [&str; 9] = [
    "iso-8859-1",
    "iso8859-1",
    "iso_8859-1",
    "latin1",
    "latin-1",
    "l1",
    "windows-1252",
    "cp1252",
    "cp819",
];

/// Names that mean UTF-8 or its beginning.
const UTF_8: [&str; 5] = ["utf-8", "utf8", "us-ascii", "ascii", "iso646-us"];

/// Names that mean UTF-16 in either order.
const UTF_16: [&str; 5] = ["utf-16", "utf16", "utf-16le", "utf-16be", "iso-10646-ucs-2"];

/// Whether bytes look like an XML document, whatever their encoding.
pub(crate) fn is_xml(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1_024)).unwrap_or(bytes);
    decode_text(head).text.trim_start().starts_with('<')
}

/// The text of `bytes`. What they are goes before what they are said to be; a declaration that
/// lies is reported.
pub(crate) fn decode<'b>(bytes: &'b [u8], problems: &mut Problems) -> Cow<'b, str> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return eight_bit(rest, problems);
    }
    let is_sixteen_bit = matches!(
        bytes,
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [b'<', 0, ..] | [0, b'<', ..]
    );
    if !is_sixteen_bit {
        return eight_bit(bytes, problems);
    }
    let decoded = decode_text(bytes);
    let declared = declared(decoded.text.chars());
    if let Some(name) = declared.filter(|name| !is_among(name, &UTF_16)) {
        problems.push(lie(&name, "UTF-16"));
    }
    if decoded.damaged > 0 {
        problems.push(damaged(decoded.damaged, "UTF-16"));
    }
    Cow::Owned(decoded.text)
}

fn eight_bit<'b>(bytes: &'b [u8], problems: &mut Problems) -> Cow<'b, str> {
    let declared = declared(bytes.iter().map(|byte| char::from(*byte)));
    let name = declared.as_deref().unwrap_or("UTF-8");
    if let Ok(text) = std::str::from_utf8(bytes) {
        if !is_among(name, &UTF_8) && !text.is_ascii() {
            problems.push(lie(name, "UTF-8"));
        }
        return Cow::Borrowed(text);
    }
    if is_among(name, &LATIN) {
        return Cow::Owned(windows_1252(bytes));
    }
    let decoded = decode_text(bytes);
    let known = is_among(name, &UTF_8) || is_among(name, &UTF_16);
    problems.push(match decoded.encoding {
        Some(read_as) if known => lie(name, read_as),
        Some(read_as) => Problem::error(
            "xml-encoding-unknown",
            Place::line(1),
            format!(
                "the encoding {} is not known; the file was read as {read_as}, so letters beyond ASCII may be wrong",
                shortened(name, 40)
            ),
        )
        .hint(RESAVE),
        None => damaged(decoded.damaged, "UTF-8"),
    });
    Cow::Owned(decoded.text)
}

const RESAVE: &str = "save it as UTF-8";

fn lie(said: &str, is: &str) -> Problem {
    Problem::error(
        "xml-encoding-wrong",
        Place::line(1),
        format!(
            "the file says that it is in {} and is not; it was read as {is}",
            shortened(said, 40)
        ),
    )
    .hint(RESAVE)
}

fn damaged(places: usize, encoding: &str) -> Problem {
    Problem::error(
        "xml-encoding-damaged",
        Place::Document,
        format!(
            "{} no character of {encoding}",
            counted(
                places as u64,
                "part of the file is",
                "parts of the file are"
            )
        ),
    )
    .hint(RESAVE)
}

fn is_among(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The encoding that the XML declaration names.
fn declared(text: impl Iterator<Item = char>) -> Option<String> {
    let head: String = text.take(DECLARATION_WITHIN).collect();
    let declaration = head.trim_start().strip_prefix("<?xml")?;
    let (declaration, _) = declaration.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (name, _) = value.get(1..)?.split_once(quote)?;
    Some(name.trim().to_owned())
}
