//! CPE names: Common Platform Enumeration 2.3.
//!
//! Naming and bindings follow NISTIR 7695, comparison follows NISTIR 7696. A CPE is a
//! well-formed name of eleven attributes; each is a text (perhaps with wildcards at its ends),
//! `ANY` or `NA`. A supplier's CPE is a claim: many in circulation are not in NVD's dictionary.

mod bind;
mod compare;
mod pattern;

use std::borrow::Cow;
use std::fmt;

pub use bind::CpeError;
pub use compare::Relation;

/// The attributes of a CPE name, in the order of the formatted string (NISTIR 7695, 6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attribute {
    /// `a` application, `o` operating system, `h` hardware.
    Part,
    /// Maker.
    Vendor,
    /// Product.
    Product,
    /// Version.
    Version,
    /// Update, service pack, pre-release.
    Update,
    /// Edition: the legacy attribute of CPE 2.2.
    Edition,
    /// Language tag (RFC 5646).
    Language,
    /// Edition for a market or class of users.
    SoftwareEdition,
    /// Software that it runs on.
    TargetSoftware,
    /// Instruction set that it runs on.
    TargetHardware,
    /// Anything else.
    Other,
}

impl Attribute {
    /// Every attribute, in the order of the formatted string.
    pub const ALL: [Self; 11] = [
        Self::Part,
        Self::Vendor,
        Self::Product,
        Self::Version,
        Self::Update,
        Self::Edition,
        Self::Language,
        Self::SoftwareEdition,
        Self::TargetSoftware,
        Self::TargetHardware,
        Self::Other,
    ];
}

/// The value of one attribute (NISTIR 7695, 5.3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Value {
    /// `*`: no restriction.
    #[default]
    Any,
    /// `-`: not applicable, or not used.
    Na,
    /// A text, in the spelling of the formatted string: letters, digits, `_`, `.` and `-` stand
    /// for themselves, other characters are escaped, unescaped `*` and `?` are wildcards.
    Text(Box<str>),
}

impl Value {
    /// Whether it holds an unescaped `*` or `?`. `ANY` is a value of its own and has none.
    pub fn has_wildcard(&self) -> bool {
        match self {
            Self::Any | Self::Na => false,
            Self::Text(text) => pattern::has_wildcard(text),
        }
    }

    /// The text without escapes; `None` for `ANY` and `NA`. Wildcards appear as themselves, so
    /// ask [`Self::has_wildcard`] first where that matters.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Any | Self::Na => None,
            Self::Text(text) => Some(pattern::unescaped(text)),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::Na => f.write_str("-"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// A CPE name. Prints as a CPE 2.3 formatted string (NISTIR 7695, 6.2.2), whichever binding it
/// was read from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cpe {
    values: [Value; 11],
}

impl Cpe {
    /// Reads a CPE 2.3 formatted string (`cpe:2.3:a:…`) or a CPE 2.2 URI (`cpe:/a:…`).
    ///
    /// Punctuation that the standard wants escaped and a tool left bare is taken as itself, as
    /// the unbinding procedure of NISTIR 7695, 6.2.3 does.
    pub fn parse(text: &str) -> Result<Self, CpeError> {
        bind::parse(text).map(|values| Self { values })
    }

    /// Whether `text` is a CPE name; quicker than [`Self::parse`] where only that is asked.
    pub fn check(text: &str) -> Result<(), CpeError> {
        if bind::is_plain(text) {
            return Ok(());
        }
        bind::parse(text).map(|_| ())
    }

    /// The value of an attribute.
    pub fn value(&self, attribute: Attribute) -> &Value {
        // The discriminants are the indices 0 to 10 of an array of eleven.
        &self.values[attribute as usize]
    }

    /// `a`, `o` or `h`; `None` for `ANY` and `NA`.
    pub fn part(&self) -> Option<char> {
        self.value(Attribute::Part).text()?.chars().next()
    }

    /// Maker, without escapes; `None` for `ANY` and `NA`.
    pub fn vendor(&self) -> Option<Cow<'_, str>> {
        self.value(Attribute::Vendor).text()
    }

    /// Product, without escapes; `None` for `ANY` and `NA`.
    pub fn product(&self) -> Option<Cow<'_, str>> {
        self.value(Attribute::Product).text()
    }

    /// Version, without escapes; `None` for `ANY` and `NA`.
    pub fn version(&self) -> Option<Cow<'_, str>> {
        self.value(Attribute::Version).text()
    }

    /// Update, without escapes; `None` for `ANY` and `NA`.
    pub fn update(&self) -> Option<Cow<'_, str>> {
        self.value(Attribute::Update).text()
    }

    /// The key of the product: `cpe:a:vendor:product`, lower case and without escapes. `None`
    /// where part, vendor or product is `ANY`, `NA` or holds a wildcard, because such a name
    /// speaks of many products.
    pub fn key(&self) -> Option<String> {
        let mut key = String::from("cpe");
        for attribute in [Attribute::Part, Attribute::Vendor, Attribute::Product] {
            let value = self.value(attribute);
            if value.has_wildcard() {
                return None;
            }
            key.push(':');
            key.push_str(&value.text()?);
        }
        key.make_ascii_lowercase();
        Some(key)
    }

    /// How the products that this name covers relate to those that `target` covers (NISTIR
    /// 7696, 6.3).
    pub fn compare(&self, target: &Self) -> Relation {
        compare::names(&self.values, &target.values)
    }

    /// Whether some product version can be covered by both names.
    pub fn intersects(&self, other: &Self) -> bool {
        self.intersects_ignoring(other, &[])
    }

    /// [`Self::intersects`] whatever the values of `ignored` are: with the version ignored, what
    /// is left to decide is the range.
    pub fn intersects_ignoring(&self, other: &Self, ignored: &[Attribute]) -> bool {
        Attribute::ALL
            .into_iter()
            .filter(|attribute| !ignored.contains(attribute))
            .all(|attribute| compare::overlap(self.value(attribute), other.value(attribute)))
    }
}

impl fmt::Display for Cpe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cpe:2.3")?;
        self.values
            .iter()
            .try_for_each(|value| write!(f, ":{value}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cpe(text: &str) -> Cpe {
        Cpe::parse(text).unwrap()
    }

    #[test]
    fn a_key_is_the_same_for_both_bindings_and_every_case_and_version() {
        let key = Some("cpe:a:gnu:libstdc++".to_owned());
        for text in [
            r"cpe:2.3:a:gnu:libstdc\+\+:4.8:*:*:*:*:*:*:*",
            r"cpe:2.3:a:GNU:libstdc++:-:sp1:*:*:*:*:*:*",
            "cpe:/a:gnu:libstdc%2b%2b:9.1",
        ] {
            assert_eq!(cpe(text).key(), key, "{text}");
        }
    }

    #[test]
    fn a_name_that_speaks_of_many_products_has_no_key() {
        for text in [
            "cpe:2.3:a:microsoft:*:1:*:*:*:*:*:*:*",
            "cpe:2.3:a:microsoft:windows*:1:*:*:*:*:*:*:*",
            "cpe:2.3:a:-:windows:1:*:*:*:*:*:*:*",
            "cpe:2.3:*:microsoft:windows:1:*:*:*:*:*:*:*",
            "cpe:/o",
        ] {
            assert_eq!(cpe(text).key(), None, "{text}");
        }
    }

    #[test]
    fn an_escaped_wildcard_is_a_character() {
        let name = cpe(r"cpe:2.3:a:acme:what\?:1\*:*:*:*:*:*:*:*");
        assert!(!name.value(Attribute::Product).has_wildcard());
        assert_eq!(name.product().as_deref(), Some("what?"));
        assert_eq!(name.version().as_deref(), Some("1*"));
        assert_eq!(name.part(), Some('a'));
    }

    #[test]
    fn names_intersect_whatever_their_versions_when_only_the_range_is_left_to_decide() {
        let part = cpe("cpe:2.3:a:openssl:openssl:1.1.1k:*:*:*:*:*:*:*");
        let flaw = cpe("cpe:2.3:a:openssl:openssl:3.0.0:*:*:*:*:*:*:*");
        assert!(part.intersects_ignoring(&flaw, &[Attribute::Version]));
        assert!(!part.intersects(&flaw));
        let for_windows = cpe("cpe:2.3:a:openssl:openssl:3.0.0:*:*:*:*:windows:*:*");
        let for_android = cpe("cpe:2.3:a:openssl:openssl:3.0.0:*:*:*:*:android:*:*");
        assert!(flaw.intersects(&for_windows));
        assert!(!for_android.intersects_ignoring(&for_windows, &[Attribute::Version]));
    }
}
