//! Minimum elements of a bill of materials (NTIA, "The Minimum Elements For a Software Bill of
//! Materials", July 2021; CISA's update of 2025): supplier, name, version, other unique
//! identifiers, dependency relationships, author, timestamp.

use isocenter_model::component::Component;
use isocenter_model::{Level, Problem};

use super::edition::Check;
use crate::json::Path;

const VERSION: &str = "cyclonedx-component-version-missing";
const IDENTIFIER: &str = "cyclonedx-component-identifier-missing";
const SUPPLIER: &str = "cyclonedx-component-supplier-missing";

/// What one component lacks.
pub(super) fn component(component: &Component, path: &Path<'_>, check: &mut Check<'_>) {
    if component.version.is_none() {
        check.shared(VERSION, Level::Warning, || {
            Problem::warning(
                VERSION,
                path.place(),
                "the component has no version, so it cannot be told which flaws it has",
            )
            .hint("ask the manufacturer for the version")
        });
    }
    if component.purl.is_none() && component.cpes.is_empty() && component.swid.is_none() {
        check.shared(IDENTIFIER, Level::Warning, || {
            Problem::warning(
                IDENTIFIER,
                path.place(),
                "the component has no package URL, CPE or SWID tag, so it can be found by its name only",
            )
            .hint("ask the manufacturer for a package URL or a CPE")
        });
    }
    if component.supplier.is_none() {
        check.shared(SUPPLIER, Level::Warning, || {
            Problem::warning(
                SUPPLIER,
                path.place(),
                "nobody is named as the supplier of the component",
            )
        });
    }
}

/// What the document as a whole holds.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // each is one element of the list
pub(super) struct Elements {
    /// Whether it describes flaws only.
    pub(super) is_vex: bool,
    /// A product that it describes.
    pub(super) subject: bool,
    /// The version of that product.
    pub(super) version: bool,
    /// The maker of that product.
    pub(super) manufacturer: bool,
    /// When it was made.
    pub(super) timestamp: bool,
    /// Who or what made it.
    pub(super) author: bool,
    /// At least one component.
    pub(super) components: bool,
    /// At least one dependency.
    pub(super) dependencies: bool,
}

/// What the document as a whole lacks.
pub(super) fn document(elements: Elements, check: &mut Check<'_>) {
    let root = Path::Root;
    let metadata = root.key("metadata");
    let mut say = |id, path: &Path<'_>, message: &str, hint: &str| {
        check
            .problems
            .push(Problem::warning(id, path.place(), message).hint(hint));
    };
    if !elements.timestamp {
        say(
            "cyclonedx-timestamp-missing",
            &metadata.key("timestamp"),
            "the document does not say when it was made",
            "ask its author for the date, so that the newest of two documents can be told",
        );
    }
    if elements.is_vex {
        return;
    }
    if !elements.subject {
        say(
            "cyclonedx-subject-missing",
            &metadata.key("component"),
            "the document does not say which product it describes",
            "name the device and its version in metadata.component",
        );
    }
    if elements.subject && !elements.version {
        say(
            "cyclonedx-subject-version-missing",
            &metadata.key("component"),
            "the document does not say which version of the product it describes",
            "name the software version of the device in metadata.component.version",
        );
    }
    if elements.subject && !elements.manufacturer {
        say(
            "cyclonedx-manufacturer-missing",
            &metadata.key("component"),
            "nobody is named as the maker of the product",
            "name the maker in metadata.component.manufacturer or metadata.supplier",
        );
    }
    if !elements.author {
        say(
            "cyclonedx-author-missing",
            &metadata.key("authors"),
            "neither a person nor a tool is named as the author of the document",
            "name the author in metadata.authors or the tool in metadata.tools",
        );
    }
    if !elements.components {
        say(
            "cyclonedx-components-missing",
            &root.key("components"),
            "the document lists no component",
            "ask the manufacturer for the components of the product",
        );
    } else if !elements.dependencies {
        say(
            "cyclonedx-dependencies-missing",
            &root.key("dependencies"),
            "the document does not say which component is part of which",
            "ask the manufacturer for the dependency relationships",
        );
    }
}
