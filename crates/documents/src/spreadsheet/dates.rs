//! Days as spreadsheets and people write them.

use jiff::ToSpan;
use jiff::civil::Date;

/// Which number of `03/04/2025` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayOrder {
    /// 3 April: most of the world.
    DayFirst,
    /// March 4: the United States.
    MonthFirst,
}

/// What a text says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WrittenDay {
    /// This day.
    Day(Date),
    /// One of two days: the order of day and month is not told.
    Ambiguous {
        /// The day when the day stands first.
        day_first: Date,
        /// The day when the month stands first.
        month_first: Date,
    },
    /// No day.
    No,
}

impl WrittenDay {
    /// The day, with the order that the rest of the column shows.
    pub(crate) fn resolve(self, order: Option<DayOrder>) -> Self {
        match (self, order) {
            (Self::Ambiguous { day_first, .. }, Some(DayOrder::DayFirst)) => Self::Day(day_first),
            (Self::Ambiguous { month_first, .. }, Some(DayOrder::MonthFirst)) => {
                Self::Day(month_first)
            }
            (other, _) => other,
        }
    }
}

/// The day of an Excel serial number (ISO/IEC 29500-1, 18.17.4.1): whole days in the 1900 date
/// system with its 29 February 1900 that never was, or in the 1904 system.
pub(crate) fn serial_day(serial: f64, from_1904: bool) -> Option<Date> {
    // 2,958,465 is 9999-12-31.
    if !(1.0..2_958_466.0).contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded just above")]
    let days = serial.floor() as i32;
    let epoch = match (from_1904, days) {
        (true, _) => jiff::civil::date(1904, 1, 1),
        (false, 61..) => jiff::civil::date(1899, 12, 30),
        (false, 60) => return None,
        (false, _) => jiff::civil::date(1899, 12, 31),
    };
    epoch.checked_add(days.days()).ok()
}

/// Reads a day: ISO 8601 (`2025-04-03`, with or without a time), `2025/04/03`, `20250403`,
/// `03.04.2025`, `3 Apr 2025`, `April 3, 2025`, and `03/04/2025` or `03-04-2025`, whose order may stay open.
/// Years of two digits follow POSIX `%y`: 69 to 99 are 1969 to 1999.
pub(crate) fn written_day(text: &str) -> WrittenDay {
    let text = text.trim();
    if text.len() > 40 {
        return WrittenDay::No;
    }
    let day = without_time(text);
    if let [a, b, c] = parts(day, &['.', '/', '-']).as_slice()
        && let (Some(first), Some(second), Some(third)) = (number(a), number(b), number(c))
    {
        if a.len() == 4 {
            return known(first, second, third);
        }
        let Some(year) = year(c, third) else {
            return WrittenDay::No;
        };
        if day.contains('.') {
            return known(year, second, first);
        }
        return match (known(year, second, first), known(year, first, second)) {
            (WrittenDay::Day(day_first), WrittenDay::Day(month_first))
                if day_first == month_first =>
            {
                WrittenDay::Day(day_first)
            }
            (WrittenDay::Day(day_first), WrittenDay::Day(month_first)) => WrittenDay::Ambiguous {
                day_first,
                month_first,
            },
            (WrittenDay::Day(only), _) | (_, WrittenDay::Day(only)) => WrittenDay::Day(only),
            _ => WrittenDay::No,
        };
    }
    if day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()) {
        return match (day.get(..4), day.get(4..6), day.get(6..)) {
            (Some(y), Some(m), Some(d)) => match (number(y), number(m), number(d)) {
                (Some(y), Some(m), Some(d)) if (1900..2200).contains(&y) => known(y, m, d),
                _ => WrittenDay::No,
            },
            _ => WrittenDay::No,
        };
    }
    with_month_name(text)
}

/// The order that the days of one column show, when at least one decides and none contradicts.
pub(crate) fn column_order<'a>(texts: impl Iterator<Item = &'a str>) -> Option<DayOrder> {
    let (mut day_first, mut month_first) = (false, false);
    for text in texts {
        if let [a, b, _] = parts(without_time(text.trim()), &['/', '-']).as_slice()
            && let (Some(a), Some(b)) = (number(a), number(b))
        {
            day_first |= (13..=31).contains(&a) && b <= 12;
            month_first |= (13..=31).contains(&b) && a <= 12;
        }
    }
    match (day_first, month_first) {
        (true, false) => Some(DayOrder::DayFirst),
        (false, true) => Some(DayOrder::MonthFirst),
        _ => None,
    }
}

/// The text before a time of day.
fn without_time(text: &str) -> &str {
    let end = text
        .char_indices()
        .find(|(at, c)| *c == ' ' || (*c == 'T' && *at >= 8))
        .map_or(text.len(), |(at, _)| at);
    let (day, time) = text.split_at(end);
    let time = time.trim_start_matches(['T', ' ']);
    if time.is_empty() || (time.contains(':') && time.starts_with(|c: char| c.is_ascii_digit())) {
        day
    } else {
        text
    }
}

fn parts<'a>(text: &'a str, separators: &[char]) -> Vec<&'a str> {
    text.split(separators).map(str::trim).collect()
}

fn number(text: &str) -> Option<i16> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn year(text: &str, value: i16) -> Option<i16> {
    match text.len() {
        4 => Some(value),
        2 if value >= 69 => Some(1900 + value),
        2 => Some(2000 + value),
        _ => None,
    }
}

fn known(year: i16, month: i16, day: i16) -> WrittenDay {
    match (i8::try_from(month), i8::try_from(day)) {
        (Ok(month), Ok(day)) => Date::new(year, month, day).map_or(WrittenDay::No, WrittenDay::Day),
        _ => WrittenDay::No,
    }
}

/// English month names and the three letters that most European languages begin them with.
const MONTHS: [(&str, i16); 31] = [
    ("jan", 1),
    ("ene", 1),
    ("feb", 2),
    ("fév", 2),
    ("fev", 2),
    ("mar", 3),
    ("mär", 3),
    ("mrz", 3),
    ("maa", 3),
    ("mrt", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("may", 5),
    ("mai", 5),
    ("mei", 5),
    ("jun", 6),
    ("juin", 6),
    ("jul", 7),
    ("juil", 7),
    ("aug", 8),
    ("aoû", 8),
    ("ago", 8),
    ("sep", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("déc", 12),
    ("dez", 12),
    ("dic", 12),
];

fn with_month_name(text: &str) -> WrittenDay {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split([' ', '-', '.', ',', '/'])
        .filter(|word| !word.is_empty())
        .collect();
    let [a, b, c] = words.as_slice() else {
        return WrittenDay::No;
    };
    let month = |word: &str| {
        MONTHS
            .iter()
            .filter(|(name, _)| word.starts_with(name))
            .max_by_key(|(name, _)| name.len())
            .map(|(_, month)| *month)
    };
    let Some(year) = number(c).and_then(|value| year(c, value)) else {
        return WrittenDay::No;
    };
    match (month(a), month(b), number(a), number(b)) {
        (None, Some(month), Some(day), _) | (Some(month), None, _, Some(day)) => {
            known(year, month, day)
        }
        _ => WrittenDay::No,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_read_in_the_ways_people_write_it() {
        let day = WrittenDay::Day(date(2025, 4, 23));
        for text in [
            "2025-04-23",
            "2025-04-23T10:00:00Z",
            "2025-04-23 10:00",
            "2025/04/23",
            "20250423",
            "23.04.2025",
            "23.4.25",
            "23/04/2025",
            "04/23/2025",
            "23-Apr-2025",
            "April 23, 2025",
            "23 avril 2025",
        ] {
            assert_eq!(written_day(text), day, "{text}");
        }
        for text in [
            "",
            "2025",
            "Q2 2025",
            "04/2025",
            "31.02.2025",
            "1.2.3.4",
            "soon",
        ] {
            assert_eq!(written_day(text), WrittenDay::No, "{text}");
        }
    }

    #[test]
    fn a_day_whose_order_is_not_told_is_not_guessed() {
        let open = written_day("03/04/2025");
        assert_eq!(
            open,
            WrittenDay::Ambiguous {
                day_first: date(2025, 4, 3),
                month_first: date(2025, 3, 4),
            }
        );
        assert_eq!(written_day("04/04/2025"), WrittenDay::Day(date(2025, 4, 4)));
        let order = column_order(["03/04/2025", "25/12/2024"].into_iter());
        assert_eq!(order, Some(DayOrder::DayFirst));
        assert_eq!(open.resolve(order), WrittenDay::Day(date(2025, 4, 3)));
        assert_eq!(
            column_order(["03/14/2025", "25/12/2024"].into_iter()),
            None,
            "a column that contradicts itself decides nothing"
        );
    }

    #[test]
    fn serial_numbers_follow_the_1900_system_with_its_false_leap_day() {
        assert_eq!(serial_day(43747.0, false), Some(date(2019, 10, 9)));
        assert_eq!(serial_day(1.0, false), Some(date(1900, 1, 1)));
        assert_eq!(serial_day(59.0, false), Some(date(1900, 2, 28)));
        assert_eq!(serial_day(60.0, false), None);
        assert_eq!(serial_day(61.0, false), Some(date(1900, 3, 1)));
        assert_eq!(serial_day(42285.75, true), Some(date(2019, 10, 9)));
        assert_eq!(serial_day(f64::NAN, false), None);
        assert_eq!(serial_day(1e300, false), None);
    }
}
