//! Bitnami packages: a version of the upstream with Bitnami's own revision.
//!
//! Source: bitnami/go-version; OSV schema, ecosystem `Bitnami`.
//!
//! Trap: it looks like SemVer, but a number behind the hyphen is a revision *after* the version
//! (`6.2.0 < 6.2.0-4`), as is Java's update there (`1.8.0-333`); only letters make a pre-release.

use crate::Scheme;
use crate::key::{Key, Unparsed, Writer, take_digits};
use crate::semver::{self, Build};

const REVISION: u8 = 0x03;

pub(crate) fn key(text: &str) -> Result<Key, Unparsed> {
    let mut writer = Writer::new(text);
    let bytes = text.as_bytes();
    let bytes = bytes.strip_prefix(b"v").unwrap_or(bytes);
    if let Ok(rest) = semver::numbers(bytes, &mut writer) {
        let (digits, after) = take_digits(rest.strip_prefix(b"-").unwrap_or(b""));
        if rest.is_empty() || (!digits.is_empty() && after.is_empty()) {
            // SemVer's mark of a release, with the revision behind it.
            writer.mark(REVISION);
            writer.digits(digits);
            return Ok(writer.finish());
        }
    }
    semver::key(Scheme::Bitnami, text, Build::Ignored)
}
