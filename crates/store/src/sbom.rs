//! Components and bills of materials.

use std::collections::HashMap;

use isocenter_model::Digest;
use isocenter_model::component::{Component, Sbom, SbomComponent};

use crate::document::digest_in;
use crate::error::{Result, StoreError};
use crate::rows;
use crate::rows::component::{SbomFrame, component};
use crate::sql::{self, Keyed, Value};
use crate::store::Store;
use crate::transaction::Transaction;

/// A bill of materials in force, without its lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSbom {
    /// Its paper.
    pub document: Digest,
    /// The release it lists the parts of, where the paper names one.
    pub release: Option<Digest>,
}

/// Where a distinct component stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentPlace {
    /// The paper.
    pub document: Digest,
    /// The distinct component ([`Component::id`]).
    pub component: Digest,
    /// The paper's own reference to it.
    pub reference: Option<String>,
}

/// One line of a bill of materials: component, reference, parent, scope, the part as JSON.
type Line = (Vec<u8>, Option<String>, Option<i64>, Option<String>, String);

impl Transaction {
    /// Keeps the parts, nesting and dependencies of a bill of materials. Its records and
    /// statements are put by [`Self::put_records`] and [`Self::put_statements`].
    pub async fn put_sbom(
        &mut self,
        document: &Digest,
        release: Option<&Digest>,
        sbom: &Sbom,
    ) -> Result<()> {
        self.change();
        let frame = SbomFrame {
            name: sbom.name.clone(),
            serial_number: sbom.serial_number.clone(),
            revision: sbom.revision,
            made: sbom.made,
            subject: sbom.subject.clone(),
            manufacturer: sbom.manufacturer.clone(),
            services: sbom.services,
        };
        self.write(
            "a bill of materials",
            sql::component::INSERT_SBOM,
            [
                Value::from(document),
                Value::from(release),
                rows::write("a bill of materials", &frame)?.into(),
            ],
        )
        .await?;
        let own = self.put_components(&sbom.components).await?;
        let mut places =
            Vec::with_capacity(sbom.components.len() * sql::component::INSERT_PLACES.columns());
        for (ordinal, (placed, (id, own))) in (0_i64..).zip(sbom.components.iter().zip(own)) {
            places.extend([
                Value::from(document),
                ordinal.into(),
                Value::from(&id),
                Value::maybe_text(placed.reference.as_deref()),
                placed
                    .parent
                    .and_then(|parent| i64::try_from(parent).ok())
                    .into(),
                Value::maybe_text(placed.scope.as_deref()),
                Value::Text(own),
            ]);
        }
        self.write_rows("components", &sql::component::INSERT_PLACES, places)
            .await?;
        let mut dependencies = Vec::with_capacity(
            sbom.dependencies.len() * sql::component::INSERT_DEPENDENCIES.columns(),
        );
        for (ordinal, (from, to)) in (0_i64..).zip(&sbom.dependencies) {
            dependencies.extend([
                Value::from(document),
                ordinal.into(),
                Value::text(from),
                Value::text(to),
            ]);
        }
        self.write_rows(
            "dependencies",
            &sql::component::INSERT_DEPENDENCIES,
            dependencies,
        )
        .await
    }

    /// Adds the components that are new. Answers for each its id, and its own description where
    /// that differs from the one stored first.
    async fn put_components(
        &mut self,
        components: &[SbomComponent],
    ) -> Result<Vec<(Digest, Option<String>)>> {
        let mut described = Vec::with_capacity(components.len());
        for placed in components {
            let data = rows::write("a component", &component::Out(&placed.component))?;
            described.push((placed.component.id(), data));
        }
        let ids = described.iter().map(|(id, _)| Value::from(id));
        let known: Vec<(Vec<u8>, String)> =
            look_up(self.connection(), "components", &sql::component::DATA, ids).await?;
        let mut first = HashMap::with_capacity(described.len());
        for (id, data) in known {
            first.insert(digest_in(&id)?, data);
        }
        let mut fresh = Vec::new();
        let mut own = Vec::with_capacity(described.len());
        for (placed, (id, data)) in components.iter().zip(described) {
            if let Some(stored) = first.get(&id) {
                own.push((id, (*stored != data).then_some(data)));
                continue;
            }
            fresh.extend([
                Value::from(&id),
                Value::text(&placed.component.name),
                Value::maybe_text(placed.component.version.as_deref()),
                Value::maybe_text(placed.component.purl.as_deref()),
                data.clone().into(),
            ]);
            first.insert(id, data);
            own.push((id, None));
        }
        self.write_rows("components", &sql::component::INSERT, fresh)
            .await?;
        Ok(own)
    }
}

impl Store {
    /// The distinct components of all bills of materials in force, by id.
    pub async fn components(&self) -> Result<Vec<(Digest, Component)>> {
        let rows: Vec<(Vec<u8>, String)> = sql::ask(sql::component::IN_FORCE, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("components"))?;
        rows.iter()
            .map(|(id, data)| {
                let part: component::In = rows::read("component", data)?;
                Ok((digest_in(id)?, part.0))
            })
            .collect()
    }

    /// Which components stand in which papers in force, in the papers' order.
    pub async fn component_places(&self) -> Result<Vec<ComponentPlace>> {
        let rows: Vec<(Vec<u8>, Vec<u8>, Option<String>)> = sql::ask(sql::component::PLACES, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("components"))?;
        rows.into_iter()
            .map(|(document, component, reference)| {
                Ok(ComponentPlace {
                    document: digest_in(&document)?,
                    component: digest_in(&component)?,
                    reference,
                })
            })
            .collect()
    }

    /// The bills of materials in force.
    pub async fn sboms(&self) -> Result<Vec<StoredSbom>> {
        let rows: Vec<(Vec<u8>, Option<Vec<u8>>)> = sql::ask(sql::component::SBOMS_IN_FORCE, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("bills of materials"))?;
        rows.into_iter()
            .map(|(document, release)| {
                Ok(StoredSbom {
                    document: digest_in(&document)?,
                    release: release.as_deref().map(digest_in).transpose()?,
                })
            })
            .collect()
    }

    /// The components of one bill of materials in its order, each with its distinct id and as that paper
    /// describes it; empty when the paper is none.
    pub async fn sbom_components(&self, document: &Digest) -> Result<Vec<(Digest, SbomComponent)>> {
        let rows: Vec<Line> = sql::ask(sql::component::OF_SBOM, [Value::from(document)])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("components"))?;
        rows.into_iter()
            .map(|(id, reference, parent, scope, data)| {
                let part: component::In = rows::read("component", &data)?;
                Ok((
                    digest_in(&id)?,
                    SbomComponent {
                        reference,
                        parent: parent.and_then(|parent| usize::try_from(parent).ok()),
                        scope,
                        component: part.0,
                    },
                ))
            })
            .collect()
    }

    /// One bill of materials as it was put, but for the records and statements it carries;
    /// `None` when the paper is none.
    pub async fn sbom(&self, document: &Digest) -> Result<Option<Sbom>> {
        let row: Option<(Option<Vec<u8>>, String)> =
            sql::ask(sql::component::SBOM, [Value::from(document)])
                .fetch_optional(&self.readers)
                .await
                .map_err(StoreError::read("a bill of materials"))?;
        let Some((_, data)) = row else {
            return Ok(None);
        };
        let frame: SbomFrame = rows::read("bill of materials", &data)?;
        let components = self.sbom_components(document).await?;
        let dependencies = sql::ask(sql::component::DEPENDENCIES, [Value::from(document)])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("dependencies"))?;
        Ok(Some(Sbom {
            name: frame.name,
            serial_number: frame.serial_number,
            revision: frame.revision,
            made: frame.made,
            subject: frame.subject,
            manufacturer: frame.manufacturer,
            components: components.into_iter().map(|(_, placed)| placed).collect(),
            services: frame.services,
            dependencies,
            records: Vec::new(),
            statements: Vec::new(),
        }))
    }
}

/// Asks by many keys, a few statements at a time.
pub(crate) async fn look_up<T>(
    connection: &mut sqlx::SqliteConnection,
    what: &'static str,
    question: &'static Keyed,
    keys: impl IntoIterator<Item = Value>,
) -> Result<Vec<T>>
where
    T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> + Send + Unpin,
{
    let mut keys: Vec<Value> = keys.into_iter().collect();
    let mut found = Vec::new();
    while let Some(last) = keys.last().cloned() {
        let (size, text) = question.text(keys.len());
        let mut some = keys.split_off(keys.len().saturating_sub(size));
        // A key asked for twice is answered once: the last one fills the statement up.
        some.resize(size, last);
        let rows: Vec<T> = sql::ask_many(text, some)
            .fetch_all(&mut *connection)
            .await
            .map_err(StoreError::read(what))?;
        found.extend(rows);
    }
    Ok(found)
}

impl Store {
    /// Asks by many keys.
    pub(crate) async fn look_up<T>(
        &self,
        what: &'static str,
        question: &'static Keyed,
        keys: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<T>>
    where
        T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> + Send + Unpin,
    {
        let mut connection = self
            .readers
            .acquire()
            .await
            .map_err(StoreError::read(what))?;
        look_up(&mut connection, what, question, keys).await
    }
}
