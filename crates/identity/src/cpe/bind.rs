//! Reading the two bindings (NISTIR 7695, 6.1 and 6.2).

use thiserror::Error;

use super::{Attribute, Value};

/// Why a text is not a CPE name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CpeError {
    /// It begins with neither `cpe:2.3:` nor `cpe:/`.
    #[error("a CPE begins with `cpe:2.3:` or `cpe:/`")]
    Prefix,
    /// A formatted string without exactly eleven attributes.
    #[error("a CPE 2.3 name has 11 attributes after `cpe:2.3:`, this one has {0}")]
    AttributeCount(usize),
    /// A URI with more than seven components.
    #[error("a CPE 2.2 URI has at most 7 components")]
    ComponentCount,
    /// The part is not `a`, `o` or `h`.
    #[error("the part of a CPE is `a`, `o` or `h`, this one is `{0}`")]
    Part(String),
    /// An attribute is empty where `*` was meant.
    #[error("the {0:?} of a CPE 2.3 name is empty; `*` means any")]
    Empty(Attribute),
    /// A wildcard stands inside a value, or several kinds stand at one end.
    #[error("the {0:?} of this CPE has a wildcard that is not at its beginning or end")]
    Wildcard(Attribute),
    /// White space, a control character, or a character outside ASCII.
    #[error("the {0:?} of this CPE holds a character that a CPE cannot hold")]
    Character(Attribute),
    /// A backslash at the end, an illegal percent-encoding, or a lone escaped hyphen.
    #[error("the {0:?} of this CPE has a broken escape")]
    Escape(Attribute),
}

pub(super) fn parse(text: &str) -> Result<[Value; 11], CpeError> {
    let strip = |prefix: &str| {
        text.get(..prefix.len())
            .filter(|start| start.eq_ignore_ascii_case(prefix))
            .and_then(|_| text.get(prefix.len()..))
    };
    if let Some(rest) = strip("cpe:2.3:") {
        formatted_string(rest)
    } else if let Some(rest) = strip("cpe:/") {
        uri(rest)
    } else {
        Err(CpeError::Prefix)
    }
}

/// Whether `text` is a formatted string without escapes and wildcards inside values, as nearly
/// all are. `false` says nothing.
pub(super) fn is_plain(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("cpe:2.3:") else {
        return false;
    };
    let mut bytes = rest.bytes();
    if !matches!(bytes.next(), Some(b'a' | b'o' | b'h')) || bytes.next() != Some(b':') {
        return false;
    }
    let mut components = 2;
    let mut length = 0_usize;
    let mut any = false;
    for byte in bytes {
        match byte {
            b':' if length > 0 => {
                components += 1;
                length = 0;
                any = false;
            }
            b'*' if length == 0 => {
                any = true;
                length = 1;
            }
            _ if !any && stands_for_itself(byte) => length += 1,
            _ => return false,
        }
    }
    components == 11 && length > 0
}

fn formatted_string(text: &str) -> Result<[Value; 11], CpeError> {
    let mut values: [Value; 11] = Default::default();
    let mut rest = Some(text);
    for (attribute, value) in Attribute::ALL.into_iter().zip(&mut values) {
        let Some(bound) = rest else {
            return Err(CpeError::AttributeCount(attribute as usize));
        };
        let end = component_end(bound);
        let component = bound.get(..end).unwrap_or(bound);
        rest = bound.get(end + 1..);
        *value = match component {
            "" => return Err(CpeError::Empty(attribute)),
            "*" => Value::Any,
            "-" => Value::Na,
            _ => escaped_text(component, attribute)?,
        };
    }
    if let Some(surplus) = rest {
        let mut count = 11;
        let mut rest = Some(surplus);
        while let Some(bound) = rest {
            count += 1;
            rest = bound.get(component_end(bound) + 1..);
        }
        return Err(CpeError::AttributeCount(count));
    }
    check_part(&mut values)?;
    Ok(values)
}

/// Where the component that `bound` begins with ends: its first unescaped colon.
fn component_end(bound: &str) -> usize {
    let mut escaped = false;
    for (index, byte) in bound.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b':' => return index,
            _ => {}
        }
    }
    bound.len()
}

/// A component of a formatted string, with needless escapes removed and missing ones added.
fn escaped_text(component: &str, attribute: Attribute) -> Result<Value, CpeError> {
    if component.bytes().all(stands_for_itself) {
        return Ok(Value::Text(component.into()));
    }
    let mut canonical = String::with_capacity(component.len() + 4);
    let mut bytes = component.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => push_literal(
                &mut canonical,
                bytes.next().ok_or(CpeError::Escape(attribute))?,
                attribute,
            )?,
            b'*' | b'?' => canonical.push(char::from(byte)),
            other => push_literal(&mut canonical, other, attribute)?,
        }
    }
    finish(canonical, attribute)
}

fn uri(text: &str) -> Result<[Value; 11], CpeError> {
    let mut values: [Value; 11] = Default::default();
    let mut components = text.split(':');
    for attribute in [
        Attribute::Part,
        Attribute::Vendor,
        Attribute::Product,
        Attribute::Version,
        Attribute::Update,
        Attribute::Edition,
        Attribute::Language,
    ] {
        let Some(component) = components.next() else {
            break;
        };
        if attribute == Attribute::Edition && component.starts_with('~') {
            // Five attributes packed into one: ~edition~sw_edition~target_sw~target_hw~other.
            let mut packed = component.split('~').skip(1);
            for attribute in [
                Attribute::Edition,
                Attribute::SoftwareEdition,
                Attribute::TargetSoftware,
                Attribute::TargetHardware,
                Attribute::Other,
            ] {
                set(&mut values, attribute, packed.next().unwrap_or_default())?;
            }
            if packed.next().is_some() {
                return Err(CpeError::ComponentCount);
            }
        } else {
            set(&mut values, attribute, component)?;
        }
    }
    if components.any(|component| !component.is_empty()) {
        return Err(CpeError::ComponentCount);
    }
    check_part(&mut values)?;
    Ok(values)
}

fn set(values: &mut [Value; 11], attribute: Attribute, component: &str) -> Result<(), CpeError> {
    if let Some(value) = values.get_mut(attribute as usize) {
        *value = decoded(component, attribute)?;
    }
    Ok(())
}

/// A component of a URI (NISTIR 7695, 6.1.3.2).
fn decoded(component: &str, attribute: Attribute) -> Result<Value, CpeError> {
    match component {
        // A lone `*` is not the standard's, but tools write it and can mean nothing else.
        "" | "*" => return Ok(Value::Any),
        "-" => return Ok(Value::Na),
        _ => {}
    }
    let mut canonical = String::with_capacity(component.len() + 4);
    let mut bytes = component.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            push_literal(&mut canonical, byte.to_ascii_lowercase(), attribute)?;
            continue;
        }
        let mut digit = || {
            let digit = bytes.next().map(char::from)?;
            digit
                .to_digit(16)
                .and_then(|value| u8::try_from(value).ok())
        };
        match digit().zip(digit()).map(|(high, low)| high * 16 + low) {
            Some(0x01) => canonical.push('?'),
            Some(0x02) => canonical.push('*'),
            Some(code) if code.is_ascii_punctuation() => {
                push_literal(&mut canonical, code, attribute)?;
            }
            _ => return Err(CpeError::Escape(attribute)),
        }
    }
    finish(canonical, attribute)
}

fn stands_for_itself(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-')
}

fn push_literal(canonical: &mut String, byte: u8, attribute: Attribute) -> Result<(), CpeError> {
    if !byte.is_ascii_graphic() {
        return Err(CpeError::Character(attribute));
    }
    if !stands_for_itself(byte) {
        canonical.push('\\');
    }
    canonical.push(char::from(byte));
    Ok(())
}

/// Checks that wildcards stand at the ends only: one `*`, or any number of `?` (NISTIR 7695,
/// 5.3.2).
fn finish(canonical: String, attribute: Attribute) -> Result<Value, CpeError> {
    let bytes = canonical.as_bytes();
    let mut inner = bytes;
    if let Some(rest) = inner.strip_prefix(b"*") {
        inner = rest;
    } else {
        while let Some(rest) = inner.strip_prefix(b"?") {
            inner = rest;
        }
    }
    let mut escaped = false;
    let mut tail = None;
    for (index, byte) in inner.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'*' | b'?' => {
                tail = inner.get(index..);
                break;
            }
            _ => {}
        }
    }
    if let Some(tail) = tail
        && tail != b"*"
        && tail.iter().any(|byte| *byte != b'?')
    {
        return Err(CpeError::Wildcard(attribute));
    }
    // A lone escaped hyphen cannot be told from NA in a formatted string (NISTIR 7695, 5.3.2).
    if canonical == "-" {
        return Err(CpeError::Escape(attribute));
    }
    Ok(Value::Text(canonical.into()))
}

fn check_part(values: &mut [Value; 11]) -> Result<(), CpeError> {
    if let Some(Value::Text(part)) = values.first_mut() {
        part.make_ascii_lowercase();
        if !matches!(&**part, "a" | "o" | "h") {
            return Err(CpeError::Part(part.to_string()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cpe::Cpe;
    use proptest::prelude::*;

    fn bound(text: &str) -> Result<String, CpeError> {
        Cpe::parse(text).map(|name| name.to_string())
    }

    /// NISTIR 7695, 6.2.2.3 and 6.2.3.3: examples of formatted strings.
    #[test]
    fn formatted_strings_of_the_standard_survive() {
        for text in [
            "cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:*:*:*:*:*",
            "cpe:2.3:a:microsoft:internet_explorer:8.*:sp?:*:*:*:*:*:*",
            r"cpe:2.3:a:microsoft:internet_explorer:8.\*:sp?:*:*:*:*:*:*",
            "cpe:2.3:a:hp:insight:7.4.0.1570:-:*:*:online:win2003:x64:*",
            "cpe:2.3:a:hp:insight_diagnostics:7.4.0.1570:-:*:*:online:win2003:x64:*",
            "cpe:2.3:a:hp:openview_network_manager:7.51:*:*:*:*:linux:*:*",
            r"cpe:2.3:a:foo\\bar:big\$money_2010:*:*:*:*:special:ipod_touch:80gb:*",
            r"cpe:2.3:a:foo\\bar:big\$money:2010:*:*:*:special:ipod_touch:80gb:*",
        ] {
            assert_eq!(bound(text).as_deref(), Ok(text));
        }
        assert_eq!(
            bound("cpe:2.3:a:hp:insight_diagnostics:7.4.*.1570:-:*:*:online:win2003:x64:*"),
            Err(CpeError::Wildcard(Attribute::Version))
        );
    }

    /// NISTIR 7695, 6.1.3.3: examples of unbinding a URI.
    #[test]
    fn uris_of_the_standard_become_formatted_strings() {
        for (uri, formatted) in [
            (
                "cpe:/a:microsoft:internet_explorer:8.0.6001:beta",
                "cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:*:*:*:*:*",
            ),
            (
                "cpe:/a:microsoft:internet_explorer:8.%2a:sp%3f",
                r"cpe:2.3:a:microsoft:internet_explorer:8.\*:sp\?:*:*:*:*:*:*",
            ),
            (
                "cpe:/a:microsoft:internet_explorer:8.%02:sp%01",
                "cpe:2.3:a:microsoft:internet_explorer:8.*:sp?:*:*:*:*:*:*",
            ),
            (
                "cpe:/a:hp:insight_diagnostics:7.4.0.1570::~~online~win2003~x64~",
                "cpe:2.3:a:hp:insight_diagnostics:7.4.0.1570:*:*:*:online:win2003:x64:*",
            ),
            (
                "cpe:/a:hp:openview_network_manager:7.51:-:~~~linux~~",
                "cpe:2.3:a:hp:openview_network_manager:7.51:-:*:*:*:linux:*:*",
            ),
            (
                "cpe:/a:foo~bar:big%7emoney_2010",
                r"cpe:2.3:a:foo\~bar:big\~money_2010:*:*:*:*:*:*:*:*",
            ),
        ] {
            assert_eq!(bound(uri).as_deref(), Ok(formatted));
        }
        assert_eq!(
            bound("cpe:/a:foo%5cbar:big%24money_2010%07:::~~special~ipod_touch~80gb~"),
            Err(CpeError::Escape(Attribute::Product))
        );
        assert_eq!(
            bound("cpe:/a:foo:bar:12.%02.1234"),
            Err(CpeError::Wildcard(Attribute::Version))
        );
    }

    #[test]
    fn the_quick_look_knows_the_common_shape() {
        assert!(is_plain("cpe:2.3:a:openssl:openssl:1.1.1k:-:*:*:*:*:*:*"));
        for text in [
            "cpe:2.3:a:openssl:openssl:1.1.1k:*:*:*:*:*:*",
            "cpe:2.3:a:openssl:openssl:1.1.1k:*:*:*:*:*:*:*:*",
            "cpe:2.3:a:openssl::1.1.1k:*:*:*:*:*:*:*",
            "cpe:2.3:a:openssl:openssl:1.*:*:*:*:*:*:*:",
            "cpe:2.3:x:openssl:openssl:1:*:*:*:*:*:*:*",
        ] {
            assert!(!is_plain(text), "{text}");
            assert_eq!(Cpe::check(text).is_ok(), Cpe::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn bare_punctuation_is_escaped_as_the_unbinding_procedure_does() {
        assert_eq!(
            bound(r"cpe:2.3:a:gnu:gcc_c++:4.8\.5:*:*:*:*:*:*:*").as_deref(),
            Ok(r"cpe:2.3:a:gnu:gcc_c\+\+:4.8.5:*:*:*:*:*:*:*")
        );
    }

    #[test]
    fn what_is_no_cpe_says_why() {
        for (text, error) in [
            ("", CpeError::Prefix),
            ("cpe:", CpeError::Prefix),
            ("pkg:npm/a", CpeError::Prefix),
            ("cpe:2.3:a:b:c", CpeError::AttributeCount(3)),
            (
                "cpe:2.3:a:b:c:1:*:*:*:*:*:*:*:x:y",
                CpeError::AttributeCount(13),
            ),
            ("cpe:2.3:x:b:c:1:*:*:*:*:*:*:*", CpeError::Part("x".into())),
            (
                "cpe:2.3:a::c:1:*:*:*:*:*:*:*",
                CpeError::Empty(Attribute::Vendor),
            ),
            (
                "cpe:2.3:a:b c:c:1:*:*:*:*:*:*:*",
                CpeError::Character(Attribute::Vendor),
            ),
            (
                "cpe:2.3:a:b:ö:1:*:*:*:*:*:*:*",
                CpeError::Character(Attribute::Product),
            ),
            (
                r"cpe:2.3:a:b:c:\-:*:*:*:*:*:*:*",
                CpeError::Escape(Attribute::Version),
            ),
            (
                "cpe:2.3:a:b:c:1:*:*:*:*:*:*:x\\",
                CpeError::Escape(Attribute::Other),
            ),
            (
                "cpe:2.3:a:b:c**:1:*:*:*:*:*:*:*",
                CpeError::Wildcard(Attribute::Product),
            ),
            (
                "cpe:2.3:a:b:a*?:1:*:*:*:*:*:*:*",
                CpeError::Wildcard(Attribute::Product),
            ),
            ("cpe:/a:b:c:d:e:f:g:h", CpeError::ComponentCount),
            ("cpe:/a:b:c%0", CpeError::Escape(Attribute::Product)),
        ] {
            assert_eq!(bound(text), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_was_read_reads_back_the_same(text in "cpe:(2\\.3:[aoh*-](:[a-z*?\\\\.+-]{1,5}){10}|/[aoh](:[a-z%0-9~-]{0,6}){0,6})") {
            if is_plain(&text) {
                prop_assert!(Cpe::parse(&text).is_ok(), "{}", text);
            }
            if let Ok(name) = Cpe::parse(&text) {
                let printed = name.to_string();
                prop_assert_eq!(Cpe::parse(&printed), Ok(name), "{}", printed);
            }
        }

        #[test]
        fn no_text_breaks_the_reader(text in "(cpe:2\\.3:|cpe:/)?\\PC{0,60}") {
            let _ = Cpe::parse(&text);
        }
    }
}
