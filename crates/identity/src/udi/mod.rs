//! Unique Device Identification.
//!
//! A UDI carrier is issued under the rules of an accredited agency (21 CFR 830, EU MDR Annex
//! VI): GS1 application identifiers, the HIBC supplier labeling standard, or ICCBA's ISBT 128.
//! All three are read from the printed form and from what a scanner sends.

mod gs1;
mod hibc;
mod iccba;

use std::fmt;

use thiserror::Error;

/// The agency under whose rules a UDI is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agency {
    /// GS1 General Specifications.
    Gs1,
    /// Health Industry Business Communications Council: ANSI/HIBC 2.6.
    Hibcc,
    /// International Council for Commonality in Blood Banking Automation: ISBT 128.
    Iccba,
}

/// A day, or a month where the standard leaves the day open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UdiDate {
    /// Year with century.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month; `None` where only the month is stated, which means its last day for an
    /// expiry (GS1 General Specifications, 3.4).
    pub day: Option<u8>,
}

impl UdiDate {
    fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let long = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if is_leap(year) => 29,
            2 => 28,
            _ => return None,
        };
        (day <= long).then_some(Self {
            year,
            month,
            day: (day > 0).then_some(day),
        })
    }

    /// The `ordinal`-th day of a year, from 1.
    fn of_year_day(year: u16, ordinal: u16) -> Option<Self> {
        let mut left = ordinal;
        for month in 1..=12 {
            let days = (28..=31)
                .rev()
                .find(|day| Self::new(year, month, *day).is_some())?;
            if left <= u16::from(days) {
                let day = u8::try_from(left).ok().filter(|day| *day > 0)?;
                return Self::new(year, month, day);
            }
            left -= u16::from(days);
        }
        None
    }
}

impl fmt::Display for UdiDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// A UDI: the device identifier, and the production identifiers that the carrier holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Udi {
    /// Who issued the rules.
    pub agency: Agency,
    /// The device identifier (UDI-DI), which names maker and model: a GTIN of 14 digits, or the
    /// HIBC or ISBT 128 code without its flag characters.
    pub device_identifier: String,
    /// Serial number.
    pub serial: Option<String>,
    /// Lot or batch.
    pub lot: Option<String>,
    /// When it was made.
    pub manufactured: Option<UdiDate>,
    /// Until when it may be used.
    pub expires: Option<UdiDate>,
    /// Software version, GS1 (8012).
    pub software_version: Option<String>,
    /// Donation identification number, ISBT 128.
    pub donation: Option<String>,
}

impl Udi {
    fn new(agency: Agency, device_identifier: String) -> Self {
        Self {
            agency,
            device_identifier,
            serial: None,
            lot: None,
            manufactured: None,
            expires: None,
            software_version: None,
            donation: None,
        }
    }

    /// Reads a UDI of any agency. A lone GTIN of 8, 12, 13 or 14 digits is taken as a GS1 device
    /// identifier.
    pub fn parse(text: &str) -> Result<Self, UdiError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(UdiError::Empty);
        }
        // A scanner may send the symbology in front (ISO/IEC 15424): `]d2`, `]C1`, `]Q3`.
        let text = match text.strip_prefix(']') {
            Some(rest) => rest.get(2..).unwrap_or_default(),
            None => text,
        };
        // HIBC prints its carriers between asterisks.
        let text = text.trim_matches('*');
        if text.starts_with('+') {
            hibc::parse(text)
        } else if text.starts_with('=') || text.starts_with('&') {
            iccba::parse(text)
        } else {
            gs1::parse(text)
        }
    }
}

/// Why a text is not a UDI.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UdiError {
    /// There is nothing.
    #[error("the UDI is empty")]
    Empty,
    /// It begins like none of the three formats.
    #[error("a UDI begins with (01) or 01 (GS1), + (HIBCC) or = (ICCBA)")]
    Format,
    /// No device identifier is among its elements.
    #[error("the UDI holds no device identifier")]
    NoDeviceIdentifier,
    /// The check character does not fit the rest: a misread or mistyped UDI.
    #[error("the check character is {found}, but the rest asks for {expected}")]
    CheckCharacter {
        /// What stands there.
        found: char,
        /// What the standard computes.
        expected: char,
    },
    /// An element has the wrong length or characters.
    #[error("the element `{0}` of this UDI is malformed")]
    Element(String),
    /// A date that no calendar has.
    #[error("the date `{0}` of this UDI does not exist")]
    Date(String),
}

/// `text` as a number, when it holds digits only.
fn number(text: &str) -> Option<u16> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

/// Two digits of a year: every UDI is of this century (the rule dates from 2013).
fn century(year: u16) -> u16 {
    2000 + year
}

/// Pieces of `text` of the given lengths, and the rest.
fn pieces<const N: usize>(text: &str, lengths: [usize; N]) -> Option<([&str; N], &str)> {
    let mut rest = text;
    let mut found = [""; N];
    for (piece, length) in found.iter_mut().zip(lengths) {
        let (start, after) = rest.split_at_checked(length)?;
        *piece = start;
        rest = after;
    }
    Some((found, rest))
}

/// A date of year, month and day, two digits each.
fn yymmdd(text: &str) -> Result<UdiDate, UdiError> {
    let date = || {
        let ([year, month, day], _) = pieces(text, [2, 2, 2])?;
        UdiDate::new(
            century(number(year)?),
            u8::try_from(number(month)?).ok()?,
            u8::try_from(number(day)?).ok()?,
        )
    };
    date().ok_or_else(|| UdiError::Date(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::fmt::Write as _;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let udi = Udi::parse(text).unwrap();
        let mut line = format!("{:?} {}", udi.agency, udi.device_identifier);
        let parts = [
            ("serial", udi.serial),
            ("lot", udi.lot),
            ("made", udi.manufactured.map(|date| date.to_string())),
            ("expires", udi.expires.map(|date| date.to_string())),
            ("software", udi.software_version),
            ("donation", udi.donation),
        ];
        for (name, value) in parts {
            if let Some(value) = value {
                let _ = write!(line, " {name}={value}");
            }
        }
        assert_eq!(line, expected);
    }

    /// The examples of FDA's "UDI formats by FDA-accredited issuing agency" (version 1.3), that of
    /// HIBCC with the check character that its content asks for.
    #[test]
    fn the_published_examples_are_read() {
        check(
            "(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234",
            "Gs1 51022222233336 serial=1234 lot=A213B1 made=2014-12-31 expires=2015-07-07",
        );
        check(
            "+H123PARTNO1234567890120/$$420020216LOT123456789012345/SXYZ456789012345678/16D20130202H",
            "Hibcc H123PARTNO123456789012 serial=XYZ456789012345678 lot=LOT123456789012345 made=2013-02-02 expires=2020-02-02",
        );
        check(
            "=/A9999XYZ100T0944=,000025=A99971312345600=>014032=}013032&,1000000000000XYZ123",
            "Iccba A9999XYZ100T0944 serial=000025 lot=000000000000XYZ123 made=2013-02-01 expires=2014-02-01 donation=A99971312345600",
        );
        check(
            "=)1TE123456A&)RZ12345678",
            "Iccba 1TE123456A lot=RZ12345678",
        );
    }

    #[test]
    fn what_a_scanner_sends_is_read_like_the_printed_form() {
        check(
            "]d20151022222233336211234\u{1d}10A213B1\u{1d}11201200",
            "Gs1 51022222233336 serial=1234 lot=A213B1 made=2020-12",
        );
    }

    #[test]
    fn text_outside_every_format_says_why() {
        assert_eq!(Udi::parse("  "), Err(UdiError::Empty));
        assert_eq!(Udi::parse("ABC"), Err(UdiError::Format));
        assert_eq!(Udi::parse("(21)1234"), Err(UdiError::NoDeviceIdentifier));
        assert_eq!(
            Udi::parse("(01)51022222233337"),
            Err(UdiError::CheckCharacter {
                found: '7',
                expected: '6'
            })
        );
    }

    #[test]
    fn a_day_of_the_year_becomes_a_date() {
        assert_eq!(
            UdiDate::of_year_day(2020, 60).unwrap().to_string(),
            "2020-02-29"
        );
        assert_eq!(
            UdiDate::of_year_day(2021, 60).unwrap().to_string(),
            "2021-03-01"
        );
        assert_eq!(
            UdiDate::of_year_day(2021, 365).unwrap().to_string(),
            "2021-12-31"
        );
        assert_eq!(UdiDate::of_year_day(2021, 366), None);
        assert_eq!(UdiDate::of_year_day(2021, 0), None);
        assert_eq!(UdiDate::new(2021, 2, 29), None);
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "(\\(01\\)|01|\\+|=|=/|\\]..)?[ -~ü\u{1d}]{0,60}") {
            let _ = Udi::parse(&text);
        }
    }
}
