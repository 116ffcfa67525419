//! Text for people at a prompt. Fully readable without colour; every page ends in a line break.

mod checked;
mod lists;
mod page;
mod pages;
mod site;
mod style;
mod summary;
mod table;

pub use checked::checked;
pub use lists::{components, devices, documents, feeds, findings, releases, vulnerabilities};
pub use pages::{component, device, document, finding, release, vulnerability};
pub use site::{lifecycle, observations, updates};
pub use style::Style;
pub use summary::summary;
pub use table::table;
