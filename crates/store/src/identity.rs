//! Names of software in two systems of names.

use isocenter_model::Digest;

use crate::error::{Result, StoreError};
use crate::sql::{self, Value};
use crate::store::Store;
use crate::transaction::Transaction;

/// A name, or a pair of names, of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoredName {
    /// The key of a package and the CPE name of the same software.
    Pair {
        /// Key of the package (`purl:…`).
        purl: String,
        /// CPE name.
        cpe: String,
    },
    /// The key of a package that is one of a set.
    Purl {
        /// The set.
        set: String,
        /// Key of the package.
        purl: String,
    },
    /// A CPE name that is one of a set.
    Cpe {
        /// The set.
        set: String,
        /// CPE name.
        cpe: String,
    },
}

impl Transaction {
    /// Keeps the names of a paper.
    pub async fn put_identity_names(
        &mut self,
        document: &Digest,
        names: &[StoredName],
    ) -> Result<()> {
        self.change();
        let mut values = Vec::with_capacity(names.len() * sql::identity::INSERT.columns());
        for (ordinal, name) in (0_i64..).zip(names) {
            let (set, purl, cpe) = match name {
                StoredName::Pair { purl, cpe } => ("", Some(purl), Some(cpe)),
                StoredName::Purl { set, purl } => (set.as_str(), Some(purl), None),
                StoredName::Cpe { set, cpe } => (set.as_str(), None, Some(cpe)),
            };
            values.extend([
                Value::from(document),
                ordinal.into(),
                Value::text(set),
                Value::maybe_text(purl.map(String::as_str)),
                Value::maybe_text(cpe.map(String::as_str)),
            ]);
        }
        self.write_rows("names of software", &sql::identity::INSERT, values)
            .await
    }
}

impl Store {
    /// The CPE names that maps in force give to these packages: `(key of the package, CPE name)`, in no order.
    pub async fn cpes_of_packages(&self, purls: &[String]) -> Result<Vec<(String, String)>> {
        let mut found = Vec::new();
        for question in [&sql::identity::CPES_OF_PAIRS, &sql::identity::CPES_OF_SETS] {
            let keys = purls.iter().map(|purl| Value::text(purl));
            let rows: Vec<(String, String)> =
                self.look_up("names of software", question, keys).await?;
            found.extend(rows);
        }
        Ok(found)
    }

    /// Number of names in force, a pair counted once.
    pub async fn identity_name_count(&self) -> Result<u64> {
        let (count,): (i64,) = sql::ask(sql::identity::COUNT, [])
            .fetch_one(&self.readers)
            .await
            .map_err(StoreError::read("names of software"))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}
