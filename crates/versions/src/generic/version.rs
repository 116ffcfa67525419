//! A vendor's version cut into its parts.

use crate::Scheme;
use crate::key::{Unparsed, take_digits, take_while};

/// A vendor's version, cut into a family, numbers, a letter and levels.
#[derive(Debug)]
pub(super) struct Version<'a> {
    pub(super) family: Family<'a>,
    pub(super) numbers: Vec<&'a [u8]>,
    pub(super) letters: Vec<u8>,
    pub(super) levels: Vec<Level<'a>>,
}

/// What stands before the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family<'a> {
    /// Nothing, or a word that only says "version".
    None,
    /// Letters tied to the number: `VB30A`, `BT06`, `GEH-1.1`.
    Tied(&'a [u8]),
    /// One letter, alone or set apart by a dot, which counts as a number: `K`, `C.00.04`.
    Revision(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Level<'a> {
    pub(super) kind: Kind,
    pub(super) number: &'a [u8],
}

impl<'a> Level<'a> {
    /// The word and the number of a level of unknown kind, if it is a short word with a number.
    pub(super) fn numbered(self) -> Option<(&'a [u8], &'a [u8])> {
        let (_, body) = take_while(self.number, |byte| matches!(byte, b' ' | b'-' | b'_'));
        let (word, rest) = take_while(body, u8::is_ascii_lowercase);
        let (digits, end) = take_digits(rest);
        let short = (1..=3).contains(&word.len());
        (self.kind == Kind::Unknown && short && !digits.is_empty() && end.is_empty())
            .then_some((word, digits))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Alpha,
    Beta,
    Candidate,
    FeaturePack,
    HotFix,
    Maintenance,
    Patch,
    Release,
    ServicePack,
    ServiceRelease,
    Update,
    UpdateCollection,
    /// A build or revision: ordered among its like, not against its absence.
    Build,
    /// A text whose meaning is not known; the number is the text.
    Unknown,
}

impl Kind {
    pub(super) fn is_pre_release(self) -> bool {
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
            b"sr" => Self::ServiceRelease,
            b"u" | b"update" | b"upd" | b"cu" => Self::Update,
            b"uc" => Self::UpdateCollection,
            b"build" | b"bld" | b"rev" | b"revision" => Self::Build,
            _ => return None,
        })
    }
}

impl Version<'_> {
    /// The numbers without trailing zeros.
    pub(super) fn significant(&self) -> &[&[u8]] {
        let end = self
            .numbers
            .iter()
            .rposition(|number| number.iter().any(|digit| *digit != b'0'));
        self.numbers
            .get(..end.map_or(0, |end| end + 1))
            .unwrap_or_default()
    }

    /// Whether it states no more than the front of the other: `VB40` of `VB40A`, `K` of `K.00.02`.
    ///
    /// Only within a family, where the shorter name stands for all that begin with it.
    pub(super) fn is_front_of(&self, other: &Version<'_>) -> bool {
        let same = |(a, b): (&&[u8], &&[u8])| super::number(Some(a)) == super::number(Some(b));
        let shorter = self.numbers.len() < other.numbers.len();
        let without_letter = self.numbers.len() == other.numbers.len() && !other.letters.is_empty();
        self.family != Family::None
            && self.family == other.family
            && self.letters.is_empty()
            && self.levels.is_empty()
            && (shorter || without_letter)
            && self.numbers.iter().zip(&other.numbers).all(same)
    }

    /// One long number is a serial or a date, not a version that others with dots compare to.
    pub(super) fn is_serial(&self) -> bool {
        self.family == Family::None && matches!(self.numbers.as_slice(), [only] if only.len() >= 6)
    }
}

/// Cuts a version; `lower` is the text in lower case.
pub(super) fn parse<'a>(text: &str, lower: &'a [u8]) -> Result<Version<'a>, Unparsed> {
    let syntax = |rest: &[u8], expected| {
        Err(Unparsed::syntax(
            Scheme::Generic,
            text,
            lower.len() - rest.len(),
            expected,
        ))
    };
    let (family, mut rest) = family(without_prefix(lower));
    if rest.is_empty() && matches!(family, Family::Revision(_)) {
        // Revisions by letter: `Rev C`.
        return Ok(Version {
            family,
            numbers: Vec::new(),
            letters: Vec::new(),
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
        family,
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
    // `C.0x` leaves a digit open, `1.0.2x` is the 24th patch.
    let wildcard = matches!(family, Family::Revision(_)) && letters == b"x";
    if wildcard {
        return syntax(rest, "a digit");
    }
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

/// Letters before the numbers, and the text behind them.
///
/// A level's word is no family: which version `SP1` belongs to is not said.
fn family(text: &[u8]) -> (Family<'_>, &[u8]) {
    let (letters, rest) = take_while(text, u8::is_ascii_lowercase);
    if let [letter] = letters {
        let number = rest.strip_prefix(b".").unwrap_or_default();
        if rest.is_empty() || number.first().is_some_and(u8::is_ascii_digit) {
            return (Family::Revision(*letter), number);
        }
    }
    let (_, number) = take_while(rest, |byte| matches!(byte, b' ' | b'-' | b'_'));
    let is_family = (1..=LONGEST_FAMILY).contains(&letters.len())
        && number.first().is_some_and(u8::is_ascii_digit)
        && Kind::of(letters).is_none();
    if is_family {
        (Family::Tied(letters), number)
    } else {
        (Family::None, text)
    }
}

/// More letters than this are a name.
const LONGEST_FAMILY: usize = 8;

/// `v1.2`, `version 1.2`, `ver. 1.2`, `rev 1.2`, `r1.2`, `FW_1.2`: words that only say "version".
fn without_prefix(text: &[u8]) -> &[u8] {
    for word in [
        "version", "release", "firmware", "software", "ver", "rev", "rel", "fw", "sw", "v", "r",
    ] {
        let Some(rest) = text.strip_prefix(word.as_bytes()) else {
            continue;
        };
        let rest = rest
            .strip_prefix(b".")
            .or_else(|| rest.strip_prefix(b":"))
            .or_else(|| rest.strip_prefix(b"_"))
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

pub(super) fn has_leading_zero(digits: &[u8]) -> bool {
    matches!(digits, [b'0', _, ..]) && digits.iter().any(|digit| *digit != b'0')
}
