//! A document as a tree of elements that borrow from its text.

use std::borrow::Cow;

use isocenter_model::text::{printable, shortened};
use isocenter_model::{Level, Place, Problem};

use super::lines::Lines;
use super::reader::{Event, Reader, Start, attributes, qualified};
use super::{Fault, attribute_value};
use crate::json::Problems;

/// Elements inside each other. A bill of materials nests its parts by two elements a level.
pub(crate) const MAX_DEPTH: usize = 128;
/// Elements of one document, each of which takes 40 bytes: twenty times a large bill of materials.
pub(crate) const MAX_ELEMENTS: usize = 4_000_000;
/// Bytes of one document.
pub(crate) const MAX_SIZE: usize = 1 << 30;
/// Names of namespaces that are kept; an exchange format uses one or two.
const MAX_NAMESPACES: usize = 64;
/// Bytes of a name that a path shows: names of a hostile document have no bounds.
const NAME_SHOWN: usize = 60;

/// The elements of a document.
pub(crate) struct Tree<'t> {
    text: &'t str,
    nodes: Vec<Node>,
    /// Texts that are not one piece of the document.
    pieced: Vec<String>,
    /// Names of namespaces; the first is empty, the second stands for all that are not kept.
    namespaces: Vec<String>,
    lines: Lines,
}

/// One element, by places in the text. All fit into 32 bits, see [`MAX_SIZE`].
#[derive(Clone, Copy)]
struct Node {
    /// Where its tag begins.
    at: u32,
    /// Length of the tag without the marks around it.
    tag: u32,
    /// Length of the prefix with its colon.
    prefix: u32,
    /// Length of the name without prefix.
    name: u32,
    /// The element after all that stand in it.
    next: u32,
    text: Span,
    namespace: u16,
}

/// A text: from a byte on, or one of the pieced ones, or none.
#[derive(Clone, Copy, PartialEq)]
enum Span {
    None,
    Slice(u32, u32),
    Pieced(u32),
}

const NO_NAMESPACE: u16 = 0;
const OTHER_NAMESPACE: u16 = 1;

impl<'t> Tree<'t> {
    /// Parses a document. `None` when it cannot be used; the reason is then among the problems.
    pub(crate) fn parse(text: &'t str, problems: &mut Problems) -> Option<Self> {
        Self::parse_up_to(MAX_ELEMENTS, text, problems)
    }

    /// The same with a bound of its own on the number of elements.
    pub(super) fn parse_up_to(
        elements: usize,
        text: &'t str,
        problems: &mut Problems,
    ) -> Option<Self> {
        report_characters(text, problems);
        let mut reader = Reader::new(text, MAX_DEPTH);
        let mut tree = Self {
            text,
            nodes: Vec::new(),
            pieced: Vec::new(),
            namespaces: vec![String::new(), "an undeclared prefix".to_owned()],
            lines: Lines::default(),
        };
        if let Err(fault) = tree.fill(elements, &mut reader, problems) {
            problems.push(fault.into_problem(reader.place()));
            return None;
        }
        tree.lines = reader.into_lines();
        Some(tree)
    }

    /// The root element.
    pub(crate) fn root(&self) -> Element<'_, 't> {
        Element {
            tree: self,
            index: 0,
        }
    }

    fn fill(
        &mut self,
        elements: usize,
        reader: &mut Reader<'t>,
        problems: &mut Problems,
    ) -> Result<(), Fault> {
        if self.text.len() > MAX_SIZE {
            return Err(Fault::Size(MAX_SIZE));
        }
        let mut open: Vec<usize> = Vec::new();
        loop {
            match reader.next(problems)? {
                Event::Start(start) => {
                    if open.is_empty() && !self.nodes.is_empty() {
                        report_trailing(reader, problems);
                        return Ok(());
                    }
                    if self.nodes.len() == elements {
                        return Err(Fault::Elements(elements));
                    }
                    open.push(self.nodes.len());
                    let node = self.node(start, reader, problems);
                    self.nodes.push(node);
                }
                Event::End => {
                    let next = short(self.nodes.len());
                    if let Some(node) = open.pop().and_then(|index| self.nodes.get_mut(index)) {
                        node.next = next;
                    }
                }
                Event::Text(text, at) => match open.last() {
                    Some(index) => self.add_text(*index, text, at),
                    None if text.trim().is_empty() => {}
                    None => report_trailing(reader, problems),
                },
                Event::Over if !open.is_empty() => return Err(Fault::End),
                Event::Over if self.nodes.is_empty() => return Err(Fault::Empty),
                Event::Over => return Ok(()),
            }
        }
    }

    fn node(&mut self, start: Start<'t>, reader: &Reader<'t>, problems: &mut Problems) -> Node {
        let qualified = qualified(start.tag);
        let prefix = qualified.find(':').map_or(0, |colon| colon + 1);
        let namespace = match reader.namespace(start) {
            Some("") => NO_NAMESPACE,
            Some(name) => self.namespace(name),
            None => {
                problems.push_shared("xml-prefix-undeclared", Level::Error, || {
                    Problem::error(
                        "xml-prefix-undeclared",
                        reader.place(),
                        format!(
                            "the prefix of `{}` is not declared, so it cannot be told what the element means",
                            shortened(qualified, 40)
                        ),
                    )
                });
                OTHER_NAMESPACE
            }
        };
        Node {
            at: short(start.at),
            tag: short(start.tag.len()),
            prefix: short(prefix),
            name: short(qualified.len() - prefix),
            next: 0,
            text: Span::None,
            namespace,
        }
    }

    /// The number of a namespace.
    fn namespace(&mut self, name: &str) -> u16 {
        let known = self.namespaces.iter().position(|known| known == name);
        let at = match known {
            Some(at) => at,
            None if self.namespaces.len() < MAX_NAMESPACES => {
                self.namespaces.push(name.to_owned());
                self.namespaces.len() - 1
            }
            None => return OTHER_NAMESPACE,
        };
        u16::try_from(at).unwrap_or(OTHER_NAMESPACE)
    }

    fn add_text(&mut self, index: usize, text: Cow<'t, str>, at: usize) {
        let Some(node) = self.nodes.get_mut(index) else {
            return;
        };
        match (node.text, text) {
            (Span::None, text) if text.trim_ascii().is_empty() => {}
            (Span::None, Cow::Borrowed(text)) => {
                node.text = Span::Slice(short(at), short(text.len()));
            }
            (Span::None, Cow::Owned(text)) => {
                node.text = Span::Pieced(short(self.pieced.len()));
                self.pieced.push(text);
            }
            (Span::Slice(start, length), text) => {
                node.text = Span::Pieced(short(self.pieced.len()));
                let mut pieced = slice(self.text, start, length).to_owned();
                pieced.push_str(&text);
                self.pieced.push(pieced);
            }
            (Span::Pieced(which), text) => {
                if let Some(pieced) = self.pieced.get_mut(which as usize) {
                    pieced.push_str(&text);
                }
            }
        }
    }
}

/// An element of a document.
#[derive(Clone, Copy)]
pub(crate) struct Element<'x, 't> {
    tree: &'x Tree<'t>,
    index: usize,
}

impl<'x, 't> Element<'x, 't> {
    /// Its name without prefix.
    pub(crate) fn name(self) -> &'t str {
        let Some(node) = self.node() else { return "" };
        slice(
            self.tree.text,
            node.at.saturating_add(1).saturating_add(node.prefix),
            node.name,
        )
    }

    /// Its name with prefix.
    fn qualified_name(self) -> &'t str {
        let Some(node) = self.node() else { return "" };
        slice(
            self.tree.text,
            node.at.saturating_add(1),
            node.prefix.saturating_add(node.name),
        )
    }

    /// The name of its namespace; empty where it has none.
    pub(crate) fn namespace(self) -> &'x str {
        let number = self.node().map_or(NO_NAMESPACE, |node| node.namespace);
        self.tree
            .namespaces
            .get(usize::from(number))
            .map_or("", String::as_str)
    }

    /// Whether it is in the same namespace as another element.
    pub(crate) fn is_akin(self, other: Self) -> bool {
        let number = |element: Self| element.node().map(|node| node.namespace);
        number(self) == number(other)
    }

    /// Its own text without white space around it.
    pub(crate) fn text(self) -> &'x str {
        match self.node().map_or(Span::None, |node| node.text) {
            Span::None => "",
            Span::Slice(start, length) => slice(self.tree.text, start, length).trim(),
            Span::Pieced(which) => self
                .tree
                .pieced
                .get(which as usize)
                .map_or("", |text| text.trim()),
        }
    }

    /// Its attributes: name with prefix, and value.
    pub(crate) fn attributes(self) -> impl Iterator<Item = (&'t str, Cow<'t, str>)> {
        attributes(self.tag()).map(|attribute| (attribute.key.0, attribute_value(&attribute).0))
    }

    /// The value of an attribute that has no prefix.
    pub(crate) fn attribute(self, name: &str) -> Option<Cow<'t, str>> {
        self.attributes()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// The elements in it.
    pub(crate) fn children(self) -> Children<'x, 't> {
        Children {
            tree: self.tree,
            next: self.index + 1,
            end: self.node().map_or(0, |node| node.next as usize),
        }
    }

    /// The elements in it that stand behind `child`, which is one of them.
    pub(crate) fn children_behind(self, child: Self) -> Children<'x, 't> {
        let behind = child.node().map_or(0, |node| node.next as usize);
        Children {
            next: behind.max(child.index + 1),
            ..self.children()
        }
    }

    /// Where it stands.
    pub(crate) fn place(self) -> Place {
        Place::Element {
            path: self.path(),
            line: self.line(),
        }
    }

    /// Where one of its attributes stands.
    pub(crate) fn attribute_place(self, name: &str) -> Place {
        Place::Element {
            path: format!("{}/@{}", self.path(), shown(name)),
            line: self.line(),
        }
    }

    fn line(self) -> u64 {
        let at = self.node().map_or(0, |node| node.at as usize);
        self.tree.lines.line(self.tree.text, at)
    }

    /// Its path from the root, siblings of one name numbered.
    fn path(self) -> String {
        let mut step = self.tree.root();
        let mut path = format!("/{}", shown(step.qualified_name()));
        while step.index != self.index {
            let holds = |child: &Self| {
                let end = child.node().map_or(0, |node| node.next as usize);
                (child.index..end).contains(&self.index)
            };
            let Some(wanted) = step.children().find(holds) else {
                return path;
            };
            let name = wanted.qualified_name();
            let is_named_so = |child: &Self| child.qualified_name() == name;
            let mut siblings = step.children();
            let before = siblings
                .by_ref()
                .take_while(|child| child.index != wanted.index)
                .filter(is_named_so)
                .count();
            path.push('/');
            path.push_str(&shown(name));
            if before > 0 || siblings.any(|child| is_named_so(&child)) {
                path.extend(["[", &(before + 1).to_string(), "]"]);
            }
            step = wanted;
        }
        path
    }

    fn tag(self) -> &'t str {
        let Some(node) = self.node() else { return "" };
        slice(self.tree.text, node.at.saturating_add(1), node.tag)
    }

    fn node(self) -> Option<&'x Node> {
        self.tree.nodes.get(self.index)
    }
}

/// The elements in an element, one after the other.
#[derive(Clone)]
pub(crate) struct Children<'x, 't> {
    tree: &'x Tree<'t>,
    next: usize,
    end: usize,
}

impl<'x, 't> Iterator for Children<'x, 't> {
    type Item = Element<'x, 't>;

    fn next(&mut self) -> Option<Element<'x, 't>> {
        let child = Element {
            tree: self.tree,
            index: self.next,
        };
        let behind = child.node().filter(|_| self.next < self.end)?.next as usize;
        // Every element ends behind its beginning, so this ends.
        self.next = behind.max(self.next + 1);
        Some(child)
    }
}

fn slice(text: &str, start: u32, length: u32) -> &str {
    let start = start as usize;
    text.get(start..start.saturating_add(length as usize))
        .unwrap_or_default()
}

/// A place in a document, whose size is bounded by [`MAX_SIZE`].
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn shown(name: &str) -> Cow<'_, str> {
    printable(
        name.get(..name.floor_char_boundary(NAME_SHOWN))
            .unwrap_or(name),
    )
}

fn report_trailing(reader: &Reader<'_>, problems: &mut Problems) {
    problems.push_shared("xml-trailing-data", Level::Error, || {
        Problem::error(
            "xml-trailing-data",
            reader.place(),
            "more text stands outside the document's root element; it was not read",
        )
        .hint("if several documents were joined in one file, save each in its own")
    });
}

/// Reports characters that XML forbids (XML 1.0, 2.2); they are kept as they are.
fn report_characters(text: &str, problems: &mut Problems) {
    let is_forbidden = |byte: &u8| *byte < b' ' && !matches!(*byte, b'\t' | b'\n' | b'\r');
    let count = text.bytes().filter(|byte| is_forbidden(byte)).count();
    if count == 0 {
        return;
    }
    let first = text.bytes().position(|byte| is_forbidden(&byte));
    let line = Lines::default().line(text, first.unwrap_or(0));
    problems.push(Problem::error(
        "xml-control-character",
        Place::line(line),
        format!(
            "{} in the file, which XML forbids",
            crate::spreadsheet::counted(
                count as u64,
                "control character stands",
                "control characters stand"
            )
        ),
    ));
}
