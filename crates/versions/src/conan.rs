//! Conan's C and C++ packages.
//!
//! Source: Conan 2, `conan/internal/model/version.py`; VERS specification, `conan`.
//!
//! Traps: any number of parts, numbers or words; trailing zeros mean nothing; build metadata takes part in
//! the order (`1.1 < 1.1+b2`), unlike SemVer; a number beside a word compares as *text*, which is not
//! transitive where the word starts with a digit (`2 < 10 < 1a < 2` in texts), so such versions have no key.

use std::cmp::Ordering;

use crate::Scheme;
use crate::key::{END, Key, Unparsed, Writer};

const PRE_RELEASE: u8 = 0x02;
const RELEASE: u8 = 0x03;
const EMPTY: u8 = 0x05;
const NO_BUILD: u8 = 0x01;
const BUILD: u8 = 0x02;

#[derive(Debug, PartialEq, Eq)]
struct Version<'a> {
    items: Vec<&'a str>,
    pre: Option<Vec<&'a str>>,
    build: Option<Vec<&'a str>>,
}

impl<'a> Version<'a> {
    fn new(text: &'a str) -> Self {
        let (text, build) = match text.rsplit_once('+') {
            Some((text, build)) => (text, Some(items(build))),
            None => (text, None),
        };
        let (main, pre) = match text.split_once('-') {
            Some((main, pre)) => (main, Some(items(pre))),
            None => (text, None),
        };
        Self {
            items: items(main),
            pre,
            build,
        }
    }
}

/// Parts between dots without trailing zeros.
fn items(text: &str) -> Vec<&str> {
    let mut items: Vec<&str> = text.split('.').collect();
    while items
        .last()
        .is_some_and(|item| is_number(item) && item.bytes().all(|byte| byte == b'0'))
    {
        items.pop();
    }
    items
}

fn is_number(item: &str) -> bool {
    !item.is_empty() && item.bytes().all(|byte| byte.is_ascii_digit())
}

pub(crate) fn key(text: &str) -> Result<Key, Unparsed> {
    let version = Version::new(text);
    let mut writer = Writer::new(text);
    write(&version.items, &mut writer)?;
    match &version.pre {
        Some(pre) => {
            writer.mark(PRE_RELEASE);
            write(pre, &mut writer)?;
            writer.mark(END);
        }
        None => writer.mark(RELEASE),
    }
    match &version.build {
        Some(build) => {
            writer.mark(BUILD);
            write(build, &mut writer)?;
            writer.mark(END);
        }
        None => writer.mark(NO_BUILD),
    }
    Ok(writer.finish())
}

fn write(items: &[&str], writer: &mut Writer) -> Result<(), Unparsed> {
    for item in items {
        match item.as_bytes() {
            [] => writer.mark(EMPTY),
            digits if is_number(item) => writer.digits(digits),
            // Whatever starts above `9` is above every number, also as text.
            word @ [first, ..] if *first > b'9' => writer.word(word),
            _ => return Err(Unparsed::Pairwise(Scheme::Conan)),
        }
    }
    Ok(())
}

pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    let (a, b) = (Version::new(a), Version::new(b));
    lists(&a.items, &b.items)
        .then_with(|| match (&a.pre, &b.pre) {
            (Some(a), Some(b)) => lists(a, b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        })
        .then_with(|| match (&a.build, &b.build) {
            (Some(a), Some(b)) => lists(a, b),
            (a, b) => a.is_some().cmp(&b.is_some()),
        })
}

fn lists(a: &[&str], b: &[&str]) -> Ordering {
    a.iter()
        .zip(b)
        .map(|(a, b)| {
            let (x, y) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
            match (is_number(a), is_number(b)) {
                (true, true) => x.len().cmp(&y.len()).then_with(|| x.cmp(y)),
                // A number is written out without its leading zeros before it compares as text.
                (true, false) => (if x.is_empty() { "0" } else { x }).cmp(*b),
                (false, true) => (*a).cmp(if y.is_empty() { "0" } else { y }),
                (false, false) => a.cmp(b),
            }
        })
        .find(|order| *order != Ordering::Equal)
        .unwrap_or_else(|| a.len().cmp(&b.len()))
}
