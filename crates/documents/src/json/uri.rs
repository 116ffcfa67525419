//! Addresses (RFC 3986).

/// RFC 3986, `URI`: a scheme, and characters that need no encoding.
pub(crate) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    if !is_scheme {
        return false;
    }
    let (rest, fragment) = match rest.split_once('#') {
        Some((rest, fragment)) => (rest, fragment),
        None => (rest, ""),
    };
    let (hierarchy, query) = match rest.split_once('?') {
        Some((hierarchy, query)) => (hierarchy, query),
        None => (rest, ""),
    };
    let path = match hierarchy.strip_prefix("//") {
        None => hierarchy,
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            if !is_authority(authority) {
                return false;
            }
            path
        }
    };
    are_characters(path, b":@/")
        && are_characters(query, b":@/?")
        && are_characters(fragment, b":@/?")
}

/// RFC 3987, `IRI`: a URI that may hold letters beyond ASCII.
pub(crate) fn is_iri(text: &str) -> bool {
    if text.is_ascii() {
        return is_uri(text);
    }
    let has_scheme = text
        .split_once(':')
        .is_some_and(|(scheme, _)| scheme.is_ascii());
    let plain: String = text
        .chars()
        .map(|letter| match letter {
            '\u{a0}'.. if !letter.is_whitespace() && !letter.is_control() => 'x',
            other => other,
        })
        .collect();
    has_scheme && is_uri(&plain)
}

fn is_authority(authority: &str) -> bool {
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (user, host),
        None => ("", authority),
    };
    let (host, port) = if let Some(literal) = host.strip_prefix('[') {
        let Some((address, rest)) = literal.split_once(']') else {
            return false;
        };
        if !are_characters(address, b":") || address.is_empty() {
            return false;
        }
        ("", rest.strip_prefix(':').unwrap_or(rest))
    } else {
        match host.rsplit_once(':') {
            Some((host, port)) => (host, port),
            None => (host, ""),
        }
    };
    are_characters(user, b":")
        && are_characters(host, b"")
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `text` holds only unreserved characters, sub-delimiters, encoded ones and `others`.
fn are_characters(text: &str, others: &[u8]) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let is_one = match byte {
            b'%' => {
                let mut digit = || bytes.next().is_some_and(|digit| digit.is_ascii_hexdigit());
                digit() && digit()
            }
            b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+'
            | b',' | b';' | b'=' => true,
            other => other.is_ascii_alphanumeric() || others.contains(&other),
        };
        if !is_one {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absolute_uri_of_characters_that_need_no_encoding() {
        for uri in [
            "https://a.example/b?c=d&e=(f)#g/h?",
            "mailto:psirt@a.example",
            "http://[2001:db8::1]:8080/",
            "urn:uuid:1",
            "https://a.example",
            "https://user:pw@a.example:443/%20x",
            "x:",
        ] {
            assert!(is_uri(uri), "{uri}");
        }
        for other in [
            "a.example/b",
            "https://a.example/b c",
            "https://a.example/%zz",
            "https://a.example/ü",
            "https://a.example:p/",
            "https://[::1/",
            "//a.example",
            "1a:b",
            "https://a.example/[b]",
            "https://a.example/a#b#c",
        ] {
            assert!(!is_uri(other), "{other}");
        }
        assert!(is_iri("https://a.example/ü?ö#ä"));
        assert!(!is_iri("https://a.example/ü b") && !is_iri("ü:b"));
    }
}
