//! Words of tables and free values, compared without what people write differently.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
struct Catalog {
    words: Vec<String>,
}

const CATALOG_TEXT: &str = include_str!("../../../catalogs/absent.toml");

// The tests hold that the catalog parses; were it broken, every word would be a value.
static ABSENT: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    toml::from_str::<Catalog>(CATALOG_TEXT)
        .map(|catalog| catalog.words.iter().map(|word| folded(word)).collect())
        .unwrap_or_default()
});

/// Bytes that a word for nothing may have; the longest of the catalog has half as many.
const LONGEST_ABSENT: usize = 40;

/// Whether a cell says that nothing is known: `n/a`, `unbekannt`, `?`, `--`.
pub(crate) fn absent(text: &str) -> bool {
    if text.len() > LONGEST_ABSENT {
        return false;
    }
    let folded = folded(text);
    folded.is_empty() || ABSENT.contains(&folded)
}

/// `text` without case, accents, blanks and punctuation: two spellings of one header are equal.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => folded.push('a'),
            'ç' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' => folded.push('e'),
            'ì' | 'í' | 'î' | 'ï' => folded.push('i'),
            'ñ' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => folded.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            // The raised letters of `N°` and `Nº` count as letters, but are typed in many ways.
            'º' | 'ª' => {}
            other if other.is_alphanumeric() => folded.push(other),
            _ => {}
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_told_from_values() {
        for text in ["n/a", "k.A.", "?", "--", "Unbekannt", " "] {
            assert!(absent(text), "{text}");
        }
        assert!(!ABSENT.is_empty());
        assert!(ABSENT.iter().all(|word| word.len() * 2 <= LONGEST_ABSENT));
        for text in ["0", "CT", "1.0", "Nexus"] {
            assert!(!absent(text), "{text}");
        }
    }
}
