//! Releases, devices and disclosure forms.

use isocenter_model::Digest;
use isocenter_model::form::DisclosureForm;
use isocenter_model::product::{Device, Release};

use crate::document::digest_in;
use crate::error::{Result, StoreError};
use crate::rows;
use crate::rows::form::form;
use crate::rows::product::device;
use crate::sql::{self, Value};
use crate::store::Store;
use crate::transaction::Transaction;

/// A release with the keys it is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRelease {
    /// Its id ([`Release::id_of`]).
    pub id: Digest,
    /// In the words of the first paper.
    pub release: Release,
    /// Normalised maker.
    pub maker_key: String,
    /// Normalised model.
    pub model_key: String,
}

/// A device of an inventory in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDevice {
    /// The device.
    pub device: Device,
    /// Its release.
    pub release: Digest,
    /// The inventory.
    pub document: Digest,
}

/// A disclosure form in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredForm {
    /// Its paper.
    pub document: Digest,
    /// The form.
    pub form: DisclosureForm,
}

impl Transaction {
    /// Adds a release; one that is known keeps the words of its first paper.
    pub async fn put_release(
        &mut self,
        id: &Digest,
        release: &Release,
        maker_key: &str,
        model_key: &str,
    ) -> Result<()> {
        self.change();
        self.write(
            "a release",
            sql::product::INSERT_RELEASE,
            release_values(id, release, maker_key, model_key),
        )
        .await?;
        Ok(())
    }

    /// Adds many releases.
    pub async fn put_releases(&mut self, releases: &[StoredRelease]) -> Result<()> {
        self.change();
        let values = releases
            .iter()
            .flat_map(|stored| {
                release_values(
                    &stored.id,
                    &stored.release,
                    &stored.maker_key,
                    &stored.model_key,
                )
            })
            .collect();
        self.write_rows("releases", &sql::product::INSERT_RELEASES, values)
            .await
    }

    /// Remembers that a paper speaks of releases that were put.
    pub async fn put_release_documents(
        &mut self,
        document: &Digest,
        releases: &[Digest],
    ) -> Result<()> {
        self.change();
        let values = releases
            .iter()
            .flat_map(|release| [Value::from(release), Value::from(document)])
            .collect();
        self.write_rows("releases", &sql::product::INSERT_RELEASE_DOCUMENTS, values)
            .await
    }

    /// Keeps a disclosure form, of the releases it is for.
    pub async fn put_form(
        &mut self,
        document: &Digest,
        releases: &[Digest],
        form: &DisclosureForm,
    ) -> Result<()> {
        self.change();
        self.write(
            "a form",
            sql::product::INSERT_FORM,
            [
                Value::from(document),
                rows::write("a form", &form::Out(form))?.into(),
            ],
        )
        .await?;
        self.put_release_documents(document, releases).await
    }

    /// Keeps the devices of an inventory in its order, each with its release, which was put before.
    pub async fn put_devices(
        &mut self,
        document: &Digest,
        devices: &[(Device, Digest)],
    ) -> Result<()> {
        self.change();
        let mut values = Vec::with_capacity(devices.len() * sql::product::INSERT_DEVICES.columns());
        let mut releases: Vec<Digest> = Vec::new();
        for (ordinal, (device, release)) in (0_i64..).zip(devices) {
            values.extend([
                Value::from(document),
                ordinal.into(),
                Value::text(&device.asset_id),
                Value::from(release),
                rows::write("a device", &device::Out(device))?.into(),
            ]);
            releases.push(*release);
        }
        self.write_rows("devices", &sql::product::INSERT_DEVICES, values)
            .await?;
        releases.sort_unstable();
        releases.dedup();
        self.put_release_documents(document, &releases).await
    }
}

fn release_values(id: &Digest, release: &Release, maker_key: &str, model_key: &str) -> [Value; 6] {
    [
        Value::from(id),
        Value::text(&release.manufacturer),
        Value::text(&release.model),
        Value::maybe_text(release.version.as_deref()),
        Value::text(maker_key),
        Value::text(model_key),
    ]
}

impl Store {
    /// The releases of which papers in force speak, by maker, model and version.
    pub async fn releases(&self) -> Result<Vec<StoredRelease>> {
        type Columns = (Vec<u8>, String, String, Option<String>, String, String);
        let rows: Vec<Columns> = sql::ask(sql::product::RELEASES, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("releases"))?;
        rows.into_iter()
            .map(|(id, manufacturer, model, version, maker_key, model_key)| {
                Ok(StoredRelease {
                    id: digest_in(&id)?,
                    release: Release {
                        manufacturer,
                        model,
                        version,
                    },
                    maker_key,
                    model_key,
                })
            })
            .collect()
    }

    /// Which papers in force speak of which releases: `(release, document)`.
    pub async fn release_documents(&self) -> Result<Vec<(Digest, Digest)>> {
        let rows: Vec<(Vec<u8>, Vec<u8>)> = sql::ask(sql::product::RELEASE_DOCUMENTS, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("releases"))?;
        rows.into_iter()
            .map(|(release, document)| Ok((digest_in(&release)?, digest_in(&document)?)))
            .collect()
    }

    /// The disclosure forms in force.
    pub async fn forms(&self) -> Result<Vec<StoredForm>> {
        let rows: Vec<(Vec<u8>, String)> = sql::ask(sql::product::FORMS, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("forms"))?;
        rows.into_iter()
            .map(|(document, data)| {
                let form: form::In = rows::read("form", &data)?;
                Ok(StoredForm {
                    document: digest_in(&document)?,
                    form: form.0,
                })
            })
            .collect()
    }

    /// The devices of all inventories in force, by asset id. Where two inventories name the same
    /// asset id, both rows are there and the one of the newer inventory comes first.
    pub async fn devices(&self) -> Result<Vec<StoredDevice>> {
        let rows: Vec<(String, Vec<u8>, Vec<u8>, String)> = sql::ask(sql::product::DEVICES, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("devices"))?;
        rows.into_iter()
            .map(|(_, release, document, data)| {
                let device: device::In = rows::read("device", &data)?;
                Ok(StoredDevice {
                    device: device.0,
                    release: digest_in(&release)?,
                    document: digest_in(&document)?,
                })
            })
            .collect()
    }
}
