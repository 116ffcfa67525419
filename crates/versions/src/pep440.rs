//! Python versions: PEP 440, with the versions that predate it below.
//!
//! Source: PEP 440 (now the "Version specifiers" page of the PyPA specifications), appendix B for the
//! syntax; the order as PyPA's `packaging` implements it; legacy versions as `packaging` 21 and
//! setuptools before it ordered them.
//!
//! Traps: `1.0.dev1 < 1.0a1 < 1.0 < 1.0.post1`; a development release of a pre-release is below that
//! pre-release (`1.0a1.dev1 < 1.0a1`); `c`, `pre`, `preview` and `rc` are one word, `r`, `rev` and `post`
//! another, and `1.0-1` is `1.0.post1`; trailing zeros mean nothing (`1.0 = 1`); a local version is above
//! the public one, and inside it numbers are above words, the opposite of SemVer; `1!0` is above every
//! version without an epoch.

use crate::key::{END, Key, Writer, take_digits, take_while};
use crate::semver::numbers;

const LEGACY: u8 = 0x00;
const STANDARD: u8 = 0x01;
const RELEASE_END: u8 = 0x01;

pub(crate) fn key(text: &str) -> Key {
    let lower = text.to_ascii_lowercase();
    standard(lower.as_bytes()).map_or_else(|| legacy(&text.to_lowercase()), |(key, _)| key)
}

/// Which parts a version has behind its release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four parts, each there or not"
)]
pub(crate) struct Anatomy {
    pub(crate) pre: bool,
    pub(crate) post: bool,
    pub(crate) dev: bool,
    pub(crate) local: bool,
}

impl Anatomy {
    /// PEP 440, "Pre-releases" and "Developmental releases".
    pub(crate) fn is_pre_release(self) -> bool {
        self.pre || self.dev
    }

    /// A release and nothing behind it.
    pub(crate) fn is_final(self) -> bool {
        !(self.pre || self.post || self.dev || self.local)
    }
}

/// The parts of a version, if it is one of PEP 440.
pub(crate) fn anatomy(text: &str) -> Option<Anatomy> {
    let lower = text.trim().to_ascii_lowercase();
    standard(lower.as_bytes()).map(|(_, anatomy)| anatomy)
}

/// Whether a version is a post-release of a final release or pre-release, or a part of one.
pub(crate) fn is_post_release_of(version: &str, base: &str) -> bool {
    let Some(Anatomy {
        post: false,
        dev: false,
        local: false,
        ..
    }) = anatomy(base)
    else {
        return false;
    };
    // Up to the marks for "no post-release, no development release" the keys are the same.
    let (version, base) = (key(version.trim()), key(base.trim()));
    let family = base
        .as_bytes()
        .split_last_chunk::<2>()
        .map(|(family, _)| family);
    family.is_some_and(|family| version.as_bytes().starts_with(family))
}

fn standard(text: &[u8]) -> Option<(Key, Anatomy)> {
    let mut writer = Writer(Vec::with_capacity(text.len() + 6));
    writer.mark(STANDARD);
    let text = text.strip_prefix(b"v").unwrap_or(text);
    let (epoch, rest) = take_digits(text);
    let release = if let ([_, ..], [b'!', tail @ ..]) = (epoch, rest) {
        writer.digits(epoch);
        tail
    } else {
        writer.integer(0);
        text
    };
    let rest = numbers(release, &mut writer).ok()?;
    writer.mark(RELEASE_END);

    let mut rest = Rest {
        text: rest,
        spare: false,
    };
    let pre = rest.suffix(&[
        (b"alpha", 2),
        (b"a", 2),
        (b"beta", 3),
        (b"b", 3),
        (b"c", 4),
        (b"rc", 4),
        (b"preview", 4),
        (b"pre", 4),
    ]);
    let post = rest
        .implicit_post()
        .or_else(|| rest.suffix(&[(b"post", 2), (b"rev", 2), (b"r", 2)]));
    let dev = rest.suffix(&[(b"dev", 1)]);

    match pre {
        Some((letter, digits)) => {
            writer.mark(letter);
            writer.digits(digits);
        }
        // A development release of the release itself is below its first alpha.
        None if post.is_none() && dev.is_some() => writer.mark(1),
        None => writer.mark(5),
    }
    match post {
        Some((mark, digits)) => {
            writer.mark(mark);
            writer.digits(digits);
        }
        None => writer.mark(1),
    }
    match dev {
        Some((mark, digits)) => {
            writer.mark(mark);
            writer.digits(digits);
        }
        None => writer.mark(2),
    }
    let anatomy = Anatomy {
        pre: pre.is_some(),
        post: post.is_some(),
        dev: dev.is_some(),
        local: rest.text.contains(&b'+'),
    };
    match rest.end() {
        [] => {}
        [b'+', local @ ..] => {
            for part in local.split(|byte| matches!(byte, b'.' | b'-' | b'_')) {
                if part.is_empty() || !part.iter().all(u8::is_ascii_alphanumeric) {
                    return None;
                }
                if part.iter().all(u8::is_ascii_digit) {
                    writer.digits(part);
                } else {
                    writer.mark(2);
                    writer.text(part);
                }
            }
            writer.mark(END);
        }
        _ => return None,
    }
    Some((writer.finish(), anatomy))
}

/// What is left of a version after its release.
struct Rest<'a> {
    text: &'a [u8],
    /// The suffix before had no number, so one separator here may be its own: `1.0a..dev1`.
    spare: bool,
}

impl<'a> Rest<'a> {
    /// `[-_.]? word [-_.]? digits?`: the mark of the word and the digits.
    fn suffix(&mut self, words: &[(&[u8], u8)]) -> Option<(u8, &'a [u8])> {
        let starts = [Some(self.text), self.spare.then(|| separator(self.text))];
        let (after, mark) = starts.into_iter().flatten().find_map(|start| {
            let body = separator(start);
            words
                .iter()
                .find_map(|(word, mark)| Some((body.strip_prefix(*word)?, *mark)))
        })?;
        let (digits, rest) = take_digits(separator(after));
        self.spare = digits.is_empty();
        if digits.is_empty() {
            self.text = after;
            return Some((mark, b"0"));
        }
        self.text = rest;
        Some((mark, digits))
    }

    /// `-N` directly after the release or pre-release is a post release.
    fn implicit_post(&mut self) -> Option<(u8, &'a [u8])> {
        let starts = [Some(self.text), self.spare.then(|| separator(self.text))];
        let (digits, rest) = starts.into_iter().flatten().find_map(|start| {
            let (digits, rest) = take_digits(start.strip_prefix(b"-")?);
            (!digits.is_empty()).then_some((digits, rest))
        })?;
        *self = Self {
            text: rest,
            spare: false,
        };
        Some((2, digits))
    }

    fn end(self) -> &'a [u8] {
        if self.spare {
            separator(self.text)
        } else {
            self.text
        }
    }
}

fn separator(text: &[u8]) -> &[u8] {
    match text {
        [b'-' | b'_' | b'.', rest @ ..] => rest,
        _ => text,
    }
}

/// The order that setuptools had before PEP 440: parts as padded text, `*` before every word.
fn legacy(text: &str) -> Key {
    let mut parts: Vec<Vec<u8>> = Vec::new();
    for part in legacy_parts(text.as_bytes())
        .into_iter()
        .chain([&b"final"[..]])
    {
        let part: &[u8] = match part {
            b"" | b"." => continue,
            b"pre" | b"preview" | b"rc" => b"c",
            b"-" => b"final-",
            b"dev" => b"@",
            other => other,
        };
        if part.first().is_some_and(u8::is_ascii_digit) {
            let mut padded = vec![b'0'; 8_usize.saturating_sub(part.len())];
            padded.extend_from_slice(part);
            parts.push(padded);
            continue;
        }
        let word: Vec<u8> = [b"*", part].concat();
        if word.as_slice() < b"*final".as_slice() {
            while parts.last().is_some_and(|last| last == b"*final-") {
                parts.pop();
            }
        }
        while parts.last().is_some_and(|last| last == b"00000000") {
            parts.pop();
        }
        parts.push(word);
    }
    let mut writer = Writer::new(text);
    writer.mark(LEGACY);
    for part in &parts {
        writer.text(part);
    }
    writer.finish()
}

/// Digits, letters, dots and hyphens one by one; whatever stands between them as it is.
fn legacy_parts(text: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.first() {
        let (part, after) = match first {
            b'.' | b'-' => rest.split_at_checked(1).unwrap_or((rest, &[])),
            b'0'..=b'9' => take_digits(rest),
            b'a'..=b'z' => take_while(rest, u8::is_ascii_lowercase),
            _ => take_while(rest, |b| {
                !b.is_ascii_digit() && !b.is_ascii_lowercase() && !matches!(b, b'.' | b'-')
            }),
        };
        parts.push(part);
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legacy_versions_have_no_case_in_any_script() {
        assert_eq!(key("1.0-É"), key("1.0-é"));
        assert!(key("1.0-é") < key("0.1"));
    }
}
