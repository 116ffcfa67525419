//! The tables `catalogs/csaf/schema_*.toml`: what each edition's JSON schema demands.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::format::Format;

/// An edition of the framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Edition {
    /// CSAF 2.0, the OASIS Standard.
    V2_0,
    /// CSAF 2.1 as its Committee Specification Draft 03 has it.
    V2_1,
}

impl Edition {
    /// The edition that a document states. What says nothing is held against the standard in force.
    pub(crate) fn of(version: Option<&str>) -> Self {
        match version {
            Some("2.1") => Self::V2_1,
            _ => Self::V2_0,
        }
    }

    pub(super) fn table(self) -> &'static Table {
        match self {
            Self::V2_0 => &V2_0,
            Self::V2_1 => &V2_1,
        }
    }
}

/// The shapes of one edition.
#[derive(Debug, Default)]
pub(super) struct Table {
    shapes: Vec<Shape>,
    words: Vec<Vec<String>>,
    root: usize,
}

impl Table {
    /// The shape of a document.
    pub(super) fn root(&self) -> Option<&Shape> {
        self.shapes.get(self.root)
    }

    pub(super) fn shape(&self, index: usize) -> Option<&Shape> {
        self.shapes.get(index)
    }

    pub(super) fn words(&self, index: usize) -> &[String] {
        self.words.get(index).map_or(&[], Vec::as_slice)
    }

    fn read(text: &str) -> Option<Self> {
        let written: Written = toml::from_str(text).ok()?;
        let word_names: Vec<&str> = written.words.keys().map(String::as_str).collect();
        let shape_names: Vec<&str> = written.shapes.keys().map(String::as_str).collect();
        let names = Names {
            words: &word_names,
            shapes: &shape_names,
        };
        let shapes = written
            .shapes
            .values()
            .map(|shape| Shape::read(shape, &names))
            .collect::<Option<Vec<Shape>>>()?;
        Some(Self {
            root: shape_names.iter().position(|name| *name == "root")?,
            shapes,
            words: written.words.values().cloned().collect(),
        })
    }
}

/// An object: its properties, sorted by key, and how many it has.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) properties: Vec<Property>,
    /// The properties that must be there, as bits.
    pub(super) required: u64,
    pub(super) least: usize,
    pub(super) most: usize,
    /// Whether it has no other properties.
    pub(super) is_closed: bool,
    /// The end of a message: the test of the standard that covers this object.
    pub(super) test: Option<&'static str>,
}

impl Shape {
    fn read(written: &WrittenShape, names: &Names<'_>) -> Option<Self> {
        let mut shape = Self {
            properties: Vec::new(),
            required: 0,
            least: 0,
            most: usize::MAX,
            is_closed: false,
            test: None,
        };
        for line in &written.properties {
            let (key, words) = line.split_once(": ")?;
            let (is_required, words) = match words.strip_prefix("required ") {
                Some(words) => (true, words),
                None => (false, words),
            };
            shape.properties.push(Property {
                key: key.to_owned(),
                is_required,
                kind: Kind::read(words, names)?,
            });
        }
        shape.properties.sort_by(|a, b| a.key.cmp(&b.key));
        if shape.properties.len() > 64 {
            return None;
        }
        for (index, property) in shape.properties.iter().enumerate() {
            shape.required |= u64::from(property.is_required) << index;
        }
        for limit in written.limits.iter().flat_map(|limits| limits.split(", ")) {
            if limit == "closed" {
                shape.is_closed = true;
            } else if limit == "ssvc" {
                shape.test = Some(" (CSAF test 6.1.46)");
            } else if limit == "extension" {
                shape.test = Some(" (CSAF test 6.1.60.1)");
            } else if let Some(count) = limit.strip_prefix("at least ") {
                shape.least = count.parse().ok()?;
            } else if let Some(count) = limit.strip_prefix("exactly ") {
                shape.least = count.parse().ok()?;
                shape.most = shape.least;
            } else {
                return None;
            }
        }
        Some(shape)
    }

    /// The property `key` with its place among them.
    pub(super) fn property(&self, key: &str) -> Option<(usize, &Property)> {
        // Most keys differ in length from all others of their object, which is quicker seen than an order.
        let mut properties = self.properties.iter();
        let index = properties.position(|property| property.key == key)?;
        Some((index, self.properties.get(index)?))
    }
}

/// A property of a shape.
#[derive(Debug)]
pub(super) struct Property {
    pub(super) key: String,
    is_required: bool,
    pub(super) kind: Kind,
}

/// What a value must be.
#[derive(Debug)]
pub(super) enum Kind {
    Text(Format),
    /// One word of a list.
    Word(usize),
    Shape(usize),
    List {
        of: Box<Self>,
        least: usize,
        is_set: bool,
    },
    Boolean,
    /// Any object that is not empty.
    Object,
    /// A text without rules.
    Anything,
    /// A CVSS score of that major version.
    Cvss(u8),
}

struct Names<'n> {
    words: &'n [&'n str],
    shapes: &'n [&'n str],
}

impl Kind {
    fn read(words: &str, names: &Names<'_>) -> Option<Self> {
        for (prefix, is_set) in [("list of ", false), ("set of ", true)] {
            let Some(of) = words.strip_prefix(prefix) else {
                continue;
            };
            let (least, of) = match of.split_once(' ') {
                Some((least, of)) => (least.parse().ok()?, of),
                None => (1, of),
            };
            return Some(Self::List {
                of: Box::new(Self::read(of, names)?),
                least,
                is_set,
            });
        }
        Some(match words {
            "boolean" => Self::Boolean,
            "filled_object" => Self::Object,
            "anything" => Self::Anything,
            "cvss_v2" => Self::Cvss(2),
            "cvss_v3" => Self::Cvss(3),
            "cvss_v4" => Self::Cvss(4),
            name => {
                if let Some(index) = names.words.iter().position(|word| *word == name) {
                    Self::Word(index)
                } else if let Some(index) = names.shapes.iter().position(|shape| *shape == name) {
                    Self::Shape(index)
                } else {
                    Self::Text(Format::named(name)?)
                }
            }
        })
    }
}

#[derive(Deserialize)]
struct Written {
    words: BTreeMap<String, Vec<String>>,
    shapes: BTreeMap<String, WrittenShape>,
}

#[derive(Deserialize)]
struct WrittenShape {
    limits: Option<String>,
    properties: Vec<String>,
}

static V2_0: LazyLock<Table> = LazyLock::new(|| {
    Table::read(include_str!("../../../../../catalogs/csaf/schema_2_0.toml")).unwrap_or_default()
});
static V2_1: LazyLock<Table> = LazyLock::new(|| {
    Table::read(include_str!("../../../../../catalogs/csaf/schema_2_1.toml")).unwrap_or_default()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_tables_can_be_read() {
        for edition in [Edition::V2_0, Edition::V2_1] {
            let table = edition.table();
            assert!(table.shapes.len() > 25, "{edition:?}");
            let (_, document) = table.root().unwrap().property("document").unwrap();
            assert!(document.is_required);
        }
        // A name that is no format, word or shape makes the whole table unreadable.
        assert!(Table::read("[words]\n[shapes.root]\nproperties = [\"a: nothing\"]\n").is_none());
    }
}
