//! Papers: through the one door, and each reader through its own.

use isocenter_documents::{
    ReadOptions, csaf, cve, cyclonedx, epss, kev, lifecycle, nmap, nvd, openfda, openvex, osv,
    read as read_paper, spdx, ssvc, swid,
};
use isocenter_model::{DocumentKind, Reading};

use crate::laws;

/// Any bytes give a reading, always the same one, whose problems a person can be shown. Where nothing was read
/// one of them says why.
pub(crate) fn read(data: &[u8]) {
    let options = ReadOptions::default();
    let reading = laws::reading(data, |bytes| read_paper(bytes, &options));
    // An archive is read by whoever walks its members, and a mapping is no document.
    if !matches!(
        reading.kind,
        DocumentKind::Archive
            | DocumentKind::CveArchive
            | DocumentKind::OsvArchive
            | DocumentKind::InventoryMapping
    ) {
        laws::silence_has_a_reason(&reading);
    }
}

pub(crate) fn csaf(data: &[u8]) {
    json(data, csaf::read);
}

pub(crate) fn cve(data: &[u8]) {
    json(data, cve::read);
}

pub(crate) fn cyclonedx_json(data: &[u8]) {
    if begins_with(data, b'{') {
        json(data, cyclonedx::read);
    }
}

pub(crate) fn cyclonedx_xml(data: &[u8]) {
    if begins_with(data, b'<') {
        xml(data, cyclonedx::read);
    }
}

/// The small feeds: known exploited flaws, predictions, evaluations, recalls, support life.
pub(crate) fn feeds(data: &[u8]) {
    if !begins_with(data, b'{') && !begins_with(data, b'[') {
        text(data, epss::read);
        return;
    }
    let has = |key: &[u8]| data.windows(key.len()).any(|window| window == key);
    json(
        data,
        if has(b"cveID") {
            kev::read
        } else if has(b"selections") || has(b"options") {
            ssvc::read
        } else if has(b"results") {
            openfda::read
        } else {
            lifecycle::read
        },
    );
}

pub(crate) fn nmap(data: &[u8]) {
    xml(data, nmap::read);
}

pub(crate) fn nvd(data: &[u8]) {
    json(data, nvd::read);
}

pub(crate) fn openvex(data: &[u8]) {
    json(data, openvex::read);
}

pub(crate) fn osv(data: &[u8]) {
    json(data, osv::read);
}

pub(crate) fn spdx_graph(data: &[u8]) {
    if begins_with(data, b'{') && data.windows(8).any(|window| window == b"@context") {
        json(data, spdx::read);
    }
}

pub(crate) fn spdx_json(data: &[u8]) {
    if begins_with(data, b'{') {
        json(data, spdx::read);
    }
}

pub(crate) fn spdx_text(data: &[u8]) {
    if !begins_with(data, b'{') {
        text(data, spdx::read);
    }
}

pub(crate) fn swid(data: &[u8]) {
    xml(data, swid::read);
}

fn json(data: &[u8], read: fn(&[u8]) -> Reading) {
    laws::reading(data, read);
    laws::layout_means_nothing(data, read);
    laws::encoding_means_nothing(data, read);
}

fn text(data: &[u8], read: fn(&[u8]) -> Reading) {
    laws::reading(data, read);
    laws::encoding_means_nothing(data, read);
}

fn xml(data: &[u8], read: fn(&[u8]) -> Reading) {
    laws::reading(data, read);
    // A document that names its encoding names the wrong one once it is recoded.
    if !data.windows(8).any(|window| window == b"encoding") {
        laws::encoding_means_nothing(data, read);
    }
}

/// Whether this is the first byte that is no blank.
fn begins_with(data: &[u8], byte: u8) -> bool {
    data.trim_ascii_start().first() == Some(&byte)
}
