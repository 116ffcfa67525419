use std::fmt::Write as _;

use isocenter_model::component::Sbom;
use isocenter_model::lifecycle::SupportLevel;
use isocenter_model::{Document, Reading};

use super::*;

fn sbom(reading: &Reading) -> &Sbom {
    match &reading.document {
        Some(Document::Sbom(sbom)) => sbom,
        other => panic!("no bill: {other:?}, {:?}", reading.problems),
    }
}

/// Everything that was read, a line for each part, and the problems.
fn told(text: &str) -> String {
    let reading = read(text.as_bytes());
    let bill = sbom(&reading);
    let mut told = String::new();
    let subject = bill.subject.as_ref().map(|part| part.component.label());
    let _ = writeln!(
        told,
        "{:?} of {:?}, made {:?}",
        subject, bill.manufacturer, bill.made
    );
    for part in &bill.components {
        let component = &part.component;
        let _ = write!(
            told,
            "{} {} by {:?}",
            component.kind.as_word(),
            component.label(),
            component.supplier
        );
        let names = component.purl.iter().chain(&component.cpes);
        for name in names.chain(&component.licenses) {
            let _ = write!(told, " | {name}");
        }
        for hash in &component.hashes {
            let _ = write!(told, " | {} {:.6}…", hash.algorithm, hash.value);
        }
        if let Some(support) = &component.support {
            let _ = write!(told, " | {:?}", support.level);
            for milestone in &support.milestones {
                let _ = write!(told, ", {} {:?}", milestone.kind.as_str(), milestone.at);
            }
        }
        if let Some(parent) = part.parent {
            let _ = write!(told, " | in {parent}");
        }
        told.push('\n');
    }
    for (from, to) in &bill.dependencies {
        let _ = writeln!(told, "{from} -> {to}");
    }
    for problem in &reading.problems {
        let _ = writeln!(
            told,
            "{} {} {}: {}",
            problem.level, problem.id, problem.at, problem.message
        );
    }
    told
}

#[test]
fn a_table_of_the_minimum_elements_is_read_with_the_device_above_it() {
    insta::assert_snapshot!(told(
        "Software Bill of Materials,,,,,,\n\
         Device:,Orrin 3.0T,,Software version:,VD12,,\n\
         Manufacturer: Northlight Imaging,,,Date,2026-10-02,Author of SBOM data,A. Person\n\
         ,,,,,,\n\
         Supplier Name,Component Name,Version of the Component,Other Unique Identifiers,Dependency Relationship,License,Hash\n\
         Northlight Imaging,Orrin 3.0T,VD12,,Primary,,\n\
         OpenSSL Foundation,openssl,3.0.7,pkg:generic/openssl@3.0.7 cpe:2.3:a:openssl:openssl:3.0.7:*:*:*:*:*:*:*,Included in,Apache-2.0,SHA256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n\
         Microsoft,Windows 10 IoT,1809,KB-77,Included in,n/a,not available\n\
         ,,2.1,pkg:npm/axios@2.1,,MIT;BSD-3-Clause,\n\
         Unknown,,9,,,,\n"
    ), @r#"
    Some("Orrin 3.0T VD12") of Some("Northlight Imaging"), made Some(2026-10-02T00:00:00Z)
    library openssl 3.0.7 by Some("OpenSSL Foundation") | pkg:generic/openssl@3.0.7 | cpe:2.3:a:openssl:openssl:3.0.7:*:*:*:*:*:*:* | Apache-2.0 | SHA-256 9f86d0…
    library Windows 10 IoT 1809 by Some("Microsoft")
    library axios 2.1 by None | pkg:npm/axios@2.1 | MIT | BSD-3-Clause
    note sbom-table-identifier-unknown line 8: `KB-77` is neither a package URL nor a CPE and was not read
    warning sbom-table-name-missing line 10: the row names no component and was set aside
    warning sbom-table-component-identifier-missing line 8: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-supplier-missing line 9: nobody is named as the supplier of the component
    "#);
}

#[test]
fn support_of_off_the_shelf_software_is_read_as_fda_asks_for_it() {
    insta::assert_snapshot!(told(
        "OTS software of the Orrin family;;;;\n\
         OTS Software;Version;Manufacturer;Software level of support;End of support date\n\
         Operating systems;;;;\n\
         Windows 10 IoT Enterprise 2019 LTSC;1809;Microsoft;Actively maintained;09.01.2029\n\
         Libraries;;;;\n\
         zlib;1.2.11;zlib;abandoned;unknown\n\
         Qt;5.15;The Qt Company;gold;Q3 2027\n\
         DCMTK;;;;\n\
         All software is used as it comes from its maker.;;;;\n"
    ), @r#"
    None of None, made None
    operating-system Windows 10 IoT Enterprise 2019 LTSC 1809 by Some("Microsoft") | Some(ActivelyMaintained), end of support Day(2029-01-09)
    library zlib 1.2.11 by Some("zlib") | Some(Abandoned), end of support Unknown
    library Qt 5.15 by Some("The Qt Company") | None, end of support Within { first: 2027-07-01, last: 2027-09-30 }
    library DCMTK by None
    note sbom-table-row-alone line 9: the row has one cell, was taken for a heading or a remark and set aside
    warning sbom-table-component-identifier-missing line 4: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-identifier-missing line 6: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-identifier-missing line 7: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-version-missing line 8: the component has no version, so it cannot be told which flaws it has
    warning sbom-table-component-identifier-missing line 8: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-supplier-missing line 8: nobody is named as the supplier of the component
    note sbom-table-support-level-unknown document: 1 support level is in words that are not known here, among them “gold”
    warning sbom-table-timestamp-missing document: the document does not say when it was made
    warning sbom-table-subject-missing document: the document does not say which product it describes
    warning sbom-table-author-missing document: neither a person nor a tool is named as the author of the document
    warning sbom-table-dependencies-missing document: the document does not say which component is part of which
    "#);
}

#[test]
fn headers_in_the_words_of_ntia_fda_and_tools_mean_the_same() {
    for (headers, row) in [
        (
            "Author Name,Timestamp,Supplier Name,Component Name,Version String,Component Hash,Unique Identifier,Relationship",
            "A. Person,2026-10-02T08:00:00Z,OpenSSL,openssl,3.0.7,,pkg:generic/openssl@3.0.7,Included in",
        ),
        (
            "Software Component,Software Version,Component Manufacturer,Software level of support provided through monitoring and maintenance (e.g. abandoned),Software component's end-of-support date,Known vulnerabilities",
            "openssl,3.0.7,OpenSSL,actively maintained,2026-09-07,none",
        ),
        (
            "Component name,Component version name,License names,Origin name,Usage",
            "openssl,3.0.7,Apache-2.0,github,Dynamically linked",
        ),
        (
            "bom-ref,group,name,version,purl,cpe,publisher",
            "r1,,openssl,3.0.7,pkg:generic/openssl@3.0.7,,OpenSSL",
        ),
        (
            "No.,SOUP item,Version,Manufacturer,Intended use,Known anomalies reviewed",
            "1,openssl,3.0.7,OpenSSL,TLS,yes",
        ),
    ] {
        let text = format!("{headers}\n{row}\n");
        assert_eq!(
            crate::recognise(text.as_bytes()),
            DocumentKind::SbomTable,
            "{headers}"
        );
        let reading = read(text.as_bytes());
        let bill = sbom(&reading);
        assert_eq!(bill.components.len(), 1, "{headers}");
        let component = &bill.components[0].component;
        assert_eq!(component.label(), "openssl 3.0.7", "{headers}");
        let support = component.support.as_ref().map(|support| support.level);
        let is_stated = headers.contains("level of support");
        assert_eq!(
            support,
            is_stated.then_some(Some(SupportLevel::ActivelyMaintained)),
            "{headers}"
        );
    }
}

#[test]
fn headers_in_german_and_french_mean_the_same() {
    insta::assert_snapshot!(told(
        "Gerät;Orrin 1.5T\nHersteller;Northlight Imaging GmbH\nProduktversion;VC3\nStand: 01.11.2026\n\
         Komponente;Version;Hersteller;Lizenz;Supportende;Typ\n\
         SQLite;3.39.2;SQLite Consortium;gemeinfrei;31.12.2027;Bibliothek\n"
    ), @r#"
    Some("Orrin 1.5T VC3") of Some("Northlight Imaging GmbH"), made Some(2026-11-01T00:00:00Z)
    library SQLite 3.39.2 by Some("SQLite Consortium") | gemeinfrei | None, end of support Day(2027-12-31)
    warning sbom-table-component-identifier-missing line 6: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-author-missing document: neither a person nor a tool is named as the author of the document
    warning sbom-table-dependencies-missing document: the document does not say which component is part of which
    "#);
    insta::assert_snapshot!(told(
        "Composant;Version;Fournisseur;Licence;Type;Fin de support\n\
         PostgreSQL;14.2;PGDG;PostgreSQL;Logiciel;2026-11-12\n"
    ), @r#"
    None of None, made None
    application PostgreSQL 14.2 by Some("PGDG") | PostgreSQL | None, end of support Day(2026-11-12)
    warning sbom-table-component-identifier-missing line 2: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-timestamp-missing document: the document does not say when it was made
    warning sbom-table-subject-missing document: the document does not say which product it describes
    warning sbom-table-author-missing document: neither a person nor a tool is named as the author of the document
    warning sbom-table-dependencies-missing document: the document does not say which component is part of which
    "#);
}

#[test]
fn parents_are_found_by_reference_by_name_and_by_level() {
    insta::assert_snapshot!(told(
        "ID,Component,Version,Parent,Depends on\n\
         c1,viewer,2.0,,c3; zlib\n\
         c2,zlib,1.2.11,viewer,\n\
         c3,qt,5.15,c1,\n\
         c4,loop,1,c5,\n\
         c5,pool,1,c4,\n\
         c6,lost,1,nowhere,c6\n"
    ), @"
    None of None, made None
    library viewer 2.0 by None
    library zlib 1.2.11 by None | in 0
    library qt 5.15 by None | in 0
    library loop 1 by None | in 4
    library pool 1 by None
    library lost 1 by None
    c1 -> c3
    c1 -> c2
    warning sbom-table-reference-unknown line 7: the row names `nowhere` as what it belongs to or depends on, but no row has that reference or name
    warning sbom-table-reference-unknown line 7: the row names `c6` as what it belongs to or depends on, but that is the row itself
    warning sbom-table-circle line 6: the row belongs to a row that belongs to it, or is nested too deeply; it was read as part of the product
    warning sbom-table-component-identifier-missing line 2: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-supplier-missing line 2: nobody is named as the supplier of the component
    warning sbom-table-component-identifier-missing line 3: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-supplier-missing line 3: nobody is named as the supplier of the component
    warning sbom-table-component-identifier-missing line 4: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-supplier-missing line 4: nobody is named as the supplier of the component
    warning sbom-table-component-identifier-missing line 5: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-supplier-missing line 5: nobody is named as the supplier of the component
    warning sbom-table-component-identifier-missing line 6: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-supplier-missing line 6: nobody is named as the supplier of the component
    warning sbom-table-component-identifier-missing line 7: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-supplier-missing line 7: nobody is named as the supplier of the component
    warning sbom-table-timestamp-missing document: the document does not say when it was made
    warning sbom-table-subject-missing document: the document does not say which product it describes
    warning sbom-table-author-missing document: neither a person nor a tool is named as the author of the document
    ");
    insta::assert_snapshot!(told(
        "Level,Component,Version\n0,console,1\n1,viewer,2\n2,zlib,3\n1,archive,4\n3,qt,5\n"
    ), @r#"
    Some("console 1") of None, made None
    library viewer 2 by None
    library zlib 3 by None | in 0
    library archive 4 by None
    library qt 5 by None | in 2
    warning sbom-table-component-identifier-missing line 3: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-supplier-missing line 3: nobody is named as the supplier of the component
    warning sbom-table-component-identifier-missing line 4: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-supplier-missing line 4: nobody is named as the supplier of the component
    warning sbom-table-component-identifier-missing line 5: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-supplier-missing line 5: nobody is named as the supplier of the component
    warning sbom-table-component-identifier-missing line 6: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-supplier-missing line 6: nobody is named as the supplier of the component
    warning sbom-table-timestamp-missing document: the document does not say when it was made
    warning sbom-table-manufacturer-missing document: nobody is named as the maker of the product
    warning sbom-table-author-missing document: neither a person nor a tool is named as the author of the document
    "#);
}

#[test]
fn a_bad_name_costs_itself_and_neither_its_row_nor_the_file() {
    insta::assert_snapshot!(told(
        "Device,Device version,Component,Version,PURL,CPE,Colour\n\
         Orrin,VD12,openssl,3.0.7,pkg:/openssl,cpe:2.3:a:openssl,blue\n\
         Orrin,VD12,zlib,1.2.11,pkg:generic/zlib@1.2.11 pkg:generic/other,a:b,\n\
         Device,Device version,Component,Version,PURL,CPE,Colour\n\
         Orrin,VD12,'=HYPERLINK(\"http://x.example\"),1,,,\n"
    ), @r#"
    Some("Orrin VD12") of None, made None
    library openssl 3.0.7 by None
    library zlib 1.2.11 by None | pkg:generic/zlib@1.2.11
    library =HYPERLINK("http://x.example") 1 by None
    note sbom-table-columns-unknown line 1: 1 column is not read: “Colour”
    error sbom-table-purl-malformed line 2: the package URL `pkg:/openssl` was set aside: not a package URL: missing type
    error sbom-table-cpe-malformed line 2: the CPE `cpe:2.3:a:openssl` was set aside: a CPE 2.3 name has 11 attributes after `cpe:2.3:`, this one has 2
    warning sbom-table-purl-second line 3: the component has a second package URL, `pkg:generic/other`; the first was read
    error sbom-table-cpe-malformed line 3: the CPE `a:b` was set aside: a CPE begins with `cpe:2.3:` or `cpe:/`
    warning sbom-table-component-identifier-missing line 2: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-supplier-missing line 2: nobody is named as the supplier of the component
    warning sbom-table-component-supplier-missing line 3: nobody is named as the supplier of the component
    warning sbom-table-component-identifier-missing line 5: the component has no package URL, CPE or SWID tag, so it can be found by its name only
    warning sbom-table-component-supplier-missing line 5: nobody is named as the supplier of the component
    warning sbom-table-timestamp-missing document: the document does not say when it was made
    warning sbom-table-manufacturer-missing document: nobody is named as the maker of the product
    warning sbom-table-author-missing document: neither a person nor a tool is named as the author of the document
    warning sbom-table-dependencies-missing document: the document does not say which component is part of which
    "#);
}

#[test]
fn parts_of_several_devices_are_kept_and_told() {
    let reading =
        read(b"Device,Component,Version,Supplier,CPE\nOrrin,a,1,s,\nAsteri,b,1,s,\n".as_slice());
    assert_eq!(sbom(&reading).components.len(), 2);
    assert_eq!(sbom(&reading).subject, None);
    let ids: Vec<&str> = reading.problems.iter().map(|problem| problem.id).collect();
    assert!(ids.contains(&"sbom-table-devices-several"), "{ids:?}");
}

#[test]
fn the_device_is_read_from_a_title() {
    for (title, device, version) in [
        (
            "SBOM for Orrin 3.0T, version VD12",
            "Orrin 3.0T",
            Some("VD12"),
        ),
        ("Software Bill of Materials for Orrin", "Orrin", None),
        ("Software-Stückliste für Orrin 3.0T", "Orrin 3.0T", None),
    ] {
        let reading = read(format!("\"{title}\"\nComponent,Version\na,1\n").as_bytes());
        let subject = &sbom(&reading).subject.as_ref().unwrap().component;
        assert_eq!(subject.name, device);
        assert_eq!(subject.version.as_deref(), version);
    }
    let reading = read(b"Software Bill of Materials\nComponent,Version\na,1\n");
    assert_eq!(sbom(&reading).subject, None);
}
