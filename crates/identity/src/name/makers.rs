//! The catalog of makers: `catalogs/aliases/makers.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::words::{squeezed, words};

const CATALOG: &str = include_str!("../../../../catalogs/aliases/makers.toml");

/// The catalog that is compiled in.
pub(super) static MAKERS: LazyLock<Makers> =
    LazyLock::new(|| Makers::new(&toml::from_str(CATALOG).unwrap_or_default()));

#[derive(Debug, Default, Deserialize)]
struct Catalog {
    legal_forms: Vec<String>,
    legal_affixes: Vec<String>,
    regions: Vec<String>,
    sector: Vec<String>,
    #[serde(rename = "maker")]
    makers: Vec<Maker>,
}

#[derive(Debug, Deserialize)]
struct Maker {
    name: String,
    aliases: Vec<String>,
}

/// The catalog, ready to look up.
#[derive(Debug, Default)]
pub(super) struct Makers {
    /// Words that end a company's name and say its legal form.
    legal_forms: HashSet<String>,
    /// The same in scripts that write no spaces.
    legal_affixes: Vec<String>,
    /// Words that end a name and say a region or a branch of the sector.
    droppable: HashSet<String>,
    /// Squeezed spelling to key.
    aliases: HashMap<String, String>,
}

impl Makers {
    fn new(catalog: &Catalog) -> Self {
        let folded = |list: &[String]| -> HashSet<String> {
            list.iter().map(|word| squeezed(&words(word))).collect()
        };
        let mut makers = Self {
            legal_forms: folded(&catalog.legal_forms),
            legal_affixes: catalog
                .legal_affixes
                .iter()
                .map(|affix| squeezed(&words(affix)))
                .collect(),
            droppable: folded(&catalog.regions),
            aliases: HashMap::new(),
        };
        makers.droppable.extend(folded(&catalog.sector));
        for maker in &catalog.makers {
            let key = squeezed(&words(&maker.name));
            for spelling in maker.aliases.iter().chain([&maker.name]) {
                makers
                    .aliases
                    .insert(squeezed(&words(spelling)), key.clone());
            }
        }
        makers
    }

    /// The key of the maker whose spelling, squeezed, is `spelling`.
    pub(super) fn alias(&self, spelling: &str) -> Option<&str> {
        self.aliases.get(spelling).map(String::as_str)
    }

    /// The name without the words at its end that say the legal form.
    pub(super) fn without_legal_form<'a>(&self, name: &'a [String]) -> &'a [String] {
        let name = match name {
            [first, rest @ ..] if first == "the" && !rest.is_empty() => rest,
            whole => whole,
        };
        trimmed(name, |word| {
            self.legal_forms.contains(word) || matches!(word, "and" | "und" | "et")
        })
    }

    /// The key of a maker of that name.
    pub(super) fn key(&self, name: &[String]) -> String {
        let whole = squeezed(name);
        if let Some(key) = self.alias(&whole) {
            return key.to_owned();
        }
        let mut rest = self.without_legal_form(name);
        loop {
            let spelling = self.without_affixes(&squeezed(rest));
            if let Some(key) = self.alias(&spelling) {
                return key.to_owned();
            }
            match rest {
                [shorter @ .., last] if !shorter.is_empty() && self.is_droppable(last) => {
                    rest = shorter;
                }
                _ => return spelling,
            }
        }
    }

    /// Legal forms can follow a region as well: `Philips GmbH Market DACH`.
    fn is_droppable(&self, word: &str) -> bool {
        self.droppable.contains(word) || self.legal_forms.contains(word)
    }

    fn without_affixes(&self, spelling: &str) -> String {
        let mut rest = spelling;
        for affix in &self.legal_affixes {
            for shorter in [
                rest.strip_prefix(affix.as_str()),
                rest.strip_suffix(affix.as_str()),
            ] {
                if let Some(shorter) = shorter.filter(|shorter| !shorter.is_empty()) {
                    rest = shorter;
                    break;
                }
            }
        }
        rest.to_owned()
    }
}

/// `name` without the words at its end that `drop` names; at least one word stays.
fn trimmed(name: &[String], drop: impl Fn(&str) -> bool) -> &[String] {
    let mut rest = name;
    while let [shorter @ .., last] = rest
        && !shorter.is_empty()
        && drop(last)
    {
        rest = shorter;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalog_of_makers_is_sound() {
        let catalog: Catalog = toml::from_str(CATALOG).unwrap();
        assert!(catalog.makers.len() > 10);
        let mut seen: HashMap<String, &str> = HashMap::new();
        for maker in &catalog.makers {
            for spelling in maker.aliases.iter().chain([&maker.name]) {
                let squeezed = squeezed(&words(spelling));
                assert!(!squeezed.is_empty(), "{spelling}");
                let other = seen.insert(squeezed, &maker.name);
                assert!(
                    other.is_none(),
                    "{spelling} stands for {} and {other:?}",
                    maker.name
                );
            }
        }
    }
}
