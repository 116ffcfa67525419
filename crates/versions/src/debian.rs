//! Debian package versions.
//!
//! Source: deb-version(7); Debian Policy 5.6.12; the order as `dpkg --compare-versions` has it.
//!
//! Traps: the order alternates between text and number, and in text a tilde sorts below the end, letters
//! below everything else (`1.0~rc1 < 1.0 < 1.0a < 1.0+b`); a missing number counts as zero
//! (`10a = 10a0`), and so does a missing revision (`1.0 = 1.0-0`); the epoch stands before the *first*
//! colon, the revision after the *last* hyphen.

use crate::Scheme;
use crate::key::{Key, Unparsed, Writer, take_digits, take_while};

const TILDE: u8 = 0x01;
const TEXT_END: u8 = 0x02;

pub(crate) fn key(text: &str) -> Result<Key, Unparsed> {
    if let Some(space) = text.find(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(Unparsed::syntax(
            Scheme::Debian,
            text,
            space,
            "no white space",
        ));
    }
    let mut writer = Writer(Vec::with_capacity(text.len() * 2 + 6));
    let (epoch, rest) = text.split_once(':').unwrap_or(("0", text));
    if epoch.is_empty() || !epoch.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Unparsed::syntax(
            Scheme::Debian,
            text,
            0,
            "a number before the colon",
        ));
    }
    writer.digits(epoch.as_bytes());
    let (upstream, revision) = rest.rsplit_once('-').unwrap_or((rest, ""));
    if upstream.is_empty() {
        return Err(Unparsed::syntax(
            Scheme::Debian,
            text,
            text.len() - rest.len(),
            "an upstream version",
        ));
    }
    part(upstream.as_bytes(), &mut writer);
    part(revision.as_bytes(), &mut writer);
    Ok(writer.finish())
}

/// Text and number in turn, ended by an empty text.
fn part(mut rest: &[u8], writer: &mut Writer) {
    loop {
        let (words, after) = take_while(rest, |byte| !byte.is_ascii_digit());
        for byte in words {
            match byte {
                b'~' => writer.raw(TILDE),
                byte if byte.is_ascii_alphabetic() => writer.raw(*byte),
                byte if byte.is_ascii() => writer.raw(0x80 | byte),
                byte => {
                    writer.raw(0xFF);
                    writer.raw(*byte);
                }
            }
        }
        writer.mark(TEXT_END);
        let (digits, after) = take_digits(after);
        writer.digits(digits);
        if after.is_empty() {
            break;
        }
        rest = after;
    }
    writer.mark(TEXT_END);
}
