//! Dates with a time of day (RFC 3339).

/// RFC 3339, `date-time`.
pub(crate) fn is_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| -> Option<u32> {
        let digits = bytes.get(from..to)?;
        digits
            .iter()
            .all(u8::is_ascii_digit)
            .then(|| std::str::from_utf8(digits).ok()?.parse().ok())?
    };
    let at = |index: usize| bytes.get(index).copied().unwrap_or_default();
    let (Some(year), Some(month), Some(day), Some(hour), Some(minute), Some(second)) = (
        number(0, 4),
        number(5, 7),
        number(8, 10),
        number(11, 13),
        number(14, 16),
        number(17, 19),
    ) else {
        return false;
    };
    if (at(4), at(7), at(13), at(16)) != (b'-', b'-', b':', b':') || !matches!(at(10), b'T' | b't')
    {
        return false;
    }
    let mut end = 19;
    if at(end) == b'.' {
        let digits = bytes
            .get(end + 1..)
            .unwrap_or_default()
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if digits == 0 {
            return false;
        }
        end += 1 + digits;
    }
    let offset = match (at(end), bytes.len() - end) {
        (b'Z' | b'z', 1) => 0,
        (sign @ (b'+' | b'-'), 6) if at(end + 3) == b':' => {
            let (Some(hours), Some(minutes)) = (number(end + 1, end + 3), number(end + 4, end + 6))
            else {
                return false;
            };
            if hours > 23 || minutes > 59 {
                return false;
            }
            let minutes = i64::from(hours * 60 + minutes);
            if sign == b'+' { minutes } else { -minutes }
        }
        _ => return false,
    };
    if hour > 23 || minute > 59 {
        return false;
    }
    let is_day = (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day);
    match second {
        0..=59 => is_day,
        // A leap second stands at the end of a UTC month.
        60 => {
            is_day && {
                let of_day = (i64::from(hour * 60 + minute) - offset).rem_euclid(24 * 60);
                of_day == 23 * 60 + 59
            }
        }
        _ => false,
    }
}

fn days_of(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_an_offset_and_is_in_the_calendar() {
        for time in [
            "2024-02-29T23:59:59Z",
            "2024-01-24t10:00:00.000z",
            "2015-06-30T23:59:60+00:00",
            "2015-06-30T10:29:60-13:30",
            "1937-01-01T12:00:27.87+00:20",
        ] {
            assert!(is_time(time), "{time}");
        }
        for other in [
            "2024-01-24 10:00:00.000Z",
            "2024-01-24T10:00:00.000",
            "2024-01-24T10:00:00.Z",
            "2023-02-29T10:00:00Z",
            "2024-01-24T24:00:00Z",
            "2024-01-24T10:60:00Z",
            "2024-01-24T10:00:61Z",
            "2015-06-30T23:58:60Z",
            "2024-01-24T10:00:00+0000",
            "2024-01-24T10:00:00.000+00:10:21",
            "2024-13-24T10:00:00Z",
            "2024-01-24",
            "24-01-24T10:00:00Z",
        ] {
            assert!(!is_time(other), "{other}");
        }
    }
}
