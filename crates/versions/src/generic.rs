//! A vendor's own version numbers, where no standard says how they are ordered.
//!
//! Source: none but habit, and so every answer under this scheme is of a lower grade. The habits relied on
//! are the ones that NVD, CISA and vendors' advisories share: numbers between dots compare as numbers and a
//! missing one is zero; a letter after the numbers is a later release (OpenSSL's `1.1.1k`, its release
//! strategy page; after `z` comes `za`); `SP`, `Update`, `MR`, `HF`, `Patch` with a number come after the
//! version itself; alpha, beta and release candidate before it. Letters tied to the number make a family,
//! ordered by its numbers (Siemens Healthineers' `VB30A`, GE HealthCare's `BT06`); one letter set apart by a
//! dot, or alone, counts as a number (Philips' `C.00.04`, `Rev. K`).
//!
//! What is doubtful is not answered: levels of two kinds (`SP1` beside `HF3`), a build number beside none,
//! an unknown word beside the bare version, numbers with leading zeros whose order depends on whether they
//! are read as numbers or as decimals (`1.02` and `1.1`), one long serial number beside a dotted version,
//! two families (`VB30A` and `XA30A`).
//! Where the numbers already differ, the words behind them do not matter.
//!
//! Only numbers with a letter or a pre-release have a key; the rest is compared pair by pair, because what
//! is doubtful cannot be seen in a key.

mod version;

use std::cmp::Ordering;

use crate::Scheme;
use crate::key::{Key, Unparsed, Writer};

use version::{Family, Kind, Level, Version, has_leading_zero, parse};

pub(crate) fn key(text: &str) -> Result<Key, Unparsed> {
    let lower = text.to_ascii_lowercase();
    let version = parse(text, lower.as_bytes())?;
    let pairwise = || Unparsed::Pairwise(Scheme::Generic);
    let mut writer = Writer::new(text);
    let significant = version.significant();
    if version.family != Family::None
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

/// Whether one version states no more than the front of another of its family: `VB40` of `VB40A`.
pub(crate) fn is_front(short: &str, long: &str) -> bool {
    let (lower_short, lower_long) = (short.to_ascii_lowercase(), long.to_ascii_lowercase());
    match (
        parse(short, lower_short.as_bytes()),
        parse(long, lower_long.as_bytes()),
    ) {
        (Ok(short), Ok(long)) => short.is_front_of(&long),
        _ => false,
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
    match (x.family, y.family) {
        (Family::Revision(a), Family::Revision(b)) if a != b => return Ok(a.cmp(&b)),
        (a, b) if a != b => {
            return doubtful("the letters before the numbers differ");
        }
        _ => {}
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
        // The same unknown word counts like any other: `3.0 D14` and `3.0 D15`.
        if let (Some((word, a)), Some((same, b))) = (a.numbered(), b.numbered())
            && word == same
        {
            return Ok(number(Some(&a)).cmp(&number(Some(&b))));
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
            ("VB30A", "VB40A"),
            ("VB40A", "VB40B"),
            ("VB30E_HF04", "VB30E_HF05"),
            ("XA30A", "XA30A-SP01"),
            ("BT05", "BT06"),
            ("C.00.04", "C.01.00"),
            ("B.09", "C.00.04"),
            ("D24", "D25"),
            ("GEH-1.1", "geh-1.14"),
            ("FW_1.2.10.9", "1.2.10.10"),
            ("3.0 D14", "3.0 D15"),
            ("IP7 SR4", "IP7 SR5"),
            ("V9.1 SP2 UC04", "V9.1 SP2 UC05"),
        ] {
            check(a, b, Ordering::Less);
        }
        for (a, b) in [
            ("1.2", "1.2.0"),
            ("v1.2", "Version 1.2"),
            ("1.1.1K", "1.1.1k"),
            ("8.00", "8.0"),
            ("HD 16", "HD16"),
            ("Rev. C", "c"),
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
            ("VB30A", "XA30A"),
            ("VB40", "40"),
            ("D25", "D"),
            ("VF11A", "VF11_HF01"),
            ("C.0x", "C.01"),
            ("MP4", "MP8"),
            ("3.0", "3.0 D15"),
            ("3.0 D15", "3.0 E15"),
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
