//! What a text in the place of a version really is.
//!
//! A format asks for one version and its authors write `14.1.x`, `< 2.0`, `All versions`, `n/a`,
//! `1.1 | 2.1`, `3.2 and prior` or the name of a model. Taken as one exact version, each of these would be a
//! quiet "no" for every device. So only what has the shape of one version is one; comparators are
//! read, as their meaning is plain; all else stays text, from which no verdict follows by itself.

use isocenter_model::vulnerability::Bound;

/// What a text in the place of a version says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum VersionText<'t> {
    /// Nothing: blank, `n/a`, `-`, `unspecified`.
    Nothing,
    /// Every version: `*`, `all versions`, `vers:all/*`.
    All,
    /// One version, without a leading "version".
    Single(&'t str),
    /// Comparators that span one range: `>= 1.0, < 2.0`, `All versions < V4.8 HF4`.
    Between(Option<Bound>, Option<Bound>),
    /// Anything else.
    Other,
}

/// Longer texts are no version; the longest real ones are commit ids and build strings.
const LONGEST: usize = 100;

const NOTHING: [&str; 12] = [
    "-",
    "?",
    "n/a",
    "na",
    "none",
    "not applicable",
    "not specified",
    "unspecified",
    "unknown",
    "tbd",
    "various",
    "see references",
];

const ALL: [&str; 9] = [
    "*",
    "all",
    "all version",
    "all versions",
    "any",
    "any version",
    "all releases",
    "vers:all/*",
    "all versions affected",
];

/// Words that belong to one version beside its number.
const SUFFIX_WORDS: [&str; 39] = [
    "alpha",
    "beta",
    "build",
    "cu",
    "edition",
    "feature",
    "firmware",
    "fix",
    "fp",
    "ga",
    "hf",
    "hotfix",
    "lts",
    "ltsr",
    "maintenance",
    "mp",
    "number",
    "pack",
    "package",
    "patch",
    "preview",
    "r",
    "rc",
    "release",
    "rev",
    "revision",
    "rollup",
    "rtm",
    "service",
    "software",
    "sp",
    "sr",
    "su",
    "u",
    "update",
    "v",
    "ver",
    "version",
    "nr",
];

/// Words before a version that are no part of it.
const LEADING_WORDS: [&str; 10] = [
    "version",
    "versions",
    "ver",
    "ver.",
    "v.",
    "software",
    "firmware",
    "revision",
    "revisions",
    "release",
];

/// What `text` says.
pub(crate) fn version_text(text: &str) -> VersionText<'_> {
    let text = text.trim();
    if is_plain(text) {
        return VersionText::Single(text);
    }
    if text.is_empty() || listed(text, &NOTHING) {
        return VersionText::Nothing;
    }
    if is_all(text) {
        return VersionText::All;
    }
    if text.contains(['<', '>', '=', '≤', '≥']) {
        return comparators(text).unwrap_or(VersionText::Other);
    }
    single(text).map_or(VersionText::Other, VersionText::Single)
}

/// Whether `text` means every version, or the end of them where a range ends.
pub(crate) fn is_all(text: &str) -> bool {
    listed(text.trim(), &ALL)
}

/// Whether `text` stands for the beginning of all versions where a range begins: `0`, `*`, `n/a`, `earlier`.
pub(crate) fn is_beginning(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || text == "0"
        || listed(text, &NOTHING)
        || listed(text, &ALL)
        || listed(
            text,
            &[
                "earlier",
                "prior",
                "previous",
                "earlier versions",
                "prior versions",
                "previous versions",
                "first",
            ],
        )
}

fn listed(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// The common case, told by its bytes: begins with a digit and goes on with digits, dots, hyphens.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() <= LONGEST
        && bytes.iter().any(|byte| *byte != b'0')
        && bytes.first().is_some_and(u8::is_ascii_digit)
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
}

/// The one version that `text` is, or `None`.
pub(crate) fn single(text: &str) -> Option<&str> {
    let mut text = text.trim();
    if text.len() > LONGEST || text == "0" {
        return None;
    }
    if let Some(inner) = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
    {
        text = inner.trim();
    }
    while let Some((word, rest)) = text.split_once(' ') {
        let rest = rest.trim_start();
        let number = rest.strip_prefix(['v', 'V']).unwrap_or(rest);
        if !(listed(word, &LEADING_WORDS)
            && (number.starts_with(|first: char| first.is_ascii_digit())
                || rest
                    .split(' ')
                    .next()
                    .is_some_and(|next| listed(next, &LEADING_WORDS))))
        {
            break;
        }
        text = rest;
    }
    if text.contains([',', ';', '|', '&', '/', '*', '"']) || text.ends_with('+') {
        return None;
    }
    let mut first_letters = None;
    let mut after_word = true;
    for token in text.split_whitespace() {
        let token = token.trim_matches(['(', ')', ':', '.']);
        if listed(token, &SUFFIX_WORDS) {
            after_word = true;
            continue;
        }
        if !token.bytes().any(|byte| byte.is_ascii_digit()) || is_wildcard(token) || is_model(token)
        {
            return None;
        }
        let letters = leading_letters(token);
        // A second number, or a second of the same letters, is a list: `1.3.2 1.4.0`, `R101 R110`.
        match first_letters {
            None => first_letters = Some(letters),
            Some(first) => {
                let is_number = letters.is_empty() || letters.eq_ignore_ascii_case("v");
                if !after_word && (is_number || letters.eq_ignore_ascii_case(first)) {
                    return None;
                }
            }
        }
        after_word = false;
    }
    first_letters.map(|_| text)
}

fn leading_letters(token: &str) -> &str {
    let end = token
        .find(|character: char| !character.is_alphabetic())
        .unwrap_or(token.len());
    token.get(..end).unwrap_or_default()
}

/// `14.1.x`, `C.0x`, `XMM73xx`: an x that stands for any number.
fn is_wildcard(token: &str) -> bool {
    token.split(['.', '-', '_']).any(|part| {
        let before = part.trim_end_matches(['x', 'X']);
        before.len() < part.len() && before.bytes().all(|byte| byte.is_ascii_alphanumeric()) && {
            before.is_empty() || before.ends_with(|last: char| last.is_ascii_digit())
        }
    })
}

/// `MMT-1710`: two letters or more, a hyphen and a number name a model; `rc-2` and `build-7` do not.
fn is_model(token: &str) -> bool {
    token.split_once('-').is_some_and(|(letters, number)| {
        letters.len() > 1
            && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !listed(letters, &SUFFIX_WORDS)
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Comparators that span one range, or `None`.
fn comparators(text: &str) -> Option<VersionText<'_>> {
    let mut rest = text;
    let start = rest.find(['<', '>', '=', '≤', '≥'])?;
    let before = rest.get(..start)?.trim();
    if !(before.is_empty() || listed(before, &ALL) || listed(before, &["version", "versions"])) {
        return None;
    }
    rest = rest.get(start..)?;
    let (mut from, mut to, mut exact) = (None, None, None);
    while !rest.is_empty() {
        let (sign, after) = comparator(rest)?;
        let end = after.find(['<', '>', '=', '≤', '≥']).unwrap_or(after.len());
        let (operand, next) = after.split_at_checked(end)?;
        let mut operand = operand.trim();
        let mut either = false;
        if !next.is_empty() {
            if let Some(left) = operand.strip_suffix('|') {
                either = true;
                operand = left;
            } else if let Some(left) = operand.strip_suffix([',', '&']) {
                operand = left;
            } else if let Some(left) = operand.strip_suffix(" and") {
                operand = left;
            }
        }
        let bound = |inclusive| {
            single(operand).map(|version| Bound {
                version: version.to_owned(),
                inclusive,
            })
        };
        let slot = match sign {
            Sign::Less | Sign::LessOrEqual => {
                // `< 2 | > 3` leaves out the middle: only `> 2 | < 3` spans it.
                if either {
                    return None;
                }
                &mut to
            }
            Sign::Greater | Sign::GreaterOrEqual => &mut from,
            Sign::Equal => {
                if !next.is_empty() || from.is_some() || to.is_some() {
                    return None;
                }
                &mut exact
            }
        };
        if slot.is_some() {
            return None;
        }
        *slot = Some(bound(matches!(
            sign,
            Sign::LessOrEqual | Sign::GreaterOrEqual
        ))?);
        if sign == Sign::Equal {
            return single(operand).map(VersionText::Single);
        }
        rest = next;
    }
    Some(VersionText::Between(from, to))
}

/// How a comparator compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `=`
    Equal,
    /// `>=`
    GreaterOrEqual,
    /// `>`
    Greater,
}

/// The comparator that `text` begins with, and what follows it.
pub(crate) fn comparator(text: &str) -> Option<(Sign, &str)> {
    const SIGNS: [(&str, Sign); 10] = [
        ("<=", Sign::LessOrEqual),
        ("=<", Sign::LessOrEqual),
        (">=", Sign::GreaterOrEqual),
        ("=>", Sign::GreaterOrEqual),
        ("==", Sign::Equal),
        ("≤", Sign::LessOrEqual),
        ("≥", Sign::GreaterOrEqual),
        ("<", Sign::Less),
        (">", Sign::Greater),
        ("=", Sign::Equal),
    ];
    SIGNS
        .iter()
        .find_map(|(spelling, sign)| Some((*sign, text.strip_prefix(spelling)?.trim_start())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a text says, in one line.
    fn told(text: &str) -> String {
        let bound = |bound: Option<Bound>| {
            bound.map_or("…".to_owned(), |bound| {
                format!(
                    "{}{}",
                    bound.version,
                    if bound.inclusive { " incl" } else { " excl" }
                )
            })
        };
        match version_text(text) {
            VersionText::Nothing => "nothing".to_owned(),
            VersionText::All => "all".to_owned(),
            VersionText::Single(version) => format!("[{version}]"),
            VersionText::Between(from, to) => format!("{} to {}", bound(from), bound(to)),
            VersionText::Other => "text".to_owned(),
        }
    }

    #[test]
    fn what_has_the_shape_of_one_version_is_one() {
        for (text, version) in [
            ("1.2.3", "1.2.3"),
            ("20240814", "20240814"),
            (" 2.03-08 ", "2.03-08"),
            ("v1.8.4", "v1.8.4"),
            ("1.4.2.0-9d9eff4", "1.4.2.0-9d9eff4"),
            ("2.0.0-rc.1+build.5", "2.0.0-rc.1+build.5"),
            ("4:4.11.1+dfsg1-2", "4:4.11.1+dfsg1-2"),
            ("M2.1.6.05", "M2.1.6.05"),
            ("6.3V1L10", "6.3V1L10"),
            ("(Release 1.0)", "1.0"),
            ("Version 13", "13"),
            ("Firmware Version 9.0.3", "9.0.3"),
            ("9.1 SP2", "9.1 SP2"),
            ("1.8.4 Service Pack 01", "1.8.4 Service Pack 01"),
            ("3.4.2 Build 16102416", "3.4.2 Build 16102416"),
            ("2017 Update 1", "2017 Update 1"),
            ("9.97 CDI3B4B", "9.97 CDI3B4B"),
            ("4.5.10 (FW27)", "4.5.10 (FW27)"),
            ("2nd Edition", "2nd Edition"),
            ("rc-2", "rc-2"),
            ("0x04075010", "0x04075010"),
            (
                "9b8e1c1d8b7d0f6a5b4c3d2e1f0a9b8c7d6e5f40",
                "9b8e1c1d8b7d0f6a5b4c3d2e1f0a9b8c7d6e5f40",
            ),
            ("0.0.0", "0.0.0"),
            ("= 1.2.3", "1.2.3"),
        ] {
            assert_eq!(told(text), format!("[{version}]"), "{text}");
        }
    }

    #[test]
    fn what_could_be_more_than_one_version_stays_text() {
        for text in [
            "14.1.x",
            "14. x",
            "V3.x",
            "A.01 <= C.0x | 4.0",
            "XMM73xx",
            "6.6.*",
            "1.1.7.333 | 2.1.1.3069",
            "1.10, 1.11",
            "6.011 and 6.012",
            "1.3.2 1.4.0 1.4.1",
            "R101 R110",
            "7100 7900",
            "3.2 and prior",
            "Version K and prior",
            "1.0.0 to 1.60.15",
            "Versions 2.5 through 3.11",
            "prior to 3.6.7",
            "3.0+",
            "Rev J-M",
            "august 28",
            "* (end-of-life 2011)",
            "1.000 (These products are sold in limited regions)",
            "MMT-1710",
            "CR-IR 357",
            "882300 Gemini 16 Slice",
            "FastConnect 6900",
            "Accu-Chek Inform II",
            "053L000091 (global) / 054U000091 (U.S.)",
            "https://aka.ms/OfficeSecurityReleases",
            "0",
            "publication",
            "vers:npm/1.2.3|<2",
        ] {
            assert_eq!(told(text), "text", "{text}");
        }
    }

    #[test]
    fn all_versions_are_all_only_when_nothing_else_is_said() {
        for text in ["*", "All versions", "ALL", " all versions ", "vers:all/*"] {
            assert_eq!(told(text), "all", "{text}");
        }
        assert_eq!(told("All versions using Shared HIS"), "text");
        for text in ["", " ", "n/a", "N/A", "-", "unspecified"] {
            assert_eq!(told(text), "nothing", "{text}");
        }
    }

    #[test]
    fn comparators_span_one_range_or_stay_text() {
        for (text, range) in [
            ("< 3.6.7", "… to 3.6.7 excl"),
            ("<=12.1.3", "… to 12.1.3 incl"),
            (">= 8.0.0, < 8.6.1", "8.0.0 incl to 8.6.1 excl"),
            (">=15.11, <15.11.7", "15.11 incl to 15.11.7 excl"),
            (">= 2.5 | <= 3.11", "2.5 incl to 3.11 incl"),
            (">= V6.2 < V7.1", "V6.2 incl to V7.1 excl"),
            (">= V3.0 and < V4.1", "V3.0 incl to V4.1 excl"),
            ("All versions < V4.8 HF4", "… to V4.8 HF4 excl"),
            ("All Versions >= V2.3", "V2.3 incl to …"),
            (">= 1.46 | =< 1.50.598", "1.46 incl to 1.50.598 incl"),
            ("≤ 4.2", "… to 4.2 incl"),
            ("< 2.0, >= 1.0", "1.0 incl to 2.0 excl"),
        ] {
            assert_eq!(told(text), range, "{text}");
        }
        for text in [
            "< 1.28.16 | < 1.24.69",
            "< 2.0 | > 3.0",
            ">= 4.6.0 | =< 4.6.20304.x",
            "<= 7.20 (7.50 and 7.60 may also be affected if WibuKey was installed manually)",
            "<=5.008 & 5.028",
            "5 digits of serial number <= 24031",
            "NMC2 <= 6.9.6",
            "<",
            "< =",
            "= 1.0, = 2.0",
            ">= 1.0, = 2.0",
        ] {
            assert_eq!(told(text), "text", "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_told_without_panic_and_a_single_version_has_a_digit(text in "\\PC{0,40}") {
            if let VersionText::Single(version) = version_text(&text) {
                prop_assert!(text.contains(version));
                prop_assert!(version.bytes().any(|byte| byte.is_ascii_digit()));
            }
        }

        #[test]
        fn texts_of_version_characters_are_told_without_panic(text in "[<>=≤≥vVxX0-9a-c.,|&()* -]{0,24}") {
            let _ = version_text(&text);
        }
    }
}
