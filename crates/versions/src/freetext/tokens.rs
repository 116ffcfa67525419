//! From a part of a text to its words, with the remarks in parentheses sorted out.

use super::Unread;
use super::version::is_levels;
use super::words::{ABOVE, BELOW, CONDITION, INCLUDING, JOINT, LINE, REMARK, WIDENING, listed};

/// A part of a text without its remarks.
#[derive(Debug)]
pub(super) struct Part {
    /// Its words; operators and commas are words of their own.
    pub(super) words: Vec<String>,
    /// What a remark at its end demands.
    pub(super) condition: Option<String>,
}

/// The words of a part.
pub(super) fn part(text: &str) -> Result<Part, Unread> {
    let mut plain = String::with_capacity(text.len());
    let mut condition = None;
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('(') {
        let unclear = || Unread::Words(format!("({behind}"));
        let (note, after) = behind.split_once(')').ok_or_else(unclear)?;
        if note.contains('(') || condition.is_some() {
            return Err(unclear());
        }
        plain.push_str(before);
        rest = after;
        // `6.70(ABVS.1)`: parentheses that are a part of the version.
        if before.ends_with(|c: char| c.is_ascii_digit()) && !note.contains(' ') {
            plain.extend(["(", note, ")"]);
            continue;
        }
        plain.push(' ');
        match Note::of(note) {
            _ if plain.trim().is_empty() => plain.push_str(note),
            Note::Words => plain.push_str(note),
            Note::Remark => {}
            Note::Condition => condition = Some(note.trim().to_owned()),
            Note::Unclear => return Err(Unread::Words(format!("({note})"))),
        }
        plain.push(' ');
    }
    if rest.contains(')') || (condition.is_some() && !rest.trim().is_empty()) {
        return Err(Unread::Words(rest.trim().to_owned()));
    }
    plain.push_str(rest);
    Ok(Part {
        words: words(&plain),
        condition,
    })
}

/// What parentheses hold.
enum Note {
    /// A part of the range: `(and earlier)`, `(Build 9342)`.
    Words,
    /// Something about the product or another: `(end-of-life 2011)`, `(based on FDT 1.2)`.
    Remark,
    /// Something that must hold besides: `(Windows only)`, `(EXC1000GX)`.
    Condition,
    /// Something that may change the range.
    Unclear,
}

impl Note {
    fn of(note: &str) -> Self {
        let words = words(note);
        let any = |lists: &[&[&str]]| {
            words
                .iter()
                .any(|word| lists.iter().any(|list| listed(word, list)))
        };
        let opens = |phrase: &&[&str]| {
            phrase.len() <= words.len()
                && words
                    .iter()
                    .zip(*phrase)
                    .all(|(word, known)| word.eq_ignore_ascii_case(known))
        };
        let is_line = words.last().is_some_and(|word| listed(word, LINE));
        let is_build = note.trim().bytes().all(|byte| byte.is_ascii_digit());
        let joins = words.first().is_some_and(|word| listed(word, JOINT));
        let has_dotted = words
            .iter()
            .any(|word| word.contains('.') && word.contains(|c: char| c.is_ascii_digit()));
        let is_remark = REMARK.iter().any(opens) || is_line || is_build;
        // "(including 4.5 beta)" adds a version.
        let adds = has_dotted && words.first().is_some_and(|word| listed(word, INCLUDING));
        if adds || any(&[WIDENING]) {
            Self::Unclear
        } else if is_remark {
            Self::Remark
        } else if joins || any(&[BELOW, ABOVE]) || is_levels(&words) {
            Self::Words
        } else if has_dotted {
            Self::Unclear
        } else {
            Self::Condition
        }
    }
}

/// Words, with operators and commas as words of their own.
fn words(part: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(part.len() + 8);
    for c in part.chars() {
        match c {
            '≤' => spaced.push_str(" <= "),
            '≥' => spaced.push_str(" >= "),
            '<' | '>' | '=' | '!' => {
                if !spaced.ends_with(['<', '>', '=', '!']) {
                    spaced.push(' ');
                }
                spaced.push(c);
            }
            '–' | '—' => spaced.push_str(" - "),
            '"' | '\'' | '“' | '”' => {}
            c => {
                if spaced.ends_with(['<', '>', '=', '!']) {
                    spaced.push(' ');
                }
                spaced.push(c);
            }
        }
    }
    let mut words: Vec<String> = Vec::new();
    for word in spaced.split_whitespace() {
        let bare = word.trim_end_matches([',', ':']);
        // `V4.7: < V4.7 HF27`: only a version before a colon is a line of versions.
        let is_label = word.ends_with(':') && bare.contains(|c: char| c.is_ascii_digit());
        // A wildcard that a blank has torn off: `14. x`.
        if matches!(bare, "x" | "X" | "*")
            && let Some(last) = words.last_mut().filter(|last| last.ends_with('.'))
        {
            last.push_str(bare);
        } else if !bare.is_empty() {
            words.push(bare.to_owned());
        }
        if is_label {
            words.push(":".to_owned());
        } else if word.ends_with(',') {
            words.push(",".to_owned());
        }
    }
    words
}

/// Whether a word begins a condition.
pub(super) fn is_condition(word: &str) -> bool {
    listed(word, CONDITION)
}
