//! Language tags (BCP 47, RFC 5646), against `catalogs/language_subtags.csv`.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A subtag that the registry does not have, or that does not go with the others.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotRegistered<'t> {
    /// What it would be: `language`, `region` …
    pub(super) kind: &'static str,
    pub(super) subtag: &'t str,
}

/// Whether `text` has the shape of a tag.
pub(super) fn is_tag(text: &str) -> bool {
    ["i-default", "i-mingo"]
        .iter()
        .any(|tag| tag.eq_ignore_ascii_case(text))
        || Tag::read(text).is_some()
}

/// Whether the tag `text` stands for a language: each of its subtags is registered (RFC 5646, 2.2.9, a
/// valid tag).
pub(super) fn check(text: &str) -> Result<(), NotRegistered<'_>> {
    let lower = text.to_ascii_lowercase();
    let registry = &*REGISTRY;
    if registry.whole_tags.contains(lower.as_str()) {
        return Ok(());
    }
    let Some(tag) = Tag::read(text) else {
        return Err(NotRegistered {
            kind: "language",
            subtag: text,
        });
    };
    let has =
        |set: &HashSet<&str>, subtag: &str| set.contains(subtag.to_ascii_lowercase().as_str());
    let fault = |kind, subtag| Err(NotRegistered { kind, subtag });
    if !tag.language.is_empty()
        && !has(&registry.languages, tag.language)
        && !is_private(tag.language, 'l')
    {
        return fault("language", tag.language);
    }
    for extended in &tag.extended {
        let with_prefix = format!("{}-{extended}", tag.language).to_ascii_lowercase();
        if !registry.extended.contains(with_prefix.as_str()) {
            return fault("extended language", extended);
        }
    }
    if let Some(script) = tag.script
        && !has(&registry.scripts, script)
        && !is_private(script, 's')
    {
        return fault("script", script);
    }
    if let Some(region) = tag.region
        && !has(&registry.regions, region)
        && !is_private(region, 'r')
    {
        return fault("region", region);
    }
    for (index, variant) in tag.variants.iter().enumerate() {
        let is_repeated = tag
            .variants
            .iter()
            .take(index)
            .any(|earlier| earlier.eq_ignore_ascii_case(variant));
        if is_repeated || !has(&registry.variants, variant) {
            return fault("variant", variant);
        }
    }
    for (index, singleton) in tag.extensions.iter().enumerate() {
        let is_repeated = tag
            .extensions
            .iter()
            .take(index)
            .any(|earlier| earlier.eq_ignore_ascii_case(singleton));
        // IANA's registry of extensions has these two (RFC 6067, RFC 6497).
        if is_repeated
            || !["t", "u"]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(singleton))
        {
            return fault("extension", singleton);
        }
    }
    Ok(())
}

/// The first subtag of `text` that is reserved for private use.
pub(super) fn private_subtag(text: &str) -> Option<&str> {
    let tag = Tag::read(text)?;
    [
        (Some(tag.language), 'l'),
        (tag.script, 's'),
        (tag.region, 'r'),
    ]
    .into_iter()
    .find_map(|(subtag, kind)| subtag.filter(|subtag| is_private(subtag, kind)))
    .or(tag.private)
}

/// Whether `tag` is English, or says nothing of its language.
pub(super) fn is_english(tag: Option<&str>) -> bool {
    tag.is_none_or(|tag| {
        let language = tag.split('-').next().unwrap_or_default();
        language.eq_ignore_ascii_case("en")
    })
}

/// `qaa..qtz`, `Qaaa..Qabx`, `AA`, `QM..QZ`, `XA..XZ` and `ZZ`.
fn is_private(subtag: &str, kind: char) -> bool {
    let lower = subtag.to_ascii_lowercase();
    REGISTRY.private.iter().any(|(of, first, last)| {
        *of == kind && lower.len() == first.len() && (*first..=*last).contains(&lower.as_str())
    })
}

/// The parts of a tag.
#[derive(Debug, Default)]
struct Tag<'t> {
    language: &'t str,
    extended: Vec<&'t str>,
    script: Option<&'t str>,
    region: Option<&'t str>,
    variants: Vec<&'t str>,
    /// The letter of each extension.
    extensions: Vec<&'t str>,
    /// What stands for private use, with its `x`.
    private: Option<&'t str>,
}

impl<'t> Tag<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let mixed = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let mut tag = Self::default();
        let mut parts = text.split('-').peekable();
        if let Some(language) = parts.next_if(|part| (2..=8).contains(&part.len()) && letters(part))
        {
            tag.language = language;
            while tag.extended.len() < 3 && language.len() <= 3 {
                let Some(part) = parts.next_if(|part| part.len() == 3 && letters(part)) else {
                    break;
                };
                tag.extended.push(part);
            }
            tag.script = parts.next_if(|part| part.len() == 4 && letters(part));
            tag.region = parts.next_if(|part| {
                (part.len() == 2 && letters(part)) || (part.len() == 3 && digits(part))
            });
            while let Some(part) = parts.next_if(|part| {
                mixed(part)
                    && ((5..=8).contains(&part.len())
                        || (part.len() == 4
                            && part.starts_with(|first: char| first.is_ascii_digit())))
            }) {
                tag.variants.push(part);
            }
            while let Some(singleton) = parts
                .next_if(|part| part.len() == 1 && mixed(part) && !part.eq_ignore_ascii_case("x"))
            {
                parts.next_if(|part| (2..=8).contains(&part.len()) && mixed(part))?;
                while parts
                    .next_if(|part| (2..=8).contains(&part.len()) && mixed(part))
                    .is_some()
                {}
                tag.extensions.push(singleton);
            }
        }
        if let Some(mark) = parts.next_if(|part| part.eq_ignore_ascii_case("x")) {
            let mut count = 0;
            while parts
                .next_if(|part| (1..=8).contains(&part.len()) && mixed(part))
                .is_some()
            {
                count += 1;
            }
            if count == 0 {
                return None;
            }
            tag.private = Some(mark);
        }
        let is_all = parts.next().is_none();
        (is_all && (!tag.language.is_empty() || tag.private.is_some())).then_some(tag)
    }
}

/// IANA's registry.
#[derive(Default)]
struct Registry {
    languages: HashSet<&'static str>,
    /// Each behind its prefix.
    extended: HashSet<&'static str>,
    scripts: HashSet<&'static str>,
    regions: HashSet<&'static str>,
    variants: HashSet<&'static str>,
    whole_tags: HashSet<&'static str>,
    /// Ranges for private use: of languages, scripts or regions, from, to.
    private: Vec<(char, &'static str, &'static str)>,
}

const CATALOG: &str = include_str!("../../../../catalogs/language_subtags.csv");

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let mut registry = Registry::default();
    for line in CATALOG.lines().filter(|line| !line.starts_with('#')) {
        let Some((kind, subtags)) = line.split_once(',') else {
            continue;
        };
        let subtags = subtags.split(' ');
        match kind {
            "language" => registry.languages.extend(subtags),
            "extlang" => registry.extended.extend(subtags),
            "script" => registry.scripts.extend(subtags),
            "region" => registry.regions.extend(subtags),
            "variant" => registry.variants.extend(subtags),
            "whole-tag" => registry.whole_tags.extend(subtags),
            _ => {
                let of = kind
                    .strip_prefix("private-")
                    .and_then(|kind| kind.chars().next());
                if let Some(of) = of {
                    registry.private.extend(subtags.map(|range| {
                        let (first, last) = range.split_once("..").unwrap_or((range, range));
                        (of, first, last)
                    }));
                }
            }
        }
    }
    registry
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_of_a_tag_is_that_of_rfc_5646() {
        for tag in [
            "de",
            "en-US",
            "zh-cmn-Hans-CN",
            "sl-rozaj-biske",
            "de-CH-1901",
            "es-419",
            "hy-Latn-IT-arevela",
            "en-a-bbb-x-a-ccc",
            "x-whatever",
            "i-default",
            "I-Mingo",
            "qaa-Qaaa-QM-x-southern",
            "de-1996",
            "EZ",
        ] {
            assert!(is_tag(tag), "{tag}");
        }
        for tag in [
            "",
            "d",
            "i-klingon",
            "en_US",
            "de-",
            "a-DE",
            "de-419-DE",
            "x-",
            "en-US-u",
            "123",
            "en--US",
            "ar-a-aaa-",
        ] {
            assert!(!is_tag(tag), "{tag}");
        }
    }

    #[test]
    fn each_subtag_has_to_be_registered() {
        for tag in [
            "de",
            "en-US",
            "EN-us",
            "zh-Hans-CN",
            "sl-rozaj-biske",
            "es-419",
            "i-default",
            "i-klingon",
            "art-lojban",
            "en-GB-oed",
            "qtx",
            "en-Qabc",
            "en-XP",
            "fr-ZZ",
            "x-whatever",
            "zh-yue",
            "de-DE-u-co-phonebk",
            "en-x-a",
        ] {
            assert_eq!(check(tag), Ok(()), "{tag}");
        }
        for (tag, kind, subtag) in [
            ("EZ", "language", "EZ"),
            ("en-UK", "region", "UK"),
            ("en-Xxxx", "script", "Xxxx"),
            ("de-yue", "extended language", "yue"),
            ("de-nosuch", "variant", "nosuch"),
            ("de-1996-1996", "variant", "1996"),
            ("en-a-bbb", "extension", "a"),
            ("jp", "language", "jp"),
            ("english", "language", "english"),
        ] {
            assert_eq!(check(tag), Err(NotRegistered { kind, subtag }), "{tag}");
        }
    }

    #[test]
    fn subtags_for_private_use_are_found() {
        for (tag, private) in [
            ("qtx", Some("qtx")),
            ("en-Qabc", Some("Qabc")),
            ("en-XP", Some("XP")),
            ("fr-ZZ", Some("ZZ")),
            ("en-AA", Some("AA")),
            ("en-QM", Some("QM")),
            ("en-x-a", Some("x")),
            ("en-US", None),
            ("qu", None),
        ] {
            assert_eq!(private_subtag(tag), private, "{tag}");
        }
        assert!(is_english(None) && is_english(Some("en-GB")) && !is_english(Some("de")));
    }
}
