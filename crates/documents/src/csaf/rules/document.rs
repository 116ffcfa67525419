//! Tests of what a document says of itself: 6.1.12, 6.1.15, 6.1.26, 6.1.28, 6.2.10 to 6.2.12, 6.2.14 and 6.2.15.

use isocenter_model::text::shortened;

use super::{Facts, Found};
use crate::csaf::language;
use crate::csaf::schema::Edition;
use crate::json::Path;

/// The language and, of a translation, that of the original.
const LANGUAGES: [&str; 2] = ["lang", "source_lang"];

/// 6.1.12: a language exists.
pub(super) fn languages<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    for key in LANGUAGES {
        if let Some(tag) = facts.case.document.text(key)
            && let Err(fault) = language::check(tag)
        {
            found.at(&Path::Root.key("document").key(key), || {
                format!(
                    "'{}' in the language tag '{}' is no registered {}",
                    shortened(fault.subtag, 40),
                    shortened(tag, 60),
                    fault.kind
                )
            });
        }
    }
}

/// 6.1.15: who translates says from what.
pub(super) fn translator<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let category = facts.part("publisher").text("category");
    if category == Some("translator")
        && facts
            .case
            .document
            .text("source_lang")
            .is_none_or(str::is_empty)
    {
        found.at(
            &Path::Root.key("document").key("source_lang"),
            "the publisher is a translator, and the language of the original is not stated",
        );
    }
}

/// 6.1.26: a document of no profile is not called as if it were.
pub(super) fn category<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let category = facts.category;
    let (values, names): (&[&str], &[&str]) = match facts.case.edition {
        Edition::V2_0 => (&PROFILES_2_0, &NAMES_2_0),
        Edition::V2_1 => (&PROFILES_2_1, &NAMES_2_1),
    };
    if category.is_empty() || values.contains(&category) {
        return;
    }
    let path = Path::Root;
    let path = path.key("document");
    let path = path.key("category");
    let plain = plain(category);
    let is_profile = values
        .iter()
        .filter(|value| **value != "csaf_base")
        .chain(names)
        .any(|name| self::plain(name) == plain);
    let has_prefix = category
        .get(..5)
        .is_some_and(|prefix| prefix.eq_ignore_ascii_case("csaf_"));
    if is_profile {
        found.at(&path, || {
            format!(
                "the category '{}' reads as the name of a profile and is not its value",
                shortened(category, 60)
            )
        });
    } else if has_prefix {
        found.at(&path, || {
            format!(
                "the category '{}' begins as only those of profiles do",
                shortened(category, 60)
            )
        });
    }
}

const PROFILES_2_0: [&str; 5] = [
    "csaf_base",
    "csaf_security_incident_response",
    "csaf_informational_advisory",
    "csaf_security_advisory",
    "csaf_vex",
];
const NAMES_2_0: [&str; 4] = [
    "security incident response",
    "informational advisory",
    "security advisory",
    "vex",
];
/// The last is of a later draft.
const PROFILES_2_1: [&str; 9] = [
    "csaf_base",
    "csaf_security_incident_response",
    "csaf_informational_advisory",
    "csaf_security_advisory",
    "csaf_vex",
    "csaf_deprecated_security_advisory",
    "csaf_withdrawn",
    "csaf_superseded",
    "csaf_vulnerability_report",
];
const NAMES_2_1: [&str; 7] = [
    "security incident response",
    "informational advisory",
    "security advisory",
    "vex",
    "deprecated security advisory",
    "withdrawn",
    "superseded",
];

/// `text` in lower case, without dashes, underscores and white space of any kind.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace() && !is_dash_or_underscore(*character))
        .flat_map(char::to_lowercase)
        .collect()
}

fn is_dash_or_underscore(character: char) -> bool {
    matches!(
        character,
        '-' | '_'
            | '\u{ad}'
            | '\u{332}'
            | '\u{58a}'
            | '\u{5be}'
            | '\u{1400}'
            | '\u{1806}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2010}'..='\u{2015}'
            | '\u{203f}'..='\u{2040}'
            | '\u{2043}'
            | '\u{2054}'
            | '\u{207b}'
            | '\u{208b}'
            | '\u{2212}'
            | '\u{2e17}'
            | '\u{2e1a}'
            | '\u{2e3a}'..='\u{2e3b}'
            | '\u{2e40}'
            | '\u{301c}'
            | '\u{3030}'
            | '\u{30a0}'
            | '\u{fe31}'..='\u{fe34}'
            | '\u{fe4d}'..='\u{fe4f}'
            | '\u{fe58}'
            | '\u{fe63}'
            | '\u{ff0d}'
            | '\u{ff3f}'
    )
}

/// 6.1.28: a translation is in another language than the original.
pub(super) fn translation<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let [language, original] = LANGUAGES.map(|key| facts.case.document.text(key));
    if let (Some(language), Some(original)) = (language, original)
        && language.eq_ignore_ascii_case(original)
    {
        found.at(&Path::Root.key("document").key("source_lang"), || {
            format!(
                "document and original have the same language '{}'",
                shortened(language, 40)
            )
        });
    }
}

/// 6.2.10: a document says to whom it may be given.
pub(super) fn tlp<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    if facts.tlp().is_none_or(str::is_empty) {
        found.at(
            &Path::Root.key("document").key("distribution"),
            "the document has no TLP label",
        );
    }
}

/// 6.2.11: a document has an address of its own.
pub(super) fn canonical_url<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    let Some(id) = facts.tracking().text("id") else {
        return;
    };
    let name = file_name(id);
    let has_one = facts
        .case
        .document
        .list("references")
        .iter()
        .any(|reference| {
            reference.text("category") == Some("self")
                && reference
                    .text("url")
                    .is_some_and(|url| url.starts_with("https://") && url.ends_with(&name))
        });
    if !has_one {
        found.at(&Path::Root.key("document").key("references"), || {
            format!(
                "no reference of the category `self` leads to https and ends in `{}`",
                shortened(&name, 80)
            )
        });
    }
}

/// The file name of the document `id` (5.1).
pub(super) fn file_name(id: &str) -> String {
    let mut name = String::with_capacity(id.len() + 5);
    let mut was_replaced = false;
    for character in id.to_lowercase().chars() {
        if matches!(character, 'a'..='z' | '0'..='9' | '+' | '-') {
            name.push(character);
            was_replaced = false;
        } else if !was_replaced {
            name.push('_');
            was_replaced = true;
        }
    }
    name.push_str(".json");
    name
}

/// 6.2.12: a document says its language.
pub(super) fn no_language<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    if facts.case.document.text("lang").is_none_or(str::is_empty) {
        found.at(
            &Path::Root.key("document").key("lang"),
            "the document does not say its language",
        );
    }
}

/// 6.2.14: a language is none for private use.
pub(super) fn private_language<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    for key in LANGUAGES {
        if let Some(tag) = facts.case.document.text(key)
            && let Some(subtag) = language::private_subtag(tag)
        {
            found.at(&Path::Root.key("document").key(key), || {
                format!("'{}' is for private use", shortened(subtag, 20))
            });
        }
    }
}

/// 6.2.15: a language is not `i-default`.
pub(super) fn default_language<'c>(facts: &'c Facts<'c>, found: &mut Found<'_>) {
    for key in LANGUAGES {
        if facts
            .case
            .document
            .text(key)
            .is_some_and(|tag| tag.eq_ignore_ascii_case("i-default"))
        {
            found.at(
                &Path::Root.key("document").key(key),
                "the language is `i-default`, which says nothing",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_document() {
        for (id, name) in [
            (
                "cisco-sa-20190513-secureboot",
                "cisco-sa-20190513-secureboot.json",
            ),
            (
                "Example_Company_-_2019-YH3234",
                "example_company_-_2019-yh3234.json",
            ),
            ("RHBA-2019:0024", "rhba-2019_0024.json"),
            ("2022_#01-A", "2022_01-a.json"),
            (
                "OASIS_CSAF_TC-CSAF_2.0-2021",
                "oasis_csaf_tc-csaf_2_0-2021.json",
            ),
        ] {
            assert_eq!(file_name(id), name);
        }
    }

    #[test]
    fn dashes_of_every_kind_do_not_tell_names_apart() {
        for text in [
            "Security Advisory",
            "security—advisory",
            "SECURITY\u{a0}_\u{2011}ADVISORY",
        ] {
            assert_eq!(plain(text), "securityadvisory");
        }
    }
}
