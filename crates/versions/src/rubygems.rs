//! Ruby gems.
//!
//! Source: `Gem::Version` of RubyGems 3.6 (lib/rubygems/version.rb), its pattern and `<=>`.
//!
//! Traps: letters make a pre-release wherever they stand (`1.0.a < 1.0`), and `1.0a2` is `1.0.a.2`; a
//! hyphen means `.pre.`; zeros at the end mean nothing, before the first letter and at the very end
//! (`1.0.0.rc4.0 = 1.rc4`); letters compare as bytes, so `RC < a`; a platform behind a hyphen
//! (`1.15.0-x86_64-linux`) belongs to the file name, not to the version.

use crate::Scheme;
use crate::key::{Key, Unparsed, Writer, take_digits, take_while};

const LETTERS: u8 = 0x01;
const ZEROS_THEN_LETTERS: u8 = 0x02;
const VERSION_END: u8 = 0x05;
const ZEROS_THEN_NUMBER: u8 = 0x06;

/// First words of the platforms that gem file names carry (`Gem::Platform`).
const PLATFORMS: &[&str] = &[
    "java",
    "jruby",
    "x86",
    "x64",
    "x86_64",
    "aarch64",
    "arm64",
    "arm",
    "armv7l",
    "armv8l",
    "universal",
    "mswin",
    "mswin32",
    "mswin64",
    "mingw32",
    "powerpc",
    "powerpc64le",
    "s390x",
    "riscv64",
    "ruby",
];

pub(crate) fn key(text: &str) -> Result<Key, Unparsed> {
    let syntax = |rest: &[u8], expected| {
        Err(Unparsed::syntax(
            Scheme::RubyGems,
            text,
            text.len() - rest.len(),
            expected,
        ))
    };
    let mut writer = Writer::new(text);
    let text = without_platform(text);
    let mut rest = text.as_bytes();
    // Zeros that may turn out to be trailing.
    let mut zeros = 0;
    let mut in_numbers = true;
    let mut hyphens = false;
    if !rest.first().is_some_and(u8::is_ascii_digit) {
        return syntax(rest, "a digit");
    }
    while let Some(first) = rest.first() {
        match first {
            b'0'..=b'9' => {
                let (digits, after) = take_digits(rest);
                if digits.iter().all(|digit| *digit == b'0') {
                    zeros += 1;
                } else {
                    if zeros > 0 {
                        // The more zeros, the nearer to the end of the version.
                        writer.mark(ZEROS_THEN_NUMBER);
                        writer.count_down(zeros);
                    }
                    writer.digits(digits);
                    zeros = 0;
                }
                rest = after;
            }
            b'a'..=b'z' | b'A'..=b'Z' => {
                let (letters, after) = take_while(rest, u8::is_ascii_alphabetic);
                // Before the first letters, zeros are trailing zeros of the numbers.
                word(
                    &mut writer,
                    if std::mem::take(&mut in_numbers) {
                        0
                    } else {
                        zeros
                    },
                    letters,
                );
                zeros = 0;
                rest = after;
            }
            b'.' => {
                rest = rest.get(1..).unwrap_or_default();
                if !rest
                    .first()
                    .is_some_and(|byte| byte.is_ascii_alphanumeric() || (hyphens && *byte == b'-'))
                {
                    return syntax(rest, "a digit or letter behind the dot");
                }
            }
            b'-' => {
                word(
                    &mut writer,
                    if std::mem::take(&mut in_numbers) {
                        0
                    } else {
                        zeros
                    },
                    b"pre",
                );
                zeros = 0;
                rest = rest.get(1..).unwrap_or_default();
                let follows = rest
                    .first()
                    .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
                if !std::mem::replace(&mut hyphens, true) && !follows {
                    return syntax(rest, "a digit or letter behind the hyphen");
                }
            }
            _ => return syntax(rest, "digits, letters, dots or hyphens"),
        }
    }
    writer.mark(VERSION_END);
    Ok(writer.finish())
}

fn word(writer: &mut Writer, zeros: u64, letters: &[u8]) {
    if zeros > 0 {
        writer.mark(ZEROS_THEN_LETTERS);
        writer.integer(zeros);
    }
    writer.mark(LETTERS);
    writer.text(letters);
}

fn without_platform(text: &str) -> &str {
    match text.split_once('-') {
        Some((version, platform)) => {
            let word = platform.split('-').next().unwrap_or(platform);
            if PLATFORMS.contains(&word) {
                version
            } else {
                text
            }
        }
        None => text,
    }
}
