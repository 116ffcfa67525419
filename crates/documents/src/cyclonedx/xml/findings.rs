//! What XML alone can have wrong, found while elements are read.

use std::cell::RefCell;
use std::collections::BTreeMap;

use isocenter_model::text::shortened;
use isocenter_model::{Level, Place, Problem};

use crate::json::Problems;
use crate::spreadsheet::counted;
use crate::xml::Element;

/// XML Signature: what JSON has under `signature`, which is not read either.
const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";

/// What is found while elements are read.
pub(super) struct Findings {
    problems: RefCell<Problems>,
    /// Elements of other namespaces: how many, and where the first stands.
    extensions: RefCell<BTreeMap<String, (u64, Place)>>,
}

impl Findings {
    /// Nothing was found yet beside these problems.
    pub(super) fn new(problems: Problems) -> Self {
        Self {
            problems: RefCell::new(problems),
            extensions: RefCell::default(),
        }
    }

    /// All problems, and which namespaces were not read.
    pub(super) fn finish(self) -> Problems {
        let mut problems = self.problems.into_inner();
        for (namespace, (count, first)) in self.extensions.into_inner() {
            if namespace == SIGNATURE {
                continue;
            }
            problems.push(Problem::note(
                "cyclonedx-extension-not-read",
                first,
                format!(
                    "{} not read that {} to the namespace `{}`",
                    counted(count, "element was", "elements were"),
                    if count == 1 { "belongs" } else { "belong" },
                    shortened(&namespace, 80)
                ),
            ));
        }
        problems
    }

    /// Reports a problem, made only as long as it is told.
    pub(super) fn report(
        &self,
        id: &'static str,
        level: Level,
        place: impl FnOnce() -> Place,
        message: impl FnOnce() -> String,
    ) {
        self.problems
            .borrow_mut()
            .push_shared(id, level, || Problem::new(id, level, place(), message()));
    }

    /// Counts an element of another namespace.
    pub(super) fn extension(&self, element: Element<'_, '_>) {
        let mut extensions = self.extensions.borrow_mut();
        if let Some((count, _)) = extensions.get_mut(element.namespace()) {
            *count += 1;
        } else {
            extensions.insert(element.namespace().to_owned(), (1, element.place()));
        }
    }

    /// Reports an element that has no place where it stands.
    pub(super) fn unexpected(&self, element: Element<'_, '_>, holder: Element<'_, '_>) {
        self.report(
            "cyclonedx-element-unexpected",
            Level::Error,
            || element.place(),
            || {
                format!(
                    "an element `{}` has no place in `{}` and was set aside",
                    shortened(element.name(), 60),
                    shortened(holder.name(), 60)
                )
            },
        );
    }

    /// Reports text in an element that should hold elements only.
    pub(super) fn stray_text(&self, element: Element<'_, '_>) {
        if !element.text().is_empty() {
            self.report(
                "cyclonedx-text-astray",
                Level::Error,
                || element.place(),
                || {
                    format!(
                        "the text `{}` stands between elements and was set aside",
                        shortened(element.text(), 60)
                    )
                },
            );
        }
    }
}
