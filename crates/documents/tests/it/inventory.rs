//! Inventories as maintenance systems export them.

use isocenter_documents::inventory::{self, InventoryMapping};
use isocenter_model::inventory::Inventory;
use isocenter_model::product::ClinicalRole;
use isocenter_model::{Document, DocumentKind, Place, Reading};
use jiff::civil::date;
use proptest::prelude::*;

use crate::paper::{ids, problem, worksheet};

#[track_caller]
fn devices(reading: &Reading) -> &Inventory {
    match &reading.document {
        Some(Document::Inventory(inventory)) => inventory,
        other => panic!("no inventory: {other:?}, {:?}", reading.problems),
    }
}

/// A reading without the note on how the columns were read, which one test holds.
fn read_bytes(bytes: &[u8], mapping: Option<&InventoryMapping>) -> Reading {
    let mut reading = inventory::read(bytes, mapping);
    reading
        .problems
        .retain(|problem| problem.id != "inventory-columns-read");
    reading
}

#[test]
fn how_the_columns_were_read_is_shown() {
    let reading = inventory::read(b"Asset #;Mfr;Model;Patient\nA1;Siemens;X;Doe\n", None);
    let note = reading
        .problems
        .iter()
        .find(|problem| problem.id == "inventory-columns-read");
    let message = &note.unwrap().message;
    assert!(
        message.contains("\u{201c}Mfr\u{201d} as manufacturer"),
        "{message}"
    );
    assert!(!message.contains("Doe"));
}

fn read(text: &str) -> Reading {
    read_bytes(text.as_bytes(), None)
}

#[test]
fn an_export_is_read_with_all_its_fields() {
    let reading = read(
        "Asset #,Manufacturer,Model,Software Version,Serial No.,UDI,System,Site,Department,VLAN,IP Address,MAC,AE Title,Modality,Clinical Role,Install Date,Planned Retirement,Status\n\
         CT-3,Northlight,Aperture CT 500,VB30A,48213,(01)00857674002010(11)210304(21)48213,CT system 3,Main,Radiology,120,10.1.2.3,00:0a:95:9d:68:16,CT3,CT,Diagnostic,2019-04-01,2029-03-31,In service\n",
    );
    assert_eq!(reading.kind, DocumentKind::Inventory);
    assert_eq!(reading.problems, []);
    assert_eq!(
        reading
            .summary
            .iter()
            .map(|(k, v)| (*k, *v))
            .collect::<Vec<_>>(),
        [("columns", 18), ("devices", 1), ("dropped", 0)]
    );
    let inventory = devices(&reading);
    assert_eq!(inventory.rows[0].status.as_deref(), Some("In service"));
    assert_eq!(inventory.rows[0].at, Place::line(2));
    insta::assert_snapshot!(String::from_utf8(inventory::write_kept(inventory)).unwrap(), @r"
    asset-id,manufacturer,model,software-version,serial-number,udi,system,site,department,segment,ip-address,mac-address,ae-title,modality,clinical-role,installed,planned-retirement,status
    CT-3,Northlight,Aperture CT 500,VB30A,48213,(01)00857674002010(11)210304(21)48213,CT system 3,Main,Radiology,120,10.1.2.3,00:0a:95:9d:68:16,CT3,CT,diagnostic,2019-04-01,2029-03-31,In service
    ");
}

#[test]
fn exports_in_other_languages_and_delimiters_are_read() {
    for text in [
        "Geräte-Nr.;Hersteller;Typ;Seriennummer;Softwarestand;Inbetriebnahme\nG1;Northlight;CT 500;7;VB30;01.04.2019\n",
        "N° inventaire;Fabricant;Modèle;N° de série;Version logicielle;Date de mise en service\nG1;Northlight;CT 500;7;VB30;01/04/2019\nG2;Northlight;CT 500;8;VB30;25/04/2019\n",
        "Nº de inventario\tFabricante\tModelo\tNúmero de serie\tVersión de software\tFecha de instalación\nG1\tNorthlight\tCT 500\t7\tVB30\t2019-04-01\n",
        "Inventarisnummer|Merk|Modelnaam|Serienummer|Softwareversie|Installatiedatum\nG1|Northlight|CT 500|7|VB30|1-4-2019\nG2|Northlight|CT 500|8|VB30|31-3-2019\n",
    ] {
        let reading = read(text);
        let device = &devices(&reading).rows[0].device;
        assert_eq!(device.asset_id, "G1", "{text}");
        assert_eq!(device.manufacturer, "Northlight");
        assert_eq!(device.model, "CT 500");
        assert_eq!(device.serial_number.as_deref(), Some("7"));
        assert_eq!(device.software_version.as_deref(), Some("VB30"));
        assert_eq!(device.installed, Some(date(2019, 4, 1)));
        assert_eq!(reading.problems, [], "{text}");
    }
}

#[test]
fn old_encodings_are_read_and_told() {
    let latin1 = b"Ger\xe4te-Nr;Hersteller;Modell\nG1;M\xfcller & S\xf6hne;R\xf6ntgen 1\n";
    let reading = read_bytes(latin1, None);
    assert_eq!(
        devices(&reading).rows[0].device.manufacturer,
        "Müller & Söhne"
    );
    assert_eq!(ids(&reading), ["spreadsheet-encoding"]);
    let utf16: Vec<u8> = "\u{feff}Geräte-Nr;Hersteller;Modell\r\nG1;Müller;R 1\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let reading = read_bytes(&utf16, None);
    assert_eq!(devices(&reading).rows[0].device.manufacturer, "Müller");
}

#[test]
fn titles_before_repeated_headers_in_and_totals_after_the_list_are_no_devices() {
    let reading = read_bytes(
        &worksheet(
            "Export",
            &[
                &["Medical equipment list"],
                &["Printed 2026-11-01", "Site: Main"],
                &[],
                &["Asset", "Manufacturer", "Model"],
                &["A1", "Northlight", "CT 500"],
                &["Asset", "Manufacturer", "Model"],
                &["A2", "Northlight", "MR 3"],
                &["Total: 2"],
            ],
        ),
        None,
    );
    let rows = &devices(&reading).rows;
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1].at.to_string(), "Export!A7");
    assert_eq!(ids(&reading), ["inventory-row-set-aside"]);
    assert_eq!(reading.problems[0].at.to_string(), "Export!A8");
}

#[test]
fn values_of_columns_that_are_not_understood_never_leave_the_reader() {
    let text = "Asset;Patient Name;Manufacturer;Model;Notes;Last user\n\
                A1;PLANTED^MARKER;Northlight;CT 500;PLANTED-NOTE;PLANTED-USER\n\
                ;PLANTED^MARKER2;Northlight;CT 500;PLANTED\u{7}NOTE;\n\
                A3;PLANTED;;;;\n";
    let reading = read(text);
    let kept = String::from_utf8(inventory::write_kept(devices(&reading))).unwrap();
    for shown in [format!("{reading:?}"), kept.clone()] {
        assert!(!shown.contains("PLANTED"), "{shown}");
    }
    let dropped = problem(&reading, "inventory-columns-dropped");
    assert_eq!(
        dropped.message,
        "3 columns were not read and not stored: “Patient Name”, “Notes”, “Last user”"
    );
    assert_eq!(reading.summary["dropped"], 3);
    assert_eq!(kept.lines().next(), Some("asset-id,manufacturer,model"));
}

#[test]
fn a_made_up_asset_id_does_not_depend_on_dropped_columns_or_order() {
    let one = read(
        "Manufacturer,Model,Room,Patient\nNorthlight,CT 500,R1,Someone\nNorthlight,CT 500,R2,x\n",
    );
    let two = read("Manufacturer,Model,Room\nNorthlight,CT 500,R2\nNorthlight,CT 500,R1\n");
    let made_up = |reading: &Reading, room: &str| {
        devices(reading)
            .rows
            .iter()
            .find(|row| row.device.department.as_deref() == Some(room))
            .map(|row| row.device.asset_id.clone())
            .unwrap()
    };
    assert_eq!(made_up(&one, "R1"), made_up(&two, "R1"));
    assert_ne!(made_up(&one, "R1"), made_up(&one, "R2"));
    assert!(made_up(&one, "R1").starts_with("row-"));
}

#[test]
fn a_row_without_asset_id_is_called_by_its_serial_number() {
    let reading = read("Asset,Manufacturer,Model,Serial\nn/a,Northlight,CT 500,48213\n");
    assert_eq!(devices(&reading).rows[0].device.asset_id, "48213");
    assert_eq!(ids(&reading), ["inventory-asset-id-missing"]);
}

#[test]
fn an_asset_id_that_stands_twice_is_told_with_both_rows() {
    let reading = read(
        "Asset,Manufacturer,Model\nA1,Northlight,CT 500\nA1,Northlight,MR 3\nA1,Northlight,CT 500\n",
    );
    assert_eq!(devices(&reading).rows.len(), 1);
    let told: Vec<_> = reading
        .problems
        .iter()
        .map(|p| (p.level.as_str(), p.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "error",
                "A1 stands at line 2 already and says something else; this row was set aside"
            ),
            ("note", "A1 stands at line 2 in the same words already"),
        ]
    );
}

#[test]
fn two_columns_for_one_field_are_told_and_the_first_is_read() {
    let reading = read("Asset,Manufacturer,Model,Model Name\nA1,Northlight,CT 500,Aperture\n");
    assert_eq!(devices(&reading).rows[0].device.model, "CT 500");
    let told = problem(&reading, "inventory-header-ambiguous");
    assert_eq!(
        told.message,
        "the columns “Model” and “Model Name” mean the same; the first was read"
    );
    let mapping = InventoryMapping::from_toml("ignore = [\"Model\"]").unwrap();
    let reading = read_bytes(
        b"Asset,Manufacturer,Model,Model Name\nA1,Northlight,CT 500,Aperture\n",
        Some(&mapping),
    );
    assert_eq!(devices(&reading).rows[0].device.model, "Aperture");
    assert_eq!(ids(&reading), ["inventory-columns-dropped"]);
}

#[test]
fn a_mapping_goes_before_the_synonyms_and_keeps_what_it_names() {
    let mapping = InventoryMapping::from_toml(
        "keep = [\"Raumcode\"]\nignore = [\"Typ\"]\n\
         [columns]\n\"Kennung\" = \"asset-id\"\n\"Bezeichnung\" = \"model\"\n\"Nirgends\" = \"udi\"\n\
         [clinical-role]\n\"Kat. A\" = \"interventional\"\n",
    )
    .unwrap();
    let text = "Kennung;Hersteller;Typ;Bezeichnung;Raumcode;Kritikalität;Arzt\n\
                K1;Northlight;alt;CT 500;0.17;KAT A;PLANTED\n";
    let reading = read_bytes(text.as_bytes(), Some(&mapping));
    let inventory = devices(&reading);
    let device = &inventory.rows[0].device;
    assert_eq!(
        (device.asset_id.as_str(), device.model.as_str()),
        ("K1", "CT 500")
    );
    assert_eq!(device.clinical_role, ClinicalRole::Interventional);
    assert_eq!(inventory.kept[0].values, ["0.17"]);
    assert_eq!(
        inventory
            .mapping
            .iter()
            .map(|c| (c.header.as_str(), c.field.as_deref()))
            .collect::<Vec<_>>(),
        [
            ("Kennung", Some("asset-id")),
            ("Hersteller", Some("manufacturer")),
            ("Typ", None),
            ("Bezeichnung", Some("model")),
            ("Raumcode", Some("kept")),
            ("Kritikalität", Some("clinical-role")),
            ("Arzt", None),
        ]
    );
    assert_eq!(
        ids(&reading),
        ["inventory-columns-dropped", "inventory-mapping-unused"]
    );
    // What is stored needs no mapping to be read again.
    let again = read_bytes(&inventory::write_kept(inventory), None);
    let read = devices(&again);
    assert_eq!(read.rows[0].device, inventory.rows[0].device);
    assert_eq!(read.kept, inventory.kept);
    assert_eq!(again.problems, []);
}

#[test]
fn days_whose_order_no_row_tells_are_not_guessed() {
    let reading = read(
        "Asset,Manufacturer,Installed,EOL\nA1,N,03/04/2019,03/04/2029\nA2,N,05/06/2019,25/12/2029\nA3,N,soon,2030\n",
    );
    let rows = &devices(&reading).rows;
    assert_eq!(rows[0].device.installed, None);
    assert_eq!(rows[0].device.planned_retirement, Some(date(2029, 4, 3)));
    assert_eq!(
        ids(&reading)
            .iter()
            .filter(|id| **id == "inventory-date-ambiguous")
            .count(),
        2
    );
    assert_eq!(
        ids(&reading)
            .iter()
            .filter(|id| **id == "inventory-date-malformed")
            .count(),
        2
    );
}

#[test]
fn a_version_that_the_spreadsheet_program_changed_is_told() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, header) in (0..).zip([
        "Asset",
        "Manufacturer",
        "Model",
        "Software Version",
        "Installed",
    ]) {
        sheet.write_string(0, column, header).unwrap();
    }
    let day = rust_xlsxwriter::Format::new().set_num_format("dd.mm.yyyy");
    for row in 1..4 {
        sheet.write_string(row, 0, format!("A{row}")).unwrap();
        sheet.write_string(row, 1, "Northlight").unwrap();
        sheet.write_string(row, 2, "CT 500").unwrap();
        sheet
            .write_number_with_format(row, 4, 43_556.0, &day)
            .unwrap();
    }
    sheet.write_number(1, 3, 4.1).unwrap();
    sheet
        .write_number_with_format(2, 3, 45_662.0, &day)
        .unwrap();
    sheet.write_string(3, 3, "4.10").unwrap();
    let reading = read_bytes(&workbook.save_to_buffer().unwrap(), None);
    let versions: Vec<_> = devices(&reading)
        .rows
        .iter()
        .map(|row| row.device.software_version.as_deref())
        .collect();
    assert_eq!(versions, [Some("4.1"), None, Some("4.10")]);
    assert_eq!(
        devices(&reading).rows[0].device.installed,
        Some(date(2019, 4, 1))
    );
    assert_eq!(
        ids(&reading),
        ["inventory-version-is-date", "inventory-version-is-number"]
    );
}

#[test]
fn words_for_roles_are_known_and_others_are_told_once() {
    let reading = read(
        "Asset,Manufacturer,Criticality\nA1,N,Befundung\nA2,N,High\nA3,N,HIGH\nA4,N,non clinical\nA5,N,-\n",
    );
    let roles: Vec<_> = devices(&reading)
        .rows
        .iter()
        .map(|row| row.device.clinical_role.as_str())
        .collect();
    assert_eq!(
        roles,
        [
            "diagnostic",
            "unknown",
            "unknown",
            "non-clinical",
            "unknown"
        ]
    );
    assert_eq!(
        ids(&reading),
        ["inventory-column-missing", "inventory-role-unknown"]
    );
    assert_eq!(
        problem(&reading, "inventory-role-unknown").at,
        Place::line(3)
    );
}

#[test]
fn every_visible_sheet_with_devices_is_read() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, id) in [("North", "A1"), ("South", "A2"), ("Old", "A3")] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        for (column, (header, value)) in
            (0..).zip([("Asset", id), ("Manufacturer", "N"), ("Model", "M")])
        {
            sheet.write_string(0, column, header).unwrap();
            sheet.write_string(1, column, value).unwrap();
        }
        sheet.set_hidden(name == "Old");
    }
    let reading = read_bytes(&workbook.save_to_buffer().unwrap(), None);
    assert_eq!(devices(&reading).rows.len(), 2);
    assert_eq!(devices(&reading).mapping.len(), 3);
    assert_eq!(ids(&reading), ["inventory-sheet-hidden"]);
}

#[test]
fn a_table_of_something_else_is_no_inventory() {
    let reading = read("Name,Born\nSomeone,1950-01-01\n");
    assert_eq!(reading.document, None);
    assert_eq!(ids(&reading), ["inventory-header-missing"]);
    assert!(!format!("{reading:?}").contains("Someone"));
}

fn any_value() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        Just(None),
        "['=+@A-Za-zÄ漢\"-][A-Za-z0-9=;,\"'\n .Ä漢-]{0,12}[A-Z0-9]"
            .prop_map(|text| Some(text.trim().to_owned()))
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_read_again(rows in proptest::collection::vec((any_value(), any_value(), any_value(), any_value()), 1..6)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["Asset", "Make", "Model", "Software", "Secret"]).unwrap();
        for (index, (make, model, version, secret)) in rows.into_iter().enumerate() {
            let text = |value: Option<String>| value.unwrap_or_default();
            writer.write_record([format!("A{index}"), text(make), text(model), text(version), text(secret)]).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let reading = read_bytes(&bytes, None);
        let inventory = devices(&reading);
        let kept = inventory::write_kept(inventory);
        let again = read_bytes(&kept, None);
        let read: Vec<_> = devices(&again).rows.iter().map(|row| &row.device).collect();
        let expected: Vec<_> = inventory.rows.iter().map(|row| &row.device).collect();
        prop_assert_eq!(read, expected);
        prop_assert_eq!(inventory::write_kept(devices(&again)), kept);
    }
}
