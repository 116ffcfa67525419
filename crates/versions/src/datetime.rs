//! Instants and calendar dates as versions.
//!
//! Source: RFC 3339, section 5.6; VERS specification, `datetime`; ISO 8601-1, 5.2.2 for dates without time.
//!
//! Traps: the same instant has many spellings (offsets, fractions of a second); a date without a time is
//! its first instant in UTC; `2021.3` is a year and a number, not a month, and is no date here.

use crate::Scheme;
use crate::key::{Key, Unparsed, Writer, take_digits};

pub(crate) fn key(text: &str) -> Result<Key, Unparsed> {
    let fail = || {
        Unparsed::syntax(
            Scheme::DateTime,
            text,
            0,
            "a calendar date or an RFC 3339 instant",
        )
    };
    let (seconds, fraction) = instant(text.as_bytes()).ok_or_else(fail)?;
    let mut writer = Writer::new(text);
    writer.integer(seconds);
    let end = fraction
        .iter()
        .rposition(|digit| *digit != b'0')
        .map_or(0, |last| last + 1);
    writer.text(fraction.get(..end).unwrap_or_default());
    Ok(writer.finish())
}

/// Seconds since the year 0 in UTC, and the digits of the fraction.
fn instant<'a>(text: &'a [u8]) -> Option<(u64, &'a [u8])> {
    let (year, rest) = number(text, 4)?;
    let separator = rest
        .first()
        .filter(|byte| matches!(byte, b'-' | b'.' | b'/'));
    let part = |rest: &'a [u8]| match separator {
        Some(separator) => number(rest.strip_prefix(&[*separator])?, 2),
        None => number(rest, 2),
    };
    let (month, rest) = part(rest)?;
    let (day, rest) = part(rest)?;
    let days = day_number(year, month, day)?;
    let midnight = days.checked_mul(86_400)?;
    let Some(rest) = rest
        .strip_prefix(b"T")
        .or_else(|| rest.strip_prefix(b"t"))
        .or_else(|| rest.strip_prefix(b" "))
    else {
        return rest.is_empty().then_some((midnight, &[]));
    };
    let (hour, rest) = number(rest, 2)?;
    let (minute, rest) = number(rest.strip_prefix(b":")?, 2)?;
    let (second, rest) = number(rest.strip_prefix(b":")?, 2)?;
    // A leap second is 60.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (fraction, rest) = match rest.strip_prefix(b".") {
        Some(rest) => {
            let (digits, rest) = take_digits(rest);
            if digits.is_empty() {
                return None;
            }
            (digits, rest)
        }
        None => (&[][..], rest),
    };
    let local = midnight + hour * 3600 + minute * 60 + second;
    let (sign, rest) = match rest {
        [b'Z' | b'z'] => return Some((local, fraction)),
        [sign @ (b'+' | b'-'), rest @ ..] => (*sign, rest),
        _ => return None,
    };
    let (hours, rest) = number(rest, 2)?;
    let (minutes, rest) = number(rest.strip_prefix(b":")?, 2)?;
    if !rest.is_empty() || hours > 23 || minutes > 59 {
        return None;
    }
    let offset = hours * 3600 + minutes * 60;
    let utc = if sign == b'+' {
        local.checked_sub(offset)?
    } else {
        local + offset
    };
    Some((utc, fraction))
}

fn number(text: &[u8], width: usize) -> Option<(u64, &[u8])> {
    let (digits, rest) = text.split_at_checked(width)?;
    digits.iter().all(u8::is_ascii_digit).then_some(())?;
    Some((crate::key::value(digits)?, rest))
}

/// Days since the first of March of the year 0 (proleptic Gregorian), plus one cycle of 400 years so that it is
/// never negative.
fn day_number(year: u64, month: u64, day: u64) -> Option<u64> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    if day == 0 || day > length {
        return None;
    }
    let year = year + 400 - u64::from(month <= 2);
    let month = (month + 9) % 12;
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_instant_has_one_key_however_it_is_written() {
        let utc = key("2024-01-01T00:00:00Z").unwrap();
        for same in [
            "2023-12-31T19:00:00-05:00",
            "2024-01-01T00:00:00.000Z",
            "20240101",
            "2024-01-01",
            "2024/01/01",
        ] {
            assert_eq!(key(same).unwrap(), utc, "{same}");
        }
    }

    #[test]
    fn the_calendar_holds_across_months_and_leap_years() {
        let days = [
            "0000-01-01",
            "0001-03-01",
            "1999-12-31",
            "2000-02-28",
            "2000-02-29",
            "2000-03-01",
            "2023-12-31",
            "2024-01-01",
        ];
        for pair in days.windows(2) {
            assert!(key(pair[0]).unwrap() < key(pair[1]).unwrap(), "{pair:?}");
        }
        for wrong in [
            "2023-02-29",
            "2021.3",
            "2024-13-01",
            "2024-01-01T25:00:00Z",
            "today",
        ] {
            assert!(key(wrong).is_err(), "{wrong}");
        }
    }
}
