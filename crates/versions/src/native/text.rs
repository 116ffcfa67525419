//! Reading a range text from left to right, and saying where it broke.

use super::Syntax;
use crate::vers::Comparator;

/// The longest range text that is read, in bytes. Lists in advisories stay below a few thousand.
pub const MAX_LENGTH: usize = 16 * 1024;

/// The most constraints that are read in one range.
pub const MAX_CONSTRAINTS: usize = 256;

/// Why a text is no range of a syntax.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotRange {
    /// The text is longer than [`MAX_LENGTH`].
    #[error("the range is {length} bytes long; at most {MAX_LENGTH} are read")]
    TooLong {
        /// Bytes found.
        length: usize,
    },
    /// The range has more constraints than [`MAX_CONSTRAINTS`].
    #[error("the range has more than {MAX_CONSTRAINTS} constraints")]
    TooMany,
    /// The text breaks the syntax.
    #[error("no range of {syntax}: expected {expected} at character {at}")]
    Syntax {
        /// The syntax that was asked for.
        syntax: Syntax,
        /// Where, counted in characters from 1.
        at: usize,
        /// What the syntax wants there.
        expected: &'static str,
    },
}

/// A place in a range text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) syntax: Syntax,
    whole: &'a str,
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(syntax: Syntax, whole: &'a str) -> Self {
        Self {
            syntax,
            whole,
            rest: whole,
        }
    }

    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    pub(super) fn is_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// An error at this place.
    pub(super) fn error(&self, expected: &'static str) -> NotRange {
        self.error_at_text(self.rest, expected)
    }

    /// An error at a slice of the text.
    pub(super) fn error_at_text(&self, text: &str, expected: &'static str) -> NotRange {
        let byte = text
            .as_ptr()
            .addr()
            .checked_sub(self.whole.as_ptr().addr())
            .filter(|byte| *byte <= self.whole.len());
        self.error_at(byte.unwrap_or_default(), expected)
    }

    fn error_at(&self, byte: usize, expected: &'static str) -> NotRange {
        let before = self.whole.char_indices().take_while(|(at, _)| *at < byte);
        NotRange::Syntax {
            syntax: self.syntax,
            at: before.count() + 1,
            expected,
        }
    }

    /// Goes on at a slice of the text, and to its end only.
    pub(super) fn enter(&mut self, part: &'a str) {
        self.rest = part;
    }

    /// An error behind a slice of the text.
    pub(super) fn error_at_end(&self, text: &str, expected: &'static str) -> NotRange {
        self.error_at_text(text.get(text.len()..).unwrap_or(text), expected)
    }

    /// Passes one character.
    pub(super) fn take_one(&mut self) {
        let mut chars = self.rest.chars();
        chars.next();
        self.rest = chars.as_str();
    }

    /// Passes white space; whether there was any.
    pub(super) fn skip_space(&mut self) -> bool {
        let trimmed = self.rest.trim_start();
        let skipped = trimmed.len() < self.rest.len();
        self.rest = trimmed;
        skipped
    }

    /// Passes a sign if it stands here.
    pub(super) fn eat(&mut self, sign: &str) -> bool {
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Passes a word if it stands here and ends here.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let Some(head) = self.rest.get(..word.len()) else {
            return false;
        };
        let after = self.rest.get(word.len()..).unwrap_or_default();
        let ends = !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_'));
        if head.eq_ignore_ascii_case(word) && ends {
            self.rest = after;
            return true;
        }
        false
    }

    /// Takes the characters from here that are wanted.
    pub(super) fn take(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let end = self
            .rest
            .find(|c: char| !wanted(c))
            .unwrap_or(self.rest.len());
        let (head, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        head
    }

    /// The first of the signs that stands here; longer signs must come first.
    pub(super) fn sign<T: Copy>(&mut self, signs: &[(&str, T)]) -> Option<T> {
        signs
            .iter()
            .find(|(sign, _)| self.eat(sign))
            .map(|(_, meaning)| *meaning)
    }
}

/// The comparators that most syntaxes share, longest first.
pub(super) const COMPARATORS: &[(&str, Comparator)] = &[
    (">=", Comparator::GreaterOrEqual),
    ("<=", Comparator::LessOrEqual),
    ("!=", Comparator::NotEqual),
    ("==", Comparator::Equal),
    (">", Comparator::Greater),
    ("<", Comparator::Less),
    ("=", Comparator::Equal),
];

/// The parts of a text between separators, each with its place kept: slices of the text.
pub(super) fn split_or(text: &str) -> impl Iterator<Item = &str> {
    text.split("||").map(str::trim)
}
