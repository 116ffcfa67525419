//! Windows builds: `10.0.17763.5329`.
//!
//! Source: Microsoft's release information pages and `GetVersionEx`; four numbers: major, minor, build,
//! update build revision (UBR). A short form of build and UBR (`17763.5329`) is `10.0.` with that build.
//!
//! Traps: an update is published per build, so a revision says nothing about another build; a version
//! without its revision cannot be told from the patched one, which [`crate::between`] answers with
//! "undetermined" where the range ends inside that build.

use crate::Scheme;
use crate::key::{Key, Unparsed, Writer, take_digits, value};

/// Windows 10 began with build 10240; a first number from there on is a build, not a major version.
const FIRST_WINDOWS_10: u64 = 10240;

pub(crate) fn key(text: &str) -> Result<Key, Unparsed> {
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
        Unparsed::syntax(Scheme::Windows, text, text.len() - rest.len(), expected)
    };
    let mut found = Vec::with_capacity(4);
    let mut rest = text.as_bytes();
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
}
