//! Maps between package URLs and CPE names, as SCANOSS publishes purl2cpe: one table of pairs, or YAML files
//! for each product.
//!
//! Traps: a map is somebody's collection and holds slips (types in upper case, types that no specification knows, a
//! maker for a type): a name that cannot be read is set aside alone; the table writes a CPE as `a:vendor:product`;
//! in the folders (`data/VENDOR/PRODUCT`, named by the parts of the CPE name) the package URLs of a product stand in
//! `purls.yml` and its CPE names, one for each version, in `cpes.yml`: neither means anything alone, and many
//! `purls.yml` are byte for byte the same; formerly both stood in one file, `data/VENDOR/PRODUCT.yml`.

use std::collections::BTreeSet;

use isocenter_identity::cpe::{Attribute, Cpe};
use isocenter_identity::purl::Purl;
use isocenter_model::document::Summary;
use isocenter_model::identity::{IdentityMap, NamePair};
use isocenter_model::text::shortened;
use isocenter_model::{Document, DocumentKind, Place, Problem, Reading};
use serde_json::Value;

use crate::json::{Path, Problems};
use crate::spreadsheet::{self, Cell, Extent, Row, Table, decode_text};
use crate::yaml;

/// Pairs of one file that are kept; the whole purl2cpe has less than a twentieth of it.
pub(crate) const MAX_PAIRS: usize = 1_000_000;

/// Keys of a YAML map, each with one name or a list of names.
const PURL_KEYS: [&str; 2] = ["purl", "purls"];
const CPE_KEYS: [&str; 2] = ["cpe", "cpes"];

/// Reads a map.
pub fn read(bytes: &[u8]) -> Reading {
    let text = decode_text(bytes).text;
    if is_yaml(&text) {
        return read_yaml(&text);
    }
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
            let at = |column| move || table.cell(row.number, column);
            let purl = purl(&row.text(columns.purl), &at(columns.purl), &mut problems);
            let cpe = cpe(&row.text(columns.cpe), &at(columns.cpe), &mut problems);
            if let (Some(purl), Some(cpe)) = (purl, cpe) {
                map.pairs.push(NamePair { purl, cpe });
            }
        }
    }
    finish(map, problems)
}

/// Whether a text is a map in YAML: one of its keys begins a line, a name stands there or below, and no line above is
/// prose, as in a text that shows such a map.
pub(crate) fn is_yaml(text: &str) -> bool {
    let mut has_key = false;
    for line in text.trim_start().lines() {
        let Some((key, value)) = entry(line) else {
            return false;
        };
        has_key |= key.is_some_and(|key| PURL_KEYS.contains(&key) || CPE_KEYS.contains(&key));
        let value = value.trim_start_matches(|letter: char| !letter.is_ascii_alphanumeric());
        if has_key && (value.starts_with("cpe:") || value.starts_with("pkg:")) {
            return true;
        }
    }
    false
}

/// The key that begins a line, if one does, and what follows; `None` for prose.
fn entry(line: &str) -> Option<(Option<&str>, &str)> {
    let is_mark = line.is_empty() || ["#", "%", "---"].iter().any(|mark| line.starts_with(mark));
    let item = line.strip_prefix("- ");
    if is_mark || line.starts_with(char::is_whitespace) {
        let value = line.split_once(": ").map_or(line, |(_, value)| value);
        return Some((None, value));
    }
    let Some((key, value)) = item.unwrap_or(line).split_once(':') else {
        return item.map(|item| (None, item));
    };
    let key = key.trim_end().trim_matches(['"', '\'']);
    let is_key = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && value.chars().next().is_none_or(char::is_whitespace);
    match (is_key, item) {
        (true, _) => Some((Some(key), value)),
        (false, Some(item)) => Some((None, item)),
        (false, None) => None,
    }
}

/// Reads a map in YAML: the names of one product, or a list of products.
fn read_yaml(text: &str) -> Reading {
    let mut problems = Problems::default();
    let mut map = IdentityMap::default();
    match yaml::tree(text, &mut problems) {
        Some(Value::Array(products)) => {
            for (index, value) in products.into_iter().enumerate() {
                let path = Path::Root.index(index);
                let (purls, cpes) = product(value, &path, &mut problems);
                if purls.is_empty() != cpes.is_empty() {
                    problems.push(Problem::warning(
                        "identity-names-alone",
                        path.place(),
                        "package URLs (purls) and CPE names (cpes) of one product are expected here; one kind alone says nothing",
                    ));
                }
                pair(&purls, &cpes, &mut map);
            }
        }
        Some(value) => {
            let (purls, cpes) = product(value, &Path::Root, &mut problems);
            pair(&purls, &cpes, &mut map);
            if purls.is_empty() {
                map.cpes = cpes;
            } else if cpes.is_empty() {
                map.purls = purls;
            }
        }
        None => {}
    }
    finish(map, problems)
}

/// The two files of one product as one map: package URLs stand in one, CPE names in the other. It has the bytes
/// of both but for the marks around a YAML document.
pub fn joined(one: &[u8], other: &[u8]) -> Vec<u8> {
    let mut joined = String::new();
    for bytes in [one, other] {
        let text = decode_text(bytes).text;
        let lines = text.lines().filter(|line| {
            let is_mark = |mark| {
                line.strip_prefix(mark)
                    .is_some_and(|rest| rest.trim().is_empty())
            };
            !is_mark("---") && !is_mark("...") && !line.starts_with('%')
        });
        joined.extend(lines.flat_map(|line| [line, "\n"]));
    }
    joined.into_bytes()
}

/// The package URLs and CPE names of one product.
fn product(value: Value, path: &Path<'_>, problems: &mut Problems) -> (Vec<String>, Vec<String>) {
    let (mut purls, mut cpes) = (Vec::new(), Vec::new());
    let Value::Object(members) = value else {
        problems.push(Problem::error(
            "identity-wrong-shape",
            path.place(),
            "an object with package URLs (purls) and CPE names (cpes) is expected here",
        ));
        return (purls, cpes);
    };
    for (key, value) in members {
        let path = path.key(&key);
        if PURL_KEYS.contains(&key.as_str()) {
            names(value, &path, &mut purls, problems, purl);
        } else if CPE_KEYS.contains(&key.as_str()) {
            names(value, &path, &mut cpes, problems, cpe);
        } else {
            problems.push(Problem::note(
                "identity-key-unknown",
                path.place(),
                format!(
                    "`{}` means nothing here and was not read",
                    shortened(&key, 40)
                ),
            ));
        }
    }
    for names in [&mut purls, &mut cpes] {
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
    }
    (purls, cpes)
}

/// Every package URL of a product with every CPE name of it.
fn pair(purls: &[String], cpes: &[String], map: &mut IdentityMap) {
    let pairs = purls.iter().flat_map(|purl| {
        cpes.iter().map(|cpe| NamePair {
            purl: purl.clone(),
            cpe: cpe.clone(),
        })
    });
    // One more than is kept, so that the rest is told of.
    let room = (MAX_PAIRS + 1).saturating_sub(map.pairs.len());
    map.pairs.extend(pairs.take(room));
}

/// One name or a list of them.
fn names(
    value: Value,
    path: &Path<'_>,
    names: &mut Vec<String>,
    problems: &mut Problems,
    name: impl Fn(&str, &dyn Fn() -> Place, &mut Problems) -> Option<String>,
) {
    let mut one = |value: Value, path: &Path<'_>| match value {
        Value::String(text) => names.extend(name(&text, &|| path.place(), problems)),
        Value::Null => {}
        _ => problems.push(Problem::warning(
            "identity-wrong-shape",
            path.place(),
            "a name is expected here",
        )),
    };
    match value {
        Value::Array(items) => {
            for (index, item) in items.into_iter().enumerate() {
                one(item, &path.index(index));
            }
        }
        value => one(value, path),
    }
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
fn purl(text: &str, at: &dyn Fn() -> Place, problems: &mut Problems) -> Option<String> {
    let text = text.trim();
    match Purl::parse(text) {
        Ok(_) => Some(text.to_owned()),
        Err(error) => {
            problems.push(Problem::warning(
                "identity-purl-malformed",
                at(),
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
fn cpe(text: &str, at: &dyn Fn() -> Place, problems: &mut Problems) -> Option<String> {
    let text = text.trim();
    let Some(name) = full_name(text) else {
        problems.push(Problem::warning(
            "identity-cpe-malformed",
            at(),
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
            at(),
            format!(
                "'{}' speaks of many products, so it stands for no package",
                shortened(text, 80)
            ),
        ));
        return None;
    }
    Some(of_any_version(&name))
}

/// The name of the product. Collections list a name for each version, and none says more of the package.
fn of_any_version(name: &Cpe) -> String {
    let value = |attribute| name.value(attribute);
    format!(
        "cpe:2.3:{}:{}:{}:*:*:*:*:*:*:*:*",
        value(Attribute::Part),
        value(Attribute::Vendor),
        value(Attribute::Product)
    )
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
