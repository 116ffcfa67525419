//! What every JSON reader shares: text from bytes, values from text, and problems in between.
//!
//! A document is read in two passes. The first is strict, typed and borrows from the text; nearly
//! every real file needs only this one. When it fails, the second pass builds a tree, so that a
//! [`List`] or a [`Field`] can set a bad element aside and the rest is still read. In both passes the same
//! types are used: in the first, a value that fails in its middle leaves brackets open, so the
//! pass as a whole fails too; only in the second can reading go on behind it.
//!
//! Traps that are answered here (RFC 8259): a byte order mark, UTF-16 and Latin-1 files, keys that
//! occur twice, raw control characters in strings, half a surrogate pair, numbers beyond a double,
//! nesting without end, text behind the document.

mod date;
mod duplicate;
mod elements;
mod encoding;
mod equality;
mod mending;
pub(crate) mod object;
mod path;
mod problems;
mod short;
mod time;
mod tolerant;
mod tree;
mod uri;

use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};
use serde::Deserialize;
use serde_json::Value;
use serde_json::error::Category;

pub(crate) use date::{date, stated_time, timestamp};
pub(crate) use elements::{Elements, Placing, elements};
pub(crate) use encoding::decode;
pub(crate) use equality::repeated;
pub(crate) use object::{Editions, Foreign, objects, passed};
pub(crate) use path::Path;
pub(crate) use problems::Problems;
pub(crate) use short::Short;
pub(crate) use time::is_time;
pub(crate) use tolerant::{Field, Filled, List, Present, Text};
pub(crate) use tree::{Mended, Node};
pub(crate) use uri::{is_iri, is_uri};

/// Documents beyond this size, in bytes, get no second pass: the tree takes many times the memory of its text.
pub(crate) const TREE_LIMIT: usize = 128 << 20;

/// Holds what a second pass made, while the values that were read borrow from it.
#[derive(Default)]
pub(crate) struct Spare {
    tree: Option<Value>,
}

/// Reads `text` as a `T`. `None` when nothing of it could be used; the reason is then among the
/// problems. Bad elements of a [`List`] and bad [`Field`]s are reported when they are taken.
pub(crate) fn parse<'a, T: Deserialize<'a>>(
    text: &'a str,
    spare: &'a mut Spare,
    problems: &mut Problems,
) -> Option<T> {
    // A derived struct would take a list for an object, member by member.
    if text.trim_start().starts_with('[') {
        problems.push(Problem::error(
            "json-wrong-shape",
            Place::Document,
            "the document is a list, where an object is expected",
        ));
        return None;
    }
    let error = match serde_json::from_str(text) {
        Ok(value) => return Some(value),
        Err(error) => error,
    };
    if text.len() > TREE_LIMIT {
        problems.push(syntax_problem(text, &error));
        return None;
    }
    let tree = match serde_json::from_str::<Value>(text) {
        Ok(tree) => {
            duplicate::report(text, problems);
            tree
        }
        Err(error) => {
            let Some(mended) = mending::mend(text, problems) else {
                problems.push(syntax_problem(text, &error));
                return None;
            };
            match serde_json::from_str(&mended) {
                Ok(tree) => {
                    duplicate::report(&mended, problems);
                    tree
                }
                Err(error) => {
                    problems.push(syntax_problem(&mended, &error));
                    return None;
                }
            }
        }
    };
    from_tree(tree, spare, problems)
}

/// Reads a tree as a `T`, as [`parse`] does in its second pass.
pub(crate) fn from_tree<'a, T: Deserialize<'a>>(
    tree: Value,
    spare: &'a mut Spare,
    problems: &mut Problems,
) -> Option<T> {
    match T::deserialize(&*spare.tree.insert(tree)) {
        Ok(value) => Some(value),
        Err(error) => {
            problems.push(Problem::error(
                "json-wrong-shape",
                Place::Document,
                format!(
                    "the document has another shape than expected: {}",
                    reason(&error)
                ),
            ));
            None
        }
    }
}

/// A parser's words on what went wrong, safe to print, without its own place.
fn reason(error: &impl std::fmt::Display) -> String {
    let words = error.to_string();
    let end = words.rfind(" at line ").unwrap_or(words.len());
    shortened(words.get(..end).unwrap_or(&words), 200)
}

/// What a syntax error means, in plain words.
fn syntax_problem(text: &str, error: &serde_json::Error) -> Problem {
    let at = line_and_column(text, error.line(), error.column());
    let words = error.to_string();
    let (id, message, hint) = if text.trim_start().is_empty() {
        (
            "json-empty",
            "the file is empty".to_owned(),
            "fetch or export it again",
        )
    } else if error.classify() == Category::Eof {
        (
            "json-truncated",
            "the file ends in the middle of the document".to_owned(),
            "it was cut off on its way: fetch or export it again",
        )
    } else if words.contains("recursion limit") {
        (
            "json-too-deep",
            "lists and objects are nested deeper than 127 levels".to_owned(),
            "no exchange format needs that: ask its author for a sound file",
        )
    } else if words.contains("trailing characters") {
        (
            "json-trailing-data",
            "more text follows where the document ends".to_owned(),
            "if several documents were joined in one file, save each in its own",
        )
    } else {
        (
            "json-syntax",
            format!("not JSON: {}", reason(error)),
            "ask its author for a sound file, or open it in an editor that shows JSON errors",
        )
    };
    Problem::error(id, at, message).hint(hint)
}

/// The place that serde_json means: it counts columns in bytes.
fn line_and_column(text: &str, line: usize, column: usize) -> Place {
    let start = match line.checked_sub(2) {
        None => 0,
        Some(breaks) => memchr::memchr_iter(b'\n', text.as_bytes())
            .nth(breaks)
            .map_or(0, |at| at + 1),
    };
    let before = text
        .as_bytes()
        .get(
            start
                ..start
                    .saturating_add(column.saturating_sub(1))
                    .min(text.len()),
        )
        .unwrap_or_default();
    // Continuation bytes (10xxxxxx) do not begin a character.
    let characters = before.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
    Place::Line {
        line: line.max(1) as u64,
        column: Some(characters as u64 + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Shelf<'a> {
        #[serde(default, borrow)]
        books: List<Book<'a>>,
        #[serde(default, borrow)]
        owner: Field<Text<'a>>,
    }

    #[derive(Debug, Deserialize)]
    struct Book<'a> {
        #[serde(borrow)]
        name: Text<'a>,
        pages: Option<f64>,
    }

    /// The names that were read, and each problem in one line.
    #[track_caller]
    fn check(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
        let mut problems = Problems::default();
        let mut spare = Spare::default();
        let text = decode(bytes, &mut problems);
        let names =
            parse::<Shelf<'_>>(&text, &mut spare, &mut problems).map_or_else(Vec::new, |shelf| {
                let root = Path::Root;
                let owner = shelf.owner.take(&root.key("owner"), &mut problems);
                let mut names: Vec<String> = owner
                    .iter()
                    .map(|owner| format!("of {}", &**owner))
                    .collect();
                for (index, book) in shelf.books.take(&root.key("books"), &mut problems) {
                    let pages = book
                        .pages
                        .map(|pages| format!(" {pages}"))
                        .unwrap_or_default();
                    names.push(format!("{index} {}{pages}", &*book.name));
                }
                names
            });
        let lines = problems
            .finish()
            .iter()
            .map(|problem| {
                format!(
                    "{} {} {}: {}",
                    problem.level, problem.id, problem.at, problem.message
                )
            })
            .collect();
        (names, lines)
    }

    #[test]
    fn a_sound_document_has_no_problems() {
        let (names, problems) =
            check(br#"{"owner":"A","books":[{"name":"x","pages":1},{"name":"y"}]}"#);
        assert_eq!(names, ["of A", "0 x 1", "1 y"]);
        assert!(problems.is_empty(), "{problems:?}");
    }

    #[test]
    fn a_bad_element_is_set_aside_and_the_rest_is_read() {
        let (names, problems) = check(
            br#"{"owner":["A"],"books":[{"name":"x"},{"name":5},"z",{"pages":1},null,{"name":"y"}]}"#,
        );
        assert_eq!(names, ["0 x", "5 y"]);
        insta::assert_snapshot!(problems.join("\n"), @r#"
        error json-value-set-aside /owner: the value was set aside: invalid type: sequence, expected a string
        error json-element-set-aside /books/1: the element was set aside: invalid type: integer `5`, expected a string
        error json-element-set-aside /books/2: the element was set aside: invalid type: string "z", expected struct Book
        error json-element-set-aside /books/3: the element was set aside: missing field `name`
        error json-element-set-aside /books/4: the element was set aside: invalid type: null, expected struct Book
        "#);
    }

    #[test]
    fn a_list_that_is_no_list_is_reported_and_null_is_an_empty_one() {
        let (names, problems) = check(br#"{"books":{"name":"x"}}"#);
        assert!(names.is_empty());
        insta::assert_snapshot!(problems.join("\n"), @"error json-value-set-aside /books: the value was set aside: invalid type: map, expected a list");
        let (_, problems) = check(br#"{"books":null,"owner":null}"#);
        assert!(problems.is_empty(), "{problems:?}");
    }

    #[test]
    fn a_list_is_kept_as_far_as_memory_is_given() {
        let books = r#"{"name":"x"},"#.repeat(1_000_000);
        let (names, problems) = check(format!(r#"{{"books":[{books}5]}}"#).as_bytes());
        assert_eq!(names.len(), (16 << 20) / size_of::<Book<'_>>());
        let told = format!(
            "error json-list-too-long /books: {} more elements stand in the list than are kept in memory; they were not read",
            1_000_001 - names.len()
        );
        assert_eq!(problems, [told]);
    }

    #[test]
    fn every_way_to_be_no_json_is_told_apart() {
        let deep = "[".repeat(100_000);
        let deep = format!(r#"{{"books":{deep}"#);
        let mut lines = Vec::new();
        for text in [
            "",
            " \n",
            r#"{"books":[{"name":"x"},"#,
            r#"{"books":[]} {"books":[]}"#,
            "{\"books\":\n  [ü]}",
            r#"["x"]"#,
            &deep,
        ] {
            let (names, problems) = check(text.as_bytes());
            assert!(names.is_empty());
            lines.extend(problems);
        }
        insta::assert_snapshot!(lines.join("\n"), @"
        error json-empty line 1, column 1: the file is empty
        error json-empty line 2, column 1: the file is empty
        error json-truncated line 1, column 23: the file ends in the middle of the document
        error json-trailing-data line 1, column 14: more text follows where the document ends
        error json-syntax line 2, column 4: not JSON: expected value
        error json-wrong-shape document: the document is a list, where an object is expected
        error json-too-deep line 1, column 136: lists and objects are nested deeper than 127 levels
        ");
    }

    #[test]
    fn a_key_that_occurs_twice_is_an_error_and_the_last_one_holds() {
        let (names, problems) =
            check(br#"{"books":[{"name":"x","name":"y"}],"owner":"A","owner":"B"}"#);
        assert_eq!(names, ["of B", "0 y"]);
        insta::assert_snapshot!(problems.join("\n"), @"
        error json-duplicate-key /books/0/name: the key occurs more than once in one object; the last one was read
        error json-duplicate-key /owner: the key occurs more than once in one object; the last one was read
        ");
    }

    #[test]
    fn a_flaw_of_one_token_is_mended_and_reported() {
        let (names, problems) =
            check(b"{\"owner\":\"a\tb\0c\",\"books\":[{\"name\":\"x\\ud800y\",\"pages\":1e999}]}");
        assert_eq!(names, ["of a b c", "0 x\u{fffd}y"]);
        insta::assert_snapshot!(problems.join("\n"), @"
        error json-control-character line 1: a string holds the raw control character U+0009, which JSON demands to be escaped
        error json-control-character line 1: a string holds the raw control character U+0000, which JSON demands to be escaped
        error json-half-surrogate line 1: a string holds half of a surrogate pair, which is no character
        error json-number-too-large line 1: a number is beyond what a double-precision number holds and was set aside
        ");
    }

    #[test]
    fn other_encodings_are_read_and_reported() {
        let text = r#"{"owner":"Müller"}"#;
        let mut marked = vec![0xEF, 0xBB, 0xBF];
        marked.extend(text.as_bytes());
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut big = vec![0xFE, 0xFF];
        big.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        let latin: Vec<u8> = text
            .chars()
            .map(|character| u8::try_from(character).unwrap())
            .collect();
        let mut lines = Vec::new();
        for bytes in [marked, little, big, latin] {
            let (names, problems) = check(&bytes);
            assert_eq!(names, ["of Müller"]);
            lines.extend(problems);
        }
        insta::assert_snapshot!(lines.join("\n"), @"
        note json-byte-order-mark line 1: the file begins with a byte order mark, which JSON forbids
        error json-utf-16 document: the file is in UTF-16, where JSON demands UTF-8
        error json-utf-16 document: the file is in UTF-16, where JSON demands UTF-8
        error json-not-utf-8 line 1: the file is not UTF-8 and was read as Windows-1252, so letters beyond ASCII may be wrong
        ");
    }
}
