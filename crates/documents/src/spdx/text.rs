//! The text of a document, and in which syntax it is written.

use std::borrow::Cow;

use isocenter_model::{Place, Problem};
use memchr::memmem;

use crate::json::Problems;
use crate::spreadsheet::decode_text;

/// The syntaxes of SPDX that are not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// YAML 1.2.
    Yaml,
    /// Lines of `Tag: value`.
    TagValue,
}

/// Whether `bytes` are JSON, whatever their encoding: it begins with a bracket.
pub(super) fn is_json(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .find(|byte| {
            !matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF) && !byte.is_ascii_whitespace()
        })
        .is_some_and(|byte| matches!(byte, b'{' | b'['))
}

/// The syntax of a text: the version of SPDX stands at the beginning of a line, wherever that is.
pub(super) fn syntax(text: &str) -> Option<Syntax> {
    let bytes = text.as_bytes();
    let begins_line = |word: &str| {
        memmem::find_iter(bytes, word.as_bytes())
            .find(|at| {
                let before = bytes.get(..*at).unwrap_or_default();
                let before = before.strip_suffix(b"\"").unwrap_or(before);
                let before = before.strip_suffix(b"'").unwrap_or(before);
                let after = bytes.get(at + word.len()..).unwrap_or_default();
                matches!(before.last(), None | Some(b'\n' | b'\r'))
                    && matches!(after.first(), Some(b':' | b'"' | b'\'' | b' ' | b'\t'))
            })
            .is_some()
    };
    if begins_line("SPDXVersion") {
        Some(Syntax::TagValue)
    } else if begins_line("spdxVersion") {
        Some(Syntax::Yaml)
    } else {
        None
    }
}

/// The text of `bytes`; anything but UTF-8 is reported.
pub(super) fn decode<'b>(bytes: &'b [u8], problems: &mut Problems) -> Cow<'b, str> {
    let unmarked = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // A zero among the first bytes tells UTF-16, which is sound UTF-8 by chance.
    let is_wide = unmarked.iter().take(2).any(|byte| *byte == 0);
    if !is_wide && let Ok(text) = std::str::from_utf8(unmarked) {
        return Cow::Borrowed(text);
    }
    let decoded = decode_text(bytes);
    let what = match decoded.encoding {
        Some(encoding) => format!("the file is in {encoding}"),
        None => format!("{} characters are not UTF-8", decoded.damaged),
    };
    problems.push(
        Problem::error(
            "spdx-encoding",
            Place::Document,
            format!("{what}, where SPDX demands UTF-8"),
        )
        .hint("save it as UTF-8"),
    );
    Cow::Owned(decoded.text)
}

/// Whether `bytes` are an SPDX document in YAML or tag-value.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    syntax(&decode(bytes, &mut Problems::default())).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_at_the_beginning_of_a_line_tells_the_syntax() {
        for (text, expected) in [
            ("SPDXVersion: SPDX-2.3\n", Some(Syntax::TagValue)),
            ("# about\r\nSPDXVersion:SPDX-2.3", Some(Syntax::TagValue)),
            (
                "---\nSPDXID: x\nspdxVersion: \"SPDX-2.2\"",
                Some(Syntax::Yaml),
            ),
            ("\"spdxVersion\": SPDX-2.2", Some(Syntax::Yaml)),
            ("Asset;SPDXVersion:;Model\n", None),
            ("notes:\n  spdxVersion: 2\n", None),
            ("", None),
        ] {
            assert_eq!(syntax(text), expected, "{text}");
        }
        let utf16: Vec<u8> = "SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(is_text(&utf16));
    }
}
