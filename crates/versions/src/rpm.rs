//! RPM package versions, of every distribution that uses RPM.
//!
//! Source: `rpmvercmp` and `rpmVersionCompare` of rpm 4.20 (rpmio/rpmvercmp.c, lib/rpmver.c);
//! rpm-version(7).
//!
//! Traps: separators mean nothing at all (`1.0 = 1-0 = 1_0` inside a part); a number is newer than a word
//! (`1.0.1 > 1.0.a`); a tilde sorts below the end (`1.0~rc1 < 1.0`), a caret above the end but below
//! anything that goes on (`1.0 < 1.0^git1 < 1.0.1`); letters are bytes, so `RC < rc`; a text before a colon
//! that is not a number is no epoch; a version without a release is below every release of it.

use crate::key::{Key, Writer, take_digits, take_while};

const TILDE: u8 = 0x01;
const PART_END: u8 = 0x02;
const CARET: u8 = 0x03;
const LETTERS: u8 = 0x04;

const NO_RELEASE: u8 = 0x00;
const RELEASE: u8 = 0x01;

/// Epoch, version and release as RPM cuts them; a stated epoch may be empty of meaning (`0`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Evr<'a> {
    pub(crate) epoch: Option<&'a str>,
    pub(crate) version: &'a str,
    pub(crate) release: Option<&'a str>,
}

impl<'a> Evr<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let (epoch, rest) = match text.split_once(':') {
            Some((epoch, rest)) if epoch.bytes().all(|byte| byte.is_ascii_digit()) => {
                (Some(epoch), rest)
            }
            _ => (None, text),
        };
        match rest.rsplit_once('-') {
            Some((version, release)) => Self {
                epoch,
                version,
                release: Some(release),
            },
            None => Self {
                epoch,
                version: rest,
                release: None,
            },
        }
    }
}

pub(crate) fn key(text: &str) -> Key {
    let evr = Evr::new(text);
    let mut writer = Writer(Vec::with_capacity(text.len() + 8));
    writer.digits(evr.epoch.unwrap_or_default().as_bytes());
    part(evr.version.as_bytes(), &mut writer);
    match evr.release {
        Some(release) => {
            writer.mark(RELEASE);
            part(release.as_bytes(), &mut writer);
        }
        None => writer.mark(NO_RELEASE),
    }
    writer.finish()
}

/// Tilde < end < caret < letters < digits, segment by segment.
fn part(mut rest: &[u8], writer: &mut Writer) {
    while let Some(first) = rest.first() {
        match first {
            b'~' => {
                writer.mark(TILDE);
                rest = rest.get(1..).unwrap_or_default();
            }
            b'^' => {
                writer.mark(CARET);
                rest = rest.get(1..).unwrap_or_default();
            }
            b'0'..=b'9' => {
                let (digits, after) = take_digits(rest);
                writer.digits(digits);
                rest = after;
            }
            b'a'..=b'z' | b'A'..=b'Z' => {
                let (letters, after) = take_while(rest, u8::is_ascii_alphabetic);
                writer.mark(LETTERS);
                writer.text(letters);
                rest = after;
            }
            _ => rest = rest.get(1..).unwrap_or_default(),
        }
    }
    writer.mark(PART_END);
}
