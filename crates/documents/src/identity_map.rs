//! Maps between package URLs and CPE names, as SCANOSS publishes purl2cpe: one table of pairs, or YAML files
//! for each product.
//!
//! Traps: a map is somebody's collection and holds slips (types in upper case, types that no specification knows, a
//! maker for a type): a name that cannot be read is set aside alone; the table writes a CPE as `a:vendor:product`;
//! in the folders the package URLs of a product stand in one file and its CPE names in another.

use std::collections::BTreeSet;

use isocenter_identity::cpe::Cpe;
use isocenter_identity::purl::Purl;
use isocenter_model::document::Summary;
use isocenter_model::identity::{IdentityMap, NamePair};
use isocenter_model::text::shortened;
use isocenter_model::{Document, DocumentKind, Place, Problem, Reading};

use crate::json::Problems;
use crate::spreadsheet::{self, Cell, Extent, Row, Table};

/// Pairs of one file that are kept; the whole purl2cpe has less than a twentieth of it.
pub(crate) const MAX_PAIRS: usize = 1_000_000;

/// Reads a map.
pub fn read(bytes: &[u8]) -> Reading {
    let workbook = match spreadsheet::open(bytes, Extent::Whole) {
        Ok(workbook) => workbook,
        Err(problem) => return Reading::unreadable(DocumentKind::IdentityMap, problem),
    };
    let mut problems = workbook.problems;
    let mut map = IdentityMap::default();
    for table in &workbook.tables {
        let Some((start, columns)) = columns(table) else {
            continue;
        };
        for row in table.rows.iter().skip(start) {
            let at = table.cell(row.number, columns.purl);
            let purl = purl(&row.text(columns.purl), &at, &mut problems);
            let at = table.cell(row.number, columns.cpe);
            let cpe = cpe(&row.text(columns.cpe), &at, &mut problems);
            if let (Some(purl), Some(cpe)) = (purl, cpe) {
                map.pairs.push(NamePair { purl, cpe });
            }
        }
    }
    finish(map, problems)
}

fn finish(mut map: IdentityMap, mut problems: Problems) -> Reading {
    let mut seen = BTreeSet::new();
    map.pairs
        .retain(|pair| seen.insert((pair.purl.clone(), pair.cpe.clone())));
    if map.pairs.len() > MAX_PAIRS {
        problems.push(Problem::error(
            "identity-too-many",
            Place::Document,
            format!("the map holds more than {MAX_PAIRS} pairs; the rest was not read"),
        ));
        map.pairs.truncate(MAX_PAIRS);
    }
    let names = map.purls.len() + map.cpes.len();
    let mut summary = Summary::from([("pairs", map.pairs.len() as u64)]);
    if names > 0 {
        summary.insert("names", names as u64);
    }
    Reading {
        kind: DocumentKind::IdentityMap,
        version: None,
        document: (names > 0 || !map.pairs.is_empty()).then_some(Document::IdentityMap(map)),
        summary,
        problems: problems.finish(),
    }
}

/// Whether one of the tables is a map: a column of package URLs, one of CPE names, and no other.
pub(crate) fn is_map(tables: &[Table]) -> bool {
    tables.iter().any(|table| columns(table).is_some())
}

struct Columns {
    purl: u32,
    cpe: u32,
}

/// Where a map's rows begin, and which column is which. A map without headers is known by its first row.
fn columns(table: &Table) -> Option<(usize, Columns)> {
    let first = table.rows.first()?;
    let [(one, Cell::Text(left)), (other, Cell::Text(right))] = first.cells.as_slice() else {
        return None;
    };
    for (purl, purl_text, cpe, cpe_text) in
        [(*one, left, *other, right), (*other, right, *one, left)]
    {
        let columns = Columns { purl, cpe };
        if is_header(purl_text, "purl") && is_header(cpe_text, "cpe") {
            return Some((1, columns));
        }
        if purl_text.starts_with("pkg:") && full_name(cpe_text).is_some() && !is_wider(table, first)
        {
            return Some((0, columns));
        }
    }
    None
}

/// Whether later rows have more cells than the first: then the first is no row of a map.
fn is_wider(table: &Table, first: &Row) -> bool {
    let rows = table.rows.iter().take(100);
    rows.map(|row| row.cells.len()).max().unwrap_or(0) > first.cells.len()
}

/// Whether a header names a kind of name: `purl`, `cpe`, `cpe_part_vendor_product`.
fn is_header(text: &str, word: &str) -> bool {
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    words.any(|part| part.eq_ignore_ascii_case(word)) && !text.contains(':')
}

/// A package URL, without a version.
fn purl(text: &str, at: &Place, problems: &mut Problems) -> Option<String> {
    let text = text.trim();
    match Purl::parse(text) {
        Ok(_) => Some(text.to_owned()),
        Err(error) => {
            problems.push(Problem::warning(
                "identity-purl-malformed",
                at.clone(),
                format!(
                    "'{}' is no package URL: {}",
                    shortened(text, 80),
                    // It quotes what it does not know, however long that is.
                    shortened(&error.to_string(), 160)
                ),
            ));
            None
        }
    }
}

/// A CPE name as a CPE 2.3 formatted string.
fn cpe(text: &str, at: &Place, problems: &mut Problems) -> Option<String> {
    let text = text.trim();
    let Some(name) = full_name(text) else {
        problems.push(Problem::warning(
            "identity-cpe-malformed",
            at.clone(),
            format!(
                "'{}' is no CPE name and no part:vendor:product",
                shortened(text, 80)
            ),
        ));
        return None;
    };
    if name.key().is_none() {
        problems.push(Problem::warning(
            "identity-cpe-open",
            at.clone(),
            format!(
                "'{}' speaks of many products, so it stands for no package",
                shortened(text, 80)
            ),
        ));
        return None;
    }
    Some(name.to_string())
}

/// The name of a product, whatever version the text has: `a:vendor:product`, CPE 2.2, CPE 2.3.
fn full_name(text: &str) -> Option<Cpe> {
    let text = text.trim();
    if text.starts_with("cpe:") {
        return Cpe::parse(text).ok();
    }
    let rest = text
        .strip_prefix("a:")
        .or_else(|| text.strip_prefix("o:"))
        .or_else(|| text.strip_prefix("h:"))?;
    let is_plain = !rest.contains(char::is_whitespace) && rest.contains(':');
    if !is_plain {
        return None;
    }
    Cpe::parse(&format!("cpe:2.3:{text}:*:*:*:*:*:*:*:*")).ok()
}
