//! A vendor's own version numbers, where no standard says how they are ordered.
//!
//! Source: none but habit, and so every answer under this scheme is of a lower grade. The habits relied on
//! are the ones that NVD, CISA and vendors' advisories share: numbers between dots compare as numbers and a
//! missing one is zero; a letter after the numbers is a later release (OpenSSL's `1.1.1k`, its release
//! strategy page; after `z` comes `za`); `SP`, `Update`, `MR`, `HF`, `Patch` with a number come after the
//! version itself; alpha, beta and release candidate before it.
//!
//! What is doubtful is not answered: levels of two kinds (`SP1` beside `HF3`), a build number beside none,
//! an unknown word beside the bare version, numbers with leading zeros whose order depends on whether they
//! are read as numbers or as decimals (`1.02` and `1.1`), one long serial number beside a dotted version.
//! Where the numbers already differ, the words behind them do not matter.
//!
//! Only numbers with a letter or a pre-release have a key; the rest is compared pair by pair, because what
//! is doubtful cannot be seen in a key.

use std::cmp::Ordering;

use crate::Scheme;
use crate::key::{Key, Unparsed, Writer, take_digits, take_while};

/// A vendor's version, cut into numbers, a letter and levels.
#[derive(Debug)]
struct Version<'a> {
    numbers: Vec<&'a [u8]>,
    letters: Vec<u8>,
    levels: Vec<Level<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Level<'a> {
    kind: Kind,
    number: &'a [u8],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Alpha,
    Beta,
    Candidate,
    FeaturePack,
    HotFix,
    Maintenance,
    Patch,
    Release,
    ServicePack,
    Update,
    /// A build or revision: ordered among its like, not against its absence.
    Build,
    /// A text whose meaning is not known; the number is the text.
    Unknown,
}

impl Kind {
    fn is_pre_release(self) -> bool {
        matches!(self, Self::Alpha | Self::Beta | Self::Candidate)
    }

    fn of(word: &[u8]) -> Option<Self> {
        Some(match word {
            b"alpha" => Self::Alpha,
            b"beta" => Self::Beta,
            b"rc" | b"releasecandidate" => Self::Candidate,
            b"fp" | b"featurepack" => Self::FeaturePack,
            b"hf" | b"hotfix" => Self::HotFix,
            b"mr" | b"mp" | b"maintenancerelease" | b"maintenancepack" => Self::Maintenance,
            b"p" | b"pl" | b"patch" => Self::Patch,
            b"r" => Self::Release,
            b"sp" | b"servicepack" => Self::ServicePack,
            b"u" | b"update" | b"upd" | b"cu" => Self::Update,
            b"build" | b"bld" | b"rev" | b"revision" => Self::Build,
            _ => return None,
        })
    }
}

pub(crate) fn key(text: &str) -> Result<Key, Unparsed> {
    let lower = text.to_ascii_lowercase();
    let version = parse(text, lower.as_bytes())?;
    let pairwise = || Unparsed::Pairwise(Scheme::Generic);
    let mut writer = Writer::new(text);
    let significant = version.significant();
    if version.numbers.is_empty()
        || version.is_serial()
        || significant
            .iter()
            .skip(1)
            .any(|number| has_leading_zero(number))
    {
        return Err(pairwise());
    }
    for number in significant {
        writer.digits(number);
    }
    let (pre_release, release, letter) = (0x02, 0x03, 0x04);
    if !version.letters.is_empty() {
        writer.mark(letter);
        writer.text(&version.letters);
    }
    match version.levels.as_slice() {
        [] => writer.mark(release),
        [level] if level.kind.is_pre_release() => {
            writer.mark(pre_release);
            writer.mark(match level.kind {
                Kind::Alpha => 1,
                Kind::Beta => 2,
                _ => 3,
            });
            writer.digits(level.number);
        }
        _ => return Err(pairwise()),
    }
    Ok(writer.finish())
}

/// The version without its levels: `3.2` of `3.2 SP1`; the whole text where it has none or is not read.
pub(crate) fn base(text: &str) -> &str {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    match parse(text, lower.as_bytes()) {
        Ok(version) if !version.levels.is_empty() && !version.numbers.is_empty() => {
            let after_numbers = text.find(|c: char| c.is_ascii_digit()).and_then(|start| {
                let rest = text.get(start..)?;
                let length = rest
                    .find(|c: char| !c.is_ascii_digit() && c != '.')
                    .unwrap_or(rest.len());
                text.get(..start + length + version.letters.len())
            });
            after_numbers.map_or(text, |base| base.trim_end_matches('.'))
        }
        _ => text,
    }
}

/// The order of two versions, or why it is a matter of opinion.
pub(crate) fn compare(a: &str, b: &str) -> Result<Ordering, crate::Undetermined> {
    let (lower_a, lower_b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
    let x = parse(a, lower_a.as_bytes()).map_err(crate::Undetermined::First)?;
    let y = parse(b, lower_b.as_bytes()).map_err(crate::Undetermined::Second)?;
    if lower_a == lower_b {
        return Ok(Ordering::Equal);
    }
    order(&x, &y).map_err(crate::Undetermined::Pair)
}

fn order(x: &Version<'_>, y: &Version<'_>) -> Result<Ordering, Unparsed> {
    let doubtful = |why| Err(Unparsed::Doubtful { why });
    if x.is_serial() != y.is_serial() {
        return doubtful(
            "one version is a serial number or date, the other has numbers between dots",
        );
    }
    if x.numbers.is_empty() != y.numbers.is_empty() {
        return doubtful("one version is a letter, the other has numbers");
    }
    let (left, right) = (x.significant(), y.significant());
    for index in 0..left.len().max(right.len()) {
        let (a, b) = (left.get(index), right.get(index));
        let by_number = number(a).cmp(&number(b));
        if let (Some(a), Some(b), true) = (a, b, index > 0) {
            let decimal = a
                .iter()
                .chain(std::iter::repeat(&b'0'))
                .take(b.len().max(a.len()))
                .cmp(
                    b.iter()
                        .chain(std::iter::repeat(&b'0'))
                        .take(a.len().max(b.len())),
                );
            if (has_leading_zero(a) || has_leading_zero(b)) && decimal != by_number {
                return doubtful(
                    "a number with a leading zero sorts differently as a number and as a decimal",
                );
            }
        }
        if by_number == Ordering::Equal {
            continue;
        }
        // A text of unknown meaning behind the shorter version could be anything: `2.0-foo` and `2.0.1`.
        let shorter = if a.is_none() {
            Some(x)
        } else if b.is_none() {
            Some(y)
        } else {
            None
        };
        if shorter.is_some_and(|shorter| {
            shorter
                .levels
                .iter()
                .any(|level| level.kind == Kind::Unknown)
        }) {
            return doubtful("the text behind the numbers has no known place in the order");
        }
        return Ok(by_number);
    }
    if x.letters != y.letters {
        let letter_beside_level =
            (x.letters.is_empty() && !x.levels.is_empty() && !y.letters.is_empty())
                || (y.letters.is_empty() && !y.levels.is_empty() && !x.letters.is_empty());
        let pre_release = |version: &Version<'_>| {
            version
                .levels
                .iter()
                .all(|level| level.kind.is_pre_release())
        };
        if letter_beside_level && !(pre_release(x) && pre_release(y)) {
            return doubtful("one version has a letter and the other a level of another kind");
        }
        return Ok(x.letters.cmp(&y.letters));
    }
    for index in 0..x.levels.len().max(y.levels.len()) {
        let order = match (x.levels.get(index), y.levels.get(index)) {
            (Some(a), Some(b)) => levels(*a, *b)?,
            (Some(a), None) => beside_nothing(*a)?,
            (None, Some(b)) => beside_nothing(*b)?.reverse(),
            (None, None) => Ordering::Equal,
        };
        if order != Ordering::Equal {
            return Ok(order);
        }
    }
    Ok(Ordering::Equal)
}

fn levels(a: Level<'_>, b: Level<'_>) -> Result<Ordering, Unparsed> {
    if a.kind == Kind::Unknown || b.kind == Kind::Unknown {
        if a == b {
            return Ok(Ordering::Equal);
        }
        return Err(Unparsed::Doubtful {
            why: "the text behind the numbers has no known place in the order",
        });
    }
    if a.kind == b.kind {
        return Ok(number(Some(&a.number)).cmp(&number(Some(&b.number))));
    }
    match (a.kind.is_pre_release(), b.kind.is_pre_release()) {
        (true, true) => Ok(a.kind.cmp(&b.kind)),
        (true, false) if b.kind != Kind::Build => Ok(Ordering::Less),
        (false, true) if a.kind != Kind::Build => Ok(Ordering::Greater),
        _ => Err(Unparsed::Doubtful {
            why: "the two versions carry levels of different kinds",
        }),
    }
}

fn beside_nothing(level: Level<'_>) -> Result<Ordering, Unparsed> {
    match level.kind {
        kind if kind.is_pre_release() => Ok(Ordering::Less),
        Kind::Build => Err(Unparsed::Doubtful {
            why: "one version states a build and the other does not",
        }),
        Kind::Unknown => Err(Unparsed::Doubtful {
            why: "the text behind the numbers has no known place in the order",
        }),
        _ if number(Some(&level.number)) == (0, &[]) => Ok(Ordering::Equal),
        _ => Ok(Ordering::Greater),
    }
}

/// A number of any length as something that compares by value.
fn number<'a>(digits: Option<&&'a [u8]>) -> (usize, &'a [u8]) {
    let digits = digits.copied().unwrap_or_default();
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    let significant = digits.get(zeros..).unwrap_or_default();
    (significant.len(), significant)
}

fn has_leading_zero(digits: &[u8]) -> bool {
    matches!(digits, [b'0', _, ..]) && digits.iter().any(|digit| *digit != b'0')
}

impl Version<'_> {
    /// The numbers without trailing zeros.
    fn significant(&self) -> &[&[u8]] {
        let end = self
            .numbers
            .iter()
            .rposition(|number| number.iter().any(|digit| *digit != b'0'));
        self.numbers
            .get(..end.map_or(0, |end| end + 1))
            .unwrap_or_default()
    }

    /// One long number is a serial or a date, not a version that others with dots compare to.
    fn is_serial(&self) -> bool {
        matches!(self.numbers.as_slice(), [only] if only.len() >= 6)
    }
}

fn parse<'a>(text: &str, lower: &'a [u8]) -> Result<Version<'a>, Unparsed> {
    let syntax = |rest: &[u8], expected| {
        Err(Unparsed::syntax(
            Scheme::Generic,
            text,
            lower.len() - rest.len(),
            expected,
        ))
    };
    let mut rest = without_prefix(lower);
    if let [letter @ b'a'..=b'z'] = rest {
        // Revisions by letter: `Rev C`.
        return Ok(Version {
            numbers: Vec::new(),
            letters: vec![*letter],
            levels: Vec::new(),
        });
    }
    let mut numbers = Vec::new();
    loop {
        let (digits, after) = take_digits(rest);
        if digits.is_empty() {
            return syntax(rest, "a digit");
        }
        numbers.push(digits);
        rest = after;
        match after {
            [b'.', tail @ ..] if tail.first().is_some_and(u8::is_ascii_digit) => rest = tail,
            _ => break,
        }
    }
    let mut version = Version {
        numbers,
        letters: Vec::new(),
        levels: Vec::new(),
    };
    // The letter may stand apart: `1.05 F`.
    let (letters, after) = match rest {
        [b' ', letter @ ..] if matches!(letter, [b'a'..=b'z']) => (letter, &[][..]),
        _ => take_while(rest, u8::is_ascii_lowercase),
    };
    let lone = |letters: &[u8]| match letters {
        [_] => true,
        [zs @ .., _] => zs.iter().all(|letter| *letter == b'z'),
        [] => false,
    };
    // `1.0b2` may be a beta or the second patch of b, `1.0r2` a revision: a letter with a number is a level.
    if lone(letters) && !after.first().is_some_and(u8::is_ascii_digit) {
        version.letters = letters.to_vec();
        rest = after;
    }
    while !rest.is_empty() {
        let (level, after) = level(rest);
        version.levels.push(level);
        rest = after;
    }
    let opaque = version
        .levels
        .iter()
        .any(|level| level.kind == Kind::Unknown);
    if opaque && version.numbers.len() < 2 {
        return syntax(rest, "numbers between dots");
    }
    Ok(version)
}

/// `v1.2`, `version 1.2`, `ver. 1.2`, `rev 1.2`, `r1.2`: words that only say "version".
fn without_prefix(text: &[u8]) -> &[u8] {
    for word in ["version", "release", "ver", "rev", "rel", "v", "r"] {
        let Some(rest) = text.strip_prefix(word.as_bytes()) else {
            continue;
        };
        let rest = rest
            .strip_prefix(b".")
            .or_else(|| rest.strip_prefix(b":"))
            .unwrap_or(rest)
            .trim_ascii_start();
        // A letter alone may follow a word that is set apart: `rev C`.
        let letter = word.len() > 1 && matches!(rest, [b'a'..=b'z']) && text.contains(&b' ');
        if letter || rest.first().is_some_and(u8::is_ascii_digit) {
            return rest;
        }
    }
    text
}

/// One level off the front: a known word with its number, or all the rest as unknown.
fn level(text: &[u8]) -> (Level<'_>, &[u8]) {
    let unknown = (
        Level {
            kind: Kind::Unknown,
            number: text,
        },
        &[][..],
    );
    let (separators, body) = take_while(text, |byte| {
        matches!(byte, b' ' | b'-' | b'_' | b',' | b'(')
    });
    // A bare number behind a separator is a build or revision: `1.2.3-4`, `1.2.3 (4567)`, `1.2.3+4`.
    if let Some(bare) = body
        .strip_prefix(b"+")
        .or((!separators.is_empty()).then_some(body))
    {
        let (digits, after) = take_digits(bare);
        let after = after.strip_prefix(b")").unwrap_or(after);
        if !digits.is_empty() && after.is_empty() {
            return (
                Level {
                    kind: Kind::Build,
                    number: digits,
                },
                after,
            );
        }
    }
    let (word, after) = take_while(body, u8::is_ascii_lowercase);
    let (word, after) = two_words(body).unwrap_or((word, after));
    let Some(kind) = Kind::of(
        &word
            .iter()
            .copied()
            .filter(|byte| *byte != b' ')
            .collect::<Vec<_>>(),
    ) else {
        return unknown;
    };
    let (_, after) = take_while(after, |byte| {
        matches!(byte, b' ' | b'.' | b'-' | b'_' | b'#')
    });
    let (digits, after) = take_digits(after);
    let after = after.strip_prefix(b")").unwrap_or(after);
    let ends = after.is_empty() || matches!(after.first(), Some(b' ' | b'-' | b'_' | b',' | b'('));
    // Only a pre-release may stand without its number; "SP" alone says nothing.
    if !ends || (digits.is_empty() && !kind.is_pre_release()) {
        return unknown;
    }
    (
        Level {
            kind,
            number: digits,
        },
        after,
    )
}

fn two_words(text: &[u8]) -> Option<(&[u8], &[u8])> {
    [
        "service pack",
        "feature pack",
        "hot fix",
        "maintenance release",
        "maintenance pack",
        "release candidate",
    ]
    .iter()
    .find_map(|words| {
        Some((
            text.get(..words.len())?,
            text.strip_prefix(words.as_bytes())?,
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: Ordering) {
        assert_eq!(compare(a, b), Ok(expected), "{a} {b}");
        assert_eq!(compare(b, a), Ok(expected.reverse()), "{b} {a}");
        if let (Ok(x), Ok(y)) = (key(a), key(b)) {
            assert_eq!(x.cmp(&y), expected, "keys of {a} {b}");
        }
    }

    #[test]
    fn vendors_numbers_letters_and_levels_are_ordered() {
        for (a, b) in [
            ("1.9", "1.10"),
            ("1.1.1", "1.1.1a"),
            ("1.1.1k", "1.1.1l"),
            ("0.9.8z", "0.9.8za"),
            ("0.9.8zh", "1.0.0"),
            ("8.2", "8.2 SP1"),
            ("8.2 SP1", "8.2 Service Pack 2"),
            ("8.2 SP9", "8.3"),
            ("2.0 beta 2", "2.0"),
            ("2.0-rc1", "2.0"),
            ("2.0 beta", "2.0 rc"),
            ("8.9p1", "9.3p2"),
            ("V4.0 Update 5", "4.0 Update 6"),
            ("2008", "2008 R2"),
            ("10.0.17763.1", "10.0.17763.5329"),
            ("1.2.3-4", "1.2.3-5"),
            ("1.2.3-4", "1.2.4"),
            ("1.2-foo", "1.3"),
            ("R5.1", "5.2"),
            ("1.0b", "1.0c"),
            ("4.1 build 7", "4.1 (88)"),
            ("20210315", "20220101"),
            ("2.01.05", "2.01.06"),
            ("V7.4_SP1_Update_23", "V7.5 SP2 Upd 17"),
            ("1.05 F", "1.05G"),
            ("Rev C", "K"),
            ("V16 Update 1", "V16_Update_2"),
            ("4.4 SP2 HF9", "4.4 SP3 HF5"),
        ] {
            check(a, b, Ordering::Less);
        }
        for (a, b) in [
            ("1.2", "1.2.0"),
            ("v1.2", "Version 1.2"),
            ("1.1.1K", "1.1.1k"),
            ("8.00", "8.0"),
        ] {
            check(a, b, Ordering::Equal);
        }
    }

    #[test]
    fn what_is_doubtful_is_not_answered() {
        for (a, b) in [
            ("8.2 SP1", "8.2 HF3"),
            ("1.2.3-4", "1.2.3"),
            ("1.2.3 build 7", "1.2.3"),
            ("2.0-foo", "2.0.1"),
            ("2.0-foo", "2.0"),
            ("1.02", "1.1"),
            ("20210315", "3.1"),
            ("1.1.1k", "1.1.1 SP1"),
            ("1.0b2", "1.0"),
            ("R5.x", "5.1"),
            ("SP1", "SP2"),
            ("2 Duo", "3"),
            ("A", "1.0"),
        ] {
            assert!(compare(a, b).is_err(), "{a} {b}");
        }
    }

    #[test]
    fn a_key_is_only_given_where_no_other_version_is_doubtful_beside_it() {
        assert!(key("1.1.1k").is_ok());
        assert!(key("2.0 rc1").is_ok());
        for pairwise in ["8.2 SP1", "1.2.3-4", "1.02", "20210315", "1.2-foo"] {
            assert_eq!(
                key(pairwise),
                Err(Unparsed::Pairwise(Scheme::Generic)),
                "{pairwise}"
            );
        }
    }
}
