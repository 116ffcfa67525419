//! Papers that are made here, in the size and shape of real ones, on nobody's products.

mod advisories;
mod cve;
mod cyclonedx;
mod databases;
mod fleet;
mod names;
mod spdx;

use super::Format;

/// What is measured, in this order.
pub(crate) const FORMATS: &[Format] = &[
    format("CycloneDX JSON", Some(200), cyclonedx::json),
    format("CycloneDX XML", Some(100), cyclonedx::xml),
    format("SPDX JSON", Some(200), spdx::json),
    format("SPDX tag-value", Some(100), spdx::tag_value),
    format("SPDX YAML", None, spdx::yaml),
    format("SPDX 3 JSON-LD", Some(200), spdx::graph),
    format("SWID", Some(100), names::swid),
    format("CSAF", Some(200), advisories::csaf),
    format("CSAF VEX", Some(200), advisories::csaf_vex),
    format("CSAF, dense", None, advisories::csaf_dense),
    format("OpenVEX", Some(200), advisories::openvex),
    format("CVE", Some(200), cve::records),
    format("NVD", Some(200), databases::nvd),
    format("OSV", Some(200), databases::osv),
    format("openFDA", None, databases::openfda),
    format("KEV", None, cve::catalog),
    format("EPSS", None, cve::scores),
    format("endoflife.date", None, names::endoflife),
    format("identity map", None, names::identity_map),
    format("DICOM", None, fleet::dicom),
    format("nmap", None, fleet::nmap),
];

const fn format(name: &'static str, bound: Option<u32>, make: fn() -> Vec<Vec<u8>>) -> Format {
    Format { name, bound, make }
}
