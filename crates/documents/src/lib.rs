//! One module per exchange format: recognise, read, check, write.
//!
//! Every reader takes bytes and gives a [`Reading`]: what was understood, and what is wrong, missing or was
//! set aside. A form with three bad cells is still a form. Nothing here opens a file, asks the
//! clock or keeps state.
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))] // a test that cannot go on has failed

mod applicability;
mod budget;
mod completeness;
pub mod csaf;
pub mod cve;
mod cvss;
pub mod cyclonedx;
pub mod dicom;
pub mod epss;
pub mod field_safety_notice;
pub mod formats;
mod headed;
mod identifier;
pub mod identity_map;
pub mod inventory;
mod json;
pub mod kev;
mod license;
pub mod lifecycle;
mod lookup;
pub mod mds2;
pub mod nmap;
pub mod nvd;
pub mod observations;
pub mod openfda;
pub mod openvex;
pub mod osv;
mod read;
mod recall;
pub mod recognise;
pub mod sbom_table;
pub mod spdx;
mod spreadsheet;
pub mod ssvc;
mod support;
pub mod swid;
pub mod updates;
mod wording;
pub mod worklist;
mod xml;
mod yaml;

pub use isocenter_model::Reading;
pub use read::{ReadOptions, read, read_as};
pub use recognise::recognise;
