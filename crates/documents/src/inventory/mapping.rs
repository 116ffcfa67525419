//! A hospital's own word on its columns, over the built-in synonyms.

use std::collections::BTreeMap;

use isocenter_model::product::ClinicalRole;
use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};
use serde::Deserialize;
use toml::Spanned;

use super::fields::Field;
use crate::wording::folded;

/// A column mapping that overrides the built-in synonyms, as a TOML file:
///
/// ```toml
/// ignore = ["Name"]             # never read, whatever the synonyms say
/// keep = ["Room code"]          # kept though no field holds it
///
/// [columns]                     # header = field
/// "Geräte-Nr" = "asset-id"
///
/// [clinical-role]               # word of the house = role
/// "Kat. A" = "interventional"
/// ```
///
/// Headers and words are compared without case, accents, blanks and punctuation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InventoryMapping {
    /// Header as written with its field.
    pub columns: Vec<(String, Field)>,
    /// Headers of columns that are never read.
    pub ignore: Vec<String>,
    /// Headers of columns that are kept though no field holds them.
    pub keep: Vec<String>,
    /// Words of the hospital with the role that they mean.
    pub clinical_roles: Vec<(String, ClinicalRole)>,
}

/// What a mapping says of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Field(Field),
    Ignore,
    Keep,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingFile {
    #[serde(default)]
    columns: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    ignore: Vec<String>,
    #[serde(default)]
    keep: Vec<String>,
    #[serde(default, rename = "clinical-role")]
    clinical_role: BTreeMap<String, Spanned<String>>,
}

impl InventoryMapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    ///
    /// The first thing wrong with it: a mapping that is half understood would drop columns that
    /// its author asked for.
    pub fn from_toml(text: &str) -> Result<Self, Problem> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file: MappingFile = toml::from_str(text).map_err(|error| {
            Problem::error(
                "inventory-mapping-malformed",
                error
                    .span()
                    .map_or(Place::Document, |span| line_of(text, span.start)),
                format!(
                    "the mapping is not understood: {}",
                    shortened(error.message(), 200)
                ),
            )
            .hint("It may hold `ignore`, `keep`, [columns] and [clinical-role].")
        })?;
        let mut mapping = Self {
            ignore: file.ignore,
            keep: file.keep,
            ..Self::default()
        };
        for (header, field) in file.columns {
            let known = Field::from_word(field.get_ref()).ok_or_else(|| {
                let words = Field::ALL.map(Field::as_str).join(", ");
                Problem::error(
                    "inventory-mapping-field-unknown",
                    line_of(text, field.span().start),
                    format!(
                        "\u{201c}{}\u{201d} is no field of an inventory",
                        shortened(field.get_ref(), 40)
                    ),
                )
                .hint(format!("The fields are {words}."))
            })?;
            mapping.columns.push((header, known));
        }
        for (word, role) in file.clinical_role {
            let known = ClinicalRole::from_word(role.get_ref()).ok_or_else(|| {
                Problem::error(
                    "inventory-mapping-role-unknown",
                    line_of(text, role.span().start),
                    format!(
                        "\u{201c}{}\u{201d} is no clinical role",
                        shortened(role.get_ref(), 40)
                    ),
                )
                .hint("The roles are interventional, diagnostic, support, non-clinical, unknown.")
            })?;
            mapping.clinical_roles.push((word, known));
        }
        Ok(mapping)
    }

    /// What the mapping says of a header.
    pub(super) fn order(&self, header: &str) -> Option<Order> {
        let wanted = folded(header);
        let is_it = |known: &String| folded(known) == wanted;
        if self.ignore.iter().any(is_it) {
            return Some(Order::Ignore);
        }
        self.columns
            .iter()
            .find(|(known, _)| is_it(known))
            .map(|(_, field)| Order::Field(*field))
            .or_else(|| self.keep.iter().any(is_it).then_some(Order::Keep))
    }

    /// The role that a word of the hospital means.
    pub(super) fn role(&self, word: &str) -> Option<ClinicalRole> {
        let wanted = folded(word);
        self.clinical_roles
            .iter()
            .find(|(known, _)| folded(known) == wanted)
            .map(|(_, role)| *role)
    }

    /// Headers that the mapping speaks of.
    pub(super) fn headers(&self) -> impl Iterator<Item = &str> {
        self.columns
            .iter()
            .map(|(header, _)| header.as_str())
            .chain(self.keep.iter().map(String::as_str))
    }
}

fn line_of(text: &str, at: usize) -> Place {
    let before = text.get(..at).unwrap_or(text);
    Place::line(before.matches('\n').count() as u64 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_says_what_columns_and_words_mean() {
        let mapping = InventoryMapping::from_toml(
            "ignore = [\"Name\"]\nkeep = [\"Raumcode\"]\n[columns]\n\"Geräte-Nr\" = \"asset-id\"\n\
             [clinical-role]\n\"Kat. A\" = \"interventional\"\n",
        )
        .unwrap();
        assert_eq!(
            mapping.order("GERÄTE NR."),
            Some(Order::Field(Field::AssetId))
        );
        assert_eq!(mapping.order("name"), Some(Order::Ignore));
        assert_eq!(mapping.order("Raumcode"), Some(Order::Keep));
        assert_eq!(mapping.order("Hersteller"), None);
        assert_eq!(mapping.role("kat a"), Some(ClinicalRole::Interventional));
    }

    #[test]
    fn a_wrong_mapping_names_its_line() {
        for (text, id, line) in [
            (
                "[columns]\n\n\"A\" = \"asset\"\n",
                "inventory-mapping-field-unknown",
                3,
            ),
            (
                "[clinical-role]\n\"A\" = \"high\"\n",
                "inventory-mapping-role-unknown",
                2,
            ),
            ("colums = 1\n", "inventory-mapping-malformed", 1),
            ("[columns\n", "inventory-mapping-malformed", 1),
        ] {
            let problem = InventoryMapping::from_toml(text).unwrap_err();
            assert_eq!((problem.id, problem.at), (id, Place::line(line)), "{text}");
        }
    }
}
