//! Sort keys: bytes whose order is the order of the versions they were made from.
//!
//! A key is a sequence of tokens. Their first bytes never overlap, so that plain byte order decides:
//! marks (`0x00`–`0x0F`) come before numbers (`0x10`–`0xD8`), numbers before words (`0xE0`).

use crate::Scheme;

/// The longest version text that is read. The longest real one in the public feeds is below 200 bytes.
pub const MAX_LENGTH: usize = 4096;

/// A version's place in the order of its scheme.
///
/// Keys of one scheme compare as the versions do; keys of two schemes have nothing to say to each other.
/// The bytes are stable within one release of this crate's major version and fit for a database column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub(crate) Vec<u8>);

impl Key {
    /// The bytes to store or compare.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes to store, without a copy.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// A key from bytes that [`Key::as_bytes`] gave earlier.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl AsRef<[u8]> for Key {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Why a text has no key under a scheme.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unparsed {
    /// The text is empty or stands for "not stated".
    #[error("no version is stated")]
    Unstated,
    /// The text is longer than [`MAX_LENGTH`].
    #[error("the version is {length} bytes long; at most {MAX_LENGTH} are read")]
    TooLong {
        /// Bytes found.
        length: usize,
    },
    /// The text breaks the scheme's syntax.
    #[error("not a {scheme} version: expected {expected} at character {at}")]
    Syntax {
        /// The scheme that was asked for.
        scheme: Scheme,
        /// Where, counted in characters from 1.
        at: usize,
        /// What the scheme wants there.
        expected: &'static str,
    },
    /// The text is well formed but its place in the order is a matter of opinion.
    #[error("{why}")]
    Doubtful {
        /// One clause that says what is ambiguous.
        why: &'static str,
    },
    /// The scheme's order is not a total order, so it has no keys; [`crate::compare`] answers pair by pair.
    #[error("{0} versions have no sort key, they are compared pair by pair")]
    Pairwise(Scheme),
    /// This crate does not know the scheme's order.
    #[error("no order for {0} yet")]
    NoOrder(Scheme),
}

impl Unparsed {
    /// A syntax error at a byte offset of `text`.
    pub(crate) fn syntax(scheme: Scheme, text: &str, byte: usize, expected: &'static str) -> Self {
        let at = text
            .char_indices()
            .take_while(|(start, _)| *start < byte)
            .count()
            + 1;
        Self::Syntax {
            scheme,
            at,
            expected,
        }
    }
}

/// Ends a list of words or numbers: below everything else.
pub(crate) const END: u8 = 0x00;
const WORD: u8 = 0xE0;

const SMALL: u64 = 0xC0;
const NUMBER: u8 = 0x10;
const WIDE: u8 = 0xCF;
const HUGE: u8 = 0xD8;

/// Builds a key token by token.
#[derive(Debug)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    pub(crate) fn new(text: &str) -> Self {
        Self(Vec::with_capacity(text.len() + 4))
    }

    /// A mark, below every number and word.
    pub(crate) fn mark(&mut self, mark: u8) {
        debug_assert!(mark < NUMBER, "marks stay below numbers");
        self.0.push(mark);
    }

    /// A byte of a scheme's own alphabet.
    pub(crate) fn raw(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// An unsigned integer.
    pub(crate) fn integer(&mut self, value: u64) {
        if value < SMALL {
            self.0
                .push(NUMBER + u8::try_from(value).unwrap_or_default());
            return;
        }
        let bytes = value.to_be_bytes();
        let skip = usize::try_from(value.leading_zeros() / 8).unwrap_or_default();
        self.0
            .push(WIDE + u8::try_from(8 - skip).unwrap_or_default());
        self.0.extend(bytes.iter().skip(skip));
    }

    /// A count whose order is turned round: more comes first. Counts beyond [`MAX_LENGTH`] do not occur.
    pub(crate) fn count_down(&mut self, count: u64) {
        self.0
            .extend((u16::MAX - u16::try_from(count).unwrap_or(u16::MAX)).to_be_bytes());
    }

    /// A run of ASCII digits of any length, by its value.
    pub(crate) fn digits(&mut self, digits: &[u8]) {
        let significant = digits
            .iter()
            .position(|d| *d != b'0')
            .map_or(&[][..], |first| digits.get(first..).unwrap_or_default());
        if let Some(value) = value(significant) {
            self.integer(value);
            return;
        }
        // More digits make a bigger number; the count itself is written in base 255, unary first.
        self.0.push(HUGE);
        let mut length = significant.len();
        while length >= 255 {
            self.0.push(255);
            length -= 255;
        }
        self.0.push(u8::try_from(length).unwrap_or_default());
        self.0.extend_from_slice(significant);
    }

    /// A word, above every number; byte order, a prefix first.
    pub(crate) fn word(&mut self, word: &[u8]) {
        self.0.push(WORD);
        self.text(word);
    }

    /// Text in byte order, a prefix first, ended so that what follows cannot be mistaken for it.
    pub(crate) fn text(&mut self, text: &[u8]) {
        for byte in text {
            match byte {
                0 | 1 => self.0.extend([1, *byte + 1]),
                _ => self.0.push(*byte),
            }
        }
        self.0.push(END);
    }

    pub(crate) fn finish(self) -> Key {
        Key(self.0)
    }
}

/// The value of a run of ASCII digits, if it fits.
pub(crate) fn value(digits: &[u8]) -> Option<u64> {
    digits.iter().try_fold(0_u64, |sum, digit| {
        sum.checked_mul(10)?
            .checked_add(u64::from(digit.wrapping_sub(b'0')))
    })
}

/// Splits the leading ASCII digits off.
pub(crate) fn take_digits(text: &[u8]) -> (&[u8], &[u8]) {
    take_while(text, u8::is_ascii_digit)
}

/// Splits the leading bytes off that `keep` accepts.
pub(crate) fn take_while(text: &[u8], keep: impl Fn(&u8) -> bool) -> (&[u8], &[u8]) {
    let end = text
        .iter()
        .position(|byte| !keep(byte))
        .unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, &[]))
}

/// The text without surrounding white space, or why it cannot be a version.
pub(crate) fn stated(text: &str) -> Result<&str, Unparsed> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Unparsed::Unstated);
    }
    if text.len() > MAX_LENGTH {
        return Err(Unparsed::TooLong { length: text.len() });
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(digits: &str) -> Vec<u8> {
        let mut writer = Writer::new("");
        writer.digits(digits.as_bytes());
        writer.finish().into_bytes()
    }

    fn word(text: &[u8]) -> Vec<u8> {
        let mut writer = Writer::new("");
        writer.word(text);
        writer.finish().into_bytes()
    }

    proptest! {
        #[test]
        fn numbers_sort_by_value_at_any_length(a in "0{0,3}[0-9]{1,30}", b in "0{0,3}[0-9]{1,30}") {
            let (x, y) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
            let expected = x.len().cmp(&y.len()).then(x.cmp(y));
            prop_assert_eq!(number(&a).cmp(&number(&b)), expected);
        }

        #[test]
        fn small_numbers_sort_by_value(a in 0_u64..70_000, b in 0_u64..70_000) {
            prop_assert_eq!(number(&a.to_string()).cmp(&number(&b.to_string())), a.cmp(&b));
        }

        #[test]
        fn words_sort_by_bytes_whatever_follows(
            a: Vec<u8>, b: Vec<u8>, tail_a in 0_u64..999, tail_b in 0_u64..999,
        ) {
            let (mut x, mut y) = (word(&a), word(&b));
            x.extend(number(&tail_a.to_string()));
            y.extend(number(&tail_b.to_string()));
            prop_assert_eq!(x.cmp(&y), a.cmp(&b).then(tail_a.cmp(&tail_b)));
        }
    }

    #[test]
    fn a_very_long_number_is_above_a_shorter_one() {
        assert!(number(&"1".repeat(600)) > number(&"9".repeat(599)));
        assert!(number(&"1".repeat(255)) > number(&"9".repeat(254)));
        assert!(number(&u64::MAX.to_string()) < number("18446744073709551616"));
    }

    #[test]
    fn marks_sort_before_numbers_and_numbers_before_words() {
        assert!([0x0F].as_slice() < number("0").as_slice());
        assert!(number(&"9".repeat(300)) < word(b""));
    }
}
