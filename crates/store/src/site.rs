//! What was seen on site, and which updates a manufacturer has validated.

use isocenter_model::Digest;
use isocenter_model::observation::Observation;
use isocenter_model::update::ValidatedUpdate;

use crate::document::digest_in;
use crate::error::{Result, StoreError};
use crate::rows;
use crate::rows::site::{observation, update};
use crate::sql::{self, Value};
use crate::store::Store;
use crate::transaction::Transaction;

impl Transaction {
    /// Keeps the observations of a paper, each with the device's name as it is looked up by.
    pub async fn put_observations(
        &mut self,
        document: &Digest,
        observations: &[(String, Observation)],
    ) -> Result<()> {
        self.change();
        let mut values = Vec::new();
        for (ordinal, (device, one)) in (0_i64..).zip(observations) {
            values.extend([
                Value::from(document),
                ordinal.into(),
                Value::text(device),
                rows::write("an observation", &observation::Out(one))?.into(),
            ]);
        }
        self.write_rows("observations", &sql::site::INSERT_OBSERVATIONS, values)
            .await
    }

    /// Keeps the validated updates of a paper.
    pub async fn put_updates(
        &mut self,
        document: &Digest,
        updates: &[ValidatedUpdate],
    ) -> Result<()> {
        if updates.is_empty() {
            return Ok(());
        }
        self.change();
        let mut values = Vec::new();
        for (ordinal, one) in (0_i64..).zip(updates) {
            values.extend([
                Value::from(document),
                ordinal.into(),
                rows::write("an update", &update::Out(one))?.into(),
            ]);
        }
        self.write_rows("updates", &sql::site::INSERT_UPDATES, values)
            .await
    }
}

impl Store {
    /// Every observation in force: the device's name as it is looked up by, the observation, its paper.
    pub async fn observations(&self) -> Result<Vec<(String, Observation, Digest)>> {
        let rows: Vec<(String, String, Vec<u8>)> = sql::ask(sql::site::OBSERVATIONS, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("observations"))?;
        rows.into_iter()
            .map(|(device, data, document)| {
                let stored: observation::In = rows::read("observation", &data)?;
                Ok((device, stored.0, digest_in(&document)?))
            })
            .collect()
    }

    /// Every validated update in force with its paper.
    pub async fn validated_updates(&self) -> Result<Vec<(ValidatedUpdate, Digest)>> {
        let rows: Vec<(String, Vec<u8>)> = sql::ask(sql::site::UPDATES, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("updates"))?;
        rows.into_iter()
            .map(|(data, document)| {
                let stored: update::In = rows::read("update", &data)?;
                Ok((stored.0, digest_in(&document)?))
            })
            .collect()
    }
}
