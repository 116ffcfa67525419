//! The words and numbers that every form shares, so that a class or a day reads the same
//! everywhere.

use isocenter_model::assessment::Counts;
use isocenter_model::finding::{UrgencyClass, Verdict};
use isocenter_model::lifecycle::Moment;
use isocenter_model::product::VersionExpression;
use isocenter_model::text::printable;
use jiff::Timestamp;
use jiff::tz::Offset;

/// A number with its thousands apart: `61,712`.
pub(crate) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with its noun: `1 device`, `40 devices`.
pub(crate) fn counted(value: u64, noun: &str) -> String {
    let plural = match noun.strip_suffix('y') {
        _ if value == 1 => noun.to_owned(),
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    };
    format!("{} {plural}", number(value))
}

/// The length of a list, as the views count.
pub(crate) fn length<T>(items: &[T]) -> u64 {
    items.len() as u64
}

/// Day of a moment: `2026-11-23`.
pub(crate) fn day(at: Timestamp) -> String {
    Offset::UTC.to_datetime(at).date().to_string()
}

/// Day and time of a moment: `2026-11-23 08:30 UTC`.
pub(crate) fn moment(at: Timestamp) -> String {
    let at = Offset::UTC.to_datetime(at);
    format!("{} {:02}:{:02} UTC", at.date(), at.hour(), at.minute())
}

/// Day of a moment as it is written in a heading: `23 November 2026`.
pub(crate) fn long_day(at: Timestamp) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let date = Offset::UTC.to_datetime(at).date();
    let month = usize::try_from(date.month() - 1)
        .ok()
        .and_then(|month| MONTHS.get(month))
        .unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}

/// Age in days, in years where nobody counts days any more: `today`, `40 days`, `7.6 years`.
pub(crate) fn age(days: i64) -> String {
    match u64::try_from(days) {
        Ok(0) | Err(_) => "today".to_owned(),
        Ok(days) if days < 1_000 => counted(days, "day"),
        Ok(days) => {
            let tenths = days * 10 / 365;
            format!("{}.{} years", number(tenths / 10), tenths % 10)
        }
    }
}

/// When a milestone is.
pub(crate) fn milestone_day(moment: &Moment) -> String {
    match moment {
        Moment::Day(day) => day.to_string(),
        Moment::Reached => "reached".to_owned(),
        Moment::NotReached => "not reached".to_owned(),
        Moment::ToBeAnnounced => "to be announced".to_owned(),
        Moment::Within { first, last } => format!("{first} to {last}"),
        Moment::Unknown => "unknown".to_owned(),
        Moment::Words(words) => words.clone(),
    }
}

/// Which versions a paper speaks of.
pub(crate) fn version_expression(version: &VersionExpression) -> String {
    match version {
        VersionExpression::Unstated => "not stated".to_owned(),
        VersionExpression::All => "all versions".to_owned(),
        VersionExpression::Exact(text) | VersionExpression::Range(text) => text.clone(),
    }
}

/// A probability as a percentage with one decimal: `94.4 %`.
pub(crate) fn percent(probability: f64) -> String {
    format!("{:.1} %", probability * 100.0)
}

/// Points with one decimal.
pub(crate) fn points(points: f64) -> String {
    format!("{points:.1}")
}

/// A file size: `812 B`, `1.2 MB`.
pub(crate) fn size(bytes: u64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "one decimal is shown")]
    let value = bytes as f64;
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", value / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", value / 1e6),
        _ => format!("{:.1} GB", value / 1e9),
    }
}

/// A text with its first letter in upper case.
pub(crate) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + characters.as_str()
    })
}

/// When to act, for a person.
pub(crate) fn class_meaning(class: UrgencyClass) -> &'static str {
    match class {
        UrgencyClass::Now => "today or at the next safe moment",
        UrgencyClass::Soon => "in the running maintenance period",
        UrgencyClass::Planned => "goes into the plan",
        UrgencyClass::Watch => "nothing to do until something changes",
    }
}

/// Where a device or a release stands, by its most pressing finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// Something is affected, and this is how pressing it is.
    Act(UrgencyClass),
    /// Nothing is known to be affected, but something is undetermined.
    Undetermined,
    /// No bill of materials: nothing was looked at, so nothing open says nothing.
    NotExamined,
    /// A bill of materials was examined and nothing is open.
    NothingOpen,
}

impl Standing {
    /// Every standing, the most pressing first.
    pub(crate) const ALL: [Self; 7] = [
        Self::Act(UrgencyClass::Now),
        Self::Act(UrgencyClass::Soon),
        Self::Act(UrgencyClass::Planned),
        Self::Act(UrgencyClass::Watch),
        Self::Undetermined,
        Self::NotExamined,
        Self::NothingOpen,
    ];

    /// The standing that follows from counts. `examined` tells whether a bill of materials was
    /// there to examine.
    pub(crate) fn of(counts: Counts, examined: bool) -> Self {
        let classes = [counts.now, counts.soon, counts.planned, counts.watch];
        for (class, count) in UrgencyClass::ALL.into_iter().zip(classes) {
            if count > 0 {
                return Self::Act(class);
            }
        }
        if counts.undetermined > 0 {
            Self::Undetermined
        } else if examined {
            Self::NothingOpen
        } else {
            Self::NotExamined
        }
    }

    /// The word in lists.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Act(class) => class.as_str(),
            Self::Undetermined => "undetermined",
            Self::NotExamined => "not examined",
            Self::NothingOpen => "nothing open",
        }
    }

    /// Its place in [`Self::ALL`].
    pub(crate) fn rank(self) -> usize {
        Self::ALL
            .iter()
            .position(|standing| *standing == self)
            .unwrap_or_default()
    }

    /// What it means.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Self::Act(class) => class_meaning(class),
            Self::Undetermined => "a fact is missing; never counted as clean",
            Self::NotExamined => "no bill of materials; silence is not safety",
            Self::NothingOpen => "its bill of materials was examined",
        }
    }
}

/// The standing of a finding: its class when affected, else what its verdict says.
pub(crate) fn finding_label(verdict: Verdict, class: UrgencyClass) -> &'static str {
    match verdict {
        Verdict::Affected | Verdict::UnderInvestigation => class.as_str(),
        other => other.as_str(),
    }
}

/// What a remediation of this CSAF category is, in words.
pub(crate) fn remediation(category: &str) -> String {
    match category {
        "vendor_fix" => "vendor fix".to_owned(),
        "none_available" => "none available".to_owned(),
        "no_fix_planned" => "no fix planned".to_owned(),
        "fix_planned" => "fix planned".to_owned(),
        "optional_patch" => "optional patch".to_owned(),
        other => printable(other).replace('_', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_thousands_apart() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(61_712), "61,712");
        assert_eq!(number(1_000_000), "1,000,000");
    }

    #[test]
    fn a_noun_follows_its_number() {
        assert_eq!(counted(1, "device"), "1 device");
        assert_eq!(counted(0, "device"), "0 devices");
        assert_eq!(counted(2, "vulnerability"), "2 vulnerabilities");
        assert_eq!(counted(2, "day"), "2 days");
    }

    #[test]
    fn silence_is_not_safety() {
        let nothing = Counts::default();
        assert_eq!(Standing::of(nothing, false), Standing::NotExamined);
        assert_eq!(Standing::of(nothing, true), Standing::NothingOpen);
        let unknown = Counts {
            undetermined: 1,
            ..nothing
        };
        assert_eq!(Standing::of(unknown, true), Standing::Undetermined);
        let watched = Counts {
            watch: 1,
            ..unknown
        };
        assert_eq!(
            Standing::of(watched, true),
            Standing::Act(UrgencyClass::Watch)
        );
    }

    #[test]
    fn days_are_written_out_in_headings() {
        let at = "2026-11-03T23:59:59Z".parse::<Timestamp>().unwrap();
        assert_eq!(long_day(at), "3 November 2026");
        assert_eq!(moment(at), "2026-11-03 23:59 UTC");
        assert_eq!(age(0), "today");
        assert_eq!(age(483), "483 days");
        assert_eq!(age(2_758), "7.5 years");
    }

    #[test]
    fn sizes_are_told_in_decimal_units() {
        assert_eq!(size(812), "812 B");
        assert_eq!(size(1_240_000), "1.2 MB");
    }
}
