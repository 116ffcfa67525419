//! What is known of products: software identification tags, maps of names, their end of life.

use std::fmt::Write;

/// A SWID tag of a product with many files.
pub(super) fn swid() -> Vec<Vec<u8>> {
    let mut files = String::new();
    for number in 0..4_000 {
        write!(
            files,
            r#"
      <File name="part-{number}.dll" size="53{number}" version="5.2.{number}" SHA256:hash="{number:064x}"/>"#
        )
        .unwrap_or_default();
    }
    let text = format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<SoftwareIdentity xmlns="http://standards.iso.org/iso/19770/-2/2015/schema.xsd" xmlns:SHA256="http://www.w3.org/2001/04/xmlenc#sha256"
  xml:lang="en-US" name="Scanner Console" tagId="acme.example/scanner-console-5.2.1" tagVersion="3" version="5.2.1" versionScheme="multipartnumeric">
  <Entity name="Acme" regid="acme.example" role="tagCreator softwareCreator"/>
  <Meta product="Scanner" colloquialVersion="5" description="Console of the scanner"/>
  <Link rel="requires" href="swid:system.example/system-10"/>
  <Payload>
    <Directory root="%programdata%" name="scanner">{files}
    </Directory>
  </Payload>
</SoftwareIdentity>
"#
    );
    vec![text.into_bytes()]
}

/// A map of package URLs to CPE names.
pub(super) fn identity_map() -> Vec<Vec<u8>> {
    let mut table = "purl\tcpe_part_vendor_product\n".to_owned();
    for number in 0..40_000 {
        writeln!(
            table,
            "pkg:github/acme-{vendor}/part-{number}\ta:acme_{vendor}:part-{number}",
            vendor = number / 8
        )
        .unwrap_or_default();
    }
    vec![table.into_bytes()]
}

/// All products of endoflife.date.
pub(super) fn endoflife() -> Vec<Vec<u8>> {
    let mut products = String::new();
    for number in 0..400 {
        let comma = if number == 0 { "" } else { "," };
        let mut releases = String::new();
        for release in 0..20 {
            let comma = if release == 0 { "" } else { "," };
            write!(
                releases,
                r#"{comma}
{{ "name": "{release}", "codename": null, "label": "{release}", "releaseDate": "20{release:02}-02-25", "isLts": false,
"eoasFrom": null, "eolFrom": "20{release:02}-12-01", "isEol": true, "eoesFrom": null, "discontinuedFrom": null,
"latest": {{ "name": "{release}.5.0", "date": "20{release:02}-08-21" }} }}"#
            )
            .unwrap_or_default();
        }
        write!(
            products,
            r#"{comma}
{{ "name": "part-{number}", "label": "Part {number}", "category": "framework", "identifiers": [
{{ "type": "purl", "id": "pkg:npm/%40acme/part-{number}" }}, {{ "type": "cpe", "id": "cpe:2.3:a:acme:part_{number}" }} ],
"releases": [{releases} ] }}"#
        )
        .unwrap_or_default();
    }
    let text = format!(r#"{{ "schema_version": "1.2.0", "total": 400, "result": [{products} ] }}"#);
    vec![text.into_bytes()]
}
