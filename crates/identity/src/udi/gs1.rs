//! GS1 element strings (GS1 General Specifications, chapter 3) and Digital Link addresses.

use super::{Agency, Udi, UdiError, yymmdd};

/// FNC1 as scanners send it: the end of an element of variable length.
const SEPARATOR: char = '\u{1d}';

pub(super) fn parse(text: &str) -> Result<Udi, UdiError> {
    let mut elements = Elements::default();
    let bare = text.trim_start_matches(SEPARATOR);
    if bare.starts_with('(') {
        bracketed(bare, &mut elements)?;
    } else if let Some((_, path)) = bare.split_once("://") {
        digital_link(path, &mut elements)?;
    } else if matches!(bare.len(), 8 | 12 | 13 | 14) && is_digits(bare) {
        elements.set("01", &format!("{bare:0>14}"))?;
    } else if is_digits(bare.get(..2).unwrap_or("-")) {
        element_string(bare, &mut elements)?;
    } else {
        return Err(UdiError::Format);
    }
    elements.udi.ok_or(UdiError::NoDeviceIdentifier)
}

/// What was read so far. Production identifiers may stand in front of the device identifier.
#[derive(Default)]
struct Elements {
    udi: Option<Udi>,
    waiting: Vec<(String, String)>,
}

impl Elements {
    fn set(&mut self, identifier: &str, value: &str) -> Result<(), UdiError> {
        if identifier == "01" {
            check_gtin(value)?;
            let mut udi = Udi::new(Agency::Gs1, value.to_owned());
            for (identifier, value) in std::mem::take(&mut self.waiting) {
                assign(&mut udi, &identifier, &value)?;
            }
            self.udi = Some(udi);
            return Ok(());
        }
        if let Some(udi) = &mut self.udi {
            assign(udi, identifier, value)
        } else {
            self.waiting.push((identifier.to_owned(), value.to_owned()));
            Ok(())
        }
    }
}

fn assign(udi: &mut Udi, identifier: &str, value: &str) -> Result<(), UdiError> {
    let text = || {
        let fits = (1..=20).contains(&value.chars().count()) && value.chars().all(is_in_set_82);
        fits.then(|| Some(value.to_owned()))
            .ok_or_else(|| UdiError::Element(format!("({identifier}){value}")))
    };
    match identifier {
        "10" => udi.lot = text()?,
        "21" => udi.serial = text()?,
        "8012" => udi.software_version = text()?,
        "11" => udi.manufactured = Some(yymmdd(value)?),
        "17" => udi.expires = Some(yymmdd(value)?),
        _ => {}
    }
    Ok(())
}

/// `(01)…(21)…`: the form for people. A value may itself hold brackets, so only a bracket that
/// opens an application identifier ends it.
fn bracketed(text: &str, elements: &mut Elements) -> Result<(), UdiError> {
    let mut rest = text;
    while let Some(after) = rest.strip_prefix('(') {
        let malformed = || UdiError::Element(rest.chars().take(24).collect());
        let (identifier, after) = after.split_once(')').ok_or_else(malformed)?;
        if !is_identifier(identifier) {
            return Err(malformed());
        }
        let end = after
            .match_indices('(')
            .map(|(index, _)| index)
            .find(|index| opens_identifier(after.get(*index..).unwrap_or_default()))
            .unwrap_or(after.len());
        let (value, next) = after.split_at_checked(end).ok_or_else(malformed)?;
        elements.set(identifier, value.trim_matches([' ', SEPARATOR]))?;
        rest = next;
    }
    Ok(())
}

fn is_identifier(text: &str) -> bool {
    (2..=4).contains(&text.len()) && is_digits(text)
}

fn opens_identifier(text: &str) -> bool {
    text.strip_prefix('(')
        .and_then(|after| after.split_once(')'))
        .is_some_and(|(identifier, _)| is_identifier(identifier))
}

/// What a scanner sends: identifiers of fixed length run on, the others end at a separator.
fn element_string(text: &str, elements: &mut Elements) -> Result<(), UdiError> {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(SEPARATOR);
        if rest.is_empty() {
            return Ok(());
        }
        let malformed = || UdiError::Element(rest.chars().take(24).collect());
        let (length, fixed) = shape(rest).ok_or_else(malformed)?;
        let (identifier, after) = rest.split_at_checked(length).ok_or_else(malformed)?;
        let end = match fixed {
            Some(fixed) => fixed,
            None => after.find(SEPARATOR).unwrap_or(after.len()),
        };
        let (value, next) = after.split_at_checked(end).ok_or_else(malformed)?;
        elements.set(identifier, value)?;
        rest = next;
    }
}

/// Length of the application identifier that `text` begins with, and of its value where that is
/// predefined (GS1 General Specifications, 7.8.5).
fn shape(text: &str) -> Option<(usize, Option<usize>)> {
    let two = text.get(..2).filter(|two| is_digits(two))?;
    Some(match two {
        "00" => (2, Some(18)),
        "01" | "02" | "03" => (2, Some(14)),
        "04" => (2, Some(16)),
        "11" | "12" | "13" | "15" | "16" | "17" | "18" | "19" => (2, Some(6)),
        "20" => (2, Some(2)),
        "31" | "32" | "33" | "34" | "35" | "36" => (4, Some(6)),
        "41" => (3, Some(13)),
        "10" | "21" | "22" | "30" | "37" | "90" | "91" | "92" | "93" | "94" | "95" | "96"
        | "97" | "98" | "99" => (2, None),
        "23" | "24" | "25" | "40" | "42" | "71" => (3, None),
        "39" | "43" | "70" | "72" | "80" | "81" | "82" => (4, None),
        _ => return None,
    })
}

/// GS1 Digital Link: `https://id.gs1.org/01/{gtin}/10/{lot}/21/{serial}?17={expiry}`.
fn digital_link(path: &str, elements: &mut Elements) -> Result<(), UdiError> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut segments = path.split('/').skip(1);
    let mut found = false;
    while let Some(identifier) = segments.next() {
        found |= identifier == "01";
        if found && is_identifier(identifier) {
            elements.set(identifier, segments.next().unwrap_or_default())?;
        }
    }
    for (identifier, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        if is_identifier(identifier) {
            elements.set(identifier, value)?;
        }
    }
    Ok(())
}

/// The modulo-10 check digit (GS1 General Specifications, 7.9.1).
fn check_gtin(gtin: &str) -> Result<(), UdiError> {
    let malformed = || UdiError::Element(format!("(01){gtin}"));
    if gtin.len() != 14 || !is_digits(gtin) {
        return Err(malformed());
    }
    let (body, last) = gtin.split_at_checked(13).ok_or_else(malformed)?;
    let sum: u32 = body
        .bytes()
        .zip([3, 1].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let expected = char::from_digit((10 - sum % 10) % 10, 10).ok_or_else(malformed)?;
    match last.chars().next() {
        Some(found) if found != expected => Err(UdiError::CheckCharacter { found, expected }),
        _ => Ok(()),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// GS1 AI encodable character set 82 (GS1 General Specifications, 7.11).
fn is_in_set_82(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "!\"%&'()*+,-./_:;<=>?".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn production_identifiers_may_stand_in_front() {
        let udi = parse("(21)S1(8012)2.4.1(01)51022222233336").unwrap();
        assert_eq!(udi.serial.as_deref(), Some("S1"));
        assert_eq!(udi.software_version.as_deref(), Some("2.4.1"));
    }

    #[test]
    fn a_serial_number_may_hold_brackets() {
        let udi = parse("(01)51022222233336(21)A(B)1").unwrap();
        assert_eq!(udi.serial.as_deref(), Some("A(B)1"));
    }

    #[test]
    fn a_day_of_zero_means_the_month() {
        let udi = parse("(01)51022222233336(17)271200").unwrap();
        assert_eq!(udi.expires.unwrap().to_string(), "2027-12");
    }

    #[test]
    fn a_web_address_of_digital_link_is_read() {
        let udi = parse("https://id.gs1.org/01/51022222233336/10/L1/21/S1?17=271231").unwrap();
        assert_eq!(udi.lot.as_deref(), Some("L1"));
        assert_eq!(udi.serial.as_deref(), Some("S1"));
        assert_eq!(udi.expires.unwrap().to_string(), "2027-12-31");
    }

    #[test]
    fn shorter_gtins_are_padded() {
        assert_eq!(
            parse("4006381333931").unwrap().device_identifier,
            "04006381333931"
        );
    }

    #[test]
    fn broken_elements_say_where() {
        assert_eq!(
            parse("(01)5102222223333"),
            Err(UdiError::Element("(01)5102222223333".into()))
        );
        assert_eq!(
            parse("(01)51022222233336(11)201301"),
            Err(UdiError::Date("201301".into()))
        );
        assert_eq!(
            parse("(01)51022222233336(21)"),
            Err(UdiError::Element("(21)".into()))
        );
        assert!(parse("0151022222").is_err());
    }
}
