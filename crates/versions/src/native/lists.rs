//! Two projects' own ways to list affected versions: nginx and OpenSSL.
//!
//! Source: nginx.org, "nginx security advisories"; OpenSSL, "Vulnerabilities" (`affects` of vulnerabilities.xml).
//!
//! Traps: in nginx a plus means "and later on this branch": an odd second number is the mainline, without
//! an end, an even one a stable branch that ends at the next second number (`1.20.1+` ends at `1.21.0`); a
//! hyphen without spaces is a closed range; `nginx/Windows` in front narrows to Windows builds and is passed
//! over. A comma means "or" in both.

use super::operators::is_version;
use super::part::{Alternative, Part};
use super::text::{Cursor, NotRange};
use super::{Syntax, increment};
use crate::vers::Comparator;

pub(super) fn nginx(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let whole = Cursor::new(syntax, text);
    let text = text.trim();
    let body = match text.split_once(char::is_whitespace) {
        Some((word, rest)) if word.eq_ignore_ascii_case("nginx/windows") => rest,
        _ => text,
    };
    if body.trim().eq_ignore_ascii_case("all") {
        return Ok(vec![Alternative::new(Vec::new())]);
    }
    if body.trim().eq_ignore_ascii_case("none") {
        return Ok(Vec::new());
    }
    let mut alternatives = Vec::new();
    for part in body.split(',').map(str::trim) {
        alternatives.push(Alternative::new(stretch(&whole, part)?));
    }
    Ok(alternatives)
}

fn stretch(whole: &Cursor<'_>, part: &str) -> Result<Vec<Part>, NotRange> {
    if let Some((from, to)) = part.split_once('-') {
        let (from, to) = (numbers(whole, from.trim())?, numbers(whole, to.trim())?);
        return Ok(vec![
            Part::bound(Comparator::GreaterOrEqual, from),
            Part::bound(Comparator::LessOrEqual, to),
        ]);
    }
    let Some(from) = part.strip_suffix('+') else {
        return Ok(vec![Part::bound(Comparator::Equal, numbers(whole, part)?)]);
    };
    let from = numbers(whole, from.trim())?;
    let mut parts = vec![Part::bound(Comparator::GreaterOrEqual, from)];
    let mut branch = from.split('.');
    if let (Some(major), Some(minor)) = (branch.next(), branch.next())
        && minor.ends_with(['0', '2', '4', '6', '8'])
    {
        let end = format!("{major}.{}.0", increment(minor));
        parts.push(Part::bound(Comparator::Less, end));
    }
    Ok(parts)
}

fn numbers<'a>(whole: &Cursor<'_>, text: &'a str) -> Result<&'a str, NotRange> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if text.split('.').all(digits) {
        Ok(text)
    } else {
        Err(whole.error_at_text(text, "numbers between dots"))
    }
}

pub(super) fn openssl(syntax: Syntax, text: &str) -> Result<Vec<Alternative>, NotRange> {
    let whole = Cursor::new(syntax, text);
    let mut alternatives = Vec::new();
    for version in text.split(',').map(str::trim) {
        if !version.starts_with(|c: char| c.is_ascii_digit()) || !is_version(syntax, version) {
            return Err(whole.error_at_text(version, "a version of OpenSSL"));
        }
        alternatives.push(Alternative::new(vec![Part::bound(
            Comparator::Equal,
            version,
        )]));
    }
    Ok(alternatives)
}
