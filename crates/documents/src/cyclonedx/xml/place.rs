//! Where in the document a place of the JSON form is.

use isocenter_model::Place;

use super::members::{is_tool_object, items};
use super::shape::{BOM, Content, Shape, TOOL_OBJECT};
use crate::xml::Element;

/// What a step of a pointer leads to.
enum At<'x, 't> {
    Object(Element<'x, 't>, &'static Shape),
    Wrapped(Element<'x, 't>, &'static Content),
    /// A list with the element that it stands in.
    List(Element<'x, 't>, Element<'x, 't>, &'static Content),
    Other(Element<'x, 't>),
}

/// The element or attribute that a JSON pointer means, or the innermost one around it that is
/// there.
pub(super) fn place<'x, 't: 'x>(root: Element<'x, 't>, pointer: &str) -> Place {
    let mut at = At::Object(root, &BOM);
    for token in pointer.split('/').skip(1) {
        at = match at {
            At::Object(element, shape) => {
                let attribute = shape.attributes.iter().find(|(_, key)| *key == token);
                if let Some((name, _)) = attribute
                    && element.attribute(name).is_some()
                {
                    return element.attribute_place(name);
                }
                match member(element, shape, token) {
                    Some(at) => at,
                    None => return element.place(),
                }
            }
            At::Wrapped(element, content) => of(element, element, content),
            At::List(parent, first, content) => {
                let items = items(parent, first, content);
                match token.parse().ok().and_then(|index: usize| items.get(index)) {
                    Some((element, content)) => of(first, *element, content),
                    None => return first.place(),
                }
            }
            At::Other(element) => return element.place(),
        };
    }
    match at {
        At::Object(element, _)
        | At::Wrapped(element, _)
        | At::List(_, element, _)
        | At::Other(element) => element.place(),
    }
}

/// The member of an object with that key.
fn member<'x, 't>(
    element: Element<'x, 't>,
    shape: &'static Shape,
    key: &str,
) -> Option<At<'x, 't>> {
    if shape.text == Some(key) {
        return Some(At::Other(element));
    }
    for child in element.children() {
        if !child.is_akin(element) {
            continue;
        }
        let known = shape
            .elements
            .iter()
            .find(|member| member.name == child.name());
        match known.map(|member| (member.key, &member.content)) {
            Some((known, content)) if known == key => return Some(of(element, child, content)),
            Some((_, Content::Inline(shape))) => {
                let is_its = shape.text == Some(key)
                    || shape.attributes.iter().any(|(_, known)| *known == key);
                if is_its {
                    return Some(At::Other(child));
                }
            }
            None if child.name() == key => return Some(At::Other(child)),
            _ => {}
        }
    }
    None
}

fn of<'x, 't>(
    parent: Element<'x, 't>,
    element: Element<'x, 't>,
    content: &'static Content,
) -> At<'x, 't> {
    match content {
        Content::Object(shape) | Content::Inline(shape) => At::Object(element, shape),
        Content::Wrapped(_, content) => At::Wrapped(element, content),
        Content::Tools if is_tool_object(element) => At::Object(element, &TOOL_OBJECT),
        Content::List(_) | Content::Each(_) | Content::Dependencies | Content::Tools => {
            At::List(parent, element, content)
        }
        Content::Text | Content::Reference | Content::Skip | Content::SkipEach => {
            At::Other(element)
        }
    }
}
