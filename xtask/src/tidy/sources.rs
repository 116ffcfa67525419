//! Rust sources are finished: no test is put aside, nothing waits, a file fits in a head.

use super::breach::Breach;
use super::tree::Tree;

/// Lines that a Rust file may have. Most have less than half of it.
const LONGEST: usize = 800;

/// Marks of unfinished work. Each is written in two pieces, so that this file has none.
const MARKS: [(&str, &str); 6] = [
    (concat!("TO", "DO"), "finish it or file an issue"),
    (concat!("FIX", "ME"), "fix it or file an issue"),
    (concat!("XX", "X:"), "settle it or file an issue"),
    (concat!("#[ig", "nore"), "run the test or delete it"),
    (concat!("todo", "!("), "write it"),
    (concat!("unimplemented", "!("), "write it"),
];

/// Overlong files and marks of unfinished work.
pub(crate) fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (path, text) in tree.texts_in("", ".rs") {
        let lines = text.lines().count();
        if lines > LONGEST {
            breaches.push(Breach::new(
                path,
                format!("has {lines} lines; split it by noun under {LONGEST}"),
            ));
        }
        for (index, line) in text.lines().enumerate() {
            for (mark, advice) in MARKS {
                if has_word(line, mark) {
                    breaches.push(Breach::at(path, index + 1, format!("`{mark}`: {advice}")));
                }
            }
        }
    }
    breaches
}

/// Whether `mark` stands in `line` and is no part of a longer word.
fn has_word(line: &str, mark: &str) -> bool {
    let joins = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(mark).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + mark.len()..].chars().next();
        let begun_before = mark.starts_with(joins) && before.is_some_and(joins);
        let goes_on = mark.ends_with(joins) && after.is_some_and(joins);
        !begun_before && !goes_on
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_text(text: &str) -> Vec<Breach> {
        check(&Tree::of(&[("crates/a/src/lib.rs", text)]))
    }

    #[test]
    fn a_long_file_is_a_breach() {
        assert_eq!(check_text(&"//\n".repeat(LONGEST)), []);
        assert_eq!(check_text(&"//\n".repeat(LONGEST + 1)).len(), 1);
    }

    #[test]
    fn marks_of_unfinished_work_are_breaches() {
        for (mark, _) in MARKS {
            let breaches = check_text(&format!("fn a() {{}}\n    {mark} = \"later\")]\n"));
            assert_eq!(breaches.len(), 1, "{mark}");
            assert_eq!(breaches[0].line, Some(2));
        }
    }

    #[test]
    fn a_word_that_holds_a_mark_is_none() {
        assert_eq!(check_text(concat!("const TO", "DOS: u8 = 1;\n")), []);
        assert_eq!(check_text(concat!("let a = MY_FIX", "ME;\n")), []);
    }
}
