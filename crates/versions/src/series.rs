//! All the versions that begin alike: `5.4.*`, `5.x`, `C.x`, `C.0x`.
//!
//! CVE Record Format 5 and OSV write `5.4.*`, advisories `5.4.x`; Philips' revisions begin with a letter, and
//! `C.0x` is C.00 to C.09.

use crate::key::take_digits;

/// What stands before the wildcard.
pub(crate) struct Series<'a> {
    /// The letter of a revision.
    letter: Option<&'a str>,
    numbers: Vec<&'a str>,
    /// The digits before a wildcard that stands for further digits of the same number, and how many it may
    /// have in all.
    digits: Option<(&'a str, usize)>,
}

/// The series that a text names; `None` for a single version.
pub(crate) fn series(text: &str) -> Option<Series<'_>> {
    let mut parts: Vec<&str> = without_letter(text).split('.').collect();
    let letter = parts.first().copied().filter(|part| {
        matches!(
            part.as_bytes(),
            [b'A'..=b'W' | b'a'..=b'w' | b'Y' | b'y' | b'Z' | b'z']
        )
    });
    if letter.is_some() {
        parts.remove(0);
    }
    let last = parts.last().copied()?;
    let open = last.trim_end_matches(['x', 'X']);
    // `1.0.2x` is a patch of OpenSSL: only behind a letter does the x stand for a digit.
    let digits = (letter.is_some() && open.len() < last.len() && is_number(open))
        .then_some((open, last.len()));
    if digits.is_some() {
        parts.pop();
    } else if !is_wildcard(last) {
        return None;
    }
    // `5.*.*` is the series `5`.
    while parts.last().copied().is_some_and(is_wildcard) {
        parts.pop();
    }
    let begins = letter.is_some() || !parts.is_empty();
    (begins && parts.iter().copied().all(is_number)).then_some(Series {
        letter,
        numbers: parts,
        digits,
    })
}

impl Series<'_> {
    /// The lowest version of the series.
    pub(crate) fn lowest(&self) -> String {
        self.letter
            .into_iter()
            .chain(self.numbers.iter().copied())
            .chain(self.digits.map(|(digits, _)| digits))
            .collect::<Vec<_>>()
            .join(".")
    }

    /// Whether the version begins as the series does; `None` where it does not begin with numbers, or with a
    /// letter where the series has one.
    pub(crate) fn holds(&self, version: &str) -> Option<bool> {
        let mut rest = without_letter(version).as_bytes();
        if let Some(letter) = self.letter {
            let (first, after) = rest.split_first()?;
            rest = match after {
                [] => &[],
                [b'.', tail @ ..] => tail,
                _ => return None,
            };
            if !letter.as_bytes().eq_ignore_ascii_case(&[*first]) {
                return first.is_ascii_alphabetic().then_some(false);
            }
        } else if !rest.first()?.is_ascii_digit() {
            return None;
        }
        for wanted in &self.numbers {
            let (digits, after) = take_digits(rest);
            if without_zeros(digits) != without_zeros(wanted.as_bytes()) {
                return Some(false);
            }
            rest = match after {
                [b'.', tail @ ..] if tail.first().is_some_and(u8::is_ascii_digit) => tail,
                _ => &[],
            };
        }
        let Some((wanted, length)) = self.digits else {
            return Some(true);
        };
        let (digits, _) = take_digits(rest);
        Some(digits.starts_with(wanted.as_bytes()) && digits.len() <= length)
    }
}

/// Whether a part between dots stands for any number: `*`, `x`, `xxxx`.
pub(crate) fn is_wildcard(part: &str) -> bool {
    part == "*" || (!part.is_empty() && part.bytes().all(|byte| matches!(byte, b'x' | b'X')))
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

fn without_zeros(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    digits.get(zeros..).unwrap_or_default()
}

/// The text without the letter that only says "version" or "release": `v5.4`, `R5.x`.
fn without_letter(text: &str) -> &str {
    match text.trim().strip_prefix(['v', 'V', 'r', 'R']) {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
        _ => text.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_holds_what_begins_as_it_does() {
        for (text, version, expected) in [
            ("5.4.*", "5.4.200", Some(true)),
            ("R5.x", "5.2", Some(true)),
            ("5.x.x", "v5.2", Some(true)),
            ("5.x", "6.5", Some(false)),
            ("5.x", "VB30A", None),
            ("C.x", "C.00.04", Some(true)),
            ("c.X", "C", Some(true)),
            ("C.x", "D.00", Some(false)),
            ("C.x", "5.0", None),
            ("C.0x", "C.00.04", Some(true)),
            ("C.0x", "C.09", Some(true)),
            ("C.0x", "C.10", Some(false)),
        ] {
            let series = series(text).unwrap();
            assert_eq!(series.holds(version), expected, "{text} {version}");
        }
    }

    #[test]
    fn a_single_version_is_no_series() {
        for text in ["5.4", "1.0.2x", "x", "*", "x.2", "V3.X.14", "VB30x", ""] {
            assert!(series(text).is_none(), "{text}");
        }
    }
}
