//! Devices as DICOM files name them.

use isocenter_model::Digest;
use isocenter_model::equipment::EquipmentRecord;

use crate::document::digest_in;
use crate::error::{Result, StoreError};
use crate::rows;
use crate::rows::equipment::equipment;
use crate::sql::{self, Value};
use crate::store::Store;
use crate::transaction::Transaction;

/// A device as DICOM files name it, whose record is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEquipment {
    /// The paper that the record is.
    pub document: Digest,
    /// Its release.
    pub release: Digest,
    /// The record.
    pub record: EquipmentRecord,
}

type Columns = (Vec<u8>, Vec<u8>, String);

impl StoredEquipment {
    fn from_columns((document, release, data): Columns) -> Result<Self> {
        let record: equipment::In = rows::read("equipment", &data)?;
        Ok(Self {
            document: digest_in(&document)?,
            release: digest_in(&release)?,
            record: record.0,
        })
    }
}

impl Transaction {
    /// Keeps the record of a device, whose release was put before.
    pub async fn put_equipment(
        &mut self,
        document: &Digest,
        release: &Digest,
        record: &EquipmentRecord,
    ) -> Result<()> {
        self.change();
        self.write(
            "equipment",
            sql::equipment::INSERT,
            [
                Value::from(document),
                Value::from(release),
                rows::write("equipment", &equipment::Out(record))?.into(),
            ],
        )
        .await?;
        self.put_release_documents(document, &[*release]).await
    }
}

impl Store {
    /// The devices that DICOM files name, in the order of import.
    pub async fn equipment(&self) -> Result<Vec<StoredEquipment>> {
        let rows: Vec<Columns> = sql::ask(sql::equipment::ALL, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("equipment"))?;
        rows.into_iter()
            .map(StoredEquipment::from_columns)
            .collect()
    }

    /// The device of that slot, if a record of it is in force.
    pub async fn equipment_of_slot(&self, slot: &str) -> Result<Option<StoredEquipment>> {
        let row: Option<Columns> = sql::ask(sql::equipment::OF_SLOT, [Value::text(slot)])
            .fetch_optional(&self.readers)
            .await
            .map_err(StoreError::read("equipment"))?;
        row.map(StoredEquipment::from_columns).transpose()
    }
}
