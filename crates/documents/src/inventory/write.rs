//! The inventory as it may be stored: understood columns only.

use std::borrow::Cow;

use isocenter_model::inventory::{Inventory, InventoryRow};
use isocenter_model::product::ClinicalRole;
use jiff::civil::Date;

use super::fields::Field;

/// What stands before the header of a column that is kept without a field of its own.
pub(super) const KEPT_PREFIX: &str = "kept: ";

/// Writes the mapped columns, and nothing else of the export, as CSV (RFC 4180). [`super::read`]
/// reads the same devices from it, made-up asset ids among them. A value that a spreadsheet
/// program would take for a formula is written with the apostrophe that such programs use for text.
pub fn write_kept(inventory: &Inventory) -> Vec<u8> {
    let mut fields: Vec<Field> = Field::ALL
        .into_iter()
        .filter(|field| {
            *field == Field::AssetId
                || inventory
                    .mapping
                    .iter()
                    .any(|column| column.field.as_deref() == Some(field.as_str()))
        })
        .collect();
    fields.dedup();
    let mut lines: Vec<Vec<Cow<'_, str>>> = Vec::with_capacity(inventory.rows.len() + 1);
    let mut header: Vec<Cow<'_, str>> = fields.iter().map(|field| field.as_str().into()).collect();
    header.extend(
        inventory
            .kept
            .iter()
            .map(|column| format!("{KEPT_PREFIX}{}", column.header).into()),
    );
    lines.push(header);
    for (index, row) in inventory.rows.iter().enumerate() {
        let mut line: Vec<Cow<'_, str>> = fields.iter().map(|field| value(*field, row)).collect();
        line.extend(
            inventory
                .kept
                .iter()
                .map(|column| Cow::from(column.values.get(index).map_or("", String::as_str))),
        );
        lines.push(line);
    }
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    for line in lines {
        let cells = line.into_iter().map(as_text);
        // Writing to memory does not fail, and all lines are of one length.
        let _ = writer.write_record(cells.map(Cow::into_owned));
    }
    writer.into_inner().unwrap_or_default()
}

/// `value` so that no spreadsheet program takes it for a formula.
fn as_text(value: Cow<'_, str>) -> Cow<'_, str> {
    if begins_like_a_formula(value.trim_start_matches('\'')) {
        Cow::Owned(format!("'{value}"))
    } else {
        value
    }
}

/// Takes back what [`as_text`] adds, and what spreadsheet programs add for the same reason.
pub(crate) fn without_text_mark(value: &str) -> &str {
    match value.strip_prefix('\'') {
        Some(rest) if begins_like_a_formula(rest.trim_start_matches('\'')) => rest,
        _ => value,
    }
}

fn begins_like_a_formula(value: &str) -> bool {
    value.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn value(field: Field, row: &InventoryRow) -> Cow<'_, str> {
    let device = &row.device;
    match field {
        Field::AssetId => device.asset_id.as_str().into(),
        Field::Manufacturer => device.manufacturer.as_str().into(),
        Field::Model => device.model.as_str().into(),
        Field::SoftwareVersion => text(device.software_version.as_deref()),
        Field::SerialNumber => text(device.serial_number.as_deref()),
        Field::Udi => text(device.udi.as_deref()),
        Field::System => text(device.system.as_deref()),
        Field::Site => text(device.site.as_deref()),
        Field::Department => text(device.department.as_deref()),
        Field::Segment => text(device.segment.as_deref()),
        Field::IpAddress => text(device.ip_address.as_deref()),
        Field::MacAddress => text(device.mac_address.as_deref()),
        Field::AeTitle => text(device.ae_title.as_deref()),
        Field::Modality => text(device.modality.as_deref()),
        Field::ClinicalRole if device.clinical_role == ClinicalRole::Unknown => "".into(),
        Field::ClinicalRole => device.clinical_role.as_str().into(),
        Field::Installed => day(device.installed),
        Field::PlannedRetirement => day(device.planned_retirement),
        Field::Status => text(row.status.as_deref()),
    }
}

fn text(text: Option<&str>) -> Cow<'_, str> {
    text.unwrap_or("").into()
}

fn day(day: Option<Date>) -> Cow<'static, str> {
    day.map(|day| day.to_string()).unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_before_a_formula_is_taken_back() {
        for value in ["=1+1", "-5", "@x", "'=1", "plain", "'quoted", "+49"] {
            assert_eq!(without_text_mark(&as_text(value.into())), value);
        }
        assert_eq!(as_text("=cmd|' /C calc'!A0".into()), "'=cmd|' /C calc'!A0");
    }
}
