//! Is a text one version, and which?

use super::version::is_beside;
use super::words::{LEVELS, NOISE, REVISION, listed};

/// Longer texts are no version; the longest real ones are commit ids and build strings.
const LONGEST: usize = 100;

/// The one version that a text is, without a leading "version"; `None` where it could be more than one, a
/// series, a range or a model.
///
/// Formats ask for one version and authors write `14.1.x`, `1.1 | 2.1`, `3.2 and prior` or the name of a
/// model. Taken as one exact version, each of these would be a quiet "no" for every device.
pub fn single(text: &str) -> Option<&str> {
    let mut text = text.trim();
    if text.len() > LONGEST || text == "0" {
        return None;
    }
    if is_plain(text) {
        return Some(text);
    }
    if let Some(inner) = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
    {
        text = inner.trim();
    }
    let announces = |word: &str| listed(word, NOISE) || listed(word, REVISION);
    while let Some((word, rest)) = text.split_once(' ') {
        let rest = rest.trim_start();
        let number = rest.strip_prefix(['v', 'V']).unwrap_or(rest);
        let goes_on = number.starts_with(|first: char| first.is_ascii_digit())
            || rest.split(' ').next().is_some_and(announces);
        if !(announces(word) && goes_on) {
            break;
        }
        text = rest;
    }
    if text.contains([',', ';', '|', '&', '/', '*', '"', '<', '>', '=', '≤', '≥'])
        || text.ends_with('+')
    {
        return None;
    }
    let mut first_letters = None;
    let mut after_word = true;
    for token in text.split_whitespace() {
        let token = token.trim_matches(['(', ')', ':', '.']);
        if is_beside(token) {
            after_word = true;
            continue;
        }
        if !token.bytes().any(|byte| byte.is_ascii_digit()) || is_wildcard(token) || is_model(token)
        {
            return None;
        }
        let letters = leading_letters(token);
        // A second number, or a second of the same letters, is a list: `1.3.2 1.4.0`, `R101 R110`.
        match first_letters {
            None => first_letters = Some(letters),
            Some(first) => {
                let is_number = letters.is_empty() || letters.eq_ignore_ascii_case("v");
                if !after_word && (is_number || letters.eq_ignore_ascii_case(first)) {
                    return None;
                }
            }
        }
        after_word = false;
    }
    first_letters.map(|_| text)
}

/// The common case, told by its bytes: begins with a digit and goes on with digits, dots, hyphens.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().any(|byte| *byte != b'0')
        && bytes.first().is_some_and(u8::is_ascii_digit)
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
}

fn leading_letters(token: &str) -> &str {
    let end = token
        .find(|character: char| !character.is_alphabetic())
        .unwrap_or(token.len());
    token.get(..end).unwrap_or_default()
}

/// `14.1.x`, `C.0x`, `XMM73xx`: an x that stands for any number.
fn is_wildcard(token: &str) -> bool {
    token.split(['.', '-', '_']).any(|part| {
        let before = part.trim_end_matches(['x', 'X']);
        before.len() < part.len() && before.bytes().all(|byte| byte.is_ascii_alphanumeric()) && {
            before.is_empty() || before.ends_with(|last: char| last.is_ascii_digit())
        }
    })
}

/// `MMT-1710`: two letters or more, a hyphen and a number name a model; `rc-2` and `build-7` do not.
fn is_model(token: &str) -> bool {
    token.split_once('-').is_some_and(|(letters, number)| {
        letters.len() > 1
            && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !listed(letters, LEVELS)
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}
