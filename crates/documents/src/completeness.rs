//! Minimum elements of a bill of materials, in whatever format it comes (NTIA, "The Minimum
//! Elements For a Software Bill of Materials", July 2021; CISA's update of 2025): supplier, name,
//! version, other unique identifiers, dependency relationships, author, timestamp.
//!
//! What is asked for is the same everywhere; a [`Format`] says how its problems are called, where
//! in its files an element would stand and what to write there.

use isocenter_model::component::Component;
use isocenter_model::{Level, Place, Problem};

use crate::json::Problems;

/// How one format speaks of the minimum elements.
pub(crate) struct Format {
    /// Id of the problem that a component has no version.
    pub(crate) component_version: &'static str,
    /// Id of the problem that a component has no unique identifier.
    pub(crate) component_identifier: &'static str,
    /// Id of the problem that nobody is named as the supplier of a component.
    pub(crate) component_supplier: &'static str,
    /// When the document was made.
    pub(crate) timestamp: Element,
    /// The product that the document describes.
    pub(crate) subject: Element,
    /// Which version of that product.
    pub(crate) subject_version: Element,
    /// Who makes that product.
    pub(crate) manufacturer: Element,
    /// Who or what made the document.
    pub(crate) author: Element,
    /// At least one component.
    pub(crate) components: Element,
    /// At least one relationship.
    pub(crate) dependencies: Element,
}

/// An element of the document as a whole.
pub(crate) struct Element {
    /// Id of the problem that it is missing.
    pub(crate) id: &'static str,
    /// Where it would stand, as a JSON pointer; `None` where the format has no fixed place for it.
    pub(crate) at: Option<&'static str>,
    /// What to do when it is missing.
    pub(crate) hint: &'static str,
}

/// What one component lacks; `place` says where it stands.
pub(crate) fn component(
    component: &Component,
    place: impl Fn() -> Place,
    format: &Format,
    problems: &mut Problems,
) {
    if component.version.is_none() {
        let id = format.component_version;
        problems.push_shared(id, Level::Warning, || {
            Problem::warning(
                id,
                place(),
                "the component has no version, so it cannot be told which flaws it has",
            )
            .hint("ask the manufacturer for the version")
        });
    }
    if component.purl.is_none() && component.cpes.is_empty() && component.swid.is_none() {
        let id = format.component_identifier;
        problems.push_shared(id, Level::Warning, || {
            Problem::warning(
                id,
                place(),
                "the component has no package URL, CPE or SWID tag, so it can be found by its name only",
            )
            .hint("ask the manufacturer for a package URL or a CPE")
        });
    }
    if component.supplier.is_none() {
        let id = format.component_supplier;
        problems.push_shared(id, Level::Warning, || {
            Problem::warning(
                id,
                place(),
                "nobody is named as the supplier of the component",
            )
        });
    }
}

/// What the document as a whole holds.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // each is one element of the list
pub(crate) struct Elements {
    /// Whether it describes flaws only.
    pub(crate) is_vex: bool,
    /// A product that it describes.
    pub(crate) subject: bool,
    /// The version of that product.
    pub(crate) version: bool,
    /// The maker of that product.
    pub(crate) manufacturer: bool,
    /// When it was made.
    pub(crate) timestamp: bool,
    /// Who or what made it.
    pub(crate) author: bool,
    /// At least one component.
    pub(crate) components: bool,
    /// At least one dependency.
    pub(crate) dependencies: bool,
}

/// What the document as a whole lacks.
pub(crate) fn document(elements: Elements, format: &Format, problems: &mut Problems) {
    let mut say = |element: &Element, message: &str| {
        let at = element.at.map_or(Place::Document, Place::pointer);
        problems.push(Problem::warning(element.id, at, message).hint(element.hint));
    };
    if !elements.timestamp {
        say(
            &format.timestamp,
            "the document does not say when it was made",
        );
    }
    if elements.is_vex {
        return;
    }
    if !elements.subject {
        say(
            &format.subject,
            "the document does not say which product it describes",
        );
    }
    if elements.subject && !elements.version {
        say(
            &format.subject_version,
            "the document does not say which version of the product it describes",
        );
    }
    if elements.subject && !elements.manufacturer {
        say(
            &format.manufacturer,
            "nobody is named as the maker of the product",
        );
    }
    if !elements.author {
        say(
            &format.author,
            "neither a person nor a tool is named as the author of the document",
        );
    }
    if !elements.components {
        say(&format.components, "the document lists no component");
    } else if !elements.dependencies {
        say(
            &format.dependencies,
            "the document does not say which component is part of which",
        );
    }
}
