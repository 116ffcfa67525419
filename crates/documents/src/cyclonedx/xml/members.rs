//! Members of objects and entries of lists, as JSON would have them.

use isocenter_model::Level;
use isocenter_model::text::shortened;
use serde::de::value::{BorrowedStrDeserializer, Error, UnitDeserializer};
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess};

use super::findings::Findings;
use super::shape::{Content, DEPENDENCY, Member, Shape, TOOL};
use super::value::{Scalar, Value};
use crate::xml::{Children, Element};

static DEPENDENCY_ENTRY: Content = Content::Object(&DEPENDENCY);
static TOOL_ENTRY: Content = Content::Object(&TOOL);

/// The members of the object that an element is.
pub(super) struct Members<'x, 't, 'f> {
    element: Element<'x, 't>,
    shape: &'static Shape,
    findings: &'f Findings,
    /// Members that are no elements, the next one last.
    ready: Vec<(&'static str, Scalar<'x>)>,
    children: Children<'x, 't>,
    /// A bit for each element that came, by its number in the shape.
    seen: u64,
    /// The latest of them in the order of the schema.
    latest: usize,
    next: Next<'x, 't, 'f>,
}

/// The value that belongs to the last key.
enum Next<'x, 't, 'f> {
    Unknown,
    Scalar(Scalar<'x>),
    Element(Value<'x, 't, 'f>),
}

impl<'x, 't: 'x, 'f> Members<'x, 't, 'f> {
    /// The members of an element; `said` are members that XML says elsewhere.
    pub(super) fn of(
        element: Element<'x, 't>,
        shape: &'static Shape,
        said: impl Iterator<Item = (&'static str, &'x str)>,
        findings: &'f Findings,
    ) -> Self {
        let mut members = Self {
            element,
            shape,
            findings,
            ready: said.map(|(key, text)| (key, Scalar(text.into()))).collect(),
            children: element.children(),
            seen: 0,
            latest: 0,
            next: Next::Unknown,
        };
        members.take_attributes(element, shape);
        if shape.text.is_none() {
            findings.stray_text(element);
        }
        members
    }

    /// Makes members of the attributes and the text of an element.
    fn take_attributes(&mut self, element: Element<'x, 't>, shape: &'static Shape) {
        if let Some(key) = shape.text {
            self.ready.push((key, Scalar(element.text().into())));
        }
        for (name, value) in element.attributes() {
            if let Some((_, key)) = shape.attributes.iter().find(|(known, _)| *known == name) {
                self.ready.push((key, Scalar(value)));
            } else if !name.contains(':') && name != "xmlns" {
                // The schema lets a document bring attributes of its own.
                self.findings.report(
                    "cyclonedx-attribute-unknown",
                    Level::Note,
                    || element.attribute_place(name),
                    || {
                        format!(
                            "no edition of CycloneDX has the attribute `{}` here; it was not read",
                            shortened(name, 60)
                        )
                    },
                );
            }
        }
    }

    /// Takes note of an element; whether it is to be read.
    fn see(&mut self, child: Element<'x, 't>, number: usize, member: &Member) -> bool {
        let bit = 1_u64 << number;
        let is_new = self.seen & bit == 0;
        self.seen |= bit;
        if self.shape.is_free {
            return is_new;
        }
        let is_list = match member.content {
            Content::Each(_) | Content::SkipEach => return is_new,
            Content::List(_) | Content::Dependencies => true,
            _ => false,
        };
        if !is_new {
            self.findings.report(
                "cyclonedx-element-repeated",
                Level::Error,
                || child.place(),
                || {
                    format!(
                        "the element `{}` may stand here once only; {} read",
                        member.name,
                        if is_list {
                            "all of them were"
                        } else {
                            "the first was"
                        }
                    )
                },
            );
        } else if number < self.latest {
            let latest = self.shape.elements.get(self.latest);
            self.findings.report(
                "cyclonedx-element-order",
                Level::Error,
                || child.place(),
                || {
                    format!(
                        "the element `{}` stands behind `{}`, where the schema has it before",
                        member.name,
                        latest.map_or("", |latest| latest.name)
                    )
                },
            );
        } else {
            self.latest = number;
        }
        is_new
    }
}

impl<'x, 't: 'x> MapAccess<'x> for Members<'x, 't, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'x>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let key = loop {
            if let Some((key, scalar)) = self.ready.pop() {
                self.next = Next::Scalar(scalar);
                break key;
            }
            let Some(child) = self.children.next() else {
                return Ok(None);
            };
            if !child.is_akin(self.element) {
                self.findings.extension(child);
                continue;
            }
            let mut members = self.shape.elements.iter().enumerate();
            let Some((number, member)) = members.find(|(_, member)| member.name == child.name())
            else {
                self.next = Next::Unknown;
                break child.name();
            };
            if !self.see(child, number, member) {
                continue;
            }
            if let Content::Inline(shape) = member.content {
                self.take_attributes(child, shape);
                continue;
            }
            self.next = Next::Element(Value {
                element: child,
                parent: self.element,
                content: &member.content,
                findings: self.findings,
            });
            break member.key;
        };
        seed.deserialize(BorrowedStrDeserializer::new(key))
            .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'x>>(&mut self, seed: S) -> Result<S::Value, Error> {
        match std::mem::replace(&mut self.next, Next::Unknown) {
            Next::Unknown => seed.deserialize(UnitDeserializer::new()),
            Next::Scalar(scalar) => seed.deserialize(scalar),
            Next::Element(value) => seed.deserialize(value),
        }
    }
}

/// An object of one member.
pub(super) struct Only<V> {
    pub(super) key: &'static str,
    pub(super) value: Option<V>,
}

impl<'x, 't: 'x> MapAccess<'x> for Only<Value<'x, 't, '_>> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'x>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        match self.value {
            Some(_) => seed
                .deserialize(BorrowedStrDeserializer::new(self.key))
                .map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'x>>(&mut self, seed: S) -> Result<S::Value, Error> {
        match self.value.take() {
            Some(value) => seed.deserialize(value),
            None => seed.deserialize(().into_deserializer()),
        }
    }
}

/// The entries of a list.
pub(super) struct Items<'x, 't, 'f> {
    list: Value<'x, 't, 'f>,
    items: std::vec::IntoIter<Item<'x, 't>>,
}

/// An entry of a list: an element, and what it holds.
pub(super) type Item<'x, 't> = (Element<'x, 't>, &'static Content);

impl<'x, 't, 'f> Items<'x, 't, 'f> {
    pub(super) fn of(list: Value<'x, 't, 'f>) -> Self {
        Self {
            list,
            items: items(list.parent, list.element, list.content).into_iter(),
        }
    }
}

impl<'x, 't: 'x> SeqAccess<'x> for Items<'x, 't, '_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'x>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        let Some((element, content)) = self.items.next() else {
            return Ok(None);
        };
        seed.deserialize(Value {
            element,
            parent: self.list.element,
            content,
            findings: self.list.findings,
        })
        .map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// The entries of the list that begins with `first` in `parent`.
pub(super) fn items<'x, 't>(
    parent: Element<'x, 't>,
    first: Element<'x, 't>,
    content: &'static Content,
) -> Vec<Item<'x, 't>> {
    if let Content::Each(content) = content {
        return alike(parent, first).map(|each| (each, *content)).collect();
    }
    let mut items = Vec::new();
    for wrapper in alike(parent, first) {
        for child in wrapper.children().filter(|child| child.is_akin(wrapper)) {
            match item(child, content) {
                Some(_) if matches!(content, Content::Dependencies) => {
                    add_dependencies(child, &mut items);
                }
                Some(content) => items.push((child, content)),
                None => {}
            }
        }
    }
    items
}

/// A dependency and those in it that have dependencies of their own. Their depth is that of the
/// document.
fn add_dependencies<'x, 't>(dependency: Element<'x, 't>, items: &mut Vec<Item<'x, 't>>) {
    items.push((dependency, &DEPENDENCY_ENTRY));
    for child in dependency.children() {
        if child.is_akin(dependency)
            && child.name() == dependency.name()
            && child.children().next().is_some()
        {
            add_dependencies(child, items);
        }
    }
}

/// What an element in a list holds; `None` when it does not belong there.
fn item(child: Element<'_, '_>, list: &'static Content) -> Option<&'static Content> {
    let name = child.name();
    match list {
        Content::List(kinds) => kinds
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, content)| content),
        Content::Dependencies => (name == "dependency").then_some(&DEPENDENCY_ENTRY),
        Content::Tools => (name == "tool").then_some(&TOOL_ENTRY),
        _ => None,
    }
}

/// Reports what stands in a list and does not belong there.
pub(super) fn report_strangers(list: Value<'_, '_, '_>) {
    if matches!(list.content, Content::Each(_)) {
        return;
    }
    for wrapper in alike(list.parent, list.element) {
        list.findings.stray_text(wrapper);
        for child in wrapper.children() {
            if !child.is_akin(wrapper) {
                list.findings.extension(child);
            } else if item(child, list.content).is_none() {
                list.findings.unexpected(child, wrapper);
            }
        }
    }
}

/// The elements in `parent` that are called like `first`, which is the first of them.
fn alike<'x, 't>(
    parent: Element<'x, 't>,
    first: Element<'x, 't>,
) -> impl Iterator<Item = Element<'x, 't>> {
    let others = parent
        .children_behind(first)
        .filter(move |child| child.is_akin(first) && child.name() == first.name());
    std::iter::once(first).chain(others)
}

/// Whether tools are given as components and services.
pub(super) fn is_tool_object(tools: Element<'_, '_>) -> bool {
    tools
        .children()
        .any(|child| child.is_akin(tools) && matches!(child.name(), "components" | "services"))
}
