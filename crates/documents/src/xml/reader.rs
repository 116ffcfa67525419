//! Events of a document that is in memory, with namespaces resolved.

use std::borrow::Cow;

use isocenter_model::text::shortened;
use isocenter_model::{Level, Place, Problem};
use quick_xml::errors::SyntaxError;
use quick_xml::events::attributes::{AttrError, Attribute, Attributes};
use quick_xml::events::{BytesStart, Event as Raw};
use quick_xml::name::{Namespace, NamespaceResolver, QName, ResolveResult};

use super::lines::Lines;
use super::{Fault, Guard, attribute_value, referenced};
use crate::json::Problems;

/// Bytes in which the root element is looked for: comments may stand before it.
const ROOT_WITHIN: usize = 64 << 10;

/// `<![CDATA[`
const CDATA_MARK: usize = 9;

/// What comes next in a document.
pub(super) enum Event<'t> {
    /// An element begins.
    Start(Start<'t>),
    /// The innermost open element ends.
    End,
    /// Text of the innermost open element: a run of characters, a CDATA section or a reference;
    /// with the byte at which it begins.
    Text(Cow<'t, str>, usize),
    /// Nothing more comes.
    Over,
}

/// The beginning of an element.
#[derive(Clone, Copy)]
pub(super) struct Start<'t> {
    /// Where its tag begins, in bytes.
    pub(super) at: usize,
    /// Its tag from the name on, without the marks around it.
    pub(super) tag: &'t str,
}

/// Reads events and keeps the document within bounds. What is wrong and can be passed over becomes
/// a problem.
pub(super) struct Reader<'t> {
    text: &'t str,
    inner: quick_xml::Reader<&'t [u8]>,
    guard: Guard,
    resolver: NamespaceResolver,
    lines: Lines,
    /// Whether the element that has just begun ends at once.
    is_empty: bool,
    at: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, depth: usize) -> Self {
        let mut inner = quick_xml::Reader::from_str(text);
        inner.config_mut().allow_dangling_amp = true;
        Self {
            text,
            inner,
            guard: Guard::new(depth),
            resolver: NamespaceResolver::default(),
            lines: Lines::default(),
            is_empty: false,
            at: 0,
        }
    }

    /// Where the last event begins.
    pub(super) fn place(&self) -> Place {
        Place::line(self.lines.line(self.text, self.at))
    }

    /// Gives up the reader for what it knows of lines.
    pub(super) fn into_lines(self) -> Lines {
        self.lines
    }

    /// The namespace of the element that has just begun; empty where it has none, `None` where its
    /// prefix stands for nothing.
    pub(super) fn namespace(&self, start: Start<'_>) -> Option<&str> {
        match self.resolver.resolve_element(QName(qualified(start.tag))).0 {
            ResolveResult::Bound(Namespace(name)) => Some(name),
            ResolveResult::Unbound => Some(""),
            ResolveResult::Unknown(_) => None,
        }
    }

    pub(super) fn next(&mut self, problems: &mut Problems) -> Result<Event<'t>, Fault> {
        if std::mem::take(&mut self.is_empty) {
            return Ok(self.end());
        }
        loop {
            self.at = usize::try_from(self.inner.buffer_position()).unwrap_or(usize::MAX);
            let event = match self.inner.read_event() {
                Ok(event) => event,
                Err(error) => {
                    self.at =
                        usize::try_from(self.inner.error_position()).unwrap_or(self.text.len());
                    return Err(self.fault(error));
                }
            };
            self.guard.admit(&event)?;
            match event {
                Raw::Start(start) => return self.start(&start, problems),
                Raw::Empty(start) => {
                    self.is_empty = true;
                    return self.start(&start, problems);
                }
                Raw::End(_) => return Ok(self.end()),
                Raw::Text(text) => {
                    let content = text.xml10_content();
                    if content.starts_with('&') {
                        self.report(
                            "xml-ampersand",
                            "an ampersand stands alone, which XML demands to be written `&amp;`",
                            problems,
                        );
                    }
                    return Ok(Event::Text(content, self.at));
                }
                Raw::CData(text) => {
                    return Ok(Event::Text(text.xml10_content(), self.at + CDATA_MARK));
                }
                Raw::GeneralRef(reference) => {
                    let character = referenced(&reference);
                    if character == char::REPLACEMENT_CHARACTER {
                        self.report(UNKNOWN_REFERENCE, UNKNOWN_REFERENCE_MESSAGE, problems);
                    }
                    return Ok(Event::Text(Cow::Owned(character.to_string()), self.at));
                }
                Raw::Eof => return Ok(Event::Over),
                Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_) | Raw::DocType(_) => {}
            }
        }
    }

    fn start(
        &mut self,
        start: &BytesStart<'_>,
        problems: &mut Problems,
    ) -> Result<Event<'t>, Fault> {
        self.resolver
            .push(start)
            .map_err(|error| Fault::Syntax(error.into()))?;
        let begin = self.at.saturating_add(1);
        let tag = self
            .text
            .get(begin..begin.saturating_add(start.len()))
            .unwrap_or_default();
        self.check_attributes(tag, problems);
        Ok(Event::Start(Start { at: self.at, tag }))
    }

    /// What an error means: half of a mark at the very end is a cut.
    fn fault(&self, error: quick_xml::Error) -> Fault {
        let is_bang = matches!(
            error,
            quick_xml::Error::Syntax(SyntaxError::InvalidBangMarkup)
        );
        if is_bang && self.text.len().saturating_sub(self.at) < CDATA_MARK {
            return Fault::End;
        }
        error.into()
    }

    fn end(&mut self) -> Event<'t> {
        self.resolver.pop();
        Event::End
    }

    /// Reports what is wrong with the attributes of a tag.
    fn check_attributes(&self, tag: &str, problems: &mut Problems) {
        let name = qualified(tag);
        if name.len() == tag.len() {
            return;
        }
        for attribute in Attributes::new(tag, name.len()) {
            match attribute {
                Ok(attribute) => {
                    if attribute.value.contains('&') && !attribute_value(&attribute).1 {
                        self.report(UNKNOWN_REFERENCE, UNKNOWN_REFERENCE_MESSAGE, problems);
                    }
                }
                Err(AttrError::Duplicated(..)) => self.report(
                    "xml-attribute-repeated",
                    &format!(
                        "an attribute of `{}` occurs more than once; the first was read",
                        shortened(name, 40)
                    ),
                    problems,
                ),
                Err(error) => self.report(
                    "xml-attribute-malformed",
                    &format!(
                        "an attribute of `{}` is not understood and was set aside: {}",
                        shortened(name, 40),
                        shortened(&error.to_string(), 100)
                    ),
                    problems,
                ),
            }
        }
    }

    fn report(&self, id: &'static str, message: &str, problems: &mut Problems) {
        problems.push_shared(id, Level::Error, || {
            Problem::error(id, self.place(), message)
        });
    }
}

const UNKNOWN_REFERENCE: &str = "xml-reference-unknown";
const UNKNOWN_REFERENCE_MESSAGE: &str =
    "a reference stands for no character that XML knows; nothing was fetched or put in its place";

/// The sound attributes of a tag, the first of those that occur twice.
pub(super) fn attributes(tag: &str) -> impl Iterator<Item = Attribute<'_>> {
    Attributes::new(tag, qualified(tag).len()).filter_map(Result::ok)
}

/// The name of a tag, with its prefix.
pub(super) fn qualified(tag: &str) -> &str {
    let end = tag
        .bytes()
        .position(|byte| byte.is_ascii_whitespace())
        .unwrap_or(tag.len());
    tag.get(..end).unwrap_or(tag)
}

/// Namespace and local name of the root element of a document that begins with `head`.
pub(crate) fn root(head: &str) -> Option<(String, String)> {
    let head = head
        .get(..head.floor_char_boundary(ROOT_WITHIN))
        .unwrap_or(head);
    let mut reader = quick_xml::reader::NsReader::from_str(head);
    loop {
        let (namespace, event) = reader.read_resolved_event().ok()?;
        match event {
            Raw::Start(start) | Raw::Empty(start) => {
                let namespace = match namespace {
                    ResolveResult::Bound(Namespace(name)) => name.to_owned(),
                    ResolveResult::Unbound | ResolveResult::Unknown(_) => String::new(),
                };
                return Some((namespace, start.local_name().as_ref().to_owned()));
            }
            Raw::Eof => return None,
            _ => {}
        }
    }
}
