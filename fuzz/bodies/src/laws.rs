//! What must hold of every reading, whatever the bytes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use isocenter_model::text::printable;
use isocenter_model::{Document, Level, Reading};
use serde_json::Value;

/// Problems of one id in a reading: a hundred, and one that counts the rest.
const MOST_OF_ONE: usize = 101;
/// What a message may be long, in bytes.
const LONGEST_MESSAGE: usize = 2_000;

/// Reads twice: the same bytes give the same reading, whose problems a person can be shown.
pub(crate) fn reading(data: &[u8], read: impl Fn(&[u8]) -> Reading) -> Reading {
    let reading = read(data);
    problems_are_sound(&reading);
    let again = read(data);
    assert!(
        is_same(&reading, &again),
        "two readings of the same bytes differ"
    );
    reading
}

/// Every problem has an id, a message and a place that can be printed as they are, and there are not too many.
pub(crate) fn problems_are_sound(reading: &Reading) {
    let mut of_one: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in &reading.problems {
        assert!(
            !problem.id.is_empty()
                && problem
                    .id
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "no id: {problem:?}"
        );
        let place = problem.at.to_string();
        assert!(
            !place.is_empty() && printable(&place) == place,
            "a place that cannot be shown: {problem:?}"
        );
        assert!(!problem.message.is_empty(), "no message: {problem:?}");
        for text in [Some(&problem.message), problem.hint.as_ref()]
            .into_iter()
            .flatten()
        {
            assert!(
                text.len() < LONGEST_MESSAGE && printable(text) == text.as_str(),
                "a text that cannot be shown: {problem:?}"
            );
        }
        let count = of_one.entry(problem.id).or_default();
        *count += 1;
        assert!(*count <= MOST_OF_ONE, "{} is told without end", problem.id);
    }
}

/// Nothing is left out without a reason: where no document came of it, a problem says why.
pub(crate) fn silence_has_a_reason(reading: &Reading) {
    assert!(
        reading.document.is_some()
            || reading
                .problems
                .iter()
                .any(|problem| problem.level >= Level::Warning),
        "nothing was read, and no problem says why: {:?}",
        reading.problems
    );
}

/// Neither the layout of JSON nor the order of keys means anything (RFC 8259, section 4).
pub(crate) fn layout_means_nothing(data: &[u8], read: impl Fn(&[u8]) -> Reading) {
    let Ok(value) = serde_json::from_slice::<Value>(data) else {
        return;
    };
    let dense = read(value.to_string().as_bytes());
    let mut wide = String::from("\n");
    write_wide(&value, &mut wide);
    let wide = read(wide.as_bytes());
    same_content(&dense, &wide, "layout and order of keys");
    assert_eq!(
        dense.is_valid(),
        wide.is_valid(),
        "layout and order of keys make a document valid: {:?} {:?}",
        dense.problems,
        wide.problems
    );
}

/// Writes with blanks around everything and the keys from the last to the first.
fn write_wide(value: &Value, out: &mut String) {
    match value {
        Value::Array(list) => {
            out.push_str("[ ");
            for (index, one) in list.iter().enumerate() {
                out.push_str(if index == 0 { "\n" } else { " ,\n\t" });
                write_wide(one, out);
            }
            out.push_str("\r\n ]");
        }
        Value::Object(object) => {
            out.push_str("{ ");
            for (index, (key, one)) in object.iter().rev().enumerate() {
                out.push_str(if index == 0 { "\n" } else { " ,\n\t" });
                // Writing into a text does not fail.
                let _ = write!(out, "{} :  ", Value::String(key.clone()));
                write_wide(one, out);
            }
            out.push_str("\r\n }");
        }
        other => out.push_str(&other.to_string()),
    }
}

/// A byte order mark and UTF-16 say the same as UTF-8 without a mark.
pub(crate) fn encoding_means_nothing(data: &[u8], read: impl Fn(&[u8]) -> Reading) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    // Where there are zeros or marks already, which encoding it is has to be guessed.
    if text.is_empty() || text.contains(['\0', '\u{feff}', '\u{fffe}']) {
        return;
    }
    let plain = read(data);
    let marked = read(&[b"\xEF\xBB\xBF", data].concat());
    same_content(&plain, &marked, "a byte order mark");
    let wide: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    same_content(&plain, &read(&wide), "UTF-16");
}

#[track_caller]
pub(crate) fn same_content(one: &Reading, other: &Reading, change: &str) {
    let same = match (&one.document, &other.document) {
        // A record of a list is known by the digest of its bytes, which are others.
        (Some(Document::Vulnerabilities(one)), Some(Document::Vulnerabilities(other))) => {
            one.made == other.made
                && one.records.len() == other.records.len()
                && (one.records.iter().zip(&other.records))
                    .all(|(one, other)| is_same(&one.record, &other.record))
        }
        (one, other) => is_same(one, other),
    };
    assert!(
        same,
        "{change} changes what is read:\n{:?}\n{:?}\n{:?}\n{:?}",
        one.document, other.document, one.problems, other.problems
    );
}

/// Numbers that are none equal nothing; they are written alike.
fn is_same<T: PartialEq + std::fmt::Debug>(one: &T, other: &T) -> bool {
    one == other || format!("{one:?}") == format!("{other:?}")
}
