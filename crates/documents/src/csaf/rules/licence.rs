//! Tests of the document's own licence: 6.1.54 and 6.1.55 (CSAF 2.1).

use isocenter_model::text::shortened;

use super::profile::is_english;
use super::{Facts, Found};
use crate::json::{Node, Path};

/// 6.1.54: the licence is an expression of SPDX (SPDX 3.0.1, annex B), without references to documents.
pub(super) fn expression<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    if let Some(text) = facts.case.document.text("license_expression")
        && let Err(fault) = read(text)
    {
        found.at(
            &Path::Root.key("document").key("license_expression"),
            || {
                format!(
                    "'{}' is no licence expression: {fault}",
                    shortened(text, 80)
                )
            },
        );
    }
}

/// 6.1.55: a licence of one's own is written out in one note. A name that looks like one of SPDX and is not in
/// its list is test 6.2.45's.
pub(super) fn text<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let Some(Ok(names)) = facts.case.document.text("license_expression").map(read) else {
        return;
    };
    let has_own = names.iter().any(|name| {
        name.starts_with("AdditionRef-")
            || (name.starts_with("LicenseRef-") && !name.starts_with("LicenseRef-scancode-"))
    });
    if !has_own || !is_english(facts) {
        return;
    }
    let titled: Vec<&Node<'_>> = facts
        .case
        .document
        .list("notes")
        .iter()
        .filter(|note| note.text("title") == Some("License"))
        .collect();
    let is_right =
        matches!(titled.as_slice(), [note] if note.text("category") == Some("legal_disclaimer"));
    if !is_right {
        found.at(
            &Path::Root.key("document").key("notes"),
            "the licence is in no list, so the document needs exactly one note with the title `License`, of the category legal_disclaimer",
        );
    }
}

/// The licences and exceptions that an expression names, or why it is none.
fn read(text: &str) -> Result<Vec<&str>, &'static str> {
    let mut parser = Parser {
        rest: text,
        names: Vec::new(),
    };
    parser.compound(0)?;
    match parser.token() {
        None => Ok(parser.names),
        Some(_) => Err("two licences stand side by side without AND, OR or WITH"),
    }
}

struct Parser<'t> {
    rest: &'t str,
    names: Vec<&'t str>,
}

/// Parentheses may be nested this deep.
const DEPTH: usize = 32;

impl<'t> Parser<'t> {
    /// The next token, which stays where it is.
    fn token(&mut self) -> Option<&'t str> {
        self.rest = self.rest.trim_start_matches(' ');
        let first = self.rest.chars().next()?;
        let end = if matches!(first, '(' | ')') {
            1
        } else {
            self.rest.find([' ', '(', ')']).unwrap_or(self.rest.len())
        };
        self.rest.get(..end)
    }

    fn take(&mut self) -> Option<&'t str> {
        let token = self.token()?;
        self.rest = self.rest.get(token.len()..).unwrap_or_default();
        Some(token)
    }

    fn compound(&mut self, depth: usize) -> Result<(), &'static str> {
        if depth > DEPTH {
            return Err("it is nested too deep");
        }
        loop {
            match self.take() {
                Some("(") => {
                    self.compound(depth + 1)?;
                    if self.take() != Some(")") {
                        return Err("a parenthesis is not closed");
                    }
                }
                Some(name) => self.simple(name)?,
                None => return Err("a licence is missing"),
            }
            match self.token() {
                Some("AND" | "and" | "OR" | "or") => {
                    self.take();
                }
                _ => return Ok(()),
            }
        }
    }

    fn simple(&mut self, name: &'t str) -> Result<(), &'static str> {
        if let Some(reference) = name.strip_prefix("LicenseRef-") {
            self.name(name, reference)?;
        } else {
            self.name(name, name.strip_suffix('+').unwrap_or(name))?;
        }
        if matches!(self.token(), Some("WITH" | "with")) {
            self.take();
            let exception = self.take().ok_or("an exception is missing")?;
            let rest = exception.strip_prefix("AdditionRef-").unwrap_or(exception);
            self.name(exception, rest)?;
        }
        Ok(())
    }

    /// Keeps `name`, whose own part is `id`.
    fn name(&mut self, name: &'t str, id: &str) -> Result<(), &'static str> {
        let is_id = !id.is_empty()
            && id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
        if !is_id {
            return Err("a name holds other characters than letters, digits, `-` and `.`");
        }
        let begins = |prefix: &str| {
            id.get(..prefix.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        if begins("documentref-") {
            return Err("a reference to another document is not allowed");
        }
        if begins("licenseref-") || begins("additionref-") {
            return Err(
                "`LicenseRef-` and `AdditionRef-` are written so and stand at the beginning",
            );
        }
        if matches!(id, "AND" | "and" | "OR" | "or" | "WITH" | "with") {
            return Err("a licence is missing");
        }
        self.names.push(name.strip_suffix('+').unwrap_or(name));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_keeps_to_the_grammar() {
        for (text, names) in [
            ("MIT", vec!["MIT"]),
            (
                "GPL-2.0+ WITH Classpath-exception-2.0",
                vec!["GPL-2.0", "Classpath-exception-2.0"],
            ),
            (
                "(MIT OR Apache-2.0) and LicenseRef-x.y",
                vec!["MIT", "Apache-2.0", "LicenseRef-x.y"],
            ),
            ("MIT AND (A OR (B and C))", vec!["MIT", "A", "B", "C"]),
        ] {
            assert_eq!(read(text), Ok(names), "{text}");
        }
        for text in [
            "",
            "MIT AND",
            "AND",
            "MIT GPL-2.0",
            "(MIT",
            "MIT)",
            "MIT WITH",
            "LicenseRef-",
            "licenseref-a",
            "LicenseRef-a/b",
            "DocumentRef-a:LicenseRef-b",
            "MIT And GPL-2.0",
            "()",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(read(&"(".repeat(100_000)).is_err());
    }
}
