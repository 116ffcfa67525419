//! Lines of the tag-value syntax, with texts of several lines joined.

use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter};

const OPEN: &str = "<text>";
const CLOSE: &str = "</text>";

/// A tag with its value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Its number from 1: that of the first, where a text has several.
    pub(super) number: u32,
    /// The tag; `None` for a line that is none.
    pub(super) tag: Option<&'a str>,
    /// The value without the marks of a text; the line itself where it has no tag.
    pub(super) value: &'a str,
    /// Whether a text begins that is never closed; its first line is the value.
    pub(super) is_unclosed: bool,
}

/// The lines of a text that are neither blank nor a comment.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    Lines {
        text,
        at: 0,
        number: 0,
        open: Finder::new(OPEN),
        close: Finder::new(CLOSE),
        next_close: Some(0),
    }
}

struct Lines<'a> {
    text: &'a str,
    /// Where the next line begins.
    at: usize,
    /// Number of the line before it.
    number: u32,
    open: Finder<'static>,
    close: Finder<'static>,
    /// Where the next text closes, as far as was looked; `None` when none does any more. It is
    /// kept, so that a million texts that are never closed are not looked through a million times.
    next_close: Option<usize>,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            let length = memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let line = rest.get(..length).unwrap_or(rest);
            let begins = self.at;
            self.at += length + 1;
            self.number = self.number.saturating_add(1);
            let line_trimmed = line.trim();
            if line_trimmed.is_empty() || line_trimmed.starts_with('#') {
                continue;
            }
            return Some(self.read(line, begins));
        }
    }
}

impl<'a> Lines<'a> {
    fn read(&mut self, line: &'a str, begins: usize) -> Line<'a> {
        let number = self.number;
        let Some((tag, value)) = split(line) else {
            return Line {
                number,
                tag: None,
                value: line.trim(),
                is_unclosed: false,
            };
        };
        let trimmed = value.trim();
        let Some(beginning) = trimmed.strip_prefix(OPEN) else {
            return Line {
                number,
                tag: Some(tag),
                value: trimmed,
                is_unclosed: false,
            };
        };
        // Where the text begins in the whole: behind the mark in this line.
        let mark = line.len() - value.len() + (value.len() - value.trim_start().len());
        let start = begins + mark + OPEN.len();
        let value = self.closed(start);
        Line {
            number,
            tag: Some(tag),
            value: value.unwrap_or(beginning),
            is_unclosed: value.is_none(),
        }
    }

    /// The text from `start` to where it closes. What stands behind that in its line is dropped.
    fn closed(&mut self, start: usize) -> Option<&'a str> {
        if self.next_close.is_some_and(|close| close < start) {
            let rest = self.text.get(start..).unwrap_or_default();
            self.next_close = self.close.find(rest.as_bytes()).map(|close| start + close);
        }
        let text = self.text.get(start..self.next_close?)?;
        // Another text that begins before says that this one was never closed.
        if self.open.find(text.as_bytes()).is_some() {
            return None;
        }
        let end = start + text.len() + CLOSE.len();
        if end > self.at {
            let behind = self.text.get(end..).unwrap_or_default();
            let further = memchr(b'\n', behind.as_bytes()).unwrap_or(behind.len());
            let breaks = memchr_iter(b'\n', text.as_bytes()).count();
            self.number = self
                .number
                .saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
            self.at = end + further + 1;
        }
        Some(text)
    }
}

/// A tag and what follows its colon.
fn split(line: &str) -> Option<(&str, &str)> {
    let colon = memchr(b':', line.as_bytes())?;
    let tag = line.get(..colon)?.trim();
    let is_tag = !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_tag.then_some((tag, line.get(colon + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str) -> Vec<String> {
        lines(text)
            .map(|line| {
                format!(
                    "{} {:?} {:?}{}",
                    line.number,
                    line.tag.unwrap_or("-"),
                    line.value,
                    if line.is_unclosed { " unclosed" } else { "" }
                )
            })
            .collect()
    }

    #[test]
    fn a_text_may_have_several_lines_and_is_counted_with_them() {
        let found = check(
            "# about\r\nA: 1\r\n\r\n  B:<text>one\r\ntwo: 2\r\n</text> behind\r\nC : <text></text>\nD: a <text> b\nE: x:y",
        );
        insta::assert_snapshot!(found.join("\n"), @r#"
        2 "A" "1"
        4 "B" "one\r\ntwo: 2\r\n"
        7 "C" ""
        8 "D" "a <text> b"
        9 "E" "x:y"
        "#);
    }

    #[test]
    fn a_text_that_is_never_closed_swallows_nothing() {
        let found = check("A: <text>one\ntwo\nB: <text>x</text>\nC: <text>\nD: 1");
        insta::assert_snapshot!(found.join("\n"), @r#"
        1 "A" "one" unclosed
        2 "-" "two"
        3 "B" "x"
        4 "C" "" unclosed
        5 "D" "1"
        "#);
    }

    #[test]
    fn a_million_unclosed_texts_are_read_at_once() {
        let mut text = "A: <text>\n".repeat(1_000_000);
        assert_eq!(
            lines(&text).filter(|line| line.is_unclosed).count(),
            1_000_000
        );
        text.push_str("B: </text>\n");
        assert_eq!(
            lines(&text).filter(|line| line.is_unclosed).count(),
            999_999
        );
    }
}
