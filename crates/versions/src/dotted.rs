//! Plain integers: intdot, Hackage, CRAN.
//!
//! Sources: VERS specification, `intdot`; `Data.Version` of base and Haskell's Package Versioning Policy;
//! R's `compareVersion` and "Writing R Extensions", 1.1.1.
//!
//! Traps: Hackage and CRAN compare lists, so a missing number is *less* than a zero (`1.8 < 1.8.0`), though
//! R's operators on `package_version` pad with zeros and call the two equal (seen with R 4.2.2); CRAN
//! separates by dots and hyphens alike (`1.8-1 = 1.8.1`); in intdot a missing number is zero.

use crate::Scheme;
use crate::key::{Key, Unparsed, Writer, take_digits};

/// Numbers between any of `separators`, every one of them counting.
pub(crate) fn list(scheme: Scheme, text: &str, separators: &[u8]) -> Result<Key, Unparsed> {
    let syntax =
        |rest: &[u8], expected| Unparsed::syntax(scheme, text, text.len() - rest.len(), expected);
    let mut writer = Writer::new(text);
    let mut rest = text.as_bytes();
    loop {
        let (digits, after) = take_digits(rest);
        if digits.is_empty() {
            return Err(syntax(rest, "a digit"));
        }
        writer.digits(digits);
        match after {
            [] => return Ok(writer.finish()),
            [separator, tail @ ..] if separators.contains(separator) => rest = tail,
            _ => return Err(syntax(after, "a separator or the end")),
        }
    }
}

/// Numbers between dots, missing ones zero.
pub(crate) fn intdot(text: &str) -> Result<Key, Unparsed> {
    let mut writer = Writer::new(text);
    let syntax = |rest: &[u8], expected| {
        Unparsed::syntax(Scheme::IntDot, text, text.len() - rest.len(), expected)
    };
    match crate::semver::numbers(text.as_bytes(), &mut writer) {
        Ok([]) => Ok(writer.finish()),
        Ok(rest) => Err(syntax(rest, "a dot with a number or the end")),
        Err(rest) => Err(syntax(rest, "a digit")),
    }
}
