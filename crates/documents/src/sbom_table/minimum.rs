//! Where a spreadsheet holds the minimum elements of a bill of materials.

use crate::completeness::{Element, Format};

/// How problems with them are called. A spreadsheet has no fixed places.
pub(super) const FORMAT: Format = Format {
    component_version: "sbom-table-component-version-missing",
    component_identifier: "sbom-table-component-identifier-missing",
    component_supplier: "sbom-table-component-supplier-missing",
    timestamp: Element {
        id: "sbom-table-timestamp-missing",
        at: None,
        hint: "ask its author for the date, so that the newest of two documents can be told",
    },
    subject: Element {
        id: "sbom-table-subject-missing",
        at: None,
        hint: "name the device above the table: `Device: NAME` and `Version: VERSION`",
    },
    subject_version: Element {
        id: "sbom-table-subject-version-missing",
        at: None,
        hint: "name the software version of the device above the table: `Version: VERSION`",
    },
    manufacturer: Element {
        id: "sbom-table-manufacturer-missing",
        at: None,
        hint: "name the maker of the device above the table: `Manufacturer: NAME`",
    },
    author: Element {
        id: "sbom-table-author-missing",
        at: None,
        hint: "name the author above the table: `Author: NAME`",
    },
    components: Element {
        id: "sbom-table-components-missing",
        at: None,
        hint: "ask the manufacturer for the components of the product",
    },
    dependencies: Element {
        id: "sbom-table-dependencies-missing",
        at: None,
        hint: "ask the manufacturer which component is part of which",
    },
};
