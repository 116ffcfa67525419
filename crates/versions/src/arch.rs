//! Arch Linux packages (pacman).
//!
//! Source: `alpm_pkg_vercmp` of pacman 6 (lib/libalpm/version.c); vercmp(8).
//!
//! Traps: it looks like RPM's and is not: a letter directly behind a number sorts *below* the end
//! (`1.0rc < 1.0`), behind a dot above it (`1.5 < 1.5.a`); the length of a separator counts; there is no
//! tilde and no caret; a version without a package release equals every release of it, so such a version
//! has no key.

use std::cmp::Ordering;

use crate::Scheme;
use crate::key::{Key, Unparsed, Writer, take_digits, take_while};
use crate::rpm::Evr;

const LETTERS_HERE: u8 = 0x01;
const PART_END: u8 = 0x02;
const NUMBER_HERE: u8 = 0x03;
const SEPARATOR: u8 = 0x04;
const LETTERS: u8 = 0x05;

pub(crate) fn key(text: &str) -> Result<Key, Unparsed> {
    let evr = Evr::new(text);
    let release = evr.release.ok_or(Unparsed::Pairwise(Scheme::Arch))?;
    let mut writer = version(text, evr)?;
    part(text, release, &mut writer)?;
    Ok(writer.finish())
}

pub(crate) fn compare(a: &str, b: &str) -> Result<Ordering, crate::Undetermined> {
    use crate::Undetermined::{First, Second};
    let (x, y) = (Evr::new(a), Evr::new(b));
    let mut left = version(a, x).map_err(First)?;
    let mut right = version(b, y).map_err(Second)?;
    if let (Some(release_a), Some(release_b)) = (x.release, y.release) {
        part(a, release_a, &mut left).map_err(First)?;
        part(b, release_b, &mut right).map_err(Second)?;
    }
    Ok(left.finish().cmp(&right.finish()))
}

fn version(text: &str, evr: Evr<'_>) -> Result<Writer, Unparsed> {
    let mut writer = Writer(Vec::with_capacity(text.len() * 2 + 4));
    writer.digits(evr.epoch.unwrap_or_default().as_bytes());
    part(text, evr.version, &mut writer)?;
    Ok(writer)
}

fn part(text: &str, part: &str, writer: &mut Writer) -> Result<(), Unparsed> {
    let mut rest = part.as_bytes();
    while !rest.is_empty() {
        let (separators, after) = take_while(rest, |byte| !byte.is_ascii_alphanumeric());
        let Some(first) = after.first() else {
            return Err(Unparsed::syntax(
                Scheme::Arch,
                text,
                text.len(),
                "a letter or digit behind a separator",
            ));
        };
        // How many separators there are weighs more than what follows them.
        if !separators.is_empty() {
            writer.mark(SEPARATOR);
            writer.integer(u64::try_from(separators.len()).unwrap_or(u64::MAX));
        }
        if first.is_ascii_digit() {
            let (digits, after) = take_digits(after);
            if separators.is_empty() {
                writer.mark(NUMBER_HERE);
            }
            writer.digits(digits);
            rest = after;
        } else {
            let (letters, after) = take_while(after, u8::is_ascii_alphabetic);
            writer.mark(if separators.is_empty() {
                LETTERS_HERE
            } else {
                LETTERS
            });
            writer.text(letters);
            rest = after;
        }
    }
    writer.mark(PART_END);
    Ok(())
}
