//! Java: Maven's version requirements.
//!
//! Source: Maven POM reference, "Dependency Version Requirement Specification"; maven-artifact,
//! `VersionRange.createFromVersionSpec`.
//!
//! Traps: a version without brackets is a soft requirement, a preference that excludes nothing; one version
//! in brackets is exact; a comma between sets means "or", a comma inside a set parts its ends; `[1.0,2.0)`
//! holds `2.0-rc1`, because that is below `2.0`; versions on which Maven's two orders disagree (see the
//! scheme) are undetermined. Sets that overlap or lie out of order, which Maven refuses, are read.

use super::part::{Alternative, Part};
use super::text::{Cursor, NotRange};
use super::{Syntax, interval};

pub(super) fn parse(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let mut cursor = Cursor::new(syntax, text.trim());
    if cursor.rest().starts_with(['[', '(']) {
        let sets = interval::sets(&mut cursor)?;
        return Ok(sets.into_iter().map(interval::Set::alternative).collect());
    }
    let version = cursor.take(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+'));
    if version.is_empty() || !cursor.is_end() {
        return Err(cursor.error("a set in brackets or one version"));
    }
    Ok(vec![Alternative::new(vec![Part::Preferred(
        version.to_owned(),
    )])])
}
