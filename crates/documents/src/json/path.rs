//! Where in a document a reader stands, at no cost until it is asked.

use isocenter_model::Place;
use isocenter_model::text::printable;

/// Bytes of a key that a pointer shows: keys of a hostile document have no bounds.
const KEY_SHOWN: usize = 80;

/// A place in a JSON document, as a chain of steps on the stack.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Path<'p> {
    /// The document.
    Root,
    /// A member of an object.
    Key(&'p Self, &'p str),
    /// An element of a list.
    Index(&'p Self, usize),
}

impl<'p> Path<'p> {
    /// The member `key` of what stands here.
    pub(crate) fn key(&'p self, key: &'p str) -> Self {
        Self::Key(self, key)
    }

    /// The element `index` of what stands here.
    pub(crate) fn index(&'p self, index: usize) -> Self {
        Self::Index(self, index)
    }

    /// The place as a JSON pointer (RFC 6901).
    pub(crate) fn place(&self) -> Place {
        let mut pointer = String::new();
        self.write(&mut pointer);
        Place::Pointer(pointer)
    }

    fn write(&self, pointer: &mut String) {
        match self {
            Self::Root => {}
            Self::Key(parent, key) => {
                parent.write(pointer);
                pointer.push('/');
                for character in
                    printable(key.get(..key.floor_char_boundary(KEY_SHOWN)).unwrap_or(key)).chars()
                {
                    match character {
                        '~' => pointer.push_str("~0"),
                        '/' => pointer.push_str("~1"),
                        other => pointer.push(other),
                    }
                }
            }
            Self::Index(parent, index) => {
                parent.write(pointer);
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_escapes_what_rfc_6901_says() {
        let root = Path::Root;
        let list = root.key("a/b~c");
        assert_eq!(list.index(3).place(), Place::pointer("/a~1b~0c/3"));
        assert_eq!(root.place(), Place::pointer(""));
    }
}
