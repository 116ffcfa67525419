//! YAML 1.2 as a tree of the kind that JSON gives, so that the readers of JSON shapes read it too.
//!
//! Traps: a plain `1.10` is a number to YAML and a version to everybody else, so a scalar is always
//! its text, and only a plain `null`, `~` or nothing is no value; an anchor that is repeated by
//! aliases of aliases grows without bound, so what is repeated is counted; a text that breaks off
//! is often sound YAML; a key may be a list, which no format here has.

use std::collections::HashMap;

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError};
use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};
use serde_json::{Map, Value};

use crate::json::Problems;

/// How deep lists and objects may be nested, as in JSON.
pub(crate) const MAX_DEPTH: usize = 127;
/// Bytes of a text that is read: its tree takes several times as much memory.
pub(crate) const MAX_TEXT: usize = 64 << 20;
/// Values of a tree, whose memory a text of brackets and commas would multiply.
pub(crate) const MAX_NODES: usize = if cfg!(test) { 100_000 } else { 4_000_000 };
/// What anchors and aliases of a file may repeat, in bytes of text and [`NODE`] for each value.
pub(crate) const MAX_REPEATED: usize = 16 << 20;
/// What one value of a tree weighs beside its text.
const NODE: usize = 64;

/// The first document of a text, as far as it could be read. `None` when there is none.
pub(crate) fn tree(text: &str, problems: &mut Problems) -> Option<Value> {
    if text.len() > MAX_TEXT {
        problems.push(Problem::error(
            "yaml-too-large",
            Place::Document,
            format!(
                "the file has more than {} MiB, which is more than is read of YAML",
                MAX_TEXT >> 20
            ),
        ));
        return None;
    }
    let mut options = Options::default();
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    options.set_emit_comments(false);
    let mut builder = Builder {
        problems,
        open: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        repeated: 0,
        nodes: 0,
        line: 0,
        is_over: false,
        is_stopped: false,
    };
    for next in Parser::new_from_str_with_options(text, options) {
        match next {
            Ok((event, span)) => {
                builder.line = span.start.line() as u64;
                builder.take(event);
                if builder.is_stopped {
                    break;
                }
            }
            Err(error) => {
                builder.problems.push(fault(&error));
                break;
            }
        }
    }
    builder.finish()
}

/// A list or object that is not complete.
enum Open {
    List(Vec<Value>, usize),
    Object {
        members: Map<String, Value>,
        /// The key whose value comes next.
        key: Option<String>,
        anchor: usize,
    },
    /// A list or object that stands as a key and means nothing here.
    Skipped(usize),
}

struct Builder<'p> {
    problems: &'p mut Problems,
    open: Vec<Open>,
    root: Option<Value>,
    /// What each anchor names.
    anchors: HashMap<usize, Value>,
    /// What anchors and aliases repeat.
    repeated: usize,
    /// Number of values.
    nodes: usize,
    /// The line of the event, from 1.
    line: u64,
    /// Whether the first document has ended.
    is_over: bool,
    /// Whether no further event is wanted.
    is_stopped: bool,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>) {
        if self.is_over {
            if let Event::DocumentStart(..) = event {
                self.tell(
                    "yaml-several-documents",
                    "another document begins here; only the first was read",
                );
                self.is_stopped = true;
            }
            return;
        }
        if let Some(Open::Skipped(depth)) = self.open.last_mut() {
            match event {
                Event::SequenceStart(..) | Event::MappingStart(..) => *depth += 1,
                Event::SequenceEnd | Event::MappingEnd => *depth -= 1,
                _ => {}
            }
            if *depth == 0 {
                self.open.pop();
            }
            return;
        }
        match event {
            Event::DocumentEnd => self.is_over = true,
            Event::Scalar(text, style, anchor, _) => {
                let is_null = style == ScalarStyle::Plain
                    && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let value = if is_null && !self.expects_key() {
                    Value::Null
                } else {
                    Value::String(text.into_owned())
                };
                self.anchor(&value, anchor);
                self.place(value);
            }
            Event::SequenceStart(_, anchor, _) => self.begin(Open::List(Vec::new(), anchor)),
            Event::MappingStart(_, anchor, _) => self.begin(Open::Object {
                members: Map::new(),
                key: None,
                anchor,
            }),
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Alias(anchor) => self.alias(anchor),
            _ => {}
        }
    }

    fn tell(&mut self, id: &'static str, message: &str) {
        let at = Place::line(self.line);
        self.problems.push(Problem::error(id, at, message));
    }

    fn expects_key(&self) -> bool {
        matches!(self.open.last(), Some(Open::Object { key: None, .. }))
    }

    fn begin(&mut self, open: Open) {
        if self.expects_key() {
            self.set_aside();
            self.open.push(Open::Skipped(1));
        } else {
            self.open.push(open);
        }
    }

    /// Tells of a key that is no text. Its value goes with it.
    fn set_aside(&mut self) {
        self.tell(
            "yaml-key-not-text",
            "a list or an object stands where a key is expected; it was set aside with its value",
        );
        if let Some(Open::Object { key, .. }) = self.open.last_mut() {
            *key = Some(String::new());
        }
    }

    fn end(&mut self) {
        let (value, anchor) = match self.open.pop() {
            Some(Open::List(items, anchor)) => (Value::Array(items), anchor),
            Some(Open::Object {
                mut members,
                anchor,
                ..
            }) => {
                // The value of a key that was set aside.
                members.remove("");
                (Value::Object(members), anchor)
            }
            Some(Open::Skipped(_)) | None => return,
        };
        self.anchor(&value, anchor);
        self.place(value);
    }

    /// Puts a value where it stands: into a list, behind its key, or as the key itself.
    fn place(&mut self, value: Value) {
        self.nodes += 1;
        if self.nodes > MAX_NODES && !self.is_stopped {
            self.tell(
                "yaml-too-large",
                "the document holds more values than are read; it was read up to here",
            );
            self.is_stopped = true;
        }
        match self.open.last_mut() {
            Some(Open::List(items, _)) => items.push(value),
            Some(Open::Object { members, key, .. }) => match (key.take(), value) {
                (Some(key), value) => {
                    members.insert(key, value);
                }
                (None, Value::String(name)) => {
                    let is_known = members.contains_key(&name);
                    let shown = shortened(&name, 60);
                    *key = Some(name);
                    if is_known {
                        self.tell(
                            "yaml-duplicate-key",
                            &format!("the key `{shown}` occurs more than once in one object; the last one was read"),
                        );
                    }
                }
                (None, _) => self.set_aside(),
            },
            Some(Open::Skipped(_)) => {}
            None => {
                self.root.get_or_insert(value);
            }
        }
    }

    /// Keeps what an anchor names.
    fn anchor(&mut self, value: &Value, anchor: usize) {
        if anchor > 0 && self.may_repeat(weight(value, MAX_REPEATED)) {
            self.anchors.insert(anchor, value.clone());
        }
    }

    /// Repeats what an anchor names.
    fn alias(&mut self, anchor: usize) {
        let Some(value) = self.anchors.get(&anchor) else {
            // It has no value yet, and would never have one.
            self.tell(
                "yaml-alias-circular",
                "an alias refers to what it stands in; it was set aside",
            );
            return self.place(Value::Null);
        };
        let weight = weight(value, MAX_REPEATED);
        if self.may_repeat(weight)
            && let Some(value) = self.anchors.get(&anchor).cloned()
        {
            self.place(value);
        }
    }

    /// Whether as much more may be repeated; otherwise reading ends.
    fn may_repeat(&mut self, weight: usize) -> bool {
        self.repeated = self.repeated.saturating_add(weight);
        if self.repeated > MAX_REPEATED && !self.is_stopped {
            self.tell(
                "yaml-aliases-too-large",
                &format!(
                    "anchors and aliases repeat more than {} MiB; the document was read up to here",
                    MAX_REPEATED >> 20
                ),
            );
            self.is_stopped = true;
        }
        !self.is_stopped
    }

    /// What was read, with what was still open closed.
    fn finish(mut self) -> Option<Value> {
        // What closes here may have anchors, which nothing can refer to any more.
        self.is_stopped = true;
        while !self.open.is_empty() {
            self.end();
        }
        self.root
    }
}

/// What a value weighs in memory; not reckoned further than `limit`.
fn weight(value: &Value, limit: usize) -> usize {
    let mut weight = 0_usize;
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        weight += NODE;
        match value {
            Value::String(text) => weight += text.len(),
            Value::Array(items) => waiting.extend(items),
            Value::Object(members) => {
                for (key, value) in members {
                    weight += key.len();
                    waiting.push(value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
        if weight > limit {
            break;
        }
    }
    weight
}

/// What the parser found wrong, and where.
fn fault(error: &ScanError) -> Problem {
    let marker = error.marker();
    Problem::error(
        "yaml-syntax",
        Place::Line {
            line: marker.line().max(1) as u64,
            column: Some(marker.col() as u64 + 1),
        },
        format!(
            "not YAML: {}; the file was read up to here",
            shortened(&error.info(), 120)
        ),
    )
    .hint("fetch or export it again, or ask its author for a sound file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str) -> (String, Vec<String>) {
        let mut problems = Problems::default();
        let tree = tree(text, &mut problems);
        let lines = problems
            .finish()
            .iter()
            .map(|problem| format!("{} {}: {}", problem.id, problem.at, problem.message))
            .collect();
        (tree.unwrap_or_default().to_string(), lines)
    }

    #[test]
    fn scalars_are_text_and_only_a_plain_null_is_none() {
        let (tree, problems) = check(
            "a: 1.10\nb: true\nc: \"null\"\nd: ~\ne:\nf: |\n  two\n  lines\ng: [x, 'y', 2]\nh: {i: no}\n",
        );
        assert!(problems.is_empty(), "{problems:?}");
        insta::assert_snapshot!(tree, @r#"{"a":"1.10","b":"true","c":"null","d":null,"e":null,"f":"two\nlines\n","g":["x","y","2"],"h":{"i":"no"}}"#);
    }

    #[test]
    fn what_stands_before_a_fault_is_read() {
        let (tree, problems) = check("a:\n- b: 1\n- c: 2\n  d: [x, y\n");
        insta::assert_snapshot!(tree, @r#"{"a":[{"b":"1"},{"c":"2","d":["x"]}]}"#);
        insta::assert_snapshot!(problems.join("\n"), @"yaml-syntax line 4, column 6: not YAML: unclosed bracket '['; the file was read up to here");
    }

    #[test]
    fn odd_keys_doubled_keys_and_further_documents_are_told() {
        let (tree, problems) = check("a: 1\n? [x, {y: z}]\n: {w: 1}\na: 2\nb: 3\n---\nc: 4\n");
        insta::assert_snapshot!(tree, @r#"{"a":"2","b":"3"}"#);
        insta::assert_snapshot!(problems.join("\n"), @"
        yaml-key-not-text line 2: a list or an object stands where a key is expected; it was set aside with its value
        yaml-duplicate-key line 4: the key `a` occurs more than once in one object; the last one was read
        yaml-several-documents line 6: another document begins here; only the first was read
        ");
    }

    #[test]
    fn aliases_repeat_and_do_not_explode() {
        let (tree, problems) = check("a: &x {n: 1}\nb: *x\nc: &y [*y, *x]\n");
        insta::assert_snapshot!(tree, @r#"{"a":{"n":"1"},"b":{"n":"1"},"c":[null,{"n":"1"}]}"#);
        insta::assert_snapshot!(problems.join("\n"), @"yaml-alias-circular line 3: an alias refers to what it stands in; it was set aside");
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..20 {
            let before = format!("*a{}, ", level - 1).repeat(10);
            bomb.extend([format!("a{level}: &a{level} [{before}]\n")]);
        }
        let (_, problems) = check(&bomb);
        insta::assert_snapshot!(problems.join("\n"), @"yaml-aliases-too-large line 6: anchors and aliases repeat more than 16 MiB; the document was read up to here");
        let long = format!(
            "a: &a \"{}\"\nb: [{}]\n",
            "x".repeat(1 << 20),
            "*a, ".repeat(10_000)
        );
        let (_, problems) = check(&long);
        assert_eq!(problems.len(), 1, "{problems:?}");
    }

    #[test]
    fn a_text_of_brackets_and_commas_is_read_as_far_as_memory_is_given() {
        let (tree, problems) = check(&format!("a: [{}]\nb: 1\n", "0,".repeat(MAX_NODES)));
        assert!(tree.len() > MAX_NODES);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].starts_with("yaml-too-large"), "{problems:?}");
    }

    #[test]
    fn deep_nesting_is_told_not_followed() {
        let steps: Vec<String> = (0..5_000)
            .map(|depth| format!("{}a:\n", " ".repeat(depth)))
            .collect();
        for text in [
            "[".repeat(500_000),
            "- ".repeat(500_000),
            "{a: ".repeat(500_000),
            steps.concat(),
        ] {
            let (_, problems) = check(&text);
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert!(problems[0].starts_with("yaml-syntax"), "{problems:?}");
        }
    }
}
