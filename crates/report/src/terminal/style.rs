//! How text may look, and the two things every page does with it: paint and wrap.

use isocenter_model::Level;
use isocenter_model::assessment::DISCLAIMER;
use isocenter_model::finding::{UrgencyClass, Verdict};
use isocenter_model::text::printable;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::words::Standing;

/// How text may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI colours are written. Nothing is told by colour alone.
    pub color: bool,
    /// Columns of the terminal; 0 means unlimited, for output that is no terminal.
    pub width: usize,
    /// Whether characters beyond ASCII may be used for drawing: bars, dots, dashes, ellipses.
    pub unicode: bool,
}

impl Default for Style {
    /// No colour, 100 columns, Unicode.
    fn default() -> Self {
        Self {
            color: false,
            width: 100,
            unicode: true,
        }
    }
}

/// What a piece of text is; each has one look in every page (`STYLE.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Heading,
    Quiet,
    /// What one types: ids, commands, paths.
    Literal,
    Good,
    Caution,
    Bad,
    /// Planned: known and in hand.
    Calm,
    /// Undetermined: neither good nor bad.
    Open,
}

impl Ink {
    pub(super) fn of_class(class: UrgencyClass) -> Self {
        match class {
            UrgencyClass::Now => Self::Bad,
            UrgencyClass::Soon => Self::Caution,
            UrgencyClass::Planned => Self::Calm,
            UrgencyClass::Watch => Self::Quiet,
        }
    }

    pub(super) fn of_standing(standing: Standing) -> Self {
        match standing {
            Standing::Act(class) => Self::of_class(class),
            Standing::Undetermined | Standing::NotExamined => Self::Open,
            Standing::NothingOpen => Self::Good,
        }
    }

    pub(super) fn of_finding(verdict: Verdict, class: UrgencyClass) -> Self {
        match verdict {
            Verdict::Affected | Verdict::UnderInvestigation => Self::of_class(class),
            Verdict::Undetermined => Self::Open,
            Verdict::Fixed | Verdict::NotAffected => Self::Good,
        }
    }

    pub(super) fn of_level(level: Level) -> Self {
        match level {
            Level::Error => Self::Bad,
            Level::Warning => Self::Caution,
            Level::Note => Self::Literal,
        }
    }

    /// Parameters of the Select Graphic Rendition sequence (ECMA-48, 8.3.117).
    fn rendition(self) -> &'static str {
        match self {
            Self::Plain => "0",
            Self::Heading => "1",
            Self::Quiet => "2",
            Self::Literal => "36",
            Self::Good => "32",
            Self::Caution => "33",
            Self::Bad => "1;31",
            Self::Calm => "34",
            Self::Open => "35",
        }
    }
}

impl Style {
    /// `text` in its ink. The text must already be printable.
    pub(super) fn paint(&self, ink: Ink, text: &str) -> String {
        if !self.color || ink == Ink::Plain || text.is_empty() {
            return text.to_owned();
        }
        format!("\u{1b}[{}m{text}\u{1b}[0m", ink.rendition())
    }

    /// What stands between facts on one line.
    pub(super) fn dot(&self) -> &'static str {
        if self.unicode { " · " } else { ", " }
    }

    /// Facts on one line.
    pub(super) fn joined(&self, facts: &[String]) -> String {
        facts.join(self.dot())
    }

    /// A bar of `value` in `maximum`, at most `columns` wide; anything above zero is seen.
    pub(super) fn bar(&self, value: u64, maximum: u64, columns: usize) -> String {
        const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        if value == 0 || maximum == 0 {
            return String::new();
        }
        let columns = columns as u64;
        if !self.unicode {
            let filled = (value * columns).div_ceil(maximum).clamp(1, columns.max(1));
            return "#".repeat(usize::try_from(filled).unwrap_or(1));
        }
        let eighths = (value.saturating_mul(columns * 8) / maximum).clamp(1, (columns * 8).max(1));
        let whole = usize::try_from(eighths / 8).unwrap_or_default();
        let rest = usize::try_from(eighths % 8).unwrap_or_default();
        format!(
            "{}{}",
            "█".repeat(whole),
            EIGHTHS.get(rest).copied().unwrap_or_default()
        )
    }

    /// `text` made printable and broken at blanks into lines that fit behind `indent` columns.
    /// The first line is not indented, so that it can follow what stands there.
    pub(super) fn wrapped(&self, text: &str, indent: usize) -> String {
        let shown = printable(text);
        if self.width == 0 {
            return shown.into_owned();
        }
        let limit = self.width.saturating_sub(indent).max(24);
        let mut lines = vec![String::new()];
        for word in shown.split(' ').filter(|word| !word.is_empty()) {
            for piece in pieces(word, limit) {
                let Some(line) = lines.last_mut() else { break };
                if line.is_empty() {
                    line.push_str(piece);
                } else if line.width() + 1 + piece.width() <= limit {
                    line.push(' ');
                    line.push_str(piece);
                } else {
                    lines.push(piece.to_owned());
                }
            }
        }
        lines.join(&format!("\n{}", " ".repeat(indent)))
    }

    /// `text` made printable and cut to `columns`.
    pub(super) fn cut(&self, text: &str, columns: usize) -> String {
        let shown = printable(text);
        if shown.width() <= columns {
            return shown.into_owned();
        }
        let ellipsis = if self.unicode { "…" } else { "..." };
        let room = columns.saturating_sub(ellipsis.width());
        let mut cut = String::new();
        let mut used = 0;
        for character in shown.chars() {
            used += character.width().unwrap_or_default();
            if used > room {
                break;
            }
            cut.push(character);
        }
        cut.truncate(cut.trim_end().len());
        cut + ellipsis
    }

    /// The columns to lay out for, where the width is unlimited.
    pub(super) fn columns(&self) -> usize {
        if self.width == 0 { 100 } else { self.width }
    }

    /// The last lines of every page.
    pub(super) fn footer(&self) -> String {
        let lines: Vec<String> = self
            .wrapped(DISCLAIMER, 0)
            .lines()
            .map(|line| self.paint(Ink::Quiet, line))
            .collect();
        format!("\n{}\n", lines.join("\n"))
    }
}

/// `text` and blanks up to `columns`; longer text stays as it is.
pub(super) fn padded(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(blanks))
}

/// A word cut into pieces no wider than `limit`, for package URLs and digests.
fn pieces(word: &str, limit: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while rest.width() > limit {
        let mut used = 0;
        let end = rest
            .char_indices()
            .find(|(_, character)| {
                used += character.width().unwrap_or_default();
                used > limit
            })
            .map_or(rest.len(), |(at, _)| at);
        if end == 0 {
            break;
        }
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anything_above_zero_is_seen_in_a_bar() {
        let style = Style::default();
        assert_eq!(style.bar(0, 100, 10), "");
        assert_eq!(style.bar(1, 1_000_000, 10), "▏");
        assert_eq!(style.bar(50, 100, 10), "█████");
        assert_eq!(style.bar(100, 100, 10), "██████████");
        let ascii = Style {
            unicode: false,
            ..style
        };
        assert_eq!(ascii.bar(1, 1_000_000, 10), "#");
        assert_eq!(ascii.bar(100, 100, 10), "##########");
    }

    #[test]
    fn text_is_broken_at_blanks_and_long_words_anywhere() {
        let style = Style {
            width: 30,
            ..Style::default()
        };
        assert_eq!(
            style.wrapped("one two three four five six seven", 2),
            "one two three four five six\n  seven"
        );
        assert_eq!(
            style.wrapped("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1", 4),
            "pkg:maven/org.apache.loggi\n    ng.log4j/log4j-core@2.14.1"
        );
    }

    #[test]
    fn wide_characters_count_twice() {
        let style = Style::default();
        assert_eq!(style.cut("放射線部門", 7), "放射線…");
        assert_eq!(padded("放", 4), "放  ");
    }

    #[test]
    fn colour_is_written_only_where_it_is_wanted() {
        let plain = Style::default();
        assert_eq!(plain.paint(Ink::Bad, "now"), "now");
        let colored = Style {
            color: true,
            ..plain
        };
        assert_eq!(colored.paint(Ink::Bad, "now"), "\u{1b}[1;31mnow\u{1b}[0m");
    }
}
