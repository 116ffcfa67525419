//! Faults of one token that every editor shows and no parser forgives, mended in place.
//!
//! Each replacement keeps the number of bytes, so that places in the mended text are places in the file.

use isocenter_model::{Place, Problem};

use super::problems::Problems;

/// `text` with raw control characters in strings as blanks, halves of surrogate pairs as U+FFFD and
/// numbers beyond a double as `null`, each reported. `None` when there is none of these.
pub(super) fn mend(text: &str, problems: &mut Problems) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let mut line = 1;
    let mut at = 0;
    let mut changed = false;
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'\n' => {
                line += 1;
                at += 1;
            }
            b'"' => at = mend_string(&mut bytes, at + 1, &mut line, &mut changed, problems),
            b'-' | b'0'..=b'9' => {
                at = mend_number(&mut bytes, at, line, &mut changed, problems);
            }
            _ => at += 1,
        }
    }
    // Only ASCII bytes were replaced, by ASCII bytes: the text is still UTF-8.
    changed.then(|| String::from_utf8(bytes).ok()).flatten()
}

/// Mends the string that begins at `at` and returns where it ends.
fn mend_string(
    bytes: &mut [u8],
    mut at: usize,
    line: &mut u64,
    changed: &mut bool,
    problems: &mut Problems,
) -> usize {
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'"' => return at + 1,
            b'\\' => match surrogate(bytes, at) {
                None => at += 2,
                Some(0xD800..=0xDBFF)
                    if matches!(surrogate(bytes, at + 6), Some(0xDC00..=0xDFFF)) =>
                {
                    at += 12;
                }
                Some(_) => {
                    if let Some(digits) = bytes.get_mut(at + 2..at + 6) {
                        digits.copy_from_slice(b"fffd");
                    }
                    *changed = true;
                    problems.push(Problem::error(
                        "json-half-surrogate",
                        Place::line(*line),
                        "a string holds half of a surrogate pair, which is no character",
                    ));
                    at += 6;
                }
            },
            0..0x20 => {
                problems.push(Problem::error(
                    "json-control-character",
                    Place::line(*line),
                    format!("a string holds the raw control character U+{byte:04X}, which JSON demands to be escaped"),
                ));
                if byte == b'\n' {
                    *line += 1;
                }
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = b' ';
                }
                *changed = true;
                at += 1;
            }
            _ => at += 1,
        }
    }
    at
}

/// The code of the `\uXXXX` at `at`, when it is half of a surrogate pair.
fn surrogate(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let code = u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    (0xD800..=0xDFFF).contains(&code).then_some(code)
}

/// Mends the number that begins at `at` and returns where it ends.
fn mend_number(
    bytes: &mut [u8],
    at: usize,
    line: u64,
    changed: &mut bool,
    problems: &mut Problems,
) -> usize {
    let rest = bytes.get_mut(at..).unwrap_or_default();
    let length = rest
        .iter()
        .position(|byte| !matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))
        .unwrap_or(rest.len());
    let number = rest.get_mut(..length).unwrap_or_default();
    let too_large = std::str::from_utf8(number)
        .ok()
        .and_then(|number| number.parse::<f64>().ok())
        .is_some_and(f64::is_infinite);
    if too_large && let Some((null, blanks)) = number.split_at_mut_checked(4) {
        null.copy_from_slice(b"null");
        blanks.fill(b' ');
        *changed = true;
        problems.push(Problem::error(
            "json-number-too-large",
            Place::line(line),
            "a number is beyond what a double-precision number holds and was set aside",
        ));
    }
    at + length.max(1)
}
