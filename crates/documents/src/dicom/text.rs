//! The texts of a data set in its character sets (PS3.5 clause 6.1).

use std::sync::LazyLock;

use encoding_rs::Encoding;

/// The character sets that one data set names.
#[derive(Debug, Clone, Default)]
pub(super) struct CharacterSets {
    /// The encoding that reads all of them; `None` where none beyond ASCII is named.
    encoding: Option<&'static Encoding>,
    /// Whether one is named that is not known here.
    pub(super) has_unknown: bool,
}

/// A text with whether some of its bytes mean nothing in its character sets.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) is_damaged: bool,
}

impl CharacterSets {
    /// The sets named by the value of (0008,0005). Of several the first beyond ASCII that switches
    /// by escape sequences decides, else the first of all.
    pub(super) fn named_by(value: &[u8]) -> Self {
        let mut sets = Self::default();
        for term in String::from_utf8_lossy(value).split('\\') {
            let term = term.trim_matches([' ', '\0']);
            if term.is_empty() {
                continue;
            }
            match TERMS.iter().find(|(known, _)| *known == term) {
                None => sets.has_unknown = true,
                Some((_, None)) => {}
                Some((_, Some(encoding))) => {
                    let switches = encoding.output_encoding() == encoding_rs::UTF_8
                        || !encoding.is_single_byte();
                    if sets.encoding.is_none() || switches {
                        sets.encoding = Some(encoding);
                    }
                }
            }
        }
        sets
    }

    /// A value as text, without the blanks that fill it to an even length.
    pub(super) fn decode(&self, value: &[u8]) -> Decoded {
        let (text, is_damaged) = match self.encoding {
            Some(encoding) if encoding == encoding_rs::ISO_2022_JP => decoded(encoding, value),
            Some(encoding) => decoded(encoding, &without_escapes(value)),
            None if value.is_ascii() => decoded(encoding_rs::UTF_8, value),
            // A file that names no set may hold only ASCII. Many hold UTF-8 or Latin-1 all the same.
            None => match std::str::from_utf8(value) {
                Ok(text) => (text.to_owned(), true),
                Err(_) => (decoded(encoding_rs::WINDOWS_1252, value).0, true),
            },
        };
        Decoded {
            text: text.trim_matches([' ', '\0']).to_owned(),
            is_damaged,
        }
    }
}

fn decoded(encoding: &'static Encoding, value: &[u8]) -> (String, bool) {
    let (text, is_damaged) = encoding.decode_without_bom_handling(value);
    (text.into_owned(), is_damaged)
}

/// A value without its escape sequences (ISO/IEC 2022): ESC, intermediate bytes, one final byte.
fn without_escapes(value: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(value.len());
    let mut bytes = value.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte == 0x1B {
            for escaped in bytes.by_ref() {
                if !(0x20..=0x2F).contains(&escaped) {
                    break;
                }
            }
        } else {
            plain.push(byte);
        }
    }
    plain
}

/// The terms of `catalogs/dicom_character_sets.csv` with their encodings; `None` for ASCII.
static TERMS: LazyLock<Vec<(&'static str, Option<&'static Encoding>)>> = LazyLock::new(|| {
    let text: &'static str = include_str!("../../../../catalogs/dicom_character_sets.csv");
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|row| {
        let (term, label) = row.split_once(',')?;
        let encoding = Encoding::for_label(label.as_bytes())?;
        Some((term, (label != "us-ascii").then_some(encoding)))
    })
    .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_of_the_catalog_has_an_encoding() {
        let text = include_str!("../../../../catalogs/dicom_character_sets.csv");
        let rows = text.lines().filter(|line| !line.starts_with('#')).count() - 1;
        assert_eq!(TERMS.len(), rows);
    }

    #[test]
    fn a_text_is_read_in_the_set_that_the_file_names() {
        for (sets, value, text, is_damaged) in [
            ("", &b"Clinic "[..], "Clinic", false),
            ("ISO_IR 100", b"Universit\xe4t\0", "Universität", false),
            ("ISO_IR 192", "Universität".as_bytes(), "Universität", false),
            (
                "ISO_IR 144",
                b"\xbb\xee\xda\xe1\xd5\xdc\xd1\xe3\xe0\xd3",
                "Люксембург",
                false,
            ),
            ("ISO_IR 13", b"\xd4\xcf\xc0\xde", "ﾔﾏﾀﾞ", false),
            ("ISO_IR 166", b"\xca\xc1\xaa\xd2\xc2", "สมชาย", false),
            ("GB18030", b"\xcd\xf5", "王", false),
            (
                "\\ISO 2022 IR 87",
                b"\x1b$B;3ED\x1b(B Clinic",
                "山田 Clinic",
                false,
            ),
            ("\\ISO 2022 IR 149", b"\x1b$)C\xb1\xe8", "김", false),
            ("\\ISO 2022 IR 58", b"\x1b$)A\xd5\xc5", "张", false),
            ("ISO_IR 192", b"Universit\xe4t", "Universit\u{fffd}t", true),
            ("", b"Universit\xe4t", "Universität", true),
            ("", "Universität".as_bytes(), "Universität", true),
            ("ISO_IR 999", b"Universit\xe4t", "Universität", true),
        ] {
            let sets = CharacterSets::named_by(sets.as_bytes());
            let decoded = sets.decode(value);
            assert_eq!(
                (decoded.text.as_str(), decoded.is_damaged),
                (text, is_damaged)
            );
        }
        assert!(CharacterSets::named_by(b"ISO_IR 999").has_unknown);
    }
}
