//! How SPDX speaks of the minimum elements of a bill of materials.

use crate::completeness::{Element, Format};

/// The elements in SPDX 2. The places hold in every syntax of it.
pub(super) const FORMAT_2: Format = Format {
    component_version: "spdx-component-version-missing",
    component_identifier: "spdx-component-identifier-missing",
    component_supplier: "spdx-component-supplier-missing",
    timestamp: Element {
        id: "spdx-timestamp-missing",
        at: Some("/creationInfo"),
        hint: "ask its author for the date, so that the newest of two documents can be told",
    },
    subject: Element {
        id: "spdx-subject-missing",
        at: Some("/relationships"),
        hint: "name the device as a package, and say that SPDXRef-DOCUMENT DESCRIBES it",
    },
    subject_version: Element {
        id: "spdx-subject-version-missing",
        at: Some("/packages"),
        hint: "name the software version of the device in the package that is described",
    },
    manufacturer: Element {
        id: "spdx-manufacturer-missing",
        at: Some("/packages"),
        hint: "name the maker as the supplier of the package that is described",
    },
    author: Element {
        id: "spdx-author-missing",
        at: Some("/creationInfo"),
        hint: "name the author among the creators",
    },
    components: Element {
        id: "spdx-components-missing",
        at: Some("/packages"),
        hint: "ask the manufacturer for the components of the product",
    },
    dependencies: Element {
        id: "spdx-dependencies-missing",
        at: Some("/relationships"),
        hint: "ask the manufacturer for the dependency relationships",
    },
};

/// The elements in SPDX 3, where a graph has no fixed places.
pub(super) const FORMAT_3: Format = Format {
    timestamp: Element {
        at: None,
        ..FORMAT_2.timestamp
    },
    subject: Element {
        at: None,
        hint: "name the device as a package, and name it as the root element of the SBOM",
        ..FORMAT_2.subject
    },
    subject_version: Element {
        at: None,
        ..FORMAT_2.subject_version
    },
    manufacturer: Element {
        at: None,
        ..FORMAT_2.manufacturer
    },
    author: Element {
        at: None,
        hint: "name the author in createdBy of the creation information",
        ..FORMAT_2.author
    },
    components: Element {
        at: None,
        ..FORMAT_2.components
    },
    dependencies: Element {
        at: None,
        ..FORMAT_2.dependencies
    },
    ..FORMAT_2
};
