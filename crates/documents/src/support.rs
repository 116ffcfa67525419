//! What bills of materials say of the support of their parts, in whatever field or words they say
//! it. The names and words are those of the table `sbom` in `catalogs/tables.toml`.
//!
//! Only days decide something; everything else is kept word for word, so that a person sees what the
//! supplier answered when asked.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use isocenter_model::component::{Component, Property};
use isocenter_model::lifecycle::{Milestone, MilestoneKind, Moment, Support, SupportLevel};
use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};
use jiff::civil::{Date, date};

use crate::headed::Vocabulary;
use crate::json::Problems;
use crate::spreadsheet::{DayOrder, WrittenDay, counted, written_day};
use crate::wording::absent;

/// Bytes that a name or word of the catalog may have; longer texts are sentences.
const LONGEST: usize = 120;
/// Different texts that one message quotes.
const QUOTED: usize = 3;

/// The fields of milestones, in the catalog's words.
pub(crate) const MILESTONES: [(&str, MilestoneKind); 5] = [
    ("general-availability", MilestoneKind::GeneralAvailability),
    ("end-of-sales", MilestoneKind::EndOfSales),
    ("end-of-development", MilestoneKind::EndOfDevelopment),
    (
        "end-of-security-support",
        MilestoneKind::EndOfSecuritySupport,
    ),
    ("end-of-support", MilestoneKind::EndOfSupport),
];

/// The field of the level, in the catalog's words.
pub(crate) const LEVEL: &str = "support-level";

/// What stands before the first colon of names that mean support. Scanners attach many names of
/// their own to every part, and looking each up would cost more than reading it.
static NAMESPACES: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| vocabulary().map_or_else(BTreeSet::new, Vocabulary::namespaces));

fn vocabulary() -> Option<&'static Vocabulary> {
    Vocabulary::of("sbom")
}

/// The level that a text means.
pub(crate) fn level(text: &str) -> Option<SupportLevel> {
    if absent(text) {
        return Some(SupportLevel::Unknown);
    }
    if text.len() > LONGEST {
        return None;
    }
    SupportLevel::from_word(vocabulary()?.meaning(LEVEL, text)?)
}

/// When a text says that something is; `order` is that of the other days beside it.
pub(crate) fn moment(text: &str, order: Option<DayOrder>) -> Moment {
    let text = text.trim();
    if absent(text) {
        return Moment::Unknown;
    }
    match written_day(text).resolve(order) {
        WrittenDay::Day(day) => return Moment::Day(day),
        WrittenDay::Ambiguous {
            day_first,
            month_first,
        } => {
            return Moment::Within {
                first: day_first.min(month_first),
                last: day_first.max(month_first),
            };
        }
        WrittenDay::No => {}
    }
    if let Some((first, last)) = period(text) {
        return Moment::Within { first, last };
    }
    let meaning = vocabulary()
        .filter(|_| text.len() <= LONGEST)
        .and_then(|vocabulary| vocabulary.meaning("moment", text));
    match meaning {
        Some("unknown") => Moment::Unknown,
        Some("reached") => Moment::Reached,
        Some("not-reached") => Moment::NotReached,
        Some("to-be-announced") => Moment::ToBeAnnounced,
        _ => Moment::Words(text.to_owned()),
    }
}

/// First and last day of a written year (`2027`), quarter (`Q3 2027`) or month (`2027-10`,
/// `10/2027`, `Oct 2027`).
fn period(text: &str) -> Option<(Date, Date)> {
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | ','))
        .filter(|part| !part.is_empty())
        .collect();
    let year_of = |part: &str| -> Option<i16> {
        let year: i16 = part.parse().ok()?;
        (part.len() == 4 && (1950..2200).contains(&year)).then_some(year)
    };
    let (year, rest) = match parts.as_slice() {
        [year] => (year_of(year)?, None),
        [one, other] => match (year_of(one), year_of(other)) {
            (Some(year), None) => (year, Some(*other)),
            (None, Some(year)) => (year, Some(*one)),
            _ => return None,
        },
        _ => return None,
    };
    let (first, months) = match rest {
        None => (1, 12),
        Some(part) => match quarter(part) {
            Some(quarter) => (quarter * 3 - 2, 3),
            None => (month(part)?, 1),
        },
    };
    let begin = date(year, first, 1);
    let end = date(year, first + months - 1, 1).last_of_month();
    Some((begin, end))
}

fn quarter(part: &str) -> Option<i8> {
    let number = part
        .strip_prefix(['Q', 'q'])
        .or_else(|| part.strip_suffix(['Q', 'q']))?;
    number
        .parse()
        .ok()
        .filter(|quarter| (1..=4).contains(quarter))
}

/// The month of a number, or of a name as it is understood in days.
fn month(part: &str) -> Option<i8> {
    if part.bytes().all(|byte| byte.is_ascii_digit()) && part.len() <= 2 {
        return part.parse().ok().filter(|month| (1..=12).contains(month));
    }
    match written_day(&format!("1 {part} 2000")) {
        WrittenDay::Day(day) => Some(day.month()),
        _ => None,
    }
}

/// What the named values of a part say of its support.
pub(crate) fn of_properties(properties: &[Property]) -> Option<Box<Support>> {
    let mut support = Support::default();
    for property in properties {
        let Some(field) = field(&property.name) else {
            continue;
        };
        if field == LEVEL && support.level_written.is_none() {
            support.level = level(&property.value);
            support.level_written = Some(property.value.trim().to_owned());
        }
        let milestone = MILESTONES.into_iter().find(|(known, _)| *known == field);
        support
            .milestones
            .extend(milestone.map(|(_, kind)| Milestone {
                kind,
                at: moment(&property.value, None),
                offer: None,
            }));
    }
    (!support.is_empty()).then(|| Box::new(support))
}

/// The field that the name of a value means.
fn field(name: &str) -> Option<&'static str> {
    let is_foreign = name
        .split_once(':')
        .is_some_and(|(namespace, _)| !NAMESPACES.contains(namespace));
    if is_foreign || name.len() > LONGEST {
        return None;
    }
    vocabulary()?.field(name)
}

/// Says in one note each how many statements name no day, and how many levels are in words that
/// mean nothing here.
pub(crate) fn report<'c>(
    components: impl Iterator<Item = &'c Component>,
    without_day: &'static str,
    level_unknown: &'static str,
    problems: &mut Problems,
) {
    let mut moments = Told::default();
    let mut levels = Told::default();
    for support in components.filter_map(|component| component.support.as_deref()) {
        for milestone in &support.milestones {
            if let Moment::Words(words) = &milestone.at {
                moments.add(words);
            }
        }
        if let (None, Some(written)) = (support.level, &support.level_written) {
            levels.add(written);
        }
    }
    if moments.count > 0 {
        problems.push(
            Problem::note(
                without_day,
                Place::Document,
                format!(
                    "{} on the life cycle of parts {} no day, among them {}",
                    counted(moments.count, "statement", "statements"),
                    if moments.count == 1 { "names" } else { "name" },
                    moments.quoted()
                ),
            )
            .hint("ask the manufacturer for a date, or for a justification why there is none"),
        );
    }
    if levels.count > 0 {
        problems.push(Problem::note(
            level_unknown,
            Place::Document,
            format!(
                "{} in words that are not known here, among them {}",
                counted(levels.count, "support level is", "support levels are"),
                levels.quoted()
            ),
        ));
    }
}

#[derive(Default)]
struct Told<'c> {
    count: u64,
    texts: Vec<&'c str>,
}

impl<'c> Told<'c> {
    fn add(&mut self, text: &'c str) {
        self.count += 1;
        if self.texts.len() < QUOTED && !self.texts.contains(&text) {
            self.texts.push(text);
        }
    }

    fn quoted(&self) -> String {
        let quoted: Vec<String> = self
            .texts
            .iter()
            .map(|text| format!("\u{201c}{}\u{201d}", shortened(text, 60)))
            .collect();
        quoted.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn property(name: &str, value: &str) -> Property {
        Property {
            name: name.to_owned(),
            value: value.to_owned(),
        }
    }

    #[test]
    fn a_value_is_known_however_its_name_is_written() {
        use MilestoneKind::{EndOfSales, EndOfSupport, GeneralAvailability};
        for (name, kind) in [
            ("End-of-Support", EndOfSupport),
            ("end_of_support_date", EndOfSupport),
            ("cdx:lifecycle:milestone:endOfSupport", EndOfSupport),
            ("EOL", EndOfSupport),
            // CycloneDX calls the last sale the end of life.
            ("cdx:lifecycle:milestone:endOfLife", EndOfSales),
            (
                "cdx:lifecycle:milestone:generalAvailability",
                GeneralAvailability,
            ),
        ] {
            let support = of_properties(&[property(name, "2027-10-12")]).unwrap();
            assert_eq!(support.milestones[0].kind, kind, "{name}");
        }
        for name in ["Level of Support", "cdx:fda:level-of-support"] {
            let support = of_properties(&[property(name, "Actively maintained")]).unwrap();
            assert_eq!(support.level, Some(SupportLevel::ActivelyMaintained));
        }
        for name in [
            "support e-mail",
            "syft:cpe23",
            "x:End-of-Support",
            "",
            "license",
        ] {
            assert_eq!(of_properties(&[property(name, "2027")]), None, "{name}");
        }
    }

    #[test]
    fn a_moment_is_a_day_a_span_or_a_word() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let within = |first: &str, last: &str| Moment::Within {
            first: day(first),
            last: day(last),
        };
        let words = |text: &str| Moment::Words(text.to_owned());
        for (text, expected) in [
            ("2027-10-12", Moment::Day(day("2027-10-12"))),
            ("2027-10-12T00:00:00Z", Moment::Day(day("2027-10-12"))),
            ("12.10.2027", Moment::Day(day("2027-10-12"))),
            ("Oct 12, 2027", Moment::Day(day("2027-10-12"))),
            ("03/04/2027", within("2027-03-04", "2027-04-03")),
            ("2027", within("2027-01-01", "2027-12-31")),
            ("2027-02", within("2027-02-01", "2027-02-28")),
            ("10/2027", within("2027-10-01", "2027-10-31")),
            ("October 2027", within("2027-10-01", "2027-10-31")),
            ("Q3 2027", within("2027-07-01", "2027-09-30")),
            ("2027-Q4", within("2027-10-01", "2027-12-31")),
            ("4Q/2027", within("2027-10-01", "2027-12-31")),
            ("No longer supported", Moment::Reached),
            ("true", Moment::Reached),
            ("Supported", Moment::NotReached),
            ("tba", Moment::ToBeAnnounced),
            ("Unknown", Moment::Unknown),
            ("n/a", Moment::Unknown),
            ("", Moment::Unknown),
            (
                " Until hardware support ends",
                words("Until hardware support ends"),
            ),
            ("Open source", words("Open source")),
            ("13/2027", words("13/2027")),
            ("Q5 2027", words("Q5 2027")),
            ("9999", words("9999")),
        ] {
            assert_eq!(moment(text, None), expected, "{text}");
        }
        assert_eq!(
            moment("03/04/2027", Some(DayOrder::DayFirst)),
            Moment::Day(day("2027-04-03"))
        );
    }

    #[test]
    fn a_level_is_known_by_its_words_and_kept_when_it_is_not() {
        for (text, expected) in [
            (
                "Actively maintained",
                Some(SupportLevel::ActivelyMaintained),
            ),
            ("Inactive", Some(SupportLevel::NoLongerMaintained)),
            ("Deprecated", Some(SupportLevel::NoLongerMaintained)),
            ("abandoned", Some(SupportLevel::Abandoned)),
            ("Unknown", Some(SupportLevel::Unknown)),
            ("gold", None),
        ] {
            assert_eq!(level(text), expected, "{text}");
        }
        let support = of_properties(&[
            property("Level of Support", " gold "),
            property("colour", "red"),
            property("Support level", "silver"),
        ])
        .unwrap();
        assert_eq!(support.level, None);
        assert_eq!(support.level_written.as_deref(), Some("gold"));
    }
}
