//! One version within the words of a text, with the levels behind it.

use super::Unread;
use super::words::{
    BELOW, BESIDE, JOINT, LABELS, LEVELS, LINE, LONG_LEVELS, NOISE, ORDINAL, REVISION, WITHIN,
    is_month, listed,
};
use crate::series::is_wildcard;

/// The version that the words begin with, and how many words it takes.
///
/// With `letter` a lone capital may be one: a revision.
pub(super) fn version(words: &[String], letter: bool) -> Result<(String, usize), Unread> {
    let Some(word) = words.first() else {
        return Err(Unread::NoVersion);
    };
    let not_understood = || Unread::Words(words.join(" "));
    if is_month(word) || is_date(word) {
        return Err(Unread::Date);
    }
    if let Some(level) = within(words) {
        return Err(Unread::Level(level));
    }
    let bare = without_prefix(word).trim_end_matches(['.', '_']);
    if has_inner_wildcard(bare) {
        return Err(Unread::Wildcard(word.clone()));
    }
    let is_letter = letter && is_capital(bare);
    let has_digit = bare.contains(|c: char| c.is_ascii_digit());
    let is_rank = ORDINAL.iter().any(|end| bare.ends_with(end));
    let is_prose = bare.contains(['/', '#', '%', '&', '@', '*']) && !bare.ends_with(".*");
    let is_sentence = bare.matches('_').count() > 3;
    if word == ","
        || !(has_digit || is_letter)
        || is_rank
        || is_prose
        || is_sentence
        || is_two(bare)
    {
        return Err(not_understood());
    }
    let mut version = bare.to_owned();
    if words.get(1).is_some_and(|word| listed(word, LINE)) && is_dotted(bare) {
        version.push_str(".x");
        return Ok((version, 2));
    }
    let mut taken = 1;
    while let Some(more) = level(words.get(taken..).unwrap_or_default(), bare) {
        for word in words.get(taken..taken + more).unwrap_or_default() {
            version.push(' ');
            version.push_str(word.trim_end_matches('.'));
        }
        taken += more;
    }
    Ok((version, taken))
}

/// Whether the words are levels and nothing else.
pub(super) fn is_levels(words: &[String]) -> bool {
    let mut taken = 0;
    while let Some(more) = level(words.get(taken..).unwrap_or_default(), "") {
        taken += more;
    }
    taken > 0 && taken == words.len()
}

/// How many words are a level of the version `before` them: `SP1`, `Update 6`, `F`, `D15`.
fn level(words: &[String], before: &str) -> Option<usize> {
    let original = words.first()?;
    let starts_with_digit = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
    };
    let (letters, number) = split_letters(original);
    let is_numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    // `R130.2 R140` are two versions of one family, and no version with its level.
    if !letters.is_empty()
        && is_numbered
        && (listed(letters, LEVELS) || letters.len() <= 2)
        && !(letters.eq_ignore_ascii_case("v") && before.starts_with(|c: char| c.is_ascii_digit()))
        && !letters.eq_ignore_ascii_case(split_letters(before).0)
    {
        return Some(1);
    }
    if listed(original, LEVELS) && starts_with_digit(1) {
        return Some(2);
    }
    let long = LONG_LEVELS.iter().find(|phrase| {
        phrase.iter().enumerate().all(|(at, known)| {
            words
                .get(at)
                .is_some_and(|word| word.eq_ignore_ascii_case(known))
        })
    });
    if let Some(long) = long
        && starts_with_digit(long.len())
    {
        return Some(long.len() + 1);
    }
    if listed(original, LABELS) {
        return Some(1);
    }
    // `1.05 F`: only a version with numbers has a letter behind it.
    let has_numbers = before.contains(|c: char| c.is_ascii_digit());
    let ends = words
        .get(1)
        .is_none_or(|next| listed(next, JOINT) || listed(next, BELOW));
    (is_capital(original) && ends && has_numbers).then_some(1)
}

/// The level that the words begin with in place of a version: `SP1 P01`, `Build 1234`.
fn within(words: &[String]) -> Option<String> {
    let first = words.first()?;
    let (letters, rest) = split_letters(first.strip_prefix('v').unwrap_or(first));
    let is_numbered =
        rest.bytes().all(|byte| byte.is_ascii_digit()) && (!rest.is_empty() || words.len() > 1);
    (listed(letters, WITHIN) && is_numbered).then(|| words.join(" "))
}

/// Without a word that is tied to the version: `FW_1.2`, `vD25`.
fn without_prefix(word: &str) -> &str {
    if let Some((first, rest)) = word.split_once('_')
        && listed(first, NOISE)
    {
        return rest.trim_start_matches('_');
    }
    match word.strip_prefix('v') {
        Some(rest)
            if rest.starts_with(|c: char| c.is_ascii_uppercase())
                && rest.contains(|c: char| c.is_ascii_digit()) =>
        {
            rest
        }
        _ => word,
    }
}

/// A day as `8/30/2024`.
fn is_date(word: &str) -> bool {
    let parts: Vec<&str> = word.split('/').collect();
    parts.len() == 3
        && parts
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `V3.X.14`: the numbers behind the wildcard say that it stands for something that the text leaves out.
fn has_inner_wildcard(word: &str) -> bool {
    let numbers = word.strip_prefix(['v', 'V']).unwrap_or(word);
    let mut parts = numbers
        .split('.')
        .skip_while(|part| !is_wildcard(part))
        .peekable();
    parts.peek().is_some() && parts.any(|part| !is_wildcard(part))
}

/// `4.04E_v10.95.210.01`: two names of one version, which have no common order.
fn is_two(word: &str) -> bool {
    let dotted = |part: &&str| {
        part.strip_prefix(['v', 'V'])
            .unwrap_or(part)
            .split_once('.')
            .is_some_and(|(before, _)| {
                !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit())
            })
    };
    word.split('_').filter(dotted).count() > 1
}

/// Several versions of one shape that lost the blanks between them: `F.0.G.0`.
pub(super) fn run_together(word: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = word.split('.').collect();
    let pairs: Vec<&[&str]> = parts.chunks(2).collect();
    let is_revision = |pair: &&[&str]| {
        matches!(pair, [letter, number] if is_capital(letter)
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    (pairs.len() > 1 && pairs.iter().all(is_revision))
        .then(|| pairs.iter().map(|pair| pair.join(".")).collect())
}

/// The two ends of a stretch in one word: `4.0-4.3.2`, `VB30A-VB50`, `1.x-3.x`.
///
/// A hyphen may be a part of a version (`2.03-08`, `2018-1`), so both sides must have dots, or be of one family.
pub(super) fn hyphenated(word: &str) -> Option<(&str, &str)> {
    let (from, to) = word.split_once('-')?;
    if to.contains('-') {
        return None;
    }
    let family = || {
        let (a, b) = (split_letters(from), split_letters(to));
        (1..=3).contains(&a.0.len())
            && a.0.eq_ignore_ascii_case(b.0)
            && [a.1, b.1].iter().all(|rest| {
                rest.starts_with(|c: char| c.is_ascii_digit())
                    && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
    };
    ((is_dotted(from) && is_dotted(to)) || family()).then_some((from, to))
}

/// Numbers with dots between them, the last of which may be wildcards.
fn is_dotted(text: &str) -> bool {
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    text.contains('.')
        && text.split('.').all(|part| {
            is_wildcard(part)
                || (!part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        })
}

/// Whether two words have digits, letters and marks in the same order: `B.02` and `C.03`.
pub(super) fn same_shape(a: &str, b: &str) -> bool {
    let shape = |text: &str| {
        let mut shape: Vec<char> = text
            .chars()
            .map(|c| match c {
                c if c.is_ascii_digit() => '0',
                c if c.is_alphabetic() => 'a',
                c => c,
            })
            .collect();
        shape.dedup_by(|a, b| a == b && *a == '0');
        shape
    };
    shape(a) == shape(b)
}

/// One capital letter: a revision.
pub(super) fn is_capital(word: &str) -> bool {
    matches!(word.as_bytes(), [b'A'..=b'Z'])
}

/// The letters in front of a word, and the rest of it.
pub(super) fn split_letters(word: &str) -> (&str, &str) {
    let end = word
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(word.len());
    word.split_at_checked(end).unwrap_or((word, ""))
}

/// Whether a word may stand inside one version beside its number.
pub(super) fn is_beside(word: &str) -> bool {
    [LEVELS, BESIDE, NOISE, REVISION]
        .iter()
        .any(|list| listed(word, list))
}
