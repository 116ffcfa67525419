//! Readers and writers from outside, on whole files.
#![allow(
    clippy::disallowed_methods,
    reason = "real data lie in files, and only tests read them"
)]
#![allow(
    clippy::unwrap_used,
    reason = "a test may stop at what it did not expect"
)]
#![allow(
    clippy::print_stderr,
    reason = "says when the real data were not there"
)]

mod csaf;
mod csaf_real;
mod cve;
mod cyclonedx;
mod dicom;
mod dicom_file;
mod dicom_planted;
mod epss;
mod every_format;
mod flaw;
mod formats;
mod hostile;
mod hostile_dicom;
mod hostile_json;
mod hostile_spdx;
mod hostile_xml;
mod identity_map;
mod inventory;
mod kev;
mod mds2;
mod mds2_2013;
mod mutation;
mod nmap;
mod nvd;
mod openvex;
mod osv;
mod paper;
mod recalls;
mod recognise;
mod sbom_table;
mod spdx;
mod ssvc;
mod support_life;
mod vex_real;
mod worklist;

/// The folder of real data, if this machine has it.
fn real_data(part: &str) -> Option<std::path::PathBuf> {
    let Some(root) = std::env::var_os("ISOCENTER_REAL_DATA") else {
        eprintln!("ISOCENTER_REAL_DATA is not set: real {part} not run");
        return None;
    };
    Some(std::path::Path::new(&root).join(part))
}
