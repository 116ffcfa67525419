//! The character encoding of a text file, told from its bytes.

/// Text with what was done to get it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DecodedText {
    /// The text, without a byte order mark.
    pub(crate) text: String,
    /// The encoding, when it is not UTF-8.
    pub(crate) encoding: Option<&'static str>,
    /// Bytes that mean nothing in that encoding; each stands as U+FFFD.
    pub(crate) damaged: usize,
}

/// Decodes UTF-8, UTF-16 (with or without byte order mark), and otherwise Windows-1252, which
/// holds Latin-1 and is what older exports in Western Europe and America use.
pub(crate) fn decode_text(bytes: &[u8]) -> DecodedText {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return utf8_or_1252(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return utf16(rest, u16::from_be_bytes);
    }
    match zero_halves(bytes) {
        Some(Half::Second) => utf16(bytes, u16::from_le_bytes),
        Some(Half::First) => utf16(bytes, u16::from_be_bytes),
        None => utf8_or_1252(bytes),
    }
}

enum Half {
    First,
    Second,
}

/// Which byte of most pairs is zero, as in UTF-16 of Western text.
fn zero_halves(bytes: &[u8]) -> Option<Half> {
    let head = bytes.get(..bytes.len().min(1_024)).unwrap_or(bytes);
    let pairs = head.len() / 2;
    let (mut first, mut second) = (0, 0);
    for pair in head.chunks_exact(2) {
        match pair {
            [0, 0] => return None,
            [0, _] => first += 1,
            [_, 0] => second += 1,
            _ => {}
        }
    }
    if pairs < 4 {
        None
    } else if second * 10 > pairs * 7 && first == 0 {
        Some(Half::Second)
    } else if first * 10 > pairs * 7 && second == 0 {
        Some(Half::First)
    } else {
        None
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> DecodedText {
    let units = bytes.chunks_exact(2).map(|pair| {
        unit([
            pair.first().copied().unwrap_or(0),
            pair.get(1).copied().unwrap_or(0),
        ])
    });
    let mut damaged = bytes.len() % 2;
    let text = char::decode_utf16(units)
        .map(|unit| {
            unit.unwrap_or_else(|_| {
                damaged += 1;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    DecodedText {
        text,
        encoding: Some("UTF-16"),
        damaged,
    }
}

fn utf8_or_1252(bytes: &[u8]) -> DecodedText {
    let first_error = match std::str::from_utf8(bytes) {
        Ok(text) => {
            return DecodedText {
                text: text.to_owned(),
                encoding: None,
                damaged: 0,
            };
        }
        Err(error) => error,
    };
    let mut sequences = 0usize;
    let mut damaged = 0usize;
    for chunk in bytes.utf8_chunks() {
        sequences += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    // Windows-1252 text hardly ever forms UTF-8 sequences by chance, so a file that has more of
    // them than errors is damaged UTF-8. A cut last character says the same.
    if sequences > damaged || first_error.error_len().is_none() {
        return DecodedText {
            text: String::from_utf8_lossy(bytes).into_owned(),
            encoding: None,
            damaged,
        };
    }
    DecodedText {
        text: windows_1252(bytes),
        encoding: Some("Windows-1252"),
        damaged: 0,
    }
}

/// Text in Windows-1252.
pub(crate) fn windows_1252(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| windows_1252_character(*byte))
        .collect()
}

/// Characters 0x80 to 0x9F of Windows-1252 (WHATWG Encoding Standard, index windows-1252).
const WINDOWS_1252_C1: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252_character(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252_C1
            .get(usize::from(byte - 0x80))
            .copied()
            .unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: Option<&str>) {
        let decoded = decode_text(bytes);
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
    }

    #[test]
    fn the_encoding_is_told_from_the_bytes() {
        check("Gerät;1".as_bytes(), "Gerät;1", None);
        check(b"\xEF\xBB\xBFa;b", "a;b", None);
        check(b"Ger\xE4t;\x80", "Gerät;€", Some("Windows-1252"));
        let utf16: Vec<u8> = "Gerät;1\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        check(&utf16, "Gerät;1\n", Some("UTF-16"));
        let mut marked = b"\xFE\xFF".to_vec();
        marked.extend("a;b".encode_utf16().flat_map(u16::to_be_bytes));
        check(&marked, "a;b", Some("UTF-16"));
    }

    #[test]
    fn one_bad_byte_in_utf8_text_does_not_garble_the_rest() {
        let decoded = decode_text(b"Ger\xC3\xA4t \xC3\xB6 \xFF Ger\xC3\xA4t");
        assert_eq!(decoded.text, "Gerät ö \u{fffd} Gerät");
        assert_eq!(decoded.damaged, 1);
    }

    #[test]
    fn half_a_surrogate_is_damage_not_a_panic() {
        let decoded = decode_text(b"\xFF\xFEa\0\x00\xD8b\0\x00");
        assert_eq!(decoded.text, "a\u{fffd}b");
        assert_eq!(decoded.damaged, 2);
    }
}
