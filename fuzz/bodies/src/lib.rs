//! What each fuzz target does with its input, and the laws that must hold.
//!
//! A body takes any bytes and panics where the code under test panics or breaks a law. libFuzzer calls it
//! through `fuzz/fuzz_targets`, and `./test` calls it with every file of `fuzz/corpus`, so that what was
//! found once is never lost. How to add and run one: docs/how-to/fuzzing.md.
#![allow(
    clippy::missing_panics_doc,
    reason = "a body panics where a law is broken; that is its answer"
)]

mod bundle;
mod dicom;
mod documents;
mod laws;
mod tables;
mod versions;

/// What a target does with its input.
pub type Body = fn(&[u8]);

/// Every target by the name of its file in `fuzz/fuzz_targets` and of its folder in `fuzz/corpus`.
pub const TARGETS: &[(&str, Body)] = &[
    ("bundle", bundle::open),
    ("csaf", documents::csaf),
    ("cve", documents::cve),
    ("cyclonedx_json", documents::cyclonedx_json),
    ("cyclonedx_xml", documents::cyclonedx_xml),
    ("dicom", dicom::file),
    ("document", documents::read),
    ("feeds", documents::feeds),
    ("mds2", tables::mds2),
    ("nmap", documents::nmap),
    ("nvd", documents::nvd),
    ("openvex", documents::openvex),
    ("osv", documents::osv),
    ("spdx_graph", documents::spdx_graph),
    ("spdx_json", documents::spdx_json),
    ("spdx_tag_value", documents::spdx_text),
    ("spdx_yaml", documents::spdx_text),
    ("swid", documents::swid),
    ("tables", tables::tables),
    ("versions_cve", versions::walkers::cve),
    ("versions_freetext", versions::freetext::parse),
    ("versions_key", versions::order::keys),
    ("versions_maven", versions::order::maven),
    ("versions_native", versions::native::ranges),
    ("versions_nvd", versions::walkers::nvd),
    ("versions_osv", versions::walkers::osv),
    ("versions_range", versions::range::bounds),
    ("versions_vers", versions::range::vers),
    ("workbook", tables::workbook),
];

/// Runs the body of a target.
pub fn run(target: &str, data: &[u8]) {
    let body = TARGETS.iter().find(|(name, _)| *name == target);
    let (_, body) = body.unwrap_or_else(|| panic!("no target `{target}`"));
    body(data);
}
