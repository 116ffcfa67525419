//! Windows builds: `10.0.17763.5329`.
//!
//! Source: Microsoft's release information pages and `GetVersionEx`; four numbers: major, minor, build,
//! update build revision (UBR). A short form of build and UBR (`17763.5329`) is `10.0.` with that build, and so
//! is what `winver` shows: `Version 1809 (OS Build 17763.5329)`.
//!
//! Traps: an update is published per build, so a revision says nothing about another build; a version
//! without its revision cannot be told from the patched one, which [`crate::between`] answers with
//! "undetermined" where the range ends inside that build; an article number (`KB5034127`) names one update of
//! several builds and is no level: a later number may be an older fix for another build, so that two numbers are
//! the same or undetermined, and beside a build the number says nothing that the build does not.

use std::cmp::Ordering;

use crate::Scheme;
use crate::key::{Key, Unparsed, Writer, take_digits, value};

/// Windows 10 began with build 10240; a first number from there on is a build, not a major version.
const FIRST_WINDOWS_10: u64 = 10240;

const ARTICLE: Unparsed = Unparsed::Doubtful {
    why: "an article number (KB) names an update, not a level; the build and its update revision do",
};

/// The order of two builds; two article numbers are the same or have none.
pub(crate) fn compare(a: &str, b: &str) -> Result<Ordering, crate::Undetermined> {
    use crate::Undetermined::{First, Pair, Second};
    match (article(a), article(b)) {
        (Some(a), Some(b)) if a == b => Ok(Ordering::Equal),
        (None, None) => Ok(key(a).map_err(First)?.cmp(&key(b).map_err(Second)?)),
        _ => Err(Pair(ARTICLE)),
    }
}

/// The digits of a bare article number: `KB5034127`, `kb 5034127`.
fn article(text: &str) -> Option<&str> {
    let digits = text
        .get(..2)
        .filter(|letters| letters.eq_ignore_ascii_case("kb"))
        .and_then(|_| text.get(2..))?
        .trim_start_matches([' ', '-']);
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// The build inside what `winver`, `systeminfo` and advisories write around it.
fn without_words(text: &str) -> &str {
    if text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return text;
    }
    let lower = text.to_ascii_lowercase();
    let text = match lower.find(" (kb") {
        Some(at) if text.ends_with(')') => text.get(..at).unwrap_or(text),
        _ => text,
    };
    for word in ["os build ", "build "] {
        // Before it stands a name (`Version 1809 (`) or the same build once more (`10.0.17763 `).
        if let Some(at) = lower.rfind(word) {
            let build = text.get(at + word.len()..).unwrap_or_default();
            let build = build.trim_end_matches(')').trim();
            let before = text.get(..at).unwrap_or_default().trim();
            let known = before.is_empty()
                || before.ends_with('(')
                || before.ends_with(&format!(".{}", build.split('.').next().unwrap_or(build)));
            return if known { build } else { text };
        }
    }
    text
}

pub(crate) fn key(text: &str) -> Result<Key, Unparsed> {
    if article(text).is_some() {
        return Err(ARTICLE);
    }
    let (numbers, _) = numbers(text)?;
    let mut writer = Writer::new(text);
    for number in numbers {
        writer.integer(number);
    }
    Ok(writer.finish())
}

/// Whether the update revision is missing: three numbers, or the bare build.
pub(crate) fn lacks_revision(text: &str) -> bool {
    numbers(text).is_ok_and(|(_, count)| count < 4)
}

/// Whether two texts name the same build, whatever their update revisions.
pub(crate) fn same_build(a: &str, b: &str) -> bool {
    match (numbers(a), numbers(b)) {
        (Ok((a, _)), Ok((b, _))) => a.iter().take(3).eq(b.iter().take(3)),
        _ => false,
    }
}

fn numbers(text: &str) -> Result<([u64; 4], usize), Unparsed> {
    let syntax = |rest: &[u8], expected| {
        Unparsed::syntax(
            Scheme::Windows,
            text,
            text.len().saturating_sub(rest.len()),
            expected,
        )
    };
    let mut found = Vec::with_capacity(4);
    let mut rest = without_words(text).as_bytes();
    loop {
        let (digits, after) = take_digits(rest);
        if digits.is_empty() {
            return Err(syntax(rest, "a digit"));
        }
        found.push(value(digits).ok_or_else(|| syntax(rest, "a number of at most 64 bits"))?);
        match after {
            [] => break,
            [b'.', tail @ ..] => rest = tail,
            _ => return Err(syntax(after, "a dot or the end")),
        }
    }
    match found.as_slice() {
        [build] if *build >= FIRST_WINDOWS_10 => Ok(([10, 0, *build, 0], 3)),
        [build, revision] if *build >= FIRST_WINDOWS_10 => Ok(([10, 0, *build, *revision], 4)),
        [a, b] => Ok(([*a, *b, 0, 0], 2)),
        [a, b, c] => Ok(([*a, *b, *c, 0], 3)),
        [a, b, c, d] => Ok(([*a, *b, *c, *d], 4)),
        _ => Err(syntax(&[], "two to four numbers")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builds_compare_by_number_and_a_short_form_is_windows_10() {
        assert!(key("10.0.17763.5329").unwrap() > key("10.0.17763.973").unwrap());
        assert_eq!(key("17763.5329").unwrap(), key("10.0.17763.5329").unwrap());
        assert!(key("6.1.7601.24546").unwrap() < key("10.0.10240.0").unwrap());
    }

    #[test]
    fn a_build_without_its_revision_is_known_as_such() {
        assert!(lacks_revision("10.0.17763"));
        assert!(!lacks_revision("10.0.17763.1"));
        assert!(key("7").is_err());
        assert!(key("10.0.17763 N/A").is_err());
    }

    #[test]
    fn what_winver_and_advisories_write_around_a_build_is_left_out() {
        for text in [
            "OS Build 17763.5329",
            "Version 1809 (OS Build 17763.5329)",
            "10.0.17763.5329 (KB5034127)",
            "build 17763.5329",
        ] {
            assert_eq!(
                key(text).unwrap(),
                key("10.0.17763.5329").unwrap(),
                "{text}"
            );
        }
        assert!(lacks_revision("10.0.17763 Build 17763"));
        assert!(key("Server 2019 build 17763.1 and more").is_err());
    }

    #[test]
    fn an_article_number_is_the_same_or_says_nothing_of_another() {
        assert_eq!(compare("KB5034127", "kb 5034127"), Ok(Ordering::Equal));
        for (a, b) in [("KB5034127", "KB5034122"), ("KB5034127", "10.0.17763.5329")] {
            assert_eq!(
                compare(a, b),
                Err(crate::Undetermined::Pair(ARTICLE)),
                "{a} {b}"
            );
        }
        assert!(key("KB5034127").is_err());
    }
}
