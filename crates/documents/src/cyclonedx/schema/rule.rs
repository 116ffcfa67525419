//! One rule of a JSON schema (draft 7), as far as the schemas of CycloneDX go.

use crate::json::{Node, is_time, is_uri};

/// What a value must be. A rule with a reference is nothing but that reference.
#[derive(Debug, Default)]
pub(super) struct Rule {
    pub(super) reference: Option<usize>,
    /// Whether it is the schema `false`.
    pub(super) is_nothing: bool,
    pub(super) kinds: Kinds,
    pub(super) words: Option<Vec<Box<str>>>,
    pub(super) constant: Option<Constant>,
    pub(super) forms: Vec<Form>,
    pub(super) least_length: usize,
    pub(super) most_length: usize,
    pub(super) least_number: Option<f64>,
    pub(super) most_number: Option<f64>,
    pub(super) required: Vec<Box<str>>,
    /// Sorted by key.
    pub(super) properties: Vec<(Box<str>, usize)>,
    /// Whether it has no other properties.
    pub(super) is_closed: bool,
    pub(super) items: Option<usize>,
    pub(super) least_items: usize,
    pub(super) most_items: usize,
    pub(super) is_set: bool,
    pub(super) all: Vec<usize>,
    pub(super) any: Vec<usize>,
    pub(super) one: Vec<usize>,
    pub(super) not: Option<usize>,
    pub(super) condition: Option<Condition>,
}

impl Rule {
    /// The rule of the property `key`.
    pub(super) fn property(&self, key: &str) -> Option<usize> {
        let index = self
            .properties
            .binary_search_by(|(name, _)| (**name).cmp(key))
            .ok()?;
        self.properties.get(index).map(|(_, rule)| *rule)
    }

    /// The rules of which the value has to keep all, any or one.
    pub(super) fn branches(&self) -> impl Iterator<Item = usize> {
        let lists = [&self.all, &self.any, &self.one];
        lists.into_iter().flatten().copied()
    }
}

/// A rule that holds when another does.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) when: usize,
    pub(super) then: Option<usize>,
    pub(super) otherwise: Option<usize>,
}

/// The only value that is allowed.
#[derive(Debug)]
pub(super) enum Constant {
    Text(Box<str>),
    Boolean(bool),
}

impl Constant {
    pub(super) fn is(&self, node: &Node<'_>) -> bool {
        match (self, node) {
            (Self::Text(own), Node::Text(other)) => **own == **other,
            (Self::Boolean(own), Node::Bool(other)) => own == other,
            _ => false,
        }
    }
}

/// Kinds of values, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Kinds(u8);

impl Kinds {
    /// No restriction.
    pub(super) const ANY: Self = Self(0);
    pub(super) const NULL: Self = Self(1);
    pub(super) const BOOLEAN: Self = Self(2);
    pub(super) const INTEGER: Self = Self(4);
    pub(super) const NUMBER: Self = Self(8);
    pub(super) const TEXT: Self = Self(16);
    pub(super) const LIST: Self = Self(32);
    pub(super) const OBJECT: Self = Self(64);

    /// The kind that JSON schema calls `name`.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self(Self::NUMBER.0 | Self::INTEGER.0),
            "string" => Self::TEXT,
            "array" => Self::LIST,
            "object" => Self::OBJECT,
            _ => return None,
        })
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn has(self, kind: Self) -> bool {
        self.0 & kind.0 != 0
    }

    pub(super) fn in_words(self) -> String {
        let words: Vec<&str> = [
            (Self::NULL, "null"),
            (Self::BOOLEAN, "a boolean"),
            (Self::NUMBER, "a number"),
            (Self::TEXT, "a text"),
            (Self::LIST, "a list"),
            (Self::OBJECT, "an object"),
        ]
        .iter()
        .filter(|(kind, _)| self.has(*kind))
        .map(|(_, word)| *word)
        .collect();
        if words.is_empty() {
            "a whole number".to_owned()
        } else {
            words.join(" or ")
        }
    }
}

/// A form of a text, by its `format` or `pattern`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Time,
    Day,
    Uri,
    /// A media type.
    Media,
    /// A hash in hexadecimal digits.
    Hash,
    /// A language, with a country perhaps.
    Language,
    SerialNumber,
    /// A BOM-Link to a document.
    DocumentLink,
    /// A BOM-Link to something in a document.
    ElementLink,
    /// A number of the Common Requirements Enumeration.
    Requirement,
    /// A name of a patent's jurisdiction and number.
    Patent,
    /// A two-letter code of a country or office.
    Country,
}

impl Form {
    /// The form that a `format` demands; `None` where it demands nothing that is checked. IRI references
    /// and addresses are left alone: what is written there in practice is often none, and no tool minds.
    pub(super) fn of_format(format: &str) -> Result<Option<Self>, UnknownForm> {
        Ok(match format {
            "date-time" => Some(Self::Time),
            "date" => Some(Self::Day),
            "uri" => Some(Self::Uri),
            "iri-reference" | "idn-email" => None,
            _ => return Err(UnknownForm),
        })
    }

    /// The form that a regular expression of the schemas stands for.
    pub(super) fn of_pattern(pattern: &str) -> Result<Self, UnknownForm> {
        const UUID: &str = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
        let short = pattern.replace(UUID, "UUID");
        Ok(match short.as_str() {
            "^[-+a-z0-9.]+/[-+a-z0-9.]+$" => Self::Media,
            "^([a-fA-F0-9]{32}|[a-fA-F0-9]{40}|[a-fA-F0-9]{64}|[a-fA-F0-9]{96}|[a-fA-F0-9]{128})$" => {
                Self::Hash
            }
            "^([a-z]{2})(-[A-Z]{2})?$" => Self::Language,
            "^urn:uuid:UUID$" => Self::SerialNumber,
            "^urn:cdx:UUID/[1-9][0-9]*$" => Self::DocumentLink,
            "^urn:cdx:UUID/[1-9][0-9]*#.+$" => Self::ElementLink,
            "^CRE:[0-9]+-[0-9]+$" => Self::Requirement,
            r"^[A-Za-z0-9][A-Za-z0-9\-/.()\s]{0,28}[A-Za-z0-9]$" => Self::Patent,
            "^[A-Z]{2}$" => Self::Country,
            _ => return Err(UnknownForm),
        })
    }

    pub(super) fn admits(self, text: &str) -> bool {
        let bytes = text.as_bytes();
        match self {
            Self::Time => is_time(text),
            Self::Uri => is_uri(text),
            Self::Day => text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok(),
            Self::Media => {
                let is_part = |part: &str| {
                    !part.is_empty()
                        && part.bytes().all(
                            |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'+' | b'.'),
                        )
                };
                text.split_once('/')
                    .is_some_and(|(main, sub)| is_part(main) && is_part(sub))
            }
            Self::Hash => {
                matches!(text.len(), 32 | 40 | 64 | 96 | 128)
                    && bytes.iter().all(u8::is_ascii_hexdigit)
            }
            Self::Language => match bytes {
                [a, b] => is_lower(*a) && is_lower(*b),
                [a, b, b'-', c, d] => {
                    is_lower(*a) && is_lower(*b) && c.is_ascii_uppercase() && d.is_ascii_uppercase()
                }
                _ => false,
            },
            Self::SerialNumber => text.strip_prefix("urn:uuid:").is_some_and(is_uuid),
            Self::DocumentLink => link(text).is_some_and(is_revision),
            Self::ElementLink => link(text).is_some_and(|rest| {
                rest.split_once('#')
                    .is_some_and(|(revision, element)| is_revision(revision) && !element.is_empty())
            }),
            Self::Requirement => text
                .strip_prefix("CRE:")
                .and_then(|rest| rest.split_once('-'))
                .is_some_and(|(a, b)| is_number(a) && is_number(b)),
            Self::Patent => match bytes {
                [first, middle @ .., last] => {
                    first.is_ascii_alphanumeric()
                        && last.is_ascii_alphanumeric()
                        && middle.len() <= 28
                        && middle.iter().all(|byte| {
                            byte.is_ascii_alphanumeric()
                                || byte.is_ascii_whitespace()
                                || b"-/.()".contains(byte)
                        })
                }
                _ => false,
            },
            Self::Country => {
                matches!(bytes, [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase())
            }
        }
    }

    pub(super) fn in_words(self) -> &'static str {
        match self {
            Self::Time => "a time such as 2026-01-31T12:00:00Z",
            Self::Day => "a day such as 2026-01-31",
            Self::Uri => "a URI",
            Self::Media => "a media type such as text/plain",
            Self::Hash => "a hash in hexadecimal digits",
            Self::Language => "a language such as en or en-US",
            Self::SerialNumber => "a UUID in lower case after urn:uuid:",
            Self::DocumentLink => "a BOM-Link such as urn:cdx:UUID/1",
            Self::ElementLink => "a BOM-Link such as urn:cdx:UUID/1#reference",
            Self::Requirement => "an identifier such as CRE:764-507",
            Self::Patent => "a patent number",
            Self::Country => "a code of two capital letters",
        }
    }
}

/// A `format` or `pattern` that this reader does not know.
#[derive(Debug)]
pub(super) struct UnknownForm;

fn is_lower(byte: u8) -> bool {
    byte.is_ascii_lowercase()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_revision(text: &str) -> bool {
    is_number(text) && !text.starts_with('0')
}

fn is_uuid(text: &str) -> bool {
    text.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'))
}

/// What follows the serial number of a BOM-Link.
fn link(text: &str) -> Option<&str> {
    let (uuid, rest) = text.strip_prefix("urn:cdx:")?.split_once('/')?;
    is_uuid(uuid).then_some(rest)
}
