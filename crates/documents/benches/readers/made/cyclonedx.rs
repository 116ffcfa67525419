//! Bills of materials in CycloneDX: components with package URL, hash and licence, a third of them with a CPE,
//! and two dependencies of each.

use std::fmt::Write;

/// How many components one has.
const COMPONENTS: usize = 12_000;

pub(super) fn json() -> Vec<Vec<u8>> {
    let mut list = String::new();
    let mut dependencies = String::new();
    for number in 0..COMPONENTS {
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
    let text = format!(
        r#"{{"bomFormat":"CycloneDX","specVersion":"1.5","serialNumber":"urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79","version":1,
"metadata":{{"timestamp":"2026-03-01T12:00:00Z","component":{{"bom-ref":"root","type":"device","name":"scanner","version":"1"}}}},
"components":[{list}],"dependencies":[{dependencies}]}}"#
    );
    vec![text.into_bytes()]
}

/// The same in XML.
pub(super) fn xml() -> Vec<Vec<u8>> {
    let mut list = String::new();
    let mut dependencies = String::new();
    for number in 0..COMPONENTS {
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
    let text = format!(
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
    );
    vec![text.into_bytes()]
}
