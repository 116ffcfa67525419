//! The main job: everything that is stored becomes one answer.

mod build;
mod cautions;
mod correlate;
mod fleet;
mod groups;
mod load;
mod material;
mod naming;
mod network;

pub(crate) use build::build;
pub(crate) use correlate::{correlate, rulings};
pub(crate) use load::{documents, load, load_findings};
