//! Percent-encoding of the versions in a VERS.
//!
//! Source: VERS specification, clause 5.3.3.2; RFC 3986, section 2.1.

use super::NotVers;

/// Characters that a version shows only encoded: those that VERS means something by, and what is no visible
/// ASCII.
fn is_encoded(byte: u8) -> bool {
    matches!(byte, b'>' | b'<' | b'=' | b'!' | b'*' | b'|' | b'%') || !byte.is_ascii_graphic()
}

/// The unreserved characters of RFC 3986, which no URI encodes.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'~')
}

/// The version as VERS writes it.
pub(super) fn encode(version: &str) -> String {
    let mut encoded = String::with_capacity(version.len());
    for byte in version.bytes() {
        if is_encoded(byte) {
            encoded.push('%');
            for digit in [byte >> 4, byte & 15] {
                let digit = char::from_digit(u32::from(digit), 16).unwrap_or('0');
                encoded.push(digit.to_ascii_uppercase());
            }
        } else {
            encoded.push(char::from(byte));
        }
    }
    encoded
}

/// The version behind canonical text.
pub(super) fn decode(name: &str, text: &str) -> Result<String, NotVers> {
    let decoded = percent_decode(text).ok_or(NotVers::Encoding)?;
    if text.bytes().any(|byte| byte != b'%' && is_encoded(byte)) {
        return Err(NotVers::Unencoded);
    }
    if name == "datetime" {
        if text.contains("%3A") {
            return Err(NotVers::DateTimeColons);
        }
        if decoded.contains(['t', 'z']) {
            return Err(NotVers::DateTimeCase);
        }
    }
    let not_canonical = text.split('%').skip(1).any(|after| {
        after.get(..2).is_some_and(|digits| {
            digits.bytes().any(|digit| digit.is_ascii_lowercase())
                || u8::from_str_radix(digits, 16).is_ok_and(is_unreserved)
        })
    });
    if not_canonical {
        return Err(NotVers::NeedlessEncoding);
    }
    Ok(decoded)
}

/// The text with its triplets decoded; `None` for a percent sign without two hexadecimal digits, and for
/// bytes that are no UTF-8.
pub(super) fn percent_decode(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let digits = part.get(..2)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend(part.get(2..)?.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_vers_means_something_by_is_encoded() {
        assert_eq!(encode("1:1.0+dfsg-1~rc"), "1:1.0+dfsg-1~rc");
        assert_eq!(encode("a|b <1%"), "a%7Cb%20%3C1%25");
        assert_eq!(encode("é"), "%C3%A9");
    }

    #[test]
    fn what_must_be_encoded_and_is_not_is_refused() {
        for text in ["1.0>2", "é", "a=b", "1*"] {
            assert_eq!(decode("npm", text), Err(NotVers::Unencoded), "{text}");
        }
        assert_eq!(decode("npm", "1%2"), Err(NotVers::Encoding));
        assert_eq!(decode("npm", "%FF"), Err(NotVers::Encoding));
        assert_eq!(decode("npm", "1%2E0"), Err(NotVers::NeedlessEncoding));
        assert_eq!(decode("npm", "%3e"), Err(NotVers::NeedlessEncoding));
    }

    #[test]
    fn a_colon_may_be_encoded_and_need_not_except_in_an_instant() {
        assert_eq!(decode("deb", "1%3A2").as_deref(), Ok("1:2"));
        assert_eq!(decode("deb", "1:2").as_deref(), Ok("1:2"));
        assert_eq!(decode("datetime", "00%3A00"), Err(NotVers::DateTimeColons));
    }
}
