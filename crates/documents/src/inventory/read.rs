//! Reads an export into devices.

use std::collections::{BTreeMap, BTreeSet};

use isocenter_model::document::Summary;
use isocenter_model::inventory::{ColumnMapping, Inventory, InventoryRow, KeptColumn};
use isocenter_model::product::{ClinicalRole, Device};
use isocenter_model::text::shortened;
use isocenter_model::{Digest, Document, DocumentKind, Place, Problem, Reading};
use jiff::civil::Date;

use super::fields::{Field, is_retired, role_of};
use super::header::{HEADER_WITHIN, Header, MAX_KEPT, Use, find_header, kept_name};
use super::mapping::InventoryMapping;
use super::row::{RowReading, day_orders};
use super::write::without_text_mark;
use crate::spreadsheet::{self, Cell, Extent, Problems, Table, WrittenDay, counted};
use crate::wording::folded;

/// Headers named in one message before the rest is only counted.
const HEADERS_IN_A_MESSAGE: usize = 20;

/// Reads an inventory from a worksheet file or delimited text.
///
/// Headers are understood by synonym in five languages, or as `mapping` says. All visible sheets
/// with headers of an inventory are read.
pub fn read(bytes: &[u8], mapping: Option<&InventoryMapping>) -> Reading {
    match spreadsheet::open(bytes, Extent::Whole) {
        Ok(workbook) => read_workbook(workbook, mapping),
        Err(problem) => Reading::unreadable(DocumentKind::Inventory, problem),
    }
}

/// Whether one of the tables has the headers of an inventory.
pub(crate) fn is_inventory(tables: &[Table], mapping: Option<&InventoryMapping>) -> bool {
    let mapping = mapping.cloned().unwrap_or_default();
    tables
        .iter()
        .any(|table| find_header(table, &mapping).is_some())
}

/// Reads an inventory from tables that are open.
fn read_workbook(
    mut workbook: spreadsheet::Workbook,
    mapping: Option<&InventoryMapping>,
) -> Reading {
    let own = InventoryMapping::default();
    let mapping = mapping.unwrap_or(&own);
    let mut problems = workbook.problems;
    let mut reader = InventoryReader {
        mapping,
        problems: &mut problems,
        inventory: Inventory::default(),
        asset_ids: BTreeMap::new(),
        unknown_roles: BTreeSet::new(),
        shown: BTreeSet::new(),
        dropped: Vec::new(),
    };
    let mut found = false;
    for table in &mut workbook.tables {
        let Some(header) = find_header(table, mapping) else {
            continue;
        };
        if table.hidden {
            reader.problems.push(
                Problem::warning(
                    "inventory-sheet-hidden",
                    table.cell(header.number, 0),
                    "a hidden sheet looks like an inventory; it was not read",
                )
                .hint("Show the sheet in the spreadsheet program if its devices belong to the inventory."),
            );
            continue;
        }
        found = true;
        reader.read_table(table, &header);
    }
    if !found {
        reader.problems.push(no_header(&workbook.tables));
        return Reading {
            kind: DocumentKind::Inventory,
            version: None,
            document: None,
            summary: Summary::new(),
            problems: problems.finish(),
        };
    }
    reader.report_columns();
    let inventory = reader.inventory;
    let columns = inventory
        .mapping
        .iter()
        .filter(|column| column.field.is_some())
        .count();
    let summary = Summary::from([
        ("devices", inventory.rows.len() as u64),
        ("columns", columns as u64),
        ("dropped", (inventory.mapping.len() - columns) as u64),
    ]);
    Reading {
        kind: DocumentKind::Inventory,
        version: None,
        document: Some(Document::Inventory(inventory)),
        summary,
        problems: problems.finish(),
    }
}

fn no_header(tables: &[Table]) -> Problem {
    let at = tables
        .first()
        .and_then(|table| table.rows.first().map(|row| table.cell(row.number, 0)))
        .unwrap_or(Place::Document);
    Problem::error(
        "inventory-header-missing",
        at,
        format!(
            "none of the first {HEADER_WITHIN} rows names at least two columns of an inventory, one of them manufacturer, model or serial number"
        ),
    )
    .hint("Say what the columns mean in a mapping file with a [columns] table.")
}

struct InventoryReader<'r> {
    mapping: &'r InventoryMapping,
    problems: &'r mut Problems,
    inventory: Inventory,
    /// Index of the row that has an asset id.
    asset_ids: BTreeMap<String, usize>,
    unknown_roles: BTreeSet<String>,
    /// Headers with their use that stand in the mapping already.
    shown: BTreeSet<(String, Option<String>)>,
    /// Headers of dropped columns as they may be printed, each once.
    dropped: Vec<String>,
}

impl InventoryReader<'_> {
    fn read_table(&mut self, table: &mut Table, header: &Header) {
        for (at, first, second) in &header.ambiguous {
            self.problems.push(
                Problem::warning(
                    "inventory-header-ambiguous",
                    table.cell(header.number, *at),
                    format!(
                        "the columns \u{201c}{}\u{201d} and \u{201c}{}\u{201d} mean the same; the first was read",
                        shortened(first, 40),
                        shortened(second, 40)
                    ),
                )
                .hint("Say in a mapping file which one to read, and ignore the other."),
            );
        }
        self.take_columns(header);
        for required in [Field::AssetId, Field::Manufacturer, Field::Model] {
            if header.column(required).is_none() {
                self.problems.push(
                    Problem::warning(
                        "inventory-column-missing",
                        table.cell(header.number, 0),
                        format!("no column was understood as {}", required.as_str()),
                    )
                    .hint("Say which column it is in a mapping file."),
                );
            }
        }
        let orders = day_orders(table, header);
        let kept: Vec<Option<u32>> = self
            .inventory
            .kept
            .iter()
            .map(|kept| header.kept_column(&kept.header))
            .collect();
        let rows_before = self.inventory.rows.len();
        let mut numeric_versions: Option<(Place, u64)> = None;
        // Each row is given back once it is read: a large export is in memory as cells or as
        // devices, not as both.
        for row in std::mem::take(&mut table.rows)
            .into_iter()
            .skip(header.index + 1)
        {
            let reading = RowReading {
                table,
                header,
                row: &row,
                orders: &orders,
                kept: &kept,
            };
            if reading.repeats_the_header() {
                continue;
            }
            if let (Some(column), Some(Cell::Number(_))) = (
                header.column(Field::SoftwareVersion),
                reading.cell(Field::SoftwareVersion),
            ) {
                let (_, count) =
                    numeric_versions.get_or_insert_with(|| (table.cell(row.number, column), 0));
                *count += 1;
            }
            self.read_row(&reading);
        }
        if let Some((at, count)) = numeric_versions {
            self.problems.push(
                Problem::warning(
                    "inventory-version-is-number",
                    at,
                    format!(
                        "{} kept as a number, which drops zeros at the end (4.10 becomes 4.1)",
                        counted(count, "software version is", "software versions are")
                    ),
                )
                .hint("Format the column as text in the maintenance system's export."),
            );
        }
        if self.inventory.rows.len() == rows_before {
            self.problems.push(Problem::warning(
                "inventory-empty",
                table.cell(header.number, 0),
                "no device stands below the headers",
            ));
        }
    }

    /// Adds a table's columns to the mapping that is shown; equal ones of several sheets once.
    fn take_columns(&mut self, header: &Header) {
        for column in &header.columns {
            let field = match column.purpose {
                Use::Field(field) => Some(field.as_str().to_owned()),
                Use::Keep if self.keep(kept_name(&column.header)) => Some("kept".to_owned()),
                Use::Keep | Use::Drop => None,
            };
            if !self.shown.insert((column.header.clone(), field.clone())) {
                continue;
            }
            if field.is_none() {
                self.dropped.push(shortened(&column.header, 40));
            }
            self.inventory.mapping.push(ColumnMapping {
                header: column.header.clone(),
                field,
            });
        }
    }

    /// Makes room for a column that is kept. False when there are too many.
    fn keep(&mut self, name: &str) -> bool {
        if self.inventory.kept.iter().any(|kept| kept.header == name) {
            return true;
        }
        if self.inventory.kept.len() == MAX_KEPT {
            return false;
        }
        self.inventory.kept.push(KeptColumn {
            header: name.to_owned(),
            values: vec![String::new(); self.inventory.rows.len()],
        });
        true
    }

    fn read_row(&mut self, reading: &RowReading<'_>) {
        let text = |field| reading.text(field).unwrap_or_default();
        let mut device = Device {
            asset_id: text(Field::AssetId),
            manufacturer: text(Field::Manufacturer),
            model: text(Field::Model),
            software_version: self.version(reading),
            serial_number: reading.text(Field::SerialNumber),
            udi: reading.text(Field::Udi),
            system: reading.text(Field::System),
            site: reading.text(Field::Site),
            department: reading.text(Field::Department),
            segment: reading.text(Field::Segment),
            ip_address: reading.text(Field::IpAddress),
            mac_address: reading.text(Field::MacAddress),
            ae_title: reading.text(Field::AeTitle),
            modality: reading.text(Field::Modality),
            clinical_role: self.role(reading),
            installed: self.day(reading, Field::Installed),
            planned_retirement: self.day(reading, Field::PlannedRetirement),
        };
        let status = reading.text(Field::Status);
        let at = reading.place(Field::AssetId);
        if device.manufacturer.is_empty()
            && device.model.is_empty()
            && device.serial_number.is_none()
        {
            // Totals, page numbers and remarks below the list look like this. A row of which
            // nothing was read has nothing to be told about.
            if !device.asset_id.is_empty() {
                self.problems.push(Problem::warning(
                    "inventory-row-set-aside",
                    at,
                    "the row has neither manufacturer nor model nor serial number; it was not taken for a device",
                ));
            }
            return;
        }
        if device.asset_id.is_empty() {
            device.asset_id = self.asset_id_for(&device, status.as_deref(), reading);
        }
        for (field, value, id) in [
            (
                Field::Manufacturer,
                &device.manufacturer,
                "inventory-manufacturer-missing",
            ),
            (Field::Model, &device.model, "inventory-model-missing"),
        ] {
            if value.is_empty() && reading.header.column(field).is_some() {
                self.problems.push(Problem::warning(
                    id,
                    reading.place(field),
                    format!(
                        "{} has no {}, so no paper can be joined with it",
                        shortened(&device.asset_id, 40),
                        field.as_str()
                    ),
                ));
            }
        }
        if status.as_deref().is_some_and(is_retired) {
            self.problems.push(Problem::note(
                "inventory-device-retired",
                at.clone(),
                format!(
                    "{} is no longer in use and is not counted with the others",
                    shortened(&device.asset_id, 60)
                ),
            ));
        }
        let row = InventoryRow { device, status, at };
        if let Some(first) = self
            .asset_ids
            .get(&row.device.asset_id)
            .and_then(|index| self.inventory.rows.get(*index))
        {
            let problem = twice(first, &row);
            self.problems.push(problem);
            return;
        }
        self.asset_ids
            .insert(row.device.asset_id.clone(), self.inventory.rows.len());
        self.inventory.rows.push(row);
        for (kept, column) in self.inventory.kept.iter_mut().zip(reading.kept) {
            let value = column.map(|column| reading.row.text(column));
            let value = value.as_deref().map_or("", without_text_mark);
            kept.values.push(value.to_owned());
        }
    }

    /// An asset id for a row that has none: the serial number, or one made from what was read of
    /// it, so that the same row has the same id in the next export.
    fn asset_id_for(
        &mut self,
        device: &Device,
        status: Option<&str>,
        reading: &RowReading<'_>,
    ) -> String {
        let told = reading.header.column(Field::AssetId).is_some();
        if let Some(serial) = &device.serial_number {
            if told {
                self.problems.push(Problem::warning(
                    "inventory-asset-id-missing",
                    reading.place(Field::AssetId),
                    format!(
                        "the row has no asset id; its serial number {} was taken",
                        shortened(serial, 40)
                    ),
                ));
            }
            return serial.clone();
        }
        let digest = Digest::of_parts([
            device.manufacturer.as_str(),
            &device.model,
            device.software_version.as_deref().unwrap_or(""),
            device.site.as_deref().unwrap_or(""),
            device.department.as_deref().unwrap_or(""),
            device.system.as_deref().unwrap_or(""),
            device.ip_address.as_deref().unwrap_or(""),
            device.mac_address.as_deref().unwrap_or(""),
            device.ae_title.as_deref().unwrap_or(""),
            status.unwrap_or(""),
        ])
        .to_string();
        let made_up = format!("row-{}", digest.get(..10).unwrap_or(&digest));
        self.problems.push(
            Problem::warning(
                "inventory-asset-id-missing",
                reading.place(Field::AssetId),
                format!("the row has neither asset id nor serial number; it is called {made_up}"),
            )
            .hint("Give the device an asset id: decisions on it are lost when the row changes."),
        );
        made_up
    }

    fn version(&mut self, reading: &RowReading<'_>) -> Option<String> {
        if let Some(Cell::Date(_)) = reading.cell(Field::SoftwareVersion) {
            self.problems.push(
                Problem::warning(
                    "inventory-version-is-date",
                    reading.place(Field::SoftwareVersion),
                    "the spreadsheet program turned the software version into a day; what was typed is lost",
                )
                .hint("Format the column as text in the maintenance system's export."),
            );
            return None;
        }
        reading.text(Field::SoftwareVersion)
    }

    fn role(&mut self, reading: &RowReading<'_>) -> ClinicalRole {
        let Some(word) = reading.text(Field::ClinicalRole) else {
            return ClinicalRole::Unknown;
        };
        if let Some(role) = self.mapping.role(&word).or_else(|| role_of(&word)) {
            return role;
        }
        if self.unknown_roles.insert(folded(&word)) {
            self.problems.push(
                Problem::warning(
                    "inventory-role-unknown",
                    reading.place(Field::ClinicalRole),
                    format!(
                        "\u{201c}{}\u{201d} is no known clinical role; the devices that have it count as unknown",
                        shortened(&word, 40)
                    ),
                )
                .hint("Say what it means under [clinical-role] in a mapping file."),
            );
        }
        ClinicalRole::Unknown
    }

    fn day(&mut self, reading: &RowReading<'_>, field: Field) -> Option<Date> {
        match reading.day(field)? {
            WrittenDay::Day(day) => Some(day),
            WrittenDay::Ambiguous { .. } => {
                self.problems.push(
                    Problem::warning(
                        "inventory-date-ambiguous",
                        reading.place(field),
                        format!(
                            "{} \u{201c}{}\u{201d} may put the day or the month first, and no other row of the column tells",
                            field.as_str(),
                            shortened(&reading.text(field).unwrap_or_default(), 40)
                        ),
                    )
                    .hint("Export days as YYYY-MM-DD."),
                );
                None
            }
            WrittenDay::No => {
                self.problems.push(
                    Problem::warning(
                        "inventory-date-malformed",
                        reading.place(field),
                        format!(
                            "{} \u{201c}{}\u{201d} is no day",
                            field.as_str(),
                            shortened(&reading.text(field).unwrap_or_default(), 40)
                        ),
                    )
                    .hint("Export days as YYYY-MM-DD."),
                );
                None
            }
        }
    }

    /// Which columns were dropped, and what the mapping asks for in vain.
    fn report_columns(&mut self) {
        let read = self
            .inventory
            .mapping
            .iter()
            .filter_map(|column| {
                let field = column.field.as_deref()?;
                Some(format!(
                    "\u{201c}{}\u{201d} as {field}",
                    shortened(&column.header, 40)
                ))
            })
            .collect::<Vec<_>>();
        if !read.is_empty() {
            self.problems.push(
                Problem::note(
                    "inventory-columns-read",
                    Place::Document,
                    format!("columns were read as: {}", read.join(", ")),
                )
                .hint("A mapping file beside the inventory overrides this ([columns])."),
            );
        }
        let names = &self.dropped;
        if !names.is_empty() {
            let more = names.len().saturating_sub(HEADERS_IN_A_MESSAGE);
            let mut list = names
                .iter()
                .take(HEADERS_IN_A_MESSAGE)
                .map(|name| format!("\u{201c}{name}\u{201d}"))
                .collect::<Vec<_>>()
                .join(", ");
            if more > 0 {
                list = format!("{list} and {more} more");
            }
            self.problems.push(
                Problem::note(
                    "inventory-columns-dropped",
                    Place::Document,
                    format!(
                        "{} not read and not stored: {list}",
                        counted(names.len() as u64, "column was", "columns were")
                    ),
                )
                .hint("Name a column under `keep` or [columns] in a mapping file to read it."),
            );
        }
        let headers: BTreeSet<String> = self
            .inventory
            .mapping
            .iter()
            .map(|column| folded(&column.header))
            .collect();
        for header in self.mapping.headers() {
            if !headers.contains(&folded(header)) {
                self.problems.push(Problem::warning(
                    "inventory-mapping-unused",
                    Place::Document,
                    format!(
                        "the mapping speaks of the column \u{201c}{}\u{201d}, which the inventory does not have",
                        shortened(header, 40)
                    ),
                ));
            }
        }
    }
}

fn twice(first: &InventoryRow, second: &InventoryRow) -> Problem {
    let id = shortened(&second.device.asset_id, 40);
    if first.device == second.device {
        return Problem::note(
            "inventory-asset-id-twice",
            second.at.clone(),
            format!("{id} stands at {} in the same words already", first.at),
        );
    }
    Problem::error(
        "inventory-asset-id-twice",
        second.at.clone(),
        format!(
            "{id} stands at {} already and says something else; this row was set aside",
            first.at
        ),
    )
    .hint("Give each device an asset id of its own; hosts of one system share the column system.")
}
