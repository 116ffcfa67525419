//! Shared strings and rich text.

use quick_xml::events::Event;

use super::xml::{PartError, Xml, referenced};
use crate::spreadsheet::has_acting;
use crate::spreadsheet::package::Package;

/// The shared strings in one piece: a file may hold millions of empty ones.
#[derive(Default)]
pub(super) struct SharedStrings {
    text: String,
    ends: Vec<u32>,
    /// Strings with characters that act instead of being read, in ascending order.
    acting: Vec<usize>,
}

impl SharedStrings {
    pub(super) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize,
            None => 0,
        };
        self.text.get(start..end)
    }

    /// Whether a string holds characters that act. Looked at once for each string: many cells may use it.
    pub(super) fn acts(&self, index: usize) -> bool {
        self.acting.binary_search(&index).is_ok()
    }
}

/// Reads the shared strings.
pub(super) fn read_strings(package: &mut Package<'_>) -> Result<SharedStrings, PartError> {
    let mut xml = Xml::new(package.part("xl/sharedStrings.xml")?);
    let mut strings = SharedStrings::default();
    let mut text = RichText::default();
    loop {
        match xml.next()? {
            Event::Start(element) => text.start(element.local_name().as_ref()),
            Event::End(element) => {
                let name = element.local_name();
                text.end(name.as_ref());
                if name.as_ref() == "si" {
                    let start = strings.text.len();
                    text.drain_into(&mut strings.text);
                    if has_acting(strings.text.get(start..).unwrap_or("")) {
                        strings.acting.push(strings.ends.len());
                    }
                    // All parts together are below 4 GiB.
                    strings
                        .ends
                        .push(u32::try_from(strings.text.len()).unwrap_or(u32::MAX));
                }
            }
            Event::Text(part) => text.push(&part.xml10_content()),
            Event::CData(part) => text.push(&part.xml10_content()),
            Event::GeneralRef(reference) => text.push_char(referenced(&reference)),
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// Collects the `t` elements of a string, without phonetic hints (`rPh`).
#[derive(Default)]
pub(super) struct RichText {
    pub(super) text: String,
    in_text: bool,
    in_phonetic: bool,
}

impl RichText {
    pub(super) fn start(&mut self, name: &str) {
        match name {
            "t" => self.in_text = true,
            "rPh" => self.in_phonetic = true,
            _ => {}
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "rPh" => self.in_phonetic = false,
            _ => {}
        }
    }

    pub(super) fn push(&mut self, text: &str) {
        if self.in_text && !self.in_phonetic {
            self.text.push_str(text);
        }
    }

    fn push_char(&mut self, character: char) {
        if self.in_text && !self.in_phonetic {
            self.text.push(character);
        }
    }

    fn drain_into(&mut self, to: &mut String) {
        push_unescaped(&self.text, to);
        self.text.clear();
    }
}

/// Appends `text` with `_xHHHH_` escapes resolved (ISO/IEC 29500-1, 22.9.2.19).
pub(super) fn push_unescaped(text: &str, to: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        to.push_str(before);
        let code = escape
            .get(2..6)
            .filter(|_| escape.get(6..7) == Some("_"))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .and_then(char::from_u32);
        if let (Some(character), Some(after)) = (code, escape.get(7..)) {
            to.push(character);
            rest = after;
        } else {
            to.push_str("_x");
            rest = escape.get(2..).unwrap_or("");
        }
    }
    to.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_characters_in_strings_are_resolved() {
        let mut text = String::new();
        push_unescaped("a_x000D_b_x_c_x00_", &mut text);
        assert_eq!(text, "a\rb_x_c_x00_");
    }
}
