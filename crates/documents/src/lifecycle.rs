//! Support life: endoflife.date, CLE, OpenEoX, and manufacturers' notices as tables.
//!
//! Sources: endoflife.date API v1 (`/products/full`, `/products/{name}`); ECMA-428, Common Lifecycle Enumeration 1.0.0;
//! OpenEoX Core 1.0 (OASIS, committee specification draft 01) and its shell draft. A table follows
//! `catalogs/tables.toml`.
//!
//! Traps: the letters EOL and EOS mean different things in each (see [`isocenter_model::lifecycle`]); endoflife.date writes
//! a day, or only whether it is past; a CLE event speaks of one version, of several, or of ranges, and a later event
//! withdraws an earlier one by its number; OpenEoX Core names no product, which is then known from where the
//! file lay.

mod cle;
mod endoflife;
mod openeox;
mod table;

use isocenter_model::document::Summary;
use isocenter_model::lifecycle::LifecycleNotice;
use isocenter_model::{Document, DocumentKind, Reading};

use crate::json::{self, Problems};
use crate::spreadsheet::Table;

/// What a JSON text on support life is, told by the reader of its top level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    EndOfLife,
    Cle,
    OpenEox,
}

/// Reads a paper on support life.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    if !begins_as_json(bytes) {
        return table::read(bytes);
    }
    let text = json::decode(bytes, &mut problems);
    let (version, notice) = match format(&text) {
        Format::EndOfLife => endoflife::read(&text, &mut problems),
        Format::Cle => cle::read(&text, &mut problems),
        Format::OpenEox => openeox::read(&text, &mut problems),
    };
    reading(version, notice, problems)
}

/// Whether one of the tables is a notice on support life.
pub(crate) fn is_notice(tables: &[Table]) -> bool {
    table::is_notice(tables)
}

fn reading(
    version: Option<String>,
    notice: Option<LifecycleNotice>,
    problems: Problems,
) -> Reading {
    let mut summary = Summary::new();
    if let Some(notice) = &notice {
        let milestones: usize = notice
            .entries
            .iter()
            .map(|entry| entry.milestones.len())
            .sum();
        let mut products: Vec<&str> = notice
            .entries
            .iter()
            .map(|entry| entry.product.name.as_str())
            .collect();
        products.sort_unstable();
        products.dedup();
        summary.insert("products", products.len() as u64);
        summary.insert("releases", notice.entries.len() as u64);
        summary.insert("milestones", milestones as u64);
    }
    Reading {
        kind: DocumentKind::Lifecycle,
        version,
        document: notice
            .filter(|notice| !notice.entries.is_empty())
            .map(Document::Lifecycle),
        summary,
        problems: problems.finish(),
    }
}

fn begins_as_json(bytes: &[u8]) -> bool {
    // UTF-16 and a byte order mark put other bytes before the brace.
    bytes.iter().take(16).find(|byte| {
        !byte.is_ascii_whitespace() && !matches!(**byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF)
    }) == Some(&b'{')
}

/// Which of the three a text is. Keys tell, wherever they stand at the top level.
fn format(text: &str) -> Format {
    #[derive(Debug, Default, serde::Deserialize)]
    #[serde(default)]
    struct Keys {
        result: Option<serde::de::IgnoredAny>,
        events: Option<serde::de::IgnoredAny>,
    }
    // A text that breaks off still shows the keys before the break.
    let keys: Keys = serde_json::from_str(text).unwrap_or_else(|_| Keys {
        result: text.contains("\"result\"").then_some(serde::de::IgnoredAny),
        events: text.contains("\"events\"").then_some(serde::de::IgnoredAny),
    });
    match keys {
        Keys {
            result: Some(_), ..
        } => Format::EndOfLife,
        Keys {
            events: Some(_), ..
        } => Format::Cle,
        Keys { .. } => Format::OpenEox,
    }
}

#[cfg(test)]
mod tests;
