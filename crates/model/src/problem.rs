//! What is wrong in a paper, and where.
//!
//! There is one `Problem` type for every reader and every check. It is rendered once, at the
//! edge: to a terminal, JSON, SARIF or HTML.

use std::fmt;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing; the document is valid and was read completely.
    Note,
    /// Something is missing, odd or was set aside; the rest was read.
    Warning,
    /// The document breaks its format, or a part of it could not be used.
    Error,
}

impl Level {
    /// The word used in output: `note`, `warning` or `error` (as SARIF 2.1.0 spells levels).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where in a document a problem stands, in the terms of its format.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The document as a whole.
    Document,
    /// A line, and where known a column, both counted from 1.
    Line {
        /// Line, from 1.
        line: u64,
        /// Column in characters, from 1.
        column: Option<u64>,
    },
    /// A cell of a worksheet, such as `mds2-form!C17`.
    Cell {
        /// Name of the sheet.
        sheet: String,
        /// Cell in A1 notation.
        cell: String,
    },
    /// A JSON pointer (RFC 6901), such as `/components/3/purl`.
    Pointer(String),
    /// An element or attribute of an XML document.
    Element {
        /// Its path from the root, siblings of one name numbered from 1:
        /// `/bom/components/component[4]/@type`.
        path: String,
        /// Line number from 1 on which the element begins.
        line: u64,
    },
    /// A place inside a member of an archive.
    Member {
        /// The member's path in the archive.
        path: String,
        /// The place inside that member.
        place: Box<Self>,
    },
}

impl Place {
    /// The place of a row of a sheet or table without columns of its own.
    pub fn line(line: u64) -> Self {
        Self::Line { line, column: None }
    }

    /// A cell from its zero-based row and column.
    pub fn cell(sheet: &str, row: u32, column: u32) -> Self {
        Self::Cell {
            sheet: sheet.to_owned(),
            cell: format!("{}{}", column_name(column), row + 1),
        }
    }

    /// A JSON pointer.
    pub fn pointer(pointer: impl Into<String>) -> Self {
        Self::Pointer(pointer.into())
    }
}

/// The letters of a zero-based column: 0 is `A`, 26 is `AA`.
pub fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => f.write_str("document"),
            Self::Line { line, column: None } => write!(f, "line {line}"),
            Self::Line {
                line,
                column: Some(column),
            } => write!(f, "line {line}, column {column}"),
            Self::Cell { sheet, cell } => write!(f, "{sheet}!{cell}"),
            Self::Pointer(pointer) if pointer.is_empty() => f.write_str("/"),
            Self::Pointer(pointer) => f.write_str(pointer),
            Self::Element { path, line } => write!(f, "{path} (line {line})"),
            Self::Member { path, place } => write!(f, "{path}: {place}"),
        }
    }
}

/// One thing wrong in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Problem {
    /// Stable code, lower-case words joined by hyphens, the format first:
    /// `cyclonedx-purl-malformed`. Scripts may rely on it.
    pub id: &'static str,
    /// How much it matters.
    pub level: Level,
    /// Where it stands.
    pub at: Place,
    /// What was found and what was expected, in one sentence.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem of the given level.
    pub fn new(id: &'static str, level: Level, at: Place, message: impl Into<String>) -> Self {
        Self {
            id,
            level,
            at,
            message: message.into(),
            hint: None,
        }
    }

    /// An error: see [`Level::Error`].
    pub fn error(id: &'static str, at: Place, message: impl Into<String>) -> Self {
        Self::new(id, Level::Error, at, message)
    }

    /// A warning: see [`Level::Warning`].
    pub fn warning(id: &'static str, at: Place, message: impl Into<String>) -> Self {
        Self::new(id, Level::Warning, at, message)
    }

    /// A note: see [`Level::Note`].
    pub fn note(id: &'static str, at: Place, message: impl Into<String>) -> Self {
        Self::new(id, Level::Note, at, message)
    }

    /// The same problem with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same problem, placed inside a member of an archive.
    #[must_use]
    pub fn within(mut self, path: &str) -> Self {
        self.at = Place::Member {
            path: path.to_owned(),
            place: Box::new(self.at),
        };
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_a_spreadsheet_names_them() {
        assert_eq!(Place::cell("mds2-form", 16, 2).to_string(), "mds2-form!C17");
        assert_eq!(column_name(25), "Z");
        assert_eq!(column_name(26), "AA");
        assert_eq!(column_name(701), "ZZ");
        assert_eq!(column_name(702), "AAA");
    }

    #[test]
    fn a_problem_in_an_archive_names_the_member_first() {
        let problem = Problem::error("x", Place::line(3), "m").within("a/b.csv");
        assert_eq!(problem.at.to_string(), "a/b.csv: line 3");
    }
}
