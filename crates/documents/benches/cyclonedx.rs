//! How fast a large bill of materials is read and checked in both of its forms, on input that is
//! made here: 12,000 components with package URL, hash and licence, a third of them with a CPE,
//! and 24,000 dependencies.

use std::fmt::Write;

use divan::Bencher;
use divan::counter::BytesCount;
use isocenter_documents::cyclonedx;

fn main() {
    divan::main();
}

fn bill_of_materials(components: usize) -> Vec<u8> {
    let mut list = String::new();
    let mut dependencies = String::new();
    for number in 0..components {
        let separator = if number == 0 { "" } else { "," };
        let minor = number % 40;
        let cpe = if number % 3 == 0 {
            format!(r#","cpe":"cpe:2.3:a:acme:part-{number}:1.{minor}.0:*:*:*:*:node.js:*:*""#)
        } else {
            String::new()
        };
        write!(
            list,
            r#"{separator}{{
   "bom-ref": "c{number}",
   "type": "library",
   "name": "part-{number}",
   "version": "1.{minor}.0",
   "purl": "pkg:npm/%40acme/part-{number}@1.{minor}.0",
   "licenses": [{{"license": {{"id": "MIT"}}}}],
   "hashes": [{{"alg": "SHA-256", "content": "{number:064x}"}}]{cpe}
  }}"#
        )
        .unwrap_or_default();
        write!(
            dependencies,
            r#"{separator}{{"ref":"c{number}","dependsOn":["c{}","c{}"]}}"#,
            number / 2,
            number / 3
        )
        .unwrap_or_default();
    }
    format!(
        r#"{{"bomFormat":"CycloneDX","specVersion":"1.5","serialNumber":"urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79","version":1,
"metadata":{{"timestamp":"2026-03-01T12:00:00Z","component":{{"bom-ref":"root","type":"device","name":"scanner","version":"1"}}}},
"components":[{list}],"dependencies":[{dependencies}]}}"#
    )
    .into_bytes()
}

#[divan::bench(args = [100, 12_000])]
fn components(bencher: Bencher<'_, '_>, number: usize) {
    let bytes = bill_of_materials(number);
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench(|| cyclonedx::read(divan::black_box(&bytes)));
}

/// The same in XML.
fn bill_of_materials_in_xml(components: usize) -> Vec<u8> {
    let mut list = String::new();
    let mut dependencies = String::new();
    for number in 0..components {
        let minor = number % 40;
        let cpe = if number % 3 == 0 {
            format!(
                "      <cpe>cpe:2.3:a:acme:part-{number}:1.{minor}.0:*:*:*:*:node.js:*:*</cpe>\n"
            )
        } else {
            String::new()
        };
        write!(
            list,
            r#"    <component type="library" bom-ref="c{number}">
      <name>part-{number}</name>
      <version>1.{minor}.0</version>
      <hashes>
        <hash alg="SHA-256">{number:064x}</hash>
      </hashes>
      <licenses>
        <license>
          <id>MIT</id>
        </license>
      </licenses>
{cpe}      <purl>pkg:npm/%40acme/part-{number}@1.{minor}.0</purl>
    </component>
"#
        )
        .unwrap_or_default();
        write!(
            dependencies,
            r#"    <dependency ref="c{number}">
      <dependency ref="c{}"/>
      <dependency ref="c{}"/>
    </dependency>
"#,
            number / 2,
            number / 3
        )
        .unwrap_or_default();
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.5" serialNumber="urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79" version="1">
  <metadata>
    <timestamp>2026-03-01T12:00:00Z</timestamp>
    <component type="device" bom-ref="root"><name>scanner</name><version>1</version></component>
  </metadata>
  <components>
{list}  </components>
  <dependencies>
{dependencies}  </dependencies>
</bom>
"#
    )
    .into_bytes()
}

#[divan::bench(args = [100, 12_000])]
fn components_in_xml(bencher: Bencher<'_, '_>, number: usize) {
    let bytes = bill_of_materials_in_xml(number);
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench(|| cyclonedx::read(divan::black_box(&bytes)));
}
