//! Days and times as exchange formats write them.

use isocenter_model::Problem;
use isocenter_model::text::shortened;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

use super::{Field, Filled, Path, Problems, Text};

/// A time in RFC 3339; without an offset it is taken as UTC, a day alone as its beginning.
pub(crate) fn timestamp(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse().ok().or_else(|| {
        let time: DateTime = text.trim_end_matches('Z').parse().ok()?;
        match TimeZone::UTC.to_timestamp(time) {
            Ok(time) => Some(time),
            // The last day of the year 9999 says "never" and is beyond what a timestamp holds.
            Err(_) => (time.year() == 9999).then_some(Timestamp::MAX),
        }
    })
}

/// The day of a date or time, as written.
pub(crate) fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    text.parse()
        .ok()
        .or_else(|| Some(Offset::UTC.to_datetime(timestamp(text)?).date()))
}

/// The time of a member; one that is no time is told under `id`.
pub(crate) fn stated_time(
    id: &'static str,
    field: Field<Text<'_>>,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<Timestamp> {
    let text = field.take(path, problems);
    let text = text.filled()?;
    let time = timestamp(text);
    if time.is_none() {
        problems.push(Problem::warning(
            id,
            path.place(),
            format!("'{}' is no date and time in RFC 3339", shortened(text, 40)),
        ));
    }
    time
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_offset_is_utc_and_a_day_is_its_beginning() {
        let utc: Timestamp = "2024-02-26T17:07:20Z".parse().unwrap();
        assert_eq!(timestamp("2024-02-26T17:07:20"), Some(utc));
        assert_eq!(timestamp(" 2024-02-26T18:07:20+01:00 "), Some(utc));
        assert_eq!(timestamp("2024-02-26T17:07:20+0000"), Some(utc));
        assert_eq!(timestamp("2024-02-26"), "2024-02-26T00:00:00Z".parse().ok());
        assert_eq!(timestamp("9999-12-31T23:59:59.000Z"), Some(Timestamp::MAX));
        assert_eq!(timestamp("26.02.2024"), None);
        assert_eq!(timestamp("9999999999"), None);
    }

    #[test]
    fn a_day_is_read_off_a_time_too() {
        assert_eq!(date("2022-03-03"), Some(Date::constant(2022, 3, 3)));
        assert_eq!(
            date("2022-03-03T10:00:00"),
            Some(Date::constant(2022, 3, 3))
        );
        for time in ["2022-03-03T23:00:00-05:00", "2022-03-03T10:00:00Z"] {
            assert_eq!(date(time), Some(Date::constant(2022, 3, 3)), "{time}");
        }
        assert_eq!(date("soon"), None);
    }
}
