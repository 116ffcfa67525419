//! Tables whose columns are told by their headers: `catalogs/tables.toml` knows the words.
//!
//! The row of headers is the one within the first rows that names the most fields and all that the table
//! needs; what stands above it are titles. A column without a known header is named and left out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};
use jiff::civil::Date;
use serde::Deserialize;

use crate::inventory::without_text_mark;
use crate::spreadsheet::{
    Cell, DayOrder, Problems, Row, Table, WrittenDay, column_order, serial_day, written_day,
};
use crate::wording::{absent, folded};

/// Rows in which the headers are looked for: tables begin with titles, dates and filters.
pub(crate) const HEADER_WITHIN: usize = 40;
/// Columns without a known header that are named.
const MOST_NAMED: usize = 20;

const CATALOG: &str = include_str!("../../../catalogs/tables.toml");

#[derive(Debug, Default, Deserialize)]
struct CatalogFile {
    milestones: BTreeMap<String, Vec<String>>,
    table: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    name: String,
    required: Vec<String>,
    excludes: Vec<String>,
    #[serde(default)]
    several: BTreeSet<String>,
    #[serde(default)]
    milestones: bool,
    fields: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    words: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// What a kind of table calls its columns and cells.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    headers: BTreeMap<String, String>,
    /// What stands before the first colon of headers that have one.
    namespaces: BTreeSet<String>,
    required: Vec<Vec<String>>,
    excludes: Vec<String>,
    /// Fields that may have several columns.
    several: BTreeSet<String>,
    words: BTreeMap<String, BTreeMap<String, String>>,
}

// A test holds that the catalog parses; were it broken, no table would be recognised.
static VOCABULARIES: LazyLock<BTreeMap<String, Vocabulary>> = LazyLock::new(|| {
    let file: CatalogFile = toml::from_str(CATALOG).unwrap_or_default();
    let vocabulary = |mut entry: Entry| {
        if entry.milestones {
            entry.fields.extend(file.milestones.clone());
        }
        (entry.name.clone(), Vocabulary::new(entry))
    };
    file.table.into_iter().map(vocabulary).collect()
});

impl Vocabulary {
    fn new(entry: Entry) -> Self {
        let mut vocabulary = Self {
            required: entry
                .required
                .iter()
                .map(|fields| fields.split('|').map(str::to_owned).collect())
                .collect(),
            excludes: entry.excludes,
            several: entry.several,
            ..Self::default()
        };
        for (field, headers) in entry.fields {
            for header in headers.iter().chain([&field]) {
                let namespace = header.split_once(':').map(|(before, _)| before.to_owned());
                vocabulary.namespaces.extend(namespace);
                vocabulary.headers.insert(folded(header), field.clone());
            }
        }
        for (field, meanings) in entry.words {
            let words = vocabulary.words.entry(field).or_default();
            for (meaning, texts) in meanings {
                for text in texts.iter().chain([&meaning]) {
                    words.insert(folded(text), meaning.clone());
                }
            }
        }
        vocabulary
    }

    /// The vocabulary of a kind of table, by its name in the catalog.
    pub(crate) fn of(name: &str) -> Option<&'static Self> {
        VOCABULARIES.get(name)
    }

    /// The field that a header names; words in brackets behind it do not count.
    pub(crate) fn field(&self, header: &str) -> Option<&str> {
        let found = self.headers.get(&folded(header)).or_else(|| {
            let (before, _) = header.split_once(['(', '['])?;
            self.headers.get(&folded(before))
        });
        found.map(String::as_str)
    }

    /// What stands before the first colon of headers that have one.
    pub(crate) fn namespaces(&self) -> BTreeSet<String> {
        self.namespaces.clone()
    }

    /// What a word in a cell of a field means, by its name in the catalog.
    pub(crate) fn meaning(&self, field: &str, word: &str) -> Option<&str> {
        let words = self.words.get(field)?;
        words.get(&folded(word)).map(String::as_str)
    }

    fn is_satisfied(&self, columns: &BTreeMap<&str, u32>) -> bool {
        let has = |field: &String| columns.contains_key(field.as_str());
        self.required.iter().all(|one_of| one_of.iter().any(has)) && !self.excludes.iter().any(has)
    }
}

/// A table whose headers are understood.
pub(crate) struct Headed<'t> {
    table: &'t Table,
    header: usize,
    columns: BTreeMap<&'static str, u32>,
    /// Further columns of fields that may have several.
    further: Vec<(&'static str, u32)>,
    /// Columns without a known header, with their headers.
    unknown: Vec<(u32, String)>,
    /// The order of day and month that each column of days shows.
    orders: BTreeMap<u32, DayOrder>,
}

/// Whether one of the tables is of a kind.
pub(crate) fn is_one(tables: &[Table], vocabulary: &'static Vocabulary) -> bool {
    tables.iter().any(|table| find(table, vocabulary).is_some())
}

/// The table with its headers, if it is of a kind.
pub(crate) fn find<'t>(table: &'t Table, vocabulary: &'static Vocabulary) -> Option<Headed<'t>> {
    if table.hidden {
        return None;
    }
    table
        .rows
        .iter()
        .take(HEADER_WITHIN)
        .enumerate()
        .filter_map(|(index, row)| {
            let headed = understand(table, index, row, vocabulary);
            vocabulary.is_satisfied(&headed.columns).then_some(headed)
        })
        // Of two rows that fit alike the first is the header.
        .rev()
        .max_by_key(|headed| headed.columns.len())
}

fn understand<'t>(
    table: &'t Table,
    header: usize,
    row: &Row,
    vocabulary: &'static Vocabulary,
) -> Headed<'t> {
    let mut columns: BTreeMap<&'static str, u32> = BTreeMap::new();
    let (mut further, mut unknown) = (Vec::new(), Vec::new());
    for (at, cell) in &row.cells {
        let Cell::Text(text) = cell else { continue };
        match vocabulary.field(text) {
            Some(field) if !columns.contains_key(field) => {
                columns.insert(field, *at);
            }
            Some(field) if vocabulary.several.contains(field) => further.push((field, *at)),
            _ => unknown.push((*at, text.clone())),
        }
    }
    let mut orders = BTreeMap::new();
    for column in columns.values() {
        let texts = table
            .rows
            .iter()
            .skip(header + 1)
            .filter_map(|row| match row.get(*column) {
                Some(Cell::Text(text)) => Some(text.as_str()),
                _ => None,
            });
        if let Some(order) = column_order(texts) {
            orders.insert(*column, order);
        }
    }
    Headed {
        table,
        header,
        columns,
        further,
        unknown,
        orders,
    }
}

impl<'t> Headed<'t> {
    /// The rows below the headers that hold something.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Line<'_, 't>> {
        self.table
            .rows
            .iter()
            .skip(self.header + 1)
            .map(|row| Line { headed: self, row })
    }

    /// What stands above the headers, cell by cell.
    pub(crate) fn titles(&self) -> impl Iterator<Item = Cow<'t, str>> {
        self.table
            .rows
            .iter()
            .take(self.header)
            .flat_map(|row| row.cells.iter().map(|(_, cell)| cell.text()))
    }

    /// The rows above the headers.
    pub(crate) fn above(&self) -> &'t [Row] {
        self.table.rows.get(..self.header).unwrap_or_default()
    }

    /// The headers of the columns without a field.
    pub(crate) fn strangers(&self) -> impl Iterator<Item = &str> {
        self.unknown.iter().map(|(_, header)| header.as_str())
    }

    /// Whether a field has a column.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.columns.contains_key(field)
    }

    /// Whether a column without a field here has a field of another kind of table.
    pub(crate) fn has_of(&self, other: &Vocabulary, is_field: impl Fn(&str) -> bool) -> bool {
        let mut headers = self.unknown.iter();
        headers.any(|(_, header)| other.field(header).is_some_and(&is_field))
    }

    /// Names the columns that were left out.
    pub(crate) fn report_unknown(&self, id: &'static str, problems: &mut Problems) {
        let Some((first, _)) = self.unknown.first() else {
            return;
        };
        let names: BTreeSet<String> = self
            .unknown
            .iter()
            .take(MOST_NAMED)
            .map(|(_, header)| format!("\u{201c}{}\u{201d}", shortened(header, 40)))
            .collect();
        let number = self.table.rows.get(self.header).map_or(1, |row| row.number);
        problems.push(Problem::note(
            id,
            self.table.cell(number, *first),
            format!(
                "{} not read: {}",
                crate::spreadsheet::counted(self.unknown.len() as u64, "column is", "columns are"),
                names.into_iter().collect::<Vec<_>>().join(", ")
            ),
        ));
    }
}

/// One row below the headers.
pub(crate) struct Line<'h, 't> {
    headed: &'h Headed<'t>,
    row: &'t Row,
}

impl Line<'_, '_> {
    /// The cell of a field.
    pub(crate) fn cell(&self, field: &str) -> Option<&Cell> {
        self.row.get(*self.headed.columns.get(field)?)
    }

    /// The text of a field; `None` where the cell is empty or says that nothing is known.
    pub(crate) fn text(&self, field: &str) -> Option<String> {
        let text = self.raw(field)?;
        (!absent(&text)).then_some(text)
    }

    /// The text of a field, also where it is a word for nothing.
    pub(crate) fn raw(&self, field: &str) -> Option<String> {
        let text = self.cell(field)?.text();
        let text = without_text_mark(&text).trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The texts of a field that may have several columns, each with its place.
    pub(crate) fn texts(&self, field: &str) -> Vec<(String, Place)> {
        let first = self.headed.columns.get(field);
        let further = self.headed.further.iter();
        let further = further.filter(|(known, _)| *known == field);
        first
            .into_iter()
            .chain(further.map(|(_, at)| at))
            .filter_map(|at| {
                let text = self.row.get(*at)?.text();
                let text = without_text_mark(&text).trim();
                let place = self.headed.table.cell(self.row.number, *at);
                (!absent(text)).then(|| (text.to_owned(), place))
            })
            .collect()
    }

    /// The order of day and month that the column of a field shows.
    pub(crate) fn order(&self, field: &str) -> Option<DayOrder> {
        let column = self.headed.columns.get(field)?;
        self.headed.orders.get(column).copied()
    }

    /// The number of the row from 1.
    pub(crate) fn number(&self) -> u64 {
        self.row.number
    }

    /// The day of a field: `Err` with the text where it is no day, or one of two.
    pub(crate) fn day(&self, field: &str) -> Option<Result<Date, String>> {
        let column = *self.headed.columns.get(field)?;
        let day = match self.row.get(column)? {
            Cell::Date(day) => return Some(Ok(*day)),
            Cell::Number(number) => return Some(day_of_number(*number)),
            cell => {
                let text = cell.text();
                let text = without_text_mark(&text).trim();
                if absent(text) {
                    return None;
                }
                match written_day(text).resolve(self.headed.orders.get(&column).copied()) {
                    WrittenDay::Day(day) => Ok(day),
                    WrittenDay::Ambiguous { .. } | WrittenDay::No => Err(text.to_owned()),
                }
            }
        };
        Some(day)
    }

    /// Where a field stands.
    pub(crate) fn place(&self, field: &str) -> Place {
        let column = self.headed.columns.get(field).copied().unwrap_or(0);
        self.headed.table.cell(self.row.number, column)
    }

    /// Whether nothing but one cell is filled: the heading of a section.
    pub(crate) fn is_section(&self) -> bool {
        self.row.cells.len() == 1 && self.headed.columns.len() > 1
    }
}

/// A number in a column of days: a year, or a day as spreadsheets count.
fn day_of_number(number: f64) -> Result<Date, String> {
    let text = crate::spreadsheet::Cell::Number(number).text().into_owned();
    // Between these serial numbers lie the years 1954 to 2119; years themselves are far below.
    if (20_000.0..80_000.0).contains(&number) {
        return serial_day(number, false).ok_or(text);
    }
    Err(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spreadsheet::{self, Extent};

    #[test]
    fn the_catalog_parses_and_a_header_stands_under_one_field_of_a_table() {
        let file: CatalogFile = toml::from_str(CATALOG).unwrap();
        for mut entry in file.table {
            if entry.milestones {
                entry.fields.extend(file.milestones.clone());
            }
            let mut seen: BTreeMap<String, &str> = BTreeMap::new();
            for (field, headers) in &entry.fields {
                for header in headers {
                    let other = seen.insert(folded(header), field);
                    assert!(
                        other.is_none_or(|other| other == field),
                        "{}: {header} stands under two fields",
                        entry.name
                    );
                }
            }
            for fields in &entry.required {
                for field in fields.split('|') {
                    assert!(entry.fields.contains_key(field), "{}: {field}", entry.name);
                }
            }
            for field in entry.several.iter().chain(&entry.excludes) {
                assert!(entry.fields.contains_key(field), "{}: {field}", entry.name);
            }
            for meanings in entry.words.values() {
                let mut seen: BTreeMap<String, &str> = BTreeMap::new();
                for (meaning, words) in meanings {
                    for word in words {
                        let other = seen.insert(folded(word), meaning);
                        assert!(
                            other.is_none_or(|other| other == meaning),
                            "{}: {word} has two meanings",
                            entry.name
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn headers_are_found_below_titles_and_in_other_languages() {
        let text = "Freigabeliste\nStand: 01.11.2026\n\nProdukt;Softwareversion;Patch (KB);Freigabe;Farbe\nMR-7;2.1;KB5034127;freigegeben;blau\n";
        let workbook = spreadsheet::open(text.as_bytes(), Extent::Whole).unwrap();
        let headed = find(&workbook.tables[0], Vocabulary::of("updates").unwrap()).unwrap();
        let line = headed.lines().next().unwrap();
        assert_eq!(line.text("update").as_deref(), Some("KB5034127"));
        assert_eq!(line.text("version").as_deref(), Some("2.1"));
        assert_eq!(headed.titles().next().unwrap(), "Freigabeliste");
        let mut problems = Problems::default();
        headed.report_unknown("x-columns", &mut problems);
        assert_eq!(problems.finish().len(), 1);
    }

    #[test]
    fn a_table_with_serial_numbers_is_an_inventory_and_no_notice() {
        let text = "Manufacturer,Model,Serial Number,End of Support\nA,B,C,2027-01-01\n";
        let workbook = spreadsheet::open(text.as_bytes(), Extent::Whole).unwrap();
        assert!(!is_one(
            &workbook.tables,
            Vocabulary::of("lifecycle").unwrap()
        ));
    }
}
