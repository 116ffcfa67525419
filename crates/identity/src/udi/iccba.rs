//! ICCBA: ISBT 128 data structures for devices that hold tissue, cells or blood (ISBT 128
//! Standard Technical Specification, chapter 2; ISBT 128 and the UDI rule).

use super::{Agency, Udi, UdiDate, UdiError, number, pieces};

pub(super) fn parse(text: &str) -> Result<Udi, UdiError> {
    let mut udi = Udi::new(Agency::Iccba, String::new());
    let mut rest = text;
    while !rest.is_empty() {
        rest = structure(rest, &mut udi)?;
    }
    if udi.device_identifier.is_empty() {
        return Err(UdiError::NoDeviceIdentifier);
    }
    Ok(udi)
}

/// Reads the data structure that `text` begins with and returns what follows it.
fn structure<'t>(text: &'t str, udi: &mut Udi) -> Result<&'t str, UdiError> {
    let malformed = || UdiError::Element(text.chars().take(24).collect());
    let ([flag], after) = pieces(text, [2]).ok_or_else(malformed)?;
    let take = |length: usize| -> Result<(&'t str, &'t str), UdiError> {
        after
            .split_at_checked(length)
            .filter(|(value, _)| value.bytes().all(|byte| byte.is_ascii_alphanumeric()))
            .ok_or_else(malformed)
    };
    match flag {
        // Processor product identification code: facility, facility's code, product description.
        "=/" => {
            let (value, rest) = take(16)?;
            value.clone_into(&mut udi.device_identifier);
            Ok(rest)
        }
        // Container manufacturer and catalogue number.
        "=)" => {
            let (value, rest) = take(10)?;
            value.clone_into(&mut udi.device_identifier);
            Ok(rest)
        }
        "=," => {
            let (value, rest) = take(6)?;
            udi.serial = Some(value.to_owned());
            Ok(rest)
        }
        // Container lot number.
        "&)" => {
            let (value, rest) = take(10)?;
            udi.lot = Some(value.to_owned());
            Ok(rest)
        }
        "=>" => {
            let (value, rest) = take(6)?;
            udi.expires = Some(day(value)?);
            Ok(rest)
        }
        "=}" => {
            let (value, rest) = take(6)?;
            udi.manufactured = Some(day(value)?);
            Ok(rest)
        }
        // Lot number of tissue and cells, after a `1` that belongs to the flag.
        "&," => {
            let (value, rest) = take(19)?;
            udi.lot = Some(value.strip_prefix('1').ok_or_else(malformed)?.to_owned());
            Ok(rest)
        }
        // Donation identification number: its first character is the second of the flag.
        _ if flag
            .strip_prefix('=')
            .is_some_and(|second| second.bytes().all(|byte| byte.is_ascii_alphanumeric())) =>
        {
            let (value, rest) = take(14)?;
            let first = flag.strip_prefix('=').unwrap_or_default();
            udi.donation = Some(format!("{first}{value}"));
            Ok(rest)
        }
        _ => Err(malformed()),
    }
}

/// `cyyjjj`: century within the millennium, year, day of the year.
fn day(text: &str) -> Result<UdiDate, UdiError> {
    pieces(text, [3, 3])
        .and_then(|([year, day], _)| UdiDate::of_year_day(2000 + number(year)?, number(day)?))
        .ok_or_else(|| UdiError::Date(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structures_may_stand_in_any_order() {
        let udi = parse("=,000025=/A9999XYZ100T0944").unwrap();
        assert_eq!(udi.device_identifier, "A9999XYZ100T0944");
        assert_eq!(udi.serial.as_deref(), Some("000025"));
    }

    #[test]
    fn a_structure_that_is_cut_or_unknown_is_an_error() {
        for text in [
            "=/A9999",
            "=/A9999XYZ100T0944=!",
            "=/A9999XYZ100T0944&,2000000000000XYZ123",
        ] {
            assert!(matches!(parse(text), Err(UdiError::Element(_))), "{text}");
        }
        assert_eq!(parse("=,000025"), Err(UdiError::NoDeviceIdentifier));
        assert_eq!(
            parse("=/A9999XYZ100T0944=>014400"),
            Err(UdiError::Date("014400".into()))
        );
    }
}
