//! Names in place of a version: models, editions, part and article numbers.
//!
//! A name says nothing about any version but itself, so that what only may be a name is taken for one.

use super::version::split_letters;
use super::words::{
    ABOVE, BELOW, BETWEEN, CONDITION, LEVELS, NARROWING, NOISE, ORDINAL, REVISION, WIDENING, listed,
};

/// The longest name; real ones are shorter.
const LONGEST: usize = 80;

/// Whether a text without any word of a range can be a model's or an edition's name.
pub(super) fn is_name(text: &str) -> bool {
    let mut words = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ','));
    text.len() <= LONGEST
        && !text.contains(['<', '>', '=', '≤', '≥', '*', '_'])
        && !words.any(|word| {
            [BELOW, ABOVE, BETWEEN, NARROWING, CONDITION, WIDENING]
                .iter()
                .any(|list| listed(word, list))
        })
}

/// Whether one word is as likely a model or a part number as a version.
///
/// Many digits in a row without a dot, many letters, or letters tied to a number by a hyphen: `2404577`, `650`,
/// `A51200`, `HPW2P1`, `MMT-1710`. A year is a version (`2019a`), and so is a family with two digits (`BT06`,
/// `VB30A`, `R101`).
pub(super) fn may_be_model(version: &str) -> bool {
    let word = version.split(' ').next().unwrap_or(version);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_year = |text: &str| {
        text.len() == 4 && is_digits(text) && (text.starts_with("19") || text.starts_with("20"))
    };
    if is_digits(word) {
        return word.len() >= 3 && !is_year(word);
    }
    if word.contains('.') {
        return false;
    }
    let (letters, rest) = split_letters(word);
    if [LEVELS, NOISE, REVISION]
        .iter()
        .any(|list| list.len() > 1 && letters.len() > 1 && listed(letters, list))
    {
        return false;
    }
    let tied = letters.len() > 1 && rest.strip_prefix('-').is_some_and(is_digits);
    let longest = |of: fn(&char) -> bool| {
        word.split(|c: char| !of(&c))
            .map(str::len)
            .max()
            .unwrap_or_default()
    };
    let digits = longest(char::is_ascii_digit);
    let has_letters = word.contains(|c: char| c.is_ascii_alphabetic());
    let years_only = word
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() >= 4)
        .all(is_year);
    let family = word.split(['-', '_']).next().unwrap_or(word);
    let letter_runs = family
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|run| !run.is_empty())
        .count();
    tied || letters.len() > 2
        || letter_runs > 2
        || (digits >= if has_letters { 4 } else { 5 } && !years_only)
}

/// `2nd Edition`: a rank, which makes a name.
pub(super) fn is_rank(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        ORDINAL.iter().any(|end| {
            word.strip_suffix(end)
                .is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
        })
    })
}

/// Whether two texts are the same name: without regard to case, blanks, hyphens and underscores.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    let bare = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_'))
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    bare(a) == bare(b)
}
