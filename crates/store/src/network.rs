//! Scans of the network.

use isocenter_model::Digest;
use isocenter_model::network::{HostScan, NetworkScan};

use crate::document::digest_in;
use crate::error::{Result, StoreError};
use crate::rows;
use crate::rows::network::{host, scan};
use crate::sql::{self, Value};
use crate::store::Store;
use crate::transaction::Transaction;

impl Transaction {
    /// Keeps a scan with its hosts.
    pub async fn put_network_scan(&mut self, document: &Digest, made: &NetworkScan) -> Result<()> {
        self.change();
        self.write(
            "a network scan",
            sql::network::INSERT_SCAN,
            [
                Value::from(document),
                rows::write("a network scan", &scan::Out(made))?.into(),
            ],
        )
        .await?;
        let mut values =
            Vec::with_capacity(made.hosts.len() * sql::network::INSERT_HOSTS.columns());
        for (ordinal, seen) in (0_i64..).zip(&made.hosts) {
            values.extend([
                Value::from(document),
                ordinal.into(),
                rows::write("a host", &host::Out(seen))?.into(),
            ]);
        }
        self.write_rows("hosts", &sql::network::INSERT_HOSTS, values)
            .await
    }
}

impl Store {
    /// The scans in force with their papers, in the order of import.
    pub async fn network_scans(&self) -> Result<Vec<(Digest, NetworkScan)>> {
        let rows: Vec<(Vec<u8>, String)> = sql::ask(sql::network::SCANS, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("network scans"))?;
        let mut scans = Vec::with_capacity(rows.len());
        for (document, data) in rows {
            let document = digest_in(&document)?;
            let made: scan::In = rows::read("network scan", &data)?;
            let mut made = made.0;
            made.hosts = self.hosts(&document).await?;
            scans.push((document, made));
        }
        Ok(scans)
    }

    async fn hosts(&self, document: &Digest) -> Result<Vec<HostScan>> {
        let rows: Vec<(String,)> = sql::ask(sql::network::HOSTS, [Value::from(document)])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("hosts"))?;
        rows.into_iter()
            .map(|(data,)| Ok(rows::read::<host::In>("host", &data)?.0))
            .collect()
    }
}
