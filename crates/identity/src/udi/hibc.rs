//! HIBC: ANSI/HIBC 2.6, Health Industry Bar Code supplier labeling standard.

use super::{Agency, Udi, UdiDate, UdiError, century, number, pieces, yymmdd};

/// The characters in the order of their values (ANSI/HIBC 2.6, appendix B): Code 39.
const ALPHABET: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";

pub(super) fn parse(text: &str) -> Result<Udi, UdiError> {
    let malformed = || UdiError::Element(text.chars().take(24).collect());
    let body = checked(text)?;
    let mut parts = body.strip_prefix('+').ok_or(UdiError::Format)?.split('/');
    let primary = parts.next().unwrap_or_default();
    // Labeler code of four characters, the first a letter; product code of 1 to 18; unit of
    // measure, one digit that counts packages and not products.
    let fits = (6..=23).contains(&primary.len())
        && primary.starts_with(|first: char| first.is_ascii_alphabetic())
        && primary.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && primary.ends_with(|unit: char| unit.is_ascii_digit());
    if !fits {
        // `+$$…` is a secondary carrier that was scanned alone: it names no device.
        return Err(if primary.starts_with('$') {
            UdiError::NoDeviceIdentifier
        } else {
            malformed()
        });
    }
    let device = primary.get(..primary.len() - 1).unwrap_or_default();
    let mut udi = Udi::new(Agency::Hibcc, device.to_owned());
    for part in parts {
        secondary(part, &mut udi)?;
    }
    Ok(udi)
}

/// The carrier without its check character, which is the sum of all values modulo 43.
fn checked(text: &str) -> Result<&str, UdiError> {
    let value = |letter: char| ALPHABET.find(letter);
    let malformed = || UdiError::Element(text.chars().take(24).collect());
    let (at, found) = text.char_indices().next_back().ok_or(UdiError::Empty)?;
    let body = text.get(..at).unwrap_or_default();
    let mut sum = 0;
    for letter in body.chars() {
        sum += value(letter).ok_or_else(malformed)?;
    }
    let expected = ALPHABET.chars().nth(sum % 43).ok_or_else(malformed)?;
    // A blank that is the check character is printed as an underscore.
    if found == expected || (found == '_' && expected == ' ') {
        Ok(body)
    } else {
        Err(UdiError::CheckCharacter { found, expected })
    }
}

/// One secondary data structure (ANSI/HIBC 2.6, 2.3.2).
fn secondary(part: &str, udi: &mut Udi) -> Result<(), UdiError> {
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    if let Some(rest) = part.strip_prefix("$$+") {
        let (expires, serial) = quantity_and_date(rest)?;
        udi.expires = expires.or(udi.expires);
        udi.serial = filled(serial);
    } else if let Some(rest) = part.strip_prefix("$$") {
        let (expires, lot) = quantity_and_date(rest)?;
        udi.expires = expires.or(udi.expires);
        udi.lot = filled(lot);
    } else if let Some(serial) = part.strip_prefix("$+") {
        udi.serial = filled(serial);
    } else if let Some(lot) = part.strip_prefix('$') {
        udi.lot = filled(lot);
    } else if let Some(date) = part.strip_prefix("14D") {
        udi.expires = Some(yyyymmdd(date)?);
    } else if let Some(date) = part.strip_prefix("16D") {
        udi.manufactured = Some(yyyymmdd(date)?);
    } else if let Some(serial) = part.strip_prefix('S') {
        udi.serial = filled(serial);
    } else if let Some(([year, day], lot)) = pieces(part, [2, 3])
        && number(year).is_some()
        && number(day).is_some()
    {
        udi.expires = Some(julian(year, day)?);
        udi.lot = filled(lot);
    }
    Ok(())
}

/// An optional quantity (8 and two digits, 9 and five), then an expiry whose first digit says
/// how it is written, then the rest (ANSI/HIBC 2.6, table 2).
fn quantity_and_date(text: &str) -> Result<(Option<UdiDate>, &str), UdiError> {
    let malformed = || UdiError::Element(text.chars().take(24).collect());
    let text = match text.as_bytes().first() {
        Some(b'8') => text.get(3..).ok_or_else(malformed)?,
        Some(b'9') => text.get(6..).ok_or_else(malformed)?,
        _ => text,
    };
    match text.as_bytes().first() {
        Some(b'0' | b'1') => {
            let ([month, year], rest) = pieces(text, [2, 2]).ok_or_else(malformed)?;
            Ok((Some(yymmdd(&format!("{year}{month}00"))?), rest))
        }
        Some(b'2') => {
            let ([_, month, day, year], rest) = pieces(text, [1, 2, 2, 2]).ok_or_else(malformed)?;
            Ok((Some(yymmdd(&format!("{year}{month}{day}"))?), rest))
        }
        Some(b'3') => {
            let ([_, date], rest) = pieces(text, [1, 6]).ok_or_else(malformed)?;
            Ok((Some(yymmdd(date)?), rest))
        }
        Some(b'4') => {
            let ([_, date, _hour], rest) = pieces(text, [1, 6, 2]).ok_or_else(malformed)?;
            Ok((Some(yymmdd(date)?), rest))
        }
        Some(b'5') => {
            let ([_, year, day], rest) = pieces(text, [1, 2, 3]).ok_or_else(malformed)?;
            Ok((Some(julian(year, day)?), rest))
        }
        Some(b'6') => {
            let ([_, year, day, _hour], rest) = pieces(text, [1, 2, 3, 2]).ok_or_else(malformed)?;
            Ok((Some(julian(year, day)?), rest))
        }
        Some(b'7') => Ok((None, text.get(1..).unwrap_or_default())),
        _ => Ok((None, text)),
    }
}

/// Two digits of the year and the day of the year.
fn julian(year: &str, day: &str) -> Result<UdiDate, UdiError> {
    number(year)
        .zip(number(day))
        .and_then(|(year, day)| UdiDate::of_year_day(century(year), day))
        .ok_or_else(|| UdiError::Date(format!("{year}{day}")))
}

fn yyyymmdd(text: &str) -> Result<UdiDate, UdiError> {
    let date = || {
        let ([year, month, day], rest) = pieces(text, [4, 2, 2])?;
        rest.is_empty().then_some(())?;
        UdiDate::new(
            number(year)?,
            u8::try_from(number(month)?).ok()?,
            u8::try_from(number(day)?).ok()?,
        )
    };
    date().ok_or_else(|| UdiError::Date(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `carrier` with the check character that it asks for.
    fn signed(carrier: &str) -> String {
        let sum: usize = carrier
            .chars()
            .map(|letter| ALPHABET.find(letter).unwrap())
            .sum();
        format!("{carrier}{}", ALPHABET.chars().nth(sum % 43).unwrap())
    }

    /// ANSI/HIBC 2.6 itself prints these carriers, check character included.
    #[test]
    fn the_examples_of_the_standard_are_read() {
        let primary = parse("+A123BJC5D6E71G").unwrap();
        assert_eq!(primary.device_identifier, "A123BJC5D6E7");
        let both = parse("+A99912345/$$52001510X33").unwrap();
        assert_eq!(both.lot.as_deref(), Some("10X3"));
        let udi = parse("+A99912345/$$52001510X3/16D20111212/S77DEFG457").unwrap();
        assert_eq!(udi.device_identifier, "A9991234");
        assert_eq!(udi.lot.as_deref(), Some("10X3"));
        assert_eq!(udi.serial.as_deref(), Some("77DEFG45"));
        assert_eq!(udi.expires.unwrap().to_string(), "2020-01-15");
        assert_eq!(udi.manufactured.unwrap().to_string(), "2011-12-12");
    }

    #[test]
    fn every_form_of_expiry_is_read() {
        for (secondary, expires, lot) in [
            ("$$0928LOT", Some("2028-09"), "LOT"),
            ("$$2093028LOT", Some("2028-09-30"), "LOT"),
            ("$$3280930LOT", Some("2028-09-30"), "LOT"),
            ("$$428093012LOT", Some("2028-09-30"), "LOT"),
            ("$$528274LOT", Some("2028-09-30"), "LOT"),
            ("$$62827412LOT", Some("2028-09-30"), "LOT"),
            ("$$8240928LOT", Some("2028-09"), "LOT"),
            ("$$9001003280930LOT", Some("2028-09-30"), "LOT"),
            ("$$7LOT", None, "LOT"),
            ("$LOT", None, "LOT"),
            ("28274LOT", Some("2028-09-30"), "LOT"),
        ] {
            let udi = parse(&signed(&format!("+A99912345/{secondary}"))).unwrap();
            let found = udi.expires.map(|date| date.to_string());
            assert_eq!(found.as_deref(), expires, "{secondary}");
            assert_eq!(udi.lot.as_deref(), Some(lot), "{secondary}");
        }
        let serial = parse(&signed("+A99912345/$$+7S1")).unwrap();
        assert_eq!(serial.serial.as_deref(), Some("S1"));
    }

    #[test]
    fn a_misread_carrier_is_found_by_its_check_character() {
        assert_eq!(
            parse("+A99912346/$$52001510X3/16D20111212/S77DEFG457"),
            Err(UdiError::CheckCharacter {
                found: '7',
                expected: '8'
            })
        );
        assert_eq!(parse(&signed("+$$7LOT")), Err(UdiError::NoDeviceIdentifier));
        assert!(matches!(
            parse(&signed("+A99912345/16D20111301")),
            Err(UdiError::Date(_))
        ));
        assert!(matches!(
            parse("+ä"),
            Err(UdiError::CheckCharacter { .. } | UdiError::Element(_))
        ));
    }
}
