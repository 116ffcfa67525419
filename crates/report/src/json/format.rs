//! Indented JSON in which no character acts instead of being read.

use std::borrow::Cow;
use std::io::{self, Write};

use isocenter_model::text::printable;
use serde_json::ser::{CharEscape, Formatter, PrettyFormatter};

/// Indents by two blanks and writes control, bidirectional and invisible characters of vendor
/// strings as `\u` escapes. A reader gets the same text back; a terminal that shows the file
/// obeys none of it.
pub(super) struct Readable<'a>(PrettyFormatter<'a>);

impl Readable<'_> {
    pub(super) fn new() -> Self {
        Self(PrettyFormatter::new())
    }
}

impl Formatter for Readable<'_> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if matches!(printable(fragment), Cow::Borrowed(_)) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut units = [0_u16; 2];
        let mut bytes = [0_u8; 4];
        for character in fragment.chars() {
            let text: &str = character.encode_utf8(&mut bytes);
            if matches!(printable(text), Cow::Borrowed(_)) {
                writer.write_all(text.as_bytes())?;
            } else {
                for unit in character.encode_utf16(&mut units) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        self.0.write_char_escape(writer, escape)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::*;

    #[test]
    fn characters_that_act_are_escaped_and_come_back_unchanged() {
        let hostile = "a\u{1b}[2J\u{202e}exe\u{9b}\u{e0041}\u{7f} ü";
        let mut bytes = Vec::new();
        let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Readable::new());
        [hostile].serialize(&mut serializer).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text,
            "[\n  \"a\\u001b[2J\\u202eexe\\u009b\\udb40\\udc41\\u007f ü\"\n]"
        );
        let back: Vec<String> = serde_json::from_str(&text).unwrap();
        assert_eq!(back, [hostile]);
    }
}
