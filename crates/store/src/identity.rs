//! Names of software in two systems of names.

use isocenter_model::Digest;

use crate::error::{Result, StoreError};
use crate::sql::{self, Value};
use crate::store::Store;
use crate::transaction::Transaction;

/// The key of a package and the CPE name of the same software, by a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPair {
    /// Key of the package (`purl:…`).
    pub purl: String,
    /// CPE name.
    pub cpe: String,
}

impl Transaction {
    /// Keeps the pairs of names of a paper.
    pub async fn put_identity_pairs(
        &mut self,
        document: &Digest,
        pairs: &[StoredPair],
    ) -> Result<()> {
        self.change();
        let mut values = Vec::with_capacity(pairs.len() * sql::identity::INSERT.columns());
        for (ordinal, pair) in (0_i64..).zip(pairs) {
            values.extend([
                Value::from(document),
                ordinal.into(),
                Value::text(&pair.purl),
                Value::text(&pair.cpe),
            ]);
        }
        self.write_rows("names of software", &sql::identity::INSERT, values)
            .await
    }
}

impl Store {
    /// The CPE names that maps in force give to these packages: `(key of the package, CPE name)`, in no order.
    pub async fn cpes_of_packages(&self, purls: &[String]) -> Result<Vec<(String, String)>> {
        let keys = purls.iter().map(|purl| Value::text(purl));
        self.look_up("names of software", &sql::identity::CPES, keys)
            .await
    }

    /// Number of pairs in force.
    pub async fn identity_pair_count(&self) -> Result<u64> {
        let (count,): (i64,) = sql::ask(sql::identity::COUNT, [])
            .fetch_one(&self.readers)
            .await
            .map_err(StoreError::read("names of software"))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}
