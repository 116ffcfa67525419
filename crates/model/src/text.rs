//! Text that others wrote, made safe to show.
//!
//! Vendor strings can hold control characters that move a terminal's cursor, bidirectional
//! overrides that make a file name read backwards (CVE-2021-42574), or thousands of lines.
//! Everything that is printed passes through here; the stored original is never changed.

use std::borrow::Cow;

/// `text` without characters that act instead of being read: control characters (ESC, NUL,
/// C1), bidirectional controls, other invisible format characters and line separators. Runs of white space that contain a line break or
/// tab become one space. Each removed character is shown as U+FFFD, so that nothing vanishes unseen.
pub fn printable(text: &str) -> Cow<'_, str> {
    // Nearly every text is plain ASCII, of which only control characters act.
    let is_plain_ascii = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if is_plain_ascii || text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => {
                if !shown.ends_with(' ') {
                    shown.push(' ');
                }
            }
            other if is_plain(other) => shown.push(other),
            _ => shown.push('\u{fffd}'),
        }
    }
    Cow::Owned(shown)
}

/// [`printable`] text of at most `limit` characters, the last of them an ellipsis where it was cut.
pub fn shortened(text: &str, limit: usize) -> String {
    let shown = printable(text);
    if shown.chars().count() <= limit {
        return shown.into_owned();
    }
    let mut cut: String = shown.chars().take(limit.saturating_sub(1)).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

fn is_plain(character: char) -> bool {
    !(character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_bidirectional_overrides_are_shown_not_obeyed() {
        assert_eq!(printable("ok"), "ok");
        assert_eq!(printable("a\u{1b}[31mb"), "a\u{fffd}[31mb");
        assert_eq!(printable("gnp.\u{202e}exe"), "gnp.\u{fffd}exe");
        assert_eq!(printable("a\r\n\tb\0"), "a b\u{fffd}");
    }

    #[test]
    fn long_text_is_cut_at_a_character() {
        assert_eq!(shortened("Überschrift", 4), "Übe…");
        assert_eq!(shortened("kurz", 4), "kurz");
    }
}
