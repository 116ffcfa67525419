//! Go modules and the Go toolchain.
//!
//! Source: Go Modules Reference, "Versions" and "Pseudo-versions"; golang.org/x/mod/semver; Go Vulnerability
//! Database, "stdlib" and "toolchain" entries.
//!
//! Traps: a pseudo-version is a pre-release that sorts by its time stamp
//! (`v0.0.0-20210101000000-abcdef123456`); `+incompatible` is build metadata and has no place in the order;
//! the toolchain writes `go1.21rc2` without hyphen, and behind a space what it was built with; two
//! development builds (`devel`) have no order.

use crate::Scheme;
use crate::key::{Key, Unparsed};
use crate::semver::{self, Build};

pub(crate) fn key(text: &str) -> Result<Key, Unparsed> {
    let version = text.strip_prefix("go").unwrap_or(text);
    let version = version.split_ascii_whitespace().next().unwrap_or(version);
    if matches!(version, "devel" | "(devel)") {
        return Err(Unparsed::Doubtful {
            why: "a development build of Go code has no place in the order",
        });
    }
    semver::key(Scheme::Go, version, Build::Ignored)
}
