//! Composer's normal form of a version.
//!
//! Source: composer/semver 3, `VersionParser::normalize` and `normalizeBranch`.

use crate::key::{take_digits, take_while};

/// What Composer makes of a text that it takes for a version.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Numbers with at most one modifier: `1.0.0.0-RC2`.
    Version(String),
    /// A branch by its name, `dev-main`: Composer orders it against nothing.
    Branch,
}

/// The normal form, if the text is a version to Composer.
pub(crate) fn form(text: &str) -> Option<Form> {
    let text = without_metadata(without_stability(text));
    if matches!(text, "master" | "trunk" | "default") || begins(text, "dev-") {
        return Some(Form::Branch);
    }
    let bytes = text.as_bytes();
    let bytes = bytes
        .strip_prefix(b"v")
        .or_else(|| bytes.strip_prefix(b"V"))
        .unwrap_or(bytes);
    numbers(bytes)
        .and_then(|(numbers, rest)| modified(numbers, rest))
        .or_else(|| dates(bytes))
        .or_else(|| branch(bytes))
        .map(Form::Version)
}

/// `1.0@beta` says which stability to accept, not which version it is.
fn without_stability(text: &str) -> &str {
    match text.rsplit_once('@') {
        Some((version, flag))
            if ["stable", "rc", "beta", "alpha", "dev"]
                .iter()
                .any(|word| flag.eq_ignore_ascii_case(word)) =>
        {
            version
        }
        _ => text,
    }
}

fn without_metadata(text: &str) -> &str {
    match text.split_once('+') {
        Some((version, metadata))
            if !version.is_empty()
                && !metadata.is_empty()
                && !version.contains(|c: char| c == ',' || c.is_ascii_whitespace())
                && !metadata.contains(|c: char| c.is_ascii_whitespace()) =>
        {
            version
        }
        _ => text,
    }
}

fn begins(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(word))
}

/// One to four numbers, the first of at most five digits, padded to four.
fn numbers(text: &[u8]) -> Option<(String, &[u8])> {
    let (first, mut rest) = take_digits(text);
    if !(1..=5).contains(&first.len()) {
        return None;
    }
    let mut form = ascii(first);
    for _ in 1..4 {
        form.push('.');
        match rest {
            [b'.', tail @ ..] if tail.first().is_some_and(u8::is_ascii_digit) => {
                let (digits, after) = take_digits(tail);
                form.push_str(&ascii(digits));
                rest = after;
            }
            _ => form.push('0'),
        }
    }
    Some((form, rest))
}

/// Dates and times: four digits, one to six pairs, then perhaps one to three digits.
fn dates(text: &[u8]) -> Option<String> {
    let (year, rest) = text.split_at_checked(4)?;
    if !year.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let rest = groups(rest, MOST_PAIRS, true).filter(|left| left.len() < rest.len())?;
    let dated = text.get(..text.len() - rest.len())?;
    let form = dated
        .iter()
        .map(|byte| {
            if byte.is_ascii_digit() {
                char::from(*byte)
            } else {
                '.'
            }
        })
        .collect();
    modified(form, rest)
}

const MOST_PAIRS: usize = 6;

/// What is left behind the groups of a date, where all that is left can be a modifier: `pairs` groups of two
/// digits may follow, of which there must be one in all, then a `tail` of one to three.
fn groups(text: &[u8], pairs: usize, tail: bool) -> Option<&[u8]> {
    let body = match text {
        [b'.' | b':' | b'-', rest @ ..] => rest,
        _ => text,
    };
    let (digits, _) = take_digits(body);
    let begun = pairs < MOST_PAIRS;
    if pairs > 0
        && digits.len() >= 2
        && let Some(rest) = groups(body.get(2..)?, pairs - 1, tail)
    {
        return Some(rest);
    }
    if begun
        && tail
        && let Some(rest) = (1..=digits.len().min(3))
            .rev()
            .find_map(|length| groups(body.get(length..)?, 0, false))
    {
        return Some(rest);
    }
    (begun && !text.first().is_some_and(u8::is_ascii_digit) && modifier(text).is_some())
        .then_some(text)
}

/// The numbers with the modifier behind them.
fn modified(mut form: String, rest: &[u8]) -> Option<String> {
    let modifier = modifier(rest)?;
    match modifier.word {
        // Composer forgets a `dev` behind the word that it spells in lower case.
        Some("stable") if modifier.lower => return Some(form),
        Some(word) => {
            form.push('-');
            form.push_str(word);
            form.push_str(modifier.number.trim_start_matches(['.', '-']));
        }
        None => {}
    }
    if modifier.dev {
        form.push_str("-dev");
    }
    Some(form)
}

/// `[._-]? (word (numbers)?)? ([.-]?dev)?`, to the end of the text.
struct Modifier<'a> {
    word: Option<&'static str>,
    /// Whether the word is written in lower case.
    lower: bool,
    number: &'a str,
    dev: bool,
}

fn modifier(text: &[u8]) -> Option<Modifier<'_>> {
    const WORDS: [(&str, &str); 9] = [
        ("stable", "stable"),
        ("beta", "beta"),
        ("b", "beta"),
        ("rc", "RC"),
        ("alpha", "alpha"),
        ("a", "alpha"),
        ("patch", "patch"),
        ("pl", "patch"),
        ("p", "patch"),
    ];
    let body = match text {
        [b'.' | b'_' | b'-', tail @ ..] => tail,
        _ => text,
    };
    let (letters, after) = take_while(body, u8::is_ascii_alphabetic);
    let known = |letters: &[u8]| {
        WORDS
            .iter()
            .find(|(word, _)| letters.eq_ignore_ascii_case(word.as_bytes()))
            .map(|(_, normal)| *normal)
    };
    // `dev` may follow without a separator: `1.0-RCdev`.
    let head = letters.len().checked_sub(3).and_then(|at| {
        let (head, tail) = letters.split_at_checked(at)?;
        (tail.eq_ignore_ascii_case(b"dev") && !head.is_empty()).then_some(head)
    });
    let (word, spelled, number, rest) =
        if letters.eq_ignore_ascii_case(b"dev") || letters.is_empty() {
            // The separator may belong to `dev`, and two may stand before it.
            (None, letters, "", body)
        } else if let Some(head) = head {
            (Some(known(head)?), head, "", body.get(head.len()..)?)
        } else {
            let word = known(letters)?;
            let mut rest = after;
            loop {
                let digits = match rest {
                    [b'.' | b'-', tail @ ..] => tail,
                    _ => rest,
                };
                let (digits, after) = take_digits(digits);
                if digits.is_empty() {
                    break;
                }
                rest = after;
            }
            let number = after.get(..after.len() - rest.len())?;
            (Some(word), letters, std::str::from_utf8(number).ok()?, rest)
        };
    let dev = match rest {
        [] => false,
        [b'.' | b'-', tail @ ..] if tail.eq_ignore_ascii_case(b"dev") => true,
        _ if rest.eq_ignore_ascii_case(b"dev") => true,
        _ => return None,
    };
    Some(Modifier {
        word,
        lower: !spelled.iter().any(u8::is_ascii_uppercase),
        number,
        dev,
    })
}

/// `2.1.x-dev`: what a branch of numbers has yet to release is above all that it has.
fn branch(text: &[u8]) -> Option<String> {
    const BEYOND: &str = "9999999";
    let at = text.len().checked_sub(3)?;
    let (name, dev) = text.split_at_checked(at)?;
    if !dev.eq_ignore_ascii_case(b"dev") {
        return None;
    }
    let name = match name {
        [head @ .., b'.' | b'-'] => head,
        _ => name,
    };
    let (first, mut rest) = take_digits(name.trim_ascii());
    if first.is_empty() {
        return None;
    }
    let mut form = ascii(first);
    for _ in 1..4 {
        form.push('.');
        match rest {
            [] => form.push_str(BEYOND),
            [b'.', b'x' | b'X' | b'*', tail @ ..] => {
                form.push_str(BEYOND);
                rest = tail;
            }
            [b'.', tail @ ..] => {
                let (digits, after) = take_digits(tail);
                if digits.is_empty() {
                    return None;
                }
                form.push_str(&ascii(digits));
                rest = after;
            }
            _ => return None,
        }
    }
    rest.is_empty().then(|| form + "-dev")
}

fn ascii(digits: &[u8]) -> String {
    digits.iter().map(|digit| char::from(*digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(
            form(text),
            Some(Form::Version(expected.to_owned())),
            "{text}"
        );
    }

    #[test]
    fn numbers_are_padded_and_the_modifier_is_spelled_out() {
        check("1.2", "1.2.0.0");
        check("v1.2.3.4", "1.2.3.4");
        check("1.0.0RC1", "1.0.0.0-RC1");
        check("1.0.0-pl3.2", "1.0.0.0-patch3.2");
        check("1.0-b.5", "1.0.0.0-beta5");
        check("1.0.0-RC1-dev", "1.0.0.0-RC1-dev");
        check("1.0.0-stable.3", "1.0.0.0");
        check("1.0_", "1.0.0.0");
        check("1.0+build.5", "1.0.0.0");
    }

    #[test]
    fn dates_are_cut_at_what_is_no_digit() {
        check("20240102", "20240102");
        check("2024-01-02.3", "2024.01.02.3");
        check("20240102-203040-p1", "20240102.203040-patch1");
        check("1234567", "1234567");
        assert_eq!(form("1.2.3.4.5"), None);
    }

    #[test]
    fn branches_of_numbers_are_filled_up() {
        check("1.x-dev", "1.9999999.9999999.9999999-dev");
        check("2.1.*-dev", "2.1.9999999.9999999-dev");
        assert_eq!(form("dev-Main"), Some(Form::Branch));
        assert_eq!(form("feature-dev"), None);
    }
}
