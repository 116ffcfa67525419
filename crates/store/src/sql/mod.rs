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
pub(crate) mod equipment;
pub(crate) mod finding;
pub(crate) mod identity;
pub(crate) mod lifecycle;
pub(crate) mod meta;
pub(crate) mod network;
pub(crate) mod product;
pub(crate) mod site;
pub(crate) mod statement;
pub(crate) mod vulnerability;

/// How many rows an insert carries: a large list goes in few statements, and what remains in statements of
/// few sizes, so that the database prepares few.
const ROWS: [usize; 5] = [512, 128, 32, 8, 1];

/// How many keys a lookup carries, by the same reasoning.
const KEYS: [usize; 4] = [1, 8, 64, 512];

/// How parameters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parameters {
    /// `$1`, `$2`: understood by both databases.
    Numbered,
    /// `?`: SQLite looks a numbered one up in the list of those before it, which makes a long
    /// statement quadratic. In order of their appearance both mean the same.
    Plain,
}

impl Parameters {
    fn write(self, text: &mut String, number: usize) {
        match self {
            Self::Numbered => {
                let _ = write!(text, "${number}");
            }
            Self::Plain => text.push('?'),
        }
    }
}

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
    sizes: OnceLock<[Arc<String>; ROWS.len()]>,
}

impl Rows {
    pub(crate) const fn new(head: &'static str, columns: usize, tail: &'static str) -> Self {
        Self {
            head,
            columns,
            tail,
            sizes: OnceLock::new(),
        }
    }

    /// How many values a row has.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    /// The statement for as many of `remaining` rows as fit into one, and how many those are.
    pub(crate) fn text(&self, remaining: usize) -> (usize, Arc<String>) {
        let sizes = self
            .sizes
            .get_or_init(|| ROWS.map(|rows| Arc::new(self.write(rows, Parameters::Plain))));
        ROWS.into_iter()
            .zip(sizes)
            .find(|(rows, _)| *rows <= remaining)
            .map_or_else(
                || (0, Arc::default()),
                |(rows, text)| (rows, Arc::clone(text)),
            )
    }

    /// The statement for so many rows, in the form that both databases understand.
    pub(crate) fn sample(&self, rows: usize) -> String {
        self.write(rows, Parameters::Numbered)
    }

    fn write(&self, rows: usize, parameters: Parameters) -> String {
        let mut text =
            String::with_capacity(self.head.len() + self.tail.len() + rows * self.columns * 7);
        text.push_str(self.head);
        let mut number = 0;
        for row in 0..rows {
            text.push_str(if row == 0 { " (" } else { ", (" });
            for column in 0..self.columns {
                if column > 0 {
                    text.push(',');
                }
                number += 1;
                parameters.write(&mut text, number);
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
    sizes: OnceLock<[Arc<String>; KEYS.len()]>,
}

impl Keyed {
    pub(crate) const fn new(head: &'static str, tail: &'static str) -> Self {
        Self {
            head,
            tail,
            sizes: OnceLock::new(),
        }
    }

    /// The statement for `remaining` keys or the most that fit into one, and how many it takes: it may be
    /// more than remain.
    pub(crate) fn text(&self, remaining: usize) -> (usize, Arc<String>) {
        let [.., largest] = KEYS;
        let sizes = self
            .sizes
            .get_or_init(|| KEYS.map(|keys| Arc::new(self.write(keys, Parameters::Plain))));
        let wanted = remaining.min(largest);
        KEYS.into_iter()
            .zip(sizes)
            .find(|(keys, _)| *keys >= wanted)
            .map_or_else(
                || (0, Arc::default()),
                |(keys, text)| (keys, Arc::clone(text)),
            )
    }

    /// The statement for so many keys, in the form that both databases understand.
    pub(crate) fn sample(&self, keys: usize) -> String {
        self.write(keys, Parameters::Numbered)
    }

    fn write(&self, keys: usize, parameters: Parameters) -> String {
        let mut text = String::with_capacity(self.head.len() + self.tail.len() + keys * 6);
        text.push_str(self.head);
        text.push_str(" in (");
        for key in 1..=keys {
            if key > 1 {
                text.push(',');
            }
            parameters.write(&mut text, key);
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
            $( $( texts.push((stringify!($rows), $rows.sample(1)));
               texts.push((stringify!($rows), $rows.sample(3))); )* )?
            $( $( texts.push((stringify!($keyed), $keyed.sample(1)));
               texts.push((stringify!($keyed), $keyed.sample(8))); )* )?
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
        ("equipment", equipment::texts()),
        ("finding", finding::texts()),
        ("identity", identity::texts()),
        ("meta", meta::texts()),
        ("network", network::texts()),
        ("product", product::texts()),
        ("lifecycle", lifecycle::texts()),
        ("site", site::texts()),
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

#[cfg(test)]
mod tests {
    use sqlx::{
        AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, SqlSafeStr as _,
    };

    use super::*;

    #[test]
    fn sqlite_understands_every_statement_in_the_form_that_postgresql_gets() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let mut connection = sqlx::sqlite::SqliteConnectOptions::new()
                .in_memory(true)
                .connect()
                .await
                .unwrap();
            crate::schema::apply(&mut connection, crate::schema::SQLITE)
                .await
                .unwrap();
            for (name, text) in texts() {
                let prepared = connection.prepare(AssertSqlSafe(text).into_sql_str()).await;
                assert!(prepared.is_ok(), "{name}: {:?}", prepared.err());
            }
            connection.close().await.unwrap();
        });
    }

    #[test]
    fn no_statement_has_more_parameters_than_sqlite_takes() {
        const MOST: usize = 32_766;
        for rows in [
            &component::INSERT_PLACES,
            &vulnerability::INSERT,
            &finding::INSERT_COUNTS,
        ] {
            let (count, text) = rows.text(usize::MAX);
            assert!(count > 100);
            assert!(text.matches('?').count() <= MOST);
        }
    }

    #[test]
    fn rows_and_keys_go_in_statements_of_few_sizes() {
        let sizes = |remaining| vulnerability::INSERT_KEYS.text(remaining).0;
        assert_eq!(
            [5_000, 511, 100, 9, 7, 1].map(sizes),
            [512, 128, 32, 8, 1, 1]
        );
        let sizes = |remaining| vulnerability::BY_ID.text(remaining).0;
        assert_eq!([1, 2, 8, 9, 65, 5_000].map(sizes), [1, 8, 8, 64, 512, 512]);
    }
}
