//! Texts of a fixed form, as the patterns and formats of the CSAF JSON schema describe them.

use super::super::language;
use super::cpe::{Anchors, is_cpe};
use crate::json::{is_time, is_uri};

/// A form that a text must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Any text that is not empty.
    Text,
    /// RFC 3986.
    Uri,
    /// RFC 3339.
    Time,
    /// BCP 47, by shape alone.
    Language,
    /// An integer or a semantic version (3.1.11).
    Version,
    SemanticVersion,
    /// Begins and ends with a character that is neither white space nor `-`, `_` or `.`.
    TitleLike,
    TrackingId,
    Cve,
    CweId,
    CweEdition,
    Cpe2_0,
    Cpe2_1,
    Purl2_0,
    Purl2_1,
    Hash,
    /// A hash in lower case.
    Hash2_1,
    HashAlgorithm,
    SharingGroupId,
    Probability,
    SsvcKey,
    SsvcNamespace,
}

impl Format {
    /// The format that `catalogs/csaf/schema_*.toml` calls `name`.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "text" => Self::Text,
            "uri" => Self::Uri,
            "time" => Self::Time,
            "language" => Self::Language,
            "version" => Self::Version,
            "semantic_version" => Self::SemanticVersion,
            "title_like" => Self::TitleLike,
            "tracking_id" => Self::TrackingId,
            "cve" => Self::Cve,
            "cwe_id" => Self::CweId,
            "cwe_edition" => Self::CweEdition,
            "cpe_2_0" => Self::Cpe2_0,
            "cpe_2_1" => Self::Cpe2_1,
            "purl_2_0" => Self::Purl2_0,
            "purl_2_1" => Self::Purl2_1,
            "hash" => Self::Hash,
            "hash_2_1" => Self::Hash2_1,
            "hash_algorithm" => Self::HashAlgorithm,
            "sharing_group_id" => Self::SharingGroupId,
            "probability" => Self::Probability,
            "ssvc_key" => Self::SsvcKey,
            "ssvc_namespace" => Self::SsvcNamespace,
            _ => return None,
        })
    }

    /// Whether `text`, which is not empty, has this form.
    pub(super) fn admits(self, text: &str) -> bool {
        match self {
            Self::Text => true,
            Self::Uri => is_uri(text),
            Self::Time => is_time(text),
            Self::Language => language::is_tag(text),
            Self::Version => is_integer(text) || is_semantic_version(text),
            Self::SemanticVersion => is_semantic_version(text),
            Self::TitleLike => {
                is_one_line(text)
                    && !is_edge_barred(text.chars().next())
                    && !is_edge_barred(text.chars().next_back())
            }
            Self::TrackingId => {
                is_one_line(text)
                    && !text.starts_with(is_white_space)
                    && !text.ends_with(is_white_space)
            }
            Self::Cve => is_cve(text),
            Self::CweId => text
                .strip_prefix("CWE-")
                .is_some_and(|number| number.len() <= 6 && is_integer(number) && number != "0"),
            Self::CweEdition => is_cwe_edition(text),
            Self::Cpe2_0 => is_cpe(text, Anchors::OneEach),
            Self::Cpe2_1 => is_cpe(text, Anchors::Both),
            Self::Purl2_0 => {
                is_uri(text)
                    && is_purl(
                        text,
                        |byte| byte.is_ascii_alphabetic() || matches!(byte, b'.' | b'-' | b'+'),
                        b"+",
                    )
            }
            Self::Purl2_1 => is_uri(text) && is_purl(text, |byte| byte.is_ascii_lowercase(), b""),
            Self::Hash => text.len() >= 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
            Self::Hash2_1 => {
                text.len() >= 32
                    && text
                        .bytes()
                        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            }
            Self::HashAlgorithm => {
                !text.starts_with('-')
                    && text
                        .bytes()
                        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'z' | b'-'))
            }
            Self::SharingGroupId => is_sharing_group_id(text),
            Self::Probability => is_probability(text),
            Self::SsvcKey => {
                text == "T*"
                    || (text
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
                        && !text.starts_with('_')
                        && !text.ends_with('_'))
            }
            Self::SsvcNamespace => is_ssvc_namespace(text),
        }
    }

    /// What a text of this form is, in words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Uri => "an absolute URI (RFC 3986)",
            Self::Time => "a date and time with offset (RFC 3339)",
            Self::Language => "a language tag (BCP 47)",
            Self::Version => "an integer or a semantic version (1.2.3)",
            Self::SemanticVersion => "a semantic version (1.2.3)",
            Self::TitleLike => {
                "one line that begins and ends with neither white space nor `-`, `_` or `.`"
            }
            Self::TrackingId => "one line without white space at its ends",
            Self::Cve => "a CVE id (CVE-YYYY-NNNN)",
            Self::CweId => "a CWE id (CWE-N)",
            Self::CweEdition => "an edition of CWE (4.18)",
            Self::Cpe2_0 | Self::Cpe2_1 => "a CPE name",
            Self::Purl2_0 | Self::Purl2_1 => "a package URL",
            Self::Hash => "32 hexadecimal digits or more",
            Self::Hash2_1 => "32 hexadecimal digits or more, in lower case",
            Self::HashAlgorithm => "a name of an algorithm in lower case",
            Self::SharingGroupId => "a UUID of version 4, all zeros or all f",
            Self::Probability => "a decimal number between 0.0 and 1.0",
            Self::SsvcKey => "a key of SSVC",
            Self::SsvcNamespace => "a namespace of SSVC",
        }
    }
}

/// White space as the patterns of a JSON schema (ECMA-262 `\s`) see it.
fn is_white_space(character: char) -> bool {
    character.is_whitespace() && character != '\u{85}' || character == '\u{feff}'
}

fn is_edge_barred(character: Option<char>) -> bool {
    character
        .is_none_or(|character| is_white_space(character) || matches!(character, '-' | '_' | '.'))
}

/// Whether there is no line break within: `.` of a pattern stands for none.
fn is_one_line(text: &str) -> bool {
    !text.contains(['\n', '\r', '\u{2028}', '\u{2029}'])
}

/// A number without sign and leading zeros.
pub(crate) fn is_integer(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'))
}

/// Semantic Versioning 2.0.0, with exactly three numbers.
pub(crate) fn is_semantic_version(text: &str) -> bool {
    let (text, build) = match text.split_once('+') {
        Some((text, build)) => (text, Some(build)),
        None => (text, None),
    };
    let (core, pre_release) = match text.split_once('-') {
        Some((core, pre_release)) => (core, Some(pre_release)),
        None => (text, None),
    };
    let is_identifier = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    core.split('.').count() == 3
        && core.split('.').all(is_integer)
        && pre_release.is_none_or(|parts| {
            parts.split('.').all(|part| {
                is_identifier(part)
                    && (is_integer(part) || !part.bytes().all(|byte| byte.is_ascii_digit()))
            })
        })
        && build.is_none_or(|parts| parts.split('.').all(is_identifier))
}

/// `CVE-`, a year of four digits, and four digits or more.
pub(crate) fn is_cve(text: &str) -> bool {
    text.strip_prefix("CVE-")
        .and_then(|rest| rest.split_once('-'))
        .is_some_and(|(year, number)| {
            year.len() == 4
                && number.len() >= 4
                && year
                    .bytes()
                    .chain(number.bytes())
                    .all(|byte| byte.is_ascii_digit())
        })
}

fn is_cwe_edition(text: &str) -> bool {
    let mut parts = text.split('.');
    let (Some(major), Some(minor)) = (parts.next(), parts.next()) else {
        return false;
    };
    let is_patch = parts
        .next()
        .is_none_or(|patch| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit()));
    is_integer(major) && major != "0" && is_integer(minor) && is_patch && parts.next().is_none()
}

fn is_probability(text: &str) -> bool {
    let digits =
        |rest: &str, allowed: fn(u8) -> bool| !rest.is_empty() && rest.bytes().all(allowed);
    match text.split_once('.') {
        Some(("0", rest)) => digits(rest, |byte| byte.is_ascii_digit()),
        Some(("1", rest)) => digits(rest, |byte| byte == b'0'),
        _ => false,
    }
}

fn is_sharing_group_id(text: &str) -> bool {
    let is_shaped = text.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'));
    let consists_of = |digit: char| text.chars().all(|other| other == digit || other == '-');
    is_shaped && (text.as_bytes().get(14) == Some(&b'4') || consists_of('0') || consists_of('f'))
}

/// A namespace of SSVC: a registered name or a private one (`x_` and a domain backwards), with parts
/// behind slashes. The parts are held to their letters, not to their grammar.
fn is_ssvc_namespace(text: &str) -> bool {
    let base = text.split('/').next().unwrap_or_default();
    let is_base = match base.strip_prefix("x_") {
        Some(private) => private
            .split_once('#')
            .is_some_and(|(domain, fragment)| domain.contains('.') && !fragment.is_empty()),
        None => base.len() >= 3,
    };
    (3..=1_000).contains(&text.len())
        && is_base
        && base.starts_with(|first: char| first.is_ascii_lowercase())
        && base
            .strip_prefix("x_")
            .unwrap_or(base)
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'#'))
        && text.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'#' | b'/' | b'$' | b'_')
        })
}

fn is_purl(text: &str, is_first: fn(u8) -> bool, further: &[u8]) -> bool {
    let Some((kind, rest)) = text
        .strip_prefix("pkg:")
        .and_then(|rest| rest.split_once('/'))
    else {
        return false;
    };
    let mut bytes = kind.bytes();
    bytes.next().is_some_and(is_first)
        && bytes.all(|byte| {
            is_first(byte)
                || byte.is_ascii_digit()
                || matches!(byte, b'.' | b'-')
                || further.contains(&byte)
        })
        && !rest.is_empty()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    #[track_caller]
    pub(in super::super) fn check(format: Format, admitted: &[&str], refused: &[&str]) {
        for text in admitted {
            assert!(format.admits(text), "{format:?} refuses {text}");
        }
        for text in refused {
            assert!(!format.admits(text), "{format:?} admits {text}");
        }
    }

    #[test]
    fn versions_are_integers_or_semantic() {
        check(
            Format::Version,
            &[
                "0",
                "12",
                "1.0.0",
                "1.0.0-rc.1+b.01",
                "1.0.0-0a",
                "99999999999999999999",
            ],
            &[
                "1.0", "01", "v1", "1.0.0-01", "1.0.0-", "1.0.0+", "1.0.0.0", "-1", "",
            ],
        );
    }

    #[test]
    fn ids_and_hashes_have_their_forms() {
        check(
            Format::Cve,
            &["CVE-2024-1234", "CVE-2024-1234567"],
            &["CVE-24-1234", "CVE-2024-123", "cve-2024-1234"],
        );
        check(
            Format::CweId,
            &["CWE-79", "CWE-123456"],
            &["CWE-0", "CWE-079", "CWE-1234567", "79", "CWE-"],
        );
        check(
            Format::CweEdition,
            &["4.12", "1.0", "3.4.1"],
            &["4", "0.1", "4.01", "4.1.", "4.1.1.1"],
        );
        check(
            Format::Hash,
            &["0123456789ABCDEFabcdef0123456789"],
            &["0123", "0123456789abcdef0123456789abcdeg"],
        );
        check(
            Format::Hash2_1,
            &["0123456789abcdef0123456789abcdef"],
            &["0123456789ABCDEF0123456789abcdef"],
        );
        check(
            Format::TrackingId,
            &["A 1", "Ä", " 1".trim()],
            &[" A", "A ", "A\u{a0}", "A\nB"],
        );
        check(
            Format::TitleLike,
            &["csaf_base", "a", "A (b)"],
            &["_a", "a-", ".", " a", "a\nb"],
        );
        check(
            Format::Probability,
            &["0.0", "0.97", "1.0", "1.00"],
            &["1.1", ".5", "1", "0."],
        );
        check(
            Format::SharingGroupId,
            &[
                "11195d5c-4a8b-4f22-8d7e-0a3e0f9e6b11",
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
            ],
            &[
                "11195d5c-4a8b-1f22-8d7e-0a3e0f9e6b11",
                "FFFFFFFF-ffff-ffff-ffff-ffffffffffff",
                "1",
            ],
        );
        check(
            Format::Purl2_0,
            &["pkg:npm/a@1", "pkg:Maven/a/b"],
            &["pkg:npm", "npm/a", "pkg:1a/b", "pkg:npm/a b", "pkg:/a"],
        );
        check(Format::Purl2_1, &["pkg:npm/a@1"], &["pkg:Maven/a/b"]);
    }
}
