//! Every statement that the store sends, one module per noun.
//!
//! The text is valid on SQLite and on PostgreSQL alike; a test prepares each on both. What only
//! one of them understands (pragmas, `vacuum into`) stands in `sqlite.rs` and is no statement of this list.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use sqlx::query::{Query, QueryAs};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{AssertSqlSafe, FromRow, Sqlite};

pub(crate) mod component;
pub(crate) mod document;
pub(crate) mod finding;
pub(crate) mod meta;
pub(crate) mod product;
pub(crate) mod statement;
pub(crate) mod vulnerability;

/// How many values one statement may carry: below SQLite's 32,766 with room to spare.
const MOST_VALUES: usize = 30_000;

/// How many rows one insert carries at most; more gain nothing.
const MOST_ROWS: usize = 1_000;

/// How many keys one lookup carries at most.
const MOST_KEYS: usize = 512;

/// A value of a column, in the only types that the schema uses.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Blob(Option<Vec<u8>>),
    Integer(Option<i64>),
    Real(f64),
    Text(Option<String>),
}

impl Value {
    /// Text as it is stored: without NUL, which PostgreSQL cannot hold.
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(Some(storable(text).into_owned()))
    }

    /// Text that may be absent.
    pub(crate) fn maybe_text(text: Option<&str>) -> Self {
        Self::Text(text.map(|text| storable(text).into_owned()))
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(Some(value))
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Integer(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        match storable(&value) {
            Cow::Borrowed(_) => Self::Text(Some(value)),
            Cow::Owned(changed) => Self::Text(Some(changed)),
        }
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Blob(Some(value))
    }
}

impl From<&isocenter_model::Digest> for Value {
    fn from(value: &isocenter_model::Digest) -> Self {
        Self::Blob(Some(value.as_bytes().to_vec()))
    }
}

impl From<Option<&isocenter_model::Digest>> for Value {
    fn from(value: Option<&isocenter_model::Digest>) -> Self {
        Self::Blob(value.map(|digest| digest.as_bytes().to_vec()))
    }
}

/// `text` with U+FFFD for NUL.
fn storable(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        Cow::Owned(text.replace('\0', "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// An insert of many rows: `head ($1, $2), ($3, $4) tail`.
pub(crate) struct Rows {
    head: &'static str,
    columns: usize,
    tail: &'static str,
    full: OnceLock<Arc<String>>,
}

impl Rows {
    pub(crate) const fn new(head: &'static str, columns: usize, tail: &'static str) -> Self {
        Self {
            head,
            columns,
            tail,
            full: OnceLock::new(),
        }
    }

    /// How many values a row has.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    /// How many rows go into one statement.
    pub(crate) fn most(&self) -> usize {
        (MOST_VALUES / self.columns).clamp(1, MOST_ROWS)
    }

    /// The statement for so many rows.
    pub(crate) fn text(&self, rows: usize) -> Arc<String> {
        if rows == self.most() {
            return Arc::clone(self.full.get_or_init(|| Arc::new(self.write(rows))));
        }
        Arc::new(self.write(rows))
    }

    fn write(&self, rows: usize) -> String {
        let mut text =
            String::with_capacity(self.head.len() + self.tail.len() + rows * self.columns * 7);
        text.push_str(self.head);
        let mut parameter = 0;
        for row in 0..rows {
            text.push_str(if row == 0 { " (" } else { ", (" });
            for column in 0..self.columns {
                parameter += 1;
                let comma = if column == 0 { "" } else { "," };
                let _ = write!(text, "{comma}${parameter}");
            }
            text.push(')');
        }
        text.push(' ');
        text.push_str(self.tail);
        text
    }
}

/// A lookup by a list of keys: `head in ($1, $2) tail`.
pub(crate) struct Keyed {
    head: &'static str,
    tail: &'static str,
    full: OnceLock<Arc<String>>,
}

impl Keyed {
    pub(crate) const fn new(head: &'static str, tail: &'static str) -> Self {
        Self {
            head,
            tail,
            full: OnceLock::new(),
        }
    }

    /// How many keys go into one statement, for so many that remain: few sizes, so that the
    /// database prepares few statements.
    pub(crate) fn size(remaining: usize) -> usize {
        [1, 8, 64]
            .into_iter()
            .find(|size| remaining <= *size)
            .unwrap_or(MOST_KEYS)
    }

    /// The statement for so many keys.
    pub(crate) fn text(&self, keys: usize) -> Arc<String> {
        if keys == MOST_KEYS {
            return Arc::clone(self.full.get_or_init(|| Arc::new(self.write(keys))));
        }
        Arc::new(self.write(keys))
    }

    fn write(&self, keys: usize) -> String {
        let mut text = String::with_capacity(self.head.len() + self.tail.len() + keys * 6);
        text.push_str(self.head);
        text.push_str(" in (");
        for key in 1..=keys {
            let comma = if key == 1 { "" } else { "," };
            let _ = write!(text, "{comma}${key}");
        }
        text.push_str(") ");
        text.push_str(self.tail);
        text
    }
}

/// Declares the statements of a noun and lists them, so that none can be left out of the tests.
macro_rules! statements {
    (
        one { $( $(#[$one_doc:meta])* $one:ident = $text:expr; )* }
        $( rows { $( $rows:ident = $rows_head:expr, $columns:expr, $rows_tail:expr; )* } )?
        $( keyed { $( $keyed:ident = $keyed_head:expr, $keyed_tail:expr; )* } )?
    ) => {
        $( $(#[$one_doc])* pub(crate) const $one: &str = $text; )*
        $( $( pub(crate) static $rows: $crate::sql::Rows =
            $crate::sql::Rows::new($rows_head, $columns, $rows_tail); )* )?
        $( $( pub(crate) static $keyed: $crate::sql::Keyed =
            $crate::sql::Keyed::new($keyed_head, $keyed_tail); )* )?

        /// The statements of this noun, by name.
        #[allow(clippy::vec_init_then_push, unused_mut, reason = "one push for each declared statement")]
        pub(crate) fn texts() -> Vec<(&'static str, String)> {
            let mut texts = Vec::new();
            $( texts.push((stringify!($one), $one.to_owned())); )*
            $( $( texts.push((stringify!($rows), $rows.text(1).to_string()));
               texts.push((stringify!($rows), $rows.text(3).to_string())); )* )?
            $( $( texts.push((stringify!($keyed), $keyed.text(1).to_string()));
               texts.push((stringify!($keyed), $keyed.text(8).to_string())); )* )?
            texts
        }
    };
}
pub(crate) use statements;

/// Every statement by noun and name; those of many rows or keys in two sizes.
pub(crate) fn texts() -> Vec<(String, String)> {
    let nouns = [
        ("component", component::texts()),
        ("document", document::texts()),
        ("finding", finding::texts()),
        ("meta", meta::texts()),
        ("product", product::texts()),
        ("statement", statement::texts()),
        ("vulnerability", vulnerability::texts()),
    ];
    nouns
        .into_iter()
        .flat_map(|(noun, texts)| {
            texts
                .into_iter()
                .map(move |(name, text)| (format!("{noun}::{name}"), text))
        })
        .collect()
}

/// A statement of fixed text with its values.
pub(crate) fn query(
    text: &'static str,
    values: impl IntoIterator<Item = Value>,
) -> Query<'static, Sqlite, SqliteArguments> {
    values.into_iter().fold(sqlx::query(text), bind)
}

/// A statement of many rows or keys with its values. The text is made of constants and
/// parameter numbers alone.
pub(crate) fn query_many(
    text: Arc<String>,
    values: impl IntoIterator<Item = Value>,
) -> Query<'static, Sqlite, SqliteArguments> {
    values
        .into_iter()
        .fold(sqlx::query(AssertSqlSafe(text)), bind)
}

/// A question of fixed text with its values.
pub(crate) fn ask<T: for<'r> FromRow<'r, SqliteRow>>(
    text: &'static str,
    values: impl IntoIterator<Item = Value>,
) -> QueryAs<'static, Sqlite, T, SqliteArguments> {
    values.into_iter().fold(sqlx::query_as(text), bind_as)
}

/// A question by many keys.
pub(crate) fn ask_many<T: for<'r> FromRow<'r, SqliteRow>>(
    text: Arc<String>,
    values: impl IntoIterator<Item = Value>,
) -> QueryAs<'static, Sqlite, T, SqliteArguments> {
    values
        .into_iter()
        .fold(sqlx::query_as(AssertSqlSafe(text)), bind_as)
}

fn bind(
    query: Query<'static, Sqlite, SqliteArguments>,
    value: Value,
) -> Query<'static, Sqlite, SqliteArguments> {
    match value {
        Value::Blob(value) => query.bind(value),
        Value::Integer(value) => query.bind(value),
        Value::Real(value) => query.bind(value),
        Value::Text(value) => query.bind(value),
    }
}

fn bind_as<T>(
    query: QueryAs<'static, Sqlite, T, SqliteArguments>,
    value: Value,
) -> QueryAs<'static, Sqlite, T, SqliteArguments> {
    match value {
        Value::Blob(value) => query.bind(value),
        Value::Integer(value) => query.bind(value),
        Value::Real(value) => query.bind(value),
        Value::Text(value) => query.bind(value),
    }
}
