//! The text of an attribute value: escapes, and wildcards at its ends.

use std::borrow::Cow;

/// One element of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// A character, lower case: comparison ignores case (NISTIR 7696, 6.3).
    Literal(u8),
    /// `?`: no character or one.
    Optional,
    /// `*`: any number of characters.
    Run,
}

/// Whether `text` holds an unescaped wildcard. They stand at the ends only (NISTIR 7695,
/// 5.3.2), so the ends decide.
pub(super) fn has_wildcard(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_wild = |byte: Option<&u8>| matches!(byte, Some(b'*' | b'?'));
    if is_wild(bytes.first()) {
        return true;
    }
    let escapes = bytes
        .iter()
        .rev()
        .skip(1)
        .take_while(|byte| **byte == b'\\')
        .count();
    is_wild(bytes.last()) && escapes % 2 == 0
}

/// `text` without the escapes.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        plain.push(match character {
            '\\' => characters.next().unwrap_or('\\'),
            other => other,
        });
    }
    Cow::Owned(plain)
}

/// The elements of `text`.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        tokens.push(match byte {
            b'*' => Token::Run,
            b'?' => Token::Optional,
            b'\\' => Token::Literal(bytes.next().unwrap_or(b'\\').to_ascii_lowercase()),
            other => Token::Literal(other.to_ascii_lowercase()),
        });
    }
    tokens
}

/// Whether some text is covered by both patterns.
pub(super) fn overlap(one: &[Token], other: &[Token]) -> bool {
    // reachable[j]: the first i tokens of `one` and the first j of `other` can spell the same.
    let mut reachable = vec![false; other.len() + 1];
    for i in 0..=one.len() {
        let mut next = vec![false; other.len() + 1];
        for j in 0..=other.len() {
            let left = i.checked_sub(1).and_then(|i| one.get(i));
            let right = j.checked_sub(1).and_then(|j| other.get(j));
            let above = reachable.get(j).copied().unwrap_or(false);
            let before = j.checked_sub(1).and_then(|j| next.get(j)).copied() == Some(true);
            let diagonal =
                i > 0 && j.checked_sub(1).and_then(|j| reachable.get(j)).copied() == Some(true);
            let reached = (i == 0 && j == 0)
                || (i > 0 && above && matches!(left, Some(Token::Optional | Token::Run)))
                || (before && matches!(right, Some(Token::Optional | Token::Run)))
                || (before && left == Some(&Token::Run))
                || (i > 0 && above && right == Some(&Token::Run))
                || (diagonal
                    && match (left, right) {
                        (Some(Token::Literal(a)), Some(Token::Literal(b))) => a == b,
                        _ => true,
                    });
            if let Some(cell) = next.get_mut(j) {
                *cell = reached;
            }
        }
        reachable = next;
    }
    reachable.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(one: &str, other: &str) -> bool {
        let found = overlap(&tokens(one), &tokens(other));
        assert_eq!(
            found,
            overlap(&tokens(other), &tokens(one)),
            "{one} {other}"
        );
        found
    }

    #[test]
    fn wildcards_meet_what_they_cover() {
        assert!(meet("8.*", "8.0.6001"));
        assert!(meet("8.*", "*6001"));
        assert!(meet("sp?", "sp"));
        assert!(meet("sp??", "sp12"));
        assert!(meet("*x*", "x"));
        assert!(!meet("sp?", "sp12"));
        assert!(!meet("8.*", "9.0"));
        assert!(!meet(r"8\*", "8.0"));
        assert!(meet("ABC", "abc"));
    }

    #[test]
    fn only_unescaped_wildcards_count() {
        assert!(has_wildcard("8.*"));
        assert!(has_wildcard("?8"));
        assert!(has_wildcard(r"a\\*"));
        assert!(!has_wildcard(r"a\*"));
        assert!(!has_wildcard(r"\*a"));
        assert!(!has_wildcard(""));
    }
}
