//! Where CycloneDX holds the minimum elements of a bill of materials.

use crate::completeness::{Element, Format};

/// How problems with them are called and placed.
pub(super) const FORMAT: Format = Format {
    component_version: "cyclonedx-component-version-missing",
    component_identifier: "cyclonedx-component-identifier-missing",
    component_supplier: "cyclonedx-component-supplier-missing",
    timestamp: Element {
        id: "cyclonedx-timestamp-missing",
        at: Some("/metadata/timestamp"),
        hint: "ask its author for the date, so that the newest of two documents can be told",
    },
    subject: Element {
        id: "cyclonedx-subject-missing",
        at: Some("/metadata/component"),
        hint: "name the device and its version in metadata.component",
    },
    subject_version: Element {
        id: "cyclonedx-subject-version-missing",
        at: Some("/metadata/component"),
        hint: "name the software version of the device in metadata.component.version",
    },
    manufacturer: Element {
        id: "cyclonedx-manufacturer-missing",
        at: Some("/metadata/component"),
        hint: "name the maker in metadata.component.manufacturer or metadata.supplier",
    },
    author: Element {
        id: "cyclonedx-author-missing",
        at: Some("/metadata/authors"),
        hint: "name the author in metadata.authors or the tool in metadata.tools",
    },
    components: Element {
        id: "cyclonedx-components-missing",
        at: Some("/components"),
        hint: "ask the manufacturer for the components of the product",
    },
    dependencies: Element {
        id: "cyclonedx-dependencies-missing",
        at: Some("/dependencies"),
        hint: "ask the manufacturer for the dependency relationships",
    },
};
