//! Columns that fit.

use unicode_width::UnicodeWidthStr;

use super::style::{Ink, Style};

/// Blanks between columns.
const GAP: usize = 2;

/// A cell with its ink.
pub(super) struct Cell {
    text: String,
    ink: Ink,
}

impl Cell {
    pub(super) fn new(ink: Ink, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ink,
        }
    }

    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::new(Ink::Plain, text)
    }
}

/// Columns under headers, cut to fit `width` columns (0: uncut). Columns of numbers stand to the
/// right. Cells are made printable.
pub fn table(headers: &[&str], rows: &[Vec<String>], width: usize) -> String {
    let style = Style {
        width,
        ..Style::default()
    };
    let rows: Vec<Vec<Cell>> = rows
        .iter()
        .map(|row| row.iter().map(Cell::plain).collect())
        .collect();
    painted(headers, &rows, &style)
}

/// The same with inks.
pub(super) fn painted(headers: &[&str], rows: &[Vec<Cell>], style: &Style) -> String {
    let shown: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| style.cut(&cell.text, usize::MAX))
                .collect()
        })
        .collect();
    let natural: Vec<usize> = headers
        .iter()
        .enumerate()
        .map(|(column, header)| {
            shown
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.width())
                .fold(header.width(), usize::max)
        })
        .collect();
    let widths = fitted(&natural, style.width);
    let numeric: Vec<bool> = (0..headers.len())
        .map(|column| {
            let mut cells = shown
                .iter()
                .filter_map(|row| row.get(column))
                .filter(|cell| !cell.is_empty())
                .peekable();
            cells.peek().is_some() && cells.all(|cell| is_number(cell))
        })
        .collect();
    let line = |texts: &[&str], inks: &dyn Fn(usize) -> Ink| {
        let mut line = String::new();
        let mut owed = 0;
        for (column, width) in widths.iter().enumerate() {
            let text = style.cut(texts.get(column).copied().unwrap_or_default(), *width);
            let blanks = width.saturating_sub(text.width());
            let before = if numeric.get(column) == Some(&true) {
                blanks
            } else {
                0
            };
            owed += before;
            if !text.is_empty() {
                line.push_str(&" ".repeat(owed));
                line.push_str(&style.paint(inks(column), &text));
                owed = 0;
            }
            owed += blanks - before + GAP;
        }
        line.push('\n');
        line
    };
    let mut text = line(headers, &|_| Ink::Heading);
    for (row, cells) in shown.iter().zip(rows) {
        let texts: Vec<&str> = row.iter().map(String::as_str).collect();
        text.push_str(&line(&texts, &|column| {
            cells.get(column).map_or(Ink::Plain, |cell| cell.ink)
        }));
    }
    text
}

/// Columns up to such a width hold ids, dates and numbers: they are cut last, because half an id
/// is none. The narrower measure, in which a CVE id still fits, is taken when the wider leaves no room.
const SHORT: [usize; 2] = [20, 14];

/// Widths whose sum fits: of the long columns the widest give first, down to one common width;
/// the short ones give only when that is not enough.
fn fitted(natural: &[usize], width: usize) -> Vec<usize> {
    let gaps = GAP * natural.len().saturating_sub(1);
    let room = width.saturating_sub(gaps);
    if width == 0 || natural.iter().sum::<usize>() <= room {
        return natural.to_vec();
    }
    let readable = 8;
    for limit in SHORT {
        let long: Vec<usize> = natural
            .iter()
            .copied()
            .filter(|column| *column > limit)
            .collect();
        let short = natural.iter().sum::<usize>() - long.iter().sum::<usize>();
        if short + long.len() * readable <= room {
            let mut cut = capped(&long, room - short, readable).into_iter();
            return natural
                .iter()
                .map(|column| {
                    if *column > limit {
                        cut.next().unwrap_or(readable)
                    } else {
                        *column
                    }
                })
                .collect();
        }
    }
    // A cap below this would show nothing of a word; then the line is longer than the terminal.
    capped(natural, room, 6)
}

/// Columns cut to one common width, never below `narrowest`, with what is left over given to the
/// first of them.
fn capped(natural: &[usize], room: usize, narrowest: usize) -> Vec<usize> {
    let widest = natural.iter().copied().max().unwrap_or_default();
    let total = |cap: usize| {
        natural
            .iter()
            .map(|column| (*column).min(cap))
            .sum::<usize>()
    };
    let (mut low, mut high) = (narrowest, widest.max(narrowest));
    while low < high {
        let middle = (low + high).div_ceil(2);
        if total(middle) <= room {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    let mut spare = room.saturating_sub(total(low));
    natural
        .iter()
        .map(|column| {
            let cut = (*column).min(low);
            let extra = (*column - cut).min(spare).min(1);
            spare -= extra;
            cut + extra
        })
        .collect()
}

fn is_number(text: &str) -> bool {
    if text == "-" {
        return true;
    }
    text.starts_with(|first: char| first.is_ascii_digit())
        && text
            .chars()
            .all(|character| character.is_ascii_digit() || ",.% ".contains(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter()
            .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
            .collect()
    }

    #[test]
    fn numbers_stand_to_the_right_and_no_line_ends_in_blanks() {
        let text = table(
            &["device", "open", "site"],
            &rows(&[&["CT-1", "12", ""], &["MR-10", "1,204", "North"]]),
            80,
        );
        insta::assert_snapshot!(text, @r"
        device   open  site
        CT-1       12
        MR-10   1,204  North
        ");
        assert!(text.lines().all(|line| line == line.trim_end()));
    }

    #[test]
    fn the_widest_columns_give_first() {
        let text = table(
            &["id", "what"],
            &rows(&[&["F-1", "a sentence that is too long for the terminal"]]),
            24,
        );
        insta::assert_snapshot!(text, @r"
        id   what
        F-1  a sentence that is…
        ");
        assert!(text.lines().all(|line| line.width() <= 24));
    }

    #[test]
    fn an_id_is_never_cut_while_prose_can_be() {
        let text = table(
            &["id", "flaw", "what", "where"],
            &rows(&[&[
                "F-3dbbf07e50",
                "CVE-2021-44228",
                "a sentence that is too long",
                "another one that is too long as well",
            ]]),
            60,
        );
        assert!(text.contains("F-3dbbf07e50  CVE-2021-44228  "), "{text}");
        assert!(text.lines().all(|line| line.width() <= 60));
    }

    #[test]
    fn short_rows_and_hostile_cells_do_no_harm() {
        let text = table(&["a", "b"], &rows(&[&["x\u{1b}[2J"], &[]]), 0);
        assert_eq!(text, "a      b\nx\u{fffd}[2J\n\n");
        assert_eq!(table(&[], &[], 10), "\n");
    }
}
