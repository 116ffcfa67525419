//! CPE names by the patterns of the CSAF schema.

/// How the pattern of a CPE name is anchored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchors {
    /// CSAF 2.0 by an oversight: form 2.3 only at its beginning, form 2.2 only at its end
    /// (known issue of the standard; the FAQ of the committee lets tools use the later pattern).
    OneEach,
    /// CSAF 2.1.
    Both,
}

pub(super) fn is_cpe(text: &str, anchors: Anchors) -> bool {
    if let Some(rest) = text.strip_prefix("cpe:2.3:")
        && let Some(rest) = rest
            .strip_prefix(['a', 'h', 'o', '*', '-'])
            .and_then(|rest| cpe_attributes(rest, 5))
            .and_then(cpe_language)
            .and_then(|rest| cpe_attributes(rest, 4))
    {
        return rest.is_empty() || anchors == Anchors::OneEach;
    }
    let lower = text.to_ascii_lowercase();
    let start = match anchors {
        Anchors::Both => lower.starts_with("cpe:/").then_some(0),
        Anchors::OneEach => lower.rfind("cpe:/"),
    };
    let Some(rest) = start.and_then(|start| text.get(start + 5..)) else {
        return false;
    };
    let rest = rest
        .strip_prefix(['a', 'h', 'o', 'A', 'H', 'O'])
        .unwrap_or(rest);
    rest.is_empty()
        || rest.strip_prefix(':').is_some_and(|parts| {
            parts.split(':').count() <= 6
                && parts.bytes().all(|byte| {
                    byte.is_ascii_alphanumeric()
                        || matches!(byte, b'.' | b'_' | b'-' | b'~' | b'%' | b':')
                })
        })
}

/// What stands behind `count` attributes of a CPE 2.3 name.
fn cpe_attributes(mut text: &str, count: usize) -> Option<&str> {
    for _ in 0..count {
        text = cpe_attribute(text.strip_prefix(':')?)?;
    }
    Some(text)
}

/// What stands behind an attribute: `*`, `-`, or letters with wildcards at their ends.
fn cpe_attribute(text: &str) -> Option<&str> {
    let mut rest = if let Some(rest) = text.strip_prefix('*') {
        rest
    } else {
        text.trim_start_matches('?')
    };
    let letters = rest;
    loop {
        let mut bytes = rest.bytes();
        let length = match bytes.next() {
            Some(b'-' | b'.' | b'_') => 1,
            Some(byte) if byte.is_ascii_alphanumeric() => 1,
            Some(b'\\')
                if bytes.next().is_some_and(|byte| {
                    byte.is_ascii_punctuation() && !matches!(byte, b'-' | b'.' | b'_')
                }) =>
            {
                2
            }
            _ => break,
        };
        rest = rest.get(length..)?;
    }
    if rest.len() == letters.len() {
        // No letter: only the two logical values have none.
        return text.strip_prefix('*').or_else(|| text.strip_prefix('-'));
    }
    Some(match rest.strip_prefix('*') {
        Some(rest) => rest,
        None => rest.trim_start_matches('?'),
    })
}

/// What stands behind the language of a CPE 2.3 name.
fn cpe_language(text: &str) -> Option<&str> {
    let text = text.strip_prefix(':')?;
    if let Some(rest) = text.strip_prefix(['*', '-']) {
        return Some(rest);
    }
    let end = text.find(':').unwrap_or(text.len());
    let (language, rest) = text.split_at(end);
    let (language, region) = match language.split_once('-') {
        Some((language, region)) => (language, Some(region)),
        None => (language, None),
    };
    let are = |text: &str, test: fn(&u8) -> bool| text.as_bytes().iter().all(test);
    let is_language = (2..=3).contains(&language.len()) && are(language, u8::is_ascii_alphabetic);
    let is_region = region.is_none_or(|region| {
        (region.len() == 2 && are(region, u8::is_ascii_alphabetic))
            || (region.len() == 3 && are(region, u8::is_ascii_digit))
    });
    (is_language && is_region).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::super::format::{Format, tests::check};

    #[test]
    fn a_cpe_name_has_all_its_attributes() {
        let sound = [
            "cpe:2.3:a:b:c:1.0:*:*:*:*:*:*:*",
            "cpe:2.3:h:b:c\\:d:-:*:*:en-US:*:*:*:*",
            "cpe:2.3:*:a*:?b?:c:*:*:*:-:-:-:-".trim(),
            "cpe:/o:redhat:enterprise_linux:7::client",
            "cpe:/",
            "CPE:/a",
        ];
        check(
            Format::Cpe2_1,
            &sound,
            &[
                "cpe:2.3:a:b:c:1.0:*:*:*:*:*:*",
                "cpe:2.3:a:b:c:1.0:*:*:*:*:*:*:*:x",
                "cpe:2.3:x:b:c:1.0:*:*:*:*:*:*:*",
                "cpe:2.3:a:b:c d:1.0:*:*:*:*:*:*:*",
                "cpe:/a:b:c:d:e:f:g:h",
                "x cpe:/a",
            ],
        );
        check(
            Format::Cpe2_0,
            &sound,
            &["cpe:2.3:a:b:c:1.0:*:*:*:*:*:*", "cpe"],
        );
        check(
            Format::Cpe2_0,
            &["cpe:2.3:a:b:c:1.0:*:*:*:*:*:*:*:x", "x cpe:/a"],
            &[],
        );
    }
}
